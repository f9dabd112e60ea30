/* Events of one article together: roles that one leaves open and another tells, and mentions of the
 * same event. Source: own. Leaves out: the same event in another article (the store's work). */
#include "facts/event_cand.h"

enum {
    SAME_BACK = 12,   /* candidates looked back over for the event a noun takes up */
    PARTNER_BACK = 6, /* ... for the other side */
    LINK_BACK = 64    /* events looked back over: keeps linking linear */
};

/* ---- roles left open ------------------------------------------------------------------------ */

static bool copy(const onri_event_ctx *x, const onri_ref_vec *from, onri_ref_vec *to)
{
    for (uint32_t i = 0; i < from->n; i++) {
        onr_ref *slot = ONRI_PUSH(x->tmp, to);
        if (!slot) return false;
        *slot = from->at[i];
    }
    return true;
}

static bool has(const onri_ref_vec *v, uint32_t entity)
{
    for (uint32_t i = 0; entity != ONR_NONE && i < v->n; i++)
        if (v->at[i].entity == entity) return true;
    return false;
}

static bool overlap(const onri_ref_vec *a, const onri_ref_vec *b)
{
    for (uint32_t i = 0; i < a->n; i++)
        if (has(b, a->at[i].entity)) return true;
    return false;
}

/* What is told of an event again must be that it goes on, ends, is held: "the talks resumed". What
 * another clause only names ("since the talks") is no news of it. */
static bool is_told_of(const onri_event_ctx *x, uint32_t noun)
{
    const onr_token *t = x->parse->tokens;
    const uint8_t dep = t[noun].dep;
    return dep == ONR_DEP_NSUBJ || dep == ONR_DEP_NSUBJPASS ||
           (dep == ONR_DEP_DOBJ && onri_event_carries(x, t[noun].head));
}

/* "the talks", "these attacks", or bare "fighting" as a subject. */
bool onri_event_is_again(const onri_event_ctx *x, const onri_event_cand *c)
{
    const onr_token *t = x->parse->tokens;
    const uint32_t n = c->hit.clause.verb;
    bool bare = true;
    ONRI_EACH_CHILD (&x->view.tree, k, n) {
        if (t[k].dep == ONR_DEP_DET)
            return !onri_eqz(t[k].lower, "a") && !onri_eqz(t[k].lower, "an") &&
                   !onri_eqz(t[k].lower, "no") && !onri_eqz(t[k].lower, "any") &&
                   !onri_eqz(t[k].lower, "another");
        if (t[k].dep == ONR_DEP_AMOD || t[k].dep == ONR_DEP_NUMMOD || t[k].dep == ONR_DEP_COMPOUND)
            bare = false;
    }
    return bare && t[n].dep == ONR_DEP_NSUBJ;
}

static bool take_up(const onri_event_ctx *x, onri_event_cands *all, uint32_t i)
{
    onri_event_cand *c = &all->at[i];
    if (c->roles.source.n || c->roles.target.n || c->hit.frame->pos != 'n' ||
        !is_told_of(x, c->hit.clause.verb) || !onri_event_is_again(x, c))
        return true;
    for (uint32_t k = i; k-- > 0 && i - k <= SAME_BACK;) {
        const onri_event_cand *o = &all->at[k];
        if (o->hit.frame->type != c->hit.frame->type || o->roles.source.n == 0) continue;
        c->same = o->same != ONR_NONE ? o->same : k;
        c->roles.source_how = ONRI_HOW_SAME;
        c->roles.target_how = o->roles.target.n ? ONRI_HOW_SAME : ONRI_HOW_NONE;
        return copy(x, &o->roles.source, &c->roles.source) &&
               copy(x, &o->roles.target, &c->roles.target);
    }
    return true;
}

/* "four people were killed in the attack": who attacked has killed. */
static bool source_of_frame_event(const onri_event_ctx *x, onri_event_cands *all, uint32_t i)
{
    const onr_token *t = x->parse->tokens;
    onri_event_cand *c = &all->at[i];
    if (c->roles.source.n || c->hit.frame->pos != 'v') return true;
    ONRI_EACH_CHILD (&x->view.tree, p, c->hit.clause.verb) {
        if (t[p].dep != ONR_DEP_PREP ||
            !(onri_eqz(t[p].lower, "in") || onri_eqz(t[p].lower, "during") ||
              onri_eqz(t[p].lower, "by")))
            continue;
        ONRI_EACH_CHILD (&x->view.tree, o, p) {
            const uint32_t k = all->of[o];
            if (k == ONR_NONE || all->at[k].hit.frame->type != c->hit.frame->type ||
                all->at[k].roles.source.n == 0)
                continue;
            c->roles.source_how = ONRI_HOW_SAME;
            return copy(x, &all->at[k].roles.source, &c->roles.source);
        }
    }
    return true;
}

