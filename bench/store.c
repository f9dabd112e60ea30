/* How a store grows: generated records are kept, and at certain sizes it is asked.
 *
 *   bench_store RECORDS.jsonl STORE.db N...   e.g. 1000 3000 10000 30000 100000
 *   bench_store RECORDS.jsonl STORE.db        asks a store that is there, writes nothing
 *
 * The records are no real articles: each is one of RECORDS with other words, names, day and paper,
 * so that spans and facts are those of real articles, and what they say is nonsense. Six kinds of
 * words in ten of an article are replaced, each by one word of the same length wherever it stands
 * in that article (real articles repeat their words): mostly by a word of RECORDS as often as it
 * stands there, the rest by one of 30,000 made words a length, the k-th with a frequency of 1/k
 * (Zipf), so that new words never end. The words of names of people and
 * organisations become those of another, in the whole text: for each shape of name one of 3,000
 * bearers, the k-th with a frequency of 1/k; states keep theirs, so that the most frequent actor
 * has as many facts as in the news. One article in ten is a near copy of one of the 400 before it,
 * printed by another paper up to two days later with one word in fifty changed. Days: any of ten
 * years, in no order, or with -o in the order of days, as news comes.
 *
 * Prints a row at each size: see the header it prints. Times are of the clock and of the processor;
 * on a machine that does other things, too, only the processor's are worth comparing. To stderr:
 * each kind of question with its worst and its median (last size). */
#include "record/record.h"

#include "onrecord/store.h"
#include "onrecord/store_views.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

enum {
    BASES_MAX = 4000,
    LENGTH_MAX = 24,
    MADE_WORDS = 30000, /* of each length from 5 */
    NAMES = 3000,       /* of each shape */
    QUESTIONS = 2000,
    DOSSIERS = 300,
    TIMES_MAX = 8000,
    BATCH = 500
};

typedef struct world {
    onr_arena mem;
    onr_record base[BASES_MAX];
    uint32_t n_bases;
    onr_sv *words[LENGTH_MAX]; /* every word of the texts as often as it stands there, by length */
    uint32_t n_words[LENGTH_MAX], cap[LENGTH_MAX];
    uint64_t seed;
    bool in_order;
    uint64_t of; /* articles there will be, for days in order */
} world;

static world w;

static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

static uint32_t below(uint32_t n)
{
    w.seed += 0x9E3779B97F4A7C15u;
    return (uint32_t)(((mix(w.seed) >> 32) * n) >> 32);
}

