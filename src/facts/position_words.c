/* What words say of a stance: verbs ("opposes the deal"), nouns ("their support for"), adjectives
 * ("is opposed to"), judgments ("called it a crime", "the test was unwelcome", she said) and moods
 * ("they should leave", he said). A negation turns a stance round, a condition makes it
 * conditional. Source: own; classes of words in data/positions. Leaves out irony, and stances
 * spread over sentences. */
#include "facts/position_i.h"

enum { CLIMB_MAX = 6 };

static uint8_t turned(uint8_t stance)
{
    if (stance == ONR_STANCE_FOR) return ONR_STANCE_AGAINST;
    return stance == ONR_STANCE_AGAINST ? ONR_STANCE_FOR : stance;
}

static uint32_t source_of(const ps_ctx *x, uint32_t statement)
{
    return statement == ONR_NONE ? ONR_NONE : x->d->statements.at[statement].source.entity;
}

/* Who stands at the token; "we" and "I" that nobody resolved are the speaker. */
static uint32_t entity_of(const ps_ctx *x, uint32_t tok)
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
    for (size_t i = 0; i < sizeof own / sizeof *own && e == ONR_NONE; i++)
        if (ps_is(x, tok, own[i])) e = source_of(x, onri_statement_at(x->d, x->t[tok].beg));
    return e;
}

/* The words of the slots under tok: the first slot that is filled. */
static uint32_t issue_at(const ps_ctx *x, uint32_t tok, onr_sv slots)
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
    }
    return ONR_NONE;
}

/* The infinitive that somebody is urged to; the parse may hang it on him. */
static uint32_t urged_to(const ps_ctx *x, uint32_t v)
{
    const uint32_t to = issue_at(x, v, ONR_SV("to"));
    if (to != ONR_NONE && x->t[to].dep != ONR_DEP_ADVCL) return to;
    const uint32_t o = onri_tree_child(&x->view.tree, v, ONR_DEP_DOBJ);
    return o == ONR_NONE ? to : issue_at(x, o, ONR_SV("to"));
}

