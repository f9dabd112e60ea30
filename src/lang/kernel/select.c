/* Which kernels this machine can run, and the fastest of them. Source: own. */
#include "lang/kernel/kernel.h"

#if defined(__x86_64__)
static bool machine_has(onr_kernel id)
{
    if (id == ONR_KERNEL_AVX2)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (id == ONR_KERNEL_AVX512) return __builtin_cpu_supports("avx512f") != 0;
    return true;
}
#else
static bool machine_has(onr_kernel id)
{
    (void)id; /* a build for ARM has NEON on every machine, and no x86 kernel to ask for */
    return true;
}
#endif

const onri_kernel *onri_kernel_get(onr_kernel id)
{
    static const onr_kernel fastest_first[] = { ONR_KERNEL_AVX512, ONR_KERNEL_AVX2, ONR_KERNEL_NEON,
                                                ONR_KERNEL_PLAIN };
    if (id == ONR_KERNEL_AUTO) {
        for (size_t i = 0; i < sizeof fastest_first / sizeof *fastest_first; i++) {
            const onri_kernel *kernel = onri_kernel_get(fastest_first[i]);
            if (kernel) return kernel;
        }
        return NULL;
    }
    if (!machine_has(id)) return NULL;
    switch (id) {
    case ONR_KERNEL_REF:
        return onri_kernel_ref();
    case ONR_KERNEL_PLAIN:
        return onri_kernel_plain();
    case ONR_KERNEL_AVX2:
        return onri_kernel_avx2();
    case ONR_KERNEL_AVX512:
        return onri_kernel_avx512();
    case ONR_KERNEL_NEON:
        return onri_kernel_neon();
    default:
        return NULL;
    }
}
