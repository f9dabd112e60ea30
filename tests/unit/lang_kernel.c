/* Every fast kernel against the slow twin: odd numbers of rows, the models' sizes, bits that do not
 * depend on the neighbours of a row, NaN and infinity. */
#include "test.h"

#include <math.h>
#include <stdlib.h>

#include "lang/kernel/kernel.h"

static const size_t row_counts[] = { 0, 1, 7, 8, 9, 63, 64, 65 };
enum { N_COUNTS = sizeof row_counts / sizeof *row_counts, MAX_ROWS = 65, MAX_IN = 672 };

static const struct {
    onr_kernel id;
    const char *name;
} fast[] = { { ONR_KERNEL_PLAIN, "plain" },
             { ONR_KERNEL_AVX2, "avx2" },
             { ONR_KERNEL_AVX512, "avx512" },
             { ONR_KERNEL_NEON, "neon" } };
enum { N_FAST = sizeof fast / sizeof *fast };

/* Tolerances: of a sum of n products of numbers around 1, and of a row after layer norm. */
static double sum_tolerance(size_t n_in)
{
    return 2e-6 * sqrt((double)n_in) + 1e-6;
}
static const double norm_tolerance = 2e-5;

static uint64_t seed = 20240601;
static float noise(void) /* -1 .. 1 */
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (float)((double)(seed >> 40) / (double)(1U << 23) - 1.0);
}
static float *noises(size_t n)
{
    float *p = aligned_alloc(64, (n * sizeof *p + 63) / 64 * 64);
    assert_non_null(p);
    for (size_t i = 0; i < n; i++) p[i] = noise();
    return p;
}

static onri_maxout make_maxout(uint32_t n_in)
{
    float *w = noises((size_t)n_in * ONRI_SUMS);
    return (onri_maxout){ n_in, w, noises(ONRI_SUMS), noises(ONRI_WIDTH), noises(ONRI_WIDTH) };
}
static void drop_maxout(onri_maxout m)
{
    free((void *)(uintptr_t)m.w);
    free((void *)(uintptr_t)m.b);
    free((void *)(uintptr_t)m.g);
    free((void *)(uintptr_t)m.beta);
}
static onri_linear make_linear(uint32_t n_in, uint32_t n_out)
{
    uint32_t n_pad = (n_out + ONRI_PACK - 1) / ONRI_PACK * ONRI_PACK;
    return (onri_linear){ n_in, n_out, n_pad, noises((size_t)n_in * n_pad), noises(n_pad) };
}
static void drop_linear(onri_linear l)
{
    free((void *)(uintptr_t)l.w);
    free((void *)(uintptr_t)l.b);
}

static void assert_near(const float *a, const float *b, size_t n, double tolerance)
{
    for (size_t i = 0; i < n; i++)
        if (!(fabs((double)a[i] - (double)b[i]) <= tolerance))
            fail_msg("output %zu: %.9g, twin %.9g", i, (double)a[i], (double)b[i]);
}

/* Rows of a matrix by pointer. */
typedef struct rows {
    float *at;
    float *row[MAX_ROWS];
} rows;
static rows make_rows(size_t width)
{
    rows r = { noises(MAX_ROWS * width), { 0 } };
    for (size_t i = 0; i < MAX_ROWS; i++) r.row[i] = r.at + i * width;
    return r;
}
#define IN(r) ((const float *const *)(r).row)

typedef void one_test(const onri_kernel *ref, const onri_kernel *k);

/* Run a test on every kernel this machine has, and say which it has not. */
static void on_each(one_test *test, const char *what)
{
#ifdef EXTRA_KERNEL /* lang_kernel_wide.c: only a kernel of its own */
    (void)what;
    test(onri_kernel_ref(), EXTRA_KERNEL);
#else
    for (size_t i = 0; i < N_FAST; i++) {
        const onri_kernel *k = onri_kernel_get(fast[i].id);
        if (k)
            test(onri_kernel_ref(), k);
        else
            print_message("SKIPPED: %s of kernel %s: not on this machine\n", what, fast[i].name);
    }
#endif
}

