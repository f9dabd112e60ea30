/* Tables of the store as data: columns, filters and facets of each view, and the engine that shows
 * them. A new table is a row in view_tables.c. */
#ifndef ONRI_SERVE_VIEW_H
#define ONRI_SERVE_VIEW_H

#include "serve/ask.h"
#include "serve/route.h"

typedef enum column_kind {
    COLUMN_TEXT,
    COLUMN_DATE,
    COLUMN_KIND,    /* short label; links to the filter of its name, if there is one */
    COLUMN_ACTOR,   /* name with a page of its own */
    COLUMN_WORDS,   /* the article's words, with a link to the fact in its article */
    COLUMN_ARTICLE, /* title with a link; needs article_uid */
    COLUMN_P,
    COLUMN_NUMBER,
    COLUMN_TOLD,     /* how many tell it: a link to the fact wherever it is told */
    COLUMN_FACTS,    /* number of facts of the row's article or actor, with a link to them */
    COLUMN_ARTICLES, /* number of articles that speak of the row's actor, with a link to them */
    COLUMN_COPIES,   /* number of near copies of the article, with a link to them */
    COLUMN_ANSWERS,  /* on the page only: answers to a claim, ANSWER_* between the pieces */
    COLUMN_DATA      /* in JSON and CSV only */
} column_kind;

/* What a cell of COLUMN_ANSWERS holds: answers, each of who, words, article, fact, date. */
#define ANSWER_PIECE "\x1F"
#define ANSWER_END   "\x1E"

typedef struct column {
    const char *name; /* in the answer */
    const char *title;
    column_kind kind;
    const char *expr;  /* over the view's `rows`, NULL: v.name */
    const char *order; /* over the view's `base`, NULL: cannot be sorted by */
    const char *under; /* another column's name: shown small in the same cell; or NULL */
} column;

typedef enum filter_kind {
    FILTER_WORDS,  /* into the full-text expression, column = sql */
    FILTER_CHOICE, /* equal to; its values are counted as a facet by `facet` */
    FILTER_EXACT,  /* equal to; no facet */
    FILTER_SET,    /* the same, with no field of its own until a link sets it */
    FILTER_SINCE,
    FILTER_UNTIL,
    FILTER_P /* percent */
} filter_kind;

typedef struct filter {
    const char *name; /* of the parameter */
    const char *title;
    filter_kind kind;
    const char *sql;   /* condition with :name; for WORDS the column of the index */
    const char *facet; /* expression to count by */
} filter;

typedef struct view {
    const char *name; /* path: "statements" */
    const char *title, *lead;
    const char *base; /* FROM of the question for ids: tables and their joins */
    const char *core; /* of base what is always needed: "fact f" */
    const char *own;  /* alias of the layer's own table, and its join; or NULL */
    const char *own_join;
    const char *where; /* that always holds, or NULL */
    const char *id;    /* "f.id" */
    const char *rows;  /* view with the names: "statements" */
    const char *match; /* condition with :match, for WORDS */
    const char *sort;  /* when nothing is asked: "-n_articles"; NULL: newest first */
    const column *columns;
    size_t n_columns;
    const filter *filters;
    size_t n_filters;
    const char
        *fold; /* true of rows left out unless ?unfold=1: what near copies say again; or NULL */
} view;

extern const view *const view_tables[];
extern const size_t view_n_tables;
extern const view view_actors_linked, view_actors_named; /* before and after linking */

/* Facts against somebody, by kind: for pictures of networks. */
#define NETWORK_MOOD                                                                               \
    "CASE WHEN f.kind IN ('accusation', 'denial', 'threat', 'refusal', 'denies', 'dismisses', "    \
    "'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT', "     \
    "'conflict-with') THEN 'against' ELSE 'with' END"

/* A fact of a near copy, told before: it counts once. Asked fact by fact, since a page of rows
 * needs few of them. */
#define FOLD_COPIES                                                                                \
    "f.article IN (SELECT article FROM article_copy) AND EXISTS (SELECT 1 FROM same_fact z WHERE " \
    "z.fact = f.id AND z.kind = 'copy')"

/* The same for what else may stand in a filter's value: pieces of a list. */
#define FILTER_LIST "|"

const view *view_find(onr_sv name);
void view_show(const site *s, request *r, reply *out, const view *v);
/* "/path?..." with the filters of the view that the request sets, but for those in more. */
onr_sv view_link(const request *r, const view *v, const char *path, const param *more, size_t n);
/* The condition of all filters that the request sets, but `except`, with its values, onto a. */
void view_conditions(ask *a, const request *r, const view *v, const char *except);
/* A cell of the page, with its links; `under` of the column, too. */
void view_cell(html *h, const request *r, const view *v, const ask_rows *rows, uint32_t i,
               const column *c);
/* "Page 2 of 9", with links. */
void view_pager(html *h, const request *r, uint64_t page, uint64_t n, int64_t total);
/* Does it stand at the right? */
bool view_is_number(const column *c);
/* The filters that are set, each with a link that takes it out. */
void view_chips(html *h, const request *r, const view *v);
/* The fields of the filters as a form. */
void view_form(html *h, const request *r, const view *v);

#endif
