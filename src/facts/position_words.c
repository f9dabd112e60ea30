/* What words say of a stance: verbs ("opposes the deal"), nouns ("their support for") and
 * adjectives
 * ("is opposed to"). A negation turns a stance round, a condition makes it conditional. Source:
 * own; classes of words in data/positions. Leaves out irony, and stances spread over sentences. */
#include "facts/position_i.h"

uint8_t ps_turned(uint8_t stance)
{
    if (stance == ONR_STANCE_FOR) return ONR_STANCE_AGAINST;
    return stance == ONR_STANCE_AGAINST ? ONR_STANCE_FOR : stance;
}

uint32_t ps_source(const ps_ctx *x, uint32_t statement)
{
    uint32_t got = ONR_NONE;
    for (int d = 0; d < PS_CLIMB_MAX && statement != ONR_NONE; d++) {
        const onr_statement *s = &x->d->statements.at[statement];
        const uint32_t e = s->source.entity;
        if (got == ONR_NONE) got = e;
        if (e != ONR_NONE && !onri_only_pronouns(&x->d->entities.at[e])) return e;
        statement = s->within;
    }
    return got;
}

/* Who stands at the token; "we" and "I" that nobody resolved are the speaker. */
uint32_t ps_entity(const ps_ctx *x, uint32_t tok)
{
    if (tok == ONR_NONE) return ONR_NONE;
    uint32_t e = x->view.entity_at[tok];
    if (x->t[tok].tag == ONR_TAG_WDT || x->t[tok].tag == ONR_TAG_WP) {
        const uint32_t v = x->t[tok].head;
        if (x->t[v].dep == ONR_DEP_RELCL) return x->view.entity_at[x->t[v].head];
    }
    /* "passed a resolution calling for": what is made speaks for who makes it */
    const bool acts = e != ONR_NONE && onri_is_actor_type(x->d->entities.at[e].type);
    if (!acts && x->t[tok].pos == ONR_POS_NOUN && x->t[tok].dep == ONR_DEP_DOBJ) {
        const uint32_t maker = onri_tree_actor(&x->view.tree, x->t[tok].head);
        if (maker != ONR_NONE && maker != tok) return x->view.entity_at[maker];
    }
    static const char *const own[] = { "we", "i", "our", "my" };
    static const char *const told[] = { "we", "i", "our", "my", "they", "he", "she", "it" };
    const uint32_t st = onri_statement_at(x->d, x->t[tok].beg);
    if (st == ONR_NONE || (e != ONR_NONE && !onri_only_pronouns(&x->d->entities.at[e]))) return e;
    /* in quotation marks "they" are others */
    const bool direct = x->d->statements.at[st].form == ONR_FORM_DIRECT;
    const size_t n = direct ? sizeof own / sizeof *own : sizeof told / sizeof *told;
    for (size_t i = 0; i < n; i++)
        if (ps_is(x, tok, direct ? own[i] : told[i])) {
            const uint32_t source = ps_source(x, st);
            return source == ONR_NONE ? e : source;
        }
    return e;
}

static uint32_t particle(const ps_ctx *x, uint32_t v);

