/* Who stands where: subjects through control, coordination and participles, agents of passives,
 * and the actors a phrase names. Source: own, on the ClearNLP labels of the parse. */
#include "facts/event_i.h"

enum { DEPTH_MAX = 12, ACTORS_MAX = 12 };

static bool is_verb(const onr_token *t)
{
    return t->pos == ONR_POS_VERB || t->pos == ONR_POS_AUX;
}

static bool is_relative(const onr_token *t)
{
    return t->tag == ONR_TAG_WDT || t->tag == ONR_TAG_WP ||
           (onri_eqz(t->lower, "that") && t->pos != ONR_POS_DET && t->pos != ONR_POS_SCONJ);
}

/* The noun a relative pronoun stands for, else the token itself. */
static uint32_t antecedent(const onri_event_ctx *x, uint32_t subject, uint32_t verb)
{
    const onr_token *t = x->parse->tokens;
    if (!is_relative(&t[subject])) return subject;
    for (uint32_t step = 0, v = verb; step < DEPTH_MAX; step++, v = t[v].head) {
        if (t[v].dep == ONR_DEP_RELCL) return t[v].head;
        if (t[v].head == v) break;
    }
    return subject;
}

static uint32_t object_before(const onri_event_ctx *x, uint32_t verb, uint32_t limit)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, verb) {
        if (t[c].dep == ONR_DEP_DOBJ && c < limit) return c;
    }
    return ONR_NONE;
}

/* Verbs whose object does what the infinitive says, all but the few that keep their subject. */
static bool controls_by_object(const onr_token *v)
{
    return !onri_eqz(v->lemma, "promise") && !onri_eqz(v->lemma, "threaten") &&
           !onri_eqz(v->lemma, "use");
}

/* "accused Hamas of kidnapping", "kept them from leaving": the object does what follows. */
static uint32_t object_charged(const onri_event_ctx *x, uint32_t prep)
{
    const onr_token *t = x->parse->tokens;
    const uint32_t v = t[prep].head;
    if (t[prep].dep != ONR_DEP_PREP || t[v].pos != ONR_POS_VERB ||
        !(onri_eqz(t[prep].lower, "of") || onri_eqz(t[prep].lower, "from") ||
          onri_eqz(t[prep].lower, "for") || onri_eqz(t[prep].lower, "as") ||
          onri_eqz(t[prep].lower, "into") || onri_eqz(t[prep].lower, "with")))
        return ONR_NONE;
    return object_before(x, v, prep);
}

uint32_t onri_event_subject(const onri_event_ctx *x, uint32_t verb, bool *passive)
{
    const onr_token *t = x->parse->tokens;
    uint32_t v = verb;
    *passive = is_verb(&t[verb]) && onri_tree_passive(&x->view.tree, verb);
    for (int step = 0; step < DEPTH_MAX; step++) {
        ONRI_EACH_CHILD (&x->view.tree, c, v) {
            if (t[c].dep != ONR_DEP_NSUBJ && t[c].dep != ONR_DEP_NSUBJPASS) continue;
            return antecedent(x, c, v);
        }
        const uint32_t h = t[v].head;
        if (h == v) return ONR_NONE;
        switch (t[v].dep) {
        case ONR_DEP_CONJ:
            v = h;
            break;
        case ONR_DEP_XCOMP:
        case ONR_DEP_CCOMP: {
            if (t[v].dep == ONR_DEP_CCOMP && t[v].tag != ONR_TAG_VBG && t[v].tag != ONR_TAG_VB)
                return ONR_NONE;
            const uint32_t o = object_before(x, h, v);
            if (o != ONR_NONE && controls_by_object(&t[h])) return o;
            v = h;
            break;
        }
        case ONR_DEP_ACL:
            if (t[v].tag == ONR_TAG_VBN) {
                if (v == verb) *passive = true;
                return h;
            }
            if (t[v].tag == ONR_TAG_VBG) return h;
            /* "its decision to leave": whose decision; "an attempt by officials to hide it": by
             * whom; else who decides */
            ONRI_EACH_CHILD (&x->view.tree, c, h) {
                if ((t[c].dep == ONR_DEP_PREP || t[c].dep == ONR_DEP_AGENT) &&
                    onri_eqz(t[c].lower, "by"))
                    ONRI_EACH_CHILD (&x->view.tree, p, c)
                        if (t[p].dep == ONR_DEP_POBJ) return p;
                if (t[c].dep == ONR_DEP_POSS &&
                    (t[c].pos != ONR_POS_PRON || onri_event_entity(x, c) != ONR_NONE))
                    return c;
            }
            v = h;
            break;
        case ONR_DEP_RELCL:
            return h;
        case ONR_DEP_PCOMP: {
            const uint32_t o = object_charged(x, h);
            if (o != ONR_NONE) return o;
            v = h;
            break;
        }
        case ONR_DEP_ADVCL:
        case ONR_DEP_PREP:
        case ONR_DEP_DOBJ:
        case ONR_DEP_POBJ:
        case ONR_DEP_ACOMP:
            if (t[v].dep == ONR_DEP_ADVCL && t[v].tag != ONR_TAG_VBG && t[v].tag != ONR_TAG_VBN &&
                t[v].tag != ONR_TAG_VB)
                return ONR_NONE;
            v = h;
            break;
        default:
            return ONR_NONE;
        }
        if (is_verb(&t[v])) continue;
        if (t[v].pos == ONR_POS_NOUN && t[v].dep != ONR_DEP_DOBJ && t[v].dep != ONR_DEP_POBJ &&
            t[v].dep != ONR_DEP_ATTR && t[v].dep != ONR_DEP_PREP)
            return ONR_NONE;
    }
    return ONR_NONE;
}

