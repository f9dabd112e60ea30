/* A record as a journalist reads it: title and date, the statements in reading order as who - said
 * - what, to whom, where, when, statements within statements indented below; then the cast, and
 * what happened, was promised and is disputed. Only words of the article and of the record; with
 * `offsets`, every piece says where it stands. Source: own. */
#include "cli/pretty.h"

#include "cli/layout.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct view {
    layout l;
    const onr_record *rec;
    const pretty_opts *opts;
    onr_arena *tmp;
    uint32_t *number; /* of each statement as printed, 0: not printed */
    uint32_t *order;  /* statements in reading order */
} view;

/* ---- words of the article ---------------------------------------------------------------------
 */

static bool is_empty(onr_span s)
{
    return s.beg >= s.end;
}

static onr_sv words_of(const view *v, onr_span s)
{
    const onr_sv text = v->rec->text;
    return text.p && s.end <= text.n && s.beg <= s.end ? onri_sub(text, s.beg, s.end)
                                                       : (onr_sv){ 0 };
}

static void put_offsets(view *v, onr_span s)
{
    if (is_empty(s) || (!v->opts->offsets && v->rec->text.p)) return;
    char at[32];
    (void)snprintf(at, sizeof at, "[%u,%u]", s.beg, s.end);
    lay_wordsz(&v->l, LAY_FAINT, at);
}

static void put_words(view *v, lay_style style, onr_span s)
{
    lay_words(&v->l, style, words_of(v, s));
    put_offsets(v, s);
}

static const onr_entity *entity_of(const view *v, uint32_t i)
{
    return i == ONR_NONE ? NULL : &v->rec->entities[i];
}

/* The actor's name; the article's own words beside it where they are others. */
static void put_actor(view *v, lay_style style, onr_ref r)
{
    const onr_entity *e = entity_of(v, r.entity);
    const onr_sv said = words_of(v, r.span);
    if (!e || e->name.n == 0) {
        put_words(v, style, r.span);
        return;
    }
    lay_words(&v->l, style, e->name);
    if (said.n && onri_find(said, e->name, 0) == SIZE_MAX) {
        lay_wordsz(&v->l, LAY_FAINT, "(");
        lay_glue(&v->l);
        lay_words(&v->l, LAY_FAINT, said);
        lay_glue(&v->l);
        lay_wordsz(&v->l, LAY_FAINT, ")");
    }
    put_offsets(v, r.span);
}

static bool ref_is_empty(onr_ref r)
{
    return r.entity == ONR_NONE && is_empty(r.span);
}

static void put_day(view *v, onr_sv from, onr_sv to)
{
    lay_words(&v->l, LAY_PLAIN, from.n ? from : to);
    if (from.n && to.n && !onri_eq(from, to)) {
        lay_wordsz(&v->l, LAY_PLAIN, "to");
        lay_words(&v->l, LAY_PLAIN, to);
    }
}

static bool time_is_empty(const onr_time *t)
{
    return is_empty(t->span) && t->from.n == 0 && t->to.n == 0;
}

static void put_time(view *v, const onr_time *t)
{
    put_words(v, LAY_PLAIN, t->span);
    if (t->from.n == 0 && t->to.n == 0) return;
    const bool beside = !is_empty(t->span) && v->rec->text.p;
    if (beside) {
        lay_wordsz(&v->l, LAY_PLAIN, "(");
        lay_glue(&v->l);
    }
    put_day(v, t->from, t->to);
    if (beside) {
        lay_glue(&v->l);
        lay_wordsz(&v->l, LAY_PLAIN, ")");
    }
}

/* ---- statements --------------------------------------------------------------------------------
 */

static const char *const quote_marks[] = {
    "\"",           "'",        "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x98",
    "\xE2\x80\x99", "\xC2\xAB", "\xC2\xBB",     "\xE2\x80\x9E"
};

