/* One JSON object -> record: the reading back of what json.c writes.
 *
 * Strict where it knows a key (kind of value, labels, references), deaf where it does not: unknown
 * keys belong to later versions. Failure is sticky: the first error is kept, the rest runs through
 * empty-handed. Source: own, on the JSON reader of the base room. Leaves out whether the facts make
 * sense: check.c. */
#include "record/record.h"

typedef struct loader {
    onr_arena *mem;
    onr_error *err;
    onr_status status;
    onri_atoms entities, statements, events; /* id -> index, in order of the arrays */
} loader;

static void bad(loader *l, const onri_json *v, const char *key, const char *what)
{
    if (l->status == ONR_OK)
        l->status = onri_fail_at(l->err, ONR_E_SYNTAX, "record", v->at, "'%s' %s", key, what);
}

static void no_memory(loader *l)
{
    if (l->status == ONR_OK) l->status = onri_fail_mem(l->err, l->mem, "record");
}

/* ---- values -----------------------------------------------------------------------------------
 */

static onr_sv get_sv(loader *l, const onri_json *o, const char *key)
{
    const onri_json *v = onri_json_get(o, key);
    if (!v) return (onr_sv){ 0 };
    if (v->kind != ONRI_JSON_STRING) {
        bad(l, v, key, "is not a string");
        return (onr_sv){ 0 };
    }
    const onr_sv s = onri_dup(l->mem, v->str);
    if (!s.p) no_memory(l);
    return s;
}

static const char *get_z(loader *l, const onri_json *o, const char *key)
{
    const onr_sv s = get_sv(l, o, key);
    return s.p ? s.p : "";
}

static uint32_t as_u32(loader *l, const onri_json *v, const char *key)
{
    uint64_t n = 0;
    if (!onri_json_u64(v, &n) || n > UINT32_MAX) {
        bad(l, v, key, "is not a whole number under 2^32");
        return 0;
    }
    return (uint32_t)n;
}

static float get_float(loader *l, const onri_json *o, const char *key)
{
    const onri_json *v = onri_json_get(o, key);
    double d = 0;
    if (v && !onri_json_double(v, &d)) bad(l, v, key, "is not a number");
    return (float)d;
}

static onr_span as_span(loader *l, const onri_json *v, const char *key)
{
    onr_span s = { 0, 0 };
    if (v->kind != ONRI_JSON_ARRAY || v->n != 2) {
        bad(l, v, key, "is not a span [start,end]");
        return s;
    }
    s.beg = as_u32(l, v->first, key);
    s.end = as_u32(l, v->first->next, key);
    return s;
}

static onr_span get_span(loader *l, const onri_json *o, const char *key)
{
    const onri_json *v = onri_json_get(o, key);
    return v ? as_span(l, v, key) : (onr_span){ 0, 0 };
}

/* Array under key, or NULL when there is none or it is something else; *n its length. */
static const onri_json *get_array(loader *l, const onri_json *o, const char *key, uint32_t *n)
{
    const onri_json *v = onri_json_get(o, key);
    *n = 0;
    if (!v) return NULL;
    if (v->kind != ONRI_JSON_ARRAY) {
        bad(l, v, key, "is not an array");
        return NULL;
    }
    *n = v->n;
    return v->first;
}

static const onri_json *get_object(loader *l, const onri_json *o, const char *key)
{
    const onri_json *v = onri_json_get(o, key);
    if (v && v->kind != ONRI_JSON_OBJECT) {
        bad(l, v, key, "is not an object");
        return NULL;
    }
    return v;
}

static void *new_array(loader *l, uint32_t n, size_t size)
{
    void *p = onri_alloc_n(l->mem, n, size);
    if (!p && n) no_memory(l);
    return p;
}

static onr_spans get_spans(loader *l, const onri_json *o, const char *key)
{
    uint32_t n;
    const onri_json *v = get_array(l, o, key, &n);
    onr_span *at = new_array(l, n, sizeof *at);
    if (!at) return (onr_spans){ 0 };
    for (uint32_t i = 0; i < n; i++, v = v->next) at[i] = as_span(l, v, key);
    return (onr_spans){ at, n };
}

