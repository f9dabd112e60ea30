/* An encoder (tok2vec): features of tokens in, rows of ONRI_WIDTH floats out. Private to the
 * network. */
#ifndef ONRI_LANG_ENCODE_H
#define ONRI_LANG_ENCODE_H

#include "lang/kernel/kernel.h"
#include "lang/memo.h"
#include "lang/net.h"

enum {
    ONRI_HALO = 3,       /* rows before and after a stretch that its last layer depends on */
    ONRI_BLOCK = 384,    /* rows of a block: what an encoder works on at a time */
    ONRI_MIX_BATCH = 32, /* word types mixed at a time */
    ONRI_STRETCH_MAX = ONRI_BLOCK - 2 * ONRI_HALO,        /* tokens of one document in a block */
    ONRI_STRETCHES_MAX = ONRI_BLOCK / (2 * ONRI_HALO + 1) /* of one token each, in a block */
};

/* Tokens [beg, end) of the run, all of the document [doc_beg, doc_end), to be encoded. */
typedef struct onri_stretch {
    uint32_t doc_beg, doc_end, beg, end;
    uint32_t row; /* set by onri_encode: row of token `beg` in the block's output */
} onri_stretch;

typedef struct onri_encoder {
    const onri_tok2vec *t2v;
    const onri_table64 *vector_keys; /* id of text -> row of static vectors; NULL: none */
    const onri_kernel *kernel;
    onri_memo memo;
    onri_conv conv[ONRI_DEPTH]; /* layers 1 to 3; layer 0 is made of the memo's products */
    float *rows[2];             /* [ONRI_BLOCK][ONRI_WIDTH]: in and out of a layer */
    float *mix;                 /* [ONRI_MIX_BATCH][t2v->mixer.n_in] */
    float *tails;               /* [ONRI_STRETCHES_MAX][ONRI_CONV_IN][ONRI_WIDTH] */
    float far[ONRI_WIDTH];      /* layer 0 of a row with no token near */
    float spare[ONRI_WIDTH];    /* where rows go that nobody needs */
    void *heap;                 /* what the pointers above lead into */
    /* lists of a call */
    uint32_t types[2 * ONRI_BLOCK]; /* memo entries of a block's tokens, neighbours included */
    uint32_t fresh[2 * ONRI_BLOCK]; /* entries to fill, and the token each came from */
    uint32_t fresh_token[2 * ONRI_BLOCK];
    const float *in[ONRI_BLOCK], *res[ONRI_BLOCK], *sums[ONRI_BLOCK][3];
    float *out[ONRI_BLOCK], *out4[ONRI_BLOCK][ONRI_CONV_ROWS];
} onri_encoder;

/* thinc's four 32-bit keys of an id: its own variant of MurmurHash3's 128-bit finish. */
void onri_hash_keys(uint64_t id, uint32_t seed, uint32_t key[4]);

/* Needs a model that outlives it. memo: entries; raised to what a block can use. */
ONR_CHECK bool onri_encoder_make(onri_encoder *e, const onr_model *model, const onri_tok2vec *t2v,
                                 const onri_kernel *kernel, uint32_t memo);
void onri_encoder_drop(onri_encoder *e);

/* Rows a stretch of n tokens takes of ONRI_BLOCK. */
static inline uint32_t onri_stretch_rows(uint32_t n)
{
    return n + 2 * ONRI_HALO;
}
/* Encode the stretches, together at most ONRI_BLOCK rows. Returns the rows: token t of stretch s is
 * at (s->row + t - s->beg) * ONRI_WIDTH. Valid until the next call. Allocates nothing. */
const float *onri_encode(onri_encoder *e, const onri_net_token *tok, onri_stretch *s, size_t n);

#endif
