/* Questions of the views: literals of ours with named values, asked as anybody's are. Here: who may
 * be meant by a name, timeline, network. Source: own. */
#include "store/views.h"

onri_ask onri_ask_make(onr_store *s, onr_error *err)
{
    return (onri_ask){ .s = s, .sql = onri_buf_make(1 << 20), .status = ONR_OK, .err = err };
}

void onri_ask_add(onri_ask *q, const char *sql)
{
    onri_buf_addz(&q->sql, sql);
}

void onri_ask_sv(onri_ask *q, const char *name, onr_sv v)
{
    ONR_ASSERT(q->n_params < ONRI_ASK_PARAMS);
    q->params[q->n_params++] = onr_param_sv(name, v);
}

void onri_ask_int(onri_ask *q, const char *name, int64_t v)
{
    ONR_ASSERT(q->n_params < ONRI_ASK_PARAMS);
    q->params[q->n_params++] = onr_param_int(name, v);
}

static void bad_date(onri_ask *q, onr_sv date)
{
    q->status = onri_fail(q->err, ONR_E_RANGE, "view",
                          "'%.*s' is no date; write 2018, 2018-07 or 2018-07-13",
                          (int)(date.n > 40 ? 40 : date.n), date.p);
}

void onri_ask_range(onri_ask *q, const onr_view *v)
{
    int64_t lo = 0, hi = INT64_MAX, other;
    if (v && v->since.n && !onri_store_range(v->since, &lo, &other)) bad_date(q, v->since);
    if (v && v->until.n && !onri_store_range(v->until, &other, &hi)) bad_date(q, v->until);
    if (v && v->before && v->before - 1 < hi) hi = v->before - 1;
    onri_ask_int(q, "lo", lo);
    onri_ask_int(q, "hi", hi);
}

void onri_ask_layers(onri_ask *q, const char *column, uint32_t layers)
{
    if (!layers) return;
    onri_buf_fmt(&q->sql, " AND %s IN (''", column);
    for (int i = 0; i < ONR_LAYER__COUNT; i++)
        if (layers & (uint32_t)1 << i)
            onri_buf_fmt(&q->sql, ", '%s'", onr_layer_name((onr_layer)i));
    onri_buf_addc(&q->sql, ')');
}

void onri_ask_limit(onri_ask *q, uint64_t limit)
{
    if (limit) onri_buf_fmt(&q->sql, " LIMIT %llu", (unsigned long long)limit);
}

static const onr_param *param_at(const onri_ask *q, onr_sv name)
{
    for (size_t i = 0; i < q->n_params; i++)
        if (onri_eqz(name, q->params[i].name)) return &q->params[i];
    return NULL;
}

static void print_value(onri_buf *b, const onr_cell *v)
{
    if (v->kind == ONR_CELL_INT) {
        onri_buf_fmt(b, "%lld", (long long)v->i);
        return;
    }
    onri_buf_addc(b, '\'');
    for (size_t i = 0; i < v->s.n; i++) {
        if (v->s.p[i] == '\'') onri_buf_addc(b, '\'');
        onri_buf_addc(b, v->s.p[i]);
    }
    onri_buf_addc(b, '\'');
}

onr_status onri_ask_print(const onri_ask *q, onr_arena *mem, onr_sv *out)
{
    if (q->status != ONR_OK) return q->status;
    onri_buf b = onri_buf_make(2 << 20);
    const onr_sv s = onri_buf_sv(&q->sql);
    for (size_t i = 0, n; i < s.n; i += n) { /* our words hold no ':' but those of values */
        n = 1;
        while (s.p[i] == ':' && i + n < s.n &&
               ((s.p[i + n] >= 'a' && s.p[i + n] <= 'z') || s.p[i + n] == '_'))
            n++;
        const onr_param *p = n > 1 ? param_at(q, onri_sub(s, i + 1, i + n)) : NULL;
        if (p)
            print_value(&b, &p->value);
        else
            onri_buf_add(&b, onri_sub(s, i, i + n));
    }
    onr_status st = b.status;
    if (st == ONR_OK) *out = onri_dup(mem, onri_buf_sv(&b));
    if (st != ONR_OK || !out->p) st = onri_fail(q->err, ONR_E_NOMEM, "view", "out of memory");
    onri_buf_drop(&b);
    return st;
}

