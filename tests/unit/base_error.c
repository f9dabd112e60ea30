/* Errors: every status has its own name; a message is whole or cut, never overrun; NULL is fine. */
#include "test.h"

#include <errno.h>

static void error__every_status_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < ONR_STATUS__COUNT; i++) {
        const char *name = onr_status_name((onr_status)i);
        assert_true(name[0] >= 'a' && name[0] <= 'z');
        for (int j = 0; j < i; j++) assert_string_not_equal(name, onr_status_name((onr_status)j));
    }
    assert_string_equal(onr_status_name(ONR_E_LIMIT), "limit");
    assert_string_equal(onr_status_name(ONR_STATUS__COUNT), "unknown");
}

static void error__says_what_and_where(void **state)
{
    (void)state;
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onri_fail_at(&err, ONR_E_SYNTAX, "jsonl", 12, "key %d is %s", 3, "odd"),
                     ONR_E_SYNTAX);
    assert_int_equal(err.status, ONR_E_SYNTAX);
    assert_int_equal(err.at, 12);
    assert_string_equal(err.stage, "jsonl");
    assert_string_equal(err.msg, "key 3 is odd");
    assert_int_equal(onri_fail(&err, ONR_E_MODEL, "model", "x"), ONR_E_MODEL);
    assert_true(err.at == UINT64_MAX);
    assert_int_equal(onri_fail_os(&err, "file", ENOENT, "cannot open '%s'", "a"), ONR_E_IO);
    assert_int_equal(err.os_errno, ENOENT);
    assert_true(onri_starts(onri_svz(err.msg), ONR_SV("cannot open 'a': ")));
    assert_int_equal(onri_fail(NULL, ONR_E_LIMIT, "x", "nobody %s", "listens"), ONR_E_LIMIT);
    assert_int_equal(onri_fail_os(NULL, "x", ENOENT, "nobody"), ONR_E_IO);
}

static void error__long_messages_are_cut(void **state)
{
    (void)state;
    struct {
        onr_error err;
        char guard[16];
    } x = { .guard = "still here" };
    const int sizes[] = { 0, 200, 254, 255, 256, 257, 400, 5000 };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        (void)onri_fail_os(&x.err, "file", ENOENT, "%0*d", sizes[i], 1);
        assert_true(memchr(x.err.msg, 0, sizeof x.err.msg) != NULL);
        assert_string_equal(x.guard, "still here");
    }
}

static void error__memory_says_which_end(void **state)
{
    (void)state;
    onr_error err = ONR_ERROR_INIT;
    onr_arena mem = onr_arena_make(100);
    assert_null(onr_alloc(&mem, 101));
    assert_int_equal(onri_fail_mem(&err, &mem, "parse"), ONR_E_LIMIT);
    assert_string_equal(err.msg, "needs more than 100 bytes of memory");
    onri_heap_fail_at(1);
    assert_null(onr_alloc(&mem, 10));
    onri_heap_fail_at(0);
    assert_int_equal(onri_fail_mem(&err, &mem, "parse"), ONR_E_NOMEM);
    onr_arena_drop(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(error__every_status_has_a_name_of_its_own),
        cmocka_unit_test(error__says_what_and_where),
        cmocka_unit_test(error__long_messages_are_cut),
        cmocka_unit_test(error__memory_says_which_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
