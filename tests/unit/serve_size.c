/* How large pages may be: every kind of page over a store of long and dense articles stays under
 * 200 kB as it is sent, what a browser keeps of the site under 120 kB, and the parts of a long text
 * are the whole text, each once. */
#include "test.h"

#include "http_client.h"
#include "onrecord/store.h"
#include "serve/story.h"

#include <sys/stat.h>

enum { PAGE_MAX = 200 * 1000, FILES_MAX = 120 * 1000, ARTICLES = 8, SENTENCES = 700 };

/* ---- a record as dense as news gets ------------------------------------------------------------
 */

static uint32_t below(uint64_t *seed, uint32_t n)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*seed >> 33) % n);
}

/* A made-up word of 2 to 4 syllables: compresses as badly as names do. */
static void word(onri_buf *b, uint64_t *seed, bool name)
{
    static const char *const syllables[] = { "ka",  "lor", "mi", "ten", "su", "ra",  "vel", "o",
                                             "shi", "dan", "ef", "gu",  "zy", "pri", "na",  "bot" };
    const size_t at = b->n;
    for (uint32_t n = 2 + below(seed, 3); n; n--) onri_buf_addz(b, syllables[below(seed, 16)]);
    if (name && b->n > at) b->p[at] = (char)(b->p[at] - 32);
}

typedef struct sentence {
    uint32_t who, who_end, said, said_end, beg, did, did_end, end;
} sentence;

static sentence add_sentence(onri_buf *t, uint64_t *seed)
{
    sentence s = { .who = (uint32_t)t->n };
    word(t, seed, true);
    s.who_end = (uint32_t)t->n;
    onri_buf_addc(t, ' ');
    s.said = (uint32_t)t->n;
    onri_buf_addz(t, "said");
    s.said_end = (uint32_t)t->n;
    onri_buf_addc(t, ' ');
    s.beg = (uint32_t)t->n;
    word(t, seed, true);
    onri_buf_addc(t, ' ');
    s.did = (uint32_t)t->n;
    word(t, seed, false);
    s.did_end = (uint32_t)t->n;
    for (int i = 0; i < 6; i++) {
        onri_buf_addc(t, ' ');
        word(t, seed, false);
    }
    s.end = (uint32_t)t->n;
    onri_buf_addz(t, ". ");
    return s;
}

/* A person, a statement, an event, a commitment and a position in each sentence of some 75 bytes;
 * lines of `per_line` sentences. */
static onr_sv make_json(onr_arena *mem, uint64_t seed, uint32_t per_line)
{
    onri_buf text = onri_buf_make((size_t)8 << 20), j = onri_buf_make((size_t)32 << 20);
    static sentence s[SENTENCES];
    char id[17];
    for (uint32_t i = 0; i < SENTENCES; i++) {
        s[i] = add_sentence(&text, &seed);
        if (i % per_line == per_line - 1) onri_buf_addz(&text, "\n\n");
    }
    onri_buf_fmt(&j,
                 "{\"onrecord\":1,\"id\":\"a%llx\",\"publisher\":\"The "
                 "Paper\",\"date\":\"2018-07-13\",\"text\":\"",
                 (unsigned long long)seed);
    for (size_t i = 0; i < text.n; i++)
        onri_buf_add(&j, text.p[i] == '\n' ? ONR_SV("\\n") : onri_sv(text.p + i, 1));
    onri_buf_addz(&j, "\",\"sentences\":[");
    for (uint32_t i = 0; i < SENTENCES; i++)
        onri_buf_fmt(&j, "%s[%u,%u]", i ? "," : "", s[i].who, s[i].end + 1);
    static const char *const arrays[] = { "entities", "statements", "events", "commitments",
                                          "positions" };
    for (size_t k = 0; k < 5; k++) {
        onri_buf_fmt(&j, "],\"%s\":[", arrays[k]);
        for (uint32_t i = 0; i < SENTENCES; i++) {
            const sentence *x = &s[i];
            (void)snprintf(id, sizeof id, "%c%07x%08x", "esvcp"[k], i, below(&seed, 0x7fffffff));
            if (k == 0) (void)snprintf(id, sizeof id, "e%u", i);
            onri_buf_fmt(&j, "%s{\"id\":\"%s\",", i ? "," : "", id);
            if (k == 0)
                onri_buf_fmt(&j,
                             "\"type\":\"person\",\"name\":\"%.*s\",\"mentions\":[{\"span\":[%u,%u]"
                             ",\"head\":[%u,%u],\"kind\":\"name\",\"rule\":\"exact\",\"p\":0.9}]}",
                             (int)(x->who_end - x->who), text.p + x->who, x->who, x->who_end,
                             x->who, x->who_end);
            if (k == 1)
                onri_buf_fmt(&j,
                             "\"source\":{\"entity\":\"e%u\",\"span\":[%u,%u]},\"cue\":[[%u,%u]],"
                             "\"content\":[[%u,%u]],\"form\":\"indirect\",\"kind\":\"promise\","
                             "\"rule\":\"clause.said\",\"p\":0.8}",
                             i, x->who, x->who_end, x->said, x->said_end, x->beg, x->end);
            if (k == 2)
                onri_buf_fmt(&j,
                             "\"plover\":\"CONSULT\",\"source\":[{\"entity\":\"e%u\",\"span\":[%u,%"
                             "u]}],\"target\":[{\"entity\":\"e%u\"}],\"trigger\":[[%u,%u]],"
                             "\"status\":\"happened\",\"rule\":\"meet\",\"p\":0.7}",
                             i, x->who, x->who_end, i ? i - 1 : 0, x->did, x->did_end);
            if (k == 3)
                onri_buf_fmt(&j,
                             "\"holder\":\"e%u\",\"kind\":\"will\",\"action\":{\"span\":[%u,%u]},"
                             "\"strength\":"
                             "\"promise\",\"rule\":\"will\",\"p\":0.7}",
                             i, x->did, x->end);
            if (k == 4)
                onri_buf_fmt(&j,
                             "\"entity\":\"e%u\",\"stance\":\"for\",\"issue\":\"%.*s\","
                             "\"evidence\":[[%u,%u]],\"rule\":\"for\",\"p\":0.7}",
                             i, (int)(x->end - x->beg), text.p + x->beg, x->beg, x->end);
        }
    }
    onri_buf_addz(&j, "]}");
    assert_int_equal(j.status, ONR_OK);
    const onr_sv out = onri_dup(mem, onri_buf_sv(&j));
    assert_non_null(out.p);
    onri_buf_drop(&text);
    onri_buf_drop(&j);
    return out;
}

