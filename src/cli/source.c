/* Input options and the model, as `read` and `parse` take them. Source: own. */
#include "cli/source.h"

#include "onrecord/limits.h"

#include <stdlib.h>
#include <unistd.h>

static bool find_kind(const char *word, onr_input_kind *out)
{
    const char *names[ONR_INPUT__COUNT];
    for (int i = 0; i < ONR_INPUT__COUNT; i++) {
        names[i] = onr_input_kind_name((onr_input_kind)i);
        if (strcmp(word, names[i]) == 0) {
            *out = (onr_input_kind)i;
            return true;
        }
    }
    const char *meant = cli_did_you_mean(word, names, ONR_INPUT__COUNT);
    cli_warn("--as: no kind '%s'; %s%s%s", word, meant ? "did you mean '" : "it takes auto, text, ",
             meant ? meant : "html, jsonl, warc or feed", meant ? "'?" : "");
    return false;
}

static bool is_day(const char *s)
{
    static const char like[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof like; i++)
        if (like[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != like[i]) return false;
    const int month = (s[5] - '0') * 10 + s[6] - '0', day = (s[8] - '0') * 10 + s[9] - '0';
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static onr_sv sv_or_none(const char *s)
{
    return s ? onri_svz(s) : (onr_sv){ 0 };
}

bool cli_source_opts(const cli_source *s, onr_input_opts *opts)
{
    *opts = (onr_input_opts)ONR_INPUT_OPTS_INIT;
    if (s->as && !find_kind(s->as, &opts->as)) return false;
    if (s->jsonl) opts->as = ONR_INPUT_JSONL;
    if (s->date && !is_day(s->date)) {
        cli_warn("--date wants YYYY-MM-DD, not '%s'", s->date);
        return false;
    }
    if (s->max_bytes > ONR_TEXT_MAX) {
        cli_warn("--max-bytes: at most %zu", ONR_TEXT_MAX);
        return false;
    }
    opts->fields = sv_or_none(s->fields);
    opts->date = sv_or_none(s->date);
    opts->uri = sv_or_none(s->url);
    opts->publisher = sv_or_none(s->publisher);
    opts->max_bytes = s->max_bytes;
    opts->repair = s->repair;
    opts->whole_page = s->whole_page;
    return true;
}

bool cli_source_open(const cli_list *files, const onr_input_opts *opts, onr_input **in)
{
    static const char *const standard_input[] = { "-" };
    onr_error err = ONR_ERROR_INIT;
    if (files->n == 0 && isatty(STDIN_FILENO) == 1)
        cli_warn("reading from the terminal; Ctrl-D ends the text");
    const onr_status st = files->n ? onr_input_open(files->at, files->n, opts, in, &err)
                                   : onr_input_open(standard_input, 1, opts, in, &err);
    if (st != ONR_OK) cli_warn_error("", &err);
    return st == ONR_OK;
}

/* ---- the model
 * ------------------------------------------------------------------------------------- */

onr_model *cli_source_model(const cli_source *s)
{
    onr_arena mem = onr_arena_make(ONR_MIB);
    const char *path = cli_model_path(&mem, s->model);
    onr_model *model = NULL;
    onr_error err = ONR_ERROR_INIT;
    if (!path) {
        cli_warn("out of memory");
    } else if (access(path, F_OK) != 0) {
        cli_warn("no language model at '%s'", path);
        if (s->model && path == s->model)
            (void)fputs("Give the path of a model file, or a name such as en-sm.\n", stderr);
        else
            (void)fprintf(stderr, "Fetch it once with 'onrecord model get%s%s'.\n",
                          s->model ? " " : "", s->model ? s->model : "");
    } else if (onr_model_open(path, &model, &err) != ONR_OK) {
        cli_warn_error(path, &err);
        if (err.status == ONR_E_MODEL)
            (void)fputs("Fetch it anew with 'onrecord model get'.\n", stderr);
        model = NULL;
    }
    onr_arena_drop(&mem);
    return model;
}

unsigned cli_jobs(uint64_t wanted)
{
    const long online = sysconf(_SC_NPROCESSORS_ONLN);
    const uint64_t n = wanted ? wanted : online > 0 ? (uint64_t)online : 1;
    return n > 256 ? 256 : (unsigned)n;
}

static bool read_sources(onr_arena *mem, const cli_list *files, const onr_source **out)
{
    onr_source *at = onri_alloc_n(mem, files->n, sizeof *at);
    for (size_t i = 0; i < files->n; i++) {
        onr_error err = ONR_ERROR_INIT;
        onr_sv bytes;
        if (onri_file_read(mem, files->at[i], 64 * ONR_MIB, &bytes, &err) != ONR_OK) {
            cli_warn("%s", err.msg);
            return false;
        }
        at[i] = (onr_source){ files->at[i], bytes };
    }
    *out = at;
    return true;
}

onr_knowledge *cli_knowledge(const cli_words *w)
{
    onr_arena mem = onr_arena_make(256 * ONR_MIB);
    onr_knowledge_opts k = ONR_KNOWLEDGE_OPTS_INIT;
    onr_knowledge *out = NULL;
    onr_error err = ONR_ERROR_INIT;
    k.n_rules = w->rules.n;
    k.n_actors = w->actors.n;
    k.n_issues = w->issues.n;
    k.n_events = w->events.n;
    if (read_sources(&mem, &w->rules, &k.rules) && read_sources(&mem, &w->actors, &k.actors) &&
        read_sources(&mem, &w->issues, &k.issues) && read_sources(&mem, &w->events, &k.events) &&
        onr_knowledge_new(&k, &out, &err) != ONR_OK) {
        err.line = 0; /* the message has it */
        cli_warn_error("", &err);
    }
    onr_arena_drop(&mem);
    return out;
}
