/* Inside of the disputes' step: answers, claims, pairs of them.
 *
 * dispute.c         the step: pairs, the best one of each answer, the record
 * dispute_know.c    words, relations between words and weights from data/disputes
 * dispute_answer.c  who answers what: denials, confirmations, statements that stand against
 * dispute_phrase.c  answers by set phrases: pretexts, "no such", "attach no importance"
 * dispute_claim.c   what may be answered: what was said, what is denied, what was told
 * dispute_weigh.c   likeness of two stretches of text, features of a pair, its p */
#ifndef ONRI_FACTS_DISPUTE_I_H
#define ONRI_FACTS_DISPUTE_I_H

#include "facts/dispute.h"
#include "facts/view.h"

/* What a word of data/disputes/words.tsv is, beyond the verdicts 0..ONR_VERDICT__COUNT-1. */
enum {
    DP_CLAIM = ONR_VERDICT__COUNT, /* a noun that takes up what was said: "the allegation" */
    DP_WORK,                       /* the same, but "of" names its author: "the findings of" */
    DP_DEED,                       /* a noun that is a claim by itself when denied */
    DP_CALL,                       /* a verb that gives its object a name: call, describe */
    DP_JUDGE,                      /* a verb that finds fault: of a claim, it is an answer */
    DP_INSIST,                     /* cues of a speaker who holds against another's word */
    DP_REPLY,                      /* cues that answer */
    DP_CHARGE,                     /* cues that lay something to somebody */
    DP_WARN,                       /* cues of worry */
    DP_CONTRAST,                   /* but, however, although */
    DP_BAD,                        /* words of wrong and harm */
    DP_UNTRUE,                     /* falsely, incorrectly: the words are not the speaker's */
    DP_HOLD,                       /* "declined to", "has yet to": the answer is held back */
    DP_CLASSES,
    DP_NONE = 255
};

/* How two words are related (data/disputes/related.tsv). */
enum { DP_UNRELATED, DP_SAME, DP_LIKE, DP_OPPOSITE, DP_CONTRARY };

struct onri_dispute_know {
    onri_atoms atoms;
    onri_map classes; /* class of lists << 40 | pos << 32 | atom -> class */
    onri_map related; /* smaller atom << 32 | greater -> relation */
    onri_atoms features;
    const float *weight; /* by feature */
    float threshold;
};

enum {
    DP_WINDOW = 40,      /* claims before an answer that are looked at */
    DP_AHEAD = 6,        /* claims behind an answer */
    DP_MENTION_MAX = 16, /* tokens of a mention in which a country is looked for */
    DP_MERGE = 256,      /* disputes before an answer among which its claim is looked for */
    DP_WORDS_MAX = 64    /* words of a stretch that count for likeness */
};

/* Sorts of answers and of claims: first part of the names of features. */
typedef enum dp_answer_sort { DP_BY_VERB, DP_BY_PREDICATE, DP_BY_COUNTER } dp_answer_sort;
typedef enum dp_claim_sort { DP_SAID, DP_OWN, DP_TOLD } dp_claim_sort;

typedef struct dp_answer {
    dp_answer_sort sort;
    uint32_t token;   /* of the answering word; of a counter-statement: its root */
    uint32_t beg;     /* byte where the answer itself begins: claims end before */
    uint32_t from;    /* byte where its cue or source begins, if before */
    uint32_t verdict; /* onr_verdict */
    onr_ref by;       /* entity ONR_NONE: the text names none that is known */
    uint32_t topic;   /* token of what is answered; ONR_NONE: all that was said */
    uint32_t inner; /* token of the words that say the claim: of "the claim that …" the clause */
    uint32_t owner; /* entity whose claim the topic is said to be ("Syria's accusation") */
    bool owner_spoke;    /* and a claim of the owner's stands before */
    bool withheld;       /* a confirmation or denial was held back: "did not confirm" */
    bool anaphor;        /* the topic only takes up what was said: "this", "the report" */
    onr_span span;       /* what the record shows */
    onr_span about;      /* words that are compared with the claim's */
    uint32_t statement;  /* that makes the answer, or around it */
    uint32_t group;      /* of the answers of one group the likeliest pair stays */
    uint8_t cue;         /* DP_INSIST, DP_REPLY, ... or DP_NONE */
    uint8_t topic_class; /* class of the topic's noun */
} dp_answer;

