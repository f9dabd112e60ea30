/* RSS 0.9x, 1.0, 2.0 and Atom: each entry with its full content becomes an item.
 * Entries are found by their tags; CDATA and escaped markup are both unwrapped. An entry that only
 * has a summary is an item of that summary. Source: rssboard.org, RFC 4287, own.
 * Leaves out: enclosures, xml:base, xhtml content as anything but its text. */
#include "article/charset.h"
#include "article/html.h"
#include "article/stream.h"

struct onri_feed {
    onr_sv text; /* the feed as UTF-8 */
    size_t at;   /* where to look for the next entry */
    onr_sv publisher;
};

/* Is a tag of this name, with any prefix, at s[i] == '<'? Its end, or 0. */
static size_t is_tag(onr_sv s, size_t i, const char *name)
{
    size_t n = strlen(name);
    if (i + 1 + n >= s.n || memcmp(s.p + i + 1, name, n) != 0) return 0;
    char c = s.p[i + 1 + n];
    if (c != '>' && c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != '/') return 0;
    const char *gt = memchr(s.p + i, '>', s.n - i);
    return gt ? (size_t)(gt - s.p) + 1 : 0;
}

/* The start tag of the name from `from` on: *open, and the offset behind it; SIZE_MAX: none.
 * CDATA is skipped. */
static size_t find_tag(onr_sv s, const char *name, size_t from, size_t *open)
{
    for (size_t i = from; i < s.n;) {
        const char *lt = memchr(s.p + i, '<', s.n - i);
        if (!lt) break;
        i = (size_t)(lt - s.p);
        if (onri_starts(onri_sub(s, i, s.n), ONR_SV("<![CDATA["))) {
            i = onri_find(s, ONR_SV("]]>"), i);
            if (i == SIZE_MAX) break;
            continue;
        }
        size_t end = is_tag(s, i, name);
        if (end) {
            *open = i;
            return end;
        }
        i++;
    }
    return SIZE_MAX;
}

/* Content of the first element of the name, raw; .p NULL if there is none. */
static onr_sv element(onr_sv s, const char *name)
{
    size_t open, beg = find_tag(s, name, 0, &open);
    if (beg == SIZE_MAX || s.p[beg - 2] == '/') return (onr_sv){ 0 };
    onri_buf b = onri_buf_make(80);
    onri_buf_fmt(&b, "/%s", name);
    onri_buf_addc(&b, 0);
    size_t end = b.status == ONR_OK ? find_tag(s, b.p, beg, &open) : SIZE_MAX;
    onri_buf_drop(&b);
    return end == SIZE_MAX ? onri_sub(s, beg, s.n) : onri_sub(s, beg, open);
}

/* CDATA out of its wrapping; escaped text decoded once. */
static onr_sv unwrap(onr_arena *mem, onr_sv s)
{
    char *p = onr_alloc(mem, s.n + 8);
    size_t n = 0;
    if (!p) return (onr_sv){ 0 };
    for (size_t i = 0; i < s.n;) {
        if (onri_starts(onri_sub(s, i, s.n), ONR_SV("<![CDATA["))) {
            size_t end = onri_find(s, ONR_SV("]]>"), i);
            size_t stop = end == SIZE_MAX ? s.n : end;
            memcpy(p + n, s.p + i + 9, stop - i - 9);
            n += stop - i - 9;
            i = end == SIZE_MAX ? s.n : end + 3;
            continue;
        }
        char out[8];
        unsigned len = 0;
        size_t took = s.p[i] == '&' ? onri_entity(s, i, out, &len) : 0;
        if (took && len <= took) {
            memcpy(p + n, out, len);
            n += len;
            i += took;
        } else {
            p[n++] = s.p[i++];
        }
    }
    return onri_trim(onri_sv(p, n));
}

static onr_sv plain(onr_arena *mem, onr_sv raw)
{
    return raw.p ? onri_html_plain(mem, unwrap(mem, raw)) : raw;
}

/* First of several elements that is there and not empty. */
static onr_sv first_of(onr_sv entry, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        onr_sv v = onri_trim(element(entry, names[i]));
        if (v.n) return v;
    }
    return (onr_sv){ 0 };
}

/* Atom's address stands in an attribute: the link without rel, or with rel="alternate". */
static onr_sv link_href(onr_arena *mem, onr_sv entry)
{
    for (size_t at = 0, open = 0; (at = find_tag(entry, "link", at, &open)) != SIZE_MAX;) {
        onr_sv tag = onri_sub(entry, open, at);
        bool other = onri_find(tag, ONR_SV("rel="), 0) != SIZE_MAX &&
                     onri_find(tag, ONR_SV("alternate"), 0) == SIZE_MAX;
        size_t href = onri_find(tag, ONR_SV("href="), 0);
        if (other || href == SIZE_MAX || href + 6 >= tag.n) continue;
        const char *q = memchr(tag.p + href + 6, tag.p[href + 5], tag.n - href - 6);
        if (q) return onri_html_plain(mem, onri_sub(tag, href + 6, (size_t)(q - tag.p)));
    }
    return (onr_sv){ 0 };
}