/* A label of a closed list; the first one when the key is absent and may be. */
static int get_label(loader *l, const onri_json *o, const char *key, int (*find)(onr_sv))
{
    const onri_json *v = onri_json_get(o, key);
    if (!v) {
        bad(l, o, key, "is missing");
        return 0;
    }
    const int label = v->kind == ONRI_JSON_STRING ? find(v->str) : -1;
    if (label < 0) bad(l, v, key, "has a value that is not in its list");
    return label < 0 ? 0 : label;
}

/* ---- references -------------------------------------------------------------------------------
 */

static uint32_t as_id(loader *l, const onri_json *v, const char *key, const onri_atoms *ids)
{
    if (v->kind != ONRI_JSON_STRING) {
        bad(l, v, key, "is not an id");
        return ONR_NONE;
    }
    const uint32_t at = onri_atom_find(ids, v->str);
    if (at == ONR_NONE) bad(l, v, key, "points at an id that is not in the record");
    return at;
}

static uint32_t get_id(loader *l, const onri_json *o, const char *key, const onri_atoms *ids)
{
    const onri_json *v = onri_json_get(o, key);
    return v ? as_id(l, v, key, ids) : ONR_NONE;
}

static onr_ref as_ref(loader *l, const onri_json *o, const char *key)
{
    if (o->kind != ONRI_JSON_OBJECT) {
        bad(l, o, key, "is not an object");
        return ONR_REF_NONE;
    }
    return (onr_ref){ get_id(l, o, "entity", &l->entities), get_span(l, o, "span") };
}

static onr_ref get_ref(loader *l, const onri_json *o, const char *key)
{
    const onri_json *v = onri_json_get(o, key);
    return v ? as_ref(l, v, key) : ONR_REF_NONE;
}

static const onr_ref *get_refs(loader *l, const onri_json *o, const char *key, uint32_t *n)
{
    const onri_json *v = get_array(l, o, key, n);
    onr_ref *at = new_array(l, *n, sizeof *at);
    if (!at) *n = 0;
    for (uint32_t i = 0; i < *n; i++, v = v->next) at[i] = as_ref(l, v, key);
    return at;
}

static onr_time get_time(loader *l, const onri_json *o, const char *key)
{
    const onri_json *v = get_object(l, o, key);
    if (!v) return (onr_time){ 0 };
    return (onr_time){ get_sv(l, v, "from"), get_sv(l, v, "to"), get_span(l, v, "span") };
}

/* Before any fact: which ids there are. */
static void collect_ids(loader *l, const onri_json *root, const char *key, onri_atoms *ids)
{
    uint32_t n;
    const onri_json *v = get_array(l, root, key, &n);
    onri_atoms_init(ids, l->mem);
    for (uint32_t i = 0; i < n && l->status == ONR_OK; i++, v = v->next) {
        const onri_json *id = onri_json_get(v, "id");
        if (v->kind != ONRI_JSON_OBJECT || !id || id->kind != ONRI_JSON_STRING || id->str.n == 0) {
            bad(l, v, key, "has a member without an id");
        } else {
            const uint32_t at = onri_atom(ids, id->str);
            if (at == ONR_NONE)
                no_memory(l);
            else if (at != i)
                bad(l, id, key, "has two members with one id");
        }
    }
}

/* ---- kinds of facts ---------------------------------------------------------------------------
 */

static onr_mention as_mention(loader *l, const onri_json *o)
{
    onr_mention m = { .span = get_span(l, o, "span"),
                      .head = get_span(l, o, "head"),
                      .kind = (onr_mention_kind)get_label(l, o, "kind", onri_mention_kind_find),
                      .rule = get_z(l, o, "rule"),
                      .p = get_float(l, o, "p"),
                      .joined_to = ONR_NONE };
    const onri_json *joined = onri_json_get(o, "joined_to");
    if (joined) m.joined_to = as_u32(l, joined, "joined_to");
    return m;
}

static onr_role as_role(loader *l, const onri_json *o)
{
    return (onr_role){ .title = get_sv(l, o, "title"),
                       .of = get_id(l, o, "of", &l->entities),
                       .country = get_sv(l, o, "country"),
                       .period = get_sv(l, o, "period"),
                       .span = get_span(l, o, "span"),
                       .rule = get_z(l, o, "rule") };
}

