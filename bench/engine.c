/* How fast the language engine reads: CPU time of one thread, memory, share of each step.
 *
 *   bench_engine MODEL TEXTS [--whole] [--kernel N] [--memo N] [--rounds N]
 *
 * TEXTS: JSON lines with "text", or one plain text. --kernel: 0 the fastest, 1 the slow twin, 2
 * plain, 3 AVX2, 4 AVX-512, 5 NEON. Every round reads all texts; the first finds the memo of word
 * types empty, the last is the one whose shares are shown. One line of JSON a round on stdout for
 * bench/engine to read, the shares on stderr for people. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "lang/parser.h"

typedef struct options {
    const char *model, *texts;
    bool whole;
    uint32_t kernel, memo, rounds;
} options;

typedef struct texts {
    ONRI_VEC(onr_sv) list;
    size_t bytes;
} texts;

static double cpu_s(void)
{
    struct timespec t;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) != 0) return 0;
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int fail(const char *what, const onr_error *err)
{
    fprintf(stderr, "bench_engine: %s: %s\n", what, err->msg);
    return 4;
}

static bool read_options(int argc, char **argv, options *o)
{
    *o = (options){ .rounds = 3 };
    for (int i = 1; i < argc; i++) {
        onr_sv value = i + 1 < argc ? onri_svz(argv[i + 1]) : (onr_sv){ 0 };
        uint64_t n = 0;
        uint32_t *to = !strcmp(argv[i], "--kernel")   ? &o->kernel
                       : !strcmp(argv[i], "--memo")   ? &o->memo
                       : !strcmp(argv[i], "--rounds") ? &o->rounds
                                                      : NULL;
        if (to) {
            if (!onri_parse_u64(value, &n) || n > 1000000) return false;
            *to = (uint32_t)n;
            i++;
        } else if (!strcmp(argv[i], "--whole")) {
            o->whole = true;
        } else if (!o->model) {
            o->model = argv[i];
        } else if (!o->texts) {
            o->texts = argv[i];
        } else {
            return false;
        }
    }
    return o->texts && o->rounds > 0;
}

/* Texts of the file: of each JSON line, or the file as it is. */
static onr_status read_texts(onr_arena *mem, const char *path, texts *out, onr_error *err)
{
    onr_sv file, line;
    onr_status st = onri_file_read(mem, path, (size_t)1 << 30, &file, err);
    if (st != ONR_OK) return st;
    const bool json = file.n > 0 && file.p[0] == '{';
    while (st == ONR_OK && (json ? onri_split(&file, '\n', &line) : file.n > 0)) {
        onr_sv text = file;
        if (json) {
            const onri_json *v = NULL;
            if (onri_trim(line).n == 0) continue;
            st = onri_json_read(mem, line, 64, &v, err);
            text = st == ONR_OK ? onri_json_str(onri_json_get(v, "text"), ONR_SV("")) : ONR_SV("");
        } else {
            file.n = 0;
        }
        onr_sv *to = ONRI_PUSH(mem, &out->list);
        if (!to) return onri_fail_mem(err, mem, "bench");
        *to = text;
        out->bytes += text.n;
    }
    return st;
}

static void show(const onri_parser_stats *a, const onri_parser_stats *b, const onri_net_stats *na,
                 const onri_net_stats *nb)
{
    static const char *const step[ONRI_STEP__COUNT] = { "tokens", "features", "network",
                                                        "ruler",  "lemmas",   "assembly" };
    static const char *const part[ONRI_PART__COUNT] = { "encoder, shared", "tagger", "parser",
                                                        "encoder, entities", "entities" };
    const double n = (double)(b->tokens - a->tokens);
    for (int i = 0; i < ONRI_STEP__COUNT; i++) {
        fprintf(stderr, "  %-20s %7.3f us/token\n", step[i],
                (double)(b->ns[i] - a->ns[i]) / n / 1e3);
        for (int j = 0; i == ONRI_STEP_NET && j < ONRI_PART__COUNT; j++)
            fprintf(stderr, "    %-18s %7.3f\n", part[j],
                    (double)(nb->ns[j] - na->ns[j]) / n / 1e3);
    }
    const double hits = (double)(nb->memo_hits - na->memo_hits),
                 misses = (double)(nb->memo_misses - na->memo_misses);
    fprintf(stderr, "  memo: %.1f%% hits; %.2f parser steps a token\n",
            100 * hits / (hits + misses), (double)(nb->steps - na->steps) / n);
}

