/* The store: many records kept in one file, searched and asked.
 *
 *     onr_store *store;
 *     onr_store_open("record.db", &(onr_store_opts){ .size = sizeof(onr_store_opts),
 *                                                    .mode = ONR_STORE_WRITE }, &store, &err);
 *     onr_store_keep(store, &record, NULL, &kept, &err);     again and again
 *     onr_store_commit(store, &err);                         now it lasts
 *     onr_store_find(store, &find, print_row, ctx, &n, &err);
 *     onr_store_close(store);
 *
 * The file is an SQLite database (docs/schema.md says what stands where); this header needs nothing
 * of SQLite. Any number of handles, in any number of processes, may read while one writes.
 * Cost: look-ups in an index, unless said otherwise.
 * Threads: a handle is one thread's at a time, but for onr_store_interrupt. */
#ifndef ONR_STORE_H
#define ONR_STORE_H

#include "onrecord/article.h"
#include "onrecord/base.h"
#include "onrecord/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Version of the schema that this library writes. */
#define ONR_STORE_SCHEMA 3

typedef struct onr_store onr_store;

typedef enum onr_store_mode {
    ONR_STORE_READ,  /* must exist; changes nothing, waits for nobody */
    ONR_STORE_WRITE, /* must exist; an older schema is brought up to date */
    ONR_STORE_CREATE /* as WRITE; a file that is missing or empty becomes a store */
} onr_store_mode;

typedef struct onr_store_opts {
    uint32_t size; /* sizeof(onr_store_opts) */
    onr_store_mode mode;
    uint32_t wait_ms;     /* how long to wait for another writer; 0: not at all */
    uint32_t max_seconds; /* a question that takes longer ends with ONR_E_LIMIT; 0: never */
} onr_store_opts;
#define ONR_STORE_OPTS_INIT                                                                        \
    {                                                                                              \
        sizeof(onr_store_opts), ONR_STORE_READ, 0, 0                                               \
    }

/** Open a store.
 * @param path  a file; the same file under WAL has -wal and -shm beside it while it is open
 * @param opts  NULL: to read
 * @param out   release with onr_store_close; on failure NULL
 * @return ONR_OK; ONR_E_IO (missing, no permission, disk); ONR_E_SYNTAX (no store, or damaged);
 *         ONR_E_SCHEMA (of a later version; or of an older one and opened to read); ONR_E_BUSY
 *         (another process writes); ONR_E_NOMEM.
 * Cost: about a millisecond. Threads: any; the handle one at a time. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_open(const char *path, const onr_store_opts *opts,
                                            onr_store **out, onr_error *err);

/** Close; NULL is fine. What was kept and not committed is lost. Cost: constant. Since: 0.1 */
ONR_API void onr_store_close(onr_store *store);

/* ---- keeping ----------------------------------------------------------------------------------
 */

/** What onr_store_keep did. Append only. */
typedef enum onr_kept {
    ONR_KEPT_NEW,     /* an article that was not there */
    ONR_KEPT_CHANGED, /* its former record was replaced */
    ONR_KEPT_SAME     /* the same record is there: nothing done */
} onr_kept;

typedef struct onr_keep_opts {
    uint32_t size;    /* sizeof(onr_keep_opts) */
    onr_sv kept_from; /* file and line of the document, for people; may be empty */
    onr_sv input;     /* onr_store_input of the article it was read from; may be empty */
    bool only_new;    /* leave an article that is there as it is, whatever the record says */
} onr_keep_opts;
#define ONR_KEEP_OPTS_INIT                                                                         \
    {                                                                                              \
        sizeof(onr_keep_opts), { 0, 0 }, { 0, 0 }, false                                           \
    }

/** Keep a record: add it, or replace the record of the same id. A record of an error is kept, too,
 * but never takes the place of one that could be read.
 * @param rec   with its text; checked before anything is changed
 * @param opts  NULL: defaults
 * @param what  what was done; may be NULL
 * @return ONR_OK; ONR_E_RANGE (a broken promise of the record, or its text is missing; or the store
 *         was opened to read); ONR_E_BUSY; ONR_E_IO (disk full ...); ONR_E_LIMIT; ONR_E_NOMEM. On
 *         failure the record is not kept and the store is as before the call.
 * Cost: linear in the record, some 10 ms for a long article. Nothing lasts before
 * onr_store_commit. Threads: one at a time. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_keep(onr_store *store, const onr_record *rec,
                                            const onr_keep_opts *opts, onr_kept *what,
                                            onr_error *err);

/** Make all that was kept last: after ONR_OK no crash and no kill loses it.
 * @return ONR_OK; ONR_E_IO; ONR_E_NOMEM. Without anything to commit it does nothing.
 * Cost: waits for the disk. Threads: one at a time. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_commit(onr_store *store, onr_error *err);

/** What decides whether an article has to be read again: hash of its id, metadata and text.
 * @param out  64 hex digits and a NUL
 * Cost: linear in the text. Threads: any. Since: 0.1 */
