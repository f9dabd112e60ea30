/* How much of their text two articles share, told from small sketches. Pure. */
#ifndef ONRI_STORE_LINK_SKETCH_H
#define ONRI_STORE_LINK_SKETCH_H

#include "base/base.h"

enum {
    ONRI_SKETCH = 63, /* numbers of a sketch */
    ONRI_BANDS = 21,  /* of ONRI_SKETCH / ONRI_BANDS numbers each */
    ONRI_SHINGLE = 5, /* words */
    ONRI_SHINGLES_MIN = 20
};

typedef struct onri_sketch {
    uint32_t at[ONRI_SKETCH];
    uint32_t n; /* shingles added; under ONRI_SHINGLES_MIN it says nothing */
} onri_sketch;

typedef struct onri_shingler { /* words so far */
    uint64_t last[ONRI_SHINGLE];
    uint32_t n;
} onri_shingler;

void onri_sketch_init(onri_sketch *s);
/* Add the words of folded text; shingles go on from one call to the next of the same shingler. */
void onri_sketch_add(onri_sketch *s, onri_shingler *words, onr_sv folded);
/* Estimated share of equal shingles (Jaccard), 0 to 1; standard error at most 0.063. */
double onri_sketch_same(const onri_sketch *a, const onri_sketch *b);
/* Texts that share half their shingles agree in one of these with 94 %, a tenth: 2 %. */
void onri_sketch_bands(const onri_sketch *s, int64_t out[ONRI_BANDS]);

#endif
