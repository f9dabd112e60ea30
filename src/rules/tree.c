/* A parse as a tree to walk: children in reading order, and the relations between a verb and its
 * people that grammar gives but no single edge does (control, conjunction, participles, passives).
 * Source: own; the relations are those of English grammar. Leaves out: object control of "promise".
 */
#include "rules/book.h"

static bool is_verb(const onr_token *k)
{
    return k->pos == ONR_POS_VERB || k->pos == ONR_POS_AUX;
}

uint32_t onri_lemma_atom(const onri_atoms *atoms, const onr_token *k)
{
    char buf[64];
    if (k->lemma.n == 0 || k->lemma.n > sizeof buf) return ONR_NONE;
    for (size_t j = 0; j < k->lemma.n; j++) {
        const char c = k->lemma.p[j];
        buf[j] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return onri_atom_find(atoms, (onr_sv){ buf, k->lemma.n });
}

onr_status onri_tree_make(onr_arena *mem, const onr_parse *parse, const onri_book *book,
                          const uint8_t *quoted, const uint8_t *mute, onri_tree *out,
                          onr_error *err)
{
    const uint32_t n = parse->n_tokens;
    uint32_t *first = ONRI_NEW_N(mem, n + 1, uint32_t), *next = ONRI_NEW_N(mem, n + 1, uint32_t);
    if (!first || !next) return onri_fail_mem(err, mem, "rules");
    for (uint32_t i = 0; i <= n; i++) first[i] = next[i] = ONR_NONE;
    for (uint32_t i = n; i-- > 0;) { /* backwards, so that lists run forwards */
        const uint32_t head = parse->tokens[i].head;
        if (head == i || head >= n) continue;
        next[i] = first[head];
        first[head] = i;
    }
    *out =
        (onri_tree){ .parse = parse, .first = first, .next = next, .quoted = quoted, .mute = mute };
    if (!book) return ONR_OK;
    uint32_t *lemma = ONRI_NEW_N(mem, n + 1, uint32_t), *lower = ONRI_NEW_N(mem, n + 1, uint32_t);
    if (!lemma || !lower) return onri_fail_mem(err, mem, "rules");
    for (uint32_t i = 0; i < n; i++) {
        lower[i] = onri_atom_find(&book->atoms, parse->tokens[i].lower);
        lemma[i] = onri_lemma_atom(&book->atoms, &parse->tokens[i]);
    }
    out->lemma = lemma;
    out->lower = lower;
    return ONR_OK;
}

uint32_t onri_tree_child(const onri_tree *t, uint32_t of, onr_dep dep)
{
    ONRI_EACH_CHILD (t, c, of)
        if (t->parse->tokens[c].dep == dep) return c;
    return ONR_NONE;
}

bool onri_tree_within(const onri_tree *t, uint32_t a, uint32_t b)
{
    const onr_token *k = t->parse->tokens;
    if (a == b) return true;
    if (b < k[a].l_edge || b > k[a].r_edge) return false;
    for (int d = 0; d < 4 * ONRI_RULE_DEPTH_MAX && k[b].head != b; d++) {
        b = k[b].head;
        if (a == b) return true;
    }
    return false;
}

/* ---- voice ---------------------------------------------------------------------------------- */

static bool has_child(const onri_tree *t, uint32_t v, onr_dep a, onr_dep b)
{
    ONRI_EACH_CHILD (t, c, v)
        if (t->parse->tokens[c].dep == a || t->parse->tokens[c].dep == b) return true;
    return false;
}

static bool passive_at(const onri_tree *t, uint32_t v, int depth)
{
    const onr_token *k = &t->parse->tokens[v];
    if (has_child(t, v, ONR_DEP_AUXPASS, ONR_DEP_NSUBJPASS)) return true;
    if (k->tag != ONR_TAG_VBN || has_child(t, v, ONR_DEP_AUX, ONR_DEP_NSUBJ)) return false;
    if (k->dep == ONR_DEP_CONJ && depth < ONRI_RULE_DEPTH_MAX) {
        const onr_token *h = &t->parse->tokens[k->head];
        return h->tag == ONR_TAG_VBN && passive_at(t, k->head, depth + 1);
    }
    return k->dep == ONR_DEP_ACL || k->dep == ONR_DEP_ADVCL || k->dep == ONR_DEP_AMOD ||
           has_child(t, v, ONR_DEP_AGENT, ONR_DEP_AGENT);
}

bool onri_tree_passive(const onri_tree *t, uint32_t v)
{
    return passive_at(t, v, 0);
}

bool onri_tree_negated(const onri_tree *t, uint32_t v)
{
    for (int d = 0; d < ONRI_RULE_DEPTH_MAX; d++) {
        if (has_child(t, v, ONR_DEP_NEG, ONR_DEP_NEG)) return true;
        const onr_token *k = &t->parse->tokens[v];
        if (k->dep != ONR_DEP_XCOMP || k->head >= v || v - k->head > 5 || k->head == v)
            return false;
        v = k->head;
    }
    return false;
}

/* ---- subjects ------------------------------------------------------------------------------- */

static onri_subject subject_at(const onri_tree *t, uint32_t v, int depth);

/* "thanked China for helping", "accused him of lying", "kept her from leaving": who helps is the
 * object. ONR_NONE: v is no such gerund. */
static uint32_t object_of_gerund(const onri_tree *t, uint32_t v)
{
    const onr_token *tok = t->parse->tokens;
    const uint32_t prep = tok[v].head;
    if (tok[v].dep != ONR_DEP_PCOMP || tok[v].tag != ONR_TAG_VBG || prep >= v) return ONR_NONE;
    const onr_sv p = tok[prep].lower;
    if (!onri_eqz(p, "for") && !onri_eqz(p, "of") && !onri_eqz(p, "from") && !onri_eqz(p, "into"))
        return ONR_NONE;
    const uint32_t h = tok[prep].head;
    if (!is_verb(&tok[h]) || h >= prep) return ONR_NONE;
    ONRI_EACH_CHILD (t, c, h)
        if (tok[c].dep == ONR_DEP_DOBJ && c > h && c < prep) return c;
    return ONR_NONE;
}

/* Subject of a clause that has none of its own and hangs as dep on head h. */
static onri_subject inherited(const onri_tree *t, uint32_t v, int depth)
{
    const onr_token *tok = t->parse->tokens, *k = &tok[v];
    onri_subject none = { .token = ONR_NONE }, got = none;
    uint32_t h = k->head;
    if (h == v || depth > ONRI_RULE_DEPTH_MAX) return none;
    switch (k->dep) {
    case ONR_DEP_CONJ:
        if (is_verb(&tok[h]) && onri_tree_child(t, v, ONR_DEP_EXPL) == ONR_NONE)
            got = subject_at(t, h, depth + 1);
        break;
    case ONR_DEP_XCOMP:
        if (is_verb(&tok[h])) {
            ONRI_EACH_CHILD (t, c, h)
                if (tok[c].dep == ONR_DEP_DOBJ && c > h && c < v)
                    return (onri_subject){ c, false, true, false };
            got = subject_at(t, h, depth + 1);
        } else if (tok[h].pos == ONR_POS_ADJ && is_verb(&tok[tok[h].head])) {
            got = subject_at(t, tok[h].head, depth + 1);
        }
        break;
    case ONR_DEP_ADVCL:
    case ONR_DEP_PCOMP:
    case ONR_DEP_PREP:
        if (k->tag != ONR_TAG_VBG && k->tag != ONR_TAG_VBN && k->tag != ONR_TAG_VB) break;
        if (object_of_gerund(t, v) != ONR_NONE)
            return (onri_subject){ object_of_gerund(t, v), false, true, false };
        for (int d = 0; d < ONRI_RULE_DEPTH_MAX && tok[h].head != h; d++) {
            if (tok[h].pos != ONR_POS_ADP && tok[h].dep != ONR_DEP_PREP &&
                tok[h].dep != ONR_DEP_POBJ && tok[h].dep != ONR_DEP_AGENT)
                break;
            h = tok[h].head;
        }
        if (is_verb(&tok[h])) got = subject_at(t, h, depth + 1);
        break;
    case ONR_DEP_ACL:
        if (k->tag == ONR_TAG_VBG || k->tag == ONR_TAG_VBN)
            return (onri_subject){ h, false, true, true };
        break;
    default:
        break;
    }
    got.inherited = true;
    return got;
}

static onri_subject subject_at(const onri_tree *t, uint32_t v, int depth)
{
    onri_subject s = { .token = ONR_NONE };
    ONRI_EACH_CHILD (t, c, v) {
        const uint8_t dep = t->parse->tokens[c].dep;
        if (dep == ONR_DEP_NSUBJ || dep == ONR_DEP_NSUBJPASS || dep == ONR_DEP_CSUBJ ||
            dep == ONR_DEP_CSUBJPASS) {
            s.token = c;
            break;
        }
    }
    if (s.token == ONR_NONE) s = inherited(t, v, depth);
    return s;
}

onri_subject onri_tree_subject(const onri_tree *t, uint32_t v)
{
    onri_subject s = subject_at(t, v, 0);
    s.passive = onri_tree_passive(t, v);
    return s;
}

uint32_t onri_tree_agent(const onri_tree *t, uint32_t v)
{
    ONRI_EACH_CHILD (t, c, v)
        if (t->parse->tokens[c].dep == ONR_DEP_AGENT) return onri_tree_child(t, c, ONR_DEP_POBJ);
    return ONR_NONE;
}

uint32_t onri_tree_actor(const onri_tree *t, uint32_t v)
{
    const onri_subject s = onri_tree_subject(t, v);
    return s.passive ? onri_tree_agent(t, v) : s.token;
}

uint32_t onri_tree_patient(const onri_tree *t, uint32_t v)
{
    if (onri_tree_passive(t, v)) return onri_tree_subject(t, v).token;
    return onri_tree_child(t, v, ONR_DEP_DOBJ);
}

uint32_t onri_tree_chain(const onri_tree *t, uint32_t v)
{
    const onr_token *tok = t->parse->tokens;
    for (int d = 0; d < ONRI_RULE_DEPTH_MAX; d++) {
        if (tok[v].dep != ONR_DEP_XCOMP && tok[v].dep != ONR_DEP_PCOMP) return v;
        uint32_t h = tok[v].head;
        if (h >= v || v - h > 5) return v;
        if (tok[h].dep == ONR_DEP_PREP && tok[h].head < h) h = tok[h].head;
        if (!is_verb(&tok[h])) return v;
        for (uint32_t i = h + 1; i < v; i++)
            if (tok[i].pos == ONR_POS_NOUN || tok[i].pos == ONR_POS_PROPN ||
                tok[i].pos == ONR_POS_PRON || tok[i].pos == ONR_POS_PUNCT)
                return v;
        v = h;
    }
    return v;
}

/* ---- extents -------------------------------------------------------------------------------- */

static onr_tokens verb_extent(const onri_tree *t, uint32_t v)
{
    const onr_token *tok = t->parse->tokens;
    uint32_t beg = v, end = v + 1;
    for (bool more = true; more && beg > 0;) {
        more = false;
        ONRI_EACH_CHILD (t, c, v) {
            const uint8_t d = tok[c].dep;
            if (c < beg && tok[c].r_edge == beg - 1 && tok[c].r_edge - tok[c].l_edge < 2 &&
                (d == ONR_DEP_AUX || d == ONR_DEP_AUXPASS || d == ONR_DEP_NEG ||
                 d == ONR_DEP_PRECONJ || d == ONR_DEP_ADVMOD)) {
                beg = tok[c].l_edge;
                more = true;
            }
        }
    }
    /* "when asked", "how said": the question word is no part of the verb */
    while (beg < v && (tok[beg].tag == ONR_TAG_WRB)) beg++;
    ONRI_EACH_CHILD (t, c, v)
        if (c == end && (tok[c].dep == ONR_DEP_PRT || tok[c].dep == ONR_DEP_NEG)) end = c + 1;
    return (onr_tokens){ beg, end };
}

static onr_tokens np_extent(const onri_tree *t, uint32_t n)
{
    const onr_token *tok = t->parse->tokens;
    uint32_t beg = tok[n].l_edge, end = tok[n].r_edge + 1;
    ONRI_EACH_CHILD (t, c, n) {
        const uint8_t d = tok[c].dep;
        const bool clause = d == ONR_DEP_RELCL || d == ONR_DEP_ADVCL || d == ONR_DEP_CCOMP ||
                            d == ONR_DEP_PARATAXIS ||
                            (d == ONR_DEP_ACL && tok[c].tag != ONR_TAG_VB);
        if (c > n && clause && tok[c].l_edge > n && tok[c].l_edge < end) end = tok[c].l_edge;
        if (c < n && clause && tok[c].r_edge < n && tok[c].r_edge >= beg) beg = tok[c].r_edge + 1;
    }
    while (end > n + 1 && (tok[end - 1].pos == ONR_POS_PUNCT || tok[end - 1].pos == ONR_POS_SPACE))
        end--;
    return (onr_tokens){ beg, end };
}

onr_tokens onri_tree_extent(const onri_tree *t, uint32_t token, uint32_t extent)
{
    const onr_token *tok = t->parse->tokens, *k = &tok[token];
    switch (extent) {
    case ONRI_EXTENT_TREE:
        return (onr_tokens){ k->l_edge, k->r_edge + 1 };
    case ONRI_EXTENT_NP:
        return np_extent(t, token);
    case ONRI_EXTENT_VERB:
        return verb_extent(t, token);
    case ONRI_EXTENT_CHAIN: {
        const uint32_t top = onri_tree_chain(t, token);
        const onr_tokens a = verb_extent(t, top), b = verb_extent(t, token);
        return (onr_tokens){ a.beg < b.beg ? a.beg : b.beg, b.end };
    }
    case ONRI_EXTENT_TAIL:
        return (onr_tokens){ k->l_edge, tok[k->head].r_edge + 1 };
    case ONRI_EXTENT_SENTENCE:
        return t->parse->sentences[k->sent];
    default:
        return (onr_tokens){ token, token + 1 };
    }
}
