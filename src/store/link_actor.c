/* Entities of articles become actors of the world. An entity falls into a profile (name, type,
 * country, fields of work); profiles of one name are grouped (link_group.c); a last name alone or
 * an acronym is whoever the other articles call so. All of it is a function of the profiles and how
 * often they are told, so that the order of keeping does not matter. Source: own. Leaves out:
 * people who are never named. */
#include "store/link.h"

#include "record/record.h"
#include "store/link_group.h"

#include <stdio.h>

enum { CLEAR = 3 /* so many times as often as the next one called so */ };

static onr_status no_mem(const onr_arena *mem, onr_error *err)
{
    return onri_fail_mem(err, mem, "link");
}

static onr_status run_int(onr_store *s, const char *sql, int64_t v, onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(s, sql);
    onri_bind_int(st, 1, v);
    return onri_store_run(s, st, err);
}

/* ---- an article's entities
 * -------------------------------------------------------------------- */

typedef struct entity_row {
    int64_t id;
    onr_entity_type type;
    onr_sv name, country, code, wikidata;
    onri_name key;
    unsigned fields;
} entity_row;

static bool mark(onri_atoms *set, onr_sv word)
{
    return word.n == 0 || onri_atom(set, word) != ONR_NONE;
}

static onr_status fields_of(onr_store *s, struct onri_link *l, onr_arena *tmp, entity_row *e,
                            onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(s, "SELECT title FROM role WHERE entity = ?1");
    onri_bind_int(st, 1, e->id);
    for (;;) {
        bool row;
        const onr_status status = onri_store_step(s, st, &row, err);
        if (!row) return status;
        e->fields |= onri_field_of(&l->know, tmp, onri_column_sv(st, 0));
    }
}

/* The profile of an entity, one more or less told. *profile 0: it was not there to be told less. */
static onr_status count_profile(onr_store *s, const entity_row *e, int by, int64_t *profile,
                                onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(
        s, "INSERT INTO actor_profile(name_key, middle, type, country, fields, wikidata, weak, "
           "base, code, n) VALUES (?1, coalesce(?2, ''), ?3, coalesce(?4, ''), ?5, coalesce(?6, "
           "''), ?7, ?8, ?9, ?10) ON CONFLICT(name_key, middle, type, country, fields, wikidata) "
           "DO UPDATE SET n = n + excluded.n, code = min(coalesce(code, excluded.code), "
           "coalesce(excluded.code, code)) RETURNING id");
    onri_bind_sv(st, 1, e->key.key);
    onri_bind_sv(st, 2, e->key.middle);
    onri_bind_z(st, 3, onr_entity_type_name(e->type));
    onri_bind_sv(st, 4, e->country);
    onri_bind_int(st, 5, e->fields);
    onri_bind_sv(st, 6, e->wikidata);
    onri_bind_int(st, 7, e->key.weak);
    onri_bind_int(st, 8, (int64_t)(onri_hash(e->key.last) >> 1));
    onri_bind_sv(st, 9, e->code);
    onri_bind_int(st, 10, by);
    return onri_store_int(s, st, 0, profile, err);
}

static onr_status count_name(onr_store *s, struct onri_link *l, onr_arena *tmp, int64_t profile,
                             onr_sv name, bool weak, int by, bool full, onr_error *err)
{
    const onr_sv words = onri_name_words(&l->know, tmp, name);
    if (!words.p) return no_mem(tmp, err);
    if (words.n == 0) return ONR_OK;
    if (!weak && !mark(&l->called, words)) return no_mem(&l->mem, err);
    sqlite3_stmt *st = onri_store_stmt(
        s, "INSERT INTO profile_name(profile, name, words, n, n_full) VALUES (?1, ?2, ?3, ?4, ?5) "
           "ON CONFLICT(profile, name) DO UPDATE SET n = n + excluded.n, n_full = n_full + "
           "excluded.n_full");
    onri_bind_int(st, 1, profile);
    onri_bind_sv(st, 2, name);
    onri_bind_sv(st, 3, words);
    onri_bind_int(st, 4, by);
    onri_bind_int(st, 5, full ? by : 0);
    const onr_status status = onri_store_run(s, st, err);
    if (status != ONR_OK || by > 0) return status;
    st = onri_store_stmt(s, "DELETE FROM profile_name WHERE profile = ?1 AND name = ?2 AND n <= 0");
    onri_bind_int(st, 1, profile);
    onri_bind_sv(st, 2, name);
    return onri_store_run(s, st, err);
}

