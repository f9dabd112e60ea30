/* Scores of the transition systems' states (spaCy's precomputable affine layer with an upper one).
 *
 * H = in . x; a state's features pick rows of the table T = lower . H, one a slot; their sum with
 * the bias, its greater piece, then the upper layer give a score a class. Weights are packed once,
 * pieces outermost, so that all of it runs down whole vectors.
 * Source: own, after the description of spaCy 3.8's parser model (MIT). */
#include "lang/scorer.h"

#include <math.h>

size_t onri_linear_floats(uint32_t n_in, uint32_t n_out)
{
    size_t n_pad = ((size_t)n_out + ONRI_PACK - 1) / ONRI_PACK * ONRI_PACK;
    return n_pad * ((size_t)n_in + 1);
}

onri_linear onri_linear_pack(float *mem, const float *w, const float *b, uint32_t n_in,
                             uint32_t n_out, const uint32_t *row)
{
    uint32_t n_pad = (n_out + ONRI_PACK - 1) / ONRI_PACK * ONRI_PACK;
    float *pw = mem, *pb = mem + (size_t)n_pad * n_in;
    for (uint32_t o = 0; o < n_pad; o++) {
        size_t from = o < n_out && row ? row[o] : o;
        float *to = pw + ((size_t)(o / ONRI_PACK) * n_in) * ONRI_PACK + o % ONRI_PACK;
        for (uint32_t k = 0; k < n_in; k++)
            to[(size_t)k * ONRI_PACK] = o < n_out ? w[from * n_in + k] : 0.0F;
        pb[o] = o < n_out && b ? b[from] : 0.0F;
    }
    return (onri_linear){ n_in, n_out, n_pad, pw, pb };
}

static uint64_t blocks_of(uint32_t first, uint32_t n)
{
    uint64_t blocks = 0;
    for (uint32_t b = first / ONRI_PACK; b <= (first + n - 1) / ONRI_PACK; b++)
        blocks |= (uint64_t)1 << b;
    return blocks;
}

/* Runs of neighbouring classes with one action, bare and labelled ones apart. */
static uint32_t find_runs(const onri_move *moves, uint32_t n, onri_run *runs)
{
    uint32_t n_runs = 0;
    for (uint32_t i = 0; i < n; i++) {
        bool labelled = moves[i].label != 0;
        onri_run *last = n_runs ? &runs[n_runs - 1] : NULL;
        if (!last || last->action != moves[i].action || last->labelled != labelled)
            runs[n_runs++] = (onri_run){ i, 1, 0, moves[i].action, labelled };
        else
            last->n++;
    }
    for (uint32_t r = 0; r < n_runs; r++) runs[r].blocks = blocks_of(runs[r].first, runs[r].n);
    return n_runs;
}

bool onri_packed_make(onri_packed *p, const onri_scorer *s, const onri_move *moves,
                      const onri_kernel *kernel)
{
    *p = (onri_packed){ .kernel = kernel, .n_feats = s->n_feats, .n_moves = s->n_moves };
    ONR_ASSERT(s->n_feats >= 1 && s->n_feats <= ONRI_FEATS_MAX); /* the model was checked */
    ONR_ASSERT(s->n_moves >= 1 && s->n_moves <= ONRI_MOVES_MAX);
    const uint32_t n_lower = s->n_feats * ONRI_UNITS2;
    const size_t n_in = onri_linear_floats(ONRI_WIDTH, ONRI_HIDDEN),
                 n_low = onri_linear_floats(ONRI_HIDDEN, n_lower),
                 n_up = onri_linear_floats(ONRI_HIDDEN, s->n_moves);
    const size_t floats = n_in + n_low + n_up + n_lower + ONRI_UNITS2;
    p->heap = onri_heap_alloc(floats * sizeof(float) + s->n_moves * sizeof(onri_run) + 64);
    if (!p->heap) return false;
    float *at = (float *)(((uintptr_t)p->heap + 63) & ~(uintptr_t)63);

    uint32_t row[ONRI_FEATS_MAX * ONRI_UNITS2];
    for (uint32_t o = 0; o < n_lower; o++) {
        uint32_t slot = o / ONRI_UNITS2, piece = o / ONRI_HIDDEN % 2, unit = o % ONRI_HIDDEN;
        row[o] = (slot * ONRI_HIDDEN + unit) * 2 + piece;
    }
    p->in = onri_linear_pack(at, s->in_w, s->in_b, ONRI_WIDTH, ONRI_HIDDEN, NULL);
    p->lower = onri_linear_pack(at + n_in, s->lower_w, NULL, ONRI_HIDDEN, n_lower, row);
    p->upper =
        onri_linear_pack(at + n_in + n_low, s->upper_w, s->upper_b, ONRI_HIDDEN, s->n_moves, NULL);
    for (uint32_t i = 0; i < s->n_feats; i++)
        p->slot[i] = (onri_linear){ ONRI_HIDDEN, ONRI_UNITS2, ONRI_UNITS2,
                                    p->lower.w + (size_t)i * ONRI_UNITS2 * ONRI_HIDDEN,
                                    p->lower.b + (size_t)i * ONRI_UNITS2 };
    float *pad = at + n_in + n_low + n_up, *b = pad + n_lower;
    for (uint32_t o = 0; o < n_lower; o++) pad[o] = s->pad[row[o]];
    for (uint32_t o = 0; o < ONRI_UNITS2; o++) b[o] = s->lower_b[row[o]];
    p->pad = pad;
    p->b = b;
    p->runs = (onri_run *)(void *)(b + ONRI_UNITS2);
    p->n_runs = find_runs(moves, s->n_moves, p->runs);
    return true;
}

