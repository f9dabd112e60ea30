/* Who is meant where the sentence does not say: "the resolution warns of action", "condemned the
 * release". Actors named nearby, and those the article is about, are weighed by where they stand,
 * what they are and whom the other party has to do with elsewhere; the best is taken if it is
 * likely enough. Weights: data/events/weights.tsv, fitted by tools/fit_events.py. Source: own. */
#include "facts/event_guess.h"

enum {
    BACK = 160,      /* tokens looked back over for actors */
    AHEAD = 60,      /* ... and ahead, within the sentence */
    NEAR_MAX = 8,    /* actors weighed that stand near */
    ABOUT_MAX = 3,   /* ... and that the article names most often */
    EVENTS_SEEN = 24 /* candidates looked over on both sides for who has to do with whom */
};

static const char *const names[ONRI_GUESS__COUNT] = {
    "bias",         "where=inside",   "where=before",    "where=after",     "where=prev1",
    "where=prev2",  "where=prev3",    "where=elsewhere", "nth=0",           "nth=1",
    "nth=2",        "nth=more",       "gram=subject",    "gram=object",     "gram=owner",
    "gram=other",   "type=person",    "type=state",      "type=body",       "type=group",
    "type=other",   "named=no",       "often=0",         "often=1",         "often=2",
    "often=more",   "kin=same",       "kin=other",       "kin=unknown",     "kin=no-party",
    "opposite=yes", "opposite=many",  "beside=yes",      "role-before=yes", "role-ever=yes",
    "speaker=yes",  "current=inside", "current=nearby",  "current=partner", "current=thing",
    "stem=yes",     "class=verbal",   "class=hostile",   "class=other",     "hostile-by=yes",
};

const char *onri_guess_name(onri_guess_feature f)
{
    return names[f];
}

static const float MARGIN = 1.0f; /* log odds */

typedef struct search {
    const onri_event_ctx *x;
    const onri_event_cands *all;
    uint32_t often[ABOUT_MAX]; /* the entities named most often */
} search;

static const onr_entity *entity_of(const search *s, uint32_t e)
{
    return &s->x->d->entities.at[e];
}

static bool may_act(const search *s, uint32_t e)
{
    const onr_entity *en = entity_of(s, e);
    return onri_is_actor_type(en->type) && en->type != ONR_ENTITY_NATIONALITY &&
           !onri_only_pronouns(en);
}

static void find_often(search *s)
{
    for (int k = 0; k < ABOUT_MAX; k++) {
        uint32_t best = ONR_NONE;
        for (uint32_t e = 0; e < s->x->d->entities.n; e++) {
            bool had = !may_act(s, e);
            for (int i = 0; i < k; i++) had = had || s->often[i] == e;
            if (!had &&
                (best == ONR_NONE || entity_of(s, e)->n_mentions > entity_of(s, best)->n_mentions))
                best = e;
        }
        s->often[k] = best;
    }
}

static bool has(const onri_ref_vec *v, uint32_t e)
{
    for (uint32_t i = 0; i < v->n; i++)
        if (v->at[i].entity == e) return true;
    return false;
}

static void add(onri_guess *g, onri_guess_feature f)
{
    if (g->n < ONRI_GUESS_FEATURES) g->feature[g->n++] = (uint8_t)f;
}

/* ---- features ------------------------------------------------------------------------------- */

static void look_where(const search *s, const onri_event_cand *c, onri_guess *g)
{
    const onr_token *t = s->x->parse->tokens;
    const uint32_t v = c->hit.clause.verb;
    if (g->token == ONR_NONE) {
        add(g, ONRI_GUESS_ELSEWHERE);
        return;
    }
    const uint32_t back = t[v].sent - t[g->token].sent;
    if (back == 0)
        add(g, g->token < v                                         ? ONRI_GUESS_BEFORE
               : t[v].l_edge <= g->token && g->token <= t[v].r_edge ? ONRI_GUESS_INSIDE
                                                                    : ONRI_GUESS_AFTER);
    else
        add(g, back == 1 ? ONRI_GUESS_PREV1 : back == 2 ? ONRI_GUESS_PREV2 : ONRI_GUESS_PREV3);
    switch (t[g->token].dep) {
    case ONR_DEP_NSUBJ:
    case ONR_DEP_NSUBJPASS:
        add(g, ONRI_GUESS_SUBJECT);
        break;
    case ONR_DEP_DOBJ:
    case ONR_DEP_POBJ:
    case ONR_DEP_DATIVE:
        add(g, ONRI_GUESS_OBJECT);
        break;
    case ONR_DEP_POSS:
    case ONR_DEP_AMOD:
    case ONR_DEP_COMPOUND:
        add(g, ONRI_GUESS_OWNER);
        break;
    default:
        add(g, ONRI_GUESS_GRAM_OTHER);
    }
}

