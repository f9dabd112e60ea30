/* The draft as later steps look at it: the tree, who is mentioned at a token, what statement stands
 * around a byte. Read-only; made once a step from the draft so far. */
#ifndef ONRI_FACTS_VIEW_H
#define ONRI_FACTS_VIEW_H

#include "facts/draft.h"
#include "rules/rules.h"

typedef struct onri_view {
    const onri_draft *d;
    const onr_parse *parse;
    onri_tree tree;             /* children only: no words of a book */
    const uint32_t *entity_at;  /* [n_tokens] entity with a mention whose head covers the token */
    const uint32_t *mention_at; /* [n_tokens] that mention's index in the entity */
} onri_view;

/* Arrays in mem. NOMEM, LIMIT. Cost: linear in tokens and mentions. */
ONR_CHECK onr_status onri_view_make(onr_arena *mem, const onri_draft *d, onri_view *out,
                                    onr_error *err);
/* First token that ends after the byte (n_tokens if none). */
uint32_t onri_token_at(const onr_parse *parse, uint32_t byte);
/* Innermost statement whose content holds the byte, or ONR_NONE. */
uint32_t onri_statement_at(const onri_draft *d, uint32_t byte);
/* Is the byte in boilerplate? *from: a cursor that starts at 0 and moves with rising bytes. */
bool onri_in_boilerplate(const onri_draft *d, uint32_t byte, uint32_t *from);
/* First mention of the entity that begins at or after the byte, n_mentions if none. */
uint32_t onri_mention_from(const onr_entity *e, uint32_t byte);
/* Is none of its first mentions a name or a noun: does nobody know who it is? */
bool onri_only_pronouns(const onr_entity *e);
/* Has it a name among its first mentions? */
bool onri_has_name(const onr_entity *e);
/* Someone who can act: person, organization, group, state, medium, nationality. */
bool onri_is_actor_type(onr_entity_type type);

#endif
