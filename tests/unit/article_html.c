/* Pages as articles: what is kept, what is left, and the map from every byte of text to the page.
 */
#include "test.h"

#include "article/charset.h"
#include "article/html.h"
#include "onrecord/limits.h"

#include <dirent.h>
#include <zlib.h>

static onr_arena mem;

static int set_up(void **state)
{
    (void)state;
    mem = onr_arena_make(2048 * ONR_MIB);
    return 0;
}
static int tear_down(void **state)
{
    (void)state;
    onr_arena_drop(&mem);
    return 0;
}

static onr_article read_page(onr_sv bytes, const char *charset, bool whole)
{
    onr_article a;
    onr_error err = ONR_ERROR_INIT;
    onr_input_item item = { .kind = ONR_INPUT_HTML, .bytes = bytes, .error = ONR_ERROR_INIT };
    item.charset = onri_svz(charset);
    onr_input_opts how = ONR_INPUT_OPTS_INIT;
    how.whole_page = whole;
    assert_int_equal(onr_input_read(&mem, &item, &how, &a, &err), ONR_OK);
    return a;
}

static const char *text_of(const char *page)
{
    onr_article a = read_page(onri_svz(page), "", false);
    return onri_dup(&mem, a.text).p;
}

/* Every byte of text stands in exactly one row; rows of equal length say the same bytes. */
static void check_map(const onr_article *a, onr_sv page)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < a->n_origin; i++) {
        onr_origin o = a->origin[i];
        assert_int_equal(o.text_beg, at);
        at += o.text_len;
        assert_true((size_t)o.page_beg + o.page_len <= page.n);
        if (o.text_len != o.page_len) continue;
        for (uint32_t k = 0; k < o.text_len; k++) {
            char t = a->text.p[o.text_beg + k], p = page.p[o.page_beg + k];
            bool blank = t == ' ' && (p == '\n' || p == '\t' || p == '\r' || p == '\f');
            assert_true(t == p || blank);
        }
    }
    assert_int_equal(at, a->text.n);
}

#define P1                                                                                         \
    "<p>The mayor said on Monday that the old bridge would be closed for repairs, at last.</p>"
#define P2 "<p>Engineers had warned of cracks in the arches, and of the cost of doing nothing.</p>"
#define T1 "The mayor said on Monday that the old bridge would be closed for repairs, at last."
#define T2 "Engineers had warned of cracks in the arches, and of the cost of doing nothing."

static void article_html__main_content(void **state)
{
    (void)state;
    assert_string_equal(
        text_of("<!doctype html><html><head><title>Bridge closed</title></head><body><nav><ul><li>"
                "<a href=/>Home</a><li><a href=/n>News</a></ul></nav><div class=main><h1>Bridge "
                "closed</h1>" P1 "<h2>Warnings</h2>" P2 "<div class='share-bar'>Share this story "
                "with your friends, please.</div></div><footer>Copyright by someone, all of it. "
                "</footer></body></html>"),
        T1 "\n\nWarnings\n\n" T2);
}

static void article_html__broken_markup(void **state)
{
    (void)state;
    assert_string_equal(text_of("<body>" P1 "<p>Engineers had <b>warned of <i>cracks</b> in the "
                                "arches</i>, and of the cost of doing nothing.<p>" T1),
                        T1 "\n\n" T2 "\n\n" T1);
    assert_string_equal(
        text_of("<body><!-- > -->" P1 "<script>if (a < b) '</p>'</script>" P2 "<!-- no end"),
        T1 "\n\n" T2);
    assert_string_equal(text_of("<body><p title='a>b'>" T1 "</p></div></div>" P2 "<p title='"),
                        T1 "\n\n" T2);
}

static void article_html__references(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } CASES[] = {
        { "&amp;", "&" },    { "&eacute;", "é" },
        { "&#8217;", "’" },  { "&#x2019;", "’" },
        { "&#146;", "’" },   { "&nbsp;", "\xC2\xA0" },
        { "&copy", "©" },    { "&#0;", "\xEF\xBF\xBD" },
        { "&bogus;", NULL }, { "&", NULL },
        { "&#;", NULL },     { "&NotEqualTilde;", "≂̸" },
        { "&notit;", "¬" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char out[8];
        unsigned n = 0;
        size_t took = onri_entity(onri_svz(CASES[i].in), 0, out, &n);
        assert_int_equal(took > 0, CASES[i].want != NULL);
        if (took) assert_true(onri_eqz(onri_sv(out, n), CASES[i].want));
    }
}

