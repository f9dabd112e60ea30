/* The store room's private entry: the handle, prepared statements, errors of SQLite in our words.
 * Everything else of the room (keep.c, find.c, links ...) is built on these. The record's room
 * gives the records; no other room sees SQLite. */
#ifndef ONRI_STORE_H
#define ONRI_STORE_H

#include "base/base.h"
#include "base/embedded.h"
#include "onrecord/store.h"

#include <sqlite3.h>

enum {
    ONRI_STORE_APP_ID = 0x4F4E5245, /* "ONRE" in the file's header, so that file(1) can tell */
    ONRI_DAY_BITS = 26,             /* articles, sentences, facts of one day: 67 million each */
    ONRI_STMTS_MAX = 256
};

extern const onri_embedded onri_sql[]; /* the SQL files of src/store */
extern const size_t onri_sql_n;
/* Text of src/store/NAME; a NUL stands after it. .p NULL if there is none. */
onr_sv onri_sql_get(const char *name);

typedef struct onri_stmt {
    const char *sql;
    bool asked; /* by the caller of onr_store_sql; sql is a copy on the heap */
    sqlite3_stmt *at;
    uint64_t used; /* tick of its last use */
} onri_stmt;

typedef struct onri_ids { /* growing list on the heap */
    int64_t *at;
    size_t n, cap;
} onri_ids;

struct onr_store {
    sqlite3 *db;
    char *path;
    onr_store_opts opts;
    bool writes;  /* opened to write */
    bool in_work; /* a transaction is open */
    onri_stmt stmts[ONRI_STMTS_MAX];
    size_t n_stmts;
    uint64_t tick;
    onri_ids facts, sentences; /* kept since the last commit and not yet in the full-text index */
    struct onri_link *link;    /* what is due across articles (link.h); NULL: nothing yet */
    uint64_t deadline_ms;      /* of the question that runs, 0: none */
    bool timed_out;
};

/* ---- errors -----------------------------------------------------------------------------------
 */

/* The last error of SQLite on this handle as ours: "doing: what SQLite says". */
onr_status onri_store_fail(onr_store *s, onr_error *err, const char *doing);
onr_status onri_store_fail_code(onr_store *s, int code, onr_error *err, const char *doing);

/* ---- statements -------------------------------------------------------------------------------
 */

/* The statement for these words, prepared once, reset and without values; NULL: onri_store_fail
 * tells why. `sql` is a literal: it must live as long as the handle. */
sqlite3_stmt *onri_store_stmt(onr_store *s, const char *sql);
/* The statement that was made for these words of a caller, or NULL; and to keep one (false: no
 * memory, it is still the caller's). Only what the authorizer let pass may be kept (rows.c). */
sqlite3_stmt *onri_store_asked(onr_store *s, const char *sql);
bool onri_store_remember(onr_store *s, const char *sql, sqlite3_stmt *at);
/* Run it to its end and reset it. */
ONR_CHECK onr_status onri_store_run(onr_store *s, sqlite3_stmt *st, onr_error *err);
/* Step: *row whether there is one. At the end or on failure the statement is reset. */
ONR_CHECK onr_status onri_store_step(onr_store *s, sqlite3_stmt *st, bool *row, onr_error *err);
/* Statements separated by ';' without values. */
ONR_CHECK onr_status onri_store_exec(onr_store *s, const char *sql, onr_error *err);
/* Values by place, counted from 1; empty text becomes NULL. The bytes must live until the step. */
void onri_bind_sv(sqlite3_stmt *st, int at, onr_sv v);
void onri_bind_z(sqlite3_stmt *st, int at, const char *v); /* NULL becomes NULL */
void onri_bind_int(sqlite3_stmt *st, int at, int64_t v);
void onri_bind_id(sqlite3_stmt *st, int at, int64_t id); /* 0 becomes NULL */
void onri_bind_num(sqlite3_stmt *st, int at, double v);
onr_sv onri_column_sv(sqlite3_stmt *st, int at); /* valid until the next step */

/* ---- work -------------------------------------------------------------------------------------
 */

/* Open a transaction if none is open: refused when the handle only reads, BUSY when another
 * process writes. Ends with onr_store_commit, or onri_store_undo. */
ONR_CHECK onr_status onri_store_begin(onr_store *s, onr_error *err);
void onri_store_undo(onr_store *s);
/* Everything kept so far goes into the full-text index. */
ONR_CHECK onr_status onri_store_index(onr_store *s, onr_error *err);
/* Take an article's facts and sentences out of the full-text index, or put them in again: around a
 * change of fact.words, party or entity.name by anyone but onr_store_keep. */
ONR_CHECK onr_status onri_store_unindex_article(onr_store *s, int64_t article, onr_error *err);
ONR_CHECK onr_status onri_store_index_article(onr_store *s, int64_t article, onr_error *err);

/* Bring an older schema up to date, make the views those of this program (open.c, schema.c). */
ONR_CHECK onr_status onri_store_migrate(onr_store *s, onr_error *err);
ONR_CHECK onr_status onri_store_views(onr_store *s, bool anew, onr_error *err);

/* Hash of a record without its uri: article.record_sha256. */
ONR_CHECK onr_status onri_store_hash(onr_arena *tmp, const onr_record *rec, char hash[65],
                                     onr_error *err);
uint64_t onri_store_now_ms(void); /* of a clock that only goes forward */

bool onri_ids_add(onri_ids *v, int64_t id); /* false: out of memory */
void onri_ids_sort(onri_ids *v);

/* First and last id of a day or of the days that a shorter date covers; false: no such date.
 * "" gives the ids of articles without a date. */
bool onri_store_range(onr_sv date, int64_t *first, int64_t *last);

#endif
