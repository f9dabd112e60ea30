/* A small random network for tests that must not need a model file: the network part of an
 * onr_model, from a seed. Its decisions are nonsense; that they are the same everywhere is not. */
#ifndef ONR_TESTS_NET_MODEL_H
#define ONR_TESTS_NET_MODEL_H

#include "lang/model.h"
#include "lang/net.h"

typedef struct net_random {
    uint64_t state;
} net_random;

static inline uint32_t net_below(net_random *r, uint32_t n)
{
    r->state = r->state * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)((r->state >> 33) % n);
}

/* n floats in [-scale, scale], 64-byte aligned. */
static inline float *net_floats(net_random *r, onr_arena *mem, size_t n, float scale)
{
    char *p = onr_alloc(mem, n * sizeof(float) + 64);
    if (!p) return NULL;
    float *f = (float *)(void *)(p + (64 - (uintptr_t)p % 64) % 64);
    for (size_t i = 0; i < n; i++)
        f[i] = scale * ((float)net_below(r, 2000001) / 1000000.0F - 1.0F);
    return f;
}

static inline onri_maxout net_maxout(net_random *r, onr_arena *mem, uint32_t n_in)
{
    return (onri_maxout){ n_in, net_floats(r, mem, (size_t)n_in * ONRI_WIDTH * ONRI_PIECES, 0.2F),
                          net_floats(r, mem, ONRI_WIDTH * ONRI_PIECES, 0.2F),
                          net_floats(r, mem, ONRI_WIDTH, 1.0F),
                          net_floats(r, mem, ONRI_WIDTH, 0.2F) };
}

static inline onri_tok2vec net_tok2vec(net_random *r, onr_arena *mem, uint32_t n_cols, bool vectors)
{
    onri_tok2vec t = { .n_cols = n_cols };
    for (uint32_t c = 0; c < n_cols; c++)
        t.col[c] = (onri_hashcol){ (onri_feature)c, 50, 8 + c,
                                   net_floats(r, mem, (size_t)50 * ONRI_WIDTH, 1.0F) };
    t.mixer = net_maxout(r, mem, ONRI_WIDTH * (n_cols + vectors));
    for (size_t l = 0; l < ONRI_DEPTH; l++) t.conv[l] = net_maxout(r, mem, 3 * ONRI_WIDTH);
    if (vectors) t.vectors = net_floats(r, mem, (size_t)40 * ONRI_WIDTH, 1.0F);
    return t;
}

static inline onri_scorer net_scorer(net_random *r, onr_arena *mem, uint32_t n_feats,
                                     uint32_t n_moves)
{
    const size_t lower = (size_t)n_feats * ONRI_HIDDEN * 2;
    return (onri_scorer){ n_feats,
                          n_moves,
                          net_floats(r, mem, (size_t)ONRI_HIDDEN * ONRI_WIDTH, 0.2F),
                          net_floats(r, mem, ONRI_HIDDEN, 0.2F),
                          net_floats(r, mem, lower * ONRI_HIDDEN, 0.2F),
                          net_floats(r, mem, (size_t)ONRI_HIDDEN * 2, 0.2F),
                          net_floats(r, mem, lower, 0.2F),
                          net_floats(r, mem, (size_t)n_moves * ONRI_HIDDEN, 0.2F),
                          net_floats(r, mem, n_moves, 0.2F) };
}

enum { NET_TAGS = 50, NET_ARCS = 12, NET_ENTS = 5, NET_TYPES = 400 };

/* Model in mem; vectors: with static vectors, as md has them. */
static inline onr_model *net_model(onr_arena *mem, uint64_t seed, bool vectors)
{
    net_random r = { seed };
    onr_model *m = ONRI_NEW(mem, onr_model);
    uint8_t *tags = ONRI_NEW_N(mem, NET_TAGS, uint8_t);
    onri_move *parser = ONRI_NEW_N(mem, 3 + 2 * NET_ARCS, onri_move);
    onri_move *ner = ONRI_NEW_N(mem, 4 * NET_ENTS + 2, onri_move);
    uint64_t *keys = ONRI_NEW_N(mem, NET_TYPES, uint64_t);
    uint32_t *rows = ONRI_NEW_N(mem, NET_TYPES, uint32_t);
    if (!m || !tags || !parser || !ner || !keys || !rows) return NULL;
    m->t2v = net_tok2vec(&r, mem, 6, vectors);
    m->ner_t2v = net_tok2vec(&r, mem, 4, vectors);
    for (uint32_t i = 0; i < NET_TYPES; i++) keys[i] = 5 * (uint64_t)i + 1, rows[i] = i % 40;
    if (vectors) m->vector_keys = (onri_table64){ keys, rows, NET_TYPES / 2 };
    for (uint32_t i = 0; i < NET_TAGS; i++) tags[i] = (uint8_t)(i + 1);
    m->tags = tags;
    m->n_tags = NET_TAGS;
    m->tag_w = net_floats(&r, mem, (size_t)NET_TAGS * ONRI_WIDTH, 0.2F);
    m->tag_b = net_floats(&r, mem, NET_TAGS, 0.2F);
    uint32_t n = 0;
    parser[n++] = (onri_move){ ONRI_ACT_SHIFT, 0, 0 };
    parser[n++] = (onri_move){ ONRI_ACT_REDUCE, 0, 0 };
    for (uint8_t act = ONRI_ACT_LEFT; act <= ONRI_ACT_RIGHT; act++)
        for (uint8_t i = 0; i < NET_ARCS; i++)
            parser[n++] = (onri_move){ act, (uint8_t)(i + 2), i % 3 ? 0 : (uint8_t)(i / 3 + 2) };
    parser[n++] = (onri_move){ ONRI_ACT_BREAK, 0, 0 };
    m->parser_moves = parser;
    m->parser = net_scorer(&r, mem, ONRI_PARSER_FEATS, n);
    n = 0;
    for (uint8_t act = ONRI_BILOU_B; act <= ONRI_BILOU_U; act++)
        for (uint8_t i = 1; i <= NET_ENTS; i++) ner[n++] = (onri_move){ act, i, 0 };
    ner[n++] = (onri_move){ ONRI_BILOU_U, 0, 0 }; /* spaCy's "U-", never to be chosen */
    ner[n++] = (onri_move){ ONRI_BILOU_O, 0, 0 };
    m->ner_moves = ner;
    m->ner = net_scorer(&r, mem, ONRI_NER_FEATS, n);
    return mem->status == ONR_OK ? m : NULL;
}

/* n tokens of up to `types` kinds. */
static inline onri_net_token *net_tokens(net_random *r, onr_arena *mem, uint32_t n, uint32_t types)
{
    onri_net_token *tok = ONRI_NEW_N(mem, n ? n : 1, onri_net_token);
    for (uint32_t i = 0; tok && i < n; i++) {
        uint32_t type = net_below(r, types);
        for (uint32_t f = 0; f < ONRI_FEAT_SPACY; f++) tok[i].feat[f] = 1000 * f + type % (70 - f);
        tok[i].feat[ONRI_FEAT_NORM] = type;
        tok[i].feat[ONRI_FEAT_SPACY] = net_below(r, 2);
        tok[i].feat[ONRI_FEAT_IS_SPACE] = type % 17 == 0;
        tok[i].orth = 5 * (uint64_t)type + 1;
    }
    return tok;
}

#endif
