/* Marks what is not the article in text that lost its markup: menus, promotions, links to other
 * articles, share buttons, comment forms, cookie notices, bylines, captions, repeated sentences and
 * lines that are no language. Nothing is cut.
 *
 * A line is judged as a whole (patterns of data/article/debris.tsv and its shape), then sentences
 * inside paragraphs (a promotion glued between two sentences, the title of the promoted page before
 * it), then what is repeated. Source: own. Leaves out: advertisements written as prose. */
#include "article/article_i.h"
#include "base/embedded.h"

#define HEAD_WORDS 25 /* longest line that a HEAD pattern may mark */
#define LIST_WORDS 20 /* longest line that belongs to a list of links */
#define LIST_LINES 12
#define DUP_WORDS  6 /* shortest repeated sentence that is marked */

typedef struct line {
    onr_span span; /* without white space at the ends */
    uint32_t w_beg, w_end;
    uint32_t block; /* number of the run of lines without an empty one between them */
    bool ends;      /* with a full stop, question or exclamation mark */
    bool quoted;    /* begins with a quotation mark */
    bool marked;
    onr_boilerplate_kind kind; /* if marked */
} line;

typedef struct sentence {
    onr_span span;
    uint32_t w_beg, w_end;
    uint32_t line;
    bool question, quoted; /* quoted: begins in or with a quotation */
    bool marked;
} sentence;

typedef struct ctx {
    onr_arena *mem;
    onr_sv text;
    onr_span title;
    const onri_pats *pats;
    onri_words words;
    ONRI_VEC(line) lines;
    ONRI_VEC(sentence) sents;
    onri_marks *marks;
} ctx;

static bool add_mark(ctx *c, onr_span span, onr_boilerplate_kind kind)
{
    if (span.beg < c->title.end && span.end > c->title.beg) return true;
    onr_boilerplate *m = ONRI_PUSH(c->mem, c->marks);
    if (m) *m = (onr_boilerplate){ span, kind };
    return m != NULL;
}

static bool mark_line(ctx *c, line *l, onr_boilerplate_kind kind)
{
    l->marked = true;
    l->kind = kind;
    return add_mark(c, l->span, kind);
}

/* ---- lines ---------------------------------------------------------------------------------- */

static bool is_space_cp(uint32_t cp)
{
    return cp == ' ' || (cp >= 9 && cp <= 13) || cp == 0xA0 || cp == 0x3000 || cp == 0xFEFF ||
           (cp >= 0x2000 && cp <= 0x200B) || cp == 0x2028 || cp == 0x2029;
}
static bool is_open_quote(uint32_t cp)
{
    return cp == '"' || cp == 0x201C || cp == 0x2018 || cp == 0xAB || cp == 0x201E || cp == '\'';
}
static bool is_close_mark(uint32_t cp)
{
    return cp == '"' || cp == 0x201D || cp == 0x2019 || cp == 0xBB || cp == '\'' || cp == ')' ||
           cp == ']' || cp == 0x201C;
}
static bool is_stop(uint32_t cp)
{
    return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026 || cp == 0x3002;
}

static void line_shape(onr_sv t, line *l)
{
    unsigned len;
    uint32_t end = l->span.end;
    while (end > l->span.beg) {
        uint32_t cp = onri_utf8_before(t, end, &len);
        if (!is_close_mark(cp) && !is_space_cp(cp)) {
            l->ends = is_stop(cp);
            break;
        }
        end -= len;
    }
    l->quoted = l->span.end > l->span.beg && is_open_quote(onri_utf8_at(t, l->span.beg, &len));
}

static bool split_lines(ctx *c)
{
    uint32_t block = 0, w = 0;
    bool blank = true;
    for (size_t i = 0; i < c->text.n;) {
        const char *nl = memchr(c->text.p + i, '\n', c->text.n - i);
        size_t end = nl ? (size_t)(nl - c->text.p) : c->text.n, beg = i, stop = end;
        unsigned len;
        while (beg < stop && is_space_cp(onri_utf8_at(c->text, beg, &len))) beg += len;
        while (stop > beg && is_space_cp(onri_utf8_before(c->text, stop, &len))) stop -= len;
        if (beg == stop) {
            blank = true;
        } else {
            if (blank) block++;
            blank = false;
            line *l = ONRI_PUSH(c->mem, &c->lines);
            if (!l) return false;
            *l = (line){ .span = { (uint32_t)beg, (uint32_t)stop }, .w_beg = w, .block = block };
            while (w < c->words.n && c->words.at[w].beg < stop) w++;
            l->w_end = w;
            line_shape(c->text, l);
        }
        i = end + 1;
    }
    return true;
}

