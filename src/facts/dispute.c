/* An answer is a word of data/disputes with someone who gives it; its claim is the clause it
 * governs, or what was said before and is taken up ("the allegation", "this"). The claim's owner is
 * found by looking back for a statement of someone else that says the same. Source: own.
 *
 * Left out: contradictions that no word marks. */
#include "facts/dispute.h"
#include "facts/view.h"

enum {
    CLAIM_NOUN = ONR_VERDICT__COUNT,
    DEED_NOUN,
    NO_VERDICT = 255,
    LOOK_BACK = 24,
    WORDS_MAX = 64
};

struct onri_dispute_words {
    onri_atoms atoms;
    onri_map rows; /* pos << 32 | atom -> verdict */
};

onr_status onri_dispute_words_load(onr_arena *mem, onr_sv tsv, const onri_dispute_words **out,
                                   onr_error *err)
{
    onri_dispute_words *w = ONRI_NEW(mem, onri_dispute_words);
    if (!w) return onri_fail_mem(err, mem, "dispute");
    onri_atoms_init(&w->atoms, mem);
    onri_map_init(&w->rows, mem);
    uint32_t line = 0;
    for (onr_sv rest = tsv, row; onri_split(&rest, '\n', &row);) {
        line++;
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv word = onri_cell(&row, '\t'), pos = onri_cell(&row, '\t'),
                     verdict = onri_cell(&row, '\t');
        uint32_t v = 0;
        while (v < ONR_VERDICT__COUNT && !onri_eqz(verdict, onr_verdict_name((onr_verdict)v))) v++;
        if (v == CLAIM_NOUN && onri_eqz(verdict, "deed")) v = DEED_NOUN;
        if (pos.n != 1 || (v == CLAIM_NOUN && !onri_eqz(verdict, "claim")))
            return onri_fail(err, ONR_E_SYNTAX, "dispute",
                             "dispute words, line %u: unknown verdict", line);
        const uint32_t a = onri_atom(&w->atoms, word);
        if (a == ONR_NONE || !onri_map_put(&w->rows, (uint64_t)pos.p[0] << 32 | a, v))
            return onri_fail_mem(err, mem, "dispute");
    }
    *out = w;
    return ONR_OK;
}

typedef struct ctx {
    onri_draft *d;
    const onri_dispute_words *words;
    onri_view v;
    const onr_token *t;
    uint32_t n;
} ctx;

static uint32_t verdict_of(const ctx *x, char pos, onr_sv word)
{
    const uint32_t a = onri_atom_find(&x->words->atoms, word);
    const uint32_t r =
        a == ONR_NONE ? ONR_NONE : onri_map_get(&x->words->rows, (uint64_t)pos << 32 | a);
    return r == ONR_NONE ? NO_VERDICT : r;
}

static bool is(const ctx *x, uint32_t tok, const char *w)
{
    return onri_eqz(x->t[tok].lower, w);
}

static bool is_content(const onr_token *t)
{
    return t->pos == ONR_POS_NOUN || t->pos == ONR_POS_PROPN || t->pos == ONR_POS_ADJ ||
           (t->pos == ONR_POS_VERB && t->dep != ONR_DEP_AUX);
}

/* Words of a span that carry meaning, at most WORDS_MAX. */
static uint32_t words_of(const ctx *x, onr_span s, onr_sv out[WORDS_MAX])
{
    uint32_t n = 0;
    for (uint32_t i = onri_token_at(x->v.parse, s.beg);
         i < x->n && x->t[i].beg < s.end && n < WORDS_MAX; i++)
        if (is_content(&x->t[i])) out[n++] = x->t[i].lemma;
    return n;
}

/* Share of the shorter one's words that the other has too. */
static float likeness(const ctx *x, onr_span a, onr_span b)
{
    onr_sv wa[WORDS_MAX], wb[WORDS_MAX];
    const uint32_t na = words_of(x, a, wa), nb = words_of(x, b, wb);
    uint32_t same = 0;
    for (uint32_t i = 0; i < na; i++)
        for (uint32_t k = 0; k < nb; k++)
            if (onri_eq(wa[i], wb[k])) {
                same++;
                break;
            }
    const uint32_t least = na < nb ? na : nb;
    return least < 2 ? 0.0f : (float)same / (float)least;
}

/* ---- claims --------------------------------------------------------------------------------- */

typedef struct claim {
    onr_span span;
    uint32_t statement, claimant;
    float p;
} claim;

