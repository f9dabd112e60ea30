/* Where names stand: spans of the model's entities, phrases of the actor dictionary, runs of proper
 * nouns, and names seen elsewhere in the article, reconciled.
 *
 * Source: own. Leaves out: what a name is and how far its phrase reaches (mention_name.c). */
#include "facts/mention.h"

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
static bool doubtful(const onri_mentions *m, const onri_name_span *s)
{
    const onr_parse *p = m->parse;
    const onr_token *t = &p->tokens[s->beg];
    const onri_actor_term *term = &m->know->terms.at[s->term];
    const onri_actor_entry *e = &m->know->entries.at[term->entry];
    if (e->user || s->end - s->beg > 1) return false;
    if (term->kind == ONRI_TERM_ADJ || term->kind == ONRI_TERM_PEOPLE ||
        term->kind == ONRI_TERM_CITIZEN)
        return !(t->tag == ONR_TAG_JJ || onri_token_proper(t) || t->tag == ONR_TAG_NNS ||
                 t->tag == ONR_TAG_NN);
    if (!onri_token_proper(t)) {
        /* sentence starts and headlines are tagged freely */
        const bool abbreviation = t->end - t->beg > 1 && onri_token_upper(p, s->beg) &&
                                  onri_token_sv(p, s->beg).p[1] <= 'Z';
        return !(abbreviation && t->tag != ONR_TAG_VBZ) && e->type != ONR_ENTITY_STATE;
    }
    const bool before = s->beg > 0 && onri_token_proper(&p->tokens[s->beg - 1]) &&
                        p->tokens[s->beg - 1].sent == t->sent &&
                        p->tokens[s->beg - 1].head == s->beg &&
                        !onri_token_is(p, s->beg - 1, "the");
    const bool after = s->end < p->n_tokens && onri_token_proper(&p->tokens[s->end]) &&
                       t->head == s->end && t->dep == ONR_DEP_COMPOUND;
    if (e->type == ONR_ENTITY_STATE) return after && p->tokens[s->end].ent == ONR_ENT_PERSON;
    if (before) { /* "George Washington"; but "Prime Minister Kremlin" is none either */
        const onri_title title = onri_actor_title(m->know, onri_token_sv(p, s->beg - 1));
        return title.kind == ONRI_TITLE_NONE;
    }
    return after && e->type == ONR_ENTITY_PLACE;
}

static onri_name_span *overlapping(onri_name_spans *v, const onri_mentions *m, uint32_t beg,
                                   uint32_t end)
{
    for (uint32_t i = beg; i < end; i++) {
        if (m->in_name[i]) return &v->at[m->in_name[i] - 1];
    }
    return NULL;
}

static bool claim(onri_mentions *m, onri_name_spans *v, onri_name_span s)
{
    onri_name_span *slot = ONRI_PUSH(m->mem, v);
    if (!slot) return false;
    *slot = s;
    for (uint32_t i = s.beg; i < s.end; i++) m->in_name[i] = v->n;
    return true;
}

void onri_release_name(onri_mentions *m, onri_name_span *s)
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

/* "minister of [Foreign Affairs Jan de Vries]": how many words at its front are the office's. */
static uint32_t portfolio(const onri_mentions *m, const onri_name_span *s)
{
    const onr_parse *p = m->parse;
    if (s->beg < 2 || !onri_eqz(p->tokens[s->beg - 1].lower, "of")) return 0;
    const onri_head_noun *h = onri_token_head_noun(m, s->beg - 2);
    if (!h || h->use != ONRI_USE_OFFICE) return 0;
    uint32_t n = 0;
    while (s->beg + n < s->end &&
           onri_actor_word(m->know, "portfolio", p->tokens[s->beg + n].lower))
        n++;
    return s->end - s->beg - n >= 2 ? n : 0;
}

/* "Judge Eszter [Vad]": a first name that the model does not know, between an office and what it
 * saw of the name. */
static bool is_first_name(const onri_mentions *m, const onri_name_span *s)
{
    const onr_parse *p = m->parse;
    if (s->ent != ONR_ENT_PERSON || s->end - s->beg != 1 || s->beg < 1) return false;
    const uint32_t i = s->beg - 1;
    const onr_token *t = &p->tokens[i];
    if (t->sent != p->tokens[s->beg].sent || !onri_token_proper(t) || t->head != s->beg ||
        t->ent != ONR_ENT_NONE || !onri_token_upper(p, i) || m->junk[i])
        return false;
    const onr_sv word = onri_token_sv(p, i);
    if (onri_actor_title(m->know, word).kind != ONRI_TITLE_NONE || onri_token_head_noun(m, i) ||
        onri_actor_term_find(m->know, word) != ONR_NONE || onri_actor_longest(m->know, word))
        return false;
    if (onri_actor_given(m->know, word)) return true;
    if (i == 0 || p->tokens[i - 1].sent != t->sent || !onri_token_proper(&p->tokens[i - 1]))
        return false;
    const onri_head_noun *h = onri_token_head_noun(m, i - 1);
    return onri_actor_title(m->know, onri_token_sv(p, i - 1)).kind != ONRI_TITLE_NONE ||
           (h && h->type == ONR_ENTITY_PERSON);
}