/* ---- one line ------------------------------------------------------------------------------- */

static onr_sv line_text(const ctx *c, const line *l)
{
    return onri_sub(c->text, l->span.beg, l->span.end);
}

/* "Home | World | Politics": at least two separators with short pieces, and no sentence. */
static bool menu_line(const ctx *c, const line *l)
{
    uint32_t seps = 0, n = l->w_end - l->w_beg;
    onr_sv s = line_text(c, l);
    for (size_t i = 0; i < s.n;) {
        unsigned len;
        uint32_t cp = onri_utf8_at(s, i, &len);
        bool spaced = i > 0 && i + len < s.n && s.p[i - 1] == ' ' && s.p[i + len] == ' ';
        if (spaced && (cp == '|' || cp == '>' || cp == 0xBB || cp == 0xB7 || cp == 0x2022 ||
                       cp == 0x203A || cp == '/'))
            seps++;
        i += len;
    }
    return seps >= 2 && !l->ends && n <= seps * 5 + 5;
}

/* No letter or digit at all, or residue of wiki markup. */
static bool residue_line(const ctx *c, const line *l)
{
    if (l->w_end == l->w_beg) return true;
    onr_sv s = line_text(c, l);
    if (onri_starts(s, ONR_SV("__")) && onri_ends(s, ONR_SV("__")) && s.n < 40) return true;
    if (onri_starts(s, ONR_SV("{{")) || onri_starts(s, ONR_SV("{|")) ||
        onri_starts(s, ONR_SV("[[File:")) || onri_starts(s, ONR_SV("[[Image:")) ||
        onri_starts(s, ONR_SV("[[Category:")))
        return true;
    return l->w_end - l->w_beg <= 3 && onri_find(s, ONR_SV("]]"), 0) != SIZE_MAX &&
           onri_find(s, ONR_SV("[["), 0) == SIZE_MAX;
}

static bool caption_line(const ctx *c, const line *l)
{
    if (l->w_end - l->w_beg > 40) return false;
    onr_sv s = line_text(c, l), rest = onri_data_get("article/credits.txt"), pat;
    while (onri_split(&rest, '\n', &pat)) {
        if (!pat.n || pat.p[0] == '#') continue;
        if (pat.p[0] == '^' ? onri_starts(s, onri_sub(pat, 1, pat.n))
                            : !l->ends && onri_find(s, pat, 0) != SIZE_MAX)
            return true;
    }
    return false;
}

/* "By Jane Roe and John Doe": capitals, "and", "of", "in" only. */
static bool by_name(const ctx *c, const line *l)
{
    uint32_t n = l->w_end - l->w_beg, capitals = 0;
    if (n < 2 || n > 12 || l->ends) return false;
    const onri_word *w = c->words.at + l->w_beg;
    onr_sv first = onri_sub(c->text, w->beg, w->end);
    if (!onri_eqz(first, "By") && !onri_eqz(first, "BY") && !onri_eqz(first, "by")) return false;
    for (uint32_t i = 1; i < n; i++) {
        onr_sv word = onri_sub(c->text, w[i].beg, w[i].end);
        if (w[i].upper)
            capitals++;
        else if (!onri_listed("article/name_words.txt", word))
            return false;
    }
    return capitals > 0;
}

static bool byline_line(const ctx *c, const line *l, uint32_t at)
{
    char date[11];
    bool edge = at < 10 || at + 4 >= c->lines.n;
    if (by_name(c, l)) return edge;
    return at < 10 && l->w_end - l->w_beg <= 16 && onri_date_line(line_text(c, l), date);
}

static bool judge_line(ctx *c, uint32_t at)
{
    line *l = &c->lines.at[at];
    uint32_t n = l->w_end - l->w_beg, len;
    if (residue_line(c, l)) return mark_line(c, l, ONR_BOILERPLATE_DEBRIS);
    if (n > 40) return true;
    if (byline_line(c, l, at)) return mark_line(c, l, ONR_BOILERPLATE_BYLINE);
    if (caption_line(c, l)) return mark_line(c, l, ONR_BOILERPLATE_CAPTION);
    if (n > HEAD_WORDS) return true;
    const onri_word *w = c->words.at + l->w_beg;
    const onri_pat *p = NULL;
    if (!l->quoted) p = onri_pats_find(c->pats, ONRI_SCOPE_LINE, w, n, &len);
    if (!p && !l->quoted) p = onri_pats_find(c->pats, ONRI_SCOPE_HEAD, w, n, &len);
    if (p) return mark_line(c, l, p->kind);
    if (menu_line(c, l)) return mark_line(c, l, ONR_BOILERPLATE_NAVIGATION);
    return true;
}

