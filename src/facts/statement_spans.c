/* How far sources and contents of statements reach: what grammar hangs on a word is more, or less,
 * than what a reader would mark.
 * Source: own. Leaves out: quotations, which statement_quotes.c stretches contents over. */
#include "facts/statement_i.h"

onr_span st_bytes(const st_run *r, onr_tokens t)
{
    if (t.beg >= t.end) return (onr_span){ 0, 0 };
    return (onr_span){ st_tok(r, t.beg)->beg, st_tok(r, t.end - 1)->end };
}

bool st_is(const st_run *r, uint32_t i, const char *s)
{
    return i < r->parse->n_tokens && onri_eqz(st_tok(r, i)->lower, s);
}

static bool is_any(const st_run *r, uint32_t i, const char *const *words)
{
    for (; *words; words++)
        if (st_is(r, i, *words)) return true;
    return false;
}

bool st_lemma_in(const st_run *r, uint32_t i, uint32_t table, const char *column, const char *word)
{
    return i != ONR_NONE && onri_table_has(r->know->book, table, r->tree.lemma[i], column, word);
}

static bool is_edge(const st_run *r, uint32_t i)
{
    static const char *const marks[] = {
        ",", ";", ":", "-", "--", "—", "–", "...", "…", ".", NULL
    };
    return st_tok(r, i)->pos == ONR_POS_SPACE || is_any(r, i, marks);
}

onr_tokens st_trim(const st_run *r, onr_tokens t)
{
    static const char *const joints[] = { "and", "or", "but", "while", "when", "as", NULL };
    while (t.beg < t.end && is_edge(r, t.beg)) t.beg++;
    while (t.beg < t.end && (is_edge(r, t.end - 1) || is_any(r, t.end - 1, joints))) t.end--;
    return t;
}

bool st_add_span(st_run *r, st_cand *c, onr_span s)
{
    if (s.beg >= s.end || c->content.n >= ST_SPANS_MAX) return true;
    onr_span *to = ONRI_PUSH(r->tmp, &c->content);
    if (!to) return false;
    *to = s;
    return true;
}

bool st_add_tokens(st_run *r, st_cand *c, onr_tokens t)
{
    return st_add_span(r, c, st_bytes(r, st_trim(r, t)));
}

uint32_t st_words(const st_run *r, onr_span s, uint32_t max)
{
    uint32_t n = 0;
    bool in = false;
    for (uint32_t i = s.beg; i < s.end && n < max; i++) {
        const char ch = r->text.p[i];
        const bool space = ch == ' ' || ch == '\n' || ch == '\t' || ch == '\r';
        if (!space && !in) n++;
        in = !space;
    }
    return n;
}

/* ---- contents ------------------------------------------------------------------------------- */

/* Words that begin what frames the telling, not what is told: "during a visit", "when asked". */
static const char *const frame_preps[] = { "during", "at",    "in",      "on",    "since",
                                           "before", "after", "amid",    "while", "when",
                                           "until",  "via",   "through", NULL };
static const char *const frame_marks[] = { "when",  "while",    "after",     "before",  "since",
                                           "as",    "although", "though",    "until",   "whereas",
                                           "where", "amid",     "following", "because", NULL };

/* The word that begins a subordinate clause: "because", "when". */
static uint32_t clause_word(const st_run *r, uint32_t verb)
{
    ONRI_EACH_CHILD (&r->tree, c, verb)
        if (c < verb && (st_tok(r, c)->dep == ONR_DEP_MARK || st_tok(r, c)->tag == ONR_TAG_WRB))
            return c;
    return ONR_NONE;
}

static bool finite(const st_run *r, uint32_t v)
{
    const uint8_t t = st_tok(r, v)->tag;
    if (t == ONR_TAG_VBD || t == ONR_TAG_VBZ || t == ONR_TAG_VBP) return true;
    ONRI_EACH_CHILD (&r->tree, c, v)
        if (st_tok(r, c)->tag == ONR_TAG_MD) return true;
    return false;
}

static bool has_subject(const st_run *r, uint32_t v)
{
    return onri_tree_child(&r->tree, v, ONR_DEP_NSUBJ) != ONR_NONE ||
           onri_tree_child(&r->tree, v, ONR_DEP_NSUBJPASS) != ONR_NONE ||
           onri_tree_child(&r->tree, v, ONR_DEP_EXPL) != ONR_NONE;
}

