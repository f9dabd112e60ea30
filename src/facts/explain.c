/* Explanations of statements: the trace of their step as text. Source: own. */
#include "onrecord/explain.h"

#include "facts/knowledge.h"

typedef struct telling {
    onr_explain_fn sink;
    void *arg;
    onr_sv text;
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

/* The span's text on one line, long ones cut in the middle. */
static void add_text(telling *t, onr_span s)
{
    enum { HEAD = 110, TAIL = 40 };
    uint32_t cut = s.end - s.beg > HEAD + TAIL ? s.beg + HEAD : s.end, go_on = s.end - TAIL;
    while (cut < s.end && ((unsigned char)t->text.p[cut] & 0xC0) == 0x80) cut--;
    while (go_on < s.end && ((unsigned char)t->text.p[go_on] & 0xC0) == 0x80) go_on++;
    for (uint32_t i = s.beg; i < s.end; i++) {
        if (i == cut) {
            onri_buf_addz(&t->b, " … ");
            i = go_on;
        }
        const char c = t->text.p[i];
        onri_buf_addc(&t->b, (unsigned char)c < 0x20 ? ' ' : c);
    }
}

static void add_role(telling *t, const char *name, onr_span s)
{
    if (s.beg >= s.end) return;
    onri_buf_fmt(&t->b, "  %-9s %u:%u  ", name, s.beg, s.end);
    add_text(t, s);
    onri_buf_addc(&t->b, '\n');
}

static bool covers(onr_span s, uint32_t at)
{
    return s.beg <= at && at < s.end;
}

static bool concerns(const onr_statement *s, uint32_t at)
{
    bool yes = at == ONR_NONE || covers(s->source.span, at) || covers(s->cue.at[0], at);
    for (uint32_t i = 0; i < s->content.n; i++) yes |= covers(s->content.at[i], at);
    return yes;
}

static void add_match(telling *t, const onri_statement_trace *tr)
{
    const char *names[ONRI_RULE_NODES_MAX];
    const onri_match *m = tr->match;
    if (!m) {
        onri_buf_fmt(&t->b, "  rule      %s (quotation marks and lines, not a rule file)\n",
                     tr->statement.rule);
        return;
    }
    onri_buf_fmt(&t->b, "  rule      %s (%s:%u)\n", tr->statement.rule,
                 onri_book_file(tr->book, m->rule), onri_book_line(tr->book, m->rule));
    const uint32_t n = onri_match_nodes(tr->book, m->rule, names);
    for (uint32_t i = 0; i < n; i++) {
        const onr_sv line = onri_book_node_text(tr->book, m->rule, i, NULL);
        onri_buf_addz(&t->b, "    ");
        if (m->node[i] == ONR_NONE) {
            onri_buf_addz(&t->b, "-");
        } else {
            const onr_token *k = &tr->tree->parse->tokens[m->node[i]];
            onri_buf_add(&t->b, onri_sub(t->text, k->beg, k->end));
            onri_buf_fmt(&t->b, "/%s/%s/%s", onr_pos_name((onr_pos)k->pos),
                         onr_tag_name((onr_tag)k->tag), onr_dep_name((onr_dep)k->dep));
        }
        onri_buf_addz(&t->b, "  <-  ");
        onri_buf_add(&t->b, line);
        onri_buf_addc(&t->b, '\n');
    }
}

static void on_candidate(void *ctx, const onri_statement_trace *tr)
{
    telling *t = ctx;
    const onr_statement *s = &tr->statement;
    if (t->stopped || !concerns(s, t->at)) return;
    t->told++;
    onri_buf_fmt(&t->b, "%s  p %.2f  %s%s%s%s\n", tr->lost ? "not kept" : "KEPT", (double)s->p,
                 onr_statement_kind_name(s->kind), tr->lost ? "" : ", ",
                 tr->lost ? "" : onr_form_name(s->form), s->negated ? ", negated" : "");
    if (tr->lost) {
        onri_buf_fmt(&t->b, "  because   %s", tr->lost);
        if (tr->lost_to.beg < tr->lost_to.end) {
            onri_buf_fmt(&t->b, ": %u:%u ", tr->lost_to.beg, tr->lost_to.end);
            add_text(t, tr->lost_to);
        }
        onri_buf_addc(&t->b, '\n');
    }
    add_role(t, "source", s->source.span);
    add_role(t, "cue", s->cue.at[0]);
    for (uint32_t i = 0; i < s->content.n; i++) add_role(t, "content", s->content.at[i]);
    add_role(t, "addressee", s->addressee.span);
    add_role(t, "venue", s->venue.span);
    add_match(t, tr);
    onri_buf_addc(&t->b, '\n');
    flush(t);
}

/* Rules that begin at the word and come to a later line, but not to the end. */
static onr_status near_misses(telling *t, onr_arena *mem, const onri_book *book,
                              const onr_parse *parse, onr_error *err)
{
    onri_tree tree;
    const onr_status st = onri_tree_make(mem, parse, book, NULL, NULL, &tree, err);
    if (st != ONR_OK) return st;
    for (uint32_t i = 0; i < parse->n_tokens; i++) {
        const onr_token *k = &parse->tokens[i];
        if (!(k->beg <= t->at && t->at < k->end)) continue;
        for (uint32_t r = 0; r < onri_book_count(book); r++) {
            onri_match m;
            if (onri_match_at(book, &tree, r, i, 0, &m) || m.reached == 0) continue;
            const char *names[ONRI_RULE_NODES_MAX];
            uint32_t line = 0;
            if (m.reached >= onri_match_nodes(book, r, names)) continue;
            const onr_sv text = onri_book_node_text(book, r, m.reached, &line);
            onri_buf_fmt(&t->b, "rule %s begins here and stops at %s:%u  ", onri_book_id(book, r),
                         onri_book_file(book, r), line);
            onri_buf_add(&t->b, text);
            onri_buf_addc(&t->b, '\n');
        }
    }
    flush(t);
    return ONR_OK;
}

onr_status onr_explain_statements(const onr_knowledge *knowledge, const onr_article *article,
                                  const onr_parse *parse, uint32_t at, onr_explain_fn sink,
                                  void *arg, onr_error *err)
{
    onr_arena keep = onr_arena_make(ONR_ARTICLE_MEM_MAX), tmp = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    telling t = { .sink = sink,
                  .arg = arg,
                  .text = article->text,
                  .at = at,
                  .b = onri_buf_make((size_t)1 << 28) };
    onri_draft d = {
        .keep = &keep, .tmp = &tmp, .know = knowledge, .article = article, .parse = parse
    };
    onri_timex_vec times = { 0 };
    onr_status st =
        onri_times_scan(&keep, knowledge->times, parse, onri_day_parse(article->date), &times, err);
    if (st == ONR_OK)
        st = onri_statements_find(&d, knowledge->statements, times.at, times.n, on_candidate, &t,
                                  err);
    if (st == ONR_OK && t.told == 0) {
        onri_buf_addz(&t.b, at == ONR_NONE ? "no candidates for statements\n"
                                           : "no candidate for a statement holds this byte\n");
        flush(&t);
    }
    if (st == ONR_OK && at != ONR_NONE)
        st = near_misses(&t, &tmp, onri_statement_book(knowledge->statements), parse, err);
    if (st == ONR_OK && t.b.status != ONR_OK)
        st = onri_fail(err, t.b.status, "explain", "the explanation is too long");
    if (st == ONR_OK && t.stopped)
        st = onri_fail(err, ONR_E_CANCELLED, "explain", "stopped by the caller");
    onri_buf_drop(&t.b);
    onr_arena_drop(&keep);
    onr_arena_drop(&tmp);
    return st;
}
