/* Unpacked bytes of a file through a window: plain, gzip of many members, zstd of many frames.
 * Hostile packing is bounded by a ratio; a cut or broken file gives what came before and then its
 * error. Source: RFC 1952 (zlib), RFC 8878 (libzstd). Leaves out: bzip2, xz, zip. */
#include "article/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#define RATIO_FREE ((uint64_t)16 << 20) /* unpacked bytes before the ratio counts */
#define WINDOW_MAX ((size_t)1 << 30)

/* ---- packed bytes --------------------------------------------------------------------------- */

/* Read more packed bytes behind those unread; false at the end of the file or on an error. */
static bool raw_more(onri_stream *s)
{
    if (s->raw_beg == s->raw_end) s->raw_beg = s->raw_end = 0;
    if (s->raw_end == ONRI_STREAM_STEP) {
        memmove(s->raw, s->raw + s->raw_beg, s->raw_end - s->raw_beg);
        s->raw_end -= s->raw_beg;
        s->raw_beg = 0;
    }
    ssize_t n;
    do n = read(s->fd, s->raw + s->raw_end, ONRI_STREAM_STEP - s->raw_end);
    while (n < 0 && errno == EINTR);
    if (n < 0) (void)onri_fail_os(&s->error, "input", errno, "cannot read");
    if (n <= 0) return false;
    s->raw_end += (size_t)n;
    s->raw_bytes += (uint64_t)n;
    return true;
}

static void broken(onri_stream *s, onr_status st, const char *what)
{
    (void)onri_fail_at(&s->error, st, "input", s->raw_bytes - (s->raw_end - s->raw_beg), "%s",
                       what);
    s->eof = true;
}

static voidpf z_alloc(voidpf opaque, uInt n, uInt size)
{
    (void)opaque;
    size_t bytes;
    return onr_mul(n, size, &bytes) ? onri_heap_alloc(bytes) : NULL;
}
static void z_free(voidpf opaque, voidpf p)
{
    (void)opaque;
    onri_heap_free(p);
}

static bool gzip_start(onri_stream *s)
{
    z_stream *z = onri_heap_alloc(sizeof *z);
    if (!z) return false;
    memset(z, 0, sizeof *z);
    z->zalloc = z_alloc;
    z->zfree = z_free;
    if (inflateInit2(z, 16 + MAX_WBITS) != Z_OK) {
        onri_heap_free(z);
        return false;
    }
    s->codec = z;
    s->packing = ONRI_GZIP;
    return true;
}

static void gzip_more(onri_stream *s, size_t room)
{
    z_stream *z = s->codec;
    if (s->raw_beg == s->raw_end && !raw_more(s)) {
        if (s->error.status == ONR_OK && !s->member_end)
            broken(s, ONR_E_SYNTAX, "gzip data is cut");
        s->eof = true;
        return;
    }
    if (s->member_end) { /* another member, or bytes that are none (padding): the end */
        while (s->raw_end - s->raw_beg < 2 && raw_more(s))
            ;
        if (s->raw_end - s->raw_beg < 2 || s->raw[s->raw_beg] != 0x1F ||
            s->raw[s->raw_beg + 1] != 0x8B) {
            s->eof = true;
            return;
        }
        inflateReset(z);
        s->member_end = false;
    }
    z->next_in = s->raw + s->raw_beg;
    z->avail_in = (uInt)(s->raw_end - s->raw_beg);
    z->next_out = (Bytef *)s->p + s->end;
    z->avail_out = (uInt)(room < ONRI_STREAM_STEP ? room : ONRI_STREAM_STEP);
    uInt had = z->avail_out;
    int rc = inflate(z, Z_NO_FLUSH);
    s->raw_beg = s->raw_end - z->avail_in;
    s->end += had - z->avail_out;
    s->out_bytes += had - z->avail_out;
    if (rc == Z_STREAM_END)
        s->member_end = true;
    else if (rc != Z_OK && rc != Z_BUF_ERROR)
        broken(s, rc == Z_MEM_ERROR ? ONR_E_NOMEM : ONR_E_SYNTAX, "gzip data is damaged");
}

