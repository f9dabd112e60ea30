/* Keeping a record: one transaction holds many, each in a savepoint of its own. The article's row
 * and ids are this file's, its rows of facts are keep_facts.c's. Full text is filled when the
 * transaction ends, in the order of ids, because FTS5 starts a new segment whenever an id goes
 * down. Source: SQLite's documentation (FTS5, savepoints); own. */
#include "store/keep.h"

#include "store/correct.h"
#include "store/link.h"

#include "base/date.h"

#include <stdlib.h>
#include <zstd.h>

/* ---- numbers
 * ---------------------------------------------------------------------------------- */

static int64_t day_number(onr_sv date, int64_t *days)
{
    char full[] = "0000-01-01";
    *days = 1;
    if (date.n >= 10) {
        memcpy(full, date.p, 10);
    } else if (date.n == 7 || date.n == 4) {
        memcpy(full, date.p, date.n);
    } else {
        return 0;
    }
    const onri_day d = onri_day_parse(onri_sv(full, 10));
    const onri_day first = onri_day_of(1, 1, 1);
    if (d == ONRI_NO_DAY || d < first) return 0;
    if (date.n == 7) *days = onri_month_start(d, 1) - d;
    if (date.n == 4) *days = onri_month_start(d, 12) - d;
    return (int64_t)d - first + 1;
}

bool onri_store_range(onr_sv date, int64_t *first, int64_t *last)
{
    int64_t days;
    const int64_t day = day_number(date, &days);
    if (date.n && !day) return false;
    *first = day << ONRI_DAY_BITS;
    *last = ((day + days) << ONRI_DAY_BITS) - 1;
    return true;
}

/* The first of n new ids of a table on the article's day. */
onr_status onri_keep_ids(onr_store *s, const char *sql, int64_t day, uint32_t n, int64_t *first,
                         onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(s, sql); /* the greatest id below ?1 */
    onri_bind_int(st, 1, (day + 1) << ONRI_DAY_BITS);
    bool row;
    const onr_status status = onri_store_step(s, st, &row, err);
    if (status != ONR_OK) return status;
    int64_t at = row ? sqlite3_column_int64(st, 0) : 0;
    if (row) (void)sqlite3_reset(st);
    const int64_t zero = day << ONRI_DAY_BITS;
    if (at < zero) at = zero;
    if (at - zero + n + 1 >= (int64_t)1 << ONRI_DAY_BITS)
        return onri_fail(err, ONR_E_LIMIT, "store", "too many facts of one day");
    *first = at + 1;
    return ONR_OK;
}

/* ---- full text
 * -------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

void onri_ids_sort(onri_ids *v)
{
    if (v->n) qsort(v->at, v->n, sizeof *v->at, by_id);
}

#define FACT_COLUMNS "words, who, whom, about, role, country, tags, publisher"

/* Rows go into FTS5 one by one with their values: INSERT ... SELECT would open a savepoint each
 * time, at which FTS5 writes out all it has. */
static onr_status each(onr_store *s, onri_ids *ids, const char *select, const char *insert,
                       onr_error *err)
{
    onri_ids_sort(ids);
    for (size_t i = 0; i < ids->n; i++) {
        sqlite3_stmt *from = onri_store_stmt(s, select), *to = onri_store_stmt(s, insert);
        onri_bind_int(from, 1, ids->at[i]);
        bool row;
        onr_status st = onri_store_step(s, from, &row, err);
        if (st != ONR_OK) return st;
        if (!row) continue; /* gone again since */
        const int n = sqlite3_column_count(from);
        for (int c = 0; to && c < n; c++)
            (void)sqlite3_bind_value(to, c + 1, sqlite3_column_value(from, c));
        st = onri_store_run(s, to, err);
        (void)sqlite3_reset(from);
        if (st != ONR_OK) return st;
    }
    ids->n = 0;
    return ONR_OK;
}

onr_status onri_store_index(onr_store *s, onr_error *err)
{
    onr_status st = each(s, &s->facts, "SELECT id, " FACT_COLUMNS " FROM fact_index WHERE id = ?1",
                         "INSERT INTO fact_fts(rowid, " FACT_COLUMNS
                         ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                         err);
    if (st == ONR_OK)
        st = each(s, &s->sentences, "SELECT id, words FROM sentences WHERE id = ?1",
                  "INSERT INTO sentence_fts(rowid, words) VALUES (?1, ?2)", err);
    return st;
}

