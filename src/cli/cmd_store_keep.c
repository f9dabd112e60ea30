/* `onrecord keep` and `onrecord merge`: articles or records into the store. Workers read, one
 * thread keeps, in the order of the input. What is there already is not read again; what is done is
 * made to last every few articles and at the end, so that a run that was stopped goes on where it
 * was. Source: own. */
#include "cli/run.h"
#include "cli/source.h"
#include "cli/store_rows.h"

#include "onrecord/reader.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

enum { BATCH_ARTICLES = 500, BATCH_SECONDS = 2 };

typedef struct values {
    cli_source source;
    cli_store store;
    const char *progress;
    cli_words words;
    uint64_t jobs, batch;
    bool quiet, again, only_new;
} values;

#define KEEP_OPTS                                                                                  \
    CLI_STORE_OPT(values),                                                                         \
        { "jobs",                                                                                  \
          'j',                                                                                     \
          CLI_COUNT,                                                                               \
          "N",                                                                                     \
          offsetof(values, jobs),                                                                  \
          "work on N documents at a time (default 1; 0: one a processor)" },                       \
        { "only-new",                                                                              \
          0,                                                                                       \
          CLI_FLAG,                                                                                \
          NULL,                                                                                    \
          offsetof(values, only_new),                                                              \
          "leave articles that are there as they are, whatever the new record says" },             \
        { "batch",                                                                                 \
          0,                                                                                       \
          CLI_COUNT,                                                                               \
          "N",                                                                                     \
          offsetof(values, batch),                                                                 \
          "make articles last after each N (default 500, or 2 seconds)" },                         \
        { "wait",                                                                                  \
          0,                                                                                       \
          CLI_COUNT,                                                                               \
          "SECONDS",                                                                               \
          offsetof(values, store.wait),                                                            \
          "wait so long for another process that writes (default: not at all)" },                  \
        { "progress",                                                                              \
          0,                                                                                       \
          CLI_TEXT,                                                                                \
          "WHEN",                                                                                  \
          offsetof(values, progress),                                                              \
          "how far it is, on standard error: auto (default: a bar on a terminal), always, never "  \
          "or json" },                                                                             \
    {                                                                                              \
        "quiet", 'q', CLI_FLAG, NULL, offsetof(values, quiet),                                     \
            "no messages about documents that fail, no count at the end"                           \
    }

static const cli_opt keep_opts[] = {
    KEEP_OPTS,
    { "again", 0, CLI_FLAG, NULL, offsetof(values, again),
      "read articles again that are there, read by this same program, model and rules" },
    CLI_SOURCE_OPTS(values),
    { "rules", 0, CLI_LIST, "FILE", offsetof(values, words.rules),
      "more rules of statements; a rule of the same id takes the place of ours" },
    { "events", 0, CLI_LIST, "FILE", offsetof(values, words.events),
      "more frames of events, or a scheme of your own beside PLOVER (docs/rules.md)" },
    { "actors", 0, CLI_LIST, "FILE", offsetof(values, words.actors),
      "more actors; their names win over those built in" },
};

static const cli_opt merge_opts[] = { KEEP_OPTS };

static const cli_example keep_examples[] = {
    { "onrecord keep -j 0 articles/", "read a folder, keep what is said in it in record.db" },
    { "onrecord keep --store iran.db --jsonl day.jsonl.zst",
      "another store, articles in JSON lines" },
    { "onrecord read -j 0 day.warc.gz | onrecord keep -", "records come from a pipe" },
};

static const cli_example merge_examples[] = {
    { "onrecord merge monday.jsonl.zst tuesday.jsonl.zst",
      "bring in records made on other machines" },
    { "onrecord dump --store other.db | onrecord merge -", "one store into another" },
};

/* ---- reading
 * ---------------------------------------------------------------------------------- */