/* The words of the slots under tok: the first slot that is filled. */
uint32_t ps_slot(const ps_ctx *x, uint32_t tok, onr_sv slots)
{
    if (ps_verb(x, tok) && onri_lex_lists(slots, ONR_SV("-")) &&
        onri_tree_passive(&x->view.tree, tok)) {
        const uint32_t done_to = onri_tree_patient(&x->view.tree, tok);
        if (done_to != ONR_NONE) return done_to;
    }
    for (onr_sv rest = slots, slot; slots.n && onri_split(&rest, ',', &slot);) {
        uint32_t got = ONR_NONE;
        ONRI_EACH_CHILD (&x->view.tree, c, tok) {
            const uint8_t dep = x->t[c].dep;
            bool fits = false;
            if (onri_eqz(slot, "-"))
                fits = dep == ONR_DEP_DOBJ || dep == ONR_DEP_NSUBJPASS ||
                       (dep == ONR_DEP_POBJ && x->t[tok].pos == ONR_POS_ADP);
            else if (onri_eqz(slot, "to"))
                fits = (dep == ONR_DEP_XCOMP || dep == ONR_DEP_CCOMP || dep == ONR_DEP_ACL ||
                        dep == ONR_DEP_ADVCL) &&
                       c > tok && onri_tree_child(&x->view.tree, c, ONR_DEP_AUX) != ONR_NONE &&
                       x->t[onri_tree_child(&x->view.tree, c, ONR_DEP_AUX)].tag == ONR_TAG_TO;
            else if (onri_eqz(slot, "that"))
                fits = (dep == ONR_DEP_CCOMP || dep == ONR_DEP_ACL || dep == ONR_DEP_XCOMP) &&
                       ps_verb(x, c);
            if ((dep == ONR_DEP_PREP || dep == ONR_DEP_AGENT) && onri_eq(x->t[c].lower, slot)) {
                got = onri_tree_child(&x->view.tree, c, ONR_DEP_POBJ);
                if (got == ONR_NONE) got = onri_tree_child(&x->view.tree, c, ONR_DEP_PCOMP);
            }
            if (fits) got = c;
            if (got != ONR_NONE) return got;
        }
        const uint32_t prt = onri_eqz(slot, "-") ? particle(x, tok) : ONR_NONE;
        if (prt != ONR_NONE && onri_tree_child(&x->view.tree, prt, ONR_DEP_POBJ) != ONR_NONE)
            return onri_tree_child(&x->view.tree, prt, ONR_DEP_POBJ);
    }
    return ONR_NONE;
}

static bool is_infinitive(const ps_ctx *x, uint32_t v)
{
    ONRI_EACH_CHILD (&x->view.tree, c, v)
        if (x->t[c].tag == ONR_TAG_TO && c < v) return true;
    return false;
}

/* The infinitive that somebody is urged to; the parse may hang it on him. */
static uint32_t urged_to(const ps_ctx *x, uint32_t v)
{
    const uint32_t to = ps_slot(x, v, ONR_SV("to"));
    if (to != ONR_NONE && x->t[to].dep == ONR_DEP_POBJ) { /* "appealed to him to stay" */
        const uint32_t act = onri_tree_child(&x->view.tree, v, ONR_DEP_XCOMP);
        return act != ONR_NONE && is_infinitive(x, act) ? act : ONR_NONE;
    }
    if (to != ONR_NONE && x->t[to].dep != ONR_DEP_ADVCL) return to;
    const uint32_t o = onri_tree_child(&x->view.tree, v, ONR_DEP_DOBJ);
    return o == ONR_NONE ? to : ps_slot(x, o, ONR_SV("to"));
}

/* "There is no question of our accepting it", "has no intention of leaving". */
static bool out_of_question(const ps_ctx *x, uint32_t v)
{
    static const char *const nouns[] = { "question", "intention", "chance", "prospect" };
    if (x->t[v].dep != ONR_DEP_PCOMP || !ps_is(x, x->t[v].head, "of")) return false;
    const uint32_t n = x->t[x->t[v].head].head;
    const uint32_t det = onri_tree_child(&x->view.tree, n, ONR_DEP_DET);
    if (det == ONR_NONE || !ps_is(x, det, "no")) return false;
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        if (ps_is(x, n, nouns[i])) return true;
    return false;
}

bool ps_negated(const ps_ctx *x, uint32_t v)
{
    if (onri_tree_negated(&x->view.tree, v) || out_of_question(x, v)) return true;
    ONRI_EACH_CHILD (&x->view.tree, c, v)
        if ((ps_is(x, c, "never") || ps_is(x, c, "no") || ps_is(x, c, "longer")) && c < v)
            return true; /* "no longer" */
    return false;
}

