/* Quotations and whose they are: contents grow over the quotations they touch, what is left goes to
 * the nearest cue, runs on from the quotation before, or is signed by a name.
 * Source: own; the cost of a cue by its distance is that of every quote extractor, the run-on over
 * paragraphs follows how newspapers reopen marks. Leaves out: quotations with no mark. */
#include "facts/statement_i.h"

enum { BIG_WORDS = 4, REACH = 100 };
static const float COLON_P = 0.8f; /* of a quotation behind a cue and a colon, by reading */

static bool speech_near(const st_run *r, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to && i < r->parse->n_tokens; i++)
        if (st_lemma_in(r, i, r->know->t_verbs, "frames", "quote")) return true;
    return false;
}

/* A short quotation counts where it is a sentence beside a verb of speech: “Never,” he said. */
static bool short_but_spoken(const st_run *r, const onri_quote *q, uint32_t first, uint32_t last)
{
    uint32_t e = q->end - q->close_n;
    if (!q->close_n || e <= q->beg + q->open_n) return false;
    const char c = r->text.p[q->beg + q->open_n], z = r->text.p[e - 1];
    if (c < 'A' || c > 'Z' || !strchr(",.?!", z)) return false;
    const uint32_t back = first > 0 && st_is(r, first - 1, ":") ? 7 : 3; /* wrote on Twitter: */
    return speech_near(r, last + 1, last + 7) ||
           speech_near(r, first > back ? first - back : 0, first);
}

bool st_find_quotes(st_run *r)
{
    const uint32_t n = r->parse->n_tokens;
    if (onri_quotes_find(r->tmp, r->text, &r->quotes, r->err) != ONR_OK) {
        r->status = r->tmp->status;
        return false;
    }
    r->in_quote = ONRI_NEW_N(r->tmp, n + 1, uint32_t);
    r->big = ONRI_NEW_N(r->tmp, r->quotes.n + 1, bool);
    if (!r->in_quote || !r->big) return r->status = r->tmp->status, false;
    uint32_t q = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t at = st_tok(r, i)->beg;
        while (q < r->quotes.n && (r->quotes.at[q].outer != ONR_NONE || r->quotes.at[q].end <= at))
            q++;
        r->in_quote[i] = q < r->quotes.n && r->quotes.at[q].beg <= at ? q : ONR_NONE;
    }
    return true;
}

/* Does a possessor or a preposition stand before byte b, as before the names of works? */
static bool named_before(const st_run *r, uint32_t b)
{
    static const char *const words[] = { "'s",      "\xE2\x80\x99s", " on",   " of",
                                         " in",     " book",         " film", " show",
                                         " memoir", " novel",        " song", NULL };
    while (b > 0 && r->text.p[b - 1] == ' ') b--;
    const onr_sv before = { r->text.p, b };
    for (int i = 0; words[i]; i++)
        if (onri_ends(before, onri_svz(words[i]))) return true;
    return false;
}

/* A title: every longer word has a capital and no sentence ends in it. */
static bool is_title(const st_run *r, const onri_quote *q)
{
    if (!q->close_n) return false;
    const uint32_t beg = q->beg + q->open_n;
    uint32_t end = q->end - q->close_n, words = 0;
    /* American typesetting: on NBC's “Morning Show,” */
    const bool named = named_before(r, q->beg);
    if (named && end > beg && (r->text.p[end - 1] == ',' || r->text.p[end - 1] == '.')) end--;
    for (uint32_t i = beg; i < end;) {
        uint32_t e = i;
        while (e < end && r->text.p[e] != ' ') e++;
        const bool small = r->text.p[i] >= 'a' && r->text.p[i] <= 'z';
        if (e > i && (small ? e - i > 4 : false)) return false;
        if (e > i) words++;
        i = e + 1;
    }
    if (words < 2 || words > 10 || !(r->text.p[beg] >= 'A' && r->text.p[beg] <= 'Z')) return false;
    const char last = r->text.p[end - 1];
    uint32_t capitals = 0;
    for (uint32_t i = beg; i < end; i++)
        capitals +=
            (i == beg || r->text.p[i - 1] == ' ') && r->text.p[i] >= 'A' && r->text.p[i] <= 'Z';
    return last != '.' && last != '!' && last != '?' && capitals * 2 > words &&
           (capitals > 2 || named);
}

