/* Explanations of commitments, positions and relations: what each step made of every candidate,
 * told by the steps themselves (draft.h: tell). Source: own. */
#include "onrecord/explain.h"

#include "facts/pipeline.h"
#include "facts/telling.h"

typedef struct telling {
    onri_telling t;
    const onri_draft *d;
    const char *layer; /* NULL: all */
} telling;

static void put_words(telling *t, const char *name, onr_span s)
{
    onri_tell_words(&t->t, name, s);
}

static void put_entity(telling *t, const char *name, uint32_t e)
{
    if (e == ONR_NONE) return;
    onri_buf_fmt(&t->t.b, "  %-9s ", name);
    onri_buf_add(&t->t.b, t->d->entities.at[e].name);
    onri_buf_fmt(&t->t.b, " (%s)\n", onr_entity_type_name(t->d->entities.at[e].type));
}

static void put_value(telling *t, const char *name, onr_sv value)
{
    if (value.n == 0) return;
    onri_buf_fmt(&t->t.b, "  %-9s ", name);
    onri_buf_add(&t->t.b, value);
    onri_buf_addc(&t->t.b, '\n');
}

static void put_commitment(telling *t, const onr_commitment *c)
{
    onri_buf_fmt(&t->t.b, "KEPT  p %.2f  %s\n", (double)c->p, onr_commitment_kind_name(c->kind));
    put_entity(t, "holder", c->holder);
    put_words(t, "action", c->action);
    put_words(t, "condition", c->condition);
    put_value(t, "strength", c->strength);
    put_words(t, "deadline", c->deadline.span);
}

static void put_position(telling *t, const onr_position *p)
{
    onri_buf_fmt(&t->t.b, "KEPT  p %.2f  %s\n", (double)p->p, onr_stance_name(p->stance));
    put_entity(t, "actor", p->entity);
    put_value(t, "issue", p->issue);
    put_value(t, "topic", p->topic);
    for (uint32_t i = 0; i < p->evidence.n; i++) put_words(t, "evidence", p->evidence.at[i]);
}

static void put_relation(telling *t, const onr_relation *r)
{
    onri_buf_fmt(&t->t.b, "KEPT  p %.2f  %s\n", (double)r->p, onr_relation_kind_name(r->kind));
    put_entity(t, "from", r->from.entity);
    put_entity(t, "to", r->to.entity);
    put_value(t, "role", r->role);
    put_value(t, "period", r->period);
    for (uint32_t i = 0; i < r->evidence.n; i++) put_words(t, "evidence", r->evidence.at[i]);
}

static void on_candidate(void *arg, const onri_candidate *c)
{
    telling *t = arg;
    if (t->t.stopped || (t->layer && strcmp(t->layer, c->layer) != 0)) return;
    if (t->t.at != ONR_NONE && !onri_tell_covers(c->at, t->t.at)) return;
    const onri_draft *d = t->d;
    t->t.told++;
    onri_buf_fmt(&t->t.b, "%s: ", c->layer);
    if (c->lost)
        onri_buf_fmt(&t->t.b, "not kept\n  because   %s\n", c->lost);
    else if (strcmp(c->layer, "commitments") == 0)
        put_commitment(t, &d->commitments.at[d->commitments.n - 1]);
    else if (strcmp(c->layer, "positions") == 0)
        put_position(t, &d->positions.at[d->positions.n - 1]);
    else
        put_relation(t, &d->relations.at[d->relations.n - 1]);
    put_words(t, "words", c->at);
    onri_buf_fmt(&t->t.b, "  rule      %s", c->rule);
    if (c->table) onri_buf_fmt(&t->t.b, " (%s:%u)", c->table, c->line);
    onri_buf_addz(&t->t.b, "\n\n");
    onri_tell_flush(&t->t);
}

onr_status onr_explain_facts(const onr_knowledge *knowledge, const onr_article *article,
                             const onr_parse *parse, const char *layer, uint32_t at,
                             onr_explain_fn sink, void *arg, onr_error *err)
{
    onr_arena keep = onr_arena_make(ONR_ARTICLE_MEM_MAX), tmp = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    onri_draft d = {
        .keep = &keep, .tmp = &tmp, .know = knowledge, .article = article, .parse = parse
    };
    telling t = { onri_telling_make(article->text, at, sink, arg), &d, layer };
    d.tell = on_candidate;
    d.tell_arg = &t;
    onr_status st = onri_pipeline_run(&d, err);
    if (st == ONR_OK) onri_tell_nothing(&t.t, "no candidates\n", "no candidate holds this byte\n");
    st = onri_telling_end(&t.t, st, err);
    onr_arena_drop(&keep);
    onr_arena_drop(&tmp);
    return st;
}
