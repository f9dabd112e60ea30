/* What a writer of rules may rely on: good rules match what they say, bad ones are refused with
 * the file, the line and the column. */
#include "rules/rules.h"
#include "test.h"

#include "lang/conllu.h"

static const char *const roles[] = { "who", "what", NULL };
static const char *const props[] = { "kind", NULL };
static const onri_vocabulary vocabulary = { roles, NULL, props };

static const char text[] = "The minister said Iran would not sign the deal.";
static const char parse[] =
    "# newpar\n# sent_id = 1\n"
    "1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\tStart=0|End=3|NER=O\n"
    "2\tminister\tminister\tNOUN\tNN\tNumber=Sing\t3\tnsubj\t_\tStart=4|End=12|NER=O\n"
    "3\tsaid\tsay\tVERB\tVBD\t_\t0\tROOT\t_\tStart=13|End=17|NER=O\n"
    "4\tIran\tIran\tPROPN\tNNP\tNumber=Sing\t7\tnsubj\t_\tStart=18|End=22|NER=B-GPE\n"
    "5\twould\twould\tAUX\tMD\t_\t7\taux\t_\tStart=23|End=28|NER=O\n"
    "6\tnot\tnot\tPART\tRB\t_\t7\tneg\t_\tStart=29|End=32|NER=O\n"
    "7\tsign\tsign\tVERB\tVB\t_\t3\tccomp\t_\tStart=33|End=37|NER=O\n"
    "8\tthe\tthe\tDET\tDT\t_\t9\tdet\t_\tStart=38|End=41|NER=O\n"
    "9\tdeal\tdeal\tNOUN\tNN\t_\t7\tdobj\t_\tStart=42|End=46|NER=O|SpaceAfter=No\n"
    "10\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\tStart=46|End=47|NER=O|SpaceAfter=No\n\n";

static onr_sv tables(void *ctx, const char *name)
{
    (void)ctx;
    if (strcmp(name, "verbs.tsv") == 0)
        return ONR_SV("# Fields: lemma frames kind\nsay\tthat quote\tassertion\nsign\tnp\tdeed\n");
    if (strcmp(name, "bare.tsv") == 0) return ONR_SV("say\tthat\n");
    return (onr_sv){ NULL, 0 };
}

typedef struct fixture {
    onr_arena mem;
    onri_book *book;
    onri_tree tree;
    onr_error err;
} fixture;

static onr_status compile(fixture *f, const char *rules)
{
    *f = (fixture){ .mem = onr_arena_make(1 << 24), .err = ONR_ERROR_INIT };
    assert_int_equal(onri_book_new(&f->mem, &vocabulary, &f->book, &f->err), ONR_OK);
    return onri_book_add(f->book, "my.rules", onri_svz(rules), tables, NULL, &f->err);
}

static void parse_text(fixture *f)
{
    const onr_parse *p = NULL;
    assert_int_equal(onri_conllu_read(&f->mem, onri_svz(parse), onri_svz(text), &p, &f->err),
                     ONR_OK);
    assert_int_equal(onri_tree_make(&f->mem, p, f->book, NULL, NULL, &f->tree, &f->err), ONR_OK);
}

static bool matches(const char *rules, uint32_t anchor)
{
    fixture f;
    assert_int_equal(compile(&f, rules), ONR_OK);
    parse_text(&f);
    onri_match m;
    const bool yes = onri_match_at(f.book, &f.tree, 0, anchor, 0, &m);
    onr_arena_drop(&f.mem);
    return yes;
}

static void rules__match_words_labels_and_edges(void **state)
{
    (void)state;
    assert_true(matches("rule a\n v: lemma=say\n who = v\n", 2));
    assert_false(matches("rule a\n v: lemma=say\n who = v\n", 6));
    assert_true(matches("rule a\n v: pos=VERB !lemma=sign\n who = v\n", 2));
    assert_true(
        matches("rule a\n v: pos=VERB\n c: child(ccomp) of v after v negated\n who = c\n", 2));
    assert_false(matches("rule a\n v: pos=VERB\n c: child(dobj) of v\n who = c\n", 2));
    assert_true(matches("rule a\n v: pos=VERB\n !c: child(dobj) of v\n who = v\n", 2));
    assert_true(matches("rule a\n v: pos=VERB\n ?c: child(dobj) of v\n who = c\n", 2));
    assert_true(matches("rule a\n v: lemma=sign\n o: down(any) of v lower=the\n who = o\n", 6));
    assert_true(matches("rule a\n v: lemma=sign\n h: up(ccomp) of v lemma=say\n who = h\n", 6));
    assert_true(matches("rule a\n v: lemma=sign\n s: actor of v ent=GPE name\n who = s\n", 6));
    assert_true(matches("rule a\n v: lemma=sign\n s: prev of v near v 0\n who = s\n", 6));
    assert_true(matches("rule a\n v: lemma=say root\n s: behind(nsubj) of v\n who = s\n", 2));
    assert_true(matches("rule a\n v: lemma=say root\n s: ahead(dobj) of v\n who = s\n", 2));
}

