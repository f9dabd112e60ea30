/* Passes over nominals: equal phrases, known offices ("the Russian president"), strict heads, and
 * classes ("the country", "the company").
 *
 * Source: own. Walks the text once with short memories (last of a head, of an office, of a class):
 * linear in mentions. */
#include "facts/actor.h"

enum { NEAR_SENTENCES = 12, CLASS_SENTENCES = 4, MAIN_MENTIONS = 3 };

static uint32_t distance(const onri_cast *c, uint32_t a, uint32_t b)
{
    const uint32_t x = c->m->at.at[a].sent, y = c->m->at.at[b].sent;
    return x < y ? y - x : x - y;
}

/* The noun of a head in the singular, or its group of exchangeable nouns. */
static size_t noun_key(const onri_cast *c, uint32_t head, char *key, size_t n, size_t cap)
{
    char buf[64];
    const onri_head_noun *h = onri_token_head_noun(c->m, head);
    if (h && h->synonyms != ONR_NONE) {
        key[n++] = '#';
        key[n++] = (char)(h->synonyms & 0x7f);
        key[n++] = (char)(h->synonyms >> 7);
        return n;
    }
    const onr_sv noun = onri_token_noun(c->m->parse, head, buf, sizeof buf);
    for (size_t i = 0; i < noun.n && n < cap; i++) key[n++] = noun.p[i];
    return n;
}

static uint64_t head_key(const onri_cast *c, const onri_cand *m, char kind)
{
    char key[96] = { kind, (char)('0' + m->number) };
    return onri_hash(onri_sv(key, noun_key(c, m->head, key, 2, sizeof key)));
}

static uint64_t office_key(const onri_cast *c, uint32_t head, uint32_t country)
{
    char key[96] = { 'O' };
    return onri_hash(onri_sv(key, noun_key(c, head, key, 1, sizeof key))) ^ onri_hash_u64(country);
}

/* Words of a phrase that narrow it: neither determiner nor head nor vague. */
static bool content_word(const onri_cast *c, const onri_cand *m, uint32_t i)
{
    const onr_token *t = &c->m->parse->tokens[i];
    if (i == m->head || t->pos == ONR_POS_PUNCT || t->tag == ONR_TAG_POS) return false;
    if (t->pos == ONR_POS_DET || t->pos == ONR_POS_PRON || t->pos == ONR_POS_ADP ||
        t->pos == ONR_POS_AUX || t->pos == ONR_POS_PART)
        return false;
    return t->pos == ONR_POS_ADJ || t->pos == ONR_POS_NOUN || t->pos == ONR_POS_PROPN ||
           t->pos == ONR_POS_NUM || t->pos == ONR_POS_VERB;
}

static uint32_t content_words(const onri_cast *c, const onri_cand *m)
{
    uint32_t n = 0;
    for (uint32_t i = m->beg; i < m->end; i++) n += content_word(c, m, i);
    return n;
}

/* Is every narrowing word of a also in b? */
static bool words_within(const onri_cast *c, const onri_cand *a, const onri_cand *b)
{
    const onr_parse *p = c->m->parse;
    for (uint32_t i = a->beg; i < a->end; i++) {
        if (!content_word(c, a, i)) continue;
        bool found = false;
        for (uint32_t k = b->beg; k < b->end && !found; k++)
            found = onri_eq(p->tokens[i].lower, p->tokens[k].lower);
        if (!found) return false;
    }
    return true;
}

static bool definite(const onri_cand *m)
{
    return m->det == ONRI_DET_THE || m->det == ONRI_DET_THIS || m->det == ONRI_DET_POSS;
}

static void put(onri_cast *c, uint64_t key, uint32_t i)
{
    if (!onri_map_put(&c->by_key, key, i)) c->failed = true;
}

static uint32_t get(const onri_cast *c, uint64_t key)
{
    return onri_map_get(&c->by_key, key);
}

/* Do the words of an office fit what the other is known as? "Foreign minister" is not "prime
 * minister"; the state's word and what follows the noun do not count here. */
static bool office_fits(const onri_cast *c, const onri_cand *m, uint32_t other)
{
    const onr_parse *p = c->m->parse;
    const onri_cluster *k = onri_cluster_of(c, other);
    for (uint32_t i = m->beg; i < m->head; i++) {
        if (!content_word(c, m, i) || c->m->in_name[i]) continue;
        if (onri_actor_word(c->m->know, "former", p->tokens[i].lower)) continue;
        bool found = false;
        for (uint32_t r = k->role; r != ONR_NONE && !found; r = c->roles.at[r].next) {
            const onri_role_seen *s = &c->roles.at[r];
            for (uint32_t x = s->beg; x < s->end && !found; x++)
                found = onri_eq(p->tokens[x].lower, p->tokens[i].lower);
        }
        if (!found) return false;
    }
    return true;
}

