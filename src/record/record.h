/* The record room's private entry: labels by name, ids from content. The types are public
 * (onrecord/record.h). Depends on base alone; knows nothing of how facts are found. */
#ifndef ONRI_RECORD_H
#define ONRI_RECORD_H

#include "base/base.h"
#include "onrecord/record.h"

/* Number of the label with that name, or -1. Names as onr_*_name gives them. */
int onri_entity_type_find(onr_sv name);
int onri_mention_kind_find(onr_sv name);
int onri_form_find(onr_sv name);
int onri_statement_kind_find(onr_sv name);
int onri_event_status_find(onr_sv name);
int onri_commitment_kind_find(onr_sv name);
int onri_verdict_find(onr_sv name);
int onri_stance_find(onr_sv name);
int onri_relation_kind_find(onr_sv name);
int onri_boilerplate_kind_find(onr_sv name);
int onri_field_find(onr_sv name);
int onri_status_find(onr_sv name);

/* Give every fact its id and the record its text_sha256: a letter of the kind (a entity, s
 * statement, e event, c commitment, d dispute, p position, r relation) and 16 hex digits of SHA-256
 * over the text's hash, the kind and the spans that make the fact what it is. Facts that are equal
 * in all of that are told apart by their order. The arrays of rec must be writable memory. */
ONR_CHECK onr_status onri_record_ids(onr_arena *mem, onr_record *rec, onr_error *err);

/* ---- taking out what is broken ----------------------------------------------------------------
 */

typedef enum onri_fact {
    ONRI_FACT_ENTITY,
    ONRI_FACT_STATEMENT,
    ONRI_FACT_EVENT,
    ONRI_FACT_COMMITMENT,
    ONRI_FACT_DISPUTE,
    ONRI_FACT_POSITION,
    ONRI_FACT_RELATION,
    ONRI_FACT__COUNT
} onri_fact;

/* Which facts of a record break a promise. */
typedef struct onri_sieve {
    bool *bad[ONRI_FACT__COUNT]; /* one a fact */
    uint32_t n;                  /* how many */
    onr_error first;             /* the first of them */
} onri_sieve;

/* A sieve with nothing marked, in tmp. */
ONR_CHECK onr_status onri_sieve_make(onri_sieve *out, const onr_record *rec, onr_arena *tmp,
                                     onr_error *err);
void onri_sieve_mark(onri_sieve *s, onri_fact kind, uint32_t at, const onr_error *why);
/* onr_record_check that marks broken facts and goes on (sieve NULL: stops at the first). */
ONR_CHECK onr_status onri_record_look(const onr_record *rec, onr_arena *tmp, onri_sieve *sieve,
                                      onr_error *err);
/* Take the marked facts out of rec, and the pointers to them. The arrays of rec must be writable.
 */
ONR_CHECK onr_status onri_record_take_out(onr_record *rec, onr_arena *tmp, const onri_sieve *marked,
                                          onr_error *err);
/* Take facts that break a promise out of rec, and the pointers to them: a fault of one rule must
 * not cost the document. *dropped: how many, *first: what was wrong with the first. The arrays of
 * rec must be writable memory. OK, or what onr_record_check says of the record as a whole. */
ONR_CHECK onr_status onri_record_sift(onr_record *rec, onr_arena *tmp, uint32_t *dropped,
                                      onr_error *first, onr_error *err);

#endif
