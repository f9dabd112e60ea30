/* The rule lemmatizer on the tables of the tiny model, and the two orders of its rules. */
#include "test.h"

#include "lang/lemma.h"
#include "tiny_model.h"

static onr_arena mem;
static onr_model model;

static void lemma_of(const char *text, onr_pos pos, const char *morph, bool newer, const char *want)
{
    onri_words words;
    onri_words_init(&words, &model, (onri_word_classes){ NULL, NULL });
    const uint32_t w = onri_word_find(&words, onri_svz(text), NULL);
    assert_int_not_equal(w, ONR_NONE);
    onri_lemma got;
    assert_true(onri_lemmatize(&model, &words.at[w], pos, onri_morph_bits(onri_svz(morph)), newer,
                               &mem, &got));
    if (!onri_eqz(got.s, want))
        print_error("%s: %.*s, not %s\n", text, (int)got.s.n, got.s.p, want);
    assert_true(onri_eqz(got.s, want));
    onri_words_drop(&words);
}

static void lemma__follows_morphology_rules_and_exceptions(void **state)
{
    (void)state;
    lemma_of("Words", ONR_POS_NOUN, "Number=Plur", false, "word");
    lemma_of("Words", ONR_POS_NOUN, "Number=Sing", false, "words"); /* a base form already */
    lemma_of("men", ONR_POS_NOUN, "Number=Plur", false, "man");
    lemma_of("Blargs", ONR_POS_NOUN, "Number=Plur", false, "blarg"); /* unknown, by rule */
    lemma_of("X", ONR_POS_NOUN, "Number=Plur", false, "X");          /* no rule: as it stands */
    lemma_of("said", ONR_POS_VERB, "Tense=Past|VerbForm=Fin", false, "say");
    lemma_of("denies", ONR_POS_VERB, "Number=Sing|Tense=Pres|VerbForm=Fin", false, "deny");
    lemma_of("Denies", ONR_POS_VERB, "Tense=Pres|VerbForm=Fin", false, "denies");
    lemma_of("DENY", ONR_POS_VERB, "VerbForm=Inf", false, "deny");
    lemma_of("Berlin", ONR_POS_PROPN, "Number=Sing", false, "Berlin");
    lemma_of("The", ONR_POS_DET, "", false, "the");
    lemma_of("Odd", ONR_POS_NONE, "", false, "odd");
}

static void lemma__known_forms_keep_the_order_of_rules(void **state)
{
    (void)state;
    /* A rule that gives the known word "house" before one that gives the known word "hous". */
    static const char pool[] = "eseshousehous";
    static const onri_lemma_rule rules[] = { { { 3, 1 }, { 0, 0 } }, { { 0, 2 }, { 0, 0 } } };
    uint64_t index[] = { onri_strid(ONR_SV("house")), onri_strid(ONR_SV("hous")) };
    if (index[0] > index[1]) {
        const uint64_t t = index[0];
        index[0] = index[1];
        index[1] = t;
    }
    const onr_model whole = model;
    model.pool = pool;
    model.n_pool = sizeof pool - 1;
    model.n_lemma = 1;
    model.lemma[0] = (onri_lemma_pos){ .pos = ONR_POS_NOUN,
                                       .has_rules = true,
                                       .has_index = true,
                                       .rules = rules,
                                       .n_rules = 2,
                                       .index = index,
                                       .n_index = 2 };
    lemma_of("houses", ONR_POS_NOUN, "Number=Plur", false, "house");
    lemma_of("houses", ONR_POS_NOUN, "Number=Plur", true, "hous"); /* as spaCy >= 3.8.11 does */
    model = whole;
}

static void lemma__long_words_are_words(void **state)
{
    (void)state;
    static char text[100001];
    memset(text, 's', sizeof text - 1);
    static char want[100000];
    memset(want, 's', sizeof want - 1);
    lemma_of(text, ONR_POS_NOUN, "Number=Plur", false, want);
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
        cmocka_unit_test(lemma__follows_morphology_rules_and_exceptions),
        cmocka_unit_test(lemma__known_forms_keep_the_order_of_rules),
        cmocka_unit_test(lemma__long_words_are_words),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
