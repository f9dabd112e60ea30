/* Growing buffer with a ceiling and a sticky status. Source: own, after curl's dynbuf. */
#include "base/base.h"

#include <stdio.h>

onri_buf onri_buf_make(size_t max)
{
    return (onri_buf){ .max = max };
}

void onri_buf_drop(onri_buf *b)
{
    onri_heap_free(b->p);
    *b = (onri_buf){ .max = b->max };
}

void onri_buf_clear(onri_buf *b)
{
    b->n = 0;
    b->status = ONR_OK;
}

/* Room for more bytes, or false with the status set. */
static bool reserve(onri_buf *b, size_t more)
{
    if (b->status != ONR_OK) return false;
    size_t need;
    if (!onr_add(b->n, more, &need) || need > b->max) {
        b->status = ONR_E_LIMIT;
        return false;
    }
    if (need <= b->cap) return true;
    size_t cap = b->cap ? b->cap : b->max < 256 ? b->max : 256;
    while (cap < need) cap = cap > b->max / 2 ? b->max : cap * 2;
    size_t bytes; /* one more than counts, for the NUL that vsnprintf writes */
    char *p = onr_add(cap, 1, &bytes) ? onri_heap_realloc(b->p, bytes) : NULL;
    if (!p) {
        b->status = ONR_E_NOMEM;
        return false;
    }
    b->p = p;
    b->cap = cap;
    return true;
}

char *onri_buf_more(onri_buf *b, size_t more)
{
    return reserve(b, more) ? b->p + b->n : NULL;
}

void onri_buf_fmt(onri_buf *b, const char *fmt, ...)
{
    char small[256];
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    const int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    if (n >= 0 && (size_t)n < sizeof small) {
        onri_buf_add(b, onri_sv(small, (size_t)n));
    } else if (n >= 0 && reserve(b, (size_t)n)) {
        (void)vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    } else if (n < 0 && b->status == ONR_OK) {
        b->status = ONR_E_INTERNAL;
    }
    va_end(again);
}
