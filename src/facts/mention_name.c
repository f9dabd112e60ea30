/* Names: spans of the model's entities, phrases of the actor dictionary and runs of proper nouns,
 * reconciled, typed, and grown to the phrase with its titles.
 *
 * Source: own. Leaves out: nominals and pronouns (mention_phrase.c). */
#include "facts/mention.h"

typedef struct name_span {
    uint32_t beg, end;
    uint32_t term; /* dictionary, ONR_NONE */
    uint8_t ent;   /* onr_ent or 0 */
} name_span;
typedef ONRI_VEC(name_span) span_vec;

static bool proper(const onr_token *t)
{
    return t->tag == ONR_TAG_NNP || t->tag == ONR_TAG_NNPS;
}

static bool actor_ent(uint8_t ent)
{
    switch (ent) {
    case ONR_ENT_PERSON:
    case ONR_ENT_ORG:
    case ONR_ENT_GPE:
    case ONR_ENT_LOC:
    case ONR_ENT_FAC:
    case ONR_ENT_NORP:
    case ONR_ENT_PRODUCT:
    case ONR_ENT_EVENT:
    case ONR_ENT_LAW:
    case ONR_ENT_WORK_OF_ART:
        return true;
    default:
        return false;
    }
}

static bool counts(uint8_t ent)
{
    return ent != ONR_ENT_NONE && !actor_ent(ent);
}

/* ---- spans ---------------------------------------------------------------------------------- */

/* Longest dictionary phrase that begins at token i; its end in *end. */
static uint32_t term_at(const onri_mentions *m, uint32_t i, uint32_t *end)
{
    char buf[160];
    const onr_parse *p = m->parse;
    const uint32_t sent_end = p->sentences[p->tokens[i].sent].end;
    onr_sv first = onri_phrase(p, i, i + 1, buf, sizeof buf);
    if (!first.p) return ONR_NONE;
    /* tokens split more than words do ("Côte d'Ivoire"): look at the word up to the blank */
    uint32_t w = i;
    while (w + 1 < sent_end && p->tokens[w].end == p->tokens[w + 1].beg &&
           p->tokens[w + 1].pos != ONR_POS_PUNCT && w - i < 4)
        w++;
    uint32_t words = onri_actor_longest(m->know, first);
    if (w > i) {
        const onr_sv whole = onri_phrase(p, i, w + 1, buf, sizeof buf);
        const uint32_t more = whole.p ? onri_actor_longest(m->know, whole) : 0;
        if (more > words) words = more;
    }
    /* "D'Ivoire", "al-Shabaab", "P5+1": longer by punctuation inside */
    if (words == 0 && (i + 1 >= sent_end || p->tokens[i].end != p->tokens[i + 1].beg))
        return ONR_NONE;
    uint32_t last = i + words + 4;
    if (last > sent_end) last = sent_end;
    for (uint32_t e = last; e > i; e--) {
        if (p->tokens[e - 1].tag == ONR_TAG_POS) continue;
        const onr_sv phrase = onri_phrase(p, i, e, buf, sizeof buf);
        if (!phrase.p) continue;
        const uint32_t t = onri_actor_term_find(m->know, phrase);
        if (t != ONR_NONE) {
            *end = e;
            return t;
        }
    }
    return ONR_NONE;
}

/* Does a term of one word need a second look before it counts as this actor? */
static bool doubtful(const onri_mentions *m, const name_span *s)
{
    const onr_parse *p = m->parse;
    const onr_token *t = &p->tokens[s->beg];
    const onri_actor_term *term = &m->know->terms.at[s->term];
    const onri_actor_entry *e = &m->know->entries.at[term->entry];
    if (e->user || s->end - s->beg > 1) return false;
    if (term->kind == ONRI_TERM_ADJ || term->kind == ONRI_TERM_PEOPLE ||
        term->kind == ONRI_TERM_CITIZEN)
        return !(t->tag == ONR_TAG_JJ || proper(t) || t->tag == ONR_TAG_NNS ||
                 t->tag == ONR_TAG_NN);
    if (!proper(t)) {
        /* sentence starts and headlines are tagged freely */
        const bool abbreviation = t->end - t->beg > 1 && onri_token_upper(p, s->beg) &&
                                  onri_token_sv(p, s->beg).p[1] <= 'Z';
        return !(abbreviation && t->tag != ONR_TAG_VBZ) && e->type != ONR_ENTITY_STATE;
    }
    const bool before =
        s->beg > 0 && proper(&p->tokens[s->beg - 1]) && p->tokens[s->beg - 1].sent == t->sent &&
        p->tokens[s->beg - 1].head == s->beg && !onri_token_is(p, s->beg - 1, "the");
    const bool after = s->end < p->n_tokens && proper(&p->tokens[s->end]) && t->head == s->end &&
                       t->dep == ONR_DEP_COMPOUND;
    if (e->type == ONR_ENTITY_STATE) return after && p->tokens[s->end].ent == ONR_ENT_PERSON;
    if (before) { /* "George Washington"; but "Prime Minister Kremlin" is none either */
        const onri_title title = onri_actor_title(m->know, onri_token_sv(p, s->beg - 1));
        return title.kind == ONRI_TITLE_NONE;
    }
    return after && e->type == ONR_ENTITY_PLACE;
}

