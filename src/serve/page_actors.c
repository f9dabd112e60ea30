/* Actors: all of them, and the page of one: roles over time, what it said, did, promised, disputes
 * and holds, and whom it has to do with. An actor of the linking step is named by its uid; before
 * that step has run, and from tables, by "name:" and its name. Source: own. */
#include "serve/correct.h"
#include "serve/network.h"
#include "serve/pages.h"
#include "serve/sections.h"
#include "serve/view.h"

void page_actors(const site *s, request *r, reply *out)
{
    ask a = ask_make(r->mem, r->store);
    ask_text(&a, "SELECT EXISTS (SELECT 1 FROM actor)");
    const bool linked = ask_one(&a) != 0;
    ask_drop(&a);
    view_show(s, r, out, linked ? &view_actors_linked : &view_actors_named);
}

typedef struct who {
    bool by_name;
    onr_sv key;
} who;

/* "WITH me(entity) AS (...)": the entities of all articles that the actor is. */
static void me(ask *a, const who *w)
{
    if (w->by_name)
        ask_text(a,
                 "WITH me(entity) AS (SELECT id FROM entity WHERE name = :key COLLATE NOCASE)\n");
    else
        ask_text(a, "WITH me(entity) AS (SELECT ae.entity FROM actor x JOIN actor_entity ae ON "
                    "ae.actor = x.id WHERE x.uid = :key)\n");
    ask_value(a, "key", w->key);
}

#define FACT_COLS                                                                                  \
    "SELECT v.date, v.layer, v.kind, v.who, v.whom, v.words, v.article_uid, v.uid, v.title, v.p\n"

static void facts_of(sections *s, const who *w, const char *name, const char *layer,
                     const char *part, uint32_t max)
{
    ask *a = section_add(s, name);
    me(a, w);
    ask_text(a, FACT_COLS "FROM (SELECT DISTINCT f.id FROM me JOIN party y ON y.entity = me.entity "
                          "JOIN fact f ON f.id = y.fact\n  WHERE f.layer = '");
    ask_text(a, layer);
    ask_text(a, "' AND y.part IN (");
    ask_text(a, part);
    ask_text(a, ") ORDER BY f.id DESC LIMIT 12) page JOIN facts v ON v.id = page.id\nORDER BY v.id "
                "DESC");
    (void)section_run(s, max);
}

static void questions(sections *s, const who *w)
{
    ask *a = section_add(s, "names");
    me(a, w);
    ask_text(a, "SELECT e.name, e.type, e.country, e.code, e.wikidata, count(*) AS articles, "
                "sum(e.n_mentions) AS mentions\nFROM me JOIN entity e ON e.id = me.entity GROUP BY "
                "e.name, e.type ORDER BY articles DESC, e.name");
    (void)section_run(s, 12);
    a = section_add(s, "roles");
    me(a, w);
    ask_text(
        a, "SELECT lower(x.title) AS title, group_concat(DISTINCT x.of_name) AS of_name, "
           "group_concat(DISTINCT x.country) AS country, group_concat(DISTINCT x.period) AS "
           "period, min(x.date) AS first, max(x.date) AS last, count(DISTINCT x.article) AS "
           "n\nFROM me JOIN roles x ON x.entity = me.entity GROUP BY 1 ORDER BY n DESC, first, 1");
    (void)section_run(s, 40);
    a = section_add(s, "layers");
    me(a, w);
    ask_text(a, "SELECT f.layer, f.kind, count(*) AS n\nFROM (SELECT DISTINCT y.fact FROM me JOIN "
                "party y ON y.entity = me.entity AND y.part = 'by') m JOIN fact f ON f.id = "
                "m.fact\nGROUP BY 1, 2 ORDER BY 1, n DESC");
    (void)section_run(s, 60);
    facts_of(s, w, "statements", "statement", "'by'", 12);
    facts_of(s, w, "events", "event", "'by', 'to'", 12);
    facts_of(s, w, "commitments", "commitment", "'by'", 12);
    facts_of(s, w, "disputes", "dispute", "'by', 'to'", 12);
    facts_of(s, w, "positions", "position", "'by'", 12);
    facts_of(s, w, "spoken_of", "statement", "'about'", 12);
    a = section_add(s, "ties");
    me(a, w);
    ask_text(a, "SELECT a1.name AS who, a2.name AS whom, a1.uid AS who_uid, a2.uid AS whom_uid, "
                "count(DISTINCT f.id) AS n, " NETWORK_MOOD
                " AS mood,\n  group_concat(DISTINCT f.kind) AS kinds\nFROM (SELECT DISTINCT y.fact "
                "FROM me JOIN party y ON y.entity = me.entity AND y.part IN ('by', 'to')) m JOIN "
                "fact f ON f.id = m.fact" NETWORK_TIES
                "WHERE a1.id <> a2.id GROUP BY a1.id, a2.id, mood ORDER BY n DESC, 1, 2");
    (void)section_run(s, 60);
    a = section_add(s, "counts");
    me(a, w);
    ask_text(a,
             "SELECT count(DISTINCT f.article) AS articles,\n  count(DISTINCT CASE WHEN f.layer = "
             "'statement' AND y.part = 'by' THEN f.id END) AS statements,\n  count(DISTINCT CASE "
             "WHEN f.layer = 'event' AND y.part IN ('by', 'to') THEN f.id END) AS events,\n  "
             "count(DISTINCT CASE WHEN f.layer = 'commitment' AND y.part = 'by' THEN f.id END) "
             "AS commitments,\n  count(DISTINCT CASE WHEN f.layer = 'dispute' AND y.part IN "
             "('by', 'to') THEN f.id END) AS disputes,\n  count(DISTINCT CASE WHEN f.layer = "
             "'position' AND y.part = 'by' THEN f.id END) AS positions,\n  count(DISTINCT CASE "
             "WHEN f.layer = 'statement' AND y.part = 'about' THEN f.id END) AS spoken_of\nFROM "
             "me JOIN party y ON y.entity = me.entity JOIN fact f ON f.id = y.fact");
    (void)section_run(s, 1);
}

