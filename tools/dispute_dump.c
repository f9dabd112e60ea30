/* Developer's tool: every pair of an answer and a claim with its features, to fit the weights of
 * disputes (tools/fit_disputes.py).
 *
 *   dispute_dump MODEL FILE.jsonl      one line an article: id, pairs with spans and features
 *
 * Source: own. */
#include "tools/dump.h"

static void feature(void *ctx, onr_sv f, float weight)
{
    dump_job *j = ctx;
    (void)weight;
    onri_jw_str(&j->w, f);
}

static void name(dump_job *j, const char *key, uint32_t entity)
{
    onri_jw_key(&j->w, key);
    if (entity == ONR_NONE)
        onri_jw_null(&j->w);
    else
        onri_jw_str(&j->w, j->d->entities.at[entity].name);
}

static void pair(void *ctx, const onri_dispute_trace *t)
{
    dump_job *j = ctx;
    if (t->with) return; /* not weighed */
    onri_jw_open(&j->w, '{');
    onri_jw_key(&j->w, "claim");
    onri_jw_span(&j->w, t->claim);
    onri_jw_key(&j->w, "answer");
    onri_jw_span(&j->w, t->answer);
    name(j, "claimant", t->claimant);
    name(j, "by", t->by);
    onri_jw_key(&j->w, "verdict");
    onri_jw_strz(&j->w, onr_verdict_name(t->verdict));
    onri_jw_key(&j->w, "group");
    onri_jw_uint(&j->w, t->group);
    onri_jw_key(&j->w, "rule");
    onri_jw_strz(&j->w, t->rule);
    onri_jw_key(&j->w, "features");
    onri_jw_open(&j->w, '[');
    onri_dispute_features(t, feature, j);
    onri_jw_close(&j->w, ']');
    onri_jw_close(&j->w, '}');
}

static onr_status pairs(dump_job *j, onr_error *err)
{
    onri_jw_key(&j->w, "pairs");
    onri_jw_open(&j->w, '[');
    const onr_status st = onri_find_disputes(j->d, j->d->know->disputes, pair, j, err);
    onri_jw_close(&j->w, ']');
    return st;
}

int main(int argc, char **argv)
{
    return dump_main(argc, argv, "dispute_dump", pairs);
}
