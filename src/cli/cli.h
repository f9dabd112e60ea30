/* The program's private entry: the table of commands, options, exit codes, output.
 *
 * A command is one row of cli_commands (main.c) and one file cmd_x.c with its table of options.
 * Help, man page and completions are printed from these tables (cmd_help.c). The program sees the
 * library through its public headers, and the base room for buffers. */
#ifndef ONRI_CLI_H
#define ONRI_CLI_H

#include "base/base.h"

#include <stdio.h>

/* ---- exit codes -------------------------------------------------------------------------------
 */

enum {
    CLI_DONE = 0,
    CLI_NOTHING = 1,     /* a query found nothing, a check failed */
    CLI_USAGE = 2,       /* the command line is wrong */
    CLI_SOME_FAILED = 3, /* some documents could not be read; the rest is written */
    CLI_OUTSIDE = 4,     /* file, store or model: something outside is needed */
    CLI_BUG = 70,
    CLI_INTERRUPTED = 130,
    CLI_PIPE_CLOSED = 141
};

/* ---- options ----------------------------------------------------------------------------------
 */

typedef struct cli_list {
    const char **at;
    size_t n;
} cli_list;

typedef enum cli_opt_kind {
    CLI_FLAG,  /* bool */
    CLI_TEXT,  /* const char *, NULL if not given; the last one counts */
    CLI_COUNT, /* uint64_t */
    CLI_LIST   /* cli_list: may be given again and again */
} cli_opt_kind;

/* One option of one command. */
typedef struct cli_opt {
    const char *name; /* long name without its dashes */
    char letter;      /* 0: none */
    cli_opt_kind kind;
    const char *arg; /* what the help calls its argument, NULL for a flag */
    size_t at;       /* offsetof its value in the command's struct of options */
    const char *help;
} cli_opt;

typedef struct cli_example {
    const char *line, *what;
} cli_example;

typedef struct cli_command {
    const char *name;
    const char *args;    /* "FILE…" */
    const char *summary; /* one line, lower case, no full stop */
    const char *about;   /* paragraphs for the long help, separated by an empty line */
    const cli_opt *opts; /* [n_opts] */
    size_t n_opts;
    const cli_example *examples; /* [n_examples]; these come first in the long help */
    size_t n_examples;
    int (*run)(const struct cli_command *self, int argc, char **argv); /* argv[0]: its name */
} cli_command;

extern const cli_command *const cli_commands[];
extern const size_t cli_n_commands;

/* A row for each command, defined in its own file. */
extern const cli_command cli_cmd_explain;
extern const cli_command cli_cmd_help;
extern const cli_command cli_cmd_model;
extern const cli_command cli_cmd_parse;
extern const cli_command cli_cmd_read;
extern const cli_command cli_cmd_serve; /* with ONR_SERVE */
extern const cli_command cli_cmd_show;
/* Of the store (cmd_store_*.c); not there in a build without it. */
extern const cli_command cli_cmd_actor;
extern const cli_command cli_cmd_backup;
extern const cli_command cli_cmd_commitments;
extern const cli_command cli_cmd_compare;
extern const cli_command cli_cmd_correct;
extern const cli_command cli_cmd_disputes;
extern const cli_command cli_cmd_doctor;
extern const cli_command cli_cmd_dump;
extern const cli_command cli_cmd_events;
extern const cli_command cli_cmd_find;
extern const cli_command cli_cmd_keep;
extern const cli_command cli_cmd_merge;
extern const cli_command cli_cmd_network;
extern const cli_command cli_cmd_positions;
extern const cli_command cli_cmd_relations;
extern const cli_command cli_cmd_resolve;
extern const cli_command cli_cmd_sql;
extern const cli_command cli_cmd_statements;
extern const cli_command cli_cmd_stats;
extern const cli_command cli_cmd_timeline;

#define CLI_OPTS(table) (table), sizeof(table) / sizeof *(table)

/* Read options into *values and leave the other arguments in *rest (memory until cli_forget).
 * Prints what is wrong and returns false with *exit_code set; also after --help, with exit code 0.
 */
bool cli_parse(const cli_command *cmd, int argc, char **argv, void *values, cli_list *rest,
               int *exit_code);

/* Release what cli_parse keeps. Last thing in main. */
void cli_forget(void);

/* The name among `names` that the word may have been meant to be, or NULL. */
const char *cli_did_you_mean(const char *word, const char *const *names, size_t n);
/* "a,b,c" -> bits by place among `names`; prints and returns false when a name is unknown. */
bool cli_bits(const char *option, const char *list, const char *const *names, size_t n,
              uint32_t *bits);
extern const char *const cli_kind_names[];  /* [ONR_KIND__COUNT] kinds of statements */
extern const char *const cli_field_names[]; /* [ONR_FIELD__COUNT] parts of a record */

/* ---- messages ---------------------------------------------------------------------------------
 */

/* "onrecord: " and the message and a line end on standard error. */
void cli_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* cli_warn for an error of the library: "what: message", and line or byte where known. */
void cli_warn_error(const char *what, const onr_error *err);
void cli_help_short(FILE *to, const cli_command *cmd); /* usage and options */
void cli_help_long(FILE *to, const cli_command *cmd);  /* examples first, then everything */
void cli_print_version(FILE *to);

/* ---- output -----------------------------------------------------------------------------------
 */

/* Where results go: standard output, or a file that appears whole at the end. Write errors are
 * reported once; a reader that went away is the quiet end of the program. */
typedef struct cli_out {
    FILE *f;
    const char *path; /* NULL: standard output */
    char *part;       /* name while it is written, NULL: written in place */
    bool failed;
} cli_out;

bool cli_out_open(cli_out *out, const char *path); /* NULL or "-": standard output */
/* Go on with a file of lines: what stands behind its last complete line is cut off. *lines: how
 * many there are; a file that is missing has none. */
bool cli_out_resume(cli_out *out, const char *path, uint64_t *lines);
void cli_out_put(cli_out *out, onr_sv bytes);
void cli_out_flush(cli_out *out);
/* Flush, close, give the file its name. False (reported) if anything was lost. */
bool cli_out_close(cli_out *out);

/* Standard input, output and error exist (closed ones become /dev/null) and signals are as the
 * program wants them. First thing in main. */
void cli_start(void);

typedef enum cli_colour { CLI_COLOUR_AUTO, CLI_COLOUR_ALWAYS, CLI_COLOUR_NEVER } cli_colour;
/* --color=WHEN; prints and returns false on another word. NULL: auto. */
bool cli_colour_parse(const char *when, cli_colour *out);
/* Auto: a terminal, no NO_COLOR, TERM is not dumb. */
bool cli_use_colour(const cli_out *out, cli_colour when);
/* Columns of the terminal behind the output, or COLUMNS, or 80. */
unsigned cli_width(const cli_out *out);
unsigned cli_clamp_width(uint64_t columns); /* 20 to 1000 */

/* ---- the models' place ------------------------------------------------------------------------
 */

/* Path of a model by name ("en-sm") or path (holds a '/' or ends in ".onrm"; kept as it is), in
 * mem; NULL name: $ONRECORD_MODEL, else "en-sm". Looked for in $XDG_DATA_HOME/onrecord/models
 * (~/.local/share/...), then in $XDG_DATA_DIRS. What is nowhere gets its path in the first place.
 */
const char *cli_model_path(onr_arena *mem, const char *name);

#endif
