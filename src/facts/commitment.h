/* Commitments: what a holder will do, will not do, or does only if, unless, until. */
#ifndef ONRI_FACTS_COMMITMENT_H
#define ONRI_FACTS_COMMITMENT_H

#include "facts/draft.h"
#include "facts/time.h"

typedef struct onri_commitment_words onri_commitment_words;

/* Read data/commitments/words.tsv. Frozen afterwards. */
ONR_CHECK onr_status onri_commitment_words_load(onr_arena *mem, onr_sv tsv,
                                                const onri_commitment_words **out, onr_error *err);
/* Append the commitments of the draft; needs its statements, entities and events. times: deadlines
 * come from them, and promises of long ago are left out by them. */
ONR_CHECK onr_status onri_find_commitments(onri_draft *d, const onri_commitment_words *words,
                                           const onri_timex *times, uint32_t n_times,
                                           onr_error *err);

#endif
