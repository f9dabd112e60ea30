/* What `read` and `parse` share: options of the input, and the model. */
#ifndef ONRI_CLI_SOURCE_H
#define ONRI_CLI_SOURCE_H

#include "cli/cli.h"

#include "onrecord/input.h"
#include "onrecord/lang.h"
#include "onrecord/reader.h"

typedef struct cli_source {
    const char *as, *fields, *date, *url, *publisher, *model;
    uint64_t max_bytes;
    bool jsonl, repair, whole_page;
} cli_source;

/* Rows of a command's table; S is its struct, which holds a cli_source named `source`. */
#define CLI_SOURCE_OPTS(S)                                                                         \
    { "as",                                                                                        \
      0,                                                                                           \
      CLI_TEXT,                                                                                    \
      "KIND",                                                                                      \
      offsetof(S, source.as),                                                                      \
      "what the input is: auto (default), text, html, jsonl, warc or feed" },                      \
        { "jsonl", 0, CLI_FLAG, NULL, offsetof(S, source.jsonl), "the same as --as jsonl" },       \
        { "fields",                                                                                \
          0,                                                                                       \
          CLI_TEXT,                                                                                \
          "MAP",                                                                                   \
          offsetof(S, source.fields),                                                              \
          "names of the fields in JSON lines: text=body,date=published" },                         \
        { "date",                                                                                  \
          0,                                                                                       \
          CLI_TEXT,                                                                                \
          "DAY",                                                                                   \
          offsetof(S, source.date),                                                                \
          "YYYY-MM-DD, for documents that do not give their own" },                                \
        { "url",                                                                                   \
          0,                                                                                       \
          CLI_TEXT,                                                                                \
          "URL",                                                                                   \
          offsetof(S, source.url),                                                                 \
          "address, for documents that do not give their own" },                                   \
        { "publisher",                                                                             \
          0,                                                                                       \
          CLI_TEXT,                                                                                \
          "NAME",                                                                                  \
          offsetof(S, source.publisher),                                                           \
          "publisher, for documents that do not give their own" },                                 \
        { "max-bytes",                                                                             \
          0,                                                                                       \
          CLI_COUNT,                                                                               \
          "N",                                                                                     \
          offsetof(S, source.max_bytes),                                                           \
          "refuse documents over N bytes (default and most: 67108864)" },                          \
        { "repair",                                                                                \
          0,                                                                                       \
          CLI_FLAG,                                                                                \
          NULL,                                                                                    \
          offsetof(S, source.repair),                                                              \
          "undo UTF-8 read as windows-1252; offsets then count the repaired text" },               \
        { "whole-page",                                                                            \
          0,                                                                                       \
          CLI_FLAG,                                                                                \
          NULL,                                                                                    \
          offsetof(S, source.whole_page),                                                          \
          "HTML: keep all visible text, with what is not the article marked" },                    \
    {                                                                                              \
        "model", 'm', CLI_TEXT, "MODEL", offsetof(S, source.model),                                \
            "name or path of the language model (default: $ONRECORD_MODEL, else en-sm)"            \
    }

/* Check the options and fill opts. Prints and returns false if one is wrong. */
bool cli_source_opts(const cli_source *s, onr_input_opts *opts);
/* Open the files; no file means standard input. */
bool cli_source_open(const cli_list *files, const onr_input_opts *opts, onr_input **in);
/* Open the model, or say what to do and return NULL. */
onr_model *cli_source_model(const cli_source *s);
/* Files of the user's own beside what is built in; each may be empty. */
typedef struct cli_words {
    cli_list rules, actors, issues, events;
} cli_words;

/* The knowledge with those files, or say what is wrong and return NULL. */
onr_knowledge *cli_knowledge(const cli_words *w);
/* Worker threads for --jobs N: 0 means one a processor. */
unsigned cli_jobs(uint64_t wanted);

#endif
