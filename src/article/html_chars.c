/* Character references of HTML and plain text of short pieces (titles, attribute values).
 * Source: WHATWG HTML 13.2.5.72 ff.; names in data/article/entities.tsv, found by halving.
 * Leaves out: parse errors, which nobody hears. */
#include "article/html.h"
#include "base/embedded.h"

/* Line of the entity table that holds the byte at i. */
static onr_sv line_at(onr_sv t, size_t i)
{
    size_t beg = i, end = i;
    while (beg > 0 && t.p[beg - 1] != '\n') beg--;
    const char *nl = memchr(t.p + end, '\n', t.n - end);
    end = nl ? (size_t)(nl - t.p) : t.n;
    return onri_sub(t, beg, end);
}

/* Row of a name, split; false if there is none. */
static bool find_name(onr_sv name, onr_sv *codes, bool *bare)
{
    onr_sv t = onri_data_get("article/entities.tsv");
    size_t lo = 0, hi = t.n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        onr_sv line = line_at(t, mid), rest = line, key = { 0 }, flag = { 0 };
        bool comment = line.n && line.p[0] == '#';
        (void)onri_split(&rest, '\t', &key);
        int c = comment ? 1 : onri_cmp(name, key);
        if (c == 0) {
            (void)onri_split(&rest, '\t', codes);
            *bare = onri_split(&rest, '\t', &flag) && flag.n;
            return true;
        }
        if (c < 0)
            hi = (size_t)(line.p - t.p);
        else
            lo = (size_t)(line.p - t.p) + line.n + 1;
    }
    return false;
}

static int hex_of(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* What numbers 0x80..0x9F mean on the web: windows-1252. 0: as they are. */
static const uint16_t CP1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static size_t numeric(onr_sv s, size_t i, char out[8], unsigned *n)
{
    size_t k = i + 2;
    bool hex = k < s.n && (s.p[k] == 'x' || s.p[k] == 'X');
    uint32_t cp = 0;
    k += hex;
    size_t first = k;
    for (; k < s.n; k++) {
        int d = hex_of(s.p[k]);
        if (d < 0 || (!hex && d > 9)) break;
        if (cp < 0x200000) cp = cp * (hex ? 16u : 10u) + (uint32_t)d;
    }
    if (k == first) return 0;
    if (k < s.n && s.p[k] == ';') k++;
    if (cp >= 0x80 && cp <= 0x9F && CP1252[cp - 0x80]) cp = CP1252[cp - 0x80];
    if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) cp = 0xFFFD;
    *n = onri_utf8_put(out, cp);
    return k - i;
}

size_t onri_entity(onr_sv s, size_t i, char out[8], unsigned *n)
{
    if (i + 2 < s.n && s.p[i + 1] == '#') return numeric(s, i, out, n);
    size_t k = i + 1;
    while (k < s.n && k - i <= 32 &&
           (hex_of(s.p[k]) >= 0 || (s.p[k] >= 'a' && s.p[k] <= 'z') ||
            (s.p[k] >= 'A' && s.p[k] <= 'Z')))
        k++;
    bool closed = k < s.n && s.p[k] == ';';
    onr_sv codes, code;
    bool bare = false;
    size_t stop = k;
    if (!closed || !find_name(onri_sub(s, i + 1, k), &codes, &bare)) {
        /* the longest name that may stand without its semicolon */
        for (stop = k < i + 8 ? k : i + 8; stop > i + 2; stop--)
            if (find_name(onri_sub(s, i + 1, stop), &codes, &bare) && bare) break;
        if (stop <= i + 2) return 0;
        closed = false;
    }
    *n = 0;
    while (onri_split(&codes, ' ', &code) && *n <= 4) {
        uint32_t cp = 0;
        for (size_t j = 0; j < code.n; j++)
            cp = cp * 16 + (uint32_t)(hex_of(code.p[j]) < 0 ? 0 : hex_of(code.p[j]));
        *n += onri_utf8_put(out + *n, cp);
    }
    return stop - i + (closed ? 1u : 0u);
}

onr_sv onri_html_plain(onr_arena *mem, onr_sv s)
{
    char *p = onr_alloc(mem, s.n + 8); /* no reference is shorter than what it stands for */
    size_t n = 0;
    if (!p) return (onr_sv){ 0 };
    for (size_t i = 0; i < s.n;) {
        char c = s.p[i], out[8];
        unsigned len;
        size_t took = c == '&' ? onri_entity(s, i, out, &len) : 0;
        if (took && len <= took) {
            if (len == 2 && memcmp(out, "\xC2\xA0", 2) == 0) {
                if (n && p[n - 1] != ' ') p[n++] = ' ';
            } else {
                memcpy(p + n, out, len);
                n += len;
            }
            i += took;
            continue;
        }
        bool space = c == ' ' || (c >= 9 && c <= 13);
        if (!space)
            p[n++] = c;
        else if (n && p[n - 1] != ' ')
            p[n++] = ' ';
        i++;
    }
    while (n && p[n - 1] == ' ') n--;
    return onri_sv(p, n);
}
