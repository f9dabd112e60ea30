/* The network as a whole, on random weights: the same decisions whatever was run before, however
 * documents are grouped, with any memo and any kernel; no allocation once it is warm. */
#include "test.h"

#include <math.h>
#include <stdlib.h>

#include "lang/encode.h"
#include "lang/net.h"
#include "lang/kernel/kernel.h"
#include "net_model.h"

enum { MEM = 256 * 1024 * 1024 };

static onri_net *new_net(const onr_model *model, onr_kernel kernel, uint32_t memo)
{
    onri_net *net = NULL;
    onr_error err = ONR_ERROR_INIT;
    if (onri_net_new(model, kernel, memo, &net, &err) != ONR_OK) fail_msg("%s", err.msg);
    return net;
}

static onri_net_out run(onri_net *net, onr_arena *mem, const onri_net_token *tok,
                        const uint32_t *start, uint32_t n_docs)
{
    onri_net_out out = { 0 };
    onr_error err = ONR_ERROR_INIT;
    const onri_net_in in = { tok, start, n_docs };
    if (onri_net_run(net, &in, mem, &out, &err) != ONR_OK) fail_msg("%s", err.msg);
    return out;
}

static void assert_same(const onri_net_out *a, const onri_net_out *b)
{
    assert_int_equal(a->n, b->n);
    assert_int_equal(a->n_ents, b->n_ents);
    if (a->n == 0) return;
    const size_t words = a->n * sizeof(uint32_t);
    assert_memory_equal(a->tag, b->tag, a->n);
    assert_memory_equal(a->dep, b->dep, a->n);
    assert_memory_equal(a->sent_start, b->sent_start, a->n);
    assert_memory_equal(a->head, b->head, words);
    assert_memory_equal(a->l_edge, b->l_edge, words);
    assert_memory_equal(a->r_edge, b->r_edge, words);
    for (uint32_t i = 0; i < a->n_ents; i++) {
        assert_int_equal(a->ents[i].beg, b->ents[i].beg);
        assert_int_equal(a->ents[i].end, b->ents[i].end);
        assert_int_equal(a->ents[i].label, b->ents[i].label);
    }
}

/* Documents of odd lengths, those around a block's and a long one among them. */
static const uint32_t lengths[] = { 0,
                                    1,
                                    2,
                                    3,
                                    4,
                                    5,
                                    7,
                                    8,
                                    9,
                                    0,
                                    28,
                                    63,
                                    64,
                                    65,
                                    1,
                                    1,
                                    1,
                                    200,
                                    ONRI_STRETCH_MAX - 1,
                                    ONRI_STRETCH_MAX,
                                    ONRI_STRETCH_MAX + 1,
                                    31,
                                    2 * ONRI_STRETCH_MAX + 5,
                                    0,
                                    6 };
enum { N_DOCS = sizeof lengths / sizeof *lengths };

typedef struct fixture {
    onr_arena mem;
    onr_model *model;
    uint32_t start[N_DOCS + 1];
    onri_net_token *tok;
} fixture;

static fixture set_up(bool vectors, uint64_t seed)
{
    fixture f = { .mem = onr_arena_make(MEM) };
    f.model = net_model(&f.mem, seed, vectors);
    for (size_t d = 0; d < N_DOCS; d++) f.start[d + 1] = f.start[d] + lengths[d];
    net_random r = { seed + 1 };
    f.tok = net_tokens(&r, &f.mem, f.start[N_DOCS], NET_TYPES);
    assert_non_null(f.model);
    assert_non_null(f.tok);
    return f;
}

