/* From candidates to statements: contents made clean, one statement a cue, nesting, form.
 * Source: own; form by the share of letters inside quotation marks, as docs/formats/record.md says.
 */
#include "facts/statement_i.h"

#include <stdlib.h>

/* ---- clean contents ------------------------------------------------------------------------- */

static bool only_marks(const st_run *r, uint32_t beg, uint32_t end)
{
    for (uint32_t i = beg; i < end;) {
        const char c = r->text.p[i];
        if (strchr(" \n\t\r,.;:\"'", c) && c) {
            i++;
        } else if (i + 2 < end + 2 && i + 2 < r->text.n &&
                   memcmp(r->text.p + i, "\xE2\x80", 2) == 0 &&
                   ((unsigned char)r->text.p[i + 2] == 0x9C ||
                    (unsigned char)r->text.p[i + 2] == 0x9D)) {
            i += 3;
        } else if (i + 1 < end && memcmp(r->text.p + i, "\xC2\xA0", 2) == 0) {
            i += 2;
        } else {
            return false;
        }
    }
    return true;
}

static void sort_spans(st_span_vec *v)
{
    for (uint32_t i = 1; i < v->n; i++) {
        const onr_span x = v->at[i];
        uint32_t k = i;
        for (; k > 0 && (v->at[k - 1].beg > x.beg ||
                         (v->at[k - 1].beg == x.beg && v->at[k - 1].end > x.end));
             k--)
            v->at[k] = v->at[k - 1];
        v->at[k] = x;
    }
}

/* Cut what overlaps off s: the longer remaining side stays. */
static onr_span without(onr_span s, onr_span x)
{
    if (x.beg >= x.end || s.end <= x.beg || x.end <= s.beg) return s;
    const uint32_t left = x.beg > s.beg ? x.beg - s.beg : 0;
    const uint32_t right = s.end > x.end ? s.end - x.end : 0;
    if (left >= right) return (onr_span){ s.beg, x.beg > s.beg ? x.beg : s.beg };
    return (onr_span){ x.end, s.end };
}

static onr_span strip(const st_run *r, onr_span s)
{
    while (s.beg < s.end && strchr(" \n\t\r,;:", r->text.p[s.beg]) && r->text.p[s.beg]) s.beg++;
    while (s.beg < s.end && strchr(" \n\t\r,;:", r->text.p[s.end - 1]) && r->text.p[s.end - 1])
        s.end--;
    return s;
}

/* What stands in boilerplate is nobody's words: cut it off the ends. */
static onr_span without_debris(const st_run *r, onr_span s)
{
    for (uint32_t b = 0; r->article && b < r->article->n_boilerplate; b++) {
        const onr_span x = r->article->boilerplate[b].span;
        if (x.beg >= s.end) break;
        if (x.end <= s.beg || r->article->boilerplate[b].kind == ONR_BOILERPLATE_HEADING) continue;
        s = without(s, x);
    }
    return s;
}

/* "KAVNIK, March 4 (Northern Wire) - Sarvia will": a dateline before the first words of a line. */
static onr_span without_dateline(const st_run *r, onr_span s)
{
    enum { FAR = 70 };
    if (s.beg > 0 && r->text.p[s.beg - 1] != '\n') return s;
    uint32_t caps = s.beg;
    while (caps < s.end && r->text.p[caps] >= 'A' && r->text.p[caps] <= 'Z') caps++;
    if (caps - s.beg < 3) return s;
    for (uint32_t i = caps; i + 4 < s.end && i < s.beg + FAR; i++) {
        const char *p = r->text.p + i;
        if (*p == '.' && p[1] == ' ') return s;
        if (p[0] == ' ' && p[1] == '-' && (p[2] == ' ' || (p[2] == '-' && p[3] == ' ')))
            return (onr_span){ i + (p[2] == ' ' ? 3 : 4), s.end };
        if (memcmp(p, "\xE2\x80\x94", 3) == 0 || memcmp(p, "\xE2\x80\x93", 3) == 0)
            return (onr_span){ i + 3 + (p[3] == ' '), s.end };
    }
    return s;
}

/* A closing mark that only punctuation parts from the content belongs to it. */
static onr_span with_mark(const st_run *r, onr_span s)
{
    const uint32_t q = s.end > s.beg ? onri_quote_at(&r->quotes, s.end - 1) : ONR_NONE;
    if (q == ONR_NONE) return s;
    const onri_quote *x = &r->quotes.at[q];
    if (x->close_n && x->beg >= s.beg && x->end > s.end && x->end - s.end <= x->close_n + 2u &&
        only_marks(r, s.end, x->end))
        s.end = x->end;
    return s;
}