/* The name within a mention "Iranian Foreign Minister Javad Zarif": from its head back as far as
 * its words are words of the entity's name. */
static onr_sv name_within(const onri_link_know *know, onr_arena *tmp, onr_sv phrase,
                          size_t head_beg, size_t head_end, onr_sv full)
{
    onr_sv s = onri_sub(phrase, 0, head_end), best = onri_sub(phrase, head_beg, head_end);
    const onr_mark m = onr_arena_mark(tmp);
    const onr_sv of = onri_name_words(know, tmp, full);
    size_t end = head_beg;
    while (of.p && end > 0) {
        while (end > 0 && s.p[end - 1] == ' ') end--;
        size_t beg = end;
        while (beg > 0 && s.p[beg - 1] != ' ') beg--;
        const onr_sv word = onri_name_words(know, tmp, onri_sub(s, beg, end));
        if (!word.p || word.n == 0) break;
        bool in = false;
        onr_sv rest = of, w;
        while (!in && onri_split(&rest, ' ', &w)) in = onri_eq(w, word);
        if (!in) break;
        best = onri_sub(s, beg, head_end);
        end = beg;
    }
    onr_arena_rewind(tmp, m);
    return best;
}

/* Names that the article has for the entity, each once. */
static onr_status names_of(onr_store *s, struct onri_link *l, onr_arena *tmp, onr_sv text,
                           const entity_row *e, int64_t profile, int by, onr_error *err)
{
    onri_atoms seen;
    onri_atoms_init(&seen, tmp);
    if (!mark(&seen, e->name)) return no_mem(tmp, err);
    onr_status status = count_name(s, l, tmp, profile, e->name, e->key.weak, by, true, err);
    sqlite3_stmt *st = onri_store_stmt(s, "SELECT start, stop, head_start, head_stop FROM mention "
                                          "WHERE entity = ?1 AND kind = 'name' ORDER BY n");
    onri_bind_int(st, 1, e->id);
    while (status == ONR_OK) {
        bool row;
        status = onri_store_step(s, st, &row, err);
        if (!row) break;
        const int64_t beg = sqlite3_column_int64(st, 0), end = sqlite3_column_int64(st, 1);
        const int64_t h0 = sqlite3_column_int64(st, 2), h1 = sqlite3_column_int64(st, 3);
        if (beg < 0 || h0 < beg || h1 <= h0 || end < h1 || (uint64_t)end > text.n) continue;
        const onr_sv name = name_within(&l->know, tmp, onri_sub(text, (size_t)beg, (size_t)end),
                                        (size_t)(h0 - beg), (size_t)(h1 - beg), e->name);
        const uint32_t before = seen.words.n;
        if (!mark(&seen, name))
            status = no_mem(tmp, err);
        else if (seen.words.n > before)
            status = count_name(s, l, tmp, profile, name, e->key.weak, by, false, err);
    }
    (void)sqlite3_reset(st);
    return status;
}

static onr_status one_entity(onr_store *s, struct onri_link *l, onr_arena *tmp, onr_sv text,
                             onr_sv article_uid, entity_row *e, int by, onr_error *err)
{
    if (!onri_name_make(&e->key, &l->know, tmp, e->type, e->name)) return no_mem(tmp, err);
    if (e->key.key.n == 0) return ONR_OK;
    int64_t profile;
    onr_status st = e->type == ONR_ENTITY_PERSON ? fields_of(s, l, tmp, e, err) : ONR_OK;
    if (st == ONR_OK) st = count_profile(s, e, by, &profile, err);
    if (st == ONR_OK) st = names_of(s, l, tmp, text, e, profile, by, err);
    if (st != ONR_OK) return st;
    if (!mark(&l->keys, e->key.key)) return no_mem(&l->mem, err);
    const onr_sv words =
        onri_sub(e->key.key, onri_find(e->key.key, ONR_SV(":"), 0) + 1, e->key.key.n);
    if (e->key.weak && !mark(&l->called, words)) return no_mem(&l->mem, err);
    if (by < 0) return ONR_OK;
    onri_new_entity *n = ONRI_PUSH(&l->mem, &l->entities);
    if (!n) return no_mem(&l->mem, err);
    *n = (onri_new_entity){ e->id, profile, { NULL, 0 } };
    return onri_correct_entity(s, &l->mem, article_uid, e->key.key, &n->forced, err);
}

