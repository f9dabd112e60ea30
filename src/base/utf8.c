/* UTF-8 as in RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
#include "base/base.h"

static unsigned length_of(unsigned char lead)
{
    return lead < 0x80   ? 1
           : lead < 0xC2 ? 0
           : lead < 0xE0 ? 2
           : lead < 0xF0 ? 3
           : lead < 0xF5 ? 4
                         : 0;
}

/* Bytes of the well-formed prefix of the character at i, at most its length; *whole: complete. */
static unsigned good_bytes(onr_sv s, size_t i, bool *whole)
{
    const unsigned char lead = (unsigned char)s.p[i];
    const unsigned len = length_of(lead);
    *whole = false;
    if (len == 0) return 0;
    unsigned n = 1;
    for (; n < len && i + n < s.n; n++) {
        const unsigned char c = (unsigned char)s.p[i + n];
        unsigned char lo = 0x80, hi = 0xBF;
        if (n == 1) {
            if (lead == 0xE0) lo = 0xA0;
            if (lead == 0xED) hi = 0x9F;
            if (lead == 0xF0) lo = 0x90;
            if (lead == 0xF4) hi = 0x8F;
        }
        if (c < lo || c > hi) return n;
    }
    *whole = n == len;
    return n;
}

size_t onri_utf8_check(onr_sv s)
{
    size_t i = 0;
    while (i < s.n) {
        if (s.n - i >= 8) { /* eight ASCII bytes at a time */
            uint64_t word;
            memcpy(&word, s.p + i, 8);
            if ((word & 0x8080808080808080u) == 0) {
                i += 8;
                continue;
            }
        }
        bool whole;
        const unsigned n = good_bytes(s, i, &whole);
        if (!whole) return i;
        i += n;
    }
    return s.n;
}

unsigned onri_utf8_bad(onr_sv s, size_t i)
{
    bool whole;
    const unsigned n = good_bytes(s, i, &whole);
    return whole ? 0 : n ? n : 1;
}

uint32_t onri_utf8_at(onr_sv s, size_t i, unsigned *len)
{
    ONR_ASSERT(i < s.n);
    const unsigned char *p = (const unsigned char *)s.p + i;
    const unsigned n = length_of(p[0]);
    *len = n;
    ONR_ASSERT(n && i + n <= s.n);
    switch (n) {
    case 1:
        return p[0];
    case 2:
        return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    case 3:
        return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    default:
        return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
    }
}

uint32_t onri_utf8_before(onr_sv s, size_t i, unsigned *len)
{
    ONR_ASSERT(i > 0 && i <= s.n);
    size_t at = i - 1;
    while (at > 0 && ((unsigned char)s.p[at] & 0xC0) == 0x80) at--;
    return onri_utf8_at(s, at, len);
}

unsigned onri_utf8_put(char out[4], uint32_t cp)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    ONR_ASSERT(cp <= 0x10FFFF);
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

size_t onri_utf8_count(onr_sv s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}
