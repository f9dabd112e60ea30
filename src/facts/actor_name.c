/* Passes over names: one actor of the dictionary, equal names, acronyms, parts of names.
 *
 * Source: own. Each name looks its antecedent up in a table of keys: linear in names. */
#include "facts/actor.h"

#include <stdio.h>

enum { KEY_MAX = 200 };

static bool title_word(const onri_cast *c, uint32_t i)
{
    return onri_actor_title(c->m->know, onri_token_sv(c->m->parse, i)).kind != ONRI_TITLE_NONE;
}

/* Hash of a name's words in lower case, without "the", marks and possessives. */
static uint64_t key_of(const onri_cast *c, uint32_t beg, uint32_t end, char kind)
{
    char buf[KEY_MAX];
    size_t n = 0;
    buf[n++] = kind;
    for (uint32_t i = beg; i < end; i++) {
        const onr_token *t = &c->m->parse->tokens[i];
        if (t->tag == ONR_TAG_POS || t->tag == ONR_TAG_DT || t->tag == ONR_TAG_COMMA) continue;
        for (size_t k = 0; k < t->lower.n && n < sizeof buf - 1; k++) {
            if (t->lower.p[k] != '.') buf[n++] = t->lower.p[k];
        }
        if (n < sizeof buf - 1) buf[n++] = ' ';
    }
    return onri_hash(onri_sv(buf, n));
}

static void remember(onri_cast *c, uint64_t key, uint32_t mention)
{
    if (!onri_map_put(&c->by_key, key, mention)) c->failed = true;
}

/* ---- the dictionary ---------------------------------------------------------------------------
 */

/* "Washington is worried": only who can be so is. */
static bool is_of_mind(const onri_cast *c, uint32_t verb)
{
    const onr_parse *p = c->m->parse;
    const uint32_t end = p->sentences[p->tokens[verb].sent].end;
    for (uint32_t i = verb + 1; i < end; i++)
        if (p->tokens[i].head == verb && p->tokens[i].dep == ONR_DEP_ACOMP)
            return onri_actor_word(c->m->know, "of-mind", p->tokens[i].lower);
    return false;
}

/* "flew to Moscow", "his trip to Moscow", against "a blow to Moscow". */
static bool goes(const onri_cast *c, uint32_t governor)
{
    const onr_token *t = &c->m->parse->tokens[governor];
    return onri_actor_word(c->m->know, "goes", t->lemma) ||
           onri_actor_word(c->m->know, "goes", t->lower);
}

/* Does a capital act here, or is one in it? */
static bool acts(const onri_cast *c, const onri_cand *m)
{
    const onr_parse *p = c->m->parse;
    uint32_t i = m->head;
    for (unsigned guard = 0; guard < 6 && p->tokens[i].dep == ONR_DEP_CONJ; guard++)
        i = p->tokens[i].head;
    const onr_token *t = &p->tokens[i];
    if (m->modifier) return true;
    switch (t->dep) {
    case ONR_DEP_NSUBJ:
        return !onri_eqz(p->tokens[t->head].lemma, "lie") &&
               (!onri_eqz(p->tokens[t->head].lemma, "be") || is_of_mind(c, t->head));
    case ONR_DEP_NSUBJPASS:
    case ONR_DEP_DOBJ:
    case ONR_DEP_DATIVE:
        return !onri_eqz(p->tokens[t->head].lemma, "visit") &&
               !onri_eqz(p->tokens[t->head].lemma, "leave") &&
               !onri_eqz(p->tokens[t->head].lemma, "reach");
    case ONR_DEP_POSS:
        return true;
    case ONR_DEP_POBJ: {
        const onr_token *prep = &p->tokens[t->head];
        return onri_actor_word(c->m->know, "party", prep->lower) || prep->dep == ONR_DEP_AGENT ||
               (onri_eqz(prep->lower, "to") && !goes(c, prep->head));
    }
    default:
        return false;
    }
}

