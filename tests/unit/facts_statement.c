/* Sentences and the statements a reader finds in them: tests/golden/statement/cases.txt, on stored
 * parses. `unit_facts_statement --update` rewrites what is expected (lines with ! stay). */
#include "facts/statement.h"

#include "base/embedded.h"
#include "lang/conllu.h"
#include "test.h"

#include <stdio.h>

#define DIR ONR_SOURCE_DIR "/tests/golden/statement/"

typedef struct world {
    onr_arena mem;
    const onri_statement_know *know;
    onri_time_words const *times;
    onr_sv cases, parses;
} world;

static world w;

static void add(onri_buf *b, onr_sv text, onr_span s)
{
    for (uint32_t i = s.beg; i < s.end; i++) onri_buf_addc(b, text.p[i] == '\n' ? ' ' : text.p[i]);
}

static void print_one(onri_buf *b, onr_sv text, const onr_statement *s, uint32_t n)
{
    (void)n;
    onri_buf_fmt(b, "%s %s | ", onr_statement_kind_name(s->kind), onr_form_name(s->form));
    add(b, text, s->source.span);
    onri_buf_addz(b, " | ");
    add(b, text, s->cue.at[0]);
    for (uint32_t i = 0; i < s->content.n; i++) {
        onri_buf_addz(b, i ? " ... " : " | ");
        add(b, text, s->content.at[i]);
    }
    if (s->negated) onri_buf_addz(b, " | negated");
    if (s->addressee.span.end) {
        onri_buf_addz(b, " | to ");
        add(b, text, s->addressee.span);
    }
    if (s->venue.span.end) {
        onri_buf_addz(b, " | at ");
        add(b, text, s->venue.span);
    }
    if (s->time.span.end) {
        onri_buf_addz(b, " | when ");
        add(b, text, s->time.span);
    }
    if (s->responds_to != ONR_NONE) onri_buf_fmt(b, " | answers %u", s->responds_to + 1);
    if (s->within != ONR_NONE) onri_buf_fmt(b, " | within %u", s->within + 1);
    onri_buf_addc(b, '\n');
}

/* Statements of a text with its parse, a line each. */
static void find(onr_sv text, onr_sv conllu, onri_buf *out)
{
    onr_arena mem = onr_arena_make((size_t)1 << 28), tmp = onr_arena_make((size_t)1 << 28);
    onr_error err = ONR_ERROR_INIT;
    const onr_parse *parse = NULL;
    if (onri_conllu_read(&mem, conllu, text, &parse, &err) != ONR_OK) fail_msg("%s", err.msg);
    onr_article article = { .text = text };
    onri_timex_vec times = { 0 };
    onri_draft d = { .keep = &mem, .tmp = &tmp, .article = &article, .parse = parse };
    assert_int_equal(onri_times_scan(&mem, w.times, parse, ONRI_NO_DAY, &times, &err), ONR_OK);
    assert_int_equal(onri_statements_find(&d, w.know, times.at, times.n, NULL, NULL, &err), ONR_OK);
    for (uint32_t i = 0; i < d.statements.n; i++) print_one(out, text, &d.statements.at[i], i);
    onr_arena_drop(&mem);
    onr_arena_drop(&tmp);
}

typedef struct one_case {
    onr_sv name, text, want;
} one_case;

/* Cut the next case off *rest. */
static bool next_case(onr_sv *rest, one_case *c)
{
    const size_t head = onri_find(*rest, ONR_SV("== "), 0);
    if (head == SIZE_MAX) return false;
    const size_t name_end = onri_find(*rest, ONR_SV("\n"), head);
    const size_t dash = onri_find(*rest, ONR_SV("\n--\n"), name_end);
    if (dash == SIZE_MAX) return false;
    size_t end = onri_find(*rest, ONR_SV("\n== "), dash + 3);
    if (end == SIZE_MAX) end = rest->n - 1;
    c->name = onri_sub(*rest, head + 3, name_end);
    c->text = onri_sub(*rest, name_end + 1, dash + 1); /* with its line end, as files have it */
    c->want = onri_sub(*rest, dash + 4 <= end ? dash + 4 : end + 1, end + 1);
    *rest = onri_sub(*rest, end + 1, rest->n);
    return true;
}

/* The parse of case n (from 1). */
static onr_sv parse_of(uint32_t n)
{
    const onr_sv mark = ONR_SV("# newdoc");
    size_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
        at = onri_find(w.parses, mark, at);
        assert_true(at != SIZE_MAX);
        at += mark.n;
    }
    at = onri_find(w.parses, ONR_SV("\n"), at) + 1;
    size_t end = onri_find(w.parses, mark, at);
    if (end == SIZE_MAX) end = w.parses.n;
    return onri_sub(w.parses, at, end);
}

static bool has_line(onr_sv lines, onr_sv line)
{
    onr_sv piece;
    while (onri_split(&lines, '\n', &piece))
        if (onri_eq(piece, line)) return true;
    return false;
}

