/* What a user of the store may rely on across articles: the order of keeping does not matter,
 * taking an article out leaves no trace, corrections survive re-reading and can be undone. The
 * records are tests/golden/store/links.jsonl: six articles on a quarrel of invented people. */
#include "test.h"

#include "onrecord/store_views.h"
#include "record_gen.h"
#include "store_file.h"

enum { ARTICLES = 6 };

typedef struct stories {
    onr_arena mem;
    onr_record at[ARTICLES];
} stories;

static stories load_stories(void)
{
    stories s = { .mem = onr_arena_make(64 * ONR_MIB) };
    onr_sv all, line;
    onr_error err = ONR_ERROR_INIT;
    if (onri_file_read(&s.mem, ONR_SOURCE_DIR "/tests/golden/store/links.jsonl", 8 * ONR_MIB, &all,
                       &err) != ONR_OK)
        fail_msg("%s", err.msg);
    for (int i = 0; i < ARTICLES; i++) {
        assert_true(onri_split(&all, '\n', &line));
        if (onr_record_load(&s.mem, line, &s.at[i], &err) != ONR_OK) fail_msg("%s", err.msg);
    }
    return s;
}

static void keep(onr_store *s, const onr_record *r)
{
    onr_error err = ONR_ERROR_INIT;
    if (onr_store_keep(s, r, NULL, NULL, &err) != ONR_OK) fail_msg("%s", err.msg);
}

static void commit(onr_store *s)
{
    onr_error err = ONR_ERROR_INIT;
    if (onr_store_commit(s, &err) != ONR_OK) fail_msg("%s", err.msg);
}

/* A store of its own with the first n of the articles in it. */
typedef struct quarrel {
    stories v;
    store_file f;
    onr_store *s;
} quarrel;

static quarrel quarrel_open(int n)
{
    quarrel q = { .v = load_stories(), .f = store_file_new() };
    q.s = store_open(&q.f, ONR_STORE_CREATE);
    for (int i = 0; i < n; i++) keep(q.s, &q.v.at[i]);
    commit(q.s);
    return q;
}

static void quarrel_drop(quarrel *q)
{
    onr_store_close(q->s);
    store_file_drop(&q->f);
    onr_arena_drop(&q->v.mem);
}

static void ask(onr_store *s, const char *sql, onri_buf *b)
{
    onr_error err = ONR_ERROR_INIT;
    if (onr_store_sql(s, sql, NULL, 0, 0, store_take_text, b, NULL, &err) != ONR_OK)
        fail_msg("%s: %s", sql, err.msg);
}

static void is_answer(onr_store *s, const char *sql, const char *answer)
{
    onri_buf b = onri_buf_make(ONR_MIB);
    ask(s, sql, &b);
    if (!onri_eqz(onri_buf_sv(&b), answer))
        fail_msg("%s gives\n%.*snot\n%s", sql, (int)b.n, b.p ? b.p : "", answer);
    onri_buf_drop(&b);
}

