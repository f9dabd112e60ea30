/* Developer's tool: every candidate for an event with its traits, and whoever was weighed for a
 * role that is not told, to fit data/events/weights.tsv (tools/fit_events.py).
 *
 *   event_dump MODEL FILE.jsonl      one line an article: id, entities, rows
 *
 * Source: own. */
#include "facts/event_belief.h"
#include "facts/event_guess.h"
#include "tools/dump.h"

static void trait(void *ctx, onr_sv name)
{
    dump_job *j = ctx;
    onri_jw_str(&j->w, name);
}

static void refs(dump_job *j, const char *key, const onri_ref_vec *v)
{
    onri_jw_key(&j->w, key);
    onri_jw_open(&j->w, '[');
    for (uint32_t i = 0; i < v->n; i++) {
        onri_jw_open(&j->w, '{');
        onri_jw_key(&j->w, "entity");
        if (v->at[i].entity == ONR_NONE)
            onri_jw_null(&j->w);
        else
            onri_jw_uint(&j->w, v->at[i].entity);
        onri_jw_key(&j->w, "span");
        onri_jw_span(&j->w, v->at[i].span);
        onri_jw_close(&j->w, '}');
    }
    onri_jw_close(&j->w, ']');
}

static void guess(void *ctx, const onri_event_ctx *x, uint32_t i, bool target,
                  const onri_guess *found, uint32_t n)
{
    dump_job *j = ctx;
    (void)x;
    onri_jw_open(&j->w, '{');
    onri_jw_key(&j->w, "guess");
    onri_jw_uint(&j->w, i);
    onri_jw_key(&j->w, "role");
    onri_jw_strz(&j->w, target ? "target" : "source");
    onri_jw_key(&j->w, "found");
    onri_jw_open(&j->w, '[');
    for (uint32_t k = 0; k < n; k++) {
        onri_jw_open(&j->w, '{');
        onri_jw_key(&j->w, "entity");
        onri_jw_uint(&j->w, found[k].entity);
        onri_jw_key(&j->w, "features");
        onri_jw_open(&j->w, '[');
        for (uint8_t f = 0; f < found[k].n; f++)
            onri_jw_strz(&j->w, onri_guess_name((onri_guess_feature)found[k].feature[f]));
        onri_jw_close(&j->w, ']');
        onri_jw_close(&j->w, '}');
    }
    onri_jw_close(&j->w, ']');
    onri_jw_close(&j->w, '}');
}

static void cand(void *ctx, const onri_event_ctx *x, const onri_event_cands *all, uint32_t i)
{
    dump_job *j = ctx;
    const onri_event_cand *c = &all->at[i];
    const onr_token *t = &x->parse->tokens[c->hit.clause.verb];
    const onr_span one = { t->beg, t->end };
    const bool kept = c->event != ONR_NONE;
    const onr_spans at = kept ? j->d->events.at[c->event].trigger : (onr_spans){ &one, 1 };
    onri_jw_open(&j->w, '{');
    onri_jw_key(&j->w, "cand");
    onri_jw_uint(&j->w, i);
    onri_jw_key(&j->w, "kept");
    onri_jw_bool(&j->w, kept);
    onri_jw_key(&j->w, "trigger");
    onri_jw_open(&j->w, '[');
    for (uint32_t k = 0; k < at.n; k++) onri_jw_span(&j->w, at.at[k]);
    onri_jw_close(&j->w, ']');
    onri_jw_key(&j->w, "plover");
    onri_jw_str(&j->w, kept ? j->d->events.at[c->event].plover
                            : x->book->types.at[c->hit.frame->type].name);
    onri_jw_key(&j->w, "rule");
    onri_jw_strz(&j->w, c->hit.frame->rule);
    refs(j, "source", &c->roles.source);
    refs(j, "target", &c->roles.target);
    onri_jw_key(&j->w, "traits");
    onri_jw_open(&j->w, '[');
    onri_event_traits(x, c, trait, j);
    onri_jw_close(&j->w, ']');
    onri_jw_close(&j->w, '}');
}

static void entities(dump_job *j)
{
    onri_jw_key(&j->w, "entities");
    onri_jw_open(&j->w, '[');
    for (uint32_t e = 0; e < j->d->entities.n; e++) {
        const onr_entity *en = &j->d->entities.at[e];
        onri_jw_open(&j->w, '{');
        onri_jw_key(&j->w, "name");
        onri_jw_str(&j->w, en->name);
        onri_jw_key(&j->w, "mentions");
        onri_jw_open(&j->w, '[');
        for (uint32_t m = 0; m < en->n_mentions; m++) {
            onri_jw_open(&j->w, '{');
            onri_jw_key(&j->w, "span");
            onri_jw_span(&j->w, en->mentions[m].span);
            onri_jw_key(&j->w, "kind");
            onri_jw_strz(&j->w, en->mentions[m].kind == ONR_MENTION_NAME ? "name" : "other");
            onri_jw_close(&j->w, '}');
        }
        onri_jw_close(&j->w, ']');
        onri_jw_close(&j->w, '}');
    }
    onri_jw_close(&j->w, ']');
}

static onr_status rows(dump_job *j, onr_error *err)
{
    entities(j);
    onri_jw_key(&j->w, "rows");
    onri_jw_open(&j->w, '[');
    const onri_event_listener ear = { cand, NULL, j, guess, true };
    const onr_status st =
        onri_trace_events(j->d, j->d->know->events, j->times.at, j->times.n, &ear, err);
    onri_jw_close(&j->w, ']');
    return st;
}

int main(int argc, char **argv)
{
    return dump_main(argc, argv, "event_dump", rows);
}
