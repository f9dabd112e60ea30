/* `onrecord timeline`, `compare`, `network`, `resolve`: views across articles. Source: own. GEXF as
 * gexf.net's 1.3 describes it. */
#include "cli/store_views.h"

typedef struct values {
    cli_store store;
    uint64_t limit, least;
    const char *actor, *with, *since, *until, *what;
    bool gexf;
} values;

onr_sv cli_row_text(const onr_row *row, const char *name)
{
    const onr_cell c = onr_row_get(row, name);
    return c.kind == ONR_CELL_TEXT ? c.s : (onr_sv){ NULL, 0 };
}

/* ---- whom a name means ------------------------------------------------------------------------
 */

typedef struct meant {
    onr_arena *mem;
    onr_sv uid, name;
    uint64_t n;
    bool quiet;
} meant;

static bool take_meant(void *ctx, const onr_row *row)
{
    meant *m = ctx;
    const onr_sv uid = cli_row_text(row, "uid"), name = cli_row_text(row, "name"),
                 country = cli_row_text(row, "country"), roles = cli_row_text(row, "roles");
    if (m->n++ == 0) {
        m->uid = onri_dup(m->mem, uid);
        m->name = onri_dup(m->mem, name);
        return m->uid.p && m->name.p;
    }
    if (m->quiet) return true;
    if (m->n == 2) cli_warn("'%.*s' is taken; others of that name:", (int)m->uid.n, m->uid.p);
    cli_warn("  %.*s (%.*s%s%.*s%s%lld articles)", (int)uid.n, uid.p, (int)country.n, country.p,
             country.n ? ", " : "", (int)(roles.n > 60 ? 60 : roles.n), roles.p ? roles.p : "",
             roles.n ? ", " : "", (long long)onr_row_get(row, "n_articles").i);
    return true;
}

bool cli_store_actor(onr_store *s, const cli_store *v, onr_arena *mem, const char *name,
                     onr_sv *uid, int *code)
{
    meant m = { .mem = mem, .quiet = v->quiet };
    onr_error err = ONR_ERROR_INIT;
    const onr_status st = onr_store_actors(s, onri_svz(name), 6, take_meant, &m, NULL, &err);
    if (st != ONR_OK) {
        *code = cli_store_failed(v, &err);
        return false;
    }
    *uid = m.uid;
    *code = CLI_NOTHING;
    if (m.n == 0) cli_warn("nobody of the name '%s'", name);
    return m.n > 0;
}

/* ---- running a view ---------------------------------------------------------------------------
 */

typedef onr_status (*view_fn)(onr_store *s, const onr_view *v, onr_row_fn row, void *ctx,
                              uint64_t *n, onr_error *err);

static const char *const layer_names[] = { "statement", "event",    "commitment",
                                           "dispute",   "position", "relation" };

static bool view_of(const values *v, onr_view *view)
{
    if (v->what && !cli_bits("what", v->what, layer_names, 6, &view->layers)) return false;
    if (v->since) view->since = onri_svz(v->since);
    if (v->until) view->until = onri_svz(v->until);
    view->limit = v->limit;
    view->least = (uint32_t)(v->least > UINT32_MAX ? UINT32_MAX : v->least);
    return true;
}

static int ask(onr_store *s, const cli_store *v, view_fn fn, const onr_view *view,
               const char *const *only, size_t n_only)
{
    cli_rows rows;
    onr_error err = ONR_ERROR_INIT;
    int code;
    if (!cli_rows_open(&rows, v, NULL, &code)) return code;
    rows.only = only;
    rows.n_only = n_only;
    const onr_status st = fn(s, view, cli_rows_take, &rows, NULL, &err);
    code = cli_rows_close(&rows);
    if (st == ONR_OK || (st == ONR_E_CANCELLED && code == CLI_OUTSIDE)) return code;
    return cli_store_failed(v, &err);
}

/* With the actors' names looked up; either may be NULL. */
static int ask_about(const cli_store *v, const char *actor, const char *with, view_fn fn,
                     onr_view *view, const char *const *only, size_t n_only)
{
    onr_store *s = cli_store_open(v, ONR_STORE_READ);
    if (!s) return CLI_OUTSIDE;
    onr_arena mem = onr_arena_make(ONR_MIB);
    int code;
    if ((!actor || cli_store_actor(s, v, &mem, actor, &view->actor, &code)) &&
        (!with || cli_store_actor(s, v, &mem, with, &view->with, &code)))
        code = ask(s, v, fn, view, only, n_only);
    onr_arena_drop(&mem);
    onr_store_close(s);
    return code;
}

#define ONLY(...)                                                                                  \
    (const char *const[]){ __VA_ARGS__ },                                                          \
        sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)