/* ---- parts -------------------------------------------------------------------------------------
 */

static void story__parts_of_a_long_text_are_the_whole_text(void **state)
{
    (void)state;
    static const uint32_t per_line[] = { 3, SENTENCES }; /* lines; one line of 50 kB */
    for (size_t k = 0; k < 2; k++) {
        onr_arena mem = onr_arena_make((size_t)256 << 20);
        onr_record rec;
        fact_list list;
        story s;
        onr_error err = ONR_ERROR_INIT;
        if (onr_record_load(&mem, make_json(&mem, 5, per_line[k]), &rec, &err) != ONR_OK)
            fail_msg("%s", err.msg);
        assert_int_equal(fact_list_make(&mem, &rec, &list, &err), ONR_OK);
        uint32_t at = 0, before = 0, parts = 0;
        while (at < rec.text.n) {
            assert_int_equal(story_make(&mem, &rec, &list, at, 0, &s, &err), ONR_OK);
            assert_int_equal(s.from, at); /* where the one before ended */
            if (at) assert_int_equal(s.before, before);
            assert_true(s.to > s.from && s.to - s.from <= STORY_WINDOW);
            if (k == 0 && s.to < rec.text.n) assert_int_equal(rec.text.p[s.to - 1], '\n');
            const uint32_t to = s.to; /* any byte of the part finds it */
            assert_int_equal(story_make(&mem, &rec, &list, to - 1, 0, &s, &err), ONR_OK);
            assert_int_equal(s.from, at);
            before = at;
            at = to;
            parts++;
        }
        assert_true(parts >= 3);
        assert_int_equal(story_make(&mem, &rec, &list, UINT32_MAX - 1, 0, &s, &err), ONR_OK);
        assert_int_equal(s.to, rec.text.n); /* beyond the end: the last */
        onr_arena_drop(&mem);
    }
}

/* ---- pages -------------------------------------------------------------------------------------
 */

static char first_uid[64], second_uid[64], fact_uid[64];

static void make_store(const char *path)
{
    onr_error err = ONR_ERROR_INIT;
    onr_store_opts o = ONR_STORE_OPTS_INIT;
    onr_store *store;
    o.mode = ONR_STORE_CREATE;
    if (onr_store_open(path, &o, &store, &err) != ONR_OK) fail_msg("%s", err.msg);
    for (uint64_t i = 0; i < ARTICLES; i++) {
        onr_arena mem = onr_arena_make((size_t)256 << 20);
        onr_record rec;
        if (onr_record_load(&mem, make_json(&mem, i + 1, 3), &rec, &err) != ONR_OK ||
            onr_store_keep(store, &rec, NULL, NULL, &err) != ONR_OK)
            fail_msg("%s", err.msg);
        (void)snprintf(i ? second_uid : first_uid, 64, "%.*s", (int)rec.id.n, rec.id.p);
        (void)snprintf(fact_uid, 64, "%.*s", (int)rec.statements[SENTENCES - 1].id.n,
                       rec.statements[SENTENCES - 1].id.p);
        onr_arena_drop(&mem);
    }
    assert_int_equal(onr_store_commit(store, &err), ONR_OK);
    onr_store_close(store);
}

