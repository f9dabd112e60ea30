/* Who is bound. What someone says of another's future is a forecast, not a commitment, unless both
 * are of one state; an officer of a state binds it, and his "we" is that state. Source: own. Leaves
 * out: who stands behind "we" where the speaker has neither office nor state. */
#include "facts/commitment_i.h"

enum { ROLES_MAX = 64 }; /* looked at */

bool cm_first_person(const cm_ctx *x, uint32_t tok)
{
    static const char *const own[] = { "we", "i", "our", "my", "us", "me" };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (cm_is(x, tok, own[i])) return true;
    return false;
}

static bool third_person(const cm_ctx *x, uint32_t tok)
{
    static const char *const other[] = { "it", "they", "he", "she", "its", "their", "his", "her" };
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (cm_is(x, tok, other[i])) return true;
    return false;
}

/* Is one of the person's roles an office? */
static bool holds_office(const cm_ctx *x, const onr_entity *e)
{
    for (uint32_t i = 0; i < e->n_roles && i < ROLES_MAX; i++) {
        const onr_span r = e->roles[i].span;
        for (uint32_t k = onri_token_at(x->parse, r.beg);
             k < x->parse->n_tokens && x->t[k].beg < r.end; k++)
            if (cm_row(x, CM_OFFICE, k)) return true;
    }
    /* "the prime minister" without a name */
    for (uint32_t i = 0; i < e->n_mentions && i < 8; i++)
        if (e->mentions[i].kind == ONR_MENTION_NOMINAL) {
            const uint32_t k = onri_token_at(x->parse, e->mentions[i].head.beg);
            if (k < x->parse->n_tokens && cm_row(x, CM_OFFICE, k)) return true;
        }
    return false;
}

static uint32_t source_of(const cm_ctx *x, uint32_t statement)
{
    return statement == ONR_NONE ? ONR_NONE : x->d->statements.at[statement].source.entity;
}

bool cm_can_act(const cm_ctx *x, uint32_t entity, uint32_t statement)
{
    if (entity == ONR_NONE) return false;
    return onri_is_actor_type(x->d->entities.at[entity].type) || entity == source_of(x, statement);
}

bool cm_in_charge(const cm_ctx *x, uint32_t statement)
{
    const uint32_t s = source_of(x, statement);
    if (s == ONR_NONE) return false;
    const onr_entity *e = &x->d->entities.at[s];
    return e->type == ONR_ENTITY_STATE || e->type == ONR_ENTITY_ORGANIZATION ||
           e->type == ONR_ENTITY_GROUP || holds_office(x, e);
}

/* The state an officer speaks for when he says "we"; else the speaker. */
static uint32_t speakers_side(const cm_ctx *x, uint32_t source, bool plural)
{
    if (source == ONR_NONE || !plural) return source;
    const onr_entity *e = &x->d->entities.at[source];
    if (e->type != ONR_ENTITY_PERSON || e->country.n == 0 || !holds_office(x, e)) return source;
    for (uint32_t i = 0; i < x->d->entities.n; i++) {
        const onr_entity *s = &x->d->entities.at[i];
        if (s->type == ONR_ENTITY_STATE && onri_eq(s->country, e->country)) return i;
    }
    return source;
}

/* "It", said by a spokesman: the body or state whose office he holds. ONR_NONE: none is named. */
static uint32_t body_of(const cm_ctx *x, uint32_t person)
{
    const onr_entity *e = &x->d->entities.at[person];
    for (uint32_t i = 0; i < e->n_roles && i < ROLES_MAX; i++) {
        const uint32_t of = e->roles[i].of;
        if (of != ONR_NONE && of < x->d->entities.n &&
            x->d->entities.at[of].type != ONR_ENTITY_PERSON &&
            onri_is_actor_type(x->d->entities.at[of].type))
            return of;
    }
    const uint32_t side = speakers_side(x, person, true);
    return side == person ? ONR_NONE : side;
}

uint32_t cm_entity(const cm_ctx *x, uint32_t tok, uint32_t statement)
{
    const uint32_t e = x->view.entity_at[tok], source = source_of(x, statement);
    if (cm_first_person(x, tok)) {
        if (e != ONR_NONE && !onri_only_pronouns(&x->d->entities.at[e])) return e;
        const bool plural = !cm_is(x, tok, "i") && !cm_is(x, tok, "my") && !cm_is(x, tok, "me");
        const uint32_t side = speakers_side(x, source, plural);
        return side != ONR_NONE ? side : e;
    }
    if (statement == ONR_NONE || !third_person(x, tok)) return e;
    /* nobody calls himself "he" in his own words; in indirect speech he mostly is one */
    const bool direct = x->d->statements.at[statement].form == ONR_FORM_DIRECT;
    if (direct) return e == source ? ONR_NONE : e;
    if (e != ONR_NONE && !onri_only_pronouns(&x->d->entities.at[e])) return e;
    if (source == ONR_NONE) return e;
    /* "it" is no person, "he" and "she" are */
    const bool person = x->d->entities.at[source].type == ONR_ENTITY_PERSON;
    const bool it = cm_is(x, tok, "it") || cm_is(x, tok, "its");
    const bool they = cm_is(x, tok, "they") || cm_is(x, tok, "their");
    if (they || it != person) return source;
    if (!it) return ONR_NONE;
    const uint32_t body = body_of(x, source);
    /* a "person" without a role may be a party or a firm that the model took for one */
    return body == ONR_NONE && x->d->entities.at[source].n_roles == 0 ? source : body;
}

