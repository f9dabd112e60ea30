/* Events of an article: each word that has frames is matched, its roles filled, its status, place
 * and time read, and mentions of the same event linked. Source: own, after PLOVER 0.8. */
#include "facts/event.h"
#include "facts/event_match.h"

enum { CONTEXTS_MAX = 3 };

/* ---- the article, indexed ---------------------------------------------------------------------
 */

/* Lemmas as atoms of the book: lower-cased, so that "Attack" at the start of a line is known. */
static void index_words(onri_event_ctx *x)
{
    for (uint32_t i = 0; i < x->parse->n_tokens; i++)
        x->lemma[i] = onri_lemma_atom(&x->book->atoms, &x->parse->tokens[i]);
}

/* ---- roles ---------------------------------------------------------------------------------- */

typedef struct roles {
    onri_ref_vec source, target;
} roles;

static bool no_source_in(const onri_frame *f)
{
    for (uint8_t k = 0; k < f->n_conds; k++)
        if (f->conds[k].role & ONRI_ROLE_SOURCE) return false;
    return true;
}

/* The source of a noun: whose, by whom, of whom, which nation's. */
static bool noun_source(const onri_event_ctx *x, const onri_event_hit *m, onri_ref_vec *out)
{
    const onr_token *t = x->parse->tokens;
    const uint32_t n = m->clause.verb;
    for (int pass = 0; pass < 3 && out->n == 0; pass++)
        ONRI_EACH_CHILD (&x->view.tree, c, n) {
            bool used = false;
            for (uint8_t k = 0; k < m->frame->n_conds; k++) used = used || m->filler[k] == c;
            if (used) continue;
            if (pass == 0 && (t[c].dep == ONR_DEP_POSS || t[c].dep == ONR_DEP_AMOD ||
                              t[c].dep == ONR_DEP_COMPOUND || t[c].dep == ONR_DEP_NMOD)) {
                if (!onri_event_actors(x, c, t[c].dep != ONR_DEP_POSS, out)) return false;
            } else if (t[c].dep == ONR_DEP_PREP && onri_eqz(t[c].lower, pass == 1 ? "by" : "of")) {
                ONRI_EACH_CHILD (&x->view.tree, p, c) {
                    for (uint8_t k = 0; k < m->frame->n_conds; k++)
                        used = used || m->filler[k] == p;
                    if (pass && !used && t[p].dep == ONR_DEP_POBJ &&
                        !onri_event_actors(x, p, false, out))
                        return false;
                }
            }
        }
    /* "held talks", "began an attack" where the noun has the frame: who does it */
    const onr_token *h = &t[t[n].head];
    if (out->n == 0 && t[n].dep == ONR_DEP_DOBJ && h->pos == ONR_POS_VERB) {
        bool passive;
        const uint32_t s = onri_event_subject(x, t[n].head, &passive);
        if (s != ONR_NONE && !passive) return onri_event_actors(x, s, false, out);
    }
    return true;
}

/* Drop from b what a has already. */
static void subtract(onri_ref_vec *b, const onri_ref_vec *a)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < b->n; i++) {
        bool dup = false;
        for (uint32_t k = 0; k < a->n; k++)
            dup = dup || a->at[k].span.beg == b->at[i].span.beg ||
                  (a->at[k].entity != ONR_NONE && a->at[k].entity == b->at[i].entity);
        if (!dup) b->at[n++] = b->at[i];
    }
    b->n = n;
}

/* Someone named in what the trigger governs, for frames that name no target. */
static bool target_inside(const onri_event_ctx *x, uint32_t filler, onri_ref_vec *out)
{
    const onr_token *t = x->parse->tokens;
    if (t[filler].pos == ONR_POS_VERB || t[filler].pos == ONR_POS_AUX) {
        const onri_clause c = onri_event_clause(x, filler);
        if (t[filler].dep == ONR_DEP_CCOMP && c.subject != ONR_NONE &&
            !onri_event_actors(x, c.subject, false, out))
            return false;
        if (out->n == 0 && !onri_event_actors(x, c.object, true, out)) return false;
    } else if (!onri_event_actors(x, filler, true, out))
        return false;
    for (uint32_t i = t[filler].l_edge; i <= t[filler].r_edge && out->n == 0; i++)
        if (t[i].dep == ONR_DEP_POBJ || t[i].dep == ONR_DEP_DOBJ || t[i].dep == ONR_DEP_POSS)
            if (!onri_event_actors(x, i, true, out)) return false;
    return true;
}

