/* `onrecord correct`: merge, split, rename actors; reject, mend, add facts; undo; list. Source:
 * own. */
#include "cli/store_views.h"

#include <stdlib.h>

typedef struct values {
    cli_store store;
    const char *by, *why, *article, *fact, *to, *what;
    cli_list set;
    uint64_t limit;
} values;

static const cli_opt opts[] = {
    { "by", 'b', CLI_TEXT, "WHO", offsetof(values, by), "who corrects (default: $ONRECORD_BY)" },
    { "why", 0, CLI_TEXT, "WORDS", offsetof(values, why), "why, for those who come after" },
    { "article", 'a', CLI_TEXT, "ID", offsetof(values, article), "of split, reject, mend, add" },
    { "fact", 'f', CLI_TEXT, "ID", offsetof(values, fact), "of reject, mend: column uid of find" },
    { "to", 0, CLI_TEXT, "ID", offsetof(values, to),
      "merge: the actor it is; split: the other actor, there or new; rename: the name" },
    { "set", 0, CLI_LIST, "FIELD=VALUE", offsetof(values, set),
      "of mend, add: a field of the fact; may be given often" },
    { "what", 'w', CLI_TEXT, "LAYER", offsetof(values, what),
      "of add: statement (default), event, commitment, dispute, position, relation, actor, "
      "mention" },
    { "limit", 'n', CLI_COUNT, "N", offsetof(values, limit), "list: at most N (default: all)" },
    { "wait", 0, CLI_COUNT, "SECONDS", offsetof(values, store.wait),
      "how long to wait for another writer (default: not at all)" },
    CLI_ROWS_OPTS(values),
};

static const cli_example examples[] = {
    { "onrecord correct merge person:ali-velayati --to person:ali-akbar-velajati --by mb",
      "two spellings, one man" },
    { "onrecord correct split person:john-smith -a post-7 --to person:john-smith:GBR --by mb",
      "in this article it is his namesake" },
    { "onrecord correct reject -a wire-1 -f s62b1c0a9e81f2d34 --by mb --why 'a caption'",
      "no statement at all" },
    { "onrecord correct mend -a wire-1 -f s62b1c0a9e81f2d34 --set kind=denial --by mb", "" },
    { "onrecord correct add -a wire-1 -w event --set trigger=met --set kind=CONSULT --set "
      "source=Iran --set target='Russia; Syria' --set at=812 --by mb",
      "an event that was overlooked; at says which of several 'met'" },
    { "onrecord correct add -a wire-1 -w mention --set actor='Ali Velayati' --set words='the "
      "adviser' --by mb",
      "the adviser is he" },
    { "onrecord correct list --nl", "who changed what, when and why" },
};

static onr_error *fresh(onr_error *err)
{
    *err = (onr_error)ONR_ERROR_INIT;
    return err;
}

static int end(onr_store *s, const values *v, onr_status st, int64_t id, onr_error *err)
{
    if (st == ONR_OK) st = onr_store_commit(s, err);
    if (st != ONR_OK) return cli_store_failed(&v->store, err);
    (void)printf("correction %lld\n", (long long)id);
    return CLI_DONE;
}

static int undo(onr_store *s, const values *v, const char *number)
{
    uint64_t id;
    onr_error err;
    if (!number || !onri_parse_u64(onri_svz(number), &id) || id > INT64_MAX) {
        cli_warn("undo wants the number of a correction; 'onrecord correct list' has them");
        return CLI_USAGE;
    }
    return end(s, v, onr_store_undo(s, (int64_t)id, onri_svz(v->by), fresh(&err)), (int64_t)id,
               &err);
}

static int list(onr_store *s, const values *v)
{
    cli_rows rows;
    onr_error err;
    int code;
    if (!cli_rows_open(&rows, &v->store, NULL, &code)) return code;
    const onr_status st =
        onr_store_corrections(s, v->limit, cli_rows_take, &rows, NULL, fresh(&err));
    code = cli_rows_close(&rows);
    return st == ONR_OK ? code : cli_store_failed(&v->store, &err);
}

static onr_sv sv_of(const char *s)
{
    return s ? onri_svz(s) : (onr_sv){ NULL, 0 };
}

static bool sets_of(const values *v, onr_arena *mem, onr_correction *c)
{
    onr_field_value *set = ONRI_NEW_N(mem, v->set.n + 1, onr_field_value);
    for (size_t i = 0; set && i < v->set.n; i++) {
        const onr_sv s = onri_svz(v->set.at[i]);
        const size_t at = onri_find(s, ONR_SV("="), 0);
        if (at == SIZE_MAX || at == 0) {
            cli_warn("--set wants FIELD=VALUE, not '%s'", v->set.at[i]);
            return false;
        }
        set[i] = (onr_field_value){ onri_sub(s, 0, at), onri_sub(s, at + 1, s.n) };
    }
    if (!set) cli_warn("out of memory");
    c->set = set;
    c->n_set = v->set.n;
    return set != NULL;
}