static void article_html__map_is_exact(void **state)
{
    (void)state;
    static const char PAGE[] = "<html><body><div><p>The mayor &amp; the council said,\n  on "
                               "<b>Monday</b>, that&nbsp;the bridge would close &mdash; at "
                               "last.</p>\n<p>Nobody\twas asked, they said, and nobody had "
                               "answered.</p></div></body></html>";
    onr_sv page = onri_sv(PAGE, sizeof PAGE - 1);
    onr_article a = read_page(page, "", false);
    check_map(&a, page);
    size_t at = onri_find(a.text, ONR_SV("\xE2\x80\x94"), 0);
    assert_true(at != SIZE_MAX);
    for (uint32_t i = 0; i < a.n_origin; i++)
        if (a.origin[i].text_beg == at) {
            assert_int_equal(a.origin[i].page_len, 7);
            assert_memory_equal(page.p + a.origin[i].page_beg, "&mdash;", 7);
        }
}

static void article_html__map_through_an_encoding(void **state)
{
    (void)state;
    /* windows-1251: "Мэр сказал, что мост закроют ..." */
    static const char PAGE[] =
        "<html><head><meta charset=windows-1251></head><body><p>\xCC\xFD\xF0 "
        "\xF1\xEA\xE0\xE7\xE0\xEB, "
        "\xF7\xF2\xEE \xF1\xF2\xE0\xF0\xFB\xE9 \xEC\xEE\xF1\xF2 \xE1\xF3\xE4\xE5\xF2 "
        "\xE7\xE0\xEA\xF0\xFB\xF2, \xE8 \xFD\xF2\xEE \xED\xE5 \xED\xEE\xE2\xEE\xF1\xF2\xFC "
        "\xE4\xEB\xFF \xE3\xEE\xF0\xEE\xE4\xE0.</p></body></html>";
    onr_sv page = onri_sv(PAGE, sizeof PAGE - 1);
    onr_article a = read_page(page, "", false);
    assert_true(onri_starts(a.text, ONR_SV("Мэр сказал, что")));
    assert_true(onri_eqz(a.lang, "ru"));
    uint32_t at = 0;
    for (uint32_t i = 0; i < a.n_origin; i++) {
        assert_int_equal(a.origin[i].text_beg, at);
        at += a.origin[i].text_len;
    }
    assert_int_equal(at, a.text.n);
    /* the third letter is one byte of the page */
    bool found = false;
    for (uint32_t i = 0; i < a.n_origin; i++)
        if (a.origin[i].text_beg == 4) {
            found = true;
            assert_int_equal(a.origin[i].page_len, 1);
            assert_int_equal((unsigned char)page.p[a.origin[i].page_beg], 0xF0);
        }
    assert_true(found);
}

static void article_html__metadata(void **state)
{
    (void)state;
    static const char PAGE[] =
        "<html lang='en-GB'><head><title>Bridge closed | The Paper</title>"
        "<link rel=canonical href='https://paper.example/a?b=1&amp;c=2'>"
        "<meta property='og:site_name' content='The Paper'>"
        "<meta name=date content='2019-01-01'>"
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Bridge "
        "\\u201cclosed\\u201d\",\n\"datePublished\": "
        "\"2018-07-13T10:00:00Z\",\"author\":{\"@type\":"
        "\"Person\",\"name\":\"Jane Roe\"}}</script></head><body>" P1 P2 "</body></html>";
    onr_article a = read_page(onri_svz(PAGE), "", false);
    assert_true(onri_eqz(a.title_text, "Bridge “closed”"));
    assert_true(onri_eqz(a.date, "2018-07-13"));
    assert_true(onri_eqz(a.date_source, "json-ld"));
    assert_true(onri_eqz(a.author, "Jane Roe"));
    assert_true(onri_eqz(a.publisher, "The Paper"));
    assert_true(onri_eqz(a.uri, "https://paper.example/a?b=1&c=2"));
    assert_true(onri_eqz(a.lang, "en"));
}

