/* The reading view: the article as it stands with its facts in layers, a panel for each marked
 * place, a card for each fact; and the same facts as JSON and CSV. Source: own. */
#include "serve/page_article.h"

#include "serve/csv.h"
#include "serve/layout.h"
#include "serve/story.h"

#include <stdio.h>

/* ---- the twins ---------------------------------------------------------------------------------
 */

static onr_sv who_of(const onr_record *r, const fact *f)
{
    switch (f->layer) {
    case FACT_STATEMENT:
        return record_name(r, r->statements[f->index].source.entity);
    case FACT_EVENT: {
        const onr_event *e = &r->events[f->index];
        return e->n_source ? record_name(r, e->source[0].entity) : ONR_SV("");
    }
    case FACT_COMMITMENT:
        return record_name(r, r->commitments[f->index].holder);
    case FACT_DISPUTE:
        return record_name(r, r->disputes[f->index].claimant);
    case FACT_POSITION:
        return record_name(r, r->positions[f->index].entity);
    case FACT_RELATION:
        return record_name(r, r->relations[f->index].from.entity);
    default:
        return r->entities[f->index].name;
    }
}

static onr_sv whom_of(const onr_record *r, const fact *f)
{
    switch (f->layer) {
    case FACT_STATEMENT:
        return record_name(r, r->statements[f->index].addressee.entity);
    case FACT_EVENT: {
        const onr_event *e = &r->events[f->index];
        return e->n_target ? record_name(r, e->target[0].entity) : ONR_SV("");
    }
    case FACT_DISPUTE: {
        const onr_dispute *d = &r->disputes[f->index];
        return d->n_responses ? record_name(r, d->responses[0].by.entity) : ONR_SV("");
    }
    case FACT_RELATION:
        return record_name(r, r->relations[f->index].to.entity);
    default:
        return ONR_SV("");
    }
}

static void as_csv(reply *out, const onr_record *rec, const fact_list *list)
{
    static const char *const names[] = { "layer", "id",   "kind",  "who",  "whom",
                                         "start", "stop", "words", "rule", "p" };
    csv w = csv_make(&out->body);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) csv_cell(&w, onri_svz(names[i]));
    csv_end(&w);
    for (uint32_t i = 0; i < list->n; i++) {
        const fact *f = &list->at[i];
        csv_cell(&w, onri_svz(fact_layer_name(f->layer)));
        csv_cell(&w, f->id);
        csv_cell(&w, onri_svz(f->kind));
        csv_cell(&w, who_of(rec, f));
        csv_cell(&w, whom_of(rec, f));
        csv_int(&w, f->cover.beg);
        csv_int(&w, f->cover.end);
        csv_cell(&w, f->layer == FACT_ACTOR ? ONR_SV("") : record_words(rec, f->cover));
        csv_cell(&w, onri_svz(f->rule));
        csv_num(&w, (double)f->p, 3);
        csv_end(&w);
    }
}

/* ---- the page ----------------------------------------------------------------------------------
 */

static void story_head(const card_ctx *c, bool kept)
{
    html *h = c->h;
    const onr_record *r = c->rec;
    html_open(h, "p");
    html_lit(h, "class", "kicker");
    if (r->publisher.n) html_el(h, "span", NULL, r->publisher);
    if (r->date.n) {
        html_open(h, "time");
        html_attr(h, "datetime", r->date);
        html_text(h, r->date);
        html_close(h);
    }
    if (r->lang.n) html_el(h, "span", NULL, r->lang);
    if (!kept) html_elz(h, "span", "note", "not kept: this page lasts a while only");
    html_close(h);
}

static void story_foot(html *h, const onr_record *r)
{
    html_open(h, "p");
    html_lit(h, "class", "byline");
    if (r->author.n) {
        html_textz(h, "By ");
        html_text(h, r->author);
        html_textz(h, ". ");
    }
    if (r->uri.n) {
        html_open(h, "a");
        html_href(h, r->uri);
        html_lit(h, "rel", "noreferrer noopener external");
        html_text(h, r->uri);
        html_close(h);
    }
    html_close(h);
}

