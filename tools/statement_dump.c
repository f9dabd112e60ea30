/* Developer's tool: statements of stored parses, to measure and to fit weights without a model.
 *
 *   statement_dump DIR             DIR/ID.txt and DIR/ID.conllu -> one record a line
 *   statement_dump --features DIR  every candidate with its features, for tools/fit_statements.py
 *   statement_dump --why DIR       every candidate as text, kept or lost
 *
 * Source: own. Leaves out actors, times and events: onrecord read gives whole records. */
#include "facts/statement.h"
#include "lang/conllu.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct job {
    onri_buf out;
    onri_jw w;
    bool features, why;
    onr_sv text;
} job;

static void span_json(onri_jw *w, const char *key, onr_span s)
{
    if (s.beg >= s.end) return;
    onri_jw_key(w, key);
    onri_jw_span(w, s);
}

static void spans_json(onri_jw *w, const char *key, onr_spans s)
{
    onri_jw_key(w, key);
    onri_jw_open(w, '[');
    for (uint32_t i = 0; i < s.n; i++) onri_jw_span(w, s.at[i]);
    onri_jw_close(w, ']');
}

static void statement_json(onri_jw *w, const onr_statement *s)
{
    if (s->source.span.beg < s->source.span.end) {
        onri_jw_key(w, "source");
        onri_jw_open(w, '{');
        span_json(w, "span", s->source.span);
        onri_jw_close(w, '}');
    }
    spans_json(w, "cue", s->cue);
    spans_json(w, "content", s->content);
    onri_jw_key(w, "form");
    onri_jw_strz(w, onr_form_name(s->form));
    onri_jw_key(w, "kind");
    onri_jw_strz(w, onr_statement_kind_name(s->kind));
    if (s->negated) {
        onri_jw_key(w, "negated");
        onri_jw_bool(w, true);
    }
    if (s->addressee.span.beg < s->addressee.span.end) {
        onri_jw_key(w, "addressee");
        onri_jw_open(w, '{');
        span_json(w, "span", s->addressee.span);
        onri_jw_close(w, '}');
    }
    onri_jw_key(w, "rule");
    onri_jw_strz(w, s->rule);
    onri_jw_key(w, "p");
    onri_jw_num(w, (double)s->p, 4);
}

static void feature(void *ctx, onr_sv f)
{
    job *j = ctx;
    onri_jw_str(&j->w, f);
}

static void on_candidate(void *ctx, const onri_statement_trace *t)
{
    job *j = ctx;
    if (j->why) {
        const onr_statement *s = &t->statement;
        onri_buf_fmt(&j->out, "%s %.2f %s%s\n   [%.*s] %.*s:", t->lost ? "lost" : "KEPT",
                     (double)s->p, s->rule, t->lost ? t->lost : "",
                     (int)(s->source.span.end - s->source.span.beg), j->text.p + s->source.span.beg,
                     (int)(s->cue.at[0].end - s->cue.at[0].beg), j->text.p + s->cue.at[0].beg);
        for (uint32_t i = 0; i < s->content.n; i++)
            onri_buf_fmt(&j->out, " <%.*s>", (int)(s->content.at[i].end - s->content.at[i].beg),
                         j->text.p + s->content.at[i].beg);
        onri_buf_addc(&j->out, '\n');
    }
    if (!j->features) return;
    onri_jw_open(&j->w, '{');
    statement_json(&j->w, &t->statement);
    if (t->lost) {
        onri_jw_key(&j->w, "lost");
        onri_jw_strz(&j->w, t->lost);
    }
    onri_jw_key(&j->w, "features");
    onri_jw_open(&j->w, '[');
    onri_statement_features(t, feature, j);
    onri_jw_close(&j->w, ']');
    onri_jw_close(&j->w, '}');
}