static void zstd_more(onri_stream *s, size_t room)
{
    if (s->raw_beg == s->raw_end && !raw_more(s)) {
        if (s->error.status == ONR_OK && !s->member_end)
            broken(s, ONR_E_SYNTAX, "zstd data is cut");
        s->eof = true;
        return;
    }
    ZSTD_inBuffer src = { s->raw + s->raw_beg, s->raw_end - s->raw_beg, 0 };
    ZSTD_outBuffer dst = { s->p + s->end, room < ONRI_STREAM_STEP ? room : ONRI_STREAM_STEP, 0 };
    size_t rc = ZSTD_decompressStream(s->codec, &dst, &src);
    s->raw_beg += src.pos;
    s->end += dst.pos;
    s->out_bytes += dst.pos;
    s->member_end = rc == 0;
    if (ZSTD_isError(rc)) broken(s, ONR_E_SYNTAX, "zstd data is damaged");
}

static void plain_more(onri_stream *s, size_t room)
{
    if (s->raw_beg < s->raw_end) { /* what was read to tell the packing */
        size_t n = s->raw_end - s->raw_beg;
        n = n < room ? n : room;
        memcpy(s->p + s->end, s->raw + s->raw_beg, n);
        s->raw_beg += n;
        s->end += n;
        return;
    }
    ssize_t n;
    do n = read(s->fd, s->p + s->end, room);
    while (n < 0 && errno == EINTR);
    if (n < 0) (void)onri_fail_os(&s->error, "input", errno, "cannot read");
    if (n <= 0) {
        s->eof = true;
        return;
    }
    s->end += (size_t)n;
    s->raw_bytes += (uint64_t)n;
}

/* The next gzip member behind damage. */
bool onri_stream_resync(onri_stream *s)
{
    if (s->packing != ONRI_GZIP || s->error.status == ONR_OK) return false;
    for (;;) {
        while (s->raw_end - s->raw_beg < 4)
            if (!raw_more(s)) return false;
        const uint8_t *r = s->raw + s->raw_beg;
        if (r[0] == 0x1F && r[1] == 0x8B && r[2] == 8 && r[3] < 0x20) break;
        s->raw_beg++;
    }
    inflateReset(s->codec);
    s->member_end = false;
    s->eof = s->told = false;
    s->error = (onr_error)ONR_ERROR_INIT;
    return true;
}

onr_status onri_inflate(onr_arena *mem, onr_sv packed, uint64_t max, onr_sv *out, onr_error *err)
{
    z_stream z = { .zalloc = z_alloc, .zfree = z_free };
    bool gzip = packed.n > 1 && (unsigned char)packed.p[0] == 0x1F;
    bool zlib = !gzip && packed.n > 1 && ((unsigned char)packed.p[0] & 0x0F) == 8;
    if (inflateInit2(&z, gzip ? 16 + MAX_WBITS : zlib ? MAX_WBITS : -MAX_WBITS) != Z_OK)
        return onri_fail(err, ONR_E_NOMEM, "input", "no memory");
    onri_buf b = onri_buf_make(max < SIZE_MAX ? (size_t)max : SIZE_MAX);
    char step[4096];
    z.next_in = (Bytef *)(uintptr_t)packed.p;
    z.avail_in = (uInt)packed.n;
    int rc = Z_OK;
    while (rc == Z_OK && b.status == ONR_OK) {
        z.next_out = (Bytef *)step;
        z.avail_out = sizeof step;
        rc = inflate(&z, Z_NO_FLUSH);
        onri_buf_add(&b, onri_sv(step, sizeof step - z.avail_out));
        if (rc == Z_BUF_ERROR) break;
    }
    inflateEnd(&z);
    onr_status st = b.status;
    if (st == ONR_OK && b.n == 0 && packed.n) st = ONR_E_SYNTAX;
    if (st == ONR_OK) {
        *out = onri_dup(mem, onri_buf_sv(&b));
        st = out->p ? ONR_OK : ONR_E_NOMEM;
    }
    onri_buf_drop(&b);
    return st == ONR_OK
               ? ONR_OK
               : onri_fail(err, st, "input", "a packed body cannot be unpacked in %llu bytes",
                           (unsigned long long)max);
}

