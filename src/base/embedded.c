/* Look-up of embedded files. */
#include "base/embedded.h"

#include <string.h>

onr_sv onri_data_get(const char *name)
{
    size_t lo = 0, hi = onri_data_n;
    while (lo < hi) {
        const size_t mid = lo + (hi - lo) / 2;
        const int c = strcmp(name, onri_data[mid].name);
        if (c == 0) return onri_data[mid].bytes;
        if (c < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return (onr_sv){ NULL, 0 };
}
