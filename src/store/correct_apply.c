/* A correction on one record. Facts are found again by their id, which is made from content; in a
 * text read otherwise by place, in another version of the text by their words. What no longer fits
 * is left alone and said. Source: own. */
#include "store/correct.h"

#include "record/record.h"

enum { DEPTH = 8 };

#define MINE(type, p) ((type *)(uintptr_t)(p))

/* ---- finding the fact -------------------------------------------------------------------------
 */

typedef struct place {
    onr_layer layer;
    uint32_t at;
    bool found;
} place;

static onr_sv id_of(const onr_record *r, onr_layer layer, uint32_t at)
{
    switch (layer) {
    case ONR_LAYER_STATEMENT:
        return r->statements[at].id;
    case ONR_LAYER_EVENT:
        return r->events[at].id;
    case ONR_LAYER_COMMITMENT:
        return r->commitments[at].id;
    case ONR_LAYER_DISPUTE:
        return r->disputes[at].id;
    case ONR_LAYER_POSITION:
        return r->positions[at].id;
    default:
        return r->relations[at].id;
    }
}

static bool overlaps(const onri_fact_row *f, const onri_anchor *a)
{
    const uint32_t beg = f->beg > a->beg ? f->beg : a->beg, end = f->end < a->end ? f->end : a->end;
    const uint32_t all = (f->end > a->end ? f->end : a->end) - (f->beg < a->beg ? f->beg : a->beg);
    return end > beg && 10 * (uint64_t)(end - beg) >= 6 * (uint64_t)all;
}

/* By id; else the one fact of the layer at the same place of the same text; else the one that has
 * the same words. */
static onr_status find_fact(onr_arena *mem, const onr_record *rec, const onri_anchor *a, place *out,
                            onr_error *err)
{
    onri_keep k = { .rec = rec, .tmp = mem };
    *out = (place){ .found = false };
    const onr_status st = onri_keep_order(&k, err);
    if (st != ONR_OK) return st;
    const bool same_text = onri_eq(a->text_sha256, rec->text_sha256);
    for (int pass = 0; pass < 2 && !out->found; pass++) {
        uint32_t n = 0;
        for (uint32_t i = 0; i < k.n_facts; i++) {
            const onri_fact_row *f = &k.facts[i];
            if (!onri_eqz(a->layer, onr_layer_name(f->layer))) continue;
            const onr_sv text = f->end <= rec->text.n && f->beg <= f->end
                                    ? onri_sub(rec->text, f->beg, f->end)
                                    : (onr_sv){ NULL, 0 };
            const bool is = pass == 0   ? onri_eq(id_of(rec, f->layer, f->at), a->uid)
                            : same_text ? overlaps(f, a)
                                        : a->words.n && onri_eq(text, a->words);
            if (!is) continue;
            *out = (place){ f->layer, f->at, true };
            n++;
        }
        if (n > 1) out->found = false; /* which one was meant cannot be told */
    }
    return ONR_OK;
}

/* ---- values -----------------------------------------------------------------------------------
 */

/* The entity of that name: its own, or that of one of its mentions. */
static uint32_t entity_of(const onr_record *r, onr_sv name)
{
    for (uint32_t i = 0; i < r->n_entities; i++)
        if (onri_eq(r->entities[i].name, name) || onri_eq(r->entities[i].id, name)) return i;
    for (uint32_t i = 0; i < r->n_entities; i++)
        for (uint32_t j = 0; j < r->entities[i].n_mentions; j++) {
            const onr_span s = r->entities[i].mentions[j].span;
            if (s.end <= r->text.n && onri_eq(onri_sub(r->text, s.beg, s.end), name)) return i;
        }
    return ONR_NONE;
}

/* Where these words stand: the place nearest to `near`. */
static bool words_at(onr_sv text, onr_sv words, uint32_t near, onr_span *out)
{
    uint64_t best = UINT64_MAX;
    if (!text.p || words.n == 0) return false;
    for (size_t at = onri_find(text, words, 0); at != SIZE_MAX;
         at = onri_find(text, words, at + 1)) {
        const uint64_t far = at > near ? at - near : near - at;
        if (far >= best) break; /* they only get farther */
        best = far;
        *out = (onr_span){ (uint32_t)at, (uint32_t)(at + words.n) };
    }
    return best != UINT64_MAX;
}

