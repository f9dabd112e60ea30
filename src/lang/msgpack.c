/* msgpack to a tree in an arena, without recursion.
 * Source: the msgpack specification (str, bin, ints, floats, nil, bool, array, map).
 * Leaves out: ext types, which these files do not use: refused. A count is believed only if the
 * bytes that are left could hold that many values. */
#include "lang/msgpack.h"

typedef struct reader {
    onr_sv s;
    size_t at;
    onr_arena *mem;
} reader;

/* n bytes big-endian; false past the end. */
static bool take(reader *r, unsigned n, uint64_t *out)
{
    if (r->s.n - r->at < n) return false;
    uint64_t v = 0;
    for (unsigned i = 0; i < n; i++) v = v << 8 | (unsigned char)r->s.p[r->at + i];
    r->at += n;
    *out = v;
    return true;
}

static bool take_int(reader *r, unsigned bytes, onri_mp *v)
{
    uint64_t u;
    if (!take(r, bytes, &u)) return false;
    const unsigned shift = 64 - 8 * bytes;
    u <<= shift;
    int64_t i;
    memcpy(&i, &u, sizeof i);
    i /= (int64_t)1 << shift; /* exact: the low bits are zero */
    v->kind = i < 0 ? ONRI_MP_INT : ONRI_MP_UINT;
    v->v.i = i;
    return true;
}

static bool take_bytes(reader *r, uint64_t n, onri_mp_kind kind, onri_mp *v)
{
    if (n > r->s.n - r->at) return false;
    v->kind = kind;
    v->v.s = onri_sub(r->s, r->at, r->at + (size_t)n);
    r->at += (size_t)n;
    return kind != ONRI_MP_STR || onri_utf8_check(v->v.s) == v->v.s.n;
}

static bool take_many(reader *r, uint64_t n, onri_mp_kind kind, onri_mp *v)
{
    const uint64_t left = r->s.n - r->at;
    if (n > (kind == ONRI_MP_MAP ? left / 2 : left) || n > UINT32_MAX / 2) return false;
    v->kind = kind;
    v->n = (uint32_t)n;
    return true;
}

static bool take_float(reader *r, unsigned bytes, onri_mp *v)
{
    uint64_t u;
    if (!take(r, bytes, &u)) return false;
    v->kind = ONRI_MP_FLOAT;
    if (bytes == 8) {
        memcpy(&v->v.f, &u, 8);
    } else {
        const uint32_t low = (uint32_t)u;
        float f;
        memcpy(&f, &low, 4);
        v->v.f = (double)f;
    }
    return true;
}

/* Head of the next value; containers get kind and n only. */
static bool take_head(reader *r, onri_mp *v)
{
    uint64_t c, n;
    *v = (onri_mp){ 0 };
    if (!take(r, 1, &c)) return false;
    if (c < 0x80 || c >= 0xe0) {
        v->kind = c < 0x80 ? ONRI_MP_UINT : ONRI_MP_INT;
        v->v.i = c < 0x80 ? (int64_t)c : (int64_t)c - 256;
        return true;
    }
    if (c < 0x90) return take_many(r, c & 15, ONRI_MP_MAP, v);
    if (c < 0xa0) return take_many(r, c & 15, ONRI_MP_ARRAY, v);
    if (c < 0xc0) return take_bytes(r, c & 31, ONRI_MP_STR, v);
    switch (c) {
    case 0xc0:
        return true;
    case 0xc2:
    case 0xc3:
        v->kind = ONRI_MP_BOOL;
        v->v.b = c == 0xc3;
        return true;
    case 0xc4:
    case 0xc5:
    case 0xc6:
        return take(r, 1u << (c - 0xc4), &n) && take_bytes(r, n, ONRI_MP_BIN, v);
    case 0xca:
        return take_float(r, 4, v);
    case 0xcb:
        return take_float(r, 8, v);
    case 0xcc:
    case 0xcd:
    case 0xce:
    case 0xcf:
        v->kind = ONRI_MP_UINT;
        return take(r, 1u << (c - 0xcc), &v->v.u);
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3:
        return take_int(r, 1u << (c - 0xd0), v);
    case 0xd9:
    case 0xda:
    case 0xdb:
        return take(r, 1u << (c - 0xd9), &n) && take_bytes(r, n, ONRI_MP_STR, v);
    case 0xdc:
    case 0xdd:
        return take(r, 2u << (c - 0xdc), &n) && take_many(r, n, ONRI_MP_ARRAY, v);
    case 0xde:
    case 0xdf:
        return take(r, 2u << (c - 0xde), &n) && take_many(r, n, ONRI_MP_MAP, v);
    default:
        return false; /* c1 is never used; ext types */
    }
}

typedef struct frame {
    onri_mp *next;
    uint64_t left;
} frame;

static onr_status read_tree(reader *r, onri_mp *root, onr_error *err)
{
    frame stack[ONRI_MP_DEPTH_MAX + 1];
    uint32_t depth = 0;
    stack[0] = (frame){ root, 1 };
    for (;;) {
        while (stack[depth].left == 0) {
            if (depth == 0) return ONR_OK;
            depth--;
        }
        onri_mp *v = stack[depth].next++;
        stack[depth].left--;
        const size_t at = r->at;
        if (!take_head(r, v))
            return onri_fail_at(err, ONR_E_MODEL, "msgpack", at, "damaged msgpack at byte %zu", at);
        if (v->n == 0) continue;
        if (depth == ONRI_MP_DEPTH_MAX)
            return onri_fail_at(err, ONR_E_LIMIT, "msgpack", at, "msgpack nested over %d deep",
                                ONRI_MP_DEPTH_MAX);
        const uint64_t n = v->kind == ONRI_MP_MAP ? 2 * (uint64_t)v->n : v->n;
        onri_mp *kids = ONRI_NEW_N(r->mem, (size_t)n, onri_mp);
        if (!kids) return onri_fail_mem(err, r->mem, "msgpack");
        v->v.at = kids;
        stack[++depth] = (frame){ kids, n };
    }
}

onr_status onri_mp_read(onr_arena *mem, onr_sv bytes, const onri_mp **out, onr_error *err)
{
    reader r = { .s = bytes, .mem = mem };
    const onr_mark mark = onr_arena_mark(mem);
    onri_mp *root = ONRI_NEW(mem, onri_mp);
    if (!root) return onri_fail_mem(err, mem, "msgpack");
    onr_status st = read_tree(&r, root, err);
    if (st == ONR_OK && r.at != bytes.n)
        st = onri_fail_at(err, ONR_E_MODEL, "msgpack", r.at, "bytes after the msgpack value");
    if (st == ONR_OK)
        *out = root;
    else
        onr_arena_rewind(mem, mark);
    return st;
}

const onri_mp *onri_mp_get(const onri_mp *map, const char *key)
{
    if (!onri_mp_is(map, ONRI_MP_MAP)) return NULL;
    for (uint32_t i = 0; i < map->n; i++)
        if (onri_mp_text_is(&map->v.at[2 * i], key)) return &map->v.at[2 * i + 1];
    return NULL;
}

const onri_mp *onri_mp_get_u64(const onri_mp *map, uint64_t key)
{
    if (!onri_mp_is(map, ONRI_MP_MAP)) return NULL;
    for (uint32_t i = 0; i < map->n; i++) {
        const onri_mp *k = &map->v.at[2 * i];
        if (k->kind == ONRI_MP_UINT && k->v.u == key) return &map->v.at[2 * i + 1];
    }
    return NULL;
}
