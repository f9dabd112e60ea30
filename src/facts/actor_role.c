/* Roles: appositions, predicates and titles that say what somebody is, and of whom.
 *
 * Source: own. Every role phrase is kept with its span; the passes over nominals look people up by
 * them. Leaves out: joining later nominals (actor_nominal.c). */
#include "facts/actor.h"

static bool person_noun(const onri_cand *m)
{
    return m->kind == ONR_MENTION_NOMINAL && m->noun && m->noun->type == ONR_ENTITY_PERSON &&
           m->number != ONRI_PLURAL;
}

static bool person_cluster(const onri_cast *c, uint32_t i)
{
    const onr_entity_type t = onri_cluster_type(onri_cluster_of(c, i));
    return t == ONR_ENTITY_PERSON || t == ONR_ENTITY_OTHER;
}

static void role_add(onri_cast *c, uint32_t mention, uint32_t beg, uint32_t end, uint32_t head,
                     uint32_t country, const char *rule)
{
    onri_role_seen *r = ONRI_PUSH(c->m->mem, &c->roles);
    if (!r) {
        c->failed = true;
        return;
    }
    *r = (onri_role_seen){ beg, end, head, mention, country, ONR_NONE, ONR_NONE, rule };
    const uint32_t id = c->roles.n - 1;
    onri_cluster *k = onri_cluster_of(c, mention);
    if (k->role == ONR_NONE)
        k->role = id;
    else
        c->roles.at[k->last_role].next = id;
    k->last_role = id;
    const onri_head_noun *h = onri_token_head_noun(c->m, head);
    if (h && !k->office) k->office = h;
    if (h && h->gender == 'm') k->male++;
    if (h && h->gender == 'f') k->female++;
    if (k->country == ONR_NONE) k->country = country;
}

/* ---- apposition and predicate ------------------------------------------------------------------
 */

static bool can_describe(const onri_cast *c, uint32_t name, uint32_t nominal)
{
    const onri_cand *n = &c->m->at.at[name], *d = &c->m->at.at[nominal];
    if (d->kind != ONR_MENTION_NOMINAL) return false;
    if (n->kind == ONR_MENTION_PRONOUN) return false;
    if (n->kind == ONR_MENTION_ADJECTIVE || n->modifier) return false;
    if (onri_barred(c, name, nominal)) {
        const bool nested =
            (n->beg <= d->beg && d->end <= n->end) || (d->beg <= n->beg && n->end <= d->end);
        if (nested) return false;
    }
    const onr_entity_type t = onri_cluster_type(onri_cluster_of(c, name));
    if (d->type == ONR_ENTITY_OTHER) return false;
    if (t == ONR_ENTITY_PERSON) return d->type == ONR_ENTITY_PERSON && d->number != ONRI_PLURAL;
    if (t == ONR_ENTITY_OTHER) return true;
    return onri_compatible(c, name, nominal);
}

/* A short role right before a name is a part of the name's phrase, no mention of its own. */
static void absorb(onri_cast *c, uint32_t role, uint32_t name)
{
    enum { ROLE_TOKENS_MAX = 8 };
    onri_cand *m = &c->m->at.at[role], *n = &c->m->at.at[name];
    const bool comma = n->beg > m->end;
    if (m->det == ONRI_DET_POSS || m->end - m->beg > ROLE_TOKENS_MAX ||
        (comma && m->det != ONRI_DET_NONE))
        return;
    m->absorbed = true;
    n->beg = m->beg;
}