/* A direct quotation is shown with the marks that stand right outside its span. */
static onr_span with_quotes(const view *v, const onr_statement *s, onr_span at)
{
    const onr_sv text = v->rec->text;
    if (s->form == ONR_FORM_INDIRECT || !text.p || at.end > text.n) return at;
    onr_span wide = at;
    for (size_t i = 0; i < sizeof quote_marks / sizeof *quote_marks; i++) {
        const onr_sv mark = onri_svz(quote_marks[i]);
        if (onri_ends(onri_sub(text, 0, at.beg), mark)) wide.beg = at.beg - (uint32_t)mark.n;
        if (onri_starts(onri_sub(text, at.end, text.n), mark)) wide.end = at.end + (uint32_t)mark.n;
    }
    return wide;
}

static bool has_word(onr_sv s, const char *word)
{
    return onri_find(s, onri_svz(word), 0) != SIZE_MAX;
}

static void put_cue(view *v, const onr_statement *s)
{
    /* "refused to say" and "did not say" are negated in their own words; a bare "say" is not */
    const bool own =
        s->kind == ONR_KIND_REFUSAL || s->kind == ONR_KIND_NO_COMMENT || s->kind == ONR_KIND_DENIAL;
    if (s->negated && !own) {
        bool said = false;
        for (uint32_t i = 0; i < s->cue.n; i++) {
            const onr_sv w = words_of(v, s->cue.at[i]);
            said = said || has_word(w, "not") || has_word(w, "n't") ||
                   has_word(w, "n\xE2\x80\x99t") || has_word(w, "never") || has_word(w, "no ");
        }
        if (!said) lay_wordsz(&v->l, LAY_ALERT, "not:");
    }
    for (uint32_t i = 0; i < s->cue.n; i++) {
        if (i) lay_wordsz(&v->l, LAY_FAINT, "\xE2\x80\xA6");
        put_words(v, LAY_CUE, s->cue.at[i]);
    }
}

static void put_marks(view *v, const onr_statement *s)
{
    char marks[96];
    (void)snprintf(marks, sizeof marks, "[%s, %s%s]", onr_statement_kind_name(s->kind),
                   onr_form_name(s->form), s->negated ? ", negated" : "");
    lay_unbroken(&v->l, LAY_FAINT, onri_svz(marks));
}

/* The day of the article goes without saying. */
static bool time_is_news(const view *v, const onr_time *t)
{
    if (!is_empty(t->span)) return true;
    const onr_sv day = v->rec->date;
    return (t->from.n || t->to.n) && !(onri_eq(t->from, day) && onri_eq(t->to, day));
}

/* To whom, where, when, in answer to what: one line, what there is of it. */
static void put_circumstances(view *v, const onr_statement *s, unsigned indent)
{
    const bool answers = s->responds_to != ONR_NONE && v->number[s->responds_to];
    const bool there[] = { !ref_is_empty(s->addressee), !ref_is_empty(s->venue),
                           time_is_news(v, &s->time), answers };
    bool any = false;
    char number[16];
    for (int i = 0; i < 4; i++) {
        if (!there[i]) continue;
        if (!any)
            lay_line(&v->l, indent);
        else
            lay_wordsz(&v->l, LAY_FAINT, "\xC2\xB7");
        any = true;
        static const char *const labels[] = { "to", "where:", "when:", "in answer to" };
        lay_wordsz(&v->l, LAY_FAINT, labels[i]);
        if (i == 0) put_actor(v, LAY_PLAIN, s->addressee);
        if (i == 1 && is_empty(s->venue.span)) put_actor(v, LAY_PLAIN, s->venue);
        /* in its own words: "an audio message to AFP" is not AFP */
        if (i == 1 && !is_empty(s->venue.span)) put_words(v, LAY_PLAIN, s->venue.span);
        if (i == 2) put_time(v, &s->time);
        if (i == 3) {
            (void)snprintf(number, sizeof number, "%u", v->number[s->responds_to]);
            lay_wordsz(&v->l, LAY_PLAIN, number);
        }
    }
}