static void look_what(const search *s, onri_guess *g)
{
    const onr_entity *e = entity_of(s, g->entity);
    switch (e->type) {
    case ONR_ENTITY_PERSON:
        add(g, ONRI_GUESS_PERSON);
        break;
    case ONR_ENTITY_STATE:
        add(g, ONRI_GUESS_STATE);
        break;
    case ONR_ENTITY_ORGANIZATION:
        add(g, ONRI_GUESS_BODY);
        break;
    case ONR_ENTITY_GROUP:
        add(g, ONRI_GUESS_GROUP);
        break;
    default:
        add(g, ONRI_GUESS_TYPE_OTHER);
    }
    if (!onri_has_name(e)) add(g, ONRI_GUESS_NAMELESS);
    int k = 0;
    while (k < ABOUT_MAX && s->often[k] != g->entity) k++;
    add(g, (onri_guess_feature)(ONRI_GUESS_OFTEN0 + k));
}

/* Of the same country as the other party? */
static void look_kin(const search *s, const onri_ref_vec *other, onri_guess *g)
{
    if (other->n == 0) {
        add(g, ONRI_GUESS_KIN_NO_PARTY);
        return;
    }
    const onr_sv mine = entity_of(s, g->entity)->country;
    bool same = false, unknown = mine.n == 0, known = false;
    for (uint32_t i = 0; i < other->n; i++) {
        if (other->at[i].entity == ONR_NONE) continue;
        const onr_sv his = entity_of(s, other->at[i].entity)->country;
        same = same || (his.n && onri_eq(his, mine));
        known = known || his.n;
    }
    unknown = unknown || !known;
    add(g, unknown ? ONRI_GUESS_KIN_UNKNOWN : same ? ONRI_GUESS_KIN_SAME : ONRI_GUESS_KIN_OTHER);
}

static bool is_told(onri_role_how how)
{
    return how == ONRI_HOW_FRAME || how == ONRI_HOW_SUBJECT || how == ONRI_HOW_AGENT ||
           how == ONRI_HOW_OWNER;
}

/* What it does in the other events around. */
static void look_events(const search *s, uint32_t i, bool target, const onri_ref_vec *other,
                        onri_guess *g)
{
    const onri_event_cand *me = &s->all->at[i];
    const uint32_t from = i > EVENTS_SEEN ? i - EVENTS_SEEN : 0,
                   to = i + EVENTS_SEEN < s->all->n ? i + EVENTS_SEEN : s->all->n;
    uint32_t opposite = 0;
    bool beside = false, before = false, ever = false, hostile = false;
    for (uint32_t k = from; k < to; k++) {
        const onri_event_roles *r = &s->all->at[k].roles;
        if (k == i || !is_told(r->source_how)) continue;
        const bool told = r->target.n && r->target_how == ONRI_HOW_FRAME;
        for (uint32_t o = 0; o < other->n; o++) {
            const uint32_t e = other->at[o].entity;
            if (e == ONR_NONE) continue;
            if (told && ((has(&r->source, e) && has(&r->target, g->entity)) ||
                         (has(&r->target, e) && has(&r->source, g->entity))))
                opposite++;
            beside = beside || (has(&r->source, e) && has(&r->source, g->entity));
        }
        const bool there = target ? told && has(&r->target, g->entity) : has(&r->source, g->entity);
        ever = ever || there;
        before = before || (there && k < i && i - k <= 3 &&
                            s->all->at[k].hit.frame->type == me->hit.frame->type);
        hostile = hostile || (s->x->book->types.at[s->all->at[k].hit.frame->type].hostile &&
                              has(target ? &r->source : &r->target, g->entity));
    }
    if (opposite) add(g, ONRI_GUESS_OPPOSITE);
    if (opposite > 1) add(g, ONRI_GUESS_OPPOSITE_MANY);
    if (beside) add(g, ONRI_GUESS_BESIDE);
    if (before) add(g, ONRI_GUESS_ROLE_BEFORE);
    if (ever) add(g, ONRI_GUESS_ROLE_EVER);
    if (hostile) add(g, ONRI_GUESS_HOSTILE_BY);
}

