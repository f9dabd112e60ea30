/* Source and target of an event: what the frame says, then the grammar of its clause, then who owns
 * or made the thing it is about. Source: own. Leaves out: what other events tell (event_link.c). */
#include "facts/event_cand.h"

enum { THING_BACK = 800 }; /* tokens looked back over for the owner of a thing */

static bool no_source_in(const onri_frame *f)
{
    for (uint8_t k = 0; k < f->n_conds; k++)
        if (f->conds[k].role & ONRI_ROLE_SOURCE) return false;
    return true;
}

static bool is_noun(const onr_token *t)
{
    return t->pos == ONR_POS_NOUN || t->pos == ONR_POS_PROPN;
}

/* Drop from b what a has already. */
static void subtract(onri_ref_vec *b, const onri_ref_vec *a)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < b->n; i++) {
        bool dup = false;
        for (uint32_t k = 0; k < a->n; k++)
            dup = dup || a->at[k].span.beg == b->at[i].span.beg ||
                  (a->at[k].entity != ONR_NONE && a->at[k].entity == b->at[i].entity);
        if (!dup) b->at[n++] = b->at[i];
    }
    b->n = n;
}

/* ---- nouns ---------------------------------------------------------------------------------- */

static bool is_filler(const onri_event_hit *m, uint32_t tok)
{
    for (uint8_t k = 0; k < m->frame->n_conds; k++)
        if (m->filler[k] == tok) return true;
    return false;
}

static bool from_prep(const onri_event_ctx *x, const onri_event_hit *m, const char *prep,
                      onri_ref_vec *out)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, m->clause.verb) {
        if ((t[c].dep != ONR_DEP_PREP && t[c].dep != ONR_DEP_AGENT) || !onri_eqz(t[c].lower, prep))
            continue;
        ONRI_EACH_CHILD (&x->view.tree, p, c)
            if (t[p].dep == ONR_DEP_POBJ && !is_filler(m, p) &&
                !onri_event_actors(x, p, false, out))
                return false;
    }
    return true;
}

/* "an anti-Putin demonstration": at whom. */
static bool target_of_side(const onri_event_ctx *x, const onri_event_hit *m, onri_event_roles *r)
{
    bool against;
    ONRI_EACH_CHILD (&x->view.tree, c, m->clause.verb) {
        if (!onri_event_of_side(x, c, &against) || !against || onri_event_entity(x, c) == ONR_NONE)
            continue;
        if (!onri_event_actors(x, c, true, &r->target)) return false;
        if (r->target.n) r->target_how = ONRI_HOW_FRAME;
    }
    return true;
}

static bool from_before(const onri_event_ctx *x, const onri_event_hit *m, onri_ref_vec *out)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, m->clause.verb) {
        const bool poss = t[c].dep == ONR_DEP_POSS;
        if (is_filler(m, c) || !(poss || t[c].dep == ONR_DEP_AMOD || t[c].dep == ONR_DEP_NMOD ||
                                 t[c].dep == ONR_DEP_COMPOUND))
            continue;
        /* a nationality that is nobody in the article ("anti-Western") is no actor */
        if (!poss && onri_event_entity(x, c) == ONR_NONE) continue;
        bool against;
        if (onri_event_of_side(x, c, &against)) continue;
        if (!onri_event_actors(x, c, !poss, out)) return false;
    }
    return true;
}

/* "launched an attack", "faces sanctions", "were on hunger strike": the verb's subject. *target: it
 * undergoes. */
static uint32_t governor(const onri_event_ctx *x, uint32_t noun, bool *target)
{
    const onr_token *t = x->parse->tokens;
    uint32_t h = t[noun].head;
    bool passive;
    *target = false;
    if (t[noun].dep == ONR_DEP_POBJ && t[h].dep == ONR_DEP_PREP) {
        const uint32_t v = t[h].head;
        if (onri_eqz(t[h].lower, "under") && t[v].pos != ONR_POS_NOUN) {
            *target = true; /* "is under attack", "remains under protection" */
            return onri_event_subject(x, v, &passive);
        }
        if (t[v].pos == ONR_POS_AUX && onri_eqz(t[v].lemma, "be"))
            return onri_event_subject(x, v, &passive);
        if (!(onri_event_carries(x, v) & ONRI_CARRY_DOES) || onri_eqz(t[h].lower, "for"))
            return ONR_NONE;
        h = v;
    } else if (t[noun].dep != ONR_DEP_DOBJ || t[h].pos != ONR_POS_VERB)
        return ONR_NONE;
    const uint32_t how = onri_event_carries(x, h);
    if (!(how & (ONRI_CARRY_DOES | ONRI_CARRY_UNDERGOES))) return ONR_NONE;
    const uint32_t s = onri_event_subject(x, h, &passive);
    *target = (how & ONRI_CARRY_UNDERGOES) != 0;
    return passive ? ONR_NONE : s;
}