/* Where an infinitive ends that runs into a finite verb of the cue's subject: "vowed not to repeat
 * it and set up a committee". */
static uint32_t finite_cut(const st_run *r, uint32_t inf, uint32_t end)
{
    for (uint32_t k = inf + 1; k < end; k++) {
        const onr_token *w = st_tok(r, k);
        if (w->dep != ONR_DEP_CONJ || (w->pos != ONR_POS_VERB && w->pos != ONR_POS_AUX)) continue;
        if (w->head != inf || !finite(r, k) || has_subject(r, k)) continue;
        uint32_t at = w->l_edge;
        while (at > inf + 1 && (st_is(r, at - 1, "and") || st_is(r, at - 1, "but") ||
                                st_is(r, at - 1, "or") || st_is(r, at - 1, ",")))
            at--;
        return at;
    }
    return end;
}

/* "wants to build roads, pave streets and …": base forms that the parse has joined to the cue. */
static uint32_t joined_end(const st_run *r, uint32_t verb, uint32_t end)
{
    ONRI_EACH_CHILD (&r->tree, c, verb) {
        const onr_token *k = st_tok(r, c);
        if (c < end || k->dep != ONR_DEP_CONJ) continue;
        if (k->l_edge > end + 2 || k->tag != ONR_TAG_VB || finite(r, c) || has_subject(r, c)) break;
        if (st_tok(r, verb)->tag == ONR_TAG_VB) break;
        end = k->r_edge + 1;
    }
    return end;
}

/* Where a phrase ends whose last part is a clause that only adds: ", who …", ", which …". */
static uint32_t aside_cut(const st_run *r, uint32_t beg, uint32_t end)
{
    static const char *const relatives[] = { "who", "which", "whose", "where", NULL };
    for (uint32_t k = beg + 1; k + 1 < end; k++) {
        if (!st_is(r, k, ",") || !is_any(r, k + 1, relatives)) continue;
        uint32_t v = k + 1; /* the clause's verb */
        for (int d = 0; d < 4 && st_tok(r, v)->dep != ONR_DEP_RELCL && st_tok(r, v)->head != v; d++)
            v = st_tok(r, v)->head;
        if (st_tok(r, v)->dep == ONR_DEP_RELCL && st_tok(r, v)->r_edge + 1 >= end) return k;
    }
    return end;
}

/* Where a stretch ends whose last part is the reporter's setting: ", while his rival …", ", shortly
 * after the vote". */
static uint32_t contrast_cut(const st_run *r, uint32_t beg, uint32_t end)
{
    static const char *const marks[] = { "while",  "whilst",    "whereas", "although",
                                         "though", "following", "despite", NULL };
    static const char *const by[] = { "even",  "shortly", "soon", "hours", "days",
                                      "weeks", "months",  "just", "long",  NULL };
    static const char *const times[] = { "after", "before", NULL };
    for (uint32_t k = beg + 2; k + 2 < end; k++) {
        if (!st_is(r, k, ",") || r->in_quote[k] != ONR_NONE) continue;
        const bool more = is_any(r, k + 1, by);
        const uint32_t w = more ? k + 2 : k + 1;
        if (w >= end || !(is_any(r, w, marks) || (more && is_any(r, w, times)))) continue;
        const onr_token *v = st_tok(r, w);
        if (v->dep == ONR_DEP_MARK) v = st_tok(r, v->head);
        if ((v->dep == ONR_DEP_ADVCL || v->dep == ONR_DEP_PREP) && v->r_edge + 1 >= end) return k;
    }
    return end;
}

/* Where a stretch ends whose last part is the reporter's word for all of it: "…, a charge the
 * ministry denies", "…, a claim disputed by the army". */
static uint32_t comment_cut(const st_run *r, uint32_t beg, uint32_t end)
{
    for (uint32_t k = beg + 2; k + 3 < end; k++) {
        if (!st_is(r, k, ",") || !(st_is(r, k + 1, "a") || st_is(r, k + 1, "an"))) continue;
        if (r->in_quote[k + 1] != ONR_NONE) continue;
        const uint32_t n = st_tok(r, k + 1)->head;
        const onr_token *w = st_tok(r, n);
        if (n <= k || n >= end || w->l_edge != k + 1 || w->r_edge + 1 < end) continue;
        if (!st_lemma_in(r, n, r->know->t_nouns, NULL, NULL)) continue;
        ONRI_EACH_CHILD (&r->tree, c, n)
            if (c > n && (st_tok(r, c)->dep == ONR_DEP_RELCL || st_tok(r, c)->dep == ONR_DEP_ACL) &&
                st_tok(r, c)->tag != ONR_TAG_VB && !st_is(r, st_tok(r, c)->l_edge, "that"))
                return k;
    }
    return end;
}

