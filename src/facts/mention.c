/* Mentions: the pass that finds them, quotations, and the small helpers they share.
 *
 * Source: own. Names are in mention_name.c, other phrases and pronouns in mention_phrase.c. Leaves
 * out: which actor a mention belongs to (actor_*.c). */
#include "facts/mention.h"

#include <stdlib.h>

onr_sv onri_token_sv(const onr_parse *p, uint32_t i)
{
    return onri_sub(p->text, p->tokens[i].beg, p->tokens[i].end);
}

onr_sv onri_tokens_sv(const onr_parse *p, uint32_t beg, uint32_t end)
{
    ONR_ASSERT(beg < end && end <= p->n_tokens);
    return onri_sub(p->text, p->tokens[beg].beg, p->tokens[end - 1].end);
}

bool onri_token_upper(const onr_parse *p, uint32_t i)
{
    const onr_sv s = onri_token_sv(p, i);
    if (s.n == 0) return false;
    if ((unsigned char)s.p[0] < 0x80) return s.p[0] >= 'A' && s.p[0] <= 'Z';
    return !onri_eq(s, p->tokens[i].lower);
}

bool onri_token_is(const onr_parse *p, uint32_t i, const char *lower)
{
    return onri_eqz(p->tokens[i].lower, lower);
}

onr_sv onri_token_noun(const onr_parse *p, uint32_t i, char *buf, size_t cap)
{
    const onr_token *t = &p->tokens[i];
    onr_sv s = t->lower;
    if (s.n == 0 || s.n >= cap) return (onr_sv){ NULL, 0 };
    if ((t->tag == ONR_TAG_NNS || t->tag == ONR_TAG_NNPS) && t->lemma.n && t->lemma.n < cap) {
        bool ascii_lower = true;
        for (size_t k = 0; k < t->lemma.n; k++)
            ascii_lower &= !(t->lemma.p[k] >= 'A' && t->lemma.p[k] <= 'Z');
        if (ascii_lower && !onri_eq(t->lemma, s)) return t->lemma;
        /* proper plurals keep their form in the lemma */
        if (onri_ends(s, ONR_SV("ies")) && s.n > 4) {
            memcpy(buf, s.p, s.n - 3);
            buf[s.n - 3] = 'y';
            return onri_sv(buf, s.n - 2);
        }
        if (onri_ends(s, ONR_SV("s")) && !onri_ends(s, ONR_SV("ss")))
            return onri_sub(s, 0, s.n - 1);
    }
    return s;
}

const onri_head_noun *onri_token_head_noun(const onri_mentions *m, uint32_t i)
{
    char buf[64];
    const onr_token *t = &m->parse->tokens[i];
    const onri_head_noun *h = NULL;
    /* a plural may be listed as it stands (troops, people) */
    if (t->tag == ONR_TAG_NNS || t->tag == ONR_TAG_NNPS) h = onri_actor_head(m->know, t->lower);
    if (h) return h;
    onr_sv noun = onri_token_noun(m->parse, i, buf, sizeof buf);
    if (!noun.p) return NULL;
    h = onri_actor_head(m->know, noun);
    if (h) return h;
    for (size_t k = noun.n; k-- > 1;) { /* "vice-president", "ex-wife" */
        if (noun.p[k - 1] == '-') return onri_actor_head(m->know, onri_sub(noun, k, noun.n));
    }
    return NULL;
}

onr_sv onri_phrase(const onr_parse *p, uint32_t beg, uint32_t end, char *buf, size_t cap)
{
    const onr_sv s = onri_tokens_sv(p, beg, end);
    size_t n = 0;
    bool blank = false;
    for (size_t i = 0; i < s.n; i++) {
        if (n + 2 > cap) return (onr_sv){ NULL, 0 };
        const unsigned char c = (unsigned char)s.p[i];
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            blank = n > 0;
            continue;
        }
        if (blank) buf[n++] = ' ';
        blank = false;
        if (c == 0xE2 && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0x80 &&
            ((unsigned char)s.p[i + 2] == 0x99 || (unsigned char)s.p[i + 2] == 0x98)) {
            buf[n++] = '\'';
            i += 2;
        } else {
            buf[n++] = (char)c;
        }
    }
    return onri_sv(buf, n);
}

