/* Record -> one JSON object, in the order and with the keys of docs/formats/record.md.
 *
 * Keys that have nothing to say are left out. The same record gives the same bytes everywhere.
 * Source: own. Leaves out the reading back (load.c) and every judgement (check.c). */
#include "record/record.h"

typedef struct writer {
    onri_jw w;
    const onr_record *rec;
    uint32_t fields, kinds;
} writer;

static bool wants(const writer *o, onr_field f)
{
    return (o->fields & (1u << f)) != 0;
}

static bool wants_statement(const writer *o, uint32_t i)
{
    return wants(o, ONR_FIELD_STATEMENTS) && (o->kinds & (1u << o->rec->statements[i].kind)) != 0;
}

/* ---- small pieces: nothing is written for an empty value --------------------------------------
 */

static void put_sv(writer *o, const char *key, onr_sv s)
{
    if (s.n == 0) return;
    onri_jw_key(&o->w, key);
    onri_jw_str(&o->w, s);
}

static void put_z(writer *o, const char *key, const char *s)
{
    if (!s || !*s) return;
    onri_jw_key(&o->w, key);
    onri_jw_strz(&o->w, s);
}

static void put_span(writer *o, const char *key, onr_span s)
{
    if (s.beg == s.end) return;
    onri_jw_key(&o->w, key);
    onri_jw_span(&o->w, s);
}

static void put_spans(writer *o, const char *key, const onr_span *at, uint32_t n)
{
    if (n == 0) return;
    onri_jw_key(&o->w, key);
    onri_jw_open(&o->w, '[');
    for (uint32_t i = 0; i < n; i++) onri_jw_span(&o->w, at[i]);
    onri_jw_close(&o->w, ']');
}

static void put_entity_id(writer *o, const char *key, uint32_t entity)
{
    if (entity == ONR_NONE || !wants(o, ONR_FIELD_ENTITIES)) return;
    put_sv(o, key, o->rec->entities[entity].id);
}

static void put_statement_id(writer *o, const char *key, uint32_t statement)
{
    if (statement == ONR_NONE || !wants_statement(o, statement)) return;
    put_sv(o, key, o->rec->statements[statement].id);
}

static void put_event_id(writer *o, const char *key, uint32_t event)
{
    if (event == ONR_NONE || !wants(o, ONR_FIELD_EVENTS)) return;
    put_sv(o, key, o->rec->events[event].id);
}

static bool ref_is_empty(onr_ref r)
{
    return r.entity == ONR_NONE && r.span.beg == r.span.end;
}

static void put_ref_value(writer *o, onr_ref r)
{
    onri_jw_open(&o->w, '{');
    put_entity_id(o, "entity", r.entity);
    put_span(o, "span", r.span);
    onri_jw_close(&o->w, '}');
}

static void put_ref(writer *o, const char *key, onr_ref r)
{
    if (ref_is_empty(r)) return;
    onri_jw_key(&o->w, key);
    put_ref_value(o, r);
}

static void put_refs(writer *o, const char *key, const onr_ref *at, uint32_t n)
{
    if (n == 0) return;
    onri_jw_key(&o->w, key);
    onri_jw_open(&o->w, '[');
    for (uint32_t i = 0; i < n; i++) put_ref_value(o, at[i]);
    onri_jw_close(&o->w, ']');
}

static void put_time(writer *o, const char *key, const onr_time *t)
{
    if (t->from.n == 0 && t->to.n == 0 && t->span.beg == t->span.end) return;
    onri_jw_key(&o->w, key);
    onri_jw_open(&o->w, '{');
    put_sv(o, "from", t->from);
    put_sv(o, "to", t->to);
    put_span(o, "span", t->span);
    onri_jw_close(&o->w, '}');
}

static void put_evidence(writer *o, const char *rule, float p)
{
    put_z(o, "rule", rule);
    if (p > 0) {
        onri_jw_key(&o->w, "p");
        onri_jw_num(&o->w, (double)p, 3);
    }
}

static void put_corrected_value(writer *o, const onr_corrected *c)
{
    onri_jw_key(&o->w, "corrected");
    onri_jw_open(&o->w, '{');
    put_sv(o, "action", c->action);
    put_sv(o, "who", c->who);
    put_sv(o, "when", c->when);
    put_sv(o, "why", c->why);
    onri_jw_close(&o->w, '}');
}

static bool is_reject(const onr_corrected *c)
{
    return onri_eqz(c->action, "reject");
}

