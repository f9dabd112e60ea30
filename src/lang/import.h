/* Shared by the parts of the importer: src/lang/import*.c. */
#ifndef ONRI_LANG_IMPORT_H
#define ONRI_LANG_IMPORT_H

#include "lang/model_format.h"
#include "lang/msgpack.h"
#include "lang/package.h"

/* One import under way. mem holds all that was read and made; dropped at the end. */
typedef struct onri_import {
    onr_arena mem;
    onri_package pkg;
    onri_cfg cfg;
    const onri_json *meta;
    onr_model m;
    onri_atoms strings; /* words of the pool ... */
    onri_buf pool;
    ONRI_VEC(uint32_t) at; /* ... and where each stands */
    onr_error *err;
} onri_import;

/* E_MODEL with "what" and the package's own words, if any. */
onr_status onri_import_refuse(onri_import *im, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
onr_status onri_import_no_memory(onri_import *im);

/* A file of the package as msgpack or JSON. */
ONR_CHECK onr_status onri_import_msgpack(onri_import *im, const char *name, const onri_mp **out);
ONR_CHECK onr_status onri_import_json(onri_import *im, const char *name, const onri_json **out);

/* The word's place in the pool; equal words share one. n = UINT32_MAX: out of memory. */
onri_str onri_import_word(onri_import *im, onr_sv word);
/* Number of a label of onrecord/parse.h, or ONR_NONE. */
uint32_t onri_import_pos(onr_sv name);
uint32_t onri_import_tag(onr_sv name);
uint32_t onri_import_dep(onr_sv name);
uint32_t onri_import_ent(onr_sv name);

/* The parts. Each fills its fields of im->m. */
ONR_CHECK onr_status onri_import_config(onri_import *im); /* refuses what is not understood */
ONR_CHECK onr_status onri_import_net(onri_import *im);
ONR_CHECK onr_status onri_import_moves(onri_import *im);
ONR_CHECK onr_status onri_import_tokenizer(onri_import *im);
ONR_CHECK onr_status onri_import_lemmas(onri_import *im);
ONR_CHECK onr_status onri_import_ruler(onri_import *im);

#endif