ONR_API void onr_store_input(const onr_article *article, char out[65]);

/** Was this very article kept, read by this program, model and rules (those of onr_record)?
 * @param input  of onr_store_input
 * @return ONR_OK; ONR_E_IO; ONR_E_NOMEM. Cost: one look-up. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_has(onr_store *store, const char *input, onr_sv version,
                                           onr_sv model, onr_sv rules, bool *has, onr_error *err);

/** The record of an article as it was kept.
 * @param mem  will own it
 * @param uid  the article's
 * @param out  its id is .p NULL when there is no such article
 * @return ONR_OK; ONR_E_SYNTAX (damaged); ONR_E_IO; ONR_E_LIMIT; ONR_E_NOMEM. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_record(onr_store *store, onr_arena *mem, onr_sv uid,
                                              onr_record *out, onr_error *err);
/** The same as JSON, without a line end.
 * @param out  in mem; .p NULL when there is no such article
 * @return as onr_store_record. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_record_json(onr_store *store, onr_arena *mem, onr_sv uid,
                                                   onr_sv *out, onr_error *err);

/** Take an article out, with all its facts; lasts with onr_store_commit.
 * @param there  whether it was there; may be NULL
 * @return ONR_OK; ONR_E_RANGE (opened to read); ONR_E_BUSY; ONR_E_IO; ONR_E_NOMEM. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_drop(onr_store *store, onr_sv uid, bool *there,
                                            onr_error *err);

/* ---- rows -------------------------------------------------------------------------------------
 */

typedef enum onr_cell_kind {
    ONR_CELL_NULL,
    ONR_CELL_INT,
    ONR_CELL_REAL,
    ONR_CELL_TEXT, /* UTF-8 */
    ONR_CELL_BLOB
} onr_cell_kind;

typedef struct onr_cell {
    onr_cell_kind kind;
    int64_t i; /* INT */
    double d;  /* REAL; INT as a double, too */
    onr_sv s;  /* TEXT, BLOB; valid during the callback */
} onr_cell;

/** One row of an answer; everything in it is valid during the callback alone. */
typedef struct onr_row {
    uint64_t n; /* 0, 1, 2 in the answer */
    uint32_t n_cells;
    const char *const *names; /* [n_cells] */
    const onr_cell *cells;    /* [n_cells] */
} onr_row;

/** Takes a row. @return false to stop: the call then gives ONR_E_CANCELLED. */
typedef bool (*onr_row_fn)(void *ctx, const onr_row *row);

/** Cell of that name, or a NULL cell. Cost: linear in the columns. */
ONR_API onr_cell onr_row_get(const onr_row *row, const char *name);

/** A value for a parameter ":name" of onr_store_sql. */
typedef struct onr_param {
    const char *name; /* with or without its colon */
    onr_cell value;
} onr_param;
static inline onr_param onr_param_sv(const char *name, onr_sv s)
{
    onr_param p = { name, { ONR_CELL_TEXT, 0, 0, { 0, 0 } } };
    p.value.s = s;
    return p;
}
static inline onr_param onr_param_int(const char *name, int64_t i)
{
    onr_param p = { name, { ONR_CELL_INT, 0, 0, { 0, 0 } } };
    p.value.i = i;
    return p;
}

/** Ask in SQL. One statement that only reads (SELECT, WITH, EXPLAIN, VALUES): the tables and views
 * of docs/schema.md. Everything else, and every function that reaches outside the store, is
 * refused, whoever wrote the words. Statements are prepared once a handle and used again.
 * @param sql      the words
 * @param params   [n_params]; each ":name" of sql must be among them, others are ignored
 * @param max_rows stop after so many, 0: all
 * @param row      called for each row; NULL: only check the words
 * @param n        rows given; may be NULL
 * @return ONR_OK; ONR_E_SYNTAX (the words; msg says what SQLite says, at: byte in sql); ONR_E_RANGE
 *         (it would write, or a parameter is missing); ONR_E_LIMIT (max_seconds, a value
 *         over 256 MiB); ONR_E_CANCELLED (the callback); ONR_E_IO; ONR_E_NOMEM.
 * Threads: one at a time. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_sql(onr_store *store, const char *sql,
                                           const onr_param *params, size_t n_params,
                                           uint64_t max_rows, onr_row_fn row, void *ctx,
                                           uint64_t *n, onr_error *err);

/** Stop the question that another thread is waiting for on this handle; it ends with
 * ONR_E_CANCELLED. The one function that may be called from another thread. */
ONR_API void onr_store_interrupt(onr_store *store);

