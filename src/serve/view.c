/* The engine of the tables: filters from the address to SQL, one question for the rows of a page,
 * one for their number, one a facet; the rows as page, JSON or CSV. Source: own. */
#include "serve/view.h"

#include "serve/labels.h"
#include "serve/layout.h"
#include "serve/sections.h"

#include <stdio.h>

enum {
    PAGE_ROWS = 50,
    PAGE_ROWS_MAX = 500,
    DATA_ROWS_MAX = 10000,
    FACET_ROWS = 10, /* at once; the others unfold */
    FACET_ROWS_MAX = 100,
    FACETS_OF_ROWS = 50000
};

/* ---- SQL ---------------------------------------------------------------------------------------
 */

/* All words filters together as one expression of FTS5. */
static onr_sv match_of(ask *a, const request *r, const view *v)
{
    onri_buf b = onri_buf_make(64 << 10);
    for (size_t i = 0; i < v->n_filters; i++) {
        if (v->filters[i].kind != FILTER_WORDS) continue;
        const onr_sv one =
            ask_words(a->mem, v->filters[i].sql, request_param(r, v->filters[i].name));
        if (!one.n) continue;
        onri_buf_addz(&b, b.n ? " AND (" : "(");
        onri_buf_add(&b, one);
        onri_buf_addc(&b, ')');
    }
    const onr_sv out = b.n ? onri_dup(a->mem, onri_buf_sv(&b)) : ONR_SV("");
    onri_buf_drop(&b);
    return out.p ? out : ONR_SV("");
}

/* "2018", "2018-07" or a day; anything else is no date. */
static bool is_date(onr_sv s)
{
    if (s.n != 4 && s.n != 7 && s.n != 10) return false;
    for (size_t i = 0; i < s.n; i++)
        if (i == 4 || i == 7 ? s.p[i] != '-' : s.p[i] < '0' || s.p[i] > '9') return false;
    return true;
}

void view_conditions(ask *a, const request *r, const view *v, const char *except)
{
    ask_text(a, v->where ? v->where : "1");
    if (v->fold && !request_param(r, "unfold").n) {
        ask_text(a, "\n    AND NOT (");
        ask_text(a, v->fold);
        ask_text(a, ")");
    }
    const onr_sv match = match_of(a, r, v);
    if (match.n) {
        ask_text(a, "\n    AND ");
        ask_text(a, v->match);
        ask_value(a, "match", match);
    }
    for (size_t i = 0; i < v->n_filters; i++) {
        const filter *f = &v->filters[i];
        onr_sv value = request_param(r, f->name);
        if (f->kind == FILTER_WORDS || !value.n || (except && strcmp(except, f->name) == 0))
            continue;
        if ((f->kind == FILTER_SINCE || f->kind == FILTER_UNTIL) && !is_date(value)) continue;
        ask_text(a, "\n    AND ");
        ask_text(a, f->sql);
        if (f->kind == FILTER_P)
            ask_number(a, f->name, (int64_t)request_count(r, f->name, 0, 100));
        else if (f->kind == FILTER_UNTIL) { /* the whole of a month or year: '~' sorts behind '-' */
            char *till = onr_alloc(a->mem, value.n + 2);
            if (!till) continue;
            memcpy(till, value.p, value.n);
            till[value.n] = '~';
            ask_value(a, f->name, onri_sv(till, value.n + 1));
        } else
            ask_value(a, f->name, value);
    }
}

onr_sv view_link(const request *r, const view *v, const char *path, const param *more, size_t n)
{
    param pairs[ASK_PARAMS_MAX + 8];
    size_t k = 0;
    for (size_t i = 0; i < v->n_filters && k < ASK_PARAMS_MAX; i++) {
        const onr_sv name = onri_svz(v->filters[i].name);
        bool is_set = false;
        for (size_t m = 0; m < n; m++)
            if (onri_eq(more[m].name, name)) is_set = true;
        if (!is_set) pairs[k++] = (param){ name, request_param(r, v->filters[i].name) };
    }
    if (request_param(r, "unfold").n) pairs[k++] = (param){ ONR_SV("unfold"), ONR_SV("1") };
    for (size_t m = 0; m < n && k < sizeof pairs / sizeof *pairs; m++) pairs[k++] = more[m];
    return link_to(r->mem, path, pairs, k);
}