/* Facts of one kind, their number with a link to all of them, near copies as well. */
static void list(html *h, request *r, const sections *s, const char *name, const char *title,
                 const char *path, const char *param_name)
{
    const ask_rows *rows = section_rows(s, name), *counts = section_rows(s, "counts");
    const bool disputes = strcmp(name, "disputes") == 0;
    const param all[] = { { onri_svz(param_name), r->segments[1] },
                          { ONR_SV("across"), disputes ? ONR_SV("in one article") : ONR_SV("") },
                          { ONR_SV("unfold"), ONR_SV("1") } };
    if (rows->rows.n == 0) return;
    html_open(h, "section");
    html_open(h, "h2");
    html_textz(h, title);
    html_textz(h, " ");
    html_open(h, "small");
    html_open(h, "a");
    html_href(h, link_to(r->mem, path, all, 3));
    html_uint(h, (uint64_t)ask_int(counts, 0, name));
    html_elz(h, "span", "vh", " in the table");
    html_close(h);
    html_close(h);
    html_close(h);
    fact_rows(h, rows);
    html_close(h);
}

static onr_sv tie_link(const void *ctx, const ask_rows *rows, uint32_t i)
{
    const request *r = ctx;
    const param p[] = { { ONR_SV("who_is"), ask_sv(rows, i, "who_uid") },
                        { ONR_SV("whom_is"), ask_sv(rows, i, "whom_uid") },
                        { ONR_SV("mood"), ask_sv(rows, i, "mood") },
                        { ONR_SV("unfold"), ONR_SV("1") } };
    return link_to(r->mem, "/search", p, 4);
}

/* Roles with the articles that tell them. */
static void roles(html *h, request *r, const ask_rows *rows)
{
    static const char *const columns[][2] = { { "title", "Role" },       { "of_name", "Of" },
                                              { "country", "Country" },  { "period", "When" },
                                              { "first", "First told" }, { "last", "Last told" } };
    bool shown[6] = { false };
    if (!rows->rows.n) return;
    html_elz(h, "h2", NULL, "Roles over time");
    html_open(h, "table");
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t k = 0; k < 6; k++) {
        for (uint32_t i = 0; i < rows->rows.n; i++)
            if (ask_sv(rows, i, columns[k][0]).n) shown[k] = true;
        if (shown[k]) html_elz(h, "th", NULL, columns[k][1]);
    }
    html_elz(h, "th", "num", "Articles");
    html_close(h);
    html_close(h);
    html_open(h, "tbody");
    for (uint32_t i = 0; i < rows->rows.n; i++) {
        onri_buf b = onri_buf_make(4096);
        onri_buf_add(&b, r->segments[1]);
        onri_buf_addz(&b, FILTER_LIST);
        onri_buf_add(&b, ask_sv(rows, i, "title"));
        const param p[] = { { ONR_SV("held"), onri_buf_sv(&b) },
                            { ONR_SV("unfold"), ONR_SV("1") } };
        html_open(h, "tr");
        for (size_t k = 0; k < 6; k++)
            if (shown[k]) html_el(h, "td", k > 3 ? "date" : NULL, ask_sv(rows, i, columns[k][0]));
        html_open(h, "td");
        html_lit(h, "class", "num");
        html_open(h, "a");
        html_href(h, link_to(r->mem, "/articles", p, 2));
        html_uint(h, (uint64_t)ask_int(rows, i, "n"));
        html_close(h);
        html_close(h);
        html_close(h);
        onri_buf_drop(&b);
    }
    html_close(h);
    html_close(h);
}