/* A cue of marks alone: "NAME: …". */
static bool is_bare_mark(const view *v, const onr_statement *s)
{
    const onr_sv w = s->cue.n == 1 ? words_of(v, s->cue.at[0]) : (onr_sv){ 0 };
    for (size_t i = 0; i < w.n; i++)
        if ((unsigned char)(w.p[i] | 0x20) >= 'a' && (unsigned char)(w.p[i] | 0x20) <= 'z')
            return w.p[w.n - 1] == ':'; /* "Q:" */
    return w.n > 0;
}

/* "was stated … by the adviser": the text names the source behind the cue with "by". */
static bool is_told_by(const view *v, const onr_statement *s)
{
    const onr_span at = s->source.span;
    if (is_empty(at) || s->cue.n == 0 || at.beg < s->cue.at[s->cue.n - 1].end) return false;
    const onr_sv between = words_of(v, (onr_span){ s->cue.at[s->cue.n - 1].end, at.beg });
    return onri_ends(between, ONR_SV(" by ")) ||
           onri_ends(words_of(v, s->cue.at[0]), ONR_SV(" by"));
}

/* Who said it: "X — said", "was stated by X", "X:", "was noted (nobody named)". */
static void put_told(view *v, const onr_statement *s)
{
    if (ref_is_empty(s->source)) {
        put_cue(v, s);
        if (!is_bare_mark(v, s)) lay_wordsz(&v->l, LAY_FAINT, "(nobody named)");
    } else if (is_bare_mark(v, s)) {
        put_actor(v, LAY_STRONG, s->source);
        lay_glue(&v->l);
        put_cue(v, s);
    } else if (is_told_by(v, s)) {
        put_cue(v, s);
        if (!onri_ends(words_of(v, s->cue.at[s->cue.n - 1]), ONR_SV(" by")))
            lay_wordsz(&v->l, LAY_PLAIN, "by");
        put_actor(v, LAY_STRONG, s->source);
    } else {
        put_actor(v, LAY_STRONG, s->source);
        if (s->cue.n) lay_wordsz(&v->l, LAY_FAINT, "\xE2\x80\x94");
        put_cue(v, s);
    }
}

static void put_statement(view *v, uint32_t at, unsigned depth)
{
    const onr_statement *s = &v->rec->statements[at];
    const unsigned left = 4 * depth, in = left + 4;
    char number[16];
    (void)snprintf(number, sizeof number, "%3u", v->number[at]);
    lay_line(&v->l, left);
    lay_unbroken(&v->l, LAY_FAINT, onri_svz(number));
    v->l.indent = in;
    put_told(v, s);
    put_marks(v, s);
    for (uint32_t i = 0; i < s->content.n; i++) {
        if (i)
            lay_wordsz(&v->l, LAY_FAINT, "\xE2\x80\xA6");
        else
            lay_line(&v->l, in + 2);
        lay_words(&v->l, LAY_PLAIN, words_of(v, with_quotes(v, s, s->content.at[i])));
        put_offsets(v, s->content.at[i]);
    }
    put_circumstances(v, s, in + 2);
}

/* Where a reader meets the statement first. */
static uint32_t first_byte(const onr_statement *s)
{
    uint32_t at = UINT32_MAX;
    if (!is_empty(s->source.span)) at = s->source.span.beg;
    if (s->cue.n && s->cue.at[0].beg < at) at = s->cue.at[0].beg;
    if (s->content.n && s->content.at[0].beg < at) at = s->content.at[0].beg;
    return at;
}

static bool wanted(const view *v, uint32_t i)
{
    const uint32_t kinds = v->opts->kinds;
    return !kinds || (kinds & 1u << v->rec->statements[i].kind);
}

typedef struct met {
    uint32_t at, statement;
} met;