static const column *sorted_by(const request *r, const view *v, bool *down)
{
    onr_sv want = request_param(r, "sort");
    if (!want.n && v->sort) want = onri_svz(v->sort);
    *down = want.n && want.p[0] == '-';
    if (*down) want = onri_sub(want, 1, want.n);
    for (size_t i = 0; i < v->n_columns; i++)
        if (v->columns[i].order && onri_eqz(want, v->columns[i].name)) return &v->columns[i];
    return NULL;
}

/* Does the text name the alias ("a.")? */
static bool names(const char *text, const char *alias)
{
    for (const char *at = text ? strstr(text, alias) : NULL; at; at = strstr(at + 1, alias))
        if (at == text || at[-1] == ' ' || at[-1] == '(') return true;
    return false;
}

static bool is_named(const request *r, const view *v, const char *except, const char *expr,
                     const char *alias)
{
    if (names(expr, alias)) return true;
    for (size_t i = 0; i < v->n_filters; i++)
        if (v->filters[i].kind != FILTER_WORDS && request_param(r, v->filters[i].name).n &&
            !(except && strcmp(except, v->filters[i].name) == 0) && names(v->filters[i].sql, alias))
            return true;
    return false;
}

/* Only the joins that the filters and the expression need: counting over all of them costs. */
static void from(ask *a, const request *r, const view *v, const char *except, const char *expr)
{
    ask_text(a, v->core);
    if (v->own && is_named(r, v, except, expr, v->own)) ask_text(a, v->own_join);
    const bool publisher = is_named(r, v, except, expr, "p.");
    if (strncmp(v->core, "fact", 4) == 0 && (publisher || is_named(r, v, except, expr, "a.")))
        ask_text(a, " JOIN article a ON a.id = f.article");
    if (publisher) ask_text(a, " LEFT JOIN publisher p ON p.id = a.publisher");
}

static void rows_sql(ask *a, const request *r, const view *v, uint64_t n, uint64_t skip)
{
    bool down;
    const column *by = sorted_by(r, v, &down);
    char limit[64];
    ask_text(a, "WITH page(id, k) AS (\n  SELECT ");
    ask_text(a, v->id);
    ask_text(a, ", ");
    ask_text(a, by ? by->order : "0");
    ask_text(a, "\n  FROM ");
    from(a, r, v, NULL, by ? by->order : NULL);
    ask_text(a, "\n  WHERE ");
    view_conditions(a, r, v, NULL);
    ask_text(a, "\n  ORDER BY ");
    if (by) {
        ask_text(a, by->order);
        ask_text(a, down ? " DESC, " : ", ");
    }
    ask_text(a, v->id);
    ask_text(a, " DESC");
    (void)snprintf(limit, sizeof limit, "\n  LIMIT %llu OFFSET %llu)\n", (unsigned long long)n,
                   (unsigned long long)skip);
    ask_text(a, limit);
    ask_text(a, "SELECT ");
    bool any = false;
    for (size_t i = 0; i < v->n_columns; i++) {
        if (r->format != FORMAT_HTML && v->columns[i].kind == COLUMN_ANSWERS) continue;
        if (any) ask_text(a, ", ");
        any = true;
        ask_text(a, v->columns[i].expr ? v->columns[i].expr : "v.");
        if (v->columns[i].expr) ask_text(a, " AS ");
        ask_text(a, v->columns[i].name);
    }
    ask_text(a, "\nFROM page JOIN ");
    ask_text(a, v->rows);
    ask_text(a, " v ON v.id = page.id\nORDER BY ");
    if (by) ask_text(a, down ? "page.k DESC, " : "page.k, ");
    ask_text(a, "page.id DESC");
}

static int64_t count(ask *a, const request *r, const view *v)
{
    ask_text(a, "SELECT count(*) FROM ");
    from(a, r, v, NULL, NULL);
    ask_text(a, " WHERE ");
    view_conditions(a, r, v, NULL);
    return ask_one(a);
}

static ask_rows facet(ask *a, const request *r, const view *v, const filter *f)
{
    ask_text(a, "SELECT ");
    ask_text(a, f->facet);
    ask_text(a, " AS value, count(*) AS n FROM ");
    from(a, r, v, f->name, f->facet);
    ask_text(a, " WHERE ");
    view_conditions(a, r, v, f->name);
    ask_text(a, " GROUP BY 1 HAVING value IS NOT NULL ORDER BY n DESC, value");
    return ask_all(a, FACET_ROWS_MAX);
}

