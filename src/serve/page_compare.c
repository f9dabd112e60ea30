/* Two outlets, or two articles, side by side, by the store's own comparison: what both tell and in
 * which words, what one has and the other lacks, who is heard. Without both: which outlets and
 * articles tell of the same. Source: own. */
#include "serve/labels.h"
#include "serve/pages.h"
#include "serve/sections.h"
#include "serve/view.h"
#include "serve/worddiff.h"

#include "onrecord/store_views.h"

enum { COMPARE_MAX = 20000, SHOWN_MAX = 400, SHOWN_FEW = 30, PAIRS_MAX = 25 };

typedef enum part { PART_BOTH, PART_A, PART_B, PART__COUNT } part;
static const char *const part_names[] = { "both", "only-a", "only-b" };

typedef struct side {
    onr_sv key, name; /* as asked for; for people */
    bool is_article;
} side;

typedef struct comparing {
    request *r;
    sections q;
    side of[2];
    onr_sv part, layer, differ; /* filters; empty: all */
    const ask_rows *rows;
} comparing;

/* ---- questions ---------------------------------------------------------------------------------
 */

static uint32_t layer_bit(onr_sv name)
{
    for (int l = 0; l < ONR_LAYER_SENTENCE; l++)
        if (onri_eqz(name, onr_layer_name((onr_layer)l))) return (uint32_t)1 << l;
    return 0;
}

static bool facts_of_both(comparing *c, onr_error *err)
{
    onr_view v = ONR_VIEW_INIT;
    ask_rows rows = { 0 };
    ask_taking t = { c->r->mem, &rows };
    onr_sv printed = { 0 };
    v.since = request_param(c->r, "since");
    v.until = request_param(c->r, "until");
    v.layers = layer_bit(c->layer);
    v.limit = COMPARE_MAX;
    onr_status st =
        onr_store_compare(c->r->store, c->of[0].key, c->of[1].key, &v, ask_take, &t, NULL, err);
    if (st == ONR_OK)
        st = onr_store_compare_sql(c->r->store, c->r->mem, c->of[0].key, c->of[1].key, &v, &printed,
                                   err);
    if (st == ONR_OK) section_given(&c->q, "facts", &rows, printed);
    err->status = st;
    return st == ONR_OK;
}

static void sides(ask *a, const comparing *c)
{
    ask_text(
        a, "WITH side(article, at) AS (\n"
           "  SELECT id, 'a' FROM article WHERE uid = :a UNION ALL SELECT x.id, 'a' FROM article x "
           "JOIN publisher p ON p.id = x.publisher WHERE p.name = :a\n  UNION ALL SELECT id, 'b' "
           "FROM article WHERE uid = :b UNION ALL SELECT x.id, 'b' FROM article x JOIN publisher p "
           "ON p.id = x.publisher WHERE p.name = :b)\n");
    ask_value(a, "a", c->of[0].key);
    ask_value(a, "b", c->of[1].key);
}

static void counts_of_both(comparing *c)
{
    ask *a = section_add(&c->q, "heard");
    sides(a, c);
    ask_text(
        a, "SELECT e.name AS who, count(DISTINCT CASE s.at WHEN 'a' THEN f.id END) AS a, "
           "count(DISTINCT CASE s.at WHEN 'b' THEN f.id END) AS b\nFROM side s JOIN fact f ON "
           "f.article = s.article AND f.layer = 'statement'\nJOIN party y ON y.fact = f.id AND "
           "y.part = 'by' JOIN entity e ON e.id = y.entity\nWHERE e.named GROUP BY e.name COLLATE "
           "NOCASE ORDER BY a + b DESC, 1");
    (void)section_run(&c->q, 30);
    a = section_add(&c->q, "kinds");
    sides(a, c);
    ask_text(a, "SELECT f.kind, f.layer, sum(s.at = 'a') AS a, sum(s.at = 'b') AS b\nFROM side s "
                "JOIN fact f ON f.article = s.article\nGROUP BY 1, 2 ORDER BY a + b DESC, 1, 2");
    (void)section_run(&c->q, 60);
    a = section_add(&c->q, "stories");
    sides(a, c);
    ask_text(a, "SELECT x.date AS date_a, x.title AS a, x.uid AS article_a, y.date AS date_b, "
                "y.title AS b, y.uid AS article_b, count(*) AS n\nFROM (SELECT l.fact AS f, "
                "l.other AS o FROM same_fact l UNION SELECT l.other, l.fact FROM same_fact l) "
                "l\nJOIN fact f ON f.id = l.f JOIN side s ON s.article = f.article AND s.at = "
                "'a'\nJOIN fact o ON o.id = l.o JOIN side t ON t.article = o.article AND t.at = "
                "'b'\nJOIN article x ON x.id = f.article JOIN article y ON y.id = o.article\nGROUP "
                "BY x.id, y.id ORDER BY n DESC, x.id DESC, y.id");
    (void)section_run(&c->q, PAIRS_MAX);
}

