/* `onrecord actor`: the dossier of one actor. Source: own. */
#include "cli/store_views.h"

#include "cli/layout.h"

typedef struct values {
    cli_store store;
    const char *part, *since, *until;
    uint64_t limit;
} values;

static const cli_opt opts[] = {
    { "part", 'p', CLI_TEXT, "PARTS", offsetof(values, part),
      "names, roles, met, said, heard, about, did, suffered, commitments, disputes, positions, "
      "relations (default: all)" },
    { "since", 0, CLI_TEXT, "DATE", offsetof(values, since),
      "articles from 2018, 2018-07 or 2018-07-13 on" },
    { "until", 0, CLI_TEXT, "DATE", offsetof(values, until), "articles up to and with DATE" },
    { "limit", 'n', CLI_COUNT, "N", offsetof(values, limit),
      "at most N rows of each part (default: 10; 0: all)" },
    CLI_ROWS_OPTS(values),
};

static const cli_example examples[] = {
    { "onrecord actor Velayati", "who he is, what he said, did and promised, whom he met" },
    { "onrecord actor Velayati --part said,commitments --since 2018-07 --nl",
      "for a program, one object a line" },
    { "onrecord actor 'John Smith'", "namesakes are listed; take one by its id" },
};

typedef struct dossier {
    cli_rows rows;
    onr_dossier_part part;
    bool heading; /* of the part is written */
    bool who;     /* the rows are actors of the name */
} dossier;

/* ---- text -------------------------------------------------------------------------------------
 */

static void put_cell(layout *l, lay_style style, const char *before, onr_sv s)
{
    if (!s.n) return;
    if (*before) lay_wordsz(l, LAY_FAINT, before);
    lay_words(l, style, s);
}

static void put_int(layout *l, const char *before, int64_t v, const char *after)
{
    char b[96];
    (void)snprintf(b, sizeof b, "%s%lld%s", before, (long long)v, after);
    lay_wordsz(l, LAY_FAINT, b);
}

static void put_actor(layout *l, const onr_row *row)
{
    if (row->n == 1) {
        lay_gap(l);
        lay_wordsz(l, LAY_FAINT, "Others of that name:");
        lay_line(l, 0);
    }
    l->indent = row->n > 0 ? 6 : 0;
    if (row->n > 0) lay_column(l, 2);
    put_cell(l, LAY_STRONG, "", cli_row_text(row, "name"));
    put_cell(l, LAY_PLAIN, "", cli_row_text(row, "type"));
    put_cell(l, LAY_PLAIN, "", cli_row_text(row, "country"));
    put_cell(l, LAY_FAINT, "", cli_row_text(row, "uid"));
    put_int(l, "", onr_row_get(row, "n_articles").i, " articles,");
    put_int(l, "", onr_row_get(row, "n_facts").i, " facts");
    if (row->n > 0) put_cell(l, LAY_PLAIN, "\xE2\x80\x94", cli_row_text(row, "roles"));
    put_cell(l, LAY_ALERT, "\xE2\x80\x94 corrected:", cli_row_text(row, "corrected"));
    lay_line(l, 0);
}

static void put_when(layout *l, const onr_row *row)
{
    const onr_sv first = cli_row_text(row, "first"), last = cli_row_text(row, "last");
    lay_words(l, LAY_FAINT, first);
    if (!first.n || onri_eq(first, last)) return;
    lay_glue(l);
    lay_wordsz(l, LAY_FAINT, "\xE2\x80\x93");
    lay_glue(l);
    lay_words(l, LAY_FAINT, last);
}

/* [mended by mb: why] */
static void put_corrected(layout *l, const onr_row *row)
{
    const onr_sv what = cli_row_text(row, "corrected"), why = cli_row_text(row, "corrected_why");
    if (!what.n) return;
    lay_wordsz(l, LAY_ALERT, onri_eqz(what, "add") ? "[added by" : "[mended by");
    lay_words(l, LAY_ALERT, cli_row_text(row, "corrected_by"));
    lay_glue(l);
    if (why.n) {
        lay_wordsz(l, LAY_PLAIN, ":");
        lay_words(l, LAY_PLAIN, why);
        lay_glue(l);
    }
    lay_wordsz(l, LAY_ALERT, "]");
}