/* All links, by ids that last. */
static onri_buf links(onr_store *s)
{
    onri_buf b = onri_buf_make(8 * ONR_MIB);
    ask(s, "SELECT uid, name, type, country, code, n_articles, n_facts FROM actor ORDER BY uid",
        &b);
    ask(s,
        "SELECT a.uid, n.name, n.n_articles FROM actor_name n JOIN actor a ON a.id = n.actor ORDER "
        "BY "
        "1, 2",
        &b);
    ask(s,
        "SELECT r.uid, e.uid, a.uid, x.evidence, x.score FROM actor_entity x JOIN actor a ON a.id "
        "= "
        "x.actor JOIN entity e ON e.id = x.entity JOIN article r ON r.id = e.article ORDER BY 1, 2",
        &b);
    ask(s,
        "SELECT a.uid, x.part, f.uid, r.uid FROM actor_fact x JOIN actor a ON a.id = x.actor JOIN "
        "fact "
        "f ON f.id = x.fact JOIN article r ON r.id = f.article ORDER BY 1, 2, 3, 4",
        &b);
    ask(s,
        "SELECT a.uid, f.uid AS first, y.similarity, c.n_articles FROM article_copy y JOIN "
        "copy_cluster "
        "c ON c.id = y.cluster JOIN article a ON a.id = y.article JOIN article f ON f.id = c.first "
        "ORDER BY 1",
        &b);
    ask(s,
        "SELECT min(u, v), max(u, v), kind, score, evidence FROM (SELECT a.uid || f.uid AS u, "
        "b.uid || "
        "o.uid AS v, s.* FROM same_fact s JOIN fact f ON f.id = s.fact JOIN article a ON a.id = "
        "f.article JOIN fact o ON o.id = s.other JOIN article b ON b.id = o.article) ORDER BY 1, 2",
        &b);
    ask(s,
        "SELECT count(*) FROM fact_key UNION ALL SELECT count(*) FROM copy_band UNION ALL SELECT "
        "count(*) FROM actor_profile UNION ALL SELECT sum(n) FROM profile_name",
        &b);
    assert_int_equal(b.status, ONR_OK);
    return b;
}

static void is_same(const onri_buf *a, const onri_buf *b, const char *when)
{
    if (onri_eq(onri_buf_sv(a), onri_buf_sv(b))) return;
    size_t at = 0, line = 0;
    while (at < a->n && at < b->n && a->p[at] == b->p[at]) {
        at++;
        if (a->p[at - 1] == '\n') line = at;
    }
    fail_msg("%s:\n%.300s\nis not\n%.300s", when, a->p + line, b->p + line);
}

static void links__do_not_depend_on_the_order_of_keeping(void **state)
{
    (void)state;
    static const int orders[][ARTICLES] = {
        { 0, 1, 2, 3, 4, 5 }, { 5, 4, 3, 2, 1, 0 }, { 3, 5, 1, 0, 4, 2 }, { 1, 2, 0, 5, 3, 4 }
    };
    stories v = load_stories();
    onri_buf first = { 0 };
    for (int o = 0; o < 8; o++) { /* the second four: a transaction each */
        store_file f = store_file_new();
        onr_store *s = store_open(&f, ONR_STORE_CREATE);
        for (int i = 0; i < ARTICLES; i++) {
            keep(s, &v.at[orders[o % 4][i]]);
            if (o >= 4) commit(s);
        }
        commit(s);
        onri_buf now = links(s);
        assert_true(now.n > 3000);
        if (o == 0)
            first = now;
        else
            is_same(&first, &now, "order");
        onr_error err = ONR_ERROR_INIT;
        if (onr_store_resolve(s, &err) != ONR_OK) fail_msg("%s", err.msg);
        onri_buf again = links(s);
        is_same(&first, &again, "resolve");
        onri_buf_drop(&again);
        if (o > 0) onri_buf_drop(&now);
        assert_int_equal(store_troubles(s), 0);
        onr_store_close(s);
        store_file_drop(&f);
    }
    onri_buf_drop(&first);
    onr_arena_drop(&v.mem);
}

static void links__of_an_article_go_with_it(void **state)
{
    (void)state;
    quarrel q = quarrel_open(ARTICLES);
    onr_store *s = q.s;
    onri_buf all = links(s);
    for (int i = 0; i < ARTICLES; i++) {
        bool was;
        assert_int_equal(onr_store_drop(s, q.v.at[i].id, &was, NULL), ONR_OK);
        assert_true(was);
        if (i % 2) commit(s);
        keep(s, &q.v.at[i]);
        commit(s);
        onri_buf now = links(s);
        is_same(&all, &now, "dropped and kept again");
        onri_buf_drop(&now);
    }
    for (int i = 0; i < ARTICLES; i++)
        assert_int_equal(onr_store_drop(s, q.v.at[i].id, NULL, NULL), ONR_OK);
    commit(s);
    is_answer(
        s,
        "SELECT (SELECT count(*) FROM actor) + (SELECT count(*) FROM fact_key) + (SELECT count(*) "
        "FROM copy_band) + (SELECT count(*) FROM same_fact) + (SELECT count(*) FROM "
        "actor_profile)",
        "0|\n");
    onri_buf_drop(&all);
    quarrel_drop(&q);
}

