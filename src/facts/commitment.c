/* Two kinds of clauses bind their subject: finite ones that speak of the future ("we will leave"),
 * and infinitives under a word that binds ("plans to leave", "its readiness to leave"). A condition
 * is the clause that limits either. What someone says of another's future is a forecast, not a
 * commitment, unless both are of one state. Source: own.
 *
 * Left out: nominal objects without a verb ("pledged troops"), conditions told in another sentence.
 */
#include "facts/commitment.h"
#include "facts/view.h"

enum { SUBJECT_MAX = 9 }; /* tokens of a subject that still stand in the action */

typedef enum bind_kind {
    BIND_NONE,
    BIND_WILL,
    BIND_WILL_NOT,
    BIND_IF,
    BIND_UNLESS,
    BIND_UNTIL
} bind_kind;

typedef struct bind_row {
    uint8_t kind;
    onr_sv strength;
} bind_row;

struct onri_commitment_words {
    onri_atoms atoms;
    onri_map rows; /* pos << 32 | atom -> row */
    ONRI_VEC(bind_row) at;
};

onr_status onri_commitment_words_load(onr_arena *mem, onr_sv tsv, const onri_commitment_words **out,
                                      onr_error *err)
{
    static const char *const kinds[] = { "none", "will", "will-not", "if", "unless", "until" };
    onri_commitment_words *w = ONRI_NEW(mem, onri_commitment_words);
    if (!w) return onri_fail_mem(err, mem, "commitment");
    onri_atoms_init(&w->atoms, mem);
    onri_map_init(&w->rows, mem);
    uint32_t line = 0;
    for (onr_sv rest = tsv, row; onri_split(&rest, '\n', &row);) {
        line++;
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv word = onri_cell(&row, '\t'), pos = onri_cell(&row, '\t'),
                     kind = onri_cell(&row, '\t'), strength = onri_cell(&row, '\t');
        uint8_t k = 0;
        while (k < 6 && !onri_eqz(kind, kinds[k])) k++;
        if (k == 6 || pos.n != 1 || !strchr("vnamox", pos.p[0]))
            return onri_fail(err, ONR_E_SYNTAX, "commitment",
                             "commitment words, line %u: unknown kind or part of speech", line);
        const uint32_t atom = onri_atom(&w->atoms, word);
        bind_row *slot = atom == ONR_NONE ? NULL : ONRI_PUSH(mem, &w->at);
        if (!slot) return onri_fail_mem(err, mem, "commitment");
        *slot = (bind_row){ k, onri_dup(mem, strength) };
        if (!onri_map_put(&w->rows, (uint64_t)pos.p[0] << 32 | atom, w->at.n - 1))
            return onri_fail_mem(err, mem, "commitment");
    }
    *out = w;
    return ONR_OK;
}

/* ---- the article ---------------------------------------------------------------------------- */

typedef struct ctx {
    onri_draft *d;
    const onri_commitment_words *words;
    const onr_parse *parse;
    const onr_token *t;
    onri_view view;
    uint8_t *used; /* [n_tokens] verb whose clause is a commitment already */
} ctx;

static const bind_row *row_of(const ctx *x, char pos, onr_sv word)
{
    const uint32_t atom = onri_atom_find(&x->words->atoms, word);
    if (atom == ONR_NONE) return NULL;
    const uint32_t r = onri_map_get(&x->words->rows, (uint64_t)pos << 32 | atom);
    return r == ONR_NONE ? NULL : &x->words->at.at[r];
}

static bool is(const ctx *x, uint32_t tok, const char *lower)
{
    return onri_eqz(x->t[tok].lower, lower);
}

static bool is_verb(const ctx *x, uint32_t tok)
{
    return x->t[tok].pos == ONR_POS_VERB || x->t[tok].pos == ONR_POS_AUX;
}

/* Can this entity bind itself? */
static bool can_act(const ctx *x, uint32_t entity)
{
    return entity != ONR_NONE && onri_is_actor_type(x->d->entities.at[entity].type);
}

/* Who the token stands for; a pronoun that nobody resolved, said of the speaker's own doing, is the
 * speaker. */
