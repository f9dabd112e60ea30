/* The server as the network sees it: each attack of the threat list is tried over a socket, and
 * what an honest browser sends is answered. No test here needs a language model from outside. */
#include "test.h"

#include "http_client.h"
#include "onrecord/store.h"
#include "tiny_model.h"

#include <sys/resource.h>
#include <time.h>

enum { BODY_MAX = 64 << 10 };
#define TOKEN "sixteen-or-more!"

static onr_arena model_mem;
static onr_model model;
static onr_knowledge *knowledge;

static onri_server *begin(onri_server_opts o)
{
    onri_server *s;
    onr_error err = ONR_ERROR_INIT;
    o.body_max = BODY_MAX;
    if (onri_server_open(&o, &s, &err) != ONR_OK) fail_msg("%s", err.msg);
    return s;
}

static void csrf_of(const onri_server *s, char out[65])
{
    const char *page = get(s, "/", ""), *at = strstr(page, "name=\"csrf\" value=\"");
    assert_non_null(at);
    memcpy(out, at + 19, 64);
    out[64] = 0;
}

/* ---- what is let in ----------------------------------------------------------------------------
 */

static void serve__every_answer_carries_the_guards(void **state)
{
    (void)state;
    onri_server *s = begin((onri_server_opts){ 0 });
    static const char *const paths[] = {
        "/", "/help", "/nothing", "/assets/style.css", "/read/abc", "/read/abc.json", "/a/../b"
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const char *a = get(s, paths[i], "");
        assert_non_null(strstr(a, "Content-Security-Policy: default-src 'self';"));
        assert_non_null(strstr(a, "frame-ancestors 'none'"));
        assert_null(strstr(a, "unsafe-inline"));
        assert_non_null(strstr(a, "X-Content-Type-Options: nosniff"));
        assert_null(strstr(a, "Access-Control-Allow"));
        assert_null(strstr(a, "<style"));
        assert_null(strstr(a, "<script>"));
        assert_null(strstr(a, " style="));
    }
    onri_server_close(s);
}

static void serve__statuses(void **state)
{
    (void)state;
    onri_server *s = begin((onri_server_opts){ 0 });
    assert_int_equal(status_of(get(s, "/", "")), 200);
    assert_int_equal(status_of(get(s, "/nothing", "")), 404);
    assert_int_equal(status_of(get(s, "/a/../etc/passwd", "")), 400);
    assert_int_equal(status_of(get(s, "/assets/%2e%2e%2fCMakeLists.txt", "")), 404);
    assert_int_equal(status_of(get(s, "/assets/nothing", "")), 404);
    assert_int_equal(status_of(get(s, "/statements", "")), 404); /* no store */
    assert_int_equal(status_of(get(s, "/help.json", "")), 404);  /* no twin */
    char line[128];
    (void)snprintf(line, sizeof line,
                   "PUT / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n\r\n", port_of(s));
    assert_int_equal(status_of(send_raw(s, line)), 405);
    onri_server_close(s);
}

static void serve__a_strangers_host_is_refused(void **state)
{
    (void)state;
    onri_server *s = begin((onri_server_opts){ 0 });
    char line[256];
    assert_int_equal(
        status_of(send_raw(s, "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")),
        421);
    (void)snprintf(line, sizeof line,
                   "GET / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nHost: evil.example\r\nConnection: "
                   "close\r\n\r\n",
                   port_of(s));
    const int two = status_of(send_raw(s, line));
    assert_true(two == 421 || two == 400);
    const int none = status_of(send_raw(s, "GET / HTTP/1.0\r\n\r\n"));
    assert_true(none == 421 || none == 400);
    onri_server_close(s);
}