static bool has_aux(const ps_ctx *x, uint32_t v, const char *const *words, size_t n)
{
    ONRI_EACH_CHILD (&x->view.tree, c, v)
        if (x->t[c].dep == ONR_DEP_AUX && c < v)
            for (size_t i = 0; i < n; i++)
                if (ps_is(x, c, words[i])) return true;
    return false;
}

/* "if …", "unless …", "provided …", "only if" under the verb. */
static bool has_condition(const ps_ctx *x, uint32_t v)
{
    static const char *const marks[] = { "if", "unless", "provided", "until" };
    ONRI_EACH_CHILD (&x->view.tree, c, v) {
        if (x->t[c].dep != ONR_DEP_ADVCL) continue;
        ONRI_EACH_CHILD (&x->view.tree, m, c)
            for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
                if (ps_is(x, m, marks[i])) return true;
    }
    return false;
}

/* Does the clause stand under "if" or "whether", or in a question? */
static bool is_supposed(const ps_ctx *x, uint32_t tok)
{
    uint32_t v = tok;
    for (int d = 0; d < PS_CLIMB_MAX; d++) {
        ONRI_EACH_CHILD (&x->view.tree, m, v)
            if (x->t[m].dep == ONR_DEP_MARK &&
                (ps_is(x, m, "if") || ps_is(x, m, "whether") || ps_is(x, m, "unless")))
                return true;
        if (x->t[v].head == v || x->t[v].dep == ONR_DEP_CCOMP) break;
        v = x->t[v].head;
    }
    const onr_tokens s = x->parse->sentences[x->t[tok].sent];
    return s.end > s.beg &&
           (ps_is(x, s.end - 1, "?") || (s.end - s.beg > 1 && ps_is(x, s.end - 2, "?")));
}

const char *ps_unsaid(const ps_ctx *x, uint32_t tok, uint32_t holder)
{
    const uint32_t st = onri_statement_at(x->d, x->t[tok].beg);
    if (is_supposed(x, tok)) return "only supposed, or asked";
    if (st == ONR_NONE) return NULL;
    const onr_statement *s = &x->d->statements.at[st];
    if (s->kind == ONR_KIND_DENIAL) return "it is denied";
    if (s->kind == ONR_KIND_QUESTION) return "it is asked";
    if (s->source.entity == holder) return NULL;
    if (s->kind == ONR_KIND_ACCUSATION) return "what another lays to him";
    if (s->kind == ONR_KIND_HOPE || s->kind == ONR_KIND_FEAR || s->kind == ONR_KIND_DEMAND ||
        s->kind == ONR_KIND_REQUEST)
        return "what another hopes, fears or demands";
    return NULL;
}

ps_find ps_find_of(const ps_ctx *x, uint32_t trigger, const onri_lex_row *r, const char *rule,
                   float p)
{
    return (ps_find){ .entity = ONR_NONE,
                      .stance = ps_stance(r->cell[0]),
                      .trigger = trigger,
                      .topic = ONR_NONE,
                      .statement = onri_statement_at(x->d, x->t[trigger].beg),
                      .rule = rule,
                      .table = x->know->lex.file,
                      .line = r->line,
                      .p = p };
}

/* "which" and "who" stand for the noun their clause hangs on. */
static uint32_t antecedent(const ps_ctx *x, uint32_t tok)
{
    if (x->t[tok].tag != ONR_TAG_WDT && x->t[tok].tag != ONR_TAG_WP) return tok;
    uint32_t v = x->t[tok].head;
    for (int d = 0; d < PS_CLIMB_MAX && x->t[v].dep != ONR_DEP_RELCL && x->t[v].head != v; d++)
        v = x->t[v].head;
    return x->t[v].dep == ONR_DEP_RELCL ? x->t[v].head : tok;
}