static uint32_t entity_of(const ctx *x, uint32_t tok, uint32_t statement)
{
    const uint32_t e = x->view.entity_at[tok];
    if (e != ONR_NONE || statement == ONR_NONE || x->t[tok].pos != ONR_POS_PRON) return e;
    static const char *const own[] = { "it", "we", "i", "they", "he", "she" };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (is(x, tok, own[i])) return x->d->statements.at[statement].source.entity;
    return e;
}

/* Is one of the person's roles an office of state (data/commitments, "o")? */
static bool holds_office(const ctx *x, const onr_entity *e)
{
    for (uint32_t i = 0; i < e->n_roles; i++) {
        const onr_span r = e->roles[i].span;
        for (uint32_t k = onri_token_at(x->parse, r.beg);
             k < x->parse->n_tokens && x->t[k].beg < r.end; k++)
            if (row_of(x, 'o', x->t[k].lower)) return true;
    }
    return false;
}

/* May the source of the statement bind this holder? The same, or one of its own state. */
static bool speaks_for(const ctx *x, uint32_t statement, uint32_t holder)
{
    if (statement == ONR_NONE) return true; /* the reporter tells it */
    const onr_statement *s = &x->d->statements.at[statement];
    if (s->source.entity == holder) return true;
    if (s->source.entity == ONR_NONE) return s->kind != ONR_KIND_HOPE && s->kind != ONR_KIND_FEAR;
    const onr_sv a = x->d->entities.at[s->source.entity].country;
    const onr_sv b = x->d->entities.at[holder].country;
    if (a.n && onri_eq(a, b)) return true;
    /* an official of no state that is named speaks for the state he speaks of */
    const onr_entity *speaker = &x->d->entities.at[s->source.entity];
    if (a.n == 0 && speaker->type == ONR_ENTITY_PERSON && holds_office(x, speaker) &&
        x->d->entities.at[holder].type == ONR_ENTITY_STATE)
        return s->kind != ONR_KIND_HOPE && s->kind != ONR_KIND_FEAR;
    return s->kind == ONR_KIND_PROMISE || s->kind == ONR_KIND_INTENTION;
}

/* ---- spans ---------------------------------------------------------------------------------- */

static bool is_edge(const ctx *x, uint32_t tok)
{
    return x->t[tok].pos == ONR_POS_PUNCT || x->t[tok].pos == ONR_POS_SPACE ||
           x->t[tok].dep == ONR_DEP_CC || (x->t[tok].dep == ONR_DEP_MARK && is(x, tok, "that"));
}

static onr_span bytes_of(const ctx *x, uint32_t beg, uint32_t end)
{
    while (beg < end && is_edge(x, beg)) beg++;
    while (end > beg && is_edge(x, end - 1)) end--;
    return beg < end ? (onr_span){ x->t[beg].beg, x->t[end - 1].end } : (onr_span){ 0, 0 };
}

/* End of the clause of v: before a joined clause with a subject of its own, or one that reports. */
static uint32_t clause_end(const ctx *x, uint32_t v)
{
    uint32_t end = x->t[v].r_edge + 1;
    ONRI_EACH_CHILD (&x->view.tree, c, v) {
        if (c < v) continue;
        const bool own = onri_tree_child(&x->view.tree, c, ONR_DEP_NSUBJ) != ONR_NONE ||
                         onri_tree_child(&x->view.tree, c, ONR_DEP_NSUBJPASS) != ONR_NONE;
        const bool cut = (x->t[c].dep == ONR_DEP_CONJ && is_verb(x, c) && own) ||
                         x->t[c].dep == ONR_DEP_PARATAXIS ||
                         (x->t[c].dep == ONR_DEP_ADVCL && x->t[c].tag == ONR_TAG_VBG &&
                          x->t[c].l_edge > 0 && is(x, x->t[c].l_edge - 1, ","));
        if (cut && x->t[c].l_edge < end && x->t[c].l_edge > v) end = x->t[c].l_edge;
    }
    return end;
}

/* ---- conditions ----------------------------------------------------------------------------- */

typedef struct condition {
    bind_kind kind;
    bool only;
    uint32_t beg, end; /* tokens, empty if none */
} condition;

static bool has_only(const ctx *x, uint32_t verb, uint32_t mark)
{
    if (mark > 0 && is(x, mark - 1, "only")) return true;
    ONRI_EACH_CHILD (&x->view.tree, c, verb)
        if (is(x, c, "only") && x->t[c].dep == ONR_DEP_ADVMOD && c < mark) return true;
    return false;
}

