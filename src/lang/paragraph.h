/* The stretches of a text that are parsed by themselves. */
#ifndef ONRI_LANG_PARAGRAPH_H
#define ONRI_LANG_PARAGRAPH_H

#include "base/base.h"

/* Next paragraph at or after *at: a line without the white space at its ends, lines ending at the
 * mandatory breaks of Unicode (UAX 14), those of white space alone left out. A line of more than
 * `max` bytes is cut, behind the last white space that fits if there is any. Moves *at behind it;
 * false at the end of the text. text is valid UTF-8. Cost: linear over all calls. */
bool onri_paragraph_next(onr_sv text, size_t max, size_t *at, onr_span *out);

#endif
