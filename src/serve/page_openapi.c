/* openapi.json: what the pages answer to programs, made from the tables that the pages are made
 * from, so that it cannot say anything else. Source: own; OpenAPI 3.1. */
#include "serve/layout.h"
#include "serve/pages.h"
#include "serve/view.h"

#include <stdio.h>

static void key_text(onri_jw *w, const char *key, const char *text)
{
    onri_jw_key(w, key);
    onri_jw_strz(w, text);
}

static void open_key(onri_jw *w, const char *key, char bracket)
{
    onri_jw_key(w, key);
    onri_jw_open(w, bracket);
}

static void parameter(onri_jw *w, const char *name, const char *where, const char *type,
                      const char *text)
{
    onri_jw_open(w, '{');
    key_text(w, "name", name);
    key_text(w, "in", where);
    if (strcmp(where, "path") == 0) {
        onri_jw_key(w, "required");
        onri_jw_bool(w, true);
    }
    key_text(w, "description", text);
    open_key(w, "schema", '{');
    key_text(w, "type", type);
    onri_jw_close(w, '}');
    onri_jw_close(w, '}');
}

static void answer(onri_jw *w, const char *status, const char *text, const char *type,
                   const char *schema)
{
    open_key(w, status, '{');
    key_text(w, "description", text);
    open_key(w, "content", '{');
    open_key(w, type, '{');
    open_key(w, "schema", '{');
    if (schema)
        key_text(w, "$ref", schema);
    else
        key_text(w, "type", "string");
    for (int i = 0; i < 4; i++) onri_jw_close(w, '}');
}

typedef struct path_about {
    const char *path, *summary, *schema;
    const char *segment, *segment_text; /* parameter of the path, or NULL */
    const view *filters;                /* NULL: none */
    bool paged;
    const char *const (*more)[2]; /* further parameters: name, text; ends with NULL */
} path_about;

static void parameters(onri_jw *w, const path_about *p)
{
    open_key(w, "parameters", '[');
    if (p->segment) parameter(w, p->segment, "path", "string", p->segment_text);
    for (size_t i = 0; p->filters && i < p->filters->n_filters; i++) {
        const filter *f = &p->filters->filters[i];
        parameter(w, f->name, "query", f->kind == FILTER_P ? "integer" : "string", f->title);
    }
    if (p->paged) {
        parameter(w, "sort", "query", "string", "column to sort by; a '-' before it: downwards");
        parameter(w, "n", "query", "integer", "rows, at most 10000");
        parameter(w, "page", "query", "integer", "1, 2, 3: the n rows to give");
    }
    for (size_t i = 0; p->more && p->more[i][0]; i++)
        parameter(w, p->more[i][0], "query", "string", p->more[i][1]);
    onri_jw_close(w, ']');
}

static void twin(onri_jw *w, const path_about *p, const char *format)
{
    char path[96], id[96];
    const bool json = strcmp(format, "json") == 0;
    (void)snprintf(path, sizeof path, "%s.%s", p->path, format);
    size_t n = 0;
    for (const char *c = p->path; *c && n + 8 < sizeof id; c++)
        if (*c >= 'a' && *c <= 'z') id[n++] = *c;
    (void)snprintf(id + n, sizeof id - n, "_%s", format);
    open_key(w, path, '{');
    open_key(w, "get", '{');
    key_text(w, "operationId", id);
    key_text(w, "summary", p->summary);
    parameters(w, p);
    open_key(w, "responses", '{');
    answer(w, "200", p->summary, json ? "application/json" : "text/csv", json ? p->schema : NULL);
    answer(w, "404", "There is no such thing", "application/json", "#/components/schemas/Error");
    answer(w, "503", "The store took too long, or cannot be opened", "application/json",
           "#/components/schemas/Error");
    onri_jw_close(w, '}');
    onri_jw_close(w, '}');
    onri_jw_close(w, '}');
}

/* {"type":"object","description":...,"properties":{name:{"type":...}}} */
static void schema(onri_jw *w, const char *name, const char *text, const char *const (*props)[2])
{
    open_key(w, name, '{');
    key_text(w, "type", "object");
    key_text(w, "description", text);
    open_key(w, "properties", '{');
    for (size_t i = 0; props[i][0]; i++) {
        open_key(w, props[i][0], '{');
        key_text(w, "type", props[i][1]);
        if (strcmp(props[i][1], "array") == 0) {
            open_key(w, "items", '{');
            key_text(w, "type", "object");
            onri_jw_close(w, '}');
        }
        onri_jw_close(w, '}');
    }
    onri_jw_close(w, '}');
    onri_jw_close(w, '}');
}

