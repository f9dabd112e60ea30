/* HTML and SVG, escaped by construction. Source: own; WHATWG HTML (void elements, syntax of
 * attributes). Control characters and broken UTF-8 become U+FFFD. Leaves out: raw text elements. */
#include "serve/html.h"

#define REPLACEMENT "\xEF\xBF\xBD"

html html_make(onri_buf *b)
{
    return (html){ .b = b };
}

/* Does text of the element end it only at its own end tag? Then escapes would not be read. */
static bool is_raw_text(onr_sv end)
{
    return end.n > 8 && (memcmp(end.p, "</script", 8) == 0 || memcmp(end.p, "</style>", 8) == 0 ||
                         memcmp(end.p, "</iframe", 8) == 0);
}

/* What a byte may be: 1 goes out as it is in text and values (not: controls, & < > " ' and what is
 * not ASCII), 2 stands for itself in a part of an address. */
enum { BYTE_TEXT = 1, BYTE_URL = 2 };
static const unsigned char bytes[256] = {
    /* clang-format off */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 00 */
    1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 3, 3, 1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 1, 1, 0, 1, 0, 1, /* 20 */
    1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 3, /* 40 */
    1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 1, 1, 1, 3, 0, /* 60 */
    /* clang-format on */
};

static size_t put_odd(onri_buf *b, onr_sv s, size_t i)
{
    const unsigned char c = (unsigned char)s.p[i];
    switch (c) {
    case '&':
        onri_buf_addz(b, "&amp;");
        return 1;
    case '<':
        onri_buf_addz(b, "&lt;");
        return 1;
    case '>':
        onri_buf_addz(b, "&gt;");
        return 1;
    case '"':
        onri_buf_addz(b, "&quot;");
        return 1;
    case '\'':
        onri_buf_addz(b, "&#39;");
        return 1;
    default:
        break;
    }
    if (c < 0x80) { /* a control character */
        onri_buf_addz(b, REPLACEMENT);
        return 1;
    }
    const unsigned bad = onri_utf8_bad(s, i);
    if (bad) {
        onri_buf_addz(b, REPLACEMENT);
        return bad;
    }
    unsigned len = 1;
    const uint32_t cp = onri_utf8_at(s, i, &len);
    if (cp < 0xA0) /* C1 controls */
        onri_buf_addz(b, REPLACEMENT);
    else
        onri_buf_add(b, onri_sub(s, i, i + len));
    return len;
}

static void put_escaped(onri_buf *b, onr_sv s)
{
    for (size_t i = 0; i < s.n;) {
        const char *from = s.p + i;
        const size_t left = s.n - i;
        char *to = onri_buf_room(b, left);
        size_t n = 0;
        if (!to) return;
        for (; n < left && (bytes[(unsigned char)from[n]] & BYTE_TEXT); n++) to[n] = from[n];
        b->n += n;
        i += n;
        if (i < s.n) i += put_odd(b, s, i);
    }
}

static void put_digits(onri_buf *b, uint64_t n)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    onri_buf_add(b, onri_sv(digits + at, sizeof digits - at));
}

static void end_tag_head(html *h)
{
    if (h->in_tag) onri_buf_addc(h->b, '>');
    h->in_tag = false;
}

void html_doctype(html *h)
{
    onri_buf_addz(h->b, "<!doctype html>\n");
}

void html_open_(html *h, onr_sv head, onr_sv end)
{
    end_tag_head(h);
    ONR_ASSERT(h->depth < sizeof h->open / sizeof *h->open);
    h->open[h->depth++] = end;
    onri_buf_add(h->b, head);
    h->in_tag = true;
}

void html_close(html *h)
{
    ONR_ASSERT(h->depth > 0);
    end_tag_head(h);
    onri_buf_add(h->b, h->open[--h->depth]);
}

static void attr_begin(html *h, onr_sv head)
{
    ONR_ASSERT(h->in_tag);
    ONR_ASSERT(head.n > 3 && memcmp(head.p, " on", 3) != 0 && memcmp(head.p, " sty", 4) != 0);
    onri_buf_add(h->b, head);
}

void html_attr_(html *h, onr_sv head, onr_sv value)
{
    attr_begin(h, head);
    put_escaped(h->b, value);
    onri_buf_addc(h->b, '"');
}

