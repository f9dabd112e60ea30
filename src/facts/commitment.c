/* Two kinds of clauses bind their subject: finite ones that speak of the future ("we will leave"),
 * and infinitives, gerunds and objects under a word that binds ("plans to leave", "ruled out
 * leaving", "its readiness to leave", "pledged troops"). A condition is the clause that limits
 * either. What keeps a clause from binding anybody - questions, suppositions, forecasts, opinions
 * on another's promises, words refused, history - is told to `explain`. Words are data
 * (data/commitments). Source: own. Leaves out: conditions and promises spread over sentences. */
#include "facts/commitment_i.h"

enum { SUBJECT_MAX = 9 }; /* tokens of a subject that still stand in the action */

#define CM_NAME(id, name) name,
static const char *const classes[] = { CM_CLASSES(CM_NAME) };

onr_status onri_commitment_words_load(onr_arena *mem, onr_sv tsv, const onri_commitment_words **out,
                                      onr_error *err)
{
    onri_commitment_words *w = ONRI_NEW(mem, onri_commitment_words);
    if (!w) return onri_fail_mem(err, mem, "commitment");
    *out = w;
    return onri_lexicon_load(mem, "commitments/words.tsv", tsv, classes, CM__COUNT, &w->lex, err);
}

/* ---- one commitment ------------------------------------------------------------------------- */

typedef struct find {
    uint32_t verb;     /* of the action */
    uint32_t governor; /* the word that binds, ONR_NONE: a finite clause */
    uint32_t subject;  /* token, ONR_NONE */
    uint32_t beg, end; /* tokens of the action */
    uint32_t holder, statement;
    bool negated;
    onr_sv strength;
    const char *rule;
    const onri_lex_row *row; /* of the word that binds, NULL */
} find;

static void tell(const cm_ctx *x, const find *f, const char *lost)
{
    if (!x->d->tell) return;
    const uint32_t g = f->governor != ONR_NONE ? f->governor : f->verb;
    const uint32_t beg = g < f->verb ? g : f->verb, end = g < f->verb ? f->verb : g;
    const onri_candidate c = { .layer = "commitments",
                               .rule = f->rule,
                               .at = { x->t[beg].beg, x->t[end].end },
                               .lost = lost,
                               .table = f->row ? x->lex->file : NULL,
                               .line = f->row ? f->row->line : 0 };
    x->d->tell(x->d->tell_arg, &c);
}

static uint32_t event_in(const onri_draft *d, onr_span s)
{
    for (uint32_t i = 0; i < d->events.n; i++)
        if (d->events.at[i].trigger.n && d->events.at[i].trigger.at[0].beg >= s.beg &&
            d->events.at[i].trigger.at[0].beg < s.end)
            return i;
    return ONR_NONE;
}

static onr_commitment_kind kind_of(bool negated, cm_bind bind)
{
    switch (bind) {
    case CM_BIND_UNTIL:
        return ONR_COMMITMENT_UNTIL;
    case CM_BIND_UNLESS:
        return ONR_COMMITMENT_UNLESS;
    case CM_BIND_ONLY:
        return ONR_COMMITMENT_ONLY_IF;
    default:
        return negated ? ONR_COMMITMENT_WILL_NOT : ONR_COMMITMENT_WILL;
    }
}

/* A clause of the future has the strength of the word it is said with. */
static onr_sv strength_of(const cm_ctx *x, uint32_t statement)
{
    const onr_sv none = { "", 0 };
    if (statement == ONR_NONE) return none;
    const onr_statement *s = &x->d->statements.at[statement];
    for (uint32_t i = 0; i < s->cue.n; i++)
        for (uint32_t k = onri_token_at(x->parse, s->cue.at[i].beg);
             k < x->parse->n_tokens && x->t[k].beg < s->cue.at[i].end; k++) {
            const onri_lex_row *r = cm_row(x, CM_CUE, k);
            if (r) return r->cell[0];
        }
    if (s->kind == ONR_KIND_PROMISE) return ONR_SV("promise");
    if (s->kind == ONR_KIND_THREAT) return ONR_SV("threat");
    return s->kind == ONR_KIND_INTENTION ? ONR_SV("plan") : none;
}

