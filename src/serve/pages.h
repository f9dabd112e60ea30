/* The pages over the store, one a row of the routes. */
#ifndef ONRI_SERVE_PAGES_H
#define ONRI_SERVE_PAGES_H

#include "serve/route.h"

void page_table(const site *s, request *r, reply *out);   /* page_store.c */
void page_article(const site *s, request *r, reply *out); /* page_store.c */

#endif
