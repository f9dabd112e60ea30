/* Quotations: who speaks, and whom I, we and you mean inside.
 *
 * Source: own. Speakers come from the statements; where these know none, from the nearest verb of
 * speech. Leaves out: finding statements. */
#include "facts/actor.h"
#include "facts/view.h"

enum { REACH = 25 };

static uint32_t mention_in(const onri_cast *c, onr_span span)
{
    const onr_parse *p = c->m->parse;
    uint32_t lo = 0, hi = c->m->at.n, best = ONR_NONE, body = ONR_NONE;
    while (lo < hi) { /* first mention that begins at span.beg or later, less a little */
        const uint32_t mid = lo + (hi - lo) / 2;
        if (p->tokens[c->m->at.at[mid].beg].beg < span.beg)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (uint32_t i = lo; i < c->m->at.n; i++) {
        const onri_cand *m = &c->m->at.at[i];
        if (p->tokens[m->beg].beg >= span.end) break;
        if (p->tokens[m->end - 1].end > span.end && p->tokens[m->head].end > span.end) continue;
        if (m->modifier && body == ONR_NONE && onri_is_body(m->type)) body = i;
        if (m->kind == ONR_MENTION_ADJECTIVE || m->modifier) continue;
        if (best == ONR_NONE) best = i;
        if (m->kind == ONR_MENTION_NAME && m->type == ONR_ENTITY_PERSON) return i;
    }
    return best != ONR_NONE ? best : body; /* "a Treasury source": the Treasury says we */
}

/* Subject of the verb of speech nearest to the quotation. */
static uint32_t nearest_speaker(const onri_cast *c, const onri_quote *q)
{
    const onr_parse *p = c->m->parse;
    const uint32_t hi = q->end + REACH < p->n_tokens ? q->end + REACH : p->n_tokens;
    const uint32_t lo = q->beg > REACH ? q->beg - REACH : 0;
    for (unsigned pass = 0; pass < 2; pass++) {
        for (uint32_t n = 0; n < (pass ? q->beg - lo : hi - q->end); n++) {
            const uint32_t v = pass ? q->beg - 1 - n : q->end + n;
            const onr_token *t = &p->tokens[v];
            const uint32_t edge = pass ? q->beg : q->end - 1;
            /* not across a sentence on the far side of the quotation */
            if (t->sent != p->tokens[edge].sent && t->sent != p->tokens[q->beg].sent) break;
            if (t->pos != ONR_POS_VERB || !onri_actor_word(c->m->know, "speech", t->lemma))
                continue;
            for (uint32_t k = t->l_edge; k <= t->r_edge && k < p->n_tokens; k++) {
                if (p->tokens[k].head == v && p->tokens[k].dep == ONR_DEP_NSUBJ &&
                    (k < q->beg || k >= q->end) && c->m->by_head[k] != ONR_NONE)
                    return c->m->by_head[k];
            }
        }
    }
    return ONR_NONE;
}

static void from_statements(onri_cast *c, const onr_statement *st, uint32_t n)
{
    const onr_parse *p = c->m->parse;
    for (uint32_t i = 0; i < n; i++) {
        if (st[i].source.span.end <= st[i].source.span.beg || st[i].form == ONR_FORM_INDIRECT)
            continue;
        const uint32_t who = mention_in(c, st[i].source.span);
        /* "a source", whom no other words name: not the last speaker again */
        const bool stranger = onri_actor_word(
            c->m->know, "vague", p->tokens[onri_token_at(p, st[i].source.span.beg)].lower);
        const uint32_t to = st[i].addressee.span.end > st[i].addressee.span.beg
                                ? mention_in(c, st[i].addressee.span)
                                : ONR_NONE;
        for (uint32_t k = 0; k < st[i].content.n; k++) {
            const onr_span s = st[i].content.at[k];
            uint32_t lo = 0, hi = c->m->quotes.n;
            while (lo < hi) {
                const uint32_t mid = lo + (hi - lo) / 2;
                if (p->tokens[c->m->quotes.at[mid].end - 1].end <= s.beg)
                    lo = mid + 1;
                else
                    hi = mid;
            }
            for (; lo < c->m->quotes.n; lo++) {
                onri_quote *q = &c->m->quotes.at[lo];
                if (p->tokens[q->beg].beg >= s.end) break;
                if (who == ONR_NONE) q->told = stranger;
                if (who == ONR_NONE) continue;
                if (q->beg <= c->m->at.at[who].head && c->m->at.at[who].head < q->end) continue;
                q->speaker = who;
                if (to != ONR_NONE) q->addressee = to;
            }
        }
    }
}

/* The next quotation of the same paragraph goes on with the same speaker. */
static void go_on(onri_cast *c)
{
    const onr_parse *p = c->m->parse;
    for (uint32_t i = 0; i + 1 < c->m->quotes.n; i++) {
        const onri_quote *a = &c->m->quotes.at[i];
        onri_quote *b = &c->m->quotes.at[i + 1];
        if (a->speaker != ONR_NONE && b->speaker == ONR_NONE && !b->told && b->beg - a->end < 60 &&
            p->tokens[b->beg].sent - p->tokens[a->end - 1].sent <= 2)
            b->speaker = a->speaker;
    }
}

/* Whom an official or a member speaks for: the body in his role, else the state; ONR_NONE. */
static uint32_t speaks_for(const onri_cast *c, uint32_t speaker)
{
    const onri_cluster *k = onri_cluster_of(c, speaker);
    for (uint32_t r = k->role; r != ONR_NONE; r = c->roles.at[r].next) {
        const onri_role_seen *s = &c->roles.at[r];
        /* "North Korea's ambassador to the UN" speaks for North Korea */
        for (uint32_t i = s->beg; i < s->head; i++) {
            const uint32_t inner = c->m->by_head[i];
            if (inner == ONR_NONE || c->m->at.at[inner].entry == ONR_NONE) continue;
            if (c->m->know->entries.at[c->m->at.at[inner].entry].type == ONR_ENTITY_STATE)
                return onri_actor_mention(c, c->m->at.at[inner].entry);
        }
        for (uint32_t i = s->beg; i < s->end; i++) {
            const uint32_t inner = c->m->by_head[i];
            if (inner == ONR_NONE || onri_root(c, inner) == onri_root(c, speaker)) continue;
            if (c->m->at.at[inner].kind == ONR_MENTION_PRONOUN) continue;
            const onr_entity_type t = onri_cluster_type(onri_cluster_of(c, inner));
            if (t == ONR_ENTITY_ORGANIZATION && c->m->at.at[inner].kind == ONR_MENTION_NAME)
                return inner;
        }
    }
    if (!k->office || k->country == ONR_NONE) return ONR_NONE;
    const bool official = !strcmp(k->office->role, "GOV") || !strcmp(k->office->role, "MIL") ||
                          k->office->use == ONRI_USE_OFFICE;
    return official ? onri_actor_mention(c, k->country) : ONR_NONE;
}

void onri_pass_speakers(onri_cast *c, const onr_statement *statements, uint32_t n)
{
    from_statements(c, statements, n);
    for (uint32_t i = 0; i < c->m->quotes.n; i++) {
        onri_quote *q = &c->m->quotes.at[i];
        if (q->speaker == ONR_NONE && !q->told) q->speaker = nearest_speaker(c, q);
    }
    go_on(c);
    for (uint32_t i = 0; i < c->m->at.n; i++) {
        const onri_cand *m = &c->m->at.at[i];
        if (m->pronoun != ONRI_PRON_I && m->pronoun != ONRI_PRON_WE && m->pronoun != ONRI_PRON_YOU)
            continue;
        const uint32_t speaker =
            m->quote == ONR_NONE ? ONR_NONE : c->m->quotes.at[m->quote].speaker;
        const uint64_t group = speaker == ONR_NONE ? 0xffffffffu : (uint64_t)onri_root(c, speaker);
        if (m->pronoun == ONRI_PRON_I && speaker != ONR_NONE) {
            const onr_entity_type t = onri_cluster_type(onri_cluster_of(c, speaker));
            if (t == ONR_ENTITY_PERSON || t == ONR_ENTITY_OTHER || t == ONR_ENTITY_GROUP) {
                onri_join(c, i, speaker, "speaker", 0.88f);
                continue;
            }
        }
        if (m->pronoun == ONRI_PRON_YOU && speaker != ONR_NONE &&
            c->m->quotes.at[m->quote].addressee != ONR_NONE) {
            onri_join(c, i, c->m->quotes.at[m->quote].addressee, "addressee", 0.7f);
            continue;
        }
        if (m->pronoun == ONRI_PRON_WE && speaker != ONR_NONE) {
            /* a body that speaks says we of itself */
            const onri_cluster *k = onri_cluster_of(c, speaker);
            const onr_entity_type t = onri_cluster_type(k);
            if (onri_is_body(t)) {
                onri_join(c, i, speaker, "speaker", 0.8f);
                continue;
            }
            const uint32_t body = speaks_for(c, speaker);
            if (body != ONR_NONE) {
                onri_join(c, i, body, "speaks-for", 0.65f);
                continue;
            }
        }
        const uint64_t key = onri_hash_u64(0x5b0000000000u + group * 16 + m->pronoun);
        const uint32_t had = onri_map_get(&c->by_key, key);
        if (had != ONR_NONE) {
            onri_join(c, i, had, "speaker", 0.6f);
        } else if (!onri_map_put(&c->by_key, key, i)) {
            c->failed = true;
        }
    }
}