/* How often such a fact is right, by rule: measured (docs/measured/stands.md). */
static float chance(const find *f)
{
    static const struct {
        const char *rule;
        float p;
    } seen[] = { { "commitment.will", 0.75f },   { "commitment.going", 0.7f },
                 { "commitment.verb", 0.8f },    { "commitment.noun", 0.65f },
                 { "commitment.object", 0.65f }, { "commitment.adjective", 0.8f } };
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
        if (strcmp(f->rule, seen[i].rule) == 0) return seen[i].p;
    return 0.7f;
}

static onr_status add(cm_ctx *x, const find *f, onr_error *err)
{
    const cm_condition c = cm_find_condition(x, f->verb, f->governor, f->negated);
    uint32_t beg = f->beg, end = f->end;
    if (c.kind != CM_BIND_NONE && c.beg < c.end) {
        if (c.beg > f->verb && c.beg < end) end = c.beg;
        if (c.end <= f->verb && c.end > beg) beg = c.end;
    }
    const onr_span action = cm_bytes(x, beg, end);
    if (action.end == 0) return ONR_OK;
    onr_commitment *k = ONRI_PUSH(x->d->keep, &x->d->commitments);
    if (!k) return onri_fail_mem(err, x->d->keep, "commitment");
    *k = (onr_commitment){ .holder = f->holder,
                           .kind = kind_of(f->negated, c.kind),
                           .action = action,
                           .action_event = event_in(x->d, action),
                           .condition_event = ONR_NONE,
                           .statement = f->statement,
                           .strength = f->strength.n ? f->strength : strength_of(x, f->statement),
                           .rule = f->rule,
                           .p = chance(f) };
    if (f->subject != ONR_NONE)
        k->holder_span = (onr_span){ x->t[f->subject].beg, x->t[f->subject].end };
    if (c.kind != CM_BIND_NONE) k->condition = cm_bytes(x, c.beg, c.end);
    if (k->condition.end) k->condition_event = event_in(x->d, k->condition);
    const uint32_t when = cm_deadline(x, action);
    if (when != ONR_NONE) {
        k->deadline = onri_time_value(x->d->keep, &x->times[when]);
        if (!k->deadline.from.p) return onri_fail_mem(err, x->d->keep, "commitment");
    }
    x->used[f->verb] = 1;
    tell(x, f, NULL);
    return ONR_OK;
}

/* ---- finite clauses ------------------------------------------------------------------------- */

/* First auxiliary of the future before v; *negated; *modal: another mood ("must", "could").
 * ONR_NONE: not of the future. */
static uint32_t future_aux(const cm_ctx *x, uint32_t v, bool in_statement, bool *negated)
{
    uint32_t aux = ONR_NONE;
    *negated = false;
    ONRI_EACH_CHILD (&x->view.tree, c, v) {
        if (x->t[c].dep == ONR_DEP_NEG || cm_is(x, c, "never")) *negated = true;
        if (x->t[c].dep != ONR_DEP_AUX || c > v || aux != ONR_NONE) continue;
        if (onri_eqz(x->t[c].lemma, "will") || onri_eqz(x->t[c].lemma, "shall") ||
            cm_is(x, c, "'ll") || cm_is(x, c, "’ll") || cm_is(x, c, "wo") ||
            (in_statement && (cm_is(x, c, "would") || cm_is(x, c, "'d") || cm_is(x, c, "’d"))))
            aux = c;
    }
    return aux;
}

