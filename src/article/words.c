/* Words of a text and patterns over them, for finding what is not the article.
 * A word is a run of letters and digits (apostrophes inside belong to it), compared by a hash of
 * its lower case. Patterns come from data/article/debris.tsv, so that a linguist can add one.
 * Source: own. Leaves out: case folding beyond ASCII, Greek and Cyrillic blocks are compared as is.
 */
#include "article/article_i.h"
#include "base/embedded.h"

/* Is the code point part of a word? Punctuation of ASCII, Latin-1, U+2000..206F and U+3000..303F
 * is not; everything else above ASCII is. */
static bool is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z');
    if (cp < 0xC0) return cp == 0xAA || cp == 0xB5 || cp == 0xBA;
    if (cp >= 0x2000 && cp <= 0x206F) return false;
    if (cp >= 0x3000 && cp <= 0x303F) return false;
    return cp != 0xD7 && cp != 0xF7 && cp != 0xFEFF && cp != 0xFFFD && cp != 0xFF0C && cp != 0xFF01;
}

static uint32_t hash_add(uint32_t h, unsigned char c)
{
    if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 32);
    return (h ^ c) * 16777619u;
}

/* Ordinals count as numbers: 1st, 22nd. */
static bool is_number(onr_sv w)
{
    size_t i = 0;
    while (i < w.n && w.p[i] >= '0' && w.p[i] <= '9') i++;
    if (i == 0) return false;
    if (i == w.n) return true;
    onr_sv tail = onri_sub(w, i, w.n);
    return onri_eqz(tail, "st") || onri_eqz(tail, "nd") || onri_eqz(tail, "rd") ||
           onri_eqz(tail, "th");
}

bool onri_words_of(onr_arena *mem, onr_sv text, onr_span span, onri_words *out)
{
    size_t i = span.beg;
    while (i < span.end) {
        unsigned len;
        uint32_t cp = onri_utf8_at(text, i, &len);
        if (!is_letter(cp)) {
            i += len;
            continue;
        }
        size_t beg = i;
        uint32_t h = 2166136261u;
        bool upper = (cp >= 'A' && cp <= 'Z') || (cp >= '0' && cp <= '9') ||
                     (cp >= 0xC0 && cp <= 0xDE) || (cp >= 0x410 && cp <= 0x42F);
        while (i < span.end) {
            cp = onri_utf8_at(text, i, &len);
            if (is_letter(cp)) {
                for (unsigned k = 0; k < len; k++) h = hash_add(h, (unsigned char)text.p[i + k]);
                i += len;
                continue;
            }
            if (cp != '\'' && cp != 0x2019) break;
            unsigned next = 0;
            if (i + len >= span.end || !is_letter(onri_utf8_at(text, i + len, &next))) break;
            h = hash_add(h, '\'');
            i += len;
        }
        onri_word *w = ONRI_PUSH(mem, out);
        if (!w) return false;
        *w = (onri_word){ (uint32_t)beg, (uint32_t)i, h, upper, is_number(onri_sub(text, beg, i)) };
    }
    return true;
}

/* ---- patterns ------------------------------------------------------------------------------- */

#define GAP_MAX 6 /* words that a "*" may stand for */

static uint32_t hash_word(onr_sv w)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < w.n; i++) h = hash_add(h, (unsigned char)w.p[i]);
    return h;
}

static bool parse_item(onr_arena *mem, onr_sv word, onri_pat_item *it)
{
    *it = (onri_pat_item){ 0 };
    if (onri_eqz(word, "*") || onri_eqz(word, "?*")) {
        it->gap = GAP_MAX;
        it->optional = true;
        return true;
    }
    if (onri_eqz(word, "+")) {
        it->gap = GAP_MAX;
        return true;
    }
    if (word.n && word.p[0] == '?') {
        it->optional = true;
        word = onri_sub(word, 1, word.n);
    }
    if (onri_eqz(word, "#")) {
        it->number = true;
        return true;
    }
    uint32_t hashes[16];
    onr_sv rest = word, piece;
    while (it->n < 16 && onri_split(&rest, '|', &piece))
        if (piece.n) hashes[it->n++] = hash_word(piece);
    uint32_t *copy = ONRI_NEW_N(mem, it->n ? it->n : 1u, uint32_t);
    if (!copy) return false;
    memcpy(copy, hashes, it->n * sizeof *copy);
    it->hashes = copy;
    return true;
}

static const char *const SCOPES[ONRI_SCOPE__COUNT] = { "line", "head", "list", "cut", "teaser" };

static bool scope_of(onr_sv s, onri_scope *out)
{
    for (uint32_t i = 0; i < ONRI_SCOPE__COUNT; i++)
        if (onri_eqz(s, SCOPES[i])) {
            *out = (onri_scope)i;
            return true;
        }
    return false;
}