/* "as long as", "on condition that", "in return for", "in exchange for" before the token. */
static bool phrase_before(const ctx *x, uint32_t tok, uint32_t *beg)
{
    static const char *const phrases[][3] = { { "as", "long", "as" },
                                              { "as", "soon", "as" },
                                              { "on", "condition", "that" },
                                              { "in", "return", "for" },
                                              { "in", "exchange", "for" } };
    if (tok < 2) return false;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (is(x, tok - 2, phrases[i][0]) && is(x, tok - 1, phrases[i][1]) &&
            is(x, tok, phrases[i][2])) {
            *beg = tok - 2;
            return true;
        }
    return false;
}

/* The clause or phrase under verb that limits it. */
static condition condition_of(const ctx *x, uint32_t verb)
{
    condition got = { BIND_NONE, false, 0, 0 };
    ONRI_EACH_CHILD (&x->view.tree, c, verb) {
        uint32_t beg = 0;
        if (x->t[c].dep == ONR_DEP_ADVCL) {
            for (uint32_t m = x->t[c].l_edge; m <= c; m++) {
                const bind_row *r = x->t[m].head == c || x->t[m].dep == ONR_DEP_MARK
                                        ? row_of(x, 'm', x->t[m].lower)
                                        : NULL;
                if (r)
                    got = (condition){ (bind_kind)r->kind, has_only(x, verb, m), m,
                                       x->t[c].r_edge + 1 };
                else if (phrase_before(x, m, &beg) && beg + 3 >= x->t[c].l_edge)
                    got = (condition){ BIND_IF, false, beg, x->t[c].r_edge + 1 };
                if (got.kind != BIND_NONE) break;
            }
            if (got.kind != BIND_NONE && got.only && got.beg > 0 && is(x, got.beg - 1, "only"))
                got.beg--;
        } else if (x->t[c].dep == ONR_DEP_PREP && c > verb) {
            const bind_row *r = row_of(x, 'm', x->t[c].lower);
            if (r && r->kind == BIND_UNTIL)
                got = (condition){ BIND_UNTIL, false, c, x->t[c].r_edge + 1 };
            for (uint32_t m = c; r == NULL && m <= x->t[c].r_edge && m < c + 3; m++)
                if (phrase_before(x, m, &beg) && beg == c)
                    got = (condition){ BIND_IF, true, m + 1, x->t[c].r_edge + 1 };
        }
        if (got.kind != BIND_NONE) return got;
    }
    return got;
}

/* A condition may hang on the verb that governs: "would leave if …" under "said". */
static condition find_condition(const ctx *x, uint32_t verb, uint32_t governor)
{
    condition c = condition_of(x, verb);
    if (c.kind == BIND_NONE && governor != ONR_NONE) c = condition_of(x, governor);
    /* "is ready to leave if …": it hangs on "is" */
    if (c.kind == BIND_NONE && governor != ONR_NONE && x->t[governor].dep == ONR_DEP_ACOMP)
        c = condition_of(x, x->t[governor].head);
    ONRI_EACH_CHILD (&x->view.tree, k, verb) {
        const bool joined = x->t[k].dep == ONR_DEP_CONJ && is_verb(x, k);
        if (c.kind == BIND_NONE &&
            (joined || x->t[k].dep == ONR_DEP_XCOMP || x->t[k].dep == ONR_DEP_CCOMP))
            c = condition_of(x, k);
    }
    return c;
}

/* ---- one commitment ------------------------------------------------------------------------- */

typedef struct find {
    uint32_t verb;     /* of the action */
    uint32_t governor; /* the word that binds, ONR_NONE: a finite clause */
    uint32_t subject;  /* token */
    uint32_t beg, end; /* tokens of the action */
    bool negated;
    onr_sv strength;
    const char *rule;
} find;

static uint32_t event_in(const onri_draft *d, onr_span s)
{
    for (uint32_t i = 0; i < d->events.n; i++)
        if (d->events.at[i].trigger.n && d->events.at[i].trigger.at[0].beg >= s.beg &&
            d->events.at[i].trigger.at[0].beg < s.end)
            return i;
    return ONR_NONE;
}

