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
    (void)o;
    const onr_status st = onri_event_book_new(&k->mem, &k->events, err);
    return st == ONR_OK ? onri_event_book_load(k->events, err) : st;
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

static onr_status load_statements(onr_knowledge *k, const onr_knowledge_opts *o, onr_error *err)
{
    const uint32_t n = o ? (uint32_t)o->n_rules : 0;
    onri_rule_text *extra = ONRI_NEW_N(&k->mem, n + (size_t)1, onri_rule_text);
    if (!extra) return onri_fail_mem(err, &k->mem, "knowledge");
    for (uint32_t i = 0; i < n; i++)
        extra[i] = (onri_rule_text){ .name = o->rules[i].name, .text = o->rules[i].bytes };
    return onri_statement_know_load(&k->mem, extra, n, &k->statements, err);
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
    return onri_dispute_words_load(&k->mem, onri_data_get("disputes/words.tsv"), &k->disputes, err);
}

static onr_status load_positions(onr_knowledge *k, const onr_knowledge_opts *o, onr_error *err)
{
    (void)o;
    return onri_stance_table_load(&k->mem, onri_data_get("positions/stances.tsv"), &k->positions,
                                  err);
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
