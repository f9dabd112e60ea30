/* Explanations of disputes: every answer with the claims it was weighed against, kept or not, and
 * what spoke for and against each. Source: own. */
#include "onrecord/explain.h"

#include "base/date.h"
#include "facts/actor_step.h"
#include "facts/knowledge.h"

enum { REASONS = 5, FEATURES_MAX = 64 };

typedef struct reason {
    char name[96];
    float weight;
} reason;

typedef struct telling {
    onr_explain_fn sink;
    void *arg;
    const onri_draft *d;
    uint32_t at, told;
    bool stopped;
    onri_buf b;
    reason reasons[FEATURES_MAX];
    uint32_t n_reasons;
} telling;

static void add_text(telling *t, onr_span s)
{
    for (uint32_t i = s.beg; i < s.end; i++) {
        const char c = t->d->article->text.p[i];
        onri_buf_addc(&t->b, (unsigned char)c < 0x20 ? ' ' : c);
    }
}

static void add_who(telling *t, uint32_t entity)
{
    if (entity == ONR_NONE)
        onri_buf_addz(&t->b, "nobody known");
    else
        onri_buf_add(&t->b, t->d->entities.at[entity].name);
}

static void add_line(telling *t, const char *name, uint32_t who, onr_span s)
{
    onri_buf_fmt(&t->b, "  %-8s %u:%u  ", name, s.beg, s.end);
    add_who(t, who);
    onri_buf_addz(&t->b, ": ");
    add_text(t, s);
    onri_buf_addc(&t->b, '\n');
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
    onri_buf_fmt(&t->b, "  %-8s ", name);
    for (uint32_t k = 0; k < REASONS; k++) {
        uint32_t best = ONR_NONE;
        for (uint32_t i = 0; i < t->n_reasons; i++)
            if (!used[i] && t->reasons[i].weight * sign > 0.0f &&
                (best == ONR_NONE || t->reasons[i].weight * sign > t->reasons[best].weight * sign))
                best = i;
        if (best == ONR_NONE) break;
        used[best] = true;
        onri_buf_fmt(&t->b, "%s%s %+.2f", k ? ", " : "", t->reasons[best].name,
                     (double)t->reasons[best].weight);
    }
    onri_buf_addc(&t->b, '\n');
}

static bool covers(onr_span s, uint32_t at)
{
    return s.beg <= at && at < s.end;
}

static void on_pair(void *ctx, const onri_dispute_trace *p)
{
    telling *t = ctx;
    if (t->stopped || (t->at != ONR_NONE && !covers(p->answer, t->at) && !covers(p->claim, t->at)))
        return;
    t->told++;
    onri_buf_fmt(&t->b, "%s  p %.2f  %s  %s\n", p->lost ? "not kept" : "KEPT", (double)p->p,
                 onr_verdict_name(p->verdict), p->rule);
    if (p->lost) onri_buf_fmt(&t->b, "  because  %s\n", p->lost);
    add_line(t, "answer", p->by, p->answer);
    add_line(t, "claim", p->claimant, p->claim);
    t->n_reasons = 0;
    onri_dispute_features(p, take_reason, t);
    add_reasons(t, "for", 1.0f);
    add_reasons(t, "against", -1.0f);
    onri_buf_addc(&t->b, '\n');
    if (t->b.n && !t->sink(t->arg, onri_buf_sv(&t->b))) t->stopped = true;
    onri_buf_clear(&t->b);
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
    if (t) {
        *t = (telling){ .sink = sink, .arg = arg, .d = &d, .at = at };
        t->b = onri_buf_make((size_t)1 << 28);
    }
    if (st == ONR_OK)
        st = onri_times_scan(&keep, knowledge->times, parse, onri_day_parse(article->date), &times,
                             err);
    if (st == ONR_OK)
        st = onri_statements_find(&d, knowledge->statements, times.at, times.n, NULL, NULL, err);
    if (st == ONR_OK) st = onri_find_actors(&d, &knowledge->actors, ONRI_CAST_STORY, err);
    if (st == ONR_OK) st = onri_find_disputes(&d, knowledge->disputes, on_pair, t, err);
    if (st == ONR_OK && t->told == 0)
        t->stopped = !sink(arg, at == ONR_NONE ? ONR_SV("no answers and no claims\n")
                                               : ONR_SV("no answer or claim holds this byte\n"));
    if (st == ONR_OK && t->b.status != ONR_OK)
        st = onri_fail(err, t->b.status, "explain", "the explanation is too long");
    if (st == ONR_OK && t->stopped)
        st = onri_fail(err, ONR_E_CANCELLED, "explain", "stopped by the caller");
    if (t) onri_buf_drop(&t->b);
    onr_arena_drop(&keep);
    onr_arena_drop(&tmp);
    return st;
}
