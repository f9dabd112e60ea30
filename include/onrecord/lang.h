/* The language engine: models and parsers. */
#ifndef ONR_LANG_H
#define ONR_LANG_H

#include "onrecord/base.h"
#include "onrecord/parse.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A language model, mapped read-only. Frozen: share it between threads. */
typedef struct onr_model onr_model;

/** What a model says of itself. Views live as long as the model. */
typedef struct onr_model_about {
    onr_sv name;           /* "en-sm" */
    onr_sv version;        /* "3.8.0" */
    onr_sv package;        /* file name of the package it was made from */
    onr_sv package_sha256; /* 64 hex digits, empty if made from a folder */
    onr_sv licence;        /* "MIT" */
    onr_sv licence_text, sources_text, credits;
    uint32_t n_vectors; /* 0 for sm */
    uint64_t bytes;     /* size of the file */
} onr_model_about;

/** Map and check a model file.
 * @param path  file written by onr_model_import
 * @param out   the model; close with onr_model_close
 * @return ONR_OK; ONR_E_IO (missing, unreadable); ONR_E_MODEL (cut, altered, foreign, other
 *         architecture or version: msg says which); ONR_E_NOMEM. On failure *out is NULL.
 * Cost: one pass over the file for the checksum. Threads: any. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_model_open(const char *path, onr_model **out, onr_error *err);
/** Unmap the model; NULL does nothing. No parser may use it any more. Cost: O(1). Threads: one at a
 * time. Since: 0.1 */
ONR_API void onr_model_close(onr_model *model);
/** What the model says of itself. Cost: O(1). Threads: any. Since: 0.1 */
ONR_API onr_model_about onr_model_info(const onr_model *model);

/** Convert a published spaCy package into a model file.
 * @param package  a wheel (.whl), a source archive (.tar.gz) or an unpacked folder of
 *                 en_core_web_sm or en_core_web_md 3.7 or 3.8
 * @param sha256   64 hex digits the package file must have, or NULL: not checked (folders: NULL)
 * @param path     file to write, whole or not at all
 * @return ONR_OK; ONR_E_IO; ONR_E_MODEL (not such a package, damaged, another architecture, another
 *         checksum); ONR_E_LIMIT; ONR_E_NOMEM. On failure nothing stands at path.
 * Cost: under a second. Threads: any. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_model_import(const char *package, const char *sha256,
                                              const char *path, onr_error *err);

/** Working memory and caches of one thread. */
typedef struct onr_parser onr_parser;

/** Which of the equal kernels to run. AUTO takes the fastest this machine has. */
typedef enum onr_kernel {
    ONR_KERNEL_AUTO,
    ONR_KERNEL_REF,
    ONR_KERNEL_PLAIN,
    ONR_KERNEL_AVX2,
    ONR_KERNEL_AVX512,
    ONR_KERNEL_NEON
} onr_kernel;

typedef struct onr_parser_opts {
    uint32_t size;     /* sizeof(onr_parser_opts) */
    onr_kernel kernel; /* AUTO if 0 */
    uint32_t memo;     /* word types remembered; 0: 8192 */
    bool lemma_new;    /* lemmas as spaCy >= 3.8.11 orders them (for comparisons only) */
} onr_parser_opts;
#define ONR_PARSER_OPTS_INIT                                                                       \
    {                                                                                              \
        sizeof(onr_parser_opts), ONR_KERNEL_AUTO, 0, false                                         \
    }

/** @return ONR_OK; ONR_E_NOMEM; ONR_E_UNSUPPORTED (this machine lacks the kernel). The model must
 * outlive the parser. Cost: allocates the working memory and the memo, a few MB; no file is read.
 * Threads: one at a time per parser. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_parser_new(const onr_model *model, const onr_parser_opts *opts,
                                            onr_parser **out, onr_error *err);
/** Free a parser; NULL does nothing. Parses it made live on. Cost: O(1). Threads: one at a time.
 * Since: 0.1 */
ONR_API void onr_parser_free(onr_parser *parser);

/** Parse a text.
 * @param mem   will own the parse
 * @param text  valid UTF-8, 0..ONR_TEXT_MAX bytes; must live as long as the parse
 * @param whole false: paragraph by paragraph, the way news is best read: each line without the
 *              white space at its ends by itself, lines of white space alone left out, lines of
 *              more than ONR_PARAGRAPH_MAX bytes in pieces;
 *              true: the text as one, exactly as spaCy's nlp(text) does, up to ONR_WHOLE_MAX bytes
 * @return ONR_OK; ONR_E_UTF8; ONR_E_LIMIT; ONR_E_NOMEM. On failure *out is unchanged.
 * Cost: linear. The result depends on text, model and `whole` alone.
 * Threads: one at a time per parser. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_parse_text(onr_parser *parser, onr_arena *mem, onr_sv text,
                                            bool whole, const onr_parse **out, onr_error *err);

/** Write a parse as CoNLL-U, with byte offsets, entities and norms in the last column
 * (docs/formats/conllu.md).
 * @param write  called with one piece after another, in order; false stops the writing
 * @param arg    handed to write
 * @return ONR_OK; ONR_E_IO (write gave false); ONR_E_NOMEM.
 * Cost: linear, memory of 64 sentences. Threads: any. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_parse_conllu(const onr_parse *parse,
                                              bool (*write)(void *arg, onr_sv piece), void *arg,
                                              onr_error *err);

#ifdef __cplusplus
}
#endif
#endif
