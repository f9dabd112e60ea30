/* The network: who says or does what to whom, as a picture and as the same data in a table.
 * Source: own. */
#include "serve/network.h"
#include "serve/pages.h"
#include "serve/sections.h"
#include "serve/view.h"

static onr_sv link_of(onr_arena *mem, const ask_rows *rows, uint32_t i)
{
    onri_buf a = onri_buf_make(4096), b = onri_buf_make(4096);
    onri_buf_fmt(&a, "\"%.*s\"", (int)ask_sv(rows, i, "who").n, ask_sv(rows, i, "who").p);
    onri_buf_fmt(&b, "\"%.*s\"", (int)ask_sv(rows, i, "whom").n, ask_sv(rows, i, "whom").p);
    const param pairs[] = { { ONR_SV("who"), onri_buf_sv(&a) },
                            { ONR_SV("whom"), onri_buf_sv(&b) } };
    const onr_sv out = link_to(mem, "/search", pairs, 2);
    onri_buf_drop(&a);
    onri_buf_drop(&b);
    return out;
}

void page_network(const site *s, request *r, reply *out)
{
    static const plain_column columns[] = {
        { "who", "Who", false },     { "whom", "To whom", false }, { "mood", "How", false },
        { "kinds", "Kinds", false }, { "n", "Facts", true },
    };
    const view *v = view_find(ONR_SV("search"));
    sections q = { .r = r };
    ask *a = section_add(&q, "ties");
    ask_text(a, "SELECT e1.name AS who, e2.name AS whom, count(DISTINCT f.id) AS n, " NETWORK_MOOD
                " AS mood,\n  group_concat(DISTINCT f.kind) AS kinds\nFROM ");
    ask_text(a, v->base);
    ask_text(a, "\nJOIN party y1 ON y1.fact = f.id AND y1.part = 'by' JOIN entity e1 ON e1.id = "
                "y1.entity\nJOIN party y2 ON y2.fact = f.id AND y2.part = 'to' JOIN entity e2 ON "
                "e2.id = y2.entity\nWHERE ");
    view_conditions(a, r, v, NULL);
    ask_text(a, "\n  AND e1.named AND e2.named AND e1.name <> e2.name\nGROUP BY 1, 2, 4 ORDER BY n "
                "DESC, 1, 2");
    const ask_rows *rows = section_run(&q, r->format == FORMAT_HTML ? 150 : 10000);
    if (!sections_data(s, r, out, &q, "network")) {
        const page_about about = { "/network", "table", NULL, true };
        html h = page_begin(s, r, out, ONR_SV("Network"), &about);
        html_elz(&h, "h1", NULL, "Network");
        html_elz(&h, "p", "lead",
                 "Who says and does what to whom; red lines are accusations, denials, threats, "
                 "protests and worse.");
        view_form(&h, r, v);
        network_draw(&h, r->mem, rows, ONR_SV("Network of actors; the table below says the same"));
        html_elz(&h, "h2", NULL, "The same as a table");
        plain_table(&h, "Network", rows, columns, 5, link_of, r->mem);
        sections_show(&h, &q);
        page_end(&h, r, &about);
    }
    sections_drop(&q);
}
