/* Clusters of mentions: union-find with what is known of each, agreement and hard vetoes.
 *
 * Source: own; the order of passes and the vetoes follow the multi-pass sieve of Raghunathan et al.
 * 2010 and Lee et al. 2013. Leaves out: the passes themselves. */
#include "facts/actor.h"

uint32_t onri_root(const onri_cast *c, uint32_t mention)
{
    onri_cand *at = c->m->at.at;
    while (at[mention].up != mention) {
        at[mention].up = at[at[mention].up].up;
        mention = at[mention].up;
    }
    return mention;
}

onri_cluster *onri_cluster_of(const onri_cast *c, uint32_t mention)
{
    return &c->of[onri_root(c, mention)];
}

bool onri_is_person(onr_entity_type t)
{
    return t == ONR_ENTITY_PERSON;
}

bool onri_is_body(onr_entity_type t)
{
    return t == ONR_ENTITY_ORGANIZATION || t == ONR_ENTITY_MEDIUM || t == ONR_ENTITY_STATE ||
           t == ONR_ENTITY_GROUP;
}

bool onri_is_place(onr_entity_type t)
{
    return t == ONR_ENTITY_PLACE || t == ONR_ENTITY_FACILITY || t == ONR_ENTITY_STATE;
}

onr_entity_type onri_cluster_type(const onri_cluster *k)
{
    onr_entity_type best = ONR_ENTITY_OTHER;
    uint32_t most = 0;
    for (unsigned t = 0; t < ONR_ENTITY__COUNT; t++) {
        if (t != ONR_ENTITY_OTHER && k->vote[t] > most) {
            most = k->vote[t];
            best = (onr_entity_type)t;
        }
    }
    return best;
}

uint8_t onri_cluster_gender(const onri_cluster *k)
{
    return k->male > k->female ? 'm' : k->female > k->male ? 'f' : 0;
}

bool onri_cluster_plural(const onri_cluster *k)
{
    return k->plural > k->singular;
}

static uint32_t weight_of(const onri_cand *m)
{
    if (m->type == ONR_ENTITY_OTHER) return 0;
    if (m->entry != ONR_NONE && m->kind != ONR_MENTION_PRONOUN) return 100;
    switch (m->kind) {
    case ONR_MENTION_NAME:
        return m->sure ? 12 : 6;
    case ONR_MENTION_NOMINAL:
        return m->sure ? 3 : 2;
    default:
        return m->pronoun == ONRI_PRON_HE || m->pronoun == ONRI_PRON_SHE ? 4 : 1;
    }
}

static void cluster_init(onri_cast *c, uint32_t i)
{
    const onri_cand *m = &c->m->at.at[i];
    onri_cluster *k = &c->of[i];
    *k = (onri_cluster){ .n = 1,
                         .first = i,
                         .last = i,
                         .full = ONR_NONE,
                         .pair = m->pair ? i : ONR_NONE,
                         .entry = m->entry,
                         .country = m->country,
                         .role = ONR_NONE,
                         .last_role = ONR_NONE };
    k->vote[m->type] = weight_of(m);
    k->names = m->kind == ONR_MENTION_NAME;
    k->adjectives = m->kind == ONR_MENTION_ADJECTIVE;
    k->male = m->gender == 'm';
    k->female = m->gender == 'f';
    if (m->number == ONRI_PLURAL) k->plural = 1;
    if (m->number == ONRI_SINGULAR) k->singular = 1;
    if (m->kind == ONR_MENTION_NAME) {
        k->full = i;
        k->full_words = m->name_end - m->name_beg;
    }
    if (m->kind == ONR_MENTION_NOMINAL && m->noun && m->noun->use == ONRI_USE_OFFICE)
        k->office = m->noun;
}

onr_status onri_cast_make(onri_cast *c, onri_mentions *m, onr_error *err)
{
    *c = (onri_cast){ .m = m };
    onri_map_init(&c->by_key, m->mem);
    c->of = ONRI_NEW_N(m->mem, (size_t)m->at.n + 1, onri_cluster);
    if (!c->of) return onri_fail_mem(err, m->mem, "actors");
    for (uint32_t i = 0; i < m->at.n; i++) cluster_init(c, i);
    return ONR_OK;
}

bool onri_join(onri_cast *c, uint32_t later, uint32_t earlier, const char *rule, float p)
{
    const uint32_t b = onri_root(c, later), a = onri_root(c, earlier);
    onri_cand *at = c->m->at.at;
    if (a == b) return false;
    onri_cluster *x = &c->of[a], *y = &c->of[b];
    at[later].rule = rule;
    at[later].p = p;
    at[later].join = earlier;
    at[b].up = a;
    x->n += y->n;
    x->names += y->names;
    x->adjectives += y->adjectives;
    if (y->first < x->first) x->first = y->first;
    if (y->last > x->last) x->last = y->last;
    if (y->full != ONR_NONE && (x->full == ONR_NONE || y->full_words > x->full_words)) {
        x->full = y->full;
        x->full_words = y->full_words;
    }
    if (x->pair == ONR_NONE) x->pair = y->pair;
    if (x->entry == ONR_NONE) x->entry = y->entry;
    if (x->country == ONR_NONE) x->country = y->country;
    if (!x->office) x->office = y->office;
    for (unsigned t = 0; t < ONR_ENTITY__COUNT; t++) x->vote[t] += y->vote[t];
    x->male += y->male;
    x->female += y->female;
    x->singular += y->singular;
    x->plural += y->plural;
    if (y->role != ONR_NONE) {
        if (x->role == ONR_NONE)
            x->role = y->role;
        else
            c->roles.at[x->last_role].next = y->role;
        x->last_role = y->last_role;
    }
    return true;
}