static onr_entity as_entity(loader *l, const onri_json *o)
{
    onr_entity e = { .id = get_sv(l, o, "id"),
                     .type = (onr_entity_type)get_label(l, o, "type", onri_entity_type_find),
                     .name = get_sv(l, o, "name"),
                     .country = get_sv(l, o, "country"),
                     .code = get_sv(l, o, "code"),
                     .wikidata = get_sv(l, o, "wikidata") };
    const onri_json *v = get_array(l, o, "roles", &e.n_roles);
    onr_role *roles = new_array(l, e.n_roles, sizeof *roles);
    for (uint32_t i = 0; roles && i < e.n_roles; i++, v = v->next) roles[i] = as_role(l, v);
    e.roles = roles;
    v = get_array(l, o, "parts", &e.n_parts);
    uint32_t *parts = new_array(l, e.n_parts, sizeof *parts);
    for (uint32_t i = 0; parts && i < e.n_parts; i++, v = v->next)
        parts[i] = as_id(l, v, "parts", &l->entities);
    e.parts = parts;
    v = get_array(l, o, "mentions", &e.n_mentions);
    onr_mention *mentions = new_array(l, e.n_mentions, sizeof *mentions);
    for (uint32_t i = 0; mentions && i < e.n_mentions; i++, v = v->next)
        mentions[i] = as_mention(l, v);
    e.mentions = mentions;
    return e;
}

static onr_statement as_statement(loader *l, const onri_json *o)
{
    onr_statement s = { .id = get_sv(l, o, "id"),
                        .source = get_ref(l, o, "source"),
                        .cue = get_spans(l, o, "cue"),
                        .content = get_spans(l, o, "content"),
                        .form = (onr_form)get_label(l, o, "form", onri_form_find),
                        .kind =
                            (onr_statement_kind)get_label(l, o, "kind", onri_statement_kind_find),
                        .addressee = get_ref(l, o, "addressee"),
                        .venue = get_ref(l, o, "venue"),
                        .time = get_time(l, o, "time"),
                        .within = get_id(l, o, "within", &l->statements),
                        .responds_to = get_id(l, o, "responds_to", &l->statements),
                        .rule = get_z(l, o, "rule"),
                        .p = get_float(l, o, "p") };
    const onri_json *negated = onri_json_get(o, "negated");
    if (negated && negated->kind != ONRI_JSON_TRUE && negated->kind != ONRI_JSON_FALSE)
        bad(l, negated, "negated", "is neither true nor false");
    s.negated = negated && negated->kind == ONRI_JSON_TRUE;
    return s;
}

static onr_event as_event(loader *l, const onri_json *o)
{
    onr_event e = { .id = get_sv(l, o, "id"),
                    .plover = get_sv(l, o, "plover"),
                    .mode = get_sv(l, o, "mode"),
                    .cameo = get_sv(l, o, "cameo"),
                    .has_goldstein = onri_json_get(o, "goldstein") != NULL,
                    .goldstein = get_float(l, o, "goldstein"),
                    .trigger = get_spans(l, o, "trigger"),
                    .place = get_ref(l, o, "place"),
                    .time = get_time(l, o, "time"),
                    .status = (onr_event_status)get_label(l, o, "status", onri_event_status_find),
                    .status_span = get_span(l, o, "status_span"),
                    .reported_by = get_id(l, o, "reported_by", &l->statements),
                    .same_as = get_id(l, o, "same_as", &l->events),
                    .rule = get_z(l, o, "rule"),
                    .p = get_float(l, o, "p") };
    const onri_json *place = onri_json_get(o, "place");
    if (place && place->kind == ONRI_JSON_OBJECT) {
        e.place_country = get_sv(l, place, "country");
        e.place_has_point = onri_json_get(place, "lat") && onri_json_get(place, "lon");
        e.place_lat = get_float(l, place, "lat");
        e.place_lon = get_float(l, place, "lon");
    }
    e.source = get_refs(l, o, "source", &e.n_source);
    e.target = get_refs(l, o, "target", &e.n_target);
    const onri_json *v = get_array(l, o, "contexts", &e.n_contexts);
    onr_sv *contexts = new_array(l, e.n_contexts, sizeof *contexts);
    for (uint32_t i = 0; contexts && i < e.n_contexts; i++, v = v->next) {
        if (v->kind != ONRI_JSON_STRING) bad(l, v, "contexts", "has a member that is no string");
        contexts[i] = onri_dup(l->mem, onri_json_str(v, (onr_sv){ 0 }));
        if (!contexts[i].p) no_memory(l);
    }
    e.contexts = contexts;
    return e;
}

