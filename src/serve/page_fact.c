/* One fact wherever it is told: where it was stated first, who printed it again, told the same,
 * repeated, changed, met, broke, denied or contradicted it, in the order of the days. For a
 * commitment that is its life. Source: own. Leaves out: tellings of tellings (a link each). */
#include "serve/labels.h"
#include "serve/pages.h"
#include "serve/sections.h"

enum { LINKS_MAX = 500 };

/* What a link says of the later fact, seen from the earlier one, and the other way about. */
static const struct {
    const char *kind, *later, *earlier;
} links[] = {
    { "this", "stated", "stated" },
    { "copy", "printed again in a near copy", "first printed in" },
    { "same", "told the same day, too", "told the same day, too" },
    { "repeats", "repeated", "said before" },
    { "changes", "changed", "changed what was said before" },
    { "meets", "met by", "meets the commitment" },
    { "breaks", "broken by", "breaks the commitment" },
    { "denies", "denied", "denies the claim" },
    { "contradicts", "contradicted", "contradicts" },
};

static const char *link_words(onr_sv kind, bool later)
{
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (onri_eqz(kind, links[i].kind)) return later ? links[i].later : links[i].earlier;
    return "linked";
}

static void questions(sections *q, onr_sv article, onr_sv uid)
{
    ask *a = section_add(q, "tellings");
    ask_text(
        a,
        "WITH me(id) AS (SELECT f.id FROM article a JOIN fact f ON f.article = a.id AND f.uid = "
        ":uid WHERE a.uid = :article),\n  link(id, later, kind, score, evidence) AS (\n  SELECT "
        "id, 1, 'this', NULL, NULL FROM me\n  UNION ALL SELECT s.fact, 1, s.kind, s.score, "
        "s.evidence FROM me JOIN same_fact s ON s.other = me.id\n  UNION ALL SELECT s.other, 0, "
        "s.kind, s.score, s.evidence FROM me JOIN same_fact s ON s.fact = me.id)\nSELECT "
        "link.kind AS link, link.later, v.date, v.publisher, v.layer, v.kind, v.who, v.whom, "
        "v.words, ev.status AS event_status, link.score, link.evidence, v.p, v.sentence, "
        "v.article_uid, v.uid, v.title\nFROM link JOIN facts v ON v.id = link.id LEFT JOIN event "
        "ev ON ev.fact = v.id\nORDER BY v.id, link.kind <> 'this'");
    ask_value(a, "article", article);
    ask_value(a, "uid", uid);
    (void)section_run(q, LINKS_MAX);
    a = section_add(q, "life");
    ask_text(a, "SELECT l.status, l.condition, l.deadline_from, l.deadline_to, l.repeated\nFROM "
                "article a JOIN fact f ON f.article = a.id AND f.uid = :uid JOIN commitment_lives "
                "l ON l.id = f.id\nWHERE a.uid = :article");
    ask_value(a, "article", article);
    ask_value(a, "uid", uid);
    (void)section_run(q, 1);
}

static onr_sv anchor(onr_arena *mem, onr_sv uid)
{
    onri_buf b = onri_buf_make(1024);
    onri_buf_addz(&b, "f-");
    onri_buf_add(&b, uid);
    const onr_sv out = onri_dup(mem, onri_buf_sv(&b));
    onri_buf_drop(&b);
    return out.p ? out : ONR_SV("");
}

static void telling(html *h, onr_arena *mem, const ask_rows *rows, uint32_t i)
{
    const onr_sv kind = ask_sv(rows, i, "link"), who = ask_sv(rows, i, "who");
    const onr_sv whom = ask_sv(rows, i, "whom"), words = ask_sv(rows, i, "words");
    html_open(h, "li");
    html_attr(h, "data-link", kind);
    html_open(h, "p");
    html_lit(h, "class", "when");
    html_el(h, "span", "date", ask_sv(rows, i, "date"));
    html_elz(h, "b", "link", link_words(kind, ask_int(rows, i, "later") != 0));
    html_el(h, "span", NULL, ask_sv(rows, i, "publisher"));
    html_el(h, "span", "kind", label_of(ask_sv(rows, i, "kind")));
    if (ask_sv(rows, i, "event_status").n)
        html_el(h, "span", NULL, ask_sv(rows, i, "event_status"));
    html_close(h);
    html_open(h, "p");
    html_lit(h, "class", "says");
    if (who.n) html_el(h, "b", NULL, who);
    if (whom.n) {
        html_textz(h, " \xE2\x86\x92 ");
        html_el(h, "b", NULL, whom);
    }
    html_textz(h, who.n || whom.n ? ": " : "");
    page_link(h, "words", "article", ask_sv(rows, i, "article_uid"),
              anchor(mem, ask_sv(rows, i, "uid")), words.n ? words : ONR_SV("\xE2\x80\xA6"));
    html_close(h);
    if (ask_sv(rows, i, "evidence").n) {
        html_open(h, "p");
        html_lit(h, "class", "why");
        html_textz(h, "Linked by ");
        html_text(h, ask_sv(rows, i, "evidence"));
        page_p(h, (float)ask_real(rows, i, "score"));
        html_close(h);
    }
    html_close(h);
}