/* ---- finding ----------------------------------------------------------------------------------
 */

/** Layers of facts, and the plain sentences. Names as in fact.layer. Append only. */
#define ONR_LAYERS(X)                                                                              \
    X(STATEMENT, "statement")                                                                      \
    X(EVENT, "event")                                                                              \
    X(COMMITMENT, "commitment")                                                                    \
    X(DISPUTE, "dispute") X(POSITION, "position") X(RELATION, "relation") X(SENTENCE, "sentence")
#define ONR_ENUM_LAYER(id, name) ONR_LAYER_##id,
typedef enum onr_layer { ONR_LAYERS(ONR_ENUM_LAYER) ONR_LAYER__COUNT } onr_layer;
#undef ONR_ENUM_LAYER
/** Name of a layer. Never NULL. Threads: any. */
ONR_API const char *onr_layer_name(onr_layer v);

/** What to find. Empty and zero: any. Text is compared without regard to case. */
typedef struct onr_find {
    uint32_t size; /* sizeof(onr_find) */
    onr_sv
        words; /* words that all occur: sanctions oil, "whole phrase", prefix*, -without, a OR b */
    uint32_t near;  /* all words within so many words of each other; 0: anywhere in the fact */
    onr_sv by;      /* who says or does it: name, part of a person's name, or country code (IRN) */
    onr_sv to;      /* to whom */
    onr_sv about;   /* who or what is spoken of */
    onr_sv any;     /* one of by, to and about */
    onr_sv role;    /* words of the office of who says it */
    onr_sv country; /* of who says it: alpha-3 code */
    onr_sv kinds;   /* "denial,refusal"; also events' (CONSULT), stances, verdicts */
    onr_sv form;    /* direct, indirect, mixed */
    onr_sv status;  /* of events: happened, planned, ... */
    onr_sv type;    /* of who says it: person, state, organization, ... */
    onr_sv publisher;
    onr_sv article;      /* uid of one article */
    onr_sv since, until; /* "2018", "2018-07", "2018-07-13": dates of articles, both included */
    uint32_t layers;     /* bits 1 << onr_layer; 0: all layers of facts, sentences not */
    double min_p;
    uint64_t limit; /* most rows; 0: all */
    int64_t before; /* only facts older than this id (the last of the page before); 0: from the
                       newest */
    bool rejected;  /* facts that people rejected, instead of those that stand */
} onr_find;
#define ONR_FIND_INIT                                                                              \
    {                                                                                              \
        .size = sizeof(onr_find)                                                                   \
    }

/** Find facts, newest article first. Each row has the columns: id, uid, layer, kind, date,
 * publisher, who, who_type, who_country, who_role, whom, words, sentence, form, status, negated,
 * cue, start, stop, sentence_start, sentence_stop, rule, p, article (uid), title, uri, corrected
 * (mend, add, reject; NULL: as it was read), corrected_by, corrected_at, corrected_why.
 * docs/store.md says how the filters are read.
 * @return as onr_store_sql; ONR_E_SYNTAX also for `words` that cannot be read, ONR_E_RANGE for a
 *         date that is none.
 * Cost: flat: follows the index and stops at `limit`. Threads: one at a time. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_find(onr_store *store, const onr_find *find, onr_row_fn row,
                                            void *ctx, uint64_t *n, onr_error *err);

/** The question as SQL, for people who want to go on from there.
 * @param out  in mem, a NUL stands after it
 * @return as onr_store_find. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_find_sql(onr_store *store, onr_arena *mem,
                                                const onr_find *find, onr_sv *out, onr_error *err);

/* ---- looking after it ---------------------------------------------------------------------------
 */

typedef struct onr_store_doctor_opts {
    uint32_t size; /* sizeof */
    bool quick;    /* no look at each page of the indexes */
    bool rebuild;  /* make views, indexes and full text anew (store opened to write) */
} onr_store_doctor_opts;

/** Look for damage: SQLite's own check, foreign keys, full text against its words, schema, records
 * against their hashes.
 * @param row  each trouble: columns check, what, todo
 * @param n    how many
 * @return ONR_OK also with troubles; ONR_E_IO; ONR_E_LIMIT; ONR_E_NOMEM. Cost: reads everything. */
ONR_API ONR_CHECK onr_status onr_store_doctor(onr_store *store, const onr_store_doctor_opts *opts,
                                              onr_row_fn row, void *ctx, uint64_t *n,
                                              onr_error *err);

/** Copy the store to a new file while others read and write it; whole or not at all.
 * @return ONR_OK; ONR_E_IO (also: the file exists); ONR_E_BUSY; ONR_E_NOMEM. Cost: copies all. */
ONR_API ONR_CHECK onr_status onr_store_backup(onr_store *store, const char *path, onr_error *err);

#ifdef __cplusplus
}
#endif
#endif
