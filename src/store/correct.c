/* Corrections with memory: rows that are never deleted, hold whenever actors are grouped or an
 * article is read again, and can be undone. Actors are named by uids, which are made from names;
 * facts by ids, which are made from content (correct_apply.c). Source: own. */
#include "store/correct.h"

#include "store/correct_fields.h"
#include "store/link.h"
#include "store/views.h"

#include <stdio.h>
#include <time.h>

const char *onr_correction_name(onr_correction_kind v)
{
    static const char *const names[] = {
#define NAME(id, name) name,
        ONR_CORRECTIONS(NAME)
#undef NAME
    };
    return (unsigned)v < ONR_CORRECTION__COUNT ? names[v] : "?";
}

/* ---- asked by linking -------------------------------------------------------------------------
 */

static onr_status one_text(onr_store *s, onr_arena *mem, sqlite3_stmt *st, onr_sv *out,
                           onr_error *err)
{
    *out = (onr_sv){ NULL, 0 };
    bool row;
    onr_status status = onri_store_step(s, st, &row, err);
    if (!row) return status;
    const onr_sv v = onri_column_sv(st, 0);
    if (v.p) {
        *out = onri_dup(mem, v);
        if (!out->p) status = onri_fail_mem(err, mem, "correct");
    }
    (void)sqlite3_reset(st);
    return status;
}

onr_status onri_correct_actor(onr_store *s, onr_arena *mem, onr_sv uid, onr_sv *out, onr_error *err)
{
    onr_sv at = uid;
    for (int step = 0; step < 16; step++) { /* a chain of merges; a circle ends it */
        sqlite3_stmt *st = onri_store_stmt(
            s,
            "SELECT change ->> '$.to' FROM correction WHERE target_uid = ?1 AND target = 'actor' "
            "AND action = 'merge' AND undone_at IS NULL ORDER BY id DESC LIMIT 1");
        onri_bind_sv(st, 1, at);
        onr_sv next;
        const onr_status status = one_text(s, mem, st, &next, err);
        if (status != ONR_OK) return status;
        if (!next.p || onri_eq(next, uid)) break;
        at = next;
    }
    *out = at;
    return ONR_OK;
}

onr_status onri_correct_name(onr_store *s, onr_arena *mem, onr_sv uid, onr_sv *out, onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(
        s,
        "SELECT change ->> '$.to' FROM correction WHERE target_uid = ?1 AND target = 'actor' AND "
        "action = 'rename' AND undone_at IS NULL ORDER BY id DESC LIMIT 1");
    onri_bind_sv(st, 1, uid);
    return one_text(s, mem, st, out, err);
}

onr_status onri_correct_entity(onr_store *s, onr_arena *mem, onr_sv article_uid, onr_sv name_key,
                               onr_sv *out, onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(
        s,
        "SELECT change ->> '$.to' FROM correction WHERE target_uid = ?1 AND article_uid = ?2 AND "
        "target = 'entity' AND action = 'split' AND undone_at IS NULL ORDER BY id DESC LIMIT 1");
    onri_bind_sv(st, 1, name_key);
    onri_bind_sv(st, 2, article_uid);
    return one_text(s, mem, st, out, err);
}

/* ---- asked by keeping -------------------------------------------------------------------------
 */

typedef struct due { /* corrections of an article */
    int64_t id;
    onr_sv action, target_uid, change, who, at, why;
} due;

typedef ONRI_VEC(due) due_list;

static onr_sv column_dup(onr_arena *mem, sqlite3_stmt *st, int at)
{
    const onr_sv v = onri_column_sv(st, at);
    return v.p ? onri_dup(mem, v) : (onr_sv){ "", 0 };
}

