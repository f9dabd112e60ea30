/* The pipeline: article -> parse -> steps over a draft -> record.
 *
 * Each kind of fact is one step that reads article, parse and the draft so far and appends; this
 * file alone knows their order (docs/architecture.md). Afterwards facts get their ids, and what
 * breaks a promise of the format is taken out and counted. Source: own. */
#include "facts/knowledge.h"

#include "base/date.h"
#include "facts/actor_step.h"
#include "facts/draft.h"
#include "facts/pipeline.h"
#include "lang/parser.h"
#include "onrecord/reader.h"
#include "record/record.h"

#include <stdio.h>

struct onr_reader {
    const onr_model *model;
    const onr_knowledge *know;
    onr_parser *parser;
    bool whole;
    char model_name[64];
};

onr_status onr_reader_new(const onr_model *model, const onr_knowledge *knowledge,
                          const onr_reader_opts *opts, onr_reader **out, onr_error *err)
{
    ONR_ASSERT(!opts || opts->size == sizeof *opts);
    *out = NULL;
    onr_reader *r = onri_heap_alloc(sizeof *r);
    if (!r) return onri_fail(err, ONR_E_NOMEM, "reader", "out of memory");
    *r = (onr_reader){ .model = model, .know = knowledge, .whole = opts && opts->whole };
    const onr_model_about about = onr_model_info(model);
    (void)snprintf(r->model_name, sizeof r->model_name, "%.*s %.*s", (int)about.name.n,
                   about.name.p, (int)about.version.n, about.version.p);
    onr_parser_opts p = ONR_PARSER_OPTS_INIT;
    if (opts) p.kernel = opts->kernel;
    const onr_status st = onr_parser_new(model, &p, &r->parser, err);
    if (st == ONR_OK)
        *out = r;
    else
        onri_heap_free(r);
    return st;
}

void onr_reader_free(onr_reader *reader)
{
    if (!reader) return;
    onr_parser_free(reader->parser);
    onri_heap_free(reader);
}

/* ---- steps
 * --------------------------------------------------------------------------------------- */

typedef struct steps_of {
    onri_draft *d;
    onri_timex_vec times;
    onr_error *err;
} steps_of;

static onr_status find_times(steps_of *p)
{
    return onri_times_scan(p->d->keep, p->d->know->times, p->d->parse,
                           onri_day_parse(p->d->article->date), &p->times, p->err);
}

static onr_status find_actors(steps_of *p)
{
    const onr_status st = onri_find_actors(p->d, &p->d->know->actors, ONRI_CAST_STORY, p->err);
    if (st == ONR_OK) onri_statements_carry(p->d, p->d->know->statements);
    return st;
}

static onr_status find_statements(steps_of *p)
{
    return onri_statements_find(p->d, p->d->know->statements, p->times.at, p->times.n, NULL, NULL,
                                p->err);
}

static onr_status find_events(steps_of *p)
{
    return onri_find_events(p->d, p->d->know->events, p->times.at, p->times.n, p->err);
}

static onr_status find_commitments(steps_of *p)
{
    return onri_find_commitments(p->d, p->d->know->commitments, p->times.at, p->times.n, p->err);
}

static onr_status find_disputes(steps_of *p)
{
    return onri_find_disputes(p->d, p->d->know->disputes, NULL, NULL, p->err);
}

static onr_status find_positions(steps_of *p)
{
    return onri_find_positions(p->d, p->d->know->positions, p->err);
}

static onr_status find_relations(steps_of *p)
{
    return onri_find_relations(p->d, p->d->know->relations, p->err);
}

/* In order: each may use what those before it found. */
static onr_status (*const steps[])(steps_of *) = {
    find_times,  find_statements,  find_actors, /* after statements: their speakers say who I and we
                                                   are */
    find_events, find_commitments, find_disputes, find_positions, find_relations,
};

onr_status onri_pipeline_run(onri_draft *d, onr_error *err)
{
    steps_of p = { .d = d, .err = err };
    onr_status st = ONR_OK;
    for (size_t i = 0; st == ONR_OK && i < sizeof steps / sizeof *steps; i++) {
        const onr_mark mark = onr_arena_mark(d->tmp);
        st = steps[i](&p);
        onr_arena_rewind(d->tmp, mark);
    }
    return st;
}

typedef struct pipeline {
    onri_draft d;
    onr_error *err;
} pipeline;

