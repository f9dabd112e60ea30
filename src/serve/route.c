/* Which page answers which path. Source: own. */
#include "serve/route.h"

#include "serve/asset.h"
#include "serve/pages.h"

typedef void (*page_fn)(const site *s, request *r, reply *out);

typedef struct route {
    const char *path; /* segments; "*" is any one */
    page_fn page;
    bool twins; /* .json and .csv, too */
    bool store; /* only with a store */
    bool post;  /* takes forms, too */
} route;

static void asset(const site *s, request *r, reply *out)
{
    const onr_sv bytes = asset_get(r->segments[1], &out->type);
    if (!bytes.p) {
        page_error(s, r, out, 404, "No such file", r->segments[1]);
        return;
    }
    out->fixed = bytes;
    out->lasting = true;
}

static const route routes[] = {
    { "", page_home, false, false, false },
    { "assets/*", asset, false, false, false },
    { "help", page_help, false, false, false },
    { "read/*", page_recent, true, false, false },
    { "openapi", page_openapi, true, false, false },
    { "article/*", page_article, true, true, false },
    { "fact/*/*", page_fact, true, true, false },
    { "actors", page_actors, true, true, false },
    { "actor/*", page_actor, true, true, false },
    { "timeline", page_timeline, true, true, false },
    { "network", page_network, true, true, false },
    { "map", page_map, true, true, false },
    { "compare", page_compare, true, true, false },
    { "correct", page_correct, false, true, true },
    { "corrections", page_corrections, true, true, false },
    { "counts", page_counts, true, true, false },
    { "articles", page_table, true, true, false },
    { "search", page_table, true, true, false },
    { "statements", page_table, true, true, false },
    { "events", page_table, true, true, false },
    { "commitments", page_table, true, true, false },
    { "disputes", page_table, true, true, false },
    { "positions", page_table, true, true, false },
};

static bool is_path(const request *r, const char *path)
{
    onr_sv rest = onri_svz(path), piece;
    uint32_t n = 0;
    while (rest.n && onri_split(&rest, '/', &piece)) {
        if (n == r->n_segments) return false;
        if (!onri_eqz(piece, "*") && !onri_eq(piece, r->segments[n])) return false;
        n++;
    }
    return n == r->n_segments;
}

void route_answer(const site *s, request *r, reply *out)
{
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        const route *t = &routes[i];
        if (!is_path(r, t->path)) continue;
        if ((r->format != FORMAT_HTML && !t->twins) || (r->post && !t->post)) break;
        if (t->store && !r->store) {
            page_error(s, r, out, s->has_store ? 503 : 404, "No store",
                       s->has_store
                           ? ONR_SV("The store cannot be opened at the moment.")
                           : ONR_SV("The server was started without one: --store record.db."));
            return;
        }
        t->page(s, r, out);
        return;
    }
    page_error(s, r, out, 404, "No such page", ONR_SV("Nothing answers to this address."));
}
