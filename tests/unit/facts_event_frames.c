/* The book of event frames: what is in data/events loads, and a mistake is named with its line. */
#include "test.h"

#include "facts/event.h"

static onri_event_book *new_book(onr_arena *mem)
{
    onri_event_book *b = NULL;
    assert_int_equal(onri_event_book_new(mem, &b, NULL), ONR_OK);
    return b;
}

static void frames__ours_load(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(64u << 20);
    onr_error err = ONR_ERROR_INIT;
    onri_event_book *b = new_book(&mem);
    const onr_status st = onri_event_book_load(b, &err);
    if (st != ONR_OK) print_error("%s\n", err.msg);
    assert_int_equal(st, ONR_OK);
    onr_arena_drop(&mem);
}

static void frames__a_mistake_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *tsv, *says;
        uint32_t line;
    } cases[] = {
        { "attack\to=T\tASSAULT\n", "lemma.v", 1 },
        { "# fine\nattack.v\to=X\tASSAULT\n", "not a condition", 2 },
        { "attack.v\tto+else\tASSAULT\n", "not a condition", 1 },
        { "attack.v\to:@nosuchset\tASSAULT\n", "not a condition", 1 },
        { "attack.v\to=T\n", "no type", 1 },
        { "a.v\ta b c d e f g\tX\n", "too many", 1 },
        { "attack.q\to=T\tASSAULT\n", "part of speech", 1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        onr_arena mem = onr_arena_make(1u << 20);
        onr_error err = ONR_ERROR_INIT;
        assert_int_equal(
            onri_event_frames_add(new_book(&mem), "my.tsv", onri_svz(cases[i].tsv), &err),
            ONR_E_SYNTAX);
        assert_non_null(strstr(err.msg, cases[i].says));
        assert_non_null(strstr(err.msg, "my.tsv"));
        assert_int_equal(err.line, cases[i].line);
        onr_arena_drop(&mem);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames__ours_load),
        cmocka_unit_test(frames__a_mistake_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