static void net__grouping_and_memo_do_not_matter(void **state)
{
    (void)state;
    for (int vectors = 0; vectors < 2; vectors++) {
        fixture f = set_up(vectors == 1, 5);
        onri_net *small = new_net(f.model, ONR_KERNEL_AUTO, 1);
        onri_net *large = new_net(f.model, ONR_KERNEL_AUTO, 100000);
        onri_net_out whole = run(small, &f.mem, f.tok, f.start, N_DOCS);
        onri_net_out warm = run(small, &f.mem, f.tok, f.start, N_DOCS);
        onri_net_out other = run(large, &f.mem, f.tok, f.start, N_DOCS);
        assert_same(&whole, &warm);
        assert_same(&whole, &other);
        /* The bits of the rows, too: memo cold and warm, small and large. */
        const size_t floats = (size_t)whole.n * ONRI_WIDTH;
        float *a = ONRI_NEW_N(&f.mem, floats, float), *b = ONRI_NEW_N(&f.mem, floats, float);
        const onri_net_in in = { f.tok, f.start, N_DOCS };
        for (int e = 0; e < 2; e++) {
            assert_int_equal(onri_net_encode(small, (onri_net_encoder)e, &in, a, NULL), ONR_OK);
            assert_int_equal(onri_net_encode(large, (onri_net_encoder)e, &in, b, NULL), ONR_OK);
            assert_memory_equal(a, b, floats * sizeof *a);
        }
        /* Every document alone, backwards. */
        uint32_t ents = 0;
        for (uint32_t d = N_DOCS; d-- > 0;) {
            const uint32_t own[2] = { 0, lengths[d] }, at = f.start[d];
            onri_net_out one = run(small, &f.mem, f.tok + at, own, 1);
            for (uint32_t t = 0; t < one.n; t++) {
                assert_int_equal(one.tag[t], whole.tag[at + t]);
                assert_int_equal(one.dep[t], whole.dep[at + t]);
                assert_int_equal(one.head[t] + at, whole.head[at + t]);
                assert_int_equal(one.l_edge[t] + at, whole.l_edge[at + t]);
                assert_int_equal(one.r_edge[t] + at, whole.r_edge[at + t]);
                assert_int_equal(one.sent_start[t], whole.sent_start[at + t]);
            }
            ents += one.n_ents;
        }
        assert_int_equal(ents, whole.n_ents);
        onri_net_free(small);
        onri_net_free(large);
        onr_arena_drop(&f.mem);
    }
}

static void net__all_kernels_decide_alike(void **state)
{
    (void)state;
    enum { FEW = 18 }; /* documents: the twin takes its time */
    for (uint64_t seed = 1; seed <= 2; seed++) {
        fixture f = set_up(seed == 2, 10 * seed);
        onri_net *ref = new_net(f.model, ONR_KERNEL_REF, 0);
        onri_net_out want = run(ref, &f.mem, f.tok, f.start, FEW);
        for (int k = ONR_KERNEL_PLAIN; k <= ONR_KERNEL_NEON; k++) {
            if (!onri_kernel_get((onr_kernel)k)) {
                print_message("SKIPPED: decisions of kernel %d: not on this machine\n", k);
                continue;
            }
            onri_net *net = new_net(f.model, (onr_kernel)k, 0);
            assert_int_equal(onri_net_kernel(net), k);
            onri_net_out got = run(net, &f.mem, f.tok, f.start, FEW);
            assert_same(&want, &got);
            onri_net_free(net);
        }
        onri_net_free(ref);
        onr_arena_drop(&f.mem);
    }
}

