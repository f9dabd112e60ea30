/* Stores in a folder of their own, for tests. */
#ifndef ONR_STORE_FILE_H
#define ONR_STORE_FILE_H

#include "record/record.h"
#include "onrecord/reader.h"
#include "onrecord/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct store_file {
    char dir[64];
    char path[96];
} store_file;

static inline store_file store_file_new(void)
{
    store_file f = { "/tmp/onr_store_XXXXXX", "" };
    assert_non_null(mkdtemp(f.dir));
    (void)snprintf(f.path, sizeof f.path, "%s/record.db", f.dir);
    return f;
}

static inline void store_file_drop(const store_file *f)
{
    static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
    for (size_t i = 0; i < 4; i++) {
        char path[128];
        (void)snprintf(path, sizeof path, "%s%s", f->path, ends[i]);
        (void)unlink(path);
    }
    assert_int_equal(rmdir(f->dir), 0);
}

static inline onr_store *store_open(const store_file *f, onr_store_mode mode)
{
    onr_store_opts o = ONR_STORE_OPTS_INIT;
    o.mode = mode;
    onr_store *s;
    onr_error err = ONR_ERROR_INIT;
    if (onr_store_open(f->path, &o, &s, &err) != ONR_OK) fail_msg("%s", err.msg);
    return s;
}

static inline bool store_take_int(void *ctx, const onr_row *row)
{
    *(int64_t *)ctx = row->cells[0].i;
    return true;
}

/* A row as a line, cells set apart by bars; ctx is an onri_buf. */
static inline bool store_take_text(void *ctx, const onr_row *row)
{
    onri_buf *b = ctx;
    for (uint32_t i = 0; i < row->n_cells; i++) {
        const onr_cell *c = &row->cells[i];
        if (c->kind == ONR_CELL_INT)
            onri_buf_fmt(b, "%lld", (long long)c->i);
        else if (c->kind == ONR_CELL_REAL)
            onri_buf_fmt(b, "%.3f", c->d);
        else
            onri_buf_add(b, c->s);
        onri_buf_addc(b, '|');
    }
    onri_buf_addc(b, '\n');
    return true;
}

/* The one number that a question gives. */
static inline int64_t store_count(onr_store *s, const char *sql)
{
    int64_t n = -1;
    onr_error err = ONR_ERROR_INIT;
    if (onr_store_sql(s, sql, NULL, 0, 0, store_take_int, &n, NULL, &err) != ONR_OK)
        fail_msg("%s: %s", sql, err.msg);
    return n;
}

static inline bool store_print_trouble(void *ctx, const onr_row *row)
{
    (void)ctx;
    print_message("%.*s: %.*s\n", (int)row->cells[0].s.n, row->cells[0].s.p, (int)row->cells[1].s.n,
                  row->cells[1].s.p);
    return true;
}

/* What the doctor finds. */
static inline uint64_t store_troubles(onr_store *s)
{
    uint64_t n;
    onr_error err = ONR_ERROR_INIT;
    if (onr_store_doctor(s, NULL, store_print_trouble, NULL, &n, &err) != ONR_OK)
        fail_msg("%s", err.msg);
    return n;
}

/* A generated record under an id of its own. */
static inline onr_record gen_named(onr_arena *mem, uint64_t seed)
{
    onr_record r = gen_record(mem, seed);
    char id[32];
    (void)snprintf(id, sizeof id, "article-%llu", (unsigned long long)seed);
    r.id = onri_dup(mem, onri_svz(id));
    return r;
}

#endif
