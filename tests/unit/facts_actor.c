/* Actors: what each pass joins and each veto keeps apart (tests/golden/actors/cases.txt), the
 * users' dictionaries, and what holds of any text. */
#include "test.h"

#include "facts/actor_step.h"
#include "lang/conllu.h"

#include <stdio.h>
#include <time.h>

#define GOLDEN ONR_SOURCE_DIR "/tests/golden/actors/"

static onr_arena know_mem;
static onri_actor_knowledge know;

static int make_knowledge(void **state)
{
    (void)state;
    know_mem = onr_arena_make((size_t)256 << 20);
    onr_error err = ONR_ERROR_INIT;
    if (onri_actor_knowledge_make(&know, &know_mem, &err) != ONR_OK)
        print_error("%s, line %u\n", err.msg, err.line);
    return know.n_builtin ? 0 : -1;
}

static int drop_knowledge(void **state)
{
    (void)state;
    onr_arena_drop(&know_mem);
    return 0;
}

typedef struct cast {
    onr_arena keep, tmp;
    onr_sv text;
    const onr_parse *parse;
    onr_article article;
    onri_draft d;
} cast;

static void cast_read(cast *c, const char *id)
{
    char path[512];
    onr_sv dump;
    c->keep = onr_arena_make((size_t)1 << 30);
    c->tmp = onr_arena_make((size_t)1 << 30);
    (void)snprintf(path, sizeof path, GOLDEN "parses/%s.txt", id);
    assert_int_equal(onri_file_read(&c->keep, path, 1 << 20, &c->text, NULL), ONR_OK);
    (void)snprintf(path, sizeof path, GOLDEN "parses/%s.conllu", id);
    assert_int_equal(onri_file_read(&c->keep, path, 1 << 20, &dump, NULL), ONR_OK);
    assert_int_equal(onri_conllu_read(&c->keep, dump, c->text, &c->parse, NULL), ONR_OK);
    c->article = (onr_article){ .text = c->text };
    c->d =
        (onri_draft){ .keep = &c->keep, .tmp = &c->tmp, .article = &c->article, .parse = c->parse };
}

static void cast_make(cast *c, const onri_actor_knowledge *k)
{
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onri_find_actors(&c->d, k, ONRI_CAST_STORY, &err), ONR_OK);
}

static void cast_drop(cast *c)
{
    onr_arena_drop(&c->keep);
    onr_arena_drop(&c->tmp);
}

/* ---- golden cases ------------------------------------------------------------------------------
 */

/* Entity of the mention "words#2", ONR_NONE. */
static uint32_t who(const cast *c, onr_sv what)
{
    uint64_t nth = 1;
    const size_t at = onri_find(what, ONR_SV("#"), 0);
    if (at != SIZE_MAX) {
        assert_true(onri_parse_u64(onri_sub(what, at + 1, what.n), &nth));
        what = onri_sub(what, 0, at);
    }
    size_t from = 0;
    for (uint32_t beg = 0; beg < c->text.n; beg++) { /* in reading order */
        if (beg + what.n > c->text.n || !onri_eq(onri_sub(c->text, beg, beg + what.n), what))
            continue;
        for (uint32_t e = 0; e < c->d.entities.n; e++) {
            for (uint32_t i = 0; i < c->d.entities.at[e].n_mentions; i++) {
                const onr_mention *m = &c->d.entities.at[e].mentions[i];
                if (m->span.beg == beg && m->span.end == beg + what.n && ++from == nth) return e;
            }
        }
    }
    return ONR_NONE;
}

static bool has_role(const cast *c, uint32_t e, onr_sv words)
{
    if (e == ONR_NONE) return false;
    for (uint32_t i = 0; i < c->d.entities.at[e].n_roles; i++) {
        const onr_span s = c->d.entities.at[e].roles[i].span;
        if (onri_eq(onri_sub(c->text, s.beg, s.end), words)) return true;
    }
    return false;
}

