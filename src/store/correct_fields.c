/* Fields of facts that people may set. One table says where each stands in the record and how its
 * value is read: a label of a list, the exact words in the text, the name of an actor of the
 * article, a date, the id of another fact. Every refusal says what was wrong and what can be.
 * Source: own. Leaves out whether the whole fact keeps the record's promises: onr_record_check. */
#include "store/correct_fields.h"

#include "store/store.h"

#include "record/record.h"

#include <stddef.h>
#include <stdio.h>

#define MINE(type, p) ((type *)(uintptr_t)(p))

/* ---- what is wrong ----------------------------------------------------------------------------
 */

bool onri_misfit(onri_editor *e, const char *field, const char *what, onr_sv value)
{
    if (e->misfit && e->misfit->status == ONR_OK)
        (void)onri_fail(e->misfit, ONR_E_RANGE, "correct", "%s: %s '%.*s'", field, what,
                        (int)(value.n > 80 ? 80 : value.n), value.p ? value.p : "");
    return false;
}

int onri_label_called(onri_editor *e, const char *field, int (*find)(onr_sv), unsigned n,
                      const char *(*name)(int), onr_sv value)
{
    const int v = find(value);
    if (v >= 0) return v;
    char list[200];
    size_t at = 0;
    for (unsigned i = 0; i < n && at + 24 < sizeof list; i++)
        at += (size_t)snprintf(list + at, sizeof list - at, "%s%s", i ? ", " : "", name((int)i));
    if (e->misfit && e->misfit->status == ONR_OK)
        (void)onri_fail(e->misfit, ONR_E_RANGE, "correct", "%s: '%.*s' is none of %s", field,
                        (int)(value.n > 40 ? 40 : value.n), value.p ? value.p : "", list);
    return -1;
}

/* ---- words ------------------------------------------------------------------------------------
 */

