/* The record: every fact of one article, tied to the bytes it was read from.
 *
 * Plain data in an arena. References between facts are indices into the record's arrays,
 * ONR_NONE where there is none. docs/formats/record.md describes the JSON. */
#ifndef ONR_RECORD_H
#define ONR_RECORD_H

#include "onrecord/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Types of entities: id, name in the record. Append only. */
/* clang-format off */
#define ONR_ENTITY_TYPES(X)                                                                       \
    X(PERSON, "person") X(ORGANIZATION, "organization") X(GROUP, "group") X(STATE, "state")       \
    X(PLACE, "place") X(MEDIUM, "medium") X(NATIONALITY, "nationality") X(LAW, "law")             \
    X(EVENT, "event") X(FACILITY, "facility") X(OTHER, "other")
/* clang-format on */
/** Kinds of mentions. */
/* clang-format off */
#define ONR_MENTION_KINDS(X)                                                                      \
    X(NAME, "name") X(NOMINAL, "nominal") X(PRONOUN, "pronoun") X(ADJECTIVE, "adjective")
/* clang-format on */
/** Forms of statements. */
#define ONR_FORMS(X) X(DIRECT, "direct") X(INDIRECT, "indirect") X(MIXED, "mixed")
/** Kinds of statements. */
/* clang-format off */
#define ONR_STATEMENT_KINDS(X)                                                                    \
    X(ASSERTION, "assertion") X(QUESTION, "question") X(DEMAND, "demand") X(REQUEST, "request")   \
    X(PROPOSAL, "proposal") X(PROMISE, "promise") X(THREAT, "threat")                             \
    X(ACCUSATION, "accusation") X(DENIAL, "denial") X(REFUSAL, "refusal")                         \
    X(NO_COMMENT, "no-comment") X(BELIEF, "belief") X(KNOWLEDGE, "knowledge") X(HOPE, "hope")     \
    X(FEAR, "fear") X(INTENTION, "intention") X(DESIRE, "desire") X(DECREE, "decree")             \
    X(ATTITUDE, "attitude")
/* clang-format on */
/** Status of events. */
/* clang-format off */
#define ONR_EVENT_STATUSES(X)                                                                     \
    X(HAPPENED, "happened") X(ONGOING, "ongoing") X(PLANNED, "planned") X(PROPOSED, "proposed")   \
    X(CONDITIONAL, "conditional") X(NEGATED, "negated") X(ALLEGED, "alleged")
/* clang-format on */
/** Kinds of commitments. */
/* clang-format off */
#define ONR_COMMITMENT_KINDS(X)                                                                   \
    X(WILL, "will") X(WILL_NOT, "will-not") X(ONLY_IF, "only-if") X(UNLESS, "unless")             \
    X(UNTIL, "until")
/* clang-format on */
/** Answers to a claim. */
/* clang-format off */
#define ONR_VERDICTS(X)                                                                           \
    X(CONFIRMS, "confirms") X(DENIES, "denies") X(NOT_CONFIRMED, "not-confirmed")                 \
    X(DISMISSES, "dismisses")
/* clang-format on */
/** Stances of positions. */
/* clang-format off */
#define ONR_STANCES(X)                                                                            \
    X(FOR, "for") X(AGAINST, "against") X(CONDITIONAL, "conditional") X(AMBIGUOUS, "ambiguous")
/* clang-format on */
/** Kinds of relations: what lasts between two actors, read from the first to the second. */
/* clang-format off */
#define ONR_RELATION_KINDS(X)                                                                     \
    X(OFFICE_OF, "office-of") X(MEMBER_OF, "member-of") X(PART_OF, "part-of") X(OWNS, "owns")     \
    X(ALLY_OF, "ally-of") X(TALKS_WITH, "talks-with") X(CONFLICT_WITH, "conflict-with")           \
    X(RELATIVE_OF, "relative-of")
