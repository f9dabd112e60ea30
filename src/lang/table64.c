/* Look-up in a sorted table of 64-bit keys, as they stand in the model file.
 *
 * The keys are hashes, so they are even enough for a first guess by their value: a handful of
 * steps where plain halving takes twenty. Any ascending keys give the right answer. Source: own
 * (interpolation search, three probes, then halving). */
#include "lang/model.h"

uint32_t onri_table64_get(const onri_table64 *t, uint64_t key)
{
    const uint64_t *keys = t->keys;
    size_t lo = 0, hi = t->n; /* the key, if there, stands in [lo, hi) */
    for (int probe = 0; probe < 3 && hi - lo > 16; probe++) {
        uint64_t first = keys[lo], last = keys[hi - 1];
        if (key < first || key > last) return ONR_NONE;
        if (first == last) break;
        double part = (double)(key - first) / (double)(last - first);
        size_t guess = lo + (size_t)(part * (double)(hi - 1 - lo));
        if (guess >= hi) guess = hi - 1;
        if (keys[guess] == key) return t->vals[guess];
        if (keys[guess] < key) {
            lo = guess + 1;
        } else {
            hi = guess;
        }
    }
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (keys[mid] == key) return t->vals[mid];
        if (keys[mid] < key) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return ONR_NONE;
}
