/* HTML and SVG, escaped by construction. Source: own; WHATWG HTML (void elements, syntax of
 * attributes). Control characters and broken UTF-8 become U+FFFD. Leaves out: raw text elements. */
#include "serve/html.h"

#define REPLACEMENT "\xEF\xBF\xBD"

html html_make(onri_buf *b)
{
    return (html){ .b = b };
}

static bool is_void(const char *name)
{
    switch (name[0]) { /* asked for every element: most are settled by a letter */
    case 'i':
        return strcmp(name, "input") == 0 || strcmp(name, "img") == 0;
    case 'b':
        return strcmp(name, "br") == 0;
    case 'h':
        return strcmp(name, "hr") == 0;
    case 'l':
        return strcmp(name, "link") == 0;
    case 'm':
        return strcmp(name, "meta") == 0;
    case 'w':
        return strcmp(name, "wbr") == 0;
    case 'c':
        return strcmp(name, "col") == 0;
    default:
        return false;
    }
}

static bool is_raw_text(const char *name)
{
    return (name[0] == 's' && (strcmp(name, "script") == 0 || strcmp(name, "style") == 0)) ||
           (name[0] == 'i' && strcmp(name, "iframe") == 0);
}

/* Length of the piece at i that can go out as it is; 0: it cannot. */
static size_t plain_run(onr_sv s, size_t i)
{
    size_t n = i;
    for (; n < s.n; n++) {
        const unsigned char c = (unsigned char)s.p[n];
        if (c >= 0x7F || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'') break;
        if (c < 0x20 && c != '\n' && c != '\t' && c != '\r') break;
    }
    return n - i;
}

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
        const size_t run = plain_run(s, i);
        if (run) onri_buf_add(b, onri_sub(s, i, i + run));
        i += run;
        if (i < s.n) i += put_odd(b, s, i);
    }
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

void html_open_(html *h, const char *name, onr_sv head)
{
    end_tag_head(h);
    ONR_ASSERT(h->depth < sizeof h->open / sizeof *h->open);
    h->open[h->depth++] = name;
    onri_buf_add(h->b, head);
    h->in_tag = true;
}

void html_close(html *h)
{
    ONR_ASSERT(h->depth > 0);
    const char *name = h->open[--h->depth];
    end_tag_head(h);
    if (is_void(name)) return;
    onri_buf_addz(h->b, "</");
    onri_buf_addz(h->b, name);
    onri_buf_addc(h->b, '>');
}

void html_attr_(html *h, const char *name, onr_sv value)
{
    ONR_ASSERT(h->in_tag);
    ONR_ASSERT(strcmp(name, "style") != 0 && strncmp(name, "on", 2) != 0);
    onri_buf_addc(h->b, ' ');
    onri_buf_addz(h->b, name);
    onri_buf_addz(h->b, "=\"");
    put_escaped(h->b, value);
    onri_buf_addc(h->b, '"');
}

void html_lit_(html *h, onr_sv whole)
{
    ONR_ASSERT(h->in_tag);
    ONR_ASSERT(strncmp(whole.p, " on", 3) != 0 && strncmp(whole.p, " style", 6) != 0);
    onri_buf_add(h->b, whole);
}

void html_flag_(html *h, const char *name)
{
    ONR_ASSERT(h->in_tag);
    onri_buf_addc(h->b, ' ');
    onri_buf_addz(h->b, name);
}

void html_num_(html *h, const char *name, double value)
{
    char text[48];
    onri_buf b = onri_buf_make(64);
    onri_jw w = onri_jw_make(&b);
    onri_jw_num(&w, value, 2);
    const size_t n = b.n < sizeof text ? b.n : sizeof text;
    if (n) memcpy(text, b.p, n);
    onri_buf_drop(&b);
    html_attr_(h, name, onri_sv(text, n));
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

void html_href_(html *h, const char *name, onr_sv url)
{
    if (html_url_is_safe(url)) html_attr_(h, name, url);
}

void html_text(html *h, onr_sv text)
{
    end_tag_head(h);
    ONR_ASSERT(h->depth == 0 || !is_raw_text(h->open[h->depth - 1]));
    put_escaped(h->b, text);
}

void html_textz(html *h, const char *text)
{
    html_text(h, onri_svz(text));
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

void html_el_(html *h, const char *name, onr_sv head, const char *cls, onr_sv text)
{
    html_open_(h, name, head);
    if (cls) html_attr_(h, "class", onri_svz(cls));
    html_text(h, text);
    html_close(h);
}

void html_url_part(onri_buf *b, onr_sv s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            onri_buf_addc(b, (char)c);
        else {
            onri_buf_addc(b, '%');
            onri_buf_addc(b, hex[c >> 4]);
            onri_buf_addc(b, hex[c & 15]);
        }
    }
}