/* "is going to leave", "is to leave": the verb that carries tense, ONR_NONE if not so. */
static uint32_t periphrastic(const cm_ctx *x, uint32_t v, bool *negated)
{
    const uint32_t h = x->t[v].head;
    if (x->t[v].dep != ONR_DEP_XCOMP || h >= v ||
        onri_tree_child(&x->view.tree, v, ONR_DEP_AUX) == ONR_NONE)
        return ONR_NONE;
    const bool going =
        cm_is(x, h, "going") && onri_tree_child(&x->view.tree, h, ONR_DEP_AUX) != ONR_NONE;
    const bool be_to = x->t[h].pos == ONR_POS_AUX && onri_eqz(x->t[h].lemma, "be") && v - h <= 3;
    /* "it is hard to see" */
    const bool judged = onri_tree_child(&x->view.tree, h, ONR_DEP_ACOMP) != ONR_NONE ||
                        onri_tree_child(&x->view.tree, h, ONR_DEP_ATTR) != ONR_NONE;
    if (!going && (!be_to || judged)) return ONR_NONE;
    *negated = onri_tree_child(&x->view.tree, h, ONR_DEP_NEG) != ONR_NONE;
    return h;
}

/* "will be the highest ranking official", "will be immune": tells what is, not what is promised. */
static bool is_description(const cm_ctx *x, uint32_t v)
{
    return onri_eqz(x->t[v].lemma, "be") &&
           (onri_tree_child(&x->view.tree, v, ONR_DEP_ATTR) != ONR_NONE ||
            onri_tree_child(&x->view.tree, v, ONR_DEP_ACOMP) != ONR_NONE);
}

/* "would" in somebody's own words supposes, unless he names the condition; so does "would have". */
static bool supposes(const cm_ctx *x, uint32_t v, uint32_t aux, uint32_t statement)
{
    if (aux == ONR_NONE || onri_eqz(x->t[aux].lemma, "will")) return false;
    if (cm_is(x, aux, "'ll") || cm_is(x, aux, "’ll") || cm_is(x, aux, "wo") ||
        onri_eqz(x->t[aux].lemma, "shall"))
        return false;
    ONRI_EACH_CHILD (&x->view.tree, c, v)
        if (x->t[c].dep == ONR_DEP_AUX && cm_is(x, c, "have")) return true;
    return statement != ONR_NONE && x->d->statements.at[statement].form == ONR_FORM_DIRECT &&
           cm_find_condition(x, v, ONR_NONE, false).kind == CM_BIND_NONE;
}

/* "If he were president, he would not": he is not. */
static bool against_fact(const cm_ctx *x, uint32_t v)
{
    ONRI_EACH_CHILD (&x->view.tree, c, v) {
        if (x->t[c].dep != ONR_DEP_ADVCL) continue;
        const uint32_t mark = onri_tree_child(&x->view.tree, c, ONR_DEP_MARK);
        const uint32_t s = onri_tree_subject(&x->view.tree, c).token;
        if (mark == ONR_NONE || !cm_is(x, mark, "if") || s == ONR_NONE) continue;
        const bool one = x->t[s].tag == ONR_TAG_NN || x->t[s].tag == ONR_TAG_NNP ||
                         cm_is(x, s, "he") || cm_is(x, s, "she") || cm_is(x, s, "it") ||
                         cm_is(x, s, "i");
        bool were = cm_is(x, c, "were");
        ONRI_EACH_CHILD (&x->view.tree, a, c) were = were || (a < c && cm_is(x, a, "were"));
        if (one && were) return true;
    }
    return false;
}

/* A clause that is itself a question, a condition or part of a noun phrase binds nobody. */
static const char *not_free(const cm_ctx *x, uint32_t top, uint32_t v)
{
    const onr_token *k = &x->t[top];
    if (k->dep == ONR_DEP_RELCL || k->dep == ONR_DEP_CSUBJ) return "part of a noun phrase";
    if (k->dep == ONR_DEP_ADVCL) return "a circumstance";
    if (k->dep == ONR_DEP_ACL && !cm_row(x, CM_ASSURANCE, k->head)) return "a rumour or an idea";
    ONRI_EACH_CHILD (&x->view.tree, m, top) {
        if (x->t[m].dep == ONR_DEP_MARK && (cm_is(x, m, "whether") || cm_is(x, m, "if")))
            return "a question or a condition";
        if (m < v &&
            (x->t[m].tag == ONR_TAG_WRB || x->t[m].tag == ONR_TAG_WP || x->t[m].tag == ONR_TAG_WDT))
            return "a question or a relative clause";
    }
    return cm_supposed(x, top) ? "only supposed" : NULL;
}

