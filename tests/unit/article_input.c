/* Files and streams become items: kinds by content, one error for one bad document, the rest read.
 */
#include "test.h"

#include "article/stream.h"

#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

static char folder[64];

static const char *path_of(const char *name)
{
    static char p[160];
    onri_buf b = onri_buf_make(sizeof p);
    onri_buf_fmt(&b, "%s/%s", folder, name);
    memcpy(p, b.p, b.n);
    p[b.n] = 0;
    onri_buf_drop(&b);
    return p;
}

static void put(const char *name, const char *bytes, size_t n)
{
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onri_file_write(path_of(name), onri_sv(bytes, n), &err), ONR_OK);
}

/* gzip of the bytes, as one member. */
static size_t pack(const char *in, size_t n, char *out, size_t cap)
{
    z_stream z = { 0 };
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)in;
    z.avail_in = (uInt)n;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)cap;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    size_t got = cap - z.avail_out;
    deflateEnd(&z);
    return got;
}

/* All items of one path as "text|text|!status@line|…". */
static const char *items_of(onr_arena *mem, const char *path, const onr_input_opts *opts)
{
    onr_input *in = NULL;
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onr_input_open(&path, 1, opts, &in, &err), ONR_OK);
    onri_buf b = onri_buf_make(1 << 22);
    onr_input_item item;
    while (onr_input_next(in, mem, &item)) {
        if (b.n) onri_buf_addc(&b, '|');
        if (item.error.status == ONR_OK)
            onri_buf_add(&b, onri_sub(item.bytes, 0, item.bytes.n < 40 ? item.bytes.n : 40));
        else
            onri_buf_fmt(&b, "!%s@%u", onr_status_name(item.error.status), item.error.line);
    }
    onr_input_close(in);
    const char *out = onri_dup(mem, onri_buf_sv(&b)).p;
    onri_buf_drop(&b);
    return out ? out : "";
}

static void check(const char *name, const char *want)
{
    onr_arena mem = onr_arena_make(512 * ONR_MIB);
    assert_string_equal(items_of(&mem, path_of(name), NULL), want);
    onr_arena_drop(&mem);
}

static void article_input__a_text_is_one_item(void **state)
{
    (void)state;
    put("a.txt", "one\ntwo", 7);
    check("a.txt", "one\ntwo");
    put("empty.txt", "", 0);
    check("empty.txt", "");
}

static void article_input__json_lines_with_a_bad_one(void **state)
{
    (void)state;
    static const char IN[] = "{\"id\":\"1\",\"text\":\"first\"}\n"
                             "{\"id\":\"2\",\"text\":\"sec\n"
                             "\n"
                             "{\"maintext\":\"third\",\"date_publish\":\"2018-07-13 10:00\"}\r\n"
                             "{\"id\":5}\n"
                             "{\"body\":\"last\"}";
    put("a.jsonl", IN, sizeof IN - 1);
    check("a.jsonl", "first|!syntax@2|third|!syntax@5|last");
}

static void article_input__json_documents(void **state)
{
    (void)state;
    static const char ONE[] = "{\n  \"text\": \"over\\nlines\"\n}\n";
    put("one.json", ONE, sizeof ONE - 1);
    check("one.json", "over\nlines");
    static const char MANY[] = "[\n {\"text\": \"a\"},\n {\"x\": 1},\n {\"body\": \"c\"}\n]";
    put("many.json", MANY, sizeof MANY - 1);
    check("many.json", "a|!syntax@0|c");
    put("cut.json", MANY, sizeof MANY - 4); /* one error, not one a line */
    check("cut.json", "!syntax@4");
}

static void article_input__fields_are_named_by_the_user(void **state)
{
    (void)state;
    static const char IN[] =
        "{\"a\":\"x\",\"b\":\"long words\",\"c\":\"13 July 2018\",\"text\":\"no\"}";
    put("f.jsonl", IN, sizeof IN - 1);
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    onr_input_opts o = ONR_INPUT_OPTS_INIT;
    o.fields = ONR_SV("text=b,date=c,id=a");
    const char *path = path_of("f.jsonl");
    onr_input *in = NULL;
    onr_error err = ONR_ERROR_INIT;
    onr_input_item item;
    assert_int_equal(onr_input_open(&path, 1, &o, &in, &err), ONR_OK);
    assert_true(onr_input_next(in, &mem, &item));
    onr_article a;
    assert_int_equal(onr_input_read(&mem, &item, &o, &a, &err), ONR_OK);
    assert_memory_equal(a.text.p, "long words", 10);
    assert_memory_equal(a.id.p, "x", 1);
    assert_memory_equal(a.date.p, "2018-07-13", 10);
    assert_false(onr_input_next(in, &mem, &item));
    assert_int_equal(onr_input_count(in).documents, 1);
    assert_int_equal(onr_input_count(in).bytes, sizeof IN - 1);
    onr_input_close(in);
    o.fields = ONR_SV("txt=b");
    assert_int_equal(onr_input_open(&path, 1, &o, &in, &err), ONR_E_RANGE);
    onr_arena_drop(&mem);
}

