/* What a user may rely on: a model file opens to exactly what was written, and a file that is cut,
 * altered or foreign is refused, also when its checksums have been made to fit. */
#include "test.h"

#include "model_seal.h"
#include "tiny_model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static onr_arena mem;
static onr_model tiny_sm, tiny_md;
static onri_buf file; /* tiny_sm packed */
static char *room;    /* 64-byte aligned space for a changed copy */
static size_t n_room;

static int make(void **state)
{
    (void)state;
    mem = onr_arena_make((size_t)64 << 20);
    tiny_model_make(&mem, 1, false, &tiny_sm);
    tiny_model_make(&mem, 2, true, &tiny_md);
    file = onri_buf_make(ONR_MODEL_MAX);
    onr_error err = ONR_ERROR_INIT;
    if (onri_model_pack(&tiny_sm, &file, &err) != ONR_OK) {
        print_error("%s\n", err.msg);
        return -1;
    }
    n_room = file.n + 4096;
    void *p = NULL;
    if (posix_memalign(&p, 64, n_room) != 0) return -1;
    room = p;
    return 0;
}

static int drop(void **state)
{
    (void)state;
    free(room);
    onri_buf_drop(&file);
    onr_arena_drop(&mem);
    return 0;
}

static char *copy(void)
{
    memcpy(room, file.p, file.n);
    return room;
}

static onr_status unpack(size_t n, onr_model *m, onr_error *err)
{
    *m = (onr_model){ 0 };
    return onri_model_unpack(m, onri_sv(room, n), err);
}

static void assert_refused(size_t n, const char *what)
{
    onr_model m;
    onr_error err = ONR_ERROR_INIT;
    const onr_status st = unpack(n, &m, &err);
    if (st != ONR_E_MODEL || err.msg[0] == 0)
        fail_msg("%s: %s (%s)", what, onr_status_name(st), err.msg);
}

static onri_model_section section_of(uint32_t id)
{
    onri_model_section s;
    memcpy(&s, file.p + sizeof(onri_model_header) + id * sizeof s, sizeof s);
    return s;
}

static void model_file__gives_back_what_was_written(void **state)
{
    (void)state;
    const onr_model *both[] = { &tiny_sm, &tiny_md };
    for (size_t i = 0; i < 2; i++) {
        onri_buf a = onri_buf_make(ONR_MODEL_MAX), b = onri_buf_make(ONR_MODEL_MAX);
        assert_int_equal(onri_model_pack(both[i], &a, NULL), ONR_OK);
        void *p = NULL;
        assert_int_equal(posix_memalign(&p, 64, a.n), 0);
        memcpy(p, a.p, a.n);
        onr_model m = { 0 };
        onr_error err = ONR_ERROR_INIT;
        if (onri_model_unpack(&m, onri_sv(p, a.n), &err) != ONR_OK) fail_msg("%s", err.msg);
        assert_int_equal(onri_model_pack(&m, &b, NULL), ONR_OK);
        assert_true(onri_eq(onri_buf_sv(&a), onri_buf_sv(&b)));
        assert_true(onri_eq(m.name, both[i]->name));
        assert_true(onri_eq(m.credits, both[i]->credits));
        assert_int_equal((uintptr_t)m.t2v.mixer.w % 64, 0);
        assert_int_equal((uintptr_t)m.ner_t2v.conv[3].b % 64, 0);
        assert_memory_equal(m.ner_t2v.conv[3].beta, both[i]->ner_t2v.conv[3].beta, 96 * 4);
        assert_int_equal(m.vector_keys.n, both[i]->vector_keys.n);
        if (i) assert_int_equal(onri_table64_get(&m.vector_keys, onri_strid(ONR_SV("Berlin"))), 2);
        assert_int_equal(onri_table64_get(&m.norms, onri_strid(ONR_SV("cos"))), 1);
        assert_true(onri_eqz(onri_model_str(&m, m.norm_words[1]), "because"));
        free(p);
        onri_buf_drop(&a);
        onri_buf_drop(&b);
    }
}