/* Which tell of the same, by the newest links across articles; of one side's alone if it is told.
 */
static void pairs(comparing *c)
{
    static const char newest[] = "FROM (SELECT fact, other, kind FROM same_fact ORDER BY fact DESC "
                                 "LIMIT 20000) l JOIN fact f ON f.id = l.fact JOIN fact o ON o.id "
                                 "= l.other JOIN article x ON x.id = f.article JOIN article y ON "
                                 "y.id = o.article\nLEFT JOIN publisher p ON p.id = x.publisher "
                                 "LEFT JOIN publisher w ON w.id = y.publisher\n";
    const onr_sv one = c->of[0].key.n ? c->of[0].key : c->of[1].key;
    ask *a = section_add(&c->q, "outlets");
    ask_text(a, "SELECT min(p.name, w.name) AS a, max(p.name, w.name) AS b, count(*) AS n, "
                "count(DISTINCT x.id || ' ' || y.id) AS stories\n");
    ask_text(a, newest);
    ask_text(a, "WHERE p.name <> w.name");
    if (one.n) ask_text(a, " AND :one IN (p.name, w.name)");
    ask_text(a, " GROUP BY 1, 2 ORDER BY n DESC, 1, 2");
    if (one.n) ask_value(a, "one", one);
    (void)section_run(&c->q, PAIRS_MAX);
    a = section_add(&c->q, "articles");
    ask_text(a, "SELECT x.title AS a, y.title AS b, x.uid AS article_a, y.uid AS article_b, x.date "
                "AS date_a, y.date AS date_b, p.name AS publisher_a, w.name AS publisher_b, "
                "count(*) AS n, sum(l.kind = 'copy') > 0 AS copy\n");
    ask_text(a, newest);
    if (one.n) ask_text(a, "WHERE :one IN (x.uid, y.uid, p.name, w.name)\n");
    ask_text(a, "GROUP BY x.id, y.id ORDER BY n DESC, x.id DESC, y.id");
    if (one.n) ask_value(a, "one", one);
    (void)section_run(&c->q, PAIRS_MAX);
}

static void name_side(comparing *c, side *s)
{
    ask a = ask_make(c->r->mem, c->r->store);
    ask_text(&a, "SELECT coalesce(a.title, a.uid) || coalesce(' (' || p.name || ')', '') AS name "
                 "FROM article a LEFT JOIN publisher p ON p.id = a.publisher WHERE a.uid = :uid");
    ask_value(&a, "uid", s->key);
    const ask_rows rows = ask_all(&a, 1);
    ask_drop(&a);
    s->is_article = rows.rows.n > 0;
    s->name = s->is_article ? ask_sv(&rows, 0, "name") : s->key;
}

/* ---- the page ----------------------------------------------------------------------------------
 */

