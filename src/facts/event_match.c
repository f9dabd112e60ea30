/* Matching the frames of a word against its dependents. Source: own. */
#include "facts/event_i.h"
#include "facts/event_match.h"

static uint32_t pobj_of(const onri_event_ctx *x, uint32_t prep)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, prep) {
        if (t[c].dep == ONR_DEP_POBJ || t[c].dep == ONR_DEP_PCOMP) return c;
    }
    /* "out of the treaty", "from within the party" */
    ONRI_EACH_CHILD (&x->view.tree, c, prep) {
        if (t[c].dep == ONR_DEP_PREP)
            ONRI_EACH_CHILD (&x->view.tree, p, c)
                if (t[p].dep == ONR_DEP_POBJ) return p;
    }
    return ONR_NONE;
}

static bool is_word(const onri_event_ctx *x, uint32_t tok, uint32_t atom)
{
    return x->lemma[tok] == atom ||
           onri_eq(x->parse->tokens[tok].lower, x->book->atoms.words.at[atom]);
}

/* Direct object, or the subject of a passive, or the noun before a participle. */
static uint32_t object_of(const onri_event_ctx *x, const onri_clause *c)
{
    const onr_token *t = x->parse->tokens;
    uint32_t o = onri_tree_child(&x->view.tree, c->verb, ONR_DEP_DOBJ);
    if (o == ONR_NONE && c->passive) return c->subject;
    if (o == ONR_NONE && t[c->verb].dep == ONR_DEP_CONJ && t[t[c->verb].head].pos == ONR_POS_VERB) {
        /* "seized and burned the ship": a shared object stands after the last verb */
        return ONR_NONE;
    }
    if (o == ONR_NONE)
        ONRI_EACH_CHILD (&x->view.tree, k, c->verb)
            if (t[k].dep == ONR_DEP_CONJ && t[k].pos == ONR_POS_VERB &&
                onri_tree_child(&x->view.tree, k, ONR_DEP_NSUBJ) == ONR_NONE && k > c->verb &&
                k - c->verb == 2)
                o = onri_tree_child(&x->view.tree, k, ONR_DEP_DOBJ);
    if (o != ONR_NONE && (t[o].tag == ONR_TAG_WDT || t[o].tag == ONR_TAG_WP) &&
        t[c->verb].dep == ONR_DEP_RELCL)
        return t[c->verb].head;
    return o;
}

onri_clause onri_event_clause(const onri_event_ctx *x, uint32_t trigger)
{
    const onr_token *t = x->parse->tokens;
    onri_clause c = { trigger, ONR_NONE, ONR_NONE, ONR_NONE, ONR_NONE, ONR_NONE, false };
    const uint32_t head = t[trigger].head;
    if (t[trigger].dep == ONR_DEP_AUX && head != trigger) { /* a modal: the clause is its verb's */
        c = onri_event_clause(x, head);
        c.verb = trigger;
        return c;
    }
    /* "is unhelpful", "is an unhelpful speech" */
    const bool inside = t[trigger].dep == ONR_DEP_AMOD && t[head].dep == ONR_DEP_ATTR;
    if (t[trigger].dep == ONR_DEP_ACOMP || t[trigger].dep == ONR_DEP_ATTR || inside) {
        c.subject = onri_event_subject(x, inside ? t[head].head : head, &c.passive);
        c.passive = false;
        return c;
    }
    if (t[trigger].pos != ONR_POS_VERB && t[trigger].pos != ONR_POS_AUX) return c;
    c.subject = onri_event_subject(x, trigger, &c.passive);
    c.agent = onri_tree_agent(&x->view.tree, trigger);
    c.object = object_of(x, &c);
    ONRI_EACH_CHILD (&x->view.tree, k, trigger)
        if (t[k].dep == ONR_DEP_DATIVE && t[k].pos != ONR_POS_ADP) c.indirect = k;
    if (c.passive && onri_tree_child(&x->view.tree, trigger, ONR_DEP_DOBJ) != ONR_NONE)
        c.indirect = c.subject;
    return c;
}

/* "a series of loans": the loans. */
static uint32_t below_of(const onri_event_ctx *x, uint32_t noun)
{
    const onr_token *t = x->parse->tokens;
    if (noun == ONR_NONE) return ONR_NONE;
    ONRI_EACH_CHILD (&x->view.tree, c, noun)
        if (t[c].dep == ONR_DEP_PREP && onri_eqz(t[c].lower, "of")) return pobj_of(x, c);
    return ONR_NONE;
}

