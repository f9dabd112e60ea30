/* Opening and closing a store, and the statements of its handle. WAL with synchronous=FULL: readers
 * never wait, a commit that returned survives a crash. The writer holds its transaction from the
 * first record kept to the commit, so a second one is told at once. Source: SQLite's documentation
 * (WAL, file locking, application_id); own. Leaves out: network file systems, where WAL cannot
 * work. */
#include "store/link.h"
#include "store/store.h"

#include <errno.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

onr_sv onri_sql_get(const char *name)
{
    for (size_t i = 0; i < onri_sql_n; i++)
        if (strcmp(onri_sql[i].name, name) == 0) return onri_sql[i].bytes;
    return (onr_sv){ NULL, 0 };
}

/* ---- errors
 * ----------------------------------------------------------------------------------- */

static onr_status status_of(const onr_store *s, int code)
{
    switch (code & 0xFF) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ONR_OK;
    case SQLITE_NOMEM:
        return ONR_E_NOMEM;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ONR_E_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ONR_E_SYNTAX;
    case SQLITE_TOOBIG:
        return ONR_E_LIMIT;
    case SQLITE_INTERRUPT:
        return s->timed_out ? ONR_E_LIMIT : ONR_E_CANCELLED;
    case SQLITE_AUTH:
        return ONR_E_RANGE;
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_PROTOCOL:
    case SQLITE_NOLFS:
        return ONR_E_IO;
    default:
        return ONR_E_INTERNAL;
    }
}

static const char *advice(onr_status st, int code)
{
    switch (st) {
    case ONR_E_BUSY:
        return "another process is writing to it; try again when it is done";
    case ONR_E_SYNTAX:
        return (code & 0xFF) == SQLITE_NOTADB
                   ? "this is no store (not an SQLite database)"
                   : "the file is damaged; 'onrecord doctor --save NEW.db' saves what can be read";
    case ONR_E_LIMIT:
        return "it took longer than allowed";
    default:
        return NULL;
    }
}

onr_status onri_store_fail_code(onr_store *s, int code, onr_error *err, const char *doing)
{
    const onr_status st = status_of(s, code);
    const char *path = s->path ? s->path : "store";
    if (st == ONR_E_NOMEM) return onri_fail(err, st, "store", "out of memory");
    const char *what = advice(st, code);
    if ((code & 0xFF) == SQLITE_FULL) what = "the disk is full";
    if (!what) what = s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(code);
    (void)onri_fail(err, st, "store", "%s: %s%s%s", path, doing, *doing ? ": " : "", what);
    if (err) err->os_errno = s->db ? sqlite3_system_errno(s->db) : 0;
    return st;
}

onr_status onri_store_fail(onr_store *s, onr_error *err, const char *doing)
{
    const int code = s->db ? sqlite3_extended_errcode(s->db) : SQLITE_NOMEM;
    /* Asked for a reason although SQLite knows of none: our own memory ran out. */
    return onri_store_fail_code(s, status_of(s, code) == ONR_OK ? SQLITE_NOMEM : code, err, doing);
}

/* ---- statements
 * ------------------------------------------------------------------------------- */

static void forget_stmt(onr_store *s, size_t i)
{
    (void)sqlite3_finalize(s->stmts[i].at);
    if (s->stmts[i].asked) onri_heap_free((void *)(uintptr_t)s->stmts[i].sql);
    s->stmts[i] = s->stmts[--s->n_stmts];
}

/* Statements without a row waiting that were not used for longest make room. */
static void make_room(onr_store *s)
{
    size_t oldest = SIZE_MAX;
    for (size_t i = 0; i < s->n_stmts; i++)
        if (!sqlite3_stmt_busy(s->stmts[i].at) &&
            (oldest == SIZE_MAX || s->stmts[i].used < s->stmts[oldest].used))
            oldest = i;
    if (oldest != SIZE_MAX) forget_stmt(s, oldest);
}

/* Statements of our own are known by their address, those that were asked by their words; neither
 * is ever taken for the other. */