/* "expects that Iran will leave": somebody's belief about another. */
static bool is_believed(const cm_ctx *x, uint32_t top, uint32_t holder, uint32_t statement)
{
    const uint32_t h = x->t[top].head;
    if (x->t[top].dep != ONR_DEP_CCOMP || !cm_row(x, CM_BELIEF, h)) return false;
    if (x->t[h].pos == ONR_POS_ADJ) return true; /* "hopeful that we will agree" */
    const uint32_t who = onri_tree_subject(&x->view.tree, h).token;
    /* "I hope that it will be done": by whom? */
    if (onri_tree_passive(&x->view.tree, top) && onri_tree_agent(&x->view.tree, top) == ONR_NONE)
        return true;
    return who == ONR_NONE || cm_entity(x, who, statement) != holder;
}

/* Whose future it is where the subject is done to or cannot act: *why if nobody's. */
static uint32_t holder_of_clause(const cm_ctx *x, uint32_t v, uint32_t subject, bool negated,
                                 uint32_t statement, const char **why)
{
    const uint32_t source =
        statement == ONR_NONE ? ONR_NONE : x->d->statements.at[statement].source.entity;
    const onr_statement_kind kind =
        statement == ONR_NONE ? ONR_KIND_ASSERTION : x->d->statements.at[statement].kind;
    const bool threat = onri_eqz(strength_of(x, statement), "threat");
    const uint32_t own = cm_entity(x, subject, statement);
    const bool acts = cm_can_act(x, own, statement) && !cm_vague(x, subject);
    const bool passive = onri_tree_passive(&x->view.tree, v);
    *why = NULL;
    if (!passive && acts) return own;
    if (passive && cm_row(x, CM_OBLIGES, v)) {
        *why = "somebody is bound, or spared, by another";
        return ONR_NONE;
    }
    if (passive && negated && acts) return own; /* "will not be intimidated by" */
    if (passive) {
        const uint32_t agent = onri_tree_agent(&x->view.tree, v);
        if (agent != ONR_NONE) {
            const uint32_t by = cm_entity(x, agent, statement);
            if (cm_can_act(x, by, statement) && !cm_vague(x, agent)) return by;
            *why = "done by nobody who could bind himself";
            return ONR_NONE;
        }
    }
    const uint32_t poss = onri_tree_child(&x->view.tree, subject, ONR_DEP_POSS);
    const bool ours = poss != ONR_NONE && cm_first_person(x, poss);
    const cm_bind bind = cm_find_condition(x, v, ONR_NONE, negated).kind;
    /* "the material will be moved", says its owner: whoever says so sees to it */
    const bool sees_to_it = passive && (!acts || ours || threat);
    const bool vowed =
        kind == ONR_KIND_PROMISE || bind > CM_BIND_IF || (threat && bind == CM_BIND_IF);
    const bool trades = !acts && vowed && cm_in_charge(x, statement);
    if (source != ONR_NONE && (sees_to_it || trades)) return source;
    *why = passive ? "done to somebody, by nobody named" : "its subject cannot bind itself";
    return ONR_NONE;
}

static const char *why_not_finite(const cm_ctx *x, find *f, uint32_t top, uint32_t aux,
                                  const onri_subject *s)
{
    if (is_description(x, f->verb)) return "tells what is, not what is promised";
    if (cm_row(x, CM_DRIFT, f->verb)) return "a forecast: nobody does it";
    /* "Will Germany send tanks?" asks */
    if (aux != ONR_NONE && aux < s->token && aux == x->t[top].l_edge) return "a question";
    const char *why = not_free(x, top, f->verb);
    if (why) return why;
    if (supposes(x, f->verb, aux, f->statement)) return "only supposed (would)";
    if (against_fact(x, f->verb)) return "only supposed (if he were)";
    f->holder = holder_of_clause(x, f->verb, s->token, f->negated, f->statement, &why);
    if (why) return why;
    if (is_believed(x, top, f->holder, f->statement)) return "somebody's belief about another";
    return cm_first_person(x, s->token) ? NULL : cm_not_for(x, f->statement, f->holder);
}

