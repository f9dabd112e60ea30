/* Disputes: a claim and the answers to it. One step of the facts (see draft.h): reads statements,
 * entities and parse, appends disputes. */
#ifndef ONRI_FACTS_DISPUTE_H
#define ONRI_FACTS_DISPUTE_H

#include "facts/draft.h"

/* Words, relations of words and weights of data/disputes. Frozen after loading. */
typedef struct onri_dispute_know onri_dispute_know;

/* Load data/disputes from the binary. SYNTAX, NOMEM. */
ONR_CHECK onr_status onri_dispute_know_load(onr_arena *mem, const onri_dispute_know **out,
                                            onr_error *err);

/* Told to whoever wants to know why: every pair of an answer and a claim. Views live during the
 * call. */
typedef struct onri_dispute_trace {
    onr_span answer, claim;
    uint32_t by, claimant; /* entities or ONR_NONE */
    onr_verdict verdict;
    const char *rule;
    float p;
    const char *lost; /* NULL: kept; else why not, a clause */
    const char *with; /* kept without being weighed: because of another answer, a clause; or NULL */
    const struct dp_run *run;
    const struct dp_answer *of;
    const struct dp_claim *to;
    uint32_t between, group;
} onri_dispute_trace;
typedef void (*onri_dispute_trace_fn)(void *ctx, const onri_dispute_trace *t);
/* What the weights see of a pair: calls fn for each feature with its weight. */
void onri_dispute_features(const onri_dispute_trace *t,
                           void (*fn)(void *ctx, onr_sv feature, float weight), void *ctx);

/* Append the disputes of the draft; needs its statements and entities.
 * @param trace  told of every pair, or NULL
 * NOMEM, LIMIT. Cost: linear in the tokens and statements (each answer looks at a window). */
ONR_CHECK onr_status onri_find_disputes(onri_draft *d, const onri_dispute_know *know,
                                        onri_dispute_trace_fn trace, void *ctx, onr_error *err);

#endif
