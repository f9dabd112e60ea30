/* Explanations of events: of each candidate the frame, what filled its conditions, how its actors
 * were found, what decides its status; of a word at a byte, why its other frames do not hold.
 * Source: own. */
#include "onrecord/explain.h"

#include "base/date.h"
#include "facts/actor_step.h"
#include "facts/event_cand.h"
#include "facts/knowledge.h"
#include "facts/telling.h"

static void put_words(onri_telling *t, const char *name, onr_span s, const char *how)
{
    if (!onri_tell_span(t, name, s)) return;
    if (how) onri_buf_fmt(&t->b, "  <-  %s", how);
    onri_buf_addc(&t->b, '\n');
}

static onr_span span_of(const onri_event_ctx *x, uint32_t tok)
{
    const onr_token *t = &x->parse->tokens[tok];
    return (onr_span){ t->beg, t->end };
}

static const char *how_name(onri_role_how how)
{
    static const char *const names[ONRI_HOW__COUNT] = {
        "",
        "the frame says so",
        "subject",
        "by-phrase",
        "whose event it is",
        "subject of the verb that carries the event",
        "named inside what the trigger governs",
        "next actor of the clause",
        "source of the statement around it",
        "owner or maker of the thing, named before",
        "the same event, named before",
        "the other side of the source's last event",
        "not told; the likeliest of those around",
    };
    return names[how];
}

static void put_roles(onri_telling *t, const char *name, const onri_ref_vec *v, onri_role_how how)
{
    for (uint32_t i = 0; i < v->n; i++) put_words(t, name, v->at[i].span, how_name(how));
    if (v->n == 0) onri_buf_fmt(&t->b, "  %-9s nobody\n", name);
}

static void put_conditions(onri_telling *t, const onri_event_ctx *x, const onri_event_hit *m)
{
    onr_sv rest = m->frame->text, word;
    for (uint8_t k = 0; k < m->frame->n_conds && onri_split(&rest, ' ', &word);) {
        if (word.n == 0) continue;
        onri_buf_addz(&t->b, "    ");
        onri_buf_add(&t->b, word);
        onri_buf_addz(&t->b, "  <-  ");
        const onr_span s = span_of(x, m->filler[k++]);
        onri_buf_add(&t->b, onri_sub(t->text, s.beg, s.end));
        onri_buf_addc(&t->b, '\n');
    }
}

static void put_status(onri_telling *t, const onri_event_ctx *x, const onri_event_cand *c)
{
    onri_buf_fmt(&t->b, "  %-9s %s", "status", onr_event_status_name(c->status));
    if (c->accused)
        onri_buf_addz(&t->b, ": the statement around it accuses");
    else if (c->why == ONR_NONE)
        onri_buf_addz(&t->b, ": by its tense, no word says otherwise");
    else {
        const onr_span s = span_of(x, c->why);
        onri_buf_fmt(&t->b, ": %u:%u ", s.beg, s.end);
        onri_buf_add(&t->b, onri_sub(t->text, s.beg, s.end));
    }
    onri_buf_addz(&t->b, c->refusal ? "; not done by will: REJECT\n" : "\n");
}

static bool concerns(const onri_event_ctx *x, const onri_event_cand *c, uint32_t at)
{
    if (at == ONR_NONE) return true;
    const onr_span s = span_of(x, c->hit.clause.verb);
    bool yes = s.beg <= at && at < s.end;
    for (uint8_t k = 0; k < c->hit.frame->n_conds; k++) {
        const onr_span f = span_of(x, c->hit.filler[k]);
        yes = yes || (f.beg <= at && at < f.end);
    }
    return yes;
}