/* Two words of one stem: "release" and "released", "closure" and "close". */
static bool one_stem(onr_sv a, onr_sv b)
{
    const size_t least = a.n < b.n ? a.n : b.n;
    size_t n = 0;
    if (least < 4) return false;
    while (n < least && a.p[n] == b.p[n]) n++;
    return n + 2 >= least && n >= 4;
}

/* "condemned the closure": did it close something before? */
static void look_stem(const search *s, const onri_event_cand *c, onri_guess *g)
{
    const onr_token *t = s->x->parse->tokens;
    for (uint8_t k = 0; k < c->hit.frame->n_conds; k++) {
        const uint32_t f = c->hit.filler[k];
        if (t[f].pos != ONR_POS_NOUN || f == c->hit.clause.verb) continue;
        const uint32_t stop = f > 4 * BACK ? f - 4 * BACK : 0;
        for (uint32_t i = f; i-- > stop;) {
            if ((t[i].pos != ONR_POS_VERB && t[i].pos != ONR_POS_NOUN) ||
                !one_stem(t[f].lemma, t[i].lemma))
                continue;
            bool passive = false;
            uint32_t who =
                t[i].pos == ONR_POS_VERB ? onri_event_subject(s->x, i, &passive) : ONR_NONE;
            if (passive) who = onri_tree_agent(&s->x->view.tree, i);
            if (who != ONR_NONE && onri_event_entity(s->x, who) == g->entity) {
                add(g, ONRI_GUESS_STEM);
                return;
            }
            ONRI_EACH_CHILD (&s->x->view.tree, p, i)
                if (t[i].pos == ONR_POS_NOUN &&
                    (t[p].dep == ONR_DEP_POSS || t[p].dep == ONR_DEP_AMOD) &&
                    onri_event_entity(s->x, p) == g->entity) {
                    add(g, ONRI_GUESS_STEM);
                    return;
                }
        }
    }
}

static void look_current(const onri_event_cand *c, bool target, onri_guess *g)
{
    if (!target || !has(&c->roles.target, g->entity)) return;
    switch (c->roles.target_how) {
    case ONRI_HOW_INSIDE:
        add(g, ONRI_GUESS_CURRENT_INSIDE);
        break;
    case ONRI_HOW_NEARBY:
        add(g, ONRI_GUESS_CURRENT_NEARBY);
        break;
    case ONRI_HOW_PARTNER:
        add(g, ONRI_GUESS_CURRENT_PARTNER);
        break;
    default:
        add(g, ONRI_GUESS_CURRENT_THING);
    }
}

static void weigh(const search *s, uint32_t i, bool target, uint32_t nth, onri_guess *g)
{
    const onri_event_cand *c = &s->all->at[i];
    const onri_ref_vec *other = target ? &c->roles.source : &c->roles.target;
    const onri_type_row *type = &s->x->book->types.at[c->hit.frame->type];
    add(g, ONRI_GUESS_BIAS);
    add(g, type->hostile  ? ONRI_GUESS_CLASS_HOSTILE
           : type->verbal ? ONRI_GUESS_CLASS_VERBAL
                          : ONRI_GUESS_CLASS_OTHER);
    if (g->token != ONR_NONE) add(g, (onri_guess_feature)(ONRI_GUESS_NTH0 + (nth < 3 ? nth : 3)));
    look_where(s, c, g);
    look_what(s, g);
    look_kin(s, other, g);
    look_events(s, i, target, other, g);
    look_stem(s, c, g);
    look_current(c, target, g);
    const uint32_t st = onri_statement_at(s->x->d, s->x->parse->tokens[c->hit.clause.verb].beg);
    if (st != ONR_NONE && s->x->d->statements.at[st].source.entity == g->entity)
        add(g, ONRI_GUESS_SPEAKER);
    g->z = 0;
    for (uint8_t k = 0; k < g->n; k++) g->z += s->x->book->guess[target][g->feature[k]];
}

/* ---- the search ----------------------------------------------------------------------------- */

/* Appends the entity at the token if it is new and may be meant. */
static void consider(const search *s, const onri_event_cand *c, bool target, uint32_t e,
                     uint32_t token, onri_guess *out, uint32_t *n)
{
    if (e == ONR_NONE || *n == NEAR_MAX + ABOUT_MAX || !may_act(s, e)) return;
    if (has(&c->roles.source, e) || (!target && has(&c->roles.target, e))) return;
    for (uint32_t i = 0; i < *n; i++)
        if (out[i].entity == e) return;
    out[(*n)++] = (onri_guess){ .entity = e, .token = token };
}

