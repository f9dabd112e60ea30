/* Cells of the tables, and the filters that are set. Long words are cut, with the rest to unfold.
 * Source: own. */
#include "serve/view.h"

#include "serve/labels.h"
#include "serve/layout.h"
#include "serve/sections.h"

enum { CELL_WORDS = 300 };

bool view_is_number(const column *c)
{
    return c->kind == COLUMN_NUMBER || c->kind == COLUMN_P || c->kind == COLUMN_TOLD ||
           c->kind == COLUMN_FACTS || c->kind == COLUMN_ARTICLES || c->kind == COLUMN_COPIES;
}

static onr_sv joined(onr_arena *mem, const char *a, onr_sv b)
{
    onri_buf buf = onri_buf_make(4096);
    onri_buf_addz(&buf, a);
    onri_buf_add(&buf, b);
    const onr_sv out = onri_dup(mem, onri_buf_sv(&buf));
    onri_buf_drop(&buf);
    return out.p ? out : ONR_SV("");
}

/* Where to cut, at a blank if there is one near. */
static size_t cut_at(onr_sv s, size_t max)
{
    if (s.n <= max + max / 4) return s.n;
    size_t n = max;
    while (n > max - 40 && s.p[n] != ' ') n--;
    if (s.p[n] != ' ') n = max;
    while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80) n--;
    return n;
}

static void rest_of(html *h, onr_sv s, size_t from)
{
    if (from >= s.n) return;
    html_open(h, "details");
    html_lit(h, "class", "rest");
    html_elz(h, "summary", NULL, "\xE2\x80\xA6 all of it");
    html_text(h, onri_sub(s, from, s.n));
    html_close(h);
}

/* Words of an article, linked to their fact's card. */
static void words(html *h, onr_arena *mem, onr_sv article, onr_sv uid, onr_sv text)
{
    const size_t cut = cut_at(text, CELL_WORDS);
    page_link(h, "words", "article", article, joined(mem, "f-", uid),
              text.n ? onri_sub(text, 0, cut) : ONR_SV("\xE2\x80\xA6"));
    rest_of(h, text, cut);
}

static void number_link(html *h, onr_sv url, int64_t n, const char *what)
{
    html_open(h, "a");
    html_href(h, url);
    html_uint(h, n > 0 ? (uint64_t)n : 0);
    html_elz(h, "span", "vh", what);
    html_close(h);
}

/* The fact and its other tellings, on a page of their own. */
static void told(html *h, onr_arena *mem, onr_sv article, onr_sv uid, int64_t n)
{
    onri_buf b = onri_buf_make(8192);
    onri_buf_addz(&b, "/fact/");
    html_url_part(&b, article);
    onri_buf_addc(&b, '/');
    html_url_part(&b, uid);
    const onr_sv url = onri_dup(mem, onri_buf_sv(&b));
    onri_buf_drop(&b);
    number_link(h, url.p ? url : ONR_SV(""), n, n > 1 ? " tell it" : " tells it");
}

static void answers(html *h, onr_arena *mem, onr_sv all)
{
    onr_sv one, pieces[5];
    if (!all.n) return;
    html_open(h, "ul");
    html_lit(h, "class", "answers");
    while (onri_split(&all, ANSWER_END[0], &one)) {
        size_t n = 0;
        while (n < 5 && onri_split(&one, ANSWER_PIECE[0], &pieces[n])) n++;
        if (n < 4) continue; /* never of our own making */
        html_open(h, "li");
        html_el(h, "b", NULL, pieces[0].n ? pieces[0] : ONR_SV("nobody named"));
        html_textz(h, " ");
        words(h, mem, pieces[2], pieces[3], pieces[1]);
        if (n == 5 && pieces[4].n) {
            html_textz(h, " ");
            html_el(h, "small", NULL, pieces[4]);
        }
        html_close(h);
    }
    html_close(h);
}

static bool is_filter(const view *v, const char *name)
{
    for (size_t k = 0; k < v->n_filters; k++)
        if (strcmp(v->filters[k].name, name) == 0) return true;
    return false;
}

/* A short label; a link where one can filter by it. */
static void label(html *h, const request *r, const view *v, const char *name, const char *cls,
                  onr_sv text)
{
    const onr_sv plain = label_of(text);
    const bool filtered = is_filter(v, name) && strcmp(name, "time_from") != 0;
    if (!text.n) return;
    if (filtered)
        html_open(h, "a");
    else
        html_open(h, "span");
    html_attrz(h, "class", cls);
    html_attr(h, "data-kind", text);
    if (!onri_eq(plain, text)) html_attr(h, "title", text);
    if (filtered) html_href(h, request_link(r, name, text, ""));
    html_text(h, plain);
    html_close(h);
}

static void facts_of(html *h, onr_arena *mem, const ask_rows *rows, uint32_t i, int64_t n)
{
    const onr_sv actor = ask_sv(rows, i, "actor_uid");
    const param pairs[] = { { actor.n ? ONR_SV("with") : ONR_SV("article"),
                              actor.n ? actor : ask_sv(rows, i, "article_uid") },
                            { ONR_SV("unfold"), ONR_SV("1") } };
    number_link(h, link_to(mem, "/search", pairs, 2), n, " facts");
}

static void articles_of(html *h, onr_arena *mem, const char *name, onr_sv key, int64_t n)
{
    const param pairs[] = { { onri_svz(name), key }, { ONR_SV("unfold"), ONR_SV("1") } };
    number_link(h, link_to(mem, "/articles", pairs, 2), n, " articles");
}

