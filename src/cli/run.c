/* Documents through workers. One thread reads, `jobs` threads work, one writes; results leave in
 * the order of the input, so that any number of workers gives the same bytes. A ring of slots
 * bounds what is in memory. A thread of its own waits for SIGINT and SIGTERM: the reader may be
 * stuck in a read that never comes back, and what is done has to be written all the same. Source:
 * own. */
#include "cli/run.h"

#include "onrecord/limits.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

typedef enum slot_state { SLOT_FREE, SLOT_READ, SLOT_DONE } slot_state;

typedef struct slot {
    cli_job job;
    slot_state state;
} slot;

typedef struct ring {
    cli_run *run;
    slot *slots;
    size_t n_slots;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t n_read, n_taken, n_written; /* documents: read, given to a worker, written */
    uint64_t n_failed;
    onr_input_counts counts; /* of the input, when the reader last came back from it */
    cli_progress progress;   /* the writer's */
    bool reading;            /* the reader is inside the input: it may be stuck there */
    bool ended;              /* no more documents will be read */
    bool stop;               /* nobody wants more */
    int signal;              /* that stopped us, 0: none */
    onr_error bad;           /* a worker could not start */
} ring;

static void change(ring *r)
{
    (void)pthread_cond_broadcast(&r->changed);
}

static void lock(ring *r)
{
    (void)pthread_mutex_lock(&r->lock);
}

static void unlock(ring *r)
{
    (void)pthread_mutex_unlock(&r->lock);
}

static void wait_change(ring *r)
{
    (void)pthread_cond_wait(&r->changed, &r->lock);
}

onr_sv cli_hash_id(onr_arena *mem, onr_sv bytes)
{
    onri_sha256 h;
    uint8_t sum[32];
    char hex[17];
    onri_sha256_init(&h);
    onri_sha256_add(&h, bytes);
    onri_sha256_end(&h, sum);
    onri_hex(sum, 8, hex);
    return onri_dup(mem, onri_sv(hex, 16));
}

onr_sv cli_job_name(cli_job *job)
{
    char line[16] = "";
    if (job->item.line) (void)snprintf(line, sizeof line, ":%u", job->item.line);
    const char *file = job->item.file ? job->item.file : "-";
    const size_t n = strlen(file) + strlen(line) + 1;
    char *name = onr_alloc(&job->mem, n);
    if (!name) return ONR_SV("?");
    (void)snprintf(name, n, "%s%s", file, line);
    return onri_sv(name, n - 1);
}

/* ---- reading
 * ------------------------------------------------------------------------------------- */

/* Documents that an earlier run has done. False: the input has no more. */
static bool skip_done(ring *r)
{
    for (uint64_t n = 0; n < r->run->skip && !r->stop; n++) {
        onr_arena mem = onr_arena_make(ONR_ARTICLE_MEM_MAX);
        onr_input_item item;
        const bool got = onr_input_next(r->run->in, &mem, &item);
        onr_arena_drop(&mem);
        if (!got) return false;
    }
    return true;
}

static void read_all(ring *r)
{
    const bool more = skip_done(r);
    lock(r);
    for (uint64_t n = 0; more && !r->stop; n++) {
        slot *s = &r->slots[n % r->n_slots];
        while (s->state != SLOT_FREE && !r->stop) wait_change(r);
        if (r->stop) break;
        r->reading = true;
        unlock(r);
        s->job = (cli_job){ .number = n,
                            .mem = onr_arena_make(ONR_ARTICLE_MEM_MAX),
                            .error = ONR_ERROR_INIT };
        const bool got = onr_input_next(r->run->in, &s->job.mem, &s->job.item);
        lock(r);
        r->reading = false;
        r->counts = onr_input_count(r->run->in);
        if (!got || r->stop) {
            onr_arena_drop(&s->job.mem);
            break;
        }
        s->state = SLOT_READ;
        r->n_read++;
        change(r);
    }
    r->ended = true;
    change(r);
    unlock(r);
}

/* ---- working
 * ------------------------------------------------------------------------------------- */

static void work_all(ring *r, void *own)
{
    lock(r);
    for (;;) {
        while (r->n_taken == r->n_read && !r->ended && !r->stop) wait_change(r);
        if (r->n_taken == r->n_read) break;
        slot *s = &r->slots[r->n_taken++ % r->n_slots];
        unlock(r);
        r->run->work(r->run->ctx, own, &s->job);
        lock(r);
        s->state = SLOT_DONE;
        change(r);
    }
    unlock(r);
}

static void *worker(void *arg)
{
    ring *r = arg;
    onr_error err = ONR_ERROR_INIT;
    void *own = r->run->open(r->run->ctx, &err);
    if (own) {
        work_all(r, own);
        r->run->close(own);
        return NULL;
    }
    lock(r);
    r->bad = err;
    r->stop = true;
    change(r);
    unlock(r);
    return NULL;
}

/* ---- writing
 * ------------------------------------------------------------------------------------- */

static void write_one(ring *r, cli_job *job)
{
    if (r->run->write) {
        if (!r->run->write(r->run->ctx, job)) r->run->out->failed = true;
    } else {
        cli_out_put(r->run->out, job->out);
    }
    if (r->run->flush) cli_out_flush(r->run->out);
    if (job->error.status != ONR_OK && !r->run->quiet) {
        cli_progress_clear(&r->progress);
        onr_error e = job->error;
        e.line = 0; /* the name has it */
        if (job->item.line) e.at = UINT64_MAX;
        cli_warn_error(cli_job_name(job).p, &e);
    }
}

