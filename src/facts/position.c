/* Positions follow from acts: who demands a thing is for it, who condemns it is against it, who
 * will do it only under a condition stands conditionally. Which act shows which stance is data
 * (data/positions). The issue is the phrase the act is about, its articles left off.
 * Source: own. Leaves out: stances that only the tone shows. */
#include "facts/position.h"
#include "facts/view.h"

enum { ISSUE_WORDS_MAX = 10, STANCE_NONE = ONR_STANCE__COUNT };

typedef struct stance_row {
    char layer; /* 'e', 'c', 's' */
    onr_sv what;
    uint8_t stance;
} stance_row;

struct onri_stance_table {
    ONRI_VEC(stance_row) rows;
};

onr_status onri_stance_table_load(onr_arena *mem, onr_sv tsv, const onri_stance_table **out,
                                  onr_error *err)
{
    onri_stance_table *t = ONRI_NEW(mem, onri_stance_table);
    if (!t) return onri_fail_mem(err, mem, "position");
    uint32_t line = 0;
    for (onr_sv rest = tsv, row; onri_split(&rest, '\n', &row);) {
        line++;
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv layer = onri_cell(&row, '\t'), what = onri_cell(&row, '\t'),
                     stance = onri_cell(&row, '\t');
        uint8_t s = 0;
        while (s < ONR_STANCE__COUNT && !onri_eqz(stance, onr_stance_name((onr_stance)s))) s++;
        if (layer.n == 0 || (s == STANCE_NONE && !onri_eqz(stance, "none")))
            return onri_fail(err, ONR_E_SYNTAX, "position",
                             "stances, line %u: unknown layer or stance", line);
        stance_row *slot = ONRI_PUSH(mem, &t->rows);
        if (!slot) return onri_fail_mem(err, mem, "position");
        *slot = (stance_row){ layer.p[0], onri_dup(mem, what), s };
    }
    *out = t;
    return ONR_OK;
}

/* The stance of the longest matching row. */
static uint8_t stance_of(const onri_stance_table *t, char layer, onr_sv what, onr_sv mode)
{
    uint8_t got = STANCE_NONE;
    for (uint32_t i = 0; i < t->rows.n; i++) {
        const stance_row *r = &t->rows.at[i];
        if (r->layer != layer) continue;
        if (onri_eq(r->what, what) && got == STANCE_NONE) got = r->stance;
        if (mode.n && r->what.n == what.n + mode.n + 1 && onri_starts(r->what, what) &&
            onri_ends(r->what, mode))
            return r->stance;
    }
    return got;
}

/* ---- words ---------------------------------------------------------------------------------- */

static bool is_verb(const onr_token *t)
{
    return t->pos == ONR_POS_VERB || t->pos == ONR_POS_AUX;
}

/* What the act at tok is about: object, infinitive or clause, phrase after a preposition. */
static uint32_t topic_of(const onri_view *x, uint32_t tok)
{
    static const onr_dep order[] = { ONR_DEP_DOBJ, ONR_DEP_XCOMP, ONR_DEP_CCOMP, ONR_DEP_NSUBJPASS,
                                     ONR_DEP_ACL };
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        const uint32_t c = onri_tree_child(&x->tree, tok, order[k]);
        if (c != ONR_NONE) return c;
    }
    ONRI_EACH_CHILD (&x->tree, c, tok) {
        if (x->parse->tokens[c].dep != ONR_DEP_PREP) continue;
        const uint32_t p = onri_tree_child(&x->tree, c, ONR_DEP_POBJ);
        if (p != ONR_NONE) return p;
    }
    return ONR_NONE;
}

static bool leads_in(const onr_token *t)
{
    return t->dep == ONR_DEP_DET || t->dep == ONR_DEP_PREDET || t->dep == ONR_DEP_MARK ||
           t->tag == ONR_TAG_TO || t->pos == ONR_POS_PUNCT || t->dep == ONR_DEP_CC;
}

/* The phrase of a topic without articles, cut before a clause, at most ISSUE_WORDS_MAX words. */
static onr_sv issue_of(const onri_view *x, uint32_t topic)
{
    const onr_token *t = x->parse->tokens;
    uint32_t beg = t[topic].l_edge, end = t[topic].r_edge + 1;
    while (beg < topic && leads_in(&t[beg])) beg++;
    ONRI_EACH_CHILD (&x->tree, c, topic) {
        const bool clause = t[c].dep == ONR_DEP_RELCL || t[c].dep == ONR_DEP_ADVCL ||
                            t[c].dep == ONR_DEP_APPOS || t[c].dep == ONR_DEP_PARATAXIS;
        if (c > topic && clause && t[c].l_edge > topic && t[c].l_edge < end) end = t[c].l_edge;
    }
    if (end > beg + ISSUE_WORDS_MAX)
        end = beg + ISSUE_WORDS_MAX > topic ? beg + ISSUE_WORDS_MAX : topic + 1;
    while (end > topic + 1 && (t[end - 1].pos == ONR_POS_PUNCT || t[end - 1].pos == ONR_POS_ADP ||
                               t[end - 1].pos == ONR_POS_DET || t[end - 1].dep == ONR_DEP_CC))
        end--;
    return beg < end ? onri_sub(x->parse->text, t[beg].beg, t[end - 1].end) : (onr_sv){ "", 0 };
}

/* ---- adding --------------------------------------------------------------------------------- */

static bool known(const onri_draft *d, uint32_t entity, onr_span s)
{
    for (uint32_t i = d->positions.n; i-- > 0 && d->positions.n - i < 64;) {
        const onr_position *p = &d->positions.at[i];
        if (p->entity == entity && p->evidence.at[0].beg < s.end && s.beg < p->evidence.at[0].end)
            return true;
    }
    return false;
}

