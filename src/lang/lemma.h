/* The rule lemmatizer. */
#ifndef ONRI_LANG_LEMMA_H
#define ONRI_LANG_LEMMA_H

#include "base/base.h"
#include "lang/model.h"
#include "lang/words.h"

typedef enum onri_lemma_kind {
    ONRI_LEMMA_TEXT,  /* the word as it stands */
    ONRI_LEMMA_LOWER, /* its lower case */
    ONRI_LEMMA_OTHER
} onri_lemma_kind;

typedef struct onri_lemma {
    onri_lemma_kind kind;
    onr_sv s; /* OTHER: in the model or the lemmatizer's memory */
} onri_lemma;

/* What the lemmatizer asks of a token's morphology: bits. */
enum {
    ONRI_MORPH_SING = 1,     /* Number=Sing */
    ONRI_MORPH_NUMBER = 2,   /* has Number */
    ONRI_MORPH_INF = 4,      /* VerbForm=Inf */
    ONRI_MORPH_FIN = 8,      /* VerbForm=Fin */
    ONRI_MORPH_PRES = 16,    /* Tense=Pres */
    ONRI_MORPH_POS = 32,     /* Degree=Pos */
    ONRI_MORPH_NO_VERB = 64, /* VerbForm=None */
    ONRI_MORPH__ALL = 127
};
uint8_t onri_morph_bits(onr_sv morph);

/* Lemma of a word by the models' tables. newer: rules in the order of spaCy >= 3.8.11. mem: for
 * what stands in no table. False: out of memory. */
bool onri_lemmatize(const onr_model *model, const onri_word *word, onr_pos pos, uint8_t morph_bits,
                    bool newer, onr_arena *mem, onri_lemma *out);

#endif
