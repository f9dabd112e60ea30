/* Answers do not depend on how fast they are found: what finding, commitments and disputes give is
 * what plain questions over the tables give, which walk everything. The records are those of
 * tests/golden/store, a hundred times with other days, papers and names. */
#include "test.h"

#include "onrecord/store_views.h"
#include "record_gen.h"
#include "store/store.h"
#include "store_file.h"

enum { TIMES = 14 };

static const char *const names[] = { "Karim Dalvani", "Iran",        "Ana Petrov", "Ostania",
                                     "Ana Kovac",     "Air Ostania", "Petrov" };

/* Another day, another paper, sometimes another name. */
static onr_record vary(onr_arena *mem, const onr_record *of, gen *g, int n)
{
    char s[64];
    onr_record r = *of;
    onr_entity *e = ONRI_NEW_N(mem, r.n_entities + 1, onr_entity);
    assert_non_null(e);
    if (r.n_entities) memcpy(e, r.entities, r.n_entities * sizeof *e);
    for (uint32_t i = 0; i < r.n_entities; i++)
        if (gen_one_in(g, 3)) e[i].name = onri_svz(names[gen_below(g, 7)]);
    r.entities = e;
    (void)snprintf(s, sizeof s, "%.*s-%d", (int)of->id.n, of->id.p, n);
    r.id = onri_dup(mem, onri_svz(s));
    (void)snprintf(s, sizeof s, "2018-%02u-%02u", 1 + gen_below(g, 12), 1 + gen_below(g, 28));
    r.date = gen_one_in(g, 10) ? (onr_sv){ NULL, 0 } : onri_dup(mem, onri_svz(s));
    (void)snprintf(s, sizeof s, "The Daily %u", gen_below(g, 3));
    r.publisher = onri_dup(mem, onri_svz(s));
    return r;
}

static onr_store *store_of_many(const store_file *f)
{
    static const char *const files[] = { ONR_SOURCE_DIR "/tests/golden/store/links.jsonl",
                                         ONR_SOURCE_DIR "/tests/golden/store/three.jsonl" };
    onr_store *s = store_open(f, ONR_STORE_CREATE);
    onr_error err = ONR_ERROR_INIT;
    for (size_t k = 0; k < 2; k++) {
        onr_arena mem = onr_arena_make(64 * ONR_MIB);
        onr_sv all, line;
        gen g = { .mem = &mem, .seed = 7 + k };
        assert_int_equal(onri_file_read(&mem, files[k], 8 * ONR_MIB, &all, &err), ONR_OK);
        while (onri_split(&all, '\n', &line)) {
            onr_record r;
            if (line.n == 0) continue;
            if (onr_record_load(&mem, line, &r, &err) != ONR_OK) fail_msg("%s", err.msg);
            for (int i = 0; i < TIMES; i++) {
                const onr_record one = vary(&mem, &r, &g, i);
                if (onr_store_keep(s, &one, NULL, NULL, &err) != ONR_OK) fail_msg("%s", err.msg);
            }
        }
        onr_arena_drop(&mem);
    }
    if (onr_store_commit(s, &err) != ONR_OK) fail_msg("%s", err.msg);
    return s;
}

/* Denials between articles are few where all are copies: some by hand. */
static void link_by_hand(onr_store *s)
{
    onr_error err = ONR_ERROR_INIT;
    if (onri_store_exec(s,
                        "INSERT OR REPLACE INTO same_fact(fact, other, kind, score) SELECT f.id, "
                        "g.id, CASE f.id % 3 WHEN 0 THEN 'denies' WHEN 1 THEN 'contradicts' ELSE "
                        "'repeats' END, 0.5 FROM fact f JOIN fact g ON g.id < f.id AND (f.id * 7 "
                        "+ g.id) % 211 = 0 WHERE f.layer IN ('statement', 'event')",
                        &err) != ONR_OK)
        fail_msg("%s", err.msg);
}

