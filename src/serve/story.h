/* The text of an article as it stands, with its facts marked, and what lies on each marked place.
 */
#ifndef ONRI_SERVE_STORY_H
#define ONRI_SERVE_STORY_H

#include "serve/cards.h"

/* A long text comes in parts, always the same ones: lines of together so many bytes and marks at
 * most, that the page stays under 200 kB when it is packed. A longer line is cut. */
enum { STORY_WINDOW = 24 << 10, STORY_MARKS_MAX = 1800 };

/* A set of facts that lie on one place together. */
typedef struct story_set {
    uint32_t facts[SEGMENT_DEPTH_MAX];
    uint32_t n;
} story_set;

typedef struct story {
    uint32_t from, to; /* what of the text is shown: one of its parts */
    uint32_t before;   /* begin of the part before, if from > 0 */
    segments segs;
    const story_set *sets;
    uint32_t n_sets;
    const uint32_t *set_of; /* [segs.n], ONR_NONE: no fact */
} story;

/* Cut the part of the text that has byte `at` (or the last) and find the sets. Facts with p under
 * min_p are left out. */
ONR_CHECK onr_status story_make(onr_arena *mem, const onr_record *rec, const fact_list *list,
                                uint32_t at, float min_p, story *out, onr_error *err);
/* Paragraphs, the first line in <h1> if it is the title. True: it was. */
bool story_text(const card_ctx *c, const story *s);
/* One panel for each set. */
void story_points(const card_ctx *c, const story *s);

#endif
