/* Matcher: backtracking over a rule's node lines, with a ceiling on the candidates it tries.
 * Source: own. Cost: tokens times rules for the first node, a few steps beyond. */
#include "rules/book.h"

typedef struct matcher {
    const onri_book *book;
    const onri_tree *tree;
    const onri_rule *rule;
    onri_match *m;
    uint32_t steps, skip;
} matcher;

static bool word_in(const onri_book *b, uint32_t set, uint32_t atom)
{
    return atom != ONR_NONE && onri_map_get(&b->sets.at[set].has, atom) != ONR_NONE;
}

/* Row of the table that node n's own lemma or lower condition picked, else its first row. */
static uint32_t picked_row(const onri_book *b, const onri_tree *t, const onri_rule *r,
                           const onri_match *m, uint32_t n, uint32_t table)
{
    const uint32_t token = m->node[n];
    if (token == ONR_NONE) return ONR_NONE;
    if (m->row[n] != ONR_NONE) return m->row[n];
    for (uint32_t i = 0; i < r->node[n].n_conds; i++) {
        const onri_cond *c = &r->node[n].conds[i];
        if (c->no || (c->kind != ONRI_COND_LEMMA && c->kind != ONRI_COND_LOWER)) continue;
        const onri_wordset *s = &b->sets.at[c->arg];
        if (s->table != table) continue;
        const uint32_t row =
            onri_map_get(&s->has, c->kind == ONRI_COND_LEMMA ? t->lemma[token] : t->lower[token]);
        if (row != ONR_NONE) return row;
    }
    uint32_t row = onri_table_row(b, table, t->lemma[token], ONR_NONE, (onr_sv){ NULL, 0 });
    if (row == ONR_NONE)
        row = onri_table_row(b, table, t->lower[token], ONR_NONE, (onr_sv){ NULL, 0 });
    return row;
}

/* Does the word stand in the column in a row that fits the node's own condition? The row is kept:
 * look-ups of properties read it. */
static bool in_column(const matcher *x, const onri_cond *c, onr_sv w)
{
    const onri_tab *tab = &x->book->tables.at[c->arg];
    x->m->row[c->node] = ONR_NONE;
    uint32_t row = picked_row(x->book, x->tree, x->rule, x->m, c->node, c->arg);
    for (; row != ONR_NONE; row = tab->rows.at[row].next) {
        if (!onri_list_has(tab->rows.at[row].val[c->arg2], w)) continue;
        x->m->row[c->node] = row;
        return true;
    }
    return false;
}

static bool flag_holds(const onri_tree *t, uint32_t i, uint32_t flag)
{
    const onr_token *k = &t->parse->tokens[i];
    switch (flag) {
    case ONRI_FLAG_PASSIVE:
        return onri_tree_passive(t, i);
    case ONRI_FLAG_NEGATED:
        return onri_tree_negated(t, i);
    case ONRI_FLAG_QUOTED:
        return t->quoted && t->quoted[i];
    case ONRI_FLAG_ROOT:
        return k->head == i;
    case ONRI_FLAG_LEAF:
        return t->first[i] == ONR_NONE;
    case ONRI_FLAG_FIRST:
        return t->parse->sentences[k->sent].beg == i;
    case ONRI_FLAG_CAPITAL: {
        const char c = t->parse->text.p[k->beg];
        return c >= 'A' && c <= 'Z';
    }
    case ONRI_FLAG_NAME:
        return k->pos == ONR_POS_PROPN || k->ent != ONR_ENT_NONE;
    default:
        return false;
    }
}

static bool morph_has(onr_sv morph, onr_sv want)
{
    onr_sv rest = morph, piece;
    while (onri_split(&rest, '|', &piece))
        if (onri_eq(piece, want)) return true;
    return false;
}

static bool relation_holds(const matcher *x, const onri_cond *c, uint32_t i)
{
    const uint32_t o = x->m->node[c->node];
    if (o == ONR_NONE) return false;
    switch (c->kind) {
    case ONRI_COND_AFTER:
        return i > o;
    case ONRI_COND_BEFORE:
        return i < o;
    case ONRI_COND_NEAR:
        return i > o ? i - o <= c->arg + 1 : o - i <= c->arg + 1;
    case ONRI_COND_IS:
        return i == o;
    default:
        return onri_tree_within(x->tree, o, i);
    }
}

static bool cond_holds(const matcher *x, const onri_cond *c, uint32_t i)
{
    const onri_tree *t = x->tree;
    const onr_token *k = &t->parse->tokens[i];
    switch (c->kind) {
    case ONRI_COND_LEMMA:
        return word_in(x->book, c->arg, t->lemma[i]);
    case ONRI_COND_LOWER:
        return word_in(x->book, c->arg, t->lower[i]);
    case ONRI_COND_POS:
        return c->mask >> k->pos & 1;
    case ONRI_COND_TAG:
        return c->mask >> k->tag & 1;
    case ONRI_COND_DEP:
        return c->mask >> k->dep & 1;
    case ONRI_COND_ENT:
        return c->mask >> k->ent & 1;
    case ONRI_COND_MORPH:
        return morph_has(k->morph, c->text);
    case ONRI_COND_FLAG:
        return flag_holds(t, i, c->arg);
    case ONRI_COND_IN:
        return in_column(x, c, onri_eqz(c->text, "lower") ? k->lower : k->lemma);
    default:
        return relation_holds(x, c, i);
    }
}

