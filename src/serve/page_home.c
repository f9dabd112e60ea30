/* The first page: give a text to read; and what the store holds. Source: own. */
#include "serve/layout.h"
#include "serve/page_article.h"
#include "serve/sections.h"

static const char example[] =
    "Velayati: Iran will stay in Syria as long as Damascus asks\n\n"
    "MOSCOW, July 13 - Iran will not leave Syria unless the Syrian government asks it to, Ali "
    "Akbar "
    "Velayati, an adviser to Iran\xE2\x80\x99s supreme leader, told reporters in Moscow on "
    "Friday.\n\n"
    "\xE2\x80\x9CWe are there at the request of Damascus,\xE2\x80\x9D he said after talks with "
    "Russian "
    "President Vladimir Putin. Israel has accused Tehran of building bases near its border. "
    "Velayati "
    "denied the accusation. Kremlin spokesman Dmitry Peskov would not confirm that the two had "
    "discussed a withdrawal.\n";

static void field(html *h, const char *name, const char *label, const char *hint, const char *type)
{
    html_open(h, "label");
    html_elz(h, "span", NULL, label);
    html_open(h, "input");
    html_attrz(h, "name", name);
    html_attrz(h, "type", type);
    html_attrz(h, "placeholder", hint);
    html_lit(h, "maxlength", "2000");
    html_close(h);
    html_close(h);
}

static void form(html *h, const request *r, onr_sv text)
{
    html_open(h, "form");
    html_lit(h, "class", "paste");
    html_lit(h, "method", "post");
    html_lit(h, "action", "/read");
    html_lit(h, "enctype", "multipart/form-data");
    html_lit(h, "accept-charset", "utf-8");
    page_csrf(h, r);
    html_open(h, "label");
    html_lit(h, "class", "big");
    html_elz(h, "span", NULL, "Paste an article, or the source of a page");
    html_open(h, "textarea");
    html_lit(h, "name", "text");
    html_lit(h, "rows", "12");
    html_lit(h, "spellcheck", "false");
    html_lit(h, "dir", "auto");
    html_textz(h, "\n"); /* HTML drops the first line end of a textarea */
    html_text(h, text);
    html_close(h);
    html_close(h);
    html_open(h, "div");
    html_lit(h, "class", "row");
    field(h, "date", "Date, if it does not say", "2018-07-13", "text");
    field(h, "publisher", "Publisher", "The Example Times", "text");
    field(h, "uri", "Address", "https://\xE2\x80\xA6", "text");
    html_open(h, "label");
    html_elz(h, "span", NULL, "or a file: text or HTML");
    html_open(h, "input");
    html_lit(h, "type", "file");
    html_lit(h, "name", "file");
    html_lit(h, "accept", ".txt,.html,.htm,text/plain,text/html");
    html_close(h);
    html_close(h);
    html_close(h);
    html_open(h, "p");
    html_open(h, "button");
    html_lit(h, "class", "primary");
    html_textz(h, "Read it");
    html_close(h);
    html_textz(h, " ");
    html_open(h, "a");
    html_href(h, ONR_SV("/?example=1"));
    html_textz(h, "Fill in an example");
    html_close(h);
    html_close(h);
    html_close(h);
}

static void count_link(html *h, const char *path, const char *name, int64_t n)
{
    html_open(h, "li");
    html_open(h, "a");
    html_href(h, onri_svz(path));
    html_open(h, "b");
    html_uint(h, (uint64_t)n);
    html_close(h);
    html_textz(h, name);
    html_close(h);
    html_close(h);
}

/* The numbers are those of all facts, near copies as well, and so are the tables behind them. */
static void overview(html *h, request *r)
{
    static const char *const layers[][3] = {
        { "statement", "/statements?unfold=1", "statements" },
        { "event", "/events?unfold=1", "events" },
        { "commitment", "/commitments?unfold=1", "commitments" },
        { "dispute", "/disputes?unfold=1&across=in%20one%20article", "disputes" },
        { "position", "/positions?unfold=1", "positions" },
    };
    sections q = { .r = r };
    ask *a = section_add(&q, "layers");
    ask_text(
        a, "SELECT layer, count(*) AS n FROM fact GROUP BY 1 UNION ALL SELECT 'article', count(*) "
           "FROM article");
    const ask_rows *rows = section_run(&q, 20);
    html_open(h, "ul");
    html_lit(h, "class", "overview");
    for (uint32_t i = 0; i < rows->rows.n; i++)
        if (onri_eqz(ask_sv(rows, i, "layer"), "article"))
            count_link(h, "/articles?unfold=1", "articles", ask_int(rows, i, "n"));
    for (size_t k = 0; k < sizeof layers / sizeof *layers; k++)
        for (uint32_t i = 0; i < rows->rows.n; i++)
            if (onri_eqz(ask_sv(rows, i, "layer"), layers[k][0]))
                count_link(h, layers[k][1], layers[k][2], ask_int(rows, i, "n"));
    html_close(h);
    sections_drop(&q);
}

void page_home(const site *s, request *r, reply *out)
{
    const page_about about = { "/", "home", "paste.js", false };
    html h = page_begin(s, r, out, ONR_SV("Read"), &about);
    html_elz(&h, "h1", NULL, "Who said what to whom");
    html_elz(
        &h, "p", "lead",
        "Give an article; get its record: statements, actors, events, promises and denials, each "
        "tied to the words it was read from.");
    if (r->store) overview(&h, r);
    if (s->can_read)
        form(&h, r, request_param(r, "example").n ? ONR_SV(example) : ONR_SV(""));
    else
        html_elz(&h, "p", "note",
                 "No language model is loaded, so texts cannot be read here. 'onrecord model get' "
                 "fetches one.");
    page_end(&h, r, &about);
}

void page_recent(const site *s, request *r, reply *out)
{
    const onr_sv id = r->segments[1];
    const onr_sv json = desk_recent(s->desk, r->mem, id);
    if (!json.p) {
        page_error(
            s, r, out, 404, "No longer here",
            ONR_SV("Texts given to the page are not kept. The last of them can be seen for a "
                   "while; this one is gone, or was never read. Give it again."));
        return;
    }
    onri_buf b = onri_buf_make(1024);
    onri_buf_addz(&b, "/read/");
    html_url_part(&b, id);
    const onr_sv base = onri_dup(r->mem, onri_buf_sv(&b));
    onri_buf_drop(&b);
    article_show(s, r, out, json, base, false);
}
