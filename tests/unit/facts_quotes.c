/* What stands between quotation marks, in good text and in damaged text. Each case: the text, and
 * the quotations with | between them; nested ones have > before them. */
#include "facts/quotes.h"
#include "test.h"

static const struct {
    const char *text, *want;
} cases[] = {
    /* shapes */
    { "“I will go,” he said.", "“I will go,”" },
    { "\"I will go,\" he said.", "\"I will go,\"" },
    { "''I will go,'' he said.", "''I will go,''" },
    { "``I will go,'' he said.", "``I will go,''" },
    { "„Ich gehe“, sagte er.", "„Ich gehe“" },
    { "He said «we will go home».", "«we will go home»" },
    { "“I will go,\" he said.", "“I will go,\"" },
    /* wrongly turned: machine translation closes with an opening mark */
    { "“Sometimes with open hands, sometimes with closed hands, “he said.",
      "“Sometimes with open hands, sometimes with closed hands, “" },
    { "“We will do it,“ he said. “And soon.”", "“We will do it,“|“And soon.”" },
    { "He said: “They violate it, they can not be trusted. ” He left.",
      "“They violate it, they can not be trusted. ”" },
    /* nested */
    { "“They will say: “Let’s make a deal.” And we will,” he said.",
      "“They will say: “Let’s make a deal.” And we will,”|>“Let’s make a deal.”" },
    /* broken by the cue */
    { "“Go,” she said, “and do not return.”", "“Go,”|“and do not return.”" },
    /* never closed: the paragraph ends it, a long one its sentence */
    { "“We will go home tomorrow, he said.\nThey left.", "“We will go home tomorrow, he said." },
    { "“One paragraph goes on.\n“And the second ends it.”",
      "“One paragraph goes on.|“And the second ends it.”" },
    { "He said “we go. Then he left. He said “we come” and sat down here.", "“we come”" },
    { "He said \"we will all go home tomorrow. Then he left. He said \"we come\" and sat.",
      "\"we will all go home tomorrow.|\"we come\"" },
    /* stray marks are none */
    { "A 6\" pipe and a 3\" nail.", "" },
    { "nothing ” here » at all", "" },
    { "\"", "" },
    { "““““““““““““““", "" },
    /* single marks: house style, not apostrophes */
    { "‘We can’t do it,’ said the workers’ leader.", "‘We can’t do it,’" },
    { "The '90s were the workers' years, he said.", "" },
    { "'Til then the workers' rights are safe.", "" },
};

static void check(const char *text, const char *want)
{
    onr_arena mem = onr_arena_make(1 << 24);
    onri_quote_vec q = { 0 };
    assert_int_equal(onri_quotes_find(&mem, onri_svz(text), &q, NULL), ONR_OK);
    onri_buf got = onri_buf_make(4096);
    for (uint32_t i = 0; i < q.n; i++) {
        if (i) onri_buf_addc(&got, '|');
        if (q.at[i].outer != ONR_NONE) onri_buf_addc(&got, '>');
        onri_buf_add(&got, onri_sv(text + q.at[i].beg, q.at[i].end - q.at[i].beg));
    }
    if (!onri_eqz(onri_buf_sv(&got), want))
        fail_msg("%s\n got  %.*s\n want %s", text, (int)got.n, got.p, want);
    onri_buf_drop(&got);
    onr_arena_drop(&mem);
}

static void quotes__pair_good_and_damaged_marks(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(cases[i].text, cases[i].want);
}

static void quotes__know_what_goes_on_over_paragraphs(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 24);
    onri_quote_vec q = { 0 };
    const char *t = "“First.\n\n“Second.\n\n“Third,” he said.\n\n“Another.”";
    assert_int_equal(onri_quotes_find(&mem, onri_svz(t), &q, NULL), ONR_OK);
    assert_int_equal(q.n, 4);
    assert_int_equal(q.at[0].goes_on_from, ONR_NONE);
    assert_int_equal(q.at[1].goes_on_from, 0);
    assert_int_equal(q.at[2].goes_on_from, 1);
    assert_int_equal(q.at[3].goes_on_from, ONR_NONE);
    onr_arena_drop(&mem);
}

static void quotes__never_swallow_an_article(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 24);
    onri_buf text = onri_buf_make(1 << 16);
    onri_buf_addz(&text, "He said “this is open, and it is long enough. ");
    while (text.n < 7900) onri_buf_addz(&text, "A sentence goes on and on. ");
    onri_quote_vec q = { 0 };
    assert_int_equal(onri_quotes_find(&mem, onri_buf_sv(&text), &q, NULL), ONR_OK);
    assert_int_equal(q.n, 1);
    for (uint32_t i = 0; i < q.n; i++)
        assert_true(q.at[i].end - q.at[i].beg <= ONRI_QUOTE_OPEN_MAX);
    onri_buf_drop(&text);
    onr_arena_drop(&mem);
}

static void quotes__are_found_by_byte(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 24);
    onri_quote_vec q = { 0 };
    const char *t = "He: “they say “yes” now” and «no» too.";
    assert_int_equal(onri_quotes_find(&mem, onri_svz(t), &q, NULL), ONR_OK);
    assert_int_equal(q.n, 3);
    const uint32_t yes = (uint32_t)(strstr(t, "yes") - t);
    assert_int_equal(onri_quote_at(&q, yes), 1);
    assert_int_equal(onri_quote_outermost_at(&q, yes), 0);
    assert_int_equal(onri_quote_at(&q, 0), ONR_NONE);
    assert_int_equal(onri_quote_at(&q, (uint32_t)(strstr(t, " and ") - t)), ONR_NONE);
    assert_int_equal(onri_quote_at(&q, (uint32_t)(strstr(t, "no»") - t)), 2);
    onr_arena_drop(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes__pair_good_and_damaged_marks),
        cmocka_unit_test(quotes__know_what_goes_on_over_paragraphs),
        cmocka_unit_test(quotes__never_swallow_an_article),
        cmocka_unit_test(quotes__are_found_by_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
