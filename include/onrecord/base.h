/* Base vocabulary of libonrecord: status codes, errors, byte views, spans and arenas.
 *
 * Everything here is plain data. Nothing reads the locale or the environment, prints, or exits.
 * Cost: O(1), and linear in the bytes handed out or freed, unless said otherwise.
 * Threads: any; one arena by one thread at a time. */
#ifndef ONR_BASE_H
#define ONR_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ONR_API   __attribute__((visibility("default")))
#define ONR_CHECK __attribute__((warn_unused_result))
#else
#define ONR_API
#define ONR_CHECK
#endif

/** "No index": the value of every optional uint32_t reference that points nowhere. */
#define ONR_NONE UINT32_MAX

/** Every status a function of the library can return: id, name in records and messages, gloss.
 * Append only: the names are in users' files. */
#define ONR_STATUSES(X)                                                                            \
    X(OK, "ok", "done")                                                                            \
    X(E_NOMEM, "nomem", "the system has no more memory")                                           \
    X(E_LIMIT, "limit", "a stated ceiling was passed (bytes, depth, count)")                       \
    X(E_IO, "io", "reading or writing failed; os_errno says why")                                  \
    X(E_UTF8, "utf8", "bytes that are not UTF-8 where UTF-8 is demanded")                          \
    X(E_SYNTAX, "syntax", "the input does not follow its format")                                  \
    X(E_MODEL, "model", "the model file is damaged, foreign or of another architecture")           \
    X(E_SCHEMA, "schema", "the store or record has another schema version")                        \
    X(E_RANGE, "range", "an argument is out of its range")                                         \
    X(E_UNSUPPORTED, "unsupported", "a valid input of a kind that is not supported")               \
    X(E_CANCELLED, "cancelled", "the caller asked to stop")                                        \
    X(E_BUSY, "busy", "someone else holds the store")                                              \
    X(E_INTERNAL, "internal", "a bug in onrecord")

#define ONR_STATUS_ID(id, name, gloss) ONR_##id,
typedef enum onr_status { ONR_STATUSES(ONR_STATUS_ID) ONR_STATUS__COUNT } onr_status;
#undef ONR_STATUS_ID

/** Where and why a call failed. Owned by the caller, filled by the callee, never allocated. */
typedef struct onr_error {
    onr_status status;
    int os_errno;      /* errno of the failed system call, 0 if none */
    uint32_t line;     /* 1-based line of the input, 0 if unknown */
    uint64_t at;       /* byte offset in the input, UINT64_MAX if unknown */
    const char *stage; /* static string: the room or step that failed ("model", "jsonl", ...) */
    char msg[256];     /* NUL-terminated, lower case, no full stop: the thing and the limit */
} onr_error;

#define ONR_ERROR_INIT                                                                             \
    {                                                                                              \
        ONR_OK, 0, 0, UINT64_MAX, "", ""                                                           \
    }

/** Name of a status as it stands in records ("limit"). Never NULL. Threads: any. */
ONR_API const char *onr_status_name(onr_status status);

/** A view of bytes that someone else owns. NUL is data. */
typedef struct onr_sv {
    const char *p;
    size_t n;
} onr_sv;

/** View of a string literal. */
#define ONR_SV(literal) ((onr_sv){ (literal), sizeof(literal) - 1 })
/** Static initialiser of the same. */
#define ONR_SV_INIT(literal)                                                                       \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/** Half-open stretch [beg, end) in UTF-8 bytes of an article's text. */
typedef struct onr_span {
    uint32_t beg, end;
} onr_span;

/** Memory of one task: many allocations, freed in one call, with a ceiling.
 * Make with onr_arena_make, release with onr_arena_drop. Threads: one at a time. */
typedef struct onr_arena {
    struct onri_chunk *chunk; /* newest chunk, linked to older ones */
    size_t max;               /* ceiling of `total` in bytes */
    size_t total;             /* bytes held from the system */
    size_t used;              /* bytes handed out */
    onr_status status;        /* ONR_OK, or why the last allocation gave NULL */
} onr_arena;

/** A point to return to with onr_arena_rewind. */
typedef struct onr_mark {
    struct onri_chunk *chunk;
    size_t at, used;
} onr_mark;

/** An empty arena that will never hold more than max_bytes. Allocates nothing yet. */
ONR_API onr_arena onr_arena_make(size_t max_bytes);
/** Free everything; the arena can be used again. Dropping an empty or zeroed arena does nothing. */
ONR_API void onr_arena_drop(onr_arena *mem);
/** Remember the present state. O(1). */
ONR_API onr_mark onr_arena_mark(const onr_arena *mem);
/** Forget all that was allocated since the mark; pointers into it die. */
ONR_API void onr_arena_rewind(onr_arena *mem, onr_mark mark);
/** Size bytes, aligned for any type, zeroed.
 * @return NULL when the ceiling is reached or the system has none left; mem->status says which. */
ONR_API void *onr_alloc(onr_arena *mem, size_t size);

#ifdef __cplusplus
}
#endif
#endif
