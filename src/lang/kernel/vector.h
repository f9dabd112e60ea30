/* The fast kernels' one source. The including file says what a vector is:
 *
 *   LANES         floats of a vector: 4, 8 or 16
 *   VPT, ROWS     the tile of a maxout layer: VPT vectors of outputs x 3 pieces x ROWS rows; all
 *                 its sums stay in registers (VPT * 3 * ROWS of them)
 *   LIN_ROWS      rows of the tile of an affine layer: (16 / LANES) * LIN_ROWS sums
 *   LIN_BLOCKS    blocks of 16 outputs a single row takes at a time: enough chains of sums to hide
 *                 the latency of an addition
 *   vec, v_load(p), v_store(p, v), v_set1(x), v_add, v_sub, v_mul, v_max(a, b) (a > b ? a : b),
 *   v_fma(a, b, c) (a * b + c, fused or not), v_sum(v) (of its lanes, fixed order)
 *
 * Every sum runs over k in ascending order from its start value, whatever the tile: the bits of a
 * row do not depend on how many rows are computed with it.
 *
 * Source: own; tiles after the usual matrix kernel (Goto and van de Geijn 2008). */

#include <math.h>

#define INLINE  static inline __attribute__((always_inline))
#define STR_(x) #x
#if defined(__clang__)
#define UNROLL(n) _Pragma("unroll")
#else
#define UNROLL(n) _Pragma(STR_(GCC unroll n))
#endif

enum {
    STRIDE = ONRI_PACK * ONRI_PIECES,  /* floats of one k in a block of packed maxout weights */
    SPLIT = ONRI_PACK / (LANES * VPT), /* tiles across a block of 16 outputs */
    BATCH = 32,                        /* rows that share one pass over a block's weights */
    LPB = ONRI_PACK / LANES            /* vectors in a block of 16 outputs */
};

/* acc[r][p][v] += w . x[r] over n_k inputs, for `rows` rows; the weights of a piece stand `piece`
 * floats after those of the one before. rows and piece are constants where this is inlined. */
INLINE void tile(size_t rows, size_t n_k, const float *const *x, const float *w, size_t piece,
                 vec acc[ROWS][ONRI_PIECES][VPT])
{
    const float *xr[ROWS];
    UNROLL(16)
    for (size_t r = 0; r < rows; r++) xr[r] = x[r];
    for (size_t k = 0; k < n_k; k++, w += ONRI_PIECES * piece) {
        vec wk[ONRI_PIECES][VPT];
        UNROLL(3)
        for (size_t p = 0; p < ONRI_PIECES; p++) {
            UNROLL(4)
            for (size_t v = 0; v < VPT; v++) wk[p][v] = v_load(w + p * piece + v * LANES);
        }
        UNROLL(16)
        for (size_t r = 0; r < rows; r++) {
            vec xk = v_set1(xr[r][k]);
            UNROLL(3)
            for (size_t p = 0; p < ONRI_PIECES; p++) {
                UNROLL(4)
                for (size_t v = 0; v < VPT; v++) acc[r][p][v] = v_fma(xk, wk[p][v], acc[r][p][v]);
            }
        }
    }
}

/* Sums of a tile, stored in packing order. */
INLINE void sums_tile(size_t rows, size_t n_k, const float *const *x, const float *w,
                      float *const *y, size_t at)
{
    vec acc[ROWS][ONRI_PIECES][VPT];
    UNROLL(16)
    for (size_t r = 0; r < rows; r++) {
        UNROLL(3)
        for (size_t p = 0; p < ONRI_PIECES; p++) {
            UNROLL(4)
            for (size_t v = 0; v < VPT; v++) acc[r][p][v] = v_set1(0.0F);
        }
    }
    tile(rows, n_k, x, w, ONRI_PACK, acc);
    UNROLL(16)
    for (size_t r = 0; r < rows; r++) {
        UNROLL(3)
        for (size_t p = 0; p < ONRI_PIECES; p++) {
            UNROLL(4)
            for (size_t v = 0; v < VPT; v++)
                v_store(y[r] + at + p * ONRI_PACK + v * LANES, acc[r][p][v]);
        }
    }
}

