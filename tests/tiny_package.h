/* A tiny model (tests/tiny_model.h) as the package spaCy would publish it: a wheel in memory with
 * config.cfg, thinc's model files, tokenizer, tables and rules. So the importer is tested without a
 * download, and every way a package can differ is one replaced string. */
#ifndef ONR_TINY_PACKAGE_H
#define ONR_TINY_PACKAGE_H

#include "tiny_model.h"

#include <stdio.h>
#include <zlib.h>

/* In the file of that name, the first `from` becomes `to` (of the same length in msgpack files). An
 * empty `to` with `from` NULL leaves the file out. */
typedef struct tiny_change {
    const char *file, *from, *to;
} tiny_change;

/* ---- msgpack -------------------------------------------------------------------------------- */

static inline void mp_be(onri_buf *b, uint64_t v, unsigned bytes)
{
    for (unsigned i = bytes; i-- > 0;) onri_buf_addc(b, (char)(v >> (8 * i)));
}

static inline void mp_head(onri_buf *b, unsigned code, uint64_t n)
{
    onri_buf_addc(b, (char)code);
    mp_be(b, n, 4);
}

static inline void mp_uint(onri_buf *b, uint64_t v)
{
    onri_buf_addc(b, (char)0xcf);
    mp_be(b, v, 8);
}

static inline void mp_sv(onri_buf *b, onr_sv s)
{
    mp_head(b, 0xdb, s.n);
    onri_buf_add(b, s);
}

static inline void mp_str(onri_buf *b, const char *s)
{
    mp_sv(b, onri_svz(s));
}

static inline void mp_bin(onri_buf *b, const void *p, size_t n)
{
    mp_head(b, 0xc6, n);
    onri_buf_add(b, onri_sv(p, n));
}

static inline void mp_map(onri_buf *b, uint32_t n)
{
    mp_head(b, 0xdf, n);
}

static inline void mp_list(onri_buf *b, uint32_t n)
{
    mp_head(b, 0xdd, n);
}

static inline void mp_bool(onri_buf *b, bool v)
{
    onri_buf_addc(b, (char)(v ? 0xc3 : 0xc2));
}

/* ---- thinc ---------------------------------------------------------------------------------- */

typedef struct thinc_file {
    onri_buf nodes, attrs, params;
    uint32_t n;
} thinc_file;

static inline thinc_file thinc_make(void)
{
    const size_t max = (size_t)32 << 20;
    return (thinc_file){ onri_buf_make(max), onri_buf_make(max), onri_buf_make(max), 0 };
}

/* The next node; its attributes and parameters must follow by tf_attr and tf_param. */
static inline void tf_node(thinc_file *t, const char *name, uint32_t n_attrs, uint32_t n_params)
{
    const bool root = strcmp(name, "parser_model") == 0;
    mp_map(&t->nodes, 4);
    mp_str(&t->nodes, "index");
    mp_uint(&t->nodes, t->n);
    mp_str(&t->nodes, "name");
    mp_str(&t->nodes, name);
    mp_str(&t->nodes, "dims");
    mp_map(&t->nodes, 0);
    mp_str(&t->nodes, "refs");
    mp_map(&t->nodes, root ? 2 : 0);
    if (root) {
        mp_str(&t->nodes, "lower");
        mp_uint(&t->nodes, 1);
        mp_str(&t->nodes, "upper");
        mp_uint(&t->nodes, 2);
    }
    mp_map(&t->attrs, n_attrs);
    mp_map(&t->params, n_params);
    t->n++;
}

static inline void tf_attr_uint(thinc_file *t, const char *name, uint64_t v)
{
    char raw[9] = { (char)0xcf };
    for (unsigned i = 0; i < 8; i++) raw[1 + i] = (char)(v >> (56 - 8 * i));
    mp_str(&t->attrs, name);
    mp_bin(&t->attrs, raw, sizeof raw);
}

static inline void tf_attr_bool(thinc_file *t, const char *name, bool v)
{
    mp_str(&t->attrs, name);
    mp_bin(&t->attrs, v ? "\xc3" : "\xc2", 1);
}

