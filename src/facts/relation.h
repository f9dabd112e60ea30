/* Relations: what lasts between two actors - offices, memberships, alliances, talks, conflicts. */
#ifndef ONRI_FACTS_RELATION_H
#define ONRI_FACTS_RELATION_H

#include "facts/draft.h"

typedef struct onri_relation_words onri_relation_words;

/* Read data/relations/words.tsv. Frozen afterwards. */
ONR_CHECK onr_status onri_relation_words_load(onr_arena *mem, onr_sv tsv,
                                              const onri_relation_words **out, onr_error *err);
/* Append the relations of the draft in reading order; needs its entities and statements. */
ONR_CHECK onr_status onri_find_relations(onri_draft *d, const onri_relation_words *words,
                                         onr_error *err);

#endif
