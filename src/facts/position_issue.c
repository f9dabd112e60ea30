/* The issue of a position as a phrase that is the same in every article: articles, quantities and
 * idle modifiers off, nouns in the singular, actors by their names, states before a noun as their
 * adjective ("Iran's presence", "Iranian presence" -> "Iranian presence"), verbs as nouns ("release
 * the documents" -> "release of document"). What does away with a thing is told of the thing ("stop
 * the strikes": against "strike"). Source: own. Leaves out synonyms: the reader's list of issues.
 */
#include "facts/position_i.h"

enum { ISSUE_BYTES_MAX = 160, PHRASE_DEPTH_MAX = 3, PHRASE_PREPS_MAX = 2, RAW_WORDS_MAX = 10 };

typedef struct phrase {
    const ps_ctx *x;
    char at[ISSUE_BYTES_MAX];
    size_t n;
    uint32_t beg, end; /* tokens seen */
    bool full;
} phrase;

static void put(phrase *p, onr_sv word)
{
    if (word.n == 0 || !word.p || p->full) return;
    if (p->n + word.n + 1 > sizeof p->at) {
        p->full = true;
        return;
    }
    if (p->n) p->at[p->n++] = ' ';
    for (size_t i = 0; i < word.n; i++) {
        const char c = word.p[i];
        p->at[p->n++] = c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
    }
}

static void putz(phrase *p, const char *word)
{
    put(p, onri_svz(word));
}

static void saw(phrase *p, uint32_t tok)
{
    if (tok < p->beg) p->beg = tok;
    if (tok + 1 > p->end) p->end = tok + 1;
}

static const onr_entity *entity_at(const ps_ctx *x, uint32_t tok)
{
    const uint32_t e = x->view.entity_at[tok];
    return e == ONR_NONE ? NULL : &x->d->entities.at[e];
}

static onr_sv adjective_of(const ps_ctx *x, const onr_entity *e)
{
    if (e->type != ONR_ENTITY_STATE && e->type != ONR_ENTITY_NATIONALITY) return (onr_sv){ "", 0 };
    const uint32_t at = onri_atom_find(&x->know->countries, e->country);
    return e->country.n && at != ONR_NONE ? x->know->adjectives.at[at] : (onr_sv){ "", 0 };
}

static bool is_name(const ps_ctx *x, uint32_t tok)
{
    const onr_entity *e = entity_at(x, tok);
    return e && e->mentions[x->view.mention_at[tok]].kind == ONR_MENTION_NAME;
}

static bool is_pronoun(const ps_ctx *x, uint32_t tok)
{
    return x->t[tok].pos == ONR_POS_PRON || x->t[tok].tag == ONR_TAG_PRPS ||
           x->t[tok].tag == ONR_TAG_WDT ||
           (x->t[tok].pos == ONR_POS_DET && x->t[tok].dep != ONR_DEP_DET);
}

/* One word of a phrase: lemma in lower case; names as they stand. */
static void put_word(phrase *p, uint32_t tok)
{
    const onr_token *k = &p->x->t[tok];
    saw(p, tok);
    if (k->pos == ONR_POS_PROPN || k->ent != 0)
        put(p, onri_sub(p->x->parse->text, k->beg, k->end));
    else
        put(p, k->pos == ONR_POS_NOUN ? k->lemma : k->lower);
}

static bool noun(phrase *p, uint32_t tok, int depth);

/* Last token of the word with hyphens that begins at i ("six-party"); i itself if it is none. */
static uint32_t hyphened(const ps_ctx *x, uint32_t i, uint32_t head)
{
    uint32_t last = i;
    while (last + 2 <= head && x->t[last].end == x->t[last + 1].beg && ps_is(x, last + 1, "-") &&
           x->t[last + 1].end == x->t[last + 2].beg && last + 2 < head)
        last += 2;
    return last;
}

bool ps_measure(const onr_token *k)
{
    return k->ent == ONR_ENT_DATE || k->ent == ONR_ENT_TIME || k->ent == ONR_ENT_MONEY ||
           k->ent == ONR_ENT_PERCENT || k->ent == ONR_ENT_QUANTITY || k->ent == ONR_ENT_CARDINAL ||
           k->pos == ONR_POS_NUM;
}

