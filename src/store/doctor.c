/* Looking after a store: what is damaged, what can be made anew, and a copy while others work.
 * Everything outside article, article_text, article_record and correction can be made again from
 * the records, which carry their own hashes. Source: SQLite's documentation (integrity_check, FTS5
 * integrity-check, online backup); own. */
#include "store/store.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

typedef struct doctor {
    onr_store *s;
    onr_row_fn row;
    void *ctx;
    uint64_t n;
    onr_error *err;
} doctor;

/* A trouble: which check found it, what it is, what to do. */
static onr_status tell(doctor *d, const char *check, onr_sv what, const char *todo)
{
    static const char *const names[] = { "check", "what", "todo" };
    const onr_cell cells[] = { { ONR_CELL_TEXT, 0, 0, onri_svz(check) },
                               { ONR_CELL_TEXT, 0, 0, what },
                               { ONR_CELL_TEXT, 0, 0, onri_svz(todo) } };
    const onr_row row = { d->n++, 3, names, cells };
    if (!d->row || d->row(d->ctx, &row)) return ONR_OK;
    return onri_fail(d->err, ONR_E_CANCELLED, "doctor", "the caller asked to stop");
}

/* Each row of the question is a trouble; what may be "?" for the row's own text. */
static onr_status ask(doctor *d, const char *check, const char *sql, const char *todo)
{
    sqlite3_stmt *st = onri_store_stmt(d->s, sql);
    for (;;) {
        bool row;
        onr_status status = onri_store_step(d->s, st, &row, d->err);
        if (!row) return status;
        const onr_sv what = onri_column_sv(st, 0);
        if (!onri_eqz(what, "ok")) status = tell(d, check, what, todo);
        if (status != ONR_OK) {
            (void)sqlite3_reset(st);
            return status;
        }
    }
}

static const char repair[] = "onrecord doctor --repair";
static const char save[] = "onrecord doctor --save NEW.db, or keep the articles again";

/* A damaged file makes any question fail: that is an answer here, not the end. */
static onr_status survive(doctor *d, const char *check, onr_status st)
{
    if (st != ONR_E_SYNTAX && st != ONR_E_INTERNAL) return st;
    onr_sv what = d->err ? onri_svz(d->err->msg) : ONR_SV("damaged");
    onr_error told = ONR_ERROR_INIT;
    onr_error *err = d->err;
    d->err = &told;
    st = tell(d, check, what, save);
    d->err = err;
    return st;
}

/* ---- the schema
 * ------------------------------------------------------------------------------- */

static onr_status compare_schema(doctor *d, sqlite3 *fresh)
{
    sqlite3_stmt *want = NULL;
    onr_status status = ONR_OK;
    if (sqlite3_prepare_v2(
            fresh,
            "SELECT type || ' ' || name, name, sql FROM sqlite_schema WHERE sql IS NOT NULL "
            "AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' ORDER BY type, name",
            -1, &want, NULL) != SQLITE_OK)
        return onri_fail(d->err, ONR_E_NOMEM, "doctor", "out of memory");
    while (status == ONR_OK && sqlite3_step(want) == SQLITE_ROW) {
        sqlite3_stmt *have = onri_store_stmt(
            d->s,
            "SELECT replace(sql, 'IF NOT EXISTS ', '') = ?2 FROM sqlite_schema WHERE name = ?1");
        onri_bind_sv(have, 1, onri_column_sv(want, 1));
        onri_bind_sv(have, 2, onri_column_sv(want, 2));
        bool row;
        status = onri_store_step(d->s, have, &row, d->err);
        const bool same = row && sqlite3_column_int(have, 0);
        if (row) (void)sqlite3_reset(have);
        if (status != ONR_OK || same) continue;
        char what[160];
        const onr_sv name = onri_column_sv(want, 0);
        (void)snprintf(what, sizeof what, "%.*s %s", (int)(name.n > 100 ? 100 : name.n), name.p,
                       row ? "is not what this program makes" : "is missing");
        status = tell(d, "schema", onri_svz(what), repair);
    }
    (void)sqlite3_finalize(want);
    return status;
}

