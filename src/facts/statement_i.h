/* Inside of the statements' step: its candidates and the files' shared functions.
 *
 * statement.c            load, run, write the result
 * statement_match.c      rules -> candidates
 * statement_spans.c      how far sources and contents reach
 * statement_source.c     the phrase of a source, and the cue that a second one goes on from
 * statement_quotes.c     quotations: whose they are, run-on
 * statement_turns.c      NAME: lines of transcripts, interviews, headlines
 * statement_weigh.c      features and weights -> p
 * statement_choose.c     overlaps, nesting, form
 * statement_context.c    addressee, venue, time, kind
 * statement_carry.c      venue and day of a speech, carried on */
#ifndef ONRI_FACTS_STATEMENT_I_H
#define ONRI_FACTS_STATEMENT_I_H

#include "facts/quotes.h"
#include "facts/statement.h"

/* Roles, extents and properties of the rules of statements: number = place in the vocabulary. */
enum { ST_ROLE_SOURCE, ST_ROLE_CUE, ST_ROLE_CONTENT, ST_ROLE_ADDRESSEE };
enum { ST_PROP_KIND, ST_PROP_P, ST_PROP_CLASS };
enum {
    ST_EXT_SOURCE = ONRI_EXTENT__COUNT,
    ST_EXT_OWNER,
    ST_EXT_CLAUSE,
    ST_EXT_OBJECT,
    ST_EXT_OBJECT_OF,
    ST_EXT_AROUND,
    ST_EXT_REST,
    ST_EXT_LED,
    ST_EXT_PREVIOUS,
    ST_EXT_NAMING,
    ST_EXT_LEFT,
    ST_EXT_INFINITIVE,
    ST_EXT_SPLIT
};

typedef ONRI_VEC(onr_span) st_span_vec;

enum { ST_SPANS_MAX = 64 };

/* A candidate. */
typedef struct st_cand {
    uint32_t rule;         /* in the book; ONR_NONE: found by quotation marks */
    const char *rule_id;   /* static or of the book */
    uint32_t match;        /* index in run.matches, ONR_NONE */
    uint32_t root;         /* token of the cue, ONR_NONE: the cue is no word */
    uint32_t comp;         /* token the content hangs on, ONR_NONE */
    uint32_t source_token; /* head of the source, ONR_NONE */
    onr_span cue, source, addressee, venue;
    st_span_vec content;
    onr_statement_kind kind;
    bool has_kind;
    onr_form form;
    bool fixed_p;                      /* p is given, by a rule or a line, not weighed */
    bool direct;                       /* a speaker's turn: direct speech without marks */
    bool negated, passive, quote_only; /* quote_only: nothing but a quotation beside a cue */
    float p;
    const char *lost;
    uint32_t lost_to, within;
    uint32_t answers; /* candidate that asks what this one answers, ONR_NONE */
    uint32_t time;    /* in run.times, ONR_NONE */
} st_cand;

typedef struct st_weight {
    onr_sv feature;
    float w;
} st_weight;

struct onri_statement_know {
    onri_book *book;
    uint32_t t_verbs, t_nouns, t_tail, t_papers, t_rel, t_labels, t_told, t_silent, t_decline,
        t_talk, t_no_venue, t_no_addressee, t_occasions;
    /* weights: features as atoms of their own map */
    onri_atoms features;
    const float *weight;    /* by atom of features */
    float threshold;        /* p below it: no statement */
    float threshold_nested; /* the same, within the content of another */
    float threshold_quoted; /* the same, for a quotation beside its cue */
};

typedef ONRI_VEC(st_cand) st_cand_vec;
typedef ONRI_VEC(onri_match) st_match_vec;

