/* Who answers: verbs that deny or confirm, predicates said of a claim ("is untrue"), and every
 * statement that could stand against an earlier one. Source: own; grammar of English.
 *
 * Left out: answers by deeds ("showed the pictures"), irony. */
#include "facts/dispute_i.h"

bool dp_is(const dp_run *x, uint32_t tok, const char *word)
{
    return onri_eqz(x->t[tok].lower, word);
}

static bool is_any(onr_sv s, const char *const *words)
{
    for (; *words; words++)
        if (onri_eqz(s, *words)) return true;
    return false;
}

bool dp_is_clause(const dp_run *x, uint32_t tok)
{
    return x->t[tok].pos == ONR_POS_VERB || x->t[tok].pos == ONR_POS_AUX;
}

onr_span dp_trimmed(const dp_run *x, uint32_t beg, uint32_t end)
{
    while (beg < end && (x->t[beg].pos == ONR_POS_PUNCT || x->t[beg].dep == ONR_DEP_MARK ||
                         x->t[beg].pos == ONR_POS_SPACE || x->t[beg].pos == ONR_POS_CCONJ))
        beg++;
    while (end > beg && (x->t[end - 1].pos == ONR_POS_PUNCT || x->t[end - 1].pos == ONR_POS_SPACE))
        end--;
    return beg < end ? (onr_span){ x->t[beg].beg, x->t[end - 1].end } : (onr_span){ 0, 0 };
}

static uint32_t noun_class(const dp_run *x, uint32_t tok)
{
    return x->t[tok].pos == ONR_POS_NOUN || x->t[tok].pos == ONR_POS_PROPN
               ? dp_class(x->know, 'n', x->t[tok].lemma)
               : DP_NONE;
}

bool dp_takes_up(const dp_run *x, uint32_t tok)
{
    static const char *const pronouns[] = { "this", "that", "it",   "these",  "those", "them", "so",
                                            "such", "all",  "none", "either", "both",  NULL };
    if (x->t[tok].pos == ONR_POS_PRON || x->t[tok].pos == ONR_POS_DET)
        return is_any(x->t[tok].lower, pronouns);
    uint32_t c = noun_class(x, tok);
    if (x->t[tok].pos == ONR_POS_VERB &&
        onri_tree_child(&x->v.tree, tok, ONR_DEP_POSS) != ONR_NONE) /* "her remarks" misread */
        c = dp_class(x->know, 'n', x->t[tok].lemma);
    return c == DP_CLAIM || c == DP_WORK;
}

/* Class of a verb with its particle ("play down"), else of the verb alone. */
static uint32_t verb_class(const dp_run *x, char list, uint32_t v)
{
    ONRI_EACH_CHILD (&x->v.tree, c, v) {
        char buf[64];
        const onr_sv a = x->t[v].lemma, b = x->t[c].lower;
        if ((x->t[c].dep != ONR_DEP_PRT && x->t[c].dep != ONR_DEP_ADVMOD) || c < v ||
            a.n + b.n + 1 > sizeof buf)
            continue;
        memcpy(buf, a.p, a.n);
        buf[a.n] = ' ';
        memcpy(buf + a.n + 1, b.p, b.n);
        const uint32_t class = dp_class(x->know, list, onri_sv(buf, a.n + b.n + 1));
        if (class != DP_NONE) return class;
    }
    return dp_class(x->know, list, x->t[v].lemma);
}

/* ---- cues ----------------------------------------------------------------------------------- */

uint8_t dp_cue_class(const dp_run *x, const onr_statement *s)
{
    uint32_t best = DP_NONE;
    for (uint32_t i = 0; i < s->cue.n; i++)
        for (uint32_t k = onri_token_at(x->v.parse, s->cue.at[i].beg);
             k < x->n && x->t[k].beg < s->cue.at[i].end; k++) {
            const uint32_t c = verb_class(x, 'c', k);
            if (c != DP_NONE && (best == DP_NONE || c == DP_REPLY)) best = c;
        }
    return (uint8_t)best;
}

bool dp_cue_denies(const dp_run *x, const onr_statement *s)
{
    if (s->kind == ONR_KIND_DENIAL) return true;
    for (uint32_t i = 0; i < s->cue.n; i++)
        for (uint32_t k = onri_token_at(x->v.parse, s->cue.at[i].beg);
             k < x->n && x->t[k].beg < s->cue.at[i].end; k++) {
            const uint32_t c = dp_is_clause(x, k) ? verb_class(x, 'v', k) : noun_class(x, k);
            if (c == ONR_VERDICT_DENIES || c == ONR_VERDICT_DISMISSES) return true;
        }
    return false;
}

/* ---- verbs ---------------------------------------------------------------------------------- */

