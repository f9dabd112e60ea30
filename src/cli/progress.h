/* How far a long run has come, on standard error. */
#ifndef ONRI_CLI_PROGRESS_H
#define ONRI_CLI_PROGRESS_H

#include "cli/cli.h"

#include "onrecord/input.h"

typedef enum cli_progress_kind {
    CLI_PROGRESS_NONE,
    CLI_PROGRESS_BAR, /* one line that is written over, and a summary at the end */
    CLI_PROGRESS_JSON /* one JSON object a line, the last with "done": true */
} cli_progress_kind;

typedef struct cli_progress {
    cli_progress_kind kind;
    double start, last; /* seconds of a clock that never goes back */
    bool shown;         /* a bar stands on the terminal */
} cli_progress;

/* "auto" (or NULL): a bar where standard error is a terminal and the results do not go there;
 * "always", "never", "json". False: none of these (told to the user). */
bool cli_progress_parse(const char *when, bool out_is_terminal, cli_progress_kind *out);
void cli_progress_start(cli_progress *p, cli_progress_kind kind);
/* At most twice a second something is shown. written: documents; counts: what the input has given.
 */
void cli_progress_step(cli_progress *p, uint64_t written, uint64_t failed,
                       const onr_input_counts *counts);
/* Take the bar away, before a message. */
void cli_progress_clear(cli_progress *p);
void cli_progress_end(cli_progress *p, uint64_t written, uint64_t failed,
                      const onr_input_counts *counts);

#endif
