/* Two articles or two papers on the same story: what both have and how their words differ, what one
 * has alone. Facts are paired by the links of same_fact; in near copies by their words. Source:
 * own. Leaves out: facts that say the same in other words. */
#include "store/views.h"

/* 1: an article, 2: a publisher, 0: neither. */
static onr_status what_is(onr_store *s, onr_sv name, int64_t *what, onr_error *err)
{
    sqlite3_stmt *st = onri_store_stmt(
        s,
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM article WHERE uid = ?1) THEN 1 WHEN EXISTS (SELECT "
        "1 FROM publisher WHERE name = ?1) THEN 2 ELSE 0 END");
    onri_bind_sv(st, 1, name);
    const onr_status status = onri_store_int(s, st, 0, what, err);
    if (status != ONR_OK || *what) return status;
    return onri_fail(err, ONR_E_RANGE, "view", "'%.*s' is neither an article's id nor a publisher",
                     (int)(name.n > 80 ? 80 : name.n), name.p);
}

/* Articles of a side, as a table. */
static void side(onri_ask *q, const char *name, int64_t what, const char *value)
{
    onri_ask_add(q, name);
    onri_ask_add(q, what == 1 ? " AS (SELECT id FROM article WHERE uid = "
                              : " AS (SELECT a.id FROM article a JOIN publisher p ON p.id = "
                                "a.publisher WHERE a.id BETWEEN :lo AND :hi AND p.name = ");
    onri_ask_add(q, value);
    onri_ask_add(q, ")");
}

static void ask_tables(onri_ask *q, int64_t a, int64_t b, const onr_view *v)
{
    onri_ask_add(q, "WITH ");
    side(q, "in_a", a, ":a");
    onri_ask_add(q, ", ");
    side(q, "in_b", b, ":b");
    /* Links one way or the other; of several the best, each fact of a once. Only the copy that
     * counts has links: a copy that has none itself has those of the fact it copies. */
    onri_ask_add(
        q, ", copy AS (SELECT c.fact AS id, c.other AS of, f.article FROM fact f CROSS JOIN "
           "same_fact c ON c.fact = f.id WHERE c.kind = 'copy' AND f.article IN (SELECT id FROM "
           "in_a UNION SELECT id FROM in_b)), direct AS (SELECT s.fact AS a, s.other AS b, "
           "s.kind, s.score FROM same_fact s JOIN fact f ON f.id = s.fact JOIN fact o ON o.id = "
           "s.other WHERE f.article IN in_a AND o.article IN in_b UNION SELECT s.other, s.fact, "
           "s.kind, s.score FROM same_fact s JOIN fact f ON f.id = s.fact JOIN fact o ON o.id = "
           "s.other WHERE f.article IN in_b AND o.article IN in_a), by_copy(a, b, kind, score) AS "
           "(");
    static const char *const ends[][2] = { { "s.fact", "s.other" }, { "s.other", "s.fact" } };
    for (size_t i = 0; i < 2; i++)
        for (size_t of_b = 0; of_b < 2; of_b++) {
            onri_ask_add(q, i || of_b ? " UNION SELECT " : "SELECT ");
            onri_ask_add(q, of_b ? ends[i][0] : "c.id");
            onri_ask_add(q, ", ");
            onri_ask_add(q, of_b ? "c.id" : ends[i][0]);
            onri_ask_add(q, ", s.kind, s.score FROM copy c JOIN same_fact s ON ");
            onri_ask_add(q, ends[i][1]);
            onri_ask_add(q, " = c.of JOIN fact o ON o.id = ");
            onri_ask_add(q, ends[i][0]);
            onri_ask_add(q, of_b ? " WHERE c.article IN in_b AND o.article IN in_a"
                                 : " WHERE c.article IN in_a AND o.article IN in_b");
        }
    onri_ask_add(
        q,
        "), pair AS (SELECT a, b, kind, score FROM direct UNION ALL SELECT a, b, kind, score "
        "FROM by_copy WHERE a NOT IN (SELECT a FROM direct) AND b NOT IN (SELECT b FROM "
        "direct)), best AS (SELECT a, b, kind, score FROM (SELECT a, b, kind, score, row_number() "
        "OVER (PARTITION BY a ORDER BY score DESC, (SELECT layer FROM fact WHERE id = a) <> "
        "(SELECT layer FROM fact WHERE id = b), b) AS n FROM pair) WHERE n = 1)");
    /* Only what stands in articles that tell of something together. */
    if (a == 2 || b == 2)
        onri_ask_add(
            q, ", of_a AS (SELECT DISTINCT article AS id FROM fact WHERE id IN (SELECT a FROM "
               "pair)), of_b AS (SELECT DISTINCT article AS id FROM fact WHERE id IN (SELECT "
               "b FROM pair))");
    else
        onri_ask_add(q, ", of_a AS (SELECT id FROM in_a), of_b AS (SELECT id FROM in_b)");
    onri_ask_range(q, v);
}

