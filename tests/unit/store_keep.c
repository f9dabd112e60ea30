/* What a user of the store may rely on: what is kept comes back, keeping again changes nothing, a
 * record replaced leaves nothing behind, and the tables say what the record says. */
#include "test.h"

#include "record_gen.h"
#include "store_file.h"

static void store__a_record_comes_back_as_it_was_kept(void **state)
{
    (void)state;
    store_file f = store_file_new();
    onr_store *s = store_open(&f, ONR_STORE_CREATE);
    for (uint64_t seed = 1; seed <= 60; seed++) {
        onr_arena a = onr_arena_make(64 * ONR_MIB);
        onr_record r = gen_named(&a, seed);
        onr_error err = ONR_ERROR_INIT;
        onr_kept what;
        if (onr_store_keep(s, &r, NULL, &what, &err) != ONR_OK)
            fail_msg("seed %d: %s", (int)seed, err.msg);
        assert_int_equal(what, ONR_KEPT_NEW);
        onr_sv json, back;
        assert_int_equal(onr_record_json(&a, &r, NULL, &json, NULL), ONR_OK);
        assert_int_equal(onr_store_record_json(s, &a, r.id, &back, NULL), ONR_OK);
        assert_true(onri_eq(json, back));
        assert_int_equal(onr_store_keep(s, &r, NULL, &what, &err), ONR_OK);
        assert_int_equal(what, ONR_KEPT_SAME);
        onr_arena_drop(&a);
    }
    assert_int_equal(onr_store_commit(s, NULL), ONR_OK);
    assert_int_equal(store_troubles(s), 0);
    onr_store_close(s);
    store_file_drop(&f);
}

static void store__a_changed_record_takes_the_place_of_the_old_one(void **state)
{
    (void)state;
    store_file f = store_file_new();
    onr_store *s = store_open(&f, ONR_STORE_CREATE);
    for (uint64_t seed = 1; seed <= 40; seed++) {
        onr_arena a = onr_arena_make(64 * ONR_MIB);
        onr_record r = gen_named(&a, seed);
        r.id = ONR_SV("always the same");
        onr_kept what;
        assert_int_equal(onr_store_keep(s, &r, NULL, &what, NULL), ONR_OK);
        assert_int_equal(what, seed == 1 ? ONR_KEPT_NEW : ONR_KEPT_CHANGED);
        assert_int_equal(store_count(s, "SELECT n_facts FROM article"),
                         store_count(s, "SELECT count(*) FROM fact"));
        assert_int_equal(store_count(s, "SELECT count(*) FROM entity"), r.n_entities);
        if (seed % 7 == 0) assert_int_equal(onr_store_commit(s, NULL), ONR_OK);
        onr_arena_drop(&a);
    }
    assert_int_equal(store_count(s, "SELECT count(*) FROM article"), 1);
    assert_int_equal(onr_store_commit(s, NULL), ONR_OK);
    assert_int_equal(store_troubles(s), 0);
    bool was;
    assert_int_equal(onr_store_drop(s, ONR_SV("always the same"), &was, NULL), ONR_OK);
    assert_true(was);
    assert_int_equal(onr_store_commit(s, NULL), ONR_OK);
    assert_int_equal(store_troubles(s), 0);
    static const char *const tables[] = { "article",   "article_text", "sentence",  "entity",
                                          "mention",   "role",         "fact",      "party",
                                          "fact_span", "event",        "statement", "response" };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[80];
        (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", tables[i]);
        assert_int_equal(store_count(s, sql), 0);
    }
    onr_store_close(s);
    store_file_drop(&f);
}

