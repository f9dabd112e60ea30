/* Decoding of any bytes under any label: the result is valid UTF-8, and the place of every stretch
 * of it lies in the input and moves forward. The first byte of the input is the label's length. */
#include "fuzz.h"

#include "article/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size) return 0;
    const size_t label = data[0] % 16 < size ? data[0] % 16 : size - 1;
    const onr_sv declared = onri_sv((const char *)data + 1, label);
    const onr_sv in = onri_sv((const char *)data + 1 + label, size - 1 - label);
    onr_arena mem = onr_arena_make((size_t)256 * ONR_MIB);
    onri_decoded d;
    onr_error err = ONR_ERROR_INIT;
    if (onri_decode(&mem, in, declared, &d, &err) == ONR_OK) {
        if (onri_utf8_check(d.text) != d.text.n) abort();
        uint32_t last = 0;
        for (uint32_t i = 0; i < d.text.n; i++) {
            uint32_t beg, end;
            onri_decoded_place(&d, i, i + 1, &beg, &end);
            if (beg < last || end < beg || end > in.n) abort();
            last = beg;
        }
        size_t first = 0;
        if (onri_mojibake_count(d.text, &first) && first >= d.text.n) abort();
        const onr_sv fixed = onri_mojibake_repair(&mem, d.text);
        if (fixed.p && onri_utf8_check(fixed) != fixed.n) abort();
    }
    onr_arena_drop(&mem);
    return 0;
}
