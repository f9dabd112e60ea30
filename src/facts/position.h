/* Positions: who is for or against what, with the words that show it. */
#ifndef ONRI_FACTS_POSITION_H
#define ONRI_FACTS_POSITION_H

#include "facts/draft.h"

typedef struct onri_stance_table onri_stance_table;

/* Read data/positions/stances.tsv. Frozen afterwards. */
ONR_CHECK onr_status onri_stance_table_load(onr_arena *mem, onr_sv tsv,
                                            const onri_stance_table **out, onr_error *err);
/* Append the positions of the draft; needs its events, commitments and statements. */
ONR_CHECK onr_status onri_find_positions(onri_draft *d, const onri_stance_table *table,
                                         onr_error *err);

#endif
