/* The checker: every promise that docs/formats/record.md makes of a record, looked at one by one.
 *
 * It runs over every record that tests see, over records read from strangers, and over the
 * pipeline's own before they leave. The first broken promise is reported with its path
 * ("statements[3].content[0]"). Source: own. Leaves out whether a fact is true. */
#include "record/record.h"

#include <stdio.h>

typedef struct checker {
    const onr_record *rec;
    onr_arena *tmp;
    onr_error *err;
    onr_status status;
    char path[96]; /* of the fact that is looked at */
    onri_map mention_spans;
    onri_atoms ids;
} checker;

static bool overlap(onr_span a, onr_span b)
{
    return a.beg < b.end && b.beg < a.end;
}

static void broken(checker *c, onr_span at, const char *what)
{
    if (c->status == ONR_OK)
        c->status = onri_fail_at(c->err, ONR_E_RANGE, "record", at.beg, "%s: %s", c->path, what);
}

static void no_memory(checker *c)
{
    if (c->status == ONR_OK) c->status = onri_fail_mem(c->err, c->tmp, "record");
}

#define AT(c, ...) ((void)snprintf((c)->path, sizeof(c)->path, __VA_ARGS__))

/* Is i the start of a code point of the text, or its end? */
static bool on_boundary(onr_sv text, uint32_t i)
{
    return i == text.n || ((unsigned char)text.p[i] & 0xC0) != 0x80;
}

static void span(checker *c, onr_span s, const char *what)
{
    const onr_sv text = c->rec->text;
    char say[64];
    const char *why = NULL;
    if (s.beg >= s.end)
        why = "is empty or backwards";
    else if (text.p && s.end > text.n)
        why = "ends outside the text";
    else if (text.p && (!on_boundary(text, s.beg) || !on_boundary(text, s.end)))
        why = "cuts a code point";
    if (!why) return;
    (void)snprintf(say, sizeof say, "%s %s", what, why);
    broken(c, s, say);
}

static void span_or_none(checker *c, onr_span s, const char *what)
{
    if (s.beg != 0 || s.end != 0) span(c, s, what);
}

/* In reading order and apart. */
static void spans(checker *c, onr_spans s, const char *what)
{
    for (uint32_t i = 0; i < s.n; i++) {
        span(c, s.at[i], what);
        if (i && s.at[i].beg < s.at[i - 1].end) broken(c, s.at[i], "spans are out of order");
    }
}

static void index_or_none(checker *c, uint32_t i, uint32_t n, const char *what)
{
    if (i != ONR_NONE && i >= n) broken(c, (onr_span){ 0, 0 }, what);
}

static void entity_ref(checker *c, onr_ref r, const char *what)
{
    index_or_none(c, r.entity, c->rec->n_entities, "points at an entity that is not there");
    span_or_none(c, r.span, what);
}

static void label(checker *c, unsigned v, unsigned n, const char *what)
{
    if (v >= n) broken(c, (onr_span){ 0, 0 }, what);
}

static void evidence(checker *c, const char *rule, float p)
{
    if (!rule || !*rule) broken(c, (onr_span){ 0, 0 }, "has no rule");
    if (!(p >= 0 && p <= 1)) broken(c, (onr_span){ 0, 0 }, "p is not between 0 and 1");
}

static void id(checker *c, onr_sv s)
{
    if (s.n == 0) {
        broken(c, (onr_span){ 0, 0 }, "has no id");
        return;
    }
    const uint32_t n = c->ids.words.n;
    const uint32_t at = onri_atom(&c->ids, s);
    if (at == ONR_NONE)
        no_memory(c);
    else if (at != n)
        broken(c, (onr_span){ 0, 0 }, "has the id of another fact");
}

/* "2018", "2018-07", "2018-07-13", each with an optional "Thh:mm..." that is not looked into. */
static void date(checker *c, onr_sv d, const char *what)
{
    static const char like[] = "dddd-dd-dd";
    bool ok = d.n == 0 || d.n == 4 || d.n == 7 || d.n == 10 || (d.n > 10 && d.p[10] == 'T');
    for (size_t i = 0; ok && i < d.n && i < 10; i++)
        ok = like[i] == 'd' ? d.p[i] >= '0' && d.p[i] <= '9' : d.p[i] == '-';
    if (!ok) broken(c, (onr_span){ 0, 0 }, what);
}

