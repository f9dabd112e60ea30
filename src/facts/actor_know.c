/* Knowledge of the actors' step: reads the embedded tables of data/actors into hash tables.
 *
 * Source: own. Leaves out: the user's dictionary (actor_dict.c). What stands first wins: own tables
 * before generated ones, capitals before cities before parts of states. */
#include "facts/actor_know.h"

#include "base/embedded.h"

enum { PHRASE_WORDS_MAX = 9, FIELDS_MAX = 8 };

static onr_sv lowered(char *buf, size_t cap, onr_sv s)
{
    if (s.n > cap) return (onr_sv){ NULL, 0 };
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        buf[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (onr_sv){ buf, s.n };
}

bool onri_actor_type_of(onr_sv name, uint8_t *type)
{
    for (unsigned t = 0; t < ONR_ENTITY__COUNT; t++) {
        if (onri_eqz(name, onr_entity_type_name((onr_entity_type)t))) {
            *type = (uint8_t)t;
            return true;
        }
    }
    return false;
}

/* ---- dictionary ----------------------------------------------------------------------------- */

uint32_t onri_actor_entry_add(onri_actor_knowledge *k, onri_actor_entry entry)
{
    onri_actor_entry *e = ONRI_PUSH(k->mem, &k->entries);
    if (!e) return ONR_NONE;
    *e = entry;
    return k->entries.n - 1;
}

static bool longest_note(onri_actor_knowledge *k, onr_sv phrase)
{
    onr_sv rest = phrase, word, first = { NULL, 0 };
    uint32_t words = 0;
    while (onri_split(&rest, ' ', &word)) {
        if (words++ == 0) first = word;
    }
    const uint64_t key = onri_hash(first);
    const uint32_t had = onri_map_get(&k->longest, key);
    if (words > PHRASE_WORDS_MAX) words = PHRASE_WORDS_MAX;
    return had != ONR_NONE && had >= words ? true : onri_map_put(&k->longest, key, words);
}

bool onri_actor_term_add(onri_actor_knowledge *k, onr_sv phrase, uint32_t entry,
                         onri_term_kind kind)
{
    if (onri_starts(phrase, ONR_SV("the ")) || onri_starts(phrase, ONR_SV("The ")))
        phrase = onri_sub(phrase, 4, phrase.n);
    if (phrase.n == 0) return true;
    const uint32_t atom = onri_atom(&k->phrases, phrase);
    if (atom == ONR_NONE || !longest_note(k, phrase)) return false;
    uint32_t last = ONR_NONE;
    for (uint32_t t = onri_map_get(&k->first_term, atom); t != ONR_NONE; t = k->terms.at[t].next) {
        if (k->terms.at[t].entry == entry && k->terms.at[t].kind == kind) return true;
        last = t;
    }
    onri_actor_term *term = ONRI_PUSH(k->mem, &k->terms);
    if (!term) return false;
    const uint32_t id = k->terms.n - 1;
    *term = (onri_actor_term){ entry, ONR_NONE, (uint8_t)kind };
    if (last == ONR_NONE) return onri_map_put(&k->first_term, atom, id);
    if (k->entries.at[entry].user) { /* the user's word comes first */
        term->next = onri_map_get(&k->first_term, atom);
        return onri_map_put(&k->first_term, atom, id);
    }
    k->terms.at[last].next = id;
    return true;
}

uint32_t onri_actor_term_find(const onri_actor_knowledge *k, onr_sv phrase)
{
    const uint32_t atom = onri_atom_find(&k->phrases, phrase);
    return atom == ONR_NONE ? ONR_NONE : onri_map_get(&k->first_term, atom);
}

uint32_t onri_actor_longest(const onri_actor_knowledge *k, onr_sv word)
{
    const uint32_t n = onri_map_get(&k->longest, onri_hash(word));
    return n == ONR_NONE ? 0 : n;
}

uint32_t onri_actor_state(const onri_actor_knowledge *k, onr_sv alpha3)
{
    char key[16];
    if (alpha3.n != 3) return ONR_NONE;
    key[0] = '=';
    memcpy(key + 1, alpha3.p, 3);
    const uint32_t t = onri_actor_term_find(k, onri_sv(key, 4));
    return t == ONR_NONE ? ONR_NONE : k->terms.at[t].entry;
}

/* ---- lines and fields ----------------------------------------------------------------------- */

typedef struct table {
    onr_sv rest;
    uint32_t line;
    onr_sv field[FIELDS_MAX];
    uint32_t n;
} table;

static bool table_next(table *t)
{
    onr_sv row;
    while (onri_split(&t->rest, '\n', &row)) {
        t->line++;
        if (row.n == 0 || row.p[0] == '#') continue;
        for (t->n = 0; t->n < FIELDS_MAX; t->n++) t->field[t->n] = (onr_sv){ NULL, 0 };
        t->n = 0;
        onr_sv f;
        while (t->n < FIELDS_MAX && onri_split(&row, '\t', &f)) t->field[t->n++] = onri_trim(f);
        return true;
    }
    return false;
}

static onr_status table_open(const char *name, table *t, onr_error *err)
{
    const onr_sv bytes = onri_data_get(name);
    *t = (table){ .rest = bytes };
    return bytes.p ? ONR_OK : onri_fail(err, ONR_E_INTERNAL, "actors", "no embedded file %s", name);
}

static onr_status bad_row(onr_error *err, const char *name, uint32_t line)
{
    const onr_status s = onri_fail(err, ONR_E_SYNTAX, "actors", "%s: bad row", name);
    if (err) err->line = line;
    return s;
}

static bool add_all(onri_actor_knowledge *k, onr_sv list, uint32_t entry, onri_term_kind kind)
{
    onr_sv one;
    while (onri_split(&list, '|', &one)) {
        if (!onri_actor_term_add(k, onri_trim(one), entry, kind)) return false;
    }
    return true;
}

/* ---- states --------------------------------------------------------------------------------- */

/* "Iranians" of "Iranian", where the tables give no plural. */
static bool add_people(onri_actor_knowledge *k, onr_sv adj, uint32_t entry)
{
    char buf[64];
    if (adj.n == 0 || adj.n > 60 || adj.p[adj.n - 1] == '.') return true;
    static const onr_sv none[] = { ONR_SV_INIT("ese"),   ONR_SV_INIT("sh"), ONR_SV_INIT("ch"),
                                   ONR_SV_INIT("ss"),    ONR_SV_INIT("US"), ONR_SV_INIT("UK"),
                                   ONR_SV_INIT("states") };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        if (onri_ends(adj, none[i])) return true;
    }
    if (!onri_ends(adj, ONR_SV("an")) && !onri_ends(adj, ONR_SV("i")) &&
        !onri_ends(adj, ONR_SV("e")) && !onri_ends(adj, ONR_SV("ian")))
        return true;
    memcpy(buf, adj.p, adj.n);
    buf[adj.n] = 's';
    return onri_actor_term_add(k, onri_sv(buf, adj.n + 1), entry, ONRI_TERM_PEOPLE);
}

