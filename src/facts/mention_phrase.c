/* Nominals and pronouns: the phrase of a head noun, its determiner, number and type; pronouns
 * without the empty "it".
 *
 * Source: own; the tests for an empty "it" follow Lappin and Leass 1994. Leaves out: names
 * (mention_name.c). */
#include "facts/mention.h"

enum { PHRASE_DEPTH_MAX = 6, PHRASE_TOKENS_MAX = 40 };

/* ---- the extent of a phrase -------------------------------------------------------------------
 */

static bool left_dep(uint8_t dep)
{
    switch (dep) {
    case ONR_DEP_DET:
    case ONR_DEP_PREDET:
    case ONR_DEP_AMOD:
    case ONR_DEP_COMPOUND:
    case ONR_DEP_NMOD:
    case ONR_DEP_NUMMOD:
    case ONR_DEP_QUANTMOD:
    case ONR_DEP_POSS:
    case ONR_DEP_ADVMOD:
    case ONR_DEP_NPADVMOD:
    case ONR_DEP_PUNCT:
        return true;
    default:
        return false;
    }
}

uint32_t onri_phrase_left(const onri_mentions *m, uint32_t head)
{
    const onr_parse *p = m->parse;
    uint32_t left = head;
    while (left > p->tokens[head].l_edge && left > 0) {
        /* the child of the head whose subtree ends right before */
        uint32_t child = left - 1;
        unsigned guard = 0;
        while (child != head && p->tokens[child].head != head && guard++ < PHRASE_TOKENS_MAX) {
            const uint32_t up = p->tokens[child].head;
            if (up == child || up >= left) break; /* hangs from inside the phrase: part of it */
            child = up;
        }
        const onr_token *t = &p->tokens[child];
        const uint32_t up = t->head;
        const bool inside = up == head || (up >= left && up < head);
        if (!inside || !left_dep(t->dep)) break;
        if (t->dep == ONR_DEP_PUNCT && t->tag != ONR_TAG_HYPH && t->tag != ONR_TAG_COMMA) {
            /* a quotation mark inside: "the so-called "experts"": only if more follows to the left
             */
            break;
        }
        if (t->tag == ONR_TAG_COMMA && (left < 2 || p->tokens[left - 2].pos != ONR_POS_ADJ)) break;
        if (t->dep == ONR_DEP_AMOD && t->tag == ONR_TAG_VBD) break; /* "added KCNA" */
        if (t->dep == ONR_DEP_ADVMOD && up == head && t->tag != ONR_TAG_RBS &&
            t->tag != ONR_TAG_RBR && !onri_token_is(p, child, "then") &&
            !onri_token_is(p, child, "about") && !onri_token_is(p, child, "nearly"))
            break;
        left = t->l_edge < left ? t->l_edge : child;
        if (t->dep == ONR_DEP_DET && t->head == head) break;
    }
    while (left < head &&
           (p->tokens[left].pos == ONR_POS_PUNCT || p->tokens[left].tag == ONR_TAG_CC))
        left++;
    return left;
}

static bool is_time(const onr_token *t)
{
    return t->ent == ONR_ENT_DATE || t->ent == ONR_ENT_TIME;
}

/* "accused the minister of lying": what the verb charges him with is no part of him, though the
 * parse hangs it on him. Of two such phrases the first is his: "of defence of lying". */
static bool is_charge(const onri_mentions *m, uint32_t head, uint32_t of)
{
    const onr_parse *p = m->parse;
    const onr_token *h = &p->tokens[head];
    if (h->dep != ONR_DEP_DOBJ || h->head >= head || !onri_token_is(p, of, "of")) return false;
    const uint32_t verb = h->head;
    if (!onri_actor_word(m->know, "charge", p->tokens[verb].lemma)) return false;
    for (uint32_t i = of + 1; i <= p->tokens[verb].r_edge && i < p->n_tokens; i++)
        if (onri_token_is(p, i, "of") && (p->tokens[i].head == verb || p->tokens[i].head == head))
            return false;
    return true;
}

