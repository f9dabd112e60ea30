/* `onrecord sql`, `onrecord stats`, `onrecord dump`: questions in SQL that only read, counts, and
 * records back out of the store. Source: own. */
#include "cli/store_rows.h"

#include "onrecord/store_views.h"

typedef struct values {
    cli_store store;
    uint64_t limit;
    cli_list params;
    const char *since, *until, *article;
    bool as_read;
} values;

static const cli_opt sql_opts[] = {
    { "param", 'p', CLI_LIST, "NAME=VALUE", offsetof(values, params),
      "a value for :NAME in the question" },
    { "limit", 'n', CLI_COUNT, "N", offsetof(values, limit), "at most N rows (default: all)" },
    CLI_ROWS_OPTS(values),
};

static const cli_example sql_examples[] = {
    { "onrecord sql 'SELECT who, count(*) AS n FROM statements GROUP BY who ORDER BY n DESC LIMIT "
      "20'",
      "who is quoted most" },
    { "onrecord sql -p who=Iran 'SELECT date, words FROM facts WHERE who = :who' --csv",
      "a value from outside, safely" },
    { "onrecord sql 'SELECT name, sql FROM sqlite_schema'", "what tables and views there are" },
};

static int ask(const cli_store *v, const char *sql, const onr_param *params, size_t n, uint64_t max)
{
    cli_rows rows;
    onr_error err = ONR_ERROR_INIT;
    int code;
    onr_store *s = cli_store_open(v, ONR_STORE_READ);
    if (!s) return CLI_OUTSIDE;
    onr_status st = onr_store_sql(s, sql, params, n, 0, NULL, NULL, NULL, &err);
    if (st != ONR_OK) {
        (void)cli_store_failed(v, &err);
        code = err.status == ONR_E_SYNTAX || err.status == ONR_E_RANGE ? CLI_USAGE : CLI_OUTSIDE;
    } else if (cli_rows_open(&rows, v, NULL, &code)) {
        st = onr_store_sql(s, sql, params, n, max, cli_rows_take, &rows, NULL, &err);
        code = cli_rows_close(&rows);
        if (st != ONR_OK && !(st == ONR_E_CANCELLED && code == CLI_OUTSIDE))
            code = cli_store_failed(v, &err);
    }
    onr_store_close(s);
    return code;
}

static bool params_of(const cli_list *list, onr_arena *mem, onr_param **out)
{
    onr_param *p = onri_alloc_n(mem, list->n + 1, sizeof *p);
    for (size_t i = 0; p && i < list->n; i++) {
        const onr_sv s = onri_svz(list->at[i]);
        const size_t at = onri_find(s, ONR_SV("="), 0);
        if (at == SIZE_MAX || at == 0) {
            cli_warn("--param wants NAME=VALUE, not '%s'", list->at[i]);
            return false;
        }
        const onr_sv name = onri_dup(mem, onri_sub(s, 0, at));
        if (!name.p) p = NULL;
        if (p) p[i] = onr_param_sv(name.p, onri_sub(s, at + 1, s.n));
    }
    if (!p) cli_warn("out of memory");
    *out = p;
    return p != NULL;
}

static int run_sql(const cli_command *self, int argc, char **argv)
{
    values v = { .limit = 0 };
    cli_list args;
    int code;
    if (!cli_parse(self, argc, argv, &v, &args, &code)) return code;
    if (args.n != 1) {
        cli_warn("one question in quotes: onrecord sql 'SELECT ...'");
        return CLI_USAGE;
    }
    onr_arena mem = onr_arena_make(16 * ONR_MIB);
    onr_param *params;
    code = CLI_USAGE;
    if (params_of(&v.params, &mem, &params))
        code = ask(&v.store, args.at[0], params, v.params.n, v.limit);
    onr_arena_drop(&mem);
    return code;
}