onr_status onri_store_unindex_article(onr_store *s, int64_t article, onr_error *err)
{
    onr_status status = onri_store_index(s, err);
    sqlite3_stmt *st =
        onri_store_stmt(s, "INSERT INTO fact_fts(fact_fts, rowid, " FACT_COLUMNS
                           ") SELECT 'delete', id, " FACT_COLUMNS
                           " FROM fact_index WHERE id IN (SELECT id FROM fact WHERE article = ?1)");
    onri_bind_int(st, 1, article);
    if (status == ONR_OK) status = onri_store_run(s, st, err);
    st = onri_store_stmt(s, "INSERT INTO sentence_fts(sentence_fts, rowid, words) SELECT 'delete', "
                            "id, words FROM sentences WHERE article = ?1");
    onri_bind_int(st, 1, article);
    if (status == ONR_OK) status = onri_store_run(s, st, err);
    return status;
}

static onr_status collect(onr_store *s, const char *sql, int64_t article, onri_ids *to,
                          onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(s, sql);
    onri_bind_int(st, 1, article);
    for (;;) {
        bool row;
        const onr_status status = onri_store_step(s, st, &row, err);
        if (!row) return status;
        if (!onri_ids_add(to, sqlite3_column_int64(st, 0))) {
            (void)sqlite3_reset(st);
            return onri_fail(err, ONR_E_NOMEM, "store", "out of memory");
        }
    }
}

onr_status onri_store_index_article(onr_store *s, int64_t article, onr_error *err)
{
    onr_status st = collect(s, "SELECT id FROM fact WHERE article = ?1", article, &s->facts, err);
    if (st == ONR_OK)
        st = collect(s, "SELECT id FROM sentence WHERE article = ?1", article, &s->sentences, err);
    return st;
}

/* ---- hashes
 * ----------------------------------------------------------------------------------- */

static void hex_of(onri_sha256 *h, char out[65])
{
    uint8_t sum[32];
    onri_sha256_end(h, sum);
    onri_hex(sum, 32, out);
}

/* A part with its length, so that no two lists run into each other. */
static void add_part(onri_sha256 *h, onr_sv s)
{
    char n[8];
    for (int i = 0; i < 8; i++) n[i] = (char)((uint64_t)s.n >> (8 * i) & 255);
    onri_sha256_add(h, onri_sv(n, 8));
    onri_sha256_add(h, s);
}

void onr_store_input(const onr_article *a, char out[65])
{
    onri_sha256 h;
    onri_sha256_init(&h);
    const onr_sv parts[] = { a->id,          a->publisher, a->author,     a->date,
                             a->date_source, a->lang,      a->title_text, a->text };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) add_part(&h, parts[i]);
    hex_of(&h, out);
}

/* JSON of the record, and its hash without the uri: a story found again at another address is the
 * same story. */
static onr_status json_of(onr_arena *tmp, const onr_record *rec, onr_sv *json, char hash[65],
                          onr_error *err)
{
    onr_record bare = *rec;
    bare.uri = (onr_sv){ NULL, 0 };
    onr_status st = onr_record_json(tmp, &bare, NULL, json, err);
    if (st != ONR_OK) return st;
    onri_sha256 h;
    onri_sha256_init(&h);
    onri_sha256_add(&h, *json);
    hex_of(&h, hash);
    return rec->uri.n ? onr_record_json(tmp, rec, NULL, json, err) : ONR_OK;
}

onr_status onri_store_hash(onr_arena *tmp, const onr_record *rec, char hash[65], onr_error *err)
{
    onr_sv json;
    return json_of(tmp, rec, &json, hash, err);
}

/* ---- one article
 * ------------------------------------------------------------------------------ */