/* Words begin and end where words of the text do: 'is' is not in 'Paris'. */
static bool is_letter(onr_sv text, size_t at)
{
    const unsigned char c = at < text.n ? (unsigned char)text.p[at] : ' ';
    return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static bool whole(onr_sv text, size_t at, size_t n)
{
    const bool before = at > 0 && is_letter(text, at - 1) && is_letter(text, at);
    return !before && !(is_letter(text, at + n - 1) && is_letter(text, at + n));
}

static size_t next_place(onr_sv text, onr_sv words, size_t from)
{
    size_t at = onri_find(text, words, from);
    while (at != SIZE_MAX && !whole(text, at, words.n)) at = onri_find(text, words, at + 1);
    return at;
}

static bool too_many(onri_editor *e, const char *field, onr_sv words)
{
    char places[96];
    size_t n = 0, len = 0;
    const onr_sv text = e->rec->text;
    for (size_t at = next_place(text, words, 0); at != SIZE_MAX;
         at = next_place(text, words, at + 1)) {
        if (++n <= 4)
            len +=
                (size_t)snprintf(places + len, sizeof places - len, "%s%zu", n > 1 ? ", " : "", at);
    }
    if (e->misfit && e->misfit->status == ONR_OK)
        (void)onri_fail(e->misfit, ONR_E_RANGE, "correct",
                        "%s: '%.*s' stands %zu times in the text, at %s%s; say which: at=BYTE",
                        field, (int)(words.n > 60 ? 60 : words.n), words.p, n, places,
                        n > 4 ? ", ..." : "");
    return false;
}

bool onri_words_at(onri_editor *e, const char *field, onr_sv words, onr_span *out)
{
    const onr_sv text = e->rec->text;
    uint64_t best = UINT64_MAX;
    size_t n = 0;
    *out = (onr_span){ 0, 0 };
    if (!text.p || words.n == 0) return onri_misfit(e, field, "no words of the text:", words);
    for (size_t at = next_place(text, words, 0); at != SIZE_MAX;
         at = next_place(text, words, at + 1)) {
        const uint64_t far = at > e->near ? at - e->near : e->near - at;
        n++;
        if (n > 1 && e->near == ONR_NONE) return too_many(e, field, words);
        if (far >= best) break; /* they only get farther */
        best = far;
        *out = (onr_span){ (uint32_t)at, (uint32_t)(at + words.n) };
    }
    if (n == 0) return onri_misfit(e, field, "these words do not stand in the text:", words);
    return true;
}

static bool set_span(onri_editor *e, const char *field, onr_span *out, onr_sv value)
{
    if (value.n == 0) {
        *out = (onr_span){ 0, 0 };
        return true;
    }
    if (!onri_words_at(e, field, value, out)) return false;
    if (e->near == ONR_NONE) e->near = out->beg; /* what belongs to it stands near */
    return true;
}

/* "first piece … second piece", as the store shows them. */
static bool set_spans(onri_editor *e, const char *field, onr_spans *out, onr_sv value)
{
    enum { PIECES = 32 };
    static const char gap[] = " \xE2\x80\xA6 ";
    onr_span at[PIECES] = { { 0, 0 } };
    uint32_t n = 0;
    while (value.n) {
        const size_t end = onri_find(value, onri_svz(gap), 0);
        const onr_sv piece = onri_sub(value, 0, end == SIZE_MAX ? value.n : end);
        if (n == PIECES) return onri_misfit(e, field, "too many pieces:", piece);
        if (!set_span(e, field, &at[n], piece)) return false;
        if (n && at[n].beg < at[n - 1].end)
            return onri_misfit(e, field, "pieces are out of order, at", piece);
        if (piece.n) n++;
        value =
            end == SIZE_MAX ? (onr_sv){ "", 0 } : onri_sub(value, end + sizeof gap - 1, value.n);
    }
    onr_span *copy = ONRI_NEW_N(e->mem, n + (size_t)1, onr_span);
    e->no_memory |= !copy;
    if (!copy) return false;
    memcpy(copy, at, n * sizeof *at);
    *out = (onr_spans){ copy, n };
    return true;
}

/* ---- actors -----------------------------------------------------------------------------------
 */

uint32_t onri_entity_called(onri_editor *e, const char *field, onr_sv name)
{
    const onr_record *r = e->rec;
    for (uint32_t i = 0; i < r->n_entities; i++)
        if (onri_eq(r->entities[i].name, name) || onri_eq(r->entities[i].id, name)) return i;
    for (uint32_t i = 0; i < r->n_entities; i++)
        for (uint32_t j = 0; j < r->entities[i].n_mentions; j++) {
            const onr_span s = r->entities[i].mentions[j].span;
            if (r->text.p && s.end <= r->text.n && onri_eq(onri_sub(r->text, s.beg, s.end), name))
                return i;
        }
    (void)onri_misfit(e, field, "the article has nobody of the name (add the actor first):", name);
    return ONR_NONE;
}

static bool set_entity(onri_editor *e, const char *field, uint32_t *out, onr_sv value)
{
    *out = value.n ? onri_entity_called(e, field, value) : ONR_NONE;
    return *out != ONR_NONE || value.n == 0;
}

static bool set_ref(onri_editor *e, const char *field, onr_ref *out, onr_sv value)
{
    *out = ONR_REF_NONE;
    return set_entity(e, field, &out->entity, value);
}

/* Both sides of a relation have words: the mention nearest to it. */
static bool set_side(onri_editor *e, const char *field, onr_ref *out, onr_sv value)
{
    if (!set_ref(e, field, out, value)) return false;
    if (out->entity == ONR_NONE) return onri_misfit(e, field, "somebody must be named, not", value);
    const onr_entity *who = &e->rec->entities[out->entity];
    uint64_t best = UINT64_MAX;
    for (uint32_t i = 0; i < who->n_mentions; i++) {
        const uint32_t at = who->mentions[i].span.beg;
        const uint64_t far = at > e->near ? at - e->near : e->near - at;
        if (far < best) out->span = who->mentions[i].span;
        if (far < best) best = far;
    }
    return true;
}

/* "Iran; Russia" */
static bool set_refs(onri_editor *e, const char *field, const onr_ref **out, uint32_t *n,
                     onr_sv value)
{
    enum { MOST = 32 };
    onr_ref at[MOST];
    uint32_t have = 0;
    onr_sv piece;
    while (onri_split(&value, ';', &piece)) {
        piece = onri_trim(piece);
        if (piece.n == 0) continue;
        if (have == MOST) return onri_misfit(e, field, "too many names:", piece);
        if (!set_ref(e, field, &at[have++], piece)) return false;
    }
    onr_ref *copy = ONRI_NEW_N(e->mem, have + (size_t)1, onr_ref);
    e->no_memory |= !copy;
    if (!copy) return false;
    memcpy(copy, at, have * sizeof *at);
    *out = copy;
    *n = have;
    return true;
}

/* ---- other values -----------------------------------------------------------------------------
 */

/* "2018-07-13", or "2018-07-13/2018-08-01". */
static bool set_time(onri_editor *e, const char *field, onr_time *out, onr_sv value)
{
    int64_t first, last, other;
    const size_t slash = onri_find(value, ONR_SV("/"), 0);
    const onr_sv from = onri_sub(value, 0, slash == SIZE_MAX ? value.n : slash);
    const onr_sv to = slash == SIZE_MAX ? from : onri_sub(value, slash + 1, value.n);
    *out = (onr_time){ .from = from, .to = to, .span = { 0, 0 } };
    if (value.n == 0) return true;
    if (!from.n || !to.n || !onri_store_range(from, &first, &other) ||
        !onri_store_range(to, &other, &last) || last < first)
        return onri_misfit(e, field, "write 2018-07-13 or 2018-07-13/2018-08-01, not", value);
    return true;
}

static bool set_fact(onri_editor *e, const char *field, onr_layer layer, uint32_t *out,
                     onr_sv value)
{
    const onr_record *r = e->rec;
    *out = ONR_NONE;
    if (value.n == 0) return true;
    const uint32_t n = layer == ONR_LAYER_EVENT ? r->n_events : r->n_statements;
    for (uint32_t i = 0; i < n && *out == ONR_NONE; i++)
        if (onri_eq(layer == ONR_LAYER_EVENT ? r->events[i].id : r->statements[i].id, value))
            *out = i;
    return *out != ONR_NONE || onri_misfit(e, field, "the article has no such fact:", value);
}

/* A value of the list data/store/labels.tsv has for `key`. */
static bool set_listed(onri_editor *e, const char *field, const char *key, onr_sv *out,
                       onr_sv value)
{
    onr_sv all = onri_data_get("store/labels.tsv"), line, list = { "", 0 }, word;
    while (onri_split(&all, '\n', &line)) {
        const size_t tab = onri_find(line, ONR_SV("\t"), 0);
        if (tab != SIZE_MAX && onri_eqz(onri_sub(line, 0, tab), key))
            list = onri_sub(line, tab + 1, line.n);
    }
    *out = value;
    for (onr_sv rest = list; onri_split(&rest, ' ', &word);)
        if (word.n && onri_eq(word, value)) return true;
    if (value.n == 0 && !onri_eqz(onri_svz(key), "event.kind")) return true;
    if (e->misfit && e->misfit->status == ONR_OK)
        (void)onri_fail(e->misfit, ONR_E_RANGE, "correct", "%s: '%.*s' is none of %.*s", field,
                        (int)(value.n > 40 ? 40 : value.n), value.p ? value.p : "",
                        (int)(list.n > 180 ? 180 : list.n), list.p);
    return false;
}

static bool set_flag(onri_editor *e, const char *field, bool *out, onr_sv value)
{
    *out = onri_eqz(value, "true");
    return *out || onri_eqz(value, "false") || onri_misfit(e, field, "true or false, not", value);
}

/* ---- the table --------------------------------------------------------------------------------
 */

typedef enum how { LABEL, FLAG, REF, SIDE, REFS, WHO, SPAN, SPANS, TIME, TEXT, LISTED, SAID } how;

typedef struct field {
    onr_layer layer;
    const char *name;
    how how;
    size_t at; /* in the fact; of a dispute's answer, in its response */
    int (*find)(onr_sv);
    unsigned n; /* labels */
    const char *(*label)(int);
    const char *key; /* LISTED */
} field;

/* The names of labels behind one type, so that one table holds all. */
#define NAMES(what, type)                                                                          \
    static const char *what##_name(int v)                                                          \
    {                                                                                              \
        return onr_##what##_name((type)v);                                                         \
    }
NAMES(statement_kind, onr_statement_kind)
NAMES(form, onr_form)
NAMES(event_status, onr_event_status)
NAMES(commitment_kind, onr_commitment_kind)
NAMES(verdict, onr_verdict)
NAMES(stance, onr_stance)
NAMES(relation_kind, onr_relation_kind)

#define LABELS(type, member, what, N)                                                              \
    LABEL, offsetof(type, member), onri_##what##_find, N, what##_name, NULL
#define PLAIN(how, type, member)   how, offsetof(type, member), NULL, 0, NULL, NULL
#define OF_LIST(type, member, key) LISTED, offsetof(type, member), NULL, 0, NULL, key

static const field fields[] = {
    { ONR_LAYER_STATEMENT, "content", PLAIN(SPANS, onr_statement, content) },
    { ONR_LAYER_STATEMENT, "cue", PLAIN(SPANS, onr_statement, cue) },
    { ONR_LAYER_STATEMENT, "source", PLAIN(REF, onr_statement, source) },
    { ONR_LAYER_STATEMENT, "addressee", PLAIN(REF, onr_statement, addressee) },
    { ONR_LAYER_STATEMENT, "venue", PLAIN(REF, onr_statement, venue) },
    { ONR_LAYER_STATEMENT, "kind", LABELS(onr_statement, kind, statement_kind, ONR_KIND__COUNT) },
    { ONR_LAYER_STATEMENT, "form", LABELS(onr_statement, form, form, ONR_FORM__COUNT) },
    { ONR_LAYER_STATEMENT, "negated", PLAIN(FLAG, onr_statement, negated) },
    { ONR_LAYER_STATEMENT, "time", PLAIN(TIME, onr_statement, time) },
    { ONR_LAYER_STATEMENT, "within", PLAIN(SAID, onr_statement, within) },
    { ONR_LAYER_STATEMENT, "responds_to", PLAIN(SAID, onr_statement, responds_to) },
    { ONR_LAYER_EVENT, "trigger", PLAIN(SPANS, onr_event, trigger) },
    { ONR_LAYER_EVENT, "kind", OF_LIST(onr_event, plover, "event.kind") },
    { ONR_LAYER_EVENT, "mode", PLAIN(TEXT, onr_event, mode) },
    { ONR_LAYER_EVENT, "status", LABELS(onr_event, status, event_status, ONR_EVENT__COUNT) },
    { ONR_LAYER_EVENT, "source", PLAIN(REFS, onr_event, source) },
    { ONR_LAYER_EVENT, "target", PLAIN(REFS, onr_event, target) },
    { ONR_LAYER_EVENT, "place", PLAIN(REF, onr_event, place) },
    { ONR_LAYER_EVENT, "time", PLAIN(TIME, onr_event, time) },
    { ONR_LAYER_EVENT, "reported_by", PLAIN(SAID, onr_event, reported_by) },
    { ONR_LAYER_COMMITMENT, "action", PLAIN(SPAN, onr_commitment, action) },
    { ONR_LAYER_COMMITMENT, "condition", PLAIN(SPAN, onr_commitment, condition) },
    { ONR_LAYER_COMMITMENT, "holder", PLAIN(WHO, onr_commitment, holder) },
    { ONR_LAYER_COMMITMENT, "kind",
      LABELS(onr_commitment, kind, commitment_kind, ONR_COMMITMENT__COUNT) },
    { ONR_LAYER_COMMITMENT, "strength", OF_LIST(onr_commitment, strength, "commitment.strength") },
    { ONR_LAYER_COMMITMENT, "deadline", PLAIN(TIME, onr_commitment, deadline) },
    { ONR_LAYER_COMMITMENT, "statement", PLAIN(SAID, onr_commitment, statement) },
    { ONR_LAYER_DISPUTE, "claim", PLAIN(SPAN, onr_dispute, claim) },
    { ONR_LAYER_DISPUTE, "claimant", PLAIN(WHO, onr_dispute, claimant) },
    { ONR_LAYER_DISPUTE, "statement", PLAIN(SAID, onr_dispute, claim_statement) },
    { ONR_LAYER_POSITION, "evidence", PLAIN(SPANS, onr_position, evidence) },
    { ONR_LAYER_POSITION, "holder", PLAIN(WHO, onr_position, entity) },
    { ONR_LAYER_POSITION, "issue", PLAIN(TEXT, onr_position, issue) },
    { ONR_LAYER_POSITION, "topic", PLAIN(TEXT, onr_position, topic) },
    { ONR_LAYER_POSITION, "stance", LABELS(onr_position, stance, stance, ONR_STANCE__COUNT) },
    { ONR_LAYER_POSITION, "statement", PLAIN(SAID, onr_position, statement) },
    { ONR_LAYER_RELATION, "evidence", PLAIN(SPANS, onr_relation, evidence) },
    { ONR_LAYER_RELATION, "kind", LABELS(onr_relation, kind, relation_kind, ONR_RELATION__COUNT) },
    { ONR_LAYER_RELATION, "from", PLAIN(SIDE, onr_relation, from) },
    { ONR_LAYER_RELATION, "to", PLAIN(SIDE, onr_relation, to) },
    { ONR_LAYER_RELATION, "role", PLAIN(TEXT, onr_relation, role) },
    { ONR_LAYER_RELATION, "period", OF_LIST(onr_relation, period, "relation.period") },
    { ONR_LAYER_RELATION, "statement", PLAIN(SAID, onr_relation, statement) },
};

/* Of the first answer to a dispute's claim. */
static const field answer_fields[] = {
    { ONR_LAYER_DISPUTE, "answer", PLAIN(SPAN, onr_response, span) },
    { ONR_LAYER_DISPUTE, "answered_by", PLAIN(REF, onr_response, by) },
    { ONR_LAYER_DISPUTE, "verdict", LABELS(onr_response, verdict, verdict, ONR_VERDICT__COUNT) },
    { ONR_LAYER_DISPUTE, "answer_statement", PLAIN(SAID, onr_response, statement) },
};

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const field *find_in(const field *list, size_t n, onr_layer layer, onr_sv name)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].layer == layer && onri_eqz(name, list[i].name)) return &list[i];
    return NULL;
}

