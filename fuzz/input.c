/* A file of any bytes as input of every kind: reading ends, gives at most one item for a byte, and
 * every failed item says why. */
#include "fuzz.h"

#include "onrecord/input.h"

#include <stdio.h>
#include <unistd.h>

static void read_as(const char *path, onr_input_kind kind, size_t size)
{
    onr_input_opts how = ONR_INPUT_OPTS_INIT;
    how.as = kind;
    onr_input *in = NULL;
    onr_error err = ONR_ERROR_INIT;
    if (onr_input_open(&path, 1, &how, &in, &err) != ONR_OK) return;
    size_t items = 0;
    for (bool more = true; more;) {
        onr_arena mem = onr_arena_make((size_t)256 * ONR_MIB);
        onr_input_item item;
        more = onr_input_next(in, &mem, &item);
        if (more && item.error.status != ONR_OK && !item.error.msg[0]) abort();
        if (more && ++items > 300 * size + 1) abort();
        onr_arena_drop(&mem);
    }
    onr_input_close(in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[] = "/tmp/onr_fuzz_XXXXXX";
    const int fd = mkstemp(path);
    if (fd < 0) return 0;
    FILE *f = fdopen(fd, "w");
    if (f) {
        if (fwrite(data, 1, size, f) != size) abort();
        if (fclose(f) != 0) abort();
        for (int k = 0; k < ONR_INPUT__COUNT; k++) read_as(path, (onr_input_kind)k, size);
    }
    (void)unlink(path);
    return 0;
}
