/* Who is meant where the sentence does not say. */
#ifndef ONRI_FACTS_EVENT_GUESS_H
#define ONRI_FACTS_EVENT_GUESS_H

#include "facts/event_cand.h"

typedef enum onri_guess_feature {
    ONRI_GUESS_BIAS,
    ONRI_GUESS_INSIDE, /* where the nearest mention stands: below the trigger */
    ONRI_GUESS_BEFORE, /* in the sentence, before it */
    ONRI_GUESS_AFTER,
    ONRI_GUESS_PREV1, /* sentences back */
    ONRI_GUESS_PREV2,
    ONRI_GUESS_PREV3,
    ONRI_GUESS_ELSEWHERE,
    ONRI_GUESS_NTH0, /* actors that stand nearer */
    ONRI_GUESS_NTH1,
    ONRI_GUESS_NTH2,
    ONRI_GUESS_NTH_MORE,
    ONRI_GUESS_SUBJECT, /* what the mention is there */
    ONRI_GUESS_OBJECT,
    ONRI_GUESS_OWNER,
    ONRI_GUESS_GRAM_OTHER,
    ONRI_GUESS_PERSON,
    ONRI_GUESS_STATE,
    ONRI_GUESS_BODY,
    ONRI_GUESS_GROUP,
    ONRI_GUESS_TYPE_OTHER,
    ONRI_GUESS_NAMELESS,
    ONRI_GUESS_OFTEN0, /* how many are named more often in the article */
    ONRI_GUESS_OFTEN1,
    ONRI_GUESS_OFTEN2,
    ONRI_GUESS_OFTEN_MORE,
    ONRI_GUESS_KIN_SAME, /* country of the other party */
    ONRI_GUESS_KIN_OTHER,
    ONRI_GUESS_KIN_UNKNOWN,
    ONRI_GUESS_KIN_NO_PARTY,
    ONRI_GUESS_OPPOSITE, /* opposite to the other party in another event, in several */
    ONRI_GUESS_OPPOSITE_MANY,
    ONRI_GUESS_BESIDE,      /* source together with it */
    ONRI_GUESS_ROLE_BEFORE, /* had the role in the last events, of the same type */
    ONRI_GUESS_ROLE_EVER,
    ONRI_GUESS_SPEAKER,        /* says the statement around */
    ONRI_GUESS_CURRENT_INSIDE, /* what grammar thought, by onri_role_how */
    ONRI_GUESS_CURRENT_NEARBY,
    ONRI_GUESS_CURRENT_PARTNER,
    ONRI_GUESS_CURRENT_THING,
    ONRI_GUESS_STEM, /* did what the trigger's noun says */
    ONRI_GUESS_CLASS_VERBAL,
    ONRI_GUESS_CLASS_HOSTILE,
    ONRI_GUESS_CLASS_OTHER,
    ONRI_GUESS_HOSTILE_BY /* has the other role in a hostile event */
} onri_guess_feature;

enum { ONRI_GUESS_FEATURES = 20 };

typedef struct onri_guess {
    uint32_t entity;
    uint32_t token; /* of its nearest mention, ONR_NONE: somewhere in the article */
    uint8_t feature[ONRI_GUESS_FEATURES], n;
    float z; /* log odds */
} onri_guess;

/* "where=prev1". */
const char *onri_guess_name(onri_guess_feature f);

/* Fill the roles that are open where somebody is likely enough. False: out of memory. */
bool onri_event_guess(const onri_event_ctx *x, onri_event_cands *all,
                      const onri_event_listener *ear);

#endif