/* The nearest actor after the trigger within its clause, when no condition names the target. */
static bool target_nearby(const onri_event_ctx *x, const onri_event_hit *m, roles *r)
{
    const onr_token *t = x->parse->tokens;
    const uint32_t v = m->clause.verb;
    for (uint32_t i = v + 1; i <= t[v].r_edge && r->target.n == 0; i++) {
        const uint32_t e = x->view.entity_at[i];
        if (e == ONR_NONE || t[i].dep == ONR_DEP_NSUBJ || t[i].dep == ONR_DEP_COMPOUND) continue;
        bool quiet = false;
        for (uint8_t k = 0; k < m->frame->n_conds; k++)
            quiet = quiet || (m->frame->conds[k].role & ONRI_ROLE_QUIET && m->filler[k] == i);
        if (quiet || !onri_is_actor_type(x->d->entities.at[e].type)) continue;
        if (!onri_event_actors(x, i, false, &r->target)) return false;
        subtract(&r->target, &r->source);
    }
    return true;
}

/* The source of the statement around the token. */
static bool say_source(const onri_event_ctx *x, uint32_t tok, onri_ref_vec *out)
{
    const uint32_t s = onri_statement_at(x->d, x->parse->tokens[tok].beg);
    if (s == ONR_NONE || x->d->statements.at[s].source.span.end == 0) return true;
    onr_ref *slot = ONRI_PUSH(x->tmp, out);
    if (slot) *slot = x->d->statements.at[s].source;
    return slot != NULL;
}

static bool fill_roles(const onri_event_ctx *x, const onri_event_hit *m, roles *r)
{
    const onri_frame *f = m->frame;
    for (uint8_t k = 0; k < f->n_conds; k++) {
        const onri_frame_cond *c = &f->conds[k];
        if (c->slot == ONRI_SLOT_SAY) {
            if (!say_source(x, m->filler[k], &r->source)) return false;
            continue;
        }
        if (c->role & ONRI_ROLE_SOURCE && !onri_event_actors(x, m->filler[k], true, &r->source))
            return false;
        if (c->role == ONRI_ROLE_TARGET && !onri_event_actors(x, m->filler[k], true, &r->target))
            return false;
    }
    if (no_source_in(f)) {
        if (f->pos == 'v') {
            const uint32_t s = m->clause.passive ? m->clause.agent : m->clause.subject;
            if (!onri_event_actors(x, s, false, &r->source)) return false;
        } else if (f->pos == 'n') {
            if (!noun_source(x, m, &r->source)) return false;
        } else {
            bool passive;
            const onr_token *t = x->parse->tokens;
            const uint32_t s = onri_event_subject(x, t[m->clause.verb].head, &passive);
            if (!onri_event_actors(x, s, false, &r->source)) return false;
        }
    }
    subtract(&r->target, &r->source);
    for (uint8_t k = 0; k < f->n_conds && r->target.n == 0 && !f->reciprocal; k++) {
        const uint8_t slot = f->conds[k].slot;
        if (f->conds[k].role || slot == ONRI_SLOT_SUBJ || slot == ONRI_SLOT_NO_OBJ ||
            slot == ONRI_SLOT_PART || slot == ONRI_SLOT_WORD || slot == ONRI_SLOT_ADJ)
            continue;
        if (!target_inside(x, m->filler[k], &r->target)) return false;
        subtract(&r->target, &r->source);
    }
    if (r->target.n == 0 && !f->reciprocal && f->pos != 'm') return target_nearby(x, m, r);
    return true;
}

/* ---- place, time, contexts --------------------------------------------------------------------
 */

static onr_ref place_of(const onri_event_ctx *x, const onri_event_hit *m)
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

static onr_time time_of(const onri_event_ctx *x, const onri_event_hit *m)
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

