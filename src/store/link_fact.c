/* Facts of one article linked to those of others: looked up by keys near in time, compared, and the
 * link stored with its score and what it rests on. Facts of a near copy are linked to those of the
 * copy that counts, and to nothing else. Source: own. Leaves out: positions and relations as such;
 * their statements are linked. */
#include "store/link_same.h"

#include "store/link.h"

#include "base/date.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    CACHE = 16384,   /* features kept */
    LINKS_MOST = 12, /* links of a fact, each way and kind of search */
    WIDE_DAYS = 750,
    CLOSE_DAYS = 4
};

/* ---- features ---------------------------------------------------------------------------------
 */

/* A label, of which there are few: the same for as long as the handle lives. */
static onr_sv label(struct onri_link *l, sqlite3_stmt *st, int at, bool *ok)
{
    const onr_sv v = onri_column_sv(st, at);
    if (!v.n) return (onr_sv){ "", 0 };
    const uint32_t a = onri_atom(&l->labels, v);
    if (a == ONR_NONE) *ok = false;
    return a == ONR_NONE ? (onr_sv){ "", 0 } : l->labels.words.at[a];
}

static int32_t day_of(onr_sv date, int64_t id)
{
    if (date.n == 10) {
        const onri_day d = onri_day_parse(date), first = onri_day_of(1, 1, 1);
        if (d != ONRI_NO_DAY && d >= first) return (int32_t)(d - first + 1);
    }
    return (int32_t)(id >> ONRI_DAY_BITS);
}

/* The name of who does it says nothing of what is done. */
static bool without_name(onri_feature *f, const onri_link_know *k, onr_arena *tmp, onr_sv name_key)
{
    onri_wordset name = { .n = 0 };
    if (!onri_words_add(&name, k, tmp, name_key)) return false;
    uint32_t n = 0;
    for (uint32_t i = 0; i < f->words.n; i++) {
        bool in = false;
        for (uint32_t j = 0; j < name.n; j++) in |= name.at[j] == f->words.at[i];
        if (!in) f->words.at[n++] = f->words.at[i];
    }
    f->words.n = n;
    return true;
}

static onr_status parties(onr_store *s, const onri_link_know *k, onr_arena *tmp, onri_feature *f,
                          onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(
        s, "SELECT y.part, x.actor, p.base, p.name_key FROM party y JOIN actor_entity x ON "
           "x.entity = y.entity "
           "JOIN actor_profile p ON p.id = x.profile WHERE y.fact = ?1 AND y.part IN ('by', 'to', "
           "'place') ORDER BY y.part, y.n");
    onri_bind_int(st, 1, f->id);
    for (;;) {
        bool row;
        const onr_status status = onri_store_step(s, st, &row, err);
        if (!row) return status;
        const onr_sv part = onri_column_sv(st, 0);
        const int64_t actor = sqlite3_column_int64(st, 1);
        if (onri_eqz(part, "by") && !f->by) {
            f->by = actor;
            f->base = sqlite3_column_int64(st, 2);
            if (!without_name(f, k, tmp, onri_column_sv(st, 3))) {
                (void)sqlite3_reset(st);
                return onri_fail_mem(err, tmp, "link");
            }
        } else if (onri_eqz(part, "to") && !f->to) {
            f->to = actor;
            f->to_base = sqlite3_column_int64(st, 2);
        } else if (onri_eqz(part, "place") && !f->place) {
            f->place = actor;
        }
    }
}