/* Words before the head: states as adjectives; *owner: whose it is, to be told behind. */
static void modifiers(phrase *p, uint32_t head, uint32_t *owner)
{
    const ps_ctx *x = p->x;
    *owner = ONR_NONE;
    uint32_t done = 0;
    for (uint32_t i = x->t[head].l_edge; i < head; i++) {
        const onr_token *k = &x->t[i];
        if (i < done || k->pos == ONR_POS_PUNCT || k->pos == ONR_POS_SPACE ||
            k->dep == ONR_DEP_CASE || (k->dep == ONR_DEP_DET && !ps_is(x, i, "no")) ||
            k->dep == ONR_DEP_PREDET || k->pos == ONR_POS_ADV ||
            (k->pos == ONR_POS_NUM && hyphened(x, i, head) == i) || k->pos == ONR_POS_SYM)
            continue;
        const onr_entity *e = entity_at(x, i);
        const onr_sv adjective = e ? adjective_of(x, e) : (onr_sv){ "", 0 };
        saw(p, i);
        const uint32_t last = hyphened(x, i, head);
        if (last > i) {
            put(p, onri_sub(x->parse->text, k->beg, x->t[last].end));
            i = last;
        } else if (adjective.n && k->head <= head) {
            put(p, adjective);
            const onr_span m = e->mentions[x->view.mention_at[i]].span;
            while (i + 1 < head && x->t[i + 1].end <= m.end) i++;
        } else if (k->dep == ONR_DEP_POSS && k->head == head) {
            const bool he = e && e->type == ONR_ENTITY_PERSON && is_pronoun(x, i);
            if (e && onri_has_name(e) && !he) *owner = i;
        } else if (x->t[k->head].dep == ONR_DEP_POSS && k->head < head) {
            continue; /* part of the owner */
        } else if (!ps_row(x, PS_IDLE, i) && !ps_row(x, PS_JUDGMENT, i) && !is_pronoun(x, i)) {
            put_word(p, i);
        }
    }
}

/* Phrases behind the head: "of …", "in …". */
static void prepositions(phrase *p, uint32_t head, int depth)
{
    const ps_ctx *x = p->x;
    int n = 0;
    ONRI_EACH_CHILD (&x->view.tree, c, head) {
        if (c < head || x->t[c].dep != ONR_DEP_PREP || n == PHRASE_PREPS_MAX ||
            !ps_row(x, PS_INTO, c))
            continue;
        const uint32_t o = onri_tree_child(&x->view.tree, c, ONR_DEP_POBJ);
        if (o == ONR_NONE || ps_measure(&x->t[o])) continue;
        const size_t before = p->n;
        put(p, x->t[c].lower);
        if (!noun(p, o, depth + 1))
            p->n = before;
        else
            n++;
    }
}

/* A noun phrase; false: it names nothing. */
static bool noun(phrase *p, uint32_t tok, int depth)
{
    const ps_ctx *x = p->x;
    const onr_entity *e = entity_at(x, tok);
    saw(p, tok);
    if (is_pronoun(x, tok)) {
        if (!e || !onri_has_name(e)) return false;
        put(p, e->name);
        return true;
    }
    if (is_name(x, tok)) {
        put(p, e->name);
        return true;
    }
    uint32_t owner;
    modifiers(p, tok, &owner);
    put_word(p, tok);
    if (owner != ONR_NONE) {
        putz(p, "of");
        put(p, entity_at(x, owner)->name);
    }
    if (depth < PHRASE_DEPTH_MAX) prepositions(p, tok, depth);
    return true;
}

/* The object of a verb: what it is done to. */
static uint32_t object_of(const ps_ctx *x, uint32_t v)
{
    const uint32_t o = onri_tree_child(&x->view.tree, v, ONR_DEP_DOBJ);
    return o != ONR_NONE ? o : onri_tree_child(&x->view.tree, v, ONR_DEP_NSUBJPASS);
}