onri_cand *onri_mention_add(onri_mentions *m, uint32_t beg, uint32_t end, uint32_t head,
                            onr_mention_kind kind, uint8_t type)
{
    ONR_ASSERT(beg < end && end <= m->parse->n_tokens);
    onri_cand *c = ONRI_PUSH(m->mem, &m->at);
    if (!c) return NULL;
    *c = (onri_cand){ .beg = beg,
                      .end = end,
                      .name_beg = head,
                      .name_end = head + 1,
                      .head = head,
                      .syn = head,
                      .sent = m->parse->tokens[head].sent,
                      .quote = ONR_NONE,
                      .kind = (uint8_t)kind,
                      .type = type,
                      .entry = ONR_NONE,
                      .country = ONR_NONE,
                      .join = ONR_NONE,
                      .rule = "first",
                      .p = 1.0f };
    return c;
}

/* ---- quotations ----------------------------------------------------------------------------- */

typedef enum mark { MARK_NONE, MARK_OPEN, MARK_CLOSE, MARK_EITHER } mark;

static mark mark_of(onr_sv s)
{
    if (onri_eqz(s, "\"") || onri_eqz(s, "''") || onri_eqz(s, "``")) return MARK_EITHER;
    if (onri_eqz(s, "\xE2\x80\x9C")) return MARK_OPEN;  /* left double */
    if (onri_eqz(s, "\xE2\x80\x9D")) return MARK_CLOSE; /* right double */
    return MARK_NONE;
}

static uint32_t paragraph_at(const onr_parse *p, uint32_t token, uint32_t from)
{
    while (from + 1 < p->n_paragraphs && p->paragraphs[from].end <= token) from++;
    return from;
}

static bool quote_add(onri_mentions *m, uint32_t beg, uint32_t end)
{
    onri_quote *q = ONRI_PUSH(m->mem, &m->quotes);
    if (q) *q = (onri_quote){ .beg = beg, .end = end, .speaker = ONR_NONE, .addressee = ONR_NONE };
    return q != NULL;
}

static onr_status quotes_find(onri_mentions *m, onr_error *err)
{
    const onr_parse *p = m->parse;
    uint32_t open = ONR_NONE, para = 0, open_para = 0;
    for (uint32_t i = 0; i < p->n_tokens; i++) {
        const mark k = mark_of(onri_token_sv(p, i));
        para = paragraph_at(p, i, para);
        if (open != ONR_NONE && para != open_para) { /* not closed: to the end of its paragraph */
            if (!quote_add(m, open, i)) return onri_fail_mem(err, m->mem, "mentions");
            open = ONR_NONE;
        }
        if (k == MARK_NONE) continue;
        if (open == ONR_NONE) {
            if (k != MARK_CLOSE) {
                open = i;
                open_para = para;
            }
        } else if (k != MARK_OPEN) {
            if (!quote_add(m, open, i + 1)) return onri_fail_mem(err, m->mem, "mentions");
            open = ONR_NONE;
        }
    }
    if (open != ONR_NONE && !quote_add(m, open, p->n_tokens))
        return onri_fail_mem(err, m->mem, "mentions");
    return ONR_OK;
}

/* ---- the pass ------------------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const onri_cand *x = a, *y = b;
    if (x->beg != y->beg) return x->beg < y->beg ? -1 : 1;
    if (x->end != y->end) return x->end > y->end ? -1 : 1;
    if (x->head != y->head) return x->head < y->head ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

/* One span, one mention; one head, one mention (the longer stays). */
static void only_one(onri_mentions *m)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < m->at.n; i++) {
        onri_cand *c = &m->at.at[i];
        if (n && m->at.at[n - 1].beg == c->beg && m->at.at[n - 1].end == c->end) continue;
        if (m->by_head[c->head] != ONR_NONE) continue;
        m->by_head[c->head] = n;
        m->at.at[n++] = *c;
    }
    m->at.n = n;
}

