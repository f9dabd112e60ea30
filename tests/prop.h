/* Property tests: a small seeded generator whose seed is printed, so that a failure can be run
 * again. ONR_SEED=N in the environment takes another seed. */
#ifndef ONR_PROP_H
#define ONR_PROP_H

#include "test.h"

#include <inttypes.h>
#include <stdlib.h>

typedef struct rng {
    uint64_t state;
} rng;

/* xorshift64*; never 0. */
static inline uint64_t rng_next(rng *r)
{
    r->state ^= r->state >> 12;
    r->state ^= r->state << 25;
    r->state ^= r->state >> 27;
    return r->state * 0x2545F4914F6CDD1Du;
}

/* 0 .. n-1, n > 0 */
static inline uint32_t rng_below(rng *r, uint32_t n)
{
    return (uint32_t)((rng_next(r) >> 32) % n);
}

static inline rng rng_start(const char *what)
{
    uint64_t seed = 20260304;
    const char *given = getenv("ONR_SEED");
    if (given) (void)onri_parse_u64(onri_svz(given), &seed);
    if (seed == 0) seed = 1;
    print_message("%s: seed %" PRIu64 "\n", what, seed);
    return (rng){ seed };
}

#endif
