/* The whole reader on the examples: the record keeps every promise of its format, survives being
 * written and read, does not depend on what was read before, and running out of memory anywhere is
 * a status that leaves nothing behind. Needs the language model. */
#include "model.h"
#include "prop.h"

#include "onrecord/reader.h"

static const char *const examples[] = {
    "brief",     "business",   "column", "communique",      "court-report", "interview",
    "live-blog", "parliament", "sports", "translated-page", "wire-report",
};
enum { N_EXAMPLES = sizeof examples / sizeof *examples };

typedef struct setup {
    onr_model *model;
    onr_knowledge *know;
    onr_reader *reader;
} setup;

static setup open_reader(void)
{
    setup s = { .model = open_model("en-sm") };
    if (!s.model) skip();
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onr_knowledge_new(NULL, &s.know, &err), ONR_OK);
    assert_int_equal(onr_reader_new(s.model, s.know, NULL, &s.reader, &err), ONR_OK);
    return s;
}

static void close_reader(setup *s)
{
    onr_reader_free(s->reader);
    onr_knowledge_free(s->know);
    onr_model_close(s->model);
}

static onr_sv load(onr_arena *mem, const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof path, ONR_SOURCE_DIR "/examples/%s.txt", name);
    onr_sv bytes;
    onr_error err = ONR_ERROR_INIT;
    if (onri_file_read(mem, path, ONR_MIB, &bytes, &err) != ONR_OK) fail_msg("%s", err.msg);
    return bytes;
}

static onr_status read_bytes(onr_reader *reader, onr_arena *mem, onr_sv bytes, onr_sv *json)
{
    onr_article *article = onr_alloc(mem, sizeof *article);
    onr_record *rec = onr_alloc(mem, sizeof *rec);
    if (!article || !rec) return ONR_E_NOMEM;
    onr_status st = onr_article_from_text(mem, bytes, NULL, article, NULL);
    if (st == ONR_OK) st = onr_read(reader, mem, article, rec, NULL);
    if (st == ONR_OK) st = onr_record_check(rec, mem, NULL);
    if (st == ONR_OK) st = onr_record_json(mem, rec, NULL, json, NULL);
    return st;
}

static void reader__records_keep_their_promises(void **state)
{
    (void)state;
    setup s = open_reader();
    for (int i = 0; i < N_EXAMPLES; i++) {
        onr_arena mem = onr_arena_make((size_t)256 * ONR_MIB);
        onr_sv json, again;
        onr_record back;
        assert_int_equal(read_bytes(s.reader, &mem, load(&mem, examples[i]), &json), ONR_OK);
        /* no rule made a fact that had to be taken out again */
        if (onri_find(json, ONR_SV("\"broken-fact\""), 0) != SIZE_MAX) fail_msg("%s", examples[i]);
        assert_int_equal(onr_record_load(&mem, json, &back, NULL), ONR_OK);
        assert_int_equal(onr_record_check(&back, &mem, NULL), ONR_OK);
        assert_int_equal(onr_record_json(&mem, &back, NULL, &again, NULL), ONR_OK);
        assert_true(onri_eq(json, again));
        assert_true(back.n_statements > 0);
        onr_arena_drop(&mem);
    }
    close_reader(&s);
}

static void reader__forgets_what_it_read_before(void **state)
{
    (void)state;
    setup s = open_reader();
    rng r = rng_start("reader");
    onr_arena keep = onr_arena_make((size_t)256 * ONR_MIB);
    onr_sv first[N_EXAMPLES], text[N_EXAMPLES];
    for (int i = 0; i < N_EXAMPLES; i++) {
        text[i] = load(&keep, examples[i]);
        assert_int_equal(read_bytes(s.reader, &keep, text[i], &first[i]), ONR_OK);
    }
    for (int round = 0; round < 30; round++) {
        const uint32_t i = rng_below(&r, N_EXAMPLES);
        onr_arena mem = onr_arena_make((size_t)256 * ONR_MIB);
        onr_sv json;
        assert_int_equal(read_bytes(s.reader, &mem, text[i], &json), ONR_OK);
        assert_true(onri_eq(json, first[i]));
        onr_arena_drop(&mem);
    }
    onr_arena_drop(&keep);
    close_reader(&s);
}

