/* JSON writer: compact, always valid UTF-8, the same bytes in every locale.
 *
 * Source: own, after RFC 8259. It keeps commas and nesting; calling it out of order (a value
 * without its key, a closing bracket that was never opened) is a bug and stops the program. Leaves
 * out pretty-printing. */
#include "base/base.h"

#include <math.h>
#include <stdio.h>

enum { DEPTH_MAX = 63, DECIMALS_MAX = 17 };

onri_jw onri_jw_make(onri_buf *b)
{
    return (onri_jw){ .b = b };
}

/* What has to stand before the next value: a comma, or nothing. */
static void before_value(onri_jw *w)
{
    if (w->key) {
        w->key = false;
        return;
    }
    const uint64_t bit = (uint64_t)1 << w->depth;
    if (w->comma & bit) onri_buf_addc(w->b, ',');
    w->comma |= bit;
}

void onri_jw_open(onri_jw *w, char bracket)
{
    ONR_ASSERT(bracket == '{' || bracket == '[');
    ONR_ASSERT(w->depth < DEPTH_MAX);
    before_value(w);
    onri_buf_addc(w->b, bracket);
    w->depth++;
    w->comma &= ~((uint64_t)1 << w->depth);
}

void onri_jw_close(onri_jw *w, char bracket)
{
    ONR_ASSERT(bracket == '}' || bracket == ']');
    ONR_ASSERT(w->depth > 0 && !w->key);
    w->depth--;
    onri_buf_addc(w->b, bracket);
}

/* Runs of plain ASCII go out in one piece. */
static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

static void put_escape(onri_buf *b, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    char s[7] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15], 0 };
    switch (c) {
    case '"':
    case '\\':
        s[1] = (char)c;
        s[2] = 0;
        break;
    case '\b':
        memcpy(s + 1, "b", 2);
        break;
    case '\f':
        memcpy(s + 1, "f", 2);
        break;
    case '\n':
        memcpy(s + 1, "n", 2);
        break;
    case '\r':
        memcpy(s + 1, "r", 2);
        break;
    case '\t':
        memcpy(s + 1, "t", 2);
        break;
    default:
        break;
    }
    onri_buf_addz(b, s);
}

static void put_string(onri_buf *b, onr_sv s)
{
    onri_buf_addc(b, '"');
    size_t i = 0;
    while (i < s.n && b->status == ONR_OK) {
        size_t end = i;
        while (end < s.n && is_plain((unsigned char)s.p[end])) end++;
        if (end > i) {
            onri_buf_add(b, onri_sub(s, i, end));
            i = end;
            continue;
        }
        const unsigned char c = (unsigned char)s.p[i];
        if (c < 0x7F) {
            put_escape(b, c);
            i++;
            continue;
        }
        const unsigned bad = onri_utf8_bad(s, i);
        if (bad) {
            onri_buf_addz(b, "\xEF\xBF\xBD");
            i += bad;
            continue;
        }
        unsigned len;
        (void)onri_utf8_at(s, i, &len);
        onri_buf_add(b, onri_sub(s, i, i + len));
        i += len;
    }
    onri_buf_addc(b, '"');
}

void onri_jw_key(onri_jw *w, const char *key)
{
    ONR_ASSERT(!w->key && w->depth > 0);
    before_value(w);
    put_string(w->b, onri_svz(key));
    onri_buf_addc(w->b, ':');
    w->key = true;
}

void onri_jw_str(onri_jw *w, onr_sv s)
{
    before_value(w);
    put_string(w->b, s);
}

void onri_jw_strz(onri_jw *w, const char *s)
{
    onri_jw_str(w, onri_svz(s));
}

/* Decimal digits without printf: the same in every locale, and quick for spans. */
static void put_uint(onri_buf *b, uint64_t v)
{
    char s[20];
    size_t at = sizeof s;
    do {
        s[--at] = (char)('0' + v % 10);
        v /= 10;
    } while (v);
    onri_buf_add(b, onri_sv(s + at, sizeof s - at));
}

void onri_jw_uint(onri_jw *w, uint64_t v)
{
    before_value(w);
    put_uint(w->b, v);
}

void onri_jw_int(onri_jw *w, int64_t v)
{
    before_value(w);
    if (v < 0) onri_buf_addc(w->b, '-');
    put_uint(w->b, v < 0 ? (uint64_t)0 - (uint64_t)v : (uint64_t)v);
}

void onri_jw_num(onri_jw *w, double v, int decimals)
{
    ONR_ASSERT(decimals >= 0 && decimals <= DECIMALS_MAX);
    before_value(w);
    if (!isfinite(v)) { /* JSON has no word for it */
        onri_buf_addz(w->b, "null");
        return;
    }
    char s[400]; /* 309 digits of DBL_MAX, sign, point, decimals */
    const int made = snprintf(s, sizeof s, "%.*f", decimals, v);
    ONR_ASSERT(made > 0 && (size_t)made < sizeof s);
    /* The locale's decimal sign, whatever its bytes, becomes a point; then zeros off the end. */
    char out[400];
    size_t n = 0, point = 0;
    for (int i = 0; i < made; i++) {
        const bool digit = s[i] >= '0' && s[i] <= '9';
        if (digit || (i == 0 && s[i] == '-')) {
            out[n++] = s[i];
        } else if (!point) {
            point = n;
            out[n++] = '.';
        }
    }
    if (point) {
        while (out[n - 1] == '0') n--;
        if (out[n - 1] == '.') n--;
    }
    const bool minus_zero = n == 2 && out[0] == '-' && out[1] == '0';
    onri_buf_add(w->b, minus_zero ? onri_sv("0", 1) : onri_sv(out, n));
}

void onri_jw_bool(onri_jw *w, bool v)
{
    before_value(w);
    onri_buf_addz(w->b, v ? "true" : "false");
}

void onri_jw_null(onri_jw *w)
{
    before_value(w);
    onri_buf_addz(w->b, "null");
}

void onri_jw_span(onri_jw *w, onr_span s)
{
    before_value(w);
    onri_buf_addc(w->b, '[');
    put_uint(w->b, s.beg);
    onri_buf_addc(w->b, ',');
    put_uint(w->b, s.end);
    onri_buf_addc(w->b, ']');
}

void onri_jw_raw(onri_jw *w, onr_sv json)
{
    before_value(w);
    onri_buf_add(w->b, json);
}
