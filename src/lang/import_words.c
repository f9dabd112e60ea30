/* The importer's part for words: moves of the transition systems, tokenizer, norms, lemma tables.
 * Source: spaCy's files; the order of moves is that of spaCy's TransitionSystem (by frequency, then
 * by label, both descending). Leaves out: tables the English rule lemmatizer does not read. */
#include "lang/import.h"

#include <stdlib.h>

/* ---- moves ---------------------------------------------------------------------------------- */

typedef struct class_ {
    uint64_t action;
    double freq;
    onr_sv label;
    bool late; /* frequency below 0: goes behind all others */
} class_;

static int by_score_order(const void *a, const void *b)
{
    const class_ *x = a, *y = b;
    if (x->late != y->late) return x->late ? 1 : -1;
    if (x->action != y->action) return x->action < y->action ? -1 : 1;
    if (x->freq != y->freq) return x->freq > y->freq ? -1 : 1;
    return onri_cmp(y->label, x->label);
}

static onr_status list_classes(onri_import *im, const char *file, class_ **out, uint32_t *n)
{
    const onri_mp *root;
    const onri_json *actions;
    onr_status st = onri_import_msgpack(im, file, &root);
    if (st != ONR_OK) return st;
    const onri_mp *moves = onri_mp_get(root, "moves");
    if (!onri_mp_is(moves, ONRI_MP_STR)) return onri_import_refuse(im, "%s: no moves", file);
    st = onri_json_read(&im->mem, moves->v.s, 4, &actions, im->err);
    if (st == ONR_E_NOMEM) return st;
    if (st != ONR_OK || actions->kind != ONRI_JSON_OBJECT)
        return onri_import_refuse(im, "%s: moves are no JSON object", file);
    ONRI_VEC(class_) all = { 0 };
    for (const onri_json *a = actions->first; a; a = a->next) {
        uint64_t action;
        if (!onri_parse_u64(a->key, &action) || a->kind != ONRI_JSON_OBJECT)
            return onri_import_refuse(im, "%s: action without a number", file);
        for (const onri_json *l = a->first; l; l = l->next) {
            class_ *c = ONRI_PUSH(&im->mem, &all);
            double freq;
            if (!c) return onri_import_no_memory(im);
            if (!onri_json_double(l, &freq))
                return onri_import_refuse(im, "%s: label without a frequency", file);
            *c = (class_){ action, freq, l->key, freq < 0 };
        }
    }
    if (all.n) qsort(all.at, all.n, sizeof *all.at, by_score_order);
    *out = all.at;
    *n = all.n;
    return ONR_OK;
}

/* "dobj||xcomp" is dobj, decorated by xcomp. */
static onr_status parser_label(onri_import *im, onr_sv label, onri_move *v)
{
    const size_t bars = onri_find(label, ONR_SV("||"), 0);
    const onr_sv x = bars == SIZE_MAX ? label : onri_sub(label, 0, bars);
    const onr_sv y = bars == SIZE_MAX ? (onr_sv){ "", 0 } : onri_sub(label, bars + 2, label.n);
    const uint32_t a = onri_import_dep(x), b = onri_import_dep(y);
    if (a == ONR_NONE || b == ONR_NONE || (bars != SIZE_MAX && (a == 0 || b == 0)))
        return onri_import_refuse(im, "parser/moves: label '%.*s' is not known", (int)label.n,
                                  label.p);
    v->label = (uint8_t)a;
    v->label2 = (uint8_t)b;
    return ONR_OK;
}

static onr_status ner_label(onri_import *im, onr_sv label, onri_move *v)
{
    const uint32_t a = onri_import_ent(label);
    if (a == ONR_NONE)
        return onri_import_refuse(im, "ner/moves: label '%.*s' is not known", (int)label.n,
                                  label.p);
    v->label = (uint8_t)a;
    return ONR_OK;
}

