/* Mentions while actors are being found: what src/facts/mention*.c hand to src/facts/actor*.c. */
#ifndef ONRI_FACTS_MENTION_H
#define ONRI_FACTS_MENTION_H

#include "facts/actor_know.h"
#include "onrecord/article.h"
#include "onrecord/parse.h"

typedef enum onri_det {
    ONRI_DET_NONE,
    ONRI_DET_THE,
    ONRI_DET_THIS, /* this, that, these, those */
    ONRI_DET_A,    /* a, some, many, other vague words */
    ONRI_DET_POSS  /* his, Iran's */
} onri_det;

typedef enum onri_number { ONRI_NUMBER_ANY, ONRI_SINGULAR, ONRI_PLURAL } onri_number;

/* Pronouns by whom they can mean. */
typedef enum onri_pronoun {
    ONRI_PRON_NONE,
    ONRI_PRON_HE,
    ONRI_PRON_SHE,
    ONRI_PRON_IT,
    ONRI_PRON_THEY,
    ONRI_PRON_I,
    ONRI_PRON_WE,
    ONRI_PRON_YOU,
    ONRI_PRON_EACH_OTHER,
    ONRI_PRON_WHO
} onri_pronoun;

/* One mention on its way to an actor. Token indices; half-open. */
typedef struct onri_cand {
    uint32_t beg, end;           /* the whole phrase */
    uint32_t name_beg, name_end; /* the name without titles; of others the head */
    uint32_t head;               /* the token that the phrase hangs by */
    uint32_t syn;                /* the token whose place in the clause counts: mostly the head */
    uint32_t sent;
    uint32_t quote; /* quotation it stands in, ONR_NONE */
    uint8_t kind;   /* onr_mention_kind */
    uint8_t type;   /* onr_entity_type; OTHER: nothing that acts, as far as we know */
    uint8_t number; /* onri_number */
    uint8_t gender; /* 'm', 'f', 0 */
    uint8_t det;    /* onri_det */
    uint8_t pronoun;
    uint8_t term; /* onri_term_kind of the dictionary term, if entry is set */
    uint8_t ent;  /* onr_ent of the model's span, 0 if none */
    bool sure;    /* the type is not a guess */
    bool modifier;
    bool pair;        /* "X and Y": a mention only where they are spoken of as one */
    bool told;        /* a role phrase that ends at this name has been joined to it */
    bool absorbed;    /* a part of a name's phrase: no mention of its own */
    uint32_t entry;   /* actor of the dictionary, ONR_NONE */
    uint32_t country; /* state (dictionary entry) whose adjective or name qualifies it, ONR_NONE */
    const onri_head_noun *noun;  /* of nominals; of names the noun of their title, NULL if none */
    uint32_t role_beg, role_end; /* words before a name that say what he is; equal: none */
    uint32_t pair_end; /* of a pair: the head of its last part; the others by conj above it */
    /* the sieve's */
    uint32_t up;   /* union-find */
    uint32_t join; /* mention through which it came, ONR_NONE */
    const char *rule;
    float p;
} onri_cand;

typedef struct onri_quote {
    uint32_t beg, end; /* tokens with the marks */
    uint32_t speaker, addressee;
    bool told; /* a statement says who speaks, be he an actor or not */
} onri_quote;

typedef ONRI_VEC(onri_cand) onri_cand_vec;
typedef ONRI_VEC(onri_quote) onri_quote_vec;

typedef struct onri_mentions {
    onr_arena *mem;
    const onr_parse *parse;
    const onri_actor_knowledge *know;
    onri_cand_vec at; /* by beg, longer first */
    onri_quote_vec quotes;
    uint32_t *by_head; /* [n_tokens] mention whose head this token is, ONR_NONE */
    uint32_t *in_name; /* [n_tokens] name span + 1 while finding; 0 none */
    uint32_t
        *first_of_sent; /* [n_sentences + 1] first mention that begins in the sentence or later */
    bool *junk;         /* [n_tokens] boilerplate */
} onri_mentions;

/* Find the mentions of a parse. Cost: linear in tokens. Statuses: OK, NOMEM. */
ONR_CHECK onr_status onri_mentions_find(onr_arena *mem, const onr_article *article,
                                        const onr_parse *parse, const onri_actor_knowledge *know,
                                        onri_mentions *out, onr_error *err);

/* ---- shared by the files of this step ---------------------------------------------------------
 */

onr_sv onri_token_sv(const onr_parse *p, uint32_t i);
onr_sv onri_tokens_sv(const onr_parse *p, uint32_t beg, uint32_t end);
bool onri_token_upper(const onr_parse *p, uint32_t i);   /* begins with a capital letter */
static inline bool onri_token_proper(const onr_token *t) /* tagged as a name */
{
    return t->tag == ONR_TAG_NNP || t->tag == ONR_TAG_NNPS;
}
bool onri_token_is(const onr_parse *p, uint32_t i, const char *lower);
/* Singular, lower case: what head nouns are listed by. buf holds at least 64 bytes. */
onr_sv onri_token_noun(const onr_parse *p, uint32_t i, char *buf, size_t cap);
const onri_head_noun *onri_token_head_noun(const onri_mentions *m, uint32_t i);
/* Text of tokens with one blank between words and straight apostrophes, into buf; .p NULL: too
 * long.
 */
onr_sv onri_phrase(const onr_parse *p, uint32_t beg, uint32_t end, char *buf, size_t cap);
bool onri_titled(uint32_t beg, const onri_cand *c); /* a title stands right before its name */

/* mention_span.c */
typedef struct onri_name_span {
    uint32_t beg, end;
    uint32_t term; /* dictionary, ONR_NONE */
    uint8_t ent;   /* onr_ent or 0 */
} onri_name_span;
typedef ONRI_VEC(onri_name_span) onri_name_spans;

/* Find the spans of names in a parse and enter them in m->in_name; empty ones are to be skipped.
 * False: no memory. Cost: linear in tokens. */
bool onri_find_name_spans(onri_mentions *m, onri_name_spans *v);
void onri_release_name(onri_mentions *m, onri_name_span *s); /* take a span back: it gets empty */

/* mention_name.c */
ONR_CHECK onr_status onri_mention_names(onri_mentions *m, onr_error *err);
/* mention_phrase.c */
ONR_CHECK onr_status onri_mention_phrases(onri_mentions *m, onr_error *err);
uint32_t onri_phrase_left(const onri_mentions *m, uint32_t head);
uint32_t onri_phrase_right(const onri_mentions *m, uint32_t head, unsigned depth);
onri_cand *onri_mention_add(onri_mentions *m, uint32_t beg, uint32_t end, uint32_t head,
                            onr_mention_kind kind, uint8_t type);

#endif