uint32_t st_tail_cut(const st_run *r, uint32_t beg, uint32_t end)
{
    return comment_cut(r, beg, contrast_cut(r, beg, aside_cut(r, beg, end)));
}

/* An infinitive as content. */
static bool infinitive(st_run *r, st_cand *cand, uint32_t v, uint32_t inf)
{
    uint32_t end = st_tok(r, inf)->r_edge + 1;
    const uint32_t cut = finite_cut(r, inf, end);
    if (cut == end)
        end = joined_end(r, v, end);
    else
        end = cut;
    end = st_tail_cut(r, inf, end);
    return st_add_tokens(r, cand, (onr_tokens){ st_tok(r, inf)->l_edge, end });
}

/* Does the phrase of c go on from token end: right there, behind a quotation mark, or as one more
 * of the same kind: ", as well as Israel", ", and for a council"? */
static bool joins(const st_run *r, uint32_t obj, uint32_t end, uint32_t c)
{
    static const char *const marks[] = { "“", "\"", "``", "''", NULL };
    const uint32_t at = st_tok(r, c)->l_edge;
    if (at == end) return true;
    if (at == end + 1 && is_any(r, end, marks)) return true;
    if (st_tok(r, c)->pos != ONR_POS_ADP) return false;
    uint32_t k = end;
    if (st_is(r, k, ",")) k++;
    if (at == k && st_is(r, c, "as") && k > end && k > 0 && st_is(r, k, "as")) return true;
    if (st_is(r, k, "and") || st_is(r, k, "or")) k++;
    return at == k && k > end && onri_eq(st_tok(r, c)->lower, st_tok(r, obj)->lower);
}

/* End of an object with the phrases that hang next to it on its verb, but for short dates. */
static uint32_t sisters_end(const st_run *r, uint32_t verb, uint32_t obj)
{
    uint32_t end = st_tok(r, obj)->r_edge + 1;
    ONRI_EACH_CHILD (&r->tree, c, verb) {
        const onr_token *k = st_tok(r, c);
        if (k->l_edge < end || !joins(r, obj, end, c)) continue;
        if (k->dep == ONR_DEP_ADVCL && k->tag == ONR_TAG_VBG &&
            st_lemma_in(r, c, r->know->t_verbs, "frames", "quote"))
            break; /* "condemned the attack, saying …" */
        if (k->dep != ONR_DEP_PREP && k->dep != ONR_DEP_ADVCL && k->dep != ONR_DEP_XCOMP &&
            k->dep != ONR_DEP_ACL && k->dep != ONR_DEP_DATIVE && k->dep != ONR_DEP_CCOMP &&
            !(k->dep == ONR_DEP_CONJ && k->pos == ONR_POS_ADP))
            continue;
        if (k->dep == ONR_DEP_CCOMP && onri_tree_child(&r->tree, c, ONR_DEP_MARK) == ONR_NONE &&
            !(has_subject(r, c) && st_tok(r, end)->pos != ONR_POS_ADP))
            break;
        if (k->dep == ONR_DEP_PREP && is_any(r, c, frame_preps)) break;
        const uint32_t mark = k->dep == ONR_DEP_ADVCL ? clause_word(r, c) : ONR_NONE;
        if (mark != ONR_NONE && is_any(r, mark, frame_marks)) break;
        bool date = false;
        for (uint32_t i = k->l_edge; i <= k->r_edge; i++)
            date |= st_tok(r, i)->ent == ONR_ENT_DATE || st_tok(r, i)->ent == ONR_ENT_TIME;
        if (date && k->r_edge - c <= 3) break;
        end = k->r_edge + 1;
    }
    return end;
}

/* "asked parliament to act" */
static bool asks_to(const st_run *r, uint32_t v)
{
    return st_lemma_in(r, v, r->know->t_verbs, "frames", "ask-to") &&
           onri_tree_child(&r->tree, v, ONR_DEP_DOBJ) != ONR_NONE &&
           onri_tree_child(&r->tree, v, ONR_DEP_XCOMP) != ONR_NONE;
}

