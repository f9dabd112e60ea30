/* A tiny language model, made from a seed: the shapes of the real ones with few rows, labels and
 * words, and weights from a random generator. It parses nothing sensibly, but every part of the
 * engine runs on it, so no unit test needs a download. Nothing here comes from a real model.
 *
 *   onr_arena mem = onr_arena_make((size_t)64 << 20);
 *   onr_model m;
 *   tiny_model_make(&mem, 1, false, &m);   // all memory is the arena's
 */
#ifndef ONR_TINY_MODEL_H
#define ONR_TINY_MODEL_H

#include "lang/model_format.h"

#include <stdlib.h>

typedef struct tiny {
    onr_arena *mem;
    uint64_t seed;
    onri_buf pool;
    onr_model *m;
} tiny;

static inline uint64_t tiny_random(tiny *t)
{
    t->seed += 0x9e3779b97f4a7c15u; /* splitmix64 */
    return onri_hash_u64(t->seed);
}

/* Floats in [-scale, scale), 64-byte aligned. */
static inline float *tiny_floats(tiny *t, size_t n, float scale)
{
    char *raw = onr_alloc(t->mem, n * 4 + 64);
    ONR_ASSERT(raw);
    float *p = (float *)(void *)(raw + (64 - (uintptr_t)raw % 64) % 64);
    for (size_t i = 0; i < n; i++)
        p[i] = ((float)(tiny_random(t) >> 40) / 8388608.0F - 1.0F) * scale;
    return p;
}

static inline onri_str tiny_word(tiny *t, const char *word)
{
    const onri_str s = { (uint32_t)t->pool.n, (uint32_t)strlen(word) };
    onri_buf_addz(&t->pool, word);
    ONR_ASSERT(t->pool.status == ONR_OK);
    return s;
}

static inline void tiny_maxout(tiny *t, onri_maxout *x, uint32_t n_in)
{
    x->n_in = n_in;
    x->w = tiny_floats(t, (size_t)ONRI_WIDTH * ONRI_PIECES * n_in, 0.08F);
    x->b = tiny_floats(t, (size_t)ONRI_WIDTH * ONRI_PIECES, 0.1F);
    x->g = tiny_floats(t, ONRI_WIDTH, 1.0F);
    x->beta = tiny_floats(t, ONRI_WIDTH, 0.1F);
}

static inline void tiny_encoder(tiny *t, onri_tok2vec *e, uint32_t n_cols, uint32_t n_vector_rows)
{
    static const uint32_t rows[ONRI_COLS_MAX] = { 61, 29, 37, 31, 5, 5 };
    e->n_cols = n_cols;
    for (uint32_t c = 0; c < n_cols; c++)
        e->col[c] = (onri_hashcol){ (onri_feature)c, rows[c], 8 + c,
                                    tiny_floats(t, (size_t)rows[c] * ONRI_WIDTH, 0.5F) };
    tiny_maxout(t, &e->mixer, ONRI_WIDTH * (n_cols + (n_vector_rows != 0)));
    for (uint32_t l = 0; l < ONRI_DEPTH; l++) tiny_maxout(t, &e->conv[l], 3 * ONRI_WIDTH);
    e->vectors = n_vector_rows ? tiny_floats(t, (size_t)n_vector_rows * ONRI_WIDTH, 0.5F) : NULL;
}

static inline void tiny_scorer(tiny *t, onri_scorer *s, uint32_t n_feats, uint32_t n_moves)
{
    s->n_feats = n_feats;
    s->n_moves = n_moves;
    s->in_w = tiny_floats(t, (size_t)ONRI_HIDDEN * ONRI_WIDTH, 0.3F);
    s->in_b = tiny_floats(t, ONRI_HIDDEN, 0.1F);
    s->lower_w = tiny_floats(t, (size_t)n_feats * ONRI_HIDDEN * 2 * ONRI_HIDDEN, 0.2F);
    s->lower_b = tiny_floats(t, (size_t)ONRI_HIDDEN * 2, 0.1F);
    s->pad = tiny_floats(t, (size_t)n_feats * ONRI_HIDDEN * 2, 0.2F);
    s->upper_w = tiny_floats(t, (size_t)n_moves * ONRI_HIDDEN, 0.4F);
    s->upper_b = tiny_floats(t, n_moves, 0.1F);
}

static const uint8_t tiny_tags[] = { ONR_TAG_COMMA, ONR_TAG_PERIOD, ONR_TAG_DT,  ONR_TAG_IN,
                                     ONR_TAG_JJ,    ONR_TAG_NN,     ONR_TAG_NNP, ONR_TAG_NNS,
                                     ONR_TAG_PRP,   ONR_TAG_VBD,    ONR_TAG_VBZ, ONR_TAG_SP };