static bool node_holds(const matcher *x, const onri_node *n, uint32_t i)
{
    for (uint32_t c = 0; c < n->n_conds; c++)
        if (cond_holds(x, &n->conds[c], i) == n->conds[c].no) return false;
    return true;
}

static bool label_ok(const onri_node *n, uint8_t dep)
{
    return n->labels == 0 || (n->labels >> dep & 1);
}

/* The at-th candidate of node n in a fixed order; ONR_NONE: no more. *state is 0 at first.
 * long: one case a relation, as the pattern language lists them. */
static uint32_t candidate(const matcher *x, const onri_node *n, uint32_t *state, bool *more)
{
    const onri_tree *t = x->tree;
    const onr_token *tok = t->parse->tokens;
    const uint32_t of = x->m->node[n->of];
    const uint32_t at = (*state)++;
    *more = true;
    if (of == ONR_NONE) return *more = false, ONR_NONE;
    switch (n->edge) {
    case ONRI_EDGE_CHILD:
    case ONRI_EDGE_SISTER: {
        const uint32_t over = n->edge == ONRI_EDGE_CHILD ? of : tok[of].head;
        uint32_t c = at == 0 ? t->first[over] : t->next[x->m->node[n - x->rule->node]];
        while (c != ONR_NONE && (!label_ok(n, tok[c].dep) || c == of)) c = t->next[c];
        *more = c != ONR_NONE;
        return c;
    }
    case ONRI_EDGE_DOWN: { /* in reading order; every edge on the way has one of the labels */
        const uint32_t from = at == 0 ? tok[of].l_edge : x->m->node[n - x->rule->node] + 1;
        for (uint32_t i = from; i <= tok[of].r_edge; i++) {
            uint32_t up = i;
            int d = 0;
            while (up != of && tok[up].head != up && label_ok(n, tok[up].dep) &&
                   d++ < ONRI_RULE_DEPTH_MAX)
                up = tok[up].head;
            if (i != of && up == of) return i;
        }
        return *more = false, ONR_NONE;
    }
    case ONRI_EDGE_UP: {
        const uint32_t from = at == 0 ? of : x->m->node[n - x->rule->node];
        if (tok[from].head == from || !label_ok(n, tok[from].dep) || at > ONRI_RULE_DEPTH_MAX)
            return *more = false, ONR_NONE;
        return tok[from].head;
    }
    case ONRI_EDGE_AHEAD:
    case ONRI_EDGE_BEHIND: { /* tokens of the same sentence, nearest first */
        const onr_tokens s = t->parse->sentences[tok[of].sent];
        const bool ahead = n->edge == ONRI_EDGE_AHEAD;
        const uint32_t from = at == 0 ? of : x->m->node[n - x->rule->node];
        for (uint32_t i = from; ahead ? i + 1 < s.end : i > s.beg;) {
            i = ahead ? i + 1 : i - 1;
            if (label_ok(n, tok[i].dep)) return i;
        }
        return *more = false, ONR_NONE;
    }
    default:
        break;
    }
    uint32_t i = ONR_NONE;
    if (at == 0) {
        switch (n->edge) {
        case ONRI_EDGE_HEAD:
            if (tok[of].head != of && label_ok(n, tok[of].dep)) i = tok[of].head;
            break;
        case ONRI_EDGE_NEXT:
            if (of + 1 < t->parse->n_tokens) i = of + 1;
            break;
        case ONRI_EDGE_PREV:
            if (of > 0) i = of - 1;
            break;
        case ONRI_EDGE_SUBJECT:
            i = onri_tree_subject(t, of).token;
            break;
        case ONRI_EDGE_AGENT:
            i = onri_tree_agent(t, of);
            break;
        case ONRI_EDGE_ACTOR:
            i = onri_tree_actor(t, of);
            break;
        case ONRI_EDGE_PATIENT:
            i = onri_tree_patient(t, of);
            break;
        case ONRI_EDGE_CHAIN:
            i = onri_tree_chain(t, of);
            break;
        case ONRI_EDGE_SAME:
            i = of;
            break;
        default:
            break;
        }
        if (i != ONR_NONE && n->edge != ONRI_EDGE_HEAD && !label_ok(n, tok[i].dep)) i = ONR_NONE;
    }
    *more = i != ONR_NONE;
    return i;
}

