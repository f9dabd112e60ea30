/* The arc-eager transition system as spaCy has it: no action is ever undone, but a token without
 * head can go back from the stack to the buffer (the "unshift" of Honnibal and Johnson 2014), and
 * BREAK marks where a sentence starts.
 *
 * Every run ends: LEFT takes a token out for good, RIGHT gives a head, and a token put back cannot
 * be shifted again before a LEFT gave it a child or the stack is empty.
 * Source: own, after the description of spaCy 3.8 (MIT); Nivre 2003. */
#include "lang/arc_eager.h"

void onri_arc_begin(onri_arc_state *s, uint32_t n)
{
    s->n = n;
    s->n_stack = 0;
    s->n_back = 0;
    s->next = 0;
    const size_t words = (size_t)n * sizeof *s->head;
    if (n == 0) return;
    memset(s->head, 0xFF, words); /* all ONR_NONE */
    memset(s->left, 0xFF, words);
    memset(s->right, 0xFF, words);
    memset(s->before, 0xFF, words);
    memset(s->move, 0, (size_t)n * sizeof *s->move);
    memset(s->flags, 0, n);
    s->flags[0] = ONRI_ARC_STARTS;
}

/* Token i places into the buffer, or ONR_NONE. */
static uint32_t buffer(const onri_arc_state *s, uint32_t i)
{
    if (i < s->n_back) return s->back[s->n_back - 1 - i];
    i -= s->n_back;
    return s->n - s->next > i ? s->next + i : ONR_NONE;
}

static uint32_t stack(const onri_arc_state *s, uint32_t i)
{
    return i < s->n_stack ? s->stack[s->n_stack - 1 - i] : ONR_NONE;
}

uint32_t onri_arc_valid(const onri_arc_state *s)
{
    const uint32_t b0 = buffer(s, 0), b1 = buffer(s, 1);
    const bool two = b1 != ONR_NONE, any = s->n_stack > 0;
    const uint8_t flags = b0 == ONR_NONE ? 0 : s->flags[b0];
    uint32_t valid = 0;
    /* spaCy lets an empty stack shift whatever the buffer holds; with an empty one it is final. */
    if ((!any && b0 != ONR_NONE) || (two && !(flags & (ONRI_ARC_STARTS | ONRI_ARC_UNSHIFTABLE))))
        valid |= 1U << ONRI_ACT_SHIFT;
    if (any) valid |= 1U << ONRI_ACT_REDUCE;
    if (any && b0 != ONR_NONE && !(flags & ONRI_ARC_STARTS))
        valid |= 1U << ONRI_ACT_LEFT | 1U << ONRI_ACT_RIGHT;
    if (two && b1 == b0 + 1 && !(s->flags[b1] & ONRI_ARC_STARTS)) valid |= 1U << ONRI_ACT_BREAK;
    return valid;
}

void onri_arc_feats(const onri_arc_state *s, uint32_t feats[ONRI_PARSER_FEATS])
{
    const uint32_t b0 = buffer(s, 0), s0 = stack(s, 0);
    feats[0] = b0;
    feats[1] = buffer(s, 1);
    feats[2] = s0;
    feats[3] = stack(s, 1);
    feats[4] = stack(s, 2);
    feats[5] = b0 == ONR_NONE ? ONR_NONE : s->left[b0];
    feats[6] = s0 == ONR_NONE ? ONR_NONE : s->left[s0];
    feats[7] = s0 == ONR_NONE ? ONR_NONE : s->right[s0];
}

static uint32_t take_from_buffer(onri_arc_state *s)
{
    return s->n_back > 0 ? s->back[--s->n_back] : s->next++;
}

/* An arc to a right child that is on the stack is always its head's last one on that side. */
static void drop_right_arc(onri_arc_state *s, uint32_t child)
{
    ONR_ASSERT(s->right[s->head[child]] == child);
    s->right[s->head[child]] = s->before[child];
    s->head[child] = ONR_NONE;
}

void onri_arc_apply(onri_arc_state *s, onri_action action, uint32_t move)
{
    const uint32_t b0 = buffer(s, 0), s0 = stack(s, 0);
    switch (action) {
    case ONRI_ACT_SHIFT:
        s->stack[s->n_stack++] = take_from_buffer(s);
        break;
    case ONRI_ACT_REDUCE:
        s->n_stack--;
        if (s->head[s0] == ONR_NONE && s->n_stack > 0) {
            s->flags[s0] |= ONRI_ARC_UNSHIFTABLE;
            s->back[s->n_back++] = s0;
        }
        break;
    case ONRI_ACT_LEFT:
        if (s->head[s0] != ONR_NONE) drop_right_arc(s, s0);
        s->head[s0] = b0;
        s->move[s0] = (uint16_t)move;
        s->left[b0] = s0;
        s->flags[b0] &= (uint8_t)~ONRI_ARC_UNSHIFTABLE;
        s->n_stack--;
        break;
    case ONRI_ACT_RIGHT:
        s->head[b0] = s0;
        s->move[b0] = (uint16_t)move;
        s->before[b0] = s->right[s0];
        s->right[s0] = b0;
        s->stack[s->n_stack++] = take_from_buffer(s);
        break;
    case ONRI_ACT_BREAK:
        s->flags[buffer(s, 1)] |= ONRI_ARC_STARTS;
        break;
    default:
        onri_bug("no such action", __FILE__, __LINE__);
    }
}
