/* Did it happen? Tense, modality, negation, conditions and the words that govern the trigger, read
 * upwards from it; the nearest word that decides wins, a negation below it turns it. Words come
 * from data/events/status.tsv. Source: own. */
#include "facts/event_i.h"

enum { CLIMB_MAX = 12 };
typedef enum status_kind { BY_VERB, BY_NOUN, BY_ADJ, BY_ADVERB, BY_MODAL, BY_CLAUSE } status_kind;

/* The status that the word at tok gives by its kind, ONR_EVENT__COUNT: none. */
static uint32_t by_word(const onri_event_ctx *x, uint32_t tok, status_kind kind)
{
    const onr_token *t = &x->parse->tokens[tok];
    const onri_atoms *atoms = &x->book->atoms;
    const uint32_t keys[2] = { x->lemma[tok], onri_atom_find(atoms, t->lower) };
    for (int k = 0; k < 2; k++) {
        if (keys[k] == ONR_NONE) continue;
        const uint32_t s = onri_map_get(&x->book->status, (uint64_t)kind << 32 | keys[k]);
        if (s != ONR_NONE) return s;
    }
    return ONR_EVENT__COUNT;
}

typedef struct verdict {
    onr_event_status status;
    bool decided;
    onr_span why;
} verdict;

static void decide(const onri_event_ctx *x, verdict *v, uint32_t status, uint32_t tok)
{
    if (v->decided || status == ONR_EVENT__COUNT) return;
    v->status = (onr_event_status)status;
    v->decided = true;
    v->why = (onr_span){ x->parse->tokens[tok].beg, x->parse->tokens[tok].end };
}

/* What stands around a verb: negation, modals, adverbs, "to", "be going to", "if". */
static void look_at_verb(const onri_event_ctx *x, uint32_t at, verdict *v)
{
    const onr_token *t = x->parse->tokens;
    bool progressive = false;
    ONRI_EACH_CHILD (&x->view.tree, c, at) {
        if (t[c].dep == ONR_DEP_NEG) {
            decide(x, v, ONR_EVENT_NEGATED, c);
        } else if (t[c].dep == ONR_DEP_ADVMOD) {
            decide(x, v, by_word(x, c, BY_ADVERB), c);
        } else if (t[c].dep == ONR_DEP_MARK || (t[c].dep == ONR_DEP_ADVMOD && c < at)) {
            decide(x, v, by_word(x, c, BY_CLAUSE), c);
        } else if (t[c].dep == ONR_DEP_AUX || t[c].dep == ONR_DEP_AUXPASS) {
            if (c < at) decide(x, v, by_word(x, c, BY_MODAL), c);
            if (onri_eqz(t[c].lemma, "be") && t[at].tag == ONR_TAG_VBG) progressive = true;
        }
    }
    /* "will leave if …", "not until …": the condition hangs on the verb */
    ONRI_EACH_CHILD (&x->view.tree, c, at) {
        if (t[c].dep != ONR_DEP_ADVCL) continue;
        ONRI_EACH_CHILD (&x->view.tree, m, c)
            if (t[m].dep == ONR_DEP_MARK && by_word(x, m, BY_CLAUSE) == ONR_EVENT_CONDITIONAL &&
                (!v->decided || v->status == ONR_EVENT_PLANNED)) {
                v->decided = false;
                decide(x, v, ONR_EVENT_CONDITIONAL, m);
            }
    }
    if (progressive && !v->decided) {
        ONRI_EACH_CHILD (&x->view.tree, c, at)
            if (t[c].dep == ONR_DEP_AUX && (t[c].tag == ONR_TAG_VBZ || t[c].tag == ONR_TAG_VBP))
                decide(x, v, ONR_EVENT_ONGOING, c);
    }
}

static void look_at_noun(const onri_event_ctx *x, uint32_t at, verdict *v)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, at) {
        if (t[c].dep == ONR_DEP_AMOD) decide(x, v, by_word(x, c, BY_ADJ), c);
        if ((t[c].dep == ONR_DEP_DET && onri_eqz(t[c].lower, "no")) || t[c].dep == ONR_DEP_NEG)
            decide(x, v, ONR_EVENT_NEGATED, c);
    }
}

