/* What somebody says a thing is or does: judgments ("called it a crime", "the test was unwelcome",
 * she said), effects ("the plan would undermine the talks", he warned), cries ("Shame on them!")
 * and moods ("they should leave", he said). The speaker holds the stance, the thing is the issue.
 * Source: own; classes of words in data/positions. Leaves out irony. */
#include "facts/position_i.h"

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
        uint32_t c = ps_slot(x, j, ONR_SV("to,that"));
        if (c == ONR_NONE) c = ps_slot(x, v, ONR_SV("to,that"));
        if (c != ONR_NONE && ps_verb(x, c)) return c;
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

onr_status ps_by_judgment(ps_ctx *x, uint32_t j, onr_error *err)
{
    const onr_token *k = &x->t[j];
    if (k->pos != ONR_POS_ADJ && k->pos != ONR_POS_NOUN && k->tag != ONR_TAG_VBN) return ONR_OK;
    const onri_lex_row *r = onri_lex_token(&x->know->lex, PS_JUDGMENT, k);
    if (!r || (onri_eqz(r->cell[1], "adj") && k->pos != ONR_POS_ADJ)) return ONR_OK;
    ps_find f = ps_find_of(x, j, r, "position.judgment", 0.6f);
    uint32_t object = ONR_NONE;
    /* "a serious threat": the predicate is the noun it stands before */
    uint32_t head = k->dep == ONR_DEP_AMOD ? k->head : j;
    if (x->t[head].dep == ONR_DEP_POBJ && ps_is(x, x->t[head].head, "of") &&
        x->t[x->t[x->t[head].head].head].pos == ONR_POS_NOUN) /* "an outpost of tyranny" */
        head = x->t[x->t[head].head].head;
    if (head != j && ps_row(x, PS_JUDGMENT, head)) return ONR_OK; /* "a great threat" */
    const uint32_t call = caller(x, head, &object);
    if (call != ONR_NONE && object != ONR_NONE) {
        f.rule = "position.calls";
        f.entity = ps_entity(x, onri_tree_actor(&x->view.tree, call));
        f.topic = object;
        return ps_finish(x, &f, err);
    }
    const uint32_t v = x->t[head].head;
    const uint8_t dep = x->t[head].dep;
    if ((dep != ONR_DEP_ACOMP && dep != ONR_DEP_ATTR) || !ps_verb(x, v) || f.statement == ONR_NONE)
        return ONR_OK;
    f.entity = ps_source(x, f.statement);
    f.topic = judged(x, v, head);
    /* "I do not think that is good" */
    const uint32_t above = x->t[v].head;
    const bool raised =
        x->t[v].dep == ONR_DEP_CCOMP && ps_negated(x, above) &&
        (onri_eqz(x->t[above].lemma, "think") || onri_eqz(x->t[above].lemma, "believe"));
    if (raised != (ps_negated(x, v) || ps_negated(x, head))) f.stance = ps_turned(f.stance);
    if (f.topic != ONR_NONE && x->view.entity_at[f.topic] == f.entity)
        return ONR_OK; /* of himself */
    return ps_finish(x, &f, err);
}

/* ---- effects -------------------------------------------------------------------------------- */

