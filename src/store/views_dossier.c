/* The dossier of one actor, part by part. Facts come from the index of the actor's facts, newest
 * first, so that a page of them costs a page and not the actor's whole record. Source: own. */
#include "store/views.h"

const char *onr_dossier_part_name(onr_dossier_part v)
{
    static const char *const names[] = {
#define NAME(id, name) name,
        ONR_DOSSIER_PARTS(NAME)
#undef NAME
    };
    return (unsigned)v < ONR_DOSSIER__COUNT ? names[v] : "?";
}

#define ACTOR_ID   "(SELECT id FROM actor WHERE uid = :actor)"
#define NO_COPY    "NOT EXISTS (SELECT 1 FROM same_fact c WHERE c.fact = x.fact AND c.kind = 'copy')"
#define DAY_OF(id) "(SELECT date FROM article WHERE article.id = " id ")"

/* An actor's entities are many and few of them have a role; its events are many and few of them are
 * meetings. So both questions go through the thin ones first, in the order that is written. */
static const char roles[] =
    "SELECT g.title, g.of, g.country, g.period, " DAY_OF("g.lo") " AS first, " DAY_OF(
        "g.hi") " AS last, g.n_articles FROM (SELECT lower(r.title) AS title, o.name AS of, "
                "coalesce(r.country, o.country) AS country, r.period, min(e.article) AS lo, "
                "max(e.article) AS hi, count(DISTINCT e.article) AS n_articles FROM actor_entity x "
                "CROSS JOIN role r ON r.entity = x.entity CROSS JOIN entity e ON e.id = r.entity "
                "LEFT JOIN entity o ON o.id = r.of_entity WHERE x.actor = " ACTOR_ID
                " AND e.article BETWEEN :lo AND :hi GROUP BY 1, 2, 3, 4) g ORDER BY g.n_articles "
                "DESC, g.title, g.of";

static const char met[] =
    "SELECT r.uid, r.name, r.country, g.n, " DAY_OF("g.lo") " AS first, " DAY_OF(
        "g.hi") " AS last FROM (SELECT z.actor, count(DISTINCT x.fact) AS n, min(f.article) AS lo, "
                "max(f.article) AS hi FROM actor_fact x CROSS JOIN event v INDEXED BY event_met ON "
                "v.fact = x.fact AND v.plover = 'CONSULT' AND v.status IN ('happened', 'ongoing') "
                "CROSS JOIN fact f ON f.id = v.fact CROSS JOIN party y ON y.fact = f.id AND y.part "
                "IN ('by', 'to') CROSS JOIN actor_entity z ON z.entity = y.entity AND z.actor <> "
                "x.actor WHERE x.actor = " ACTOR_ID
                " AND x.part IN ('by', 'to') AND x.layer = 'event' AND x.fact BETWEEN :lo AND :hi "
                "AND NOT EXISTS (SELECT 1 FROM same_fact c WHERE c.fact = f.id AND c.kind IN "
                "('copy', 'same')) GROUP BY z.actor) g JOIN actor r ON r.id = g.actor AND r.type "
                "<> 'place' ORDER BY g.n DESC, r.uid";

/* In the order of onr_dossier_part; facts: what parts and layers of actor_fact. */
static const struct {
    const char *sql, *part, *layer;
} parts[ONR_DOSSIER__COUNT] = {
    [ONR_DOSSIER_NAMES] = { "SELECT name, n_articles FROM actor_name WHERE actor = " ACTOR_ID
                            " AND :lo <= :hi ORDER BY n_articles DESC, name",
                            NULL, NULL },
    [ONR_DOSSIER_ROLES] = { roles, NULL, NULL },
    [ONR_DOSSIER_MET] = { met, NULL, NULL },
    [ONR_DOSSIER_SAID] = { NULL, "'by'", "'statement'" },
    [ONR_DOSSIER_HEARD] = { NULL, "'to'", "'statement'" },
    [ONR_DOSSIER_ABOUT] = { NULL, "'about'", "'statement'" },
    [ONR_DOSSIER_DID] = { NULL, "'by'", "'event'" },
    [ONR_DOSSIER_SUFFERED] = { NULL, "'to'", "'event'" },
    [ONR_DOSSIER_POSITIONS] = { NULL, "'by'", "'position'" },
    [ONR_DOSSIER_RELATIONS] = { NULL, "'by', 'to'", "'relation'" },
};

