/* What the commands of the store share: opening it, and rows of answers as a table, JSON, CSV or
 * TSV. */
#ifndef ONRI_CLI_STORE_ROWS_H
#define ONRI_CLI_STORE_ROWS_H

#include "cli/cli.h"

#include "onrecord/store.h"

typedef struct cli_store {
    const char *store, *format, *output, *color;
    uint64_t width, wait, timeout;
    bool json, nl, csv, tsv, no_headers;
    bool quiet; /* namesakes stand in the answer */
} cli_store;

/* Rows of a command's table; S is its struct, which holds a cli_store named `store`. */
#define CLI_STORE_OPT(S)                                                                           \
    {                                                                                              \
        "store", 's', CLI_TEXT, "FILE", offsetof(S, store.store),                                  \
            "the store (default: $ONRECORD_STORE, else record.db)"                                 \
    }
#define CLI_ROWS_OPTS(S)                                                                               \
    CLI_STORE_OPT(S),                                                                                  \
        { "format",                                                                                    \
          0,                                                                                           \
          CLI_TEXT,                                                                                    \
          "FORMAT",                                                                                    \
          offsetof(S, store.format),                                                                   \
          "table, json (one list), nl (one object a line), csv or tsv" },                              \
        { "json", 0, CLI_FLAG, NULL, offsetof(S, store.json), "the same as --format json" },           \
        { "nl", 0, CLI_FLAG, NULL, offsetof(S, store.nl), "the same as --format nl" },                 \
        { "csv", 0, CLI_FLAG, NULL, offsetof(S, store.csv), "the same as --format csv" },              \
        { "tsv", 0, CLI_FLAG, NULL, offsetof(S, store.tsv), "the same as --format tsv" },              \
        { "no-headers",                                                                                \
          0,                                                                                           \
          CLI_FLAG,                                                                                    \
          NULL,                                                                                        \
          offsetof(S, store.no_headers),                                                               \
          "table, csv and tsv without the names of columns" },                                         \
        { "timeout",                                                                                   \
          0,                                                                                           \
          CLI_COUNT,                                                                                   \
          "SECONDS",                                                                                   \
          offsetof(S, store.timeout),                                                                  \
          "give up after so long (default: never)" },                                                  \
        { "width",                                                                                     \
          0,                                                                                           \
          CLI_COUNT,                                                                                   \
          "COLUMNS",                                                                                   \
          offsetof(S, store.width),                                                                    \
          "width of the lines of a table" },                                                           \
        { "color", 0, CLI_TEXT, "WHEN", offsetof(S, store.color), "auto (default), always or never" }, \
    {                                                                                                  \
        "output", 'o', CLI_TEXT, "FILE", offsetof(S, store.output),                                    \
            "write to FILE, which appears when all is done"                                            \
    }

/* The path that is meant: as given, $ONRECORD_STORE, record.db. */
const char *cli_store_path(const cli_store *v);
/* Open it, or say what is wrong and what to do and return NULL. */
onr_store *cli_store_open(const cli_store *v, onr_store_mode mode);
/* Message for a failed question, and the exit code for it. */
int cli_store_failed(const cli_store *v, const onr_error *err);

typedef enum cli_format {
    CLI_FORMAT_TABLE,
    CLI_FORMAT_JSON,
    CLI_FORMAT_NL,
    CLI_FORMAT_CSV,
    CLI_FORMAT_TSV,
    CLI_FORMAT_TEXT /* as the command writes it for people */
} cli_format;

struct cli_rows;
/* Append a row as text to rows->b. */
typedef void (*cli_text_fn)(struct cli_rows *rows, const onr_row *row);

/* Rows on their way out. A table waits for its last row to know its widths. */
typedef struct cli_rows {
    cli_out out;
    cli_format format;
    bool headers, colour;
    unsigned width;
    cli_text_fn text;
    void *text_ctx;
    const char *const *only; /* [n_only] columns to show, NULL: all; a table shows only these */
    size_t n_only;
    uint64_t n;
    onri_buf b;
    onr_arena mem; /* a table's cells */
    ONRI_VEC(onr_sv) cells;
    uint32_t n_columns; /* of a table */
    bool failed;        /* no memory */
} cli_rows;

/* Check the options and open the output. text: not NULL for a command that has a text of its own
 * for people, which is then the default. False: reported, *code is set. */
bool cli_rows_open(cli_rows *rows, const cli_store *v, cli_text_fn text, int *code);
/* A table leaves out a column "corrected" of `only` that has nothing in any row. */
/* An onr_row_fn whose ctx is the cli_rows. */
bool cli_rows_take(void *rows, const onr_row *row);
/* Write what waits and close. The code: CLI_NOTHING when there was no row. */
int cli_rows_close(cli_rows *rows);

/* A cell as one line of text: numbers locale-free, NULL empty. Appended. */
void cli_cell_text(onri_buf *b, const onr_cell *c);

#endif