/* Last letter or mark inside the quotation's marks. */
static char last_char(const st_run *r, const onri_quote *q)
{
    const uint32_t e = q->end - q->close_n;
    return e > q->beg + q->open_n ? r->text.p[e - 1] : '\0';
}

/* A short quotation that goes on from the one before it, p: “We will,” he said, “because we must.”
 * or, as a sentence of its own, “It is over,” he said. “We lost.” */
static bool short_but_goes_on(const st_run *r, const onri_quote *p, const onri_quote *q)
{
    if (!p->close_n || !q->close_n || p->paragraph != q->paragraph || q->beg < p->end ||
        q->beg - p->end > 2 * REACH || !strchr(".!?", last_char(r, q)) || !last_char(r, q))
        return false;
    uint32_t e = q->beg;
    while (e > p->end && r->text.p[e - 1] == ' ') e--;
    if (e == p->end) return false;
    const char first = r->text.p[q->beg + q->open_n];
    const bool capital = first >= 'A' && first <= 'Z';
    return capital ? r->text.p[e - 1] == '.' : r->text.p[e - 1] == ',' && last_char(r, p) == ',';
}

/* Which quotations are long enough to be somebody's words. Needs the tree. */
static void find_big(st_run *r)
{
    const uint32_t n = r->parse->n_tokens;
    uint32_t i = 0, before = ONR_NONE;
    for (uint32_t q = 0; q < r->quotes.n; q++) {
        const onri_quote *x = &r->quotes.at[q];
        if (x->outer != ONR_NONE) continue;
        const uint32_t prev = before;
        before = q;
        if (is_title(r, x)) continue;
        if (st_words(r, (onr_span){ x->beg, x->end }, BIG_WORDS) >= BIG_WORDS) {
            r->big[q] = true;
            continue;
        }
        while (i < n && st_tok(r, i)->beg < x->beg) i++;
        uint32_t last = i;
        while (last + 1 < n && st_tok(r, last + 1)->beg < x->end) last++;
        r->big[q] =
            i < n &&
            (short_but_spoken(r, x, i, last) ||
             (prev != ONR_NONE && r->big[prev] && short_but_goes_on(r, &r->quotes.at[prev], x)));
    }
}

/* Contents reach over the whole of a quotation they touch, unless their cue stands in it. */
static void stretch(st_run *r, bool *taken)
{
    for (uint32_t k = 0; k < r->cands.n; k++) {
        st_cand *c = &r->cands.at[k];
        if (c->lost) continue;
        for (uint32_t s = 0; s < c->content.n; s++) {
            onr_span *x = &c->content.at[s];
            for (uint32_t q = 0; q < r->quotes.n && r->quotes.at[q].beg < x->end; q++) {
                const onri_quote *y = &r->quotes.at[q];
                if (y->end <= x->beg) continue;
                if (y->outer != ONR_NONE) { /* inside: words within another's words */
                    if (c->cue.end <= y->beg && x->beg <= y->beg + y->open_n + 2u &&
                        x->end > y->beg) {
                        if (x->beg > y->beg) x->beg = y->beg;
                        if (x->end < y->end) x->end = y->end;
                    }
                    continue;
                }
                if (!r->big[q]) continue;
                if (y->beg <= c->cue.beg && c->cue.beg < y->end) { /* its own: stay inside */
                    if (x->beg < y->beg) x->beg = y->beg + y->open_n;
                    if (x->end > y->end) x->end = y->end;
                    continue;
                }
                if (y->beg < x->beg && y->beg >= c->cue.end) x->beg = y->beg;
                if (y->beg < x->beg && y->end <= c->cue.beg) x->beg = y->beg;
                if (y->end > x->end && (y->end <= c->cue.beg || y->beg >= c->cue.end))
                    x->end = y->end;
                taken[q] = true;
            }
        }
    }
}

