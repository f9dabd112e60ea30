/* What linking across articles relies on: names that are one, words that say the same, texts that
 * are copies, namesakes told apart. */
#include "test.h"

#include <stdio.h>

#include "store/link_group.h"
#include "store/link_same.h"
#include "store/link_sketch.h"
#include "store/link_words.h"

static onri_link_know know;

static int set_up(void **state)
{
    (void)state;
    return onri_link_know_make(&know, NULL) == ONR_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    onri_link_know_drop(&know);
    return 0;
}

static void is_name(onr_entity_type type, const char *name, const char *key, const char *middle,
                    bool weak)
{
    onr_arena mem = onr_arena_make(ONR_MIB);
    onri_name n;
    assert_true(onri_name_make(&n, &know, &mem, type, onri_svz(name)));
    if (!onri_eqz(n.key, key) || !onri_eqz(n.middle, middle) || n.weak != weak)
        fail_msg("%s: '%.*s', middle '%.*s', weak %d", name, (int)n.key.n, n.key.p, (int)n.middle.n,
                 n.middle.p, n.weak);
    onr_arena_drop(&mem);
}

static void link__names_in_any_spelling_have_one_key(void **state)
{
    (void)state;
    is_name(ONR_ENTITY_PERSON, "Donald J. Trump", "person:donald trump", "j", false);
    is_name(ONR_ENTITY_PERSON, "Mr. DONALD TRUMP Jr.", "person:donald trump", "", false);
    is_name(ONR_ENTITY_PERSON, "Ali Akbar Velayati", "person:ali velayati", "akbar", false);
    is_name(ONR_ENTITY_PERSON, "Bill Clinton\xE2\x80\x99s", "person:william clinton", "", false);
    is_name(ONR_ENTITY_PERSON, "Mohammed bin Salman", "person:muhammad bin salman", "", false);
    is_name(ONR_ENTITY_PERSON, "Bashar al-Assad", "person:bashar al assad", "", false);
    is_name(ONR_ENTITY_PERSON,
            "Jos\xC3\xA9 Mar\xC3\xAD"
            "a Aznar",
            "person:jose aznar", "maria", false);
    is_name(ONR_ENTITY_PERSON, "J.K. Rowling", "person:jk rowling", "", false);
    is_name(ONR_ENTITY_PERSON, "Trump", "person:trump", "", true);
    is_name(ONR_ENTITY_PERSON, "al-Assad", "person:al assad", "", true);
    is_name(ONR_ENTITY_ORGANIZATION, "The Boeing Co.", "org:boeing", "", true);
    is_name(ONR_ENTITY_ORGANIZATION, "U.S. Senate", "org:us senate", "", false);
    is_name(ONR_ENTITY_ORGANIZATION, "IAEA", "org:iaea", "", true);
    is_name(ONR_ENTITY_STATE, "Iran", "place:iran", "", false);
    is_name(ONR_ENTITY_PERSON, "\xE2\x80\x99\xE2\x80\x94", "", "", false);
    is_name(ONR_ENTITY_EVENT, "World Cup", "", "", false);
}

static onri_wordset words(const char *text)
{
    onr_arena mem = onr_arena_make(ONR_MIB);
    onri_wordset w = { .n = 0 };
    assert_true(onri_words_add(&w, &know, &mem, onri_svz(text)));
    onr_arena_drop(&mem);
    return w;
}

static void link__words_are_compared_without_endings_and_grammar(void **state)
{
    (void)state;
    const onri_wordset a = words("He would deport the 11 million undocumented immigrants"),
                       b = words("deporting of 11 million undocumented immigrant");
    assert_int_equal(a.n, 5);
    assert_int_equal(onri_words_common(&a, &b), 5);
    assert_false(a.negated);
    assert_true(words("they didn\xE2\x80\x99t leave").negated);
    assert_true(words("they will never leave").negated);
    assert_int_equal(words("the of and it was").n, 0);
}