static onr_status load_due(onr_store *s, onr_arena *mem, onr_sv article, due_list *v,
                           onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(
        s, "SELECT id, action, target_uid, change, who, made_at, why FROM correction WHERE "
           "article_uid = ?1 AND action IN ('reject', 'mend', 'add') AND undone_at IS NULL ORDER "
           "BY id");
    onri_bind_sv(st, 1, article);
    for (;;) {
        bool row;
        const onr_status status = onri_store_step(s, st, &row, err);
        if (!row) return status;
        due *d = ONRI_PUSH(mem, v);
        if (d) {
            *d = (due){ sqlite3_column_int64(st, 0), column_dup(mem, st, 1), column_dup(mem, st, 2),
                        column_dup(mem, st, 3),      column_dup(mem, st, 4), column_dup(mem, st, 5),
                        column_dup(mem, st, 6) };
            if (d->action.p && d->target_uid.p && d->change.p && d->who.p && d->at.p && d->why.p)
                continue;
        }
        (void)sqlite3_reset(st);
        return onri_fail_mem(err, mem, "correct");
    }
}

static onr_status set_applies(onr_store *s, int64_t id, bool applies, const char *misfit,
                              onr_error *err)
{
    sqlite3_stmt *st =
        onri_store_stmt(s, "UPDATE correction SET applies = ?2, misfit = ?3 WHERE id = ?1 AND "
                           "(applies <> ?2 OR misfit IS NOT ?3)");
    onri_bind_int(st, 1, id);
    onri_bind_int(st, 2, applies);
    onri_bind_z(st, 3, applies ? NULL : misfit);
    return onri_store_run(s, st, err);
}

/* Remember what was corrected; the last correction of a fact is the one that is told. */
static bool note(onri_keep *k, const onri_corrected *c)
{
    uint32_t i = 0;
    while (i < k->corrected.n && !onri_eq(k->corrected.at[i].c.fact, c->c.fact)) i++;
    if (i < k->corrected.n) {
        const bool added = onri_eqz(k->corrected.at[i].c.action, "add");
        k->corrected.at[i] = *c;
        /* Somebody's own fact stays that when it is mended. */
        if (added && onri_eqz(c->c.action, "mend")) k->corrected.at[i].c.action = ONR_SV("add");
        return true;
    }
    onri_corrected *at = ONRI_PUSH(k->tmp, &k->corrected);
    if (at) *at = *c;
    return at != NULL;
}

/* What the record says of itself: corrected in another store. */
static bool note_given(onri_keep *k)
{
    for (uint32_t i = 0; i < k->rec->n_corrected; i++) {
        onri_corrected c = { .c = k->rec->corrected[i] };
        c.told = (onri_telling){ .uid = c.c.fact, .kind = c.c.kind, .words = ONR_SV("") };
        if (k->rec->text.p && c.c.span.end <= k->rec->text.n && c.c.span.beg <= c.c.span.end)
            c.told.words = onri_sub(k->rec->text, c.c.span.beg, c.c.span.end);
        if (!note(k, &c)) return false;
    }
    return true;
}

static onr_status apply(onri_keep *k, onr_record *mine, const due *d, bool *fits, onr_error *misfit,
                        onr_error *err)
{
    onri_corrected c = { .id = d->id };
    const onr_status st =
        onri_correct_one(k->tmp, mine, d->action, d->target_uid, d->change, fits, &c, misfit, err);
    if (st != ONR_OK || !*fits || !c.c.fact.p) return st;
    c.c.action = d->action;
    c.c.who = d->who;
    c.c.when = d->at;
    c.c.why = d->why;
    return note(k, &c) ? ONR_OK : onri_fail_mem(err, k->tmp, "correct");
}

static onr_status tell_corrected(onri_keep *k, onr_record *mine, onr_error *err)
{
    onr_corrected *all = ONRI_NEW_N(k->tmp, k->corrected.n + (size_t)1, onr_corrected);
    if (!all) return onri_fail_mem(err, k->tmp, "correct");
    for (uint32_t i = 0; i < k->corrected.n; i++) all[i] = k->corrected.at[i].c;
    mine->corrected = all;
    mine->n_corrected = k->corrected.n;
    return ONR_OK;
}

