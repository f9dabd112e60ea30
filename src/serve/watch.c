/* Connections and since when their present request runs; a thread looks once a second and shuts
 * down those that take too long. Source: own. */
#include "serve/watch.h"

#include <errno.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>

struct watch {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t thread;
    bool running, stop;
    unsigned seconds;
    size_t n;       /* by descriptor */
    int64_t *since; /* 0: none; else seconds, +1 */
};

static int64_t now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec + 1;
}

static void *look(void *arg)
{
    watch *w = arg;
    (void)pthread_mutex_lock(&w->lock);
    while (!w->stop) {
        struct timespec until;
        (void)clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec++;
        (void)pthread_cond_timedwait(&w->changed, &w->lock, &until);
        const int64_t t = now();
        for (size_t fd = 0; fd < w->n && !w->stop; fd++) {
            if (w->since[fd] == 0 || t - w->since[fd] <= (int64_t)w->seconds) continue;
            (void)shutdown((int)fd, SHUT_RDWR); /* its thread sees the end and closes it */
            w->since[fd] = 0;
        }
    }
    (void)pthread_mutex_unlock(&w->lock);
    return NULL;
}

onr_status watch_open(unsigned seconds, unsigned connections, watch **out, onr_error *err)
{
    watch *w = onri_heap_alloc(sizeof *w);
    *out = NULL;
    if (!w) return onri_fail(err, ONR_E_NOMEM, "serve", "out of memory");
    *w = (watch){ .seconds = seconds, .n = (size_t)connections + 1024 };
    w->since = onri_heap_alloc(w->n * sizeof *w->since);
    (void)pthread_mutex_init(&w->lock, NULL);
    (void)pthread_cond_init(&w->changed, NULL);
    if (w->since) memset(w->since, 0, w->n * sizeof *w->since);
    const int why = w->since ? pthread_create(&w->thread, NULL, look, w) : ENOMEM;
    w->running = why == 0;
    if (why != 0) {
        watch_close(w);
        return onri_fail_os(err, "serve", why, "cannot start a thread");
    }
    *out = w;
    return ONR_OK;
}

void watch_close(watch *w)
{
    if (!w) return;
    (void)pthread_mutex_lock(&w->lock);
    w->stop = true;
    (void)pthread_cond_signal(&w->changed);
    (void)pthread_mutex_unlock(&w->lock);
    if (w->running) (void)pthread_join(w->thread, NULL);
    (void)pthread_cond_destroy(&w->changed);
    (void)pthread_mutex_destroy(&w->lock);
    onri_heap_free(w->since);
    onri_heap_free(w);
}

static void set(watch *w, int fd, int64_t since, bool only_known)
{
    if (!w || fd < 0) return;
    (void)pthread_mutex_lock(&w->lock);
    if ((size_t)fd < w->n && (!only_known || w->since[fd])) w->since[fd] = since;
    (void)pthread_mutex_unlock(&w->lock);
}

void watch_add(watch *w, int fd)
{
    set(w, fd, now(), false);
}

void watch_restart(watch *w, int fd)
{
    set(w, fd, now(), true);
}

void watch_drop(watch *w, int fd)
{
    set(w, fd, 0, false);
}
