/* The actors' step: runs the passes and writes the clusters out as entities of the record.
 *
 * Source: own; order of the passes after Lee et al. 2013, names before quotations before nominals
 * before pronouns. Leaves out: links from other facts (link.c). */
#include "facts/actor.h"

#include "facts/actor_step.h"

/* ---- names and codes ----------------------------------------------------------------------------
 */

static onr_sv span_text(const onri_cast *c, uint32_t beg, uint32_t end)
{
    return onri_tokens_sv(c->m->parse, beg, end);
}

static onr_sv name_of(const onri_cast *c, const onri_cluster *k, uint32_t root)
{
    const onri_actor_knowledge *know = c->m->know;
    if (k->entry != ONR_NONE) return know->entries.at[k->entry].name;
    const onri_cand *m = &c->m->at.at[k->full != ONR_NONE ? k->full : k->first];
    if (k->full != ONR_NONE) return span_text(c, m->name_beg, m->name_end);
    if (k->pair != ONR_NONE)
        return span_text(c, c->m->at.at[k->pair].beg, c->m->at.at[k->pair].end);
    /* the first phrase that is no pronoun */
    for (uint32_t i = k->first; i <= k->last; i++) {
        const onri_cand *o = &c->m->at.at[i];
        if (o->kind == ONR_MENTION_NOMINAL && onri_root(c, i) == root) {
            uint32_t beg = o->beg;
            if (beg < o->head && c->m->parse->tokens[beg].dep == ONR_DEP_DET) beg++;
            return span_text(c, beg, o->end);
        }
        if (i - k->first > 400) break;
    }
    return span_text(c, m->beg, m->end);
}

static bool code_make(onr_arena *mem, onr_sv country, const char *role, onr_sv *out)
{
    char buf[16];
    size_t n = 0;
    if (country.n == 3) {
        memcpy(buf, country.p, 3);
        n = 3;
    }
    for (size_t i = 0; role && role[i] && n < sizeof buf; i++) buf[n++] = role[i];
    *out = n ? onri_dup(mem, onri_sv(buf, n)) : (onr_sv){ "", 0 };
    return out->p != NULL;
}

/* CAMEO role of an office: a club's president is no government. */
static const char *office_code(const onri_cast *c, const onri_cluster *k)
{
    if (strcmp(k->office->role, "GOV") != 0 || k->role == ONR_NONE) return k->office->role;
    const onri_role_seen *r = &c->roles.at[k->role];
    for (uint32_t i = r->beg; i < r->end; i++) {
        if (i == r->head) continue;
        const onr_token *t = &c->m->parse->tokens[i];
        if (t->pos != ONR_POS_NOUN && t->pos != ONR_POS_PROPN) continue;
        const onri_head_noun *h = onri_token_head_noun(c->m, i);
        if (h && (h->type == ONR_ENTITY_ORGANIZATION || h->type == ONR_ENTITY_GROUP ||
                  h->type == ONR_ENTITY_MEDIUM))
            return h->role;
    }
    return k->office->role;
}

/* Parties, parliaments and courts of one name are in many states: theirs is the best-known one's
 * state only where the text has something of that state, or of none. */
static bool elsewhere(const onri_cast *c, const onri_cluster *own, const onri_actor_entry *x)
{
    enum { LOOK_MAX = 4000, OTHER_MENTIONS = 3 };
    const bool shared = onri_ends(x->code, ONR_SV("PTY")) || onri_ends(x->code, ONR_SV("LEG")) ||
                        onri_ends(x->code, ONR_SV("JUD"));
    if (!shared || x->user || x->country.n != 3) return false;
    bool other = false;
    for (uint32_t i = 0; i < c->m->at.n && i < LOOK_MAX; i++) {
        const onri_cluster *k = &c->of[i];
        if (onri_root(c, i) != i || k == own) continue;
        if (k->country != ONR_NONE &&
            onri_eq(c->m->know->entries.at[k->country].country, x->country))
            return false;
        if (k->entry != ONR_NONE && onri_cluster_type(k) == ONR_ENTITY_STATE &&
            k->n >= OTHER_MENTIONS)
            other = true;
    }
    return other;
}

