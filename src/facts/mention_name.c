/* Names: the spans of mention_span.c, typed and grown to the phrase with its titles.
 *
 * Source: own. Leaves out: nominals and pronouns (mention_phrase.c). */
#include "facts/mention.h"

/* ---- typing --------------------------------------------------------------------------------- */

static uint8_t type_by_words(const onri_mentions *m, const onri_name_span *s, bool *sure)
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
        if (onri_actor_word(k, "medium-start", p->tokens[s->beg].lower)) return ONR_ENTITY_MEDIUM;
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
static uint32_t class_noun(const onri_mentions *m, const onri_name_span *s, uint32_t head)
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

/* "Soviet-built": half a word. */
static bool hyphened(const onr_parse *p, uint32_t i)
{
    return i + 1 < p->n_tokens && p->tokens[i].end == p->tokens[i + 1].beg &&
           p->tokens[i + 1].tag == ONR_TAG_HYPH;
}

/* A state's word: name, adjective or people; or the dictionary's other actors. */
static void apply_term(onri_mentions *m, onri_cand *c, const onri_name_span *s, bool modifier)
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
        if (tok->tag != ONR_TAG_JJ && !hyphened(p, c->head) &&
            (p->tokens[c->head].head == c->head || !modifier)) {
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
static void grow(onri_mentions *m, onri_cand *c, const onri_name_span *s)
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
                           onri_token_proper(&p->tokens[s->beg - 1]) && s->beg == c->name_beg;
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

/* "the newspaper Daily Compass", "the weekly Der Bote": does the word right before the name tell
 * that it is a medium's or a body's? Not where the name begins as a person's does. */
static bool tells_kind(const onri_mentions *m, uint32_t name_beg, uint8_t ent)
{
    const onr_parse *p = m->parse;
    if (name_beg == 0) return false;
    const onr_token *t = &p->tokens[name_beg - 1];
    if (t->sent != p->tokens[name_beg].sent || m->in_name[name_beg - 1]) return false;
    if (t->tag != ONR_TAG_NN && t->tag != ONR_TAG_JJ) return false;
    const onri_head_noun *h = onri_token_head_noun(m, name_beg - 1);
    if (!h || h->use != ONRI_USE_PLAIN || !h->sure) return false;
    if (h->type == ONR_ENTITY_MEDIUM && ent != ONR_ENT_PERSON) return true;
    if (onri_actor_given(m->know, onri_token_sv(p, name_beg))) return false;
    return h->type == ONR_ENTITY_MEDIUM ||
           (h->type == ONR_ENTITY_ORGANIZATION && t->tag == ONR_TAG_NN);
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
    if (noun_at == ONR_NONE && tells_kind(m, c->name_beg, c->ent)) noun_at = c->name_beg - 1;
    if (noun_at == ONR_NONE && title.kind >= ONRI_TITLE_FAITH && c->name_beg > span_beg)
        noun_at = c->name_beg - 1;
    if (noun_at != ONR_NONE) c->noun = onri_token_head_noun(m, noun_at);
    for (uint32_t i = c->beg; i < c->name_beg && title.kind == ONRI_TITLE_NONE; i++)
        (void)titles_in(m, i, c->name_beg + 1, &title);
    return title;
}

/* Several words in capitals: a heading, until the text says that it is somebody's name. */
static bool shouted(const onr_parse *p, const onri_name_span *s)
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

/* "a stake in Gazprom", "confidence in Hamas": what follows "in" is no place. */
static bool is_stake(const onri_mentions *m, uint32_t governor)
{
    return onri_actor_word(m->know, "stake", m->parse->tokens[governor].lemma);
}

/* "The head of the UN mission, El-Ghassim Wane, said": a name of two words or three behind an
 * office and a comma is who holds it. */
static bool holds_office(const onri_mentions *m, const onri_cand *c, const onri_name_span *s)
{
    const onr_parse *p = m->parse;
    const uint32_t beg = c->name_beg;
    if (beg < 3 || s->term != ONR_NONE) return false;
    uint32_t words = 1;
    for (uint32_t i = beg + 1; i < s->end; i++)
        words += p->tokens[i].beg > p->tokens[i - 1].end; /* "El-Ghassim" is one */
    if (words < 2 || words > 3) return false;
    if (p->tokens[beg - 1].tag != ONR_TAG_COMMA || s->end >= p->n_tokens ||
        p->tokens[s->end].tag != ONR_TAG_COMMA || p->tokens[beg - 2].sent != p->tokens[beg].sent)
        return false;
    for (uint32_t i = beg; i < s->end; i++)
        if (!onri_token_proper(&p->tokens[i]) && p->tokens[i].pos != ONR_POS_PUNCT) return false;
    uint32_t i = beg - 2;
    for (unsigned guard = 0; guard < 8; guard++) {
        const onri_head_noun *h = m->in_name[i] ? NULL : onri_token_head_noun(m, i);
        if (h && h->type == ONR_ENTITY_PERSON && h->use == ONRI_USE_OFFICE)
            return p->tokens[i].tag == ONR_TAG_NN;
        if (p->tokens[i].head >= i) return false;
        i = p->tokens[i].head;
    }
    return false;
}

/* What the words around a name say of its type where the model guessed: "the town of Kandi", "near
 * Svalbard", "the Daily Ledger", "Vantix, which". type: what was guessed so far. *sure: no guess
 * any more. */
static uint8_t type_by_context(const onri_mentions *m, const onri_cand *c, const onri_name_span *s,
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
    if (type == ONR_ENTITY_ORGANIZATION && onri_eqz(word, "in") && !c->modifier &&
        !is_stake(m, p->tokens[before].head))
        return ONR_ENTITY_PLACE;
    if (type == ONR_ENTITY_ORGANIZATION && holds_office(m, c, s)) return ONR_ENTITY_PERSON;
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

/* "Azerbaijani Foreign Ministry": the state whose adjective a body's name begins with, ONR_NONE. */
static uint32_t state_of(const onri_mentions *m, const onri_cand *c, const onri_name_span *s)
{
    if (s->end - c->name_beg < 2) return ONR_NONE;
    uint32_t t = onri_actor_term_find(m->know, onri_token_sv(m->parse, c->name_beg));
    for (; t != ONR_NONE; t = m->know->terms.at[t].next) {
        const onri_actor_term *term = &m->know->terms.at[t];
        if (term->kind == ONRI_TERM_ADJ &&
            m->know->entries.at[term->entry].type == ONR_ENTITY_STATE)
            return term->entry;
    }
    return ONR_NONE;
}

/* Type and gender of a name that no dictionary knows. */
static void type_name(onri_mentions *m, onri_cand *c, const onri_name_span *s, onri_title title)
{
    const onr_parse *p = m->parse;
    bool sure = false;
    uint8_t type = type_by_words(m, s, &sure);
    title = word_before(m, c, s->beg, title);
    if (title.kind != ONRI_TITLE_NONE && s->ent != ONR_ENT_GPE && s->ent != ONR_ENT_LOC) {
        type = ONR_ENTITY_PERSON;
        sure = true;
    } else if (!sure && c->noun && c->noun->use == ONRI_USE_PLAIN && c->noun->sure &&
               (s->ent != ONR_ENT_PERSON || tells_kind(m, c->name_beg, c->ent)) &&
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
    if (type == ONR_ENTITY_ORGANIZATION && c->country == ONR_NONE) c->country = state_of(m, c, s);
    c->gender = title.gender;
    if (type == ONR_ENTITY_PERSON && !c->gender && c->noun) c->gender = c->noun->gender;
    if (type == ONR_ENTITY_PERSON && !c->gender) c->gender = gender_of_name(m, c->name_beg, s->end);
}

static bool name_found(onri_mentions *m, const onri_name_span *s)
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

static bool name_mention(onri_mentions *m, const onri_name_span *s)
{
    if (!name_found(m, s)) return false;
    onri_cand *c = &m->at.at[m->at.n - 1];
    own_words_only(m, c);
    if (c->role_beg < c->beg) c->role_beg = c->beg;
    if (c->role_end < c->role_beg) c->role_end = c->role_beg;
    return true;
}

/* "the President of Iran", "the Supreme Leader": capitals, but no name. */
static bool is_office(const onri_mentions *m, const onri_name_span *s)
{
    if (s->term != ONR_NONE) return false;
    const onri_head_noun *h = onri_token_head_noun(m, s->end - 1);
    if (!h || h->type != ONR_ENTITY_PERSON || h->use != ONRI_USE_OFFICE) return false;
    return s->ent == 0 || s->ent == ONR_ENT_PERSON || s->ent == ONR_ENT_ORG;
}

onr_status onri_mention_names(onri_mentions *m, onr_error *err)
{
    onri_name_spans v = { 0 };
    if (!onri_find_name_spans(m, &v)) return onri_fail_mem(err, m->mem, "mentions");
    for (uint32_t i = 0; i < v.n; i++) {
        if (v.at[i].end == v.at[i].beg) continue;
        if (is_office(m, &v.at[i])) {
            onri_release_name(m, &v.at[i]);
            continue;
        }
        if (!name_mention(m, &v.at[i])) return onri_fail_mem(err, m->mem, "mentions");
    }
    return ONR_OK;
}
