/* Pairing of quotation marks, paragraph by paragraph, with a stack.
 *
 * What a mark is follows from its neighbours first and from its shape second: “ after a letter, or
 * after a comma and before a small letter, closes (`closed hands, “he said`). A mark that cannot be
 * paired is passed over; a quotation without closing mark ends with its paragraph or, in a long
 * one, with its sentence, so that it never swallows an article.
 * Source: own. Leaves out: quotations set off by dashes or indentation alone. */
#include "facts/quotes.h"

typedef enum mark_kind { MARK_NONE, MARK_OPEN, MARK_CLOSE, MARK_EITHER } mark_kind;

/* A double mark at byte i: its family of shapes, or MARK_NONE. */
static mark_kind mark_at(onr_sv s, size_t i, unsigned *n)
{
    const unsigned char c = (unsigned char)s.p[i];
    *n = 1;
    if (c == '"') return MARK_EITHER;
    if (c == '\'' || c == '`') {
        *n = 2;
        if (i + 1 < s.n && s.p[i + 1] == (char)c) return c == '`' ? MARK_OPEN : MARK_EITHER;
        return MARK_NONE;
    }
    if (c == 0xC2 && i + 1 < s.n) { /* « » */
        *n = 2;
        const unsigned char d = (unsigned char)s.p[i + 1];
        return d == 0xAB ? MARK_OPEN : d == 0xBB ? MARK_CLOSE : MARK_NONE;
    }
    if (c == 0xE2 && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0x80) { /* “ ” „ ‟ */
        *n = 3;
        switch ((unsigned char)s.p[i + 2]) {
        case 0x9C:
        case 0x9F:
            return MARK_OPEN;
        case 0x9D:
            return MARK_CLOSE;
        case 0x9E:
            return MARK_OPEN;
        default:
            return MARK_NONE;
        }
    }
    if (c == 0xEF && i + 2 < s.n && memcmp(s.p + i, "\xEF\xBC\x82", 3) == 0) { /* ＂ */
        *n = 3;
        return MARK_EITHER;
    }
    return MARK_NONE;
}

static bool is_space_cp(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xA0 || c == 0x202F ||
           (c >= 0x2000 && c <= 0x200B) || c == 0xFEFF;
}

static bool is_dash_or_bracket(uint32_t c)
{
    return c == '(' || c == '[' || c == '{' || c == '-' || c == '/' || c == '<' || c == '=' ||
           c == 0x2013 || c == 0x2014 || c == 0x2018;
}

static uint32_t cp_before(onr_sv s, size_t i)
{
    unsigned n;
    return i ? onri_utf8_before(s, i, &n) : 0;
}

static uint32_t cp_at(onr_sv s, size_t i)
{
    unsigned n;
    return i < s.n ? onri_utf8_at(s, i, &n) : 0;
}

/* Last character before i that is no space. */
static uint32_t solid_before(onr_sv s, size_t i)
{
    unsigned n;
    while (i > 0) {
        const uint32_t c = onri_utf8_before(s, i, &n);
        if (!is_space_cp(c)) return c;
        i -= n;
    }
    return 0;
}

static bool is_small(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF) || (c >= 0x430 && c <= 0x44F);
}

static bool ends_clause(uint32_t c)
{
    return c == ',' || c == '.' || c == '!' || c == '?' || c == 0x2026;
}

typedef struct open_mark {
    uint32_t at; /* byte in the text */
    uint8_t n;
    unsigned char shape[3];
    uint32_t slot; /* of its quotation in the output */
} open_mark;

typedef struct pairing {
    onr_arena *mem;
    onr_sv text;
    onri_quote_vec *out;
    uint32_t par_beg, par_end;
    open_mark stack[ONRI_QUOTE_NEST_MAX];
    int depth;
} pairing;

static bool same_shape(const open_mark *o, onr_sv s, size_t i, unsigned n)
{
    return o->n == n && memcmp(o->shape, s.p + i, n) == 0;
}