static bool value_holds(const cast *c, onr_sv key, onr_sv rest)
{
    for (size_t i = rest.n; i-- > 0;) { /* the mention may have blanks, so may a role */
        if (rest.p[i] != ' ') continue;
        const onr_sv mention = onri_sub(rest, 0, i), value = onri_sub(rest, i + 1, rest.n);
        const uint32_t e = who(c, mention);
        if (onri_eqz(key, "role")) {
            if (has_role(c, e, value)) return true;
            continue;
        }
        if (e == ONR_NONE) return false;
        const onr_entity *x = &c->d.entities.at[e];
        if (onri_eqz(key, "type")) return onri_eqz(value, onr_entity_type_name(x->type));
        if (onri_eqz(key, "code")) return onri_eq(value, x->code);
        if (onri_eqz(key, "country")) return onri_eq(value, x->country);
        return false;
    }
    return false;
}

static bool holds(const cast *c, onr_sv fact)
{
    onr_sv rest = fact, key, a;
    assert_true(onri_split(&rest, ' ', &key));
    if (onri_eqz(key, "none")) return who(c, rest) == ONR_NONE;
    if (!onri_eqz(key, "=") && !onri_eqz(key, "!")) return value_holds(c, key, rest);
    assert_true(onri_split(&rest, '|', &a));
    const uint32_t x = who(c, onri_trim(a)), y = who(c, onri_trim(rest));
    if (onri_eqz(key, "=")) return x != ONR_NONE && x == y;
    return x == ONR_NONE || x != y;
}

static bool is_fact(onr_sv line)
{
    static const char *const keys[] = {
        "= ", "! ", "type ", "code ", "country ", "role ", "none "
    };
    if (line.n && line.p[0] == '~') line = onri_sub(line, 1, line.n);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (onri_starts(line, onri_svz(keys[i]))) return true;
    }
    return false;
}

static void actors__golden_cases(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 20);
    onr_sv all, line;
    unsigned cases = 0, facts = 0, failed = 0;
    assert_int_equal(onri_file_read(&mem, GOLDEN "cases.txt", 1 << 20, &all, NULL), ONR_OK);
    cast c = { 0 };
    char id[128] = "";
    while (onri_split(&all, '\n', &line)) {
        if (onri_starts(line, ONR_SV("## "))) {
            if (cases++) cast_drop(&c);
            const onr_sv name = onri_sub(line, 3, line.n);
            assert_true(name.n < sizeof id);
            memcpy(id, name.p, name.n);
            id[name.n] = 0;
            cast_read(&c, id);
            cast_make(&c, &know);
        } else if (cases && is_fact(line)) {
            const bool miss = line.p[0] == '~';
            const onr_sv fact = miss ? onri_sub(line, 1, line.n) : line;
            facts++;
            if (holds(&c, fact) == miss) {
                print_error("%s: %s%.*s\n", id, miss ? "holds now: " : "", (int)fact.n, fact.p);
                failed++;
            }
        }
    }
    if (cases) cast_drop(&c);
    onr_arena_drop(&mem);
    assert_true(cases >= 30 && facts > cases);
    assert_int_equal(failed, 0);
}

/* ---- dictionaries ------------------------------------------------------------------------------
 */

static void dict__knows_states_and_bodies(void **state)
{
    (void)state;
    const struct {
        const char *phrase, *country, *code;
        onr_entity_type type;
    } rows[] = {
        { "Iran", "IRN", "IRN", ONR_ENTITY_STATE },
        { "U.S.", "USA", "USA", ONR_ENTITY_STATE },
        { "Cote d'Ivoire", "CIV", "CIV", ONR_ENTITY_STATE },
        { "Kremlin", "RUS", "RUSGOV", ONR_ENTITY_ORGANIZATION },
        { "NATO", "", "IGONAT", ONR_ENTITY_ORGANIZATION },
        { "Reuters", "GBR", "GBRMED", ONR_ENTITY_MEDIUM },
        { "Hamburg", "DEU", "", ONR_ENTITY_PLACE },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const uint32_t t = onri_actor_term_find(&know, onri_svz(rows[i].phrase));
        assert_int_not_equal(t, ONR_NONE);
        const onri_actor_entry *e = &know.entries.at[know.terms.at[t].entry];
        assert_true(onri_eqz(e->country, rows[i].country));
        assert_true(onri_eqz(e->code, rows[i].code));
        assert_int_equal(e->type, rows[i].type);
    }
    assert_int_equal(onri_actor_term_find(&know, ONR_SV("Nowhereland")), ONR_NONE);
}