static const onri_move tiny_parser_moves[] = {
    { ONRI_ACT_SHIFT, 0, 0 },
    { ONRI_ACT_REDUCE, 0, 0 },
    { ONRI_ACT_LEFT, ONR_DEP_DET, 0 },
    { ONRI_ACT_LEFT, ONR_DEP_NSUBJ, 0 },
    { ONRI_ACT_LEFT, ONR_DEP_ADVMOD, ONR_DEP_CONJ },
    { ONRI_ACT_RIGHT, ONR_DEP_DOBJ, 0 },
    { ONRI_ACT_RIGHT, ONR_DEP_PUNCT, 0 },
    { ONRI_ACT_RIGHT, ONR_DEP_CONJ, 0 },
    { ONRI_ACT_RIGHT, ONR_DEP_PREP, ONR_DEP_DOBJ },
    { ONRI_ACT_BREAK, ONR_DEP_ROOT, 0 },
};
static const onri_move tiny_ner_moves[] = {
    { ONRI_BILOU_B, ONR_ENT_ORG, 0 },  { ONRI_BILOU_B, ONR_ENT_PERSON, 0 },
    { ONRI_BILOU_I, ONR_ENT_ORG, 0 },  { ONRI_BILOU_I, ONR_ENT_PERSON, 0 },
    { ONRI_BILOU_L, ONR_ENT_ORG, 0 },  { ONRI_BILOU_L, ONR_ENT_PERSON, 0 },
    { ONRI_BILOU_U, ONR_ENT_ORG, 0 },  { ONRI_BILOU_U, ONR_ENT_PERSON, 0 },
    { ONRI_BILOU_U, ONR_ENT_NONE, 0 }, { ONRI_BILOU_O, ONR_ENT_NONE, 0 },
};
#define TINY_COUNT(a) ((uint32_t)(sizeof(a) / sizeof *(a)))

typedef struct tiny_pair {
    uint64_t key;
    uint32_t val;
} tiny_pair;