static onr_status get_moves(onri_import *im, const char *file, bool ner, uint32_t want,
                            const onri_move **out)
{
    class_ *all = NULL;
    uint32_t n = 0, made = 0;
    onr_status st = list_classes(im, file, &all, &n);
    if (st != ONR_OK) return st;
    onri_move *moves = ONRI_NEW_N(&im->mem, n, onri_move);
    if (!moves) return onri_import_no_memory(im);
    const uint64_t max = ner ? (uint64_t)ONRI_BILOU_O : (uint64_t)ONRI_ACT_BREAK;
    for (uint32_t i = 0; i < n && st == ONR_OK; i++) {
        if (all[i].action > max)
            return onri_import_refuse(im, "%s: action %llu is not known", file,
                                      (unsigned long long)all[i].action);
        if (ner &&
            (all[i].action == ONRI_BILOU_M || (all[i].action == ONRI_BILOU_O && all[i].label.n)))
            continue;
        onri_move *v = &moves[made++];
        v->action = (uint8_t)all[i].action;
        st = ner ? ner_label(im, all[i].label, v) : parser_label(im, all[i].label, v);
    }
    if (st != ONR_OK) return st;
    if (made != want)
        return onri_import_refuse(im, "%s: %u moves, the network scores %u", file, made, want);
    *out = moves;
    return ONR_OK;
}

onr_status onri_import_moves(onri_import *im)
{
    onr_status st = get_moves(im, "parser/moves", false, im->m.parser.n_moves, &im->m.parser_moves);
    if (st == ONR_OK) st = get_moves(im, "ner/moves", true, im->m.ner.n_moves, &im->m.ner_moves);
    return st;
}

/* ---- tokenizer ------------------------------------------------------------------------------ */

enum { KEY_ORTH = 65, KEY_NORM = 67 };

static onr_status get_pattern(onri_import *im, const onri_mp *root, const char *key, onri_str *out)
{
    const onri_mp *v = onri_mp_get(root, key);
    if (!onri_mp_is(v, ONRI_MP_STR) || v->v.s.n == 0)
        return onri_import_refuse(im, "tokenizer: no pattern %s", key);
    *out = onri_import_word(im, v->v.s);
    return out->n == UINT32_MAX ? onri_import_no_memory(im) : ONR_OK;
}

static onr_status get_exc_token(onri_import *im, const onri_mp *v, onri_exc_token *to)
{
    const onri_mp *orth = onri_mp_get_u64(v, KEY_ORTH), *norm = onri_mp_get_u64(v, KEY_NORM);
    if (!onri_mp_is(orth, ONRI_MP_STR) || (norm && norm->kind != ONRI_MP_STR) ||
        v->n != (norm ? 2u : 1u))
        return onri_import_refuse(im, "tokenizer: exception with other attributes than ORTH, NORM");
    to->orth = onri_import_word(im, orth->v.s);
    to->norm = norm ? onri_import_word(im, norm->v.s) : (onri_str){ 0, UINT32_MAX };
    if (to->orth.n == UINT32_MAX || (norm && to->norm.n == UINT32_MAX))
        return onri_import_no_memory(im);
    return ONR_OK;
}

typedef struct sort_exc {
    onr_sv text;
    const onri_mp *tokens;
} sort_exc;

static int by_text(const void *a, const void *b)
{
    return onri_cmp(((const sort_exc *)a)->text, ((const sort_exc *)b)->text);
}

static onr_status get_exceptions(onri_import *im, const onri_mp *map)
{
    if (!onri_mp_is(map, ONRI_MP_MAP)) return onri_import_refuse(im, "tokenizer: no exceptions");
    sort_exc *all = ONRI_NEW_N(&im->mem, map->n, sort_exc);
    onri_exception *to = all ? ONRI_NEW_N(&im->mem, map->n, onri_exception) : NULL;
    ONRI_VEC(onri_exc_token) tokens = { 0 };
    if (!to) return onri_import_no_memory(im);
    for (uint32_t i = 0; i < map->n; i++) {
        const onri_mp *k = &map->v.at[2 * i], *v = k + 1;
        if (k->kind != ONRI_MP_STR || v->kind != ONRI_MP_ARRAY)
            return onri_import_refuse(im, "tokenizer: exception %u is none", i);
        all[i] = (sort_exc){ k->v.s, v };
    }
    qsort(all, map->n, sizeof *all, by_text);
    for (uint32_t i = 0; i < map->n; i++) {
        to[i].text = onri_import_word(im, all[i].text);
        to[i].first = tokens.n;
        to[i].n = all[i].tokens->n;
        if (to[i].text.n == UINT32_MAX) return onri_import_no_memory(im);
        for (uint32_t k = 0; k < to[i].n; k++) {
            onri_exc_token *t = ONRI_PUSH(&im->mem, &tokens);
            if (!t) return onri_import_no_memory(im);
            const onr_status st = get_exc_token(im, &all[i].tokens->v.at[k], t);
            if (st != ONR_OK) return st;
        }
    }
    im->m.exceptions = to;
    im->m.n_exceptions = map->n;
    im->m.exc_tokens = tokens.at;
    im->m.n_exc_tokens = tokens.n;
    return ONR_OK;
}