static bool codes_of(const onri_cast *c, onr_arena *mem, const onri_cluster *k, uint32_t root,
                     onr_entity *e)
{
    const onri_actor_knowledge *know = c->m->know;
    e->country = e->code = e->wikidata = (onr_sv){ "", 0 };
    if (k->entry != ONR_NONE) {
        const onri_actor_entry *x = &know->entries.at[k->entry];
        if (elsewhere(c, k, x)) return code_make(mem, e->country, x->code.p + 3, &e->code);
        e->country = onri_dup(mem, x->country);
        e->code = onri_dup(mem, x->code.n || x->type != ONR_ENTITY_PLACE ? x->code : x->country);
        e->wikidata = onri_dup(mem, x->wikidata);
        return e->country.p && e->code.p && e->wikidata.p;
    }
    if (k->country != ONR_NONE) {
        e->country = onri_dup(mem, know->entries.at[k->country].country);
        if (!e->country.p) return false;
    }
    const char *role = k->office ? office_code(c, k) : "";
    const onri_cand *m = &c->m->at.at[k->full != ONR_NONE ? k->full : root];
    if (!*role && m->noun) role = m->noun->role;
    if (!*role && m->kind == ONR_MENTION_NAME) {
        const onri_head_noun *h = onri_token_head_noun(c->m, m->name_end - 1);
        if (h && h->type != ONR_ENTITY_PERSON) role = h->role;
    }
    if (e->type == ONR_ENTITY_MEDIUM) role = "MED";
    return code_make(mem, e->country, role, &e->code);
}

/* ---- roles
 * ---------------------------------------------------------------------------------------- */

static onr_sv period_of(const onri_cast *c, const onri_role_seen *r)
{
    static const char *const lists[] = { "former", "acting", "elect" };
    const onr_parse *p = c->m->parse;
    for (uint32_t i = r->beg; i < r->end; i++) {
        for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
            if (onri_actor_word(c->m->know, lists[l], p->tokens[i].lower))
                return onri_svz(lists[l]);
        }
    }
    return (onr_sv){ "", 0 };
}

/* The title: from the first word that is no state's and no determiner to the noun. */
static onr_sv title_of(const onri_cast *c, const onri_role_seen *r)
{
    const onr_parse *p = c->m->parse;
    uint32_t beg = r->head;
    while (beg > r->beg) {
        const onr_token *t = &p->tokens[beg - 1];
        const uint32_t inner = c->m->by_head[beg - 1];
        if (t->pos == ONR_POS_DET || t->tag == ONR_TAG_POS || t->pos == ONR_POS_PRON) break;
        if (t->pos == ONR_POS_PUNCT && t->tag != ONR_TAG_HYPH) break;
        if (inner != ONR_NONE && c->m->at.at[inner].entry != ONR_NONE) break;
        if (onri_actor_word(c->m->know, "former", t->lower) ||
            onri_actor_word(c->m->know, "acting", t->lower))
            break;
        beg--;
    }
    uint32_t end = r->head + 1;
    if (end + 1 < r->end && onri_token_is(p, end, "of") && onri_token_upper(p, end + 1) &&
        c->m->by_head[end + 1] == ONR_NONE)
        end += 2; /* Secretary of State */
    return span_text(c, beg, end);
}

static uint32_t of_entity(const onri_cast *c, const onri_role_seen *r, const uint32_t *entity_of)
{
    uint32_t state = ONR_NONE;
    const uint32_t own = onri_root(c, r->mention);
    for (uint32_t i = r->beg; i < r->end; i++) {
        const uint32_t inner = c->m->by_head[i];
        if (inner == ONR_NONE || onri_root(c, inner) == own) continue;
        const onri_cand *in = &c->m->at.at[inner];
        if (in->beg < r->beg || in->end > r->end) continue;
        const uint32_t e = entity_of[onri_root(c, inner)];
        if (e == ONR_NONE) continue;
        if (in->kind == ONR_MENTION_ADJECTIVE) {
            if (state == ONR_NONE) state = e;
            continue;
        }
        return e;
    }
    return state;
}

/* Does a role phrase say something that an earlier one did not? Titles before names always count;
 * "the adviser" for a man whose office was told is just a way to speak of him. */
static bool telling(const onri_cast *c, const onri_cluster *k, const onri_role_seen *s,
                    const onri_role_seen *const *before, uint32_t n)
{
    const onri_cand *m = &c->m->at.at[s->mention];
    const onri_head_noun *h = onri_token_head_noun(c->m, s->head);
    if (h && h->use == ONRI_USE_KIN) return false;
    if (m->kind == ONR_MENTION_NAME || m->absorbed) return true;
    const bool bare = s->end == s->head + 1 && s->country == ONR_NONE &&
                      s->head - s->beg <= (m->det != ONRI_DET_NONE);
    if (bare && (n > 0 || m->det == ONRI_DET_THE)) return false;
    if (!k->names && m->det == ONRI_DET_A) return false;
    for (uint32_t i = 0; i < n && i < 64; i++) {
        const onri_head_noun *o = onri_token_head_noun(c->m, before[i]->head);
        if (h && h == o && (before[i]->country == s->country || s->country == ONR_NONE))
            return false;
    }
    return true;
}

