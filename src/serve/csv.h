/* Comma-separated values for spreadsheets (RFC 4180, UTF-8), with formulas made harmless. */
#ifndef ONRI_SERVE_CSV_H
#define ONRI_SERVE_CSV_H

#include "base/base.h"

typedef struct csv {
    onri_buf *b;
    bool started; /* a cell stands in this row */
} csv;

csv csv_make(onri_buf *b);
void csv_cell(csv *w, onr_sv value);
void csv_int(csv *w, int64_t value);
void csv_num(csv *w, double value, int decimals);
void csv_end(csv *w); /* of the row */

#endif
