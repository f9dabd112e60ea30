/* The parse: what the language engine finds in an article's text.
 *
 * Tokens, tags, heads, labels, lemmas, sentences, entities and noun chunks, as spaCy's English
 * pipelines define them. Plain data in an arena, frozen once made: share it freely. */
#ifndef ONR_PARSE_H
#define ONR_PARSE_H

#include "onrecord/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Universal parts of speech: id, name. */
/* clang-format off */
#define ONR_POS_LIST(X)                                                                           \
    X(NONE, "") X(ADJ, "ADJ") X(ADP, "ADP") X(ADV, "ADV") X(AUX, "AUX") X(CONJ, "CONJ")           \
    X(CCONJ, "CCONJ") X(DET, "DET") X(INTJ, "INTJ") X(NOUN, "NOUN") X(NUM, "NUM")                 \
    X(PART, "PART") X(PRON, "PRON") X(PROPN, "PROPN") X(PUNCT, "PUNCT") X(SCONJ, "SCONJ")         \
    X(SYM, "SYM") X(VERB, "VERB") X(X, "X") X(SPACE, "SPACE")
/* clang-format on */

/** Penn Treebank tags of the models: id, name. A model with another tag is refused. */
/* clang-format off */
#define ONR_TAG_LIST(X)                                                                           \
    X(NONE, "") X(DOLLAR, "$") X(RQUOTE, "''") X(COMMA, ",") X(LRB, "-LRB-") X(RRB, "-RRB-")      \
    X(PERIOD, ".") X(COLON, ":") X(ADD, "ADD") X(AFX, "AFX") X(CC, "CC") X(CD, "CD") X(DT, "DT")  \
    X(EX, "EX") X(FW, "FW") X(GW, "GW") X(HYPH, "HYPH") X(IN, "IN") X(JJ, "JJ") X(JJR, "JJR")     \
    X(JJS, "JJS") X(LS, "LS") X(MD, "MD") X(NFP, "NFP") X(NIL, "NIL") X(NN, "NN") X(NNP, "NNP")   \
    X(NNPS, "NNPS") X(NNS, "NNS") X(PDT, "PDT") X(POS, "POS") X(PRP, "PRP") X(PRPS, "PRP$")       \
    X(RB, "RB") X(RBR, "RBR") X(RBS, "RBS") X(RP, "RP") X(SYM, "SYM") X(TO, "TO") X(UH, "UH")     \
    X(VB, "VB") X(VBD, "VBD") X(VBG, "VBG") X(VBN, "VBN") X(VBP, "VBP") X(VBZ, "VBZ")             \
    X(WDT, "WDT") X(WP, "WP") X(WPS, "WP$") X(WRB, "WRB") X(XX, "XX") X(SP, "_SP")                \
    X(LQUOTE, "``") X(HASH, "#")
/* clang-format on */

/** ClearNLP dependency labels of the models: id, name. */
/* clang-format off */
#define ONR_DEP_LIST(X)                                                                           \
    X(NONE, "") X(ROOT, "ROOT") X(ACL, "acl") X(ACOMP, "acomp") X(ADVCL, "advcl")                 \
    X(ADVMOD, "advmod") X(AGENT, "agent") X(AMOD, "amod") X(APPOS, "appos") X(ATTR, "attr")       \
    X(AUX, "aux") X(AUXPASS, "auxpass") X(CASE, "case") X(CC, "cc") X(CCOMP, "ccomp")             \
    X(COMPOUND, "compound") X(CONJ, "conj") X(CSUBJ, "csubj") X(CSUBJPASS, "csubjpass")           \
    X(DATIVE, "dative") X(DEP, "dep") X(DET, "det") X(DOBJ, "dobj") X(EXPL, "expl")               \
    X(INTJ, "intj") X(MARK, "mark") X(META, "meta") X(NEG, "neg") X(NMOD, "nmod")                 \
    X(NPADVMOD, "npadvmod") X(NSUBJ, "nsubj") X(NSUBJPASS, "nsubjpass") X(NUMMOD, "nummod")       \
    X(OPRD, "oprd") X(PARATAXIS, "parataxis") X(PCOMP, "pcomp") X(POBJ, "pobj") X(POSS, "poss")   \
    X(PRECONJ, "preconj") X(PREDET, "predet") X(PREP, "prep") X(PRT, "prt") X(PUNCT, "punct")     \
    X(QUANTMOD, "quantmod") X(RELCL, "relcl") X(XCOMP, "xcomp")
/* clang-format on */

