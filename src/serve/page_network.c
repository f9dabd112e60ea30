/* The network: who says or does what to whom, as a picture and as the same data in a table.
 * Source: own. */
#include "serve/labels.h"
#include "serve/layout.h"
#include "serve/network.h"
#include "serve/pages.h"
#include "serve/sections.h"
#include "serve/view.h"

static onr_sv link_of(const void *ctx, const ask_rows *rows, uint32_t i)
{
    const param more[] = { { ONR_SV("who_is"), ask_sv(rows, i, "who_uid") },
                           { ONR_SV("whom_is"), ask_sv(rows, i, "whom_uid") },
                           { ONR_SV("mood"), ask_sv(rows, i, "mood") } };
    return view_link(ctx, view_find(ONR_SV("search")), "/search", more, 3);
}

void network_table(html *h, const ask_rows *rows, network_link link, const void *ctx)
{
    static const char *const titles[] = { "Who", "To whom", "How", "Kinds" };
    html_open(h, "table");
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) html_elz(h, "th", NULL, titles[i]);
    html_elz(h, "th", "num", "Facts");
    html_close(h);
    html_close(h);
    html_open(h, "tbody");
    for (uint32_t i = 0; i < rows->rows.n; i++) {
        onr_sv kinds = ask_sv(rows, i, "kinds"), kind;
        html_open(h, "tr");
        html_open(h, "td");
        page_link(h, NULL, "actor", ask_sv(rows, i, "who_uid"), ONR_SV(""), ask_sv(rows, i, "who"));
        html_close(h);
        html_open(h, "td");
        page_link(h, NULL, "actor", ask_sv(rows, i, "whom_uid"), ONR_SV(""),
                  ask_sv(rows, i, "whom"));
        html_close(h);
        html_open(h, "td");
        html_open(h, "span");
        html_lit(h, "class", "kind");
        html_attr(h, "data-kind", ask_sv(rows, i, "mood"));
        html_text(h, ask_sv(rows, i, "mood"));
        html_close(h);
        html_close(h);
        html_open(h, "td");
        for (bool any = false; onri_split(&kinds, ',', &kind); any = true) {
            if (any) html_textz(h, "; ");
            html_text(h, label_of(kind));
        }
        html_close(h);
        html_open(h, "td");
        html_lit(h, "class", "num");
        html_open(h, "a");
        html_href(h, link(ctx, rows, i));
        html_uint(h, (uint64_t)ask_int(rows, i, "n"));
        html_close(h);
        html_close(h);
        html_close(h);
    }
    html_close(h);
    html_close(h);
}

void page_network(const site *s, request *r, reply *out)
{
    const view *v = view_find(ONR_SV("search"));
    sections q = { .r = r };
    ask *a = section_add(&q, "ties");
    ask_text(a, "SELECT a1.name AS who, a2.name AS whom, a1.uid AS who_uid, a2.uid AS whom_uid, "
                "count(DISTINCT f.id) AS n, " NETWORK_MOOD
                " AS mood,\n  group_concat(DISTINCT f.kind) AS kinds\nFROM ");
    ask_text(a, v->base);
    ask_text(a, NETWORK_TIES "WHERE ");
    view_conditions(a, r, v, NULL);
    ask_text(a, "\n  AND a1.id <> a2.id\nGROUP BY a1.id, a2.id, mood ORDER BY n DESC, 1, 2");
    const ask_rows *rows = section_run(&q, r->format == FORMAT_HTML ? 150 : 10000);
    if (!sections_data(s, r, out, &q, "network")) {
        const page_about about = { "/network", "table", NULL, true };
        html h = page_begin(s, r, out, ONR_SV("Network"), &about);
        html_elz(&h, "h1", NULL, "Network");
        html_elz(&h, "p", "lead",
                 "Who says and does what to whom; red lines are accusations, denials, threats, "
                 "protests and worse.");
        view_form(&h, r, v);
        if (!rows->rows.n) html_elz(&h, "p", "nothing", "Nothing in the store answers to that.");
        network_draw(&h, r->mem, rows, ONR_SV("Network of actors; the table below says the same"),
                     link_of, r);
        html_elz(&h, "h2", NULL, "The same as a table");
        network_table(&h, rows, link_of, r);
        sections_show(&h, &q);
        page_end(&h, r, &about);
    }
    sections_drop(&q);
}