/* A statement before `byte` by somebody else, the nearest that says what `like` says; with an empty
 * `like` the nearest of all. */
static uint32_t earlier_statement(const ctx *x, uint32_t byte, uint32_t by, onr_span like)
{
    uint32_t best = ONR_NONE, end = 0;
    float best_like = like.end ? 0.5f : 0.0f;
    for (uint32_t i = 0; i < x->d->statements.n; i++) {
        const onr_statement *s = &x->d->statements.at[i];
        if (s->content.n == 0 || s->content.at[s->content.n - 1].end > byte) continue;
        if (s->source.entity != ONR_NONE && s->source.entity == by) continue;
        if (s->kind == ONR_KIND_DENIAL || s->kind == ONR_KIND_QUESTION ||
            s->kind == ONR_KIND_NO_COMMENT || s->negated)
            continue;
        if (like.end) {
            const float l = likeness(x, s->content.at[0], like);
            if (l > best_like || (l == best_like && best != ONR_NONE)) {
                best = i;
                best_like = l;
            }
        } else if (s->content.at[s->content.n - 1].end > end ||
                   (s->content.at[s->content.n - 1].end == end && best != ONR_NONE &&
                    s->content.at[0].beg < x->d->statements.at[best].content.at[0].beg)) {
            /* of nested ones that end together the outermost: the whole of what was said */
            best = i;
            end = s->content.at[s->content.n - 1].end;
        }
    }
    if (best == ONR_NONE || like.end) return best;
    /* what is taken up stands near */
    const uint32_t a =
        x->t[onri_token_at(x->v.parse, x->d->statements.at[best].content.at[0].beg)].sent;
    const uint32_t b = x->t[onri_token_at(x->v.parse, byte)].sent;
    return b - a <= 3 ? best : ONR_NONE;
}

static claim claim_of_statement(const ctx *x, uint32_t i, float p)
{
    const onr_statement *s = &x->d->statements.at[i];
    return (claim){ s->content.at[0], i, s->source.entity, p };
}

static onr_span trimmed(const ctx *x, uint32_t beg, uint32_t end)
{
    while (beg < end && (x->t[beg].pos == ONR_POS_PUNCT || x->t[beg].dep == ONR_DEP_MARK ||
                         x->t[beg].pos == ONR_POS_SPACE))
        beg++;
    while (end > beg && (x->t[end - 1].pos == ONR_POS_PUNCT || x->t[end - 1].pos == ONR_POS_SPACE))
        end--;
    return beg < end ? (onr_span){ x->t[beg].beg, x->t[end - 1].end } : (onr_span){ 0, 0 };
}

static onr_span subtree(const ctx *x, uint32_t tok)
{
    return trimmed(x, x->t[tok].l_edge, x->t[tok].r_edge + 1);
}

static bool takes_up(const ctx *x, uint32_t tok)
{
    if (is(x, tok, "this") || is(x, tok, "that") || is(x, tok, "it") || is(x, tok, "these") ||
        is(x, tok, "those") || is(x, tok, "them"))
        return true;
    return x->t[tok].pos == ONR_POS_NOUN && verdict_of(x, 'n', x->t[tok].lemma) == CLAIM_NOUN;
}

/* What a clause or phrase under the answering word claims. */
static claim claim_in(const ctx *x, uint32_t tok, uint32_t answer, uint32_t by)
{
    claim none = { { 0, 0 }, ONR_NONE, ONR_NONE, 0.0f };
    const uint32_t beg = x->t[answer].beg;
    const bool clause = x->t[tok].pos == ONR_POS_VERB || x->t[tok].pos == ONR_POS_AUX;
    uint32_t inner = clause ? tok : ONR_NONE;
    if (!clause && takes_up(x, tok)) {
        /* "the allegation that …", "claims of …" say it themselves */
        ONRI_EACH_CHILD (&x->v.tree, c, tok)
            if (c > tok &&
                (x->t[c].dep == ONR_DEP_ACL || x->t[c].dep == ONR_DEP_CCOMP ||
                 (x->t[c].dep == ONR_DEP_PREP && (is(x, c, "of") || is(x, c, "about")))) &&
                inner == ONR_NONE)
                inner =
                    x->t[c].dep == ONR_DEP_PREP ? onri_tree_child(&x->v.tree, c, ONR_DEP_POBJ) : c;
        if (inner == ONR_NONE) {
            const uint32_t s = earlier_statement(x, beg, by, (onr_span){ 0, 0 });
            return s == ONR_NONE ? none : claim_of_statement(x, s, 0.5f);
        }
    } else if (!clause) {
        inner = tok;
    }
    const onr_span own = subtree(x, inner);
    if (own.end == 0) return none;
    const uint32_t s = earlier_statement(x, beg, by, own);
    if (s != ONR_NONE) return claim_of_statement(x, s, 0.6f);
    /* "denied visas", "rejected the offer": a thing is no claim, a deed ("any involvement") is */
    if (!clause && inner == tok && verdict_of(x, 'n', x->t[tok].lemma) != DEED_NOUN) return none;
    claim c = { own, ONR_NONE, ONR_NONE, clause ? 0.6f : 0.4f };
    const uint32_t poss = onri_tree_child(&x->v.tree, tok, ONR_DEP_POSS);
    if (poss != ONR_NONE) c.claimant = x->v.entity_at[poss];
    return c;
}

