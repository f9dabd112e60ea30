/* Styles, scripts and pictures that the build put into the binary (web/). */
#ifndef ONRI_SERVE_ASSET_H
#define ONRI_SERVE_ASSET_H

#include "base/base.h"

/* Bytes and type of a file of web/; .p NULL: none of that name. */
onr_sv asset_get(onr_sv name, const char **type);
/* Eight hex digits and a NUL that change with any file of web/: "?v=" of its links.
 * Reads them all. */
void asset_version(char out[9]);

#endif
