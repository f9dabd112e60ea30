/* What a user of records may rely on: dump and load are equal, the form is the schema's, ids come
 * from content, nothing wrong is read as right. */
#include "test.h"

#include "record_gen.h"
#include "schema.h"

static onr_sv dump(onr_arena *mem, const onr_record *r)
{
    onr_sv json;
    assert_int_equal(onr_record_json(mem, r, NULL, &json, NULL), ONR_OK);
    return json;
}

static void assert_sv(onr_sv got, onr_sv want)
{
    assert_int_equal(got.n, want.n);
    assert_memory_equal(got.p, want.p, want.n);
}

static void record__dump_load_dump_is_equal_and_checks(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        onr_arena a = onr_arena_make(64 * ONR_MIB);
        onr_error err = ONR_ERROR_INIT;
        const onr_record r = gen_record(&a, seed);
        if (onr_record_check(&r, &a, &err) != ONR_OK) fail_msg("seed %d: %s", (int)seed, err.msg);
        const onr_sv first = dump(&a, &r);
        onr_record back;
        if (onr_record_load(&a, first, &back, &err) != ONR_OK)
            fail_msg("seed %d: %s", (int)seed, err.msg);
        if (onr_record_check(&back, &a, &err) != ONR_OK)
            fail_msg("seed %d: %s", (int)seed, err.msg);
        assert_sv(dump(&a, &back), first);
        onr_arena_drop(&a);
    }
}

static void record__json_follows_the_schema_file(void **state)
{
    (void)state;
    onr_arena a = onr_arena_make(64 * ONR_MIB);
    onr_sv file;
    assert_int_equal(
        onri_file_read(&a, ONR_SOURCE_DIR "/docs/formats/record.schema.json", 1 << 20, &file, NULL),
        ONR_OK);
    const onri_json *schema;
    assert_int_equal(onri_json_read(&a, file, 64, &schema, NULL), ONR_OK);
    for (uint64_t seed = 1; seed <= 100; seed++) {
        const onr_mark mark = onr_arena_mark(&a);
        const onr_record r = gen_record(&a, seed);
        const onri_json *v;
        assert_int_equal(onri_json_read(&a, dump(&a, &r), 64, &v, NULL), ONR_OK);
        const char *why = schema_check(schema, v);
        if (why) fail_msg("seed %d: %s", (int)seed, why);
        onr_arena_rewind(&a, mark);
    }
    /* and the checker of schemas does refuse */
    static const char *const wrong[] = {
        "{}",
        "{\"onrecord\":1}",
        "{\"onrecord\":2,\"id\":\"x\"}",
        "{\"onrecord\":1,\"id\":\"x\",\"title\":[1]}",
        "{\"onrecord\":1,\"id\":\"x\",\"statements\":[{\"id\":\"s1\",\"form\":\"odd\",\"kind\":"
        "\"assertion\"}]}",
        "{\"onrecord\":1,\"id\":\"x\",\"sentences\":[[1,2,3]]}",
        "{\"onrecord\":1,\"id\":\"x\",\"nobody knows this key\":1}"
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const onri_json *v;
        assert_int_equal(onri_json_read(&a, onri_svz(wrong[i]), 64, &v, NULL), ONR_OK);
        if (!schema_check(schema, v)) fail_msg("taken for right: %s", wrong[i]);
    }
    onr_arena_drop(&a);
}

static void record__error_lines_go_out_and_come_back(void **state)
{
    (void)state;
    onr_arena a = onr_arena_make(ONR_MIB);
    onr_error e = { ONR_E_SYNTAX, 0, 7, 12345, "jsonl", "no 'text' in the line" };
    const onr_record r = { .id = ONR_SV("x"), .uri = ONR_SV("f.jsonl"), .error = &e };
    const onr_sv json = dump(&a, &r);
    assert_sv(json, ONR_SV("{\"onrecord\":1,\"id\":\"x\",\"uri\":\"f.jsonl\",\"error\":{\"status\":"
                           "\"syntax\",\"stage\":\"jsonl\",\"at\":12345,\"line\":7,\"message\":"
                           "\"no 'text' in the line\"}}"));
    onr_record back;
    assert_int_equal(onr_record_load(&a, json, &back, NULL), ONR_OK);
    assert_non_null(back.error);
    assert_int_equal(back.error->status, ONR_E_SYNTAX);
    assert_sv(dump(&a, &back), json);
    onr_arena_drop(&a);
}