static void model_file__opens_from_disk(void **state)
{
    (void)state;
    char path[] = "onr_model_XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    (void)close(fd);
    onr_error err = ONR_ERROR_INIT;
    onr_model *m = NULL;
    assert_int_equal(onri_model_write(&tiny_md, path, &err), ONR_OK);
    const onr_status st = onr_model_open(path, &m, &err);
    (void)unlink(path);
    assert_int_equal(st, ONR_OK);
    const onr_model_about a = onr_model_info(m);
    assert_true(onri_eqz(a.name, "en-md"));
    assert_true(onri_eqz(a.version, "3.8.0"));
    assert_true(onri_eqz(a.licence, "MIT"));
    assert_true(onri_eqz(a.licence_text, "A licence.\n"));
    assert_int_equal(a.n_vectors, 4);
    assert_true(a.bytes > 4000000);
    onr_model_close(m);
    onr_model_close(NULL);
    assert_int_equal(onr_model_open(path, &m, &err), ONR_E_IO);
    assert_null(m);
    assert_int_equal(onr_model_open(".", &m, &err), ONR_E_IO);
}

static void model_file__is_the_same_every_time(void **state)
{
    (void)state;
    onr_model again;
    onri_buf b = onri_buf_make(ONR_MODEL_MAX);
    tiny_model_make(&mem, 1, false, &again);
    assert_int_equal(onri_model_pack(&again, &b, NULL), ONR_OK);
    assert_true(onri_eq(onri_buf_sv(&b), onri_buf_sv(&file)));
    onri_buf_drop(&b);
}

static void model_file__cut_at_any_length(void **state)
{
    (void)state;
    (void)copy();
    for (size_t n = 0; n < MODEL_FRONT + 300; n++) assert_refused(n, "cut in front");
    for (uint32_t i = 0; i < ONRI_SEC__COUNT; i++) {
        const onri_model_section s = section_of(i);
        const size_t at = (size_t)s.at, end = at + (size_t)s.bytes;
        const size_t cuts[] = { at - 1, at, at + 1, end - 1, end, end + 1 };
        for (size_t k = 0; k < 6; k++)
            if (cuts[k] < file.n) assert_refused(cuts[k], onri_section_name((onri_section_id)i));
    }
    assert_refused(file.n - 1, "one byte short");
    memset(room + file.n, 0, 64);
    assert_refused(file.n + 1, "one byte long");
    assert_refused(file.n + 64, "64 bytes long");
}

static void model_file__altered_in_any_section(void **state)
{
    (void)state;
    char *p = copy();
    for (size_t at = 0; at < MODEL_FRONT; at += at < 64 ? 1 : 7) {
        p[at] ^= 1;
        assert_refused(file.n, "bit in front");
        p[at] ^= 1;
    }
    for (uint32_t i = 0; i < ONRI_SEC__COUNT; i++) {
        const onri_model_section s = section_of(i);
        const size_t at = (size_t)s.at, n = (size_t)s.bytes;
        const size_t end = (at + n + 63) / 64 * 64;
        const size_t flips[] = { at, at + n / 3, at + n / 2, at + n - 1, at + n, end - 1 };
        for (size_t k = 0; k < 6; k++) {
            if ((n == 0 && k < 4) || flips[k] >= end) continue;
            p[flips[k]] ^= 0x10;
            assert_refused(file.n, onri_section_name((onri_section_id)i));
            p[flips[k]] ^= 0x10;
        }
    }
    onr_model m;
    assert_int_equal(unpack(file.n, &m, NULL), ONR_OK); /* all flips were taken back */
}

static void model_file__foreign(void **state)
{
    (void)state;
    static const char *const others[] = { "PK\3\4 a zip archive",
                                          "\177ELF",
                                          "{\"json\":1}",
                                          "\x1f\x8b gzip",
                                          "GGUF",
                                          "ONRMODE",
                                          "ONRMODEL" };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        memset(room, 0, 8192);
        memcpy(room, others[i], strlen(others[i]));
        assert_refused(8192, others[i]);
        assert_refused(strlen(others[i]), others[i]);
    }
    char *p = copy();
    p[8] = 2; /* version */
    model_seal(p, file.n);
    onr_model m;
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(unpack(file.n, &m, &err), ONR_E_MODEL);
    assert_non_null(strstr(err.msg, "version 2"));
    p = copy();
    p[24] ^= 1; /* labels */
    model_seal(p, file.n);
    assert_int_equal(unpack(file.n, &m, &err), ONR_E_MODEL);
    assert_non_null(strstr(err.msg, "labels"));
}

/* Overwrite n bytes of a section at an offset, make the checksums fit, and it must be refused. */
static void assert_lie_refused(onri_section_id id, size_t offset, const void *bytes, size_t n)
{
    char *p = copy();
    const onri_model_section s = section_of(id);
    assert_true(offset + n <= s.bytes);
    memcpy(p + s.at + offset, bytes, n);
    model_seal(p, file.n);
    assert_refused(file.n, onri_section_name(id));
}

