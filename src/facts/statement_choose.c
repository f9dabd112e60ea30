/* From candidates to statements: contents made clean, one statement a cue, nesting, form.
 * Source: own; form by the share of letters inside quotation marks, as docs/formats/record.md says.
 */
#include "facts/statement_i.h"

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
            x = strip(r, x);
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

/* Innermost kept statement whose content holds the cue of k. */
static void nest(st_run *r, uint32_t k)
{
    st_cand *c = &r->cands.at[k];
    uint64_t best = UINT64_MAX;
    for (uint32_t o = 0; o < r->cands.n; o++) {
        const st_cand *x = &r->cands.at[o];
        if (o == k || x->lost || !holds(x, c->cue)) continue;
        const uint64_t n = size_of(x);
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

void st_drop_improbable(st_run *r)
{
    for (uint32_t k = 0; k < r->cands.n; k++)
        if (!r->cands.at[k].lost && r->cands.at[k].p < r->know->threshold)
            r->cands.at[k].lost = "p is below the threshold";
}

void st_choose(st_run *r)
{
    const uint32_t n = r->cands.n;
    st_drop_improbable(r);
    for (uint32_t a = 0; a < n; a++) {
        if (r->cands.at[a].lost) continue;
        const onr_span ra = reach(&r->cands.at[a]);
        for (uint32_t b = a + 1; b < n && !r->cands.at[a].lost; b++)
            if (!r->cands.at[b].lost && touch(ra, reach(&r->cands.at[b]))) compare(r, a, b);
    }
    for (uint32_t k = 0; k < n; k++)
        if (!r->cands.at[k].lost) nest(r, k);
    for (uint32_t k = 0; k < n; k++) {
        st_cand *c = &r->cands.at[k];
        if (c->lost) continue;
        if (c->within != ONR_NONE) clip(r, c);
        c->form = form_of(r, c);
    }
}