/* Maximum over the pieces of a tile with its bias b (piece-major), stored in z. */
INLINE void max_tile(size_t rows, size_t n_k, const float *const *x, const float *w, const float *b,
                     float (*z)[ONRI_WIDTH], size_t at)
{
    vec acc[ROWS][ONRI_PIECES][VPT];
    UNROLL(16)
    for (size_t r = 0; r < rows; r++) {
        UNROLL(3)
        for (size_t p = 0; p < ONRI_PIECES; p++) {
            UNROLL(4)
            for (size_t v = 0; v < VPT; v++)
                acc[r][p][v] = v_load(b + p * ONRI_WIDTH + at + v * LANES);
        }
    }
    tile(rows, n_k, x, w, ONRI_PACK, acc);
    UNROLL(16)
    for (size_t r = 0; r < rows; r++) {
        UNROLL(4)
        for (size_t v = 0; v < VPT; v++) {
            vec best = v_max(acc[r][1][v], acc[r][0][v]);
            v_store(z[r] + at + v * LANES, v_max(acc[r][2][v], best));
        }
    }
}

/* The tiles by their number of rows: constants, so that each is a kernel of its own. */
#define BY_ROWS(n, CALL)                                                                           \
    switch (n) {                                                                                   \
    case 1:                                                                                        \
        CALL(1);                                                                                   \
        break;                                                                                     \
    case 2:                                                                                        \
        CALL(2);                                                                                   \
        break;                                                                                     \
    case 3:                                                                                        \
        CALL(3);                                                                                   \
        break;                                                                                     \
    case 4:                                                                                        \
        CALL(4);                                                                                   \
        break;                                                                                     \
        BY_ROWS_MORE(CALL)                                                                         \
    default:                                                                                       \
        break;                                                                                     \
    }

static void kernel_sums(const onri_maxout *m, size_t k0, size_t n_k, size_t n,
                        const float *const *x, float *const *y)
{
    for (size_t r0 = 0; r0 < n; r0 += BATCH) {
        size_t end = n - r0 < BATCH ? n : r0 + BATCH;
        for (size_t t = 0; t < ONRI_WIDTH / (LANES * VPT); t++) {
            size_t block = t / SPLIT, part = t % SPLIT * LANES * VPT;
            const float *w = m->w + (block * m->n_in + k0) * STRIDE + part;
            for (size_t r = r0; r < end; r += ROWS) {
                size_t rows = end - r < ROWS ? end - r : ROWS;
#define CALL(R) sums_tile(R, n_k, x + r, w, y + r, block * STRIDE + part)
                BY_ROWS(rows, CALL)
#undef CALL
            }
        }
    }
}

/* y = res + (z - mean) / sqrt(var + eps) * g + beta. */
INLINE void norm(const onri_maxout *m, const float *z, const float *res, float *y)
{
    enum { N = ONRI_WIDTH / LANES };
    vec sum = v_load(z);
    for (size_t i = 1; i < N; i++) sum = v_add(sum, v_load(z + i * LANES));
    const vec mean = v_set1(v_sum(sum) / ONRI_WIDTH);
    vec sq = v_set1(0.0F);
    for (size_t i = 0; i < N; i++) {
        vec d = v_sub(v_load(z + i * LANES), mean);
        sq = v_fma(d, d, sq);
    }
    const vec scale = v_set1(1.0F / sqrtf(v_sum(sq) / ONRI_WIDTH + ONRI_LN_EPS));
    for (size_t i = 0; i < N; i++) {
        vec d = v_mul(v_sub(v_load(z + i * LANES), mean), scale);
        vec v = v_fma(d, v_load(m->g + i * LANES), v_load(m->beta + i * LANES));
        v_store(y + i * LANES, res ? v_add(v_load(res + i * LANES), v) : v);
    }
}

static void kernel_maxout(const onri_maxout *m, size_t n, const float *const *x,
                          const float *const *res, float *const *y)
{
    _Alignas(64) float z[BATCH][ONRI_WIDTH];
    for (size_t r0 = 0; r0 < n; r0 += BATCH) {
        size_t end = n - r0 < BATCH ? n : r0 + BATCH;
        for (size_t t = 0; t < ONRI_WIDTH / (LANES * VPT); t++) {
            size_t block = t / SPLIT, part = t % SPLIT * LANES * VPT;
            const float *w = m->w + block * m->n_in * STRIDE + part;
            for (size_t r = r0; r < end; r += ROWS) {
                size_t rows = end - r < ROWS ? end - r : ROWS;
#define CALL(R) max_tile(R, m->n_in, x + r, w, m->b, z + (r - r0), block * ONRI_PACK + part)
                BY_ROWS(rows, CALL)
#undef CALL
            }
        }
        for (size_t r = r0; r < end; r++) norm(m, z[r - r0], res ? res[r] : NULL, y[r]);
    }
}

