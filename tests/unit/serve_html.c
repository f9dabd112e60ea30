/* What every page may rely on: nothing that an article says can become markup, a script or a link
 * that runs, and CSV runs no formula. */
#include "test.h"

#include "serve/csv.h"
#include "serve/html.h"

#define MADE(b, expected) assert_string_equal(made(&(b)), expected)

static const char *made(onri_buf *b)
{
    onri_buf_addc(b, 0);
    assert_int_equal(b->status, ONR_OK);
    return b->p;
}

static void html__text_and_attributes_are_escaped(void **state)
{
    (void)state;
    onri_buf b = onri_buf_make(4096);
    html h = html_make(&b);
    html_open(&h, "p");
    html_attr(&h, "title", ONR_SV("\"><script>alert('1')</script>"));
    html_text(&h, ONR_SV("<script>x</script> & 'y'"));
    html_close(&h);
    MADE(b, "<p title=\"&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;\">"
            "&lt;script&gt;x&lt;/script&gt; &amp; &#39;y&#39;</p>");
    onri_buf_drop(&b);
}

static void html__controls_and_broken_utf8_become_replacement(void **state)
{
    (void)state;
    onri_buf b = onri_buf_make(4096);
    html h = html_make(&b);
    html_text(&h, ONR_SV("a\0b\x1b"
                         "c\x7f"
                         "d\xff"
                         "e\xc3"
                         "f\xc2\x85g\n\t\xc3\xa4"));
    MADE(b, "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD"
            "c\xEF\xBF\xBD"
            "d\xEF\xBF\xBD"
            "e\xEF\xBF\xBD"
            "f\xEF\xBF\xBDg\n\t\xc3\xa4");
    onri_buf_drop(&b);
}