static void time_of(checker *c, const onr_time *t)
{
    date(c, t->from, "time.from is not a date");
    date(c, t->to, "time.to is not a date");
    const size_t n = t->from.n < t->to.n ? t->from.n : t->to.n;
    if (n && onri_cmp(onri_sub(t->from, 0, n), onri_sub(t->to, 0, n)) > 0)
        broken(c, t->span, "time.from is after time.to");
    span_or_none(c, t->span, "time");
}

/* ---- kinds of facts ---------------------------------------------------------------------------
 */

static void mention(checker *c, const onr_entity *e, uint32_t i)
{
    const onr_mention *m = &e->mentions[i];
    span(c, m->span, "mention");
    span(c, m->head, "head");
    if (m->head.beg < m->span.beg || m->head.end > m->span.end)
        broken(c, m->span, "head is outside its mention");
    label(c, m->kind, ONR_MENTION__COUNT, "mention has no kind");
    evidence(c, m->rule, m->p);
    if (m->joined_to != ONR_NONE && (m->joined_to >= e->n_mentions || m->joined_to == i))
        broken(c, m->span, "joined_to points at no other mention");
    if (i && m->span.beg < e->mentions[i - 1].span.beg)
        broken(c, m->span, "mentions are out of order");
    const uint64_t key = (uint64_t)m->span.beg << 32 | m->span.end;
    if (onri_map_get(&c->mention_spans, key) != ONR_NONE)
        broken(c, m->span, "span is mentioned twice");
    if (!onri_map_put(&c->mention_spans, key, i)) no_memory(c);
}

static void is_code(checker *c, onr_sv s, size_t n, const char *what)
{
    if (s.n == 0) return;
    bool ok = s.n == n;
    for (size_t i = 0; ok && i < s.n; i++) ok = s.p[i] >= 'A' && s.p[i] <= 'Z';
    if (!ok) broken(c, (onr_span){ 0, 0 }, what);
}

static void entity(checker *c, const onr_entity *e, uint32_t at)
{
    id(c, e->id);
    label(c, e->type, ONR_ENTITY__COUNT, "has no type");
    is_code(c, e->country, 3, "country is not a code of three letters");
    if (e->n_mentions == 0) broken(c, (onr_span){ 0, 0 }, "has no mention");
    for (uint32_t i = 0; i < e->n_roles; i++) {
        index_or_none(c, e->roles[i].of, c->rec->n_entities, "role of an entity that is not there");
        is_code(c, e->roles[i].country, 3, "role's country is not a code of three letters");
        span_or_none(c, e->roles[i].span, "role");
    }
    for (uint32_t i = 0; i < e->n_parts; i++)
        if (e->parts[i] >= c->rec->n_entities || e->parts[i] == at)
            broken(c, (onr_span){ 0, 0 }, "part is no other entity");
    for (uint32_t i = 0; i < e->n_mentions; i++) mention(c, e, i);
}

/* The one it is said to may stand in it: "demanded that Russia extradite him". */
static void content_apart(checker *c, const onr_statement *s)
{
    for (uint32_t i = 0; i < s->content.n; i++) {
        const onr_span at = s->content.at[i];
        for (uint32_t k = 0; k < s->cue.n; k++)
            if (overlap(at, s->cue.at[k])) broken(c, at, "content overlaps its cue");
        if (overlap(at, s->source.span)) broken(c, at, "content overlaps its source");
    }
}

static void statement(checker *c, const onr_statement *s, uint32_t at)
{
    const uint32_t n = c->rec->n_statements;
    id(c, s->id);
    label(c, s->form, ONR_FORM__COUNT, "has no form");
    label(c, s->kind, ONR_KIND__COUNT, "has no kind");
    if (s->content.n == 0 && s->cue.n == 0)
        broken(c, s->source.span, "has neither cue nor content");
    entity_ref(c, s->source, "source");
    entity_ref(c, s->addressee, "addressee");
    entity_ref(c, s->venue, "venue");
    spans(c, s->cue, "cue");
    spans(c, s->content, "content");
    content_apart(c, s);
    time_of(c, &s->time);
    evidence(c, s->rule, s->p);
    index_or_none(c, s->within, n, "stands within a statement that is not there");
    index_or_none(c, s->responds_to, n, "responds to a statement that is not there");
    if (s->responds_to == at) broken(c, s->source.span, "responds to itself");
    uint32_t depth = 0;
    for (uint32_t up = s->within; c->status == ONR_OK && up != ONR_NONE && up < n;
         up = c->rec->statements[up].within)
        if (++depth > ONR_NEST_MAX) broken(c, s->source.span, "stands too deep, or within itself");
}