static void article_html__date_in_a_line(void **state)
{
    (void)state;
    onr_article a = read_page(onri_svz("<body><h1>Bridge</h1><div>by Jane Roe<br>Monday, November "
                                       "18, 2019</div>" P1 P2 "</body>"),
                              "", false);
    assert_true(onri_eqz(a.date, "2019-11-18"));
    assert_true(onri_eqz(a.date_source, "byline"));
    a = read_page(onri_svz("<body>" P1 P2 "</body>"), "", false);
    assert_int_equal(a.date.n, 0);
}

/* A post shown in the text is part of it, though its box is named after sharing. */
static void article_html__embedded_posts(void **state)
{
    (void)state;
    assert_string_equal(text_of("<body><div class=entry-content>" P1
                                "<div class=social-embed><blockquote><p>This is real.</p>"
                                "</blockquote></div>" P2 "<div class=social-bar>Share this story "
                                "with your friends, please.</div></div></body>"),
                        T1 "\n\nThis is real.\n\n" T2);
}

static void article_html__whole_page_marks_the_rest(void **state)
{
    (void)state;
    onr_article a = read_page(onri_svz("<body><nav><a href=/>Home</a></nav><div>" P1 P2
                                       "</div><div id=comments><p>A comment by a reader, who was "
                                       "angry about it all.</p></div></body>"),
                              "", true);
    assert_true(onri_starts(a.text, ONR_SV("Home\n\n" T1)));
    assert_int_equal(a.n_boilerplate, 2);
    assert_int_equal(a.boilerplate[0].kind, ONR_BOILERPLATE_NAVIGATION);
    assert_int_equal(a.boilerplate[1].kind, ONR_BOILERPLATE_COMMENT_FORM);
}

static void article_html__encodings(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        const char *declared, *name;
    } CASES[] = {
        { "\xEF\xBB\xBFx", 4, "", "UTF-8" },
        { "\xFF\xFEx\0", 4, "", "UTF-16LE" },
        { "\xFE\xFF\0x", 4, "", "UTF-16BE" },
        { "caf\xE9", 4, "iso-8859-1", "WINDOWS-1252" },
        { "caf\xC3\xA9", 5, "iso-8859-1", "UTF-8" },
        { "\xC7\xD1\xB1\xB9", 4, "euc-kr", "CP949" },
        { "plain", 5, "utf-7", "UTF-8" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char name[32];
        size_t bom;
        onri_charset_of(onri_sv(CASES[i].bytes, CASES[i].n), onri_svz(CASES[i].declared), name,
                        &bom);
        assert_string_equal(name, CASES[i].name);
    }
    onri_decoded d;
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onri_decode(&mem, onri_sv("\xFF\xFE\x1C\x04\xFF", 5), onri_svz(""), &d, &err),
                     ONR_OK);
    assert_true(onri_eqz(d.text, "М\xEF\xBF\xBD")); /* a cut unit is damage */
    assert_int_equal(d.bad, 1);
}

static void article_html__mojibake(void **state)
{
    (void)state;
    size_t first = 0;
    onr_sv bad = ONR_SV("He said \xC3\xA2\xE2\x82\xAC\xC5\x93no\xC3\xA2\xE2\x82\xAC\xC2\x9D in a "
                        "caf\xC3\x83\xC2\xA9");
    assert_int_equal(onri_mojibake_count(bad, &first), 3);
    assert_int_equal(first, 8);
    onr_sv fixed = onri_mojibake_repair(&mem, bad);
    assert_true(onri_eqz(fixed, "He said “no” in a café"));
    assert_int_equal(onri_mojibake_count(ONR_SV("Ã‰tat, naïve, São Paulo, 5 € — “yes”"), &first),
                     1);
    assert_int_equal(onri_mojibake_count(ONR_SV("naïve São Paulo, 5 € — “yes”"), &first), 0);
}