/* The source of the statement around the token. */
static bool say_source(const onri_event_ctx *x, uint32_t tok, onri_ref_vec *out)
{
    const uint32_t s = onri_statement_at(x->d, x->parse->tokens[tok].beg);
    if (s == ONR_NONE || x->d->statements.at[s].source.span.end == 0) return true;
    onr_ref *slot = ONRI_PUSH(x->tmp, out);
    if (slot) *slot = x->d->statements.at[s].source;
    return slot != NULL;
}

/* The source of a noun: by whom, whose, which nation's, of whom, whose verb carries it. */
static bool noun_roles(const onri_event_ctx *x, const onri_event_hit *m, onri_event_roles *r)
{
    if (r->target.n == 0 && !target_of_side(x, m, r)) return false;
    if (!from_prep(x, m, "by", &r->source)) return false;
    if (r->source.n) { /* "Iran's isolation by the West": then the owner undergoes it */
        r->source_how = ONRI_HOW_AGENT;
        if (r->target.n) return true;
        if (!from_before(x, m, &r->target)) return false;
        subtract(&r->target, &r->source);
        if (r->target.n) r->target_how = ONRI_HOW_OWNER;
        bool befalls = false;
        const uint32_t s = r->target.n ? ONR_NONE : governor(x, m->clause.verb, &befalls);
        if (s == ONR_NONE || !befalls) return true;
        r->target_how = ONRI_HOW_GOVERNOR;
        return onri_event_actors(x, s, false, &r->target);
    }
    r->source_how = ONRI_HOW_OWNER;
    if (!from_before(x, m, &r->source)) return false;
    if (r->source.n == 0 && !from_prep(x, m, "of", &r->source)) return false;
    subtract(&r->source, &r->target);
    if (r->source.n) return true;
    bool undergoes;
    const uint32_t s = governor(x, m->clause.verb, &undergoes);
    if (s != ONR_NONE && !(undergoes && r->target.n)) {
        *(undergoes ? &r->target_how : &r->source_how) = ONRI_HOW_GOVERNOR;
        if (!onri_event_actors(x, s, false, undergoes ? &r->target : &r->source)) return false;
    }
    if (r->source.n || r->target.n == 0 || r->target_how != ONRI_HOW_FRAME ||
        x->book->types.at[m->frame->type].hostile)
        return true;
    /* "negotiations with Europe go on, they say": the speaker's */
    r->source_how = ONRI_HOW_SPEAKER;
    return say_source(x, m->clause.verb, &r->source);
}

/* ---- targets without a condition ------------------------------------------------------------ */

/* Someone named in what the trigger governs, for frames that name no target. thing: rather in
 * what is governed than that itself ("pledged troops"). */
static bool target_inside(const onri_event_ctx *x, uint32_t filler, bool thing, onri_ref_vec *out)
{
    const onr_token *t = x->parse->tokens;
    if (t[filler].pos == ONR_POS_VERB || t[filler].pos == ONR_POS_AUX) {
        const onri_clause c = onri_event_clause(x, filler);
        if (t[filler].dep == ONR_DEP_CCOMP && c.subject != ONR_NONE &&
            !onri_event_actors(x, c.subject, false, out))
            return false;
        if (out->n == 0 && !onri_event_actors(x, c.object, true, out)) return false;
    } else if (!thing && !onri_event_actors(x, filler, true, out))
        return false;
    for (uint32_t i = t[filler].l_edge; i <= t[filler].r_edge && out->n == 0; i++)
        if (t[i].dep == ONR_DEP_POBJ || t[i].dep == ONR_DEP_DOBJ || t[i].dep == ONR_DEP_POSS)
            if (!onri_event_actors(x, i, true, out)) return false;
    return true;
}

