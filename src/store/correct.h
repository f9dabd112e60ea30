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
/* One correction on a record in writable memory. *fits: whether there was something to correct, if
 * not, misfit says why (NULL: nobody wants to know); out: the fact it changed, added or took out,
 * .c.fact.p NULL if it was an actor or a mention. */
ONR_CHECK onr_status onri_correct_one(onr_arena *mem, onr_record *rec, onr_sv action,
                                      onr_sv target_uid, onr_sv change, bool *fits,
                                      onri_corrected *out, onr_error *misfit, onr_error *err);
struct onri_editor;
struct onri_json;
/* The layer that a correction adds to, by its name; ONR_LAYER__COUNT: none. */
onr_layer onri_correct_layer(onr_sv what);
/* correct_actor.c: add an entity with that id, a mention. False: misfit or no memory. */
bool onri_add_actor(struct onri_editor *e, onr_sv id, const struct onri_json *set);
bool onri_add_mention(struct onri_editor *e, const struct onri_json *set);
/* Is it a field of what ("actor", "mention")? */
bool onri_is_actor_field(onr_sv what, onr_sv name);
/* Write the article's rows anew from its record (keep.c). *there: whether there is such an article.
 */
ONR_CHECK onr_status onri_store_put_again(onr_store *s, onr_sv uid, bool *there, onr_error *err);

#endif
