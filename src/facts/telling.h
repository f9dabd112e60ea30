/* What every explanation tells alike: pieces of text to the caller's sink, spans as lines, how it
 * ends. */
#ifndef ONRI_FACTS_TELLING_H
#define ONRI_FACTS_TELLING_H

#include "base/base.h"
#include "onrecord/explain.h"

typedef struct onri_telling {
    onr_explain_fn sink;
    void *arg;
    onr_sv text; /* the article's */
    uint32_t at; /* the byte that is asked about, or ONR_NONE */
    onri_buf b;  /* the piece in the making */
    bool stopped;
    uint32_t told; /* candidates so far */
} onri_telling;

onri_telling onri_telling_make(onr_sv text, uint32_t at, onr_explain_fn sink, void *arg);
/* Hand the piece over and begin the next. */
void onri_tell_flush(onri_telling *t);
/* Does the span hold the byte? */
bool onri_tell_covers(onr_span s, uint32_t at);
/* The span's words on one line. */
void onri_tell_text(onri_telling *t, onr_span s);
/* "  name      beg:end  words" without the end of the line; false, and nothing, if s is empty. */
bool onri_tell_span(onri_telling *t, const char *name, onr_span s);
/* The same as a line of its own. */
void onri_tell_words(onri_telling *t, const char *name, onr_span s);
/* No candidate was told: say so, in the words for the whole article or for one byte. */
void onri_tell_nothing(onri_telling *t, const char *whole, const char *byte);
/* Release the buffer. st, or what went wrong in telling: LIMIT or NOMEM of the buffer, CANCELLED.
 */
ONR_CHECK onr_status onri_telling_end(onri_telling *t, onr_status st, onr_error *err);

#endif