/* A capital becomes its state or its city. */
static void settle_capital(onri_cast *c, uint32_t i)
{
    onri_cand *m = &c->m->at.at[i];
    const onri_actor_knowledge *k = c->m->know;
    if (m->entry == ONR_NONE || m->term != ONRI_TERM_CAPITAL || acts(c, m)) return;
    char buf[160];
    const onr_sv phrase = onri_phrase(c->m->parse, m->name_beg, m->name_end, buf, sizeof buf);
    for (uint32_t t = phrase.p ? onri_actor_term_find(k, phrase) : ONR_NONE; t != ONR_NONE;
         t = k->terms.at[t].next) {
        if (k->terms.at[t].kind != ONRI_TERM_NAME) continue;
        m->entry = k->terms.at[t].entry;
        m->term = ONRI_TERM_NAME;
        m->type = k->entries.at[m->entry].type;
        onri_cluster *own = &c->of[i];
        memset(own->vote, 0, sizeof own->vote);
        own->vote[m->type] = 100;
        own->entry = m->entry;
        return;
    }
}

static uint64_t entry_key(uint32_t entry)
{
    return onri_hash_u64(0x0d1c7000000u + entry);
}

uint32_t onri_actor_mention(const onri_cast *c, uint32_t entry)
{
    return onri_map_get(&c->by_key, entry_key(entry));
}

void onri_pass_dictionary(onri_cast *c)
{
    const onri_actor_knowledge *k = c->m->know;
    for (uint32_t i = 0; i < c->m->at.n; i++) {
        onri_cand *m = &c->m->at.at[i];
        if (m->entry == ONR_NONE) continue;
        settle_capital(c, i);
        if (m->term == ONRI_TERM_CITIZEN) { /* a citizen is not the state */
            m->country = m->entry;
            m->entry = ONR_NONE;
            c->of[i].entry = ONR_NONE;
            c->of[i].country = m->country;
            m->type = m->number == ONRI_PLURAL ? ONR_ENTITY_GROUP : ONR_ENTITY_PERSON;
            memset(c->of[i].vote, 0, sizeof c->of[i].vote);
            c->of[i].vote[m->type] = 6;
            continue;
        }
        const onri_actor_entry *e = &k->entries.at[m->entry];
        c->of[i].country = onri_actor_state(k, e->country);
        const uint64_t key = entry_key(m->entry);
        const uint32_t had = onri_map_get(&c->by_key, key);
        if (had != ONR_NONE) onri_join(c, i, had, "dictionary", 0.95f);
        remember(c, key, i);
    }
}

/* ---- equal names ------------------------------------------------------------------------------
 */

void onri_pass_exact(onri_cast *c)
{
    for (uint32_t i = 0; i < c->m->at.n; i++) {
        const onri_cand *m = &c->m->at.at[i];
        if (m->kind != ONR_MENTION_NAME || m->entry != ONR_NONE) continue;
        if (m->type == ONR_ENTITY_PERSON && m->country != ONR_NONE) continue; /* a citizen */
        const uint64_t key = key_of(c, m->name_beg, m->name_end, '=');
        const uint32_t had = onri_map_get(&c->by_key, key);
        if (had != ONR_NONE) {
            const uint8_t a = onri_cluster_gender(onri_cluster_of(c, had));
            if (!a || !m->gender || a == m->gender) onri_join(c, i, had, "exact", 0.93f);
        }
        remember(c, key, i);
    }
}

/* ---- acronyms ---------------------------------------------------------------------------------
 */

/* Initials of a name's capitalised words into buf; their number. */
static size_t initials(const onri_cast *c, const onri_cand *m, char *buf, size_t cap)
{
    size_t n = 0;
    for (uint32_t i = m->name_beg; i < m->name_end; i++) {
        const onr_sv s = onri_token_sv(c->m->parse, i);
        if (onri_token_upper(c->m->parse, i) && n + 1 < cap && (unsigned char)s.p[0] < 0x80)
            buf[n++] = s.p[0];
    }
    return n;
}