static void components(onri_jw *w)
{
    static const char *const rows[][2] = { { "view", "string" },
                                           { "total", "integer" },
                                           { "sql", "string" },
                                           { "rows", "array" },
                                           { NULL, NULL } };
    static const char *const parts[][2] = { { "view", "string" },
                                            { "sections", "object" },
                                            { NULL, NULL } };
    static const char *const record[][2] = { { "onrecord", "integer" },
                                             { "id", "string" },
                                             { NULL, NULL } };
    static const char *const error[][2] = { { "error", "object" }, { NULL, NULL } };
    open_key(w, "components", '{');
    open_key(w, "schemas", '{');
    schema(w, "Rows", "Rows of a table; sql is the question that gave them", rows);
    schema(w, "Sections", "Named parts, each with sql and rows", parts);
    schema(w, "Record", "The record of an article, as docs/formats/record.md describes it", record);
    schema(w, "Error", "What went wrong: status, title, message", error);
    onri_jw_close(w, '}');
    open_key(w, "securitySchemes", '{');
    open_key(w, "token", '{');
    key_text(w, "type", "http");
    key_text(w, "scheme", "bearer");
    onri_jw_close(w, '}');
    onri_jw_close(w, '}');
    onri_jw_close(w, '}');
}

static void paths(onri_jw *w)
{
    static const char *const sides[][2] = { { "a", "publisher, or id of an article" },
                                            { "b", "publisher, or id of an article" },
                                            { NULL, NULL } };
    static const char *const counts[][2] = { { "per", "year, month or day" },
                                             { "split", "layer, kind or publisher" },
                                             { NULL, NULL } };
    const view *facts = view_find(ONR_SV("search")), *events = view_find(ONR_SV("events"));
    const path_about others[] = {
        { "/article/{id}", "The record of an article", "#/components/schemas/Record", "id",
          "id of the article", NULL, false, NULL },
        { "/read/{id}", "The record of a text given to the page a while ago",
          "#/components/schemas/Record", "id", "id of the record", NULL, false, NULL },
        { "/actors", "Actors", "#/components/schemas/Rows", NULL, NULL, &view_actors_linked, true,
          NULL },
        { "/actor/{id}", "One actor: roles, facts, ties", "#/components/schemas/Sections", "id",
          "uid of the actor, or name: and its name", NULL, false, NULL },
        { "/timeline", "Events with a time", "#/components/schemas/Sections", NULL, NULL, events,
          false, NULL },
        { "/network", "Who has to do with whom", "#/components/schemas/Sections", NULL, NULL, facts,
          false, NULL },
        { "/map", "Facts by country", "#/components/schemas/Sections", NULL, NULL, facts, false,
          NULL },
        { "/counts", "Facts over time", "#/components/schemas/Sections", NULL, NULL, facts, false,
          counts },
        { "/corrections", "What people changed", "#/components/schemas/Sections", NULL, NULL, NULL,
          false, NULL },
        { "/compare", "Two outlets or articles", "#/components/schemas/Sections", NULL, NULL, NULL,
          false, sides },
    };
    open_key(w, "paths", '{');
    for (size_t i = 0; i < view_n_tables; i++) {
        char path[48];
        (void)snprintf(path, sizeof path, "/%s", view_tables[i]->name);
        const path_about p = { path,
                               view_tables[i]->title,
                               "#/components/schemas/Rows",
                               NULL,
                               NULL,
                               view_tables[i],
                               true,
                               NULL };
        twin(w, &p, "json");
        twin(w, &p, "csv");
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        twin(w, &others[i], "json");
        twin(w, &others[i], "csv");
    }
    onri_jw_close(w, '}');
}

void page_openapi(const site *s, request *r, reply *out)
{
    if (r->format != FORMAT_JSON) {
        page_error(s, r, out, 404, "No such page", ONR_SV("It is /openapi.json."));
        return;
    }
    reply_type(out, r, "openapi");
    onri_jw w = onri_jw_make(&out->body);
    onri_jw_open(&w, '{');
    key_text(&w, "openapi", "3.1.0");
    open_key(&w, "info", '{');
    key_text(&w, "title", "onrecord");
    key_text(&w, "version", ONR_VERSION);
    key_text(
        &w, "description",
        "The data behind each page of onrecord serve. Read only. Beside each .json stands the same "
        "as .csv; a page's own address without an ending is its HTML.");
    open_key(&w, "license", '{');
    key_text(&w, "name", "MIT");
    key_text(&w, "identifier", "MIT");
    onri_jw_close(&w, '}');
    onri_jw_close(&w, '}');
    open_key(&w, "servers", '[');
    onri_jw_open(&w, '{');
    key_text(&w, "url", "/");
    onri_jw_close(&w, '}');
    onri_jw_close(&w, ']');
    open_key(&w, "security", '[');
    onri_jw_open(&w, '{');
    onri_jw_close(&w, '}');
    onri_jw_open(&w, '{');
    open_key(&w, "token", '[');
    onri_jw_close(&w, ']');
    onri_jw_close(&w, '}');
    onri_jw_close(&w, ']');
    paths(&w);
    components(&w);
    onri_jw_close(&w, '}');
}