static void serve__too_much_is_refused(void **state)
{
    (void)state;
    onri_server *s = begin((onri_server_opts){ .model = &model, .knowledge = knowledge });
    static char big[BODY_MAX + 4096];
    char csrf[65];
    csrf_of(s, csrf);
    memset(big, 'a', sizeof big - 1);
    assert_int_equal(status_of(post(s, "/read", "", big)), 413);
    /* a body without a length, in chunks, ends at the same limit */
    const int fd = dial(s);
    (void)snprintf(big, sizeof big,
                   "POST /read HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n"
                   "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: "
                   "chunked\r\n\r\n",
                   port_of(s));
    put(fd, big, strlen(big));
    memset(big, 'a', sizeof big - 1);
    for (int i = 0; i < 20; i++) {
        put(fd, "2000\r\n", 6);
        put(fd, big, 0x2000);
        put(fd, "\r\n", 2);
    }
    put(fd, "0\r\n\r\n", 5);
    assert_int_equal(status_of(hear(fd)), 413);
    /* headers, targets */
    static char more[40000];
    memset(more, 'b', sizeof more);
    memcpy(more, "X: ", 3);
    memcpy(more + sizeof more - 3, "\r\n", 3);
    static char line[48000];
    (void)snprintf(line, sizeof line, "GET / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n%s\r\n", port_of(s),
                   more);
    const int headers = status_of(send_raw(s, line));
    assert_true(headers == 431 || headers == 413 || headers == 0);
    memset(more, 'c', 5000);
    (void)snprintf(line, sizeof line,
                   "GET /%.5000s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n\r\n", more,
                   port_of(s));
    assert_int_equal(status_of(send_raw(s, line)), 400);
    assert_int_equal(status_of(get(s, "/", "")), 200); /* and it goes on */
    onri_server_close(s);
}

static void serve__forms_of_other_sites_are_refused(void **state)
{
    (void)state;
    onri_server *s = begin((onri_server_opts){ .model = &model, .knowledge = knowledge });
    char csrf[65], body[256];
    csrf_of(s, csrf);
    (void)snprintf(body, sizeof body, "csrf=%s&text=Iran+said+no.", csrf);
    assert_int_equal(status_of(post(s, "/read", "Origin: http://evil.example\r\n", body)), 403);
    assert_int_equal(status_of(post(s, "/read", "Sec-Fetch-Site: cross-site\r\n", body)), 403);
    assert_int_equal(status_of(post(s, "/read", "", "text=Iran+said+no.")), 403);
    assert_int_equal(status_of(post(s, "/read", "", "csrf=0000&text=Iran+said+no.")), 403);
    assert_int_equal(status_of(post(s, "/", "", body)), 404); /* takes no form */
    onri_server_close(s);
}

/* ---- the token ---------------------------------------------------------------------------------
 */

static void serve__listening_beyond_the_machine_demands_a_token(void **state)
{
    (void)state;
    onri_server *s;
    onr_error err = ONR_ERROR_INIT;
    onri_server_opts o = { .listen = "0.0.0.0" };
    assert_int_equal(onri_server_open(&o, &s, &err), ONR_E_RANGE);
    assert_null(s);
    o.token = "short";
    assert_int_equal(onri_server_open(&o, &s, &err), ONR_E_RANGE);
    o = (onri_server_opts){ .edit = true };
    assert_int_equal(onri_server_open(&o, &s, &err), ONR_E_RANGE);
    o = (onri_server_opts){ .listen = "example.org" };
    assert_int_equal(onri_server_open(&o, &s, &err), ONR_E_RANGE);
}

static void serve__a_token_opens_and_nothing_else_does(void **state)
{
    (void)state;
    onri_server *s = begin((onri_server_opts){ .listen = "0.0.0.0", .token = TOKEN });
    assert_int_equal(status_of(get(s, "/", "")), 401);
    assert_int_equal(status_of(get(s, "/read/x.json", "")), 401);
    assert_int_equal(status_of(get(s, "/", "Authorization: Bearer wrong-wrong-wrong!\r\n")), 401);
    assert_int_equal(status_of(get(s, "/?token=wrong-wrong-wrong!", "")), 401);
    assert_int_equal(status_of(get(s, "/", "Authorization: Bearer " TOKEN "\r\n")), 200);
    const char *a = get(s, "/help?token=" TOKEN "&x=1", "");
    assert_int_equal(status_of(a), 303);
    assert_non_null(strstr(a, "Location: /help?x=1\r\n")); /* out of the address */
    assert_non_null(strstr(a, "Set-Cookie: onrecord=" TOKEN "; HttpOnly; SameSite=Strict"));
    assert_int_equal(status_of(get(s, "/", "Cookie: onrecord=" TOKEN "\r\n")), 200);
    assert_int_equal(status_of(post(s, "/token", "", "token=wrong-wrong-wrong!")), 401);
    assert_int_equal(status_of(post(s, "/token", "", "token=" TOKEN)), 303);
    onri_server_close(s);
}