static void assert_u32_lie_refused(onri_section_id id, size_t offset, uint32_t v)
{
    assert_lie_refused(id, offset, &v, sizeof v);
}

static void model_file__lies_with_right_checksums(void **state)
{
    (void)state;
    const uint32_t nan = 0x7FC00000, inf = 0xFF800000;
    static const onri_section_id floats[] = { ONRI_SEC_T2V_EMBED, ONRI_SEC_T2V_MIXER,
                                              ONRI_SEC_T2V_CONV,  ONRI_SEC_NER_EMBED,
                                              ONRI_SEC_NER_MIXER, ONRI_SEC_NER_CONV,
                                              ONRI_SEC_TAG_SCORE, ONRI_SEC_PARSER_SCORE,
                                              ONRI_SEC_NER_SCORE };
    for (size_t i = 0; i < sizeof floats / sizeof *floats; i++) {
        assert_u32_lie_refused(floats[i], 0, nan);
        assert_u32_lie_refused(floats[i], (size_t)section_of(floats[i]).bytes - 4, inf);
    }
    for (size_t at = 0; at < sizeof(onri_model_shape); at += 4) {
        if ((at >= 32 + 24 && at < 80) || (at >= 80 + 32 + 24 && at < 160)) continue; /* seeds */
        assert_u32_lie_refused(ONRI_SEC_SHAPE, at, 0xFFFFFFFF);
        assert_u32_lie_refused(ONRI_SEC_SHAPE, at, 7);
    }
    const uint8_t big = 255, zero = 0;
    assert_lie_refused(ONRI_SEC_TAG_LABELS, 0, &big, 1);
    assert_lie_refused(ONRI_SEC_TAG_LABELS, 3, &zero, 1);
    for (size_t i = 0; i < 9; i++) assert_lie_refused(ONRI_SEC_PARSER_MOVES, i, &big, 1);
    for (size_t i = 0; i < 9; i++) assert_lie_refused(ONRI_SEC_NER_MOVES, i, &big, 1);
    assert_lie_refused(ONRI_SEC_PARSER_MOVES, 0, "\1", 1);      /* two REDUCE, no SHIFT */
    assert_lie_refused(ONRI_SEC_NER_MOVES, 27, "\4", 1);        /* no O */
    assert_lie_refused(ONRI_SEC_NER_MOVES, 3 * 3 + 1, "\1", 1); /* B-PERSON without I-PERSON */
}

static void model_file__lies_about_words(void **state)
{
    (void)state;
    const uint8_t big = 255;
    assert_lie_refused(ONRI_SEC_POOL, 5, &big, 1);
    for (size_t at = 0; at < 32; at += 4) assert_u32_lie_refused(ONRI_SEC_PATTERNS, at, 0x7FFFFFFF);
    for (size_t at = 0; at < 16; at += 4) assert_u32_lie_refused(ONRI_SEC_EXC, at, 0xFFFFFFF0);
    assert_u32_lie_refused(ONRI_SEC_EXC, 4, 0);  /* an empty text */
    assert_u32_lie_refused(ONRI_SEC_EXC, 12, 0); /* no tokens */
    assert_u32_lie_refused(ONRI_SEC_EXC_TOKENS, 4, 0);
    assert_u32_lie_refused(ONRI_SEC_EXC_TOKENS, 8 * 16 - 16 + 12, 1000); /* a norm */
    const onri_str second = tiny_sm.exceptions[1].text;
    assert_lie_refused(ONRI_SEC_EXC, 0, &second, sizeof second); /* not sorted, not its tokens */
    assert_u32_lie_refused(ONRI_SEC_NORM_VALS, 4, 2);
    assert_lie_refused(ONRI_SEC_NORM_KEYS, 0, tiny_sm.norms.keys + 1, 8);
    assert_u32_lie_refused(ONRI_SEC_NORM_WORDS, 4, 0x10000);
    for (size_t at = 4; at < 28; at += 4)
        assert_u32_lie_refused(ONRI_SEC_LEMMA_POS, at, 0xFFFFFFFF);
    assert_lie_refused(ONRI_SEC_LEMMA_POS, 0, &big, 1);
    assert_lie_refused(ONRI_SEC_LEMMA_POS, 1, &big, 1);
    assert_lie_refused(ONRI_SEC_LEMMA_POS, 1, "\0", 1); /* tables that are not there */
    assert_lie_refused(ONRI_SEC_LEMMA_POS, 28, &tiny_sm.lemma[0].pos, 1); /* NOUN twice */
    assert_u32_lie_refused(ONRI_SEC_LEMMA_RULES, 0, 0x7FFFFFFF);
    assert_u32_lie_refused(ONRI_SEC_LEMMA_EXC_VALS, 0, 8);
    assert_u32_lie_refused(ONRI_SEC_LEMMA_LISTS, 24, 2); /* longer than what is left */
    assert_u32_lie_refused(ONRI_SEC_LEMMA_LISTS, 4, 4);
    assert_u32_lie_refused(ONRI_SEC_LEMMA_WORDS, 0, 0xFFFFFFFF);
    assert_lie_refused(ONRI_SEC_LEMMA_INDEX, 8, tiny_sm.lemma[0].index, 8);
}

