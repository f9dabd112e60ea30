/* gzip over zlib. Source: own; RFC 9110 (Accept-Encoding). Leaves out: other codings. */
#include "serve/pack.h"

#include <zlib.h>

bool pack_accepts(onr_sv accept_encoding)
{
    onr_sv piece;
    while (accept_encoding.n && onri_split(&accept_encoding, ',', &piece)) {
        const onr_sv name = onri_cell(&piece, ';'), q = onri_trim(piece);
        if (!onri_eqz(name, "gzip")) continue;
        return !onri_eqz(q, "q=0") && !onri_eqz(q, "q=0.0");
    }
    return false;
}

bool pack_helps(const char *type)
{
    if (!type) return true;
    const onr_sv t = onri_svz(type);
    return onri_starts(t, ONR_SV("text/")) || onri_starts(t, ONR_SV("application/json")) ||
           onri_starts(t, ONR_SV("image/svg"));
}

bool pack_gzip(onr_sv plain, int level, char **out, size_t *n)
{
    z_stream z = { 0 };
    if (plain.n > UINT32_MAX / 2) return false;
    if (deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return false;
    const size_t max = deflateBound(&z, (uLong)plain.n);
    char *p = onri_heap_alloc(max);
    z.next_in = (Bytef *)(uintptr_t)plain.p;
    z.avail_in = (uInt)plain.n;
    z.next_out = (Bytef *)p;
    z.avail_out = (uInt)max;
    const bool ok = p && deflate(&z, Z_FINISH) == Z_STREAM_END;
    *n = z.total_out;
    (void)deflateEnd(&z);
    if (!ok) {
        onri_heap_free(p);
        return false;
    }
    *out = p;
    return true;
}
