/* The tests of lang_kernel.c on the tile shapes of the AVX-512 kernel (16 lanes, eight rows, seven
 * blocks), with the compiler's own vectors, so that these shapes are tried on machines without
 * AVX-512 too. What is left untried there are the instructions themselves. */
#include "lang/kernel/kernel.h"

#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wpsabi" /* passing such vectors is this file's own affair */
#endif

enum { LANES = 16, VPT = 1, ROWS = 8, LIN_ROWS = 12, LIN_BLOCKS = 7 };
#define BY_ROWS_MORE(CALL)                                                                         \
    case 5:                                                                                        \
        CALL(5);                                                                                   \
        break;                                                                                     \
    case 6:                                                                                        \
        CALL(6);                                                                                   \
        break;                                                                                     \
    case 7:                                                                                        \
        CALL(7);                                                                                   \
        break;                                                                                     \
    case 8:                                                                                        \
        CALL(8);                                                                                   \
        break;

typedef float vec __attribute__((vector_size(64)));
typedef int32_t vec_mask __attribute__((vector_size(64)));

static inline vec v_load(const float *p)
{
    vec v;
    memcpy(&v, p, sizeof v);
    return v;
}
static inline void v_store(float *p, vec v)
{
    memcpy(p, &v, sizeof v);
}
static inline vec v_set1(float x)
{
    vec v;
    for (int i = 0; i < LANES; i++) v[i] = x;
    return v;
}
static inline vec v_max(vec a, vec b)
{
    vec_mask greater = a > b;
    return (vec)(((vec_mask)a & greater) | ((vec_mask)b & ~greater));
}
static inline float v_sum(vec v)
{
    float sum = 0;
    for (int i = 0; i < LANES; i++) sum += v[i];
    return sum;
}
#define v_add(a, b)    ((a) + (b))
#define v_sub(a, b)    ((a) - (b))
#define v_mul(a, b)    ((a) * (b))
#define v_fma(a, b, c) ((a) * (b) + (c))

#include "lang/kernel/vector.h"

static const onri_kernel wide_kernel = KERNEL_TABLE(ONR_KERNEL_AVX512);
#define EXTRA_KERNEL (&wide_kernel)
#include "lang_kernel.c"