static void store__what_is_not_committed_is_gone(void **state)
{
    (void)state;
    store_file f = store_file_new();
    onr_arena a = onr_arena_make(64 * ONR_MIB);
    onr_store *s = store_open(&f, ONR_STORE_CREATE);
    const onr_record one = gen_named(&a, 1), two = gen_named(&a, 2);
    assert_int_equal(onr_store_keep(s, &one, NULL, NULL, NULL), ONR_OK);
    assert_int_equal(onr_store_commit(s, NULL), ONR_OK);
    assert_int_equal(onr_store_keep(s, &two, NULL, NULL, NULL), ONR_OK);
    onr_store_close(s);
    s = store_open(&f, ONR_STORE_READ);
    assert_int_equal(store_count(s, "SELECT count(*) FROM article"), 1);
    assert_int_equal(onr_store_keep(s, &two, NULL, NULL, NULL), ONR_E_RANGE);
    assert_int_equal(store_troubles(s), 0);
    onr_store_close(s);
    onr_arena_drop(&a);
    store_file_drop(&f);
}

static void store__a_broken_record_leaves_the_store_as_it_was(void **state)
{
    (void)state;
    store_file f = store_file_new();
    onr_arena a = onr_arena_make(64 * ONR_MIB);
    onr_store *s = store_open(&f, ONR_STORE_CREATE);
    const onr_record good = gen_named(&a, 3);
    onr_record bad = gen_named(&a, 4);
    assert_int_equal(onr_store_keep(s, &good, NULL, NULL, NULL), ONR_OK);
    const onr_span outside = { 0, (uint32_t)bad.text.n + 1 };
    bad.sentences = &outside;
    bad.n_sentences = 1;
    assert_int_equal(onr_store_keep(s, &bad, NULL, NULL, NULL), ONR_E_RANGE);
    bad = good;
    bad.text.p = NULL;
    assert_int_equal(onr_store_keep(s, &bad, NULL, NULL, NULL), ONR_E_RANGE);
    bad = good;
    bad.id = (onr_sv){ 0 };
    assert_int_equal(onr_store_keep(s, &bad, NULL, NULL, NULL), ONR_E_RANGE);
    assert_int_equal(onr_store_commit(s, NULL), ONR_OK);
    assert_int_equal(store_count(s, "SELECT count(*) FROM article"), 1);
    assert_int_equal(store_troubles(s), 0);
    onr_store_close(s);
    onr_arena_drop(&a);
    store_file_drop(&f);
}

static void store__an_unreadable_document_never_replaces_one_that_was_read(void **state)
{
    (void)state;
    store_file f = store_file_new();
    onr_arena a = onr_arena_make(64 * ONR_MIB);
    onr_store *s = store_open(&f, ONR_STORE_CREATE);
    const onr_error why = { ONR_E_UTF8, 0, 0, 0, "article", "bytes that are no text" };
    const onr_record good = gen_named(&a, 5);
    const onr_record failed = onr_record_of_error(good.id, ONR_SV("x.txt"), &why);
    onr_kept what;
    assert_int_equal(onr_store_keep(s, &failed, NULL, &what, NULL), ONR_OK);
    assert_int_equal(what, ONR_KEPT_NEW);
    assert_int_equal(store_count(s, "SELECT count(*) FROM article WHERE error LIKE '%no text%'"),
                     1);
    assert_int_equal(onr_store_keep(s, &good, NULL, &what, NULL), ONR_OK);
    assert_int_equal(what, ONR_KEPT_CHANGED);
    assert_int_equal(onr_store_keep(s, &failed, NULL, &what, NULL), ONR_OK);
    assert_int_equal(what, ONR_KEPT_SAME);
    assert_int_equal(store_count(s, "SELECT count(*) FROM article WHERE error IS NULL"), 1);
    onr_store_close(s);
    onr_arena_drop(&a);
    store_file_drop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(store__a_record_comes_back_as_it_was_kept),
        cmocka_unit_test(store__a_changed_record_takes_the_place_of_the_old_one),
        cmocka_unit_test(store__what_is_not_committed_is_gone),
        cmocka_unit_test(store__a_broken_record_leaves_the_store_as_it_was),
        cmocka_unit_test(store__an_unreadable_document_never_replaces_one_that_was_read),
    };
    return cmocka_run_group_tests_name("store_keep", tests, NULL, NULL);
}
