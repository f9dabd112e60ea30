/* The rows of one record: sentences, entities with roles and mentions, facts with their spans and
 * parties. Ids of facts and sentences count down through the article, so that "newest first" by id
 * reads an article from its beginning. Source: own. */
#include "store/keep.h"

#include <stdlib.h>

enum {
    ABOUT_MAX = 64,    /* entities that one fact is about */
    CLAUSE_MAX = 1000, /* bytes from an event's first to its last word; above: its sentence */
};

const char *onr_layer_name(onr_layer v)
{
#define NAME(id, name) name,
    static const char *const names[] = { ONR_LAYERS(NAME) };
#undef NAME
    return (unsigned)v < ONR_LAYER__COUNT ? names[v] : "?";
}

/* ---- the order of facts
 * ----------------------------------------------------------------------- */

static void widen(onri_fact_row *f, onr_span s)
{
    if (s.end == 0) return;
    if (f->end == 0 || s.beg < f->beg) f->beg = s.beg;
    if (s.end > f->end) f->end = s.end;
}

static void widen_all(onri_fact_row *f, onr_spans s)
{
    for (uint32_t i = 0; i < s.n; i++) widen(f, s.at[i]);
}

static void hull(const onr_record *r, onri_fact_row *f)
{
    switch (f->layer) {
    case ONR_LAYER_STATEMENT: {
        const onr_statement *s = &r->statements[f->at];
        widen(f, s->source.span);
        widen_all(f, s->cue);
        widen_all(f, s->content);
        break;
    }
    case ONR_LAYER_EVENT: {
        const onr_event *e = &r->events[f->at];
        widen_all(f, e->trigger);
        for (uint32_t i = 0; i < e->n_source; i++) widen(f, e->source[i].span);
        for (uint32_t i = 0; i < e->n_target; i++) widen(f, e->target[i].span);
        if (f->end - f->beg > CLAUSE_MAX) {
            f->beg = f->end = 0;
            widen_all(f, e->trigger);
        }
        break;
    }
    case ONR_LAYER_COMMITMENT: {
        const onr_commitment *c = &r->commitments[f->at];
        widen(f, c->holder_span);
        widen(f, c->action);
        widen(f, c->condition);
        break;
    }
    case ONR_LAYER_DISPUTE:
        widen(f, r->disputes[f->at].claim);
        break;
    case ONR_LAYER_POSITION:
        widen_all(f, r->positions[f->at].evidence);
        break;
    case ONR_LAYER_RELATION: {
        const onr_relation *x = &r->relations[f->at];
        widen(f, x->from.span);
        widen(f, x->to.span);
        widen_all(f, x->evidence);
        break;
    }
    default:
        break;
    }
}

