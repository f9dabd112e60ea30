/* Python's str semantics on utf8proc's tables.
 *
 * Sources: CPython Objects/unicodectype.c and unicodeobject.c for what the methods mean (white
 * space, digits, the final sigma); the Unicode Character Database for the lists. Python folds to
 * lower case with one expansion, U+0130, and one context, the final sigma; utf8proc has neither.
 * Left out: upper and title case, which no stage needs. */
#include "lang/unicode.h"

#include <utf8proc.h>

typedef struct range {
    uint32_t lo, hi;
} range;

static bool in_ranges(uint32_t cp, const range *r, size_t n)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        const size_t mid = (lo + hi) / 2;
        if (cp > r[mid].hi)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && cp >= r[lo].lo;
}
#define IN(cp, ranges) in_ranges((cp), (ranges), sizeof(ranges) / sizeof *(ranges))

/* Numeric_Type=Digit outside category Nd: superscripts, circled digits and the like. */
static const range digits[] = {
    { 0xB2, 0xB3 },       { 0xB9, 0xB9 },       { 0x1369, 0x1371 },   { 0x19DA, 0x19DA },
    { 0x2070, 0x2070 },   { 0x2074, 0x2079 },   { 0x2080, 0x2089 },   { 0x2460, 0x2468 },
    { 0x2474, 0x247C },   { 0x2488, 0x2490 },   { 0x24EA, 0x24EA },   { 0x24F5, 0x24FD },
    { 0x24FF, 0x24FF },   { 0x2776, 0x277E },   { 0x2780, 0x2788 },   { 0x278A, 0x2792 },
    { 0x10A40, 0x10A43 }, { 0x10E60, 0x10E68 }, { 0x11052, 0x1105A }, { 0x1F100, 0x1F10A },
};

/* Case_Ignorable outside Mn, Me, Cf, Lm, Sk: apostrophes, full stops, colons, middle dots. */
static const range ignorable[] = {
    { 0x27, 0x27 },     { 0x2E, 0x2E },     { 0x3A, 0x3A },     { 0xB7, 0xB7 },
    { 0x387, 0x387 },   { 0x55F, 0x55F },   { 0x5F4, 0x5F4 },   { 0x2018, 0x2019 },
    { 0x2024, 0x2024 }, { 0x2027, 0x2027 }, { 0xFE13, 0xFE13 }, { 0xFE52, 0xFE52 },
    { 0xFE55, 0xFE55 }, { 0xFF07, 0xFF07 }, { 0xFF0E, 0xFF0E }, { 0xFF1A, 0xFF1A },
};

/* Cased outside Lu, Ll, Lt (and not Case_Ignorable). */
static const range cased[] = {
    { 0xAA, 0xAA },       { 0xBA, 0xBA },       { 0x2160, 0x217F },   { 0x24B6, 0x24E9 },
    { 0x1F130, 0x1F149 }, { 0x1F150, 0x1F169 }, { 0x1F170, 0x1F189 },
};

static utf8proc_category_t category(uint32_t cp)
{
    return utf8proc_category((utf8proc_int32_t)cp);
}

bool onri_cp_space(uint32_t cp)
{
    if (cp < 0x80) return cp == ' ' || (cp >= 9 && cp <= 13) || (cp >= 0x1C && cp <= 0x1F);
    return cp == 0x85 || cp == 0xA0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) ||
           cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

bool onri_cp_break(uint32_t cp)
{
    return (cp >= 0x0A && cp <= 0x0D) || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

static bool ascii_letter(uint32_t cp)
{
    return (cp | 0x20) - 'a' < 26;
}

bool onri_cp_alpha(uint32_t cp)
{
    if (cp < 0x80) return ascii_letter(cp);
    const utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool onri_cp_digit(uint32_t cp)
{
    if (cp < 0x80) return cp - '0' < 10;
    return category(cp) == UTF8PROC_CATEGORY_ND || IN(cp, digits);
}

bool onri_cp_upper(uint32_t cp)
{
    if (cp < 0x80) return cp - 'A' < 26;
    return category(cp) == UTF8PROC_CATEGORY_LU;
}

bool onri_is_space(onr_sv s)
{
    unsigned len;
    for (size_t i = 0; i < s.n; i += len)
        if (!onri_cp_space(onri_utf8_at(s, i, &len))) return false;
    return true;
}

bool onri_is_alpha(onr_sv s)
{
    unsigned len;
    for (size_t i = 0; i < s.n; i += len)
        if (!onri_cp_alpha(onri_utf8_at(s, i, &len))) return false;
    return s.n > 0;
}

static bool is_ignorable(uint32_t cp)
{
    if (cp < 0x80 ? cp == '^' || cp == '`' : false) return true; /* category Sk */
    switch (category(cp)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK:
        return true;
    default:
        return IN(cp, ignorable);
    }
}

static bool is_cased(uint32_t cp)
{
    const utf8proc_category_t c = category(cp);
    return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LL || c == UTF8PROC_CATEGORY_LT ||
           IN(cp, cased);
}

/* Final_Sigma of SpecialCasing.txt for the sigma at byte i, len bytes long: a cased letter before,
 * none after, ignorable ones between not counting. Both walks stop after LOOK code points, so that
 * a text of sigmas and marks costs linear time; Python has no such bound. */
enum { LOOK = 64 };
static bool final_sigma(onr_sv s, size_t i, unsigned len)
{
    unsigned n;
    bool before = false;
    size_t at = i;
    for (int k = 0; at > 0 && k < LOOK; k++) {
        const uint32_t cp = onri_utf8_before(s, at, &n);
        at -= n;
        if (is_ignorable(cp)) continue;
        before = is_cased(cp);
        break;
    }
    if (!before) return false;
    at = i + len;
    for (int k = 0; at < s.n && k < LOOK; k++, at += n) {
        const uint32_t cp = onri_utf8_at(s, at, &n);
        if (!is_ignorable(cp)) return !is_cased(cp);
    }
    return true;
}

onr_sv onri_lower(onri_buf *b, onr_sv s)
{
    size_t same = 0; /* length of the head that stays as it is */
    while (same < s.n && (unsigned char)s.p[same] < 0x80 &&
           !onri_cp_upper((unsigned char)s.p[same]))
        same++;
    if (same == s.n) return s;
    bool changed = false;
    const size_t start = b->n;
    unsigned len;
    onri_buf_add(b, onri_sub(s, 0, same));
    for (size_t i = same; i < s.n; i += len) {
        const uint32_t cp = onri_utf8_at(s, i, &len);
        char out[4];
        if (cp < 0x80) {
            const bool up = onri_cp_upper(cp);
            changed |= up;
            onri_buf_addc(b, (char)(up ? cp + 32 : cp));
            continue;
        }
        uint32_t low = (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
        if (cp == 0x3A3 && final_sigma(s, i, len)) low = 0x3C2;
        if (cp == 0x130) low = 'i';
        changed |= low != cp;
        onri_buf_add(b, onri_sv(out, onri_utf8_put(out, low)));
        if (cp == 0x130) onri_buf_addz(b, "\xCC\x87"); /* combining dot above */
    }
    if (!changed || b->status != ONR_OK) {
        b->n = b->status == ONR_OK ? start : b->n;
        return s;
    }
    return onri_sub(onri_buf_sv(b), start, b->n);
}
