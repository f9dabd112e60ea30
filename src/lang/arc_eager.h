/* The arc-eager transition system: states and moves, no scores. Private to the network. */
#ifndef ONRI_LANG_ARC_EAGER_H
#define ONRI_LANG_ARC_EAGER_H

#include "lang/model.h"

/* State of a parse of n tokens. Arrays of n, the caller's; heads in the document's own numbers. */
typedef struct onri_arc_state {
    uint32_t n;
    uint32_t *stack, n_stack;
    uint32_t *back, n_back; /* tokens put back before the buffer, next one last */
    uint32_t next;          /* first token of the buffer that was never taken */
    uint32_t *head;         /* ONR_NONE: none yet */
    uint16_t *move;         /* class that made the arc to the head */
    uint32_t *left, *right; /* child added last on that side, or ONR_NONE */
    uint32_t *before;       /* right child of the same head that was added before this one */
    uint8_t *flags;         /* ONRI_ARC_* */
} onri_arc_state;

enum {
    ONRI_ARC_UNSHIFTABLE = 1, /* was put back: may not be shifted again as it stands */
    ONRI_ARC_STARTS = 2       /* starts a sentence, as a BREAK said */
};

/* Empty state over n tokens; the arrays are set and n fits them. */
void onri_arc_begin(onri_arc_state *s, uint32_t n);
static inline bool onri_arc_is_final(const onri_arc_state *s)
{
    return s->n_stack == 0 && s->n_back == 0 && s->next >= s->n;
}
/* Bits of the valid actions (1 << onri_action). Never 0 before the final state. */
uint32_t onri_arc_valid(const onri_arc_state *s);
/* Tokens of the eight features, ONR_NONE where missing: B0 B1 S0 S1 S2 L(B0) L(S0) R(S0). */
void onri_arc_feats(const onri_arc_state *s, uint32_t feats[ONRI_PARSER_FEATS]);
/* Do a valid action; move is the class, kept for the arc. */
void onri_arc_apply(onri_arc_state *s, onri_action action, uint32_t move);

#endif