/* ---- reading a text ----------------------------------------------------------------------------
 */

static void serve__a_hostile_text_is_shown_as_text(void **state)
{
    (void)state;
    onri_server *s = begin((onri_server_opts){ .model = &model, .knowledge = knowledge });
    char csrf[65], body[1024], path[128] = "";
    csrf_of(s, csrf);
    (void)snprintf(body, sizeof body,
                   "csrf=%s&uri=javascript:alert(1)&publisher=%%3Cb%%3EThe+%%22Paper%%22&text="
                   "Title+%%3C/title%%3E%%3Cscript%%3Ealert(1)%%3C/script%%3E%%0D%%0A%%0D%%0A"
                   "He+said+%%3Cimg+src%%3Dx+onerror%%3Dalert(1)%%3E+to+us.",
                   csrf);
    const char *a = post(s, "/read", "", body);
    assert_int_equal(status_of(a), 303);
    const char *at = strstr(a, "Location: /read/");
    assert_non_null(at);
    (void)snprintf(path, sizeof path, "%.*s", (int)strcspn(at + 10, "\r\n"), at + 10);
    a = get(s, path, "");
    assert_int_equal(status_of(a), 200);
    assert_null(strstr(a, "<script>alert"));
    assert_null(strstr(a, "<img"));
    assert_null(strstr(a, "<b>The"));
    assert_null(strstr(a, "href=\"javascript"));
    assert_non_null(strstr(a, "javascript:alert(1)")); /* as text */
    assert_non_null(strstr(a, "onerror=alert(1)&gt;"));
    (void)snprintf(body, sizeof body, "%s.json", path);
    a = get(s, body, "");
    assert_non_null(strstr(a, "Content-Type: application/json"));
    assert_non_null(strstr(a, "{\"onrecord\":1"));
    (void)snprintf(body, sizeof body, "%s.csv", path);
    assert_non_null(strstr(get(s, body, ""), "layer,id,kind,who,whom,start,stop,words,rule,p\r\n"));
    onri_server_close(s);
}

static void serve__empty_texts_and_unknown_records(void **state)
{
    (void)state;
    onri_server *s = begin((onri_server_opts){ .model = &model, .knowledge = knowledge });
    char csrf[65], body[256];
    csrf_of(s, csrf);
    (void)snprintf(body, sizeof body, "csrf=%s&text=++%%0D%%0A", csrf);
    assert_int_equal(status_of(post(s, "/read", "", body)), 400);
    assert_int_equal(status_of(get(s, "/read/none", "")), 404);
    onri_server_close(s);
}

/* ---- time --------------------------------------------------------------------------------------
 */

static double seconds(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void serve__who_trickles_is_shut_out_and_stops_nobody(void **state)
{
    (void)state;
    enum { SLOW = 500 }; /* both ends of each are open in this process */
    struct rlimit files;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &files), 0);
    files.rlim_cur = files.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < 2 * SLOW + 64) {
        print_message("SKIPPED: fewer than %d files may be open\n", 2 * SLOW + 64);
        skip();
    }
    onri_server *s = begin((onri_server_opts){ .idle_s = 30, .request_s = 2 });
    int slow[SLOW];
    char line[128];
    (void)snprintf(line, sizeof line,
                   "GET /assets/serif.woff2 HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", port_of(s));
    for (int i = 0; i < SLOW; i++) { /* half never end to ask, half never read their answer */
        slow[i] = dial(s);
        if (i % 2)
            put(slow[i], "GET / HTTP/1.1\r\nX: ", 19);
        else
            for (int k = 0; k < 100; k++) put(slow[i], line, strlen(line));
    }
    double longest = 0;
    for (int k = 0; k < 20; k++) {
        const double a = seconds();
        assert_int_equal(status_of(get(s, "/", "")), 200);
        const double b = seconds();
        if (b - a > longest) longest = b - a;
    }
    if (longest > 1) fail_msg("a fast client waited %.3f s", longest);
    for (int k = 0; k < 50; k++) { /* a byte now and then keeps an idle limit away for ever */
        for (int i = 1; i < SLOW; i += 2) put(slow[i], "x", 1);
        const struct timespec pause = { 0, 100000000 };
        (void)nanosleep(&pause, NULL);
    }
    for (int i = 0; i < SLOW; i++) {
        char byte;
        if (i % 2) assert_true(recv(slow[i], &byte, 1, MSG_DONTWAIT) <= 0);
        (void)close(slow[i]);
    }
    assert_int_equal(status_of(get(s, "/", "")), 200);
    onri_server_close(s);
}