/* "did not confirm", "declined to confirm", "has yet to confirm", "neither confirmed nor denied" */
static bool is_held_back(const dp_run *x, uint32_t v)
{
    if (onri_tree_negated(&x->v.tree, v)) return true;
    uint32_t at = v;
    for (uint32_t step = 0; step < 4; step++) {
        ONRI_EACH_CHILD (&x->v.tree, c, at)
            if (dp_is(x, c, "neither") || dp_is(x, c, "nor") || dp_is(x, c, "yet") ||
                dp_is(x, c, "without"))
                return true;
        const uint8_t dep = x->t[at].dep;
        if (x->t[at].head == at || (dep != ONR_DEP_XCOMP && dep != ONR_DEP_CONJ &&
                                    dep != ONR_DEP_PCOMP && dep != ONR_DEP_ACL))
            return false;
        at = x->t[at].head;
        if (dep == ONR_DEP_CONJ) continue;
        if (dp_is(x, at, "without") || dp_class(x->know, 'v', x->t[at].lemma) == DP_HOLD)
            return true;
    }
    return false;
}

static bool has_mark(const dp_run *x, uint32_t v)
{
    static const char *const limits[] = { "if", "unless", "whether", "once", NULL };
    ONRI_EACH_CHILD (&x->v.tree, c, v)
        if (x->t[c].dep == ONR_DEP_MARK && is_any(x->t[c].lower, limits)) return true;
    return false;
}

/* "would deny it if asked", "if they accept", "wants him to deny it": no answer was given. */
static bool is_unreal(const dp_run *x, uint32_t v)
{
    static const char *const modals[] = { "would", "should", "must", "may", "might", NULL };
    static const char *const wish[] = { "want", "ask",   "urge",  "try",     "expect",
                                        "hope", "order", "tell",  "force",   "wish",
                                        "need", "call",  "press", "require", NULL };
    ONRI_EACH_CHILD (&x->v.tree, c, v)
        if (x->t[c].dep == ONR_DEP_AUX && is_any(x->t[c].lower, modals)) return true;
    for (uint32_t at = v, step = 0; step < 5; step++) {
        if (has_mark(x, at)) return true;
        const uint8_t dep = x->t[at].dep;
        if (x->t[at].head == at || (dep != ONR_DEP_XCOMP && dep != ONR_DEP_CONJ &&
                                    dep != ONR_DEP_CCOMP && dep != ONR_DEP_ADVCL))
            return false;
        at = x->t[at].head;
        if (dep == ONR_DEP_XCOMP && is_any(x->t[at].lemma, wish)) return true;
        if (dep == ONR_DEP_ADVCL) return false;
    }
    return false;
}

static onr_span answer_span(const dp_run *x, uint32_t v, uint32_t subject)
{
    uint32_t beg = x->t[v].l_edge, end = x->t[v].r_edge + 1;
    if (subject != ONR_NONE && x->t[subject].l_edge < beg && x->t[subject].sent == x->t[v].sent)
        beg = x->t[subject].l_edge;
    ONRI_EACH_CHILD (&x->v.tree, c, v) {
        const bool cut = x->t[c].dep == ONR_DEP_CONJ || x->t[c].dep == ONR_DEP_ADVCL ||
                         x->t[c].dep == ONR_DEP_PARATAXIS || x->t[c].dep == ONR_DEP_CCOMP;
        if (cut && c < v && x->t[c].r_edge + 1 > beg) beg = x->t[c].r_edge + 1;
        if (cut && c > v && x->t[c].dep != ONR_DEP_CCOMP && x->t[c].l_edge < end &&
            x->t[c].l_edge > v)
            end = x->t[c].l_edge;
    }
    while (end > v + 1 && x->t[end - 1].pos == ONR_POS_CCONJ) end--;
    return dp_trimmed(x, beg, end);
}

/* "called the claim baseless", "described it as a lie": the verdict, and what is called so. */
static uint32_t called(const dp_run *x, uint32_t v, uint32_t *named)
{
    enum { NEAR = 8 };
    uint32_t thing = ONR_NONE;
    if (onri_tree_passive(&x->v.tree, v)) {
        const uint32_t s = onri_tree_subject(&x->v.tree, v).token;
        if (s != ONR_NONE && dp_takes_up(x, s)) thing = s;
    }
    for (uint32_t i = v + 1; i <= x->t[v].r_edge && !dp_is(x, i, ":"); i++) {
        if (thing == ONR_NONE && dp_takes_up(x, i)) {
            thing = i;
            continue;
        }
        if (i > v + NEAR && (thing == ONR_NONE || i > thing + NEAR)) break;
        const uint32_t verdict = dp_class(x->know, 'a', x->t[i].lemma);
        if (thing == ONR_NONE || verdict >= ONR_VERDICT__COUNT) continue;
        *named = thing;
        return verdict;
    }
    return DP_NONE;
}