static void article_input__gzip_of_many_members(void **state)
{
    (void)state;
    char gz[400];
    size_t n = pack("{\"text\":\"a\"}\n{\"te", 17, gz, sizeof gz);
    n += pack("xt\":\"b\"}\n", 9, gz + n, sizeof gz - n);
    put("m.gz", gz, n);
    check("m.gz", "a|b");
    put("cut.gz", gz, n - 9); /* what came before the cut is read, the cut is one error */
    check("cut.gz", "a|b|!syntax@3");
}

static void article_input__gzip_bomb_is_refused(void **state)
{
    (void)state;
    size_t n = 40 * ONR_MIB;
    char *zeros = onri_heap_alloc(n), *gz = onri_heap_alloc(1 << 20);
    assert_non_null(zeros);
    memset(zeros, ' ', n);
    put("bomb.gz", gz, pack(zeros, n, gz, 1 << 20));
    check("bomb.gz", "!limit@0");
    onri_heap_free(zeros);
    onri_heap_free(gz);
}

static void article_input__bad_files_are_items(void **state)
{
    (void)state;
    check("nowhere.txt", "!io@0");
    put("x.pdf", "%PDF-1.4 x", 10);
    check("x.pdf", "!unsupported@0");
    static const char NOISE[] = "\x01\xFF\x02\xFE\0\x80zz\x03\x04\xC0";
    put("x.pdf", NOISE, sizeof NOISE - 1);
    check("x.pdf", "!unsupported@0");
    put("x.pdf", "caf\xE9 au lait", 12); /* an old encoding is text */
    check("x.pdf", "caf\xE9 au lait");
}

static void article_input__a_folder_in_order(void **state)
{
    (void)state;
    put("dir.b", "", 0);
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onri_mkdirs(path_of("d/sub"), &err), ONR_OK);
    put("d/b.txt", "B", 1);
    put("d/a.txt", "A", 1);
    put("d/sub/c.jsonl", "{\"text\":\"C\"}\n", 13);
    put("d/.hidden", "no", 2);
    check("d", "A|B|C");
}

static void article_input__long_line_is_skipped(void **state)
{
    (void)state;
    size_t n = ONR_JSON_LINE_MAX + 10;
    char *big = onri_heap_alloc(n + 20);
    assert_non_null(big);
    memset(big, ' ', n);
    big[0] = '{';
    big[1] = '"';
    memcpy(big + n, "\n{\"text\":\"ok\"}\n", 16);
    put("long.jsonl", big, n + 15);
    onri_heap_free(big);
    check("long.jsonl", "!limit@1|ok");
}

/* ---- WARC ----------------------------------------------------------------------------------- */

/* Append a record whose Content-Length is off by `lie`. */
static void record(onri_buf *b, const char *type, const char *body, int lie)
{
    onri_buf_fmt(b,
                 "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: http://e/%s\r\n"
                 "Content-Length: %d\r\n\r\n%s\r\n\r\n",
                 type, type, (int)strlen(body) + lie, body);
    assert_int_equal(b->status, ONR_OK);
}