/* "Russia and China", "the governor and his aide": whom "they" may mean. The head is the "and". */
static onr_status pairs_find(onri_mentions *m, onr_error *err)
{
    const onr_token *t = m->parse->tokens;
    const uint32_t n = m->at.n;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t second = m->at.at[i].head;
        uint32_t first = t[second].head;
        if (t[second].dep != ONR_DEP_CONJ || first >= second) continue;
        for (unsigned guard = 0; guard < 6 && t[first].dep == ONR_DEP_CONJ; guard++)
            first = t[first].head;
        if (first >= second) continue;
        const uint32_t a = m->by_head[first];
        if (a == ONR_NONE || a >= n || m->at.at[a].kind == ONR_MENTION_ADJECTIVE) continue;
        const onri_cand *x = &m->at.at[a], *y = &m->at.at[i];
        if (x->type == ONR_ENTITY_OTHER || y->type == ONR_ENTITY_OTHER) continue;
        if (x->end > y->beg || y->end - x->beg > 40) continue;
        const uint32_t cc = y->beg - 1;
        if (t[cc].tag != ONR_TAG_CC || m->by_head[cc] != ONR_NONE) continue;
        const uint32_t beg = x->beg, end = y->end;
        onri_cand *c = onri_mention_add(m, beg, end, cc, ONR_MENTION_NOMINAL, ONR_ENTITY_GROUP);
        if (!c) return onri_fail_mem(err, m->mem, "mentions");
        c->pair = true;
        c->number = ONRI_PLURAL;
        c->syn = first;
        c->pair_end = second;
        c->sent = t[first].sent;
    }
    if (m->at.n == n) return ONR_OK;
    for (uint32_t i = 0; i < m->at.n; i++) m->by_head[m->at.at[i].head] = ONR_NONE;
    qsort(m->at.at, m->at.n, sizeof *m->at.at, by_place);
    only_one(m);
    return ONR_OK;
}

static void junk_mark(onri_mentions *m, const onr_article *a)
{
    uint32_t b = 0;
    if (!a) return;
    for (uint32_t i = 0; i < m->parse->n_tokens; i++) {
        const onr_token *t = &m->parse->tokens[i];
        while (b < a->n_boilerplate && a->boilerplate[b].span.end <= t->beg) b++;
        if (b < a->n_boilerplate && a->boilerplate[b].span.beg <= t->beg &&
            a->boilerplate[b].kind != ONR_BOILERPLATE_HEADING &&
            a->boilerplate[b].kind != ONR_BOILERPLATE_DUPLICATE)
            m->junk[i] = true;
    }
}

onr_status onri_mentions_find(onr_arena *mem, const onr_article *article, const onr_parse *parse,
                              const onri_actor_knowledge *know, onri_mentions *out, onr_error *err)
{
    *out = (onri_mentions){ .mem = mem, .parse = parse, .know = know };
    onri_mentions *m = out;
    if (parse->n_tokens == 0) return ONR_OK;
    m->by_head = ONRI_NEW_N(mem, parse->n_tokens, uint32_t);
    m->in_name = ONRI_NEW_N(mem, parse->n_tokens, uint32_t);
    m->junk = ONRI_NEW_N(mem, parse->n_tokens, bool);
    m->first_of_sent = ONRI_NEW_N(mem, (size_t)parse->n_sentences + 1, uint32_t);
    if (!m->by_head || !m->in_name || !m->junk || !m->first_of_sent)
        return onri_fail_mem(err, mem, "mentions");
    for (uint32_t i = 0; i < parse->n_tokens; i++) m->by_head[i] = ONR_NONE;
    junk_mark(m, article);
    onr_status s = quotes_find(m, err);
    if (!s) s = onri_mention_names(m, err);
    if (!s) s = onri_mention_phrases(m, err);
    if (s) return s;
    if (m->at.n) qsort(m->at.at, m->at.n, sizeof *m->at.at, by_place);
    only_one(m);
    s = pairs_find(m, err);
    if (s) return s;
    uint32_t q = 0, sent = 0;
    for (uint32_t i = 0; i < m->at.n; i++) {
        onri_cand *c = &m->at.at[i];
        c->up = i;
        while (sent <= parse->tokens[c->beg].sent) m->first_of_sent[sent++] = i;
        while (q > 0 && m->quotes.at[q - 1].end > c->head) q--; /* heads are not quite in order */
        while (q < m->quotes.n && m->quotes.at[q].end <= c->head) q++;
        if (q < m->quotes.n && m->quotes.at[q].beg <= c->head) c->quote = q;
    }
    while (sent <= parse->n_sentences) m->first_of_sent[sent++] = m->at.n;
    return ONR_OK;
}