static onr_commitment as_commitment(loader *l, const onri_json *o)
{
    onr_commitment c = { .id = get_sv(l, o, "id"),
                         .holder = get_id(l, o, "holder", &l->entities),
                         .holder_span = get_span(l, o, "holder_span"),
                         .kind = (onr_commitment_kind)get_label(l, o, "kind",
                                                                onri_commitment_kind_find),
                         .action_event = ONR_NONE,
                         .condition_event = ONR_NONE,
                         .statement = get_id(l, o, "statement", &l->statements),
                         .strength = get_sv(l, o, "strength"),
                         .deadline = get_time(l, o, "deadline"),
                         .rule = get_z(l, o, "rule"),
                         .p = get_float(l, o, "p") };
    const onri_json *v = get_object(l, o, "action");
    if (v) {
        c.action = get_span(l, v, "span");
        c.action_event = get_id(l, v, "event", &l->events);
    }
    v = onri_json_get(o, "condition");
    if (v && v->kind != ONRI_JSON_NULL && (v = get_object(l, o, "condition"))) {
        c.condition = get_span(l, v, "span");
        c.condition_event = get_id(l, v, "event", &l->events);
    }
    return c;
}

static onr_dispute as_dispute(loader *l, const onri_json *o)
{
    onr_dispute d = { .id = get_sv(l, o, "id"),
                      .claim_statement = ONR_NONE,
                      .claimant = get_id(l, o, "claimant", &l->entities),
                      .rule = get_z(l, o, "rule"),
                      .p = get_float(l, o, "p") };
    const onri_json *v = get_object(l, o, "claim");
    if (v) {
        d.claim = get_span(l, v, "span");
        d.claim_statement = get_id(l, v, "statement", &l->statements);
    }
    v = get_array(l, o, "responses", &d.n_responses);
    onr_response *at = new_array(l, d.n_responses, sizeof *at);
    for (uint32_t i = 0; at && i < d.n_responses; i++, v = v->next)
        at[i] =
            (onr_response){ .by = { get_id(l, v, "entity", &l->entities), get_span(l, v, "by") },
                            .verdict = (onr_verdict)get_label(l, v, "verdict", onri_verdict_find),
                            .span = get_span(l, v, "span"),
                            .statement = get_id(l, v, "statement", &l->statements) };
    d.responses = at;
    return d;
}

static onr_position as_position(loader *l, const onri_json *o)
{
    return (onr_position){ .id = get_sv(l, o, "id"),
                           .entity = get_id(l, o, "entity", &l->entities),
                           .issue = get_sv(l, o, "issue"),
                           .topic = get_sv(l, o, "topic"),
                           .stance = (onr_stance)get_label(l, o, "stance", onri_stance_find),
                           .evidence = get_spans(l, o, "evidence"),
                           .statement = get_id(l, o, "statement", &l->statements),
                           .rule = get_z(l, o, "rule"),
                           .p = get_float(l, o, "p") };
}

static onr_relation as_relation(loader *l, const onri_json *o)
{
    return (onr_relation){ .id = get_sv(l, o, "id"),
                           .kind =
                               (onr_relation_kind)get_label(l, o, "kind", onri_relation_kind_find),
                           .from = get_ref(l, o, "from"),
                           .to = get_ref(l, o, "to"),
                           .role = get_sv(l, o, "role"),
                           .period = get_sv(l, o, "period"),
                           .evidence = get_spans(l, o, "evidence"),
                           .statement = get_id(l, o, "statement", &l->statements),
                           .rule = get_z(l, o, "rule"),
                           .p = get_float(l, o, "p") };
}

static onr_diagnostic as_diagnostic(loader *l, const onri_json *o)
{
    onr_diagnostic d = { .code = get_z(l, o, "code"), .at = UINT64_MAX };
    const onri_json *count = onri_json_get(o, "count");
    const onri_json *at = onri_json_get(o, "at");
    if (count) d.count = as_u32(l, count, "count");
    if (at && !onri_json_u64(at, &d.at)) bad(l, at, "at", "is not an offset");
    return d;
}