/* End of the phrase of this head: prepositions, restrictive clauses, not what a comma sets apart.
 */
uint32_t onri_phrase_right(const onri_mentions *m, uint32_t head, unsigned depth)
{
    const onr_parse *p = m->parse;
    const uint32_t r_edge = p->tokens[head].r_edge;
    uint32_t end = head + 1;
    if (depth > PHRASE_DEPTH_MAX) return end;
    for (uint32_t i = head + 1; i <= r_edge && i < p->n_tokens && i - head < PHRASE_TOKENS_MAX;) {
        const onr_token *t = &p->tokens[i];
        if (t->head != head) {
            if (i != end) break;
            i++;
            if (t->tag == ONR_TAG_POS) continue;
            continue;
        }
        if (i > end) break; /* a gap: something was left out before */
        if (t->pos == ONR_POS_PUNCT) break;
        if (t->dep == ONR_DEP_PREP) {
            if (is_charge(m, head, i)) break;
            /* its object, with what is joined to it */
            uint32_t obj = ONR_NONE;
            for (uint32_t k = i + 1; k <= t->r_edge && k < p->n_tokens; k++) {
                if (p->tokens[k].head == i && p->tokens[k].dep == ONR_DEP_POBJ) {
                    obj = k;
                    break;
                }
            }
            if (obj == ONR_NONE || is_time(&p->tokens[obj])) break;
            uint32_t e = onri_phrase_right(m, obj, depth + 1);
            for (unsigned guard = 0; guard < 8; guard++) {
                uint32_t conj = ONR_NONE;
                for (uint32_t k = e; k <= p->tokens[obj].r_edge && k < p->n_tokens; k++) {
                    if (p->tokens[k].dep == ONR_DEP_CONJ && p->tokens[k].head == obj &&
                        p->tokens[k].pos != ONR_POS_VERB && p->tokens[k].pos != ONR_POS_AUX) {
                        conj = k;
                        break;
                    }
                }
                if (conj == ONR_NONE) break;
                obj = conj;
                e = onri_phrase_right(m, obj, depth + 1);
            }
            end = e;
            i = e > i ? e : i + 1;
            continue;
        }
        if (t->dep == ONR_DEP_ACL && t->tag == ONR_TAG_VBN) { /* "a delegation headed by X" */
            uint32_t beg = t->l_edge;
            if (beg < end) beg = end;
            if (beg > end) break;
            uint32_t e = t->r_edge + 1;
            for (uint32_t k = i; k < e; k++) { /* up to the first comma */
                if (p->tokens[k].tag == ONR_TAG_COMMA || p->tokens[k].tag == ONR_TAG_COLON) e = k;
            }
            end = e > end ? e : end;
            i = t->r_edge + 1;
            continue;
        }
        /* "the government of the country's president Bashar Assad" */
        if (t->dep == ONR_DEP_APPOS && depth > 0 && t->ent == ONR_ENT_PERSON && m->in_name[i]) {
            while (i < p->n_tokens && m->in_name[i] == m->in_name[head + 1]) i++;
            return i > end ? i : end;
        }
        break;
    }
    return end;
}

/* ---- nominals ------------------------------------------------------------------------------- */

static uint8_t det_of(const onri_mentions *m, uint32_t beg, uint32_t head)
{
    const onr_parse *p = m->parse;
    for (uint32_t i = beg; i < head; i++) {
        const onr_token *t = &p->tokens[i];
        if (t->head != head && t->dep != ONR_DEP_PREDET) continue;
        if (t->dep == ONR_DEP_POSS) return ONRI_DET_POSS;
        if (t->dep != ONR_DEP_DET) {
            if (onri_actor_word(m->know, "vague", t->lower)) return ONRI_DET_A;
            continue;
        }
        if (onri_token_is(p, i, "the")) return ONRI_DET_THE;
        if (onri_actor_word(m->know, "that", t->lower)) return ONRI_DET_THIS;
        return ONRI_DET_A;
    }
    return ONRI_DET_NONE;
}