/* All capitals (with or without points), 2 to 6 letters. */
static size_t acronym_letters(const onri_cast *c, const onri_cand *m, char *buf, size_t cap)
{
    size_t n = 0;
    if (m->name_end - m->name_beg != 1) return 0;
    const onr_sv s = onri_token_sv(c->m->parse, m->name_beg);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.') continue;
        if (s.p[i] < 'A' || s.p[i] > 'Z' || n + 1 >= cap) return 0;
        buf[n++] = s.p[i];
    }
    return n >= 2 && n <= 6 ? n : 0;
}

static uint64_t letters_key(const char *buf, size_t n)
{
    return onri_hash(onri_sv(buf, n)) ^ 0xac0000000001u;
}

void onri_pass_acronym(onri_cast *c)
{
    const onr_parse *p = c->m->parse;
    for (uint32_t i = 0; i < c->m->at.n; i++) {
        const onri_cand *m = &c->m->at.at[i];
        char a[16], b[24];
        if (m->kind != ONR_MENTION_NAME) continue;
        if (m->entry != ONR_NONE && c->m->know->entries.at[m->entry].type == ONR_ENTITY_STATE)
            continue; /* "US" */
        const size_t n = acronym_letters(c, m, a, sizeof a);
        if (!n) {
            const size_t k = initials(c, m, b, sizeof b);
            if (k >= 2 && k <= 6) {
                const uint32_t had = onri_map_get(&c->by_key, letters_key(b, k) ^ 1u);
                if (had != ONR_NONE && m->type != ONR_ENTITY_PERSON && onri_compatible(c, had, i))
                    onri_join(c, i, had, "acronym", 0.88f);
                remember(c, letters_key(b, k), i);
            }
            continue;
        }
        const uint32_t had = onri_map_get(&c->by_key, letters_key(a, n));
        if (had != ONR_NONE && onri_compatible(c, had, i)) onri_join(c, i, had, "acronym", 0.88f);
        remember(c, letters_key(a, n) ^ 1u, i);
        /* "International Ice Patrol (IIP)", "Party of Progress (PoP)": right behind in brackets */
        if (i > 0 && m->beg >= 2 && onri_eqz(onri_token_sv(p, m->beg - 1), "(")) {
            const uint32_t before = c->m->by_head[p->tokens[m->head].head];
            for (uint32_t back = i; back-- > 0 && i - back < 4;) {
                const onri_cand *o = &c->m->at.at[back];
                if (o->end == m->beg - 1 && o->kind != ONR_MENTION_PRONOUN) {
                    const onr_sv s = onri_token_sv(p, o->name_beg);
                    if ((s.p[0] == a[0] || o->kind == ONR_MENTION_NAME) &&
                        onri_compatible(c, back, i))
                        onri_join(c, i, back, "acronym", 0.88f);
                    break;
                }
            }
            (void)before;
        }
    }
}

/* ---- parts of names ----------------------------------------------------------------------------
 */

/* Is every word of the shorter name, in order, in the longer one? */
static bool contained(const onri_cast *c, const onri_cand *shorter, const onri_cand *longer)
{
    const onr_parse *p = c->m->parse;
    uint32_t at = longer->name_beg;
    for (uint32_t i = shorter->name_beg; i < shorter->name_end; i++) {
        if (p->tokens[i].tag == ONR_TAG_POS || p->tokens[i].tag == ONR_TAG_DT || title_word(c, i))
            continue;
        while (at < longer->name_end && !onri_eq(p->tokens[at].lower, p->tokens[i].lower)) at++;
        if (at == longer->name_end) return false;
        at++;
    }
    return true;
}

static uint64_t word_key(const onri_cast *c, uint32_t token, char kind)
{
    return key_of(c, token, token + 1, kind);
}

