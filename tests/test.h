/* What every unit test includes: cmocka with what it needs before it, and the base room. */
#ifndef ONR_TEST_H
#define ONR_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

/* ../shared is the maintainers' test data; tests that read it say so when it is absent. */
#define ONR_SHARED_DIR ONR_SOURCE_DIR "/../shared"

#endif