static void dict__every_state_has_name_and_adjective(void **state)
{
    (void)state;
    unsigned states = 0, adjectives = 0;
    for (uint32_t e = 0; e < know.n_builtin; e++) {
        if (know.entries.at[e].type != ONR_ENTITY_STATE || !know.entries.at[e].seat) continue;
        states++;
        assert_true(know.entries.at[e].name.n > 0);
        assert_int_equal(know.entries.at[e].country.n, 3);
        assert_int_equal(onri_actor_state(&know, know.entries.at[e].country), e);
    }
    for (uint32_t t = 0; t < know.terms.n; t++)
        adjectives += know.terms.at[t].kind == ONRI_TERM_ADJ;
    assert_true(states > 240);
    assert_true(adjectives > 200);
}

static void dict__gender_of_given_names(void **state)
{
    (void)state;
    assert_int_equal(onri_actor_given(&know, ONR_SV("Angela")), 'f');
    assert_int_equal(onri_actor_given(&know, ONR_SV("MAHMOUD")), 'm');
    assert_int_equal(onri_actor_given(&know, ONR_SV("Xyzzy")), 0);
}

/* A knowledge of its own: the shared one stays frozen. */
static void with_user_dictionary(onr_arena *mem, onri_actor_knowledge *k, const char *bytes)
{
    onr_error err = ONR_ERROR_INIT;
    *mem = onr_arena_make((size_t)256 << 20);
    assert_int_equal(onri_actor_knowledge_make(k, mem, NULL), ONR_OK);
    const onr_status s = onri_actor_dictionary_add(k, onri_svz(bytes), &err);
    if (s) print_error("line %u: %s\n", err.line, err.msg);
    assert_int_equal(s, ONR_OK);
}

static void dict__user_rows_win(void **state)
{
    (void)state;
    onr_arena mem;
    onri_actor_knowledge k;
    with_user_dictionary(&mem, &k,
                         "# ours\n"
                         "Maria Keller\tKeller|M. Keller\tperson\tAUT\tAUTLEG\tQ42\tf\n"
                         "Northern Rivers Council\t\torganization\tCAN\tCANGOV\n");
    cast c;
    cast_read(&c, "name-exact");
    cast_make(&c, &k);
    const uint32_t e = who(&c, ONR_SV("Maria Keller"));
    assert_int_not_equal(e, ONR_NONE);
    assert_true(onri_eqz(c.d.entities.at[e].code, "AUTLEG"));
    assert_true(onri_eqz(c.d.entities.at[e].wikidata, "Q42"));
    cast_drop(&c);
    cast_read(&c, "name-organization-part");
    cast_make(&c, &k);
    const uint32_t o = who(&c, ONR_SV("The Northern Rivers Council"));
    assert_int_not_equal(o, ONR_NONE);
    assert_true(onri_eqz(c.d.entities.at[o].code, "CANGOV"));
    cast_drop(&c);
    onr_arena_drop(&mem);
}

static void dict__petrarch_format(void **state)
{
    (void)state;
    onr_arena mem;
    onri_actor_knowledge k;
    with_user_dictionary(&mem, &k,
                         "# actors\n"
                         "MARIA_KELLER_ ; a comment\n"
                         "+KELLER_\n"
                         "\t[AUTOPP <100101]\n"
                         "\t[AUTLEG >100101]\n"
                         "LEAGUE_OF_LAKES_ [IGOLAK]\n"
                         "+LOL_\n"
                         "NOBODY_ [---]\n");
    const struct {
        const char *phrase, *code, *country;
    } rows[] = { { "Maria Keller", "AUTLEG", "AUT" },
                 { "KELLER", "AUTLEG", "AUT" },
                 { "League of Lakes", "IGOLAK", "" },
                 { "LOL", "IGOLAK", "" } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const uint32_t t = onri_actor_term_find(&k, onri_svz(rows[i].phrase));
        assert_int_not_equal(t, ONR_NONE);
        const onri_actor_entry *e = &k.entries.at[k.terms.at[t].entry];
        assert_true(onri_eqz(e->code, rows[i].code));
        assert_true(onri_eqz(e->country, rows[i].country));
    }
    onr_arena_drop(&mem);
}