static onr_status finite(cm_ctx *x, uint32_t v, onr_error *err)
{
    find f = { .verb = v, .governor = ONR_NONE, .rule = "commitment.will" };
    f.statement = onri_statement_at(x->d, x->t[v].beg);
    uint32_t top = v, aux = future_aux(x, v, f.statement != ONR_NONE, &f.negated);
    if (aux == ONR_NONE) {
        f.governor = top = periphrastic(x, v, &f.negated);
        if (top == ONR_NONE) return ONR_OK;
        f.rule = "commitment.going";
    }
    onri_subject s = onri_tree_subject(&x->view.tree, top);
    const uint32_t first = aux != ONR_NONE ? aux : top, taken = cm_taken_subject(x, top, first);
    if (taken != ONR_NONE) s = (onri_subject){ .token = taken };
    if (s.token == ONR_NONE) return ONR_OK;
    const char *why = why_not_finite(x, &f, top, aux, &s);
    if (why) {
        tell(x, &f, why);
        return ONR_OK;
    }
    /* a long subject ("Smith, one of the suspects, is to run") is left to holder_span */
    const bool far = s.inherited || s.token > first || first - x->t[s.token].l_edge > SUBJECT_MAX;
    f.subject = s.token;
    f.beg = far ? first : x->t[s.token].l_edge;
    f.end = cm_clause_end(x, v);
    f.strength = (onr_sv){ "", 0 };
    return add(x, &f, err);
}

/* ---- words that bind ------------------------------------------------------------------------ */

/* Does the row allow this frame ("to", "ing", "on+ing")? Without a list: "to" alone. */
static bool allows(const onri_lex_row *r, onr_sv frame)
{
    if (r->cell[2].n == 0) return onri_eqz(frame, "to");
    return onri_lex_lists(r->cell[2], frame);
}

/* "decides where to go"; not "where he plans to go": that stands before the word that binds. */
static bool asks_or_supposes(const cm_ctx *x, uint32_t v, uint32_t after)
{
    ONRI_EACH_CHILD (&x->view.tree, a, v)
        if (a < after)
            continue;
        else if (cm_is(x, a, "whether") || x->t[a].tag == ONR_TAG_WRB || x->t[a].tag == ONR_TAG_WP)
            return true;
    return false;
}

static bool has_to(const cm_ctx *x, uint32_t v)
{
    ONRI_EACH_CHILD (&x->view.tree, a, v)
        if (x->t[a].tag == ONR_TAG_TO) return true;
    return false;
}

/* Infinitive after `after` that hangs on h. */
static uint32_t infinitive_under(const cm_ctx *x, uint32_t h, uint32_t after)
{
    ONRI_EACH_CHILD (&x->view.tree, c, h) {
        const uint8_t dep = x->t[c].dep;
        if (c <= after || (dep != ONR_DEP_XCOMP && dep != ONR_DEP_ACL && dep != ONR_DEP_ADVCL &&
                           dep != ONR_DEP_RELCL && dep != ONR_DEP_CCOMP))
            continue;
        if (has_to(x, c) && !asks_or_supposes(x, c, after)) return c;
    }
    return ONR_NONE;
}

/* "of leaving", "on closing": a gerund after one of the row's prepositions; *against: the
 * preposition turns it round. */
static uint32_t gerund_under(const cm_ctx *x, uint32_t g, const onri_lex_row *r, bool *against)
{
    char frame[24];
    ONRI_EACH_CHILD (&x->view.tree, c, g) {
        const onr_token *k = &x->t[c];
        if (c > g && k->tag == ONR_TAG_VBG && allows(r, ONR_SV("ing")) &&
            (k->dep == ONR_DEP_XCOMP || k->dep == ONR_DEP_DOBJ || k->dep == ONR_DEP_ADVCL ||
             k->dep == ONR_DEP_PCOMP || k->dep == ONR_DEP_CCOMP))
            return c;
        if (k->dep != ONR_DEP_PREP || k->lower.n + 5 > sizeof frame) continue;
        memcpy(frame, k->lower.p, k->lower.n);
        for (size_t i = 0; i < 4; i++) frame[k->lower.n + i] = "+ing"[i];
        const uint32_t p = onri_tree_child(&x->view.tree, c, ONR_DEP_PCOMP);
        if (p == ONR_NONE || x->t[p].tag != ONR_TAG_VBG) continue;
        if (!allows(r, onri_sv(frame, k->lower.n + 4))) continue;
        *against = cm_is(x, c, "against");
        return p;
    }
    return ONR_NONE;
}