/* What the layer's own table has of it. `words` of a commitment are those of its action. */
static onr_status load_layer(onr_store *s, struct onri_link *l, onr_arena *mem, onri_feature *f,
                             onr_sv words, onr_error *err)
{
    static const char *const asks[] = {
        [ONR_LAYER_STATEMENT] = "SELECT NULL, NULL, negated FROM statement WHERE fact = ?1",
        [ONR_LAYER_EVENT] = "SELECT status, time_from FROM event WHERE fact = ?1",
        [ONR_LAYER_COMMITMENT] = ("SELECT NULL, NULL, action, condition FROM commitment "
                                  "WHERE fact = ?1"),
        [ONR_LAYER_DISPUTE] = "SELECT NULL WHERE ?1 IS NULL",
    };
    sqlite3_stmt *st = onri_store_stmt(s, asks[f->layer]);
    onri_bind_int(st, 1, f->id);
    bool row, ok = true;
    const onr_status status = onri_store_step(s, st, &row, err);
    if (status != ONR_OK) return status;
    f->status = (onr_sv){ "", 0 };
    f->day = day_of((onr_sv){ NULL, 0 }, f->article);
    if (row && f->layer == ONR_LAYER_EVENT) {
        f->status = label(l, st, 0, &ok);
        f->day = day_of(onri_column_sv(st, 1), f->article);
    } else if (row && f->layer == ONR_LAYER_COMMITMENT) {
        words = onri_column_sv(st, 2);
        ok = onri_words_add(&f->if_words, &l->know, mem, onri_column_sv(st, 3));
    }
    ok = ok && onri_words_add(&f->words, &l->know, mem, words);
    f->negated =
        f->layer == ONR_LAYER_STATEMENT ? row && sqlite3_column_int(st, 2) != 0 : f->words.negated;
    if (row) (void)sqlite3_reset(st);
    return ok ? ONR_OK : onri_fail_mem(err, mem, "link");
}

/* *f: id 0 if it is no fact that is compared, or nothing that can be linked to `with` (NULL: ask
 * for all of it). What rules a fact out is asked step by step, because each step is a look at
 * another table. */
static onr_status load_new(onr_store *s, struct onri_link *l, onr_arena *mem, int64_t id,
                           const onri_feature *with, onri_feature *f, onr_error *err)
{
    *f = (onri_feature){ .id = 0 };
    sqlite3_stmt *st =
        onri_store_stmt(s, "SELECT article, layer, kind, words FROM fact WHERE id = ?1");
    onri_bind_int(st, 1, id);
    bool row, ok = true;
    onr_status status = onri_store_step(s, st, &row, err);
    if (!row) return status;
    const onr_sv layer = onri_column_sv(st, 1);
    f->layer = onri_eqz(layer, "statement")    ? ONR_LAYER_STATEMENT
               : onri_eqz(layer, "event")      ? ONR_LAYER_EVENT
               : onri_eqz(layer, "commitment") ? ONR_LAYER_COMMITMENT
               : onri_eqz(layer, "dispute")    ? ONR_LAYER_DISPUTE
                                               : ONR_LAYER__COUNT;
    if (f->layer != ONR_LAYER__COUNT) {
        f->id = id;
        f->article = sqlite3_column_int64(st, 0);
        f->kind = label(l, st, 2, &ok);
        if (!ok) status = onri_fail_mem(err, mem, "link");
        if (with && !onri_same_may(with, f)) f->id = 0;
        if (status == ONR_OK && f->id)
            status = load_layer(s, l, mem, f, onri_column_sv(st, 3), err);
    }
    (void)sqlite3_reset(st);
    if (f->id && with && !onri_same_may_still(with, f)) f->id = 0;
    return status == ONR_OK && f->id ? parties(s, &l->know, mem, f, err) : status;
}

static onr_status load(onr_store *s, struct onri_link *l, onr_arena *mem, int64_t id,
                       const onri_feature *with, onri_feature *f, onr_error *err)
{
    if (!l->cache) {
        l->cache = onri_heap_alloc(CACHE * sizeof *l->cache);
        if (!l->cache) return onri_fail(err, ONR_E_NOMEM, "link", "out of memory");
        onri_link_forget_features(l);
    }
    onri_feature *at = &l->cache[onri_hash_u64((uint64_t)id) % CACHE];
    if (at->id == id) {
        *f = *at;
        return ONR_OK;
    }
    const onr_status st = load_new(s, l, mem, id, with, f, err);
    if (st == ONR_OK && f->id) *at = *f;
    return st;
}

