/* News time: each sentence of tests/golden/time/cases.tsv gives the intervals that stand beside it.
 * The parse is stored (cases.conllu, made by tests/tools/spacy_conllu.py from cases.txt). */
#include "test.h"

#include "base/date.h"
#include "base/embedded.h"
#include "facts/time.h"
#include "lang/conllu.h"

#define DIR ONR_SOURCE_DIR "/tests/golden/time/"

static onr_sv read_file(onr_arena *mem, const char *path)
{
    onr_sv s = { 0 };
    assert_int_equal(onri_file_read(mem, path, 1 << 22, &s, NULL), ONR_OK);
    return s;
}

/* "words=from..to; …" of the times within a line. */
static void print_times(onri_buf *b, onr_arena *mem, onr_sv text, const onri_timex_vec *v,
                        onr_span line)
{
    for (uint32_t i = 0; i < v->n; i++) {
        if (v->at[i].span.beg < line.beg || v->at[i].span.end > line.end) continue;
        const onr_time t = onri_time_value(mem, &v->at[i]);
        if (b->n) onri_buf_addz(b, "; ");
        onri_buf_add(b, onri_sub(text, t.span.beg, t.span.end));
        onri_buf_addc(b, '=');
        onri_buf_add(b, t.from);
        onri_buf_addz(b, t.from.n || t.to.n ? ".." : "?");
        onri_buf_add(b, t.to);
    }
}

static void time__means_what_the_table_says(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(64u << 20);
    onr_error err = ONR_ERROR_INIT;
    const onr_sv text = read_file(&mem, DIR "cases.txt"),
                 stored = read_file(&mem, DIR "cases.conllu");
    const onr_parse *parse = NULL;
    assert_int_equal(onri_conllu_read(&mem, stored, text, &parse, &err), ONR_OK);
    const onri_time_words *words = NULL;
    assert_int_equal(onri_time_words_load(&mem, onri_data_get("time/words.tsv"), &words, &err),
                     ONR_OK);
    onri_timex_vec found = { 0 };
    assert_int_equal(onri_times_scan(&mem, words, parse, onri_day_of(2018, 7, 13), &found, &err),
                     ONR_OK);
    uint32_t at = 0, wrong = 0, n = 0;
    for (onr_sv rest = read_file(&mem, DIR "cases.tsv"), row, sentence;
         onri_split(&rest, '\n', &row);) {
        if (row.n == 0 || row.p[0] == '#') continue;
        (void)onri_split(&row, '\t', &sentence);
        assert_true(onri_starts(onri_sub(text, at, text.n),
                                sentence)); /* cases.txt is cases.tsv's first column */
        onri_buf b = onri_buf_make(4096);
        print_times(&b, &mem, text, &found, (onr_span){ at, at + (uint32_t)sentence.n });
        if (!onri_eq(onri_buf_sv(&b), row)) {
            print_message("%.*s\n  expected %.*s\n  got      %.*s\n", (int)sentence.n, sentence.p,
                          (int)row.n, row.p, (int)b.n, b.p);
            wrong++;
        }
        onri_buf_drop(&b);
        at += (uint32_t)sentence.n + 1;
        n++;
    }
    assert_true(n > 50);
    assert_int_equal(wrong, 0);
    onr_arena_drop(&mem);
}

static void time__without_a_date_only_the_absolute_is_known(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(64u << 20);
    const onr_sv text = read_file(&mem, DIR "cases.txt"),
                 stored = read_file(&mem, DIR "cases.conllu");
    const onr_parse *parse = NULL;
    assert_int_equal(onri_conllu_read(&mem, stored, text, &parse, NULL), ONR_OK);
    const onri_time_words *words = NULL;
    assert_int_equal(onri_time_words_load(&mem, onri_data_get("time/words.tsv"), &words, NULL),
                     ONR_OK);
    onri_timex_vec found = { 0 };
    assert_int_equal(onri_times_scan(&mem, words, parse, ONRI_NO_DAY, &found, NULL), ONR_OK);
    for (uint32_t i = 0; i < found.n; i++) {
        const onr_sv w = onri_sub(text, found.at[i].span.beg, found.at[i].span.end);
        if (onri_eqz(w, "yesterday") || onri_eqz(w, "Tuesday") || onri_eqz(w, "last week"))
            assert_true(found.at[i].from == ONRI_NO_DAY && found.at[i].to == ONRI_NO_DAY);
        if (onri_eqz(w, "3 May 2011")) assert_int_equal(found.at[i].from, onri_day_of(2011, 5, 3));
    }
    onr_arena_drop(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time__means_what_the_table_says),
        cmocka_unit_test(time__without_a_date_only_the_absolute_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
