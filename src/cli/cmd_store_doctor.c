/* `onrecord doctor` and `onrecord backup`: is the store whole, make it whole, a copy while others
 * work. Source: own. */
#include "cli/store_rows.h"

typedef struct values {
    cli_store store;
    const char *save;
    bool repair, rebuild, quick;
} values;

static const cli_opt doctor_opts[] = {
    { "quick", 0, CLI_FLAG, NULL, offsetof(values, quick),
      "leave out what reads every page and record" },
    { "repair", 0, CLI_FLAG, NULL, offsetof(values, repair),
      "bring an older schema up to date, make views, indexes and full text anew, then look again" },
    { "rebuild", 0, CLI_FLAG, NULL, offsetof(values, rebuild),
      "make all facts anew from the records, too; corrections stay" },
    { "save", 0, CLI_TEXT, "NEW.db", offsetof(values, save),
      "copy every record that can still be read into a new store" },
    CLI_ROWS_OPTS(values),
};

static const cli_example doctor_examples[] = {
    { "onrecord doctor", "is record.db whole?" },
    { "onrecord doctor --save rescued.db", "save what can be read of a damaged store" },
};

/* ---- from records
 * ----------------------------------------------------------------------------- */

typedef struct copy {
    onr_store *from, *to;
    uint64_t kept, lost;
    bool again; /* into the same store: the old rows go first */
    int code;
} copy;

static bool copy_one(copy *c, onr_sv uid, onr_sv kept_from, onr_sv input)
{
    onr_arena mem = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    onr_error err = ONR_ERROR_INIT;
    onr_record rec;
    onr_keep_opts o = ONR_KEEP_OPTS_INIT;
    o.kept_from = kept_from;
    o.input = input;
    onr_status st = onr_store_record(c->from, &mem, uid, &rec, &err);
    const bool lost = st != ONR_OK || !rec.id.p;
    if (!lost && c->again) st = onr_store_drop(c->to, uid, NULL, &err);
    if (!lost && st == ONR_OK) st = onr_store_keep(c->to, &rec, &o, NULL, &err);
    if (lost) {
        cli_warn("article %.*s: lost: %s", (int)(uid.n > 200 ? 200 : uid.n), uid.p,
                 st == ONR_OK ? "its record is missing" : err.msg);
        c->lost++;
        st = ONR_OK;
    } else if (st != ONR_OK) {
        cli_warn_error("", &err);
        c->code = CLI_OUTSIDE;
    } else {
        c->kept++;
    }
    if (st == ONR_OK && c->kept % 500 == 499 && onr_store_commit(c->to, &err) != ONR_OK) {
        cli_warn_error("", &err);
        c->code = CLI_OUTSIDE;
    }
    onr_arena_drop(&mem);
    return c->code == CLI_DONE;
}

/* The ids first: a damaged page must not end the walk, and the walk must not stand in the way of
 * the changes. */
typedef struct uid_list {
    onr_arena mem;
    ONRI_VEC(onr_sv) at;
} uid_list;

static bool add_uid(void *ctx, const onr_row *row)
{
    uid_list *l = ctx;
    for (uint32_t i = 0; i < 3; i++) {
        onr_sv *at = ONRI_PUSH(&l->mem, &l->at);
        if (!at) return false;
        *at = onri_dup(&l->mem, row->cells[i].s.p ? row->cells[i].s : ONR_SV(""));
        if (!at->p) return false;
    }
    return true;
}

static int copy_all(copy *c)
{
    static const char *const ways[] = {
        "SELECT uid, kept_from, input_sha256 FROM article ORDER BY id",
        "SELECT uid, NULL, NULL FROM article INDEXED BY sqlite_autoindex_article_1",
    };
    uid_list l = { .mem = onr_arena_make(1024 * ONR_MIB) };
    onr_error err = ONR_ERROR_INIT;
    onr_status st = ONR_E_SYNTAX;
    for (int i = 0; i < 2 && st == ONR_E_SYNTAX; i++) {
        l.at.n = 0;
        st = onr_store_sql(c->from, ways[i], NULL, 0, 0, add_uid, &l, NULL, &err);
    }
    if (st != ONR_OK) cli_warn_error("", &err);
    for (uint32_t i = 0; i + 2 < l.at.n; i += 3)
        if (!copy_one(c, l.at.at[i], l.at.at[i + 1], l.at.at[i + 2])) break;
    onr_arena_drop(&l.mem);
    if (c->code == CLI_DONE && onr_store_commit(c->to, &err) != ONR_OK) {
        cli_warn_error("", &err);
        c->code = CLI_OUTSIDE;
    }
    if (c->code == CLI_DONE && (c->lost || st != ONR_OK)) c->code = CLI_SOME_FAILED;
    return c->code;
}

