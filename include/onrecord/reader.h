/* The reader: an article in, a record out. The task a newcomer comes for.
 *
 *     onr_model *model;                   shared by all threads, read-only
 *     onr_knowledge *knowledge;           shared by all threads, read-only
 *     onr_reader *reader;                 one a thread
 *     onr_model_open(path, &model, &err);
 *     onr_knowledge_new(NULL, &knowledge, &err);
 *     onr_reader_new(model, knowledge, NULL, &reader, &err);
 *     onr_arena mem = onr_arena_make(ONR_ARTICLE_MEM_MAX);
 *     onr_article_from_text(&mem, bytes, NULL, &article, &err);
 *     onr_read(reader, &mem, &article, &record, &err);
 *     ... the record lives in mem ...
 *     onr_arena_drop(&mem);
 *
 * examples/read_article.c is the whole program. */
#ifndef ONR_READER_H
#define ONR_READER_H

#include "onrecord/article.h"
#include "onrecord/lang.h"
#include "onrecord/limits.h"
#include "onrecord/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Word lists, dictionaries and compiled rules. Frozen once made: share it between threads. */
typedef struct onri_knowledge onr_knowledge;

/** A file of rules or words in memory. */
typedef struct onr_source {
    const char *name; /* for messages; must live as long as the knowledge */
    onr_sv bytes;     /* need not live longer than the call */
} onr_source;

typedef struct onr_knowledge_opts {
    uint32_t size;           /* sizeof(onr_knowledge_opts) */
    const onr_source *rules; /* [n_rules] rules of statements beside those built in (docs/rules.md);
                                a rule with the id of another takes its place; a name that ends
                                with .tsv: a word table */
    size_t n_rules;
    const onr_source *actors; /* [n_actors] dictionaries of actors (docs/actors.md); their entries
                                 win over those built in */
    size_t n_actors;
    const onr_source *issues; /* [n_issues] lists of issues that positions are sorted under
                                 (docs/stands.md) */
    size_t n_issues;
    const onr_source *events; /* [n_events] frames of events (docs/rules.md): of PLOVER's types they
                                 add to ours, of other types they are a scheme beside it */
    size_t n_events;
} onr_knowledge_opts;
#define ONR_KNOWLEDGE_OPTS_INIT                                                                    \
    {                                                                                              \
        sizeof(onr_knowledge_opts), NULL, 0, NULL, 0, NULL, 0, NULL, 0                             \
    }

/** Make the knowledge from what the library holds and from further files.
 * @param opts  NULL: what the library holds alone
 * @param out   release with onr_knowledge_free; on failure NULL
 * @return ONR_OK; ONR_E_SYNTAX (a file of opts: msg names it, line is set); ONR_E_LIMIT;
 *         ONR_E_NOMEM.
 * Cost: some 10 ms. Threads: any. Source: own, data/. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_knowledge_new(const onr_knowledge_opts *opts, onr_knowledge **out,
                                               onr_error *err);

/** Release it; NULL is fine. No reader made with it may be in use.
 * Cost: constant. Threads: one. Since: 0.1 */
ONR_API void onr_knowledge_free(onr_knowledge *knowledge);

/** "sha256:" and 16 hex digits over everything the knowledge was made from, as it stands in
 * records under made_by.rules. Lives as long as the knowledge.
 * Cost: constant. Threads: any. Since: 0.1 */
ONR_API onr_sv onr_knowledge_hash(const onr_knowledge *knowledge);

/** Working memory of one thread that reads articles. */
typedef struct onr_reader onr_reader;

typedef struct onr_reader_opts {
    uint32_t size;     /* sizeof(onr_reader_opts) */
    onr_kernel kernel; /* AUTO if 0; all give the same record */
    bool whole;        /* parse the text as one instead of by paragraph */
} onr_reader_opts;
#define ONR_READER_OPTS_INIT                                                                       \
    {                                                                                              \
        sizeof(onr_reader_opts), ONR_KERNEL_AUTO, false                                            \
    }

/** A reader for one thread.
 * @param model      must outlive the reader
 * @param knowledge  must outlive the reader
 * @param opts       NULL: defaults
 * @param out        release with onr_reader_free; on failure NULL
 * @return ONR_OK; ONR_E_NOMEM; ONR_E_UNSUPPORTED (this machine lacks the kernel asked for).
 * Cost: a few MB. Threads: any; the reader one at a time. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_reader_new(const onr_model *model, const onr_knowledge *knowledge,
                                            const onr_reader_opts *opts, onr_reader **out,
                                            onr_error *err);

/** Release it; NULL is fine. Cost: constant. Threads: one. Since: 0.1 */
ONR_API void onr_reader_free(onr_reader *reader);

/** The parse that onr_read works on: paragraph by paragraph, and apart from the words of the
 * article where a dateline stands in the line of its first sentence ("OSLO (AP) - Norway said ...":
 * read as one, the place becomes its subject).
 * @param mem, whole, out, err  as of onr_parse_text
 * @param article  must live as long as the parse
 * @return as onr_parse_text. Cost: linear. Threads: one at a time per parser. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_parse_article(onr_parser *parser, onr_arena *mem,
                                               const onr_article *article, bool whole,
                                               const onr_parse **out, onr_error *err);

/** Read an article: parse it, find its facts, make the record.
 * @param reader   one thread's
 * @param mem      will own the record; its ceiling bounds the memory of the call
 * @param article  must live as long as the record, which points into its text
 * @param out      the record, checked (onr_record_check); on failure unchanged
 * @return ONR_OK; ONR_E_LIMIT (text, memory); ONR_E_UTF8; ONR_E_NOMEM.
 * Cost: linear in the text, some 10,000 words a second. The record depends on article, model and
 * knowledge alone. Threads: one at a time a reader. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_read(onr_reader *reader, onr_arena *mem,
                                      const onr_article *article, onr_record *out, onr_error *err);

/** The record of a document that could not be read: id, uri and error, nothing else.
 * @param why  must live as long as the record
 * Cost: constant. Threads: any. Since: 0.1 */
ONR_API onr_record onr_record_of_error(onr_sv id, onr_sv uri, const onr_error *why);

#ifdef __cplusplus
}
#endif
#endif
