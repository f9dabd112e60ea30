/* See dump.h. Source: own. */
#include "tools/dump.h"

#include "base/date.h"
#include "onrecord/input.h"

#include <stdio.h>

static onr_status one(dump_job *j, const onr_knowledge *know, onr_parser *parser,
                      const onr_input_item *item, dump_fn fn, onr_error *err)
{
    onr_arena mem = onr_arena_make(ONR_ARTICLE_MEM_MAX), tmp = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    onr_article article;
    const onr_input_opts opts = ONR_INPUT_OPTS_INIT;
    onri_draft d = { .keep = &mem, .tmp = &tmp, .know = know, .article = &article };
    j->times = (onri_timex_vec){ 0 };
    onr_status st = onr_input_read(&mem, item, &opts, &article, err);
    if (st == ONR_OK) st = onr_parse_article(parser, &mem, &article, false, &d.parse, err);
    if (st == ONR_OK) st = onri_times_scan(&mem, know->times, d.parse, ONRI_NO_DAY, &j->times, err);
    if (st == ONR_OK)
        st = onri_statements_find(&d, know->statements, j->times.at, j->times.n, NULL, NULL, err);
    if (st == ONR_OK) st = onri_find_actors(&d, &know->actors, ONRI_CAST_STORY, err);
    if (st == ONR_OK) {
        j->d = &d;
        onri_jw_open(&j->w, '{');
        onri_jw_key(&j->w, "id");
        onri_jw_str(&j->w, article.id);
        onri_jw_key(&j->w, "text");
        onri_jw_str(&j->w, article.text);
        st = fn(j, err);
        onri_jw_close(&j->w, '}');
        onri_buf_addc(&j->out, '\n');
    }
    onr_arena_drop(&mem);
    onr_arena_drop(&tmp);
    return st;
}

int dump_main(int argc, char **argv, const char *name, dump_fn fn)
{
    dump_job j = { .out = onri_buf_make((size_t)1 << 31) };
    onr_error err = ONR_ERROR_INIT;
    onr_model *model = NULL;
    onr_knowledge *know = NULL;
    onr_parser *parser = NULL;
    onr_input *in = NULL;
    if (argc != 3) {
        (void)fprintf(stderr, "usage: %s MODEL FILE.jsonl\n", name);
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
            st = one(&j, know, parser, &item, fn, &err);
            if (st == ONR_OK) (void)fwrite(j.out.p, 1, j.out.n, stdout);
            more = st == ONR_OK;
        }
        onr_arena_drop(&mem);
    }
    if (st != ONR_OK) (void)fprintf(stderr, "%s: %s\n", name, err.msg);
    onr_input_close(in);
    onr_parser_free(parser);
    onr_knowledge_free(know);
    onr_model_close(model);
    onri_buf_drop(&j.out);
    return st == ONR_OK ? 0 : 4;
}
