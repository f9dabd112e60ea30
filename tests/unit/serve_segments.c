/* What the reading view may rely on: segments cover the text without gap or overlap, each lists
 * exactly the marks that lie on it, and thousands of marks cost no more than their number. */
#include "test.h"

#include "serve/segments.h"

static void check(const seg_mark *m, uint32_t n, uint32_t from, uint32_t to)
{
    onr_arena mem = onr_arena_make((size_t)64 << 20);
    segments s;
    assert_int_equal(segments_cut(&mem, m, n, from, to, &s, NULL), ONR_OK);
    uint32_t at = from;
    for (uint32_t i = 0; i < s.n; i++) {
        assert_int_equal(s.at[i].span.beg, at);
        assert_true(s.at[i].span.end > at);
        uint32_t k = 0, on = 0;
        for (uint32_t j = 0; j < n; j++) { /* the plain way: is it on every byte? */
            const bool lies = m[j].span.beg <= at && m[j].span.end >= s.at[i].span.end;
            const bool touches = m[j].span.beg < s.at[i].span.end && m[j].span.end > at;
            assert_true(lies == touches || m[j].span.beg >= m[j].span.end);
            if (!lies || m[j].span.beg >= m[j].span.end) continue;
            on++;
            if (k < s.at[i].n_marks) assert_int_equal(s.at[i].marks[k++], j);
        }
        assert_int_equal(k, s.at[i].n_marks);
        assert_true(s.at[i].more == (on > SEGMENT_DEPTH_MAX));
        at = s.at[i].span.end;
    }
    assert_int_equal(at, from < to ? to : from);
    onr_arena_drop(&mem);
}

static void segments__cut_nested_crossing_and_equal_spans(void **state)
{
    (void)state;
    const seg_mark m[] = { { { 0, 10 }, 0 }, { { 2, 5 }, 1 },   { { 2, 5 }, 2 },
                           { { 4, 12 }, 3 }, { { 12, 15 }, 4 }, { { 7, 7 }, 5 } };
    check(m, 6, 0, 20);
    check(m, 6, 3, 13);
    check(m, 6, 30, 40);
    check(m, 6, 5, 5);
    check(m, 0, 0, 7);
}

static void segments__agree_with_the_plain_way_on_random_marks(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int round = 0; round < 200; round++) {
        seg_mark m[40];
        const uint32_t n = (uint32_t)(onri_hash_u64(seed++) % 40);
        for (uint32_t i = 0; i < n; i++) {
            const uint32_t beg = (uint32_t)(onri_hash_u64(seed++) % 50);
            m[i] = (seg_mark){ { beg, beg + (uint32_t)(onri_hash_u64(seed++) % 30) }, i };
        }
        check(m, n, (uint32_t)(seed % 7), 60 + (uint32_t)(seed % 5));
    }
}

/* 200,000 marks one inside the other: a list that is searched from its front would never end. */
static void segments__deep_nesting_is_quick_and_bounded(void **state)
{
    (void)state;
    enum { N = 200000 };
    onr_arena mem = onr_arena_make((size_t)512 << 20);
    seg_mark *m = ONRI_NEW_N(&mem, N, seg_mark);
    assert_non_null(m);
    for (uint32_t i = 0; i < N; i++) m[i] = (seg_mark){ { i, 2 * N - i }, i };
    segments s;
    assert_int_equal(segments_cut(&mem, m, N, 0, 2 * N, &s, NULL), ONR_OK);
    assert_true(s.n >= N);
    for (uint32_t i = 0; i < s.n; i++) assert_true(s.at[i].n_marks <= SEGMENT_DEPTH_MAX);
    onr_arena_drop(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(segments__cut_nested_crossing_and_equal_spans),
        cmocka_unit_test(segments__agree_with_the_plain_way_on_random_marks),
        cmocka_unit_test(segments__deep_nesting_is_quick_and_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
