/* The model file: layout shared by its writer and its reader. docs/formats/model.md is the spec.
 * Little-endian, fixed width; arrays stand in the file as they stand in memory. */
#ifndef ONRI_LANG_MODEL_FORMAT_H
#define ONRI_LANG_MODEL_FORMAT_H

#include "lang/model.h"

#define ONRI_MODEL_MAGIC "ONRMODEL"
enum { ONRI_MODEL_VERSION = 1, ONRI_MODEL_ALIGN = 64 };

/* Sections in file order: id, name, bytes of one element (0: bytes or a mixture). */
#define ONRI_MODEL_SECTIONS(X)                                                                     \
    X(ABOUT, "about", 0)                                                                           \
    X(LICENCE, "licence", 0)                                                                       \
    X(SOURCES, "sources", 0)                                                                       \
    X(SHAPE, "shape", 4)                                                                           \
    X(T2V_EMBED, "t2v.embed", 4)                                                                   \
    X(T2V_MIXER, "t2v.mixer", 4)                                                                   \
    X(T2V_CONV, "t2v.conv", 4)                                                                     \
    X(T2V_VECTORS, "t2v.vectors", 4)                                                               \
    X(NER_EMBED, "ner.embed", 4)                                                                   \
    X(NER_MIXER, "ner.mixer", 4)                                                                   \
    X(NER_CONV, "ner.conv", 4)                                                                     \
    X(NER_VECTORS, "ner.vectors", 4)                                                               \
    X(VECTOR_KEYS, "vector.keys", 8)                                                               \
    X(VECTOR_ROWS, "vector.rows", 4)                                                               \
    X(TAG_LABELS, "tag.labels", 1)                                                                 \
    X(TAG_SCORE, "tag.score", 4)                                                                   \
    X(PARSER_MOVES, "parser.moves", 3)                                                             \
    X(PARSER_SCORE, "parser.score", 4)                                                             \
    X(NER_MOVES, "ner.moves", 3)                                                                   \
    X(NER_SCORE, "ner.score", 4)                                                                   \
    X(POOL, "pool", 1)                                                                             \
    X(PATTERNS, "patterns", 8)                                                                     \
    X(EXC, "exc", 16)                                                                              \
    X(EXC_TOKENS, "exc.tokens", 16)                                                                \
    X(NORM_KEYS, "norm.keys", 8)                                                                   \
    X(NORM_VALS, "norm.vals", 4)                                                                   \
    X(NORM_WORDS, "norm.words", 8)                                                                 \
    X(LEMMA_POS, "lemma.pos", 28)                                                                  \
    X(LEMMA_RULES, "lemma.rules", 16)                                                              \
    X(LEMMA_EXC_KEYS, "lemma.exc.keys", 8)                                                         \
    X(LEMMA_EXC_VALS, "lemma.exc.vals", 4)                                                         \
    X(LEMMA_INDEX, "lemma.index", 8)                                                               \
    X(LEMMA_WORDS, "lemma.words", 8)                                                               \
    X(LEMMA_LISTS, "lemma.lists", 4)                                                               \
    X(RULER_ENTRIES, "ruler.entries", 28)                                                          \
    X(RULER_ALTS, "ruler.alts", 12)                                                                \
    X(RULER_SPECS, "ruler.specs", 8)                                                               \
    X(RULER_CONDS, "ruler.conds", 12)                                                              \
    X(RULER_WORDS, "ruler.words", 8)                                                               \
    X(RULER_IDS, "ruler.ids", 1)

#define ONRI_ENUM_SECTION(id, name, elem) ONRI_SEC_##id,
typedef enum onri_section_id {
    ONRI_MODEL_SECTIONS(ONRI_ENUM_SECTION) ONRI_SEC__COUNT
} onri_section_id;
#undef ONRI_ENUM_SECTION

