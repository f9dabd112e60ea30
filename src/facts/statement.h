/* Statements: who said what. One step of the facts (see draft.h): reads article and parse, appends
 * statements with their spans; who the source is (entity) is left to the actors' step. */
#ifndef ONRI_FACTS_STATEMENT_H
#define ONRI_FACTS_STATEMENT_H

#include "facts/draft.h"
#include "facts/time.h"
#include "rules/rules.h"

/* Rules, word lists and weights of statements. Frozen after loading: share between threads. */
typedef struct onri_statement_know onri_statement_know;

/* Load data/statements/ from the binary.
 * @param extra  a user's own rule files (name and text), added after ours; n_extra may be 0
 * @return ONR_OK; ONR_E_SYNTAX (a user's file: msg has file:line:column); ONR_E_NOMEM; ONR_E_LIMIT.
 */
typedef struct onri_rule_text {
    const char *name;
    onr_sv text;
    onri_table_loader load; /* for its tables; NULL: the binary's */
    void *ctx;
} onri_rule_text;
ONR_CHECK onr_status onri_statement_know_load(onr_arena *mem, const onri_rule_text *extra,
                                              uint32_t n_extra, const onri_statement_know **out,
                                              onr_error *err);

/* The compiled rules, for explanations. */
const onri_book *onri_statement_book(const onri_statement_know *know);

/* Told to whoever wants to know why: every candidate, kept or lost. Views live during the call. */
typedef struct onri_statement_trace {
    onr_statement statement; /* as it would stand in the record; within not set */
    uint32_t anchor;         /* token the rule started at, ONR_NONE: found by quotation marks */
    const onri_match *match; /* NULL for those */
    const onri_tree *tree;
    const onri_book *book;
    const char *lost;         /* NULL: kept; else why not, a clause: "p below the threshold" */
    onr_span lost_to;         /* cue of the statement that took its place, empty if none */
    const struct st_run *run; /* for onri_statement_features */
    const struct st_cand *cand;
} onri_statement_trace;
/* What the weights see of a candidate: calls fn for each feature; the view dies with the call. */
void onri_statement_features(const onri_statement_trace *t, void (*fn)(void *ctx, onr_sv feature),
                             void *ctx);
typedef void (*onri_statement_trace_fn)(void *ctx, const onri_statement_trace *t);

/* Append the statements of draft->article and draft->parse to draft->statements: spans, form, kind,
 * negation, nesting, rule and p; source.entity and the others' stay ONR_NONE.
 * Statements come in order of their first byte; within points to an earlier or later one of them.
 * @param times  [n_times] times of the text in reading order (onri_times_scan)
 * @param trace  told of every candidate, or NULL
 * @return ONR_OK; ONR_E_NOMEM; ONR_E_LIMIT. On failure nothing is appended.
 * Cost: linear in the tokens, a small part of the parse. */
ONR_CHECK onr_status onri_statements_find(onri_draft *draft, const onri_statement_know *know,
                                          const onri_timex *times, uint32_t n_times,
                                          onri_statement_trace_fn trace, void *ctx, onr_error *err);

/* Give later statements of a speaker, in an unbroken row, the venue and the day that the first was
 * made at; their spans are the words that told them. After the actors: speakers are entities.
 * Cost: linear. */
void onri_statements_carry(onri_draft *draft, const onri_statement_know *know);

#endif
