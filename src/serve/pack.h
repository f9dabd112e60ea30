/* Packing answers for browsers that take it. */
#ifndef ONRI_SERVE_PACK_H
#define ONRI_SERVE_PACK_H

#include "base/base.h"

bool pack_accepts(onr_sv accept_encoding); /* names gzip, and not with q=0 */
bool pack_helps(const char *type);         /* text and the like; NULL: HTML */
/* On the heap; false when there is no memory for it. */
bool pack_gzip(onr_sv plain, int level, char **out, size_t *n);

#endif
