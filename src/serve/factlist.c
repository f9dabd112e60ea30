/* One list over the record's layers, and what of each fact is marked in the text. Source: own. */
#include "serve/factlist.h"

#include <stdlib.h>

static const struct {
    char letter;
    const char *name, *title;
} layers[] = {
#define FACT_ROW(id, letter, one, many) { letter, one, many },
    FACT_LAYERS(FACT_ROW)
#undef FACT_ROW
};

char fact_layer_letter(fact_layer v)
{
    return layers[v].letter;
}
const char *fact_layer_name(fact_layer v)
{
    return layers[v].name;
}
const char *fact_layer_title(fact_layer v)
{
    return layers[v].title;
}

onr_sv record_words(const onr_record *rec, onr_span span)
{
    if (!rec->text.p || span.beg >= span.end || span.end > rec->text.n) return ONR_SV("");
    return onri_sub(rec->text, span.beg, span.end);
}

onr_sv record_name(const onr_record *rec, uint32_t entity)
{
    return entity < rec->n_entities ? rec->entities[entity].name : ONR_SV("");
}

onr_sv record_title(const onr_record *rec)
{
    const onr_sv in_text = record_words(rec, rec->title);
    if (in_text.n) return in_text;
    return rec->title_text.n ? rec->title_text : ONR_SV("Untitled");
}

typedef struct maker {
    onr_arena *mem;
    const onr_record *rec;
    ONRI_VEC(fact) facts;
    ONRI_VEC(seg_mark) marks;
    ONRI_VEC(fact_mark) infos;
    bool failed;
} maker;

static fact *add(maker *m, fact_layer layer, uint32_t index, onr_sv id, const char *kind,
                 const char *rule, float p)
{
    fact *f = ONRI_PUSH(m->mem, &m->facts);
    if (!f) {
        m->failed = true;
        return NULL;
    }
    *f = (fact){ layer, index, id, kind, { ONR_NONE, 0 }, rule ? rule : "", p };
    return f;
}

static void mark(maker *m, onr_span span, fact_part part, bool nested)
{
    if (span.beg >= span.end || m->failed) return;
    seg_mark *s = ONRI_PUSH(m->mem, &m->marks);
    fact_mark *i = s ? ONRI_PUSH(m->mem, &m->infos) : NULL;
    if (!i) {
        m->failed = true;
        return;
    }
    *s = (seg_mark){ span, m->marks.n - 1 };
    *i = (fact_mark){ part == PART_BOILERPLATE ? ONR_NONE : m->facts.n - 1, part, nested };
    if (part == PART_BOILERPLATE) return;
    fact *f = &m->facts.at[m->facts.n - 1];
    if (span.beg < f->cover.beg) f->cover.beg = span.beg;
    if (span.end > f->cover.end) f->cover.end = span.end;
}

static void mark_all(maker *m, onr_spans spans, fact_part part, bool nested)
{
    for (uint32_t i = 0; i < spans.n; i++) mark(m, spans.at[i], part, nested);
}

static void statements_events(maker *m)
{
    const onr_record *r = m->rec;
    for (uint32_t i = 0; i < r->n_statements; i++) {
        const onr_statement *s = &r->statements[i];
        if (!add(m, FACT_STATEMENT, i, s->id, onr_statement_kind_name(s->kind), s->rule, s->p))
            return;
        mark_all(m, s->content, PART_MAIN, s->within != ONR_NONE);
        mark_all(m, s->cue, PART_CUE, s->within != ONR_NONE);
        mark(m, s->source.span, PART_OTHER, s->within != ONR_NONE);
    }
    for (uint32_t i = 0; i < r->n_events; i++) {
        const onr_event *e = &r->events[i];
        const onr_sv plover = onri_dup(m->mem, e->plover); /* with its NUL */
        if (!plover.p || !add(m, FACT_EVENT, i, e->id, plover.p, e->rule, e->p)) return;
        mark_all(m, e->trigger, PART_MAIN, false);
    }
}

static void promises_disputes(maker *m)
{
    const onr_record *r = m->rec;
    for (uint32_t i = 0; i < r->n_commitments; i++) {
        const onr_commitment *c = &r->commitments[i];
        if (!add(m, FACT_COMMITMENT, i, c->id, onr_commitment_kind_name(c->kind), c->rule, c->p))
            return;
        mark(m, c->action, PART_MAIN, false);
        mark(m, c->condition, PART_OTHER, false);
    }
    for (uint32_t i = 0; i < r->n_disputes; i++) {
        const onr_dispute *d = &r->disputes[i];
        const char *kind =
            d->n_responses ? onr_verdict_name(d->responses[0].verdict) : "unanswered";
        if (!add(m, FACT_DISPUTE, i, d->id, kind, d->rule, d->p)) return;
        mark(m, d->claim, PART_MAIN, false);
        for (uint32_t k = 0; k < d->n_responses; k++)
            mark(m, d->responses[k].span, PART_OTHER, false);
    }
}

