/* The statements' step: loads what it knows, runs its parts in order, writes the result.
 * Source: own. */
#include "facts/statement_i.h"

#include "base/embedded.h"
#include "record/record.h"

static const char *const roles[] = { "source", "cue", "content", "addressee", NULL };
static const char *const props[] = { "kind", "p", "class", NULL };
static const char *const extents[] = { "source",  "owner",      "clause", "object",   "object-of",
                                       "around",  "rest",       "led",    "previous", "naming",
                                       "np-left", "infinitive", "split",  NULL };
static const onri_vocabulary vocabulary = { roles, extents, props };

/* Kinds and p of the word lists: a slip of the pen must not pass as an assertion. */
static onr_status check_words(const onri_book *book, onr_error *err)
{
    static const char *const tables[] = { "verbs", "nouns", "adjs", "idioms", "phrasal", NULL };
    for (int i = 0; tables[i]; i++) {
        const uint32_t t = onri_book_table(book, tables[i]), n = onri_table_rows(book, t);
        for (uint32_t row = 0; row < n; row++) {
            const onr_sv word = onri_table_cell(book, t, row, NULL),
                         kind = onri_table_cell(book, t, row, "kind"),
                         p = onri_table_cell(book, t, row, "p");
            double v;
            if (kind.n && onri_statement_kind_find(kind) < 0)
                return onri_fail(err, ONR_E_SYNTAX, "rules", "table '%s', '%.*s': no kind '%.*s'",
                                 tables[i], (int)(word.n < 40 ? word.n : 40), word.p,
                                 (int)(kind.n < 40 ? kind.n : 40), kind.p);
            if (p.n && !(onri_parse_double(p, &v) && v >= 0 && v <= 1))
                return onri_fail(err, ONR_E_SYNTAX, "rules",
                                 "table '%s', '%.*s': p is a number from 0 to 1, not '%.*s'",
                                 tables[i], (int)(word.n < 40 ? word.n : 40), word.p,
                                 (int)(p.n < 40 ? p.n : 40), p.p);
        }
    }
    return ONR_OK;
}

onr_status onri_statement_know_load(onr_arena *mem, const onri_rule_text *extra, uint32_t n_extra,
                                    const onri_statement_know **out, onr_error *err)
{
    onri_statement_know *k = ONRI_NEW(mem, onri_statement_know);
    if (!k) return onri_fail_mem(err, mem, "statements");
    onr_status st = onri_book_new(mem, &vocabulary, &k->book, err);
    if (st != ONR_OK) return st;
    const char *const ours = "statements/statements.rules";
    st = onri_book_add(k->book, ours, onri_data_get(ours), NULL, NULL, err);
    for (uint32_t i = 0; st == ONR_OK && i < n_extra; i++)
        st = onri_book_add(k->book, extra[i].name, extra[i].text, extra[i].load, extra[i].ctx, err);
    if (st != ONR_OK) return st;
    st = check_words(k->book, err);
    if (st != ONR_OK) return st;
    k->t_verbs = onri_book_table(k->book, "verbs");
    k->t_nouns = onri_book_table(k->book, "nouns");
    k->t_tail = onri_book_table(k->book, "tail");
    k->t_papers = onri_book_table(k->book, "papers");
    k->t_rel = onri_book_table(k->book, "rel");
    k->t_silent = onri_book_table(k->book, "silent");
    k->t_decline = onri_book_table(k->book, "decline");
    k->t_talk = onri_book_table(k->book, "talk");
    k->t_no_venue = onri_book_table(k->book, "no-venue");
    k->t_no_addressee = onri_book_table(k->book, "no-addressee");
    k->t_occasions = onri_book_table(k->book, "occasions");
    k->t_told = onri_book_table(k->book, "told");
    k->t_labels = onri_book_table(k->book, "labels");
    st = onri_statement_weights_load(mem, k, onri_data_get("statements/weights.tsv"), err);
    if (st == ONR_OK) *out = k;
    return st;
}

const onri_book *onri_statement_book(const onri_statement_know *know)
{
    return know->book;
}

/* Tokens of boilerplate start no rule. */
static uint8_t *mute_tokens(st_run *r)
{
    uint8_t *mute = ONRI_NEW_N(r->tmp, r->parse->n_tokens + 1, uint8_t);
    if (!mute) return NULL;
    uint32_t i = 0;
    for (uint32_t b = 0; r->article && b < r->article->n_boilerplate; b++) {
        const onr_boilerplate *x = &r->article->boilerplate[b];
        if (x->kind == ONR_BOILERPLATE_HEADING || x->kind == ONR_BOILERPLATE_CAPTION) continue;
        while (i < r->parse->n_tokens && st_tok(r, i)->end <= x->span.beg) i++;
        for (uint32_t k = i; k < r->parse->n_tokens && st_tok(r, k)->beg < x->span.end; k++)
            mute[k] = 1;
    }
    return mute;
}

static void fill(const st_run *r, const st_cand *c, const onr_span *content, onr_span *cue,
                 onr_statement *s)
{
    (void)r;
    *cue = c->cue;
    *s = (onr_statement){ .source = { ONR_NONE, c->source },
                          .cue = { cue, 1 },
                          .content = { content, c->content.n },
                          .form = c->form,
                          .kind = c->kind,
                          .negated = c->negated,
                          .addressee = { ONR_NONE, c->addressee },
                          .venue = { ONR_NONE, c->venue },
                          .within = ONR_NONE,
                          .responds_to = ONR_NONE,
                          .rule = c->rule_id,
                          .p = c->p };
}