/* ---- the page ----------------------------------------------------------------------------------
 */

static void field(html *h, const request *r, const filter *f)
{
    html_open(h, "label");
    html_elz(h, "span", NULL, f->title);
    html_open(h, "input");
    html_attrz(h, "name", f->name);
    html_attr(h, "value", request_param(r, f->name));
    if (f->kind == FILTER_P) {
        html_lit(h, "type", "number");
        html_lit(h, "min", "0");
        html_lit(h, "max", "100");
    } else if (f->kind == FILTER_SINCE || f->kind == FILTER_UNTIL) {
        html_lit(h, "placeholder", "2018-07");
        html_lit(h, "pattern", "[0-9]{4}(-[0-9]{2}){0,2}");
        html_lit(h, "size", "10");
    }
    html_close(h);
    html_close(h);
}

/* What is in the address and has no field stays there when the form is sent. */
static void hidden(html *h, const request *r, const char *name)
{
    const onr_sv value = request_param(r, name);
    if (!value.n) return;
    html_open(h, "input");
    html_lit(h, "type", "hidden");
    html_attrz(h, "name", name);
    html_attr(h, "value", value);
    html_close(h);
}

void view_form(html *h, const request *r, const view *v)
{
    static const char *const kept[] = { "sort", "unfold", "n", "per", "split", "rejected" };
    html_open(h, "form");
    html_lit(h, "class", "filters");
    for (size_t i = 0; i < v->n_filters; i++) {
        const filter *f = &v->filters[i];
        if (f->kind == FILTER_CHOICE || f->kind == FILTER_SET)
            hidden(h, r, f->name);
        else
            field(h, r, f);
    }
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        bool is_filter = false;
        for (size_t k = 0; k < v->n_filters; k++)
            if (strcmp(v->filters[k].name, kept[i]) == 0) is_filter = true;
        if (!is_filter) hidden(h, r, kept[i]);
    }
    html_elz(h, "button", NULL, "Filter");
    html_close(h);
    view_chips(h, r, v);
}

static void facet_list(html *h, const request *r, const filter *f, const ask_rows *rows,
                       uint32_t from, uint32_t to, onr_sv chosen)
{
    html_open(h, "ul");
    for (uint32_t k = from; k < rows->rows.n && k < to; k++) {
        const onr_sv value = ask_sv(rows, k, "value");
        const bool on = onri_eq(value, chosen);
        html_open(h, "li");
        html_open(h, "a");
        if (on) html_lit(h, "aria-current", "true");
        html_href(h, request_link(r, f->name, on ? ONR_SV("") : value, ""));
        html_text(h, value.n ? label_of(value) : ONR_SV("none"));
        if (on) html_elz(h, "span", "vh", ", chosen: take out");
        html_textz(h, " ");
        html_open(h, "small");
        html_uint(h, (uint64_t)ask_int(rows, k, "n"));
        html_close(h);
        html_close(h);
        html_close(h);
    }
    html_close(h);
}

/* Of many rows only those facets are counted that an index counts. */
static void facets(html *h, const request *r, const view *v, onr_store *store, int64_t total)
{
    html_open(h, "aside");
    html_lit(h, "class", "facets");
    html_lit(h, "aria-label", "Narrow down");
    for (size_t i = 0; i < v->n_filters; i++) {
        const filter *f = &v->filters[i];
        if (!f->facet || (total > FACETS_OF_ROWS && strcmp(f->facet, "f.kind") != 0 &&
                          strcmp(f->facet, "f.layer") != 0))
            continue;
        ask a = ask_make(r->mem, store);
        const ask_rows rows = facet(&a, r, v, f);
        const onr_sv chosen = request_param(r, f->name);
        ask_drop(&a);
        if (rows.rows.n == 0 || (rows.rows.n == 1 && !chosen.n)) continue;
        html_elz(h, "h2", NULL, f->title);
        facet_list(h, r, f, &rows, 0, FACET_ROWS, chosen);
        if (rows.rows.n > FACET_ROWS) {
            html_open(h, "details");
            if (chosen.n) html_flag(h, "open");
            html_elz(h, "summary", NULL, "More");
            facet_list(h, r, f, &rows, FACET_ROWS, rows.rows.n, chosen);
            html_close(h);
        }
    }
    html_close(h);
}