static void kernel_maxout_sums(const onri_maxout *m, size_t n, const float *const (*s)[3],
                               const float *const *res, float *const *y)
{
    for (size_t r = 0; r < n; r++) {
        _Alignas(64) float z[ONRI_WIDTH];
        for (size_t block = 0; block < ONRI_WIDTH / ONRI_PACK; block++)
            for (size_t v = 0; v < LPB; v++) {
                vec best = v_set1(0.0F);
                UNROLL(3)
                for (size_t p = 0; p < ONRI_PIECES; p++) {
                    size_t i = block * STRIDE + p * ONRI_PACK + v * LANES;
                    size_t o = block * ONRI_PACK + v * LANES;
                    vec a = v_add(v_load(s[r][0] + i), v_load(s[r][1] + i));
                    a = v_add(v_add(a, v_load(s[r][2] + i)), v_load(m->b + p * ONRI_WIDTH + o));
                    best = p == 0 ? a : v_max(a, best);
                }
                v_store(z + block * ONRI_PACK + v * LANES, best);
            }
        norm(m, z, res ? res[r] : NULL, y[r]);
    }
}

/* ---- convolution: four rows from six products, see conv.c ---- */

enum {
    CONV_WIDTH = LANES * VPT, /* outputs of a block of weights */
    CONV_BATCH = 16           /* fours of rows that share one pass over the weights */
};

/* The six mixed rows of each four. */
static void mix_rows(size_t n, const float *const *x, float (*mixed)[CONV_BATCH][ONRI_WIDTH])
{
    const vec quarter = v_set1(0.25F), minus_quarter = v_set1(-0.25F), half = v_set1(0.5F),
              minus_more = v_set1(-1.25F);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < ONRI_WIDTH; k += LANES) {
            vec d[ONRI_CONV_IN];
            UNROLL(6)
            for (size_t j = 0; j < ONRI_CONV_IN; j++) d[j] = v_load(x[i] + j * ONRI_WIDTH + k);
            vec even = v_fma(minus_quarter, d[2], d[4]), odd = v_fma(minus_quarter, d[1], d[3]);
            vec even2 = v_sub(d[4], d[2]), odd2 = v_mul(half, v_sub(d[3], d[1]));
            v_store(mixed[0][i] + k, v_fma(quarter, d[0], v_fma(minus_more, d[2], d[4])));
            v_store(mixed[1][i] + k, v_add(even, odd));
            v_store(mixed[2][i] + k, v_sub(even, odd));
            v_store(mixed[3][i] + k, v_add(even2, odd2));
            v_store(mixed[4][i] + k, v_sub(even2, odd2));
            v_store(mixed[5][i] + k, v_fma(quarter, d[1], v_fma(minus_more, d[3], d[5])));
        }
}

/* Products of one term for `rows` fours. */
INLINE void conv_tile(size_t rows, const float *const *x, const float *w,
                      float (*product)[ONRI_CONV_TERMS][ONRI_PIECES][CONV_WIDTH], size_t term)
{
    vec acc[ROWS][ONRI_PIECES][VPT];
    UNROLL(16)
    for (size_t r = 0; r < rows; r++) {
        UNROLL(3)
        for (size_t p = 0; p < ONRI_PIECES; p++) {
            UNROLL(4)
            for (size_t v = 0; v < VPT; v++) acc[r][p][v] = v_set1(0.0F);
        }
    }
    tile(rows, ONRI_WIDTH, x, w, CONV_WIDTH, acc);
    UNROLL(16)
    for (size_t r = 0; r < rows; r++) {
        UNROLL(3)
        for (size_t p = 0; p < ONRI_PIECES; p++) {
            UNROLL(4)
            for (size_t v = 0; v < VPT; v++) v_store(product[r][term][p] + v * LANES, acc[r][p][v]);
        }
    }
}

