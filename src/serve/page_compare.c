/* Two outlets, or two articles, side by side: how much, who is heard, which kinds, and the facts
 * themselves. Source: own. */
#include "serve/pages.h"
#include "serve/sections.h"

static void sides(ask *a, onr_sv left, onr_sv right)
{
    ask_text(
        a, "WITH side(article, at) AS (\n"
           "  SELECT id, 'a' FROM article WHERE uid = :a UNION ALL SELECT x.id, 'a' FROM article x "
           "JOIN publisher p ON p.id = x.publisher WHERE p.name = :a\n  UNION ALL SELECT id, 'b' "
           "FROM article WHERE uid = :b UNION ALL SELECT x.id, 'b' FROM article x JOIN publisher p "
           "ON p.id = x.publisher WHERE p.name = :b)\n");
    ask_value(a, "a", left);
    ask_value(a, "b", right);
}

static void questions(sections *q, onr_sv left, onr_sv right)
{
    ask *a = section_add(q, "kinds");
    sides(a, left, right);
    ask_text(a,
             "SELECT f.layer, f.kind, sum(s.at = 'a') AS a, sum(s.at = 'b') AS b\nFROM side s JOIN "
             "fact f ON f.article = s.article\nGROUP BY 1, 2 ORDER BY a + b DESC, 1, 2");
    (void)section_run(q, 60);
    a = section_add(q, "articles");
    sides(a, left, right);
    ask_text(a, "SELECT sum(at = 'a') AS a, sum(at = 'b') AS b FROM side");
    (void)section_run(q, 1);
    a = section_add(q, "heard");
    sides(a, left, right);
    ask_text(
        a,
        "SELECT e.name AS who, sum(s.at = 'a') AS a, sum(s.at = 'b') AS b\nFROM side s JOIN "
        "fact f ON f.article = s.article AND f.layer = 'statement'\nJOIN party y ON y.fact = "
        "f.id AND y.part = 'by' JOIN entity e ON e.id = y.entity\nWHERE e.named GROUP BY 1 ORDER "
        "BY a + b DESC, 1");
    (void)section_run(q, 30);
    static const char *const names[] = { "facts_a", "facts_b" };
    for (size_t i = 0; i < 2; i++) {
        a = section_add(q, names[i]);
        sides(a, left, right);
        ask_text(
            a, "SELECT v.date, v.layer, v.kind, v.who, v.whom, v.words, v.article_uid, v.uid\nFROM "
               "(SELECT f.id FROM side s JOIN fact f ON f.article = s.article\n  WHERE s.at = ");
        ask_text(a, i ? "'b'" : "'a'");
        ask_text(
            a,
            " AND f.layer IN ('statement', 'dispute', 'commitment') ORDER BY f.id DESC LIMIT 40) "
            "page JOIN facts v ON v.id = page.id\nORDER BY v.id DESC");
        (void)section_run(q, 40);
    }
}

static void form(html *h, const sections *q, onr_sv left, onr_sv right)
{
    static const char *const names[] = { "a", "b" };
    const ask_rows *papers = section_rows(q, "publishers");
    html_open(h, "form");
    html_lit(h, "class", "filters");
    for (size_t i = 0; i < 2; i++) {
        html_open(h, "label");
        html_elz(h, "span", NULL, i ? "with" : "Outlet, or id of an article");
        html_open(h, "input");
        html_attrz(h, "name", names[i]);
        html_lit(h, "list", "papers");
        html_attr(h, "value", i ? right : left);
        html_close(h);
        html_close(h);
    }
    html_open(h, "datalist");
    html_lit(h, "id", "papers");
    for (uint32_t i = 0; i < papers->rows.n; i++) {
        html_open(h, "option");
        html_attr(h, "value", ask_sv(papers, i, "name"));
        html_close(h);
    }
    html_close(h);
    html_elz(h, "button", NULL, "Compare");
    html_close(h);
}

static void body(html *h, request *r, const sections *q)
{
    static const plain_column heard[] = { { "who", "Who is heard", false },
                                          { "a", "Left", true },
                                          { "b", "Right", true } };
    static const plain_column kinds[] = { { "layer", "Layer", false },
                                          { "kind", "Kind", false },
                                          { "a", "Left", true },
                                          { "b", "Right", true } };
    html_open(h, "div");
    html_lit(h, "class", "columns two");
    html_open(h, "section");
    html_elz(h, "h2", NULL, "Who is heard");
    plain_table(h, "Who is heard", section_rows(q, "heard"), heard, 3, NULL, r->mem);
    html_close(h);
    html_open(h, "section");
    html_elz(h, "h2", NULL, "Kinds of facts");
    plain_table(h, "Kinds of facts", section_rows(q, "kinds"), kinds, 4, NULL, r->mem);
    html_close(h);
    static const char *const names[] = { "facts_a", "facts_b" }, *const params[] = { "a", "b" };
    for (size_t i = 0; i < 2; i++) {
        html_open(h, "section");
        html_open(h, "h2");
        html_text(h, request_param(r, params[i]));
        html_close(h);
        fact_rows(h, section_rows(q, names[i]));
        html_close(h);
    }
    html_close(h);
}

void page_compare(const site *s, request *r, reply *out)
{
    const onr_sv left = request_param(r, "a"), right = request_param(r, "b");
    sections q = { .r = r };
    if (left.n && right.n) questions(&q, left, right);
    ask *a = section_add(&q, "publishers");
    ask_text(a,
             "SELECT p.name, count(*) AS n FROM article x JOIN publisher p ON p.id = x.publisher "
             "GROUP BY 1 ORDER BY n DESC, 1");
    (void)section_run(&q, 200);
    if (!sections_data(s, r, out, &q, "compare")) {
        const page_about about = { "/compare", "table", NULL, true };
        html h = page_begin(s, r, out, ONR_SV("Compare"), &about);
        html_elz(&h, "h1", NULL, "Compare");
        html_elz(&h, "p", "lead", "Two outlets or two articles side by side.");
        form(&h, &q, left, right);
        if (left.n && right.n) body(&h, r, &q);
        sections_show(&h, &q);
        page_end(&h, r, &about);
    }
    sections_drop(&q);
}