static onr_status id_of(onr_store *s, const char *insert, const char *select, const onr_sv *v,
                        int n, int64_t *id, onr_error *err)
{
    *id = 0;
    for (int again = 0; again < 2; again++) {
        sqlite3_stmt *st = onri_store_stmt(s, select);
        for (int i = 0; i < n; i++) /* empty is a value here, not NULL */
            if (st)
                (void)sqlite3_bind_text64(st, i + 1, v[i].n ? v[i].p : "", v[i].n, SQLITE_STATIC,
                                          SQLITE_UTF8);
        bool row;
        onr_status status = onri_store_step(s, st, &row, err);
        if (row) *id = sqlite3_column_int64(st, 0);
        if (row) (void)sqlite3_reset(st);
        if (status != ONR_OK || row) return status;
        st = onri_store_stmt(s, insert);
        for (int i = 0; i < n; i++)
            if (st)
                (void)sqlite3_bind_text64(st, i + 1, v[i].n ? v[i].p : "", v[i].n, SQLITE_STATIC,
                                          SQLITE_UTF8);
        status = onri_store_run(s, st, err);
        if (status != ONR_OK) return status;
    }
    return onri_fail(err, ONR_E_INTERNAL, "store", "a row was written and is not there");
}

static onr_status insert_article(onri_keep *k, const char *hash, const onr_keep_opts *o,
                                 onr_error *err)
{
    const onr_record *r = k->rec;
    int64_t publisher = 0, made_by = 0;
    onr_status st = ONR_OK;
    if (r->publisher.n)
        st = id_of(k->s, "INSERT INTO publisher(name) VALUES (?1)",
                   "SELECT id FROM publisher WHERE name = ?1", &r->publisher, 1, &publisher, err);
    const onr_sv by[] = { r->made_by_version, r->made_by_model, r->made_by_rules };
    if (st == ONR_OK && by[0].n)
        st = id_of(k->s, "INSERT INTO made_by(version, model, rules) VALUES (?1, ?2, ?3)",
                   "SELECT id FROM made_by WHERE version = ?1 AND model = ?2 AND rules = ?3", by, 3,
                   &made_by, err);
    if (st == ONR_OK)
        st = onri_keep_ids(k->s, "SELECT max(id) FROM article WHERE id < ?1", k->day, 1,
                           &k->article, err);
    if (st == ONR_OK)
        st = onri_keep_ids(k->s, "SELECT max(id) FROM sentence WHERE id < ?1", k->day,
                           r->n_sentences, &k->sentence0, err);
    if (st == ONR_OK)
        st = onri_keep_ids(k->s, "SELECT max(id) FROM fact WHERE id < ?1", k->day, k->n_facts,
                           &k->fact0, err);
    if (st != ONR_OK) return st;
    sqlite3_stmt *q = onri_store_stmt(
        k->s,
        "INSERT INTO article(id, uid, uri, publisher, author, title, date, date_source, lang, "
        "text_sha256, record_sha256, input_sha256, kept_from, made_by, error, n_sentences, "
        "n_facts) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)");
    onri_bind_int(q, 1, k->article);
    onri_bind_sv(q, 2, r->id);
    onri_bind_sv(q, 3, r->uri);
    onri_bind_id(q, 4, publisher);
    onri_bind_sv(q, 5, r->author);
    onri_bind_sv(q, 6,
                 r->title.end ? onri_sub(r->text, r->title.beg, r->title.end) : r->title_text);
    onri_bind_sv(q, 7, r->date);
    onri_bind_sv(q, 8, r->date_source);
    onri_bind_sv(q, 9, r->lang);
    onri_bind_sv(q, 10, r->text_sha256);
    onri_bind_z(q, 11, hash);
    onri_bind_sv(q, 12, o->input);
    onri_bind_sv(q, 13, o->kept_from);
    onri_bind_id(q, 14, made_by);
    onri_bind_z(q, 15,
                r->error ? r->error->msg[0] ? r->error->msg : onr_status_name(r->error->status)
                         : NULL);
    onri_bind_int(q, 16, r->n_sentences);
    onri_bind_int(q, 17, k->n_facts);
    return onri_store_run(k->s, q, err);
}