static int save(const values *v)
{
    cli_store to = v->store;
    to.store = v->save;
    copy c = { .from = cli_store_open(&v->store, ONR_STORE_READ) };
    if (!c.from) return CLI_OUTSIDE;
    c.to = cli_store_open(&to, ONR_STORE_CREATE);
    const int code = c.to ? copy_all(&c) : CLI_OUTSIDE;
    if (c.to)
        (void)fprintf(stderr, "%s: %llu records saved, %llu lost\n", v->save,
                      (unsigned long long)c.kept, (unsigned long long)c.lost);
    onr_store_close(c.to);
    onr_store_close(c.from);
    return code;
}

/* ---- the commands
 * ----------------------------------------------------------------------------- */

static int look(const values *v, onr_store *s)
{
    cli_rows rows;
    int code;
    onr_error err = ONR_ERROR_INIT;
    const onr_store_doctor_opts o = { sizeof o, v->quick, v->repair || v->rebuild };
    if (!cli_rows_open(&rows, &v->store, NULL, &code)) return code;
    const onr_status st = onr_store_doctor(s, &o, cli_rows_take, &rows, NULL, &err);
    const bool plain = rows.format == CLI_FORMAT_TABLE;
    code = cli_rows_close(&rows);
    if (st != ONR_OK) return cli_store_failed(&v->store, &err);
    if (code == CLI_NOTHING && plain)
        (void)fprintf(stderr, "%s: all is well\n", cli_store_path(&v->store));
    /* here, rows are what is wrong */
    return code == CLI_NOTHING ? CLI_DONE : code == CLI_DONE ? CLI_NOTHING : code;
}

static int run_doctor(const cli_command *self, int argc, char **argv)
{
    values v = { .quick = false };
    cli_list args;
    int code;
    if (!cli_parse(self, argc, argv, &v, &args, &code)) return code;
    if (args.n) v.store.store = args.at[0];
    if (v.save) return save(&v);
    const bool change = v.repair || v.rebuild;
    onr_store *s = cli_store_open(&v.store, change ? ONR_STORE_WRITE : ONR_STORE_READ);
    if (!s) return CLI_OUTSIDE;
    code = CLI_DONE;
    if (v.rebuild) {
        copy c = { .from = s, .to = s, .again = true };
        code = copy_all(&c);
    }
    if (code != CLI_OUTSIDE) code = look(&v, s);
    onr_store_close(s);
    return code;
}

const cli_command cli_cmd_doctor = {
    .name = "doctor",
    .args = "[STORE]",
    .summary = "look whether the store is whole, and mend it",
    .about = "Checks the pages of the file, the schema, references between rows, the full text "
             "against the "
             "words it stands for, and each record against its hash. Prints what is wrong and what "
             "to do; "
             "silent but for a word on standard error when all is well. Ends with 1 if anything is "
             "wrong.",
    .opts = doctor_opts,
    .n_opts = sizeof doctor_opts / sizeof *doctor_opts,
    .examples = doctor_examples,
    .n_examples = sizeof doctor_examples / sizeof *doctor_examples,
    .run = run_doctor,
};

static const cli_opt backup_opts[] = { CLI_STORE_OPT(values) };

static const cli_example backup_examples[] = {
    { "onrecord backup record-$(date +%F).db", "a copy of record.db, even while it is written" },
};

static int run_backup(const cli_command *self, int argc, char **argv)
{
    values v = { .quick = false };
    cli_list args;
    int code;
    onr_error err = ONR_ERROR_INIT;
    if (!cli_parse(self, argc, argv, &v, &args, &code)) return code;
    if (args.n != 1) {
        cli_warn("one name for the copy: onrecord backup COPY.db");
        return CLI_USAGE;
    }
    onr_store *s = cli_store_open(&v.store, ONR_STORE_READ);
    if (!s) return CLI_OUTSIDE;
    code = CLI_DONE;
    if (onr_store_backup(s, args.at[0], &err) != ONR_OK) {
        cli_warn_error("", &err);
        code = CLI_OUTSIDE;
    }
    onr_store_close(s);
    return code;
}

const cli_command cli_cmd_backup = {
    .name = "backup",
    .args = "COPY.db",
    .summary = "copy the store while others read and write it",
    .about = "The copy is the store as it was at one moment, with all that had been made to last "
             "by then. It "
             "appears under its name when it is whole. Never copy an open store with cp: its log "
             "would be "
             "missing.",
    .opts = backup_opts,
    .n_opts = sizeof backup_opts / sizeof *backup_opts,
    .examples = backup_examples,
    .n_examples = sizeof backup_examples / sizeof *backup_examples,
    .run = run_backup,
};