static void html__only_harmless_links_are_links(void **state)
{
    (void)state;
    static const char *const bad[] = { "javascript:alert(1)",
                                       "JaVaScRiPt:alert(1)",
                                       "//evil.example",
                                       "/\\evil.example",
                                       "data:text/html,x",
                                       " https://x.example",
                                       "java\nscript:alert(1)",
                                       "https:/x",
                                       "vbscript:x",
                                       "x",
                                       "",
                                       "/a\tb",
                                       "http:",
                                       "\x01https://x.example" };
    static const char *const good[] = { "/",    "/a/b?c=d#e",         "#w1",
                                        "?a=b", "https://x.example/", "HTTP://x.example/" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(html_url_is_safe(onri_svz(bad[i])));
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(html_url_is_safe(onri_svz(good[i])));
    onri_buf b = onri_buf_make(4096);
    html h = html_make(&b);
    html_open(&h, "a");
    html_href(&h, ONR_SV("javascript:alert(1)"));
    html_textz(&h, "x");
    html_close(&h);
    MADE(b, "<a>x</a>");
    onri_buf_drop(&b);
}

/* What is written in one piece is what the separate pieces would be. */
static void html__anchors_are_escaped_and_repeats_are_equal(void **state)
{
    (void)state;
    onri_buf b = onri_buf_make(4096);
    html h = html_make(&b);
    html_open(&h, "a");
    html_href_id(&h, ONR_SV("/article/a"), "f-", ONR_SV("x\"><b"));
    html_attr_uint(&h, "id", "t", 4294967296u);
    const size_t from = b.n;
    html_text(&h, ONR_SV(""));
    html_elz(&h, "i", "k", "a&b");
    html_again(&h, from + 1, b.n - from - 1);
    html_close(&h);
    html_open(&h, "a");
    html_href_id(&h, ONR_SV("javascript:x"), "f-", ONR_SV("x"));
    html_attr_id(&h, "id", "f-", ONR_SV("\"x"));
    html_close(&h);
    MADE(b, "<a href=\"/article/a#f-x%22%3E%3Cb\" id=\"t4294967296\"><i class=\"k\">a&amp;b</i>"
            "<i class=\"k\">a&amp;b</i></a><a id=\"f-&quot;x\"></a>");
    onri_buf_drop(&b);
}

/* Each byte there is, alone and among others, against the rule said plainly. */
static void html__every_byte_is_escaped_as_the_rule_says(void **state)
{
    (void)state;
    for (int c = 0; c < 128; c++) {
        const char text[3] = { 'a', (char)c, 'z' };
        onri_buf b = onri_buf_make(4096), want = onri_buf_make(4096);
        html h = html_make(&b);
        html_text(&h, onri_sv(text, 3));
        onri_buf_addc(&want, 'a');
        if (c == '&')
            onri_buf_addz(&want, "&amp;");
        else if (c == '<')
            onri_buf_addz(&want, "&lt;");
        else if (c == '>')
            onri_buf_addz(&want, "&gt;");
        else if (c == '"')
            onri_buf_addz(&want, "&quot;");
        else if (c == '\'')
            onri_buf_addz(&want, "&#39;");
        else if ((c < 32 && c != '\n' && c != '\t' && c != '\r') || c == 127)
            onri_buf_addz(&want, "\xEF\xBF\xBD");
        else
            onri_buf_addc(&want, (char)c);
        onri_buf_addc(&want, 'z');
        assert_true(onri_eq(onri_buf_sv(&b), onri_buf_sv(&want)));
        onri_buf_drop(&b);
        onri_buf_drop(&want);
    }
}

static void html__void_elements_have_no_end(void **state)
{
    (void)state;
    onri_buf b = onri_buf_make(4096);
    html h = html_make(&b);
    html_open(&h, "p");
    html_open(&h, "input");
    html_flag(&h, "checked");
    html_close(&h);
    html_open(&h, "b");
    html_num(&h, "width", 1.50);
    html_close(&h);
    html_close(&h);
    MADE(b, "<p><input checked><b width=\"1.5\"></b></p>");
    onri_buf_drop(&b);
}

static void html__numbers_are_grouped(void **state)
{
    (void)state;
    onri_buf b = onri_buf_make(4096);
    html h = html_make(&b);
    html_uint(&h, 0);
    html_textz(&h, " ");
    html_uint(&h, 1234567);
    html_textz(&h, " ");
    html_uint(&h, 999);
    MADE(b, "0 1\xE2\x80\xAF"
            "234\xE2\x80\xAF"
            "567 999");
    onri_buf_drop(&b);
}

static void html__url_parts_hold_no_delimiter(void **state)
{
    (void)state;
    onri_buf b = onri_buf_make(4096);
    html_url_part(&b, ONR_SV("a/b?c#d&e=f g\xc3\xa4%\"<"));
    MADE(b, "a%2Fb%3Fc%23d%26e%3Df%20g%C3%A4%25%22%3C");
    onri_buf_drop(&b);
}

static void csv__cells_are_quoted_and_formulas_harmless(void **state)
{
    (void)state;
    onri_buf b = onri_buf_make(4096);
    csv w = csv_make(&b);
    csv_cell(&w, ONR_SV("a"));
    csv_cell(&w, ONR_SV("b,\"c\"\n"));
    csv_cell(&w, ONR_SV("=HYPERLINK(\"x\")"));
    csv_cell(&w, ONR_SV("-1+1"));
    csv_cell(&w, ONR_SV(""));
    csv_int(&w, -3);
    csv_num(&w, 0.875, 3);
    csv_end(&w);
    MADE(b, "a,\"b,\"\"c\"\"\n\",\"'=HYPERLINK(\"\"x\"\")\",\"'-1+1\",,-3,0.875\r\n");
    onri_buf_drop(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html__text_and_attributes_are_escaped),
        cmocka_unit_test(html__controls_and_broken_utf8_become_replacement),
        cmocka_unit_test(html__only_harmless_links_are_links),
        cmocka_unit_test(html__anchors_are_escaped_and_repeats_are_equal),
        cmocka_unit_test(html__every_byte_is_escaped_as_the_rule_says),
        cmocka_unit_test(html__void_elements_have_no_end),
        cmocka_unit_test(html__numbers_are_grouped),
        cmocka_unit_test(html__url_parts_hold_no_delimiter),
        cmocka_unit_test(csv__cells_are_quoted_and_formulas_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
