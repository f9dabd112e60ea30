/* A published spaCy package: wheel (zip), source archive (.tar.gz) or folder; finds the model in it
 * by its config.cfg, since folder names differ between publishers.
 * Source: own. Leaves out: links inside folders (not followed when searching), RECORD hashes (the
 * hash of the whole file says more). */
#include "lang/package.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

/* Where a model was found, and whether more than one. */
typedef struct found {
    uint32_t n;
    onr_sv prefix;
} found;

static uint32_t count_files(const onri_package *p)
{
    return p->zip.n + p->tar.n;
}

static onr_sv file_name(const onri_package *p, uint32_t i)
{
    return i < p->zip.n ? p->zip.entries[i].name : p->tar.entries[i - p->zip.n].name;
}

static uint32_t find_file(const onri_package *p, onr_sv prefix, onr_sv name)
{
    for (uint32_t i = 0; i < count_files(p); i++) {
        const onr_sv s = file_name(p, i);
        if (s.n == prefix.n + name.n && onri_starts(s, prefix) && onri_ends(s, name)) return i;
    }
    return ONR_NONE;
}

static found find_in_archive(const onri_package *p)
{
    found f = { 0, { "", 0 } };
    const onr_sv cfg = ONR_SV("config.cfg");
    for (uint32_t i = 0; i < count_files(p); i++) {
        const onr_sv s = file_name(p, i);
        if (!onri_ends(s, cfg)) continue;
        const onr_sv prefix = onri_sub(s, 0, s.n - cfg.n);
        if (prefix.n && prefix.p[prefix.n - 1] != '/') continue;
        if (find_file(p, prefix, ONR_SV("meta.json")) == ONR_NONE) continue;
        f.n++;
        f.prefix = prefix;
    }
    return f;
}

/* dir/name as a C string in mem; dir may be empty. */
static const char *join(onr_arena *mem, const char *dir, onr_sv prefix, const char *name)
{
    const size_t n = strlen(dir) + 1 + prefix.n + strlen(name) + 1;
    char *s = onr_alloc(mem, n);
    if (s) (void)snprintf(s, n, "%s/%.*s%s", dir, (int)prefix.n, prefix.p, name);
    return s;
}