const cli_command cli_cmd_sql = {
    .name = "sql",
    .args = "QUESTION",
    .summary = "ask the store in SQL (it can only be read)",
    .about = "One SELECT over the tables and views of docs/schema.md. Nothing can be written, and "
             "nothing "
             "outside the store be reached, whatever the question says: it may come from anybody. "
             "--timeout ends a question that takes too long. Ends with 1 when there is no row.",
    .opts = sql_opts,
    .n_opts = sizeof sql_opts / sizeof *sql_opts,
    .examples = sql_examples,
    .n_examples = sizeof sql_examples / sizeof *sql_examples,
    .run = run_sql,
};

/* ---- stats
 * ------------------------------------------------------------------------------------ */

static const cli_opt stats_opts[] = { CLI_ROWS_OPTS(values) };

static const cli_example stats_examples[] = {
    { "onrecord stats", "what is in the store" },
    { "onrecord stats --nl", "the same for programs" },
};

static const char stats_sql[] =
    "SELECT 'articles' AS what, count(*) AS n, min(date) AS first, max(date) AS last FROM article "
    "WHERE "
    "error IS NULL\n"
    "UNION ALL SELECT 'not readable', count(*), min(date), max(date) FROM article WHERE error IS "
    "NOT NULL\n"
    "UNION ALL SELECT 'publishers', count(*), NULL, NULL FROM publisher\n"
    "UNION ALL SELECT 'sentences', coalesce(sum(n_sentences), 0), NULL, NULL FROM article\n"
    "UNION ALL SELECT 'entities', count(*), NULL, NULL FROM entity\n"
    "UNION ALL SELECT 'names', (SELECT count(*) FROM (SELECT DISTINCT name COLLATE NOCASE, type "
    "FROM "
    "entity)), NULL, NULL\n"
    "UNION ALL SELECT 'actors', count(*), NULL, NULL FROM actor\n"
    "UNION ALL SELECT layer || 's', count(*), NULL, NULL FROM fact GROUP BY layer\n"
    "UNION ALL SELECT 'corrections', count(*), min(substr(made_at, 1, 10)), max(substr(made_at, 1, "
    "10)) FROM correction WHERE undone_at IS NULL\n"
    "UNION ALL SELECT 'megabytes', round(page_count * page_size / 1e6, 1), NULL, NULL FROM "
    "(SELECT (SELECT count(*) FROM pragma_table_list) AS x), pragma_page_count, pragma_page_size";

static int run_stats(const cli_command *self, int argc, char **argv)
{
    values v = { .limit = 0 };
    cli_list args;
    int code;
    if (!cli_parse(self, argc, argv, &v, &args, &code)) return code;
    if (args.n) {
        cli_warn("stats takes no '%s'; --store names another store", args.at[0]);
        return CLI_USAGE;
    }
    return ask(&v.store, stats_sql, NULL, 0, 0);
}

const cli_command cli_cmd_stats = {
    .name = "stats",
    .args = "",
    .summary = "count what is in the store",
    .about = "Articles, names, facts of each kind, size.",
    .opts = stats_opts,
    .n_opts = sizeof stats_opts / sizeof *stats_opts,
    .examples = stats_examples,
    .n_examples = sizeof stats_examples / sizeof *stats_examples,
    .run = run_stats,
};

/* ---- dump
 * ------------------------------------------------------------------------------------- */

static const cli_opt dump_opts[] = {
    CLI_STORE_OPT(values),
    { "since", 0, CLI_TEXT, "DAY", offsetof(values, since), "articles from this day on" },
    { "until", 0, CLI_TEXT, "DAY", offsetof(values, until), "articles up to this day" },
    { "as-read", 0, CLI_FLAG, NULL, offsetof(values, as_read),
      "the records as the program read them, without what people corrected" },
    { "output", 'o', CLI_TEXT, "FILE", offsetof(values, store.output),
      "write to FILE, which appears when all is done" },
};