/* ---- both answers as lines --------------------------------------------------------------------
 */

static bool take_id(void *ctx, const onr_row *row)
{
    onri_buf_fmt(ctx, "%lld\n", (long long)onr_row_get(row, "id").i);
    return true;
}

static void plain(onr_store *s, const char *sql, onr_sv actor, uint64_t limit, onri_buf *b)
{
    const onr_param p[] = { onr_param_sv("actor", actor),
                            onr_param_int("limit", limit ? (int64_t)limit : -1) };
    onr_error err = ONR_ERROR_INIT;
    if (onr_store_sql(s, sql, p, 2, 0, store_take_text, b, NULL, &err) != ONR_OK)
        fail_msg("%s: %s", sql, err.msg);
}

static void is_same(onri_buf *fast, onri_buf *slow, const char *what, onr_sv of)
{
    assert_int_equal(fast->status, ONR_OK);
    assert_int_equal(slow->status, ONR_OK);
    if (!onri_eq(onri_buf_sv(fast), onri_buf_sv(slow)))
        fail_msg("%s of %.*s gives\n%.*s\nthe plain question gives\n%.*s", what, (int)of.n, of.p,
                 (int)fast->n, fast->p ? fast->p : "", (int)slow->n, slow->p ? slow->p : "");
    onri_buf_drop(fast);
    onri_buf_drop(slow);
}

typedef struct uids {
    onr_arena mem;
    onr_sv at[64];
    size_t n;
} uids;

static bool take_uid(void *ctx, const onr_row *row)
{
    uids *u = ctx;
    if (u->n < 64) u->at[u->n++] = onri_dup(&u->mem, row->cells[0].s);
    return true;
}

/* Everybody, and nobody in particular. */
static uids everybody(onr_store *s)
{
    uids u = { .mem = onr_arena_make(ONR_MIB), .n = 1 };
    u.at[0] = (onr_sv){ "", 0 };
    assert_int_equal(onr_store_sql(s, "SELECT uid FROM actor ORDER BY n_facts DESC, uid", NULL, 0,
                                   0, take_uid, &u, NULL, NULL),
                     ONR_OK);
    assert_true(u.n > 8);
    return u;
}

/* ---- commitments and disputes -----------------------------------------------------------------
 */

static const char plain_lives[] =
    "SELECT l.id, l.uid, l.date, l.publisher, l.holder_uid, l.holder, l.kind, l.strength, "
    "l.action, l.condition, l.deadline_from, l.deadline_to, l.status, l.repeated, l.because, "
    "b.words, b.date, b.publisher, b.article_uid, l.p, l.rule, l.article_uid, l.title, l.start, "
    "l.stop, l.corrected, l.corrected_by, l.corrected_at, l.corrected_why FROM commitment_lives l "
    "LEFT JOIN facts b ON b.id = l.because WHERE (:actor IS NULL "
    "OR :actor = '' OR l.id IN (SELECT fact FROM actor_fact WHERE actor = (SELECT id FROM actor "
    "WHERE uid = :actor) AND part = 'by' AND layer = 'commitment')) ORDER BY l.id DESC LIMIT "
    ":limit";

#define PARTS                                                                                      \
    "(SELECT fact FROM actor_fact WHERE actor = (SELECT id FROM actor WHERE uid = :actor) AND "    \
    "(part = 'by' OR part = 'to' AND layer = 'dispute'))"

