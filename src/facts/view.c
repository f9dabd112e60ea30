/* See view.h. Source: own. */
#include "facts/view.h"

uint32_t onri_token_at(const onr_parse *parse, uint32_t byte)
{
    uint32_t lo = 0, hi = parse->n_tokens;
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (parse->tokens[mid].end <= byte)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

uint32_t onri_statement_at(const onri_draft *d, uint32_t byte)
{
    uint32_t best = ONR_NONE, size = UINT32_MAX;
    for (uint32_t i = 0; i < d->statements.n; i++) {
        const onr_spans c = d->statements.at[i].content;
        if (c.n == 0 || byte < c.at[0].beg || byte >= c.at[c.n - 1].end) continue;
        for (uint32_t k = 0; k < c.n; k++)
            if (c.at[k].beg <= byte && byte < c.at[k].end &&
                c.at[c.n - 1].end - c.at[0].beg < size) {
                best = i;
                size = c.at[c.n - 1].end - c.at[0].beg;
            }
    }
    return best;
}

bool onri_in_boilerplate(const onri_draft *d, uint32_t byte, uint32_t *from)
{
    const onr_article *a = d->article;
    while (*from < a->n_boilerplate && a->boilerplate[*from].span.end <= byte) ++*from;
    return *from < a->n_boilerplate && a->boilerplate[*from].span.beg <= byte;
}

uint32_t onri_mention_from(const onr_entity *e, uint32_t byte)
{
    uint32_t lo = 0, hi = e->n_mentions;
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (e->mentions[mid].span.beg < byte)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Who is met a thousand times is known by then: looking on would cost a text of one word its
 * square. */
enum { MENTIONS_LOOKED_AT = 64 };

bool onri_only_pronouns(const onr_entity *e)
{
    for (uint32_t i = 0; i < e->n_mentions && i < MENTIONS_LOOKED_AT; i++)
        if (e->mentions[i].kind != ONR_MENTION_PRONOUN) return false;
    return true;
}

bool onri_has_name(const onr_entity *e)
{
    for (uint32_t i = 0; i < e->n_mentions && i < MENTIONS_LOOKED_AT; i++)
        if (e->mentions[i].kind == ONR_MENTION_NAME) return true;
    return false;
}

bool onri_is_actor_type(onr_entity_type e)
{
    return e == ONR_ENTITY_PERSON || e == ONR_ENTITY_ORGANIZATION || e == ONR_ENTITY_GROUP ||
           e == ONR_ENTITY_STATE || e == ONR_ENTITY_MEDIUM || e == ONR_ENTITY_NATIONALITY;
}

onr_status onri_view_make(onr_arena *mem, const onri_draft *d, onri_view *out, onr_error *err)
{
    const onr_parse *p = d->parse;
    const uint32_t n = p->n_tokens;
    uint32_t *entity = ONRI_NEW_N(mem, n + 1, uint32_t),
             *mention = ONRI_NEW_N(mem, n + 1, uint32_t);
    if (!entity || !mention) return onri_fail_mem(err, mem, "facts");
    for (uint32_t i = 0; i < n; i++) entity[i] = mention[i] = ONR_NONE;
    for (uint32_t e = 0; e < d->entities.n; e++)
        for (uint32_t m = 0; m < d->entities.at[e].n_mentions; m++) {
            const onr_span head = d->entities.at[e].mentions[m].head;
            for (uint32_t i = onri_token_at(p, head.beg); i < n && p->tokens[i].beg < head.end;
                 i++) {
                entity[i] = e;
                mention[i] = m;
            }
        }
    *out = (onri_view){ .d = d, .parse = p, .entity_at = entity, .mention_at = mention };
    return onri_tree_make(mem, p, NULL, NULL, NULL, &out->tree, err);
}
