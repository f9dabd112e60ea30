/* The server over libmicrohttpd: limits, the guard's checks, bodies, replies. Everything that a
 * page says is made elsewhere (route.c). Source: own; libmicrohttpd 0.9.75.
 *
 * A few threads answer, each with many connections (epoll), so that slow clients cost memory and no
 * thread. A watch closes connections whose request takes longer than request_s, however busily it
 * trickles. Texts are read by the desk while their connection is suspended. Leaves out: TLS (use a
 * tunnel or a proxy). */
#include "serve/serve.h"

#include "serve/asset.h"
#include "serve/guard.h"
#include "serve/pack.h"
#include "serve/route.h"
#include "serve/stores.h"
#include "serve/watch.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUEST_MEM_MAX = 192 << 20, FIELDS_MAX = 16 };

struct onri_server {
    site site;
    guard_address at;
    struct MHD_Daemon *daemon;
    int socket;
    watch *watch;
    stores *stores;
    const char *token;
    const char *const *hosts;
    size_t n_hosts;
    size_t body_max;
    char url[96];
};

typedef enum visit_state { VISIT_NEW, VISIT_BODY, VISIT_DESK, VISIT_OVER } visit_state;

/* One request, from its first line to the end of its answer. */
typedef struct visit {
    onri_server *server;
    struct MHD_Connection *connection;
    onr_arena mem;
    request request;
    reply reply;
    bool target_ok;
    visit_state state;
    struct MHD_PostProcessor *post;
    onri_buf fields[FIELDS_MAX];
    onr_sv names[FIELDS_MAX];
    uint32_t n_fields;
    size_t body_n;
    bool body_bad;
    desk_job job;
} visit;

/* ---- what a request says -----------------------------------------------------------------------
 */

static void *begin(void *arg, const char *target, struct MHD_Connection *connection)
{
    onri_server *s = arg;
    visit *v = onri_heap_alloc(sizeof *v);
    if (!v) return NULL;
    *v = (visit){ .server = s,
                  .connection = connection,
                  .mem = onr_arena_make(REQUEST_MEM_MAX),
                  .reply = { .status = 200, .body = onri_buf_make(REPLY_MAX) } };
    v->request.mem = &v->mem;
    v->request.csrf = onri_svz(s->site.csrf);
    const onr_sv raw = onri_dup(&v->mem, onri_sv(target, strnlen(target, REQUEST_URI_MAX + 1)));
    v->target_ok = raw.p && request_target(&v->request, raw);
    return v;
}

static onr_sv header(const visit *v, const char *name)
{
    const char *s = MHD_lookup_connection_value(v->connection, MHD_HEADER_KIND, name);
    return s ? onri_svz(s) : (onr_sv){ NULL, 0 };
}

static enum MHD_Result count_hosts(void *arg, enum MHD_ValueKind kind, const char *key,
                                   const char *value)
{
    (void)kind;
    (void)value;
    static const char want[] = "host";
    size_t i = 0;
    for (; key[i] && i < 5; i++) {
        const char c = (char)(key[i] >= 'A' && key[i] <= 'Z' ? key[i] + 32 : key[i]);
        if (c != want[i]) return MHD_YES;
    }
    if (i == 4) ++*(unsigned *)arg;
    return MHD_YES;
}

/* ---- the answer --------------------------------------------------------------------------------
 */

static void add(struct MHD_Response *m, const char *name, const char *value)
{
    (void)MHD_add_response_header(m, name, value);
}

