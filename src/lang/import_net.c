/* The importer's network part: thinc's model files to packed weights.
 * Source: thinc 8's serialisation (four aligned lists: nodes, attrs, params, shims). Nodes are
 * found by name, since their numbers differ between models. Leaves out: dropout, refs of layers
 * that only pass things on. */
#include "lang/import.h"

#include <stdlib.h>

typedef struct thinc {
    onri_import *im;
    const char *file;
    const onri_mp *nodes, *attrs, *params;
    uint32_t n;
} thinc;

static onr_status refuse(const thinc *t, const char *what)
{
    return onri_import_refuse(t->im, "%s: %s", t->file, what);
}

static onr_status open_thinc(onri_import *im, const char *file, thinc *t)
{
    const onri_mp *root;
    const onr_status st = onri_import_msgpack(im, file, &root);
    if (st != ONR_OK) return st;
    *t = (thinc){ .im = im, .file = file };
    t->nodes = onri_mp_get(root, "nodes");
    t->attrs = onri_mp_get(root, "attrs");
    t->params = onri_mp_get(root, "params");
    if (!onri_mp_is(t->nodes, ONRI_MP_ARRAY) || !onri_mp_is(t->attrs, ONRI_MP_ARRAY) ||
        !onri_mp_is(t->params, ONRI_MP_ARRAY) || t->attrs->n != t->nodes->n ||
        t->params->n != t->nodes->n)
        return refuse(t, "not a model of thinc");
    t->n = t->nodes->n;
    return ONR_OK;
}

static bool is_node(const thinc *t, uint32_t i, const char *name)
{
    return onri_mp_text_is(onri_mp_get(&t->nodes->v.at[i], "name"), name);
}

/* First node of that name from i on, or ONR_NONE. */
static uint32_t find_node(const thinc *t, const char *name, uint32_t i)
{
    for (; i < t->n; i++)
        if (is_node(t, i, name)) return i;
    return ONR_NONE;
}

/* An attribute of node i; NULL if it has none. Each is msgpack inside msgpack. */
static onr_status get_attr(const thinc *t, uint32_t i, const char *name, const onri_mp **out)
{
    const onri_mp *bin = onri_mp_get(&t->attrs->v.at[i], name);
    *out = NULL;
    if (!bin) return ONR_OK;
    if (bin->kind != ONRI_MP_BIN) return refuse(t, "attribute that is not packed");
    return onri_mp_read(&t->im->mem, bin->v.s, out, t->im->err);
}

static onr_status demand_u64(const thinc *t, uint32_t i, const char *name, uint64_t want)
{
    const onri_mp *v;
    const onr_status st = get_attr(t, i, name, &v);
    if (st != ONR_OK) return st;
    if (onri_mp_is(v, ONRI_MP_UINT) && v->v.u == want) return ONR_OK;
    return onri_import_refuse(t->im, "%s: attribute %s of node %u is not %llu", t->file, name, i,
                              (unsigned long long)want);
}

static onr_status demand_bool(const thinc *t, uint32_t i, const char *name, bool want)
{
    const onri_mp *v;
    const onr_status st = get_attr(t, i, name, &v);
    if (st != ONR_OK) return st;
    if (onri_mp_is(v, ONRI_MP_BOOL) && v->v.b == want) return ONR_OK;
    return onri_import_refuse(t->im, "%s: attribute %s of node %u is not %s", t->file, name, i,
                              want ? "true" : "false");
}

static bool shape_fits(const onri_mp *shape, uint32_t n_dims, const uint32_t *dims, size_t *cells)
{
    *cells = 1;
    if (!onri_mp_is(shape, ONRI_MP_ARRAY) || shape->n != n_dims) return false;
    for (uint32_t d = 0; d < n_dims; d++) {
        const onri_mp *v = &shape->v.at[d];
        if (v->kind != ONRI_MP_UINT || v->v.u != dims[d]) return false;
        if (!onr_mul(*cells, dims[d], cells)) return false;
    }
    return true;
}

/* Parameter of node i with exactly these dimensions, copied to aligned floats. */
static onr_status get_param(const thinc *t, uint32_t i, const char *name, uint32_t n_dims,
                            const uint32_t *dims, const float **out)
{
    const onri_mp *a = onri_mp_get(&t->params->v.at[i], name);
    const onri_mp *nd = onri_mp_get(a, "nd"), *data = onri_mp_get(a, "data");
    size_t cells, bytes;
    if (!onri_mp_is(nd, ONRI_MP_BOOL) || !nd->v.b ||
        !onri_mp_text_is(onri_mp_get(a, "type"), "<f4") || !onri_mp_is(data, ONRI_MP_BIN) ||
        !shape_fits(onri_mp_get(a, "shape"), n_dims, dims, &cells) || !onr_mul(cells, 4, &bytes) ||
        bytes != data->v.s.n)
        return onri_import_refuse(t->im, "%s: parameter %s of node %u has another type or shape",
                                  t->file, name, i);
    float *p = onr_alloc(&t->im->mem, bytes);
    if (!p) return onri_import_no_memory(t->im);
    if (bytes) memcpy(p, data->v.s.p, bytes);
    *out = p;
    return ONR_OK;
}