static size_t packed_size(const onri_server *s, const char *path)
{
    size_t n;
    char line[512];
    const int fd = dial(s);
    (void)snprintf(line, sizeof line,
                   "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n"
                   "Accept-Encoding: gzip\r\n\r\n",
                   path, port_of(s));
    put(fd, line, strlen(line));
    const char *a = hear_n(fd, &n);
    if (status_of(a) != 200) fail_msg("%s: %d", path, status_of(a));
    return n;
}

static void serve__no_page_is_large(void **state)
{
    (void)state;
    char path[64], at[256];
    (void)snprintf(path, sizeof path, "/tmp/serve_size-%ld.db", (long)getpid());
    (void)unlink(path);
    make_store(path);
    onri_server *s;
    onr_error err = ONR_ERROR_INIT;
    const onri_server_opts o = { .store = path };
    if (onri_server_open(&o, &s, &err) != ONR_OK) fail_msg("%s", err.msg);
    static const char *const pages[] = { "/",
                                         "/help",
                                         "/articles?n=500",
                                         "/actors?n=500",
                                         "/statements",
                                         "/events",
                                         "/commitments",
                                         "/disputes",
                                         "/positions",
                                         "/search",
                                         "/statements?n=500",
                                         "/events?n=500",
                                         "/positions?n=500",
                                         "/commitments?n=500",
                                         "/search?n=500",
                                         "/timeline",
                                         "/network",
                                         "/map",
                                         "/compare",
                                         "/counts",
                                         "/counts?per=day&split=kind",
                                         "/corrections" };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        const size_t n = packed_size(s, pages[i]);
        if (n >= PAGE_MAX) fail_msg("%s: %zu bytes", pages[i], n);
    }
    for (int part = 0; part < 4; part++) {
        (void)snprintf(at, sizeof at, "/article/%s?from=%d", first_uid, part * STORY_WINDOW);
        const size_t n = packed_size(s, at);
        if (n >= PAGE_MAX) fail_msg("%s: %zu bytes", at, n);
    }
    (void)snprintf(at, sizeof at, "/compare?a=%s&b=%s", first_uid, second_uid);
    const size_t n = packed_size(s, at);
    if (n >= PAGE_MAX) fail_msg("%s: %zu bytes", at, n);
    /* each entry of the navigation is among those walked */
    const char *home = get(s, "/", "");
    for (const char *nav = strstr(home, "aria-label=\"Views\""); nav;) {
        nav = strstr(nav, "<li><a href=\"");
        if (!nav || nav > strstr(home, "<main")) break;
        nav += 13;
        bool walked = false;
        for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
            walked = walked || (strncmp(pages[i], nav, strcspn(nav, "\"")) == 0);
        if (!walked) fail_msg("not measured: %.*s", (int)strcspn(nav, "\""), nav);
    }
    /* a fact far down is shown by the part that has it */
    (void)snprintf(at, sizeof at, "/article/%s?fact=%s", second_uid, fact_uid);
    const char *far = get(s, at, "");
    (void)snprintf(at, sizeof at, "id=\"f-%s\"", fact_uid);
    assert_non_null(strstr(far, at));
    assert_non_null(strstr(far, "rel=\"prev\""));
    onri_server_close(s);
    (void)unlink(path);
}

static void serve__the_files_of_the_site_are_small(void **state)
{
    (void)state;
    onri_server *s;
    onr_error err = ONR_ERROR_INIT;
    const onri_server_opts o = { 0 };
    if (onri_server_open(&o, &s, &err) != ONR_OK) fail_msg("%s", err.msg);
    static const char *const files[] = { "style.css", "serif.woff2", "page.js", "article.js",
                                         "paste.js",  "timeline.js", "icon.svg" };
    size_t all = 0;
    char at[64];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        (void)snprintf(at, sizeof at, "/assets/%s", files[i]);
        all += packed_size(s, at);
    }
    if (all > FILES_MAX) fail_msg("%zu bytes", all);
    onri_server_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(story__parts_of_a_long_text_are_the_whole_text),
        cmocka_unit_test(serve__no_page_is_large),
        cmocka_unit_test(serve__the_files_of_the_site_are_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