/* ---- answers -------------------------------------------------------------------------------- */

typedef struct answer {
    uint32_t token, verdict, by, topic; /* topic: token of the claim */
    onr_span span;
} answer;

static bool is_held_back(const ctx *x, uint32_t v)
{
    if (onri_tree_negated(&x->v.tree, v)) return true;
    ONRI_EACH_CHILD (&x->v.tree, c, v)
        if (is(x, c, "neither") || is(x, c, "nor")) return true;
    for (uint32_t at = v, step = 0; step < 3 && x->t[at].dep == ONR_DEP_XCOMP; step++) {
        at = x->t[at].head;
        static const char *const words[] = { "decline",   "refuse", "unable",
                                             "unwilling", "fail",   "impossible" };
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (onri_eqz(x->t[at].lemma, words[k])) return true;
    }
    return false;
}

/* "would deny it if asked": no answer was given. */
static bool is_unreal(const ctx *x, uint32_t v)
{
    bool would = false, limited = false;
    ONRI_EACH_CHILD (&x->v.tree, c, v) {
        would = would || (x->t[c].dep == ONR_DEP_AUX && is(x, c, "would"));
        if (x->t[c].dep == ONR_DEP_ADVCL)
            ONRI_EACH_CHILD (&x->v.tree, m, c)
                limited = limited || (x->t[m].dep == ONR_DEP_MARK && is(x, m, "if"));
    }
    return would && limited;
}

static onr_span answer_span(const ctx *x, uint32_t v, uint32_t subject)
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
    return trimmed(x, beg, end);
}

/* Verdict of "called the claim baseless", "described it as a lie"; NO_VERDICT if not so. */
static uint32_t called(const ctx *x, uint32_t v, uint32_t *named)
{
    if (!onri_eqz(x->t[v].lemma, "call") && !onri_eqz(x->t[v].lemma, "describe") &&
        !onri_eqz(x->t[v].lemma, "brand") && !onri_eqz(x->t[v].lemma, "label"))
        return NO_VERDICT;
    uint32_t thing = ONR_NONE;
    for (uint32_t i = v + 1; i <= x->t[v].r_edge; i++) {
        if (thing == ONR_NONE && takes_up(x, i)) {
            thing = i;
            continue;
        }
        const uint32_t verdict = verdict_of(x, 'a', x->t[i].lemma);
        if (thing == ONR_NONE || verdict >= CLAIM_NOUN) continue;
        *named = thing;
        return verdict;
    }
    return NO_VERDICT;
}

static bool answer_by_verb(const ctx *x, uint32_t v, answer *a)
{
    uint32_t verdict = verdict_of(x, 'v', x->t[v].lemma);
    uint32_t named = ONR_NONE; /* "called the claim baseless": what is called so */
    if (x->t[v].pos == ONR_POS_VERB && verdict >= CLAIM_NOUN) verdict = called(x, v, &named);
    if (x->t[v].pos != ONR_POS_VERB || verdict >= CLAIM_NOUN) return false;
    const onri_subject s = onri_tree_subject(&x->v.tree, v);
    const uint32_t by = s.passive ? onri_tree_agent(&x->v.tree, v) : s.token;
    if (is_unreal(x, v)) return false;
    if (is_held_back(x, v))
        verdict = verdict == ONR_VERDICT_DENIES || verdict == ONR_VERDICT_CONFIRMS
                      ? ONR_VERDICT_NOT_CONFIRMED
                      : NO_VERDICT;
    if (by == ONR_NONE || verdict == NO_VERDICT || x->v.entity_at[by] == ONR_NONE) return false;
    uint32_t topic = named != ONR_NONE ? named : s.passive ? s.token : ONR_NONE;
    static const onr_dep order[] = { ONR_DEP_CCOMP, ONR_DEP_DOBJ, ONR_DEP_XCOMP };
    for (size_t k = 0; topic == ONR_NONE && k < 3; k++)
        topic = onri_tree_child(&x->v.tree, v, order[k]);
    if (topic == ONR_NONE) return false;
    *a = (answer){ v, verdict, x->v.entity_at[by], topic, answer_span(x, v, s.token) };
    return a->span.end != 0;
}

