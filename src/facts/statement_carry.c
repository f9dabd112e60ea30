/* Where and when somebody speaks is said once for a whole speech: later statements of the same
 * speaker, in an unbroken row, get the venue and the day of the first, with the words that told
 * them. Source: own. Leaves out: settings that are only meant ("on the Valdai site"), and time
 * without a day. */
#include "facts/statement.h"

enum { ROW_GAP_MAX = 1200 }; /* bytes of other text that a row of statements may hold */

typedef struct setting {
    uint32_t speaker, last; /* entity, ONR_NONE: no row runs; end of its last statement */
    const onr_statement *venue, *time; /* that told them, NULL */
} setting;

static bool is_empty(onr_span s)
{
    return s.beg >= s.end;
}

/* Saying, not thinking: thoughts have no place where they are told. */
static bool is_speech(onr_statement_kind kind)
{
    switch (kind) {
    case ONR_KIND_BELIEF:
    case ONR_KIND_KNOWLEDGE:
    case ONR_KIND_HOPE:
    case ONR_KIND_FEAR:
    case ONR_KIND_INTENTION:
    case ONR_KIND_DESIRE:
    case ONR_KIND_ATTITUDE:
    case ONR_KIND_DECREE:
        return false;
    default:
        return true;
    }
}

static onr_span reach(const onr_statement *s)
{
    onr_span all = s->cue.n ? s->cue.at[0] : (onr_span){ UINT32_MAX, 0 };
    const onr_span more = s->source.span;
    if (!is_empty(more) && more.beg < all.beg) all.beg = more.beg;
    if (!is_empty(more) && more.end > all.end) all.end = more.end;
    for (uint32_t i = 0; i < s->content.n; i++) {
        if (s->content.at[i].beg < all.beg) all.beg = s->content.at[i].beg;
        if (s->content.at[i].end > all.end) all.end = s->content.at[i].end;
    }
    return all;
}

/* Tokens that begin in the span. */
static onr_tokens tokens_in(const onr_parse *p, onr_span s)
{
    uint32_t lo = 0, hi = p->n_tokens;
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (p->tokens[mid].beg < s.beg)
            lo = mid + 1;
        else
            hi = mid;
    }
    uint32_t end = lo;
    while (end < p->n_tokens && p->tokens[end].beg < s.end) end++;
    return (onr_tokens){ lo, end };
}

/* Is the head of the venue's words something that one speaks at: a speech, a briefing, Twitter? */
static bool is_occasion(const onri_draft *d, const onri_book *book, onr_span venue)
{
    const onr_parse *p = d->parse;
    const onr_tokens t = tokens_in(p, venue);
    for (uint32_t i = t.beg; i < t.end; i++) {
        const uint32_t h = p->tokens[i].head;
        if (h >= t.beg && h < t.end && h != i) continue;
        const onr_token *k = &p->tokens[i];
        const uint32_t occasions = onri_book_table(book, "occasions");
        return onri_table_has(book, occasions, onri_book_atom(book, k->lemma), NULL, NULL) ||
               onri_table_has(book, occasions, onri_book_atom(book, k->lower), NULL, NULL);
    }
    return false;
}

/* "had said", "said earlier", "has often said": another occasion. */
static bool is_elsewhen(const onri_draft *d, const onri_book *book, const onr_statement *s)
{
    const onr_parse *p = d->parse;
    if (s->cue.n == 0) return false;
    onr_tokens t = tokens_in(p, s->cue.at[0]);
    if (t.beg > 0) t.beg--;
    if (t.end + 1 < p->n_tokens) t.end++;
    const uint32_t words = onri_book_table(book, "elsewhen");
    for (uint32_t i = t.beg; i < t.end; i++)
        if (onri_table_has(book, words, onri_book_atom(book, p->tokens[i].lower), NULL, NULL))
            return true;
    return false;
}

static bool is_day(const onr_time *t)
{
    return t->from.n && onri_eq(t->from, t->to) && !is_empty(t->span);
}

void onri_statements_carry(onri_draft *d, const onri_statement_know *know)
{
    const onri_book *book = onri_statement_book(know);
    const setting none = { .speaker = ONR_NONE };
    setting now = none;
    for (uint32_t i = 0; i < d->statements.n; i++) {
        onr_statement *s = &d->statements.at[i];
        const onr_span at = reach(s);
        if (s->within != ONR_NONE || s->source.entity == ONR_NONE) continue;
        if (s->source.entity != now.speaker || at.beg > now.last + ROW_GAP_MAX) now = none;
        if (!is_speech(s->kind)) continue;
        if (is_elsewhen(d, book, s)) {
            now = none;
            continue;
        }
        /* told to somebody else, or on another day: another occasion */
        const bool other_day =
            !is_empty(s->time.span) && now.time && !onri_eq(s->time.from, now.time->time.from);
        if (!is_empty(s->addressee.span) || !is_empty(s->venue.span) || other_day) now = none;
        now.speaker = s->source.entity;
        now.last = at.end;
        if (!is_empty(s->venue.span))
            now.venue = is_occasion(d, book, s->venue.span) ? s : NULL;
        else if (now.venue)
            s->venue = now.venue->venue;
        if (!is_empty(s->time.span))
            now.time = is_day(&s->time) ? s : NULL;
        else if (now.time && s->time.from.n == 0)
            s->time = now.time->time;
    }
}
