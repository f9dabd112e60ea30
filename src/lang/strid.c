/* spaCy's number of a string: a reserved symbol's small number, else MurmurHash64A with seed 1.
 * Source: Austin Appleby's MurmurHash2 (public domain, 64-bit version); the symbols are spaCy's
 * (MIT), names exact and case-sensitive, numbers by position. They do occur in text: "X", "_",
 * "mark", "DATE". Leaves out: nothing. */
#include "lang/model.h"

/* Number 0 is the empty string; FLAG19-63 and DEPRECATED001-276 are made by rule. */
static const char *const first_symbols[] = { /* 1-18 */
                                             "IS_ALPHA",          "IS_ASCII",       "IS_DIGIT",
                                             "IS_LOWER",          "IS_PUNCT",       "IS_SPACE",
                                             "IS_TITLE",          "IS_UPPER",       "LIKE_URL",
                                             "LIKE_NUM",          "LIKE_EMAIL",     "IS_STOP",
                                             "IS_OOV_DEPRECATED", "IS_BRACKET",     "IS_QUOTE",
                                             "IS_LEFT_PUNCT",     "IS_RIGHT_PUNCT", "IS_CURRENCY"
};
static const char *const middle_symbols[] = { /* 64-103 */
                                              "ID",         "ORTH",    "LOWER",    "NORM",
                                              "SHAPE",      "PREFIX",  "SUFFIX",   "LENGTH",
                                              "CLUSTER",    "LEMMA",   "POS",      "TAG",
                                              "DEP",        "ENT_IOB", "ENT_TYPE", "HEAD",
                                              "SENT_START", "SPACY",   "PROB",     "LANG",
                                              "ADJ",        "ADP",     "ADV",      "AUX",
                                              "CONJ",       "CCONJ",   "DET",      "INTJ",
                                              "NOUN",       "NUM",     "PART",     "PRON",
                                              "PROPN",      "PUNCT",   "SCONJ",    "SYM",
                                              "VERB",       "X",       "EOL",      "SPACE"
};
static const char *const
    last_symbols[] = { /* 380-456 */
                       "PERSON",    "NORP",       "FACILITY",    "ORG",       "GPE",     "LOC",
                       "PRODUCT",   "EVENT",      "WORK_OF_ART", "LANGUAGE",  "LAW",     "DATE",
                       "TIME",      "PERCENT",    "MONEY",       "QUANTITY",  "ORDINAL", "CARDINAL",
                       "acomp",     "advcl",      "advmod",      "agent",     "amod",    "appos",
                       "attr",      "aux",        "auxpass",     "cc",        "ccomp",   "complm",
                       "conj",      "cop",        "csubj",       "csubjpass", "dep",     "det",
                       "dobj",      "expl",       "hmod",        "hyph",      "infmod",  "intj",
                       "iobj",      "mark",       "meta",        "neg",       "nmod",    "nn",
                       "npadvmod",  "nsubj",      "nsubjpass",   "num",       "number",  "oprd",
                       "obj",       "obl",        "parataxis",   "partmod",   "pcomp",   "pobj",
                       "poss",      "possessive", "preconj",     "prep",      "prt",     "punct",
                       "quantmod",  "relcl",      "rcmod",       "root",      "xcomp",   "acl",
                       "ENT_KB_ID", "MORPH",      "ENT_ID",      "IDX",       "_"
    };
enum { FIRST = 1, FLAGS = 19, MIDDLE = 64, DEPRECATED = 104, LAST = 380, LONGEST = 17 };
#define COUNT(a) (sizeof(a) / sizeof *(a))
_Static_assert(FIRST + COUNT(first_symbols) == FLAGS, "18 names");
_Static_assert(MIDDLE + COUNT(middle_symbols) == DEPRECATED, "40 names");
_Static_assert(LAST + COUNT(last_symbols) == 457, "77 names");

static uint32_t find(const char *const *names, size_t n, uint32_t first, onr_sv s)
{
    for (size_t i = 0; i < n; i++)
        if (names[i][0] == s.p[0] && onri_eqz(s, names[i])) return first + (uint32_t)i;
    return 0;
}

/* "FLAG19" to "FLAG63", "DEPRECATED001" to "DEPRECATED276": the digits have a fixed width. */
static uint32_t numbered(onr_sv s, const char *word, size_t digits, uint64_t low, uint64_t high,
                         uint32_t first)
{
    const size_t n = strlen(word);
    uint64_t v;
    if (s.n != n + digits || !onri_starts(s, onri_svz(word))) return 0;
    if (!onri_parse_u64(onri_sub(s, n, s.n), &v) || v < low || v > high) return 0;
    return first + (uint32_t)(v - low);
}

static uint32_t symbol(onr_sv s)
{
    if (s.n > LONGEST) return 0;
    uint32_t id = find(first_symbols, COUNT(first_symbols), FIRST, s);
    if (!id) id = find(middle_symbols, COUNT(middle_symbols), MIDDLE, s);
    if (!id) id = find(last_symbols, COUNT(last_symbols), LAST, s);
    if (!id) id = numbered(s, "FLAG", 2, 19, 63, FLAGS);
    if (!id) id = numbered(s, "DEPRECATED", 3, 1, 276, DEPRECATED);
    return id;
}

static uint64_t murmur(onr_sv s)
{
    const uint64_t m = 0xc6a4a7935bd1e995u;
    uint64_t h = 1 ^ (s.n * m);
    size_t i = 0;
    for (; s.n - i >= 8; i += 8) {
        uint64_t k = 0;
        for (unsigned b = 0; b < 8; b++) k |= (uint64_t)(unsigned char)s.p[i + b] << (8 * b);
        k *= m;
        k ^= k >> 47;
        k *= m;
        h = (h ^ k) * m;
    }
    if (i < s.n) {
        for (unsigned b = 0; i + b < s.n; b++) h ^= (uint64_t)(unsigned char)s.p[i + b] << (8 * b);
        h *= m;
    }
    h ^= h >> 47;
    h *= m;
    h ^= h >> 47;
    return h;
}

uint64_t onri_strid(onr_sv s)
{
    if (s.n == 0) return 0;
    const uint32_t id = symbol(s);
    return id ? id : murmur(s);
}