static inline void tf_param(thinc_file *t, const char *name, const float *p, uint32_t n_dims,
                            const uint32_t *dims)
{
    size_t cells = 1;
    mp_str(&t->params, name);
    mp_map(&t->params, 5);
    mp_bin(&t->params, "nd", 2);
    mp_bool(&t->params, true);
    mp_bin(&t->params, "type", 4);
    mp_str(&t->params, "<f4");
    mp_bin(&t->params, "kind", 4);
    mp_bin(&t->params, "", 0);
    mp_bin(&t->params, "shape", 5);
    mp_list(&t->params, n_dims);
    for (uint32_t d = 0; d < n_dims; d++) {
        mp_uint(&t->params, dims[d]);
        cells *= dims[d];
    }
    mp_bin(&t->params, "data", 4);
    mp_bin(&t->params, p, cells * 4);
}
#define TF_PARAM(t, name, p, ...)                                                                  \
    tf_param((t), (name), (p), sizeof((const uint32_t[]){ __VA_ARGS__ }) / 4,                      \
             (const uint32_t[]){ __VA_ARGS__ })

static inline void tf_end(thinc_file *t, onri_buf *out)
{
    mp_map(out, 4);
    mp_str(out, "nodes");
    mp_list(out, t->n);
    onri_buf_add(out, onri_buf_sv(&t->nodes));
    mp_str(out, "attrs");
    mp_list(out, t->n);
    onri_buf_add(out, onri_buf_sv(&t->attrs));
    mp_str(out, "params");
    mp_list(out, t->n);
    onri_buf_add(out, onri_buf_sv(&t->params));
    mp_str(out, "shims");
    mp_list(out, 0);
    onri_buf_drop(&t->nodes);
    onri_buf_drop(&t->attrs);
    onri_buf_drop(&t->params);
}

/* Maxout and layer norm: weights back from the packing to [output][piece][input]. */
static inline void tf_maxout(thinc_file *t, const onri_maxout *x)
{
    const size_t n_in = x->n_in;
    float *w = onri_heap_alloc((size_t)ONRI_WIDTH * ONRI_PIECES * n_in * 4);
    float b[ONRI_WIDTH * ONRI_PIECES];
    ONR_ASSERT(w);
    for (size_t o = 0; o < ONRI_WIDTH; o++)
        for (size_t p = 0; p < ONRI_PIECES; p++) {
            b[o * ONRI_PIECES + p] = x->b[p * ONRI_WIDTH + o];
            for (size_t k = 0; k < n_in; k++)
                w[(o * ONRI_PIECES + p) * n_in + k] =
                    x->w[((o / ONRI_PACK * n_in + k) * ONRI_PIECES + p) * ONRI_PACK +
                         o % ONRI_PACK];
        }
    tf_node(t, "maxout", 0, 2);
    TF_PARAM(t, "W", w, ONRI_WIDTH, ONRI_PIECES, x->n_in);
    TF_PARAM(t, "b", b, ONRI_WIDTH, ONRI_PIECES);
    tf_node(t, "layernorm", 0, 2);
    TF_PARAM(t, "G", x->g, ONRI_WIDTH);
    TF_PARAM(t, "b", x->beta, ONRI_WIDTH);
    onri_heap_free(w);
}

