/* `onrecord read`: articles in, records out. A filter without state: one line (or one page for
 * people) a document, whatever happens. */
#include "cli/run.h"
#include "cli/source.h"

#include "cli/pretty.h"
#include "onrecord/reader.h"

#include <unistd.h>

typedef struct values {
    cli_source source;
    const char *output, *resume, *kinds, *parts, *color, *progress;
    cli_words words;
    uint64_t jobs, width;
    bool pretty, offsets, no_text, text_only, whole, line_buffered, quiet;
} values;

static const cli_opt opts[] = {
    { "pretty", 'p', CLI_FLAG, NULL, offsetof(values, pretty),
      "for people instead of JSON: who said what to whom" },
    { "offsets", 0, CLI_FLAG, NULL, offsetof(values, offsets),
      "with --pretty: where each piece stands in the text, [start,end) in bytes" },
    { "kinds", 0, CLI_TEXT, "LIST", offsetof(values, kinds),
      "only statements of these kinds: assertion,question,demand,denial,..." },
    { "parts", 0, CLI_TEXT, "LIST", offsetof(values, parts),
      "only these parts of the record: meta,text,entities,statements,events,..." },
    { "no-text", 0, CLI_FLAG, NULL, offsetof(values, no_text),
      "leave the text out of the record (its hash stays)" },
    { "text-only", 0, CLI_FLAG, NULL, offsetof(values, text_only),
      "stop after the article step: text, title, date and marks, no facts (needs no model)" },
    { "rules", 0, CLI_LIST, "FILE", offsetof(values, words.rules),
      "more rules or words (.tsv) of statements (docs/rules.md); may be given again" },
    { "events", 0, CLI_LIST, "FILE", offsetof(values, words.events),
      "more frames of events, or a scheme of your own beside PLOVER (docs/rules.md)" },
    { "actors", 0, CLI_LIST, "FILE", offsetof(values, words.actors),
      "more actors; their names win over those built in" },
    { "issues", 0, CLI_LIST, "FILE", offsetof(values, words.issues),
      "your list of issues, one a line: name, then words that tell it, set apart by tabs "
      "(docs/stands.md); positions that fall under one get its name as topic" },
    CLI_SOURCE_OPTS(values),
    { "whole", 0, CLI_FLAG, NULL, offsetof(values, whole),
      "parse each text as one instead of paragraph by paragraph" },
    { "jobs", 'j', CLI_COUNT, "N", offsetof(values, jobs),
      "work on N documents at a time (default 1; 0: one a processor); the output stays in order" },
    { "output", 'o', CLI_TEXT, "FILE", offsetof(values, output),
      "write to FILE, which appears when all is done" },
    { "resume", 0, CLI_TEXT, "FILE", offsetof(values, resume),
      "go on with the records of an earlier run in FILE: as many documents as it has lines are "
      "done, the rest is added to it" },
    { "line-buffered", 0, CLI_FLAG, NULL, offsetof(values, line_buffered),
      "hand on each record at once" },
    { "progress", 0, CLI_TEXT, "WHEN", offsetof(values, progress),
      "how far it is, on standard error: auto (default: a bar on a terminal), always, never or "
      "json" },
    { "quiet", 'q', CLI_FLAG, NULL, offsetof(values, quiet),
      "no messages about documents that fail" },
    { "width", 0, CLI_COUNT, "COLUMNS", offsetof(values, width), "width of the lines of --pretty" },
    { "color", 0, CLI_TEXT, "WHEN", offsetof(values, color), "auto (default), always or never" },
};

static const cli_example examples[] = {
    { "onrecord read --pretty article.txt", "what the article says, for people" },
    { "onrecord read --jsonl -j 0 day.jsonl -o records.jsonl",
      "a day's articles, one JSON object a line, on all processors" },
    { "onrecord read --parts meta,statements --kinds denial,refusal *.html",
      "who denied or refused what, without the rest" },
    { "onrecord read --text-only crawl.warc.gz > texts.jsonl",
      "the article text of every page, with its place in the page" },
    { "curl -s https://example.org/story | onrecord read --pretty -", "a page from a pipe" },
};

/* ---- one document
 * ---------------------------------------------------------------------------------- */

