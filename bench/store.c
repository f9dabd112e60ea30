/* How a store grows: generated records are kept, and at certain sizes it is asked.
 *
 *   bench_store RECORDS.jsonl STORE.db N...   e.g. 1000 3000 10000 30000 100000
 *
 * The records are no real articles: each is one of RECORDS with six words in ten of its text taken
 * from others of the same length, with other names for its people and organisations (20,000 names,
 * few of them often), another day of ten years, one of 200 publishers. So spans and facts are those
 * of real articles, words and names are spread as in a large collection, but what they say is
 * nonsense. Prints a row at each size: articles, seconds of keeping since the last row by the clock
 * and of the processor, articles a second of the processor, bytes of the file, milliseconds of
 * finding by the clock and of the processor (median, 99th percentile, worst of 1000 questions). On
 * a machine that does other things, too, only the processor's are worth comparing. */
#include "record/record.h"

#include "onrecord/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

enum { BASES_MAX = 4000, WORDS_MAX = 400000, LENGTH_MAX = 24, QUESTIONS = 1000, BATCH = 500 };

typedef struct world {
    onr_arena mem;
    onr_record base[BASES_MAX];
    uint32_t n_bases;
    onr_sv *words[LENGTH_MAX]; /* every word of the texts as often as it stands there, by length */
    uint32_t n_words[LENGTH_MAX], cap[LENGTH_MAX];
    uint64_t seed;
} world;

static world w;

static uint32_t below(uint32_t n)
{
    w.seed = w.seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(((w.seed >> 33) * n) >> 31);
}

/* 0 often, n-1 seldom. */
static uint32_t zipf(uint32_t n)
{
    const double u = (double)(1 + below(1000000)) / 1000001.0;
    double x = 1;
    for (int i = 0; i < 3; i++) x *= u;
    const uint32_t k = (uint32_t)(x * n);
    return k < n ? k : n - 1;
}