bool st_clean(st_run *r)
{
    for (uint32_t k = 0; k < r->cands.n; k++) {
        st_cand *c = &r->cands.at[k];
        sort_spans(&c->content);
        uint32_t n = 0;
        for (uint32_t i = 0; i < c->content.n; i++) {
            const onr_span x = c->content.at[i];
            if (n && (x.beg <= c->content.at[n - 1].end ||
                      only_marks(r, c->content.at[n - 1].end, x.beg))) {
                if (x.end > c->content.at[n - 1].end) c->content.at[n - 1].end = x.end;
            } else {
                c->content.at[n++] = x;
            }
        }
        uint32_t kept = 0;
        for (uint32_t i = 0; i < n; i++) {
            onr_span x = without(without(c->content.at[i], c->cue), c->source);
            x = with_mark(r, strip(r, without_dateline(r, without_debris(r, x))));
            if (x.beg < x.end && !only_marks(r, x.beg, x.end)) c->content.at[kept++] = x;
        }
        c->content.n = kept;
        if (kept == 0) c->lost = "no content is left beside its own cue and source";
    }
    return true;
}

/* ---- form ----------------------------------------------------------------------------------- */

/* Does a letter stand at byte b? Marks of several bytes are none. */
static bool letter_at(const st_run *r, uint32_t b)
{
    const unsigned char c = (unsigned char)r->text.p[b];
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return c >= 0xC3 && c != 0xE2; /* first bytes of letters; U+2000.. and « » are marks */
}

/* Form by the share of the content's letters in quotations that do not hold the cue. */
static onr_form form_of(const st_run *r, const st_cand *c)
{
    uint64_t all = 0, in = 0;
    const uint32_t own = onri_quote_at(&r->quotes, c->cue.beg);
    for (uint32_t i = 0; i < c->content.n; i++)
        for (uint32_t b = c->content.at[i].beg; b < c->content.at[i].end; b++) {
            if (!letter_at(r, b)) continue;
            all++;
            const uint32_t q = onri_quote_at(&r->quotes, b);
            if (q == ONR_NONE || b < r->quotes.at[q].beg + r->quotes.at[q].open_n) continue;
            uint32_t o = own; /* the quotation the cue stands in, or one around it: not its own */
            while (o != ONR_NONE && o != q) o = r->quotes.at[o].outer;
            if (o == ONR_NONE) in++;
        }
    if (all == 0 || in * 20 <= all) return ONR_FORM_INDIRECT;
    return in * 10 >= all * 9 ? ONR_FORM_DIRECT : ONR_FORM_MIXED;
}

/* ---- choice --------------------------------------------------------------------------------- */

static uint64_t size_of(const st_cand *c)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < c->content.n; i++) n += c->content.at[i].end - c->content.at[i].beg;
    return n;
}

static bool holds(const st_cand *c, onr_span s)
{
    for (uint32_t i = 0; i < c->content.n; i++)
        if (c->content.at[i].beg <= s.beg && s.end <= c->content.at[i].end) return true;
    return false;
}

static uint64_t shared(const st_cand *a, const st_cand *b)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < a->content.n; i++)
        for (uint32_t k = 0; k < b->content.n; k++) {
            const onr_span x = a->content.at[i], y = b->content.at[k];
            const uint32_t lo = x.beg > y.beg ? x.beg : y.beg, hi = x.end < y.end ? x.end : y.end;
            if (lo < hi) n += hi - lo;
        }
    return n;
}

static bool touch(onr_span a, onr_span b)
{
    return a.beg < b.end && b.beg < a.end;
}

static void lose(st_run *r, uint32_t loser, uint32_t winner, const char *why)
{
    r->cands.at[loser].lost = why;
    r->cands.at[loser].lost_to = winner;
}

/* "apologized for the remark: “I was wrong”": the quotation behind the colon is what was said. */
static bool behind_colon(const st_run *r, const st_cand *c, const st_cand *of)
{
    if (!c->quote_only || of->quote_only || c->root != of->root || !c->content.n) return false;
    uint32_t b = c->content.at[0].beg;
    if (b < c->cue.end) return false;
    while (b > c->cue.end && r->text.p[b - 1] == ' ') b--;
    return b > c->cue.end && r->text.p[b - 1] == ':';
}