/* What the word g binds its holder to: a verb, or ONR_NONE. */
static uint32_t deed_of(const cm_ctx *x, uint32_t g, const onri_lex_row *r, bool *against)
{
    *against = false;
    uint32_t v = allows(r, ONR_SV("to")) ? infinitive_under(x, g, g) : ONR_NONE;
    if (v == ONR_NONE) v = gerund_under(x, g, r, against);
    if (v != ONR_NONE || r->cls != CM_NOUN) return v;
    const uint32_t h = x->t[g].head;
    /* "announced its plans on Saturday to boycott", "its plan is to boycott" */
    if (x->t[g].dep == ONR_DEP_DOBJ && cm_row(x, CM_KEEPS, h)) return infinitive_under(x, h, g);
    if (x->t[g].dep == ONR_DEP_NSUBJ && onri_eqz(x->t[h].lemma, "be"))
        return infinitive_under(x, h, h);
    return ONR_NONE;
}

/* Moods that put a binding word off: "should prepare to", "could agree to". */
static bool put_off(const cm_ctx *x, uint32_t g)
{
    static const char *const moods[] = {
        "should", "must", "could", "may", "might", "can", "ought"
    };
    ONRI_EACH_CHILD (&x->view.tree, c, g)
        if (x->t[c].dep == ONR_DEP_AUX && c < g)
            for (size_t i = 0; i < sizeof moods / sizeof *moods; i++)
                if (cm_is(x, c, moods[i])) return true;
    return false;
}

static bool has_adverb(const cm_ctx *x, uint32_t g, unsigned cls)
{
    ONRI_EACH_CHILD (&x->view.tree, c, g)
        if (x->t[c].dep == ONR_DEP_ADVMOD && cm_row(x, cls, c)) return true;
    return false;
}

/* The verb that carries a binding word: itself, or what it is the complement or object of. */
static uint32_t carrier(const cm_ctx *x, uint32_t g)
{
    const onr_token *k = &x->t[g];
    if (k->pos == ONR_POS_VERB) return g;
    return cm_verb(x, k->head) ? k->head : g;
}

static const char *why_not_bound(const cm_ctx *x, const find *f, uint32_t g, const onri_lex_row *r)
{
    const uint32_t c = carrier(x, g), at = onri_statement_at(x->d, x->t[g].beg);
    if (f->subject == ONR_NONE) return "nobody holds it";
    if (!cm_can_act(x, f->holder, at) || cm_vague(x, f->subject))
        return "its holder cannot bind himself";
    if (r->cls == CM_VERB && onri_eqz(r->cell[0], "will-not") && cm_row(x, CM_SPEECH, f->verb))
        return "words refused, not deeds";
    if (r->cls == CM_ADJECTIVE && cm_row(x, CM_DRIFT, f->verb)) return "a forecast: nobody does it";
    if (put_off(x, c) || put_off(x, g)) return "what should, could or may be";
    if (r->cls == CM_VERB && has_to(x, g)) return "itself an infinitive: not yet done";
    if (x->t[g].tag == ONR_TAG_VBG && x->t[g].dep == ONR_DEP_ACL) return "tells somebody's purpose";
    if (x->t[c].dep == ONR_DEP_RELCL && future_aux(x, c, true, &(bool){ false }) != ONR_NONE)
        return "part of a noun phrase";
    if (cm_supposed(x, c)) return "only supposed";
    if (has_adverb(x, c, CM_ANCIENT) || cm_long_ago(x, c) || cm_long_ago(x, f->verb))
        return "history";
    if (at == ONR_NONE) return NULL;
    const onr_statement *s = &x->d->statements.at[at];
    /* that another has promised is news; that he means to is an opinion */
    const bool told = s->kind == ONR_KIND_ASSERTION || s->kind == ONR_KIND_KNOWLEDGE ||
                      s->kind == ONR_KIND_ATTITUDE;
    return told && !s->negated ? NULL : cm_not_for(x, at, f->holder);
}

