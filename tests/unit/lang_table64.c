/* The sorted tables of the model: every key is found, no other is. */
#include "test.h"

#include "lang/model.h"

static void check_all(const uint64_t *keys, uint32_t n)
{
    uint32_t vals[1000];
    for (uint32_t i = 0; i < n; i++) vals[i] = i * 7;
    const onri_table64 t = { keys, vals, n };
    for (uint32_t i = 0; i < n; i++) {
        assert_int_equal(onri_table64_get(&t, keys[i]), i * 7);
        if (i > 0 && keys[i] - keys[i - 1] > 1)
            assert_int_equal(onri_table64_get(&t, keys[i] - 1), ONR_NONE);
    }
    if (n == 0 || keys[0] > 0) assert_int_equal(onri_table64_get(&t, 0), ONR_NONE);
    if (n == 0 || keys[n - 1] < UINT64_MAX)
        assert_int_equal(onri_table64_get(&t, UINT64_MAX), ONR_NONE);
}

static void table64__finds_every_key_and_no_other(void **state)
{
    (void)state;
    uint64_t even[1000], steep[1000];
    for (uint32_t i = 0; i < 1000; i++) {
        even[i] = (uint64_t)i * (UINT64_MAX / 1001) + i % 5 + 1;
        steep[i] = i < 990 ? 2 * i + 1 : UINT64_MAX - 2 * (1000 - i) + 2; /* the guess is far off */
    }
    static const uint32_t sizes[] = { 0, 1, 2, 16, 17, 18, 63, 64, 65, 1000 };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        check_all(even, sizes[i]);
        check_all(steep, sizes[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(table64__finds_every_key_and_no_other) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