bool onri_is_field(onr_layer layer, onr_sv name)
{
    return onri_eqz(name, "at") || find_in(fields, COUNT(fields), layer, name) ||
           find_in(answer_fields, COUNT(answer_fields), layer, name);
}

const char *onri_main_field(onr_layer layer)
{
    for (size_t i = 0; i < COUNT(fields); i++)
        if (fields[i].layer == layer) return fields[i].name; /* the first of each */
    return "";
}

static void *fact_at(const onr_record *r, onr_layer layer, uint32_t at)
{
    switch (layer) {
    case ONR_LAYER_STATEMENT:
        return &MINE(onr_statement, r->statements)[at];
    case ONR_LAYER_EVENT:
        return &MINE(onr_event, r->events)[at];
    case ONR_LAYER_COMMITMENT:
        return &MINE(onr_commitment, r->commitments)[at];
    case ONR_LAYER_DISPUTE:
        return &MINE(onr_dispute, r->disputes)[at];
    case ONR_LAYER_POSITION:
        return &MINE(onr_position, r->positions)[at];
    default:
        return &MINE(onr_relation, r->relations)[at];
    }
}

/* The first answer, made if there is none. */
static onr_response *first_answer(onri_editor *e, onr_dispute *d)
{
    if (d->n_responses) return &MINE(onr_response, d->responses)[0];
    onr_response *r = ONRI_NEW(e->mem, onr_response);
    e->no_memory |= !r;
    if (!r) return NULL;
    *r = (onr_response){ .by = ONR_REF_NONE, .verdict = ONR_VERDICT_DENIES, .statement = ONR_NONE };
    d->responses = r;
    d->n_responses = 1;
    return r;
}