/* Switches of the layers. They work by CSS alone; ?layers=se keeps them in the address. */
static void switches(const card_ctx *c, const request *r)
{
    html *h = c->h;
    const onr_sv wanted = request_param(r, "layers");
    html_open(h, "form");
    html_lit(h, "class", "layers");
    html_open(h, "fieldset");
    html_elz(h, "legend", NULL, "Show in the text");
    for (int l = 0; l < FACT__COUNT; l++) {
        char letter[2] = { fact_layer_letter((fact_layer)l), 0 }, id[8];
        if (c->list->count[l] == 0) continue;
        (void)snprintf(id, sizeof id, "show-%s", letter);
        html_open(h, "label");
        html_attrz(h, "data-layer", letter);
        html_open(h, "input");
        html_lit(h, "type", "checkbox");
        html_attrz(h, "id", id);
        html_lit(h, "name", "layers");
        html_attrz(h, "value", letter);
        html_lit(h, "autocomplete", "off");
        if (wanted.n == 0 ? l != FACT_ACTOR : onri_find(wanted, onri_sv(letter, 1), 0) != SIZE_MAX)
            html_flag(h, "checked");
        html_close(h);
        html_elz(h, "span", NULL, fact_layer_title((fact_layer)l));
        html_textz(h, " ");
        html_open(h, "small");
        html_uint(h, c->list->count[l]);
        html_close(h);
        html_close(h);
    }
    html_close(h);
    html_close(h);
}

static void part_link(html *h, const request *r, uint32_t from, bool back)
{
    char at[24];
    (void)snprintf(at, sizeof at, "%u", from);
    html_open(h, "a");
    html_attrz(h, "rel", back ? "prev" : "next");
    html_href(h, request_link(r, "from", onri_svz(at), ""));
    html_textz(h, back ? "\xE2\x86\x90 The part before" : "The next part \xE2\x86\x92");
    html_close(h);
}

static void pager(const card_ctx *c, const request *r, const story *s)
{
    html *h = c->h;
    if (s->from == 0 && s->to >= c->rec->text.n) return;
    html_open(h, "nav");
    html_lit(h, "class", "pager");
    html_lit(h, "aria-label", "Parts of a long text");
    if (s->from > 0) part_link(h, r, s->before, true);
    if (s->to < c->rec->text.n) part_link(h, r, s->to, false);
    html_close(h);
}

static bool is_in_part(const fact *f, const story *s, uint32_t text_n, float min_p)
{
    if (f->layer != FACT_ACTOR && f->p < min_p) return false;
    if (s->to == 0 || (s->from == 0 && s->to >= text_n)) return true;
    return f->cover.beg < s->to && f->cover.end > s->from;
}

static void cards(const card_ctx *c, const story *s, float min_p)
{
    html *h = c->h;
    bool any = false;
    html_open(h, "aside");
    html_lit(h, "class", "cards");
    html_lit(h, "aria-label", "The record");
    for (int l = 0; l < FACT__COUNT; l++) {
        const char letter[2] = { fact_layer_letter((fact_layer)l), 0 };
        if (c->list->count[l] == 0) continue;
        any = true;
        html_open(h, "section");
        html_attrz(h, "data-layer", letter);
        html_open(h, "h2");
        html_textz(h, fact_layer_title((fact_layer)l));
        html_textz(h, " ");
        html_open(h, "small");
        html_uint(h, c->list->count[l]);
        html_close(h);
        html_close(h);
        for (uint32_t i = 0; i < c->list->count[l]; i++) {
            const fact *f = &c->list->at[c->list->first[l] + i];
            if (is_in_part(f, s, (uint32_t)c->rec->text.n, min_p)) card_full(c, f);
        }
        html_close(h);
    }
    if (!any) html_elz(h, "p", "nothing", "No facts were found in this text.");
    html_close(h);
}

static void diagnostics(html *h, const onr_record *r)
{
    char text[128];
    for (uint32_t i = 0; i < r->n_diagnostics; i++) {
        html_open(h, "p");
        html_lit(h, "class", "note");
        (void)snprintf(text, sizeof text, "Read with damage: %u \xC3\x97 ",
                       r->diagnostics[i].count);
        html_textz(h, text);
        html_textz(h, r->diagnostics[i].code);
        html_close(h);
    }
}