static inline int tiny_by_key(const void *a, const void *b)
{
    const tiny_pair *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

/* Words as a sorted table: id of word i -> vals[i] (NULL: i). */
static inline onri_table64 tiny_table(tiny *t, const char *const *words, uint32_t n,
                                      const uint32_t *vals)
{
    tiny_pair pairs[16];
    ONR_ASSERT(n <= 16);
    uint64_t *keys = ONRI_NEW_N(t->mem, n, uint64_t);
    uint32_t *to = ONRI_NEW_N(t->mem, n, uint32_t);
    ONR_ASSERT(keys && to);
    for (uint32_t i = 0; i < n; i++)
        pairs[i] = (tiny_pair){ onri_strid(onri_svz(words[i])), vals ? vals[i] : i };
    qsort(pairs, n, sizeof *pairs, tiny_by_key);
    for (uint32_t i = 0; i < n; i++) {
        keys[i] = pairs[i].key;
        to[i] = pairs[i].val;
    }
    return (onri_table64){ keys, to, n };
}

static inline void tiny_exceptions(tiny *t)
{
    /* Sorted by bytes; tokens and norms side by side, NULL ends a row. */
    static const struct {
        const char *text, *orth[3], *norm[3];
    } all[] = {
        { "\n", { "\n" }, { NULL } },
        { "'s", { "'s" }, { "'s" } },
        { "Jan.", { "Jan." }, { "January" } },
        { "U.S.", { "U.S." }, { NULL } },
        { "can't", { "ca", "n't" }, { "can", "not" } },
        { "don't", { "do", "n't" }, { NULL, "not" } },
    };
    onri_exception *e = ONRI_NEW_N(t->mem, TINY_COUNT(all), onri_exception);
    onri_exc_token *k = ONRI_NEW_N(t->mem, TINY_COUNT(all) * 2, onri_exc_token);
    ONR_ASSERT(e && k);
    uint32_t n = 0;
    for (uint32_t i = 0; i < TINY_COUNT(all); i++) {
        e[i].text = tiny_word(t, all[i].text);
        e[i].first = n;
        for (uint32_t j = 0; all[i].orth[j]; j++, n++) {
            k[n].orth = tiny_word(t, all[i].orth[j]);
            k[n].norm = all[i].norm[j] ? tiny_word(t, all[i].norm[j]) : (onri_str){ 0, UINT32_MAX };
        }
        e[i].n = n - e[i].first;
    }
    t->m->exceptions = e;
    t->m->n_exceptions = TINY_COUNT(all);
    t->m->exc_tokens = k;
    t->m->n_exc_tokens = n;
}

static inline void tiny_lemmas(tiny *t)
{
    static const char *const noun_exc[] = { "men", "mice" }, *const verb_exc[] = { "said", "was" };
    static const char *const noun_known[] = { "house", "man", "word" }, *const verb_known[] = {
        "be", "deny", "say"
    };
    static const char *const rules[][2] = { { "s", "" }, { "ies", "y" }, { "ed", "" } };
    onr_model *m = t->m;
    onri_lemma_rule *r = ONRI_NEW_N(t->mem, 3, onri_lemma_rule);
    onri_str *words = ONRI_NEW_N(t->mem, 4, onri_str);
    uint32_t *lists = ONRI_NEW_N(t->mem, 8, uint32_t);
    ONR_ASSERT(r && words && lists);
    for (uint32_t i = 0; i < 3; i++)
        r[i] = (onri_lemma_rule){ tiny_word(t, rules[i][0]), tiny_word(t, rules[i][1]) };
    static const char *const lemmas[] = { "man", "mouse", "say", "be" };
    static const uint32_t noun_rows[] = { 0, 2 }, verb_rows[] = { 4, 6 };
    for (uint32_t i = 0; i < 4; i++) {
        words[i] = tiny_word(t, lemmas[i]);
        lists[2 * i] = 1;
        lists[2 * i + 1] = i;
    }
    m->lemma[0] = (onri_lemma_pos){ .pos = ONR_POS_NOUN,
                                    .has_rules = true,
                                    .has_exc = true,
                                    .has_index = true,
                                    .rules = r,
                                    .n_rules = 2,
                                    .exc = tiny_table(t, noun_exc, 2, noun_rows),
                                    .index = tiny_table(t, noun_known, 3, NULL).keys,
                                    .n_index = 3 };
    m->lemma[1] = (onri_lemma_pos){ .pos = ONR_POS_VERB,
                                    .has_rules = true,
                                    .has_exc = true,
                                    .has_index = true,
                                    .rules = r,
                                    .n_rules = 3,
                                    .exc = tiny_table(t, verb_exc, 2, verb_rows),
                                    .index = tiny_table(t, verb_known, 3, NULL).keys,
                                    .n_index = 3 };
    m->n_lemma = 2;
    m->lemma_words = words;
    m->n_lemma_words = 4;
    m->lemma_lists = lists;
    m->n_lemma_lists = 8;
}

/* NN -> NOUN, NNP -> PROPN, VBD -> VERB; "gon na" -> LEMMA; DEP conditions; white space last. */
static inline void tiny_ruler(tiny *t)
{
    onr_model *m = t->m;
    onri_ruler_entry *e = ONRI_NEW_N(t->mem, 5, onri_ruler_entry);
    onri_ruler_alt *a = ONRI_NEW_N(t->mem, 5, onri_ruler_alt);
    onri_ruler_spec *s = ONRI_NEW_N(t->mem, 6, onri_ruler_spec);
    onri_ruler_cond *c = ONRI_NEW_N(t->mem, 7, onri_ruler_cond);
    onri_str *w = ONRI_NEW_N(t->mem, 2, onri_str);
    uint8_t *ids = ONRI_NEW_N(t->mem, 5, uint8_t);
    ONR_ASSERT(e && a && s && c && w && ids);
    static const uint8_t id[] = { ONR_TAG_NN, ONR_TAG_NNP, ONR_TAG_VBD, ONR_DEP_DET, ONR_DEP_NONE };
    static const uint8_t pos[] = { ONR_POS_NOUN, ONR_POS_PROPN, ONR_POS_VERB };
    static const char *const morph[] = { "Number=Sing", "Number=Sing", "Tense=Past|VerbForm=Fin" };
    memcpy(ids, id, sizeof id);
    for (uint32_t i = 0; i < 3; i++) {
        e[i].set_pos = e[i].set_morph = true;
        e[i].pos = pos[i];
        e[i].morph = tiny_word(t, morph[i]);
        c[i].attr = ONRI_RULER_TAG;
        c[i].op = ONRI_RULER_IN;
        c[i].first = i;
        c[i].n = 1;
        s[i] = (onri_ruler_spec){ i, 1 };
        a[i] = (onri_ruler_alt){ i, i, 1 };
    }
    c[2].n = 1;
    c[3].attr = ONRI_RULER_DEP; /* the third alternative has two conditions on one token */
    c[3].op = ONRI_RULER_NOT_IN;
    c[3].first = 3;
    c[3].n = 2;
    s[2].n = 2;
    w[0] = tiny_word(t, "gon");
    w[1] = tiny_word(t, "na");
    for (uint32_t i = 0; i < 2; i++) {
        c[4 + i].attr = ONRI_RULER_LOWER;
        c[4 + i].op = ONRI_RULER_IN;
        c[4 + i].first = i;
        c[4 + i].n = 1;
        s[3 + i] = (onri_ruler_spec){ 4 + i, 1 };
    }
    e[3].index = -1;
    e[3].set_lemma = true;
    e[3].lemma = tiny_word(t, "to");
    a[3] = (onri_ruler_alt){ 3, 3, 2 };
    c[6].attr = ONRI_RULER_IS_SPACE;
    c[6].flag = 1;
    s[5] = (onri_ruler_spec){ 6, 1 };
    e[4].set_pos = e[4].set_tag = e[4].set_dep = e[4].set_morph = true;
    e[4].pos = ONR_POS_SPACE;
    e[4].tag = ONR_TAG_SP;
    e[4].dep = ONR_DEP_DEP;
    a[4] = (onri_ruler_alt){ 4, 5, 1 };
    m->ruler_entries = e;
    m->n_ruler_entries = 5;
    m->ruler_alts = a;
    m->n_ruler_alts = 5;
    m->ruler_specs = s;
    m->n_ruler_specs = 6;
    m->ruler_conds = c;
    m->n_ruler_conds = 7;
    m->ruler_words = w;
    m->n_ruler_words = 2;
    m->ruler_ids = ids;
    m->n_ruler_ids = 5;
}

/* Fill *m; its memory is mem's (5 MB). The same seed gives the same model. vectors: like md. */
static inline void tiny_model_make(onr_arena *mem, uint64_t seed, bool vectors, onr_model *m)
{
    static const char *const vector_words[] = { "the", "man", "said", "Berlin", "X" };
    static const uint32_t vector_rows[] = { 0, 1, 2, 2, 3 };
    static const char *const norm_keys[] = { "gonna", "cos" };
    *m = (onr_model){ .name = onri_svz(vectors ? "en-md" : "en-sm"),
                      .version = onri_svz("3.8.0"),
                      .package = onri_svz("tiny"),
                      .licence = onri_svz("MIT"),
                      .licence_text = onri_svz("A licence.\n"),
                      .sources_text = onri_svz("A seed.\n"),
                      .credits = onri_svz("nobody") };
    tiny t = { .mem = mem, .seed = seed, .pool = onri_buf_make(1 << 16), .m = m };
    m->n_vector_rows = vectors ? 4 : 0;
    tiny_encoder(&t, &m->t2v, 6, m->n_vector_rows);
    tiny_encoder(&t, &m->ner_t2v, 4, m->n_vector_rows);
    if (vectors) m->vector_keys = tiny_table(&t, vector_words, 5, vector_rows);
    m->n_tags = TINY_COUNT(tiny_tags);
    m->tags = tiny_tags;
    m->tag_w = tiny_floats(&t, (size_t)m->n_tags * ONRI_WIDTH, 0.3F);
    m->tag_b = tiny_floats(&t, m->n_tags, 0.1F);
    m->parser_moves = tiny_parser_moves;
    m->ner_moves = tiny_ner_moves;
    tiny_scorer(&t, &m->parser, ONRI_PARSER_FEATS, TINY_COUNT(tiny_parser_moves));
    tiny_scorer(&t, &m->ner, ONRI_NER_FEATS, TINY_COUNT(tiny_ner_moves));
    m->prefix_re = tiny_word(&t, "^\\(|^\"|^'|^\\$");
    m->suffix_re = tiny_word(&t, "\\.$|,$|\\)$|\"$|'s$|'$|\\?$|!$");
    m->infix_re = tiny_word(&t, "(?<=[a-z])-(?=[a-z])|\\u2014");
    m->url_re = tiny_word(&t, "^https?://\\S+$");
    tiny_exceptions(&t);
    onri_str *norms = ONRI_NEW_N(mem, 2, onri_str);
    ONR_ASSERT(norms);
    norms[0] = tiny_word(&t, "going to");
    norms[1] = tiny_word(&t, "because");
    m->norms = tiny_table(&t, norm_keys, 2, NULL);
    m->norm_words = norms;
    m->n_norm_words = 2;
    tiny_lemmas(&t);
    tiny_ruler(&t);
    const onr_sv pool = onri_dup(mem, onri_buf_sv(&t.pool));
    ONR_ASSERT(pool.p);
    m->pool = pool.p;
    m->n_pool = pool.n;
    onri_buf_drop(&t.pool);
}

#endif
