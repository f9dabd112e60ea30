/* What a user of the importer may rely on: a package becomes exactly the model it holds, and one
 * that is built otherwise, or lacks something, is refused with the thing that differs. */
#include "test.h"

#include "tiny_package.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static onr_arena mem;
static onr_model tiny_sm, tiny_md;
static char dir[] = "onr_import_XXXXXX";
static char wheel[64], made[64];

static int make(void **state)
{
    (void)state;
    mem = onr_arena_make((size_t)64 << 20);
    tiny_model_make(&mem, 1, false, &tiny_sm);
    tiny_model_make(&mem, 2, true, &tiny_md);
    /* One raw matrix, two projections: in the tiny package both matrices are the identity. */
    tiny_md.ner_t2v.vectors = tiny_md.t2v.vectors;
    if (!mkdtemp(dir)) return -1;
    (void)snprintf(wheel, sizeof wheel, "%s/tiny.whl", dir);
    (void)snprintf(made, sizeof made, "%s/tiny.onrm", dir);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    (void)unlink(wheel);
    (void)unlink(made);
    onr_arena_drop(&mem);
    return rmdir(dir); /* a file left behind fails the test */
}

static onr_status import(const onr_model *m, const tiny_change *change, onr_error *err)
{
    onri_buf b = tiny_package_make(m, change);
    assert_int_equal(onri_file_write(wheel, onri_buf_sv(&b), NULL), ONR_OK);
    onri_buf_drop(&b);
    return onr_model_import(wheel, NULL, made, err);
}

static bool same_floats(const float *a, const float *b, size_t n)
{
    return memcmp(a, b, n * sizeof *a) == 0;
}

static void assert_same_maxout(const onri_maxout *a, const onri_maxout *b)
{
    assert_int_equal(a->n_in, b->n_in);
    assert_true(same_floats(a->w, b->w, (size_t)ONRI_WIDTH * ONRI_PIECES * a->n_in));
    assert_true(same_floats(a->b, b->b, (size_t)ONRI_WIDTH * ONRI_PIECES));
    assert_true(same_floats(a->g, b->g, ONRI_WIDTH));
    assert_true(same_floats(a->beta, b->beta, ONRI_WIDTH));
}

static void assert_same_encoder(const onri_tok2vec *a, const onri_tok2vec *b, uint32_t n_rows)
{
    assert_int_equal(a->n_cols, b->n_cols);
    for (uint32_t c = 0; c < a->n_cols; c++) {
        assert_int_equal(a->col[c].feature, b->col[c].feature);
        assert_int_equal(a->col[c].rows, b->col[c].rows);
        assert_int_equal(a->col[c].seed, b->col[c].seed);
        assert_true(same_floats(a->col[c].E, b->col[c].E, (size_t)a->col[c].rows * ONRI_WIDTH));
    }
    assert_same_maxout(&a->mixer, &b->mixer);
    for (uint32_t l = 0; l < ONRI_DEPTH; l++) assert_same_maxout(&a->conv[l], &b->conv[l]);
    assert_int_equal(a->vectors != NULL, b->vectors != NULL);
    if (a->vectors) assert_true(same_floats(a->vectors, b->vectors, (size_t)n_rows * ONRI_WIDTH));
}

static void assert_same_scorer(const onri_scorer *a, const onri_scorer *b)
{
    assert_int_equal(a->n_feats, b->n_feats);
    assert_int_equal(a->n_moves, b->n_moves);
    const size_t lower = (size_t)a->n_feats * ONRI_HIDDEN * 2;
    assert_true(same_floats(a->in_w, b->in_w, (size_t)ONRI_HIDDEN * ONRI_WIDTH));
    assert_true(same_floats(a->in_b, b->in_b, ONRI_HIDDEN));
    assert_true(same_floats(a->lower_w, b->lower_w, lower * ONRI_HIDDEN));
    assert_true(same_floats(a->lower_b, b->lower_b, (size_t)ONRI_HIDDEN * 2));
    assert_true(same_floats(a->pad, b->pad, lower));
    assert_true(same_floats(a->upper_w, b->upper_w, (size_t)a->n_moves * ONRI_HIDDEN));
    assert_true(same_floats(a->upper_b, b->upper_b, a->n_moves));
}