/* Is the mark that stands at i a closing one? */
static bool closes(const pairing *p, size_t i, unsigned n, mark_kind kind)
{
    if (p->depth == 0) return false;
    const onr_sv par = onri_sub(p->text, p->par_beg, p->par_end);
    const size_t at = i - p->par_beg;
    const uint32_t before = cp_before(par, at), after = cp_at(par, at + n);
    const bool tight = before != 0 && !is_space_cp(before) && !is_dash_or_bracket(before);
    if (kind == MARK_CLOSE) return true;
    const bool late = ends_clause(solid_before(par, at)) && is_small(after); /* `hands, “he said` */
    if (kind == MARK_EITHER) {
        if (tight || late) return true;
        if (after != 0 && !is_space_cp(after)) return false; /* shaped like an opening one */
        for (int d = 0; d < p->depth; d++)
            if (same_shape(&p->stack[d], p->text, i, n)) return true;
        return false;
    }
    if (tight &&
        (after == 0 || is_space_cp(after) || ends_clause(after) || after == ')' || is_small(after)))
        return true;
    return late;
}

static bool open_quote(pairing *p, size_t i, unsigned n)
{
    if (p->depth == ONRI_QUOTE_NEST_MAX) return true;
    onri_quote *q = ONRI_PUSH(p->mem, p->out);
    if (!q) return false;
    open_mark *o = &p->stack[p->depth];
    *q = (onri_quote){
        (uint32_t)i, p->par_end, (uint8_t)n, 0, p->depth ? p->stack[p->depth - 1].slot : ONR_NONE,
        ONR_NONE,    p->par_beg, false
    };
    *o = (open_mark){ .at = (uint32_t)i, .n = (uint8_t)n, .slot = p->out->n - 1 };
    memcpy(o->shape, p->text.p + i, n > 3 ? 3 : n);
    p->depth++;
    return true;
}

/* Close the innermost quotation whose mark fits; what is open above it is no quotation. */
static void close_quote(pairing *p, size_t i, unsigned n, mark_kind kind)
{
    int d = p->depth - 1;
    if (kind != MARK_OPEN)
        for (int e = d; e >= 0; e--) {
            const unsigned char *o = p->stack[e].shape, *c = (const unsigned char *)p->text.p + i;
            const bool pair = (n == 3 && c[2] == 0x9D && p->stack[e].n == 3) ||
                              (n == 2 && c[0] == 0xC2 && o[0] == 0xC2) ||
                              (kind == MARK_EITHER && same_shape(&p->stack[e], p->text, i, n));
            if (pair) {
                d = e;
                break;
            }
        }
    onri_quote *q = &p->out->at[p->stack[d].slot];
    q->end = (uint32_t)(i + n);
    q->close_n = (uint8_t)n;
    for (int e = d + 1; e < p->depth; e++) p->out->at[p->stack[e].slot].beg = UINT32_MAX;
    p->depth = d;
}

/* End of the sentence that holds byte i, at most `end`. */
static uint32_t sentence_end(onr_sv s, uint32_t i, uint32_t end)
{
    for (; i + 1 < end; i++)
        if ((s.p[i] == '.' || s.p[i] == '!' || s.p[i] == '?') && s.p[i + 1] == ' ') return i + 1;
    return end;
}

/* A paragraph ends with marks still open: the quotation ends with it, or, where another one
 * begins behind or the rest is long, with a sentence. */