/* Mixer before the tables when there are vectors, after them when not, as in the real files. */
static inline void tf_encoder(thinc_file *t, const onri_tok2vec *e)
{
    static const char *const names[] = { "NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE" };
    onri_buf columns = onri_buf_make(4096);
    mp_list(&columns, e->n_cols);
    for (uint32_t c = 0; c < e->n_cols; c++) mp_str(&columns, names[e->col[c].feature]);
    tf_node(t, "extract_features", 1, 0);
    mp_str(&t->attrs, "columns");
    mp_bin(&t->attrs, columns.p, columns.n);
    onri_buf_drop(&columns);
    tf_node(t, "with_array(residual(expand_window>>maxout>>layernorm>>dropout))", 1, 0);
    tf_attr_uint(t, "pad", 4);
    if (e->vectors) {
        static float one[ONRI_WIDTH * ONRI_WIDTH];
        for (size_t i = 0; i < ONRI_WIDTH; i++) one[i * ONRI_WIDTH + i] = 1;
        tf_node(t, "static_vectors", 1, 1);
        mp_str(&t->attrs, "key_attr");
        mp_bin(&t->attrs, "\xa4ORTH", 5);
        TF_PARAM(t, "W", one, ONRI_WIDTH, ONRI_WIDTH);
        tf_maxout(t, &e->mixer);
    }
    for (uint32_t c = e->n_cols; c-- > 0;) { /* columns decide, not the order of the nodes */
        tf_node(t, "hashembed", 2, 1);
        tf_attr_uint(t, "column", c);
        tf_attr_uint(t, "seed", e->col[c].seed);
        TF_PARAM(t, "E", e->col[c].E, e->col[c].rows, ONRI_WIDTH);
    }
    if (!e->vectors) tf_maxout(t, &e->mixer);
    for (uint32_t l = 0; l < ONRI_DEPTH; l++) {
        tf_node(t, "expand_window", 1, 0);
        tf_attr_uint(t, "window_size", 1);
    }
    for (uint32_t l = 0; l < ONRI_DEPTH; l++) tf_maxout(t, &e->conv[l]);
}

static inline void tf_scorer(thinc_file *t, const onri_scorer *s)
{
    tf_node(t, "parser_model", 1, 0);
    tf_attr_bool(t, "has_upper", true);
    tf_node(t, "precomputable_affine", 0, 3);
    TF_PARAM(t, "W", s->lower_w, s->n_feats, ONRI_HIDDEN, 2, ONRI_HIDDEN);
    TF_PARAM(t, "b", s->lower_b, ONRI_HIDDEN, 2);
    TF_PARAM(t, "pad", s->pad, 1, s->n_feats, ONRI_HIDDEN, 2);
    tf_node(t, "linear", 0, 2);
    TF_PARAM(t, "W", s->upper_w, s->n_moves, ONRI_HIDDEN);
    TF_PARAM(t, "b", s->upper_b, s->n_moves);
    tf_node(t, "linear", 0, 2);
    TF_PARAM(t, "W", s->in_w, ONRI_HIDDEN, ONRI_WIDTH);
    TF_PARAM(t, "b", s->in_b, ONRI_HIDDEN);
}

/* ---- the files ------------------------------------------------------------------------------ */

#define TINY_TOK2VEC(path)                                                                         \
    "[" path "]\n@architectures = \"spacy.Tok2Vec.v2\"\n[" path ".embed]\n"                        \
    "@architectures = \"spacy.MultiHashEmbed.v2\"\nwidth = ${" path ".encode:width}\n"             \
    "[" path ".encode]\n@architectures = \"spacy.MaxoutWindowEncoder.v2\"\nwidth = 96\n"           \
    "depth = 4\nwindow_size = 1\nmaxout_pieces = 3\n"
#define TINY_LISTENER(part)                                                                        \
    "[components." part ".model.tok2vec]\n@architectures = \"spacy.Tok2VecListener.v1\"\n"         \
    "width = ${components.tok2vec.model.encode:width}\nupstream = \"tok2vec\"\n"
#define TINY_TRANSITIONS(part)                                                                     \
    "[components." part ".model]\n@architectures = \"spacy.TransitionBasedParser.v2\"\n"           \
    "state_type = \"" part "\"\nextra_state_tokens = false\nhidden_width = 64\n"                   \
    "maxout_pieces = 2\nuse_upper = true\n"

