/* Sources of statements: how far their phrase reaches, and whose statement it is where a second cue
 * shares the subject of the first ("She said it had begun, adding that …").
 * Source: own, from grammar; what a source is made of follows docs/formats/record.md.
 * Leaves out: which actor it is. */
#include "facts/statement_i.h"

static bool is_one_of(const st_run *r, uint32_t i, const char *const *words)
{
    for (; *words; words++)
        if (st_is(r, i, *words)) return true;
    return false;
}

/* ---- the phrase ----------------------------------------------------------------------------- */

/* Does a clause that only adds begin at token k, behind a comma: ", who has …", ", which …"? */
static bool adds_clause(const st_run *r, uint32_t k)
{
    static const char *const relatives[] = { "who", "which", "where", "whom", "whose", NULL };
    return is_one_of(r, k, relatives);
}

/* "said Stelmach in Edmonton", "said the minister in an address": what hangs behind a source that
 * follows its cue tells where it was said. */
static bool tells_where(const st_run *r, uint32_t source, uint32_t prep)
{
    static const char *const preps[] = { "in", "at", "during", "after", NULL };
    static const char *const media[] = { "twitter", "facebook",  "television", "tv",
                                         "radio",   "instagram", NULL };
    if (st_tok(r, prep)->dep != ONR_DEP_PREP) return false;
    const uint32_t what = onri_tree_child(&r->tree, prep, ONR_DEP_POBJ);
    if (what == ONR_NONE) return false;
    if (st_is(r, prep, "on")) return is_one_of(r, what, media);
    if (!is_one_of(r, prep, preps)) return false;
    if (st_tok(r, source)->ent == ONR_ENT_PERSON && prep == source + 1) return true;
    return st_is(r, prep, "in") && (st_lemma_in(r, what, r->know->t_talk, NULL, NULL) ||
                                    st_lemma_in(r, what, r->know->t_papers, NULL, NULL));
}

/* "NEW YORK (AFP) – The actress", "WASHINGTON — Sen. Sanders": the dateline is no part of it. */
static uint32_t behind_dateline(const st_run *r, uint32_t beg, uint32_t tok)
{
    static const char *const dashes[] = { "-", "--", "–", "—", NULL };
    if (beg > 0 && st_tok(r, beg)->sent == st_tok(r, beg - 1)->sent &&
        st_tok(r, beg - 1)->pos != ONR_POS_SPACE)
        return beg;
    for (uint32_t k = beg + 1; k < tok && k < beg + 9; k++)
        if (is_one_of(r, k, dashes) && st_tok(r, k)->beg > st_tok(r, k - 1)->end &&
            st_tok(r, k + 1)->beg > st_tok(r, k)->end)
            return k + 1;
    return beg;
}

/* "The ambassador, Allan Rock, said": a name in apposition that the parse has hung elsewhere. */
static uint32_t with_apposition(const st_run *r, uint32_t end, uint32_t cue)
{
    if (cue == ONR_NONE || end + 1 >= cue || !st_is(r, end, ",")) return end;
    uint32_t k = end + 1;
    bool name = false;
    while (k < cue && k < end + 6 && st_tok(r, k)->pos == ONR_POS_PROPN) k++, name = true;
    if (!name) return end;
    const uint32_t after = k;
    if (st_is(r, k, ",")) k++;
    while (k < cue && (st_tok(r, k)->pos == ONR_POS_AUX || st_tok(r, k)->pos == ONR_POS_ADV)) k++;
    return k == cue ? after : end;
}

