/* `onrecord explain`: why a fact was found, or was not; why a mention belongs to its actor. */
#include "cli/run.h"
#include "cli/source.h"

#include "onrecord/explain.h"

typedef struct values {
    cli_source source;
    const char *output, *at, *actor, *layer;
    cli_words words;
} values;

static const cli_opt opts[] = {
    { "at", 0, CLI_TEXT, "BYTE", offsetof(values, at),
      "only what concerns this byte of the text, and how far each rule came that begins there" },
    { "actor", 0, CLI_TEXT, "NAME", offsetof(values, actor),
      "the actors with NAME in their name (\"\": all), and which rule joined which mentions" },
    { "layer", 0, CLI_TEXT, "NAME", offsetof(values, layer),
      "statements (if not said), events, commitments, disputes, positions or relations" },
    { "events", 0, CLI_LIST, "FILE", offsetof(values, words.events),
      "more frames of events, or a scheme of your own beside PLOVER (docs/rules.md)" },
    { "actors", 0, CLI_LIST, "FILE", offsetof(values, words.actors),
      "more actors; their names win over those built in (docs/actors.md)" },
    { "rules", 0, CLI_LIST, "FILE", offsetof(values, words.rules),
      "rules or words (.tsv) of statements (docs/rules.md); may be given again" },
    { "issues", 0, CLI_LIST, "FILE", offsetof(values, words.issues),
      "a list of issues, as onrecord read takes it" },
    CLI_SOURCE_OPTS(values),
    { "output", 'o', CLI_TEXT, "FILE", offsetof(values, output),
      "write to FILE, which appears when all is done" },
};

static const cli_example examples[] = {
    { "onrecord explain article.txt", "every candidate, kept or not, with the rule that made it" },
    { "onrecord explain --at 812 article.txt", "what the rules see at byte 812" },
    { "onrecord explain --layer events article.txt",
      "each event: its frame, how its actors were found, which word decides its status" },
    { "onrecord explain --layer commitments article.txt",
      "each clause that might bind somebody, and why it does or does not" },
    { "onrecord explain --layer disputes article.txt",
      "who may answer whom, and what speaks for it and against" },
    { "onrecord explain --actor putin article.txt", "why each mention of him is one" },
};

typedef struct explaining {
    const onr_model *model;
    const onr_knowledge *know;
    onr_input_opts input;
    uint32_t at;
    const char *actor; /* NULL: facts */
    const char *layer; /* NULL: statements */
} explaining;

static void *open_parser(const void *ctx, onr_error *err)
{
    const explaining *c = ctx;
    onr_parser *parser;
    return onr_parser_new(c->model, NULL, &parser, err) == ONR_OK ? parser : NULL;
}

static void *open_reader(const void *ctx, onr_error *err)
{
    const explaining *c = ctx;
    onr_reader *reader;
    return onr_reader_new(c->model, c->know, NULL, &reader, err) == ONR_OK ? reader : NULL;
}

static void close_reader(void *own)
{
    onr_reader_free(own);
}

static void close_parser(void *own)
{
    onr_parser_free(own);
}

static bool add_piece(void *arg, onr_sv piece)
{
    onri_buf *b = arg;
    onri_buf_add(b, piece);
    return b->status == ONR_OK;
}

static onr_status facts(const explaining *c, void *parser, cli_job *job, const onr_article *article,
                        onri_buf *b)
{
    const onr_parse *parse;
    const onr_status st = onr_parse_article(parser, &job->mem, article, false, &parse, &job->error);
    if (st != ONR_OK) return st;
    if (c->layer && strcmp(c->layer, "disputes") == 0)
        return onr_explain_disputes(c->know, article, parse, c->at, add_piece, b, &job->error);
    if (c->layer && strcmp(c->layer, "events") == 0)
        return onr_explain_events(c->know, article, parse, c->at, add_piece, b, &job->error);
    return c->layer
               ? onr_explain_facts(c->know, article, parse, c->layer, c->at, add_piece, b,
                                   &job->error)
               : onr_explain_statements(c->know, article, parse, c->at, add_piece, b, &job->error);
}

