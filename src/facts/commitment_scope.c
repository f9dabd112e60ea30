/* How far a commitment reaches: the act ends where another's clause, a circumstance or a condition
 * begins. Conditions are clauses and phrases that the table of words knows by how they begin.
 * Source: own, after Quirk et al., A Comprehensive Grammar of the English Language, ch. 15, for the
 * kinds of conditional clauses. Leaves out: conditions told in another sentence. */
#include "facts/commitment_i.h"

enum { YEARS_AGO = 3 };

/* ---- spans ---------------------------------------------------------------------------------- */

static bool is_edge(const cm_ctx *x, uint32_t tok)
{
    return x->t[tok].pos == ONR_POS_PUNCT || x->t[tok].pos == ONR_POS_SPACE ||
           x->t[tok].dep == ONR_DEP_CC || (x->t[tok].dep == ONR_DEP_MARK && cm_is(x, tok, "that"));
}

onr_span cm_bytes(const cm_ctx *x, uint32_t beg, uint32_t end)
{
    while (beg < end && is_edge(x, beg)) beg++;
    while (end > beg && is_edge(x, end - 1)) end--;
    return beg < end ? (onr_span){ x->t[beg].beg, x->t[end - 1].end } : (onr_span){ 0, 0 };
}

static bool has_own(const cm_ctx *x, uint32_t v, onr_dep dep)
{
    return onri_tree_child(&x->view.tree, v, dep) != ONR_NONE;
}

/* A joined predicate with a subject or a tense of its own. */
static bool stands_alone(const cm_ctx *x, uint32_t v)
{
    if (has_own(x, v, ONR_DEP_NSUBJ) || has_own(x, v, ONR_DEP_NSUBJPASS)) return true;
    ONRI_EACH_CHILD (&x->view.tree, a, v)
        if (x->t[a].dep == ONR_DEP_AUX && x->t[a].tag != ONR_TAG_TO && a < v) return true;
    return x->t[v].pos == ONR_POS_AUX ||
           (x->t[v].tag == ONR_TAG_VBD && !onri_eq(x->t[v].lower, x->t[v].lemma)) ||
           x->t[v].tag == ONR_TAG_VBZ;
}

static bool after_comma(const cm_ctx *x, uint32_t tok)
{
    return tok > 0 && cm_is(x, tok - 1, ",");
}

/* Does child c of something before it begin what no longer belongs to the act? */
static bool cuts(const cm_ctx *x, uint32_t c)
{
    const onr_token *k = &x->t[c];
    const uint32_t l = k->l_edge;
    switch (k->dep) {
    case ONR_DEP_CONJ:
        return cm_verb(x, c) && stands_alone(x, c);
    case ONR_DEP_PARATAXIS:
        return true;
    case ONR_DEP_ADVCL:
        if (k->tag == ONR_TAG_VBG && (after_comma(x, l) || cm_row(x, CM_SPEECH, c))) return true;
        return cm_row(x, CM_CUT, l) != NULL;
    case ONR_DEP_PREP:
        return cm_row(x, CM_CUT, c) && !cm_is(x, c, "as") && !cm_is(x, c, "before");
    case ONR_DEP_RELCL:
    case ONR_DEP_ACL:
    case ONR_DEP_APPOS:
        return after_comma(x, l) && !has_own(x, c, ONR_DEP_CONJ); /* a list goes on */
    default:
        return false;
    }
}

uint32_t cm_taken_subject(const cm_ctx *x, uint32_t v, uint32_t first)
{
    if (x->t[v].dep != ONR_DEP_CONJ || has_own(x, v, ONR_DEP_NSUBJ) || first == 0) return ONR_NONE;
    const uint32_t n = first - 1;
    const onr_token *k = &x->t[n];
    const bool noun = k->pos == ONR_POS_NOUN || k->pos == ONR_POS_PROPN;
    if (!noun || k->dep != ONR_DEP_CONJ || k->l_edge == 0 || cm_verb(x, k->head)) return ONR_NONE;
    return x->t[k->l_edge - 1].dep == ONR_DEP_CC ? n : ONR_NONE;
}

uint32_t cm_clause_end(const cm_ctx *x, uint32_t v)
{
    uint32_t end = x->t[v].r_edge + 1;
    for (uint32_t c = v + 1; c < end; c++) {
        if (c + 1 < end && x->t[c].dep == ONR_DEP_CONJ && x->t[c + 1].dep == ONR_DEP_AUX &&
            x->t[c].l_edge > v && cm_taken_subject(x, x->t[c + 1].head, c + 1) == c) {
            end = x->t[c].l_edge;
            break;
        }
        const uint32_t l = x->t[c].l_edge;
        if (l > v && l < end && x->t[c].head >= v && x->t[c].head < end && cuts(x, c)) end = l;
    }
    return end;
}

/* ---- conditions ----------------------------------------------------------------------------- */

