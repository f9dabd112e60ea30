/* The entity recogniser's transition system: one action a token (BILUO). An entity lies within one
 * sentence of the parse, does not start with white space, and has one label.
 *
 * Source: own, after the description of spaCy 3.8 (MIT). */
#include "lang/ner.h"

uint32_t onri_ner_valid(const onri_ner_state *s, onri_ner_token t)
{
    const bool goes_on = !t.last && !t.next_starts;
    if (s->open) return ONRI_BIT(ONRI_BILOU_L) | (goes_on ? ONRI_BIT(ONRI_BILOU_I) : 0);
    uint32_t valid = ONRI_BIT(ONRI_BILOU_O);
    if (!t.is_space) valid |= ONRI_BIT(ONRI_BILOU_U);
    if (!t.is_space && goes_on) valid |= ONRI_BIT(ONRI_BILOU_B);
    return valid;
}

bool onri_ner_apply(onri_ner_state *s, uint32_t i, onri_move move, uint32_t *beg, uint8_t *label)
{
    switch ((onri_bilou)move.action) {
    case ONRI_BILOU_B:
        s->open = move.label;
        s->open_beg = i;
        return false;
    case ONRI_BILOU_I:
        return false;
    case ONRI_BILOU_L:
        *beg = s->open_beg;
        *label = s->open;
        s->open = 0;
        return true;
    case ONRI_BILOU_U:
        *beg = i;
        *label = move.label;
        return true;
    case ONRI_BILOU_M:
    case ONRI_BILOU_O:
        return false;
    default:
        onri_bug("no such action", __FILE__, __LINE__);
        return false;
    }
}