/* "fighting and shelling between A and B": the noun that the preposition was hung on. */
static uint32_t noun_beside(const onri_event_ctx *x, uint32_t noun)
{
    const onr_token *t = x->parse->tokens;
    if (t[noun].pos != ONR_POS_NOUN) return ONR_NONE;
    ONRI_EACH_CHILD (&x->view.tree, c, noun)
        if (t[c].dep == ONR_DEP_CONJ && t[c].pos == ONR_POS_NOUN) return c;
    return ONR_NONE;
}

/* A preposition of that form on the trigger, on its object or particle, with a fitting filler. */
static uint32_t find_prep(const onri_event_ctx *x, const onri_clause *cl, const onri_frame_cond *k)
{
    const onr_token *t = x->parse->tokens;
    const uint32_t above = t[cl->verb].head;
    /* "talks resumed between A and B", "is in close contact with": beside the noun, below it */
    const bool subject = t[cl->verb].dep == ONR_DEP_NSUBJ && onri_event_carries(x, above);
    const uint32_t hosts[] = { cl->verb,
                               cl->object,
                               cl->passive ? cl->subject : ONR_NONE,
                               below_of(x, cl->object),
                               subject ? above : ONR_NONE,
                               cl->beside,
                               noun_beside(x, cl->verb) };
    for (size_t h = 0; h < sizeof hosts / sizeof *hosts; h++) {
        if (hosts[h] == ONR_NONE) continue;
        ONRI_EACH_CHILD (&x->view.tree, c, hosts[h]) {
            uint32_t p = c;
            if (t[c].dep == ONR_DEP_PRT || t[c].dep == ONR_DEP_ADVMOD ||
                (t[c].dep == ONR_DEP_PREP && !is_word(x, c, k->word))) {
                p = onri_tree_child(&x->view.tree, c, ONR_DEP_PREP); /* "out" of "pull out of" */
                if (p == ONR_NONE) continue;
            } else if (t[c].dep != ONR_DEP_PREP && t[c].dep != ONR_DEP_DATIVE &&
                       t[c].dep != ONR_DEP_AGENT)
                continue;
            if (!is_word(x, p, k->word)) continue;
            const uint32_t o = pobj_of(x, p);
            if (o != ONR_NONE && onri_event_fills(x, o, k->filler, k->set)) return o;
        }
    }
    return ONR_NONE;
}

static uint32_t find_infinitive(const onri_event_ctx *x, uint32_t of)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, of) {
        if (t[c].dep != ONR_DEP_XCOMP && t[c].dep != ONR_DEP_CCOMP && t[c].dep != ONR_DEP_ACL &&
            t[c].dep != ONR_DEP_ADVCL)
            continue;
        if (c < of) continue;
        ONRI_EACH_CHILD (&x->view.tree, a, c)
            if (t[a].tag == ONR_TAG_TO) return c;
    }
    return ONR_NONE;
}

static uint32_t find_clause(const onri_event_ctx *x, uint32_t of)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, of) {
        if ((t[c].dep == ONR_DEP_CCOMP || t[c].dep == ONR_DEP_ACL) && c > of &&
            t[c].tag != ONR_TAG_VBG && find_infinitive(x, of) != c)
            return c;
    }
    return ONR_NONE;
}

static uint32_t find_modifier(const onri_event_ctx *x, uint32_t of, const onri_frame_cond *k)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, of) {
        const bool word = k->word != ONR_NONE && t[c].dep == ONR_DEP_DET; /* "no" */
        if (c > of || (!word && t[c].dep != ONR_DEP_AMOD && t[c].dep != ONR_DEP_COMPOUND &&
                       t[c].dep != ONR_DEP_NMOD))
            continue;
        if (k->word != ONR_NONE          ? is_word(x, c, k->word)
            : k->filler == ONRI_FILL_SET ? onri_event_in_set(x, c, k->set)
                                         : t[c].ent == ONR_ENT_NORP || t[c].ent == ONR_ENT_GPE)
            return c;
    }
    return ONR_NONE;
}

