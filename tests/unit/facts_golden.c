/* Events, commitments, disputes, positions and relations: each text of
 * tests/golden/facts/cases.tsv, read as an article of its own, gives the facts that stand beside
 * it, and no other of its layer. Its parse is stored (cases.conllu, made by
 * tests/tools/fact_cases.py); everything after the parse runs. */
#include "test.h"

#include <stddef.h>

#include "facts/actor_step.h"
#include "facts/knowledge.h"
#include "lang/conllu.h"
#include "onrecord/reader.h"

#define DIR ONR_SOURCE_DIR "/tests/golden/facts/"

typedef struct story {
    onr_arena keep, tmp;
    onr_article article;
    onri_draft d;
} story;

static void story_read(story *s, const onr_knowledge *know, onr_sv text, onr_sv stored)
{
    *s = (story){ .keep = onr_arena_make(64u << 20), .tmp = onr_arena_make(64u << 20) };
    s->article = (onr_article){ .text = text, .date = ONR_SV("2020-06-15") };
    s->d = (onri_draft){ .keep = &s->keep, .tmp = &s->tmp, .know = know, .article = &s->article };
    assert_int_equal(onri_conllu_read(&s->keep, stored, text, &s->d.parse, NULL), ONR_OK);
    onri_timex_vec times = { 0 };
    assert_int_equal(onri_statements_find(&s->d, know->statements, NULL, 0, NULL, NULL, NULL),
                     ONR_OK);
    assert_int_equal(onri_find_actors(&s->d, &know->actors, ONRI_CAST_STORY, NULL), ONR_OK);
    assert_int_equal(onri_find_events(&s->d, know->events, times.at, times.n, NULL), ONR_OK);
    assert_int_equal(onri_times_scan(&s->keep, know->times, s->d.parse,
                                     onri_day_parse(s->article.date), &times, NULL),
                     ONR_OK);
    assert_int_equal(onri_find_commitments(&s->d, know->commitments, times.at, times.n, NULL),
                     ONR_OK);
    assert_int_equal(onri_find_disputes(&s->d, know->disputes, NULL, NULL, NULL), ONR_OK);
    assert_int_equal(onri_find_positions(&s->d, know->positions, NULL), ONR_OK);
    assert_int_equal(onri_find_relations(&s->d, know->relations, NULL), ONR_OK);
}

static void story_drop(story *s)
{
    onr_arena_drop(&s->keep);
    onr_arena_drop(&s->tmp);
}

static onr_sv words(const story *s, onr_span at)
{
    return onri_sub(s->article.text, at.beg, at.end);
}

static onr_sv next(onr_sv *rest, char by)
{
    onr_sv f = { "", 0 };
    (void)onri_split(rest, by, &f);
    return onri_trim(f);
}

/* Is the entity called so somewhere? With no name: is there none? */
static bool is_called(const story *s, uint32_t entity, onr_sv name)
{
    if (name.n == 0) return entity == ONR_NONE;
    if (entity == ONR_NONE) return false;
    const onr_entity *e = &s->d.entities.at[entity];
    for (uint32_t i = 0; i < e->n_mentions; i++)
        if (onri_find(words(s, e->mentions[i].span), name, 0) != SIZE_MAX) return true;
    return false;
}

/* An empty expectation wants an empty span, or words of it. */
static bool says(const story *s, onr_span at, onr_sv want)
{
    return want.n ? onri_find(words(s, at), want, 0) != SIZE_MAX : at.end == 0;
}

static bool has_commitment(const story *s, onr_sv want)
{
    const onr_sv kind = next(&want, '|'), holder = next(&want, '|'), action = next(&want, '|'),
                 condition = next(&want, '|'), strength = next(&want, '|'),
                 deadline = next(&want, '|');
    for (uint32_t i = 0; i < s->d.commitments.n; i++) {
        const onr_commitment *c = &s->d.commitments.at[i];
        if (onri_eqz(kind, onr_commitment_kind_name(c->kind)) && is_called(s, c->holder, holder) &&
            says(s, c->action, action) && says(s, c->condition, condition) &&
            (strength.n == 0 || onri_eq(strength, c->strength)) &&
            (deadline.n == 0 || says(s, c->deadline.span, deadline)))
            return true;
    }
    return false;
}

static bool has_dispute(const story *s, onr_sv want)
{
    const onr_sv verdict = next(&want, '|'), by = next(&want, '|'), answer = next(&want, '|'),
                 claim = next(&want, '|');
    for (uint32_t i = 0; i < s->d.disputes.n; i++) {
        const onr_dispute *d = &s->d.disputes.at[i];
        for (uint32_t k = 0; k < d->n_responses; k++) {
            const onr_response *r = &d->responses[k];
            const bool is_by = is_called(s, r->by.entity, by) ||
                               (r->by.entity == ONR_NONE && says(s, r->by.span, by));
            if (onri_eqz(verdict, onr_verdict_name(r->verdict)) && is_by &&
                says(s, r->span, answer) && says(s, d->claim, claim))
                return true;
        }
    }
    return false;
}