static onr_sv column_dup(onr_arena *mem, sqlite3_stmt *st, int at)
{
    const onr_sv v = onri_column_sv(st, at);
    return v.p ? onri_dup(mem, v) : (onr_sv){ "", 0 };
}

static onr_status text_of(onr_store *s, onr_arena *tmp, int64_t article, onr_sv *uid, onr_sv *text,
                          onr_error *err)
{
    *uid = *text = (onr_sv){ "", 0 };
    sqlite3_stmt *st =
        onri_store_stmt(s, "SELECT a.uid, t.text FROM article a JOIN article_text t ON t.article = "
                           "a.id WHERE a.id = ?1");
    onri_bind_int(st, 1, article);
    bool row;
    const onr_status status = onri_store_step(s, st, &row, err);
    if (!row) return status;
    *uid = column_dup(tmp, st, 0);
    *text = column_dup(tmp, st, 1);
    (void)sqlite3_reset(st);
    return uid->p && text->p ? ONR_OK : no_mem(tmp, err);
}

static onr_status each_entity(onr_store *s, int64_t article, int by, onr_error *err)
{
    onr_status status;
    struct onri_link *l = onri_link_of(s, &status, err);
    if (!l) return status;
    onr_arena tmp = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    onr_sv uid, text;
    status = text_of(s, &tmp, article, &uid, &text, err);
    sqlite3_stmt *st = onri_store_stmt(
        s,
        "SELECT id, type, name, country, code, wikidata FROM entity WHERE article = ?1 AND named "
        "= 1");
    onri_bind_int(st, 1, article);
    while (status == ONR_OK) {
        bool row;
        status = onri_store_step(s, st, &row, err);
        if (!row) break;
        const int type = onri_entity_type_find(onri_column_sv(st, 1));
        if (type < 0 || !onri_actor_class((onr_entity_type)type)) continue;
        const onr_mark m = onr_arena_mark(&tmp);
        entity_row e = { .id = sqlite3_column_int64(st, 0), .type = (onr_entity_type)type };
        e.name = column_dup(&tmp, st, 2);
        e.country = column_dup(&tmp, st, 3);
        e.code = column_dup(&tmp, st, 4);
        e.wikidata = column_dup(&tmp, st, 5);
        status = e.name.p && e.country.p && e.code.p && e.wikidata.p
                     ? one_entity(s, l, &tmp, text, uid, &e, by, err)
                     : no_mem(&tmp, err);
        onr_arena_rewind(&tmp, m);
    }
    (void)sqlite3_reset(st);
    onr_arena_drop(&tmp);
    return status;
}

onr_status onri_link_entities(onr_store *s, int64_t article, onr_error *err)
{
    /* An article that was undone and came again has been linked under the same number. */
    sqlite3_stmt *st =
        onri_store_stmt(s, "SELECT 1 FROM entity e JOIN actor_entity x ON x.entity = "
                           "e.id WHERE e.article = ?1 LIMIT 1");
    onri_bind_int(st, 1, article);
    int64_t is;
    const onr_status status = onri_store_int(s, st, 0, &is, err);
    return status != ONR_OK || is ? status : each_entity(s, article, 1, err);
}

onr_status onri_link_forget_entities(onr_store *s, int64_t article, onr_error *err)
{
    onr_status status;
    struct onri_link *l = onri_link_of(s, &status, err);
    if (!l) return status;
    sqlite3_stmt *st =
        onri_store_stmt(s, "SELECT DISTINCT x.actor FROM entity e JOIN actor_entity x "
                           "ON x.entity = e.id WHERE e.article = ?1");
    onri_bind_int(st, 1, article);
    bool any = false;
    for (;;) {
        bool row;
        status = onri_store_step(s, st, &row, err);
        if (!row) break;
        any = true;
        if (onri_ids_add(&l->recount, sqlite3_column_int64(st, 0))) continue;
        (void)sqlite3_reset(st);
        return onri_fail(err, ONR_E_NOMEM, "link", "out of memory");
    }
    if (status != ONR_OK || !any) return status; /* not linked yet: nothing was counted */
    status = run_int(s,
                     "DELETE FROM actor_fact WHERE (actor, part, layer, fact) IN (SELECT x.actor, "
                     "y.part, f.layer, f.id FROM fact f JOIN party y ON y.fact = f.id JOIN "
                     "actor_entity x ON x.entity = y.entity WHERE f.article = ?1)",
                     article, err);
    if (status == ONR_OK) status = each_entity(s, article, -1, err);
    st = onri_store_stmt(
        s, "DELETE FROM actor_entity WHERE entity IN (SELECT id FROM entity WHERE article = ?1)");
    onri_bind_int(st, 1, article);
    return status == ONR_OK ? onri_store_run(s, st, err) : status;
}