static void add_guards(struct MHD_Response *m)
{
    add(m, "Content-Security-Policy",
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; object-src "
        "'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    add(m, "X-Content-Type-Options", "nosniff");
    add(m, "X-Frame-Options", "DENY");
    add(m, "Referrer-Policy", "same-origin");
    add(m, "Cross-Origin-Opener-Policy", "same-origin");
    add(m, "Cross-Origin-Resource-Policy", "same-origin");
    add(m, "Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    add(m, "Server", "onrecord");
}

/* Bytes to send: the reply's, packed if the browser takes that. */
static struct MHD_Response *body(visit *v, bool *packed)
{
    reply *out = &v->reply;
    const onr_sv plain = out->fixed.p ? out->fixed : onri_buf_sv(&out->body);
    const onr_sv accepts = header(v, "Accept-Encoding");
    *packed = false;
    if (plain.n > 1024 && pack_accepts(accepts) && pack_helps(out->type)) {
        char *p;
        size_t n;
        if (pack_gzip(plain, out->lasting ? 9 : 1, &p, &n)) {
            *packed = true;
            return MHD_create_response_from_buffer_with_free_callback(n, p, onri_heap_free);
        }
    }
    if (out->fixed.p)
        return MHD_create_response_from_buffer(out->fixed.n, (void *)(uintptr_t)out->fixed.p,
                                               MHD_RESPMEM_PERSISTENT);
    char *p = out->body.p;
    const size_t n = out->body.n;
    out->body = onri_buf_make(REPLY_MAX); /* the bytes are the response's now */
    if (!p)
        return MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
    return MHD_create_response_from_buffer_with_free_callback(n, p, onri_heap_free);
}

static void add_optional(visit *v, struct MHD_Response *m, bool packed, const char *etag)
{
    const reply *out = &v->reply;
    char line[512];
    add(m, "Content-Type", out->type ? out->type : "text/html; charset=utf-8");
    add(m, "Vary", "Accept-Encoding, Cookie");
    add(m, "Cache-Control",
        out->lasting ? "private, max-age=31536000, immutable" : "private, no-cache");
    if (etag[0]) add(m, "ETag", etag);
    if (packed) add(m, "Content-Encoding", "gzip");
    if (out->location.n) add(m, "Location", out->location.p);
    if (out->filename.n && out->filename.n < 200) {
        (void)snprintf(line, sizeof line, "attachment; filename=\"%.*s\"", (int)out->filename.n,
                       out->filename.p);
        add(m, "Content-Disposition", line);
    }
    if (out->cookie.n && out->cookie.n < 300) {
        (void)snprintf(line, sizeof line, GUARD_COOKIE "=%.*s; HttpOnly; SameSite=Strict; Path=/",
                       (int)out->cookie.n, out->cookie.p);
        add(m, "Set-Cookie", line);
    }
    if (out->status == 405) add(m, "Allow", "GET, HEAD, POST");
    if (out->status == 401) add(m, "WWW-Authenticate", "Bearer");
    if (out->status == 503) add(m, "Retry-After", "5");
}

/* Of a page's bytes: four sums of eight bytes each side by side, so that none waits for another. */
static uint64_t hash_of(onr_sv s)
{
    uint64_t h[4] = { s.n, 1, 2, 3 }, word;
    size_t i = 0;
    for (; i + 32 <= s.n; i += 32)
        for (size_t k = 0; k < 4; k++) {
            memcpy(&word, s.p + i + 8 * k, 8);
            h[k] = (h[k] ^ word) * 0x9E3779B97F4A7C15u;
            h[k] ^= h[k] >> 29;
        }
    for (size_t k = 1; k < 4; k++) h[0] = onri_hash_u64(h[0] ^ h[k]);
    return onri_hash_u64(h[0] ^ onri_hash(onri_sub(s, i, s.n)));
}

/* Is the page one of those that the browser has? Weakly compared (RFC 9110, 13.1.2): the tag is
 * that of the page, packed or not. */
static bool browser_has(onr_sv tags, const char *etag)
{
    onr_sv piece;
    while (tags.n && onri_split(&tags, ',', &piece))
        if (onri_eqz(onri_trim(piece), etag)) return true;
    return false;
}

static enum MHD_Result send_reply(visit *v)
{
    reply *out = &v->reply;
    char etag[24] = "";
    if (out->body.status != ONR_OK) {
        onri_buf_clear(&out->body);
        out->fixed = (onr_sv){ NULL, 0 };
        page_error(&v->server->site, &v->request, out, 500, "Too much for one page",
                   ONR_SV("The answer is too long for one page. Narrow the question down."));
    }
    const onr_sv plain = out->fixed.p ? out->fixed : onri_buf_sv(&out->body);
    if (out->status == 200 && !out->lasting) {
        (void)snprintf(etag, sizeof etag, "W/\"%016llx\"", (unsigned long long)hash_of(plain));
        if (browser_has(header(v, "If-None-Match"), etag)) {
            out->status = 304;
            out->fixed = ONR_SV("");
        }
    }
    bool packed;
    struct MHD_Response *m = body(v, &packed);
    if (!m) return MHD_NO;
    add_guards(m);
    add_optional(v, m, packed, etag);
    v->state = VISIT_OVER;
    const enum MHD_Result sent = MHD_queue_response(v->connection, out->status, m);
    MHD_destroy_response(m);
    return sent;
}

static enum MHD_Result refuse(visit *v, unsigned status, const char *title, const char *why)
{
    page_error(&v->server->site, &v->request, &v->reply, status, title, onri_svz(why));
    return send_reply(v);
}

/* ---- who may ask -------------------------------------------------------------------------------
 */

static bool is_asset(const visit *v)
{
    return v->request.n_segments == 2 && onri_eqz(v->request.segments[0], "assets");
}

/* The token came in the address or the form: remember it in a cookie, and take it out of sight. */
static bool greets(visit *v, onr_sv given)
{
    const char *token = v->server->token;
    if (!token || !given.n || !guard_equal(given, onri_svz(token))) return false;
    v->reply.status = 303;
    v->reply.cookie = given;
    v->reply.location = request_link(&v->request, "token", ONR_SV(""), "");
    return true;
}

/* MHD_YES: goes on; else what was sent. *done says which. */
static enum MHD_Result admit(visit *v, const char *method, bool *done)
{
    onri_server *s = v->server;
    const onr_sv host = header(v, "Host");
    unsigned hosts = 0;
    *done = true;
    (void)MHD_get_connection_values(v->connection, MHD_HEADER_KIND, count_hosts, &hosts);
    if (hosts != 1 || !guard_host(host, &s->at, s->hosts, s->n_hosts))
        return refuse(v, 421, "Not this server",
                      "The request names another host than this server answers for.");
    const bool post = strcmp(method, "POST") == 0;
    if (!post && strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return refuse(v, 405, "Not done here", "This server answers GET, HEAD and POST.");
    if (!v->target_ok)
        return refuse(v, 400, "Not an address", "This is no address of a page here.");
    v->request.post = post;
    if (!post && greets(v, request_param(&v->request, "token"))) return send_reply(v);
    const bool known =
        !s->token || guard_token(s->token, header(v, "Authorization"), header(v, "Cookie"));
    const bool entering =
        post && v->request.n_segments == 1 && onri_eqz(v->request.segments[0], "token");
    if (!known && !is_asset(v) && !entering) {
        page_token(&s->site, &v->request, &v->reply, request_param(&v->request, "token").n > 0);
        return send_reply(v);
    }
    v->request.may_edit = known && s->site.edit;
    v->request.same_site = guard_same_site(host, header(v, "Origin"), header(v, "Sec-Fetch-Site"));
    if (post && !v->request.same_site)
        return refuse(v, 403, "Not from here", "Another site's page sent this. Nothing was done.");
    uint64_t n;
    const onr_sv length = header(v, "Content-Length");
    if (post && length.p && (!onri_parse_u64(length, &n) || n > s->body_max))
        return refuse(v, 413, "Too much", "The text is longer than this server takes at once.");
    *done = false;
    return MHD_YES;
}

/* ---- bodies ------------------------------------------------------------------------------------
 */

static enum MHD_Result take_field(void *arg, enum MHD_ValueKind kind, const char *key,
                                  const char *filename, const char *type, const char *encoding,
                                  const char *data, uint64_t off, size_t size)
{
    visit *v = arg;
    (void)kind;
    (void)type;
    (void)encoding;
    const size_t key_n = key ? strnlen(key, 65) : 65;
    if (key_n > 64) return MHD_NO;
    if (off == 0) {
        if (v->n_fields == FIELDS_MAX) return MHD_NO;
        v->names[v->n_fields] = onri_dup(&v->mem, onri_sv(key, key_n));
        v->fields[v->n_fields++] = onri_buf_make(v->server->body_max);
        if (filename && v->request.n_form < REQUEST_PARAMS_MAX) {
            const onr_sv name = onri_dup(&v->mem, onri_sv(filename, strnlen(filename, 256)));
            v->request.form[v->request.n_form++] = (param){ ONR_SV("file.name"), name };
        }
    }
    if (v->n_fields == 0) return MHD_NO;
    onri_buf_add(&v->fields[v->n_fields - 1], onri_sv(data, size));
    return MHD_YES;
}

static void take_piece(visit *v, const char *data, size_t n)
{
    v->body_n += n;
    if (v->body_n > v->server->body_max) {
        v->body_bad = true;
        return;
    }
    if (v->body_bad) return;
    if (!v->post) v->post = MHD_create_post_processor(v->connection, 16384, take_field, v);
    if (!v->post || MHD_post_process(v->post, data, n) != MHD_YES) v->body_bad = true;
}

static void end_body(visit *v)
{
    if (v->post && MHD_destroy_post_processor(v->post) != MHD_YES) v->body_bad = true;
    v->post = NULL;
    request *r = &v->request;
    for (uint32_t i = 0; i < v->n_fields && r->n_form < REQUEST_PARAMS_MAX; i++) {
        if (v->fields[i].status != ONR_OK || !v->names[i].p) v->body_bad = true;
        r->form[r->n_form++] = (param){ v->names[i], onri_buf_sv(&v->fields[i]) };
    }
}

/* ---- answering ---------------------------------------------------------------------------------
 */

static void desk_done(desk_job *job)
{
    MHD_resume_connection(((visit *)job->ctx)->connection);
}

static enum MHD_Result answer(visit *v)
{
    onri_server *s = v->server;
    v->request.store = stores_take(s->stores);
    route_answer(&s->site, &v->request, &v->reply);
    stores_give(s->stores, v->request.store);
    v->request.store = NULL;
    return send_reply(v);
}

static bool is_path(const visit *v, const char *name)
{
    return v->request.n_segments == 1 && onri_eqz(v->request.segments[0], name);
}

static enum MHD_Result answer_post(visit *v)
{
    onri_server *s = v->server;
    if (v->body_bad)
        return refuse(v, v->body_n > s->body_max ? 413 : 400, "Cannot be read",
                      "The form is broken, or longer than this server takes at once.");
    if (is_path(v, "token")) {
        v->request.n_segments = 0;
        if (greets(v, onri_trim(request_form(&v->request, "token")))) return send_reply(v);
        page_token(&s->site, &v->request, &v->reply, true);
        return send_reply(v);
    }
    if (!guard_equal(request_form(&v->request, "csrf"), v->request.csrf))
        return refuse(v, 403, "Out of date",
                      "The form does not come from this server as it runs now. Go back, load the "
                      "page again and send it once more.");
    if (!is_path(v, "read")) return answer(v);
    v->job = (desk_job){ .mem = &v->mem, .done = desk_done, .ctx = v, .error = ONR_ERROR_INIT };
    if (!page_read_form(&s->site, &v->request, &v->reply, &v->job)) return send_reply(v);
    v->state = VISIT_DESK;
    MHD_suspend_connection(v->connection);
    if (desk_put(s->site.desk, &v->job)) return MHD_YES;
    v->job.error.status =
        onri_fail(&v->job.error, ONR_E_BUSY, "serve", "too many texts wait to be read");
    MHD_resume_connection(v->connection);
    return MHD_YES;
}

static enum MHD_Result handle(void *arg, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *data, size_t *n,
                              void **slot)
{
    visit *v = *slot;
    (void)arg;
    (void)connection;
    (void)url;
    (void)version;
    if (!v) return MHD_NO;
    switch (v->state) {
    case VISIT_NEW: {
        bool done;
        const enum MHD_Result sent = admit(v, method, &done);
        if (done) return sent;
        v->state = VISIT_BODY;
        return MHD_YES;
    }
    case VISIT_BODY:
        if (*n) {
            take_piece(v, data, *n);
            *n = 0;
            return MHD_YES;
        }
        end_body(v);
        return v->request.post ? answer_post(v) : answer(v);
    case VISIT_DESK:
        page_read_done(&v->server->site, &v->request, &v->reply, &v->job);
        return send_reply(v);
    default:
        return MHD_NO;
    }
}

static void over(void *arg, struct MHD_Connection *connection, void **slot,
                 enum MHD_RequestTerminationCode why)
{
    visit *v = *slot;
    onri_server *s = arg;
    (void)why;
    const union MHD_ConnectionInfo *fd =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (fd) watch_restart(s->watch, fd->connect_fd);
    if (!v) return;
    if (v->post) (void)MHD_destroy_post_processor(v->post);
    for (uint32_t i = 0; i < v->n_fields; i++) onri_buf_drop(&v->fields[i]);
    onri_buf_drop(&v->reply.body);
    onr_arena_drop(&v->mem);
    onri_heap_free(v);
    *slot = NULL;
}

static void connection_changed(void *arg, struct MHD_Connection *connection, void **slot,
                               enum MHD_ConnectionNotificationCode what)
{
    onri_server *s = arg;
    (void)slot;
    const union MHD_ConnectionInfo *fd =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (!fd) return;
    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        watch_add(s->watch, fd->connect_fd);
    else
        watch_drop(s->watch, fd->connect_fd);
}

/* ---- opening and closing ------------------------------------------------------------------------
 */

static onr_status listen_on(onri_server *s, onr_error *err)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(s->at.port) };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons(s->at.port) };
    const int on = 1;
    s->socket = socket(s->at.v6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
    if (s->socket < 0) return onri_fail_os(err, "serve", errno, "cannot make a socket");
    (void)setsockopt(s->socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    (void)inet_pton(s->at.v6 ? AF_INET6 : AF_INET, s->at.host,
                    s->at.v6 ? (void *)&v6.sin6_addr : (void *)&v4.sin_addr);
    const struct sockaddr *at = s->at.v6 ? (const void *)&v6 : (const void *)&v4;
    socklen_t n = s->at.v6 ? sizeof v6 : sizeof v4;
    if (bind(s->socket, at, n) != 0 || listen(s->socket, 512) != 0)
        return onri_fail_os(err, "serve", errno, "cannot listen on %s port %u", s->at.host,
                            (unsigned)s->at.port);
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } got;
    n = sizeof got;
    if (getsockname(s->socket, &got.any, &n) != 0)
        return onri_fail_os(err, "serve", errno, "cannot read the socket's address");
    s->at.port = ntohs(s->at.v6 ? got.v6.sin6_port : got.v4.sin_port);
    (void)snprintf(s->url, sizeof s->url, s->at.v6 ? "http://[%s]:%u/" : "http://%s:%u/",
                   s->at.host, (unsigned)s->at.port);
    return ONR_OK;
}

static onr_status start(onri_server *s, const onri_server_opts *o, onr_error *err)
{
    const unsigned threads = o->threads ? o->threads : 2;
    const unsigned connections = o->connections ? o->connections : 1000;
    onr_status st = desk_open(o->model, o->knowledge, &s->site.desk, err);
    if (st == ONR_OK)
        st = watch_open(o->request_s ? o->request_s : 60, connections, &s->watch, err);
    if (st == ONR_OK && o->store) st = stores_open(o->store, &s->stores, err);
    if (st == ONR_OK) st = listen_on(s, err);
    if (st != ONR_OK) return st;
    s->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle, s,
        MHD_OPTION_LISTEN_SOCKET, s->socket, MHD_OPTION_THREAD_POOL_SIZE, threads,
        MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_CONNECTION_TIMEOUT,
        o->idle_s ? o->idle_s : 15, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(32 << 10),
        MHD_OPTION_URI_LOG_CALLBACK, begin, s, MHD_OPTION_NOTIFY_COMPLETED, over, s,
        MHD_OPTION_NOTIFY_CONNECTION, connection_changed, s, MHD_OPTION_END);
    if (!s->daemon) return onri_fail(err, ONR_E_IO, "serve", "the HTTP server does not start");
    s->socket = -1; /* the daemon's now */
    return ONR_OK;
}