int cli_store_lives(const cli_store *v, const char *holder, onr_view *view)
{
    return ask_about(v, holder, NULL, onr_store_lives, view,
                     ONLY("date", "holder", "kind", "action", "condition", "status", "repeated",
                          "because_words", "because_date", "corrected"));
}

int cli_store_disputes(const cli_store *v, const char *who, onr_view *view)
{
    return ask_about(v, who, NULL, onr_store_disputes, view,
                     ONLY("date", "claimant", "claim", "verdict", "answered_by", "answer",
                          "answer_date", "across", "corrected"));
}

/* ---- timeline ---------------------------------------------------------------------------------
 */

#define WHEN_OPTS                                                                                  \
    { "since",                                                                                     \
      0,                                                                                           \
      CLI_TEXT,                                                                                    \
      "DATE",                                                                                      \
      offsetof(values, since),                                                                     \
      "articles from 2018, 2018-07 or "                                                            \
      "2018-07-13 on" },                                                                           \
        { "until", 0, CLI_TEXT, "DATE", offsetof(values, until), "articles up to and with DATE" }, \
    {                                                                                              \
        "limit", 'n', CLI_COUNT, "N", offsetof(values, limit), "at most N rows (default: all)"     \
    }

static const cli_opt timeline_opts[] = {
    { "actor", 'a', CLI_TEXT, "NAME", offsetof(values, actor),
      "who takes part, as doer or target" },
    { "with", 0, CLI_TEXT, "NAME", offsetof(values, with), "and who else takes part" },
    { "what", 'w', CLI_TEXT, "LAYERS", offsetof(values, what),
      "event (default), statement, commitment, ..." },
    WHEN_OPTS,
    CLI_ROWS_OPTS(values),
};

static const cli_example timeline_examples[] = {
    { "onrecord timeline --actor Iran --with 'United States' --since 2018-05",
      "what went on between two states" },
};

static int run_timeline(const cli_command *self, int argc, char **argv)
{
    values v = { .limit = 0 };
    onr_view view = ONR_VIEW_INIT;
    cli_list args;
    int code;
    if (!cli_parse(self, argc, argv, &v, &args, &code)) return code;
    if (args.n > 1 || (args.n == 1 && v.actor)) {
        cli_warn("one actor; a second one behind --with");
        return CLI_USAGE;
    }
    if (!view_of(&v, &view)) return CLI_USAGE;
    return ask_about(
        &v.store, args.n ? args.at[0] : v.actor, v.with, onr_store_timeline, &view,
        ONLY("day", "kind", "status", "who", "whom", "words", "told", "article_uid", "corrected"));
}

const cli_command cli_cmd_timeline = {
    .name = "timeline",
    .args = "[ACTOR]",
    .summary = "what happened, day by day, each event once",
    .about =
        "Events in the order of the days that the articles name for them, else of the articles. "
        "An event that several articles tell is one row; column told says how many more tell "
        "it. Near copies of an article count once. Ends with 1 when there is nothing.",
    .opts = timeline_opts,
    .n_opts = sizeof timeline_opts / sizeof *timeline_opts,
    .examples = timeline_examples,
    .n_examples = sizeof timeline_examples / sizeof *timeline_examples,
    .run = run_timeline,
};

/* ---- compare ----------------------------------------------------------------------------------
 */

static const cli_opt compare_opts[] = {
    { "what", 'w', CLI_TEXT, "LAYERS", offsetof(values, what),
      "statement, event, commitment (default: these), ..." },
    WHEN_OPTS,
    CLI_ROWS_OPTS(values),
};

static const cli_example compare_examples[] = {
    { "onrecord compare wire-1 post-7", "two articles: what one has and the other lacks" },
    { "onrecord compare 'Daily Wire' 'Evening Post' --since 2018-07 --csv",
      "two papers, where they tell of the same" },
};

static int run_compare(const cli_command *self, int argc, char **argv)
{
    static const char *const only[] = { "part",    "layer",  "who",  "words_a",
                                        "words_b", "differ", "score" };
    values v = { .limit = 0 };
    onr_view view = ONR_VIEW_INIT;
    onr_error err = ONR_ERROR_INIT;
    cli_list args;
    cli_rows rows;
    int code;
    if (!cli_parse(self, argc, argv, &v, &args, &code)) return code;
    if (args.n != 2) {
        cli_warn("two articles or two publishers: onrecord compare A B");
        return CLI_USAGE;
    }
    if (!view_of(&v, &view)) return CLI_USAGE;
    onr_store *s = cli_store_open(&v.store, ONR_STORE_READ);
    if (!s) return CLI_OUTSIDE;
    if (cli_rows_open(&rows, &v.store, NULL, &code)) {
        rows.only = only;
        rows.n_only = sizeof only / sizeof *only;
        const onr_status st = onr_store_compare(s, onri_svz(args.at[0]), onri_svz(args.at[1]),
                                                &view, cli_rows_take, &rows, NULL, &err);
        code = cli_rows_close(&rows);
        if (st != ONR_OK && !(st == ONR_E_CANCELLED && code == CLI_OUTSIDE))
            code = cli_store_failed(&v.store, &err);
    }
    onr_store_close(s);
    return code;
}

