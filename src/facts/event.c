/* Events of an article: each word that has frames is matched, its roles filled, its status, place
 * and time read, and mentions of the same event linked. Source: own, after PLOVER 0.8. */
#include "facts/event.h"
#include "facts/event_belief.h"
#include "facts/event_guess.h"

/* ---- one event ------------------------------------------------------------------------------ */

static const onr_ref *keep_refs(onr_arena *mem, const onri_ref_vec *v)
{
    onr_ref *at = ONRI_NEW_N(mem, v->n, onr_ref);
    if (at && v->n) memcpy(at, v->at, v->n * sizeof *at);
    return at;
}

static bool trigger_spans(const onri_event_ctx *x, const onri_event_hit *m, onr_event *e)
{
    const onr_token *t = x->parse->tokens;
    uint32_t toks[3] = { m->clause.verb, ONR_NONE, ONR_NONE };
    uint32_t n = 1;
    for (uint8_t k = 0; k < m->frame->n_conds && n < 3; k++)
        if ((m->frame->light && m->frame->conds[k].slot == ONRI_SLOT_OBJ) ||
            (m->frame->conds[k].slot == ONRI_SLOT_PART && m->filler[k] != m->clause.verb))
            toks[n++] = m->filler[k];
    onr_span *at = ONRI_NEW_N(x->d->keep, n, onr_span);
    if (!at) return false;
    for (uint32_t i = 0; i < n; i++) at[i] = (onr_span){ t[toks[i]].beg, t[toks[i]].end };
    if (n > 1 && at[1].beg < at[0].beg) {
        const onr_span s = at[0];
        at[0] = at[1];
        at[1] = s;
    }
    e->trigger = (onr_spans){ at, n };
    return true;
}

/* What a demand, threat or promise is about, where the frame holds an infinitive or a clause. */
static void refine_by_inner(const onri_event_ctx *x, const onri_event_hit *m, onr_event *e)
{
    for (uint8_t k = 0; k < m->frame->n_conds; k++) {
        const uint8_t slot = m->frame->conds[k].slot;
        if (slot != ONRI_SLOT_TO && slot != ONRI_SLOT_THAT) continue;
        const onri_event_hit inner = onri_event_match(x, m->filler[k], m->frame->scheme, false);
        if (!inner.frame) continue;
        const onri_nested_row *row = onri_event_nested(x->book, m->frame->type, inner.frame->type);
        if (!row) continue;
        e->mode = row->mode;
        e->cameo = row->cameo;
    }
}

/* Cooperation that its actor says will not be is a refusal, and the refusal happened. */
static bool is_refusal(const onri_event_ctx *x, const onri_event_cand *c)
{
    const onri_frame *f = c->hit.frame;
    const uint8_t reject = onri_event_type_find(x->book, ONR_SV("REJECT"));
    if (c->status == ONR_EVENT_NEGATED && c->roles.source.n && reject != UINT8_MAX &&
        f->pos == 'a' && onri_eqz(x->book->types.at[f->type].name, "AGREE"))
        return true; /* "is not ready to talk" */
    const bool agree = onri_eqz(x->book->types.at[f->type].name, "AGREE"),
               cannot = agree && c->status == ONR_EVENT_CONDITIONAL;
    return (c->status == ONR_EVENT_NEGATED || cannot) && reject != UINT8_MAX && f->pos == 'v' &&
           !x->book->types.at[f->type].hostile && c->roles.source.n &&
           onri_event_nested(x->book, reject, f->type) &&
           onri_event_refuses(x, c->hit.clause.verb, agree);
}

/* A verb of saying that is refused ("declined to comment") refuses nothing to anybody. */
static bool refuses_to_speak(const onri_event_ctx *x, const onri_event_hit *m)
{
    for (uint8_t k = 0; k < m->frame->n_conds; k++)
        if (m->frame->conds[k].slot == ONRI_SLOT_TO)
            return onri_event_in_set(x, m->filler[k], x->book->speaking);
    return false;
}