static bool one_span(onr_arena *mem, onr_spans *out, onr_span s)
{
    onr_span *at = ONRI_NEW(mem, onr_span);
    if (!at) return false;
    *at = s;
    *out = (onr_spans){ at, 1 };
    return true;
}

static bool set_enum(int found, int *out)
{
    if (found >= 0) *out = found;
    return found >= 0;
}

typedef enum outcome { SET, UNFIT, NO_MEMORY } outcome;

static outcome set_statement(onr_arena *mem, const onr_record *r, onr_statement *s, onr_sv field,
                             onr_sv value)
{
    int v = 0;
    onr_span at;
    if (onri_eqz(field, "kind")) {
        if (!set_enum(onri_statement_kind_find(value), &v)) return UNFIT;
        s->kind = (onr_statement_kind)v;
    } else if (onri_eqz(field, "form")) {
        if (!set_enum(onri_form_find(value), &v)) return UNFIT;
        s->form = (onr_form)v;
    } else if (onri_eqz(field, "negated")) {
        s->negated = onri_eqz(value, "true");
    } else if (onri_eqz(field, "source") || onri_eqz(field, "addressee")) {
        const uint32_t e = entity_of(r, value);
        if (e == ONR_NONE) return UNFIT;
        *(field.p[0] == 's' ? &s->source : &s->addressee) = (onr_ref){ e, { 0, 0 } };
    } else if (onri_eqz(field, "content") || onri_eqz(field, "cue")) {
        const bool cue = field.p[0] == 'c' && field.p[1] == 'u';
        const uint32_t near = s->content.n ? s->content.at[0].beg : 0;
        if (!words_at(r->text, value, near, &at)) return UNFIT;
        if (!one_span(mem, cue ? &s->cue : &s->content, at)) return NO_MEMORY;
    } else {
        return UNFIT;
    }
    return SET;
}

static outcome set_event(onr_arena *mem, const onr_record *r, onr_event *e, onr_sv field,
                         onr_sv value)
{
    int v = 0;
    if (onri_eqz(field, "kind")) {
        e->plover = value;
    } else if (onri_eqz(field, "status")) {
        if (!set_enum(onri_event_status_find(value), &v)) return UNFIT;
        e->status = (onr_event_status)v;
    } else if (onri_eqz(field, "source") || onri_eqz(field, "target")) {
        const uint32_t who = entity_of(r, value);
        if (who == ONR_NONE) return UNFIT;
        onr_ref *ref = ONRI_NEW(mem, onr_ref);
        if (!ref) return NO_MEMORY;
        *ref = (onr_ref){ who, { 0, 0 } };
        if (field.p[0] == 's') {
            e->source = ref;
            e->n_source = 1;
        } else {
            e->target = ref;
            e->n_target = 1;
        }
    } else {
        return UNFIT;
    }
    return SET;
}

static outcome set_other(const onr_record *r, place p, onr_sv field, onr_sv value)
{
    int v = 0;
    if (p.layer == ONR_LAYER_COMMITMENT) {
        onr_commitment *c = &MINE(onr_commitment, r->commitments)[p.at];
        if (onri_eqz(field, "kind") && set_enum(onri_commitment_kind_find(value), &v)) {
            c->kind = (onr_commitment_kind)v;
            return SET;
        }
        const uint32_t e = onri_eqz(field, "holder") ? entity_of(r, value) : ONR_NONE;
        if (e == ONR_NONE) return UNFIT;
        c->holder = e;
        c->holder_span = (onr_span){ 0, 0 };
        return SET;
    }
    if (p.layer == ONR_LAYER_POSITION && onri_eqz(field, "stance") &&
        set_enum(onri_stance_find(value), &v)) {
        MINE(onr_position, r->positions)[p.at].stance = (onr_stance)v;
        return SET;
    }
    return UNFIT;
}

static outcome set_field(onr_arena *mem, onr_record *r, place p, onr_sv field, onr_sv value)
{
    if (p.layer == ONR_LAYER_STATEMENT)
        return set_statement(mem, r, &MINE(onr_statement, r->statements)[p.at], field, value);
    if (p.layer == ONR_LAYER_EVENT)
        return set_event(mem, r, &MINE(onr_event, r->events)[p.at], field, value);
    return set_other(r, p, field, value);
}

/* ---- the actions ------------------------------------------------------------------------------
 */