/* What "of" says a part is part of: "one of the suspects". */
static uint32_t of_object(const onr_parse *p, uint32_t head)
{
    const onr_token *h = &p->tokens[head];
    for (uint32_t i = head + 1; i <= h->r_edge && i < head + 4 && i < p->n_tokens; i++) {
        if (p->tokens[i].head != head || !onri_token_is(p, i, "of")) continue;
        for (uint32_t k = i + 1; k <= p->tokens[i].r_edge && k < p->n_tokens; k++) {
            if (p->tokens[k].head == i && p->tokens[k].dep == ONR_DEP_POBJ) return k;
        }
    }
    return ONR_NONE;
}

static bool noun_place(const onr_parse *p, uint32_t i)
{
    const onr_token *t = &p->tokens[i];
    if (t->dep == ONR_DEP_COMPOUND || t->dep == ONR_DEP_NMOD || t->dep == ONR_DEP_NPADVMOD)
        return t->head < i || of_object(p, i) != ONR_NONE; /* "minister of defense John X" */
    if (t->dep == ONR_DEP_AMOD) return false;
    return true;
}

static void number_of(onri_mentions *m, onri_cand *c)
{
    const onr_token *t = &m->parse->tokens[c->head];
    c->number = t->tag == ONR_TAG_NNS || t->tag == ONR_TAG_NNPS ? ONRI_PLURAL : ONRI_SINGULAR;
    if (c->noun && c->noun->use == ONRI_USE_MASS) c->number = ONRI_PLURAL;
    if (c->noun && c->noun->use == ONRI_USE_PART) c->number = ONRI_PLURAL;
}

/* Plurals of persons and states are groups. */
static uint8_t group_type(const onri_cand *c)
{
    if (c->number != ONRI_PLURAL || (c->noun && c->noun->use == ONRI_USE_MASS)) return c->type;
    if (c->type == ONR_ENTITY_PERSON || c->type == ONR_ENTITY_STATE ||
        c->type == ONR_ENTITY_ORGANIZATION)
        return ONR_ENTITY_GROUP;
    return c->type;
}

static bool nominal(onri_mentions *m, uint32_t i)
{
    const onr_parse *p = m->parse;
    const onr_token *t = &p->tokens[i];
    const onri_head_noun *h = onri_token_head_noun(m, i);
    uint8_t type = h && h->use != ONRI_USE_NONE ? h->type : (uint8_t)ONR_ENTITY_OTHER;
    uint8_t number = 0;
    if (h && h->use == ONRI_USE_PART) {
        const uint32_t obj = of_object(p, i);
        if (obj != ONR_NONE) {
            const onri_head_noun *of = m->in_name[obj] ? NULL : onri_token_head_noun(m, obj);
            type = of && of->use != ONRI_USE_NONE ? of->type : (uint8_t)ONR_ENTITY_OTHER;
            if (onri_token_is(p, obj, "them") || onri_token_is(p, obj, "us"))
                type = ONR_ENTITY_GROUP;
            if (onri_token_is(p, i, "one")) number = ONRI_SINGULAR;
        } else {
            type = ONR_ENTITY_OTHER;
        }
    }
    if (type == ONR_ENTITY_STATE && onri_token_is(p, i, "state") && of_object(p, i) != ONR_NONE &&
        !m->in_name[of_object(p, i)])
        type = ONR_ENTITY_OTHER; /* "the state of affairs" */
    const uint32_t beg = onri_phrase_left(m, i);
    uint32_t end = onri_phrase_right(m, i, 0);

    for (uint32_t k = i + 2; k < end; k++) { /* "... to Iran Alexander Maryasov" */
        if (m->in_name[k] && m->in_name[k - 1] && m->in_name[k] != m->in_name[k - 1] &&
            p->tokens[k].ent == ONR_ENT_PERSON)
            end = k;
    }
    while (end > i + 1 &&
           (p->tokens[end - 1].tag == ONR_TAG_POS || p->tokens[end - 1].pos == ONR_POS_PUNCT))
        end--;
    onri_cand *c = onri_mention_add(m, beg, end, i, ONR_MENTION_NOMINAL, type);
    if (!c) return false;
    c->noun = h;
    c->det = det_of(m, beg, i);
    c->gender = h && h->type == ONR_ENTITY_PERSON ? h->gender : 0;
    c->sure = h && h->sure;
    number_of(m, c);
    if (number) c->number = number;
    c->type = group_type(c);
    (void)t;
    return true;
}

