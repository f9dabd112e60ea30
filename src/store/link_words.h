/* Words and names as they are compared across articles. Pure; knows no database. */
#ifndef ONRI_STORE_LINK_WORDS_H
#define ONRI_STORE_LINK_WORDS_H

#include "base/base.h"
#include "onrecord/record.h"

enum {
    ONRI_WORDS_MAX = 48,  /* words of a fact that are compared */
    ONRI_NAME_WORDS = 12, /* words of a name that count */
    ONRI_FIELD_PUBLIC = 1,
    ONRI_FIELD_SPORT = 2,
    ONRI_FIELD_ARTS = 4,
    ONRI_FIELD_PRIVATE = 8
};

/* The lists of data/store, made once a handle. */
typedef struct onri_link_know {
    onr_arena mem;
    onri_atoms words;        /* "stop:the", "given:bill", "field:senator", "form:said", ... */
    ONRI_VEC(onr_sv) stands; /* [words] given, form: the first of its list; field: its name */
} onri_link_know;

/* @return ONR_OK; ONR_E_NOMEM; ONR_E_LIMIT; ONR_E_SYNTAX (a list of ours is broken) */
ONR_CHECK onr_status onri_link_know_make(onri_link_know *k, onr_error *err);
void onri_link_know_drop(onri_link_know *k);

/* Without case, accents and width; a NUL stands behind it. .p NULL: no memory. Bytes that are no
 * UTF-8 become blanks. */
onr_sv onri_fold(onr_arena *mem, onr_sv s);
/* Next word of folded text: letters and digits, apostrophes and points inside ("u.s.", "don't") do
 * not count. False at the end. */
bool onri_next_word(onr_sv folded, size_t *at, onr_sv *word);

/* Words that say which fact it is: hashes of stems, sorted, each once. */
typedef struct onri_wordset {
    uint32_t at[ONRI_WORDS_MAX];
    uint32_t n;
    bool negated; /* "not", "never", "no", "n't" among them */
    bool undone;  /* "proposal", "plan", "would" among them: spoken of, not done */
} onri_wordset;
/* Add the words of s to set. False: no memory. */
bool onri_words_add(onri_wordset *set, const onri_link_know *k, onr_arena *tmp, onr_sv s);
uint32_t onri_words_common(const onri_wordset *a, const onri_wordset *b);
/* Length in bytes of the word without the endings of English (-s, -es, -ed, -ing, -ly). */
size_t onri_stem(onr_sv word);

/* What a name is compared by. */
typedef struct onri_name {
    onr_sv key;    /* "person:donald trump": class, first and last name; other classes: all words */
    onr_sv middle; /* of a person: "j", "akbar"; empty if none */
    onr_sv last;   /* last name of a person; else key */
    bool weak;     /* one name of a person, an acronym: may be a part of another's name */
} onri_name;
/* Class of a type: person, place (states, too), org (organisations, groups, media, facilities);
 * NULL: no actor (law, event, nationality, other). */
const char *onri_actor_class(onr_entity_type type);
/* @return false: no memory. key is empty when nothing is left of the name. */
bool onri_name_make(onri_name *out, const onri_link_know *k, onr_arena *mem, onr_entity_type type,
                    onr_sv name);
/* Only the words, for looking a name up whatever it is: "donald trump". */
onr_sv onri_name_words(const onri_link_know *k, onr_arena *mem, onr_sv name);
/* Middle names that one person can have: equal, one missing, or the initial of the other. */
bool onri_middle_fits(onr_sv a, onr_sv b);
/* Field bits of a role's title: the last of its nouns that is in the list; 0: none. */
unsigned onri_field_of(const onri_link_know *k, onr_arena *tmp, onr_sv title);

#endif