/* ---- the window ----------------------------------------------------------------------------- */

onr_status onri_stream_open(onri_stream *s, const char *path, onr_error *err)
{
    *s = (onri_stream){ .fd = -1, .error = ONR_ERROR_INIT };
    s->fd = strcmp(path, "-") == 0 ? 0 : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (s->fd < 0) return onri_fail_os(err, "input", errno, "cannot open");
    s->open = true;
    s->raw = onri_heap_alloc(ONRI_STREAM_STEP);
    if (!s->raw) return onri_fail(err, ONR_E_NOMEM, "input", "no memory");
    while (s->raw_end < 4 && raw_more(s))
        ;
    if (s->error.status != ONR_OK) {
        if (err) *err = s->error;
        return s->error.status;
    }
    static const uint8_t GZIP[2] = { 0x1F, 0x8B }, ZSTD[4] = { 0x28, 0xB5, 0x2F, 0xFD };
    bool ok = true;
    if (s->raw_end >= 2 && memcmp(s->raw, GZIP, 2) == 0) {
        ok = gzip_start(s);
    } else if (s->raw_end >= 4 && memcmp(s->raw, ZSTD, 4) == 0) {
        s->codec = ZSTD_createDCtx();
        s->packing = ONRI_ZSTD;
        ok = s->codec && !ZSTD_isError(ZSTD_DCtx_setParameter(s->codec, ZSTD_d_windowLogMax, 27));
    }
    return ok ? ONR_OK : onri_fail(err, ONR_E_NOMEM, "input", "no memory");
}

void onri_stream_close(onri_stream *s)
{
    if (!s->open) return;
    if (s->packing == ONRI_GZIP && s->codec) {
        inflateEnd(s->codec);
        onri_heap_free(s->codec);
    } else if (s->packing == ONRI_ZSTD) {
        ZSTD_freeDCtx(s->codec);
    }
    if (s->fd > 0) close(s->fd);
    onri_heap_free(s->raw);
    onri_heap_free(s->p);
    *s = (onri_stream){ .fd = -1 };
}

/* Room for want unread bytes. */
static bool make_room(onri_stream *s, size_t want)
{
    if (s->beg && (s->cap - s->beg < want || s->beg == s->end)) {
        if (s->end > s->beg) memmove(s->p, s->p + s->beg, s->end - s->beg);
        s->end -= s->beg;
        s->beg = 0;
    }
    if (s->cap - s->beg >= want) return true;
    size_t cap = s->cap ? s->cap : ONRI_STREAM_STEP;
    while (cap < want) cap *= 2;
    char *p = onri_heap_realloc(s->p, cap);
    if (!p) return false;
    s->p = p;
    s->cap = cap;
    return true;
}

onr_status onri_stream_fill(onri_stream *s, size_t want, onr_error *err)
{
    if (want > WINDOW_MAX)
        return onri_fail(err, ONR_E_LIMIT, "input", "a piece of %zu bytes is too long", want);
    if (s->end - s->beg >= want) return ONR_OK;
    if (!s->eof && !make_room(s, want))
        return onri_fail(err, ONR_E_NOMEM, "input", "no memory for a window of %zu bytes", want);
    while (!s->eof && s->end - s->beg < want) {
        size_t room = s->cap - s->end;
        if (s->packing == ONRI_GZIP)
            gzip_more(s, room);
        else if (s->packing == ONRI_ZSTD)
            zstd_more(s, room);
        else
            plain_more(s, room);
        if (s->packing != ONRI_PLAIN && s->out_bytes > RATIO_FREE &&
            s->out_bytes / ONRI_RATIO_MAX > s->raw_bytes)
            broken(s, ONR_E_LIMIT, "unpacks to over " ONRI_STR(ONRI_RATIO_MAX) " times its size");
    }
    if (s->end - s->beg < want && s->error.status != ONR_OK) {
        if (err) *err = s->error;
        return s->error.status;
    }
    return ONR_OK;
}