onr_status ps_finish(ps_ctx *x, ps_find *f, onr_error *err)
{
    if (f->entity == ONR_NONE && f->topic == ONR_NONE) return ONR_OK; /* no stance at all */
    if (f->entity == ONR_NONE || f->topic == ONR_NONE) {
        ps_tell(x, f, f->topic == ONR_NONE ? "the issue is not named" : "nobody knows who");
        return ONR_OK;
    }
    f->topic = antecedent(x, f->topic);
    const char *why = ps_unsaid(x, f->trigger, f->entity);
    if (why) {
        ps_tell(x, f, why);
        return ONR_OK;
    }
    return ps_add(x, f, err);
}

static bool is_actor(const ps_ctx *x, uint32_t tok)
{
    const uint32_t e = x->view.entity_at[tok];
    return e != ONR_NONE && onri_is_actor_type(x->d->entities.at[e].type);
}

/* "three Republicans", "the only Democrats who": some of a body are not the body. */
bool ps_only_some(const ps_ctx *x, uint32_t tok)
{
    if (tok == ONR_NONE || x->t[tok].tag != ONR_TAG_NNPS || !is_actor(x, tok)) return false;
    if (x->d->entities.at[x->view.entity_at[tok]].type != ONR_ENTITY_ORGANIZATION) return false;
    static const char *const words[] = { "only", "few", "some", "several", "other", "many" };
    ONRI_EACH_CHILD (&x->view.tree, c, tok) {
        if (c < tok && x->t[c].dep == ONR_DEP_NUMMOD) return true;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (c < tok && ps_is(x, c, words[i])) return true;
    }
    return false;
}

/* "countries such as Russia and China": those that are named stand for the vague group. */
static uint32_t example_of(const ps_ctx *x, uint32_t holder)
{
    if (holder == ONR_NONE || x->t[holder].pos != ONR_POS_NOUN) return holder;
    ONRI_EACH_CHILD (&x->view.tree, c, holder) {
        if (x->t[c].dep != ONR_DEP_PREP || c < holder) continue;
        if (!ps_is(x, c, "like") && !ps_is(x, c, "including") &&
            !(ps_is(x, c, "as") && c > 0 && ps_is(x, c - 1, "such")))
            continue;
        const uint32_t o = onri_tree_child(&x->view.tree, c, ONR_DEP_POBJ);
        if (o != ONR_NONE && x->view.entity_at[o] != ONR_NONE) return o;
    }
    return holder;
}

/* The same for each of those joined to the holder: "backed by the UN and the commission". */
static onr_status finish_each(ps_ctx *x, ps_find *f, uint32_t holder, onr_error *err)
{
    onr_status st = ONR_OK;
    holder = example_of(x, holder);
    enum { JOINED_MAX = 32 };
    for (int n = 0; n < JOINED_MAX && holder != ONR_NONE && st == ONR_OK; n++) {
        f->entity = ps_entity(x, holder);
        f->evidence = (onr_span){ 0, 0 };
        if (ps_only_some(x, antecedent(x, holder)))
            ps_tell(x, f, "some of a body, not the body");
        else
            st = ps_finish(x, f, err);
        uint32_t next = ONR_NONE;
        ONRI_EACH_CHILD (&x->view.tree, c, holder)
            if (x->t[c].dep == ONR_DEP_CONJ && !ps_verb(x, c) && next == ONR_NONE) next = c;
        holder = next;
    }
    return st;
}

/* The particle of a verb, though the parse may call it a preposition ("voted down the bill"). */
static uint32_t particle(const ps_ctx *x, uint32_t v)
{
    const uint32_t prt = onri_tree_child(&x->view.tree, v, ONR_DEP_PRT), next = v + 1;
    if (prt != ONR_NONE || next >= x->parse->n_tokens || x->t[next].head != v) return prt;
    static const char *const words[] = { "down", "off", "out", "up" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ps_is(x, next, words[i])) return next;
    return ONR_NONE;
}

