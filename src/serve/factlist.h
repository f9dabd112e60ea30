/* The facts of a record in one list, in reading order, with the spans to mark in the text. */
#ifndef ONRI_SERVE_FACTLIST_H
#define ONRI_SERVE_FACTLIST_H

#include "onrecord/record.h"
#include "serve/segments.h"

/* Layers of the reading view: id, letter in classes and addresses, name for one, for many. */
#define FACT_LAYERS(X)                                                                             \
    X(STATEMENT, 's', "statement", "Statements")                                                   \
    X(EVENT, 'e', "event", "Events")                                                               \
    X(COMMITMENT, 'c', "commitment", "Commitments")                                                \
    X(DISPUTE, 'd', "dispute", "Disputes")                                                         \
    X(POSITION, 'p', "position", "Positions")                                                      \
    X(RELATION, 'r', "relation", "Relations")                                                      \
    X(ACTOR, 'a', "actor", "Actors")
#define FACT_ENUM_LAYER(id, letter, one, many) FACT_##id,
typedef enum fact_layer { FACT_LAYERS(FACT_ENUM_LAYER) FACT__COUNT } fact_layer;
#undef FACT_ENUM_LAYER

char fact_layer_letter(fact_layer v);
const char *fact_layer_name(fact_layer v);
const char *fact_layer_title(fact_layer v);

typedef struct fact {
    fact_layer layer;
    uint32_t index;   /* in the record's array of that layer */
    onr_sv id;        /* the record's */
    const char *kind; /* "denial", "CONSULT", "only-if", "denies", "for", "person" */
    onr_span cover;   /* from its first to its last marked byte */
    const char *rule;
    float p;
} fact;

/* What a mark is of its fact. */
typedef enum fact_part { PART_MAIN, PART_CUE, PART_OTHER, PART_BOILERPLATE } fact_part;

typedef struct fact_mark {
    uint32_t fact; /* ONR_NONE: boilerplate */
    fact_part part;
    bool nested; /* a statement inside a statement */
} fact_mark;

typedef struct fact_list {
    const fact *at; /* by layer, then in reading order */
    uint32_t n;
    const seg_mark *marks; /* in order of their begin; `what` is an index of infos */
    const fact_mark *infos;
    uint32_t n_marks;
    uint32_t count[FACT__COUNT], first[FACT__COUNT]; /* of each layer in `at` */
    const uint32_t *place[FACT__COUNT];              /* index in the record -> index in `at` */
} fact_list;

/* NOMEM, LIMIT: the arena's. Cost: n log n. */
ONR_CHECK onr_status fact_list_make(onr_arena *mem, const onr_record *rec, fact_list *out,
                                    onr_error *err);
/* Index in the list of the fact of that layer and index, ONR_NONE if there is none. */
uint32_t fact_of(const fact_list *list, fact_layer layer, uint32_t index);

/* Words of a span, empty when the record has no text. */
onr_sv record_words(const onr_record *rec, onr_span span);
/* Name of an entity, or empty. */
onr_sv record_name(const onr_record *rec, uint32_t entity);
/* The article's title, wherever it stands; "Untitled" without one. */
onr_sv record_title(const onr_record *rec);

#endif
