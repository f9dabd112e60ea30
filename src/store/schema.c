/* The schema of a store: made in a new file, brought up to date in an old one. Versions count in
 * PRAGMA user_version; step N-1 -> N is src/store/migrate-N.sql, and all steps run in one
 * transaction, so that a crash leaves the old store. Views are no part of the version: they are
 * made anew whenever the program's differ. Source: own. */
#include "store/store.h"

#include <stdio.h>
#include <time.h>

static onr_status read_int(onr_store *s, const char *sql, int64_t *out, onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(s, sql);
    bool row;
    const onr_status status = onri_store_step(s, st, &row, err);
    *out = row ? sqlite3_column_int64(st, 0) : 0;
    if (row) (void)sqlite3_reset(st);
    return status;
}

static onr_status run_file(onr_store *s, const char *name, onr_error *err)
{
    const onr_sv sql = onri_sql_get(name);
    if (!sql.p) return onri_fail(err, ONR_E_INTERNAL, "store", "%s is not in the program", name);
    return onri_store_exec(s, sql.p, err);
}

static onr_status set_meta(onr_store *s, const char *key, const char *value, onr_error *err)
{
    sqlite3_stmt *st =
        onri_store_stmt(s, "INSERT OR REPLACE INTO meta(key, value) VALUES (?1, ?2)");
    onri_bind_z(st, 1, key);
    onri_bind_z(st, 2, value);
    return onri_store_run(s, st, err);
}

static void now(char out[21])
{
    const time_t t = time(NULL);
    struct tm tm;
    if (!gmtime_r(&t, &tm) || !strftime(out, 21, "%Y-%m-%dT%H:%M:%SZ", &tm)) out[0] = '\0';
}

static onr_status set_version(onr_store *s, onr_error *err)
{
    char sql[96], at[21], version[16];
    (void)snprintf(sql, sizeof sql, "PRAGMA application_id=%d;PRAGMA user_version=%d",
                   ONRI_STORE_APP_ID, ONR_STORE_SCHEMA);
    (void)snprintf(version, sizeof version, "%d", ONR_STORE_SCHEMA);
    now(at);
    onr_status st = onri_store_exec(s, sql, err);
    if (st == ONR_OK) st = set_meta(s, "schema_version", version, err);
    if (st == ONR_OK) st = set_meta(s, "schema_by", "onrecord " ONR_VERSION, err);
    if (st == ONR_OK) st = set_meta(s, "schema_at", at, err);
    return st;
}

/* ---- views
 * ------------------------------------------------------------------------------------ */

static void views_hash(char hex[65])
{
    onri_sha256 h;
    uint8_t sum[32];
    onri_sha256_init(&h);
    onri_sha256_add(&h, onri_sql_get("views.sql"));
    onri_sha256_end(&h, sum);
    onri_hex(sum, 32, hex);
}

static onr_status drop_views(onr_store *s, onr_error *err)
{
    for (;;) {
        sqlite3_stmt *st = NULL;
        if (sqlite3_prepare_v2(s->db, "SELECT name FROM sqlite_schema WHERE type = 'view' LIMIT 1",
                               -1, &st, NULL) != SQLITE_OK)
            return onri_store_fail(s, err, "");
        bool row;
        onr_status status = onri_store_step(s, st, &row, err);
        char *sql = row ? sqlite3_mprintf("DROP VIEW \"%w\"", sqlite3_column_text(st, 0)) : NULL;
        (void)sqlite3_finalize(st);
        if (!row) return status;
        status = sql ? onri_store_exec(s, sql, err)
                     : onri_fail(err, ONR_E_NOMEM, "store", "out of memory");
        sqlite3_free(sql);
        if (status != ONR_OK) return status;
    }
}

onr_status onri_store_views(onr_store *s, bool anew, onr_error *err)
{
    char hex[65];
    views_hash(hex);
    sqlite3_stmt *st = onri_store_stmt(s, "SELECT value = ?1 FROM meta WHERE key = 'views'");
    onri_bind_z(st, 1, hex);
    bool row;
    onr_status status = onri_store_step(s, st, &row, err);
    const bool same = row && sqlite3_column_int(st, 0);
    if (row) (void)sqlite3_reset(st);
    if (status != ONR_OK || (same && !anew)) return status;
    status = drop_views(s, err);
    if (status == ONR_OK) status = run_file(s, "views.sql", err);
    if (status == ONR_OK) status = set_meta(s, "views", hex, err);
    return status;
}

/* ---- versions
 * --------------------------------------------------------------------------------- */