typedef struct onri_model_header {
    char magic[8];
    uint32_t version, n_sections;
    uint64_t bytes;    /* of the file */
    uint64_t labels;   /* onri_model_labels(): numbers of tags, labels and types mean the same */
    uint64_t checksum; /* XXH3-64 of header and table with this field 0 */
    uint8_t zero[24];
} onri_model_header;

typedef struct onri_model_section {
    char name[24]; /* padded with NUL */
    uint64_t at, bytes;
    uint64_t checksum; /* XXH3-64 of its bytes */
    uint8_t zero[16];
} onri_model_section;

/* Numbers of the network, section "shape". */
typedef struct onri_model_encoder_shape {
    uint32_t n_cols, has_vectors;
    uint32_t feature[ONRI_COLS_MAX], rows[ONRI_COLS_MAX], seed[ONRI_COLS_MAX];
} onri_model_encoder_shape;
typedef struct onri_model_shape {
    onri_model_encoder_shape t2v, ner;
    uint32_t n_vector_rows, n_tags, parser_moves, ner_moves;
} onri_model_shape;

/* Section "lemma.pos". flags: 1 rules, 2 exc, 4 index. */
typedef struct onri_model_lemma_pos {
    uint8_t pos, flags, zero[2];
    uint32_t rules_at, n_rules, exc_at, n_exc, index_at, n_index;
} onri_model_lemma_pos;

_Static_assert(sizeof(onri_model_header) == 64 && sizeof(onri_model_section) == 64, "no padding");
_Static_assert(sizeof(onri_model_shape) == 176, "no padding");
_Static_assert(sizeof(onri_model_lemma_pos) == 28, "no padding");
_Static_assert(sizeof(onri_str) == 8 && sizeof(onri_exc_token) == 16, "as in the file");
_Static_assert(sizeof(onri_exception) == 16 && sizeof(onri_lemma_rule) == 16, "as in the file");
_Static_assert(sizeof(onri_move) == 3 && sizeof(onri_ruler_entry) == 28, "as in the file");
_Static_assert(sizeof(onri_ruler_alt) == 12 && sizeof(onri_ruler_spec) == 8, "as in the file");
_Static_assert(sizeof(onri_ruler_cond) == 12 && sizeof(float) == 4, "as in the file");

/* Number of floats of the parts. */
static inline size_t onri_maxout_floats(uint32_t n_in)
{
    return (size_t)ONRI_WIDTH * ONRI_PIECES * n_in + ONRI_WIDTH * (ONRI_PIECES + 2);
}
static inline size_t onri_scorer_floats(uint32_t n_feats, uint32_t n_moves)
{
    return (size_t)ONRI_HIDDEN * ONRI_WIDTH + ONRI_HIDDEN +
           (size_t)n_feats * ONRI_HIDDEN * 2 * ONRI_HIDDEN + ONRI_HIDDEN * 2 +
           (size_t)n_feats * ONRI_HIDDEN * 2 + (size_t)n_moves * ONRI_HIDDEN + n_moves;
}

uint64_t onri_model_labels(void);
const char *onri_section_name(onri_section_id id);
uint32_t onri_section_elem(onri_section_id id);

/* Everything the rest of the program takes for granted about a model: counts, ranges, order,
 * finite weights. E_MODEL with the thing that is wrong. */
ONR_CHECK onr_status onri_model_check(const onr_model *m, onr_error *err);
/* Write m to path, whole or not at all; checked first. The same model gives the same bytes. */
ONR_CHECK onr_status onri_model_write(const onr_model *m, const char *path, onr_error *err);
/* The same into a buffer. */
ONR_CHECK onr_status onri_model_pack(const onr_model *m, onri_buf *b, onr_error *err);
/* Set up m from the bytes of a file, which must be 64-byte aligned and stay. m->mem must be made.
 * m->map is left alone. */
ONR_CHECK onr_status onri_model_unpack(onr_model *m, onr_sv bytes, onr_error *err);

#endif
