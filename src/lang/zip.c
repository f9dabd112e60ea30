/* Zip archives in memory: central directory, stored and deflated members (zlib), CRC.
 * Source: PKWARE APPNOTE 6.3, sections 4.3-4.4. Every offset is checked before use; a member cannot
 * grow past its stated size, nor state a size no honest packing gives.
 * Leaves out: zip64, several disks, encryption, other methods: refused. */
#include "lang/zip.h"

#include <zlib.h>

enum { END_SIZE = 22, CENTRAL_SIZE = 46, LOCAL_SIZE = 30, COMMENT_MAX = 65535 };

static uint32_t u16_at(onr_sv s, size_t i)
{
    return (uint32_t)(unsigned char)s.p[i] | (uint32_t)(unsigned char)s.p[i + 1] << 8;
}

static uint32_t u32_at(onr_sv s, size_t i)
{
    return u16_at(s, i) | u16_at(s, i + 2) << 16;
}

static onr_status damaged(onr_error *err, const char *what)
{
    return onri_fail(err, ONR_E_MODEL, "zip", "damaged or cut archive: %s", what);
}

/* Offset of the end record, or SIZE_MAX: the last one whose comment reaches the end of the file. */
static size_t find_end(onr_sv f)
{
    if (f.n < END_SIZE) return SIZE_MAX;
    const size_t low = f.n - END_SIZE > COMMENT_MAX ? f.n - END_SIZE - COMMENT_MAX : 0;
    for (size_t at = f.n - END_SIZE;; at--) {
        if (u32_at(f, at) == 0x06054b50 && at + END_SIZE + u16_at(f, at + 20) == f.n) return at;
        if (at == low) return SIZE_MAX;
    }
}

static onr_status read_central(const onri_zip *zip, size_t at, size_t end, onri_zip_entry *entries,
                               uint32_t n, onr_error *err)
{
    const onr_sv f = zip->file;
    for (uint32_t i = 0; i < n; i++) {
        if (end - at < CENTRAL_SIZE || u32_at(f, at) != 0x02014b50)
            return damaged(err, "directory entry");
        const size_t name = u16_at(f, at + 28);
        const size_t rest = name + u16_at(f, at + 30) + u16_at(f, at + 32);
        if (end - at - CENTRAL_SIZE < rest) return damaged(err, "directory entry's name");
        onri_zip_entry *e = &entries[i];
        e->flags = (uint16_t)u16_at(f, at + 8);
        e->method = (uint16_t)u16_at(f, at + 10);
        e->crc = u32_at(f, at + 16);
        e->packed = u32_at(f, at + 20);
        e->size = u32_at(f, at + 24);
        e->at = u32_at(f, at + 42);
        e->name = onri_sub(f, at + CENTRAL_SIZE, at + CENTRAL_SIZE + name);
        if (e->packed == UINT32_MAX || e->size == UINT32_MAX || e->at == UINT32_MAX)
            return onri_fail(err, ONR_E_MODEL, "zip", "zip64 archives are not read");
        at += CENTRAL_SIZE + rest;
    }
    return at == end ? ONR_OK : damaged(err, "directory longer than its entries");
}

onr_status onri_zip_open(onr_arena *mem, onr_sv file, onri_zip *out, onr_error *err)
{
    const size_t end = find_end(file);
    if (end == SIZE_MAX) return damaged(err, "no end record");
    const uint32_t n = u16_at(file, end + 10);
    const size_t size = u32_at(file, end + 12), at = u32_at(file, end + 16);
    if (u16_at(file, end + 4) || u16_at(file, end + 6) || u16_at(file, end + 8) != n || n == 0xFFFF)
        return onri_fail(err, ONR_E_MODEL, "zip", "zip64 and split archives are not read");
    if (n > ONRI_ZIP_ENTRIES_MAX)
        return onri_fail(err, ONR_E_LIMIT, "zip", "archive of %u members, the limit is %d", n,
                         ONRI_ZIP_ENTRIES_MAX);
    if (at > end || size != end - at) return damaged(err, "directory outside the file");
    if (size / CENTRAL_SIZE < n) return damaged(err, "directory too short");
    onri_zip zip = { .file = file, .n = n };
    const onr_mark mark = onr_arena_mark(mem);
    onri_zip_entry *entries = ONRI_NEW_N(mem, n, onri_zip_entry);
    if (!entries) return onri_fail_mem(err, mem, "zip");
    const onr_status st = read_central(&zip, at, end, entries, n, err);
    if (st != ONR_OK) {
        onr_arena_rewind(mem, mark);
        return st;
    }
    zip.entries = entries;
    *out = zip;
    return ONR_OK;
}

