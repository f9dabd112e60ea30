/* The page: an HTTP server for the browser of one person (or, with a token, of a few).
 * The program's `serve` command is its only user. */
#ifndef ONRI_SERVE_SERVE_H
#define ONRI_SERVE_SERVE_H

#include "onrecord/reader.h"

typedef struct onri_server onri_server;

typedef struct onri_server_opts {
    const onr_model *model;         /* NULL: texts cannot be read from the page */
    const onr_knowledge *knowledge; /* with model */
    const char *store;              /* path, NULL: none */
    const char *listen;             /* "ADDR", "ADDR:PORT", "[::1]:PORT"; NULL: 127.0.0.1 */
    uint16_t port;                  /* 0: any free one; a port in `listen` wins */
    const char *token;              /* demanded when not NULL; must be given off loopback */
    const char *const *hosts;       /* [n_hosts] further names the Host header may say */
    size_t n_hosts;
    unsigned threads;     /* that answer, 0: 2 */
    unsigned connections; /* most at a time, 0: 1000 */
    unsigned idle_s;      /* a silent connection is closed after so long, 0: 15 */
    unsigned request_s;   /* a request and its answer may take so long, 0: 60 */
    size_t body_max;      /* bytes of a request's body, 0: 1 MiB */
    bool edit;            /* corrections are allowed */
} onri_server_opts;

/* Start to listen and to answer, in threads of its own. All that opts points to must outlive it.
 * RANGE: an address that is none, or one off loopback without a token. IO: cannot listen, or the
 * store cannot be opened. */
ONR_CHECK onr_status onri_server_open(const onri_server_opts *opts, onri_server **out,
                                      onr_error *err);
/* "http://127.0.0.1:8017/", for people; lives as long as the server. */
const char *onri_server_url(const onri_server *server);
/* Finish what is being answered and stop; NULL is fine. */
void onri_server_close(onri_server *server);

#endif
