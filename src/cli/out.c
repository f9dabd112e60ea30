/* Where results and messages go: standard output or a file that appears whole, terminal width and
 * colour, signals. Source: own, POSIX.1-2008. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

void cli_start(void)
{
    /* A closed descriptor would be taken by the next file opened, and results end up in it. */
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF && open("/dev/null", O_RDWR) != fd)
            _exit(CLI_OUTSIDE);
    /* The reader going away ends us in silence, as it does every filter. */
    (void)signal(SIGPIPE, SIG_DFL);
}

void cli_warn(const char *fmt, ...)
{
    char msg[600];
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(msg, sizeof msg, fmt, ap);
    va_end(ap);
    (void)fprintf(stderr, "onrecord: %s\n", msg); /* one call: lines of threads do not mix */
}

void cli_warn_error(const char *what, const onr_error *err)
{
    char where[64] = "";
    if (err->line)
        (void)snprintf(where, sizeof where, ":%u", err->line);
    else if (err->at != UINT64_MAX && err->at != 0)
        (void)snprintf(where, sizeof where, " (byte %llu)", (unsigned long long)err->at);
    if (what && *what)
        cli_warn("%s%s: %s", what, where, err->msg);
    else
        cli_warn("%s%s", err->msg, where);
}

static void report(cli_out *out)
{
    const int why = errno;
    if (why == EPIPE)
        _exit(CLI_PIPE_CLOSED); /* SIGPIPE is ignored by our parent: end as if it came */
    if (!out->failed) {
        char text[128];
        if (strerror_r(why, text, sizeof text) != 0)
            (void)snprintf(text, sizeof text, "error %d", why);
        cli_warn("cannot write to %s: %s", out->path ? out->path : "standard output", text);
    }
    out->failed = true;
}

/* A file that exists and is no regular one (a device, a pipe) is written in place. */
static bool in_place(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

bool cli_out_open(cli_out *out, const char *path)
{
    *out = (cli_out){ .f = stdout };
    if (!path || strcmp(path, "-") == 0) return true;
    out->path = path;
    if (!in_place(path)) {
        const size_t n = strlen(path) + sizeof ".part";
        out->part = onri_heap_alloc(n);
        if (!out->part) {
            cli_warn("out of memory");
            return false;
        }
        (void)snprintf(out->part, n, "%s.part", path);
    }
    out->f = fopen(out->part ? out->part : path, "wb");
    if (out->f) return true;
    report(out);
    onri_heap_free(out->part);
    out->part = NULL;
    return false;
}

bool cli_out_resume(cli_out *out, const char *path, uint64_t *lines)
{
    *out = (cli_out){ .path = path };
    *lines = 0;
    out->f = fopen(path, "r+b");
    if (!out->f && errno == ENOENT) out->f = fopen(path, "w+b");
    if (!out->f) {
        report(out);
        return false;
    }
    off_t at = 0, whole = 0; /* whole: behind the last complete line */
    char step[1 << 14];
    for (size_t n; (n = fread(step, 1, sizeof step, out->f)) > 0; at += (off_t)n)
        for (size_t i = 0; i < n; i++)
            if (step[i] == '\n') {
                ++*lines;
                whole = at + (off_t)i + 1;
            }
    if (ferror(out->f) || fseeko(out->f, whole, SEEK_SET) != 0 ||
        ftruncate(fileno(out->f), whole) != 0) {
        report(out);
        (void)fclose(out->f);
        return false;
    }
    return true;
}

void cli_out_put(cli_out *out, onr_sv bytes)
{
    if (out->failed || bytes.n == 0) return;
    if (fwrite(bytes.p, 1, bytes.n, out->f) != bytes.n) report(out);
}

void cli_out_flush(cli_out *out)
{
    if (!out->failed && fflush(out->f) != 0) report(out);
}

bool cli_out_close(cli_out *out)
{
    cli_out_flush(out);
    if (out->part && !out->failed && fsync(fileno(out->f)) != 0 && errno != EINVAL &&
        errno != ENOTSUP)
        report(out);
    /* A full disk may speak only now. Standard output is closed by main. */
    if (out->f != stdout && fclose(out->f) != 0 && !out->failed) report(out);
    if (out->part && !out->failed && rename(out->part, out->path) != 0) report(out);
    if (out->part && out->failed) (void)unlink(out->part);
    onri_heap_free(out->part);
    out->part = NULL;
    return !out->failed;
}

bool cli_colour_parse(const char *when, cli_colour *out)
{
    static const char *const words[] = { "auto", "always", "never" };
    for (int i = 0; i < 3; i++) {
        if (!when || strcmp(when, words[i]) == 0) {
            *out = (cli_colour)i;
            return true;
        }
    }
    cli_warn("--color wants auto, always or never, not '%s'", when);
    return false;
}

bool cli_use_colour(const cli_out *out, cli_colour when)
{
    if (when != CLI_COLOUR_AUTO) return when == CLI_COLOUR_ALWAYS;
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    if ((no && *no) || (term && strcmp(term, "dumb") == 0)) return false;
    return isatty(fileno(out->f)) == 1;
}

unsigned cli_width(const cli_out *out)
{
    struct winsize w;
    uint64_t n = 0;
    const char *columns = getenv("COLUMNS");
    if (ioctl(fileno(out->f), TIOCGWINSZ, &w) == 0)
        n = w.ws_col;
    else if (columns && !onri_parse_u64(onri_svz(columns), &n))
        n = 0;
    if (n == 0) n = 80;
    return cli_clamp_width(n);
}

unsigned cli_clamp_width(uint64_t columns)
{
    return columns < 20 ? 20 : columns > 1000 ? 1000 : (unsigned)columns;
}