/* "do not see this as the end", "would not call it a coup": what somebody else sees it as. */
static uint32_t not_called(const dp_run *x, uint32_t v, uint32_t *named)
{
    const uint32_t thing = onri_tree_child(&x->v.tree, v, ONR_DEP_DOBJ);
    if (thing == ONR_NONE || thing < v || !dp_takes_up(x, thing)) return DP_NONE;
    ONRI_EACH_CHILD (&x->v.tree, c, v)
        if (c > thing && dp_is(x, c, "as") && x->t[c].dep == ONR_DEP_PREP) {
            *named = thing;
            return ONR_VERDICT_DISMISSES;
        }
    return DP_NONE;
}

/* Who says it: the subject, of a passive the agent; a relative pronoun is its noun. */
static uint32_t speaker_token(const dp_run *x, uint32_t v, const onri_subject *s)
{
    uint32_t by = s->passive ? onri_tree_agent(&x->v.tree, v) : s->token;
    if (by != ONR_NONE && x->v.entity_at[by] == ONR_NONE &&
        (x->t[by].tag == ONR_TAG_WP || x->t[by].tag == ONR_TAG_WDT)) {
        const uint32_t clause = x->t[by].head;
        if (x->t[clause].dep == ONR_DEP_RELCL) by = x->t[clause].head;
    }
    return by;
}

static bool is_person_pronoun(const dp_run *x, uint32_t tok)
{
    static const char *const words[] = { "i", "we", NULL };
    return is_any(x->t[tok].lower, words);
}

static onr_ref who(const dp_run *x, uint32_t by)
{
    onr_ref r = ONR_REF_NONE;
    if (by == ONR_NONE) return r;
    r = (onr_ref){ x->v.entity_at[by], { x->t[by].beg, x->t[by].end } };
    if (r.entity != ONR_NONE)
        r.span = x->d->entities.at[r.entity].mentions[x->v.mention_at[by]].span;
    /* "we deny it", she said */
    if (r.entity == ONR_NONE && is_person_pronoun(x, by)) {
        const uint32_t s = onri_statement_at(x->d, x->t[by].beg);
        if (s != ONR_NONE) r.entity = x->d->statements.at[s].source.entity;
    }
    return r;
}

/* "it would amount to amnesty, which the ministry rejects": the clause before "which". */
static uint32_t before_which(const dp_run *x, uint32_t which)
{
    uint32_t at = x->t[which].head;
    if (x->t[which].tag != ONR_TAG_WDT || x->t[at].dep != ONR_DEP_RELCL) return ONR_NONE;
    at = x->t[at].head;
    for (uint32_t step = 0; step < 4 && !dp_is_clause(x, at) && x->t[at].head != at; step++)
        at = x->t[at].head;
    return dp_is_clause(x, at) ? at : ONR_NONE;
}

/* What is denied: clause, object, or what "agree with", "respond to" leads to. */
static uint32_t topic_of(const dp_run *x, uint32_t v, const onri_subject *s)
{
    static const onr_dep order[] = { ONR_DEP_CCOMP, ONR_DEP_DOBJ, ONR_DEP_XCOMP };
    if (s->passive && s->token != ONR_NONE) return s->token;
    for (size_t k = 0; k < 3; k++) {
        const uint32_t c = onri_tree_child(&x->v.tree, v, order[k]);
        if (c != ONR_NONE && c > v) return c;
    }
    static const char *const prep[] = { "with", "on", "at", "to", "of", NULL };
    ONRI_EACH_CHILD (&x->v.tree, c, v)
        if (c > v && x->t[c].dep == ONR_DEP_PREP && is_any(x->t[c].lower, prep)) {
            const uint32_t o = onri_tree_child(&x->v.tree, c, ONR_DEP_POBJ);
            if (o != ONR_NONE) return o;
            const uint32_t p = onri_tree_child(&x->v.tree, c, ONR_DEP_PCOMP);
            if (p != ONR_NONE) return p;
        }
    return ONR_NONE;
}

/* "pleaded not guilty to the charge" */
static uint32_t pleaded(const dp_run *x, uint32_t v, uint32_t *topic)
{
    if (!onri_eqz(x->t[v].lemma, "plead")) return DP_NONE;
    bool guilty = false, negated = false;
    for (uint32_t i = v + 1; i <= x->t[v].r_edge && i < v + 4; i++) {
        guilty = guilty || dp_is(x, i, "guilty");
        negated = negated || dp_is(x, i, "not");
    }
    if (!guilty) return DP_NONE;
    for (uint32_t i = v + 1; i <= x->t[v].r_edge; i++)
        if (x->t[i].dep == ONR_DEP_POBJ || x->t[i].dep == ONR_DEP_PCOMP) {
            *topic = i;
            break;
        }
    return negated ? ONR_VERDICT_DENIES : ONR_VERDICT_CONFIRMS;
}

