/* Memory that runs out, in our own allocations and in SQLite's, at one after another: each call
 * says ONR_E_NOMEM or does all of its work, the store stays whole, and nothing leaks (under asan).
 */
#include "test.h"

#include "record_gen.h"
#include "store_file.h"

#include <sqlite3.h>

/* ---- SQLite's memory ------------------------------------------------------------------------ */

static sqlite3_mem_methods real;
static uint64_t fail_at, n_calls; /* the n-th allocation fails; 0: none */

static bool fails(void)
{
    return ++n_calls == fail_at;
}

static void *lean_malloc(int n)
{
    return fails() ? NULL : real.xMalloc(n);
}

static void *lean_realloc(void *p, int n)
{
    return fails() ? NULL : real.xRealloc(p, n);
}

static int set_up(void **state)
{
    (void)state;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK) return -1;
    sqlite3_mem_methods lean = real;
    lean.xMalloc = lean_malloc;
    lean.xRealloc = lean_realloc;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &lean) != SQLITE_OK) return -1;
    return sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK ? 0 : -1;
}

static uint64_t skip = 1; /* 0: none is left out */

/* ---- the work ------------------------------------------------------------------------------- */

static bool any_row(void *ctx, const onr_row *row)
{
    (void)ctx;
    return row->n_cells > 0;
}

/* Everything once; the status of what failed first. */
static onr_status work(const store_file *f, const onr_record *r, onr_error *err)
{
    onr_store_opts o = ONR_STORE_OPTS_INIT;
    onr_find find = ONR_FIND_INIT;
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    onr_store *s;
    onr_record back;
    onr_sv sql;
    o.mode = ONR_STORE_CREATE;
    find.words = ONR_SV("a OR \"b c\" d*");
    find.by = ONR_SV("Velayati");
    onr_status st = onr_store_open(f->path, &o, &s, err);
    if (st == ONR_OK) st = onr_store_keep(s, r, NULL, NULL, err);
    if (st == ONR_OK) st = onr_store_commit(s, err);
    if (st == ONR_OK) st = onr_store_find(s, &find, any_row, NULL, NULL, err);
    if (st == ONR_OK) st = onr_store_find_sql(s, &mem, &find, &sql, err);
    if (st == ONR_OK) st = onr_store_record(s, &mem, r->id, &back, err);
    if (st == ONR_OK) st = onr_store_doctor(s, NULL, any_row, NULL, NULL, err);
    if (st == ONR_OK) st = onr_store_drop(s, r->id, NULL, err);
    if (st == ONR_OK) st = onr_store_commit(s, err);
    onr_store_close(s);
    onr_arena_drop(&mem);
    return st;
}

/* The store is whole, or was never made. */
static void assert_whole(const store_file *f)
{
    onr_store *s = store_open(f, ONR_STORE_CREATE);
    const onr_store_doctor_opts quick = { sizeof quick, true, false };
    uint64_t n = 1;
    assert_int_equal(onr_store_doctor(s, &quick, store_print_trouble, NULL, &n, NULL), ONR_OK);
    assert_int_equal(n, 0);
    onr_store_close(s);
}

static void store__our_memory_runs_out_at_any_point(void **state)
{
    (void)state;
    onr_arena a = onr_arena_make(64 * ONR_MIB);
    const onr_record r = gen_named(&a, 7);
    store_file f = store_file_new();
    bool done = false;
    uint64_t n_ok = 0, n = 1;
    for (; !done; n += 1 + 8 * skip) {
        onr_error err = ONR_ERROR_INIT;
        (void)onri_heap_fail_at(n);
        const onr_status st = work(&f, &r, &err);
        done = onri_heap_fail_at(0) != 0;
        if (st != ONR_E_NOMEM && st != ONR_OK)
            fail_msg("allocation %d: %s: %s", (int)n, onr_status_name(st), err.msg);
        n_ok += st == ONR_OK && !done; /* it could do without: a statement to keep for later */
        if (done) assert_int_equal(st, ONR_OK);
        if (n % 50 == 1) assert_whole(&f);
        assert_true(n < 5000);
    }
    assert_true(n_ok * (1 + 8 * skip) * 20 < n);
    assert_whole(&f);
    store_file_drop(&f);
    onr_arena_drop(&a);
}

/* SQLite can do without some of its memory (caches): then all is done as if nothing were. At a few
 * allocations its full-text index (FTS5 of 3.40) says that the file is damaged where it only lacks
 * memory; the file must be whole all the same. */
static void sqlite_walk(bool new_file, uint64_t stride)
{
    onr_arena a = onr_arena_make(64 * ONR_MIB);
    const onr_record r = gen_named(&a, 8);
    store_file f = store_file_new();
    bool done = false;
    uint64_t n_nomem = 0, n_mistaken = 0;
    for (uint64_t n = 1; !done; n += stride) {
        if (new_file) {
            store_file_drop(&f);
            f = store_file_new();
        }
        onr_error err = ONR_ERROR_INIT;
        n_calls = 0;
        fail_at = n;
        const onr_status st = work(&f, &r, &err);
        done = n_calls < n;
        fail_at = 0;
        const bool mistaken = st == ONR_E_SYNTAX;
        if (st != ONR_OK && st != ONR_E_NOMEM && !mistaken)
            fail_msg("allocation %d: %s: %s", (int)n, onr_status_name(st), err.msg);
        n_nomem += st == ONR_E_NOMEM;
        n_mistaken += mistaken;
        assert_whole(&f);
    }
    assert_true(n_nomem > 5 && n_mistaken * 20 < n_nomem);
    store_file_drop(&f);
    onr_arena_drop(&a);
}

static void store__sqlites_memory_runs_out_in_a_store(void **state)
{
    (void)state;
    sqlite_walk(false, 7 + 250 * skip);
}

static void store__sqlites_memory_runs_out_while_a_store_is_made(void **state)
{
    (void)state;
    sqlite_walk(true, 31 + 900 * skip);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "all") == 0) skip = 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(store__our_memory_runs_out_at_any_point),
        cmocka_unit_test(store__sqlites_memory_runs_out_in_a_store),
        cmocka_unit_test(store__sqlites_memory_runs_out_while_a_store_is_made),
    };
    return cmocka_run_group_tests_name("store_torture", tests, set_up, NULL);
}