static onr_status check_schema(doctor *d)
{
    static const char *const files[] = { "schema.sql", "links.sql", "corrections.sql", "views.sql",
                                         "search.sql" };
    sqlite3 *fresh = NULL;
    int code =
        sqlite3_open_v2(":memory:", &fresh, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    for (size_t i = 0; code == SQLITE_OK && i < sizeof files / sizeof *files; i++)
        code = sqlite3_exec(fresh, onri_sql_get(files[i]).p, NULL, NULL, NULL);
    const onr_status st = code == SQLITE_OK ? compare_schema(d, fresh)
                                            : onri_store_fail_code(d->s, code, d->err, "schema");
    (void)sqlite3_close(fresh);
    return st;
}

/* ---- full text, rows, records
 * ----------------------------------------------------------------- */

static onr_status check_text(doctor *d)
{
    onr_status st = ask(d, "full text",
                        "SELECT printf('%d facts are not in the index', count(*)) FROM fact WHERE "
                        "id NOT IN (SELECT "
                        "id FROM fact_fts_docsize) HAVING count(*) > 0",
                        repair);
    if (st == ONR_OK)
        st = ask(
            d, "full text",
            "SELECT printf('%d entries of the index have no fact', count(*)) FROM fact_fts_docsize "
            "WHERE id NOT IN (SELECT id FROM fact) HAVING count(*) > 0",
            repair);
    if (st == ONR_OK)
        st = ask(
            d, "full text",
            "SELECT printf('%d sentences are not in the index', count(*)) FROM sentence WHERE id "
            "NOT IN (SELECT id FROM sentence_fts_docsize) HAVING count(*) > 0",
            repair);
    if (st == ONR_OK)
        st = ask(
            d, "full text",
            "SELECT printf('%d entries of the index have no sentence', count(*)) FROM "
            "sentence_fts_docsize WHERE id NOT IN (SELECT id FROM sentence) HAVING count(*) > 0",
            repair);
    if (st != ONR_OK || !d->s->writes) return st;
    static const char *const deep[] = {
        "INSERT INTO fact_fts(fact_fts, rank) VALUES('integrity-check', 1)",
        "INSERT INTO sentence_fts(sentence_fts, rank) VALUES('integrity-check', 1)",
        "INSERT INTO rejected_fts(rejected_fts, rank) VALUES('integrity-check', 1)"
    };
    for (size_t i = 0; st == ONR_OK && i < sizeof deep / sizeof *deep; i++) {
        st = onri_store_run(d->s, onri_store_stmt(d->s, deep[i]), d->err);
        if (st == ONR_E_SYNTAX)
            st = tell(d, "full text", ONR_SV("the index is not that of its words"), repair);
    }
    return st;
}

static onr_status check_rows(doctor *d)
{
    static const char todo[] = "onrecord doctor --rebuild";
    onr_status st =
        ask(d, "facts",
            "SELECT printf('article %s: %d facts noted, %d there', a.uid, a.n_facts, "
            "count(f.id)) FROM article a LEFT JOIN fact f ON f.article = a.id GROUP BY a.id "
            "HAVING count(f.id) <> a.n_facts LIMIT 100",
            todo);
    if (st == ONR_OK)
        st = ask(
            d, "sentences",
            "SELECT printf('article %s: %d sentences noted, %d there', a.uid, a.n_sentences, "
            "count(s.id)) FROM article a LEFT JOIN sentence s ON s.article = a.id GROUP BY a.id "
            "HAVING count(s.id) <> a.n_sentences LIMIT 100",
            todo);
    if (st == ONR_OK)
        st = ask(
            d, "spans",
            "SELECT printf('article %s: fact %s ends outside the text', a.uid, f.uid) FROM fact f "
            "JOIN article a ON a.id = f.article LEFT JOIN article_text t ON t.article = a.id WHERE "
            "f.stop > coalesce(length(CAST(t.text AS BLOB)), 0) LIMIT 100",
            todo);
    return st;
}

static onr_status check_record(doctor *d, onr_arena *mem, onr_sv uid, onr_sv hash, onr_sv text)
{
    onr_sv json;
    onr_record rec;
    onr_error why = ONR_ERROR_INIT;
    char now[65] = "";
    onr_status st = onr_store_record_json(d->s, mem, uid, &json, &why);
    if (st == ONR_OK && !json.p)
        st = onri_fail(&why, ONR_E_SYNTAX, "doctor", "the record is missing");
    if (st == ONR_OK) st = onr_record_load(mem, json, &rec, &why);
    if (st == ONR_OK) st = onri_store_hash(mem, &rec, now, &why);
    if (st == ONR_E_NOMEM) return onri_fail(d->err, st, "doctor", "out of memory");
    const bool same = st == ONR_OK && onri_eqz(hash, now);
    if (same && onri_eq(rec.text, text)) return ONR_OK;
    char what[400];
    if (same) (void)onri_fail(&why, ONR_E_SYNTAX, "doctor", "the text is not that of the record");
    (void)snprintf(what, sizeof what, "article %.*s: %s", (int)(uid.n > 100 ? 100 : uid.n), uid.p,
                   st == ONR_OK && !same ? "the record is not the one that was kept" : why.msg);
    return tell(d, "records", onri_svz(what), "keep the article again");
}

static onr_status check_records(doctor *d)
{
    sqlite3_stmt *st = onri_store_stmt(
        d->s, "SELECT a.uid, a.record_sha256, t.text FROM article a LEFT JOIN article_text t ON "
              "t.article = a.id ORDER BY a.id");
    for (;;) {
        bool row;
        onr_status status = onri_store_step(d->s, st, &row, d->err);
        if (!row) return status;
        onr_arena mem = onr_arena_make(ONR_ARTICLE_MEM_MAX);
        status = check_record(d, &mem, onri_column_sv(st, 0), onri_column_sv(st, 1),
                              onri_column_sv(st, 2));
        onr_arena_drop(&mem);
        if (status != ONR_OK) {
            (void)sqlite3_reset(st);
            return status;
        }
    }
}

/* ---- making anew
 * ------------------------------------------------------------------------------ */

static onr_status make_anew(doctor *d)
{
    static const char *const sql[] = { "REINDEX",
                                       "INSERT INTO fact_fts(fact_fts) VALUES('rebuild')",
                                       "INSERT INTO sentence_fts(sentence_fts) VALUES('rebuild')",
                                       "INSERT INTO rejected_fts(rejected_fts) VALUES('rebuild')" };
    onr_status st = onri_store_begin(d->s, d->err);
    if (st == ONR_OK) st = onri_store_views(d->s, true, d->err);
    for (size_t i = 0; st == ONR_OK && i < sizeof sql / sizeof *sql; i++)
        st = onri_store_exec(d->s, sql[i], d->err);
    if (st == ONR_OK) return onr_store_commit(d->s, d->err);
    if (d->s->in_work) onri_store_undo(d->s);
    return st;
}

onr_status onr_store_doctor(onr_store *s, const onr_store_doctor_opts *opts, onr_row_fn row,
                            void *ctx, uint64_t *n, onr_error *err)
{
    onr_error mine = ONR_ERROR_INIT;
    doctor d = { s, row, ctx, 0, err ? err : &mine };
    const bool quick = opts && opts->quick;
    onr_status st = onr_store_commit(s, d.err);
    if (st == ONR_OK && opts && opts->rebuild) st = make_anew(&d);
    if (st == ONR_OK)
        st = survive(&d, "pages",
                     ask(&d, "pages",
                         quick ? "PRAGMA quick_check(100)" : "PRAGMA integrity_check(100)", save));
    if (st == ONR_OK) st = survive(&d, "schema", check_schema(&d));
    if (st == ONR_OK)
        st = survive(&d, "references",
                     ask(&d, "references",
                         "SELECT printf('%s: row %s points to nothing in %s', \"table\", "
                         "coalesce(rowid, '?'), parent) FROM pragma_foreign_key_check LIMIT 100",
                         "onrecord doctor --rebuild"));
    if (st == ONR_OK) st = survive(&d, "full text", check_text(&d));
    if (st == ONR_OK) st = survive(&d, "facts", check_rows(&d));
    if (st == ONR_OK && !quick) st = survive(&d, "records", check_records(&d));
    if (n) *n = d.n;
    return st;
}

/* ---- backup
 * ----------------------------------------------------------------------------------- */

static onr_status copy_to(onr_store *s, const char *part, onr_error *err)
{
    sqlite3 *to = NULL;
    int code = sqlite3_open_v2(
        part, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) {
        sqlite3_backup *b = sqlite3_backup_init(to, "main", s->db, "main");
        if (b) (void)sqlite3_backup_step(b, -1); /* one snapshot: a reader of the WAL */
        code = b ? sqlite3_backup_finish(b) : sqlite3_errcode(to);
    }
    onr_status st = ONR_OK;
    if (code != SQLITE_OK)
        st = (code & 0xFF) == SQLITE_NOMEM ? onri_fail(err, ONR_E_NOMEM, "store", "out of memory")
             : (code & 0xFF) == SQLITE_BUSY
                 ? onri_fail(err, ONR_E_BUSY, "store", "%s: locked", part)
                 : onri_fail(err, ONR_E_IO, "store", "%s: %s", part, sqlite3_errstr(code));
    if (sqlite3_close(to) != SQLITE_OK && st == ONR_OK)
        st = onri_fail(err, ONR_E_IO, "store", "%s: cannot close", part);
    return st;
}

onr_status onr_store_backup(onr_store *s, const char *path, onr_error *err)
{
    if (s->in_work) return onri_fail(err, ONR_E_RANGE, "store", "commit before a backup is made");
    if (access(path, F_OK) == 0)
        return onri_fail(err, ONR_E_IO, "store", "%s: is there already; give another name", path);
    onri_buf b = onri_buf_make(64 * 1024);
    onri_buf_fmt(&b, "%s.part", path);
    onri_buf_addc(&b, '\0');
    if (b.status != ONR_OK) {
        const onr_status why = onri_fail(err, b.status, "store", "out of memory");
        onri_buf_drop(&b);
        return why;
    }
    (void)unlink(b.p); /* of a backup that was cut off */
    onr_status st = copy_to(s, b.p, err);
    if (st == ONR_OK && rename(b.p, path) != 0) st = onri_fail_os(err, "store", errno, "%s", path);
    if (st != ONR_OK) (void)unlink(b.p);
    onri_buf_drop(&b);
    return st;
}