static sqlite3_stmt *find_stmt(onr_store *s, const char *sql, bool asked)
{
    for (size_t i = 0; i < s->n_stmts; i++) {
        onri_stmt *t = &s->stmts[i];
        if (t->asked != asked) continue;
        if (asked ? strcmp(t->sql, sql) != 0 : t->sql != sql) continue;
        if (sqlite3_stmt_busy(t->at)) continue; /* an outer question of the same words */
        t->used = ++s->tick;
        (void)sqlite3_reset(t->at);
        (void)sqlite3_clear_bindings(t->at);
        return t->at;
    }
    return NULL;
}

static bool has_room(onr_store *s)
{
    if (s->n_stmts == ONRI_STMTS_MAX) make_room(s);
    return s->n_stmts < ONRI_STMTS_MAX;
}

sqlite3_stmt *onri_store_stmt(onr_store *s, const char *sql)
{
    sqlite3_stmt *at = find_stmt(s, sql, false);
    if (at || !has_room(s)) return at;
    if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &at, NULL) != SQLITE_OK)
        return NULL;
    s->stmts[s->n_stmts++] = (onri_stmt){ sql, false, at, ++s->tick };
    return at;
}

sqlite3_stmt *onri_store_asked(onr_store *s, const char *sql)
{
    return find_stmt(s, sql, true);
}

bool onri_store_remember(onr_store *s, const char *sql, sqlite3_stmt *at)
{
    const size_t n = strlen(sql) + 1;
    char *copy = has_room(s) ? onri_heap_alloc(n) : NULL;
    if (!copy) return false;
    memcpy(copy, sql, n);
    s->stmts[s->n_stmts++] = (onri_stmt){ copy, true, at, ++s->tick };
    return true;
}

onr_status onri_store_step(onr_store *s, sqlite3_stmt *st, bool *row, onr_error *err)
{
    *row = false;
    if (!st) return onri_store_fail(s, err, "");
    const int code = sqlite3_step(st);
    if (code == SQLITE_ROW) {
        *row = true;
        return ONR_OK;
    }
    const onr_status status = code == SQLITE_DONE ? ONR_OK : onri_store_fail_code(s, code, err, "");
    (void)sqlite3_reset(st);
    return status;
}

onr_status onri_store_run(onr_store *s, sqlite3_stmt *st, onr_error *err)
{
    bool row;
    onr_status status;
    do status = onri_store_step(s, st, &row, err);
    while (status == ONR_OK && row);
    return status;
}

onr_status onri_store_exec(onr_store *s, const char *sql, onr_error *err)
{
    while (*sql) {
        sqlite3_stmt *st = NULL;
        const char *rest = NULL;
        if (sqlite3_prepare_v2(s->db, sql, -1, &st, &rest) != SQLITE_OK)
            return onri_store_fail(s, err, "");
        int code = SQLITE_DONE;
        if (st) do
                code = sqlite3_step(st);
            while (code == SQLITE_ROW);
        onr_status status = ONR_OK;
        if (code != SQLITE_DONE) status = onri_store_fail_code(s, code, err, "");
        (void)sqlite3_finalize(st);
        if (status != ONR_OK) return status;
        sql = rest;
    }
    return ONR_OK;
}

void onri_bind_sv(sqlite3_stmt *st, int at, onr_sv v)
{
    if (!st) return; /* the step tells */
    if (v.n == 0)
        (void)sqlite3_bind_null(st, at);
    else
        (void)sqlite3_bind_text64(st, at, v.p, v.n, SQLITE_STATIC, SQLITE_UTF8);
}

void onri_bind_z(sqlite3_stmt *st, int at, const char *v)
{
    if (!st) return;
    if (v)
        (void)sqlite3_bind_text64(st, at, v, strlen(v), SQLITE_STATIC, SQLITE_UTF8);
    else
        (void)sqlite3_bind_null(st, at);
}

void onri_bind_int(sqlite3_stmt *st, int at, int64_t v)
{
    if (st) (void)sqlite3_bind_int64(st, at, v);
}

