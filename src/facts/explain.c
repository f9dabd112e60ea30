/* Explanations of statements: the trace of their step as text. Source: own. */
#include "onrecord/explain.h"

#include "facts/knowledge.h"
#include "facts/telling.h"

/* The span's text on one line, long ones cut in the middle. */
static void add_text(onri_telling *t, onr_span s)
{
    enum { HEAD = 110, TAIL = 40 };
    if (s.end - s.beg <= HEAD + TAIL) {
        onri_tell_text(t, s);
        return;
    }
    uint32_t cut = s.beg + HEAD, go_on = s.end - TAIL;
    while (cut < s.end && ((unsigned char)t->text.p[cut] & 0xC0) == 0x80) cut--;
    while (go_on < s.end && ((unsigned char)t->text.p[go_on] & 0xC0) == 0x80) go_on++;
    onri_tell_text(t, (onr_span){ s.beg, cut });
    onri_buf_addz(&t->b, " … ");
    onri_tell_text(t, (onr_span){ go_on, s.end });
}

static void add_role(onri_telling *t, const char *name, onr_span s)
{
    if (s.beg >= s.end) return;
    onri_buf_fmt(&t->b, "  %-9s %u:%u  ", name, s.beg, s.end);
    add_text(t, s);
    onri_buf_addc(&t->b, '\n');
}

static bool concerns(const onr_statement *s, uint32_t at)
{
    bool yes = at == ONR_NONE || onri_tell_covers(s->source.span, at) ||
               onri_tell_covers(s->cue.at[0], at);
    for (uint32_t i = 0; i < s->content.n; i++) yes |= onri_tell_covers(s->content.at[i], at);
    return yes;
}

static void add_match(onri_telling *t, const onri_statement_trace *tr)
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
    onri_telling *t = ctx;
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
    onri_tell_flush(t);
}

/* Rules that begin at the word and come to a later line, but not to the end. */
static onr_status near_misses(onri_telling *t, onr_arena *mem, const onri_book *book,
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
    onri_tell_flush(t);
    return ONR_OK;
}

onr_status onr_explain_statements(const onr_knowledge *knowledge, const onr_article *article,
                                  const onr_parse *parse, uint32_t at, onr_explain_fn sink,
                                  void *arg, onr_error *err)
{
    onr_arena keep = onr_arena_make(ONR_ARTICLE_MEM_MAX), tmp = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    onri_telling t = onri_telling_make(article->text, at, sink, arg);
    onri_draft d = {
        .keep = &keep, .tmp = &tmp, .know = knowledge, .article = article, .parse = parse
    };
    onri_timex_vec times = { 0 };
    onr_status st =
        onri_times_scan(&keep, knowledge->times, parse, onri_day_parse(article->date), &times, err);
    if (st == ONR_OK)
        st = onri_statements_find(&d, knowledge->statements, times.at, times.n, on_candidate, &t,
                                  err);
    if (st == ONR_OK)
        onri_tell_nothing(&t, "no candidates for statements\n",
                          "no candidate for a statement holds this byte\n");
    if (st == ONR_OK && at != ONR_NONE)
        st = near_misses(&t, &tmp, onri_statement_book(knowledge->statements), parse, err);
    st = onri_telling_end(&t, st, err);
    onr_arena_drop(&keep);
    onr_arena_drop(&tmp);
    return st;
}
