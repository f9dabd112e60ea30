/* The tokenizer's patterns: Python syntax, PCRE2 engine. The one place that sees pcre2.h. */
#ifndef ONRI_LANG_REGEX_H
#define ONRI_LANG_REGEX_H

#include "base/base.h"

typedef struct onri_regex onri_regex;

/* Compile a pattern as a spaCy package holds it. anchored: match only where the search begins.
 * E_MODEL (not a pattern; the message says where), E_NOMEM. */
ONR_CHECK onr_status onri_regex_new(onr_sv python, bool anchored, onri_regex **out, onr_error *err);
void onri_regex_free(onri_regex *re);

/* Leftmost match at or after byte `from` of valid UTF-8: true and its place. A search that passes
 * PCRE2's limits gives false and is counted. Threads: one at a time per pattern. */
bool onri_regex_find(onri_regex *re, onr_sv s, size_t from, size_t *beg, size_t *end);
uint64_t onri_regex_given_up(const onri_regex *re);

#endif