static const char plain_disputes[] =
    "SELECT f.date, f.publisher, f.who AS claimant, d.claim, r.verdict, coalesce(a.name, e.name), "
    "r.words, f.date, f.publisher, 0, f.p, f.id, r.statement, f.article_uid, f.title, f.start, "
    "f.stop, f.corrected, f.corrected_by, f.corrected_at, f.corrected_why, (SELECT count(*) FROM "
    "same_fact m WHERE (m.fact = f.id OR m.other = f.id) AND m.kind IN ('same', 'repeats')) FROM "
    "dispute d JOIN "
    "facts f ON f.id = d.fact LEFT JOIN response r ON r.dispute = "
    "d.fact LEFT JOIN entity e ON e.id = r.entity LEFT JOIN actor_entity x ON x.entity = e.id "
    "LEFT JOIN actor a ON a.id = x.actor WHERE NOT EXISTS (SELECT 1 FROM same_fact c WHERE "
    "c.fact = f.id AND c.kind = 'copy') AND (:actor IS NULL OR :actor = '' OR f.id IN (SELECT "
    "fact FROM actor_fact WHERE actor = (SELECT id FROM actor WHERE uid = :actor) AND layer = "
    "'dispute' AND part IN ('by', 'to'))) UNION ALL SELECT o.date, o.publisher, o.who, o.words, "
    "CASE s.kind WHEN 'denies' THEN 'denies' ELSE 'contradicts' END, iif(f.layer = 'dispute', "
    "f.whom, "
    "f.who), iif(f.layer = 'dispute', (SELECT words FROM response r WHERE r.dispute = f.id ORDER "
    "BY "
    "r.n LIMIT 1), f.words), f.date, "
    "f.publisher, 1, s.score, o.id, f.id, o.article_uid, o.title, o.start, o.stop, NULL, NULL, "
    "NULL, NULL, NULL FROM same_fact "
    "s JOIN facts f ON f.id = s.fact JOIN facts o ON o.id = s.other WHERE s.kind IN ('denies', "
    "'contradicts') AND (f.layer = 'statement' OR f.layer = 'dispute' AND s.other NOT IN (SELECT "
    "m.other FROM same_fact m JOIN fact h ON h.id = m.fact WHERE m.kind = 'denies' AND h.layer = "
    "'statement' AND h.article = f.article AND h.sentence IS (SELECT sentence FROM fact g WHERE "
    "g.id = f.id))) AND (:actor IS NULL OR :actor = '' OR s.fact IN " PARTS " OR s.other IN " PARTS
    ") ORDER BY 12 DESC, 13 LIMIT :limit";

#define OF_ACTOR "(SELECT id FROM actor WHERE uid = :actor)"
#define DAY(id)  "(SELECT date FROM article WHERE article.id = " id ")"

static const char plain_roles[] = "SELECT g.title, g.of, g.country, g.period, " DAY(
    "g.lo") ", " DAY("g.hi") ", g.n FROM (SELECT "
                             "lower(r.title) AS title, o.name AS of, coalesce(r.country, "
                             "o.country) AS country, r.period, "
                             "min(e.article) AS lo, max(e.article) AS hi, count(DISTINCT "
                             "e.article) AS n FROM role r JOIN "
                             "entity e ON e.id = r.entity JOIN actor_entity x ON x.entity = e.id "
                             "LEFT JOIN entity o ON o.id "
                             "= r.of_entity WHERE x.actor = " OF_ACTOR
                             " GROUP BY 1, 2, 3, 4) g ORDER BY g.n DESC, g.title, "
                             "g.of LIMIT :limit";

static const char plain_met[] = "SELECT r.uid, r.name, r.country, g.n, " DAY("g.lo") ", " DAY(
    "g.hi") " FROM (SELECT z.actor, "
            "count(DISTINCT f.id) AS n, min(f.article) AS lo, max(f.article) AS hi FROM event v "
            "JOIN fact "
            "f ON f.id = v.fact JOIN party y ON y.fact = f.id AND y.part IN ('by', 'to') JOIN "
            "actor_entity z ON z.entity = y.entity WHERE v.plover = 'CONSULT' AND v.status IN "
            "('happened', 'ongoing') AND z.actor <> " OF_ACTOR
            " AND f.id IN (SELECT q.fact FROM party q "
            "JOIN actor_entity x ON x.entity = q.entity WHERE x.actor = " OF_ACTOR
            " AND q.part IN ('by', "
            "'to')) AND NOT EXISTS (SELECT 1 FROM same_fact c WHERE c.fact = f.id AND c.kind IN "
            "('copy', "
            "'same')) GROUP BY 1) g JOIN actor r ON r.id = g.actor AND r.type <> 'place' ORDER BY "
            "g.n "
            "DESC, r.uid LIMIT :limit";