/* ---- what is no prose ---------------------------------------------------------------------------
 */

/* The longest sentences of news have some 200 tokens. One of thousands is a list, a table or an
 * attack, and what rules find in its tree is noise that costs time without end: it is marked as
 * debris, in the gaps between what is marked already, and no step reads it. */
static bool is_endless(const onr_parse *parse, uint32_t i)
{
    return parse->sentences[i].end - parse->sentences[i].beg > ONR_SENTENCE_MAX;
}

static onr_boilerplate *put_debris(onr_boilerplate *to, uint32_t beg, uint32_t end)
{
    if (beg >= end) return to;
    *to = (onr_boilerplate){ { beg, end }, ONR_BOILERPLATE_DEBRIS };
    return to + 1;
}

static onr_status mark_endless(pipeline *p, onr_article *a)
{
    const onr_parse *parse = p->d.parse;
    size_t n = 0;
    for (uint32_t i = 0; i < parse->n_sentences; i++) n += is_endless(parse, i);
    if (n == 0) return ONR_OK;
    /* each mark of the article may cut one more piece off */
    onr_boilerplate *all = ONRI_NEW_N(p->d.keep, n + 2 * (size_t)a->n_boilerplate, onr_boilerplate);
    if (!all) return onri_fail_mem(p->err, p->d.keep, "facts");
    onr_boilerplate *to = all;
    uint32_t b = 0;
    for (uint32_t i = 0; i < parse->n_sentences; i++) {
        if (!is_endless(parse, i)) continue;
        uint32_t beg = parse->tokens[parse->sentences[i].beg].beg;
        if (to > all && to[-1].span.end > beg) beg = to[-1].span.end;
        const uint32_t end = parse->tokens[parse->sentences[i].end - 1].end;
        for (; b < a->n_boilerplate && a->boilerplate[b].span.beg < end; b++) {
            to = put_debris(to, beg, a->boilerplate[b].span.beg);
            *to++ = a->boilerplate[b];
            if (a->boilerplate[b].span.end > beg) beg = a->boilerplate[b].span.end;
        }
        to = put_debris(to, beg, end);
    }
    while (b < a->n_boilerplate) *to++ = a->boilerplate[b++];
    a->boilerplate = all;
    a->n_boilerplate = (uint32_t)(to - all);
    return ONR_OK;
}

/* ---- where the parse must stop -----------------------------------------------------------------
 */

onr_status onr_parse_article(onr_parser *parser, onr_arena *mem, const onr_article *article,
                             bool whole, const onr_parse **out, onr_error *err)
{
    uint32_t n = 0;
    uint32_t *cuts = ONRI_NEW_N(mem, article->n_boilerplate, uint32_t);
    if (!cuts && article->n_boilerplate) return onri_fail_mem(err, mem, "facts");
    for (uint32_t i = 0; i < article->n_boilerplate; i++)
        if (article->boilerplate[i].kind == ONR_BOILERPLATE_BYLINE)
            cuts[n++] = article->boilerplate[i].span.end;
    return onri_parse_cut(parser, mem, article->text, whole, cuts, n, out, err);
}

/* ---- the record
 * ------------------------------------------------------------------------------------ */

/* Sentences of the article itself: those that begin in boilerplate are left out. */
static onr_status put_sentences(onr_record *rec, const pipeline *p)
{
    const onr_parse *parse = p->d.parse;
    const onr_article *a = p->d.article;
    onr_span *at = ONRI_NEW_N(p->d.keep, parse->n_sentences, onr_span);
    if (!at && parse->n_sentences) return onri_fail_mem(p->err, p->d.keep, "facts");
    uint32_t n = 0, junk = 0;
    for (uint32_t i = 0; i < parse->n_sentences; i++) {
        onr_tokens s = parse->sentences[i];
        while (s.beg < s.end && parse->tokens[s.beg].flags & ONR_TOKEN_IS_SPACE) s.beg++;
        while (s.beg < s.end && parse->tokens[s.end - 1].flags & ONR_TOKEN_IS_SPACE) s.end--;
        if (s.beg == s.end) continue;
        const onr_span span = { parse->tokens[s.beg].beg, parse->tokens[s.end - 1].end };
        while (junk < a->n_boilerplate && a->boilerplate[junk].span.end <= span.beg) junk++;
        if (junk < a->n_boilerplate && a->boilerplate[junk].span.beg <= span.beg) continue;
        at[n++] = span;
    }
    rec->sentences = at;
    rec->n_sentences = n;
    return ONR_OK;
}

