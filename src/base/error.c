/* Status names and the filling of an onr_error. No allocation on the way. */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const status_names[] = {
#define STATUS_NAME(id, name, gloss) [ONR_##id] = name,
    ONR_STATUSES(STATUS_NAME)
#undef STATUS_NAME
};
_Static_assert(sizeof status_names / sizeof *status_names == ONR_STATUS__COUNT,
               "one name for each status");

const char *onr_status_name(onr_status status)
{
    return (unsigned)status < ONR_STATUS__COUNT ? status_names[status] : "unknown";
}

void onri_bug(const char *what, const char *file, int line)
{
    /* The one place of the library that writes to stderr: the process is about to end. */
    fprintf(stderr, "onrecord: bug: %s does not hold at %s:%d\n", what, file, line);
    abort();
}

__attribute__((format(printf, 5, 0))) static void
fill(onr_error *err, onr_status status, const char *stage, uint64_t at, const char *fmt, va_list ap)
{
    *err = (onr_error){ .status = status, .stage = stage, .at = at };
    (void)vsnprintf(err->msg, sizeof err->msg, fmt, ap);
}

onr_status onri_fail(onr_error *err, onr_status status, const char *stage, const char *fmt, ...)
{
    if (err) {
        va_list ap;
        va_start(ap, fmt);
        fill(err, status, stage, UINT64_MAX, fmt, ap);
        va_end(ap);
    }
    return status;
}

onr_status onri_fail_at(onr_error *err, onr_status status, const char *stage, uint64_t at,
                        const char *fmt, ...)
{
    if (err) {
        va_list ap;
        va_start(ap, fmt);
        fill(err, status, stage, at, fmt, ap);
        va_end(ap);
    }
    return status;
}

onr_status onri_fail_os(onr_error *err, const char *stage, int os_errno, const char *fmt, ...)
{
    if (err) {
        va_list ap;
        va_start(ap, fmt);
        fill(err, ONR_E_IO, stage, UINT64_MAX, fmt, ap);
        va_end(ap);
        err->os_errno = os_errno;
        char why[96];
        if (strerror_r(os_errno, why, sizeof why) != 0)
            (void)snprintf(why, sizeof why, "system error %d", os_errno);
        const size_t n = strlen(err->msg);
        (void)snprintf(err->msg + n, sizeof err->msg - n, ": %s", why);
    }
    return ONR_E_IO;
}

onr_status onri_fail_mem(onr_error *err, const onr_arena *mem, const char *stage)
{
    if (mem->status == ONR_E_LIMIT)
        return onri_fail(err, ONR_E_LIMIT, stage, "needs more than %zu bytes of memory", mem->max);
    return onri_fail(err, ONR_E_NOMEM, stage, "out of memory");
}