onr_tokens st_source_tokens(const st_run *r, uint32_t tok, uint32_t cue)
{
    static const char *const asides[] = { "meanwhile", "however", "speaking", "too", "also", NULL };
    if (tok == ONR_NONE) return (onr_tokens){ 0, 0 };
    uint32_t beg = st_tok(r, tok)->l_edge, end = st_tok(r, tok)->r_edge + 1;
    if (cue != ONR_NONE && beg <= cue && cue < end) { /* the verb hangs below its subject */
        if (cue > tok) {
            end = cue;
            ONRI_EACH_CHILD (&r->tree, c, tok)
                if (c > tok && st_tok(r, c)->l_edge <= cue && cue <= st_tok(r, c)->r_edge &&
                    st_tok(r, c)->l_edge < end)
                    end = st_tok(r, c)->l_edge;
        } else {
            beg = tok;
        }
    }
    for (uint32_t k = tok + 1; k + 1 < end; k++)
        if (st_is(r, k, ",") && (st_tok(r, k + 1)->pos == ONR_POS_NUM ||
                                 is_one_of(r, k + 1, asides) || adds_clause(r, k + 1))) {
            end = k;
            break;
        }
    if (cue != ONR_NONE && cue < tok)
        for (uint32_t k = tok + 1; k < end; k++)
            if (tells_where(r, tok, k)) {
                end = k;
                break;
            }
    beg = behind_dateline(r, beg, tok);
    if (beg < tok && st_is(r, beg, "even")) beg++;
    onr_tokens t = st_trim(r, (onr_tokens){ beg, end });
    if (t.end > tok) t.end = with_apposition(r, t.end, cue);
    return t;
}

/* Head of the longest noun phrase that ends with noun n: "a spokesman in Baghdad". */
static uint32_t phrase_top(const st_run *r, uint32_t n)
{
    uint32_t top = n;
    for (int d = 0; d < ONRI_RULE_DEPTH_MAX; d++) {
        const uint8_t dep = st_tok(r, n)->dep;
        const uint32_t h = st_tok(r, n)->head;
        if (h >= n) break;
        if (dep != ONR_DEP_POBJ && dep != ONR_DEP_PREP && dep != ONR_DEP_APPOS &&
            dep != ONR_DEP_ACL && dep != ONR_DEP_RELCL && dep != ONR_DEP_DOBJ &&
            dep != ONR_DEP_XCOMP && dep != ONR_DEP_CONJ)
            break;
        /* "After the talks, Foreign Minister X said": X is no part of "the talks" */
        if ((dep == ONR_DEP_APPOS || dep == ONR_DEP_CONJ) && st_tok(r, h)->dep == ONR_DEP_POBJ)
            break;
        n = h;
        if (st_tok(r, n)->pos == ONR_POS_NOUN || st_tok(r, n)->pos == ONR_POS_PROPN) top = n;
    }
    return top;
}

/* "Activists clamoring to block it say …": the noun right before a finite verb for which the parse
 * has no subject; ONR_NONE. */
uint32_t st_subject_before(const st_run *r, uint32_t v)
{
    const onr_token *k = st_tok(r, v);
    if ((k->tag != ONR_TAG_VBD && k->tag != ONR_TAG_VBZ && k->tag != ONR_TAG_VBP) ||
        onri_tree_subject(&r->tree, v).token != ONR_NONE || onri_tree_passive(&r->tree, v))
        return ONR_NONE;
    uint32_t at = onri_tree_extent(&r->tree, v, ONRI_EXTENT_CHAIN).beg;
    if (at > 1 && st_is(r, at - 1, ",")) at--;
    if (at == 0) return ONR_NONE;
    const uint8_t pos = st_tok(r, at - 1)->pos;
    if (st_tok(r, at - 1)->sent != k->sent || (pos != ONR_POS_NOUN && pos != ONR_POS_PROPN))
        return ONR_NONE;
    for (uint32_t i = 0; i < r->parse->n_chunks; i++) {
        const onr_tokens c = r->parse->chunks[i];
        if (c.end < at) continue;
        if (c.end > at || c.beg >= at) return ONR_NONE;
        const uint8_t ent = st_tok(r, at - 1)->ent;
        return ent == ONR_ENT_DATE || ent == ONR_ENT_TIME ? ONR_NONE : phrase_top(r, at - 1);
    }
    return ONR_NONE;
}