onr_sv onri_stream_peek(const onri_stream *s)
{
    return onri_sv(s->p ? s->p + s->beg : "", s->end - s->beg);
}

void onri_stream_skip(onri_stream *s, size_t n)
{
    ONR_ASSERT(n <= s->end - s->beg);
    s->beg += n;
    s->at += n;
}

onr_status onri_stream_all(onri_stream *s, onr_arena *mem, uint64_t max, onr_sv *out,
                           onr_error *err)
{
    size_t want = ONRI_STREAM_STEP;
    for (;;) {
        onr_status st = onri_stream_fill(s, want, err);
        if (st != ONR_OK) return st;
        size_t have = s->end - s->beg;
        if (have > max)
            return onri_fail_at(err, ONR_E_LIMIT, "input", max,
                                "a document of over %llu bytes, the limit",
                                (unsigned long long)max);
        if (have < want) break;
        want *= 2;
    }
    *out = onri_dup(mem, onri_stream_peek(s));
    if (!out->p) return onri_fail_mem(err, mem, "input");
    onri_stream_skip(s, s->end - s->beg);
    return ONR_OK;
}

/* Skip to behind the next end of line. */
static void skip_line(onri_stream *s)
{
    for (;;) {
        onr_sv w = onri_stream_peek(s);
        const char *nl = w.n ? memchr(w.p, '\n', w.n) : NULL;
        onri_stream_skip(s, nl ? (size_t)(nl - w.p) + 1 : w.n);
        if (nl || onri_stream_fill(s, 1, NULL) != ONR_OK || s->beg == s->end) return;
    }
}

bool onri_stream_line(onri_stream *s, onr_arena *mem, size_t max, onr_sv *line, onr_status *st,
                      onr_error *err)
{
    size_t seen = 0, want = 1;
    for (;;) {
        *st = onri_stream_fill(s, want, err);
        onr_sv w = onri_stream_peek(s);
        const char *nl = w.n > seen ? memchr(w.p + seen, '\n', w.n - seen) : NULL;
        size_t n = nl ? (size_t)(nl - w.p) : w.n;
        if (n > max) {
            *st = onri_fail_at(err, ONR_E_LIMIT, "input", s->at, "a line of over %zu bytes", max);
            skip_line(s);
            return true;
        }
        if (nl || (*st == ONR_OK && w.n < want)) {
            if (!nl && w.n == 0) return false;
            *st = ONR_OK;
            *line = onri_dup(mem, onri_sub(w, 0, n));
            if (!line->p) *st = onri_fail_mem(err, mem, "input");
            onri_stream_skip(s, nl ? n + 1 : n);
            return true;
        }
        if (*st != ONR_OK) { /* the stream broke in mid-line: one error, told once */
            onri_stream_skip(s, w.n);
            s->error = (onr_error)ONR_ERROR_INIT;
            return true;
        }
        seen = w.n;
        want = w.n + (w.n < ONRI_STREAM_STEP ? 1 : w.n / 2);
    }
}

/* ---- kinds ---------------------------------------------------------------------------------- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Does the head hold the lower-case word, in any case? */
static bool holds(onr_sv head, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= head.n; i++) {
        size_t k = 0;
        while (k < n && lower(head.p[i + k]) == word[k]) k++;
        if (k == n) return true;
    }
    return false;
}