typedef struct reading {
    const onr_model *model;
    const onr_knowledge *knowledge;
    onr_input_opts input;
    onr_json_opts json;
    onr_reader_opts reader;
    pretty_opts pretty;
    cli_progress_kind progress;
    uint64_t done; /* documents of an earlier run */
    bool is_pretty, text_only;
} reading;

static void *open_reader(const void *ctx, onr_error *err)
{
    const reading *c = ctx;
    onr_reader *reader;
    if (c->text_only) return (void *)(uintptr_t)ctx; /* no state of its own, but not NULL */
    return onr_reader_new(c->model, c->knowledge, &c->reader, &reader, err) == ONR_OK ? reader
                                                                                      : NULL;
}

static void close_reader(void *own)
{
    onr_reader_free(own);
}

static void close_nothing(void *own)
{
    (void)own;
}

/* Bytes of the record; empty when even that cannot be made. */
static onr_status print(const reading *c, cli_job *job, const onr_record *rec, onr_error *err)
{
    if (!c->is_pretty) {
        onr_sv json;
        const onr_status st = onr_record_json(&job->mem, rec, &c->json, &json, err);
        if (st != ONR_OK) return st;
        char *line = onr_alloc(&job->mem, json.n + 1);
        if (!line) return onri_fail_mem(err, &job->mem, "read");
        memcpy(line, json.p, json.n);
        line[json.n] = '\n';
        job->out = onri_sv(line, json.n + 1);
        return ONR_OK;
    }
    onri_buf b = onri_buf_make(ONR_JSON_LINE_MAX);
    if (job->number) pretty_between(&b, &c->pretty);
    pretty_record(&b, &job->mem, rec, &c->pretty);
    onr_status st = b.status;
    if (st == ONR_OK) {
        job->out = onri_dup(&job->mem, onri_buf_sv(&b));
        if (!job->out.p) st = ONR_E_NOMEM;
    }
    onri_buf_drop(&b);
    return st == ONR_OK ? st : onri_fail(err, st, "read", "too long to show");
}

/* What the article step alone knows. */
static onr_record article_record(const onr_article *a)
{
    return (onr_record){ .id = a->id,
                         .uri = a->uri,
                         .publisher = a->publisher,
                         .author = a->author,
                         .date = a->date,
                         .date_source = a->date_source,
                         .lang = a->lang,
                         .title = a->title,
                         .title_text = a->title_text,
                         .text = a->text.p ? a->text : ONR_SV(""),
                         .origin = a->origin,
                         .n_origin = a->n_origin,
                         .boilerplate = a->boilerplate,
                         .n_boilerplate = a->n_boilerplate,
                         .diagnostics = a->diagnostics,
                         .n_diagnostics = a->n_diagnostics };
}

static void work(const void *ctx, void *own, cli_job *job)
{
    const reading *c = ctx;
    onr_article article = { 0 };
    onr_record rec;
    onr_status st = job->item.error.status;
    job->error = job->item.error;
    if (st == ONR_OK) st = onr_input_read(&job->mem, &job->item, &c->input, &article, &job->error);
    if (st == ONR_OK && c->text_only)
        rec = article_record(&article);
    else if (st == ONR_OK)
        st = onr_read(own, &job->mem, &article, &rec, &job->error);
    if (st == ONR_OK) st = print(c, job, &rec, &job->error);
    if (st == ONR_OK) {
        job->error.status = ONR_OK;
        return;
    }
    /* A failure is a record, too, with an id from its bytes where there are any. What the document
     * took is of no use any more. */
    job->error.status = st;
    const onr_sv name = cli_job_name(job);
    onr_sv id = article.id.n ? article.id : job->item.id.n ? job->item.id : name;
    if (!article.id.n && !job->item.id.n && job->item.line_bytes.n) {
        const onr_sv hash = cli_hash_id(&job->mem, job->item.line_bytes);
        if (hash.p) id = hash;
    }
    const onr_record failed =
        onr_record_of_error(id, job->item.uri.n ? job->item.uri : name, &job->error);
    if (print(c, job, &failed, NULL) != ONR_OK) job->out = (onr_sv){ 0 };
}

/* ---- the command
 * ------------------------------------------------------------------------------------ */

