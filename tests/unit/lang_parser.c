/* The parser on a tiny random model: whatever it decides, spans, heads, sentences, entities and
 * chunks fit together; the parse depends on the text alone; limits and lack of memory are answered.
 */
#include "prop.h"

#include "lang/conllu.h"
#include "lang/parser.h"
#include "tiny_model.h"

enum { MEM = 512 * 1024 * 1024 };
static onr_arena model_mem;
static onr_model model;

static onr_parser *new_parser(void)
{
    onr_parser *p = NULL;
    onr_parser_opts opts = ONR_PARSER_OPTS_INIT;
    opts.memo = 64;
    onr_error err = ONR_ERROR_INIT;
    if (onr_parser_new(&model, &opts, &p, &err) != ONR_OK) fail_msg("%s", err.msg);
    return p;
}

static const onr_parse *parse(onr_parser *p, onr_arena *mem, onr_sv text, bool whole)
{
    const onr_parse *out = NULL;
    onr_error err = ONR_ERROR_INIT;
    if (onr_parse_text(p, mem, text, whole, &out, &err) != ONR_OK) fail_msg("%s", err.msg);
    return out;
}

static void check_cover(const onr_tokens *at, uint32_t n, uint32_t n_tokens)
{
    uint32_t next = 0;
    for (uint32_t i = 0; i < n; i++) {
        assert_int_equal(at[i].beg, next);
        assert_true(at[i].end > at[i].beg);
        next = at[i].end;
    }
    assert_int_equal(next, n_tokens);
}

static void check_token(const onr_parse *p, uint32_t i, const onr_tokens *par)
{
    const onr_token *t = &p->tokens[i];
    assert_true(t->end > t->beg && t->end <= p->text.n);
    if (i) assert_true(t->beg >= p->tokens[i - 1].end);
    const onr_sv word = onri_sub(p->text, t->beg, t->end);
    assert_int_equal(onri_utf8_check(word), word.n);
    assert_true(t->head >= par->beg && t->head < par->end);
    assert_true(t->l_edge >= par->beg && t->l_edge <= i);
    assert_true(t->r_edge < par->end && t->r_edge >= i);
    assert_true(t->sent < p->n_sentences);
    const onr_tokens *s = &p->sentences[t->sent];
    assert_true(i >= s->beg && i < s->end);
    assert_int_equal(i == s->beg, (t->flags & ONR_TOKEN_SENT_START) != 0);
    if (t->flags & ONR_TOKEN_SPACE_AFTER) assert_int_equal(p->text.p[t->end], ' ');
    assert_true(t->lemma.p && t->norm.p && t->lower.p && t->morph.p);
    assert_true(t->lemma.n > 0 && t->norm.n > 0 && t->lower.n > 0);
    if (t->ent_iob == 'O')
        assert_int_equal(t->ent, ONR_ENT_NONE);
    else
        assert_int_not_equal(t->ent, ONR_ENT_NONE);
}

static void check(const onr_parse *p)
{
    check_cover(p->sentences, p->n_sentences, p->n_tokens);
    check_cover(p->paragraphs, p->n_paragraphs, p->n_tokens);
    for (uint32_t k = 0; k < p->n_paragraphs; k++)
        for (uint32_t i = p->paragraphs[k].beg; i < p->paragraphs[k].end; i++)
            check_token(p, i, &p->paragraphs[k]);
    uint32_t next = 0;
    for (uint32_t k = 0; k < p->n_entities; k++) {
        const onr_entity_span *e = &p->entities[k];
        assert_true(e->beg >= next && e->end > e->beg && e->end <= p->n_tokens);
        assert_int_equal(p->tokens[e->beg].ent_iob, 'B');
        for (uint32_t i = e->beg; i < e->end; i++) assert_int_equal(p->tokens[i].ent, e->type);
        next = e->end;
    }
    next = 0;
    for (uint32_t k = 0; k < p->n_chunks; k++) {
        assert_true(p->chunks[k].beg >= next && p->chunks[k].end > p->chunks[k].beg);
        next = p->chunks[k].end;
    }
    assert_true(next <= p->n_tokens);
}

static onri_buf random_text(rng *r, uint32_t n)
{
    static const char *const parts[] = { "The ", "man",  " said", "don't",  ". ",     " Berlin",
                                         "\n",   "  ",   "\t",    "gon na", "\u00C9", ", ",
                                         "\"",   "mice", "X",     "\u4E2D", "U.S.",   "\u2028",
                                         "s",    " was", "-" };
    onri_buf b = onri_buf_make(1 << 24);
    for (uint32_t k = 0; k < n; k++)
        onri_buf_addz(&b, parts[rng_below(r, sizeof parts / sizeof *parts)]);
    return b;
}

