/* Matches of the rules become candidates: roles to spans, with what is no source left out.
 * Source: own. */
#include "facts/statement_i.h"

#include "record/record.h"

/* A pronoun that stands for nothing: "it was announced", "there is". */
static bool empty_subject(const st_run *r, uint32_t tok, const st_cand *c)
{
    static const char *const raising[] = { "be", "seem", "appear", "turn", "take", "become", NULL };
    if (st_is(r, tok, "there")) return true;
    if (!st_is(r, tok, "it")) return false;
    if (c->passive) return true;
    if (c->root == ONR_NONE) return false;
    const onr_token *k = st_tok(r, c->root), *h = st_tok(r, k->head);
    if (k->dep == ONR_DEP_XCOMP && h->pos == ONR_POS_ADJ) return true; /* "it is hard to imagine" */
    for (int i = 0; raising[i]; i++)
        if (onri_eqz(k->lemma, raising[i]) ||
            (k->dep == ONR_DEP_XCOMP && onri_eqz(h->lemma, raising[i])))
            return true;
    return false;
}

void st_set_source(st_run *r, st_cand *c, uint32_t tok)
{
    c->source = (onr_span){ 0, 0 };
    c->source_token = ONR_NONE;
    if (tok == ONR_NONE || empty_subject(r, tok, c)) return;
    c->source = st_bytes(r, st_source_tokens(r, tok, c->root));
    if (c->source.beg < c->source.end) c->source_token = tok;
}

/* "released a statement saying": who released it is the source, and the cue starts there. */
static void paper_source(st_run *r, st_cand *c, onr_tokens *cue)
{
    const onr_token *k = st_tok(r, c->root);
    if ((k->dep != ONR_DEP_ACL && k->dep != ONR_DEP_RELCL) ||
        st_tok(r, k->head)->dep != ONR_DEP_DOBJ ||
        !st_lemma_in(r, k->head, r->know->t_papers, NULL, NULL))
        return;
    const uint32_t v = st_tok(r, k->head)->head;
    if (st_tok(r, v)->pos != ONR_POS_VERB) return;
    const onri_subject s = onri_tree_subject(&r->tree, v);
    if (s.token == ONR_NONE || s.passive) return;
    const onr_tokens group = onri_tree_extent(&r->tree, v, ONRI_EXTENT_CHAIN);
    if (group.beg >= cue->beg || empty_subject(r, s.token, c)) return;
    c->source = st_bytes(r, st_source_tokens(r, s.token, v));
    c->source_token = s.token;
    cue->beg = group.beg;
}

/* Who speaks where a second cue goes on from one before; found: by the parse. */
static uint32_t outer_subject(const st_run *r, uint32_t v, uint32_t found)
{
    uint32_t cue = v;
    for (int d = 0; d < 3; d++) {
        const uint32_t o = st_outer_cue(r, cue);
        if (o == ONR_NONE) break;
        cue = o;
    }
    if (cue == v) return found;
    const uint32_t actor = onri_tree_actor(&r->tree, cue);
    return actor == ONR_NONE ? found : actor;
}

/* “…,” said NAME, where the parse has found its subject within what is said: the noun behind the
 * verb; found: by the parse. */
static uint32_t inverted_subject(const st_run *r, uint32_t v, uint32_t found)
{
    if (v == 0 || v + 1 >= r->parse->n_tokens || found == ONR_NONE || found > v) return found;
    const uint32_t mark = st_tok(r, v - 1)->end, q = onri_quote_at(&r->quotes, mark - 1);
    const uint8_t tag = st_tok(r, v)->tag;
    if (q == ONR_NONE || r->quotes.at[q].end != mark || !r->quotes.at[q].close_n) return found;
    if ((tag != ONR_TAG_VBD && tag != ONR_TAG_VBZ) ||
        !st_lemma_in(r, v, r->know->t_verbs, "frames", "quote"))
        return found;
    const uint32_t head = st_phrase_at(r, v + 1);
    return head == ONR_NONE || st_tok(r, head)->pos == ONR_POS_PRON ? found : head;
}

static onr_tokens own_extent(const st_run *r, uint32_t token, uint32_t extent)
{
    const onr_token *k = st_tok(r, token);
    if (extent == ST_EXT_OWNER) return st_trim(r, (onr_tokens){ k->l_edge, token + 1 });
    if (extent == ST_EXT_LEFT) return (onr_tokens){ k->l_edge, token + 1 };
    return onri_tree_extent(&r->tree, token, extent);
}

/* Tokens of a role that is one stretch. */
static onr_tokens role_tokens(const st_run *r, const onri_match *m, uint32_t role)
{
    onri_piece piece[ONRI_RULE_PIECES_MAX];
    const uint32_t n = onri_match_role(r->know->book, m, role, piece);
    onr_tokens t = { 0, 0 };
    for (uint32_t i = 0; i < n; i++) {
        const onr_tokens x = own_extent(r, piece[i].token, piece[i].extent);
        if (i == 0 || x.beg < t.beg) t.beg = x.beg;
        if (i == 0 || x.end > t.end) t.end = x.end;
    }
    return t;
}