static void maxout_like_twin(const onri_kernel *ref, const onri_kernel *k)
{
    static const uint32_t widths[] = { 96, 288, 384, 480, 576, 672 };
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        onri_maxout m = make_maxout(widths[i]);
        rows x = make_rows(MAX_IN), res = make_rows(ONRI_WIDTH), want = make_rows(ONRI_WIDTH),
             got = make_rows(ONRI_WIDTH);
        for (size_t c = 0; c < N_COUNTS; c++) {
            const float *const *with = c % 2 ? IN(res) : NULL;
            ref->maxout(&m, row_counts[c], IN(x), with, want.row);
            k->maxout(&m, row_counts[c], IN(x), with, got.row);
            assert_near(got.at, want.at, row_counts[c] * ONRI_WIDTH, norm_tolerance);
        }
        free(x.at);
        free(res.at);
        free(want.at);
        free(got.at);
        drop_maxout(m);
    }
}

/* Six rows each, overlapping as in an encoder; rows of output by pointer. */
static void conv_like_twin(const onri_kernel *ref, const onri_kernel *k)
{
    enum { STEP = ONRI_CONV_ROWS };
    onri_maxout m = make_maxout(3 * ONRI_WIDTH);
    float *w = noises(ONRI_CONV_FLOATS), *x = noises((MAX_ROWS * STEP + 2) * ONRI_WIDTH);
    float *want = noises(MAX_ROWS * STEP * ONRI_WIDTH), *got = noises(MAX_ROWS * STEP * ONRI_WIDTH);
    const onri_conv c = onri_conv_pack(w, &m, k->width);
    const float *in[MAX_ROWS];
    float *to_want[MAX_ROWS][STEP], *to_got[MAX_ROWS][STEP];
    for (size_t i = 0; i < MAX_ROWS; i++) {
        in[i] = x + i * STEP * ONRI_WIDTH;
        for (size_t j = 0; j < STEP; j++) {
            to_want[i][j] = want + (i * STEP + j) * ONRI_WIDTH;
            to_got[i][j] = got + (i * STEP + j) * ONRI_WIDTH;
        }
    }
    for (size_t r = 0; r < N_COUNTS; r++) {
        const size_t n = row_counts[r];
        ref->conv(&c, n, in, (float *const(*)[STEP])to_want);
        k->conv(&c, n, in, (float *const(*)[STEP])to_got);
        assert_near(got, want, n * STEP * ONRI_WIDTH, norm_tolerance);
    }
    for (size_t i = 0; i < MAX_ROWS; i++) { /* the bits of a four do not depend on the others */
        _Alignas(64) float one[STEP][ONRI_WIDTH];
        float *const to[1][STEP] = { { one[0], one[1], one[2], one[3] } };
        k->conv(&c, 1, in + i, to);
        assert_memory_equal(one, to_got[i][0], sizeof one);
    }
    free(w);
    free(x);
    free(want);
    free(got);
    drop_maxout(m);
}

static void sums_like_twin(const onri_kernel *ref, const onri_kernel *k)
{
    onri_maxout m = make_maxout(288);
    rows x = make_rows(96), want = make_rows(ONRI_SUMS), got = make_rows(ONRI_SUMS);
    for (size_t k0 = 0; k0 < 288; k0 += 96)
        for (size_t c = 0; c < N_COUNTS; c++) {
            ref->sums(&m, k0, 96, row_counts[c], IN(x), want.row);
            k->sums(&m, k0, 96, row_counts[c], IN(x), got.row);
            assert_near(got.at, want.at, row_counts[c] * ONRI_SUMS, sum_tolerance(96));
        }
    /* Three partial sums make the whole layer. */
    rows part[3] = { make_rows(ONRI_SUMS), make_rows(ONRI_SUMS), make_rows(ONRI_SUMS) };
    rows wide = make_rows(288), res = make_rows(ONRI_WIDTH), whole = make_rows(ONRI_WIDTH),
         summed = make_rows(ONRI_WIDTH);
    const float *s[MAX_ROWS][3], *x3[MAX_ROWS];
    for (size_t j = 0; j < 3; j++) {
        for (size_t r = 0; r < MAX_ROWS; r++)
            x3[r] = wide.row[r] + j * 96, s[r][j] = part[j].row[r];
        k->sums(&m, j * 96, 96, MAX_ROWS, x3, part[j].row);
    }
    ref->maxout(&m, MAX_ROWS, IN(wide), IN(res), whole.row);
    k->maxout_sums(&m, MAX_ROWS, (const float *const(*)[3])s, IN(res), summed.row);
    assert_near(summed.at, whole.at, MAX_ROWS * ONRI_WIDTH, norm_tolerance);
    ref->maxout_sums(&m, MAX_ROWS, (const float *const(*)[3])s, IN(res), summed.row);
    assert_near(summed.at, whole.at, MAX_ROWS * ONRI_WIDTH, norm_tolerance);
    for (size_t j = 0; j < 3; j++) free(part[j].at);
    free(x.at);
    free(want.at);
    free(got.at);
    free(wide.at);
    free(res.at);
    free(whole.at);
    free(summed.at);
    drop_maxout(m);
}