static void model_file__lies_about_rules(void **state)
{
    (void)state;
    const uint8_t big = 255, two = 2;
    assert_u32_lie_refused(ONRI_SEC_RULER_ENTRIES, 0, 1); /* index behind its one token */
    assert_u32_lie_refused(ONRI_SEC_RULER_ENTRIES, 0, 0xFFFFFFFE);
    for (size_t i = 4; i < 12; i++)
        assert_lie_refused(ONRI_SEC_RULER_ENTRIES, i, i < 9 ? &two : &big, 1);
    assert_u32_lie_refused(ONRI_SEC_RULER_ENTRIES, 12, 0xFFFFFFFF);
    assert_u32_lie_refused(ONRI_SEC_RULER_ENTRIES, 24, 0xFFFFFFFF);
    assert_u32_lie_refused(ONRI_SEC_RULER_ALTS, 0, 5);
    assert_u32_lie_refused(ONRI_SEC_RULER_ALTS, 4, 6);
    assert_u32_lie_refused(ONRI_SEC_RULER_ALTS, 8, 0);
    assert_u32_lie_refused(ONRI_SEC_RULER_SPECS, 0, 8);
    assert_u32_lie_refused(ONRI_SEC_RULER_SPECS, 4, 8);
    assert_lie_refused(ONRI_SEC_RULER_CONDS, 0, "\4", 1);
    assert_lie_refused(ONRI_SEC_RULER_CONDS, 1, "\3", 1); /* REGEX on TAG */
    assert_u32_lie_refused(ONRI_SEC_RULER_CONDS, 4, 5);
    assert_u32_lie_refused(ONRI_SEC_RULER_CONDS, 8, 6);
    assert_lie_refused(ONRI_SEC_RULER_CONDS, 6 * 12 + 2, &two, 1);
    assert_u32_lie_refused(ONRI_SEC_RULER_WORDS, 4, 0xFFFFFF);
    assert_lie_refused(ONRI_SEC_RULER_IDS, 0, &big, 1);
}

static void model_file__unsound_models_are_not_written(void **state)
{
    (void)state;
    onri_buf b = onri_buf_make(ONR_MODEL_MAX);
    onr_error err = ONR_ERROR_INIT;
    onr_model m = tiny_sm;
    float *w = tiny_floats(&(tiny){ .mem = &mem, .seed = 3 }, 96, 1);
    w[95] = (float)NAN;
    m.t2v.conv[2].g = w;
    assert_int_equal(onri_model_pack(&m, &b, &err), ONR_E_MODEL);
    assert_non_null(strstr(err.msg, "encoder"));
    m = tiny_sm;
    m.ner.n_feats = 4;
    assert_int_equal(onri_model_pack(&m, &b, &err), ONR_E_MODEL);
    m = tiny_sm;
    m.credits = ONR_SV("\xFF");
    assert_int_equal(onri_model_pack(&m, &b, &err), ONR_E_MODEL);
    onri_buf_drop(&b);
    b = onri_buf_make(1000);
    assert_int_equal(onri_model_pack(&tiny_sm, &b, &err), ONR_E_LIMIT);
    onri_buf_drop(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(model_file__gives_back_what_was_written),
        cmocka_unit_test(model_file__opens_from_disk),
        cmocka_unit_test(model_file__is_the_same_every_time),
        cmocka_unit_test(model_file__cut_at_any_length),
        cmocka_unit_test(model_file__altered_in_any_section),
        cmocka_unit_test(model_file__foreign),
        cmocka_unit_test(model_file__lies_with_right_checksums),
        cmocka_unit_test(model_file__lies_about_words),
        cmocka_unit_test(model_file__lies_about_rules),
        cmocka_unit_test(model_file__unsound_models_are_not_written),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
