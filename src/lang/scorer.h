/* Scores of the transition systems' states: what parser and entity recogniser share. Private to
 * the network. */
#ifndef ONRI_LANG_SCORER_H
#define ONRI_LANG_SCORER_H

#include "lang/kernel/kernel.h"

enum {
    ONRI_FEATS_MAX = ONRI_PARSER_FEATS,
    ONRI_MOVES_MAX = 1024, /* 64 blocks of ONRI_PACK scores */
    ONRI_RING = 256        /* tokens whose rows of a table are kept */
};

/* Classes [first, first + n) share an action. */
typedef struct onri_run {
    uint32_t first, n;
    uint64_t blocks; /* of scores they stand in */
    uint8_t action;
    bool labelled; /* label other than 0 */
} onri_run;

/* A scorer with its weights packed. All pointers lead into `heap`. */
typedef struct onri_packed {
    const onri_kernel *kernel;
    uint32_t n_feats, n_moves;
    onri_linear in;                   /* ONRI_WIDTH -> ONRI_HIDDEN */
    onri_linear lower;                /* ONRI_HIDDEN -> all slots, pieces outermost in a slot */
    onri_linear slot[ONRI_FEATS_MAX]; /* the same, one slot */
    onri_linear upper;                /* ONRI_HIDDEN -> n_moves */
    const float *pad, *b;             /* [n_feats][ONRI_UNITS2]; [ONRI_UNITS2] */
    onri_run *runs;                   /* in class order */
    uint32_t n_runs;
    void *heap;
} onri_packed;

/* Pack a model's scorer; moves[s->n_moves] are its classes. false: out of memory. */
ONR_CHECK bool onri_packed_make(onri_packed *p, const onri_scorer *s, const onri_move *moves,
                                const onri_kernel *kernel);
void onri_packed_drop(onri_packed *p);

/* Pack w[n_out][n_in] and b (NULL: zeros) into memory of onri_linear_floats(n_in, n_out) floats.
 * row[o]: which row of w becomes output o; NULL: in order. */
size_t onri_linear_floats(uint32_t n_in, uint32_t n_out);
onri_linear onri_linear_pack(float *mem, const float *w, const float *b, uint32_t n_in,
                             uint32_t n_out, const uint32_t *row);

/* Bits of actions: bit a stands for action a. */
#define ONRI_BIT(action) (1U << (unsigned)(action))

typedef struct onri_choice {
    float score, margin; /* margin: to the second best class; INFINITY if there is none */
} onri_choice;
/* The best class among those whose action is in `actions`: the first of the greatest scores. A
 * class without label counts only if its action is in `bare` too. ONR_NONE if there is no class.
 * h[ONRI_HIDDEN]: the hidden units; scores[upper.n_pad]: scratch; told is filled if not NULL. */
uint32_t onri_choose(const onri_packed *p, const float *h, uint32_t actions, uint32_t bare,
                     float *scores, onri_choice *told);

/* Rows of the parser's table T[token][slot], made ahead of the buffer's front; the last ONRI_RING
 * tokens are kept, older ones are made again when asked for, the one slot. */
typedef struct onri_ring {
    const onri_packed *packed;
    const float *h; /* [n][ONRI_HIDDEN] */
    uint32_t n, made;
    float *rows; /* [ONRI_RING][onri_ring_width] */
    float old[ONRI_FEATS_MAX][ONRI_UNITS2];
} onri_ring;

/* Floats from one token's row to the next: a line more than a row, since rows a power of two apart
 * would all fall into the same sets of the cache. */
static inline size_t onri_ring_width(uint32_t n_feats)
{
    return (size_t)n_feats * ONRI_UNITS2 + ONRI_PACK;
}

/* Rows of a state's features (token or ONR_NONE each), valid until the next call. */
void onri_ring_rows(onri_ring *ring, const uint32_t *feats, const float **rows);

#endif
