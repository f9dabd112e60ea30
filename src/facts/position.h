/* Positions: who is for or against what, with the words that show it. */
#ifndef ONRI_FACTS_POSITION_H
#define ONRI_FACTS_POSITION_H

#include "facts/draft.h"
#include "facts/issue_list.h"

typedef struct onri_stance_know onri_stance_know;

/* Read data/positions and the adjectives of states. Frozen afterwards.
 * @param issues  the reader's own list, NULL: none; must outlive the result */
ONR_CHECK onr_status onri_stance_know_load(onr_arena *mem, const onri_issue_list *issues,
                                           const onri_stance_know **out, onr_error *err);
/* Append the positions of the draft; needs its events, commitments and statements. */
ONR_CHECK onr_status onri_find_positions(onri_draft *d, const onri_stance_know *know,
                                         onr_error *err);

#endif