const cli_command cli_cmd_compare = {
    .name = "compare",
    .args = "A B",
    .summary = "compare two articles or two papers: what one has and the other lacks",
    .about = "A and B are ids of articles or names of publishers. part is both, only-a or only-b; "
             "differ "
             "says in what a fact that both have is told otherwise: in its kind, its words, its "
             "form, or "
             "not at all. Of two papers, only articles are looked at that share a fact.",
    .opts = compare_opts,
    .n_opts = sizeof compare_opts / sizeof *compare_opts,
    .examples = compare_examples,
    .n_examples = sizeof compare_examples / sizeof *compare_examples,
    .run = run_compare,
};

/* ---- network ----------------------------------------------------------------------------------
 */

static const cli_opt network_opts[] = {
    { "actor", 'a', CLI_TEXT, "NAME", offsetof(values, actor), "only edges from or to this actor" },
    { "what", 'w', CLI_TEXT, "LAYERS", offsetof(values, what),
      "event, statement (default: both), relation, dispute, ..." },
    { "least", 0, CLI_COUNT, "N", offsetof(values, least), "only edges of N facts or more" },
    { "gexf", 0, CLI_FLAG, NULL, offsetof(values, gexf), "the network as GEXF 1.3, for Gephi" },
    WHEN_OPTS,
    CLI_ROWS_OPTS(values),
};

static const cli_example network_examples[] = {
    { "onrecord network --what event --least 3 --csv > edges.csv", "edges for a table" },
    { "onrecord network --actor Iran --gexf -o iran.gexf", "for Gephi" },
};

typedef struct gexf {
    cli_out *out;
    onri_buf nodes, edges;
    onr_arena mem;
    onri_atoms seen;
    uint64_t n;
} gexf;

static void put_xml(onri_buf *b, onr_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        if (c == '<')
            onri_buf_addz(b, "&lt;");
        else if (c == '>')
            onri_buf_addz(b, "&gt;");
        else if (c == '&')
            onri_buf_addz(b, "&amp;");
        else if (c == '"')
            onri_buf_addz(b, "&quot;");
        else
            onri_buf_addc(b, c < 32 ? ' ' : s.p[i]);
    }
}

static void put_node(gexf *g, onr_sv uid, onr_sv name, onr_sv type, onr_sv country)
{
    const uint32_t before = g->seen.words.n;
    if (onri_atom(&g->seen, uid) == ONR_NONE) g->nodes.status = ONR_E_NOMEM;
    if (g->seen.words.n == before) return;
    onri_buf_addz(&g->nodes, "   <node id=\"");
    put_xml(&g->nodes, uid);
    onri_buf_addz(&g->nodes, "\" label=\"");
    put_xml(&g->nodes, name);
    onri_buf_addz(&g->nodes, "\"><attvalues><attvalue for=\"0\" value=\"");
    put_xml(&g->nodes, type);
    onri_buf_addz(&g->nodes, "\"/><attvalue for=\"1\" value=\"");
    put_xml(&g->nodes, country);
    onri_buf_addz(&g->nodes, "\"/></attvalues></node>\n");
}

static bool take_edge(void *ctx, const onr_row *row)
{
    gexf *g = ctx;
    const onr_sv source = cli_row_text(row, "source"), target = cli_row_text(row, "target");
    put_node(g, source, cli_row_text(row, "source_name"), cli_row_text(row, "source_type"),
             cli_row_text(row, "source_country"));
    put_node(g, target, cli_row_text(row, "target_name"), cli_row_text(row, "target_type"),
             cli_row_text(row, "target_country"));
    onri_buf_fmt(&g->edges, "   <edge id=\"%llu\" source=\"", (unsigned long long)g->n++);
    put_xml(&g->edges, source);
    onri_buf_addz(&g->edges, "\" target=\"");
    put_xml(&g->edges, target);
    onri_buf_addz(&g->edges, "\" kind=\"");
    put_xml(&g->edges, cli_row_text(row, "layer"));
    onri_buf_addc(&g->edges, ':');
    put_xml(&g->edges, cli_row_text(row, "kind"));
    onri_buf_fmt(&g->edges, "\" weight=\"%lld\"/>\n", (long long)onr_row_get(row, "n").i);
    return g->nodes.status == ONR_OK && g->edges.status == ONR_OK;
}

static const char gexf_head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
    " <graph defaultedgetype=\"directed\">\n"
    "  <attributes class=\"node\"><attribute id=\"0\" title=\"type\" type=\"string\"/><attribute "
    "id=\"1\" title=\"country\" type=\"string\"/></attributes>\n  <nodes>\n";