/* First dimension of a parameter, 0 if unknown: for counts that only the file knows. */
static uint32_t first_dim(const thinc *t, uint32_t i, const char *name, uint32_t dim)
{
    const onri_mp *shape = onri_mp_get(onri_mp_get(&t->params->v.at[i], name), "shape");
    if (!onri_mp_is(shape, ONRI_MP_ARRAY) || dim >= shape->n) return 0;
    const onri_mp *v = &shape->v.at[dim];
    return v->kind == ONRI_MP_UINT && v->v.u < ((uint64_t)1 << 24) ? (uint32_t)v->v.u : 0;
}

/* Maxout node i and the layer norm right after it, weights packed as model.h says. */
static onr_status get_maxout(const thinc *t, uint32_t i, uint32_t n_in, onri_maxout *x)
{
    const uint32_t dw[3] = { ONRI_WIDTH, ONRI_PIECES, n_in }, db[2] = { ONRI_WIDTH, ONRI_PIECES };
    const float *w, *b;
    if (i + 1 >= t->n || !is_node(t, i + 1, "layernorm"))
        return refuse(t, "maxout without its layer norm");
    onr_status st = get_param(t, i, "W", 3, dw, &w);
    if (st == ONR_OK) st = get_param(t, i, "b", 2, db, &b);
    if (st == ONR_OK) st = get_param(t, i + 1, "G", 1, dw, &x->g);
    if (st == ONR_OK) st = get_param(t, i + 1, "b", 1, dw, &x->beta);
    if (st != ONR_OK) return st;
    float *pw = ONRI_NEW_N(&t->im->mem, (size_t)ONRI_WIDTH * ONRI_PIECES * n_in, float);
    float *pb = pw ? ONRI_NEW_N(&t->im->mem, ONRI_WIDTH * ONRI_PIECES, float) : NULL;
    if (!pb) return onri_import_no_memory(t->im);
    for (size_t o = 0; o < ONRI_WIDTH; o++) {
        for (size_t p = 0; p < ONRI_PIECES; p++) {
            const float *from = w + (o * ONRI_PIECES + p) * n_in;
            float *to = pw + (o / ONRI_PACK * n_in * ONRI_PIECES + p) * ONRI_PACK + o % ONRI_PACK;
            for (size_t k = 0; k < n_in; k++) to[k * ONRI_PIECES * ONRI_PACK] = from[k];
            pb[p * ONRI_WIDTH + o] = b[o * ONRI_PIECES + p];
        }
    }
    x->n_in = n_in;
    x->w = pw;
    x->b = pb;
    return ONR_OK;
}

static const char *const feature_names[ONRI_FEAT__COUNT] = {
    [ONRI_FEAT_NORM] = "NORM",   [ONRI_FEAT_PREFIX] = "PREFIX", [ONRI_FEAT_SUFFIX] = "SUFFIX",
    [ONRI_FEAT_SHAPE] = "SHAPE", [ONRI_FEAT_SPACY] = "SPACY",   [ONRI_FEAT_IS_SPACE] = "IS_SPACE"
};

static onr_status get_columns(const thinc *t, onri_tok2vec *out)
{
    const uint32_t node = find_node(t, "extract_features", 0);
    const onri_mp *columns = NULL;
    if (node == ONR_NONE || find_node(t, "extract_features", node + 1) != ONR_NONE)
        return refuse(t, "not one list of features");
    const onr_status st = get_attr(t, node, "columns", &columns);
    if (st != ONR_OK) return st;
    if (!onri_mp_is(columns, ONRI_MP_ARRAY) || columns->n == 0 || columns->n > ONRI_COLS_MAX)
        return refuse(t, "list of features of another length");
    out->n_cols = columns->n;
    for (uint32_t c = 0; c < columns->n; c++) {
        uint32_t f = 0;
        while (f < ONRI_FEAT__COUNT && !onri_mp_text_is(&columns->v.at[c], feature_names[f])) f++;
        if (f == ONRI_FEAT__COUNT) return refuse(t, "feature that is not known");
        out->col[c].feature = (onri_feature)f;
    }
    return ONR_OK;
}

