/* The timeline: when events were, against when they were told. A row an event: its shape says its
 * status, its length how exactly the time is known, a tick when it was reported. Source: own. */
#include "serve/pages.h"
#include "serve/sections.h"
#include "serve/view.h"

#include "base/date.h"

#include <stdio.h>

enum { ROW = 26, LABELS = 380, WIDTH = 1240, TOP = 34, TIMELINE_ROWS = 80 };

typedef struct span_of_days {
    onri_day from, to;
} span_of_days;

static double at(const span_of_days *all, onri_day day)
{
    const double days = (double)all->to - all->from + 1;
    return LABELS + 14 + (WIDTH - LABELS - 34) * ((double)day - all->from) / days;
}

/* "2018", "2018-07", a day: its first or its last day. */
static onri_day edge_day(onr_sv s, bool last)
{
    uint64_t year = 0, month = 0;
    if (s.n >= 10) return onri_day_parse(onri_sub(s, 0, 10));
    if (s.n >= 4 && !onri_parse_u64(onri_sub(s, 0, 4), &year)) return ONRI_NO_DAY;
    if (s.n == 4) return onri_day_of((int32_t)year, last ? 12 : 1, last ? 31 : 1);
    if (s.n != 7 || !onri_parse_u64(onri_sub(s, 5, 7), &month)) return ONRI_NO_DAY;
    if (month < 1 || month > 12) return ONRI_NO_DAY;
    const uint32_t days = onri_days_in_month((int32_t)year, (uint32_t)month);
    return onri_day_of((int32_t)year, (uint32_t)month, last ? days : 1);
}

static span_of_days event_time(const ask_rows *rows, uint32_t i)
{
    const onr_sv from = ask_sv(rows, i, "time_from"), to = ask_sv(rows, i, "time_to");
    span_of_days d = { edge_day(from, false), edge_day(to.n ? to : from, true) };
    if (d.to == ONRI_NO_DAY || d.to < d.from) d.to = d.from;
    return d;
}

static bool extent(const ask_rows *rows, span_of_days *all)
{
    *all = (span_of_days){ INT32_MAX, INT32_MIN };
    for (uint32_t i = 0; i < rows->rows.n; i++) {
        const span_of_days d = event_time(rows, i);
        const onri_day told = edge_day(ask_sv(rows, i, "date"), false);
        const onri_day days[] = { d.from, d.to, told };
        for (size_t k = 0; k < 3; k++) {
            if (days[k] == ONRI_NO_DAY) continue;
            if (days[k] < all->from) all->from = days[k];
            if (days[k] > all->to) all->to = days[k];
        }
    }
    return all->from <= all->to;
}

static void line(html *h, const char *cls, double x1, double y1, double x2, double y2)
{
    html_open(h, "line");
    html_attrz(h, "class", cls);
    html_num(h, "x1", x1);
    html_num(h, "y1", y1);
    html_num(h, "x2", x2);
    html_num(h, "y2", y2);
    html_close(h);
}

static void text_at(html *h, const char *cls, double x, double y, onr_sv text)
{
    html_open(h, "text");
    html_attrz(h, "class", cls);
    html_num(h, "x", x);
    html_num(h, "y", y);
    html_text(h, text);
    html_close(h);
}

/* Ticks of years, months or days, at most a dozen. */
static void axis(html *h, const span_of_days *all, double bottom)
{
    static const int32_t steps[] = { 1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200 };
    const double months = ((double)all->to - all->from) / 30.4;
    int32_t step = 1200;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (months / steps[i] > 11) continue;
        step = steps[i];
        break;
    }
    onri_day day = onri_month_start(all->from, 0);
    int32_t year;
    uint32_t month, dom;
    onri_day_split(day, &year, &month, &dom);
    const int32_t index = year * 12 + (int32_t)month - 1;
    day = onri_month_start(day, -(index % step));
    for (int n = 0; n < 40 && day != ONRI_NO_DAY && day <= all->to; n++) {
        char label[11];
        if (day >= all->from) {
            line(h, "grid", at(all, day), TOP - 10, at(all, day), bottom);
            onri_day_print(day, label);
            text_at(h, "tick", at(all, day) + 3, TOP - 14, onri_sv(label, step >= 12 ? 4 : 7));
        }
        day = onri_month_start(day, step);
    }
}