static void links__what_the_quarrel_was(void **state)
{
    (void)state;
    quarrel q = quarrel_open(ARTICLES);
    onr_store *s = q.s;
    is_answer(s, "SELECT uid, counts, first_uid FROM copies ORDER BY uid",
              "dw-1|1|dw-1|\nep-1|0|dw-1|\n");
    is_answer(s, "SELECT uid, n_articles FROM actor WHERE name = 'John Harker' ORDER BY uid",
              "person:john-harker|3|\nperson:john-harker:GBR|1|\n");
    is_answer(
        s,
        "SELECT layer, article_uid, other_article_uid FROM same_facts WHERE kind = 'denies' ORDER "
        "BY layer",
        "dispute|ep-2|dw-1|\nstatement|ep-2|dw-1|\n");
    is_answer(
        s,
        "SELECT words FROM same_facts WHERE kind = 'changes' AND other_article_uid = 'dw-1' AND "
        "layer = 'statement'",
        "that Ostania would not withdraw its troops from Meridia|\n");
    quarrel_drop(&q);
}

/* ---- corrections ------------------------------------------------------------------------------
 */

static int64_t correct(onr_store *s, onr_correction c)
{
    onr_error err = ONR_ERROR_INIT;
    int64_t id = 0;
    c.size = sizeof c;
    c.who = ONR_SV("mb");
    if (onr_store_correct(s, &c, &id, &err) != ONR_OK) fail_msg("%s", err.msg);
    commit(s);
    return id;
}

static void undo(onr_store *s, int64_t id)
{
    onr_error err = ONR_ERROR_INIT;
    if (onr_store_undo(s, id, ONR_SV("mb"), &err) != ONR_OK) fail_msg("%s", err.msg);
    commit(s);
}

static void corrections__of_actors_hold_and_can_be_undone(void **state)
{
    (void)state;
    quarrel q = quarrel_open(4);
    onr_store *s = q.s;
    onri_buf before = links(s);
    const int64_t merge = correct(s, (onr_correction){ .kind = ONR_CORRECTION_MERGE,
                                                       .actor = ONR_SV("person:john-harker:GBR"),
                                                       .to = ONR_SV("person:john-harker") });
    is_answer(s, "SELECT count(*) FROM actor WHERE name = 'John Harker'", "1|\n");
    const int64_t name = correct(s, (onr_correction){ .kind = ONR_CORRECTION_RENAME,
                                                      .actor = ONR_SV("person:karim-dalvani"),
                                                      .to = ONR_SV("Kerim Dalwani") });
    const int64_t split = correct(s, (onr_correction){ .kind = ONR_CORRECTION_SPLIT,
                                                       .actor = ONR_SV("person:karim-dalvani"),
                                                       .to = ONR_SV("person:the-other"),
                                                       .article = q.v.at[2].id });
    is_answer(s, "SELECT name FROM actor WHERE uid = 'person:karim-dalvani'", "Kerim Dalwani|\n");
    is_answer(s, "SELECT n_articles FROM actor WHERE uid = 'person:the-other'", "1|\n");
    /* More articles, all read again, everything made anew: they hold. */
    keep(s, &q.v.at[4]);
    keep(s, &q.v.at[5]);
    commit(s);
    for (int i = 0; i < ARTICLES; i++) {
        onr_record r = q.v.at[i];
        r.made_by_version = ONR_SV("9.9.9");
        keep(s, &r);
    }
    commit(s);
    assert_int_equal(onr_store_resolve(s, NULL), ONR_OK);
    is_answer(s, "SELECT count(*) FROM actor WHERE name = 'John Harker'", "1|\n");
    is_answer(s, "SELECT name, n_articles FROM actor WHERE uid = 'person:karim-dalvani'",
              "Kerim Dalwani|4|\n");
    is_answer(s, "SELECT n_articles FROM actor WHERE uid = 'person:the-other'", "1|\n");
    undo(s, split);
    undo(s, merge);
    undo(s, name);
    is_answer(s, "SELECT count(*) FROM correction WHERE undone_by = 'mb'", "3|\n");
    for (int i = 0; i < 4; i++) keep(s, &q.v.at[i]);
    assert_int_equal(onr_store_drop(s, q.v.at[4].id, NULL, NULL), ONR_OK);
    assert_int_equal(onr_store_drop(s, q.v.at[5].id, NULL, NULL), ONR_OK);
    commit(s);
    onri_buf after = links(s);
    is_same(&before, &after, "all undone");
    onri_buf_drop(&before);
    onri_buf_drop(&after);
    quarrel_drop(&q);
}