static bool person_like(const onri_cast *c, uint32_t i)
{
    const onr_entity_type t = onri_cluster_type(onri_cluster_of(c, i));
    return t == ONR_ENTITY_PERSON;
}

/* First word that is no title, and the last that is no possessive or suffix. */
static void bounds(const onri_cast *c, const onri_cand *m, uint32_t *first, uint32_t *last)
{
    *first = m->name_beg;
    *last = m->name_end - 1;
    while (*first < *last && title_word(c, *first)) (*first)++;
    while (*last > *first) {
        const onr_sv s = c->m->parse->tokens[*last].lower;
        if (!onri_eqz(s, "jr.") && !onri_eqz(s, "jr") && !onri_eqz(s, "sr.") &&
            !onri_eqz(s, "ii") && !onri_eqz(s, "iii") &&
            c->m->parse->tokens[*last].tag != ONR_TAG_POS)
            break;
        (*last)--;
    }
}

static bool join_person(onri_cast *c, uint32_t i, uint32_t had)
{
    const onri_cand *m = &c->m->at.at[i];
    const onri_cluster *k = onri_cluster_of(c, had);
    const uint8_t g = onri_cluster_gender(k);
    const uint8_t own = m->gender;
    if (g && own && g != own) return false;
    if (!person_like(c, had)) return false;
    if (onri_root(c, i) == onri_root(c, had)) return true;
    if (!onri_compatible(c, had, i)) {
        /* sm takes a last name for a place or a firm: the full name knows better */
        const onri_cluster *x = onri_cluster_of(c, i);
        if (x->entry != ONR_NONE || m->sure || x->n > 3 || m->number == ONRI_PLURAL) return false;
        memset(onri_cluster_of(c, i)->vote, 0, sizeof x->vote);
        if (!onri_compatible(c, had, i)) return false;
    }
    return onri_join(c, i, had, "name", 0.88f);
}

static void person_name(onri_cast *c, uint32_t i)
{
    const onri_cand *m = &c->m->at.at[i];
    uint32_t first, last;
    bounds(c, m, &first, &last);
    const bool full = last > first;
    const uint32_t by_last = onri_map_get(&c->by_key, word_key(c, last, 'L'));
    if (!full) {
        const uint32_t by_first = onri_map_get(&c->by_key, word_key(c, last, 'F'));
        const bool titled = m->role_end > m->role_beg || m->name_beg > m->beg;
        if (by_last != ONR_NONE && join_person(c, i, by_last)) {
        } else if (!titled && by_first != ONR_NONE) {
            (void)join_person(c, i, by_first);
        }
        if (by_last == ONR_NONE && m->type == ONR_ENTITY_PERSON)
            remember(c, word_key(c, last, 'L'), i); /* a last name before the full one */
        return;
    }
    if (m->type == ONR_ENTITY_PERSON || person_like(c, i)) {
        if (by_last != ONR_NONE && onri_compatible(c, by_last, i) && person_like(c, by_last)) {
            const onri_cand *o = &c->m->at.at[by_last];
            uint32_t of, ol;
            bounds(c, o, &of, &ol);
            if (ol == of || contained(c, o, m) || contained(c, m, o) ||
                onri_eq(c->m->parse->tokens[of].lower, c->m->parse->tokens[first].lower))
                (void)onri_join(c, i, by_last, "name", 0.88f);
        }
        /* "Mahmoud Ahmadinejad", "Hugo Chavez Frias": by the first name when the rest is contained
         */
        const uint32_t by_first = onri_map_get(&c->by_key, word_key(c, first, 'F'));
        if (by_first != ONR_NONE && person_like(c, by_first)) {
            const onri_cand *o = &c->m->at.at[by_first];
            if (contained(c, o, m) || contained(c, m, o)) {
                if (onri_compatible(c, by_first, i)) (void)onri_join(c, i, by_first, "name", 0.9f);
            }
        }
        remember(c, word_key(c, last, 'L'), i);
        remember(c, word_key(c, first, 'F'), i);
        /* the middle of three words may be the family's name */
        if (last - first == 2) {
            const uint32_t mid = first + 1;
            if (onri_map_get(&c->by_key, word_key(c, mid, 'L')) == ONR_NONE)
                remember(c, word_key(c, mid, 'L'), i);
        }
    }
}

