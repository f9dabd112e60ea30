/* Handles of the store, read-only, one a request at a time. */
#ifndef ONRI_SERVE_STORES_H
#define ONRI_SERVE_STORES_H

#include "base/base.h"

typedef struct stores stores;

/* Opens the first handle, so that what is wrong is said at the start. */
ONR_CHECK onr_status stores_open(const char *path, stores **out, onr_error *err);
void stores_close(stores *s);
struct onr_store *stores_take(stores *s); /* NULL: no store, or it cannot be opened any more */
void stores_give(stores *s, struct onr_store *handle);

#endif
