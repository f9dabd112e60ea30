/* How far a long run has come: documents, failures, MB/s, time left. Standard error only, and never
 * into results. Source: own. Leaves out: width of the terminal (the line has under 80 columns). */
#include "cli/progress.h"

#include <time.h>
#include <unistd.h>

#define STEP_SECONDS 0.5

static double now(void)
{
    struct timespec t = { 0, 0 };
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

bool cli_progress_parse(const char *when, bool out_is_terminal, cli_progress_kind *out)
{
    if (!when || strcmp(when, "auto") == 0)
        *out =
            isatty(STDERR_FILENO) == 1 && !out_is_terminal ? CLI_PROGRESS_BAR : CLI_PROGRESS_NONE;
    else if (strcmp(when, "always") == 0)
        *out = CLI_PROGRESS_BAR;
    else if (strcmp(when, "never") == 0)
        *out = CLI_PROGRESS_NONE;
    else if (strcmp(when, "json") == 0)
        *out = CLI_PROGRESS_JSON;
    else {
        cli_warn("--progress %s: want auto, always, never or json", when);
        return false;
    }
    return true;
}

void cli_progress_start(cli_progress *p, cli_progress_kind kind)
{
    *p = (cli_progress){ .kind = kind, .start = now() };
    p->last = p->start;
}

void cli_progress_clear(cli_progress *p)
{
    if (p->shown) (void)fputs("\r\033[K", stderr);
    p->shown = false;
}

static void json_line(const cli_progress *p, uint64_t written, uint64_t failed,
                      const onr_input_counts *c, bool done)
{
    (void)fprintf(stderr,
                  "{\"documents\":%llu,\"failed\":%llu,\"skipped\":%llu,\"bytes\":%llu,"
                  "\"bytes_total\":%llu,\"ms\":%.0f,\"done\":%s}\n",
                  (unsigned long long)written, (unsigned long long)failed,
                  (unsigned long long)c->skipped, (unsigned long long)c->bytes,
                  (unsigned long long)c->bytes_total, (now() - p->start) * 1000,
                  done ? "true" : "false");
}

void cli_progress_step(cli_progress *p, uint64_t written, uint64_t failed,
                       const onr_input_counts *c)
{
    if (p->kind == CLI_PROGRESS_NONE) return;
    const double at = now(), took = at - p->start;
    if (at - p->last < STEP_SECONDS) return;
    p->last = at;
    if (p->kind == CLI_PROGRESS_JSON) {
        json_line(p, written, failed, c, false);
        return;
    }
    const double mb = (double)c->bytes / 1e6, total = (double)c->bytes_total / 1e6;
    (void)fprintf(stderr, "\r\033[K%llu documents, %llu failed, %.1f MB/s",
                  (unsigned long long)written, (unsigned long long)failed, mb / took);
    if (total > 0 && mb > 0 && mb <= total) {
        const double left = took * (total - mb) / mb;
        (void)fprintf(stderr, ", %.0f %%, %.0f:%02.0f left", mb * 100 / total,
                      left >= 60 ? (left - (double)((long)left % 60)) / 60 : 0,
                      (double)((long)left % 60));
    }
    (void)fflush(stderr);
    p->shown = true;
}

void cli_progress_end(cli_progress *p, uint64_t written, uint64_t failed, const onr_input_counts *c)
{
    if (p->kind == CLI_PROGRESS_NONE) return;
    cli_progress_clear(p);
    if (p->kind == CLI_PROGRESS_JSON) {
        json_line(p, written, failed, c, true);
        return;
    }
    const double took = now() - p->start;
    cli_warn("%llu documents, %llu failed, %llu records without a document; %.1f MB in %.1f s",
             (unsigned long long)written, (unsigned long long)failed,
             (unsigned long long)c->skipped, (double)c->bytes / 1e6, took);
}