static void parser__parses_fit_together(void **state)
{
    (void)state;
    rng r = rng_start("parses");
    onr_parser *p = new_parser();
    for (int round = 0; round < 200; round++) {
        onri_buf b = random_text(&r, rng_below(&r, 80));
        onr_arena mem = onr_arena_make(MEM);
        check(parse(p, &mem, onri_buf_sv(&b), false));
        check(parse(p, &mem, onri_buf_sv(&b), true));
        onr_arena_drop(&mem);
        onri_buf_drop(&b);
    }
    onr_parser_free(p);
}

static onri_buf dump(const onr_parse *p)
{
    onri_buf b = onri_buf_make(1 << 26);
    onri_conllu_write(&b, p);
    assert_int_equal(b.status, ONR_OK);
    return b;
}

static void parser__a_parse_depends_on_its_text_alone(void **state)
{
    (void)state;
    rng r = rng_start("alone");
    onr_parser *used = new_parser();
    for (int round = 0; round < 30; round++) {
        onri_buf text = random_text(&r, 1 + rng_below(&r, 300));
        onr_arena mem = onr_arena_make(MEM);
        onr_parser *fresh = new_parser();
        onri_buf a = dump(parse(used, &mem, onri_buf_sv(&text), round & 1));
        onri_buf b = dump(parse(fresh, &mem, onri_buf_sv(&text), round & 1));
        assert_true(onri_eq(onri_buf_sv(&a), onri_buf_sv(&b)));
        /* Dump, load, dump. */
        const onr_parse *again = NULL;
        onr_error err = ONR_ERROR_INIT;
        if (onri_conllu_read(&mem, onri_buf_sv(&a), onri_buf_sv(&text), &again, &err) != ONR_OK)
            fail_msg("line %u: %s", err.line, err.msg);
        onri_buf c = dump(again);
        assert_true(onri_eq(onri_buf_sv(&a), onri_buf_sv(&c)));
        onri_buf_drop(&a);
        onri_buf_drop(&b);
        onri_buf_drop(&c);
        onr_parser_free(fresh);
        onr_arena_drop(&mem);
        onri_buf_drop(&text);
    }
    onr_parser_free(used);
}

static void parser__paragraphs_are_parsed_by_themselves(void **state)
{
    (void)state;
    onr_parser *p = new_parser();
    onr_arena mem = onr_arena_make(MEM);
    const onr_parse *both = parse(p, &mem, ONR_SV("The man said.\n\n  He was in Berlin \n"), false);
    const onr_parse *a = parse(p, &mem, ONR_SV("The man said."), true);
    const onr_parse *b = parse(p, &mem, ONR_SV("He was in Berlin"), true);
    assert_int_equal(both->n_paragraphs, 2);
    assert_int_equal(both->n_tokens, a->n_tokens + b->n_tokens);
    for (uint32_t i = 0; i < both->n_tokens; i++) {
        const bool first = i < a->n_tokens;
        const onr_token *t = &both->tokens[i],
                        *u = first ? &a->tokens[i] : &b->tokens[i - a->n_tokens];
        assert_int_equal(t->tag, u->tag);
        assert_int_equal(t->dep, u->dep);
        assert_int_equal(t->head, u->head + (first ? 0 : a->n_tokens));
        assert_int_equal(t->beg, u->beg + (first ? 0 : 17));
    }
    onr_arena_drop(&mem);
    onr_parser_free(p);
}

static void parser__long_texts_run_in_batches(void **state)
{
    (void)state;
    rng r = rng_start("batches");
    onr_parser *p = new_parser();
    onr_arena mem = onr_arena_make(MEM);
    onri_buf b = random_text(&r, 40000); /* more than two batches of 8,192 tokens */
    const onr_parse *all = parse(p, &mem, onri_buf_sv(&b), false);
    check(all);
    assert_true(all->n_tokens > 2 * 8192);
    assert_ptr_equal(all->text.p, b.p);
    onri_buf_drop(&b);
    onr_arena_drop(&mem);
    onr_parser_free(p);
}

static void parser__nothing_gives_an_empty_parse(void **state)
{
    (void)state;
    onr_parser *p = new_parser();
    onr_arena mem = onr_arena_make(MEM);
    assert_int_equal(parse(p, &mem, ONR_SV(""), false)->n_tokens, 0);
    assert_int_equal(parse(p, &mem, ONR_SV(""), true)->n_sentences, 0);
    assert_int_equal(parse(p, &mem, ONR_SV(" \n "), false)->n_paragraphs, 0);
    assert_int_equal(parse(p, &mem, ONR_SV(" \n "), true)->n_tokens, 1);
    onr_arena_drop(&mem);
    onr_parser_free(p);
}

