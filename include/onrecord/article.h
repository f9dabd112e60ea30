/* The article: one document as it came, with what could be learned about it. */
#ifndef ONR_ARTICLE_H
#define ONR_ARTICLE_H

#include "onrecord/base.h"
#include "onrecord/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One document. Views live in the arena it was made with, or in the bytes it was made from. */
typedef struct onr_article {
    onr_sv id; /* as given (JSON line), or made from the bytes */
    onr_sv uri, publisher, author, lang;
    onr_sv date;        /* "YYYY-MM-DD" or empty: no date is an answer */
    onr_sv date_source; /* "given", "json-ld", "meta", "time", "url", "byline", "dateline" */
    onr_span title;     /* where the title stands in text, empty if nowhere */
    onr_sv title_text;
    onr_sv text; /* valid UTF-8 */
    const onr_boilerplate *boilerplate;
    uint32_t n_boilerplate;   /* in order, not overlapping */
    const onr_origin *origin; /* HTML: text -> page; n_origin = 0: text is the input */
    uint32_t n_origin;
    const onr_diagnostic *diagnostics;
    uint32_t n_diagnostics;
} onr_article;

/** What the caller knows about a document that the bytes may not say. Empty views: unknown. */
typedef struct onr_article_opts {
    uint32_t size; /* sizeof(onr_article_opts) */
    onr_sv id, uri, publisher, date, title;
} onr_article_opts;
#define ONR_ARTICLE_OPTS_INIT                                                                      \
    {                                                                                              \
        sizeof(onr_article_opts), { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 },                          \
        {                                                                                          \
            0, 0                                                                                   \
        }                                                                                          \
    }

/** Take plain text as an article. The text stays byte for byte, so that every span counts bytes of
 * the input; a byte that is not UTF-8 becomes U+001A SUBSTITUTE (one byte for one byte), counted in
 * the diagnostics as "bad-utf8" with the offset of the first.
 * Text that is debris of a web page is marked, not cut.
 * @return ONR_OK; ONR_E_LIMIT (over ONR_TEXT_MAX); ONR_E_NOMEM. On failure *out is unchanged.
 * Cost: linear. Threads: any, one per arena. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_article_from_text(onr_arena *mem, onr_sv bytes,
                                                   const onr_article_opts *opts, onr_article *out,
                                                   onr_error *err);

/** Take an HTML page as an article: its main content as text, paragraphs set apart by an empty
 * line, and in `origin` for every byte of text the bytes of the page that say it. Rows of equal
 * lengths are the page's own bytes (a line end or tab is a space in the text); others are decoded
 * references, characters of another encoding, collapsed white space, and the markup a paragraph
 * break stands for. Headings of sections, and what the text itself still holds of the page, are
 * marked.
 * @param charset as a header declared it; empty: by byte order mark, <meta>, or detection.
 * Diagnostics: "bad-encoding", "html-depth", "mojibake". Metadata: JSON-LD, <meta>, <time>,
 * address. Elements nested deeper than ONR_HTML_DEPTH_MAX are read as if they were siblings.
 * @return ONR_OK, also for a page without an article (empty text); ONR_E_LIMIT; ONR_E_NOMEM. On
 * failure *out is unchanged. Cost: linear. Threads: any, one per arena. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_article_from_html(onr_arena *mem, onr_sv bytes, onr_sv charset,
                                                   const onr_article_opts *opts, onr_article *out,
                                                   onr_error *err);

#ifdef __cplusplus
}
#endif
#endif
