/* Word lists of the facts by class: "pledge" among the verbs that bind is not "pledge" among the
 * nouns. One table a kind of fact, read from data/; looked up by class and word. */
#ifndef ONRI_FACTS_LEXICON_H
#define ONRI_FACTS_LEXICON_H

#include "base/base.h"
#include "onrecord/parse.h"

enum { ONRI_LEX_CELLS = 3 };

typedef struct onri_lex_row {
    onr_sv word;
    onr_sv cell[ONRI_LEX_CELLS]; /* what stands behind the word, empty if nothing */
    uint32_t line;               /* in its file */
    uint8_t cls;
} onri_lex_row;

typedef struct onri_lexicon {
    const char *file; /* name for messages and explanations */
    onri_atoms atoms;
    onri_map first; /* class << 32 | atom -> row */
    ONRI_VEC(onri_lex_row) rows;
    uint32_t longest; /* words of the longest entry */
} onri_lexicon;

/* Read a table: word, class, up to ONRI_LEX_CELLS cells; '#' begins a comment line.
 * @param file     of data/; must live as long as the lexicon
 * @param classes  their names, [n]; a row's cls is its place there
 * @return ONR_OK; ONR_E_SYNTAX (unknown class, a word twice in one class); ONR_E_NOMEM. */
ONR_CHECK onr_status onri_lexicon_load(onr_arena *mem, const char *file, onr_sv tsv,
                                       const char *const *classes, unsigned n, onri_lexicon *out,
                                       onr_error *err);
/* Row of a word in a class, NULL if it is not there. */
const onri_lex_row *onri_lex(const onri_lexicon *lex, unsigned cls, onr_sv word);
/* The same for a token: its word, else its lemma. */
const onri_lex_row *onri_lex_token(const onri_lexicon *lex, unsigned cls, const onr_token *t);
/* Longest entry of the class whose words are the tokens from `at` on, before `end`; *n: how many.
 */
const onri_lex_row *onri_lex_phrase(const onri_lexicon *lex, unsigned cls, const onr_token *t,
                                    uint32_t at, uint32_t end, uint32_t *n);
/* Is what one of the comma-separated items of the cell? */
bool onri_lex_lists(onr_sv cell, onr_sv what);

#endif
