/* Segments by a sweep over the ends of the marks. The marks that lie on the present place form a
 * list in order of their index, so that a begin or an end costs its place in it. Source: own. */
#include "serve/segments.h"

#include <stdlib.h>

typedef struct edge {
    uint32_t at, mark;
    bool opens;
} edge;

static int by_place(const void *a, const void *b)
{
    const edge *x = a, *y = b;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    if (x->opens != y->opens) return x->opens ? 1 : -1;
    return x->mark < y->mark ? -1 : x->mark > y->mark;
}

/* Marks that lie here: linked by index, `end` is the list's anchor. */
typedef struct active {
    uint32_t *next, *prev, end, n;
} active;

static void enter(active *a, uint32_t mark)
{
    uint32_t after = a->prev[a->end]; /* most begin after those before them: look from the back */
    while (after != a->end && after > mark) after = a->prev[after];
    a->prev[mark] = after;
    a->next[mark] = a->next[after];
    a->prev[a->next[after]] = mark;
    a->next[after] = mark;
    a->n++;
}

static void leave(active *a, uint32_t mark)
{
    a->next[a->prev[mark]] = a->next[mark];
    a->prev[a->next[mark]] = a->prev[mark];
    a->n--;
}

static bool put(onr_arena *mem, segment *s, onr_span span, const active *a)
{
    uint32_t ids[SEGMENT_DEPTH_MAX], n = 0;
    for (uint32_t m = a->next[a->end]; m != a->end && n < SEGMENT_DEPTH_MAX; m = a->next[m])
        ids[n++] = m;
    uint32_t *copy = n ? ONRI_NEW_N(mem, n, uint32_t) : NULL;
    if (n && !copy) return false;
    if (n) memcpy(copy, ids, n * sizeof *ids);
    *s = (segment){ span, copy, n, a->n > n };
    return true;
}

onr_status segments_cut(onr_arena *mem, const seg_mark *marks, uint32_t n, uint32_t from,
                        uint32_t to, segments *out, onr_error *err)
{
    *out = (segments){ NULL, 0 };
    if (from >= to) return ONR_OK;
    edge *edges = ONRI_NEW_N(mem, 2 * (size_t)n + 1, edge);
    segment *list = ONRI_NEW_N(mem, 2 * (size_t)n + 1, segment);
    active a = { ONRI_NEW_N(mem, (size_t)n + 1, uint32_t), ONRI_NEW_N(mem, (size_t)n + 1, uint32_t),
                 n, 0 };
    if (!edges || !list || !a.next || !a.prev) return onri_fail_mem(err, mem, "serve");
    a.next[n] = a.prev[n] = n;
    size_t n_edges = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t beg = marks[i].span.beg > from ? marks[i].span.beg : from;
        const uint32_t end = marks[i].span.end < to ? marks[i].span.end : to;
        if (beg >= end) continue;
        edges[n_edges++] = (edge){ beg, i, true };
        edges[n_edges++] = (edge){ end, i, false };
    }
    qsort(edges, n_edges, sizeof *edges, by_place);
    uint32_t at = from, count = 0;
    for (size_t i = 0; i < n_edges; i++) {
        if (edges[i].at > at) {
            if (!put(mem, &list[count++], (onr_span){ at, edges[i].at }, &a))
                return onri_fail_mem(err, mem, "serve");
            at = edges[i].at;
        }
        if (edges[i].opens)
            enter(&a, edges[i].mark);
        else
            leave(&a, edges[i].mark);
    }
    if (at < to && !put(mem, &list[count++], (onr_span){ at, to }, &a))
        return onri_fail_mem(err, mem, "serve");
    *out = (segments){ list, count };
    return ONR_OK;
}
