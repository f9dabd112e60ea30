/* Did it happen? Tense, modality, negation, conditions and the words that govern the trigger, read
 * upwards from it; the nearest word that decides wins, a negation of that word turns it. Words come
 * from data/events/status.tsv and carriers.tsv. Source: own. Leaves out: what another sentence says
 * about the event. */
#include "facts/event_i.h"

enum { CLIMB_MAX = 12 };

/* The row of the word at tok by its kind, 0: none. */
static uint32_t row_of(const onri_event_ctx *x, uint32_t tok, onri_status_kind kind)
{
    const uint32_t keys[2] = { x->lemma[tok], x->lower[tok] };
    for (int k = 0; k < 2; k++) {
        if (keys[k] == ONR_NONE) continue;
        const uint32_t s = onri_map_get(&x->book->status, (uint64_t)kind << 32 | keys[k]);
        if (s != ONR_NONE) return s + 1;
    }
    return 0;
}

static onr_event_status status_in(uint32_t row)
{
    return (onr_event_status)((row - 1) & 0xFF);
}

static bool has_flag(uint32_t row, uint32_t flag)
{
    return row && ((row - 1) & flag);
}

uint32_t onri_event_carries(const onri_event_ctx *x, uint32_t tok)
{
    if (x->lemma[tok] == ONR_NONE) return 0;
    const uint32_t c = onri_map_get(&x->book->carriers, x->lemma[tok]);
    return c == ONR_NONE ? 0 : c;
}

typedef struct verdict {
    onr_event_status status;
    bool decided;
    uint32_t word;           /* the word that decides */
    onr_event_status beside; /* what a word like "continue" gives where nothing else decides */
    uint32_t beside_word;
} verdict;

static void settle(verdict *v, onr_event_status status, uint32_t tok)
{
    if (v->decided) return;
    v->status = status;
    v->decided = true;
    v->word = tok;
}

/* A row of the table decides, or, where what stands above may still decide, is kept beside. */
static void decide(verdict *v, uint32_t row, uint32_t tok)
{
    if (!row || v->decided) return;
    if (!has_flag(row, ONRI_STATUS_THROUGH))
        settle(v, status_in(row), tok);
    else if (v->beside_word == ONR_NONE && status_in(row) != ONR_EVENT_HAPPENED) {
        v->beside = status_in(row);
        v->beside_word = tok;
    }
}

static bool is_verb(const onr_token *t)
{
    return t->pos == ONR_POS_VERB || t->pos == ONR_POS_AUX;
}

static bool is_noun(const onr_token *t)
{
    return t->pos == ONR_POS_NOUN || t->pos == ONR_POS_PROPN;
}

static uint32_t to_of(const onri_event_ctx *x, uint32_t verb)
{
    ONRI_EACH_CHILD (&x->view.tree, c, verb)
        if (x->parse->tokens[c].tag == ONR_TAG_TO) return c;
    return ONR_NONE;
}

/* Past by its form: "threatened", "had threatened". */
static bool is_past(const onri_event_ctx *x, uint32_t verb)
{
    const onr_token *t = x->parse->tokens;
    if (t[verb].tag == ONR_TAG_VBD) return true;
    ONRI_EACH_CHILD (&x->view.tree, c, verb)
        if ((t[c].dep == ONR_DEP_AUX || t[c].dep == ONR_DEP_AUXPASS) &&
            (t[c].tag == ONR_TAG_VBD || onri_eqz(t[c].lemma, "have")) && t[c].tag != ONR_TAG_MD)
            return true;
    return false;
}

/* "would have left": it did not come to it. */
static bool is_perfect(const onri_event_ctx *x, uint32_t verb)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, verb)
        if (t[c].dep == ONR_DEP_AUX && onri_eqz(t[c].lower, "have")) return true;
    return false;
}

