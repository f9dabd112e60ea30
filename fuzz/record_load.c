/* The record reader on any bytes: a record it accepts and the checker passes is written, read and
 * written again with the same bytes; what it refuses says why. The cap on memory is part of it. */
#include "fuzz.h"
#include "onrecord/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    onr_arena mem = onr_arena_make((size_t)32 * ONR_MIB);
    onr_error err = ONR_ERROR_INIT;
    onr_record first = { 0 }, second = { 0 };
    onr_sv out = { 0 }, again = { 0 };
    const onr_status st = onr_record_load(&mem, onri_sv((const char *)data, size), &first, &err);
    if (st != ONR_OK) {
        if (err.status != st || err.msg[0] == '\0') abort();
    } else if (onr_record_check(&first, &mem, NULL) == ONR_OK) {
        if (onr_record_json(&mem, &first, NULL, &out, NULL) != ONR_OK) abort();
        if (onr_record_load(&mem, out, &second, NULL) != ONR_OK) abort();
        if (onr_record_json(&mem, &second, NULL, &again, NULL) != ONR_OK) abort();
        if (!onri_eq(out, again)) abort();
    }
    onr_arena_drop(&mem);
    return 0;
}