static void linear_like_twin(const onri_kernel *ref, const onri_kernel *k)
{
    static const uint32_t sizes[][2] = { { 96, 50 },  { 96, 64 }, { 64, 1024 }, { 64, 384 },
                                         { 64, 106 }, { 64, 74 }, { 1, 1 },     { 7, 15 },
                                         { 8, 16 },   { 9, 17 },  { 63, 63 },   { 65, 65 } };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        onri_linear l = make_linear(sizes[i][0], sizes[i][1]);
        size_t ldx = l.n_in + 3, ldy = l.n_pad + 5; /* rows need not lie side by side */
        float *x = noises(MAX_ROWS * ldx), *want = noises(MAX_ROWS * ldy),
              *got = noises(MAX_ROWS * ldy);
        memcpy(got, want, MAX_ROWS * ldy * sizeof *got); /* what is between rows stays */
        for (size_t c = 0; c < N_COUNTS; c++) {
            ref->linear(&l, row_counts[c], x, ldx, want, ldy);
            k->linear(&l, row_counts[c], x, ldx, got, ldy);
            assert_near(got, want, MAX_ROWS * ldy, sum_tolerance(l.n_in));
        }
        if (l.n_pad <= 64 * ONRI_PACK)
            for (uint64_t blocks = 0; blocks < 256; blocks++) { /* one row, chosen outputs */
                float some[1024];
                for (size_t o = 0; o < 1024; o++) some[o] = -7.0F;
                k->scores(&l, x, blocks, some);
                for (size_t o = 0; o < l.n_pad; o++)
                    assert_true(some[o] == (blocks >> (o / ONRI_PACK) & 1 ? got[o] : -7.0F));
            }
        free(x);
        free(want);
        free(got);
        drop_linear(l);
    }
}

static void hidden_like_twin(const onri_kernel *ref, const onri_kernel *k)
{
    rows x = make_rows(ONRI_UNITS2);
    float *b = noises(ONRI_UNITS2);
    for (size_t n = 0; n <= 8; n++) {
        float want[ONRI_HIDDEN], got[ONRI_HIDDEN];
        ref->hidden(n, IN(x), b, want);
        k->hidden(n, IN(x), b, got);
        assert_near(got, want, ONRI_HIDDEN, 2e-6);
    }
    free(b);
    free(x.at);
}

static void same_bits_alone(const onri_kernel *ref, const onri_kernel *k)
{
    (void)ref;
    onri_maxout m = make_maxout(288);
    onri_linear l = make_linear(64, 100);
    rows x = make_rows(288), all = make_rows(ONRI_WIDTH), sums = make_rows(ONRI_SUMS);
    float *y = noises(MAX_ROWS * l.n_pad);
    k->maxout(&m, MAX_ROWS, IN(x), IN(x), all.row);
    k->sums(&m, 96, 96, MAX_ROWS, IN(x), sums.row);
    k->linear(&l, MAX_ROWS, x.at, 288, y, l.n_pad);
    for (size_t r = 0; r < MAX_ROWS; r++) {
        _Alignas(64) float one[ONRI_SUMS];
        float *to = one;
        k->maxout(&m, 1, IN(x) + r, IN(x) + r, &to);
        assert_memory_equal(one, all.row[r], ONRI_WIDTH * sizeof *one);
        k->sums(&m, 96, 96, 1, IN(x) + r, &to);
        assert_memory_equal(one, sums.row[r], ONRI_SUMS * sizeof *one);
        k->linear(&l, 1, x.row[r], 288, one, l.n_pad);
        assert_memory_equal(one, y + r * l.n_pad, l.n_pad * sizeof *one);
        k->scores(&l, x.row[r], ~(uint64_t)0, one);
        assert_memory_equal(one, y + r * l.n_pad, l.n_pad * sizeof *one);
    }
    free(x.at);
    free(all.at);
    free(sums.at);
    free(y);
    drop_maxout(m);
    drop_linear(l);
}

