/* A request as the pages see it: path in segments, parameters, form, and the reply they fill. */
#ifndef ONRI_SERVE_REQUEST_H
#define ONRI_SERVE_REQUEST_H

#include "base/base.h"

enum {
    REQUEST_URI_MAX = 4096,
    REQUEST_SEGMENTS_MAX = 8,
    REQUEST_PARAMS_MAX = 64,
    REPLY_MAX = 16 << 20
};

typedef struct param {
    onr_sv name, value;
} param;

typedef enum request_format { FORMAT_HTML, FORMAT_JSON, FORMAT_CSV } request_format;

typedef struct request {
    onr_arena *mem; /* of this request */
    bool post;
    onr_sv segments[REQUEST_SEGMENTS_MAX]; /* of the path, decoded; the last without a plain
                                              .json, .csv */
    uint32_t n_segments;
    request_format format;
    param params[REQUEST_PARAMS_MAX]; /* of the query, decoded, in order */
    uint32_t n_params;
    param form[REQUEST_PARAMS_MAX]; /* of the body */
    uint32_t n_form;
    struct onr_store *store; /* NULL: none; this request's alone */
    onr_sv csrf;             /* what a form has to bring back */
    bool may_edit;
    bool same_site; /* the browser says that the request is one of our pages' */
} request;

typedef struct reply {
    unsigned status;
    const char *type; /* "text/html; charset=utf-8" */
    onri_buf body;
    onr_sv location; /* of a redirect, in the request's arena */
    onr_sv cookie;   /* the token to remember; empty: none */
    onr_sv fixed;    /* instead of body: bytes that live as long as the program */
    bool lasting;    /* a browser may keep it for good */
    onr_sv filename; /* of a download; empty: shown */
} reply;

/* Take a raw target ("/a/b.json?x=1") apart. False: not a path we could serve (too long, broken
 * escapes, "..", NUL, too many parts). */
bool request_target(request *r, onr_sv raw);
/* "a=1&b=2" into params of n (of at most max); false when broken or too many. */
bool request_query(onr_arena *mem, onr_sv raw, param *at, uint32_t *n, uint32_t max);
/* Percent-decoded copy; plus: '+' is a blank. .p NULL: broken, or NUL in it. */
onr_sv request_decode(onr_arena *mem, onr_sv raw, bool plus);

onr_sv request_param(const request *r, const char *name); /* empty if absent */
onr_sv request_form(const request *r, const char *name);
uint64_t request_count(const request *r, const char *name, uint64_t otherwise, uint64_t max);
/* The present address with one parameter set to a value (empty: taken out) and another format
 * (".json", ".csv", "" for the page), as a local link. */
onr_sv request_link(const request *r, const char *name, onr_sv value, const char *format);

#endif