static onr_commitment_kind kind_of(bool negated, const condition *c)
{
    if (c->kind == BIND_UNTIL) return ONR_COMMITMENT_UNTIL;
    if (c->kind == BIND_UNLESS) return ONR_COMMITMENT_UNLESS;
    if (c->kind == BIND_IF && c->only) return ONR_COMMITMENT_ONLY_IF;
    return negated ? ONR_COMMITMENT_WILL_NOT : ONR_COMMITMENT_WILL;
}

static onr_status add(ctx *x, const find *f, uint32_t holder, uint32_t statement, onr_error *err)
{
    condition c = find_condition(x, f->verb, f->governor);
    uint32_t beg = f->beg, end = f->end;
    if (c.kind != BIND_NONE && c.beg < c.end) {
        if (c.beg > f->verb && c.beg < end) end = c.beg;
        if (c.end <= f->verb && c.end > beg) beg = c.end;
    }
    const onr_span action = bytes_of(x, beg, end);
    if (action.end == 0) return ONR_OK;
    onr_commitment *k = ONRI_PUSH(x->d->keep, &x->d->commitments);
    if (!k) return onri_fail_mem(err, x->d->keep, "commitment");
    k->holder = holder;
    k->holder_span = f->subject == ONR_NONE
                         ? (onr_span){ 0, 0 }
                         : (onr_span){ x->t[f->subject].beg, x->t[f->subject].end };
    k->kind = kind_of(f->negated, &c);
    k->action = action;
    k->condition = c.kind == BIND_NONE ? (onr_span){ 0, 0 } : bytes_of(x, c.beg, c.end);
    k->action_event = event_in(x->d, action);
    k->condition_event = k->condition.end ? event_in(x->d, k->condition) : ONR_NONE;
    k->statement = statement;
    k->strength = f->strength;
    k->rule = f->rule;
    k->p = 0.6f;
    x->used[f->verb] = 1;
    return ONR_OK;
}

/* ---- finite clauses ------------------------------------------------------------------------- */

/* First auxiliary of the future before v; *negated. ONR_NONE: not of the future. */
static uint32_t future_aux(const ctx *x, uint32_t v, bool in_statement, bool *negated)
{
    uint32_t aux = ONR_NONE;
    *negated = false;
    ONRI_EACH_CHILD (&x->view.tree, c, v) {
        if (x->t[c].dep == ONR_DEP_NEG || is(x, c, "never")) *negated = true;
        if (x->t[c].dep != ONR_DEP_AUX || c > v || aux != ONR_NONE) continue;
        if (onri_eqz(x->t[c].lemma, "will") || onri_eqz(x->t[c].lemma, "shall") ||
            is(x, c, "'ll") || is(x, c, "’ll") || is(x, c, "wo") ||
            (in_statement && (is(x, c, "would") || is(x, c, "'d") || is(x, c, "’d"))))
            aux = c;
    }
    return aux;
}

/* "is going to leave", "is to leave": the verb that carries tense, ONR_NONE if not so. */
static uint32_t periphrastic(const ctx *x, uint32_t v, bool *negated)
{
    const uint32_t h = x->t[v].head;
    if (x->t[v].dep != ONR_DEP_XCOMP || h >= v ||
        onri_tree_child(&x->view.tree, v, ONR_DEP_AUX) == ONR_NONE)
        return ONR_NONE;
    const bool going =
        is(x, h, "going") && onri_tree_child(&x->view.tree, h, ONR_DEP_AUX) != ONR_NONE;
    const bool be_to = x->t[h].pos == ONR_POS_AUX && onri_eqz(x->t[h].lemma, "be") && v - h <= 3;
    if (!going && !be_to) return ONR_NONE;
    *negated = onri_tree_child(&x->view.tree, h, ONR_DEP_NEG) != ONR_NONE;
    return h;
}

/* "will be the highest ranking official" tells what is, not what is promised. */
static bool is_description(const ctx *x, uint32_t v)
{
    return onri_eqz(x->t[v].lemma, "be") &&
           (onri_tree_child(&x->view.tree, v, ONR_DEP_ATTR) != ONR_NONE);
}