static void serve__unchanged_pages_are_not_sent_again(void **state)
{
    (void)state;
    onri_server *s = begin((onri_server_opts){ 0 });
    char line[128];
    const char *etag = strstr(get(s, "/help", ""), "ETag: ");
    assert_non_null(etag);
    (void)snprintf(line, sizeof line, "If-None-Match: \"x\", %.20s\r\n", etag + 6);
    assert_int_equal(status_of(get(s, "/help", line)), 304);
    assert_int_equal(status_of(get(s, "/", line)), 200); /* another page */
    assert_non_null(
        strstr(get(s, "/assets/style.css", "Accept-Encoding: gzip\r\n"), "Content-Encoding: gzip"));
    onri_server_close(s);
}

/* ---- the store ---------------------------------------------------------------------------------
 */

static const char record_json[] =
    "{\"onrecord\":1,\"id\":\"a/<1>\",\"publisher\":\"The <b>Paper</b>\",\"date\":\"2018-07-13\","
    "\"text\":\"Iran denied it to Oman & <i>left</i> Syria.\",\"sentences\":[[0,42]],\"entities\":["
    "{\"id\":\"e1\",\"type\":\"state\",\"name\":\"Iran\",\"country\":\"IRN\",\"mentions\":[{"
    "\"span\":[0,4],"
    "\"head\":[0,4],\"kind\":\"name\",\"rule\":\"exact\",\"p\":0.9}]},"
    "{\"id\":\"e2\",\"type\":\"state\",\"name\":\"Oman\",\"country\":\"OMN\",\"mentions\":[{"
    "\"span\":[18,22],"
    "\"head\":[18,22],\"kind\":\"name\",\"rule\":\"exact\",\"p\":0.9}]}],"
    "\"statements\":[{\"id\":\"s1\",\"source\":{\"entity\":\"e1\",\"span\":[0,4]},\"cue\":[[5,11]],"
    "\"content\":[[12,14]],\"form\":\"indirect\",\"kind\":\"denial\",\"addressee\":{\"entity\":"
    "\"e2\","
    "\"span\":[18,22]},\"rule\":\"r\",\"p\":0.8}],"
    "\"events\":[{\"id\":\"v1\",\"plover\":\"RETREAT\",\"source\":[{\"entity\":\"e1\",\"span\":[0,"
    "4]}],"
    "\"target\":[{\"entity\":\"e2\",\"span\":[18,22]}],\"trigger\":[[28,32]],\"time\":{\"from\":"
    "\"2018-07-12\","
    "\"to\":\"2018-07-12\",\"span\":[5,11]},\"status\":\"happened\",\"rule\":\"r\",\"p\":0.7}]}";

static onri_server *begin_with_store_opts(char path[64], onri_server_opts opts)
{
    (void)snprintf(path, 64, "/tmp/serve_http-%ld.db", (long)getpid());
    (void)unlink(path);
    onr_arena mem = onr_arena_make((size_t)16 << 20);
    onr_error err = ONR_ERROR_INIT;
    onr_store_opts o = ONR_STORE_OPTS_INIT;
    onr_store *store;
    onr_record rec;
    o.mode = ONR_STORE_CREATE;
    if (onr_record_load(&mem, onri_svz(record_json), &rec, &err) != ONR_OK) fail_msg("%s", err.msg);
    if (onr_store_open(path, &o, &store, &err) != ONR_OK) fail_msg("%s", err.msg);
    if (onr_store_keep(store, &rec, NULL, NULL, &err) != ONR_OK) fail_msg("%s", err.msg);
    assert_int_equal(onr_store_commit(store, &err), ONR_OK);
    onr_store_close(store);
    onr_arena_drop(&mem);
    opts.store = path;
    return begin(opts);
}

