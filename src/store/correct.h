/* What the files of corrections and keeping share. */
#ifndef ONRI_STORE_CORRECT_H
#define ONRI_STORE_CORRECT_H

#include "store/keep.h"

/* A fact as corrections find it again when the article is read anew. */
typedef struct onri_anchor {
    onr_sv uid, layer, kind, words, text_sha256;
    uint32_t beg, end;
} onri_anchor;

/* Make of k->rec what people said of it; `json` is the record as it was read. Without corrections
 * of this article nothing is done. Those that do not fit are marked (correction.applies). */
ONR_CHECK onr_status onri_correct_record(onri_keep *k, onr_sv json, onr_error *err);
/* After its facts are written: fact_corrected. */
ONR_CHECK onr_status onri_correct_mark(onri_keep *k, onr_error *err);
/* One correction on a record in writable memory. *fits: whether there was something to correct;
 * *uid: the fact it changed or added, .p NULL if it went. */
ONR_CHECK onr_status onri_correct_one(onr_arena *mem, onr_record *rec, onr_sv action,
                                      onr_sv target_uid, onr_sv change, bool *fits, onr_sv *uid,
                                      onr_error *err);
/* Write the article's rows anew from its record (keep.c). *there: whether there is such an article.
 */
ONR_CHECK onr_status onri_store_put_again(onr_store *s, onr_sv uid, bool *there, onr_error *err);

#endif
