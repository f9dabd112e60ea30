/* What all pages share. Whole without scripts: they only make what is there handier. Source: own.
 */
#include "serve/layout.h"

#include <stdio.h>

typedef struct nav_entry {
    const char *path, *name;
    bool store; /* only with a store */
} nav_entry;

static const nav_entry nav[] = {
    { "/", "Read", false },
    { "/articles", "Articles", true },
    { "/actors", "Actors", true },
    { "/statements", "Statements", true },
    { "/events", "Events", true },
    { "/commitments", "Commitments", true },
    { "/disputes", "Disputes", true },
    { "/positions", "Positions", true },
    { "/timeline", "Timeline", true },
    { "/network", "Network", true },
    { "/map", "Map", true },
    { "/compare", "Compare", true },
    { "/counts", "Counts", true },
};

static void asset_link(html *h, const site *s, const char *element_attr, const char *name)
{
    char url[96];
    (void)snprintf(url, sizeof url, "/assets/%s?v=%s", name, s->version);
    if (strcmp(element_attr, "src") == 0)
        html_attrz(h, "src", url);
    else
        html_attrz(h, "href", url);
}

static void head(html *h, const site *s, onr_sv title, const page_about *about)
{
    html_open(h, "head");
    html_open(h, "meta");
    html_lit(h, "charset", "utf-8");
    html_close(h);
    html_open(h, "meta");
    html_lit(h, "name", "viewport");
    html_lit(h, "content", "width=device-width, initial-scale=1");
    html_close(h);
    html_open(h, "meta");
    html_lit(h, "name", "color-scheme");
    html_lit(h, "content", "light dark");
    html_close(h);
    html_open(h, "title");
    html_text(h, title);
    html_textz(h, " \xC2\xB7 onrecord");
    html_close(h);
    html_open(h, "link");
    html_lit(h, "rel", "stylesheet");
    asset_link(h, s, "href", "style.css");
    html_close(h);
    html_open(h, "link");
    html_lit(h, "rel", "icon");
    asset_link(h, s, "href", "icon.svg");
    html_close(h);
    const char *const modules[] = { "page.js", about->module };
    for (size_t i = 0; i < 2 && modules[i]; i++) {
        html_open(h, "script");
        html_lit(h, "type", "module");
        asset_link(h, s, "src", modules[i]);
        html_close(h);
    }
    html_close(h);
}

static void masthead(html *h, const site *s, const request *r, const page_about *about)
{
    html_open(h, "a");
    html_lit(h, "class", "skip");
    html_href(h, ONR_SV("#main"));
    html_textz(h, "Skip to the content");
    html_close(h);
    html_open(h, "header");
    html_lit(h, "class", "masthead");
    html_open(h, "a");
    html_lit(h, "class", "name");
    html_href(h, ONR_SV("/"));
    html_textz(h, "on");
    html_elz(h, "span", NULL, "record");
    html_close(h);
    if (s->has_store) {
        html_open(h, "form");
        html_lit(h, "class", "find");
        html_lit(h, "role", "search");
        html_lit(h, "action", "/search");
        html_open(h, "input");
        html_lit(h, "type", "search");
        html_lit(h, "name", "q");
        html_lit(h, "aria-label", "Words to find in the record");
        html_attrz(h, "placeholder", "Words, \"a phrase\", prefix*");
        if (r->n_segments && onri_eqz(r->segments[0], "search"))
            html_attr(h, "value", request_param(r, "q"));
        html_close(h);
        html_open(h, "button");
        html_textz(h, "Find");
        html_close(h);
        html_close(h);
    }
    html_open(h, "nav");
    html_lit(h, "aria-label", "Views");
    html_open(h, "ul");
    for (size_t i = 0; i < sizeof nav / sizeof *nav; i++) {
        if (nav[i].store && !s->has_store) continue;
        html_open(h, "li");
        html_open(h, "a");
        html_href(h, onri_svz(nav[i].path));
        if (about->here && strcmp(about->here, nav[i].path) == 0)
            html_lit(h, "aria-current", "page");
        html_textz(h, nav[i].name);
        html_close(h);
        html_close(h);
    }
    html_close(h);
    html_close(h);
    html_close(h);
}

