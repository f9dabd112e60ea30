/* The desk: threads that read texts given to the page, and the last records they made. Reading
 * takes a while, so it never happens in a thread that answers requests. */
#ifndef ONRI_SERVE_DESK_H
#define ONRI_SERVE_DESK_H

#include "onrecord/reader.h"

typedef struct desk desk;

enum { DESK_QUEUE_MAX = 32, DESK_RECENT_MAX = 64 };

/* A text to read. The views live in `mem`, which the desk alone uses until `done` is called. */
typedef struct desk_job {
    onr_arena *mem;
    onr_sv bytes, uri, publisher, date;
    bool is_html;
    void (*done)(struct desk_job *job); /* in the desk's thread */
    void *ctx;
    onr_sv id; /* of the record, when err.status is OK */
    onr_error error;
    struct desk_job *next;
} desk_job;

ONR_CHECK onr_status desk_open(const onr_model *model, const onr_knowledge *knowledge, desk **out,
                               onr_error *err);
void desk_close(desk *d);              /* jobs that wait are done with ONR_E_CANCELLED */
bool desk_put(desk *d, desk_job *job); /* false: too many wait */
/* The JSON of a recent record, copied to mem; .p NULL: none of that id (any more). */
onr_sv desk_recent(desk *d, onr_arena *mem, onr_sv id);

#endif