/* ---- the cue before ------------------------------------------------------------------------- */

/* The first cue of "A said that B had begun, adding that …", "A says B will lose and calls her …":
 * the parse hangs the second cue within what A said; tense, the comma and the verb tell that A goes
 * on. ONR_NONE: v has a subject of its own, or there is no such cue. */
uint32_t st_outer_cue(const st_run *r, uint32_t v)
{
    const onr_token *k = st_tok(r, v);
    if (v < 2 || k->head == v || k->head > v) return ONR_NONE;
    ONRI_EACH_CHILD (&r->tree, c, v)
        if (st_tok(r, c)->dep == ONR_DEP_NSUBJ || st_tok(r, c)->dep == ONR_DEP_NSUBJPASS ||
            st_tok(r, c)->dep == ONR_DEP_EXPL || st_tok(r, c)->tag == ONR_TAG_MD ||
            st_tok(r, c)->dep == ONR_DEP_AUXPASS)
            return ONR_NONE;
    const uint32_t t = r->know->t_verbs;
    const bool speaks = st_lemma_in(r, v, t, "frames", "quote");
    uint32_t h = k->head, before = v;
    ONRI_EACH_CHILD (&r->tree, c, v) /* "and also claimed" */
        if (c < before && (st_tok(r, c)->dep == ONR_DEP_ADVMOD || st_tok(r, c)->dep == ONR_DEP_AUX))
            before = c;
    if (before == 0) return ONR_NONE;
    static const char *const set_off[] = { ",", "”", "\"", "''", "—", "–", "--", NULL };
    static const char *const joints[] = { "and", "but", "or", NULL };
    const uint8_t dep = k->dep;
    if (dep == ONR_DEP_ADVCL) {
        const bool verb = speaks || st_lemma_in(r, v, t, "frames", "as") ||
                          st_lemma_in(r, v, t, "frames", "ask-to");
        if (k->tag != ONR_TAG_VBG || !verb) return ONR_NONE;
        if (!is_one_of(r, before - 1, set_off) && !onri_eqz(k->lemma, "add")) return ONR_NONE;
    } else if (dep == ONR_DEP_PCOMP) {
        if (k->tag != ONR_TAG_VBG || !speaks || !(st_is(r, h, "before") || st_is(r, h, "after")))
            return ONR_NONE;
        h = st_tok(r, h)->head;
    } else if (dep == ONR_DEP_CONJ) {
        if (!is_one_of(r, before - 1, joints) || !st_lemma_in(r, v, t, NULL, NULL)) return ONR_NONE;
    } else {
        return ONR_NONE;
    }
    const uint32_t inner = h;
    for (int d = 0; d < ONRI_RULE_DEPTH_MAX && st_tok(r, h)->dep == ONR_DEP_CONJ; d++)
        h = st_tok(r, h)->head;
    if (st_tok(r, h)->dep != ONR_DEP_CCOMP) return ONR_NONE;
    const uint32_t outer = st_tok(r, h)->head;
    if (outer >= h || !st_lemma_in(r, outer, t, NULL, NULL)) return ONR_NONE;
    if (dep == ONR_DEP_CONJ) {
        const uint8_t tag = k->tag;
        if (tag != st_tok(r, outer)->tag ||
            (tag != ONR_TAG_VBD && tag != ONR_TAG_VBZ && tag != ONR_TAG_VBP && tag != ONR_TAG_VBG))
            return ONR_NONE;
        const bool clause = onri_tree_child(&r->tree, v, ONR_DEP_CCOMP) != ONR_NONE;
        /* "said it was against the test and warned": what only is does not warn */
        const bool is = onri_eqz(st_tok(r, inner)->lemma, "be");
        if (st_tok(r, inner)->tag == tag && !((clause || is) && speaks)) return ONR_NONE;
    }
    return outer;
}
