/* From arcs to trees, the way spaCy does it, oddities included: its edges of crossing trees are
 * found by rounds that stop after twelve, and arcs are put back with the edges of before.
 *
 * Source: own, after the description of spaCy 3.8 (MIT); decorated labels: Nivre and Nilsson 2005.
 */
#include "lang/tree.h"

static void widen(onri_tree *t, uint32_t child)
{
    const uint32_t head = t->head[child];
    if (t->l_edge[child] < t->l_edge[head]) t->l_edge[head] = t->l_edge[child];
    if (t->r_edge[child] > t->r_edge[head]) t->r_edge[head] = t->r_edge[child];
}

static void mark_starts(onri_tree *t)
{
    memset(t->sent_start, 0, t->n);
    for (uint32_t i = 0; i < t->n; i++)
        if (t->head[i] == i) t->sent_start[t->l_edge[i]] = 1;
}

/* Whether all heads lie in the sentence of their token. The last token closes the last sentence
 * and, as in spaCy, is not looked at itself. */
static bool heads_stay_inside(const onri_tree *t)
{
    uint32_t beg = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        if (!(i > 0 && t->sent_start[i]) && i != t->n - 1) continue;
        for (uint32_t j = beg; j < i; j++)
            if (t->head[j] < beg || t->head[j] > i) return false;
        beg = i;
    }
    return true;
}

void onri_tree_edges(onri_tree *t)
{
    enum { ROUNDS = 12 };
    for (uint32_t i = 0; i < t->n; i++) t->l_edge[i] = t->r_edge[i] = i;
    for (int round = 0; round < ROUNDS; round++) {
        for (uint32_t i = 0; i < t->n; i++) widen(t, i);
        for (uint32_t i = t->n; i-- > 0;) widen(t, i);
        mark_starts(t);
        if (heads_stay_inside(t)) break;
    }
}

/* Children of every token in ascending order: first[h], then next[child]. A root is no child. */
static void list_children(const onri_tree *t, uint32_t *first, uint32_t *next)
{
    memset(first, 0xFF, (size_t)t->n * sizeof *first);
    for (uint32_t i = t->n; i-- > 0;) {
        if (t->head[i] == i) continue;
        next[i] = first[t->head[i]];
        first[t->head[i]] = i;
    }
}

static void move_child(onri_tree *t, uint32_t child, uint32_t to, uint32_t *first, uint32_t *next)
{
    uint32_t *at = &first[t->head[child]];
    while (*at != child) at = &next[*at];
    *at = next[child];
    at = &first[to];
    while (*at != ONR_NONE && *at < child) at = &next[*at];
    next[child] = *at;
    *at = child;
    t->head[child] = to;
}

void onri_tree_lower(onri_tree *t, const uint8_t *dep, uint8_t *lifted, const uint8_t *is_space,
                     uint32_t *first, uint32_t *next, uint32_t *queue)
{
    list_children(t, first, next);
    for (uint32_t i = 0; i < t->n; i++) {
        if (lifted[i] == 0) continue;
        uint32_t beg = 0, end = 0, found = ONR_NONE;
        queue[end++] = t->head[i];
        while (beg < end && found == ONR_NONE) {
            uint32_t q = queue[beg++];
            for (uint32_t c = first[q]; c != ONR_NONE && c <= t->r_edge[q]; c = next[c]) {
                if (c < t->l_edge[q] || c == i || is_space[c]) continue;
                if (dep[c] == lifted[i] && lifted[c] == 0) {
                    found = c;
                    break;
                }
                queue[end++] = c;
            }
        }
        if (found != ONR_NONE && t->head[i] != i) move_child(t, i, found, first, next);
        lifted[i] = 0;
    }
}