/* Among what hangs on the trigger, or before its object ("held joint exercises"). */
static uint32_t find_word(const onri_event_ctx *x, const onri_clause *cl, const onri_frame_cond *k)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, cl->verb) {
        if (k->word != ONR_NONE && is_word(x, c, k->word)) return c;
        if (k->word == ONR_NONE && t[c].dep == ONR_DEP_OPRD &&
            onri_event_fills(x, c, k->filler, k->set))
            return c;
    }
    if (k->word == ONR_NONE || cl->object == ONR_NONE) return ONR_NONE;
    ONRI_EACH_CHILD (&x->view.tree, c, cl->object)
        if ((t[c].dep == ONR_DEP_AMOD || t[c].dep == ONR_DEP_COMPOUND) && is_word(x, c, k->word))
            return c;
    return ONR_NONE;
}

static uint32_t find_part(const onri_event_ctx *x, uint32_t of, const onri_frame_cond *k)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, of) {
        if (t[c].dep != ONR_DEP_PRT && t[c].dep != ONR_DEP_ADVMOD &&
            !(t[c].dep == ONR_DEP_PREP && c > of))
            continue;
        if (k->word == ONR_NONE ? t[c].dep == ONR_DEP_PRT : is_word(x, c, k->word)) return c;
    }
    return ONR_NONE;
}

/* The token that fills the condition, ONR_NONE: it does not hold. */
static uint32_t filler_of(const onri_event_ctx *x, const onri_clause *cl, const onri_frame_cond *k)
{
    uint32_t f = ONR_NONE;
    switch ((onri_slot)k->slot) {
    case ONRI_SLOT_OBJ:
        f = cl->object;
        if (f != ONR_NONE && f == cl->indirect && cl->passive)
            f = onri_tree_child(&x->view.tree, cl->verb, ONR_DEP_DOBJ);
        break;
    case ONRI_SLOT_IOBJ:
        f = cl->indirect;
        break;
    case ONRI_SLOT_SUBJ:
        f = cl->passive ? cl->agent : cl->subject;
        break;
    case ONRI_SLOT_NO_OBJ:
        return cl->object == ONR_NONE ? cl->verb : ONR_NONE;
    case ONRI_SLOT_PREP:
        return find_prep(x, cl, k);
    case ONRI_SLOT_PART:
        return find_part(x, cl->verb, k);
    case ONRI_SLOT_WORD:
        return find_word(x, cl, k);
    case ONRI_SLOT_ADJ:
        return find_modifier(x, cl->verb, k);
    case ONRI_SLOT_POSS:
        f = onri_tree_child(&x->view.tree, cl->verb, ONR_DEP_POSS);
        break;
    case ONRI_SLOT_NO_TO:
        return find_infinitive(x, cl->verb) == ONR_NONE ? cl->verb : ONR_NONE;
    case ONRI_SLOT_PASSIVE:
        return cl->passive ? cl->verb : ONR_NONE;
    case ONRI_SLOT_BE_SUBJ:
        f = cl->subject;
        break;
    case ONRI_SLOT_SAY: {
        const uint32_t s = onri_statement_at(x->d, x->parse->tokens[cl->verb].beg);
        return s != ONR_NONE && x->d->statements.at[s].source.span.end ? cl->verb : ONR_NONE;
    }
    case ONRI_SLOT_THAT_OTHER: {
        f = find_clause(x, cl->verb);
        if (f == ONR_NONE) return f;
        bool passive;
        const uint32_t other = onri_event_subject(x, f, &passive);
        if (other == ONR_NONE || other == cl->subject) return ONR_NONE;
        return x->parse->tokens[other].sent == x->parse->tokens[cl->verb].sent ? other : ONR_NONE;
    }
    case ONRI_SLOT_TO:
        f = find_infinitive(x, cl->verb);
        break;
    case ONRI_SLOT_THAT:
        f = find_clause(x, cl->verb);
        break;
    }
    if (f == ONR_NONE) return f;
    if (k->filler == ONRI_FILL_COOP || k->filler == ONRI_FILL_HOSTILE) {
        const onri_event_hit inner = onri_event_match(x, f, 0, false);
        const bool hostile = inner.frame && x->book->types.at[inner.frame->type].hostile;
        return hostile == (k->filler == ONRI_FILL_HOSTILE) ? f : ONR_NONE;
    }
    return onri_event_fills(x, f, k->filler, k->set) ? f : ONR_NONE;
}