static name_span *overlapping(span_vec *v, const onri_mentions *m, uint32_t beg, uint32_t end)
{
    for (uint32_t i = beg; i < end; i++) {
        if (m->in_name[i]) return &v->at[m->in_name[i] - 1];
    }
    return NULL;
}

static bool claim(onri_mentions *m, span_vec *v, name_span s)
{
    name_span *slot = ONRI_PUSH(m->mem, v);
    if (!slot) return false;
    *slot = s;
    for (uint32_t i = s.beg; i < s.end; i++) m->in_name[i] = v->n;
    return true;
}

static void release(onri_mentions *m, name_span *s)
{
    for (uint32_t i = s->beg; i < s->end; i++) m->in_name[i] = 0;
    s->end = s->beg; /* empty: skipped later */
}

static bool edge_word(const onr_parse *p, uint32_t i)
{
    const onr_token *t = &p->tokens[i];
    return t->pos == ONR_POS_PUNCT || t->tag == ONR_TAG_POS || t->tag == ONR_TAG_DT ||
           t->tag == ONR_TAG_CC || t->tag == ONR_TAG_PRPS || t->tag == ONR_TAG_IN ||
           t->pos == ONR_POS_SPACE || t->pos == ONR_POS_SYM || t->tag == ONR_TAG_PDT;
}

/* Entities of the model, without articles and marks at their edges. */
static bool model_spans(onri_mentions *m, span_vec *v)
{
    const onr_parse *p = m->parse;
    for (uint32_t i = 0; i < p->n_entities; i++) {
        const onr_entity_span *e = &p->entities[i];
        name_span s = { e->beg, e->end, ONR_NONE, (uint8_t)e->type };
        if (!actor_ent(s.ent)) continue;
        while (s.beg < s.end && edge_word(p, s.beg)) s.beg++;
        while (s.beg < s.end && edge_word(p, s.end - 1)) s.end--;
        bool capital = false;
        for (uint32_t k = s.beg; k < s.end; k++) {
            capital |= onri_token_upper(p, k);
            if (m->junk[k]) s.end = k > s.beg ? k : s.beg;
        }
        if (s.beg >= s.end || !capital) continue;
        if (s.end - s.beg == 1 && onri_actor_word(m->know, "fragment", p->tokens[s.beg].lower))
            continue;
        if (onri_actor_word(m->know, "nothing", p->tokens[s.beg].lower) ||
            onri_actor_word(m->know, "months", p->tokens[s.end - 1].lower))
            continue;
        if (!claim(m, v, s)) return false;
    }
    return true;
}

/* May the dictionary's phrase take the place of the model's span? */
static bool dictionary_wins(const onri_mentions *m, const name_span *d, const name_span *n)
{
    const onri_actor_term *term = &m->know->terms.at[d->term];
    const onri_actor_entry *e = &m->know->entries.at[term->entry];
    if (e->user) return true;
    if (n->ent == ONR_ENT_NORP && term->kind == ONRI_TERM_ADJ) return true; /* "pro-Iranian" */
    if (d->beg <= n->beg && n->end <= d->end) {
        if (d->end - d->beg > 1) return true;
        if (n->ent == ONR_ENT_PERSON)
            return e->type != ONR_ENTITY_PLACE &&
                   !onri_actor_given(m->know, onri_token_sv(m->parse, d->beg));
        return true;
    }
    return d->beg < n->beg || d->end > n->end ? d->end - d->beg > n->end - n->beg : false;
}