static bool set_one(onri_editor *e, const field *f, char *base, onr_sv value)
{
    void *p = base + f->at;
    switch (f->how) {
    case LABEL: {
        const int v = onri_label_called(e, f->name, f->find, f->n, f->label, value);
        if (v >= 0) memcpy(p, &v, sizeof v); /* the enums are ints: checked below */
        return v >= 0;
    }
    case FLAG:
        return set_flag(e, f->name, p, value);
    case REF:
        return set_ref(e, f->name, p, value);
    case SIDE:
        return set_side(e, f->name, p, value);
    case WHO:
        return set_entity(e, f->name, p, value);
    case SPAN:
        return set_span(e, f->name, p, value);
    case SPANS:
        return set_spans(e, f->name, p, value);
    case TIME:
        return set_time(e, f->name, p, value);
    case SAID:
        return set_fact(e, f->name, ONR_LAYER_STATEMENT, p, value);
    case LISTED:
        return set_listed(e, f->name, f->key, p, value);
    default:
        memcpy(p, &value, sizeof value);
        return true;
    }
}

_Static_assert(sizeof(onr_statement_kind) == sizeof(int) && sizeof(onr_form) == sizeof(int) &&
                   sizeof(onr_event_status) == sizeof(int) && sizeof(onr_verdict) == sizeof(int) &&
                   sizeof(onr_commitment_kind) == sizeof(int) && sizeof(onr_stance) == sizeof(int),
               "labels are written as ints");

