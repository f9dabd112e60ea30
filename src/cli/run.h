/* Documents through workers: read in order, worked on by several threads, written in order. */
#ifndef ONRI_CLI_RUN_H
#define ONRI_CLI_RUN_H

#include "cli/cli.h"
#include "cli/progress.h"

#include "onrecord/input.h"

/* One document on its way. */
typedef struct cli_job {
    uint64_t number; /* 0, 1, 2 … in input order */
    onr_arena mem;   /* dropped once the document is written */
    onr_input_item item;
    onr_sv out;      /* what to write, in mem */
    void *result;    /* or what the run's own `write` takes, in mem */
    onr_error error; /* set: the document failed; reported on standard error */
} cli_job;

typedef struct cli_run {
    onr_input *in;
    cli_out *out;
    unsigned jobs; /* worker threads, 1 or more */
    uint64_t skip; /* documents at the start of the input that are done already */
    bool flush;    /* after every document */
    bool quiet;    /* no message for a document that failed */
    cli_progress_kind progress;
    const void *ctx;
    /* A worker's own state; NULL with err filled when it cannot be made. */
    void *(*open)(const void *ctx, onr_error *err);
    /* Work on one document: fill out, or error, or both. */
    void (*work)(const void *ctx, void *own, cli_job *job);
    void (*close)(void *own);
    /* Take the results one by one, in the order of the input, in a single thread; NULL: `out` is
     * written. False: no more, what is wrong was reported. `finish` comes behind the last one, also
     * after a signal; NULL: nothing to do. */
    bool (*write)(const void *ctx, cli_job *job);
    bool (*finish)(const void *ctx);
} cli_run;

/* Run all documents and close the output. Returns the exit code. After SIGINT or SIGTERM what is in
 * work is finished and written, and the code is 128 + the signal's number. */
int cli_run_all(cli_run *run);

/* Name of a document for messages and error records: "file:line", in mem. */
onr_sv cli_job_name(cli_job *job);
/* An id for a document that came without: 16 digits of SHA-256 of its bytes; .p NULL: no memory. */
onr_sv cli_hash_id(onr_arena *mem, onr_sv bytes);

#endif