static onr_boilerplate as_boilerplate(loader *l, const onri_json *o)
{
    return (onr_boilerplate){ get_span(l, o, "span"),
                              (onr_boilerplate_kind)get_label(l, o, "kind",
                                                              onri_boilerplate_kind_find) };
}

static onr_origin as_origin(loader *l, const onri_json *v)
{
    onr_origin g = { 0, 0, 0, 0 };
    if (v->kind != ONRI_JSON_ARRAY || (v->n != 3 && v->n != 4)) {
        bad(l, v, "origin", "has a row that is not 3 or 4 numbers");
        return g;
    }
    uint32_t row[4] = { 0 };
    uint32_t n = 0;
    for (const onri_json *c = v->first; c; c = c->next) row[n++] = as_u32(l, c, "origin");
    g = v->n == 3 ? (onr_origin){ row[0], row[2], row[1], row[2] }
                  : (onr_origin){ row[0], row[1], row[2], row[3] };
    return g;
}

/* ---- the whole --------------------------------------------------------------------------------
 */

/* rec->field = every member of the array `key`, made by `make`. */
#define LOAD_ARRAY(l, root, rec, field, type, key, make)                                           \
    do {                                                                                           \
        uint32_t n_;                                                                               \
        const onri_json *v_ = get_array((l), (root), (key), &n_);                                  \
        type *at_ = new_array((l), n_, sizeof *at_);                                               \
        for (uint32_t i_ = 0; at_ && i_ < n_; i_++, v_ = v_->next) at_[i_] = make((l), v_);        \
        (rec)->field = at_;                                                                        \
        (rec)->n_##field = at_ ? n_ : 0;                                                           \
    } while (0)

static void load_head(loader *l, const onri_json *root, onr_record *rec)
{
    rec->id = get_sv(l, root, "id");
    rec->uri = get_sv(l, root, "uri");
    rec->publisher = get_sv(l, root, "publisher");
    rec->author = get_sv(l, root, "author");
    rec->date = get_sv(l, root, "date");
    rec->date_source = get_sv(l, root, "date_source");
    rec->lang = get_sv(l, root, "lang");
    rec->title = get_span(l, root, "title");
    rec->title_text = get_sv(l, root, "title_text");
    rec->text = get_sv(l, root, "text");
    rec->text_sha256 = get_sv(l, root, "text_sha256");
    const onri_json *by = get_object(l, root, "made_by");
    if (by) {
        rec->made_by_version = get_sv(l, by, "version");
        rec->made_by_model = get_sv(l, by, "model");
        rec->made_by_rules = get_sv(l, by, "rules");
    }
}

static void load_error(loader *l, const onri_json *root, onr_record *rec)
{
    const onri_json *v = get_object(l, root, "error");
    if (!v) return;
    onr_error *e = new_array(l, 1, sizeof *e);
    if (!e) return;
    *e = (onr_error)ONR_ERROR_INIT;
    e->status = (onr_status)get_label(l, v, "status", onri_status_find);
    e->stage = get_z(l, v, "stage");
    const onri_json *at = onri_json_get(v, "at");
    const onri_json *line = onri_json_get(v, "line");
    if (at && !onri_json_u64(at, &e->at)) bad(l, at, "at", "is not an offset");
    if (line) e->line = as_u32(l, line, "line");
    const onr_sv msg = get_sv(l, v, "message");
    const size_t n = msg.n < sizeof e->msg ? msg.n : sizeof e->msg - 1;
    if (n) memcpy(e->msg, msg.p, n);
    rec->error = e;
}

static void load_facts(loader *l, const onri_json *root, onr_record *rec)
{
    collect_ids(l, root, "entities", &l->entities);
    collect_ids(l, root, "statements", &l->statements);
    collect_ids(l, root, "events", &l->events);
    if (l->status != ONR_OK) return;
    const onr_spans sentences = get_spans(l, root, "sentences");
    rec->sentences = sentences.at;
    rec->n_sentences = sentences.n;
    LOAD_ARRAY(l, root, rec, origin, onr_origin, "origin", as_origin);
    LOAD_ARRAY(l, root, rec, boilerplate, onr_boilerplate, "boilerplate", as_boilerplate);
    LOAD_ARRAY(l, root, rec, entities, onr_entity, "entities", as_entity);
    LOAD_ARRAY(l, root, rec, statements, onr_statement, "statements", as_statement);
    LOAD_ARRAY(l, root, rec, events, onr_event, "events", as_event);
    LOAD_ARRAY(l, root, rec, commitments, onr_commitment, "commitments", as_commitment);
    LOAD_ARRAY(l, root, rec, disputes, onr_dispute, "disputes", as_dispute);
    LOAD_ARRAY(l, root, rec, positions, onr_position, "positions", as_position);
    LOAD_ARRAY(l, root, rec, relations, onr_relation, "relations", as_relation);
    LOAD_ARRAY(l, root, rec, diagnostics, onr_diagnostic, "diagnostics", as_diagnostic);
}

