/* The text of an article as it stands, with its facts marked, and what lies on each marked place.
 */
#ifndef ONRI_SERVE_STORY_H
#define ONRI_SERVE_STORY_H

#include "serve/cards.h"

enum { STORY_WINDOW = 48 << 10 }; /* bytes of text on one page, up to the next line end */

/* A set of facts that lie on one place together. */
typedef struct story_set {
    uint32_t facts[SEGMENT_DEPTH_MAX];
    uint32_t n;
} story_set;

typedef struct story {
    uint32_t from, to; /* what of the text is shown */
    segments segs;
    const story_set *sets;
    uint32_t n_sets;
    const uint32_t *set_of; /* [segs.n], ONR_NONE: no fact */
} story;

/* Cut the text at `from` (moved to the begin of its line) and find the sets. Facts with p under
 * min_p are left out. */
ONR_CHECK onr_status story_make(onr_arena *mem, const onr_record *rec, const fact_list *list,
                                uint32_t from, float min_p, story *out, onr_error *err);
/* Paragraphs, the first line in <h1> if it is the title. True: it was. */
bool story_text(const card_ctx *c, const story *s);
/* One panel for each set. */
void story_points(const card_ctx *c, const story *s);

#endif
