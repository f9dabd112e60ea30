/* What the actors' step knows of the world: actor dictionary, head nouns, titles, given names.
 * Made once from data/actors, frozen, shared by all threads. */
#ifndef ONRI_FACTS_ACTOR_KNOW_H
#define ONRI_FACTS_ACTOR_KNOW_H

#include "base/base.h"
#include "onrecord/record.h"

/* What a phrase of the dictionary is to its actor. */
typedef enum onri_term_kind {
    ONRI_TERM_NAME,    /* a name of the actor */
    ONRI_TERM_ADJ,     /* "Iranian": of that state or region */
    ONRI_TERM_PEOPLE,  /* "Iranians" */
    ONRI_TERM_CITIZEN, /* "Dutchman" */
    ONRI_TERM_CAPITAL  /* "Tehran": the state where it acts, the city where one is in it */
} onri_term_kind;

/* One actor of the dictionary. */
typedef struct onri_actor_entry {
    onr_sv name, country, code, wikidata;
    uint8_t type;   /* onr_entity_type */
    uint8_t gender; /* 'm', 'f' or 0, where the dictionary knows it */
    bool user;      /* out of the user's own dictionary: wins */
    bool seat;      /* a state whose terms may be a capital */
    uint32_t size;  /* inhabitants in thousands; 0: no city */
} onri_actor_entry;

typedef struct onri_actor_term {
    uint32_t entry;
    uint32_t next; /* the next term of the same phrase, ONR_NONE at the end */
    uint8_t kind;  /* onri_term_kind */
} onri_actor_term;

/* A head noun. */
typedef enum onri_head_use {
    ONRI_USE_PLAIN,
    ONRI_USE_OFFICE,
    ONRI_USE_KIN,
    ONRI_USE_ACT,
    ONRI_USE_MASS,
    ONRI_USE_PART,
    ONRI_USE_NONE
} onri_head_use;

typedef struct onri_head_noun {
    uint8_t type; /* onr_entity_type */
    uint8_t use;  /* onri_head_use */
    uint8_t gender;
    bool sure;         /* of the hand-made list */
    const char *role;  /* CAMEO role, "" if none */
    uint8_t more;      /* bit set of further types the same noun can have */
    uint32_t synonyms; /* number of its group of exchangeable role nouns, ONR_NONE if none */
} onri_head_noun;

typedef enum onri_title_kind {
    ONRI_TITLE_NONE,
    ONRI_TITLE_ADDRESS,
    ONRI_TITLE_NOBLE,
    ONRI_TITLE_LEARNED,
    ONRI_TITLE_FAITH,
    ONRI_TITLE_OFFICE,
    ONRI_TITLE_RANK
} onri_title_kind;

typedef struct onri_title {
    uint8_t kind, gender;
} onri_title;

typedef ONRI_VEC(onri_actor_entry) onri_entry_vec;
typedef ONRI_VEC(onri_actor_term) onri_term_vec;
typedef ONRI_VEC(onri_head_noun) onri_head_vec;
typedef ONRI_VEC(onri_title) onri_title_vec;

typedef struct onri_actor_knowledge {
    onr_arena *mem;
    onri_atoms phrases; /* of the dictionary, apostrophes made straight */
    onri_entry_vec entries;
    onri_term_vec terms;
    onri_map first_term; /* phrase -> term */
    onri_map longest;    /* first word's hash -> words of the longest phrase */
    onri_atoms nouns;    /* head nouns, singular, lower case */
    onri_head_vec heads; /* [nouns] */
    onri_atoms title_words;
    onri_title_vec titles; /* [title_words] */
    onri_atoms given;      /* given names, lower case */
    ONRI_VEC(uint8_t) genders;
    onri_atoms words;   /* small closed lists: "list:word" */
    uint32_t n_builtin; /* entries before the user's */
} onri_actor_knowledge;

/* An empty k. */
void onri_actor_knowledge_init(onri_actor_knowledge *k, onr_arena *mem);
/* Fill k from the embedded data. mem must outlive k and hold nothing that is rewound.
 * @return ONR_OK; ONR_E_NOMEM; ONR_E_SYNTAX (a table of ours is broken: line says where) */
ONR_CHECK onr_status onri_actor_knowledge_make(onri_actor_knowledge *k, onr_arena *mem,
                                               onr_error *err);

/* Add a user's dictionary; both formats are told apart by their first line of data.
 * TSV: name, other names set apart by '|', type, alpha-3, code, wikidata, gender (all but the
 * first may be empty). PETRARCH: "NAME_ [CODE]", "+SYNONYM_", "\t[CODE >date]" lines.
 * @return ONR_OK; ONR_E_SYNTAX (line set); ONR_E_LIMIT; ONR_E_NOMEM */
ONR_CHECK onr_status onri_actor_dictionary_add(onri_actor_knowledge *k, onr_sv bytes,
                                               onr_error *err);

/* First term of a phrase (exact case), ONR_NONE if there is none. Apostrophes must be straight. */
uint32_t onri_actor_term_find(const onri_actor_knowledge *k, onr_sv phrase);
/* Words of the longest phrase that begins with this word, 0 if none. */
uint32_t onri_actor_longest(const onri_actor_knowledge *k, onr_sv word);
/* Head noun by lemma or lower-cased word, NULL if unknown. */
const onri_head_noun *onri_actor_head(const onri_actor_knowledge *k, onr_sv noun);
onri_title onri_actor_title(const onri_actor_knowledge *k, onr_sv words);
/* 'm', 'f' or 0 of a given name in any case. */
uint8_t onri_actor_given(const onri_actor_knowledge *k, onr_sv name);
/* Is the word (lower case) in the closed list of data/actors/words.tsv? */
bool onri_actor_word(const onri_actor_knowledge *k, const char *list, onr_sv word);
/* The state of this alpha-3, ONR_NONE if none. */
uint32_t onri_actor_state(const onri_actor_knowledge *k, onr_sv alpha3);

/* ---- for the loaders ------------------------------------------------------------------------ */

uint32_t onri_actor_entry_add(onri_actor_knowledge *k, onri_actor_entry entry); /* ONR_NONE: full */
bool onri_actor_term_add(onri_actor_knowledge *k, onr_sv phrase, uint32_t entry,
                         onri_term_kind kind);
bool onri_actor_type_of(onr_sv name, uint8_t *type);

#endif