const onri_lex_row *ps_verb_row(const ps_ctx *x, unsigned cls, uint32_t v)
{
    enum { BOTH_MAX = 48 };
    const uint32_t prt = particle(x, v);
    const onri_lex_row *r = ps_row(x, cls, v);
    if (prt == ONR_NONE) return r;
    char both[BOTH_MAX];
    const onr_sv a = x->t[v].lemma, b = x->t[prt].lower;
    if (a.n + b.n + 1 <= sizeof both) {
        memcpy(both, a.p, a.n);
        both[a.n] = ' ';
        memcpy(both + a.n + 1, b.p, b.n);
        const onri_lex_row *two = onri_lex(&x->know->lex, cls, onri_sv(both, a.n + b.n + 1));
        if (two) return two;
    }
    return r && r->cell[1].n && r->cell[1].p[0] != '-' ? r : NULL;
}

/* ---- verbs ---------------------------------------------------------------------------------- */

/* Is the clause what ought to be ("that they be freed", "that he should go")? */
static bool is_wish(const ps_ctx *x, uint32_t v)
{
    if (x->t[v].dep == ONR_DEP_XCOMP || is_infinitive(x, v)) return true;
    bool bare = x->t[v].tag == ONR_TAG_VB;
    ONRI_EACH_CHILD (&x->view.tree, c, v) {
        if (c > v || (x->t[c].dep != ONR_DEP_AUX && x->t[c].dep != ONR_DEP_AUXPASS)) continue;
        if (ps_row(x, PS_MOOD, c) || ps_is(x, c, "be")) return true;
        bare = false;
    }
    return bare;
}

/* "want to thank", "would like to condemn": the thanks are the stance. */
static bool wishes(const ps_ctx *x, uint32_t v)
{
    return onri_eqz(x->t[v].lemma, "want") || onri_eqz(x->t[v].lemma, "like") ||
           onri_eqz(x->t[v].lemma, "wish");
}

static const char *const obliged[] = { "should", "must", "ought", "could", "can", "might", "may" };

static const char *const able[] = { "can", "could", "ca" };

