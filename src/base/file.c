/* Files: read whole, map, write atomically, make folders. The one place that knows POSIX file
 * calls. Source: own, POSIX.1-2008. Leaves out: locks, listing of folders (src/lang/package.c does
 * its own), and the case of a mapped file that another process cuts: such a read ends in SIGBUS. */
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* read(2) until n bytes or the end; false with errno set. */
static bool read_full(int fd, char *to, size_t n, size_t *got)
{
    *got = 0;
    while (*got < n) {
        const ssize_t r = read(fd, to + *got, n - *got);
        if (r == 0) return true;
        if (r > 0) *got += (size_t)r;
        if (r < 0 && errno != EINTR) return false;
    }
    return true;
}

static onr_status over_limit(onr_error *err, const char *path, size_t max)
{
    return onri_fail(err, ONR_E_LIMIT, "file", "'%s' has more than %zu bytes, the limit", path,
                     max);
}

/* Pipes, devices and files that do not know their size. */
static onr_status read_stream(onr_arena *mem, int fd, const char *path, size_t max, onr_sv *out,
                              onr_error *err)
{
    onri_buf b = onri_buf_make(max);
    char block[65536];
    size_t got = 0;
    onr_status st = ONR_OK;
    do {
        if (!read_full(fd, block, sizeof block, &got)) {
            st = onri_fail_os(err, "file", errno, "cannot read '%s'", path);
            break;
        }
        onri_buf_add(&b, onri_sv(block, got));
        if (b.status == ONR_E_LIMIT) st = over_limit(err, path, max);
        if (b.status == ONR_E_NOMEM) st = onri_fail(err, ONR_E_NOMEM, "file", "out of memory");
    } while (st == ONR_OK && got == sizeof block);
    if (st == ONR_OK) {
        const onr_sv all = onri_dup(mem, onri_buf_sv(&b));
        if (all.p)
            *out = all;
        else
            st = onri_fail_mem(err, mem, "file");
    }
    onri_buf_drop(&b);
    return st;
}

/* A file of known size: straight into the arena. What is appended meanwhile is not read. */
static onr_status read_sized(onr_arena *mem, int fd, const char *path, size_t size, onr_sv *out,
                             onr_error *err)
{
    size_t bytes, got;
    const onr_mark mark = onr_arena_mark(mem);
    char *p = onr_add(size, 1, &bytes) ? onr_alloc(mem, bytes) : NULL;
    if (!p) return onri_fail_mem(err, mem, "file");
    if (!read_full(fd, p, size, &got)) {
        const int os = errno;
        onr_arena_rewind(mem, mark);
        return onri_fail_os(err, "file", os, "cannot read '%s'", path);
    }
    *out = onri_sv(p, got);
    return ONR_OK;
}

/* Open for reading; a folder is refused here, with its own words. */
static onr_status open_read(const char *path, int *fd, struct stat *st, onr_error *err)
{
    *fd = open(path, O_RDONLY | O_CLOEXEC);
    if (*fd < 0) return onri_fail_os(err, "file", errno, "cannot open '%s'", path);
    int os = 0;
    if (fstat(*fd, st) != 0)
        os = errno;
    else if (S_ISDIR(st->st_mode))
        os = EISDIR;
    if (os == 0) return ONR_OK;
    (void)close(*fd);
    return onri_fail_os(err, "file", os, "cannot read '%s'", path);
}

onr_status onri_file_read(onr_arena *mem, const char *path, size_t max, onr_sv *out, onr_error *err)
{
    const bool is_stdin = strcmp(path, "-") == 0;
    int fd = STDIN_FILENO;
    struct stat info = { 0 };
    onr_status st = ONR_OK;
    if (!is_stdin)
        st = open_read(path, &fd, &info, err);
    else if (fstat(fd, &info) != 0)
        st = onri_fail_os(err, "file", errno, "cannot read standard input");
    else if (S_ISDIR(info.st_mode))
        st = onri_fail_os(err, "file", EISDIR, "cannot read standard input");
    if (st != ONR_OK) return st;
    const bool sized = !is_stdin && S_ISREG(info.st_mode) && info.st_size > 0;
    if (sized && (uint64_t)info.st_size > max)
        st = over_limit(err, path, max);
    else if (sized)
        st = read_sized(mem, fd, path, (size_t)info.st_size, out, err);
    else
        st = read_stream(mem, fd, is_stdin ? "standard input" : path, max, out, err);
    if (!is_stdin) (void)close(fd);
    return st;
}

