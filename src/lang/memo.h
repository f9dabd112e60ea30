/* What an encoder remembers of word types: the mixed row and the three products of the first
 * convolution. Private to the network. */
#ifndef ONRI_LANG_MEMO_H
#define ONRI_LANG_MEMO_H

#include "base/base.h"
#include "lang/kernel/kernel.h"
#include "lang/net.h"

/* Values of one word type. */
typedef struct onri_memo_row {
    float x[ONRI_WIDTH];    /* mixer output */
    float left[ONRI_SUMS];  /* what it adds to its right neighbour: weights of row t - 1 */
    float self[ONRI_SUMS];  /* weights of row t */
    float right[ONRI_SUMS]; /* what it adds to its left neighbour: weights of row t + 1 */
} onri_memo_row;

/* The features that decide a row, all of them: no two types share a key. */
typedef struct onri_memo_key {
    uint64_t id[5]; /* NORM, PREFIX, SUFFIX, SHAPE; orth where there are static vectors, else 0 */
    uint64_t flags; /* bit 0 SPACY, bit 1 IS_SPACE, where the encoder has these columns */
} onri_memo_key;

typedef struct onri_memo_entry {
    onri_memo_key key;
    uint32_t next;  /* in its bucket, or ONR_NONE */
    uint32_t block; /* last block that used it: never evicted while that block runs */
    bool used;      /* since the hand last passed */
} onri_memo_entry;

/* A bounded map from keys to rows; the clock rule evicts. */
typedef struct onri_memo {
    onri_memo_row *rows;      /* [max], 64-byte aligned; touched as they fill */
    onri_memo_entry *entries; /* [max] */
    uint32_t *buckets;        /* [n_buckets] first entry, or ONR_NONE */
    void *block_of_rows;      /* as the heap gave it */
    uint32_t n, max, n_buckets, hand, block;
    uint64_t hits, misses;
} onri_memo;

ONR_CHECK bool onri_memo_make(onri_memo *m, uint32_t max); /* false: out of memory */
void onri_memo_drop(onri_memo *m);
/* Entries found or added from now on stay until the next call; at most m->max of them. */
void onri_memo_next_block(onri_memo *m);
/* Entry of the key. *is_new: it was not there, its row is for the caller to fill now. */
uint32_t onri_memo_take(onri_memo *m, const onri_memo_key *key, bool *is_new);

#endif