static void look_at_conditions(const onri_event_ctx *x, uint32_t at, verdict *v)
{
    const onr_token *t = x->parse->tokens;
    /* what was done or said in the past stands, whatever it was said to hang on */
    if (!(v->decided && v->status == ONR_EVENT_PLANNED) && (v->decided || is_past(x, at))) return;
    ONRI_EACH_CHILD (&x->view.tree, c, at) {
        if (t[c].dep != ONR_DEP_ADVCL) continue;
        ONRI_EACH_CHILD (&x->view.tree, m, c) {
            const uint32_t row = t[m].dep == ONR_DEP_MARK ? row_of(x, m, ONRI_BY_CLAUSE) : 0;
            if (!row || status_in(row) != ONR_EVENT_CONDITIONAL) continue;
            v->decided = false;
            decide(v, row, m);
        }
    }
}

static uint32_t no_of(const onri_event_ctx *x, uint32_t noun)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, noun)
        if ((t[c].dep == ONR_DEP_DET && onri_eqz(t[c].lower, "no")) || t[c].dep == ONR_DEP_NEG ||
            onri_eqz(t[c].lower, "neither"))
            return c;
    return ONR_NONE;
}

/* "no talks were held", "nobody was hurt": who or what the verb has is none. */
static void look_at_nobody(const onri_event_ctx *x, uint32_t at, verdict *v)
{
    static const char *const words[] = { "nobody", "none", "nothing", "neither" };
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, at) {
        if (t[c].dep != ONR_DEP_DOBJ && t[c].dep != ONR_DEP_NSUBJ && t[c].dep != ONR_DEP_NSUBJPASS)
            continue;
        const uint32_t no = no_of(x, c);
        if (no != ONR_NONE) settle(v, ONR_EVENT_NEGATED, no);
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (onri_eqz(t[c].lower, words[i])) settle(v, ONR_EVENT_NEGATED, c);
    }
}

/* What stands around a verb: negation, modals, adverbs, "to", "be going to", "if". */
static void look_at_verb(const onri_event_ctx *x, uint32_t at, verdict *v)
{
    const onr_token *t = x->parse->tokens;
    bool progressive = false;
    ONRI_EACH_CHILD (&x->view.tree, c, at) {
        if (t[c].dep == ONR_DEP_NEG) {
            settle(v, ONR_EVENT_NEGATED, c);
        } else if (t[c].dep == ONR_DEP_ADVMOD) {
            decide(v, row_of(x, c, ONRI_BY_ADVERB), c);
            if (c < at) decide(v, row_of(x, c, ONRI_BY_CLAUSE), c);
        } else if (t[c].dep == ONR_DEP_MARK) {
            decide(v, row_of(x, c, ONRI_BY_CLAUSE), c);
        } else if (t[c].dep == ONR_DEP_PREP && onri_eqz(t[c].lower, "in")) {
            ONRI_EACH_CHILD (&x->view.tree, p, c) /* "in the event Kenya was attacked" */
                if (has_flag(row_of(x, p, ONRI_BY_NOUN), ONRI_STATUS_AFTER_IN))
                    decide(v, row_of(x, p, ONRI_BY_NOUN), p);
        } else if (t[c].dep == ONR_DEP_AUX || t[c].dep == ONR_DEP_AUXPASS) {
            const uint32_t row = c < at ? row_of(x, c, ONRI_BY_MODAL) : 0;
            if (row && status_in(row) == ONR_EVENT_PLANNED && is_perfect(x, at))
                settle(v, ONR_EVENT_CONDITIONAL, c);
            decide(v, row, c);
            if (onri_eqz(t[c].lemma, "be") && t[at].tag == ONR_TAG_VBG) progressive = true;
        }
    }
    look_at_nobody(x, at, v);
    look_at_conditions(x, at, v);
    if (progressive && !v->decided) {
        ONRI_EACH_CHILD (&x->view.tree, c, at)
            if (t[c].dep == ONR_DEP_AUX && (t[c].tag == ONR_TAG_VBZ || t[c].tag == ONR_TAG_VBP))
                settle(v, ONR_EVENT_ONGOING, c);
    }
}

static void look_at_noun(const onri_event_ctx *x, uint32_t at, verdict *v)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, at) {
        if (t[c].dep == ONR_DEP_AMOD) decide(v, row_of(x, c, ONRI_BY_ADJ), c);
        if (t[c].dep == ONR_DEP_RELCL && onri_event_carries(x, c)) /* "talks that will be held" */
            look_at_verb(x, c, v);
    }
    const uint32_t no = no_of(x, at);
    if (no != ONR_NONE) settle(v, ONR_EVENT_NEGATED, no);
}