/* ---- actors -----------------------------------------------------------------------------------
 */

static onr_status actor_id(onr_store *s, onr_sv uid, onr_sv type, int64_t *id, onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(s, "SELECT id FROM actor WHERE uid = ?1");
    onri_bind_sv(st, 1, uid);
    onr_status status = onri_store_int(s, st, 0, id, err);
    if (status != ONR_OK || *id) return status;
    st = onri_store_stmt(s, "INSERT INTO actor(uid, name, type) VALUES (?1, ?1, ?2) RETURNING id");
    onri_bind_sv(st, 1, uid);
    onri_bind_sv(st, 2, type);
    return onri_store_int(s, st, 0, id, err);
}

/* "person:donald trump" -> "person:donald-trump", of a namesake ":GBR" or ":2" behind it. */
static onr_sv uid_of(onr_arena *tmp, onr_sv name_key, uint32_t group, onr_sv country,
                     bool told_apart)
{
    char tail[16] = "";
    if (group && told_apart && country.n == 3)
        (void)snprintf(tail, sizeof tail, ":%.3s", country.p);
    else if (group)
        (void)snprintf(tail, sizeof tail, ":%u", group + 1);
    const size_t n = strlen(tail);
    char *p = onr_alloc(tmp, name_key.n + n + 1);
    if (!p) return (onr_sv){ NULL, 0 };
    for (size_t i = 0; i < name_key.n; i++) p[i] = name_key.p[i] == ' ' ? '-' : name_key.p[i];
    memcpy(p + name_key.n, tail, n + 1);
    return onri_sv(p, name_key.n + n);
}

/* Profile `p` is that actor; what changes has to be counted and linked anew. */
static onr_status assign(onr_store *s, struct onri_link *l, onr_arena *tmp, const onri_profile *p,
                         onr_sv uid, onr_sv type, onr_error *err)
{
    int64_t actor = 0, was = 0;
    onr_sv to = { NULL, 0 };
    onr_status status = onri_correct_actor(s, tmp, uid, &to, err);
    if (status == ONR_OK) status = actor_id(s, to, type, &actor, err);
    sqlite3_stmt *st = onri_store_stmt(s, "SELECT actor FROM actor_profile WHERE id = ?1");
    onri_bind_int(st, 1, p->id);
    if (status == ONR_OK) status = onri_store_int(s, st, 0, &was, err);
    if (status != ONR_OK) return status;
    const bool by_hand = !onri_eq(to, uid);
    const char *evidence = by_hand ? "correction" : p->evidence;
    st = onri_store_stmt(s,
                         "UPDATE actor_profile SET actor = ?2, evidence = ?3, score = ?4 WHERE id "
                         "= ?1 AND (actor IS NOT ?2 OR evidence IS NOT ?3 OR score IS NOT ?4)");
    onri_bind_int(st, 1, p->id);
    onri_bind_int(st, 2, actor);
    onri_bind_z(st, 3, evidence);
    onri_bind_num(st, 4, by_hand ? 1 : p->score);
    status = onri_store_run(s, st, err);
    if (status != ONR_OK || sqlite3_changes(s->db) == 0) return status;
    st = onri_store_stmt(s, "UPDATE actor_entity SET actor = ?2, evidence = ?3, score = ?4 WHERE "
                            "profile = ?1 AND evidence IS NOT 'by hand'");
    onri_bind_int(st, 1, p->id);
    onri_bind_int(st, 2, actor);
    onri_bind_z(st, 3, evidence);
    onri_bind_num(st, 4, by_hand ? 1 : p->score);
    status = onri_store_run(s, st, err);
    if (status != ONR_OK || was == actor || was == 0) return status;
    onri_link_forget_features(l);
    if (!onri_ids_add(&l->recount, was) || !onri_ids_add(&l->recount, actor))
        return onri_fail(err, ONR_E_NOMEM, "link", "out of memory");
    st = onri_store_stmt(s, "SELECT DISTINCT e.article FROM actor_entity x JOIN entity e ON e.id = "
                            "x.entity WHERE x.profile = ?1");
    onri_bind_int(st, 1, p->id);
    for (;;) {
        bool row;
        status = onri_store_step(s, st, &row, err);
        if (!row) return status;
        if (onri_ids_add(&l->again, sqlite3_column_int64(st, 0))) continue;
        (void)sqlite3_reset(st);
        return onri_fail(err, ONR_E_NOMEM, "link", "out of memory");
    }
}