static bool dictionary_spans(onri_mentions *m, span_vec *v)
{
    const onr_parse *p = m->parse;
    for (uint32_t i = 0; i < p->n_tokens;) {
        uint32_t end = i + 1;
        const onr_sv s = onri_token_sv(p, i);
        const bool start =
            onri_token_upper(p, i) || (s.n && s.p[0] >= '0' && s.p[0] <= '9') ||
            (s.n >= 2 && s.p[0] == 'a' && s.p[1] == 'l' && (s.n == 2 || s.p[2] == '-')) ||
            onri_token_is(p, i, "eurozone") || onri_token_is(p, i, "international") ||
            onri_token_is(p, i, "so") || onri_token_is(p, i, "sub");
        if (!start || m->junk[i] || counts(p->tokens[i].ent)) {
            i++;
            continue;
        }
        name_span d = { i, i, ONR_NONE, 0 };
        d.term = term_at(m, i, &end);
        d.end = end;
        if (d.term == ONR_NONE || doubtful(m, &d)) {
            i++;
            continue;
        }
        bool wins = true;
        for (name_span *n; wins && (n = overlapping(v, m, d.beg, d.end)) != NULL;) {
            wins = dictionary_wins(m, &d, n);
            if (wins) {
                if (n->beg <= d.beg && d.end <= n->end) d.ent = n->ent;
                release(m, n);
            } else if (n->beg == d.beg && n->end == d.end) {
                break;
            }
        }
        if (wins && !claim(m, v, d)) return false;
        i = wins ? end : i + 1;
    }
    return true;
}

/* "North and South Korea": the first of two names that share their end. */
static bool shared_ends(onri_mentions *m, span_vec *v)
{
    const onr_parse *p = m->parse;
    for (uint32_t i = 0; i + 3 < p->n_tokens; i++) {
        char buf[160];
        if (p->tokens[i + 1].tag != ONR_TAG_CC || !onri_token_upper(p, i)) continue;
        name_span *second = overlapping(v, m, i + 2, i + 4);
        if (!second || second->beg > i + 2 || second->end != i + 4) continue;
        /* the shared word is the last: "North" + "Korea" */
        const onr_sv a = onri_token_sv(p, i), b = onri_token_sv(p, i + 3);
        if (a.n + b.n + 1 > sizeof buf) continue;
        memcpy(buf, a.p, a.n);
        buf[a.n] = ' ';
        memcpy(buf + a.n + 1, b.p, b.n);
        const uint32_t term = onri_actor_term_find(m->know, onri_sv(buf, a.n + 1 + b.n));
        if (term == ONR_NONE) continue;
        const uint32_t both = onri_actor_term_find(m->know, onri_phrase(p, i + 2, i + 4, buf, 160));
        const uint8_t ent = second->ent;
        release(m, second);
        name_span *first = overlapping(v, m, i, i + 2);
        if (first) release(m, first);
        if (!claim(m, v, (name_span){ i, i + 1, term, ent }) ||
            !claim(m, v, (name_span){ i + 2, i + 4, both, ent }))
            return false;
    }
    return true;
}

/* Runs of proper nouns that neither saw. */
static bool proper_spans(onri_mentions *m, span_vec *v)
{
    const onr_parse *p = m->parse;
    for (uint32_t i = 0; i < p->n_tokens;) {
        uint32_t e = i;
        const uint32_t sent = p->tokens[i].sent;
        while (e < p->n_tokens && p->tokens[e].sent == sent && proper(&p->tokens[e]) &&
               !m->in_name[e] && !counts(p->tokens[e].ent) && !m->junk[e] && onri_token_upper(p, e))
            e++;
        if (e == i) {
            i++;
            continue;
        }
        name_span s = { i, e, ONR_NONE, 0 };
        i = e;
        const onr_sv last = p->tokens[s.end - 1].lower;
        if (onri_actor_word(m->know, "months", last) || onri_actor_word(m->know, "nothing", last))
            continue;
        if (s.end - s.beg == 1 && onri_actor_word(m->know, "fragment", last)) continue;
        /* titles right before another name belong to that name */
        if (s.end < p->n_tokens && m->in_name[s.end] && p->tokens[s.end].sent == sent &&
            p->tokens[s.end - 1].head >= s.end)
            continue;
        if (!claim(m, v, s)) return false;
    }
    return true;
}

/* The words by which an article calls those it has named: last names, and names of one word. *of
 * gets lower-case word -> span + 1; a word that is also written small, or ends two names of unlike
 * kinds, is none. False: no memory. */