/* "found no evidence of fraud", "there is no truth in it": the noun, negated, that governs the
 * topic. */
static uint32_t lacks_evidence(const dp_run *x, uint32_t v, uint32_t *topic)
{
    static const char *const verbs[] = { "find", "see",      "be",      "uncover",
                                         "turn", "discover", "produce", NULL };
    static const char *const of[] = { "of", "for", "in", "to", "about", "between", NULL };
    if (!is_any(x->t[v].lemma, verbs)) return DP_NONE;
    ONRI_EACH_CHILD (&x->v.tree, n, v) {
        if (n < v || dp_class(x->know, 'e', x->t[n].lemma) == DP_NONE) continue;
        bool none = onri_tree_negated(&x->v.tree, v);
        uint32_t what = ONR_NONE;
        ONRI_EACH_CHILD (&x->v.tree, c, n) {
            none = none || dp_is(x, c, "no");
            if (c < n || what != ONR_NONE) continue;
            if (x->t[c].dep == ONR_DEP_ACL || x->t[c].dep == ONR_DEP_CCOMP ||
                x->t[c].dep == ONR_DEP_RELCL)
                what = c;
            else if (x->t[c].dep == ONR_DEP_PREP && is_any(x->t[c].lower, of)) {
                what = onri_tree_child(&x->v.tree, c, ONR_DEP_POBJ);
                if (what == ONR_NONE) what = onri_tree_child(&x->v.tree, c, ONR_DEP_PCOMP);
            }
        }
        if (!none || what == ONR_NONE) continue;
        *topic = what;
        return dp_class(x->know, 'e', x->t[n].lemma);
    }
    return DP_NONE;
}

/* "disagreed", "believe otherwise", "hit back": the whole of what was said is answered. */
static uint32_t stands_alone(const dp_run *x, uint32_t v)
{
    static const char *const on[] = { "about", "over", "on", NULL };
    const uint32_t verdict = verb_class(x, 'i', v);
    if (verdict < ONR_VERDICT__COUNT) {
        /* "people disagree about whether": with each other */
        ONRI_EACH_CHILD (&x->v.tree, c, v)
            if (c > v && x->t[c].dep == ONR_DEP_PREP && is_any(x->t[c].lower, on)) return DP_NONE;
        return verdict;
    }
    static const char *const say[] = { "say",   "think",   "believe", "insist", "argue",
                                       "claim", "suggest", "show",    "report", NULL };
    if (is_any(x->t[v].lemma, say))
        ONRI_EACH_CHILD (&x->v.tree, c, v)
            if (dp_is(x, c, "otherwise") || dp_is(x, c, "differently")) return ONR_VERDICT_DENIES;
    return DP_NONE;
}

static bool may_answer(uint32_t verdict, bool held, uint32_t *out)
{
    if (held) {
        if (verdict == ONR_VERDICT_DENIES || verdict == ONR_VERDICT_CONFIRMS)
            *out = ONR_VERDICT_NOT_CONFIRMED;
        else
            return false;
    }
    return true;
}

/* "does not accept", "cannot agree with": only of what somebody said or found. */
static bool dissents(const dp_run *x, bool held, uint32_t topic)
{
    if (!held || topic == ONR_NONE) return false;
    if (dp_is_clause(x, topic)) return x->t[topic].dep == ONR_DEP_CCOMP;
    return x->t[topic].pos == ONR_POS_NOUN && dp_takes_up(x, topic);
}

/* The verb's verdict, and its topic where that is not its object. */
static uint32_t verdict_of_verb(const dp_run *x, uint32_t v, bool held, uint32_t *named)
{
    static const char *const assent[] = { "agree", "accept", NULL };
    uint32_t verdict = verb_class(x, 'v', v);
    if (verdict == DP_CALL) return held ? not_called(x, v, named) : called(x, v, named);
    if (verdict == DP_JUDGE) {
        const uint32_t o = onri_tree_child(&x->v.tree, v, ONR_DEP_DOBJ),
                       c = o == ONR_NONE ? DP_NONE : noun_class(x, o);
        return !held && o > v && (c == DP_CLAIM || c == DP_WORK) ? ONR_VERDICT_DISMISSES : DP_NONE;
    }
    if (verdict < ONR_VERDICT__COUNT)
        return may_answer(verdict, held, &verdict) ? verdict : DP_NONE;
    verdict = pleaded(x, v, named);
    if (verdict == DP_NONE) verdict = lacks_evidence(x, v, named);
    if (verdict == DP_NONE) verdict = dp_no_such(x, v, named);
    if (verdict == DP_NONE && !held) verdict = dp_cleared(x, v, named);
    if (verdict == DP_NONE) verdict = dp_waved_aside(x, v, named);
    if (verdict == DP_NONE && is_any(x->t[v].lemma, assent)) {
        const onri_subject s = onri_tree_subject(&x->v.tree, v);
        if (dissents(x, held, topic_of(x, v, &s))) verdict = ONR_VERDICT_DENIES;
    }
    return verdict;
}

