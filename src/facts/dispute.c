/* Disputes: answers (denials, confirmations, statements that stand against another's) are paired
 * with the claims they may answer, each pair is weighed, the best claim of each answer stays if it
 * is likely enough; answers to one claim make one dispute. Source: own.
 *
 * Left out: claims told after their answer. */
#include "facts/dispute_i.h"

static const char *rule_of(const dp_answer *a)
{
    return a->sort == DP_BY_VERB        ? "dispute.verb"
           : a->sort == DP_BY_PREDICATE ? "dispute.predicate"
                                        : "dispute.counter";
}

typedef struct choice {
    const dp_answer *answer;
    dp_claim claim;
    uint32_t between;
    float p;
} choice;

typedef struct telling {
    onri_dispute_trace_fn fn;
    void *ctx;
} telling;

static void tell(const dp_run *x, const telling *t, const choice *c, const char *lost,
                 const char *with)
{
    const dp_answer *a = c->answer;
    if (!t->fn || !a) return;
    const onri_dispute_trace trace = { .answer = a->span,
                                       .claim = c->claim.span,
                                       .by = a->by.entity,
                                       .claimant = c->claim.claimant,
                                       .verdict = (onr_verdict)a->verdict,
                                       .rule = rule_of(a),
                                       .p = c->p,
                                       .lost = lost,
                                       .with = with,
                                       .run = x,
                                       .of = a,
                                       .to = &c->claim,
                                       .between = c->between,
                                       .group = a->group };
    t->fn(t->ctx, &trace);
}

static void consider(const dp_run *x, const telling *t, const dp_answer *a, const dp_claim *c,
                     uint32_t between, choice *best)
{
    if (!dp_possible(x, a, c)) return;
    const choice now = { a, *c, between, dp_p(x, a, c, between) };
    if (now.p <= best->p) {
        tell(x, t, &now, "another claim is likelier", NULL);
        return;
    }
    if (best->p > 0.0f) tell(x, t, best, "another claim is likelier", NULL);
    *best = now;
}

/* Weigh an answer against its claims. The nearest is looked at first, so that of two equal ones it
 * stays. */
static void consider_claims(const dp_run *x, const telling *t, const dp_answer *a, choice *best)
{
    const uint32_t lo = dp_claims_before(x, a->beg);
    for (uint32_t back = 0; back < DP_WINDOW && back < lo; back++)
        consider(x, t, a, &x->claims.at[lo - 1 - back], back, best);
    for (uint32_t on = 0; on < DP_AHEAD && lo + on < x->claims.n; on++)
        consider(x, t, a, &x->claims.at[lo + on], on, best);
    if (a->sort == DP_BY_COUNTER) return;
    const dp_claim own = dp_own_claim(x, a), told = dp_told_claim(x, a);
    consider(x, t, a, &own, 0, best);
    consider(x, t, a, &told, 0, best);
}

/* A demand, a plan or a judgement is not true or false: what stands against it dismisses it. */
static onr_verdict verdict_on(const dp_run *x, const dp_answer *a, const dp_claim *c)
{
    if (a->sort != DP_BY_COUNTER || c->statement == ONR_NONE) return (onr_verdict)a->verdict;
    switch (x->d->statements.at[c->statement].kind) {
    case ONR_KIND_ASSERTION:
    case ONR_KIND_ACCUSATION:
    case ONR_KIND_BELIEF:
    case ONR_KIND_KNOWLEDGE:
        return (onr_verdict)a->verdict;
    default:
        return ONR_VERDICT_DISMISSES;
    }
}

static onr_status add_response(dp_run *x, onr_dispute *d, const dp_answer *a, const choice *c,
                               onr_error *err)
{
    const uint32_t n = d->n_responses;
    onr_response *at = (onr_response *)(uintptr_t)d->responses; /* ours until the record is made */
    if ((n & (n - 1)) == 0) {                                   /* full: room is a power of two */
        at = ONRI_NEW_N(x->d->keep, n ? 2 * (size_t)n : 1, onr_response);
        if (!at) return onri_fail_mem(err, x->d->keep, "disputes");
        if (n) memcpy(at, d->responses, n * sizeof *at);
        d->responses = at;
    }
    at[n] = (onr_response){ a->by, verdict_on(x, a, &c->claim), a->span, a->statement };
    d->n_responses++;
    if (c->p > d->p) d->p = c->p;
    return ONR_OK;
}

static onr_status add(dp_run *x, const dp_answer *a, const choice *c, onr_error *err)
{
    for (uint32_t i = x->d->disputes.n; i-- > 0 && x->d->disputes.n - i <= DP_MERGE;)
        if (x->d->disputes.at[i].claim.beg == c->claim.span.beg &&
            x->d->disputes.at[i].claim.end == c->claim.span.end)
            return add_response(x, &x->d->disputes.at[i], a, c, err);
    onr_dispute *d = ONRI_PUSH(x->d->keep, &x->d->disputes);
    if (!d) return onri_fail_mem(err, x->d->keep, "disputes");
    *d = (onr_dispute){ .claim = c->claim.span,
                        .claim_statement = c->claim.statement,
                        .claimant = c->claim.claimant,
                        .rule = rule_of(a) };
    return add_response(x, d, a, c, err);
}