typedef struct profile_list {
    ONRI_VEC(onri_profile) p;
    bool weak; /* one of them is: all are, since their names differ in case alone */
} profile_list;

static onr_status load_profiles(onr_store *s, onr_arena *tmp, onr_sv name_key, profile_list *v,
                                onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(s, "SELECT id, country, middle, wikidata, fields, n, weak "
                                          "FROM actor_profile WHERE name_key = ?1 "
                                          "ORDER BY id LIMIT 4096");
    onri_bind_sv(st, 1, name_key);
    for (;;) {
        bool row;
        const onr_status status = onri_store_step(s, st, &row, err);
        if (!row) return status;
        onri_profile *p = ONRI_PUSH(tmp, &v->p);
        if (p) {
            p->id = sqlite3_column_int64(st, 0);
            p->country = column_dup(tmp, st, 1);
            p->middle = column_dup(tmp, st, 2);
            p->wikidata = column_dup(tmp, st, 3);
            p->fields = (unsigned)sqlite3_column_int(st, 4);
            p->n = sqlite3_column_int64(st, 5);
            v->weak |= sqlite3_column_int(st, 6) != 0;
            if (p->country.p && p->middle.p && p->wikidata.p) continue;
        }
        (void)sqlite3_reset(st);
        return no_mem(tmp, err);
    }
}

/* The group's country, if it has one that no earlier group has. */
static onr_sv country_of(const profile_list *v, uint32_t group, bool *alone)
{
    onr_sv c = { "", 0 };
    for (uint32_t i = 0; i < v->p.n; i++)
        if (v->p.at[i].group == group && !c.n) c = v->p.at[i].country;
    *alone = c.n == 3;
    for (uint32_t i = 0; i < v->p.n; i++)
        if (v->p.at[i].group < group && v->p.at[i].group > 0 && onri_eq(c, v->p.at[i].country))
            *alone = false;
    return c;
}

static onr_status weigh(onr_store *s, struct onri_link *l, onr_arena *tmp, onr_sv key,
                        profile_list *v, onr_error *err);

static onr_status regroup(onr_store *s, struct onri_link *l, onr_arena *tmp, onr_sv name_key,
                          onr_error *err)
{
    profile_list v = { 0 };
    onr_status st = load_profiles(s, tmp, name_key, &v, err);
    if (st == ONR_OK && v.weak) return weigh(s, l, tmp, name_key, &v, err);
    const bool person = onri_starts(name_key, ONR_SV("person:"));
    if (st != ONR_OK || v.p.n == 0) return st;
    onri_group(v.p.at, v.p.n, person);
    for (uint32_t i = 0; st == ONR_OK && i < v.p.n; i++) {
        const onri_profile *p = &v.p.at[i];
        bool alone;
        const onr_sv country = country_of(&v, p->group, &alone);
        const onr_sv uid = uid_of(tmp, name_key, p->group, country, alone);
        st = uid.p ? assign(s, l, tmp, p, uid,
                            onri_sub(name_key, 0, onri_find(name_key, ONR_SV(":"), 0)), err)
                   : no_mem(tmp, err);
    }
    return st;
}

/* ---- weak names -------------------------------------------------------------------------------
 */

typedef struct candidate {
    onr_sv uid, country;
    int64_t n;
    bool person;
} candidate;

typedef ONRI_VEC(candidate) candidates;

static onr_status called_so(onr_store *s, onr_arena *tmp, onr_sv key, onr_sv words, candidates *c,
                            onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(
        s, "SELECT a.uid, max(p.country), sum(w.n), max(p.name_key LIKE 'person:%') FROM "
           "profile_name w JOIN actor_profile p ON p.id = w.profile JOIN actor a ON a.id = p.actor "
           "WHERE w.words = ?1 AND p.weak = 0 AND p.name_key <> ?2 AND w.n > 0 GROUP BY a.id ORDER "
           "BY 3 DESC, 1 LIMIT 32");
    onri_bind_sv(st, 1, words);
    onri_bind_sv(st, 2, key);
    for (;;) {
        bool row;
        const onr_status status = onri_store_step(s, st, &row, err);
        if (!row) return status;
        candidate *k = ONRI_PUSH(tmp, c);
        if (k) {
            *k = (candidate){ column_dup(tmp, st, 0), column_dup(tmp, st, 1),
                              sqlite3_column_int64(st, 2), sqlite3_column_int(st, 3) != 0 };
            if (k->uid.p && k->country.p) continue;
        }
        (void)sqlite3_reset(st);
        return no_mem(tmp, err);
    }
}