/* A verb as a noun with what it is done to, or who does it. */
static bool verb(phrase *p, uint32_t v)
{
    const ps_ctx *x = p->x;
    const onri_lex_row *n = ps_verb_row(x, PS_NOMINAL, v);
    const uint32_t o = object_of(x, v), s = onri_tree_child(&x->view.tree, v, ONR_DEP_NSUBJ),
                   a = onri_tree_child(&x->view.tree, v, ONR_DEP_ATTR);
    saw(p, v);
    if (onri_eqz(x->t[v].lemma, "be") || onri_eqz(x->t[v].lemma, "have") ||
        onri_eqz(x->t[v].lemma, "do"))
        return false;
    put(p, n ? n->cell[0] : x->t[v].lemma);
    const uint32_t prt = onri_tree_child(&x->view.tree, v, ONR_DEP_PRT);
    if (prt != ONR_NONE && !n) put_word(p, prt);
    const size_t before = p->n;
    bool nameless = false; /* "support them": done to nobody knows whom */
    if (o != ONR_NONE) {
        if (n) put(p, n->cell[1]);
        if (!noun(p, o, 1)) p->n = before;
        nameless = p->n == before;
    } else if (a != ONR_NONE) {
        if (!noun(p, a, 1)) return false;
    } else if (s != ONR_NONE && n) {
        putz(p, "of");
        if (!noun(p, s, 1)) p->n = before;
    }
    const size_t bare = p->n;
    prepositions(p, v, 1);
    /* a verb alone ("will vote") says nothing of what it is about */
    if (nameless) return p->n > bare;
    return n != NULL || prt != ONR_NONE || p->n > bare || o != ONR_NONE || a != ONR_NONE;
}

/* A clause that has no noun: its own words, the first of them. */
static void raw(phrase *p, uint32_t top)
{
    const ps_ctx *x = p->x;
    uint32_t words = 0;
    for (uint32_t i = x->t[top].l_edge; i <= x->t[top].r_edge && words < RAW_WORDS_MAX; i++) {
        const onr_token *k = &x->t[i];
        if (k->pos == ONR_POS_PUNCT && words && i > top) break;
        if (k->pos == ONR_POS_PUNCT || k->pos == ONR_POS_SPACE || k->dep == ONR_DEP_MARK ||
            k->dep == ONR_DEP_DET)
            continue;
        put_word(p, i);
        words++;
    }
}

static uint32_t inner(const ps_ctx *x, uint32_t v)
{
    const uint32_t in = onri_tree_child(&x->view.tree, v, ONR_DEP_XCOMP);
    return in != ONR_NONE ? in : onri_tree_child(&x->view.tree, v, ONR_DEP_CCOMP);
}

/* What an end is an end of. */
static uint32_t behind(const ps_ctx *x, uint32_t n)
{
    ONRI_EACH_CHILD (&x->view.tree, c, n)
        if (x->t[c].dep == ONR_DEP_PREP && (ps_is(x, c, "of") || ps_is(x, c, "to"))) {
            const uint32_t o = onri_tree_child(&x->view.tree, c, ONR_DEP_POBJ);
            if (o != ONR_NONE) return o;
        }
    return ONR_NONE;
}

/* Down through light verbs; through verbs that do away with their object the stance turns round. */
static uint32_t core_of(const ps_ctx *x, uint32_t topic, bool *against)
{
    for (int d = 0; d < PHRASE_DEPTH_MAX; d++) {
        if (!ps_verb(x, topic)) {
            const uint32_t ended = ps_row(x, PS_END, topic) ? behind(x, topic) : ONR_NONE;
            if (ended != ONR_NONE) {
                *against = !*against;
                topic = ended;
                continue;
            }
            const uint32_t clause = onri_tree_child(&x->view.tree, topic, ONR_DEP_ACL);
            if (clause == ONR_NONE) return topic;
            uint32_t to = ONR_NONE; /* "the plan to build a dam" is to build a dam */
            ONRI_EACH_CHILD (&x->view.tree, c, clause)
                if (x->t[c].tag == ONR_TAG_TO && c < clause) to = c;
            if (!ps_row(x, PS_HOLLOW, topic) && (to == ONR_NONE || !ps_row(x, PS_CARRIER, topic)))
                return topic;
            topic = clause;
            continue;
        }
        const uint32_t in = inner(x, topic), o = object_of(x, topic),
                       s = onri_tree_child(&x->view.tree, topic, ONR_DEP_NSUBJ);
        if (onri_tree_child(&x->view.tree, topic, ONR_DEP_NEG) != ONR_NONE) *against = !*against;
        const bool have = onri_eqz(x->t[topic].lemma, "have") && x->t[topic].pos == ONR_POS_VERB;
        const bool place = o != ONR_NONE && onri_eqz(x->t[topic].lemma, "take") &&
                           ps_is(x, o, "place"); /* "the vote took place" */
        if (place && s != ONR_NONE) {
            topic = s;
        } else if (have && in != ONR_NONE) {
            topic = in; /* "to have the policy rescinded" */
        } else if (have && o != ONR_NONE) {
            topic = o; /* "Iran having nuclear weapons" */
        } else if (ps_row(x, PS_LIGHT, topic) && in != ONR_NONE) {
            topic = in;
        } else if (ps_row(x, PS_LIGHT, topic) && o != ONR_NONE) {
            topic = o;
        } else if (ps_row(x, PS_HAPPEN, topic) && s != ONR_NONE) {
            topic = s; /* "if the talks go ahead" */
        } else if (ps_verb_row(x, PS_ENDS, topic) && (o != ONR_NONE || in != ONR_NONE)) {
            *against = !*against;
            topic = o != ONR_NONE ? o : in;
        } else if (ps_verb_row(x, PS_ENDS, topic) && s != ONR_NONE) {
            *against = !*against; /* "until the attacks stop" */
            topic = s;
        } else {
            return topic;
        }
    }
    return topic;
}

