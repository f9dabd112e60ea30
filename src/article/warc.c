/* WARC 0.17 to 1.1: each record that holds a document becomes an item; the rest is counted.
 * response (its HTTP message is unwrapped), resource and conversion (WET) are documents; warcinfo,
 * request, metadata and revisit hold none. A record that is cut, or whose Content-Length lies, is
 * an item with an error and the offset it begins at; reading goes on at the next one. Source: ISO
 * 28500, own. Leaves out: segmented records (continuation is counted), brotli. */
#include "article/stream.h"

#include <stdlib.h>

typedef struct record {
    onr_sv type, uri, content_type, payload_type;
    uint64_t length;
    bool has_length;
} record;

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool same(onr_sv a, const char *b)
{
    if (a.n != strlen(b)) return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != b[i]) return false;
    return true;
}

static bool holds(onr_sv s, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= s.n; i++) {
        size_t k = 0;
        while (k < n && lower(s.p[i + k]) == word[k]) k++;
        if (k == n) return true;
    }
    return false;
}

/* Value of a header field in a block of "Name: value" lines. */
static onr_sv header(onr_sv block, const char *name)
{
    onr_sv rest = block, line;
    while (onri_split(&rest, '\n', &line)) {
        size_t colon = onri_find(line, ONR_SV(":"), 0);
        if (colon != SIZE_MAX && same(onri_trim(onri_sub(line, 0, colon)), name))
            return onri_trim(onri_sub(line, colon + 1, line.n));
    }
    return (onr_sv){ 0 };
}

/* End of the header block that begins the view (behind its empty line), or 0. */
static size_t header_end(onr_sv s)
{
    size_t max = s.n < ONR_WARC_HEADER_MAX ? s.n : ONR_WARC_HEADER_MAX;
    for (size_t i = 0; i < max; i++) {
        const char *nl = memchr(s.p + i, '\n', max - i);
        if (!nl) return 0;
        i = (size_t)(nl - s.p);
        if (i + 1 < max && s.p[i + 1] == '\n') return i + 2;
        if (i + 2 < max && s.p[i + 1] == '\r' && s.p[i + 2] == '\n') return i + 3;
    }
    return 0;
}

/* An error of the record; where the stream broke, that is told instead, once. */
static void fail(onri_stream *s, onr_input_item *item, onr_status st, const char *what)
{
    if (s && s->error.status != ONR_OK && !s->told) {
        st = s->error.status;
        what = s->error.msg;
        s->told = true;
    }
    (void)onri_fail_at(&item->error, st, "warc", item->at, "%s", what);
}

/* Have as much in the window as want; what broke the stream stays in it until told. */
static void more(onri_stream *s, size_t want)
{
    onr_status st = onri_stream_fill(s, want, NULL);
    (void)st;
}

/* Move to the next "WARC/" that begins a line. False: there is none; or the stream broke between
 * records, which is told in *item (then its error is set). */
static bool find_next(onri_stream *s, onr_input_item *item)
{
    for (;;) {
        more(s, ONRI_STREAM_STEP);
        onr_sv w = onri_stream_peek(s);
        size_t at = 0;
        while ((at = onri_find(w, ONR_SV("WARC/"), at)) != SIZE_MAX) {
            if (at == 0 || w.p[at - 1] == '\n') {
                onri_stream_skip(s, at);
                return true;
            }
            at++;
        }
        if (w.n >= ONRI_STREAM_STEP) {
            onri_stream_skip(s, w.n - 8); /* the mark may stand across the edge */
            continue;
        }
        onri_stream_skip(s, w.n);
        if (s->error.status != ONR_OK && !s->told) {
            item->error = s->error;
            item->at = s->at;
            s->told = true;
            return false;
        }
        if (!onri_stream_resync(s)) return false;
    }
}

/* ---- HTTP ----------------------------------------------------------------------------------- */

/* Chunked body put together, as far as its chunks go; false: it is not chunked (crawlers often
 * store it plain), or there is no memory for it. */