/* Somebody who could speak, though no entity is known: the source of a statement, or a name. */
static bool could_speak(const dp_run *x, uint32_t tok)
{
    if (x->t[tok].pos == ONR_POS_PROPN) return true;
    if (x->t[tok].pos != ONR_POS_NOUN || dp_class(x->know, 'n', x->t[tok].lemma) != DP_NONE)
        return false;
    for (uint32_t i = 0; i < x->d->statements.n; i++) {
        const onr_span s = x->d->statements.at[i].source.span;
        if (s.beg <= x->t[tok].beg && x->t[tok].end <= s.end) return true;
    }
    return false;
}

/* "there is no evidence that": said by whoever says the sentence. */
static onr_ref speaker_of(const dp_run *x, uint32_t v, const onri_subject *s, bool finds)
{
    const onr_ref none = ONR_REF_NONE;
    const uint32_t by = speaker_token(x, v, s);
    const onr_ref r = who(x, by);
    if (r.entity != ONR_NONE || (by != ONR_NONE && (finds || could_speak(x, by)))) return r;
    const uint32_t said = onri_statement_at(x->d, x->t[v].beg);
    if (onri_eqz(x->t[v].lemma, "be") && said != ONR_NONE) return x->d->statements.at[said].source;
    return none;
}

/* "a plan to deny it", "has come to acknowledge": nothing was answered yet. "continues to deny",
 * "declined to confirm" is. */
static bool is_bare_infinitive(const dp_run *x, uint32_t v)
{
    static const char *const still[] = {
        "continue", "go", "begin", "keep", "fail", "refuse", NULL
    };
    ONRI_EACH_CHILD (&x->v.tree, c, v)
        if (x->t[c].tag == ONR_TAG_TO) {
            const uint32_t h = x->t[v].head;
            return h == v || (!is_any(x->t[h].lemma, still) &&
                              dp_class(x->know, 'v', x->t[h].lemma) != DP_HOLD &&
                              !onri_eqz(x->t[h].lemma, "have"));
        }
    return false;
}

/* "dispute where it was launched", "confirmed how many had died": no claim is answered. */
static bool is_open_question(const dp_run *x, uint32_t topic)
{
    if (!dp_is_clause(x, topic)) return false;
    const onr_token *t = &x->t[x->t[topic].l_edge];
    return t->tag == ONR_TAG_WRB || t->tag == ONR_TAG_WP ||
           (t->tag == ONR_TAG_WDT && !onri_eqz(t->lower, "that") && !onri_eqz(t->lower, "which"));
}

/* "you can call it what you want": nobody in particular speaks. */
static bool is_anybody(const dp_run *x, onr_span source)
{
    static const char *const words[] = { "you",    "one",    "anyone",  "anybody", "everyone",
                                         "nobody", "no one", "someone", NULL };
    const uint32_t i = onri_token_at(x->v.parse, source.beg);
    return i < x->n && x->t[i].end == source.end && is_any(x->t[i].lower, words);
}

/* "advised them not to attach importance to it": an answer of his who advises; "advised him to
 * deny it" is none. */
static bool advises(const dp_run *x, uint32_t v)
{
    uint32_t aside;
    return x->t[v].dep == ONR_DEP_XCOMP &&
           onri_tree_child(&x->v.tree, v, ONR_DEP_AUX) != ONR_NONE &&
           x->t[x->t[v].head].pos == ONR_POS_VERB && dp_waved_aside(x, v, &aside) != DP_NONE;
}