/* Where a clause ends that runs into the reporter's next cue: ", adding that …", "and said that".
 */
static uint32_t next_cue_cut(const st_run *r, uint32_t v, uint32_t beg, uint32_t end)
{
    for (uint32_t k = beg + 2; k + 1 < end; k++) {
        const onr_token *w = st_tok(r, k);
        if (!st_lemma_in(r, k, r->know->t_verbs, NULL, NULL)) continue;
        if (st_outer_cue(r, k) == v) {
            uint32_t at = k; /* "and also said" */
            while (at > beg + 1 && st_tok(r, at - 1)->pos != ONR_POS_PUNCT &&
                   (st_tok(r, at - 1)->head == k || st_tok(r, at - 1)->dep == ONR_DEP_CC))
                at--;
            return at;
        }
        const bool clause = onri_tree_child(&r->tree, k, ONR_DEP_CCOMP) != ONR_NONE;
        if (w->tag == ONR_TAG_VBG && st_lemma_in(r, k, r->know->t_verbs, "frames", "quote") &&
            (w->dep == ONR_DEP_ADVCL || w->dep == ONR_DEP_ACL || w->dep == ONR_DEP_CONJ ||
             w->dep == ONR_DEP_PCOMP) &&
            (st_is(r, k - 1, ",") || st_is(r, k - 1, "and") || st_is(r, k - 1, "”")) &&
            (clause || onri_eqz(w->lemma, "add") || onri_eqz(w->lemma, "say") ||
             onri_eqz(w->lemma, "note")))
            return st_is(r, k - 1, "and") ? k - 1 : k;
        /* ", and French authorities say …": the reporter's next statement */
        if (clause && w->tag == st_tok(r, v)->tag && r->in_quote[k] == ONR_NONE &&
            st_lemma_in(r, k, r->know->t_verbs, "frames", "core") && w->l_edge > beg + 2) {
            uint32_t at = w->l_edge;
            if (w->dep == ONR_DEP_CONJ &&
                (st_is(r, at - 1, "and") || st_is(r, at - 1, "but") || st_is(r, at - 1, "while")) &&
                has_subject(r, k))
                return at - 1;
            if (w->dep == ONR_DEP_ADVCL && st_is(r, at, "as") && st_is(r, at - 1, ","))
                return at - 1;
        }
        /* "said it would wait, and its owner asked parliament to act": somebody else's */
        if (w->dep == ONR_DEP_CONJ && w->tag == ONR_TAG_VBD && st_tok(r, v)->tag == ONR_TAG_VBD &&
            r->in_quote[k] == ONR_NONE && w->l_edge > beg + 2 && st_is(r, w->l_edge - 2, ",") &&
            (st_is(r, w->l_edge - 1, "and") || st_is(r, w->l_edge - 1, "but")) &&
            onri_tree_child(&r->tree, k, ONR_DEP_NSUBJ) != ONR_NONE && asks_to(r, k))
            return w->l_edge - 1;
        /* ", and called on": the cue's own subject goes on, though the parse joins it within */
        const bool other_tense = w->head != k && st_tok(r, w->head)->tag != w->tag &&
                                 w->tag == ONR_TAG_VBD && k >= 2 && st_is(r, k - 2, ",");
        if (clause && !st_lemma_in(r, k, r->know->t_verbs, "frames", "quote")) continue;
        if (w->dep == ONR_DEP_CONJ && w->tag == st_tok(r, v)->tag && (clause || other_tense) &&
            (st_is(r, k - 1, "and") || st_is(r, k - 1, "but")) &&
            onri_tree_child(&r->tree, k, ONR_DEP_NSUBJ) == ONR_NONE)
            return k - 1;
    }
    return end;
}

/* First token at or after byte `at`. */
static uint32_t token_from(const st_run *r, uint32_t from, uint32_t to, uint32_t at)
{
    while (from < to && st_tok(r, from)->beg < at) from++;
    return from;
}

static bool ends_with_colon_or_dash(const st_run *r, uint32_t byte)
{
    while (byte > 0 && r->text.p[byte - 1] == ' ') byte--;
    const onr_sv s = { r->text.p, byte };
    return onri_ends(s, ONR_SV(":")) || onri_ends(s, ONR_SV("-")) || onri_ends(s, ONR_SV("–")) ||
           onri_ends(s, ONR_SV("—"));
}

