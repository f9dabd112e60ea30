/* Corrections with memory: rows that are never deleted, hold whenever actors are grouped or an
 * article is read again, and can be undone. Actors are named by uids, which are made from names;
 * facts by ids, which are made from content (correct_apply.c). Source: own. */
#include "store/correct.h"

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
    onr_sv action, target_uid, change;
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
        s,
        "SELECT id, action, target_uid, change FROM correction WHERE article_uid = ?1 AND action "
        "IN ('reject', 'mend', 'add') AND undone_at IS NULL ORDER BY id");
    onri_bind_sv(st, 1, article);
    for (;;) {
        bool row;
        const onr_status status = onri_store_step(s, st, &row, err);
        if (!row) return status;
        due *d = ONRI_PUSH(mem, v);
        if (d) {
            *d = (due){ sqlite3_column_int64(st, 0), column_dup(mem, st, 1), column_dup(mem, st, 2),
                        column_dup(mem, st, 3) };
            if (d->action.p && d->target_uid.p && d->change.p) continue;
        }
        (void)sqlite3_reset(st);
        return onri_fail_mem(err, mem, "correct");
    }
}

static onr_status set_applies(onr_store *s, int64_t id, bool applies, onr_error *err)
{
    sqlite3_stmt *st =
        onri_store_stmt(s, "UPDATE correction SET applies = ?2 WHERE id = ?1 AND applies <> ?2");
    onri_bind_int(st, 1, id);
    onri_bind_int(st, 2, applies);
    return onri_store_run(s, st, err);
}

onr_status onri_correct_record(onri_keep *k, onr_sv json, onr_error *err)
{
    due_list v = { 0 };
    k->n_corrected = 0;
    onr_status st = load_due(k->s, k->tmp, k->rec->id, &v, err);
    if (st != ONR_OK || v.n == 0 || k->rec->error) return st;
    onr_record *mine = ONRI_NEW(k->tmp, onr_record); /* arrays of our own, to be changed */
    k->corrected = ONRI_NEW_N(k->tmp, v.n, onri_corrected);
    if (!mine || !k->corrected) return onri_fail_mem(err, k->tmp, "correct");
    st = onr_record_load(k->tmp, json, mine, err);
    for (uint32_t i = 0; st == ONR_OK && i < v.n; i++) {
        bool fits;
        onr_sv uid;
        st = onri_correct_one(k->tmp, mine, v.at[i].action, v.at[i].target_uid, v.at[i].change,
                              &fits, &uid, err);
        if (st == ONR_OK && fits && uid.p)
            k->corrected[k->n_corrected++] = (onri_corrected){ v.at[i].id, uid, v.at[i].action };
        if (st == ONR_OK) st = set_applies(k->s, v.at[i].id, fits, err);
    }
    if (st == ONR_OK) k->rec = mine;
    return st;
}

onr_status onri_correct_mark(onri_keep *k, onr_error *err)
{
    onr_status status = ONR_OK;
    for (uint32_t i = 0; status == ONR_OK && i < k->n_corrected; i++) {
        sqlite3_stmt *st = onri_store_stmt(
            k->s,
            "INSERT OR REPLACE INTO fact_corrected(fact, correction, action) SELECT id, ?3, ?4 "
            "FROM fact WHERE article = ?1 AND uid = ?2");
        onri_bind_int(st, 1, k->article);
        onri_bind_sv(st, 2, k->corrected[i].uid);
        onri_bind_int(st, 3, k->corrected[i].id);
        onri_bind_sv(st, 4, k->corrected[i].action);
        status = onri_store_run(k->s, st, err);
    }
    return status;
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
    uint8_t sum[32];
    onri_sha256 h;
    onri_sha256_init(&h);
    onri_sha256_add(&h, c->article);
    for (size_t i = 0; i < c->n_set; i++) {
        onri_sha256_add(&h, ONR_SV("\n"));
        onri_sha256_add(&h, c->set[i].value);
    }
    onri_sha256_end(&h, sum);
    out[0] = 's';
    onri_hex(sum, 8, out + 1);
}

static bool sets_known(const onr_correction *c)
{
    static const char *const known[] = { "kind",      "form",    "negated", "source",
                                         "addressee", "content", "cue",     "status",
                                         "target",    "holder",  "stance" };
    for (size_t i = 0; i < c->n_set; i++) {
        bool is = false;
        for (size_t j = 0; j < sizeof known / sizeof *known; j++)
            is |= onri_eqz(c->set[i].field, known[j]);
        for (size_t j = 0; j < i; j++) is &= !onri_eq(c->set[i].field, c->set[j].field);
        if (!is || onri_utf8_check(c->set[i].value) != c->set[i].value.n) return false;
    }
    return true;
}

static onr_status correct_fact(onr_store *s, const onr_correction *c, onr_arena *mem, int64_t *id,
                               onr_error *err)
{
    onri_buf b = onri_buf_make(64 * ONR_MIB);
    onri_jw w = onri_jw_make(&b);
    char added[18];
    bool there = false;
    int64_t applies = 0;
    onr_sv uid = c->fact;
    onr_status st = need(s, is_article, c->article, (onr_sv){ NULL, 0 }, "no article", err);
    if (c->kind == ONR_CORRECTION_ADD) {
        id_of_added(c, added);
        uid = onri_sv(added, 17);
    } else if (st == ONR_OK) {
        st = need(s,
                  "SELECT 1 FROM article a JOIN fact f ON f.article = a.id WHERE a.uid = ?1 AND "
                  "f.uid = ?2",
                  c->article, c->fact, "the article has no fact", err);
    }
    if (st == ONR_OK && (!sets_known(c) || (c->kind != ONR_CORRECTION_REJECT && c->n_set == 0)))
        st = bad(err, "unknown, doubled or missing fields to set for", uid);
    onri_jw_open(&w, '{');
    if (st == ONR_OK && c->kind != ONR_CORRECTION_ADD) st = put_fact(s, &w, c, err);
    if (st == ONR_OK && c->n_set) put_set(&w, c);
    onri_jw_close(&w, '}');
    const onr_sv change = b.status == ONR_OK ? onri_dup(mem, onri_buf_sv(&b)) : (onr_sv){ NULL, 0 };
    onri_buf_drop(&b);
    if (st == ONR_OK && !change.p) st = onri_fail_mem(err, mem, "correct");
    if (st == ONR_OK) st = insert(s, c, "fact", uid, change, id, err);
    if (st == ONR_OK) st = onri_store_put_again(s, c->article, &there, err);
    sqlite3_stmt *q = onri_store_stmt(s, "SELECT applies FROM correction WHERE id = ?1");
    onri_bind_int(q, 1, *id);
    if (st == ONR_OK) st = onri_store_int(s, q, 0, &applies, err);
    if (st == ONR_OK && !applies)
        st = bad(err, "the article has no such names or words, or the value cannot be, for", uid);
    return st;
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
                 "applies, undone_at, undone_by FROM correction ORDER BY id DESC");
    onri_ask_limit(&q, limit);
    return onri_ask_end(&q, row, ctx, n);
}
