/* Atoms and maps: equal bytes, equal number; order of insertion; absent is said; out of memory is
 * said and what was there stays. Compared with a plain list. */
#include "prop.h"

static void atoms__number_words_in_order(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    onri_atoms a;
    onri_atoms_init(&a, &mem);
    assert_int_equal(onri_atom_find(&a, ONR_SV("x")), ONR_NONE);
    assert_int_equal(onri_atom(&a, ONR_SV("x")), 0);
    assert_int_equal(onri_atom(&a, ONR_SV("")), 1);
    assert_int_equal(onri_atom(&a, ONR_SV("x\0")), 2); /* NUL is data */
    assert_int_equal(onri_atom(&a, ONR_SV("x")), 0);
    assert_int_equal(onri_atom_find(&a, ONR_SV("")), 1);
    for (uint32_t i = 0; i < 100000; i++)
        assert_int_equal(onri_atom(&a, onri_sv((const char *)&i, sizeof i)), i + 3);
    for (uint32_t i = 0; i < 100000; i++) {
        assert_int_equal(onri_atom_find(&a, onri_sv((const char *)&i, sizeof i)), i + 3);
        assert_true(onri_eq(a.words.at[i + 3], onri_sv((const char *)&i, sizeof i)));
    }
    onr_arena_drop(&mem);
}

static void map__agrees_with_an_array(void **state)
{
    (void)state;
    enum { KEYS = 4096 };
    static uint32_t want[KEYS];
    memset(want, 0xFF, sizeof want);
    rng r = rng_start("map");
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    onri_map m;
    onri_map_init(&m, &mem);
    uint32_t n = 0;
    for (int i = 0; i < 50000; i++) {
        const uint32_t k = rng_below(&r, KEYS), v = rng_below(&r, 1000);
        /* keys far apart, 0 and all ones among them */
        const uint64_t key = k == KEYS - 1 ? UINT64_MAX : (uint64_t)k << 32 | k;
        assert_int_equal(onri_map_get(&m, key), want[k]);
        n += want[k] == ONR_NONE;
        want[k] = v;
        assert_true(onri_map_put(&m, key, v));
        assert_int_equal(onri_map_get(&m, key), v);
        assert_int_equal(m.n, n);
    }
    onr_arena_drop(&mem);
}

static void map__out_of_memory_loses_nothing(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(20000); /* room for a few doublings only */
    onri_map m;
    onri_map_init(&m, &mem);
    uint64_t k = 0;
    while (onri_map_put(&m, k, (uint32_t)k)) k++;
    assert_true(k > 32);
    assert_int_equal(mem.status, ONR_E_LIMIT);
    for (uint64_t i = 0; i < k; i++) assert_int_equal(onri_map_get(&m, i), i);
    assert_int_equal(onri_map_get(&m, k), ONR_NONE);

    onr_arena_drop(&mem);
    onri_atoms a;
    onri_atoms_init(&a, &mem);
    uint32_t n = 0;
    while (onri_atom(&a, onri_sv((const char *)&n, sizeof n)) != ONR_NONE) n++;
    assert_true(n > 32);
    for (uint32_t i = 0; i < n; i++)
        assert_int_equal(onri_atom_find(&a, onri_sv((const char *)&i, sizeof i)), i);
    assert_int_equal(onri_atom_find(&a, onri_sv((const char *)&n, sizeof n)), ONR_NONE);
    onr_arena_drop(&mem);
}

static void hash__spreads(void **state)
{
    (void)state;
    /* Numbers that differ in one bit land in different halves about half the time. */
    unsigned bits[64] = { 0 };
    for (uint64_t i = 0; i < 1000; i++) {
        const uint64_t d = onri_hash_u64(i) ^ onri_hash_u64(i ^ 1);
        for (int b = 0; b < 64; b++) bits[b] += (unsigned)(d >> b & 1);
    }
    for (int b = 0; b < 64; b++) assert_in_range(bits[b], 400, 600);
    assert_int_not_equal(onri_hash(ONR_SV("")), onri_hash(ONR_SV("\0")));
    assert_int_not_equal(onri_hash(ONR_SV("ab")), onri_hash(ONR_SV("ba")));
    assert_int_equal(onri_hash(ONR_SV("same")), onri_hash(ONR_SV("same")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(atoms__number_words_in_order),
        cmocka_unit_test(map__agrees_with_an_array),
        cmocka_unit_test(map__out_of_memory_loses_nothing),
        cmocka_unit_test(hash__spreads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