/* Where a sentence begins without the word that ties it to the one before: "However, she said …",
 * "And in May, officials say, …". */
static uint32_t without_link(const st_run *r, uint32_t beg, uint32_t end)
{
    static const char *const links[] = { "however", "meanwhile",    "moreover",  "furthermore",
                                         "also",    "nevertheless", "likewise",  "besides",
                                         "still",   "additionally", "similarly", NULL };
    static const char *const nouns[] = { "addition", "contrast", "meantime", "particular", NULL };
    uint32_t i = beg;
    if (i < end && (st_is(r, i, "and") || st_is(r, i, "but")) && st_tok(r, i)->dep == ONR_DEP_CC)
        i++;
    uint32_t k = i;
    if (k < end && is_any(r, k, links))
        k++;
    else if (k + 1 < end && st_is(r, k, "in") && is_any(r, k + 1, nouns))
        k += 2;
    if (k > i && (k == end || st_is(r, k, ","))) i = k < end ? k + 1 : k;
    return i;
}

static bool quotes_in(const st_run *r, uint32_t beg, uint32_t end)
{
    for (uint32_t i = beg; i < end; i++)
        if (r->in_quote[i] != ONR_NONE) return true;
    return false;
}

/* Are the words [beg, end) a quotation, all of them? */
static bool all_quoted(const st_run *r, uint32_t beg, uint32_t end)
{
    for (uint32_t i = beg; i < end; i++)
        if (r->in_quote[i] == ONR_NONE && !is_edge(r, i) && st_tok(r, i)->pos != ONR_POS_PUNCT)
            return false;
    return beg < end;
}

/* "…", he said, "…": the clause begins before its cue and may go on behind it. */
static bool clause_before(st_run *r, st_cand *cand, uint32_t v, uint32_t comp)
{
    uint32_t s = st_tok(r, comp)->l_edge, e = st_tok(r, comp)->r_edge + 1, stop = v;
    const bool root = st_tok(r, v)->head == v;
    ONRI_EACH_CHILD (&r->tree, c, v) {
        const onr_token *k = st_tok(r, c);
        if (c > comp && k->l_edge < stop &&
            (k->dep == ONR_DEP_NSUBJ || k->dep == ONR_DEP_AUX || k->dep == ONR_DEP_NEG ||
             k->dep == ONR_DEP_ADVMOD || k->dep == ONR_DEP_AUXPASS || k->dep == ONR_DEP_NSUBJPASS))
            stop = k->l_edge;
    }
    if (root) s = r->parse->sentences[st_tok(r, v)->sent].beg;
    if (root) s = without_link(r, s, stop);
    for (uint32_t k = e; k < stop; k++)
        if (st_is(r, k, ";")) return true; /* another sentence but for its mark */
    /* a quotation that ends right before the cue, after a colon or dash: only that */
    for (uint32_t q = 0; q < r->quotes.n; q++) {
        const onri_quote *x = &r->quotes.at[q];
        if (x->beg > st_tok(r, stop)->beg) break;
        if (x->outer == ONR_NONE && st_tok(r, s)->beg < x->beg && x->end <= st_tok(r, stop)->beg &&
            st_tok(r, stop)->beg - x->end <= 2 && ends_with_colon_or_dash(r, x->beg))
            s = token_from(r, s, stop, x->beg);
    }
    if (e > v) {
        uint32_t tail = v + 1;
        ONRI_EACH_CHILD (&r->tree, c, v) {
            const onr_token *k = st_tok(r, c);
            if (c > v && k->r_edge + 1 > tail &&
                (k->dep == ONR_DEP_NSUBJ || k->dep == ONR_DEP_PRT || k->dep == ONR_DEP_NPADVMOD ||
                 k->dep == ONR_DEP_ADVMOD || k->dep == ONR_DEP_PREP || k->dep == ONR_DEP_DOBJ ||
                 k->dep == ONR_DEP_DATIVE))
                tail = k->r_edge + 1;
        }
        if (!st_add_tokens(r, cand, (onr_tokens){ s, stop })) return false;
        /* "…," he said, to applause: what no quotation mark holds is the reporter's again */
        if (all_quoted(r, s, stop) && !quotes_in(r, tail, e)) return true;
        return st_add_tokens(r, cand, (onr_tokens){ tail, e });
    }
    if (!root && e < stop) stop = e;
    return st_add_tokens(r, cand, (onr_tokens){ s, stop });
}

