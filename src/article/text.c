/* Plain text becomes an article: bytes stay, bad ones become U+001A one for one, what is not the
 * article is marked, title, date and language are found. First step of the walk of one article.
 * Source: own. Leaves out: other encodings (charset.c) and markup (html.c). */
#include "article/article_i.h"

#include "onrecord/limits.h"

bool onri_diag_add(onr_arena *mem, onr_article *a, const char *code, uint32_t count, uint64_t at)
{
    onr_diagnostic *d = ONRI_NEW_N(mem, a->n_diagnostics + 1, onr_diagnostic);
    if (!d) return false;
    if (a->n_diagnostics) memcpy(d, a->diagnostics, a->n_diagnostics * sizeof *d);
    d[a->n_diagnostics++] = (onr_diagnostic){ code, count, at };
    a->diagnostics = d;
    return true;
}

onr_sv onri_article_id(onr_arena *mem, onr_sv bytes)
{
    onri_sha256 h;
    uint8_t sum[32];
    char hex[65];
    onri_sha256_init(&h);
    onri_sha256_add(&h, bytes);
    onri_sha256_end(&h, sum);
    onri_hex(sum, sizeof sum, hex);
    return onri_dup(mem, onri_sv(hex, 16));
}

/* A copy in which every byte of a bad piece is U+001A, so that offsets stay. */
static bool mend_utf8(onr_arena *mem, onr_article *a, onr_sv bytes, size_t first)
{
    char *p = onr_alloc(mem, bytes.n);
    if (!p) return false;
    memcpy(p, bytes.p, bytes.n);
    uint32_t bad = 0;
    for (size_t i = first; i < bytes.n;) {
        unsigned n = onri_utf8_bad(bytes, i);
        if (n == 0) {
            size_t good = onri_utf8_check(onri_sub(bytes, i, bytes.n));
            i += good ? good : 1;
            continue;
        }
        memset(p + i, 0x1A, n);
        bad += n;
        i += n;
    }
    a->text = onri_sv(p, bytes.n);
    return onri_diag_add(mem, a, "bad-utf8", bad, first);
}

/* Where the given title stands in the first lines, or an empty span. */
static onr_span place_title(onr_sv text, onr_sv title)
{
    onr_sv head = onri_sub(text, 0, text.n < 4096 ? text.n : 4096);
    size_t at = title.n ? onri_find(head, title, 0) : SIZE_MAX;
    if (at == SIZE_MAX) return (onr_span){ 0, 0 };
    bool line_beg = at == 0 || text.p[at - 1] == '\n';
    size_t end = at + title.n;
    if (!line_beg || !(end == text.n || text.p[end] == '\n' || text.p[end] == '\r'))
        return (onr_span){ 0, 0 };
    return (onr_span){ (uint32_t)at, (uint32_t)end };
}

/* "WASHINGTON, Jan. 3, 2019 (Reuters) —" at the start of the first paragraphs. */
static bool dateline(onr_sv text, char out[11])
{
    onr_sv rest = onri_sub(text, 0, text.n < 3000 ? text.n : 3000), line;
    for (int n = 0; n < 12 && onri_split(&rest, '\n', &line);) {
        line = onri_trim(line);
        if (!line.n) continue;
        n++;
        size_t beg, end;
        if (onri_date_find(onri_sub(line, 0, onri_dateline(line)), out, &beg, &end)) return true;
    }
    return false;
}

static onr_status set_date(onr_arena *mem, onr_article *a, onr_sv given, onr_error *err)
{
    char date[11];
    if (given.n) {
        a->date = given;
        a->date_source = ONR_SV("given");
        return ONR_OK;
    }
    const char *source = NULL;
    for (uint32_t i = 0; i < a->n_boilerplate && !source; i++) {
        onr_boilerplate b = a->boilerplate[i];
        if (b.kind == ONR_BOILERPLATE_BYLINE &&
            onri_date_line(onri_sub(a->text, b.span.beg, b.span.end), date))
            source = "byline";
    }
    if (!source && dateline(a->text, date)) source = "dateline";
    if (!source) return ONR_OK;
    a->date = onri_dup(mem, onri_sv(date, 10));
    a->date_source = onri_svz(source);
    return a->date.p ? ONR_OK : onri_fail_mem(err, mem, "article");
}

onr_status onr_article_from_text(onr_arena *mem, onr_sv bytes, const onr_article_opts *opts,
                                 onr_article *out, onr_error *err)
{
    static const onr_article_opts NONE = ONR_ARTICLE_OPTS_INIT;
    if (!opts) opts = &NONE;
    if (bytes.n > ONR_TEXT_MAX)
        return onri_fail_at(err, ONR_E_LIMIT, "article", ONR_TEXT_MAX,
                            "text of %zu bytes, limit is %zu", bytes.n, ONR_TEXT_MAX);
    onr_article a = { .id = opts->id, .uri = opts->uri, .publisher = opts->publisher };
    a.text = bytes.n ? bytes : ONR_SV("");
    size_t bad = onri_utf8_check(bytes);
    if (bad < bytes.n && !mend_utf8(mem, &a, bytes, bad)) return onri_fail_mem(err, mem, "article");
    if (!a.id.n) a.id = onri_article_id(mem, bytes);
    if (!a.id.p) return onri_fail_mem(err, mem, "article");

    onri_marks marks = { 0 };
    a.title = place_title(a.text, opts->title);
    onri_pats pats = { 0 };
    onr_status st = onri_pats_load(mem, &pats, err);
    if (st != ONR_OK) return st;
    st = onri_debris_mark(mem, &pats, a.text, &a.title, &marks, err);
    if (st != ONR_OK) return st;
    a.boilerplate = marks.at;
    a.n_boilerplate = marks.n;
    a.title_text = opts->title.n ? opts->title : onri_sub(a.text, a.title.beg, a.title.end);
    if (!onri_lang_guess(mem, a.text, &a.lang)) return onri_fail_mem(err, mem, "article");
    st = set_date(mem, &a, opts->date, err);
    if (st == ONR_OK) *out = a;
    return st;
}
