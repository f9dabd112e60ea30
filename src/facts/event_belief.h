/* How sure an event is. */
#ifndef ONRI_FACTS_EVENT_BELIEF_H
#define ONRI_FACTS_EVENT_BELIEF_H

#include "facts/event_cand.h"

typedef void (*onri_belief_fn)(void *arg, onr_sv trait);

/* What is known of how the event was found: "type=ACCUSE", "target=nearby". */
void onri_event_traits(const onri_event_ctx *x, const onri_event_cand *c, onri_belief_fn fn,
                       void *arg);
/* Chance that type and actors are right, in hundredths. */
float onri_event_belief(const onri_event_ctx *x, const onri_event_cand *c);

#endif
