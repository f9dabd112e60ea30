/* Dates as pages and bylines write them, and lines that are nothing but a date.
 * Names of months come from data/article/months.tsv. "04/05/2018" is no date: nobody can know which
 * number is the month. Source: own; ISO 8601, RFC 822. Leaves out: relative dates (see facts). */
#include "article/article_i.h"
#include "base/embedded.h"

static bool put_date(char out[11], uint32_t y, uint32_t m, uint32_t d)
{
    static const uint8_t DAYS[13] = { 0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (y < 1500 || y > 2200 || m < 1 || m > 12 || d < 1 || d > DAYS[m]) return false;
    if (m == 2 && d == 29 && (y % 4 != 0 || (y % 100 == 0 && y % 400 != 0))) return false;
    const uint32_t v[3] = { y, m, d };
    const uint8_t width[3] = { 4, 2, 2 };
    size_t at = 0;
    for (int i = 0; i < 3; i++) {
        uint32_t x = v[i];
        for (uint8_t k = width[i]; k-- > 0; x /= 10) out[at + k] = (char)('0' + x % 10);
        at += width[i];
        if (i < 2) out[at++] = '-';
    }
    out[10] = 0;
    return true;
}

/* Tokens of a short string: numbers and words, with what stands between them. */
typedef struct token {
    size_t beg, end;
    uint32_t number; /* ONR_NONE: a word */
    uint32_t digits;
    char sep; /* first byte after it, 0 at the end */
} token;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* At most max tokens from *at on. */
static uint32_t tokens_of(onr_sv s, token *t, uint32_t max)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.n && n < max;) {
        if (is_digit(s.p[i])) {
            token k = { i, i, 0, 0, 0 };
            while (i < s.n && is_digit(s.p[i])) {
                if (k.number < 100000000u) k.number = k.number * 10 + (uint32_t)(s.p[i] - '0');
                k.digits++;
                i++;
            }
            size_t e = i; /* 1st, 22nd; the T of ISO */
            while (e < s.n && is_alpha(s.p[e])) e++;
            if (e - i == 2 && s.p[i] != 'T' && s.p[i] != 'Z') i = e;
            k.end = i;
            k.sep = i < s.n ? s.p[i] : 0;
            t[n++] = k;
        } else if (is_alpha(s.p[i])) {
            token k = { i, i, ONR_NONE, 0, 0 };
            while (i < s.n && is_alpha(s.p[i])) i++;
            k.end = i;
            k.sep = i < s.n ? s.p[i] : 0;
            t[n++] = k;
        } else {
            i++;
        }
    }
    return n;
}

static bool same_word(onr_sv a, onr_sv b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++) {
        char x = a.p[i], y = b.p[i];
        if (x >= 'A' && x <= 'Z') x = (char)(x + 32);
        if (x != y) return false;
    }
    return true;
}

bool onri_listed(const char *file, onr_sv word)
{
    onr_sv rest = onri_data_get(file), line, w;
    while (onri_split(&rest, '\n', &line)) {
        if (!line.n || line.p[0] == '#') continue;
        while (onri_split(&line, ' ', &w))
            if (same_word(word, w)) return true;
    }
    return false;
}

uint32_t onri_month(onr_sv word)
{
    if (word.n < 3 || word.n > 24) return 0;
    onr_sv rest = onri_data_get("article/months.tsv"), line, number, name;
    while (onri_split(&rest, '\n', &line)) {
        if (!line.n || line.p[0] == '#' || !onri_split(&line, '\t', &number)) continue;
        uint64_t m = 0;
        if (!onri_parse_u64(number, &m)) continue;
        while (onri_split(&line, ' ', &name))
            if (same_word(word, name)) return (uint32_t)m;
    }
    return 0;
}

