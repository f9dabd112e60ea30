/* The pages over the store, one a row of the routes. */
#ifndef ONRI_SERVE_PAGES_H
#define ONRI_SERVE_PAGES_H

#include "serve/route.h"

void page_table(const site *s, request *r, reply *out);   /* page_store.c */
void page_article(const site *s, request *r, reply *out); /* page_store.c */

void page_actors(const site *s, request *r, reply *out);      /* page_actors.c */
void page_actor(const site *s, request *r, reply *out);       /* page_actors.c */
void page_fact(const site *s, request *r, reply *out);        /* page_fact.c */
void page_timeline(const site *s, request *r, reply *out);    /* page_timeline.c */
void page_network(const site *s, request *r, reply *out);     /* page_network.c */
void page_map(const site *s, request *r, reply *out);         /* page_map.c */
void page_compare(const site *s, request *r, reply *out);     /* page_compare.c */
void page_counts(const site *s, request *r, reply *out);      /* page_counts.c */
void page_correct(const site *s, request *r, reply *out);     /* page_correct.c */
void page_corrections(const site *s, request *r, reply *out); /* page_correct.c */
void page_openapi(const site *s, request *r, reply *out);     /* page_openapi.c */

#endif