/* clang-format on */
/** Kinds of text that is not the article. */
/* clang-format off */
#define ONR_BOILERPLATES(X)                                                                       \
    X(NAVIGATION, "navigation") X(PROMO, "promo") X(COMMENT_FORM, "comment-form")                 \
    X(DUPLICATE, "duplicate") X(DEBRIS, "debris") X(CAPTION, "caption") X(BYLINE, "byline")       \
    X(RELATED, "related") X(SHARE, "share") X(COOKIE, "cookie") X(HEADING, "heading")
/* clang-format on */

#define ONR_ENUM_ENTITY(id, name) ONR_ENTITY_##id,
typedef enum onr_entity_type {
    ONR_ENTITY_TYPES(ONR_ENUM_ENTITY) ONR_ENTITY__COUNT
} onr_entity_type;
#undef ONR_ENUM_ENTITY
#define ONR_ENUM_MENTION(id, name) ONR_MENTION_##id,
typedef enum onr_mention_kind {
    ONR_MENTION_KINDS(ONR_ENUM_MENTION) ONR_MENTION__COUNT
} onr_mention_kind;
#undef ONR_ENUM_MENTION
#define ONR_ENUM_FORM(id, name) ONR_FORM_##id,
typedef enum onr_form { ONR_FORMS(ONR_ENUM_FORM) ONR_FORM__COUNT } onr_form;
#undef ONR_ENUM_FORM
#define ONR_ENUM_KIND(id, name) ONR_KIND_##id,
typedef enum onr_statement_kind {
    ONR_STATEMENT_KINDS(ONR_ENUM_KIND) ONR_KIND__COUNT
} onr_statement_kind;
#undef ONR_ENUM_KIND
#define ONR_ENUM_EVENT(id, name) ONR_EVENT_##id,
typedef enum onr_event_status {
    ONR_EVENT_STATUSES(ONR_ENUM_EVENT) ONR_EVENT__COUNT
} onr_event_status;
#undef ONR_ENUM_EVENT
#define ONR_ENUM_COMMITMENT(id, name) ONR_COMMITMENT_##id,
typedef enum onr_commitment_kind {
    ONR_COMMITMENT_KINDS(ONR_ENUM_COMMITMENT) ONR_COMMITMENT__COUNT
} onr_commitment_kind;
#undef ONR_ENUM_COMMITMENT
#define ONR_ENUM_VERDICT(id, name) ONR_VERDICT_##id,
typedef enum onr_verdict { ONR_VERDICTS(ONR_ENUM_VERDICT) ONR_VERDICT__COUNT } onr_verdict;
#undef ONR_ENUM_VERDICT
#define ONR_ENUM_STANCE(id, name) ONR_STANCE_##id,
typedef enum onr_stance { ONR_STANCES(ONR_ENUM_STANCE) ONR_STANCE__COUNT } onr_stance;
#undef ONR_ENUM_STANCE
#define ONR_ENUM_RELATION(id, name) ONR_RELATION_##id,
typedef enum onr_relation_kind {
    ONR_RELATION_KINDS(ONR_ENUM_RELATION) ONR_RELATION__COUNT
} onr_relation_kind;
#undef ONR_ENUM_RELATION
#define ONR_ENUM_BOILERPLATE(id, name) ONR_BOILERPLATE_##id,
typedef enum onr_boilerplate_kind {
    ONR_BOILERPLATES(ONR_ENUM_BOILERPLATE) ONR_BOILERPLATE__COUNT
} onr_boilerplate_kind;
#undef ONR_ENUM_BOILERPLATE

/** Who, and the bytes that say so. entity ONR_NONE: not (yet) resolved. span empty: none. */
typedef struct onr_ref {
    uint32_t entity;
    onr_span span;
} onr_ref;
#define ONR_REF_NONE ((onr_ref){ ONR_NONE, { 0, 0 } })

/** Spans [n] in reading order. */
typedef struct onr_spans {
    const onr_span *at;
    uint32_t n;
} onr_spans;