/* ---- what a token is ------------------------------------------------------------------------ */

uint32_t onri_event_entity(const onri_event_ctx *x, uint32_t tok)
{
    const onr_token *t = x->parse->tokens;
    if (x->view.entity_at[tok] != ONR_NONE) return x->view.entity_at[tok];
    /* the parse and the mention may see different heads: "the militant group Hamas" */
    ONRI_EACH_CHILD (&x->view.tree, c, tok) {
        const uint32_t e = x->view.entity_at[c];
        if (e == ONR_NONE || (t[c].dep != ONR_DEP_APPOS && t[c].dep != ONR_DEP_COMPOUND)) continue;
        const onr_span s = x->d->entities.at[e].mentions[x->view.mention_at[c]].span;
        if (s.beg <= t[tok].beg && t[tok].end <= s.end) return e;
        /* "the group Hamas": the noun has no mention of its own, the name right behind it has */
        if (t[c].dep == ONR_DEP_APPOS && t[tok].pos == ONR_POS_NOUN && t[c].l_edge == tok + 1 &&
            onri_is_actor_type(x->d->entities.at[e].type))
            return e;
    }
    return ONR_NONE;
}

static onr_entity_type type_at(const onri_event_ctx *x, uint32_t tok)
{
    const uint32_t e = onri_event_entity(x, tok);
    if (e != ONR_NONE) return x->d->entities.at[e].type;
    switch (x->parse->tokens[tok].ent) {
    case ONR_ENT_PERSON:
        return ONR_ENTITY_PERSON;
    case ONR_ENT_ORG:
        return ONR_ENTITY_ORGANIZATION;
    case ONR_ENT_NORP:
        return ONR_ENTITY_GROUP;
    case ONR_ENT_GPE:
        return ONR_ENTITY_STATE;
    case ONR_ENT_LOC:
    case ONR_ENT_FAC:
        return ONR_ENTITY_PLACE;
    default:
        return ONR_ENTITY__COUNT;
    }
}

static bool is_place_type(const onri_event_ctx *x, uint32_t tok)
{
    const onr_entity_type e = type_at(x, tok);
    const uint8_t ent = x->parse->tokens[tok].ent;
    return e == ONR_ENTITY_PLACE || e == ONR_ENTITY_STATE || e == ONR_ENTITY_FACILITY ||
           ent == ONR_ENT_GPE || ent == ONR_ENT_LOC || ent == ONR_ENT_FAC;
}

bool onri_event_in_set(const onri_event_ctx *x, uint32_t tok, uint32_t set)
{
    const uint64_t key = (uint64_t)set << 32;
    if (x->lemma[tok] != ONR_NONE &&
        onri_map_get(&x->book->in_set, key | x->lemma[tok]) != ONR_NONE)
        return true;
    const uint32_t low = onri_atom_find(&x->book->atoms, x->parse->tokens[tok].lower);
    return low != ONR_NONE && onri_map_get(&x->book->in_set, key | low) != ONR_NONE;
}

