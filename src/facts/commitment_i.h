/* Inside the commitments: the words by class, and what their files share.
 *
 * commitment.c        load; clauses of the future, words that bind; the step
 * commitment_who.c    who is bound, and whether the one who says so may bind him
 * commitment_scope.c  how far the action reaches, its condition, its deadline */
#ifndef ONRI_FACTS_COMMITMENT_I_H
#define ONRI_FACTS_COMMITMENT_I_H

#include "facts/commitment.h"
#include "facts/lexicon.h"
#include "facts/view.h"

/* Classes of data/commitments/words.tsv: id, name there. */
/* clang-format off */
#define CM_CLASSES(X)                                                                              \
    X(VERB, "verb") X(NOUN, "noun") X(ADJECTIVE, "adjective") X(OBJECT, "object") X(CUE, "cue")    \
    X(CONDITION, "condition") X(KEEPS, "keeps") X(UNDOES, "undoes") X(ENDS, "ends")                \
    X(SPEECH, "speech") X(DRIFT, "drift") X(BELIEF, "belief") X(ASSURANCE, "assurance")            \
    X(CUT, "cut") X(VAGUE, "vague") X(OFFICE, "office") X(ANCIENT, "ancient") X(DEED, "deed") \
    X(OBLIGES, "obliges")
/* clang-format on */
#define CM_ENUM(id, name) CM_##id,
enum { CM_CLASSES(CM_ENUM) CM__COUNT };
#undef CM_ENUM

struct onri_commitment_words {
    onri_lexicon lex;
};

typedef struct cm_ctx {
    onri_draft *d;
    const onri_lexicon *lex;
    const onr_parse *parse;
    const onr_token *t;
    onri_view view;
    const onri_timex *times;
    uint32_t n_times;
    uint8_t *used; /* [n_tokens] verb whose clause is a commitment already */
} cm_ctx;

static inline bool cm_is(const cm_ctx *x, uint32_t tok, const char *lower)
{
    return onri_eqz(x->t[tok].lower, lower);
}
static inline bool cm_verb(const cm_ctx *x, uint32_t tok)
{
    return x->t[tok].pos == ONR_POS_VERB || x->t[tok].pos == ONR_POS_AUX;
}
static inline const onri_lex_row *cm_row(const cm_ctx *x, unsigned cls, uint32_t tok)
{
    return onri_lex_token(x->lex, cls, &x->t[tok]);
}

/* ---- who ------------------------------------------------------------------------------------ */

/* Can this entity bind itself? The source of the statement can, whatever it is. */
bool cm_can_act(const cm_ctx *x, uint32_t entity, uint32_t statement);
/* Who the token stands for; "we" and "I" are the speaker or the state he speaks for. */
uint32_t cm_entity(const cm_ctx *x, uint32_t tok, uint32_t statement);
bool cm_first_person(const cm_ctx *x, uint32_t tok);
/* Is it "any country", "no one": nobody in particular? */
bool cm_vague(const cm_ctx *x, uint32_t tok);
/* Why the source of the statement may not bind this holder; NULL: he may. */
const char *cm_not_for(const cm_ctx *x, uint32_t statement, uint32_t holder);
/* Does the source speak for a state, an organization, a group, or hold an office? */
bool cm_in_charge(const cm_ctx *x, uint32_t statement);
/* Who is bound by a noun: whose plan it is, else the subject of the verb it stands with. *turned:
 * that verb turns it round ("dropped its plan"); *over: it ends it. A token, or ONR_NONE. */
uint32_t cm_holder_of_noun(const cm_ctx *x, uint32_t n, bool *turned, bool *over);

/* ---- scope ---------------------------------------------------------------------------------- */

typedef enum cm_bind {
    CM_BIND_NONE,
    CM_BIND_IF,
    CM_BIND_ONLY,
    CM_BIND_UNLESS,
    CM_BIND_UNTIL
} cm_bind;

typedef struct cm_condition {
    cm_bind kind;
    uint32_t beg, end; /* tokens, empty if none */
} cm_condition;

/* What limits the act of verb, whose governor (ONR_NONE: none) may hold the condition too. */
cm_condition cm_find_condition(const cm_ctx *x, uint32_t verb, uint32_t governor, bool negated);
/* One past the last token of the act of v. */
uint32_t cm_clause_end(const cm_ctx *x, uint32_t v);
/* "… for the bridge and Sweden will build it": the subject that the parse gave to the object
 * before. v: verb joined to another, first: its first word. ONR_NONE: it has none of that kind. */
uint32_t cm_taken_subject(const cm_ctx *x, uint32_t v, uint32_t first);
/* Bytes of tokens [beg, end) without punctuation and joining words at the edges; empty if nothing.
 */
onr_span cm_bytes(const cm_ctx *x, uint32_t beg, uint32_t end);
/* Does the clause of tok stand under "if", "whether", "had he …": is it itself only supposed? */
bool cm_supposed(const cm_ctx *x, uint32_t tok);
/* Time by which it is to be done: one in the action that is still to come. ONR_NONE: none. */
uint32_t cm_deadline(const cm_ctx *x, onr_span action);
/* Does a time in the sentence of the token put it years before the article? */
bool cm_long_ago(const cm_ctx *x, uint32_t tok);

#endif