/** OntoNotes entity types of the models: id, name. */
/* clang-format off */
#define ONR_ENT_LIST(X)                                                                           \
    X(NONE, "") X(CARDINAL, "CARDINAL") X(DATE, "DATE") X(EVENT, "EVENT") X(FAC, "FAC")           \
    X(GPE, "GPE") X(LANGUAGE, "LANGUAGE") X(LAW, "LAW") X(LOC, "LOC") X(MONEY, "MONEY")           \
    X(NORP, "NORP") X(ORDINAL, "ORDINAL") X(ORG, "ORG") X(PERCENT, "PERCENT")                     \
    X(PERSON, "PERSON") X(PRODUCT, "PRODUCT") X(QUANTITY, "QUANTITY") X(TIME, "TIME")             \
    X(WORK_OF_ART, "WORK_OF_ART")
/* clang-format on */

#define ONR_ENUM_POS(id, name) ONR_POS_##id,
typedef enum onr_pos { ONR_POS_LIST(ONR_ENUM_POS) ONR_POS__COUNT } onr_pos;
#undef ONR_ENUM_POS
#define ONR_ENUM_TAG(id, name) ONR_TAG_##id,
typedef enum onr_tag { ONR_TAG_LIST(ONR_ENUM_TAG) ONR_TAG__COUNT } onr_tag;
#undef ONR_ENUM_TAG
#define ONR_ENUM_DEP(id, name) ONR_DEP_##id,
typedef enum onr_dep { ONR_DEP_LIST(ONR_ENUM_DEP) ONR_DEP__COUNT } onr_dep;
#undef ONR_ENUM_DEP
#define ONR_ENUM_ENT(id, name) ONR_ENT_##id,
typedef enum onr_ent { ONR_ENT_LIST(ONR_ENUM_ENT) ONR_ENT__COUNT } onr_ent;
#undef ONR_ENUM_ENT

/** Flags of a token. */
enum {
    ONR_TOKEN_SPACE_AFTER = 1, /* one ASCII space follows that belongs to the token */
    ONR_TOKEN_IS_SPACE = 2,    /* the token is white space (beyond one blank between words) */
    ONR_TOKEN_SENT_START = 4   /* first token of its sentence */
};

/** One token. Indices are positions in onr_parse.tokens, spans are bytes of the text. */
typedef struct onr_token {
    uint32_t beg, end;       /* bytes */
    uint32_t head;           /* index of the head; its own index for a root */
    uint32_t l_edge, r_edge; /* leftmost and rightmost token of its subtree, both inclusive */
    uint32_t sent;           /* index of its sentence */
    uint8_t pos, tag, dep;   /* onr_pos, onr_tag, onr_dep */
    uint8_t ent;             /* onr_ent */
    uint8_t ent_iob;         /* 'B', 'I' or 'O' */
    uint8_t flags;           /* ONR_TOKEN_* */
    onr_sv lemma;            /* as the rule lemmatizer gives it */
    onr_sv norm;             /* spaCy's NORM */
    onr_sv lower;            /* lower-cased text */
    onr_sv morph;            /* "Number=Sing|Person=3", empty if none */
} onr_token;

/** Tokens [beg, end) of a sentence, paragraph, entity or noun chunk. */
typedef struct onr_tokens {
    uint32_t beg, end;
} onr_tokens;

/** A named entity as the model sees it. */
typedef struct onr_entity_span {
    uint32_t beg, end; /* tokens, half-open */
    onr_ent type;
} onr_entity_span;

typedef struct onr_parse {
    onr_sv text;             /* the article's text; owned by the caller */
    const onr_token *tokens; /* [n_tokens] in reading order */
    uint32_t n_tokens;
    const onr_tokens *sentences; /* [n_sentences]; they cover all tokens */
    uint32_t n_sentences;
    const onr_tokens *paragraphs; /* [n_paragraphs]: stretches parsed as one; whole text: one */
    uint32_t n_paragraphs;
    const onr_entity_span *entities; /* [n_entities] in order, not nested */
    uint32_t n_entities;
    const onr_tokens *chunks; /* [n_chunks] base noun phrases, in order of their ends */
    uint32_t n_chunks;
} onr_parse;

/** Names of the labels, "" for NONE. Never NULL; out of range gives "". Cost: O(1). Threads:
 * any. */
ONR_API const char *onr_pos_name(onr_pos pos);
ONR_API const char *onr_tag_name(onr_tag tag);
ONR_API const char *onr_dep_name(onr_dep dep);
ONR_API const char *onr_ent_name(onr_ent ent);

#ifdef __cplusplus
}
#endif
#endif