/* Time and depth stay bounded on pages made to hurt. */
static void article_html__hostile(void **state)
{
    (void)state;
    static const char *const BITS[] = { "<div>",  "<p>",       "<a>",          "<table><tr><td>",
                                        "</div>", "<",         "<!--",         "&",
                                        "<b><p>", "<li>",      "<div class='", "&#x",
                                        "</b>",   "<font></p>" };
    for (size_t k = 0; k < sizeof BITS / sizeof *BITS; k++) {
        size_t n = strlen(BITS[k]), times = 100000;
        char *page = onri_heap_alloc(n * times + sizeof P1);
        assert_non_null(page);
        for (size_t i = 0; i < times; i++) memcpy(page + i * n, BITS[k], n);
        memcpy(page + n * times, P1, sizeof P1);
        onr_mark mark = onr_arena_mark(&mem);
        onr_article a = read_page(onri_sv(page, n * times + sizeof P1 - 1), "", false);
        check_map(&a, onri_sv(page, n * times + sizeof P1 - 1));
        if (k == 0) {
            assert_string_equal(a.diagnostics[0].code, "html-depth");
            assert_true(onri_eqz(a.text, T1));
        }
        onr_arena_rewind(&mem, mark);
        onri_heap_free(page);
    }
}

static void article_html__too_long(void **state)
{
    (void)state;
    size_t n = ONR_TEXT_MAX + 1;
    char *page = onri_heap_alloc(n);
    assert_non_null(page);
    memset(page, 'x', n);
    onr_article a;
    onr_error err = ONR_ERROR_INIT;
    onr_input_item item = { .kind = ONR_INPUT_HTML, .bytes = { page, n }, .error = ONR_ERROR_INIT };
    assert_int_equal(onr_input_read(&mem, &item, NULL, &a, &err), ONR_E_LIMIT);
    onri_heap_free(page);
}

/* The map of every page of the gold set, in both modes. */
static void article_html__shared_maps(void **state)
{
    (void)state;
    static const char DIR_NAME[] = ONR_SHARED_DIR "/gold/html";
    DIR *d = opendir(DIR_NAME);
    if (!d) {
        print_message("SKIPPED: ../shared/gold/html is not there\n");
        skip();
        return;
    }
    uint32_t pages = 0;
    for (struct dirent *e = readdir(d); e && pages < 30; e = readdir(d)) {
        if (!strstr(e->d_name, ".html.gz")) continue;
        char path[512];
        onri_buf b = onri_buf_make(sizeof path);
        onri_buf_fmt(&b, "%s/%s", DIR_NAME, e->d_name);
        memcpy(path, b.p, b.n);
        path[b.n] = 0;
        onri_buf_drop(&b);
        gzFile f = gzopen(path, "rb");
        assert_non_null(f);
        char *page = onri_heap_alloc(8 * ONR_MIB);
        int n = gzread(f, page, 8 * ONR_MIB);
        gzclose(f);
        assert_true(n > 0);
        onr_mark mark = onr_arena_mark(&mem);
        for (int whole = 0; whole < 2; whole++) {
            onr_article a = read_page(onri_sv(page, (size_t)n), "", whole);
            check_map(&a, onri_sv(page, (size_t)n));
        }
        onr_arena_rewind(&mem, mark);
        onri_heap_free(page);
        pages++;
    }
    closedir(d);
    assert_true(pages > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(article_html__main_content),
        cmocka_unit_test(article_html__broken_markup),
        cmocka_unit_test(article_html__references),
        cmocka_unit_test(article_html__map_is_exact),
        cmocka_unit_test(article_html__map_through_an_encoding),
        cmocka_unit_test(article_html__metadata),
        cmocka_unit_test(article_html__date_in_a_line),
        cmocka_unit_test(article_html__embedded_posts),
        cmocka_unit_test(article_html__whole_page_marks_the_rest),
        cmocka_unit_test(article_html__encodings),
        cmocka_unit_test(article_html__mojibake),
        cmocka_unit_test(article_html__hostile),
        cmocka_unit_test(article_html__too_long),
        cmocka_unit_test(article_html__shared_maps),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
