/* Pages that explain: help, errors, the question for the token. Source: own. */
#include "serve/layout.h"

#include <stdio.h>

void page_error(const site *s, request *r, reply *out, unsigned status, const char *title,
                onr_sv detail)
{
    onri_buf_clear(&out->body);
    out->status = status;
    out->fixed = (onr_sv){ NULL, 0 };
    if (r->format != FORMAT_HTML) {
        out->type = "application/json";
        onri_jw w = onri_jw_make(&out->body);
        onri_jw_open(&w, '{');
        onri_jw_key(&w, "error");
        onri_jw_open(&w, '{');
        onri_jw_key(&w, "status");
        onri_jw_uint(&w, status);
        onri_jw_key(&w, "title");
        onri_jw_strz(&w, title);
        onri_jw_key(&w, "message");
        onri_jw_str(&w, detail);
        onri_jw_close(&w, '}');
        onri_jw_close(&w, '}');
        return;
    }
    const page_about about = { NULL, "message", NULL, false };
    html h = page_begin(s, r, out, onri_svz(title), &about);
    html_elz(&h, "h1", NULL, title);
    html_el(&h, "p", "lead", detail);
    html_open(&h, "p");
    html_open(&h, "a");
    html_href(&h, ONR_SV("/"));
    html_textz(&h, "To the first page");
    html_close(&h);
    html_close(&h);
    page_end(&h, r, &about);
}

void page_token(const site *s, request *r, reply *out, bool wrong)
{
    if (r->format != FORMAT_HTML) {
        page_error(s, r, out, 401, "Token wanted", ONR_SV("Send it as Authorization: Bearer."));
        return;
    }
    site bare = *s; /* a stranger learns nothing, not even what there is */
    bare.has_store = false;
    const page_about about = { NULL, "message", NULL, false };
    out->status = 401;
    html h = page_begin(&bare, r, out, ONR_SV("Token"), &about);
    html_elz(&h, "h1", NULL, "This page asks for its token");
    if (wrong) html_elz(&h, "p", "note", "That is not the token.");
    html_open(&h, "form");
    html_lit(&h, "class", "paste");
    html_lit(&h, "method", "post");
    html_lit(&h, "action", "/token");
    html_open(&h, "label");
    html_elz(&h, "span", NULL, "Token, as the server was started with");
    html_open(&h, "input");
    html_lit(&h, "type", "password");
    html_lit(&h, "name", "token");
    html_lit(&h, "autocomplete", "current-password");
    html_flag(&h, "required");
    html_close(&h);
    html_close(&h);
    html_open(&h, "p");
    html_open(&h, "button");
    html_lit(&h, "class", "primary");
    html_textz(&h, "Go on");
    html_close(&h);
    html_close(&h);
    html_close(&h);
    page_end(&h, r, &about);
}

static const char *const keys[][2] = {
    { "j, k", "next and last marked place in an article" },
    { "Enter", "the facts on that place" },
    { "Esc", "close them" },
    { "1 to 7", "switch a layer on and off" },
    { "/", "to the search field" },
};

static const char *const layers[][3] = {
    { "s", "Statements",
      "who said what: the words said are underlined, the words that say so are set "
      "off; a second line marks a statement inside a statement" },
    { "e", "Events", "who did what to whom, in PLOVER\xE2\x80\x99s classes, with their status" },
    { "c", "Commitments", "what was promised, refused or made to depend on something" },
    { "d", "Disputes", "a claim, and who confirms, denies, dismisses or does not confirm it" },
    { "p", "Positions", "who is for or against what" },
    { "r", "Relations", "what lasts between two actors" },
    { "a", "Actors", "every mention of a person, organization, state or group" },
};

void page_help(const site *s, request *r, reply *out)
{
    const page_about about = { NULL, "help", NULL, false };
    html h = page_begin(s, r, out, ONR_SV("Help"), &about);
    html_elz(&h, "h1", NULL, "How to read the record");
    html_elz(
        &h, "p", "lead",
        "Each marked place in an article opens the facts that were read from it; each fact names "
        "the rule that made it and how often such a fact is right.");
    html_elz(&h, "h2", NULL, "Layers");
    html_open(&h, "dl");
    html_lit(&h, "class", "legend");
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        html_open(&h, "dt");
        html_open(&h, "span");
        html_attrz(&h, "class", layers[i][0]);
        html_textz(&h, layers[i][1]);
        html_close(&h);
        html_close(&h);
        html_elz(&h, "dd", NULL, layers[i][2]);
    }
    html_close(&h);
    html_elz(&h, "h2", NULL, "Keys");
    html_open(&h, "dl");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        html_open(&h, "dt");
        html_elz(&h, "kbd", NULL, keys[i][0]);
        html_close(&h);
        html_elz(&h, "dd", NULL, keys[i][1]);
    }
    html_close(&h);
    html_elz(&h, "h2", NULL, "Data");
    html_elz(
        &h, "p", NULL,
        "Every view has its data beside it: put .json or .csv at the end of its path, before the "
        "question mark. /openapi.json describes them for programs.");
    page_end(&h, r, &about);
}
