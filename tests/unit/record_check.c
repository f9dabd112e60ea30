/* The checker finds each broken promise: one good record, broken in one way at a time. */
#include "test.h"

#include "record_gen.h"

/* Text of 26 letters, one of two bytes at 20. */
static const char text[] = "abcdefghijklmnopqrst\xC3\xA9vwxyz";

static onr_record good(onr_arena *mem)
{
    onr_mention *m = onri_alloc_n(mem, 2, sizeof *m);
    onr_entity *e = onri_alloc_n(mem, 2, sizeof *e);
    onr_statement *s = onri_alloc_n(mem, 2, sizeof *s);
    onr_span *cue = onri_alloc_n(mem, 2, sizeof *cue), *content = onri_alloc_n(mem, 2, sizeof *cue);
    m[0] = (onr_mention){ { 0, 3 }, { 2, 3 }, ONR_MENTION_NAME, "exact", 1, ONR_NONE };
    m[1] = (onr_mention){ { 4, 5 }, { 4, 5 }, ONR_MENTION_PRONOUN, "pronoun", .5f, ONR_NONE };
    for (int i = 0; i < 2; i++) {
        e[i] = (onr_entity){ .type = ONR_ENTITY_PERSON, .mentions = &m[i], .n_mentions = 1 };
        cue[i] = (onr_span){ 6, 8 };
        content[i] = (onr_span){ 10, 20 };
        s[i] = (onr_statement){ .source = { (uint32_t)i, m[i].span },
                                .cue = { &cue[i], 1 },
                                .content = { &content[i], 1 },
                                .addressee = ONR_REF_NONE,
                                .venue = ONR_REF_NONE,
                                .within = i ? 0 : ONR_NONE,
                                .responds_to = ONR_NONE,
                                .rule = "r",
                                .p = 1 };
    }
    onr_event *ev = onr_alloc(mem, sizeof *ev);
    *ev = (onr_event){ .plover = ONR_SV("MAKE"),
                       .trigger = { cue, 1 },
                       .place = ONR_REF_NONE,
                       .rule = "r",
                       .reported_by = 0,
                       .same_as = ONR_NONE };
    onr_relation *rel = onr_alloc(mem, sizeof *rel);
    *rel = (onr_relation){ .kind = ONR_RELATION_ALLY_OF,
                           .from = { 0, m[0].span },
                           .to = { 1, m[1].span },
                           .evidence = { cue, 1 },
                           .statement = 1,
                           .rule = "r" };
    onr_span *sentences = onri_alloc_n(mem, 2, sizeof *sentences);
    sentences[0] = (onr_span){ 0, 20 };
    sentences[1] = (onr_span){ 20, 27 };
    onr_record r = { .id = ONR_SV("d"),
                     .text = onri_svz(text),
                     .entities = e,
                     .n_entities = 2,
                     .statements = s,
                     .n_statements = 2,
                     .events = ev,
                     .n_events = 1,
                     .relations = rel,
                     .n_relations = 1,
                     .sentences = sentences,
                     .n_sentences = 2 };
    assert_int_equal(onri_record_ids(mem, &r, NULL), ONR_OK);
    return r;
}

/* The arrays of good() are our own memory. */
#define E(r, i) ((onr_entity *)(uintptr_t) & (r)->entities[i])
#define M(r, i) ((onr_mention *)(uintptr_t)(r)->entities[i].mentions)
#define S(r, i) ((onr_statement *)(uintptr_t) & (r)->statements[i])
#define V(r)    ((onr_event *)(uintptr_t)(r)->events)
#define R(r)    ((onr_relation *)(uintptr_t)(r)->relations)

static void apply(onr_record *r, int how)
{
    static const onr_span over_content[] = { { 12, 14 } };
    static const onr_span backwards[] = { { 6, 8 }, { 2, 3 } };
    switch (how) {
    case 0:
        M(r, 0)->span.end = 28;
        break; /* outside the text */
    case 1:
        M(r, 0)->span = M(r, 0)->head = (onr_span){ 3, 3 };
        break; /* empty */
    case 2:
        M(r, 0)->span = M(r, 0)->head = (onr_span){ 21, 23 };
        break; /* inside a code point */
    case 3:
        M(r, 0)->head = (onr_span){ 2, 4 };
        break;
    case 4:
        *M(r, 1) = *M(r, 0);
        break; /* one span, two entities */
    case 5:
        S(r, 0)->source.entity = 2;
        break;
    case 6:
        S(r, 1)->id = S(r, 0)->id;
        break;
    case 7:
        S(r, 0)->cue = (onr_spans){ over_content, 1 };
        break;
    case 8:
        S(r, 0)->source.span = (onr_span){ 9, 11 };
        break;
    case 9:
        S(r, 0)->addressee.span = (onr_span){ 19, 40 };
        break;
    case 10:
        S(r, 0)->within = 1;
        break; /* a circle */
    case 11:
        S(r, 0)->rule = NULL;
        break;
    case 12:
        S(r, 0)->p = 1.5f;
        break;
    case 13:
        S(r, 0)->cue = S(r, 0)->content = (onr_spans){ 0 };
        break;
    case 14:
        V(r)->trigger.n = 0;
        break;
    case 15:
        V(r)->same_as = 0;
        break;
    case 16:
        E(r, 0)->country = ONR_SV("Iran");
        break;
    case 17:
        E(r, 1)->n_mentions = 0;
        break;
    case 18:
        r->date = ONR_SV("13 July");
        break;
    case 19:
        r->text_sha256 = ONR_SV("00");
        break;
    case 20:
        S(r, 0)->time = (onr_time){ ONR_SV("2018-07-13"), ONR_SV("2018-07-12"), { 0, 0 } };
        break;
    case 21:
        S(r, 0)->responds_to = 0;
        break;
    case 22:
        r->title = (onr_span){ 5, 2 };
        break;
    case 23:
        S(r, 0)->cue = (onr_spans){ backwards, 2 };
        break;
    case 24:
        S(r, 0)->kind = ONR_KIND__COUNT;
        break;
    case 25:
        M(r, 0)->joined_to = 0;
        break;
    case 26:
        V(r)->reported_by = 7;
        break;
    case 27:
        S(r, 0)->id = (onr_sv){ 0 };
        break;
    case 28:
        R(r)->to.entity = 0;
        break; /* to itself */
    case 29:
        R(r)->from.span = (onr_span){ 0, 0 };
        break;
    case 30:
        R(r)->evidence.n = 0;
        break;
    case 31:
        R(r)->statement = 2;
        break;
    default:
        break;
    }
}