/* ---- cues for what is left ------------------------------------------------------------------ */

static bool may_introduce(const st_run *r, uint32_t i)
{
    static const char *const more[] = { "begin", "go", "start", "agree", NULL };
    const onr_token *k = st_tok(r, i);
    if (k->pos != ONR_POS_VERB) return false;
    if (r->in_quote[i] != ONR_NONE && r->big[r->in_quote[i]]) return false;
    if (st_lemma_in(r, i, r->know->t_verbs, "frames", "quote")) return true;
    for (int m = 0; more[m]; m++)
        if (onri_eqz(k->lemma, more[m])) return true;
    return false;
}

/* Sentence ends between two bytes; initials and titles are none. */
static uint32_t sentence_ends(const st_run *r, uint32_t beg, uint32_t end)
{
    uint32_t n = 0;
    for (uint32_t i = beg; i + 1 < end; i++) {
        const char c = r->text.p[i];
        if ((c != '.' && c != '!' && c != '?') || r->text.p[i + 1] > ' ') continue;
        uint32_t w = i;
        while (w > beg && r->text.p[w - 1] > ' ') w--;
        if (c == '.' && i - w <= 4 && r->text.p[w] >= 'A' && r->text.p[w] <= 'Z') continue;
        n++;
    }
    return n;
}

static bool has_mark(const st_run *r, uint32_t beg, uint32_t end)
{
    for (uint32_t i = beg; i < end; i++) {
        if (r->text.p[i] == '"') return true;
        if (i + 1 < end && r->text.p[i] == '\'' && r->text.p[i + 1] == '\'') return true;
        if (i + 2 < end && memcmp(r->text.p + i, "\xE2\x80\x9C", 3) == 0) return true;
    }
    return false;
}

/* "condemned it “in the strongest terms” and demanded that …": does verb v, behind the quotation,
 * go on from one before it? */
static bool joined_behind(const st_run *r, const onri_quote *q, uint32_t v)
{
    uint32_t i = v;
    while (i > 0 && st_tok(r, i - 1)->beg >= q->end) i--;
    if (!st_is(r, i, "and") && !st_is(r, i, "but")) return false;
    if (st_tok(r, v)->dep != ONR_DEP_CONJ || st_tok(r, st_tok(r, v)->head)->end > q->beg)
        return false;
    return onri_tree_child(&r->tree, v, ONR_DEP_NSUBJ) == ONR_NONE;
}

/* The verb that introduces quotation q: the nearest in its paragraph, or ONR_NONE. */
static uint32_t owner_of(const st_run *r, const onri_quote *q)
{
    const uint32_t hi = st_line_end(r, q->end > 0 ? q->end - 1 : 0);
    uint32_t best = ONR_NONE, best_cost = 0;
    uint32_t lo = 0, n = r->parse->n_tokens;
    const uint32_t from = q->beg > REACH + 40 && q->beg - REACH - 40 > q->paragraph
                              ? q->beg - REACH - 40
                              : q->paragraph;
    for (uint32_t a = 0, b = n; a < b;) { /* first token at or after `from` */
        const uint32_t m = a + (b - a) / 2;
        if (st_tok(r, m)->beg < from)
            lo = a = m + 1;
        else
            b = m;
    }
    for (uint32_t i = lo; i < n && st_tok(r, i)->beg < hi; i++) {
        const onr_token *k = st_tok(r, i);
        if (k->beg > q->end + REACH) break;
        if ((k->beg >= q->beg && k->beg < q->end) || !may_introduce(r, i)) continue;
        if (k->beg >= q->end && joined_behind(r, q, i)) continue;
        const uint32_t beg = k->beg < q->beg ? k->end : q->end,
                       end = k->beg < q->beg ? q->beg : k->beg;
        if (end < beg || end - beg > REACH || has_mark(r, beg, end)) continue;
        const bool plain =
            onri_eqz(k->lemma, "say") || onri_eqz(k->lemma, "tell") || onri_eqz(k->lemma, "add");
        /* “… .” The next sentence has its own cue */
        uint32_t solid = q->end;
        while (solid < r->text.n && r->text.p[solid] == ' ') solid++;
        const bool over = k->beg >= q->end && q->close_n && q->end - q->close_n > q->beg &&
                          r->text.p[q->end - q->close_n - 1] == '.' && solid < r->text.n &&
                          r->text.p[solid] >= 'A' && r->text.p[solid] <= 'Z';
        const uint32_t cost =
            (over ? 45u : 0u) + end - beg + 60 * sentence_ends(r, beg, end) + (plain ? 0 : 15);
        if (best == ONR_NONE || cost < best_cost) {
            best = i;
            best_cost = cost;
        }
    }
    return best;
}