static void main_of(html *h, const request *r, const view *v, const ask_rows *rows, uint32_t i,
                    const column *c)
{
    const onr_sv text = ask_sv(rows, i, c->name), article = ask_sv(rows, i, "article_uid");
    const int64_t n = ask_int(rows, i, c->name);
    switch (c->kind) {
    case COLUMN_ACTOR:
        if (ask_sv(rows, i, "actor_uid").n)
            page_link(h, NULL, "actor", ask_sv(rows, i, "actor_uid"), ONR_SV(""), text);
        else if (text.n)
            page_link(h, NULL, "actor", joined(r->mem, "name:", text), ONR_SV(""), text);
        break;
    case COLUMN_WORDS:
        words(h, r->mem, article, ask_sv(rows, i, "uid"), text);
        break;
    case COLUMN_ARTICLE:
        page_link(h, NULL, "article", article, ONR_SV(""), text.n ? text : ONR_SV("Untitled"));
        break;
    case COLUMN_KIND:
        label(h, r, v, c->name, "kind", text);
        break;
    case COLUMN_P:
        page_p(h, (float)ask_real(rows, i, c->name));
        break;
    case COLUMN_NUMBER:
        html_uint(h, (uint64_t)n);
        break;
    case COLUMN_TOLD:
        told(h, r->mem, article, ask_sv(rows, i, "uid"), n);
        break;
    case COLUMN_FACTS:
        facts_of(h, r->mem, rows, i, n);
        break;
    case COLUMN_ARTICLES:
        articles_of(h, r->mem, "actor", ask_sv(rows, i, "actor_uid"), n);
        break;
    case COLUMN_COPIES:
        if (n > 0) articles_of(h, r->mem, "copy_of", article, n);
        break;
    case COLUMN_ANSWERS:
        answers(h, r->mem, text);
        break;
    default:
        html_text(h, onri_sub(text, 0, cut_at(text, CELL_WORDS)));
        rest_of(h, text, cut_at(text, CELL_WORDS));
        break;
    }
}

/* "mended by mb 2018-07-14: the paper printed it wrong": what a person changed is told apart. */
static void corrected(html *h, const ask_rows *rows, uint32_t i)
{
    const onr_sv what = ask_sv(rows, i, "corrected"), why = ask_sv(rows, i, "corrected_why"),
                 day = ask_sv(rows, i, "corrected_at");
    if (!what.n) return;
    html_open(h, "div");
    html_lit(h, "class", "under mended");
    html_textz(h, onri_eqz(what, "add") ? "added by " : "mended by ");
    html_text(h, ask_sv(rows, i, "corrected_by"));
    html_textz(h, " ");
    html_text(h, onri_sub(day, 0, day.n < 10 ? day.n : 10));
    if (why.n) {
        html_textz(h, ": ");
        html_text(h, why);
    }
    html_close(h);
}

void view_cell(html *h, const request *r, const view *v, const ask_rows *rows, uint32_t i,
               const column *c)
{
    main_of(h, r, v, rows, i, c);
    if (c->kind == COLUMN_WORDS) corrected(h, rows, i);
    if (c->under && ask_sv(rows, i, c->under).n) {
        html_open(h, "div");
        html_lit(h, "class", "under");
        label(h, r, v, c->under, "plain", ask_sv(rows, i, c->under));
        html_close(h);
    }
}

/* ---- filters that are set ----------------------------------------------------------------------
 */

/* A person reads a name, not the uid in the address. */
static onr_sv name_of(const request *r, onr_sv value, const char *sql)
{
    ask a = ask_make(r->mem, r->store);
    ask_text(&a, sql);
    ask_value(&a, "uid", value);
    const ask_rows rows = ask_all(&a, 1);
    ask_drop(&a);
    return ask_sv(&rows, 0, "name");
}

static onr_sv shown(const request *r, const filter *f, onr_sv value)
{
    static const char *const actors[] = { "who_is", "whom_is", "about_is", "with", "actor" };
    onr_sv name = { 0 };
    if (onri_starts(value, ONR_SV("name:"))) return onri_sub(value, 5, value.n);
    if (f->kind == FILTER_SET)
        for (size_t i = 0; i < sizeof actors / sizeof *actors; i++)
            if (strcmp(actors[i], f->name) == 0)
                name = name_of(r, value, "SELECT name FROM actor WHERE uid = :uid");
    if (strcmp(f->name, "article") == 0 || strcmp(f->name, "copy_of") == 0)
        name = name_of(r, value, "SELECT title AS name FROM article WHERE uid = :uid");
    return name.n ? name : label_of(value);
}

void view_chips(html *h, const request *r, const view *v)
{
    bool any = false;
    for (size_t i = 0; i < v->n_filters; i++) {
        const filter *f = &v->filters[i];
        const onr_sv value = request_param(r, f->name);
        if (!value.n) continue;
        if (!any) {
            html_open(h, "ul");
            html_lit(h, "class", "chips");
            html_lit(h, "aria-label", "Filters that are set");
        }
        any = true;
        html_open(h, "li");
        html_open(h, "a");
        html_href(h, request_link(r, f->name, ONR_SV(""), ""));
        html_elz(h, "small", NULL, f->title);
        html_textz(h, " ");
        html_text(h, shown(r, f, value));
        html_open(h, "span");
        html_lit(h, "aria-hidden", "true");
        html_textz(h, " \xC3\x97");
        html_close(h);
        html_elz(h, "span", "vh", ": take out");
        html_close(h);
        html_close(h);
    }
    if (any) html_close(h);
}