static void appositions(onri_cast *c)
{
    const onr_parse *p = c->m->parse;
    for (uint32_t i = 0; i < c->m->at.n; i++) {
        const onri_cand *m = &c->m->at.at[i];
        const onr_token *t = &p->tokens[m->head];
        uint32_t other = ONR_NONE;
        if (t->dep == ONR_DEP_APPOS) other = c->m->by_head[t->head];
        if (m->told && other != ONR_NONE && c->m->at.at[other].end == m->beg)
            other = ONR_NONE; /* a larger phrase that ends here described him */
        if (other != ONR_NONE && other != i) {
            if (can_describe(c, other, i)) {
                onri_join(c, i, other, "apposition", 0.82f);
            } else if (can_describe(c, i, other)) {
                onri_join(c, i, other, "apposition", 0.82f);
            }
        }
        if (m->kind != ONR_MENTION_NOMINAL || m->type == ONR_ENTITY_OTHER) continue;
        /* "..., the adviser on X of Y Ali Akbar Velayati", "leader of the LDPR Vladimir Z." */
        for (uint32_t k = i + 1; k < c->m->at.n && c->m->at.at[k].beg <= m->end + 1; k++) {
            const onri_cand *n = &c->m->at.at[k];
            if (n->kind != ONR_MENTION_NAME || n->modifier) continue;
            const bool touch = n->beg == m->end;
            const bool comma = n->beg == m->end + 1 && m->end < p->n_tokens &&
                               p->tokens[m->end].tag == ONR_TAG_COMMA;
            if (!touch && !comma) continue;
            if (p->tokens[n->head].sent != t->sent) continue;
            if (comma) { /* "the minister, John X, said": only where it closes again */
                const bool closes = n->end < p->n_tokens && p->tokens[n->end].pos == ONR_POS_PUNCT;
                const bool title = m->noun && m->noun->use == ONRI_USE_OFFICE;
                if (!closes || !title || t->dep == ONR_DEP_CONJ ||
                    p->tokens[n->head].dep == ONR_DEP_CONJ)
                    continue;
            }
            if (!person_noun(m) || n->type != ONR_ENTITY_PERSON || !person_cluster(c, k)) continue;
            if (n->told || !onri_join(c, i, k, "role", 0.9f)) continue;
            c->m->at.at[k].told = true;
            absorb(c, i, k);
        }
        /* "Dmitry Peskov, the presidential press secretary," where the parser lost it */
        if (m->beg >= 2 && p->tokens[m->beg - 1].tag == ONR_TAG_COMMA && person_noun(m) &&
            (m->det == ONRI_DET_THE || m->det == ONRI_DET_A || m->noun->use == ONRI_USE_OFFICE) &&
            t->dep != ONR_DEP_NSUBJ && t->dep != ONR_DEP_CONJ) {
            for (uint32_t k = i; k-- > 0 && i - k < 5;) {
                const onri_cand *n = &c->m->at.at[k];
                const bool ends = m->end >= p->n_tokens || p->tokens[m->end].pos == ONR_POS_PUNCT ||
                                  p->tokens[m->end].sent != t->sent;
                if (n->end == m->beg - 1 && n->kind == ONR_MENTION_NAME && !n->modifier && ends &&
                    n->sent == m->sent && n->type == ONR_ENTITY_PERSON && can_describe(c, k, i)) {
                    onri_join(c, i, k, "apposition", 0.8f);
                    break;
                }
            }
        }
    }
}

/* The verb that a phrase is a predicate of: "X is a lawyer", "X served as a lawyer"; ONR_NONE. */
static uint32_t predicate_verb(const onr_parse *p, const onr_token *t)
{
    const onr_token *up = &p->tokens[t->head];
    if (t->dep == ONR_DEP_ATTR) {
        const bool be = onri_eqz(up->lemma, "be") || onri_eqz(up->lemma, "become") ||
                        onri_eqz(up->lemma, "remain");
        return be ? t->head : ONR_NONE;
    }
    if (t->dep != ONR_DEP_POBJ || !onri_eqz(up->lower, "as")) return ONR_NONE;
    return p->tokens[up->head].pos == ONR_POS_VERB ? up->head : ONR_NONE;
}

