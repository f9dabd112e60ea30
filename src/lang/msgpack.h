/* msgpack in memory to a tree: the dialect spaCy and thinc write. */
#ifndef ONRI_LANG_MSGPACK_H
#define ONRI_LANG_MSGPACK_H

#include "base/base.h"

enum { ONRI_MP_DEPTH_MAX = 32 };

typedef enum onri_mp_kind {
    ONRI_MP_NIL,
    ONRI_MP_BOOL,
    ONRI_MP_UINT, /* whole numbers >= 0 */
    ONRI_MP_INT,  /* whole numbers < 0 */
    ONRI_MP_FLOAT,
    ONRI_MP_STR, /* valid UTF-8 */
    ONRI_MP_BIN,
    ONRI_MP_ARRAY,
    ONRI_MP_MAP
} onri_mp_kind;

typedef struct onri_mp {
    onri_mp_kind kind;
    uint32_t n; /* array: items; map: pairs */
    union {
        bool b;
        uint64_t u;
        int64_t i;
        double f;
        onr_sv s;                 /* str, bin: view of the input */
        const struct onri_mp *at; /* array [n]; map [2n]: key, value, key, value ... */
    } v;
} onri_mp;

/* One value that fills all of `bytes`, which must live as long as the tree.
 * E_MODEL: cut, not msgpack, ext types, bad UTF-8 in a str, something after the value.
 * E_LIMIT: nested over ONRI_MP_DEPTH_MAX. On failure mem is as before. */
ONR_CHECK onr_status onri_mp_read(onr_arena *mem, onr_sv bytes, const onri_mp **out,
                                  onr_error *err);
/* Value of a str or bin key of a map; NULL if absent or no map. NULL-safe. */
const onri_mp *onri_mp_get(const onri_mp *map, const char *key);
/* Value of a number key. */
const onri_mp *onri_mp_get_u64(const onri_mp *map, uint64_t key);
static inline bool onri_mp_is(const onri_mp *v, onri_mp_kind kind)
{
    return v && v->kind == kind;
}
/* Is it that text (str or bin)? NULL-safe. */
static inline bool onri_mp_text_is(const onri_mp *v, const char *text)
{
    return v && (v->kind == ONRI_MP_STR || v->kind == ONRI_MP_BIN) && onri_eqz(v->v.s, text);
}

#endif