static int write_gexf(onr_store *s, const cli_store *v, const onr_view *view)
{
    cli_out out;
    onr_error err = ONR_ERROR_INIT;
    if (!cli_out_open(&out, v->output)) return CLI_OUTSIDE;
    gexf g = { .out = &out,
               .nodes = onri_buf_make(1024 * ONR_MIB),
               .edges = onri_buf_make(1024 * ONR_MIB),
               .mem = onr_arena_make(256 * ONR_MIB) };
    onri_atoms_init(&g.seen, &g.mem);
    const onr_status st = onr_store_network(s, view, take_edge, &g, NULL, &err);
    int code = st == ONR_OK ? g.n ? CLI_DONE : CLI_NOTHING : cli_store_failed(v, &err);
    cli_out_put(&out, onri_svz(gexf_head));
    cli_out_put(&out, onri_buf_sv(&g.nodes));
    cli_out_put(&out, ONR_SV("  </nodes>\n  <edges>\n"));
    cli_out_put(&out, onri_buf_sv(&g.edges));
    cli_out_put(&out, ONR_SV("  </edges>\n </graph>\n</gexf>\n"));
    if (st != ONR_OK) out.failed = true; /* no half file */
    if (!cli_out_close(&out) && st == ONR_OK) code = CLI_OUTSIDE;
    onri_buf_drop(&g.nodes);
    onri_buf_drop(&g.edges);
    onr_arena_drop(&g.mem);
    return code;
}

static int run_network(const cli_command *self, int argc, char **argv)
{
    values v = { .limit = 0 };
    onr_view view = ONR_VIEW_INIT;
    cli_list args;
    int code;
    if (!cli_parse(self, argc, argv, &v, &args, &code)) return code;
    if (args.n) {
        cli_warn("no argument is wanted; an actor stands behind --actor");
        return CLI_USAGE;
    }
    if (!view_of(&v, &view)) return CLI_USAGE;
    if (!v.gexf)
        return ask_about(&v.store, v.actor, NULL, onr_store_network, &view,
                         ONLY("source_name", "layer", "kind", "target_name", "n", "first", "last"));
    onr_store *s = cli_store_open(&v.store, ONR_STORE_READ);
    if (!s) return CLI_OUTSIDE;
    onr_arena mem = onr_arena_make(ONR_MIB);
    if (!v.actor || cli_store_actor(s, &v.store, &mem, v.actor, &view.actor, &code))
        code = write_gexf(s, &v.store, &view);
    onr_arena_drop(&mem);
    onr_store_close(s);
    return code;
}

const cli_command cli_cmd_network = {
    .name = "network",
    .args = "",
    .summary = "who has to do with whom: edges between actors",
    .about =
        "An edge is who does something to whom, or says something to whom, and how often; told "
        "again by another article it counts once.",
    .opts = network_opts,
    .n_opts = sizeof network_opts / sizeof *network_opts,
    .examples = network_examples,
    .n_examples = sizeof network_examples / sizeof *network_examples,
    .run = run_network,
};

/* ---- resolve ----------------------------------------------------------------------------------
 */

static const cli_opt resolve_opts[] = {
    CLI_STORE_OPT(values),
    { "wait", 0, CLI_COUNT, "SECONDS", offsetof(values, store.wait),
      "how long to wait for another writer (default: not at all)" },
};

static const cli_example resolve_examples[] = {
    { "onrecord resolve", "after an update of the program, or to be sure" },
};

static int run_resolve(const cli_command *self, int argc, char **argv)
{
    values v = { .limit = 0 };
    onr_error err = ONR_ERROR_INIT;
    cli_list args;
    int code;
    if (!cli_parse(self, argc, argv, &v, &args, &code)) return code;
    if (args.n) {
        cli_warn("no argument is wanted");
        return CLI_USAGE;
    }
    onr_store *s = cli_store_open(&v.store, ONR_STORE_WRITE);
    if (!s) return CLI_OUTSIDE;
    code = onr_store_resolve(s, &err) == ONR_OK ? CLI_DONE : cli_store_failed(&v.store, &err);
    onr_store_close(s);
    return code;
}

const cli_command cli_cmd_resolve = {
    .name = "resolve",
    .args = "",
    .summary = "make all links across articles anew",
    .about =
        "Near copies, actors, the same facts, what became of commitments: what 'onrecord keep' "
        "does as articles come, done again for all of them. Corrections stay.",
    .opts = resolve_opts,
    .n_opts = sizeof resolve_opts / sizeof *resolve_opts,
    .examples = resolve_examples,
    .n_examples = sizeof resolve_examples / sizeof *resolve_examples,
    .run = run_resolve,
};
