/* What every kind of fact knows of language and world, gathered in one frozen handle. Only the
 * pipeline (facts.c, knowledge.c) and cli's `explain` look inside; a step gets its own part. */
#ifndef ONRI_FACTS_KNOWLEDGE_H
#define ONRI_FACTS_KNOWLEDGE_H

#include "base/base.h"
#include "facts/actor_know.h"
#include "facts/commitment.h"
#include "facts/dispute.h"
#include "facts/event.h"
#include "facts/position.h"
#include "facts/relation.h"
#include "facts/statement.h"
#include "facts/time.h"

struct onri_knowledge {
    onr_arena mem; /* owns everything below */
    char hash[32]; /* "sha256:" and 16 digits */
    const onri_time_words *times;
    onri_event_book *events;
    const onri_statement_know *statements;
    onri_actor_knowledge actors;
    const onri_commitment_words *commitments;
    const onri_dispute_know *disputes;
    onri_issue_list *issues; /* the user's, NULL: none */
    const onri_stance_know *positions;
    const onri_relation_words *relations;
};

#endif