static const char tiny_config[] =
    "[nlp]\nlang = \"en\"\npipeline = [\"tok2vec\",\"tagger\",\"parser\",\"senter\","
    "\"attribute_ruler\",\"lemmatizer\",\"ner\"]\ndisabled = [\"senter\"]\n"
    "tokenizer = {\"@tokenizers\":\"spacy.Tokenizer.v1\"}\n"
    "[components.tok2vec]\nfactory = \"tok2vec\"\n[components.tagger]\nfactory = \"tagger\"\n"
    "[components.parser]\nfactory = \"parser\"\n[components.ner]\nfactory = \"ner\"\n"
    "[components.attribute_ruler]\nfactory = \"attribute_ruler\"\n"
    "[components.lemmatizer]\nfactory = \"lemmatizer\"\nmode = \"rule\"\noverwrite = false\n"
    "[components.tagger.model]\n@architectures = \"spacy.Tagger.v2\"\nnormalize = "
    "false\n" TINY_TOK2VEC("components.tok2vec.model") TINY_LISTENER("tagger")
        TINY_TRANSITIONS("parser") TINY_LISTENER("parser") TINY_TRANSITIONS("ner")
            TINY_TOK2VEC("components.ner.model.tok2vec");

typedef struct tiny_package {
    onri_buf zip, dir, file;
    uint32_t n;
    const tiny_change *change; /* or NULL */
} tiny_package;

static inline void tp_le(onri_buf *b, uint32_t v, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++) onri_buf_addc(b, (char)(v >> (8 * i)));
}

/* The file under way goes into the archive, stored, changed if it is its turn. */
static inline void tp_file(tiny_package *p, const char *name)
{
    const tiny_change *c = p->change && strcmp(p->change->file, name) == 0 ? p->change : NULL;
    if (c && c->from) {
        const size_t at = onri_find(onri_buf_sv(&p->file), onri_svz(c->from), 0);
        ONR_ASSERT(at != SIZE_MAX); /* a change that changes nothing tests nothing */
        onri_buf b = onri_buf_make(p->file.max);
        onri_buf_add(&b, onri_sv(p->file.p, at));
        onri_buf_addz(&b, c->to);
        onri_buf_add(&b, onri_sub(onri_buf_sv(&p->file), at + strlen(c->from), p->file.n));
        onri_buf_drop(&p->file);
        p->file = b;
    }
    if (!c || c->from) {
        const uint32_t at = (uint32_t)p->zip.n, n = (uint32_t)p->file.n;
        const uint32_t crc = (uint32_t)crc32(0, (const Bytef *)p->file.p, n);
        const uint32_t n_name = (uint32_t)strlen(name) + 5;
        const uint32_t fields[] = { crc, n, n };
        for (unsigned d = 0; d < 2; d++) {
            onri_buf *b = d ? &p->dir : &p->zip;
            tp_le(b, d ? 0x02014b50 : 0x04034b50, 4);
            tp_le(b, 20, d ? 4 : 2);
            tp_le(b, 0, 4); /* flags, stored */
            tp_le(b, 0, 4);
            for (unsigned i = 0; i < 3; i++) tp_le(b, fields[i], 4);
            tp_le(b, n_name, 4); /* and no extra field */
            for (unsigned i = 0; d && i < 5; i++) tp_le(b, 0, 2);
            if (d) tp_le(b, at, 4);
            onri_buf_addz(b, "a/en/");
            onri_buf_addz(b, name);
        }
        onri_buf_add(&p->zip, onri_buf_sv(&p->file));
        p->n++;
    }
    onri_buf_clear(&p->file);
}

static inline void tp_thinc(tiny_package *p, const char *name, const onri_tok2vec *e,
                            const onri_scorer *s)
{
    thinc_file t = thinc_make();
    if (s) tf_scorer(&t, s);
    if (e) tf_encoder(&t, e);
    tf_end(&t, &p->file);
    tp_file(p, name);
}

static inline void tp_tagger(tiny_package *p, const onr_model *m)
{
    thinc_file t = thinc_make();
    tf_node(&t, "softmax", 1, 2);
    tf_attr_bool(&t, "softmax_normalize", false);
    TF_PARAM(&t, "W", m->tag_w, m->n_tags, ONRI_WIDTH);
    TF_PARAM(&t, "b", m->tag_b, m->n_tags);
    tf_end(&t, &p->file);
    tp_file(p, "tagger/model");
    onri_jw w = onri_jw_make(&p->file);
    onri_jw_open(&w, '{');
    onri_jw_key(&w, "labels");
    onri_jw_open(&w, '[');
    for (uint32_t i = 0; i < m->n_tags; i++) onri_jw_strz(&w, onr_tag_name((onr_tag)m->tags[i]));
    onri_jw_close(&w, ']');
    onri_jw_close(&w, '}');
    tp_file(p, "tagger/cfg");
}

