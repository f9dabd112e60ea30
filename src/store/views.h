/* What the files of views share: a question put together from literals and named values. */
#ifndef ONRI_STORE_VIEWS_H
#define ONRI_STORE_VIEWS_H

#include "onrecord/store_views.h"
#include "store/link.h"
#include "store/store.h"

enum { ONRI_ASK_PARAMS = 16 };

typedef struct onri_ask {
    onr_store *s;
    onri_buf sql;
    onr_param params[ONRI_ASK_PARAMS];
    size_t n_params;
    onr_status status;
    onr_error *err;
} onri_ask;

onri_ask onri_ask_make(onr_store *s, onr_error *err);
void onri_ask_add(onri_ask *q, const char *sql);
void onri_ask_sv(onri_ask *q, const char *name, onr_sv v);
void onri_ask_int(onri_ask *q, const char *name, int64_t v);
/* ":lo" and ":hi": ids of facts and articles between the view's dates. */
void onri_ask_range(onri_ask *q, const onr_view *v);
/* " AND column IN ('event', ...)"; nothing for 0. */
void onri_ask_layers(onri_ask *q, const char *column, uint32_t layers);
/* " LIMIT n", nothing for 0. */
void onri_ask_limit(onri_ask *q, uint64_t limit);
/* The question with its values in their places, for people; in mem. Does not release. */
ONR_CHECK onr_status onri_ask_print(const onri_ask *q, onr_arena *mem, onr_sv *out);
/* Ask, give the rows, release. */
ONR_CHECK onr_status onri_ask_end(onri_ask *q, onr_row_fn row, void *ctx, uint64_t *n);

#endif