/* Every expected line is found, every found line is expected, no miss is found. */
static uint32_t compare(const one_case *c, onr_sv got)
{
    uint32_t wrong = 0;
    onr_sv rest = c->want, line;
    while (onri_split(&rest, '\n', &line)) {
        if (line.n == 0) continue;
        const bool miss = line.p[0] == '!';
        const onr_sv what = miss ? onri_sub(line, 1, line.n) : line;
        if (has_line(got, what) == miss) {
            printf("%.*s: %s: %.*s\n", (int)c->name.n, c->name.p,
                   miss ? "a known miss is found now, take its ! away" : "missing", (int)what.n,
                   what.p);
            wrong++;
        }
    }
    rest = got;
    while (onri_split(&rest, '\n', &line))
        if (line.n && !has_line(c->want, line)) {
            printf("%.*s: not expected: %.*s\n", (int)c->name.n, c->name.p, (int)line.n, line.p);
            wrong++;
        }
    return wrong;
}

static void statements__are_those_a_reader_finds(void **state)
{
    (void)state;
    onr_sv rest = w.cases;
    one_case c;
    uint32_t n = 0, wrong = 0;
    while (next_case(&rest, &c)) {
        onri_buf got = onri_buf_make(1 << 20);
        find(c.text, parse_of(++n), &got);
        wrong += compare(&c, onri_buf_sv(&got));
        onri_buf_drop(&got);
    }
    assert_true(n > 50);
    assert_int_equal(wrong, 0);
}

static void statements__of_a_users_rule_are_found(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make((size_t)1 << 28);
    onr_error err = ONR_ERROR_INIT;
    const onri_rule_text extra = { .name = "mine.rules",
                                   .text = ONR_SV("rule mine.leave\n  v: lemma=leave\n"
                                                  "  o: child(dobj) of v\n  s: actor of v\n"
                                                  "  cue = v.verb\n  source = s.source\n"
                                                  "  content = o.tree\n  kind = intention\n"
                                                  "  p = 0.9\n") };
    const onri_statement_know *ours = w.know;
    assert_int_equal(onri_statement_know_load(&mem, &extra, 1, &w.know, &err), ONR_OK);
    onri_buf got = onri_buf_make(1 << 20);
    onr_sv rest = w.cases;
    one_case c;
    uint32_t n = 0;
    while (next_case(&rest, &c)) {
        n++;
        if (onri_eqz(c.name, "no statement")) find(c.text, parse_of(n), &got);
    }
    assert_true(
        onri_eqz(onri_buf_sv(&got),
                 "intention indirect | The train | left | the station at noon\n") ||
        onri_eqz(onri_buf_sv(&got),
                 "intention indirect | The train | left | the station | when noon\n") ||
        onri_eqz(onri_buf_sv(&got), "intention indirect | The train | left | the station\n"));
    onri_buf_drop(&got);
    w.know = ours;
    onr_arena_drop(&mem);
}

static int update(void)
{
    onri_buf out = onri_buf_make(1 << 24);
    onr_sv rest = w.cases;
    one_case c;
    uint32_t n = 0;
    const size_t first = onri_find(rest, ONR_SV("== "), 0);
    onri_buf_add(&out, onri_sub(rest, 0, first));
    while (next_case(&rest, &c)) {
        onri_buf_fmt(&out, "== %.*s\n%.*s--\n", (int)c.name.n, c.name.p, (int)c.text.n, c.text.p);
        find(c.text, parse_of(++n), &out);
        onr_sv want = c.want, line;
        while (onri_split(&want, '\n', &line))
            if (line.n && line.p[0] == '!') onri_buf_fmt(&out, "%.*s\n", (int)line.n, line.p);
    }
    onr_error err = ONR_ERROR_INIT;
    const onr_status st = onri_file_write(DIR "cases.txt", onri_buf_sv(&out), &err);
    if (st != ONR_OK) printf("%s\n", err.msg);
    return st != ONR_OK;
}

int main(int argc, char **argv)
{
    onr_error err = ONR_ERROR_INIT;
    w.mem = onr_arena_make((size_t)1 << 28);
    if (onri_statement_know_load(&w.mem, NULL, 0, &w.know, &err) != ONR_OK ||
        onri_file_read(&w.mem, DIR "cases.txt", 1 << 24, &w.cases, &err) != ONR_OK ||
        onri_file_read(&w.mem, DIR "cases.conllu", 1 << 26, &w.parses, &err) != ONR_OK ||
        onri_time_words_load(&w.mem, onri_data_get("time/words.tsv"), &w.times, &err) != ONR_OK) {
        printf("%s\n", err.msg);
        return 1;
    }
    if (argc > 1 && strcmp(argv[1], "--update") == 0) return update();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements__are_those_a_reader_finds),
        cmocka_unit_test(statements__of_a_users_rule_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