static void assert_same_net(const onr_model *a, const onr_model *b)
{
    assert_int_equal(a->n_vector_rows, b->n_vector_rows);
    assert_same_encoder(&a->t2v, &b->t2v, a->n_vector_rows);
    assert_same_encoder(&a->ner_t2v, &b->ner_t2v, a->n_vector_rows);
    assert_int_equal(a->vector_keys.n, b->vector_keys.n);
    for (uint32_t i = 0; i < b->vector_keys.n; i++)
        assert_int_equal(onri_table64_get(&a->vector_keys, b->vector_keys.keys[i]),
                         b->vector_keys.vals[i]);
    assert_int_equal(a->n_tags, b->n_tags);
    assert_memory_equal(a->tags, b->tags, a->n_tags);
    assert_true(same_floats(a->tag_w, b->tag_w, (size_t)a->n_tags * ONRI_WIDTH));
    assert_true(same_floats(a->tag_b, b->tag_b, a->n_tags));
    assert_same_scorer(&a->parser, &b->parser);
    assert_same_scorer(&a->ner, &b->ner);
    assert_memory_equal(a->parser_moves, b->parser_moves, 3 * (size_t)a->parser.n_moves);
    assert_memory_equal(a->ner_moves, b->ner_moves, 3 * (size_t)a->ner.n_moves);
}

static bool same_word(const onr_model *a, onri_str x, const onr_model *b, onri_str y)
{
    return onri_eq(onri_model_str(a, x), onri_model_str(b, y));
}

static void assert_same_words(const onr_model *a, const onr_model *b)
{
    assert_true(same_word(a, a->prefix_re, b, b->prefix_re));
    assert_true(same_word(a, a->suffix_re, b, b->suffix_re));
    assert_true(same_word(a, a->infix_re, b, b->infix_re));
    assert_true(same_word(a, a->url_re, b, b->url_re));
    assert_int_equal(a->n_exceptions, b->n_exceptions);
    for (uint32_t i = 0; i < a->n_exceptions; i++) {
        assert_true(same_word(a, a->exceptions[i].text, b, b->exceptions[i].text));
        assert_int_equal(a->exceptions[i].n, b->exceptions[i].n);
        for (uint32_t k = 0; k < a->exceptions[i].n; k++) {
            const onri_exc_token *x = &a->exc_tokens[a->exceptions[i].first + k];
            const onri_exc_token *y = &b->exc_tokens[b->exceptions[i].first + k];
            assert_true(same_word(a, x->orth, b, y->orth));
            assert_int_equal(x->norm.n, y->norm.n);
            if (x->norm.n != UINT32_MAX) assert_true(same_word(a, x->norm, b, y->norm));
        }
    }
    assert_int_equal(a->norms.n, b->norms.n);
    for (uint32_t i = 0; i < b->norms.n; i++) {
        const uint32_t at = onri_table64_get(&a->norms, b->norms.keys[i]);
        assert_true(at < a->n_norm_words);
        assert_true(same_word(a, a->norm_words[at], b, b->norm_words[b->norms.vals[i]]));
    }
}

static void assert_same_lemmas(const onr_model *a, const onr_model *b)
{
    assert_int_equal(a->n_lemma, b->n_lemma);
    for (uint32_t i = 0; i < a->n_lemma; i++) {
        const onri_lemma_pos *x = &a->lemma[i], *y = &b->lemma[i];
        assert_true(x->has_rules && x->has_exc && x->has_index);
        assert_int_equal(x->pos, y->pos);
        assert_int_equal(x->n_rules, y->n_rules);
        for (uint32_t k = 0; k < x->n_rules; k++) {
            assert_true(same_word(a, x->rules[k].old, b, y->rules[k].old));
            assert_true(same_word(a, x->rules[k].new_, b, y->rules[k].new_));
        }
        assert_int_equal(x->n_index, y->n_index);
        assert_memory_equal(x->index, y->index, 8 * (size_t)x->n_index);
        assert_int_equal(x->exc.n, y->exc.n);
        for (uint32_t k = 0; k < y->exc.n; k++) {
            const uint32_t at = onri_table64_get(&x->exc, y->exc.keys[k]);
            const uint32_t *p = a->lemma_lists + at, *q = b->lemma_lists + y->exc.vals[k];
            assert_int_equal(p[0], q[0]);
            assert_true(same_word(a, a->lemma_words[p[1]], b, b->lemma_words[q[1]]));
        }
    }
}