static onri_sketch sketch(const char *text)
{
    onri_sketch s;
    onri_shingler w = { .n = 0 };
    onri_sketch_init(&s);
    onri_sketch_add(&s, &w, onri_svz(text));
    return s;
}

static const char story[] =
    "the minister of foreign affairs said on tuesday that the talks in vienna would go on for "
    "another "
    "week because none of the parties was ready to sign and that he expected no surprise before "
    "friday when the inspectors are to hand their report to the board of the agency in the city";

static void link__copies_share_bands_and_others_do_not(void **state)
{
    (void)state;
    char cut[sizeof story + 64];
    (void)snprintf(cut, sizeof cut, "vienna reuters %s", story);
    cut[strlen(cut) - 30] = '\0';
    const onri_sketch
        a = sketch(story),
        b = sketch(cut),
        c = sketch("a court in the north of the country sent two men to prison for the theft "
                   "of paintings that were found in a garage last summer after a call by a "
                   "neighbour who had seen light there at night for several weeks on end");
    int64_t in_a[ONRI_BANDS], in_b[ONRI_BANDS], in_c[ONRI_BANDS];
    onri_sketch_bands(&a, in_a);
    onri_sketch_bands(&b, in_b);
    onri_sketch_bands(&c, in_c);
    uint32_t ab = 0, ac = 0;
    for (int i = 0; i < ONRI_BANDS; i++) {
        ab += in_a[i] == in_b[i];
        ac += in_a[i] == in_c[i];
    }
    assert_true(onri_sketch_same(&a, &b) > 0.7);
    assert_true(onri_sketch_same(&a, &c) < 0.1);
    assert_true(ab > 0);
    assert_int_equal(ac, 0);
}

static onri_profile profile(const char *country, const char *middle, unsigned fields, int64_t n)
{
    return (onri_profile){ .country = onri_svz(country),
                           .middle = onri_svz(middle),
                           .wikidata = { "", 0 },
                           .fields = fields,
                           .n = n };
}

static uint32_t group_of(const onri_profile *p, uint32_t n, int64_t times)
{
    for (uint32_t i = 0; i < n; i++)
        if (p[i].n == times) return p[i].group;
    fail_msg("no profile of %d", (int)times);
    return 0;
}

static void link__namesakes_are_told_apart(void **state)
{
    (void)state;
    onri_profile p[] = { profile("GBR", "", ONRI_FIELD_PUBLIC, 10), profile("", "", 0, 3),
                         profile("USA", "", ONRI_FIELD_PUBLIC, 7), profile("GBR", "", 0, 2) };
    onri_group(p, 4, true);
    assert_int_equal(group_of(p, 4, 10), 0);
    assert_int_equal(group_of(p, 4, 7), 1);
    assert_int_equal(group_of(p, 4, 2), 0);
    assert_int_equal(group_of(p, 4, 3), 2); /* either may be meant */
    onri_profile q[] = { profile("USA", "", ONRI_FIELD_PUBLIC, 10),
                         profile("USA", "", ONRI_FIELD_SPORT, 4), profile("", "", 0, 1) };
    onri_group(q, 3, true);
    assert_int_not_equal(group_of(q, 3, 10), group_of(q, 3, 4));
    onri_profile r[] = { profile("USA", "", ONRI_FIELD_PUBLIC, 10),
                         profile("USA", "", ONRI_FIELD_ARTS, 4),
                         profile("USA", "", ONRI_FIELD_ARTS | ONRI_FIELD_PUBLIC, 1) };
    onri_group(r, 3, true); /* the actor who became governor */
    assert_int_equal(group_of(r, 3, 10), group_of(r, 3, 4));
    onri_profile m[] = { profile("IRN", "akbar", 0, 5), profile("IRN", "reza", 0, 4),
                         profile("", "a", 0, 1) };
    onri_group(m, 3, true);
    assert_int_not_equal(group_of(m, 3, 5), group_of(m, 3, 4));
    assert_int_equal(group_of(m, 3, 5), group_of(m, 3, 1));
}

