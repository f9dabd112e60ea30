/* The JSON reader on any bytes: what it accepts is a tree whose strings are valid UTF-8, whose
 * offsets lie inside the input in rising order and whose counts are right; what it refuses leaves
 * no tree and says why. */
#include "fuzz.h"

static void check(const onri_json *v, size_t n_text, uint32_t depth)
{
    if (depth > ONR_JSON_DEPTH_MAX || v->at >= n_text) abort();
    if (onri_utf8_check(v->str) != v->str.n || onri_utf8_check(v->key) != v->key.n) abort();
    uint32_t n = 0, last = v->at;
    for (const onri_json *c = v->first; c; c = c->next, n++) {
        if (c->at <= last) abort();
        last = c->at;
        check(c, n_text, depth + 1);
    }
    if (n != v->n) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    onr_arena mem = onr_arena_make((size_t)8 * ONR_MIB);
    const onri_json *v = NULL;
    onr_error err = ONR_ERROR_INIT;
    const onr_sv text = onri_sv((const char *)data, size);
    const onr_status st = onri_json_read(&mem, text, ONR_JSON_DEPTH_MAX, &v, &err);
    if (st == ONR_OK)
        check(v, size, 0);
    else if (v || err.status != st || err.msg[0] == '\0')
        abort();
    onr_arena_drop(&mem);
    return 0;
}
