/* What stands around a statement: to whom, where, of what kind.
 * Source: own. Time is set by the times' step. */
#include "facts/statement_i.h"

/* told X …, said to X …; the person spoken to. */
static void find_addressee(st_run *r, st_cand *c)
{
    if (c->root == ONR_NONE || c->addressee.beg < c->addressee.end) return;
    const onr_token *k = st_tok(r, c->root);
    ONRI_EACH_CHILD (&r->tree, x, c->root) {
        const onr_token *t = st_tok(r, x);
        uint32_t who = ONR_NONE;
        if ((t->dep == ONR_DEP_DOBJ || t->dep == ONR_DEP_DATIVE) && x > c->root && x != c->comp &&
            st_lemma_in(r, c->root, r->know->t_told, NULL, NULL))
            who = t->pos == ONR_POS_ADP ? onri_tree_child(&r->tree, x, ONR_DEP_POBJ) : x;
        else if ((t->dep == ONR_DEP_PREP || t->dep == ONR_DEP_DATIVE) && onri_eqz(t->lower, "to") &&
                 k->pos == ONR_POS_VERB)
            who = onri_tree_child(&r->tree, x, ONR_DEP_POBJ);
        if (who == ONR_NONE) continue;
        const onr_span s = st_bytes(r, st_trim(r, onri_tree_extent(&r->tree, who, ONRI_EXTENT_NP)));
        bool inside = false;
        for (uint32_t i = 0; i < c->content.n; i++)
            inside |= c->content.at[i].beg < s.end && s.beg < c->content.at[i].end;
        if (!inside && s.beg < s.end) {
            c->addressee = s;
            return;
        }
    }
}

void st_context(st_run *r)
{
    for (uint32_t k = 0; k < r->cands.n; k++)
        if (!r->cands.at[k].lost) find_addressee(r, &r->cands.at[k]);
}