/* Nothing will come any more for the writer to wait for. */
static bool is_over(const ring *r)
{
    if (r->bad.status != ONR_OK || r->run->out->failed) return true;
    return (r->ended || r->stop) && r->n_written == r->n_read;
}

/* Everything written lasts. */
static bool finish_output(ring *r)
{
    const bool finished = !r->run->finish || r->run->finish(r->run->ctx);
    return cli_out_close(r->run->out) && finished;
}

static void say_interrupted(const ring *r)
{
    cli_warn("stopped by a signal; documents written: %llu", (unsigned long long)r->n_written);
}

static void *writer(void *arg)
{
    ring *r = arg;
    lock(r);
    for (;;) {
        slot *s = &r->slots[r->n_written % r->n_slots];
        while (s->state != SLOT_DONE && !is_over(r)) wait_change(r);
        if (s->state != SLOT_DONE) break;
        unlock(r);
        write_one(r, &s->job);
        const bool failed = s->job.error.status != ONR_OK;
        onr_arena_drop(&s->job.mem);
        lock(r);
        s->state = SLOT_FREE;
        r->n_failed += failed;
        r->n_written++;
        cli_progress_step(&r->progress, r->n_written, r->n_failed, &r->counts);
        if (r->run->out->failed) r->stop = true;
        change(r);
        if (r->stop && r->run->out->failed) break;
    }
    /* The reader may be stuck in the input: nobody will see us off. */
    const bool stuck = r->reading && r->stop;
    const int sig = r->signal;
    if (stuck) {
        const bool bad = r->bad.status != ONR_OK;
        if (bad) cli_warn_error("", &r->bad);
        const bool ok = finish_output(r);
        if (sig) say_interrupted(r);
        (void)fflush(stdout);
        _exit(!ok || bad ? CLI_OUTSIDE : 128 + sig);
    }
    unlock(r);
    return NULL;
}

/* ---- signals
 * ------------------------------------------------------------------------------------- */

/* SIGINT and SIGTERM, but for those that our parent wants ignored (nohup, jobs in background). */
static void wanted_signals(sigset_t *set)
{
    static const int all[] = { SIGINT, SIGTERM };
    (void)sigemptyset(set);
    for (int i = 0; i < 2; i++) {
        struct sigaction now;
        if (sigaction(all[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            (void)sigaddset(set, all[i]);
    }
}

static void *signals(void *arg)
{
    ring *r = arg;
    sigset_t set;
    wanted_signals(&set);
    int sig = 0;
    if (sigwait(&set, &sig) != 0) return NULL;
    (void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    lock(r);
    r->signal = sig;
    r->stop = true;
    change(r);
    unlock(r);
    (void)pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
    if (sigwait(&set, &sig) == 0) _exit(128 + sig); /* asked twice: at once */
    return NULL;
}

/* ---- the whole
 * ------------------------------------------------------------------------------------ */

static bool start_all(ring *r, pthread_t *workers, unsigned *n, pthread_t *out, pthread_t *sig)
{
    int why = pthread_create(sig, NULL, signals, r);
    if (why == 0) why = pthread_create(out, NULL, writer, r);
    for (*n = 0; why == 0 && *n < r->run->jobs; ++*n)
        why = pthread_create(&workers[*n], NULL, worker, r);
    if (why == 0) return true;
    cli_warn("cannot start a thread (error %d)", why);
    return false;
}

static int exit_code(const ring *r, bool written)
{
    if (r->bad.status != ONR_OK) cli_warn_error("", &r->bad);
    if (!written || r->bad.status != ONR_OK) return CLI_OUTSIDE;
    if (r->signal) {
        say_interrupted(r);
        return 128 + r->signal;
    }
    return r->n_failed ? CLI_SOME_FAILED : CLI_DONE;
}

int cli_run_all(cli_run *run)
{
    ring r = { .run = run, .n_slots = 2 * (size_t)run->jobs + 2, .bad = ONR_ERROR_INIT };
    cli_progress_start(&r.progress, run->progress);
    r.slots = onri_heap_alloc(r.n_slots * sizeof *r.slots);
    pthread_t *workers = onri_heap_alloc(run->jobs * sizeof *workers), out, sig;
    if (!r.slots || !workers) {
        cli_warn("out of memory");
        return CLI_OUTSIDE;
    }
    for (size_t i = 0; i < r.n_slots; i++) r.slots[i] = (slot){ .state = SLOT_FREE };
    (void)pthread_mutex_init(&r.lock, NULL);
    (void)pthread_cond_init(&r.changed, NULL);
    sigset_t set, before;
    wanted_signals(&set);
    (void)pthread_sigmask(SIG_BLOCK, &set, &before); /* threads inherit it; one waits for them */
    unsigned n = 0;
    if (!start_all(&r, workers, &n, &out, &sig)) exit(CLI_OUTSIDE);
    read_all(&r);
    for (unsigned i = 0; i < n; i++) (void)pthread_join(workers[i], NULL);
    (void)pthread_join(out, NULL);
    (void)pthread_cancel(sig);
    (void)pthread_join(sig, NULL);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    const bool written = finish_output(&r);
    cli_progress_end(&r.progress, r.n_written, r.n_failed, &r.counts);
    for (size_t i = 0; i < r.n_slots; i++) /* only after a failure */
        if (r.slots[i].state != SLOT_FREE) onr_arena_drop(&r.slots[i].job.mem);
    const int code = exit_code(&r, written);
    (void)pthread_cond_destroy(&r.changed);
    (void)pthread_mutex_destroy(&r.lock);
    onri_heap_free(workers);
    onri_heap_free(r.slots);
    return code;
}