/* 0 to n-1, the k-th with a frequency of 1/(k+1). */
static uint32_t zipf(uint32_t n)
{
    const double u = (double)below(1u << 30) / (double)(1u << 30);
    const uint32_t k = (uint32_t)exp(u * log((double)n + 1)) - 1;
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

static bool is_letter(char c)
{
    return is_small(c) || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* The next whole word of small letters: none within a name. */
static bool next_word(onr_sv text, size_t *at, onr_sv *word)
{
    size_t i = *at;
    while (i < text.n) {
        if (!is_letter(text.p[i])) {
            i++;
            continue;
        }
        const size_t beg = i;
        bool small = true;
        for (; i < text.n && is_letter(text.p[i]); i++) small &= is_small(text.p[i]);
        if (!small) continue;
        *at = i;
        *word = onri_sub(text, beg, i);
        return true;
    }
    *at = i;
    return false;
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

/* The k-th made word of a length: consonants and vowels in turn. */
static void made_word(char *out, size_t n, uint32_t k)
{
    static const char c[] = "tnrslcdpmhgbfvkwzj", v[] = "eaiou";
    uint64_t h = mix(k * 64u + n + 1);
    for (size_t i = 0; i < n; i++) {
        out[i] = i % 2 ? v[h % 5] : c[h % 18];
        h = mix(h + i);
    }
}

/* ---- names: each word of a name of people and organisations becomes another, in the whole text */

enum { RENAMED_MAX = 400 };

typedef struct renamed {
    onr_sv word, by;
} renamed;

typedef struct renames {
    onr_arena *mem;
    renamed at[RENAMED_MAX];
    uint32_t n;
} renames;

static const renamed *find_name(const renames *m, onr_sv word)
{
    for (uint32_t i = 0; i < m->n; i++)
        if (onri_eq(m->at[i].word, word)) return &m->at[i];
    return NULL;
}

/* The next run of letters. */
static bool next_letters(onr_sv text, size_t *at, onr_sv *word)
{
    size_t i = *at;
    while (i < text.n && !is_letter(text.p[i])) i++;
    const size_t beg = i;
    while (i < text.n && is_letter(text.p[i])) i++;
    *at = i;
    *word = onri_sub(text, beg, i);
    return beg < i;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* The k-th bearer of names of this shape: few first names, many last ones. */
static void rename_words(renames *m, onr_sv name, uint32_t k)
{
    size_t at = 0;
    onr_sv word;
    for (uint32_t j = 0; next_letters(name, &at, &word); j++) {
        if (word.n < 2 || word.n >= LENGTH_MAX || !is_capital(word.p[0])) continue;
        if (m->n == RENAMED_MAX || find_name(m, word)) continue;
        char *by = onr_alloc(m->mem, word.n);
        if (!by) die("memory", NULL);
        const bool first = j == 0 && at < name.n;
        made_word(by, word.n, first ? k % 60 : 100000 + k * 8 + j);
        const bool all = is_capital(word.p[1]);
        for (size_t i = 0; i < word.n; i++)
            if (i == 0 || all) by[i] = (char)(by[i] - 'a' + 'A');
        m->at[m->n++] = (renamed){ onri_dup(m->mem, word), onri_sv(by, word.n) };
    }
}

static onr_sv renamed_text(const renames *m, onr_sv text)
{
    char *p = onr_alloc(m->mem, text.n + 1);
    if (!p) die("memory", NULL);
    memcpy(p, text.p, text.n);
    size_t at = 0;
    onr_sv word;
    while (next_letters(text, &at, &word)) {
        const renamed *r = is_capital(word.p[0]) ? find_name(m, word) : NULL;
        if (r) memcpy(p + (word.p - text.p), r->by.p, r->by.n);
    }
    return onri_sv(p, text.n);
}

static bool has_made_name(const onr_entity *e)
{
    return e->type == ONR_ENTITY_PERSON || e->type == ONR_ENTITY_ORGANIZATION;
}

/* What states and places are called stays: those words go to themselves. */
static void keep_names(renames *m, const onr_record *r, const onr_entity *e)
{
    for (uint32_t i = 0; i < e->n_mentions; i++) {
        const onr_mention *n = &e->mentions[i];
        const onr_sv name = onri_sub(r->text, n->span.beg, n->span.end);
        size_t at = 0;
        onr_sv word;
        while (n->kind == ONR_MENTION_NAME && m->n < RENAMED_MAX && next_letters(name, &at, &word))
            if (!find_name(m, word)) m->at[m->n++] = (renamed){ word, word };
    }
}

static void vary_names(onr_arena *mem, onr_record *r)
{
    renames m = { .mem = mem };
    for (uint32_t i = 0; i < r->n_entities; i++)
        if (!has_made_name(&r->entities[i])) keep_names(&m, r, &r->entities[i]);
    onr_entity *e = ONRI_NEW_N(mem, r->n_entities + 1, onr_entity);
    if (!e) die("memory", NULL);
    if (r->n_entities) memcpy(e, r->entities, r->n_entities * sizeof *e);
    for (uint32_t i = 0; i < r->n_entities; i++) {
        const uint32_t k = zipf(NAMES);
        if (has_made_name(&e[i])) rename_words(&m, e[i].name, k);
    }
    for (uint32_t i = 0; i < r->n_entities; i++) {
        if (!has_made_name(&e[i])) continue;
        e[i].name = renamed_text(&m, e[i].name);
        e[i].wikidata = (onr_sv){ NULL, 0 };
    }
    r->entities = e;
    r->text = renamed_text(&m, r->text);
}

/* A name as somebody may bear it in the store. */
static onr_sv a_name(onr_arena *mem)
{
    for (int i = 0; i < 1000; i++) {
        const onr_record *r = &w.base[below(w.n_bases)];
        const onr_entity *e = r->n_entities ? &r->entities[below(r->n_entities)] : NULL;
        if (!e || e->type != ONR_ENTITY_PERSON || !is_capital(e->name.p[0])) continue;
        renames m = { .mem = mem };
        rename_words(&m, e->name, zipf(NAMES));
        return renamed_text(&m, e->name);
    }
    return ONR_SV("Nobody");
}

/* ---- words ---------------------------------------------------------------------------------- */

/* Each kind of word keeps its fate through the article. */
static onr_sv vary_text(onr_arena *mem, onr_sv text, uint64_t article, bool copy)
{
    char *p = onr_alloc(mem, text.n + 1);
    if (!p) die("memory", NULL);
    memcpy(p, text.p, text.n);
    size_t at = 0;
    onr_sv word;
    const uint64_t outside = w.seed;
    while (next_word(text, &at, &word)) {
        uint64_t h = article;
        for (size_t i = 0; i < word.n; i++) h = mix(h + (unsigned char)word.p[i]);
        char *to = p + (word.p - text.p);
        w.seed = outside ^ at;
        if (copy && below(50) == 0) h = below(1u << 30);
        w.seed = h;
        if (word.n < 3 || word.n >= LENGTH_MAX || below(10) >= 6) continue;
        if (word.n >= 5 && below(8) == 0) {
            made_word(to, word.n, zipf(MADE_WORDS));
        } else {
            const onr_sv other = w.words[word.n][below(w.n_words[word.n])];
            memcpy(to, other.p, other.n);
        }
    }
    w.seed = outside;
    return onri_sv(p, text.n);
}

static onr_sv a_day(onr_arena *mem, uint32_t day)
{
    char s[64];
    (void)snprintf(s, sizeof s, "%u-%02u-%02u", 2015 + day / 336 % 10, 1 + day / 28 % 12,
                   1 + day % 28);
    return onri_dup(mem, onri_svz(s));
}

/* The n-th record; always the same one. */
static onr_record vary(onr_arena *mem, uint64_t n)
{
    w.seed = mix(n + 1);
    const bool copy = n > 0 && below(10) == 0;
    const uint32_t later = copy ? below(3) : 0, paper = zipf(200);
    const uint64_t of = copy ? n - 1 - below(n < 400 ? (uint32_t)n : 400) : n;
    const uint64_t own = mix(n + 1) + 1;
    w.seed = mix(of + 1) + 2; /* what the copy has of its first */
    onr_record r = w.base[below(w.n_bases)];
    const uint32_t any = below(3360);
    const uint32_t day = (w.in_order ? (uint32_t)(of * 3360 / (w.of + 1)) : any) + later;
    vary_names(mem, &r);
    w.seed = own;
    r.text = vary_text(mem, r.text, mix(of + 7), copy);
#define COPY(T, field, count)                                                                      \
    do {                                                                                           \
        T *copy_ = ONRI_NEW_N(mem, r.count + 1, T);                                                \
        if (!copy_) die("memory", NULL);                                                           \
        if (r.count) memcpy(copy_, r.field, r.count * sizeof *copy_);                              \
        r.field = copy_;                                                                           \
    } while (0)
    COPY(onr_statement, statements, n_statements);
    COPY(onr_event, events, n_events);
    COPY(onr_commitment, commitments, n_commitments);
    COPY(onr_dispute, disputes, n_disputes);
    COPY(onr_position, positions, n_positions);
    COPY(onr_relation, relations, n_relations);
    char s[64];
    (void)snprintf(s, sizeof s, "generated-%llu", (unsigned long long)n);
    r.id = onri_dup(mem, onri_svz(s));
    r.date = a_day(mem, day);
    (void)snprintf(s, sizeof s, "Paper %u", paper);
    r.publisher = onri_dup(mem, onri_svz(s));
    if (onri_record_ids(mem, &r, NULL) != ONR_OK) die("ids", NULL);
    return r;
}

/* ---- the questions -------------------------------------------------------------------------- */

/* A word as often as it stands in the texts, so that common ones are asked often. */
static onr_sv a_word(void)
{
    const uint32_t l = 4 + below(7);
    return w.n_words[l] ? w.words[l][below(w.n_words[l])] : ONR_SV("said");
}

static onr_sv a_rare_word(onr_arena *mem)
{
    char s[LENGTH_MAX];
    const uint32_t n = 5 + below(6);
    made_word(s, n, zipf(MADE_WORDS));
    return onri_dup(mem, onri_sv(s, n));
}

/* a, between, b, behind. */
static onr_sv write_words(onr_arena *mem, onr_sv a, const char *between, onr_sv b,
                          const char *behind)
{
    char s[160];
    (void)snprintf(s, sizeof s, "%.*s%s%.*s%s", (int)a.n, a.p, between, (int)b.n, b.p, behind);
    return onri_dup(mem, onri_svz(s));
}

static onr_sv a_phrase(onr_arena *mem)
{
    const onr_sv text = w.base[below(w.n_bases)].text;
    size_t at = below((uint32_t)text.n);
    onr_sv a, b;
    if (!next_word(text, &at, &a) || !next_word(text, &at, &b) || a.n + b.n > 70)
        return ONR_SV("\"of the\"");
    char open[80];
    (void)snprintf(open, sizeof open, "\"%.*s", (int)a.n, a.p);
    return write_words(mem, onri_svz(open), " ", b, "\"");
}

static onr_sv a_prefix(onr_arena *mem)
{
    const onr_sv a = a_word();
    return write_words(mem, onri_sub(a, 0, a.n < 4 ? a.n : 4), "*", ONR_SV(""), "");
}

static const char *const kinds[] = {
    "word",
    "the commonest words",
    "rare word",
    "two words",
    "phrase",
    "prefix*",
    "near",
    "word OR word",
    "word -word",
    "--by person",
    "--by state word",
    "--by state --to state --since",
    "--by person --to state",
    "--about person word",
    "--any state --until",
    "--country --kind denial,refusal",
    "--country --form direct --since",
    "--role --publisher",
    "--publisher word",
    "--kind event --status",
    "--type --min-p word",
    "commitments --until",
    "commitments --by state",
    "statements --form word --since --until",
    "sentences, two words",
    "sentences, phrase",
    "nothing but --limit",
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static onr_find question(onr_arena *mem, uint32_t kind)
{
    static const char *const states[] = { "Iran",    "Russia", "United States", "Israel", "China",
                                          "Ukraine", "Syria",  "France",        "IRN",    "USA" };
    static const char *const codes[] = { "RUS", "USA", "IRN", "ISR", "GBR", "CHN" };
    static const char *const years[] = { "2016", "2018-05", "2020", "2022-11-03", "2015-02" };
    static const char *const common[] = { "said",   "the",       "government",
                                          "people", "president", "state" };
    static const char *const roles[] = { "president", "spokes*", "minister", "foreign minister",
                                         "leader" };
    onr_find f = ONR_FIND_INIT;
    f.limit = 20;
    const onr_sv state = onri_svz(states[below(10)]), other = onri_svz(states[below(10)]);
    const onr_sv year = onri_svz(years[below(5)]), code = onri_svz(codes[below(6)]);
    const onr_sv a = a_word(), b = a_word(), person = a_name(mem);
    char paper[24];
    (void)snprintf(paper, sizeof paper, "Paper %u", zipf(200));
    switch (kind) {
    case 0:
        f.words = a;
        break;
    case 1:
        f.words = onri_svz(common[below(6)]);
        break;
    case 2:
        f.words = a_rare_word(mem);
        break;
    case 3:
        f.words = write_words(mem, a, " ", b, "");
        break;
    case 4:
        f.words = a_phrase(mem);
        break;
    case 5:
        f.words = a_prefix(mem);
        break;
    case 6:
        f.words = write_words(mem, a, " ", b, ""), f.near = 5;
        break;
    case 7:
        f.words = write_words(mem, a, " OR ", b, "");
        break;
    case 8:
        f.words = write_words(mem, a, " -", b, "");
        break;
    case 9:
        f.by = person;
        break;
    case 10:
        f.by = state, f.words = a;
        break;
    case 11:
        f.by = state, f.to = other, f.since = year;
        break;
    case 12:
        f.by = person, f.to = state;
        break;
    case 13:
        f.about = person, f.words = a;
        break;
    case 14:
        f.any = state, f.until = year;
        break;
    case 15:
        f.country = code, f.kinds = ONR_SV("denial,refusal");
        break;
    case 16:
        f.country = code, f.form = ONR_SV("direct"), f.since = year;
        break;
    case 17:
        f.role = onri_svz(roles[below(5)]), f.publisher = onri_dup(mem, onri_svz(paper));
        break;
    case 18:
        f.publisher = onri_dup(mem, onri_svz(paper)), f.words = a;
        break;
    case 19:
        f.layers = 1u << ONR_LAYER_EVENT, f.status = ONR_SV("planned,negated");
        break;
    case 20:
        f.type = ONR_SV("person"), f.min_p = 0.5, f.words = a;
        break;
    case 21:
        f.layers = 1u << ONR_LAYER_COMMITMENT, f.until = year;
        break;
    case 22:
        f.layers = 1u << ONR_LAYER_COMMITMENT, f.by = state;
        break;
    case 23:
        f.layers = 1u << ONR_LAYER_STATEMENT, f.form = ONR_SV("indirect"), f.words = a;
        f.since = ONR_SV("2017"), f.until = ONR_SV("2019");
        break;
    case 24:
        f.layers = 1u << ONR_LAYER_SENTENCE, f.words = write_words(mem, a, " ", b, "");
        break;
    case 25:
        f.layers = 1u << ONR_LAYER_SENTENCE, f.words = a_phrase(mem);
        break;
    default:
        break;
    }
    return f;
}

static bool take(void *ctx, const onr_row *row)
{
    *(uint64_t *)ctx += row->n_cells;
    return true;
}

/* ---- keeping and asking --------------------------------------------------------------------- */

typedef struct times { /* milliseconds */
    double wall[TIMES_MAX], cpu[TIMES_MAX];
    uint32_t kind[TIMES_MAX], n;
    double from_wall, from_cpu;
} times;

static void begin(times *t)
{
    t->from_wall = now(CLOCK_MONOTONIC);
    t->from_cpu = now(CLOCK_PROCESS_CPUTIME_ID);
}

static double end(times *t, uint32_t kind)
{
    t->cpu[t->n] = 1000 * (now(CLOCK_PROCESS_CPUTIME_ID) - t->from_cpu);
    t->wall[t->n] = 1000 * (now(CLOCK_MONOTONIC) - t->from_wall);
    t->kind[t->n] = kind;
    return t->cpu[t->n++];
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median, 99th percentile, worst. */
static void percentiles(const double *all, uint32_t n, double ms[3])
{
    static double sorted[TIMES_MAX];
    memcpy(sorted, all, n * sizeof *all);
    qsort(sorted, n, sizeof *sorted, by_size);
    ms[0] = sorted[n / 2];
    ms[1] = sorted[n - 1 - n / 100];
    ms[2] = sorted[n - 1];
}

static void by_kind(const times *t, const char *const *names, uint32_t n_names)
{
    for (uint32_t k = 0; k < n_names; k++) {
        static double some[TIMES_MAX];
        double ms[3];
        uint32_t n = 0;
        for (uint32_t i = 0; i < t->n; i++)
            if (t->kind[i] == k) some[n++] = t->cpu[i];
        if (n == 0) continue;
        percentiles(some, n, ms);
        fprintf(stderr, "%-40s %4u: median %8.2f, worst %8.2f ms of the processor\n", names[k], n,
                ms[0], ms[2]);
    }
}

static void find(onr_store *s, times *t, uint32_t n)
{
    uint64_t cells = 0;
    w.seed = 20181107;
    t->n = 0;
    for (uint32_t i = 0; i < n; i++) {
        onr_arena mem = onr_arena_make(ONR_MIB);
        onr_error err = ONR_ERROR_INIT;
        const onr_find f = question(&mem, i % KINDS);
        begin(t);
        if (onr_store_find(s, &f, take, &cells, NULL, &err) != ONR_OK) die("find", &err);
        const double ms = end(t, i % KINDS);
        if (getenv("SLOW") && ms > atof(getenv("SLOW"))) {
            onr_sv sql;
            if (onr_store_find_sql(s, &mem, &f, &sql, &err) == ONR_OK)
                fprintf(stderr, "-- %.1f ms %s\n%.*s;\n", ms, kinds[i % KINDS], (int)sql.n, sql.p);
        }
        onr_arena_drop(&mem);
    }
}

typedef struct uids {
    onr_arena mem;
    onr_sv at[DOSSIERS];
    uint32_t n;
} uids;

static bool take_uid(void *ctx, const onr_row *row)
{
    uids *u = ctx;
    if (u->n < DOSSIERS) u->at[u->n++] = onri_dup(&u->mem, row->cells[0].s);
    return true;
}

/* What `onrecord actor UID` asks: who is meant, and every part of the dossier. */
static void dossier(onr_store *s, onr_sv uid, times *parts)
{
    onr_error err = ONR_ERROR_INIT;
    uint64_t cells = 0;
    onr_view v = ONR_VIEW_INIT;
    v.limit = 10;
    begin(parts);
    if (onr_store_actors(s, uid, 6, take, &cells, NULL, &err) != ONR_OK) die("actors", &err);
    (void)end(parts, ONR_DOSSIER__COUNT);
    for (uint32_t p = 0; p < ONR_DOSSIER__COUNT; p++) {
        begin(parts);
        if (onr_store_dossier(s, uid, (onr_dossier_part)p, &v, take, &cells, NULL, &err) != ONR_OK)
            die("dossier", &err);
        (void)end(parts, p);
    }
}

/* The 100 actors with the most facts, and 200 of all the others by chance. */
static void dossiers(onr_store *s, times *t, times *parts)
{
    uids u = { .n = 0 };
    onr_error err = ONR_ERROR_INIT;
    u.mem = onr_arena_make(ONR_MIB);
    if (onr_store_sql(s, "SELECT uid FROM actor ORDER BY n_facts DESC, id LIMIT 100", NULL, 0, 0,
                      take_uid, &u, NULL, &err) != ONR_OK ||
        onr_store_sql(s,
                      "SELECT uid FROM actor WHERE n_facts > 0 ORDER BY id * 7919 % 10007, id "
                      "LIMIT 200",
                      NULL, 0, 0, take_uid, &u, NULL, &err) != ONR_OK)
        die("actors", &err);
    t->n = parts->n = 0;
    for (uint32_t i = 0; i < u.n; i++) {
        begin(t);
        dossier(s, u.at[i], parts);
        (void)end(t, 0);
        if (i == 0) /* the actor with the most facts */
            fprintf(stderr, "dossier of %.*s: %.2f ms by the clock, %.2f of the processor\n",
                    (int)u.at[0].n, u.at[0].p, t->wall[0], t->cpu[0]);
    }
    onr_arena_drop(&u.mem);
}

static void ask(const char *path, bool kinds_too)
{
    static times t, d, parts;
    static const char *part_names[ONR_DOSSIER__COUNT + 1];
    onr_store *s;
    onr_error err = ONR_ERROR_INIT;
    double ms[3];
    if (onr_store_open(path, NULL, &s, &err) != ONR_OK) die("open", &err);
    find(s, &t, 54); /* to warm up */
    find(s, &t, QUESTIONS);
    dossiers(s, &d, &parts);
    onr_store_close(s);
    const double *const all[] = { t.wall, t.cpu, d.wall, d.cpu };
    const uint32_t n[] = { t.n, t.n, d.n, d.n };
    for (int i = 0; i < 4; i++) {
        percentiles(all[i], n[i], ms);
        printf("\t%.2f\t%.2f\t%.2f", ms[0], ms[1], ms[2]);
    }
    printf("\n");
    (void)fflush(stdout);
    if (!kinds_too) return;
    by_kind(&t, kinds, KINDS);
    for (uint32_t p = 0; p < ONR_DOSSIER__COUNT; p++)
        part_names[p] = onr_dossier_part_name((onr_dossier_part)p);
    part_names[ONR_DOSSIER__COUNT] = "who is meant";
    by_kind(&parts, part_names, ONR_DOSSIER__COUNT + 1);
}

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

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "-o") == 0) {
        w.in_order = true;
        argc--, argv++;
    }
    if (argc < 3) {
        fprintf(stderr, "bench_store [-o] RECORDS.jsonl STORE.db [N...]\n");
        return 2;
    }
    w.mem = onr_arena_make(2048 * ONR_MIB);
    load(argv[1]);
    onr_store_opts o = ONR_STORE_OPTS_INIT;
    o.mode = ONR_STORE_CREATE;
    uint64_t have = 0;
    if (argc > 3) w.of = strtoull(argv[argc - 1], NULL, 10);
    printf("articles\tkeep_s\tkeep_cpu_s\tcpu_rate\tbytes\tp50\tp99\tmax\tcpu_p50\tcpu_p99\tcpu_"
           "max\tdossier_p50\tdossier_p99\tdossier_max\tdossier_cpu_p50\tdossier_cpu_p99\tdossier_"
           "cpu_max\n");
    if (argc == 3) {
        printf("there\t\t\t\t");
        ask(argv[2], true);
    }
    for (int i = 3; i < argc; i++) {
        const uint64_t to = strtoull(argv[i], NULL, 10);
        onr_error err = ONR_ERROR_INIT;
        onr_store *s;
        if (onr_store_open(argv[2], &o, &s, &err) != ONR_OK) die("open", &err);
        double spent[2];
        keep(s, have, to, spent);
        onr_store_close(s);
        struct stat st;
        if (stat(argv[2], &st) != 0) die("stat", NULL);
        printf("%llu\t%.1f\t%.1f\t%.0f\t%lld", (unsigned long long)to, spent[0], spent[1],
               (double)(to - have) / spent[1], (long long)st.st_size);
        ask(argv[2], i + 1 == argc);
        have = to;
    }
    onr_arena_drop(&w.mem);
    return 0;
}