void onri_bind_id(sqlite3_stmt *st, int at, int64_t id)
{
    if (!st) return;
    if (id)
        (void)sqlite3_bind_int64(st, at, id);
    else
        (void)sqlite3_bind_null(st, at);
}

void onri_bind_num(sqlite3_stmt *st, int at, double v)
{
    if (st) (void)sqlite3_bind_double(st, at, v);
}

onr_sv onri_column_sv(sqlite3_stmt *st, int at)
{
    const void *p = sqlite3_column_blob(st, at);
    const int n = sqlite3_column_bytes(st, at);
    return p ? onri_sv(p, (size_t)n) : (onr_sv){ NULL, 0 };
}

bool onri_ids_add(onri_ids *v, int64_t id)
{
    if (v->n == v->cap) {
        const size_t cap = v->cap ? 2 * v->cap : 256;
        int64_t *more = onri_heap_realloc(v->at, cap * sizeof *more);
        if (!more) return false;
        v->at = more;
        v->cap = cap;
    }
    v->at[v->n++] = id;
    return true;
}

/* ---- opening
 * ---------------------------------------------------------------------------------- */

uint64_t onri_store_now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* Called by SQLite every so many steps of a question. */
static int progress(void *ctx)
{
    onr_store *s = ctx;
    if (!s->deadline_ms || onri_store_now_ms() < s->deadline_ms) return 0;
    s->timed_out = true;
    return 1;
}

static onr_status no_file(onr_store *s, onr_error *err)
{
    struct stat st;
    if (stat(s->path, &st) == 0) {
        if (S_ISREG(st.st_mode)) return ONR_OK;
        return onri_fail(err, ONR_E_IO, "store", "%s: not a regular file", s->path);
    }
    if (errno != ENOENT) return onri_fail_os(err, "store", errno, "%s", s->path);
    if (s->opts.mode == ONR_STORE_CREATE) return ONR_OK;
    return onri_fail(err, ONR_E_IO, "store", "%s: no such store; 'onrecord keep' makes one",
                     s->path);
}

/* A store that lies where nothing may be written (a CD, another's folder) and that nobody is
 * writing: no lock and no -shm is needed. */