static onr_status reject(onr_arena *mem, onr_record *rec, place p, onr_error *err)
{
    onri_sieve s;
    const onr_error why = ONR_ERROR_INIT;
    const onr_status st = onri_sieve_make(&s, rec, mem, err);
    if (st != ONR_OK) return st;
    onri_sieve_mark(&s, (onri_fact)(ONRI_FACT_STATEMENT + (int)p.layer), p.at, &why);
    return onri_record_take_out(rec, mem, &s, err);
}

static onr_status mend(onr_arena *mem, onr_record *rec, place p, const onri_json *set, bool *fits,
                       onr_error *err)
{
    for (const onri_json *f = set ? set->first : NULL; f && *fits; f = f->next) {
        const outcome o = set_field(mem, rec, p, f->key, onri_json_str(f, ONR_SV("")));
        if (o == NO_MEMORY) return onri_fail_mem(err, mem, "correct");
        *fits = o == SET;
    }
    return ONR_OK;
}

/* One more statement, at the end; its id stands in the correction. */
static onr_status add(onr_arena *mem, onr_record *rec, onr_sv id, const onri_json *set, bool *fits,
                      onr_error *err)
{
    onr_statement *more = ONRI_NEW_N(mem, rec->n_statements + (size_t)1, onr_statement);
    if (!more) return onri_fail_mem(err, mem, "correct");
    if (rec->n_statements) memcpy(more, rec->statements, rec->n_statements * sizeof *more);
    onr_statement *s = &more[rec->n_statements];
    *s = (onr_statement){ .id = id,
                          .source = ONR_REF_NONE,
                          .addressee = ONR_REF_NONE,
                          .venue = ONR_REF_NONE,
                          .form = ONR_FORM_INDIRECT,
                          .within = ONR_NONE,
                          .responds_to = ONR_NONE,
                          .rule = "correction",
                          .p = 1 };
    onr_record with = *rec;
    with.statements = more;
    with.n_statements++;
    const place p = { ONR_LAYER_STATEMENT, rec->n_statements, true };
    const onr_status st = mend(mem, &with, p, set, fits, err);
    *fits = *fits && s->content.n > 0;
    if (st == ONR_OK && *fits) *rec = with;
    return st;
}

static onri_anchor anchor_of(const onri_json *change, onr_sv target_uid)
{
    const onri_json *f = onri_json_get(change, "fact");
    const onr_sv none = { "", 0 };
    uint64_t beg = 0, end = 0;
    (void)onri_json_u64(onri_json_get(f, "start"), &beg);
    (void)onri_json_u64(onri_json_get(f, "stop"), &end);
    return (onri_anchor){ .uid = target_uid,
                          .layer = onri_json_str(onri_json_get(f, "layer"), none),
                          .kind = onri_json_str(onri_json_get(f, "kind"), none),
                          .words = onri_json_str(onri_json_get(f, "words"), none),
                          .text_sha256 = onri_json_str(onri_json_get(f, "text_sha256"), none),
                          .beg = (uint32_t)beg,
                          .end = (uint32_t)end };
}

onr_status onri_correct_one(onr_arena *mem, onr_record *rec, onr_sv action, onr_sv target_uid,
                            onr_sv change, bool *fits, onr_sv *uid, onr_error *err)
{
    const onri_json *c;
    place p = { .found = true };
    onr_record before = *rec;
    *fits = true;
    *uid = (onr_sv){ NULL, 0 };
    onr_status st = onri_json_read(mem, change, DEPTH, &c, err);
    if (st != ONR_OK) return st;
    const onri_anchor a = anchor_of(c, target_uid);
    const bool adds = onri_eqz(action, "add");
    if (!adds) st = find_fact(mem, rec, &a, &p, err);
    if (st != ONR_OK || !p.found) {
        *fits = false;
        return st;
    }
    if (adds) {
        st = add(mem, rec, target_uid, onri_json_get(c, "set"), fits, err);
        *uid = target_uid;
    } else if (onri_eqz(action, "reject")) {
        return reject(mem, rec, p, err);
    } else {
        *uid = id_of(rec, p.layer, p.at);
        st = mend(mem, rec, p, onri_json_get(c, "set"), fits, err);
    }
    onr_error broken = ONR_ERROR_INIT;
    if (st == ONR_OK && *fits && onr_record_check(rec, mem, &broken) != ONR_OK) {
        if (broken.status == ONR_E_NOMEM) return onri_fail_mem(err, mem, "correct");
        *fits = false;
    }
    if (!*fits) *rec = before;
    return st;
}
