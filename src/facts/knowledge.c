/* Word lists, dictionaries and rules of all kinds of facts, loaded once. Order of loading does not
 * matter to any kind; the hash goes over all built-in data in the order of their names, then over
 * the user's files in the order given. Source: own. */
#include "facts/knowledge.h"

#include "base/embedded.h"
#include "onrecord/reader.h"

enum { KNOWLEDGE_MEM_MAX = 512 << 20 };

static void hash_source(onri_sha256 *h, onr_sv name, onr_sv bytes)
{
    const uint64_t n = bytes.n;
    onri_sha256_add(h, name);
    onri_sha256_add(h, onri_sv("", 1));
    for (int i = 0; i < 8; i++) {
        const char byte = (char)(n >> (8 * i) & 255);
        onri_sha256_add(h, onri_sv(&byte, 1));
    }
    onri_sha256_add(h, bytes);
}

static void hash_all(onr_knowledge *k, const onr_knowledge_opts *o)
{
    onri_sha256 h;
    uint8_t sum[32];
    onri_sha256_init(&h);
    for (size_t i = 0; i < onri_data_n; i++)
        hash_source(&h, onri_svz(onri_data[i].name), onri_data[i].bytes);
    for (size_t i = 0; o && i < o->n_rules; i++)
        hash_source(&h, ONR_SV("rules"), o->rules[i].bytes);
    for (size_t i = 0; o && i < o->n_actors; i++)
        hash_source(&h, ONR_SV("actors"), o->actors[i].bytes);
    for (size_t i = 0; o && i < o->n_issues; i++)
        hash_source(&h, ONR_SV("issues"), o->issues[i].bytes);
    for (size_t i = 0; o && i < o->n_events; i++)
        hash_source(&h, ONR_SV("events"), o->events[i].bytes);
    onri_sha256_end(&h, sum);
    memcpy(k->hash, "sha256:", 7);
    onri_hex(sum, 8, k->hash + 7);
}

static onr_status load_times(onr_knowledge *k, const onr_knowledge_opts *o, onr_error *err)
{
    (void)o;
    return onri_time_words_load(&k->mem, onri_data_get("time/words.tsv"), &k->times, err);
}

static onr_status load_events(onr_knowledge *k, const onr_knowledge_opts *o, onr_error *err)
{
    onr_status st = onri_event_book_new(&k->mem, &k->events, err);
    if (st == ONR_OK) st = onri_event_book_load(k->events, err);
    for (size_t i = 0; o && i < o->n_events && st == ONR_OK; i++)
        st = onri_event_frames_add(k->events, o->events[i].name ? o->events[i].name : "events",
                                   o->events[i].bytes, err);
    return st;
}

/* The users' dictionaries after ours: theirs win. The message names the file. */
static onr_status load_actors(onr_knowledge *k, const onr_knowledge_opts *o, onr_error *err)
{
    onr_status st = onri_actor_knowledge_make(&k->actors, &k->mem, err);
    for (size_t i = 0; o && i < o->n_actors && st == ONR_OK; i++) {
        onr_error why = ONR_ERROR_INIT;
        st = onri_actor_dictionary_add(&k->actors, o->actors[i].bytes, &why);
        if (st == ONR_OK) continue;
        (void)onri_fail(err, st, "actors", "%s: %s", o->actors[i].name ? o->actors[i].name : "",
                        why.msg);
        if (err) err->line = why.line;
    }
    return st;
}

/* ---- the users' rules and tables of statements ----------------------------------------------- */

/* The users' files; tables among them (.tsv) are found by the rule files' `table` lines. */
typedef struct user_files {
    const onr_knowledge_opts *o;
    bool *used; /* [n_rules] a table that some rule file has read */
} user_files;

static onr_sv file_name(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    return onri_svz(slash ? slash + 1 : path ? path : "");
}

static bool is_table(const onr_source *s)
{
    return onri_ends(file_name(s->name), ONR_SV(".tsv"));
}

/* A table by its file name: the user's, else ours. */
static onr_sv give_table(void *ctx, const char *name)
{
    const user_files *u = ctx;
    for (size_t i = u->o->n_rules; i-- > 0;) { /* the last one given wins */
        const onr_source *s = &u->o->rules[i];
        if (!is_table(s) || !onri_eq(file_name(s->name), file_name(name))) continue;
        u->used[i] = true;
        return s->bytes;
    }
    return onri_data_get(name);
}

/* "# Table: verbs": the table that a file's rows go to, empty if it names none. */
static onr_sv table_named(onr_sv tsv)
{
    for (onr_sv line; onri_split(&tsv, '\n', &line);)
        if (onri_starts(line, ONR_SV("# Table:"))) return onri_trim(onri_sub(line, 8, line.n));
    return (onr_sv){ "", 0 };
}