static bool short_names(onri_mentions *m, const span_vec *v, onri_map *of)
{
    const onr_parse *p = m->parse;
    for (uint32_t k = 0; k < v->n; k++) {
        const name_span *s = &v->at[k];
        const uint32_t n = s->end - s->beg;
        if (n == 0 || s->term != ONR_NONE || (n > 1 && s->ent != ONR_ENT_PERSON)) continue;
        const onr_token *last = &p->tokens[s->end - 1];
        if (!proper(last) || last->lower.n < 3) continue;
        const uint64_t key = onri_hash(last->lower);
        const uint32_t had = onri_map_get(of, key);
        if (had != ONR_NONE && (had == 0 || v->at[had - 1].ent != s->ent)) continue;
        if (!onri_map_put(of, key, k + 1)) return false;
    }
    if (of->n == 0) return true;
    for (uint32_t i = 0; i < p->n_tokens; i++) {
        if (onri_token_upper(p, i)) continue;
        const uint64_t key = onri_hash(p->tokens[i].lower);
        if (onri_map_get(of, key) != ONR_NONE && !onri_map_put(of, key, 0)) return false;
    }
    return true;
}

/* "Lund is to meet ...": the model overlooks a name that it saw elsewhere, most of all at the start
 * of a sentence. */
static bool seen_spans(onri_mentions *m, span_vec *v)
{
    const onr_parse *p = m->parse;
    onri_map of;
    onri_map_init(&of, m->mem);
    if (!short_names(m, v, &of)) return false;
    for (uint32_t i = 0; of.n && i < p->n_tokens; i++) {
        const onr_token *t = &p->tokens[i];
        if (m->in_name[i] || m->junk[i] || counts(t->ent) || !onri_token_upper(p, i)) continue;
        if (t->pos != ONR_POS_NOUN && t->pos != ONR_POS_PROPN) continue;
        const uint32_t seen = onri_map_get(&of, onri_hash(t->lower));
        if (seen == ONR_NONE || seen == 0) continue;
        const bool in_longer = i + 1 < p->n_tokens && p->tokens[i + 1].sent == t->sent &&
                               m->in_name[i + 1] && t->head == i + 1;
        if (in_longer) continue;
        if (!claim(m, v, (name_span){ i, i + 1, ONR_NONE, v->at[seen - 1].ent })) return false;
    }
    return true;
}

/* ---- typing --------------------------------------------------------------------------------- */

static uint8_t type_by_words(const onri_mentions *m, const name_span *s, bool *sure)
{
    const onr_parse *p = m->parse;
    const onri_actor_knowledge *k = m->know;
    const uint32_t n = s->end - s->beg;
    const onr_sv last = p->tokens[s->end - 1].lower;
    *sure = true;
    if (n > 1) {
        if (onri_actor_word(k, "law-end", last)) return ONR_ENTITY_LAW;
        if (onri_actor_word(k, "event-end", last)) return ONR_ENTITY_EVENT;
        if (onri_actor_word(k, "organization-end", last) && s->ent != ONR_ENT_PERSON)
            return ONR_ENTITY_ORGANIZATION;
        if (onri_actor_word(k, "facility-end", last) && s->ent != ONR_ENT_PERSON)
            return ONR_ENTITY_FACILITY;
        if (onri_actor_word(k, "place-end", last) && s->ent != ONR_ENT_PERSON &&
            s->ent != ONR_ENT_ORG)
            return ONR_ENTITY_PLACE;
        if (onri_actor_word(k, "medium-end", last) && s->ent == ONR_ENT_ORG)
            return ONR_ENTITY_MEDIUM;
        for (uint32_t i = s->beg + 1; i + 1 < s->end; i++) { /* "Ministry of Defence" */
            if (p->tokens[i].tag == ONR_TAG_IN &&
                onri_actor_word(k, "organization-end", p->tokens[i - 1].lower))
                return ONR_ENTITY_ORGANIZATION;
        }
    }
    *sure = false;
    return ONR_ENTITY_OTHER;
}

static uint8_t type_by_ent(uint8_t ent)
{
    switch (ent) {
    case ONR_ENT_PERSON:
        return ONR_ENTITY_PERSON;
    case ONR_ENT_ORG:
        return ONR_ENTITY_ORGANIZATION;
    case ONR_ENT_GPE:
    case ONR_ENT_LOC:
        return ONR_ENTITY_PLACE;
    case ONR_ENT_FAC:
        return ONR_ENTITY_FACILITY;
    case ONR_ENT_NORP:
        return ONR_ENTITY_GROUP;
    case ONR_ENT_EVENT:
        return ONR_ENTITY_EVENT;
    case ONR_ENT_LAW:
        return ONR_ENTITY_LAW;
    default:
        return ONR_ENTITY_OTHER;
    }
}