/* ---- candidates of quotations --------------------------------------------------------------- */

st_cand *st_new_cand(st_run *r, const char *rule, uint32_t root)
{
    st_cand *c = ONRI_PUSH(r->tmp, &r->cands);
    if (!c) {
        r->status = r->tmp->status;
        return NULL;
    }
    *c = (st_cand){ .rule = ONR_NONE,
                    .rule_id = rule,
                    .match = ONR_NONE,
                    .root = root,
                    .comp = ONR_NONE,
                    .source_token = ONR_NONE,
                    .lost_to = ONR_NONE,
                    .within = ONR_NONE,
                    .answers = ONR_NONE,
                    .time = ONR_NONE,
                    .quote_only = true };
    return c;
}

/* Noun phrase that begins at token i, as head token; for "said NAME" that the parse has missed. */
uint32_t st_phrase_at(const st_run *r, uint32_t i)
{
    if (i >= r->parse->n_tokens) return ONR_NONE;
    const uint8_t p = st_tok(r, i)->pos;
    if (p != ONR_POS_PROPN && p != ONR_POS_PRON && p != ONR_POS_NOUN && p != ONR_POS_DET &&
        p != ONR_POS_NUM)
        return ONR_NONE;
    for (uint32_t k = 0; k < r->parse->n_chunks; k++) {
        const onr_tokens c = r->parse->chunks[k];
        if (c.beg <= i && i < c.end) return c.end - 1;
    }
    return ONR_NONE;
}

static st_cand *cue_cand(st_run *r, const char *rule, uint32_t verb)
{
    st_cand *c = st_new_cand(r, rule, verb);
    if (!c) return NULL;
    c->passive = onri_tree_passive(&r->tree, verb);
    c->negated = onri_tree_negated(&r->tree, verb);
    const onr_tokens group = onri_tree_extent(&r->tree, verb, ONRI_EXTENT_CHAIN);
    c->cue = st_bytes(r, group);
    st_set_source(r, c, onri_tree_actor(&r->tree, verb));
    if (c->source_token == ONR_NONE && !c->passive) {
        const uint32_t head = st_phrase_at(r, group.end);
        if (head != ONR_NONE) {
            uint32_t beg = group.end;
            c->source = st_bytes(r, (onr_tokens){ beg, head + 1 });
            c->source_token = head;
        }
    }
    return c;
}

static bool clausal(const st_cand *c)
{
    return c->quote_only || strncmp(c->rule_id, "clause.", 7) == 0;
}

/* Statement of that cue verb that a quotation may be added to, or ONR_NONE. */
static uint32_t cand_of(const st_run *r, uint32_t verb)
{
    for (uint32_t k = 0; k < r->cands.n; k++)
        if (r->cands.at[k].root == verb && !r->cands.at[k].lost) return k;
    return ONR_NONE;
}

typedef struct last_quote {
    uint32_t cand, quote;
} last_quote;

