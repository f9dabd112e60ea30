/* A page becomes an article: charset, tree, metadata, main content, text with its map, marks.
 * Source: own. Leaves out: frames and what scripts would add. */
#include "article/charset.h"
#include "article/html.h"

#include "onrecord/limits.h"

static onr_boilerplate_kind kind_of(const onri_block *b)
{
    static const uint8_t KINDS[ONRI_ROLE__COUNT] = {
        ONR_BOILERPLATE_NAVIGATION, ONR_BOILERPLATE_NAVIGATION, ONR_BOILERPLATE_PROMO,
        ONR_BOILERPLATE_RELATED,    ONR_BOILERPLATE_SHARE,      ONR_BOILERPLATE_COMMENT_FORM,
        ONR_BOILERPLATE_COOKIE,     ONR_BOILERPLATE_BYLINE,     ONR_BOILERPLATE_CAPTION,
        ONR_BOILERPLATE_NAVIGATION, ONR_BOILERPLATE_NAVIGATION,
    };
    return (onr_boilerplate_kind)KINDS[b->role];
}

static bool is_heading(uint32_t tag)
{
    return tag >= ONRI_TAG_H1 && tag <= ONRI_TAG_H6;
}

/* The kept blocks (or all) as text; marks for headings and for what is not the article. */
static bool write_text(onr_arena *mem, const onri_page *page, bool whole, onri_text *t,
                       onri_marks *marks)
{
    for (uint32_t i = 0; i < page->blocks.n; i++) {
        const onri_block *b = &page->blocks.at[i];
        if (!(b->keep || whole) || b->chars == 0) continue;
        onr_span span;
        if (!onri_text_block(mem, t, page, b, &span)) return false;
        if (span.beg == span.end || (b->keep && !is_heading(b->tag))) continue;
        onr_boilerplate *m = ONRI_PUSH(mem, marks);
        if (!m) return false;
        *m = (onr_boilerplate){ span, b->keep ? ONR_BOILERPLATE_HEADING : kind_of(b) };
    }
    return true;
}

/* Rows of the decoded page become rows of the page's own bytes; neighbours that fit are joined. */
static bool map_back(onr_arena *mem, const onri_decoded *d, onri_text *t, const onr_origin **out,
                     uint32_t *n)
{
    ONRI_VEC(onr_origin) v = { 0 };
    for (uint32_t i = 0; i < t->origin.n; i++) {
        onr_origin o = t->origin.at[i];
        bool same = o.text_len == o.page_len;
        uint32_t at = 0;
        while (at < o.text_len) {
            /* byte-for-byte rows of a decoded page are cut where the encoding changes lengths */
            uint32_t len = o.text_len, beg, end;
            if (same && d->places.n) len = onri_decoded_run(d, o.page_beg + at, o.text_len - at);
            onri_decoded_place(d, o.page_beg + at, o.page_beg + at + (same ? len : o.page_len),
                               &beg, &end);
            onr_origin *r = ONRI_PUSH(mem, &v);
            if (!r) return false;
            *r = (onr_origin){ o.text_beg + at, len, beg, end - beg };
            at += len;
        }
    }
    *out = v.at;
    *n = v.n;
    return true;
}

static onr_sv first_of(onr_sv a, onr_sv b)
{
    return a.n ? a : b;
}

static onr_sv span_of(onr_sv text, onr_sv title)
{
    size_t at =
        title.n ? onri_find(onri_sub(text, 0, text.n < 2000 ? text.n : 2000), title, 0) : SIZE_MAX;
    return at == SIZE_MAX ? onri_sv(NULL, 0) : onri_sub(text, at, at + title.n);
}

/* Marks of the text itself (a promotion inside a paragraph, a sentence told twice) beside those of
 * the markup. */
