/* Third person pronouns: candidates of the last sentences, hard vetoes, then a score.
 *
 * Source: own; the factors are those of Lappin and Leass 1994 (recency, grammatical role,
 * parallelism), with how often an actor was named. Weights fitted to the news and biographies of
 * GUM train (CC BY). A bounded window of mentions makes it linear. */
#include "facts/actor.h"

enum { SENTENCES = 4, WINDOW = 90 };
static const double SAID_OF = 4.0; /* by judgement: too rare in what the weights were fitted to */

static bool reflexive(const onri_cast *c, const onri_cand *m)
{
    return onri_ends(c->m->parse->tokens[m->head].lower, ONR_SV("self")) ||
           onri_ends(c->m->parse->tokens[m->head].lower, ONR_SV("selves"));
}

static bool subject(const onr_token *t)
{
    return t->dep == ONR_DEP_NSUBJ || t->dep == ONR_DEP_NSUBJPASS;
}

static bool object(const onr_token *t)
{
    return t->dep == ONR_DEP_DOBJ || t->dep == ONR_DEP_DATIVE || t->dep == ONR_DEP_POBJ;
}

/* Two arguments of one verb cannot be one (but "himself"). */
static bool coarguments(const onri_cast *c, const onri_cand *m, const onri_cand *o)
{
    const onr_parse *p = c->m->parse;
    const onr_token *a = &p->tokens[m->syn], *b = &p->tokens[o->syn];
    if (a->tag == ONR_TAG_PRPS) return false;
    uint32_t va = a->head, vb = b->head;
    if (a->dep == ONR_DEP_POBJ) va = p->tokens[va].head;
    if (b->dep == ONR_DEP_POBJ) vb = p->tokens[vb].head;
    if (va != vb) return false;
    return (subject(a) || object(a)) && (subject(b) || object(b));
}

/* "It has offered to ease them": the understood subject of the pronoun's infinitive, ONR_NONE. Who
 * is asked to do it ("ordered the army to help it") is left to the score. */
static uint32_t understood(const onri_cast *c, const onri_cand *m)
{
    const onr_parse *p = c->m->parse;
    const onr_token *a = &p->tokens[m->syn];
    if (a->dep != ONR_DEP_DOBJ && a->dep != ONR_DEP_DATIVE) return ONR_NONE;
    const onr_token *v = &p->tokens[a->head];
    if (v->dep != ONR_DEP_XCOMP || v->tag != ONR_TAG_VB) return ONR_NONE;
    const uint32_t above = v->head;
    uint32_t subj = ONR_NONE;
    if (p->tokens[above].pos != ONR_POS_VERB) return ONR_NONE; /* "worthy to address it" */
    for (uint32_t i = p->tokens[above].l_edge; i < a->head; i++) {
        if (p->tokens[i].head != above) continue;
        if (i > above && object(&p->tokens[i])) return ONR_NONE;
        if (i < above && p->tokens[i].dep == ONR_DEP_NSUBJ) subj = i;
    }
    return subj == ONR_NONE ? ONR_NONE : c->m->by_head[subj];
}

static bool number_fits(const onri_cast *c, const onri_cand *m, const onri_cand *o,
                        const onri_cluster *k, onr_entity_type t)
{
    const bool plural = onri_cluster_plural(k);
    const bool body = t == ONR_ENTITY_ORGANIZATION || t == ONR_ENTITY_MEDIUM ||
                      t == ONR_ENTITY_GROUP || t == ONR_ENTITY_STATE;
    (void)c;
    switch (m->pronoun) {
    case ONRI_PRON_HE:
    case ONRI_PRON_SHE:
        return !plural && t == ONR_ENTITY_PERSON;
    case ONRI_PRON_IT:
        if (t == ONR_ENTITY_PERSON) return false;
        return !plural || (t == ONR_ENTITY_STATE) || t == ONR_ENTITY_ORGANIZATION;
    case ONRI_PRON_THEY:
        if (t == ONR_ENTITY_PERSON) return plural;
        return plural || body || o->pronoun == ONRI_PRON_THEY;
    default:
        return false;
    }
}