/* The one that is clearly meant, or NULL. own: how often entities have the weak name and no other.
 */
static const candidate *meant(const candidates *c, onri_profile *p, bool person, int64_t own)
{
    const candidate *first = NULL; /* they come in order of n */
    int64_t second = 0, all = 0;
    for (uint32_t i = 0; i < c->n; i++) {
        const candidate *k = &c->at[i];
        if (k->country.n && p->country.n && !onri_eq(k->country, p->country)) continue;
        all += k->n;
        if (!first)
            first = k;
        else if (!second)
            second = k->n;
    }
    if (!first || first->n < CLEAR * second) return NULL;
    /* That it is of the other class is a slip of the reading only if most articles read it so. */
    const bool slip = first->person != person;
    if (slip && (first->n < 3 || 2 * first->n < 3 * own || p->wikidata.n || p->country.n))
        return NULL;
    p->evidence = "called so";
    p->score = (double)first->n / (double)all * (slip ? 0.5 : 0.9);
    return first;
}

static onr_status weigh(onr_store *s, struct onri_link *l, onr_arena *tmp, onr_sv key,
                        profile_list *v, onr_error *err)
{
    candidates c = { 0 };
    const size_t colon = onri_find(key, ONR_SV(":"), 0);
    const onr_sv class_ = onri_sub(key, 0, colon);
    const bool person = onri_eqz(class_, "person");
    onr_status st = called_so(s, tmp, key, onri_sub(key, colon + 1, key.n), &c, err);
    int64_t own = 0;
    for (uint32_t i = 0; i < v->p.n; i++) own += v->p.at[i].n;
    for (uint32_t i = 0; st == ONR_OK && i < v->p.n; i++) {
        onri_profile *p = &v->p.at[i];
        const candidate *k = meant(&c, p, person, own);
        const onr_sv uid = k ? k->uid : uid_of(tmp, key, 0, p->country, false);
        if (!k) {
            p->evidence = "name";
            p->score = person ? 0.3 : p->wikidata.n ? 1 : 0.8;
        }
        st = uid.p ? assign(s, l, tmp, p, uid, class_, err) : no_mem(tmp, err);
    }
    return st;
}

static onr_status weigh_words(onr_store *s, struct onri_link *l, onr_arena *tmp, const char *class_,
                              onr_sv words, onr_error *err)
{
    onri_buf b = onri_buf_make(1 << 16);
    onri_buf_addz(&b, class_);
    onri_buf_addc(&b, ':');
    onri_buf_add(&b, words);
    const onr_sv key = b.status == ONR_OK ? onri_dup(tmp, onri_buf_sv(&b)) : (onr_sv){ NULL, 0 };
    onri_buf_drop(&b);
    if (!key.p) return no_mem(tmp, err);
    profile_list v = { 0 };
    const onr_status st = load_profiles(s, tmp, key, &v, err);
    return st == ONR_OK && v.weak ? weigh(s, l, tmp, key, &v, err) : st;
}

/* ---- numbers and names ------------------------------------------------------------------------
 */

static onr_status insert_entities(onr_store *s, struct onri_link *l, onr_error *err)
{
    onr_status status = ONR_OK;
    for (uint32_t i = 0; status == ONR_OK && i < l->entities.n; i++) {
        const onri_new_entity *e = &l->entities.at[i];
        sqlite3_stmt *st = onri_store_stmt(
            s,
            "INSERT OR REPLACE INTO actor_entity(entity, actor, profile, evidence, score) SELECT "
            "?1, actor, id, evidence, score FROM actor_profile WHERE id = ?2");
        onri_bind_int(st, 1, e->entity);
        onri_bind_int(st, 2, e->profile);
        status = onri_store_run(s, st, err);
        if (status != ONR_OK || !e->forced.p) continue;
        int64_t actor;
        status = actor_id(s, e->forced, ONR_SV("person"), &actor, err);
        st = onri_store_stmt(s,
                             "UPDATE actor_entity SET actor = ?2, evidence = 'by hand', score = 1 "
                             "WHERE entity = ?1");
        onri_bind_int(st, 1, e->entity);
        onri_bind_int(st, 2, actor);
        if (status == ONR_OK) status = onri_store_run(s, st, err);
        if (status == ONR_OK && !onri_ids_add(&l->recount, actor))
            status = onri_fail(err, ONR_E_NOMEM, "link", "out of memory");
    }
    return status;
}

