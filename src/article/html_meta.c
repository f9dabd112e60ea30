/* What a page says about itself: JSON-LD, Open Graph and other <meta>, <time>, <link>, <title>,
 * <h1>, the address. JSON-LD is read by looking for keys, because half of it is not valid JSON
 * (control characters, missing commas). Source: own; schema.org. Leaves out: microdata beyond
 * itemprop on <meta> and <time>. */
#include "article/html.h"
#include "base/embedded.h"

typedef struct ctx {
    onr_arena *mem;
    const onri_html *h;
    onri_meta *m;
    onr_sv h1, title_tag, time;
    bool time_sure;
} ctx;

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool same(onr_sv a, onr_sv b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != b.p[i]) return false;
    return true;
}

static void take_date(onri_meta *m, onr_sv s, const char *source)
{
    size_t beg, end;
    if (!m->date[0] && s.n && onri_date_find(s, m->date, &beg, &end))
        m->date_source = source;
    else if (!m->date_source)
        m->date[0] = 0;
}

/* ---- JSON-LD -------------------------------------------------------------------------------- */

/* The JSON string that begins behind the quote at i, decoded; .p NULL: it does not end. */
static onr_sv json_string(onr_arena *mem, onr_sv s, size_t i)
{
    size_t end = i;
    while (end < s.n && s.p[end] != '"') end += s.p[end] == '\\' ? 2 : 1;
    if (end >= s.n) return (onr_sv){ 0 };
    char *p = onr_alloc(mem, end - i + 4);
    size_t n = 0;
    if (!p) return (onr_sv){ 0 };
    for (size_t k = i; k < end; k++) {
        if (s.p[k] != '\\') {
            p[n++] = s.p[k];
            continue;
        }
        char c = s.p[++k];
        if (c != 'u') {
            p[n++] = c == 'n' || c == 'r' || c == 't' ? ' ' : c;
            continue;
        }
        uint32_t cp = 0;
        size_t got = 0;
        for (; got < 4 && k + 1 < end; got++) {
            char d = lower(s.p[k + 1]);
            if (!((d >= '0' && d <= '9') || (d >= 'a' && d <= 'f'))) break;
            cp = cp * 16 + (uint32_t)(d <= '9' ? d - '0' : d - 'a' + 10);
            k++;
        }
        if (cp >= 0xD800 && cp <= 0xDFFF)
            cp = '?'; /* half a pair: titles and names hardly hold any */
        n += got == 4 && cp ? onri_utf8_put(p + n, cp) : 0;
    }
    return onri_html_plain(mem, onri_sv(p, n));
}

/* Value of "key" in the script from `from` on: a string. *at: offset behind the key. */
static onr_sv json_value(onr_arena *mem, onr_sv s, const char *key, size_t from, size_t limit)
{
    size_t n = strlen(key);
    for (size_t i = from; (i = onri_find(s, onri_svz(key), i)) != SIZE_MAX && i < limit; i += n) {
        if (i == 0 || s.p[i - 1] != '"' || i + n >= s.n || s.p[i + n] != '"') continue;
        size_t k = i + n + 1;
        while (k < s.n &&
               (lower(s.p[k]) == ' ' || s.p[k] == '\n' || s.p[k] == '\r' || s.p[k] == '\t'))
            k++;
        if (k >= s.n || s.p[k] != ':') continue;
        k++;
        while (k < s.n && (s.p[k] == ' ' || s.p[k] == '\n' || s.p[k] == '\r' || s.p[k] == '\t' ||
                           s.p[k] == '['))
            k++;
        if (k < s.n && s.p[k] == '"') return json_string(mem, s, k + 1);
        if (k < s.n && s.p[k] == '{') { /* a person or organization: its name */
            size_t close = onri_find(s, ONR_SV("}"), k);
            return json_value(mem, s, "name", k, close == SIZE_MAX ? s.n : close);
        }
    }
    return (onr_sv){ 0 };
}