static onr_sv statement_id(const onr_record *r, const char *words)
{
    for (uint32_t i = 0; i < r->n_statements; i++) {
        const onr_span c = r->statements[i].content.at[0];
        if (onri_find(onri_sub(r->text, c.beg, c.end), onri_svz(words), 0) != SIZE_MAX)
            return r->statements[i].id;
    }
    fail_msg("no statement '%s'", words);
    return (onr_sv){ NULL, 0 };
}

static void corrections__of_facts_survive_another_reading(void **state)
{
    (void)state;
    quarrel q = quarrel_open(0);
    onr_store *s = q.s;
    const onr_record *r = &q.v.at[2];
    keep(s, r);
    commit(s);
    const onr_sv denial = statement_id(r, "sold weapons"),
                 promise = statement_id(r, "withdraw its troops");
    const int64_t reject = correct(
        s, (onr_correction){ .kind = ONR_CORRECTION_REJECT, .article = r->id, .fact = promise });
    const onr_field_value set[] = { { ONR_SV("kind"), ONR_SV("refusal") },
                                    { ONR_SV("source"), ONR_SV("Karim Dalvani") } };
    const int64_t mend = correct(s, (onr_correction){ .kind = ONR_CORRECTION_MEND,
                                                      .article = r->id,
                                                      .fact = denial,
                                                      .set = set,
                                                      .n_set = 2 });
    const onr_field_value more[] = { { ONR_SV("source"), ONR_SV("John Harker") },
                                     { ONR_SV("content"), ONR_SV("arms sale") } };
    const int64_t add = correct(
        s,
        (onr_correction){ .kind = ONR_CORRECTION_ADD, .article = r->id, .set = more, .n_set = 2 });
    static const char what[] = "SELECT f.kind, f.who, f.words, k.action FROM facts f LEFT JOIN "
                               "fact_corrected k ON k.fact = f.id "
                               "WHERE f.layer = 'statement' AND f.p > 0 ORDER BY f.start, f.words";
    static const char corrected[] =
        "refusal|Karim Dalvani|that the United States had sold weapons to the "
        "rebels in Meridia|mend|\n";
    onri_buf once = onri_buf_make(ONR_MIB), twice = onri_buf_make(ONR_MIB);
    ask(s, what, &once);
    assert_true(onri_find(onri_buf_sv(&once), onri_svz(corrected), 0) != SIZE_MAX);
    assert_true(onri_find(onri_buf_sv(&once), ONR_SV("arms sale|add"), 0) != SIZE_MAX);
    assert_true(onri_find(onri_buf_sv(&once), ONR_SV("withdraw"), 0) == SIZE_MAX);
    /* Another reading, whose facts have other ids. */
    onr_record other = *r;
    onr_statement *st = ONRI_NEW_N(&q.v.mem, r->n_statements, onr_statement);
    for (uint32_t i = 0; i < r->n_statements; i++) {
        st[i] = r->statements[i];
        char id[32];
        (void)snprintf(id, sizeof id, "s%u-new", i);
        st[i].id = onri_dup(&q.v.mem, onri_svz(id));
    }
    other.statements = st;
    keep(s, &other);
    commit(s);
    ask(s, what, &twice);
    is_same(&once, &twice, "another reading");
    is_answer(s, "SELECT sum(applies) FROM correction", "3|\n");
    assert_int_equal(store_troubles(s), 0);
    /* What was read is there as it was read. */
    onr_sv json, mine;
    assert_int_equal(onr_store_record_json(s, &q.v.mem, r->id, &json, NULL), ONR_OK);
    assert_int_equal(onr_record_json(&q.v.mem, &other, NULL, &mine, NULL), ONR_OK);
    assert_true(onri_eq(json, mine));
    undo(s, add);
    undo(s, reject);
    undo(s, mend);
    keep(s, r);
    commit(s);
    is_answer(s, "SELECT count(*) FROM fact_corrected", "0|\n");
    assert_int_equal(store_count(s, "SELECT count(*) FROM statement"), r->n_statements);
    onri_buf_drop(&once);
    onri_buf_drop(&twice);
    quarrel_drop(&q);
}