static void ask_only(onri_ask *q, bool is_a, uint32_t layers)
{
    onri_ask_add(q,
                 is_a ? " UNION ALL SELECT 'only-a', f.layer, f.kind, NULL, f.who, f.words, NULL, "
                        "NULL, NULL, NULL, f.date, NULL, f.article_uid, NULL, f.id, NULL, f.start, "
                        "f.uid, NULL, f.corrected, NULL FROM facts f WHERE f.article IN of_a AND "
                        "f.id NOT IN (SELECT "
                        "a FROM pair)"
                      : " UNION ALL SELECT 'only-b', f.layer, NULL, f.kind, f.who, NULL, f.words, "
                        "NULL, NULL, NULL, NULL, f.date, NULL, f.article_uid, NULL, f.id, f.start, "
                        "NULL, f.uid, NULL, f.corrected FROM facts f WHERE f.article IN of_b AND "
                        "f.id NOT IN (SELECT "
                        "b FROM pair)");
    onri_ask_layers(q, "f.layer", layers);
}

/* The whole question onto q. */
static onr_status ask(onri_ask *q, onr_sv a, onr_sv b, const onr_view *v, onr_error *err)
{
    int64_t what_a, what_b;
    onr_status st = what_is(q->s, a, &what_a, err);
    if (st == ONR_OK) st = what_is(q->s, b, &what_b, err);
    if (st != ONR_OK) return st;
    const uint32_t layers = v && v->layers ? v->layers
                                           : 1u << ONR_LAYER_STATEMENT | 1u << ONR_LAYER_EVENT |
                                                 1u << ONR_LAYER_COMMITMENT;
    ask_tables(q, what_a, what_b, v);
    onri_ask_add(
        q, " SELECT part, layer, kind_a, kind_b, who, words_a, words_b, differ, link, score, "
           "date_a, date_b, article_a, article_b, id_a, id_b, uid_a, uid_b, "
           "corrected_a, corrected_b FROM (SELECT 'both' AS "
           "part, f.layer, f.kind AS kind_a, o.kind AS kind_b, f.who, f.words AS words_a, o.words "
           "AS words_b, CASE WHEN p.kind IN ('contradicts', 'denies') THEN p.kind WHEN f.kind <> "
           "o.kind THEN 'kind' WHEN f.words <> o.words THEN 'words' WHEN coalesce((SELECT "
           "form FROM statement WHERE fact = f.id), '') <> coalesce((SELECT form FROM "
           "statement WHERE fact = o.id), '') THEN 'form' ELSE 'no' END AS differ, p.kind AS "
           "link, p.score, f.date AS date_a, o.date AS date_b, f.article_uid AS article_a, "
           "o.article_uid AS article_b, f.id AS id_a, o.id AS id_b, f.start, f.uid AS uid_a, "
           "o.uid AS uid_b, f.corrected AS corrected_a, o.corrected AS corrected_b FROM best p "
           "JOIN facts f ON f.id = p.a JOIN facts o ON o.id = p.b "
           "WHERE 1");
    onri_ask_layers(q, "f.layer", layers);
    ask_only(q, true, layers);
    ask_only(q, false, layers);
    onri_ask_add(q, ") ORDER BY part, date_a, article_a, date_b, article_b, start");
    onri_ask_limit(q, v ? v->limit : 0);
    onri_ask_sv(q, "a", a);
    onri_ask_sv(q, "b", b);
    return ONR_OK;
}

onr_status onr_store_compare(onr_store *s, onr_sv a, onr_sv b, const onr_view *v, onr_row_fn row,
                             void *ctx, uint64_t *n, onr_error *err)
{
    if (n) *n = 0;
    onri_ask q = onri_ask_make(s, err);
    const onr_status st = ask(&q, a, b, v, err);
    if (st == ONR_OK) return onri_ask_end(&q, row, ctx, n);
    onri_buf_drop(&q.sql);
    return st;
}

onr_status onr_store_compare_sql(onr_store *s, onr_arena *mem, onr_sv a, onr_sv b,
                                 const onr_view *v, onr_sv *out, onr_error *err)
{
    onri_ask q = onri_ask_make(s, err);
    onr_status st = ask(&q, a, b, v, err);
    if (st == ONR_OK) st = onri_ask_print(&q, mem, out);
    onri_buf_drop(&q.sql);
    return st;
}
