/* Noun chunks and subtree edges of a finished parse.
 *
 * Source: spaCy's rules for English (spacy/lang/en/syntax_iterators.py) and its set_children_from
 * heads, both MIT, after their description; code own. Left out: sentence starts, which the network
 * or the file gives. */
#include "lang/chunks.h"

static bool chunk_dep(uint8_t dep)
{
    switch (dep) {
    case ONR_DEP_OPRD:
    case ONR_DEP_NSUBJ:
    case ONR_DEP_DOBJ:
    case ONR_DEP_NSUBJPASS:
    case ONR_DEP_PCOMP:
    case ONR_DEP_POBJ:
    case ONR_DEP_DATIVE:
    case ONR_DEP_APPOS:
    case ONR_DEP_ATTR:
    case ONR_DEP_ROOT:
        return true;
    default:
        return false;
    }
}

/* top[i - beg]: the token that i's row of conjuncts hangs on, for i itself to start from. */
static uint32_t *tops(const onr_token *tok, uint32_t beg, uint32_t end)
{
    uint32_t *top = onri_heap_alloc((size_t)(end - beg) * sizeof *top);
    if (!top) return NULL;
    for (uint32_t i = beg; i < end; i++) {
        const bool up = tok[i].dep == ONR_DEP_CONJ && tok[i].head < i;
        top[i - beg] = up ? top[tok[i].head - beg] : i;
    }
    return top;
}

static bool chunks(onr_arena *mem, const onr_token *tok, uint32_t beg, uint32_t end,
                   const uint32_t *top, onri_spans *out)
{
    uint32_t after = beg; /* first token that no chunk has */
    for (uint32_t i = beg; i < end; i++) {
        const onr_token *t = &tok[i];
        if (t->pos != ONR_POS_NOUN && t->pos != ONR_POS_PROPN && t->pos != ONR_POS_PRON) continue;
        if (t->l_edge < after) continue;
        bool is = chunk_dep(t->dep);
        /* A conjunct is a chunk if the first of its row is. */
        if (!is && t->dep == ONR_DEP_CONJ) is = chunk_dep(tok[top[t->head - beg]].dep);
        if (!is) continue;
        onr_tokens *c = ONRI_PUSH(mem, out);
        if (!c) return false;
        *c = (onr_tokens){ t->l_edge, i + 1 };
        after = i + 1;
    }
    return true;
}

bool onri_chunks(onr_arena *mem, const onr_token *tok, uint32_t beg, uint32_t end, onri_spans *out)
{
    if (beg == end) return true;
    uint32_t *top = tops(tok, beg, end);
    if (!top) mem->status = ONR_E_NOMEM;
    const bool ok = top && chunks(mem, tok, beg, end, top, out);
    onri_heap_free(top);
    return ok;
}

static void widen(onr_token *tok, uint32_t i)
{
    const onr_token *t = &tok[i];
    onr_token *h = &tok[t->head];
    if (t->l_edge < h->l_edge) h->l_edge = t->l_edge;
    if (t->r_edge > h->r_edge) h->r_edge = t->r_edge;
}

enum { START = 0x80 }; /* a bit of token.flags that only onri_edges uses */

/* Whether every head lies inside its sentence, sentences being cut at the left edges of roots. */
static bool heads_inside(onr_token *tok, uint32_t beg, uint32_t end)
{
    for (uint32_t i = beg; i < end; i++)
        if (tok[i].head == i) tok[tok[i].l_edge].flags |= START;
    bool inside = true;
    for (uint32_t i = beg, s = beg; i < end; i++) {
        if (!(i > beg && tok[i].flags & START) && i + 1 != end) continue;
        for (uint32_t k = s; k < i; k++) inside &= tok[k].head >= s && tok[k].head <= i;
        s = i;
    }
    for (uint32_t i = beg; i < end; i++) tok[i].flags &= (uint8_t)~START;
    return inside;
}

void onri_edges(onr_token *tok, uint32_t beg, uint32_t end)
{
    for (uint32_t i = beg; i < end; i++) tok[i].l_edge = tok[i].r_edge = i;
    for (int round = 0; round < 12; round++) {
        for (uint32_t i = beg; i < end; i++) widen(tok, i);
        for (uint32_t i = end; i-- > beg;) widen(tok, i);
        if (heads_inside(tok, beg, end)) break;
    }
}
