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

/* A fact that a correction changed or added. */
typedef struct onri_corrected {
    int64_t id; /* of the correction */
    onr_sv uid, action;
} onri_corrected;

typedef struct onri_keep {
    onr_store *s;
    const onr_record *rec;
    onr_arena *tmp;
    int64_t day; /* of the article, 0: no date */
    int64_t article, sentence0, fact0;
    int64_t entity0; /* id of the record's first entity; the others follow */
    uint32_t n_facts;
    onri_fact_row *facts;      /* [n_facts] */
    onri_corrected *corrected; /* [n_corrected] */
    uint32_t n_corrected;
    int64_t *ids[ONR_LAYER__COUNT]; /* id of each fact, by layer and place in the record */
} onri_keep;

/* Collect all facts and put them in order; then their number is known. */
ONR_CHECK onr_status onri_keep_order(onri_keep *k, onr_error *err);
/* Write sentences, boilerplate, entities and facts. */
ONR_CHECK onr_status onri_keep_facts(onri_keep *k, onr_error *err);

#endif