/* "was freed": who does it is not told, whom it befalls is. */
static bool befalls_somebody(const onri_event_ctx *x, const onri_event_cand *c)
{
    const onr_ref *to = &c->roles.target.at[0];
    const onr_sv type = x->book->types.at[c->hit.frame->type].name;
    if (!onri_eqz(type, "ACCUSE") && !onri_eqz(type, "RETREAT") && !onri_eqz(type, "REQUEST") &&
        !onri_eqz(type, "REJECT") && !onri_eqz(type, "AID") && !onri_eqz(type, "CONSULT"))
        return false;
    return c->hit.clause.passive && c->roles.target_how == ONRI_HOW_FRAME &&
           to->entity != ONR_NONE && onri_is_actor_type(x->d->entities.at[to->entity].type);
}

/* "shot himself", "funded his own campaign": no second party. */
static bool is_done_to_oneself(const onri_event_ctx *x, const onri_event_cand *c)
{
    const onr_token *t = x->parse->tokens;
    for (uint8_t k = 0; k < c->hit.frame->n_conds; k++) {
        if (c->hit.frame->conds[k].role != ONRI_ROLE_TARGET) continue;
        const uint32_t f = c->hit.filler[k];
        const onr_sv w = t[f].lower;
        if (t[f].pos == ONR_POS_PRON && w.n > 4 &&
            (onri_eqz(onri_sub(w, w.n - 4, w.n), "self") ||
             (w.n > 6 && onri_eqz(onri_sub(w, w.n - 6, w.n), "selves"))))
            return true;
        if (!onri_eqz(x->book->types.at[c->hit.frame->type].name, "AID")) continue;
        ONRI_EACH_CHILD (&x->view.tree, p, f)
            if (t[p].dep == ONR_DEP_POSS)
                for (uint32_t i = 0; i < c->roles.source.n; i++)
                    if (c->roles.source.at[i].entity != ONR_NONE &&
                        c->roles.source.at[i].entity == onri_event_entity(x, p))
                        return true;
    }
    return false;
}

/* "we must", and what a speaker says that he himself should do, asks nobody. */
static bool speaks_of_himself(const onri_event_ctx *x, const onri_event_cand *c)
{
    const uint32_t s = c->hit.clause.subject;
    if (s == ONR_NONE) return true;
    const onr_sv word = x->parse->tokens[s].lower;
    if (onri_eqz(word, "we") || onri_eqz(word, "i") || onri_eqz(word, "you")) return true;
    for (uint32_t i = 0; i < c->roles.source.n; i++)
        if (c->roles.source.at[i].entity != ONR_NONE &&
            c->roles.source.at[i].entity == onri_event_entity(x, s))
            return true;
    return false;
}

static bool has_speaker(const onri_frame *f)
{
    for (uint8_t k = 0; k < f->n_conds; k++)
        if (f->conds[k].slot == ONRI_SLOT_SAY) return true;
    return false;
}

static const char *why_not(const onri_event_ctx *x, const onri_event_cand *c)
{
    const onri_type_row *type = &x->book->types.at[c->hit.frame->type];
    if (onri_eqz(type->name, "REJECT") && refuses_to_speak(x, &c->hit))
        return "to say nothing is no refusal";
    if (is_done_to_oneself(x, c)) return "it is done to oneself";
    if (c->hit.frame->pos == 'm' && speaks_of_himself(x, c)) return "the speaker's own duty";
    if (has_speaker(c->hit.frame) && c->hit.frame->pos != 'm' && c->roles.target.n == 0)
        return "nobody is judged";
    if (c->roles.source.n) return NULL;
    const bool intransitive = c->hit.frame->pos == 'v' && onri_eqz(type->name, "ASSAULT") &&
                              !c->hit.clause.passive && c->hit.clause.object == ONR_NONE;
    if (c->roles.target.n == 0 && type->hostile &&
        (intransitive || (c->hit.frame->pos == 'n' && !onri_event_is_again(x, c))) &&
        onri_event_place(x, &c->hit).span.end)
        return NULL; /* "fighting broke out in Mogadishu", "a bomb exploded in Aley" */
    const bool chance = c->roles.target_how == ONRI_HOW_NEARBY; /* only stands there */
    if (c->roles.target.n && !chance && (type->hostile || befalls_somebody(x, c))) return NULL;
    return "nobody is named who does it";
}