static void event(checker *c, const onr_event *e, uint32_t at)
{
    id(c, e->id);
    if (e->plover.n == 0) broken(c, (onr_span){ 0, 0 }, "has no type");
    label(c, e->status, ONR_EVENT__COUNT, "has no status");
    if (e->trigger.n == 0) broken(c, (onr_span){ 0, 0 }, "has no trigger");
    spans(c, e->trigger, "trigger");
    for (uint32_t i = 0; i < e->n_source; i++) entity_ref(c, e->source[i], "source");
    for (uint32_t i = 0; i < e->n_target; i++) entity_ref(c, e->target[i], "target");
    entity_ref(c, e->place, "place");
    if (!(e->place_lat >= -90 && e->place_lat <= 90 && e->place_lon >= -180 && e->place_lon <= 180))
        broken(c, e->place.span, "place is not on the earth");
    time_of(c, &e->time);
    span_or_none(c, e->status_span, "status_span");
    if (e->has_goldstein && !(e->goldstein >= -10 && e->goldstein <= 10))
        broken(c, (onr_span){ 0, 0 }, "goldstein is not between -10 and 10");
    index_or_none(c, e->reported_by, c->rec->n_statements, "reported by no statement");
    index_or_none(c, e->same_as, c->rec->n_events, "is the same as no event");
    if (e->same_as == at) broken(c, (onr_span){ 0, 0 }, "is the same as itself");
    evidence(c, e->rule, e->p);
}

static void commitment(checker *c, const onr_commitment *m)
{
    id(c, m->id);
    label(c, m->kind, ONR_COMMITMENT__COUNT, "has no kind");
    index_or_none(c, m->holder, c->rec->n_entities, "held by an entity that is not there");
    span_or_none(c, m->holder_span, "holder");
    span(c, m->action, "action");
    span_or_none(c, m->condition, "condition");
    index_or_none(c, m->action_event, c->rec->n_events, "action is no event of the record");
    index_or_none(c, m->condition_event, c->rec->n_events, "condition is no event of the record");
    index_or_none(c, m->statement, c->rec->n_statements, "made in no statement");
    time_of(c, &m->deadline);
    evidence(c, m->rule, m->p);
}

static void dispute(checker *c, const onr_dispute *d)
{
    id(c, d->id);
    span(c, d->claim, "claim");
    index_or_none(c, d->claim_statement, c->rec->n_statements, "claim is no statement");
    index_or_none(c, d->claimant, c->rec->n_entities, "claimed by an entity that is not there");
    for (uint32_t i = 0; i < d->n_responses; i++) {
        const onr_response *r = &d->responses[i];
        entity_ref(c, r->by, "responder");
        label(c, r->verdict, ONR_VERDICT__COUNT, "response has no verdict");
        span(c, r->span, "response");
        index_or_none(c, r->statement, c->rec->n_statements, "response is no statement");
    }
    evidence(c, d->rule, d->p);
}

static void position(checker *c, const onr_position *p)
{
    id(c, p->id);
    index_or_none(c, p->entity, c->rec->n_entities, "position of an entity that is not there");
    label(c, p->stance, ONR_STANCE__COUNT, "has no stance");
    if (p->evidence.n == 0) broken(c, (onr_span){ 0, 0 }, "has no evidence");
    spans(c, p->evidence, "evidence");
    index_or_none(c, p->statement, c->rec->n_statements, "taken in no statement");
    evidence(c, p->rule, p->p);
}

/* Who of the two could not be resolved still has words; an actor is in no relation to itself. */
static void relation(checker *c, const onr_relation *r)
{
    id(c, r->id);
    label(c, r->kind, ONR_RELATION__COUNT, "has no kind");
    index_or_none(c, r->from.entity, c->rec->n_entities, "goes from an entity that is not there");
    index_or_none(c, r->to.entity, c->rec->n_entities, "goes to an entity that is not there");
    span(c, r->from.span, "from");
    span(c, r->to.span, "to");
    if (r->from.entity != ONR_NONE && r->from.entity == r->to.entity)
        broken(c, r->from.span, "goes from an entity to itself");
    if (r->evidence.n == 0) broken(c, (onr_span){ 0, 0 }, "has no evidence");
    spans(c, r->evidence, "evidence");
    index_or_none(c, r->statement, c->rec->n_statements, "told in no statement");
    evidence(c, r->rule, r->p);
}

