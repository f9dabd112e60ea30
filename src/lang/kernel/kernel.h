/* Linear algebra of the network: one table of functions, several makers of it.
 *
 * ref.c is the slow twin (double sums, no tricks): the judge of the others. The rest come from one
 * source, vector.h, compiled for 4 lanes of any machine (plain), AVX2, AVX-512 and NEON. They sum
 * in the same order for any number of rows, so that a row's bits do not depend on its neighbours.
 *
 * Rows come as pointers: three neighbouring rows of an encoder lie side by side, so the input of a
 * convolution is 288 floats from the left neighbour on, and nothing is copied. */
#ifndef ONRI_LANG_KERNEL_KERNEL_H
#define ONRI_LANG_KERNEL_KERNEL_H

#include "base/base.h"
#include "lang/model.h"
#include "onrecord/lang.h"

enum {
    ONRI_SUMS = ONRI_WIDTH * ONRI_PIECES, /* outputs of a maxout layer before the maximum */
    ONRI_UNITS2 = ONRI_HIDDEN * 2         /* the same of the state scorers: two pieces */
};
#define ONRI_LN_EPS 1e-8F /* added to the variance by layer norm (thinc's value) */

/* Affine layer, packed: weight of output o, input k stands at
 * w[((o / ONRI_PACK) * n_in + k) * ONRI_PACK + o % ONRI_PACK]; outputs are padded with zeros. */
typedef struct onri_linear {
    uint32_t n_in, n_out, n_pad; /* n_pad: n_out rounded up to ONRI_PACK */
    const float *w, *b;          /* [n_pad][n_in] packed; [n_pad] */
} onri_linear;

/* A convolution layer (n_in = 3 * ONRI_WIDTH) with weights for four rows at a time: see conv.c.
 * w[ONRI_WIDTH / width][ONRI_CONV_TERMS][ONRI_WIDTH inputs][ONRI_PIECES][width], where width is the
 * kernel's own. */
enum { ONRI_CONV_ROWS = 4, ONRI_CONV_IN = 6, ONRI_CONV_TERMS = 6 };
typedef struct onri_conv {
    const onri_maxout *m;
    const float *w;
} onri_conv;
enum { ONRI_CONV_FLOATS = ONRI_CONV_TERMS * ONRI_WIDTH * ONRI_SUMS };

typedef struct onri_kernel {
    onr_kernel id;
    uint32_t width; /* outputs of one block of convolution weights */
    /* y[r] = sum over k in [k0, k0 + n_k) of w[.][k] * x[r][k - k0], for r < n; no bias. y[r] has
     * ONRI_SUMS floats in the order of the packing: [output / 16][piece][output % 16]. */
    void (*sums)(const onri_maxout *m, size_t k0, size_t n_k, size_t n, const float *const *x,
                 float *const *y);
    /* y[r] = res[r] + norm(max over pieces (w . x[r] + b)); res NULL: none. y[r] may be res[r], not
     * overlap an x. */
    void (*maxout)(const onri_maxout *m, size_t n, const float *const *x, const float *const *res,
                   float *const *y);
    /* Four rows from six: y[i][j] = row j + 1 + norm(max over pieces (w . rows j, j + 1, j + 2 +
     * b)) for i < n, j < 4, where x[i] are six rows side by side. Rows j + 3 and on reach y[i][j]
     * only by rounding: they must be numbers of the others' size or zeros. */
    void (*conv)(const onri_conv *c, size_t n, const float *const *x,
                 float *const (*y)[ONRI_CONV_ROWS]);
    /* The same as maxout from three vectors of sums, added in order before the bias. */
    void (*maxout_sums)(const onri_maxout *m, size_t n, const float *const (*s)[3],
                        const float *const *res, float *const *y);
    /* y[r] = w . x[r] + b; rows at x + r * ldx and y + r * ldy; n_pad outputs are written. */
    void (*linear)(const onri_linear *l, size_t n, const float *x, size_t ldx, float *y,
                   size_t ldy);
    /* One row, only the blocks of ONRI_PACK outputs whose bit is set. l->n_pad <= 64 blocks. */
    void (*scores)(const onri_linear *l, const float *x, uint64_t blocks, float *y);
    /* h[o] = max over two pieces of (row[0] + row[1] + ... + b); rows and b piece-major. */
    void (*hidden)(size_t n, const float *const *row, const float *b, float *h);
    /* First index of the greatest of s[0..n), n > 0. NaN is passed over; 0 if there is no other. */
    size_t (*best)(const float *s, size_t n);
} onri_kernel;

/* Weights of a convolution layer for kernels of this width, ONRI_CONV_FLOATS floats at mem. */
onri_conv onri_conv_pack(float *mem, const onri_maxout *m, uint32_t width);

/* NULL: not in this build, or not on this machine. AUTO: the fastest there is. */
const onri_kernel *onri_kernel_get(onr_kernel id);

/* Makers; NULL where the build's target has no such thing. They do not ask the machine. */
const onri_kernel *onri_kernel_ref(void);
const onri_kernel *onri_kernel_plain(void);
const onri_kernel *onri_kernel_avx2(void);
const onri_kernel *onri_kernel_avx512(void);
const onri_kernel *onri_kernel_neon(void);

#endif