static bool kind_of(onr_sv s, onr_boilerplate_kind *out)
{
    for (uint32_t i = 0; i < ONR_BOILERPLATE__COUNT; i++)
        if (onri_eqz(s, onr_boilerplate_kind_name((onr_boilerplate_kind)i))) {
            *out = (onr_boilerplate_kind)i;
            return true;
        }
    return false;
}

onr_status onri_pats_parse(onr_arena *mem, onr_sv tsv, onri_pats *out, onr_error *err)
{
    onr_sv line, rest = tsv;
    for (uint32_t n = 1; onri_split(&rest, '\n', &line); n++) {
        if (!line.n || line.p[0] == '#') continue;
        onr_sv cols[3], cell, cells = line;
        uint32_t got = 0;
        while (got < 3 && onri_split(&cells, '\t', &cell)) cols[got++] = onri_trim(cell);
        onri_pat p = { 0 };
        if (got < 3 || !kind_of(cols[0], &p.kind) || !scope_of(cols[1], &p.scope) || !cols[2].n)
            return onri_fail(err, ONR_E_SYNTAX, "article", "debris.tsv line %u: kind, scope, words",
                             n);
        onri_pat_item items[32];
        onr_sv words = cols[2], word;
        while (p.n < 32 && onri_split(&words, ' ', &word))
            if (word.n && !parse_item(mem, word, &items[p.n++]))
                return onri_fail_mem(err, mem, "article");
        onri_pat_item *copy = ONRI_NEW_N(mem, p.n, onri_pat_item);
        onri_pat *slot = ONRI_PUSH(mem, &out->of[p.scope]);
        if (!copy || !slot) return onri_fail_mem(err, mem, "article");
        memcpy(copy, items, p.n * sizeof *copy);
        p.items = copy;
        *slot = p;
    }
    return ONR_OK;
}

onr_status onri_pats_load(onr_arena *mem, onri_pats *out, onr_error *err)
{
    onr_sv tsv = onri_data_get("article/debris.tsv");
    if (!tsv.p)
        return onri_fail(err, ONR_E_INTERNAL, "article", "article/debris.tsv is not in the binary");
    return onri_pats_parse(mem, tsv, out, err);
}

static bool item_is(const onri_pat_item *it, const onri_word *w)
{
    if (it->number) return w->number;
    for (uint32_t i = 0; i < it->n; i++)
        if (it->hashes[i] == w->hash) return true;
    return false;
}

/* Backtracking over at most 32 items; gaps take at most GAP_MAX words, the shortest first. The
 * budget bounds patterns with many gaps. */
static uint32_t match(const onri_pat *p, uint32_t i, const onri_word *w, uint32_t at, uint32_t n,
                      bool whole, uint32_t *budget)
{
    if (*budget == 0) return ONR_NONE;
    --*budget;
    if (i == p->n) return !whole || at == n ? at : ONR_NONE;
    const onri_pat_item *it = &p->items[i];
    if (it->gap) {
        for (uint32_t k = it->optional ? 0 : 1; k <= it->gap && at + k <= n; k++) {
            uint32_t r = match(p, i + 1, w, at + k, n, whole, budget);
            if (r != ONR_NONE) return r;
        }
        return ONR_NONE;
    }
    if (at < n && item_is(it, &w[at])) {
        uint32_t r = match(p, i + 1, w, at + 1, n, whole, budget);
        if (r != ONR_NONE) return r;
    }
    return it->optional ? match(p, i + 1, w, at, n, whole, budget) : ONR_NONE;
}

uint32_t onri_pat_match(const onri_pat *p, const onri_word *w, uint32_t n, bool whole)
{
    const onri_pat_item *it = p->items;
    if (n == 0 || (!it->gap && !it->optional && !item_is(it, w))) return ONR_NONE;
    uint32_t budget = 2000;
    return match(p, 0, w, 0, n, whole, &budget);
}

const onri_pat *onri_pats_find(const onri_pats *ps, onri_scope scope, const onri_word *w,
                               uint32_t n, uint32_t *len)
{
    bool whole = scope == ONRI_SCOPE_LINE || scope == ONRI_SCOPE_LIST;
    const onri_pat *best = NULL;
    uint32_t best_len = 0;
    for (uint32_t i = 0; i < ps->of[scope].n; i++) {
        const onri_pat *p = &ps->of[scope].at[i];
        uint32_t r = onri_pat_match(p, w, n, whole);
        if (r != ONR_NONE && (!best || r > best_len)) {
            best = p;
            best_len = r;
        }
    }
    *len = best_len;
    return best;
}