/* What was read together with the old value goes with it. */
static void forget_old(onr_layer layer, void *fact, onr_sv name)
{
    if (layer == ONR_LAYER_EVENT && onri_eqz(name, "kind")) {
        onr_event *v = fact;
        v->mode = v->cameo = (onr_sv){ NULL, 0 };
        v->has_goldstein = false;
        v->goldstein = 0;
    } else if (layer == ONR_LAYER_EVENT && onri_eqz(name, "place")) {
        onr_event *v = fact;
        v->place_country = (onr_sv){ NULL, 0 };
        v->place_has_point = false;
        v->place_lat = v->place_lon = 0;
    } else if (layer == ONR_LAYER_COMMITMENT) {
        onr_commitment *c = fact;
        if (onri_eqz(name, "holder")) c->holder_span = (onr_span){ 0, 0 };
        if (onri_eqz(name, "action")) c->action_event = ONR_NONE;
        if (onri_eqz(name, "condition")) c->condition_event = ONR_NONE;
    }
}

bool onri_set_field(onri_editor *e, onr_layer layer, uint32_t at, onr_sv name, onr_sv value)
{
    uint64_t byte;
    if (onri_eqz(name, "at")) {
        if (!onri_parse_u64(value, &byte) || byte >= e->rec->text.n)
            return onri_misfit(e, "at", "no byte of the text:", value);
        e->near = (uint32_t)byte;
        return true;
    }
    void *fact = fact_at(e->rec, layer, at);
    const field *f = find_in(fields, COUNT(fields), layer, name);
    if (f && f->how == REFS) { /* a list and its length */
        onr_event *v = fact;
        return name.p[0] == 's' ? set_refs(e, f->name, &v->source, &v->n_source, value)
                                : set_refs(e, f->name, &v->target, &v->n_target, value);
    }
    if (f) {
        forget_old(layer, fact, name);
        return set_one(e, f, fact, value);
    }
    f = find_in(answer_fields, COUNT(answer_fields), layer, name);
    if (!f) return onri_misfit(e, onr_layer_name(layer), "has no field", name);
    onr_response *answer = first_answer(e, fact);
    return answer && set_one(e, f, (char *)answer, value);
}

