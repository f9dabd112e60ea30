/* Longest common subsequence of words, without regard to case and to the marks around a word.
 * Source: Hirschberg's textbook table; own. Cost: words of one times words of the other. */
#include "serve/worddiff.h"

typedef struct words {
    onr_sv at[WORDDIFF_MAX];
    size_t n;
    bool whole; /* not more than the most */
} words;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void split(onr_sv s, words *w)
{
    w->n = 0;
    w->whole = true;
    for (size_t i = 0; i < s.n;) {
        while (i < s.n && is_blank(s.p[i])) i++;
        size_t end = i;
        while (end < s.n && !is_blank(s.p[end])) end++;
        if (end == i) break;
        if (w->n == WORDDIFF_MAX) {
            w->whole = false;
            return;
        }
        w->at[w->n++] = onri_sub(s, i, end);
        i = end;
    }
}

/* Length of the mark at i, 0: none there. Quotation marks of all shapes are alike. */
static size_t mark_at(onr_sv s, size_t i)
{
    static const char plain[] = ".,;:\"'()?![]";
    if (strchr(plain, s.p[i]) && s.p[i]) return 1;
    if (s.n - i >= 3 && memcmp(s.p + i, "\xE2\x80", 2) == 0 && (unsigned char)s.p[i + 2] >= 0x98 &&
        (unsigned char)s.p[i + 2] <= 0x9F)
        return 3;
    return 0;
}

/* Next letter of a word, marks left out, in lower case; false at the end. */
static bool letter(onr_sv s, size_t *i, char *out)
{
    for (size_t n; *i < s.n && (n = mark_at(s, *i)) > 0;) *i += n;
    if (*i >= s.n) return false;
    const char c = s.p[(*i)++];
    *out = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    return true;
}

static bool same(onr_sv a, onr_sv b)
{
    size_t i = 0, k = 0;
    char x, y;
    for (;;) {
        const bool more = letter(a, &i, &x);
        if (more != letter(b, &k, &y)) return false;
        if (!more) return true;
        if (x != y) return false;
    }
}

/* common[i]: mine.at[i] stands in the other, too. */
static void compare(const words *mine, const words *other, bool *common)
{
    static const size_t wide = WORDDIFF_MAX + 1;
    uint8_t best[(WORDDIFF_MAX + 1) * (WORDDIFF_MAX + 1)]; /* of the ends from i and j on */
    _Static_assert(WORDDIFF_MAX < 256, "a length is a byte");
    for (size_t i = mine->n + 1; i-- > 0;)
        for (size_t j = other->n + 1; j-- > 0;) {
            uint8_t n = 0;
            if (i < mine->n && j < other->n) {
                const uint8_t down = best[(i + 1) * wide + j], right = best[i * wide + j + 1];
                n = down > right ? down : right;
                if (same(mine->at[i], other->at[j]))
                    n = (uint8_t)(best[(i + 1) * wide + j + 1] + 1);
            }
            best[i * wide + j] = n;
        }
    for (size_t i = 0, j = 0; i < mine->n && j < other->n;) {
        if (same(mine->at[i], other->at[j])) {
            common[i++] = true;
            j++;
        } else if (best[(i + 1) * wide + j] >= best[i * wide + j + 1])
            i++;
        else
            j++;
    }
}

void worddiff(html *h, onr_sv mine, onr_sv other)
{
    words a, b;
    bool common[WORDDIFF_MAX] = { false };
    split(mine, &a);
    split(other, &b);
    if (!a.whole || !b.whole || !b.n) {
        html_text(h, mine);
        return;
    }
    compare(&a, &b, common);
    for (size_t i = 0; i < a.n; i++) {
        if (i) html_textz(h, " ");
        if (common[i]) {
            html_text(h, a.at[i]);
            continue;
        }
        size_t end = i;
        while (end + 1 < a.n && !common[end + 1]) end++;
        html_open(h, "mark");
        for (; i <= end; i++) {
            html_text(h, a.at[i]);
            if (i < end) html_textz(h, " ");
        }
        i--;
        html_close(h);
    }
}
