/* Quotations of a text: which stretches stand between quotation marks, whatever the marks look
 * like. Serves statements and coreference. docs/decisions/statements-quotes.md tells the rules. */
#ifndef ONRI_FACTS_QUOTES_H
#define ONRI_FACTS_QUOTES_H

#include "base/base.h"

enum {
    ONRI_QUOTE_NEST_MAX = 8,  /* quotations inside quotations that are told apart */
    ONRI_QUOTE_OPEN_MAX = 600 /* bytes a quotation without closing mark runs on at most */
};

typedef struct onri_quote {
    uint32_t beg, end;       /* bytes, marks included */
    uint8_t open_n, close_n; /* bytes of the marks; close_n 0: no closing mark in the text */
    uint32_t outer;          /* index of the quotation it stands in, ONR_NONE */
    uint32_t goes_on_from;   /* index of the quotation in the paragraph before that it continues
                                (left open there, opened anew here), ONR_NONE */
    uint32_t paragraph;      /* start of its line in bytes */
    bool single;             /* single marks */
} onri_quote;

typedef ONRI_VEC(onri_quote) onri_quote_vec;

/* All quotations, by start, outer before inner. A mark is judged by its neighbours more than by its
 * shape: writers mix “ and ", and machine-translated text closes with “. No quotation leaves its
 * paragraph (line); what is left open ends with it, or earlier.
 * @param text  valid UTF-8; an odd number of marks, stray and wrongly turned ones are no error
 * @return ONR_OK; ONR_E_NOMEM or ONR_E_LIMIT (arena). Cost: linear. Threads: any. */
ONR_CHECK onr_status onri_quotes_find(onr_arena *mem, onr_sv text, onri_quote_vec *out,
                                      onr_error *err);
/* Innermost quotation that holds byte at (marks count as inside), or ONR_NONE. Binary search. */
uint32_t onri_quote_at(const onri_quote_vec *q, uint32_t at);
/* Outermost quotation that holds it, or ONR_NONE. */
uint32_t onri_quote_outermost_at(const onri_quote_vec *q, uint32_t at);

#endif