static void tell(const st_run *r, onri_statement_trace_fn trace, void *ctx)
{
    for (uint32_t k = 0; trace && k < r->cands.n; k++) {
        const st_cand *c = &r->cands.at[k];
        onri_statement_trace t = { .anchor = c->root,
                                   .match = c->match == ONR_NONE ? NULL : &r->matches.at[c->match],
                                   .tree = &r->tree,
                                   .book = r->know->book,
                                   .lost = c->lost,
                                   .run = r,
                                   .cand = c };
        if (c->lost_to != ONR_NONE) t.lost_to = r->cands.at[c->lost_to].cue;
        onr_span cue;
        fill(r, c, c->content.at, &cue, &t.statement);
        trace(ctx, &t);
    }
}

void onri_statement_features(const onri_statement_trace *t, void (*fn)(void *ctx, onr_sv feature),
                             void *ctx)
{
    st_features(t->run, t->cand, fn, ctx);
}

static uint32_t first_byte(const st_cand *c)
{
    uint32_t b = c->cue.beg;
    if (c->source.beg < c->source.end && c->source.beg < b) b = c->source.beg;
    if (c->content.n && c->content.at[0].beg < b) b = c->content.at[0].beg;
    return b;
}

/* Kept candidates in order of their first byte, then cue. Insertion sort on an almost sorted list.
 */
static uint32_t *in_order(st_run *r, uint32_t *n)
{
    uint32_t *order = ONRI_NEW_N(r->tmp, r->cands.n + 1, uint32_t);
    *n = 0;
    if (!order) return NULL;
    for (uint32_t k = 0; k < r->cands.n; k++) {
        const st_cand *c = &r->cands.at[k];
        if (c->lost) continue;
        uint32_t at = (*n)++;
        while (at > 0) {
            const st_cand *o = &r->cands.at[order[at - 1]];
            if (first_byte(o) < first_byte(c) ||
                (first_byte(o) == first_byte(c) && o->cue.beg <= c->cue.beg))
                break;
            order[at] = order[at - 1];
            at--;
        }
        order[at] = k;
    }
    return order;
}

static onr_status write_out(st_run *r, onri_draft *d, onr_error *err)
{
    uint32_t n;
    const uint32_t *order = in_order(r, &n);
    uint32_t *place = ONRI_NEW_N(r->tmp, r->cands.n + 1, uint32_t);
    if (!order || !place) return onri_fail_mem(err, r->tmp, "statements");
    const uint32_t base = d->statements.n;
    for (uint32_t i = 0; i < n; i++) place[order[i]] = base + i;
    for (uint32_t i = 0; i < n; i++) {
        const st_cand *c = &r->cands.at[order[i]];
        onr_span *spans = ONRI_NEW_N(r->keep, c->content.n + 1, onr_span);
        onr_statement *s = spans ? ONRI_PUSH(r->keep, &d->statements) : NULL;
        if (!s) {
            d->statements.n = base;
            return onri_fail_mem(err, r->keep, "statements");
        }
        if (c->content.n) memcpy(spans + 1, c->content.at, c->content.n * sizeof *spans);
        fill(r, c, spans + 1, spans, s);
        if (c->time != ONR_NONE) {
            s->time = onri_time_value(r->keep, &r->times[c->time]);
        }
        if (c->within != ONR_NONE) s->within = place[c->within];
        if (c->answers != ONR_NONE && !r->cands.at[c->answers].lost)
            s->responds_to = place[c->answers];
    }
    return ONR_OK;
}

onr_status onri_statements_find(onri_draft *draft, const onri_statement_know *know,
                                const onri_timex *times, uint32_t n_times,
                                onri_statement_trace_fn trace, void *ctx, onr_error *err)
{
    const onr_mark mark = onr_arena_mark(draft->tmp);
    st_run r = { .keep = draft->keep,
                 .tmp = draft->tmp,
                 .know = know,
                 .article = draft->article,
                 .parse = draft->parse,
                 .text = draft->parse->text,
                 .times = times,
                 .n_times = n_times,
                 .err = err };
    onr_status st = ONR_OK;
    const uint8_t *mute = mute_tokens(&r);
    if (!mute || !st_find_quotes(&r)) {
        st = onri_fail_mem(err, draft->tmp, "statements");
    } else {
        st = onri_tree_make(r.tmp, r.parse, know->book, NULL, mute, &r.tree, err);
        /* improbable candidates go before quotations are given away */
        if (st == ONR_OK && !(st_find_matches(&r) && st_clean(&r)))
            st = onri_fail_mem(err, draft->tmp, "statements");
        if (st == ONR_OK) {
            st_weigh(&r);
            st_drop_improbable(&r);
            if (!(st_give_quotes(&r) && st_clean(&r)))
                st = onri_fail_mem(err, draft->tmp, "statements");
        }
    }
    if (st == ONR_OK) {
        st_weigh(&r);
        if (st_choose(&r)) {
            st_context(&r);
            tell(&r, trace, ctx);
            st = write_out(&r, draft, err);
        } else {
            st = onri_fail_mem(err, draft->tmp, "statements");
        }
    }
    onr_arena_rewind(draft->tmp, mark);
    return st;
}
