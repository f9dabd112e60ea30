/* A writer killed at any moment loses nothing that was committed and leaves a store that opens and
 * is whole. A child keeps, replaces and drops articles and reports each commit; the parent kills it
 * (SIGKILL) after a random while and looks. 40 kills, or as many as the first argument says; the
 * seed is printed. */
#include "test.h"

#include "record_gen.h"
#include "store_file.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

enum { N_ARTICLES = 25 };

static unsigned n_kills = 40;

/* The article of step n, as step n leaves it: every 11th step drops it. */
static bool is_drop(uint64_t n)
{
    return n % 11 == 10;
}

static onr_sv id_of(onr_arena *mem, uint64_t n)
{
    char id[32];
    (void)snprintf(id, sizeof id, "article-%d", (int)(n % N_ARTICLES));
    return onri_dup(mem, onri_svz(id));
}

static bool step(onr_store *s, uint64_t n)
{
    onr_arena a = onr_arena_make(64 * ONR_MIB);
    onr_status st;
    if (is_drop(n)) {
        st = onr_store_drop(s, id_of(&a, n), NULL, NULL);
    } else {
        char title[32];
        onr_record r = gen_record(&a, 1 + n % 97);
        (void)snprintf(title, sizeof title, "step %llu", (unsigned long long)n);
        r.id = id_of(&a, n);
        r.title = (onr_span){ 0, 0 };
        r.title_text = onri_svz(title);
        st = onr_store_keep(s, &r, NULL, NULL, NULL);
    }
    onr_arena_drop(&a);
    return st == ONR_OK;
}

/* Works until it is killed: a few steps, a commit, a word to the parent. */
_Noreturn static void child(const store_file *f, uint64_t n, int to)
{
    onr_store_opts o = ONR_STORE_OPTS_INIT;
    o.mode = ONR_STORE_CREATE;
    onr_store *s;
    if (onr_store_open(f->path, &o, &s, NULL) != ONR_OK) _exit(3);
    for (;;) {
        for (uint64_t i = 0; i <= n % 3; i++)
            if (!step(s, n++)) _exit(4);
        if (onr_store_commit(s, NULL) != ONR_OK) _exit(5);
        if (write(to, &n, sizeof n) != sizeof n) _exit(6);
    }
}

typedef struct found {
    uint64_t step[N_ARTICLES]; /* 1 + step that left the article, 0: none */
} found;

static bool take_title(void *ctx, const onr_row *row)
{
    found *f = ctx;
    unsigned article = 0;
    unsigned long long n = 0;
    char text[64];
    (void)snprintf(text, sizeof text, "%.*s %.*s", (int)row->cells[0].s.n, row->cells[0].s.p,
                   (int)row->cells[1].s.n, row->cells[1].s.p);
    if (sscanf(text, "article-%u step %llu", &article, &n) != 2 || article >= N_ARTICLES)
        return false;
    f->step[article] = n + 1;
    return true;
}

/* All that was reported is there: each article is as its last step below `done` left it, or as a
 * later step did whose report the kill cut off. */
static void look(const store_file *f, uint64_t done, bool deep, unsigned kill_number)
{
    onr_store *s = store_open(f, done ? ONR_STORE_WRITE : ONR_STORE_CREATE);
    found is = { { 0 } };
    onr_error err = ONR_ERROR_INIT;
    if (onr_store_sql(s, "SELECT uid, title FROM article", NULL, 0, 0, take_title, &is, NULL,
                      &err) != ONR_OK)
        fail_msg("kill %u: %s", kill_number, err.msg);
    for (uint64_t k = 0; k < N_ARTICLES; k++) {
        uint64_t last = UINT64_MAX;
        for (uint64_t back = 0; back < N_ARTICLES && back < done; back++)
            if ((done - 1 - back) % N_ARTICLES == k) last = done - 1 - back;
        if (last == UINT64_MAX) continue;
        const bool as_reported = is_drop(last) ? is.step[k] == 0 : is.step[k] == last + 1;
        /* at most one batch of three steps is unreported */
        bool later = false;
        for (uint64_t n = done; n < done + 3; n++)
            later |= n % N_ARTICLES == k && (is_drop(n) ? is.step[k] == 0 : is.step[k] == n + 1);
        if (!as_reported && !later)
            fail_msg("kill %u: article-%d: step %llu was committed, %lld is there", kill_number,
                     (int)k, (unsigned long long)last, (long long)is.step[k] - 1);
    }
    const onr_store_doctor_opts o = { sizeof o, !deep, false };
    uint64_t n;
    if (onr_store_doctor(s, &o, store_print_trouble, NULL, &n, &err) != ONR_OK)
        fail_msg("kill %u: %s", kill_number, err.msg);
    assert_int_equal(n, 0);
    onr_store_close(s);
}

/* Let the child work for so long, from its first commit on if `late`, and kill it; the step behind
 * the last reported commit. */
static uint64_t run_and_kill(const store_file *f, uint64_t n, bool late, unsigned long micros)
{
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)close(ends[0]);
        child(f, n, ends[1]);
    }
    (void)close(ends[1]);
    struct pollfd report = { .fd = ends[0], .events = POLLIN };
    if (late) (void)poll(&report, 1, 5000);
    const struct timespec t = { 0, (long)micros * 1000 };
    (void)nanosleep(&t, NULL);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (!WIFSIGNALED(status)) fail_msg("the writer gave up by itself: %d", WEXITSTATUS(status));
    uint64_t done = n, at;
    while (read(ends[0], &at, sizeof at) == sizeof at) done = at;
    (void)close(ends[0]);
    return done;
}

static void store__a_kill_loses_nothing_committed(void **state)
{
    (void)state;
    uint64_t seed = (uint64_t)time(NULL);
    print_message("%u kills, seed %llu\n", n_kills, (unsigned long long)seed);
    gen g = { .seed = seed };
    store_file f = store_file_new();
    uint64_t done = 0, commits = 0;
    for (unsigned i = 0; i < n_kills; i++) {
        if (i % 20 == 19) { /* from the start: kills while the store is made */
            store_file_drop(&f);
            f = store_file_new();
            done = 0;
        }
        const bool late = i % 20 != 19 && i % 4 != 0;
        const uint64_t before = done;
        done = run_and_kill(&f, done, late, gen_below(&g, late ? 40000 : 8000));
        commits += done > before;
        look(&f, done, i % 10 == 9, i);
    }
    print_message("%llu of the writers had committed something\n", (unsigned long long)commits);
    assert_true(commits >= n_kills / 2);
    store_file_drop(&f);
}

int main(int argc, char **argv)
{
    uint64_t n;
    if (argc > 1 && onri_parse_u64(onri_svz(argv[1]), &n)) n_kills = (unsigned)n;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(store__a_kill_loses_nothing_committed),
    };
    return cmocka_run_group_tests_name("store_kill", tests, NULL, NULL);
}