/* Titles at the front of a span or right before it: first token after them, strongest in *title. */
static uint32_t titles_in(const onri_mentions *m, uint32_t beg, uint32_t end, onri_title *title)
{
    char buf[64];
    uint32_t at = beg;
    while (at + 1 < end) {
        uint32_t took = 0;
        for (uint32_t n = 3; n >= 1 && !took; n--) {
            if (at + n >= end) continue;
            const onr_sv s = onri_phrase(m->parse, at, at + n, buf, sizeof buf);
            const onri_title t =
                s.p ? onri_actor_title(m->know, s) : (onri_title){ ONRI_TITLE_NONE, 0 };
            if (t.kind == ONRI_TITLE_NONE) continue;
            took = n;
            if (title->kind == ONRI_TITLE_NONE || t.gender) *title = t;
        }
        if (!took) break;
        at += took;
    }
    return at;
}

static uint8_t gender_of_name(const onri_mentions *m, uint32_t beg, uint32_t end)
{
    if (end - beg < 2) return 0;
    for (uint32_t i = beg; i + 1 < end; i++) {
        const uint8_t g = onri_actor_given(m->know, onri_token_sv(m->parse, i));
        if (g) return g;
        if (i - beg >= 1) break;
    }
    return 0;
}

/* ---- mentions ------------------------------------------------------------------------------- */

/* The token of the span that hangs from outside it. */
static uint32_t span_head(const onr_parse *p, uint32_t beg, uint32_t end)
{
    for (uint32_t i = end; i-- > beg;) {
        const uint32_t h = p->tokens[i].head;
        if ((h < beg || h >= end || h == i) && p->tokens[i].pos != ONR_POS_PUNCT &&
            p->tokens[i].tag != ONR_TAG_POS)
            return i;
    }
    return end - 1;
}

/* Is the name a word before a noun ("Iran policy", "Iranian president")? */
static bool is_modifier(const onr_parse *p, uint32_t head, uint32_t end)
{
    const onr_token *t = &p->tokens[head];
    if (t->head < end) return false;
    return t->dep == ONR_DEP_COMPOUND || t->dep == ONR_DEP_AMOD || t->dep == ONR_DEP_NMOD;
}

/* The noun of a name's kind right behind it: "Kadima party", "Middle East region". */
static uint32_t class_noun(const onri_mentions *m, const name_span *s, uint32_t head)
{
    const onr_parse *p = m->parse;
    const uint32_t noun = p->tokens[head].head;
    if (noun != s->end || p->tokens[noun].tag != ONR_TAG_NN || onri_token_upper(p, noun))
        return ONR_NONE;
    const char *list = s->ent == ONR_ENT_GPE || s->ent == ONR_ENT_LOC ? "kind-place" : "kind-body";
    if (s->term != ONR_NONE) {
        const onri_actor_term *t = &m->know->terms.at[s->term];
        if (t->kind == ONRI_TERM_ADJ || t->kind == ONRI_TERM_CAPITAL) return ONR_NONE;
        const uint8_t type = m->know->entries.at[t->entry].type;
        if (type == ONR_ENTITY_STATE) return ONR_NONE;
        list = type == ONR_ENTITY_PLACE ? "kind-place" : "kind-body";
    }
    return onri_actor_word(m->know, list, p->tokens[noun].lower) ? noun : ONR_NONE;
}

/* Off the front: another's possessive before a body's name, what a preposition belongs to, a verb.
 */
static void own_words_only(const onri_mentions *m, onri_cand *c)
{
    const onr_parse *p = m->parse;
    for (uint32_t i = c->name_beg; i-- > c->beg;) {
        const onr_token *t = &p->tokens[i];
        const bool pp = t->tag == ONR_TAG_IN || t->tag == ONR_TAG_TO;
        const bool time = t->ent == ONR_ENT_TIME || t->ent == ONR_ENT_DATE; /* "21:40 President" */
        if (pp || time || (t->tag == ONR_TAG_POS && c->type != ONR_ENTITY_PERSON) ||
            t->tag == ONR_TAG_VBD || (t->tag == ONR_TAG_PRPS && c->type != ONR_ENTITY_PERSON)) {
            c->beg = i + 1;
            if (pp) /* the object of the preposition goes too */
                while (c->beg < c->name_beg && p->tokens[c->beg].head < c->beg) c->beg++;
            break;
        }
    }
}

