/* Archives of any bytes (zip, and tar.gz by its first bytes): what is listed lies in the file, what
 * is read has the size and checksum that were stated and stays under the limit; a refusal says why
 * and leaves the arena as it was. */
#include "fuzz.h"

#include "lang/zip.h"

#include <zlib.h>

enum { MEMBER_MAX = 1 << 20 };

static bool inside(onr_sv part, onr_sv whole)
{
    return part.n == 0 || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

static void check_refusal(onr_status st, const onr_error *err, const onr_arena *mem, size_t used)
{
    if (err->status != st || err->msg[0] == 0 || mem->used != used) abort();
}

static void read_zip(onr_arena *mem, onr_sv file)
{
    onri_zip zip;
    onr_error err = ONR_ERROR_INIT;
    const onr_status st = onri_zip_open(mem, file, &zip, &err);
    if (st != ONR_OK) {
        check_refusal(st, &err, mem, 0);
        return;
    }
    for (uint32_t i = 0; i < zip.n && i < 64; i++) {
        const onri_zip_entry *e = &zip.entries[i];
        const onr_mark mark = onr_arena_mark(mem);
        onr_sv got;
        if (!inside(e->name, file)) abort();
        const onr_status rd = onri_zip_read(mem, &zip, i, MEMBER_MAX, &got, &err);
        if (rd != ONR_OK) {
            check_refusal(rd, &err, mem, mark.used);
        } else {
            if (got.n != e->size || got.n > MEMBER_MAX) abort();
            if (crc32(0, (const Bytef *)got.p, (uInt)got.n) != e->crc) abort();
        }
        onr_arena_rewind(mem, mark);
    }
}

static void read_tar(onr_arena *mem, onr_sv file)
{
    onri_tar tar;
    onr_error err = ONR_ERROR_INIT;
    const onr_status st = onri_targz_open(mem, file, MEMBER_MAX, &tar, &err);
    if (st != ONR_OK) {
        check_refusal(st, &err, mem, 0);
        return;
    }
    size_t sum = 0;
    for (uint32_t i = 0; i < tar.n; i++) {
        sum += tar.entries[i].bytes.n;
        for (size_t k = 0; k < tar.entries[i].name.n; k++) sum += tar.entries[i].name.p[k] == '/';
    }
    if (sum > (size_t)2 * MEMBER_MAX) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const onr_sv file = onri_sv((const char *)data, size);
    onr_arena mem = onr_arena_make((size_t)8 * ONR_MIB);
    if (onri_starts(file, ONR_SV("\x1F\x8B")))
        read_tar(&mem, file);
    else
        read_zip(&mem, file);
    onr_arena_drop(&mem);
    return 0;
}