/* Cut anywhere, spliced anywhere: always a record that passes the checker. */
static void reader__takes_any_piece_of_text(void **state)
{
    (void)state;
    setup s = open_reader();
    rng r = rng_start("pieces");
    onr_arena keep = onr_arena_make((size_t)64 * ONR_MIB);
    onr_sv text[N_EXAMPLES];
    for (int i = 0; i < N_EXAMPLES; i++) text[i] = load(&keep, examples[i]);
    for (int round = 0; round < 150; round++) {
        char room[4096];
        size_t n = 0;
        for (uint32_t k = 1 + rng_below(&r, 6); k > 0; k--) {
            const onr_sv t = text[rng_below(&r, N_EXAMPLES)];
            const size_t at = rng_below(&r, (uint32_t)t.n);
            size_t len = rng_below(&r, 600);
            if (len > t.n - at) len = t.n - at;
            memcpy(room + n, t.p + at, len); /* may well cut inside a character */
            n += len;
            if (rng_below(&r, 3) == 0) room[n++] = "\n\0\"\xff"[rng_below(&r, 4)];
        }
        onr_arena mem = onr_arena_make((size_t)256 * ONR_MIB);
        onr_sv json;
        const onr_status st = read_bytes(s.reader, &mem, onri_sv(room, n), &json);
        if (st != ONR_OK) fail_msg("round %d: %s", round, onr_status_name(st));
        if (onri_find(json, ONR_SV("\"broken-fact\""), 0) != SIZE_MAX)
            fail_msg("round %d: a broken fact in: %.*s", round, (int)n, room);
        onr_arena_drop(&mem);
    }
    onr_arena_drop(&keep);
    close_reader(&s);
}

/* Every allocation would take minutes: a seeded walk over them, the first 60 all. */
static void reader__no_memory_is_a_status(void **state)
{
    (void)state;
    setup s = open_reader();
    rng r = rng_start("torture");
    onr_arena keep = onr_arena_make(ONR_MIB);
    const onr_sv text = load(&keep, "brief");
    onr_sv want, json;
    onr_arena mem = onr_arena_make((size_t)256 * ONR_MIB);
    assert_int_equal(read_bytes(s.reader, &mem, text, &want), ONR_OK);
    bool done = false;
    uint32_t failed = 0;
    for (uint64_t nth = 1; !done; nth += nth < 60 ? 1 : 1 + rng_below(&r, 40)) {
        onr_arena tmp = onr_arena_make((size_t)256 * ONR_MIB);
        onri_heap_fail_at(nth);
        const onr_status st = read_bytes(s.reader, &tmp, text, &json);
        done = onri_heap_fail_at(0) != 0;
        /* done, or it did without what it could not have */
        if (st == ONR_OK && !onri_eq(json, want))
            fail_msg("allocation %d failed, was not noticed, and changed the record", (int)nth);
        if (st != ONR_OK) assert_int_equal(st, ONR_E_NOMEM);
        failed += st != ONR_OK;
        onr_arena_drop(&tmp);
    }
    assert_true(failed > 60);
    assert_int_equal(read_bytes(s.reader, &mem, text, &json), ONR_OK); /* the reader is as before */
    assert_true(onri_eq(json, want));
    onr_arena_drop(&mem);
    onr_arena_drop(&keep);
    close_reader(&s);
}

static void reader__passes_its_ceiling_never(void **state)
{
    (void)state;
    setup s = open_reader();
    onr_arena keep = onr_arena_make(ONR_MIB);
    const onr_sv text = load(&keep, "brief");
    for (size_t max = 1000; max < (size_t)64 * ONR_MIB; max *= 2) {
        onr_arena mem = onr_arena_make(max);
        onr_article a;
        onr_record rec;
        onr_status st = onr_article_from_text(&mem, text, NULL, &a, NULL);
        if (st == ONR_OK) st = onr_read(s.reader, &mem, &a, &rec, NULL);
        assert_true(st == ONR_OK || st == ONR_E_LIMIT);
        assert_true(mem.total <= max);
        onr_arena_drop(&mem);
    }
    onr_arena_drop(&keep);
    close_reader(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reader__records_keep_their_promises),
        cmocka_unit_test(reader__forgets_what_it_read_before),
        cmocka_unit_test(reader__takes_any_piece_of_text),
        cmocka_unit_test(reader__no_memory_is_a_status),
        cmocka_unit_test(reader__passes_its_ceiling_never),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