static bool is_file(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* Depth-first; the depth is capped, links are not followed. */
static onr_status find_in_folder(onr_arena *mem, const char *root, onr_sv prefix, unsigned depth,
                                 found *f, onr_error *err)
{
    const char *cfg = join(mem, root, prefix, "config.cfg");
    const char *meta = cfg ? join(mem, root, prefix, "meta.json") : NULL;
    const char *here = meta ? join(mem, root, prefix, "") : NULL;
    if (!here) return onri_fail_mem(err, mem, "package");
    if (is_file(cfg) && is_file(meta)) {
        f->n++;
        f->prefix = prefix;
        return ONR_OK;
    }
    if (depth == ONRI_PACKAGE_DEPTH_MAX) return ONR_OK;
    DIR *d = opendir(here);
    if (!d) return onri_fail_os(err, "package", errno, "cannot read folder '%s'", here);
    onr_status st = ONR_OK;
    unsigned seen = 0;
    for (const struct dirent *e; st == ONR_OK && seen < 1000 && (e = readdir(d)); seen++) {
        struct stat info;
        if (e->d_name[0] == '.') continue;
        const char *sub = join(mem, root, prefix, e->d_name);
        if (!sub) st = onri_fail_mem(err, mem, "package");
        if (!sub || lstat(sub, &info) != 0 || !S_ISDIR(info.st_mode)) continue;
        const size_t n = prefix.n + strlen(e->d_name) + 2;
        char *deeper = onr_alloc(mem, n);
        if (!deeper) {
            st = onri_fail_mem(err, mem, "package");
            continue;
        }
        (void)snprintf(deeper, n, "%.*s%s/", (int)prefix.n, prefix.p, e->d_name);
        st = find_in_folder(mem, root, onri_svz(deeper), depth + 1, f, err);
    }
    (void)closedir(d);
    return st;
}

static onr_status hash_file(onr_arena *mem, onri_package *p, const char *want, onr_error *err)
{
    uint8_t sum[32];
    onri_sha256 s;
    onri_sha256_init(&s);
    onri_sha256_add(&s, p->map);
    onri_sha256_end(&s, sum);
    char *hex = onr_alloc(mem, 65);
    if (!hex) return onri_fail_mem(err, mem, "package");
    onri_hex(sum, 32, hex);
    p->sha256 = onri_sv(hex, 64);
    if (want && !onri_eqz(p->sha256, want))
        return onri_fail(err, ONR_E_MODEL, "package",
                         "'%.*s' is another file than expected: sha256 %.8s..., not %.8s...",
                         (int)p->name.n, p->name.p, hex, want);
    return ONR_OK;
}

static onr_status open_file(onr_arena *mem, const char *sha256, onri_package *p, onr_error *err)
{
    onr_status st = onri_file_map(p->path, &p->map, err);
    if (st != ONR_OK) return st;
    if (p->map.n > ONRI_PACKAGE_MAX)
        return onri_fail(err, ONR_E_LIMIT, "package", "'%s' is over %zu bytes, the limit", p->path,
                         ONRI_PACKAGE_MAX);
    st = hash_file(mem, p, sha256, err);
    if (st != ONR_OK) return st;
    if (onri_starts(p->map, ONR_SV("PK"))) return onri_zip_open(mem, p->map, &p->zip, err);
    if (onri_starts(p->map, ONR_SV("\x1F\x8B")))
        return onri_targz_open(mem, p->map, ONRI_PACKAGE_MAX, &p->tar, err);
    return onri_fail(err, ONR_E_MODEL, "package", "'%s' is neither a wheel, a .tar.gz nor a folder",
                     p->path);
}

onr_status onri_package_open(onr_arena *mem, const char *path, const char *sha256,
                             onri_package *out, onr_error *err)
{
    *out = (onri_package){ .path = path, .name = onri_svz(path) };
    while (out->name.n > 1 && out->name.p[out->name.n - 1] == '/') out->name.n--;
    for (size_t i = out->name.n; i-- > 0;) {
        if (out->name.p[i] != '/' || out->name.n == 1) continue;
        out->name = onri_sub(out->name, i + 1, out->name.n);
        break;
    }
    struct stat info;
    if (stat(path, &info) != 0)
        return onri_fail_os(err, "package", errno, "cannot open '%s'", path);
    found f = { 0, { "", 0 } };
    onr_status st;
    out->is_folder = S_ISDIR(info.st_mode);
    if (out->is_folder) {
        if (sha256)
            return onri_fail(err, ONR_E_MODEL, "package", "'%s' is a folder: no sha256 to check",
                             path);
        st = find_in_folder(mem, path, onri_sv("", 0), 0, &f, err);
    } else {
        st = open_file(mem, sha256, out, err);
        if (st == ONR_OK) f = find_in_archive(out);
    }
    if (st != ONR_OK) return st;
    if (f.n != 1)
        return onri_fail(err, ONR_E_MODEL, "package",
                         f.n ? "'%s' holds several models"
                             : "'%s' holds no spaCy model (config.cfg and meta.json)",
                         path);
    out->prefix = f.prefix;
    return ONR_OK;
}

void onri_package_close(onri_package *p)
{
    onri_file_unmap(p->map);
    *p = (onri_package){ 0 };
}

static onr_status name_it(onr_error *err, onr_status st, const char *name)
{
    if (err) {
        char why[sizeof err->msg];
        (void)snprintf(why, sizeof why, "%s", err->msg);
        (void)snprintf(err->msg, sizeof err->msg, "%s: %.200s", name, why);
    }
    return st;
}

onr_status onri_package_try(onr_arena *mem, const onri_package *p, const char *name, onr_sv *out,
                            onr_error *err)
{
    *out = (onr_sv){ NULL, 0 };
    if (p->is_folder) {
        const char *path = join(mem, p->path, p->prefix, name);
        if (!path) return onri_fail_mem(err, mem, "package");
        if (!is_file(path)) return ONR_OK;
        return onri_file_read(mem, path, ONRI_PACKAGE_FILE, out, err);
    }
    const uint32_t i = find_file(p, p->prefix, onri_svz(name));
    if (i == ONR_NONE) return ONR_OK;
    if (i >= p->zip.n) {
        *out = p->tar.entries[i - p->zip.n].bytes;
        return ONR_OK;
    }
    const onr_status st = onri_zip_read(mem, &p->zip, i, ONRI_PACKAGE_FILE, out, err);
    return st == ONR_OK ? st : name_it(err, st, name);
}

onr_status onri_package_read(onr_arena *mem, const onri_package *p, const char *name, onr_sv *out,
                             onr_error *err)
{
    const onr_status st = onri_package_try(mem, p, name, out, err);
    if (st == ONR_OK && !out->p)
        return onri_fail(err, ONR_E_MODEL, "package", "the package lacks its file %s", name);
    return st;
}