static void json_ld(ctx *c, onr_sv s)
{
    static const char *const TYPES[] = { "NewsArticle\"", "Article\"", "BlogPosting\"", "Report\"",
                                         "NewsArticle'" };
    bool article = false;
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES && !article; i++)
        article = onri_find(s, onri_svz(TYPES[i]), 0) != SIZE_MAX;
    if (!article && onri_find(s, ONR_SV("datePublished"), 0) == SIZE_MAX) return;
    onri_meta *m = c->m;
    take_date(m, json_value(c->mem, s, "datePublished", 0, s.n), "json-ld");
    if (!m->title.n) m->title = json_value(c->mem, s, "headline", 0, s.n);
    if (!m->author.n) m->author = json_value(c->mem, s, "author", 0, s.n);
    if (!m->publisher.n) m->publisher = json_value(c->mem, s, "publisher", 0, s.n);
    if (!m->body.n) m->body = json_value(c->mem, s, "articleBody", 0, s.n);
}

/* ---- meta, time, link ----------------------------------------------------------------------- */

/* Rank of a name among those of the field; ONR_NONE: it is none. */
static uint32_t rank_of(onr_sv names, onr_sv name)
{
    onr_sv rest = names, w;
    for (uint32_t i = 0; onri_split(&rest, ' ', &w); i++)
        if (same(name, w)) return i;
    return ONR_NONE;
}

typedef struct best {
    onr_sv value;
    uint32_t rank;
} best;

static const char *const FIELDS[] = { "title", "author", "publisher", "date", "canonical", "lang" };
enum { F_TITLE, F_AUTHOR, F_PUBLISHER, F_DATE, F_CANONICAL, F_LANG, F__COUNT };

static void load_names(onr_sv names[F__COUNT])
{
    onr_sv rest = onri_data_get("article/meta.tsv"), line, field;
    while (onri_split(&rest, '\n', &line)) {
        if (!line.n || line.p[0] == '#' || !onri_split(&line, '\t', &field)) continue;
        for (uint32_t f = 0; f < F__COUNT; f++)
            if (onri_eqz(field, FIELDS[f])) names[f] = line;
    }
}

static void meta_tag(const ctx *c, uint32_t i, const onr_sv names[F__COUNT], best found[F__COUNT])
{
    onr_sv value = onri_trim(onri_attr(c->h, i, "content"));
    if (!value.n) return;
    const char *const ATTRS[] = { "property", "name", "itemprop", "http-equiv" };
    for (size_t k = 0; k < 4; k++) {
        onr_sv name = onri_attr(c->h, i, ATTRS[k]);
        if (!name.n || name.n > 60) continue;
        for (uint32_t f = 0; f < F__COUNT; f++) {
            uint32_t r = rank_of(names[f], name);
            if (r == ONR_NONE || (found[f].value.n && r >= found[f].rank)) continue;
            char date[11];
            size_t beg, end;
            if (f == F_DATE && !onri_date_find(value, date, &beg, &end)) continue;
            if (f == F_AUTHOR && onri_starts(value, ONR_SV("http"))) continue;
            found[f] = (best){ value, r };
        }
    }
}

static bool has_word(onr_sv s, const char *w)
{
    return onri_find(s, onri_svz(w), 0) != SIZE_MAX;
}

static void time_tag(ctx *c, uint32_t i)
{
    onr_sv when = onri_attr(c->h, i, "datetime");
    onr_sv cls = onri_attr(c->h, i, "class"), prop = onri_attr(c->h, i, "itemprop");
    bool sure = onri_attr(c->h, i, "pubdate").p || has_word(prop, "datePublished") ||
                has_word(cls, "publish") || has_word(cls, "entry-date");
    char date[11];
    size_t beg, end;
    if (!when.n && c->h->nodes.at[i].end == i + 2) { /* <time>13 July 2018</time> */
        const onri_node *t = &c->h->nodes.at[i + 1];
        when = onri_sub(c->h->src, t->src, t->src + t->len);
    }
    if (!when.n || !onri_date_find(when, date, &beg, &end)) return;
    if (!c->time.n || (sure && !c->time_sure)) {
        c->time = when;
        c->time_sure = sure;
    }
}

/* Text of a small element as it stands, tags left out. */
static onr_sv text_of(ctx *c, uint32_t i)
{
    onri_buf b = onri_buf_make(4096);
    for (uint32_t k = i + 1; k < c->h->nodes.at[i].end; k++) {
        const onri_node *n = &c->h->nodes.at[k];
        if (n->tag == ONRI_TAG_TEXT) onri_buf_add(&b, onri_sub(c->h->src, n->src, n->src + n->len));
    }
    onr_sv s = onri_html_plain(c->mem, onri_buf_sv(&b));
    onri_buf_drop(&b);
    return s;
}

