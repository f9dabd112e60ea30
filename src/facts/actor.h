/* Clusters of mentions while actors are being found, and the passes over them.
 *
 * Each pass joins clusters that stand apart so far, from most to least sure; every join keeps its
 * rule and the two mentions. Names first, then nominals, then quotations' speakers, then pronouns.
 */
#ifndef ONRI_FACTS_ACTOR_H
#define ONRI_FACTS_ACTOR_H

#include "facts/mention.h"

/* What a cluster is known to be: kept at its root mention. */
typedef struct onri_cluster {
    uint32_t n, first, last;    /* mentions */
    uint32_t names, adjectives; /* of these */
    uint32_t pair;              /* "X and Y" that it is, ONR_NONE */
    uint32_t full;              /* mention with the longest name, ONR_NONE */
    uint32_t full_words;
    uint32_t entry;   /* dictionary actor, ONR_NONE */
    uint32_t country; /* state entry, ONR_NONE */
    uint32_t vote[ONR_ENTITY__COUNT];
    uint32_t male, female, singular, plural;
    const onri_head_noun *office; /* noun of its office */
    uint32_t role;                /* first role phrase (onri_roles.at), ONR_NONE */
    uint32_t last_role;
} onri_cluster;

/* A phrase that says what an actor is: tokens, head noun, of which state or actor. */
typedef struct onri_role_seen {
    uint32_t beg, end; /* tokens */
    uint32_t head;     /* its noun */
    uint32_t mention;  /* whose */
    uint32_t country;  /* state entry, ONR_NONE */
    uint32_t of;       /* mention of what it is the office in, ONR_NONE */
    uint32_t next;     /* of the same cluster */
    const char *rule;
} onri_role_seen;

typedef struct onri_cast {
    onri_mentions *m;
    onri_cluster *of; /* [mentions] valid at roots */
    ONRI_VEC(onri_role_seen) roles;
    uint32_t *subject_of; /* unused entries ONR_NONE */
    onri_map by_key;      /* names already seen */
    bool failed;          /* out of memory somewhere in a pass */
} onri_cast;

ONR_CHECK onr_status onri_cast_make(onri_cast *c, onri_mentions *m, onr_error *err);

uint32_t onri_root(const onri_cast *c, uint32_t mention);
onri_cluster *onri_cluster_of(const onri_cast *c, uint32_t mention);
/* Type by vote; OTHER where nothing is known. */
onr_entity_type onri_cluster_type(const onri_cluster *k);
uint8_t onri_cluster_gender(const onri_cluster *k);
bool onri_cluster_plural(const onri_cluster *k);
bool onri_is_person(onr_entity_type t);
bool onri_is_body(onr_entity_type t); /* organization, medium, state, group */
bool onri_is_place(onr_entity_type t);
/* Nothing known speaks against the two being one: type, gender, dictionary, full names. */
bool onri_compatible(const onri_cast *c, uint32_t a, uint32_t b);
/* Join the cluster of `later` to that of `earlier`. False if they are one already. */
bool onri_join(onri_cast *c, uint32_t later, uint32_t earlier, const char *rule, float p);
/* One inside the other, or co-arguments of one verb: cannot be one. */
bool onri_barred(const onri_cast *c, uint32_t a, uint32_t b);
/* State that a phrase names: adjective, possessive or "of STATE"; ONR_NONE. */
uint32_t onri_country_of(const onri_cast *c, uint32_t mention);

/* Last mention of a dictionary's actor, ONR_NONE. */
uint32_t onri_actor_mention(const onri_cast *c, uint32_t entry);

/* ---- passes -----------------------------------------------------------------------------------
 */

void onri_pass_dictionary(onri_cast *c);
void onri_pass_exact(onri_cast *c);
void onri_pass_acronym(onri_cast *c);
void onri_pass_names(onri_cast *c);
void onri_pass_apposition(onri_cast *c);
void onri_pass_roles(onri_cast *c); /* gathers the role phrases */
void onri_pass_nominals(onri_cast *c);
void onri_pass_speakers(onri_cast *c, const onr_statement *statements, uint32_t n);
void onri_pass_pronouns(onri_cast *c);
void onri_pass_possessed(onri_cast *c);

#endif