static onr_status get_embeds(const thinc *t, onri_tok2vec *out)
{
    uint32_t node = find_node(t, "hashembed", 0), seen = 0;
    for (; node != ONR_NONE; node = find_node(t, "hashembed", node + 1)) {
        const onri_mp *column, *seed;
        onr_status st = get_attr(t, node, "column", &column);
        if (st == ONR_OK) st = get_attr(t, node, "seed", &seed);
        if (st != ONR_OK) return st;
        if (!onri_mp_is(column, ONRI_MP_UINT) || column->v.u >= out->n_cols ||
            seen & 1u << column->v.u)
            return refuse(t, "hash table without a column of its own");
        if (!onri_mp_is(seed, ONRI_MP_UINT) || seed->v.u > UINT32_MAX)
            return refuse(t, "hash table without a seed");
        seen |= 1u << column->v.u;
        onri_hashcol *c = &out->col[column->v.u];
        c->seed = (uint32_t)seed->v.u;
        c->rows = first_dim(t, node, "E", 0);
        const uint32_t dims[2] = { c->rows, ONRI_WIDTH };
        if (c->rows == 0) return refuse(t, "hash table without rows");
        st = get_param(t, node, "E", 2, dims, &c->E);
        if (st != ONR_OK) return st;
    }
    return seen == (1u << out->n_cols) - 1 ? ONR_OK : refuse(t, "feature without a hash table");
}

/* The 4 rows of padding decide what the first and last words of a text see. */
static onr_status check_window(const thinc *t)
{
    uint32_t windows = 0, padded = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        onr_status st = ONR_OK;
        const onri_mp *name = onri_mp_get(&t->nodes->v.at[i], "name");
        if (is_node(t, i, "expand_window")) {
            windows++;
            st = demand_u64(t, i, "window_size", 1);
        } else if (onri_mp_is(name, ONRI_MP_STR) &&
                   onri_starts(name->v.s, ONR_SV("with_array(residual(expand_window>>maxout"))) {
            padded++;
            st = demand_u64(t, i, "pad", ONRI_DEPTH);
        }
        if (st != ONR_OK) return st;
    }
    return windows == ONRI_DEPTH && padded == 1 ? ONR_OK : refuse(t, "encoder of another depth");
}

/* The raw vectors of the package, read once; n_vector_rows = 0 if it has none. */
typedef struct raw_vectors {
    onri_npy npy;
} raw_vectors;

/* out[row][o] = W[o] . vector[row], summed in double so that the order does not matter. */
static onr_status project(const thinc *t, const raw_vectors *raw, const float *w, const float **out)
{
    const uint32_t rows = raw->npy.rows, cols = raw->npy.cols;
    onr_arena *mem = &t->im->mem;
    float *to = ONRI_NEW_N(mem, (size_t)rows * ONRI_WIDTH, float);
    double *wt = to ? ONRI_NEW_N(mem, (size_t)cols * ONRI_WIDTH, double) : NULL;
    if (!wt) return onri_import_no_memory(t->im);
    for (size_t o = 0; o < ONRI_WIDTH; o++)
        for (size_t k = 0; k < cols; k++) wt[k * ONRI_WIDTH + o] = (double)w[o * cols + k];
    for (size_t r = 0; r < rows; r++) {
        double acc[ONRI_WIDTH] = { 0 };
        for (size_t k = 0; k < cols; k++) {
            float x;
            memcpy(&x, raw->npy.data.p + (r * cols + k) * 4, 4);
            const double *row = wt + k * ONRI_WIDTH, xd = (double)x;
            for (size_t o = 0; o < ONRI_WIDTH; o++) acc[o] += row[o] * xd;
        }
        for (size_t o = 0; o < ONRI_WIDTH; o++) to[r * ONRI_WIDTH + o] = (float)acc[o];
    }
    *out = to;
    return ONR_OK;
}

static onr_status get_static(const thinc *t, const raw_vectors *raw, onri_tok2vec *out)
{
    const uint32_t node = find_node(t, "static_vectors", 0);
    if ((node == ONR_NONE) != (raw->npy.rows == 0))
        return refuse(t, "vectors in the package or in the network, but not in both");
    if (node == ONR_NONE) return ONR_OK;
    const onri_mp *key;
    onr_status st = get_attr(t, node, "key_attr", &key);
    if (st != ONR_OK) return st;
    if (!onri_mp_text_is(key, "ORTH")) return refuse(t, "vectors are not looked up by ORTH");
    const uint32_t dims[2] = { ONRI_WIDTH, raw->npy.cols };
    const float *w;
    st = get_param(t, node, "W", 2, dims, &w);
    return st == ONR_OK ? project(t, raw, w, &out->vectors) : st;
}

