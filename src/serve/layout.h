/* The frame of every page: head, masthead, navigation, foot. */
#ifndef ONRI_SERVE_LAYOUT_H
#define ONRI_SERVE_LAYOUT_H

#include "serve/html.h"
#include "serve/route.h"

typedef struct page_about {
    const char *here;   /* path of the entry in the navigation that is this page's, or NULL */
    const char *cls;    /* of <body> */
    const char *module; /* script of the page ("article.js"), or NULL */
    bool twins;         /* there is a .json and a .csv of it */
} page_about;

html page_begin(const site *s, request *r, reply *out, onr_sv title, const page_about *about);
void page_end(html *h, const request *r, const page_about *about);

/* A local link: <a class=cls href=/segment/id#fragment>text</a>; fragment may be empty. */
void page_link(html *h, const char *cls, const char *segment, onr_sv id, onr_sv fragment,
               onr_sv text);
/* "87 in 100" as a small meter. */
void page_p(html *h, float p);
/* Hidden field that a form brings back. */
void page_csrf(html *h, const request *r);
/* The header for a reply in JSON or CSV. */
void reply_type(reply *out, const request *r, const char *name);

#endif