/* Words that the article writes small. False: no memory. */
static bool small_words(onri_mentions *m, onri_map *small)
{
    const onr_parse *p = m->parse;
    onri_map_init(small, m->mem);
    for (uint32_t i = 0; i < p->n_tokens; i++)
        if (!onri_token_upper(p, i) && p->tokens[i].pos == ONR_POS_NOUN &&
            !onri_map_put(small, onri_hash(p->tokens[i].lower), 1))
            return false;
    return true;
}

/* "Cholera spreads ...": one word that begins its sentence and is a common noun elsewhere. */
static bool only_begins(const onri_mentions *m, const onri_name_span *s, const onri_map *small)
{
    const onr_parse *p = m->parse;
    const onr_token *t = &p->tokens[s->beg];
    if (s->end - s->beg != 1 || s->ent == ONR_ENT_PERSON || s->ent == ONR_ENT_NORP) return false;
    if (s->beg > 0 && p->tokens[s->beg - 1].sent == t->sent) return false;
    return onri_map_get(small, onri_hash(t->lower)) != ONR_NONE;
}

/* Entities of the model, without articles and marks at their edges. */
static bool model_spans(onri_mentions *m, onri_name_spans *v)
{
    const onr_parse *p = m->parse;
    onri_map small;
    if (!small_words(m, &small)) return false;
    for (uint32_t i = 0; i < p->n_entities; i++) {
        const onr_entity_span *e = &p->entities[i];
        onri_name_span s = { e->beg, e->end, ONR_NONE, (uint8_t)e->type };
        if (!actor_ent(s.ent)) continue;
        while (s.beg < s.end && edge_word(p, s.beg)) s.beg++;
        while (s.beg < s.end && edge_word(p, s.end - 1)) s.end--;
        if (s.beg < s.end && is_first_name(m, &s)) s.beg--;
        const uint32_t office = portfolio(m, &s);
        if (office) {
            s.beg += office;
            s.ent = ONR_ENT_PERSON;
        }
        bool capital = false;
        for (uint32_t k = s.beg; k < s.end; k++) {
            capital |= onri_token_upper(p, k);
            if (m->junk[k]) s.end = k > s.beg ? k : s.beg;
        }
        if (s.beg >= s.end || !capital) continue;
        if (s.end - s.beg == 1 && onri_actor_word(m->know, "fragment", p->tokens[s.beg].lower))
            continue;
        if (onri_actor_word(m->know, "nothing", p->tokens[s.beg].lower) ||
            onri_actor_word(m->know, "months", p->tokens[s.end - 1].lower) ||
            only_begins(m, &s, &small))
            continue;
        if (!claim(m, v, s)) return false;
    }
    return true;
}

/* "Quarry Inc. ... Quarry said": the first word of a firm's full name is the firm, not a person
 * whom the model sees there. False: no memory. */
static bool firms(onri_mentions *m, onri_name_spans *v)
{
    const onr_parse *p = m->parse;
    onri_map of;
    onri_map_init(&of, m->mem);
    for (uint32_t k = 0; k < v->n; k++) {
        const onri_name_span *s = &v->at[k];
        if (s->end - s->beg != 2 || s->ent == ONR_ENT_PERSON) continue;
        if (onri_actor_word(m->know, "firm-end", p->tokens[s->end - 1].lower) &&
            !onri_map_put(&of, onri_hash(p->tokens[s->beg].lower), k))
            return false;
    }
    for (uint32_t k = 0; of.n && k < v->n; k++) {
        onri_name_span *s = &v->at[k];
        if (s->end - s->beg == 1 &&
            onri_map_get(&of, onri_hash(p->tokens[s->beg].lower)) != ONR_NONE)
            s->ent = ONR_ENT_ORG;
    }
    return true;
}

/* May the dictionary's phrase take the place of the model's span? */
static bool dictionary_wins(const onri_mentions *m, const onri_name_span *d,
                            const onri_name_span *n)
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

/* "Earl of Clare", "Catherine of Aragon": the last word is a place. */
static bool is_of(const onr_parse *p, const onri_name_span *s)
{
    for (uint32_t i = s->beg; i < s->end; i++)
        if (p->tokens[i].tag == ONR_TAG_IN) return true;
    return false;
}