static int correct(onr_store *s, const values *v, onr_correction_kind kind, const char *actor)
{
    onr_error err;
    onr_arena mem = onr_arena_make(ONR_MIB);
    onr_correction c = { .size = sizeof c,
                         .kind = kind,
                         .who = sv_of(v->by),
                         .why = sv_of(v->why),
                         .actor = sv_of(actor),
                         .to = sv_of(v->to),
                         .article = sv_of(v->article),
                         .fact = sv_of(v->fact),
                         .what = sv_of(v->what) };
    int64_t id = 0;
    int code = CLI_USAGE;
    if (sets_of(v, &mem, &c)) {
        const onr_status st = onr_store_correct(s, &c, &id, fresh(&err));
        code = end(s, v, st, id, &err);
    }
    onr_arena_drop(&mem);
    return code;
}

static int what_to_do(const values *v, const cli_list *args)
{
    int kind = 0;
    const char *word = args->at[0], *other = args->n > 1 ? args->at[1] : NULL;
    const bool lists = strcmp(word, "list") == 0, undoes = strcmp(word, "undo") == 0;
    while (kind < ONR_CORRECTION__COUNT &&
           strcmp(word, onr_correction_name((onr_correction_kind)kind)) != 0)
        kind++;
    if (kind == ONR_CORRECTION__COUNT && !lists && !undoes) {
        cli_warn("correct what? merge, split, rename, reject, mend, add, undo or list, not '%s'",
                 word);
        return CLI_USAGE;
    }
    if (!lists && !v->by) {
        cli_warn("say who corrects: --by WHO, or set ONRECORD_BY");
        return CLI_USAGE;
    }
    onr_store *s = cli_store_open(&v->store, lists ? ONR_STORE_READ : ONR_STORE_WRITE);
    if (!s) return CLI_OUTSIDE;
    const int code = lists    ? list(s, v)
                     : undoes ? undo(s, v, other)
                              : correct(s, v, (onr_correction_kind)kind, other);
    onr_store_close(s);
    return code;
}

static int run(const cli_command *self, int argc, char **argv)
{
    values v = { .limit = 0 };
    cli_list args;
    int code;
    if (!cli_parse(self, argc, argv, &v, &args, &code)) return code;
    const char *env = getenv("ONRECORD_BY");
    if (!v.by && env && *env) v.by = env;
    if (args.n == 0 || args.n > 2) {
        cli_warn("correct what? merge, split, rename, reject, mend, add, undo or list");
        return CLI_USAGE;
    }
    return what_to_do(&v, &args);
}

const cli_command cli_cmd_correct = {
    .name = "correct",
    .args = "WHAT [ACTOR|NUMBER]",
    .summary = "correct actors and facts, with memory, or take it back",
    .about =
        "WHAT: merge ACTOR --to ACTOR; split ACTOR --article ID --to ACTOR; rename ACTOR --to "
        "NAME; reject --article ID --fact ID; mend --article ID --fact ID --set FIELD=VALUE; add "
        "--article ID --what LAYER --set FIELD=VALUE; undo NUMBER; list. Actors are named by id "
        "(onrecord actor NAME shows it).\n\n"
        "Fields. statement: content, cue, source, addressee, venue, kind, form, negated, time, "
        "within, responds_to. event: trigger, kind, mode, status, source, target, place, time, "
        "reported_by. commitment: action, condition, holder, kind, strength, deadline, statement. "
        "dispute: claim, claimant, statement, answer, answered_by, verdict, answer_statement. "
        "position: evidence, holder, issue, topic, stance, statement. relation: evidence, kind, "
        "from, to, role, period, statement. actor: name, type, country, wikidata, words. mention: "
        "actor, words, kind. Words are exact words of the text, in pieces with ' \xE2\x80\xA6 ' "
        "between them; actors are named as the article names them, several with ';'; dates are "
        "2018-07-13 or 2018-07-13/2018-08-01; statements are told by id; at=BYTE says which of "
        "several places is meant; an empty value takes away.\n\n"
        "Who, when and why are kept and told wherever the fact is told. Corrections hold when the "
        "article is read again by a newer version; one that finds nothing to correct any more "
        "stands in the list with applies 0 and misfit, which says why. 'onrecord dump --as-read' "
        "gives the record without them.",
    .opts = opts,
    .n_opts = sizeof opts / sizeof *opts,
    .examples = examples,
    .n_examples = sizeof examples / sizeof *examples,
    .run = run,
};