/* Does it bind to the opposite: "did not agree to", "no plan to", "decided against"? */
static bool turns(const cm_ctx *x, uint32_t g, const onri_lex_row *r, uint32_t v)
{
    bool negated = onri_eqz(r->cell[0], "will-not");
    if (onri_tree_negated(&x->view.tree, g)) negated = !negated;
    const uint32_t c = carrier(x, g);
    if (c != g && onri_tree_negated(&x->view.tree, c)) negated = !negated;
    if (onri_tree_child(&x->view.tree, v, ONR_DEP_NEG) != ONR_NONE) negated = !negated;
    if (r->cls == CM_NOUN)
        ONRI_EACH_CHILD (&x->view.tree, d, g)
            if (x->t[d].dep == ONR_DEP_DET && cm_is(x, d, "no")) negated = !negated;
    return negated;
}

static uint32_t subject_of(const cm_ctx *x, uint32_t g, const onri_lex_row *r, bool *turned,
                           bool *over)
{
    *turned = *over = false;
    if (r->cls == CM_NOUN) return cm_holder_of_noun(x, g, turned, over);
    if (r->cls == CM_ADJECTIVE && x->t[g].pos != ONR_POS_VERB)
        return onri_tree_subject(&x->view.tree, carrier(x, g)).token;
    return onri_tree_subject(&x->view.tree, g).token;
}

static const onri_lex_row *binding_row(const cm_ctx *x, uint32_t g)
{
    const onr_token *t = &x->t[g];
    const unsigned cls = t->pos == ONR_POS_VERB   ? CM_VERB
                         : t->pos == ONR_POS_NOUN ? CM_NOUN
                         : t->pos == ONR_POS_ADJ  ? CM_ADJECTIVE
                                                  : CM__COUNT;
    const onri_lex_row *r = cls == CM__COUNT ? NULL : cm_row(x, cls, g);
    if (!r && t->pos == ONR_POS_VERB && t->tag == ONR_TAG_VBN)
        r = onri_lex(x->lex, CM_ADJECTIVE, t->lower); /* "is determined to" */
    /* "rule" binds with its particle alone */
    if (r && r->cls == CM_VERB && onri_eqz(r->word, "rule")) {
        const uint32_t out = onri_tree_child(&x->view.tree, g, ONR_DEP_PRT);
        if (out == ONR_NONE || !cm_is(x, out, "out")) return NULL;
    }
    return r;
}

static onr_status bound(cm_ctx *x, uint32_t g, onr_error *err)
{
    const onri_lex_row *r = binding_row(x, g);
    if (!r) return ONR_OK;
    bool against, turned, over;
    const uint32_t v = deed_of(x, g, r, &against);
    if (v == ONR_NONE || x->used[v]) return ONR_OK;
    find f = { .verb = v,
               .governor = g,
               .holder = ONR_NONE,
               .statement = onri_statement_at(x->d, x->t[v].beg),
               .strength = r->cell[1],
               .rule = r->cls == CM_VERB   ? "commitment.verb"
                       : r->cls == CM_NOUN ? "commitment.noun"
                                           : "commitment.adjective",
               .row = r };
    f.subject = subject_of(x, g, r, &turned, &over);
    if (f.subject != ONR_NONE)
        f.holder = cm_entity(x, f.subject, onri_statement_at(x->d, x->t[g].beg));
    const char *why = over ? "over: kept or broken" : why_not_bound(x, &f, g, r);
    if (why) {
        tell(x, &f, why);
        return ONR_OK;
    }
    f.negated = turns(x, g, r, v) != (turned || against);
    f.beg = v > g && x->t[v].l_edge <= g ? g + 1 : x->t[v].l_edge;
    f.end = cm_clause_end(x, v);
    return add(x, &f, err);
}

