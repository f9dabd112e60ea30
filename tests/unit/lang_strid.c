/* String numbers against values printed by spaCy 3.8. */
#include "test.h"

#include "lang/model.h"

static void strid__known_values(void **state)
{
    (void)state;
    static const struct {
        onr_sv s;
        uint64_t id;
    } cases[] = {
        { ONR_SV_INIT(""), 0 },
        { ONR_SV_INIT("the"), 7425985699627899538u },
        { ONR_SV_INIT("The"), 5059648917813135842u },
        { ONR_SV_INIT("n't"), 2043519015752540944u },
        { ONR_SV_INIT(" "), 8532415787641010193u },
        { ONR_SV_INIT("\n"), 962983613142996970u },
        { ONR_SV_INIT("\xC3\xA9"), 16256712947286012828u },
        { ONR_SV_INIT("noun"), 16833663260455505849u },
        { ONR_SV_INIT("verb"), 6360137228241296794u },
        { ONR_SV_INIT("IS_ALPHA"), 1 },
        { ONR_SV_INIT("IS_CURRENCY"), 18 },
        { ONR_SV_INIT("FLAG19"), 19 },
        { ONR_SV_INIT("FLAG63"), 63 },
        { ONR_SV_INIT("ID"), 64 },
        { ONR_SV_INIT("X"), 101 },
        { ONR_SV_INIT("SPACE"), 103 },
        { ONR_SV_INIT("DEPRECATED001"), 104 },
        { ONR_SV_INIT("DEPRECATED276"), 379 },
        { ONR_SV_INIT("PERSON"), 380 },
        { ONR_SV_INIT("DATE"), 391 },
        { ONR_SV_INIT("acomp"), 398 },
        { ONR_SV_INIT("punct"), 445 },
        { ONR_SV_INIT("acl"), 451 },
        { ONR_SV_INIT("_"), 456 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(onri_strid(cases[i].s), cases[i].id);
}

static void strid__near_misses_are_hashed(void **state)
{
    (void)state;
    static const char *const words[] = { "x",       "Punct",         "FLAG18",        "FLAG64",
                                         "FLAG019", "DEPRECATED000", "DEPRECATED277", "DEPRECATED1",
                                         "__",      "IS_ALPHA " };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_true(onri_strid(onri_svz(words[i])) > 456);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strid__known_values),
        cmocka_unit_test(strid__near_misses_are_hashed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