static bool contexts_of(const onri_event_ctx *x, uint32_t trig, onr_event *e)
{
    const onr_tokens s = x->parse->sentences[x->parse->tokens[trig].sent];
    onr_sv found[CONTEXTS_MAX];
    uint32_t n = 0;
    for (uint32_t i = s.beg; i < s.end && n < CONTEXTS_MAX; i++) {
        if (x->lemma[i] == ONR_NONE) continue;
        const uint32_t c = onri_map_get(&x->book->contexts, x->lemma[i]);
        if (c == ONR_NONE) continue;
        bool dup = false;
        for (uint32_t k = 0; k < n; k++)
            dup = dup || onri_eq(found[k], x->book->context_names.at[c]);
        if (!dup) found[n++] = x->book->context_names.at[c];
    }
    if (n == 0) return true;
    onr_sv *keep = ONRI_NEW_N(x->d->keep, n, onr_sv);
    if (!keep) return false;
    memcpy(keep, found, n * sizeof *keep);
    e->contexts = keep;
    e->n_contexts = n;
    return true;
}

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
        const onri_event_hit inner = onri_event_match(x, m->filler[k], false);
        if (!inner.frame) continue;
        const onri_nested_row *row = onri_event_nested(x->book, m->frame->type, inner.frame->type);
        if (!row) continue;
        e->mode = row->mode;
        e->cameo = row->cameo;
    }
}

/* Cooperation that its actor says will not be is a refusal, and the refusal happened. */
static void make_refusal(const onri_event_ctx *x, const onri_event_hit *m, onr_event *e)
{
    const uint8_t reject = onri_event_type_find(x->book, ONR_SV("REJECT"));
    if (reject == UINT8_MAX || m->frame->pos != 'v' || x->book->types.at[m->frame->type].hostile ||
        e->n_source == 0)
        return;
    const onri_nested_row *row = onri_event_nested(x->book, reject, m->frame->type);
    if (!row || !onri_event_refuses(x, m->clause.verb)) return;
    e->plover = x->book->types.at[reject].name;
    e->mode = row->mode;
    e->cameo = row->cameo;
    e->status = ONR_EVENT_HAPPENED;
}

static bool worth_keeping(const onri_event_ctx *x, const onri_event_hit *m, const roles *r)
{
    const bool deed = x->book->types.at[m->frame->type].hostile;
    return r->source.n || (r->target.n && deed);
}

static onr_status add_event(onri_event_ctx *x, const onri_event_hit *m, onr_error *err)
{
    onri_draft *d = x->d;
    roles r = { { 0 }, { 0 } };
    if (!fill_roles(x, m, &r)) return onri_fail_mem(err, x->tmp, "event");
    if (!worth_keeping(x, m, &r)) return ONR_OK;
    onr_event *e = ONRI_PUSH(d->keep, &d->events);
    if (!e) return onri_fail_mem(err, d->keep, "event");
    const onr_token *t = &x->parse->tokens[m->clause.verb];
    e->plover = x->book->types.at[m->frame->type].name;
    e->mode = m->frame->mode;
    e->cameo = m->frame->cameo;
    refine_by_inner(x, m, e);
    e->source = keep_refs(d->keep, &r.source);
    e->n_source = r.source.n;
    e->target = keep_refs(d->keep, &r.target);
    e->n_target = r.target.n;
    e->place = place_of(x, m);
    e->time = time_of(x, m);
    e->status = onri_event_status_of(x, m->clause.verb, &e->status_span);
    e->reported_by = onri_statement_at(d, t->beg);
    if (e->reported_by != ONR_NONE && e->status == ONR_EVENT_HAPPENED &&
        d->statements.at[e->reported_by].kind == ONR_KIND_ACCUSATION)
        e->status = ONR_EVENT_ALLEGED;
    if (e->status == ONR_EVENT_NEGATED) make_refusal(x, m, e);
    const uint32_t g = onri_map_get(&x->book->goldstein, onri_hash(e->cameo));
    e->has_goldstein = g != ONR_NONE;
    e->goldstein = e->has_goldstein ? ((float)g - 1000.0f) / 10.0f : 0.0f;
    e->same_as = ONR_NONE;
    e->rule = m->frame->rule;
    e->p = 0.6f;
    if (!e->source || !e->target || !trigger_spans(x, m, e) || !contexts_of(x, m->clause.verb, e))
        return onri_fail_mem(err, d->keep, "event");
    return ONR_OK;
}

