/* Make a changed model file look honest: set every checksum and the size anew. For tests and fuzz
 * targets that want to reach what stands behind the checksums. Needs bytes of at least the front.
 */
#ifndef ONR_MODEL_SEAL_H
#define ONR_MODEL_SEAL_H

#include "lang/model_format.h"

#include <xxhash.h>

enum { MODEL_FRONT = sizeof(onri_model_header) + ONRI_SEC__COUNT * sizeof(onri_model_section) };

static inline void model_seal(char *bytes, size_t n)
{
    onri_model_header h;
    memcpy(&h, bytes, sizeof h);
    for (uint32_t i = 0; i < ONRI_SEC__COUNT; i++) {
        onri_model_section s;
        char *at = bytes + sizeof h + i * sizeof s;
        memcpy(&s, at, sizeof s);
        if (s.at > n || s.bytes > n - s.at) continue; /* a table that lies stays a lie */
        s.checksum = XXH3_64bits(bytes + s.at, (size_t)s.bytes);
        memcpy(at, &s, sizeof s);
    }
    h.bytes = n;
    h.checksum = 0;
    memcpy(bytes, &h, sizeof h);
    h.checksum = XXH3_64bits(bytes, MODEL_FRONT);
    memcpy(bytes, &h, sizeof h);
}

#endif
