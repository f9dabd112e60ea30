/* Counts over time: facts by day, month or year, split by layer, kind or publisher. Each number
 * leads to the facts behind it. Source: own. */
#include "serve/pages.h"
#include "serve/sections.h"
#include "serve/view.h"

#include <stdio.h>

enum { PARTS_MAX = 8, PERIODS_MAX = 60 };

static const struct {
    const char *name, *expr, *filter;
} splits[] = {
    { "layer", "f.layer", "layer" },
    { "kind", "f.kind", "kind" },
    { "publisher", "coalesce(p.name, 'none')", "publisher" },
};
static const struct {
    const char *name, *expr;
} periods[] = { { "year", "substr(a.date, 1, 4)" },
                { "month", "substr(a.date, 1, 7)" },
                { "day", "substr(a.date, 1, 10)" } };

static size_t chosen(onr_sv want, const char *const *names, size_t n, size_t otherwise)
{
    for (size_t i = 0; i < n; i++)
        if (onri_eqz(want, names[i])) return i;
    return otherwise;
}

typedef struct grid {
    onr_sv period[PERIODS_MAX], part[PARTS_MAX];
    int64_t n[PERIODS_MAX][PARTS_MAX], sum[PERIODS_MAX], max;
    uint32_t n_periods, n_parts;
    const char *filter;
} grid;

/* Layers keep their colours whatever their order. */
static unsigned colour(const grid *g, uint32_t y)
{
    static const char *const layers[] = { "statement",  "event",    "position",
                                          "commitment", "relation", "dispute" };
    for (unsigned i = 0; i < 6; i++)
        if (onri_eqz(g->part[y], layers[i])) return i;
    return y % PARTS_MAX;
}

static uint32_t place(onr_sv *list, uint32_t *n, uint32_t max, onr_sv value)
{
    for (uint32_t i = 0; i < *n; i++)
        if (onri_eq(list[i], value)) return i;
    if (*n == max) return max - 1; /* the rest */
    list[*n] = value;
    return (*n)++;
}

/* Rows come by period; parts are numbered by their own totals. */
static void fill(grid *g, const ask_rows *parts, const ask_rows *rows)
{
    for (uint32_t i = 0; i < parts->rows.n; i++) {
        const bool last = g->n_parts == PARTS_MAX - 1 && parts->rows.n > PARTS_MAX;
        (void)place(g->part, &g->n_parts, PARTS_MAX,
                    last ? ONR_SV("other") : ask_sv(parts, i, "part"));
    }
    for (uint32_t i = 0; i < rows->rows.n; i++) {
        const onr_sv period = ask_sv(rows, i, "period");
        if (g->n_periods == PERIODS_MAX && !onri_eq(g->period[PERIODS_MAX - 1], period)) break;
        const uint32_t x = place(g->period, &g->n_periods, PERIODS_MAX, period);
        const uint32_t y = place(g->part, &g->n_parts, PARTS_MAX, ask_sv(rows, i, "part"));
        g->n[x][y] += ask_int(rows, i, "n");
        g->sum[x] += ask_int(rows, i, "n");
        if (g->sum[x] > g->max) g->max = g->sum[x];
    }
}

/* The period, or what of it the filters since and until leave. */
static onr_sv later(onr_sv period, onr_sv since)
{
    return since.n > period.n && onri_starts(since, period) ? since : period;
}

/* The facts behind a number. */
static onr_sv link_of(const request *r, const view *v, const grid *g, uint32_t x, uint32_t y)
{
    const bool all = y >= g->n_parts, rest = !all && onri_eqz(g->part[y], "other");
    onri_buf b = onri_buf_make(8192);
    char not_name[32];
    param more[4] = { { ONR_SV("since"), later(g->period[x], request_param(r, "since")) },
                      { ONR_SV("until"), later(g->period[x], request_param(r, "until")) } };
    size_t n = 2;
    if (rest) { /* what stands in no column of its own */
        for (uint32_t i = 0; i + 1 < g->n_parts; i++) {
            if (i) onri_buf_addz(&b, FILTER_LIST);
            onri_buf_add(&b, g->part[i]);
        }
        (void)snprintf(not_name, sizeof not_name, "not_%s", g->filter);
        more[n++] = (param){ onri_svz(not_name), onri_buf_sv(&b) };
    } else if (!all && onri_eqz(g->part[y], "none"))
        more[n++] = (param){ ONR_SV("unnamed"), ONR_SV("1") };
    else if (!all)
        more[n++] = (param){ onri_svz(g->filter), g->part[y] };
    const onr_sv out = view_link(r, v, "/search", more, n);
    onri_buf_drop(&b);
    return out;
}