static void ask__roles_and_meetings_as_plainly_asked(void **state)
{
    (void)state;
    static const struct {
        onr_dossier_part part;
        const char *sql;
    } both[] = { { ONR_DOSSIER_ROLES, plain_roles }, { ONR_DOSSIER_MET, plain_met } };
    const store_file f = store_file_new();
    onr_store *s = store_of_many(&f);
    uids u = everybody(s);
    for (size_t k = 0; k < 2; k++) {
        size_t some = 0;
        for (size_t i = 1; i < u.n; i++) {
            onri_buf fast = onri_buf_make(8 * ONR_MIB), slow = onri_buf_make(8 * ONR_MIB);
            assert_int_equal(onr_store_dossier(s, u.at[i], both[k].part, NULL, store_take_text,
                                               &fast, NULL, NULL),
                             ONR_OK);
            plain(s, both[k].sql, u.at[i], 0, &slow);
            some += fast.n > 0;
            is_same(&fast, &slow, onr_dossier_part_name(both[k].part), u.at[i]);
        }
        if (!some) fail_msg("nobody has %s", onr_dossier_part_name(both[k].part));
    }
    onr_arena_drop(&u.mem);
    onr_store_close(s);
    store_file_drop(&f);
}

static void ask__commitments_and_disputes_as_plainly_asked(void **state)
{
    (void)state;
    const store_file f = store_file_new();
    onr_store *s = store_of_many(&f);
    link_by_hand(s);
    uids u = everybody(s);
    assert_true(store_count(s, "SELECT count(*) FROM commitment") > 50);
    assert_true(store_count(s, "SELECT count(*) FROM same_fact WHERE kind IN ('denies', "
                               "'contradicts')") > 50);
    for (size_t i = 0; i < u.n; i++)
        for (uint64_t limit = 0; limit < 6; limit += 5) {
            onr_view v = ONR_VIEW_INIT;
            v.actor = u.at[i];
            v.limit = limit;
            onri_buf fast = onri_buf_make(8 * ONR_MIB), slow = onri_buf_make(8 * ONR_MIB);
            assert_int_equal(onr_store_lives(s, &v, store_take_text, &fast, NULL, NULL), ONR_OK);
            plain(s, plain_lives, u.at[i], limit, &slow);
            is_same(&fast, &slow, "commitments", u.at[i]);
            fast = onri_buf_make(8 * ONR_MIB), slow = onri_buf_make(8 * ONR_MIB);
            assert_int_equal(onr_store_disputes(s, &v, store_take_text, &fast, NULL, NULL), ONR_OK);
            plain(s, plain_disputes, u.at[i], limit, &slow);
            is_same(&fast, &slow, "disputes", u.at[i]);
        }
    onr_arena_drop(&u.mem);
    onr_store_close(s);
    store_file_drop(&f);
}

/* ---- finding ----------------------------------------------------------------------------------
 */