static void link__groups_do_not_depend_on_the_order(void **state)
{
    (void)state;
    const onri_profile all[] = { profile("GBR", "", ONRI_FIELD_PUBLIC, 10), profile("", "", 0, 3),
                                 profile("USA", "j", ONRI_FIELD_PUBLIC, 7),
                                 profile("GBR", "", ONRI_FIELD_SPORT, 2),
                                 profile("", "john", ONRI_FIELD_PUBLIC, 5) };
    onri_profile one[5], two[5];
    for (int i = 0; i < 5; i++) {
        one[i] = all[i];
        two[i] = all[4 - i];
    }
    onri_group(one, 5, true);
    onri_group(two, 5, true);
    for (int i = 0; i < 5; i++)
        assert_int_equal(group_of(one, 5, all[i].n), group_of(two, 5, all[i].n));
}

static onri_feature fact(onr_layer layer, const char *kind, const char *status, int64_t by,
                         int64_t to, const char *text, int32_t day, int64_t article)
{
    onri_feature f = { .id = article * 10,
                       .article = article,
                       .layer = layer,
                       .kind = onri_svz(kind),
                       .status = onri_svz(status),
                       .by = by,
                       .to = to,
                       .base = by,
                       .words = words(text),
                       .day = day };
    f.negated = f.words.negated;
    return f;
}

static void is_link(onri_feature later, onri_feature earlier, const char *kind)
{
    const onri_same s = onri_same_of(&later, &earlier);
    if (!kind ? s.kind != NULL : !s.kind || strcmp(s.kind, kind) != 0)
        fail_msg("%s instead of %s (%.2f)", s.kind ? s.kind : "nothing", kind ? kind : "nothing",
                 s.score);
}

static void link__facts_of_two_articles(void **state)
{
    (void)state;
    const onr_layer st = ONR_LAYER_STATEMENT, ev = ONR_LAYER_EVENT, co = ONR_LAYER_COMMITMENT;
    const char *claim = "Iran sold weapons to the rebels in Yemen";
    is_link(
        fact(st, "assertion", "", 1, 0, "that Iran had sold weapons to rebels in Yemen", 101, 2),
        fact(st, "assertion", "", 1, 0, claim, 100, 1), "same");
    is_link(fact(st, "assertion", "", 1, 0, claim, 160, 2),
            fact(st, "assertion", "", 1, 0, claim, 100, 1), "repeats");
    is_link(fact(st, "denial", "", 2, 0, "selling weapons to the rebels in Yemen", 101, 2),
            fact(st, "accusation", "", 1, 0, claim, 100, 1), "denies");
    is_link(fact(st, "assertion", "", 2, 0, claim, 101, 2),
            fact(st, "assertion", "", 1, 0, claim, 100, 1), NULL);
    is_link(fact(st, "assertion", "", 1, 0, claim, 101, 1),
            fact(st, "assertion", "", 1, 0, claim, 100, 1), NULL); /* one article */
    is_link(fact(ev, "CONSULT", "happened", 1, 2, "met in Vienna", 100, 2),
            fact(ev, "CONSULT", "planned", 1, 2, "will meet in Vienna", 100, 1), "same");
    is_link(fact(ev, "CONSULT", "happened", 2, 1, "met in Vienna", 100, 2),
            fact(ev, "CONSULT", "happened", 1, 2, "met in Vienna", 100, 1), "same");
    is_link(fact(ev, "CONSULT", "happened", 1, 2, "met in Vienna", 110, 2),
            fact(ev, "CONSULT", "happened", 1, 2, "met in Vienna", 100, 1), NULL);
    is_link(fact(co, "will", "", 1, 0, "will withdraw its troops from Syria", 140, 2),
            fact(co, "will", "", 1, 0, "withdraw troops from Syria", 100, 1), "repeats");
    is_link(fact(co, "will-not", "", 1, 0, "withdraw its troops from Syria", 140, 2),
            fact(co, "will", "", 1, 0, "withdraw troops from Syria", 100, 1), "changes");
    is_link(fact(ev, "RETREAT", "happened", 1, 0, "withdrew troops from Syria", 150, 2),
            fact(co, "will-not", "", 1, 0, "withdrew troops from Syria", 100, 1), "breaks");
    is_link(fact(ev, "RETREAT", "happened", 1, 0, "withdraws its troops from Syria", 150, 2),
            fact(co, "will", "", 1, 0, "withdraw troops from Syria", 100, 1), "meets");
    is_link(fact(ev, "RETREAT", "happened", 1, 0, "withdraws its troops from Syria", 90, 2),
            fact(co, "will", "", 1, 0, "withdraw troops from Syria", 100, 1), NULL);
}

