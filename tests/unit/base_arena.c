/* What a user of an arena may rely on: zeroed, aligned, bounded, rewindable. */
#include "test.h"

static void arena__gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    onr_arena a = onr_arena_make(1 << 20);
    for (size_t n = 0; n < 300; n++) {
        char *p = onr_alloc(&a, n);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < n; i++) assert_int_equal(p[i], 0);
        memset(p, 0xAA, n);
    }
    onr_arena_drop(&a);
    assert_int_equal(a.total, 0);
}

static void arena__stops_at_its_ceiling(void **state)
{
    (void)state;
    onr_arena a = onr_arena_make(64);
    assert_non_null(onr_alloc(&a, 64));
    assert_null(onr_alloc(&a, 1));
    assert_int_equal(a.status, ONR_E_LIMIT);
    onr_arena_drop(&a);
    assert_null(onri_alloc_n(&a, SIZE_MAX / 2, 3));
    assert_int_equal(a.status, ONR_E_LIMIT);
}

static void arena__rewinds_over_chunks(void **state)
{
    (void)state;
    onr_arena a = onr_arena_make(1 << 24);
    assert_non_null(onr_alloc(&a, 10));
    const onr_mark m = onr_arena_mark(&a);
    const size_t total = a.total;
    for (int i = 0; i < 100; i++) assert_non_null(onr_alloc(&a, 10000));
    onr_arena_rewind(&a, m);
    assert_int_equal(a.total, total);
    const char *p = onr_alloc(&a, 100);
    for (int i = 0; i < 100; i++) assert_int_equal(p[i], 0);
    onr_arena_drop(&a);
}

static void vec__keeps_what_was_pushed(void **state)
{
    (void)state;
    onr_arena a = onr_arena_make(1 << 24);
    ONRI_VEC(uint32_t) v = { 0 };
    for (uint32_t i = 0; i < 10000; i++) *(uint32_t *)ONRI_PUSH(&a, &v) = i;
    for (uint32_t i = 0; i < 10000; i++) assert_int_equal(v.at[i], i);
    onr_arena_drop(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena__gives_zeroed_aligned_memory),
        cmocka_unit_test(arena__stops_at_its_ceiling),
        cmocka_unit_test(arena__rewinds_over_chunks),
        cmocka_unit_test(vec__keeps_what_was_pushed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