/* ---- the same event again ------------------------------------------------------------------- */

static bool share(const onr_ref *a, uint32_t na, const onr_ref *b, uint32_t nb)
{
    if (na == 0 || nb == 0) return true;
    for (uint32_t i = 0; i < na; i++)
        for (uint32_t k = 0; k < nb; k++)
            if (a[i].entity != ONR_NONE && a[i].entity == b[k].entity) return true;
    return false;
}

static bool same_time(const onr_event *a, const onr_event *b)
{
    return a->time.from.n == 0 || b->time.from.n == 0 || onri_eq(a->time.from, b->time.from);
}

static bool same_event(const onr_event *a, const onr_event *b)
{
    if (!onri_eq(a->plover, b->plover) || (a->mode.n && b->mode.n && !onri_eq(a->mode, b->mode)))
        return false;
    if (a->status != b->status || !same_time(a, b) ||
        (a->n_source == 0 && b->n_source == 0 && a->n_target == 0))
        return false;
    const bool straight = share(a->source, a->n_source, b->source, b->n_source) &&
                          share(a->target, a->n_target, b->target, b->n_target);
    const bool crossed = onri_eqz(a->plover, "CONSULT") &&
                         share(a->source, a->n_source, b->target, b->n_target) &&
                         share(a->target, a->n_target, b->source, b->n_source);
    return straight || crossed;
}

enum { LINK_BACK = 64 }; /* events looked back over: keeps linking linear */

static void link_events(onri_draft *d, uint32_t first)
{
    for (uint32_t i = first; i < d->events.n; i++)
        for (uint32_t k = i; k-- > first && i - k <= LINK_BACK;) {
            if (!same_event(&d->events.at[i], &d->events.at[k])) continue;
            d->events.at[i].same_as =
                d->events.at[k].same_as != ONR_NONE ? d->events.at[k].same_as : k;
            break;
        }
}

/* ---- the step ------------------------------------------------------------------------------- */

onr_status onri_find_events(onri_draft *d, const onri_event_book *book, const onri_timex *times,
                            uint32_t n_times, onr_error *err)
{
    onri_event_ctx x = {
        .d = d, .book = book, .parse = d->parse, .tmp = d->tmp, .times = times, .n_times = n_times
    };
    const uint32_t first = d->events.n;
    onr_status st = onri_view_make(d->tmp, d, &x.view, err);
    if (st != ONR_OK) return st;
    x.lemma = ONRI_NEW_N(d->tmp, d->parse->n_tokens + 1, uint32_t);
    if (!x.lemma) return onri_fail_mem(err, d->tmp, "event");
    index_words(&x);
    uint8_t *taken = ONRI_NEW_N(d->tmp, d->parse->n_tokens + 1, uint8_t);
    if (!taken) return onri_fail_mem(err, d->tmp, "event");
    /* verbs and adjectives first: they take the nouns and infinitives that belong to them */
    for (int pass = 0; pass < 2; pass++) {
        uint32_t b = 0;
        for (uint32_t i = 0; i < d->parse->n_tokens; i++) {
            const bool noun =
                d->parse->tokens[i].pos == ONR_POS_NOUN || d->parse->tokens[i].pos == ONR_POS_PROPN;
            if (noun != (pass == 1) || taken[i] ||
                onri_in_boilerplate(d, d->parse->tokens[i].beg, &b))
                continue;
            const onri_event_hit m = onri_event_match(&x, i, true);
            if (!m.frame) continue;
            for (uint8_t k = 0; k < m.frame->n_conds; k++)
                if (m.frame->conds[k].slot == ONRI_SLOT_TO ||
                    (m.frame->conds[k].filler == ONRI_FILL_SET &&
                     m.frame->conds[k].slot != ONRI_SLOT_SUBJ))
                    taken[m.filler[k]] = m.filler[k] != i;
            st = add_event(&x, &m, err);
            if (st != ONR_OK) return st;
        }
    }
    link_events(d, first);
    return ONR_OK;
}