/* ---- offices ----------------------------------------------------------------------------------
 */

static bool try_join(onri_cast *c, uint32_t i, uint32_t had, const char *rule, float p)
{
    if (had == ONR_NONE || onri_root(c, had) == onri_root(c, i)) return false;
    if (onri_barred(c, i, had) || !onri_compatible(c, i, had)) return false;
    const uint32_t a = onri_cluster_of(c, i)->country, b = onri_cluster_of(c, had)->country;
    if (a != ONR_NONE && b != ONR_NONE && a != b) return false;
    return onri_join(c, i, had, rule, p);
}

/* Remember the offices of a cluster under what they can be called by. */
static void remember_role(onri_cast *c, const onri_role_seen *r)
{
    put(c, office_key(c, r->head, ONR_NONE), r->mention);
    const uint32_t country =
        r->country != ONR_NONE ? r->country : onri_cluster_of(c, r->mention)->country;
    if (country != ONR_NONE) put(c, office_key(c, r->head, country), r->mention);
}

static bool named_or_known(const onri_cast *c, uint32_t i)
{
    return onri_cluster_of(c, i)->names > 0;
}

/* From here on he may be called this. */
static void called(onri_cast *c, uint32_t i, uint32_t country)
{
    const uint32_t head = c->m->at.at[i].head;
    put(c, office_key(c, head, ONR_NONE), i);
    if (country != ONR_NONE) put(c, office_key(c, head, country), i);
}

static void office(onri_cast *c, uint32_t i)
{
    const onri_cand *m = &c->m->at.at[i];
    if (onri_cluster_of(c, i)->names > 0) return;
    if (m->det == ONRI_DET_A) return;
    const uint32_t country = onri_country_of(c, i);
    if (country != ONR_NONE) {
        const uint32_t had = get(c, office_key(c, m->head, country));
        if (had != ONR_NONE && office_fits(c, m, had) && try_join(c, i, had, "role", 0.85f)) return;
        const uint32_t any = get(c, office_key(c, m->head, ONR_NONE));
        if (any != ONR_NONE && onri_cluster_of(c, any)->country == ONR_NONE &&
            distance(c, i, any) <= NEAR_SENTENCES && named_or_known(c, any) &&
            office_fits(c, m, any) && try_join(c, i, any, "role", 0.7f))
            return;
        /* "the Iranian politician" for a man whose office was told */
        char buf[64];
        const onr_sv noun = onri_token_noun(c->m->parse, m->head, buf, sizeof buf);
        if (onri_eqz(noun, "politician") || onri_eqz(noun, "leader") ||
            onri_eqz(noun, "official")) {
            const uint32_t man = get(c, onri_hash_u64(0x9011000000u + country));
            if (man != ONR_NONE && distance(c, i, man) <= NEAR_SENTENCES &&
                m->det == ONRI_DET_THE && try_join(c, i, man, "role", 0.7f))
                called(c, i, country);
        }
        return;
    }
    if (m->end > m->head + 1 || !(definite(m) || m->det == ONRI_DET_NONE)) return;
    if (m->det == ONRI_DET_POSS) return;
    const uint32_t had = get(c, office_key(c, m->head, ONR_NONE));
    if (had != ONR_NONE && (m->det == ONRI_DET_THE || m->det == ONRI_DET_THIS) &&
        distance(c, i, had) <= 2 * NEAR_SENTENCES && office_fits(c, m, had))
        (void)try_join(c, i, had, "role", 0.72f);
    else if (had == ONR_NONE && m->det == ONRI_DET_THE) {
        char buf[64];
        const onr_sv noun = onri_token_noun(c->m->parse, m->head, buf, sizeof buf);
        if (onri_eqz(noun, "politician") || onri_eqz(noun, "statesman")) {
            const uint32_t man = get(c, onri_hash_u64(0x9012000000u));
            if (man != ONR_NONE && distance(c, i, man) <= 3)
                (void)try_join(c, i, man, "role", 0.65f);
        }
    }
}

