/* What a user of the JSON writer may rely on: valid JSON, valid UTF-8, the same bytes everywhere.
 */
#include "test.h"

#include <float.h>
#include <locale.h>
#include <math.h>

static onri_buf b;
static onri_jw w;

static int fresh(void **state)
{
    (void)state;
    onri_buf_drop(&b);
    b = onri_buf_make(1 << 20);
    w = onri_jw_make(&b);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    onri_buf_drop(&b);
    return 0;
}

static void gives(const char *want)
{
    assert_int_equal(b.status, ONR_OK);
    assert_int_equal(b.n, strlen(want));
    assert_memory_equal(b.p, want, b.n);
}

static void json_write__keeps_commas_and_nesting(void **state)
{
    (void)state;
    onri_jw_open(&w, '{');
    onri_jw_key(&w, "a");
    onri_jw_open(&w, '[');
    onri_jw_close(&w, ']');
    onri_jw_key(&w, "b");
    onri_jw_open(&w, '[');
    onri_jw_uint(&w, UINT64_MAX);
    onri_jw_open(&w, '{');
    onri_jw_close(&w, '}');
    onri_jw_int(&w, INT64_MIN);
    onri_jw_null(&w);
    onri_jw_bool(&w, true);
    onri_jw_bool(&w, false);
    onri_jw_span(&w, (onr_span){ 0, UINT32_MAX });
    onri_jw_raw(&w, ONR_SV("{\"x\":1}"));
    onri_jw_close(&w, ']');
    onri_jw_key(&w, "c");
    onri_jw_strz(&w, "");
    onri_jw_close(&w, '}');
    gives("{\"a\":[],\"b\":[18446744073709551615,{},-9223372036854775808,null,true,false,"
          "[0,4294967295],{\"x\":1}],\"c\":\"\"}");
}

static void json_write__escapes_what_json_demands(void **state)
{
    (void)state;
    onri_jw_str(&w, ONR_SV("\"\\/\b\f\n\r\t\x01\x1f\x7f\0z"));
    gives("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\\u0000z\"");
}

static void json_write__replaces_bad_bytes(void **state)
{
    (void)state;
    /* good text of 1 to 4 bytes stays; a lone tail, a surrogate and a cut piece do not */
    onri_jw_str(&w,
                ONR_SV("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80|\x80|\xC0\xAF|\xE2\x82|\xFF\xE2"));
    assert_int_equal(onri_utf8_check(onri_buf_sv(&b)), b.n);
    assert_true(onri_starts(onri_buf_sv(&b),
                            ONR_SV("\"a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80|\xEF\xBF\xBD|")));
    assert_true(onri_ends(onri_buf_sv(&b), ONR_SV("|\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD\"")));
}

static void json_write__is_utf8_for_any_bytes(void **state)
{
    (void)state;
    uint64_t seed = 20180713;
    for (int round = 0; round < 2000; round++) {
        char bytes[24];
        const size_t n = (size_t)round % sizeof bytes;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            bytes[i] = (char)(seed >> 56);
        }
        onri_buf_clear(&b);
        w = onri_jw_make(&b);
        onri_jw_str(&w, onri_sv(bytes, n));
        assert_int_equal(onri_utf8_check(onri_buf_sv(&b)), b.n);
    }
}

static void json_write__numbers_are_short_and_know_no_locale(void **state)
{
    (void)state;
    /* where a locale with a comma is installed, this is the case that matters */
    if (!setlocale(LC_ALL, "de_DE.UTF-8")) (void)setlocale(LC_ALL, "fr_FR.UTF-8");
    onri_jw_open(&w, '[');
    const struct {
        double v;
        int decimals;
    } in[] = { { 0.1, 17 },  { 0.1, 3 },    { 1.0, 3 },   { -0.0004, 3 },  { -2.5, 1 },
               { 1e21, 2 },  { 0.9995, 3 }, { NAN, 3 },   { INFINITY, 3 }, { 7, 0 },
               { 100.0, 2 }, { -10, 0 },    { 2.5e-8, 9 } };
    for (size_t i = 0; i < sizeof in / sizeof *in; i++) onri_jw_num(&w, in[i].v, in[i].decimals);
    onri_jw_close(&w, ']');
    (void)setlocale(LC_ALL, "C");
    gives("[0.10000000000000001,0.1,1,0,-2.5,1000000000000000000000,1,null,null,7,100,-10,"
          "0.000000025]");
    onri_buf_clear(&b);
    w = onri_jw_make(&b);
    onri_jw_num(&w, -DBL_MAX, 17); /* the longest there is */
    assert_int_equal(b.n, 310);
}

static void json_write__stops_at_the_ceiling_of_its_buffer(void **state)
{
    (void)state;
    onri_buf_drop(&b);
    b = onri_buf_make(7);
    w = onri_jw_make(&b);
    onri_jw_strz(&w, "12345"); /* 7 bytes with its marks */
    assert_int_equal(b.status, ONR_OK);
    onri_buf_clear(&b);
    w = onri_jw_make(&b);
    onri_jw_strz(&w, "123456");
    assert_int_equal(b.status, ONR_E_LIMIT);
    assert_true(b.n <= 7);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, fresh, drop)
    const struct CMUnitTest tests[] = {
        CASE(json_write__keeps_commas_and_nesting),
        CASE(json_write__escapes_what_json_demands),
        CASE(json_write__replaces_bad_bytes),
        CASE(json_write__is_utf8_for_any_bytes),
        CASE(json_write__numbers_are_short_and_know_no_locale),
        CASE(json_write__stops_at_the_ceiling_of_its_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
