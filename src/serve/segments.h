/* Overlapping spans cut into segments: each stretch of text with all the marks that lie on it. */
#ifndef ONRI_SERVE_SEGMENTS_H
#define ONRI_SERVE_SEGMENTS_H

#include "base/base.h"

enum { SEGMENT_DEPTH_MAX = 16 }; /* marks listed for one segment; the first of them in the text */

typedef struct seg_mark {
    onr_span span;
    uint32_t what; /* the caller's */
} seg_mark;

typedef struct segment {
    onr_span span;
    const uint32_t *marks; /* [n_marks] indices of marks, in order of index */
    uint32_t n_marks;
    bool more; /* over SEGMENT_DEPTH_MAX */
} segment;

typedef struct segments {
    segment *at;
    uint32_t n;
} segments;

/* Cut [from, to) at every begin and end of a mark. The segments cover it without a gap, in order;
 * empty marks and those outside are left out. Cost: n log n, and SEGMENT_DEPTH_MAX a segment, for
 * marks in order of their begin.
 * NOMEM, LIMIT: the arena's. */
ONR_CHECK onr_status segments_cut(onr_arena *mem, const seg_mark *marks, uint32_t n, uint32_t from,
                                  uint32_t to, segments *out, onr_error *err);

#endif
