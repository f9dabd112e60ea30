/* The encoder: hashed embeddings, mixer, four convolution layers (spaCy's MultiHashEmbed and
 * MaxoutWindowEncoder).
 *
 * Each layer adds to a row what it makes of the row and its two neighbours. spaCy puts four zero
 * rows on both sides of a document and lets them through the layers like tokens; row t after layer
 * 4 sees rows t-3 .. t+3 after layer 1. So a stretch of a document carries three rows more on both
 * sides: tokens where the document has some, pad rows where not. That makes a document's rows the
 * same whether it is encoded as one, in stretches, or beside others.
 *
 * The mixer's output and the three products of layer 1 depend on the word type alone: they are
 * remembered (memo.c). Layer 1 is then three additions, layers 2 to 4 are the work; they go four
 * rows at a time (kernel/conv.c), counted from the first row a stretch needs.
 * Source: own, after the description of spaCy 3.8 / thinc 8.3 (MIT). */
#include "lang/encode.h"

/* ---- hashed embeddings ---------------------------------------------------------------------- */

static uint64_t rotl(uint64_t x, int r)
{
    return x << r | x >> (64 - r);
}

static uint64_t fmix64(uint64_t k)
{
    k ^= k >> 33;
    k *= 0xff51afd7ed558ccdU;
    k ^= k >> 33;
    k *= 0xc4ceb9fe1a85ec53U;
    return k ^ k >> 33;
}

void onri_hash_keys(uint64_t id, uint32_t seed, uint32_t key[4])
{
    uint64_t h1 = rotl(id * 0x87c37b91114253d5U, 31) * 0x4cf5ad432745937fU;
    uint64_t h2 = seed ^ 8U;
    h1 ^= seed;
    h1 ^= 8;
    h1 += h2;
    h2 += h1;
    h1 = fmix64(h1);
    h2 = fmix64(h2);
    h1 += h2;
    h2 += h1;
    key[0] = (uint32_t)h1;
    key[1] = (uint32_t)(h1 >> 32);
    key[2] = (uint32_t)h2;
    key[3] = (uint32_t)(h2 >> 32);
}

/* out = sum of the four rows the keys choose, in their order. */
static void embed(const onri_hashcol *col, uint64_t id, float *out)
{
    uint32_t key[4];
    onri_hash_keys(id, col->seed, key);
    const float *a = col->E + (size_t)(key[0] % col->rows) * ONRI_WIDTH;
    const float *b = col->E + (size_t)(key[1] % col->rows) * ONRI_WIDTH;
    const float *c = col->E + (size_t)(key[2] % col->rows) * ONRI_WIDTH;
    const float *d = col->E + (size_t)(key[3] % col->rows) * ONRI_WIDTH;
    for (size_t i = 0; i < ONRI_WIDTH; i++) out[i] = ((a[i] + b[i]) + c[i]) + d[i];
}

/* Input of the mixer: the embedded columns one after the other, static vectors last. */
static void gather(const onri_encoder *e, const onri_net_token *tok, float *out)
{
    for (uint32_t c = 0; c < e->t2v->n_cols; c++, out += ONRI_WIDTH)
        embed(&e->t2v->col[c], tok->feat[e->t2v->col[c].feature], out);
    if (!e->t2v->vectors) return;
    uint32_t row = onri_table64_get(e->vector_keys, tok->orth);
    if (row == ONR_NONE) {
        memset(out, 0, ONRI_WIDTH * sizeof *out);
    } else {
        memcpy(out, e->t2v->vectors + (size_t)row * ONRI_WIDTH, ONRI_WIDTH * sizeof *out);
    }
}

/* ---- word types ----------------------------------------------------------------------------- */

static onri_memo_key key_of(const onri_encoder *e, const onri_net_token *tok)
{
    onri_memo_key key = { 0 };
    for (uint32_t c = 0; c < e->t2v->n_cols; c++) {
        onri_feature f = e->t2v->col[c].feature;
        if (f <= ONRI_FEAT_SHAPE) {
            key.id[f] = tok->feat[f];
        } else {
            key.flags |= (uint64_t)(tok->feat[f] != 0) << (f - ONRI_FEAT_SPACY);
        }
    }
    if (e->t2v->vectors) key.id[4] = tok->orth;
    return key;
}