static void leave_open(pairing *p, bool next_opens)
{
    const open_mark *o = &p->stack[0];
    onri_quote *q = &p->out->at[o->slot];
    const bool leads = o->at - p->par_beg <= 2;
    uint32_t inner = ONR_NONE;
    for (uint32_t k = o->slot + 1; k < p->out->n && inner == ONR_NONE; k++)
        if (p->out->at[k].beg != UINT32_MAX && p->out->at[k].outer == o->slot) inner = k;
    if (inner != ONR_NONE && !(leads && next_opens)) {
        /* “A … “B” …: the mark of A was never closed; B stands by itself */
        q->end = sentence_end(p->text, q->beg + q->open_n, p->out->at[inner].beg);
        for (uint32_t k = o->slot + 1; k < p->out->n; k++)
            if (p->out->at[k].outer == o->slot) p->out->at[k].outer = ONR_NONE;
        for (int e = 1; e < p->depth; e++) {
            onri_quote *r = &p->out->at[p->stack[e].slot];
            r->end = sentence_end(p->text, r->beg + r->open_n, p->par_end);
        }
    } else {
        if (!next_opens && p->par_end - q->beg > ONRI_QUOTE_OPEN_MAX)
            q->end = sentence_end(p->text, q->beg + q->open_n, p->par_end);
        for (int e = 1; e < p->depth; e++) p->out->at[p->stack[e].slot].beg = UINT32_MAX;
    }
    if (!leads && q->end - q->beg <= 25) q->beg = UINT32_MAX;
    p->depth = 0;
}

/* ---- single marks --------------------------------------------------------------------------- */

static unsigned single_at(onr_sv s, size_t i, bool *opening_shape, bool *closing_shape)
{
    *opening_shape = *closing_shape = false;
    if (s.p[i] == '\'') {
        *opening_shape = *closing_shape = true;
        return 1;
    }
    if (i + 2 < s.n && memcmp(s.p + i, "\xE2\x80", 2) == 0) {
        const unsigned char c = (unsigned char)s.p[i + 2];
        *opening_shape = c == 0x98 || c == 0x9A || c == 0x9B;
        *closing_shape = c == 0x99;
        return *opening_shape || *closing_shape ? 3 : 0;
    }
    return 0;
}

/* Quotations in single marks, where a paragraph has no double ones: house style of some papers.
 * Apostrophes are told apart: the closing mark has punctuation beside it. */
static bool single_quotes(pairing *p)
{
    const onr_sv s = p->text;
    uint32_t open = ONR_NONE;
    unsigned open_n = 0;
    for (size_t i = p->par_beg; i < p->par_end;) {
        bool o, c;
        const unsigned n = single_at(s, i, &o, &c);
        if (n == 0) {
            i++;
            continue;
        }
        const uint32_t before = i > p->par_beg ? cp_before(s, i) : 0;
        const uint32_t after = i + n < p->par_end ? cp_at(s, i + n) : 0;
        const bool free_before = before == 0 || is_space_cp(before) || is_dash_or_bracket(before);
        const bool free_after =
            after == 0 || is_space_cp(after) || ends_clause(after) || after == ';' || after == ')';
        if (open == ONR_NONE && o && free_before && after != 0 && !is_space_cp(after) &&
            !(after >= '0' && after <= '9')) {
            open = (uint32_t)i;
            open_n = n;
        } else if (open != ONR_NONE && c && free_after &&
                   (ends_clause(before) || ends_clause(after) || after == 0)) {
            onri_quote *q = ONRI_PUSH(p->mem, p->out);
            if (!q) return false;
            *q = (onri_quote){ open,     (uint32_t)(i + n), (uint8_t)open_n, (uint8_t)n,
                               ONR_NONE, ONR_NONE,          p->par_beg,      true };
            open = ONR_NONE;
        }
        i += n;
    }
    return true;
}

/* ---- the text ------------------------------------------------------------------------------- */

/* Does the line that begins at i start with a mark that opens? */
static bool line_opens(onr_sv s, size_t i)
{
    while (i < s.n && (s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == ' ')) i++;
    unsigned n;
    return i < s.n && (mark_at(s, i, &n) == MARK_OPEN || mark_at(s, i, &n) == MARK_EITHER);
}

/* Marks with nothing but marks and blanks between them quote nothing. */
static bool has_words(const pairing *p, const onri_quote *q)
{
    for (size_t i = q->beg + q->open_n; i < q->end;) {
        unsigned n;
        const unsigned char c = (unsigned char)p->text.p[i];
        if (mark_at(p->text, i, &n) != MARK_NONE) {
            i += n;
            continue;
        }
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80)
            return true;
        i++;
    }
    return false;
}

