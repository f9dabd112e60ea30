/* Inside of a compiled book: shared by the compiler and the matcher alone. */
#ifndef ONRI_RULES_BOOK_H
#define ONRI_RULES_BOOK_H

#include "rules/rules.h"

/* ---- tables --------------------------------------------------------------------------------- */

typedef struct onri_row {
    uint32_t key;      /* atom */
    uint32_t next;     /* next row of the same key, ONR_NONE */
    const onr_sv *val; /* [n_columns] as written; column 0 is the key */
} onri_row;

typedef struct onri_tab {
    const char *name;
    ONRI_VEC(onr_sv) columns;
    ONRI_VEC(onri_row) rows;
    onri_map first; /* atom -> first row in order */
} onri_tab;

/* A set of words: keys of a table whose column has a word, or words written in the rule. */
typedef struct onri_wordset {
    onri_map has;           /* atom -> row of the table, or 0 */
    uint32_t table, column; /* ONR_NONE: words of the rule itself; column ONR_NONE: any row */
    uint32_t word;          /* atom of the word wanted in the column */
} onri_wordset;

/* ---- rules ---------------------------------------------------------------------------------- */

typedef enum onri_cond_kind {
    ONRI_COND_LEMMA,  /* arg: wordset */
    ONRI_COND_LOWER,  /* arg: wordset */
    ONRI_COND_POS,    /* mask */
    ONRI_COND_TAG,    /* mask */
    ONRI_COND_DEP,    /* mask */
    ONRI_COND_ENT,    /* mask */
    ONRI_COND_MORPH,  /* text is one of the features */
    ONRI_COND_IN,     /* lower or lemma is in column arg2 of table arg, in the row of node `node` */
    ONRI_COND_FLAG,   /* arg: onri_flag */
    ONRI_COND_AFTER,  /* node */
    ONRI_COND_BEFORE, /* node */
    ONRI_COND_NEAR,   /* node, arg: tokens between at most */
    ONRI_COND_IS,     /* node: the same token */
    ONRI_COND_UNDER   /* node: stands in its tree */
} onri_cond_kind;

#define ONRI_FLAGS(X)                                                                              \
    X(PASSIVE, "passive")                                                                          \
    X(NEGATED, "negated")                                                                          \
    X(QUOTED, "quoted")                                                                            \
    X(ROOT, "root")                                                                                \
    X(LEAF, "leaf")                                                                                \
    X(FIRST, "first")                                                                              \
    X(CAPITAL, "capital")                                                                          \
    X(NAME, "name")
#define ONRI_FLAG_ID(id, name) ONRI_FLAG_##id,
typedef enum onri_flag { ONRI_FLAGS(ONRI_FLAG_ID) ONRI_FLAG__COUNT } onri_flag;
#undef ONRI_FLAG_ID

typedef struct onri_cond {
    uint8_t kind;
    bool no; /* must not hold */
    uint8_t node;
    uint32_t arg, arg2;
    uint64_t mask;
    onr_sv text;
} onri_cond;

#define ONRI_EDGES(X)                                                                              \
    X(CHILD, "child")                                                                              \
    X(HEAD, "head")                                                                                \
    X(DOWN, "down")                                                                                \
    X(UP, "up")                                                                                    \
    X(NEXT, "next")                                                                                \
    X(PREV, "prev")                                                                                \
    X(SISTER, "sister")                                                                            \
    X(SUBJECT, "subject")                                                                          \
    X(AGENT, "agent")                                                                              \
    X(ACTOR, "actor")                                                                              \
    X(PATIENT, "patient")                                                                          \
    X(CHAIN, "chain")                                                                              \
    X(SAME, "same")                                                                                \
    X(AHEAD, "ahead")                                                                              \
    X(BEHIND, "behind")
#define ONRI_EDGE_ID(id, name) ONRI_EDGE_##id,
typedef enum onri_edge { ONRI_EDGES(ONRI_EDGE_ID) ONRI_EDGE__COUNT, ONRI_EDGE_ANCHOR } onri_edge;
#undef ONRI_EDGE_ID

typedef enum onri_need { ONRI_NEED_MUST, ONRI_NEED_MAY, ONRI_NEED_NOT } onri_need;

typedef struct onri_node {
    const char *name;
    uint8_t need, edge, of;
    uint64_t labels; /* 0: any */
    const onri_cond *conds;
    uint32_t n_conds, line;
    onr_sv text; /* as written */
} onri_node;

typedef struct onri_role_line {
    uint8_t role, n;
    struct {
        uint8_t node;
        uint16_t extent;
        bool hull;
    } piece[ONRI_RULE_PIECES_MAX];
} onri_role_line;

typedef struct onri_prop_line {
    uint8_t prop;
    uint8_t node;           /* of a look-up */
    uint32_t table, column; /* table ONR_NONE: text is the value */
    onr_sv text;
} onri_prop_line;

typedef struct onri_rule {
    const char *id, *file;
    uint32_t line;
    uint32_t group; /* atom of the group's name, ONR_NONE */
    bool each, off;
    uint8_t n_nodes, n_roles, n_props;
    onri_node node[ONRI_RULE_NODES_MAX];
    onri_role_line role[ONRI_RULE_ROLES_MAX];
    onri_prop_line prop[ONRI_RULE_PROPS_MAX];
} onri_rule;

struct onri_book {
    onr_arena *mem;
    const onri_vocabulary *vocabulary;
    onri_atoms atoms;
    ONRI_VEC(onri_tab) tables;
    ONRI_VEC(onri_wordset) sets;
    ONRI_VEC(onri_rule) rules;
};

/* Read a TSV into table `tab` (created by name if new). Used by the compiler. */
onr_status onri_table_read(onri_book *book, const char *name, const char *file, onr_sv tsv,
                           onr_error *err);
/* Add one row with a key alone. */
bool onri_table_word(onri_book *book, uint32_t table, onr_sv word);
/* New empty table with the column "word", or the one of that name; ONR_NONE: out of memory. */
uint32_t onri_table_make(onri_book *book, const char *name);
uint32_t onri_table_column(const onri_tab *tab, onr_sv name); /* or ONR_NONE */
/* Does a space- or comma-separated list hold the word? */
bool onri_list_has(onr_sv list, onr_sv word);
/* Row of the table for that key (with the set's column and word), or ONR_NONE. */
uint32_t onri_table_row(const onri_book *book, uint32_t table, uint32_t key, uint32_t column,
                        onr_sv word);

#endif
