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
int onri_boilerplate_kind_find(onr_sv name);
int onri_field_find(onr_sv name);
int onri_status_find(onr_sv name);

/* Give every fact its id and the record its text_sha256: a letter of the kind (a entity, s
 * statement, e event, c commitment, d dispute, p position) and 16 hex digits of SHA-256 over the
 * text's hash, the kind and the spans that make the fact what it is. Facts that are equal in all of
 * that are told apart by their order. The arrays of rec must be writable memory. */
ONR_CHECK onr_status onri_record_ids(onr_arena *mem, onr_record *rec, onr_error *err);

#endif