/* Does quotation q, which no cue reaches, go on from the last one? */
static bool runs_on(const st_run *r, const onri_quote *q, last_quote last)
{
    if (last.cand == ONR_NONE) return false;
    const onri_quote *l = &r->quotes.at[last.quote];
    if (q->goes_on_from == last.quote) return true;
    if (l->end > q->beg) return false;
    uint32_t lines = 0;
    bool blank = true;
    for (uint32_t i = l->end; i < q->beg; i++) {
        lines += r->text.p[i] == '\n';
        blank &= r->text.p[i] == ' ' || r->text.p[i] == '\n' || r->text.p[i] == '\r';
    }
    /* a paragraph that is nothing but a quotation has the speaker of the one before it */
    bool alone = q->close_n > 0;
    for (uint32_t i = q->end; i < r->text.n && r->text.p[i] != '\n'; i++)
        alone &= r->text.p[i] == ' ' || r->text.p[i] == '\r';
    if (q->beg - q->paragraph <= 1 && lines >= 1 && lines <= 2 && alone) return true;
    if (q->beg - q->paragraph <= 1 && lines <= 2 && (l->close_n == 0 || blank)) return true;
    if (lines > 0 || q->beg - l->end >= 200 || q->beg < 2) return false;
    const onr_span s = { q->beg, q->end };
    const onr_sv before = { r->text.p, q->beg - 1 };
    return (st_words(r, s, 5) >= 5 || short_but_goes_on(r, l, q)) &&
           (onri_ends(before, ONR_SV(".")) || onri_ends(before, ONR_SV("!")) ||
            onri_ends(before, ONR_SV("?")) || onri_ends(before, ONR_SV("”")) ||
            onri_ends(before, ONR_SV("\"")));
}

/* A quotation that opens a paragraph behind one that ends with "X said:". */
static uint32_t colon_before(const st_run *r, const onri_quote *q)
{
    if (q->beg - q->paragraph > 1 || q->paragraph == 0) return ONR_NONE;
    uint32_t e = q->paragraph;
    while (e > 0 &&
           (r->text.p[e - 1] == '\n' || r->text.p[e - 1] == ' ' || r->text.p[e - 1] == '\r'))
        e--;
    if (e == 0 || r->text.p[e - 1] != ':') return ONR_NONE;
    uint32_t found = ONR_NONE;
    for (uint32_t i = 0; i < r->parse->n_tokens && st_tok(r, i)->beg < e; i++)
        if (e - st_tok(r, i)->beg < 160 && may_introduce(r, i)) found = i;
    return found;
}

/* The noun phrase that ends right before token i, with those it is joined to: "Smith and the
 * mayor". Empty: none. */