/* Does the step from child to head put the child under the head's sway? */
static bool governs(const onr_token *child, const onr_token *head)
{
    switch (child->dep) {
    case ONR_DEP_XCOMP:
    case ONR_DEP_CCOMP:
    case ONR_DEP_PCOMP:
    case ONR_DEP_DOBJ:
    case ONR_DEP_POBJ:
    case ONR_DEP_NSUBJPASS:
    case ONR_DEP_ACL:
        return true;
    case ONR_DEP_PREP:
        return head->pos != ONR_POS_VERB || onri_eqz(child->lower, "for") ||
               onri_eqz(child->lower, "of") || onri_eqz(child->lower, "to") ||
               onri_eqz(child->lower, "from") || onri_eqz(child->lower, "on") ||
               onri_eqz(child->lower, "about") || onri_eqz(child->lower, "against");
    default:
        return false;
    }
}

onr_event_status onri_event_status_of(const onri_event_ctx *x, uint32_t trigger, onr_span *why)
{
    const onr_token *t = x->parse->tokens;
    verdict v = { ONR_EVENT_HAPPENED, false, { 0, 0 } };
    uint32_t at = trigger;
    for (int step = 0; step < CLIMB_MAX; step++) {
        const bool verb = t[at].pos == ONR_POS_VERB || t[at].pos == ONR_POS_AUX;
        if (verb)
            look_at_verb(x, at, &v);
        else if (t[at].pos == ONR_POS_NOUN || t[at].pos == ONR_POS_PROPN)
            look_at_noun(x, at, &v);
        else if (t[at].lower.n == 7 && onri_eqz(t[at].lower, "without"))
            decide(x, &v, ONR_EVENT_NEGATED, at);
        if (v.decided || t[at].head == at) break;
        const uint32_t h = t[at].head;
        if (t[at].dep == ONR_DEP_CONJ) { /* shares what stands before the first conjunct */
            at = h;
            continue;
        }
        if (!governs(&t[at], &t[h])) break;
        const bool infinitive = t[at].dep == ONR_DEP_XCOMP || t[at].dep == ONR_DEP_ACL;
        if (t[h].pos == ONR_POS_VERB) {
            const bool finite = t[at].dep == ONR_DEP_CCOMP && t[at].tag != ONR_TAG_VB;
            const uint32_t s = by_word(x, h, BY_VERB);
            /* a finite clause tells its own tense; only claims and demands reach into it */
            if (!finite || s == ONR_EVENT_ALLEGED || s == ONR_EVENT_PROPOSED ||
                s == ONR_EVENT_NEGATED)
                decide(x, &v, s, h);
            if (!v.decided && onri_eqz(t[h].lower, "going") && infinitive)
                decide(x, &v, ONR_EVENT_PLANNED, h);
            if (finite && !v.decided) break;
        } else if (t[h].pos == ONR_POS_NOUN) {
            if (t[at].dep != ONR_DEP_NSUBJPASS) decide(x, &v, by_word(x, h, BY_NOUN), h);
        } else if (t[h].pos == ONR_POS_ADJ) {
            decide(x, &v, by_word(x, h, BY_ADJ), h);
        }
        /* "was to leave", "is to visit" */
        if (!v.decided && infinitive && t[h].pos == ONR_POS_AUX && onri_eqz(t[h].lemma, "be"))
            decide(x, &v, ONR_EVENT_PLANNED, h);
        at = h;
    }
    /* a negated refusal, a denied plan: what is planned and negated does not happen */
    if (v.decided && v.status != ONR_EVENT_NEGATED)
        ONRI_EACH_CHILD (&x->view.tree, c, at)
            if (t[c].dep == ONR_DEP_NEG && v.status == ONR_EVENT_PLANNED) {
                v.status = ONR_EVENT_NEGATED;
                v.why = (onr_span){ t[c].beg, t[c].end };
            }
    *why = v.why;
    return v.status;
}

/* "will not leave", "is not going to leave", "does not intend to leave": a refusal in words. */
bool onri_event_refuses(const onri_event_ctx *x, uint32_t trigger)
{
    const onr_token *t = x->parse->tokens;
    uint32_t at = trigger;
    for (int step = 0; step < 4; step++) {
        bool negated = false,
             will = by_word(x, at, BY_VERB) == ONR_EVENT_PLANNED || onri_eqz(t[at].lower, "going");
        ONRI_EACH_CHILD (&x->view.tree, c, at) {
            negated = negated || t[c].dep == ONR_DEP_NEG;
            will =
                will || (t[c].dep == ONR_DEP_AUX && by_word(x, c, BY_MODAL) == ONR_EVENT_PLANNED);
        }
        if (negated && will) return true;
        if (t[at].dep != ONR_DEP_XCOMP || t[at].head == at) return false;
        at = t[at].head;
    }
    return false;
}