static void positions_relations(maker *m)
{
    const onr_record *r = m->rec;
    for (uint32_t i = 0; i < r->n_positions; i++) {
        const onr_position *p = &r->positions[i];
        if (!add(m, FACT_POSITION, i, p->id, onr_stance_name(p->stance), p->rule, p->p)) return;
        mark_all(m, p->evidence, PART_MAIN, false);
    }
    for (uint32_t i = 0; i < r->n_relations; i++) {
        const onr_relation *t = &r->relations[i];
        if (!add(m, FACT_RELATION, i, t->id, onr_relation_kind_name(t->kind), t->rule, t->p))
            return;
        mark_all(m, t->evidence, PART_MAIN, false);
    }
}

static void actors_boilerplate(maker *m)
{
    const onr_record *r = m->rec;
    for (uint32_t i = 0; i < r->n_entities; i++) {
        const onr_entity *e = &r->entities[i];
        const float p = e->n_mentions ? e->mentions[0].p : 0;
        const char *rule = e->n_mentions ? e->mentions[0].rule : "";
        if (!add(m, FACT_ACTOR, i, e->id, onr_entity_type_name(e->type), rule, p)) return;
        for (uint32_t k = 0; k < e->n_mentions; k++) mark(m, e->mentions[k].span, PART_MAIN, false);
    }
    for (uint32_t i = 0; i < r->n_boilerplate; i++)
        mark(m, r->boilerplate[i].span, PART_BOILERPLATE, false);
}

static int by_reading(const void *a, const void *b)
{
    const fact *x = a, *y = b;
    if (x->layer != y->layer) return x->layer < y->layer ? -1 : 1;
    if (x->cover.beg != y->cover.beg) return x->cover.beg < y->cover.beg ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static int by_begin(const void *a, const void *b)
{
    const seg_mark *x = a, *y = b;
    if (x->span.beg != y->span.beg) return x->span.beg < y->span.beg ? -1 : 1;
    return x->what < y->what ? -1 : x->what > y->what;
}

/* Marks name facts by the place where they were made; sorting moves them. */
static bool sort(maker *m, fact_list *out)
{
    uint32_t *new_place[FACT__COUNT];
    const uint32_t sizes[FACT__COUNT] = { m->rec->n_statements,  m->rec->n_events,
                                          m->rec->n_commitments, m->rec->n_disputes,
                                          m->rec->n_positions,   m->rec->n_relations,
                                          m->rec->n_entities };
    uint32_t first[FACT__COUNT], at = 0;
    for (int l = 0; l < FACT__COUNT; l++) {
        new_place[l] = ONRI_NEW_N(m->mem, (size_t)sizes[l] + 1, uint32_t);
        if (!new_place[l]) return false;
        first[l] = at;
        at += sizes[l];
        out->first[l] = first[l];
        out->count[l] = sizes[l];
        out->place[l] = new_place[l];
    }
    ONR_ASSERT(at == m->facts.n);
    if (m->facts.n) qsort(m->facts.at, m->facts.n, sizeof *m->facts.at, by_reading);
    for (uint32_t i = 0; i < m->facts.n; i++)
        new_place[m->facts.at[i].layer][m->facts.at[i].index] = i;
    for (uint32_t i = 0; i < m->infos.n; i++) {
        uint32_t old = m->infos.at[i].fact;
        if (old == ONR_NONE) continue;
        int l = FACT__COUNT - 1;
        while (l > 0 && old < first[l]) l--;
        m->infos.at[i].fact = new_place[l][old - first[l]];
    }
    if (m->marks.n) qsort(m->marks.at, m->marks.n, sizeof *m->marks.at, by_begin);
    return true;
}

onr_status fact_list_make(onr_arena *mem, const onr_record *rec, fact_list *out, onr_error *err)
{
    maker m = { .mem = mem, .rec = rec };
    statements_events(&m);
    if (!m.failed) promises_disputes(&m);
    if (!m.failed) positions_relations(&m);
    if (!m.failed) actors_boilerplate(&m);
    *out = (fact_list){ 0 };
    if (m.failed || mem->status != ONR_OK || !sort(&m, out))
        return onri_fail_mem(err, mem, "serve");
    for (uint32_t i = 0; i < m.facts.n; i++)
        if (m.facts.at[i].cover.beg == ONR_NONE) m.facts.at[i].cover = (onr_span){ 0, 0 };
    out->at = m.facts.at;
    out->n = m.facts.n;
    out->marks = m.marks.at;
    out->n_marks = m.marks.n;
    out->infos = m.infos.at;
    return ONR_OK;
}

uint32_t fact_of(const fact_list *list, fact_layer layer, uint32_t index)
{
    return index < list->count[layer] ? list->place[layer][index] : ONR_NONE;
}