/* Shapes that differ without colour: filled, hollow, crossed, dashed. */
static void shape(html *h, onr_sv status, double x, double y)
{
    char points[128];
    html_open(h, "g");
    html_lit(h, "class", "mark");
    html_attr(h, "data-status", status);
    if (onri_eqz(status, "planned") || onri_eqz(status, "proposed")) {
        (void)snprintf(points, sizeof points, "%d,%d %d,%d %d,%d %d,%d", (int)x - 6, (int)y, (int)x,
                       (int)y - 6, (int)x + 6, (int)y, (int)x, (int)y + 6);
        html_open(h, "polygon");
        html_attrz(h, "points", points);
        html_close(h);
    } else if (onri_eqz(status, "conditional")) {
        (void)snprintf(points, sizeof points, "%d,%d %d,%d %d,%d", (int)x - 6, (int)y + 5, (int)x,
                       (int)y - 6, (int)x + 6, (int)y + 5);
        html_open(h, "polygon");
        html_attrz(h, "points", points);
        html_close(h);
    } else if (onri_eqz(status, "negated")) {
        line(h, "cross", x - 5, y - 5, x + 5, y + 5);
        line(h, "cross", x - 5, y + 5, x + 5, y - 5);
    } else {
        html_open(h, "circle");
        html_num(h, "cx", x);
        html_num(h, "cy", y);
        html_num(h, "r", 5);
        html_close(h);
    }
    html_close(h);
}

static void cut_text(html *h, onr_sv s, size_t max)
{
    size_t n = s.n < max ? s.n : max;
    while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80) n--;
    html_text(h, onri_sub(s, 0, n));
    if (n < s.n) html_textz(h, "\xE2\x80\xA6");
}

static void row(html *h, const ask_rows *rows, uint32_t i, const span_of_days *all, double y)
{
    const span_of_days d = event_time(rows, i);
    const onri_day told = edge_day(ask_sv(rows, i, "date"), false);
    onri_buf url = onri_buf_make(4096);
    onri_buf_addz(&url, "/article/");
    html_url_part(&url, ask_sv(rows, i, "article_uid"));
    onri_buf_addz(&url, "#f-");
    html_url_part(&url, ask_sv(rows, i, "uid"));
    html_open(h, "a");
    html_href(h, onri_buf_sv(&url));
    onri_buf_drop(&url);
    html_open(h, "text");
    html_lit(h, "class", "label");
    html_num(h, "x", 0);
    html_num(h, "y", y + 4);
    html_open(h, "tspan");
    html_lit(h, "class", "kind");
    html_text(h, ask_sv(rows, i, "kind"));
    html_close(h);
    html_textz(h, " ");
    cut_text(h, ask_sv(rows, i, "who"), 22);
    if (ask_sv(rows, i, "whom").n) {
        html_textz(h, " \xE2\x86\x92 ");
        cut_text(h, ask_sv(rows, i, "whom"), 20);
    }
    html_open(h, "title");
    html_text(h, ask_sv(rows, i, "status"));
    html_textz(h, ", ");
    html_text(h, ask_sv(rows, i, "time_from"));
    html_textz(h, ": ");
    html_text(h, ask_sv(rows, i, "words"));
    html_close(h);
    html_close(h);
    if (d.from != ONRI_NO_DAY) {
        const double x1 = at(all, d.from), x2 = at(all, d.to);
        if (told != ONRI_NO_DAY) {
            line(h, "lag", (x1 + x2) / 2, y, at(all, told), y);
            line(h, "told", at(all, told), y - 6, at(all, told), y + 6);
        }
        if (d.to > d.from) line(h, "range", x1, y, x2, y);
        shape(h, ask_sv(rows, i, "status"), (x1 + x2) / 2, y);
    }
    html_close(h);
}

static void chart(html *h, const ask_rows *rows)
{
    span_of_days all;
    char box[64], day[11];
    const uint32_t n = rows->rows.n < TIMELINE_ROWS ? rows->rows.n : TIMELINE_ROWS;
    if (!extent(rows, &all)) return;
    const int height = TOP + ROW * (int)n + 10;
    (void)snprintf(box, sizeof box, "0 0 %d %d", WIDTH, height);
    html_open(h, "div");
    html_lit(h, "class", "chart scroll");
    html_lit(h, "tabindex", "0");
    html_lit(h, "role", "region");
    html_lit(h, "aria-label", "Timeline; the table below says the same");
    html_open(h, "svg");
    html_attrz(h, "viewBox", box);
    html_lit(h, "class", "timeline");
    html_lit(h, "role", "group");
    onri_day_print(all.from, day);
    html_attrz(h, "data-from", day);
    onri_day_print(all.to, day);
    html_attrz(h, "data-to", day);
    html_num(h, "data-left", at(&all, all.from));
    html_num(h, "data-right", at(&all, all.to));
    axis(h, &all, height);
    for (uint32_t i = 0; i < n; i++) row(h, rows, i, &all, TOP + ROW * (i + 0.5));
    html_close(h);
    html_close(h);
}