static void record__fields_and_kinds_leave_out_whole_parts(void **state)
{
    (void)state;
    onr_arena a = onr_arena_make(64 * ONR_MIB);
    for (uint64_t seed = 1; seed <= 60; seed++) {
        const onr_mark mark = onr_arena_mark(&a);
        const onr_record r = gen_record(&a, seed);
        onr_json_opts opts = ONR_JSON_OPTS_INIT;
        opts.fields = 1u << ONR_FIELD_STATEMENTS | 1u << ONR_FIELD_EVENTS;
        opts.kinds = 1u << ONR_KIND_DENIAL | 1u << ONR_KIND_PROMISE | 1u << ONR_KIND_DEMAND;
        onr_sv json;
        assert_int_equal(onr_record_json(&a, &r, &opts, &json, NULL), ONR_OK);
        onr_record back; /* nothing points at what was left out */
        onr_error err = ONR_ERROR_INIT;
        if (onr_record_load(&a, json, &back, &err) != ONR_OK) fail_msg("%s", err.msg);
        assert_null(back.text.p);
        assert_int_equal(back.n_entities, 0);
        assert_int_equal(back.n_events, r.n_events);
        uint32_t n = 0;
        for (uint32_t i = 0; i < r.n_statements; i++)
            n += (opts.kinds & 1u << r.statements[i].kind) != 0;
        assert_int_equal(back.n_statements, n);
        onr_arena_rewind(&a, mark);
    }
    onr_arena_drop(&a);
}

static void record__load_refuses_what_it_knows_to_be_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        onr_status status;
    } in[] = {
        { "", ONR_E_SYNTAX },
        { "[]", ONR_E_SYNTAX },
        { "{\"id\":\"x\"}", ONR_E_SYNTAX },
        { "{\"onrecord\":2,\"id\":\"x\"}", ONR_E_SCHEMA },
        { "{\"onrecord\":1,\"id\":7}", ONR_E_SYNTAX },
        { "{\"onrecord\":1,\"title\":[1]}", ONR_E_SYNTAX },
        { "{\"onrecord\":1,\"title\":[1,-2]}", ONR_E_SYNTAX },
        { "{\"onrecord\":1,\"title\":[1,4294967296]}", ONR_E_SYNTAX },
        { "{\"onrecord\":1,\"sentences\":{}}", ONR_E_SYNTAX },
        { "{\"onrecord\":1,\"entities\":[{\"type\":\"person\"}]}", ONR_E_SYNTAX },
        { "{\"onrecord\":1,\"entities\":[{\"id\":\"a\",\"type\":\"ghost\"}]}", ONR_E_SYNTAX },
        { "{\"onrecord\":1,\"entities\":[{\"id\":\"a\",\"type\":\"person\"},{\"id\":\"a\",\"type\":"
          "\"person\"}]}",
          ONR_E_SYNTAX },
        { "{\"onrecord\":1,\"statements\":[{\"id\":\"s\",\"form\":\"direct\",\"kind\":\"denial\","
          "\"source\":{\"entity\":\"a\"}}]}",
          ONR_E_SYNTAX },
        { "{\"onrecord\":1} {}", ONR_E_SYNTAX },
    };
    for (size_t i = 0; i < sizeof in / sizeof *in; i++) {
        onr_arena a = onr_arena_make(ONR_MIB);
        onr_record r = { .id = ONR_SV("untouched") };
        onr_error err = ONR_ERROR_INIT;
        const onr_status st = onr_record_load(&a, onri_svz(in[i].json), &r, &err);
        if (st != in[i].status) fail_msg("%s gave %s", in[i].json, onr_status_name(st));
        assert_int_equal(err.status, st);
        assert_true(err.msg[0] != 0);
        assert_sv(r.id, ONR_SV("untouched"));
        onr_arena_drop(&a);
    }
}