static onr_status add_event(const onri_event_ctx *x, onri_event_cand *c, onr_error *err)
{
    onri_draft *d = x->d;
    const onri_event_hit *m = &c->hit;
    onr_event *e = ONRI_PUSH(d->keep, &d->events);
    if (!e) return onri_fail_mem(err, d->keep, "event");
    c->event = d->events.n - 1;
    const onr_token *t = x->parse->tokens;
    e->plover = x->book->types.at[m->frame->type].name;
    e->mode = m->frame->mode;
    e->cameo = m->frame->cameo;
    refine_by_inner(x, m, e);
    e->source = keep_refs(d->keep, &c->roles.source);
    e->n_source = c->roles.source.n;
    e->target = keep_refs(d->keep, &c->roles.target);
    e->n_target = c->roles.target.n;
    e->place = onri_event_place(x, m);
    onri_event_locate(x, e);
    e->time = onri_event_time(x, m);
    e->status = c->status;
    if (c->why != ONR_NONE) e->status_span = (onr_span){ t[c->why].beg, t[c->why].end };
    e->reported_by = onri_statement_at(d, t[m->clause.verb].beg);
    if (c->refusal) {
        const uint8_t reject = onri_event_type_find(x->book, ONR_SV("REJECT"));
        const onri_nested_row *row = onri_event_nested(x->book, reject, m->frame->type);
        e->plover = x->book->types.at[reject].name;
        e->mode = row ? row->mode : onri_sv("", 0);
        e->cameo = row ? row->cameo : ONR_SV("120");
        e->status = ONR_EVENT_HAPPENED;
    }
    const uint32_t g = onri_map_get(&x->book->goldstein, onri_hash(e->cameo));
    e->has_goldstein = g != ONR_NONE;
    e->goldstein = e->has_goldstein ? ((float)g - 1000.0f) / 10.0f : 0.0f;
    e->same_as = ONR_NONE;
    e->rule = m->frame->rule;
    e->p = onri_event_belief(x, c);
    if (!e->source || !e->target || !trigger_spans(x, m, e) || !onri_event_contexts(x, c, e))
        return onri_fail_mem(err, d->keep, "event");
    return ONR_OK;
}

/* ---- the step ------------------------------------------------------------------------------- */

/* Lemmas and words as atoms of the book, lower-cased: "Attack" at the start of a line is known. */
static bool index_words(onri_event_ctx *x)
{
    const uint32_t n = x->parse->n_tokens;
    x->lemma = ONRI_NEW_N(x->tmp, n + 1, uint32_t);
    x->lower = ONRI_NEW_N(x->tmp, n + 1, uint32_t);
    if (!x->lemma || !x->lower) return false;
    for (uint32_t i = 0; i < n; i++) {
        x->lemma[i] = onri_lemma_atom(&x->book->atoms, &x->parse->tokens[i]);
        x->lower[i] = onri_atom_find(&x->book->atoms, x->parse->tokens[i].lower);
    }
    return true;
}

/* What a verb has of its nouns and infinitives is not told again, and what is threatened is told as
 * the threat alone (the manual's rule). */