static onr_status get_encoder(const thinc *t, const raw_vectors *raw, onri_tok2vec *out)
{
    onr_status st = get_columns(t, out);
    if (st == ONR_OK) st = get_embeds(t, out);
    if (st == ONR_OK) st = check_window(t);
    if (st == ONR_OK) st = get_static(t, raw, out);
    if (st != ONR_OK) return st;
    uint32_t node = find_node(t, "maxout", 0), n = 0;
    for (; node != ONR_NONE; node = find_node(t, "maxout", node + 1), n++) {
        if (n > ONRI_DEPTH) return refuse(t, "more maxout layers than a mixer and four");
        if (n == 0)
            st = get_maxout(t, node, ONRI_WIDTH * (out->n_cols + (out->vectors != NULL)),
                            &out->mixer);
        else
            st = get_maxout(t, node, 3 * ONRI_WIDTH, &out->conv[n - 1]);
        if (st != ONR_OK) return st;
    }
    return n == 1 + ONRI_DEPTH ? ONR_OK : refuse(t, "fewer maxout layers than a mixer and four");
}

static onr_status get_scorer(const thinc *t, uint32_t n_feats, onri_scorer *s)
{
    const onri_mp *refs = t->n ? onri_mp_get(&t->nodes->v.at[0], "refs") : NULL;
    const onri_mp *up = onri_mp_get(refs, "upper"), *low = onri_mp_get(refs, "lower");
    if (!t->n || !is_node(t, 0, "parser_model") || !onri_mp_is(up, ONRI_MP_UINT) ||
        !onri_mp_is(low, ONRI_MP_UINT) || up->v.u >= t->n || low->v.u >= t->n)
        return refuse(t, "not a transition model with an upper layer");
    const uint32_t upper = (uint32_t)up->v.u, lower = (uint32_t)low->v.u;
    uint32_t in = find_node(t, "linear", 0);
    if (in == upper) in = find_node(t, "linear", in + 1);
    if (in == ONR_NONE || !is_node(t, upper, "linear") ||
        !is_node(t, lower, "precomputable_affine"))
        return refuse(t, "transition model with other layers");
    onr_status st = demand_bool(t, 0, "has_upper", true);
    s->n_feats = n_feats;
    s->n_moves = first_dim(t, upper, "W", 0);
    const uint32_t d_in[2] = { ONRI_HIDDEN, ONRI_WIDTH }, d_up[2] = { s->n_moves, ONRI_HIDDEN },
                   d_low[4] = { n_feats, ONRI_HIDDEN, 2, ONRI_HIDDEN },
                   d_pad[4] = { 1, n_feats, ONRI_HIDDEN, 2 };
    if (st == ONR_OK) st = get_param(t, in, "W", 2, d_in, &s->in_w);
    if (st == ONR_OK) st = get_param(t, in, "b", 1, d_in, &s->in_b);
    if (st == ONR_OK) st = get_param(t, lower, "W", 4, d_low, &s->lower_w);
    if (st == ONR_OK) st = get_param(t, lower, "b", 2, d_low + 1, &s->lower_b);
    if (st == ONR_OK) st = get_param(t, lower, "pad", 4, d_pad, &s->pad);
    if (st == ONR_OK) st = get_param(t, upper, "W", 2, d_up, &s->upper_w);
    if (st == ONR_OK) st = get_param(t, upper, "b", 1, d_up, &s->upper_b);
    return st;
}

static onr_status get_tagger(onri_import *im)
{
    thinc t;
    const onri_json *cfg;
    onr_status st = open_thinc(im, "tagger/model", &t);
    if (st == ONR_OK) st = onri_import_json(im, "tagger/cfg", &cfg);
    if (st != ONR_OK) return st;
    const uint32_t node = find_node(&t, "softmax", 0);
    const onri_json *labels = onri_json_get(cfg, "labels");
    if (node == ONR_NONE || !labels || labels->kind != ONRI_JSON_ARRAY || labels->n == 0)
        return refuse(&t, "not a tagger");
    im->m.n_tags = labels->n;
    const uint32_t dims[2] = { labels->n, ONRI_WIDTH };
    st = demand_bool(&t, node, "softmax_normalize", false);
    if (st == ONR_OK) st = get_param(&t, node, "W", 2, dims, &im->m.tag_w);
    if (st == ONR_OK) st = get_param(&t, node, "b", 1, dims, &im->m.tag_b);
    if (st != ONR_OK) return st;
    uint8_t *tags = ONRI_NEW_N(&im->mem, labels->n, uint8_t);
    if (!tags) return onri_import_no_memory(im);
    im->m.tags = tags;
    for (const onri_json *v = labels->first; v; v = v->next) {
        const onr_sv name = onri_json_str(v, (onr_sv){ "", 0 });
        const uint32_t tag = onri_import_tag(name);
        if (tag == ONR_NONE || tag == ONR_TAG_NONE)
            return onri_import_refuse(im, "tagger/cfg: tag '%.*s' is not known", (int)name.n,
                                      name.p);
        *tags++ = (uint8_t)tag;
    }
    return ONR_OK;
}