static void article_input__warc_records(void **state)
{
    (void)state;
    onri_buf b = onri_buf_make(1 << 16);
    record(&b, "warcinfo", "a: b", 0);
    record(&b, "request", "GET / HTTP/1.1\r\n\r\n", 0);
    record(&b, "response", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>first</p>", 0);
    record(&b, "response", "HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\nno", 0);
    record(&b, "response", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG", 0);
    record(&b, "conversion", "second text", 0);
    record(&b, "revisit", "", 0);
    put("a.warc", b.p, b.n);
    onri_buf_drop(&b);
    check("a.warc", "<p>first</p>|second text");
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    const char *path = path_of("a.warc");
    onr_input *in = NULL;
    onr_error err = ONR_ERROR_INIT;
    onr_input_item item;
    assert_int_equal(onr_input_open(&path, 1, NULL, &in, &err), ONR_OK);
    assert_true(onr_input_next(in, &mem, &item));
    assert_true(onri_eqz(item.uri, "http://e/response"));
    assert_int_equal(item.kind, ONR_INPUT_HTML);
    while (onr_input_next(in, &mem, &item)) {
    }
    assert_int_equal(onr_input_count(in).skipped, 5);
    onr_input_close(in);
    onr_arena_drop(&mem);
}

static void article_input__warc_wrong_lengths(void **state)
{
    (void)state;
    onri_buf b = onri_buf_make(1 << 16);
    record(&b, "conversion", "good", 0);
    record(&b, "conversion", "short", -3);
    record(&b, "conversion", "two", 0);
    record(&b, "request", "long", 26); /* would swallow what follows */
    record(&b, "conversion", "three", 0);
    record(&b, "conversion", "cut", 900);
    put("b.warc", b.p, b.n);
    onri_buf_drop(&b);
    check("b.warc", "good|!syntax@0|two|!syntax@0|three|!syntax@0");
}

static void article_input__warc_damaged_member(void **state)
{
    (void)state;
    static const char *const BODIES[] = { "first", "second", "third" };
    char gz[1200];
    size_t end[3] = { 0, 0, 0 }, n = 0;
    for (int i = 0; i < 3; i++) {
        onri_buf b = onri_buf_make(1 << 16);
        record(&b, "conversion", BODIES[i], 0);
        n += pack(b.p, b.n, gz + n, sizeof gz - n);
        end[i] = n;
        onri_buf_drop(&b);
    }
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    onr_input_opts o = ONR_INPUT_OPTS_INIT;
    o.as = ONR_INPUT_WARC;
    put("c.warc", gz, end[0] + 18); /* a file cut in mid-member */
    assert_string_equal(items_of(&mem, path_of("c.warc"), &o), "first|!syntax@0");
    memset(gz + end[0] + 20, 0xFF, 12);
    put("c.warc", gz, n);
    assert_string_equal(items_of(&mem, path_of("c.warc"), &o), "first|!syntax@0|third");
    onr_arena_drop(&mem);
}

static void article_input__warc_chunked_and_packed_bodies(void **state)
{
    (void)state;
    char body[600], rec[1200];
    onri_buf b = onri_buf_make(sizeof rec);
    size_t n = pack("<p>packed</p>", 13, body, sizeof body);
    static const char HEAD[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                               "Content-Encoding: gzip\r\n\r\n";
    onri_buf_fmt(&b, "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: %zu\r\n\r\n",
                 sizeof HEAD - 1 + n);
    onri_buf_addz(&b, HEAD);
    onri_buf_add(&b, onri_sv(body, n));
    onri_buf_addz(&b, "\r\n\r\n");
    static const char CHUNKED[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                                  "Transfer-Encoding: chunked\r\n\r\n6\r\n<p>chu\r\n7;x\r\nnks</p>"
                                  "\r\n0\r\n\r\n";
    onri_buf_fmt(&b, "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: %zu\r\n\r\n",
                 sizeof CHUNKED - 1);
    onri_buf_addz(&b, CHUNKED);
    onri_buf_addz(&b, "\r\n\r\n");
    assert_int_equal(b.status, ONR_OK);
    put("d.warc", b.p, b.n);
    onri_buf_drop(&b);
    check("d.warc", "<p>packed</p>|<p>chunks</p>");
}

/* A chunked body that breaks off after a whole chunk: what came is the body (it was once read from
 * memory that nobody had written). */
static void article_input__warc_chunks_that_break_off(void **state)
{
    (void)state;
    static const char *const tails[] = { "zz\r\nmore", "7", "", "\r\n" };
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        onri_buf b = onri_buf_make(1200), http = onri_buf_make(600);
        onri_buf_fmt(&http,
                     "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                     "Transfer-Encoding: chunked\r\n\r\n6\r\n<p>chu\r\n%s",
                     tails[i]);
        onri_buf_fmt(&b, "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: %zu\r\n\r\n", http.n);
        onri_buf_add(&b, onri_buf_sv(&http));
        onri_buf_addz(&b, "\r\n\r\n");
        put("e.warc", b.p, b.n);
        onri_buf_drop(&b);
        onri_buf_drop(&http);
        check("e.warc", "<p>chu");
    }
}

/* ---- feeds ---------------------------------------------------------------------------------- */

static void article_input__feeds(void **state)
{
    (void)state;
    static const char RSS[] =
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The &amp; Paper</title>"
        "<item><title>A &amp;amp; B</title><link>http://e/1</link><pubDate>Fri, 13 Jul 2018 "
        "10:00:00 "
        "GMT</pubDate><description>short</description><content:encoded><![CDATA[<p>Full </item> "
        "text.</p>]]></content:encoded></item><item><description>&lt;p&gt;Two&lt;/p&gt;"
        "</description></item></channel></rss>";
    put("a.xml", RSS, sizeof RSS - 1);
    check("a.xml", "<p>Full </item> text.</p>|<p>Two</p>");
    static const char ATOM[] =
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Blog</title><entry><title>T</title>"
        "<link rel='edit' href='http://no'/><link href='http://e/2?a=1&amp;b=2'/><id>urn:1</id>"
        "<published>2019-01-02T00:00:00Z</published><author><name>Jane Roe</name></author>"
        "<content type='html'>&lt;b&gt;Body&lt;/b&gt;</content></entry></feed>";
    put("a.atom", ATOM, sizeof ATOM - 1);
    onr_arena mem = onr_arena_make(256 * ONR_MIB);
    const char *path = path_of("a.atom");
    onr_input *in = NULL;
    onr_error err = ONR_ERROR_INIT;
    onr_input_item item;
    assert_int_equal(onr_input_open(&path, 1, NULL, &in, &err), ONR_OK);
    assert_true(onr_input_next(in, &mem, &item));
    assert_true(onri_eqz(item.bytes, "<b>Body</b>"));
    assert_true(onri_eqz(item.uri, "http://e/2?a=1&b=2"));
    assert_true(onri_eqz(item.id, "urn:1"));
    assert_true(onri_eqz(item.author, "Jane Roe"));
    assert_true(onri_eqz(item.date, "2019-01-02"));
    assert_true(onri_eqz(item.publisher, "Blog"));
    onr_article a;
    assert_int_equal(onr_input_read(&mem, &item, NULL, &a, &err), ONR_OK);
    assert_true(onri_eqz(a.text, "Body"));
    assert_false(onr_input_next(in, &mem, &item));
    onr_input_close(in);
    onr_arena_drop(&mem);
}

static int set_up(void **state)
{
    (void)state;
    memcpy(folder, "/tmp/onr_input_XXXXXX", 22);
    return mkdtemp(folder) ? 0 : -1;
}

static void remove_all(const char *path)
{
    static const char *const NAMES[] = { "a.txt",      "one.json", "many.json",     "cut.json",
                                         "empty.txt",  "a.jsonl",  "f.jsonl",       "m.gz",
                                         "cut.gz",     "bomb.gz",  "x.pdf",         "dir.b",
                                         "d/b.txt",    "d/a.txt",  "d/sub/c.jsonl", "d/.hidden",
                                         "long.jsonl", "a.warc",   "b.warc",        "c.warc",
                                         "d.warc",     "a.xml",    "a.atom" };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) (void)unlink(path_of(NAMES[i]));
    (void)rmdir(path_of("d/sub"));
    (void)rmdir(path_of("d"));
    (void)rmdir(path);
}

static int tear_down(void **state)
{
    (void)state;
    remove_all(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(article_input__a_text_is_one_item),
        cmocka_unit_test(article_input__json_lines_with_a_bad_one),
        cmocka_unit_test(article_input__json_documents),
        cmocka_unit_test(article_input__fields_are_named_by_the_user),
        cmocka_unit_test(article_input__gzip_of_many_members),
        cmocka_unit_test(article_input__gzip_bomb_is_refused),
        cmocka_unit_test(article_input__bad_files_are_items),
        cmocka_unit_test(article_input__a_folder_in_order),
        cmocka_unit_test(article_input__long_line_is_skipped),
        cmocka_unit_test(article_input__warc_records),
        cmocka_unit_test(article_input__warc_wrong_lengths),
        cmocka_unit_test(article_input__warc_damaged_member),
        cmocka_unit_test(article_input__warc_chunked_and_packed_bodies),
        cmocka_unit_test(article_input__warc_chunks_that_break_off),
        cmocka_unit_test(article_input__feeds),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