void onri_link_forget_features(struct onri_link *l)
{
    for (size_t i = 0; l->cache && i < CACHE; i++) l->cache[i].id = 0;
}

/* ---- lists of facts ---------------------------------------------------------------------------
 */

static onr_status collect(onr_store *s, sqlite3_stmt *st, onri_ids *to, onr_error *err)
{
    for (;;) {
        bool row;
        const onr_status status = onri_store_step(s, st, &row, err);
        if (!row) return status;
        if (onri_ids_add(to, sqlite3_column_int64(st, 0))) continue;
        (void)sqlite3_reset(st);
        return onri_fail(err, ONR_E_NOMEM, "link", "out of memory");
    }
}

/* Those that occur so often, each once. */
static void at_least(onri_ids *v, size_t times)
{
    onri_ids_sort(v);
    size_t n = 0;
    for (size_t i = 0, j; i < v->n; i = j) {
        for (j = i; j < v->n && v->at[j] == v->at[i];) j++;
        if (j - i >= times) v->at[n++] = v->at[i];
    }
    v->n = n;
}

static onr_status facts_of(onr_store *s, int64_t article, onri_ids *to, onr_error *err)
{
    sqlite3_stmt *st =
        onri_store_stmt(s, "SELECT id FROM fact WHERE article = ?1 AND layer IN "
                           "('statement', 'event', 'commitment', 'dispute') ORDER BY id");
    onri_bind_int(st, 1, article);
    return collect(s, st, to, err);
}

/* ---- keys -------------------------------------------------------------------------------------
 */

onr_status onri_link_keys(onr_store *s, int64_t article, bool forget, onr_error *err)
{
    onr_status status;
    struct onri_link *l = onri_link_of(s, &status, err);
    if (!l) return status;
    onri_ids facts = { 0 };
    onr_arena tmp = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    status = facts_of(s, article, &facts, err);
    for (size_t i = 0; status == ONR_OK && i < facts.n; i++) {
        const onr_mark m = onr_arena_mark(&tmp);
        onri_feature f;
        int64_t keys[ONRI_KEYS_MAX];
        status = load(s, l, &tmp, facts.at[i], NULL, &f, err);
        const uint32_t n = status == ONR_OK ? onri_same_keys(&f, keys) : 0;
        for (uint32_t j = 0; status == ONR_OK && j < n; j++) {
            sqlite3_stmt *st = onri_store_stmt(
                s, forget ? "DELETE FROM fact_key WHERE key = ?1 AND fact = ?2"
                          : "INSERT OR IGNORE INTO fact_key(key, fact) VALUES (?1, ?2)");
            onri_bind_int(st, 1, keys[j]);
            onri_bind_int(st, 2, facts.at[i]);
            status = onri_store_run(s, st, err);
        }
        onr_arena_rewind(&tmp, m);
    }
    onr_arena_drop(&tmp);
    onri_heap_free(facts.at);
    return status;
}

/* ---- links ------------------------------------------------------------------------------------
 */

static onr_status put(onr_store *s, int64_t fact, int64_t other, const char *kind, double score,
                      const char *evidence, onr_error *err)
{
    sqlite3_stmt *st =
        onri_store_stmt(s, "INSERT OR REPLACE INTO same_fact(fact, other, kind, score, "
                           "evidence) VALUES (?1, ?2, ?3, round(?4, 3), ?5)");
    onri_bind_int(st, 1, fact);
    onri_bind_int(st, 2, other);
    onri_bind_z(st, 3, kind);
    onri_bind_num(st, 4, score);
    onri_bind_z(st, 5, evidence);
    return onri_store_run(s, st, err);
}

/* Facts of a copy are those of the article that counts with the same layer, kind and words. */
static onr_status link_copy(onr_store *s, int64_t article, int64_t first, onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(
        s, "INSERT OR REPLACE INTO same_fact(fact, other, kind, score, evidence) SELECT f.id, "
           "min(o.id), 'copy', 1, 'words' FROM fact f JOIN fact o ON o.article = ?2 AND o.layer = "
           "f.layer AND o.kind = f.kind AND o.words = f.words WHERE f.article = ?1 GROUP BY f.id");
    onri_bind_int(st, 1, article);
    onri_bind_int(st, 2, first);
    return onri_store_run(s, st, err);
}