onr_status onri_server_open(const onri_server_opts *opts, onri_server **out, onr_error *err)
{
    onri_server *s = onri_heap_alloc(sizeof *s);
    *out = NULL;
    if (!s) return onri_fail(err, ONR_E_NOMEM, "serve", "out of memory");
    *s = (onri_server){ .socket = -1,
                        .token = opts->token && *opts->token ? opts->token : NULL,
                        .hosts = opts->hosts,
                        .n_hosts = opts->n_hosts,
                        .body_max = opts->body_max ? opts->body_max : (size_t)1 << 20 };
    s->site = (site){ .can_read = opts->model != NULL,
                      .has_store = opts->store != NULL,
                      .edit = opts->edit,
                      .store_path = opts->store };
    asset_version(s->site.version);
    onr_status st = guard_random(s->site.csrf, err);
    const char *where = opts->listen ? opts->listen : "127.0.0.1";
    if (st == ONR_OK && !guard_address_read(where, opts->port, &s->at))
        st = onri_fail(err, ONR_E_RANGE, "serve",
                       "'%.60s' is no address to listen on; give numbers, as in 127.0.0.1:8017",
                       where);
    if (st == ONR_OK && (!s->at.loopback || s->site.edit) && !s->token)
        st = onri_fail(err, ONR_E_RANGE, "serve",
                       "%s needs a token, or everybody who reaches this machine can %s",
                       s->at.loopback ? "editing" : "listening beyond this machine",
                       s->at.loopback ? "change the store" : "read the store");
    if (st == ONR_OK && s->token && strlen(s->token) < 16)
        st = onri_fail(err, ONR_E_RANGE, "serve", "the token has fewer than 16 characters");
    if (st == ONR_OK) st = start(s, opts, err);
    if (st != ONR_OK) {
        onri_server_close(s);
        return st;
    }
    *out = s;
    return ONR_OK;
}

const char *onri_server_url(const onri_server *server)
{
    return server->url;
}

void onri_server_close(onri_server *server)
{
    if (!server) return;
    desk_close(server->site.desk); /* first: what it holds resumes its connections */
    if (server->daemon) MHD_stop_daemon(server->daemon);
    watch_close(server->watch);
    stores_close(server->stores);
    if (server->socket >= 0) (void)close(server->socket);
    onri_heap_free(server);
}