/* The four rows' maxima of one block of outputs, from the products. */
INLINE void join_products(float (*product)[ONRI_PIECES][CONV_WIDTH], const float *b,
                          float (*z)[ONRI_WIDTH], size_t at)
{
    const vec half = v_set1(0.5F), quarter = v_set1(0.25F), eighth = v_set1(0.125F);
    UNROLL(4)
    for (size_t v = 0; v < VPT; v++) {
        vec best[ONRI_CONV_ROWS];
        UNROLL(3)
        for (size_t p = 0; p < ONRI_PIECES; p++) {
            vec t[ONRI_CONV_TERMS], sum[ONRI_CONV_ROWS];
            const vec bias = v_load(b + p * ONRI_WIDTH + at + v * LANES);
            UNROLL(6)
            for (size_t i = 0; i < ONRI_CONV_TERMS; i++) t[i] = v_load(product[i][p] + v * LANES);
            vec s = v_add(t[1], t[2]), d = v_sub(t[1], t[2]);
            vec s2 = v_add(t[3], t[4]), d2 = v_sub(t[3], t[4]);
            sum[0] = v_add(t[0], v_add(s, s2));
            sum[1] = v_fma(half, d2, d);
            sum[2] = v_fma(quarter, s2, s);
            sum[3] = v_add(v_fma(eighth, d2, d), t[5]);
            UNROLL(4)
            for (size_t j = 0; j < ONRI_CONV_ROWS; j++) {
                sum[j] = v_add(sum[j], bias);
                best[j] = p == 0 ? sum[j] : v_max(sum[j], best[j]);
            }
        }
        UNROLL(4)
        for (size_t j = 0; j < ONRI_CONV_ROWS; j++) v_store(z[j] + at + v * LANES, best[j]);
    }
}

static void kernel_conv(const onri_conv *c, size_t n, const float *const *x,
                        float *const (*y)[ONRI_CONV_ROWS])
{
    _Alignas(64) float mixed[ONRI_CONV_TERMS][CONV_BATCH][ONRI_WIDTH];
    _Alignas(64) float product[CONV_BATCH][ONRI_CONV_TERMS][ONRI_PIECES][CONV_WIDTH];
    _Alignas(64) float z[CONV_BATCH][ONRI_CONV_ROWS][ONRI_WIDTH];
    for (size_t at = 0; at < n; at += CONV_BATCH) {
        const size_t batch = n - at < CONV_BATCH ? n - at : CONV_BATCH;
        mix_rows(batch, x + at, mixed);
        const float *w = c->w;
        for (size_t o = 0; o < ONRI_WIDTH; o += CONV_WIDTH) {
            for (size_t t = 0; t < ONRI_CONV_TERMS; t++, w += ONRI_SUMS * CONV_WIDTH)
                for (size_t i = 0; i < batch; i += ROWS) {
                    const float *in[ROWS];
                    const size_t rows = batch - i < ROWS ? batch - i : ROWS;
                    for (size_t r = 0; r < rows; r++) in[r] = mixed[t][i + r];
#define CALL(R) conv_tile(R, in, w, product + i, t)
                    BY_ROWS(rows, CALL)
#undef CALL
                }
            for (size_t i = 0; i < batch; i++) join_products(product[i], c->m->b, z[i], o);
        }
        for (size_t i = 0; i < batch; i++)
            for (size_t j = 0; j < ONRI_CONV_ROWS; j++)
                norm(c->m, z[i][j], x[at + i] + (j + 1) * ONRI_WIDTH, y[at + i][j]);
    }
}

INLINE void linear_tile(size_t rows, size_t n_in, const float *x, size_t ldx, const float *w,
                        const float *b, float *y, size_t ldy)
{
    vec acc[LIN_ROWS][LPB];
    UNROLL(16)
    for (size_t r = 0; r < rows; r++) {
        UNROLL(4)
        for (size_t v = 0; v < LPB; v++) acc[r][v] = v_load(b + v * LANES);
    }
    for (size_t k = 0; k < n_in; k++, w += ONRI_PACK) {
        vec wk[LPB];
        UNROLL(4)
        for (size_t v = 0; v < LPB; v++) wk[v] = v_load(w + v * LANES);
        UNROLL(16)
        for (size_t r = 0; r < rows; r++) {
            vec xk = v_set1(x[r * ldx + k]);
            UNROLL(4)
            for (size_t v = 0; v < LPB; v++) acc[r][v] = v_fma(xk, wk[v], acc[r][v]);
        }
    }
    UNROLL(16)
    for (size_t r = 0; r < rows; r++) {
        UNROLL(4)
        for (size_t v = 0; v < LPB; v++) v_store(y + r * ldy + v * LANES, acc[r][v]);
    }
}