static const char fact_columns[] =
    "SELECT f.id, f.uid, f.date, f.publisher, f.layer, f.kind, f.who, f.whom, f.words, f.sentence, "
    "v.status, t.form, (SELECT count(*) FROM same_fact s WHERE (s.fact = f.id OR s.other = f.id) "
    "AND s.kind = 'same') AS told, f.corrected, f.corrected_by, f.corrected_at, f.corrected_why, "
    "f.article_uid, f.title, f.start, f.stop, f.rule, f.p FROM (SELECT DISTINCT x.fact "
    "FROM actor_fact x WHERE x.actor = " ACTOR_ID " AND x.part IN (";

static void ask_facts(onri_ask *q, onr_dossier_part part, const onr_view *v)
{
    onri_ask_add(q, fact_columns);
    onri_ask_add(q, parts[part].part);
    onri_ask_add(q, ") AND x.layer = ");
    onri_ask_add(q, parts[part].layer);
    onri_ask_add(q, " AND x.fact BETWEEN :lo AND :hi AND " NO_COPY " ORDER BY x.fact DESC");
    onri_ask_limit(q, v ? v->limit : 0);
    onri_ask_add(q,
                 ") y JOIN facts f ON f.id = y.fact LEFT JOIN event v ON v.fact = f.id LEFT JOIN "
                 "statement t ON t.fact = f.id ORDER BY f.id DESC");
}

onr_status onr_store_dossier(onr_store *s, onr_sv actor, onr_dossier_part part,
                             const onr_view *view, onr_row_fn row, void *ctx, uint64_t *n,
                             onr_error *err)
{
    onr_view v = ONR_VIEW_INIT;
    if (view) v = *view;
    v.actor = actor;
    if ((unsigned)part >= ONR_DOSSIER__COUNT)
        return onri_fail(err, ONR_E_RANGE, "view", "no such part of a dossier");
    if (part == ONR_DOSSIER_COMMITMENTS) return onr_store_lives(s, &v, row, ctx, n, err);
    if (part == ONR_DOSSIER_DISPUTES) return onr_store_disputes(s, &v, row, ctx, n, err);
    onri_ask q = onri_ask_make(s, err);
    if (parts[part].sql) {
        onri_ask_add(&q, parts[part].sql);
        onri_ask_limit(&q, v.limit);
    } else {
        ask_facts(&q, part, &v);
    }
    onri_ask_range(&q, &v);
    onri_ask_sv(&q, "actor", actor);
    return onri_ask_end(&q, row, ctx, n);
}

/* ---- commitments ------------------------------------------------------------------------------
 */

onr_status onr_store_lives(onr_store *s, const onr_view *v, onr_row_fn row, void *ctx, uint64_t *n,
                           onr_error *err)
{
    /* First the page, then the words of what became of it: the view of facts on the right of an
     * outer join would be made for every fact of the store. */
    onri_ask q = onri_ask_make(s, err);
    onri_ask_add(&q, "SELECT l.id, l.uid, l.date, l.publisher, l.holder_uid, l.holder, l.kind, "
                     "l.strength, l.action, l.condition, l.deadline_from, l.deadline_to, l.status, "
                     "l.repeated, l.because, b.words AS because_words, c.date AS because_date, "
                     "p.name AS because_publisher, c.uid AS because_article, l.p, l.rule, "
                     "l.article_uid, l.title, l.start, l.stop, l.corrected, l.corrected_by, "
                     "l.corrected_at, l.corrected_why FROM (SELECT * FROM commitment_lives l "
                     "WHERE l.id BETWEEN :lo AND :hi");
    onri_ask_range(&q, v);
    if (v && v->actor.n) {
        onri_ask_add(&q, " AND l.id IN (SELECT fact FROM actor_fact WHERE actor = " ACTOR_ID
                         " AND part = 'by' AND layer = 'commitment')");
        onri_ask_sv(&q, "actor", v->actor);
    }
    if (v && v->status.n) {
        onri_ask_add(&q, " AND l.status = :status");
        onri_ask_sv(&q, "status", v->status);
    }
    onri_ask_add(&q, " ORDER BY l.id DESC");
    onri_ask_limit(&q, v ? v->limit : 0);
    onri_ask_add(&q, ") l LEFT JOIN fact b ON b.id = l.because LEFT JOIN article c ON c.id = "
                     "b.article LEFT JOIN publisher p ON p.id = c.publisher ORDER BY l.id DESC");
    return onri_ask_end(&q, row, ctx, n);
}

/* ---- disputes ---------------------------------------------------------------------------------
 */