/* "His daughter" after "their child Gloria": a relative who was named, if gender allows. */
static void relative(onri_cast *c, uint32_t i)
{
    const onri_cand *m = &c->m->at.at[i];
    if (onri_cluster_of(c, i)->names > 0 || m->number == ONRI_PLURAL || m->end > m->head + 1 ||
        m->noun->synonyms == ONR_NONE || content_words(c, m) > 1)
        return;
    const uint32_t had = get(c, office_key(c, m->head, ONR_NONE));
    if (had == ONR_NONE || distance(c, i, had) > NEAR_SENTENCES || !named_or_known(c, had)) return;
    const onri_role_seen *r = NULL;
    for (uint32_t k = onri_cluster_of(c, had)->role; k != ONR_NONE; k = c->roles.at[k].next) {
        if (c->m->parse->tokens[c->roles.at[k].beg].tag == ONR_TAG_PRPS) r = &c->roles.at[k];
    }
    if (r) (void)try_join(c, i, had, "role", 0.6f);
}

/* ---- heads and classes -------------------------------------------------------------------------
 */

static void head_match(onri_cast *c, uint32_t i)
{
    const onri_cand *m = &c->m->at.at[i];
    const uint64_t key = head_key(c, m, 'H');
    const uint32_t had = get(c, key);
    const bool lone = m->det == ONRI_DET_NONE && m->number == ONRI_SINGULAR && had != ONR_NONE &&
                      onri_cluster_of(c, had)->names > 0; /* "at school" */
    if (!lone && had != ONR_NONE && onri_root(c, had) != onri_root(c, i) && m->det != ONRI_DET_A) {
        const onri_cand *o = &c->m->at.at[had];
        const bool same = words_within(c, m, o) && words_within(c, o, m);
        const bool narrower = definite(m) && words_within(c, m, o);
        const bool poss = m->det == ONRI_DET_POSS || o->det == ONRI_DET_POSS;
        const bool bare = m->det == ONRI_DET_NONE;
        const bool near = distance(c, i, had) <= (m->number == ONRI_PLURAL ? 8u : 20u);
        if (near &&
            (same ? !(bare && m->number == ONRI_PLURAL && m->type == ONR_ENTITY_OTHER)
                  : narrower && !poss && !bare) &&
            (!poss || (same && m->det == o->det)) && !onri_barred(c, i, had) &&
            onri_compatible(c, i, had))
            onri_join(c, i, had, "head", same ? 0.8f : 0.7f);
    }
    /* "every country" is not "this country" */
    if (!onri_actor_word(c->m->know, "nobody", c->m->parse->tokens[m->beg].lower)) put(c, key, i);
}

static uint64_t name_head_key(const onri_cast *c, uint32_t token)
{
    char key[96] = { 'W', (char)('0' + ONRI_SINGULAR) };
    return onri_hash(onri_sv(key, noun_key(c, token, key, 2, sizeof key)));
}

/* "the Council", "the party": a named body whose name has the noun in it. */
static void named_head(onri_cast *c, uint32_t i)
{
    const onri_cand *m = &c->m->at.at[i];
    if (onri_cluster_of(c, i)->names || !(m->det == ONRI_DET_THE || m->det == ONRI_DET_THIS) ||
        m->number == ONRI_PLURAL)
        return;
    const uint32_t had = get(c, head_key(c, m, 'W'));
    if (had == ONR_NONE || (content_words(c, m) > 0 && !words_within(c, m, &c->m->at.at[had])))
        return;
    if (distance(c, i, had) <= NEAR_SENTENCES) (void)try_join(c, i, had, "head", 0.75f);
}

/* Names leave their last noun and their class behind. */
static void remember_name(onri_cast *c, uint32_t i)
{
    const onri_cand *m = &c->m->at.at[i];
    const onr_parse *p = c->m->parse;
    const onr_entity_type t = onri_cluster_type(onri_cluster_of(c, i));
    if (t != ONR_ENTITY_PERSON) {
        uint32_t last = m->name_end - 1; /* "Ministry of Defence": the noun before "of" */
        for (uint32_t k = m->name_beg + 1; k < m->name_end; k++) {
            if (p->tokens[k].tag == ONR_TAG_IN) {
                last = k - 1;
                break;
            }
        }
        if (m->number != ONRI_PLURAL && p->tokens[last].tag != ONR_TAG_NNPS) {
            put(c, name_head_key(c, last), i);
            if (m->head >= m->name_end) put(c, name_head_key(c, m->head), i);
        }
    }
    if (!m->modifier || m->kind == ONR_MENTION_ADJECTIVE)
        put(c, onri_hash_u64(0xc1a5500000u + (uint64_t)t), i);
    const uint32_t main = get(c, onri_hash_u64(0xc1a6600000u + (uint64_t)t));
    if (main == ONR_NONE || onri_cluster_of(c, main)->n < onri_cluster_of(c, i)->n)
        put(c, onri_hash_u64(0xc1a6600000u + (uint64_t)t), i);
}