/* "rounds were fired at the island": who attacked it before. */
static bool source_of_last(const onri_event_ctx *x, onri_event_cands *all, uint32_t i)
{
    onri_event_cand *c = &all->at[i];
    if (c->roles.source.n || c->roles.target.n == 0 || !c->hit.clause.passive ||
        !x->book->types.at[c->hit.frame->type].hostile)
        return true;
    for (uint32_t k = i; k-- > 0 && i - k <= PARTNER_BACK;) {
        const onri_event_roles *o = &all->at[k].roles;
        if (all->at[k].hit.frame->type != c->hit.frame->type || o->source.n == 0 ||
            !overlap(&o->target, &c->roles.target) || overlap(&o->source, &c->roles.target))
            continue;
        c->roles.source_how = ONRI_HOW_PARTNER;
        return copy(x, &o->source, &c->roles.source);
    }
    return true;
}

/* "Israel warned of further action": whom Israel's last events were with. */
static bool partner(const onri_event_ctx *x, onri_event_cands *all, uint32_t i)
{
    onri_event_cand *c = &all->at[i];
    if (c->roles.target.n || c->roles.source.n == 0 || c->hit.frame->reciprocal ||
        !x->book->types.at[c->hit.frame->type].verbal || c->roles.source_how == ONRI_HOW_SPEAKER)
        return true;
    for (uint32_t k = i; k-- > 0 && i - k <= PARTNER_BACK;) {
        const onri_event_roles *o = &all->at[k].roles;
        const onri_ref_vec *other = overlap(&o->source, &c->roles.source)   ? &o->target
                                    : overlap(&o->target, &c->roles.source) ? &o->source
                                                                            : NULL;
        if (o->target_how != ONRI_HOW_FRAME && o->target_how != ONRI_HOW_THING) continue;
        if (!other || other->n == 0 || overlap(other, &c->roles.source)) continue;
        c->roles.target_how = ONRI_HOW_PARTNER;
        return copy(x, other, &c->roles.target);
    }
    return true;
}

bool onri_event_roles_inherit(const onri_event_ctx *x, onri_event_cands *all)
{
    for (uint32_t i = 0; i < all->n; i++)
        if (!take_up(x, all, i) || !source_of_frame_event(x, all, i) ||
            !source_of_last(x, all, i) || !partner(x, all, i))
            return false;
    return true;
}

/* ---- the same event again ------------------------------------------------------------------- */

static bool share(const onr_ref *a, uint32_t na, const onr_ref *b, uint32_t nb)
{
    if (na == 0 || nb == 0) return true;
    for (uint32_t i = 0; i < na; i++)
        for (uint32_t k = 0; k < nb; k++)
            if (a[i].entity != ONR_NONE && a[i].entity == b[k].entity) return true;
    return false;
}

/* Two times that may be the same: one lies in the other, or one is not told. */
static bool same_time(const onr_time *a, const onr_time *b)
{
    if (a->from.n == 0 || b->from.n == 0) return true;
    const onr_sv ae = a->to.n ? a->to : a->from, be = b->to.n ? b->to : b->from;
    const bool ab = onri_cmp(a->from, b->from) <= 0 && onri_cmp(be, ae) <= 0;
    return ab || (onri_cmp(b->from, a->from) <= 0 && onri_cmp(ae, be) <= 0);
}

static bool real(onr_event_status s)
{
    return s == ONR_EVENT_HAPPENED || s == ONR_EVENT_ONGOING;
}

static bool same_event(const onr_event *a, const onr_event *b)
{
    if (!onri_eq(a->plover, b->plover) || (a->mode.n && b->mode.n && !onri_eq(a->mode, b->mode)))
        return false;
    if ((a->status != b->status && !(real(a->status) && real(b->status))) ||
        !same_time(&a->time, &b->time) ||
        (a->n_source == 0 && b->n_source == 0 && a->n_target == 0))
        return false;
    const bool straight = share(a->source, a->n_source, b->source, b->n_source) &&
                          share(a->target, a->n_target, b->target, b->n_target);
    const bool crossed = onri_eqz(a->plover, "CONSULT") &&
                         share(a->source, a->n_source, b->target, b->n_target) &&
                         share(a->target, a->n_target, b->source, b->n_source);
    return straight || crossed;
}

void onri_event_link(const onri_event_ctx *x, const onri_event_cands *all)
{
    onri_draft *d = x->d;
    for (uint32_t i = 0; i < all->n; i++) {
        const onri_event_cand *c = &all->at[i];
        if (c->event == ONR_NONE) continue;
        onr_event *e = &d->events.at[c->event];
        if (c->same != ONR_NONE) {
            const uint32_t first = all->at[c->same].event;
            if (first != ONR_NONE)
                e->same_as =
                    d->events.at[first].same_as != ONR_NONE ? d->events.at[first].same_as : first;
            continue;
        }
        for (uint32_t k = i; k-- > 0 && i - k <= LINK_BACK;) {
            const uint32_t o = all->at[k].event;
            if (o == ONR_NONE || !same_event(e, &d->events.at[o])) continue;
            e->same_as = d->events.at[o].same_as != ONR_NONE ? d->events.at[o].same_as : o;
            break;
        }
    }
}