typedef struct dp_claim {
    dp_claim_sort sort;
    onr_span span;
    uint32_t statement; /* whose content it is, or ONR_NONE */
    uint32_t claimant;  /* entity */
    onr_span by;        /* words that name the claimant, may be empty */
    uint32_t sent, root;
    uint8_t cue;
} dp_claim;

typedef struct dp_run {
    onri_draft *d;
    const onri_dispute_know *know;
    onri_view v;
    const onr_token *t;
    uint32_t n;
    const onr_sv *home;    /* [entities] country, empty: not known */
    const uint32_t *word;  /* [n] number of the lemma in this text, ONR_NONE: carries no meaning */
    const uint32_t *known; /* [n] the lemma's atom in know, ONR_NONE */
    const float *weight;   /* [n] how much the word tells: less, the more sentences have it */
    ONRI_VEC(dp_claim) claims; /* what was said, in order of its end */
    ONRI_VEC(dp_answer) answers;
} dp_run;

/* dispute_know.c */
uint32_t dp_class(const onri_dispute_know *k, char pos, onr_sv word);
uint32_t dp_related(const onri_dispute_know *k, uint32_t a, uint32_t b);
float dp_weight_of(const onri_dispute_know *k, onr_sv feature); /* 0 if it has none */

/* dispute_answer.c */
ONR_CHECK onr_status dp_find_answers(dp_run *x, onr_error *err);
bool dp_takes_up(const dp_run *x, uint32_t tok); /* "this", "the report" */
bool dp_is(const dp_run *x, uint32_t tok, const char *word);
onr_span dp_trimmed(const dp_run *x, uint32_t beg, uint32_t end); /* tokens -> bytes */
bool dp_is_clause(const dp_run *x, uint32_t tok);
/* Class of the words of a statement's cue among INSIST, REPLY, CHARGE, WARN; DP_NONE. */
uint8_t dp_cue_class(const dp_run *x, const onr_statement *s);
/* The token that says what a noun claims ("the claim that …"), or the noun itself. */
uint32_t dp_inner(const dp_run *x, uint32_t noun);
/* Does the cue deny or refuse to confirm? */
bool dp_cue_denies(const dp_run *x, const onr_statement *s);

/* dispute_phrase.c */
/* Does the token answer by a noun: "under the pretext that"? */
bool dp_answer_by_phrase(const dp_run *x, uint32_t tok, dp_answer *a);
/* The verdict of a verb in a set phrase and the token of what it answers; DP_NONE: none. */
uint32_t dp_waved_aside(const dp_run *x, uint32_t v, uint32_t *topic);
uint32_t dp_no_such(const dp_run *x, uint32_t v, uint32_t *topic);
uint32_t dp_cleared(const dp_run *x, uint32_t v, uint32_t *topic);

/* dispute_claim.c */
ONR_CHECK onr_status dp_find_claims(dp_run *x, onr_error *err);
/* Claims that end at or before the byte are the first ones; how many. Cost: log of the claims. */
uint32_t dp_claims_before(const dp_run *x, uint32_t byte);
/* First token of [beg,end) that hangs on nothing inside; a verb before others. */
uint32_t dp_root_of(const dp_run *x, uint32_t beg, uint32_t end);
/* Does the topic's noun say more than whose words it takes up? */
bool dp_says_more(const dp_run *x, const dp_answer *a);
/* The answer's own words as its claim ("denied that …"); span empty: it has none. */
dp_claim dp_own_claim(const dp_run *x, const dp_answer *a);
/* The sentence before, told by the article itself; span empty: none. */
dp_claim dp_told_claim(const dp_run *x, const dp_answer *a);

/* dispute_weigh.c */
ONR_CHECK onr_status dp_weigh_words(dp_run *x, onr_error *err);
/* Do the tokens [beg, end] speak of wrong or harm? */
bool dp_is_bad(const dp_run *x, uint32_t beg, uint32_t end);
/* Does what is said behind a denial still speak of the claim? */
bool dp_goes_on(const dp_run *x, const dp_answer *a, const dp_claim *c);
/* Did somebody say before what the answer's own words take up? */
bool dp_takes_up_said(const dp_run *x, const dp_answer *a);
/* May the claim be the one that is answered at all? */
bool dp_possible(const dp_run *x, const dp_answer *a, const dp_claim *c);
void dp_features(const dp_run *x, const dp_answer *a, const dp_claim *c, uint32_t between,
                 void (*fn)(void *ctx, onr_sv feature), void *ctx);
float dp_p(const dp_run *x, const dp_answer *a, const dp_claim *c, uint32_t between);

#endif