static bool put_roles(const onri_cast *c, onr_arena *mem, const onri_cluster *k, onr_entity *e,
                      const uint32_t *entity_of)
{
    uint32_t n = 0;
    for (uint32_t r = k->role; r != ONR_NONE; r = c->roles.at[r].next) n++;
    if (!n) return true;
    onr_role *at = ONRI_NEW_N(mem, n, onr_role);
    const onri_role_seen **seen = ONRI_NEW_N(c->m->mem, n, const onri_role_seen *);
    if (!at || !seen) return false;
    n = 0;
    for (uint32_t r = k->role; r != ONR_NONE; r = c->roles.at[r].next) seen[n++] = &c->roles.at[r];
    for (uint32_t i = 1; i < n; i++) { /* in reading order; nearly is */
        for (uint32_t j = i; j > 0 && seen[j]->beg < seen[j - 1]->beg; j--) {
            const onri_role_seen *swap = seen[j];
            seen[j] = seen[j - 1];
            seen[j - 1] = swap;
        }
    }
    uint32_t w = 0;
    const onr_token *t = c->m->parse->tokens;
    for (uint32_t i = 0; i < n; i++) {
        const onri_role_seen *s = seen[i];
        if (!telling(c, k, s, seen, w)) continue;
        seen[w] = s;
        at[w] = (onr_role){ .title = title_of(c, s),
                            .of = of_entity(c, s, entity_of),
                            .period = period_of(c, s),
                            .span = { t[s->beg].beg, t[s->end - 1].end },
                            .rule = s->rule };
        at[w].country =
            onri_dup(mem, s->country != ONR_NONE ? c->m->know->entries.at[s->country].country
                                                 : (onr_sv){ "", 0 });
        if (!at[w].country.p) return false;
        w++;
    }
    e->roles = at;
    e->n_roles = w;
    return true;
}

/* ---- who is in
 * ------------------------------------------------------------------------------------ */

/* Mentions that are none of their own: absorbed by another, a pair that nobody speaks of as one, in
 * the story also a president's name in "the Bush administration". */
static bool left_out(const onri_cast *c, uint32_t i, onri_cast_choice choice)
{
    const onri_cand *m = &c->m->at.at[i];
    if (m->absorbed) return true;
    if (m->pair && onri_cluster_of(c, i)->n == 1) return true;
    if (choice == ONRI_CAST_ALL) return false;
    if (m->pair) return true; /* its parts are mentions, and the entity names them */
    return m->kind == ONR_MENTION_NAME && m->modifier && m->type == ONR_ENTITY_PERSON;
}

static bool kept(const onri_cast *c, uint32_t root, onri_cast_choice choice)
{
    const onri_cluster *k = &c->of[root];
    const onr_entity_type t = onri_cluster_type(k);
    if (t == ONR_ENTITY_OTHER || t == ONR_ENTITY_NATIONALITY) return false;
    if (k->names) return true;
    if (t == ONR_ENTITY_LAW || t == ONR_ENTITY_EVENT) return false;
    /* "French", and no France: a mere word */
    return choice == ONRI_CAST_ALL || k->entry == ONR_NONE || k->n > k->adjectives;
}

typedef struct slots {
    uint32_t *entity_of; /* [mentions] entity of a root, ONR_NONE */
    uint32_t *place_of;  /* [mentions] index of a mention in its entity */
    uint32_t *count;     /* [entities] */
    uint32_t n;
} slots;

static bool assign(const onri_cast *c, onri_cast_choice choice, slots *s)
{
    const uint32_t n = c->m->at.n;
    s->entity_of = ONRI_NEW_N(c->m->mem, (size_t)n + 1, uint32_t);
    s->place_of = ONRI_NEW_N(c->m->mem, (size_t)n + 1, uint32_t);
    s->count = ONRI_NEW_N(c->m->mem, (size_t)n + 1, uint32_t);
    if (!s->entity_of || !s->place_of || !s->count) return false;
    for (uint32_t i = 0; i < n; i++) s->entity_of[i] = s->place_of[i] = ONR_NONE;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t root = onri_root(c, i);
        if (s->entity_of[root] == ONR_NONE) {
            if (left_out(c, i, choice) || !kept(c, root, choice)) continue;
            s->entity_of[root] = s->n++;
        }
        s->place_of[i] = left_out(c, i, choice) ? ONR_NONE : s->count[s->entity_of[root]]++;
    }
    return true;
}

static onr_mention mention_out(const onri_cast *c, uint32_t i, const slots *s)
{
    const onri_cand *m = &c->m->at.at[i];
    const onr_token *t = c->m->parse->tokens;
    return (onr_mention){
        .span = { t[m->beg].beg, t[m->end - 1].end },
        .head = { t[m->name_beg].beg, t[m->name_end - 1].end },
        .kind = (onr_mention_kind)m->kind,
        .rule = m->rule,
        .p = m->p,
        .joined_to = m->join == ONR_NONE ? ONR_NONE : s->place_of[m->join],
    };
}