static onr_status finite(ctx *x, uint32_t v, onr_error *err)
{
    const uint32_t statement = onri_statement_at(x->d, x->t[v].beg);
    bool negated = false;
    uint32_t top = v, aux = future_aux(x, v, statement != ONR_NONE, &negated);
    if (aux == ONR_NONE) {
        top = periphrastic(x, v, &negated);
        if (top == ONR_NONE) return ONR_OK;
    }
    const onri_subject s = onri_tree_subject(&x->view.tree, top);
    if (s.token == ONR_NONE || is_description(x, v)) return ONR_OK;
    const bool passive = onri_tree_passive(&x->view.tree, v);
    uint32_t holder = entity_of(x, s.token, statement);
    if (passive && !(negated && can_act(x, holder))) {
        /* "the material will be moved", says its owner: whoever says so sees to it */
        if (statement == ONR_NONE || onri_tree_agent(&x->view.tree, v) != ONR_NONE ||
            can_act(x, holder))
            return ONR_OK;
        holder = x->d->statements.at[statement].source.entity;
    }
    const bool first_person = is(x, s.token, "we") || is(x, s.token, "i");
    if (!can_act(x, holder) || !(first_person || speaks_for(x, statement, holder))) return ONR_OK;
    /* "Will Germany send tanks?" asks */
    if (aux != ONR_NONE && aux < s.token && aux == x->t[top].l_edge) return ONR_OK;
    /* a clause that is itself a condition, a question or a relative clause binds nobody */
    if (x->t[top].dep == ONR_DEP_ADVCL || x->t[top].dep == ONR_DEP_RELCL ||
        x->t[top].dep == ONR_DEP_CSUBJ)
        return ONR_OK;
    ONRI_EACH_CHILD (&x->view.tree, m, top) {
        if (x->t[m].dep == ONR_DEP_MARK && (is(x, m, "whether") || is(x, m, "if"))) return ONR_OK;
        if (m < v &&
            (x->t[m].tag == ONR_TAG_WRB || x->t[m].tag == ONR_TAG_WP || x->t[m].tag == ONR_TAG_WDT))
            return ONR_OK;
    }
    const uint32_t first = aux != ONR_NONE ? aux : top;
    /* a long subject ("Smith, one of the suspects, is to run") is left to holder_span */
    const bool far = s.inherited || s.token > first || first - x->t[s.token].l_edge > SUBJECT_MAX;
    const uint32_t beg = far ? first : x->t[s.token].l_edge;
    const find f = { v,
                     top == v ? ONR_NONE : top,
                     s.token,
                     beg,
                     clause_end(x, v),
                     negated,
                     { "", 0 },
                     aux != ONR_NONE ? "commitment.will" : "commitment.going" };
    return add(x, &f, holder, statement, err);
}

/* ---- words that bind ------------------------------------------------------------------------ */

static uint32_t infinitive_of(const ctx *x, uint32_t of)
{
    ONRI_EACH_CHILD (&x->view.tree, c, of) {
        if (c < of || (x->t[c].dep != ONR_DEP_XCOMP && x->t[c].dep != ONR_DEP_ACL &&
                       x->t[c].dep != ONR_DEP_ADVCL))
            continue;
        bool to = false, asks = false;
        ONRI_EACH_CHILD (&x->view.tree, a, c) {
            to = to || x->t[a].tag == ONR_TAG_TO;
            asks = asks || is(x, a, "whether") || x->t[a].tag == ONR_TAG_WRB ||
                   x->t[a].tag == ONR_TAG_WP;
        }
        if (to && !asks) return c;
    }
    /* "no intention of leaving" */
    ONRI_EACH_CHILD (&x->view.tree, c, of) {
        if (x->t[of].pos != ONR_POS_NOUN || x->t[c].dep != ONR_DEP_PREP || !is(x, c, "of"))
            continue;
        const uint32_t p = onri_tree_child(&x->view.tree, c, ONR_DEP_PCOMP);
        if (p != ONR_NONE && x->t[p].tag == ONR_TAG_VBG) return p;
    }
    return ONR_NONE;
}

