/* MinHash over shingles of five words, with bands for looking near copies up in a table. Source:
 * A. Broder, "On the resemblance and containment of documents" (1997); P. Indyk and R. Motwani,
 * "Approximate nearest neighbors" (1998), as bands in J. Leskovec et al., "Mining of Massive
 * Datasets", ch. 3; own. Leaves out: containment of a short text in a long one. */
#include "store/link_sketch.h"

#include "store/link_words.h"

void onri_sketch_init(onri_sketch *s)
{
    for (size_t i = 0; i < ONRI_SKETCH; i++) s->at[i] = UINT32_MAX;
    s->n = 0;
}

static void add_shingle(onri_sketch *s, const onri_shingler *w)
{
    uint64_t h = 0x9E3779B97F4A7C15u;
    for (uint32_t i = 0; i < ONRI_SHINGLE; i++)
        h = onri_hash_u64(h ^ w->last[(w->n + i) % ONRI_SHINGLE]);
    /* Numbers i of a family h1 + i * h2 (Kirsch and Mitzenmacher, 2006), mixed once more. */
    const uint64_t step = onri_hash_u64(h) | 1;
    for (uint32_t i = 0; i < ONRI_SKETCH; i++) {
        uint64_t x = h + i * step;
        x ^= x >> 31;
        x *= 0xBF58476D1CE4E5B9u;
        const uint32_t v = (uint32_t)(x >> 32);
        if (v < s->at[i]) s->at[i] = v;
    }
    s->n++;
}

void onri_sketch_add(onri_sketch *s, onri_shingler *words, onr_sv folded)
{
    onr_sv w;
    for (size_t at = 0; onri_next_word(folded, &at, &w);) {
        words->last[words->n % ONRI_SHINGLE] = onri_hash(w);
        if (++words->n >= ONRI_SHINGLE) add_shingle(s, words);
    }
}

double onri_sketch_same(const onri_sketch *a, const onri_sketch *b)
{
    uint32_t n = 0;
    for (size_t i = 0; i < ONRI_SKETCH; i++) n += a->at[i] == b->at[i];
    return (double)n / ONRI_SKETCH;
}

void onri_sketch_bands(const onri_sketch *s, int64_t out[ONRI_BANDS])
{
    const size_t rows = ONRI_SKETCH / ONRI_BANDS;
    for (size_t b = 0; b < ONRI_BANDS; b++) {
        uint64_t h = b + 1;
        for (size_t i = 0; i < rows; i++)
            h = onri_hash_u64(h ^ ((uint64_t)s->at[b * rows + i] << 5));
        out[b] = (int64_t)(h >> 1); /* never below zero */
    }
}