/* ---- what people corrected --------------------------------------------------------------------
 */

static const char *const fact_arrays[] = { "statements", "events",    "commitments",
                                           "disputes",   "positions", "relations" };

static onr_corrected as_corrected(loader *l, const onri_json *fact, const onri_json *c)
{
    onr_corrected v = { .fact = get_sv(l, fact, "id"),
                        .action = get_sv(l, c, "action"),
                        .who = get_sv(l, c, "who"),
                        .when = get_sv(l, c, "when"),
                        .why = get_sv(l, c, "why") };
    if (!v.fact.n || !v.action.n || !v.who.n) bad(l, c, "corrected", "lacks id, action or who");
    return v;
}

static void load_corrected(loader *l, const onri_json *root, onr_record *rec)
{
    ONRI_VEC(onr_corrected) all = { 0 };
    uint32_t n;
    for (size_t i = 0; i < sizeof fact_arrays / sizeof *fact_arrays; i++) {
        const onri_json *f = get_array(l, root, fact_arrays[i], &n);
        for (; f && l->status == ONR_OK; f = f->next) {
            const onri_json *c = get_object(l, f, "corrected");
            onr_corrected *at = c ? ONRI_PUSH(l->mem, &all) : NULL;
            if (c && !at) no_memory(l);
            if (at) *at = as_corrected(l, f, c);
            if (at && onri_eqz(at->action, "reject")) bad(l, c, "corrected", "is of no such fact");
        }
    }
    const onri_json *f = get_array(l, root, "rejected", &n);
    for (; f && l->status == ONR_OK; f = f->next) {
        const onri_json *c = get_object(l, f, "corrected");
        if (!c) {
            bad(l, f, "rejected", "does not say who rejected it");
            return;
        }
        onr_corrected *at = ONRI_PUSH(l->mem, &all);
        if (!at) {
            no_memory(l);
            return;
        }
        *at = as_corrected(l, f, c);
        at->layer = get_sv(l, f, "layer");
        at->kind = get_sv(l, f, "kind");
        at->span = get_span(l, f, "span");
        if (!onri_eqz(at->action, "reject")) bad(l, c, "corrected", "is of no rejected fact");
    }
    rec->corrected = all.at;
    rec->n_corrected = all.n;
}

onr_status onr_record_load(onr_arena *mem, onr_sv json, onr_record *out, onr_error *err)
{
    const onr_mark mark = onr_arena_mark(mem);
    const onri_json *root;
    onr_status st = onri_json_read(mem, json, ONR_JSON_DEPTH_MAX, &root, err);
    if (st != ONR_OK) return st;
    uint64_t schema = 0;
    if (root->kind != ONRI_JSON_OBJECT || !onri_json_u64(onri_json_get(root, "onrecord"), &schema))
        st = onri_fail_at(err, ONR_E_SYNTAX, "record", 0,
                          "not a record: no number under 'onrecord'");
    else if (schema != ONR_RECORD_SCHEMA)
        st = onri_fail_at(err, ONR_E_SCHEMA, "record", 0,
                          "record of schema %llu, this program reads %d",
                          (unsigned long long)schema, ONR_RECORD_SCHEMA);
    onr_record rec = { 0 };
    if (st == ONR_OK) {
        loader l = { .mem = mem, .err = err };
        load_head(&l, root, &rec);
        load_error(&l, root, &rec);
        load_facts(&l, root, &rec);
        load_corrected(&l, root, &rec);
        st = l.status;
    }
    if (st == ONR_OK)
        *out = rec;
    else
        onr_arena_rewind(mem, mark);
    return st;
}