static void put_fact(layout *l, onr_dossier_part part, const onr_row *row)
{
    const onr_sv date = cli_row_text(row, "date");
    lay_words(l, LAY_PLAIN, date.n ? date : ONR_SV("no date"));
    lay_column(l, 14);
    l->indent = 14;
    put_cell(l, LAY_CUE, "", cli_row_text(row, "kind"));
    put_cell(l, LAY_FAINT, "", cli_row_text(row, "status"));
    put_cell(l, LAY_STRONG, "", cli_row_text(row, "claimant"));
    /* Who, where it may be somebody else than the one the dossier is about. */
    const bool others = part == ONR_DOSSIER_HEARD || part == ONR_DOSSIER_ABOUT ||
                        part == ONR_DOSSIER_SUFFERED || part == ONR_DOSSIER_RELATIONS;
    if (others) put_cell(l, LAY_STRONG, "", cli_row_text(row, "who"));
    put_cell(l, LAY_STRONG, "\xE2\x86\x92", cli_row_text(row, "whom"));
    if (others && cli_row_text(row, "who").n) {
        lay_glue(l);
        lay_wordsz(l, LAY_PLAIN, ":");
    }
    put_cell(l, LAY_PLAIN, "", cli_row_text(row, "action"));
    put_cell(l, LAY_PLAIN, "if:", cli_row_text(row, "condition"));
    put_cell(l, LAY_PLAIN, "", cli_row_text(row, "claim"));
    put_cell(l, LAY_PLAIN, "", cli_row_text(row, "words"));
    put_cell(l, LAY_ALERT, "\xE2\x80\x94", cli_row_text(row, "verdict"));
    put_cell(l, LAY_STRONG, "", cli_row_text(row, "answered_by"));
    put_cell(l, LAY_PLAIN, "", cli_row_text(row, "answer"));
    put_cell(l, LAY_PLAIN, "\xE2\x80\x94", cli_row_text(row, "because_words"));
    put_cell(l, LAY_FAINT, "", cli_row_text(row, "because_date"));
    put_corrected(l, row);
    const int64_t told = onr_row_get(row, "told").i;
    if (told > 0) put_int(l, "(told by ", told, " more)");
    put_cell(l, LAY_FAINT, "\xC2\xB7", cli_row_text(row, "publisher"));
    put_cell(l, LAY_FAINT, "\xC2\xB7", cli_row_text(row, "article_uid"));
}

static void put_short(layout *l, const onr_row *row)
{
    put_cell(l, LAY_PLAIN, "", cli_row_text(row, "name"));
    put_cell(l, LAY_PLAIN, "", cli_row_text(row, "title"));
    put_cell(l, LAY_PLAIN, "of", cli_row_text(row, "of"));
    put_cell(l, LAY_PLAIN, "", cli_row_text(row, "country"));
    put_cell(l, LAY_PLAIN, "", cli_row_text(row, "period"));
    put_when(l, row);
    const onr_cell n = onr_row_get(row, "n"), articles = onr_row_get(row, "n_articles");
    if (n.kind == ONR_CELL_INT) put_int(l, "\xC3\x97", n.i, "");
    if (articles.kind == ONR_CELL_INT) put_int(l, "(", articles.i, ")");
}

static void text(cli_rows *rows, const onr_row *row)
{
    dossier *d = rows->text_ctx;
    layout l = { .b = &rows->b, .width = rows->width, .colour = rows->colour };
    if (d->who) {
        put_actor(&l, row);
        return;
    }
    if (!d->heading) {
        onri_buf_addc(&rows->b, '\n');
        lay_wordsz(&l, LAY_STRONG, onr_dossier_part_name(d->part));
        lay_line(&l, 0);
        d->heading = true;
    }
    l.indent = 4;
    lay_column(&l, 2);
    if (d->part <= ONR_DOSSIER_MET)
        put_short(&l, row);
    else
        put_fact(&l, d->part, row);
    lay_line(&l, 0);
}

/* ---- the command ------------------------------------------------------------------------------
 */

/* A row with its part in front, so that lines of several parts can be told apart. */
static bool take(void *ctx, const onr_row *row)
{
    enum { MOST = 64 };
    dossier *d = ctx;
    const char *names[MOST];
    onr_cell cells[MOST];
    if (d->rows.format == CLI_FORMAT_TEXT || row->n_cells >= MOST)
        return cli_rows_take(&d->rows, row);
    names[0] = "part";
    cells[0] = (onr_cell){ ONR_CELL_TEXT, 0, 0,
                           onri_svz(d->who ? "actor" : onr_dossier_part_name(d->part)) };
    memcpy(names + 1, row->names, row->n_cells * sizeof *names);
    memcpy(cells + 1, row->cells, row->n_cells * sizeof *cells);
    const onr_row wide = { row->n, row->n_cells + 1, names, cells };
    return cli_rows_take(&d->rows, &wide);
}