/* Fill the rows of `n` new entries. */
static void mix(onri_encoder *e, const onri_net_token *tok, const uint32_t *entry,
                const uint32_t *token, size_t n)
{
    const onri_maxout *mixer = &e->t2v->mixer, *first = &e->t2v->conv[0];
    for (size_t at = 0; at < n; at += ONRI_MIX_BATCH) {
        size_t batch = n - at < ONRI_MIX_BATCH ? n - at : ONRI_MIX_BATCH;
        const float *in[ONRI_MIX_BATCH], *x[ONRI_MIX_BATCH];
        float *y[ONRI_MIX_BATCH], *part[3][ONRI_MIX_BATCH];
        for (size_t i = 0; i < batch; i++) {
            float *to = e->mix + i * mixer->n_in;
            gather(e, &tok[token[at + i]], to);
            onri_memo_row *row = &e->memo.rows[entry[at + i]];
            in[i] = to;
            y[i] = row->x;
            x[i] = row->x;
            part[0][i] = row->left;
            part[1][i] = row->self;
            part[2][i] = row->right;
        }
        e->kernel->maxout(mixer, batch, in, NULL, y);
        for (size_t j = 0; j < 3; j++)
            e->kernel->sums(first, j * ONRI_WIDTH, ONRI_WIDTH, batch, x, part[j]);
    }
}

/* ---- a block -------------------------------------------------------------------------------- */

/* First and one past the last token whose type a stretch needs: layer 1 of its outermost rows. */
static uint32_t near_beg(const onri_stretch *s)
{
    uint32_t room = s->beg - s->doc_beg;
    return s->beg - (room < ONRI_HALO + 1 ? room : ONRI_HALO + 1);
}
static uint32_t near_end(const onri_stretch *s)
{
    uint32_t room = s->doc_end - s->end;
    return s->end + (room < ONRI_HALO + 1 ? room : ONRI_HALO + 1);
}

/* Memo entries of all tokens near the stretches, one after the other. */
static void take_types(onri_encoder *e, const onri_net_token *tok, const onri_stretch *s, size_t n)
{
    size_t n_types = 0, n_fresh = 0;
    onri_memo_next_block(&e->memo);
    for (size_t i = 0; i < n; i++)
        for (uint32_t t = near_beg(&s[i]), end = near_end(&s[i]); t < end; t++) {
            onri_memo_key key = key_of(e, &tok[t]);
            bool is_new = false;
            uint32_t entry = onri_memo_take(&e->memo, &key, &is_new);
            ONR_ASSERT(n_types < sizeof e->types / sizeof *e->types);
            e->types[n_types++] = entry;
            if (!is_new) continue;
            e->fresh[n_fresh] = entry;
            e->fresh_token[n_fresh++] = t;
        }
    mix(e, tok, e->fresh, e->fresh_token, n_fresh);
}

/* Layer 1 of all rows of the stretches into e->rows[0]. Returns the number of rows. */
static size_t first_layer(onri_encoder *e, const onri_stretch *s, size_t n)
{
    static const float zero[ONRI_SUMS];
    size_t n_rows = 0, n_calc = 0, types_at = 0;
    for (size_t i = 0; i < n; i++) {
        /* Signed: pad rows stand before the document's first token. */
        int64_t beg = near_beg(&s[i]), end = near_end(&s[i]);
        const uint32_t *type = e->types + types_at;
        for (int64_t t = (int64_t)s[i].beg - ONRI_HALO; t < (int64_t)s[i].end + ONRI_HALO; t++) {
            float *out = e->rows[0] + n_rows++ * ONRI_WIDTH;
            if (t + 1 < beg || t - 1 >= end) {
                memcpy(out, e->far, sizeof e->far);
                continue;
            }
            const onri_memo_row *rows = e->memo.rows;
            bool before = t - 1 >= beg, here = t >= beg && t < end, after = t + 1 < end;
            e->sums[n_calc][0] = before ? rows[type[t - 1 - beg]].left : zero;
            e->sums[n_calc][1] = here ? rows[type[t - beg]].self : zero;
            e->sums[n_calc][2] = after ? rows[type[t + 1 - beg]].right : zero;
            e->res[n_calc] = here ? rows[type[t - beg]].x : zero;
            e->out[n_calc++] = out;
        }
        types_at += (size_t)(end - beg);
    }
    e->kernel->maxout_sums(&e->t2v->conv[0], n_calc, (const float *const(*)[3])e->sums, e->res,
                           e->out);
    return n_rows;
}

/* Layer `layer` (1 to 3, counting from 0) of the rows that the layers above it still need, in
 * fours from the stretch's first row on. The last four of a stretch may reach past what it has:
 * they then read a copy that ends in zeros, so that nothing of another document comes near. */
