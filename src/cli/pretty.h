/* A record as a person reads it (`read --pretty`, `show`). */
#ifndef ONRI_CLI_PRETTY_H
#define ONRI_CLI_PRETTY_H

#include "base/base.h"
#include "onrecord/record.h"

typedef struct pretty_opts {
    unsigned width;
    bool colour;
    bool offsets;   /* where each piece stands in the text */
    uint32_t kinds; /* bits 1 << onr_statement_kind; 0: all */
} pretty_opts;

/* Append the record to b. tmp is rewound. The record's references must be in range. */
void pretty_record(onri_buf *b, onr_arena *tmp, const onr_record *rec, const pretty_opts *opts);

/* What stands between one record and the next. */
void pretty_between(onri_buf *b, const pretty_opts *opts);

#endif