static bool state_entry(onri_actor_knowledge *k, onr_sv alpha3, onr_sv name, uint32_t *out)
{
    *out = onri_actor_state(k, alpha3);
    if (*out != ONR_NONE) return true;
    const onr_sv code = onri_dup(k->mem, alpha3);
    const onr_sv own = onri_dup(k->mem, name);
    char key[4] = { '=' };
    memcpy(key + 1, alpha3.p, 3);
    *out = onri_actor_entry_add(
        k,
        (onri_actor_entry){
            .name = own, .country = code, .code = code, .type = ONR_ENTITY_STATE, .seat = true });
    return *out != ONR_NONE && code.p && own.p &&
           onri_actor_term_add(k, onri_sv(key, 4), *out, ONRI_TERM_NAME);
}

/* The hand-made rows first: their names and adjectives win. */
static onr_status load_states(onri_actor_knowledge *k, onr_error *err)
{
    table t;
    onr_status s = table_open("actors/states.tsv", &t, err);
    if (s) return s;
    while (table_next(&t)) {
        uint32_t e;
        const onr_sv kind = t.field[1], list = t.field[2];
        if (t.n != 3 || t.field[0].n != 3) return bad_row(err, "states.tsv", t.line);
        if (!state_entry(k, t.field[0], (onr_sv){ "", 0 }, &e)) return ONR_E_NOMEM;
        bool ok = true;
        if (onri_eqz(kind, "name")) {
            k->entries.at[e].name = onri_dup(k->mem, list);
            ok = k->entries.at[e].name.p && onri_actor_term_add(k, list, e, ONRI_TERM_NAME);
        } else if (onri_eqz(kind, "alias")) {
            ok = add_all(k, list, e, ONRI_TERM_NAME);
        } else if (onri_eqz(kind, "adj")) {
            ok = add_all(k, list, e, ONRI_TERM_ADJ);
            onr_sv rest = list, one;
            while (ok && onri_split(&rest, '|', &one)) ok = add_people(k, one, e);
        } else if (onri_eqz(kind, "people")) {
            ok = add_all(k, list, e, ONRI_TERM_PEOPLE);
        } else if (onri_eqz(kind, "person")) {
            ok = add_all(k, list, e, ONRI_TERM_CITIZEN);
        } else if (onri_eqz(kind, "capital")) {
            ok = add_all(k, list, e, ONRI_TERM_CAPITAL);
        } else {
            return bad_row(err, "states.tsv", t.line);
        }
        if (!ok) return ONR_E_NOMEM;
    }
    return ONR_OK;
}

