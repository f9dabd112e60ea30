/* Bytes of any encoding become UTF-8, and every character keeps its place in the input.
 * Order: byte order mark, what a header or <meta> declares, valid UTF-8, then detection.
 * Source: WHATWG Encoding (labels that mean windows-1252), libuchardet, iconv.
 * Leaves out: UTF-7 and other encodings that hide markup. */
#include "article/charset.h"

#include <errno.h>
#include <iconv.h>
#include <uchardet.h>

#include "onrecord/limits.h"

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

/* Label as written to the name iconv knows; labels that pages use for windows code pages. */
static bool known_name(onr_sv label, char out[32])
{
    static const char *const ALIAS[][2] = {
        { "iso-8859-1", "WINDOWS-1252" },
        { "latin1", "WINDOWS-1252" },
        { "us-ascii", "WINDOWS-1252" },
        { "ascii", "WINDOWS-1252" },
        { "iso8859-1", "WINDOWS-1252" },
        { "iso-8859-9", "WINDOWS-1254" },
        { "gb2312", "GB18030" },
        { "gbk", "GB18030" },
        { "x-gbk", "GB18030" },
        { "shift_jis", "CP932" },
        { "shift-jis", "CP932" },
        { "x-sjis", "CP932" },
        { "ks_c_5601-1987", "CP949" },
        { "euc-kr", "CP949" },
        { "utf8", "UTF-8" },
        { "x-user-defined", "WINDOWS-1252" },
        { "unicode", "UTF-16LE" },
        { "utf-16", "UTF-16LE" },
        { "x-cp1251", "WINDOWS-1251" },
        { "cp1251", "WINDOWS-1251" },
        { "cp1252", "WINDOWS-1252" },
        { "iso-8859-8-i", "ISO-8859-8" },
    };
    if (label.n == 0 || label.n > 30) return false;
    for (size_t i = 0; i < sizeof ALIAS / sizeof *ALIAS; i++)
        if (same(label, ALIAS[i][0])) {
            memcpy(out, ALIAS[i][1], strlen(ALIAS[i][1]) + 1);
            return true;
        }
    for (size_t i = 0; i < label.n; i++) {
        char c = lower(label.p[i]);
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':'))
            return false;
        out[i] = c >= 'a' ? (char)(c - 32) : c;
    }
    out[label.n] = 0;
    return memcmp(out, "UTF-7", 5) != 0;
}

static bool usable(const char *name)
{
    iconv_t cd = iconv_open("UTF-8", name);
    if (cd == (iconv_t)-1) return false;
    iconv_close(cd);
    return true;
}

static bool detect(onr_sv bytes, char out[32])
{
    uchardet_t u = uchardet_new();
    if (!u) return false;
    size_t n = bytes.n < 262144 ? bytes.n : 262144;
    bool ok = uchardet_handle_data(u, bytes.p, n) == 0;
    uchardet_data_end(u);
    ok = ok && known_name(onri_svz(uchardet_get_charset(u)), out) && usable(out);
    uchardet_delete(u);
    return ok;
}

/* Is it rather binary or mostly broken as this encoding would read it? UTF-8 that a header calls
 * something else is the commonest lie: many multi-byte characters and none broken is UTF-8. */
void onri_charset_of(onr_sv bytes, onr_sv declared, char out[32], size_t *bom)
{
    *bom = 0;
    if (onri_starts(bytes, ONR_SV("\xEF\xBB\xBF"))) {
        *bom = 3;
        memcpy(out, "UTF-8", 6);
    } else if (onri_starts(bytes, onri_sv("\xFF\xFE\0\0", 4))) {
        *bom = 4;
        memcpy(out, "UTF-32LE", 9);
    } else if (onri_starts(bytes, ONR_SV("\xFF\xFE"))) {
        *bom = 2;
        memcpy(out, "UTF-16LE", 9);
    } else if (onri_starts(bytes, ONR_SV("\xFE\xFF"))) {
        *bom = 2;
        memcpy(out, "UTF-16BE", 9);
    } else if (onri_utf8_check(bytes) == bytes.n) {
        memcpy(out, "UTF-8", 6);
    } else if (known_name(declared, out) && strcmp(out, "UTF-8") != 0 && usable(out)) {
        return;
    } else {
        /* declared as UTF-8, or not at all, with bytes that are not: few bad ones are damage */
        size_t bad = 0, multi = 0;
        for (size_t i = 0; i < bytes.n;) {
            unsigned n = onri_utf8_bad(bytes, i);
            bad += n > 0;
            if (n == 0 && (unsigned char)bytes.p[i] >= 0x80) {
                multi++;
                do i++;
                while (i < bytes.n && ((unsigned char)bytes.p[i] & 0xC0) == 0x80);
                continue;
            }
            i += n ? n : 1;
        }
        if (multi > bad || !detect(bytes, out))
            memcpy(out, multi > bad ? "UTF-8" : "WINDOWS-1252", multi > bad ? 6 : 13);
    }
}