static void kernel_linear(const onri_linear *l, size_t n, const float *x, size_t ldx, float *y,
                          size_t ldy)
{
    for (size_t block = 0; block < l->n_pad / ONRI_PACK; block++) {
        const float *w = l->w + block * l->n_in * ONRI_PACK, *b = l->b + block * ONRI_PACK;
        float *to = y + block * ONRI_PACK;
        size_t r = 0;
        for (; r + LIN_ROWS <= n; r += LIN_ROWS)
            linear_tile(LIN_ROWS, l->n_in, x + r * ldx, ldx, w, b, to + r * ldy, ldy);
        for (; r + 2 <= n; r += 2)
            linear_tile(2, l->n_in, x + r * ldx, ldx, w, b, to + r * ldy, ldy);
        if (r < n) linear_tile(1, l->n_in, x + r * ldx, ldx, w, b, to + r * ldy, ldy);
    }
}

/* One row, `blocks` blocks of outputs at a time. */
INLINE void scores_tile(size_t blocks, const onri_linear *l, const float *x, const size_t *which,
                        float *y)
{
    vec acc[LIN_BLOCKS][LPB];
    const float *w[LIN_BLOCKS];
    UNROLL(8)
    for (size_t i = 0; i < blocks; i++) {
        w[i] = l->w + which[i] * l->n_in * ONRI_PACK;
        UNROLL(4)
        for (size_t v = 0; v < LPB; v++)
            acc[i][v] = v_load(l->b + which[i] * ONRI_PACK + v * LANES);
    }
    for (size_t k = 0; k < l->n_in; k++) {
        vec xk = v_set1(x[k]);
        UNROLL(8)
        for (size_t i = 0; i < blocks; i++) {
            UNROLL(4)
            for (size_t v = 0; v < LPB; v++)
                acc[i][v] = v_fma(xk, v_load(w[i] + k * ONRI_PACK + v * LANES), acc[i][v]);
        }
    }
    UNROLL(8)
    for (size_t i = 0; i < blocks; i++) {
        UNROLL(4)
        for (size_t v = 0; v < LPB; v++) v_store(y + which[i] * ONRI_PACK + v * LANES, acc[i][v]);
    }
}

static void kernel_scores(const onri_linear *l, const float *x, uint64_t blocks, float *y)
{
    size_t which[64], n = 0;
    for (size_t b = 0; b < l->n_pad / ONRI_PACK && b < 64; b++)
        if (blocks >> b & 1) which[n++] = b;
    size_t i = 0;
    for (; i + LIN_BLOCKS <= n; i += LIN_BLOCKS) scores_tile(LIN_BLOCKS, l, x, which + i, y);
    for (; i + 2 <= n; i += 2) scores_tile(2, l, x, which + i, y);
    if (i < n) scores_tile(1, l, x, which + i, y);
}

static void kernel_hidden(size_t n, const float *const *row, const float *b, float *h)
{
    for (size_t o = 0; o < ONRI_HIDDEN; o += LANES) {
        vec u0 = v_set1(0.0F), u1 = v_set1(0.0F);
        for (size_t i = 0; i < n; i++) {
            u0 = v_add(u0, v_load(row[i] + o));
            u1 = v_add(u1, v_load(row[i] + ONRI_HIDDEN + o));
        }
        u0 = v_add(u0, v_load(b + o));
        u1 = v_add(u1, v_load(b + ONRI_HIDDEN + o));
        v_store(h + o, v_max(u1, u0));
    }
}

static size_t kernel_best(const float *s, size_t n)
{
    size_t i = 0;
    float most = -INFINITY;
    if (n >= LANES) {
        float lane[LANES];
        vec m = v_set1(-INFINITY);
        for (; i + LANES <= n; i += LANES) m = v_max(v_load(s + i), m);
        v_store(lane, m);
        for (size_t j = 0; j < LANES; j++) most = lane[j] > most ? lane[j] : most;
    }
    for (; i < n; i++) most = s[i] > most ? s[i] : most;
    for (i = 0; i < n; i++)
        if (s[i] == most) return i;
    return 0;
}

#define KERNEL_TABLE(id)                                                                           \
    {                                                                                              \
        id, LANES *VPT, kernel_sums, kernel_maxout, kernel_conv, kernel_maxout_sums,               \
            kernel_linear, kernel_scores, kernel_hidden, kernel_best                               \
    }