static onr_status by_verb(ps_ctx *x, uint32_t v, onr_error *err)
{
    if (x->t[v].pos != ONR_POS_VERB) return ONR_OK;
    const onri_lex_row *r = ps_row(x, PS_URGES, v);
    const uint32_t to = r ? urged_to(x, v) : ONR_NONE;
    if (to == ONR_NONE) r = ps_verb_row(x, PS_VERB, v);
    if (!r) return ONR_OK;
    if (to != ONR_NONE && wishes(x, v) && x->t[to].head == v && ps_verb_row(x, PS_VERB, to) &&
        onri_tree_child(&x->view.tree, to, ONR_DEP_NSUBJ) == ONR_NONE)
        return ONR_OK;
    ps_find f = ps_find_of(x, v, r, to == ONR_NONE ? "position.verb" : "position.urges", 0.57f);
    const uint32_t who = onri_tree_actor(&x->view.tree, v);
    f.topic = to == ONR_NONE ? ps_slot(x, v, r->cell[1]) : to;
    if (f.topic == ONR_NONE && onri_eqz(x->t[v].lemma, "abstain")) f.topic = ps_ballot(x, v);
    /* "cannot accept it" is a refusal */
    /* "ruled that it is a breach" tells a fact, "ruled that they be freed" a wish */
    static const char *const either[] = { "rule", "decide", "insist", "agree" };
    for (size_t i = 0; i < sizeof either / sizeof *either; i++)
        if (f.topic != ONR_NONE && onri_eqz(r->word, either[i]) &&
            x->t[f.topic].dep == ONR_DEP_CCOMP && !is_wish(x, f.topic)) {
            ps_tell(x, &f, "a fact is told, and no wish");
            return ONR_OK;
        }
    const uint32_t under = x->t[v].head;
    if (x->t[v].dep == ONR_DEP_PCOMP && (ps_is(x, under, "before") || ps_is(x, under, "without"))) {
        ps_tell(x, &f, "not done, or not yet");
        return ONR_OK;
    }
    if (has_aux(x, v, obliged, sizeof obliged / sizeof *obliged) &&
        !(ps_negated(x, v) && has_aux(x, v, able, sizeof able / sizeof *able))) {
        ps_tell(x, &f, "what should, could or may be");
        return ONR_OK;
    }
    /* "to support it" is what somebody else is asked for, unless it goes on or is decided */
    if (is_infinitive(x, v) && !(x->t[v].dep == ONR_DEP_XCOMP &&
                                 (ps_row(x, PS_LIGHT, x->t[v].head) || wishes(x, x->t[v].head)))) {
        ps_tell(x, &f, "an infinitive: not his act");
        return ONR_OK;
    }
    if (ps_negated(x, v)) {
        /* who does not condemn a thing need not be for it */
        if (f.stance != ONR_STANCE_FOR && !ps_is(x, v, "oppose") && !ps_is(x, v, "object")) {
            ps_tell(x, &f, "not against it, which is not to be for it");
            return ONR_OK;
        }
        f.stance = ps_turned(f.stance);
    }
    if (has_condition(x, v) || (to != ONR_NONE && ps_verb(x, to) && has_condition(x, to)))
        f.stance = ONR_STANCE_CONDITIONAL;
    /* "advised the governor": whom one asks is not what one is for */
    if (to == ONR_NONE && f.topic != ONR_NONE && x->t[f.topic].dep == ONR_DEP_DOBJ &&
        ps_row(x, PS_URGES, v) && is_actor(x, f.topic))
        f.topic = ONR_NONE;
    /* what somebody else says that one needs, one need not want */
    if (onri_eqz(r->word, "need") && (f.statement == ONR_NONE || who == ONR_NONE ||
                                      ps_source(x, f.statement) != ps_entity(x, who))) {
        ps_tell(x, &f, "a need that is not told by who has it");
        return ONR_OK;
    }
    return finish_each(x, &f, who, err);
}

/* ---- nouns ---------------------------------------------------------------------------------- */

/* Whose support or opposition: owner, "of X", a name before it, who expresses it, who is one. */
static uint32_t holder_of(const ps_ctx *x, uint32_t n, onr_sv slots, bool agent)
{
    const uint32_t poss = onri_tree_child(&x->view.tree, n, ONR_DEP_POSS);
    if (poss != ONR_NONE) return ps_entity(x, poss);
    ONRI_EACH_CHILD (&x->view.tree, c, n) {
        const bool prep = x->t[c].dep == ONR_DEP_PREP && !onri_lex_lists(slots, x->t[c].lower);
        if (prep && (ps_is(x, c, "of") || ps_is(x, c, "from") || ps_is(x, c, "by") ||
                     ps_is(x, c, "among"))) {
            const uint32_t e = ps_entity(x, onri_tree_child(&x->view.tree, c, ONR_DEP_POBJ));
            if (e != ONR_NONE) return e;
        }
        /* "Chinese protests" are not the state's */
        if (x->t[c].pos == ONR_POS_ADJ && ps_row(x, PS_CROWD, n)) continue;
        if (c < n && (x->t[c].dep == ONR_DEP_AMOD || x->t[c].dep == ONR_DEP_COMPOUND) &&
            x->view.entity_at[c] != ONR_NONE)
            return x->view.entity_at[c];
    }
    const uint32_t h = x->t[n].head;
    if (x->t[n].dep == ONR_DEP_DOBJ && ps_row(x, PS_EXPRESS, h))
        return ps_entity(x, onri_tree_actor(&x->view.tree, h));
    if (x->t[n].dep == ONR_DEP_POBJ && ps_is(x, h, "in") && ps_verb(x, x->t[h].head))
        return ps_entity(x, onri_tree_actor(&x->view.tree, x->t[h].head)); /* "in support of" */
    if (x->t[n].dep == ONR_DEP_ATTR && ps_verb(x, h))
        return ps_entity(x, onri_tree_subject(&x->view.tree, h).token);
    return agent ? x->view.entity_at[n] : ONR_NONE; /* "critics of the deal" */
}