/* Can the noun be what "it" or "them" takes up? */
static bool can_be_meant(const ps_ctx *x, uint32_t tok, bool many)
{
    const onr_token *k = &x->t[tok];
    const bool noun = k->pos == ONR_POS_NOUN || k->pos == ONR_POS_PROPN;
    const bool plural = k->tag == ONR_TAG_NNS || k->tag == ONR_TAG_NNPS;
    const onr_entity *e = entity_at(x, tok);
    if (!noun || plural != many || (e && onri_is_actor_type(e->type)) || ps_measure(k))
        return false;
    if (ps_row(x, PS_HOLLOW, tok) || ps_row(x, PS_IDLE, tok)) return false;
    return k->dep == ONR_DEP_DOBJ || k->dep == ONR_DEP_NSUBJ || k->dep == ONR_DEP_NSUBJPASS;
}

uint32_t ps_meant(const ps_ctx *x, uint32_t tok)
{
    static const char *const one[] = { "it", "this", "that" }, *const more[] = { "them", "these",
                                                                                 "those", "they" };
    bool single = false, many = false;
    for (size_t k = 0; k < sizeof one / sizeof *one; k++) single = single || ps_is(x, tok, one[k]);
    for (size_t k = 0; k < sizeof more / sizeof *more; k++) many = many || ps_is(x, tok, more[k]);
    if (!is_pronoun(x, tok) || (!single && !many)) return tok;
    const onr_entity *e = entity_at(x, tok);
    if (e && (onri_has_name(e) || onri_is_actor_type(e->type))) return tok;
    const uint32_t sent = x->t[tok].sent;
    for (uint32_t k = tok; k-- > x->parse->sentences[sent].beg;)
        if (can_be_meant(x, k, many)) return k;
    if (sent == 0) return tok;
    const onr_tokens before = x->parse->sentences[sent - 1];
    for (uint32_t k = before.beg; k < before.end; k++)
        if (can_be_meant(x, k, many)) return k;
    return tok;
}

onr_sv ps_issue(const ps_ctx *x, uint32_t topic, bool *against, uint32_t *beg, uint32_t *end)
{
    phrase p = { .x = x, .beg = topic, .end = topic + 1 };
    *against = false;
    const uint32_t said = core_of(x, topic, against), core = ps_meant(x, said);
    if (!ps_verb(x, core) && (ps_row(x, PS_HOLLOW, core) || ps_measure(&x->t[core])))
        return (onr_sv){ "", 0 };
    bool named = ps_verb(x, core) ? verb(&p, core) : noun(&p, core, 0);
    const bool state = ps_verb(x, core) &&
                       (onri_eqz(x->t[core].lemma, "be") || onri_eqz(x->t[core].lemma, "have"));
    /* "that they are late": who are they? */
    const uint32_t subject = state ? onri_tree_child(&x->view.tree, core, ONR_DEP_NSUBJ) : ONR_NONE;
    if (!named && state && (subject == ONR_NONE || !is_pronoun(x, subject))) {
        p.n = 0;
        raw(&p, core);
        named = p.n > 0;
    }
    /* "upwards of 400 million" names nothing but a sum */
    if (!named || p.n == 0 || (p.n > 3 && memcmp(p.at, "of ", 3) == 0)) return (onr_sv){ "", 0 };
    saw(&p, topic);
    *beg = core == said ? p.beg : said; /* what is meant stands elsewhere */
    *end = core == said ? p.end : said + 1;
    return onri_dup(x->d->keep, onri_sv(p.at, p.n));
}
