/* Views: comparing, searching, cutting and numbers, against plain slow versions and libc. */
#include "prop.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

static onr_sv random_word(rng *r, char *room, uint32_t max)
{
    const uint32_t n = rng_below(r, max + 1);
    for (uint32_t i = 0; i < n; i++) room[i] = "ab,\0 \xC3"[rng_below(r, 6)];
    return onri_sv(room, n);
}

static size_t slow_find(onr_sv s, onr_sv what, size_t from)
{
    for (size_t i = from; i <= s.n && s.n - i >= what.n; i++)
        if (what.n == 0 || memcmp(s.p + i, what.p, what.n) == 0) return i;
    return SIZE_MAX;
}

static void sv__search_and_order_agree_with_slow_twins(void **state)
{
    (void)state;
    rng r = rng_start("sv");
    for (int round = 0; round < 20000; round++) {
        char x[24], y[8];
        const onr_sv a = random_word(&r, x, 24), b = random_word(&r, y, 8);
        const size_t from = rng_below(&r, 26);
        assert_int_equal(onri_find(a, b, from), slow_find(a, b, from));
        assert_int_equal(onri_eq(a, b), onri_cmp(a, b) == 0);
        assert_int_equal(onri_cmp(a, b) < 0, onri_cmp(b, a) > 0);
        assert_int_equal(onri_starts(a, b), slow_find(a, b, 0) == 0);
        if (onri_ends(a, b)) assert_true(onri_eq(onri_sub(a, a.n - b.n, a.n), b));
    }
}

static void sv__split_gives_every_piece(void **state)
{
    (void)state;
    rng r = rng_start("split");
    for (int round = 0; round < 20000; round++) {
        char x[24], back[32];
        const onr_sv s = random_word(&r, x, 24);
        onr_sv rest = s, piece;
        size_t n = 0, pieces = 0;
        while (onri_split(&rest, ',', &piece)) {
            if (pieces++) back[n++] = ',';
            if (piece.n) memcpy(back + n, piece.p, piece.n);
            n += piece.n;
            assert_int_equal(onri_find(piece, ONR_SV(","), 0), SIZE_MAX);
        }
        assert_true(onri_eq(onri_sv(back, n), s)); /* joined again they are the view */
        assert_true(pieces >= 1);
    }
}

static void sv__trim_takes_blanks_only(void **state)
{
    (void)state;
    assert_true(onri_eqz(onri_trim(ONR_SV(" \t\r\n\v\f a b \n")), "a b"));
    assert_true(onri_eqz(onri_trim(ONR_SV(" \t ")), ""));
    assert_true(onri_eqz(onri_trim(ONR_SV("")), ""));
    assert_true(onri_eq(onri_trim(ONR_SV("\xC2\xA0")), ONR_SV("\xC2\xA0"))); /* bytes of a letter */
    assert_true(onri_eq(onri_trim(ONR_SV("\0 ")), ONR_SV("\0")));
}

static void sv__u64_up_to_its_last_value(void **state)
{
    (void)state;
    uint64_t v = 7;
    assert_true(onri_parse_u64(ONR_SV("18446744073709551615"), &v) && v == UINT64_MAX);
    v = 7;
    assert_false(onri_parse_u64(ONR_SV("18446744073709551616"), &v));
    assert_false(onri_parse_u64(ONR_SV("99999999999999999999999"), &v));
    assert_false(onri_parse_u64(ONR_SV(""), &v));
    assert_false(onri_parse_u64(ONR_SV("-1"), &v));
    assert_false(onri_parse_u64(ONR_SV("1 "), &v));
    assert_false(onri_parse_u64(ONR_SV("1\0"), &v));
    assert_int_equal(v, 7); /* a refusal leaves it alone */
    assert_true(onri_parse_u64(ONR_SV("000"), &v) && v == 0);
}

static void near(const char *text)
{
    double got = -7;
    const double want = strtod(text, NULL);
    if (!onri_parse_double(onri_svz(text), &got)) fail_msg("'%s' was refused", text);
    const double step = fabs(nextafter(want, INFINITY) - want);
    if (!(fabs(got - want) <= 2 * step)) fail_msg("'%s' gave %.17g", text, got);
}

static void sv__doubles_as_libc_reads_them(void **state)
{
    (void)state;
    static const char *const fixed[] = {
        "0",
        "-0",
        "0.0",
        "1",
        "-1.5",
        "0.1",
        "1e10",
        "1E+10",
        "1e-10",
        "123456789012345678901234567890",
        "2.2250738585072014e-308",
        "5e-324",
        "1e-400",
        "1.7976931348623157e308",
        "0.000000000000000000000000000000000000000000000000000000000000000001e60",
        "0e999999999999999999999",
    };
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) near(fixed[i]);
    char many[900]; /* a number of 400 digits with an exponent that brings it back to size */
    memset(many, '3', 400);
    (void)snprintf(many + 400, sizeof many - 400, "e-399");
    near(many);
    rng r = rng_start("double");
    for (int i = 0; i < 20000; i++) {
        char s[64];
        const double v = ldexp((double)rng_next(&r), (int)rng_below(&r, 1900) - 1000);
        if (!isfinite(v)) continue;
        (void)snprintf(s, sizeof s, "%.*e", (int)rng_below(&r, 20), v);
        near(s);
    }
}

static void sv__doubles_refused(void **state)
{
    (void)state;
    static const char *const bad[] = { "",    "-",    ".5",  "1.",     "1e",   "1e+", "+1",
                                       "inf", "nan",  "0x1", "1,5",    " 1",   "1 ",  "1e400",
                                       "--1", "1e5.", "1d5", "-1e400", "2e308" };
    double v = 7;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (onri_parse_double(onri_svz(bad[i]), &v)) fail_msg("'%s' was taken", bad[i]);
    assert_true(v == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sv__search_and_order_agree_with_slow_twins),
        cmocka_unit_test(sv__split_gives_every_piece),
        cmocka_unit_test(sv__trim_takes_blanks_only),
        cmocka_unit_test(sv__u64_up_to_its_last_value),
        cmocka_unit_test(sv__doubles_as_libc_reads_them),
        cmocka_unit_test(sv__doubles_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
