/* Who may ask, rule by rule: hosts, origins, tokens, addresses of requests. */
#include "test.h"

#include "serve/guard.h"
#include "serve/pack.h"
#include "serve/request.h"

static bool host_on(const char *listen, const char *host)
{
    guard_address at;
    static const char *const names[] = { "desk.example" };
    assert_true(guard_address_read(listen, 8017, &at));
    return guard_host(onri_svz(host), &at, names, 1);
}

static void guard__hosts_of_strangers_are_refused(void **state)
{
    (void)state;
    static const char *const good[] = { "127.0.0.1:8017",  "localhost:8017", "LOCALHOST:8017",
                                        "[::1]:8017",      "127.0.0.2:8017", "desk.example",
                                        "Desk.Example:443" };
    static const char *const bad[] = { "evil.example:8017",
                                       "evil.example",
                                       "127.0.0.1",
                                       "",
                                       "127.0.0.1:80",
                                       "localhost.evil.example:8017",
                                       "127.0.0.1:8017:8017",
                                       "192.168.1.5:8017",
                                       "[::1",
                                       ":8017",
                                       "127.0.0.1:08017x",
                                       "127.1:8017",
                                       "2130706433:8017",
                                       "127.0.0.1.evil.example:8017",
                                       "xdesk.example" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(host_on("127.0.0.1", good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(host_on("127.0.0.1", bad[i]));
    assert_true(host_on("0.0.0.0", "192.168.1.5:8017")); /* a number cannot be rebound */
    assert_false(host_on("0.0.0.0", "evil.example:8017"));
    assert_true(host_on("127.0.0.1:80", "localhost")); /* the port of http may go unsaid */
}

static void guard__addresses_to_listen_on(void **state)
{
    (void)state;
    guard_address a;
    assert_true(guard_address_read("127.0.0.1", 1, &a) && a.loopback && a.port == 1 && !a.v6);
    assert_true(guard_address_read("0.0.0.0:99", 1, &a) && !a.loopback && a.port == 99);
    assert_true(guard_address_read("::1", 1, &a) && a.loopback && a.v6);
    assert_true(guard_address_read("[::]:7", 1, &a) && !a.loopback && a.v6 && a.port == 7);
    assert_true(guard_address_read("localhost", 1, &a) && a.loopback);
    assert_false(guard_address_read("example.org", 1, &a));
    assert_false(guard_address_read("127.0.0.1:99999", 1, &a));
    assert_false(guard_address_read("", 1, &a));
}

static void guard__other_sites_cannot_send_forms(void **state)
{
    (void)state;
    const onr_sv host = ONR_SV("127.0.0.1:8017"), none = { NULL, 0 };
    assert_true(guard_same_site(host, none, none)); /* curl */
    assert_true(guard_same_site(host, ONR_SV("http://127.0.0.1:8017"), ONR_SV("same-origin")));
    assert_true(guard_same_site(host, none, ONR_SV("none")));
    assert_false(guard_same_site(host, ONR_SV("http://evil.example"), none));
    assert_false(guard_same_site(host, ONR_SV("http://127.0.0.1:8018"), none));
    assert_false(guard_same_site(host, ONR_SV("null"), none));
    assert_false(guard_same_site(host, none, ONR_SV("cross-site")));
    assert_false(guard_same_site(host, ONR_SV("http://127.0.0.1:8017"), ONR_SV("same-site")));
}

static void guard__tokens(void **state)
{
    (void)state;
    const onr_sv none = { NULL, 0 };
    const char *t = "0123456789abcdef";
    assert_true(guard_token(t, ONR_SV("Bearer 0123456789abcdef"), none));
    assert_true(guard_token(t, ONR_SV("bearer 0123456789abcdef"), none));
    assert_true(guard_token(t, none, ONR_SV("a=b; onrecord=0123456789abcdef; c=d")));
    assert_false(guard_token(t, none, none));
    assert_false(guard_token(t, ONR_SV("Bearer "), none));
    assert_false(guard_token(t, ONR_SV("Bearer 0123456789abcdeg"), none));
    assert_false(guard_token(t, ONR_SV("Basic 0123456789abcdef"), none));
    assert_false(guard_token(t, none, ONR_SV("xonrecord=0123456789abcdef")));
    assert_false(guard_token(t, none, ONR_SV("onrecord=0123456789abcde")));
    char a[65], b[65];
    assert_int_equal(guard_random(a, NULL), ONR_OK);
    assert_int_equal(guard_random(b, NULL), ONR_OK);
    assert_string_not_equal(a, b);
    assert_int_equal(strlen(a), 64);
}

static bool target(request *r, const char *raw)
{
    return request_target(r, onri_svz(raw));
}

static void request__targets_are_taken_apart(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(ONR_MIB);
    request r = { .mem = &mem };
    assert_true(target(&r, "/article/a%2Ejson"));
    assert_true(onri_eqz(r.segments[1], "a.json") && r.format == FORMAT_HTML);
    assert_true(target(&r, "/article/a%2Ejson.csv"));
    assert_true(onri_eqz(r.segments[1], "a.json") && r.format == FORMAT_CSV);
    assert_true(target(&r, "/article/a%20b.json?q=x+y%26z&q=2&empty="));
    assert_int_equal(r.n_segments, 2);
    assert_true(onri_eqz(r.segments[1], "a b"));
    assert_int_equal(r.format, FORMAT_JSON);
    assert_true(onri_eqz(request_param(&r, "q"), "x y&z"));
    assert_true(onri_eqz(request_param(&r, "none"), ""));
    assert_true(
        onri_eqz(request_link(&r, "q", ONR_SV("<&>"), ".csv"), "/article/a%20b.csv?q=%3C%26%3E"));
    assert_true(target(
        &r, "/article/http%3A%2F%2Fx.example%2Fa.csv?from=1")); /* an id that is an address */
    assert_int_equal(r.n_segments, 2);
    assert_true(onri_eqz(r.segments[1], "http://x.example/a"));
    assert_true(target(&r, "/"));
    assert_int_equal(r.n_segments, 0);
    assert_true(target(&r, "/statements?page=3&kind=denial"));
    assert_true(onri_eqz(request_link(&r, "kind", ONR_SV(""), ""), "/statements"));
    assert_true(
        onri_eqz(request_link(&r, "page", ONR_SV("4"), ""), "/statements?page=4&kind=denial"));
    assert_true(target(&r, "/x?n=99999999999999999999"));
    assert_int_equal(request_count(&r, "n", 5, 10), 5);
    onr_arena_drop(&mem);
}

static void request__broken_targets_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = { "",
                                       "a",
                                       "/../etc",
                                       "/a/../b",
                                       "/%2e%2e/b",
                                       "/a%00b",
                                       "/%",
                                       "/%4",
                                       "/%zz",
                                       "/a?x=%00",
                                       "/a?x=%ff",
                                       "/%ff",
                                       "//a",
                                       "/a//b",
                                       "*",
                                       "http://x/",
                                       "/./a",
                                       "/a?%",
                                       "/1/2/3/4/5/6/7/8/9" };
    onr_arena mem = onr_arena_make(ONR_MIB);
    request r = { .mem = &mem };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(target(&r, bad[i]));
    char many[REQUEST_URI_MAX + 8] = "/a?";
    for (size_t i = 3; i < 3 + 4 * (REQUEST_PARAMS_MAX + 1); i += 4) memcpy(many + i, "a=b&", 4);
    assert_false(target(&r, many));
    memset(many, 'a', sizeof many);
    many[0] = '/';
    assert_false(request_target(&r, onri_sv(many, REQUEST_URI_MAX + 1)));
    assert_true(request_target(&r, onri_sv(many, REQUEST_URI_MAX)));
    onr_arena_drop(&mem);
}

static void pack__is_done_for_who_asks(void **state)
{
    (void)state;
    assert_true(pack_accepts(ONR_SV("gzip, deflate, br")));
    assert_true(pack_accepts(ONR_SV("br;q=1, gzip;q=0.5")));
    assert_false(pack_accepts(ONR_SV("br, gzip;q=0")));
    assert_false(pack_accepts(ONR_SV("xgzip")));
    assert_false(pack_accepts((onr_sv){ NULL, 0 }));
    assert_true(pack_helps("text/css"));
    assert_false(pack_helps("font/woff2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guard__hosts_of_strangers_are_refused),
        cmocka_unit_test(guard__addresses_to_listen_on),
        cmocka_unit_test(guard__other_sites_cannot_send_forms),
        cmocka_unit_test(guard__tokens),
        cmocka_unit_test(request__targets_are_taken_apart),
        cmocka_unit_test(request__broken_targets_are_refused),
        cmocka_unit_test(pack__is_done_for_who_asks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