static void best_like_twin(const onri_kernel *ref, const onri_kernel *k)
{
    float s[130];
    for (size_t n = 1; n <= 130; n++)
        for (int trial = 0; trial < 20; trial++) {
            for (size_t i = 0; i < n; i++) s[i] = floorf(noise() * 5.0F); /* many ties */
            if (trial > 14) s[(size_t)trial % n] = NAN;
            if (trial > 17) s[n - 1] = INFINITY;
            assert_int_equal(k->best(s, n), ref->best(s, n));
        }
    for (size_t i = 0; i < 130; i++) s[i] = -INFINITY;
    assert_int_equal(k->best(s, 130), 0);
    for (size_t i = 0; i < 130; i++) s[i] = NAN;
    assert_int_equal(k->best(s, 130), 0);
    assert_int_equal(ref->best(s, 130), 0);
}

/* A broken row stays a broken row: NaN and infinity do not reach its neighbours. */
static void poison_stays_in_its_row(const onri_kernel *ref, const onri_kernel *k)
{
    (void)ref;
    static const float poison[] = { NAN, INFINITY, -INFINITY };
    onri_maxout m = make_maxout(288);
    rows x = make_rows(288), clean = make_rows(ONRI_WIDTH), y = make_rows(ONRI_WIDTH);
    k->maxout(&m, 9, IN(x), NULL, clean.row);
    for (size_t i = 0; i < 3; i++)
        for (size_t bad = 0; bad < 9; bad++) {
            float was = x.row[bad][17];
            x.row[bad][17] = poison[i];
            k->maxout(&m, 9, IN(x), NULL, y.row);
            x.row[bad][17] = was;
            for (size_t r = 0; r < 9; r++)
                if (r != bad)
                    assert_memory_equal(y.row[r], clean.row[r], ONRI_WIDTH * sizeof(float));
            bool finite = true;
            for (size_t o = 0; o < ONRI_WIDTH; o++) finite = finite && isfinite(y.row[bad][o]);
            if (i > 0) assert_false(finite); /* infinity cannot become a likely-looking row */
        }
    free(x.at);
    free(clean.at);
    free(y.at);
    drop_maxout(m);
}

static void kernel__maxout_layers_equal_the_slow_twin(void **state)
{
    (void)state;
    on_each(maxout_like_twin, "maxout");
}
static void kernel__convolutions_equal_the_slow_twin(void **state)
{
    (void)state;
    on_each(conv_like_twin, "convolution");
}
static void kernel__partial_sums_equal_the_slow_twin(void **state)
{
    (void)state;
    on_each(sums_like_twin, "sums");
}
static void kernel__affine_layers_equal_the_slow_twin(void **state)
{
    (void)state;
    on_each(linear_like_twin, "affine");
}
static void kernel__hidden_units_equal_the_slow_twin(void **state)
{
    (void)state;
    on_each(hidden_like_twin, "hidden");
}
static void kernel__bits_of_a_row_do_not_depend_on_its_neighbours(void **state)
{
    (void)state;
    on_each(same_bits_alone, "row bits");
}
static void kernel__best_is_the_first_of_the_greatest(void **state)
{
    (void)state;
    on_each(best_like_twin, "best");
}
static void kernel__nan_and_infinity_stay_in_their_row(void **state)
{
    (void)state;
    on_each(poison_stays_in_its_row, "poison");
}
static void kernel__auto_gives_one_the_machine_has(void **state)
{
    (void)state;
    const onri_kernel *k = onri_kernel_get(ONR_KERNEL_AUTO);
    assert_non_null(k);
    assert_ptr_equal(k, onri_kernel_get(k->id));
    assert_int_not_equal(k->id, ONR_KERNEL_REF);
    assert_null(onri_kernel_get((onr_kernel)99));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kernel__maxout_layers_equal_the_slow_twin),
        cmocka_unit_test(kernel__convolutions_equal_the_slow_twin),
        cmocka_unit_test(kernel__partial_sums_equal_the_slow_twin),
        cmocka_unit_test(kernel__affine_layers_equal_the_slow_twin),
        cmocka_unit_test(kernel__hidden_units_equal_the_slow_twin),
        cmocka_unit_test(kernel__bits_of_a_row_do_not_depend_on_its_neighbours),
        cmocka_unit_test(kernel__best_is_the_first_of_the_greatest),
        cmocka_unit_test(kernel__nan_and_infinity_stay_in_their_row),
        cmocka_unit_test(kernel__auto_gives_one_the_machine_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
