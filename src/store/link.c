/* Linking across articles, done when a transaction ends: near copies, actors, the same facts. What
 * it makes can be made again from articles, entities and facts at any time (onr_store_resolve).
 * Source: own. */
#include "store/link.h"

#include "onrecord/store_views.h"

onr_status onri_store_int(onr_store *s, sqlite3_stmt *st, int64_t otherwise, int64_t *out,
                          onr_error *err)
{
    bool row;
    const onr_status status = onri_store_step(s, st, &row, err);
    *out = row ? sqlite3_column_int64(st, 0) : otherwise;
    if (row) (void)sqlite3_reset(st);
    return status;
}

static void start_sets(struct onri_link *l)
{
    l->mem = onr_arena_make(1024 * ONR_MIB);
    onri_atoms_init(&l->keys, &l->mem);
    onri_atoms_init(&l->called, &l->mem);
    l->entities.at = NULL;
    l->entities.n = l->entities.cap = 0;
    l->added.n = l->again.n = l->recount.n = 0;
}

struct onri_link *onri_link_of(onr_store *s, onr_status *st, onr_error *err)
{
    *st = ONR_OK;
    if (!s->link) {
        s->link = onri_heap_alloc(sizeof *s->link);
        if (!s->link) {
            *st = onri_fail(err, ONR_E_NOMEM, "link", "out of memory");
            return NULL;
        }
        *s->link = (struct onri_link){ 0 };
        start_sets(s->link);
        s->link->label_mem = onr_arena_make(ONR_MIB);
        onri_atoms_init(&s->link->labels, &s->link->label_mem);
    }
    if (!s->link->known) {
        *st = onri_link_know_make(&s->link->know, err);
        if (*st != ONR_OK) return NULL;
        s->link->known = true;
    }
    return s->link;
}

void onri_link_reset(onr_store *s)
{
    if (!s->link) return;
    onr_arena_drop(&s->link->mem);
    start_sets(s->link);
    onri_link_forget_features(s->link);
}

void onri_link_drop(onr_store *s)
{
    if (!s->link) return;
    onr_arena_drop(&s->link->mem);
    onri_link_know_drop(&s->link->know);
    onr_arena_drop(&s->link->label_mem);
    onri_heap_free(s->link->cache);
    onri_heap_free(s->link->added.at);
    onri_heap_free(s->link->again.at);
    onri_heap_free(s->link->recount.at);
    onri_heap_free(s->link);
    s->link = NULL;
}

onr_status onri_link_add(onr_store *s, int64_t article, onr_error *err)
{
    onr_status st;
    struct onri_link *l = onri_link_of(s, &st, err);
    if (!l) return st;
    return onri_ids_add(&l->added, article) ? ONR_OK
                                            : onri_fail(err, ONR_E_NOMEM, "link", "out of memory");
}

onr_status onri_link_forget(onr_store *s, int64_t article, onr_error *err)
{
    onr_status st;
    if (!onri_link_of(s, &st, err)) return st;
    /* Kept in this very transaction: first it is linked, so that there is something to forget. */
    if (s->link->added.n) st = onri_link_all(s, err);
    onri_link_forget_features(s->link);
    if (st == ONR_OK) st = onri_link_keys(s, article, true, err);
    onri_link_forget_features(s->link); /* its ids may be given to other facts */
    if (st == ONR_OK) st = onri_link_forget_copies(s, article, err);
    if (st == ONR_OK) st = onri_link_forget_entities(s, article, err);
    return st;
}

static void unique(onri_ids *v)
{
    onri_ids_sort(v);
    size_t n = 0;
    for (size_t i = 0; i < v->n; i++)
        if (!n || v->at[n - 1] != v->at[i]) v->at[n++] = v->at[i];
    v->n = n;
}

static bool among(const onri_ids *v, int64_t id)
{
    size_t lo = 0, hi = v->n;
    while (lo < hi) {
        const size_t mid = lo + (hi - lo) / 2;
        if (v->at[mid] < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < v->n && v->at[lo] == id;
}

onr_status onri_link_all(onr_store *s, onr_error *err)
{
    struct onri_link *l = s->link;
    if (!l || !(l->added.n || l->again.n || l->recount.n || l->keys.words.n)) return ONR_OK;
    onr_status st = ONR_OK;
    unique(&l->added);
    for (size_t i = 0; st == ONR_OK && i < l->added.n; i++)
        st = onri_link_entities(s, l->added.at[i], err);
    if (st == ONR_OK) st = onri_link_actors(s, err);
    for (size_t i = 0; st == ONR_OK && i < l->added.n; i++)
        st = onri_link_copies(s, l->added.at[i], err);
    for (size_t i = 0; st == ONR_OK && i < l->added.n; i++)
        st = onri_link_keys(s, l->added.at[i], false, err);
    for (size_t i = 0; st == ONR_OK && i < l->added.n; i++)
        st = onri_link_facts(s, l->added.at[i], err);
    unique(&l->again);
    for (size_t i = 0; st == ONR_OK && i < l->again.n; i++)
        if (!among(&l->added, l->again.at[i])) st = onri_link_facts(s, l->again.at[i], err);
    if (st == ONR_OK) {
        onr_arena_drop(&l->mem); /* the features stay */
        start_sets(l);
    }
    return st;
}

onr_status onr_store_resolve(onr_store *s, onr_error *err)
{
    static const char *const made[] = {
        "DELETE FROM same_fact",    "DELETE FROM fact_key",      "DELETE FROM article_copy",
        "DELETE FROM copy_cluster", "DELETE FROM copy_band",     "DELETE FROM article_sketch",
        "DELETE FROM actor_fact",   "DELETE FROM actor_entity",  "DELETE FROM profile_name",
        "DELETE FROM actor_name",   "DELETE FROM actor_profile", "DELETE FROM actor",
    };
    onr_status st = onri_store_begin(s, err);
    if (st == ONR_OK && !onri_link_of(s, &st, err)) return st;
    if (st == ONR_OK) onri_link_reset(s);
    for (size_t i = 0; st == ONR_OK && i < sizeof made / sizeof *made; i++)
        st = onri_store_run(s, onri_store_stmt(s, made[i]), err);
    sqlite3_stmt *q = onri_store_stmt(s, "SELECT id FROM article WHERE error IS NULL ORDER BY id");
    while (st == ONR_OK) {
        bool row;
        st = onri_store_step(s, q, &row, err);
        if (!row) break;
        st = onri_link_add(s, sqlite3_column_int64(q, 0), err);
    }
    (void)sqlite3_reset(q);
    if (st == ONR_OK) st = onri_link_all(s, err);
    if (st != ONR_OK) onri_store_undo(s);
    return st == ONR_OK ? onr_store_commit(s, err) : st;
}
