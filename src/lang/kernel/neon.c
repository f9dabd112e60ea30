/* The kernel for 64-bit ARM: 4 lanes, 32 registers, fused multiply-add. Never run on the makers'
 * machines yet: the tests compare it with the slow twin where they run on ARM.
 *
 * Source: own (vector.h). */
#include "lang/kernel/kernel.h"

#if defined(__aarch64__)
#include <arm_neon.h>

enum { LANES = 4, VPT = 2, ROWS = 4, LIN_ROWS = 4, LIN_BLOCKS = 4 };
#define BY_ROWS_MORE(CALL)

typedef float32x4_t vec;
#define v_load(p)      vld1q_f32(p)
#define v_store(p, v)  vst1q_f32((p), (v))
#define v_set1(x)      vdupq_n_f32(x)
#define v_add(a, b)    vaddq_f32((a), (b))
#define v_sub(a, b)    vsubq_f32((a), (b))
#define v_mul(a, b)    vmulq_f32((a), (b))
#define v_fma(a, b, c) vfmaq_f32((c), (a), (b))
#define v_max(a, b)    vbslq_f32(vcgtq_f32((a), (b)), (a), (b)) /* fmax would keep a NaN */
#define v_sum(v)       vaddvq_f32(v)

#include "lang/kernel/vector.h"

const onri_kernel *onri_kernel_neon(void)
{
    static const onri_kernel kernel = KERNEL_TABLE(ONR_KERNEL_NEON);
    return &kernel;
}
#else
const onri_kernel *onri_kernel_neon(void)
{
    return NULL;
}
#endif
