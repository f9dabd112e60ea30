/* Disputes: a claim and the answers to it. */
#ifndef ONRI_FACTS_DISPUTE_H
#define ONRI_FACTS_DISPUTE_H

#include "facts/draft.h"

typedef struct onri_dispute_words onri_dispute_words;

/* Read data/disputes/words.tsv. Frozen afterwards. */
ONR_CHECK onr_status onri_dispute_words_load(onr_arena *mem, onr_sv tsv,
                                             const onri_dispute_words **out, onr_error *err);
/* Append the disputes of the draft; needs its statements and entities. */
ONR_CHECK onr_status onri_find_disputes(onri_draft *d, const onri_dispute_words *words,
                                        onr_error *err);

#endif