onr_status onri_file_map(const char *path, onr_sv *out, onr_error *err)
{
    int fd;
    struct stat info = { 0 };
    const onr_status st = open_read(path, &fd, &info, err);
    if (st != ONR_OK) return st;
    const size_t n = info.st_size > 0 ? (size_t)info.st_size : 0;
    void *p = n ? mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0) : (void *)"";
    const int os = errno;
    (void)close(fd); /* the mapping keeps the file */
    if (p == MAP_FAILED) return onri_fail_os(err, "file", os, "cannot map '%s'", path);
    *out = onri_sv(p, n);
    return ONR_OK;
}

void onri_file_unmap(onr_sv map)
{
    /* munmap wants the address without const; the bytes were never written. */
    union {
        const char *in;
        void *out;
    } p = { map.p };
    if (map.n) (void)munmap(p.out, map.n);
}

static bool write_full(int fd, onr_sv bytes)
{
    for (size_t at = 0; at < bytes.n;) {
        const ssize_t w = write(fd, bytes.p + at, bytes.n - at);
        if (w > 0) at += (size_t)w;
        if (w < 0 && errno != EINTR) return false;
    }
    return true;
}

/* Make the rename last over a power cut. Some file systems cannot; that is no failure. */
static void sync_folder(char *path)
{
    char *slash = strrchr(path, '/');
    if (slash && slash != path) *slash = 0;
    const int fd = open(slash ? (slash == path ? "/" : path) : ".", O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        (void)close(fd);
    }
}

onr_status onri_file_write(const char *path, onr_sv bytes, onr_error *err)
{
    const size_t n = strlen(path);
    char *tmp = onri_heap_alloc(n + 32);
    if (!tmp) return onri_fail(err, ONR_E_NOMEM, "file", "out of memory");
    int fd = -1;
    /* A name of our own, so that two writers of one path do not meet; the last rename wins. */
    for (unsigned i = 0; fd < 0 && i < 100; i++) {
        (void)snprintf(tmp, n + 32, "%s.tmp.%ld.%u", path, (long)getpid(), i);
        fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd < 0 && errno != EEXIST) break;
    }
    if (fd < 0) {
        const onr_status st = onri_fail_os(err, "file", errno, "cannot write '%s'", path);
        onri_heap_free(tmp);
        return st;
    }
    int os = 0;
    if (!write_full(fd, bytes) || fsync(fd) != 0) os = errno;
    if (close(fd) != 0 && os == 0) os = errno;
    if (os == 0 && rename(tmp, path) != 0) os = errno;
    if (os != 0)
        (void)unlink(tmp);
    else
        sync_folder(tmp);
    onri_heap_free(tmp);
    return os ? onri_fail_os(err, "file", os, "cannot write '%s'", path) : ONR_OK;
}

static int make_folder(const char *path)
{
    struct stat info = { 0 };
    if (mkdir(path, 0777) == 0) return 0;
    const int os = errno;
    if (stat(path, &info) != 0) return os;
    return S_ISDIR(info.st_mode) ? 0 : ENOTDIR;
}

onr_status onri_mkdirs(const char *path, onr_error *err)
{
    const size_t n = strlen(path);
    char *part = onri_heap_alloc(n + 1);
    if (!part) return onri_fail(err, ONR_E_NOMEM, "file", "out of memory");
    memcpy(part, path, n + 1);
    int os = 0;
    for (size_t i = 1; i <= n && os == 0; i++) {
        if (part[i] != '/' && part[i] != 0) continue;
        const char was = part[i];
        part[i] = 0;
        os = make_folder(part);
        part[i] = was;
    }
    if (n == 0) os = ENOENT;
    onri_heap_free(part);
    return os ? onri_fail_os(err, "file", os, "cannot make folder '%s'", path) : ONR_OK;
}
