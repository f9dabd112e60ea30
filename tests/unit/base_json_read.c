/* What a user of the JSON reader may rely on: RFC 8259 to the letter, limits, and no surprises. */
#include "test.h"

static onr_status read_z(onr_arena *mem, const char *text, const onri_json **out, onr_error *err)
{
    return onri_json_read(mem, onri_svz(text), 4, out, err);
}

static void json__reads_every_kind(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 20);
    const onri_json *v = NULL;
    assert_int_equal(
        read_z(&mem, " {\"a\":[1,-2.5e+3,null],\"b\":true,\"c\":false,\"\":\"x\"}\n", &v, NULL),
        ONR_OK);
    assert_int_equal(v->kind, ONRI_JSON_OBJECT);
    assert_int_equal(v->n, 4);
    const onri_json *a = onri_json_get(v, "a");
    assert_int_equal(a->kind, ONRI_JSON_ARRAY);
    assert_int_equal(a->n, 3);
    assert_int_equal(a->at, 6);
    uint64_t u = 0;
    assert_true(onri_json_u64(a->first, &u));
    assert_int_equal(u, 1);
    double d = 0;
    assert_false(onri_json_u64(a->first->next, &u));
    assert_true(onri_json_double(a->first->next, &d));
    assert_true(d == -2500);
    assert_int_equal(a->first->next->next->kind, ONRI_JSON_NULL);
    assert_int_equal(onri_json_get(v, "b")->kind, ONRI_JSON_TRUE);
    assert_int_equal(onri_json_get(v, "c")->kind, ONRI_JSON_FALSE);
    assert_true(onri_eqz(onri_json_str(onri_json_get(v, ""), ONR_SV("no")), "x"));
    assert_null(onri_json_get(v, "d"));
    assert_null(onri_json_get(NULL, "d"));
    assert_true(onri_eqz(onri_json_str(onri_json_get(v, "b"), ONR_SV("no")), "no"));
    onr_arena_drop(&mem);
}

static void json__decodes_strings(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        onr_sv want;
    } cases[] = {
        { "\"\"", ONR_SV_INIT("") },
        { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", ONR_SV_INIT("\"\\/\b\f\n\r\t") },
        { "\"\\u0041\\u00e9\\u20AC\"", ONR_SV_INIT("A\xC3\xA9\xE2\x82\xAC") },
        { "\"\\ud83d\\ude00!\"", ONR_SV_INIT("\xF0\x9F\x98\x80!") },
        { "\"a\\u0000b\"", ONR_SV_INIT("a\0b") },
        { "\"\xC3\xA9\"", ONR_SV_INIT("\xC3\xA9") },
        { "\"\x7F\"", ONR_SV_INIT("\x7F") },
        { "\"\\u005C\\u0022\"", ONR_SV_INIT("\\\"") },
    };
    onr_arena mem = onr_arena_make(1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const onri_json *v = NULL;
        assert_int_equal(read_z(&mem, cases[i].json, &v, NULL), ONR_OK);
        assert_true(onri_eq(v->str, cases[i].want));
    }
    onr_arena_drop(&mem);
}

/* Each refused text, the status and the byte where it goes wrong. */
static void json__refuses(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        onr_status status;
        uint64_t at;
    } cases[] = {
        { "", ONR_E_SYNTAX, 0 },
        { "  ", ONR_E_SYNTAX, 2 },
        { "\xEF\xBB\xBF{}", ONR_E_SYNTAX, 0 },
        { "{} x", ONR_E_SYNTAX, 3 },
        { "[1,]", ONR_E_SYNTAX, 3 },
        { "[,1]", ONR_E_SYNTAX, 1 },
        { "[1 2]", ONR_E_SYNTAX, 3 },
        { "{\"a\":1,}", ONR_E_SYNTAX, 7 },
        { "{\"a\" 1}", ONR_E_SYNTAX, 5 },
        { "{a:1}", ONR_E_SYNTAX, 1 },
        { "{1:1}", ONR_E_SYNTAX, 1 },
        { "{\"a\":1", ONR_E_SYNTAX, 6 },
        { "[", ONR_E_SYNTAX, 1 },
        { "[1}", ONR_E_SYNTAX, 2 },
        { "nul", ONR_E_SYNTAX, 0 },
        { "True", ONR_E_SYNTAX, 0 },
        { "nullx", ONR_E_SYNTAX, 4 },
        { "01", ONR_E_SYNTAX, 0 },
        { "-", ONR_E_SYNTAX, 0 },
        { "+1", ONR_E_SYNTAX, 0 },
        { ".5", ONR_E_SYNTAX, 0 },
        { "1.", ONR_E_SYNTAX, 0 },
        { "1e", ONR_E_SYNTAX, 0 },
        { "1e+", ONR_E_SYNTAX, 0 },
        { "0x1", ONR_E_SYNTAX, 1 },
        { "NaN", ONR_E_SYNTAX, 0 },
        { "\"abc", ONR_E_SYNTAX, 0 },
        { "\"abc\\\"", ONR_E_SYNTAX, 0 },
        { "\"\\", ONR_E_SYNTAX, 0 },
        { "\"\\x\"", ONR_E_SYNTAX, 1 },
        { "\"a\nb\"", ONR_E_SYNTAX, 2 },
        { "\"\\u12\"", ONR_E_SYNTAX, 1 },
        { "\"\\u12G4\"", ONR_E_SYNTAX, 1 },
        { "\"\\ud83d\"", ONR_E_SYNTAX, 1 },
        { "\"\\ud83d\\u0041\"", ONR_E_SYNTAX, 1 },
        { "\"\\ude00\"", ONR_E_SYNTAX, 1 },
        { "'a'", ONR_E_SYNTAX, 0 },
        { "/**/1", ONR_E_SYNTAX, 0 },
        { "{\"a\":1,\"b\":2,\"a\":3}", ONR_E_SYNTAX, 17 },
        { "{\"a\":1,\"\\u0061\":3}", ONR_E_SYNTAX, 16 },
        { "{\"a\\u0000b\":1}", ONR_E_SYNTAX, 1 },
        { "\"\xFF\"", ONR_E_UTF8, 1 },
        { "\"\xC0\x80\"", ONR_E_UTF8, 1 },
        { "\"\xED\xA0\x80\"", ONR_E_UTF8, 1 },
        { "\xC2\xA0"
          "1",
          ONR_E_SYNTAX, 0 },
    };
    onr_arena mem = onr_arena_make(1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const onri_json *v = NULL;
        onr_error err = ONR_ERROR_INIT;
        const onr_status st = read_z(&mem, cases[i].json, &v, &err);
        if (st != cases[i].status || err.at != cases[i].at || v)
            fail_msg("%s: status %s at %llu: %s", cases[i].json, onr_status_name(st),
                     (unsigned long long)err.at, err.msg);
        assert_int_equal(mem.used, 0);
    }
    onr_arena_drop(&mem);
}