void html_attr_uint_(html *h, onr_sv head, uint64_t n)
{
    attr_begin(h, head);
    put_digits(h->b, n);
    onri_buf_addc(h->b, '"');
}

void html_num_(html *h, onr_sv head, double value)
{
    attr_begin(h, head);
    onri_jw w = onri_jw_make(h->b);
    onri_jw_num(&w, value, 2);
    onri_buf_addc(h->b, '"');
}

bool html_url_is_safe(onr_sv url)
{
    if (url.n == 0) return false;
    for (size_t i = 0; i < url.n; i++) /* browsers drop these and read on */
        if ((unsigned char)url.p[i] < 0x20 || url.p[i] == 0x7F) return false;
    if (url.p[0] == '#' || url.p[0] == '?') return true;
    if (url.p[0] == '/') return url.n == 1 || (url.p[1] != '/' && url.p[1] != '\\');
    char head[8] = { 0 };
    for (size_t i = 0; i < 8 && i < url.n; i++)
        head[i] = (char)(url.p[i] >= 'A' && url.p[i] <= 'Z' ? url.p[i] + 32 : url.p[i]);
    return url.n > 8 && (memcmp(head, "https://", 8) == 0 || memcmp(head, "http://", 7) == 0);
}

void html_href_(html *h, onr_sv url)
{
    if (html_url_is_safe(url)) html_attr_(h, ONR_SV(" href=\""), url);
}

void html_href_id_(html *h, onr_sv page, onr_sv head, onr_sv id)
{
    if (page.n && !html_url_is_safe(page)) return;
    attr_begin(h, ONR_SV(" href=\""));
    put_escaped(h->b, page);
    onri_buf_add(h->b, head);
    html_url_part(h->b, id); /* leaves nothing to escape */
    onri_buf_addc(h->b, '"');
}

void html_text(html *h, onr_sv text)
{
    end_tag_head(h);
    ONR_ASSERT(h->depth == 0 || !is_raw_text(h->open[h->depth - 1]));
    put_escaped(h->b, text);
}

void html_digits(html *h, uint64_t n)
{
    end_tag_head(h);
    put_digits(h->b, n);
}

void html_uint(html *h, uint64_t n)
{
    end_tag_head(h);
    static const char thin[3] = { '\xE2', '\x80', '\xAF' };
    char digits[32];
    size_t at = sizeof digits;
    unsigned k = 0;
    do { /* thousands apart by a thin space: 12 345 */
        if (k && k % 3 == 0) {
            at -= 3;
            memcpy(digits + at, thin, sizeof thin);
        }
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
        k++;
    } while (n && at > 4);
    onri_buf_add(h->b, onri_sv(digits + at, sizeof digits - at));
}

void html_el_(html *h, onr_sv head, onr_sv end, const char *cls, onr_sv text)
{
    html_open_(h, head, end);
    if (cls) html_attrz(h, "class", cls);
    html_text(h, text);
    html_close(h);
}

void html_again(html *h, size_t from, size_t n)
{
    end_tag_head(h);
    ONR_ASSERT(h->b->status != ONR_OK || (from <= h->b->n && n <= h->b->n - from));
    char *to = n ? onri_buf_room(h->b, n) : NULL;
    if (!to) return;
    memcpy(to, h->b->p + from, n);
    h->b->n += n;
}

void html_url_part(onri_buf *b, onr_sv s)
{
    static const char hex[] = "0123456789ABCDEF";
    const size_t ending = onri_ends(s, ONR_SV(".json"))  ? s.n - 5
                          : onri_ends(s, ONR_SV(".csv")) ? s.n - 4
                                                         : s.n;
    for (size_t i = 0; i < s.n; i++) {
        char *to = onri_buf_room(b, s.n - i);
        size_t n = 0;
        if (!to) return;
        for (; i < s.n && i != ending && (bytes[(unsigned char)s.p[i]] & BYTE_URL); i++)
            to[n++] = s.p[i];
        b->n += n;
        if (i == s.n) return;
        const unsigned char c = (unsigned char)s.p[i];
        const char coded[3] = { '%', hex[c >> 4], hex[c & 15] };
        onri_buf_add(b, onri_sv(coded, 3));
    }
}