/* Numbers of actors of a new article go up by what it has. */
static onr_status count_article(onr_store *s, int64_t article, onri_ids *touched, onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(
        s, "SELECT x.actor, count(DISTINCT y.fact) FROM entity e JOIN actor_entity x ON x.entity = "
           "e.id LEFT JOIN party y ON y.entity = e.id AND y.part IN ('by', 'to') WHERE e.article = "
           "?1 GROUP BY x.actor");
    onri_bind_int(st, 1, article);
    for (;;) {
        bool row;
        onr_status status = onri_store_step(s, st, &row, err);
        if (!row) return status;
        const int64_t actor = sqlite3_column_int64(st, 0);
        sqlite3_stmt *up =
            onri_store_stmt(s, "UPDATE actor SET n_articles = n_articles + 1, n_facts "
                               "= n_facts + ?2 WHERE id = ?1");
        onri_bind_int(up, 1, actor);
        onri_bind_int(up, 2, sqlite3_column_int64(st, 1));
        status = onri_store_run(s, up, err);
        if (status == ONR_OK && !onri_ids_add(touched, actor))
            status = onri_fail(err, ONR_E_NOMEM, "link", "out of memory");
        if (status == ONR_OK) continue;
        (void)sqlite3_reset(st);
        return status;
    }
}

/* A pretty name, type, country of an actor: those of its most told profile. */
static onr_status describe(onr_store *s, onr_arena *tmp, int64_t actor, onr_error *err)
{
    onr_status st = run_int(
        s,
        "UPDATE actor SET name = coalesce((SELECT w.name FROM profile_name w JOIN actor_profile p "
        "ON "
        "p.id = w.profile WHERE p.actor = ?1 AND w.n_full > 0 GROUP BY w.name ORDER BY "
        "max(p.weak), "
        "sum(w.n_full) DESC, length(w.name) DESC, w.name LIMIT 1), name), (type, country) = "
        "(SELECT "
        "p.type, (SELECT nullif(q.country, '') FROM actor_profile q WHERE q.actor = ?1 AND q.n > 0 "
        "GROUP BY q.country ORDER BY q.country = '', sum(q.n) DESC, q.country LIMIT 1) FROM "
        "actor_profile p WHERE p.actor = ?1 GROUP BY p.type ORDER BY sum(p.n) DESC, p.type LIMIT "
        "1), "
        "code = (SELECT min(code) FROM actor_profile WHERE actor = ?1 AND n > 0), wikidata = "
        "(SELECT "
        "nullif(max(wikidata), '') FROM actor_profile WHERE actor = ?1 AND n > 0) WHERE id = ?1 "
        "AND "
        "EXISTS (SELECT 1 FROM actor_profile WHERE actor = ?1)",
        actor, err);
    if (st == ONR_OK) st = run_int(s, "DELETE FROM actor_name WHERE actor = ?1", actor, err);
    /* Of one name in several cases the one that most articles write: max() says which row's. */
    if (st == ONR_OK)
        st = run_int(
            s,
            "INSERT INTO actor_name(actor, name, n_articles) SELECT ?1, name, n FROM (SELECT "
            "name, sum(k) AS n, max(printf('%09d%s', k, name)) FROM (SELECT w.name AS name, "
            "sum(w.n) AS k FROM profile_name w JOIN actor_profile p ON p.id = w.profile "
            "WHERE p.actor = ?1 AND w.n > 0 GROUP BY w.name COLLATE BINARY) GROUP BY name "
            "COLLATE NOCASE)",
            actor, err);
    if (st != ONR_OK) return st;
    sqlite3_stmt *q = onri_store_stmt(s, "SELECT uid FROM actor WHERE id = ?1");
    onri_bind_int(q, 1, actor);
    bool row;
    st = onri_store_step(s, q, &row, err);
    if (!row) return st;
    const onr_sv uid = column_dup(tmp, q, 0);
    (void)sqlite3_reset(q);
    onr_sv name = { NULL, 0 };
    st = uid.p ? onri_correct_name(s, tmp, uid, &name, err) : no_mem(tmp, err);
    if (st != ONR_OK || !name.p) return st;
    q = onri_store_stmt(s, "UPDATE actor SET name = ?2 WHERE id = ?1");
    onri_bind_int(q, 1, actor);
    onri_bind_sv(q, 2, name);
    return onri_store_run(s, q, err);
}