static int met_first(const void *a, const void *b)
{
    const met *x = a, *y = b;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    return x->statement < y->statement ? -1 : x->statement > y->statement;
}

static bool sort_statements(view *v)
{
    const uint32_t n = v->rec->n_statements;
    met *all = ONRI_NEW_N(v->tmp, n + (size_t)1, met);
    if (!all) return false;
    for (uint32_t i = 0; i < n; i++) all[i] = (met){ first_byte(&v->rec->statements[i]), i };
    qsort(all, n, sizeof *all, met_first);
    for (uint32_t i = 0; i < n; i++) v->order[i] = all[i].statement;
    return true;
}

/* The statement it is told in, if that one is shown. */
static uint32_t parent(const view *v, uint32_t i)
{
    const uint32_t up = v->rec->statements[i].within;
    return up != ONR_NONE && wanted(v, up) ? up : ONR_NONE;
}

/* Numbers first (answers point forward, too), then the lines: each statement, its own inside it.
 * next[] hangs statements with one parent in a list; list n is that of no parent. */
static void walk(view *v, const uint32_t *first, const uint32_t *next, bool print)
{
    const uint32_t n = v->rec->n_statements;
    uint32_t stack[ONR_NEST_MAX + 2], depth = 0, count = 0;
    stack[0] = first[n];
    for (;;) {
        if (stack[depth] == ONR_NONE) {
            if (depth == 0) break;
            depth--;
            continue;
        }
        const uint32_t at = stack[depth];
        stack[depth] = next[at];
        if (print)
            put_statement(v, at, depth);
        else
            v->number[at] = ++count;
        if (first[at] != ONR_NONE && depth + 1 < sizeof stack / sizeof *stack)
            stack[++depth] = first[at];
    }
}

static void put_statements(view *v)
{
    const uint32_t n = v->rec->n_statements;
    uint32_t *first = ONRI_NEW_N(v->tmp, n + 1u, uint32_t),
             *next = ONRI_NEW_N(v->tmp, n + 1u, uint32_t);
    v->number = ONRI_NEW_N(v->tmp, n + 1u, uint32_t);
    v->order = ONRI_NEW_N(v->tmp, n + 1u, uint32_t);
    if (!first || !next || !v->number || !v->order || !sort_statements(v)) {
        v->l.b->status = ONR_E_NOMEM;
        return;
    }
    for (uint32_t i = 0; i <= n; i++) first[i] = ONR_NONE;
    uint32_t shown = 0;
    for (uint32_t i = n; i-- > 0;) { /* from the back: lists come out in reading order */
        const uint32_t at = v->order[i], up = parent(v, at);
        if (!wanted(v, at)) continue;
        uint32_t *list = &first[up == ONR_NONE ? n : up];
        next[at] = *list;
        *list = at;
        shown++;
    }
    lay_gap(&v->l);
    if (shown == 0) {
        lay_wordsz(&v->l, LAY_PLAIN, "No statements found.");
        return;
    }
    walk(v, first, next, false);
    walk(v, first, next, true);
}

/* ---- the rest of the record
 * ---------------------------------------------------------------------- */

static void heading(view *v, const char *name)
{
    lay_gap(&v->l);
    lay_wordsz(&v->l, LAY_STRONG, name);
    lay_line(&v->l, 2);
}

typedef struct cast_row {
    uint32_t entity, n_mentions;
    unsigned columns;
} cast_row;

static int more_mentions_first(const void *a, const void *b)
{
    const cast_row *x = a, *y = b;
    if (x->n_mentions != y->n_mentions) return x->n_mentions < y->n_mentions ? 1 : -1;
    return x->entity < y->entity ? -1 : 1;
}

static bool has_mention(const onr_entity *e, onr_mention_kind kind)
{
    for (uint32_t i = 0; i < e->n_mentions; i++)
        if (e->mentions[i].kind == kind) return true;
    return false;
}

