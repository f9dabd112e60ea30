/* What a store says of itself and of files that are none: versions, a second writer, readers beside
 * a writer, damage anywhere. */
#include "test.h"

#include "onrecord/store_views.h"
#include "record_gen.h"
#include "store_file.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <zstd.h>

static onr_status try_open(const char *path, onr_store_mode mode, onr_error *err)
{
    onr_store_opts o = ONR_STORE_OPTS_INIT;
    o.mode = mode;
    onr_store *s;
    *err = (onr_error)ONR_ERROR_INIT;
    const onr_status st = onr_store_open(path, &o, &s, err);
    if (st == ONR_OK)
        onr_store_close(s);
    else
        assert_null(s);
    return st;
}

static void exec(const store_file *f, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void put_file(const store_file *f, onr_sv bytes)
{
    assert_int_equal(onri_file_write(f->path, bytes, NULL), ONR_OK);
}

/* A store that an older version wrote, with tests/golden/store/three.jsonl in it. */
static void old_store(const store_file *f, const char *name)
{
    onr_arena a = onr_arena_make(64 * ONR_MIB);
    onr_sv packed;
    char path[512];
    (void)snprintf(path, sizeof path, "%s/tests/golden/store/%s.zst", ONR_SOURCE_DIR, name);
    assert_int_equal(onri_file_read(&a, path, ONR_MIB, &packed, NULL), ONR_OK);
    char *p = onr_alloc(&a, 4 * ONR_MIB);
    const size_t n = ZSTD_decompress(p, 4 * ONR_MIB, packed.p, packed.n);
    assert_false(ZSTD_isError(n));
    put_file(f, onri_sv(p, n));
    onr_arena_drop(&a);
}

static uint64_t n_found(onr_store *s, const char *by, const char *words)
{
    onr_find q = ONR_FIND_INIT;
    uint64_t n;
    int64_t first;
    q.by = onri_svz(by);
    q.words = onri_svz(words);
    assert_int_equal(onr_store_find(s, &q, store_take_int, &first, &n, NULL), ONR_OK);
    return n;
}

static void store__an_older_one_is_brought_up_to_date(void **state)
{
    (void)state;
    store_file f = store_file_new();
    onr_error err;
    old_store(&f, "v1.db");
    assert_int_equal(try_open(f.path, ONR_STORE_READ, &err), ONR_E_SCHEMA);
    assert_non_null(strstr(err.msg, "doctor --repair"));
    onr_store *s = store_open(&f, ONR_STORE_WRITE);
    assert_int_equal(store_count(s, "PRAGMA user_version"), ONR_STORE_SCHEMA);
    assert_int_equal(store_count(s, "SELECT count(*) FROM fact"), 7);
    assert_int_equal(store_troubles(s), 0);
    assert_int_equal(n_found(s, "Zarif", "sanction"), 1);
    assert_int_equal(n_found(s, "USA", ""), 1);
    onr_store_close(s);
    s = store_open(&f, ONR_STORE_READ);
    assert_int_equal(store_troubles(s), 0);
    onr_store_close(s);
    store_file_drop(&f);
}

/* Version 2 had corrections: one mended, one rejected, one added and taken back. */
static void store__corrections_of_an_older_one_hold(void **state)
{
    (void)state;
    store_file f = store_file_new();
    old_store(&f, "v2.db");
    onr_store *s = store_open(&f, ONR_STORE_WRITE);
    assert_int_equal(store_count(s, "PRAGMA user_version"), ONR_STORE_SCHEMA);
    assert_int_equal(store_count(s, "SELECT count(*) FROM correction"), 3);
    assert_int_equal(store_count(s, "SELECT count(*) FROM facts WHERE corrected = 'mend' AND "
                                    "corrected_by = 'mb' AND corrected_why = 'not a denial'"),
                     1);
    assert_int_equal(store_count(s, "SELECT count(*) FROM rejected_facts WHERE uid = 's2' AND "
                                    "layer = 'statement' AND words LIKE '%stop the ships%' AND "
                                    "corrected_why = 'said by another'"),
                     1);
    onr_find q = ONR_FIND_INIT;
    uint64_t n;
    int64_t first;
    q.rejected = true;
    q.words = ONR_SV("ship");
    assert_int_equal(onr_store_find(s, &q, store_take_int, &first, &n, NULL), ONR_OK);
    assert_int_equal(n, 1);
    assert_int_equal(store_troubles(s), 0);
    assert_int_equal(onr_store_undo(s, 2, ONR_SV("mb"), NULL), ONR_OK);
    assert_int_equal(store_count(s, "SELECT count(*) FROM rejected"), 0);
    assert_int_equal(store_count(s, "SELECT count(*) FROM fact WHERE uid = 's2'"), 1);
    assert_int_equal(onr_store_commit(s, NULL), ONR_OK);
    assert_int_equal(store_troubles(s), 0);
    onr_store_close(s);
    store_file_drop(&f);
}

static void store__a_migration_is_whole_or_not_at_all(void **state)
{
    (void)state;
    store_file f = store_file_new();
    onr_error err;
    old_store(&f, "v1.db");
    exec(&f, "DROP INDEX entity_country"); /* the first thing that the step to version 2 drops */
    assert_int_equal(try_open(f.path, ONR_STORE_WRITE, &err), ONR_E_INTERNAL);
    sqlite3 *db;
    sqlite3_stmt *st;
    assert_int_equal(sqlite3_open(f.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT user_version FROM pragma_user_version UNION ALL "
                                        "SELECT count(*) FROM facts",
                                        -1, &st, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(st, 0), 1);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(st, 0), 7); /* its views are there again, too */
    (void)sqlite3_finalize(st);
    (void)sqlite3_close(db);
    store_file_drop(&f);
}

static void store__a_newer_or_foreign_one_is_refused(void **state)
{
    (void)state;
    store_file f = store_file_new();
    onr_error err;
    assert_int_equal(try_open(f.path, ONR_STORE_READ, &err), ONR_E_IO);
    assert_int_equal(try_open(f.path, ONR_STORE_WRITE, &err), ONR_E_IO);
    assert_int_equal(try_open(f.dir, ONR_STORE_CREATE, &err), ONR_E_IO);
    assert_int_equal(try_open("/nonexistent/x.db", ONR_STORE_CREATE, &err), ONR_E_IO);
    assert_int_equal(try_open(f.path, ONR_STORE_CREATE, &err), ONR_OK);
    assert_int_equal(try_open(f.path, ONR_STORE_CREATE, &err), ONR_OK);
    exec(&f, "PRAGMA user_version = 999");
    assert_int_equal(try_open(f.path, ONR_STORE_READ, &err), ONR_E_SCHEMA);
    assert_int_equal(try_open(f.path, ONR_STORE_WRITE, &err), ONR_E_SCHEMA);
    assert_non_null(strstr(err.msg, "newer onrecord"));
    exec(&f, "PRAGMA user_version = 2; PRAGMA application_id = 7");
    assert_int_equal(try_open(f.path, ONR_STORE_READ, &err), ONR_E_SYNTAX);
    put_file(&f, ONR_SV("this is a text and no database at all, however long it may go on"));
    assert_int_equal(try_open(f.path, ONR_STORE_CREATE, &err), ONR_E_SYNTAX);
    put_file(&f, ONR_SV(""));
    assert_int_equal(try_open(f.path, ONR_STORE_READ, &err), ONR_E_SYNTAX);
    store_file_drop(&f);
}

static void store__views_are_those_of_the_program(void **state)
{
    (void)state;
    store_file f = store_file_new();
    onr_error err;
    assert_int_equal(try_open(f.path, ONR_STORE_CREATE, &err), ONR_OK);
    exec(
        &f,
        "DROP VIEW facts; CREATE VIEW facts AS SELECT 1 AS x; CREATE VIEW mine AS SELECT 2; UPDATE "
        "meta SET value = 'of another version' WHERE key = 'views'");
    onr_store *s = store_open(&f, ONR_STORE_WRITE);
    assert_int_equal(store_troubles(s), 0);
    assert_int_equal(store_count(s, "SELECT count(*) FROM facts WHERE words = ''"), 0);
    onr_store_close(s);
    store_file_drop(&f);
}

static void store__a_second_writer_is_told_and_readers_go_on(void **state)
{
    (void)state;
    store_file f = store_file_new();
    onr_arena a = onr_arena_make(64 * ONR_MIB);
    onr_error err = ONR_ERROR_INIT;
    const onr_record one = gen_named(&a, 1), two = gen_named(&a, 2);
    onr_store *first = store_open(&f, ONR_STORE_CREATE), *second = store_open(&f, ONR_STORE_WRITE);
    onr_store *reader = store_open(&f, ONR_STORE_READ);
    assert_int_equal(onr_store_keep(first, &one, NULL, NULL, NULL), ONR_OK);
    assert_int_equal(onr_store_keep(second, &two, NULL, NULL, &err), ONR_E_BUSY);
    assert_non_null(strstr(err.msg, "another process is writing"));
    assert_int_equal(store_count(reader, "SELECT count(*) FROM article"), 0);
    assert_int_equal(onr_store_commit(first, NULL), ONR_OK);
    assert_int_equal(store_count(reader, "SELECT count(*) FROM article"), 1);
    assert_int_equal(onr_store_keep(second, &two, NULL, NULL, &err), ONR_OK);
    assert_int_equal(onr_store_commit(second, NULL), ONR_OK);
    assert_int_equal(store_count(first, "SELECT count(*) FROM article"), 2);
    assert_int_equal(store_troubles(reader), 0);
    onr_store_close(reader);
    onr_store_close(second);
    onr_store_close(first);
    onr_arena_drop(&a);
    store_file_drop(&f);
}

static void store__a_backup_is_whole_while_another_writes(void **state)
{
    (void)state;
    store_file f = store_file_new(), copy = store_file_new();
    onr_arena a = onr_arena_make(64 * ONR_MIB);
    onr_store *s = store_open(&f, ONR_STORE_CREATE);
    for (uint64_t i = 1; i <= 20; i++) {
        const onr_record r = gen_named(&a, i);
        assert_int_equal(onr_store_keep(s, &r, NULL, NULL, NULL), ONR_OK);
        if (i == 10) assert_int_equal(onr_store_commit(s, NULL), ONR_OK);
    }
    onr_store *reader = store_open(&f, ONR_STORE_READ);
    assert_int_equal(onr_store_backup(reader, copy.path, NULL), ONR_OK);
    assert_int_equal(onr_store_backup(reader, copy.path, NULL), ONR_E_IO);  /* it is there */
    assert_int_equal(onr_store_backup(s, "/tmp/never", NULL), ONR_E_RANGE); /* not committed */
    onr_store_close(reader);
    onr_store_close(s);
    s = store_open(&copy, ONR_STORE_READ);
    assert_int_equal(store_count(s, "SELECT count(*) FROM article"), 10);
    assert_int_equal(store_troubles(s), 0);
    onr_store_close(s);
    onr_arena_drop(&a);
    store_file_drop(&f);
    store_file_drop(&copy);
}

/* ---- damage
 * ----------------------------------------------------------------------------------- */

static bool any_row(void *ctx, const onr_row *row)
{
    *(uint64_t *)ctx += row->n_cells;
    return true;
}

/* A damaged store may answer or say that it is damaged; it never crashes, and what it says of
 * records is true. */
static void use(const store_file *f, uint64_t *said, uint64_t *found)
{
    onr_store_opts o = ONR_STORE_OPTS_INIT;
    onr_find q = ONR_FIND_INIT;
    onr_error err = ONR_ERROR_INIT;
    onr_store *s;
    uint64_t n = 0, cells = 0;
    q.words = ONR_SV("a* OR b*");
    onr_status st = onr_store_open(f->path, &o, &s, &err);
    if (st == ONR_OK) {
        onr_arena a = onr_arena_make(64 * ONR_MIB);
        onr_record r;
        const bool answered = onr_store_find(s, &q, any_row, &cells, NULL, &err) == ONR_OK;
        if (onr_store_record(s, &a, ONR_SV("article-3"), &r, &err) == ONR_OK && r.id.p)
            assert_true(onri_eqz(r.id, "article-3"));
        cells += answered;
        st = onr_store_doctor(s, NULL, any_row, &cells, &n, &err);
        onr_arena_drop(&a);
        onr_store_close(s);
    }
    if (st != ONR_OK && st != ONR_E_SYNTAX && st != ONR_E_IO && st != ONR_E_SCHEMA &&
        st != ONR_E_INTERNAL)
        fail_msg("%s: %s", onr_status_name(st), err.msg);
    if (st != ONR_OK && strlen(err.msg) == 0) fail_msg("%s without a message", onr_status_name(st));
    *said += st != ONR_OK || n > 0;
    *found += n;
}

static void store__damage_anywhere_is_told(void **state)
{
    (void)state;
    store_file f = store_file_new();
    onr_arena a = onr_arena_make(256 * ONR_MIB);
    onr_store *s = store_open(&f, ONR_STORE_CREATE);
    for (uint64_t i = 1; i <= 12; i++) {
        const onr_record r = gen_named(&a, i);
        assert_int_equal(onr_store_keep(s, &r, NULL, NULL, NULL), ONR_OK);
    }
    assert_int_equal(onr_store_commit(s, NULL), ONR_OK);
    onr_store_close(s);
    onr_sv whole;
    assert_int_equal(onri_file_read(&a, f.path, 16 * ONR_MIB, &whole, NULL), ONR_OK);
    char *p = onr_alloc(&a, whole.n);
    gen g = { .seed = 4711 };
    uint64_t said = 0, found = 0;
    const uint32_t rounds = 60;
    for (uint32_t i = 0; i < rounds; i++) {
        memcpy(p, whole.p, whole.n);
        const uint32_t at = gen_below(&g, (uint32_t)whole.n - 600);
        size_t n = whole.n;
        if (i % 4 == 3)
            n = at; /* cut off */
        else
            for (uint32_t b = 0; b < (i % 4 == 0 ? 1u : 512u); b++)
                p[at + b] = (char)gen_below(&g, 256);
        put_file(&f, onri_sv(p, n));
        use(&f, &said, &found);
    }
    print_message("%llu of %u damages were told\n", (unsigned long long)said, rounds);
    assert_true(said >= rounds / 3); /* the rest hit free bytes or said the same as before */
    store_file_drop(&f);
    onr_arena_drop(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(store__an_older_one_is_brought_up_to_date),
        cmocka_unit_test(store__corrections_of_an_older_one_hold),
        cmocka_unit_test(store__a_migration_is_whole_or_not_at_all),
        cmocka_unit_test(store__a_newer_or_foreign_one_is_refused),
        cmocka_unit_test(store__views_are_those_of_the_program),
        cmocka_unit_test(store__a_second_writer_is_told_and_readers_go_on),
        cmocka_unit_test(store__a_backup_is_whole_while_another_writes),
        cmocka_unit_test(store__damage_anywhere_is_told),
    };
    return cmocka_run_group_tests_name("store_open", tests, NULL, NULL);
}
