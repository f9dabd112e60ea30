/* A parse survives dump and load; what does not fit its text is refused with its line. */
#include "test.h"

#include "lang/conllu.h"
#include "onrecord/lang.h"

static const char text[] = "The U.S. said \xE2\x80\x9CNo\xE2\x80\x9D.\n\nHe left|_ \\ .";
static const char dump[] =
    "# newpar\n"
    "# sent_id = 1\n"
    "# text = The U.S. said \xE2\x80\x9CNo\xE2\x80\x9D.\n"
    "1\tThe\tthe\tDET\tDT\tDefinite=Def|PronType=Art\t2\tdet\t_\tStart=0|End=3|NER=O|Chunk=B\n"
    "2\tU.S.\tU.S.\tPROPN\tNNP\tNumber=Sing\t3\tnsubj\t_\tStart=4|End=8|NER=B-GPE|Chunk=I\n"
    "3\tsaid\tsay\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\tROOT\t_\tStart=9|End=13|NER=O\n"
    "4\t\xE2\x80\x9C\t\"\tPUNCT\t``\t_\t3\tpunct\t_\tStart=14|End=17|NER=O|Norm=\"|SpaceAfter=No\n"
    "5\tNo\tno\tINTJ\tUH\t_\t3\tintj\t_\tStart=17|End=19|NER=O|SpaceAfter=No\n"
    "6\t\xE2\x80\x9D\t\"\tPUNCT\t''\t_\t3\tpunct\t_\tStart=19|End=22|NER=O|Norm=\"|SpaceAfter=No\n"
    "7\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\tStart=22|End=23|NER=O|SpaceAfter=No\n"
    "\n"
    "# newpar\n"
    "# sent_id = 2\n"
    "# text = He left|_ \\\\ .\n"
    "1\tHe\the\tPRON\tPRP\t_\t2\tnsubj\t_\tStart=25|End=27|NER=O|Chunk=B\n"
    "2\tleft\tleave\tVERB\tVBD\t_\t0\tROOT\t_\tStart=28|End=32|NER=O|SpaceAfter=No\n"
    "3\t\\p\t\\p\tSYM\tSYM\t_\t2\tpunct\t_\tStart=32|End=33|NER=O|SpaceAfter=No\n"
    "4\t_\t_\tX\tXX\t_\t2\tdep\t_\tStart=33|End=34|NER=O\n"
    "5\t\\\\\t_\tPUNCT\t:\t_\t1\tpunct\t_\tStart=35|End=36|NER=O|Head=0\n"
    "6\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\tStart=37|End=38|NER=O|SpaceAfter=No\n"
    "\n";

static onr_status load(onr_arena *mem, const char *bytes, const onr_parse **out, onr_error *err)
{
    return onri_conllu_read(mem, onri_svz(bytes), onri_svz(text), out, err);
}

static void conllu__load_gives_the_parse(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 20);
    const onr_parse *p = NULL;
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(load(&mem, dump, &p, &err), ONR_OK);
    assert_int_equal(p->n_tokens, 13);
    assert_int_equal(p->n_sentences, 2);
    assert_int_equal(p->n_paragraphs, 2);
    assert_int_equal(p->n_entities, 1);
    assert_int_equal(p->entities[0].beg, 1);
    assert_int_equal(p->entities[0].end, 2);
    assert_int_equal(p->entities[0].type, ONR_ENT_GPE);
    assert_int_equal(p->n_chunks, 2); /* The U.S.; He */
    assert_int_equal(p->chunks[0].beg, 0);
    assert_int_equal(p->chunks[0].end, 2);
    assert_int_equal(p->tokens[2].l_edge, 0);
    assert_int_equal(p->tokens[2].r_edge, 6);
    assert_int_equal(p->tokens[2].head, 2);
    assert_int_equal(p->tokens[8].sent, 1);
    assert_int_equal(p->tokens[8].head, 8);
    assert_true(onri_eqz(p->tokens[8].lemma, "leave"));
    assert_true(onri_eqz(p->tokens[1].lower, "u.s."));
    assert_true(onri_eqz(p->tokens[1].norm, "u.s."));
    assert_true(onri_eqz(p->tokens[3].norm, "\""));
    assert_true(onri_eqz(p->tokens[10].lemma, "_"));
    assert_int_equal(p->tokens[11].lemma.n, 0);
    assert_true(p->tokens[7].flags & ONR_TOKEN_SENT_START);
    assert_true(p->tokens[7].flags & ONR_TOKEN_SPACE_AFTER);
    assert_false(p->tokens[8].flags & ONR_TOKEN_SPACE_AFTER);
    onr_arena_drop(&mem);
}

static bool collect(void *arg, onr_sv piece)
{
    onri_buf_add(arg, piece);
    return true;
}