/* What speaks for a candidate. */
typedef enum factor {
    F_FAR,      /* a sentence further back */
    F_SUBJECT,  /* it is a subject */
    F_OBJECT,   /* it is an object or possessor */
    F_NAME,     /* it is a name */
    F_PRONOUN,  /* it is a pronoun */
    F_SIZE,     /* a mention more of the same actor, up to 8 */
    F_PARALLEL, /* the same role in its clause */
    F_QUOTE,    /* one inside a quotation, the other not */
    F_WORD,     /* a token further back */
    F_GENDER,   /* its gender is known to fit */
    F_MODIFIER, /* a word before a noun */
    F_PLURAL,   /* it is plural */
    F_OTHER,    /* nothing known to act */
    F_PLACE,    /* a place */
    F_BODY,     /* a state, organization or medium */
    F_ABOVE,    /* subject of a clause that holds the pronoun's */
    F_SAME,     /* the same pronoun */
    F_PAIR,     /* two joined by "and" */
    F_BESIDE,   /* inside an apposition: "Nagy, once a friend of Kerekes" */
    F__COUNT
} factor;

/* Of he and she, of it, of they. */
static const double weights[3][F__COUNT] = {
    { -3.0, 2.1, 0.75, -0.4, -0.2, 0.56, 1.18, -3.0, -0.05, 2.1, -3.0, -2.0, 0.0, 0.0, 0.0, 3.0,
      0.5, 0.0, -2.0 },
    { -6.0, 2.1, 0.75, 0.35, 1.0, 0.56, 2.68, -2.0, -0.03, 0.3, -4.0, 1.0, 0.5, -2.9, 0.0, 1.0,
      -1.1, 0.0, 0.0 },
    { -4.5, 0.1, 0.75, -0.4, 0.1, 0.0, 0.93, 0.0, -0.04, 1.2, -4.5, 0.5, -0.5, -0.8, -0.8, -0.2,
      0.5, 3.0, 0.0 },
};

/* Is o the subject of a verb above the pronoun in the tree? */
static bool subject_above(const onri_cast *c, const onri_cand *m, const onri_cand *o)
{
    const onr_token *t = c->m->parse->tokens;
    if (!subject(&t[o->syn]) || m->sent != o->sent) return false;
    const uint32_t verb = t[o->syn].head;
    uint32_t i = t[m->head].head;
    for (unsigned guard = 0; guard < 12 && t[i].head != i; guard++) {
        i = t[i].head;
        if (i == verb) return true;
    }
    return false;
}

/* Does o hang in what is said beside a noun? */
static bool is_beside(const onri_cast *c, const onri_cand *o)
{
    const onr_token *t = c->m->parse->tokens;
    uint32_t i = o->syn;
    for (unsigned guard = 0; guard < 8 && t[i].head != i; guard++) {
        if (t[i].dep == ONR_DEP_APPOS) return true;
        i = t[i].head;
    }
    return false;
}

/* "Germany will withdraw them, its minister said": what is said is about whom the speaker is of. */
static bool said_of(const onri_cast *c, const onri_cand *m, const onri_cand *o)
{
    const onr_token *t = c->m->parse->tokens;
    if (t[m->head].tag != ONR_TAG_PRPS || m->sent != o->sent || !subject(&t[o->syn])) return false;
    const onr_token *owner = &t[t[m->head].head];
    if (!subject(owner)) return false;
    const uint32_t cue = owner->head, told = t[o->syn].head;
    if (told >= m->beg || told >= cue) return false;
    return t[told].head == cue ? t[told].dep == ONR_DEP_CCOMP
                               : t[cue].head == told && t[cue].dep == ONR_DEP_PARATAXIS;
}

