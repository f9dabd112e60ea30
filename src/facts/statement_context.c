/* What stands around a statement: to whom, where, when, and of what kind it is.
 * Source: own. Leaves out what the sentence of the cue does not say (statement_carry.c). */
#include "facts/statement_i.h"

static bool in_content(const st_cand *c, onr_span s)
{
    bool in = false;
    for (uint32_t i = 0; i < c->content.n; i++)
        in |= c->content.at[i].beg < s.end && s.beg < c->content.at[i].end;
    return in;
}

/* The phrase of a token, if it lies outside of content, source and cue; else empty. */
static onr_span free_phrase(const st_run *r, const st_cand *c, uint32_t tok, uint32_t extent)
{
    const onr_span none = { 0, 0 };
    if (tok == ONR_NONE || st_lemma_in(r, tok, r->know->t_rel, NULL, NULL)) return none;
    const onr_span s = st_bytes(r, st_trim(r, onri_tree_extent(&r->tree, tok, extent)));
    if (in_content(c, s) || (s.beg < c->source.end && c->source.beg < s.end)) return none;
    return s.beg < c->cue.end && c->cue.beg < s.end ? none : s;
}

static bool is_date(const st_run *r, uint32_t tok)
{
    const uint8_t e = st_tok(r, tok)->ent;
    return e == ONR_ENT_DATE || e == ONR_ENT_TIME;
}

static uint32_t pobj(const st_run *r, uint32_t prep)
{
    return onri_tree_child(&r->tree, prep, ONR_DEP_POBJ);
}

/* told X; said to X; in an interview with X. */
static void find_addressee(const st_run *r, st_cand *c)
{
    const bool told = st_lemma_in(r, c->root, r->know->t_told, NULL, NULL);
    ONRI_EACH_CHILD (&r->tree, x, c->root) {
        const onr_token *t = st_tok(r, x);
        uint32_t who = ONR_NONE;
        if ((t->dep == ONR_DEP_DOBJ || t->dep == ONR_DEP_DATIVE) && x > c->root && x != c->comp &&
            told)
            who = t->pos == ONR_POS_ADP ? pobj(r, x) : x;
        else if ((t->dep == ONR_DEP_PREP || t->dep == ONR_DEP_DATIVE) && onri_eqz(t->lower, "to"))
            who = pobj(r, x);
        if (who == ONR_NONE || is_date(r, who)) continue;
        if (st_lemma_in(r, who, r->know->t_no_addressee, NULL, NULL)) continue;
        const onr_span s = free_phrase(r, c, who, ONRI_EXTENT_NP);
        if (s.beg < s.end) {
            c->addressee = s;
            return;
        }
    }
}

/* "a press conference in Lagos on Monday": the day is no part of the place. */
static onr_span without_day(const st_run *r, uint32_t head, onr_span s)
{
    ONRI_EACH_CHILD (&r->tree, x, head) {
        const uint32_t day = st_tok(r, x)->dep == ONR_DEP_PREP ? pobj(r, x) : ONR_NONE;
        const bool at = st_is(r, x, "on") || st_is(r, x, "in") || st_is(r, x, "at");
        if (x > head && at && day != ONR_NONE && is_date(r, day) &&
            st_tok(r, st_tok(r, x)->r_edge)->end == s.end)
            s.end = st_tok(r, x - 1)->end;
    }
    return s;
}

/* "stated by the adviser X at the platform of the club": an occasion at the end of who said it. */
static void find_venue_in_source(const st_run *r, st_cand *c)
{
    if (c->source_token == ONR_NONE || c->source.beg < c->cue.end) return;
    for (uint32_t i = c->source_token; i <= st_tok(r, c->source_token)->r_edge; i++) {
        const onr_token *t = st_tok(r, i);
        if (t->dep != ONR_DEP_PREP || st_tok(r, t->r_edge)->end != c->source.end) continue;
        if (!st_is(r, i, "at") && !st_is(r, i, "during") && !st_is(r, i, "in")) continue;
        const uint32_t what = pobj(r, i);
        if (!st_lemma_in(r, what, r->know->t_occasions, NULL, NULL)) continue;
        c->source.end = st_tok(r, i - 1)->end;
        c->venue = st_bytes(r, st_trim(r, onri_tree_extent(&r->tree, what, ONRI_EXTENT_TREE)));
        return;
    }
}

