/* What a user of a buffer may rely on: it never passes its ceiling, keeps what it has when it
 * would, says so until it is cleared, and formats text of any length that fits. */
#include "test.h"

static void buf__reaches_its_ceiling_and_not_one_more(void **state)
{
    (void)state;
    for (size_t max = 0; max < 600; max += max < 10 ? 1 : 97) {
        onri_buf b = onri_buf_make(max);
        for (size_t i = 0; i < max; i++) onri_buf_addc(&b, 'x');
        assert_int_equal(b.status, ONR_OK);
        assert_int_equal(b.n, max);
        onri_buf_addc(&b, 'y');
        assert_int_equal(b.status, ONR_E_LIMIT);
        assert_int_equal(b.n, max);
        for (size_t i = 0; i < max; i++) assert_int_equal(b.p[i], 'x');
        onri_buf_drop(&b);
    }
}

static void buf__status_sticks_until_cleared(void **state)
{
    (void)state;
    onri_buf b = onri_buf_make(4);
    onri_buf_addz(&b, "abc");
    onri_buf_addz(&b, "de"); /* one too many: nothing of it is taken */
    onri_buf_addz(&b, "f");  /* would fit, but comes after a failure */
    assert_int_equal(b.status, ONR_E_LIMIT);
    assert_true(onri_eqz(onri_buf_sv(&b), "abc"));
    onri_buf_clear(&b);
    onri_buf_addz(&b, "wxyz");
    assert_int_equal(b.status, ONR_OK);
    assert_true(onri_eqz(onri_buf_sv(&b), "wxyz"));
    onri_buf_drop(&b);
    assert_null(b.p);
    onri_buf_addz(&b, "again"); /* the ceiling outlives a drop */
    assert_int_equal(b.status, ONR_E_LIMIT);
    onri_buf_drop(&b);
}

/* Around 256 characters the formatter changes its way. */
static void buf__formats_what_fits(void **state)
{
    (void)state;
    for (size_t len = 250; len < 262; len++) {
        for (size_t max = len - 1; max <= len + 1; max++) {
            onri_buf b = onri_buf_make(max);
            onri_buf_fmt(&b, "%0*d", (int)len, 7);
            if (max < len) {
                assert_int_equal(b.status, ONR_E_LIMIT);
                assert_int_equal(b.n, 0);
            } else {
                assert_int_equal(b.status, ONR_OK);
                assert_int_equal(b.n, len);
                assert_int_equal(b.p[0], '0');
                assert_int_equal(b.p[len - 1], '7');
            }
            onri_buf_drop(&b);
        }
    }
}

static void buf__nul_is_data(void **state)
{
    (void)state;
    onri_buf b = onri_buf_make(100);
    onri_buf_add(&b, ONR_SV("a\0b"));
    onri_buf_addc(&b, '\0');
    onri_buf_add(&b, (onr_sv){ NULL, 0 });
    assert_true(onri_eq(onri_buf_sv(&b), ONR_SV("a\0b\0")));
    onri_buf_drop(&b);
}

static void buf__no_memory_is_a_status(void **state)
{
    (void)state;
    onri_buf b = onri_buf_make(1 << 20);
    onri_buf_addz(&b, "kept");
    onri_heap_fail_at(1);
    for (int i = 0; i < 1000; i++) onri_buf_addc(&b, 'x');
    assert_int_equal(onri_heap_fail_at(0), 0);
    assert_int_equal(b.status, ONR_E_NOMEM);
    assert_true(onri_starts(onri_buf_sv(&b), ONR_SV("kept")));
    onri_buf_drop(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buf__reaches_its_ceiling_and_not_one_more),
        cmocka_unit_test(buf__status_sticks_until_cleared),
        cmocka_unit_test(buf__formats_what_fits),
        cmocka_unit_test(buf__nul_is_data),
        cmocka_unit_test(buf__no_memory_is_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