/* "both", "others", "the injured", "the latter", "three" as heads. */
static bool bare_head(const onri_mentions *m, uint32_t i)
{
    const onr_parse *p = m->parse;
    const onr_token *t = &p->tokens[i];
    const bool argument = t->dep == ONR_DEP_NSUBJ || t->dep == ONR_DEP_NSUBJPASS ||
                          t->dep == ONR_DEP_DOBJ || t->dep == ONR_DEP_POBJ;
    if (!argument) return false;
    if (t->pos == ONR_POS_ADJ) /* "the injured", "the poor" */
        return i > 0 && onri_token_is(p, i - 1, "the") && p->tokens[i - 1].head == i;
    return false;
}

/* ---- pronouns ------------------------------------------------------------------------------- */

static onri_pronoun pronoun_of(const onr_parse *p, uint32_t i)
{
    static const struct {
        const char *word;
        onri_pronoun is;
    } words[] = {
        { "he", ONRI_PRON_HE },
        { "him", ONRI_PRON_HE },
        { "his", ONRI_PRON_HE },
        { "himself", ONRI_PRON_HE },
        { "she", ONRI_PRON_SHE },
        { "her", ONRI_PRON_SHE },
        { "hers", ONRI_PRON_SHE },
        { "herself", ONRI_PRON_SHE },
        { "it", ONRI_PRON_IT },
        { "its", ONRI_PRON_IT },
        { "itself", ONRI_PRON_IT },
        { "they", ONRI_PRON_THEY },
        { "them", ONRI_PRON_THEY },
        { "their", ONRI_PRON_THEY },
        { "theirs", ONRI_PRON_THEY },
        { "themselves", ONRI_PRON_THEY },
        { "i", ONRI_PRON_I },
        { "me", ONRI_PRON_I },
        { "my", ONRI_PRON_I },
        { "mine", ONRI_PRON_I },
        { "myself", ONRI_PRON_I },
        { "we", ONRI_PRON_WE },
        { "us", ONRI_PRON_WE },
        { "our", ONRI_PRON_WE },
        { "ours", ONRI_PRON_WE },
        { "ourselves", ONRI_PRON_WE },
        { "you", ONRI_PRON_YOU },
        { "your", ONRI_PRON_YOU },
        { "yours", ONRI_PRON_YOU },
        { "yourself", ONRI_PRON_YOU },
        { "yourselves", ONRI_PRON_YOU },
    };
    const onr_token *t = &p->tokens[i];
    if (t->tag != ONR_TAG_PRP && t->tag != ONR_TAG_PRPS) return ONRI_PRON_NONE;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (onri_eqz(t->lower, words[k].word)) return words[k].is;
    }
    return ONRI_PRON_NONE;
}