static void body_name(onri_cast *c, uint32_t i)
{
    const onri_cand *m = &c->m->at.at[i];
    const uint32_t last = m->name_end - 1, words = m->name_end - m->name_beg;
    const uint64_t keys[2] = { word_key(c, last, 'E'), word_key(c, m->name_beg, 'B') };
    for (unsigned k = 0; k < 2; k++) {
        const uint32_t had = onri_map_get(&c->by_key, keys[k]);
        if (had != ONR_NONE && onri_root(c, had) != onri_root(c, i)) {
            const onri_cand *o = &c->m->at.at[had];
            const uint32_t ow = o->name_end - o->name_beg;
            const onri_cand *shorter = words < ow ? m : o, *longer = words < ow ? o : m;
            const bool one = shorter->name_end - shorter->name_beg == 1;
            const bool body = onri_is_body(onri_cluster_type(onri_cluster_of(c, had)));
            /* one word: only the head of a body's name ("the Council"), or its own first word */
            if (contained(c, shorter, longer) && (!one || body) &&
                c->of[onri_root(c, i)].entry == ONR_NONE && onri_compatible(c, had, i))
                (void)onri_join(c, i, had, "name", 0.88f);
        }
        if (words > 1 || m->entry != ONR_NONE) remember(c, keys[k], i);
    }
}

void onri_pass_names(onri_cast *c)
{
    for (uint32_t i = 0; i < c->m->at.n; i++) {
        const onri_cand *m = &c->m->at.at[i];
        if (m->kind != ONR_MENTION_NAME) continue;
        if (m->entry != ONR_NONE && c->m->know->entries.at[m->entry].type == ONR_ENTITY_STATE) {
            /* "the North" of North Korea: found later by the first word */
            if (m->name_end - m->name_beg == 2) remember(c, word_key(c, m->name_beg, 'N'), i);
            continue;
        }
        if (m->name_end - m->name_beg == 1 && m->entry == ONR_NONE && m->beg < m->name_beg &&
            !m->modifier) {
            const uint32_t state = onri_map_get(&c->by_key, word_key(c, m->name_beg, 'N'));
            if (state != ONR_NONE && onri_root(c, state) == onri_root(c, i)) continue;
            if (state != ONR_NONE && m->type != ONR_ENTITY_PERSON) {
                memset(onri_cluster_of(c, i)->vote, 0, sizeof c->of[0].vote);
                onri_join(c, i, state, "name", 0.85f);
                continue;
            }
        }
        if (m->country != ONR_NONE && m->entry == ONR_NONE && m->term == ONRI_TERM_CITIZEN)
            continue;
        const onr_entity_type t = onri_cluster_type(onri_cluster_of(c, i));
        const bool one = m->name_end - m->name_beg == 1;
        if (t == ONR_ENTITY_PERSON || t == ONR_ENTITY_OTHER || (one && m->entry == ONR_NONE))
            person_name(c, i);
        if (t != ONR_ENTITY_PERSON && onri_cluster_of(c, i)->full != ONR_NONE) body_name(c, i);
    } /* a lone given name says a gender, where no full name does */
    for (uint32_t i = 0; i < c->m->at.n; i++) {
        onri_cluster *k = &c->of[i];
        if (onri_root(c, i) != i || k->full == ONR_NONE || k->full_words != 1) continue;
        if (k->male || k->female || onri_cluster_type(k) != ONR_ENTITY_PERSON) continue;
        const uint8_t g =
            onri_actor_given(c->m->know, onri_token_sv(c->m->parse, c->m->at.at[k->full].name_beg));
        k->male += g == 'm';
        k->female += g == 'f';
    }
}