const char *onri_lacks_field(const onr_record *r, onr_layer layer, uint32_t at)
{
    switch (layer) {
    case ONR_LAYER_STATEMENT:
        return r->statements[at].content.n ? NULL : "content";
    case ONR_LAYER_EVENT:
        return !r->events[at].trigger.n ? "trigger" : !r->events[at].plover.n ? "kind" : NULL;
    case ONR_LAYER_COMMITMENT:
        return !r->commitments[at].action.end          ? "action"
               : r->commitments[at].holder == ONR_NONE ? "holder"
                                                       : NULL;
    case ONR_LAYER_DISPUTE: {
        const onr_dispute *d = &r->disputes[at];
        return !d->claim.end                                 ? "claim"
               : d->n_responses && !d->responses[0].span.end ? "answer"
                                                             : NULL;
    }
    case ONR_LAYER_POSITION: {
        const onr_position *p = &r->positions[at];
        return !p->evidence.n          ? "evidence"
               : p->entity == ONR_NONE ? "holder"
               : !p->issue.n           ? "issue"
                                       : NULL;
    }
    default: {
        const onr_relation *x = &r->relations[at];
        return !x->evidence.n      ? "evidence"
               : !x->from.span.end ? "from"
               : !x->to.span.end   ? "to"
                                   : NULL;
    }
    }
}