static void put_article(onr_record *rec, const onr_article *a)
{
    rec->id = a->id;
    rec->uri = a->uri;
    rec->publisher = a->publisher;
    rec->author = a->author;
    rec->date = a->date;
    rec->date_source = a->date_source;
    rec->lang = a->lang;
    rec->title = a->title;
    rec->title_text = a->title_text;
    rec->text = a->text.p ? a->text : ONR_SV("");
    rec->origin = a->origin;
    rec->n_origin = a->n_origin;
    rec->boilerplate = a->boilerplate;
    rec->n_boilerplate = a->n_boilerplate;
    rec->diagnostics = a->diagnostics;
    rec->n_diagnostics = a->n_diagnostics;
}

static void put_facts(onr_record *rec, const onri_draft *d)
{
    rec->entities = d->entities.at;
    rec->n_entities = d->entities.n;
    rec->statements = d->statements.at;
    rec->n_statements = d->statements.n;
    rec->events = d->events.at;
    rec->n_events = d->events.n;
    rec->commitments = d->commitments.at;
    rec->n_commitments = d->commitments.n;
    rec->disputes = d->disputes.at;
    rec->n_disputes = d->disputes.n;
    rec->positions = d->positions.at;
    rec->n_positions = d->positions.n;
    rec->relations = d->relations.at;
    rec->n_relations = d->relations.n;
}

/* A document whose every rule behaves has no such note: the tests of whole articles demand it. */
static onr_status note_dropped(onr_arena *mem, onr_record *rec, uint32_t n, uint64_t at,
                               onr_error *err)
{
    onr_diagnostic *all = ONRI_NEW_N(mem, rec->n_diagnostics + (size_t)1, onr_diagnostic);
    if (!all) return onri_fail_mem(err, mem, "facts");
    if (rec->n_diagnostics) memcpy(all, rec->diagnostics, rec->n_diagnostics * sizeof *all);
    all[rec->n_diagnostics] = (onr_diagnostic){ "broken-fact", n, at };
    rec->diagnostics = all;
    rec->n_diagnostics++;
    return ONR_OK;
}

static onr_status finish(onr_reader *reader, onr_record *rec, const pipeline *p)
{
    put_article(rec, p->d.article);
    put_facts(rec, &p->d);
    rec->made_by_version = ONR_SV(ONR_VERSION);
    rec->made_by_model = onri_dup(p->d.keep, onri_svz(reader->model_name));
    rec->made_by_rules = onri_dup(p->d.keep, onr_knowledge_hash(reader->know));
    if (!rec->made_by_model.p || !rec->made_by_rules.p)
        return onri_fail_mem(p->err, p->d.keep, "facts");
    onr_status st = put_sentences(rec, p);
    if (st == ONR_OK) st = onri_record_ids(p->d.keep, rec, p->err);
    uint32_t dropped = 0;
    onr_error first;
    if (st == ONR_OK) st = onri_record_sift(rec, p->d.tmp, &dropped, &first, p->err);
    if (st == ONR_OK && dropped) st = note_dropped(p->d.keep, rec, dropped, first.at, p->err);
    return st;
}

onr_status onr_read(onr_reader *reader, onr_arena *mem, const onr_article *article, onr_record *out,
                    onr_error *err)
{
    const onr_mark start = onr_arena_mark(mem);
    onr_arena tmp = onr_arena_make(mem->max);
    onr_article marked = *article;
    pipeline p = { .d = { .keep = mem, .tmp = &tmp, .know = reader->know, .article = &marked },
                   .err = err };
    onr_record rec = { 0 };
    onr_status st = onr_parse_article(reader->parser, mem, article, reader->whole, &p.d.parse, err);
    if (st == ONR_OK) st = mark_endless(&p, &marked);
    if (st == ONR_OK) st = onri_pipeline_run(&p.d, err);
    if (st == ONR_OK) st = finish(reader, &rec, &p);
    onr_arena_drop(&tmp);
    if (st == ONR_OK)
        *out = rec;
    else
        onr_arena_rewind(mem, start);
    return st;
}

onr_record onr_record_of_error(onr_sv id, onr_sv uri, const onr_error *why)
{
    return (onr_record){ .id = id, .uri = uri, .error = why };
}
