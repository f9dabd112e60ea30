/* Paragraphs are lines without the white space at their ends; long lines come in pieces. */
#include "prop.h"

#include "lang/paragraph.h"
#include "lang/unicode.h"

static void expect(const char *text, size_t max, const char *const *want)
{
    const onr_sv s = onri_svz(text);
    size_t at = 0;
    onr_span span;
    for (; *want; want++) {
        assert_true(onri_paragraph_next(s, max, &at, &span));
        const onr_sv got = onri_sub(s, span.beg, span.end);
        if (!onri_eqz(got, *want)) print_error("%.*s, not %s\n", (int)got.n, got.p, *want);
        assert_true(onri_eqz(got, *want));
    }
    assert_false(onri_paragraph_next(s, max, &at, &span));
    assert_int_equal(at, s.n);
    assert_false(onri_paragraph_next(s, max, &at, &span));
}
#define EXPECT(text, max, ...) expect((text), (max), (const char *const[]){ __VA_ARGS__, NULL })

static void paragraph__lines_are_trimmed(void **state)
{
    (void)state;
    EXPECT("one", 100, "one");
    EXPECT("\n \t\n one  two \r\n\r\nthree\n", 100, "one  two", "three");
    EXPECT("a\rb\vc\fd\xC2\x85"
           "e\u2028f\u2029g",
           100, "a", "b", "c", "d", "e", "f", "g");
    EXPECT("\u00A0a\u3000", 100, "a");
    EXPECT("\x1F", 100, NULL);
    EXPECT("", 100, NULL);
    EXPECT(" \n\n ", 100, NULL);
}

static void paragraph__long_lines_are_cut_at_white_space(void **state)
{
    (void)state;
    EXPECT("aaa bbb ccc", 8, "aaa bbb", "ccc");
    EXPECT("aaa bbb ccc", 7, "aaa bbb", "ccc");
    EXPECT("aaa bbb ccc", 6, "aaa", "bbb", "ccc");
    EXPECT("aaa bbb ccc", 11, "aaa bbb ccc");
    EXPECT("aaabbbccc", 4, "aaab", "bbcc", "c");
    EXPECT("\u00E9\u00E9\u00E9", 3, "\u00E9", "\u00E9", "\u00E9"); /* never inside a character */
    EXPECT("\U0001F600", 1, "\U0001F600");
    EXPECT("ab   cd", 3, "ab", "cd");
}

static void paragraph__nothing_but_white_space_is_lost(void **state)
{
    (void)state;
    rng r = rng_start("paragraphs");
    static const char *const parts[] = { "a", "b", " ", "\n", "\u2028", "\u00E9", "\t", "xyz" };
    for (int round = 0; round < 3000; round++) {
        onri_buf b = onri_buf_make(1 << 16);
        for (uint32_t k = rng_below(&r, 30); k > 0; k--) onri_buf_addz(&b, parts[rng_below(&r, 8)]);
        const onr_sv s = onri_buf_sv(&b);
        const size_t max = 1 + rng_below(&r, 12);
        size_t at = 0, last = 0;
        onr_span span;
        while (onri_paragraph_next(s, max, &at, &span)) {
            assert_true(span.beg >= last && span.end > span.beg && span.end <= s.n);
            assert_true(onri_is_space(onri_sub(s, last, span.beg)));
            assert_true(span.end - span.beg <= (max < 4 ? 4 : max));
            unsigned len;
            assert_false(onri_cp_space(onri_utf8_at(s, span.beg, &len)));
            assert_false(onri_cp_space(onri_utf8_before(s, span.end, &len)));
            assert_int_equal(onri_utf8_check(onri_sub(s, span.beg, span.end)), span.end - span.beg);
            last = span.end;
        }
        assert_true(onri_is_space(onri_sub(s, last, s.n)));
        onri_buf_drop(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraph__lines_are_trimmed),
        cmocka_unit_test(paragraph__long_lines_are_cut_at_white_space),
        cmocka_unit_test(paragraph__nothing_but_white_space_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