/* Filters, and the same in plain SQL over the tables; the words go through the index alone. */
static const struct asked {
    onr_find f;
    const char *sql;
} asked[] = {
#define NAMED(part, name)                                                                          \
    "f.id IN (SELECT y.fact FROM party y JOIN entity e ON e.id = y.entity WHERE y.part IN (" part  \
    ") AND (e.name = '" name "' COLLATE NOCASE OR e.name IN (SELECT o.name FROM actor_name n "     \
    "JOIN actor_name o ON o.actor = n.actor WHERE n.name = '" name "')))"
#define WORDS(w) "f.id IN (SELECT rowid FROM fact_fts WHERE fact_fts MATCH 'words : (" w ")')"
    { { .by = { "Iran", 4 } }, NAMED("'by'", "Iran") },
    { { .to = { "iran", 4 } }, NAMED("'to'", "Iran") },
    { { .any = { "Ostania", 7 } }, NAMED("'by', 'to', 'about', 'place'", "Ostania") },
    { { .about = { "Karim Dalvani", 13 }, .since = { "2018-05", 7 } },
      NAMED("'about', 'place'", "Karim Dalvani") " AND a.date >= '2018-05'" },
    { { .by = { "Iran", 4 }, .to = { "Ostania", 7 } },
      NAMED("'by'", "Iran") " AND " NAMED("'to'", "Ostania") },
    { { .words = { "weapons", 7 } }, WORDS("weapons") },
    { { .words = { "weapon* -sold", 13 } }, WORDS("weapon* NOT sold") },
    { { .words = { "weapons", 7 }, .by = { "Karim Dalvani", 13 } },
      WORDS("weapons") " AND " NAMED("'by'", "Karim Dalvani") },
    { { .kinds = { "denial,refusal", 14 } }, "f.kind IN ('denial', 'refusal')" },
    { { .form = { "direct", 6 }, .until = { "2018-08", 7 } },
      "f.id IN (SELECT fact FROM statement WHERE form = 'direct') AND a.date < '2018-09'" },
    { { .status = { "happened", 8 } },
      "f.id IN (SELECT fact FROM event WHERE status = 'happened')" },
    { { .publisher = { "Daily 1", 7 }, .layers = 1u << ONR_LAYER_EVENT },
      "p.name = 'The Daily 1' AND f.layer = 'event'" },
    { { .layers = 1u << ONR_LAYER_COMMITMENT }, "f.layer = 'commitment'" },
    { { .type = { "person", 6 }, .words = { "the", 3 } },
      WORDS("the") " AND (SELECT e.type FROM party y JOIN entity e ON e.id = y.entity WHERE y.fact "
                   "= f.id AND y.part = 'by' ORDER BY y.n LIMIT 1) = 'person'" },
};

static void ask__finding_gives_what_walking_everything_gives(void **state)
{
    (void)state;
    const store_file file = store_file_new();
    onr_store *s = store_of_many(&file);
    size_t found = 0;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        for (uint64_t limit = 0; limit < 8; limit += 7) {
            onr_find f = ONR_FIND_INIT;
            const uint32_t size = f.size;
            f = asked[i].f;
            f.size = size;
            f.limit = limit;
            onri_buf fast = onri_buf_make(8 * ONR_MIB), slow = onri_buf_make(8 * ONR_MIB);
            onri_buf sql = onri_buf_make(ONR_MIB);
            assert_int_equal(onr_store_find(s, &f, take_id, &fast, NULL, NULL), ONR_OK);
            onri_buf_fmt(&sql,
                         "SELECT f.id FROM fact f JOIN article a ON a.id = f.article LEFT JOIN "
                         "publisher p ON p.id = a.publisher WHERE %s ORDER BY f.id DESC LIMIT %d",
                         asked[i].sql, limit ? (int)limit : -1);
            onri_buf_addc(&sql, '\0');
            onr_error err = ONR_ERROR_INIT;
            if (onr_store_sql(s, sql.p, NULL, 0, 0, take_id, &slow, NULL, &err) != ONR_OK)
                fail_msg("%s: %s", sql.p, err.msg);
            found += fast.n > 0;
            is_same(&fast, &slow, asked[i].sql, ONR_SV("everything"));
            onri_buf_drop(&sql);
        }
    assert_true(found > sizeof asked / sizeof *asked); /* most find something */
    onr_store_close(s);
    store_file_drop(&file);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(ask__commitments_and_disputes_as_plainly_asked),
        cmocka_unit_test(ask__roles_and_meetings_as_plainly_asked),
        cmocka_unit_test(ask__finding_gives_what_walking_everything_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
