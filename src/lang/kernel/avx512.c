/* The kernel for x86-64 with AVX-512F: 16 lanes, 32 registers. Compiled with its own flags
 * (CMakeLists.txt); select.c asks the machine before it is used.
 *
 * Source: own (vector.h). */
#include "lang/kernel/kernel.h"

#if defined(__AVX512F__)
#include <immintrin.h>

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

typedef __m512 vec;
#define v_load(p)      _mm512_loadu_ps(p)
#define v_store(p, v)  _mm512_storeu_ps((p), (v))
#define v_set1(x)      _mm512_set1_ps(x)
#define v_add(a, b)    _mm512_add_ps((a), (b))
#define v_sub(a, b)    _mm512_sub_ps((a), (b))
#define v_mul(a, b)    _mm512_mul_ps((a), (b))
#define v_fma(a, b, c) _mm512_fmadd_ps((a), (b), (c))
#define v_max(a, b)    _mm512_max_ps((a), (b))
#define v_sum(v)       _mm512_reduce_add_ps(v)

#include "lang/kernel/vector.h"

const onri_kernel *onri_kernel_avx512(void)
{
    static const onri_kernel kernel = KERNEL_TABLE(ONR_KERNEL_AVX512);
    return &kernel;
}
#else
const onri_kernel *onri_kernel_avx512(void)
{
    return NULL;
}
#endif