static onri_server *begin_with_store(char path[64])
{
    return begin_with_store_opts(path, (onri_server_opts){ 0 });
}

static void end_with_store(onri_server *s, const char *path)
{
    char beside[80];
    onri_server_close(s);
    (void)unlink(path);
    (void)snprintf(beside, sizeof beside, "%s-wal", path);
    (void)unlink(beside);
    (void)snprintf(beside, sizeof beside, "%s-shm", path);
    (void)unlink(beside);
}

static const char *const store_paths[] = { "/articles",   "/actors",    "/actor/place:iran",
                                           "/statements", "/events",    "/commitments",
                                           "/disputes",   "/positions", "/search",
                                           "/timeline",   "/network",   "/map",
                                           "/compare",    "/counts",    "/article/a%2F%3C1%3E" };
enum { N_STORE_PATHS = sizeof store_paths / sizeof *store_paths };

static void serve__every_view_has_its_data_and_escapes_the_store(void **state)
{
    (void)state;
    char path[64], url[256];
    onri_server *s = begin_with_store(path);
    for (size_t i = 0; i < N_STORE_PATHS; i++) {
        static const char *const ends[] = { "", ".json", ".csv" };
        static const char *const types[] = { "text/html", "application/json", "text/csv" };
        for (size_t k = 0; k < 3; k++) {
            (void)snprintf(url, sizeof url, "%s%s", store_paths[i], ends[k]);
            const char *a = get(s, url, "");
            if (status_of(a) == 303 && strstr(url, "name:"))
                continue; /* linked: it has a better page */
            if (status_of(a) != 200) fail_msg("%s: %d", url, status_of(a));
            assert_non_null(strstr(a, types[k]));
            if (k == 0) assert_null(strstr(a, "<b>Paper"));
            if (k == 0) assert_null(strstr(a, "<i>left</i> Syria"));
        }
    }
    assert_non_null(strstr(get(s, "/statements", ""), "The &lt;b&gt;Paper&lt;/b&gt;"));
    assert_non_null(strstr(get(s, "/statements.json", ""), "\"total\":1"));
    assert_non_null(
        strstr(get(s, "/statements.csv?kind=denial", ""), "The <b>Paper</b>,Iran,denial"));
    assert_non_null(strstr(get(s, "/statements.json?kind=promise", ""), "\"total\":0"));
    assert_non_null(strstr(get(s, "/events.json?since=2018-07&until=2018", ""), "\"total\":1"));
    assert_non_null(strstr(get(s, "/events.json?until=2018-06", ""), "\"total\":0"));
    assert_int_equal(status_of(get(s, "/actor/name:Nobody", "")), 404);
    assert_int_equal(status_of(get(s, "/article/nothing", "")), 404);
    end_with_store(s, path);
}

/* What a visitor types is a value, in whatever field. */
static void serve__nothing_typed_is_sql(void **state)
{
    (void)state;
    static const char *const names[] = { "q",         "who",      "whom",   "about", "kind",
                                         "publisher", "since",    "until",  "p",     "year",
                                         "country",   "article",  "layer",  "form",  "status",
                                         "mode",      "sort",     "n",      "page",  "by",
                                         "per",       "split",    "a",      "b",     "verdict",
                                         "type",      "strength", "stance", "issue" };
    static const char *const values[] = { "%27%3B+DROP+TABLE+fact%3B--",
                                          "%22",
                                          "%27",
                                          "AND+OR+NOT+NEAR(",
                                          "1)+UNION+SELECT+1,2--",
                                          "-%22x",
                                          "*",
                                          "%C3%A4+%E4%B8%AD",
                                          ":match",
                                          "99999999999999999999",
                                          "-1",
                                          "a:b^c" };
    char path[64], url[512];
    onri_server *s = begin_with_store(path);
    for (size_t i = 0; i < N_STORE_PATHS - 1; i += 3)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
                (void)snprintf(url, sizeof url, "%s.json?%s=%s", store_paths[i], names[k],
                               values[v]);
                const char *a = get(s, url, "");
                if (status_of(a) != 200) fail_msg("%s: %.200s", url, a);
            }
    assert_non_null(strstr(get(s, "/statements.json", ""), "\"total\":1"));
    end_with_store(s, path);
}

