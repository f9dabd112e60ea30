/* What can be answered: what somebody said (sentence by sentence), the words that an answer itself
 * denies or confirms, and the sentence before it. Source: own.
 *
 * Left out: claims of pictures and deeds; what stands in another article. */
#include "facts/dispute_i.h"

#include <stdlib.h>

/* How many claims end at or before the byte: they are in order of their ends. */
uint32_t dp_claims_before(const dp_run *x, uint32_t byte)
{
    uint32_t lo = 0, hi = x->claims.n;
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (x->claims.at[mid].span.end <= byte)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

uint32_t dp_root_of(const dp_run *x, uint32_t beg, uint32_t end)
{
    uint32_t any = beg;
    bool found = false;
    for (uint32_t i = beg; i < end; i++) {
        const uint32_t h = x->t[i].head;
        if (h != i && h >= beg && h < end) continue;
        if (dp_is_clause(x, i)) return i;
        if (!found) any = i;
        found = true;
    }
    return any;
}

/* "…, shortly after the other had accused him": a clause behind a comma is no part of the claim. */
static uint32_t without_tail(const dp_run *x, uint32_t root, uint32_t end)
{
    ONRI_EACH_CHILD (&x->v.tree, c, root)
        if (c > root && x->t[c].dep == ONR_DEP_ADVCL && x->t[c].l_edge > root + 1 &&
            x->t[c].l_edge < end && x->t[c].r_edge + 1 >= end &&
            x->t[x->t[c].l_edge - 1].tag == ONR_TAG_COMMA)
            return x->t[c].l_edge - 1;
    return end;
}

/* "how it came about", "whether they knew" */
static bool asks(const onr_token *first)
{
    return first->tag == ONR_TAG_WRB || first->tag == ONR_TAG_WP ||
           (first->tag == ONR_TAG_WDT && !onri_eqz(first->lower, "that")) ||
           onri_eqz(first->lower, "whether") || onri_eqz(first->lower, "if");
}

/* "accused them of falsely portraying him as": whose words they are the cue does not say. */
static bool is_disowned(const dp_run *x, const onr_statement *s)
{
    for (uint32_t i = 0; i < s->cue.n; i++)
        for (uint32_t k = onri_token_at(x->v.parse, s->cue.at[i].beg);
             k < x->n && x->t[k].beg < s->cue.at[i].end; k++)
            if (dp_class(x->know, 'w', x->t[k].lower) == DP_UNTRUE) return true;
    return false;
}

static onr_status push_unit(dp_run *x, uint32_t i, uint32_t beg, uint32_t end, onr_error *err)
{
    const onr_statement *s = &x->d->statements.at[i];
    const uint32_t root = dp_root_of(x, beg, end);
    const onr_span span = dp_trimmed(x, beg, without_tail(x, root, end));
    if (span.end == 0 || (dp_is_clause(x, root) && asks(&x->t[beg]))) return ONR_OK;
    dp_claim *c = ONRI_PUSH(x->d->tmp, &x->claims);
    if (!c) return onri_fail_mem(err, x->d->tmp, "disputes");
    const bool disowned = is_disowned(x, s);
    *c = (dp_claim){ .sort = DP_SAID,
                     .span = span,
                     .statement = i,
                     .claimant = disowned ? ONR_NONE : s->source.entity,
                     .by = disowned ? (onr_span){ 0, 0 } : s->source.span,
                     .sent = x->t[root].sent,
                     .root = root,
                     .cue = dp_cue_class(x, s) };
    return ONR_OK;
}

/* One claim a sentence of each content span. */
static onr_status push_units(dp_run *x, uint32_t i, onr_error *err)
{
    const onr_statement *s = &x->d->statements.at[i];
    onr_status st = ONR_OK;
    for (uint32_t k = 0; st == ONR_OK && k < s->content.n; k++) {
        const onr_span at = s->content.at[k];
        uint32_t beg = onri_token_at(x->v.parse, at.beg);
        while (st == ONR_OK && beg < x->n && x->t[beg].beg < at.end) {
            uint32_t end = beg;
            while (end < x->n && x->t[end].beg < at.end && x->t[end].sent == x->t[beg].sent) end++;
            st = push_unit(x, i, beg, end, err);
            beg = end;
        }
    }
    return st;
}

/* "was decried as flawed", "misrepresents her as failing to help": what is laid to somebody by a
 * verb and "as". */
static uint32_t laid_as(const dp_run *x, uint32_t v)
{
    if (dp_class(x->know, 'c', x->t[v].lemma) != DP_CHARGE) return ONR_NONE;
    ONRI_EACH_CHILD (&x->v.tree, c, v) {
        if (c < v) continue;
        if (x->t[c].dep == ONR_DEP_ADVCL && dp_is(x, x->t[c].l_edge, "as") &&
            onri_tree_child(&x->v.tree, c, ONR_DEP_NSUBJ) == ONR_NONE &&
            onri_tree_passive(&x->v.tree, v))
            return c;
        if (x->t[c].dep != ONR_DEP_PREP || !dp_is(x, c, "as")) continue;
        ONRI_EACH_CHILD (&x->v.tree, o, c)
            if (o > c && x->t[o].dep != ONR_DEP_PUNCT) return o;
    }
    return ONR_NONE;
}

/* The token that says what is claimed by a noun ("allegations of …", "a report that …") or laid to
 * somebody by a verb ("was charged with …", "indicted on charges of …"); ONR_NONE: neither. */
static uint32_t told_claim_at(const dp_run *x, uint32_t i)
{
    if (x->t[i].pos == ONR_POS_NOUN) {
        const uint32_t inner = dp_inner(x, i);
        return inner == i ? ONR_NONE : inner;
    }
    if (x->t[i].pos != ONR_POS_VERB) return ONR_NONE;
    const uint32_t as = laid_as(x, i);
    if (as != ONR_NONE || dp_class(x->know, 'l', x->t[i].lemma) != DP_CHARGE) return as;
    ONRI_EACH_CHILD (&x->v.tree, c, i) {
        if (c < i || x->t[c].dep != ONR_DEP_PREP ||
            !(dp_is(x, c, "of") || dp_is(x, c, "with") || dp_is(x, c, "for") ||
              dp_is(x, c, "over")))
            continue;
        const uint32_t o = onri_tree_child(&x->v.tree, c, ONR_DEP_POBJ);
        if (o != ONR_NONE && dp_class(x->know, 'n', x->t[o].lemma) != DP_CLAIM) return o;
        const uint32_t p = onri_tree_child(&x->v.tree, c, ONR_DEP_PCOMP);
        if (p != ONR_NONE) return p;
    }
    return ONR_NONE;
}

/* Does a statement say it already? */
static bool is_stated(const dp_run *x, onr_span at)
{
    for (uint32_t i = 0; i < x->claims.n; i++)
        if (x->claims.at[i].span.beg < at.end && at.beg < x->claims.at[i].span.end &&
            x->claims.at[i].statement != ONR_NONE &&
            (x->claims.at[i].span.end - x->claims.at[i].span.beg) < 2 * (at.end - at.beg))
            return true;
    return false;
}

static onr_status push_told(dp_run *x, uint32_t i, uint32_t inner, onr_error *err)
{
    uint32_t beg = x->t[inner].l_edge;
    const uint32_t whom = onri_tree_child(&x->v.tree, i, ONR_DEP_DOBJ);
    if (x->t[i].pos == ONR_POS_VERB && whom != ONR_NONE && whom < inner && inner == laid_as(x, i))
        beg = x->t[whom].l_edge;
    const onr_span span = dp_trimmed(x, beg, x->t[inner].r_edge + 1);
    if (span.end == 0 || is_stated(x, span)) return ONR_OK;
    uint32_t by = onri_tree_child(&x->v.tree, i, ONR_DEP_POSS);
    const uint32_t over = x->t[i].head;
    if (x->t[i].pos == ONR_POS_VERB)
        by = onri_tree_actor(&x->v.tree, i);
    else if (by == ONR_NONE && x->t[i].dep == ONR_DEP_DOBJ && x->t[over].pos == ONR_POS_VERB)
        by = onri_tree_actor(&x->v.tree, over); /* "raised concerns that" */
    dp_claim *c = ONRI_PUSH(x->d->tmp, &x->claims);
    if (!c) return onri_fail_mem(err, x->d->tmp, "disputes");
    *c = (dp_claim){ .sort = DP_SAID,
                     .span = span,
                     .statement = ONR_NONE,
                     .claimant = by == ONR_NONE ? ONR_NONE : x->v.entity_at[by],
                     .sent = x->t[inner].sent,
                     .root = inner,
                     .cue = (uint8_t)DP_CHARGE };
    return ONR_OK;
}

/* Claims that the article tells of without a speaker. */
static onr_status find_told(dp_run *x, onr_error *err)
{
    onr_status st = ONR_OK;
    uint32_t b = 0;
    const onr_span title = x->d->article->title;
    for (uint32_t i = 0; st == ONR_OK && i < x->n; i++) {
        if (onri_in_boilerplate(x->d, x->t[i].beg, &b) || x->t[i].beg < title.end) continue;
        const uint32_t inner = told_claim_at(x, i);
        if (inner != ONR_NONE) st = push_told(x, i, inner, err);
    }
    return st;
}

static int by_end(const void *a, const void *b)
{
    const dp_claim *x = a, *y = b;
    if (x->span.end != y->span.end) return x->span.end < y->span.end ? -1 : 1;
    if (x->span.beg != y->span.beg) return x->span.beg < y->span.beg ? -1 : 1;
    return (x->statement > y->statement) - (x->statement < y->statement);
}

onr_status dp_find_claims(dp_run *x, onr_error *err)
{
    onr_status st = ONR_OK;
    const onr_span title = x->d->article->title;
    for (uint32_t i = 0; st == ONR_OK && i < x->d->statements.n; i++) {
        const onr_statement *s = &x->d->statements.at[i];
        if (s->content.n == 0 || s->negated || s->kind == ONR_KIND_QUESTION ||
            s->kind == ONR_KIND_NO_COMMENT || dp_cue_denies(x, s))
            continue;
        if (title.end > title.beg && s->content.at[0].beg < title.end) continue;
        st = push_units(x, i, err);
    }
    if (st == ONR_OK) st = find_told(x, err);
    if (st == ONR_OK && x->claims.n) qsort(x->claims.at, x->claims.n, sizeof *x->claims.at, by_end);
    return st;
}

static bool is_infinitive(const dp_run *x, uint32_t v)
{
    ONRI_EACH_CHILD (&x->v.tree, c, v)
        if (x->t[c].tag == ONR_TAG_TO) return true;
    return false;
}

/* "dispute where it was launched", "cannot confirm whether": a question is no claim. */
static bool is_question(const dp_run *x, uint32_t v)
{
    return asks(&x->t[x->t[v].l_edge]);
}

/* Does a noun that takes up words say what they were, beyond whose they are? "the findings of the
 * inquiry into the murder", "its interpretation of the law", not "the words of the minister". */
bool dp_says_more(const dp_run *x, const dp_answer *a)
{
    if (a->topic == ONR_NONE) return false;
    ONRI_EACH_CHILD (&x->v.tree, c, a->topic) {
        if (c < a->topic || x->t[c].dep != ONR_DEP_PREP) continue;
        const uint32_t o = onri_tree_child(&x->v.tree, c, ONR_DEP_POBJ);
        if (o == ONR_NONE || a->owner == ONR_NONE || x->v.entity_at[o] != a->owner ||
            onri_tree_child(&x->v.tree, o, ONR_DEP_PREP) != ONR_NONE)
            return true;
    }
    return false;
}

/* May the topic stand for itself? "denied visas", "rejected the offer": a thing is no claim, a deed
 * ("any involvement") and a clause are; "rejected putting it on hold" is a plan refused. */
static bool says_itself(const dp_run *x, const dp_answer *a)
{
    if (dp_is_clause(x, a->inner)) {
        if (is_infinitive(x, a->inner) || is_question(x, a->inner)) return false;
        if (a->inner == a->topic && x->t[a->inner].tag == ONR_TAG_VBG &&
            onri_tree_child(&x->v.tree, a->inner, ONR_DEP_NSUBJ) == ONR_NONE)
            return dp_class(x->know, 'g', x->t[a->token].lemma) == DP_CLAIM;
        return true;
    }
    if (a->inner != a->topic) return true;
    if (a->topic_class == DP_DEED) return true;
    return a->topic_class == DP_WORK && dp_says_more(x, a);
}

/* A statement made by the answering verb knows better where its content ends. */
static onr_span as_stated(const dp_run *x, const dp_answer *a, onr_span span)
{
    const onr_token *v = &x->t[a->token];
    for (uint32_t i = 0; i < x->d->statements.n; i++) {
        const onr_statement *s = &x->d->statements.at[i];
        for (uint32_t k = 0; k < s->cue.n && s->content.n; k++)
            if (s->cue.at[k].beg <= v->beg && v->end <= s->cue.at[k].end) {
                const onr_span c = s->content.at[0];
                const uint32_t last = onri_token_at(x->v.parse, c.end - 1);
                if (c.beg <= span.beg && span.beg < c.end && span.end < c.end && last < x->n &&
                    x->t[last].sent == v->sent)
                    return (onr_span){ span.beg, x->t[last].end };
            }
    }
    return span;
}

/* Where the part of the clause ends that a relative clause with the token hangs on. */
static uint32_t behind(const dp_run *x, uint32_t clause, uint32_t tok)
{
    uint32_t at = tok;
    for (uint32_t step = 0; step < 8 && x->t[at].dep != ONR_DEP_RELCL && x->t[at].head != at;
         step++)
        at = x->t[at].head;
    return x->t[at].l_edge > clause ? x->t[at].l_edge : tok;
}

/* Somebody else's statement of the same words says whose claim it is ("under the pretext that"). */
static dp_claim as_said(const dp_run *x, const dp_answer *a, dp_claim own)
{
    for (uint32_t i = dp_claims_before(x, own.span.end); i-- > 0;) {
        const dp_claim *c = &x->claims.at[i];
        if (c->span.end != own.span.end) break;
        if (c->span.beg != own.span.beg || c->statement == ONR_NONE || c->claimant == a->by.entity)
            continue;
        own.statement = c->statement;
        own.claimant = c->claimant;
        break;
    }
    return own;
}

dp_claim dp_own_claim(const dp_run *x, const dp_answer *a)
{
    dp_claim c = { .sort = DP_OWN, .statement = ONR_NONE, .claimant = ONR_NONE, .cue = DP_NONE };
    if (a->topic == ONR_NONE || !says_itself(x, a) || dp_takes_up_said(x, a)) return c;
    /* "acknowledged that it was late", "admitted guilt": nobody is said to have claimed it;
     * "confirmed reports that …": somebody has */
    if (a->verdict == ONR_VERDICT_NOT_CONFIRMED && !a->withheld) return c;
    if (a->verdict == ONR_VERDICT_CONFIRMS && (a->inner == a->topic || a->topic_class != DP_CLAIM))
        return c;
    const uint32_t beg = x->t[a->inner].l_edge, end = x->t[a->inner].r_edge + 1;
    const bool before = a->inner == a->topic && beg <= a->token && a->token < end; /* ", which" */
    if (before)
        c.span = dp_trimmed(x, beg, behind(x, a->inner, a->token));
    else
        c.span = as_stated(x, a, dp_trimmed(x, beg, without_tail(x, a->inner, end)));
    c.root = a->inner;
    c.sent = x->t[a->inner].sent;
    if (a->owner != a->by.entity) c.claimant = a->owner;
    return as_said(x, a, c);
}

/* Did somebody else say something in that sentence? Then that is the claim, not the sentence. */
static bool is_said(const dp_run *x, const dp_answer *a, uint32_t sent)
{
    uint32_t lo = 0, hi = x->claims.n; /* in order of their ends, so of their sentences */
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (x->claims.at[mid].sent < sent)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < x->claims.n && x->claims.at[lo].sent == sent; lo++)
        if (dp_possible(x, a, &x->claims.at[lo])) return true;
    return false;
}

dp_claim dp_told_claim(const dp_run *x, const dp_answer *a)
{
    dp_claim c = { .sort = DP_TOLD, .statement = ONR_NONE, .claimant = ONR_NONE, .cue = DP_NONE };
    const uint32_t sent = x->t[a->token].sent;
    uint32_t b = 0;
    if (a->sort == DP_BY_COUNTER || !a->anaphor || sent == 0 ||
        (a->topic != ONR_NONE && dp_is(x, a->topic, "it")) || is_said(x, a, sent - 1))
        return c;
    const onr_tokens s = x->v.parse->sentences[sent - 1];
    c.root = dp_root_of(x, s.beg, s.end);
    c.sent = sent - 1;
    c.span = dp_trimmed(x, s.beg, s.end);
    const onr_span title = x->d->article->title;
    if (c.span.end == 0 || !dp_is_clause(x, c.root) || onri_in_boilerplate(x->d, c.span.beg, &b) ||
        c.span.beg < title.end)
        c.span = (onr_span){ 0, 0 };
    return c;
}