/* End of a reported clause with what the parse has hung on its cue instead: "…, because …", "…, but
 * could not …". */
static uint32_t clause_end(const st_run *r, uint32_t v, uint32_t beg, uint32_t end)
{
    static const char *const inner[] = { "because", "if", "unless", "so", "lest", NULL };
    ONRI_EACH_CHILD (&r->tree, c, v) {
        const onr_token *k = st_tok(r, c);
        if (k->l_edge < end || k->dep == ONR_DEP_PUNCT || k->dep == ONR_DEP_CC) continue;
        if (k->l_edge > end + 3) break;
        bool modal = false;
        ONRI_EACH_CHILD (&r->tree, m, c) modal |= st_tok(r, m)->tag == ONR_TAG_MD;
        const uint32_t word = k->dep == ONR_DEP_ADVCL ? clause_word(r, c) : ONR_NONE;
        if (word != ONR_NONE && is_any(r, word, inner))
            end = k->r_edge + 1;
        else if (k->dep == ONR_DEP_CONJ && modal && !has_subject(r, c))
            end = k->r_edge + 1;
        else if (k->dep == ONR_DEP_CONJ && has_subject(r, c) && r->in_quote[v] == ONR_NONE &&
                 quotes_in(r, beg, end) && quotes_in(r, k->l_edge, k->r_edge + 1) &&
                 !st_lemma_in(r, c, r->know->t_verbs, NULL, NULL))
            end = k->r_edge + 1;
        else
            break;
    }
    return end;
}

/* What of a clause stands before its cue: "which they said was illegal", "if elected, she says, …".
 */
static bool fronted(st_run *r, st_cand *cand, uint32_t v, uint32_t comp)
{
    uint32_t stop = v;
    ONRI_EACH_CHILD (&r->tree, c, v)
        if (c < v && st_tok(r, c)->l_edge < stop && st_tok(r, c)->r_edge < v &&
            st_tok(r, c)->dep != ONR_DEP_CC && st_tok(r, c)->dep != ONR_DEP_PUNCT)
            stop = st_tok(r, c)->l_edge;
    ONRI_EACH_CHILD (&r->tree, c, comp) {
        const onr_token *k = st_tok(r, c);
        if (c > v || k->r_edge >= stop) break;
        if (k->dep == ONR_DEP_PUNCT || k->dep == ONR_DEP_CC) continue;
        if (!st_add_tokens(r, cand, (onr_tokens){ k->l_edge, k->r_edge + 1 })) return false;
    }
    return true;
}

static bool clause(st_run *r, st_cand *cand, uint32_t v, uint32_t comp)
{
    if (comp < v) return clause_before(r, cand, v, comp);
    uint32_t s = st_tok(r, comp)->l_edge;
    const uint32_t e = st_tok(r, comp)->r_edge + 1;
    if (s <= v) {
        if (!fronted(r, cand, v, comp)) return false;
        s = v + 1;
    }
    return st_add_tokens(
        r, cand,
        (onr_tokens){
            s,
            comment_cut(r, s, contrast_cut(r, s, next_cue_cut(r, v, s, clause_end(r, v, s, e)))) });
}