static bool fill_content(st_run *r, st_cand *c, const onri_match *m, onr_tokens cue)
{
    onri_piece piece[ONRI_RULE_PIECES_MAX];
    const uint32_t n = onri_match_role(r->know->book, m, ST_ROLE_CONTENT, piece);
    if (n > 0) c->comp = piece[n - 1].token;
    for (uint32_t i = 0; i < n; i++) {
        if (i + 1 < n && piece[i + 1].hull) { /* A .. B: one stretch */
            onr_tokens a = onri_tree_extent(&r->tree, piece[i].token, piece[i].extent);
            const onr_tokens b =
                onri_tree_extent(&r->tree, piece[i + 1].token, piece[i + 1].extent);
            a.beg = a.beg < b.beg ? a.beg : b.beg;
            a.end = a.end > b.end ? a.end : b.end;
            a.end = st_tail_cut(r, a.beg, a.end);
            if (!st_add_tokens(r, c, a)) return false;
            i++;
        } else if (!st_content_piece(r, c, piece[i].token, piece[i].extent, cue)) {
            return false;
        }
    }
    return true;
}

/* "Neither company would say", "nobody knew", "would neither confirm nor deny". */
static bool denied_otherwise(const st_run *r, const st_cand *c)
{
    static const char *const words[] = { "neither", "no", "nobody", "none", "nor", NULL };
    bool no = false;
    for (int i = 0; words[i]; i++) {
        if (c->source_token != ONR_NONE) {
            no |= st_is(r, c->source_token, words[i]);
            ONRI_EACH_CHILD (&r->tree, x, c->source_token)
                no |= st_tok(r, x)->dep == ONR_DEP_DET && st_is(r, x, words[i]);
        }
        ONRI_EACH_CHILD (&r->tree, x, c->root)
            no |= st_tok(r, x)->dep == ONR_DEP_PRECONJ && st_is(r, x, words[i]);
    }
    return no;
}

/* A cue that is a verb with its noun: "made no mention of", "did not voice support for". */
static bool noun_negated(const st_run *r, uint32_t noun, onr_tokens cue)
{
    const uint32_t verb = st_tok(r, noun)->head;
    bool no = cue.beg <= verb && verb < cue.end && onri_tree_negated(&r->tree, verb);
    ONRI_EACH_CHILD (&r->tree, x, noun) no |= st_tok(r, x)->dep == ONR_DEP_DET && st_is(r, x, "no");
    return no;
}

static bool add_candidate(st_run *r, const onri_match *m)
{
    onri_match *kept = ONRI_PUSH(r->tmp, &r->matches);
    st_cand *c = kept ? ONRI_PUSH(r->tmp, &r->cands) : NULL;
    if (!c) return false;
    *kept = *m;
    *c = (st_cand){ .rule = m->rule,
                    .rule_id = onri_book_id(r->know->book, m->rule),
                    .match = r->matches.n - 1,
                    .root = m->anchor,
                    .comp = ONR_NONE,
                    .source_token = ONR_NONE,
                    .lost_to = ONR_NONE,
                    .within = ONR_NONE,
                    .answers = ONR_NONE,
                    .time = ONR_NONE };
    onr_tokens cue = role_tokens(r, m, ST_ROLE_CUE);
    c->passive = onri_tree_passive(&r->tree, c->root);
    c->negated = onri_tree_negated(&r->tree, c->root);
    onri_piece piece[ONRI_RULE_PIECES_MAX];
    if (onri_match_role(r->know->book, m, ST_ROLE_SOURCE, piece) > 0) {
        if (piece[0].extent == ST_EXT_OWNER) {
            c->source = st_bytes(r, own_extent(r, piece[0].token, ST_EXT_OWNER));
            c->source_token = piece[0].token;
        } else {
            st_set_source(r, c,
                          inverted_subject(r, c->root, outer_subject(r, c->root, piece[0].token)));
        }
    }
    if (c->source_token == ONR_NONE && strncmp(c->rule_id, "clause.", 7) == 0)
        st_set_source(r, c, st_subject_before(r, c->root));
    if (st_tok(r, c->root)->pos == ONR_POS_VERB) paper_source(r, c, &cue);
    c->addressee = st_bytes(r, st_trim(r, role_tokens(r, m, ST_ROLE_ADDRESSEE)));
    if (!c->negated) c->negated = denied_otherwise(r, c);
    const onr_token *root = st_tok(r, c->root);
    if (!c->negated &&
        (root->dep == ONR_DEP_ACOMP || root->dep == ONR_DEP_OPRD)) /* "is not sure" */
        c->negated = cue.beg <= root->head && root->head < cue.end &&
                     onri_tree_negated(&r->tree, root->head);
    if (!c->negated && root->pos == ONR_POS_NOUN) c->negated = noun_negated(r, c->root, cue);
    const onr_sv kind = onri_match_prop(r->know->book, &r->tree, m, ST_PROP_KIND);
    const int k = kind.n ? onri_statement_kind_find(kind) : -1;
    c->has_kind = k >= 0;
    c->kind = k >= 0 ? (onr_statement_kind)k : ONR_KIND_ASSERTION;
    double p;
    if (onri_parse_double(onri_match_prop(r->know->book, &r->tree, m, ST_PROP_P), &p) && p >= 0 &&
        p <= 1) {
        c->p = (float)p;
        c->fixed_p = true;
    }
    if (!fill_content(r, c, m, cue)) return false;
    c->cue = st_bytes(r, st_trim(r, cue));
    if (c->content.n == 0 || c->cue.beg >= c->cue.end) r->cands.n--;
    return true;
}

static bool on_match(void *ctx, const onri_match *m)
{
    st_run *r = ctx;
    if (!add_candidate(r, m)) r->status = r->tmp->status;
    return r->status == ONR_OK;
}

bool st_find_matches(st_run *r)
{
    onri_match_all(r->know->book, &r->tree, on_match, NULL, r);
    return r->status == ONR_OK;
}
