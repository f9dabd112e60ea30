/* `onrecord find` and the lists of one layer (statements, events, commitments ...): filters in,
 * facts out, newest first, each with its words, sentence, article and place. Source: own. */
#include "cli/store_rows.h"
#include "cli/store_views.h"

#include "cli/layout.h"

typedef struct values {
    cli_store store;
    const char *by, *to, *about, *any, *role, *country, *kind, *form, *status, *type, *publisher;
    const char *since, *until, *article, *what, *min_p;
    uint64_t near, limit, before;
    bool sql, across, rejected;
} values;

#define WHO_OPTS                                                                                   \
    { "by",                                                                                        \
      'b',                                                                                         \
      CLI_TEXT,                                                                                    \
      "NAME",                                                                                      \
      offsetof(values, by),                                                                        \
      "who says, does, promises it: a name, a part of a person's name, a country's code" },        \
        { "to", 't', CLI_TEXT, "NAME", offsetof(values, to), "to whom" },                          \
        { "about",                                                                                 \
          0,                                                                                       \
          CLI_TEXT,                                                                                \
          "NAME",                                                                                  \
          offsetof(values, about),                                                                 \
          "who or what is spoken of, also where only 'he' or 'it' stands" },                       \
        { "any", 0, CLI_TEXT, "NAME", offsetof(values, any), "by, to or about" },                  \
        { "role",                                                                                  \
          0,                                                                                       \
          CLI_TEXT,                                                                                \
          "WORDS",                                                                                 \
          offsetof(values, role),                                                                  \
          "office of who says it: minister, \"foreign minister\", spokes*" },                      \
        { "country",                                                                               \
          0,                                                                                       \
          CLI_TEXT,                                                                                \
          "CODE",                                                                                  \
          offsetof(values, country),                                                               \
          "country of who says it: IRN, USA" },                                                    \
    {                                                                                              \
        "type", 0, CLI_TEXT, "TYPE", offsetof(values, type),                                       \
            "who says it is a person, state, organization, group, medium, ..."                     \
    }

#define WHEN_OPTS                                                                                  \
    { "publisher",                                                                                 \
      0,                                                                                           \
      CLI_TEXT,                                                                                    \
      "NAME",                                                                                      \
      offsetof(values, publisher),                                                                 \
      "articles of this publisher (or a part of its name)" },                                      \
        { "since",                                                                                 \
          0,                                                                                       \
          CLI_TEXT,                                                                                \
          "DAY",                                                                                   \
          offsetof(values, since),                                                                 \
          "articles from this day on: 2018, 2018-07, 2018-07-13" },                                \
        { "until",                                                                                 \
          0,                                                                                       \
          CLI_TEXT,                                                                                \
          "DAY",                                                                                   \
          offsetof(values, until),                                                                 \
          "articles up to the end of this day, month or year" },                                   \
        { "article", 0, CLI_TEXT, "ID", offsetof(values, article), "this article alone" },         \
        { "near",                                                                                  \
          0,                                                                                       \
          CLI_COUNT,                                                                               \
          "N",                                                                                     \
          offsetof(values, near),                                                                  \
          "all words of QUERY within N words of each other" },                                     \
        { "min-p",                                                                                 \
          0,                                                                                       \
          CLI_TEXT,                                                                                \
          "P",                                                                                     \
          offsetof(values, min_p),                                                                 \
          "facts that are right at least so often, 0 to 1" },                                      \
        { "limit",                                                                                 \
          'n',                                                                                     \
          CLI_COUNT,                                                                               \
          "N",                                                                                     \
          offsetof(values, limit),                                                                 \
          "at most N facts (default 20; 0: all)" },                                                \
        { "before",                                                                                \
          0,                                                                                       \
          CLI_COUNT,                                                                               \
          "ID",                                                                                    \
          offsetof(values, before),                                                                \
          "go on behind the fact with this id (the last of the page before)" },                    \
        { "rejected",                                                                              \
          0,                                                                                       \
          CLI_FLAG,                                                                                \
          NULL,                                                                                    \
          offsetof(values, rejected),                                                              \
          "the facts that people rejected, instead of those that stand" },                         \
        { "sql",                                                                                   \
          0,                                                                                       \
          CLI_FLAG,                                                                                \
          NULL,                                                                                    \
          offsetof(values, sql),                                                                   \
          "print the question as SQL instead of asking it" },                                      \
        CLI_ROWS_OPTS(values)