static onr_status round_of(onr_parser *parser, const options *o, const texts *t, onr_error *err)
{
    onr_arena mem = onr_arena_make(ONR_ARTICLE_MEM_MAX);
    onr_status st = ONR_OK;
    for (uint32_t i = 0; i < t->list.n && st == ONR_OK; i++) {
        const onr_parse *parse = NULL;
        st = onr_parse_text(parser, &mem, t->list.at[i], o->whole, &parse, err);
        onr_arena_rewind(&mem, (onr_mark){ 0 });
    }
    onr_arena_drop(&mem);
    return st;
}

static int run(const options *o, onr_arena *mem)
{
    onr_error err = ONR_ERROR_INIT;
    texts t = { 0 };
    onr_model *model = NULL;
    onr_parser *parser = NULL;
    if (read_texts(mem, o->texts, &t, &err) != ONR_OK) return fail(o->texts, &err);
    const double t0 = cpu_s();
    if (onr_model_open(o->model, &model, &err) != ONR_OK) return fail(o->model, &err);
    const double t1 = cpu_s();
    onr_parser_opts opts = ONR_PARSER_OPTS_INIT;
    opts.kernel = (onr_kernel)o->kernel;
    opts.memo = o->memo;
    if (onr_parser_new(model, &opts, &parser, &err) != ONR_OK) return fail("parser", &err);
    const double t2 = cpu_s();
    fprintf(stderr, "%u texts, %zu bytes; kernel %d; model open %.1f ms, parser new %.1f ms CPU\n",
            t.list.n, t.bytes, (int)onri_net_kernel(onri_parser_net(parser)), (t1 - t0) * 1e3,
            (t2 - t1) * 1e3);
    int exit_code = 0;
    for (uint32_t r = 0; r < o->rounds && exit_code == 0; r++) {
        const onri_parser_stats before = onri_parser_get_stats(parser);
        const onri_net_stats net_before = onri_net_get_stats(onri_parser_net(parser));
        const double start = cpu_s();
        if (round_of(parser, o, &t, &err) != ONR_OK) {
            exit_code = fail("parse", &err);
            break;
        }
        const double s = cpu_s() - start;
        const onri_parser_stats after = onri_parser_get_stats(parser);
        const onri_net_stats net_after = onri_net_get_stats(onri_parser_net(parser));
        const uint64_t n = after.tokens - before.tokens;
        struct rusage use = { 0 };
        getrusage(RUSAGE_SELF, &use);
        printf("{\"round\":%u,\"tokens\":%llu,\"cpu_s\":%.4f,\"tokens_per_s\":%.0f,"
               "\"open_ms\":%.1f,\"peak_mb\":%.1f}\n",
               r + 1, (unsigned long long)n, s, (double)n / s, (t2 - t0) * 1e3,
               (double)use.ru_maxrss / 1024);
        if (r + 1 == o->rounds) show(&before, &after, &net_before, &net_after);
    }
    onr_parser_free(parser);
    onr_model_close(model);
    return exit_code;
}

int main(int argc, char **argv)
{
    options o;
    if (!read_options(argc, argv, &o)) {
        fputs("usage: bench_engine MODEL TEXTS [--whole] [--kernel N] [--memo N] [--rounds N]\n",
              stderr);
        return 2;
    }
    onr_arena mem = onr_arena_make((size_t)4 << 30);
    const int exit_code = run(&o, &mem);
    onr_arena_drop(&mem);
    return exit_code;
}