onr_input_kind onri_kind_of(onr_sv head)
{
    char narrow[1024];
    if (head.n >= 2 && (memcmp(head.p, "\xFF\xFE", 2) == 0 || memcmp(head.p, "\xFE\xFF", 2) == 0)) {
        size_t n = 0; /* UTF-16: its ASCII is enough to tell */
        for (size_t i = 2; i < head.n && n < sizeof narrow; i++)
            if (head.p[i]) narrow[n++] = head.p[i];
        head = onri_sv(narrow, n);
    }
    if (onri_starts(head, ONR_SV("\xEF\xBB\xBF"))) head = onri_sub(head, 3, head.n);
    head = onri_trim(head);
    if (onri_starts(head, ONR_SV("WARC/"))) return ONR_INPUT_WARC;
    if (head.n && head.p[0] == '[') { /* an array of objects */
        onr_sv rest = onri_trim(onri_sub(head, 1, head.n));
        if (rest.n && rest.p[0] == '{') head = rest;
    }
    if (head.n && head.p[0] == '{') {
        onr_sv rest = onri_trim(onri_sub(head, 1, head.n));
        if (rest.n && (rest.p[0] == '"' || rest.p[0] == '}')) return ONR_INPUT_JSONL;
    }
    if (!head.n || head.p[0] != '<') return ONR_INPUT_TEXT;
    if (holds(head, "<html") || holds(head, "<!doctype html")) return ONR_INPUT_HTML;
    if (holds(head, "<rss") || holds(head, "<rdf:rdf") || holds(head, "<feed"))
        return ONR_INPUT_FEED;
    static const char *const TAGS[] = { "<!doctype", "<head", "<body",    "<meta", "<div", "<p>",
                                        "<script",   "<link", "<article", "<p ",   "<h1",  "<!--" };
    for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++)
        if (holds(head, TAGS[i])) return ONR_INPUT_HTML;
    return ONR_INPUT_TEXT;
}

/* No encoding of text has one control character in twenty. UTF-16 and UTF-32 are known by their
 * mark; valid UTF-8 is text whatever it holds. */
static bool is_binary(onr_sv head)
{
    size_t controls = 0, cut = head.n < 4 ? head.n : 4;
    bool mark =
        head.n >= 2 && (memcmp(head.p, "\xFF\xFE", 2) == 0 || memcmp(head.p, "\xFE\xFF", 2) == 0);
    if (mark || onri_utf8_check(head) + cut > head.n) return false;
    for (size_t i = 0; i < head.n; i++) {
        unsigned char c = (unsigned char)head.p[i];
        controls += c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1B;
    }
    return controls * 20 > head.n;
}

onr_status onri_kind_of_stream(onri_stream *s, onr_input_kind *out, onr_error *err)
{
    onr_error broke = ONR_ERROR_INIT;
    if (onri_stream_fill(s, 4096, &broke) != ONR_OK && s->beg == s->end) {
        if (err) *err = broke;
        return broke.status;
    }
    onr_sv head = onri_stream_peek(s);
    head.n = head.n < 4096 ? head.n : 4096;
    static const struct {
        const char *magic, *name;
    } BINARY[] = { { "%PDF-", "PDF" },
                   { "PK\x03\x04", "zip" },
                   { "\x89PNG", "PNG" },
                   { "GIF8", "GIF" },
                   { "\xFF\xD8\xFF", "JPEG" },
                   { "\x7F"
                     "ELF",
                     "ELF" },
                   { "SQLite format 3", "SQLite" },
                   { "BZh9", "bzip2" },
                   { "\xFD"
                     "7zXZ",
                     "xz" } };
    for (size_t i = 0; i < sizeof BINARY / sizeof *BINARY; i++)
        if (onri_starts(head, onri_svz(BINARY[i].magic)))
            return onri_fail_at(err, ONR_E_UNSUPPORTED, "input", 0,
                                "a %s file: text, HTML, JSON Lines, WARC and feeds are read",
                                BINARY[i].name);
    if (is_binary(head))
        return onri_fail_at(err, ONR_E_UNSUPPORTED, "input", 0,
                            "binary data and no text (to read it all the same, say what it is)");
    *out = onri_kind_of(head);
    return ONR_OK;
}
