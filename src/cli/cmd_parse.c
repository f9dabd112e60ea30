/* `onrecord parse`: the language engine alone, as CoNLL-U with byte offsets. */
#include "cli/run.h"
#include "cli/source.h"

#include "onrecord/limits.h"

typedef struct values {
    cli_source source;
    const char *output;
    uint64_t jobs;
    bool whole, lemma_new, line_buffered, quiet;
} values;

static const cli_opt opts[] = {
    { "whole", 0, CLI_FLAG, NULL, offsetof(values, whole),
      "parse each text as one, exactly as spaCy's nlp(text) does, instead of by paragraph" },
    { "lemma-new", 0, CLI_FLAG, NULL, offsetof(values, lemma_new),
      "lemmas as spaCy 3.8.11 and later order them (hopes: hop), for comparisons" },
    CLI_SOURCE_OPTS(values),
    { "jobs", 'j', CLI_COUNT, "N", offsetof(values, jobs),
      "work on N documents at a time (default 1; 0: one a processor); the output stays in order" },
    { "output", 'o', CLI_TEXT, "FILE", offsetof(values, output),
      "write to FILE, which appears when all is done" },
    { "line-buffered", 0, CLI_FLAG, NULL, offsetof(values, line_buffered),
      "hand on each document at once" },
    { "quiet", 'q', CLI_FLAG, NULL, offsetof(values, quiet),
      "no messages about documents that fail" },
};

static const cli_example examples[] = {
    { "onrecord parse article.txt", "tokens, tags, heads, lemmas and entities with byte offsets" },
    { "onrecord parse --whole -m en-md article.txt", "what spaCy's en_core_web_md sees in it" },
};

typedef struct parsing {
    const onr_model *model;
    onr_input_opts input;
    bool whole, lemma_new;
} parsing;

static void *open_parser(const void *ctx, onr_error *err)
{
    const parsing *c = ctx;
    onr_parser *parser;
    onr_parser_opts how = ONR_PARSER_OPTS_INIT;
    how.lemma_new = c->lemma_new;
    return onr_parser_new(c->model, &how, &parser, err) == ONR_OK ? parser : NULL;
}

static void close_parser(void *own)
{
    onr_parser_free(own);
}

/* The output of one document: measured in a first pass, written in a second, so that it stands in
 * memory once. */
typedef struct sink {
    char *at; /* NULL: measuring */
    size_t n;
} sink;

static bool add_piece(void *arg, onr_sv piece)
{
    sink *s = arg;
    if (s->at && piece.n) memcpy(s->at + s->n, piece.p, piece.n);
    return onr_add(s->n, piece.n, &s->n);
}

static onr_status put_document(sink *s, const onr_article *article, const onr_parse *parse,
                               onr_error *err)
{
    (void)add_piece(s, ONR_SV("# newdoc id = "));
    for (size_t i = 0; i < article->id.n; i++) { /* an id with a line end would end the comment */
        const char c = (unsigned char)article->id.p[i] < 0x20 ? ' ' : article->id.p[i];
        (void)add_piece(s, onri_sv(&c, 1));
    }
    (void)add_piece(s, ONR_SV("\n"));
    return onr_parse_conllu(parse, add_piece, s, err);
}

static onr_status print(cli_job *job, const onr_article *article, const onr_parse *parse)
{
    sink s = { NULL, 0 };
    onr_status st = put_document(&s, article, parse, &job->error);
    if (st != ONR_OK) return st;
    char *bytes = onr_alloc(&job->mem, s.n);
    if (!bytes) return onri_fail_mem(&job->error, &job->mem, "parse");
    s = (sink){ bytes, 0 };
    st = put_document(&s, article, parse, &job->error);
    if (st == ONR_OK) job->out = onri_sv(bytes, s.n);
    return st;
}

static void work(const void *ctx, void *own, cli_job *job)
{
    const parsing *c = ctx;
    onr_article article;
    const onr_parse *parse;
    onr_status st = job->item.error.status;
    job->error = job->item.error;
    if (st == ONR_OK) st = onr_input_read(&job->mem, &job->item, &c->input, &article, &job->error);
    if (st == ONR_OK)
        st = onr_parse_text(own, &job->mem, article.text, c->whole, &parse, &job->error);
    if (st == ONR_OK) st = print(job, &article, parse);
    job->error.status = st;
}

static int run(const cli_command *self, int argc, char **argv)
{
    values v = { .jobs = 1 };
    cli_list files;
    int code;
    parsing c = { 0 };
    if (!cli_parse(self, argc, argv, &v, &files, &code)) return code;
    if (!cli_source_opts(&v.source, &c.input)) return CLI_USAGE;
    c.whole = v.whole;
    c.lemma_new = v.lemma_new;
    onr_model *model = cli_source_model(&v.source);
    onr_input *in = NULL;
    cli_out out;
    c.model = model;
    code = CLI_OUTSIDE;
    if (model && cli_source_open(&files, &c.input, &in) && cli_out_open(&out, v.output)) {
        cli_run r = { .in = in,
                      .out = &out,
                      .jobs = cli_jobs(v.jobs),
                      .flush = v.line_buffered,
                      .quiet = v.quiet,
                      .ctx = &c,
                      .open = open_parser,
                      .work = work,
                      .close = close_parser };
        code = cli_run_all(&r);
    }
    onr_input_close(in);
    onr_model_close(model);
    return code;
}

const cli_command cli_cmd_parse = {
    .name = "parse",
    .args = "[FILE\xE2\x80\xA6]",
    .summary = "tokens, tags, heads, lemmas and entities as CoNLL-U",
    .about = "Writes one block a sentence, with the byte offsets of each token in the last column "
             "(docs/formats/conllu.md). '# newdoc id' opens each document.",
    .opts = opts,
    .n_opts = sizeof opts / sizeof *opts,
    .examples = examples,
    .n_examples = sizeof examples / sizeof *examples,
    .run = run,
};