static onr_status mark_text(onr_arena *mem, const onri_pats *pats, onr_article *a,
                            onri_marks *marks, onr_error *err)
{
    onri_marks more = { 0 };
    onr_sv in = span_of(a->text, a->title_text);
    if (in.p)
        a->title = (onr_span){ (uint32_t)(in.p - a->text.p),
                               (uint32_t)(in.p - a->text.p + (ptrdiff_t)in.n) };
    onr_span title = a->title.end ? a->title : (onr_span){ ONR_NONE - 1, ONR_NONE };
    onr_status st = onri_debris_mark(mem, pats, a->text, &title, &more, err);
    if (st != ONR_OK) return st;
    for (uint32_t i = 0; i < more.n; i++) {
        onr_boilerplate *m = ONRI_PUSH(mem, marks);
        if (!m) return onri_fail_mem(err, mem, "html");
        *m = more.at[i];
    }
    onri_marks_tidy(marks);
    a->boilerplate = marks->at;
    a->n_boilerplate = marks->n;
    return ONR_OK;
}

static onr_status set_meta(onr_arena *mem, const onri_meta *m, const onr_article_opts *opts,
                           onr_article *a, onr_error *err)
{
    a->uri = first_of(opts->uri, m->canonical);
    a->publisher = first_of(opts->publisher, m->publisher);
    a->author = m->author;
    a->title_text = first_of(opts->title, m->title);
    if (opts->date.n) {
        a->date = opts->date;
        a->date_source = ONR_SV("given");
    } else if (m->date[0]) {
        a->date = onri_dup(mem, onri_sv(m->date, 10));
        a->date_source = onri_svz(m->date_source);
        if (!a->date.p) return onri_fail_mem(err, mem, "html");
    }
    return ONR_OK;
}

/* A date in a short line around the start of the article: "Monday, November 18, 2019". */
static bool date_in_lines(onr_arena *mem, const onri_page *page, onr_article *a)
{
    uint32_t kept = 0, short_lines = 0;
    for (uint32_t i = 0; i < page->blocks.n && kept < 2 && short_lines < 60 && !a->date.n; i++) {
        const onri_block *b = &page->blocks.at[i];
        kept += b->keep;
        if (b->chars < 6 || b->chars > 120 || b->words > 14) continue;
        short_lines++;
        onri_text t = { .buf = onri_buf_make(4096) };
        onr_span span;
        char date[11];
        bool ok = onri_text_block(mem, &t, page, b, &span);
        onr_sv rest = onri_buf_sv(&t.buf), line;
        bool found = false;
        while (ok && !found && onri_split(&rest, '\n', &line)) found = onri_date_line(line, date);
        onri_buf_drop(&t.buf);
        if (!ok) return false;
        if (!found) continue;
        a->date = onri_dup(mem, onri_sv(date, 10));
        a->date_source = ONR_SV("byline");
        if (!a->date.p) return false;
    }
    return true;
}

/* What <meta> declares within the first kilobytes, before anything is decoded. */
static onr_sv meta_charset(onr_sv bytes)
{
    onr_sv head = onri_sub(bytes, 0, bytes.n < 4096 ? bytes.n : 4096);
    size_t at = onri_find(head, ONR_SV("charset="), 0);
    if (at == SIZE_MAX) at = onri_find(head, ONR_SV("CHARSET="), 0);
    if (at == SIZE_MAX)
        at = onri_find(head, ONR_SV("encoding="), 0) == SIZE_MAX
                 ? SIZE_MAX
                 : onri_find(head, ONR_SV("encoding="), 0) + 1;
    if (at == SIZE_MAX) return (onr_sv){ 0 };
    at += 8;
    while (at < head.n && (head.p[at] == '"' || head.p[at] == '\'' || head.p[at] == ' ')) at++;
    size_t end = at;
    while (end < head.n && head.p[end] != '"' && head.p[end] != '\'' && head.p[end] != ' ' &&
           head.p[end] != '>' && head.p[end] != ';' && head.p[end] != '/')
        end++;
    return onri_sub(head, at, end);
}

