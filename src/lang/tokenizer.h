/* Text to words, as spaCy's English tokenizer cuts it. */
#ifndef ONRI_LANG_TOKENIZER_H
#define ONRI_LANG_TOKENIZER_H

#include "base/base.h"
#include "lang/model.h"
#include "lang/words.h"

typedef struct onri_tok {
    uint32_t beg, end; /* bytes of the text */
    uint32_t word;     /* in the tokenizer's table; dies with onri_tokenizer_tidy */
    bool space;        /* a blank follows that belongs to it */
    bool seen;         /* the tokenizer's own */
} onri_tok;

typedef struct onri_toks {
    onri_tok *at;
    size_t n, cap;
} onri_toks;
void onri_toks_drop(onri_toks *t);

typedef struct onri_tokenizer onri_tokenizer;

/* lower: the lower-cased words that onri_word.lower_class is to number; must outlive the tokenizer.
 * E_MODEL (a pattern does not compile), E_NOMEM. */
ONR_CHECK onr_status onri_tokenizer_new(const onr_model *model, const onri_atoms *lower,
                                        onri_tokenizer **out, onr_error *err);
void onri_tokenizer_free(onri_tokenizer *tk);

/* Append the tokens of text[span], which is read by itself, as spaCy reads a Doc. text is valid
 * UTF-8 and the span lies on its boundaries. E_NOMEM, E_LIMIT; then toks is as before. */
ONR_CHECK onr_status onri_tokenize(onri_tokenizer *tk, onr_sv text, onr_span span, onri_toks *toks,
                                   onr_error *err);

const onri_word *onri_tokenizer_word(const onri_tokenizer *tk, uint32_t word);
onri_words *onri_tokenizer_words(onri_tokenizer *tk);
/* Forget words and chunks if they hold more than a few MB. True: they were forgotten, word numbers
 * given before are dead. */
bool onri_tokenizer_tidy(onri_tokenizer *tk);

typedef struct onri_tokenizer_stats {
    uint64_t chunks, new_chunks; /* pieces between white space; not found in the cache */
    uint64_t merged;             /* replacements of the second pass */
    uint64_t given_up;           /* pattern searches that passed their limit */
} onri_tokenizer_stats;
onri_tokenizer_stats onri_tokenizer_get_stats(const onri_tokenizer *tk);

#endif