static onr_status load(onr_input *in, onr_error *err)
{
    in->feed_mem = onr_arena_make(16 * ONR_TEXT_MAX);
    onr_sv bytes;
    onr_status st = onri_stream_all(&in->stream, &in->feed_mem, in->opts.max_bytes, &bytes, err);
    if (st != ONR_OK) return st;
    onr_sv head = onri_sub(bytes, 0, bytes.n < 200 ? bytes.n : 200), name = { 0 };
    size_t at = onri_find(head, ONR_SV("encoding="), 0);
    if (at != SIZE_MAX && at + 10 < head.n) {
        const char *q = memchr(head.p + at + 10, head.p[at + 9], head.n - at - 10);
        if (q) name = onri_sub(head, at + 10, (size_t)(q - head.p));
    }
    onri_decoded d;
    st = onri_decode(&in->feed_mem, bytes, name, &d, err);
    if (st != ONR_OK) return st;
    struct onri_feed *f = ONRI_NEW(&in->feed_mem, struct onri_feed);
    if (!f) return onri_fail_mem(err, &in->feed_mem, "feed");
    f->text = d.text;
    f->publisher = plain(&in->feed_mem, element(d.text, "title"));
    in->feed = f;
    return ONR_OK;
}

static void fill(onr_arena *mem, const struct onri_feed *f, onr_sv entry, onr_input_item *item)
{
    static const char *const BODY[] = { "content:encoded", "content", "body", "description",
                                        "summary" };
    static const char *const DATE[] = { "pubDate", "published", "dc:date", "issued", "updated" };
    static const char *const AUTHOR[] = { "dc:creator", "author", "name" };
    static const char *const ID[] = { "guid", "id" };
    onr_sv author = first_of(entry, AUTHOR, 3), name = element(author, "name");
    char date[11];
    size_t beg, end;
    item->title = plain(mem, element(entry, "title"));
    item->uri = plain(mem, element(entry, "link"));
    if (!item->uri.n) item->uri = link_href(mem, entry);
    item->id = plain(mem, first_of(entry, ID, 2));
    item->author = plain(mem, name.n ? name : author);
    item->publisher = onri_dup(mem, f->publisher);
    if (onri_date_find(first_of(entry, DATE, 5), date, &beg, &end))
        item->date = onri_dup(mem, onri_sv(date, 10));
    item->bytes = unwrap(mem, first_of(entry, BODY, 5));
    item->decoded = true;
    item->kind = onri_find(item->bytes, ONR_SV("<"), 0) == SIZE_MAX &&
                         onri_find(item->bytes, ONR_SV("&"), 0) == SIZE_MAX
                     ? ONR_INPUT_TEXT
                     : ONR_INPUT_HTML;
    if (mem->status != ONR_OK)
        (void)onri_fail(&item->error, ONR_E_NOMEM, "feed", "no memory for an entry");
}

bool onri_feed_next(onr_input *in, onr_arena *mem, onr_input_item *item)
{
    if (!in->feed) {
        onr_error e = ONR_ERROR_INIT;
        if (in->stream.eof && in->stream.beg == in->stream.end && in->stream.at) return false;
        if (load(in, &e) != ONR_OK) {
            item->error = e;
            onr_arena_drop(&in->feed_mem);
            in->stream.eof = true; /* told once */
            onri_stream_skip(&in->stream, onri_stream_peek(&in->stream).n);
            in->stream.at++;
            return true;
        }
    }
    struct onri_feed *f = in->feed;
    size_t open = 0, other = 0;
    size_t beg = find_tag(f->text, "item", f->at, &open);
    size_t atom = find_tag(f->text, "entry", f->at, &other);
    const char *close = "/item";
    if (atom < beg) {
        beg = atom;
        open = other;
        close = "/entry";
    }
    if (beg == SIZE_MAX) {
        in->feed = NULL;
        onr_arena_drop(&in->feed_mem);
        return false;
    }
    size_t shut = 0, end = find_tag(f->text, close, beg, &shut);
    item->at = open;
    fill(mem, f, onri_sub(f->text, beg, end == SIZE_MAX ? f->text.n : shut), item);
    f->at = end == SIZE_MAX ? f->text.n : end;
    return true;
}