/* Prepositions through which a verb reaches what it is about. */
static bool reaches(const onr_token *prep)
{
    static const char *const words[] = { "for", "of", "to", "from", "on", "about", "against" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (onri_eqz(prep->lower, words[i])) return true;
    return false;
}

static bool is_one_of(const onr_token *t, const char *const *words)
{
    for (; *words; words++)
        if (onri_eqz(t->lower, *words)) return true;
    return false;
}

/* What is named as the background of another deed is there, whatever becomes of that: "will not
 * step down despite their recognition of his rival". */
static bool is_background(const onri_event_ctx *x, uint32_t at)
{
    const onr_token *prep = &x->parse->tokens[at], *above = &x->parse->tokens[prep->head];
    if (onri_eqz(prep->lower, "at")) /* "pledged at the talks", but "aimed at talks" */
        return !onri_eqz(above->lemma, "aim") && !onri_eqz(above->lemma, "hint") &&
               above->pos == ONR_POS_VERB;
    static const char *const words[] = { "despite", "after", "following", "since",  "amid",
                                         "amidst",  "given", "because",   "during", "due",
                                         "under",   "owing", "thanks",    NULL };
    return is_one_of(prep, words);
}

/* "left after attacking": done by itself. */
static bool is_apart(const onr_token *prep)
{
    static const char *const words[] = { "after", "before",  "since",  "despite",
                                         "upon",  "besides", "during", NULL };
    return is_one_of(prep, words);
}

/* "ended the visit by expressing", "could end it by expressing": the verb's own meaning says
 * nothing of what is done by it, its tense and modality do. */
static bool is_means(const onr_token *prep)
{
    static const char *const words[] = { "by", "while", "when", "through", NULL };
    return is_one_of(prep, words);
}

/* "limits such as cracking down": an example of what the noun stands for. */
static bool is_example(const onr_token *prep)
{
    static const char *const words[] = { "as", "like", "including", NULL };
    return is_one_of(prep, words);
}

/* "succeeded in leaving", "steer clear of attacking": from a gerund to what has its preposition. */
static bool climb_from_gerund(const onri_event_ctx *x, uint32_t prep, verdict *v)
{
    const onr_token *t = x->parse->tokens;
    const uint32_t h = t[prep].head;
    if (t[prep].dep != ONR_DEP_PREP) return false;
    if (is_verb(&t[h])) {
        if (is_apart(&t[prep])) return false;
        if (is_means(&t[prep])) {
            ONRI_EACH_CHILD (&x->view.tree, c, h) /* "there are two ways: by expelling" */
                if (t[c].dep == ONR_DEP_ATTR) decide(v, row_of(x, c, ONRI_BY_NOUN), c);
            return true;
        }
        ONRI_EACH_CHILD (&x->view.tree, c, h) /* "steers clear of attacking" */
            if (onri_eqz(t[c].lower, "clear")) decide(v, row_of(x, c, ONRI_BY_ADJ), c);
        decide(v, row_of(x, h, ONRI_BY_VERB), h);
        /* what is done by not doing it, after it, for it, stands by itself */
        return onri_eqz(t[prep].lower, "in") || onri_eqz(t[prep].lower, "from") ||
               onri_eqz(t[prep].lower, "of") || v->decided;
    }
    if (is_noun(&t[h])) {
        decide(v, row_of(x, h, ONRI_BY_NOUN), h);
        if (is_example(&t[prep]) || is_means(&t[prep])) return true;
    }
    if (t[h].pos == ONR_POS_ADJ || t[h].pos == ONR_POS_ADV) decide(v, row_of(x, h, ONRI_BY_ADJ), h);
    return v->decided;
}

/* "the attack", "its talks" are there whatever is said of them; "an attack", "partnership" are not.
 */
static bool is_definite(const onri_event_ctx *x, uint32_t noun)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, noun)
        if (t[c].dep == ONR_DEP_POSS ||
            (t[c].dep == ONR_DEP_DET && !onri_eqz(t[c].lower, "a") && !onri_eqz(t[c].lower, "an") &&
             !onri_eqz(t[c].lower, "any") && !onri_eqz(t[c].lower, "some")))
            return true;
    return false;
}

