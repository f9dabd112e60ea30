/* The attribute ruler: tag, label and word to part of speech and morphology. */
#ifndef ONRI_LANG_RULER_H
#define ONRI_LANG_RULER_H

#include "base/base.h"
#include "lang/model.h"
#include "lang/words.h"

/* What the ruler looks at in a token: state after parser and tagger. */
typedef struct onri_ruler_in {
    const onri_word *word; /* its lower_class numbered by onri_ruler_words */
    uint8_t tag, dep;
} onri_ruler_in;

/* Which entry sets an attribute of the token: its index + 1 in model->ruler_entries, 0 = none. */
typedef struct onri_ruler_out {
    uint16_t pos, morph, lemma, tag, dep;
} onri_ruler_out;

typedef struct onri_ruler onri_ruler;

ONR_CHECK onr_status onri_ruler_new(const onr_model *model, onri_ruler **out, onr_error *err);
void onri_ruler_free(onri_ruler *r);
/* The lower-cased words that entries ask for. */
const onri_atoms *onri_ruler_words(const onri_ruler *r);
/* Run on the n tokens of a document. Cannot fail. */
void onri_ruler_run(const onri_ruler *r, const onri_ruler_in *in, size_t n, onri_ruler_out *out);

#endif
