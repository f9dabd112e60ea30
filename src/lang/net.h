/* The network: features of tokens in; tags, trees, sentence starts and entities out.
 *
 * Knows no text. src/lang/features.c makes its input, src/lang/parse.c takes its output. One net is
 * one thread's; the model under it is shared. What comes out depends on model and tokens alone:
 * not on what was run before, on how documents are grouped in a run, or on the memo. Kernels agree
 * in every decision, not in every bit of a score. */
#ifndef ONRI_LANG_NET_H
#define ONRI_LANG_NET_H

#include "base/base.h"
#include "lang/model.h"
#include "onrecord/lang.h"

/* What the network sees of one token. */
typedef struct onri_net_token {
    uint64_t feat[ONRI_FEAT__COUNT]; /* by onri_feature: string ids; SPACY and IS_SPACE: 0 or 1 */
    uint64_t orth;                   /* id of the token's text (static vectors of md) */
} onri_net_token;

/* Documents of one run. A document is what spaCy calls a Doc: a paragraph, or the text as a whole.
 * Document d holds the tokens [start[d], start[d + 1]); start[0] = 0 and start[n_docs] is the
 * number of tokens. Empty documents are fine. */
typedef struct onri_net_in {
    const onri_net_token *tok;
    const uint32_t *start; /* [n_docs + 1], ascending */
    uint32_t n_docs;
} onri_net_in;

typedef struct onri_net_ent {
    uint32_t beg, end; /* tokens [beg, end) */
    uint8_t label;     /* onr_ent */
} onri_net_ent;

/* Arrays over all tokens of the run; token numbers count through the run, not from the document's
 * start. State after spaCy's parser and entity recogniser, before the attribute ruler. */
typedef struct onri_net_out {
    uint32_t n;
    uint8_t *tag;        /* onr_tag */
    uint8_t *dep;        /* onr_dep, decorated labels lifted */
    uint32_t *head;      /* a root is its own head */
    uint32_t *l_edge;    /* first token of the subtree */
    uint32_t *r_edge;    /* last token of the subtree, inclusive */
    uint8_t *sent_start; /* 1: a sentence starts here (always at a document's first token) */
    onri_net_ent *ents;  /* [n_ents], ascending, disjoint */
    uint32_t n_ents;
} onri_net_out;

typedef struct onri_net onri_net;

/* memo: word types remembered by each of the two encoders (0: 8192, 3.9 kB each; at least a block's
 * worth is kept). kernel: AUTO takes the fastest this machine has. E_UNSUPPORTED: this machine or
 * build lacks the kernel. E_MODEL: its moves cannot end every parse. E_NOMEM. On failure *out is
 * NULL. */
ONR_CHECK onr_status onri_net_new(const onr_model *model, onr_kernel kernel, uint32_t memo,
                                  onri_net **out, onr_error *err);
void onri_net_free(onri_net *net);
onr_kernel onri_net_kernel(const onri_net *net); /* the one in use, never AUTO */

/* Run all documents. The arrays of *out stand in mem; scratch is the net's own and is kept for the
 * next run (256 bytes a token of the longest document, a fixed few MB besides). Pass an article's
 * paragraphs in one run: the encoder works on blocks of several. E_NOMEM, E_LIMIT; then *out is
 * unchanged. */
ONR_CHECK onr_status onri_net_run(onri_net *net, const onri_net_in *in, onr_arena *mem,
                                  onri_net_out *out, onr_error *err);

/* ---- for tests and benchmarks --------------------------------------------------------------- */

typedef enum onri_net_encoder {
    ONRI_ENCODER_SHARED, /* tagger and parser: spaCy's doc.tensor */
    ONRI_ENCODER_NER
} onri_net_encoder;

/* Encoder rows of all documents: rows[n][ONRI_WIDTH], the caller's. */
ONR_CHECK onr_status onri_net_encode(onri_net *net, onri_net_encoder which, const onri_net_in *in,
                                     float *rows, onr_error *err);

/* One decision, told to a listener: how near another class came. */
typedef enum onri_net_stage { ONRI_STAGE_TAG, ONRI_STAGE_PARSE, ONRI_STAGE_NER } onri_net_stage;
typedef void onri_net_listener(void *arg, onri_net_stage stage, uint32_t token, uint32_t cls,
                               float score, float margin); /* margin: to the best other valid class,
                                                              INFINITY if it was the only one */
/* NULL: none. Listening slows the run; decisions are the same. */
void onri_net_listen(onri_net *net, onri_net_listener *listener, void *arg);

/* Parts of a run, for its times. */
typedef enum onri_net_part {
    ONRI_PART_ENCODE, /* shared encoder */
    ONRI_PART_TAG,
    ONRI_PART_PARSE, /* its input layer and the trees too */
    ONRI_PART_ENCODE_NER,
    ONRI_PART_NER,
    ONRI_PART__COUNT
} onri_net_part;

typedef struct onri_net_stats {
    uint64_t tokens, steps;          /* run so far; parser transitions scored */
    uint64_t memo_hits, memo_misses; /* both encoders */
    uint64_t ns[ONRI_PART__COUNT];   /* CPU time of the thread */
} onri_net_stats;
onri_net_stats onri_net_get_stats(const onri_net *net);

#endif