typedef struct key_row {
    uint64_t key;
    uint32_t row;
} key_row;

static int by_key(const void *a, const void *b)
{
    const key_row *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

/* vocab/key2row, sorted. */
static onr_status get_vector_keys(onri_import *im, uint32_t n_rows)
{
    const onri_mp *map;
    const onr_status st = onri_import_msgpack(im, "vocab/key2row", &map);
    if (st != ONR_OK) return st;
    if (map->kind != ONRI_MP_MAP) return onri_import_refuse(im, "vocab/key2row: not a map");
    key_row *all = ONRI_NEW_N(&im->mem, map->n, key_row);
    uint64_t *keys = all ? ONRI_NEW_N(&im->mem, map->n, uint64_t) : NULL;
    uint32_t *rows = keys ? ONRI_NEW_N(&im->mem, map->n, uint32_t) : NULL;
    if (!rows) return onri_import_no_memory(im);
    for (uint32_t i = 0; i < map->n; i++) {
        const onri_mp *k = &map->v.at[2 * i], *v = k + 1;
        if (k->kind != ONRI_MP_UINT || v->kind != ONRI_MP_UINT || v->v.u >= n_rows)
            return onri_import_refuse(im, "vocab/key2row: entry %u leads to no row", i);
        all[i] = (key_row){ k->v.u, (uint32_t)v->v.u };
    }
    qsort(all, map->n, sizeof *all, by_key);
    for (uint32_t i = 0; i < map->n; i++) {
        if (i && all[i].key == all[i - 1].key)
            return onri_import_refuse(im, "vocab/key2row: a key stands twice");
        keys[i] = all[i].key;
        rows[i] = all[i].row;
    }
    im->m.vector_keys = (onri_table64){ keys, rows, map->n };
    return ONR_OK;
}

static onr_status get_vectors(onri_import *im, raw_vectors *raw)
{
    onr_sv bytes, cfg;
    *raw = (raw_vectors){ 0 };
    onr_status st = onri_package_read(&im->mem, &im->pkg, "vocab/vectors", &bytes, im->err);
    if (st == ONR_OK) st = onri_package_try(&im->mem, &im->pkg, "vocab/vectors.cfg", &cfg, im->err);
    if (st == ONR_OK) st = onri_npy_read(bytes, &raw->npy, im->err);
    if (st != ONR_OK || raw->npy.rows == 0) return st;
    if (cfg.p) {
        const onri_json *v;
        st = onri_import_json(im, "vocab/vectors.cfg", &v);
        if (st != ONR_OK) return st;
        if (!onri_eqz(onri_json_str(onri_json_get(v, "mode"), (onr_sv){ "", 0 }), "default"))
            return onri_import_refuse(im, "vocab/vectors.cfg: mode is not \"default\"");
    }
    im->m.n_vector_rows = raw->npy.rows;
    return get_vector_keys(im, raw->npy.rows);
}

onr_status onri_import_net(onri_import *im)
{
    thinc t2v, parser, ner;
    raw_vectors raw;
    onr_status st = get_vectors(im, &raw);
    if (st == ONR_OK) st = open_thinc(im, "tok2vec/model", &t2v);
    if (st == ONR_OK) st = get_encoder(&t2v, &raw, &im->m.t2v);
    if (st == ONR_OK) st = get_tagger(im);
    if (st == ONR_OK) st = open_thinc(im, "parser/model", &parser);
    if (st == ONR_OK) st = get_scorer(&parser, ONRI_PARSER_FEATS, &im->m.parser);
    if (st == ONR_OK) st = open_thinc(im, "ner/model", &ner);
    if (st == ONR_OK) st = get_encoder(&ner, &raw, &im->m.ner_t2v);
    if (st == ONR_OK) st = get_scorer(&ner, ONRI_NER_FEATS, &im->m.ner);
    return st;
}
