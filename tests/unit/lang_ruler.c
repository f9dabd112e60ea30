/* The attribute ruler on the tiny model's entries: later entries win, patterns see the document as
 * it was, and an entry of two tokens sets the one its index names. */
#include "test.h"

#include "lang/ruler.h"
#include "tiny_model.h"

static onr_arena mem;
static onr_model model;

/* Rule n words with one tag and label each. */
static void rule(uint32_t n, const char *const *text, const uint8_t *tags, uint8_t dep,
                 onri_ruler_out *out)
{
    onri_ruler *r = NULL;
    onr_error err = ONR_ERROR_INIT;
    if (onri_ruler_new(&model, &r, &err) != ONR_OK) fail_msg("%s", err.msg);
    onri_words words;
    onri_words_init(&words, &model, (onri_word_classes){ NULL, onri_ruler_words(r) });
    uint32_t number[8];
    onri_ruler_in in[8];
    for (uint32_t i = 0; i < n; i++) number[i] = onri_word_find(&words, onri_svz(text[i]), NULL);
    for (uint32_t i = 0; i < n; i++) in[i] = (onri_ruler_in){ &words.at[number[i]], tags[i], dep };
    onri_ruler_run(r, in, n, out);
    onri_words_drop(&words);
    onri_ruler_free(r);
}

static void ruler__tags_give_parts_of_speech(void **state)
{
    (void)state;
    onri_ruler_out out[3];
    rule(3, (const char *const[]){ "man", "Berlin", "said" },
         (const uint8_t[]){ ONR_TAG_NN, ONR_TAG_NNP, ONR_TAG_VBD }, ONR_DEP_ROOT, out);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(out[i].pos, i + 1);
        assert_int_equal(out[i].morph, i + 1);
        assert_int_equal(out[i].lemma, 0);
    }
    /* The third entry also asks for a label that is neither det nor none. */
    rule(1, (const char *const[]){ "said" }, (const uint8_t[]){ ONR_TAG_VBD }, ONR_DEP_DET, out);
    assert_int_equal(out[0].pos, 0);
    rule(1, (const char *const[]){ "said" }, (const uint8_t[]){ ONR_TAG_VBD }, ONR_DEP_NONE, out);
    assert_int_equal(out[0].pos, 0);
}

static void ruler__two_words_set_one_of_them(void **state)
{
    (void)state;
    onri_ruler_out out[3];
    static const uint8_t tags[] = { ONR_TAG_NN, ONR_TAG_IN, ONR_TAG_IN };
    rule(3, (const char *const[]){ "Gon", "na", "go" }, tags, ONR_DEP_ROOT, out);
    assert_int_equal(out[0].lemma, 0);
    assert_int_equal(out[1].lemma, 4); /* index -1: the last of the two */
    rule(2, (const char *const[]){ "na", "gon" }, tags, ONR_DEP_ROOT, out);
    assert_int_equal(out[0].lemma, 0);
    assert_int_equal(out[1].lemma, 0);
}

static void ruler__later_entries_win(void **state)
{
    (void)state;
    onri_ruler_out out[1];
    rule(1, (const char *const[]){ " " }, (const uint8_t[]){ ONR_TAG_NN }, ONR_DEP_DET, out);
    assert_int_equal(out[0].pos, 5); /* white space, after NN -> NOUN */
    assert_int_equal(out[0].tag, 5);
    assert_int_equal(out[0].dep, 5);
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
        cmocka_unit_test(ruler__tags_give_parts_of_speech),
        cmocka_unit_test(ruler__two_words_set_one_of_them),
        cmocka_unit_test(ruler__later_entries_win),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
