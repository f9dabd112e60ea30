/* Questions in SQL, answered row by row. What may be asked is decided by SQLite's authorizer while
 * the words are compiled: reading tables and views, and nothing else. The words may come from
 * anybody. Source: SQLite's documentation (sqlite3_set_authorizer, "Defense against the dark
 * arts"); own. */
#include "store/store.h"

/* ---- what may be asked
 * ------------------------------------------------------------------------ */

static bool harmless_pragma(const char *name, const char *arg)
{
    static const char *const about[] = { "table_info",      "table_xinfo", "table_list",
                                         "index_list",      "index_info",  "index_xinfo",
                                         "foreign_key_list" };
    static const char *const value[] = { "data_version",   "user_version", "schema_version",
                                         "application_id", "page_count",   "page_size",
                                         "freelist_count" };
    for (size_t i = 0; i < sizeof about / sizeof *about; i++)
        if (sqlite3_stricmp(name, about[i]) == 0) return true;
    for (size_t i = 0; !arg && i < sizeof value / sizeof *value; i++)
        if (sqlite3_stricmp(name, value[i]) == 0) return true;
    return false;
}

static int only_read(void *ctx, int action, const char *a, const char *b, const char *db,
                     const char *view)
{
    (void)ctx, (void)db, (void)view;
    switch (action) {
    /* How a virtual table (pragma_table_info, FTS5) tells SQLite its columns; whoever means to make
     * a table is refused because the statement writes. */
    case SQLITE_CREATE_TABLE:
        return SQLITE_OK;
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
        return sqlite3_stricmp(a, "sqlite_master") == 0 || sqlite3_stricmp(a, "sqlite_schema") == 0
                   ? SQLITE_OK
                   : SQLITE_DENY;
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION: /* b: its name */
        return sqlite3_stricmp(b, "load_extension") == 0 ||
                       sqlite3_stricmp(b, "fts3_tokenizer") == 0
                   ? SQLITE_DENY
                   : SQLITE_OK;
    case SQLITE_PRAGMA:
        return harmless_pragma(a, b) ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

static bool only_blanks(const char *p)
{
    while (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n' || *p == ';') p++;
    return *p == '\0' || (p[0] == '-' && p[1] == '-' && !strchr(p, '\n'));
}

static onr_status bad_words(onr_store *s, int code, onr_error *err)
{
    const int at = sqlite3_error_offset(s->db);
    if ((code & 0xFF) == SQLITE_AUTH)
        return onri_fail(err, ONR_E_RANGE, "store", "only questions are allowed here (SELECT)");
    if ((code & 0xFF) == SQLITE_ERROR)
        return onri_fail_at(err, ONR_E_SYNTAX, "store", at < 0 ? UINT64_MAX : (uint64_t)at, "%s",
                            sqlite3_errmsg(s->db));
    return onri_store_fail_code(s, code, err, "");
}

/* The statement for somebody's words. *own: it must be finalized after use. */
static onr_status prepare(onr_store *s, const char *sql, sqlite3_stmt **out, bool *own,
                          onr_error *err)
{
    *own = false;
    *out = onri_store_asked(s, sql);
    if (*out) return ONR_OK;
    const char *rest = "";
    /* FTS5 sets up its tables when they are first named, which is more than reading: before. */
    onr_status st = onri_store_run(
        s, onri_store_stmt(s, "SELECT 1 FROM fact_fts, sentence_fts, rejected_fts LIMIT 0"), err);
    if (st != ONR_OK) return st;
    (void)sqlite3_set_authorizer(s->db, only_read, NULL);
    const int code = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, &rest);
    st = code == SQLITE_OK ? ONR_OK : bad_words(s, code, err);
    (void)sqlite3_set_authorizer(s->db, NULL, NULL);
    if (st == ONR_OK && !*out) st = onri_fail(err, ONR_E_SYNTAX, "store", "no question");
    if (st == ONR_OK && !only_blanks(rest))
        st = onri_fail_at(err, ONR_E_SYNTAX, "store", (uint64_t)(rest - sql),
                          "one question at a time");
    if (st == ONR_OK && !sqlite3_stmt_readonly(*out))
        st = onri_fail(err, ONR_E_RANGE, "store", "only questions are allowed here (SELECT)");
    if (st != ONR_OK) {
        (void)sqlite3_finalize(*out);
        return st;
    }
    *own = !onri_store_remember(s, sql, *out);
    return ONR_OK;
}

/* ---- values
 * ----------------------------------------------------------------------------------- */

static void bind_cell(sqlite3_stmt *st, int at, const onr_cell *c)
{
    switch (c->kind) {
    case ONR_CELL_INT:
        (void)sqlite3_bind_int64(st, at, c->i);
        break;
    case ONR_CELL_REAL:
        (void)sqlite3_bind_double(st, at, c->d);
        break;
    case ONR_CELL_TEXT:
        (void)sqlite3_bind_text64(st, at, c->s.n ? c->s.p : "", c->s.n, SQLITE_STATIC, SQLITE_UTF8);
        break;
    case ONR_CELL_BLOB:
        (void)sqlite3_bind_blob64(st, at, c->s.n ? c->s.p : "", c->s.n, SQLITE_STATIC);
        break;
    default:
        (void)sqlite3_bind_null(st, at);
        break;
    }
}

static onr_status bind_all(sqlite3_stmt *st, const onr_param *params, size_t n, onr_error *err)
{
    const int wanted = sqlite3_bind_parameter_count(st);
    for (int i = 1; i <= wanted; i++) {
        const char *name = sqlite3_bind_parameter_name(st, i);
        if (!name)
            return onri_fail(err, ONR_E_RANGE, "store", "parameters need names: ':name', not '?'");
        size_t j = 0;
        while (j < n && strcmp(params[j].name + (params[j].name[0] == ':'), name + 1) != 0) j++;
        if (j == n) return onri_fail(err, ONR_E_RANGE, "store", "no value for parameter %s", name);
        bind_cell(st, i, &params[j].value);
    }
    return ONR_OK;
}

static onr_cell cell_of(sqlite3_stmt *st, int at)
{
    onr_cell c = { ONR_CELL_NULL, 0, 0, { NULL, 0 } };
    switch (sqlite3_column_type(st, at)) {
    case SQLITE_INTEGER:
        c.kind = ONR_CELL_INT;
        c.i = sqlite3_column_int64(st, at);
        c.d = (double)c.i;
        break;
    case SQLITE_FLOAT:
        c.kind = ONR_CELL_REAL;
        c.d = sqlite3_column_double(st, at);
        break;
    case SQLITE_TEXT:
    case SQLITE_BLOB:
        c.kind = sqlite3_column_type(st, at) == SQLITE_TEXT ? ONR_CELL_TEXT : ONR_CELL_BLOB;
        c.s = onri_column_sv(st, at);
        if (!c.s.p) c.s = (onr_sv){ "", 0 };
        break;
    default:
        break;
    }
    return c;
}

onr_cell onr_row_get(const onr_row *row, const char *name)
{
    for (uint32_t i = 0; i < row->n_cells; i++)
        if (strcmp(row->names[i], name) == 0) return row->cells[i];
    return (onr_cell){ ONR_CELL_NULL, 0, 0, { NULL, 0 } };
}

/* ---- answers
 * ---------------------------------------------------------------------------------- */

typedef struct answer {
    onr_store *s;
    sqlite3_stmt *st;
    uint64_t max;
    onr_row_fn row;
    void *ctx;
    uint64_t n;
} answer;

/* SQLite may compile a statement again in its first step: names are good only behind it. */
static bool name_columns(const answer *a, const char **names, int n)
{
    for (int i = 0; i < n; i++) {
        names[i] = sqlite3_column_name(a->st, i);
        if (!names[i]) return false;
    }
    return true;
}

static onr_status give_rows(answer *a, onr_cell *cells, const char **names, onr_error *err)
{
    const int n = sqlite3_column_count(a->st);
    while (!a->max || a->n < a->max) {
        const int code = sqlite3_step(a->st);
        if (code == SQLITE_DONE) return ONR_OK;
        if ((code & 0xFF) == SQLITE_ERROR) /* of a function's arguments, of a full-text question */
            return onri_fail(err, ONR_E_SYNTAX, "store", "%s", sqlite3_errmsg(a->s->db));
        if (code != SQLITE_ROW) return onri_store_fail_code(a->s, code, err, "");
        if (a->n == 0 && !name_columns(a, names, n))
            return onri_fail(err, ONR_E_NOMEM, "store", "out of memory");
        for (int i = 0; i < n; i++) cells[i] = cell_of(a->st, i);
        const onr_row row = { a->n, (uint32_t)n, names, cells };
        a->n++;
        if (!a->row(a->ctx, &row))
            return onri_fail(err, ONR_E_CANCELLED, "store", "the caller asked to stop");
    }
    return ONR_OK;
}

static onr_status give(answer *a, onr_error *err)
{
    const size_t n = (size_t)sqlite3_column_count(a->st);
    onr_cell *cells = onri_heap_alloc((n + 1) * sizeof *cells);
    const char **names = onri_heap_alloc((n + 1) * sizeof *names);
    const uint64_t before = a->s->deadline_ms;
    if (a->s->opts.max_seconds && !before)
        a->s->deadline_ms = onri_store_now_ms() + (uint64_t)a->s->opts.max_seconds * 1000;
    a->s->timed_out = false;
    const onr_status st = cells && names ? give_rows(a, cells, names, err)
                                         : onri_fail(err, ONR_E_NOMEM, "store", "out of memory");
    a->s->deadline_ms = before;
    onri_heap_free(cells);
    onri_heap_free(names);
    return st;
}

onr_status onr_store_sql(onr_store *s, const char *sql, const onr_param *params, size_t n_params,
                         uint64_t max_rows, onr_row_fn row, void *ctx, uint64_t *n, onr_error *err)
{
    answer a = { .s = s, .max = max_rows, .row = row, .ctx = ctx };
    bool own;
    if (n) *n = 0;
    onr_status st = prepare(s, sql, &a.st, &own, err);
    if (st != ONR_OK) return st;
    st = bind_all(a.st, params, n_params, err);
    if (st == ONR_OK && row) st = give(&a, err);
    (void)sqlite3_reset(a.st);
    (void)sqlite3_clear_bindings(a.st);
    if (own) (void)sqlite3_finalize(a.st);
    if (n) *n = a.n;
    return st;
}