static void net__output_is_well_formed(void **state)
{
    (void)state;
    fixture f = set_up(false, 42);
    onri_net *net = new_net(f.model, ONR_KERNEL_AUTO, 0);
    onri_net_out out = run(net, &f.mem, f.tok, f.start, N_DOCS);
    assert_true(out.n_ents > 0);
    for (uint32_t d = 0; d < N_DOCS; d++)
        for (uint32_t t = f.start[d]; t < f.start[d + 1]; t++) {
            assert_true(out.head[t] >= f.start[d] && out.head[t] < f.start[d + 1]);
            assert_true(out.l_edge[t] >= f.start[d] && out.l_edge[t] <= t);
            assert_true(out.r_edge[t] >= t && out.r_edge[t] < f.start[d + 1]);
            assert_true(out.head[t] != t || out.dep[t] == ONR_DEP_ROOT);
            if (t == f.start[d]) assert_int_equal(out.sent_start[t], 1);
        }
    uint32_t d = 0, last = 0;
    for (uint32_t i = 0; i < out.n_ents; i++) {
        const onri_net_ent *e = &out.ents[i];
        assert_true(e->beg >= last && e->end > e->beg && e->label > 0);
        while (f.start[d + 1] <= e->beg) d++;
        assert_true(e->end <= f.start[d + 1]);
        for (uint32_t t = e->beg + 1; t < e->end; t++) assert_int_equal(out.sent_start[t], 0);
        assert_int_equal(f.tok[e->beg].feat[ONRI_FEAT_IS_SPACE], 0);
        last = e->end;
    }
    onri_net_free(net);
    onr_arena_drop(&f.mem);
}

/* The encoder by the book: zero rows around the document, plain loops, no memo, no stretches. */
static void encode_by_the_book(const onr_model *m, const onri_tok2vec *t2v,
                               const onri_net_token *tok, uint32_t n, double *out)
{
    enum { PAD = 4 };
    const size_t rows = n + 2 * PAD;
    double *x = calloc(rows * ONRI_WIDTH, sizeof *x), *y = calloc(rows * ONRI_WIDTH, sizeof *y);
    assert_true(x && y);
    for (int layer = -1; layer < ONRI_DEPTH; layer++) {
        const onri_maxout *w = layer < 0 ? &t2v->mixer : &t2v->conv[layer];
        for (size_t r = layer < 0 ? PAD : 0; r < (layer < 0 ? rows - PAD : rows); r++) {
            double in[7 * ONRI_WIDTH] = { 0 }, z[ONRI_WIDTH], mean = 0, var = 0;
            for (uint32_t c = 0; layer < 0 && c < t2v->n_cols; c++) {
                uint32_t key[4];
                onri_hash_keys(tok[r - PAD].feat[t2v->col[c].feature], t2v->col[c].seed, key);
                for (size_t j = 0; j < 4; j++)
                    for (size_t i = 0; i < ONRI_WIDTH; i++)
                        in[c * ONRI_WIDTH + i] +=
                            (double)t2v->col[c].E[key[j] % t2v->col[c].rows * ONRI_WIDTH + i];
            }
            uint32_t v = layer < 0 && t2v->vectors
                             ? onri_table64_get(&m->vector_keys, tok[r - PAD].orth)
                             : ONR_NONE;
            for (size_t i = 0; v != ONR_NONE && i < ONRI_WIDTH; i++)
                in[t2v->n_cols * ONRI_WIDTH + i] = (double)t2v->vectors[v * ONRI_WIDTH + i];
            for (size_t j = 0; layer >= 0 && j < 3; j++)
                for (size_t i = 0; r + j >= 1 && r + j - 1 < rows && i < ONRI_WIDTH; i++)
                    in[j * ONRI_WIDTH + i] = x[(r + j - 1) * ONRI_WIDTH + i];
            for (size_t o = 0; o < ONRI_WIDTH; o++) {
                z[o] = -INFINITY;
                for (size_t p = 0; p < ONRI_PIECES; p++) {
                    double s = (double)w->b[p * ONRI_WIDTH + o];
                    for (size_t k = 0; k < w->n_in; k++)
                        s += in[k] * (double)w->w[((o / 16 * w->n_in + k) * 3 + p) * 16 + o % 16];
                    if (s > z[o]) z[o] = s;
                }
                mean += z[o] / ONRI_WIDTH;
            }
            for (size_t o = 0; o < ONRI_WIDTH; o++) var += (z[o] - mean) * (z[o] - mean);
            for (size_t o = 0; o < ONRI_WIDTH; o++)
                y[r * ONRI_WIDTH + o] =
                    x[r * ONRI_WIDTH + o] +
                    (z[o] - mean) / sqrt(var / ONRI_WIDTH + 1e-8) * (double)w->g[o] +
                    (double)w->beta[o];
        }
        memcpy(x, y, rows * ONRI_WIDTH * sizeof *x);
    }
    memcpy(out, x + PAD * ONRI_WIDTH, (size_t)n * ONRI_WIDTH * sizeof *out);
    free(x);
    free(y);
}

