/* Reads a plain text file and prints who said what: the whole use of libonrecord on one page.
 *
 *     cc read_article.c $(pkg-config --cflags --libs onrecord) -o read_article
 *     ./read_article ~/.local/share/onrecord/models/en-sm.onrm article.txt */
#include <onrecord/onrecord.h>

#include <stdio.h>
#include <stdlib.h>

/* The bytes of a file; NULL (reported) if it cannot be read. Free them. */
static char *read_file(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    char *bytes = NULL;
    size_t cap = 0;
    *n = 0;
    while (f && !feof(f) && !ferror(f)) {
        if (*n == cap) {
            cap = cap ? 2 * cap : 65536;
            char *more = realloc(bytes, cap);
            if (!more) break;
            bytes = more;
        }
        *n += fread(bytes + *n, 1, cap - *n, f);
    }
    if (!f || ferror(f) || !feof(f)) {
        perror(path);
        free(bytes);
        bytes = NULL;
    }
    if (f) fclose(f);
    return bytes;
}

static void print_span(const char *before, onr_sv text, onr_span s)
{
    printf("%s%.*s", before, (int)(s.end - s.beg), text.p + s.beg);
}

/* Who - said - what. A source that was resolved has a name beside its words. */
static void print_statement(const onr_record *rec, const onr_statement *s)
{
    if (s->source.entity != ONR_NONE) {
        const onr_sv name = rec->entities[s->source.entity].name;
        printf("%.*s", (int)name.n, name.p);
    } else {
        print_span("", rec->text, s->source.span);
    }
    for (uint32_t i = 0; i < s->cue.n; i++)
        print_span(i ? " ... " : " -- ", rec->text, s->cue.at[i]);
    printf(" [%s%s]:", onr_statement_kind_name(s->kind), s->negated ? ", negated" : "");
    for (uint32_t i = 0; i < s->content.n; i++) print_span(" ", rec->text, s->content.at[i]);
    putchar('\n');
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: read_article MODEL FILE\n");
        return 2;
    }
    size_t n;
    char *bytes = read_file(argv[2], &n);
    if (!bytes) return 1;

    onr_error err = ONR_ERROR_INIT;
    onr_model *model = NULL;                             /* shared by all threads */
    onr_knowledge *knowledge = NULL;                     /* shared by all threads */
    onr_reader *reader = NULL;                           /* one a thread */
    onr_arena mem = onr_arena_make(ONR_ARTICLE_MEM_MAX); /* one an article; owns all of it */
    onr_article article;
    onr_record record;

    onr_status st = onr_model_open(argv[1], &model, &err);
    if (st == ONR_OK) st = onr_knowledge_new(NULL, &knowledge, &err);
    if (st == ONR_OK) st = onr_reader_new(model, knowledge, NULL, &reader, &err);
    if (st == ONR_OK) st = onr_article_from_text(&mem, (onr_sv){ bytes, n }, NULL, &article, &err);
    if (st == ONR_OK) st = onr_read(reader, &mem, &article, &record, &err);
    if (st == ONR_OK)
        for (uint32_t i = 0; i < record.n_statements; i++)
            print_statement(&record, &record.statements[i]);
    else
        fprintf(stderr, "read_article: %s: %s\n", onr_status_name(st), err.msg);

    onr_arena_drop(&mem);
    onr_reader_free(reader);
    onr_knowledge_free(knowledge);
    onr_model_close(model);
    free(bytes);
    return st == ONR_OK ? 0 : 1;
}