/* "Trump thanked the crowd, he says the papers lie": a clause right behind the cue is what was
 * said, not the sentence that the parse has hung before it. */
static bool right_behind(const st_run *r, const st_cand *c, const st_cand *of)
{
    if (c->root == ONR_NONE || c->root != of->root || !c->content.n || !of->content.n) return false;
    if (strcmp(c->rule_id, "clause.after") != 0 || strncmp(of->rule_id, "clause.before", 13) != 0)
        return false;
    const uint32_t end = of->content.at[of->content.n - 1].end, b = c->content.at[0].beg;
    if (c->source.beg >= c->source.end || c->source.end > c->cue.beg) return false;
    return b >= c->cue.end && b <= c->cue.end + 1 && end <= c->cue.beg &&
           onri_quote_at(&r->quotes, end - 1) == ONR_NONE;
}

/* The better of two that cannot both stand: greater p, then the one that comes first. */
static void fight(st_run *r, uint32_t a, uint32_t b, const char *why)
{
    if (r->cands.at[b].p > r->cands.at[a].p)
        lose(r, a, b, why);
    else
        lose(r, b, a, why);
}

/* Can both stand? a and b are live and their stretches meet. */
static void compare(st_run *r, uint32_t a, uint32_t b)
{
    const st_cand *x = &r->cands.at[a], *y = &r->cands.at[b];
    if (touch(x->cue, y->cue)) {
        if (behind_colon(r, x, y))
            lose(r, b, a, "a quotation follows its colon");
        else if (behind_colon(r, y, x))
            lose(r, a, b, "a quotation follows its colon");
        else if (right_behind(r, x, y))
            lose(r, b, a, "a clause follows the same cue");
        else if (right_behind(r, y, x))
            lose(r, a, b, "a clause follows the same cue");
        else
            fight(r, a, b, "another statement has the same cue");
        return;
    }
    const bool x_in_y = holds(y, x->cue), y_in_x = holds(x, y->cue);
    if (x_in_y && y_in_x) {
        fight(r, a, b, "each would be inside the other");
        return;
    }
    const uint64_t both = shared(x, y), nx = size_of(x), ny = size_of(y);
    if (both == 0) return;
    if (x_in_y || y_in_x) {
        const uint64_t inner = x_in_y ? nx : ny;
        if (both * 2 < inner) fight(r, a, b, "its content crosses that of another statement");
        return;
    }
    /* side by side with much the same content: one says it once */
    if (both * 10 >= (nx > ny ? nx : ny) * 8)
        fight(r, a, b, "another statement has the same content");
}

/* First and last byte of all it covers. */
static onr_span reach(const st_cand *c)
{
    onr_span s = c->cue;
    for (uint32_t i = 0; i < c->content.n; i++) {
        if (c->content.at[i].beg < s.beg) s.beg = c->content.at[i].beg;
        if (c->content.at[i].end > s.end) s.end = c->content.at[i].end;
    }
    return s;
}

/* ---- who is near whom: a text of a megabyte has tens of thousands of candidates ----------------
 */

/* Candidates that one is compared with at most. Sentences of news hold some ten; what goes beyond
 * is no prose, and must not take time without end. */
enum { NEAR_MAX = 256 };

typedef struct place {
    onr_span reach;
    uint32_t cand, last; /* last: greatest end of all places up to this one */
} place;

typedef struct near_index {
    place *at; /* by start */
    uint32_t n;
    uint32_t list[NEAR_MAX]; /* of the last look */
    uint32_t n_list;
} near_index;

static int by_start(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->reach.beg != y->reach.beg) return x->reach.beg < y->reach.beg ? -1 : 1;
    return x->cand < y->cand ? -1 : 1;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Of the candidates that are not lost. */
static bool index_make(st_run *r, near_index *x)
{
    *x = (near_index){ .at = ONRI_NEW_N(r->tmp, r->cands.n, place) };
    if (!x->at) return r->cands.n == 0;
    for (uint32_t k = 0; k < r->cands.n; k++)
        if (!r->cands.at[k].lost)
            x->at[x->n++] = (place){ .reach = reach(&r->cands.at[k]), .cand = k };
    qsort(x->at, x->n, sizeof *x->at, by_start);
    for (uint32_t i = 0; i < x->n; i++) {
        x->at[i].last = x->at[i].reach.end;
        if (i && x->at[i - 1].last > x->at[i].last) x->at[i].last = x->at[i - 1].last;
    }
    return true;
}