/* "The plan would undermine the talks", she said: what does harm or good, in the speaker's eyes. */
onr_status ps_by_effect(ps_ctx *x, uint32_t v, onr_error *err)
{
    const onri_lex_row *r = x->t[v].pos == ONR_POS_VERB ? ps_verb_row(x, PS_EFFECT, v) : NULL;
    if (!r) return ONR_OK;
    ps_find f = ps_find_of(x, v, r, "position.effect", 0.5f);
    const uint8_t dep = x->t[v].dep;
    if (f.statement == ONR_NONE || dep == ONR_DEP_RELCL || dep == ONR_DEP_ADVCL ||
        dep == ONR_DEP_ACL || dep == ONR_DEP_PCOMP || onri_tree_passive(&x->view.tree, v))
        return ONR_OK;
    if (x->t[x->t[v].head].pos == ONR_POS_ADJ) return ONR_OK; /* "able to harm": no claim */
    const onri_subject s = onri_tree_subject(&x->view.tree, v);
    if (s.token == ONR_NONE || s.antecedent) return ONR_OK;
    bool on = false; /* "the virus contributed": to what? */
    ONRI_EACH_CHILD (&x->view.tree, c, v) {
        const uint8_t d = x->t[c].dep;
        on = on || (c > v && (d == ONR_DEP_DOBJ || d == ONR_DEP_PREP || d == ONR_DEP_XCOMP ||
                              d == ONR_DEP_CCOMP || d == ONR_DEP_DATIVE));
    }
    if (!on && !onri_eqz(r->cell[1], "not")) return ONR_OK;
    f.entity = ps_source(x, f.statement);
    f.topic = s.token;
    const uint32_t e = x->view.entity_at[s.token];
    if (e != ONR_NONE && e == f.entity) return ONR_OK; /* of himself */
    if (f.stance == ONR_STANCE_FOR && e != ONR_NONE &&
        onri_is_actor_type(x->d->entities.at[e].type))
        return ONR_OK; /* "she helped": a deed */
    const uint32_t o = onri_tree_child(&x->view.tree, v, ONR_DEP_DOBJ);
    const uint32_t from = x->t[s.token].l_edge, to = o == ONR_NONE ? v : x->t[o].r_edge;
    if (from < v && x->t[from].sent == x->t[v].sent)
        f.evidence = (onr_span){ x->t[from].beg, x->t[to].end };
    const bool no = ps_negated(x, v);
    if (onri_eqz(r->cell[1], "not") && !no) return ONR_OK;
    if (!onri_eqz(r->cell[1], "not") && no) f.stance = ps_turned(f.stance);
    return ps_finish(x, &f, err);
}

/* ---- cries ---------------------------------------------------------------------------------- */

/* "Shame on this law!", "Death to the king!" */
onr_status ps_by_cry(ps_ctx *x, uint32_t tok, onr_error *err)
{
    uint32_t n = 0;
    const uint32_t end = x->parse->sentences[x->t[tok].sent].end;
    const onri_lex_row *r = onri_lex_phrase(&x->know->lex, PS_CRY, x->t, tok, end, &n);
    if (!r || n < 2) return ONR_OK;
    ps_find f = ps_find_of(x, tok, r, "position.cry", 0.5f);
    if (f.statement == ONR_NONE) return ONR_OK;
    f.entity = ps_source(x, f.statement);
    for (uint32_t i = tok + n; i < end && i < tok + n + PS_CLIMB_MAX; i++)
        if (x->t[i].pos == ONR_POS_NOUN || x->t[i].pos == ONR_POS_PROPN)
            f.topic = i;
        else if (f.topic != ONR_NONE)
            break;
    return ps_finish(x, &f, err);
}

/* ---- moods ---------------------------------------------------------------------------------- */

onr_status ps_by_mood(ps_ctx *x, uint32_t a, onr_error *err)
{
    if (x->t[a].dep != ONR_DEP_AUX || x->t[a].tag != ONR_TAG_MD) return ONR_OK;
    const onri_lex_row *r = onri_lex(&x->know->lex, PS_MOOD, x->t[a].lower);
    const uint32_t v = x->t[a].head;
    if (!r || !ps_verb(x, v)) return ONR_OK;
    ps_find f = ps_find_of(x, a, r, "position.mood", 0.5f);
    if (f.statement == ONR_NONE || x->t[v].dep == ONR_DEP_RELCL || x->t[v].dep == ONR_DEP_ADVCL)
        return ONR_OK;
    const uint32_t who = onri_tree_subject(&x->view.tree, v).token;
    if (onri_eqz(x->t[v].lemma, "be") && who != ONR_NONE && x->t[who].pos == ONR_POS_PRON)
        return ONR_OK; /* "we must be clear" */
    f.entity = ps_source(x, f.statement);
    f.topic = v;
    return ps_finish(x, &f, err);
}