html page_begin(const site *s, request *r, reply *out, onr_sv title, const page_about *about)
{
    html h = html_make(&out->body);
    out->type = "text/html; charset=utf-8";
    html_doctype(&h);
    html_open(&h, "html");
    html_lit(&h, "lang", "en");
    head(&h, s, title, about);
    html_open(&h, "body");
    if (about->cls) html_attrz(&h, "class", about->cls);
    masthead(&h, s, r, about);
    html_open(&h, "main");
    html_lit(&h, "id", "main");
    return h;
}

void page_end(html *h, const request *r, const page_about *about)
{
    html_close(h); /* main */
    html_open(h, "footer");
    html_lit(h, "class", "foot");
    html_open(h, "p");
    html_textz(h, "onrecord " ONR_VERSION ". Made on this machine from this machine\xE2\x80\x99s "
                  "files; nothing is sent anywhere. ");
    html_open(h, "a");
    html_href(h, ONR_SV("/help"));
    html_textz(h, "Help and keys");
    html_close(h);
    html_close(h);
    if (about->twins) {
        html_open(h, "p");
        html_lit(h, "class", "twins");
        html_textz(h, "This view as ");
        html_open(h, "a");
        html_href(h, request_link(r, NULL, ONR_SV(""), ".json"));
        html_textz(h, "JSON");
        html_close(h);
        html_textz(h, " or ");
        html_open(h, "a");
        html_href(h, request_link(r, NULL, ONR_SV(""), ".csv"));
        html_textz(h, "CSV");
        html_close(h);
        html_close(h);
    }
    html_close(h);
    html_close(h); /* body */
    html_close(h); /* html */
    ONR_ASSERT(h->depth == 0);
}

void page_link(html *h, const char *cls, const char *segment, onr_sv id, onr_sv fragment,
               onr_sv text)
{
    onri_buf b = onri_buf_make(4096);
    onri_buf_addc(&b, '/');
    onri_buf_addz(&b, segment);
    if (id.n) onri_buf_addc(&b, '/');
    html_url_part(&b, id);
    if (fragment.n) onri_buf_addc(&b, '#');
    html_url_part(&b, fragment);
    html_open(h, "a");
    if (cls) html_attrz(h, "class", cls);
    if (b.status == ONR_OK) html_href(h, onri_buf_sv(&b));
    html_text(h, text);
    html_close(h);
    onri_buf_drop(&b);
}

void page_p(html *h, float p)
{
    const float part = p < 0 ? 0 : p > 1 ? 1 : p;
    const unsigned hundred = (unsigned)(part * 100 + 0.5F);
    const unsigned level = hundred >= 95   ? 5
                           : hundred >= 85 ? 4
                           : hundred >= 70 ? 3
                           : hundred >= 50 ? 2
                                           : 1;
    char title[] = "100 in 100 such facts are right";
    const char *shown = title;
    for (int i = 2, n = (int)hundred; i >= 0; i--, n /= 10) title[i] = (char)('0' + n % 10);
    while (*shown == '0' && shown < title + 2) shown++;
    html_open(h, "span");
    html_lit(h, "class", "p");
    html_attr_uint(h, "data-level", "", level);
    html_attrz(h, "title", shown);
    html_digits(h, hundred);
    html_elz(h, "span", "vh", " in 100 such facts are right");
    html_close(h);
}

void page_csrf(html *h, const request *r)
{
    html_open(h, "input");
    html_lit(h, "type", "hidden");
    html_lit(h, "name", "csrf");
    html_attr(h, "value", r->csrf);
    html_close(h);
}

void reply_type(reply *out, const request *r, const char *name)
{
    (void)name;
    out->type = r->format == FORMAT_CSV ? "text/csv; charset=utf-8" : "application/json";
}