static onr_status insert_text(onri_keep *k, onr_sv json, onr_error *err)
{
    const onr_record *r = k->rec;
    const size_t cap = ZSTD_compressBound(json.n);
    char *packed = onr_alloc(k->tmp, cap);
    if (!packed) return onri_fail_mem(err, k->tmp, "store");
    const size_t n = ZSTD_compress(packed, cap, json.p, json.n, 3);
    if (ZSTD_isError(n))
        return onri_fail(err, ONR_E_NOMEM, "store", "cannot compress: %s", ZSTD_getErrorName(n));
    sqlite3_stmt *q =
        onri_store_stmt(k->s, "INSERT INTO article_record(article, json) VALUES (?1, ?2)");
    onri_bind_int(q, 1, k->article);
    if (q) (void)sqlite3_bind_blob64(q, 2, packed, n, SQLITE_STATIC);
    onr_status st = onri_store_run(k->s, q, err);
    if (st != ONR_OK || r->error) return st;
    q = onri_store_stmt(k->s, "INSERT INTO article_text(article, text) VALUES (?1, ?2)");
    onri_bind_int(q, 1, k->article);
    if (q)
        (void)sqlite3_bind_text64(q, 2, r->text.n ? r->text.p : "", r->text.n, SQLITE_STATIC,
                                  SQLITE_UTF8);
    return onri_store_run(k->s, q, err);
}

static onr_status drop_id(onr_store *s, int64_t article, onr_error *err)
{
    onr_status st = onri_store_unindex_article(s, article, err);
    if (st == ONR_OK) st = onri_link_forget(s, article, err);
    sqlite3_stmt *r = onri_store_stmt(
        s, "INSERT INTO rejected_fts(rejected_fts, rowid, words, by_name, to_name) SELECT "
           "'delete', id, words, by_name, to_name FROM rejected WHERE article = ?1");
    onri_bind_int(r, 1, article);
    if (st == ONR_OK) st = onri_store_run(s, r, err);
    sqlite3_stmt *q = onri_store_stmt(s, "DELETE FROM article WHERE id = ?1");
    onri_bind_int(q, 1, article);
    return st == ONR_OK ? onri_store_run(s, q, err) : st;
}

/* What is there under the record's id. */
typedef struct there {
    int64_t id; /* 0: nothing */
    bool same, is_error, has_input;
} there;

static onr_status look_up(onr_store *s, onr_sv uid, const char *hash, onr_sv input, there *t,
                          onr_error *err)
{
    *t = (there){ 0 };
    sqlite3_stmt *st = onri_store_stmt(
        s, "SELECT id, record_sha256 = ?2, error IS NOT NULL, coalesce(input_sha256 = ?3, 0) FROM "
           "article WHERE uid = ?1");
    onri_bind_sv(st, 1, uid);
    onri_bind_z(st, 2, hash);
    onri_bind_sv(st, 3, input);
    bool row;
    const onr_status status = onri_store_step(s, st, &row, err);
    if (!row) return status;
    *t = (there){ sqlite3_column_int64(st, 0), sqlite3_column_int(st, 1) != 0,
                  sqlite3_column_int(st, 2) != 0, sqlite3_column_int(st, 3) != 0 };
    (void)sqlite3_reset(st);
    return ONR_OK;
}

/* The same record read from elsewhere: remember from what, so that it is not read again. */
static onr_status note_input(onr_store *s, int64_t article, const onr_keep_opts *o, onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(s, "UPDATE article SET input_sha256 = ?2 WHERE id = ?1");
    onri_bind_int(st, 1, article);
    onri_bind_sv(st, 2, o->input);
    return onri_store_run(s, st, err);
}

/* What is to be done with the record, before anything is changed. */
typedef struct plan {
    onr_sv json;
    char hash[65];
    there t;
    onr_kept what;
} plan;

static onr_status decide(onri_keep *k, const onr_keep_opts *o, plan *p, onr_error *err)
{
    onr_status st = json_of(k->tmp, k->rec, &p->json, p->hash, err);
    if (st == ONR_OK) st = look_up(k->s, k->rec->id, p->hash, o->input, &p->t, err);
    if (st != ONR_OK) return st;
    p->what = p->t.id ? ONR_KEPT_CHANGED : ONR_KEPT_NEW;
    if (p->t.id && (p->t.same || o->only_new || (k->rec->error && !p->t.is_error)))
        p->what = ONR_KEPT_SAME;
    /* Taking the old one out of the full text needs all the others in it. */
    return p->what == ONR_KEPT_CHANGED ? onri_store_index(k->s, err) : ONR_OK;
}