static void predicates(onri_cast *c)
{
    const onr_parse *p = c->m->parse;
    for (uint32_t i = 0; i < c->m->at.n; i++) {
        const onri_cand *m = &c->m->at.at[i];
        const onr_token *t = &p->tokens[m->head];
        const uint32_t at = m->kind == ONR_MENTION_NOMINAL ? predicate_verb(p, t) : ONR_NONE;
        if (at == ONR_NONE) continue;
        const onr_token *v = &p->tokens[at];
        const bool as = t->dep == ONR_DEP_POBJ; /* of an object: "named X as chairman" */
        bool denied = false;
        uint32_t subject = ONR_NONE;
        for (uint32_t k = v->l_edge; k <= v->r_edge && k < p->n_tokens; k++) {
            if (p->tokens[k].head != at) continue;
            if (p->tokens[k].dep == ONR_DEP_NEG) denied = true;
            if (p->tokens[k].dep == ONR_DEP_NSUBJ && k < m->head) subject = c->m->by_head[k];
            if (p->tokens[k].tag == ONR_TAG_MD) denied = true;
            if (as && p->tokens[k].dep == ONR_DEP_DOBJ && onri_token_upper(p, k)) denied = true;
        }
        if (subject == ONR_NONE || subject == i || denied) continue;
        const onri_cand *s = &c->m->at.at[subject];
        const bool he = s->pronoun == ONRI_PRON_HE || s->pronoun == ONRI_PRON_SHE ||
                        s->pronoun == ONRI_PRON_I; /* "he is a lawyer" */
        if (he ? person_noun(m) && (!s->gender || !m->gender || s->gender == m->gender)
               : can_describe(c, subject, i))
            onri_join(c, i, subject, "predicate", 0.88f);
    }
}

void onri_pass_apposition(onri_cast *c)
{
    appositions(c);
    predicates(c);
}

/* ---- role phrases ------------------------------------------------------------------------------
 */

/* The last person noun of the words before a name. */
static uint32_t role_head(const onri_cast *c, uint32_t beg, uint32_t end)
{
    uint32_t found = ONR_NONE;
    for (uint32_t i = beg; i < end; i++) {
        const onr_token *t = &c->m->parse->tokens[i];
        if (t->pos != ONR_POS_NOUN && t->pos != ONR_POS_PROPN && t->pos != ONR_POS_ADJ) continue;
        if (c->m->in_name[i] && t->dep == ONR_DEP_POSS) continue;
        const onri_head_noun *h = onri_token_head_noun(c->m, i);
        if (h && h->type == ONR_ENTITY_PERSON && h->use != ONRI_USE_NONE) found = i;
    }
    return found;
}

void onri_pass_roles(onri_cast *c)
{
    const onr_parse *p = c->m->parse;
    for (uint32_t i = 0; i < c->m->at.n; i++) {
        const onri_cand *m = &c->m->at.at[i];
        if (m->kind == ONR_MENTION_NAME && m->role_end > m->role_beg &&
            onri_cluster_type(onri_cluster_of(c, i)) == ONR_ENTITY_PERSON) {
            uint32_t beg = m->role_beg, end = m->role_end;
            while (end > beg && p->tokens[end - 1].pos == ONR_POS_PUNCT) end--;
            /* forms of address are no roles */
            while (end > beg) {
                const onri_title t = onri_actor_title(c->m->know, onri_token_sv(p, end - 1));
                if (t.kind != ONRI_TITLE_ADDRESS && t.kind != ONRI_TITLE_LEARNED) break;
                end--;
            }
            const uint32_t head = end > beg ? role_head(c, beg, end) : ONR_NONE;
            if (head != ONR_NONE) role_add(c, i, beg, end, head, onri_country_of(c, i), "title");
        }
        if (m->kind == ONR_MENTION_NOMINAL && m->type == ONR_ENTITY_PERSON && m->noun &&
            (m->noun->use == ONRI_USE_OFFICE ||
             ((m->noun->use == ONRI_USE_ACT || m->noun->use == ONRI_USE_KIN) &&
              onri_cluster_of(c, i)->names > 0))) {
            role_add(c, i, m->beg, m->end, m->head, onri_country_of(c, i), "phrase");
        }
    }
}