/* ASCII letters of any case. */
static bool same_word(onr_sv a, onr_sv b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++)
        if ((a.p[i] | 0x20) != (b.p[i] | 0x20)) return false;
    return true;
}

/* "president" beside "president of the United States" says nothing new, and in ten places it is one
 * role. */
static bool is_told(const onr_entity *e, uint32_t at)
{
    const onr_role *r = &e->roles[at];
    const bool bare = r->of == ONR_NONE && r->country.n == 0 && r->period.n == 0;
    for (uint32_t k = 0; k < e->n_roles; k++) {
        const onr_role *o = &e->roles[k];
        if (k == at || !same_word(o->title, r->title)) continue;
        const bool equal =
            o->of == r->of && onri_eq(o->country, r->country) && onri_eq(o->period, r->period);
        if (equal ? k < at : bare) return true;
    }
    return false;
}

static void put_roles(view *v, const onr_entity *e)
{
    enum { ROLES_MAX = 3 };
    uint32_t shown = 0;
    for (uint32_t i = 0; i < e->n_roles && shown < ROLES_MAX; i++) {
        const onr_role *r = &e->roles[i];
        if (is_told(e, i)) continue;
        shown++;
        lay_glue(&v->l);
        lay_wordsz(&v->l, LAY_FAINT, ";");
        if (r->period.n) lay_words(&v->l, LAY_PLAIN, r->period);
        lay_words(&v->l, LAY_PLAIN, r->title);
        const onr_entity *of = entity_of(v, r->of);
        if (of && of->name.n) {
            lay_wordsz(&v->l, LAY_PLAIN, "of");
            lay_words(&v->l, LAY_PLAIN, of->name);
        } else if (r->country.n) {
            lay_words(&v->l, LAY_PLAIN, r->country);
        }
        put_offsets(v, r->span);
    }
}

/* Named actors and those who speak; "a man" met once is in the JSON. */
static void put_cast(view *v)
{
    const onr_record *r = v->rec;
    if (r->n_entities == 0) return;
    cast_row *rows = ONRI_NEW_N(v->tmp, r->n_entities, cast_row);
    bool *speaks = ONRI_NEW_N(v->tmp, r->n_entities, bool);
    if (!rows || !speaks) {
        v->l.b->status = ONR_E_NOMEM;
        return;
    }
    for (uint32_t i = 0; i < r->n_statements; i++)
        if (r->statements[i].source.entity != ONR_NONE)
            speaks[r->statements[i].source.entity] = true;
    uint32_t n = 0;
    unsigned widest = 0;
    for (uint32_t i = 0; i < r->n_entities; i++) {
        const onr_entity *e = &r->entities[i];
        const bool named = has_mention(e, ONR_MENTION_NAME);
        if (e->name.n == 0 || (!named && !(speaks[i] && has_mention(e, ONR_MENTION_NOMINAL))))
            continue;
        rows[n] = (cast_row){ i, e->n_mentions, lay_columns(e->name) };
        if (rows[n].columns > widest) widest = rows[n].columns;
        n++;
    }
    if (n == 0) return;
    qsort(rows, n, sizeof *rows, more_mentions_first);
    if (widest > v->l.width * 2 / 5) widest = v->l.width * 2 / 5;
    heading(v, "Actors");
    for (uint32_t i = 0; i < n; i++) {
        const onr_entity *e = &r->entities[rows[i].entity];
        char count[32];
        lay_line(&v->l, 2);
        lay_words(&v->l, LAY_PLAIN, e->name);
        lay_column(&v->l, 2 + widest + 2);
        v->l.indent = 2 + widest + 4;
        lay_wordsz(&v->l, LAY_FAINT, onr_entity_type_name(e->type));
        lay_words(&v->l, LAY_FAINT, e->country);
        (void)snprintf(count, sizeof count, "\xC3\x97%u", e->n_mentions);
        if (e->n_mentions > 1) lay_wordsz(&v->l, LAY_FAINT, count);
        if (e->n_mentions) put_offsets(v, e->mentions[0].span);
        put_roles(v, e);
    }
}