/* ---- objects: "pledged troops", "warned of further action" ---------------------------------- */

static uint32_t object_of(const cm_ctx *x, uint32_t g, const onri_lex_row *r)
{
    const uint32_t o = onri_tree_child(&x->view.tree, g, ONR_DEP_DOBJ);
    if (o != ONR_NONE && onri_lex_lists(r->cell[2], ONR_SV("-"))) return o;
    ONRI_EACH_CHILD (&x->view.tree, c, g) {
        if (x->t[c].dep != ONR_DEP_PREP || !onri_lex_lists(r->cell[2], x->t[c].lower)) continue;
        const uint32_t p = onri_tree_child(&x->view.tree, c, ONR_DEP_POBJ);
        if (p != ONR_NONE) return p;
    }
    return ONR_NONE;
}

static onr_status object(cm_ctx *x, uint32_t g, onr_error *err)
{
    const onri_lex_row *r = x->t[g].pos == ONR_POS_VERB ? cm_row(x, CM_OBJECT, g) : NULL;
    if (!r || x->used[g] || onri_tree_passive(&x->view.tree, g) || x->t[g].tag == ONR_TAG_VBG)
        return ONR_OK;
    const uint32_t o = object_of(x, g, r);
    /* "warned of rain" threatens nobody */
    if (o != ONR_NONE && onri_eqz(r->word, "warn") && !cm_row(x, CM_DEED, o)) return ONR_OK;
    if (o == ONR_NONE || x->t[o].pos == ONR_POS_PRON || x->t[o].pos == ONR_POS_PROPN ||
        (onri_eqz(r->cell[1], "threat") && cm_can_act(x, x->view.entity_at[o], ONR_NONE)) ||
        onri_tree_child(&x->view.tree, g, ONR_DEP_CCOMP) != ONR_NONE ||
        infinitive_under(x, g, g) != ONR_NONE || infinitive_under(x, o, o) != ONR_NONE)
        return ONR_OK;
    find f = { .verb = g,
               .governor = ONR_NONE,
               .holder = ONR_NONE,
               .statement = onri_statement_at(x->d, x->t[g].beg),
               .strength = r->cell[1],
               .rule = "commitment.object",
               .row = r };
    f.subject = onri_tree_subject(&x->view.tree, g).token;
    if (f.subject != ONR_NONE) f.holder = cm_entity(x, f.subject, f.statement);
    const char *why =
        onri_tree_negated(&x->view.tree, g) ? "it is not promised" : why_not_bound(x, &f, g, r);
    if (why) {
        tell(x, &f, why);
        return ONR_OK;
    }
    f.beg = g;
    f.end = cm_clause_end(x, g);
    return add(x, &f, err);
}

/* ---- the step ------------------------------------------------------------------------------- */

onr_status onri_find_commitments(onri_draft *d, const onri_commitment_words *words,
                                 const onri_timex *times, uint32_t n_times, onr_error *err)
{
    cm_ctx x = { .d = d,
                 .lex = &words->lex,
                 .parse = d->parse,
                 .t = d->parse->tokens,
                 .times = times,
                 .n_times = n_times };
    onr_status st = onri_view_make(d->tmp, d, &x.view, err);
    if (st != ONR_OK) return st;
    x.used = ONRI_NEW_N(d->tmp, d->parse->n_tokens + 1, uint8_t);
    if (!x.used) return onri_fail_mem(err, d->tmp, "commitment");
    uint32_t b = 0;
    for (uint32_t i = 0; i < d->parse->n_tokens && st == ONR_OK; i++) {
        if (onri_in_boilerplate(d, x.t[i].beg, &b)) continue;
        if (cm_verb(&x, i)) st = finite(&x, i, err);
        if (st == ONR_OK) st = bound(&x, i, err);
        if (st == ONR_OK) st = object(&x, i, err);
    }
    return st;
}