static onr_status actors(const explaining *c, void *reader, cli_job *job,
                         const onr_article *article, onri_buf *b)
{
    onr_record record;
    const onr_status st = onr_read(reader, &job->mem, article, &record, &job->error);
    return st ? st : onr_explain_actors(&record, onri_svz(c->actor), add_piece, b, &job->error);
}

static void work(const void *ctx, void *own, cli_job *job)
{
    const explaining *c = ctx;
    onr_article article;
    onri_buf b = onri_buf_make(job->mem.max);
    onr_status st = job->item.error.status;
    job->error = job->item.error;
    if (st == ONR_OK) st = onr_input_read(&job->mem, &job->item, &c->input, &article, &job->error);
    if (st == ONR_OK) st = (c->actor ? actors : facts)(c, own, job, &article, &b);
    if (st == ONR_OK) {
        job->out = onri_dup(&job->mem, onri_buf_sv(&b));
        if (!job->out.p) st = onri_fail_mem(&job->error, &job->mem, "explain");
    }
    onri_buf_drop(&b);
    job->error.status = st;
}

static bool read_at(const char *at, uint32_t *out)
{
    uint64_t n = 0;
    *out = ONR_NONE;
    if (!at) return true;
    if (!onri_parse_u64(onri_svz(at), &n) || n >= ONR_NONE) {
        cli_warn("--at wants the number of a byte, not '%s'", at);
        return false;
    }
    *out = (uint32_t)n;
    return true;
}

static bool read_layer(const char *name, const char **out)
{
    static const char *const layers[] = { "events", "commitments", "disputes", "positions",
                                          "relations" };
    *out = NULL;
    if (!name || strcmp(name, "statements") == 0) return true;
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        if (strcmp(name, layers[i]) == 0) *out = layers[i];
    if (!*out)
        cli_warn("--layer wants statements, events, commitments, disputes, positions or "
                 "relations, not '%s'",
                 name);
    return *out != NULL;
}

static int run(const cli_command *self, int argc, char **argv)
{
    values v = { 0 };
    cli_list files;
    int code;
    explaining c = { 0 };
    if (!cli_parse(self, argc, argv, &v, &files, &code)) return code;
    if (!cli_source_opts(&v.source, &c.input) || !read_at(v.at, &c.at) ||
        !read_layer(v.layer, &c.layer))
        return CLI_USAGE;
    onr_model *model = cli_source_model(&v.source);
    onr_knowledge *know = model ? cli_knowledge(&v.words) : NULL;
    onr_input *in = NULL;
    cli_out out;
    c.model = model;
    c.know = know;
    c.actor = v.actor;
    code = CLI_OUTSIDE;
    if (model && know && cli_source_open(&files, &c.input, &in) && cli_out_open(&out, v.output)) {
        cli_run r = { .in = in,
                      .out = &out,
                      .jobs = 1,
                      .ctx = &c,
                      .open = v.actor ? open_reader : open_parser,
                      .work = work,
                      .close = v.actor ? close_reader : close_parser };
        code = cli_run_all(&r);
    }
    onr_input_close(in);
    onr_knowledge_free(know);
    onr_model_close(model);
    return code;
}

const cli_command cli_cmd_explain = {
    .name = "explain",
    .args = "[FILE\xE2\x80\xA6]",
    .summary = "why a fact was found, or was not; why a mention is an actor's",
    .about =
        "Prints every candidate for a statement: source, cue and content, the rule with its file "
        "and line, the words that each line of the rule matched, and what a candidate that was "
        "not kept lost to. With --layer: every word, clause or phrase that might be an event, a "
        "commitment, a position or a relation, the rule, the row of its table, and why it was not "
        "kept; of an event also how its actors were found and which word decides its status; of "
        "disputes every answer with the claims it was weighed against, and what spoke for and "
        "against each. "
        "With --actor: the actors of that name, their roles and mentions, the "
        "rule that joined each mention, to which, and how often that rule is right.",
    .opts = opts,
    .n_opts = sizeof opts / sizeof *opts,
    .examples = examples,
    .n_examples = sizeof examples / sizeof *examples,
    .run = run,
};