static void rules__read_tables_and_give_roles(void **state)
{
    (void)state;
    fixture f;
    assert_int_equal(compile(&f, "table verbs \"verbs.tsv\"\n"
                                 "rule say.that\n"
                                 "  v: lemma=@verbs.frames:that\n"
                                 "  c: child(ccomp) of v\n"
                                 "  s: actor of v\n"
                                 "  who = s.np\n"
                                 "  what = c.tree\n"
                                 "  kind = @verbs.kind(v)\n"),
                     ONR_OK);
    parse_text(&f);
    onri_match m;
    assert_true(onri_match_at(f.book, &f.tree, 0, 2, 0, &m));
    onri_piece piece[ONRI_RULE_PIECES_MAX];
    assert_int_equal(onri_match_role(f.book, &m, 0, piece), 1);
    onr_tokens t = onri_tree_extent(&f.tree, piece[0].token, piece[0].extent);
    assert_int_equal(t.beg, 0);
    assert_int_equal(t.end, 2);
    assert_int_equal(onri_match_role(f.book, &m, 1, piece), 1);
    t = onri_tree_extent(&f.tree, piece[0].token, piece[0].extent);
    assert_int_equal(t.beg, 3);
    assert_int_equal(t.end, 9);
    assert_true(onri_eqz(onri_match_prop(f.book, &f.tree, &m, 0), "assertion"));
    onr_arena_drop(&f.mem);
}

static void rules__of_a_later_file_take_the_place_of_earlier_ones(void **state)
{
    (void)state;
    fixture f;
    assert_int_equal(compile(&f, "list say = say\nrule a\n v: lemma=@say\n who = v\n"), ONR_OK);
    assert_int_equal(onri_book_add(f.book, "user.rules",
                                   ONR_SV("list say += sign\nrule a\n v: lemma=@say pos=VERB\n"
                                          " c: child(dobj) of v\n who = c\n"),
                                   NULL, NULL, &f.err),
                     ONR_OK);
    parse_text(&f);
    onri_match m;
    assert_int_equal(onri_book_count(f.book), 1);
    assert_false(onri_match_at(f.book, &f.tree, 0, 2, 0, &m));
    assert_true(onri_match_at(f.book, &f.tree, 0, 6, 0, &m));
    onr_arena_drop(&f.mem);
}

static void rules__that_are_wrong_say_where(void **state)
{
    (void)state;
    static const struct {
        const char *rules, *message;
    } bad[] = {
        { "rule a\n v: lemma=@x\n", "my.rules:2:12: no table or list 'x' is declared above" },
        { "rule a\n v: pos=VREB\n", "my.rules:2:9: 'VREB' is no part of speech" },
        { "rule a\n v: foo=1\n", "my.rules:2:9: 'foo' is no attribute" },
        { "rule a\n v: foo\n", "my.rules:2:5: 'foo' is no condition" },
        { "rule a\n v: pos=VERB\n c: kid of v\n", "my.rules:3:5: how the node hangs" },
        { "rule a\n v: pos=VERB\n c: child(xyz) of v\n", "'xyz' is no dependency label" },
        { "rule a\n v: pos=VERB\n c: child of w\n", "my.rules:3:14: no node 'w' above" },
        { "rule a\n v: pos=VERB\n whom = v\n", "'whom' is neither a role nor a property here" },
        { "rule a\n v: pos=VERB\n who = v.all\n", "'all' is no extent" },
        { "rule a\n v: pos=VERB\n v: next of v\n", "a node 'v' stands above already" },
        { "rule a\n ?v: pos=VERB\n who = v\n", "the first node" },
        { "rule a\n v: pos=VERB\n", "rule 'a' gives no role" },
        { "rule a\n", "rule 'a' has no node" },
        { "rule\n", "an id was expected" },
        { "v: pos=VERB\n", "a node outside a rule" },
        { "table v \"none.tsv\"\n", "my.rules:1:10: no file 'none.tsv'" },
        { "table v \"bare.tsv\"\n", "bare.tsv:1: a row before the '# Fields:' line" },
        { "table v \"verbs.tsv\"\nrule a\n v: lemma=@v.frame:x\n",
          "table 'v' has no column 'frame'" },
        { "rule a\n v: pos=VERB\n who = v\nrule a\n v: pos=VERB\n who = v\n", "a second rule 'a'" },
        { "rule a\n v:\n who = v\n", "the first node needs a condition" },
        { "rule a\n v: pos=VERB\n !n: child of v\n who = n\n", "must not be there" },
        { "list a x\n", "'=' was expected" },
        { "rule a wild\n", "'each', 'off' or 'group NAME' was expected" },
        { "rule a\n v: near\n", "the name of a node was expected" },
        { "rule a\n v: morph=Tense\n", "morph wants Name:Value" },
        { "rule a\n v: pos=VERB\n who = v ,\n", "'..', '+' or the end of the line" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        fixture f;
        assert_int_equal(compile(&f, bad[i].rules), ONR_E_SYNTAX);
        if (!strstr(f.err.msg, bad[i].message)) fail_msg("%s", f.err.msg);
        onr_arena_drop(&f.mem);
    }
}

static void rules__stop_at_their_ceilings(void **state)
{
    (void)state;
    fixture f;
    onri_buf rules = onri_buf_make(4096);
    onri_buf_addz(&rules, "rule a\n n0: pos=VERB\n");
    for (int i = 1; i < ONRI_RULE_NODES_MAX; i++)
        onri_buf_fmt(&rules, " n%d: next of n%d\n", i, i - 1);
    const size_t full = rules.n;
    onri_buf_fmt(&rules, " who = n0\n%c", 0);
    assert_int_equal(compile(&f, rules.p), ONR_OK);
    onr_arena_drop(&f.mem);
    rules.n = full;
    onri_buf_fmt(&rules, " x: next of n0\n who = n0\n%c", 0);
    assert_int_equal(compile(&f, rules.p), ONR_E_SYNTAX);
    onr_arena_drop(&f.mem);
    onri_buf_drop(&rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules__match_words_labels_and_edges),
        cmocka_unit_test(rules__read_tables_and_give_roles),
        cmocka_unit_test(rules__of_a_later_file_take_the_place_of_earlier_ones),
        cmocka_unit_test(rules__that_are_wrong_say_where),
        cmocka_unit_test(rules__stop_at_their_ceilings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