/* What people made of the fact. Corrections of one article are few: a list is enough. */
static void put_corrected(writer *o, onr_sv id)
{
    for (uint32_t i = 0; i < o->rec->n_corrected; i++) {
        const onr_corrected *c = &o->rec->corrected[i];
        if (is_reject(c) || !onri_eq(c->fact, id)) continue;
        put_corrected_value(o, c);
        return;
    }
}

/* ---- kinds of facts ---------------------------------------------------------------------------
 */

static void put_mention(writer *o, const onr_mention *m)
{
    onri_jw_open(&o->w, '{');
    put_span(o, "span", m->span);
    put_span(o, "head", m->head);
    put_z(o, "kind", onr_mention_kind_name(m->kind));
    put_evidence(o, m->rule, m->p);
    if (m->joined_to != ONR_NONE) {
        onri_jw_key(&o->w, "joined_to");
        onri_jw_uint(&o->w, m->joined_to);
    }
    onri_jw_close(&o->w, '}');
}

static void put_role(writer *o, const onr_role *r)
{
    onri_jw_open(&o->w, '{');
    put_sv(o, "title", r->title);
    put_entity_id(o, "of", r->of);
    put_sv(o, "country", r->country);
    put_sv(o, "period", r->period);
    put_span(o, "span", r->span);
    put_z(o, "rule", r->rule);
    onri_jw_close(&o->w, '}');
}

static void put_entity(writer *o, const onr_entity *e)
{
    onri_jw_open(&o->w, '{');
    put_sv(o, "id", e->id);
    put_z(o, "type", onr_entity_type_name(e->type));
    put_sv(o, "name", e->name);
    put_sv(o, "country", e->country);
    put_sv(o, "code", e->code);
    put_sv(o, "wikidata", e->wikidata);
    if (e->n_roles) {
        onri_jw_key(&o->w, "roles");
        onri_jw_open(&o->w, '[');
        for (uint32_t i = 0; i < e->n_roles; i++) put_role(o, &e->roles[i]);
        onri_jw_close(&o->w, ']');
    }
    if (e->n_parts) {
        onri_jw_key(&o->w, "parts");
        onri_jw_open(&o->w, '[');
        for (uint32_t i = 0; i < e->n_parts; i++)
            onri_jw_str(&o->w, o->rec->entities[e->parts[i]].id);
        onri_jw_close(&o->w, ']');
    }
    if (e->n_mentions) {
        onri_jw_key(&o->w, "mentions");
        onri_jw_open(&o->w, '[');
        for (uint32_t i = 0; i < e->n_mentions; i++) put_mention(o, &e->mentions[i]);
        onri_jw_close(&o->w, ']');
    }
    onri_jw_close(&o->w, '}');
}

static void put_statement(writer *o, const onr_statement *s)
{
    onri_jw_open(&o->w, '{');
    put_sv(o, "id", s->id);
    put_ref(o, "source", s->source);
    put_spans(o, "cue", s->cue.at, s->cue.n);
    put_spans(o, "content", s->content.at, s->content.n);
    put_z(o, "form", onr_form_name(s->form));
    put_z(o, "kind", onr_statement_kind_name(s->kind));
    if (s->negated) {
        onri_jw_key(&o->w, "negated");
        onri_jw_bool(&o->w, true);
    }
    put_ref(o, "addressee", s->addressee);
    put_ref(o, "venue", s->venue);
    put_time(o, "time", &s->time);
    put_statement_id(o, "within", s->within);
    put_statement_id(o, "responds_to", s->responds_to);
    put_evidence(o, s->rule, s->p);
    put_corrected(o, s->id);
    onri_jw_close(&o->w, '}');
}

/* {"entity":..,"span":..,"country":"IRQ","lat":33.34,"lon":44.40}. */
static void put_place(writer *o, const onr_event *e)
{
    if (ref_is_empty(e->place)) return;
    onri_jw_key(&o->w, "place");
    onri_jw_open(&o->w, '{');
    put_entity_id(o, "entity", e->place.entity);
    put_span(o, "span", e->place.span);
    put_sv(o, "country", e->place_country);
    if (e->place_has_point) {
        onri_jw_key(&o->w, "lat");
        onri_jw_num(&o->w, (double)e->place_lat, 2);
        onri_jw_key(&o->w, "lon");
        onri_jw_num(&o->w, (double)e->place_lon, 2);
    }
    onri_jw_close(&o->w, '}');
}

