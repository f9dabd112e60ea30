/* The kernel for any machine: four lanes of the compiler's own vector type, multiplication and
 * addition rounded apart. SSE2 on x86-64, NEON without fusing on ARM, scalars elsewhere.
 *
 * Source: own (vector.h). Needs GCC or clang for the vector type. */
#include "lang/kernel/kernel.h"

enum { LANES = 4, VPT = 1, ROWS = 4, LIN_ROWS = 2, LIN_BLOCKS = 3 };
#define BY_ROWS_MORE(CALL)

typedef float vec __attribute__((vector_size(16)));
typedef int32_t vec_mask __attribute__((vector_size(16)));

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
    return (vec){ x, x, x, x };
}
static inline vec v_add(vec a, vec b)
{
    return a + b;
}
static inline vec v_sub(vec a, vec b)
{
    return a - b;
}
static inline vec v_mul(vec a, vec b)
{
    return a * b;
}
static inline vec v_fma(vec a, vec b, vec c)
{
    return a * b + c;
}
static inline vec v_max(vec a, vec b)
{
    vec_mask greater = a > b;
    return (vec)(((vec_mask)a & greater) | ((vec_mask)b & ~greater));
}
static inline float v_sum(vec v)
{
    return (v[0] + v[2]) + (v[1] + v[3]);
}

#include "lang/kernel/vector.h"

const onri_kernel *onri_kernel_plain(void)
{
    static const onri_kernel kernel = KERNEL_TABLE(ONR_KERNEL_PLAIN);
    return &kernel;
}
