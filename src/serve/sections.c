/* Pages of several questions. Source: own. */
#include "serve/sections.h"

ask *section_add(sections *s, const char *name)
{
    ONR_ASSERT(s->n < SECTIONS_MAX);
    section *x = &s->at[s->n++];
    *x = (section){ .name = name, .a = ask_make(s->r->mem, s->r->store) };
    return &x->a;
}

const ask_rows *section_run(sections *s, uint32_t max)
{
    section *x = &s->at[s->n - 1];
    x->rows = ask_all(&x->a, max);
    return &x->rows;
}

void section_given(sections *s, const char *name, const ask_rows *rows, onr_sv printed)
{
    (void)section_add(s, name);
    s->at[s->n - 1].rows = *rows;
    s->at[s->n - 1].printed = printed;
}

static onr_sv printed(const section *x)
{
    return x->printed.p ? x->printed : ask_printed(&x->a);
}

const ask_rows *section_rows(const sections *s, const char *name)
{
    size_t i = 0;
    while (i < s->n && strcmp(s->at[i].name, name) != 0) i++;
    ONR_ASSERT(i < s->n); /* there is a section of that name */
    return &s->at[i].rows;
}

static void as_json(reply *out, const sections *s, const char *view)
{
    onri_jw w = onri_jw_make(&out->body);
    onri_jw_open(&w, '{');
    onri_jw_key(&w, "view");
    onri_jw_strz(&w, view);
    onri_jw_key(&w, "sections");
    onri_jw_open(&w, '{');
    for (size_t i = 0; i < s->n; i++) {
        onri_jw_key(&w, s->at[i].name);
        onri_jw_open(&w, '{');
        onri_jw_key(&w, "sql");
        onri_jw_str(&w, printed(&s->at[i]));
        onri_jw_key(&w, "rows");
        ask_json(&w, &s->at[i].rows);
        onri_jw_close(&w, '}');
    }
    onri_jw_close(&w, '}');
    onri_jw_close(&w, '}');
}

bool sections_data(const site *where, request *r, reply *out, sections *s, const char *name)
{
    for (size_t i = 0; i < s->n; i++) {
        if (!s->at[i].rows.failed) continue;
        page_error(where, r, out, s->at[i].a.error.status == ONR_E_LIMIT ? 503 : 500,
                   "The store cannot say", onri_svz(s->at[i].a.error.msg));
        return true;
    }
    if (r->format == FORMAT_HTML) return false;
    reply_type(out, r, name);
    if (r->format == FORMAT_JSON)
        as_json(out, s, name);
    else
        ask_csv(&out->body, &s->at[0].rows);
    return true;
}

void sections_show(html *h, const sections *s)
{
    html_open(h, "details");
    html_lit(h, "class", "sql");
    html_elz(h, "summary", NULL, "Show SQL");
    for (size_t i = 0; i < s->n; i++) {
        html_open(h, "pre");
        html_lit(h, "tabindex", "0");
        html_lit(h, "role", "group");
        html_attrz(h, "aria-label", s->at[i].name);
        html_textz(h, "-- ");
        html_textz(h, s->at[i].name);
        html_textz(h, "\n");
        html_text(h, printed(&s->at[i]));
        html_textz(h, ";");
        html_close(h);
    }
    html_close(h);
}

void sections_drop(sections *s)
{
    for (size_t i = 0; i < s->n; i++) ask_drop(&s->at[i].a);
    s->n = 0;
}

static onr_sv anchor(onr_arena *mem, onr_sv uid)
{
    char *p = onr_alloc(mem, uid.n + 3);
    if (!p) return ONR_SV("f-");
    p[0] = 'f';
    p[1] = '-';
    if (uid.n) memcpy(p + 2, uid.p, uid.n);
    return onri_sv(p, uid.n + 2);
}

void fact_rows(html *h, const ask_rows *rows)
{
    if (rows->rows.n == 0) {
        html_elz(h, "p", "nothing", "Nothing in the store.");
        return;
    }
    onr_arena mem = onr_arena_make(ONR_MIB);
    html_open(h, "ul");
    html_lit(h, "class", "facts");
    for (uint32_t i = 0; i < rows->rows.n; i++) {
        const onr_sv whom = ask_sv(rows, i, "whom"), who = ask_sv(rows, i, "who");
        html_open(h, "li");
        html_el(h, "span", "date", ask_sv(rows, i, "date"));
        html_textz(h, " ");
        html_el(h, "span", "kind", ask_sv(rows, i, "kind"));
        html_textz(h, " ");
        if (who.n) html_el(h, "b", NULL, who);
        if (whom.n) {
            html_textz(h, " \xE2\x86\x92 ");
            html_el(h, "b", NULL, whom);
        }
        html_textz(h, " ");
        const onr_sv words = ask_sv(rows, i, "words");
        page_link(h, "words", "article", ask_sv(rows, i, "article_uid"),
                  anchor(&mem, ask_sv(rows, i, "uid")), words.n ? words : ONR_SV("\xE2\x80\xA6"));
        html_close(h);
    }
    html_close(h);
    onr_arena_drop(&mem);
}

void plain_table(html *h, const char *label, const ask_rows *rows, const plain_column *columns,
                 size_t n, onr_sv (*link)(onr_arena *mem, const ask_rows *rows, uint32_t i),
                 onr_arena *mem)
{
    html_open(h, "div");
    html_lit(h, "class", "scroll");
    html_lit(h, "tabindex", "0");
    html_lit(h, "role", "region");
    html_attrz(h, "aria-label", label);
    html_open(h, "table");
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t k = 0; k < n; k++) {
        html_open(h, "th");
        html_lit(h, "scope", "col");
        if (columns[k].number) html_lit(h, "class", "num");
        html_textz(h, columns[k].title);
        html_close(h);
    }
    html_close(h);
    html_close(h);
    html_open(h, "tbody");
    for (uint32_t i = 0; i < rows->rows.n; i++) {
        html_open(h, "tr");
        for (size_t k = 0; k < n; k++) {
            const onr_cell c = ask_cell(rows, i, columns[k].name);
            html_open(h, "td");
            if (columns[k].number) html_lit(h, "class", "num");
            const onr_sv url = link && k == 0 ? link(mem, rows, i) : ONR_SV("");
            if (url.n) {
                html_open(h, "a");
                html_href(h, url);
            }
            if (c.kind == ONR_CELL_INT)
                html_uint(h, c.i > 0 ? (uint64_t)c.i : 0);
            else if (c.kind == ONR_CELL_TEXT)
                html_text(h, c.s.n ? c.s : ONR_SV("none"));
            if (url.n) html_close(h);
            html_close(h);
        }
        html_close(h);
    }
    html_close(h);
    html_close(h);
    html_close(h);
}

onr_sv link_to(onr_arena *mem, const char *path, const param *pairs, size_t n)
{
    onri_buf b = onri_buf_make(16 << 10);
    bool first = true;
    onri_buf_addz(&b, path);
    for (size_t i = 0; i < n; i++) {
        if (!pairs[i].value.n) continue;
        onri_buf_addc(&b, first ? '?' : '&');
        first = false;
        html_url_part(&b, pairs[i].name);
        onri_buf_addc(&b, '=');
        html_url_part(&b, pairs[i].value);
    }
    const onr_sv out = b.status == ONR_OK ? onri_dup(mem, onri_buf_sv(&b)) : ONR_SV("");
    onri_buf_drop(&b);
    return out.p ? out : ONR_SV("");
}
