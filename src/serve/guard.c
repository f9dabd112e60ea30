/* Host, origin and token checks. Source: own; the attacks: DNS rebinding (Host), cross-site request
 * forgery (Origin, Sec-Fetch-Site, form token), timing (constant-time comparison). */
#include "serve/guard.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>

static bool read_port(onr_sv s, uint16_t *port)
{
    uint64_t n;
    if (s.n == 0 || s.n > 5 || !onri_parse_u64(s, &n) || n > 65535) return false;
    *port = (uint16_t)n;
    return true;
}

/* "host", "host:port", "[v6]", "[v6]:port"; has_port false: none said. */
static bool cut_host(onr_sv s, onr_sv *host, uint16_t *port, bool *has_port)
{
    onr_sv rest;
    *has_port = false;
    if (s.n && s.p[0] == '[') {
        const size_t end = onri_find(s, ONR_SV("]"), 0);
        if (end == SIZE_MAX) return false;
        *host = onri_sub(s, 1, end);
        rest = onri_sub(s, end + 1, s.n);
    } else {
        const size_t colon = onri_find(s, ONR_SV(":"), 0);
        *host = onri_sub(s, 0, colon == SIZE_MAX ? s.n : colon);
        rest = onri_sub(s, colon == SIZE_MAX ? s.n : colon, s.n);
    }
    if (host->n == 0) return false;
    if (rest.n == 0) return true;
    *has_port = true;
    return rest.p[0] == ':' && read_port(onri_sub(rest, 1, rest.n), port);
}

/* 4 or 6 for a numeric address, else 0. */
static int numeric(onr_sv host, char *text, size_t cap, bool *loopback)
{
    if (host.n >= cap) return 0;
    memcpy(text, host.p, host.n);
    text[host.n] = 0;
    struct in_addr v4;
    struct in6_addr v6;
    if (memchr(text, 0, host.n)) return 0;
    if (inet_pton(AF_INET, text, &v4) == 1) {
        *loopback = (ntohl(v4.s_addr) >> 24) == 127;
        return 4;
    }
    if (inet_pton(AF_INET6, text, &v6) == 1) {
        *loopback = IN6_IS_ADDR_LOOPBACK(&v6);
        return 6;
    }
    return 0;
}

bool guard_address_read(const char *text, uint16_t port, guard_address *out)
{
    onr_sv s = onri_svz(text), host = s;
    bool has_port = false;
    guard_address a = { .port = port };
    int kind = numeric(s, a.host, sizeof a.host, &a.loopback); /* "::1" without brackets */
    if (!kind) {
        if (!cut_host(s, &host, &a.port, &has_port)) return false;
        if (onri_eqz(host, "localhost")) host = ONR_SV("127.0.0.1");
        kind = numeric(host, a.host, sizeof a.host, &a.loopback);
    }
    if (!kind) return false;
    a.v6 = kind == 6;
    *out = a;
    return true;
}

static bool same_name(onr_sv a, onr_sv b)
{
    if (a.n != b.n || !a.p || !b.p) return false;
    for (size_t i = 0; i < a.n; i++) {
        const char x = a.p[i], y = b.p[i];
        const char lx = (char)(x >= 'A' && x <= 'Z' ? x + 32 : x);
        const char ly = (char)(y >= 'A' && y <= 'Z' ? y + 32 : y);
        if (lx != ly) return false;
    }
    return true;
}

bool guard_host(onr_sv host, const guard_address *at, const char *const *names, size_t n_names)
{
    onr_sv name;
    uint16_t port = 80;
    bool has_port, loopback = false;
    char text[64];
    if (!cut_host(host, &name, &port, &has_port)) return false;
    for (size_t i = 0; i < n_names; i++) /* behind a proxy the port may be another */
        if (same_name(name, onri_svz(names[i]))) return true;
    if (port != at->port) return false;
    if (same_name(name, ONR_SV("localhost"))) return true;
    if (!numeric(name, text, sizeof text, &loopback)) return false;
    return loopback || !at->loopback;
}

bool guard_same_site(onr_sv host, onr_sv origin, onr_sv fetch_site)
{
    if (fetch_site.p && !onri_eqz(fetch_site, "same-origin") && !onri_eqz(fetch_site, "none"))
        return false;
    if (!origin.p) return true;
    onr_sv rest = origin;
    if (onri_starts(rest, ONR_SV("http://")))
        rest = onri_sub(rest, 7, rest.n);
    else if (onri_starts(rest, ONR_SV("https://")))
        rest = onri_sub(rest, 8, rest.n);
    else
        return false;
    return same_name(rest, host);
}

bool guard_equal(onr_sv a, onr_sv b)
{
    if (a.n != b.n || !a.p || !b.p) return false;
    unsigned char d = 0;
    for (size_t i = 0; i < a.n; i++) d = (unsigned char)(d | (a.p[i] ^ b.p[i]));
    return d == 0;
}

bool guard_token(const char *token, onr_sv authorization, onr_sv cookies)
{
    const onr_sv want = onri_svz(token);
    onr_sv piece;
    if (authorization.n > 7 && same_name(onri_sub(authorization, 0, 7), ONR_SV("bearer ")) &&
        guard_equal(onri_trim(onri_sub(authorization, 7, authorization.n)), want))
        return true;
    while (cookies.n && onri_split(&cookies, ';', &piece)) {
        piece = onri_trim(piece);
        const onr_sv head = ONR_SV(GUARD_COOKIE "=");
        if (onri_starts(piece, head) && guard_equal(onri_sub(piece, head.n, piece.n), want))
            return true;
    }
    return false;
}

onr_status guard_random(char out[65], onr_error *err)
{
    uint8_t bytes[32];
    FILE *f = fopen("/dev/urandom", "rb");
    const size_t n = f ? fread(bytes, 1, sizeof bytes, f) : 0;
    const int why = errno;
    if (f) (void)fclose(f);
    if (n != sizeof bytes) return onri_fail_os(err, "serve", why, "cannot read /dev/urandom");
    onri_hex(bytes, sizeof bytes, out);
    return ONR_OK;
}
