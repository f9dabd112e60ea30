/* A published spaCy package, however it comes: wheel, source archive or folder. And its small
 * formats: config.cfg and .npy. */
#ifndef ONRI_LANG_PACKAGE_H
#define ONRI_LANG_PACKAGE_H

#include "base/base.h"
#include "lang/zip.h"

enum { ONRI_PACKAGE_DEPTH_MAX = 6 };           /* folders inside folders that are searched */
#define ONRI_PACKAGE_MAX  ((size_t)1024 << 20) /* bytes of a package, packed or unpacked */
#define ONRI_PACKAGE_FILE ((size_t)512 << 20)  /* bytes of one file in it */

typedef struct onri_package {
    onr_sv name;    /* last part of the path */
    onr_sv sha256;  /* of the file, 64 hex digits; empty for a folder */
    onr_sv prefix;  /* where config.cfg stands: "a/b/" or "" */
    bool is_folder; /* read from the file system; else from one of the next two */
    onri_zip zip;   /* n = 0 if it is no zip */
    onri_tar tar;
    onr_sv map;       /* the mapped file */
    const char *path; /* as given */
} onri_package;

/* Open and find the model's folder in it (the one with config.cfg and meta.json).
 * sha256: 64 hex digits the file must have, or NULL.
 * E_IO, E_MODEL (no package, damaged, another checksum, no or several models), E_LIMIT, E_NOMEM.
 * Close even after a failure. `path` and mem must outlive it. */
ONR_CHECK onr_status onri_package_open(onr_arena *mem, const char *path, const char *sha256,
                                       onri_package *out, onr_error *err);
void onri_package_close(onri_package *p);
/* A file of the model's folder, "tok2vec/model". Absent: E_MODEL that names it. */
ONR_CHECK onr_status onri_package_read(onr_arena *mem, const onri_package *p, const char *name,
                                       onr_sv *out, onr_error *err);
/* The same; absent: ONR_OK and out->p = NULL. */
ONR_CHECK onr_status onri_package_try(onr_arena *mem, const onri_package *p, const char *name,
                                      onr_sv *out, onr_error *err);

/* config.cfg: sections of "key = JSON value", with ${section:key} and ${section.key} followed. */
typedef struct onri_cfg_line {
    onr_sv section, key, value;
} onri_cfg_line;
typedef struct onri_cfg {
    const onri_cfg_line *lines;
    uint32_t n;
} onri_cfg;
ONR_CHECK onr_status onri_cfg_read(onr_arena *mem, onr_sv text, onri_cfg *out, onr_error *err);
/* The value as JSON, or NULL in *out if there is none. A value may also stand inside the object of
 * the section above: [nlp] tokenizer = {"@tokenizers": ...} answers ("nlp.tokenizer",
 * "@tokenizers"). */
ONR_CHECK onr_status onri_cfg_get(onr_arena *mem, const onri_cfg *cfg, const char *section,
                                  const char *key, const onri_json **out, onr_error *err);

/* A .npy file of little-endian float32, two dimensions, C order. Data is a view, not aligned. */
typedef struct onri_npy {
    uint32_t rows, cols;
    onr_sv data; /* rows * cols * 4 bytes */
} onri_npy;
ONR_CHECK onr_status onri_npy_read(onr_sv bytes, onri_npy *out, onr_error *err);

#endif