static bool is_copy(const ask_rows *rows, uint32_t i)
{
    return onri_eqz(ask_sv(rows, i, "link"), "copy") && ask_int(rows, i, "later") != 0;
}

static void list(html *h, onr_arena *mem, const ask_rows *rows)
{
    uint64_t copies = 0;
    html_open(h, "ol");
    html_lit(h, "class", "life");
    for (uint32_t i = 0; i < rows->rows.n; i++) {
        if (is_copy(rows, i))
            copies++;
        else
            telling(h, mem, rows, i);
    }
    html_close(h);
    if (!copies) return;
    html_open(h, "details");
    html_lit(h, "class", "copies");
    html_open(h, "summary");
    html_uint(h, copies);
    html_textz(h, copies == 1 ? " near copy prints it again" : " near copies print it again");
    html_close(h);
    html_open(h, "ol");
    html_lit(h, "class", "life");
    for (uint32_t i = 0; i < rows->rows.n; i++)
        if (is_copy(rows, i)) telling(h, mem, rows, i);
    html_close(h);
    html_close(h);
}

static void life(html *h, const ask_rows *rows)
{
    const onr_sv status = ask_sv(rows, 0, "status"), till = ask_sv(rows, 0, "deadline_to");
    const onr_sv condition = ask_sv(rows, 0, "condition");
    html_open(h, "p");
    html_lit(h, "class", "lead");
    html_textz(h, "What became of it: ");
    html_open(h, "b");
    html_lit(h, "class", "fate");
    html_attr(h, "data-kind", status);
    html_text(h, status);
    html_close(h);
    if (till.n) {
        html_textz(h, ". By when: ");
        html_text(h, till);
    }
    if (condition.n) {
        html_textz(h, ". Condition: \xE2\x80\x9C");
        html_text(h, condition);
        html_textz(h, "\xE2\x80\x9D");
    }
    html_textz(h, ".");
    html_close(h);
}

static const char *path_of(onr_sv layer)
{
    return onri_eqz(layer, "commitment")  ? "/commitments"
           : onri_eqz(layer, "event")     ? "/events"
           : onri_eqz(layer, "dispute")   ? "/disputes"
           : onri_eqz(layer, "position")  ? "/positions"
           : onri_eqz(layer, "statement") ? "/statements"
                                          : NULL;
}

static void as_page(const site *s, request *r, reply *out, const sections *q, uint32_t self)
{
    const ask_rows *rows = section_rows(q, "tellings"), *fate = section_rows(q, "life");
    const onr_sv layer = ask_sv(rows, self, "layer");
    const page_about about = { path_of(layer), "fact", NULL, true };
    const char *title = onri_eqz(layer, "commitment") ? "The life of a commitment"
                                                      : "One fact, wherever it is told";
    html h = page_begin(s, r, out, onri_svz(title), &about);
    html_elz(&h, "h1", NULL, title);
    if (fate->rows.n) life(&h, fate);
    html_open(&h, "blockquote");
    if (ask_sv(rows, self, "who").n) {
        html_el(&h, "b", NULL, ask_sv(rows, self, "who"));
        html_textz(&h, ": ");
    }
    html_text(&h, ask_sv(rows, self, "words"));
    html_close(&h);
    list(&h, r->mem, rows);
    if (rows->rows.n == 1)
        html_elz(&h, "p", "nothing", "No other article in the store tells, changes or answers it.");
    sections_show(&h, q);
    page_end(&h, r, &about);
}

void page_fact(const site *s, request *r, reply *out)
{
    sections q = { .r = r };
    questions(&q, r->segments[1], r->segments[2]);
    const ask_rows *rows = &q.at[0].rows;
    uint32_t self = 0;
    while (self < rows->rows.n && !onri_eqz(ask_sv(rows, self, "link"), "this")) self++;
    if (!rows->failed && self == rows->rows.n)
        page_error(s, r, out, 404, "No such fact", r->segments[2]);
    else if (!sections_data(s, r, out, &q, "fact"))
        as_page(s, r, out, &q, self);
    sections_drop(&q);
}
