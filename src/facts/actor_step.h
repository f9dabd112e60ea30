/* Actors: who acts, speaks and is spoken of. One step of the facts (see draft.h): mentions are
 * found and gathered into entities, each mention with the rule that joined it. */
#ifndef ONRI_FACTS_ACTOR_STEP_H
#define ONRI_FACTS_ACTOR_STEP_H

#include "facts/actor_know.h"
#include "facts/draft.h"

/* Which phrases become entities. */
typedef enum onri_cast_choice {
    ONRI_CAST_STORY, /* every person, body, group and place that a phrase names */
    ONRI_CAST_ALL    /* also adjectives alone, pairs, names inside other bodies' names */
} onri_cast_choice;

/* Append the entities of draft->article and draft->parse to draft->entities; uses the statements
 * found so far for I, we and you, and resolves their source, addressee and venue to entities.
 * @return ONR_OK; ONR_E_NOMEM; ONR_E_LIMIT. On failure nothing is appended.
 * Cost: linear in tokens and mentions. */
ONR_CHECK onr_status onri_find_actors(onri_draft *draft, const onri_actor_knowledge *know,
                                      onri_cast_choice choice, onr_error *err);

/* Set the entities of the statements' source, addressee and venue by their spans (link.c). */
void onri_link_statements(onri_draft *draft);

/* One line a mention: which rule joined it to which earlier one, and how sure it is. Entities whose
 * name or id has `which` in it (any case); empty: all. The buffer's status says whether it fitted.
 */
void onri_actors_explain(onri_buf *out, onr_sv text, const onr_entity *entities, uint32_t n,
                         onr_sv which);

#endif