static void assert_same_ruler(const onr_model *a, const onr_model *b)
{
    assert_int_equal(a->n_ruler_entries, b->n_ruler_entries);
    for (uint32_t i = 0; i < a->n_ruler_entries; i++) {
        const onri_ruler_entry *x = &a->ruler_entries[i], *y = &b->ruler_entries[i];
        assert_memory_equal(x, y, offsetof(onri_ruler_entry, morph));
        assert_true(same_word(a, x->morph, b, y->morph));
        assert_true(same_word(a, x->lemma, b, y->lemma));
    }
    assert_int_equal(a->n_ruler_alts, b->n_ruler_alts);
    assert_memory_equal(a->ruler_alts, b->ruler_alts, a->n_ruler_alts * sizeof *a->ruler_alts);
    assert_int_equal(a->n_ruler_specs, b->n_ruler_specs);
    assert_memory_equal(a->ruler_specs, b->ruler_specs, a->n_ruler_specs * sizeof *a->ruler_specs);
    assert_int_equal(a->n_ruler_conds, b->n_ruler_conds);
    for (uint32_t i = 0; i < a->n_ruler_conds; i++) {
        const onri_ruler_cond *x = &a->ruler_conds[i], *y = &b->ruler_conds[i];
        assert_true(x->attr == y->attr && x->op == y->op && x->flag == y->flag && x->n == y->n);
        for (uint32_t k = 0; k < x->n; k++) {
            if (x->attr == ONRI_RULER_LOWER)
                assert_true(
                    same_word(a, a->ruler_words[x->first + k], b, b->ruler_words[y->first + k]));
            else
                assert_int_equal(a->ruler_ids[x->first + k], b->ruler_ids[y->first + k]);
        }
    }
}

static void import__gives_the_model_of_the_package(void **state)
{
    (void)state;
    const onr_model *both[] = { &tiny_sm, &tiny_md };
    for (size_t i = 0; i < 2; i++) {
        onr_error err = ONR_ERROR_INIT;
        onr_model *m = NULL;
        if (import(both[i], NULL, &err) != ONR_OK) fail_msg("%s", err.msg);
        if (onr_model_open(made, &m, &err) != ONR_OK) fail_msg("%s", err.msg);
        assert_same_net(m, both[i]);
        assert_same_words(m, both[i]);
        assert_same_lemmas(m, both[i]);
        assert_same_ruler(m, both[i]);
        const onr_model_about a = onr_model_info(m);
        assert_true(onri_eq(a.name, both[i]->name));
        assert_true(onri_eqz(a.package, "tiny.whl"));
        assert_int_equal(a.package_sha256.n, 64);
        assert_true(onri_eqz(a.licence_text, "A licence.\n"));
        assert_true(onri_starts(a.sources_text, ONR_SV("What the model"))); /* our own copy */
        assert_true(onri_eqz(a.credits, "nobody\na seed; none"));
        onr_model_close(m);
    }
}

/* Same package, same bytes; the checksum is demanded when given. */
static void import__is_repeatable_and_checks_the_sha256(void **state)
{
    (void)state;
    onr_sv first, second;
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(import(&tiny_sm, NULL, NULL), ONR_OK);
    assert_int_equal(onri_file_read(&mem, made, ONR_MODEL_MAX, &first, NULL), ONR_OK);
    assert_int_equal(import(&tiny_sm, NULL, NULL), ONR_OK);
    assert_int_equal(onri_file_read(&mem, made, ONR_MODEL_MAX, &second, NULL), ONR_OK);
    assert_true(onri_eq(first, second));
    onr_model *m = NULL;
    char sha[65];
    assert_int_equal(onr_model_open(made, &m, NULL), ONR_OK);
    (void)snprintf(sha, sizeof sha, "%.64s", onr_model_info(m).package_sha256.p);
    onr_model_close(m);
    assert_int_equal(onr_model_import(wheel, sha, made, NULL), ONR_OK);
    sha[63] = sha[63] == '0' ? '1' : '0';
    (void)unlink(made);
    assert_int_equal(onr_model_import(wheel, sha, made, &err), ONR_E_MODEL);
    assert_non_null(strstr(err.msg, "sha256"));
    assert_int_equal(access(made, F_OK), -1); /* nothing stands there after a refusal */
}