/* ---- the whole --------------------------------------------------------------------------------
 */

static void head(checker *c)
{
    const onr_record *r = c->rec;
    AT(c, "record");
    if (r->text.n > ONR_TEXT_MAX) broken(c, (onr_span){ 0, 0 }, "text is over the limit");
    if (r->text.p && onri_utf8_check(r->text) != r->text.n)
        broken(c, (onr_span){ 0, 0 }, "text is not UTF-8");
    span_or_none(c, r->title, "title");
    date(c, r->date, "date is not a date");
    if (r->text.p && r->text_sha256.n) {
        onri_sha256 h;
        uint8_t sum[32];
        char hex[65];
        onri_sha256_init(&h);
        onri_sha256_add(&h, r->text);
        onri_sha256_end(&h, sum);
        onri_hex(sum, sizeof sum, hex);
        if (!onri_eqz(r->text_sha256, hex))
            broken(c, (onr_span){ 0, 0 }, "text_sha256 is not the hash of the text");
    }
    AT(c, "sentences");
    spans(c, (onr_spans){ r->sentences, r->n_sentences }, "sentence");
    for (uint32_t i = 0; i < r->n_boilerplate; i++) {
        AT(c, "boilerplate[%u]", i);
        span(c, r->boilerplate[i].span, "span");
        label(c, r->boilerplate[i].kind, ONR_BOILERPLATE__COUNT, "has no kind");
        if (i && r->boilerplate[i].span.beg < r->boilerplate[i - 1].span.end)
            broken(c, r->boilerplate[i].span, "is out of order");
    }
    for (uint32_t i = 0; i < r->n_origin; i++) {
        const onr_origin *g = &r->origin[i];
        AT(c, "origin[%u]", i);
        if (r->text.p && (g->text_beg > r->text.n || g->text_len > r->text.n - g->text_beg))
            broken(c, (onr_span){ g->text_beg, g->text_beg }, "ends outside the text");
        if (i && g->text_beg < r->origin[i - 1].text_beg + r->origin[i - 1].text_len)
            broken(c, (onr_span){ g->text_beg, g->text_beg }, "is out of order");
    }
}

/* Looks at every fact of a kind. With a sieve, a broken one is marked and the look goes on. */
#define EACH(c, name, kind, n, ...)                                                                \
    for (uint32_t i = 0; (c)->status == ONR_OK && i < (n); i++) {                                  \
        AT((c), name "[%u]", i);                                                                   \
        __VA_ARGS__;                                                                               \
        if (sieve && (c)->status == ONR_E_RANGE) {                                                 \
            onri_sieve_mark(sieve, (kind), i, &own);                                               \
            (c)->status = ONR_OK;                                                                  \
        }                                                                                          \
    }

onr_status onri_record_look(const onr_record *rec, onr_arena *tmp, onri_sieve *sieve,
                            onr_error *err)
{
    const onr_mark mark = onr_arena_mark(tmp);
    onr_error own = ONR_ERROR_INIT;
    checker c = { .rec = rec, .tmp = tmp, .err = &own };
    onri_map_init(&c.mention_spans, tmp);
    onri_atoms_init(&c.ids, tmp);
    head(&c);
    EACH(&c, "entities", ONRI_FACT_ENTITY, rec->n_entities, entity(&c, &rec->entities[i], i))
    EACH(&c, "statements", ONRI_FACT_STATEMENT, rec->n_statements,
         statement(&c, &rec->statements[i], i))
    EACH(&c, "events", ONRI_FACT_EVENT, rec->n_events, event(&c, &rec->events[i], i))
    EACH(&c, "commitments", ONRI_FACT_COMMITMENT, rec->n_commitments,
         commitment(&c, &rec->commitments[i]))
    EACH(&c, "disputes", ONRI_FACT_DISPUTE, rec->n_disputes, dispute(&c, &rec->disputes[i]))
    EACH(&c, "positions", ONRI_FACT_POSITION, rec->n_positions, position(&c, &rec->positions[i]))
    EACH(&c, "relations", ONRI_FACT_RELATION, rec->n_relations, relation(&c, &rec->relations[i]))
    onr_arena_rewind(tmp, mark);
    if (c.status != ONR_OK && err) *err = own;
    return c.status;
}

onr_status onr_record_check(const onr_record *rec, onr_arena *tmp, onr_error *err)
{
    return onri_record_look(rec, tmp, NULL, err);
}