static bool personal_pronoun(const onr_token *t)
{
    return t->pos == ONR_POS_PRON && !onri_eqz(t->lower, "it") && !onri_eqz(t->lower, "this") &&
           !onri_eqz(t->lower, "that") && !onri_eqz(t->lower, "which") &&
           !onri_eqz(t->lower, "what") && !onri_eqz(t->lower, "these") &&
           !onri_eqz(t->lower, "those");
}

static bool has_name(const onri_event_ctx *x, uint32_t tok)
{
    const uint32_t e = onri_event_entity(x, tok);
    if (e == ONR_NONE) return false;
    for (uint32_t i = 0; i < x->d->entities.at[e].n_mentions; i++)
        if (x->d->entities.at[e].mentions[i].kind == ONR_MENTION_NAME) return true;
    return false;
}

static bool fills_itself(const onri_event_ctx *x, uint32_t tok, onri_filler filler, uint32_t set)
{
    const onr_token *t = &x->parse->tokens[tok];
    const onr_entity_type e = type_at(x, tok);
    switch (filler) {
    case ONRI_FILL_SET:
        return onri_event_in_set(x, tok, set);
    case ONRI_FILL_ACTOR:
        return onri_is_actor_type(e) || personal_pronoun(t) || is_place_type(x, tok);
    case ONRI_FILL_PERSON:
        return e == ONR_ENTITY_PERSON || e == ONR_ENTITY_GROUP || personal_pronoun(t);
    case ONRI_FILL_NAMED:
        return e == ONR_ENTITY_PERSON && has_name(x, tok);
    case ONRI_FILL_STATE:
        return e == ONR_ENTITY_STATE || e == ONR_ENTITY_ORGANIZATION || t->ent == ONR_ENT_GPE;
    case ONRI_FILL_GROUP:
        return (e == ONR_ENTITY_GROUP || e == ONR_ENTITY_NATIONALITY || t->pos == ONR_POS_NOUN) &&
               t->ent != ONR_ENT_GPE;
    case ONRI_FILL_PLACE:
        return is_place_type(x, tok);
    case ONRI_FILL_MONEY:
        return t->ent == ONR_ENT_MONEY;
    default:
        return true;
    }
}

bool onri_event_fills(const onri_event_ctx *x, uint32_t tok, onri_filler filler, uint32_t set)
{
    const onr_token *t = x->parse->tokens;
    if (fills_itself(x, tok, filler, set)) return true;
    ONRI_EACH_CHILD (&x->view.tree, c, tok) {
        if (t[c].dep == ONR_DEP_CONJ && fills_itself(x, c, filler, set)) return true;
        /* "a round of talks", "a number of soldiers": the filler stands below "of" */
        if (t[c].dep == ONR_DEP_PREP && onri_eqz(t[c].lower, "of") &&
            (filler == ONRI_FILL_SET || filler == ONRI_FILL_PERSON || filler == ONRI_FILL_MONEY))
            ONRI_EACH_CHILD (&x->view.tree, p, c)
                if (t[p].dep == ONR_DEP_POBJ && fills_itself(x, p, filler, set)) return true;
        if (filler == ONRI_FILL_SET && t[c].dep == ONR_DEP_COMPOUND &&
            fills_itself(x, c, filler, set))
            return true;
    }
    return false;
}

/* ---- actors of a phrase --------------------------------------------------------------------- */