/* Explicit answers that were kept, in order of their words. */
typedef ONRI_VEC(choice) kept_vec;

static onr_status remember(dp_run *x, kept_vec *kept, const choice *c, onr_error *err)
{
    if (c->answer->sort == DP_BY_COUNTER) return ONR_OK;
    choice *to = ONRI_PUSH(x->d->tmp, kept);
    if (!to) return onri_fail_mem(err, x->d->tmp, "disputes");
    *to = *c;
    return ONR_OK;
}

/* "denied it, saying that he was abroad": what is said behind a denial by the same person in the
 * same sentence is part of his answer, and what he says of it in the next: "called the report a
 * lie. “I never met him.”" The denial, or NULL. */
static const choice *reason_for(const dp_run *x, const kept_vec *kept, const dp_answer *a)
{
    if (a->sort != DP_BY_COUNTER || a->by.entity == ONR_NONE) return NULL;
    const uint32_t sent = x->t[a->token].sent;
    uint32_t lo = 0, hi = kept->n;
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (x->t[kept->at[mid].answer->token].sent + 1 < sent)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < kept->n && x->t[kept->at[lo].answer->token].sent <= sent; lo++) {
        const choice *c = &kept->at[lo];
        const dp_answer *d = c->answer;
        if (x->t[d->token].sent != sent && !dp_goes_on(x, a, &c->claim)) continue;
        if (d->by.entity == a->by.entity && d->verdict != ONR_VERDICT_CONFIRMS &&
            d->span.end <= a->span.beg && c->claim.span.end <= a->span.beg)
            return c;
    }
    return NULL;
}

/* "The ministry denied the reports … the ministry denied the reports": told a second time, of the
 * same claim. The first, or NULL. */
static const choice *told_before(const dp_run *x, const kept_vec *kept, const dp_answer *a)
{
    if (a->sort == DP_BY_COUNTER || !a->anaphor || a->topic == ONR_NONE ||
        a->by.entity == ONR_NONE || x->t[a->topic].pos != ONR_POS_NOUN)
        return NULL;
    for (uint32_t i = kept->n; i-- > 0 && kept->n - i <= DP_WINDOW;) {
        const dp_answer *b = kept->at[i].answer;
        if (b->by.entity == a->by.entity && b->verdict == a->verdict && b->topic != ONR_NONE &&
            b->anaphor && onri_eq(x->t[b->topic].lemma, x->t[a->topic].lemma) &&
            b->owner == a->owner)
            return &kept->at[i];
    }
    return NULL;
}

/* The kept answer that this one goes with, and why. */
static const choice *with_another(const dp_run *x, const kept_vec *kept, const dp_answer *a,
                                  const char **why)
{
    const choice *c = reason_for(x, kept, a);
    *why = "it goes on from the answer before it";
    if (c) return c;
    *why = "the same answer was given before";
    return told_before(x, kept, a);
}

onr_status onri_find_disputes(onri_draft *d, const onri_dispute_know *know,
                              onri_dispute_trace_fn trace, void *ctx, onr_error *err)
{
    dp_run x = { .d = d, .know = know, .t = d->parse->tokens, .n = d->parse->n_tokens };
    const telling t = { trace, ctx };
    onr_status st = onri_view_make(d->tmp, d, &x.v, err);
    if (st == ONR_OK) st = dp_find_answers(&x, err);
    if (st != ONR_OK || x.answers.n == 0) return st;
    st = dp_find_claims(&x, err);
    if (st == ONR_OK) st = dp_weigh_words(&x, err);
    kept_vec kept = { 0 };
    for (uint32_t i = 0, k; st == ONR_OK && i < x.answers.n; i = k) {
        choice best = { .p = 0.0f };
        for (k = i; k < x.answers.n && x.answers.at[k].group == x.answers.at[i].group; k++)
            consider_claims(&x, &t, &x.answers.at[k], &best);
        const char *with = NULL;
        const choice *said = with_another(&x, &kept, &x.answers.at[i], &with);
        if (said) {
            x.answers.at[i].verdict = said->answer->verdict;
            best = (choice){ &x.answers.at[i], said->claim, 0, said->p };
            tell(&x, &t, &best, NULL, with);
            st = add(&x, best.answer, &best, err);
            continue;
        }
        if (best.p <= 0.0f) continue;
        const bool keep = best.p >= know->threshold;
        tell(&x, &t, &best, keep ? NULL : "p below the threshold", NULL);
        if (keep) st = add(&x, best.answer, &best, err);
        if (keep && st == ONR_OK) st = remember(&x, &kept, &best, err);
    }
    return st;
}

typedef struct naming {
    const onri_dispute_know *know;
    void (*fn)(void *ctx, onr_sv feature, float weight);
    void *ctx;
} naming;

static void name_feature(void *ctx, onr_sv feature)
{
    const naming *n = ctx;
    n->fn(n->ctx, feature, dp_weight_of(n->know, feature));
}

void onri_dispute_features(const onri_dispute_trace *t,
                           void (*fn)(void *ctx, onr_sv feature, float weight), void *ctx)
{
    naming n = { t->run->know, fn, ctx };
    dp_features(t->run, t->of, t->to, t->between, name_feature, &n);
}
