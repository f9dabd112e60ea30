/* msgpack of any bytes: what is accepted is a tree whose strings lie in the input and are UTF-8, of
 * no more values than the input has bytes and no deeper than the limit; a refusal says why and
 * leaves the arena as it was. */
#include "fuzz.h"

#include "lang/msgpack.h"

/* Values below v; depth is bounded by the reader's own limit, which is what is checked here. */
static size_t walk(const onri_mp *v, onr_sv in, unsigned depth)
{
    if (depth > ONRI_MP_DEPTH_MAX) abort();
    size_t n = 1;
    switch (v->kind) {
    case ONRI_MP_STR:
    case ONRI_MP_BIN:
        if (v->v.s.n > in.n || (v->v.s.n && (v->v.s.p < in.p || v->v.s.p + v->v.s.n > in.p + in.n)))
            abort();
        if (v->kind == ONRI_MP_STR && onri_utf8_check(v->v.s) != v->v.s.n) abort();
        break;
    case ONRI_MP_INT:
        if (v->v.i >= 0) abort();
        break;
    case ONRI_MP_ARRAY:
        for (uint32_t i = 0; i < v->n; i++) n += walk(&v->v.at[i], in, depth + 1);
        break;
    case ONRI_MP_MAP:
        for (uint32_t i = 0; i < 2 * v->n; i++) n += walk(&v->v.at[i], in, depth + 1);
        break;
    default:
        break;
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    onr_arena mem = onr_arena_make((size_t)8 * ONR_MIB);
    const onr_sv in = onri_sv((const char *)data, size);
    const onri_mp *v = NULL;
    onr_error err = ONR_ERROR_INIT;
    const onr_status st = onri_mp_read(&mem, in, &v, &err);
    if (st == ONR_OK) {
        if (walk(v, in, 0) > size) abort();
    } else if (v || err.status != st || err.msg[0] == 0 || mem.used != 0) {
        abort();
    }
    onr_arena_drop(&mem);
    return 0;
}
