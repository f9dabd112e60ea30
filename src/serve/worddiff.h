/* Two wordings side by side: which words of each the other lacks. */
#ifndef ONRI_SERVE_WORDDIFF_H
#define ONRI_SERVE_WORDDIFF_H

#include "serve/html.h"

enum { WORDDIFF_MAX = 160 }; /* words of one side; longer texts are shown unmarked */

/* The words of `mine`, those that `other` lacks (in this order) in <mark>. */
void worddiff(html *h, onr_sv mine, onr_sv other);

#endif