/* "said" is "say": what is told has happened is in another form than what was promised. */
static void link__irregular_verbs_are_one_word_in_all_forms(void **state)
{
    (void)state;
    static const char *const alike[][2] = {
        { "leave the treaty", "left the treaty" },
        { "withdraw its troops", "withdrew its troops" },
        { "has withdrawn its troops", "withdraws its troops" },
        { "will pay the men", "paid the man" },
        { "send wheat to the children", "sent wheat to a child" },
        { "sell the shares", "sold the shares" },
        { "begin talks and hold elections", "began talks and held elections" },
        { "shut the ports, freeze the accounts", "shuts the port, froze the account" },
    };
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
        const onri_wordset a = words(alike[i][0]), b = words(alike[i][1]);
        if (a.n != b.n || onri_words_common(&a, &b) != a.n)
            fail_msg("'%s' is not '%s'", alike[i][0], alike[i][1]);
    }
    const onri_wordset a = words("sell the port"), b = words("sail the part");
    assert_int_equal(onri_words_common(&a, &b), 0);
    const onr_layer ev = ONR_LAYER_EVENT, co = ONR_LAYER_COMMITMENT;
    is_link(fact(ev, "RETREAT", "happened", 1, 0, "withdrew its troops from Syria", 150, 2),
            fact(co, "will", "", 1, 0, "withdraw its troops from Syria", 100, 1), "meets");
    is_link(fact(ev, "RETREAT", "happened", 1, 0, "left the nuclear treaty", 150, 2),
            fact(co, "will-not", "", 1, 0, "leave the nuclear treaty", 100, 1), "breaks");
    is_link(fact(ev, "AID", "negated", 1, 0, "sent no food to the camps", 150, 2),
            fact(co, "will", "", 1, 0, "send food to the camps", 100, 1), "breaks");
    is_link(fact(co, "will", "", 1, 0, "win this election", 150, 2),
            fact(co, "will-not", "", 1, 0, "make it difficult to win a general election", 100, 1),
            NULL);
    is_link(fact(ev, "SANCTION", "happened", 1, 0, "his proposal to ban the party", 150, 2),
            fact(co, "will", "", 1, 0, "ban the party", 100, 1), NULL);
    is_link(fact(ev, "SANCTION", "happened", 1, 0, "would have banned the party", 150, 2),
            fact(co, "will", "", 1, 0, "ban the party", 100, 1), NULL);
    is_link(fact(ev, "REQUEST", "happened", 1, 0, "proposed talks about the border", 150, 2),
            fact(co, "will", "", 1, 0, "propose talks about the border", 100, 1), NULL); /* talk */
    is_link(fact(ev, "AGREE", "happened", 1, 0, "proposed talks about the border", 150, 2),
            fact(co, "will", "", 1, 0, "propose talks about the border", 100, 1), "meets");
    is_link(fact(ev, "AID", "planned", 1, 0, "sent food to the camps", 150, 2),
            fact(co, "will", "", 1, 0, "send food to the camps", 100, 1), NULL);
}

