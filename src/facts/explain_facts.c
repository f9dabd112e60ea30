/* Explanations of commitments, positions and relations: what each step made of every candidate,
 * told by the steps themselves (draft.h: tell). Source: own. */
#include "onrecord/explain.h"

#include "facts/pipeline.h"

typedef struct telling {
    onr_explain_fn sink;
    void *arg;
    const onri_draft *d;
    const char *layer; /* NULL: all */
    uint32_t at;
    onri_buf b;
    bool stopped;
    uint32_t told;
} telling;

static void flush(telling *t)
{
    if (!t->stopped && t->b.n && !t->sink(t->arg, onri_buf_sv(&t->b))) t->stopped = true;
    onri_buf_clear(&t->b);
}

static void put_words(telling *t, const char *name, onr_span s)
{
    if (s.beg >= s.end) return;
    onri_buf_fmt(&t->b, "  %-9s %u:%u  ", name, s.beg, s.end);
    for (uint32_t i = s.beg; i < s.end; i++) {
        const char c = t->d->article->text.p[i];
        onri_buf_addc(&t->b, (unsigned char)c < 0x20 ? ' ' : c);
    }
    onri_buf_addc(&t->b, '\n');
}

static void put_entity(telling *t, const char *name, uint32_t e)
{
    if (e == ONR_NONE) return;
    onri_buf_fmt(&t->b, "  %-9s ", name);
    onri_buf_add(&t->b, t->d->entities.at[e].name);
    onri_buf_fmt(&t->b, " (%s)\n", onr_entity_type_name(t->d->entities.at[e].type));
}

static void put_value(telling *t, const char *name, onr_sv value)
{
    if (value.n == 0) return;
    onri_buf_fmt(&t->b, "  %-9s ", name);
    onri_buf_add(&t->b, value);
    onri_buf_addc(&t->b, '\n');
}

static void put_commitment(telling *t, const onr_commitment *c)
{
    onri_buf_fmt(&t->b, "KEPT  p %.2f  %s\n", (double)c->p, onr_commitment_kind_name(c->kind));
    put_entity(t, "holder", c->holder);
    put_words(t, "action", c->action);
    put_words(t, "condition", c->condition);
    put_value(t, "strength", c->strength);
    put_words(t, "deadline", c->deadline.span);
}

static void put_position(telling *t, const onr_position *p)
{
    onri_buf_fmt(&t->b, "KEPT  p %.2f  %s\n", (double)p->p, onr_stance_name(p->stance));
    put_entity(t, "actor", p->entity);
    put_value(t, "issue", p->issue);
    put_value(t, "topic", p->topic);
    for (uint32_t i = 0; i < p->evidence.n; i++) put_words(t, "evidence", p->evidence.at[i]);
}

static void put_relation(telling *t, const onr_relation *r)
{
    onri_buf_fmt(&t->b, "KEPT  p %.2f  %s\n", (double)r->p, onr_relation_kind_name(r->kind));
    put_entity(t, "from", r->from.entity);
    put_entity(t, "to", r->to.entity);
    put_value(t, "role", r->role);
    put_value(t, "period", r->period);
    for (uint32_t i = 0; i < r->evidence.n; i++) put_words(t, "evidence", r->evidence.at[i]);
}

static void on_candidate(void *arg, const onri_candidate *c)
{
    telling *t = arg;
    if (t->stopped || (t->layer && strcmp(t->layer, c->layer) != 0)) return;
    if (t->at != ONR_NONE && !(c->at.beg <= t->at && t->at < c->at.end)) return;
    const onri_draft *d = t->d;
    t->told++;
    onri_buf_fmt(&t->b, "%s: ", c->layer);
    if (c->lost)
        onri_buf_fmt(&t->b, "not kept\n  because   %s\n", c->lost);
    else if (strcmp(c->layer, "commitments") == 0)
        put_commitment(t, &d->commitments.at[d->commitments.n - 1]);
    else if (strcmp(c->layer, "positions") == 0)
        put_position(t, &d->positions.at[d->positions.n - 1]);
    else
        put_relation(t, &d->relations.at[d->relations.n - 1]);
    put_words(t, "words", c->at);
    onri_buf_fmt(&t->b, "  rule      %s", c->rule);
    if (c->table) onri_buf_fmt(&t->b, " (%s:%u)", c->table, c->line);
    onri_buf_addz(&t->b, "\n\n");
    flush(t);
}

onr_status onr_explain_facts(const onr_knowledge *knowledge, const onr_article *article,
                             const onr_parse *parse, const char *layer, uint32_t at,
                             onr_explain_fn sink, void *arg, onr_error *err)
{
    onr_arena keep = onr_arena_make(ONR_ARTICLE_MEM_MAX), tmp = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    onri_draft d = {
        .keep = &keep, .tmp = &tmp, .know = knowledge, .article = article, .parse = parse
    };
    telling t = { .sink = sink,
                  .arg = arg,
                  .d = &d,
                  .layer = layer,
                  .at = at,
                  .b = onri_buf_make((size_t)1 << 28) };
    d.tell = on_candidate;
    d.tell_arg = &t;
    onr_status st = onri_pipeline_run(&d, err);
    if (st == ONR_OK && t.told == 0) {
        onri_buf_addz(&t.b, at == ONR_NONE ? "no candidates\n" : "no candidate holds this byte\n");
        flush(&t);
    }
    if (st == ONR_OK && t.b.status != ONR_OK)
        st = onri_fail(err, t.b.status, "explain", "the explanation is too long");
    if (st == ONR_OK && t.stopped)
        st = onri_fail(err, ONR_E_CANCELLED, "explain", "stopped by the caller");
    onri_buf_drop(&t.b);
    onr_arena_drop(&keep);
    onr_arena_drop(&tmp);
    return st;
}