static void check__finds_each_broken_promise(void **state)
{
    (void)state;
    for (int how = 0; how < 32; how++) {
        onr_arena a = onr_arena_make(ONR_MIB);
        onr_error err = ONR_ERROR_INIT;
        onr_record r = good(&a);
        if (onr_record_check(&r, &a, &err) != ONR_OK) fail_msg("good record: %s", err.msg);
        apply(&r, how);
        if (onr_record_check(&r, &a, &err) != ONR_E_RANGE) fail_msg("break %d was not found", how);
        assert_true(err.msg[0] != 0);
        onr_arena_drop(&a);
    }
}

static void check__names_the_fact(void **state)
{
    (void)state;
    onr_arena a = onr_arena_make(ONR_MIB);
    onr_error err = ONR_ERROR_INIT;
    onr_record r = good(&a);
    apply(&r, 7);
    assert_int_equal(onr_record_check(&r, &a, &err), ONR_E_RANGE);
    assert_string_equal(err.msg, "statements[0]: content overlaps its cue");
    assert_int_equal(err.at, 10);
    onr_arena_drop(&a);
}

static void check__does_without_the_text(void **state)
{
    (void)state;
    onr_arena a = onr_arena_make(ONR_MIB);
    onr_record r = good(&a);
    r.text = (onr_sv){ 0 };
    assert_int_equal(onr_record_check(&r, &a, NULL), ONR_OK);
    apply(&r, 7);
    assert_int_equal(onr_record_check(&r, &a, NULL), ONR_E_RANGE);
    onr_arena_drop(&a);
}

/* Breaks 0 to 31 that touch one fact: the sieve takes out that one and leaves a record in order. */
static void sift__takes_out_what_is_broken(void **state)
{
    (void)state;
    for (int how = 0; how < 32; how++) {
        if (how == 18 || how == 19 || how == 22) continue; /* the record as a whole */
        onr_arena a = onr_arena_make(ONR_MIB);
        onr_error err = ONR_ERROR_INIT, first = ONR_ERROR_INIT;
        onr_record r = good(&a);
        uint32_t dropped = 0;
        apply(&r, how);
        assert_int_equal(onri_record_sift(&r, &a, &dropped, &first, &err), ONR_OK);
        if (dropped == 0) fail_msg("break %d was not found", how);
        assert_true(first.msg[0] != 0);
        if (onr_record_check(&r, &a, &err) != ONR_OK) fail_msg("break %d left: %s", how, err.msg);
        onr_arena_drop(&a);
    }
}

static void sift__mends_what_pointed_at_it(void **state)
{
    (void)state;
    onr_arena a = onr_arena_make(ONR_MIB);
    onr_error first = ONR_ERROR_INIT;
    onr_record r = good(&a);
    uint32_t dropped;
    const onr_sv second = r.statements[1].id;
    S(&r, 0)->p = 2;
    M(&r, 0)->head = (onr_span){ 2, 4 };
    assert_int_equal(onri_record_sift(&r, &a, &dropped, &first, NULL), ONR_OK);
    assert_int_equal(dropped, 2);
    assert_int_equal(r.n_statements, 1);
    assert_int_equal(r.n_entities, 1);
    assert_true(onri_eq(r.statements[0].id, second));
    assert_int_equal(r.statements[0].within, ONR_NONE); /* was told in the one that is gone */
    assert_int_equal(r.statements[0].source.entity, 0); /* was 1 */
    assert_int_equal(r.events[0].reported_by, ONR_NONE);
    assert_int_equal(r.n_relations, 1);
    assert_int_equal(r.relations[0].from.entity, ONR_NONE); /* its words are still there */
    assert_int_equal(r.relations[0].to.entity, 0);
    assert_int_equal(r.relations[0].statement, 0);
    onr_arena_drop(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check__finds_each_broken_promise),
        cmocka_unit_test(check__names_the_fact),
        cmocka_unit_test(check__does_without_the_text),
        cmocka_unit_test(sift__takes_out_what_is_broken),
        cmocka_unit_test(sift__mends_what_pointed_at_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
