/* The map: how many facts come from actors of each country, on outlines that are in the program.
 * The picture is web/map.tsv (tools/make_map.py). Source: own. */
#include "serve/asset.h"
#include "serve/pages.h"
#include "serve/sections.h"
#include "serve/view.h"

static int64_t count_of(const ask_rows *rows, onr_sv country)
{
    for (uint32_t i = 0; i < rows->rows.n; i++)
        if (onri_eq(ask_sv(rows, i, "country"), country)) return ask_int(rows, i, "n");
    return 0;
}

/* Five classes, each about three times the one before it. */
static const char *class_of(int64_t n, int64_t max)
{
    if (n <= 0) return "land";
    if (n * 3 > max) return "land n5";
    if (n * 9 > max) return "land n4";
    if (n * 27 > max) return "land n3";
    return n * 81 > max ? "land n2" : "land n1";
}

static onr_sv link_of(const request *r, onr_sv country)
{
    const param more[] = { { ONR_SV("country"), country } };
    return view_link(r, view_find(ONR_SV("search")), "/search", more, 1);
}

/* "FRA" -> "France", from the map; the code where it has none. */
static onr_sv name_of(onr_sv country)
{
    const char *type;
    onr_sv file = asset_get(ONR_SV("map.tsv"), &type), row;
    while (file.n && onri_split(&file, '\n', &row)) {
        if (row.n == 0 || row.p[0] == '#' || !onri_eq(onri_cell(&row, '\t'), country)) continue;
        return onri_cell(&row, '\t');
    }
    return country;
}

/* Longest bar: the most facts. Each number leads to its facts. */
static void table(html *h, const request *r, const ask_rows *rows)
{
    const int64_t max = rows->rows.n ? ask_int(rows, 0, "n") : 1;
    html_open(h, "table");
    html_lit(h, "class", "narrow");
    html_open(h, "thead");
    html_open(h, "tr");
    html_elz(h, "th", NULL, "Country");
    html_elz(h, "th", "num", "Facts");
    html_elz(h, "th", NULL, "");
    html_close(h);
    html_close(h);
    html_open(h, "tbody");
    for (uint32_t i = 0; i < rows->rows.n; i++) {
        const onr_sv country = ask_sv(rows, i, "country");
        const int64_t n = ask_int(rows, i, "n");
        html_open(h, "tr");
        html_open(h, "td");
        html_text(h, name_of(country));
        html_textz(h, " ");
        html_el(h, "small", NULL, country);
        html_close(h);
        html_open(h, "td");
        html_lit(h, "class", "num");
        html_open(h, "a");
        html_href(h, link_of(r, country));
        html_uint(h, (uint64_t)n);
        html_close(h);
        html_close(h);
        html_open(h, "td");
        html_lit(h, "class", "bar");
        html_open(h, "meter");
        html_lit(h, "aria-hidden", "true");
        html_lit(h, "tabindex", "-1");
        html_num(h, "value", (double)n / (double)max);
        html_close(h);
        html_close(h);
        html_close(h);
    }
    html_close(h);
    html_close(h);
}

static void land(html *h, const request *r, const ask_rows *rows, onr_sv code, onr_sv name,
                 onr_sv path, int64_t max)
{
    const int64_t n = code.n ? count_of(rows, code) : 0;
    if (n) {
        html_open(h, "a");
        html_href(h, link_of(r, code));
    }
    html_open(h, "path");
    html_attrz(h, "class", class_of(n, max));
    html_attr(h, "d", path);
    if (n) {
        html_open(h, "title");
        html_text(h, name);
        html_textz(h, ": ");
        html_uint(h, (uint64_t)n);
        html_close(h);
    }
    html_close(h);
    if (n) html_close(h);
}

static void draw(html *h, const request *r, const ask_rows *rows)
{
    const char *type;
    onr_sv file = asset_get(ONR_SV("map.tsv"), &type), row;
    const int64_t max = rows->rows.n ? ask_int(rows, 0, "n") : 0;
    html_open(h, "div");
    html_lit(h, "class", "chart");
    html_open(h, "svg");
    html_lit(h, "viewBox", "0 0 2000 973");
    html_lit(h, "class", "map");
    html_lit(h, "role", "group");
    html_lit(h, "aria-label", "Map of facts by country; the table below says the same");
    while (file.n && onri_split(&file, '\n', &row)) {
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv code = onri_cell(&row, '\t'), name = onri_cell(&row, '\t');
        land(h, r, rows, code, name, onri_trim(row), max);
    }
    html_close(h);
    html_close(h);
}

/* What the five shades mean. */
static void legend(html *h, const ask_rows *rows)
{
    const int64_t max = rows->rows.n ? ask_int(rows, 0, "n") : 0;
    int64_t from = 1;
    html_open(h, "ul");
    html_lit(h, "class", "shapes");
    for (int64_t parts = 81; max && parts >= 1; parts /= 3) {
        const int64_t to = parts > 1 ? max / parts : max; /* n * parts > max: the class above */
        if (to < from) continue;
        html_open(h, "li");
        html_open(h, "svg");
        html_lit(h, "viewBox", "0 0 16 16");
        html_lit(h, "class", "map");
        html_lit(h, "aria-hidden", "true");
        html_open(h, "rect");
        html_attrz(h, "class", class_of(to, max));
        html_lit(h, "width", "16");
        html_lit(h, "height", "16");
        html_close(h);
        html_close(h);
        html_uint(h, (uint64_t)from);
        if (to > from) {
            html_textz(h, "\xE2\x80\x93");
            html_uint(h, (uint64_t)to);
        }
        html_textz(h, parts == 1 ? " facts" : "");
        html_close(h);
        from = to + 1;
    }
    html_close(h);
}

void page_map(const site *s, request *r, reply *out)
{
    const view *v = view_find(ONR_SV("search"));
    sections q = { .r = r };
    ask *a = section_add(&q, "countries");
    ask_text(
        a, "SELECT e.country, count(DISTINCT f.id) AS n, count(DISTINCT e.name) AS actors\nFROM ");
    ask_text(a, v->base);
    ask_text(a, "\nJOIN party y ON y.fact = f.id AND y.part = 'by' JOIN entity e ON e.id = "
                "y.entity\nWHERE ");
    view_conditions(a, r, v, NULL);
    ask_text(a, "\n  AND e.country IS NOT NULL\nGROUP BY 1 ORDER BY n DESC, 1");
    const ask_rows *rows = section_run(&q, 300);
    if (!sections_data(s, r, out, &q, "map")) {
        const page_about about = { "/map", "table", NULL, true };
        html h = page_begin(s, r, out, ONR_SV("Map"), &about);
        html_elz(&h, "h1", NULL, "Map");
        html_elz(&h, "p", "lead", "Where those come from who say and do it.");
        view_form(&h, r, v);
        if (!rows->rows.n) html_elz(&h, "p", "nothing", "Nothing in the store answers to that.");
        draw(&h, r, rows);
        legend(&h, rows);
        html_elz(&h, "h2", NULL, "The same as a table");
        table(&h, r, rows);
        sections_show(&h, &q);
        page_end(&h, r, &about);
    }
    sections_drop(&q);
}
