/* Distinct words of a reader: everything that depends on a word's text alone, computed once. */
#ifndef ONRI_LANG_WORDS_H
#define ONRI_LANG_WORDS_H

#include "base/base.h"
#include "lang/model.h"

/* A word: a token's text with its norm. Equal text and norm, equal number. */
typedef struct onri_word {
    uint64_t norm_id, prefix, suffix, shape, orth; /* string ids */
    onr_sv text, norm, lower; /* views into the table or the model; lower may be text itself */
    uint32_t trie;            /* tokenizer: number of the text among words of split exceptions */
    uint32_t lower_class;     /* ruler: number of lower among the words it asks for, or ONR_NONE */
    uint8_t ruler_re;         /* ruler: bit (1 << onri_ruler_re) for each expression that matches */
    bool is_space;
    bool norm_given; /* by an exception of the tokenizer */
} onri_word;

/* Numbers the texts that other stages ask about; ONR_NONE for all others. */
typedef struct onri_word_classes {
    const onri_atoms *trie;
    const onri_atoms *lower;
} onri_word_classes;

typedef struct onri_words {
    const onr_model *model;
    onri_word_classes classes;
    onri_word *at;
    uint32_t n, cap;
    uint32_t *slots; /* power of two; word + 1, 0 = free */
    uint32_t n_slots;
    onr_arena mem; /* texts */
    onri_buf scratch;
    onr_status status; /* sticky, until cleared: E_NOMEM, E_LIMIT */
} onri_words;

void onri_words_init(onri_words *w, const onr_model *model, onri_word_classes classes);
void onri_words_drop(onri_words *w);
/* Forget all words; their numbers die. */
void onri_words_clear(onri_words *w);
void onri_words_trim(onri_words *w);          /* give back the memory of an empty table */
size_t onri_words_bytes(const onri_words *w); /* memory held */

/* Number of the word with this text; norm NULL: the one of the models' tables. ONR_NONE with status
 * set when out of memory. */
uint32_t onri_word_find(onri_words *w, onr_sv text, const onr_sv *norm);

/* spaCy's word_shape: "Xxxx", "dd.d"; appended to b. */
void onri_shape(onri_buf *b, onr_sv text);

#endif