/** Interval of days "YYYY-MM-DD" (shorter: coarser); empty span and raw only: not resolved. */
typedef struct onr_time {
    onr_sv from, to; /* empty if not resolved */
    onr_span span;   /* the words, empty if none */
} onr_time;

typedef struct onr_boilerplate {
    onr_span span;
    onr_boilerplate_kind kind;
} onr_boilerplate;

typedef struct onr_role {
    onr_sv title;   /* "adviser" */
    uint32_t of;    /* entity, ONR_NONE if none */
    onr_sv country; /* alpha-3, empty if none */
    onr_sv period;  /* "former", "acting", "elect", "then"; empty: present */
    onr_span span;
    const char *rule;
} onr_role;

typedef struct onr_mention {
    onr_span span, head;
    onr_mention_kind kind;
    const char *rule; /* how it came to its entity: "exact", "apposition", "pronoun", ... */
    float p;
    uint32_t
        joined_to; /* mention index (in the entity) it was joined through, ONR_NONE: the first */
} onr_mention;

typedef struct onr_entity {
    onr_sv id; /* from content */
    onr_entity_type type;
    onr_sv name;
    onr_sv country, code, wikidata; /* empty if unknown */
    const onr_role *roles;
    uint32_t n_roles;
    const uint32_t *parts; /* entities a "they" stands for */
    uint32_t n_parts;
    const onr_mention *mentions; /* [n_mentions] in reading order */
    uint32_t n_mentions;
} onr_entity;

typedef struct onr_statement {
    onr_sv id;
    onr_ref source;
    onr_spans cue, content;
    onr_form form;
    onr_statement_kind kind;
    bool negated;
    onr_ref addressee, venue;
    onr_time time;
    uint32_t within, responds_to; /* statements */
    const char *rule;
    float p;
} onr_statement;

typedef struct onr_event {
    onr_sv id;
    onr_sv plover, mode, cameo; /* mode and cameo may be empty */
    const onr_sv *contexts;
    uint32_t n_contexts;
    bool has_goldstein;
    float goldstein;
    const onr_ref *source, *target;
    uint32_t n_source, n_target;
    onr_spans trigger;
    onr_ref place;
    onr_sv place_country;       /* ISO 3166-1 alpha-3; may be empty */
    bool place_has_point;       /* a city whose place on earth is known */
    float place_lat, place_lon; /* degrees, WGS 84, to hundredths; 0 without a point */
    onr_time time;
    onr_event_status status;
    onr_span status_span; /* the words that decide the status, empty: tense alone */
    uint32_t reported_by; /* statement */
    uint32_t same_as;     /* event: a further mention of that one */
    const char *rule;
    float p;
} onr_event;

typedef struct onr_commitment {
    onr_sv id;
    uint32_t holder; /* entity */
    onr_span holder_span;
    onr_commitment_kind kind;
    onr_span action, condition; /* condition empty if none */
    uint32_t action_event, condition_event;
    uint32_t statement;
    onr_sv strength; /* "vow", "promise", "plan", "readiness", "refusal", "threat", "agreement"; may
                        be empty: it is only said ("we will leave") */
    onr_time deadline;
    const char *rule;
    float p;
} onr_commitment;

typedef struct onr_response {
    onr_ref by;
    onr_verdict verdict;
    onr_span span;
    uint32_t statement;
} onr_response;

typedef struct onr_dispute {
    onr_sv id;
    onr_span claim;
    uint32_t claim_statement;
    uint32_t claimant; /* entity, ONR_NONE if nobody in particular */
    const onr_response *responses;
    uint32_t n_responses;
    const char *rule;
    float p;
} onr_dispute;

typedef struct onr_position {
    onr_sv id;
    uint32_t entity;
    onr_sv issue; /* normalized phrase: "Iranian presence in Syria" */
    onr_sv topic; /* name in the caller's list of issues that it falls under, empty if none */
    onr_stance stance;
    onr_spans evidence;
    uint32_t statement;
    const char *rule;
    float p;
} onr_position;