static const cli_opt find_opts[] = {
    WHO_OPTS,
    { "what", 'w', CLI_TEXT, "LAYERS", offsetof(values, what),
      "statement, event, commitment, dispute, position, relation (default: these), sentence" },
    { "kind", 'k', CLI_TEXT, "LIST", offsetof(values, kind),
      "kinds of statements (denial,refusal), events (SANCTION), commitments (only-if), ..." },
    { "form", 0, CLI_TEXT, "LIST", offsetof(values, form), "direct, indirect, mixed" },
    { "status", 0, CLI_TEXT, "LIST", offsetof(values, status),
      "of events: happened, ongoing, planned, proposed, conditional, negated, alleged" },
    WHEN_OPTS,
};

static const cli_opt statements_opts[] = {
    WHO_OPTS,
    { "kind", 'k', CLI_TEXT, "LIST", offsetof(values, kind),
      "assertion, denial, demand, threat, ..." },
    { "form", 0, CLI_TEXT, "LIST", offsetof(values, form), "direct, indirect, mixed" },
    WHEN_OPTS,
};

static const cli_opt events_opts[] = {
    WHO_OPTS,
    { "kind", 'k', CLI_TEXT, "LIST", offsetof(values, kind), "CONSULT, SANCTION, ASSAULT, ..." },
    { "status", 0, CLI_TEXT, "LIST", offsetof(values, status),
      "happened, ongoing, planned, proposed, conditional, negated, alleged" },
    WHEN_OPTS,
};

static const cli_opt commitments_opts[] = {
    { "holder", 0, CLI_TEXT, "NAME", offsetof(values, by), "the same as --by" },
    WHO_OPTS,
    { "kind", 'k', CLI_TEXT, "LIST", offsetof(values, kind),
      "will, will-not, only-if, unless, until" },
    { "status", 0, CLI_TEXT, "STATUS", offsetof(values, status),
      "what became of it, as all articles tell: open, met, broken, changed, overdue; all" },
    WHEN_OPTS,
};

static const cli_opt disputes_opts[] = {
    WHO_OPTS,
    { "kind", 'k', CLI_TEXT, "LIST", offsetof(values, kind),
      "first answer: confirms, denies, not-confirmed, dismisses, none" },
    { "across", 0, CLI_FLAG, NULL, offsetof(values, across),
      "one row an answer, with denials in other articles than the claim's" },
    WHEN_OPTS,
};

static const cli_opt positions_opts[] = {
    WHO_OPTS,
    { "kind", 'k', CLI_TEXT, "LIST", offsetof(values, kind),
      "for, against, conditional, ambiguous" },
    WHEN_OPTS,
};

static const cli_opt relations_opts[] = {
    WHO_OPTS,
    { "kind", 'k', CLI_TEXT, "LIST", offsetof(values, kind),
      "office-of, member-of, part-of, owns, ally-of, talks-with, conflict-with, relative-of" },
    WHEN_OPTS,
};

/* ---- text for people
 * --------------------------------------------------------------------------- */

static onr_sv of(const onr_row *row, const char *name)
{
    const onr_cell c = onr_row_get(row, name);
    return c.kind == ONR_CELL_TEXT ? c.s : (onr_sv){ NULL, 0 };
}

static void put_who(layout *l, const onr_row *row)
{
    const onr_sv who = of(row, "who"), role = of(row, "who_role"), country = of(row, "who_country");
    lay_words(l, LAY_STRONG, who.n ? who : ONR_SV("\xE2\x80\x94"));
    const bool state = onri_eqz(of(row, "who_type"), "state");
    if (role.n || (country.n && !state)) {
        lay_wordsz(l, LAY_PLAIN, "(");
        lay_glue(l);
        if (role.n) lay_words(l, LAY_PLAIN, role);
        if (role.n && country.n) {
            lay_glue(l);
            lay_wordsz(l, LAY_PLAIN, ",");
        }
        if (country.n) lay_words(l, LAY_PLAIN, country);
        lay_glue(l);
        lay_wordsz(l, LAY_PLAIN, ")");
    }
    if (!of(row, "whom").n) return;
    lay_wordsz(l, LAY_PLAIN, "\xE2\x86\x92");
    lay_words(l, LAY_STRONG, of(row, "whom"));
}