static void put_refs(view *v, const onr_ref *at, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (i) {
            lay_glue(&v->l);
            lay_wordsz(&v->l, LAY_PLAIN, ",");
        }
        put_actor(v, LAY_STRONG, at[i]);
    }
}

static void put_events(view *v)
{
    const onr_record *r = v->rec;
    if (r->n_events == 0) return;
    heading(v, "Events");
    for (uint32_t i = 0; i < r->n_events; i++) {
        const onr_event *e = &r->events[i];
        if (e->same_as != ONR_NONE) continue; /* told already */
        lay_line(&v->l, 2);
        put_refs(v, e->source, e->n_source);
        lay_wordsz(&v->l, LAY_FAINT, "\xE2\x86\x92");
        for (uint32_t k = 0; k < e->trigger.n; k++) put_words(v, LAY_CUE, e->trigger.at[k]);
        if (e->n_target) lay_wordsz(&v->l, LAY_FAINT, "\xE2\x86\x92");
        put_refs(v, e->target, e->n_target);
        char marks[96];
        (void)snprintf(marks, sizeof marks, "[%.*s%s%.*s, %s]", (int)e->plover.n, e->plover.p,
                       e->mode.n ? " " : "", (int)e->mode.n, e->mode.p ? e->mode.p : "",
                       onr_event_status_name(e->status));
        v->l.indent = 6;
        lay_unbroken(&v->l, LAY_FAINT, onri_svz(marks));
        if (!ref_is_empty(e->place)) {
            lay_wordsz(&v->l, LAY_FAINT, "at:");
            put_actor(v, LAY_PLAIN, e->place);
        }
        if (!time_is_empty(&e->time)) {
            lay_wordsz(&v->l, LAY_FAINT, "when:");
            put_time(v, &e->time);
        }
        if (e->reported_by != ONR_NONE && v->number[e->reported_by]) {
            char by[40];
            (void)snprintf(by, sizeof by, "(statement %u)", v->number[e->reported_by]);
            lay_wordsz(&v->l, LAY_FAINT, by);
        }
    }
}

/* ASCII letters of any case. */
static bool begins_with(onr_sv s, const char *word)
{
    for (size_t i = 0; word[i]; i++)
        if (i >= s.n || (s.p[i] | 0x20) != (word[i] | 0x20)) return false;
    return true;
}

/* The word that joins a condition to what is promised, where its own words do not: "only" before
 * "if the ban is lifted", nothing before "unless ..." and "in return for ...". NULL: none. */
static const char *joins(onr_commitment_kind kind, onr_sv condition)
{
    static const char *const own[] = { "if ",          "when ",         "once ",     "after ",
                                       "as long ",     "so long ",      "provided ", "in return ",
                                       "in exchange ", "on condition ", "without " };
    static const char *const says[] = { "if", "if", "only if", "unless", "until" };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (begins_with(condition, own[i])) return kind == ONR_COMMITMENT_ONLY_IF ? "only" : NULL;
    return begins_with(condition, says[kind]) ? NULL : says[kind];
}

static void put_commitments(view *v)
{
    const onr_record *r = v->rec;
    if (r->n_commitments == 0) return;
    heading(v, "Commitments");
    for (uint32_t i = 0; i < r->n_commitments; i++) {
        const onr_commitment *c = &r->commitments[i];
        const bool has_if = !is_empty(c->condition);
        lay_line(&v->l, 2);
        put_actor(v, LAY_STRONG, (onr_ref){ c->holder, c->holder_span });
        lay_wordsz(&v->l, LAY_CUE, c->kind == ONR_COMMITMENT_WILL_NOT ? "will not:" : "will:");
        v->l.indent = 6;
        put_words(v, LAY_PLAIN, c->action);
        if (has_if) {
            lay_wordsz(&v->l, LAY_FAINT, "\xE2\x80\x94");
            const char *word = joins(c->kind, words_of(v, c->condition));
            if (word) lay_wordsz(&v->l, LAY_CUE, word);
            put_words(v, LAY_PLAIN, c->condition);
        }
        if (!time_is_empty(&c->deadline)) {
            lay_wordsz(&v->l, LAY_FAINT, "by:");
            put_time(v, &c->deadline);
        }
        if (c->strength.n) {
            char mark[24];
            (void)snprintf(mark, sizeof mark, "[%.*s]", (int)c->strength.n, c->strength.p);
            lay_unbroken(&v->l, LAY_FAINT, onri_svz(mark));
        }
    }
}