/* A state's word: name, adjective or people; or the dictionary's other actors. */
static void apply_term(onri_mentions *m, onri_cand *c, const name_span *s, bool modifier)
{
    const onr_parse *p = m->parse;
    uint32_t t = s->term;
    const onr_token *tok = &p->tokens[c->head];
    const bool plural = tok->tag == ONR_TAG_NNS || tok->tag == ONR_TAG_NNPS;
    /* among the readings of one phrase take the one that fits the place it stands in */
    for (uint32_t i = s->term; i != ONR_NONE; i = m->know->terms.at[i].next) {
        const onri_actor_term *x = &m->know->terms.at[i];
        if (x->kind == ONRI_TERM_ADJ && modifier && tok->tag == ONR_TAG_JJ) t = i;
        if (x->kind == ONRI_TERM_PEOPLE && plural && !modifier) t = i;
    }
    const onri_actor_term *term = &m->know->terms.at[t];
    const onri_actor_entry *e = &m->know->entries.at[term->entry];
    c->entry = term->entry;
    c->term = term->kind;
    c->type = e->type;
    c->gender = e->gender;
    c->sure = true;
    c->number = ONRI_SINGULAR;
    if (term->kind == ONRI_TERM_ADJ) {
        c->kind = ONR_MENTION_ADJECTIVE;
        if (tok->tag != ONR_TAG_JJ && (p->tokens[c->head].head == c->head || !modifier)) {
            c->kind = ONR_MENTION_NAME;
            const bool the = c->beg < c->name_beg && onri_token_is(p, c->beg, "the");
            c->term = the ? ONRI_TERM_PEOPLE : ONRI_TERM_CITIZEN; /* "the British", "an American" */
            if (the) c->number = ONRI_PLURAL;
        }
    }
    if (e->type == ONR_ENTITY_STATE && term->kind == ONRI_TERM_NAME && c->name_beg > c->beg &&
        onri_actor_word(m->know, "direction", p->tokens[c->name_beg - 1].lower)) {
        c->country = c->entry; /* "southern Syria" is a place in it */
        c->entry = ONR_NONE;
        c->type = ONR_ENTITY_PLACE;
        c->name_beg--;
    }
    if (term->kind == ONRI_TERM_PEOPLE) {
        c->number = ONRI_PLURAL;
        for (uint32_t i = c->beg; i < c->name_beg; i++) { /* "19 Palestinians" are not the state */
            const onr_token *w = &p->tokens[i];
            if (w->pos == ONR_POS_NUM || onri_actor_word(m->know, "vague", w->lower))
                c->term = ONRI_TERM_CITIZEN;
        }
    }
    if (c->term == ONRI_TERM_CITIZEN) c->type = ONR_ENTITY_PERSON;
}

/* The phrase around a name: titles, adjectives, article; the noun of its kind behind it. */
static void grow(onri_mentions *m, onri_cand *c, const name_span *s)
{
    const onr_parse *p = m->parse;
    const uint32_t head = c->head;
    const uint32_t noun =
        c->modifier && c->ent != ONR_ENT_PERSON ? class_noun(m, s, head) : ONR_NONE;
    if (noun != ONR_NONE) { /* "the Kadima party" */
        c->head = noun;
        c->end = noun + 1;
        c->modifier = false;
        c->noun = onri_token_head_noun(m, noun);
        const uint32_t left = onri_phrase_left(m, noun);
        if (left < c->beg) c->beg = left;
        m->in_name[noun] = m->in_name[s->beg];
    } else if (!c->modifier) {
        const uint32_t left = onri_phrase_left(m, head);
        if (left < c->beg) c->beg = left;
        /* "the ambassador to Iran Alexander Maryasov": two names touch, not one phrase */
        const bool touch = s->beg > c->beg && m->in_name[s->beg - 1] &&
                           proper(&p->tokens[s->beg - 1]) && s->beg == c->name_beg;
        if (touch && s->ent == ONR_ENT_PERSON && !onri_token_head_noun(m, s->beg - 1))
            c->beg = s->beg;
        if (c->beg < c->name_beg) {
            c->role_beg = c->beg;
            c->role_end = c->name_beg;
        }
    } else if (c->beg > 0 && onri_token_is(p, c->beg - 1, "the") &&
               p->tokens[c->beg - 1].head == head) {
        c->beg--;
    }
}

/* The noun or title right before a name says what it is: "president X", "the daily Y". */
static onri_title word_before(const onri_mentions *m, onri_cand *c, uint32_t span_beg,
                              onri_title title)
{
    const onr_parse *p = m->parse;
    uint32_t noun_at = ONR_NONE;
    for (uint32_t i = c->beg; i < c->name_beg; i++) {
        const onr_token *t = &p->tokens[i];
        if ((t->pos == ONR_POS_NOUN || t->pos == ONR_POS_PROPN) && !m->in_name[i] &&
            t->dep != ONR_DEP_POSS && onri_token_head_noun(m, i))
            noun_at = i;
    }
    if (noun_at == ONR_NONE && title.kind >= ONRI_TITLE_FAITH && c->name_beg > span_beg)
        noun_at = c->name_beg - 1;
    if (noun_at != ONR_NONE) c->noun = onri_token_head_noun(m, noun_at);
    for (uint32_t i = c->beg; i < c->name_beg && title.kind == ONRI_TITLE_NONE; i++)
        (void)titles_in(m, i, c->name_beg + 1, &title);
    return title;
}