static int open_immutable(onr_store *s)
{
    (void)sqlite3_close(s->db);
    s->db = NULL;
    onri_buf b = onri_buf_make(64 * 1024);
    onri_buf_addz(&b, "file:");
    for (const char *p = s->path; *p; p++) {
        const unsigned char c = (unsigned char)*p;
        if (c == '?' || c == '#' || c == '%' || c < 33 || c > 126)
            onri_buf_fmt(&b, "%%%02X", c);
        else
            onri_buf_addc(&b, *p);
    }
    onri_buf_addz(&b, "?immutable=1");
    onri_buf_addc(&b, '\0');
    int code = SQLITE_NOMEM;
    if (b.status == ONR_OK)
        code = sqlite3_open_v2(b.p, &s->db,
                               SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    onri_buf_drop(&b);
    return code;
}

static bool has_wal(const onr_store *s)
{
    onri_buf b = onri_buf_make(64 * 1024);
    onri_buf_addz(&b, s->path);
    onri_buf_addz(&b, "-wal");
    onri_buf_addc(&b, '\0');
    struct stat st;
    const bool has = b.status == ONR_OK && stat(b.p, &st) == 0 && st.st_size > 0;
    onri_buf_drop(&b);
    return has;
}

static void set_up(onr_store *s)
{
    (void)sqlite3_extended_result_codes(s->db, 1);
    (void)sqlite3_busy_timeout(s->db,
                               (int)(s->opts.wait_ms > INT32_MAX ? INT32_MAX : s->opts.wait_ms));
    (void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    (void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    (void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    /* Plans do not depend on values: else statements are compiled again for each. */
    (void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
    (void)sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, 256 << 20);
    (void)sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_progress_handler(s->db, 1000, progress, s);
}

static onr_status open_db(onr_store *s, onr_error *err)
{
    /* A reader, too, opens to write where it may, so that the last one puts the log away; what it
     * could write is shut below. */
    int flags = SQLITE_OPEN_READWRITE;
    if (s->opts.mode == ONR_STORE_CREATE) flags |= SQLITE_OPEN_CREATE;
    int code = sqlite3_open_v2(s->path, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) return onri_store_fail_code(s, code, err, "cannot open");
    set_up(s);
    /* The first look at the file: is it one of ours at all? */
    code = sqlite3_exec(s->db, "PRAGMA schema_version", NULL, NULL, NULL);
    if (code != SQLITE_OK && !s->writes && (code & 0xFF) == SQLITE_CANTOPEN && !has_wal(s)) {
        code = open_immutable(s);
        if (code == SQLITE_OK) {
            set_up(s);
            code = sqlite3_exec(s->db, "PRAGMA schema_version", NULL, NULL, NULL);
        }
    }
    if (code != SQLITE_OK) return onri_store_fail_code(s, code, err, "");
    if (!s->writes)
        return onri_store_exec(
            s, "PRAGMA query_only=1;PRAGMA cache_size=-16000;PRAGMA mmap_size=1073741824", err);
    return onri_store_exec(s,
                           "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                           "PRAGMA cache_size=-64000;PRAGMA wal_autocheckpoint=4000;"
                           "PRAGMA secure_delete=0",
                           err);
}

onr_status onr_store_open(const char *path, const onr_store_opts *opts, onr_store **out,
                          onr_error *err)
{
    *out = NULL;
    const onr_store_opts plain = ONR_STORE_OPTS_INIT;
    onr_store *s = onri_heap_alloc(sizeof *s);
    if (!s) return onri_fail(err, ONR_E_NOMEM, "store", "out of memory");
    *s = (onr_store){ .opts = opts ? *opts : plain };
    s->writes = s->opts.mode != ONR_STORE_READ;
    const size_t n = strlen(path) + 1;
    s->path = onri_heap_alloc(n);
    onr_status st = ONR_OK;
    if (s->path)
        memcpy(s->path, path, n);
    else
        st = onri_fail(err, ONR_E_NOMEM, "store", "out of memory");
    if (st == ONR_OK) st = no_file(s, err);
    if (st == ONR_OK) st = open_db(s, err);
    if (st == ONR_OK) st = onri_store_migrate(s, err);
    if (st != ONR_OK) {
        onr_store_close(s);
        return st;
    }
    *out = s;
    return ONR_OK;
}

void onr_store_close(onr_store *s)
{
    if (!s) return;
    if (s->in_work) onri_store_undo(s);
    onri_link_drop(s);
    while (s->n_stmts) forget_stmt(s, s->n_stmts - 1);
    (void)sqlite3_close(s->db);
    onri_heap_free(s->facts.at);
    onri_heap_free(s->sentences.at);
    onri_heap_free(s->path);
    onri_heap_free(s);
}

void onr_store_interrupt(onr_store *s)
{
    sqlite3_interrupt(s->db);
}

/* ---- work
 * ------------------------------------------------------------------------------------- */

onr_status onri_store_begin(onr_store *s, onr_error *err)
{
    if (!s->writes) return onri_fail(err, ONR_E_RANGE, "store", "%s: opened to read", s->path);
    if (s->in_work) return ONR_OK;
    const onr_status st = onri_store_run(s, onri_store_stmt(s, "BEGIN IMMEDIATE"), err);
    if (st != ONR_OK) return st;
    s->in_work = true;
    return onri_store_exec(s, "PRAGMA defer_foreign_keys=ON", err);
}

void onri_store_undo(onr_store *s)
{
    (void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    s->in_work = false;
    s->facts.n = s->sentences.n = 0;
    onri_link_reset(s);
}

onr_status onr_store_commit(onr_store *s, onr_error *err)
{
    if (!s->in_work) return ONR_OK;
    onr_status st = onri_link_all(s, err);
    if (st == ONR_OK) st = onri_store_index(s, err);
    if (st == ONR_OK) st = onri_store_run(s, onri_store_stmt(s, "COMMIT"), err);
    if (st != ONR_OK) {
        onri_store_undo(s);
        return st;
    }
    s->in_work = false;
    return ONR_OK;
}