/* Inflate exactly size bytes from all of packed. */
static bool inflate_all(onr_sv packed, unsigned char *to, size_t size)
{
    z_stream z = { 0 };
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK) return false;
    unsigned char none;
    union {
        const char *in;
        Bytef *z;
    } in = { packed.p }; /* zlib reads it only */
    z.next_in = in.z;
    z.avail_in = (uInt)packed.n;
    z.next_out = size ? to : &none;
    z.avail_out = (uInt)size;
    const int r = inflate(&z, Z_FINISH);
    const bool ok = r == Z_STREAM_END && z.avail_out == 0 && z.avail_in == 0;
    (void)inflateEnd(&z);
    return ok;
}

/* Where the packed bytes stand, from the local header. */
static onr_status locate(const onri_zip *zip, const onri_zip_entry *e, onr_sv *packed,
                         onr_error *err)
{
    const onr_sv f = zip->file;
    if (f.n < LOCAL_SIZE || e->at > f.n - LOCAL_SIZE || u32_at(f, e->at) != 0x04034b50)
        return damaged(err, "member's header");
    const size_t skip = LOCAL_SIZE + u16_at(f, e->at + 26) + u16_at(f, e->at + 28);
    const size_t left = f.n - e->at;
    if (left < skip || left - skip < e->packed) return damaged(err, "member outside the file");
    *packed = onri_sub(f, e->at + skip, e->at + skip + e->packed);
    return ONR_OK;
}

onr_status onri_zip_read(onr_arena *mem, const onri_zip *zip, uint32_t i, size_t max, onr_sv *out,
                         onr_error *err)
{
    ONR_ASSERT(i < zip->n);
    const onri_zip_entry *e = &zip->entries[i];
    onr_sv packed = { NULL, 0 };
    const onr_status st = locate(zip, e, &packed, err);
    if (st != ONR_OK) return st;
    if (e->flags & 1) return onri_fail(err, ONR_E_MODEL, "zip", "encrypted members are not read");
    if (e->method != 0 && e->method != 8)
        return onri_fail(err, ONR_E_MODEL, "zip", "packing method %u is not read", e->method);
    if (e->method == 0 && e->size != e->packed) return damaged(err, "stored member of two sizes");
    if (e->size > max)
        return onri_fail(err, ONR_E_LIMIT, "zip", "member of %u bytes, the limit is %zu", e->size,
                         max);
    if (e->size > ONRI_ZIP_RATIO_FREE && e->size / ONRI_ZIP_RATIO_MAX > e->packed)
        return onri_fail(err, ONR_E_LIMIT, "zip", "member of %u bytes packed in %u: over %d to 1",
                         e->size, e->packed, ONRI_ZIP_RATIO_MAX);
    const onr_mark mark = onr_arena_mark(mem);
    unsigned char *to = onr_alloc(mem, e->size);
    if (!to) return onri_fail_mem(err, mem, "zip");
    bool ok = true;
    if (e->method == 8)
        ok = inflate_all(packed, to, e->size);
    else if (e->size)
        memcpy(to, packed.p, e->size);
    if (!ok || crc32(0, to, e->size) != e->crc) {
        onr_arena_rewind(mem, mark);
        return damaged(err, "member's bytes");
    }
    *out = onri_sv((const char *)to, e->size);
    return ONR_OK;
}
