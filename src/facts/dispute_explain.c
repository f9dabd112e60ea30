/* Explanations of disputes: every answer with the claims it was weighed against, kept or not, and
 * what spoke for and against each. Source: own. */
#include "onrecord/explain.h"

#include "base/date.h"
#include "facts/actor_step.h"
#include "facts/knowledge.h"
#include "facts/telling.h"

enum { REASONS = 5, FEATURES_MAX = 64 };

typedef struct reason {
    char name[96];
    float weight;
} reason;

typedef struct telling {
    onri_telling t;
    const onri_draft *d;
    reason reasons[FEATURES_MAX];
    uint32_t n_reasons;
} telling;

static void add_who(telling *t, uint32_t entity)
{
    if (entity == ONR_NONE)
        onri_buf_addz(&t->t.b, "nobody known");
    else
        onri_buf_add(&t->t.b, t->d->entities.at[entity].name);
}

static void add_line(telling *t, const char *name, uint32_t who, onr_span s)
{
    onri_buf_fmt(&t->t.b, "  %-8s %u:%u  ", name, s.beg, s.end);
    add_who(t, who);
    onri_buf_addz(&t->t.b, ": ");
    onri_tell_text(&t->t, s);
    onri_buf_addc(&t->t.b, '\n');
}

static void take_reason(void *ctx, onr_sv feature, float weight)
{
    telling *t = ctx;
    if (weight == 0.0f || t->n_reasons == FEATURES_MAX) return;
    reason *r = &t->reasons[t->n_reasons++];
    const size_t n = feature.n < sizeof r->name - 1 ? feature.n : sizeof r->name - 1;
    memcpy(r->name, feature.p, n);
    r->name[n] = '\0';
    r->weight = weight;
}

/* The greatest reasons for (sign 1) or against (-1), greatest first. */
static void add_reasons(telling *t, const char *name, float sign)
{
    bool used[FEATURES_MAX] = { false };
    onri_buf_fmt(&t->t.b, "  %-8s ", name);
    for (uint32_t k = 0; k < REASONS; k++) {
        uint32_t best = ONR_NONE;
        for (uint32_t i = 0; i < t->n_reasons; i++)
            if (!used[i] && t->reasons[i].weight * sign > 0.0f &&
                (best == ONR_NONE || t->reasons[i].weight * sign > t->reasons[best].weight * sign))
                best = i;
        if (best == ONR_NONE) break;
        used[best] = true;
        onri_buf_fmt(&t->t.b, "%s%s %+.2f", k ? ", " : "", t->reasons[best].name,
                     (double)t->reasons[best].weight);
    }
    onri_buf_addc(&t->t.b, '\n');
}

static void on_pair(void *ctx, const onri_dispute_trace *p)
{
    telling *t = ctx;
    if (t->t.stopped || (t->t.at != ONR_NONE && !onri_tell_covers(p->answer, t->t.at) &&
                         !onri_tell_covers(p->claim, t->t.at)))
        return;
    t->t.told++;
    onri_buf_fmt(&t->t.b, "%s  p %.2f  %s  %s\n", p->lost ? "not kept" : "KEPT", (double)p->p,
                 onr_verdict_name(p->verdict), p->rule);
    const char *because = p->lost ? p->lost : p->with;
    if (because) onri_buf_fmt(&t->t.b, "  because  %s\n", because);
    add_line(t, "answer", p->by, p->answer);
    add_line(t, "claim", p->claimant, p->claim);
    t->n_reasons = 0;
    if (!p->with) onri_dispute_features(p, take_reason, t);
    if (!p->with) add_reasons(t, "for", 1.0f);
    if (!p->with) add_reasons(t, "against", -1.0f);
    onri_buf_addc(&t->t.b, '\n');
    onri_tell_flush(&t->t);
}

onr_status onr_explain_disputes(const onr_knowledge *knowledge, const onr_article *article,
                                const onr_parse *parse, uint32_t at, onr_explain_fn sink, void *arg,
                                onr_error *err)
{
    onr_arena keep = onr_arena_make(ONR_ARTICLE_MEM_MAX), tmp = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    onri_draft d = {
        .keep = &keep, .tmp = &tmp, .know = knowledge, .article = article, .parse = parse
    };
    telling *t = ONRI_NEW(&keep, telling);
    onri_timex_vec times = { 0 };
    onr_status st = t ? ONR_OK : onri_fail_mem(err, &keep, "explain");
    if (t) *t = (telling){ .t = onri_telling_make(article->text, at, sink, arg), .d = &d };
    if (st == ONR_OK)
        st = onri_times_scan(&keep, knowledge->times, parse, onri_day_parse(article->date), &times,
                             err);
    if (st == ONR_OK)
        st = onri_statements_find(&d, knowledge->statements, times.at, times.n, NULL, NULL, err);
    if (st == ONR_OK) st = onri_find_actors(&d, &knowledge->actors, ONRI_CAST_STORY, err);
    if (st == ONR_OK) st = onri_find_disputes(&d, knowledge->disputes, on_pair, t, err);
    if (st == ONR_OK)
        onri_tell_nothing(&t->t, "no answers and no claims\n",
                          "no answer or claim holds this byte\n");
    if (t) st = onri_telling_end(&t->t, st, err);
    onr_arena_drop(&keep);
    onr_arena_drop(&tmp);
    return st;
}