/* [assertion, direct] */
static void put_labels(layout *l, const onr_row *row)
{
    static const char *const more[] = { "mode", "form", "status", "strength", "period" };
    onri_buf b = onri_buf_make(4096);
    const onr_sv layer = of(row, "layer"), kind = of(row, "kind");
    onri_buf_addc(&b, '[');
    if (!onri_eqz(layer, "statement") && !onri_eqz(layer, "sentence")) {
        onri_buf_add(&b, layer);
        onri_buf_addc(&b, ' ');
    }
    onri_buf_add(&b, kind);
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        const onr_sv s = of(row, more[i]);
        if (!s.n) continue;
        onri_buf_addz(&b, ", ");
        onri_buf_add(&b, s);
    }
    if (onr_row_get(row, "negated").i) onri_buf_addz(&b, ", negated");
    onri_buf_addc(&b, ']');
    lay_words(l, LAY_FAINT, onri_buf_sv(&b));
    onri_buf_drop(&b);
}

/* Who made what of it, when and why. */
static void put_corrected(layout *l, const onr_row *row)
{
    const onr_sv what = of(row, "corrected"), at = of(row, "corrected_at"),
                 why = of(row, "corrected_why");
    if (!what.n) return;
    lay_line(l, 12);
    lay_column(l, 12);
    lay_wordsz(l, LAY_ALERT,
               onri_eqz(what, "reject") ? "rejected"
               : onri_eqz(what, "add")  ? "added"
                                        : "mended");
    lay_wordsz(l, LAY_ALERT, "by");
    lay_words(l, LAY_ALERT, of(row, "corrected_by"));
    lay_words(l, LAY_FAINT, onri_sub(at, 0, at.n < 10 ? at.n : 10));
    if (why.n) {
        lay_glue(l);
        lay_wordsz(l, LAY_PLAIN, ":");
        lay_words(l, LAY_PLAIN, why);
    }
}

static void put_line(layout *l, const char *label, onr_sv words)
{
    if (!words.n) return;
    lay_line(l, 12);
    lay_column(l, 12);
    lay_wordsz(l, LAY_FAINT, label);
    lay_words(l, LAY_PLAIN, words);
}

static void put_source(layout *l, const onr_row *row)
{
    char at[64];
    (void)snprintf(at, sizeof at, "[%lld,%lld]", (long long)onr_row_get(row, "start").i,
                   (long long)onr_row_get(row, "stop").i);
    lay_line(l, 14);
    lay_column(l, 12);
    lay_words(l, LAY_FAINT, of(row, "article"));
    lay_wordsz(l, LAY_FAINT, at);
    if (of(row, "title").n) lay_words(l, LAY_FAINT, of(row, "title"));
    if (of(row, "publisher").n) {
        lay_wordsz(l, LAY_FAINT, "\xE2\x80\x94");
        lay_words(l, LAY_FAINT, of(row, "publisher"));
    }
    lay_line(l, 0);
}

static void text(cli_rows *rows, const onr_row *row)
{
    layout l = { .b = &rows->b, .width = rows->width, .colour = rows->colour };
    const onr_sv date = of(row, "date"), words = of(row, "words"), sentence = of(row, "sentence");
    if (row->n) onri_buf_addc(&rows->b, '\n');
    lay_words(&l, LAY_PLAIN, date.n ? date : ONR_SV("no date"));
    l.indent = 12;
    lay_column(&l, 12);
    if (!onri_eqz(of(row, "layer"), "sentence")) {
        put_who(&l, row);
        put_labels(&l, row);
        lay_line(&l, 12);
        lay_column(&l, 12);
    }
    lay_words(&l, LAY_CUE, words);
    put_line(&l, "condition:", of(row, "condition"));
    put_line(&l, "until:", of(row, "deadline_to"));
    put_line(&l, "issue:", of(row, "issue"));
    put_line(&l, "answers:", of(row, "answers"));
    if (sentence.n && !onri_eq(words, sentence)) put_line(&l, "|", sentence);
    put_corrected(&l, row);
    put_source(&l, row);
}

/* ---- the question
 * ----------------------------------------------------------------------------- */

static bool layers_of(const char *list, uint32_t *out)
{
    const char *names[ONR_LAYER__COUNT];
    for (int i = 0; i < ONR_LAYER__COUNT; i++) names[i] = onr_layer_name((onr_layer)i);
    return cli_bits("what", list, names, ONR_LAYER__COUNT, out);
}