/* Moves by action; the first of an action is the most frequent. */
static inline void tp_moves(tiny_package *p, const char *name, const onri_move *moves, uint32_t n,
                            bool ner)
{
    onri_buf json = onri_buf_make(1 << 16);
    onri_jw w = onri_jw_make(&json);
    onri_jw_open(&w, '{');
    for (uint32_t a = 0; a < 6; a++) {
        char key[2] = { (char)('0' + a), 0 };
        onri_jw_key(&w, key);
        onri_jw_open(&w, '{');
        for (uint32_t i = n; i-- > 0;) { /* the order in the file means nothing */
            char label[64];
            if (moves[i].action != a) continue;
            (void)snprintf(label, sizeof label, "%s%s%s",
                           ner ? onr_ent_name((onr_ent)moves[i].label)
                               : onr_dep_name((onr_dep)moves[i].label),
                           moves[i].label2 ? "||" : "", onr_dep_name((onr_dep)moves[i].label2));
            onri_jw_key(&w, label);
            onri_jw_uint(&w, 1000 - i);
        }
        onri_jw_close(&w, '}');
    }
    onri_jw_close(&w, '}');
    mp_map(&p->file, 2);
    mp_str(&p->file, "moves");
    mp_sv(&p->file, onri_buf_sv(&json));
    mp_str(&p->file, "cfg");
    mp_map(&p->file, 0);
    onri_buf_drop(&json);
    tp_file(p, name);
}

static inline void tp_tokenizer(tiny_package *p, const onr_model *m)
{
    static const char *const keys[] = { "prefix_search", "suffix_search", "infix_finditer",
                                        "url_match" };
    const onri_str patterns[] = { m->prefix_re, m->suffix_re, m->infix_re, m->url_re };
    onri_buf *b = &p->file;
    mp_map(b, 7);
    for (size_t i = 0; i < 4; i++) {
        mp_str(b, keys[i]);
        mp_sv(b, onri_model_str(m, patterns[i]));
    }
    mp_str(b, "token_match");
    onri_buf_addc(b, (char)0xc0);
    mp_str(b, "faster_heuristics");
    mp_bool(b, true);
    mp_str(b, "exceptions");
    mp_map(b, m->n_exceptions);
    for (uint32_t i = m->n_exceptions; i-- > 0;) { /* unsorted */
        const onri_exception *e = &m->exceptions[i];
        mp_sv(b, onri_model_str(m, e->text));
        mp_list(b, e->n);
        for (uint32_t k = e->first; k < e->first + e->n; k++) {
            const bool norm = m->exc_tokens[k].norm.n != UINT32_MAX;
            mp_map(b, norm ? 2 : 1);
            mp_uint(b, 65);
            mp_sv(b, onri_model_str(m, m->exc_tokens[k].orth));
            if (!norm) continue;
            mp_uint(b, 67);
            mp_sv(b, onri_model_str(m, m->exc_tokens[k].norm));
        }
    }
    tp_file(p, "tokenizer");
    mp_map(b, 1);
    mp_str(b, "lexeme_norm");
    mp_map(b, m->norms.n);
    for (uint32_t i = m->norms.n; i-- > 0;) {
        mp_uint(b, m->norms.keys[i]);
        mp_sv(b, onri_model_str(m, m->norm_words[m->norms.vals[i]]));
    }
    tp_file(p, "vocab/lookups.bin");
}