static uint32_t last_of(const onri_cast *c, onr_entity_type t)
{
    return get(c, onri_hash_u64(0xc1a5500000u + (uint64_t)t));
}

/* "the country", "the company", "the region", "this man": the nearest of that class. */
static void class_match(onri_cast *c, uint32_t i)
{
    const onri_cand *m = &c->m->at.at[i];
    if (onri_cluster_of(c, i)->n > 1 || onri_cluster_of(c, i)->names) return;
    if (m->number == ONRI_PLURAL) return;
    if (m->det != ONRI_DET_THE && m->det != ONRI_DET_THIS) return;
    if (m->end > m->head + 1) return;
    const uint32_t extra = content_words(c, m);
    char buf[64];
    const onr_sv noun = onri_token_noun(c->m->parse, m->head, buf, sizeof buf);
    uint32_t had = ONR_NONE;
    onr_entity_type kind = ONR_ENTITY_OTHER;
    if (extra > (onri_eqz(noun, "region") ? 1u : 0u)) return;
    if (onri_eqz(noun, "country") || onri_eqz(noun, "nation") || onri_eqz(noun, "kingdom") ||
        onri_eqz(noun, "republic")) {
        had = last_of(c, kind = ONR_ENTITY_STATE);
    } else if (onri_eqz(noun, "region") || onri_eqz(noun, "city") || onri_eqz(noun, "town") ||
               onri_eqz(noun, "village") || onri_eqz(noun, "island") ||
               onri_eqz(noun, "province") || onri_eqz(noun, "territory")) {
        had = last_of(c, kind = ONR_ENTITY_PLACE);
    } else if (m->noun && m->noun->type == ONR_ENTITY_MEDIUM) {
        had = last_of(c, ONR_ENTITY_MEDIUM);
        if (had == ONR_NONE) had = last_of(c, ONR_ENTITY_ORGANIZATION);
    } else if (onri_eqz(noun, "company") || onri_eqz(noun, "organization") ||
               onri_eqz(noun, "organisation") || onri_eqz(noun, "group") ||
               onri_eqz(noun, "agency") || onri_eqz(noun, "firm") || onri_eqz(noun, "movement") ||
               onri_eqz(noun, "party") || onri_eqz(noun, "network") || onri_eqz(noun, "bank") ||
               onri_eqz(noun, "club") || onri_eqz(noun, "university") ||
               onri_eqz(noun, "institute") || onri_eqz(noun, "airline") || onri_eqz(noun, "team") ||
               onri_eqz(noun, "foundation") || onri_eqz(noun, "church")) {
        had = last_of(c, ONR_ENTITY_ORGANIZATION);
    } else if (onri_eqz(noun, "man") || onri_eqz(noun, "woman") || onri_eqz(noun, "boy") ||
               onri_eqz(noun, "girl") || onri_eqz(noun, "teenager") || onri_eqz(noun, "kid")) {
        had = last_of(c, ONR_ENTITY_PERSON);
        if (m->det != ONRI_DET_THIS && had != ONR_NONE && onri_cluster_of(c, had)->n < 3)
            had = ONR_NONE;
    }
    if (had != ONR_NONE && distance(c, i, had) <= CLASS_SENTENCES &&
        try_join(c, i, had, "class", 0.6f))
        return;
    /* far from any: the one the text is about, if there is one */
    if (kind == ONR_ENTITY_OTHER || onri_cluster_of(c, i)->n > 1) return;
    const uint32_t main = get(c, onri_hash_u64(0xc1a6600000u + (uint64_t)kind));
    if (main != ONR_NONE && onri_cluster_of(c, main)->n >= MAIN_MENTIONS)
        (void)try_join(c, i, main, "class", 0.5f);
}

/* A politician of a state, for "the Iranian politician". */
static void remember_politician(onri_cast *c, uint32_t i)
{
    const onri_cluster *k = onri_cluster_of(c, i);
    if (onri_cluster_type(k) != ONR_ENTITY_PERSON || !k->office || !k->names ||
        k->office->use != ONRI_USE_OFFICE)
        return;
    put(c, onri_hash_u64(0x9012000000u), i);
    if (k->country != ONR_NONE) put(c, onri_hash_u64(0x9011000000u + k->country), i);
}

