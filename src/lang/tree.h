/* From arcs to trees: subtree edges, sentence starts, lifted arcs. Private to the network. */
#ifndef ONRI_LANG_TREE_H
#define ONRI_LANG_TREE_H

#include "base/base.h"

/* The tree of one document in its own numbers; arrays of n. */
typedef struct onri_tree {
    uint32_t n;
    uint32_t *head; /* a root is its own head */
    uint32_t *l_edge, *r_edge;
    uint8_t *sent_start;
} onri_tree;

/* Fill l_edge, r_edge and sent_start from head. O(n), at most 12 rounds over trees that cross. */
void onri_tree_edges(onri_tree *t);

/* Put arcs back where their decorated label says: a token with lifted[i] != 0 moves to the first
 * token with dep lifted[i] below its head. Reads the edges of the tree as given and leaves them
 * stale. is_space[i]: never looked at, never looked through. first, next, queue: scratch of n. */
void onri_tree_lower(onri_tree *t, const uint8_t *dep, uint8_t *lifted, const uint8_t *is_space,
                     uint32_t *first, uint32_t *next, uint32_t *queue);

#endif