/* A column that says nothing on this page only takes room. */
static bool is_shown(const ask_rows *rows, const column *c)
{
    if (c->kind == COLUMN_DATA) return false;
    for (uint32_t i = 0; i < rows->rows.n; i++)
        if (ask_cell(rows, i, c->name).kind != ONR_CELL_NULL) return true;
    return false;
}

static void head(html *h, const request *r, const view *v, const ask_rows *rows)
{
    bool down;
    const column *by = sorted_by(r, v, &down);
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t i = 0; i < v->n_columns; i++) {
        const column *c = &v->columns[i];
        if (!is_shown(rows, c)) continue;
        html_open(h, "th");
        html_lit(h, "scope", "col");
        if (view_is_number(c)) html_lit(h, "class", "num");
        if (c == by) html_attrz(h, "aria-sort", down ? "descending" : "ascending");
        if (c->order) {
            onr_sv next = onri_svz(c->name);
            char downwards[48];
            (void)snprintf(downwards, sizeof downwards, "-%s", c->name);
            if (c == by && !down) next = onri_svz(downwards);
            html_open(h, "a");
            html_href(h, request_link(r, "sort", c == by && down ? ONR_SV("") : next, ""));
            html_textz(h, c->title);
            html_close(h);
        } else
            html_textz(h, c->title);
        html_close(h);
    }
    html_close(h);
    html_close(h);
}

static void table(html *h, const request *r, const view *v, const ask_rows *rows)
{
    html_open(h, "div");
    html_lit(h, "class", "scroll");
    html_lit(h, "tabindex", "0");
    html_lit(h, "role", "region");
    html_attrz(h, "aria-label", v->title);
    html_open(h, "table");
    html_lit(h, "class", "rows");
    head(h, r, v, rows);
    bool shown[32] = { false };
    ONR_ASSERT(v->n_columns <= 32);
    for (size_t k = 0; k < v->n_columns; k++) shown[k] = is_shown(rows, &v->columns[k]);
    html_open(h, "tbody");
    for (uint32_t i = 0; i < rows->rows.n; i++) {
        html_open(h, "tr");
        for (size_t k = 0; k < v->n_columns; k++) {
            const column *c = &v->columns[k];
            if (!shown[k]) continue;
            html_open(h, "td");
            html_attrz(h, "data-title", c->title);
            if (view_is_number(c)) html_lit(h, "class", "num");
            if (c->kind == COLUMN_ACTOR) html_lit(h, "class", "who");
            if (c->kind == COLUMN_DATE) html_lit(h, "class", "date");
            if (c->kind == COLUMN_WORDS) html_lit(h, "class", "said");
            view_cell(h, r, v, rows, i, c);
            html_close(h);
        }
        html_close(h);
    }
    html_close(h);
    html_close(h);
    html_close(h);
}

void view_pager(html *h, const request *r, uint64_t page, uint64_t n, int64_t total)
{
    char at[24];
    const uint64_t last = total > 0 ? ((uint64_t)total + n - 1) / n : 1;
    if (last <= 1) return;
    html_open(h, "nav");
    html_lit(h, "class", "pager");
    html_lit(h, "aria-label", "Pages");
    if (page > 1) {
        (void)snprintf(at, sizeof at, "%llu", (unsigned long long)page - 1);
        html_open(h, "a");
        html_lit(h, "rel", "prev");
        html_href(h, request_link(r, "page", onri_svz(at), ""));
        html_textz(h, "\xE2\x86\x90 Before");
        html_close(h);
    }
    html_open(h, "span");
    html_textz(h, "Page ");
    html_uint(h, page);
    html_textz(h, " of ");
    html_uint(h, last);
    html_close(h);
    if (page < last) {
        (void)snprintf(at, sizeof at, "%llu", (unsigned long long)page + 1);
        html_open(h, "a");
        html_lit(h, "rel", "next");
        html_href(h, request_link(r, "page", onri_svz(at), ""));
        html_textz(h, "After \xE2\x86\x92");
        html_close(h);
    }
    html_close(h);
}

static void as_json(reply *out, const view *v, const ask *a, const ask_rows *rows, int64_t total)
{
    onri_jw w = onri_jw_make(&out->body);
    onri_jw_open(&w, '{');
    onri_jw_key(&w, "view");
    onri_jw_strz(&w, v->name);
    onri_jw_key(&w, "total");
    onri_jw_int(&w, total);
    onri_jw_key(&w, "sql");
    onri_jw_str(&w, ask_printed(a));
    onri_jw_key(&w, "rows");
    ask_json(&w, rows);
    onri_jw_close(&w, '}');
}