/* The tables of tiny_lemmas; their words are written out here as a package has them. */
static inline void tp_lemmas(tiny_package *p, const onr_model *m)
{
    static const char *const pos[] = { "noun", "verb" };
    static const char *const exc[2][2][2] = { { { "men", "man" }, { "mice", "mouse" } },
                                              { { "was", "be" }, { "said", "say" } } };
    static const char *const known[2][4] = { { "word", "man", "house", "man" },
                                             { "say", "be", "deny", "be" } };
    onri_buf *b = &p->file;
    mp_map(b, 3);
    mp_str(b, "lemma_rules");
    mp_map(b, 2);
    for (uint32_t i = 0; i < 2; i++) {
        mp_uint(b, onri_strid(onri_svz(pos[i])));
        mp_list(b, m->lemma[i].n_rules);
        for (uint32_t k = 0; k < m->lemma[i].n_rules; k++) {
            mp_list(b, 2);
            mp_sv(b, onri_model_str(m, m->lemma[i].rules[k].old));
            mp_sv(b, onri_model_str(m, m->lemma[i].rules[k].new_));
        }
    }
    mp_str(b, "lemma_exc");
    mp_map(b, 2);
    for (uint32_t i = 0; i < 2; i++) {
        mp_uint(b, onri_strid(onri_svz(pos[i])));
        mp_map(b, 2);
        for (uint32_t k = 0; k < 2; k++) {
            mp_str(b, exc[i][k][0]);
            mp_list(b, 1);
            mp_str(b, exc[i][k][1]);
        }
    }
    mp_str(b, "lemma_index");
    mp_map(b, 2);
    for (uint32_t i = 0; i < 2; i++) {
        mp_uint(b, onri_strid(onri_svz(pos[i])));
        mp_list(b, 4);
        for (uint32_t k = 0; k < 4; k++) mp_str(b, known[i][k]);
    }
    tp_file(p, "lemmatizer/lookups/lookups.bin");
}

static inline void tp_entry(onri_buf *b, uint32_t n_attrs, const char *const *attrs, int index)
{
    mp_str(b, "index");
    if (index < 0)
        onri_buf_addc(b, (char)(256 + index));
    else
        mp_uint(b, (uint64_t)index);
    mp_str(b, "attrs");
    mp_map(b, n_attrs);
    for (uint32_t i = 0; i < 2 * n_attrs; i++) mp_str(b, attrs[i]);
}

/* One token's map with one key and a plain value. */
static inline void tp_token(onri_buf *b, uint32_t keys, const char *key, const char *value)
{
    mp_map(b, keys);
    mp_str(b, key);
    mp_str(b, value);
}

static inline void tp_ruler(tiny_package *p)
{
    static const char *const tags[] = { "NN", "NNP", "VBD" };
    static const char *const attrs[3][4] = { { "POS", "NOUN", "MORPH", "Number=Sing" },
                                             { "pos", "PROPN", "morph", "Number=Sing" },
                                             { "POS", "VERB", "MORPH",
                                               "VerbForm=Fin|Tense=Past" } };
    static const char *const lemma[] = { "LEMMA", "to" };
    static const char *const space[] = { "POS", "SPACE", "TAG", "_SP", "DEP", "dep", "MORPH", "_" };
    onri_buf *b = &p->file;
    mp_list(b, 5);
    for (uint32_t i = 0; i < 3; i++) {
        mp_map(b, 3);
        mp_str(b, "patterns");
        mp_list(b, 1);
        mp_list(b, 1);
        tp_token(b, i == 2 ? 2 : 1, "TAG", tags[i]);
        if (i == 2) {
            mp_str(b, "DEP");
            mp_map(b, 1);
            mp_str(b, "NOT_IN");
            mp_list(b, 2);
            mp_str(b, "det");
            mp_str(b, "");
        }
        tp_entry(b, 2, attrs[i], 0);
    }
    mp_map(b, 3);
    mp_str(b, "patterns");
    mp_list(b, 1);
    mp_list(b, 2);
    tp_token(b, 1, "LOWER", "gon");
    tp_token(b, 1, "lower", "na");
    tp_entry(b, 1, lemma, -1);
    mp_map(b, 3);
    mp_str(b, "patterns");
    mp_list(b, 1);
    mp_list(b, 1);
    mp_map(b, 1);
    mp_str(b, "IS_SPACE");
    mp_bool(b, true);
    tp_entry(b, 4, space, 0);
    tp_file(p, "attribute_ruler/patterns");
}

