/* The pattern language over parses: rules are text (data/<kind>/<x>.rules), compiled once into a
 * frozen book and matched against dependency trees. Knows no particular rule: what roles, extents
 * and properties there are is told by the facts that use it. docs/rules.md is the language's
 * manual.
 *
 * A book is made by one thread, then shared; a tree belongs to one article. */
#ifndef ONRI_RULES_H
#define ONRI_RULES_H

#include "base/base.h"
#include "onrecord/parse.h"

enum {
    ONRI_RULE_NODES_MAX = 12,   /* node lines of one rule */
    ONRI_RULE_ROLES_MAX = 10,   /* role lines of one rule */
    ONRI_RULE_PROPS_MAX = 8,    /* property lines of one rule */
    ONRI_RULE_PIECES_MAX = 6,   /* pieces of one role */
    ONRI_RULE_STEPS_MAX = 2000, /* candidates tried for one rule at one token */
    ONRI_RULE_DEPTH_MAX = 24,   /* edges followed by down(), up() and the derived relations */
    ONRI_RULES_BYTES_MAX = 4 << 20
};

/* ---- the tree ------------------------------------------------------------------------------- */

/* A parse with what matching needs beside it. Arrays are [n_tokens]. */
typedef struct onri_tree {
    const onr_parse *parse;
    const uint32_t *first; /* first child in reading order, ONR_NONE */
    const uint32_t *next;  /* next child of the same head, ONR_NONE */
    const uint32_t *lemma; /* atom of the lower-cased lemma in the book, ONR_NONE: no rule has it */
    const uint32_t *lower; /* atom of the lower-cased word */
    const uint8_t *quoted; /* 1: stands inside a quotation; NULL: not known */
    const uint8_t *mute;   /* 1: no rule starts here (boilerplate); NULL: none */
} onri_tree;

#define ONRI_EACH_CHILD(tree, c, of)                                                               \
    for (uint32_t c = (tree)->first[of]; c != ONR_NONE; c = (tree)->next[c])

/* First child whose label is dep, or ONR_NONE. */
uint32_t onri_tree_child(const onri_tree *t, uint32_t of, onr_dep dep);
/* Is b the same as a or below it? Cost: a comparison of edges, then at most DEPTH_MAX steps. */
bool onri_tree_within(const onri_tree *t, uint32_t a, uint32_t b);

/* The grammatical actor of a verb (or of a predicate that hangs on one). */
typedef struct onri_subject {
    uint32_t token;  /* ONR_NONE: none in the text */
    bool passive;    /* token is what the verb is done to */
    bool inherited;  /* through conjunction, control, participle or relative clause */
    bool antecedent; /* token is the noun that a participle or infinitive hangs on */
} onri_subject;
/* Subject of verb v: its own, or that of the verb it is joined to, controlled by or hangs on. */
onri_subject onri_tree_subject(const onri_tree *t, uint32_t v);
/* Object of the by-phrase of v, or ONR_NONE. */
uint32_t onri_tree_agent(const onri_tree *t, uint32_t v);
/* Who does v: the subject, in the passive the agent; ONR_NONE if the text does not say. */
uint32_t onri_tree_actor(const onri_tree *t, uint32_t v);
/* To whom v is done: object, in the passive the subject; ONR_NONE. */
uint32_t onri_tree_patient(const onri_tree *t, uint32_t v);
bool onri_tree_passive(const onri_tree *t, uint32_t v);
bool onri_tree_negated(const onri_tree *t, uint32_t v);
/* First verb of the chain that leads down to v without a break: "went on to say", "was quoted as
 * saying", "declined to comment". v itself if there is none. */
uint32_t onri_tree_chain(const onri_tree *t, uint32_t v);

/* ---- extents -------------------------------------------------------------------------------- */

/* How far a role reaches from its token. The engine knows these; the facts add their own, which
 * come back as numbers from ONRI_EXTENT__COUNT on. */
#define ONRI_EXTENTS(X)                                                                            \
    X(TOKEN, "token", "the token alone")                                                           \
    X(TREE, "tree", "all that hangs on it, from first to last token")                              \
    X(NP, "np", "its phrase: the tree without clauses and sister phrases behind it")               \
    X(VERB, "verb", "verb with auxiliaries, negation, short adverbs and particle")                 \
    X(CHAIN, "chain", "the same from the first verb of its chain on")                              \
    X(TAIL, "tail", "from its left edge to the end of its head's tree")                            \
    X(SENTENCE, "sentence", "its whole sentence")
#define ONRI_EXTENT_ID(id, name, gloss) ONRI_EXTENT_##id,
enum { ONRI_EXTENTS(ONRI_EXTENT_ID) ONRI_EXTENT__COUNT };
#undef ONRI_EXTENT_ID

/* Tokens [beg, end) of one of the engine's extents. */
onr_tokens onri_tree_extent(const onri_tree *t, uint32_t token, uint32_t extent);

/* ---- books ---------------------------------------------------------------------------------- */

typedef struct onri_book onri_book;

/* What a kind of fact allows in its rules. Static; lists end with NULL. */
typedef struct onri_vocabulary {
    const char *const *roles;
    const char *const *extents; /* beyond the engine's own; may be NULL */
    const char *const *props;
} onri_vocabulary;

