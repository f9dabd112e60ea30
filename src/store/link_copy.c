/* Near copies: articles that share half their shingles or more, or have the same text, are a
 * cluster; its earliest article counts. Clusters are the connected parts of that relation, whatever
 * the order of keeping. Source: link_sketch.c; own. Leaves out: an article of which another prints
 * less than half. */
#include "store/link.h"
#include "store/link_sketch.h"

#include <stdlib.h>

#define ALIKE 0.5 /* estimated share of equal shingles */
enum { CLUSTER_MAX = 20000 };

static onr_status no_mem(onr_error *err)
{
    return onri_fail(err, ONR_E_NOMEM, "link", "out of memory");
}

/* ---- the sketch -------------------------------------------------------------------------------
 */

typedef struct skip { /* boilerplate is everybody's */
    ONRI_VEC(onr_span) at;
} skip;

static onr_status boilerplate(onr_store *s, onr_arena *tmp, int64_t article, skip *v,
                              onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(
        s, "SELECT start, stop FROM boilerplate WHERE article = ?1 ORDER BY start, stop");
    onri_bind_int(st, 1, article);
    for (;;) {
        bool row;
        const onr_status status = onri_store_step(s, st, &row, err);
        if (!row) return status;
        onr_span *at = ONRI_PUSH(tmp, &v->at);
        if (!at) {
            (void)sqlite3_reset(st);
            return onri_fail_mem(err, tmp, "link");
        }
        *at = (onr_span){ (uint32_t)sqlite3_column_int64(st, 0),
                          (uint32_t)sqlite3_column_int64(st, 1) };
    }
}

static bool sketch_text(onri_sketch *k, onr_arena *tmp, onr_sv text, const skip *v)
{
    onri_shingler words = { .n = 0 };
    size_t at = 0;
    onri_sketch_init(k);
    for (uint32_t i = 0; i <= v->at.n; i++) {
        const size_t end = i < v->at.n ? v->at.at[i].beg : text.n;
        if (end > at && end <= text.n) {
            const onr_mark m = onr_arena_mark(tmp);
            const onr_sv f = onri_fold(tmp, onri_sub(text, at, end));
            if (!f.p) return false;
            onri_sketch_add(k, &words, f);
            onr_arena_rewind(tmp, m);
        }
        if (i < v->at.n && v->at.at[i].end > at) at = v->at.at[i].end;
        if (at > text.n) break;
    }
    return true;
}

static onr_status make_sketch(onr_store *s, int64_t article, onri_sketch *k, onr_error *err)
{
    onr_arena tmp = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    skip v = { 0 };
    onri_sketch_init(k);
    onr_status status = boilerplate(s, &tmp, article, &v, err);
    sqlite3_stmt *st = onri_store_stmt(s, "SELECT text FROM article_text WHERE article = ?1");
    onri_bind_int(st, 1, article);
    bool row = false;
    if (status == ONR_OK) status = onri_store_step(s, st, &row, err);
    if (row && !sketch_text(k, &tmp, onri_column_sv(st, 0), &v))
        status = onri_fail_mem(err, &tmp, "link");
    if (row) (void)sqlite3_reset(st);
    onr_arena_drop(&tmp);
    return status;
}