typedef struct keeping {
    const values *v;
    onr_input_opts input;
    bool only_records; /* merge */
    onr_store *store;  /* the writer's */
    /* Model and knowledge are loaded by the first worker that needs them. */
    pthread_mutex_t *lock;
    onr_model **model;
    onr_knowledge **knowledge;
    bool *tried;
    /* The writer's counts. */
    struct tally {
        uint64_t kept[3], failed, in_batch;
        time_t since;
    } * tally;
} keeping;

typedef struct worker {
    const keeping *c;
    onr_store *store; /* to look things up, NULL when articles are read again anyway */
    onr_reader *reader;
} worker;

typedef struct result {
    onr_record rec;
    char input[65];
    bool is_record, same;
} result;

static void *open_worker(const void *ctx, onr_error *err)
{
    const keeping *c = ctx;
    worker *w = onri_heap_alloc(sizeof *w);
    if (!w) {
        err->status = ONR_E_NOMEM;
        return NULL;
    }
    *w = (worker){ .c = c };
    onr_store_opts o = ONR_STORE_OPTS_INIT;
    o.wait_ms = 60000;
    if (c->only_records || c->v->again ||
        onr_store_open(cli_store_path(&c->v->store), &o, &w->store, err) == ONR_OK)
        return w;
    onri_heap_free(w);
    return NULL;
}

static void close_worker(void *own)
{
    worker *w = own;
    onr_reader_free(w->reader);
    onr_store_close(w->store);
    onri_heap_free(w);
}

static bool load_model(const keeping *c)
{
    (void)pthread_mutex_lock(c->lock);
    if (!*c->tried) {
        *c->tried = true;
        *c->knowledge = cli_knowledge(&c->v->words);
        if (*c->knowledge) *c->model = cli_source_model(&c->v->source);
    }
    const bool ok = *c->model != NULL;
    (void)pthread_mutex_unlock(c->lock);
    return ok;
}

static onr_status no_model(onr_error *err)
{
    *err = (onr_error){ .status = ONR_E_MODEL, .at = UINT64_MAX, .stage = "keep" };
    memcpy(err->msg, "needs the language model", sizeof "needs the language model");
    return ONR_E_MODEL;
}

/* Was this article read by this program, model and rules? */
static onr_status look_up(worker *w, onr_arena *mem, const onr_article *a, result *r,
                          onr_error *err)
{
    onr_store_input(a, r->input);
    if (!w->store) return ONR_OK;
    const onr_model_about about = onr_model_info(*w->c->model);
    onri_buf model = onri_buf_make(1024);
    onri_buf_add(&model, about.name);
    onri_buf_addc(&model, ' ');
    onri_buf_add(&model, about.version);
    onr_status st = model.status;
    if (st == ONR_OK)
        st = onr_store_has(w->store, r->input, ONR_SV(ONR_VERSION), onri_buf_sv(&model),
                           onr_knowledge_hash(*w->c->knowledge), &r->same, err);
    onri_buf_drop(&model);
    (void)mem;
    return st;
}

static onr_status read_article(worker *w, cli_job *job, result *r)
{
    onr_article article = { 0 };
    onr_status st = job->item.error.status;
    job->error = job->item.error;
    if (st == ONR_OK && !load_model(w->c)) return no_model(&job->error);
    if (st == ONR_OK)
        st = onr_input_read(&job->mem, &job->item, &w->c->input, &article, &job->error);
    if (st == ONR_OK) st = look_up(w, &job->mem, &article, r, &job->error);
    if (st != ONR_OK || r->same) return st;
    if (!w->reader) {
        const onr_reader_opts o = ONR_READER_OPTS_INIT;
        st = onr_reader_new(*w->c->model, *w->c->knowledge, &o, &w->reader, &job->error);
    }
    if (st == ONR_OK) st = onr_read(w->reader, &job->mem, &article, &r->rec, &job->error);
    if (st == ONR_OK && !r->rec.id.n) r->rec.id = article.id;
    return st;
}