static void put_event(writer *o, const onr_event *e)
{
    onri_jw_open(&o->w, '{');
    put_sv(o, "id", e->id);
    put_sv(o, "plover", e->plover);
    put_sv(o, "mode", e->mode);
    if (e->n_contexts) {
        onri_jw_key(&o->w, "contexts");
        onri_jw_open(&o->w, '[');
        for (uint32_t i = 0; i < e->n_contexts; i++) onri_jw_str(&o->w, e->contexts[i]);
        onri_jw_close(&o->w, ']');
    }
    put_sv(o, "cameo", e->cameo);
    if (e->has_goldstein) {
        onri_jw_key(&o->w, "goldstein");
        onri_jw_num(&o->w, (double)e->goldstein, 2);
    }
    put_refs(o, "source", e->source, e->n_source);
    put_refs(o, "target", e->target, e->n_target);
    put_spans(o, "trigger", e->trigger.at, e->trigger.n);
    put_place(o, e);
    put_time(o, "time", &e->time);
    put_z(o, "status", onr_event_status_name(e->status));
    put_span(o, "status_span", e->status_span);
    put_statement_id(o, "reported_by", e->reported_by);
    put_event_id(o, "same_as", e->same_as);
    put_evidence(o, e->rule, e->p);
    put_corrected(o, e->id);
    onri_jw_close(&o->w, '}');
}

/* {"span":[..],"event":".."}: what a commitment is about. */
static void put_deed(writer *o, const char *key, onr_span span, uint32_t event)
{
    if (span.beg == span.end && event == ONR_NONE) return;
    onri_jw_key(&o->w, key);
    onri_jw_open(&o->w, '{');
    put_span(o, "span", span);
    put_event_id(o, "event", event);
    onri_jw_close(&o->w, '}');
}

static void put_commitment(writer *o, const onr_commitment *c)
{
    onri_jw_open(&o->w, '{');
    put_sv(o, "id", c->id);
    put_entity_id(o, "holder", c->holder);
    put_span(o, "holder_span", c->holder_span);
    put_z(o, "kind", onr_commitment_kind_name(c->kind));
    put_deed(o, "action", c->action, c->action_event);
    put_deed(o, "condition", c->condition, c->condition_event);
    put_sv(o, "strength", c->strength);
    put_time(o, "deadline", &c->deadline);
    put_statement_id(o, "statement", c->statement);
    put_evidence(o, c->rule, c->p);
    put_corrected(o, c->id);
    onri_jw_close(&o->w, '}');
}

static void put_dispute(writer *o, const onr_dispute *d)
{
    onri_jw_open(&o->w, '{');
    put_sv(o, "id", d->id);
    onri_jw_key(&o->w, "claim");
    onri_jw_open(&o->w, '{');
    put_span(o, "span", d->claim);
    put_statement_id(o, "statement", d->claim_statement);
    onri_jw_close(&o->w, '}');
    put_entity_id(o, "claimant", d->claimant);
    if (d->n_responses) {
        onri_jw_key(&o->w, "responses");
        onri_jw_open(&o->w, '[');
        for (uint32_t i = 0; i < d->n_responses; i++) {
            const onr_response *r = &d->responses[i];
            onri_jw_open(&o->w, '{');
            put_entity_id(o, "entity", r->by.entity);
            put_span(o, "by", r->by.span);
            put_z(o, "verdict", onr_verdict_name(r->verdict));
            put_span(o, "span", r->span);
            put_statement_id(o, "statement", r->statement);
            onri_jw_close(&o->w, '}');
        }
        onri_jw_close(&o->w, ']');
    }
    put_evidence(o, d->rule, d->p);
    put_corrected(o, d->id);
    onri_jw_close(&o->w, '}');
}

static void put_position(writer *o, const onr_position *p)
{
    onri_jw_open(&o->w, '{');
    put_sv(o, "id", p->id);
    put_entity_id(o, "entity", p->entity);
    put_sv(o, "issue", p->issue);
    put_sv(o, "topic", p->topic);
    put_z(o, "stance", onr_stance_name(p->stance));
    put_spans(o, "evidence", p->evidence.at, p->evidence.n);
    put_statement_id(o, "statement", p->statement);
    put_evidence(o, p->rule, p->p);
    put_corrected(o, p->id);
    onri_jw_close(&o->w, '}');
}