static onr_sv sv(const char *s)
{
    return s ? onri_svz(s) : (onr_sv){ NULL, 0 };
}

static bool find_of(const values *v, const char *words, uint32_t layers, onr_find *f)
{
    *f = (onr_find)ONR_FIND_INIT;
    f->layers = layers;
    if (v->what && !layers_of(v->what, &f->layers)) return false;
    if (v->min_p && !onri_parse_double(onri_svz(v->min_p), &f->min_p)) {
        cli_warn("--min-p wants a number from 0 to 1, not '%s'", v->min_p);
        return false;
    }
    f->words = sv(words);
    f->near = (uint32_t)(v->near > 1000 ? 1000 : v->near);
    f->by = sv(v->by);
    f->to = sv(v->to);
    f->about = sv(v->about);
    f->any = sv(v->any);
    f->role = sv(v->role);
    f->country = sv(v->country);
    f->kinds = sv(v->kind);
    f->form = sv(v->form);
    f->status = sv(v->status);
    f->type = sv(v->type);
    f->publisher = sv(v->publisher);
    f->article = sv(v->article);
    f->since = sv(v->since);
    f->until = sv(v->until);
    f->rejected = v->rejected;
    f->limit = v->limit;
    f->before = (int64_t)(v->before > INT64_MAX ? 0 : v->before);
    return true;
}

/* Words of the command line: each argument stands as it is, those with blanks are phrases. */
static bool join_words(onri_buf *b, const cli_list *args)
{
    for (size_t i = 0; i < args->n; i++) {
        if (i) onri_buf_addc(b, ' ');
        onri_buf_addz(b, args->at[i]);
    }
    onri_buf_addc(b, '\0');
    if (b->status != ONR_OK) cli_warn("the question is too long");
    return b->status == ONR_OK;
}

static int print_sql(onr_store *s, const values *v, const onr_find *f)
{
    onr_arena mem = onr_arena_make(16 * ONR_MIB);
    onr_error err = ONR_ERROR_INIT;
    onr_sv sql;
    int code = CLI_DONE;
    cli_out out;
    if (onr_store_find_sql(s, &mem, f, &sql, &err) != ONR_OK) {
        code = cli_store_failed(&v->store, &err);
    } else if (!cli_out_open(&out, v->store.output)) {
        code = CLI_OUTSIDE;
    } else {
        cli_out_put(&out, sql);
        cli_out_put(&out, ONR_SV(";\n"));
        if (!cli_out_close(&out)) code = CLI_OUTSIDE;
    }
    onr_arena_drop(&mem);
    return code;
}

static int print_rows(onr_store *s, const values *v, const onr_find *f)
{
    static const char *const columns[] = { "date",  "who",     "whom",     "kind",
                                           "words", "article", "corrected" };
    cli_rows rows;
    onr_error err = ONR_ERROR_INIT;
    int code;
    if (!cli_rows_open(&rows, &v->store, text, &code)) return code;
    rows.only = columns;
    rows.n_only = sizeof columns / sizeof *columns;
    const onr_status st = onr_store_find(s, f, cli_rows_take, &rows, NULL, &err);
    code = cli_rows_close(&rows);
    if (st == ONR_OK || (st == ONR_E_CANCELLED && code == CLI_OUTSIDE)) return code;
    return cli_store_failed(&v->store, &err);
}

/* What all articles together say: what became of commitments, denials in other articles. */
static int across(const values *v, const cli_list *args, uint32_t layers)
{
    onr_view view = ONR_VIEW_INIT;
    if (args->n || v->kind) {
        cli_warn("words and --kind do not go together with this view across articles");
        return CLI_USAGE;
    }
    if (v->since) view.since = onri_svz(v->since);
    if (v->until) view.until = onri_svz(v->until);
    view.limit = v->limit;
    const char *who = v->by ? v->by : v->any;
    if (layers != 1u << ONR_LAYER_COMMITMENT) return cli_store_disputes(&v->store, who, &view);
    if (strcmp(v->status, "all") != 0) view.status = onri_svz(v->status);
    return cli_store_lives(&v->store, who, &view);
}

