/* Inside the positions.
 *
 * position.c        load, the step, what acts say of a stance
 * position_words.c  what words say: verbs, nouns, adjectives
 * position_judge.c  what is said of a thing: judgments, effects, cries, moods
 * position_issue.c  the issue as a normalized phrase */
#ifndef ONRI_FACTS_POSITION_I_H
#define ONRI_FACTS_POSITION_I_H

#include "facts/lexicon.h"
#include "facts/position.h"
#include "facts/view.h"

/* Classes of data/positions/words.tsv. */
/* clang-format off */
#define PS_CLASSES(X)                                                                              \
    X(VERB, "verb") X(NOUN, "noun") X(ADJECTIVE, "adjective") X(JUDGMENT, "judgment")              \
    X(CALLS, "calls") X(MOOD, "mood") X(ENDS, "ends") X(LIGHT, "light") X(EXPRESS, "express")      \
    X(NOMINAL, "nominal") X(IDLE, "idle") X(URGES, "urges") X(TALK, "talk")                        \
    X(HOLLOW, "hollow") X(INTO, "into") X(END, "end") X(NOBODY, "nobody")                          \
    X(EFFECT, "effect") X(CRY, "cry") X(ERRAND, "errand") X(HAPPEN, "happen") X(BALLOT, "ballot") X(RECEIVE, "receive") X(CARRIER, "carrier") X(CROWD, "crowd")
/* clang-format on */
#define PS_ENUM(id, name) PS_##id,
enum { PS_CLASSES(PS_ENUM) PS__COUNT };
#undef PS_ENUM

enum { PS_NONE = ONR_STANCE__COUNT };

typedef struct ps_act { /* a row of stances.tsv */
    char layer;         /* 'e', 'c', 's' */
    onr_sv what;
    uint8_t stance;
    uint32_t line;
} ps_act;

struct onri_stance_know {
    onri_lexicon lex;
    ONRI_VEC(ps_act) acts;
    onri_atoms countries;        /* alpha-3 */
    ONRI_VEC(onr_sv) adjectives; /* [countries] "Iranian" */
    const onri_issue_list *issues;
};

typedef struct ps_ctx {
    onri_draft *d;
    const onri_stance_know *know;
    const onr_parse *parse;
    const onr_token *t;
    onri_view view;
    bool title; /* reading the headline, or all but the headline */
} ps_ctx;

static inline bool ps_is(const ps_ctx *x, uint32_t tok, const char *lower)
{
    return onri_eqz(x->t[tok].lower, lower);
}
static inline bool ps_verb(const ps_ctx *x, uint32_t tok)
{
    return x->t[tok].pos == ONR_POS_VERB || x->t[tok].pos == ONR_POS_AUX;
}
static inline const onri_lex_row *ps_row(const ps_ctx *x, unsigned cls, uint32_t tok)
{
    return onri_lex_token(&x->know->lex, cls, &x->t[tok]);
}

/* What may become a position. */
typedef struct ps_find {
    uint32_t entity;
    uint8_t stance;
    uint32_t trigger;  /* token */
    uint32_t topic;    /* token, ONR_NONE: none */
    bool supposed;     /* "if" and "whether" are no question here */
    bool refused;      /* a negation at the topic is in the stance already */
    onr_span evidence; /* empty: from trigger to the end of the topic */
    uint32_t statement;
    const char *rule;
    const char *table; /* and line of it; NULL: none */
    uint32_t line;
    float p;
} ps_find;

enum { PS_CLIMB_MAX = 6 };

/* Add it unless it is no position after all. */
ONR_CHECK onr_status ps_add(ps_ctx *x, ps_find *f, onr_error *err);
uint8_t ps_stance(onr_sv name);

/* The normalized phrase of a topic, in keep; *against: it is asked to end, so the stance turns
 * round;
 * [*beg, *end): its tokens. Empty: the topic names nothing (a pronoun for nobody knows what). .p
 * NULL: out of memory. */
onr_sv ps_issue(const ps_ctx *x, uint32_t topic, bool *against, uint32_t *beg, uint32_t *end);

/* What "it", "this" and "them" take up: the nearest thing of that number before them in the
 * sentence, else the first of the sentence before; tok itself: nothing, or it is no such word. */
uint32_t ps_meant(const ps_ctx *x, uint32_t tok);
/* Times, sums and counts are no issue. */
bool ps_measure(const onr_token *k);
/* Why what stands at the token is not this actor's stance (supposed, asked, denied); NULL: it may
 * be. */
const char *ps_unsaid(const ps_ctx *x, uint32_t tok, uint32_t holder);
/* The other side of a stance. */
uint8_t ps_turned(uint8_t stance);
/* Who speaks: the source, or where that is a pronoun for nobody knows whom, of the statement around
 * it. */
uint32_t ps_source(const ps_ctx *x, uint32_t statement);
/* Who stands at the token; "we" that nobody resolved is the speaker. */
uint32_t ps_entity(const ps_ctx *x, uint32_t tok);
/* The issue under a word, by its slots (data/positions/words.tsv). */
uint32_t ps_slot(const ps_ctx *x, uint32_t tok, onr_sv slots);
/* What was voted on: the nearest bill, motion or vote before the token. */
uint32_t ps_ballot(const ps_ctx *x, uint32_t tok);
/* "three Republicans": some of a body are not the body. */
bool ps_only_some(const ps_ctx *x, uint32_t tok);
bool ps_negated(const ps_ctx *x, uint32_t v);
/* The row of a verb with its particle ("turn down"); of the verb alone where none stands there, or
 * where the issue is behind a preposition ("speak out against"). */
const onri_lex_row *ps_verb_row(const ps_ctx *x, unsigned cls, uint32_t v);
ps_find ps_find_of(const ps_ctx *x, uint32_t trigger, const onri_lex_row *r, const char *rule,
                   float p);
bool ps_in_title(const onri_draft *d, uint32_t byte);
/* Add it unless holder or issue is missing or the words are not his. */
ONR_CHECK onr_status ps_finish(ps_ctx *x, ps_find *f, onr_error *err);
void ps_tell(const ps_ctx *x, const ps_find *f, const char *lost);

ONR_CHECK onr_status ps_by_judgment(ps_ctx *x, uint32_t j, onr_error *err);
ONR_CHECK onr_status ps_by_effect(ps_ctx *x, uint32_t v, onr_error *err);
ONR_CHECK onr_status ps_by_cry(ps_ctx *x, uint32_t tok, onr_error *err);
ONR_CHECK onr_status ps_by_mood(ps_ctx *x, uint32_t a, onr_error *err);
/* Everything that words say. */
ONR_CHECK onr_status ps_words(ps_ctx *x, onr_error *err);

#endif
