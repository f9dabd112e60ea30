/* The reading view of a record, wherever it comes from. */
#ifndef ONRI_SERVE_PAGE_ARTICLE_H
#define ONRI_SERVE_PAGE_ARTICLE_H

#include "serve/route.h"

/* Show a record's JSON as page, JSON or CSV. base: its address ("/article/x"); kept: it is in the
 * store. */
void article_show(const site *s, request *r, reply *out, onr_sv json, onr_sv base, bool kept);

#endif