static onr_status load_countries(onri_actor_knowledge *k, onr_error *err)
{
    table t;
    onr_status s = table_open("actors/countries.tsv", &t, err);
    if (s) return s;
    while (table_next(&t)) {
        uint32_t e;
        if (t.field[0].n != 3 || t.n < 3) return bad_row(err, "countries.tsv", t.line);
        if (!state_entry(k, t.field[0], t.field[2], &e)) return ONR_E_NOMEM;
        if (k->entries.at[e].name.n == 0) {
            k->entries.at[e].name = onri_dup(k->mem, t.field[2]);
            if (!k->entries.at[e].name.p) return ONR_E_NOMEM;
        }
        if (!onri_actor_term_add(k, t.field[2], e, ONRI_TERM_NAME) ||
            !add_all(k, t.field[3], e, ONRI_TERM_NAME) ||
            !add_all(k, t.field[4], e, ONRI_TERM_CAPITAL) ||
            !add_all(k, t.field[5], e, ONRI_TERM_ADJ) || !add_people(k, t.field[5], e))
            return ONR_E_NOMEM;
    }
    return ONR_OK;
}

/* ---- places and organizations --------------------------------------------------------------- */

static bool known(const onri_actor_knowledge *k, onr_sv phrase)
{
    return onri_actor_term_find(k, phrase) != ONR_NONE;
}

/* regions.tsv and organizations.tsv: name, other names, type, alpha-3, then adjectives or code. */
static onr_status load_listed(onri_actor_knowledge *k, const char *name, bool code, onr_error *err)
{
    table t;
    onr_status s = table_open(name, &t, err);
    if (s) return s;
    while (table_next(&t)) {
        onri_actor_entry e = { .name = onri_dup(k->mem, t.field[0]),
                               .country = onri_dup(k->mem, t.field[3]),
                               .code = onri_dup(k->mem, code ? t.field[4] : (onr_sv){ "", 0 }) };
        if (t.n < 3 || !onri_actor_type_of(t.field[2], &e.type)) return bad_row(err, name, t.line);
        const uint32_t id = e.name.p && e.country.p ? onri_actor_entry_add(k, e) : ONR_NONE;
        if (id == ONR_NONE || !onri_actor_term_add(k, t.field[0], id, ONRI_TERM_NAME) ||
            !add_all(k, t.field[1], id, ONRI_TERM_NAME) ||
            (!code && !add_all(k, t.field[4], id, ONRI_TERM_ADJ)))
            return ONR_E_NOMEM;
    }
    return ONR_OK;
}