/* One step from a noun (or its preposition) to the verb or noun above. False: no further. */
static bool climb_from_noun(const onri_event_ctx *x, uint32_t trigger, uint32_t at, uint32_t h,
                            verdict *v)
{
    const onr_token *t = x->parse->tokens;
    const uint8_t dep = t[at].dep;
    if (dep == ONR_DEP_POBJ || dep == ONR_DEP_PCOMP) return true;
    const bool object = dep == ONR_DEP_DOBJ || dep == ONR_DEP_NSUBJPASS;
    if (is_verb(&t[h])) {
        if (dep == ONR_DEP_NSUBJ && onri_eqz(t[h].lemma, "be")) {
            /* "the talks are not likely", but "their support is not abstract": it is there */
            const uint32_t quality = onri_tree_child(&x->view.tree, h, ONR_DEP_ACOMP);
            return quality == ONR_NONE || row_of(x, quality, ONRI_BY_ADJ);
        }
        if (dep == ONR_DEP_NSUBJ || dep == ONR_DEP_ATTR)
            return onri_event_carries(x, h) != 0 || onri_eqz(t[h].lemma, "be");
        if (!object && (dep != ONR_DEP_PREP || is_background(x, at))) return false;
        const bool loose = !is_definite(x, trigger);
        if (!object && !reaches(&t[at]))
            return loose || (onri_event_carries(x, h) & ONRI_CARRY_DOES) != 0;
        uint32_t row = row_of(x, h, ONRI_BY_OBJECT);
        if (!row) row = row_of(x, h, ONRI_BY_VERB);
        decide(v, row, h);
        return row || loose || onri_event_carries(x, h) != 0;
    }
    if (dep != ONR_DEP_PREP) return false;
    if (is_noun(&t[h])) {
        if (is_background(x, at)) return false;
        const uint32_t row = row_of(x, h, ONRI_BY_NOUN);
        /* "in the event of an attack", but "the events of the raid" */
        if (!has_flag(row, ONRI_STATUS_AFTER_IN) || onri_eqz(t[t[h].head].lower, "in"))
            decide(v, row, h);
        return v->decided || onri_event_carries(x, h) != 0;
    }
    if (t[h].pos == ONR_POS_ADJ) decide(v, row_of(x, h, ONRI_BY_ADJ), h);
    return false;
}

/* Does the verb's own clause say when it is ("that Iran attacked", not "to attack")? */
static bool is_finite(const onri_event_ctx *x, uint32_t verb)
{
    const onr_token *t = x->parse->tokens;
    if (t[verb].dep != ONR_DEP_CCOMP || to_of(x, verb) != ONR_NONE) return false;
    if (t[verb].tag != ONR_TAG_VB && t[verb].tag != ONR_TAG_VBG) return true;
    ONRI_EACH_CHILD (&x->view.tree, c, verb)
        if (t[c].dep == ONR_DEP_AUX && t[c].tag != ONR_TAG_TO) return true;
    return false;
}

static bool has_that(const onri_event_ctx *x, uint32_t verb)
{
    ONRI_EACH_CHILD (&x->view.tree, c, verb)
        if (x->parse->tokens[c].dep == ONR_DEP_MARK && onri_eqz(x->parse->tokens[c].lower, "that"))
            return true;
    return false;
}

/* "claims that it attacked": who says it of himself is believed. */
static bool says_of_himself(const onri_event_ctx *x, uint32_t verb)
{
    ONRI_EACH_CHILD (&x->view.tree, c, verb)
        if (x->parse->tokens[c].dep == ONR_DEP_NSUBJ)
            return x->parse->tokens[c].pos == ONR_POS_PRON;
    return false;
}

/* "if there were people who attack": what is said of the supposed is supposed. */
static void supposed(const onri_event_ctx *x, uint32_t noun, verdict *v)
{
    const onr_token *t = x->parse->tokens;
    const uint32_t above = t[noun].head;
    if (!is_verb(&t[above])) return;
    ONRI_EACH_CHILD (&x->view.tree, c, above)
        if (t[c].dep == ONR_DEP_MARK) decide(v, row_of(x, c, ONRI_BY_CLAUSE), c);
}