static onr_status add(onri_draft *d, const onri_view *x, uint32_t entity, uint8_t stance,
                      onr_span evidence, uint32_t topic, uint32_t statement, const char *rule,
                      onr_error *err)
{
    if (entity == ONR_NONE || stance == STANCE_NONE || topic == ONR_NONE ||
        evidence.beg >= evidence.end)
        return ONR_OK;
    if (!onri_is_actor_type(d->entities.at[entity].type) || known(d, entity, evidence))
        return ONR_OK;
    const onr_sv issue = issue_of(x, topic);
    if (issue.n == 0) return ONR_OK;
    onr_span *at = ONRI_NEW(d->keep, onr_span);
    onr_position *p = at ? ONRI_PUSH(d->keep, &d->positions) : NULL;
    if (!p) return onri_fail_mem(err, d->keep, "position");
    *at = evidence;
    *p = (onr_position){ .entity = entity,
                         .issue = issue,
                         .stance = (onr_stance)stance,
                         .evidence = { at, 1 },
                         .statement = statement,
                         .rule = rule,
                         .p = 0.5f };
    return ONR_OK;
}

static onr_span clause_span(const onri_view *x, uint32_t beg, uint32_t tok, uint32_t topic)
{
    const onr_token *t = x->parse->tokens;
    uint32_t end = t[tok].r_edge;
    if (topic != ONR_NONE && t[topic].r_edge > end) end = t[topic].r_edge;
    while (end > tok && (t[end].pos == ONR_POS_PUNCT || t[end].pos == ONR_POS_SPACE)) end--;
    return (onr_span){ beg, t[end].end };
}

static onr_status from_event(onri_draft *d, const onri_view *x, const onri_stance_table *table,
                             uint32_t i, onr_error *err)
{
    const onr_event *e = &d->events.at[i];
    if (e->status == ONR_EVENT_ALLEGED || e->status == ONR_EVENT_NEGATED) return ONR_OK;
    const uint8_t stance = stance_of(table, 'e', e->plover, e->mode);
    if (stance == STANCE_NONE) return ONR_OK;
    const uint32_t tok = onri_token_at(x->parse, e->trigger.at[0].beg);
    uint32_t topic = topic_of(x, tok);
    if (topic == ONR_NONE && x->parse->tokens[tok].dep == ONR_DEP_DOBJ &&
        is_verb(&x->parse->tokens[x->parse->tokens[tok].head]))
        topic = tok;
    for (uint32_t k = 0; k < e->n_source; k++) {
        const onr_status st =
            add(d, x, e->source[k].entity, stance, clause_span(x, e->trigger.at[0].beg, tok, topic),
                topic, e->reported_by, "position.event", err);
        if (st != ONR_OK) return st;
    }
    return ONR_OK;
}

static onr_status from_commitment(onri_draft *d, const onri_view *x, const onri_stance_table *table,
                                  uint32_t i, onr_error *err)
{
    const onr_commitment *c = &d->commitments.at[i];
    const uint8_t stance =
        c->condition.end
            ? ONR_STANCE_CONDITIONAL
            : stance_of(table, 'c', onri_svz(onr_commitment_kind_name(c->kind)), (onr_sv){ "", 0 });
    /* the verb of the action: the token in it that hangs outside */
    const onr_token *t = x->parse->tokens;
    uint32_t root = onri_token_at(x->parse, c->action.beg);
    for (uint32_t k = root; k < x->parse->n_tokens && t[k].beg < c->action.end; k++)
        if (is_verb(&t[k]) && (t[t[k].head].beg < c->action.beg ||
                               t[t[k].head].beg >= c->action.end || t[k].head == k)) {
            root = k;
            break;
        }
    return add(d, x, c->holder, stance, c->action, root, c->statement, "position.commitment", err);
}

static onr_status from_statement(onri_draft *d, const onri_view *x, const onri_stance_table *table,
                                 uint32_t i, onr_error *err)
{
    const onr_statement *s = &d->statements.at[i];
    if (s->negated || s->content.n == 0) return ONR_OK;
    const uint8_t stance =
        stance_of(table, 's', onri_svz(onr_statement_kind_name(s->kind)), (onr_sv){ "", 0 });
    const onr_token *t = x->parse->tokens;
    const onr_span c = s->content.at[0];
    uint32_t root = onri_token_at(x->parse, c.beg);
    for (uint32_t k = root; k < x->parse->n_tokens && t[k].beg < c.end; k++)
        if (t[k].pos != ONR_POS_PUNCT &&
            (t[t[k].head].beg < c.beg || t[t[k].head].beg >= c.end || t[k].head == k)) {
            root = k;
            break;
        }
    return root < x->parse->n_tokens
               ? add(d, x, s->source.entity, stance, c, root, i, "position.statement", err)
               : ONR_OK;
}

onr_status onri_find_positions(onri_draft *d, const onri_stance_table *table, onr_error *err)
{
    onri_view x;
    onr_status st = onri_view_make(d->tmp, d, &x, err);
    for (uint32_t i = 0; st == ONR_OK && i < d->events.n; i++)
        st = from_event(d, &x, table, i, err);
    for (uint32_t i = 0; st == ONR_OK && i < d->commitments.n; i++)
        st = from_commitment(d, &x, table, i, err);
    for (uint32_t i = 0; st == ONR_OK && i < d->statements.n; i++)
        st = from_statement(d, &x, table, i, err);
    return st;
}