static onr_status first_of(onr_store *s, int64_t article, int64_t *first, onr_error *err)
{
    sqlite3_stmt *st =
        onri_store_stmt(s, "SELECT c.first FROM article_copy a JOIN copy_cluster c ON c.id = "
                           "a.cluster WHERE a.article = ?1");
    onri_bind_int(st, 1, article);
    return onri_store_int(s, st, article, first, err);
}

static onr_status is_copied(onr_store *s, int64_t fact, bool *is, onr_error *err)
{
    sqlite3_stmt *st =
        onri_store_stmt(s, "SELECT 1 FROM same_fact WHERE fact = ?1 AND kind = 'copy' LIMIT 1");
    onri_bind_int(st, 1, fact);
    int64_t v;
    const onr_status status = onri_store_int(s, st, 0, &v, err);
    *is = v != 0;
    return status;
}

/* Facts with that key, the nearest first, on both sides of the fact. */
static onr_status near_key(onr_store *s, int64_t key, const onri_feature *f, int32_t days,
                           onri_ids *to, onr_error *err)
{
    const int64_t span = (int64_t)days << ONRI_DAY_BITS;
    sqlite3_stmt *st =
        onri_store_stmt(s, "SELECT fact FROM fact_key WHERE key = ?1 AND fact < ?2 AND "
                           "fact > ?3 ORDER BY fact DESC LIMIT 64");
    onri_bind_int(st, 1, key);
    onri_bind_int(st, 2, f->id);
    onri_bind_int(st, 3, f->id - span);
    onr_status status = collect(s, st, to, err);
    st = onri_store_stmt(s, "SELECT fact FROM fact_key WHERE key = ?1 AND fact > ?2 AND fact < ?3 "
                            "ORDER BY fact LIMIT 64");
    onri_bind_int(st, 1, key);
    onri_bind_int(st, 2, f->id);
    onri_bind_int(st, 3, f->id + span);
    return status == ONR_OK ? collect(s, st, to, err) : status;
}

typedef struct found {
    int64_t fact, other;
    onri_same same;
    bool same_to, same_place;
} found;

static int by_score(const void *va, const void *vb)
{
    const found *a = va, *b = vb;
    if (a->same.score != b->same.score) return a->same.score < b->same.score ? 1 : -1;
    const int64_t x = a->fact + a->other, y = b->fact + b->other;
    return (x > y) - (x < y);
}

static onr_status keep_best(onr_store *s, found *v, size_t n, onr_error *err)
{
    onr_status status = ONR_OK;
    if (n) qsort(v, n, sizeof *v, by_score);
    for (size_t i = 0; status == ONR_OK && i < n && i < LINKS_MOST; i++) {
        char why[80];
        (void)snprintf(why, sizeof why, "words %u%%, %d days%s%s",
                       (unsigned)(v[i].same.words * 100 + 0.5), v[i].same.days,
                       v[i].same_to ? ", to" : "", v[i].same_place ? ", place" : "");
        status = put(s, v[i].fact, v[i].other, v[i].same.kind, v[i].same.score, why, err);
    }
    return status;
}

