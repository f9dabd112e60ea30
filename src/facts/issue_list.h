/* The reader's own list of issues: names, and the words that put a position under one. */
#ifndef ONRI_FACTS_ISSUE_LIST_H
#define ONRI_FACTS_ISSUE_LIST_H

#include "base/base.h"
#include "onrecord/parse.h"

typedef struct onri_issue_list onri_issue_list;

enum { ONRI_ISSUES_MAX = 10000, ONRI_ISSUE_WORDS_MAX = 16 };

/* Read a list: one issue a line, its name, then patterns, set apart by tabs. A pattern is some
 * words that must all be there, in any order; "word*" is any word that begins so. The name is a
 * pattern too. '#' begins a comment line.
 * @param name  of the file, for messages
 * @return ONR_OK; ONR_E_SYNTAX (err->line; a line without a name, a pattern of too many words);
 *         ONR_E_LIMIT (too many issues); ONR_E_UTF8; ONR_E_NOMEM. */
ONR_CHECK onr_status onri_issue_list_read(onr_arena *mem, const char *name, onr_sv tsv,
                                          onri_issue_list **list, onr_error *err);
/* Name of the issue that the phrase, or the tokens [beg, end) it was read from, falls under: of all
 * patterns that fit the one with the most words, of equal ones the first. Empty: none. */
onr_sv onri_issue_find(const onri_issue_list *list, onr_sv phrase, const onr_token *t, uint32_t beg,
                       uint32_t end);

#endif