/* Gives the bytes of a table by its name in the rule file; .p NULL: there is none. */
typedef onr_sv (*onri_table_loader)(void *ctx, const char *name);

/* An empty book in mem. onri_book_add fills it; afterwards it is only read. */
ONR_CHECK onr_status onri_book_new(onr_arena *mem, const onri_vocabulary *vocabulary,
                                   onri_book **out, onr_error *err);
/* Compile the rules of one file and append them. A rule whose id stands already in the book from
 * an earlier file takes that one's place (so a user's file can mend a rule); a table of the same
 * name gets the new rows in front.
 * @param file  name for messages
 * @param load  where tables come from; NULL: the files of data/ inside the binary
 * @return ONR_OK; ONR_E_SYNTAX (err->line; msg "file:line:column: what, what was expected");
 *         ONR_E_LIMIT; ONR_E_NOMEM. After a failure the book must not be used. */
ONR_CHECK onr_status onri_book_add(onri_book *book, const char *file, onr_sv text,
                                   onri_table_loader load, void *ctx, onr_error *err);
uint32_t onri_book_count(const onri_book *book);
/* Id, file and line of a rule. */
const char *onri_book_id(const onri_book *book, uint32_t rule);
const char *onri_book_file(const onri_book *book, uint32_t rule);
uint32_t onri_book_line(const onri_book *book, uint32_t rule);
/* Rule of that id, or ONR_NONE. */
uint32_t onri_book_find(const onri_book *book, const char *id);

/* Atom of a token's lemma, lower-cased; ONR_NONE if the atoms have no such word. */
uint32_t onri_lemma_atom(const onri_atoms *atoms, const onr_token *k);
/* Prepare a parse for matching; book NULL: for walking alone, without words. quoted, mute: see
 * onri_tree, may be NULL. */
ONR_CHECK onr_status onri_tree_make(onr_arena *mem, const onr_parse *parse, const onri_book *book,
                                    const uint8_t *quoted, const uint8_t *mute, onri_tree *out,
                                    onr_error *err);

/* Look-up in the book's tables, for code that needs a word list. */
uint32_t onri_book_table(const onri_book *book, const char *name); /* or ONR_NONE */
/* Atom of a lower-cased word, ONR_NONE if no rule or table has it. */
uint32_t onri_book_atom(const onri_book *book, onr_sv word);
/* Is the atom a key of the table, with word in its column (both NULL: any row)? */
bool onri_table_has(const onri_book *book, uint32_t table, uint32_t atom, const char *column,
                    const char *word);
/* Value of column in the first row of that key; .p NULL if there is none. */
onr_sv onri_table_value(const onri_book *book, uint32_t table, uint32_t atom, const char *column);

/* Rows of a table, of all its files, and a cell of one; column NULL: the key. .p NULL: no such
 * column. */
uint32_t onri_table_rows(const onri_book *book, uint32_t table);
onr_sv onri_table_cell(const onri_book *book, uint32_t table, uint32_t row, const char *column);

/* ---- matching ------------------------------------------------------------------------------- */

typedef struct onri_match {
    uint32_t rule, anchor;
    uint32_t node[ONRI_RULE_NODES_MAX]; /* tokens; ONR_NONE: optional and absent */
    uint32_t row[ONRI_RULE_NODES_MAX];  /* of a table, picked by @table.column(node) */
    uint8_t reached; /* a failed match: number of node lines that held before it failed */
} onri_match;

/* Match one rule with its first node at token anchor. `skip` solutions are passed over.
 * @return true and *out, or false; then out->reached says how far it came. */
bool onri_match_at(const onri_book *book, const onri_tree *tree, uint32_t rule, uint32_t anchor,
                   uint32_t skip, onri_match *out);

/* Called for every match in order of anchor, then rule. Return false to stop. */
typedef bool (*onri_match_fn)(void *ctx, const onri_match *m);
/* All matches of the book in the tree: of the rules of one group, the first that matches at a
 * token; of a rule marked `each`, every solution (at most 16), of others the first.
 * @param lost  called for rules that their group's winner kept out; may be NULL */
void onri_match_all(const onri_book *book, const onri_tree *tree, onri_match_fn found,
                    onri_match_fn lost, void *ctx);

/* One piece of a role: a token and how far it reaches. */
typedef struct onri_piece {
    uint32_t token;
    uint16_t extent;
    bool hull; /* joined to the piece before: from the first's start to the last's end */
} onri_piece;
/* Pieces of role number `role` (place in the vocabulary); absent optional nodes left out.
 * @return how many, 0 if the rule gives the role nothing. */
uint32_t onri_match_role(const onri_book *book, const onri_match *m, uint32_t role,
                         onri_piece out[ONRI_RULE_PIECES_MAX]);
/* Value of property number `prop`, empty if the rule has none. Views into the book. */
onr_sv onri_match_prop(const onri_book *book, const onri_tree *tree, const onri_match *m,
                       uint32_t prop);
/* Name and token of the match's nodes, for explaining: returns the number of nodes. */
uint32_t onri_match_nodes(const onri_book *book, uint32_t rule,
                          const char *names[ONRI_RULE_NODES_MAX]);
/* Text and line of node line `node` of the rule as it was written. */
onr_sv onri_book_node_text(const onri_book *book, uint32_t rule, uint32_t node, uint32_t *line);

#endif