static bool from_tokens(const token *t, uint32_t n, onr_sv s, char out[11], uint32_t *used)
{
    if (n >= 1 && t[0].digits == 8 && t[0].number > 15000000u) { /* 20180713 */
        *used = 1;
        return put_date(out, t[0].number / 10000, t[0].number / 100 % 100, t[0].number % 100);
    }
    if (n < 3) return false;
    *used = 3;
    bool n0 = t[0].number != ONR_NONE, n1 = t[1].number != ONR_NONE, n2 = t[2].number != ONR_NONE;
    if (n0 && n1 && n2) {
        if (t[1].beg != t[0].end + 1 || t[2].beg != t[1].end + 1 || t[0].sep != t[1].sep)
            return false;
        uint32_t a = t[0].number, b = t[1].number, c = t[2].number;
        if (t[0].digits == 4 && (t[0].sep == '-' || t[0].sep == '/' || t[0].sep == '.'))
            return put_date(out, a, b, c);
        if (t[2].digits != 4) return false;
        if (t[0].sep == '.') return put_date(out, c, b, a);
        if (t[0].sep != '/' && t[0].sep != '-') return false;
        if (a > 12 || a == b) return put_date(out, c, b, a);
        return b > 12 && put_date(out, c, a, b);
    }
    if (!n0 && n1 && n2 && t[1].digits <= 2 && t[2].digits == 4) { /* July 13, 2018 */
        uint32_t m = onri_month(onri_sub(s, t[0].beg, t[0].end));
        return m && t[1].beg - t[0].end <= 2 && t[2].beg - t[1].end <= 3 &&
               put_date(out, t[2].number, m, t[1].number);
    }
    if (n0 && !n1 && n2 && t[0].digits <= 2 && t[2].digits == 4) { /* 13 July 2018 */
        uint32_t m = onri_month(onri_sub(s, t[1].beg, t[1].end));
        return m && t[1].beg - t[0].end <= 3 && t[2].beg - t[1].end <= 3 &&
               put_date(out, t[2].number, m, t[0].number);
    }
    if (n >= 4 && n0 && !n1 && !n2 && t[3].digits == 4) { /* 13 de julio de 2018, 3 of July, 2018 */
        *used = 4;
        uint32_t m = onri_month(onri_sub(s, t[2].beg, t[2].end));
        return m && t[1].end - t[1].beg <= 2 && put_date(out, t[3].number, m, t[0].number);
    }
    if (n >= 5 && n0 && !n1 && !n2 && t[3].number == ONR_NONE && t[4].digits == 4) {
        *used = 5;
        uint32_t m = onri_month(onri_sub(s, t[2].beg, t[2].end));
        return m && t[1].end - t[1].beg <= 2 && t[3].end - t[3].beg <= 3 &&
               put_date(out, t[4].number, m, t[0].number);
    }
    return false;
}

bool onri_date_find(onr_sv s, char out[11], size_t *beg, size_t *end)
{
    token t[64];
    uint32_t n = tokens_of(s, t, 64), used = 0;
    for (uint32_t i = 0; i < n; i++)
        if (from_tokens(t + i, n - i, s, out, &used)) {
            *beg = t[i].beg;
            *end = t[i + used - 1].end;
            return true;
        }
    return false;
}

bool onri_date_of_url(onr_sv url, char out[11])
{
    /* /2019/11/18/, /2019-11-18, /20191118/, /2019/nov/18/ */
    for (size_t i = 0; i + 5 < url.n; i++) {
        if (url.p[i] != '/' && url.p[i] != '-' && url.p[i] != '_') continue;
        token t[4];
        onr_sv tail = onri_sub(url, i + 1, url.n);
        if (!is_digit(tail.p[0])) continue;
        uint32_t n = tokens_of(tail, t, 4);
        if (n >= 3 && t[0].digits == 4 && t[0].beg == 0 && t[1].beg == t[0].end + 1 &&
            t[2].beg == t[1].end + 1 && t[2].number != ONR_NONE && t[2].digits <= 2) {
            uint32_t m = t[1].number != ONR_NONE && t[1].digits <= 2
                             ? t[1].number
                             : onri_month(onri_sub(tail, t[1].beg, t[1].end));
            if (put_date(out, t[0].number, m, t[2].number)) return true;
        }
        if (n >= 1 && t[0].digits == 8 && t[0].number > 19900000u && t[0].beg == 0 &&
            put_date(out, t[0].number / 10000, t[0].number / 100 % 100, t[0].number % 100))
            return true;
    }
    return false;
}

bool onri_date_line(onr_sv line, char out[11])
{
    size_t beg, end;
    if (line.n > 120 || !onri_date_find(line, out, &beg, &end)) return false;
    token t[32];
    uint32_t n = tokens_of(line, t, 32);
    for (uint32_t i = 0; i < n; i++) {
        if ((t[i].beg >= beg && t[i].end <= end) || t[i].number != ONR_NONE) continue;
        onr_sv w = onri_sub(line, t[i].beg, t[i].end);
        if (!onri_listed("article/date_words.txt", w) && !onri_month(w)) return false;
    }
    return n > 0;
}