static void field(html *h, const char *name, const char *title, onr_sv value, const char *list)
{
    html_open(h, "label");
    html_elz(h, "span", NULL, title);
    html_open(h, "input");
    html_attrz(h, "name", name);
    html_attr(h, "value", value);
    if (list) {
        html_attrz(h, "list", list);
        html_lit(h, "class", "wide");
    } else {
        html_lit(h, "placeholder", "2018-07");
        html_lit(h, "pattern", "[0-9]{4}(-[0-9]{2}){0,2}");
        html_lit(h, "size", "10");
    }
    html_close(h);
    html_close(h);
}

static void form(html *h, const comparing *c)
{
    const ask_rows *papers = section_rows(&c->q, "publishers");
    html_open(h, "form");
    html_lit(h, "class", "filters");
    field(h, "a", "Outlet, or id of an article", c->of[0].key, "papers");
    field(h, "b", "with", c->of[1].key, "papers");
    field(h, "since", "Since", request_param(c->r, "since"), NULL);
    field(h, "until", "Until", request_param(c->r, "until"), NULL);
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

static bool is_shown(const comparing *c, uint32_t i, const char *which)
{
    if (!onri_eqz(ask_sv(c->rows, i, "part"), which)) return false;
    if (c->part.n && !onri_eqz(c->part, which)) return false;
    return !c->differ.n || onri_eq(c->differ, ask_sv(c->rows, i, "differ"));
}

/* A choice of the page: "12 in other words", chosen again to take it out. */
static void tally(html *h, const comparing *c, const char *param_name, const char *value,
                  const char *text, onr_sv name, uint64_t n)
{
    const bool on = onri_eqz(request_param(c->r, param_name), value);
    if (!n && !on) return;
    html_open(h, "li");
    html_open(h, "a");
    if (on) html_lit(h, "aria-current", "true");
    html_href(h, request_link(c->r, param_name, on ? ONR_SV("") : onri_svz(value), ""));
    html_open(h, "b");
    html_uint(h, n);
    html_close(h);
    html_textz(h, text);
    html_text(h, name);
    html_close(h);
    html_close(h);
}

static uint64_t count_of(const comparing *c, const char *name, const char *value)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < c->rows->rows.n; i++)
        if (onri_eqz(ask_sv(c->rows, i, name), value)) n++;
    return n;
}

static void tallies(html *h, const comparing *c)
{
    static const char *const differ[][2] = {
        { "words", "in other words" },
        { "kind", "as another kind of fact" },
        { "form", "quoted by one, told by the other" },
        { "contradicts", "contradicting each other" },
        { "denies", "denied in the other" },
        { "no", "in the same words" },
    };
    html_open(h, "ul");
    html_lit(h, "class", "overview tallies");
    tally(h, c, "part", "both", "told by both", ONR_SV(""), count_of(c, "part", "both"));
    tally(h, c, "part", "only-a", "only in ", c->of[0].name, count_of(c, "part", "only-a"));
    tally(h, c, "part", "only-b", "only in ", c->of[1].name, count_of(c, "part", "only-b"));
    for (size_t i = 0; i < sizeof differ / sizeof *differ; i++)
        tally(h, c, "differ", differ[i][0], differ[i][1], ONR_SV(""),
              count_of(c, "differ", differ[i][0]));
    html_close(h);
    static const char *const layers[] = { "statement", "event", "commitment", "dispute",
                                          "position" };
    html_open(h, "p");
    html_lit(h, "class", "choices");
    html_textz(h, "Layer: ");
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        const bool on = onri_eqz(c->layer, layers[i]);
        html_open(h, "a");
        if (on) html_lit(h, "aria-current", "true");
        html_href(h, request_link(c->r, "layer", on ? ONR_SV("") : onri_svz(layers[i]), ""));
        html_textz(h, layers[i]);
        html_close(h);
        html_textz(h, " ");
    }
    html_close(h);
}