/* "the Polish foreign ministry", "soldiers of the Polish army": of the country that its phrase
 * names, before the noun or behind "of". */
static void belongs_to(onri_cast *c, uint32_t i)
{
    const onri_cand *m = &c->m->at.at[i];
    const onr_parse *p = c->m->parse;
    onri_cluster *k = &c->of[onri_root(c, i)];
    if (!m->noun || !m->noun->role[0] || k->country != ONR_NONE) return;
    const bool of = m->head + 1 < m->end && onri_token_is(p, m->head + 1, "of");
    for (uint32_t j = m->beg; j < (of ? m->end : m->head); j++) {
        const uint32_t inner = c->m->by_head[j];
        if (inner == ONR_NONE || inner == i || j == m->head) continue;
        if (p->tokens[j].head != m->head && !(of && p->tokens[j].head == m->head + 1)) continue;
        k->country = onri_country_of(c, i);
        return;
    }
}

void onri_pass_nominals(onri_cast *c)
{
    uint32_t r = 0;
    for (uint32_t i = 0; i < c->m->at.n; i++) {
        const onri_cand *m = &c->m->at.at[i];
        if (m->kind == ONR_MENTION_NAME || m->kind == ONR_MENTION_ADJECTIVE) {
            remember_name(c, i);
        } else if (m->kind == ONR_MENTION_NOMINAL && !m->pair) {
            belongs_to(c, i);
            const bool person = m->type == ONR_ENTITY_PERSON && m->noun;
            if (person && m->noun->use != ONRI_USE_KIN) office(c, i);
            if (person && m->det == ONRI_DET_POSS) relative(c, i);
            if (m->noun && m->noun->type == ONR_ENTITY_STATE) class_match(c, i);
            if (onri_cluster_of(c, i)->n == 1) named_head(c, i);
            if (onri_cluster_of(c, i)->n == 1 || !person) head_match(c, i);
            class_match(c, i);
        }
        for (; r < c->roles.n && c->roles.at[r].mention <= i; r++)
            remember_role(c, &c->roles.at[r]);
        if (m->kind != ONR_MENTION_PRONOUN) remember_politician(c, i);
    }
}

/* ---- what somebody has -------------------------------------------------------------------------
 */

/* The mention that possesses the phrase, ONR_NONE. */
static uint32_t possessor(const onri_cast *c, const onri_cand *m)
{
    const onr_token *t = c->m->parse->tokens;
    for (uint32_t i = m->beg; i < m->head; i++) {
        if (t[i].head == m->head && t[i].dep == ONR_DEP_POSS) return c->m->by_head[i];
    }
    return ONR_NONE;
}

/* "His country" is the state of the one who has it; "his daughter" is the same each time. Comes
 * after the pronouns. */
void onri_pass_possessed(onri_cast *c)
{
    for (uint32_t i = 0; i < c->m->at.n; i++) {
        const onri_cand *m = &c->m->at.at[i];
        if (m->kind != ONR_MENTION_NOMINAL || m->det != ONRI_DET_POSS || !m->noun) continue;
        const uint32_t own = possessor(c, m);
        if (own == ONR_NONE) continue;
        char key[96] = { 'P', (char)('0' + m->number) };
        const uint64_t k = onri_hash(onri_sv(key, noun_key(c, m->head, key, 2, sizeof key))) ^
                           onri_hash_u64(onri_root(c, own));
        const uint32_t had = get(c, k);
        if (had != ONR_NONE && content_words(c, m) <= 1) (void)try_join(c, i, had, "head", 0.75f);
        put(c, k, i);
        /* "his government" is of the country he is of */
        onri_cluster *mine = &c->of[onri_root(c, i)];
        if (mine->country == ONR_NONE && m->noun->role[0] && m->type != ONR_ENTITY_PERSON)
            mine->country = onri_cluster_of(c, own)->country;
        char buf[64];
        const onr_sv noun = onri_token_noun(c->m->parse, m->head, buf, sizeof buf);
        if (m->number == ONRI_PLURAL || (!onri_eqz(noun, "country") && !onri_eqz(noun, "nation")))
            continue;
        const uint32_t country = onri_cluster_of(c, own)->country;
        const uint32_t state = country == ONR_NONE ? ONR_NONE : onri_actor_mention(c, country);
        if (state != ONR_NONE) (void)try_join(c, i, state, "class", 0.7f);
    }
}
