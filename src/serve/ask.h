/* Questions to the store: one SQL text and its parameters, asked, printed for people, or written as
 * JSON and CSV. Everything a page shows of the store goes through here. */
#ifndef ONRI_SERVE_ASK_H
#define ONRI_SERVE_ASK_H

#include "onrecord/store.h"
#include "serve/html.h"
#include "serve/request.h"

enum { ASK_PARAMS_MAX = 24 };

typedef struct ask {
    onr_arena *mem;
    onr_store *store;
    onri_buf sql;
    onr_param params[ASK_PARAMS_MAX];
    size_t n_params;
    onr_error error; /* of the last question */
} ask;

/* A cell kept beyond its callback. */
typedef struct ask_row {
    const onr_cell *cells;
} ask_row;

typedef struct ask_rows {
    const char *const *names;
    uint32_t n_cells;
    ONRI_VEC(ask_row) rows;
    bool failed; /* ask.error says why */
} ask_rows;

ask ask_make(onr_arena *mem, onr_store *store);
void ask_drop(ask *a);
void ask_text(ask *a, const char *sql); /* our own words only */
/* ":name" in the words stands for the value, which must live as long as the question. */
void ask_value(ask *a, const char *name, onr_sv value);
void ask_number(ask *a, const char *name, int64_t value);
/* All rows (at most max), copied. */
ask_rows ask_all(ask *a, uint32_t max);
/* A callback of the store's that copies each row; ctx: an ask_taking. */
typedef struct ask_taking {
    onr_arena *mem;
    ask_rows *out;
} ask_taking;
bool ask_take(void *ctx, const onr_row *row);
/* First cell of the first row as a number; 0 without one. */
int64_t ask_one(ask *a);
/* The words with the values in their places: what a person can run elsewhere. In mem. */
onr_sv ask_printed(const ask *a);

onr_cell ask_cell(const ask_rows *r, uint32_t row, const char *name);
onr_sv ask_sv(const ask_rows *r, uint32_t row, const char *name); /* empty for NULL; numbers too */
int64_t ask_int(const ask_rows *r, uint32_t row, const char *name);
double ask_real(const ask_rows *r, uint32_t row, const char *name);

/* Rows as JSON objects in a list, or as CSV with a head. */
void ask_json(onri_jw *w, const ask_rows *r);
void ask_csv(onri_buf *b, const ask_rows *r);
/* <details> with the words. */
void ask_show(html *h, const ask *a);

/* What a person types into a field for words, as an expression of FTS5 that cannot be malformed:
 * words all, "a phrase", prefix*, -without; for one column. Empty when there is no word. In mem. */
onr_sv ask_words(onr_arena *mem, const char *column, onr_sv typed);

#endif