/* at a press conference in Brussels; on Twitter; from Moscow; in an interview with X. */
static void find_venue(const st_run *r, st_cand *c, uint32_t verb)
{
    static const char *const preps[] = { "at", "in", "on", "during", "from", "via", NULL };
    ONRI_EACH_CHILD (&r->tree, x, verb) {
        const onr_token *t = st_tok(r, x);
        bool place = false;
        for (int i = 0; preps[i]; i++) place |= onri_eqz(t->lower, preps[i]);
        if (t->dep != ONR_DEP_PREP || !place) continue;
        if (onri_eqz(t->lower, "on") && onri_eqz(st_tok(r, verb)->lemma, "call")) {
            if (c->addressee.beg >= c->addressee.end) /* called on X to … */
                c->addressee = free_phrase(r, c, pobj(r, x), ONRI_EXTENT_NP);
            continue;
        }
        const uint32_t what = pobj(r, x);
        if (what == ONR_NONE || is_date(r, what) ||
            st_lemma_in(r, what, r->know->t_no_venue, NULL, NULL))
            continue;
        if (st_tok(r, what)->pos == ONR_POS_PRON) continue;
        const onr_span s = without_day(r, what, free_phrase(r, c, what, ONRI_EXTENT_TREE));
        if (s.beg >= s.end) continue;
        if (st_lemma_in(r, what, r->know->t_talk, NULL, NULL) &&
            c->addressee.beg >= c->addressee.end)
            ONRI_EACH_CHILD (&r->tree, w, what)
                if (onri_eqz(st_tok(r, w)->lower, "with") || onri_eqz(st_tok(r, w)->lower, "to"))
                    c->addressee = free_phrase(r, c, pobj(r, w), ONRI_EXTENT_NP);
        c->venue = s;
        return;
    }
}

/* "X, speaking in Geneva, said": where the participle beside the source or the cue says so. */
static void find_spoken_venue(const st_run *r, st_cand *c, uint32_t of)
{
    static const char *const verbs[] = { "speak",  "address", "talk",  "testify",
                                         "appear", "write",   "tweet", NULL };
    if (of == ONR_NONE) return;
    ONRI_EACH_CHILD (&r->tree, x, of) {
        const onr_token *t = st_tok(r, x);
        if (t->tag != ONR_TAG_VBG || (t->dep != ONR_DEP_ACL && t->dep != ONR_DEP_ADVCL)) continue;
        for (int i = 0; verbs[i]; i++)
            if (onri_eqz(t->lemma, verbs[i])) find_venue(r, c, x);
        if (c->venue.beg < c->venue.end) return;
    }
}

/* Does token i hang on the cue without another verb between them? */
static bool in_cue_clause(const st_run *r, const st_cand *c, uint32_t i)
{
    for (int d = 0; d < ONRI_RULE_DEPTH_MAX && i != c->root; d++) {
        const uint8_t pos = st_tok(r, i)->pos;
        if (pos == ONR_POS_VERB || pos == ONR_POS_AUX || st_tok(r, i)->head == i) return false;
        i = st_tok(r, i)->head;
    }
    return i == c->root;
}