static void put_disputes(view *v)
{
    const onr_record *r = v->rec;
    if (r->n_disputes == 0) return;
    static const char *const says[] = { "confirms", "denies", "does not confirm", "dismisses" };
    heading(v, "Disputes");
    for (uint32_t i = 0; i < r->n_disputes; i++) {
        const onr_dispute *d = &r->disputes[i];
        lay_line(&v->l, 2);
        if (d->claimant != ONR_NONE) {
            put_actor(v, LAY_STRONG, (onr_ref){ d->claimant, { 0, 0 } });
            lay_wordsz(&v->l, LAY_CUE, "claims:");
        } else {
            lay_wordsz(&v->l, LAY_CUE, "Claim:");
        }
        v->l.indent = 4;
        put_words(v, LAY_PLAIN, d->claim);
        for (uint32_t k = 0; k < d->n_responses; k++) {
            const onr_response *a = &d->responses[k];
            lay_line(&v->l, 6);
            put_actor(v, LAY_STRONG, a->by);
            lay_wordsz(&v->l, LAY_CUE, says[a->verdict]);
            lay_glue(&v->l);
            lay_wordsz(&v->l, LAY_CUE, ":");
            put_words(v, LAY_PLAIN, a->span);
        }
    }
}

static void put_positions(view *v)
{
    const onr_record *r = v->rec;
    if (r->n_positions == 0) return;
    heading(v, "Positions");
    for (uint32_t i = 0; i < r->n_positions; i++) {
        const onr_position *p = &r->positions[i];
        lay_line(&v->l, 2);
        put_actor(v, LAY_STRONG, (onr_ref){ p->entity, { 0, 0 } });
        lay_wordsz(&v->l, LAY_CUE, onr_stance_name(p->stance));
        lay_glue(&v->l);
        lay_wordsz(&v->l, LAY_CUE, ":");
        v->l.indent = 6;
        lay_words(&v->l, LAY_PLAIN, p->topic.n ? p->topic : p->issue);
        if (p->topic.n && !onri_eq(p->topic, p->issue)) {
            lay_wordsz(&v->l, LAY_FAINT, "(");
            lay_glue(&v->l);
            lay_words(&v->l, LAY_FAINT, p->issue);
            lay_glue(&v->l);
            lay_wordsz(&v->l, LAY_FAINT, ")");
        }
        if (v->opts->offsets && p->evidence.n) put_offsets(v, p->evidence.at[0]);
    }
}

/* Kinds that the words name by what the one is of the other: "father of". */
static bool is_plain_of(onr_relation_kind k)
{
    return k == ONR_RELATION_MEMBER_OF || k == ONR_RELATION_RELATIVE_OF ||
           k == ONR_RELATION_PART_OF;
}