static void wording(html *h, const comparing *c, uint32_t i, size_t at)
{
    static const char *const words[] = { "words_a", "words_b" }, *const kinds[] = { "kind_a",
                                                                                    "kind_b" };
    static const char *const dates[] = { "date_a", "date_b" }, *const uids[] = { "uid_a", "uid_b" };
    static const char *const articles[] = { "article_a", "article_b" };
    const onr_sv mine = ask_sv(c->rows, i, words[at]), other = ask_sv(c->rows, i, words[1 - at]);
    onri_buf b = onri_buf_make(8192);
    onri_buf_addz(&b, "/article/");
    html_url_part(&b, ask_sv(c->rows, i, articles[at]));
    onri_buf_addz(&b, "#f-");
    html_url_part(&b, ask_sv(c->rows, i, uids[at]));
    html_open(h, "p");
    html_lit(h, "class", "when");
    html_el(h, "span", "date", ask_sv(c->rows, i, dates[at]));
    html_el(h, "span", "kind", label_of(ask_sv(c->rows, i, kinds[at])));
    html_close(h);
    html_open(h, "p");
    html_lit(h, "class", "says");
    if (ask_sv(c->rows, i, "who").n) {
        html_el(h, "b", NULL, ask_sv(c->rows, i, "who"));
        html_textz(h, ": ");
    }
    html_open(h, "a");
    html_lit(h, "class", "words");
    html_href(h, onri_buf_sv(&b));
    worddiff(h, mine, other);
    html_close(h);
    html_close(h);
    onri_buf_drop(&b);
}

static void both(html *h, const comparing *c)
{
    uint32_t shown = 0;
    html_open(h, "table");
    html_lit(h, "class", "beside");
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t at = 0; at < 2; at++) {
        html_open(h, "th");
        html_lit(h, "scope", "col");
        html_text(h, c->of[at].name);
        html_close(h);
    }
    html_close(h);
    html_close(h);
    html_open(h, "tbody");
    for (uint32_t i = 0; i < c->rows->rows.n && shown < SHOWN_MAX; i++) {
        if (!is_shown(c, i, "both")) continue;
        shown++;
        html_open(h, "tr");
        html_attr(h, "data-differ", ask_sv(c->rows, i, "differ"));
        for (size_t at = 0; at < 2; at++) {
            html_open(h, "td");
            wording(h, c, i, at);
            html_close(h);
        }
        html_close(h);
    }
    html_close(h);
    html_close(h);
}

static void only(html *h, const comparing *c, size_t at)
{
    const char *which = part_names[PART_A + at];
    const uint32_t most = c->part.n ? SHOWN_MAX : SHOWN_FEW;
    uint32_t shown = 0, all = 0;
    html_open(h, "section");
    html_open(h, "h2");
    html_textz(h, "Only in ");
    html_text(h, c->of[at].name);
    html_close(h);
    html_open(h, "ul");
    html_lit(h, "class", "alone");
    for (uint32_t i = 0; i < c->rows->rows.n; i++) {
        if (!is_shown(c, i, which) || ++all > most) continue;
        shown++;
        html_open(h, "li");
        wording(h, c, i, at);
        html_close(h);
    }
    html_close(h);
    if (!all) html_elz(h, "p", "nothing", "Nothing.");
    if (all > shown && !c->part.n) {
        html_open(h, "p");
        html_open(h, "a");
        html_href(h, request_link(c->r, "part", onri_svz(which), ""));
        html_textz(h, "All ");
        html_uint(h, all);
        html_close(h);
        html_close(h);
    }
    html_close(h);
}

/* The table behind a number of "heard" (who) or "kinds" (kind). */
static onr_sv number_link(const comparing *c, const ask_rows *rows, uint32_t i, size_t at)
{
    param p[4];
    size_t n = 0;
    onri_buf b = onri_buf_make(4096);
    const onr_sv who = ask_sv(rows, i, "who");
    p[n++] =
        (param){ c->of[at].is_article ? ONR_SV("article") : ONR_SV("publisher"), c->of[at].key };
    p[n++] = (param){ ONR_SV("unfold"), ONR_SV("1") };
    if (who.n) {
        onri_buf_addz(&b, "name:");
        onri_buf_add(&b, who);
        p[n++] = (param){ ONR_SV("who_is"), onri_buf_sv(&b) };
    } else {
        p[n++] = (param){ ONR_SV("layer"), ask_sv(rows, i, "layer") };
        p[n++] = (param){ ONR_SV("kind"), ask_sv(rows, i, "kind") };
    }
    const onr_sv out = link_to(c->r->mem, who.n ? "/statements" : "/search", p, n);
    onri_buf_drop(&b);
    return out;
}