static void nothing(html *h, const request *r, const view *v)
{
    html_open(h, "p");
    html_lit(h, "class", "nothing");
    html_textz(h, r->n_params ? "Nothing in the store answers to that. "
                              : "The store has none of these yet.");
    if (r->n_params) {
        onri_buf b = onri_buf_make(64);
        onri_buf_addc(&b, '/');
        onri_buf_addz(&b, v->name);
        html_open(h, "a");
        html_href(h, onri_buf_sv(&b));
        html_textz(h, "Take all filters out");
        html_close(h);
        onri_buf_drop(&b);
    }
    html_close(h);
}

/* Says that near copies are folded, where there are any, and unfolds them. */
static void folding(html *h, const request *r)
{
    ask a = ask_make(r->mem, r->store);
    ask_text(&a, "SELECT EXISTS (SELECT 1 FROM article_copy)");
    const bool any = ask_one(&a) != 0, open = request_param(r, "unfold").n > 0;
    ask_drop(&a);
    if (!any && !open) return;
    html_open(h, "p");
    html_lit(h, "class", "choices");
    html_textz(h, open ? "Near copies are shown, each by itself. "
                       : "What near copies of an article say again is left out. ");
    html_open(h, "a");
    html_lit(h, "class", "plain");
    html_href(h, request_link(r, "unfold", open ? ONR_SV("") : ONR_SV("1"), ""));
    html_textz(h, open ? "Fold them" : "Show it");
    html_close(h);
    html_close(h);
}

static void as_page(const site *s, request *r, reply *out, const view *v, const ask *a,
                    const ask_rows *rows, uint64_t page, uint64_t n, int64_t total)
{
    char here[48];
    (void)snprintf(here, sizeof here, "/%s", v->name);
    const page_about about = { here, "table", NULL, true };
    html h = page_begin(s, r, out, onri_svz(v->title), &about);
    html_open(&h, "h1");
    html_textz(&h, v->title);
    html_textz(&h, " ");
    html_open(&h, "small");
    html_uint(&h, total > 0 ? (uint64_t)total : 0);
    html_close(&h);
    html_close(&h);
    html_elz(&h, "p", "lead", v->lead);
    view_form(&h, r, v);
    html_open(&h, "div");
    html_lit(&h, "class", "with-facets");
    facets(&h, r, v, r->store, total);
    html_open(&h, "div");
    if (v->fold) folding(&h, r);
    if (rows->rows.n == 0)
        nothing(&h, r, v);
    else
        table(&h, r, v, rows);
    view_pager(&h, r, page, n, total);
    ask_show(&h, a);
    html_close(&h);
    html_close(&h);
    page_end(&h, r, &about);
}

void view_show(const site *s, request *r, reply *out, const view *v)
{
    const bool data = r->format != FORMAT_HTML;
    uint64_t n =
        request_count(r, "n", data ? 1000 : PAGE_ROWS, data ? DATA_ROWS_MAX : PAGE_ROWS_MAX);
    if (n == 0) n = 1;
    uint64_t page = request_count(r, "page", 1, 1000000);
    if (page == 0) page = 1;
    ask a = ask_make(r->mem, r->store), c = ask_make(r->mem, r->store);
    rows_sql(&a, r, v, n, (page - 1) * n);
    const ask_rows rows = ask_all(&a, (uint32_t)n);
    const int64_t total = rows.failed ? 0 : count(&c, r, v);
    if (rows.failed)
        page_error(s, r, out, a.error.status == ONR_E_LIMIT ? 503 : 500, "The store cannot say",
                   onri_svz(a.error.msg));
    else if (r->format == FORMAT_CSV) {
        reply_type(out, r, v->name);
        ask_csv(&out->body, &rows);
    } else if (r->format == FORMAT_JSON) {
        reply_type(out, r, v->name);
        as_json(out, v, &a, &rows, total);
    } else
        as_page(s, r, out, v, &a, &rows, page, n, total);
    ask_drop(&a);
    ask_drop(&c);
}

const view *view_find(onr_sv name)
{
    for (size_t i = 0; i < view_n_tables; i++)
        if (onri_eqz(name, view_tables[i]->name)) return view_tables[i];
    return NULL;
}