/* Is one of them called so? With no name: nothing is asked. */
static bool stands_among(const story *s, const onr_ref *refs, uint32_t n, onr_sv name)
{
    if (name.n == 0) return true;
    for (uint32_t i = 0; i < n; i++)
        if (is_called(s, refs[i].entity, name) ||
            onri_find(words(s, refs[i].span), name, 0) != SIZE_MAX)
            return true;
    return false;
}

static bool has_event(const story *s, onr_sv want)
{
    onr_sv type = next(&want, '|'), mode;
    const onr_sv status = next(&want, '|'), source = next(&want, '>'), target = onri_trim(want);
    mode = type;
    type = next(&mode, ' ');
    mode = onri_trim(mode);
    for (uint32_t i = 0; i < s->d.events.n; i++) {
        const onr_event *e = &s->d.events.at[i];
        if (onri_eq(e->plover, type) && (mode.n == 0 || onri_eq(e->mode, mode)) &&
            onri_eqz(status, onr_event_status_name(e->status)) &&
            stands_among(s, e->source, e->n_source, source) &&
            stands_among(s, e->target, e->n_target, target))
            return true;
    }
    return false;
}

/* Is the reference's text so, and is it who it is said to be ("nobody": no entity)? */
static bool refers(const story *s, const onr_ref *r, onr_sv who, onr_sv text)
{
    if (!onri_eq(words(s, r->span), text)) return false;
    return onri_eqz(who, "nobody") ? r->entity == ONR_NONE
                                   : r->entity != ONR_NONE && is_called(s, r->entity, who);
}

static bool has_speaker(const story *s, onr_sv want)
{
    const onr_sv who = next(&want, '|'), text = onri_trim(want);
    for (uint32_t i = 0; i < s->d.statements.n; i++)
        if (refers(s, &s->d.statements.at[i].source, who, text)) return true;
    return false;
}

static bool has_venue(const story *s, onr_sv want)
{
    const onr_sv who = next(&want, '|'), text = onri_trim(want);
    for (uint32_t i = 0; i < s->d.statements.n; i++)
        if (refers(s, &s->d.statements.at[i].venue, who, text)) return true;
    return false;
}

static bool has_position(const story *s, onr_sv want)
{
    const onr_sv stance = next(&want, '|'), who = next(&want, '|'), issue = next(&want, '|');
    for (uint32_t i = 0; i < s->d.positions.n; i++) {
        const onr_position *p = &s->d.positions.at[i];
        if (onri_eqz(stance, onr_stance_name(p->stance)) && is_called(s, p->entity, who) &&
            onri_eq(issue, p->issue))
            return true;
    }
    return false;
}

static bool has_relation(const story *s, onr_sv want)
{
    const onr_sv kind = next(&want, '|'), from = next(&want, '|'), to = next(&want, '|');
    onr_sv role = next(&want, '|');
    for (uint32_t i = 0; i < s->d.relations.n; i++) {
        const onr_relation *r = &s->d.relations.at[i];
        onr_sv rest = role;
        if (r->period.n && onri_starts(rest, r->period))
            rest = onri_trim(onri_sub(rest, r->period.n, rest.n));
        else if (r->period.n)
            continue;
        if (onri_eqz(kind, onr_relation_kind_name(r->kind)) && is_called(s, r->from.entity, from) &&
            is_called(s, r->to.entity, to) && (role.n == 0 || onri_eq(rest, r->role)))
            return true;
    }
    return false;
}

typedef struct kind {
    const char *name;
    bool (*has)(const story *s, onr_sv want);
    size_t count; /* offset of the draft's number of them */
    bool more;    /* others beside those wanted are no fault */
} kind;

static const kind kinds[] = {
    { "commitment", has_commitment, offsetof(onri_draft, commitments.n), false },
    { "dispute", has_dispute, offsetof(onri_draft, disputes.n), false },
    { "position", has_position, offsetof(onri_draft, positions.n), false },
    { "relation", has_relation, offsetof(onri_draft, relations.n), false },
    { "event", has_event, offsetof(onri_draft, events.n), true },
    { "speaker", has_speaker, offsetof(onri_draft, statements.n), true },
    { "venue", has_venue, offsetof(onri_draft, statements.n), true },
};