/* Who is bound by a noun: whose plan it is, else the subject of the verb it stands with. */
static uint32_t holder_of_noun(const ctx *x, uint32_t n)
{
    const uint32_t poss = onri_tree_child(&x->view.tree, n, ONR_DEP_POSS);
    if (poss != ONR_NONE) return poss;
    ONRI_EACH_CHILD (&x->view.tree, c, n) {
        if (x->t[c].dep == ONR_DEP_PREP && (is(x, c, "of") || is(x, c, "by")))
            return onri_tree_child(&x->view.tree, c, ONR_DEP_POBJ);
        if ((x->t[c].dep == ONR_DEP_AMOD || x->t[c].dep == ONR_DEP_COMPOUND) &&
            can_act(x, x->view.entity_at[c]))
            return c;
    }
    const uint32_t h = x->t[n].head;
    if (row_of(x, 'x', x->t[h].lemma)) return ONR_NONE; /* "opposes the plan": another's */
    if ((x->t[n].dep == ONR_DEP_DOBJ || x->t[n].dep == ONR_DEP_ATTR) && is_verb(x, h))
        return onri_tree_actor(&x->view.tree, h);
    return ONR_NONE;
}

static onr_status bound(ctx *x, uint32_t g, onr_error *err)
{
    const onr_token *t = &x->t[g];
    const char pos = t->pos == ONR_POS_VERB   ? 'v'
                     : t->pos == ONR_POS_NOUN ? 'n'
                     : t->pos == ONR_POS_ADJ  ? 'a'
                                              : 0;
    const bind_row *r = pos ? row_of(x, pos, t->lemma) : NULL;
    if (!r && t->pos == ONR_POS_VERB && t->tag == ONR_TAG_VBN)
        r = row_of(x, 'a', t->lower); /* "is determined to" */
    if (!r || (r->kind != BIND_WILL && r->kind != BIND_WILL_NOT)) return ONR_OK;
    const uint32_t v = infinitive_of(x, g);
    if (v == ONR_NONE || x->used[v]) return ONR_OK;
    uint32_t holder = ONR_NONE;
    uint32_t subject;
    if (pos == 'n')
        subject = holder_of_noun(x, g);
    else if (pos == 'a')
        subject = onri_tree_subject(&x->view.tree, is_verb(x, t->head) ? t->head : g).token;
    else
        subject = onri_tree_subject(&x->view.tree, g).token;
    const uint32_t statement = onri_statement_at(x->d, x->t[v].beg);
    if (subject != ONR_NONE) holder = entity_of(x, subject, onri_statement_at(x->d, x->t[g].beg));
    if (!can_act(x, holder)) return ONR_OK;
    bool negated = r->kind == BIND_WILL_NOT;
    if (onri_tree_negated(&x->view.tree, g) ||
        (pos == 'a' && is_verb(x, t->head) && onri_tree_negated(&x->view.tree, t->head)))
        negated = !negated;
    if (onri_tree_child(&x->view.tree, v, ONR_DEP_NEG) != ONR_NONE) negated = !negated;
    if (pos == 'n')
        ONRI_EACH_CHILD (&x->view.tree, c, g)
            if (x->t[c].dep == ONR_DEP_DET && is(x, c, "no")) negated = !negated;
    const find f = { v,
                     g,
                     subject,
                     x->t[v].l_edge,
                     clause_end(x, v),
                     negated,
                     r->strength,
                     pos == 'v'   ? "commitment.verb"
                     : pos == 'n' ? "commitment.noun"
                                  : "commitment.adjective" };
    return add(x, &f, holder, statement, err);
}

/* ---- the step ------------------------------------------------------------------------------- */

onr_status onri_find_commitments(onri_draft *d, const onri_commitment_words *words, onr_error *err)
{
    ctx x = { .d = d, .words = words, .parse = d->parse, .t = d->parse->tokens };
    onr_status st = onri_view_make(d->tmp, d, &x.view, err);
    if (st != ONR_OK) return st;
    x.used = ONRI_NEW_N(d->tmp, d->parse->n_tokens + 1, uint8_t);
    if (!x.used) return onri_fail_mem(err, d->tmp, "commitment");
    uint32_t b = 0;
    for (uint32_t i = 0; i < d->parse->n_tokens && st == ONR_OK; i++) {
        if (onri_in_boilerplate(d, x.t[i].beg, &b)) continue;
        if (is_verb(&x, i)) st = finite(&x, i, err);
        if (st == ONR_OK) st = bound(&x, i, err);
    }
    return st;
}
