/* The sieve: takes facts that break a promise of the format out of a record that the pipeline has
 * just made. Facts are right or absent: a fault in one rule costs its fact, not the document.
 * Source: own. */
#include "record/record.h"

void onri_sieve_mark(onri_sieve *s, onri_fact kind, uint32_t at, const onr_error *why)
{
    if (s->n++ == 0) s->first = *why;
    s->bad[kind][at] = true;
}

/* Where each fact of a kind stands once the bad ones are gone: [n], ONR_NONE for those. */
static bool places(onr_arena *tmp, const bool *bad, uint32_t n, uint32_t **to, uint32_t *left)
{
    *to = ONRI_NEW_N(tmp, n, uint32_t);
    *left = 0;
    if (!*to && n) return false;
    for (uint32_t i = 0; i < n; i++) (*to)[i] = bad[i] ? ONR_NONE : (*left)++;
    return true;
}

typedef struct moves {
    const uint32_t *entity, *statement, *event;
} moves;

static void move(uint32_t *at, const uint32_t *to)
{
    if (*at != ONR_NONE) *at = to[*at];
}

/* The arrays are the pipeline's own memory: see record.h. */
#define MINE(type, p) ((type *)(uintptr_t)(p))

static void move_refs(const onr_ref *at, uint32_t n, const moves *m)
{
    for (uint32_t i = 0; i < n; i++) move(&MINE(onr_ref, at)[i].entity, m->entity);
}

static void move_entity(onr_entity *e, const moves *m)
{
    for (uint32_t i = 0; i < e->n_roles; i++) move(&MINE(onr_role, e->roles)[i].of, m->entity);
    uint32_t *parts = MINE(uint32_t, e->parts), n = 0;
    for (uint32_t i = 0; i < e->n_parts; i++) {
        const uint32_t to = m->entity[parts[i]];
        if (to != ONR_NONE) parts[n++] = to;
    }
    e->n_parts = n;
}

static void move_statement(onr_statement *s, const moves *m)
{
    move(&s->source.entity, m->entity);
    move(&s->addressee.entity, m->entity);
    move(&s->venue.entity, m->entity);
    move(&s->within, m->statement);
    move(&s->responds_to, m->statement);
}

static void move_event(onr_event *e, const moves *m)
{
    move_refs(e->source, e->n_source, m);
    move_refs(e->target, e->n_target, m);
    move(&e->place.entity, m->entity);
    move(&e->reported_by, m->statement);
    move(&e->same_as, m->event);
}

static void move_commitment(onr_commitment *c, const moves *m)
{
    move(&c->holder, m->entity);
    move(&c->action_event, m->event);
    move(&c->condition_event, m->event);
    move(&c->statement, m->statement);
}

static void move_dispute(onr_dispute *d, const moves *m)
{
    move(&d->claim_statement, m->statement);
    move(&d->claimant, m->entity);
    for (uint32_t i = 0; i < d->n_responses; i++) {
        onr_response *r = &MINE(onr_response, d->responses)[i];
        move(&r->by.entity, m->entity);
        move(&r->statement, m->statement);
    }
}

static void move_position(onr_position *p, const moves *m)
{
    move(&p->entity, m->entity);
    move(&p->statement, m->statement);
}

static void move_relation(onr_relation *r, const moves *m)
{
    move(&r->from.entity, m->entity);
    move(&r->to.entity, m->entity);
    move(&r->statement, m->statement);
}

/* Close the gaps of one kind and mend what the remaining facts point at. */
#define SIFT(type, array, count, kind, mend)                                                       \
    do {                                                                                           \
        uint32_t n_ = 0;                                                                           \
        for (uint32_t i_ = 0; i_ < rec->count; i_++) {                                             \
            if (s.bad[kind][i_]) continue;                                                         \
            type *f_ = &MINE(type, rec->array)[n_++];                                              \
            *f_ = rec->array[i_];                                                                  \
            mend(f_, &m);                                                                          \
        }                                                                                          \
        rec->count = n_;                                                                           \
    } while (0)

onr_status onri_sieve_make(onri_sieve *out, const onr_record *rec, onr_arena *tmp, onr_error *err)
{
    onri_sieve s = { .n = 0 };
    const uint32_t n[ONRI_FACT__COUNT] = { rec->n_entities,    rec->n_statements, rec->n_events,
                                           rec->n_commitments, rec->n_disputes,   rec->n_positions,
                                           rec->n_relations };
    for (int i = 0; i < ONRI_FACT__COUNT; i++) {
        s.bad[i] = ONRI_NEW_N(tmp, n[i] + (size_t)1, bool);
        if (!s.bad[i]) return onri_fail_mem(err, tmp, "record");
    }
    *out = s;
    return ONR_OK;
}

onr_status onri_record_take_out(onr_record *rec, onr_arena *tmp, const onri_sieve *marked,
                                onr_error *err)
{
    const onri_sieve s = *marked;
    if (s.n == 0) return ONR_OK;
    uint32_t *entity, *statement, *event, left;
    if (!places(tmp, s.bad[ONRI_FACT_ENTITY], rec->n_entities, &entity, &left) ||
        !places(tmp, s.bad[ONRI_FACT_STATEMENT], rec->n_statements, &statement, &left) ||
        !places(tmp, s.bad[ONRI_FACT_EVENT], rec->n_events, &event, &left))
        return onri_fail_mem(err, tmp, "record");
    const moves m = { entity, statement, event };
    SIFT(onr_entity, entities, n_entities, ONRI_FACT_ENTITY, move_entity);
    SIFT(onr_statement, statements, n_statements, ONRI_FACT_STATEMENT, move_statement);
    SIFT(onr_event, events, n_events, ONRI_FACT_EVENT, move_event);
    SIFT(onr_commitment, commitments, n_commitments, ONRI_FACT_COMMITMENT, move_commitment);
    SIFT(onr_dispute, disputes, n_disputes, ONRI_FACT_DISPUTE, move_dispute);
    SIFT(onr_position, positions, n_positions, ONRI_FACT_POSITION, move_position);
    SIFT(onr_relation, relations, n_relations, ONRI_FACT_RELATION, move_relation);
    return ONR_OK;
}

static onr_status sift(onr_record *rec, onr_arena *tmp, onri_sieve *out, onr_error *err)
{
    onr_status st = onri_sieve_make(out, rec, tmp, err);
    if (st == ONR_OK) st = onri_record_look(rec, tmp, out, err);
    return st == ONR_OK ? onri_record_take_out(rec, tmp, out, err) : st;
}

onr_status onri_record_sift(onr_record *rec, onr_arena *tmp, uint32_t *dropped, onr_error *first,
                            onr_error *err)
{
    const onr_mark mark = onr_arena_mark(tmp);
    onri_sieve s = { .n = 0, .first = ONR_ERROR_INIT };
    const onr_status st = sift(rec, tmp, &s, err);
    onr_arena_rewind(tmp, mark);
    *dropped = s.n;
    *first = s.first;
    return st;
}