static void numbers(html *h, const comparing *c, const char *name, const char *title,
                    const char *key)
{
    static const char *const ab[] = { "a", "b" };
    const ask_rows *rows = section_rows(&c->q, name);
    if (!rows->rows.n) return;
    html_open(h, "section");
    html_elz(h, "h2", NULL, title);
    html_open(h, "table");
    html_open(h, "thead");
    html_open(h, "tr");
    html_elz(h, "th", NULL, title);
    for (size_t at = 0; at < 2; at++) html_el(h, "th", "num wrap", c->of[at].name);
    html_close(h);
    html_close(h);
    html_open(h, "tbody");
    for (uint32_t i = 0; i < rows->rows.n; i++) {
        html_open(h, "tr");
        html_open(h, "td");
        html_text(h, label_of(ask_sv(rows, i, key)));
        if (ask_sv(rows, i, "layer").n) {
            html_textz(h, " ");
            html_el(h, "small", NULL, ask_sv(rows, i, "layer"));
        }
        html_close(h);
        for (size_t at = 0; at < 2; at++) {
            const int64_t n = ask_int(rows, i, ab[at]);
            html_open(h, "td");
            html_lit(h, "class", "num");
            if (n > 0) {
                html_open(h, "a");
                html_href(h, number_link(c, rows, i, at));
                html_uint(h, (uint64_t)n);
                html_close(h);
            } else
                html_elz(h, "span", "nobody", "0");
            html_close(h);
        }
        html_close(h);
    }
    html_close(h);
    html_close(h);
    html_close(h);
}

/* Pairs of outlets or articles, each with a link that compares them. */
static void pair_list(html *h, const comparing *c, const char *name, const char *title,
                      const char *left, const char *right)
{
    const ask_rows *rows = section_rows(&c->q, name);
    if (!rows->rows.n) return;
    html_elz(h, "h2", NULL, title);
    html_open(h, "ul");
    html_lit(h, "class", "facts pairs");
    for (uint32_t i = 0; i < rows->rows.n; i++) {
        const param p[] = { { ONR_SV("a"), ask_sv(rows, i, left) },
                            { ONR_SV("b"), ask_sv(rows, i, right) } };
        html_open(h, "li");
        html_open(h, "a");
        html_href(h, link_to(c->r->mem, "/compare", p, 2));
        html_text(h, ask_sv(rows, i, "a").n ? ask_sv(rows, i, "a") : p[0].value);
        html_textz(h, " \xE2\x86\x94 ");
        html_text(h, ask_sv(rows, i, "b").n ? ask_sv(rows, i, "b") : p[1].value);
        html_close(h);
        html_textz(h, " ");
        html_open(h, "small");
        html_text(h, ask_sv(rows, i, "publisher_a"));
        html_textz(h, " ");
        html_text(h, ask_sv(rows, i, "date_a"));
        html_textz(h, ask_sv(rows, i, "date_b").n ? " \xE2\x86\x94 " : "");
        html_text(h, ask_sv(rows, i, "publisher_b"));
        html_textz(h, " ");
        html_text(h, ask_sv(rows, i, "date_b"));
        html_textz(h, ask_int(rows, i, "copy") ? "; near copies; " : " ");
        html_uint(h, (uint64_t)ask_int(rows, i, "n"));
        html_textz(h, " in common");
        html_close(h);
        html_close(h);
    }
    html_close(h);
}

