/* Character classes and lower case as Python's str has them, which the models were trained with. */
#ifndef ONRI_LANG_UNICODE_H
#define ONRI_LANG_UNICODE_H

#include "base/base.h"

bool onri_cp_space(uint32_t cp); /* str.isspace */
bool onri_cp_alpha(uint32_t cp); /* str.isalpha: any letter */
bool onri_cp_digit(uint32_t cp); /* str.isdigit: decimal and digit values */
bool onri_cp_upper(uint32_t cp); /* category Lu */
/* A mandatory line break (UAX 14: BK, CR, LF, NL): where a paragraph ends. */
bool onri_cp_break(uint32_t cp);

/* All code points white space; true for "". s is valid UTF-8 in all of these. */
bool onri_is_space(onr_sv s);
/* All code points letters; false for "". */
bool onri_is_alpha(onr_sv s);

/* s.lower(): s itself where nothing changes (then the view is s's own), else in the buffer's place:
 * the result is appended to b and returned as a view of it, good until b grows. */
onr_sv onri_lower(onri_buf *b, onr_sv s);

#endif