static int list(const cli_command *self, int argc, char **argv, uint32_t layers)
{
    values v = { .limit = 20 };
    cli_list args;
    onr_find f;
    int code;
    if (!cli_parse(self, argc, argv, &v, &args, &code)) return code;
    if (v.across || (layers == 1u << ONR_LAYER_COMMITMENT && v.status))
        return across(&v, &args, layers);
    onri_buf words = onri_buf_make(ONR_MIB);
    code = CLI_USAGE;
    if (join_words(&words, &args) && find_of(&v, words.p, layers, &f)) {
        onr_store *s = cli_store_open(&v.store, ONR_STORE_READ);
        code = !s ? CLI_OUTSIDE : v.sql ? print_sql(s, &v, &f) : print_rows(s, &v, &f);
        onr_store_close(s);
    }
    onri_buf_drop(&words);
    return code;
}

/* ---- the commands
 * ----------------------------------------------------------------------------- */

static const char about_find[] = "QUERY: all words must occur, in any form (sanction finds "
                                 "sanctioned); \"two words\" side by side; "
                                 "sanction* begins with it; -word does not occur; A OR B; --near N "
                                 "brings them together. Without "
                                 "QUERY the filters alone decide. Words are looked for in what is "
                                 "said, done or promised; with --what "
                                 "sentence in all sentences of the articles.\n\n"
                                 "Newest articles come first. Ends with 1 when nothing is found. "
                                 "--sql shows the question, to go on "
                                 "from there with 'onrecord sql'.";

static const cli_example find_examples[] = {
    { "onrecord find sanctions --by Iran --to USA --form direct --since 2018-01",
      "words of Iran's" },
    { "onrecord find '\"red line\" OR ultimatum' --role minister",
      "by whoever holds such an office" },
    { "onrecord find --what statement --kind denial,refusal --about Skripal --csv",
      "who denied what" },
    { "onrecord find oil price --near 5 --what sentence", "sentences, said by anybody or nobody" },
};

static int run_find(const cli_command *self, int argc, char **argv)
{
    return list(self, argc, argv, 0);
}

const cli_command cli_cmd_find = {
    .name = "find",
    .args = "[QUERY] [FILTERS]",
    .summary = "find what was said, done, promised and disputed",
    .about = about_find,
    .opts = find_opts,
    .n_opts = sizeof find_opts / sizeof *find_opts,
    .examples = find_examples,
    .n_examples = sizeof find_examples / sizeof *find_examples,
    .run = run_find,
};

static const char about_list[] = "The same as 'onrecord find --what ...', with the columns of its "
                                 "own that this kind of fact has. "
                                 "QUERY and the filters are those of find.";

#define LIST(NAME, LAYER, SUMMARY, EXAMPLE, WHAT)                                                  \
    static const cli_example NAME##_examples[] = { { EXAMPLE, WHAT } };                            \
    static int run_##NAME(const cli_command *self, int argc, char **argv)                          \
    {                                                                                              \
        return list(self, argc, argv, 1u << ONR_LAYER_##LAYER);                                    \
    }                                                                                              \
    const cli_command cli_cmd_##NAME = {                                                           \
        .name = #NAME,                                                                             \
        .args = "[QUERY] [FILTERS]",                                                               \
        .summary = SUMMARY,                                                                        \
        .about = about_list,                                                                       \
        .opts = NAME##_opts,                                                                       \
        .n_opts = sizeof NAME##_opts / sizeof *NAME##_opts,                                        \
        .examples = NAME##_examples,                                                               \
        .n_examples = 1,                                                                           \
        .run = run_##NAME,                                                                         \
    };

LIST(statements, STATEMENT, "list who said what to whom",
     "onrecord statements --by Lavrov --kind denial,threat", "what Lavrov denied and threatened")
LIST(events, EVENT, "list who did what to whom",
     "onrecord events --kind SANCTION --to IRN --status happened",
     "sanctions against Iran that were put in force")
LIST(commitments, COMMITMENT, "list promises, refusals and their conditions",
     "onrecord commitments --holder Iran --kind only-if,unless", "what Iran will do on a condition")
LIST(disputes, DISPUTE, "list claims and who denies or confirms them",
     "onrecord disputes --to Kremlin --kind denies", "claims that the Kremlin denies")
LIST(positions, POSITION, "list who is for or against what",
     "onrecord positions pipeline --kind against", "who is against a pipeline")
LIST(relations, RELATION, "list what lasts between two actors",
     "onrecord relations --kind ally-of --any Iran", "Iran's allies, as the articles say")