static void encode__equals_the_book(void **state)
{
    (void)state;
    static const uint32_t sizes[] = { 0, 1, 2, 3, 4, 5, 7, 8, 9, 30, ONRI_STRETCH_MAX + 3 };
    for (int vectors = 0; vectors < 2; vectors++) {
        fixture f = set_up(vectors == 1, 99);
        onri_net *net = new_net(f.model, ONR_KERNEL_AUTO, 0);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            if (vectors && sizes[i] > ONRI_STRETCH_MAX) continue; /* once is enough: it is slow */
            const uint32_t n = sizes[i], start[2] = { 0, n };
            const onri_net_in in = { f.tok, start, 1 };
            const size_t floats = (size_t)n * ONRI_WIDTH;
            float *got = calloc(floats + 1, sizeof *got);
            double *want = calloc(floats + 1, sizeof *want);
            for (int e = 0; e < 2; e++) {
                assert_int_equal(onri_net_encode(net, (onri_net_encoder)e, &in, got, NULL), ONR_OK);
                encode_by_the_book(f.model, e ? &f.model->ner_t2v : &f.model->t2v, f.tok, n, want);
                for (size_t j = 0; j < floats; j++)
                    assert_true(fabs((double)got[j] - want[j]) <= 1e-4);
            }
            free(got);
            free(want);
        }
        onri_net_free(net);
        onr_arena_drop(&f.mem);
    }
}