static void dict__bad_rows_are_named(void **state)
{
    (void)state;
    const struct {
        const char *bytes;
        uint32_t line;
    } rows[] = {
        { "A\tB\tdragon\n", 1 },
        { "ok\t\tperson\n\tB\tperson\n", 2 },
        { "A\t\tperson\tEngland\n", 1 },
        { "A\t\tperson\tGBR\tGBRGOV\t\tx\n", 1 },
        { "a\tb\tperson\t\t\t\t\t\t\n", 1 },
        { "+OTHER_\nNAME_ [ABC]\n", 1 },
    };
    onr_arena mem = onr_arena_make((size_t)256 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        onri_actor_knowledge k;
        onr_error err = ONR_ERROR_INIT;
        assert_int_equal(onri_actor_knowledge_make(&k, &mem, NULL), ONR_OK);
        assert_int_equal(onri_actor_dictionary_add(&k, onri_svz(rows[i].bytes), &err),
                         ONR_E_SYNTAX);
        assert_int_equal(err.line, rows[i].line);
    }
    onr_arena_drop(&mem);
}

/* ---- what holds of any text ---------------------------------------------------------------------
 */

static void actors__nothing_in_nothing_out(void **state)
{
    (void)state;
    const onr_parse empty = { .text = ONR_SV("") };
    const onr_article article = { .text = ONR_SV("") };
    onr_arena mem = onr_arena_make(1 << 20), tmp = onr_arena_make(1 << 20);
    onri_draft d = { .keep = &mem, .tmp = &tmp, .article = &article, .parse = &empty };
    assert_int_equal(onri_find_actors(&d, &know, ONRI_CAST_STORY, NULL), ONR_OK);
    assert_int_equal(d.entities.n, 0);
    onr_arena_drop(&mem);
    onr_arena_drop(&tmp);
}

static void explain(cast *c, onri_buf *b)
{
    onri_buf_clear(b);
    onri_actors_explain(b, c->text, c->d.entities.at, c->d.entities.n, (onr_sv){ "", 0 });
    assert_int_equal(b->status, ONR_OK);
}

static void actors__same_input_same_cast(void **state)
{
    (void)state;
    cast c;
    onri_buf a = onri_buf_make(1 << 20), b = onri_buf_make(1 << 20);
    cast_read(&c, "role-country");
    cast_make(&c, &know);
    explain(&c, &a);
    c.d.entities.n = 0;
    cast_make(&c, &know);
    explain(&c, &b);
    assert_true(onri_eq(onri_buf_sv(&a), onri_buf_sv(&b)));
    assert_true(onri_find(onri_buf_sv(&a), ONR_SV("role\tp="), 0) != SIZE_MAX);
    onri_buf_drop(&a);
    onri_buf_drop(&b);
    cast_drop(&c);
}

static void actors__out_of_memory_is_reported(void **state)
{
    (void)state;
    unsigned failed = 0;
    for (size_t max = 64; max < ((size_t)1 << 20); max *= 2) {
        cast c;
        cast_read(&c, "role-country");
        onr_arena small = onr_arena_make(max);
        c.d.tmp = &small;
        onr_error err = ONR_ERROR_INIT;
        const onr_status s = onri_find_actors(&c.d, &know, ONRI_CAST_STORY, &err);
        assert_true(s == ONR_OK || s == ONR_E_LIMIT || s == ONR_E_NOMEM);
        if (s) assert_int_equal(c.d.entities.n, 0);
        failed += s != ONR_OK;
        onr_arena_drop(&small);
        cast_drop(&c);
    }
    assert_true(failed > 0);
}

