/* How like two facts of different articles are. Pure. */
#ifndef ONRI_STORE_LINK_SAME_H
#define ONRI_STORE_LINK_SAME_H

#include "store/link_words.h"
#include "store/store.h"

/* What is compared of a fact. */
typedef struct onri_feature {
    int64_t id, article;
    onr_layer layer;       /* STATEMENT, EVENT, COMMITMENT, DISPUTE */
    onr_sv kind;           /* of the statement or commitment; plover of the event; first verdict */
    onr_sv status;         /* of the event */
    int64_t by, to, place; /* actors, 0: none */
    int64_t base, to_base; /* hashes of the last names of `by` and `to`, for keys */
    onri_wordset words;    /* of its content, trigger and objects, action, claim */
    onri_wordset if_words; /* of a commitment's condition */
    bool negated;
    int32_t day; /* of the event if it is told, else of the article; 0: not known */
} onri_feature;

typedef struct onri_same {
    const char *kind; /* as same_fact.kind; NULL: nothing links them */
    double score;
    double words; /* share of words in common */
    int32_t days; /* from the earlier to the later */
} onri_same;

/* What the later fact is to the earlier. */
onri_same onri_same_of(const onri_feature *later, const onri_feature *earlier);

/* Whether they can be linked at all, by article, layer and kind; by status and day, too. False: no
 * onri_same_of of the two gives a link. */
bool onri_same_may(const onri_feature *a, const onri_feature *b);
bool onri_same_may_still(const onri_feature *a, const onri_feature *b);

enum { ONRI_KEYS_MAX = 24 };
/* Keys under which the fact is stored and looked for; facts that may be linked share one of them,
 * nearly always. */
/* How many of the first keys of an event are for other events; the others are for commitments. */
uint32_t onri_same_event_keys(const onri_feature *f);
uint32_t onri_same_keys(const onri_feature *f, int64_t out[ONRI_KEYS_MAX]);

#endif
