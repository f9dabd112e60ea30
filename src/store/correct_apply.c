/* A correction on one record. Facts are found again by their id, which is made from content; in a
 * text read otherwise by place, in another version of the text by their words. What no longer fits
 * is left alone and said. Source: own. */
#include "store/correct.h"

#include "store/correct_fields.h"

#include "record/record.h"

enum { DEPTH = 8 };

/* ---- finding the fact -------------------------------------------------------------------------
 */

typedef struct place {
    onr_layer layer;
    uint32_t at;
    bool found;
    onri_fact_row row;
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
            *out = (place){ f->layer, f->at, true, *f };
            n++;
        }
        if (n > 1) out->found = false; /* which one was meant cannot be told */
    }
    return ONR_OK;
}

/* ---- the actions ------------------------------------------------------------------------------
 */

static onr_status reject(onr_arena *mem, onr_record *rec, place p, onri_corrected *out,
                         onr_error *err)
{
    onri_sieve s;
    const onr_error why = ONR_ERROR_INIT;
    onr_status st = onri_keep_tell(mem, rec, &p.row, &out->told, err);
    if (st == ONR_OK) st = onri_sieve_make(&s, rec, mem, err);
    if (st != ONR_OK) return st;
    out->c.fact = out->told.uid;
    out->c.layer = onri_svz(onr_layer_name(p.layer));
    out->c.kind = out->told.kind;
    out->c.span = (onr_span){ p.row.beg, p.row.end };
    onri_sieve_mark(&s, (onri_fact)(ONRI_FACT_STATEMENT + (int)p.layer), p.at, &why);
    return onri_record_take_out(rec, mem, &s, err);
}

/* The fields in the order that lets one help the other: the place, the words that are the fact,
 * the kind, all others. */
static bool set_fields(onri_editor *e, place p, const onri_json *set)
{
    const char *const main = onri_main_field(p.layer);
    for (int pass = 0; pass < 4; pass++)
        for (const onri_json *f = set ? set->first : NULL; f; f = f->next) {
            const int turn = onri_eqz(f->key, "at")     ? 0
                             : onri_eqz(f->key, main)   ? 1
                             : onri_eqz(f->key, "kind") ? 2
                                                        : 3;
            if (turn != pass) continue;
            /* A dispute is of the kind of its first answer, a position of its stance. */
            const bool verdict = turn == 2 && p.layer == ONR_LAYER_DISPUTE,
                       stance = turn == 2 && p.layer == ONR_LAYER_POSITION;
            const onr_sv name = verdict ? ONR_SV("verdict") : stance ? ONR_SV("stance") : f->key;
            if (!onri_set_field(e, p.layer, p.at, name, onri_json_str(f, ONR_SV("")))) return false;
        }
    const char *lacks = onri_lacks_field(e->rec, p.layer, p.at);
    return !lacks || onri_misfit(e, lacks, "has to be set; nothing is", ONR_SV(""));
}

#define ONE_MORE(type, array, count, ...)                                                          \
    do {                                                                                           \
        type *more_ = ONRI_NEW_N(mem, rec->count + (size_t)1, type);                               \
        if (!more_) return false;                                                                  \
        if (rec->count) memcpy(more_, rec->array, rec->count * sizeof *more_);                     \
        p->at = rec->count;                                                                        \
        more_[rec->count++] = (type)__VA_ARGS__;                                                   \
        rec->array = more_;                                                                        \
    } while (0)

/* An empty fact at the end of its list. False: no memory. */
static bool one_more(onr_arena *mem, onr_record *rec, place *p, onr_sv id)
{
    switch (p->layer) {
    case ONR_LAYER_STATEMENT:
        ONE_MORE(onr_statement, statements, n_statements,
                 { .id = id,
                   .source = ONR_REF_NONE,
                   .addressee = ONR_REF_NONE,
                   .venue = ONR_REF_NONE,
                   .form = ONR_FORM_INDIRECT,
                   .within = ONR_NONE,
                   .responds_to = ONR_NONE,
                   .rule = "correction",
                   .p = 1 });
        break;
    case ONR_LAYER_EVENT:
        ONE_MORE(onr_event, events, n_events,
                 { .id = id,
                   .place = ONR_REF_NONE,
                   .reported_by = ONR_NONE,
                   .same_as = ONR_NONE,
                   .rule = "correction",
                   .p = 1 });
        break;
    case ONR_LAYER_COMMITMENT:
        ONE_MORE(onr_commitment, commitments, n_commitments,
                 { .id = id,
                   .holder = ONR_NONE,
                   .action_event = ONR_NONE,
                   .condition_event = ONR_NONE,
                   .statement = ONR_NONE,
                   .rule = "correction",
                   .p = 1 });
        break;
    case ONR_LAYER_DISPUTE:
        ONE_MORE(onr_dispute, disputes, n_disputes,
                 { .id = id,
                   .claim_statement = ONR_NONE,
                   .claimant = ONR_NONE,
                   .rule = "correction",
                   .p = 1 });
        break;
    case ONR_LAYER_POSITION:
        ONE_MORE(
            onr_position, positions, n_positions,
            { .id = id, .entity = ONR_NONE, .statement = ONR_NONE, .rule = "correction", .p = 1 });
        break;
    default:
        ONE_MORE(onr_relation, relations, n_relations,
                 { .id = id,
                   .from = ONR_REF_NONE,
                   .to = ONR_REF_NONE,
                   .statement = ONR_NONE,
                   .rule = "correction",
                   .p = 1 });
        break;
    }
    return true;
}