static double score(const onri_cast *c, const onri_cand *m, uint32_t o_at)
{
    const onr_parse *p = c->m->parse;
    const onri_cand *o = &c->m->at.at[o_at];
    const onri_cluster *k = onri_cluster_of(c, o_at);
    const onr_token *a = &p->tokens[m->syn], *b = &p->tokens[o->syn];
    const onr_entity_type t = onri_cluster_type(k);
    const double *w = weights[m->pronoun == ONRI_PRON_IT     ? 1
                              : m->pronoun == ONRI_PRON_THEY ? 2
                                                             : 0];
    double s = w[F_FAR] * (double)(m->sent - o->sent);
    if (subject(b)) s += w[F_SUBJECT];
    if (b->dep == ONR_DEP_POSS || b->dep == ONR_DEP_DOBJ) s += w[F_OBJECT];
    if (o->kind == ONR_MENTION_NAME) s += w[F_NAME];
    if (o->kind == ONR_MENTION_PRONOUN) s += w[F_PRONOUN];
    s += w[F_SIZE] * (k->n < 8 ? k->n : 8);
    if (b->dep == a->dep) s += w[F_PARALLEL];
    if ((m->quote == ONR_NONE) != (o->quote == ONR_NONE)) s += w[F_QUOTE];
    s += w[F_WORD] * (double)(m->beg - o->beg);
    if (m->gender && onri_cluster_gender(k) == m->gender) s += w[F_GENDER];
    if (o->modifier) s += w[F_MODIFIER];
    if (onri_cluster_plural(k)) s += w[F_PLURAL];
    if (t == ONR_ENTITY_OTHER) s += w[F_OTHER];
    if (t == ONR_ENTITY_PLACE || t == ONR_ENTITY_FACILITY) s += w[F_PLACE];
    if (t == ONR_ENTITY_STATE || t == ONR_ENTITY_ORGANIZATION || t == ONR_ENTITY_MEDIUM)
        s += w[F_BODY];
    if (subject_above(c, m, o)) s += w[F_ABOVE];
    if (o->pronoun == m->pronoun) s += w[F_SAME];
    if (o->pair) s += w[F_PAIR];
    if (is_beside(c, o)) s += w[F_BESIDE];
    if (m->pronoun != ONRI_PRON_HE && m->pronoun != ONRI_PRON_SHE && said_of(c, m, o)) s += SAID_OF;
    return s;
}

static bool allowed(const onri_cast *c, uint32_t i, uint32_t o_at)
{
    const onri_cand *m = &c->m->at.at[i], *o = &c->m->at.at[o_at];
    const onri_cluster *k = onri_cluster_of(c, o_at);
    const onr_entity_type t = onri_cluster_type(k);
    if (o->beg >= m->beg && o->head >= m->head) return false;
    if (o->beg <= m->beg && m->end <= o->end) return false; /* inside it */
    if (o->pronoun == ONRI_PRON_I || o->pronoun == ONRI_PRON_WE || o->pronoun == ONRI_PRON_YOU)
        return false;
    if (o->kind == ONR_MENTION_ADJECTIVE || o->absorbed) return false;
    if (o->pair && m->pronoun != ONRI_PRON_THEY) return false;
    if (onri_root(c, i) == onri_root(c, o_at)) return false;
    if (!number_fits(c, m, o, k, t)) return false;
    const uint8_t g = onri_cluster_gender(k);
    if (m->gender && g && g != m->gender) return false;
    if (reflexive(c, m)) {
        if (o->sent != m->sent) return false;
    } else if (coarguments(c, m, o)) {
        return false;
    } else {
        const uint32_t self = understood(c, m);
        if (self != ONR_NONE && self != i && onri_root(c, self) == onri_root(c, o_at)) return false;
    }
    if (m->quote != ONR_NONE) { /* who speaks does not say he of himself */
        const uint32_t speaker = c->m->quotes.at[m->quote].speaker;
        if (speaker != ONR_NONE && onri_root(c, speaker) == onri_root(c, o_at) &&
            t == ONR_ENTITY_PERSON)
            return false;
    }
    return true;
}

void onri_pass_pronouns(onri_cast *c)
{
    for (uint32_t i = 0; i < c->m->at.n; i++) {
        const onri_cand *m = &c->m->at.at[i];
        if (m->pronoun < ONRI_PRON_HE || m->pronoun > ONRI_PRON_THEY) continue;
        const uint32_t from = m->sent >= SENTENCES - 1 ? m->sent - (SENTENCES - 1) : 0;
        uint32_t lo = c->m->first_of_sent[from];
        if (i > WINDOW && lo < i - WINDOW) lo = i - WINDOW;
        uint32_t best = ONR_NONE;
        double top = -1e9;
        for (uint32_t o = lo; o < i; o++) {
            if (!allowed(c, i, o)) continue;
            const double s = score(c, m, o);
            if (s >= top) {
                top = s;
                best = o;
            }
        }
        if (best != ONR_NONE) onri_join(c, i, best, "pronoun", m->gender ? 0.92f : 0.75f);
    }
}