static onr_status put(onri_keep *k, const onr_keep_opts *o, const plan *p, onr_error *err)
{
    if (p->what == ONR_KEPT_SAME)
        return p->t.same && o->input.n && !p->t.has_input ? note_input(k->s, p->t.id, o, err)
                                                          : ONR_OK;
    onr_status st = p->t.id ? drop_id(k->s, p->t.id, err) : ONR_OK;
    if (st == ONR_OK) st = onri_correct_record(k, p->json, err);
    if (st == ONR_OK) st = onri_keep_order(k, err);
    if (st == ONR_OK) st = insert_article(k, p->hash, o, err);
    if (st == ONR_OK) st = insert_text(k, p->json, err);
    if (st == ONR_OK) st = onri_keep_facts(k, err);
    if (st == ONR_OK) st = onri_correct_mark(k, err);
    return st == ONR_OK ? onri_link_add(k->s, k->article, err) : st;
}

static onr_status check(const onr_store *s, const onr_record *rec, onr_arena *tmp, onr_error *err)
{
    if (!s->writes) return onri_fail(err, ONR_E_RANGE, "store", "%s: opened to read", s->path);
    if (rec->id.n == 0) return onri_fail(err, ONR_E_RANGE, "store", "the record has no id");
    if (rec->error) return ONR_OK;
    if (!rec->text.p && rec->n_sentences)
        return onri_fail(
            err, ONR_E_RANGE, "store",
            "record without its text (made with --no-text?): its words cannot be kept");
    return onr_record_check(rec, tmp, err);
}

/* A savepoint around one change: it is made whole, or not at all. */
static onr_status enter(onr_store *s, onr_error *err)
{
    return onri_store_run(s, onri_store_stmt(s, "SAVEPOINT one"), err);
}

static onr_status leave(onr_store *s, onr_status st, onr_error *err)
{
    if (st != ONR_OK && onri_store_run(s, onri_store_stmt(s, "ROLLBACK TO one"), NULL) != ONR_OK)
        onri_store_undo(s); /* better nothing of it than half of it */
    if (!s->in_work) return st;
    const onr_status end =
        onri_store_run(s, onri_store_stmt(s, "RELEASE one"), st == ONR_OK ? err : NULL);
    /* SQLite gives up the whole transaction when the disk is full or memory runs out. */
    if (sqlite3_get_autocommit(s->db)) onri_store_undo(s);
    return st == ONR_OK ? end : st;
}

onr_status onr_store_keep(onr_store *s, const onr_record *rec, const onr_keep_opts *opts,
                          onr_kept *what, onr_error *err)
{
    const onr_keep_opts plain = ONR_KEEP_OPTS_INIT;
    const onr_keep_opts *o = opts ? opts : &plain;
    onr_arena tmp = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    onri_keep k = { .s = s, .rec = rec, .tmp = &tmp };
    plan p = { .what = ONR_KEPT_SAME };
    int64_t days;
    k.day = day_number(rec->date, &days);
    onr_status st = check(s, rec, &tmp, err);
    if (st == ONR_OK) st = onri_store_begin(s, err);
    if (st == ONR_OK) st = decide(&k, o, &p, err);
    const size_t n_facts = s->facts.n, n_sentences = s->sentences.n;
    if (st == ONR_OK) st = enter(s, err);
    if (st == ONR_OK) {
        st = leave(s, put(&k, o, &p, err), err);
        if (st != ONR_OK && s->in_work) {
            s->facts.n = n_facts;
            s->sentences.n = n_sentences;
        }
    }
    onr_arena_drop(&tmp);
    if (st == ONR_OK && what) *what = p.what;
    return st;
}

onr_status onri_store_put_again(onr_store *s, onr_sv uid, bool *found, onr_error *err)
{
    onr_arena tmp = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    onr_record rec = { .id = { NULL, 0 } };
    onri_keep k = { .s = s, .rec = &rec, .tmp = &tmp };
    onr_keep_opts o = ONR_KEEP_OPTS_INIT;
    plan p = { .what = ONR_KEPT_CHANGED };
    int64_t days;
    *found = false;
    onr_status st = onr_store_record(s, &tmp, uid, &rec, err);
    sqlite3_stmt *q =
        onri_store_stmt(s, "SELECT kept_from, input_sha256 FROM article WHERE uid = ?1");
    onri_bind_sv(q, 1, uid);
    bool row = false;
    if (st == ONR_OK && rec.id.n) st = onri_store_step(s, q, &row, err);
    if (row) {
        const onr_sv from = onri_column_sv(q, 0), input = onri_column_sv(q, 1);
        if (from.n) o.kept_from = onri_dup(&tmp, from);
        if (input.n) o.input = onri_dup(&tmp, input);
        (void)sqlite3_reset(q);
        if ((from.n && !o.kept_from.p) || (input.n && !o.input.p))
            st = onri_fail_mem(err, &tmp, "store");
    }
    if (st == ONR_OK && row) st = json_of(&tmp, &rec, &p.json, p.hash, err);
    if (st == ONR_OK && row) st = look_up(s, uid, p.hash, o.input, &p.t, err);
    k.day = day_number(rec.date, &days);
    if (st == ONR_OK && row) st = onri_store_index(s, err);
    if (st == ONR_OK && row) st = put(&k, &o, &p, err);
    *found = row;
    onr_arena_drop(&tmp);
    return st;
}