static bool answer_by_verb(const dp_run *x, uint32_t v, dp_answer *a)
{
    if (x->t[v].pos != ONR_POS_VERB && x->t[v].pos != ONR_POS_AUX) return false;
    uint32_t named = ONR_NONE;
    const bool held = is_held_back(x, v);
    uint32_t verdict = verdict_of_verb(x, v, held, &named);
    const uint32_t over = advises(x, v) ? x->t[v].head : v;
    const onri_subject s = onri_tree_subject(&x->v.tree, over);
    uint32_t topic = named != ONR_NONE || verdict == DP_NONE ? named : topic_of(x, v, &s);
    if (topic != ONR_NONE && dp_is(x, topic, "which")) topic = before_which(x, topic);
    if (verdict == DP_NONE || topic == ONR_NONE) {
        verdict = held ? DP_NONE : stands_alone(x, v);
        topic = ONR_NONE;
    }
    if (verdict >= ONR_VERDICT__COUNT ||
        (over == v && (is_unreal(x, v) || is_bare_infinitive(x, v))))
        return false;
    const bool finds = dp_class(x->know, 'v', x->t[v].lemma) == DP_NONE && named != ONR_NONE;
    const onr_ref r = speaker_of(x, over, &s, finds);
    if (r.span.end == 0 || (topic != ONR_NONE && x->t[topic].beg == r.span.beg) ||
        (topic != ONR_NONE && is_open_question(x, topic)) || is_anybody(x, r.span))
        return false;
    *a = (dp_answer){ .sort = DP_BY_VERB,
                      .token = v,
                      .verdict = verdict,
                      .by = r,
                      .topic = topic,
                      .span = answer_span(x, over, s.token),
                      .withheld = held && dp_class(x->know, 'h', x->t[v].lemma) == DP_CLAIM };
    return a->span.end != 0;
}

/* ---- predicates ----------------------------------------------------------------------------- */

/* "That is not true", "the claims are baseless", "it is true that …": said by whoever says the
 * sentence. */
static bool answer_by_predicate(const dp_run *x, uint32_t tok, dp_answer *a)
{
    const uint32_t be = x->t[tok].head;
    if ((x->t[tok].dep != ONR_DEP_ACOMP && x->t[tok].dep != ONR_DEP_ATTR &&
         x->t[tok].dep != ONR_DEP_OPRD) ||
        !onri_eqz(x->t[be].lemma, "be"))
        return false;
    static const char *const truth[] = { "true", "correct", "truth", "case", "accurate", NULL };
    const bool negated = onri_tree_negated(&x->v.tree, be);
    uint32_t verdict = dp_class(x->know, 'a', x->t[tok].lemma);
    if (verdict >= ONR_VERDICT__COUNT) verdict = DP_NONE;
    if (is_any(x->t[tok].lemma, truth))
        verdict = negated ? ONR_VERDICT_DENIES : ONR_VERDICT_CONFIRMS;
    else if (negated)
        verdict = DP_NONE;
    if (verdict == DP_NONE) return false;
    uint32_t subject = onri_tree_child(&x->v.tree, be, ONR_DEP_NSUBJ), topic = subject;
    if (subject == ONR_NONE || dp_is(x, subject, "it")) {
        for (uint32_t i = tok + 1; i <= x->t[be].r_edge && i < x->n; i++)
            if ((x->t[i].head == be || x->t[i].head == tok) &&
                (x->t[i].dep == ONR_DEP_CCOMP || x->t[i].dep == ONR_DEP_CSUBJ)) {
                topic = i;
                break;
            }
    }
    if (topic == ONR_NONE || (topic == subject && !dp_takes_up(x, topic))) return false;
    const uint32_t s = onri_statement_at(x->d, x->t[be].beg);
    if (s == ONR_NONE || x->d->statements.at[s].source.entity == ONR_NONE) return false;
    *a = (dp_answer){ .sort = DP_BY_PREDICATE,
                      .token = be,
                      .verdict = verdict,
                      .by = x->d->statements.at[s].source,
                      .topic = topic,
                      .span = answer_span(x, be, subject) };
    return a->span.end != 0;
}

/* ---- counter-statements --------------------------------------------------------------------- */

/* Is the statement a reply to a question asked right before? Then it tells, it does not deny. */
static bool is_asked(const dp_run *x, uint32_t i)
{
    const onr_statement *s = &x->d->statements.at[i], *before = NULL;
    for (uint32_t k = i > 4 ? i - 4 : 0; k < i; k++) {
        const onr_statement *o = &x->d->statements.at[k];
        if (o->content.n && o->content.at[o->content.n - 1].end <= s->content.at[0].beg &&
            o->source.entity != s->source.entity)
            before = o;
    }
    return before && before->kind == ONR_KIND_QUESTION && dp_cue_class(x, s) == DP_REPLY;
}

/* "confirmed that it was late": told as a confirmation, if it answers somebody. */
static bool cue_confirms(const dp_run *x, const onr_statement *s)
{
    for (uint32_t i = 0; i < s->cue.n; i++)
        for (uint32_t k = onri_token_at(x->v.parse, s->cue.at[i].beg);
             k < x->n && x->t[k].beg < s->cue.at[i].end; k++)
            if (dp_is_clause(x, k) && verb_class(x, 'v', k) == ONR_VERDICT_CONFIRMS) return true;
    return false;
}