static void record__load_ignores_unknown_keys(void **state)
{
    (void)state;
    onr_arena a = onr_arena_make(ONR_MIB);
    onr_record r;
    assert_int_equal(onr_record_load(&a,
                                     ONR_SV(" {\"onrecord\":1,\"id\":\"x\",\"future\":{\"a\":[1]},"
                                            "\"statements\":[{\"id\":\"s1\",\"form\":\"direct\","
                                            "\"kind\":\"denial\",\"mood\":\"sour\"}]}\n"),
                                     &r, NULL),
                     ONR_OK);
    assert_int_equal(r.n_statements, 1);
    assert_int_equal(r.statements[0].kind, ONR_KIND_DENIAL);
    assert_int_equal(r.statements[0].within, ONR_NONE);
    onr_arena_drop(&a);
}

static void record__ids_come_from_content(void **state)
{
    (void)state;
    onr_arena a = onr_arena_make(64 * ONR_MIB);
    const onr_record r = gen_record(&a, 5), again = gen_record(&a, 5);
    for (uint32_t i = 0; i < r.n_entities; i++) assert_sv(again.entities[i].id, r.entities[i].id);
    /* another text, other ids, though the spans are the same */
    onr_record other = gen_record(&a, 5);
    const onr_sv was = onri_dup(&a, other.entities[0].id);
    char *text = (char *)(uintptr_t)other.text.p;
    text[other.text.n - 1] = '.';
    assert_int_equal(onri_record_ids(&a, &other, NULL), ONR_OK);
    assert_false(onri_eq(other.entities[0].id, was));
    assert_int_equal(was.n, 17);
    onr_arena_drop(&a);
}

static void record__load_survives_every_cut_and_flip(void **state)
{
    (void)state;
    onr_arena a = onr_arena_make(64 * ONR_MIB);
    const onr_record r = gen_record(&a, 3);
    const onr_sv json = dump(&a, &r);
    char *copy = onr_alloc(&a, json.n);
    uint64_t seed = 1;
    for (size_t cut = 0; cut < json.n; cut += 7) {
        const onr_mark mark = onr_arena_mark(&a);
        onr_record back;
        assert_int_not_equal(onr_record_load(&a, onri_sub(json, 0, cut), &back, NULL), ONR_OK);
        memcpy(copy, json.p, json.n);
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        copy[cut] = (char)(seed >> 40);
        if (onr_record_load(&a, onri_sv(copy, json.n), &back, NULL) == ONR_OK)
            (void)!onr_record_check(&back, &a, NULL); /* any answer, no crash */
        onr_arena_rewind(&a, mark);
    }
    onr_arena_drop(&a);
}

static void record__no_memory_is_a_status(void **state)
{
    (void)state;
    onr_arena big = onr_arena_make(64 * ONR_MIB);
    const onr_record r = gen_record(&big, 11);
    const onr_sv json = dump(&big, &r);
    bool done = false;
    for (uint64_t nth = 1; !done; nth++) {
        onr_arena a = onr_arena_make(64 * ONR_MIB);
        onr_record back;
        onr_sv out;
        onri_heap_fail_at(nth);
        onr_status st = onr_record_load(&a, json, &back, NULL);
        if (st == ONR_OK) st = onr_record_check(&back, &a, NULL);
        if (st == ONR_OK) st = onr_record_json(&a, &back, NULL, &out, NULL);
        onri_heap_fail_at(0);
        done = st == ONR_OK;
        if (!done) assert_int_equal(st, ONR_E_NOMEM);
        onr_arena_drop(&a);
    }
    onr_arena_drop(&big);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(record__dump_load_dump_is_equal_and_checks),
        cmocka_unit_test(record__json_follows_the_schema_file),
        cmocka_unit_test(record__error_lines_go_out_and_come_back),
        cmocka_unit_test(record__fields_and_kinds_leave_out_whole_parts),
        cmocka_unit_test(record__load_refuses_what_it_knows_to_be_wrong),
        cmocka_unit_test(record__load_ignores_unknown_keys),
        cmocka_unit_test(record__ids_come_from_content),
        cmocka_unit_test(record__load_survives_every_cut_and_flip),
        cmocka_unit_test(record__no_memory_is_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