/* "Ali Akbar Velayati adviser of Ali Khamenei" */
static void put_relations(view *v)
{
    const onr_record *r = v->rec;
    if (r->n_relations == 0) return;
    static const char *const says[] = { "has an office of",    "is a member of",
                                        "is part of",          "owns",
                                        "is an ally of",       "is in talks with",
                                        "is in conflict with", "is related to" };
    _Static_assert(sizeof says / sizeof *says == ONR_RELATION__COUNT, "one a kind");
    heading(v, "Relations");
    for (uint32_t i = 0; i < r->n_relations; i++) {
        const onr_relation *k = &r->relations[i];
        lay_line(&v->l, 2);
        put_actor(v, LAY_STRONG, k->from);
        v->l.indent = 6;
        /* "foreign minister of", where the words say it; the kind where they do not */
        const bool of = k->role.n && (k->kind == ONR_RELATION_OFFICE_OF || is_plain_of(k->kind));
        if (k->period.n) lay_words(&v->l, LAY_CUE, k->period);
        if (of) {
            lay_words(&v->l, LAY_CUE, k->role);
            lay_wordsz(&v->l, LAY_CUE, "of");
        } else {
            lay_wordsz(&v->l, LAY_CUE, says[k->kind]);
        }
        put_actor(v, LAY_STRONG, k->to);
        if (v->opts->offsets && k->evidence.n) put_offsets(v, k->evidence.at[0]);
    }
}

/* ---- the whole ----------------------------------------------------------------------------------
 */

static void put_head(view *v)
{
    const onr_record *r = v->rec;
    const bool titled = r->title_text.n > 0 || !is_empty(r->title);
    if (r->title_text.n)
        lay_words(&v->l, LAY_STRONG, r->title_text);
    else if (!is_empty(r->title))
        put_words(v, LAY_STRONG, r->title);
    lay_line(&v->l, 0);
    const onr_sv parts[] = { r->date, r->publisher, r->author,
                             r->uri.n ? r->uri
                             : titled ? (onr_sv){ 0 }
                                      : r->id };
    bool any = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].n == 0) continue;
        if (any) lay_wordsz(&v->l, LAY_FAINT, "\xC2\xB7");
        lay_words(&v->l, LAY_FAINT, parts[i]);
        any = true;
    }
}

static void put_notes(view *v)
{
    const onr_record *r = v->rec;
    if (r->n_diagnostics == 0) return;
    heading(v, "Notes");
    for (uint32_t i = 0; i < r->n_diagnostics; i++) {
        const onr_diagnostic *d = &r->diagnostics[i];
        char note[120];
        lay_line(&v->l, 2);
        if (d->at == UINT64_MAX)
            (void)snprintf(note, sizeof note, "%s, %u times", d->code, d->count);
        else
            (void)snprintf(note, sizeof note, "%s, %u times, first at byte %llu", d->code, d->count,
                           (unsigned long long)d->at);
        lay_wordsz(&v->l, LAY_FAINT, note);
    }
}

void pretty_record(onri_buf *b, onr_arena *tmp, const onr_record *rec, const pretty_opts *opts)
{
    const onr_mark mark = onr_arena_mark(tmp);
    view v = { .l = { .b = b, .width = opts->width, .colour = opts->colour },
               .rec = rec,
               .opts = opts,
               .tmp = tmp };
    put_head(&v);
    if (rec->error) {
        lay_gap(&v.l);
        lay_wordsz(&v.l, LAY_ALERT, "could not be read:");
        lay_wordsz(&v.l, LAY_PLAIN, rec->error->msg);
    } else {
        put_statements(&v);
        if (b->status == ONR_OK) {
            put_cast(&v);
            put_events(&v);
            put_commitments(&v);
            put_disputes(&v);
            put_positions(&v);
            put_relations(&v);
            put_notes(&v);
        }
    }
    lay_line(&v.l, 0);
    onr_arena_rewind(tmp, mark);
}

void pretty_between(onri_buf *b, const pretty_opts *opts)
{
    onri_buf_addc(b, '\n');
    if (opts->colour) onri_buf_addz(b, "\x1b[2m");
    for (unsigned i = 0; i < opts->width && i < 40; i++) onri_buf_addz(b, "\xE2\x94\x80");
    onri_buf_addz(b, opts->colour ? "\x1b[0m\n\n" : "\n\n");
}
