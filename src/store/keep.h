/* What the files of keeping share: one record on its way into the tables. */
#ifndef ONRI_STORE_KEEP_H
#define ONRI_STORE_KEEP_H

#include "store/store.h"

/* A fact of any layer, in the order of the text. */
typedef struct onri_fact_row {
    onr_layer layer;
    uint32_t at;       /* in the record's array */
    uint32_t beg, end; /* of the words it is read from */
    int64_t id;
} onri_fact_row;

/* What people read of a fact; by, to: names, .p NULL if there is none. In the arena given. */
typedef struct onri_telling {
    onr_sv uid, kind, words, by, to, rule;
    float p;
} onri_telling;

/* A fact that a correction changed, added or took out. */
typedef struct onri_corrected {
    onr_corrected c;
    int64_t id;        /* of the correction, 0: the record came corrected */
    onri_telling told; /* of a rejected one */
} onri_corrected;

typedef ONRI_VEC(onri_corrected) onri_corrected_list;

typedef struct onri_keep {
    onr_store *s;
    const onr_record *rec;
    onr_arena *tmp;
    int64_t day; /* of the article, 0: no date */
    int64_t article, sentence0, fact0;
    int64_t entity0; /* id of the record's first entity; the others follow */
    uint32_t n_facts;
    onri_fact_row *facts; /* [n_facts] */
    onri_corrected_list corrected;
    int64_t *ids[ONR_LAYER__COUNT]; /* id of each fact, by layer and place in the record */
} onri_keep;

/* Collect all facts and put them in order; then their number is known. */
ONR_CHECK onr_status onri_keep_order(onri_keep *k, onr_error *err);
/* @return ONR_OK; ONR_E_NOMEM; ONR_E_LIMIT */
ONR_CHECK onr_status onri_keep_tell(onr_arena *mem, const onr_record *rec, const onri_fact_row *f,
                                    onri_telling *out, onr_error *err);
/* n of the sentence that holds the byte, -1: none. */
int64_t onri_keep_sentence(const onr_record *rec, uint32_t at);
/* The first of n new ids on the article's day; sql: the greatest id below ?1. */
ONR_CHECK onr_status onri_keep_ids(onr_store *s, const char *sql, int64_t day, uint32_t n,
                                   int64_t *first, onr_error *err);
/* Write sentences, boilerplate, entities and facts. */
ONR_CHECK onr_status onri_keep_facts(onri_keep *k, onr_error *err);

#endif
