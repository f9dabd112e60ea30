/* Reading texts from the page. Two threads; a queue of fixed length; the last records in memory,
 * for their links to work a while. Source: own. Leaves out: keeping them (that is `onrecord keep`).
 */
#include "serve/desk.h"

#include "base/base.h"
#include "onrecord/input.h"

#include <pthread.h>

enum { DESK_THREADS = 2, DESK_RECENT_BYTES = 64 << 20, DESK_MEM_MAX = 1 << 30 };

typedef struct recent {
    char *json; /* heap */
    size_t n;
    char id[65];
} recent;

struct desk {
    const onr_model *model;
    const onr_knowledge *knowledge;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    desk_job *first, *last;
    unsigned waiting;
    bool stop;
    pthread_t threads[DESK_THREADS];
    unsigned n_threads;
    recent ring[DESK_RECENT_MAX];
    unsigned next; /* slot to fill */
    size_t bytes;
};

static void forget(desk *d, recent *r)
{
    d->bytes -= r->n;
    onri_heap_free(r->json);
    *r = (recent){ 0 };
}

static recent *find(desk *d, onr_sv id)
{
    for (unsigned i = 0; i < DESK_RECENT_MAX; i++)
        if (d->ring[i].json && onri_eqz(id, d->ring[i].id)) return &d->ring[i];
    return NULL;
}

static bool remember(desk *d, onr_sv id, onr_sv json)
{
    char *copy = onri_heap_alloc(json.n);
    if (!copy || id.n > 64) {
        onri_heap_free(copy);
        return false;
    }
    memcpy(copy, json.p, json.n);
    (void)pthread_mutex_lock(&d->lock);
    recent *old = find(d, id), *slot = old ? old : &d->ring[d->next];
    if (!old) d->next = (d->next + 1) % DESK_RECENT_MAX;
    if (slot->json) forget(d, slot);
    for (unsigned i = d->next; d->bytes + json.n > DESK_RECENT_BYTES && d->bytes;
         i = (i + 1) % DESK_RECENT_MAX)
        if (d->ring[i].json) forget(d, &d->ring[i]);
    slot->json = copy;
    slot->n = json.n;
    memcpy(slot->id, id.p, id.n);
    slot->id[id.n] = 0;
    d->bytes += json.n;
    (void)pthread_mutex_unlock(&d->lock);
    return true;
}

onr_sv desk_recent(desk *d, onr_arena *mem, onr_sv id)
{
    onr_sv out = { NULL, 0 };
    (void)pthread_mutex_lock(&d->lock);
    const recent *r = find(d, id);
    if (r) out = onri_dup(mem, onri_sv(r->json, r->n));
    (void)pthread_mutex_unlock(&d->lock);
    return out;
}

static onr_status read_one(desk *d, onr_reader *reader, desk_job *job)
{
    onr_arena mem = onr_arena_make(DESK_MEM_MAX);
    onr_input_item item = { .kind = job->is_html ? ONR_INPUT_HTML : ONR_INPUT_TEXT,
                            .bytes = job->bytes,
                            .uri = job->uri,
                            .publisher = job->publisher,
                            .date = job->date,
                            .error = ONR_ERROR_INIT };
    onr_article article;
    onr_record rec;
    onr_sv json;
    onr_status st = onr_input_read(&mem, &item, NULL, &article, &job->error);
    if (st == ONR_OK) st = onr_read(reader, &mem, &article, &rec, &job->error);
    if (st == ONR_OK) st = onr_record_json(&mem, &rec, NULL, &json, &job->error);
    if (st == ONR_OK) {
        job->id = onri_dup(job->mem, rec.id);
        if (!job->id.p || !remember(d, rec.id, json))
            st = onri_fail(&job->error, ONR_E_NOMEM, "serve", "out of memory");
    }
    onr_arena_drop(&mem);
    return st;
}

static desk_job *take(desk *d)
{
    (void)pthread_mutex_lock(&d->lock);
    while (!d->first && !d->stop) (void)pthread_cond_wait(&d->changed, &d->lock);
    desk_job *job = d->stop ? NULL : d->first;
    if (job) {
        d->first = job->next;
        if (!d->first) d->last = NULL;
        d->waiting--;
    }
    (void)pthread_mutex_unlock(&d->lock);
    return job;
}

static void *work(void *arg)
{
    desk *d = arg;
    onr_reader *reader = NULL;
    for (desk_job *job; (job = take(d)) != NULL;) {
        onr_status st = ONR_OK;
        if (!reader) st = onr_reader_new(d->model, d->knowledge, NULL, &reader, &job->error);
        if (st == ONR_OK) st = read_one(d, reader, job);
        job->error.status = st;
        job->done(job);
    }
    onr_reader_free(reader);
    return NULL;
}

onr_status desk_open(const onr_model *model, const onr_knowledge *knowledge, desk **out,
                     onr_error *err)
{
    desk *d = onri_heap_alloc(sizeof *d);
    *out = NULL;
    if (!d) return onri_fail(err, ONR_E_NOMEM, "serve", "out of memory");
    *d = (desk){ .model = model, .knowledge = knowledge };
    (void)pthread_mutex_init(&d->lock, NULL);
    (void)pthread_cond_init(&d->changed, NULL);
    for (; model && d->n_threads < DESK_THREADS; d->n_threads++) {
        const int why = pthread_create(&d->threads[d->n_threads], NULL, work, d);
        if (why != 0) {
            desk_close(d);
            return onri_fail_os(err, "serve", why, "cannot start a thread");
        }
    }
    *out = d;
    return ONR_OK;
}

void desk_close(desk *d)
{
    if (!d) return;
    (void)pthread_mutex_lock(&d->lock);
    d->stop = true;
    desk_job *left = d->first;
    d->first = d->last = NULL;
    (void)pthread_cond_broadcast(&d->changed);
    (void)pthread_mutex_unlock(&d->lock);
    while (left) {
        desk_job *job = left;
        left = job->next;
        job->error.status = onri_fail(&job->error, ONR_E_CANCELLED, "serve", "the server stops");
        job->done(job);
    }
    for (unsigned i = 0; i < d->n_threads; i++) (void)pthread_join(d->threads[i], NULL);
    for (unsigned i = 0; i < DESK_RECENT_MAX; i++) onri_heap_free(d->ring[i].json);
    (void)pthread_cond_destroy(&d->changed);
    (void)pthread_mutex_destroy(&d->lock);
    onri_heap_free(d);
}

bool desk_put(desk *d, desk_job *job)
{
    (void)pthread_mutex_lock(&d->lock);
    const bool room = d->n_threads && !d->stop && d->waiting < DESK_QUEUE_MAX;
    if (room) {
        job->next = NULL;
        if (d->last)
            d->last->next = job;
        else
            d->first = job;
        d->last = job;
        d->waiting++;
        (void)pthread_cond_signal(&d->changed);
    }
    (void)pthread_mutex_unlock(&d->lock);
    return room;
}