static void next_layer(onri_encoder *e, uint32_t layer, const onri_stretch *s, size_t n)
{
    const float *from = e->rows[(layer + 1) % 2];
    float *to = e->rows[layer % 2];
    size_t fours = 0;
    for (size_t i = 0; i < n; i++) {
        const size_t beg = s[i].row - ONRI_HALO + layer;
        const size_t end = s[i].row + (s[i].end - s[i].beg) + ONRI_HALO - layer;
        for (size_t r = beg; r < end; r += ONRI_CONV_ROWS, fours++) {
            const size_t has = end + 1 - (r - 1); /* input rows from the left neighbour on */
            e->in[fours] = from + (r - 1) * ONRI_WIDTH;
            if (has < ONRI_CONV_IN) {
                float *tail = e->tails + i * ONRI_CONV_IN * ONRI_WIDTH;
                memcpy(tail, e->in[fours], has * ONRI_WIDTH * sizeof *tail);
                memset(tail + has * ONRI_WIDTH, 0,
                       (ONRI_CONV_IN - has) * ONRI_WIDTH * sizeof *tail);
                e->in[fours] = tail;
            }
            for (size_t j = 0; j < ONRI_CONV_ROWS; j++)
                e->out4[fours][j] = r + j < end ? to + (r + j) * ONRI_WIDTH : e->spare;
        }
    }
    e->kernel->conv(&e->conv[layer], fours, e->in, (float *const(*)[ONRI_CONV_ROWS])e->out4);
}

const float *onri_encode(onri_encoder *e, const onri_net_token *tok, onri_stretch *s, size_t n)
{
    uint32_t row = 0;
    for (size_t i = 0; i < n; i++) {
        s[i].row = row + ONRI_HALO;
        row += onri_stretch_rows(s[i].end - s[i].beg);
    }
    ONR_ASSERT(row <= ONRI_BLOCK);
    take_types(e, tok, s, n);
    first_layer(e, s, n);
    for (uint32_t layer = 1; layer < ONRI_DEPTH; layer++) next_layer(e, layer, s, n);
    return e->rows[(ONRI_DEPTH - 1) % 2];
}

/* ---- making --------------------------------------------------------------------------------- */

_Static_assert(ONRI_DEPTH == ONRI_HALO + 1, "each layer above the first takes one row off a side");
_Static_assert(sizeof(onri_memo_row) % 64 == 0, "rows of the memo stay aligned");

bool onri_encoder_make(onri_encoder *e, const onr_model *model, const onri_tok2vec *t2v,
                       const onri_kernel *kernel, uint32_t memo)
{
    static const float zero[ONRI_SUMS];
    *e = (onri_encoder){ .t2v = t2v, .kernel = kernel, .vector_keys = &model->vector_keys };
    /* A stretch of n tokens needs the types of at most n + 8, and takes n + 6 rows. */
    if (memo < 2 * ONRI_BLOCK) memo = 2 * ONRI_BLOCK;
    const size_t rows = (size_t)ONRI_BLOCK * ONRI_WIDTH;
    const size_t mix_in = (size_t)ONRI_MIX_BATCH * t2v->mixer.n_in;
    const size_t tails = (size_t)ONRI_STRETCHES_MAX * ONRI_CONV_IN * ONRI_WIDTH;
    const size_t conv = (size_t)(ONRI_DEPTH - 1) * ONRI_CONV_FLOATS;
    e->heap = onri_heap_alloc((conv + 2 * rows + tails + mix_in) * sizeof(float) + 64);
    if (!e->heap || !onri_memo_make(&e->memo, memo)) {
        onri_encoder_drop(e);
        return false;
    }
    float *at = (float *)(((uintptr_t)e->heap + 63) & ~(uintptr_t)63);
    for (size_t layer = 1; layer < ONRI_DEPTH; layer++, at += ONRI_CONV_FLOATS)
        e->conv[layer] = onri_conv_pack(at, &t2v->conv[layer], kernel->width);
    e->rows[0] = at;
    e->rows[1] = e->rows[0] + rows;
    e->tails = e->rows[1] + rows;
    e->mix = e->tails + tails;
    const float *sums[1][3] = { { zero, zero, zero } }, *res = zero;
    float *far = e->far;
    kernel->maxout_sums(&t2v->conv[0], 1, (const float *const(*)[3])sums, &res, &far);
    return true;
}

void onri_encoder_drop(onri_encoder *e)
{
    onri_memo_drop(&e->memo);
    onri_heap_free(e->heap);
    *e = (onri_encoder){ 0 };
}