static void take(const onri_event_ctx *x, const onri_event_hit *m, uint32_t trigger, uint8_t *taken)
{
    const bool threat = onri_eqz(x->book->types.at[m->frame->type].name, "THREATEN");
    for (uint8_t k = 0; k < m->frame->n_conds; k++) {
        const onri_frame_cond *c = &m->frame->conds[k];
        if (c->slot == ONRI_SLOT_TO || (threat && c->slot == ONRI_SLOT_THAT) ||
            (c->filler == ONRI_FILL_SET && c->slot != ONRI_SLOT_SUBJ))
            taken[m->filler[k]] = m->filler[k] != trigger;
        /* "threatened to attack and to burn": the second verb too */
        if (c->slot == ONRI_SLOT_TO || (threat && c->slot == ONRI_SLOT_THAT))
            ONRI_EACH_CHILD (&x->view.tree, v, m->filler[k])
                if (x->parse->tokens[v].dep == ONR_DEP_CONJ && v > trigger) taken[v] = 1;
    }
}

/* The hit of each token that has one in the scheme; verbs and adjectives first. */
static bool find_hits(const onri_event_ctx *x, uint8_t scheme, onri_event_cands *all,
                      onri_event_hit *hits)
{
    const uint32_t n = x->parse->n_tokens;
    uint8_t *taken = ONRI_NEW_N(x->tmp, n + 1, uint8_t);
    if (!taken) return false;
    for (int pass = 0; pass < 2; pass++) {
        uint32_t b = 0;
        for (uint32_t i = 0; i < n; i++) {
            const onr_token *t = &x->parse->tokens[i];
            const bool noun = t->pos == ONR_POS_NOUN || t->pos == ONR_POS_PROPN;
            if (noun != (pass == 1) || taken[i] || onri_in_boilerplate(x->d, t->beg, &b)) continue;
            hits[i] = onri_event_match(x, i, scheme, true);
            if (hits[i].frame && hits[i].frame->nothing) hits[i].frame = NULL;
            if (!hits[i].frame) continue;
            take(x, &hits[i], i, taken);
            all->n++;
        }
    }
    return true;
}

/* Candidates of PLOVER and of each of the user's schemes, in the order of the text. */
static bool find_cands(const onri_event_ctx *x, onri_event_cands *all)
{
    const uint32_t n = x->parse->n_tokens, schemes = x->book->n_schemes + 1u;
    onri_event_hit **hits = ONRI_NEW_N(x->tmp, schemes, onri_event_hit *);
    if (!hits) return false;
    for (uint32_t s = 0; s < schemes; s++) {
        hits[s] = ONRI_NEW_N(x->tmp, n + 1, onri_event_hit);
        if (!hits[s] || !find_hits(x, (uint8_t)s, all, hits[s])) return false;
    }
    all->at = ONRI_NEW_N(x->tmp, all->n + 1, onri_event_cand);
    all->of = ONRI_NEW_N(x->tmp, n + 1, uint32_t);
    if (!all->at || !all->of) return false;
    for (uint32_t i = 0, k = 0; i < n; i++) {
        all->of[i] = ONR_NONE;
        for (uint32_t s = 0; s < schemes; s++) {
            if (!hits[s][i].frame) continue;
            onri_event_cand *c = &all->at[k];
            *c = (onri_event_cand){ .hit = hits[s][i], .same = ONR_NONE, .event = ONR_NONE };
            if (!onri_event_roles_fill(x, &c->hit, &c->roles)) return false;
            if (all->of[i] == ONR_NONE) all->of[i] = k;
            k++;
        }
    }
    return onri_event_roles_inherit(x, all);
}