/* Each path that openapi.json names is there, each $ref leads somewhere, each id is one path's. */
static void serve__openapi_says_what_is_there(void **state)
{
    (void)state;
    char path[64], url[512];
    onri_server *s = begin_with_store(path);
    onr_arena mem = onr_arena_make((size_t)16 << 20);
    const char *a = strstr(get(s, "/openapi.json", ""), "\r\n\r\n");
    assert_non_null(a);
    const onr_sv text = onri_dup(&mem, onri_svz(a + 4));
    const onri_json *root, *schemas;
    assert_int_equal(onri_json_read(&mem, text, 32, &root, NULL), ONR_OK);
    assert_true(onri_eqz(onri_json_str(onri_json_get(root, "openapi"), ONR_SV("")), "3.1.0"));
    assert_true(onri_json_str(onri_json_get(onri_json_get(root, "info"), "version"), ONR_SV("")).n >
                0);
    schemas = onri_json_get(onri_json_get(root, "components"), "schemas");
    assert_non_null(schemas);
    unsigned n = 0;
    for (const onri_json *p = onri_json_get(root, "paths")->first; p; p = p->next, n++) {
        const onri_json *op = onri_json_get(p, "get"), *answers = onri_json_get(op, "responses");
        assert_non_null(onri_json_get(answers, "200"));
        for (const onri_json *o = p->next; o; o = o->next)
            assert_false(onri_eq(
                onri_json_str(onri_json_get(onri_json_get(o, "get"), "operationId"), ONR_SV("")),
                onri_json_str(onri_json_get(op, "operationId"), ONR_SV(""))));
        for (const onri_json *r = answers->first; r; r = r->next) {
            const onri_json *type = onri_json_get(r, "content")->first;
            const onr_sv ref =
                onri_json_str(onri_json_get(onri_json_get(type, "schema"), "$ref"), ONR_SV(""));
            if (!ref.n) continue;
            assert_true(onri_starts(ref, ONR_SV("#/components/schemas/")));
            char name[64];
            (void)snprintf(name, sizeof name, "%.*s", (int)(ref.n - 21), ref.p + 21);
            assert_non_null(onri_json_get(schemas, name));
        }
        if (onri_find(p->key, ONR_SV("{"), 0) != SIZE_MAX) continue;
        (void)snprintf(url, sizeof url, "%.*s", (int)p->key.n, p->key.p);
        if (status_of(get(s, url, "")) != 200) fail_msg("%s is not there", url);
    }
    assert_true(n >= 30);
    onr_arena_drop(&mem);
    end_with_store(s, path);
}

/* A correction needs --edit, the token, the form's own token and a name; it is shown and can be
 * taken back; nothing else can write. */