static void json__says_the_line(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 20);
    const onri_json *v = NULL;
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(read_z(&mem, "{\n\"a\": 1,\n\"b\": x}", &v, &err), ONR_E_SYNTAX);
    assert_int_equal(err.line, 3);
    onr_arena_drop(&mem);
}

static void json__nests_to_its_limit(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 24);
    const onri_json *v = NULL;
    assert_int_equal(read_z(&mem, "[[[1]]]", &v, NULL), ONR_OK);
    assert_int_equal(read_z(&mem, "[[{\"a\":[1]}]]", &v, NULL), ONR_OK);
    assert_int_equal(read_z(&mem, "[[[[[1]]]]]", &v, NULL), ONR_E_LIMIT);
    assert_int_equal(onri_json_read(&mem, ONR_SV("1"), 0, &v, NULL), ONR_OK);
    assert_int_equal(onri_json_read(&mem, ONR_SV("[]"), 0, &v, NULL), ONR_E_LIMIT);
    /* A hundred thousand brackets are one refusal, not a hundred thousand stack frames. */
    static char deep[200000];
    memset(deep, '[', sizeof deep);
    assert_int_equal(onri_json_read(&mem, onri_sv(deep, sizeof deep), 64, &v, NULL), ONR_E_LIMIT);
    onr_arena_drop(&mem);
}

static void json__wide_objects_are_quick(void **state)
{
    (void)state;
    onri_buf b = onri_buf_make(1 << 24);
    onri_buf_addc(&b, '{');
    for (unsigned i = 0; i < 100000; i++) onri_buf_fmt(&b, "%s\"k%u\":%u", i ? "," : "", i, i);
    onri_buf_addc(&b, '}');
    onr_arena mem = onr_arena_make((size_t)1 << 27);
    const onri_json *v = NULL;
    assert_int_equal(onri_json_read(&mem, onri_buf_sv(&b), 1, &v, NULL), ONR_OK);
    assert_int_equal(v->n, 100000);
    b.n--;
    onri_buf_addz(&b, ",\"k77\":1}");
    assert_int_equal(onri_json_read(&mem, onri_buf_sv(&b), 1, &v, NULL), ONR_E_SYNTAX);
    onr_arena_drop(&mem);
    onri_buf_drop(&b);
}

static void json__out_of_memory_is_an_answer(void **state)
{
    (void)state;
    const onr_sv text = ONR_SV("{\"a\":[1,2,3,\"\\n\"],\"b\":{\"c\":[]}}");
    onr_arena mem = onr_arena_make(1 << 20);
    const onri_json *v = NULL;
    assert_int_equal(onri_json_read(&mem, text, 8, &v, NULL), ONR_OK);
    const size_t need = mem.used;
    onr_arena_drop(&mem);
    for (size_t max = 0; max < need; max += 16) {
        mem = onr_arena_make(max);
        v = NULL;
        assert_int_equal(onri_json_read(&mem, text, 8, &v, NULL), ONR_E_LIMIT);
        assert_null(v);
        onr_arena_drop(&mem);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json__reads_every_kind),
        cmocka_unit_test(json__decodes_strings),
        cmocka_unit_test(json__refuses),
        cmocka_unit_test(json__says_the_line),
        cmocka_unit_test(json__nests_to_its_limit),
        cmocka_unit_test(json__wide_objects_are_quick),
        cmocka_unit_test(json__out_of_memory_is_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
