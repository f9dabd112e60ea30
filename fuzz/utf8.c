/* UTF-8 on any bytes: the check, the damage and the walk agree. The first bad byte is where the
 * walk over good and bad pieces first meets a bad one; good pieces decode and encode to themselves;
 * walking back gives the same characters as walking forth. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const onr_sv s = onri_sv((const char *)data, size);
    const size_t good = onri_utf8_check(s);
    if (good > size) abort();
    size_t first_bad = size;
    for (size_t i = 0; i < size;) {
        const unsigned bad = onri_utf8_bad(s, i);
        if (bad) {
            if (bad > 3 || i + bad > size) abort();
            if (first_bad == size) first_bad = i;
            i += bad;
            continue;
        }
        unsigned len, back;
        const uint32_t cp = onri_utf8_at(s, i, &len);
        char out[4];
        if (len == 0 || i + len > size || onri_utf8_put(out, cp) != len ||
            memcmp(out, s.p + i, len) != 0)
            abort();
        if (onri_utf8_before(s, i + len, &back) != cp || back != len) abort();
        i += len;
    }
    if (first_bad != good) abort();
    return 0;
}