static void about(html *h, const ask_rows *names)
{
    html_open(h, "p");
    html_lit(h, "class", "lead");
    html_text(h, ask_sv(names, 0, "type"));
    static const char *const cells[] = { "country", "code", "wikidata" };
    for (size_t i = 0; i < 3; i++) {
        const onr_sv v = ask_sv(names, 0, cells[i]);
        if (!v.n || (i == 1 && onri_eq(v, ask_sv(names, 0, "country")))) continue;
        html_textz(h, " \xC2\xB7 ");
        html_text(h, v);
    }
    if (names->rows.n > 1) html_textz(h, ". Also: ");
    for (uint32_t i = 1; i < names->rows.n; i++) {
        if (i > 1) html_textz(h, ", ");
        html_text(h, ask_sv(names, i, "name"));
    }
    html_close(h);
}

static void as_page(const site *s, request *r, reply *out, const sections *q)
{
    const page_about page = { "/actors", "actor", NULL, true };
    const ask_rows *names = section_rows(q, "names");
    const onr_sv name = ask_sv(names, 0, "name");
    html h = page_begin(s, r, out, name, &page);
    html_el(&h, "h1", NULL, name);
    about(&h, names);
    roles(&h, r, section_rows(q, "roles"));
    html_open(&h, "div");
    html_lit(&h, "class", "columns");
    list(&h, r, q, "statements", "Said", "/statements", "who_is");
    list(&h, r, q, "events", "Did, or was done to", "/events", "with");
    list(&h, r, q, "commitments", "Promised, refused, threatened", "/commitments", "who_is");
    list(&h, r, q, "disputes", "Disputes", "/disputes", "with");
    list(&h, r, q, "positions", "Positions", "/positions", "who_is");
    list(&h, r, q, "spoken_of", "Spoken of", "/statements", "about_is");
    html_close(&h);
    const ask_rows *ties = section_rows(q, "ties");
    if (ties->rows.n) {
        html_elz(&h, "h2", NULL, "Ties");
        network_draw(&h, r->mem, ties, ONR_SV("Whom it has to do with"), tie_link, r);
        network_table(&h, ties, tie_link, r);
    }
    const onr_sv uid = r->segments[1];
    if (r->may_edit && !onri_starts(uid, ONR_SV("name:"))) {
        static const char *const actions[] = { "rename", "merge", NULL };
        const correct_about change = { ONR_SV_INIT(""), ONR_SV_INIT(""), uid, actions };
        correct_form(&h, r, &change);
    }
    sections_show(&h, q);
    page_end(&h, r, &page);
}

/* An actor of that name, if the linking step knows one: its page is the better one. */
static bool moved(request *r, reply *out, onr_sv name)
{
    ask a = ask_make(r->mem, r->store);
    ask_text(&a,
             "SELECT x.uid FROM actor_name n JOIN actor x ON x.id = n.actor WHERE n.name = :name "
             "ORDER BY x.n_articles DESC, x.uid LIMIT 1");
    ask_value(&a, "name", name);
    const ask_rows rows = ask_all(&a, 1);
    ask_drop(&a);
    if (rows.rows.n == 0) return false;
    onri_buf b = onri_buf_make(4096);
    onri_buf_addz(&b, "/actor/");
    html_url_part(&b, ask_sv(&rows, 0, "uid"));
    onri_buf_addz(&b, r->format == FORMAT_JSON ? ".json" : r->format == FORMAT_CSV ? ".csv" : "");
    out->status = 303;
    out->location = onri_dup(r->mem, onri_buf_sv(&b));
    onri_buf_drop(&b);
    return out->location.p != NULL;
}

void page_actor(const site *s, request *r, reply *out)
{
    const onr_sv key = r->segments[1];
    who w = { onri_starts(key, ONR_SV("name:")), key };
    if (w.by_name) w.key = onri_sub(key, 5, key.n);
    if (w.by_name && moved(r, out, w.key)) return;
    sections q = { .r = r };
    questions(&q, &w);
    if (q.at[0].rows.rows.n == 0 && !q.at[0].rows.failed)
        page_error(s, r, out, 404, "Nobody of that name", w.key);
    else if (!sections_data(s, r, out, &q, "actor"))
        as_page(s, r, out, &q);
    sections_drop(&q);
}
