/* Where and when an event was: what hangs on its trigger. Source: own. Cities are those of
 * data/actors/cities.tsv. Leaves out: places and times told in another clause. */
#include "facts/event_cand.h"

onr_ref onri_event_place(const onri_event_ctx *x, const onri_event_hit *m)
{
    const onr_token *t = x->parse->tokens;
    const uint32_t hosts[3] = { m->clause.verb, m->clause.object, t[m->clause.verb].head };
    for (int h = 0; h < 3; h++) {
        if (hosts[h] == ONR_NONE ||
            (h == 2 && (t[m->clause.verb].dep == ONR_DEP_CONJ || m->frame->pos == 'v')))
            continue;
        ONRI_EACH_CHILD (&x->view.tree, c, hosts[h]) {
            if (t[c].dep != ONR_DEP_PREP ||
                !(onri_eqz(t[c].lower, "in") || onri_eqz(t[c].lower, "at") ||
                  onri_eqz(t[c].lower, "near") || onri_eqz(t[c].lower, "inside") ||
                  onri_eqz(t[c].lower, "outside") || onri_eqz(t[c].lower, "across")))
                continue;
            ONRI_EACH_CHILD (&x->view.tree, p, c) {
                if (t[p].dep != ONR_DEP_POBJ || !onri_event_fills(x, p, ONRI_FILL_PLACE, 0))
                    continue;
                onri_ref_vec v = { 0 };
                if (onri_event_actors(x, p, true, &v) && v.n) return v.at[0];
            }
        }
    }
    return ONR_REF_NONE;
}

static const onri_city *city_named(const onri_event_ctx *x, onr_sv name)
{
    const uint32_t c = name.n ? onri_map_get(&x->book->city, onri_hash(name)) : ONR_NONE;
    if (c == ONR_NONE || !onri_eq(x->book->cities.at[c].name, name)) return NULL;
    return &x->book->cities.at[c];
}

void onri_event_locate(const onri_event_ctx *x, onr_event *e)
{
    if (e->place.span.beg == e->place.span.end) return;
    const onri_city *c = NULL;
    if (e->place.entity != ONR_NONE) {
        const onr_entity *en = &x->d->entities.at[e->place.entity];
        e->place_country = en->country;
        if (en->type == ONR_ENTITY_STATE) return;
        c = city_named(x, en->name);
    } else {
        c = city_named(x, onri_sub(x->d->article->text, e->place.span.beg, e->place.span.end));
    }
    /* another city of the name than the one the article means has no place in it */
    if (!c || (e->place_country.n && !onri_eq(e->place_country, c->country))) return;
    e->place_country = c->country;
    e->place_has_point = true;
    e->place_lat = c->lat;
    e->place_lon = c->lon;
}

/* The verb, or the trigger on the way to it, that a token hangs on. */
static uint32_t anchor_of(const onri_event_ctx *x, uint32_t tok, uint32_t stop)
{
    const onr_token *t = x->parse->tokens;
    for (int step = 0; step < 16; step++) {
        if (tok == stop || t[tok].pos == ONR_POS_VERB || t[tok].pos == ONR_POS_AUX ||
            t[tok].head == tok)
            return tok;
        tok = t[tok].head;
    }
    return tok;
}

onr_time onri_event_time(const onri_event_ctx *x, const onri_event_hit *m)
{
    const onr_token *t = x->parse->tokens;
    const uint32_t trig = m->clause.verb, verb = anchor_of(x, trig, ONR_NONE);
    uint32_t lo = 0, hi = x->n_times;
    const uint32_t beg = x->parse->sentences[t[trig].sent].beg,
                   end = x->parse->sentences[t[trig].sent].end;
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (x->times[mid].end <= beg)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < x->n_times && x->times[lo].beg < end; lo++) {
        uint32_t root = x->times[lo].beg;
        for (uint32_t i = root; i < x->times[lo].end; i++)
            if (t[i].head < x->times[lo].beg || t[i].head >= x->times[lo].end) root = i;
        const uint32_t at = anchor_of(x, root, trig);
        if (at == trig || at == verb) return onri_time_value(x->d->keep, &x->times[lo]);
    }
    return (onr_time){ { "", 0 }, { "", 0 }, { 0, 0 } };
}