static bool paragraph(pairing *p)
{
    const onr_sv s = p->text;
    const uint32_t before = p->out->n;
    p->depth = 0;
    for (size_t i = p->par_beg; i < p->par_end;) {
        unsigned n;
        const mark_kind kind = mark_at(s, i, &n);
        if (kind == MARK_NONE) {
            i++;
            continue;
        }
        const uint32_t prev = i > p->par_beg ? cp_before(s, i) : 0;
        const bool tight = prev != 0 && !is_space_cp(prev) && !is_dash_or_bracket(prev);
        if (closes(p, i, n, kind)) {
            close_quote(p, i, n, kind);
        } else if (kind != MARK_CLOSE && !(tight && kind == MARK_EITHER)) {
            if (!open_quote(p, i, n)) return false;
        }
        i += n;
    }
    if (p->depth > 0) leave_open(p, line_opens(s, p->par_end));
    for (uint32_t k = before; k < p->out->n; k++)
        if (p->out->at[k].beg != UINT32_MAX && !has_words(p, &p->out->at[k]))
            p->out->at[k].beg = UINT32_MAX;
    /* drop what turned out to be none, and nest what is left: nothing crosses */
    uint32_t to = before, open[ONRI_QUOTE_NEST_MAX], depth = 0;
    for (uint32_t k = before; k < p->out->n; k++) {
        onri_quote q = p->out->at[k];
        if (q.beg == UINT32_MAX) continue;
        while (depth > 0 && p->out->at[open[depth - 1]].end <= q.beg) depth--;
        q.outer = depth ? open[depth - 1] : ONR_NONE;
        if (depth && q.end > p->out->at[q.outer].end) {
            q.end = p->out->at[q.outer].end;
            q.close_n = 0;
        }
        if (depth == ONRI_QUOTE_NEST_MAX || q.end <= q.beg + q.open_n) continue;
        open[depth++] = to;
        p->out->at[to++] = q;
    }
    p->out->n = to;
    return to > before || single_quotes(p);
}

onr_status onri_quotes_find(onr_arena *mem, onr_sv text, onri_quote_vec *out, onr_error *err)
{
    pairing p = { .mem = mem, .text = text, .out = out };
    size_t beg = 0;
    uint32_t left_open = ONR_NONE; /* quotation that ends open with the paragraph before */
    while (beg < text.n) {
        const char *nl = memchr(text.p + beg, '\n', text.n - beg);
        size_t end = nl ? (size_t)(nl - text.p) : text.n;
        const size_t next = end + 1;
        while (end > beg && (text.p[end - 1] == ' ' || text.p[end - 1] == '\r')) end--;
        if (end > beg) {
            const uint32_t first = out->n;
            p.par_beg = (uint32_t)beg;
            p.par_end = (uint32_t)end;
            if (!paragraph(&p)) return onri_fail_mem(err, mem, "quotes");
            if (first < out->n && left_open != ONR_NONE && out->at[first].beg - beg <= 2)
                out->at[first].goes_on_from = left_open;
            left_open = ONR_NONE;
            for (uint32_t k = first; k < out->n; k++)
                if (out->at[k].close_n == 0 && out->at[k].outer == ONR_NONE &&
                    out->at[k].end == p.par_end)
                    left_open = k;
        }
        beg = next;
    }
    return ONR_OK;
}

uint32_t onri_quote_at(const onri_quote_vec *q, uint32_t at)
{
    uint32_t lo = 0, hi = q->n; /* the last that begins at or before it */
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (q->at[mid].beg <= at)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (uint32_t k = lo; k-- > 0;) {
        if (at < q->at[k].end) return k;
        if (q->at[k].outer == ONR_NONE)
            return ONR_NONE; /* earlier ones end before this one began */
    }
    return ONR_NONE;
}

uint32_t onri_quote_outermost_at(const onri_quote_vec *q, uint32_t at)
{
    uint32_t k = onri_quote_at(q, at);
    while (k != ONR_NONE && q->at[k].outer != ONR_NONE) k = q->at[k].outer;
    return k;
}