static void legend(html *h)
{
    static const char *const names[] = { "happened",    "ongoing", "planned", "proposed",
                                         "conditional", "negated", "alleged" };
    html_open(h, "ul");
    html_lit(h, "class", "shapes");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        html_open(h, "li");
        html_open(h, "svg");
        html_lit(h, "viewBox", "0 0 16 16");
        html_lit(h, "class", "timeline");
        html_lit(h, "aria-hidden", "true");
        shape(h, onri_svz(names[i]), 8, 8);
        html_close(h);
        html_textz(h, names[i]);
        html_close(h);
    }
    html_elz(h, "li", NULL, "line: how exactly the time is known");
    html_elz(h, "li", NULL, "tick: when it was told");
    html_close(h);
}

static onr_sv link_of(onr_arena *mem, const ask_rows *rows, uint32_t i)
{
    onri_buf b = onri_buf_make(4096);
    onri_buf_addz(&b, "/article/");
    html_url_part(&b, ask_sv(rows, i, "article_uid"));
    onri_buf_addz(&b, "#f-");
    html_url_part(&b, ask_sv(rows, i, "uid"));
    const onr_sv out = onri_dup(mem, onri_buf_sv(&b));
    onri_buf_drop(&b);
    return out.p ? out : ONR_SV("");
}

void page_timeline(const site *s, request *r, reply *out)
{
    static const plain_column columns[] = {
        { "time_from", "From", false }, { "time_to", "To", false },  { "date", "Told", false },
        { "status", "Status", false },  { "kind", "Kind", false },   { "who", "Who", false },
        { "whom", "To whom", false },   { "words", "Words", false },
    };
    const view *v = view_find(ONR_SV("events"));
    sections q = { .r = r };
    ask *a = section_add(&q, "events");
    ask_text(a, "WITH page(id) AS (\n  SELECT f.id\n  FROM ");
    ask_text(a, v->base);
    ask_text(a, "\n  WHERE ");
    view_conditions(a, r, v, NULL);
    ask_text(a, "\n    AND ev.time_from IS NOT NULL AND ev.same_as IS NULL\n  ORDER BY f.id DESC "
                "LIMIT :n OFFSET :skip)\nSELECT v.time_from, v.time_to, v.date, v.status, v.kind, "
                "v.mode, v.who, "
                "v.whom, v.words, v.article_uid, v.uid, v.p\nFROM page JOIN events v ON v.id = "
                "page.id\nORDER BY v.time_from, v.time_to, v.id");
    const bool data = r->format != FORMAT_HTML;
    const uint64_t n =
        request_count(r, "n", data ? 1000 : TIMELINE_ROWS, data ? 10000 : TIMELINE_ROWS);
    uint64_t page = request_count(r, "page", 1, 100000);
    if (page == 0) page = 1;
    ask_number(a, "n", (int64_t)n);
    ask_number(a, "skip", (int64_t)((page - 1) * n));
    const ask_rows *rows = section_run(&q, 10000);
    a = section_add(&q, "total");
    ask_text(a, "SELECT count(*) AS n\nFROM ");
    ask_text(a, v->base);
    ask_text(a, "\nWHERE ");
    view_conditions(a, r, v, NULL);
    ask_text(a, "\n  AND ev.time_from IS NOT NULL AND ev.same_as IS NULL");
    const int64_t total = ask_int(section_run(&q, 1), 0, "n");
    if (!sections_data(s, r, out, &q, "timeline")) {
        const page_about about = { "/timeline", "table", "timeline.js", true };
        html h = page_begin(s, r, out, ONR_SV("Timeline"), &about);
        static const param timed[] = { { ONR_SV_INIT("timed"), ONR_SV_INIT("1") } };
        html_open(&h, "h1");
        html_textz(&h, "Timeline ");
        html_open(&h, "small");
        html_open(&h, "a");
        html_href(&h, view_link(r, v, "/events", timed, 1));
        html_uint(&h, total > 0 ? (uint64_t)total : 0);
        html_elz(&h, "span", "vh", " events with a time");
        html_close(&h);
        html_close(&h);
        html_close(&h);
        html_elz(&h, "p", "lead",
                 "When events were, against when they were told; the last told first. Drag over "
                 "the picture to narrow the time down.");
        view_form(&h, r, v);
        if (rows->rows.n) {
            legend(&h);
            chart(&h, rows);
            view_pager(&h, r, page, n, total);
            html_elz(&h, "h2", NULL, "The same as a table");
            plain_table(&h, "Events", rows, columns, 8, link_of, r->mem);
        } else
            html_elz(&h, "p", "nothing", "No event with a time answers to that.");
        sections_show(&h, &q);
        page_end(&h, r, &about);
    }
    sections_drop(&q);
}