onr_status onri_correct_record(onri_keep *k, onr_sv json, onr_error *err)
{
    due_list v = { 0 };
    k->corrected.n = 0;
    onr_status st = load_due(k->s, k->tmp, k->rec->id, &v, err);
    if (st != ONR_OK || k->rec->error) return st;
    if (!note_given(k)) return onri_fail_mem(err, k->tmp, "correct");
    if (v.n == 0) return ONR_OK;
    onr_record *mine = ONRI_NEW(k->tmp, onr_record); /* arrays of our own, to be changed */
    if (!mine) return onri_fail_mem(err, k->tmp, "correct");
    st = onr_record_load(k->tmp, json, mine, err);
    for (uint32_t i = 0; st == ONR_OK && i < v.n; i++) {
        bool fits;
        onr_error misfit = ONR_ERROR_INIT;
        st = apply(k, mine, &v.at[i], &fits, &misfit, err);
        if (st == ONR_OK) st = set_applies(k->s, v.at[i].id, fits, misfit.msg, err);
    }
    if (st == ONR_OK) st = tell_corrected(k, mine, err);
    if (st == ONR_OK) k->rec = mine;
    return st;
}

static onr_status put_rejected(onri_keep *k, const onri_corrected *c, onr_error *err)
{
    int64_t id;
    const onr_status status =
        onri_keep_ids(k->s, "SELECT max(id) FROM rejected WHERE id < ?1", k->day, 1, &id, err);
    if (status != ONR_OK) return status;
    sqlite3_stmt *st = onri_store_stmt(
        k->s, "INSERT OR REPLACE INTO rejected(id, uid, article, layer, kind, start, stop, "
              "sentence, words, by_name, to_name, rule, p, correction, who, made_at, why) VALUES "
              "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, coalesce(?9, ''), ?10, ?11, coalesce(?12, ''), "
              "?13, ?14, ?15, ?16, ?17)");
    const int64_t sentence = onri_keep_sentence(k->rec, c->c.span.beg);
    onri_bind_int(st, 1, id);
    onri_bind_sv(st, 2, c->c.fact);
    onri_bind_int(st, 3, k->article);
    onri_bind_sv(st, 4, c->c.layer.n ? c->c.layer : ONR_SV("statement"));
    onri_bind_sv(st, 5, c->c.kind.n ? c->c.kind : ONR_SV("none"));
    onri_bind_int(st, 6, c->c.span.beg);
    onri_bind_int(st, 7, c->c.span.end);
    if (sentence >= 0) onri_bind_int(st, 8, sentence);
    onri_bind_sv(st, 9, c->told.words);
    onri_bind_sv(st, 10, c->told.by);
    onri_bind_sv(st, 11, c->told.to);
    onri_bind_sv(st, 12, c->told.rule);
    onri_bind_num(st, 13, (double)c->told.p);
    onri_bind_id(st, 14, c->id);
    onri_bind_sv(st, 15, c->c.who);
    onri_bind_sv(st, 16, c->c.when.n ? c->c.when : ONR_SV("?"));
    onri_bind_sv(st, 17, c->c.why);
    onr_status made = onri_store_run(k->s, st, err);
    st = onri_store_stmt(k->s, "INSERT INTO rejected_fts(rowid, words, by_name, to_name) SELECT "
                               "id, words, by_name, to_name FROM rejected WHERE id = ?1");
    onri_bind_int(st, 1, id);
    return made == ONR_OK ? onri_store_run(k->s, st, err) : made;
}

onr_status onri_correct_mark(onri_keep *k, onr_error *err)
{
    onr_status status = ONR_OK;
    for (uint32_t i = 0; status == ONR_OK && i < k->corrected.n; i++) {
        const onri_corrected *c = &k->corrected.at[i];
        if (onri_eqz(c->c.action, "reject")) {
            status = put_rejected(k, c, err);
            continue;
        }
        sqlite3_stmt *st = onri_store_stmt(
            k->s,
            "INSERT OR REPLACE INTO fact_corrected(fact, correction, action, who, made_at, why) "
            "SELECT id, ?3, ?4, ?5, ?6, ?7 FROM fact WHERE article = ?1 AND uid = ?2");
        onri_bind_int(st, 1, k->article);
        onri_bind_sv(st, 2, c->c.fact);
        onri_bind_id(st, 3, c->id);
        onri_bind_sv(st, 4, c->c.action);
        onri_bind_sv(st, 5, c->c.who);
        onri_bind_sv(st, 6, c->c.when.n ? c->c.when : ONR_SV("?"));
        onri_bind_sv(st, 7, c->c.why);
        status = onri_store_run(k->s, st, err);
    }
    return status;
}