void onri_packed_drop(onri_packed *p)
{
    onri_heap_free(p->heap);
    *p = (onri_packed){ 0 };
}

static bool allows(const onri_run *run, uint32_t actions, uint32_t bare)
{
    return (actions & (run->labelled ? ~0U : bare)) >> run->action & 1;
}

/* How near the best other class came, one by one. */
static onri_choice margin_of(const onri_packed *p, uint32_t actions, uint32_t bare,
                             const float *scores, uint32_t best)
{
    float second = -INFINITY;
    for (uint32_t r = 0; r < p->n_runs; r++)
        for (uint32_t i = 0; i < p->runs[r].n && allows(&p->runs[r], actions, bare); i++) {
            uint32_t c = p->runs[r].first + i;
            if (c != best && scores[c] > second) second = scores[c];
        }
    return (onri_choice){ scores[best], scores[best] - second };
}

uint32_t onri_choose(const onri_packed *p, const float *h, uint32_t actions, uint32_t bare,
                     float *scores, onri_choice *told)
{
    uint64_t blocks = 0;
    for (uint32_t r = 0; r < p->n_runs; r++)
        if (allows(&p->runs[r], actions, bare)) blocks |= p->runs[r].blocks;
    p->kernel->scores(&p->upper, h, blocks, scores);
    uint32_t best = ONR_NONE;
    for (uint32_t r = 0; r < p->n_runs; r++) {
        const onri_run *run = &p->runs[r];
        if (!allows(run, actions, bare)) continue;
        uint32_t c = run->first;
        if (run->n > 1) c += (uint32_t)p->kernel->best(scores + run->first, run->n);
        if (best == ONR_NONE || scores[c] > scores[best]) best = c;
    }
    if (told && best != ONR_NONE) *told = margin_of(p, actions, bare, scores, best);
    return best;
}

/* Make the rows up to and including token t. */
static void make_rows(onri_ring *ring, uint32_t t)
{
    enum { STEP = 32 }; /* divides ONRI_RING: a step never wraps */
    const size_t width = onri_ring_width(ring->packed->n_feats);
    while (ring->made <= t) {
        uint32_t n = ring->n - ring->made < STEP ? ring->n - ring->made : STEP;
        ring->packed->kernel->linear(&ring->packed->lower, n,
                                     ring->h + (size_t)ring->made * ONRI_HIDDEN, ONRI_HIDDEN,
                                     ring->rows + ring->made % ONRI_RING * width, width);
        ring->made += n;
    }
}

void onri_ring_rows(onri_ring *ring, const uint32_t *feats, const float **rows)
{
    const onri_packed *p = ring->packed;
    const size_t width = onri_ring_width(p->n_feats);
    uint32_t last = 0;
    for (uint32_t i = 0; i < p->n_feats; i++)
        if (feats[i] != ONR_NONE && feats[i] > last) last = feats[i];
    if (last >= ring->made && ring->n > 0) make_rows(ring, last);
    for (uint32_t i = 0; i < p->n_feats; i++) {
        if (feats[i] == ONR_NONE) {
            rows[i] = p->pad + (size_t)i * ONRI_UNITS2;
        } else if (ring->made > ONRI_RING && feats[i] < ring->made - ONRI_RING) {
            p->kernel->linear(&p->slot[i], 1, ring->h + (size_t)feats[i] * ONRI_HIDDEN, ONRI_HIDDEN,
                              ring->old[i], ONRI_UNITS2);
            rows[i] = ring->old[i];
        } else {
            rows[i] = ring->rows + feats[i] % ONRI_RING * width + (size_t)i * ONRI_UNITS2;
        }
    }
}
