/* The language model in memory: what src/lang/import.c makes of a spaCy package and
 * src/lang/model_file.c maps from our own file. Every pointer leads into the mapped file or into
 * the model's arena. Frozen after open: shared by all threads.
 *
 * Notation of shapes: w[out][in], row-major f32 unless a packing is named. */
#ifndef ONRI_LANG_MODEL_H
#define ONRI_LANG_MODEL_H

#include "base/base.h"
#include "onrecord/lang.h"
#include "onrecord/parse.h"

enum {
    ONRI_WIDTH = 96,   /* rows of the encoders */
    ONRI_PIECES = 3,   /* pieces of a maxout unit in the encoders */
    ONRI_DEPTH = 4,    /* convolution layers */
    ONRI_HIDDEN = 64,  /* hidden units of parser and NER */
    ONRI_PACK = 16,    /* outputs of one block of packed weights */
    ONRI_COLS_MAX = 6, /* hash embeddings of an encoder */
    ONRI_PARSER_FEATS = 8,
    ONRI_NER_FEATS = 3
};

/* Which attribute of a token a hash table embeds. */
typedef enum onri_feature {
    ONRI_FEAT_NORM,
    ONRI_FEAT_PREFIX,
    ONRI_FEAT_SUFFIX,
    ONRI_FEAT_SHAPE,
    ONRI_FEAT_SPACY,    /* 1: a space follows; not a string id */
    ONRI_FEAT_IS_SPACE, /* 1: white space; not a string id */
    ONRI_FEAT__COUNT
} onri_feature;

/* One hashed table: E[rows][ONRI_WIDTH]. */
typedef struct onri_hashcol {
    onri_feature feature;
    uint32_t rows, seed;
    const float *E;
} onri_hashcol;

/* Maxout with layer norm: n_in -> ONRI_WIDTH.
 * w is packed: weight of output o, piece p, input k stands at
 *   w[((o / ONRI_PACK * n_in + k) * ONRI_PIECES + p) * ONRI_PACK + o % ONRI_PACK]
 * b[p][o] (piece-major, 3 x 96), g[96] and beta[96] plain. All 64-byte aligned. */
typedef struct onri_maxout {
    uint32_t n_in;
    const float *w, *b, *g, *beta;
} onri_maxout;

/* One encoder: the shared one (tagger and parser) or the entity recogniser's own. */
typedef struct onri_tok2vec {
    uint32_t n_cols; /* 6 (shared) or 4 (ner) */
    onri_hashcol col[ONRI_COLS_MAX];
    onri_maxout mixer;            /* n_in = 96 * (n_cols + has_static) */
    onri_maxout conv[ONRI_DEPTH]; /* n_in = 288: rows t-1, t, t+1 */
    const float *vectors; /* [n_vector_rows][96] already projected, NULL for sm; stands last in the
                             mixer's input */
} onri_tok2vec;

/* State scorer of the transition systems. H = x . in_w^T + in_b;
 * T[tok][slot] = lower_w[slot][o][piece] . H[tok]; h[o] = max over 2 pieces of sum + lower_b;
 * scores = upper_w . h + upper_b. */
typedef struct onri_scorer {
    uint32_t n_feats, n_moves;
    const float *in_w;    /* [64][96] */
    const float *in_b;    /* [64] */
    const float *lower_w; /* [n_feats][64 units][2 pieces][64 in] */
    const float *lower_b; /* [64][2] */
    const float *pad;     /* [n_feats][64][2]: the row of a missing feature */
    const float *upper_w; /* [n_moves][64] */
    const float *upper_b; /* [n_moves] */
} onri_scorer;

typedef enum onri_action {
    ONRI_ACT_SHIFT,
    ONRI_ACT_REDUCE,
    ONRI_ACT_LEFT,
    ONRI_ACT_RIGHT,
    ONRI_ACT_BREAK
} onri_action;
typedef enum onri_bilou {
    ONRI_BILOU_M,
    ONRI_BILOU_B,
    ONRI_BILOU_I,
    ONRI_BILOU_L,
    ONRI_BILOU_U,
    ONRI_BILOU_O
} onri_bilou;

/* One class of a transition system, in scoring order. */
typedef struct onri_move {
    uint8_t action; /* onri_action or onri_bilou */
    uint8_t label;  /* onr_dep or onr_ent; 0 where the action has none */
    uint8_t label2; /* parser: Y of a pseudo-projective X||Y, else 0 */
} onri_move;

/* Sorted keys with 32-bit values, looked up by binary search. */
typedef struct onri_table64 {
    const uint64_t *keys; /* ascending */
    const uint32_t *vals;
    uint32_t n;
} onri_table64;

/* A string of the model's pool. */
typedef struct onri_str {
    uint32_t at, n;
} onri_str;

/* Tokenizer exception: text -> n tokens. */
typedef struct onri_exc_token {
    onri_str orth, norm; /* norm.n = UINT32_MAX: the exception gives none */
} onri_exc_token;
typedef struct onri_exception {
    onri_str text;
    uint32_t first, n; /* in exc_tokens */
} onri_exception;