static bool refuse(void *arg, onr_sv piece)
{
    (void)piece;
    return ++*(int *)arg < 1;
}

static void conllu__dump_load_dump_is_equal(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 20);
    const onr_parse *p = NULL, *q = NULL;
    assert_int_equal(load(&mem, dump, &p, NULL), ONR_OK);
    onri_buf b = onri_buf_make(1 << 20), c = onri_buf_make(1 << 20);
    onri_conllu_write(&b, p);
    onri_buf_addc(&b, '\0');
    /* Head=0 of a head inside the sentence is written in the plain way; all else byte for byte. */
    const char *odd = strstr(dump, "|Head=0");
    assert_memory_equal(b.p, dump, (size_t)(odd - dump));
    b.n--;
    assert_int_equal(onri_conllu_read(&mem, onri_buf_sv(&b), onri_svz(text), &q, NULL), ONR_OK);
    assert_int_equal(onr_parse_conllu(q, collect, &c, NULL), ONR_OK);
    assert_true(onri_eq(onri_buf_sv(&b), onri_buf_sv(&c)));
    int calls = 0;
    assert_int_equal(onr_parse_conllu(q, refuse, &calls, NULL), ONR_E_IO);
    assert_int_equal(calls, 1);
    onri_buf_drop(&b);
    onri_buf_drop(&c);
    onr_arena_drop(&mem);
}

static void conllu__what_does_not_fit_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        uint32_t line;
    } cases[] = {
        { "Start=4|End=8", "Start=2|End=8", 5 },     /* overlaps the word before */
        { "Start=4|End=8", "Start=4|End=9", 5 },     /* not the word */
        { "Start=17|End=19", "Start=15|End=19", 8 }, /* inside a character */
        { "Start=37|End=38", "Start=37|End=99", 20 },
        { "Start=4|", "", 5 },
        { "2\tU.S.", "3\tU.S.", 5 },
        { "2\tU.S.", "1-2\tU.S.", 5 },
        { "NNP", "NNPX", 5 },
        { "PROPN", "PROPER", 5 },
        { "nsubj", "subj", 5 },
        { "B-GPE", "B-GEP", 5 },
        { "B-GPE", "I-GPE", 0 },
        { "3\tnsubj", "x\tnsubj", 5 },
        { "3\tnsubj", "99\tnsubj", 5 },
        { "3\tnsubj", "9\tnsubj", 0 },
        { "\tnsubj\t_", "\tnsubj", 5 },
        { "Start=37|End=38|NER=O|", "Start=37|End=38|NER=O||NER=", 20 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *at = strstr(dump, cases[i].from);
        onri_buf b = onri_buf_make(1 << 20);
        onri_buf_add(&b, onri_sv(dump, (size_t)(at - dump)));
        onri_buf_addz(&b, cases[i].to);
        onri_buf_addz(&b, at + strlen(cases[i].from));
        onri_buf_addc(&b, '\0');
        onr_arena mem = onr_arena_make(1 << 20);
        const onr_parse *p = NULL;
        onr_error err = ONR_ERROR_INIT;
        const onr_status status = load(&mem, b.p, &p, &err);
        if (status != ONR_E_SYNTAX) print_error("case %zu: %s\n", i, cases[i].to);
        assert_int_equal(status, ONR_E_SYNTAX);
        if (cases[i].line) assert_int_equal(err.line, cases[i].line);
        assert_null(p);
        assert_int_equal(mem.used, 0);
        onri_buf_drop(&b);
    }
}

static void conllu__empty_and_cyclic_input_is_read(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 20);
    const onr_parse *p = NULL;
    assert_int_equal(load(&mem, "", &p, NULL), ONR_OK);
    assert_int_equal(p->n_tokens, 0);
    assert_int_equal(p->n_sentences, 0);
    /* Two words that are each other's heads: no tree, but it must end. */
    assert_int_equal(load(&mem,
                          "1\tThe\tthe\tX\tXX\t_\t2\tconj\t_\tStart=0|End=3\n"
                          "2\tU.S.\tx\tNOUN\tNN\t_\t1\tconj\t_\tStart=4|End=8",
                          &p, NULL),
                     ONR_OK);
    assert_int_equal(p->n_tokens, 2);
    onr_arena_drop(&mem);
}

static void conllu__bad_utf8_is_refused_with_its_place(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 20);
    const onr_parse *p = NULL;
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(load(&mem, "# x\xFF\n", &p, &err), ONR_E_UTF8);
    assert_int_equal(err.at, 3);
    assert_null(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conllu__load_gives_the_parse),
        cmocka_unit_test(conllu__dump_load_dump_is_equal),
        cmocka_unit_test(conllu__what_does_not_fit_is_refused),
        cmocka_unit_test(conllu__empty_and_cyclic_input_is_read),
        cmocka_unit_test(conllu__bad_utf8_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
