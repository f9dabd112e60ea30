/* What an event is about: PLOVER's contexts, from what its code says (a joint exercise is
 * military), from who does it (an attack by an army), and from the words of its sentence, the
 * nearest to the trigger first. Words and codes: data/events/contexts.tsv. Source: own. Leaves out:
 * what the rest of the article is about. */
#include "facts/event_cand.h"

enum { CONTEXTS_MAX = 3 };

typedef struct found {
    uint32_t at[CONTEXTS_MAX], n;
} found;

static void add(found *f, uint32_t context)
{
    if (context == ONR_NONE) return;
    for (uint32_t i = 0; i < f->n; i++)
        if (f->at[i] == context) return;
    if (f->n < CONTEXTS_MAX) f->at[f->n++] = context;
}

/* Are two countries on its sides, or two among those who meet? */
static bool between_states(const onri_event_ctx *x, const onri_event_roles *r)
{
    onr_sv first = { 0 };
    const onri_ref_vec *sides[] = { &r->source, &r->target };
    for (int s = 0; s < 2; s++)
        for (uint32_t i = 0; i < sides[s]->n; i++) {
            if (sides[s]->at[i].entity == ONR_NONE) continue;
            const onr_entity *e = &x->d->entities.at[sides[s]->at[i].entity];
            if (e->type == ONR_ENTITY_GROUP && !onri_has_name(e)) continue;
            if (first.n && e->country.n && !onri_eq(first, e->country)) return true;
            if (e->country.n) first = e->country;
        }
    return false;
}

/* Does a state or its army do it? */
static bool by_state(const onri_event_ctx *x, const onri_event_roles *r)
{
    for (uint32_t i = 0; i < r->source.n; i++) {
        if (r->source.at[i].entity == ONR_NONE) continue;
        const onr_entity *e = &x->d->entities.at[r->source.at[i].entity];
        if (e->type == ONR_ENTITY_STATE) return true;
        for (size_t k = 0; k + 3 <= e->code.n; k++)
            if (onri_eqz(onri_sub(e->code, k, k + 3), "MIL")) return true;
    }
    return false;
}

static void from_code(const onri_event_ctx *x, onr_sv code, const onri_event_roles *r, found *f)
{
    const uint64_t h = onri_hash(code);
    add(f, onri_map_get(&x->book->context_code[ONRI_CODE_ALWAYS], h));
    if (between_states(x, r)) add(f, onri_map_get(&x->book->context_code[ONRI_CODE_STATES], h));
    const int who = by_state(x, r) ? ONRI_CODE_BY_STATE : ONRI_CODE_NOT_STATE;
    add(f, onri_map_get(&x->book->context_code[who], h));
}

/* Words inside the name of a body say what it is, not what is done: "Islamic Jihad". */
static bool in_name(const onr_token *t)
{
    return t->ent == ONR_ENT_ORG || t->ent == ONR_ENT_PERSON || t->ent == ONR_ENT_FAC;
}

static void from_word(const onri_event_ctx *x, uint32_t i, found *f)
{
    const onr_token *t = x->parse->tokens;
    const uint32_t before = i > 0 && t[i - 1].sent == t[i].sent ? x->lower[i - 1] : ONR_NONE;
    if (x->lemma[i] == ONR_NONE) return;
    if (before != ONR_NONE) /* "human rights" */
        add(f, onri_map_get(&x->book->contexts, (uint64_t)(before + 1) << 32 | x->lemma[i]));
    if (!in_name(&t[i])) add(f, onri_map_get(&x->book->contexts, x->lemma[i]));
}

bool onri_event_contexts(const onri_event_ctx *x, const onri_event_cand *c, onr_event *e)
{
    const uint32_t trig = c->hit.clause.verb;
    const onr_tokens s = x->parse->sentences[x->parse->tokens[trig].sent];
    found f = { { 0 }, 0 };
    from_code(x, e->cameo, &c->roles, &f);
    for (uint32_t d = 0; d < s.end - s.beg; d++) { /* outwards from the trigger */
        if (trig + d < s.end) from_word(x, trig + d, &f);
        if (d && trig >= s.beg + d) from_word(x, trig - d, &f);
    }
    if (f.n == 0) return true;
    onr_sv *keep = ONRI_NEW_N(x->d->keep, f.n, onr_sv);
    if (!keep) return false;
    for (uint32_t i = 0; i < f.n; i++) keep[i] = x->book->context_names.at[f.at[i]];
    e->contexts = keep;
    e->n_contexts = f.n;
    return true;
}
