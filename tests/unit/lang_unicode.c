/* Python's str, as far as the models need it: classes, lower case, word shapes. */
#include "test.h"

#include "lang/unicode.h"
#include "lang/words.h"

static void unicode__classes_are_pythons(void **state)
{
    (void)state;
    static const uint32_t spaces[] = { 0x09,   0x0A,   0x0D,   0x1C,   0x1F,   0x20,
                                       0x85,   0xA0,   0x1680, 0x2000, 0x200A, 0x2028,
                                       0x2029, 0x202F, 0x205F, 0x3000 };
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        assert_true(onri_cp_space(spaces[i]));
    assert_false(onri_cp_space(0x200B)); /* zero width space is none */
    assert_false(onri_cp_space(0x00));
    assert_false(onri_cp_space(0xFEFF));
    uint32_t n = 0;
    for (uint32_t cp = 0; cp < 0x110000; cp++) n += onri_cp_space(cp);
    assert_int_equal(n, 29); /* sum(chr(c).isspace() for c in range(0x110000)) */
    assert_true(onri_cp_alpha('z') && onri_cp_alpha(0xE9) && onri_cp_alpha(0x5317));
    assert_false(onri_cp_alpha('_') || onri_cp_alpha('1') || onri_cp_alpha(0x2167)); /* VIII */
    assert_true(onri_cp_digit('7') && onri_cp_digit(0xB2) && onri_cp_digit(0x0663));
    assert_false(onri_cp_digit(0xBD)); /* a half */
    assert_true(onri_cp_upper('Q') && onri_cp_upper(0x0416));
    assert_false(onri_cp_upper(0x01C5)); /* title case */
}

static void lower(const char *from, const char *to)
{
    onri_buf b = onri_buf_make(1 << 20);
    const onr_sv got = onri_lower(&b, onri_svz(from));
    if (!onri_eqz(got, to)) print_error("%s -> %.*s, not %s\n", from, (int)got.n, got.p, to);
    assert_true(onri_eqz(got, to));
    onri_buf_drop(&b);
}

static void unicode__lower_case_is_pythons(void **state)
{
    (void)state;
    lower("", "");
    lower("already", "already");
    lower("NATO", "nato");
    lower("\u00C9t\u00C9", "\u00E9t\u00E9");
    lower("\u0130stanbul", "i\u0307stanbul");
    lower("\u00DF\u1E9E", "\u00DF\u00DF");
    lower("\u2167", "\u2177");
    /* The final sigma: after a cased letter, before none; marks and apostrophes do not count. */
    lower("\u039F\u0394\u039F\u03A3", "\u03BF\u03B4\u03BF\u03C2");
    lower("\u03A3", "\u03C3");
    lower("\u0391\u03A3\u0391", "\u03B1\u03C3\u03B1");
    lower("\u0391\u03A3'", "\u03B1\u03C2'");
    lower("\u0391\u03A3'\u0391", "\u03B1\u03C3'\u03B1");
    lower("\u0391.\u03A3", "\u03B1.\u03C2");
    lower("1\u03A3", "1\u03C3");
}

static void unicode__unchanged_text_is_the_view_itself(void **state)
{
    (void)state;
    onri_buf b = onri_buf_make(1 << 20);
    const onr_sv s = onri_svz("caf\u00E9 7");
    assert_ptr_equal(onri_lower(&b, s).p, s.p);
    assert_int_equal(b.n, 0);
    onri_buf_drop(&b);
}

static void shape(const char *from, const char *to)
{
    onri_buf b = onri_buf_make(1 << 20);
    onri_shape(&b, onri_svz(from));
    if (!onri_eqz(onri_buf_sv(&b), to)) print_error("%s -> %.*s\n", from, (int)b.n, b.p);
    assert_true(onri_eqz(onri_buf_sv(&b), to));
    onri_buf_drop(&b);
}

static void unicode__word_shapes_are_spacys(void **state)
{
    (void)state;
    shape("Apple", "Xxxxx");
    shape("BRUSSELS", "XXXX");
    shape("C3PO", "XdXX");
    shape("2,345,678", "d,ddd,ddd");
    shape("......", "....");
    shape("I", "X");
    shape("x\u00B2\u2167", "xd\u2167");
    shape("\u0420\u043E\u0441\u0441\u0438\u044F", "Xxxxx");
    char word[101];
    memset(word, 'a', 100);
    word[100] = '\0';
    shape(word, "LONG");
    word[99] = '\0';
    shape(word, "xxxx");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unicode__classes_are_pythons),
        cmocka_unit_test(unicode__lower_case_is_pythons),
        cmocka_unit_test(unicode__unchanged_text_is_the_view_itself),
        cmocka_unit_test(unicode__word_shapes_are_spacys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