/* The layer of that name; ONR_LAYER__COUNT: none. A correction of version 2 says nothing and means
 * a statement. */
onr_layer onri_correct_layer(onr_sv what)
{
    int l = 0;
    if (what.n == 0) return ONR_LAYER_STATEMENT;
    while (l < ONR_LAYER_SENTENCE && !onri_eqz(what, onr_layer_name((onr_layer)l))) l++;
    return l < ONR_LAYER_SENTENCE ? (onr_layer)l : ONR_LAYER__COUNT;
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

/* A record whose lists of facts may be changed without touching the old one's. */
static onr_status copy_of(onr_arena *mem, const onr_record *rec, onr_record *out, onr_error *err)
{
    *out = *rec;
#define COPY(type, array, count)                                                                   \
    do {                                                                                           \
        type *at_ = ONRI_NEW_N(mem, rec->count + (size_t)1, type);                                 \
        if (!at_) return onri_fail_mem(err, mem, "correct");                                       \
        if (rec->count) memcpy(at_, rec->array, rec->count * sizeof *at_);                         \
        out->array = at_;                                                                          \
    } while (0)
    COPY(onr_entity, entities, n_entities);
    COPY(onr_statement, statements, n_statements);
    COPY(onr_event, events, n_events);
    COPY(onr_commitment, commitments, n_commitments);
    COPY(onr_dispute, disputes, n_disputes);
    COPY(onr_position, positions, n_positions);
    COPY(onr_relation, relations, n_relations);
#undef COPY
    for (uint32_t i = 0; i < out->n_disputes; i++) {
        onr_dispute *d = (onr_dispute *)(uintptr_t)&out->disputes[i];
        onr_response *r = ONRI_NEW_N(mem, d->n_responses + (size_t)1, onr_response);
        if (!r) return onri_fail_mem(err, mem, "correct");
        if (d->n_responses) memcpy(r, d->responses, d->n_responses * sizeof *r);
        d->responses = r;
    }
    return ONR_OK;
}

/* One fact, actor or mention more. */
static bool add(onri_editor *e, onr_sv what, onr_sv id, const onri_json *set, onri_corrected *out)
{
    if (onri_eqz(what, "actor")) return onri_add_actor(e, id, set);
    if (onri_eqz(what, "mention")) return onri_add_mention(e, set);
    place p = { .layer = onri_correct_layer(what) };
    if (p.layer == ONR_LAYER__COUNT) return onri_misfit(e, "what", "no kind of fact:", what);
    if (!one_more(e->mem, e->rec, &p, id)) {
        e->no_memory = true;
        return false;
    }
    out->c.fact = id;
    return set_fields(e, p, set);
}

onr_status onri_correct_one(onr_arena *mem, onr_record *rec, onr_sv action, onr_sv target_uid,
                            onr_sv change, bool *fits, onri_corrected *out, onr_error *misfit,
                            onr_error *err)
{
    const onri_json *c;
    place p = { .found = true };
    onri_editor e = { .mem = mem, .rec = rec, .misfit = misfit, .near = ONR_NONE };
    *fits = false;
    onr_status st = onri_json_read(mem, change, DEPTH, &c, err);
    if (st != ONR_OK) return st;
    const onri_anchor a = anchor_of(c, target_uid);
    const onri_json *set = onri_json_get(c, "set");
    const onr_sv what = onri_json_str(onri_json_get(c, "what"), ONR_SV(""));
    const bool adds = onri_eqz(action, "add");
    if (!adds) st = find_fact(mem, rec, &a, &p, err);
    if (st != ONR_OK) return st;
    if (!p.found) {
        (void)onri_misfit(&e, "fact",
                          "the article as it is read now has nothing that it fits:", target_uid);
        return ONR_OK;
    }
    if (onri_eqz(action, "reject")) {
        *fits = true;
        return reject(mem, rec, p, out, err);
    }
    /* A copy first: what does not fit must leave nothing behind. */
    onr_record copy;
    st = copy_of(mem, rec, &copy, err);
    if (st != ONR_OK) return st;
    e.rec = &copy;
    if (!adds) {
        e.near = p.row.beg;
        out->c.fact = id_of(rec, p.layer, p.at);
    }
    *fits = adds ? add(&e, what, target_uid, set, out) : set_fields(&e, p, set);
    if (e.no_memory) return onri_fail_mem(err, mem, "correct");
    onr_error broken = ONR_ERROR_INIT;
    if (*fits && onr_record_check(&copy, mem, &broken) != ONR_OK) {
        if (broken.status == ONR_E_NOMEM || broken.status == ONR_E_LIMIT)
            return onri_fail_mem(err, mem, "correct");
        *fits = onri_misfit(&e, "record", "this cannot be, its", onri_svz(broken.msg));
    }
    if (*fits) *rec = copy;
    return ONR_OK;
}
