/* The kernel for x86-64 with AVX2 and FMA: 8 lanes, 16 registers. Compiled with its own flags
 * (CMakeLists.txt); select.c asks the machine before it is used.
 *
 * Source: own (vector.h). */
#include "lang/kernel/kernel.h"

#if defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>

enum { LANES = 8, VPT = 1, ROWS = 4, LIN_ROWS = 6, LIN_BLOCKS = 4 };
#define BY_ROWS_MORE(CALL)

typedef __m256 vec;
#define v_load(p)      _mm256_loadu_ps(p)
#define v_store(p, v)  _mm256_storeu_ps((p), (v))
#define v_set1(x)      _mm256_set1_ps(x)
#define v_add(a, b)    _mm256_add_ps((a), (b))
#define v_sub(a, b)    _mm256_sub_ps((a), (b))
#define v_mul(a, b)    _mm256_mul_ps((a), (b))
#define v_fma(a, b, c) _mm256_fmadd_ps((a), (b), (c))
#define v_max(a, b)    _mm256_max_ps((a), (b))

static inline float v_sum(vec v)
{
    __m128 s = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    s = _mm_add_ps(s, _mm_movehl_ps(s, s));
    return _mm_cvtss_f32(_mm_add_ss(s, _mm_movehdup_ps(s)));
}

#include "lang/kernel/vector.h"

const onri_kernel *onri_kernel_avx2(void)
{
    static const onri_kernel kernel = KERNEL_TABLE(ONR_KERNEL_AVX2);
    return &kernel;
}
#else
const onri_kernel *onri_kernel_avx2(void)
{
    return NULL;
}
#endif