/* Lemma tables of one part of speech (adj, adv, noun, verb, punct). */
typedef struct onri_lemma_rule {
    onri_str old, new_;
} onri_lemma_rule;
typedef struct onri_lemma_pos {
    uint8_t pos; /* onr_pos: ADJ, ADV, NOUN, VERB, PUNCT */
    bool has_rules, has_exc, has_index;
    const onri_lemma_rule *rules; /* [n_rules] in file order */
    uint32_t n_rules;
    onri_table64 exc;      /* id(form) -> row of lemma_lists: count, then that many words of pool */
    const uint64_t *index; /* [n_index] sorted ids of known lemmas */
    uint32_t n_index;
} onri_lemma_pos;

/* Attribute ruler: one alternative of one entry. Values are interned ids: see ruler.c. */
typedef enum onri_ruler_op {
    ONRI_RULER_ANY,
    ONRI_RULER_IN,
    ONRI_RULER_NOT_IN,
    ONRI_RULER_REGEX
} onri_ruler_op;
typedef enum onri_ruler_re {
    ONRI_RE_NT,
    ONRI_RE_NOTHIN,
    ONRI_RE_Y
} onri_ruler_re; /* ^n'?t$, ^n[ou]thin'$, ^y'?$ */
typedef enum onri_ruler_attr {
    ONRI_RULER_TAG,
    ONRI_RULER_LOWER,
    ONRI_RULER_DEP,
    ONRI_RULER_IS_SPACE
} onri_ruler_attr;
typedef struct onri_ruler_cond {
    uint8_t attr;      /* onri_ruler_attr */
    uint8_t op;        /* onri_ruler_op: IN, NOT_IN (not LOWER), REGEX (LOWER), ANY (IS_SPACE) */
    uint8_t flag;      /* IS_SPACE: wanted value; REGEX: onri_ruler_re */
    uint32_t first, n; /* LOWER: in ruler_words (onri_str); TAG, DEP: in ruler_ids (uint8) */
} onri_ruler_cond;
typedef struct onri_ruler_spec {
    uint32_t first, n; /* in ruler_conds: all must hold for one token; none: any token fits */
} onri_ruler_spec;
typedef struct onri_ruler_alt {
    uint32_t entry;    /* index of the entry = order of application */
    uint32_t first, n; /* in ruler_specs: consecutive tokens */
} onri_ruler_alt;
typedef struct onri_ruler_entry {
    int32_t index; /* target token: start + index, or end + index if negative */
    bool set_pos, set_morph, set_lemma, set_tag, set_dep;
    uint8_t pos, tag, dep;
    onri_str morph, lemma; /* morph normalised (sorted; empty for "_") */
} onri_ruler_entry;

struct onr_model {
    onr_sv map; /* the mapped file */
    onr_arena mem;
    /* identity */
    onr_sv name;    /* "en-sm" or "en-md" */
    onr_sv version; /* "3.8.0" */
    onr_sv package, package_sha256, licence, licence_text, sources_text, credits;

    /* network */
    onri_tok2vec t2v, ner_t2v;
    uint32_t n_vector_rows;
    onri_table64 vector_keys; /* id(text) -> row of tok2vec.vectors; n = 0 for sm */
    uint32_t n_tags;
    const uint8_t *tags; /* [n_tags] onr_tag of each class, in scoring order */
    const float *tag_w;  /* [n_tags][96] */
    const float *tag_b;  /* [n_tags] */
    onri_scorer parser, ner;
    const onri_move *parser_moves, *ner_moves; /* [parser.n_moves], [ner.n_moves] */

    /* words */
    const char *pool; /* all strings of the model */
    size_t n_pool;
    onri_str prefix_re, suffix_re, infix_re, url_re; /* as in the package, Python syntax */
    const onri_exception *exceptions;                /* sorted by bytes of text */
    uint32_t n_exceptions;
    const onri_exc_token *exc_tokens;
    uint32_t n_exc_tokens;
    onri_table64 norms; /* id(text) -> index in norm_words (lexeme_norm) */
    const onri_str *norm_words;
    uint32_t n_norm_words;
    onri_lemma_pos lemma[8];
    uint32_t n_lemma;
    const onri_str *lemma_words; /* lists of exceptions: see onri_lemma_pos.exc */
    const uint32_t *lemma_lists; /* count, then indices into lemma_words, repeated */
    uint32_t n_lemma_words, n_lemma_lists;
    const onri_ruler_entry *ruler_entries;
    const onri_ruler_alt *ruler_alts;
    const onri_ruler_spec *ruler_specs;
    const onri_ruler_cond *ruler_conds;
    const onri_str *ruler_words;
    const uint8_t *ruler_ids;
    uint32_t n_ruler_entries, n_ruler_alts, n_ruler_specs, n_ruler_conds, n_ruler_words,
        n_ruler_ids;
};

static inline onr_sv onri_model_str(const onr_model *m, onri_str s)
{
    return (onr_sv){ m->pool + s.at, s.n };
}
/* Value of key, or ONR_NONE. */
uint32_t onri_table64_get(const onri_table64 *t, uint64_t key);

/* spaCy's id of a string: reserved symbol, or MurmurHash64A with seed 1 (src/lang/strid.c). */
uint64_t onri_strid(onr_sv s);

#endif
