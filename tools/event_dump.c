/* Developer's tool: every candidate for an event with its traits, and whoever was weighed for a
 * role that is not told, to fit data/events/weights.tsv (tools/fit_events.py).
 *
 *   event_dump MODEL FILE.jsonl      one line an article: id, entities, rows
 *
 * Source: own. */
#include "base/date.h"
#include "facts/actor_step.h"
#include "facts/event_belief.h"
#include "facts/event_guess.h"
#include "facts/knowledge.h"
#include "onrecord/input.h"
#include "onrecord/reader.h"

#include <stdio.h>

typedef struct job {
    onri_buf out;
    onri_jw w;
    const onri_draft *d;
} job;

static void trait(void *ctx, onr_sv name)
{
    job *j = ctx;
    onri_jw_str(&j->w, name);
}

static void refs(job *j, const char *key, const onri_ref_vec *v)
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
    job *j = ctx;
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
    job *j = ctx;
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

static void entities(job *j)
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

static onr_status one(job *j, const onr_knowledge *know, onr_parser *parser,
                      const onr_input_item *item, onr_error *err)
{
    onr_arena mem = onr_arena_make(ONR_ARTICLE_MEM_MAX), tmp = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    onr_article article;
    const onr_input_opts opts = ONR_INPUT_OPTS_INIT;
    onri_draft d = { .keep = &mem, .tmp = &tmp, .know = know, .article = &article };
    onri_timex_vec times = { 0 };
    onr_status st = onr_input_read(&mem, item, &opts, &article, err);
    if (st == ONR_OK) st = onr_parse_article(parser, &mem, &article, false, &d.parse, err);
    if (st == ONR_OK) st = onri_times_scan(&mem, know->times, d.parse, ONRI_NO_DAY, &times, err);
    if (st == ONR_OK)
        st = onri_statements_find(&d, know->statements, times.at, times.n, NULL, NULL, err);
    if (st == ONR_OK) st = onri_find_actors(&d, &know->actors, ONRI_CAST_STORY, err);
    if (st == ONR_OK) {
        j->d = &d;
        onri_jw_open(&j->w, '{');
        onri_jw_key(&j->w, "id");
        onri_jw_str(&j->w, article.id);
        onri_jw_key(&j->w, "text");
        onri_jw_str(&j->w, article.text);
        entities(j);
        onri_jw_key(&j->w, "rows");
        onri_jw_open(&j->w, '[');
        const onri_event_listener ear = { cand, NULL, j, guess, true };
        st = onri_trace_events(&d, know->events, times.at, times.n, &ear, err);
        onri_jw_close(&j->w, ']');
        onri_jw_close(&j->w, '}');
        onri_buf_addc(&j->out, '\n');
    }
    onr_arena_drop(&mem);
    onr_arena_drop(&tmp);
    return st;
}

int main(int argc, char **argv)
{
    job j = { .out = onri_buf_make((size_t)1 << 31) };
    onr_error err = ONR_ERROR_INIT;
    onr_model *model = NULL;
    onr_knowledge *know = NULL;
    onr_parser *parser = NULL;
    onr_input *in = NULL;
    if (argc != 3) {
        (void)fprintf(stderr, "usage: event_dump MODEL FILE.jsonl\n");
        return 2;
    }
    onr_input_opts opts = ONR_INPUT_OPTS_INIT;
    opts.as = ONR_INPUT_JSONL;
    const char *const paths[] = { argv[2] };
    onr_status st = onr_model_open(argv[1], &model, &err);
    if (st == ONR_OK) st = onr_knowledge_new(NULL, &know, &err);
    if (st == ONR_OK) st = onr_parser_new(model, NULL, &parser, &err);
    if (st == ONR_OK) st = onr_input_open(paths, 1, &opts, &in, &err);
    for (bool more = st == ONR_OK; more;) {
        onr_arena mem = onr_arena_make(ONR_ARTICLE_MEM_MAX);
        onr_input_item item;
        more = onr_input_next(in, &mem, &item);
        if (more) {
            onri_buf_clear(&j.out);
            j.w = onri_jw_make(&j.out);
            st = one(&j, know, parser, &item, &err);
            if (st == ONR_OK) (void)fwrite(j.out.p, 1, j.out.n, stdout);
            more = st == ONR_OK;
        }
        onr_arena_drop(&mem);
    }
    if (st != ONR_OK) (void)fprintf(stderr, "event_dump: %s\n", err.msg);
    onr_input_close(in);
    onr_parser_free(parser);
    onr_knowledge_free(know);
    onr_model_close(model);
    onri_buf_drop(&j.out);
    return st == ONR_OK ? 0 : 4;
}