static void corrections__that_cannot_be_change_nothing(void **state)
{
    (void)state;
    quarrel q = quarrel_open(3);
    onr_store *s = q.s;
    onri_buf before = links(s);
    const onr_sv fact = statement_id(&q.v.at[2], "sold weapons");
    const onr_field_value unknown[] = { { ONR_SV("colour"), ONR_SV("red") } },
                          nobody[] = { { ONR_SV("source"), ONR_SV("Nobody Here") } },
                          no_kind[] = { { ONR_SV("kind"), ONR_SV("whisper") } };
    const onr_correction bad[] = {
        { .kind = ONR_CORRECTION_MERGE,
          .actor = ONR_SV("person:nobody"),
          .to = ONR_SV("person:john-harker") },
        { .kind = ONR_CORRECTION_MERGE,
          .actor = ONR_SV("person:john-harker"),
          .to = ONR_SV("person:john-harker") },
        { .kind = ONR_CORRECTION_RENAME, .actor = ONR_SV("person:john-harker") },
        { .kind = ONR_CORRECTION_SPLIT,
          .actor = ONR_SV("person:nobody"),
          .to = ONR_SV("x"),
          .article = q.v.at[0].id },
        { .kind = ONR_CORRECTION_REJECT, .article = q.v.at[0].id, .fact = ONR_SV("s0000") },
        { .kind = ONR_CORRECTION_REJECT, .article = ONR_SV("nowhere"), .fact = fact },
        { .kind = ONR_CORRECTION_MEND, .article = q.v.at[2].id, .fact = fact },
        { .kind = ONR_CORRECTION_MEND,
          .article = q.v.at[2].id,
          .fact = fact,
          .set = unknown,
          .n_set = 1 },
        { .kind = ONR_CORRECTION_MEND,
          .article = q.v.at[2].id,
          .fact = fact,
          .set = nobody,
          .n_set = 1 },
        { .kind = ONR_CORRECTION_MEND,
          .article = q.v.at[2].id,
          .fact = fact,
          .set = no_kind,
          .n_set = 1 },
        { .kind = ONR_CORRECTION_ADD, .article = q.v.at[2].id, .set = nobody, .n_set = 1 },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        onr_correction c = bad[i];
        assert_int_equal(onr_store_correct(s, &c, NULL, NULL), ONR_E_RANGE); /* nobody says so */
        c.who = ONR_SV("mb");
        assert_int_equal(onr_store_correct(s, &c, NULL, NULL), ONR_E_RANGE);
        assert_int_equal(onr_store_undo(s, (int64_t)i, ONR_SV("mb"), NULL), ONR_E_RANGE);
        commit(s);
    }
    onri_buf after = links(s);
    is_same(&before, &after, "refused");
    is_answer(s, "SELECT count(*) FROM correction", "0|\n");
    assert_int_equal(store_troubles(s), 0);
    onri_buf_drop(&before);
    onri_buf_drop(&after);
    quarrel_drop(&q);
}

