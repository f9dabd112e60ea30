/* The only heap calls of the library, and the arena built on them.
 *
 * An arena is a list of chunks that double in size. Under ASan freed space is poisoned, so that a
 * view into rewound memory is caught like a use after free. With ONR_ARENA_DEBUG, and while a
 * failure is ordered (torture tests), every allocation is a chunk of its own: each one can fail,
 * and tools see its bounds. Source: own. */
#include "base/base.h"

#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define ONRI_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ONRI_ASAN 1
#endif
#endif
#ifdef ONRI_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

enum { ALIGN = 16, CHUNK_MIN = 16 * 1024, CHUNK_MAX = 8 * 1024 * 1024 };

struct onri_chunk {
    struct onri_chunk *older;
    size_t size, at; /* bytes of data, bytes handed out */
    _Alignas(ALIGN) char data[];
};

static uint64_t fail_at; /* torture tests only; 0 in every real run */

static bool one_by_one(void)
{
#ifdef ONR_ARENA_DEBUG
    return true;
#else
    return fail_at != 0;
#endif
}

uint64_t onri_heap_fail_at(uint64_t nth)
{
    const uint64_t left = fail_at;
    fail_at = nth;
    return left;
}

static bool heap_fails(void)
{
    return fail_at != 0 && --fail_at == 0;
}

void *onri_heap_alloc(size_t size)
{
    return size == 0 || heap_fails() ? NULL : malloc(size);
}

void *onri_heap_realloc(void *p, size_t size)
{
    return size == 0 || heap_fails() ? NULL : realloc(p, size);
}

void onri_heap_free(void *p)
{
    free(p);
}

onr_arena onr_arena_make(size_t max_bytes)
{
    return (onr_arena){ .max = max_bytes };
}

void onr_arena_drop(onr_arena *mem)
{
    onr_arena_rewind(mem, (onr_mark){ 0 });
    mem->status = ONR_OK;
}

onr_mark onr_arena_mark(const onr_arena *mem)
{
    return (onr_mark){ mem->chunk, mem->chunk ? mem->chunk->at : 0, mem->used };
}

void onr_arena_rewind(onr_arena *mem, onr_mark mark)
{
    while (mem->chunk != mark.chunk) {
        struct onri_chunk *c = mem->chunk;
        mem->chunk = c->older;
        mem->total -= c->size;
        UNPOISON(c->data, c->size);
        onri_heap_free(c);
    }
    if (mem->chunk) {
        mem->chunk->at = mark.at;
        POISON(mem->chunk->data + mark.at, mem->chunk->size - mark.at);
    }
    mem->used = mark.used;
}

static bool add_chunk(onr_arena *mem, size_t need)
{
    size_t size = mem->chunk ? mem->chunk->size * 2 : CHUNK_MIN;
    if (size < CHUNK_MIN) size = CHUNK_MIN;
    if (size > CHUNK_MAX) size = CHUNK_MAX;
    if (size < need || one_by_one()) size = need;
    if (size > mem->max - mem->total) size = need; /* near the ceiling: no more than is asked for */
    if (need > mem->max - mem->total) {
        mem->status = ONR_E_LIMIT;
        return false;
    }
    size_t bytes;
    struct onri_chunk *c =
        onr_add(size, sizeof(struct onri_chunk), &bytes) ? onri_heap_alloc(bytes) : NULL;
    if (!c) {
        mem->status = ONR_E_NOMEM;
        return false;
    }
    *c = (struct onri_chunk){ .older = mem->chunk, .size = size };
    POISON(c->data, size);
    mem->chunk = c;
    mem->total += size;
    return true;
}

void *onr_alloc(onr_arena *mem, size_t size)
{
    size_t need;
    if (!onr_add(size ? size : 1, ALIGN - 1, &need)) {
        mem->status = ONR_E_LIMIT;
        return NULL;
    }
    need &= ~(size_t)(ALIGN - 1);
    if ((one_by_one() || !mem->chunk || mem->chunk->size - mem->chunk->at < need) &&
        !add_chunk(mem, need))
        return NULL;
    char *p = mem->chunk->data + mem->chunk->at;
    UNPOISON(p, need);
    mem->chunk->at += need;
    mem->used += need;
    memset(p, 0, need);
    return p;
}

void *onri_alloc_n(onr_arena *mem, size_t count, size_t size)
{
    size_t bytes;
    if (!onr_mul(count, size, &bytes)) {
        mem->status = ONR_E_LIMIT;
        return NULL;
    }
    return onr_alloc(mem, bytes);
}

onr_sv onri_dup(onr_arena *mem, onr_sv s)
{
    size_t bytes;
    char *p = onr_add(s.n, 1, &bytes) ? onr_alloc(mem, bytes) : NULL;
    if (!p) return (onr_sv){ NULL, 0 };
    if (s.n) memcpy(p, s.p, s.n);
    return (onr_sv){ p, s.n };
}

bool onri_vec_more(onr_arena *mem, void *at_ptr, uint32_t *cap, size_t size)
{
    const uint32_t more = *cap ? *cap * 2 : 8;
    if (more <= *cap) {
        mem->status = ONR_E_LIMIT;
        return false;
    }
    char *to = onri_alloc_n(mem, more, size);
    if (!to) return false;
    void *from;
    memcpy(&from, at_ptr, sizeof from);
    if (*cap) memcpy(to, from, (size_t)*cap * size);
    memcpy(at_ptr, &to, sizeof to);
    *cap = more;
    return true;
}
