/* Corrections by people: the list of them, and the forms' one address. Off unless the server was
 * started with --edit; then who asks has given the token, and the form brings ours. The store is
 * opened to write for one correction at a time. Source: own. */
#include "serve/correct.h"
#include "serve/pages.h"
#include "serve/sections.h"

#include "onrecord/store_views.h"

#include <stdio.h>

enum { WAIT_MS = 3000 };

static onr_sv field(const request *r, const char *name)
{
    return onri_trim(request_form(r, name));
}

static bool kind_of(onr_sv name, onr_correction_kind *out)
{
    for (int k = 0; k < ONR_CORRECTION__COUNT; k++) {
        if (!onri_eqz(name, onr_correction_name((onr_correction_kind)k))) continue;
        *out = (onr_correction_kind)k;
        return true;
    }
    return false;
}

static onr_status correct(onr_store *store, const request *r, onr_error *err)
{
    uint64_t id;
    if (onri_eqz(field(r, "action"), "undo")) {
        if (!onri_parse_u64(field(r, "id"), &id) || id > INT64_MAX)
            return onri_fail(err, ONR_E_RANGE, "serve", "no such correction");
        return onr_store_undo(store, (int64_t)id, field(r, "who"), err);
    }
    const onr_field_value set = { field(r, "field"), field(r, "value") };
    onr_correction c = { .size = sizeof c,
                         .who = field(r, "who"),
                         .why = field(r, "why"),
                         .actor = field(r, "actor"),
                         .to = field(r, "to"),
                         .article = field(r, "article"),
                         .fact = field(r, "fact"),
                         .set = &set,
                         .n_set = set.field.n ? 1 : 0 };
    if (!kind_of(field(r, "action"), &c.kind))
        return onri_fail(err, ONR_E_RANGE, "serve", "this is no correction");
    return onr_store_correct(store, &c, NULL, err);
}

/* Back to where it was asked: the article's card or the actor's page. */
static onr_sv way_back(const request *r)
{
    onri_buf b = onri_buf_make(8192);
    const onr_sv article = field(r, "article"), fact = field(r, "fact"), actor = field(r, "actor");
    if (article.n) {
        onri_buf_addz(&b, "/article/");
        html_url_part(&b, article);
        if (fact.n) onri_buf_addz(&b, "#f-");
        html_url_part(&b, fact);
    } else if (actor.n && onri_eqz(field(r, "action"), "rename")) {
        onri_buf_addz(&b, "/actor/");
        html_url_part(&b, actor);
    } else
        onri_buf_addz(&b, "/corrections");
    const onr_sv out = b.status == ONR_OK ? onri_dup(r->mem, onri_buf_sv(&b)) : ONR_SV("");
    onri_buf_drop(&b);
    return out.n ? out : ONR_SV("/corrections");
}

void page_correct(const site *s, request *r, reply *out)
{
    onr_error err = ONR_ERROR_INIT;
    onr_store *store = NULL;
    if (!r->post || !r->may_edit) {
        page_error(s, r, out, r->post ? 403 : 404, "No corrections here",
                   ONR_SV("The server was started without --edit."));
        return;
    }
    onr_store_opts opts = ONR_STORE_OPTS_INIT;
    opts.mode = ONR_STORE_WRITE;
    opts.wait_ms = WAIT_MS;
    onr_status st = onr_store_open(s->store_path, &opts, &store, &err);
    if (st == ONR_OK) st = correct(store, r, &err);
    if (st == ONR_OK) st = onr_store_commit(store, &err);
    onr_store_close(store);
    if (st != ONR_OK) {
        page_error(s, r, out, st == ONR_E_RANGE ? 422 : 503, "Not corrected", onri_svz(err.msg));
        return;
    }
    out->status = 303;
    out->location = way_back(r);
}

static void hidden(html *h, const char *name, onr_sv value)
{
    html_open(h, "input");
    html_attrz(h, "type", "hidden");
    html_attrz(h, "name", name);
    html_attr(h, "value", value);
    html_close(h);
}

