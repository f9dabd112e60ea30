/* What the commands of views across articles share. */
#ifndef ONRI_CLI_STORE_VIEWS_H
#define ONRI_CLI_STORE_VIEWS_H

#include "cli/store_rows.h"

#include "onrecord/store_views.h"

/* uid of the actor whom a name means: the one most told of. *code CLI_NOTHING (reported) when there
 * is none; others of that name are told on standard error. mem owns it. False: see *code. */
bool cli_store_actor(onr_store *s, const cli_store *v, onr_arena *mem, const char *name,
                     onr_sv *uid, int *code);
/* `onrecord commitments --status ...` and `onrecord disputes --across`, of cmd_store_find.c. */
int cli_store_lives(const cli_store *v, const char *holder, onr_view *view);
int cli_store_disputes(const cli_store *v, const char *who, onr_view *view);
/* Text of a cell of that name, .p NULL for none. */
onr_sv cli_row_text(const onr_row *row, const char *name);

#endif
