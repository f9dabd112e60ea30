/* Links between layers: which entity a statement's source, addressee or venue is.
 *
 * Source: own. A span gets the entity of the mention that is its head: one that begins and ends
 * with it, one that stands on the word the span hangs by, or beside that in apposition. A text
 * ("a poll by Zogby") or a body without a mention of its own leads to whom it is of or by. Leaves
 * out: events (they look at heads directly). */
#include "facts/actor_step.h"
#include "facts/knowledge.h"
#include "facts/view.h"

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

/* The noun or pronoun that a span hangs by; ONR_NONE: none, so that the parse is of no help. */
static uint32_t head_of(const onr_parse *p, onr_span span)
{
    for (uint32_t i = onri_token_at(p, span.beg); i < p->n_tokens && p->tokens[i].beg < span.end;
         i++) {
        const onr_token *t = &p->tokens[i], *up = &p->tokens[t->head];
        const bool outside = up->beg < span.beg || up->end > span.end || t->head == i;
        if (!outside) continue;
        if (t->pos == ONR_POS_NOUN || t->pos == ONR_POS_PROPN || t->pos == ONR_POS_PRON) return i;
    }
    return ONR_NONE;
}

/* How a word inside a span belongs to its head. */
typedef enum belonging {
    BELONGS_NOT,   /* in a clause, or by "in", "for", "against" */
    BELONGS_OF,    /* "Israel's", "by Zogby", "of the board" */
    BELONGS_BESIDE /* in apposition */
} belonging;

static belonging belongs(const onri_actor_knowledge *know, const onr_parse *p, uint32_t word,
                         uint32_t head)
{
    belonging way = BELONGS_BESIDE;
    for (unsigned guard = 0; word != head; guard++) {
        const onr_token *t = &p->tokens[word];
        if (guard > 6 || t->head == word) return BELONGS_NOT;
        switch (t->dep) {
        case ONR_DEP_APPOS:
            break;
        case ONR_DEP_POBJ:
        case ONR_DEP_POSS:
        case ONR_DEP_COMPOUND:
        case ONR_DEP_NMOD:
        case ONR_DEP_AMOD:
        case ONR_DEP_CONJ:
            way = BELONGS_OF;
            break;
        case ONR_DEP_ACL: /* "a statement released by", not "a memo seen by" */
            if (onri_actor_word(know, "takes-in", t->lemma)) return BELONGS_NOT;
            way = BELONGS_OF;
            break;
        case ONR_DEP_PREP:
        case ONR_DEP_AGENT:
            way = BELONGS_OF;
            if (!onri_eqz(t->lower, "of") && !onri_eqz(t->lower, "by") &&
                !onri_eqz(t->lower, "from"))
                return BELONGS_NOT;
            break;
        default:
            return BELONGS_NOT;
        }
        word = t->head;
    }
    return way;
}

/* How well a mention stands for the span that hangs by `head`; 0: not at all. */
static uint32_t fit(const onri_draft *d, onr_span span, uint32_t head, bool lax, const row *r)
{
    const onr_parse *p = d->parse;
    if (r->span.beg == span.beg && r->span.end == span.end) return 4000;
    if (r->head.beg < span.beg || r->head.end > span.end) return 0;
    uint32_t s = 1 + (r->kind == ONR_MENTION_NAME ? 40 : r->kind == ONR_MENTION_NOMINAL ? 20 : 30);
    if (r->span.beg == span.beg) s += 60;
    if (r->span.end == span.end) s += 30;
    if (r->span.beg < span.beg) s -= 10; /* the span is a part of the mention */
    const uint32_t n = (r->span.end - r->span.beg) * 50u / (span.end - span.beg + 1);
    s += n < 50 ? n : 50;
    if (head == ONR_NONE) return s;
    const onr_token *h = &p->tokens[head];
    if (r->head.beg <= h->beg && h->end <= r->head.end) return s + 2000;
    uint32_t word = onri_token_at(p, r->head.beg); /* of several, the one that hangs outside them */
    while (p->tokens[word].head != word && p->tokens[p->tokens[word].head].beg >= r->head.beg &&
           p->tokens[p->tokens[word].head].end <= r->head.end)
        word = p->tokens[word].head;
    const belonging way = belongs(&d->know->actors, p, word, head);
    return way == BELONGS_BESIDE ? s + 1000 : way == BELONGS_OF || lax ? s : 0;
}

/* Nobody is a venue: in "his speech to the experts" there is none of a name. */
static bool is_venue(const onri_draft *d, const row *r)
{
    const onr_entity_type t = d->entities.at[r->entity].type;
    return t != ONR_ENTITY_PERSON && t != ONR_ENTITY_GROUP && r->kind != ONR_MENTION_PRONOUN;
}

/* Best entity for a span. venue: also one that merely stands in it, if one can be there. */
static uint32_t find(const onri_draft *d, const rows *all, onr_span span, bool venue)
{
    uint32_t lo = 0, hi = all->n, best = ONR_NONE, top = 0;
    if (span.end <= span.beg) return ONR_NONE;
    const uint32_t from = span.beg > 300 ? span.beg - 300 : 0, head = head_of(d->parse, span);
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (all->at[mid].span.beg < from)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (uint32_t i = lo; i < all->n && all->at[i].span.beg < span.end; i++) {
        if (venue && !is_venue(d, &all->at[i])) continue;
        const uint32_t s = fit(d, span, head, venue, &all->at[i]);
        if (s > top) {
            top = s;
            best = all->at[i].entity;
        }
    }
    return best;
}

/* "the mayor, who said": the words that a relative pronoun takes up; other spans stay. */
static onr_span taken_up(const onr_parse *p, onr_span span)
{
    const uint32_t i = span.end > span.beg ? onri_token_at(p, span.beg) : ONR_NONE;
    if (i == ONR_NONE || i >= p->n_tokens || p->tokens[i].end != span.end) return span;
    if (!onri_eqz(p->tokens[i].lower, "who") && !onri_eqz(p->tokens[i].lower, "which") &&
        !onri_eqz(p->tokens[i].lower, "that"))
        return span;
    uint32_t v = p->tokens[i].head;
    for (int d = 0; d < 4 && p->tokens[v].dep != ONR_DEP_RELCL && p->tokens[v].head != v; d++)
        v = p->tokens[v].head;
    const uint32_t noun = p->tokens[v].head;
    if (p->tokens[v].dep != ONR_DEP_RELCL || noun >= i) return span;
    return (onr_span){ p->tokens[p->tokens[noun].l_edge].beg, p->tokens[noun].end };
}

void onri_link_statements(onri_draft *d)
{
    const onr_mark mark = onr_arena_mark(d->tmp);
    rows all;
    if (d->statements.n && rows_make(d, &all)) {
        for (uint32_t i = 0; i < d->statements.n; i++) {
            onr_statement *s = &d->statements.at[i];
            if (s->source.entity == ONR_NONE)
                s->source.entity = find(d, &all, taken_up(d->parse, s->source.span), false);
            if (s->addressee.entity == ONR_NONE)
                s->addressee.entity = find(d, &all, s->addressee.span, false);
            if (s->venue.entity == ONR_NONE) s->venue.entity = find(d, &all, s->venue.span, true);
        }
    }
    onr_arena_rewind(d->tmp, mark);
}