static cm_bind bind_of(onr_sv kind, bool only, bool negated)
{
    if (onri_eqz(kind, "if")) return only ? CM_BIND_ONLY : CM_BIND_IF;
    if (onri_eqz(kind, "only-if")) return CM_BIND_ONLY;
    if (onri_eqz(kind, "unless")) return CM_BIND_UNLESS;
    if (onri_eqz(kind, "until")) return CM_BIND_UNTIL;
    if (onri_eqz(kind, "without")) return negated ? CM_BIND_UNLESS : CM_BIND_NONE;
    if (onri_eqz(kind, "before")) return negated ? CM_BIND_UNTIL : CM_BIND_NONE;
    if (onri_eqz(kind, "when")) return only ? CM_BIND_ONLY : CM_BIND_NONE;
    return CM_BIND_NONE;
}

/* "only" right before the phrase, or beside the verb: "would only leave if". */
static bool has_only(const cm_ctx *x, uint32_t verb, uint32_t at)
{
    if (at > 0 && cm_is(x, at - 1, "only")) return true;
    ONRI_EACH_CHILD (&x->view.tree, c, verb)
        if (cm_is(x, c, "only") && x->t[c].dep == ONR_DEP_ADVMOD && c < at) return true;
    return false;
}

/* "Should Iran attack", "were it to attack": an auxiliary before its subject. */
static bool inverted(const cm_ctx *x, uint32_t clause)
{
    const uint32_t l = x->t[clause].l_edge;
    const uint32_t subject = onri_tree_child(&x->view.tree, clause, ONR_DEP_NSUBJ);
    return subject != ONR_NONE && l < subject &&
           (cm_is(x, l, "should") || cm_is(x, l, "were") || cm_is(x, l, "had"));
}

/* "until it is asked, and does not mean to leave": after a comma, a predicate with its own tense
 * and no subject mostly goes on with the clause outside, whatever the parse says. */
static bool goes_on_outside(const cm_ctx *x, uint32_t c)
{
    if (x->t[c].dep != ONR_DEP_CONJ || !cm_verb(x, c) || has_own(x, c, ONR_DEP_NSUBJ) ||
        has_own(x, c, ONR_DEP_NSUBJPASS) || !stands_alone(x, c))
        return false;
    uint32_t l = x->t[c].l_edge;
    if (l >= 1 && x->t[l - 1].dep == ONR_DEP_CC) l--;
    return l >= 1 && cm_is(x, l - 1, ",");
}

static uint32_t condition_end(const cm_ctx *x, uint32_t clause)
{
    uint32_t end = x->t[clause].r_edge + 1;
    for (uint32_t c = clause + 1; c < end; c++)
        if (x->t[c].l_edge > clause && goes_on_outside(x, c)) end = x->t[c].l_edge;
    return end;
}

/* The condition that begins in the phrase of c, a child of verb. */
static cm_condition condition_at(const cm_ctx *x, uint32_t verb, uint32_t c, bool negated)
{
    const cm_condition none = { CM_BIND_NONE, 0, 0 };
    const onr_token *k = &x->t[c];
    if (k->dep != ONR_DEP_ADVCL && k->dep != ONR_DEP_PREP && k->dep != ONR_DEP_ACL &&
        k->dep != ONR_DEP_ADVMOD && k->dep != ONR_DEP_MARK && k->dep != ONR_DEP_ACOMP)
        return none;
    const uint32_t end = condition_end(x, c), from = k->l_edge >= 2 ? k->l_edge - 2 : 0;
    for (uint32_t at = from; at <= c; at++) {
        uint32_t n = 0;
        const onri_lex_row *r = onri_lex_phrase(x->lex, CM_CONDITION, x->t, at, end, &n);
        if (!r || at + n <= k->l_edge) continue;
        /* the clause's own word, not one deeper in it */
        if (k->dep == ONR_DEP_ADVCL && at >= k->l_edge && n == 1 && x->t[at].head != c) continue;
        const bool only = has_only(x, verb, at);
        const cm_bind kind = bind_of(r->cell[0], only, negated);
        if (kind == CM_BIND_NONE) return none;
        const uint32_t beg = only && at > 0 && cm_is(x, at - 1, "only") ? at - 1 : at;
        return (cm_condition){ kind, beg, end };
    }
    if (k->dep == ONR_DEP_ADVCL && inverted(x, c))
        return (cm_condition){ CM_BIND_IF, k->l_edge, end };
    return none;
}

static cm_condition condition_under(const cm_ctx *x, uint32_t verb, bool negated)
{
    cm_condition got = { CM_BIND_NONE, 0, 0 };
    ONRI_EACH_CHILD (&x->view.tree, c, verb) {
        got = condition_at(x, verb, c, negated);
        if (got.kind != CM_BIND_NONE) break;
    }
    return got;
}

/* It may hang on the verb that governs ("said it would leave if …"), on "is" before an adjective,
 * on a verb joined to the act, or on the act's object. */