static void import__refuses_what_is_built_otherwise(void **state)
{
    (void)state;
    static const struct {
        tiny_change change;
        const char *says;
    } cases[] = {
        { { "config.cfg", "\"en\"", "\"de\"" }, "lang" },
        { { "config.cfg", "spacy.Tokenizer.v1", "my.Tokenizer.v1" }, "@tokenizers" },
        { { "config.cfg", "\"tagger\",\"parser\"", "\"parser\",\"tagger\"" }, "pipeline" },
        { { "config.cfg", "disabled = [\"senter\"]", "disabled = []" }, "pipeline" },
        { { "config.cfg", ",\"ner\"]", "]" }, "pipeline" },
        { { "config.cfg", "Tok2Vec.v2", "Tok2Vec.v3" }, "Tok2Vec.v3" },
        { { "config.cfg", "MultiHashEmbed.v2", "CharacterEmbed.v2" }, "CharacterEmbed" },
        { { "config.cfg", "depth = 4", "depth = 8" }, "depth" },
        { { "config.cfg", "window_size = 1", "window_size = 2" }, "window_size" },
        { { "config.cfg", "maxout_pieces = 3", "maxout_pieces = 2" }, "maxout_pieces" },
        { { "config.cfg", "width = 96", "width = 256" }, "width" },
        { { "config.cfg", "hidden_width = 64", "hidden_width = 128" }, "hidden_width" },
        { { "config.cfg", "use_upper = true", "use_upper = false" }, "use_upper" },
        { { "config.cfg", "extra_state_tokens = false", "extra_state_tokens = true" }, "extra" },
        { { "config.cfg", "normalize = false", "normalize = true" }, "normalize" },
        { { "config.cfg", "mode = \"rule\"", "mode = \"lookup\"" }, "mode" },
        { { "config.cfg", "overwrite = false", "overwrite = true" }, "overwrite" },
        { { "config.cfg", "Tok2VecListener.v1", "Transformer.v1" }, "Transformer" },
        { { "config.cfg", "upstream = \"tok2vec\"", "upstream = \"other\"" }, "upstream" },
        { { "config.cfg", "[nlp]", "[nlp" }, "line 1" },
        { { "meta.json", "core_web", "core_new" }, "English core models" },
        { { "meta.json", "web_sm", "web_xl" }, "sm, md and lg" },
        { { "meta.json", "\"en\"", "\"de\"" }, "English core models" },
        { { "meta.json", "3.8.0", "2.3.0" }, "3.7 and 3.8" },
        { { "meta.json", "MIT", "GPL" }, "MIT" },
        { { "meta.json", "{", "[" }, "meta.json" },
        { { "parser/cfg", "\"beam_width\":1", "\"beam_width\":4" }, "beam_width" },
        { { "ner/cfg", "false", "true" }, "learn_tokens" },
        { { "ner/cfg", "[]", "[1]" }, "multitasks" },
        { { "tok2vec/model", "extract_features", "extract_feathers" }, "features" },
        { { "tok2vec/model", "SHAPE", "SHAKE" }, "feature" },
        { { "tok2vec/model", "<f4", "<f8" }, "type or shape" },
        { { "tok2vec/model", "seed", "seen" }, "seed" },
        { { "tok2vec/model", "\tlayernorm", "\tbatchnorm" }, "layer norm" },
        { { "ner/model", "expand_window", "expand_windoe" }, "depth" },
        { { "ner/model", "has_upper", "has_lower" }, "has_upper" },
        { { "parser/model", "precomputable_affine", "precomputable_afghan" }, "layers" },
        { { "parser/model", "nodes", "nodez" }, "thinc" },
        { { "tagger/model", "softmax_normalize", "softmax_localized" }, "softmax_normalize" },
        { { "tagger/cfg", "\"NNS\"", "\"NNX\"" }, "NNX" },
        { { "parser/moves", "nsubj", "nsubx" }, "nsubx" },
        { { "parser/moves", "\"dobj\":", "\"ROOT\":" }, "" }, /* another order is no harm */
        { { "ner/moves", "PERSON", "PARSON" }, "PARSON" },
        { { "ner/moves", "\"0\"", "\"9\"" }, "" },
        { { "tokenizer", "token_match", "token_hatch" }, "not known" },
        { { "tokenizer", "\xc0", "\xc3" }, "token_match" },
        { { "tokenizer", "n't", "n'x" }, "exceptions" },
        { { "vocab/lookups.bin", "lexeme_norm", "lexeme_prob" }, "lexeme_norm" },
        { { "lemmatizer/lookups/lookups.bin", "lemma_exc", "lemma_inc" }, "lemma_exc" },
        { { "attribute_ruler/patterns", "LOWER", "ORTH_" }, "key" },
        { { "attribute_ruler/patterns", "NOT_IN", "IS_NOT" }, "operator" },
        { { "attribute_ruler/patterns", "PROPN", "PROPX" }, "value" },
        { { "attribute_ruler/patterns", "LEMMA", "GEMMA" }, "attribute" },
        { { "attribute_ruler/patterns", "index", "endex" }, "index" },
        { { "vocab/vectors", "<f4", "<f8" }, "float32" },
        { { "vocab/vectors", "NUMPY", "NUMPI" }, ".npy" },
        { { "vocab/key2row", NULL, "" }, "" }, /* sm needs none, though it has one */
        { { "config.cfg", NULL, "" }, "config.cfg" },
        { { "tokenizer", NULL, "" }, "lacks its file tokenizer" },
        { { "tok2vec/model", NULL, "" }, "lacks its file tok2vec/model" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        onr_error err = ONR_ERROR_INIT;
        const onr_status st = import(&tiny_sm, &cases[i].change, &err);
        if (cases[i].says[0] == 0) continue;
        if (st != ONR_E_MODEL || !strstr(err.msg, cases[i].says))
            fail_msg("%s: %s -> %s: %s: %s", cases[i].change.file,
                     cases[i].change.from ? cases[i].change.from : "left out", cases[i].change.to,
                     onr_status_name(st), err.msg);
    }
}

static void import__refuses_vectors_it_cannot_look_up(void **state)
{
    (void)state;
    static const struct {
        tiny_change change;
        const char *says;
    } cases[] = {
        { { "vocab/vectors.cfg", "default", "floret" }, "mode" },
        { { "tok2vec/model", "ORTH", "NORM" }, "ORTH" },
        { { "ner/model", "static_vectors", "static_vektors" }, "not in both" },
        { { "vocab/key2row", NULL, "" }, "key2row" },
        { { "vocab/vectors", "(4, 96)", "(3, 96)" }, "shape and size" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        onr_error err = ONR_ERROR_INIT;
        const onr_status st = import(&tiny_md, &cases[i].change, &err);
        if (st != ONR_E_MODEL || !strstr(err.msg, cases[i].says))
            fail_msg("%s: %s: %s", cases[i].change.file, onr_status_name(st), err.msg);
    }
}

/* The n-th allocation fails, for n ever further apart: an error, no crash, no leak, no file. */
static void import__survives_want_of_memory(void **state)
{
    (void)state;
    assert_int_equal(import(&tiny_sm, NULL, NULL), ONR_OK);
    onr_status st = ONR_E_NOMEM;
    uint64_t n = 1;
    for (; n < 100000 && st != ONR_OK; n += 1 + n / 6) {
        (void)unlink(made);
        onri_heap_fail_at(n);
        st = onr_model_import(wheel, NULL, made, NULL);
        onri_heap_fail_at(0);
        if (st == ONR_OK) break;
        assert_int_equal(st, ONR_E_NOMEM);
        assert_int_equal(access(made, F_OK), -1);
    }
    assert_int_equal(st, ONR_OK);
    assert_true(n > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(import__gives_the_model_of_the_package),
        cmocka_unit_test(import__is_repeatable_and_checks_the_sha256),
        cmocka_unit_test(import__refuses_what_is_built_otherwise),
        cmocka_unit_test(import__refuses_vectors_it_cannot_look_up),
        cmocka_unit_test(import__survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
