/* Files that the build put into the binary (tools/embed.c). */
#ifndef ONRI_EMBEDDED_H
#define ONRI_EMBEDDED_H

#include "onrecord/base.h"

typedef struct onri_embedded {
    const char *name; /* path below its root: "statements/verbs.tsv" */
    onr_sv bytes;     /* a NUL stands after them */
} onri_embedded;

extern const onri_embedded onri_data[]; /* data/, sorted by name */
extern const size_t onri_data_n;

/* Bytes of an embedded file of data/; .p NULL if there is none of that name. */
onr_sv onri_data_get(const char *name);

#endif