static onr_status by_noun(ps_ctx *x, uint32_t n, onr_error *err)
{
    const onri_lex_row *r = x->t[n].pos == ONR_POS_NOUN ? ps_row(x, PS_NOUN, n) : NULL;
    if (!r) return ONR_OK;
    ps_find f = ps_find_of(x, n, r, "position.noun", 0.54f);
    f.topic = ps_slot(x, n, r->cell[1]);
    /* "the aim of Iran to build" has a holder behind "of", "the aim of peace" an issue */
    const bool act = f.topic != ONR_NONE && ps_verb(x, f.topic) && x->t[f.topic].head == n;
    f.entity = holder_of(x, n, act ? ONR_SV("to") : r->cell[1], onri_eqz(r->cell[2], "who"));
    const uint32_t h = x->t[n].head;
    const bool under = ps_verb(x, h) && x->t[n].dep == ONR_DEP_DOBJ;
    bool no = under && ps_negated(x, h);
    ONRI_EACH_CHILD (&x->view.tree, c, n)
        if (c < n && (ps_is(x, c, "no") || ps_is(x, c, "little"))) no = !no;
    if (under && onri_eqz(x->t[h].lemma, "withdraw")) no = !no;
    /* "gave the bill its full support" */
    if (under && f.topic == ONR_NONE) {
        f.topic = onri_tree_child(&x->view.tree, h, ONR_DEP_DATIVE);
        if (f.topic != ONR_NONE && x->t[f.topic].pos == ONR_POS_ADP)
            f.topic = onri_tree_child(&x->view.tree, f.topic, ONR_DEP_POBJ);
    }
    /* "the bill received support from the unions" */
    if (under && f.topic == ONR_NONE && ps_row(x, PS_RECEIVE, h)) {
        f.topic = onri_tree_subject(&x->view.tree, h).token;
        f.entity = holder_of(x, n, ONR_SV("-"), false);
        const uint32_t from = f.entity == ONR_NONE ? ps_slot(x, h, ONR_SV("from")) : ONR_NONE;
        if (from != ONR_NONE) f.entity = ps_entity(x, from);
        if (f.topic != ONR_NONE && x->view.entity_at[f.topic] == f.entity) f.topic = ONR_NONE;
    }
    if (no) f.stance = ps_turned(f.stance);
    return ps_finish(x, &f, err);
}

/* ---- adjectives and prepositions ------------------------------------------------------------ */

uint32_t ps_ballot(const ps_ctx *x, uint32_t tok)
{
    enum { BACK_MAX = 60 };
    for (uint32_t i = tok, n = 0; i-- > 0 && n < BACK_MAX; n++)
        if (x->t[i].pos == ONR_POS_NOUN && ps_row(x, PS_BALLOT, i)) return i;
    return ONR_NONE;
}

/* Verbs that "against" and "in favour of" make a stance of. */
static bool takes_sides(const ps_ctx *x, uint32_t v)
{
    static const char *const verbs[] = { "be",      "stand", "come",     "speak",  "vote",
                                         "argue",   "rally", "rule",     "decide", "campaign",
                                         "testify", "fight", "struggle", "advise", "recommend",
                                         "rail",    "lobby" };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (onri_eqz(x->t[v].lemma, verbs[i])) return true;
    return false;
}