static double now(clockid_t clock)
{
    struct timespec t;
    (void)clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void die(const char *what, const onr_error *err)
{
    fprintf(stderr, "bench_store: %s: %s\n", what, err ? err->msg : "");
    exit(1);
}

/* ---- the generator -------------------------------------------------------------------------- */

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool next_word(onr_sv text, size_t *at, onr_sv *word)
{
    size_t i = *at;
    while (i < text.n && !is_small(text.p[i])) i++;
    const size_t beg = i;
    while (i < text.n && is_small(text.p[i])) i++;
    *at = i;
    *word = onri_sub(text, beg, i);
    return beg < i;
}

static void learn_words(onr_sv text)
{
    size_t at = 0;
    onr_sv word;
    while (next_word(text, &at, &word)) {
        if (word.n >= LENGTH_MAX) continue;
        const size_t l = word.n;
        if (w.n_words[l] == w.cap[l]) {
            w.cap[l] = w.cap[l] ? 2 * w.cap[l] : 1024;
            w.words[l] = realloc(w.words[l], w.cap[l] * sizeof *w.words[l]);
            if (!w.words[l]) die("memory", NULL);
        }
        w.words[l][w.n_words[l]++] = word;
    }
}

static void load(const char *path)
{
    FILE *f = fopen(path, "rb");
    char *line = NULL;
    size_t cap = 0;
    if (!f) die(path, NULL);
    for (ssize_t n; w.n_bases < BASES_MAX && (n = getline(&line, &cap, f)) > 0;) {
        const onr_sv json = onri_dup(&w.mem, onri_trim(onri_sv(line, (size_t)n)));
        onr_error err = ONR_ERROR_INIT;
        onr_record *r = &w.base[w.n_bases];
        if (onr_record_load(&w.mem, json, r, &err) != ONR_OK) die(path, &err);
        if (r->error || !r->text.n) continue;
        learn_words(r->text);
        w.n_bases++;
    }
    free(line);
    (void)fclose(f);
    if (!w.n_bases) die("no records", NULL);
}

static onr_sv name_of(onr_arena *mem, uint32_t k)
{
    static const char *const a[] = { "Ana",   "Boris", "Chen", "Dana",  "Emil",  "Farah",
                                     "Goran", "Hana",  "Igor", "Jamal", "Karim", "Lena",
                                     "Musa",  "Nadia", "Omar", "Petra" };
    static const char *const b[] = { "Al",  "Ber", "Cor", "Dal", "Es",
                                     "Fer", "Gal", "Har", "Is",  "Jan" };
    static const char *const c[] = { "dini", "evic", "hart", "kova", "lund",
                                     "mann", "ossi", "rami", "sson", "tani" };
    char s[64];
    (void)snprintf(s, sizeof s, "%s %s%s%s", a[k % 16], b[k / 16 % 10], c[k / 160 % 10],
                   k / 1600 % 13 ? b[k / 1600 % 10] : "");
    return onri_dup(mem, onri_svz(s));
}

static onr_sv vary_text(onr_arena *mem, onr_sv text)
{
    char *p = onr_alloc(mem, text.n + 1);
    if (!p) die("memory", NULL);
    memcpy(p, text.p, text.n);
    size_t at = 0;
    onr_sv word;
    while (next_word(text, &at, &word)) {
        if (word.n < 3 || word.n >= LENGTH_MAX || below(10) >= 6) continue;
        const onr_sv other = w.words[word.n][below(w.n_words[word.n])];
        memcpy(p + (word.p - text.p), other.p, other.n);
    }
    return onri_sv(p, text.n);
}

static onr_record vary(onr_arena *mem, uint64_t n)
{
    onr_record r = w.base[below(w.n_bases)];
    char s[64];
    r.text = vary_text(mem, r.text);
    onr_entity *e = ONRI_NEW_N(mem, r.n_entities + 1, onr_entity);
    if (r.n_entities) memcpy(e, r.entities, r.n_entities * sizeof *e);
    for (uint32_t i = 0; i < r.n_entities; i++)
        if (e[i].type == ONR_ENTITY_PERSON || e[i].type == ONR_ENTITY_ORGANIZATION) {
            e[i].name = name_of(mem, zipf(20000));
            e[i].wikidata = (onr_sv){ NULL, 0 };
        }
    r.entities = e;
#define COPY(T, field, count)                                                                      \
    do {                                                                                           \
        T *copy_ = ONRI_NEW_N(mem, r.count + 1, T);                                                \
        if (r.count) memcpy(copy_, r.field, r.count * sizeof *copy_);                              \
        r.field = copy_;                                                                           \
    } while (0)
    COPY(onr_statement, statements, n_statements);
    COPY(onr_event, events, n_events);
    COPY(onr_commitment, commitments, n_commitments);
    COPY(onr_dispute, disputes, n_disputes);
    COPY(onr_position, positions, n_positions);
    COPY(onr_relation, relations, n_relations);
    (void)snprintf(s, sizeof s, "generated-%llu", (unsigned long long)n);
    r.id = onri_dup(mem, onri_svz(s));
    (void)snprintf(s, sizeof s, "%u-%02u-%02u", 2015 + below(10), 1 + below(12), 1 + below(28));
    r.date = onri_dup(mem, onri_svz(s));
    (void)snprintf(s, sizeof s, "Paper %u", zipf(200));
    r.publisher = onri_dup(mem, onri_svz(s));
    if (onri_record_ids(mem, &r, NULL) != ONR_OK) die("ids", NULL);
    return r;
}

/* ---- keeping and finding -------------------------------------------------------------------- */

static void keep(onr_store *s, uint64_t from, uint64_t to, double spent[2])
{
    spent[0] = spent[1] = 0; /* without the generator */
    for (uint64_t n = from; n < to; n++) {
        onr_arena mem = onr_arena_make(256 * ONR_MIB);
        onr_error err = ONR_ERROR_INIT;
        const onr_record r = vary(&mem, n);
        const double t = now(CLOCK_MONOTONIC), c = now(CLOCK_PROCESS_CPUTIME_ID);
        if (onr_store_keep(s, &r, NULL, NULL, &err) != ONR_OK) die("keep", &err);
        if (((n + 1) % BATCH == 0 || n + 1 == to) && onr_store_commit(s, &err) != ONR_OK)
            die("commit", &err);
        spent[0] += now(CLOCK_MONOTONIC) - t;
        spent[1] += now(CLOCK_PROCESS_CPUTIME_ID) - c;
        onr_arena_drop(&mem);
    }
}

static onr_sv a_word(void)
{
    const uint32_t l = 4 + below(7);
    return w.n_words[l] ? w.words[l][below(w.n_words[l])] : ONR_SV("said");
}

static onr_sv two_words(onr_arena *mem, bool phrase)
{
    char s[80];
    if (!phrase) {
        const onr_sv a = a_word(), b = a_word();
        (void)snprintf(s, sizeof s, "%.*s %.*s", (int)a.n, a.p, (int)b.n, b.p);
        return onri_dup(mem, onri_svz(s));
    }
    const onr_sv text = w.base[below(w.n_bases)].text;
    size_t at = below((uint32_t)text.n);
    onr_sv a, b;
    if (!next_word(text, &at, &a) || !next_word(text, &at, &b) || a.n + b.n > 70)
        return ONR_SV("\"of the\"");
    (void)snprintf(s, sizeof s, "\"%.*s %.*s\"", (int)a.n, a.p, (int)b.n, b.p);
    return onri_dup(mem, onri_svz(s));
}

static onr_find question(onr_arena *mem, uint32_t kind)
{
    static const char *const states[] = { "Iran",   "Russia", "United States",
                                          "Israel", "China",  "IRN" };
    static const char *const years[] = { "2016", "2018-05", "2020", "2022-11-03" };
    onr_find f = ONR_FIND_INIT;
    f.limit = 20;
    const onr_sv state = onri_svz(states[below(6)]), year = onri_svz(years[below(4)]);
    switch (kind) {
    case 0:
        f.words = a_word();
        break;
    case 1:
        f.words = two_words(mem, false);
        break;
    case 2:
        f.words = two_words(mem, true);
        break;
    case 3:
        f.by = name_of(mem, zipf(20000));
        break;
    case 4:
        f.by = state, f.words = a_word();
        break;
    case 5:
        f.by = state, f.to = onri_svz(states[below(6)]), f.since = year;
        break;
    case 6:
        f.country = ONR_SV("RUS"), f.kinds = ONR_SV("denial,refusal");
        break;
    case 7:
        f.about = name_of(mem, zipf(20000)), f.words = a_word();
        break;
    case 8:
        f.layers = 1u << ONR_LAYER_COMMITMENT, f.until = year;
        break;
    default:
        f.layers = 1u << ONR_LAYER_SENTENCE, f.words = two_words(mem, false);
        break;
    }
    return f;
}

static bool take(void *ctx, const onr_row *row)
{
    *(uint64_t *)ctx += row->n_cells;
    return true;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void percentiles(double *all, double ms[3])
{
    qsort(all, QUESTIONS, sizeof *all, by_size);
    ms[0] = all[QUESTIONS / 2];
    ms[1] = all[QUESTIONS - 1 - QUESTIONS / 100];
    ms[2] = all[QUESTIONS - 1];
}

static void find(const char *path, double wall[3], double cpu[3], bool by_kind)
{
    static double all[QUESTIONS], all_cpu[QUESTIONS];
    double kind_worst[10] = { 0 };
    onr_store *s;
    onr_error err = ONR_ERROR_INIT;
    uint64_t cells = 0;
    if (onr_store_open(path, NULL, &s, &err) != ONR_OK) die("open", &err);
    for (int i = -50; i < QUESTIONS; i++) { /* 50 to warm up */
        onr_arena mem = onr_arena_make(ONR_MIB);
        const uint32_t kind = (uint32_t)(i + 50) % 10;
        const onr_find f = question(&mem, kind);
        const double t = now(CLOCK_MONOTONIC), c = now(CLOCK_PROCESS_CPUTIME_ID);
        if (onr_store_find(s, &f, take, &cells, NULL, &err) != ONR_OK) die("find", &err);
        const double spent = 1000 * (now(CLOCK_PROCESS_CPUTIME_ID) - c);
        if (i >= 0) all[i] = 1000 * (now(CLOCK_MONOTONIC) - t);
        if (i >= 0) all_cpu[i] = spent;
        if (i >= 0 && spent > kind_worst[kind]) kind_worst[kind] = spent;
        onr_arena_drop(&mem);
    }
    onr_store_close(s);
    percentiles(all, wall);
    percentiles(all_cpu, cpu);
    for (int k = 0; by_kind && k < 10; k++)
        fprintf(stderr, "kind %d: worst %.1f ms of the processor\n", k, kind_worst[k]);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "bench_store RECORDS.jsonl STORE.db N...\n");
        return 2;
    }
    w.mem = onr_arena_make(2048 * ONR_MIB);
    w.seed = 20181107;
    load(argv[1]);
    onr_store_opts o = ONR_STORE_OPTS_INIT;
    o.mode = ONR_STORE_CREATE;
    uint64_t have = 0;
    printf("articles\tkeep_s\tkeep_cpu_s\tcpu_rate\tbytes\tp50\tp99\tmax\tcpu_p50\tcpu_p99\tcpu_"
           "max\n");
    for (int i = 3; i < argc; i++) {
        const uint64_t to = strtoull(argv[i], NULL, 10);
        onr_error err = ONR_ERROR_INIT;
        onr_store *s;
        if (onr_store_open(argv[2], &o, &s, &err) != ONR_OK) die("open", &err);
        double spent[2], wall[3], cpu[3];
        keep(s, have, to, spent);
        onr_store_close(s);
        struct stat st;
        find(argv[2], wall, cpu, i + 1 == argc);
        if (stat(argv[2], &st) != 0) die("stat", NULL);
        printf("%llu\t%.1f\t%.1f\t%.0f\t%lld\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\n",
               (unsigned long long)to, spent[0], spent[1], (double)(to - have) / spent[1],
               (long long)st.st_size, wall[0], wall[1], wall[2], cpu[0], cpu[1], cpu[2]);
        (void)fflush(stdout);
        have = to;
    }
    onr_arena_drop(&w.mem);
    return 0;
}