/* The sentence without the phrase [beg, end) that tells who says it. */
static bool around_phrase(st_run *r, st_cand *cand, uint32_t beg, uint32_t end)
{
    const onr_tokens sent = r->parse->sentences[st_tok(r, beg)->sent];
    /* "According to A, quoting B, …": B is no part of what is said */
    uint32_t q = end;
    while (q < sent.end && st_is(r, q, ",")) q++;
    if (q < sent.end && q > end && (st_is(r, q, "quoting") || st_is(r, q, "citing"))) {
        const uint32_t far = st_tok(r, q)->r_edge + 1;
        if (far < sent.end && far < q + 16) end = far;
    }
    if (beg == sent.beg || (beg == sent.beg + 1 && is_edge(r, sent.beg)))
        return st_add_tokens(r, cand, (onr_tokens){ end, sent.end });
    /* "…, where, judging by X, Trump intends …": what is said begins behind the phrase */
    static const char *const openers[] = { "where", "that", "which", "who", "but", "when", NULL };
    uint32_t before = beg;
    while (before > sent.beg && st_is(r, before - 1, ",")) before--;
    if (before > sent.beg && is_any(r, before - 1, openers) && end < sent.end && st_is(r, end, ","))
        return st_add_tokens(r, cand, (onr_tokens){ end, sent.end });
    uint32_t s0 = without_link(r, sent.beg, beg);
    for (uint32_t k = s0; k < beg; k++) {
        if (st_is(r, k, "(") || st_is(r, k, ";"))
            s0 = k + 1;
        else if (st_is(r, k, ")"))
            s0 = without_link(r, sent.beg, beg);
    }
    const onr_tokens rest = st_trim(r, (onr_tokens){ end, sent.end });
    if (!st_add_tokens(r, cand, (onr_tokens){ s0, beg })) return false;
    const bool set_off = st_is(r, beg - 1, ",");
    if (end < sent.end && st_is(r, end, ",") && rest.end > rest.beg + (set_off ? 1 : 3))
        return st_add_tokens(r, cand, rest);
    return true;
}

/* The clause that the parenthesis of verb v is put into. */
static bool around_verb(st_run *r, st_cand *cand, uint32_t v)
{
    const uint32_t lo = st_tok(r, v)->l_edge, hi = st_tok(r, v)->r_edge + 1, h = st_tok(r, v)->head;
    static const char *const marks[] = { ",", "”", "\"", "''", "—", "--", "–", NULL };
    const bool set_off = (lo > 0 && is_any(r, lo - 1, marks)) || is_any(r, lo, marks) ||
                         st_tok(r, v)->dep == ONR_DEP_ADVCL;
    if (!set_off) return true;
    uint32_t hs = st_tok(r, h)->l_edge, he = st_tok(r, h)->r_edge + 1;
    if (st_tok(r, h)->head == h) {
        hs = r->parse->sentences[st_tok(r, h)->sent].beg;
        he = r->parse->sentences[st_tok(r, h)->sent].end;
        hs = without_link(r, hs, lo);
    }
    bool goes_on = h > hi;
    ONRI_EACH_CHILD (&r->tree, c, h)
        if (c > hi && st_tok(r, c)->dep != ONR_DEP_PUNCT) goes_on = true;
    if (!st_add_tokens(r, cand, (onr_tokens){ hs, lo })) return false;
    if (all_quoted(r, hs, lo) && !quotes_in(r, hi, he)) return true;
    return !goes_on || st_add_tokens(r, cand, (onr_tokens){ hi, he });
}

/* What follows a cue whose clause the parse has missed. */
static bool rest_of(st_run *r, st_cand *cand, uint32_t v, onr_tokens cue)
{
    static const char *const no[] = { "so",    "about",  "of",   "in", "on", "at",      "during",
                                      "after", "before", "when", "as", "no", "goodbye", NULL };
    static const char *const marks[] = { "”", "\"", "''", ",", NULL };
    if (cue.beg > 0 && is_any(r, cue.beg - 1, marks)) return true; /* “…,” said NAME */
    uint32_t first = cue.end;
    const uint32_t n = r->parse->n_tokens;
    if (first < n && onri_eqz(st_tok(r, v)->lemma, "tell"))
        ONRI_EACH_CHILD (&r->tree, c, v)
            if (c >= first &&
                (st_tok(r, c)->dep == ONR_DEP_DOBJ || st_tok(r, c)->dep == ONR_DEP_DATIVE)) {
                first = st_tok(r, c)->r_edge + 1;
                break;
            }
    const uint32_t end = st_tok(r, v)->r_edge + 1;
    const onr_tokens t = st_trim(r, (onr_tokens){ first, end });
    if (t.beg + 3 > t.end || is_any(r, t.beg, no)) return true;
    const uint8_t d = st_tok(r, t.beg)->dep;
    if (d == ONR_DEP_PREP || d == ONR_DEP_NPADVMOD) return true;
    return st_add_tokens(r, cand, t);
}