/* The nearest time of the cue's own clause. */
static void find_time(const st_run *r, st_cand *c)
{
    const onr_tokens sent = r->parse->sentences[st_tok(r, c->root)->sent];
    uint32_t lo = 0, hi = r->n_times, best = UINT32_MAX;
    while (lo < hi) { /* first time that ends behind the sentence's start */
        const uint32_t mid = lo + (hi - lo) / 2;
        if (r->times[mid].end <= sent.beg)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (uint32_t i = lo; i < r->n_times && r->times[i].beg < sent.end; i++) {
        const onri_timex *t = &r->times[i];
        if (in_content(c, t->span) || (t->span.beg < c->source.end && c->source.beg < t->span.end))
            continue;
        if (!in_cue_clause(r, c, t->beg)) continue;
        const uint32_t far =
            t->span.beg > c->cue.end ? t->span.beg - c->cue.end : c->cue.beg - t->span.beg;
        if (far < best) {
            best = far;
            c->time = i;
        }
    }
}

/* ---- kind ----------------------------------------------------------------------------------- */

/* Does the content's verb say what has to be done? */
static bool demands(const st_run *r, const st_cand *c)
{
    if (c->comp == ONR_NONE || st_tok(r, c->comp)->dep != ONR_DEP_CCOMP) return false;
    ONRI_EACH_CHILD (&r->tree, x, c->comp)
        if (st_tok(r, x)->tag == ONR_TAG_MD &&
            (onri_eqz(st_tok(r, x)->lower, "must") || onri_eqz(st_tok(r, x)->lower, "should")))
            return true;
    return false;
}

static bool asks(const st_run *r, const st_cand *c)
{
    uint32_t e = c->content.n ? c->content.at[c->content.n - 1].end : 0;
    while (e > 0 && strchr("\"' ”\xE2\x80\x9D\x99", r->text.p[e - 1]) && r->text.p[e - 1]) e--;
    return e > 0 && r->text.p[e - 1] == '?';
}

/* "swore he had seen it": what is done already is no promise. */
static bool is_past(const st_run *r, const st_cand *c)
{
    if (c->comp == ONR_NONE || st_tok(r, c->comp)->dep != ONR_DEP_CCOMP) return false;
    bool past = st_tok(r, c->comp)->tag == ONR_TAG_VBD;
    ONRI_EACH_CHILD (&r->tree, x, c->comp) {
        if (st_tok(r, x)->tag == ONR_TAG_MD) return false;
        past |= st_tok(r, x)->dep == ONR_DEP_AUX && onri_eqz(st_tok(r, x)->lemma, "have");
    }
    return past;
}

static void find_kind(const st_run *r, st_cand *c)
{
    const uint32_t top = onri_tree_chain(&r->tree, c->root);
    const bool silent = st_lemma_in(r, c->root, r->know->t_silent, NULL, NULL);
    const bool withheld = st_lemma_in(r, c->root, r->know->t_decline, NULL, NULL) &&
                          st_lemma_in(r, c->comp, r->know->t_silent, NULL, NULL);
    const bool declined = top != c->root && st_lemma_in(r, top, r->know->t_decline, NULL, NULL);
    if (c->match == ONR_NONE && !c->has_kind) {
        const onr_sv kind =
            onri_table_value(r->know->book, r->know->t_verbs, r->tree.lemma[c->root], "kind");
        if (onri_eqz(kind, "question")) c->kind = ONR_KIND_QUESTION;
    }
    if (withheld || (silent && (c->negated || declined))) {
        c->kind = ONR_KIND_NO_COMMENT;
        c->negated = true;
    } else if (c->kind == ONR_KIND_NO_COMMENT) {
        c->negated = true;
    } else if (declined) {
        c->kind = ONR_KIND_REFUSAL;
    } else if (c->kind == ONR_KIND_PROMISE && is_past(r, c)) {
        c->kind = ONR_KIND_ASSERTION;
    } else if (c->kind == ONR_KIND_ASSERTION) {
        if (asks(r, c))
            c->kind = ONR_KIND_QUESTION;
        else if (demands(r, c))
            c->kind = ONR_KIND_DEMAND;
    }
}

void st_context(st_run *r)
{
    for (uint32_t k = 0; k < r->cands.n; k++) {
        st_cand *c = &r->cands.at[k];
        if (c->lost || c->root == ONR_NONE) continue;
        if (c->addressee.beg >= c->addressee.end) find_addressee(r, c);
        if (st_tok(r, c->root)->pos == ONR_POS_VERB) {
            find_venue_in_source(r, c);
            if (c->venue.beg >= c->venue.end) find_venue(r, c, c->root);
            const uint32_t top = onri_tree_chain(&r->tree, c->root);
            if (top != c->root && c->venue.beg >= c->venue.end) find_venue(r, c, top);
            if (c->venue.beg >= c->venue.end) find_spoken_venue(r, c, top);
            if (c->venue.beg >= c->venue.end) find_spoken_venue(r, c, c->source_token);
        }
        find_time(r, c);
        find_kind(r, c);
    }
}