static onr_status load_places(onri_actor_knowledge *k, const char *name, bool cities,
                              onr_error *err)
{
    table t;
    onr_status s = table_open(name, &t, err);
    if (s) return s;
    while (table_next(&t)) {
        if (t.n < 1) return bad_row(err, name, t.line);
        if (!cities && known(k, t.field[0])) continue;
        bool city = false; /* a capital gets its place beside the state */
        for (uint32_t i = onri_actor_term_find(k, t.field[0]); i != ONR_NONE;
             i = k->terms.at[i].next)
            city |= k->terms.at[i].kind != ONRI_TERM_CAPITAL;
        if (city) continue;
        uint64_t size = 0;
        if (cities && !onri_parse_u64(t.field[2], &size)) return bad_row(err, name, t.line);
        onri_actor_entry e = { .name = onri_dup(k->mem, t.field[0]),
                               .country = onri_dup(k->mem, t.field[1]),
                               .type = ONR_ENTITY_PLACE,
                               .size = (uint32_t)(size < 1000000 ? size : 1000000) };
        const uint32_t id = e.name.p && e.country.p ? onri_actor_entry_add(k, e) : ONR_NONE;
        if (id == ONR_NONE || !onri_actor_term_add(k, t.field[0], id, ONRI_TERM_NAME))
            return ONR_E_NOMEM;
    }
    return ONR_OK;
}

/* A capital that no table of cities has still is a city. */
static onr_status capitals_as_places(onri_actor_knowledge *k)
{
    for (uint32_t a = 0; a < k->phrases.words.n; a++) {
        uint32_t entry = ONR_NONE;
        bool place = false;
        for (uint32_t i = onri_map_get(&k->first_term, a); i != ONR_NONE; i = k->terms.at[i].next) {
            const onri_actor_term *t = &k->terms.at[i];
            if (t->kind == ONRI_TERM_CAPITAL) entry = t->entry;
            if (t->kind == ONRI_TERM_NAME) place = true;
        }
        if (entry == ONR_NONE || place) continue;
        const uint32_t id =
            onri_actor_entry_add(k, (onri_actor_entry){ .name = k->phrases.words.at[a],
                                                        .country = k->entries.at[entry].country,
                                                        .type = ONR_ENTITY_PLACE,
                                                        .size = 100 });
        if (id == ONR_NONE || !onri_actor_term_add(k, k->phrases.words.at[a], id, ONRI_TERM_NAME))
            return ONR_E_NOMEM;
    }
    return ONR_OK;
}

/* ---- nouns, titles, names ------------------------------------------------------------------- */

static bool head_add(onri_actor_knowledge *k, onr_sv noun, onri_head_noun h)
{
    const uint32_t had = onri_atom_find(&k->nouns, noun);
    if (had != ONR_NONE) {
        onri_head_noun *old = &k->heads.at[had];
        if (!h.sure && old->sure) return true;
        if (old->type == h.type && !old->gender) old->gender = h.gender;
        if (h.type < 8 && old->use != ONRI_USE_NONE) old->more |= (uint8_t)(1u << h.type);
        return true;
    }
    onri_head_noun *slot = ONRI_PUSH(k->mem, &k->heads);
    if (!slot || onri_atom(&k->nouns, noun) == ONR_NONE) return false;
    *slot = h;
    if (h.type < 8) slot->more = (uint8_t)(1u << h.type);
    return true;
}

static uint8_t use_of(onr_sv use)
{
    static const struct {
        const char *name;
        onri_head_use use;
    } uses[] = { { "office", ONRI_USE_OFFICE }, { "kin", ONRI_USE_KIN },   { "act", ONRI_USE_ACT },
                 { "mass", ONRI_USE_MASS },     { "part", ONRI_USE_PART }, { "", ONRI_USE_PLAIN } };
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        if (onri_eqz(use, uses[i].name)) return (uint8_t)uses[i].use;
    }
    return ONRI_USE_PLAIN;
}