static void asked(html *h, const char *name, const char *label, bool needed)
{
    html_open(h, "label");
    html_elz(h, "span", NULL, label);
    html_open(h, "input");
    html_attrz(h, "name", name);
    if (needed) html_flag(h, "required");
    html_close(h);
    html_close(h);
}

void correct_form(html *h, const request *r, const correct_about *about)
{
    html_open(h, "details");
    html_attrz(h, "class", "correct");
    html_elz(h, "summary", NULL, "Correct this");
    html_open(h, "form");
    html_attrz(h, "class", "filters");
    html_attrz(h, "method", "post");
    html_attrz(h, "action", "/correct");
    page_csrf(h, r);
    if (about->article.n) hidden(h, "article", about->article);
    if (about->fact.n) hidden(h, "fact", about->fact);
    if (about->actor.n) hidden(h, "actor", about->actor);
    html_open(h, "label");
    html_elz(h, "span", NULL, "What is to be done");
    html_open(h, "select");
    html_attrz(h, "name", "action");
    for (size_t i = 0; about->actions[i]; i++) html_elz(h, "option", NULL, about->actions[i]);
    html_close(h);
    html_close(h);
    if (about->actor.n) asked(h, "to", "Its name, or uid of the other", true);
    if (about->fact.n) {
        asked(h, "field", "To mend: kind, source, \xE2\x80\xA6", false);
        asked(h, "value", "and what it is", false);
    }
    asked(h, "who", "Your name", true);
    asked(h, "why", "Why", false);
    html_elz(h, "button", NULL, "Correct");
    html_close(h);
    html_close(h);
}

static void undo(html *h, const request *r, const ask_rows *rows, uint32_t i)
{
    char id[24];
    (void)snprintf(id, sizeof id, "%lld", (long long)ask_int(rows, i, "id"));
    html_open(h, "form");
    html_attrz(h, "method", "post");
    html_attrz(h, "action", "/correct");
    page_csrf(h, r);
    hidden(h, "action", ONR_SV("undo"));
    hidden(h, "id", onri_svz(id));
    asked(h, "who", "Your name", true);
    html_elz(h, "button", NULL, "Take back");
    html_close(h);
}

void page_corrections(const site *s, request *r, reply *out)
{
    static const char *const cells[][2] = {
        { "made_at", "When" },
        { "who", "Who" },
        { "action", "What" },
        { "target_uid", "Of what" },
        { "change", "Change" },
        { "why", "Why" },
        { "undone_by", "Taken back by" },
    };
    sections q = { .r = r };
    ask *a = section_add(&q, "corrections");
    ask_text(
        a,
        "SELECT id, made_at, who, action, target, target_uid, article_uid, change, why, undone_at, "
        "undone_by FROM correction ORDER BY id DESC");
    const ask_rows *rows = section_run(&q, 500);
    if (!sections_data(s, r, out, &q, "corrections")) {
        const page_about about = { "/corrections", "table", NULL, true };
        html h = page_begin(s, r, out, ONR_SV("Corrections"), &about);
        html_elz(&h, "h1", NULL, "Corrections");
        html_elz(&h, "p", "lead",
                 "What people changed. Nothing is overwritten; each can be taken back.");
        html_open(&h, "ul");
        html_attrz(&h, "class", "facts");
        for (uint32_t i = 0; i < rows->rows.n; i++) {
            html_open(&h, "li");
            for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) {
                const onr_sv v = ask_sv(rows, i, cells[k][0]);
                if (!v.n) continue;
                html_elz(&h, "span", "date", cells[k][1]);
                html_text(&h, v);
                html_textz(&h, " ");
            }
            if (r->may_edit && !ask_sv(rows, i, "undone_at").n) undo(&h, r, rows, i);
            html_close(&h);
        }
        html_close(&h);
        if (rows->rows.n == 0) html_elz(&h, "p", "nothing", "Nobody has corrected anything.");
        sections_show(&h, &q);
        page_end(&h, r, &about);
    }
    sections_drop(&q);
}