static onr_status read_page(onr_arena *mem, const onri_decoded *d, const onri_meta *meta,
                            onri_page *page, bool whole, onr_article *a, onr_error *err)
{
    onri_pats pats = { 0 };
    onr_status st = onri_pats_load(mem, &pats, err);
    if (st != ONR_OK) return st;
    page->pats = &pats;
    page->title = meta->title;
    page->body = meta->body;
    if (!onri_page_roles(mem, page) || !onri_page_blocks(mem, page))
        return onri_fail_mem(err, mem, "html");
    st = onri_extract(mem, page, err);
    if (st != ONR_OK) return st;
    onri_text t = { .buf = onri_buf_make(ONR_TEXT_MAX) };
    onri_marks marks = { 0 };
    bool ok = write_text(mem, page, whole, &t, &marks);
    st = t.buf.status;
    if (ok && st == ONR_OK) {
        a->text = onri_dup(mem, onri_buf_sv(&t.buf));
        if (!a->date.n && !date_in_lines(mem, page, a)) ok = false;
        ok = ok && a->text.p && map_back(mem, d, &t, &a->origin, &a->n_origin);
    }
    onri_buf_drop(&t.buf);
    if (st != ONR_OK)
        return onri_fail(err, st, "html", "the text of the page is over %zu bytes", ONR_TEXT_MAX);
    return ok ? mark_text(mem, &pats, a, &marks, err) : onri_fail_mem(err, mem, "html");
}

onr_status onri_article_from_html(onr_arena *mem, onr_sv bytes, onr_sv charset, bool decoded,
                                  const onr_input_opts *how, const onr_article_opts *opts,
                                  onr_article *out, onr_error *err)
{
    if (bytes.n > ONR_TEXT_MAX)
        return onri_fail_at(err, ONR_E_LIMIT, "html", ONR_TEXT_MAX,
                            "a page of %zu bytes, limit is %zu", bytes.n, ONR_TEXT_MAX);
    onri_decoded d = { .text = bytes };
    onr_status st =
        decoded ? ONR_OK : onri_decode(mem, bytes, first_of(charset, meta_charset(bytes)), &d, err);
    if (st != ONR_OK) return st;
    onr_article a = { .id = opts->id };
    onri_page page = { 0 };
    onri_meta meta = { 0 };
    if (!onri_html_parse(mem, d.text, &page.html) ||
        !onri_page_meta(mem, &page.html, opts->uri, &meta))
        return onri_fail_mem(err, mem, "html");
    st = set_meta(mem, &meta, opts, &a, err);
    if (st == ONR_OK) st = read_page(mem, &d, &meta, &page, how->whole_page, &a, err);
    if (st != ONR_OK) return st;
    if (!a.id.n) a.id = onri_article_id(mem, bytes);
    if (!onri_lang_guess(mem, a.text, &a.lang)) return onri_fail_mem(err, mem, "article");
    if (!a.lang.n) a.lang = meta.lang;
    bool ok = a.id.p != NULL;
    size_t first = 0;
    uint32_t moji = onri_mojibake_count(a.text, &first);
    if (moji) ok = ok && onri_diag_add(mem, &a, "mojibake", moji, first);
    if (d.bad) ok = ok && onri_diag_add(mem, &a, "bad-encoding", d.bad, d.bad_first);
    if (page.html.too_deep)
        ok = ok && onri_diag_add(mem, &a, "html-depth", page.html.too_deep, page.html.deep_first);
    if (!ok) return onri_fail_mem(err, mem, "html");
    *out = a;
    return ONR_OK;
}

onr_status onr_article_from_html(onr_arena *mem, onr_sv bytes, onr_sv charset,
                                 const onr_article_opts *opts, onr_article *out, onr_error *err)
{
    static const onr_article_opts NONE = ONR_ARTICLE_OPTS_INIT;
    static const onr_input_opts HOW = ONR_INPUT_OPTS_INIT;
    return onri_article_from_html(mem, bytes, charset, false, &HOW, opts ? opts : &NONE, out, err);
}