static void serve__corrections(void **state)
{
    (void)state;
    static const char bearer[] = "Authorization: Bearer " TOKEN "\r\n";
    static const char wrong[] = "Authorization: Bearer wrong-wrong-wrong!\r\n";
    char path[64], csrf[65], form[512], bare[512];
    onri_server *s =
        begin_with_store_opts(path, (onri_server_opts){ .model = &model, .knowledge = knowledge });
    csrf_of(s, csrf);
    (void)snprintf(form, sizeof form, "csrf=%s&action=reject&article=a/%%3C1%%3E&fact=s1&who=Ann",
                   csrf);
    assert_int_equal(status_of(post(s, "/correct", "", form)), 403); /* no --edit */
    assert_int_equal(status_of(get(s, "/correct", "")), 404);
    end_with_store(s, path);
    s = begin_with_store_opts(path, (onri_server_opts){ .edit = true, .token = TOKEN });
    assert_null(strstr(get(s, "/article/a%2F%3C1%3E", ""), "Correct this")); /* 401 */
    const char *at = strstr(get(s, "/article/a%2F%3C1%3E", bearer), "name=\"csrf\" value=\"");
    assert_non_null(at);
    {
        memcpy(csrf, at + 19, 64);
        (void)snprintf(
            form, sizeof form,
            "csrf=%s&action=reject&article=a/%%3C1%%3E&fact=s1&who=%%3Cb%%3EAnn&why=%%3Ci%%3E",
            csrf);
        (void)snprintf(bare, sizeof bare, "action=reject&article=a/%%3C1%%3E&fact=s1&who=Ann");
        assert_int_equal(status_of(post(s, "/correct", wrong, form)), 401);
        assert_int_equal(status_of(post(s, "/correct", bearer, bare)), 403);
        assert_int_equal(status_of(post(s, "/correct", bearer, form)), 303);
        const char *a = get(s, "/article/a%2F%3C1%3E", bearer);
        assert_non_null(strstr(a, "Rejected by &lt;b&gt;Ann: &lt;i&gt;"));
        assert_non_null(strstr(get(s, "/corrections.json", bearer), "\"action\":\"reject\""));
        (void)snprintf(form, sizeof form, "csrf=%s&action=reject&article=a/%%3C1%%3E&fact=s1",
                       csrf);
        assert_int_equal(status_of(post(s, "/correct", bearer, form)), 422); /* nobody's */
        (void)snprintf(form, sizeof form, "csrf=%s&action=undo&id=1&who=Bo", csrf);
        assert_int_equal(status_of(post(s, "/correct", bearer, form)), 303);
        assert_null(strstr(get(s, "/article/a%2F%3C1%3E", bearer), "Rejected by"));
        /* a table tells what was mended, by whom and why, and so do its twins */
        assert_null(strstr(get(s, "/statements", bearer), "mended by"));
        (void)snprintf(
            form, sizeof form,
            "csrf=%s&action=mend&article=a/%%3C1%%3E&fact=s1&who=%%3Cb%%3EAnn&why=%%3Ci%%3E"
            "&field=kind&value=denial",
            csrf);
        assert_int_equal(status_of(post(s, "/correct", bearer, form)), 303);
        assert_non_null(strstr(get(s, "/statements", bearer), "mended by &lt;b&gt;Ann "));
        assert_non_null(strstr(get(s, "/statements.json", bearer), "\"corrected_why\":\"<i>\""));
    }
    end_with_store(s, path);
}

static int set_up(void **state)
{
    (void)state;
    model_mem = onr_arena_make((size_t)64 << 20);
    tiny_model_make(&model_mem, 1, false, &model);
    return onr_knowledge_new(NULL, &knowledge, NULL) == ONR_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    onr_knowledge_free(knowledge);
    onr_arena_drop(&model_mem);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(serve__every_answer_carries_the_guards),
        cmocka_unit_test(serve__statuses),
        cmocka_unit_test(serve__a_strangers_host_is_refused),
        cmocka_unit_test(serve__too_much_is_refused),
        cmocka_unit_test(serve__forms_of_other_sites_are_refused),
        cmocka_unit_test(serve__listening_beyond_the_machine_demands_a_token),
        cmocka_unit_test(serve__a_token_opens_and_nothing_else_does),
        cmocka_unit_test(serve__a_hostile_text_is_shown_as_text),
        cmocka_unit_test(serve__empty_texts_and_unknown_records),
        cmocka_unit_test(serve__who_trickles_is_shut_out_and_stops_nobody),
        cmocka_unit_test(serve__unchanged_pages_are_not_sent_again),
        cmocka_unit_test(serve__every_view_has_its_data_and_escapes_the_store),
        cmocka_unit_test(serve__nothing_typed_is_sql),
        cmocka_unit_test(serve__openapi_says_what_is_there),
        cmocka_unit_test(serve__corrections),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