static void put_relation(writer *o, const onr_relation *r)
{
    onri_jw_open(&o->w, '{');
    put_sv(o, "id", r->id);
    put_z(o, "kind", onr_relation_kind_name(r->kind));
    put_ref(o, "from", r->from);
    put_ref(o, "to", r->to);
    put_sv(o, "role", r->role);
    put_sv(o, "period", r->period);
    put_spans(o, "evidence", r->evidence.at, r->evidence.n);
    put_statement_id(o, "statement", r->statement);
    put_evidence(o, r->rule, r->p);
    put_corrected(o, r->id);
    onri_jw_close(&o->w, '}');
}

/* ---- the whole --------------------------------------------------------------------------------
 */

static void put_error(writer *o, const onr_error *e)
{
    onri_jw_key(&o->w, "error");
    onri_jw_open(&o->w, '{');
    put_z(o, "status", onr_status_name(e->status));
    put_z(o, "stage", e->stage);
    if (e->at != UINT64_MAX) {
        onri_jw_key(&o->w, "at");
        onri_jw_uint(&o->w, e->at);
    }
    if (e->line) {
        onri_jw_key(&o->w, "line");
        onri_jw_uint(&o->w, e->line);
    }
    put_z(o, "message", e->msg);
    onri_jw_close(&o->w, '}');
}

static void put_head(writer *o)
{
    const onr_record *r = o->rec;
    onri_jw_key(&o->w, "onrecord");
    onri_jw_uint(&o->w, ONR_RECORD_SCHEMA);
    if (wants(o, ONR_FIELD_MADE_BY) &&
        r->made_by_version.n + r->made_by_model.n + r->made_by_rules.n > 0) {
        onri_jw_key(&o->w, "made_by");
        onri_jw_open(&o->w, '{');
        put_sv(o, "version", r->made_by_version);
        put_sv(o, "model", r->made_by_model);
        put_sv(o, "rules", r->made_by_rules);
        onri_jw_close(&o->w, '}');
    }
    put_sv(o, "id", r->id);
    put_sv(o, "uri", r->uri);
    if (r->error) put_error(o, r->error);
    if (wants(o, ONR_FIELD_META)) {
        put_sv(o, "publisher", r->publisher);
        put_sv(o, "author", r->author);
        put_span(o, "title", r->title);
        put_sv(o, "title_text", r->title_text);
        put_sv(o, "date", r->date);
        put_sv(o, "date_source", r->date_source);
        put_sv(o, "lang", r->lang);
    }
    if (wants(o, ONR_FIELD_TEXT_SHA256)) put_sv(o, "text_sha256", r->text_sha256);
    if (wants(o, ONR_FIELD_TEXT) && r->text.p && !r->error) {
        onri_jw_key(&o->w, "text");
        onri_jw_str(&o->w, r->text);
    }
}

/* Rows [text, page, length], or [text, text length, page, page length] where the two differ. */
static void put_origin(writer *o)
{
    const onr_record *r = o->rec;
    if (r->n_origin == 0 || !wants(o, ONR_FIELD_ORIGIN)) return;
    onri_jw_key(&o->w, "origin");
    onri_jw_open(&o->w, '[');
    for (uint32_t i = 0; i < r->n_origin; i++) {
        const onr_origin *g = &r->origin[i];
        onri_jw_open(&o->w, '[');
        onri_jw_uint(&o->w, g->text_beg);
        if (g->text_len != g->page_len) onri_jw_uint(&o->w, g->text_len);
        onri_jw_uint(&o->w, g->page_beg);
        onri_jw_uint(&o->w, g->page_len);
        onri_jw_close(&o->w, ']');
    }
    onri_jw_close(&o->w, ']');
}

static void put_boilerplate(writer *o)
{
    const onr_record *r = o->rec;
    if (r->n_boilerplate == 0 || !wants(o, ONR_FIELD_BOILERPLATE)) return;
    onri_jw_key(&o->w, "boilerplate");
    onri_jw_open(&o->w, '[');
    for (uint32_t i = 0; i < r->n_boilerplate; i++) {
        onri_jw_open(&o->w, '{');
        put_span(o, "span", r->boilerplate[i].span);
        put_z(o, "kind", onr_boilerplate_kind_name(r->boilerplate[i].kind));
        onri_jw_close(&o->w, '}');
    }
    onri_jw_close(&o->w, ']');
}

