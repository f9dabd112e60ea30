/* A pool of handles that read the store. They never write: whatever SQL a page makes, SQLite itself
 * refuses to change the file. Source: own. */
#include "serve/stores.h"

#include "onrecord/store.h"

#include <pthread.h>

enum { STORES_MAX = 16, STORE_SECONDS_MAX = 5 };

struct stores {
    const char *path;
    pthread_mutex_t lock;
    onr_store *idle[STORES_MAX];
    unsigned n;
};

static onr_status open_one(const char *path, onr_store **out, onr_error *err)
{
    onr_store_opts opts = ONR_STORE_OPTS_INIT;
    opts.mode = ONR_STORE_READ;
    opts.max_seconds = STORE_SECONDS_MAX;
    return onr_store_open(path, &opts, out, err);
}

onr_status stores_open(const char *path, stores **out, onr_error *err)
{
    stores *s = onri_heap_alloc(sizeof *s);
    *out = NULL;
    if (!s) return onri_fail(err, ONR_E_NOMEM, "serve", "out of memory");
    *s = (stores){ .path = path };
    (void)pthread_mutex_init(&s->lock, NULL);
    const onr_status st = open_one(path, &s->idle[0], err);
    if (st != ONR_OK) {
        stores_close(s);
        return st;
    }
    s->n = 1;
    *out = s;
    return ONR_OK;
}

void stores_close(stores *s)
{
    if (!s) return;
    for (unsigned i = 0; i < s->n; i++) onr_store_close(s->idle[i]);
    (void)pthread_mutex_destroy(&s->lock);
    onri_heap_free(s);
}

struct onr_store *stores_take(stores *s)
{
    onr_store *got = NULL;
    if (!s) return NULL;
    (void)pthread_mutex_lock(&s->lock);
    if (s->n) got = s->idle[--s->n];
    (void)pthread_mutex_unlock(&s->lock);
    if (!got && open_one(s->path, &got, NULL) != ONR_OK) return NULL;
    return got;
}

void stores_give(stores *s, struct onr_store *handle)
{
    if (!s || !handle) return;
    (void)pthread_mutex_lock(&s->lock);
    const bool room = s->n < STORES_MAX;
    if (room) s->idle[s->n++] = handle;
    (void)pthread_mutex_unlock(&s->lock);
    if (!room) onr_store_close(handle);
}
