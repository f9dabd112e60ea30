/* Weights of the convolution for four rows at a time with half the multiplications.
 *
 * A layer sees three neighbouring rows d(t-1), d(t), d(t+1) with matrices A, B, C. For four rows in
 * one go the sums are a short product of polynomials, which six products of mixed rows with mixed
 * matrices give as well as twelve plain ones would (Winograd 1980; Toom and Cook; for networks
 * Lavin and Gray 2016). With the points 0, 1, -1, 1/2, -1/2 and infinity, and rows d0 .. d5:
 *
 *   term   mixed row                          mixed matrix
 *   0      d0/4 - 5 d2/4 + d4                 4 A
 *   1, 2   (d4 - d2/4) +- (d3 - d1/4)         2/3 (A +- B + C)
 *   3, 4   (d4 - d2) +- (d3 - d1) / 2         -2/3 (4 A +- 2 B + C)
 *   5      d1/4 - 5 d3/4 + d5                 C
 *
 *   sums of the four rows, with s = p1 + p2, d = p1 - p2, S = p3 + p4, D = p3 - p4:
 *   p0 + s + S,   d + D/2,   s + S/4,   d + D/8 + p5
 *
 * In single precision on the real models the encoder's rows are as near to the exact ones as with
 * plain sums, or as spaCy's are (docs/measured/engine.md). */
#include "lang/kernel/kernel.h"

static double weight(const onri_maxout *m, size_t o, size_t p, size_t k)
{
    return (double)
        m->w[((o / ONRI_PACK * m->n_in + k) * ONRI_PIECES + p) * ONRI_PACK + o % ONRI_PACK];
}

onri_conv onri_conv_pack(float *mem, const onri_maxout *m, uint32_t width)
{
    ONR_ASSERT(m->n_in == 3 * ONRI_WIDTH && ONRI_WIDTH % width == 0);
    float *to = mem;
    for (size_t block = 0; block < ONRI_WIDTH;
         block += width, to += (size_t)ONRI_CONV_TERMS * ONRI_SUMS * width)
        for (size_t k = 0; k < ONRI_WIDTH; k++)
            for (size_t p = 0; p < ONRI_PIECES; p++)
                for (size_t i = 0; i < width; i++) {
                    const double a = weight(m, block + i, p, k);
                    const double b = weight(m, block + i, p, ONRI_WIDTH + k);
                    const double c = weight(m, block + i, p, 2 * ONRI_WIDTH + k);
                    const double term[ONRI_CONV_TERMS] = {
                        4 * a,
                        (a + b + c) * 2 / 3,
                        (a - b + c) * 2 / 3,
                        -(4 * a + 2 * b + c) * 2 / 3,
                        -(4 * a - 2 * b + c) * 2 / 3,
                        c,
                    };
                    for (size_t t = 0; t < ONRI_CONV_TERMS; t++)
                        to[((t * ONRI_WIDTH + k) * ONRI_PIECES + p) * width + i] = (float)term[t];
                }
    return (onri_conv){ m, mem };
}