static void bars(html *h, const request *r, const view *v, const grid *g)
{
    enum { W = 1000, H = 300, BOTTOM = 26, LEFT = 44 };
    const double step = (double)(W - LEFT) / g->n_periods, wide = step > 60 ? 48 : step * 0.8;
    char cls[16];
    html_open(h, "div");
    html_lit(h, "class", "chart");
    html_open(h, "svg");
    html_lit(h, "viewBox", "0 0 1000 300");
    html_lit(h, "class", "bars");
    html_lit(h, "role", "group");
    html_lit(h, "aria-label", "Facts over time; the table below says the same");
    for (uint32_t x = 0; x < g->n_periods; x++) {
        double top = H - BOTTOM;
        for (uint32_t y = 0; y < g->n_parts; y++) {
            if (!g->n[x][y]) continue;
            const double high = (H - BOTTOM - 16) * (double)g->n[x][y] / (double)g->max;
            top -= high;
            html_open(h, "a");
            html_href(h, link_of(r, v, g, x, y));
            html_open(h, "rect");
            (void)snprintf(cls, sizeof cls, "part part%u", colour(g, y));
            html_attrz(h, "class", cls);
            html_num(h, "x", LEFT + step * x + (step - wide) / 2);
            html_num(h, "y", top);
            html_num(h, "width", wide);
            html_num(h, "height", high);
            html_open(h, "title");
            html_text(h, g->period[x]);
            html_textz(h, ", ");
            html_text(h, g->part[y]);
            html_textz(h, ": ");
            html_uint(h, (uint64_t)g->n[x][y]);
            html_close(h);
            html_close(h);
            html_close(h);
        }
        if (g->n_periods <= 16 || x % (g->n_periods / 12 + 1) == 0) {
            html_open(h, "text");
            html_lit(h, "class", "tick");
            html_lit(h, "text-anchor", "middle");
            html_num(h, "x", LEFT + step * (x + 0.5));
            html_num(h, "y", H - 8);
            html_text(h, g->period[x]);
            html_close(h);
        }
    }
    html_close(h);
    html_close(h);
}

static void table(html *h, const request *r, const view *v, const grid *g)
{
    char cls[24];
    html_open(h, "div");
    html_lit(h, "class", "scroll");
    html_lit(h, "tabindex", "0");
    html_lit(h, "role", "region");
    html_lit(h, "aria-label", "Counts");
    html_open(h, "table");
    html_open(h, "thead");
    html_open(h, "tr");
    html_elz(h, "th", NULL, "Period");
    for (uint32_t y = 0; y < g->n_parts; y++) {
        (void)snprintf(cls, sizeof cls, "num part%u", colour(g, y));
        html_el(h, "th", cls, g->part[y]);
    }
    html_elz(h, "th", "num", "All");
    html_close(h);
    html_close(h);
    html_open(h, "tbody");
    for (uint32_t x = 0; x < g->n_periods; x++) {
        html_open(h, "tr");
        html_el(h, "td", "date", g->period[x]);
        for (uint32_t y = 0; y <= g->n_parts; y++) {
            const int64_t n = y < g->n_parts ? g->n[x][y] : g->sum[x];
            html_open(h, "td");
            html_lit(h, "class", "num");
            if (n) {
                html_open(h, "a");
                html_href(h, link_of(r, v, g, x, y));
                html_uint(h, (uint64_t)n);
                html_close(h);
            }
            html_close(h);
        }
        html_close(h);
    }
    html_close(h);
    html_close(h);
    html_close(h);
}

static void choices(html *h, const request *r, const char *name, const char *title,
                    const char *const *names, size_t n, size_t now)
{
    html_open(h, "p");
    html_lit(h, "class", "choices");
    html_textz(h, title);
    for (size_t i = 0; i < n; i++) {
        html_textz(h, " ");
        html_open(h, "a");
        if (i == now) html_lit(h, "aria-current", "true");
        html_href(h, request_link(r, name, onri_svz(names[i]), ""));
        html_textz(h, names[i]);
        html_close(h);
    }
    html_close(h);
}

void page_counts(const site *s, request *r, reply *out)
{
    static const char *const split_names[] = { "layer", "kind", "publisher" };
    static const char *const period_names[] = { "year", "month", "day" };
    const size_t split = chosen(request_param(r, "split"), split_names, 3, 0);
    const size_t by = chosen(request_param(r, "per"), period_names, 3, 0);
    const view *v = view_find(ONR_SV("search"));
    sections q = { .r = r };
    ask *a = section_add(&q, "counts");
    ask_text(a, "SELECT ");
    ask_text(a, periods[by].expr);
    ask_text(a, " AS period, ");
    ask_text(a, splits[split].expr);
    ask_text(a, " AS part, count(*) AS n\nFROM ");
    ask_text(a, v->base);
    ask_text(a, "\nWHERE ");
    view_conditions(a, r, v, NULL);
    ask_text(a, "\n  AND a.date IS NOT NULL\nGROUP BY 1, 2 ORDER BY 1, n DESC, 2");
    const ask_rows *rows = section_run(&q, 5000);
    a = section_add(&q, "parts");
    ask_text(a, "SELECT ");
    ask_text(a, splits[split].expr);
    ask_text(a, " AS part, count(*) AS n\nFROM ");
    ask_text(a, v->base);
    ask_text(a, "\nWHERE ");
    view_conditions(a, r, v, NULL);
    ask_text(a, "\nGROUP BY 1 ORDER BY n DESC, 1");
    const ask_rows *parts = section_run(&q, 50);
    grid *g = onr_alloc(r->mem, sizeof *g);
    if (g && !sections_data(s, r, out, &q, "counts")) {
        const page_about about = { "/counts", "table", NULL, true };
        g->filter = splits[split].filter;
        fill(g, parts, rows);
        html h = page_begin(s, r, out, ONR_SV("Counts"), &about);
        html_elz(&h, "h1", NULL, "Counts over time");
        view_form(&h, r, v);
        choices(&h, r, "per", "Per", period_names, 3, by);
        choices(&h, r, "split", "Split by", split_names, 3, split);
        if (g->max > 0) {
            bars(&h, r, v, g);
            table(&h, r, v, g);
        } else
            html_elz(&h, "p", "nothing", "Nothing in the store answers to that.");
        sections_show(&h, &q);
        page_end(&h, r, &about);
    }
    sections_drop(&q);
}