/* A line that is a record already; *is: it is one, good or bad. */
static onr_status read_record(const keeping *c, cli_job *job, result *r, bool *is)
{
    const onr_sv line = onri_trim(job->item.line_bytes);
    *is = c->only_records || onri_starts(line, ONR_SV("{\"onrecord\":"));
    if (!*is && (line.n == 0 || onri_find(line, ONR_SV("\"onrecord\""), 0) == SIZE_MAX))
        return ONR_OK;
    if (line.n == 0) {
        job->error = job->item.error;
        if (job->error.status == ONR_OK) {
            job->error = (onr_error){ .status = ONR_E_SYNTAX, .at = UINT64_MAX, .stage = "merge" };
            memcpy(job->error.msg, "no records here; 'onrecord keep' reads articles",
                   sizeof "no records here; 'onrecord keep' reads articles");
        }
        return job->error.status;
    }
    const onr_status st = onr_record_load(&job->mem, line, &r->rec, &job->error);
    if (st == ONR_OK) *is = true;
    return *is ? st : ONR_OK;
}

/* A document that could not be read is kept as that, so that it can be asked for. */
static void record_failure(cli_job *job, result *r)
{
    const onr_sv name = cli_job_name(job);
    onr_sv id = job->item.id;
    if (!id.n && job->item.line_bytes.n) id = cli_hash_id(&job->mem, job->item.line_bytes);
    if (!id.n) id = name;
    *r = (result){ .rec = onr_record_of_error(id, job->item.uri, &job->error) };
}

static void work(const void *ctx, void *own, cli_job *job)
{
    const keeping *c = ctx;
    bool is_record = false;
    result *r = onr_alloc(&job->mem, sizeof *r);
    job->result = r;
    if (!r) {
        job->error.status = ONR_E_NOMEM;
        return;
    }
    job->error.status = ONR_OK;
    onr_status st = read_record(c, job, r, &is_record);
    r->is_record = is_record;
    if (!is_record) st = read_article(own, job, r);
    job->error.status = st;
    if (st != ONR_OK && st != ONR_E_MODEL && !is_record) record_failure(job, r);
}

/* ---- keeping
 * ---------------------------------------------------------------------------------- */

static bool commit(const keeping *c)
{
    onr_error err = ONR_ERROR_INIT;
    c->tally->in_batch = 0;
    c->tally->since = time(NULL);
    if (onr_store_commit(c->store, &err) == ONR_OK) return true;
    cli_warn_error("", &err);
    return false;
}

static bool keep_one(const void *ctx, cli_job *job)
{
    const keeping *c = ctx;
    result *r = job->result;
    struct tally *t = c->tally;
    if (!r || (job->error.status != ONR_OK && r->is_record) || job->error.status == ONR_E_MODEL) {
        t->failed++;
        return job->error.status != ONR_E_MODEL;
    }
    if (job->error.status != ONR_OK) t->failed++;
    if (r->same) {
        t->kept[ONR_KEPT_SAME]++;
        return true;
    }
    onr_keep_opts o = ONR_KEEP_OPTS_INIT;
    onr_kept what = ONR_KEPT_SAME;
    onr_error err = ONR_ERROR_INIT;
    o.only_new = c->v->only_new;
    o.input = onri_svz(r->input);
    o.kept_from = cli_job_name(job);
    const onr_status st = onr_store_keep(c->store, &r->rec, &o, &what, &err);
    if (st == ONR_E_RANGE || st == ONR_E_LIMIT) { /* this record; the next may be fine */
        if (job->error.status == ONR_OK) t->failed++;
        job->error = err;
        return true;
    }
    if (st != ONR_OK) {
        cli_warn_error("", &err);
        return false;
    }
    if (job->error.status == ONR_OK) t->kept[what]++;
    const uint64_t batch = c->v->batch ? c->v->batch : BATCH_ARTICLES;
    if (++t->in_batch < batch && time(NULL) - t->since < BATCH_SECONDS) return true;
    return commit(c);
}

