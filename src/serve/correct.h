/* The form of a correction, as the pages put it beside a fact or an actor. */
#ifndef ONRI_SERVE_CORRECT_H
#define ONRI_SERVE_CORRECT_H

#include "serve/html.h"
#include "serve/request.h"

typedef struct correct_about {
    onr_sv article, fact;       /* a fact */
    onr_sv actor;               /* or an actor */
    const char *const *actions; /* names of onr_correction_name, ends with NULL */
} correct_about;

void correct_form(html *h, const request *r, const correct_about *about);

#endif
