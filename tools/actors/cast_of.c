/* Development tool: the cast of parsed texts, as JSON Lines for the scorers or explained.
 *
 *   cast_of [--all] [--explain] [--repeat N] DIR    reads DIR/ID.conllu with DIR/ID.txt
 *
 * Source: own. Leaves out: statements (speakers of quotations come from the nearest verb). */
#include "base/base.h"
#include "facts/actor_step.h"
#include "lang/conllu.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void put_entity(onri_jw *w, const onr_entity *e, uint32_t id)
{
    char name[24];
    (void)snprintf(name, sizeof name, "a%u", id);
    onri_jw_open(w, '{');
    onri_jw_key(w, "id");
    onri_jw_strz(w, name);
    onri_jw_key(w, "type");
    onri_jw_strz(w, onr_entity_type_name(e->type));
    onri_jw_key(w, "name");
    onri_jw_str(w, e->name);
    onri_jw_key(w, "country");
    onri_jw_str(w, e->country);
    onri_jw_key(w, "code");
    onri_jw_str(w, e->code);
    onri_jw_key(w, "roles");
    onri_jw_open(w, '[');
    for (uint32_t i = 0; i < e->n_roles; i++) {
        onri_jw_open(w, '{');
        onri_jw_key(w, "title");
        onri_jw_str(w, e->roles[i].title);
        onri_jw_key(w, "span");
        onri_jw_span(w, e->roles[i].span);
        onri_jw_close(w, '}');
    }
    onri_jw_close(w, ']');
    onri_jw_key(w, "mentions");
    onri_jw_open(w, '[');
    for (uint32_t i = 0; i < e->n_mentions; i++) {
        onri_jw_open(w, '{');
        onri_jw_key(w, "span");
        onri_jw_span(w, e->mentions[i].span);
        onri_jw_key(w, "head");
        onri_jw_span(w, e->mentions[i].head);
        onri_jw_key(w, "kind");
        onri_jw_strz(w, onr_mention_kind_name(e->mentions[i].kind));
        onri_jw_key(w, "rule");
        onri_jw_strz(w, e->mentions[i].rule);
        if (e->mentions[i].joined_to != ONR_NONE) {
            onri_jw_key(w, "joined_to");
            onri_jw_uint(w, e->mentions[i].joined_to);
        }
        onri_jw_close(w, '}');
    }
    onri_jw_close(w, ']');
    onri_jw_close(w, '}');
}

static bool one(const onri_actor_knowledge *know, const char *dir, const char *id, bool all,
                bool explain, unsigned repeat, double *seconds)
{
    char path[1024];
    onr_error err = ONR_ERROR_INIT;
    onr_arena mem = onr_arena_make((size_t)4 << 30), tmp = onr_arena_make((size_t)4 << 30);
    onr_sv text, parsed;
    const onr_parse *parse = NULL;
    (void)snprintf(path, sizeof path, "%s/%s.txt", dir, id);
    onr_status s = onri_file_read(&mem, path, ONR_TEXT_MAX, &text, &err);
    (void)snprintf(path, sizeof path, "%s/%s.conllu", dir, id);
    if (!s) s = onri_file_read(&mem, path, ONR_MODEL_MAX, &parsed, &err);
    if (!s) s = onri_conllu_read(&mem, parsed, text, &parse, &err);
    onr_article article = { 0 };
    if (!s) {
        const onr_article_opts opts = ONR_ARTICLE_OPTS_INIT;
        s = onr_article_from_text(&mem, text, &opts, &article, &err);
    }
    onri_draft d = { .keep = &mem, .tmp = &tmp, .article = &article, .parse = parse };
    const clock_t start = clock();
    for (unsigned i = 0; !s && i < repeat; i++) {
        d.entities.n = 0;
        s = onri_find_actors(&d, know, all ? ONRI_CAST_ALL : ONRI_CAST_STORY, &err);
    }
    *seconds += (double)(clock() - start) / CLOCKS_PER_SEC / repeat;
    if (s) {
        (void)fprintf(stderr, "%s: %s\n", id, err.msg);
        return false;
    }
    onri_buf b = onri_buf_make((size_t)1 << 30);
    if (explain) {
        onri_actors_explain(&b, text, d.entities.at, d.entities.n, (onr_sv){ "", 0 });
    } else {
        onri_jw w = onri_jw_make(&b);
        onri_jw_open(&w, '{');
        onri_jw_key(&w, "id");
        onri_jw_strz(&w, id);
        onri_jw_key(&w, "entities");
        onri_jw_open(&w, '[');
        for (uint32_t i = 0; i < d.entities.n; i++) put_entity(&w, &d.entities.at[i], i);
        onri_jw_close(&w, ']');
        onri_jw_close(&w, '}');
        onri_buf_addc(&b, '\n');
    }
    (void)fwrite(b.p, 1, b.n, stdout);
    onri_buf_drop(&b);
    onr_arena_drop(&mem);
    onr_arena_drop(&tmp);
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(int argc, char **argv)
{
    bool all = false, explain = false;
    unsigned repeat = 1;
    const char *dir = NULL;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--all"))
            all = true;
        else if (!strcmp(argv[i], "--explain"))
            explain = true;
        else if (!strcmp(argv[i], "--repeat") && i + 1 < argc)
            repeat = (unsigned)strtoul(argv[++i], NULL, 10);
        else
            dir = argv[i];
    }
    DIR *d = dir ? opendir(dir) : NULL;
    if (!d || repeat == 0) {
        (void)fprintf(stderr, "usage: cast_of [--all] [--explain] [--repeat N] DIR\n");
        return 2;
    }
    onr_arena mem = onr_arena_make((size_t)1 << 30);
    onri_actor_knowledge know;
    onr_error err = ONR_ERROR_INIT;
    const clock_t start = clock();
    if (onri_actor_knowledge_make(&know, &mem, &err)) {
        (void)fprintf(stderr, "%s (line %u)\n", err.msg, err.line);
        return 4;
    }
    (void)fprintf(stderr, "knowledge: %.0f ms, %zu KiB\n",
                  1e3 * (double)(clock() - start) / CLOCKS_PER_SEC, mem.total >> 10);
    char *names[4096];
    size_t n = 0;
    for (struct dirent *e; n < 4096 && (e = readdir(d)) != NULL;) {
        const size_t len = strlen(e->d_name);
        if (len <= 7 || strcmp(e->d_name + len - 7, ".conllu") != 0) continue;
        names[n] = calloc(1, len + 1);
        if (!names[n]) return 4;
        memcpy(names[n++], e->d_name, len - 7);
    }
    (void)closedir(d);
    qsort(names, n, sizeof *names, by_name);
    double seconds = 0;
    int rc = 0;
    for (size_t i = 0; i < n; i++) {
        if (!one(&know, dir, names[i], all, explain, repeat, &seconds)) rc = 3;
        free(names[i]);
    }
    (void)fprintf(stderr, "%zu texts, %.1f ms\n", n, 1e3 * seconds);
    onr_arena_drop(&mem);
    return rc;
}