static bool push_ref(const onri_event_ctx *x, uint32_t tok, onri_ref_vec *out)
{
    const onr_token *t = x->parse->tokens;
    onr_ref r = { onri_event_entity(x, tok), { t[tok].beg, t[tok].end } };
    if (r.entity != ONR_NONE) {
        uint32_t at = tok;
        if (x->view.entity_at[tok] == ONR_NONE)
            ONRI_EACH_CHILD (&x->view.tree, c, tok)
                if (x->view.entity_at[c] == r.entity) at = c;
        r.span = x->d->entities.at[r.entity].mentions[x->view.mention_at[at]].span;
    } else { /* the name as the recogniser sees it */
        uint32_t b = tok, e = tok + 1;
        while (b > 0 && t[b].ent_iob == 'I') b--;
        while (e < x->parse->n_tokens && t[e].ent_iob == 'I' && t[tok].ent) e++;
        if (t[tok].ent) r.span = (onr_span){ t[b].beg, t[e - 1].end };
    }
    for (uint32_t i = 0; i < out->n; i++)
        if (out->at[i].span.beg == r.span.beg ||
            (r.entity != ONR_NONE && out->at[i].entity == r.entity))
            return true;
    if (out->n >= ACTORS_MAX) return true;
    onr_ref *slot = ONRI_PUSH(x->tmp, out);
    if (!slot) return false;
    *slot = r;
    return true;
}

/* "anti-Zionist groups", "pro-Russian rally": not his who is named so. *against: "anti". */
bool onri_event_of_side(const onri_event_ctx *x, uint32_t tok, bool *against)
{
    const onr_token *t = x->parse->tokens;
    if (tok < 2 || !onri_eqz(t[tok - 1].lower, "-")) return false;
    *against = onri_eqz(t[tok - 2].lower, "anti");
    return *against || onri_eqz(t[tok - 2].lower, "pro") || onri_eqz(t[tok - 2].lower, "non") ||
           onri_eqz(t[tok - 2].lower, "ex");
}

static bool inner_dep(uint8_t dep)
{
    return dep == ONR_DEP_POSS || dep == ONR_DEP_AMOD || dep == ONR_DEP_COMPOUND ||
           dep == ONR_DEP_NMOD;
}

static bool names_examples(const onri_event_ctx *x, uint32_t prep)
{
    const onr_token *t = x->parse->tokens;
    if (onri_eqz(t[prep].lower, "including")) return true;
    return onri_eqz(t[prep].lower, "as") && prep > 0 && onri_eqz(t[prep - 1].lower, "such");
}

static bool collect(const onri_event_ctx *x, uint32_t head, bool places, int depth,
                    onri_ref_vec *out)
{
    const onr_token *t = x->parse->tokens;
    const uint32_t before = out->n;
    const onr_entity_type e = type_at(x, head);
    if (depth > 4) return true;
    if (onri_is_actor_type(e) || (places && is_place_type(x, head))) {
        if (!push_ref(x, head, out)) return false;
    }
    /* a thing: whose it is, or what it is of */
    for (int pass = 0; pass < 2 && out->n == before; pass++)
        ONRI_EACH_CHILD (&x->view.tree, c, head) {
            bool against;
            if (pass == 0 && inner_dep(t[c].dep) && c < head &&
                !onri_event_of_side(x, c, &against) &&
                (onri_is_actor_type(type_at(x, c)) || is_place_type(x, c)) && !push_ref(x, c, out))
                return false;
            if (pass == 1 && t[c].dep == ONR_DEP_PREP && out->n == before &&
                (onri_eqz(t[c].lower, "of") || onri_eqz(t[c].lower, "by") ||
                 onri_eqz(t[c].lower, "from") || onri_eqz(t[c].lower, "in") ||
                 onri_eqz(t[c].lower, "between") || onri_eqz(t[c].lower, "against")))
                ONRI_EACH_CHILD (&x->view.tree, p, c)
                    if (t[p].dep == ONR_DEP_POBJ && !collect(x, p, true, depth + 1, out))
                        return false;
        }
    ONRI_EACH_CHILD (&x->view.tree, c, head) {
        if (t[c].dep == ONR_DEP_CONJ && !is_verb(&t[c]) && !collect(x, c, places, depth + 1, out))
            return false;
        /* "countries such as France and Italy": the examples act too */
        if (onri_is_actor_type(e) && t[c].dep == ONR_DEP_PREP && c > head && names_examples(x, c))
            ONRI_EACH_CHILD (&x->view.tree, p, c)
                if (t[p].dep == ONR_DEP_POBJ && !collect(x, p, places, depth + 1, out))
                    return false;
    }
    return true;
}

bool onri_event_actors(const onri_event_ctx *x, uint32_t head, bool places, onri_ref_vec *out)
{
    return head == ONR_NONE || collect(x, head, places, 0, out);
}