bool cm_vague(const cm_ctx *x, uint32_t tok)
{
    static const char *const nobody[] = { "nobody",  "anyone",  "anybody", "everyone", "none",
                                          "someone", "whoever", "who",     "that" };
    for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++)
        if (cm_is(x, tok, nobody[i])) return true;
    ONRI_EACH_CHILD (&x->view.tree, c, tok)
        if (x->t[c].dep == ONR_DEP_DET && cm_row(x, CM_VAGUE, c)) return true;
    return false;
}

/* Does the entity stand in these words? */
static bool names(const onr_entity *e, onr_span words)
{
    for (uint32_t i = onri_mention_from(e, words.beg);
         i < e->n_mentions && e->mentions[i].span.beg < words.end; i++)
        if (e->mentions[i].span.end <= words.end) return true;
    return false;
}

static const char *of_another(onr_statement_kind kind)
{
    switch (kind) {
    case ONR_KIND_HOPE:
    case ONR_KIND_FEAR:
    case ONR_KIND_BELIEF:
    case ONR_KIND_DESIRE:
        return "what somebody hopes, fears or believes of another";
    case ONR_KIND_ACCUSATION:
        return "what somebody accuses another of";
    case ONR_KIND_DEMAND:
    case ONR_KIND_REQUEST:
    case ONR_KIND_PROPOSAL:
        return "what somebody asks of another";
    default:
        return NULL;
    }
}

const char *cm_not_for(const cm_ctx *x, uint32_t statement, uint32_t holder)
{
    if (statement == ONR_NONE) return NULL; /* the article tells it */
    const onr_statement *s = &x->d->statements.at[statement];
    if (s->kind == ONR_KIND_DENIAL) return "it is denied";
    if (s->kind == ONR_KIND_QUESTION) return "it is asked";
    if (s->negated && s->kind != ONR_KIND_REFUSAL) return "it is not said";
    if (s->source.entity == holder) return NULL;
    const char *why = of_another(s->kind);
    if (s->source.entity == ONR_NONE) return why;
    const onr_entity *speaker = &x->d->entities.at[s->source.entity],
                     *bound = &x->d->entities.at[holder];
    if (speaker->country.n && onri_eq(speaker->country, bound->country))
        return s->kind == ONR_KIND_ACCUSATION ? why : NULL;
    if (why) return why;
    if (names(bound, s->source.span)) return NULL; /* "the Greek government", of Greece */
    /* an official of no state that is named speaks for the state he speaks of */
    if (speaker->country.n == 0 && speaker->type == ONR_ENTITY_PERSON && holds_office(x, speaker) &&
        bound->type == ONR_ENTITY_STATE)
        return NULL;
    for (uint32_t i = 0; i < speaker->n_roles && i < ROLES_MAX;
         i++) /* "the bank's chairman said the bank would" */
        if (speaker->roles[i].of == holder) return NULL;
    return s->kind == ONR_KIND_PROMISE || s->kind == ONR_KIND_INTENTION
               ? NULL
               : "said by somebody else of another's future";
}

/* ---- whose plan a noun is ------------------------------------------------------------------- */

uint32_t cm_holder_of_noun(const cm_ctx *x, uint32_t n, bool *turned, bool *over)
{
    const uint32_t h = x->t[n].head;
    const bool as_object = (x->t[n].dep == ONR_DEP_DOBJ || x->t[n].dep == ONR_DEP_ATTR ||
                            x->t[n].dep == ONR_DEP_NSUBJPASS) &&
                           cm_verb(x, h);
    const bool as_pobj = x->t[n].dep == ONR_DEP_POBJ && cm_verb(x, x->t[h].head);
    const uint32_t v = as_object ? h : as_pobj ? x->t[h].head : ONR_NONE;
    *turned = v != ONR_NONE && cm_row(x, CM_UNDOES, v);
    *over = v != ONR_NONE && cm_row(x, CM_ENDS, v);
    const uint32_t poss = onri_tree_child(&x->view.tree, n, ONR_DEP_POSS);
    if (poss != ONR_NONE) return poss;
    ONRI_EACH_CHILD (&x->view.tree, c, n) {
        if (x->t[c].dep == ONR_DEP_PREP && (cm_is(x, c, "of") || cm_is(x, c, "by"))) {
            const uint32_t p = onri_tree_child(&x->view.tree, c, ONR_DEP_POBJ);
            if (p != ONR_NONE && x->view.entity_at[p] != ONR_NONE) return p;
        }
        if ((x->t[c].dep == ONR_DEP_AMOD || x->t[c].dep == ONR_DEP_COMPOUND) &&
            cm_can_act(x, x->view.entity_at[c], ONR_NONE))
            return c;
    }
    if (as_object && x->t[n].dep != ONR_DEP_NSUBJPASS && (cm_row(x, CM_KEEPS, h) || *turned))
        return onri_tree_actor(&x->view.tree, h);
    return ONR_NONE;
}