static void look_at(ctx *c, uint32_t i, const onr_sv names[F__COUNT], best found[F__COUNT])
{
    onri_meta *m = c->m;
    switch (c->h->nodes.at[i].tag) {
    case ONRI_TAG_META:
        meta_tag(c, i, names, found);
        break;
    case ONRI_TAG_SCRIPT:
        if (has_word(onri_attr(c->h, i, "type"), "ld+json")) json_ld(c, onri_raw(c->h, i));
        break;
    case ONRI_TAG_LINK:
        if (!m->canonical.n && same(onri_attr(c->h, i, "rel"), ONR_SV("canonical")))
            m->canonical = onri_html_plain(c->mem, onri_attr(c->h, i, "href"));
        break;
    case ONRI_TAG_TITLE:
        if (!c->title_tag.n) c->title_tag = onri_html_plain(c->mem, onri_raw(c->h, i));
        break;
    case ONRI_TAG_H1:
        if (!c->h1.n) c->h1 = text_of(c, i);
        break;
    case ONRI_TAG_TIME:
        time_tag(c, i);
        break;
    case ONRI_TAG_HTML:
        m->lang = onri_attr(c->h, i, "lang");
        break;
    default:
        break;
    }
}

/* "Title | Site" and "Title - Site": the piece before the last separator, if it is long enough. */
static onr_sv cut_site(onr_sv s)
{
    static const char *const SEPS[] = { " | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " :: " };
    size_t cut = s.n;
    for (size_t k = 0; k < sizeof SEPS / sizeof *SEPS; k++)
        for (size_t at = 0; (at = onri_find(s, onri_svz(SEPS[k]), at)) != SIZE_MAX; at++)
            cut = at >= 15 && (cut == s.n || at > cut) ? at : cut;
    return onri_sub(s, 0, cut);
}

static onr_sv host_of(onr_sv url)
{
    size_t at = onri_find(url, ONR_SV("://"), 0);
    if (at == SIZE_MAX) return (onr_sv){ 0 };
    onr_sv rest = onri_sub(url, at + 3, url.n), host;
    if (!onri_split(&rest, '/', &host)) return (onr_sv){ 0 };
    return onri_starts(host, ONR_SV("www.")) ? onri_sub(host, 4, host.n) : host;
}

bool onri_page_meta(onr_arena *mem, const onri_html *h, onr_sv uri, onri_meta *out)
{
    ctx c = { .mem = mem, .h = h, .m = out };
    onr_sv names[F__COUNT] = { { 0 } };
    best found[F__COUNT] = { { { 0 }, 0 } };
    load_names(names);
    for (uint32_t i = 0; i < h->nodes.n; i++) look_at(&c, i, names, found);
    take_date(out, found[F_DATE].value, "meta");
    take_date(out, c.time, "time");
    onr_sv where = uri.n ? uri : out->canonical.n ? out->canonical : found[F_CANONICAL].value;
    if (!out->date[0] && where.n && onri_date_of_url(where, out->date)) out->date_source = "url";
    onr_sv plain = onri_html_plain(mem, found[F_TITLE].value);
    if (!out->title.n) out->title = plain.n ? plain : c.h1.n ? c.h1 : cut_site(c.title_tag);
    if (!out->author.n) out->author = onri_html_plain(mem, found[F_AUTHOR].value);
    if (onri_starts(out->author, ONR_SV("By ")) || onri_starts(out->author, ONR_SV("by ")))
        out->author = onri_sub(out->author, 3, out->author.n);
    if (!out->publisher.n) out->publisher = onri_html_plain(mem, found[F_PUBLISHER].value);
    if (!out->publisher.n) out->publisher = host_of(where);
    if (!out->canonical.n) out->canonical = onri_html_plain(mem, found[F_CANONICAL].value);
    if (!out->lang.n) out->lang = found[F_LANG].value;
    out->lang.n = out->lang.n > 2 ? 2 : out->lang.n;
    return mem->status == ONR_OK;
}
