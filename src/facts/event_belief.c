/* How sure an event is: the chance that its type and both actors are what a careful reader would
 * write, by how its trigger and its actors were found. Weights: data/events/weights.tsv, rows "p",
 * fitted by tools/fit_events.py (reliability: docs/measured/events.md). Source: own; logistic
 * regression. */
#include "facts/event_belief.h"

#include <math.h>

enum { NAME_MAX = 32 };

static const char *const hows[ONRI_HOW__COUNT] = { "none",    "frame",    "subject", "agent",
                                                   "owner",   "governor", "inside",  "nearby",
                                                   "speaker", "thing",    "same",    "partner",
                                                   "guess" };

static void tell(onri_belief_fn fn, void *arg, const char *key, onr_sv value)
{
    char name[NAME_MAX];
    size_t n = 0;
    for (; key[n] && n < NAME_MAX; n++) name[n] = key[n];
    for (size_t i = 0; i < value.n && n < NAME_MAX; i++) name[n++] = value.p[i];
    fn(arg, onri_sv(name, n));
}

/* Is one of them somebody who can act and is known by name, is one of them nobody's entity? */
static const char *kind_of(const onri_event_ctx *x, const onri_ref_vec *v)
{
    bool named = false, known = false;
    for (uint32_t i = 0; i < v->n; i++) {
        const uint32_t e = v->at[i].entity;
        if (e == ONR_NONE || !onri_is_actor_type(x->d->entities.at[e].type)) continue;
        known = true;
        named = named || onri_has_name(&x->d->entities.at[e]);
    }
    return v->n == 0 ? "nobody" : named ? "named" : known ? "nameless" : "thing";
}

void onri_event_traits(const onri_event_ctx *x, const onri_event_cand *c, onri_belief_fn fn,
                       void *arg)
{
    const onri_frame *f = c->hit.frame;
    const char pos[2] = { f->pos, 0 };
    uint32_t conds = f->n_conds < 3 ? f->n_conds : 3;
    const char count[2] = { (char)('0' + conds), 0 };
    const bool quoted =
        onri_statement_at(x->d, x->parse->tokens[c->hit.clause.verb].beg) != ONR_NONE;
    fn(arg, ONR_SV("bias"));
    tell(fn, arg, "type=", x->book->types.at[f->type].name);
    tell(fn, arg, "pos=", onri_svz(pos));
    tell(fn, arg, "conditions=", onri_svz(count));
    tell(fn, arg, "source=", onri_svz(hows[c->roles.source_how]));
    tell(fn, arg, "source-is=", onri_svz(kind_of(x, &c->roles.source)));
    tell(fn, arg, "target=", onri_svz(hows[c->roles.target_how]));
    tell(fn, arg, "target-is=", onri_svz(kind_of(x, &c->roles.target)));
    tell(fn, arg, "status=", onri_svz(onr_event_status_name(c->status)));
    if (quoted) fn(arg, ONR_SV("in-statement"));
    if (c->refusal) fn(arg, ONR_SV("refusal"));
    if (f->light) fn(arg, ONR_SV("light"));
}

typedef struct sum {
    const onri_event_book *book;
    double z;
} sum;

static void add(void *arg, onr_sv name)
{
    sum *s = arg;
    const uint32_t i = onri_map_get(&s->book->belief, onri_hash(name));
    if (i != ONR_NONE) s->z += (double)s->book->belief_weight.at[i];
}

float onri_event_belief(const onri_event_ctx *x, const onri_event_cand *c)
{
    sum s = { x->book, 0.0 };
    onri_event_traits(x, c, add, &s);
    const double p = 1.0 / (1.0 + exp(-s.z));
    return (float)(floor(p * 100.0 + 0.5) / 100.0); /* two digits are more than it knows */
}