onr_status onri_ask_end(onri_ask *q, onr_row_fn row, void *ctx, uint64_t *n)
{
    if (n) *n = 0;
    onri_buf_addc(&q->sql, '\0');
    onr_status st = q->status;
    if (st == ONR_OK && q->sql.status != ONR_OK)
        st = onri_fail(q->err, q->sql.status, "view", "out of memory");
    if (st == ONR_OK)
        st = onr_store_sql(q->s, q->sql.p, q->params, q->n_params, 0, row, ctx, n, q->err);
    onri_buf_drop(&q->sql);
    return st;
}

/* ---- who may be meant -------------------------------------------------------------------------
 */

static const char actor_columns[] =
    "SELECT a.uid, a.name, a.type, a.country, a.code, a.wikidata, a.n_articles, a.n_facts, "
    "(SELECT group_concat(t, '; ') FROM (SELECT lower(r.title) AS t FROM actor_entity x CROSS JOIN "
    "role r "
    "ON r.entity = x.entity WHERE x.actor = a.id GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 4)) AS "
    "roles, (SELECT group_concat(m, '; ') FROM (SELECT name AS m FROM actor_name WHERE actor = "
    "a.id "
    "ORDER BY n_articles DESC, name LIMIT 6)) AS names, (SELECT group_concat(w, '; ') FROM (SELECT "
    "c.action || ' by ' || c.who AS w FROM correction c WHERE c.undone_at IS NULL AND (c.target = "
    "'actor' AND (c.target_uid = a.uid OR c.action = 'merge' AND c.change ->> '$.to' = a.uid) OR "
    "c.action = 'split' AND a.uid IN (c.change ->> '$.to', c.change ->> '$.from')) GROUP BY w "
    "ORDER BY min(c.id))) AS corrected FROM actor a WHERE ";

onr_status onr_store_actors(onr_store *s, onr_sv name, uint64_t limit, onr_row_fn row, void *ctx,
                            uint64_t *n, onr_error *err)
{
    /* Exactly, then by a name that somebody goes by, then by words within a name. */
    static const char *const ways[] = {
        "a.uid = :uid",
        "a.id IN (SELECT p.actor FROM profile_name w JOIN actor_profile p ON p.id = w.profile "
        "WHERE "
        "w.words = :words AND w.n > 0)",
        "a.id IN (SELECT p.actor FROM profile_name w JOIN actor_profile p ON p.id = w.profile "
        "WHERE "
        "(' ' || w.words || ' ') LIKE ('% ' || :words || '%') AND w.n > 0)",
    };
    onri_link_know know;
    onr_arena tmp = onr_arena_make(ONR_MIB);
    uint64_t got = 0;
    onr_status st = onri_utf8_check(name) == name.n
                        ? onri_link_know_make(&know, err)
                        : onri_fail(err, ONR_E_RANGE, "view", "the name is not UTF-8");
    if (st != ONR_OK) return st;
    const onr_sv words = onri_name_words(&know, &tmp, name);
    if (!words.p) st = onri_fail_mem(err, &tmp, "view");
    for (size_t i = 0; st == ONR_OK && got == 0 && i < sizeof ways / sizeof *ways; i++) {
        if (i > 0 && words.n == 0) break;
        onri_ask q = onri_ask_make(s, err);
        onri_ask_add(&q, actor_columns);
        onri_ask_add(&q, ways[i]);
        onri_ask_add(&q, " AND a.n_articles > 0 ORDER BY a.n_articles DESC, a.uid");
        onri_ask_limit(&q, limit);
        onri_ask_sv(&q, "uid", name);
        onri_ask_sv(&q, "words", words);
        st = onri_ask_end(&q, row, ctx, &got);
    }
    if (n) *n = got;
    onri_link_know_drop(&know);
    onr_arena_drop(&tmp);
    return st;
}

/* ---- timeline ---------------------------------------------------------------------------------
 */

static const char not_told_before[] = " AND NOT EXISTS (SELECT 1 FROM same_fact s WHERE s.fact = "
                                      "f.id AND s.kind IN ('copy', 'same'))";