static void put_diagnostics(writer *o)
{
    const onr_record *r = o->rec;
    if (r->n_diagnostics == 0 || !wants(o, ONR_FIELD_DIAGNOSTICS)) return;
    onri_jw_key(&o->w, "diagnostics");
    onri_jw_open(&o->w, '[');
    for (uint32_t i = 0; i < r->n_diagnostics; i++) {
        const onr_diagnostic *d = &r->diagnostics[i];
        onri_jw_open(&o->w, '{');
        put_z(o, "code", d->code);
        onri_jw_key(&o->w, "count");
        onri_jw_uint(&o->w, d->count);
        if (d->at != UINT64_MAX) {
            onri_jw_key(&o->w, "at");
            onri_jw_uint(&o->w, d->at);
        }
        onri_jw_close(&o->w, '}');
    }
    onri_jw_close(&o->w, ']');
}

/* Facts that people rejected: in none of the lists of facts any more. */
static void put_rejected(writer *o)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < o->rec->n_corrected; i++) {
        const onr_corrected *c = &o->rec->corrected[i];
        if (!is_reject(c)) continue;
        if (n++ == 0) {
            onri_jw_key(&o->w, "rejected");
            onri_jw_open(&o->w, '[');
        }
        onri_jw_open(&o->w, '{');
        put_sv(o, "id", c->fact);
        put_sv(o, "layer", c->layer);
        put_sv(o, "kind", c->kind);
        put_span(o, "span", c->span);
        put_corrected_value(o, c);
        onri_jw_close(&o->w, '}');
    }
    if (n) onri_jw_close(&o->w, ']');
}

/* One array of facts; left out when empty. */
#define PUT_ARRAY(o, field, key, n, put, at)                                                       \
    do {                                                                                           \
        if ((n) > 0 && wants((o), (field))) {                                                      \
            onri_jw_key(&(o)->w, (key));                                                           \
            onri_jw_open(&(o)->w, '[');                                                            \
            for (uint32_t i_ = 0; i_ < (n); i_++) put((o), &(at)[i_]);                             \
            onri_jw_close(&(o)->w, ']');                                                           \
        }                                                                                          \
    } while (0)

static void put_statements(writer *o)
{
    const onr_record *r = o->rec;
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->n_statements; i++) n += wants_statement(o, i);
    if (n == 0) return;
    onri_jw_key(&o->w, "statements");
    onri_jw_open(&o->w, '[');
    for (uint32_t i = 0; i < r->n_statements; i++)
        if (wants_statement(o, i)) put_statement(o, &r->statements[i]);
    onri_jw_close(&o->w, ']');
}

static void put_record(writer *o)
{
    const onr_record *r = o->rec;
    onri_jw_open(&o->w, '{');
    put_head(o);
    put_origin(o);
    put_boilerplate(o);
    if (wants(o, ONR_FIELD_SENTENCES)) put_spans(o, "sentences", r->sentences, r->n_sentences);
    PUT_ARRAY(o, ONR_FIELD_ENTITIES, "entities", r->n_entities, put_entity, r->entities);
    put_statements(o);
    PUT_ARRAY(o, ONR_FIELD_EVENTS, "events", r->n_events, put_event, r->events);
    PUT_ARRAY(o, ONR_FIELD_COMMITMENTS, "commitments", r->n_commitments, put_commitment,
              r->commitments);
    PUT_ARRAY(o, ONR_FIELD_DISPUTES, "disputes", r->n_disputes, put_dispute, r->disputes);
    PUT_ARRAY(o, ONR_FIELD_POSITIONS, "positions", r->n_positions, put_position, r->positions);
    PUT_ARRAY(o, ONR_FIELD_RELATIONS, "relations", r->n_relations, put_relation, r->relations);
    put_rejected(o);
    put_diagnostics(o);
    onri_jw_close(&o->w, '}');
}

onr_status onr_record_json(onr_arena *mem, const onr_record *rec, const onr_json_opts *opts,
                           onr_sv *out, onr_error *err)
{
    ONR_ASSERT(!opts || opts->size == sizeof *opts);
    onri_buf b = onri_buf_make(mem->max);
    writer o = { .w = onri_jw_make(&b), .rec = rec };
    o.fields = opts && opts->fields ? opts->fields : UINT32_MAX;
    o.kinds = opts && opts->kinds ? opts->kinds : UINT32_MAX;
    put_record(&o);
    onr_status st = b.status;
    if (st != ONR_OK) {
        st = onri_fail(err, st, "record", "the JSON needs more than %zu bytes", b.max);
    } else {
        const onr_sv copy = onri_dup(mem, onri_buf_sv(&b));
        if (copy.p)
            *out = copy;
        else
            st = onri_fail_mem(err, mem, "record");
    }
    onri_buf_drop(&b);
    return st;
}
