/* What every fuzz target includes: the name libFuzzer and fuzz/driver.c call it by. A target states
 * a property and aborts when it does not hold. */
#ifndef ONR_FUZZ_H
#define ONR_FUZZ_H

#include "base/base.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