#define ACTOR_HAS "SELECT x.fact FROM actor_fact x JOIN actor r ON r.id = x.actor WHERE r.uid = "

onr_status onr_store_timeline(onr_store *s, const onr_view *v, onr_row_fn row, void *ctx,
                              uint64_t *n, onr_error *err)
{
    onri_ask q = onri_ask_make(s, err);
    onri_ask_add(&q,
                 "SELECT coalesce(e.time_from, f.date) AS day, e.time_to AS until, f.layer, "
                 "f.kind, e.status, "
                 "f.who, f.whom, f.words, (SELECT count(*) FROM same_fact s WHERE s.other = "
                 "f.id AND s.kind = "
                 "'same') AS told, f.id, f.uid, f.publisher, f.article_uid, f.title, f.start, "
                 "f.stop, f.p, f.corrected, f.corrected_by, f.corrected_at, f.corrected_why "
                 "FROM facts f LEFT JOIN event e ON e.fact = f.id WHERE f.id BETWEEN :lo AND :hi "
                 "AND (e.same_as IS "
                 "NULL)");
    onri_ask_layers(&q, "f.layer", v && v->layers ? v->layers : 1u << ONR_LAYER_EVENT);
    onri_ask_range(&q, v);
    if (v && v->actor.n) {
        onri_ask_add(&q, " AND f.id IN (" ACTOR_HAS ":actor AND x.part IN ('by', 'to'))");
        onri_ask_sv(&q, "actor", v->actor);
    }
    if (v && v->with.n) {
        onri_ask_add(&q, " AND f.id IN (" ACTOR_HAS ":with)");
        onri_ask_sv(&q, "with", v->with);
    }
    onri_ask_add(&q, not_told_before);
    onri_ask_add(&q, " ORDER BY day, f.id");
    onri_ask_limit(&q, v ? v->limit : 0);
    return onri_ask_end(&q, row, ctx, n);
}

/* ---- network ----------------------------------------------------------------------------------
 */

onr_status onr_store_network(onr_store *s, const onr_view *v, onr_row_fn row, void *ctx,
                             uint64_t *n, onr_error *err)
{
    onri_ask q = onri_ask_make(s, err);
    onri_ask_add(&q,
                 "SELECT a.uid AS source, a.name AS source_name, a.type AS source_type, "
                 "a.country AS source_country, b.uid AS target, b.name AS target_name, b.type AS "
                 "target_type, b.country AS target_country, e.layer, e.kind, e.n, "
                 "(SELECT date FROM article WHERE id = e.first) AS first, "
                 "(SELECT date FROM article WHERE id = e.last) AS last FROM (SELECT x.actor AS "
                 "source, y.actor AS target, f.layer, f.kind, count(*) AS n, min(f.article) AS "
                 "first, max(f.article) AS last FROM actor_fact x JOIN actor_fact y ON y.fact = "
                 "x.fact AND y.layer = x.layer AND y.part = 'to' AND y.actor <> x.actor JOIN fact "
                 "f ON f.id = x.fact WHERE x.part = 'by' AND x.fact BETWEEN :lo AND :hi");
    onri_ask_range(&q, v);
    onri_ask_layers(&q, "x.layer",
                    v && v->layers ? v->layers : 1u << ONR_LAYER_EVENT | 1u << ONR_LAYER_STATEMENT);
    if (v && v->actor.n) {
        onri_ask_add(&q, " AND (SELECT id FROM actor WHERE uid = :actor) IN (x.actor, y.actor)");
        onri_ask_sv(&q, "actor", v->actor);
    }
    onri_ask_add(&q, not_told_before);
    onri_ask_add(&q,
                 " GROUP BY x.actor, y.actor, f.layer, f.kind HAVING count(*) >= :least) e JOIN "
                 "actor a ON a.id = e.source JOIN actor b ON b.id = e.target ORDER BY e.n DESC, "
                 "a.uid, b.uid, e.layer, e.kind");
    onri_ask_int(&q, "least", v && v->least ? v->least : 1);
    onri_ask_limit(&q, v ? v->limit : 0);
    return onri_ask_end(&q, row, ctx, n);
}