/** What lasts between two actors. Read from `from` to `to`: from is an ally of to. ally-of,
 * talks-with, conflict-with and relative-of hold both ways; they are told once, in reading order.
 */
typedef struct onr_relation {
    onr_sv id;
    onr_relation_kind kind;
    onr_ref from, to;
    onr_sv role;   /* what the words call it: "adviser", "brother"; may be empty */
    onr_sv period; /* "former", "acting", "elect", "then"; empty: present */
    onr_spans evidence;
    uint32_t statement; /* the one that says so, ONR_NONE: the article itself */
    const char *rule;
    float p;
} onr_relation;

/** What a person made of a fact (onrecord/store_views.h): told beside it wherever the record goes.
 */
typedef struct onr_corrected {
    onr_sv fact;           /* id; of a rejected one: the id it had */
    onr_sv action;         /* "mend", "add", "reject" */
    onr_sv who, when, why; /* when: "2018-07-13T10:00:00Z"; why may be empty */
    onr_sv layer, kind;    /* of a rejected one, which is nowhere else: "statement", "denial" */
    onr_span span;         /* of a rejected one: where it was read */
} onr_corrected;

/** Damage that was read over: code ("bad-utf8"), how often, where first. */
typedef struct onr_diagnostic {
    const char *code;
    uint32_t count;
    uint64_t at;
} onr_diagnostic;

/** Where a stretch of text came from in the page. text_len == page_len: byte for byte. */
typedef struct onr_origin {
    uint32_t text_beg, text_len, page_beg, page_len;
} onr_origin;

typedef struct onr_record {
    onr_sv id, uri, publisher, author, date, date_source, lang;
    onr_span title;     /* empty if the text has none */
    onr_sv title_text;  /* from metadata, when the title does not stand in the text */
    onr_sv text;        /* .p NULL: left out; the spans still count its bytes */
    onr_sv text_sha256; /* 64 hex digits of the whole text */
    onr_sv made_by_version, made_by_model, made_by_rules; /* "0.1.0", "en-sm 3.8.0", "sha256:..." */
    const onr_origin *origin;
    uint32_t n_origin;
    const onr_boilerplate *boilerplate;
    uint32_t n_boilerplate;
    const onr_span *sentences;
    uint32_t n_sentences;
    const onr_entity *entities;
    uint32_t n_entities;
    const onr_statement *statements;
    uint32_t n_statements;
    const onr_event *events;
    uint32_t n_events;
    const onr_commitment *commitments;
    uint32_t n_commitments;
    const onr_dispute *disputes;
    uint32_t n_disputes;
    const onr_position *positions;
    uint32_t n_positions;
    const onr_relation *relations;
    uint32_t n_relations;
    const onr_diagnostic *diagnostics;
    uint32_t n_diagnostics;
    const onr_corrected *corrected; /* [n_corrected] what people corrected in it; no fact twice */
    uint32_t n_corrected;
    const onr_error *error; /* not NULL: the document could not be read; nothing else but id, uri */
} onr_record;

/** Names of the labels as they stand in the record. Never NULL. Cost: O(1). Threads: any. */
ONR_API const char *onr_entity_type_name(onr_entity_type v);
ONR_API const char *onr_mention_kind_name(onr_mention_kind v);
ONR_API const char *onr_form_name(onr_form v);
ONR_API const char *onr_statement_kind_name(onr_statement_kind v);
ONR_API const char *onr_event_status_name(onr_event_status v);
ONR_API const char *onr_commitment_kind_name(onr_commitment_kind v);
ONR_API const char *onr_verdict_name(onr_verdict v);
ONR_API const char *onr_stance_name(onr_stance v);
ONR_API const char *onr_relation_kind_name(onr_relation_kind v);
ONR_API const char *onr_boilerplate_kind_name(onr_boilerplate_kind v);