/* Several words in capitals: a heading, until the text says that it is somebody's name. */
static bool shouted(const onr_parse *p, const name_span *s)
{
    if (s->end - s->beg < 2) return false;
    for (uint32_t i = s->beg; i < s->end; i++) {
        const onr_sv w = onri_token_sv(p, i);
        if (w.n < 3) return false;
        for (size_t k = 0; k < w.n; k++) {
            if (w.p[k] >= 'a' && w.p[k] <= 'z') return false;
        }
    }
    return true;
}

/* The relative pronoun that opens a clause on the name: "Vantix, which ...". ONR_NONE: none. */
static uint32_t relative_of(const onr_parse *p, uint32_t end)
{
    uint32_t i = end;
    if (i < p->n_tokens && p->tokens[i].tag == ONR_TAG_COMMA) i++;
    return i < p->n_tokens && p->tokens[i].sent == p->tokens[end - 1].sent &&
                   (p->tokens[i].tag == ONR_TAG_WP || p->tokens[i].tag == ONR_TAG_WDT)
               ? i
               : ONR_NONE;
}

/* What the words around a name say of its type where the model guessed: "the town of Kandi", "near
 * Svalbard", "the Daily Ledger", "Vantix, which". type: what was guessed so far. *sure: no guess
 * any more. */
static uint8_t type_by_context(const onri_mentions *m, const onri_cand *c, const name_span *s,
                               uint8_t type, bool *sure)
{
    const onr_parse *p = m->parse;
    const uint32_t sent = p->tokens[s->beg].sent;
    const bool first = c->name_beg == 0 || p->tokens[c->name_beg - 1].sent != sent;
    const uint32_t before = first ? ONR_NONE : c->name_beg - 1;
    const onr_sv word = first ? ONR_SV("") : p->tokens[before].lower;
    if (onri_eqz(word, "of") && before > 0 && p->tokens[before - 1].sent == sent &&
        onri_actor_word(m->know, "kind-place", p->tokens[before - 1].lower)) {
        *sure = true;
        return ONR_ENTITY_PLACE;
    }
    if (type != ONR_ENTITY_PERSON) return type;
    if (onri_eqz(word, "the") && c->number != ONRI_PLURAL && !c->modifier)
        return ONR_ENTITY_ORGANIZATION;
    if (onri_actor_given(m->know, onri_token_sv(p, c->name_beg))) return type;
    if (s->end - c->name_beg == 1 && onri_actor_word(m->know, "whereabouts", word))
        return ONR_ENTITY_PLACE;
    const uint32_t rel = relative_of(p, s->end);
    if (rel != ONR_NONE && onri_eqz(p->tokens[rel].lower, "which")) return ONR_ENTITY_ORGANIZATION;
    if (c->modifier && s->end < p->n_tokens && p->tokens[s->end].sent == sent &&
        onri_actor_word(m->know, "of-a-firm", p->tokens[s->end].lower))
        return ONR_ENTITY_ORGANIZATION;
    return type;
}