static onr_status make(onr_store *s, onr_error *err)
{
    static const char *const files[] = { "schema.sql", "links.sql", "corrections.sql", "views.sql",
                                         "search.sql" };
    onr_status st = ONR_OK;
    for (size_t i = 0; st == ONR_OK && i < sizeof files / sizeof *files; i++)
        st = run_file(s, files[i], err);
    char at[21], hex[65];
    now(at);
    views_hash(hex);
    if (st == ONR_OK) st = set_meta(s, "made_at", at, err);
    if (st == ONR_OK) st = set_meta(s, "views", hex, err);
    if (st == ONR_OK) st = set_version(s, err);
    return st;
}

static onr_status step_up(onr_store *s, int64_t from, onr_error *err)
{
    onr_status st = drop_views(s, err);
    for (int64_t v = from + 1; st == ONR_OK && v <= ONR_STORE_SCHEMA; v++) {
        char name[48];
        (void)snprintf(name, sizeof name, "migrate-%lld.sql", (long long)v);
        st = run_file(s, name, err);
        if (st == ONR_OK && v == 2) st = run_file(s, "links.sql", err);
        if (st == ONR_OK && v == 3) st = run_file(s, "corrections.sql", err);
        if (st == ONR_OK && v == 3) st = run_file(s, "migrate-3-end.sql", err);
    }
    if (st == ONR_OK) st = onri_store_views(s, true, err);
    if (st == ONR_OK)
        st = onri_store_exec(s,
                             "INSERT INTO fact_fts(fact_fts) VALUES('rebuild');"
                             "INSERT INTO sentence_fts(sentence_fts) VALUES('rebuild');"
                             "INSERT INTO rejected_fts(rejected_fts) VALUES('rebuild')",
                             err);
    if (st == ONR_OK) st = set_version(s, err);
    return st;
}

/* What the file is: *version of its schema, 0 for an empty file. */
static onr_status look(onr_store *s, int64_t *version, onr_error *err)
{
    int64_t app, tables;
    onr_status st = read_int(s, "PRAGMA user_version", version, err);
    if (st == ONR_OK) st = read_int(s, "PRAGMA application_id", &app, err);
    if (st == ONR_OK) st = read_int(s, "SELECT count(*) FROM sqlite_schema", &tables, err);
    if (st != ONR_OK) return st;
    if (tables == 0 && s->opts.mode == ONR_STORE_CREATE) {
        *version = 0;
        return ONR_OK;
    }
    if (app != ONRI_STORE_APP_ID || *version < 1)
        return onri_fail(err, ONR_E_SYNTAX, "store",
                         "%s: an SQLite database, but not a store of onrecord's", s->path);
    if (*version > ONR_STORE_SCHEMA)
        return onri_fail(err, ONR_E_SCHEMA, "store",
                         "%s: store of schema %lld, this program knows up to %d; use a newer "
                         "onrecord",
                         s->path, (long long)*version, ONR_STORE_SCHEMA);
    return ONR_OK;
}

onr_status onri_store_migrate(onr_store *s, onr_error *err)
{
    int64_t version;
    onr_status st = look(s, &version, err);
    if (st != ONR_OK) return st;
    if (!s->writes) {
        if (version == ONR_STORE_SCHEMA) return ONR_OK;
        return onri_fail(err, ONR_E_SCHEMA, "store",
                         "%s: store of schema %lld, this program reads %d; 'onrecord doctor "
                         "--repair' brings it up to date",
                         s->path, (long long)version, ONR_STORE_SCHEMA);
    }
    if (version == ONR_STORE_SCHEMA) {
        char hex[65];
        views_hash(hex);
        sqlite3_stmt *same =
            onri_store_stmt(s, "SELECT 1 FROM meta WHERE key = 'views' AND value = ?1");
        onri_bind_z(same, 1, hex);
        bool row;
        st = onri_store_step(s, same, &row, err);
        if (row) (void)sqlite3_reset(same);
        if (st != ONR_OK || row) return st;
    }
    st = onri_store_begin(s, err); /* someone else may have been quicker: look again inside */
    if (st == ONR_OK) st = look(s, &version, err);
    if (st == ONR_OK)
        st = version == 0                 ? make(s, err)
             : version < ONR_STORE_SCHEMA ? step_up(s, version, err)
                                          : onri_store_views(s, false, err);
    if (st == ONR_OK) return onr_store_commit(s, err);
    if (s->in_work) onri_store_undo(s);
    return st;
}
