/* Text for a terminal: words wrapped by display width, styles, nothing that a hostile text could
 * make the terminal do. */
#ifndef ONRI_CLI_LAYOUT_H
#define ONRI_CLI_LAYOUT_H

#include "base/base.h"

typedef enum lay_style { LAY_PLAIN, LAY_STRONG, LAY_FAINT, LAY_CUE, LAY_ALERT } lay_style;

typedef struct layout {
    onri_buf *b;
    unsigned width;  /* columns of a line */
    unsigned indent; /* of the lines after the first */
    unsigned column; /* where the next character goes */
    bool colour;
    bool space; /* a space is due before the next word */
} layout;

/* Columns the text takes once cleaned. */
unsigned lay_columns(onr_sv s);
/* The words of s, wrapped; white space of any kind is one space, controls are shown as U+FFFD. */
void lay_words(layout *l, lay_style style, onr_sv s);
void lay_wordsz(layout *l, lay_style style, const char *s);
/* All of s as one word: a line never ends inside it. */
void lay_unbroken(layout *l, lay_style style, onr_sv s);
/* The next word stands right against the last. */
void lay_glue(layout *l);
/* End the line if anything stands on it; the next begins at indent. */
void lay_line(layout *l, unsigned indent);
/* An empty line, unless one (or nothing) stands before. */
void lay_gap(layout *l);
/* Spaces up to a column; two at least. */
void lay_column(layout *l, unsigned column);

#endif