/* ---- decoding ------------------------------------------------------------------------------- */

static bool put(onr_arena *mem, onri_decoded *d, onri_buf *b, onr_sv s, size_t raw, size_t raw_len,
                bool same_bytes)
{
    onri_place *last = d->places.n ? &d->places.at[d->places.n - 1] : NULL;
    uint32_t at = (uint32_t)b->n;
    onri_buf_add(b, s);
    if (same_bytes && last && last->same && last->raw + (at - last->at) == raw) return true;
    onri_place *p = ONRI_PUSH(mem, &d->places);
    if (p) *p = (onri_place){ at, (uint32_t)raw, (uint32_t)raw_len, same_bytes };
    return p != NULL;
}

/* UTF-8 with damage: each bad piece becomes U+FFFD. */
static bool mend(onr_arena *mem, onr_sv in, size_t from, onri_decoded *d, onri_buf *b)
{
    for (size_t i = from; i < in.n;) {
        size_t good = onri_utf8_check(onri_sub(in, i, in.n));
        if (good && !put(mem, d, b, onri_sub(in, i, i + good), i, good, true)) return false;
        i += good;
        if (i == in.n) break;
        unsigned bad = onri_utf8_bad(in, i);
        bad = bad ? bad : 1;
        if (d->bad++ == 0) d->bad_first = i;
        if (!put(mem, d, b, ONR_SV("\xEF\xBF\xBD"), i, bad, false)) return false;
        i += bad;
    }
    return true;
}

/* Character by character, so that each knows its bytes; runs of ASCII are copied as they are where
 * the encoding holds ASCII. */
static bool convert(onr_arena *mem, iconv_t cd, onr_sv in, size_t from, bool wide, onri_decoded *d,
                    onri_buf *b)
{
    for (size_t i = from; i < in.n;) {
        size_t run = i;
        while (!wide && run < in.n && (unsigned char)in.p[run] < 0x80) run++;
        if (run > i) {
            if (!put(mem, d, b, onri_sub(in, i, run), i, run - i, true)) return false;
            i = run;
            continue;
        }
        char out[16];
        bool done = false;
        for (size_t take = wide ? 2 : 1; take <= 8 && i + take <= in.n && !done; take++) {
            char *src = (char *)(uintptr_t)(in.p + i), *dst = out;
            size_t left = take, room = sizeof out;
            (void)iconv(cd, NULL, NULL, NULL, NULL);
            size_t rc = iconv(cd, &src, &left, &dst, &room);
            if (rc == (size_t)-1 && errno == EINVAL) continue; /* wants more bytes */
            if (rc == (size_t)-1 || left || dst == out) break;
            if (!put(mem, d, b, onri_sv(out, sizeof out - room), i, take, false)) return false;
            i += take;
            done = true;
        }
        if (done) continue;
        if (d->bad++ == 0) d->bad_first = i;
        size_t skip = wide && in.n - i >= 2 ? 2 : 1;
        if (!put(mem, d, b, ONR_SV("\xEF\xBF\xBD"), i, skip, false)) return false;
        i += skip;
    }
    return true;
}

onr_status onri_decode(onr_arena *mem, onr_sv bytes, onr_sv declared, onri_decoded *out,
                       onr_error *err)
{
    onri_decoded d = { 0 };
    size_t bom;
    onri_charset_of(bytes, declared, d.name, &bom);
    bool utf8 = strcmp(d.name, "UTF-8") == 0;
    if (utf8 && onri_utf8_check(bytes) == bytes.n) {
        d.text = onri_sub(bytes, bom, bytes.n);
        d.shift = (uint32_t)bom;
        *out = d;
        return ONR_OK;
    }
    onri_buf b = onri_buf_make(4 * ONR_TEXT_MAX);
    bool ok;
    if (utf8) {
        ok = mend(mem, bytes, bom, &d, &b);
    } else {
        iconv_t cd = iconv_open("UTF-8", d.name);
        bool wide = memcmp(d.name, "UTF-16", 6) == 0 || memcmp(d.name, "UTF-32", 6) == 0;
        ok = cd != (iconv_t)-1 && convert(mem, cd, bytes, bom, wide, &d, &b);
        if (cd != (iconv_t)-1) iconv_close(cd);
    }
    onr_status st = b.status;
    if (ok && st == ONR_OK) {
        d.text = onri_dup(mem, onri_buf_sv(&b));
        ok = d.text.p != NULL;
    }
    onri_buf_drop(&b);
    if (st != ONR_OK) return onri_fail(err, st, "charset", "the decoded text is too long");
    if (!ok) return onri_fail_mem(err, mem, "charset");
    *out = d;
    return ONR_OK;
}