/* "OSLO (AP) - Norway ...": where and by whom it was filed is no part of the sentence. */
static bool mark_dateline(ctx *c, const line *l)
{
    const size_t n = onri_dateline(line_text(c, l));
    const onr_span span = { l->span.beg, l->span.beg + (uint32_t)n };
    return n == 0 || l->w_end - l->w_beg < 10 || add_mark(c, span, ONR_BOILERPLATE_BYLINE);
}

/* A heading like "Most read" and the short lines under it, until prose or a limit. */
static bool judge_list(ctx *c, uint32_t at)
{
    line *l = &c->lines.at[at];
    uint32_t n = l->w_end - l->w_beg, len;
    if (l->ends || l->quoted || n > 8) return true;
    const onri_pat *p = onri_pats_find(c->pats, ONRI_SCOPE_LIST, c->words.at + l->w_beg, n, &len);
    if (!p) return true;
    if (!mark_line(c, l, p->kind)) return false;
    for (uint32_t i = at + 1; i < c->lines.n && i <= at + LIST_LINES; i++) {
        line *k = &c->lines.at[i];
        if (k->w_end - k->w_beg > LIST_WORDS || k->quoted) break;
        /* in another block a line that ends like a sentence is the article going on */
        if (k->block != l->block && k->ends) break;
        if (!mark_line(c, k, p->kind)) return false;
    }
    return true;
}

/* Under a comment form near the end only its fields follow. */
static bool judge_form(ctx *c)
{
    bool form = false;
    for (uint32_t i = c->lines.n / 2; i < c->lines.n; i++) {
        line *l = &c->lines.at[i];
        if (l->marked)
            form = form || l->kind == ONR_BOILERPLATE_COMMENT_FORM;
        else if (form && l->w_end - l->w_beg <= 6 && !l->ends &&
                 !mark_line(c, l, ONR_BOILERPLATE_COMMENT_FORM))
            return false;
    }
    return true;
}

/* ---- sentences ------------------------------------------------------------------------------ */

/* Does a sentence end between words i and i+1? */
static bool boundary(const ctx *c, uint32_t i)
{
    const onri_word *a = &c->words.at[i], *b = &c->words.at[i + 1];
    bool stop = false, space = false, dot_only = true, quote = false;
    for (size_t k = a->end; k < b->beg;) {
        unsigned len;
        uint32_t cp = onri_utf8_at(c->text, k, &len);
        if (is_stop(cp) && !space) {
            stop = true;
            dot_only = dot_only && cp == '.';
        }
        space = space || (stop && is_space_cp(cp));
        quote = quote || (space && is_open_quote(cp));
        k += len;
    }
    if (!stop || !space || !(b->upper || quote)) return false;
    onr_sv w = onri_sub(c->text, a->beg, a->end);
    if (dot_only && (w.n == 1 || onri_listed("article/abbreviations.txt", w))) return false;
    return true;
}

/* Quotation marks seen so far in a line: is one open before byte `at`? Walks on, never back. */
typedef struct quotes {
    uint32_t at;
    bool open;
} quotes;

static bool in_quote(const ctx *c, quotes *q, uint32_t at)
{
    while (q->at < at) {
        unsigned len;
        uint32_t cp = onri_utf8_at(c->text, q->at, &len);
        if (cp == 0x201C)
            q->open = q->at + len < c->text.n && c->text.p[q->at + len] != ' ';
        else if (cp == 0x201D)
            q->open = false;
        else if (cp == '"')
            q->open = !q->open;
        q->at += len;
    }
    return q->open;
}

static bool add_sentence(ctx *c, quotes *q, uint32_t line_no, uint32_t w_beg, uint32_t w_end)
{
    const line *l = &c->lines.at[line_no];
    sentence *s = ONRI_PUSH(c->mem, &c->sents);
    if (!s) return false;
    *s = (sentence){ .w_beg = w_beg, .w_end = w_end, .line = line_no };
    unsigned len;
    uint32_t beg = c->words.at[w_beg].beg, end = c->words.at[w_end - 1].end;
    uint32_t lo = w_beg > l->w_beg ? c->words.at[w_beg - 1].end : l->span.beg;
    while (beg > lo && !is_space_cp(onri_utf8_before(c->text, beg, &len))) beg -= len;
    if (w_beg == l->w_beg) beg = l->span.beg;
    uint32_t hi = w_end < l->w_end ? c->words.at[w_end].beg : l->span.end;
    while (end < hi && !is_space_cp(onri_utf8_at(c->text, end, &len))) {
        s->question = s->question || onri_utf8_at(c->text, end, &len) == '?';
        end += len;
    }
    s->span = (onr_span){ beg, end };
    s->quoted = is_open_quote(onri_utf8_at(c->text, beg, &len)) || in_quote(c, q, beg);
    return true;
}

