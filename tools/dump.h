/* What the developer's tools share that write what a step of the facts weighed: articles in, a line
 * of JSON out, with the article read up to its actors. Source: own. */
#ifndef ONRI_TOOLS_DUMP_H
#define ONRI_TOOLS_DUMP_H

#include "facts/actor_step.h"
#include "facts/knowledge.h"
#include "onrecord/reader.h"

typedef struct dump_job {
    onri_buf out;
    onri_jw w;
    onri_draft *d; /* of the article at hand: statements and actors are found */
    onri_timex_vec times;
} dump_job;

/* Adds to the object of the article, which has id and text already. */
typedef onr_status (*dump_fn)(dump_job *j, onr_error *err);

/* `NAME MODEL FILE.jsonl`: what main returns. */
int dump_main(int argc, char **argv, const char *name, dump_fn fn);

#endif
