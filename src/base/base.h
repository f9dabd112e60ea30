/* The base room's one private entry: allocation helpers, vectors, buffers, interned words, UTF-8,
 * errors, hashing, files and JSON. Knows nothing of language or news; needs libc only. */
#ifndef ONRI_BASE_H
#define ONRI_BASE_H

#include "onrecord/base.h"
#include "onrecord/limits.h"

#include <stdarg.h>
#include <string.h>

/* ---- bugs and errors ------------------------------------------------------------------------ */

/* A broken promise inside the program, never a property of the input. Live in every build. */
#define ONR_ASSERT(x) ((x) ? (void)0 : onri_bug(#x, __FILE__, __LINE__))
_Noreturn void onri_bug(const char *what, const char *file, int line);

/* Fill err (may be NULL) and return status, so that callers write `return onri_fail(err, ...)`. */
onr_status onri_fail(onr_error *err, onr_status status, const char *stage, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
onr_status onri_fail_at(onr_error *err, onr_status status, const char *stage, uint64_t at,
                        const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* The same with errno appended to the message and kept in err->os_errno. */
onr_status onri_fail_os(onr_error *err, const char *stage, int os_errno, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* The arena gave NULL: NOMEM or LIMIT, as mem->status says. */
onr_status onri_fail_mem(onr_error *err, const onr_arena *mem, const char *stage);

/* ---- sizes ---------------------------------------------------------------------------------- */

/* *out = a*b or a+b; false on overflow. */
static inline bool onr_mul(size_t a, size_t b, size_t *out)
{
    return !__builtin_mul_overflow(a, b, out);
}
static inline bool onr_add(size_t a, size_t b, size_t *out)
{
    return !__builtin_add_overflow(a, b, out);
}

/* ---- memory --------------------------------------------------------------------------------- */

/* The only malloc, realloc and free of the library (src/base/alloc.c); size 0 gives NULL. */
void *onri_heap_alloc(size_t size);
void *onri_heap_realloc(void *p, size_t size);
void onri_heap_free(void *p);
/* Make the n-th allocation from now fail (0 = never): for torture tests. Until then every piece of
 * an arena comes from the heap, so that each can be the one. Gives what was left of the former
 * count: 0 if it fired. Not thread-safe. */
uint64_t onri_heap_fail_at(uint64_t nth);

/* Array of count elements of size bytes, zeroed, NULL on overflow or ceiling. */
void *onri_alloc_n(onr_arena *mem, size_t count, size_t size);
#define ONRI_NEW(mem, T)      ((T *)onr_alloc((mem), sizeof(T)))
#define ONRI_NEW_N(mem, n, T) ((T *)onri_alloc_n((mem), (n), sizeof(T)))
/* Copy of the bytes with a NUL after them (not counted in .n); .p NULL on failure. */
onr_sv onri_dup(onr_arena *mem, onr_sv s);

/* Growing array in an arena: struct { T *at; uint32_t n, cap; }. Zero-initialise it. */
#define ONRI_VEC(T)                                                                                \
    struct {                                                                                       \
        T *at;                                                                                     \
        uint32_t n, cap;                                                                           \
    }
/* Pointer to a new zeroed last element of v (a pointer to an ONRI_VEC), or NULL: check it. */
#define ONRI_PUSH(mem, v)                                                                          \
    (((v)->n == (v)->cap && !onri_vec_more((mem), &(v)->at, &(v)->cap, sizeof *(v)->at))           \
         ? NULL                                                                                    \
         : &(v)->at[(v)->n++])
bool onri_vec_more(onr_arena *mem, void *at_ptr, uint32_t *cap, size_t size);

/* ---- buffers -------------------------------------------------------------------------------- */

/* Growing heap buffer with a ceiling and a sticky status: append at will, check `status` once. */
typedef struct onri_buf {
    char *p;
    size_t n, cap, max;
    onr_status status;
} onri_buf;

onri_buf onri_buf_make(size_t max);
void onri_buf_drop(onri_buf *b);
void onri_buf_clear(onri_buf *b); /* n = 0 and status = OK; keeps the memory */
/* Room for `more` (over 0) bytes from b->p + b->n on, or NULL with the status set; who writes there
 * adds to b->n. */
char *onri_buf_more(onri_buf *b, size_t more);
static inline char *onri_buf_room(onri_buf *b, size_t more)
{
    if (more <= b->cap - b->n && b->status == ONR_OK) return b->p + b->n;
    return onri_buf_more(b, more);
}
/* Inline, because a page is made of thousands of short pieces: with a literal no call is left. */
static inline void onri_buf_add(onri_buf *b, onr_sv s)
{
    char *to = s.n ? onri_buf_room(b, s.n) : NULL;
    if (!to) return;
    memcpy(to, s.p, s.n);
    b->n += s.n;
}
static inline void onri_buf_addz(onri_buf *b, const char *s) /* a C string of our own */
{
    onri_buf_add(b, (onr_sv){ s, strlen(s) });
}
static inline void onri_buf_addc(onri_buf *b, char c)
{
    char *to = onri_buf_room(b, 1);
    if (!to) return;
    *to = c;
    b->n++;
}
void onri_buf_fmt(onri_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static inline onr_sv onri_buf_sv(const onri_buf *b)
{
    return (onr_sv){ b->p, b->n };
}

/* ---- views ---------------------------------------------------------------------------------- */

static inline onr_sv onri_sv(const char *p, size_t n)
{
    return (onr_sv){ p, n };
}
static inline onr_sv onri_svz(const char *s)
{
    return (onr_sv){ s, strlen(s) };
}
static inline onr_sv onri_sub(onr_sv s, size_t beg, size_t end)
{
    ONR_ASSERT(beg <= end && end <= s.n);
    return (onr_sv){ s.p ? s.p + beg : s.p, end - beg };
}
static inline bool onri_eq(onr_sv a, onr_sv b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
static inline bool onri_eqz(onr_sv a, const char *b)
{
    return onri_eq(a, onri_svz(b));
}
int onri_cmp(onr_sv a, onr_sv b); /* by bytes, then by length */
bool onri_starts(onr_sv s, onr_sv prefix);
bool onri_ends(onr_sv s, onr_sv suffix);
size_t onri_find(onr_sv s, onr_sv what, size_t from); /* offset, or SIZE_MAX */
onr_sv onri_trim(onr_sv s);                           /* ASCII white space off both ends */
/* Cut the next piece up to `sep` off *rest; false when nothing is left. "a,,b" gives "a","","b". */
bool onri_split(onr_sv *rest, char sep, onr_sv *piece);
/* Next field of a table's row, trimmed; empty when there is none. */
onr_sv onri_cell(onr_sv *rest, char sep);
/* Whole view as an unsigned decimal; false if empty, not digits, or over 2^64-1. */
bool onri_parse_u64(onr_sv s, uint64_t *out);
/* JSON number syntax, locale-free, within two units in the last place of the nearest double; false
 * also if that would be infinite. */
bool onri_parse_double(onr_sv s, double *out);

/* ---- UTF-8 ---------------------------------------------------------------------------------- */

#define ONRI_BAD_CP 0xFFFFFFFFu

/* Offset of the first byte that breaks UTF-8 (overlong, surrogate, > U+10FFFF, cut), or s.n. */
size_t onri_utf8_check(onr_sv s);
/* Code point at byte i of valid UTF-8 and its length in *len (1..4). i < s.n. */
uint32_t onri_utf8_at(onr_sv s, size_t i, unsigned *len);
/* Code point that ends right before byte i, its length in *len. i > 0. */
uint32_t onri_utf8_before(onr_sv s, size_t i, unsigned *len);
/* Length in bytes of the maximal bad piece at i of invalid UTF-8 (>= 1), 0 if a good one stands
 * there. */
unsigned onri_utf8_bad(onr_sv s, size_t i);
/* Write cp as UTF-8; returns 1..4. */
unsigned onri_utf8_put(char out[4], uint32_t cp);
size_t onri_utf8_count(onr_sv s); /* code points of valid UTF-8 */

/* ---- hashes --------------------------------------------------------------------------------- */

uint64_t onri_hash(onr_sv s); /* fast, fixed seed, for tables only (FNV-1a with a finaliser) */
uint64_t onri_hash_u64(uint64_t x);

typedef struct onri_sha256 {
    uint32_t h[8];
    uint64_t n;
    uint8_t block[64];
} onri_sha256;
void onri_sha256_init(onri_sha256 *s);
void onri_sha256_add(onri_sha256 *s, onr_sv bytes);
void onri_sha256_end(onri_sha256 *s, uint8_t out[32]);
void onri_hex(const uint8_t *bytes, size_t n, char *out); /* 2n digits and a NUL */

/* ---- maps ----------------------------------------------------------------------------------- */

/* Words as small dense numbers: equal bytes, equal atom. Ids count from 0 in order of insertion. */
typedef struct onri_atoms {
    onr_arena *mem;
    ONRI_VEC(onr_sv) words;
    uint32_t *slots; /* power of two; atom + 1, 0 = free */
    uint32_t n_slots;
} onri_atoms;

void onri_atoms_init(onri_atoms *a, onr_arena *mem);
uint32_t onri_atom(onri_atoms *a,
                   onr_sv word); /* adds a copy if new; ONR_NONE when out of memory */
uint32_t onri_atom_find(const onri_atoms *a, onr_sv word); /* ONR_NONE if absent */

/* uint64 -> uint32, open addressing, any key. */
typedef struct onri_map {
    onr_arena *mem;
    uint64_t *keys;
    uint32_t *vals; /* ONR_NONE = free slot */
    uint32_t n, n_slots;
} onri_map;

void onri_map_init(onri_map *m, onr_arena *mem);
bool onri_map_put(onri_map *m, uint64_t key, uint32_t val); /* replaces; false: out of memory */
uint32_t onri_map_get(const onri_map *m, uint64_t key);     /* ONR_NONE if absent */

/* ---- files ---------------------------------------------------------------------------------- */

/* Whole file (or stdin for "-") into mem, at most max bytes. LIMIT, IO (also for a directory). */
ONR_CHECK onr_status onri_file_read(onr_arena *mem, const char *path, size_t max, onr_sv *out,
                                    onr_error *err);
/* Map a file read-only; unmap with onri_file_unmap. An empty file gives n = 0. */
ONR_CHECK onr_status onri_file_map(const char *path, onr_sv *out, onr_error *err);
void onri_file_unmap(onr_sv map);
/* Write all bytes to a new file beside path, fsync, rename over path: whole or not at all. */
ONR_CHECK onr_status onri_file_write(const char *path, onr_sv bytes, onr_error *err);
/* Create the folder and its parents (mode 0777 & umask); fine if they exist. */
ONR_CHECK onr_status onri_mkdirs(const char *path, onr_error *err);

/* ---- JSON ----------------------------------------------------------------------------------- */

/* Writer: appends compact JSON to a buffer; commas and nesting are its business. Keys are written
 * as given. Strings: bytes that are not UTF-8 become U+FFFD. */
typedef struct onri_jw {
    onri_buf *b;
    uint32_t depth;
    uint64_t comma; /* one bit a level: something stands before */
    bool key;       /* a key waits for its value */
} onri_jw;

onri_jw onri_jw_make(onri_buf *b);
void onri_jw_open(onri_jw *w, char bracket); /* '{' or '[' */
void onri_jw_close(onri_jw *w, char bracket);
void onri_jw_key(onri_jw *w, const char *key);
void onri_jw_str(onri_jw *w, onr_sv s);
void onri_jw_strz(onri_jw *w, const char *s);
void onri_jw_uint(onri_jw *w, uint64_t v);
void onri_jw_int(onri_jw *w, int64_t v);
void onri_jw_num(onri_jw *w, double v, int decimals); /* fixed, trailing zeros off, locale-free */
void onri_jw_bool(onri_jw *w, bool v);
void onri_jw_null(onri_jw *w);
void onri_jw_span(onri_jw *w, onr_span s); /* [beg,end] */
void onri_jw_raw(onri_jw *w, onr_sv json); /* a value that is JSON already */

/* Reader: strict RFC 8259 into a tree in an arena. Refused: duplicate keys, \u0000 in keys, bad
 * UTF-8, lone surrogates, depth over max_depth, anything after the value. Strings without escapes
 * are views of `text`, which must live as long as the tree. On failure mem is as before and err
 * holds byte and line. */
typedef enum onri_json_kind {
    ONRI_JSON_NULL,
    ONRI_JSON_FALSE,
    ONRI_JSON_TRUE,
    ONRI_JSON_NUMBER,
    ONRI_JSON_STRING,
    ONRI_JSON_ARRAY,
    ONRI_JSON_OBJECT
} onri_json_kind;

typedef struct onri_json {
    onri_json_kind kind;
    onr_sv key;                    /* if a member of an object */
    onr_sv str;                    /* string: decoded; number: its characters */
    const struct onri_json *first; /* array or object: first child, or NULL */
    const struct onri_json *next;  /* next sibling, or NULL */
    uint32_t n;                    /* children */
    uint32_t at;                   /* offset of the value in the input */
} onri_json;

ONR_CHECK onr_status onri_json_read(onr_arena *mem, onr_sv text, uint32_t max_depth,
                                    const onri_json **out, onr_error *err);
const onri_json *onri_json_get(const onri_json *object, const char *key); /* NULL-safe; or NULL */
onr_sv onri_json_str(const onri_json *v, onr_sv otherwise);
bool onri_json_u64(const onri_json *v, uint64_t *out);
bool onri_json_double(const onri_json *v, double *out);

#endif
