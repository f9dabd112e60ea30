/* Views of bytes: comparing, searching, cutting, numbers. Locale-free. */
#include "base/base.h"

#include <float.h>

int onri_cmp(onr_sv a, onr_sv b)
{
    const size_t n = a.n < b.n ? a.n : b.n;
    const int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool onri_starts(onr_sv s, onr_sv prefix)
{
    return s.n >= prefix.n && onri_eq(onri_sub(s, 0, prefix.n), prefix);
}

bool onri_ends(onr_sv s, onr_sv suffix)
{
    return s.n >= suffix.n && onri_eq(onri_sub(s, s.n - suffix.n, s.n), suffix);
}

size_t onri_find(onr_sv s, onr_sv what, size_t from)
{
    if (what.n == 0) return from <= s.n ? from : SIZE_MAX;
    while (from < s.n && s.n - from >= what.n) {
        const char *hit = memchr(s.p + from, what.p[0], s.n - from - what.n + 1);
        if (!hit) return SIZE_MAX;
        from = (size_t)(hit - s.p);
        if (memcmp(hit, what.p, what.n) == 0) return from;
        from++;
    }
    return SIZE_MAX;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

onr_sv onri_trim(onr_sv s)
{
    ONR_ASSERT(s.p || s.n == 0);
    size_t beg = 0, end = s.n;
    while (beg < end && is_blank(s.p[beg])) beg++;
    while (end > beg && is_blank(s.p[end - 1])) end--;
    return onri_sub(s, beg, end);
}

bool onri_split(onr_sv *rest, char sep, onr_sv *piece)
{
    if (!rest->p) return false;
    const char *hit = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
    if (!hit) {
        *piece = *rest;
        *rest = (onr_sv){ NULL, 0 };
        return true;
    }
    const size_t n = (size_t)(hit - rest->p);
    *piece = onri_sub(*rest, 0, n);
    *rest = onri_sub(*rest, n + 1, rest->n);
    return true;
}

onr_sv onri_cell(onr_sv *rest, char sep)
{
    onr_sv f = { "", 0 };
    (void)onri_split(rest, sep, &f);
    return onri_trim(f);
}

bool onri_parse_u64(onr_sv s, uint64_t *out)
{
    if (s.n == 0) return false;
    uint64_t v = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        if (__builtin_mul_overflow(v, 10u, &v) ||
            __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v))
            return false;
    }
    *out = v;
    return true;
}

/* 10^e for 0 <= e <= STEP, which even a long double that is a double can hold. */
enum { STEP = 200, SCALE_MAX = 400 };

static long double power10(int64_t e)
{
    long double r = 1, b = 10;
    for (; e; e >>= 1, b *= b)
        if (e & 1) r *= b;
    return r;
}

/* Digits at *i: the first 19 significant ones go into *v, the others into *dropped. */
static size_t digits(onr_sv s, size_t *i, uint64_t *v, int64_t *dropped)
{
    const size_t first = *i;
    for (; *i < s.n && s.p[*i] >= '0' && s.p[*i] <= '9'; ++*i) {
        if (*v < UINT64_MAX / 10 - 1)
            *v = *v * 10 + (uint64_t)(s.p[*i] - '0');
        else
            ++*dropped;
    }
    return *i - first;
}

bool onri_parse_double(onr_sv s, double *out)
{
    size_t i = 0;
    const bool minus = s.n && s.p[0] == '-';
    if (minus) i++;
    uint64_t v = 0;
    int64_t scale = 0; /* the value is v * 10^scale */
    if (digits(s, &i, &v, &scale) == 0) return false;
    if (i < s.n && s.p[i] == '.') {
        i++;
        int64_t dropped = 0;
        const size_t n = digits(s, &i, &v, &dropped);
        if (n == 0) return false;
        scale += dropped - (int64_t)n;
    }
    if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        i++;
        const bool neg = i < s.n && s.p[i] == '-';
        if (i < s.n && (s.p[i] == '-' || s.p[i] == '+')) i++;
        uint64_t e = 0;
        int64_t more = 0;
        if (digits(s, &i, &e, &more) == 0) return false;
        const int64_t exponent = more || e > INT32_MAX ? INT32_MAX : (int64_t)e;
        scale += neg ? -exponent : exponent;
    }
    if (i != s.n) return false;
    long double r = (long double)v;
    if (v == 0) scale = 0;
    if (scale > SCALE_MAX) return false;
    if (scale < -SCALE_MAX) { /* below the smallest double, whatever the 19 digits */
        r = 0;
        scale = 0;
    }
    for (; scale < -STEP; scale += STEP) r /= power10(STEP);
    for (; scale > STEP; scale -= STEP) r *= power10(STEP);
    r = scale < 0 ? r / power10(-scale) : r * power10(scale);
    if (r > (long double)DBL_MAX) return false;
    *out = (double)(minus ? -r : r);
    return true;
}