static onr_tokens phrase_before(const st_run *r, uint32_t i)
{
    onr_tokens found = { i, i };
    uint32_t lo = 0, hi = r->parse->n_chunks;
    while (lo < hi) { /* first phrase that ends behind i */
        const uint32_t mid = lo + (hi - lo) / 2;
        if (r->parse->chunks[mid].end <= i)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (int joined = 0; lo-- > 0 && joined < 3; joined++) {
        const onr_tokens c = r->parse->chunks[lo];
        if (c.end != found.beg) break;
        found.beg = c.beg;
        if (c.beg > 0 && st_is(r, c.beg - 1, "and")) found.beg = c.beg - 1;
    }
    for (uint32_t k = found.beg; k < i; k++)
        if (st_is(r, k, "-") || st_is(r, k, "–") || st_is(r, k, "—") || k == found.beg)
            found.beg = st_tok(r, k)->pos == ONR_POS_PUNCT || st_is(r, k, "and") ? k + 1 : k;
    return found;
}

/* "OTHER STATES - Michael McDonald: “…”", "From the report: “…”": a name or a source and a colon,
 * in the midst of a line. */
static bool colon_name(st_run *r, const onri_quote *q, bool *found)
{
    *found = false;
    uint32_t i = 0, hi = r->parse->n_tokens;
    while (i < hi) { /* first token of the quotation */
        const uint32_t mid = i + (hi - i) / 2;
        if (st_tok(r, mid)->beg < q->beg)
            i = mid + 1;
        else
            hi = mid;
    }
    while (i > 0 && st_tok(r, i - 1)->pos == ONR_POS_SPACE) i--;
    if (i < 2 || !st_is(r, i - 1, ":") || st_tok(r, i - 1)->beg < q->paragraph) return true;
    const onr_tokens who = phrase_before(r, i - 1);
    if (who.beg >= who.end || st_tok(r, who.beg)->beg < q->paragraph) return true;
    const bool dash = who.beg > 0 && (st_is(r, who.beg - 1, "-") || st_is(r, who.beg - 1, "–") ||
                                      st_is(r, who.beg - 1, "—"));
    bool named = (who.beg > 0 && st_is(r, who.beg - 1, "from")) ||
                 (dash && st_tok(r, who.end - 1)->pos == ONR_POS_PROPN);
    for (uint32_t k = who.beg; k < who.end; k++)
        named |= st_tok(r, k)->ent == ONR_ENT_PERSON || st_tok(r, k)->ent == ONR_ENT_ORG;
    if (!named) return true;
    st_cand *c = st_new_cand(r, "name.colon", ONR_NONE);
    if (!c) return false;
    *found = true;
    c->source = st_bytes(r, st_trim(r, who));
    c->source_token = who.end - 1;
    c->cue = (onr_span){ st_tok(r, i - 1)->beg, st_tok(r, i - 1)->end };
    c->p = COLON_P;
    c->fixed_p = true;
    return st_add_span(r, c, (onr_span){ q->beg, q->end });
}

/* "wrote on Twitter: “Goodbye.”": the verb, some words, a colon, the quotation. */
static bool after_colon(const st_run *r, const onri_quote *q, uint32_t verb)
{
    uint32_t e = q->beg;
    while (e > 0 && r->text.p[e - 1] == ' ') e--;
    return st_tok(r, verb)->end < e && r->text.p[e - 1] == ':';
}

static bool give_one(st_run *r, uint32_t n, last_quote *last)
{
    const onri_quote *q = &r->quotes.at[n];
    const onr_span span = { q->beg, q->end };
    uint32_t verb = owner_of(r, q), k;
    const char *rule = "quote.cue";
    if (verb == ONR_NONE) {
        bool found;
        if (!colon_name(r, q, &found)) return false;
        if (found) {
            *last = (last_quote){ r->cands.n - 1, n };
            return true;
        }
    }
    if (verb == ONR_NONE) {
        verb = colon_before(r, q);
        rule = "quote.colon";
    }
    if (verb != ONR_NONE) {
        k = cand_of(r, verb);
        if (k == ONR_NONE || !clausal(&r->cands.at[k])) {
            if (!cue_cand(r, rule, verb)) return false;
            k = r->cands.n - 1;
            if (after_colon(r, q, verb)) {
                r->cands.at[k].p = COLON_P;
                r->cands.at[k].fixed_p = true;
            }
        }
        if (!st_add_span(r, &r->cands.at[k], span)) return false;
        *last = (last_quote){ k, n };
        return true;
    }
    if (runs_on(r, q, *last)) {
        if (!st_add_span(r, &r->cands.at[last->cand], span)) return false;
        last->quote = n;
    }
    return true;
}

/* ---- "…" – NAME, and all of them ---------------------------------------------------------------
 */

static bool signed_quote(st_run *r, const onri_quote *q)
{
    if (q->close_n == 0 || q->beg - q->paragraph > 1 || q->end - q->beg < 16) return true;
    const uint32_t end = st_line_end(r, q->end);
    uint32_t i = q->end;
    while (i < end && (r->text.p[i] == ' ' || r->text.p[i] == '.')) i++;
    const uint32_t dash = i;
    if (i < end && r->text.p[i] == '-')
        while (i < end && r->text.p[i] == '-') i++;
    else if (i + 2 < end && memcmp(r->text.p + i, "\xE2\x80", 2) == 0 &&
             (unsigned char)r->text.p[i + 2] >= 0x93 && (unsigned char)r->text.p[i + 2] <= 0x95)
        i += 3;
    else
        return true;
    const uint32_t dash_end = i;
    while (i < end && r->text.p[i] == ' ') i++;
    if (i >= end || r->text.p[i] < 'A' || r->text.p[i] > 'Z' || end - i > 100) return true;
    const uint32_t ne = st_name_end(r, i, end);
    st_cand *c = st_new_cand(r, "name.dash", ONR_NONE);
    if (!c) return false;
    c->source = (onr_span){ i, ne };
    c->cue = (onr_span){ dash, dash_end };
    return st_add_span(r, c, (onr_span){ q->beg, q->end });
}

/* A quotation of some length or beside a cue that ends (end) or begins at byte b, but for blanks.
 */
static bool quote_at_edge(const st_run *r, uint32_t b, bool end)
{
    const uint32_t i = onri_quote_at(&r->quotes, end && b > 0 ? b - 1 : b);
    if (i == ONR_NONE || r->quotes.at[i].outer != ONR_NONE) return false;
    const onri_quote *q = &r->quotes.at[i];
    return end ? q->end <= b + 1 : q->beg + 1 >= b;
}

/* “The voters are furious,” he said, “and they will tell you”: the parse takes one piece for the
 * clause by one rule and the other by another; they are one statement. */
static void join_split(st_run *r)
{
    for (uint32_t a = 0; a < r->cands.n; a++)
        for (uint32_t b = a + 1; b < r->cands.n && r->cands.at[b].root == r->cands.at[a].root;
             b++) {
            st_cand *x = &r->cands.at[a], *y = &r->cands.at[b];
            if (x->lost || y->lost || !x->content.n || !y->content.n || x->root == ONR_NONE)
                continue;
            if (!clausal(x) || !clausal(y)) continue;
            if (strcmp(x->rule_id, "clause.as") == 0 || strcmp(y->rule_id, "clause.as") == 0)
                continue;
            if (x->content.at[0].beg > y->content.at[0].beg) { /* x: what stands before the cue */
                st_cand *const z = x;
                x = y;
                y = z;
            }
            const onr_span first = x->content.at[x->content.n - 1], second = y->content.at[0];
            if (first.end > x->cue.beg || second.beg < x->cue.end) continue;
            if (!quote_at_edge(r, first.end, true) || !quote_at_edge(r, second.beg, false))
                continue;
            bool room = true;
            for (uint32_t i = 0; i < y->content.n && room; i++)
                room = st_add_span(r, x, y->content.at[i]);
            if (!room) return; /* the arena keeps the failure */
            y->lost = "joined with what stands before its cue";
            y->lost_to = (uint32_t)(x - r->cands.at);
        }
}

/* “A.” “B,” he said: the quotation that the next one follows at once has its speaker. */
static bool give_waiting(st_run *r, uint32_t wait, last_quote last)
{
    if (wait == ONR_NONE || last.cand == ONR_NONE || last.quote <= wait) return true;
    const onri_quote *a = &r->quotes.at[wait], *b = &r->quotes.at[last.quote];
    if (a->close_n == 0) return true;
    for (uint32_t i = a->end; i < b->beg; i++)
        if (r->text.p[i] != ' ') return true;
    return st_add_span(r, &r->cands.at[last.cand], (onr_span){ a->beg, a->end });
}

bool st_give_quotes(st_run *r)
{
    find_big(r);
    bool *taken = ONRI_NEW_N(r->tmp, r->quotes.n + 1, bool);
    if (!taken) return r->status = r->tmp->status, false;
    stretch(r, taken);
    join_split(r);
    if (!st_give_turns(r)) return false;
    last_quote last = { ONR_NONE, ONR_NONE };
    uint32_t wait = ONR_NONE; /* a quotation nobody has taken yet */
    for (uint32_t q = 0; q < r->quotes.n; q++) {
        if (!r->big[q]) continue;
        if (taken[q]) {
            for (uint32_t k = 0; k < r->cands.n; k++) {
                const st_cand *c = &r->cands.at[k];
                if (c->lost) continue;
                if (c->cue.beg >= r->quotes.at[q].beg && c->cue.beg < r->quotes.at[q].end) continue;
                for (uint32_t s = 0; s < c->content.n; s++)
                    if (c->content.at[s].beg <= r->quotes.at[q].beg &&
                        r->quotes.at[q].beg < c->content.at[s].end)
                        last = (last_quote){ k, q };
            }
        } else if (!give_one(r, q, &last) || !signed_quote(r, &r->quotes.at[q])) {
            return false;
        }
        if (!give_waiting(r, wait, last)) return false;
        wait = taken[q] || last.quote == q ? ONR_NONE : q;
    }
    return true;
}