static void corrections_of(request *r, onr_sv uid, ask_rows *out)
{
    if (!r->store) return;
    ask a = ask_make(r->mem, r->store);
    ask_text(
        &a,
        "SELECT target_uid, action, who, why, change FROM correction WHERE article_uid = :uid AND "
        "undone_at IS NULL AND target = 'fact' ORDER BY id");
    ask_value(&a, "uid", uid);
    *out = ask_all(&a, 500);
    ask_drop(&a);
}

static void as_page(const site *s, request *r, reply *out, const onr_record *rec,
                    const fact_list *list, const story *st, onr_sv base, bool kept, float min_p)
{
    const page_about about = { kept ? "/articles" : "/", "reading", "article.js", true };
    const onr_sv title = record_title(rec);
    html h = page_begin(s, r, out, title, &about);
    ask_rows fixed = { 0 };
    if (kept) corrections_of(r, rec->id, &fixed);
    const card_ctx c = { .h = &h,
                         .mem = r->mem,
                         .rec = rec,
                         .list = list,
                         .base = base,
                         .has_store = s->has_store,
                         .request = kept && r->may_edit ? r : NULL,
                         .article = rec->id,
                         .corrections = &fixed,
                         .kept = kept };
    html_open(&h, "div");
    html_lit(&h, "class", "desk");
    html_open(&h, "article");
    html_lit(&h, "class", "story");
    story_head(&c, kept);
    const bool in_text = rec->title.end > rec->title.beg && rec->title.beg >= st->from &&
                         rec->text.p &&
                         onri_trim(onri_sub(rec->text, st->from, rec->title.beg)).n == 0;
    if (!in_text) {
        html_open(&h, "h1");
        html_lit(&h, "dir", "auto");
        html_text(&h, title.n > 300 ? ONR_SV("Untitled") : title);
        html_close(&h);
    }
    switches(&c, r);
    html_open(&h, "div");
    html_lit(&h, "class", "text");
    html_lit(&h, "lang", "und");
    if (rec->text.p)
        (void)story_text(&c, st);
    else
        html_elz(&h, "p", "nothing", "This record was made without its text.");
    html_close(&h);
    pager(&c, r, st);
    story_foot(&h, rec);
    diagnostics(&h, rec);
    html_close(&h); /* article */
    cards(&c, st, min_p);
    html_open(&h, "div");
    html_lit(&h, "class", "points");
    story_points(&c, st);
    html_close(&h);
    html_close(&h); /* desk */
    page_end(&h, r, &about);
}

/* Which part is asked for: by ?from=BYTE, or by ?fact=ID, the one where that fact begins. */
static uint32_t place_asked(const request *r, const fact_list *list)
{
    const onr_sv id = request_param(r, "fact");
    for (uint32_t i = 0; id.n && !request_param(r, "from").n && i < list->n; i++)
        if (onri_eq(list->at[i].id, id)) return list->at[i].cover.beg;
    return (uint32_t)request_count(r, "from", 0, UINT32_MAX - 1);
}

void article_show(const site *s, request *r, reply *out, onr_sv json, onr_sv base, bool kept)
{
    onr_record rec;
    fact_list list;
    story st;
    onr_error err = ONR_ERROR_INIT;
    if (r->format == FORMAT_JSON) {
        reply_type(out, r, "record");
        onri_buf_add(&out->body, json);
        return;
    }
    if (onr_record_load(r->mem, json, &rec, &err) != ONR_OK) {
        page_error(s, r, out, 500, "This record is damaged", onri_svz(err.msg));
        return;
    }
    if (rec.error) {
        page_error(s, r, out, 200, "This document could not be read", onri_svz(rec.error->msg));
        return;
    }
    const float min_p = (float)request_count(r, "p", 0, 100) / 100;
    if (fact_list_make(r->mem, &rec, &list, &err) != ONR_OK ||
        story_make(r->mem, &rec, &list, place_asked(r, &list), min_p, &st, &err) != ONR_OK) {
        page_error(s, r, out, 500, "This record is too large to show", onri_svz(err.msg));
        return;
    }
    if (r->format == FORMAT_CSV) {
        reply_type(out, r, "facts");
        as_csv(out, &rec, &list);
        return;
    }
    as_page(s, r, out, &rec, &list, &st, base, kept, min_p);
}