static void link__disputes_of_two_articles(void **state)
{
    (void)state;
    static const char claim[] = "that Russia had sold weapons to rebels in Yemen";
    const onr_layer di = ONR_LAYER_DISPUTE, st = ONR_LAYER_STATEMENT;
    const onri_feature a = fact(di, "denies", "", 1, 2, claim, 100, 1);
    is_link(fact(di, "denies", "", 1, 2, "Russia sold weapons to rebels in Yemen", 101, 2), a,
            "same");
    is_link(fact(di, "denies", "", 1, 2, claim, 120, 2), a, "repeats");
    is_link(fact(di, "confirms", "", 1, 2, claim, 120, 2), a, "changes");
    is_link(fact(di, "confirms", "", 1, 2, claim, 101, 2), a, "contradicts");
    is_link(fact(di, "dismisses", "", 0, 3, claim, 101, 2), a,
            "same"); /* nobody alike: all words */
    is_link(fact(di, "denies", "", 0, 3, "Russia had sold weapons to a prince", 101, 2), a, NULL);
    is_link(fact(di, "denies", "", 1, 2, claim, 300, 2), a, NULL); /* long ago */
    is_link(fact(di, "denies", "", 1, 2, claim, 101, 1), a, NULL); /* of one article */
    is_link(a, fact(st, "accusation", "", 1, 0, claim, 99, 2), "denies");
    is_link(a, fact(st, "accusation", "", 2, 0, claim, 99, 2), NULL); /* he denies himself */
    is_link(a, fact(st, "hope", "", 1, 0, claim, 99, 2), NULL);       /* no claim */
    is_link(fact(di, "confirms", "", 1, 2, claim, 100, 1),
            fact(st, "accusation", "", 1, 0, claim, 99, 2), NULL);
    onri_feature b = fact(di, "denies", "", 0, 2, "Russia sold weapons to rebels in Yemen", 101, 2);
    b.to_base = 2;
    onri_feature c = a;
    c.to_base = 2;
    int64_t in_b[ONRI_KEYS_MAX], in_c[ONRI_KEYS_MAX];
    const uint32_t nb = onri_same_keys(&b, in_b), nc = onri_same_keys(&c, in_c);
    uint32_t common = 0;
    for (uint32_t i = 0; i < nb; i++)
        for (uint32_t j = 0; j < nc; j++) common += in_b[i] == in_c[j];
    assert_true(common >= 2);
}

static void link__facts_that_are_linked_share_a_key(void **state)
{
    (void)state;
    const onri_feature a = fact(ONR_LAYER_EVENT, "RETREAT", "happened", 1, 0,
                                "withdraws troops from Syria", 150, 2),
                       b = fact(ONR_LAYER_COMMITMENT, "will", "", 1, 0,
                                "withdraw troops from Syria", 1, 1);
    int64_t in_a[ONRI_KEYS_MAX], in_b[ONRI_KEYS_MAX];
    const uint32_t na = onri_same_keys(&a, in_a), nb = onri_same_keys(&b, in_b);
    uint32_t common = 0;
    for (uint32_t i = 0; i < na; i++)
        for (uint32_t j = 0; j < nb; j++) common += in_a[i] == in_b[j];
    assert_true(common >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(link__names_in_any_spelling_have_one_key),
        cmocka_unit_test(link__words_are_compared_without_endings_and_grammar),
        cmocka_unit_test(link__copies_share_bands_and_others_do_not),
        cmocka_unit_test(link__namesakes_are_told_apart),
        cmocka_unit_test(link__groups_do_not_depend_on_the_order),
        cmocka_unit_test(link__facts_of_two_articles),
        cmocka_unit_test(link__irregular_verbs_are_one_word_in_all_forms),
        cmocka_unit_test(link__disputes_of_two_articles),
        cmocka_unit_test(link__facts_that_are_linked_share_a_key),
    };
    return cmocka_run_group_tests_name("store_link_words", tests, set_up, tear_down);
}