/* Every fact wanted is there, and but for events no other of its layer. */
static bool holds(const story *s, onr_sv name, onr_sv facts)
{
    const kind *l = kinds;
    while (l < kinds + sizeof kinds / sizeof *kinds && !onri_eqz(name, l->name)) l++;
    assert_true(l < kinds + sizeof kinds / sizeof *kinds);
    uint32_t n = 0;
    for (onr_sv rest = facts, want; facts.n && onri_split(&rest, ';', &want); n++)
        if (!l->has(s, want)) return false;
    const uint32_t got = *(const uint32_t *)(const void *)((const char *)&s->d + l->count);
    if (l->has == has_dispute) /* one may have several answers */
        return got <= n && (got == 0) == (n == 0);
    return l->more ? n > 0 || got == 0 : got == n;
}

static void print_got(const story *s)
{
    for (uint32_t i = 0; i < s->d.commitments.n; i++) {
        const onr_commitment *c = &s->d.commitments.at[i];
        const onr_sv a = words(s, c->action), k = words(s, c->condition);
        print_message("    %s: %.*s | %.*s\n", onr_commitment_kind_name(c->kind), (int)a.n, a.p,
                      (int)k.n, k.p);
    }
    for (uint32_t i = 0; i < s->d.disputes.n; i++) {
        const onr_sv c = words(s, s->d.disputes.at[i].claim);
        print_message("    dispute, claim: %.*s\n", (int)c.n, c.p);
    }
    for (uint32_t i = 0; i < s->d.positions.n; i++) {
        const onr_position *p = &s->d.positions.at[i];
        print_message("    %s: %.*s (%s)\n", onr_stance_name(p->stance), (int)p->issue.n,
                      p->issue.p, p->rule);
    }
    for (uint32_t i = 0; i < s->d.relations.n; i++) {
        const onr_relation *r = &s->d.relations.at[i];
        print_message("    %s: %.*s %.*s\n", onr_relation_kind_name(r->kind), (int)r->period.n,
                      r->period.p, (int)r->role.n, r->role.p);
    }
    for (uint32_t i = 0; i < s->d.events.n; i++) {
        const onr_event *e = &s->d.events.at[i];
        print_message("    %.*s %.*s %s\n", (int)e->plover.n, e->plover.p, (int)e->mode.n,
                      e->mode.p, onr_event_status_name(e->status));
    }
}

static void check_table(const char *table, const char *parses, unsigned texts, unsigned without)
{
    onr_knowledge *know = NULL;
    assert_int_equal(onr_knowledge_new(NULL, &know, NULL), ONR_OK);
    onr_arena mem = onr_arena_make(64u << 20);
    onr_sv rows, stored;
    assert_int_equal(onri_file_read(&mem, table, 1 << 22, &rows, NULL), ONR_OK);
    assert_int_equal(onri_file_read(&mem, parses, 1 << 23, &stored, NULL), ONR_OK);
    const onr_sv mark = ONR_SV("# newdoc");
    size_t at = onri_find(stored, mark, 0);
    unsigned n = 0, known = 0, wrong = 0, none = 0;
    for (onr_sv row; onri_split(&rows, '\n', &row);) {
        if (row.n == 0 || row.p[0] == '#') continue;
        onr_sv layer = next(&row, '\t');
        const onr_sv text = next(&row, '\t'), facts = onri_trim(row);
        const bool fails = onri_starts(layer, ONR_SV("~"));
        if (fails) layer = onri_sub(layer, 1, layer.n);
        assert_true(at != SIZE_MAX); /* the parses are older than the table */
        const size_t end = onri_find(stored, mark, at + mark.n);
        story s;
        story_read(&s, know, text, onri_sub(stored, at, end == SIZE_MAX ? stored.n : end));
        at = end;
        if (holds(&s, layer, facts) == fails) {
            print_message("%s%.*s\t%.*s\n", fails ? "holds now: " : "", (int)layer.n, layer.p,
                          (int)text.n, text.p);
            print_got(&s);
            wrong++;
        }
        story_drop(&s);
        n++;
        known += fails;
        none += facts.n == 0;
    }
    print_message("%u texts, %u of them without a fact, %u known to fail\n", n, none, known);
    onr_arena_drop(&mem);
    onr_knowledge_free(know);
    assert_true(n >= texts && none >= without);
    assert_int_equal(wrong, 0);
}

static void facts__are_what_the_table_says(void **state)
{
    (void)state;
    check_table(DIR "cases.tsv", DIR "cases.conllu", 200, 75);
}

static void facts__stands_are_what_the_table_says(void **state)
{
    (void)state;
    check_table(DIR "stands.tsv", DIR "stands.conllu", 130, 60);
}

static void facts__speakers_are_who_the_source_is(void **state)
{
    (void)state;
    check_table(DIR "speakers.tsv", DIR "speakers.conllu", 10, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts__are_what_the_table_says),
        cmocka_unit_test(facts__stands_are_what_the_table_says),
        cmocka_unit_test(facts__speakers_are_who_the_source_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