/* "anybody who complains", "you help": nobody did it yet. */
static uint32_t is_anybody(const onri_event_ctx *x, const onri_event_cand *c)
{
    static const char *const words[] = { "anybody", "anyone", "whoever", "you" };
    const onr_token *t = x->parse->tokens;
    const uint32_t s = c->hit.clause.subject, trigger = c->hit.clause.verb;
    uint32_t v = trigger;
    if (s == ONR_NONE || (c->hit.frame->pos != 'v' && c->hit.frame->pos != 'a')) return ONR_NONE;
    if (t[v].dep == ONR_DEP_ACOMP) v = t[v].head; /* "you are worried" */
    ONRI_EACH_CHILD (&x->view.tree, a, trigger)   /* "you get shot" */
        if (t[a].dep == ONR_DEP_AUXPASS) v = a;
    if (t[v].tag != ONR_TAG_VB && t[v].tag != ONR_TAG_VBP && t[v].tag != ONR_TAG_VBZ)
        return ONR_NONE;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (onri_eqz(t[s].lower, words[i])) return s;
    return ONR_NONE;
}

static void weigh_status(const onri_event_ctx *x, onri_event_cand *c)
{
    const uint32_t at = c->hit.clause.verb;
    c->status = onri_event_status_of(x, at, &c->why);
    /* a judgement is passed by being spoken, in whatever tense: "that would be a mistake" */
    const bool open = c->status == ONR_EVENT_CONDITIONAL && c->why != ONR_NONE &&
                      x->parse->tokens[c->why].dep == ONR_DEP_MARK; /* "did not say if" */
    if (has_speaker(c->hit.frame) && c->status != ONR_EVENT_NEGATED && !open) {
        c->status = ONR_EVENT_HAPPENED;
        c->why = ONR_NONE;
    }
    const uint32_t s = onri_statement_at(x->d, x->parse->tokens[at].beg);
    if (s != ONR_NONE && c->status == ONR_EVENT_HAPPENED &&
        x->d->statements.at[s].kind == ONR_KIND_ACCUSATION) {
        c->status = ONR_EVENT_ALLEGED;
        c->accused = true;
    }
    /* "no intention to leave": the frame's own negation makes the event */
    for (uint8_t k = 0; k < c->hit.frame->n_conds; k++)
        if (c->why != ONR_NONE && c->hit.filler[k] == c->why) {
            c->status = ONR_EVENT_HAPPENED;
            c->why = ONR_NONE;
        }
    if (c->status == ONR_EVENT_HAPPENED && is_anybody(x, c) != ONR_NONE) {
        c->status = ONR_EVENT_CONDITIONAL;
        c->why = is_anybody(x, c);
    }
    c->refusal = is_refusal(x, c);
}

onr_status onri_trace_events(onri_draft *d, const onri_event_book *book, const onri_timex *times,
                             uint32_t n_times, const onri_event_listener *ear, onr_error *err)
{
    onri_event_ctx x = {
        .d = d, .book = book, .parse = d->parse, .tmp = d->tmp, .times = times, .n_times = n_times
    };
    onri_event_cands all = { 0 };
    onr_status st = onri_view_make(d->tmp, d, &x.view, err);
    if (st != ONR_OK) return st;
    if (!index_words(&x) || !find_cands(&x, &all)) return onri_fail_mem(err, d->tmp, "event");
    for (uint32_t i = 0; i < all.n; i++) all.at[i].lost = why_not(&x, &all.at[i]);
    if (!onri_event_guess(&x, &all, ear)) return onri_fail_mem(err, d->tmp, "event");
    for (uint32_t i = 0; i < all.n && st == ONR_OK; i++) {
        weigh_status(&x, &all.at[i]);
        all.at[i].lost = why_not(&x, &all.at[i]);
        if (!all.at[i].lost) st = add_event(&x, &all.at[i], err);
    }
    if (st != ONR_OK) return st;
    onri_event_link(&x, &all);
    for (uint32_t i = 0; ear && i < all.n; i++) ear->cand(ear->arg, &x, &all, i);
    if (ear && ear->end) ear->end(ear->arg, &x);
    return ONR_OK;
}

onr_status onri_find_events(onri_draft *d, const onri_event_book *book, const onri_timex *times,
                            uint32_t n_times, onr_error *err)
{
    return onri_trace_events(d, book, times, n_times, NULL, err);
}