/* Last names of the persons whom the model sees in full. False: no memory. */
static bool last_names(onri_mentions *m, const onri_name_spans *v, onri_map *of)
{
    onri_map_init(of, m->mem);
    for (uint32_t k = 0; k < v->n; k++) {
        const onri_name_span *s = &v->at[k];
        if (s->ent == ONR_ENT_PERSON && s->end - s->beg > 1 && !is_of(m->parse, s) &&
            !onri_map_put(of, onri_hash(m->parse->tokens[s->end - 1].lower), k))
            return false;
    }
    return true;
}

/* "William Hague ... Hague said": a city's name that somebody in the article bears, and no word
 * before it that only a place follows. */
static bool is_last_name(const onri_mentions *m, const onri_map *of, const onri_name_span *d)
{
    const onr_parse *p = m->parse;
    const onri_actor_entry *e = &m->know->entries.at[m->know->terms.at[d->term].entry];
    const onri_term_kind kind = m->know->terms.at[d->term].kind;
    if (d->end - d->beg > 1 || e->user) return false;
    if (kind != ONRI_TERM_CAPITAL && e->type != ONR_ENTITY_PLACE) return false;
    if (onri_map_get(of, onri_hash(p->tokens[d->beg].lower)) == ONR_NONE) return false;
    if (d->beg == 0 || p->tokens[d->beg - 1].sent != p->tokens[d->beg].sent) return true;
    const onr_sv before = p->tokens[d->beg - 1].lower;
    return !onri_eqz(before, "the") && !onri_actor_word(m->know, "where", before);
}

static bool dictionary_spans(onri_mentions *m, onri_name_spans *v)
{
    const onr_parse *p = m->parse;
    onri_map bearers;
    if (!last_names(m, v, &bearers)) return false;
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
        onri_name_span d = { i, i, ONR_NONE, 0 };
        d.term = term_at(m, i, &end);
        d.end = end;
        if (d.term == ONR_NONE || doubtful(m, &d) || is_last_name(m, &bearers, &d)) {
            i++;
            continue;
        }
        bool wins = true;
        for (onri_name_span *n; wins && (n = overlapping(v, m, d.beg, d.end)) != NULL;) {
            wins = dictionary_wins(m, &d, n);
            if (wins) {
                if (n->beg <= d.beg && d.end <= n->end) d.ent = n->ent;
                onri_release_name(m, n);
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
static bool shared_ends(onri_mentions *m, onri_name_spans *v)
{
    const onr_parse *p = m->parse;
    for (uint32_t i = 0; i + 3 < p->n_tokens; i++) {
        char buf[160];
        if (p->tokens[i + 1].tag != ONR_TAG_CC || !onri_token_upper(p, i)) continue;
        onri_name_span *second = overlapping(v, m, i + 2, i + 4);
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
        onri_release_name(m, second);
        onri_name_span *first = overlapping(v, m, i, i + 2);
        if (first) onri_release_name(m, first);
        if (!claim(m, v, (onri_name_span){ i, i + 1, term, ent }) ||
            !claim(m, v, (onri_name_span){ i + 2, i + 4, both, ent }))
            return false;
    }
    return true;
}

/* Runs of proper nouns that neither saw. */
static bool proper_spans(onri_mentions *m, onri_name_spans *v)
{
    const onr_parse *p = m->parse;
    for (uint32_t i = 0; i < p->n_tokens;) {
        uint32_t e = i;
        const uint32_t sent = p->tokens[i].sent;
        while (e < p->n_tokens && p->tokens[e].sent == sent && onri_token_proper(&p->tokens[e]) &&
               !m->in_name[e] && !counts(p->tokens[e].ent) && !m->junk[e] && onri_token_upper(p, e))
            e++;
        if (e == i) {
            i++;
            continue;
        }
        onri_name_span s = { i, e, ONR_NONE, 0 };
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
static bool short_names(onri_mentions *m, const onri_name_spans *v, onri_map *of)
{
    const onr_parse *p = m->parse;
    for (uint32_t k = 0; k < v->n; k++) {
        const onri_name_span *s = &v->at[k];
        const uint32_t n = s->end - s->beg;
        if (n == 0 || s->term != ONR_NONE || (n > 1 && s->ent != ONR_ENT_PERSON)) continue;
        if (is_of(p, s)) continue;
        const onr_token *last = &p->tokens[s->end - 1];
        if (!onri_token_proper(last) || last->lower.n < 3) continue;
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
static bool seen_spans(onri_mentions *m, onri_name_spans *v)
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
        if (!claim(m, v, (onri_name_span){ i, i + 1, ONR_NONE, v->at[seen - 1].ent })) return false;
    }
    return true;
}

bool onri_find_name_spans(onri_mentions *m, onri_name_spans *v)
{
    return model_spans(m, v) && firms(m, v) && dictionary_spans(m, v) && shared_ends(m, v) &&
           proper_spans(m, v) && seen_spans(m, v);
}