/* "It is clear that ...", "it seems", "it rains". */
static bool empty_it(const onri_mentions *m, uint32_t i)
{
    const onr_parse *p = m->parse;
    const onr_token *t = &p->tokens[i];
    if (!onri_token_is(p, i, "it")) return false;
    if (t->dep == ONR_DEP_EXPL) return true;
    if (t->dep != ONR_DEP_NSUBJ && t->dep != ONR_DEP_NSUBJPASS) return false;
    const uint32_t v = t->head;
    const onr_token *verb = &p->tokens[v];
    if (onri_eqz(verb->lemma, "seem") || onri_eqz(verb->lemma, "appear") ||
        onri_eqz(verb->lemma, "happen") || onri_eqz(verb->lemma, "rain") ||
        onri_eqz(verb->lemma, "snow") || onri_eqz(verb->lemma, "turn"))
        return true;
    const bool be = onri_eqz(verb->lemma, "be");
    for (uint32_t k = v + 1; k <= verb->r_edge && k < p->n_tokens; k++) {
        const onr_token *c = &p->tokens[k];
        if (c->head == v && t->dep == ONR_DEP_NSUBJPASS && c->dep == ONR_DEP_CCOMP) return true;
        if (!be) continue;
        if (c->head == v && (c->dep == ONR_DEP_CCOMP || c->dep == ONR_DEP_CSUBJ ||
                             c->dep == ONR_DEP_XCOMP || c->dep == ONR_DEP_ADVCL))
            return true;
        if (c->head == v && is_time(c)) return true;
        if (c->head != v && p->tokens[c->head].head == v &&
            (p->tokens[c->head].dep == ONR_DEP_ACOMP || p->tokens[c->head].dep == ONR_DEP_ATTR) &&
            (c->dep == ONR_DEP_CCOMP || c->dep == ONR_DEP_XCOMP || c->dep == ONR_DEP_RELCL ||
             c->dep == ONR_DEP_ACL || c->dep == ONR_DEP_ADVCL) &&
            (c->dep != ONR_DEP_RELCL || p->tokens[c->head].dep == ONR_DEP_ACOMP ||
             onri_token_is(p, p->tokens[k].l_edge, "that")))
            return true;
    }
    return false;
}

static bool pronoun(onri_mentions *m, uint32_t i, onri_pronoun which)
{
    uint8_t type = ONR_ENTITY_OTHER;
    if (which != ONRI_PRON_IT && which != ONRI_PRON_THEY && which != ONRI_PRON_WE)
        type = ONR_ENTITY_PERSON;
    if (which == ONRI_PRON_WE) type = ONR_ENTITY_GROUP;
    onri_cand *c = onri_mention_add(m, i, i + 1, i, ONR_MENTION_PRONOUN, type);
    if (!c) return false;
    c->pronoun = (uint8_t)which;
    c->gender = which == ONRI_PRON_HE ? 'm' : which == ONRI_PRON_SHE ? 'f' : 0;
    c->number = which == ONRI_PRON_THEY || which == ONRI_PRON_WE ? ONRI_PLURAL : ONRI_SINGULAR;
    if (which == ONRI_PRON_YOU) c->number = ONRI_NUMBER_ANY;
    return true;
}

onr_status onri_mention_phrases(onri_mentions *m, onr_error *err)
{
    const onr_parse *p = m->parse;
    for (uint32_t i = 0; i < p->n_tokens; i++) {
        const onr_token *t = &p->tokens[i];
        if (m->in_name[i] || m->junk[i]) continue;
        const onri_pronoun which = pronoun_of(p, i);
        bool ok = true;
        if (which != ONRI_PRON_NONE) {
            if (which != ONRI_PRON_IT || !empty_it(m, i)) ok = pronoun(m, i, which);
        } else if ((t->pos == ONR_POS_NOUN || t->pos == ONR_POS_PROPN) && noun_place(p, i)) {
            if (t->ent == ONR_ENT_DATE || t->ent == ONR_ENT_TIME || t->ent == ONR_ENT_MONEY ||
                t->ent == ONR_ENT_PERCENT || t->ent == ONR_ENT_QUANTITY)
                continue;
            if (onri_actor_word(m->know, "nothing", t->lower) ||
                onri_actor_word(m->know, "months", t->lower))
                continue;
            ok = nominal(m, i);
        } else if (bare_head(m, i) || ((t->tag == ONR_TAG_CD || t->tag == ONR_TAG_DT ||
                                        t->pos == ONR_POS_PRON || t->pos == ONR_POS_NUM) &&
                                       of_object(p, i) != ONR_NONE && onri_token_head_noun(m, i))) {
            ok = nominal(m, i);
        } else if (t->tag == ONR_TAG_NN && onri_token_head_noun(m, i) && noun_place(p, i)) {
            ok = nominal(m, i); /* someone, everybody */
        }
        if (!ok) return onri_fail_mem(err, m->mem, "mentions");
    }
    return ONR_OK;
}