static onr_status one(job *j, const onri_statement_know *know, const char *dir, const char *id,
                      onr_error *err)
{
    onr_arena mem = onr_arena_make(ONR_ARTICLE_MEM_MAX), tmp = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    char path[2048];
    onr_sv parse_bytes = { NULL, 0 };
    const onr_parse *parse = NULL;
    snprintf(path, sizeof path, "%s/%s.txt", dir, id);
    onr_status st = onri_file_read(&mem, path, ONR_TEXT_MAX, &j->text, err);
    snprintf(path, sizeof path, "%s/%s.conllu", dir, id);
    if (st == ONR_OK) st = onri_file_read(&mem, path, ONR_TEXT_MAX, &parse_bytes, err);
    if (st == ONR_OK) st = onri_conllu_read(&mem, parse_bytes, j->text, &parse, err);
    if (st == ONR_OK) {
        onr_article article = { .text = j->text };
        onri_draft d = { .keep = &mem, .tmp = &tmp, .article = &article, .parse = parse };
        if (!j->why) {
            onri_jw_open(&j->w, '{');
            onri_jw_key(&j->w, "id");
            onri_jw_strz(&j->w, id);
            if (j->features) {
                onri_jw_key(&j->w, "candidates");
                onri_jw_open(&j->w, '[');
            }
        }
        st = onri_statements_find(&d, know, NULL, 0, j->features || j->why ? on_candidate : NULL, j,
                                  err);
        if (j->features) onri_jw_close(&j->w, ']');
        if (!j->features && !j->why) {
            onri_jw_key(&j->w, "statements");
            onri_jw_open(&j->w, '[');
            for (uint32_t i = 0; i < d.statements.n; i++) {
                const onr_statement *s = &d.statements.at[i];
                char name[24];
                onri_jw_open(&j->w, '{');
                snprintf(name, sizeof name, "s%u", i);
                onri_jw_key(&j->w, "id");
                onri_jw_strz(&j->w, name);
                statement_json(&j->w, s);
                if (s->within != ONR_NONE) {
                    snprintf(name, sizeof name, "s%u", s->within);
                    onri_jw_key(&j->w, "within");
                    onri_jw_strz(&j->w, name);
                }
                onri_jw_close(&j->w, '}');
            }
            onri_jw_close(&j->w, ']');
        }
        if (!j->why) onri_jw_close(&j->w, '}');
        onri_buf_addc(&j->out, '\n');
    }
    onr_arena_drop(&mem);
    onr_arena_drop(&tmp);
    return st;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(int argc, char **argv)
{
    job j = { .out = onri_buf_make((size_t)1 << 31) };
    int a = 1;
    if (a < argc && strcmp(argv[a], "--features") == 0) j.features = true, a++;
    if (a < argc && strcmp(argv[a], "--why") == 0) j.why = true, a++;
    if (a + 1 != argc) {
        fprintf(stderr, "usage: statement_dump [--features|--why] DIR\n");
        return 2;
    }
    onr_arena mem = onr_arena_make((size_t)1 << 28);
    const onri_statement_know *know;
    onr_error err = ONR_ERROR_INIT;
    if (onri_statement_know_load(&mem, NULL, 0, &know, &err) != ONR_OK) {
        fprintf(stderr, "statement_dump: %s\n", err.msg);
        return 4;
    }
    DIR *d = opendir(argv[a]);
    if (!d) {
        perror(argv[a]);
        return 4;
    }
    static char *names[100000];
    size_t n = 0;
    for (struct dirent *e; (e = readdir(d)) && n < 100000;) {
        const size_t len = strlen(e->d_name);
        if (len > 7 && strcmp(e->d_name + len - 7, ".conllu") == 0) {
            names[n] = calloc(len + 1, 1);
            if (!names[n]) return 4;
            memcpy(names[n++], e->d_name, len - 7);
        }
    }
    closedir(d);
    qsort(names, n, sizeof *names, by_name);
    int failed = 0;
    for (size_t i = 0; i < n; i++) {
        onri_buf_clear(&j.out);
        j.w = onri_jw_make(&j.out);
        if (one(&j, know, argv[a], names[i], &err) != ONR_OK) {
            fprintf(stderr, "statement_dump: %s: %s\n", names[i], err.msg);
            failed = 1;
            continue;
        }
        fwrite(j.out.p, 1, j.out.n, stdout);
        free(names[i]);
    }
    onri_buf_drop(&j.out);
    onr_arena_drop(&mem);
    return failed;
}
