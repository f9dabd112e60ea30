/* A store's file with any bytes in it: opening, looking, finding, giving records back and mending
 * end in an answer or in an error that says something; nothing crashes, reads outside or goes on
 * for ever. The input is a list of changes to a small store that the target makes when it starts
 * (articles of tests/golden/store, three corrections): 3 bytes where, 1 byte how many, the bytes;
 * so that any place of the file is as near as any other. An input that begins as an SQLite file
 * does is the file itself. Leaves out the log (-wal), which SQLite guards by checksums. */
#include "fuzz.h"
#include "onrecord/store_views.h"

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

enum { FILE_MAX = 4 << 20, SECONDS = 5, HANGS = 240 };

static char folder[64], path[96];
static char *seed, *now;
static size_t seed_n;

static void must(bool is)
{
    if (!is) abort();
}

static void remove_all(void)
{
    static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char name[112];
        (void)snprintf(name, sizeof name, "%s%s", path, ends[i]);
        (void)unlink(name);
    }
}

static void drop_folder(void)
{
    remove_all();
    (void)rmdir(folder);
}

/* Small pages and no log: the whole store is one file of some 100 kB. */
static void make_small(void)
{
    sqlite3 *db;
    must(sqlite3_open(path, &db) == SQLITE_OK);
    must(sqlite3_exec(db, "PRAGMA journal_mode=DELETE; PRAGMA page_size=512; VACUUM", NULL, NULL,
                      NULL) == SQLITE_OK);
    must(sqlite3_close(db) == SQLITE_OK);
}

static void fill(onr_store *s, onr_arena *mem)
{
    onr_sv all, line, first = { NULL, 0 };
    must(onri_file_read(mem, ONR_SOURCE_DIR "/tests/golden/store/links.jsonl", 8 * ONR_MIB, &all,
                        NULL) == ONR_OK);
    while (onri_split(&all, '\n', &line)) {
        onr_record r;
        if (line.n == 0) continue;
        must(onr_record_load(mem, line, &r, NULL) == ONR_OK);
        must(onr_store_keep(s, &r, NULL, NULL, NULL) == ONR_OK);
        if (!first.p) first = r.statements[0].id;
        onr_correction c = { .size = sizeof c,
                             .kind = ONR_CORRECTION_REJECT,
                             .who = ONR_SV("mb"),
                             .article = r.id,
                             .fact = r.statements[0].id };
        if (r.statements[0].id.p == first.p || onri_eqz(r.id, "dw-2"))
            must(onr_store_correct(s, &c, NULL, NULL) == ONR_OK);
    }
    must(onr_store_commit(s, NULL) == ONR_OK);
}

static void make_seed(void)
{
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    onr_store_opts o = ONR_STORE_OPTS_INIT;
    onr_store *s;
    onr_sv bytes;
    const char *tmp = getenv("TMPDIR");
    (void)snprintf(folder, sizeof folder, "%.40s/onr_fuzz_XXXXXX",
                   tmp && *tmp                     ? tmp
                   : access("/dev/shm", W_OK) == 0 ? "/dev/shm"
                                                   : "/tmp");
    must(mkdtemp(folder) != NULL);
    (void)snprintf(path, sizeof path, "%s/s.db", folder);
    (void)atexit(drop_folder);
    o.mode = ONR_STORE_CREATE;
    must(onr_store_open(path, &o, &s, NULL) == ONR_OK);
    fill(s, &mem);
    onr_store_close(s);
    make_small();
    must(onri_file_read(&mem, path, FILE_MAX, &bytes, NULL) == ONR_OK);
    seed = malloc(bytes.n);
    now = malloc(FILE_MAX);
    must(seed && now);
    memcpy(seed, bytes.p, bytes.n);
    seed_n = bytes.n;
    onr_arena_drop(&mem);
}