/* Match node lines from number at on. */
static bool match_nodes(matcher *x, uint32_t at)
{
    if (at > x->m->reached) x->m->reached = (uint8_t)at;
    if (at == x->rule->n_nodes) {
        if (x->skip == 0) return true;
        x->skip--;
        return false;
    }
    const onri_node *n = &x->rule->node[at];
    uint32_t state = 0;
    bool more, found = false;
    for (;;) {
        const uint32_t i = candidate(x, n, &state, &more);
        if (!more || ++x->steps > ONRI_RULE_STEPS_MAX) break;
        x->m->node[at] = i;
        if (!node_holds(x, n, i)) continue;
        if (n->need == ONRI_NEED_NOT) return x->m->node[at] = ONR_NONE, false;
        found = true;
        if (match_nodes(x, at + 1)) return true;
        x->m->node[at] = i;
    }
    x->m->node[at] = ONR_NONE;
    return (n->need == ONRI_NEED_NOT || (n->need == ONRI_NEED_MAY && !found)) &&
           match_nodes(x, at + 1);
}

bool onri_match_at(const onri_book *book, const onri_tree *tree, uint32_t rule, uint32_t anchor,
                   uint32_t skip, onri_match *out)
{
    const onri_rule *r = &book->rules.at[rule];
    out->rule = rule;
    out->anchor = anchor;
    out->reached = 0;
    if (r->off || r->n_nodes == 0) return false;
    matcher x = { .book = book, .tree = tree, .rule = r, .m = out, .skip = skip };
    if (!node_holds(&x, &r->node[0], anchor)) return false;
    for (int i = 0; i < ONRI_RULE_NODES_MAX; i++) out->node[i] = out->row[i] = ONR_NONE;
    out->node[0] = anchor;
    return match_nodes(&x, 1);
}

void onri_match_all(const onri_book *book, const onri_tree *tree, onri_match_fn found,
                    onri_match_fn lost, void *ctx)
{
    enum { EACH_MAX = 16, GROUPS_MAX = 16 };
    for (uint32_t i = 0; i < tree->parse->n_tokens; i++) {
        const onr_token *k = &tree->parse->tokens[i];
        if ((tree->mute && tree->mute[i]) || k->pos == ONR_POS_SPACE) continue;
        uint32_t won[GROUPS_MAX], n_won = 0;
        for (uint32_t r = 0; r < book->rules.n; r++) {
            const onri_rule *rule = &book->rules.at[r];
            bool taken = false;
            for (uint32_t g = 0; g < n_won; g++) taken |= won[g] == rule->group;
            if (taken && !lost) continue;
            onri_match m;
            const uint32_t n = rule->each ? EACH_MAX : 1;
            for (uint32_t skip = 0; skip < n; skip++) {
                if (!onri_match_at(book, tree, r, i, skip, &m)) break;
                if (taken) {
                    if (!lost(ctx, &m)) return;
                    continue;
                }
                if (!found(ctx, &m)) return;
                if (skip == 0 && rule->group != ONR_NONE && n_won < GROUPS_MAX)
                    won[n_won++] = rule->group;
            }
        }
    }
}

uint32_t onri_match_role(const onri_book *book, const onri_match *m, uint32_t role,
                         onri_piece out[ONRI_RULE_PIECES_MAX])
{
    const onri_rule *r = &book->rules.at[m->rule];
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->n_roles; i++) {
        const onri_role_line *l = &r->role[i];
        if (l->role != role || n > 0) continue; /* the first line that gives something */
        for (uint32_t p = 0; p < l->n; p++) {
            const uint32_t token = m->node[l->piece[p].node];
            if (token == ONR_NONE) continue;
            out[n] = (onri_piece){ token, l->piece[p].extent, n > 0 && l->piece[p].hull };
            n++;
        }
    }
    return n;
}

onr_sv onri_match_prop(const onri_book *book, const onri_tree *tree, const onri_match *m,
                       uint32_t prop)
{
    const onri_rule *r = &book->rules.at[m->rule];
    for (uint32_t i = 0; i < r->n_props; i++) {
        const onri_prop_line *l = &r->prop[i];
        if (l->prop != prop) continue;
        if (l->table == ONR_NONE) return l->text;
        const uint32_t row = picked_row(book, tree, r, m, l->node, l->table);
        if (row == ONR_NONE) continue;
        const onr_sv v = book->tables.at[l->table].rows.at[row].val[l->column];
        if (v.n) return v;
    }
    return (onr_sv){ NULL, 0 };
}

uint32_t onri_match_nodes(const onri_book *book, uint32_t rule,
                          const char *names[ONRI_RULE_NODES_MAX])
{
    const onri_rule *r = &book->rules.at[rule];
    for (uint32_t i = 0; i < r->n_nodes; i++) names[i] = r->node[i].name;
    return r->n_nodes;
}

onr_sv onri_book_node_text(const onri_book *book, uint32_t rule, uint32_t node, uint32_t *line)
{
    const onri_rule *r = &book->rules.at[rule];
    if (line) *line = r->node[node].line;
    return r->node[node].text;
}