static inline void tp_vectors(tiny_package *p, const onr_model *m)
{
    onri_buf *b = &p->file;
    onri_buf_add(b,
                 ONR_SV("\x93NUMPY\1\0\x40\0{'descr': '<f4', 'fortran_order': False, 'shape': "));
    onri_buf_fmt(b, "(%u, %d)}", m->n_vector_rows, m->n_vector_rows ? ONRI_WIDTH : 0);
    while (b->n < 73) onri_buf_addc(b, ' ');
    onri_buf_addc(b, '\n');
    if (m->n_vector_rows)
        onri_buf_add(
            b, onri_sv((const char *)m->t2v.vectors, (size_t)m->n_vector_rows * ONRI_WIDTH * 4));
    tp_file(p, "vocab/vectors");
    mp_map(b, m->vector_keys.n);
    for (uint32_t i = m->vector_keys.n; i-- > 0;) {
        mp_uint(b, m->vector_keys.keys[i]);
        mp_uint(b, m->vector_keys.vals[i]);
    }
    tp_file(p, "vocab/key2row");
    onri_buf_addz(b, "{\"mode\":\"default\"}");
    tp_file(p, "vocab/vectors.cfg");
}

/* The package of m (made by tiny_model_make) with at most one change. Drop the buffer. */
static inline onri_buf tiny_package_make(const onr_model *m, const tiny_change *change)
{
    const size_t max = (size_t)64 << 20;
    tiny_package p = { onri_buf_make(max), onri_buf_make(max), onri_buf_make(max), 0, change };
    onri_buf_addz(&p.file, tiny_config);
    tp_file(&p, "config.cfg");
    onri_buf_fmt(&p.file,
                 "{\"lang\":\"en\",\"name\":\"core_web_%s_tiny\",\"version\":\"3.8.0\","
                 "\"license\":\"MIT\",\"author\":\"nobody\",\"sources\":[{\"name\":\"a seed\","
                 "\"license\":\"none\"}]}",
                 m->n_vector_rows ? "md" : "sm");
    tp_file(&p, "meta.json");
    onri_buf_addz(&p.file, "A licence.\n");
    tp_file(&p, "LICENSE");
    tp_thinc(&p, "tok2vec/model", &m->t2v, NULL);
    tp_tagger(&p, m);
    tp_thinc(&p, "parser/model", NULL, &m->parser);
    tp_thinc(&p, "ner/model", &m->ner_t2v, &m->ner);
    static const char *const cfgs[] = { "parser/cfg", "ner/cfg" };
    for (size_t i = 0; i < 2; i++) {
        onri_buf_addz(&p.file, "{\"beam_width\":1,\"learn_tokens\":false,\"multitasks\":[]}");
        tp_file(&p, cfgs[i]);
    }
    tp_moves(&p, "parser/moves", m->parser_moves, m->parser.n_moves, false);
    tp_moves(&p, "ner/moves", m->ner_moves, m->ner.n_moves, true);
    tp_tokenizer(&p, m);
    tp_lemmas(&p, m);
    tp_ruler(&p);
    tp_vectors(&p, m);
    const uint32_t at = (uint32_t)p.zip.n;
    onri_buf_add(&p.zip, onri_buf_sv(&p.dir));
    tp_le(&p.zip, 0x06054b50, 4);
    tp_le(&p.zip, 0, 4);
    tp_le(&p.zip, p.n, 2);
    tp_le(&p.zip, p.n, 2);
    tp_le(&p.zip, (uint32_t)p.dir.n, 4);
    tp_le(&p.zip, at, 4);
    tp_le(&p.zip, 0, 2);
    ONR_ASSERT(p.zip.status == ONR_OK && p.file.status == ONR_OK && p.dir.status == ONR_OK);
    onri_buf_drop(&p.dir);
    onri_buf_drop(&p.file);
    return p.zip;
}

#endif