typedef struct key_word {
    uint64_t key;
    uint32_t val;
} key_word;

static int by_key(const void *a, const void *b)
{
    const key_word *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

/* Sort pairs into a table; false if a key stands twice or memory ends (mem->status says which). */
static bool make_table(onr_arena *mem, key_word *all, uint32_t n, onri_table64 *out)
{
    uint64_t *keys = ONRI_NEW_N(mem, n, uint64_t);
    uint32_t *vals = keys ? ONRI_NEW_N(mem, n, uint32_t) : NULL;
    if (!vals) return false;
    if (n) qsort(all, n, sizeof *all, by_key);
    for (uint32_t i = 0; i < n; i++) {
        if (i && all[i].key == all[i - 1].key) return false;
        keys[i] = all[i].key;
        vals[i] = all[i].val;
    }
    *out = (onri_table64){ keys, vals, n };
    return true;
}

static onr_status table_failed(onri_import *im, const char *what)
{
    if (im->mem.status != ONR_OK) return onri_import_no_memory(im);
    return onri_import_refuse(im, "%s: a key stands twice", what);
}

/* vocab/lookups.bin: {"lexeme_norm": {id of a text: its norm}}. */
static onr_status get_norms(onri_import *im)
{
    const onri_mp *root;
    const onr_status st = onri_import_msgpack(im, "vocab/lookups.bin", &root);
    if (st != ONR_OK) return st;
    const onri_mp *map = onri_mp_get(root, "lexeme_norm");
    if (!onri_mp_is(map, ONRI_MP_MAP))
        return onri_import_refuse(im, "vocab/lookups.bin: no table lexeme_norm");
    key_word *all = ONRI_NEW_N(&im->mem, map->n, key_word);
    onri_str *words = all ? ONRI_NEW_N(&im->mem, map->n, onri_str) : NULL;
    if (!words) return onri_import_no_memory(im);
    for (uint32_t i = 0; i < map->n; i++) {
        const onri_mp *k = &map->v.at[2 * i], *v = k + 1;
        if (k->kind != ONRI_MP_UINT || v->kind != ONRI_MP_STR)
            return onri_import_refuse(im, "vocab/lookups.bin: entry %u of lexeme_norm", i);
        all[i] = (key_word){ k->v.u, i };
        words[i] = onri_import_word(im, v->v.s);
        if (words[i].n == UINT32_MAX) return onri_import_no_memory(im);
    }
    if (!make_table(&im->mem, all, map->n, &im->m.norms))
        return table_failed(im, "vocab/lookups.bin");
    im->m.norm_words = words;
    im->m.n_norm_words = map->n;
    return ONR_OK;
}

onr_status onri_import_tokenizer(onri_import *im)
{
    static const char *const known[] = { "prefix_search",    "suffix_search", "infix_finditer",
                                         "token_match",      "url_match",     "exceptions",
                                         "faster_heuristics" };
    const onri_mp *root;
    onr_status st = onri_import_msgpack(im, "tokenizer", &root);
    if (st != ONR_OK) return st;
    const onri_mp *fast = onri_mp_get(root, "faster_heuristics");
    if (!onri_mp_is(root, ONRI_MP_MAP)) return onri_import_refuse(im, "tokenizer: not a map");
    for (uint32_t i = 0; i < root->n; i++) {
        size_t k = 0;
        while (k < 7 && !onri_mp_text_is(&root->v.at[2 * i], known[k])) k++;
        if (k == 7) return onri_import_refuse(im, "tokenizer: a setting that is not known");
    }
    if (!onri_mp_is(onri_mp_get(root, "token_match"), ONRI_MP_NIL))
        return onri_import_refuse(im, "tokenizer: token_match is set");
    if (!onri_mp_is(fast, ONRI_MP_BOOL) || !fast->v.b)
        return onri_import_refuse(im, "tokenizer: faster_heuristics is not true");
    st = get_pattern(im, root, "prefix_search", &im->m.prefix_re);
    if (st == ONR_OK) st = get_pattern(im, root, "suffix_search", &im->m.suffix_re);
    if (st == ONR_OK) st = get_pattern(im, root, "infix_finditer", &im->m.infix_re);
    if (st == ONR_OK) st = get_pattern(im, root, "url_match", &im->m.url_re);
    if (st == ONR_OK) st = get_exceptions(im, onri_mp_get(root, "exceptions"));
    if (st == ONR_OK) st = get_norms(im);
    return st;
}

/* ---- lemmas --------------------------------------------------------------------------------- */

/* Lists of exceptions under way, over all parts of speech. */
typedef struct lists {
    ONRI_VEC(onri_str) words;
    ONRI_VEC(uint32_t) rows;
} lists;

static onr_status get_rules(onri_import *im, const onri_mp *v, onri_lemma_pos *to)
{
    to->has_rules = true;
    onri_lemma_rule *rules = ONRI_NEW_N(&im->mem, v->n, onri_lemma_rule);
    if (!rules) return onri_import_no_memory(im);
    if (v->kind != ONRI_MP_ARRAY) return onri_import_refuse(im, "lemma_rules: not a list");
    for (uint32_t i = 0; i < v->n; i++) {
        const onri_mp *r = &v->v.at[i];
        if (r->kind != ONRI_MP_ARRAY || r->n != 2 || r->v.at[0].kind != ONRI_MP_STR ||
            r->v.at[1].kind != ONRI_MP_STR)
            return onri_import_refuse(im, "lemma_rules: a rule that is no pair of endings");
        rules[i].old = onri_import_word(im, r->v.at[0].v.s);
        rules[i].new_ = onri_import_word(im, r->v.at[1].v.s);
        if (rules[i].old.n == UINT32_MAX || rules[i].new_.n == UINT32_MAX)
            return onri_import_no_memory(im);
    }
    to->rules = rules;
    to->n_rules = v->n;
    return ONR_OK;
}

static onr_status get_exc_lemmas(onri_import *im, const onri_mp *v, lists *l, onri_lemma_pos *to)
{
    to->has_exc = true;
    if (v->kind != ONRI_MP_MAP) return onri_import_refuse(im, "lemma_exc: not a map");
    key_word *all = ONRI_NEW_N(&im->mem, v->n, key_word);
    if (!all) return onri_import_no_memory(im);
    for (uint32_t i = 0; i < v->n; i++) {
        const onri_mp *form = &v->v.at[2 * i], *lemmas = form + 1;
        if (form->kind != ONRI_MP_STR || lemmas->kind != ONRI_MP_ARRAY)
            return onri_import_refuse(im, "lemma_exc: a form without a list");
        all[i] = (key_word){ onri_strid(form->v.s), l->rows.n };
        uint32_t *row = ONRI_PUSH(&im->mem, &l->rows);
        if (!row) return onri_import_no_memory(im);
        *row = lemmas->n;
        for (uint32_t k = 0; k < lemmas->n; k++) {
            if (lemmas->v.at[k].kind != ONRI_MP_STR)
                return onri_import_refuse(im, "lemma_exc: a lemma that is no word");
            uint32_t *index = ONRI_PUSH(&im->mem, &l->rows);
            onri_str *word = index ? ONRI_PUSH(&im->mem, &l->words) : NULL;
            if (!word) return onri_import_no_memory(im);
            *index = l->words.n - 1;
            *word = onri_import_word(im, lemmas->v.at[k].v.s);
            if (word->n == UINT32_MAX) return onri_import_no_memory(im);
        }
    }
    return make_table(&im->mem, all, v->n, &to->exc) ? ONR_OK : table_failed(im, "lemma_exc");
}

static int by_u64(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static onr_status get_index(onri_import *im, const onri_mp *v, onri_lemma_pos *to)
{
    to->has_index = true;
    uint64_t *ids = ONRI_NEW_N(&im->mem, v->n, uint64_t);
    if (!ids) return onri_import_no_memory(im);
    if (v->kind != ONRI_MP_ARRAY) return onri_import_refuse(im, "lemma_index: not a list");
    for (uint32_t i = 0; i < v->n; i++) {
        if (v->v.at[i].kind != ONRI_MP_STR)
            return onri_import_refuse(im, "lemma_index: an entry that is no word");
        ids[i] = onri_strid(v->v.at[i].v.s);
    }
    uint32_t n = 0;
    if (v->n) qsort(ids, v->n, sizeof *ids, by_u64);
    for (uint32_t i = 0; i < v->n; i++)
        if (n == 0 || ids[i] != ids[n - 1]) ids[n++] = ids[i];
    to->index = ids;
    to->n_index = n;
    return ONR_OK;
}

/* The tables of one part of speech, if there are any. */
static onr_status get_lemma_pos(onri_import *im, uint32_t pos, const onri_mp *const table[3],
                                lists *l, uint32_t found[3])
{
    char name[16] = { 0 };
    const char *upper = onr_pos_name((onr_pos)pos);
    for (size_t i = 0; upper[i] && i < sizeof name - 1; i++)
        name[i] = (char)(upper[i] >= 'A' && upper[i] <= 'Z' ? upper[i] - 'A' + 'a' : upper[i]);
    const uint64_t id = onri_strid(onri_svz(name));
    const onri_mp *v[3];
    bool any = false;
    for (size_t t = 0; t < 3; t++) {
        v[t] = onri_mp_get_u64(table[t], id);
        found[t] += v[t] != NULL;
        any = any || v[t];
    }
    if (!any) return ONR_OK;
    if (im->m.n_lemma == sizeof im->m.lemma / sizeof *im->m.lemma)
        return onri_import_refuse(im, "lemma tables for more than %u parts of speech",
                                  im->m.n_lemma);
    onri_lemma_pos *to = &im->m.lemma[im->m.n_lemma++];
    to->pos = (uint8_t)pos;
    onr_status st = v[0] ? get_rules(im, v[0], to) : ONR_OK;
    if (st == ONR_OK && v[1]) st = get_exc_lemmas(im, v[1], l, to);
    if (st == ONR_OK && v[2]) st = get_index(im, v[2], to);
    return st;
}

onr_status onri_import_lemmas(onri_import *im)
{
    static const char *const names[3] = { "lemma_rules", "lemma_exc", "lemma_index" };
    const onri_mp *root, *table[3];
    lists l = { 0 };
    uint32_t found[3] = { 0 };
    onr_status st = onri_import_msgpack(im, "lemmatizer/lookups/lookups.bin", &root);
    if (st != ONR_OK) return st;
    for (size_t t = 0; t < 3; t++) {
        table[t] = onri_mp_get(root, names[t]);
        if (!onri_mp_is(table[t], ONRI_MP_MAP))
            return onri_import_refuse(im, "lemmatizer: no table %s", names[t]);
    }
    for (uint32_t pos = 1; pos < ONR_POS__COUNT; pos++) {
        st = get_lemma_pos(im, pos, table, &l, found);
        if (st != ONR_OK) return st;
    }
    for (size_t t = 0; t < 3; t++)
        if (found[t] != table[t]->n)
            return onri_import_refuse(im, "%s: a part of speech that is not known", names[t]);
    im->m.lemma_words = l.words.at;
    im->m.n_lemma_words = l.words.n;
    im->m.lemma_lists = l.rows.at;
    im->m.n_lemma_lists = l.rows.n;
    return ONR_OK;
}