/* ---- agreement ------------------------------------------------------------------------------ */

static bool types_agree(onr_entity_type a, onr_entity_type b)
{
    if (a == b || a == ONR_ENTITY_OTHER || b == ONR_ENTITY_OTHER) return true;
    if (onri_is_person(a) || onri_is_person(b)) return false;
    if (a == ONR_ENTITY_LAW || b == ONR_ENTITY_LAW || a == ONR_ENTITY_EVENT ||
        b == ONR_ENTITY_EVENT)
        return false;
    if (onri_is_body(a) && onri_is_body(b)) return true;
    if (onri_is_place(a) && onri_is_place(b)) return true;
    /* an organization and a place of one name: sm mixes them up */
    return true;
}

/* Two persons' full names that cannot be one man's: other last names, or other first names. */
static bool names_clash(const onri_cast *c, const onri_cluster *a, const onri_cluster *b)
{
    if (a->full == ONR_NONE || b->full == ONR_NONE) return false;
    if (a->full_words < 2 || b->full_words < 2) return false;
    const onri_cand *x = &c->m->at.at[a->full], *y = &c->m->at.at[b->full];
    const onr_parse *p = c->m->parse;
    const onr_sv xl = p->tokens[x->name_end - 1].lower, yl = p->tokens[y->name_end - 1].lower;
    const onr_sv xf = p->tokens[x->name_beg].lower, yf = p->tokens[y->name_beg].lower;
    if (!onri_eq(xl, yl)) return !onri_eq(xf, yf);
    if (onri_eq(xf, yf)) return false;
    /* an initial, or a middle name left out */
    if (xf.n && yf.n && xf.p[0] == yf.p[0] && (xf.n <= 2 || yf.n <= 2)) return false;
    for (uint32_t i = x->name_beg; i < x->name_end; i++) {
        if (onri_eq(p->tokens[i].lower, yf)) return false;
    }
    for (uint32_t i = y->name_beg; i < y->name_end; i++) {
        if (onri_eq(p->tokens[i].lower, xf)) return false;
    }
    return true;
}

bool onri_compatible(const onri_cast *c, uint32_t a, uint32_t b)
{
    const onri_cluster *x = onri_cluster_of(c, a), *y = onri_cluster_of(c, b);
    if (x == y) return true;
    const onr_entity_type tx = onri_cluster_type(x), ty = onri_cluster_type(y);
    if (!types_agree(tx, ty)) return false;
    const uint8_t gx = onri_cluster_gender(x), gy = onri_cluster_gender(y);
    if (gx && gy && gx != gy) return false;
    if (x->entry != ONR_NONE && y->entry != ONR_NONE && x->entry != y->entry) return false;
    if (onri_is_person(tx) || onri_is_person(ty)) return !names_clash(c, x, y);
    return true;
}

bool onri_barred(const onri_cast *c, uint32_t a, uint32_t b)
{
    const onri_cand *x = &c->m->at.at[a], *y = &c->m->at.at[b];
    const onr_parse *p = c->m->parse;
    if (x->beg <= y->beg && y->end <= x->end) return true;
    if (y->beg <= x->beg && x->end <= y->end) return true;
    const onr_token *s = &p->tokens[x->head], *t = &p->tokens[y->head];
    /* two of one enumeration */
    if (s->dep == ONR_DEP_CONJ && s->head == y->head) return true;
    if (t->dep == ONR_DEP_CONJ && t->head == x->head) return true;
    return false;
}

/* ---- countries ------------------------------------------------------------------------------ */

uint32_t onri_country_of(const onri_cast *c, uint32_t mention)
{
    const onri_cand *m = &c->m->at.at[mention];
    const onri_actor_knowledge *k = c->m->know;
    uint32_t found = ONR_NONE;
    for (uint32_t i = m->beg; i < m->end; i++) {
        const uint32_t inner = c->m->by_head[i];
        if (inner == ONR_NONE || inner == mention) continue;
        const onri_cand *in = &c->m->at.at[inner];
        if (in->entry == ONR_NONE || in->beg < m->beg || in->end > m->end) continue;
        const onri_actor_entry *e = &k->entries.at[in->entry];
        if (e->type == ONR_ENTITY_STATE) {
            if (found == ONR_NONE) found = in->entry;
        } else if (e->country.n && found == ONR_NONE) {
            found = onri_actor_state(k, e->country);
        }
        if (i > m->head + 3) break;
    }
    return found;
}