static bool check_opts(const values *v, reading *c)
{
    cli_colour colour;
    *c = (reading){ .json = ONR_JSON_OPTS_INIT, .reader = ONR_READER_OPTS_INIT };
    if (!cli_source_opts(&v->source, &c->input) || !cli_colour_parse(v->color, &colour))
        return false;
    if (v->kinds && !cli_bits("kinds", v->kinds, cli_kind_names, ONR_KIND__COUNT, &c->json.kinds))
        return false;
    if (v->parts &&
        !cli_bits("parts", v->parts, cli_field_names, ONR_FIELD__COUNT, &c->json.fields))
        return false;
    if (v->no_text) {
        if (!c->json.fields) c->json.fields = UINT32_MAX;
        c->json.fields &= ~(1u << ONR_FIELD_TEXT);
    }
    c->reader.whole = v->whole;
    c->text_only = v->text_only;
    if (v->resume && (v->output || v->pretty || v->offsets)) {
        cli_warn("--resume writes lines to its own file: not with --output or --pretty");
        return false;
    }
    const bool to_terminal = !v->output && !v->resume && isatty(STDOUT_FILENO) == 1;
    if (!cli_progress_parse(v->progress, to_terminal, &c->progress)) return false;
    if (v->text_only && (v->pretty || v->offsets || v->kinds)) {
        cli_warn("--text-only gives no facts: not with --pretty, --offsets or --kinds");
        return false;
    }
    c->is_pretty = v->pretty || v->offsets;
    c->pretty.kinds = c->json.kinds;
    c->pretty.offsets = v->offsets;
    return true;
}

static int run_with(const values *v, reading *c, onr_input *in, cli_out *out)
{
    cli_colour colour = CLI_COLOUR_AUTO;
    (void)cli_colour_parse(v->color, &colour);
    c->pretty.colour = cli_use_colour(out, colour);
    c->pretty.width = cli_clamp_width(v->width ? v->width : cli_width(out));
    cli_run run = { .in = in,
                    .out = out,
                    .jobs = cli_jobs(v->jobs),
                    .skip = c->done,
                    .flush = v->line_buffered,
                    .quiet = v->quiet,
                    .progress = v->quiet ? CLI_PROGRESS_NONE : c->progress,
                    .ctx = c,
                    .open = open_reader,
                    .work = work,
                    .close = c->text_only ? close_nothing : close_reader };
    return cli_run_all(&run);
}

static int run(const cli_command *self, int argc, char **argv)
{
    values v = { .jobs = 1 };
    cli_list files;
    int code;
    reading c;
    if (!cli_parse(self, argc, argv, &v, &files, &code)) return code;
    if (!check_opts(&v, &c)) return CLI_USAGE;
    onr_knowledge *knowledge = v.text_only ? NULL : cli_knowledge(&v.words);
    code = CLI_OUTSIDE;
    onr_model *model = knowledge ? cli_source_model(&v.source) : NULL;
    onr_input *in = NULL;
    cli_out out;
    c.knowledge = knowledge;
    c.model = model;
    const bool ready = (model || v.text_only) && cli_source_open(&files, &c.input, &in);
    if (ready &&
        (v.resume ? cli_out_resume(&out, v.resume, &c.done) : cli_out_open(&out, v.output)))
        code = run_with(&v, &c, in, &out);
    onr_input_close(in);
    onr_model_close(model);
    onr_knowledge_free(knowledge);
    return code;
}

const cli_command cli_cmd_read = {
    .name = "read",
    .args = "[FILE\xE2\x80\xA6]",
    .summary = "read articles: who said what to whom",
    .about =
        "Reads files, folders and standard input ('-', or no FILE): plain text, HTML, JSON Lines, "
        "WARC and feeds, gzip or zstd around them or not; what they are is told from their bytes, "
        "or "
        "by --as. Writes one JSON object a line and document (docs/formats/record.md), in the "
        "order "
        "of the input.\n\n"
        "A document that cannot be read gives a line with an error and a message, and the next one "
        "is read; the exit code is then 3. Offsets are bytes of the text: for plain text those of "
        "the file. Nothing is ever fetched from the network.",
    .opts = opts,
    .n_opts = sizeof opts / sizeof *opts,
    .examples = examples,
    .n_examples = sizeof examples / sizeof *examples,
    .run = run,
};
