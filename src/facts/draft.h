/* The record while it is being made. The kinds of facts never include each other: each is a step
 * that reads article, parse and the draft so far, and appends. None edits what an earlier step
 * wrote, but for the links that src/facts/link.c sets between layers.
 *
 * Order (src/facts/facts.c): mentions -> statements -> actors (clusters, which use the statements'
 * speakers) -> links -> times -> events -> commitments -> disputes -> positions ->
 * relations. */
#ifndef ONRI_FACTS_DRAFT_H
#define ONRI_FACTS_DRAFT_H

#include "base/base.h"
#include "onrecord/article.h"
#include "onrecord/parse.h"
#include "onrecord/record.h"

typedef ONRI_VEC(onr_statement) onri_statement_vec;
typedef ONRI_VEC(onr_entity) onri_entity_vec;
typedef ONRI_VEC(onr_event) onri_event_vec;
typedef ONRI_VEC(onr_commitment) onri_commitment_vec;
typedef ONRI_VEC(onr_dispute) onri_dispute_vec;
typedef ONRI_VEC(onr_position) onri_position_vec;
typedef ONRI_VEC(onr_relation) onri_relation_vec;

/* What a step tells of one candidate, for `explain`. Of a kept one the fact is the last of its
 * layer in the draft. */
typedef struct onri_candidate {
    const char *layer; /* the record's key: "commitments" */
    const char *rule;
    onr_span at;       /* the words that made it a candidate */
    const char *lost;  /* why it gives no fact; NULL: kept */
    const char *table; /* the row it came from, NULL: none */
    uint32_t line;
} onri_candidate;
typedef void (*onri_tell_fn)(void *arg, const onri_candidate *c);

/* Word lists and compiled rules of every kind, made once, frozen, shared (src/facts/knowledge.c).
 */
typedef struct onri_knowledge onri_knowledge;

typedef struct onri_draft {
    onr_arena *keep; /* owns what goes into the record */
    onr_arena *tmp;  /* rewound after each step */
    const onri_knowledge *know;
    const onr_article *article;
    const onr_parse *parse;
    onri_statement_vec statements;
    onri_entity_vec entities;
    onri_event_vec events;
    onri_commitment_vec commitments;
    onri_dispute_vec disputes;
    onri_position_vec positions;
    onri_relation_vec relations;
    onri_tell_fn tell; /* NULL: nobody listens */
    void *tell_arg;
} onri_draft;

#endif
