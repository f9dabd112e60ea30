/* The table of routes, and what the pages may use of the server. */
#ifndef ONRI_SERVE_ROUTE_H
#define ONRI_SERVE_ROUTE_H

#include "serve/desk.h"
#include "serve/request.h"

/* What stands while the server runs; shared by all requests, never changed by one. */
typedef struct site {
    desk *desk;
    bool can_read; /* a model is there */
    bool has_store;
    bool edit;
    const char *store_path;
    char csrf[65];
    char version[9]; /* of the files of web/, for their links */
} site;

/* Answer a request that the guard let in. */
void route_answer(const site *s, request *r, reply *out);

/* Pages, one a file (page_*.c). */
void page_home(const site *s, request *r, reply *out);
void page_recent(const site *s, request *r, reply *out);
void page_help(const site *s, request *r, reply *out);
/* A page that says what went wrong, with the status given. */
void page_error(const site *s, request *r, reply *out, unsigned status, const char *title,
                onr_sv detail);
/* Asks for the token. */
void page_token(const site *s, request *r, reply *out, bool wrong);

/* A text from the page's form: into job what has to be read. False: out says what is wrong. */
bool page_read_form(const site *s, request *r, reply *out, desk_job *job);
void page_read_done(const site *s, request *r, reply *out, const desk_job *job);

#endif
