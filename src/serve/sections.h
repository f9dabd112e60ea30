/* A page made of several questions: each is a section with a name, its SQL and its rows. */
#ifndef ONRI_SERVE_SECTIONS_H
#define ONRI_SERVE_SECTIONS_H

#include "serve/ask.h"
#include "serve/layout.h"

enum { SECTIONS_MAX = 16 };

typedef struct section {
    const char *name; /* key in JSON */
    ask a;
    ask_rows rows;
    onr_sv printed; /* the words, where the store asked by itself; .p NULL: those of a */
} section;

typedef struct sections {
    request *r;
    section at[SECTIONS_MAX];
    size_t n;
} sections;

/* Start one: put words and values onto the ask it gives, then section_run. */
ask *section_add(sections *s, const char *name);
const ask_rows *section_run(sections *s, uint32_t max);
/* Rows that the store itself gave, with the words it asked. */
void section_given(sections *s, const char *name, const ask_rows *rows, onr_sv printed);
const ask_rows *section_rows(const sections *s, const char *name);
/* Written as JSON ({view, sections}) or CSV (the first section): true; a page is wanted: false. A
 * question that failed is an error page: true. */
bool sections_data(const site *where, request *r, reply *out, sections *s, const char *name);
/* "Show SQL" of all. */
void sections_show(html *h, const sections *s);
void sections_drop(sections *s);

/* Rows with date, kind, who, words, article_uid, uid as a list of links; empty: says so. */
void fact_rows(html *h, const ask_rows *rows);
/* A plain table of all columns whose names are in `titles` ("date\0Date\0..."), the first linked.
 */
typedef struct plain_column {
    const char *name, *title;
    bool number;
} plain_column;
void plain_table(html *h, const char *label, const ask_rows *rows, const plain_column *columns,
                 size_t n, onr_sv (*link)(onr_arena *mem, const ask_rows *rows, uint32_t i),
                 onr_arena *mem);
/* "/path?name=value&..." from pairs, in mem; empty values are left out. */
onr_sv link_to(onr_arena *mem, const char *path, const param *pairs, size_t n);

#endif
