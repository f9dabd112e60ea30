/* A client for tests of the server: what goes over the socket is what the test says. */
#ifndef ONR_HTTP_CLIENT_H
#define ONR_HTTP_CLIENT_H

#include "serve/serve.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static inline unsigned port_of(const onri_server *s)
{
    const char *colon = strrchr(onri_server_url(s), ':');
    uint64_t n = 0;
    onr_sv digits = onri_svz(colon + 1);
    digits.n--; /* the slash */
    assert_true(onri_parse_u64(digits, &n));
    return (unsigned)n;
}

static inline int dial(const onri_server *s)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port_of(s)) };
    const struct timeval limit = { 20, 0 };
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    assert_int_equal(connect(fd, (const struct sockaddr *)(const void *)&at, sizeof at), 0);
    return fd;
}

static inline void put(int fd, const char *p, size_t n)
{
    while (n) {
        const ssize_t k = send(fd, p, n, MSG_NOSIGNAL);
        if (k <= 0) return; /* the server may have hung up: that is its answer */
        p += k;
        n -= (size_t)k;
    }
}

/* All that comes until the end of the connection; its length, if n is not NULL. */
static inline char *hear_n(int fd, size_t *length)
{
    static char all[4 << 20];
    size_t n = 0;
    for (ssize_t k; n + 1 < sizeof all && (k = recv(fd, all + n, sizeof all - 1 - n, 0)) > 0;)
        n += (size_t)k;
    all[n] = 0;
    if (length) *length = n;
    (void)close(fd);
    return all;
}

static inline char *hear(int fd)
{
    return hear_n(fd, NULL);
}

static inline char *send_raw(const onri_server *s, const char *bytes)
{
    const int fd = dial(s);
    put(fd, bytes, strlen(bytes));
    return hear(fd);
}

/* GET with our Host and one more header line ("" for none). */
static inline char *get(const onri_server *s, const char *path, const char *more)
{
    char line[2048];
    (void)snprintf(line, sizeof line,
                   "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n%s\r\n", path,
                   port_of(s), more);
    return send_raw(s, line);
}

static inline char *post(const onri_server *s, const char *path, const char *more, const char *body)
{
    char head[1024];
    const int fd = dial(s);
    (void)snprintf(
        head, sizeof head,
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n%s\r\n",
        path, port_of(s), strlen(body), more);
    put(fd, head, strlen(head));
    put(fd, body, strlen(body));
    return hear(fd);
}

static inline int status_of(const char *answer)
{
    uint64_t n = 0;
    if (strncmp(answer, "HTTP/1.1 ", 9) != 0) return 0;
    assert_true(onri_parse_u64(onri_sv(answer + 9, 3), &n));
    return (int)n;
}

#endif