static void body(html *h, const comparing *c)
{
    tallies(h, c);
    if (!c->rows->rows.n)
        html_elz(h, "p", "nothing",
                 "The store knows of no fact that both tell, and so of no story to compare.");
    if (count_of(c, "part", "both") && (!c->part.n || onri_eqz(c->part, "both"))) {
        html_elz(h, "h2", NULL, "Told by both");
        html_elz(h, "p", "hint", "Marked: words that the other lacks.");
        both(h, c);
    }
    if (!c->differ.n && !onri_eqz(c->part, "both")) {
        html_open(h, "div");
        html_lit(h, "class", "columns two");
        for (size_t at = 0; at < 2; at++)
            if (!c->part.n || onri_eqz(c->part, part_names[PART_A + at])) only(h, c, at);
        html_close(h);
    }
    if (c->part.n || c->differ.n) return;
    if (!c->of[0].is_article || !c->of[1].is_article)
        pair_list(h, c, "stories", "The same story in both", "article_a", "article_b");
    html_open(h, "div");
    html_lit(h, "class", "columns two");
    numbers(h, c, "heard", "Who is heard", "who");
    numbers(h, c, "kinds", "Kinds of facts", "kind");
    html_close(h);
}

static void as_page(const site *s, reply *out, comparing *c, bool two, const onr_error *err)
{
    const page_about about = { "/compare", "table compare", NULL, true };
    html h = page_begin(s, c->r, out, ONR_SV("Compare"), &about);
    html_elz(&h, "h1", NULL, "Compare");
    html_elz(&h, "p", "lead",
             "Two outlets or two articles on the same story: what one has and the other lacks, "
             "and whose words differ.");
    form(&h, c);
    if (err->status != ONR_OK) {
        html_open(&h, "p");
        html_lit(&h, "class", "note");
        html_textz(&h, "Cannot compare: ");
        html_text(&h, onri_svz(err->msg));
        html_textz(&h, ".");
        html_close(&h);
    }
    if (two) {
        body(&h, c);
    } else {
        pair_list(&h, c, "outlets", "Outlets that tell of the same", "a", "b");
        pair_list(&h, c, "articles", "Articles that tell of the same", "article_a", "article_b");
        if (!section_rows(&c->q, "articles")->rows.n)
            html_elz(&h, "p", "nothing",
                     "No two articles in the store tell the same fact as far as it knows; any two "
                     "can be compared by their ids.");
    }
    sections_show(&h, &c->q);
    page_end(&h, c->r, &about);
}

void page_compare(const site *s, request *r, reply *out)
{
    onr_error err = ONR_ERROR_INIT;
    comparing *c = ONRI_NEW(r->mem, comparing);
    if (!c) return;
    *c = (comparing){ .r = r,
                      .q = { .r = r },
                      .of = { { .key = request_param(r, "a") }, { .key = request_param(r, "b") } },
                      .part = request_param(r, "part"),
                      .layer = request_param(r, "layer"),
                      .differ = request_param(r, "differ") };
    bool two = c->of[0].key.n && c->of[1].key.n;
    if (two && !facts_of_both(c, &err)) two = false;
    if (two) {
        name_side(c, &c->of[0]);
        name_side(c, &c->of[1]);
        counts_of_both(c);
        c->rows = section_rows(&c->q, "facts");
    } else
        pairs(c);
    ask *a = section_add(&c->q, "publishers");
    ask_text(a,
             "SELECT p.name, count(*) AS n FROM article x JOIN publisher p ON p.id = x.publisher "
             "GROUP BY 1 ORDER BY n DESC, 1");
    (void)section_run(&c->q, 200);
    if (err.status != ONR_OK && (r->format != FORMAT_HTML || err.status != ONR_E_RANGE))
        page_error(s, r, out, err.status == ONR_E_RANGE ? 404 : 503, "Cannot compare",
                   onri_svz(err.msg));
    else if (!sections_data(s, r, out, &c->q, "compare"))
        as_page(s, out, c, two, &err);
    sections_drop(&c->q);
}