/* What stands before a cue at the end of its sentence whose clause the parse has missed. */
static bool led_by(st_run *r, st_cand *cand, uint32_t v, onr_tokens cue)
{
    const onr_tokens sent = r->parse->sentences[st_tok(r, v)->sent];
    uint32_t cut = cue.beg;
    ONRI_EACH_CHILD (&r->tree, c, v)
        if (st_tok(r, c)->dep == ONR_DEP_NSUBJ && st_tok(r, c)->l_edge < cut)
            cut = st_tok(r, c)->l_edge;
    static const char *const marks[] = { ",", "”", "''", "\"", NULL };
    if (cut < sent.beg + 4 || !(is_any(r, cut - 1, marks) || is_any(r, cue.beg - 1, marks)))
        return true;
    return st_add_tokens(r, cand, (onr_tokens){ sent.beg, cut < v ? cut : v });
}

/* call X Y; describe X as Y */
static bool naming(st_run *r, st_cand *cand, uint32_t v)
{
    uint32_t beg = ONR_NONE, end = 0;
    ONRI_EACH_CHILD (&r->tree, c, v) {
        const onr_token *k = st_tok(r, c);
        const bool part = k->dep == ONR_DEP_DOBJ || k->dep == ONR_DEP_OPRD ||
                          k->dep == ONR_DEP_CCOMP || k->dep == ONR_DEP_XCOMP ||
                          k->dep == ONR_DEP_ACOMP ||
                          (k->dep == ONR_DEP_PREP && onri_eqz(k->lower, "as"));
        if (c <= v || !part) continue;
        if (beg == ONR_NONE || k->l_edge < beg) beg = k->l_edge;
        if (k->r_edge + 1 > end) end = k->r_edge + 1;
    }
    return beg == ONR_NONE ||
           st_add_tokens(r, cand, (onr_tokens){ beg, contrast_cut(r, beg, end) });
}

/* The sentence before, that "this was stated by" takes up. */
static bool previous(st_run *r, st_cand *cand, uint32_t token)
{
    const uint32_t s = st_tok(r, token)->sent;
    if (s == 0) return true;
    const onr_tokens sent = r->parse->sentences[s - 1];
    /* not over a paragraph's edge */
    for (uint32_t i = st_tok(r, sent.end - 1)->end; i < st_tok(r, token)->beg; i++)
        if (r->text.p[i] == '\n') return true;
    return st_add_tokens(r, cand, sent);
}

bool st_content_piece(st_run *r, st_cand *c, uint32_t token, uint32_t extent, onr_tokens cue)
{
    const onr_token *k = st_tok(r, token);
    switch (extent) {
    case ST_EXT_CLAUSE:
        return clause(r, c, c->root, token);
    case ST_EXT_OBJECT: {
        uint32_t end = sisters_end(r, k->head, token);
        end = st_tail_cut(r, k->l_edge, end);
        return st_add_tokens(r, c, (onr_tokens){ k->l_edge, end });
    }
    case ST_EXT_OBJECT_OF: { /* object of a preposition: with the sisters of the preposition */
        const uint32_t prep = k->head;
        uint32_t end = sisters_end(r, st_tok(r, prep)->head, prep);
        if (end <= k->r_edge) end = k->r_edge + 1;
        end = st_tail_cut(r, k->l_edge, end);
        return st_add_tokens(r, c, (onr_tokens){ k->l_edge, end });
    }
    case ST_EXT_AROUND:
        if (token == c->root && k->pos == ONR_POS_VERB && !onri_eqz(k->lower, "judging") &&
            !onri_eqz(k->lower, "according"))
            return around_verb(r, c, token);
        return around_phrase(r, c, k->l_edge, k->r_edge + 1);
    case ST_EXT_INFINITIVE:
        return infinitive(r, c, c->root, token);
    case ST_EXT_SPLIT: { /* the clause of its head without the word itself */
        const onr_token *h = st_tok(r, k->head);
        return st_add_tokens(r, c, (onr_tokens){ h->l_edge, token }) &&
               st_add_tokens(r, c, (onr_tokens){ token + 1, h->r_edge + 1 });
    }
    case ST_EXT_REST:
        return rest_of(r, c, token, cue);
    case ST_EXT_LED:
        return led_by(r, c, token, cue);
    case ST_EXT_PREVIOUS:
        return previous(r, c, token);
    case ST_EXT_NAMING:
        return naming(r, c, token);
    case ONRI_EXTENT_TREE:
        return st_add_tokens(r, c, (onr_tokens){ k->l_edge, aside_cut(r, token, k->r_edge + 1) });
    default:
        return st_add_tokens(r, c, onri_tree_extent(&r->tree, token, extent));
    }
}