cm_condition cm_find_condition(const cm_ctx *x, uint32_t verb, uint32_t governor, bool negated)
{
    cm_condition c = condition_under(x, verb, negated);
    if (c.kind == CM_BIND_NONE && governor != ONR_NONE) c = condition_under(x, governor, negated);
    if (c.kind == CM_BIND_NONE && governor != ONR_NONE && x->t[governor].dep == ONR_DEP_ACOMP)
        c = condition_under(x, x->t[governor].head, negated);
    ONRI_EACH_CHILD (&x->view.tree, k, verb) {
        const bool joined = x->t[k].dep == ONR_DEP_CONJ && cm_verb(x, k);
        const bool inside = x->t[k].dep == ONR_DEP_XCOMP || x->t[k].dep == ONR_DEP_CCOMP ||
                            x->t[k].dep == ONR_DEP_DOBJ || x->t[k].dep == ONR_DEP_ATTR ||
                            (x->t[k].dep == ONR_DEP_PREP && k > verb);
        if (c.kind == CM_BIND_NONE && (joined || inside)) c = condition_under(x, k, negated);
    }
    return c;
}

bool cm_supposed(const cm_ctx *x, uint32_t tok)
{
    uint32_t v = tok;
    for (int d = 0; d < ONRI_RULE_DEPTH_MAX; d++) {
        if (x->t[v].dep == ONR_DEP_ADVCL) {
            uint32_t n = 0;
            const uint32_t l = x->t[v].l_edge;
            const onri_lex_row *r = onri_lex_phrase(x->lex, CM_CONDITION, x->t, l, v, &n);
            if ((r && !onri_eqz(r->cell[0], "without") && !onri_eqz(r->cell[0], "before")) ||
                inverted(x, v))
                return true;
        }
        if (goes_on_outside(x, v)) return false;
        ONRI_EACH_CHILD (&x->view.tree, m, v)
            if (x->t[m].dep == ONR_DEP_MARK && (cm_is(x, m, "whether") || cm_is(x, m, "if")))
                return true;
        if (x->t[v].head == v || x->t[v].dep == ONR_DEP_CCOMP) return false;
        v = x->t[v].head;
    }
    return false;
}

/* ---- times ---------------------------------------------------------------------------------- */

/* First time that begins at or after the byte; they stand in reading order. */
static uint32_t first_time(const cm_ctx *x, uint32_t byte)
{
    uint32_t lo = 0, hi = x->n_times;
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (x->times[mid].span.beg < byte)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The verb a time stands with: up through prepositions and nouns. */
static uint32_t verb_of_time(const cm_ctx *x, const onri_timex *k)
{
    uint32_t v = k->beg;
    for (int d = 0; d < ONRI_RULE_DEPTH_MAX; d++) {
        if (v < k->beg && cm_verb(x, v)) break;
        if (v >= k->end && cm_verb(x, v)) break;
        if (x->t[v].head == v) break;
        v = x->t[v].head;
    }
    return v;
}

/* "lift the sanctions imposed in January", "promised the dykes in 2019": when something else was
 * done. "Promised to be there by May" tells when it is due. */
static bool dates_another(const cm_ctx *x, const onri_timex *k)
{
    static const char *const due[] = { "by", "before", "until", "till", "within" };
    for (size_t i = 0; k->beg > 0 && i < sizeof due / sizeof *due; i++)
        if (cm_is(x, k->beg, due[i]) || cm_is(x, k->beg - 1, due[i])) return false;
    const onr_token *v = &x->t[verb_of_time(x, k)];
    return v->tag == ONR_TAG_VBD ||
           (v->tag == ONR_TAG_VBN && (v->dep == ONR_DEP_ACL || v->dep == ONR_DEP_RELCL));
}

uint32_t cm_deadline(const cm_ctx *x, onr_span action)
{
    const onri_day today = onri_day_parse(x->d->article->date);
    uint32_t got = ONR_NONE;
    for (uint32_t i = first_time(x, action.beg); i < x->n_times; i++) {
        const onri_timex *k = &x->times[i];
        if (k->span.beg >= action.end) break;
        if (k->span.end > action.end) continue;
        const bool past = today != ONRI_NO_DAY && k->to != ONRI_NO_DAY && k->to < today;
        if (!past && !dates_another(x, k))
            got = i; /* the last one: "a summit in May … to be held by June" */
    }
    return got;
}

bool cm_long_ago(const cm_ctx *x, uint32_t tok)
{
    const onri_day today = onri_day_parse(x->d->article->date);
    if (today == ONRI_NO_DAY) return false;
    const onr_tokens s = x->parse->sentences[x->t[tok].sent];
    for (uint32_t i = first_time(x, x->t[s.beg].beg); i < x->n_times; i++) {
        const onri_timex *k = &x->times[i];
        if (k->beg >= s.end) break;
        if (k->to == ONRI_NO_DAY) continue;
        if (k->to < today - YEARS_AGO * 366 && verb_of_time(x, k) == tok) return true;
    }
    return false;
}