/* Type and gender of a name that no dictionary knows. */
static void type_name(onri_mentions *m, onri_cand *c, const name_span *s, onri_title title)
{
    const onr_parse *p = m->parse;
    bool sure = false;
    uint8_t type = type_by_words(m, s, &sure);
    title = word_before(m, c, s->beg, title);
    if (title.kind != ONRI_TITLE_NONE && s->ent != ONR_ENT_GPE && s->ent != ONR_ENT_LOC) {
        type = ONR_ENTITY_PERSON;
        sure = true;
    } else if (!sure && c->noun && c->noun->use == ONRI_USE_PLAIN && c->noun->sure &&
               s->ent != ONR_ENT_PERSON &&
               (c->noun->type == ONR_ENTITY_ORGANIZATION || c->noun->type == ONR_ENTITY_MEDIUM)) {
        type = c->noun->type; /* "bank Dexia" */
        sure = true;
    } else if (!sure && c->noun && c->noun->type == ONR_ENTITY_PERSON &&
               c->noun->use != ONRI_USE_NONE && s->ent != ONR_ENT_GPE) {
        type = ONR_ENTITY_PERSON;
        sure = true;
    }
    if (!sure && c->name_beg > 0 && p->tokens[c->name_beg - 1].sent == p->tokens[s->beg].sent) {
        /* "their child Gloria", whatever the model takes Gloria for */
        const uint32_t before = c->name_beg - 1;
        const onri_head_noun *h = m->in_name[before] ? NULL : onri_token_head_noun(m, before);
        if (h && h->type == ONR_ENTITY_PERSON && p->tokens[before].tag == ONR_TAG_NN &&
            onri_actor_given(m->know, onri_token_sv(p, c->name_beg))) {
            type = ONR_ENTITY_PERSON;
            sure = true;
        }
    }
    if (!sure) {
        const uint32_t words = s->end - c->name_beg;
        type = type_by_ent(s->ent);
        if (words > 1 && words < 4 && s->ent != ONR_ENT_FAC && s->ent != ONR_ENT_GPE &&
            s->ent != ONR_ENT_WORK_OF_ART &&
            onri_actor_given(m->know, onri_token_sv(p, c->name_beg)))
            type = ONR_ENTITY_PERSON;
        type = type_by_context(m, c, s, type, &sure);
    }
    if (type == ONR_ENTITY_PERSON && !sure && shouted(m->parse, s)) type = ONR_ENTITY_OTHER;
    if (type == ONR_ENTITY_ORGANIZATION && !sure && c->number == ONRI_PLURAL &&
        s->end - c->name_beg == 1)
        type = ONR_ENTITY_GROUP; /* "Uighurs" */
    c->type = type;
    c->sure = sure;
    c->gender = title.gender;
    if (type == ONR_ENTITY_PERSON && !c->gender && c->noun) c->gender = c->noun->gender;
    if (type == ONR_ENTITY_PERSON && !c->gender) c->gender = gender_of_name(m, c->name_beg, s->end);
}

static bool name_found(onri_mentions *m, const name_span *s)
{
    const onr_parse *p = m->parse;
    onri_title title = { ONRI_TITLE_NONE, 0 };
    const uint32_t name_beg = s->term == ONR_NONE ? titles_in(m, s->beg, s->end, &title) : s->beg;
    const uint32_t head = span_head(p, name_beg, s->end);
    const uint8_t tag = p->tokens[head].tag;
    onri_cand *c = onri_mention_add(m, s->beg, s->end, head, ONR_MENTION_NAME, ONR_ENTITY_OTHER);
    if (!c) return false;
    c->name_beg = name_beg;
    c->name_end = s->end;
    c->ent = s->ent;
    c->modifier = is_modifier(p, head, s->end);
    c->number = tag == ONR_TAG_NNPS || tag == ONR_TAG_NNS ? ONRI_PLURAL : ONRI_SINGULAR;
    const bool modifier = c->modifier;
    grow(m, c, s);
    if (s->term != ONR_NONE) {
        apply_term(m, c, s, modifier);
        if (c->type == ONR_ENTITY_PERSON && !c->gender)
            c->gender = gender_of_name(m, c->name_beg, c->name_end);
    } else if (s->ent == ONR_ENT_NORP && modifier) {
        c->kind = ONR_MENTION_ADJECTIVE;
        c->type = ONR_ENTITY_NATIONALITY;
    } else {
        type_name(m, c, s, title);
    }
    return true;
}

static bool name_mention(onri_mentions *m, const name_span *s)
{
    if (!name_found(m, s)) return false;
    onri_cand *c = &m->at.at[m->at.n - 1];
    own_words_only(m, c);
    if (c->role_beg < c->beg) c->role_beg = c->beg;
    if (c->role_end < c->role_beg) c->role_end = c->role_beg;
    return true;
}

/* "the President of Iran", "the Supreme Leader": capitals, but no name. */
static bool is_office(const onri_mentions *m, const name_span *s)
{
    if (s->term != ONR_NONE) return false;
    const onri_head_noun *h = onri_token_head_noun(m, s->end - 1);
    if (!h || h->type != ONR_ENTITY_PERSON || h->use != ONRI_USE_OFFICE) return false;
    return s->ent == 0 || s->ent == ONR_ENT_PERSON || s->ent == ONR_ENT_ORG;
}

onr_status onri_mention_names(onri_mentions *m, onr_error *err)
{
    span_vec v = { 0 };
    if (!model_spans(m, &v) || !dictionary_spans(m, &v) || !shared_ends(m, &v) ||
        !proper_spans(m, &v) || !seen_spans(m, &v))
        return onri_fail_mem(err, m->mem, "mentions");
    for (uint32_t i = 0; i < v.n; i++) {
        if (v.at[i].end == v.at[i].beg) continue;
        if (is_office(m, &v.at[i])) {
            release(m, &v.at[i]);
            continue;
        }
        if (!name_mention(m, &v.at[i])) return onri_fail_mem(err, m->mem, "mentions");
    }
    return ONR_OK;
}