/* Does the token belong to the trigger's own clause, not to one inside it? */
static bool same_clause(const onri_event_ctx *x, uint32_t tok, uint32_t trigger)
{
    const onr_token *t = x->parse->tokens;
    for (int step = 0; step < 16 && tok != trigger; step++) {
        if (t[tok].dep == ONR_DEP_RELCL || (t[tok].dep == ONR_DEP_CONJ && t[tok].head == trigger) ||
            t[tok].head == tok)
            return false;
        tok = t[tok].head;
    }
    return tok == trigger;
}

/* "according to Kyiv", "since the Israelis left": no party to the event. */
static bool is_aside(const onri_event_ctx *x, uint32_t tok)
{
    static const char *const words[] = { "by",      "since",   "before", "after", "during",
                                         "until",   "as",      "than",   "like",  "despite",
                                         "because", "through", "per",    "via" };
    const onr_token *t = x->parse->tokens;
    const uint32_t p = t[tok].head;
    if (t[tok].dep != ONR_DEP_POBJ) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (onri_eqz(t[p].lower, words[i])) return true;
    return onri_eqz(t[t[p].head].lower, "according");
}

/* The nearest actor after the trigger within its clause, when no condition names the target. */
static bool target_nearby(const onri_event_ctx *x, const onri_event_hit *m, onri_event_roles *r)
{
    const onr_token *t = x->parse->tokens;
    const uint32_t v = m->clause.verb;
    for (uint32_t i = v + 1; i <= t[v].r_edge && r->target.n == 0; i++) {
        const uint32_t e = x->view.entity_at[i];
        if (e == ONR_NONE || t[i].dep == ONR_DEP_NSUBJ || t[i].dep == ONR_DEP_COMPOUND) continue;
        bool quiet = false;
        for (uint8_t k = 0; k < m->frame->n_conds; k++)
            quiet = quiet || (m->frame->conds[k].role & ONRI_ROLE_QUIET && m->filler[k] == i);
        if (quiet || !onri_is_actor_type(x->d->entities.at[e].type) || is_aside(x, i) ||
            !same_clause(x, i, v))
            continue;
        if (!onri_event_actors(x, i, false, &r->target)) return false;
        subtract(&r->target, &r->source);
    }
    if (r->target.n) r->target_how = ONRI_HOW_NEARBY;
    return true;
}

/* ---- things named before -------------------------------------------------------------------- */

static bool is_definite(const onri_event_ctx *x, uint32_t noun)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, noun)
        if (t[c].dep == ONR_DEP_DET && !onri_eqz(t[c].lower, "a") && !onri_eqz(t[c].lower, "an") &&
            !onri_eqz(t[c].lower, "no") && !onri_eqz(t[c].lower, "any"))
            return true;
    return false;
}

/* Who passed the resolution, fired the missile, made the offer. */
static bool maker(const onri_event_ctx *x, uint32_t noun, onri_ref_vec *out)
{
    const onr_token *t = x->parse->tokens;
    const uint32_t v = t[noun].head;
    if (t[v].pos != ONR_POS_VERB || !onri_event_in_set(x, v, x->book->making) ||
        (t[noun].dep != ONR_DEP_DOBJ && t[noun].dep != ONR_DEP_NSUBJPASS))
        return true;
    const onri_clause c = onri_event_clause(x, v);
    return onri_event_actors(x, c.passive ? c.agent : c.subject, true, out);
}

/* The owner or maker of a thing, by its last mention that has one. */
static bool owner(const onri_event_ctx *x, uint32_t noun, onri_ref_vec *out)
{
    const onr_token *t = x->parse->tokens;
    if (!is_noun(&t[noun]) || x->lemma[noun] == ONR_NONE || onri_event_entity(x, noun) != ONR_NONE)
        return true;
    if (!maker(x, noun, out)) return false;
    if (out->n || !is_definite(x, noun)) return true;
    const uint32_t stop = noun > THING_BACK ? noun - THING_BACK : 0;
    for (uint32_t i = noun; i-- > stop && out->n == 0;) {
        if (x->lemma[i] != x->lemma[noun] || !is_noun(&t[i])) continue;
        if (!onri_event_actors(x, i, true, out) || (out->n == 0 && !maker(x, i, out))) return false;
    }
    return true;
}

static bool may_hold_target(const onri_frame_cond *c)
{
    return c->slot != ONRI_SLOT_SUBJ && c->slot != ONRI_SLOT_NO_OBJ && c->slot != ONRI_SLOT_PART &&
           c->slot != ONRI_SLOT_WORD && c->slot != ONRI_SLOT_ADJ && c->slot != ONRI_SLOT_SAY &&
           c->slot != ONRI_SLOT_NO_TO && c->slot != ONRI_SLOT_PASSIVE &&
           !(c->role & (ONRI_ROLE_SOURCE | ONRI_ROLE_QUIET));
}