onr_status onr_store_drop(onr_store *s, onr_sv uid, bool *was, onr_error *err)
{
    there t = { 0 };
    onr_status st = onri_store_begin(s, err);
    if (st == ONR_OK) st = look_up(s, uid, "", (onr_sv){ NULL, 0 }, &t, err);
    if (st == ONR_OK && t.id) st = onri_store_index(s, err);
    if (st == ONR_OK && t.id) st = enter(s, err);
    if (st == ONR_OK && t.id) st = leave(s, drop_id(s, t.id, err), err);
    if (st == ONR_OK && was) *was = t.id != 0;
    return st;
}

onr_status onr_store_has(onr_store *s, const char *input, onr_sv version, onr_sv model,
                         onr_sv rules, bool *has, onr_error *err)
{
    *has = false;
    sqlite3_stmt *st = onri_store_stmt(
        s,
        "SELECT 1 FROM article a JOIN made_by m ON m.id = a.made_by WHERE a.input_sha256 = ?1 AND "
        "m.version = ?2 AND m.model = ?3 AND m.rules = ?4 LIMIT 1");
    onri_bind_z(st, 1, input);
    onri_bind_sv(st, 2, version);
    onri_bind_sv(st, 3, model);
    onri_bind_sv(st, 4, rules);
    const onr_status status = onri_store_step(s, st, has, err);
    if (*has) (void)sqlite3_reset(st);
    return status;
}

/* ---- the record back
 * -------------------------------------------------------------------------- */

static onr_status unpack(onr_arena *mem, onr_sv packed, onr_sv *out, onr_error *err)
{
    const unsigned long long n = ZSTD_getFrameContentSize(packed.p, packed.n);
    if (n == ZSTD_CONTENTSIZE_UNKNOWN || n == ZSTD_CONTENTSIZE_ERROR || n > SIZE_MAX / 2)
        return onri_fail(err, ONR_E_SYNTAX, "store", "the article's record is damaged");
    char *p = onr_alloc(mem, (size_t)n + 1);
    if (!p) return onri_fail_mem(err, mem, "store");
    const size_t got = ZSTD_decompress(p, (size_t)n, packed.p, packed.n);
    if (ZSTD_isError(got) || got != n)
        return onri_fail(err, ONR_E_SYNTAX, "store", "the article's record is damaged");
    *out = onri_sv(p, got);
    return ONR_OK;
}

onr_status onr_store_record_json(onr_store *s, onr_arena *mem, onr_sv uid, onr_sv *out,
                                 onr_error *err)
{
    sqlite3_stmt *st =
        onri_store_stmt(s, "SELECT r.json FROM article_record r JOIN article a ON a.id = r.article "
                           "WHERE a.uid = ?1");
    onri_bind_sv(st, 1, uid);
    bool row;
    onr_status status = onri_store_step(s, st, &row, err);
    if (status != ONR_OK) return status;
    onr_sv json = { NULL, 0 };
    if (row) {
        status = unpack(mem, onri_column_sv(st, 0), &json, err);
        (void)sqlite3_reset(st);
    }
    if (status == ONR_OK) *out = json;
    return status;
}

onr_status onr_store_record(onr_store *s, onr_arena *mem, onr_sv uid, onr_record *out,
                            onr_error *err)
{
    onr_sv json;
    const onr_status st = onr_store_record_json(s, mem, uid, &json, err);
    if (st != ONR_OK) return st;
    if (!json.p) {
        out->id = (onr_sv){ NULL, 0 };
        return ONR_OK;
    }
    return onr_record_load(mem, json, out, err);
}