static bool split_sentences(ctx *c)
{
    for (uint32_t i = 0; i < c->lines.n; i++) {
        const line *l = &c->lines.at[i];
        uint32_t beg = l->w_beg;
        quotes q = { l->span.beg, false };
        for (uint32_t w = l->w_beg; w < l->w_end; w++)
            if (w + 1 == l->w_end || boundary(c, w)) {
                if (!add_sentence(c, &q, i, beg, w + 1)) return false;
                beg = w + 1;
            }
    }
    return true;
}

/* Where a cut that begins sentence s ends, or 0: it must stand alone, before a sign that starts
 * something new, or before a capital or a quotation. */
static uint32_t cut_end(const ctx *c, const sentence *s, uint32_t len)
{
    uint32_t last = s->w_beg + len - 1;
    uint32_t end = c->words.at[last].end;
    if (last + 1 >= s->w_end) return s->span.end;
    const onri_word *next = &c->words.at[last + 1];
    unsigned step;
    uint32_t cp = onri_utf8_at(c->text, end, &step);
    if (cp == ':' || cp == '>' || cp == 0xBB || cp == 0x2192)
        return s->w_end - s->w_beg <= HEAD_WORDS ? s->span.end : 0;
    if (!is_space_cp(cp)) return 0;
    uint32_t sign = onri_utf8_before(c->text, next->beg, &step);
    return next->upper || (is_open_quote(sign) && sign != '\'') ? end : 0;
}

static bool judge_cuts(ctx *c)
{
    for (uint32_t i = 0; i < c->sents.n; i++) {
        sentence *s = &c->sents.at[i];
        uint32_t len;
        if (c->lines.at[s->line].marked || s->quoted || !c->words.at[s->w_beg].upper) continue;
        const onri_pat *p = onri_pats_find(c->pats, ONRI_SCOPE_CUT, c->words.at + s->w_beg,
                                           s->w_end - s->w_beg, &len);
        uint32_t end = p ? cut_end(c, s, len) : 0;
        if (!end) continue;
        onr_span span = { s->span.beg, end };
        s->marked = end == s->span.end;
        if (i > 0 && c->sents.at[i - 1].line == s->line && !c->sents.at[i - 1].quoted) {
            sentence *t = &c->sents.at[i - 1];
            uint32_t n = t->w_end - t->w_beg;
            if (n <= HEAD_WORDS &&
                onri_pats_find(c->pats, ONRI_SCOPE_TEASER, c->words.at + t->w_beg, n, &len)) {
                span.beg = t->span.beg;
                t->marked = true;
            }
        }
        if (!add_mark(c, span, p->kind)) return false;
    }
    return true;
}

/* Share of the words of the two sentences that both have. */
static double overlap(const ctx *c, const sentence *a, const sentence *b)
{
    uint32_t both = 0, n = a->w_end - a->w_beg, m = b->w_end - b->w_beg;
    for (uint32_t i = a->w_beg; i < a->w_end; i++)
        for (uint32_t k = b->w_beg; k < b->w_end; k++)
            if (c->words.at[i].hash == c->words.at[k].hash) {
                both++;
                break;
            }
    return (double)both / (double)(n + m - both);
}

/* The text of a link and its title attribute both survived: two questions in a row that ask the
 * same thing, in nobody's mouth. */
static bool judge_twins(ctx *c)
{
    for (uint32_t i = 0; i + 1 < c->sents.n; i++) {
        sentence *a = &c->sents.at[i], *b = a + 1;
        uint32_t n = a->w_end - a->w_beg, m = b->w_end - b->w_beg;
        if (a->line != b->line || !a->question || !b->question || a->quoted || b->quoted || n < 5 ||
            m < 5 || n > 40 || m > 40 || c->lines.at[a->line].marked || overlap(c, a, b) < 0.6)
            continue;
        a->marked = b->marked = true;
        if (!add_mark(c, (onr_span){ a->span.beg, b->span.end }, ONR_BOILERPLATE_PROMO))
            return false;
    }
    return true;
}

/* ---- repetition ----------------------------------------------------------------------------- */

static uint64_t words_hash(const ctx *c, uint32_t beg, uint32_t end)
{
    uint64_t h = end - beg;
    for (uint32_t i = beg; i < end; i++) h = onri_hash_u64(h ^ c->words.at[i].hash);
    return h;
}