/* ---- the record as people corrected it --------------------------------------------------------
 */

onr_status onr_store_corrected_json(onr_store *s, onr_arena *mem, onr_sv uid, onr_sv *out,
                                    onr_error *err)
{
    onr_sv json;
    onr_record rec;
    due_list v = { 0 };
    onr_status st = onr_store_record_json(s, mem, uid, &json, err);
    if (st != ONR_OK || !json.p) {
        if (st == ONR_OK) *out = json;
        return st;
    }
    st = load_due(s, mem, uid, &v, err);
    if (st == ONR_OK && v.n == 0) {
        *out = json; /* byte for byte */
        return ONR_OK;
    }
    onri_keep k = { .s = s, .rec = &rec, .tmp = mem };
    if (st == ONR_OK) st = onr_record_load(mem, json, &rec, err);
    if (st == ONR_OK && !note_given(&k)) st = onri_fail_mem(err, mem, "correct");
    for (uint32_t i = 0; st == ONR_OK && i < v.n; i++) {
        bool fits;
        st = apply(&k, &rec, &v.at[i], &fits, NULL, err);
    }
    if (st == ONR_OK) st = tell_corrected(&k, &rec, err);
    return st == ONR_OK ? onr_record_json(mem, &rec, NULL, out, err) : st;
}

/* ---- making one -------------------------------------------------------------------------------
 */

static void now(char out[21])
{
    const time_t t = time(NULL);
    struct tm tm;
    if (!gmtime_r(&t, &tm) || !strftime(out, 21, "%Y-%m-%dT%H:%M:%SZ", &tm)) out[0] = '\0';
}

static onr_status bad(onr_error *err, const char *what, onr_sv v)
{
    return onri_fail(err, ONR_E_RANGE, "correct", "%s '%.*s'", what, (int)(v.n > 120 ? 120 : v.n),
                     v.p ? v.p : "");
}

static onr_status need(onr_store *s, const char *sql, onr_sv a, onr_sv b, const char *what,
                       onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(s, sql);
    onri_bind_sv(st, 1, a);
    if (b.p) onri_bind_sv(st, 2, b);
    int64_t is;
    const onr_status status = onri_store_int(s, st, 0, &is, err);
    return status != ONR_OK || is ? status : bad(err, what, b.p ? b : a);
}