static bool negated(const ps_ctx *x, uint32_t v)
{
    if (onri_tree_negated(&x->view.tree, v)) return true;
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

static bool is_infinitive(const ps_ctx *x, uint32_t v)
{
    ONRI_EACH_CHILD (&x->view.tree, c, v)
        if (x->t[c].tag == ONR_TAG_TO && c < v) return true;
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
    for (int d = 0; d < CLIMB_MAX; d++) {
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
    if (s->kind == ONR_KIND_HOPE || s->kind == ONR_KIND_FEAR || s->kind == ONR_KIND_DEMAND ||
        s->kind == ONR_KIND_REQUEST)
        return "what another hopes, fears or demands";
    return NULL;
}

static void tell(const ps_ctx *x, const ps_find *f, const char *lost)
{
    if (!x->d->tell) return;
    const onri_candidate c = { .layer = "positions",
                               .rule = f->rule,
                               .at = { x->t[f->trigger].beg, x->t[f->trigger].end },
                               .lost = lost,
                               .table = f->table,
                               .line = f->line };
    x->d->tell(x->d->tell_arg, &c);
}

static ps_find find_of(const ps_ctx *x, uint32_t trigger, const onri_lex_row *r, const char *rule,
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
    for (int d = 0; d < CLIMB_MAX && x->t[v].dep != ONR_DEP_RELCL && x->t[v].head != v; d++)
        v = x->t[v].head;
    return x->t[v].dep == ONR_DEP_RELCL ? x->t[v].head : tok;
}

static onr_status finish(ps_ctx *x, ps_find *f, onr_error *err)
{
    if (f->entity == ONR_NONE || f->topic == ONR_NONE) return ONR_OK;
    f->topic = antecedent(x, f->topic);
    const char *why = ps_unsaid(x, f->trigger, f->entity);
    if (why) {
        tell(x, f, why);
        return ONR_OK;
    }
    return ps_add(x, f, err);
}

/* The same for each of those joined to the holder: "backed by the UN and the commission". */
static onr_status finish_each(ps_ctx *x, ps_find *f, uint32_t holder, onr_error *err)
{
    onr_status st = ONR_OK;
    for (int n = 0; n < CLIMB_MAX && holder != ONR_NONE && st == ONR_OK; n++) {
        f->entity = entity_of(x, holder);
        f->evidence = (onr_span){ 0, 0 };
        st = finish(x, f, err);
        uint32_t next = ONR_NONE;
        ONRI_EACH_CHILD (&x->view.tree, c, holder)
            if (x->t[c].dep == ONR_DEP_CONJ && !ps_verb(x, c) && next == ONR_NONE) next = c;
        holder = next;
    }
    return st;
}

/* ---- verbs ---------------------------------------------------------------------------------- */

static const char *const obliged[] = { "should", "must", "ought", "could", "can", "might", "may" };

static onr_status by_verb(ps_ctx *x, uint32_t v, onr_error *err)
{
    if (x->t[v].pos != ONR_POS_VERB) return ONR_OK;
    const onri_lex_row *r = ps_row(x, PS_URGES, v);
    const uint32_t to = r ? urged_to(x, v) : ONR_NONE;
    if (to == ONR_NONE) r = ps_row(x, PS_VERB, v);
    if (!r) return ONR_OK;
    ps_find f = find_of(x, v, r, to == ONR_NONE ? "position.verb" : "position.urges", 0.57f);
    const uint32_t who = onri_tree_actor(&x->view.tree, v);
    f.topic = to == ONR_NONE ? issue_at(x, v, r->cell[1]) : to;
    if (has_aux(x, v, obliged, sizeof obliged / sizeof *obliged)) {
        tell(x, &f, "what should, could or may be");
        return ONR_OK;
    }
    /* "to support it" is what somebody else is asked for, unless it goes on or is decided */
    if (is_infinitive(x, v) &&
        !(x->t[v].dep == ONR_DEP_XCOMP && ps_row(x, PS_LIGHT, x->t[v].head))) {
        tell(x, &f, "an infinitive: not his act");
        return ONR_OK;
    }
    if (negated(x, v)) {
        /* who does not condemn a thing need not be for it */
        if (f.stance != ONR_STANCE_FOR && !ps_is(x, v, "oppose") && !ps_is(x, v, "object")) {
            tell(x, &f, "not against it, which is not to be for it");
            return ONR_OK;
        }
        f.stance = turned(f.stance);
    }
    if (has_condition(x, v)) f.stance = ONR_STANCE_CONDITIONAL;
    return finish_each(x, &f, who, err);
}

/* ---- nouns ---------------------------------------------------------------------------------- */

/* Whose support or opposition: owner, "of X", a name before it, who expresses it, who is one. */
static uint32_t holder_of(const ps_ctx *x, uint32_t n, onr_sv slots)
{
    const uint32_t poss = onri_tree_child(&x->view.tree, n, ONR_DEP_POSS);
    if (poss != ONR_NONE) return entity_of(x, poss);
    ONRI_EACH_CHILD (&x->view.tree, c, n) {
        const bool prep = x->t[c].dep == ONR_DEP_PREP && !onri_lex_lists(slots, x->t[c].lower);
        if (prep && (ps_is(x, c, "of") || ps_is(x, c, "from") || ps_is(x, c, "by") ||
                     ps_is(x, c, "among"))) {
            const uint32_t e = entity_of(x, onri_tree_child(&x->view.tree, c, ONR_DEP_POBJ));
            if (e != ONR_NONE) return e;
        }
        if (c < n && (x->t[c].dep == ONR_DEP_AMOD || x->t[c].dep == ONR_DEP_COMPOUND) &&
            x->view.entity_at[c] != ONR_NONE)
            return x->view.entity_at[c];
    }
    const uint32_t h = x->t[n].head;
    if (x->t[n].dep == ONR_DEP_DOBJ && ps_row(x, PS_EXPRESS, h))
        return entity_of(x, onri_tree_actor(&x->view.tree, h));
    if (x->t[n].dep == ONR_DEP_ATTR && ps_verb(x, h))
        return entity_of(x, onri_tree_subject(&x->view.tree, h).token);
    return x->view.entity_at[n]; /* "critics of the deal" */
}

static onr_status by_noun(ps_ctx *x, uint32_t n, onr_error *err)
{
    const onri_lex_row *r = x->t[n].pos == ONR_POS_NOUN ? ps_row(x, PS_NOUN, n) : NULL;
    if (!r) return ONR_OK;
    ps_find f = find_of(x, n, r, "position.noun", 0.54f);
    f.topic = issue_at(x, n, r->cell[1]);
    f.entity = holder_of(x, n, r->cell[1]);
    const uint32_t h = x->t[n].head;
    const bool under = ps_verb(x, h) && x->t[n].dep == ONR_DEP_DOBJ;
    bool no = under && negated(x, h);
    ONRI_EACH_CHILD (&x->view.tree, c, n)
        if (x->t[c].dep == ONR_DEP_DET && ps_is(x, c, "no")) no = !no;
    if (under && onri_eqz(x->t[h].lemma, "withdraw")) no = !no;
    /* "gave the bill its full support" */
    if (under && f.topic == ONR_NONE) {
        f.topic = onri_tree_child(&x->view.tree, h, ONR_DEP_DATIVE);
        if (f.topic != ONR_NONE && x->t[f.topic].pos == ONR_POS_ADP)
            f.topic = onri_tree_child(&x->view.tree, f.topic, ONR_DEP_POBJ);
    }
    if (no) f.stance = turned(f.stance);
    return finish(x, &f, err);
}

/* ---- adjectives and prepositions ------------------------------------------------------------ */

/* Verbs that "against" and "in favour of" make a stance of. */
static bool takes_sides(const ps_ctx *x, uint32_t v)
{
    static const char *const verbs[] = { "be",    "stand", "come",   "speak",    "vote",   "argue",
                                         "rally", "rule",  "decide", "campaign", "testify" };
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
    if (k->pos == ONR_POS_VERB && onri_tree_passive(&x->view.tree, a)) {
        v = a;
        s = onri_tree_subject(&x->view.tree, a).token;
        const uint32_t be = onri_tree_child(&x->view.tree, a, ONR_DEP_AUXPASS);
        if (s == ONR_NONE && be != ONR_NONE) /* the parse may hang the subject on "is" */
            s = onri_tree_child(&x->view.tree, be, ONR_DEP_NSUBJ);
    } else if ((k->dep == ONR_DEP_ACOMP || k->dep == ONR_DEP_PREP) && ps_verb(x, v)) {
        const bool stands = k->dep == ONR_DEP_ACOMP || takes_sides(x, v);
        if (stands) s = onri_tree_subject(&x->view.tree, v).token;
    } else if (k->dep == ONR_DEP_ACL || k->dep == ONR_DEP_AMOD) {
        s = k->head;
    }
    if (s == ONR_NONE) return ONR_OK;
    ps_find f = find_of(x, a, r, "position.adjective", 0.75f);
    f.entity = entity_of(x, s);
    f.topic = issue_at(x, a, r->cell[1]);
    if (negated(x, v)) f.stance = turned(f.stance);
    return finish(x, &f, err);
}

/* "in favour of": a preposition of two words. */
static onr_status in_favour(ps_ctx *x, uint32_t n, onr_error *err)
{
    if (!ps_is(x, n, "favor") && !ps_is(x, n, "favour")) return ONR_OK;
    const uint32_t in = x->t[n].head, v = x->t[in].head;
    if (!ps_is(x, in, "in") || !ps_verb(x, v) || !takes_sides(x, v)) return ONR_OK;
    const onri_lex_row r = { .cell = { ONR_SV("for"), ONR_SV("of") } };
    ps_find f = find_of(x, n, &r, "position.in-favour", 0.6f);
    f.table = NULL;
    f.entity = entity_of(x, onri_tree_actor(&x->view.tree, v));
    f.topic = issue_at(x, n, r.cell[1]);
    if (negated(x, v)) f.stance = turned(f.stance);
    return finish(x, &f, err);
}

/* ---- judgments ------------------------------------------------------------------------------ */

/* What is judged: the subject; behind "it" the clause. */
static uint32_t judged(const ps_ctx *x, uint32_t v, uint32_t j)
{
    const uint32_t s = onri_tree_subject(&x->view.tree, v).token;
    /* "this was an unhelpful speech": the noun tells what "this" is */
    static const char *const bare[] = { "this", "it", "that", "these", "those" };
    for (size_t i = 0; i < sizeof bare / sizeof *bare && s != ONR_NONE; i++)
        if (ps_is(x, s, bare[i]) && x->t[j].pos == ONR_POS_NOUN && !ps_row(x, PS_JUDGMENT, j))
            return j;
    const bool empty = s == ONR_NONE || ps_is(x, s, "it");
    if (empty) {
        uint32_t c = issue_at(x, j, ONR_SV("to,that"));
        if (c == ONR_NONE) c = issue_at(x, v, ONR_SV("to,that"));
        if (c != ONR_NONE) return c;
    }
    return s;
}

/* "called it a crime", "described the test as regrettable": the verb that lays it on its object. */
static uint32_t caller(const ps_ctx *x, uint32_t j, uint32_t *object)
{
    uint32_t h = x->t[j].head;
    if (ps_is(x, h, "as") && x->t[h].head != h) h = x->t[h].head;
    if (h == j || !ps_verb(x, h) || !ps_row(x, PS_CALLS, h)) {
        /* a small clause: "called [it a crime]" */
        const uint32_t up = x->t[h].head;
        if (!(ps_verb(x, up) && ps_row(x, PS_CALLS, up) && x->t[h].dep == ONR_DEP_CCOMP))
            return ONR_NONE;
        h = up;
    }
    *object = onri_tree_child(&x->view.tree, h, ONR_DEP_DOBJ);
    if (*object == j || *object == ONR_NONE)
        *object = onri_tree_child(&x->view.tree, j, ONR_DEP_NSUBJ);
    if (*object == ONR_NONE) *object = onri_tree_child(&x->view.tree, h, ONR_DEP_NSUBJPASS);
    return h;
}

static onr_status by_judgment(ps_ctx *x, uint32_t j, onr_error *err)
{
    const onr_token *k = &x->t[j];
    if (k->pos != ONR_POS_ADJ && k->pos != ONR_POS_NOUN && k->tag != ONR_TAG_VBN) return ONR_OK;
    const onri_lex_row *r = onri_lex_token(&x->know->lex, PS_JUDGMENT, k);
    if (!r || (onri_eqz(r->cell[1], "adj") && k->pos != ONR_POS_ADJ)) return ONR_OK;
    ps_find f = find_of(x, j, r, "position.judgment", 0.7f);
    uint32_t object = ONR_NONE;
    /* "a serious threat": the predicate is the noun it stands before */
    const uint32_t head = k->dep == ONR_DEP_AMOD ? k->head : j;
    if (head != j && ps_row(x, PS_JUDGMENT, head)) return ONR_OK; /* "a great threat" */
    const uint32_t call = caller(x, head, &object);
    if (call != ONR_NONE && object != ONR_NONE) {
        f.rule = "position.calls";
        f.entity = entity_of(x, onri_tree_actor(&x->view.tree, call));
        f.topic = object;
        return finish(x, &f, err);
    }
    const uint32_t v = x->t[head].head;
    const uint8_t dep = x->t[head].dep;
    if ((dep != ONR_DEP_ACOMP && dep != ONR_DEP_ATTR) || !ps_verb(x, v) || f.statement == ONR_NONE)
        return ONR_OK;
    f.entity = source_of(x, f.statement);
    f.topic = judged(x, v, head);
    if (negated(x, v) || negated(x, head)) f.stance = turned(f.stance);
    if (f.topic != ONR_NONE && x->view.entity_at[f.topic] == f.entity)
        return ONR_OK; /* of himself */
    return finish(x, &f, err);
}

/* ---- moods ---------------------------------------------------------------------------------- */

static onr_status by_mood(ps_ctx *x, uint32_t a, onr_error *err)
{
    if (x->t[a].dep != ONR_DEP_AUX || x->t[a].tag != ONR_TAG_MD) return ONR_OK;
    const onri_lex_row *r = onri_lex(&x->know->lex, PS_MOOD, x->t[a].lower);
    const uint32_t v = x->t[a].head;
    if (!r || !ps_verb(x, v)) return ONR_OK;
    ps_find f = find_of(x, a, r, "position.mood", 0.5f);
    if (f.statement == ONR_NONE || x->t[v].dep == ONR_DEP_RELCL || x->t[v].dep == ONR_DEP_ADVCL)
        return ONR_OK;
    f.entity = source_of(x, f.statement);
    f.topic = v;
    return finish(x, &f, err);
}

onr_status ps_words(ps_ctx *x, onr_error *err)
{
    static onr_status (*const rules[])(ps_ctx *, uint32_t, onr_error *) = {
        by_verb, by_noun, by_adjective, in_favour, by_judgment, by_mood,
    };
    onr_status st = ONR_OK;
    uint32_t b = 0;
    for (uint32_t i = 0; i < x->parse->n_tokens && st == ONR_OK; i++) {
        if (onri_in_boilerplate(x->d, x->t[i].beg, &b)) continue;
        for (size_t k = 0; k < sizeof rules / sizeof *rules && st == ONR_OK; k++)
            st = rules[k](x, i, err);
    }
    return st;
}