/* Index of the place that holds decoded offset `at`. */
static uint32_t place_of(const onri_decoded *d, uint32_t at)
{
    uint32_t lo = 0, hi = d->places.n;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (d->places.at[mid].at <= at)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

uint32_t onri_decoded_run(const onri_decoded *d, uint32_t at, uint32_t max)
{
    uint32_t i = place_of(d, at);
    uint32_t end = i + 1 < d->places.n ? d->places.at[i + 1].at : (uint32_t)d->text.n;
    return end - at < max ? end - at : max;
}

void onri_decoded_place(const onri_decoded *d, uint32_t beg, uint32_t end, uint32_t *raw_beg,
                        uint32_t *raw_end)
{
    if (!d->places.n) {
        *raw_beg = beg + d->shift;
        *raw_end = end + d->shift;
        return;
    }
    const onri_place *p = &d->places.at[place_of(d, beg)];
    *raw_beg = p->same ? p->raw + (beg - p->at) : p->raw;
    *raw_end = *raw_beg;
    if (end == beg) return;
    p = &d->places.at[place_of(d, end - 1)];
    *raw_end = p->same ? p->raw + (end - p->at) : p->raw + p->raw_len;
}

/* ---- mojibake ------------------------------------------------------------------------------- */

/* Bytes that windows-1252 shows as cp, or -1. */
static int cp1252_byte(uint32_t cp)
{
    static const uint16_t HIGH[32] = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
    };
    if (cp >= 0xA0 && cp <= 0xFF) return (int)cp;
    for (int i = 0; cp >= 0x80 && i < 32; i++)
        if (HIGH[i] == cp) return 0x80 + i;
    return -1;
}

/* Is the text at i the UTF-8 of one character read as windows-1252 ("Ã©")? *cp: the character, the
 * result: bytes of text it takes, 0 if none. Only what such damage makes of Latin letters,
 * quotation marks, dashes and the no-break space counts: other pairs may be meant. */
static size_t moji_at(onr_sv s, size_t i, uint32_t *cp)
{
    unsigned len;
    uint32_t c = onri_utf8_at(s, i, &len);
    int lead = cp1252_byte(c);
    unsigned more = lead >= 0xC2 && lead <= 0xDF ? 1 : lead >= 0xE0 && lead <= 0xEF ? 2 : 0;
    if (!more) return 0;
    uint32_t v = more == 1 ? (uint32_t)lead & 0x1F : (uint32_t)lead & 0x0F;
    size_t at = i + len;
    for (unsigned k = 0; k < more; k++) {
        if (at >= s.n) return 0;
        int byte = cp1252_byte(onri_utf8_at(s, at, &len));
        if (byte < 0x80 || byte > 0xBF) return 0;
        v = v << 6 | ((uint32_t)byte & 0x3F);
        at += len;
    }
    if (more == 1 ? v < 0xA0 || v > 0x17F : v < 0x2010 || v > 0x20AC) return 0;
    *cp = v;
    return at - i;
}

uint32_t onri_mojibake_count(onr_sv text, size_t *first)
{
    uint32_t n = 0, cp;
    for (size_t i = 0; i < text.n;) {
        if ((unsigned char)text.p[i] < 0xC3) {
            i++;
            continue;
        }
        size_t took = moji_at(text, i, &cp);
        if (took && n++ == 0) *first = i;
        unsigned len;
        (void)onri_utf8_at(text, i, &len);
        i += took ? took : len;
    }
    return n;
}

onr_sv onri_mojibake_repair(onr_arena *mem, onr_sv text)
{
    char *p = onr_alloc(mem, text.n ? text.n : 1);
    size_t n = 0;
    uint32_t cp;
    if (!p) return (onr_sv){ 0 };
    for (size_t i = 0; i < text.n;) {
        size_t took = (unsigned char)text.p[i] < 0xC3 ? 0 : moji_at(text, i, &cp);
        if (took) {
            n += onri_utf8_put(p + n, cp);
            i += took;
        } else {
            p[n++] = text.p[i++];
        }
    }
    return onri_sv(p, n);
}
