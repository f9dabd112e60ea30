/* Answers by set phrases: "under the pretext that", "attach no importance to his words", "has
 * nothing to do with these statements", "live in illusions that", "found no such weapons", "cleared
 * of all charges". Source: own; grammar of English; the words stand in data/disputes/words.tsv.
 *
 * Left out: phrases whose topic stands in another sentence. */
#include "facts/dispute_i.h"

/* The clause or gerund behind a noun: "the pretext that …", "the pretext of fighting …". */
static uint32_t clause_behind(const dp_run *x, uint32_t noun)
{
    ONRI_EACH_CHILD (&x->v.tree, c, noun) {
        if (c < noun) continue;
        if (x->t[c].dep == ONR_DEP_ACL || x->t[c].dep == ONR_DEP_CCOMP ||
            (x->t[c].dep == ONR_DEP_RELCL && dp_is(x, x->t[c].l_edge, "that") &&
             onri_tree_child(&x->v.tree, c, ONR_DEP_NSUBJ) != ONR_NONE))
            return c;
        if (x->t[c].dep == ONR_DEP_PREP && dp_is(x, c, "of"))
            return onri_tree_child(&x->v.tree, c, ONR_DEP_PCOMP);
    }
    /* a clause that was hung on the verb: "fired under the pretext that they had been shot at" */
    if (noun + 1 < x->n && dp_is(x, noun + 1, "that") && x->t[noun + 1].dep == ONR_DEP_MARK &&
        x->t[x->t[noun + 1].head].l_edge == noun + 1)
        return x->t[noun + 1].head;
    return ONR_NONE;
}

/* Who says what stands at the token, if it is somebody known. */
static onr_ref sayer(const dp_run *x, uint32_t tok)
{
    const onr_ref none = ONR_REF_NONE;
    const uint32_t s = onri_statement_at(x->d, x->t[tok].beg);
    return s == ONR_NONE || x->d->statements.at[s].source.entity == ONR_NONE
               ? none
               : x->d->statements.at[s].source;
}

/* "under the absurd pretext that they had fired", "lives in the illusion that": whoever says so
 * does not hold it for true. */
static bool by_noun(const dp_run *x, uint32_t noun, dp_answer *a)
{
    if (x->t[noun].pos != ONR_POS_NOUN) return false;
    const uint32_t verdict = dp_class(x->know, 't', x->t[noun].lemma);
    if (verdict >= ONR_VERDICT__COUNT || onri_tree_negated(&x->v.tree, x->t[noun].head))
        return false;
    const uint32_t clause = clause_behind(x, noun);
    if (clause == ONR_NONE) return false;
    const onr_ref by = sayer(x, noun);
    if (by.entity == ONR_NONE) return false;
    uint32_t beg = x->t[noun].l_edge;
    if (beg > 0 && x->t[x->t[noun].head].dep == ONR_DEP_PREP) beg = x->t[noun].head;
    if (x->t[noun].dep == ONR_DEP_POBJ) beg = x->t[noun].head;
    *a = (dp_answer){ .sort = DP_BY_PREDICATE,
                      .token = noun,
                      .verdict = verdict,
                      .by = by,
                      .topic = clause,
                      .span = dp_trimmed(x, beg < noun ? beg : noun, x->t[noun].r_edge + 1) };
    return a->span.end != 0;
}

/* The object of a preposition among the words behind a token. */
static uint32_t object_of(const dp_run *x, uint32_t of, const char *prep)
{
    ONRI_EACH_CHILD (&x->v.tree, c, of)
        if (c > of && (x->t[c].dep == ONR_DEP_PREP || x->t[c].dep == ONR_DEP_DATIVE) &&
            dp_is(x, c, prep)) {
            const uint32_t o = onri_tree_child(&x->v.tree, c, ONR_DEP_POBJ);
            if (o != ONR_NONE) return o;
            return onri_tree_child(&x->v.tree, c, ONR_DEP_PCOMP);
        }
    return ONR_NONE;
}

static bool has_no(const dp_run *x, uint32_t noun)
{
    ONRI_EACH_CHILD (&x->v.tree, c, noun)
        if (c < noun && (dp_is(x, c, "no") || dp_is(x, c, "little") || dp_is(x, c, "any")))
            return true;
    return dp_is(x, noun, "nothing");
}

/* "attach no importance to the report", "pay no heed to his words", "has nothing to do with it":
 * the words that were waved aside. */
uint32_t dp_waved_aside(const dp_run *x, uint32_t v, uint32_t *topic)
{
    static const char *const verbs[] = { "attach", "pay", "give", "lend", "have", "take", NULL };
    bool is = false;
    for (size_t i = 0; verbs[i]; i++) is = is || onri_eqz(x->t[v].lemma, verbs[i]);
    if (!is) return DP_NONE;
    const uint32_t o = onri_tree_child(&x->v.tree, v, ONR_DEP_DOBJ);
    if (o == ONR_NONE || o < v) return DP_NONE;
    const bool none = has_no(x, o);
    if (!none && !onri_tree_negated(&x->v.tree, v)) return DP_NONE;
    uint32_t about = ONR_NONE;
    if (dp_is(x, o, "nothing") || dp_is(x, o, "anything")) {
        /* nothing to do with */
        for (uint32_t i = o + 1; i + 2 < x->n && i < o + 2; i++)
            if (dp_is(x, i, "to") && dp_is(x, i + 1, "do") && dp_is(x, i + 2, "with"))
                about = object_of(x, i + 1, "with");
    } else if (dp_class(x->know, 'o', x->t[o].lemma) < ONR_VERDICT__COUNT) {
        about = object_of(x, o, "to");
        if (about == ONR_NONE) about = object_of(x, v, "to");
        if (about == ONR_NONE) about = object_of(x, o, "of");
    }
    if (about == ONR_NONE || !dp_takes_up(x, about)) return DP_NONE;
    *topic = about;
    return ONR_VERDICT_DISMISSES;
}

/* "found no such weapons", "there was no such order" */
uint32_t dp_no_such(const dp_run *x, uint32_t v, uint32_t *topic)
{
    static const char *const verbs[] = { "find", "see", "be", "exist", "have", "receive", NULL };
    bool is = false;
    for (size_t i = 0; verbs[i]; i++) is = is || onri_eqz(x->t[v].lemma, verbs[i]);
    if (!is) return DP_NONE;
    ONRI_EACH_CHILD (&x->v.tree, n, v) {
        if (x->t[n].pos != ONR_POS_NOUN || n == 0) continue;
        bool no = onri_tree_negated(&x->v.tree, v), such = false;
        ONRI_EACH_CHILD (&x->v.tree, c, n) {
            no = no || (c < n && dp_is(x, c, "no"));
            such = such || (c < n && dp_is(x, c, "such"));
        }
        if (!no || !such) continue;
        *topic = n;
        return ONR_VERDICT_DENIES;
    }
    return DP_NONE;
}

/* "cleared them of all charges", "was acquitted of fraud": what they were cleared of. */
uint32_t dp_cleared(const dp_run *x, uint32_t v, uint32_t *topic)
{
    if (dp_class(x->know, 'l', x->t[v].lemma) != ONR_VERDICT_DENIES) return DP_NONE;
    const uint32_t o = object_of(x, v, "of");
    if (o == ONR_NONE) return DP_NONE;
    *topic = o;
    return ONR_VERDICT_DENIES;
}

bool dp_answer_by_phrase(const dp_run *x, uint32_t tok, dp_answer *a)
{
    return by_noun(x, tok, a);
}