static onr_status compare(onr_store *s, struct onri_link *l, onr_arena *tmp, const onri_feature *f,
                          const onri_ids *may, onr_error *err)
{
    ONRI_VEC(found) v = { 0 };
    onr_status status = ONR_OK;
    for (size_t i = 0; status == ONR_OK && i < may->n; i++) {
        onri_feature o;
        bool copied;
        const onr_mark m = onr_arena_mark(tmp);
        status = load(s, l, tmp, may->at[i], f, &o, err);
        if (status != ONR_OK) break;
        /* Of one day: the order of ids is that of keeping; an event follows a commitment, a
         * dispute what is disputed. */
        const bool later = f->layer != o.layer
                               ? f->layer == ONR_LAYER_EVENT || f->layer == ONR_LAYER_DISPUTE
                               : f->id > o.id;
        found got = { later ? f->id : o.id, later ? o.id : f->id,
                      o.id ? later ? onri_same_of(f, &o) : onri_same_of(&o, f) : (onri_same){ 0 },
                      f->to && f->to == o.to, f->place && f->place == o.place };
        if (o.id && !got.same.kind && f->layer == ONR_LAYER_STATEMENT && o.layer == f->layer &&
            f->day == o.day) {
            got.same = later ? onri_same_of(&o, f) : onri_same_of(f, &o);
            got.fact = later ? o.id : f->id;
            got.other = later ? f->id : o.id;
        }
        onr_arena_rewind(tmp, m);
        if (!got.same.kind) continue;
        status = is_copied(s, may->at[i], &copied, err);
        if (status != ONR_OK || copied) continue;
        found *at = ONRI_PUSH(tmp, &v);
        if (!at) return onri_fail_mem(err, tmp, "link");
        *at = got;
    }
    return status == ONR_OK ? keep_best(s, v.at, v.n, err) : status;
}

static onr_status link_one(onr_store *s, struct onri_link *l, onr_arena *tmp, int64_t fact,
                           onr_error *err)
{
    onri_feature f;
    int64_t keys[ONRI_KEYS_MAX];
    onri_ids may = { 0 };
    onr_status status = load(s, l, tmp, fact, NULL, &f, err);
    const uint32_t n = status == ONR_OK ? onri_same_keys(&f, keys) : 0;
    for (uint32_t i = 0; status == ONR_OK && i < n; i++) {
        /* The keys of commitments come behind the one or two of the event itself. */
        const bool close = f.layer == ONR_LAYER_EVENT && i < onri_same_event_keys(&f);
        status = near_key(s, keys[i], &f, close ? CLOSE_DAYS : WIDE_DAYS, &may, err);
    }
    /* Facts of many words that are alike have more than one key in common. */
    at_least(&may, f.layer != ONR_LAYER_EVENT && f.words.n > 4 ? 2 : 1);
    if (status == ONR_OK && may.n) status = compare(s, l, tmp, &f, &may, err);
    onri_heap_free(may.at);
    return status;
}

static onr_status forget_links(onr_store *s, int64_t article, onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(
        s, "DELETE FROM same_fact WHERE fact IN (SELECT id FROM fact WHERE article = ?1)");
    onri_bind_int(st, 1, article);
    const onr_status status = onri_store_run(s, st, err);
    st = onri_store_stmt(s,
                         "DELETE FROM same_fact WHERE kind <> 'copy' AND other IN (SELECT id FROM "
                         "fact WHERE article = ?1)");
    onri_bind_int(st, 1, article);
    return status == ONR_OK ? onri_store_run(s, st, err) : status;
}

onr_status onri_link_facts(onr_store *s, int64_t article, onr_error *err)
{
    onr_status status;
    struct onri_link *l = onri_link_of(s, &status, err);
    if (!l) return status;
    int64_t first;
    onri_ids facts = { 0 };
    onr_arena tmp = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    status = forget_links(s, article, err);
    if (status == ONR_OK) status = first_of(s, article, &first, err);
    if (status == ONR_OK && first != article) status = link_copy(s, article, first, err);
    if (status == ONR_OK) status = facts_of(s, article, &facts, err);
    for (size_t i = 0; status == ONR_OK && i < facts.n; i++) {
        bool copied = false;
        const onr_mark m = onr_arena_mark(&tmp);
        if (first != article) status = is_copied(s, facts.at[i], &copied, err);
        if (status == ONR_OK && !copied) status = link_one(s, l, &tmp, facts.at[i], err);
        onr_arena_rewind(&tmp, m);
    }
    onr_arena_drop(&tmp);
    onri_heap_free(facts.at);
    return status;
}