/* One article's run. */
typedef struct st_run {
    onr_arena *keep, *tmp;
    const onri_statement_know *know;
    const onr_article *article;
    const onr_parse *parse;
    onr_sv text;
    onri_tree tree;
    onri_quote_vec quotes;
    uint32_t *in_quote; /* [n_tokens] outermost quotation, ONR_NONE */
    bool *big;          /* [quotes.n] outermost and long enough, or beside a verb of speech */
    const onri_timex *times;
    uint32_t n_times;
    st_cand_vec cands;
    st_match_vec matches;
    uint32_t last_turn; /* candidate of the speaker before, ONR_NONE */
    onr_status status;  /* first failure of an allocation */
    onr_error *err;
} st_run;

/* ---- spans ---------------------------------------------------------------------------------- */

static inline const onr_token *st_tok(const st_run *r, uint32_t i)
{
    return &r->parse->tokens[i];
}
/* Bytes of tokens [beg, end), empty for an empty stretch. */
onr_span st_bytes(const st_run *r, onr_tokens t);
onr_tokens st_trim(const st_run *r, onr_tokens t);
/* The word of token i, lower-cased, equals s. */
bool st_is(const st_run *r, uint32_t i, const char *s);
bool st_lemma_in(const st_run *r, uint32_t i, uint32_t table, const char *column, const char *word);
bool st_add_span(st_run *r, st_cand *c, onr_span s);
bool st_add_tokens(st_run *r, st_cand *c, onr_tokens t);
/* The cue whose subject goes on at the cue v within its content; ONR_NONE. */
uint32_t st_outer_cue(const st_run *r, uint32_t v);
/* The noun before a finite cue that has no subject in the parse; ONR_NONE. */
uint32_t st_subject_before(const st_run *r, uint32_t v);
/* The phrase of token tok as a source of the verb at cue (ONR_NONE: none). */
onr_tokens st_source_tokens(const st_run *r, uint32_t tok, uint32_t cue);
/* Content spans for the piece (token, extent) of a candidate with cue tokens cue. */
bool st_content_piece(st_run *r, st_cand *c, uint32_t token, uint32_t extent, onr_tokens cue);
/* Head of the noun phrase that begins at token i; ONR_NONE. */
uint32_t st_phrase_at(const st_run *r, uint32_t i);
/* Where the stretch of tokens [beg, end) ends without what only adds behind a comma. */
uint32_t st_tail_cut(const st_run *r, uint32_t beg, uint32_t end);
/* White-space separated words of a span, counted up to max. */
uint32_t st_words(const st_run *r, onr_span s, uint32_t max);

/* A new candidate of that rule, not found by a rule of the book; NULL: out of memory. */
st_cand *st_new_cand(st_run *r, const char *rule, uint32_t root);
/* End of the line that byte `at` stands in. */
uint32_t st_line_end(const st_run *r, uint32_t at);
/* Up to six words of a name from byte i on; the end of the last one, i if there is none. */
uint32_t st_name_end(const st_run *r, uint32_t i, uint32_t end);

/* ---- steps ---------------------------------------------------------------------------------- */

bool st_find_quotes(st_run *r);     /* quotes, in_quote, big */
bool st_find_matches(st_run *r);    /* rules -> cands */
bool st_give_quotes(st_run *r);     /* quotations -> cands */
bool st_give_turns(st_run *r);      /* labelled lines -> cands */
bool st_clean(st_run *r);           /* contents in order, without cue and source */
void st_weigh(st_run *r);           /* p */
void st_drop_improbable(st_run *r); /* p under the threshold: lost */
bool st_choose(st_run *r);          /* lost, within, form; false: out of memory */
void st_context(st_run *r);         /* addressee, venue, kind */
/* Set the candidate's source from a token (with what sources are none, e.g. empty it). */
void st_set_source(st_run *r, st_cand *c, uint32_t tok);
/* Features of a candidate, for weighing and for fitting: calls fn for each (a view in a buffer). */
typedef void (*st_feature_fn)(void *ctx, onr_sv feature);
void st_features(const st_run *r, const st_cand *c, st_feature_fn fn, void *ctx);
onr_status onri_statement_weights_load(onr_arena *mem, onri_statement_know *know, onr_sv tsv,
                                       onr_error *err);

#endif