static bool dechunk(onr_arena *mem, onr_sv s, onr_sv *out)
{
    char *p = onr_alloc(mem, s.n + 1);
    size_t n = 0, i = 0;
    if (!p) return false;
    while (i < s.n) {
        uint64_t size = 0;
        size_t digits = 0;
        for (; i < s.n && digits < 8; i++, digits++) {
            char c = lower(s.p[i]);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) break;
            size = size * 16 + (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
        }
        const char *nl = digits ? memchr(s.p + i, '\n', s.n - i) : NULL;
        if (!nl && n == 0) return false;
        if (!nl) break; /* what follows is no chunk: what came before is kept */
        i = (size_t)(nl - s.p) + 1;
        if (size == 0) break;
        size_t take = size < s.n - i ? (size_t)size : s.n - i;
        memcpy(p + n, s.p + i, take);
        n += take;
        i += take;
        if (i < s.n && s.p[i] == '\r') i++;
        if (i < s.n && s.p[i] == '\n') i++;
    }
    *out = onri_sv(p, n);
    return true;
}

static bool is_document(onr_sv type)
{
    return !type.n || holds(type, "text/html") || holds(type, "application/xhtml") ||
           holds(type, "text/plain");
}

static onr_sv charset_of(onr_sv type)
{
    size_t at = onri_find(type, ONR_SV("charset="), 0);
    if (at == SIZE_MAX) return (onr_sv){ 0 };
    onr_sv rest = onri_sub(type, at + 8, type.n), name;
    (void)onri_split(&rest, ';', &name);
    name = onri_trim(name);
    if (name.n >= 2 && name.p[0] == '"') name = onri_sub(name, 1, name.n - 1);
    return name;
}

/* The payload of an HTTP message. False: no document (a redirect, an image). */
static bool unwrap(onr_arena *mem, onr_sv body, uint64_t max, onr_input_item *item)
{
    if (!onri_starts(body, ONR_SV("HTTP/"))) {
        item->bytes = body;
        return true;
    }
    size_t end = header_end(body);
    if (!end) {
        fail(NULL, item, ONR_E_SYNTAX, "an HTTP header without an end");
        return true;
    }
    onr_sv head = onri_sub(body, 0, end), payload = onri_sub(body, end, body.n);
    size_t space = onri_find(head, ONR_SV(" "), 0);
    bool ok = space != SIZE_MAX && space + 4 <= head.n && head.p[space + 1] == '2';
    onr_sv type = header(head, "content-type");
    if (!ok || !is_document(type)) return false;
    onr_sv joined;
    if (holds(header(head, "transfer-encoding"), "chunked") && dechunk(mem, payload, &joined))
        payload = joined;
    onr_sv coding = header(head, "content-encoding");
    bool packed =
        payload.n > 2 && (unsigned char)payload.p[0] == 0x1F && (unsigned char)payload.p[1] == 0x8B;
    if (packed || same(coding, "deflate")) {
        onr_error e = ONR_ERROR_INIT;
        if (onri_inflate(mem, payload, max, &joined, &e) == ONR_OK)
            payload = joined;
        else if (packed || e.status == ONR_E_LIMIT)
            item->error = e;
        item->error.at = item->error.status == ONR_OK ? UINT64_MAX : item->at;
    } else if (same(coding, "br") && onri_utf8_check(payload) < payload.n) {
        fail(NULL, item, ONR_E_UNSUPPORTED, "a body in brotli");
    }
    item->bytes = payload;
    item->charset = charset_of(type);
    item->kind = holds(type, "text/plain") ? ONR_INPUT_TEXT : ONR_INPUT_HTML;
    return true;
}

/* ---- records -------------------------------------------------------------------------------- */

static bool read_header(onr_arena *mem, onr_sv block, record *r)
{
    block = onri_dup(mem, block);
    if (!block.p) return false;
    r->type = header(block, "warc-type");
    r->uri = header(block, "warc-target-uri");
    if (r->uri.n > 2 && r->uri.p[0] == '<') r->uri = onri_sub(r->uri, 1, r->uri.n - 1);
    r->content_type = header(block, "content-type");
    r->has_length = onri_parse_u64(header(block, "content-length"), &r->length);
    return true;
}

static bool holds_document(const record *r)
{
    return same(r->type, "response") || same(r->type, "resource") || same(r->type, "conversion");
}

/* Skip a body of any length through the window. */
static void skip_body(onri_stream *s, uint64_t n)
{
    while (n > 0) {
        more(s, 1);
        onr_sv w = onri_stream_peek(s);
        if (!w.n) return;
        size_t take = n < w.n ? (size_t)n : w.n;
        onri_stream_skip(s, take);
        n -= take;
    }
}