/* "under the pretext that": whose words they are, not what he answers. */
static bool is_pretended(const dp_run *x, const onr_statement *s)
{
    for (uint32_t i = 0; i < s->cue.n; i++)
        for (uint32_t k = onri_token_at(x->v.parse, s->cue.at[i].beg);
             k < x->n && x->t[k].beg < s->cue.at[i].end; k++)
            if (dp_class(x->know, 't', x->t[k].lemma) != DP_NONE) return true;
    return false;
}

/* Someone's words that may stand against an earlier claim with no word that says so. What he knows,
 * hopes or wants is told of him, not said. */
static bool may_counter(const dp_run *x, uint32_t i)
{
    const onr_statement *s = &x->d->statements.at[i];
    switch (s->kind) {
    case ONR_KIND_QUESTION:
    case ONR_KIND_NO_COMMENT:
    case ONR_KIND_KNOWLEDGE:
    case ONR_KIND_HOPE:
    case ONR_KIND_FEAR:
    case ONR_KIND_DESIRE:
    case ONR_KIND_INTENTION:
        return false;
    default:
        return s->content.n && !is_anybody(x, s->source.span) &&
               s->source.span.end > s->source.span.beg && !s->negated && !dp_cue_denies(x, s) &&
               !is_asked(x, i) && !is_pretended(x, s) && !cue_confirms(x, s);
    }
}

/* ---- all ------------------------------------------------------------------------------------ */

/* "denied the reports saying, “…”": what follows is what the denier says. */
static bool opens_speech(const dp_run *x, uint32_t v)
{
    return x->t[v].tag == ONR_TAG_VBG && v + 1 < x->n && x->t[v + 1].pos == ONR_POS_PUNCT;
}

/* The clause behind a noun that says what it is: "that …", "having …"; no relative clause. */
static uint32_t clause_of(const dp_run *x, uint32_t noun)
{
    ONRI_EACH_CHILD (&x->v.tree, c, noun)
        if (c > noun && !opens_speech(x, c) &&
            (x->t[c].dep == ONR_DEP_ACL || x->t[c].dep == ONR_DEP_CCOMP ||
             (x->t[c].dep == ONR_DEP_RELCL && dp_is(x, x->t[c].l_edge, "that") &&
              onri_tree_child(&x->v.tree, c, ONR_DEP_MARK) != ONR_NONE)))
            return c;
    return ONR_NONE;
}

/* "the allegation that …", "claims of …", "accusations of having …" say the claim themselves: the
 * token that does; else the topic. */
static uint32_t inner_of(const dp_run *x, uint32_t topic, uint32_t class)
{
    if (dp_is_clause(x, topic) || (class != DP_CLAIM && class != DP_WORK)) return topic;
    const uint32_t clause = clause_of(x, topic);
    if (clause != ONR_NONE) return clause;
    ONRI_EACH_CHILD (&x->v.tree, c, topic) {
        if (c < topic) continue;
        if (x->t[c].dep == ONR_DEP_PREP && (dp_is(x, c, "by") || dp_is(x, c, "from"))) {
            const uint32_t by = onri_tree_child(&x->v.tree, c, ONR_DEP_POBJ);
            const uint32_t far = by == ONR_NONE ? ONR_NONE : clause_of(x, by);
            if (far != ONR_NONE && dp_is(x, x->t[far].l_edge, "that")) return far;
        }
        if (class != DP_CLAIM || x->t[c].dep != ONR_DEP_PREP ||
            (!dp_is(x, c, "of") && !dp_is(x, c, "about")))
            continue;
        const uint32_t o = onri_tree_child(&x->v.tree, c, ONR_DEP_POBJ);
        if (o != ONR_NONE) return o;
        const uint32_t p = onri_tree_child(&x->v.tree, c, ONR_DEP_PCOMP);
        if (p != ONR_NONE) return p;
    }
    return topic;
}

/* Whose claim the topic is said to be: "Syria's accusation", "claims by the rebels". */
static uint32_t owner_of(const dp_run *x, uint32_t topic, uint32_t class)
{
    const uint32_t poss = onri_tree_child(&x->v.tree, topic, ONR_DEP_POSS);
    if (poss != ONR_NONE && class != DP_DEED) return x->v.entity_at[poss];
    ONRI_EACH_CHILD (&x->v.tree, c, topic)
        if (x->t[c].dep == ONR_DEP_PREP &&
            (dp_is(x, c, "by") || dp_is(x, c, "from") || (class == DP_WORK && dp_is(x, c, "of")))) {
            const uint32_t o = onri_tree_child(&x->v.tree, c, ONR_DEP_POBJ);
            if (o != ONR_NONE && x->v.entity_at[o] != ONR_NONE) return x->v.entity_at[o];
        }
    return ONR_NONE;
}