onr_status onr_store_disputes(onr_store *s, const onr_view *v, onr_row_fn row, void *ctx,
                              uint64_t *n, onr_error *err)
{
    const bool of = v && v->actor.n;
    const uint64_t limit = v ? v->limit : 0;
    /* Each half stops at the limit by itself; the words come for what is left. */
    onri_ask q = onri_ask_make(s, err);
    onri_ask_add(
        &q,
        "SELECT f.date, f.publisher, f.who AS claimant, d.claim, y.verdict, coalesce("
        "a.name, e.name) AS answered_by, y.words AS answer, f.date AS answer_date, "
        "f.publisher AS answer_publisher, 0 AS across, f.p AS score, f.id, y.statement AS "
        "answer_id, f.article_uid, f.title, f.start, f.stop, f.corrected, f.corrected_by, "
        "f.corrected_at, f.corrected_why, (SELECT count(*) FROM same_fact m WHERE (m.fact = f.id "
        "OR "
        "m.other = f.id) AND m.kind IN ('same', 'repeats')) AS told FROM (SELECT d.fact, d.claim, "
        "r.verdict, r.words, r.entity, r.statement FROM dispute d LEFT JOIN response r ON "
        "r.dispute = d.fact WHERE d.fact BETWEEN :lo AND :hi AND NOT EXISTS (SELECT 1 FROM "
        "same_fact c WHERE c.fact = d.fact AND c.kind = 'copy')");
    if (of)
        onri_ask_add(&q, " AND d.fact IN (SELECT fact FROM actor_fact WHERE actor = " ACTOR_ID
                         " AND layer = 'dispute' AND part IN ('by', 'to'))");
    onri_ask_add(&q, " ORDER BY d.fact DESC, r.statement");
    onri_ask_limit(&q, limit);
    onri_ask_add(
        &q,
        ") y JOIN dispute d ON d.fact = y.fact JOIN facts f ON f.id = y.fact LEFT JOIN entity "
        "e ON e.id = y.entity LEFT JOIN actor_entity x ON x.entity = e.id LEFT JOIN actor a "
        "ON a.id = x.actor UNION ALL SELECT o.date, o.publisher, o.who, o.words, CASE s.kind "
        "WHEN 'denies' THEN 'denies' ELSE 'contradicts' END, iif(f.layer = 'dispute', f.whom, "
        "f.who), "
        "iif(f.layer = 'dispute', (SELECT words FROM response r WHERE r.dispute = f.id ORDER BY "
        "r.n "
        "LIMIT 1), f.words), f.date, "
        "f.publisher, 1, s.score, o.id, f.id, o.article_uid, o.title, o.start, o.stop, "
        "coalesce(f.corrected, o.corrected), coalesce(f.corrected_by, o.corrected_by), "
        "coalesce(f.corrected_at, o.corrected_at), coalesce(f.corrected_why, o.corrected_why), "
        "NULL FROM "
        "(SELECT s.fact, s.other, s.kind, s.score FROM same_fact s CROSS JOIN fact g ON g.id = "
        "s.fact WHERE s.kind IN ('denies', 'contradicts') AND (g.layer = 'statement' OR g.layer = "
        "'dispute' AND NOT EXISTS (SELECT 1 FROM same_fact m JOIN fact h ON h.id = m.fact WHERE "
        "m.other = s.other AND m.kind = 'denies' AND h.layer = 'statement' AND h.article = "
        "g.article AND h.sentence IS g.sentence)) AND "
        "s.other BETWEEN :lo AND :hi");
    if (of) {
        /* Two questions, each one look at the actor's facts: one with an OR within reads them all.
         */
        onri_ask_add(&q, " AND (EXISTS (SELECT 1 FROM actor_fact WHERE actor = " ACTOR_ID
                         " AND part = 'by' AND layer IN ('statement', 'event', 'commitment', "
                         "'dispute', 'position', 'relation') AND fact IN (s.fact, s.other)) OR "
                         "EXISTS (SELECT 1 FROM actor_fact WHERE actor = " ACTOR_ID
                         " AND part = 'to' AND layer = 'dispute' AND fact IN (s.fact, s.other)))");
        onri_ask_sv(&q, "actor", v->actor);
    }
    onri_ask_range(&q, v);
    onri_ask_add(&q, " ORDER BY s.other DESC, s.fact");
    onri_ask_limit(&q, limit);
    onri_ask_add(&q, ") s JOIN facts f ON f.id = s.fact JOIN facts o ON o.id = s.other");
    onri_ask_add(&q, " ORDER BY 12 DESC, 13");
    onri_ask_limit(&q, limit);
    return onri_ask_end(&q, row, ctx, n);
}