static onr_status all_parts(onr_store *s, dossier *d, const values *v, uint32_t parts, onr_sv uid,
                            onr_error *err)
{
    onr_view view = ONR_VIEW_INIT;
    if (v->since) view.since = onri_svz(v->since);
    if (v->until) view.until = onri_svz(v->until);
    view.limit = v->limit;
    onr_status st = ONR_OK;
    d->who = false;
    for (int p = 0; st == ONR_OK && p < ONR_DOSSIER__COUNT; p++) {
        if (!(parts & 1u << p)) continue;
        d->part = (onr_dossier_part)p;
        d->heading = false;
        st = onr_store_dossier(s, uid, d->part, &view, take, d, NULL, err);
    }
    return st;
}

static bool parts_of(const char *list, uint32_t *parts)
{
    const char *names[ONR_DOSSIER__COUNT];
    for (int i = 0; i < ONR_DOSSIER__COUNT; i++)
        names[i] = onr_dossier_part_name((onr_dossier_part)i);
    *parts = (1u << ONR_DOSSIER__COUNT) - 1;
    return !list || cli_bits("part", list, names, ONR_DOSSIER__COUNT, parts);
}

static bool is_one(uint32_t bits)
{
    return bits && !(bits & (bits - 1));
}

static int show(onr_store *s, const values *v, uint32_t parts, const char *name)
{
    dossier d = { .who = true };
    onr_error err = ONR_ERROR_INIT;
    onr_arena mem = onr_arena_make(ONR_MIB);
    onr_sv uid;
    int code;
    cli_store asked = v->store;
    asked.quiet = !asked.format && !asked.json && !asked.nl && !asked.csv && !asked.tsv;
    if (!cli_store_actor(s, &asked, &mem, name, &uid, &code)) {
        onr_arena_drop(&mem);
        return code;
    }
    if (cli_rows_open(&d.rows, &v->store, text, &code)) {
        onr_status st = ONR_OK;
        d.rows.text_ctx = &d;
        const bool rows_alike = d.rows.format == CLI_FORMAT_CSV ||
                                d.rows.format == CLI_FORMAT_TSV ||
                                d.rows.format == CLI_FORMAT_TABLE;
        if (rows_alike && !is_one(parts)) {
            cli_warn("a table, csv or tsv has the columns of one part: say --part said, for one");
            (void)cli_rows_close(&d.rows);
            onr_arena_drop(&mem);
            return CLI_USAGE;
        }
        if (!rows_alike) st = onr_store_actors(s, onri_svz(name), 6, take, &d, NULL, &err);
        if (st == ONR_OK) st = all_parts(s, &d, v, parts, uid, &err);
        code = cli_rows_close(&d.rows);
        if (st != ONR_OK && !(st == ONR_E_CANCELLED && code == CLI_OUTSIDE))
            code = cli_store_failed(&v->store, &err);
    }
    onr_arena_drop(&mem);
    return code;
}

static int run(const cli_command *self, int argc, char **argv)
{
    values v = { .limit = 10 };
    cli_list args;
    uint32_t parts;
    int code;
    if (!cli_parse(self, argc, argv, &v, &args, &code)) return code;
    if (args.n != 1) {
        cli_warn("one name: onrecord actor 'Ali Akbar Velayati'");
        return CLI_USAGE;
    }
    if (!parts_of(v.part, &parts)) return CLI_USAGE;
    onr_store *s = cli_store_open(&v.store, ONR_STORE_READ);
    if (!s) return CLI_OUTSIDE;
    code = show(s, &v, parts, args.at[0]);
    onr_store_close(s);
    return code;
}

const cli_command cli_cmd_actor = {
    .name = "actor",
    .args = "NAME",
    .summary = "the dossier of a person, organisation or state",
    .about =
        "NAME is any name that the actor goes by, in any case and without accents, or its id. Of "
        "several who may be meant the one most told of is shown and the others are listed. "
        "Facts that near copies of an article print again count once.\n\n"
        "Ends with 1 when nobody has that name.",
    .opts = opts,
    .n_opts = sizeof opts / sizeof *opts,
    .examples = examples,
    .n_examples = sizeof examples / sizeof *examples,
    .run = run,
};