static bool target_of_thing(const onri_event_ctx *x, const onri_event_hit *m, onri_event_roles *r)
{
    for (uint8_t k = 0; k < m->frame->n_conds && r->target.n == 0; k++) {
        if (!may_hold_target(&m->frame->conds[k])) continue;
        if (!owner(x, m->filler[k], &r->target)) return false;
        subtract(&r->target, &r->source);
    }
    if (r->target.n) r->target_how = ONRI_HOW_THING;
    return true;
}

/* ---- together ------------------------------------------------------------------------------- */

static bool from_frame(const onri_event_ctx *x, const onri_event_hit *m, onri_event_roles *r)
{
    const onri_frame *f = m->frame;
    for (uint8_t k = 0; k < f->n_conds; k++) {
        const onri_frame_cond *c = &f->conds[k];
        if (c->slot == ONRI_SLOT_SAY) {
            r->source_how = ONRI_HOW_SPEAKER;
            if (!say_source(x, m->filler[k], &r->source)) return false;
            continue;
        }
        if (c->role & ONRI_ROLE_SOURCE && !onri_event_actors(x, m->filler[k], true, &r->source))
            return false;
        if (c->role == ONRI_ROLE_TARGET && !onri_event_actors(x, m->filler[k], true, &r->target))
            return false;
    }
    if (r->source.n && !r->source_how) r->source_how = ONRI_HOW_FRAME;
    if (r->target.n) r->target_how = ONRI_HOW_FRAME;
    return true;
}

static bool source_of(const onri_event_ctx *x, const onri_event_hit *m, onri_event_roles *r)
{
    const onr_token *t = x->parse->tokens;
    uint32_t s = ONR_NONE;
    bool passive = false;
    if (m->frame->pos == 'n') return noun_roles(x, m, r);
    if (m->frame->pos == 'v') {
        s = m->clause.passive ? m->clause.agent : m->clause.subject;
        r->source_how = m->clause.passive ? ONRI_HOW_AGENT : ONRI_HOW_SUBJECT;
    } else {
        s = m->clause.subject != ONR_NONE ? m->clause.subject
                                          : onri_event_subject(x, t[m->clause.verb].head, &passive);
        r->source_how = ONRI_HOW_SUBJECT;
    }
    if (!onri_event_actors(x, s, false, &r->source)) return false;
    if (r->source.n || s == ONR_NONE || m->frame->pos != 'v') return true;
    r->source_how = ONRI_HOW_THING;
    return owner(x, s, &r->source);
}

/* "receives aid": the subject is whom it befalls, and no doer is told. */
static bool is_subject_target(const onri_frame *f)
{
    for (uint8_t k = 0; k < f->n_conds; k++)
        if (f->conds[k].slot == ONRI_SLOT_SUBJ && f->conds[k].role == ONRI_ROLE_TARGET) return true;
    return false;
}

bool onri_event_roles_fill(const onri_event_ctx *x, const onri_event_hit *m, onri_event_roles *r)
{
    const onri_frame *f = m->frame;
    if (!from_frame(x, m, r)) return false;
    if (no_source_in(f) && !is_subject_target(f) && !source_of(x, m, r)) return false;
    if (r->source.n == 0) r->source_how = ONRI_HOW_NONE;
    subtract(&r->target, &r->source);
    if (f->reciprocal) return true;
    for (uint8_t k = 0; k < f->n_conds && r->target.n == 0; k++) {
        if (f->conds[k].role || !may_hold_target(&f->conds[k])) continue;
        const bool thing = f->conds[k].filler == ONRI_FILL_SET; /* rather whose than itself */
        if (!target_inside(x, m->filler[k], thing, &r->target) ||
            (thing && r->target.n == 0 && !target_inside(x, m->filler[k], false, &r->target)))
            return false;
        subtract(&r->target, &r->source);
        if (r->target.n) r->target_how = ONRI_HOW_INSIDE;
    }
    if (r->target.n == 0 && !target_of_thing(x, m, r)) return false;
    if (r->target.n == 0 && f->pos != 'm') return target_nearby(x, m, r);
    if (r->target.n == 0) r->target_how = ONRI_HOW_NONE;
    return true;
}