static onr_status load_heads(onri_actor_knowledge *k, onr_error *err)
{
    table t;
    onr_status s = table_open("actors/heads.tsv", &t, err);
    if (s) return s;
    while (table_next(&t)) {
        onri_head_noun h = { .gender = t.field[1].n ? (uint8_t)t.field[1].p[0] : 0,
                             .use = use_of(t.field[2]),
                             .sure = true,
                             .synonyms = ONR_NONE };
        if (t.n != 5) return bad_row(err, "heads.tsv", t.line);
        if (onri_eqz(t.field[0], "none")) {
            h.type = ONR_ENTITY_OTHER;
            h.use = ONRI_USE_NONE;
        } else if (!onri_actor_type_of(t.field[0], &h.type)) {
            return bad_row(err, "heads.tsv", t.line);
        }
        const onr_sv role = onri_dup(k->mem, t.field[3]);
        if (!role.p) return ONR_E_NOMEM;
        h.role = role.p;
        onr_sv rest = t.field[4], noun;
        while (onri_split(&rest, ' ', &noun)) {
            if (noun.n && !head_add(k, noun, h)) return ONR_E_NOMEM;
        }
    }
    s = table_open("actors/heads_wordnet.tsv", &t, err);
    if (s) return s;
    while (table_next(&t)) {
        onri_head_noun h = { .role = "", .synonyms = ONR_NONE };
        if (t.n != 2 || !onri_actor_type_of(t.field[1], &h.type))
            return bad_row(err, "heads_wordnet.tsv", t.line);
        h.use = h.type == ONR_ENTITY_PERSON ? ONRI_USE_ACT : ONRI_USE_PLAIN;
        if (!head_add(k, t.field[0], h)) return ONR_E_NOMEM;
    }
    return ONR_OK;
}

static onr_status load_titles(onri_actor_knowledge *k, onr_error *err)
{
    static const char *const kinds[] = { "",      "address", "noble", "learned",
                                         "faith", "office",  "rank" };
    table t;
    onr_status s = table_open("actors/titles.tsv", &t, err);
    if (s) return s;
    while (table_next(&t)) {
        onri_title title = { ONRI_TITLE_NONE, t.field[2].n ? (uint8_t)t.field[2].p[0] : 0 };
        for (size_t i = 1; i < sizeof kinds / sizeof *kinds; i++) {
            if (onri_eqz(t.field[1], kinds[i])) title.kind = (uint8_t)i;
        }
        if (title.kind == ONRI_TITLE_NONE) return bad_row(err, "titles.tsv", t.line);
        if (onri_atom_find(&k->title_words, t.field[0]) != ONR_NONE) continue;
        onri_title *slot = ONRI_PUSH(k->mem, &k->titles);
        if (!slot || onri_atom(&k->title_words, t.field[0]) == ONR_NONE) return ONR_E_NOMEM;
        *slot = title;
    }
    return ONR_OK;
}

static onr_status load_given(onri_actor_knowledge *k, const char *name, onr_error *err)
{
    table t;
    onr_status s = table_open(name, &t, err);
    if (s) return s;
    while (table_next(&t)) {
        if (t.n != 2 || t.field[1].n != 1) return bad_row(err, name, t.line);
        if (onri_atom_find(&k->given, t.field[0]) != ONR_NONE) continue;
        uint8_t *g = ONRI_PUSH(k->mem, &k->genders);
        if (!g || onri_atom(&k->given, t.field[0]) == ONR_NONE) return ONR_E_NOMEM;
        *g = (uint8_t)t.field[1].p[0];
    }
    return ONR_OK;
}