/* "could sue, pushing for a ban": a participle shares the modal of its clause, not its negation. */
static void share_modal(const onri_event_ctx *x, uint32_t at, uint32_t clause, verdict *v)
{
    const onr_token *t = x->parse->tokens;
    ONRI_EACH_CHILD (&x->view.tree, c, at)
        if (t[c].dep == ONR_DEP_MARK || t[c].dep == ONR_DEP_AUX || t[c].dep == ONR_DEP_NSUBJ)
            return;
    ONRI_EACH_CHILD (&x->view.tree, c, clause)
        if (t[c].dep == ONR_DEP_AUX && c < clause) decide(v, row_of(x, c, ONRI_BY_MODAL), c);
}

/* One step from a verb to what governs it. False: no further. */
static bool climb_from_verb(const onri_event_ctx *x, uint32_t at, uint32_t h, verdict *v)
{
    const onr_token *t = x->parse->tokens;
    const uint8_t dep = t[at].dep;
    const uint32_t to = to_of(x, at);
    if (dep == ONR_DEP_ADVCL) { /* "went there to meet her" */
        if (to != ONR_NONE) settle(v, ONR_EVENT_PLANNED, to);
        if (t[at].tag == ONR_TAG_VBG && at > h) share_modal(x, at, h, v);
        return false;
    }
    if (dep == ONR_DEP_ACL || dep == ONR_DEP_RELCL) {
        if (to == ONR_NONE) { /* "denied rumours that he left" */
            const uint32_t in = row_of(x, h, ONRI_BY_NOUN);
            if (has_flag(in, ONRI_STATUS_AFTER_IN) && onri_eqz(t[t[h].head].lower, "in"))
                decide(v, in, h); /* "in the event she was injured" */
            else if (in && status_in(in) == ONR_EVENT_CONDITIONAL && !onri_event_carries(x, h) &&
                     onri_tree_child(&x->view.tree, at, ONR_DEP_DOBJ) != ONR_NONE &&
                     onri_tree_child(&x->view.tree, at, ONR_DEP_NSUBJ) != ONR_NONE)
                decide(v, in, h); /* "on the chance an illness forces her out" */
            else if (in && status_in(in) == ONR_EVENT_NEGATED && t[at].tag == ONR_TAG_VBG)
                decide(v, in, h); /* "has trouble persuading them" */
            if (dep == ONR_DEP_RELCL) supposed(x, h, v);
            if (dep == ONR_DEP_RELCL || !has_that(x, at)) return false;
            const uint32_t above = t[h].head, deny = row_of(x, above, ONRI_BY_VERB);
            if (t[h].dep == ONR_DEP_DOBJ && deny && status_in(deny) == ONR_EVENT_NEGATED)
                decide(v, deny, above);
            decide(v, row_of(x, h, ONRI_BY_NOUN), h);
            return v->decided;
        }
        decide(v, row_of(x, h, ONRI_BY_NOUN), h);
        ONRI_EACH_CHILD (&x->view.tree, c, h) /* "the first country to leave" has left */
            if (has_flag(row_of(x, c, ONRI_BY_ADJ), ONRI_STATUS_THROUGH)) return false;
        settle(v, ONR_EVENT_PLANNED, to);
        return false;
    }
    if (dep == ONR_DEP_PCOMP) return true;
    if (dep != ONR_DEP_XCOMP && dep != ONR_DEP_CCOMP) return false;
    if (t[h].pos == ONR_POS_ADJ) {
        decide(v, row_of(x, h, ONRI_BY_ADJ), h);
        return true;
    }
    if (!is_verb(&t[h])) return false;
    if (onri_tree_passive(&x->view.tree, h)) decide(v, row_of(x, h, ONRI_BY_PASSIVE), h);
    const uint32_t row = row_of(x, h, ONRI_BY_VERB);
    if (is_finite(x, at) && row_of(x, h, ONRI_BY_RAISING)) { /* "does not think that it is" */
        ONRI_EACH_CHILD (&x->view.tree, c, h)
            if (t[c].dep == ONR_DEP_NEG) settle(v, ONR_EVENT_NEGATED, c);
    }
    if (is_finite(x, at)) { /* it tells its own tense; few words reach into it */
        if (at > h && has_flag(row, ONRI_STATUS_FINITE) &&
            !(status_in(row) == ONR_EVENT_ALLEGED && says_of_himself(x, at)))
            decide(v, row, h);
        return v->decided;
    }
    decide(v, row, h);
    if (to == ONR_NONE && dep == ONR_DEP_CCOMP && t[at].tag == ONR_TAG_VBG) return v->decided;
    if (onri_eqz(t[h].lower, "going") || (onri_eqz(t[h].lemma, "be") && to != ONR_NONE))
        settle(v, ONR_EVENT_PLANNED, h); /* "going to leave", "was to leave" */
    return true;
}