/* "That is not true", "the claims are baseless": said by whoever says the sentence. */
static bool answer_by_predicate(const ctx *x, uint32_t tok, answer *a)
{
    const uint32_t be = x->t[tok].head;
    if ((x->t[tok].dep != ONR_DEP_ACOMP && x->t[tok].dep != ONR_DEP_ATTR) ||
        !onri_eqz(x->t[be].lemma, "be"))
        return false;
    const bool negated = onri_tree_negated(&x->v.tree, be);
    uint32_t verdict = verdict_of(x, 'a', x->t[tok].lemma);
    if (verdict >= CLAIM_NOUN) verdict = NO_VERDICT;
    if (onri_eqz(x->t[tok].lemma, "true") || onri_eqz(x->t[tok].lemma, "correct"))
        verdict = negated ? ONR_VERDICT_DENIES : ONR_VERDICT_CONFIRMS;
    else if (negated)
        verdict = NO_VERDICT;
    const uint32_t subject = onri_tree_child(&x->v.tree, be, ONR_DEP_NSUBJ);
    if (verdict == NO_VERDICT || subject == ONR_NONE || !takes_up(x, subject)) return false;
    const uint32_t s = onri_statement_at(x->d, x->t[be].beg);
    if (s == ONR_NONE || x->d->statements.at[s].source.entity == ONR_NONE) return false;
    *a = (answer){ be, verdict, x->d->statements.at[s].source.entity, subject,
                   answer_span(x, be, subject) };
    return a->span.end != 0;
}

/* ---- adding --------------------------------------------------------------------------------- */

static onr_status add_response(ctx *x, onr_dispute *d, const answer *a, onr_error *err)
{
    onr_response *at = ONRI_NEW_N(x->d->keep, d->n_responses + (size_t)1, onr_response);
    if (!at) return onri_fail_mem(err, x->d->keep, "dispute");
    if (d->n_responses) memcpy(at, d->responses, d->n_responses * sizeof *at);
    const onr_token *t = &x->t[a->token];
    at[d->n_responses] = (onr_response){ { a->by, { t->beg, t->end } },
                                         (onr_verdict)a->verdict,
                                         a->span,
                                         onri_statement_at(x->d, t->beg) };
    d->responses = at;
    d->n_responses++;
    return ONR_OK;
}

static onr_status add(ctx *x, const answer *a, const char *rule, onr_error *err)
{
    const claim c = claim_in(x, a->topic, a->token, a->by);
    if (c.span.end == 0) return ONR_OK;
    for (uint32_t i = x->d->disputes.n; i-- > 0 && x->d->disputes.n - i <= LOOK_BACK;)
        if (x->d->disputes.at[i].claim.beg == c.span.beg &&
            x->d->disputes.at[i].claim.end == c.span.end)
            return add_response(x, &x->d->disputes.at[i], a, err);
    onr_dispute *d = ONRI_PUSH(x->d->keep, &x->d->disputes);
    if (!d) return onri_fail_mem(err, x->d->keep, "dispute");
    *d = (onr_dispute){ .claim = c.span,
                        .claim_statement = c.statement,
                        .claimant = c.claimant,
                        .rule = rule,
                        .p = c.p };
    return add_response(x, d, a, err);
}

onr_status onri_find_disputes(onri_draft *d, const onri_dispute_words *words, onr_error *err)
{
    ctx x = { .d = d, .words = words, .t = d->parse->tokens, .n = d->parse->n_tokens };
    onr_status st = onri_view_make(d->tmp, d, &x.v, err);
    uint32_t b = 0;
    for (uint32_t i = 0; st == ONR_OK && i < x.n; i++) {
        answer a;
        if (onri_in_boilerplate(d, x.t[i].beg, &b)) continue;
        if (answer_by_verb(&x, i, &a))
            st = add(&x, &a, "dispute.verb", err);
        else if (answer_by_predicate(&x, i, &a))
            st = add(&x, &a, "dispute.predicate", err);
    }
    return st;
}