uint32_t dp_inner(const dp_run *x, uint32_t noun)
{
    return inner_of(x, noun, noun_class(x, noun));
}

static void complete(const dp_run *x, dp_answer *a)
{
    a->statement = onri_statement_at(x->d, x->t[a->token].beg);
    a->cue = a->topic_class = DP_NONE;
    a->owner = a->inner = ONR_NONE;
    a->beg = a->from = x->t[a->token].beg;
    a->group = x->answers.n;
    a->anaphor = true;
    if (a->topic == ONR_NONE) return;
    a->topic_class = (uint8_t)noun_class(x, a->topic);
    a->inner = inner_of(x, a->topic, a->topic_class);
    a->about = dp_trimmed(x, x->t[a->inner].l_edge, x->t[a->inner].r_edge + 1);
    a->anaphor = a->inner == a->topic && !dp_is_clause(x, a->topic) && dp_takes_up(x, a->topic);
    a->owner = owner_of(x, a->topic, a->topic_class);
}

static onr_status push(dp_run *x, const dp_answer *a, onr_error *err)
{
    dp_answer *to = ONRI_PUSH(x->d->tmp, &x->answers);
    if (!to) return onri_fail_mem(err, x->d->tmp, "disputes");
    *to = *a;
    return ONR_OK;
}

/* One answer a sentence of a statement; they are one group, of which the likeliest stays. */
static onr_status push_counters(dp_run *x, uint32_t i, onr_error *err)
{
    const onr_statement *s = &x->d->statements.at[i];
    const uint32_t group = x->answers.n;
    uint32_t before = s->content.at[0].beg;
    if (s->cue.n && s->cue.at[0].beg < before) before = s->cue.at[0].beg;
    if (s->source.span.beg < before) before = s->source.span.beg;
    onr_status st = ONR_OK;
    for (uint32_t k = 0; st == ONR_OK && k < s->content.n; k++)
        for (uint32_t beg = onri_token_at(x->v.parse, s->content.at[k].beg), end;
             st == ONR_OK && beg < x->n && x->t[beg].beg < s->content.at[k].end; beg = end) {
            end = beg;
            while (end < x->n && x->t[end].beg < s->content.at[k].end &&
                   x->t[end].sent == x->t[beg].sent)
                end++;
            const onr_span span = dp_trimmed(x, beg, end);
            if (span.end == 0) continue;
            /* "called it a shame", "noted the dangers": no sentence, nothing to hold against
             * another's */
            if (!dp_is_clause(x, dp_root_of(x, beg, end))) continue;
            const dp_answer a = { .sort = DP_BY_COUNTER,
                                  .token = dp_root_of(x, beg, end),
                                  .beg = span.beg,
                                  .from = before < span.beg ? before : span.beg,
                                  .verdict = ONR_VERDICT_DENIES,
                                  .by = s->source,
                                  .topic = ONR_NONE,
                                  .inner = ONR_NONE,
                                  .owner = ONR_NONE,
                                  .span = span,
                                  .about = span,
                                  .statement = i,
                                  .group = group,
                                  .cue = dp_cue_class(x, s),
                                  .topic_class = DP_NONE };
            st = push(x, &a, err);
        }
    return st;
}

static bool in_title(const dp_run *x, uint32_t byte)
{
    const onr_span t = x->d->article->title;
    return t.end > t.beg && t.beg <= byte && byte < t.end;
}

/* "confirmed that this is not true": the clause is the answer, not the verb over it. */
static bool is_over_predicate(const dp_run *x, const dp_answer *a)
{
    dp_answer inner;
    if (a->topic == ONR_NONE) return false;
    ONRI_EACH_CHILD (&x->v.tree, c, a->topic)
        if (c > a->topic && answer_by_predicate(x, c, &inner)) return true;
    return false;
}

onr_status dp_find_answers(dp_run *x, onr_error *err)
{
    onr_status st = ONR_OK;
    uint32_t b = 0;
    for (uint32_t i = 0; st == ONR_OK && i < x->n; i++) {
        dp_answer a;
        if (onri_in_boilerplate(x->d, x->t[i].beg, &b) || in_title(x, x->t[i].beg)) continue;
        if (answer_by_predicate(x, i, &a) || dp_answer_by_phrase(x, i, &a) ||
            (answer_by_verb(x, i, &a) && !is_over_predicate(x, &a))) {
            complete(x, &a);
            st = push(x, &a, err);
        }
    }
    for (uint32_t i = 0; st == ONR_OK && i < x->d->statements.n; i++)
        if (may_counter(x, i) && !in_title(x, x->d->statements.at[i].content.at[0].beg))
            st = push_counters(x, i, err);
    return st;
}