static onr_status load_sketch(onr_store *s, int64_t article, onri_sketch *k, onr_error *err)
{
    onri_sketch_init(k);
    sqlite3_stmt *st = onri_store_stmt(s, "SELECT sketch FROM article_sketch WHERE article = ?1");
    onri_bind_int(st, 1, article);
    bool row;
    const onr_status status = onri_store_step(s, st, &row, err);
    if (!row) return status;
    const onr_sv v = onri_column_sv(st, 0);
    for (size_t i = 0; v.n == sizeof k->at && i < ONRI_SKETCH; i++) {
        const unsigned char *p = (const unsigned char *)v.p + 4 * i;
        k->at[i] =
            (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    }
    k->n = ONRI_SHINGLES_MIN;
    (void)sqlite3_reset(st);
    return ONR_OK;
}

static onr_status save_sketch(onr_store *s, int64_t article, const onri_sketch *k, onr_error *err)
{
    unsigned char b[sizeof k->at];
    for (size_t i = 0; i < ONRI_SKETCH; i++)
        for (unsigned j = 0; j < 4; j++) b[4 * i + j] = (unsigned char)(k->at[i] >> (8 * j));
    sqlite3_stmt *st = onri_store_stmt(
        s, "INSERT OR REPLACE INTO article_sketch(article, sketch) VALUES (?1, ?2)");
    onri_bind_int(st, 1, article);
    if (st) (void)sqlite3_bind_blob(st, 2, b, sizeof b, SQLITE_STATIC);
    return onri_store_run(s, st, err);
}

/* ---- who is alike -----------------------------------------------------------------------------
 */

static onr_status collect(onr_store *s, sqlite3_stmt *st, onri_ids *to, onr_error *err)
{
    for (;;) {
        bool row;
        const onr_status status = onri_store_step(s, st, &row, err);
        if (!row) return status;
        if (onri_ids_add(to, sqlite3_column_int64(st, 0))) continue;
        (void)sqlite3_reset(st);
        return no_mem(err);
    }
}

static void unique(onri_ids *v)
{
    onri_ids_sort(v);
    size_t n = 0;
    for (size_t i = 0; i < v->n; i++)
        if (!n || v->at[n - 1] != v->at[i]) v->at[n++] = v->at[i];
    v->n = n;
}

/* Articles alike to this one, not itself. put: it goes into the bands, too. */
static onr_status neighbours(onr_store *s, int64_t article, const onri_sketch *k, bool put,
                             onri_ids *out, onr_error *err)
{
    onri_ids may = { 0 };
    onr_status status = ONR_OK;
    int64_t bands[ONRI_BANDS];
    onri_sketch_bands(k, bands);
    for (size_t i = 0; status == ONR_OK && k->n >= ONRI_SHINGLES_MIN && i < ONRI_BANDS; i++) {
        sqlite3_stmt *st = onri_store_stmt(
            s, "SELECT article FROM copy_band WHERE band = ?1 AND article <> ?2 LIMIT 2000");
        onri_bind_int(st, 1, bands[i]);
        onri_bind_int(st, 2, article);
        status = collect(s, st, &may, err);
        if (status != ONR_OK || !put) continue;
        st = onri_store_stmt(s, "INSERT OR IGNORE INTO copy_band(band, article) VALUES (?1, ?2)");
        onri_bind_int(st, 1, bands[i]);
        onri_bind_int(st, 2, article);
        status = onri_store_run(s, st, err);
    }
    unique(&may);
    for (size_t i = 0; status == ONR_OK && i < may.n; i++) {
        onri_sketch other;
        status = load_sketch(s, may.at[i], &other, err);
        if (status == ONR_OK && other.n && onri_sketch_same(k, &other) >= ALIKE &&
            !onri_ids_add(out, may.at[i]))
            status = no_mem(err);
    }
    onri_heap_free(may.at);
    sqlite3_stmt *st = onri_store_stmt(
        s, "SELECT o.id FROM article a JOIN article o ON o.text_sha256 = a.text_sha256 AND o.id <> "
           "a.id WHERE a.id = ?1 AND a.n_sentences > 0 LIMIT 2000");
    onri_bind_int(st, 1, article);
    if (status == ONR_OK) status = collect(s, st, out, err);
    unique(out);
    return status;
}

/* ---- clusters ---------------------------------------------------------------------------------
 */

/* All members of the clusters that these articles are in, and the articles. */
static onr_status gather(onr_store *s, onri_ids *all, onr_error *err)
{
    onr_status status = ONR_OK;
    for (size_t i = 0, n = all->n; status == ONR_OK && i < n; i++) {
        sqlite3_stmt *st = onri_store_stmt(
            s, "SELECT o.article FROM article_copy a JOIN article_copy o ON o.cluster = a.cluster "
               "WHERE a.article = ?1");
        onri_bind_int(st, 1, all->at[i]);
        status = collect(s, st, all, err);
    }
    unique(all);
    return status;
}

static onr_status dissolve(onr_store *s, const onri_ids *all, onr_error *err)
{
    onr_status status = ONR_OK;
    for (size_t i = 0; status == ONR_OK && i < all->n; i++) {
        sqlite3_stmt *st = onri_store_stmt(
            s,
            "DELETE FROM copy_cluster WHERE id = (SELECT cluster FROM article_copy WHERE article "
            "= ?1)");
        onri_bind_int(st, 1, all->at[i]);
        status = onri_store_run(s, st, err);
    }
    return status;
}

/* The earliest by date, then by uid: ids of one day are in the order of keeping. */
static onr_status earliest(onr_store *s, const onri_ids *all, int64_t *first, onr_error *err)
{
    onr_arena tmp = onr_arena_make(16 * ONR_MIB);
    onr_sv least = { NULL, 0 };
    onr_status status = ONR_OK;
    *first = all->at[0];
    for (size_t i = 0; status == ONR_OK && i < all->n; i++) {
        /* Without a date: behind all that have one. */
        const int64_t day = all->at[i] >> ONRI_DAY_BITS, best = *first >> ONRI_DAY_BITS;
        if (least.p && (day ? day : INT64_MAX) > (best ? best : INT64_MAX)) continue;
        sqlite3_stmt *st = onri_store_stmt(s, "SELECT uid FROM article WHERE id = ?1");
        onri_bind_int(st, 1, all->at[i]);
        bool row;
        status = onri_store_step(s, st, &row, err);
        if (!row) continue;
        const onr_sv uid = onri_column_sv(st, 0);
        if (!least.p || day != best || onri_cmp(uid, least) < 0) {
            least = onri_dup(&tmp, uid);
            *first = all->at[i];
            if (!least.p) status = onri_fail_mem(err, &tmp, "link");
        }
        (void)sqlite3_reset(st);
    }
    onr_arena_drop(&tmp);
    return status;
}

static onr_status make_cluster(onr_store *s, const onri_ids *all, onr_error *err)
{
    int64_t first, id;
    onr_status status = earliest(s, all, &first, err);
    if (status != ONR_OK) return status;
    sqlite3_stmt *st = onri_store_stmt(
        s, "INSERT INTO copy_cluster(first, n_articles) VALUES (?1, ?2) RETURNING id");
    onri_bind_int(st, 1, first);
    onri_bind_int(st, 2, (int64_t)all->n);
    status = onri_store_int(s, st, 0, &id, err);
    onri_sketch one, other;
    if (status == ONR_OK) status = load_sketch(s, first, &one, err);
    for (size_t i = 0; status == ONR_OK && i < all->n; i++) {
        status = load_sketch(s, all->at[i], &other, err);
        st =
            onri_store_stmt(s, "INSERT INTO article_copy(article, cluster, similarity) VALUES (?1, "
                               "?2, ?3)");
        onri_bind_int(st, 1, all->at[i]);
        onri_bind_int(st, 2, id);
        onri_bind_num(st, 3, onri_sketch_same(&one, &other));
        if (status == ONR_OK) status = onri_store_run(s, st, err);
    }
    return status;
}

/* Their facts have to be linked anew. */
static onr_status again(onr_store *s, const onri_ids *all, onr_error *err)
{
    for (size_t i = 0; i < all->n; i++)
        if (!onri_ids_add(&s->link->again, all->at[i])) return no_mem(err);
    return ONR_OK;
}

onr_status onri_link_copies(onr_store *s, int64_t article, onr_error *err)
{
    onri_sketch k;
    onri_ids all = { 0 };
    onr_status st = make_sketch(s, article, &k, err);
    if (st == ONR_OK && k.n >= ONRI_SHINGLES_MIN) st = save_sketch(s, article, &k, err);
    if (st == ONR_OK) st = neighbours(s, article, &k, true, &all, err);
    if (st == ONR_OK && all.n && all.n < CLUSTER_MAX) {
        if (!onri_ids_add(&all, article)) st = no_mem(err);
        if (st == ONR_OK) st = gather(s, &all, err);
        if (st == ONR_OK) st = dissolve(s, &all, err);
        if (st == ONR_OK) st = make_cluster(s, &all, err);
        if (st == ONR_OK) st = again(s, &all, err);
    }
    onri_heap_free(all.at);
    return st;
}

/* What is left of a cluster may fall apart: its members are joined anew, one by one. */
static onr_status rejoin(onr_store *s, const onri_ids *left, onr_error *err)
{
    onr_status st = ONR_OK;
    for (size_t i = 0; st == ONR_OK && i < left->n; i++) {
        onri_sketch k;
        onri_ids all = { 0 };
        st = load_sketch(s, left->at[i], &k, err);
        if (st == ONR_OK) st = neighbours(s, left->at[i], &k, false, &all, err);
        if (st == ONR_OK && all.n) {
            if (!onri_ids_add(&all, left->at[i])) st = no_mem(err);
            if (st == ONR_OK) st = gather(s, &all, err);
            if (st == ONR_OK) st = dissolve(s, &all, err);
            if (st == ONR_OK) st = make_cluster(s, &all, err);
        }
        onri_heap_free(all.at);
    }
    return st == ONR_OK ? again(s, left, err) : st;
}

onr_status onri_link_forget_copies(onr_store *s, int64_t article, onr_error *err)
{
    onri_sketch k;
    onri_ids all = { 0 }, left = { 0 };
    int64_t bands[ONRI_BANDS];
    onr_status st = load_sketch(s, article, &k, err);
    if (st == ONR_OK && k.n) {
        onri_sketch_bands(&k, bands);
        for (size_t i = 0; st == ONR_OK && i < ONRI_BANDS; i++) {
            sqlite3_stmt *q =
                onri_store_stmt(s, "DELETE FROM copy_band WHERE band = ?1 AND article = ?2");
            onri_bind_int(q, 1, bands[i]);
            onri_bind_int(q, 2, article);
            st = onri_store_run(s, q, err);
        }
    }
    if (st == ONR_OK && !onri_ids_add(&all, article)) st = no_mem(err);
    if (st == ONR_OK) st = gather(s, &all, err);
    for (size_t i = 0; st == ONR_OK && i < all.n; i++)
        if (all.at[i] != article && !onri_ids_add(&left, all.at[i])) st = no_mem(err);
    if (st == ONR_OK && left.n) st = dissolve(s, &all, err);
    sqlite3_stmt *q = onri_store_stmt(s, "UPDATE article SET text_sha256 = NULL WHERE id = ?1");
    onri_bind_int(q, 1, article); /* it is about to go: no neighbour any more */
    if (st == ONR_OK && left.n) st = onri_store_run(s, q, err);
    if (st == ONR_OK && left.n) st = rejoin(s, &left, err);
    onri_heap_free(all.at);
    onri_heap_free(left.at);
    return st;
}
