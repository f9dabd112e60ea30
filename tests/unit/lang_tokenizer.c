/* The tokenizer on the rules of the tiny model: order of rules, exceptions, both passes, norms; and
 * what holds for any text: tokens and blanks give it back, with or without a warm cache. */
#include "prop.h"

#include "lang/tokenizer.h"
#include "lang/unicode.h"
#include "tiny_model.h"

static onr_arena mem;
static onr_model model;

static onri_tokenizer *new_tokenizer(void)
{
    onri_tokenizer *tk = NULL;
    onr_error err = ONR_ERROR_INIT;
    if (onri_tokenizer_new(&model, NULL, &tk, &err) != ONR_OK) fail_msg("%s", err.msg);
    return tk;
}

static void cut(onri_tokenizer *tk, onr_sv text, onri_toks *toks)
{
    toks->n = 0;
    onr_error err = ONR_ERROR_INIT;
    const onr_span all = { 0, (uint32_t)text.n };
    if (onri_tokenize(tk, text, all, toks, &err) != ONR_OK) fail_msg("%s", err.msg);
}

/* Tokens joined by "|", with "_" for the blank that follows. */
static void expect(const char *text, const char *want)
{
    onri_tokenizer *tk = new_tokenizer();
    onri_toks toks = { 0 };
    onri_buf b = onri_buf_make(1 << 20);
    for (int round = 0; round < 2; round++) { /* cold and warm */
        cut(tk, onri_svz(text), &toks);
        onri_buf_clear(&b);
        for (size_t i = 0; i < toks.n; i++) {
            if (i) onri_buf_addc(&b, '|');
            onri_buf_add(&b, onri_sub(onri_svz(text), toks.at[i].beg, toks.at[i].end));
            if (toks.at[i].space) onri_buf_addc(&b, '_');
        }
        if (!onri_eqz(onri_buf_sv(&b), want)) print_error("%.*s\nnot %s\n", (int)b.n, b.p, want);
        assert_true(onri_eqz(onri_buf_sv(&b), want));
    }
    onri_buf_drop(&b);
    onri_toks_drop(&toks);
    onri_tokenizer_free(tk);
}

static void tokenizer__cuts_affixes_exceptions_and_infixes(void **state)
{
    (void)state;
    expect("", "");
    expect("word", "word");
    expect("He left.", "He_|left|.");
    expect("(\"He left,\" she said.)", "(|\"|He_|left|,|\"_|she_|said|.|)");
    expect("don't", "do|n't");
    expect("(don't)", "(|do|n't|)"); /* what is left after affixes is an exception */
    expect("U.S.", "U.S.");          /* an exception before its suffix is cut */
    expect("U.S.,", "U.S.|,");
    expect("well-known", "well|-|known");
    expect("a\u2014b\u2014c", "a|\u2014|b|\u2014|c");
    expect("\u2014b", "\u2014b"); /* an infix at the start is none */
    expect("man's", "man|'s");
    expect("(https://x.org/a-b)", "(|https://x.org/a-b|)");
    expect("https://x.org/a-b.", "https://x.org/a-b|.");
    expect("$(((5)))", "$|(|(|(|5|)|)|)");
    expect("''", "'|'");
}

static void tokenizer__white_space_is_text(void **state)
{
    (void)state;
    expect(" ", " ");
    expect("  a", "  |a");
    expect("a ", "a_");
    expect("a  b", "a_| |b");
    expect("a\n b", "a|\n |b");
    expect("a \n", "a_|\n");
    expect("a\u00A0b", "a|\u00A0|b");
    expect("a\tb", "a|\t|b");
}

static void tokenizer__second_pass_finds_exceptions_that_were_cut(void **state)
{
    (void)state;
    /* "Jan." is an exception that the suffix rule cuts; between letters no rule of the first pass
     * sees it: "x-Jan." is first cut into x - Jan . and then merged. */
    expect("x-jan", "x|-|jan");
    expect("a\u2014Jan.", "a|\u2014|Jan.");
    expect("Jan .", "Jan_|."); /* with a blank between, the text is not the exception's */
}

static void tokenizer__norms_come_from_exceptions_then_tables(void **state)
{
    (void)state;
    static const struct {
        const char *text, *norm;
    } cases[] = { { "Jan.", "January" }, { "gonna", "going to" }, { "The", "the" },
                  { "\u201C", "\"" },    { "\u2026", "..." },     { "'s", "'s" } };
    onri_tokenizer *tk = new_tokenizer();
    onri_toks toks = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cut(tk, onri_svz(cases[i].text), &toks);
        assert_int_equal(toks.n, 1);
        const onri_word *w = onri_tokenizer_word(tk, toks.at[0].word);
        assert_true(onri_eqz(w->norm, cases[i].norm));
        assert_int_equal(w->norm_id, onri_strid(onri_svz(cases[i].norm)));
        assert_int_equal(w->orth, onri_strid(onri_svz(cases[i].text)));
    }
    /* Text and norm make a word: the n't of an exception is not a plain n't. */
    cut(tk, ONR_SV("don't xn't"), &toks);
    assert_int_not_equal(toks.at[1].word, toks.at[2].word);
    onri_toks_drop(&toks);
    onri_tokenizer_free(tk);
}

