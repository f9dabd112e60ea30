/* How long pages take to become articles, and files to become items.
 *
 *   bench_extract [--rounds N] [--out LINES] PAGE...    CPU ms a page; LINES gets {"id","text"}
 * lines bench_extract --items FILE...                       documents and MB/s of reading alone
 *
 * One thread, CPU time of the process, files in memory before the clock starts. Ids are given, so
 * that no page is hashed. */
#include "base/base.h"
#include "onrecord/input.h"
#include "onrecord/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "bench_extract: %s\n", what);
    exit(1);
}

/* "…/abc.html" is the page abc. */
static onr_sv id_of(const char *path)
{
    const char *base = strrchr(path, '/');
    base = base ? base + 1 : path;
    const char *dot = strchr(base, '.');
    return onri_sv(base, dot ? (size_t)(dot - base) : strlen(base));
}

static void write_line(FILE *f, onr_sv id, onr_sv text)
{
    onri_buf b = onri_buf_make((size_t)1 << 30);
    onri_jw w = onri_jw_make(&b);
    onri_jw_open(&w, '{');
    onri_jw_key(&w, "id");
    onri_jw_str(&w, id);
    onri_jw_key(&w, "text");
    onri_jw_str(&w, text);
    onri_jw_close(&w, '}');
    onri_buf_addc(&b, '\n');
    if (b.status != ONR_OK || fwrite(b.p, 1, b.n, f) != b.n) die("cannot write");
    onri_buf_drop(&b);
}

static void pages(char **paths, int n, int rounds, const char *out)
{
    onr_arena keep = onr_arena_make((size_t)8 << 30);
    onr_input_item *items = onri_alloc_n(&keep, (size_t)n, sizeof *items);
    onr_error err = ONR_ERROR_INIT;
    uint64_t bytes = 0;
    if (!items) die("out of memory");
    for (int i = 0; i < n; i++) {
        items[i] = (onr_input_item){ .kind = ONR_INPUT_HTML, .error = ONR_ERROR_INIT };
        items[i].id = id_of(paths[i]);
        if (onri_file_read(&keep, paths[i], ONR_TEXT_MAX, &items[i].bytes, &err) != ONR_OK)
            die(paths[i]);
        bytes += items[i].bytes.n;
    }
    FILE *f = out ? fopen(out, "w") : NULL;
    if (out && !f) die(out);
    double best = 1e9;
    for (int r = 0; r < rounds; r++) {
        double at = seconds();
        for (int i = 0; i < n; i++) {
            onr_arena mem = onr_arena_make(ONR_ARTICLE_MEM_MAX);
            onr_article a;
            if (onr_input_read(&mem, &items[i], NULL, &a, &err) != ONR_OK) die(paths[i]);
            if (f && r == 0) write_line(f, items[i].id, a.text);
            onr_arena_drop(&mem);
        }
        double took = seconds() - at;
        best = took < best ? took : best;
    }
    if (f && fclose(f) != 0) die(out);
    printf("onrecord: %d pages, %.3f ms a page, %.0f MB/s\n", n, best * 1000 / n,
           (double)bytes / 1e6 / best);
    onr_arena_drop(&keep);
}

static void items(char **paths, int n)
{
    onr_input *in = NULL;
    onr_error err = ONR_ERROR_INIT;
    if (onr_input_open((const char *const *)paths, (size_t)n, NULL, &in, &err) != ONR_OK)
        die(err.msg);
    double at = seconds();
    uint64_t unpacked = 0;
    for (;;) {
        onr_arena mem = onr_arena_make(ONR_ARTICLE_MEM_MAX);
        onr_input_item item;
        bool more = onr_input_next(in, &mem, &item);
        unpacked += more ? item.bytes.n : 0;
        onr_arena_drop(&mem);
        if (!more) break;
    }
    double took = seconds() - at;
    onr_input_counts c = onr_input_count(in);
    printf("onrecord: %llu documents, %llu failed, %.1f MB/s of the file, %.1f MB/s of documents\n",
           (unsigned long long)c.documents, (unsigned long long)c.failed,
           (double)c.bytes / 1e6 / took, (double)unpacked / 1e6 / took);
    onr_input_close(in);
}

int main(int argc, char **argv)
{
    int rounds = 3, i = 1;
    const char *out = NULL;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--items") == 0) {
            items(argv + i + 1, argc - i - 1);
            return 0;
        }
        if (i + 1 < argc && strcmp(argv[i], "--rounds") == 0)
            rounds = (int)strtol(argv[++i], NULL, 10);
        else if (i + 1 < argc && strcmp(argv[i], "--out") == 0)
            out = argv[++i];
        else
            die("no such option");
    }
    if (i == argc) die("no pages");
    pages(argv + i, argc - i, rounds, out);
    return 0;
}