static uint32_t collect(const search *s, const onri_event_cand *c, bool target, onri_guess *out)
{
    const onr_token *t = s->x->parse->tokens;
    const uint32_t v = c->hit.clause.verb, stop = v > BACK ? v - BACK : 0;
    const uint32_t end = s->x->parse->sentences[t[v].sent].end;
    uint32_t n = 0;
    for (uint32_t i = v + 1; i < end && i < v + AHEAD && n < NEAR_MAX / 2; i++)
        consider(s, c, target, s->x->view.entity_at[i], i, out, &n);
    for (uint32_t i = v; i-- > stop && n < NEAR_MAX;)
        consider(s, c, target, s->x->view.entity_at[i], i, out, &n);
    for (int k = 0; k < ABOUT_MAX; k++) consider(s, c, target, s->often[k], ONR_NONE, out, &n);
    return n;
}

static bool is_open(const search *s, const onri_event_cand *c, bool target)
{
    const onri_event_roles *r = &c->roles;
    if (c->same != ONR_NONE || c->hit.frame->scheme) return false;
    if (!target) return r->source.n == 0;
    if (c->hit.frame->reciprocal || r->source.n == 0) return false;
    for (uint8_t k = 0; k < c->hit.frame->n_conds; k++)
        if (c->hit.frame->conds[k].role == (ONRI_ROLE_SOURCE | ONRI_ROLE_TARGET)) return false;
    if (r->target.n == 0) return true;
    if (r->target_how == ONRI_HOW_NEARBY || r->target_how == ONRI_HOW_PARTNER ||
        r->target_how == ONRI_HOW_INSIDE)
        return true;
    if (r->target_how != ONRI_HOW_FRAME && r->target_how != ONRI_HOW_INSIDE) return false;
    for (uint32_t i = 0; i < r->target.n; i++) /* a thing without a name stands there */
        if (r->target.at[i].entity == ONR_NONE ||
            onri_is_actor_type(entity_of(s, r->target.at[i].entity)->type) ||
            onri_has_name(entity_of(s, r->target.at[i].entity)))
            return false;
    return c->hit.frame->type < s->x->book->types.n &&
           s->x->book->types.at[c->hit.frame->type].verbal;
}

/* Is the likeliest so much likelier than whom grammar took? */
static bool beats(const onri_event_cand *c, bool target, const onri_guess *best,
                  const onri_guess *found, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++)
        if (target && has(&c->roles.target, found[k].entity) && best->z - found[k].z < MARGIN)
            return false;
    return true;
}

static bool settle(const search *s, onri_event_cand *c, bool target, const onri_guess *g)
{
    onri_ref_vec *to = target ? &c->roles.target : &c->roles.source;
    const onr_entity *e = entity_of(s, g->entity);
    if (has(to, g->entity)) return true; /* what grammar thought */
    to->n = 0;
    onr_ref *slot = ONRI_PUSH(s->x->tmp, to);
    if (!slot) return false;
    const uint32_t m = g->token == ONR_NONE ? 0 : s->x->view.mention_at[g->token];
    *slot = (onr_ref){ g->entity, e->mentions[m].span };
    *(target ? &c->roles.target_how : &c->roles.source_how) = ONRI_HOW_GUESS;
    return true;
}

bool onri_event_guess(const onri_event_ctx *x, onri_event_cands *all,
                      const onri_event_listener *ear)
{
    search s = { .x = x, .all = all };
    onri_guess found[NEAR_MAX + ABOUT_MAX];
    find_often(&s);
    for (uint32_t i = 0; i < all->n; i++)
        for (int target = 0; target < 2; target++) {
            onri_event_cand *c = &all->at[i];
            if (!is_open(&s, c, target)) continue;
            if (c->lost && !(ear && ear->bare)) continue; /* a guess makes no event */
            const uint32_t n = collect(&s, c, target, found);
            const onri_guess *best = NULL;
            for (uint32_t k = 0; k < n; k++) {
                weigh(&s, i, target, k, &found[k]);
                if (!best || found[k].z > best->z) best = &found[k];
            }
            if (ear && ear->guess) ear->guess(ear->arg, x, i, target, found, n);
            if (ear && ear->bare) continue;
            if (best && best->z >= x->book->guess_least[target] &&
                beats(c, target, best, found, n) && !settle(&s, c, target, best))
                return false;
        }
    return true;
}