/* The user's file as rules: a table that names itself becomes the line that adds it. */
static onr_status as_rules(onr_knowledge *k, user_files *u, size_t i, onri_rule_text *out,
                           onr_error *err)
{
    const onr_source *s = &u->o->rules[i];
    *out = (onri_rule_text){ s->name, s->bytes, give_table, u };
    if (!is_table(s)) return ONR_OK;
    const onr_sv table = table_named(s->bytes), file = file_name(s->name);
    *out = (onri_rule_text){ s->name, ONR_SV(""), give_table, u };
    if (table.n == 0) return ONR_OK; /* some rule file has to read it */
    onri_buf b = onri_buf_make(4096);
    onri_buf_fmt(&b, "table %.*s += \"%.*s\"", (int)table.n, table.p, (int)file.n, file.p);
    out->text = onri_dup(&k->mem, onri_buf_sv(&b));
    onri_buf_drop(&b);
    return out->text.p ? ONR_OK : onri_fail_mem(err, &k->mem, "knowledge");
}

static onr_status load_statements(onr_knowledge *k, const onr_knowledge_opts *o, onr_error *err)
{
    const uint32_t n = o ? (uint32_t)o->n_rules : 0;
    onri_rule_text *extra = ONRI_NEW_N(&k->mem, n + (size_t)1, onri_rule_text);
    user_files u = { o, ONRI_NEW_N(&k->mem, n + (size_t)1, bool) };
    if (!extra || !u.used) return onri_fail_mem(err, &k->mem, "knowledge");
    onr_status st = ONR_OK;
    for (uint32_t i = 0; st == ONR_OK && i < n; i++) st = as_rules(k, &u, i, &extra[i], err);
    if (st == ONR_OK) st = onri_statement_know_load(&k->mem, extra, n, &k->statements, err);
    for (uint32_t i = 0; st == ONR_OK && i < n; i++)
        if (is_table(&o->rules[i]) && !u.used[i])
            st = onri_fail(err, ONR_E_SYNTAX, "rules",
                           "%s: no '# Table:' line, and no rule file reads it", o->rules[i].name);
    return st;
}

static onr_status load_commitments(onr_knowledge *k, const onr_knowledge_opts *o, onr_error *err)
{
    (void)o;
    return onri_commitment_words_load(&k->mem, onri_data_get("commitments/words.tsv"),
                                      &k->commitments, err);
}

static onr_status load_disputes(onr_knowledge *k, const onr_knowledge_opts *o, onr_error *err)
{
    (void)o;
    return onri_dispute_know_load(&k->mem, &k->disputes, err);
}

static onr_status load_positions(onr_knowledge *k, const onr_knowledge_opts *o, onr_error *err)
{
    onr_status st = ONR_OK;
    for (size_t i = 0; o && i < o->n_issues && st == ONR_OK; i++)
        st = onri_issue_list_read(&k->mem, o->issues[i].name ? o->issues[i].name : "",
                                  o->issues[i].bytes, &k->issues, err);
    return st == ONR_OK ? onri_stance_know_load(&k->mem, k->issues, &k->positions, err) : st;
}

static onr_status load_relations(onr_knowledge *k, const onr_knowledge_opts *o, onr_error *err)
{
    (void)o;
    return onri_relation_words_load(&k->mem, onri_data_get("relations/words.tsv"), &k->relations,
                                    err);
}

/* One a kind of fact; each gets the user's files and takes those that are its own. */
static onr_status (*const loads[])(onr_knowledge *, const onr_knowledge_opts *, onr_error *) = {
    load_times,       load_events,   load_statements, load_actors,
    load_commitments, load_disputes, load_positions,  load_relations,
};

onr_status onr_knowledge_new(const onr_knowledge_opts *opts, onr_knowledge **out, onr_error *err)
{
    ONR_ASSERT(!opts || opts->size == sizeof *opts);
    *out = NULL;
    onr_knowledge *k = onri_heap_alloc(sizeof *k);
    if (!k) return onri_fail(err, ONR_E_NOMEM, "knowledge", "out of memory");
    *k = (onr_knowledge){ .mem = onr_arena_make(KNOWLEDGE_MEM_MAX) };
    hash_all(k, opts);
    onr_status st = ONR_OK;
    for (size_t i = 0; st == ONR_OK && i < sizeof loads / sizeof *loads; i++)
        st = loads[i](k, opts, err);
    if (st == ONR_OK)
        *out = k;
    else
        onr_knowledge_free(k);
    return st;
}

void onr_knowledge_free(onr_knowledge *knowledge)
{
    if (!knowledge) return;
    onr_arena_drop(&knowledge->mem);
    onri_heap_free(knowledge);
}

onr_sv onr_knowledge_hash(const onr_knowledge *knowledge)
{
    return onri_svz(knowledge->hash);
}
