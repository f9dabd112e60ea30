/* The entity recogniser's transition system. Private to the network. */
#ifndef ONRI_LANG_NER_H
#define ONRI_LANG_NER_H

#include "lang/scorer.h"

/* Where the reading of a document stands. */
typedef struct onri_ner_state {
    uint8_t open;      /* onr_ent of the open entity, 0: none */
    uint32_t open_beg; /* its first token */
} onri_ner_state;

/* What is known of token i before its action. */
typedef struct onri_ner_token {
    bool is_space, last; /* white space; the document's last token */
    bool next_starts;    /* the next token starts a sentence */
} onri_ner_token;

/* Valid actions (bits of onri_bilou); of those a class without label may only be O. With an open
 * entity L and I are meant with its label. Never 0. */
uint32_t onri_ner_valid(const onri_ner_state *s, onri_ner_token t);

/* Do an action at token i. Returns true if an entity ends with this token; its bounds and label are
 * in *beg and *label then. */
bool onri_ner_apply(onri_ner_state *s, uint32_t i, onri_move move, uint32_t *beg, uint8_t *label);

#endif