static bool finish(const void *ctx)
{
    const keeping *c = ctx;
    const struct tally *t = c->tally;
    if (!commit(c)) return false;
    if (!c->v->quiet)
        (void)fprintf(stderr, "%s: %llu new, %llu changed, %llu the same, %llu failed\n",
                      cli_store_path(&c->v->store), (unsigned long long)t->kept[ONR_KEPT_NEW],
                      (unsigned long long)t->kept[ONR_KEPT_CHANGED],
                      (unsigned long long)t->kept[ONR_KEPT_SAME], (unsigned long long)t->failed);
    return true;
}

static int run_with(keeping *c, onr_input *in, cli_progress_kind progress)
{
    cli_out out = { .f = stdout };
    cli_run run = { .in = in,
                    .out = &out,
                    .jobs = cli_jobs(c->v->jobs),
                    .quiet = c->v->quiet,
                    .progress = c->v->quiet ? CLI_PROGRESS_NONE : progress,
                    .ctx = c,
                    .open = open_worker,
                    .work = work,
                    .close = close_worker,
                    .write = keep_one,
                    .finish = finish };
    return cli_run_all(&run);
}

static int keep(const cli_command *self, int argc, char **argv, bool only_records)
{
    values v = { .jobs = 1 };
    cli_list files;
    int code;
    cli_progress_kind progress;
    if (!cli_parse(self, argc, argv, &v, &files, &code)) return code;
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    onr_model *model = NULL;
    onr_knowledge *knowledge = NULL;
    bool tried = false;
    struct tally tally = { .since = time(NULL) };
    keeping c = { .v = &v,
                  .only_records = only_records,
                  .lock = &lock,
                  .model = &model,
                  .knowledge = &knowledge,
                  .tried = &tried,
                  .tally = &tally };
    if (only_records) v.source.jsonl = true;
    if (!cli_source_opts(&v.source, &c.input) ||
        !cli_progress_parse(v.progress, isatty(STDOUT_FILENO) == 1, &progress))
        return CLI_USAGE;
    onr_input *in = NULL;
    code = CLI_OUTSIDE;
    if (cli_source_open(&files, &c.input, &in)) {
        c.store = cli_store_open(&v.store, ONR_STORE_CREATE);
        if (c.store) code = run_with(&c, in, progress);
    }
    onr_store_close(c.store);
    onr_input_close(in);
    onr_model_close(model);
    onr_knowledge_free(knowledge);
    return code;
}

static int run_keep(const cli_command *self, int argc, char **argv)
{
    return keep(self, argc, argv, false);
}

static int run_merge(const cli_command *self, int argc, char **argv)
{
    return keep(self, argc, argv, true);
}

const cli_command cli_cmd_keep = {
    .name = "keep",
    .args = "[FILE\xE2\x80\xA6]",
    .summary = "read articles and keep their records in a store",
    .about =
        "Reads what 'onrecord read' reads, or records that it wrote, and keeps them in one file "
        "(docs/store.md). An article that is there, read by the same program, model and rules, is "
        "not read again; one whose record has changed takes the place of the old one. So keep may "
        "be "
        "run again and again over the same folder, and goes on where it was stopped.\n\n"
        "What was kept lasts every few seconds: a crash or a kill loses at most that, never what "
        "was "
        "there, and the next run brings it back. One process writes at a time; any number may read "
        "meanwhile.",
    .opts = keep_opts,
    .n_opts = sizeof keep_opts / sizeof *keep_opts,
    .examples = keep_examples,
    .n_examples = sizeof keep_examples / sizeof *keep_examples,
    .run = run_keep,
};

const cli_command cli_cmd_merge = {
    .name = "merge",
    .args = "FILE.jsonl\xE2\x80\xA6",
    .summary = "bring records made elsewhere into a store",
    .about =
        "Takes records as 'onrecord read' and 'onrecord dump' write them, one a line, gzip or zstd "
        "around them or not. Needs no language model. A record of an article that is there takes "
        "its place, unless --only-new.",
    .opts = merge_opts,
    .n_opts = sizeof merge_opts / sizeof *merge_opts,
    .examples = merge_examples,
    .n_examples = sizeof merge_examples / sizeof *merge_examples,
    .run = run_merge,
};