static int by_place(const void *a, const void *b)
{
    const onri_fact_row *x = a, *y = b;
    if (x->beg != y->beg) return x->beg < y->beg ? -1 : 1;
    if (x->layer != y->layer) return x->layer < y->layer ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

onr_status onri_keep_order(onri_keep *k, onr_error *err)
{
    const onr_record *r = k->rec;
    const uint32_t n[ONR_LAYER__COUNT] = { r->n_statements,
                                           r->n_events,
                                           r->n_commitments,
                                           r->n_disputes,
                                           r->n_positions,
                                           r->n_relations,
                                           0 };
    k->n_facts = 0;
    for (int l = 0; l < ONR_LAYER_SENTENCE; l++) k->n_facts += n[l];
    k->facts = ONRI_NEW_N(k->tmp, k->n_facts + 1, onri_fact_row);
    if (!k->facts) return onri_fail_mem(err, k->tmp, "store");
    uint32_t at = 0;
    for (int l = 0; l < ONR_LAYER_SENTENCE; l++) {
        k->ids[l] = ONRI_NEW_N(k->tmp, n[l] + 1, int64_t);
        if (!k->ids[l]) return onri_fail_mem(err, k->tmp, "store");
        for (uint32_t i = 0; i < n[l]; i++) {
            onri_fact_row *f = &k->facts[at++];
            f->layer = (onr_layer)l;
            f->at = i;
            hull(r, f);
        }
    }
    qsort(k->facts, k->n_facts, sizeof *k->facts, by_place);
    return ONR_OK;
}

/* ---- sentences, boilerplate
 * ------------------------------------------------------------------- */

static onr_status put_sentences(onri_keep *k, onr_error *err)
{
    const onr_record *r = k->rec;
    for (uint32_t i = 0; i < r->n_sentences; i++) {
        sqlite3_stmt *q = onri_store_stmt(
            k->s, "INSERT INTO sentence(id, article, n, start, stop) VALUES (?1, ?2, ?3, ?4, ?5)");
        const int64_t id = k->sentence0 + (r->n_sentences - 1 - i);
        onri_bind_int(q, 1, id);
        onri_bind_int(q, 2, k->article);
        onri_bind_int(q, 3, i);
        onri_bind_int(q, 4, r->sentences[i].beg);
        onri_bind_int(q, 5, r->sentences[i].end);
        const onr_status st = onri_store_run(k->s, q, err);
        if (st != ONR_OK) return st;
        if (!onri_ids_add(&k->s->sentences, id))
            return onri_fail(err, ONR_E_NOMEM, "store", "out of memory");
    }
    for (uint32_t i = 0; i < r->n_boilerplate; i++) {
        sqlite3_stmt *q = onri_store_stmt(k->s, "INSERT OR IGNORE INTO boilerplate(article, start, "
                                                "stop, kind) VALUES (?1, ?2, ?3, ?4)");
        onri_bind_int(q, 1, k->article);
        onri_bind_int(q, 2, r->boilerplate[i].span.beg);
        onri_bind_int(q, 3, r->boilerplate[i].span.end);
        onri_bind_z(q, 4, onr_boilerplate_kind_name(r->boilerplate[i].kind));
        const onr_status st = onri_store_run(k->s, q, err);
        if (st != ONR_OK) return st;
    }
    return ONR_OK;
}

int64_t onri_keep_sentence(const onr_record *r, uint32_t at)
{
    uint32_t lo = 0, hi = r->n_sentences; /* the first that ends behind `at` */
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (r->sentences[mid].end > at)
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo < r->n_sentences && r->sentences[lo].beg <= at ? (int64_t)lo : -1;
}

/* ---- entities
 * --------------------------------------------------------------------------------- */

static int64_t entity_id(const onri_keep *k, uint32_t at)
{
    return at == ONR_NONE ? 0 : k->entity0 + at;
}

static onr_status put_mentions(onri_keep *k, uint32_t at, onr_error *err)
{
    const onr_entity *e = &k->rec->entities[at];
    for (uint32_t i = 0; i < e->n_mentions; i++) {
        const onr_mention *m = &e->mentions[i];
        sqlite3_stmt *q = onri_store_stmt(
            k->s,
            "INSERT INTO mention(entity, n, start, stop, head_start, head_stop, kind, rule, p, "
            "joined_to) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
        onri_bind_int(q, 1, entity_id(k, at));
        onri_bind_int(q, 2, i);
        onri_bind_int(q, 3, m->span.beg);
        onri_bind_int(q, 4, m->span.end);
        onri_bind_int(q, 5, m->head.beg);
        onri_bind_int(q, 6, m->head.end);
        onri_bind_z(q, 7, onr_mention_kind_name(m->kind));
        onri_bind_z(q, 8, m->rule ? m->rule : "");
        onri_bind_num(q, 9, (double)m->p);
        if (m->joined_to != ONR_NONE) onri_bind_int(q, 10, m->joined_to);
        const onr_status st = onri_store_run(k->s, q, err);
        if (st != ONR_OK) return st;
    }
    return ONR_OK;
}

static onr_status put_roles(onri_keep *k, uint32_t at, onr_error *err)
{
    const onr_entity *e = &k->rec->entities[at];
    for (uint32_t i = 0; i < e->n_roles; i++) {
        const onr_role *r = &e->roles[i];
        sqlite3_stmt *q = onri_store_stmt(
            k->s,
            "INSERT INTO role(entity, n, title, of_entity, country, period, start, stop, rule) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        onri_bind_int(q, 1, entity_id(k, at));
        onri_bind_int(q, 2, i);
        onri_bind_z(q, 3, "");
        if (r->title.n) onri_bind_sv(q, 3, r->title);
        onri_bind_id(q, 4, entity_id(k, r->of));
        onri_bind_sv(q, 5, r->country);
        onri_bind_sv(q, 6, r->period);
        onri_bind_int(q, 7, r->span.beg);
        onri_bind_int(q, 8, r->span.end);
        onri_bind_z(q, 9, r->rule);
        const onr_status st = onri_store_run(k->s, q, err);
        if (st != ONR_OK) return st;
    }
    for (uint32_t i = 0; i < e->n_parts; i++) {
        sqlite3_stmt *q = onri_store_stmt(
            k->s, "INSERT OR IGNORE INTO entity_part(entity, part) VALUES (?1, ?2)");
        onri_bind_int(q, 1, entity_id(k, at));
        onri_bind_int(q, 2, entity_id(k, e->parts[i]));
        const onr_status st = onri_store_run(k->s, q, err);
        if (st != ONR_OK) return st;
    }
    return ONR_OK;
}

static onr_status put_entity(onri_keep *k, uint32_t at, onr_error *err)
{
    const onr_entity *e = &k->rec->entities[at];
    bool named = false;
    for (uint32_t i = 0; i < e->n_mentions; i++) named |= e->mentions[i].kind == ONR_MENTION_NAME;
    sqlite3_stmt *q = onri_store_stmt(
        k->s,
        "INSERT INTO entity(id, uid, article, type, name, country, code, wikidata, n_mentions, "
        "named) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    onri_bind_int(q, 1, entity_id(k, at));
    onri_bind_sv(q, 2, e->id);
    onri_bind_int(q, 3, k->article);
    onri_bind_z(q, 4, onr_entity_type_name(e->type));
    onri_bind_z(q, 5, "");
    if (e->name.n) onri_bind_sv(q, 5, e->name);
    onri_bind_sv(q, 6, e->country);
    onri_bind_sv(q, 7, e->code);
    onri_bind_sv(q, 8, e->wikidata);
    onri_bind_int(q, 9, e->n_mentions);
    onri_bind_int(q, 10, named);
    return onri_store_run(k->s, q, err);
}

static onr_status put_entities(onri_keep *k, onr_error *err)
{
    sqlite3_stmt *q = onri_store_stmt(k->s, "SELECT coalesce(max(id), 0) + 1 FROM entity");
    bool row;
    onr_status st = onri_store_step(k->s, q, &row, err);
    if (row) k->entity0 = sqlite3_column_int64(q, 0);
    if (row) (void)sqlite3_reset(q);
    const uint32_t n = k->rec->n_entities;
    for (uint32_t i = 0; st == ONR_OK && i < n; i++) st = put_entity(k, i, err);
    for (uint32_t i = 0; st == ONR_OK && i < n; i++) {
        st = put_mentions(k, i, err);
        if (st == ONR_OK) st = put_roles(k, i, err);
    }
    return st;
}

/* ---- parties
 * ---------------------------------------------------------------------------------- */

/* Mentions of all entities by place. */
typedef struct place {
    uint32_t beg, end, entity;
} place;

typedef struct about {
    place *at;
    uint32_t n;
    uint32_t *seen; /* by entity: 1 + number of the fact that has it */
} about;

static int by_beg(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->beg != y->beg) return x->beg < y->beg ? -1 : 1;
    if (x->end != y->end) return x->end > y->end ? -1 : 1; /* the outer one first */
    return (x->entity > y->entity) - (x->entity < y->entity);
}

static onr_status list_mentions(onri_keep *k, about *a, onr_error *err)
{
    const onr_record *r = k->rec;
    for (uint32_t i = 0; i < r->n_entities; i++) a->n += r->entities[i].n_mentions;
    a->at = ONRI_NEW_N(k->tmp, (size_t)a->n + 1, place);
    a->seen = ONRI_NEW_N(k->tmp, (size_t)r->n_entities + 1, uint32_t);
    if (!a->at || !a->seen) return onri_fail_mem(err, k->tmp, "store");
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->n_entities; i++)
        for (uint32_t j = 0; j < r->entities[i].n_mentions; j++) {
            const onr_span s = r->entities[i].mentions[j].span;
            a->at[n++] = (place){ s.beg, s.end, i };
        }
    qsort(a->at, n, sizeof *a->at, by_beg);
    return ONR_OK;
}

static onr_status put_party(onri_keep *k, int64_t fact, const char *part, uint32_t n, onr_ref ref,
                            onr_error *err)
{
    sqlite3_stmt *q = onri_store_stmt(
        k->s,
        "INSERT INTO party(fact, part, n, entity, start, stop) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    onri_bind_int(q, 1, fact);
    onri_bind_z(q, 2, part);
    onri_bind_int(q, 3, n);
    onri_bind_id(q, 4, entity_id(k, ref.entity));
    onri_bind_int(q, 5, ref.span.beg);
    onri_bind_int(q, 6, ref.span.end);
    return onri_store_run(k->s, q, err);
}

/* Nobody and no words: no row. */
static onr_status put_parties(onri_keep *k, int64_t fact, const char *part, const onr_ref *refs,
                              uint32_t n, onr_error *err)
{
    for (uint32_t i = 0; i < n; i++) {
        if (refs[i].entity == ONR_NONE && refs[i].span.end == 0) continue;
        const onr_status st = put_party(k, fact, part, i, refs[i], err);
        if (st != ONR_OK) return st;
    }
    return ONR_OK;
}

/* Entities that are mentioned within the spans, each once. */
static onr_status put_about(onri_keep *k, about *a, uint32_t number, int64_t fact,
                            const onr_span *spans, uint32_t n_spans, onr_error *err)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < n_spans; i++) {
        uint32_t lo = 0, hi = a->n;
        while (lo < hi) {
            const uint32_t mid = lo + (hi - lo) / 2;
            if (a->at[mid].beg < spans[i].beg)
                lo = mid + 1;
            else
                hi = mid;
        }
        for (; lo < a->n && a->at[lo].beg < spans[i].end && n < ABOUT_MAX; lo++) {
            const place *p = &a->at[lo];
            if (p->end > spans[i].end || a->seen[p->entity] == number + 1) continue;
            a->seen[p->entity] = number + 1;
            const onr_status st =
                put_party(k, fact, "about", n++, (onr_ref){ p->entity, { p->beg, p->end } }, err);
            if (st != ONR_OK) return st;
        }
    }
    return ONR_OK;
}

/* ---- facts
 * ------------------------------------------------------------------------------------ */

typedef struct fact_words {
    onri_buf b;
    const onr_record *r;
} fact_words;

static void say(fact_words *w, onr_span s)
{
    if (s.end == 0) return;
    if (w->b.n) onri_buf_addz(&w->b, " \xE2\x80\xA6 ");
    onri_buf_add(&w->b, onri_sub(w->r->text, s.beg, s.end));
}

static void say_all(fact_words *w, onr_spans s)
{
    for (uint32_t i = 0; i < s.n; i++) say(w, s.at[i]);
}

static onr_status put_spans(onri_keep *k, int64_t fact, const char *part, onr_spans s,
                            onr_error *err)
{
    for (uint32_t i = 0; i < s.n; i++) {
        if (s.at[i].end == 0) continue;
        sqlite3_stmt *q = onri_store_stmt(k->s, "INSERT INTO fact_span(fact, part, n, start, stop) "
                                                "VALUES (?1, ?2, ?3, ?4, ?5)");
        onri_bind_int(q, 1, fact);
        onri_bind_z(q, 2, part);
        onri_bind_int(q, 3, i);
        onri_bind_int(q, 4, s.at[i].beg);
        onri_bind_int(q, 5, s.at[i].end);
        const onr_status st = onri_store_run(k->s, q, err);
        if (st != ONR_OK) return st;
    }
    return ONR_OK;
}

/* One span as a list. */
#define ONE(span) ((onr_spans){ &(span), 1 })

static int64_t ref_id(const onri_keep *k, onr_layer layer, uint32_t at)
{
    return at == ONR_NONE ? 0 : k->ids[layer][at];
}

/* What of a fact goes into `fact` itself. */
typedef struct common {
    onr_sv uid;
    const char *rule;
    float p;
    onr_sv kind;
} common;

static common common_of(const onr_record *r, const onri_fact_row *f, fact_words *w)
{
    switch (f->layer) {
    case ONR_LAYER_STATEMENT: {
        const onr_statement *s = &r->statements[f->at];
        say_all(w, s->content.n ? s->content : s->cue);
        return (common){ s->id, s->rule, s->p, onri_svz(onr_statement_kind_name(s->kind)) };
    }
    case ONR_LAYER_EVENT: {
        const onr_event *e = &r->events[f->at];
        say(w, (onr_span){ f->beg, f->end });
        return (common){ e->id, e->rule, e->p, e->plover };
    }
    case ONR_LAYER_COMMITMENT: {
        const onr_commitment *c = &r->commitments[f->at];
        say(w, c->action);
        say(w, c->condition);
        return (common){ c->id, c->rule, c->p, onri_svz(onr_commitment_kind_name(c->kind)) };
    }
    case ONR_LAYER_DISPUTE: {
        const onr_dispute *d = &r->disputes[f->at];
        say(w, d->claim);
        return (common){ d->id, d->rule, d->p,
                         onri_svz(d->n_responses ? onr_verdict_name(d->responses[0].verdict)
                                                 : "none") };
    }
    case ONR_LAYER_POSITION: {
        const onr_position *p = &r->positions[f->at];
        say_all(w, p->evidence);
        return (common){ p->id, p->rule, p->p, onri_svz(onr_stance_name(p->stance)) };
    }
    default: {
        const onr_relation *x = &r->relations[f->at];
        say_all(w, x->evidence);
        return (common){ x->id, x->rule, x->p, onri_svz(onr_relation_kind_name(x->kind)) };
    }
    }
}

static onr_sv name_of(const onr_record *r, onr_ref ref)
{
    if (ref.entity != ONR_NONE) return r->entities[ref.entity].name;
    return ref.span.end ? onri_sub(r->text, ref.span.beg, ref.span.end) : (onr_sv){ NULL, 0 };
}

static void names_of(const onr_record *r, const onri_fact_row *f, onri_telling *t)
{
    onr_ref by = ONR_REF_NONE, to = ONR_REF_NONE;
    switch (f->layer) {
    case ONR_LAYER_STATEMENT:
        by = r->statements[f->at].source;
        to = r->statements[f->at].addressee;
        break;
    case ONR_LAYER_EVENT: {
        const onr_event *e = &r->events[f->at];
        if (e->n_source) by = e->source[0];
        if (e->n_target) to = e->target[0];
        break;
    }
    case ONR_LAYER_COMMITMENT:
        by = (onr_ref){ r->commitments[f->at].holder, r->commitments[f->at].holder_span };
        break;
    case ONR_LAYER_DISPUTE: {
        const onr_dispute *d = &r->disputes[f->at];
        by.entity = d->claimant;
        if (d->n_responses) to = d->responses[0].by;
        break;
    }
    case ONR_LAYER_POSITION:
        by.entity = r->positions[f->at].entity;
        break;
    default:
        by = r->relations[f->at].from;
        to = r->relations[f->at].to;
        break;
    }
    t->by = name_of(r, by);
    t->to = name_of(r, to);
}

onr_status onri_keep_tell(onr_arena *mem, const onr_record *rec, const onri_fact_row *f,
                          onri_telling *out, onr_error *err)
{
    fact_words w = { onri_buf_make(ONR_TEXT_MAX * 2), rec };
    const common c = common_of(rec, f, &w);
    *out = (onri_telling){ .uid = c.uid, .kind = c.kind, .rule = onri_svz(c.rule), .p = c.p };
    const onr_status st = w.b.status;
    if (st == ONR_OK) out->words = onri_dup(mem, w.b.n ? onri_buf_sv(&w.b) : ONR_SV(""));
    onri_buf_drop(&w.b);
    if (st != ONR_OK) return onri_fail(err, st, "store", "the words of a fact are too long");
    if (!out->words.p) return onri_fail_mem(err, mem, "store");
    names_of(rec, f, out);
    return ONR_OK;
}

static onr_status put_fact(onri_keep *k, const onri_fact_row *f, onr_error *err)
{
    fact_words w = { onri_buf_make(ONR_TEXT_MAX * 2), k->rec };
    const common c = common_of(k->rec, f, &w);
    onr_status st = w.b.status;
    if (st != ONR_OK) {
        onri_buf_drop(&w.b);
        return onri_fail(err, st, "store", "the words of a fact are too long");
    }
    sqlite3_stmt *q = onri_store_stmt(
        k->s,
        "INSERT INTO fact(id, uid, article, layer, kind, start, stop, sentence, words, rule, p) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    const int64_t sentence = onri_keep_sentence(k->rec, f->beg);
    onri_bind_int(q, 1, f->id);
    onri_bind_sv(q, 2, c.uid);
    onri_bind_int(q, 3, k->article);
    onri_bind_z(q, 4, onr_layer_name(f->layer));
    onri_bind_sv(q, 5, c.kind);
    onri_bind_int(q, 6, f->beg);
    onri_bind_int(q, 7, f->end);
    if (sentence >= 0) onri_bind_int(q, 8, sentence);
    onri_bind_z(q, 9, "");
    if (w.b.n) onri_bind_sv(q, 9, onri_buf_sv(&w.b));
    onri_bind_z(q, 10, c.rule ? c.rule : "");
    onri_bind_num(q, 11, (double)c.p);
    st = onri_store_run(k->s, q, err);
    onri_buf_drop(&w.b);
    return st;
}

static onr_status put_statement(onri_keep *k, about *a, uint32_t number, const onri_fact_row *f,
                                onr_error *err)
{
    const onr_statement *s = &k->rec->statements[f->at];
    fact_words w = { onri_buf_make(ONR_TEXT_MAX * 2), k->rec };
    say_all(&w, s->cue);
    if (w.b.status != ONR_OK) {
        const onr_status why = onri_fail(err, w.b.status, "store", "out of memory");
        onri_buf_drop(&w.b);
        return why;
    }
    sqlite3_stmt *q = onri_store_stmt(
        k->s, "INSERT INTO statement(fact, form, negated, cue, time_from, time_to, within, "
              "responds_to) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    onri_bind_int(q, 1, f->id);
    onri_bind_z(q, 2, onr_form_name(s->form));
    onri_bind_int(q, 3, s->negated);
    onri_bind_sv(q, 4, onri_buf_sv(&w.b));
    onri_bind_sv(q, 5, s->time.from);
    onri_bind_sv(q, 6, s->time.to);
    onri_bind_id(q, 7, ref_id(k, ONR_LAYER_STATEMENT, s->within));
    onri_bind_id(q, 8, ref_id(k, ONR_LAYER_STATEMENT, s->responds_to));
    onr_status st = onri_store_run(k->s, q, err);
    onri_buf_drop(&w.b);
    if (st == ONR_OK) st = put_spans(k, f->id, "cue", s->cue, err);
    if (st == ONR_OK) st = put_spans(k, f->id, "content", s->content, err);
    if (st == ONR_OK) st = put_spans(k, f->id, "time", ONE(s->time.span), err);
    if (st == ONR_OK) st = put_parties(k, f->id, "by", &s->source, 1, err);
    if (st == ONR_OK) st = put_parties(k, f->id, "to", &s->addressee, 1, err);
    if (st == ONR_OK) st = put_parties(k, f->id, "place", &s->venue, 1, err);
    return st == ONR_OK ? put_about(k, a, number, f->id, s->content.at, s->content.n, err) : st;
}

/* ["diplomatic","economic"], in mem; empty for none. */
static onr_status json_list(onr_arena *mem, const onr_sv *at, uint32_t n, onr_sv *out,
                            onr_error *err)
{
    *out = (onr_sv){ NULL, 0 };
    if (n == 0) return ONR_OK;
    onri_buf b = onri_buf_make(1 << 20);
    onri_jw w = onri_jw_make(&b);
    onri_jw_open(&w, '[');
    for (uint32_t i = 0; i < n; i++) onri_jw_str(&w, at[i]);
    onri_jw_close(&w, ']');
    if (b.status == ONR_OK) *out = onri_dup(mem, onri_buf_sv(&b));
    onri_buf_drop(&b);
    return out->p ? ONR_OK : onri_fail(err, ONR_E_NOMEM, "store", "out of memory");
}

static onr_status put_event(onri_keep *k, about *a, uint32_t number, const onri_fact_row *f,
                            onr_error *err)
{
    const onr_event *e = &k->rec->events[f->at];
    onr_sv contexts = { NULL, 0 };
    fact_words w = { onri_buf_make(ONR_TEXT_MAX * 2), k->rec };
    say_all(&w, e->trigger);
    onr_status st = w.b.status == ONR_OK
                        ? json_list(k->tmp, e->contexts, e->n_contexts, &contexts, err)
                        : onri_fail(err, w.b.status, "store", "out of memory");
    if (st == ONR_OK) {
        sqlite3_stmt *q = onri_store_stmt(
            k->s,
            "INSERT INTO event(fact, plover, mode, cameo, goldstein, contexts, status, "
            "trigger_words, time_from, time_to, reported_by, same_as) VALUES (?1, ?2, ?3, ?4, "
            "?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
        onri_bind_int(q, 1, f->id);
        onri_bind_sv(q, 2, e->plover);
        onri_bind_sv(q, 3, e->mode);
        onri_bind_sv(q, 4, e->cameo);
        if (e->has_goldstein) onri_bind_num(q, 5, (double)e->goldstein);
        onri_bind_sv(q, 6, contexts);
        onri_bind_z(q, 7, onr_event_status_name(e->status));
        onri_bind_sv(q, 8, onri_buf_sv(&w.b));
        onri_bind_sv(q, 9, e->time.from);
        onri_bind_sv(q, 10, e->time.to);
        onri_bind_id(q, 11, ref_id(k, ONR_LAYER_STATEMENT, e->reported_by));
        onri_bind_id(q, 12, ref_id(k, ONR_LAYER_EVENT, e->same_as));
        st = onri_store_run(k->s, q, err);
    }
    onri_buf_drop(&w.b);
    if (st == ONR_OK) st = put_spans(k, f->id, "trigger", e->trigger, err);
    if (st == ONR_OK) st = put_spans(k, f->id, "status", ONE(e->status_span), err);
    if (st == ONR_OK) st = put_spans(k, f->id, "time", ONE(e->time.span), err);
    if (st == ONR_OK) st = put_parties(k, f->id, "by", e->source, e->n_source, err);
    if (st == ONR_OK) st = put_parties(k, f->id, "to", e->target, e->n_target, err);
    if (st == ONR_OK) st = put_parties(k, f->id, "place", &e->place, 1, err);
    const onr_span clause = { f->beg, f->end };
    return st == ONR_OK ? put_about(k, a, number, f->id, &clause, 1, err) : st;
}

static onr_status put_commitment(onri_keep *k, about *a, uint32_t number, const onri_fact_row *f,
                                 onr_error *err)
{
    const onr_commitment *c = &k->rec->commitments[f->at];
    const onr_sv text = k->rec->text;
    sqlite3_stmt *q = onri_store_stmt(
        k->s, "INSERT INTO commitment(fact, kind, strength, action, condition, action_event, "
              "condition_event, statement, deadline_from, deadline_to) VALUES (?1, ?2, ?3, ?4, ?5, "
              "?6, ?7, ?8, ?9, ?10)");
    onri_bind_int(q, 1, f->id);
    onri_bind_z(q, 2, onr_commitment_kind_name(c->kind));
    onri_bind_sv(q, 3, c->strength);
    onri_bind_z(q, 4, "");
    if (c->action.end) onri_bind_sv(q, 4, onri_sub(text, c->action.beg, c->action.end));
    onri_bind_sv(q, 5, onri_sub(text, c->condition.beg, c->condition.end));
    onri_bind_id(q, 6, ref_id(k, ONR_LAYER_EVENT, c->action_event));
    onri_bind_id(q, 7, ref_id(k, ONR_LAYER_EVENT, c->condition_event));
    onri_bind_id(q, 8, ref_id(k, ONR_LAYER_STATEMENT, c->statement));
    onri_bind_sv(q, 9, c->deadline.from);
    onri_bind_sv(q, 10, c->deadline.to);
    onr_status st = onri_store_run(k->s, q, err);
    const onr_ref holder = { c->holder, c->holder_span };
    const onr_span what[] = { c->action, c->condition };
    if (st == ONR_OK) st = put_spans(k, f->id, "action", ONE(c->action), err);
    if (st == ONR_OK) st = put_spans(k, f->id, "condition", ONE(c->condition), err);
    if (st == ONR_OK) st = put_spans(k, f->id, "deadline", ONE(c->deadline.span), err);
    if (st == ONR_OK) st = put_parties(k, f->id, "by", &holder, 1, err);
    return st == ONR_OK ? put_about(k, a, number, f->id, what, 2, err) : st;
}

static onr_status put_response(onri_keep *k, const onri_fact_row *f, uint32_t n, onr_error *err)
{
    const onr_response *r = &k->rec->disputes[f->at].responses[n];
    sqlite3_stmt *q = onri_store_stmt(
        k->s, "INSERT INTO response(dispute, n, entity, verdict, words, start, stop, statement) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    onri_bind_int(q, 1, f->id);
    onri_bind_int(q, 2, n);
    onri_bind_id(q, 3, entity_id(k, r->by.entity));
    onri_bind_z(q, 4, onr_verdict_name(r->verdict));
    onri_bind_z(q, 5, "");
    if (r->span.end) onri_bind_sv(q, 5, onri_sub(k->rec->text, r->span.beg, r->span.end));
    onri_bind_int(q, 6, r->span.beg);
    onri_bind_int(q, 7, r->span.end);
    onri_bind_id(q, 8, ref_id(k, ONR_LAYER_STATEMENT, r->statement));
    onr_status st = onri_store_run(k->s, q, err);
    if (st == ONR_OK && (r->by.entity != ONR_NONE || r->by.span.end))
        st = put_party(k, f->id, "to", n, r->by, err);
    return st;
}

static onr_status put_dispute(onri_keep *k, about *a, uint32_t number, const onri_fact_row *f,
                              onr_error *err)
{
    const onr_dispute *d = &k->rec->disputes[f->at];
    sqlite3_stmt *q =
        onri_store_stmt(k->s, "INSERT INTO dispute(fact, claim, statement) VALUES (?1, ?2, ?3)");
    onri_bind_int(q, 1, f->id);
    onri_bind_z(q, 2, "");
    if (d->claim.end) onri_bind_sv(q, 2, onri_sub(k->rec->text, d->claim.beg, d->claim.end));
    onri_bind_id(q, 3, ref_id(k, ONR_LAYER_STATEMENT, d->claim_statement));
    onr_status st = onri_store_run(k->s, q, err);
    const onr_ref claimant = { d->claimant, { 0, 0 } };
    if (st == ONR_OK) st = put_spans(k, f->id, "claim", ONE(d->claim), err);
    if (st == ONR_OK) st = put_parties(k, f->id, "by", &claimant, 1, err);
    for (uint32_t i = 0; st == ONR_OK && i < d->n_responses; i++) st = put_response(k, f, i, err);
    return st == ONR_OK ? put_about(k, a, number, f->id, &d->claim, 1, err) : st;
}

static onr_status put_position(onri_keep *k, about *a, uint32_t number, const onri_fact_row *f,
                               onr_error *err)
{
    const onr_position *p = &k->rec->positions[f->at];
    sqlite3_stmt *q = onri_store_stmt(k->s, "INSERT INTO position(fact, issue, topic, stance, "
                                            "statement) VALUES (?1, ?2, ?3, ?4, ?5)");
    onri_bind_int(q, 1, f->id);
    onri_bind_z(q, 2, "");
    if (p->issue.n) onri_bind_sv(q, 2, p->issue);
    onri_bind_sv(q, 3, p->topic);
    onri_bind_z(q, 4, onr_stance_name(p->stance));
    onri_bind_id(q, 5, ref_id(k, ONR_LAYER_STATEMENT, p->statement));
    onr_status st = onri_store_run(k->s, q, err);
    const onr_ref holder = { p->entity, { 0, 0 } };
    if (st == ONR_OK) st = put_spans(k, f->id, "evidence", p->evidence, err);
    if (st == ONR_OK) st = put_parties(k, f->id, "by", &holder, 1, err);
    return st == ONR_OK ? put_about(k, a, number, f->id, p->evidence.at, p->evidence.n, err) : st;
}

static onr_status put_relation(onri_keep *k, const onri_fact_row *f, onr_error *err)
{
    const onr_relation *r = &k->rec->relations[f->at];
    sqlite3_stmt *q = onri_store_stmt(
        k->s,
        "INSERT INTO relation(fact, kind, role, period, statement) VALUES (?1, ?2, ?3, ?4, ?5)");
    onri_bind_int(q, 1, f->id);
    onri_bind_z(q, 2, onr_relation_kind_name(r->kind));
    onri_bind_sv(q, 3, r->role);
    onri_bind_sv(q, 4, r->period);
    onri_bind_id(q, 5, ref_id(k, ONR_LAYER_STATEMENT, r->statement));
    onr_status st = onri_store_run(k->s, q, err);
    if (st == ONR_OK) st = put_spans(k, f->id, "evidence", r->evidence, err);
    if (st == ONR_OK) st = put_parties(k, f->id, "by", &r->from, 1, err);
    if (st == ONR_OK) st = put_parties(k, f->id, "to", &r->to, 1, err);
    return st;
}

static onr_status put_layer(onri_keep *k, about *a, uint32_t number, const onri_fact_row *f,
                            onr_error *err)
{
    switch (f->layer) {
    case ONR_LAYER_STATEMENT:
        return put_statement(k, a, number, f, err);
    case ONR_LAYER_EVENT:
        return put_event(k, a, number, f, err);
    case ONR_LAYER_COMMITMENT:
        return put_commitment(k, a, number, f, err);
    case ONR_LAYER_DISPUTE:
        return put_dispute(k, a, number, f, err);
    case ONR_LAYER_POSITION:
        return put_position(k, a, number, f, err);
    default:
        return put_relation(k, f, err);
    }
}

onr_status onri_keep_facts(onri_keep *k, onr_error *err)
{
    if (k->rec->error) return ONR_OK;
    about a = { 0 };
    for (uint32_t i = 0; i < k->n_facts; i++) {
        onri_fact_row *f = &k->facts[i];
        f->id = k->fact0 + (k->n_facts - 1 - i);
        k->ids[f->layer][f->at] = f->id;
    }
    onr_status st = put_sentences(k, err);
    if (st == ONR_OK) st = put_entities(k, err);
    if (st == ONR_OK) st = list_mentions(k, &a, err);
    for (uint32_t i = 0; st == ONR_OK && i < k->n_facts; i++) {
        st = put_fact(k, &k->facts[i], err);
        if (st == ONR_OK && !onri_ids_add(&k->s->facts, k->facts[i].id))
            st = onri_fail(err, ONR_E_NOMEM, "store", "out of memory");
    }
    for (uint32_t i = 0; st == ONR_OK && i < k->n_facts; i++)
        st = put_layer(k, &a, i, &k->facts[i], err);
    return st;
}