static void on_candidate(void *arg, const onri_event_ctx *x, const onri_event_cands *all,
                         uint32_t i)
{
    onri_telling *t = arg;
    const onri_event_cand *c = &all->at[i];
    const onri_frame *f = c->hit.frame;
    if (t->stopped || !concerns(x, c, t->at)) return;
    t->told++;
    if (c->event == ONR_NONE) {
        onri_buf_addz(&t->b, "events: not kept  ");
    } else {
        const onr_event *e = &x->d->events.at[c->event];
        onri_buf_fmt(&t->b, "events: KEPT  p %.2f  ", (double)e->p);
    }
    onri_buf_add(&t->b, x->book->types.at[f->type].name);
    if (f->mode.n) onri_buf_addc(&t->b, ' ');
    onri_buf_add(&t->b, f->mode);
    onri_buf_addc(&t->b, '\n');
    if (c->lost) onri_buf_fmt(&t->b, "  because   %s\n", c->lost);
    put_words(t, "trigger", span_of(x, c->hit.clause.verb), NULL);
    put_roles(t, "source", &c->roles.source, c->roles.source_how);
    put_roles(t, "target", &c->roles.target, c->roles.target_how);
    put_status(t, x, c);
    if (c->same != ONR_NONE)
        put_words(t, "again", span_of(x, all->at[c->same].hit.clause.verb), "the same event");
    onri_buf_fmt(&t->b, "  rule      %s (%s:%u)\n", f->rule, f->file, f->line);
    put_conditions(t, x, &c->hit);
    onri_buf_addc(&t->b, '\n');
    onri_tell_flush(t);
}

/* The frames of the word at the byte that do not hold, each with the condition that fails. */
static void on_word(void *arg, const onri_event_ctx *x)
{
    onri_telling *t = arg;
    for (uint32_t i = 0; t->at != ONR_NONE && i < x->parse->n_tokens; i++) {
        const onr_token *k = &x->parse->tokens[i];
        if (!(k->beg <= t->at && t->at < k->end) || x->lemma[i] == ONR_NONE) continue;
        uint32_t f = x->book->first.at[x->lemma[i]];
        for (; f != ONR_NONE; f = x->book->frames.at[f].next) {
            const onri_frame *fr = &x->book->frames.at[f];
            uint8_t bad = onri_event_fails(x, i, fr);
            if (bad == fr->n_conds) continue;
            onr_sv rest = fr->text, word = { "", 0 };
            while (onri_split(&rest, ' ', &word))
                if (word.n && bad-- == 0) break;
            onri_buf_fmt(&t->b, "frame %s (%s:%u) begins here and fails at  ", fr->rule, fr->file,
                         fr->line);
            onri_buf_add(&t->b, word);
            onri_buf_addc(&t->b, '\n');
        }
    }
    onri_tell_flush(t);
}

static onr_status explain(onri_draft *d, const onr_knowledge *know, onri_telling *t, onr_error *err)
{
    onri_timex_vec times = { 0 };
    onr_status st = onri_times_scan(d->keep, know->times, d->parse,
                                    onri_day_parse(d->article->date), &times, err);
    if (st == ONR_OK)
        st = onri_statements_find(d, know->statements, times.at, times.n, NULL, NULL, err);
    if (st == ONR_OK) st = onri_find_actors(d, &know->actors, ONRI_CAST_STORY, err);
    const onri_event_listener ear = { on_candidate, on_word, t, NULL, false };
    return st ? st : onri_trace_events(d, know->events, times.at, times.n, &ear, err);
}

onr_status onr_explain_events(const onr_knowledge *knowledge, const onr_article *article,
                              const onr_parse *parse, uint32_t at, onr_explain_fn sink, void *arg,
                              onr_error *err)
{
    onr_arena keep = onr_arena_make(ONR_ARTICLE_MEM_MAX), tmp = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    onri_telling t = onri_telling_make(article->text, at, sink, arg);
    onri_draft d = {
        .keep = &keep, .tmp = &tmp, .know = knowledge, .article = article, .parse = parse
    };
    onr_status st = explain(&d, knowledge, &t, err);
    if (st == ONR_OK)
        onri_tell_nothing(&t, "no candidates for events\n",
                          "no candidate for an event holds this byte\n");
    st = onri_telling_end(&t, st, err);
    onr_arena_drop(&keep);
    onr_arena_drop(&tmp);
    return st;
}
