/* A frame found in the text. */
#ifndef ONRI_FACTS_EVENT_MATCH_H
#define ONRI_FACTS_EVENT_MATCH_H

#include "facts/event_i.h"

/* The clause of a trigger: tokens, ONR_NONE where there is none. */
typedef struct onri_clause {
    uint32_t verb; /* the trigger itself */
    uint32_t subject, object, indirect, agent;
    uint32_t beside; /* what an earlier preposition of the frame governs */
    bool passive;
} onri_clause;

typedef struct onri_event_hit {
    const onri_frame *frame; /* NULL: none */
    onri_clause clause;
    uint32_t filler[ONRI_FRAME_CONDS];
} onri_event_hit;

onri_clause onri_event_clause(const onri_event_ctx *x, uint32_t trigger);
/* Best frame of the scheme for the word at trigger. nested: frames that look into an infinitive may
 * be tried. */
onri_event_hit onri_event_match(const onri_event_ctx *x, uint32_t trigger, uint8_t scheme,
                                bool nested);

/* The first condition of the frame that does not hold at trigger, f->n_conds: all hold. */
uint8_t onri_event_fails(const onri_event_ctx *x, uint32_t trigger, const onri_frame *f);

#endif