/* The file that the input means. */
static onr_sv meant(const uint8_t *data, size_t size)
{
    if (size >= 16 && memcmp(data, "SQLite format 3", 16) == 0)
        return onri_sv((const char *)data, size);
    size_t n = seed_n;
    memcpy(now, seed, n);
    for (size_t i = 0; i + 4 <= size;) {
        size_t at = (size_t)data[i] << 16 | (size_t)data[i + 1] << 8 | data[i + 2],
               len = data[i + 3];
        i += 4;
        if (len > size - i) len = size - i;
        if (len == 0) n = at % (n + 1); /* cut off */
        for (size_t k = 0; k < len && n; k++) now[(at + k) % n] = (char)data[i + k];
        i += len;
    }
    return onri_sv(now, n);
}

static bool take(void *ctx, const onr_row *row)
{
    size_t *bytes = ctx;
    for (uint32_t i = 0; i < row->n_cells; i++) *bytes += row->cells[i].s.n; /* all is there */
    return true;
}

static void told(onr_status st, onr_error *err)
{
    if (st != ONR_OK && (err->status != st || err->msg[0] == '\0')) abort();
    *err = (onr_error)ONR_ERROR_INIT;
}

typedef struct dump {
    onr_store *s;
    size_t bytes;
} dump;

static bool dump_one(void *ctx, const onr_row *row)
{
    dump *d = ctx;
    onr_arena mem = onr_arena_make(32 * ONR_MIB);
    onr_error err = ONR_ERROR_INIT;
    onr_sv json = { NULL, 0 };
    if (row->cells[0].kind == ONR_CELL_TEXT) {
        told(onr_store_corrected_json(d->s, &mem, row->cells[0].s, &json, &err), &err);
        d->bytes += json.n;
    }
    onr_arena_drop(&mem);
    return true;
}

static void read_all(onr_store *s)
{
    size_t bytes = 0;
    uint64_t n;
    onr_error err = ONR_ERROR_INIT;
    onr_find f = ONR_FIND_INIT;
    f.words = ONR_SV("withdraw* OR weapons");
    told(onr_store_find(s, &f, take, &bytes, &n, &err), &err);
    f.words = (onr_sv){ NULL, 0 };
    f.by = ONR_SV("Dalvani");
    told(onr_store_find(s, &f, take, &bytes, &n, &err), &err);
    f.rejected = true;
    told(onr_store_find(s, &f, take, &bytes, &n, &err), &err);
    dump d = { s, 0 };
    told(onr_store_sql(s, "SELECT uid FROM article", NULL, 0, 20, dump_one, &d, &n, &err), &err);
    told(onr_store_actors(s, ONR_SV("harker"), 3, take, &bytes, &n, &err), &err);
    for (int p = 0; p < ONR_DOSSIER__COUNT; p++)
        told(onr_store_dossier(s, ONR_SV("person:karim-dalvani"), (onr_dossier_part)p, NULL, take,
                               &bytes, &n, &err),
             &err);
    told(onr_store_timeline(s, NULL, take, &bytes, &n, &err), &err);
    told(onr_store_doctor(s, NULL, take, &bytes, &n, &err), &err);
}

static void write_some(onr_store *s)
{
    onr_error err = ONR_ERROR_INIT;
    told(onr_store_undo(s, 1, ONR_SV("mb"), &err), &err);
    told(onr_store_drop(s, ONR_SV("dw-1"), NULL, &err), &err);
    told(onr_store_commit(s, &err), &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!seed) make_seed();
    const onr_sv bytes = meant(data, size);
    (void)alarm(HANGS); /* a question ends by itself after SECONDS */
    for (int writes = 0; writes < 2; writes++) {
        onr_store_opts o = ONR_STORE_OPTS_INIT;
        onr_error err = ONR_ERROR_INIT;
        onr_store *s;
        remove_all();
        must(onri_file_write(path, bytes, NULL) == ONR_OK);
        o.mode = writes ? ONR_STORE_WRITE : ONR_STORE_READ;
        o.max_seconds = SECONDS;
        const onr_status st = onr_store_open(path, &o, &s, &err);
        told(st, &err);
        if (st != ONR_OK) continue;
        if (writes)
            write_some(s);
        else
            read_all(s);
        onr_store_close(s);
    }
    (void)alarm(0);
    return 0;
}
