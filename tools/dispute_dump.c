/* Developer's tool: every pair of an answer and a claim with its features, to fit the weights of
 * disputes (tools/fit_disputes.py).
 *
 *   dispute_dump MODEL FILE.jsonl      one line an article: id, pairs with spans and features
 *
 * Source: own. */
#include "base/date.h"
#include "facts/actor_step.h"
#include "facts/knowledge.h"
#include "onrecord/input.h"
#include "onrecord/reader.h"

#include <stdio.h>

typedef struct job {
    onri_buf out;
    onri_jw w;
    const onri_draft *d;
} job;

static void feature(void *ctx, onr_sv f, float weight)
{
    job *j = ctx;
    (void)weight;
    onri_jw_str(&j->w, f);
}

static void name(job *j, const char *key, uint32_t entity)
{
    onri_jw_key(&j->w, key);
    if (entity == ONR_NONE)
        onri_jw_null(&j->w);
    else
        onri_jw_str(&j->w, j->d->entities.at[entity].name);
}

static void pair(void *ctx, const onri_dispute_trace *t)
{
    job *j = ctx;
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
        onri_jw_key(&j->w, "pairs");
        onri_jw_open(&j->w, '[');
        st = onri_find_disputes(&d, know->disputes, pair, j, err);
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
        (void)fprintf(stderr, "usage: dispute_dump MODEL FILE.jsonl\n");
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
    if (st != ONR_OK) (void)fprintf(stderr, "dispute_dump: %s\n", err.msg);
    onr_input_close(in);
    onr_parser_free(parser);
    onr_knowledge_free(know);
    onr_model_close(model);
    onri_buf_drop(&j.out);
    return st == ONR_OK ? 0 : 4;
}