static onr_status by_adjective(ps_ctx *x, uint32_t a, onr_error *err)
{
    const onr_token *k = &x->t[a];
    if (k->pos != ONR_POS_ADJ && k->pos != ONR_POS_VERB && k->pos != ONR_POS_ADP) return ONR_OK;
    const onri_lex_row *r = onri_lex(&x->know->lex, PS_ADJECTIVE, k->lower);
    if (!r) return ONR_OK;
    uint32_t v = k->head, s = ONR_NONE;
    if ((k->dep == ONR_DEP_ACOMP || k->dep == ONR_DEP_PREP) && ps_verb(x, v)) {
        const bool stands = k->dep == ONR_DEP_ACOMP || takes_sides(x, v);
        if (stands) s = onri_tree_subject(&x->view.tree, v).token;
    } else if (k->pos == ONR_POS_VERB && onri_tree_passive(&x->view.tree, a)) {
        v = a;
        s = onri_tree_subject(&x->view.tree, a).token;
        const uint32_t be = onri_tree_child(&x->view.tree, a, ONR_DEP_AUXPASS);
        if (s == ONR_NONE && be != ONR_NONE) /* the parse may hang the subject on "is" */
            s = onri_tree_child(&x->view.tree, be, ONR_DEP_NSUBJ);
    } else if (k->dep == ONR_DEP_ACL || k->dep == ONR_DEP_AMOD) {
        s = k->head;
    } else if (k->pos == ONR_POS_ADJ) { /* "is pleased": it may stand over its "is" */
        v = a;
        s = onri_tree_child(&x->view.tree, a, ONR_DEP_NSUBJPASS);
        if (s == ONR_NONE) s = onri_tree_child(&x->view.tree, a, ONR_DEP_NSUBJ);
    }
    if (s == ONR_NONE) return ONR_OK;
    ps_find f = ps_find_of(x, a, r, "position.adjective", 0.75f);
    f.entity = ps_entity(x, s);
    f.topic = ps_slot(x, a, r->cell[1]);
    if (f.topic == ONR_NONE && k->dep == ONR_DEP_ACOMP) /* "was unhappy at": it hangs on "was" */
        f.topic = ps_slot(x, v, r->cell[1]);
    if (ps_negated(x, v)) f.stance = ps_turned(f.stance);
    return ps_finish(x, &f, err);
}

/* "in favour of": a preposition of two words. */
static onr_status in_favour(ps_ctx *x, uint32_t n, onr_error *err)
{
    if (!ps_is(x, n, "favor") && !ps_is(x, n, "favour")) return ONR_OK;
    const uint32_t in = x->t[n].head, v = x->t[in].head;
    if (!ps_is(x, in, "in") || !ps_verb(x, v) || !takes_sides(x, v)) return ONR_OK;
    const onri_lex_row r = { .cell = { ONR_SV("for"), ONR_SV("of") } };
    ps_find f = ps_find_of(x, n, &r, "position.in-favour", 0.6f);
    f.table = NULL;
    f.entity = ps_entity(x, onri_tree_actor(&x->view.tree, v));
    f.topic = ps_slot(x, n, r.cell[1]);
    if (f.topic == ONR_NONE && onri_eqz(x->t[v].lemma, "vote")) f.topic = ps_ballot(x, v);
    if (ps_negated(x, v)) f.stance = ps_turned(f.stance);
    return ps_finish(x, &f, err);
}

onr_status ps_words(ps_ctx *x, onr_error *err)
{
    static onr_status (*const rules[])(ps_ctx *, uint32_t, onr_error *) = {
        by_verb,        by_noun,      by_adjective, in_favour,
        ps_by_judgment, ps_by_effect, ps_by_cry,    ps_by_mood,
    };
    onr_status st = ONR_OK;
    uint32_t b = 0;
    for (uint32_t i = 0; i < x->parse->n_tokens && st == ONR_OK; i++) {
        if (onri_in_boilerplate(x->d, x->t[i].beg, &b)) continue;
        if (ps_in_title(x->d, x->t[i].beg) != x->title) continue;
        for (size_t k = 0; k < sizeof rules / sizeof *rules && st == ONR_OK; k++)
            st = rules[k](x, i, err);
    }
    return st;
}