/** Version of the JSON form that this library writes: the value of its key "onrecord". */
#define ONR_RECORD_SCHEMA 1

/** Parts of the JSON form that can be asked for one by one: id, key in the object. "onrecord",
 * "id", "uri" and "error" are always there. */
/* clang-format off */
#define ONR_RECORD_FIELDS(X)                                                                      \
    X(MADE_BY, "made_by") X(META, "meta") X(TEXT, "text") X(TEXT_SHA256, "text_sha256")           \
    X(ORIGIN, "origin") X(BOILERPLATE, "boilerplate") X(SENTENCES, "sentences")                   \
    X(ENTITIES, "entities") X(STATEMENTS, "statements") X(EVENTS, "events")                       \
    X(COMMITMENTS, "commitments") X(DISPUTES, "disputes") X(POSITIONS, "positions")               \
    X(DIAGNOSTICS, "diagnostics") X(RELATIONS, "relations")
/* clang-format on */
#define ONR_ENUM_FIELD(id, name) ONR_FIELD_##id,
typedef enum onr_field { ONR_RECORD_FIELDS(ONR_ENUM_FIELD) ONR_FIELD__COUNT } onr_field;
#undef ONR_ENUM_FIELD
/** Name of a field as the program's --fields takes it. Never NULL. Cost: O(1). Threads: any. */
ONR_API const char *onr_field_name(onr_field v);

typedef struct onr_json_opts {
    uint32_t size;   /* sizeof(onr_json_opts) */
    uint32_t fields; /* bits 1 << onr_field; 0: all */
    uint32_t kinds;  /* bits 1 << onr_statement_kind: statements to write; 0: all. Facts that point
                        at a statement left out are written without the pointer */
} onr_json_opts;
#define ONR_JSON_OPTS_INIT                                                                         \
    {                                                                                              \
        sizeof(onr_json_opts), 0, 0                                                                \
    }

/** Write a record as one JSON object (docs/formats/record.md), without a line end.
 * @param mem   will own the bytes
 * @param rec   the record; its references must be in range (onr_record_check)
 * @param opts  NULL: everything
 * @param out   the JSON, valid UTF-8; on failure unchanged
 * @return ONR_OK; ONR_E_NOMEM; ONR_E_LIMIT (over the arena's ceiling).
 * Cost: linear in what is written. Threads: any, one per arena. Source: own. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_record_json(onr_arena *mem, const onr_record *rec,
                                             const onr_json_opts *opts, onr_sv *out,
                                             onr_error *err);

/** Read a record back from its JSON. Unknown keys are ignored; a known key with a value of the
 * wrong kind, an unknown label and a reference to nothing are refused.
 * @param mem   will own the record
 * @param json  one object; white space around it is allowed
 * @param out   the record; on failure unchanged
 * @return ONR_OK; ONR_E_SYNTAX (at: offset in json); ONR_E_SCHEMA (another version);
 *         ONR_E_LIMIT (nesting, arena); ONR_E_NOMEM.
 * Cost: linear. Threads: any, one per arena. Source: own. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_record_load(onr_arena *mem, onr_sv json, onr_record *out,
                                             onr_error *err);

/** Check every promise of docs/formats/record.md: spans inside the text, not empty, on code point
 * boundaries; references exist; ids unique; one span one entity; content apart from its cue and
 * source; the text's hash. A record without its text is checked as far as that goes.
 * @param tmp  for tables while checking; rewound before return
 * @return ONR_OK; ONR_E_RANGE with the path of the first broken fact in msg and the offset of its
 *         span in at; ONR_E_NOMEM or ONR_E_LIMIT.
 * Cost: linear. Threads: any, one per arena. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_record_check(const onr_record *rec, onr_arena *tmp,
                                              onr_error *err);

#ifdef __cplusplus
}
#endif
#endif
