/* The slow twin: every sum in double, every loop as the formula reads. The judge of the fast
 * kernels and of nothing else; used by tests and by `kernel = REF`.
 *
 * Source: own; formulas of maxout and layer norm as in thinc (MIT). */
#include "lang/kernel/kernel.h"

#include <math.h>

static float weight(const onri_maxout *m, size_t o, size_t p, size_t k)
{
    return m->w[((o / ONRI_PACK * m->n_in + k) * ONRI_PIECES + p) * ONRI_PACK + o % ONRI_PACK];
}

static void ref_sums(const onri_maxout *m, size_t k0, size_t n_k, size_t n, const float *const *x,
                     float *const *y)
{
    for (size_t r = 0; r < n; r++)
        for (size_t o = 0; o < ONRI_WIDTH; o++)
            for (size_t p = 0; p < ONRI_PIECES; p++) {
                double sum = 0;
                for (size_t k = 0; k < n_k; k++) sum += (double)x[r][k] * weight(m, o, p, k0 + k);
                y[r][(o / ONRI_PACK * ONRI_PIECES + p) * ONRI_PACK + o % ONRI_PACK] = (float)sum;
            }
}

/* y = res + (z - mean) / sqrt(var + eps) * g + beta; the variance of the population. */
static void norm(const onri_maxout *m, const double *z, const float *res, float *y)
{
    double mean = 0, var = 0;
    for (size_t o = 0; o < ONRI_WIDTH; o++) mean += z[o];
    mean /= ONRI_WIDTH;
    for (size_t o = 0; o < ONRI_WIDTH; o++) var += (z[o] - mean) * (z[o] - mean);
    var = var / ONRI_WIDTH + (double)ONRI_LN_EPS;
    for (size_t o = 0; o < ONRI_WIDTH; o++) {
        double v = (z[o] - mean) / sqrt(var) * m->g[o] + m->beta[o];
        y[o] = (float)(v + (res ? res[o] : 0.0F));
    }
}

static void ref_maxout(const onri_maxout *m, size_t n, const float *const *x,
                       const float *const *res, float *const *y)
{
    for (size_t r = 0; r < n; r++) {
        double z[ONRI_WIDTH];
        for (size_t o = 0; o < ONRI_WIDTH; o++)
            for (size_t p = 0; p < ONRI_PIECES; p++) {
                double sum = m->b[p * ONRI_WIDTH + o];
                for (size_t k = 0; k < m->n_in; k++) sum += (double)x[r][k] * weight(m, o, p, k);
                if (p == 0 || sum > z[o]) z[o] = sum;
            }
        norm(m, z, res ? res[r] : NULL, y[r]);
    }
}

static void ref_conv(const onri_conv *c, size_t n, const float *const *x,
                     float *const (*y)[ONRI_CONV_ROWS])
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < ONRI_CONV_ROWS; j++) {
            const float *in = x[i] + j * ONRI_WIDTH, *res = in + ONRI_WIDTH;
            ref_maxout(c->m, 1, &in, &res, &y[i][j]);
        }
}

static void ref_maxout_sums(const onri_maxout *m, size_t n, const float *const (*s)[3],
                            const float *const *res, float *const *y)
{
    for (size_t r = 0; r < n; r++) {
        double z[ONRI_WIDTH];
        for (size_t o = 0; o < ONRI_WIDTH; o++)
            for (size_t p = 0; p < ONRI_PIECES; p++) {
                size_t i = (o / ONRI_PACK * ONRI_PIECES + p) * ONRI_PACK + o % ONRI_PACK;
                double sum = (double)s[r][0][i] + (double)s[r][1][i] + (double)s[r][2][i] +
                             (double)m->b[p * ONRI_WIDTH + o];
                if (p == 0 || sum > z[o]) z[o] = sum;
            }
        norm(m, z, res ? res[r] : NULL, y[r]);
    }
}

static float affine(const onri_linear *l, size_t o, const float *x)
{
    double sum = l->b[o];
    for (size_t k = 0; k < l->n_in; k++)
        sum += (double)x[k] * l->w[(o / ONRI_PACK * l->n_in + k) * ONRI_PACK + o % ONRI_PACK];
    return (float)sum;
}

static void ref_linear(const onri_linear *l, size_t n, const float *x, size_t ldx, float *y,
                       size_t ldy)
{
    for (size_t r = 0; r < n; r++)
        for (size_t o = 0; o < l->n_pad; o++) y[r * ldy + o] = affine(l, o, x + r * ldx);
}

static void ref_scores(const onri_linear *l, const float *x, uint64_t blocks, float *y)
{
    for (size_t o = 0; o < l->n_pad; o++)
        if (blocks >> (o / ONRI_PACK) & 1) y[o] = affine(l, o, x);
}

static void ref_hidden(size_t n, const float *const *row, const float *b, float *h)
{
    for (size_t o = 0; o < ONRI_HIDDEN; o++) {
        double u[2] = { 0, 0 };
        for (size_t p = 0; p < 2; p++) {
            for (size_t i = 0; i < n; i++) u[p] += row[i][p * ONRI_HIDDEN + o];
            u[p] += b[p * ONRI_HIDDEN + o];
        }
        h[o] = (float)(u[1] > u[0] ? u[1] : u[0]);
    }
}

static size_t ref_best(const float *s, size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (s[i] > s[best] || (isnan(s[best]) && !isnan(s[i]))) best = i;
    return best;
}

const onri_kernel *onri_kernel_ref(void)
{
    static const onri_kernel kernel = { ONR_KERNEL_REF, ONRI_PACK,       ref_sums,   ref_maxout,
                                        ref_conv,       ref_maxout_sums, ref_linear, ref_scores,
                                        ref_hidden,     ref_best };
    return &kernel;
}
