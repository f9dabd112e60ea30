/* Links between layers: which entity a statement's source, addressee or venue is.
 *
 * Source: own. A span gets the entity of the mention that is its head: one that begins and ends
 * with it, else the outermost whose head lies in it. Leaves out: events (they look at heads
 * directly). */
#include "facts/actor_step.h"

#include <stdlib.h>

typedef struct row {
    onr_span span, head;
    uint32_t entity;
    uint8_t kind;
} row;

typedef struct rows {
    row *at;
    uint32_t n;
} rows;

static int by_place(const void *a, const void *b)
{
    const row *x = a, *y = b;
    if (x->span.beg != y->span.beg) return x->span.beg < y->span.beg ? -1 : 1;
    if (x->span.end != y->span.end) return x->span.end > y->span.end ? -1 : 1;
    return (x->entity > y->entity) - (x->entity < y->entity);
}

static bool rows_make(const onri_draft *d, rows *out)
{
    uint32_t n = 0;
    for (uint32_t e = 0; e < d->entities.n; e++) n += d->entities.at[e].n_mentions;
    out->at = ONRI_NEW_N(d->tmp, n, row);
    out->n = 0;
    if (!out->at) return false;
    for (uint32_t e = 0; e < d->entities.n; e++) {
        for (uint32_t i = 0; i < d->entities.at[e].n_mentions; i++) {
            const onr_mention *m = &d->entities.at[e].mentions[i];
            if (m->kind == ONR_MENTION_ADJECTIVE) continue;
            out->at[out->n++] = (row){ m->span, m->head, e, (uint8_t)m->kind };
        }
    }
    if (out->n) qsort(out->at, out->n, sizeof *out->at, by_place);
    return true;
}

/* How well a mention stands for the span; 0: not at all. */
static uint32_t fit(onr_span span, const row *r)
{
    if (r->span.beg == span.beg && r->span.end == span.end) return 1000;
    if (r->head.beg < span.beg || r->head.end > span.end) return 0;
    uint32_t s = 1 + (r->kind == ONR_MENTION_NAME ? 40 : r->kind == ONR_MENTION_NOMINAL ? 20 : 30);
    if (r->span.beg == span.beg) s += 60;
    if (r->span.end == span.end) s += 30;
    if (r->span.beg < span.beg) s -= 10; /* the span is a part of the mention */
    const uint32_t n = (r->span.end - r->span.beg) * 50u / (span.end - span.beg + 1);
    return s + (n < 50 ? n : 50);
}

static uint32_t find(const rows *all, onr_span span)
{
    uint32_t lo = 0, hi = all->n, best = ONR_NONE, top = 0;
    if (span.end <= span.beg) return ONR_NONE;
    const uint32_t from = span.beg > 300 ? span.beg - 300 : 0;
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (all->at[mid].span.beg < from)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (uint32_t i = lo; i < all->n && all->at[i].span.beg < span.end; i++) {
        const uint32_t s = fit(span, &all->at[i]);
        if (s > top) {
            top = s;
            best = all->at[i].entity;
        }
    }
    return best;
}

uint32_t onri_entity_in(const onri_draft *d, onr_span span)
{
    const onr_mark mark = onr_arena_mark(d->tmp);
    rows all;
    const uint32_t e = rows_make(d, &all) ? find(&all, span) : ONR_NONE;
    onr_arena_rewind(d->tmp, mark);
    return e;
}

void onri_link_statements(onri_draft *d)
{
    const onr_mark mark = onr_arena_mark(d->tmp);
    rows all;
    if (d->statements.n && rows_make(d, &all)) {
        for (uint32_t i = 0; i < d->statements.n; i++) {
            onr_statement *s = &d->statements.at[i];
            if (s->source.entity == ONR_NONE) s->source.entity = find(&all, s->source.span);
            if (s->addressee.entity == ONR_NONE)
                s->addressee.entity = find(&all, s->addressee.span);
            if (s->venue.entity == ONR_NONE) s->venue.entity = find(&all, s->venue.span);
        }
    }
    onr_arena_rewind(d->tmp, mark);
}
