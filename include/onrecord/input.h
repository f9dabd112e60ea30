/* Input: files, folders and streams become articles, one after another, in bounded memory.
 *
 * Plain text, HTML, JSON Lines, WARC and feeds are recognised by content; gzip and zstd are
 * unpacked on the way. A document that cannot be read is an item with an error, and the next item
 * follows it: one bad document never stops a run.
 * Cost: linear in the bytes read, unless said otherwise.
 * Threads: an input is one thread's at a time; onr_input_read runs anywhere, one arena a thread. */
#ifndef ONR_INPUT_H
#define ONR_INPUT_H

#include "onrecord/article.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What the bytes of a document or stream are. Names as in `--as`. Append only. */
#define ONR_INPUT_KINDS(X)                                                                         \
    X(AUTO, "auto")                                                                                \
    X(TEXT, "text") X(HTML, "html") X(JSONL, "jsonl") X(WARC, "warc") X(FEED, "feed")
#define ONR_ENUM_INPUT(id, name) ONR_INPUT_##id,
typedef enum onr_input_kind { ONR_INPUT_KINDS(ONR_ENUM_INPUT) ONR_INPUT__COUNT } onr_input_kind;
#undef ONR_ENUM_INPUT

/** Name of a kind ("jsonl"). Never NULL. Threads: any. */
ONR_API const char *onr_input_kind_name(onr_input_kind v);

typedef struct onr_input_opts {
    uint32_t size;     /* sizeof(onr_input_opts) */
    onr_input_kind as; /* ONR_INPUT_AUTO: by content */
    onr_sv fields;     /* JSON Lines: "text=body,date=published"; empty: the usual names */
    onr_sv uri;        /* what the documents do not say themselves */
    onr_sv publisher;
    onr_sv date;        /* "YYYY-MM-DD" */
    uint64_t max_bytes; /* ceiling of one document, 0: ONR_TEXT_MAX */
    bool repair;        /* undo mojibake (UTF-8 read as windows-1252); spans count the result */
    bool whole_page;    /* HTML: all visible text, with what is not the article marked */
} onr_input_opts;
#define ONR_INPUT_OPTS_INIT                                                                        \
    {                                                                                              \
        sizeof(onr_input_opts), ONR_INPUT_AUTO, { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 }, 0, false,  \
            false                                                                                  \
    }

/** One document as it stands in its file, before it is read as an article. */
typedef struct onr_input_item {
    onr_input_kind kind; /* TEXT or HTML */
    onr_sv bytes;        /* in the arena given to onr_input_next */
    onr_sv charset;      /* as a header declared it, else empty */
    onr_sv id, uri;      /* empty if unknown */
    onr_sv publisher, author, date, title, lang;
    bool decoded;      /* bytes are UTF-8 from JSON or a feed: no charset step */
    const char *file;  /* path as given, or found in a folder; valid until onr_input_close */
    uint64_t at;       /* byte offset in the (unpacked) file */
    uint32_t line;     /* JSON Lines: 1-based; else 0 */
    onr_sv line_bytes; /* JSON Lines: the whole line */
    onr_error error;   /* status is not ONR_OK: this document could not be read; go on */
} onr_input_item;

/** What was read so far. */
typedef struct onr_input_counts {
    uint64_t documents, failed;  /* items given; of these with an error */
    uint64_t skipped;            /* WARC records that hold no document */
    uint64_t bytes, bytes_total; /* of the files as they lie on disk; total 0: unknown (a pipe) */
} onr_input_counts;

typedef struct onr_input onr_input;

/** Open a list of files and folders ("-" is standard input). Nothing is read yet: a file that is
 * missing becomes an item with an error when its turn comes.
 * @return ONR_OK; ONR_E_RANGE (a bad `fields`); ONR_E_NOMEM. Threads: one at a time. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_input_open(const char *const *paths, size_t n_paths,
                                            const onr_input_opts *opts, onr_input **out,
                                            onr_error *err);

/** The next document. Its views live in mem (or in the input, see onr_input_item).
 * Memory: the document, plus a window of fixed size.
 * @return false at the end. An item with an error still counts as one. */
ONR_API bool onr_input_next(onr_input *in, onr_arena *mem, onr_input_item *item);

/** Read an item as an article: charset, HTML, marks, metadata. Independent of the input's state, so
 * that worker threads can do it, each with its own arena.
 * @return as onr_article_from_text; ONR_E_SYNTAX for bytes that are no text. */
ONR_API ONR_CHECK onr_status onr_input_read(onr_arena *mem, const onr_input_item *item,
                                            const onr_input_opts *opts, onr_article *out,
                                            onr_error *err);

/** What was read so far; fine at any time before onr_input_close. Cost: O(1). */
ONR_API onr_input_counts onr_input_count(const onr_input *in);

/** Close; NULL is fine. */
ONR_API void onr_input_close(onr_input *in);

#ifdef __cplusplus
}
#endif
#endif