/* The same paragraphs over and over: `times` copies of a parse behind each other. */
static void repeat_parse(const cast *c, uint32_t times, onr_parse *out, onr_arena *mem)
{
    const onr_parse *p = c->parse;
    const uint32_t n = p->n_tokens, step = (uint32_t)c->text.n + 2;
    onr_token *t = ONRI_NEW_N(mem, (size_t)n * times, onr_token);
    onr_tokens *s = ONRI_NEW_N(mem, (size_t)p->n_sentences * times, onr_tokens);
    onr_tokens *g = ONRI_NEW_N(mem, (size_t)p->n_paragraphs * times, onr_tokens);
    onr_entity_span *e = ONRI_NEW_N(mem, (size_t)p->n_entities * times + 1, onr_entity_span);
    char *text = ONRI_NEW_N(mem, (size_t)step * times, char);
    assert_true(t && s && g && e && text);
    for (uint32_t k = 0; k < times; k++) {
        memcpy(text + (size_t)k * step, c->text.p, c->text.n);
        memcpy(text + (size_t)k * step + c->text.n, "\n\n", 2);
        for (uint32_t i = 0; i < n; i++) {
            onr_token x = p->tokens[i];
            x.beg += k * step;
            x.end += k * step;
            x.head += k * n;
            x.l_edge += k * n;
            x.r_edge += k * n;
            x.sent += k * p->n_sentences;
            t[k * n + i] = x;
        }
        for (uint32_t i = 0; i < p->n_sentences; i++)
            s[k * p->n_sentences + i] =
                (onr_tokens){ p->sentences[i].beg + k * n, p->sentences[i].end + k * n };
        for (uint32_t i = 0; i < p->n_paragraphs; i++)
            g[k * p->n_paragraphs + i] =
                (onr_tokens){ p->paragraphs[i].beg + k * n, p->paragraphs[i].end + k * n };
        for (uint32_t i = 0; i < p->n_entities; i++) {
            onr_entity_span x = p->entities[i];
            x.beg += k * n;
            x.end += k * n;
            e[k * p->n_entities + i] = x;
        }
    }
    *out = (onr_parse){ .text = onri_sv(text, (size_t)step * times),
                        .tokens = t,
                        .n_tokens = n * times,
                        .sentences = s,
                        .n_sentences = p->n_sentences * times,
                        .paragraphs = g,
                        .n_paragraphs = p->n_paragraphs * times,
                        .entities = e,
                        .n_entities = p->n_entities * times };
}

static double seconds_for(const cast *c, uint32_t times)
{
    onr_arena mem = onr_arena_make((size_t)4 << 30), tmp = onr_arena_make((size_t)4 << 30);
    onr_parse p;
    repeat_parse(c, times, &p, &mem);
    const onr_article article = { .text = p.text };
    onri_draft d = { .keep = &mem, .tmp = &tmp, .article = &article, .parse = &p };
    const clock_t start = clock();
    assert_int_equal(onri_find_actors(&d, &know, ONRI_CAST_STORY, NULL), ONR_OK);
    const double took = (double)(clock() - start) / CLOCKS_PER_SEC;
    assert_true(d.entities.n > 0);
    onr_arena_drop(&mem);
    onr_arena_drop(&tmp);
    return took;
}

/* 200,000 words in time that grows with the words, not with their square. */
static void actors__long_articles_are_linear(void **state)
{
    (void)state;
    cast c;
    cast_read(&c, "pronoun-gender");
    const uint32_t once = 25000 / c.parse->n_tokens;
    const double small = seconds_for(&c, once), large = seconds_for(&c, 8 * once);
    cast_drop(&c);
    if (large > 8 * 3 * small + 0.2) print_error("%.3f s, %.3f s\n", small, large);
    assert_true(large <= 8 * 3 * small + 0.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(actors__golden_cases),
        cmocka_unit_test(dict__knows_states_and_bodies),
        cmocka_unit_test(dict__every_state_has_name_and_adjective),
        cmocka_unit_test(dict__gender_of_given_names),
        cmocka_unit_test(dict__user_rows_win),
        cmocka_unit_test(dict__petrarch_format),
        cmocka_unit_test(dict__bad_rows_are_named),
        cmocka_unit_test(actors__nothing_in_nothing_out),
        cmocka_unit_test(actors__same_input_same_cast),
        cmocka_unit_test(actors__out_of_memory_is_reported),
        cmocka_unit_test(actors__long_articles_are_linear),
    };
    return cmocka_run_group_tests(tests, make_knowledge, drop_knowledge);
}