static void encode__hash_keys_are_thincs(void **state)
{
    (void)state;
    static const struct {
        uint64_t id;
        uint32_t seed, key[4];
    } cases[] = {
        { 7425985699627899538U, 8, { 2332737498U, 1315472909U, 1351622599U, 1973209364U } },
        { 1, 12, { 2938686206U, 2291508213U, 2246688320U, 3554967022U } },
        { 101, 11, { 1763378230U, 3759297338U, 627086936U, 2342724702U } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t key[4];
        onri_hash_keys(cases[i].id, cases[i].seed, key);
        assert_memory_equal(key, cases[i].key, sizeof key);
    }
}

static void memo__evicts_but_never_what_a_block_uses(void **state)
{
    (void)state;
    onri_memo m;
    enum { MAX = 40, BLOCK = 30, KEYS = 90 };
    assert_true(onri_memo_make(&m, MAX));
    net_random r = { 3 };
    float sum[KEYS] = { 0 };
    for (int round = 0; round < 2000; round++) {
        uint32_t used[BLOCK], key_of[BLOCK];
        onri_memo_next_block(&m);
        for (int i = 0; i < BLOCK; i++) {
            const uint32_t k = net_below(&r, KEYS);
            const onri_memo_key key = { { k % 7, k, 0, k / 9, 0 }, k % 4 };
            bool is_new = false;
            used[i] = onri_memo_take(&m, &key, &is_new);
            key_of[i] = k;
            if (is_new) m.rows[used[i]].x[0] = sum[k] = (float)(k + 1);
        }
        for (int i = 0; i < BLOCK; i++) assert_true(m.rows[used[i]].x[0] == sum[key_of[i]]);
    }
    assert_true(m.hits > 0 && m.misses > KEYS); /* it did forget, and did remember */
    onri_memo_drop(&m);
}

static void net__runs_without_allocating_once_warm(void **state)
{
    (void)state;
    fixture f = set_up(false, 7);
    onri_net *net = new_net(f.model, ONR_KERNEL_AUTO, 0);
    onri_net_out first = run(net, &f.mem, f.tok, f.start, N_DOCS), out = { 0 };
    onr_arena mem = onr_arena_make(MEM);
    const onri_net_in in = { f.tok, f.start, N_DOCS };
    /* While a failure is ordered the arena asks the heap for every piece: six arrays of output, and
     * one each time the list of entities doubles. The network itself asks for nothing. */
    uint64_t pieces = 6;
    for (uint32_t cap = 0; cap < first.n_ents; cap = cap ? 2 * cap : 8) pieces++;
    onri_heap_fail_at(UINT64_MAX);
    onr_status st = onri_net_run(net, &in, &mem, &out, NULL);
    const uint64_t asked = UINT64_MAX - onri_heap_fail_at(0);
    assert_int_equal(st, ONR_OK);
    assert_int_equal(asked, pieces);
    assert_same(&first, &out);
    onr_arena_drop(&mem);
    onri_net_free(net);
    onr_arena_drop(&f.mem);
}

static void net__failed_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    fixture f = set_up(false, 8);
    uint64_t nth = 1;
    for (;; nth++) { /* making the net, failing at every allocation in turn */
        onri_net *net = NULL;
        onri_heap_fail_at(nth);
        onr_status st = onri_net_new(f.model, ONR_KERNEL_AUTO, 0, &net, NULL);
        onri_heap_fail_at(0);
        if (st == ONR_OK) {
            onri_net_free(net);
            break;
        }
        assert_int_equal(st, ONR_E_NOMEM);
        assert_null(net);
    }
    assert_true(nth > 5);
    onri_net *net = new_net(f.model, ONR_KERNEL_AUTO, 0);
    const onri_net_in in = { f.tok, f.start, N_DOCS };
    onri_net_out want = run(net, &f.mem, f.tok, f.start, N_DOCS), got = { 0 };
    onri_net_free(net);
    net = new_net(f.model, ONR_KERNEL_AUTO, 0);
    for (nth = 1;; nth++) {
        onr_arena mem = onr_arena_make(MEM);
        onri_heap_fail_at(nth);
        onr_status st = onri_net_run(net, &in, &mem, &got, NULL);
        onri_heap_fail_at(0);
        if (st == ONR_OK) {
            assert_same(&want, &got);
            onr_arena_drop(&mem);
            break;
        }
        assert_int_equal(st, ONR_E_NOMEM);
        assert_int_equal(got.n, 0); /* untouched */
        assert_int_equal(mem.used, 0);
        onr_arena_drop(&mem);
    }
    assert_true(nth > 2);
    onr_arena tight = onr_arena_make(4096);
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onri_net_run(net, &in, &tight, &got, &err), ONR_E_LIMIT);
    onr_arena_drop(&tight);
    onri_net_free(net);
    onr_arena_drop(&f.mem);
}

static void net__moves_that_cannot_end_are_refused(void **state)
{
    (void)state;
    fixture f = set_up(false, 9);
    onri_net *net = NULL;
    onr_model bad = *f.model;
    bad.parser.n_moves--; /* no BREAK */
    assert_int_equal(onri_net_new(&bad, ONR_KERNEL_AUTO, 0, &net, NULL), ONR_E_MODEL);
    bad = *f.model;
    bad.ner.n_moves--; /* no O */
    assert_int_equal(onri_net_new(&bad, ONR_KERNEL_AUTO, 0, &net, NULL), ONR_E_MODEL);
    assert_null(net);
    onr_arena_drop(&f.mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encode__hash_keys_are_thincs),
        cmocka_unit_test(encode__equals_the_book),
        cmocka_unit_test(memo__evicts_but_never_what_a_block_uses),
        cmocka_unit_test(net__grouping_and_memo_do_not_matter),
        cmocka_unit_test(net__all_kernels_decide_alike),
        cmocka_unit_test(net__output_is_well_formed),
        cmocka_unit_test(net__runs_without_allocating_once_warm),
        cmocka_unit_test(net__failed_memory_leaves_nothing_behind),
        cmocka_unit_test(net__moves_that_cannot_end_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
