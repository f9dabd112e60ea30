/* Who may ask: pure functions over headers, so that each rule has its test. */
#ifndef ONRI_SERVE_GUARD_H
#define ONRI_SERVE_GUARD_H

#include "base/base.h"

/* An address to listen on, taken apart. */
typedef struct guard_address {
    char host[64]; /* "127.0.0.1", "::1", "0.0.0.0": numbers only */
    uint16_t port;
    bool v6, loopback;
} guard_address;

/* "ADDR", "ADDR:PORT", "[V6]:PORT", "V6", "localhost". False: no numeric address. */
bool guard_address_read(const char *text, uint16_t port, guard_address *out);

/* May a request name this host? Names that a stranger's DNS could point at us are refused: only
 * numeric addresses, "localhost" and the given names pass, with our port (or none on port 80). On
 * loopback the number must be a loopback one. */
bool guard_host(onr_sv host, const guard_address *at, const char *const *names, size_t n_names);

/* A request that changes something: `Origin` and `Sec-Fetch-Site` as the browser sent them (.p
 * NULL: it did not). */
bool guard_same_site(onr_sv host, onr_sv origin, onr_sv fetch_site);

/* The token in "Authorization: Bearer T" or in the cookie; compared in constant time. */
bool guard_token(const char *token, onr_sv authorization, onr_sv cookies);
bool guard_equal(onr_sv a, onr_sv b); /* in a time that depends on the lengths alone */

/* 64 hex digits from the system's random source. */
ONR_CHECK onr_status guard_random(char out[65], onr_error *err);

#define GUARD_COOKIE "onrecord"

#endif