/* x->list: candidates whose reach meets the span, in order of their numbers; nearest first to go in
 * where there are more than NEAR_MAX. */
static void index_look(near_index *x, onr_span s)
{
    uint32_t lo = 0, hi = x->n;
    while (lo < hi) { /* first place that starts at or behind the end of s */
        const uint32_t mid = lo + (hi - lo) / 2;
        if (x->at[mid].reach.beg < s.end)
            lo = mid + 1;
        else
            hi = mid;
    }
    x->n_list = 0;
    for (uint32_t i = lo; i-- > 0 && x->n_list < NEAR_MAX && x->at[i].last > s.beg;)
        if (touch(x->at[i].reach, s)) x->list[x->n_list++] = x->at[i].cand;
    qsort(x->list, x->n_list, sizeof *x->list, by_number);
}

/* Innermost kept statement whose content holds the cue of k. */
static void nest(st_run *r, near_index *x, uint32_t k)
{
    st_cand *c = &r->cands.at[k];
    uint64_t best = UINT64_MAX;
    index_look(x, c->cue);
    for (uint32_t i = 0; i < x->n_list; i++) {
        const uint32_t o = x->list[i];
        const st_cand *of = &r->cands.at[o];
        if (o == k || of->lost || !holds(of, c->cue)) continue;
        const uint64_t n = size_of(of);
        if (n < best) {
            best = n;
            c->within = o;
        }
    }
}

/* Parts of a nested content that lie outside of what it is nested in are not its own. */
static void clip(st_run *r, st_cand *c)
{
    const st_cand *o = &r->cands.at[c->within];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->content.n; i++) {
        onr_span x = c->content.at[i];
        for (uint32_t k = 0; k < o->content.n; k++) {
            const onr_span y = o->content.at[k];
            if (!touch(x, y)) continue;
            if (x.beg < y.beg) x.beg = y.beg;
            if (x.end > y.end) x.end = y.end;
            c->content.at[kept++] = strip(r, x);
            break;
        }
    }
    if (kept) c->content.n = kept;
}

/* A quotation beside its cue is hardly ever nobody's: it takes less. */
static float threshold_of(const st_run *r, const st_cand *c)
{
    return c->quote_only ? r->know->threshold_quoted : r->know->threshold;
}

/* Does the content begin with the opening mark of a quotation? */
static bool is_quoted(const st_run *r, const st_cand *c)
{
    const uint32_t q = c->content.n ? onri_quote_at(&r->quotes, c->content.at[0].beg) : ONR_NONE;
    return q != ONR_NONE && r->quotes.at[q].beg == c->content.at[0].beg;
}

void st_drop_improbable(st_run *r)
{
    for (uint32_t k = 0; k < r->cands.n; k++)
        if (!r->cands.at[k].lost && r->cands.at[k].p < threshold_of(r, &r->cands.at[k]))
            r->cands.at[k].lost = "p is below the threshold";
}

bool st_choose(st_run *r)
{
    const uint32_t n = r->cands.n;
    st_drop_improbable(r);
    near_index x;
    if (!index_make(r, &x)) return false;
    for (uint32_t a = 0; a < n; a++) {
        if (r->cands.at[a].lost) continue;
        index_look(&x, reach(&r->cands.at[a]));
        for (uint32_t i = 0; i < x.n_list && !r->cands.at[a].lost; i++) {
            const uint32_t b = x.list[i];
            if (b > a && !r->cands.at[b].lost) compare(r, a, b);
        }
    }
    for (uint32_t k = 0; k < n; k++)
        if (!r->cands.at[k].lost) nest(r, &x, k);
    /* within another's words it takes more to be a statement */
    for (uint32_t k = 0; k < n; k++) {
        st_cand *c = &r->cands.at[k];
        if (!c->lost && c->within != ONR_NONE && c->p < r->know->threshold_nested &&
            !is_quoted(r, c))
            c->lost = "p is below the threshold of nested ones";
    }
    for (uint32_t k = 0; k < n; k++) {
        st_cand *c = &r->cands.at[k];
        while (!c->lost && c->within != ONR_NONE && r->cands.at[c->within].lost)
            c->within = r->cands.at[c->within].within;
    }
    for (uint32_t k = 0; k < n; k++) {
        st_cand *c = &r->cands.at[k];
        if (c->lost) continue;
        if (c->within != ONR_NONE) clip(r, c);
        c->form = c->direct ? ONR_FORM_DIRECT : form_of(r, c);
    }
    return true;
}