static void parser__refuses_bad_utf8_and_too_long_texts(void **state)
{
    (void)state;
    onr_parser *p = new_parser();
    onr_arena mem = onr_arena_make(MEM);
    const onr_parse *out = NULL;
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onr_parse_text(p, &mem, ONR_SV("a \xC3"), false, &out, &err), ONR_E_UTF8);
    assert_int_equal(err.at, 2);
    char *big = calloc(ONR_TEXT_MAX + 1, 1);
    assert_non_null(big);
    memset(big, ' ', ONR_TEXT_MAX + 1);
    assert_int_equal(onr_parse_text(p, &mem, onri_sv(big, ONR_TEXT_MAX + 1), false, &out, &err),
                     ONR_E_LIMIT);
    assert_int_equal(onr_parse_text(p, &mem, onri_sv(big, ONR_WHOLE_MAX + 1), true, &out, &err),
                     ONR_E_LIMIT);
    assert_null(out);
    assert_int_equal(mem.used, 0);
    assert_int_equal(onr_parse_text(p, &mem, onri_sv(big, ONR_TEXT_MAX), false, &out, &err),
                     ONR_OK);
    assert_int_equal(out->n_tokens, 0);
    assert_int_equal(onr_parse_text(p, &mem, onri_sv(big, ONR_WHOLE_MAX), true, &out, &err),
                     ONR_OK);
    assert_int_equal(out->n_tokens, 1);
    free(big);
    onr_arena_drop(&mem);
    onr_parser_free(p);
}

static void parser__a_small_arena_is_a_limit_not_a_crash(void **state)
{
    (void)state;
    onr_parser *p = new_parser();
    const onr_sv text = ONR_SV("The men said mice don't eat \"houses\" in Berlin.\nNo.");
    for (size_t max = 0; max < 8000; max += 256) {
        onr_arena mem = onr_arena_make(max);
        const onr_parse *out = NULL;
        const onr_status status = onr_parse_text(p, &mem, text, false, &out, NULL);
        assert_true(status == ONR_OK || status == ONR_E_LIMIT);
        if (status == ONR_OK)
            check(out);
        else
            assert_int_equal(mem.used, 0);
        onr_arena_drop(&mem);
    }
    onr_parser_free(p);
}

/* Every allocation fails once, in making a parser and in parsing; afterwards all works again. */
static void parser__every_failed_allocation_is_answered(void **state)
{
    (void)state;
    const onr_sv text = ONR_SV("The men said mice don't \u00C9 gon na.\nHe (was) in Berlin, X.");
    uint32_t failures = 0;
    for (uint64_t nth = 1;; nth++) {
        onr_parser *p = NULL;
        const onr_parse *out = NULL;
        onr_arena mem = onr_arena_make(MEM);
        onri_heap_fail_at(nth);
        onr_status status = onr_parser_new(&model, NULL, &p, NULL);
        if (status == ONR_OK) status = onr_parse_text(p, &mem, text, false, &out, NULL);
        onri_heap_fail_at(0);
        if (status == ONR_OK) {
            check(out);
        } else {
            assert_int_equal(status, ONR_E_NOMEM);
            assert_null(out);
            failures++;
            /* The parser that failed is as good as new. */
            if (p) check(parse(p, &mem, text, false));
        }
        onr_parser_free(p);
        onr_arena_drop(&mem);
        if (status == ONR_OK && nth > 2000) break;
        if (status == ONR_OK && failures && nth > failures + 40) break;
    }
    print_message("%u allocations failed\n", failures);
    assert_true(failures > 20);
}

static int set_up(void **state)
{
    (void)state;
    model_mem = onr_arena_make((size_t)64 << 20);
    tiny_model_make(&model_mem, 1, false, &model);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    onr_arena_drop(&model_mem);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parser__parses_fit_together),
        cmocka_unit_test(parser__a_parse_depends_on_its_text_alone),
        cmocka_unit_test(parser__paragraphs_are_parsed_by_themselves),
        cmocka_unit_test(parser__long_texts_run_in_batches),
        cmocka_unit_test(parser__nothing_gives_an_empty_parse),
        cmocka_unit_test(parser__refuses_bad_utf8_and_too_long_texts),
        cmocka_unit_test(parser__a_small_arena_is_a_limit_not_a_crash),
        cmocka_unit_test(parser__every_failed_allocation_is_answered),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