/* Does a second conjunct lean on the auxiliaries of the first ("will come and talk")? */
static bool leans(const onri_event_ctx *x, uint32_t at)
{
    const onr_token *t = x->parse->tokens;
    if (!is_verb(&t[at])) return true;
    /* "will restructure and cut its staff": past by its look alone */
    const bool alike = onri_eq(t[at].lower, t[at].lemma) && t[t[at].head].tag == ONR_TAG_VB;
    if ((t[at].tag == ONR_TAG_VBD && !alike) || t[at].tag == ONR_TAG_VBZ) return false;
    ONRI_EACH_CHILD (&x->view.tree, c, at)
        if (t[c].dep == ONR_DEP_AUX || t[c].dep == ONR_DEP_AUXPASS || t[c].dep == ONR_DEP_NSUBJ)
            return t[c].tag == ONR_TAG_TO;
    return true;
}

/* "no plan to leave", "does not intend to": what is planned and negated is not to be. */
static void negate(const onri_event_ctx *x, verdict *v)
{
    const onr_token *t = x->parse->tokens;
    if (!v->decided || v->status == ONR_EVENT_NEGATED || v->status == ONR_EVENT_ALLEGED) return;
    uint32_t host = v->word, no;
    if (t[host].dep == ONR_DEP_AUX) {
        if (v->status != ONR_EVENT_PLANNED) return; /* "may not leave": it may, or not */
        host = t[host].head;
    }
    if (t[host].dep == ONR_DEP_MARK || t[host].pos == ONR_POS_SCONJ) return;
    no = no_of(x, host);
    if (no == ONR_NONE && t[host].pos == ONR_POS_ADJ) no = no_of(x, t[host].head);
    if (no == ONR_NONE) return;
    v->status = ONR_EVENT_NEGATED;
    v->word = no;
}

/* The "if" of the clause the trigger stands in, however deep: "if they decide to join". ONR_NONE:
 * no such clause. */
static uint32_t condition_above(const onri_event_ctx *x, uint32_t trigger)
{
    const onr_token *t = x->parse->tokens;
    uint32_t at = trigger;
    for (int step = 0; step < CLIMB_MAX; step++) {
        if (is_verb(&t[at]) && t[at].dep == ONR_DEP_ADVCL)
            ONRI_EACH_CHILD (&x->view.tree, m, at) {
                const uint32_t row = t[m].dep == ONR_DEP_MARK ? row_of(x, m, ONRI_BY_CLAUSE) : 0;
                if (row && status_in(row) == ONR_EVENT_CONDITIONAL) return m;
            }
        const uint8_t d = t[at].dep;
        const bool any_of = d == ONR_DEP_RELCL && !is_definite(x, t[at].head) &&
                            t[t[at].head].pos != ONR_POS_PROPN; /* "if an army that kills" */
        const bool participle = d == ONR_DEP_ADVCL && t[at].tag == ONR_TAG_VBG;
        const bool up =
            d == ONR_DEP_XCOMP || d == ONR_DEP_CCOMP || d == ONR_DEP_PCOMP || any_of ||
            participle ||
            (d == ONR_DEP_CONJ && (leans(x, at) || t[t[at].head].dep == ONR_DEP_ADVCL)) ||
            (!is_verb(&t[at]) && (d == ONR_DEP_DOBJ || d == ONR_DEP_NSUBJPASS));
        if (!up || t[at].head == at) return ONR_NONE;
        at = t[at].head;
    }
    return ONR_NONE;
}