/* Does an end of record follow the body of n bytes in the window? At the end of the file, yes. */
static bool ends_well(onr_sv w, size_t n)
{
    onr_sv tail = onri_sub(w, n, w.n);
    return tail.n == 0 || onri_starts(tail, ONR_SV("\r\n\r\n")) ||
           onri_starts(tail, ONR_SV("\n\n")) || onri_starts(tail, ONR_SV("WARC/")) ||
           (tail.n <= 2 && tail.p[0] <= '\r');
}

/* Is the whole record in the window, its end where Content-Length says? If not, it becomes an
 * error, and the stream stands where the next record may begin. */
static bool whole_record(onri_stream *s, const record *r, onr_input_item *item)
{
    size_t n = (size_t)r->length;
    onr_error e = ONR_ERROR_INIT;
    onr_status st = onri_stream_fill(s, n + 4, &e);
    onr_sv w = onri_stream_peek(s);
    if (w.n >= n && ends_well(w, n)) return true;
    if (st == ONR_OK) { /* damage of the packing may show only at the end of its member */
        st = onri_stream_fill(s, n + ONRI_STREAM_STEP, &e);
        w = onri_stream_peek(s);
    }
    size_t next = onri_find(w, ONR_SV("\nWARC/"), 0);
    fail(s, item, ONR_E_SYNTAX,
         w.n < n ? "the record is cut" : "Content-Length is not where the record ends");
    onri_stream_skip(s, next == SIZE_MAX ? (w.n < n ? w.n : n) : next + 1);
    return false;
}

/* The body of a record as an item, or an error. False: it holds no document. */
static bool take_body(onr_input *in, onr_arena *mem, const record *r, onr_input_item *item)
{
    onri_stream *s = &in->stream;
    size_t n = (size_t)r->length;
    if (r->length > in->opts.max_bytes + ONR_WARC_HEADER_MAX) {
        if (holds_document(r))
            fail(NULL, item, ONR_E_LIMIT, "a record over the limit of one document");
        skip_body(s, r->length);
        return holds_document(r);
    }
    if (!whole_record(s, r, item)) return true;
    if (!holds_document(r)) {
        onri_stream_skip(s, n);
        return false;
    }
    onr_sv w = onri_stream_peek(s);
    onr_sv body = onri_dup(mem, onri_sub(w, 0, n));
    onri_stream_skip(s, n);
    if (!body.p) {
        fail(NULL, item, ONR_E_NOMEM, "no memory for a record");
        return true;
    }
    if (same(r->type, "response")) return unwrap(mem, body, in->opts.max_bytes, item);
    if (same(r->type, "resource") && !is_document(r->content_type)) return false;
    item->bytes = body;
    item->charset = charset_of(r->content_type);
    bool html = holds(r->content_type, "html") || onri_kind_of(body) == ONR_INPUT_HTML;
    item->kind = html && !same(r->type, "conversion") ? ONR_INPUT_HTML : ONR_INPUT_TEXT;
    return true;
}

bool onri_warc_next(onr_input *in, onr_arena *mem, onr_input_item *item)
{
    onri_stream *s = &in->stream;
    for (;;) {
        if (!find_next(s, item)) return item->error.status != ONR_OK;
        onr_mark mark = onr_arena_mark(mem);
        item->at = s->at;
        more(s, ONR_WARC_HEADER_MAX);
        onr_sv w = onri_stream_peek(s);
        size_t end = header_end(w);
        record r = { 0 };
        if (!end) {
            fail(s, item, ONR_E_SYNTAX, "a WARC header without an end");
            onri_stream_skip(s, 5);
            return true;
        }
        if (!read_header(mem, onri_sub(w, 0, end), &r)) {
            fail(NULL, item, ONR_E_NOMEM, "no memory for a WARC header");
            onri_stream_skip(s, end);
            return true;
        }
        onri_stream_skip(s, end);
        if (!r.has_length) {
            fail(s, item, ONR_E_SYNTAX, "a WARC record without a Content-Length");
            return true;
        }
        item->uri = r.uri;
        if (take_body(in, mem, &r, item)) return true;
        in->counts.skipped++;
        item->uri = (onr_sv){ 0 };
        onr_arena_rewind(mem, mark);
    }
}
