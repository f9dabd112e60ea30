/* Embedded files of web/ and their types. Source: own. */
#include "serve/asset.h"

#include "base/embedded.h"

#include <stdio.h>

extern const onri_embedded onri_web[];
extern const size_t onri_web_n;

onr_sv asset_get(onr_sv name, const char **type)
{
    static const struct {
        onr_sv end;
        const char *type;
    } types[] = { { ONR_SV_INIT(".css"), "text/css; charset=utf-8" },
                  { ONR_SV_INIT(".js"), "text/javascript; charset=utf-8" },
                  { ONR_SV_INIT(".svg"), "image/svg+xml" },
                  { ONR_SV_INIT(".json"), "application/json" },
                  { ONR_SV_INIT(".woff2"), "font/woff2" } };
    for (size_t i = 0; i < onri_web_n; i++) {
        if (!onri_eqz(name, onri_web[i].name)) continue;
        *type = "application/octet-stream";
        for (size_t k = 0; k < sizeof types / sizeof *types; k++)
            if (onri_ends(name, types[k].end)) *type = types[k].type;
        return onri_web[i].bytes;
    }
    return (onr_sv){ NULL, 0 };
}

void asset_version(char out[9])
{
    uint64_t h = 0;
    for (size_t i = 0; i < onri_web_n; i++)
        h = onri_hash_u64(h ^ onri_hash(onri_web[i].bytes) ^ onri_hash(onri_svz(onri_web[i].name)));
    (void)snprintf(out, 9, "%08x", (unsigned)(h & 0xFFFFFFFFu));
}