static bool same_words(const ctx *c, const sentence *a, const sentence *b)
{
    if (a->w_end - a->w_beg != b->w_end - b->w_beg) return false;
    for (uint32_t i = 0; i < a->w_end - a->w_beg; i++)
        if (c->words.at[a->w_beg + i].hash != c->words.at[b->w_beg + i].hash) return false;
    return true;
}

/* A sentence that stood before: the second is marked. Short ones must be a whole line that repeats
 * a whole line. */
static bool judge_repeats(ctx *c)
{
    onri_map seen;
    onri_map_init(&seen, c->mem);
    for (uint32_t i = 0; i < c->sents.n; i++) {
        sentence *s = &c->sents.at[i];
        const line *l = &c->lines.at[s->line];
        uint32_t n = s->w_end - s->w_beg;
        bool whole = n == l->w_end - l->w_beg;
        if (s->marked || l->marked || n < (whole ? 4u : DUP_WORDS)) continue;
        uint64_t key = words_hash(c, s->w_beg, s->w_end);
        uint32_t at = onri_map_get(&seen, key);
        if (at == ONR_NONE) {
            if (!onri_map_put(&seen, key, i)) return false;
        } else if (same_words(c, s, &c->sents.at[at])) {
            s->marked = true;
            if (!add_mark(c, s->span, ONR_BOILERPLATE_DUPLICATE)) return false;
        }
    }
    return true;
}

/* ---- all ------------------------------------------------------------------------------------ */

static void sort_marks(onr_boilerplate *a, uint32_t n)
{
    /* shell sort: nearly ordered, no allocation, no callback; the order is total */
    for (uint32_t gap = n / 2; gap > 0; gap /= 2)
        for (uint32_t i = gap; i < n; i++) {
            onr_boilerplate x = a[i];
            uint32_t k = i;
            for (; k >= gap; k -= gap) {
                onr_span p = a[k - gap].span;
                if (p.beg < x.span.beg || (p.beg == x.span.beg && p.end >= x.span.end)) break;
                a[k] = a[k - gap];
            }
            a[k] = x;
        }
}

void onri_marks_tidy(onri_marks *marks)
{
    sort_marks(marks->at, marks->n);
    uint32_t n = 0, end = 0;
    for (uint32_t i = 0; i < marks->n; i++) {
        onr_boilerplate m = marks->at[i];
        if (m.span.beg < end) m.span.beg = end;
        if (m.span.beg >= m.span.end) continue;
        marks->at[n++] = m;
        end = m.span.end;
    }
    marks->n = n;
}

/* The first lines that are not debris: a headline is short, does not end like a sentence, is not a
 * quotation's half, and something follows it. */
static onr_span find_title(const ctx *c)
{
    for (uint32_t i = 0; i < c->lines.n; i++) {
        const line *l = &c->lines.at[i];
        uint32_t n = l->w_end - l->w_beg;
        if (l->marked) continue;
        bool alone = i + 1 >= c->lines.n;
        if (alone || n < 2 || n > 30 || l->span.end - l->span.beg > 250) break;
        onr_sv s = line_text(c, l);
        char last = s.p[s.n - 1];
        const onri_word *w = &c->words.at[l->w_end - 1];
        bool initials = last == '.' && w->end - w->beg == 1; /* "in the U.S." */
        if ((last == '.' && !initials) || last == ':' || last == ';' || last == ',' ||
            (l->ends && l->quoted))
            break;
        return l->span;
    }
    return (onr_span){ 0, 0 };
}

onr_status onri_debris_mark(onr_arena *mem, const onri_pats *pats, onr_sv text, onr_span *title,
                            onri_marks *marks, onr_error *err)
{
    ctx c = { .mem = mem, .pats = pats, .text = text, .title = *title, .marks = marks };
    bool ok =
        onri_words_of(mem, text, (onr_span){ 0, (uint32_t)text.n }, &c.words) && split_lines(&c);
    for (uint32_t i = 0; ok && i < c.lines.n; i++)
        if (!c.lines.at[i].marked)
            ok = judge_line(&c, i) && (c.lines.at[i].marked || judge_list(&c, i));
    if (ok && title->beg == title->end) *title = c.title = find_title(&c);
    for (uint32_t i = 0; ok && i < c.lines.n; i++)
        if (!c.lines.at[i].marked) ok = mark_dateline(&c, &c.lines.at[i]);
    ok = ok && judge_form(&c) && split_sentences(&c) && judge_cuts(&c) && judge_twins(&c) &&
         judge_repeats(&c);
    if (!ok) return onri_fail_mem(err, mem, "article");
    onri_marks_tidy(marks);
    return ONR_OK;
}