/* The entities that a "they" stands for: of the pair in its cluster. */
static bool put_parts(const onri_cast *c, onr_arena *mem, const onri_cand *pair, onr_entity *e,
                      const slots *s, uint32_t base)
{
    enum { PARTS_MAX = 8 };
    const onr_token *t = c->m->parse->tokens;
    uint32_t found[PARTS_MAX], n = 0, at = pair->pair_end;
    for (unsigned guard = 0; guard < PARTS_MAX && n < PARTS_MAX; guard++) {
        const uint32_t m = c->m->by_head[at];
        const uint32_t part = m == ONR_NONE ? ONR_NONE : s->entity_of[onri_root(c, m)];
        bool new = part != ONR_NONE && & c->m->at.at[m] != pair;
        for (uint32_t i = 0; i < n; i++) new &= found[i] != part + base;
        if (new) found[n++] = part + base;
        if (t[at].dep != ONR_DEP_CONJ) break;
        at = t[at].head;
    }
    uint32_t *parts = ONRI_NEW_N(mem, n ? n : 1, uint32_t);
    if (!parts) return false;
    for (uint32_t i = 0; i < n; i++) parts[i] = found[n - 1 - i];
    e->parts = parts;
    e->n_parts = n;
    return true;
}

static onr_status write_out(const onri_cast *c, onri_draft *d, const slots *s, onr_error *err)
{
    const uint32_t base = d->entities.n;
    onr_mention **rows = ONRI_NEW_N(c->m->mem, (size_t)s->n + 1, onr_mention *);
    if (!rows) return onri_fail_mem(err, c->m->mem, "actors");
    for (uint32_t e = 0; e < s->n; e++) {
        rows[e] = ONRI_NEW_N(d->keep, s->count[e], onr_mention);
        onr_entity *out = ONRI_PUSH(d->keep, &d->entities);
        if (!rows[e] || !out) {
            d->entities.n = base;
            return onri_fail_mem(err, d->keep, "actors");
        }
    }
    for (uint32_t i = 0; i < c->m->at.n; i++) {
        const uint32_t e = s->entity_of[onri_root(c, i)];
        if (e != ONR_NONE && s->place_of[i] != ONR_NONE)
            rows[e][s->place_of[i]] = mention_out(c, i, s);
    }
    for (uint32_t i = 0; i < c->m->at.n; i++) {
        const uint32_t e = s->entity_of[i];
        if (e == ONR_NONE || onri_root(c, i) != i) continue;
        onr_entity *out = &d->entities.at[base + e];
        const onri_cluster *k = &c->of[i];
        out->type = onri_cluster_type(k);
        out->name = onri_dup(d->keep, name_of(c, k, i)); /* the record outlives the knowledge */
        if (!out->name.p) {
            d->entities.n = base;
            return onri_fail_mem(err, d->keep, "actors");
        }
        out->mentions = rows[e];
        out->n_mentions = s->count[e];
        if (!codes_of(c, d->keep, k, i, out) || !put_roles(c, d->keep, k, out, s->entity_of)) {
            d->entities.n = base;
            return onri_fail_mem(err, d->keep, "actors");
        }
        if (k->pair != ONR_NONE && !put_parts(c, d->keep, &c->m->at.at[k->pair], out, s, base)) {
            d->entities.n = base;
            return onri_fail_mem(err, d->keep, "actors");
        }
        for (uint32_t r = 0; r < out->n_roles && base; r++) {
            onr_role *roles = (onr_role *)(uintptr_t)out->roles;
            if (roles[r].of != ONR_NONE) roles[r].of += base;
        }
    }
    return ONR_OK;
}

onr_status onri_find_actors(onri_draft *d, const onri_actor_knowledge *know,
                            onri_cast_choice choice, onr_error *err)
{
    const onr_mark mark = onr_arena_mark(d->tmp);
    onri_mentions m;
    onri_cast c;
    slots s = { 0 };
    onr_status st = onri_mentions_find(d->tmp, d->article, d->parse, know, &m, err);
    if (!st) st = onri_cast_make(&c, &m, err);
    if (!st) {
        onri_pass_dictionary(&c);
        onri_pass_exact(&c);
        onri_pass_acronym(&c);
        onri_pass_names(&c);
        onri_pass_apposition(&c);
        onri_pass_roles(&c);
        onri_pass_speakers(&c, d->statements.at, d->statements.n);
        onri_pass_nominals(&c);
        onri_pass_pronouns(&c);
        onri_pass_possessed(&c);
        if (c.failed || !assign(&c, choice, &s)) st = onri_fail_mem(err, d->tmp, "actors");
    }
    if (!st) st = write_out(&c, d, &s, err);
    onr_arena_rewind(d->tmp, mark);
    if (!st) onri_link_statements(d);
    return st;
}