static onr_status insert(onr_store *s, const onr_correction *c, const char *target,
                         onr_sv target_uid, onr_sv change, int64_t *id, onr_error *err)
{
    char at[21];
    now(at);
    sqlite3_stmt *st = onri_store_stmt(s, "INSERT INTO correction(made_at, who, why, action, "
                                          "article_uid, target_uid, target, change) "
                                          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id");
    onri_bind_z(st, 1, at);
    onri_bind_sv(st, 2, c->who);
    onri_bind_sv(st, 3, c->why);
    onri_bind_z(st, 4, onr_correction_name(c->kind));
    onri_bind_sv(st, 5, c->article);
    onri_bind_sv(st, 6, target_uid);
    onri_bind_z(st, 7, target);
    onri_bind_sv(st, 8, change);
    return onri_store_int(s, st, 0, id, err);
}

/* All profiles that are (or by themselves would be) that actor are grouped anew. */
static onr_status regroup(onr_store *s, onr_sv uid, onr_error *err)
{
    onr_status status;
    struct onri_link *l = onri_link_of(s, &status, err);
    if (!l) return status;
    sqlite3_stmt *st = onri_store_stmt(
        s,
        "SELECT DISTINCT p.name_key, p.actor FROM actor a JOIN actor_profile p ON p.actor = a.id "
        "WHERE a.uid = ?1");
    onri_bind_sv(st, 1, uid);
    for (;;) {
        bool row;
        status = onri_store_step(s, st, &row, err);
        if (!row) return status;
        if (onri_atom(&l->keys, onri_column_sv(st, 0)) != ONR_NONE &&
            onri_ids_add(&l->recount, sqlite3_column_int64(st, 1)))
            continue;
        (void)sqlite3_reset(st);
        return onri_fail(err, ONR_E_NOMEM, "correct", "out of memory");
    }
}

static onr_status to_change(onri_buf *b, onr_arena *mem, onr_sv from, onr_sv to, onr_sv *out,
                            onr_error *err)
{
    onri_jw w = onri_jw_make(b);
    onri_jw_open(&w, '{');
    onri_jw_key(&w, "from");
    onri_jw_str(&w, from);
    onri_jw_key(&w, "to");
    onri_jw_str(&w, to);
    onri_jw_close(&w, '}');
    *out = b->status == ONR_OK ? onri_dup(mem, onri_buf_sv(b)) : (onr_sv){ NULL, 0 };
    return out->p ? ONR_OK : onri_fail_mem(err, mem, "correct");
}

static const char is_actor[] = "SELECT 1 FROM actor WHERE uid = ?1";
static const char is_article[] = "SELECT 1 FROM article WHERE uid = ?1 AND error IS NULL";

static onr_status correct_actor(onr_store *s, const onr_correction *c, onr_arena *mem, int64_t *id,
                                onr_error *err)
{
    onri_buf b = onri_buf_make(1 << 20);
    onr_sv change, name;
    const bool merge = c->kind == ONR_CORRECTION_MERGE;
    onr_status st = need(s, is_actor, c->actor, (onr_sv){ NULL, 0 }, "no actor", err);
    if (st == ONR_OK && merge) st = need(s, is_actor, c->to, (onr_sv){ NULL, 0 }, "no actor", err);
    if (st == ONR_OK && (c->to.n == 0 || (merge && onri_eq(c->actor, c->to))))
        st = bad(err, merge ? "an actor is itself already:" : "no name given for", c->actor);
    sqlite3_stmt *q = onri_store_stmt(s, "SELECT name FROM actor WHERE uid = ?1");
    onri_bind_sv(q, 1, c->actor);
    if (st == ONR_OK) st = one_text(s, mem, q, &name, err);
    if (st == ONR_OK) st = to_change(&b, mem, merge ? c->actor : name, c->to, &change, err);
    if (st == ONR_OK) st = insert(s, c, "actor", c->actor, change, id, err);
    if (st == ONR_OK) st = regroup(s, c->actor, err);
    onri_buf_drop(&b);
    return st;
}

/* The article's entities that are the actor get another one. */
static onr_status correct_split(onr_store *s, const onr_correction *c, onr_arena *mem, int64_t *id,
                                onr_error *err)
{
    onri_buf b = onri_buf_make(1 << 20);
    onr_sv change, key = { NULL, 0 };
    bool there;
    sqlite3_stmt *q = onri_store_stmt(
        s,
        "SELECT p.name_key FROM article a JOIN entity e ON e.article = a.id JOIN actor_entity x ON "
        "x.entity = e.id JOIN actor r ON r.id = x.actor JOIN actor_profile p ON p.id = x.profile "
        "WHERE a.uid = ?1 AND r.uid = ?2 ORDER BY p.name_key LIMIT 1");
    onri_bind_sv(q, 1, c->article);
    onri_bind_sv(q, 2, c->actor);
    onr_status st = one_text(s, mem, q, &key, err);
    if (st == ONR_OK && !key.p) st = bad(err, "the article has no such actor:", c->actor);
    if (st == ONR_OK && (c->to.n == 0 || onri_eq(c->to, c->actor)))
        st = bad(err, "say whom it is, by another id than", c->actor);
    if (st == ONR_OK) st = to_change(&b, mem, c->actor, c->to, &change, err);
    if (st == ONR_OK) st = insert(s, c, "entity", key, change, id, err);
    if (st == ONR_OK) st = onri_store_put_again(s, c->article, &there, err);
    onri_buf_drop(&b);
    return st;
}

static void put_set(onri_jw *w, const onr_correction *c)
{
    onri_jw_key(w, "set");
    onri_jw_open(w, '{');
    for (size_t i = 0; i < c->n_set; i++) {
        char key[32];
        const size_t n = c->set[i].field.n < sizeof key ? c->set[i].field.n : sizeof key - 1;
        memcpy(key, c->set[i].field.p, n);
        key[n] = '\0';
        onri_jw_key(w, key);
        onri_jw_str(w, c->set[i].value);
    }
    onri_jw_close(w, '}');
}

/* What the fact is now, so that it is found again and that people see what was changed. */
static onr_status put_fact(onr_store *s, onri_jw *w, const onr_correction *c, onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(
        s,
        "SELECT f.layer, f.kind, f.start, f.stop, CAST(substr(CAST(t.text AS BLOB), f.start + 1, "
        "f.stop - f.start) AS TEXT), a.text_sha256 FROM fact f JOIN article a ON a.id = f.article "
        "JOIN article_text t ON t.article = a.id WHERE a.uid = ?1 AND f.uid = ?2");
    onri_bind_sv(st, 1, c->article);
    onri_bind_sv(st, 2, c->fact);
    bool row;
    const onr_status status = onri_store_step(s, st, &row, err);
    if (!row) return status;
    static const char *const names[] = { "layer", "kind", "start", "stop", "words", "text_sha256" };
    onri_jw_key(w, "fact");
    onri_jw_open(w, '{');
    for (int i = 0; i < 6; i++) {
        onri_jw_key(w, names[i]);
        if (i == 2 || i == 3)
            onri_jw_int(w, sqlite3_column_int64(st, i));
        else
            onri_jw_str(w, onri_column_sv(st, i));
    }
    onri_jw_close(w, '}');
    (void)sqlite3_reset(st);
    return ONR_OK;
}

/* A letter and 16 hex digits, as all facts have, from what is added. */
static void id_of_added(const onr_correction *c, char out[18])
{
    static const char letters[] = "secdpr";
    uint8_t sum[32];
    onri_sha256 h;
    const onr_layer layer = onri_correct_layer(c->what);
    onri_sha256_init(&h);
    onri_sha256_add(&h, c->article);
    if (c->what.n) onri_sha256_add(&h, c->what);
    for (size_t i = 0; i < c->n_set; i++) {
        onri_sha256_add(&h, ONR_SV("\n"));
        if (c->what.n) onri_sha256_add(&h, c->set[i].field);
        onri_sha256_add(&h, c->set[i].value);
    }
    onri_sha256_end(&h, sum);
    out[0] = layer < ONR_LAYER_SENTENCE ? letters[layer] : 'a';
    onri_hex(sum, 8, out + 1);
}

/* Each field is one of the fact's, and told once. */
static onr_status check_sets(const onr_correction *c, onr_sv what, onr_error *err)
{
    const onr_layer layer = onri_correct_layer(what);
    const bool actor = onri_eqz(what, "actor") || onri_eqz(what, "mention");
    if (layer == ONR_LAYER__COUNT && !actor)
        return bad(err,
                   "add what? statement, event, commitment, dispute, position, relation, "
                   "actor or mention, not",
                   what);
    for (size_t i = 0; i < c->n_set; i++) {
        const onr_sv f = c->set[i].field;
        bool is = actor ? onri_is_actor_field(what, f) : onri_is_field(layer, f);
        is |= onri_eqz(f, "kind") && (layer == ONR_LAYER_DISPUTE || layer == ONR_LAYER_POSITION);
        if (!is) return bad(err, "there is no such field to set (see docs/store.md):", f);
        for (size_t j = 0; j < i; j++)
            if (onri_eq(f, c->set[j].field)) return bad(err, "set twice:", f);
        if (onri_utf8_check(c->set[i].value) != c->set[i].value.n)
            return bad(err, "the value is not UTF-8, of", f);
    }
    if (c->kind == ONR_CORRECTION_REJECT && c->n_set)
        return bad(err, "nothing is set when a fact is rejected, but", c->set[0].field);
    if (c->kind != ONR_CORRECTION_REJECT && c->n_set == 0)
        return bad(err, "say what to set, as field=value, of a", what.n ? what : ONR_SV("fact"));
    return ONR_OK;
}

/* The layer of the fact that is to be corrected. */
static onr_status layer_of(onr_store *s, const onr_correction *c, onr_arena *mem, onr_sv *layer,
                           onr_error *err)
{
    *layer = c->what;
    if (c->kind == ONR_CORRECTION_ADD) return ONR_OK;
    sqlite3_stmt *st = onri_store_stmt(
        s, "SELECT f.layer FROM article a JOIN fact f ON f.article = a.id WHERE a.uid = ?1 AND "
           "f.uid = ?2");
    onri_bind_sv(st, 1, c->article);
    onri_bind_sv(st, 2, c->fact);
    const onr_status status = one_text(s, mem, st, layer, err);
    if (status != ONR_OK || layer->p) return status;
    return bad(err, "the article has no fact", c->fact);
}

static onr_status misfit_of(onr_store *s, onr_arena *mem, int64_t id, onr_error *err)
{
    onr_sv why;
    sqlite3_stmt *st = onri_store_stmt(s, "SELECT coalesce(misfit, 'it fits nothing') FROM "
                                          "correction WHERE id = ?1 AND NOT applies");
    onri_bind_int(st, 1, id);
    const onr_status status = one_text(s, mem, st, &why, err);
    if (status != ONR_OK || !why.p) return status;
    return onri_fail(err, ONR_E_RANGE, "correct", "%.*s", (int)(why.n > 400 ? 400 : why.n), why.p);
}

static onr_status correct_fact(onr_store *s, const onr_correction *c, onr_arena *mem, int64_t *id,
                               onr_error *err)
{
    onri_buf b = onri_buf_make(64 * ONR_MIB);
    onri_jw w = onri_jw_make(&b);
    char added[18];
    bool there = false;
    const bool adds = c->kind == ONR_CORRECTION_ADD;
    onr_sv uid = c->fact, layer = { NULL, 0 };
    onr_status st = need(s, is_article, c->article, (onr_sv){ NULL, 0 }, "no article", err);
    if (st == ONR_OK) st = layer_of(s, c, mem, &layer, err);
    if (st == ONR_OK) st = check_sets(c, layer, err);
    if (st == ONR_OK && adds) {
        id_of_added(c, added);
        uid = onri_sv(added, 17);
        st = need(s,
                  "SELECT NOT EXISTS (SELECT 1 FROM correction WHERE article_uid = ?1 AND "
                  "target_uid = ?2 AND action = 'add' AND undone_at IS NULL)",
                  c->article, uid, "this was added already, as", err);
    }
    onri_jw_open(&w, '{');
    if (adds && c->what.n) {
        onri_jw_key(&w, "what");
        onri_jw_str(&w, c->what);
    }
    if (st == ONR_OK && !adds) st = put_fact(s, &w, c, err);
    if (st == ONR_OK && c->n_set) put_set(&w, c);
    onri_jw_close(&w, '}');
    const onr_sv change = b.status == ONR_OK ? onri_dup(mem, onri_buf_sv(&b)) : (onr_sv){ NULL, 0 };
    onri_buf_drop(&b);
    if (st == ONR_OK && !change.p) st = onri_fail_mem(err, mem, "correct");
    if (st == ONR_OK) st = insert(s, c, "fact", uid, change, id, err);
    if (st == ONR_OK) st = onri_store_put_again(s, c->article, &there, err);
    return st == ONR_OK ? misfit_of(s, mem, *id, err) : st;
}

/* ---- all or nothing ---------------------------------------------------------------------------
 */

static onr_status enter(onr_store *s, onr_error *err)
{
    onr_status st = onri_store_begin(s, err);
    /* What was kept before is linked first: a rollback to here must not lose what is due. */
    if (st == ONR_OK) st = onri_link_all(s, err);
    if (st == ONR_OK) st = onri_store_index(s, err);
    if (st == ONR_OK) st = onri_store_run(s, onri_store_stmt(s, "SAVEPOINT correct"), err);
    return st;
}

static onr_status leave(onr_store *s, onr_status st, onr_error *err)
{
    if (st == ONR_OK) st = onri_link_all(s, err);
    if (st == ONR_OK) st = onri_store_index(s, err);
    if (st == ONR_OK) return onri_store_run(s, onri_store_stmt(s, "RELEASE correct"), err);
    if (sqlite3_get_autocommit(s->db) ||
        onri_store_run(s, onri_store_stmt(s, "ROLLBACK TO correct"), NULL) != ONR_OK ||
        onri_store_run(s, onri_store_stmt(s, "RELEASE correct"), NULL) != ONR_OK) {
        onri_store_undo(s);
        return st;
    }
    s->facts.n = s->sentences.n = 0;
    onri_link_reset(s);
    return st;
}

onr_status onr_store_correct(onr_store *s, const onr_correction *c, int64_t *id, onr_error *err)
{
    if (c->who.n == 0) return onri_fail(err, ONR_E_RANGE, "correct", "say who corrects");
    onr_arena mem = onr_arena_make(256 * ONR_MIB);
    int64_t made = 0;
    onr_status st = enter(s, err);
    if (st != ONR_OK) {
        onr_arena_drop(&mem);
        return st;
    }
    switch (c->kind) {
    case ONR_CORRECTION_MERGE:
    case ONR_CORRECTION_RENAME:
        st = correct_actor(s, c, &mem, &made, err);
        break;
    case ONR_CORRECTION_SPLIT:
        st = correct_split(s, c, &mem, &made, err);
        break;
    case ONR_CORRECTION_REJECT:
    case ONR_CORRECTION_MEND:
    case ONR_CORRECTION_ADD:
        st = correct_fact(s, c, &mem, &made, err);
        break;
    default:
        st = onri_fail(err, ONR_E_RANGE, "correct", "no such kind of correction");
        break;
    }
    st = leave(s, st, err);
    onr_arena_drop(&mem);
    if (st == ONR_OK && id) *id = made;
    return st;
}

static onr_status undo(onr_store *s, onr_arena *mem, int64_t id, onr_sv who, onr_error *err)
{
    sqlite3_stmt *st =
        onri_store_stmt(s, "SELECT target, target_uid, article_uid, change ->> '$.to' "
                           "FROM correction WHERE id = ?1 AND undone_at IS NULL");
    onri_bind_int(st, 1, id);
    bool row, there;
    onr_status status = onri_store_step(s, st, &row, err);
    if (status != ONR_OK) return status;
    if (!row)
        return onri_fail(err, ONR_E_RANGE, "correct", "no correction %lld that could be undone",
                         (long long)id);
    const bool actor = onri_eqz(onri_column_sv(st, 0), "actor");
    const onr_sv target = column_dup(mem, st, 1), article = column_dup(mem, st, 2),
                 to = column_dup(mem, st, 3);
    (void)sqlite3_reset(st);
    if (!target.p || !article.p || !to.p) return onri_fail_mem(err, mem, "correct");
    char at[21];
    now(at);
    st = onri_store_stmt(s, "UPDATE correction SET undone_at = ?2, undone_by = ?3 WHERE id = ?1");
    onri_bind_int(st, 1, id);
    onri_bind_z(st, 2, at);
    onri_bind_sv(st, 3, who);
    status = onri_store_run(s, st, err);
    if (status != ONR_OK) return status;
    if (!actor) return onri_store_put_again(s, article, &there, err);
    status = regroup(s, target, err);
    if (status == ONR_OK) status = regroup(s, to, err);
    return status;
}

onr_status onr_store_undo(onr_store *s, int64_t id, onr_sv who, onr_error *err)
{
    if (who.n == 0) return onri_fail(err, ONR_E_RANGE, "correct", "say who takes it back");
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    onr_status st = enter(s, err);
    if (st == ONR_OK) st = leave(s, undo(s, &mem, id, who, err), err);
    onr_arena_drop(&mem);
    return st;
}

onr_status onr_store_corrections(onr_store *s, uint64_t limit, onr_row_fn row, void *ctx,
                                 uint64_t *n, onr_error *err)
{
    onri_ask q = onri_ask_make(s, err);
    onri_ask_add(&q,
                 "SELECT id, made_at, who, why, action, target, target_uid, article_uid, change, "
                 "applies, misfit, undone_at, undone_by FROM correction ORDER BY id DESC");
    onri_ask_limit(&q, limit);
    return onri_ask_end(&q, row, ctx, n);
}