#define ACTOR_FACTS                                                                                \
    "INSERT OR IGNORE INTO actor_fact(actor, part, layer, fact) SELECT x.actor, y.part, f.layer, " \
    "f.id FROM "

static onr_status recount(onr_store *s, int64_t actor, onr_error *err)
{
    onr_status st = run_int(s, "DELETE FROM actor_fact WHERE actor = ?1", actor, err);
    if (st == ONR_OK)
        st =
            run_int(s,
                    ACTOR_FACTS "actor_entity x JOIN party y ON y.entity = x.entity JOIN fact f ON "
                                "f.id = y.fact WHERE x.actor = ?1",
                    actor, err);
    if (st != ONR_OK) return st;
    return run_int(
        s,
        "UPDATE actor SET n_articles = (SELECT count(DISTINCT e.article) FROM actor_entity x JOIN "
        "entity e ON e.id = x.entity WHERE x.actor = ?1), n_facts = (SELECT count(DISTINCT fact) "
        "FROM actor_fact WHERE actor = ?1 AND part IN ('by', 'to')) WHERE id = ?1",
        actor, err);
}

static void unique(onri_ids *v)
{
    onri_ids_sort(v);
    size_t n = 0;
    for (size_t i = 0; i < v->n; i++)
        if (!n || v->at[n - 1] != v->at[i]) v->at[n++] = v->at[i];
    v->n = n;
}

static onr_status tidy(onr_store *s, struct onri_link *l, onri_ids *touched, onr_error *err)
{
    onr_status st = ONR_OK;
    onr_arena tmp = onr_arena_make(64 * ONR_MIB);
    unique(&l->recount);
    for (size_t i = 0; st == ONR_OK && i < l->recount.n; i++) {
        st = recount(s, l->recount.at[i], err);
        if (st == ONR_OK && !onri_ids_add(touched, l->recount.at[i]))
            st = onri_fail(err, ONR_E_NOMEM, "link", "out of memory");
    }
    unique(touched);
    for (size_t i = 0; st == ONR_OK && i < touched->n; i++) {
        const onr_mark m = onr_arena_mark(&tmp);
        st = describe(s, &tmp, touched->at[i], err);
        onr_arena_rewind(&tmp, m);
        if (st == ONR_OK)
            st = run_int(
                s,
                "DELETE FROM actor WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM actor_entity "
                "WHERE actor = ?1)",
                touched->at[i], err);
    }
    onr_arena_drop(&tmp);
    return st;
}

onr_status onri_link_actors(onr_store *s, onr_error *err)
{
    onr_status st;
    struct onri_link *l = onri_link_of(s, &st, err);
    if (!l) return st;
    onr_arena tmp = onr_arena_make(64 * ONR_MIB);
    for (uint32_t i = 0; st == ONR_OK && i < l->keys.words.n; i++) {
        const onr_mark m = onr_arena_mark(&tmp);
        /* Nobody is called so any more: the profile goes. */
        sqlite3_stmt *q =
            onri_store_stmt(s, "DELETE FROM actor_profile WHERE name_key = ?1 AND n <= 0");
        onri_bind_sv(q, 1, l->keys.words.at[i]);
        st = onri_store_run(s, q, err);
        if (st == ONR_OK) st = regroup(s, l, &tmp, l->keys.words.at[i], err);
        onr_arena_rewind(&tmp, m);
    }
    for (uint32_t i = 0; st == ONR_OK && i < l->called.words.n; i++) {
        const onr_mark m = onr_arena_mark(&tmp);
        st = weigh_words(s, l, &tmp, "person", l->called.words.at[i], err);
        if (st == ONR_OK) st = weigh_words(s, l, &tmp, "org", l->called.words.at[i], err);
        onr_arena_rewind(&tmp, m);
    }
    onri_ids touched = { 0 };
    if (st == ONR_OK) st = insert_entities(s, l, err);
    for (size_t i = 0; st == ONR_OK && i < l->added.n; i++) {
        st = count_article(s, l->added.at[i], &touched, err);
        if (st == ONR_OK)
            st = run_int(s,
                         ACTOR_FACTS "fact f JOIN party y ON y.fact = f.id JOIN actor_entity x ON "
                                     "x.entity = y.entity WHERE f.article = ?1",
                         l->added.at[i], err);
    }
    if (st == ONR_OK) st = tidy(s, l, &touched, err);
    onri_heap_free(touched.at);
    onr_arena_drop(&tmp);
    return st;
}