static void tokenizer__features_of_a_word(void **state)
{
    (void)state;
    onri_tokenizer *tk = new_tokenizer();
    onri_toks toks = { 0 };
    cut(tk, ONR_SV("\u00C9tat\u00E9s I"), &toks);
    const onri_word *w = onri_tokenizer_word(tk, toks.at[0].word);
    assert_int_equal(w->prefix, onri_strid(ONR_SV("\u00C9")));
    assert_int_equal(w->suffix, onri_strid(ONR_SV("t\u00E9s")));
    assert_int_equal(w->shape, onri_strid(ONR_SV("Xxxxx")));
    assert_true(onri_eqz(w->lower, "\u00E9tat\u00E9s"));
    w = onri_tokenizer_word(tk, toks.at[1].word);
    assert_int_equal(w->shape, 101); /* "X" is a reserved name */
    onri_toks_drop(&toks);
    onri_tokenizer_free(tk);
}

/* Tokens and blanks give the text back; offsets stand on code points. */
static void check(onr_sv s, const onri_toks *toks)
{
    size_t at = 0;
    for (size_t i = 0; i < toks->n; i++) {
        const onri_tok *t = &toks->at[i];
        assert_int_equal(t->beg, at);
        assert_true(t->end > t->beg && t->end <= s.n);
        assert_int_equal(onri_utf8_check(onri_sub(s, t->beg, t->end)), t->end - t->beg);
        if (t->space) assert_int_equal(s.p[t->end], ' ');
        at = t->end + t->space;
    }
    assert_int_equal(at, s.n);
}

static void tokenizer__gives_the_text_back(void **state)
{
    (void)state;
    rng r = rng_start("tokenizer");
    static const char *const parts[] = { "a",  "don't", " ",      "\n",       "\u00E9", "-",
                                         ".",  "'s",    "(",      "\"",       "U.S.",   "'",
                                         "  ", "Jan.",  "\u2014", "https://", "$" };
    onri_tokenizer *tk = new_tokenizer();
    onri_toks toks = { 0 }, again = { 0 };
    for (int round = 0; round < 4000; round++) {
        onri_buf b = onri_buf_make(1 << 16);
        for (uint32_t k = rng_below(&r, 25); k > 0; k--)
            onri_buf_addz(&b, parts[rng_below(&r, sizeof parts / sizeof *parts)]);
        cut(tk, onri_buf_sv(&b), &toks);
        check(onri_buf_sv(&b), &toks);
        if (round % 100 == 0) { /* a cold cache cuts the same */
            onri_tokenizer *cold = new_tokenizer();
            cut(cold, onri_buf_sv(&b), &again);
            assert_int_equal(toks.n, again.n);
            for (size_t i = 0; i < toks.n; i++) assert_int_equal(toks.at[i].end, again.at[i].end);
            onri_tokenizer_free(cold);
        }
        onri_buf_drop(&b);
    }
    onri_toks_drop(&toks);
    onri_toks_drop(&again);
    onri_tokenizer_free(tk);
}

static void tokenizer__long_chunks_take_linear_time(void **state)
{
    (void)state;
    /* 300,000 of each: quadratic work would not end. */
    static const char *const units[] = { "(", ")", "'", ".", "a", "a-", "https://", "\u2014" };
    onri_tokenizer *tk = new_tokenizer();
    onri_toks toks = { 0 };
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        onri_buf b = onri_buf_make((size_t)16 << 20);
        for (int i = 0; i < 300000; i++) onri_buf_addz(&b, units[u]);
        cut(tk, onri_buf_sv(&b), &toks);
        check(onri_buf_sv(&b), &toks);
        onri_buf_drop(&b);
    }
    onri_toks_drop(&toks);
    onri_tokenizer_free(tk);
}

static void tokenizer__tidy_bounds_what_is_kept(void **state)
{
    (void)state;
    onri_tokenizer *tk = new_tokenizer();
    onri_toks toks = { 0 };
    onri_buf b = onri_buf_make((size_t)16 << 20);
    for (int i = 0; i < 120000; i++) onri_buf_fmt(&b, "w%dx ", i);
    assert_false(onri_tokenizer_tidy(tk));
    cut(tk, onri_buf_sv(&b), &toks);
    assert_true(onri_tokenizer_tidy(tk));
    assert_int_equal(onri_tokenizer_words(tk)->n, 0);
    assert_false(onri_tokenizer_tidy(tk));
    cut(tk, ONR_SV("still here."), &toks);
    assert_int_equal(toks.n, 3);
    onri_buf_drop(&b);
    onri_toks_drop(&toks);
    onri_tokenizer_free(tk);
}

static void tokenizer__bad_pattern_is_a_bad_model(void **state)
{
    (void)state;
    onr_model bad = model;
    bad.pool = "(unclosed";
    bad.prefix_re = (onri_str){ 0, 9 };
    onri_tokenizer *tk = NULL;
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onri_tokenizer_new(&bad, NULL, &tk, &err), ONR_E_MODEL);
    assert_null(tk);
    assert_non_null(strstr(err.msg, "pattern"));
}

static int set_up(void **state)
{
    (void)state;
    mem = onr_arena_make((size_t)64 << 20);
    tiny_model_make(&mem, 1, false, &model);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    onr_arena_drop(&mem);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokenizer__cuts_affixes_exceptions_and_infixes),
        cmocka_unit_test(tokenizer__white_space_is_text),
        cmocka_unit_test(tokenizer__second_pass_finds_exceptions_that_were_cut),
        cmocka_unit_test(tokenizer__norms_come_from_exceptions_then_tables),
        cmocka_unit_test(tokenizer__features_of_a_word),
        cmocka_unit_test(tokenizer__gives_the_text_back),
        cmocka_unit_test(tokenizer__long_chunks_take_linear_time),
        cmocka_unit_test(tokenizer__tidy_bounds_what_is_kept),
        cmocka_unit_test(tokenizer__bad_pattern_is_a_bad_model),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