static int weight(const onri_frame_cond *k)
{
    int w = 1;
    if (k->filler == ONRI_FILL_SET)
        w = 3;
    else if (k->filler != ONRI_FILL_ANY || k->slot == ONRI_SLOT_PREP || k->slot == ONRI_SLOT_PART ||
             k->slot == ONRI_SLOT_WORD)
        w = 2;
    if (k->slot == ONRI_SLOT_TO || k->slot == ONRI_SLOT_THAT) w = 2;
    if (k->slot == ONRI_SLOT_IOBJ) w = 2;
    return w;
}

uint8_t onri_event_fails(const onri_event_ctx *x, uint32_t trigger, const onri_frame *f)
{
    const onri_clause cl = onri_event_clause(x, trigger);
    uint8_t k = 0;
    while (k < f->n_conds && filler_of(x, &cl, &f->conds[k]) != ONR_NONE) k++;
    return k;
}

/* The frames to try for a token: of its lemma as what it is, and of its form as what it stands for:
 * "pleased" as an adjective, "fighting" as a noun. */
typedef struct reading {
    uint32_t word;
    char pos;
} reading;

static int readings_of(const onri_event_ctx *x, uint32_t trigger, reading out[2])
{
    const onr_token *t = &x->parse->tokens[trigger];
    int n = 0;
    if (t->pos == ONR_POS_NOUN || t->pos == ONR_POS_PROPN) {
        if (t->dep != ONR_DEP_COMPOUND) out[n++] = (reading){ x->lemma[trigger], 'n' };
    } else if (t->pos == ONR_POS_ADJ) {
        out[n++] = (reading){ x->lemma[trigger], 'a' };
    } else if (t->tag == ONR_TAG_VBG && t->dep == ONR_DEP_AMOD) {
        return 0; /* "opposing views", "insulting remarks": a quality */
    } else if (t->pos == ONR_POS_VERB || t->pos == ONR_POS_AUX) {
        out[n++] = (reading){ x->lemma[trigger], t->dep == ONR_DEP_AUX ? 'm' : 'v' };
        if (t->tag == ONR_TAG_VBN) out[n++] = (reading){ x->lower[trigger], 'a' };
        if (t->tag == ONR_TAG_VBG && (t->dep == ONR_DEP_NSUBJ || t->dep == ONR_DEP_POBJ ||
                                      t->dep == ONR_DEP_DOBJ || t->dep == ONR_DEP_NSUBJPASS))
            out[n++] = (reading){ x->lower[trigger], 'n' };
    }
    return n;
}

/* Match one frame; its score, 0: it does not hold. */
static int try_frame(const onri_event_ctx *x, const onri_clause *cl, const onri_frame *f,
                     bool nested, onri_event_hit *m)
{
    onri_clause mine = *cl;
    int score = 1;
    *m = (onri_event_hit){ .frame = f, .clause = *cl };
    for (uint8_t k = 0; k < f->n_conds; k++) {
        const onri_frame_cond *c = &f->conds[k];
        /* one level of nesting is enough, and bounds the work */
        if (!nested && (c->filler == ONRI_FILL_COOP || c->filler == ONRI_FILL_HOSTILE)) return 0;
        m->filler[k] = filler_of(x, &mine, c);
        if (m->filler[k] == ONR_NONE) return 0;
        if (c->slot == ONRI_SLOT_PREP) mine.beside = m->filler[k];
        score += weight(c);
    }
    return score;
}

onri_event_hit onri_event_match(const onri_event_ctx *x, uint32_t trigger, uint8_t scheme,
                                bool nested)
{
    onri_event_hit best = { 0 }, m;
    reading r[2];
    const int n = readings_of(x, trigger, r);
    onri_clause cl = { 0 };
    bool have_clause = false;
    int best_score = 0;
    for (int k = 0; k < n; k++) {
        if (r[k].word == ONR_NONE || r[k].word >= x->book->first.n) continue;
        uint32_t i = x->book->first.at[r[k].word];
        if (i != ONR_NONE && !have_clause) cl = onri_event_clause(x, trigger);
        have_clause = have_clause || i != ONR_NONE;
        for (; i != ONR_NONE; i = x->book->frames.at[i].next) {
            const onri_frame *f = &x->book->frames.at[i];
            const bool fits = f->pos == r[k].pos && f->scheme == scheme;
            const int score = fits ? try_frame(x, &cl, f, nested, &m) : 0;
            if (score <= best_score) continue;
            best = m;
            best_score = score;
        }
    }
    return best;
}