/* ---- memory -----------------------------------------------------------------------------------
 */

static onr_status all_views(onr_store *s, const stories *v, onr_error *err)
{
    uint64_t n;
    onri_buf b = onri_buf_make(ONR_MIB);
    const onr_sv who = ONR_SV("person:karim-dalvani");
    const onr_field_value set[] = { { ONR_SV("kind"), ONR_SV("refusal") } };
    const onr_correction c = { .size = sizeof c,
                               .kind = ONR_CORRECTION_MEND,
                               .who = ONR_SV("mb"),
                               .article = v->at[2].id,
                               .fact = statement_id(&v->at[2], "sold weapons"),
                               .set = set,
                               .n_set = 1 };
    int64_t id = 0;
    onr_status st = ONR_OK;
    for (int i = 0; st == ONR_OK && i < 4; i++) st = onr_store_keep(s, &v->at[i], NULL, NULL, err);
    if (st == ONR_OK) st = onr_store_commit(s, err);
    if (st == ONR_OK) st = onr_store_correct(s, &c, &id, err);
    if (st == ONR_OK) st = onr_store_undo(s, id, ONR_SV("mb"), err);
    if (st == ONR_OK) st = onr_store_actors(s, ONR_SV("Dalvani"), 3, store_take_text, &b, &n, err);
    for (int p = 0; st == ONR_OK && p < ONR_DOSSIER__COUNT; p++)
        st = onr_store_dossier(s, who, (onr_dossier_part)p, NULL, store_take_text, &b, &n, err);
    if (st == ONR_OK)
        st = onr_store_compare(s, ONR_SV("dw-1"), ONR_SV("ep-2"), NULL, store_take_text, &b, &n,
                               err);
    if (st == ONR_OK) st = onr_store_network(s, NULL, store_take_text, &b, &n, err);
    if (st == ONR_OK) st = onr_store_timeline(s, NULL, store_take_text, &b, &n, err);
    onri_buf_drop(&b);
    return st;
}

static void links__our_memory_runs_out_at_any_point(void **state)
{
    (void)state;
    stories v = load_stories();
    bool done = false;
    for (uint64_t n = 1; !done; n += 1 + n / 8) {
        store_file f = store_file_new();
        onr_store *s = store_open(&f, ONR_STORE_CREATE);
        onr_error err = ONR_ERROR_INIT;
        (void)onri_heap_fail_at(n);
        const onr_status st = all_views(s, &v, &err);
        done = onri_heap_fail_at(0) != 0;
        if (st != ONR_E_NOMEM && st != ONR_OK)
            fail_msg("allocation %d: %s: %s", (int)n, onr_status_name(st), err.msg);
        if (done) assert_int_equal(st, ONR_OK);
        commit(s);
        assert_int_equal(store_troubles(s), 0);
        onr_store_close(s);
        store_file_drop(&f);
        assert_true(n < 1000000);
    }
    onr_arena_drop(&v.mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links__do_not_depend_on_the_order_of_keeping),
        cmocka_unit_test(links__of_an_article_go_with_it),
        cmocka_unit_test(links__what_the_quarrel_was),
        cmocka_unit_test(corrections__of_actors_hold_and_can_be_undone),
        cmocka_unit_test(corrections__of_facts_survive_another_reading),
        cmocka_unit_test(corrections__that_cannot_be_change_nothing),
        cmocka_unit_test(links__our_memory_runs_out_at_any_point),
    };
    return cmocka_run_group_tests_name("store_links", tests, NULL, NULL);
}