/* words.tsv: list, words; also "role" groups of exchangeable heads. */
static onr_status load_words(onri_actor_knowledge *k, onr_error *err)
{
    table t;
    onr_status s = table_open("actors/words.tsv", &t, err);
    if (s) return s;
    uint32_t groups = 0;
    while (table_next(&t)) {
        if (t.n != 2) return bad_row(err, "words.tsv", t.line);
        const bool synonyms = onri_eqz(t.field[0], "synonyms");
        onr_sv rest = t.field[1], word;
        while (onri_split(&rest, ' ', &word)) {
            char buf[96];
            if (word.n == 0) continue;
            if (synonyms) {
                const uint32_t h = onri_atom_find(&k->nouns, word);
                if (h == ONR_NONE) return bad_row(err, "words.tsv", t.line);
                k->heads.at[h].synonyms = groups;
                continue;
            }
            if (t.field[0].n + word.n + 1 > sizeof buf) return bad_row(err, "words.tsv", t.line);
            memcpy(buf, t.field[0].p, t.field[0].n);
            buf[t.field[0].n] = ':';
            memcpy(buf + t.field[0].n + 1, word.p, word.n);
            if (onri_atom(&k->words, onri_sv(buf, t.field[0].n + 1 + word.n)) == ONR_NONE)
                return ONR_E_NOMEM;
        }
        groups += synonyms;
    }
    return ONR_OK;
}

const onri_head_noun *onri_actor_head(const onri_actor_knowledge *k, onr_sv noun)
{
    const uint32_t a = onri_atom_find(&k->nouns, noun);
    return a == ONR_NONE ? NULL : &k->heads.at[a];
}

onri_title onri_actor_title(const onri_actor_knowledge *k, onr_sv words)
{
    const uint32_t a = onri_atom_find(&k->title_words, words);
    return a == ONR_NONE ? (onri_title){ ONRI_TITLE_NONE, 0 } : k->titles.at[a];
}

uint8_t onri_actor_given(const onri_actor_knowledge *k, onr_sv name)
{
    char buf[64];
    const onr_sv low = lowered(buf, sizeof buf, name);
    const uint32_t a = low.p ? onri_atom_find(&k->given, low) : ONR_NONE;
    return a == ONR_NONE ? 0 : k->genders.at[a];
}

bool onri_actor_word(const onri_actor_knowledge *k, const char *list, onr_sv word)
{
    char buf[96];
    const size_t n = strlen(list);
    if (n + 1 + word.n > sizeof buf) return false;
    memcpy(buf, list, n);
    buf[n] = ':';
    memcpy(buf + n + 1, word.p, word.n);
    return onri_atom_find(&k->words, onri_sv(buf, n + 1 + word.n)) != ONR_NONE;
}

void onri_actor_knowledge_init(onri_actor_knowledge *k, onr_arena *mem)
{
    *k = (onri_actor_knowledge){ .mem = mem };
    onri_atoms *const atoms[] = { &k->phrases, &k->nouns, &k->title_words, &k->given, &k->words };
    for (size_t i = 0; i < sizeof atoms / sizeof *atoms; i++) onri_atoms_init(atoms[i], mem);
    onri_map_init(&k->first_term, mem);
    onri_map_init(&k->longest, mem);
}

onr_status onri_actor_knowledge_make(onri_actor_knowledge *k, onr_arena *mem, onr_error *err)
{
    onri_actor_knowledge_init(k, mem);
    onr_status s = load_states(k, err);
    if (!s) s = load_countries(k, err);
    if (!s) s = load_listed(k, "actors/regions.tsv", false, err);
    if (!s) s = load_listed(k, "actors/organizations.tsv", true, err);
    if (!s) s = load_places(k, "actors/cities.tsv", true, err);
    if (!s) s = capitals_as_places(k);
    if (!s) s = load_places(k, "actors/subdivisions.tsv", false, err);
    if (!s) s = load_heads(k, err);
    if (!s) s = load_titles(k, err);
    if (!s) s = load_given(k, "actors/given_names_own.tsv", err);
    if (!s) s = load_given(k, "actors/given_names.tsv", err);
    if (!s) s = load_words(k, err);
    if (s == ONR_E_NOMEM) return onri_fail_mem(err, mem, "actors");
    k->n_builtin = k->entries.n;
    return s;
}
