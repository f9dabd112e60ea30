/* A .tar.gz in memory: unpacked as a whole, files listed as views.
 * Source: POSIX.1-2008 pax (ustar and extended headers), GNU tar's long names, RFC 1952 by zlib.
 * Leaves out: links, devices, sparse files, sizes in base 256: skipped or refused. */
#include "lang/zip.h"

#include <zlib.h>

enum { BLOCK = 512, ENTRIES_MAX = 20000 };

static onr_status damaged(onr_error *err, const char *what)
{
    return onri_fail(err, ONR_E_MODEL, "tar", "damaged or cut archive: %s", what);
}

/* All members of the gzip file, one after the other, into b. */
static onr_status gunzip(onr_sv file, onri_buf *b, onr_error *err)
{
    z_stream z = { 0 };
    if (inflateInit2(&z, 16 + MAX_WBITS) != Z_OK)
        return onri_fail(err, ONR_E_NOMEM, "tar", "out of memory");
    unsigned char block[32768];
    union {
        const char *in;
        Bytef *z;
    } in = { file.p }; /* zlib reads it only */
    z.next_in = in.z;
    z.avail_in = (uInt)file.n;
    int r = Z_OK;
    while (b->status == ONR_OK && (r == Z_OK || (r == Z_STREAM_END && z.avail_in))) {
        if (r == Z_STREAM_END) (void)inflateReset(&z);
        z.next_out = block;
        z.avail_out = sizeof block;
        r = inflate(&z, Z_NO_FLUSH);
        onri_buf_add(b, onri_sv((const char *)block, sizeof block - z.avail_out));
    }
    (void)inflateEnd(&z);
    if (b->status == ONR_E_LIMIT)
        return onri_fail(err, ONR_E_LIMIT, "tar", "archive of more than %zu bytes, the limit",
                         b->max);
    if (b->status != ONR_OK) return onri_fail(err, b->status, "tar", "out of memory");
    return r == Z_STREAM_END ? ONR_OK : damaged(err, "gzip stream");
}

/* Octal field, ended by NUL or blank; SIZE_MAX if it is none. */
static size_t octal(onr_sv field)
{
    size_t v = 0, i = 0;
    while (i < field.n && field.p[i] == ' ') i++;
    const size_t first = i;
    for (; i < field.n && field.p[i] >= '0' && field.p[i] <= '7'; i++) {
        if (v > (SIZE_MAX >> 4)) return SIZE_MAX;
        v = v * 8 + (size_t)(field.p[i] - '0');
    }
    if (i == first || (i < field.n && field.p[i] != 0 && field.p[i] != ' ')) return SIZE_MAX;
    return v;
}

static onr_sv until_nul(onr_sv s)
{
    const char *end = s.n ? memchr(s.p, 0, s.n) : NULL;
    return end ? onri_sub(s, 0, (size_t)(end - s.p)) : s;
}

static bool sum_is_right(onr_sv head)
{
    size_t sum = 0;
    for (size_t i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? ' ' : (unsigned char)head.p[i];
    return octal(onri_sub(head, 148, 156)) == sum;
}

/* The "path" of a pax header: records "LENGTH key=value\n". */
static onr_sv pax_path(onr_sv s)
{
    onr_sv path = { NULL, 0 };
    while (s.n) {
        const size_t blank = onri_find(s, ONR_SV(" "), 0);
        uint64_t n;
        if (blank == SIZE_MAX || !onri_parse_u64(onri_sub(s, 0, blank), &n)) break;
        if (n <= blank + 1 || n > s.n) break;
        const onr_sv record = onri_sub(s, blank + 1, (size_t)n - 1);
        if (onri_starts(record, ONR_SV("path="))) path = onri_sub(record, 5, record.n);
        s = onri_sub(s, (size_t)n, s.n);
    }
    return path;
}

static onr_sv ustar_name(onr_arena *mem, onr_sv head)
{
    const onr_sv name = until_nul(onri_sub(head, 0, 100)),
                 prefix = until_nul(onri_sub(head, 345, 500));
    if (prefix.n == 0 || memcmp(head.p + 257, "ustar", 6) != 0) return name;
    char *p = onr_alloc(mem, prefix.n + 1 + name.n);
    if (!p) return (onr_sv){ NULL, 0 };
    memcpy(p, prefix.p, prefix.n);
    p[prefix.n] = '/';
    if (name.n) memcpy(p + prefix.n + 1, name.p, name.n);
    return onri_sv(p, prefix.n + 1 + name.n);
}

static onr_status list(onr_arena *mem, onr_sv tar, onri_tar *out, onr_error *err)
{
    ONRI_VEC(onri_tar_entry) all = { 0 };
    onr_sv longer = { NULL, 0 };
    while (tar.n >= BLOCK && tar.p[0] != 0) {
        const onr_sv head = onri_sub(tar, 0, BLOCK);
        const size_t size = octal(onri_sub(head, 124, 136));
        if (!sum_is_right(head)) return damaged(err, "header checksum");
        if (size == SIZE_MAX || size > tar.n - BLOCK) return damaged(err, "member's size");
        const onr_sv bytes = onri_sub(tar, BLOCK, BLOCK + size);
        const size_t whole = BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
        tar = onri_sub(tar, whole < tar.n ? whole : tar.n, tar.n);
        const char type = head.p[156];
        if (type == 'L') {
            longer = until_nul(bytes);
        } else if (type == 'x') {
            longer = pax_path(bytes);
        } else if (type != 'g') {
            onri_tar_entry *e = type == '0' || type == 0 ? ONRI_PUSH(mem, &all) : NULL;
            if (e) *e = (onri_tar_entry){ longer.p ? longer : ustar_name(mem, head), bytes };
            if ((type == '0' || type == 0) && (!e || !e->name.p))
                return onri_fail_mem(err, mem, "tar");
            longer = (onr_sv){ NULL, 0 };
        }
        if (all.n > ENTRIES_MAX)
            return onri_fail(err, ONR_E_LIMIT, "tar", "archive of more than %d members",
                             ENTRIES_MAX);
    }
    if (tar.n < BLOCK) return damaged(err, "no end mark");
    *out = (onri_tar){ all.at, all.n };
    return ONR_OK;
}

onr_status onri_targz_open(onr_arena *mem, onr_sv file, size_t max, onri_tar *out, onr_error *err)
{
    if (file.n > UINT32_MAX) return onri_fail(err, ONR_E_LIMIT, "tar", "archive over 4 GiB");
    onri_buf b = onri_buf_make(max);
    const onr_mark mark = onr_arena_mark(mem);
    onr_status st = gunzip(file, &b, err);
    if (st == ONR_OK) {
        const onr_sv tar = onri_dup(mem, onri_buf_sv(&b));
        st = tar.p ? list(mem, tar, out, err) : onri_fail_mem(err, mem, "tar");
    }
    onri_buf_drop(&b);
    if (st != ONR_OK) onr_arena_rewind(mem, mark);
    return st;
}