static const cli_example dump_examples[] = {
    { "onrecord dump | zstd > all.jsonl.zst", "all records, one a line" },
    { "onrecord dump wire-17 | onrecord show", "one article, for people" },
};

typedef struct dump {
    const values *v;
    onr_store *s;
    cli_out out;
    uint64_t n;
    bool bad;
} dump;

static bool dump_one(void *ctx, const onr_row *row)
{
    dump *d = ctx;
    onr_arena mem = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    onr_error err = ONR_ERROR_INIT;
    onr_sv json;
    const onr_sv uid = row->cells[0].s;
    const onr_status st = d->v->as_read ? onr_store_record_json(d->s, &mem, uid, &json, &err)
                                        : onr_store_corrected_json(d->s, &mem, uid, &json, &err);
    if (st != ONR_OK) {
        cli_warn_error("", &err);
        d->bad = true;
    } else if (json.p) {
        cli_out_put(&d->out, json);
        cli_out_put(&d->out, ONR_SV("\n"));
        d->n++;
    }
    onr_arena_drop(&mem);
    return !d->out.failed;
}

static int dump_all(dump *d, const cli_list *ids)
{
    const values *v = d->v;
    onr_error err = ONR_ERROR_INIT;
    const onr_param range[] = { onr_param_sv("since", onri_svz(v->since ? v->since : "")),
                                onr_param_sv("until", onri_svz(v->until ? v->until : "9999")) };
    onr_status st = ONR_OK;
    bool missing = false;
    if (ids->n == 0)
        st = onr_store_sql(d->s,
                           v->since || v->until
                               ? "SELECT uid FROM article WHERE date >= :since AND substr(date, 1, "
                                 "length(:until)) <= :until ORDER BY id"
                               : "SELECT uid FROM article ORDER BY id",
                           range, 2, 0, dump_one, d, NULL, &err);
    for (size_t i = 0; st == ONR_OK && i < ids->n; i++) {
        const onr_param id = onr_param_sv("id", onri_svz(ids->at[i]));
        uint64_t n;
        st = onr_store_sql(d->s, "SELECT uid FROM article WHERE uid = :id", &id, 1, 0, dump_one, d,
                           &n, &err);
        if (st == ONR_OK && n == 0) {
            cli_warn("no article '%s' in %s", ids->at[i], cli_store_path(&v->store));
            missing = true;
        }
    }
    if (!cli_out_close(&d->out)) return CLI_OUTSIDE;
    if (st != ONR_OK) return cli_store_failed(&v->store, &err);
    return d->bad ? CLI_SOME_FAILED : d->n == 0 || missing ? CLI_NOTHING : CLI_DONE;
}

static int run_dump(const cli_command *self, int argc, char **argv)
{
    values v = { .limit = 0 };
    cli_list ids;
    int code;
    if (!cli_parse(self, argc, argv, &v, &ids, &code)) return code;
    dump d = { .v = &v, .s = cli_store_open(&v.store, ONR_STORE_READ) };
    code = CLI_OUTSIDE;
    if (d.s && cli_out_open(&d.out, v.store.output)) code = dump_all(&d, &ids);
    onr_store_close(d.s);
    return code;
}

const cli_command cli_cmd_dump = {
    .name = "dump",
    .args = "[ID\xE2\x80\xA6]",
    .summary = "write records of the store as JSON lines",
    .about =
        "The records, oldest first: of the articles with these ids, or all. Facts that people "
        "mended or added have a key \"corrected\" that says who did what, when and why; facts they "
        "rejected stand under \"rejected\" alone. A record that nobody corrected, and each with "
        "--as-read, is byte for byte what was kept. 'onrecord merge' takes all of them into "
        "another store, marks and all.",
    .opts = dump_opts,
    .n_opts = sizeof dump_opts / sizeof *dump_opts,
    .examples = dump_examples,
    .n_examples = sizeof dump_examples / sizeof *dump_examples,
    .run = run_dump,
};