static bool is_asked(const onri_event_ctx *x, uint32_t trigger, uint32_t *mark)
{
    const onr_tokens s = x->parse->sentences[x->parse->tokens[trigger].sent];
    for (uint32_t i = s.end; i > s.beg && i + 3 > s.end; i--)
        if (onri_eqz(x->parse->tokens[i - 1].lower, "?")) {
            *mark = i - 1;
            return true;
        }
    return false;
}

onr_event_status onri_event_status_of(const onri_event_ctx *x, uint32_t trigger, uint32_t *why)
{
    const onr_token *t = x->parse->tokens;
    verdict v = { ONR_EVENT_HAPPENED, false, ONR_NONE, ONR_EVENT_HAPPENED, ONR_NONE };
    uint32_t at = trigger, mark = 0;
    bool look = true, gerund = false;
    for (int step = 0; step < CLIMB_MAX; step++) {
        if (look && is_verb(&t[at]))
            look_at_verb(x, at, &v);
        else if (look && is_noun(&t[at]))
            look_at_noun(x, at, &v);
        else if (onri_eqz(t[at].lower, "without"))
            settle(&v, ONR_EVENT_NEGATED, at);
        if (v.decided || t[at].head == at) break;
        const uint32_t h = t[at].head;
        look = true;
        if (t[at].dep == ONR_DEP_CONJ)
            look = leans(x, at);
        else if (t[at].dep == ONR_DEP_AUX)
            break; /* "must" is itself the demand */
        else if (t[at].dep == ONR_DEP_ACOMP)
            look = true;
        else if (t[at].dep == ONR_DEP_AMOD && is_verb(&t[at]) &&
                 (t[h].dep == ONR_DEP_ATTR || t[h].dep == ONR_DEP_CONJ))
            look = false; /* "were not invited guests" */
        else if (gerund            ? !climb_from_gerund(x, at, &v)
                 : is_verb(&t[at]) ? !climb_from_verb(x, at, h, &v)
                                   : !climb_from_noun(x, trigger, at, h, &v))
            break;
        gerund = t[at].dep == ONR_DEP_PCOMP && t[h].pos == ONR_POS_ADP;
        at = h;
    }
    negate(x, &v);
    if (v.status == ONR_EVENT_HAPPENED || v.status == ONR_EVENT_PLANNED ||
        v.status == ONR_EVENT_ONGOING) {
        const uint32_t mif = condition_above(x, trigger);
        if (mif != ONR_NONE) v = (verdict){ ONR_EVENT_CONDITIONAL, true, mif, v.beside, ONR_NONE };
    }
    if (!v.decided && v.beside_word != ONR_NONE) {
        v.status = v.beside;
        v.word = v.beside_word;
    } else if (!v.decided && is_asked(x, trigger, &mark)) {
        v.status = ONR_EVENT_CONDITIONAL;
        v.word = mark;
    }
    *why = v.word;
    return v.status;
}

/* "will not leave", "is not going to leave", "does not intend to leave": a refusal in words. able:
 * "cannot" is one too ("cannot agree"). */
bool onri_event_refuses(const onri_event_ctx *x, uint32_t trigger, bool able)
{
    const onr_token *t = x->parse->tokens;
    uint32_t at = trigger;
    for (int step = 0; step < 4; step++) {
        const uint32_t row = row_of(x, at, ONRI_BY_VERB);
        bool negated = false,
             will = (row && status_in(row) == ONR_EVENT_PLANNED) || onri_eqz(t[at].lower, "going");
        ONRI_EACH_CHILD (&x->view.tree, c, at) {
            const uint32_t modal = t[c].dep == ONR_DEP_AUX ? row_of(x, c, ONRI_BY_MODAL) : 0;
            negated = negated || t[c].dep == ONR_DEP_NEG;
            will =
                will ||
                (modal && (status_in(modal) == ONR_EVENT_PLANNED ||
                           (able && (onri_eqz(t[c].lower, "can") || onri_eqz(t[c].lower, "ca")))));
        }
        if (negated && will) return true;
        if (t[at].dep != ONR_DEP_XCOMP || t[at].head == at) return false;
        at = t[at].head;
    }
    return false;
}
