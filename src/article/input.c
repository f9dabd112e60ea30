/* Files, folders and streams become items, one a document, in bounded memory.
 * A file is opened when its turn comes, its kind is told from its first bytes, and a reader for
 * that kind (lines, whole file, WARC records, feed entries) gives the items. Source: own. Leaves
 * out: what a document says (text.c, html.c) and unpacking (stream.c). */
#include "article/charset.h"
#include "article/html.h"
#include "article/stream.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#define FOLDER_DEPTH_MAX 32

static const char *const KIND_NAMES[] = {
#define KIND_NAME(id, name) name,
    ONR_INPUT_KINDS(KIND_NAME)
#undef KIND_NAME
};

const char *onr_input_kind_name(onr_input_kind v)
{
    return (unsigned)v < ONR_INPUT__COUNT ? KIND_NAMES[v] : "auto";
}

/* ---- the list of files ---------------------------------------------------------------------- */

static bool add_file(onr_input *in, const char *path)
{
    onr_sv copy = onri_dup(&in->mem, onri_svz(path));
    onri_path *p = copy.p ? ONRI_PUSH(&in->mem, &in->files) : NULL;
    if (p) p->path = copy.p;
    return p != NULL;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Entries of a folder in order of their names, so that every machine reads the same order. */
static bool folder_names(onr_arena *mem, const char *path, const char ***names, size_t *n)
{
    DIR *d = opendir(path);
    if (!d) return false;
    ONRI_VEC(const char *) v = { 0 };
    bool ok = true;
    for (struct dirent *e = readdir(d); ok && e; e = readdir(d)) {
        if (e->d_name[0] == '.') continue;
        onr_sv full = { 0 };
        size_t dir = strlen(path), name = strlen(e->d_name);
        char *p = onr_alloc(mem, dir + name + 2);
        const char **slot = p ? ONRI_PUSH(mem, &v) : NULL;
        ok = slot != NULL;
        if (!ok) break;
        memcpy(p, path, dir);
        if (dir && p[dir - 1] != '/') p[dir++] = '/';
        memcpy(p + dir, e->d_name, name);
        full = onri_sv(p, dir + name);
        *slot = full.p;
    }
    closedir(d);
    if (ok && v.n) qsort(v.at, v.n, sizeof *v.at, by_name);
    *names = v.at;
    *n = v.n;
    return ok;
}

/* A path is a file, or a folder whose files are taken, depth bounded. */
static bool add_path(onr_input *in, const char *path, uint32_t depth)
{
    struct stat st;
    if (strcmp(path, "-") != 0 && stat(path, &st) == 0) {
        if (S_ISDIR(st.st_mode)) {
            const char **names = NULL;
            size_t n = 0;
            if (depth == FOLDER_DEPTH_MAX || !folder_names(&in->mem, path, &names, &n))
                return add_file(in, path); /* becomes an item with an error */
            for (size_t i = 0; i < n; i++)
                if (!add_path(in, names[i], depth + 1)) return false;
            return true;
        }
        in->counts.bytes_total += (uint64_t)st.st_size;
    } else {
        in->total_known = false;
    }
    return add_file(in, path);
}

onr_status onr_input_open(const char *const *paths, size_t n_paths, const onr_input_opts *opts,
                          onr_input **out, onr_error *err)
{
    static const onr_input_opts NONE = ONR_INPUT_OPTS_INIT;
    onr_input *in = onri_heap_alloc(sizeof *in);
    if (!in) return onri_fail(err, ONR_E_NOMEM, "input", "no memory");
    memset(in, 0, sizeof *in);
    in->mem = onr_arena_make(1024 * ONR_MIB);
    in->opts = opts ? *opts : NONE;
    if (in->opts.max_bytes == 0) in->opts.max_bytes = ONR_TEXT_MAX;
    in->total_known = true;
    onr_status st = onri_fields_parse(&in->mem, in->opts.fields, &in->fields, err);
    for (size_t i = 0; st == ONR_OK && i < n_paths; i++)
        if (!add_path(in, paths[i], 0)) st = onri_fail_mem(err, &in->mem, "input");
    if (!in->total_known) in->counts.bytes_total = 0;
    if (st != ONR_OK)
        onr_input_close(in);
    else
        *out = in;
    return st;
}

void onr_input_close(onr_input *in)
{
    if (!in) return;
    onri_stream_close(&in->stream);
    onr_arena_drop(&in->feed_mem);
    onr_arena_drop(&in->mem);
    onri_heap_free(in);
}

onr_input_counts onr_input_count(const onr_input *in)
{
    onr_input_counts c = in->counts;
    c.bytes += in->stream.raw_bytes;
    return c;
}

/* ---- items ---------------------------------------------------------------------------------- */

static void close_file(onr_input *in)
{
    in->line = 0;
    in->json = NULL;
    in->counts.bytes += in->stream.raw_bytes;
    onri_stream_close(&in->stream);
    in->kind = ONR_INPUT_AUTO;
}

static void fail_item(onr_input_item *item, const onr_error *e)
{
    item->error = *e;
    if (item->error.status == ONR_OK) item->error.status = ONR_E_INTERNAL;
}

/* Open the next file and tell its kind. False: it became an item with an error. */
static bool open_next(onr_input *in, onr_input_item *item)
{
    onr_error e = ONR_ERROR_INIT;
    in->file = in->files.at[in->next++].path;
    item->file = in->file;
    onr_status st = onri_stream_open(&in->stream, in->file, &e);
    if (st == ONR_OK) {
        in->kind = in->opts.as;
        if (in->kind == ONR_INPUT_AUTO) st = onri_kind_of_stream(&in->stream, &in->kind, &e);
    }
    if (st == ONR_OK) return true;
    close_file(in);
    in->kind = ONR_INPUT_AUTO;
    fail_item(item, &e);
    return false;
}

/* A whole file is one document. */
static bool whole_next(onr_input *in, onr_arena *mem, onr_input_item *item)
{
    onr_error e = ONR_ERROR_INIT;
    item->kind = in->kind;
    onr_status st = onri_stream_all(&in->stream, mem, in->opts.max_bytes, &item->bytes, &e);
    if (st != ONR_OK) fail_item(item, &e);
    close_file(in);
    return true;
}

static bool stream_next(onr_input *in, onr_arena *mem, onr_input_item *item)
{
    switch (in->kind) {
    case ONR_INPUT_JSONL:
        return onri_jsonl_next(in, mem, item);
    case ONR_INPUT_WARC:
        return onri_warc_next(in, mem, item);
    case ONR_INPUT_FEED:
        return onri_feed_next(in, mem, item);
    default:
        return whole_next(in, mem, item);
    }
}

bool onr_input_next(onr_input *in, onr_arena *mem, onr_input_item *item)
{
    for (;;) {
        *item = (onr_input_item){ .error = ONR_ERROR_INIT, .kind = ONR_INPUT_TEXT };
        bool have = true;
        if (in->kind == ONR_INPUT_AUTO) {
            if (in->next >= in->files.n) return false;
            have = !open_next(in, item);
            if (!have) have = stream_next(in, mem, item);
        } else {
            have = stream_next(in, mem, item);
        }
        item->file = in->file;
        if (have) break;
        close_file(in);
    }
    in->counts.documents++;
    in->counts.failed += item->error.status != ONR_OK;
    return true;
}

/* ---- an item as an article ------------------------------------------------------------------ */

static onr_sv first_of(onr_sv a, onr_sv b)
{
    return a.n ? a : b;
}

/* Plain text: bytes as they are if they are UTF-8, else decoded (then spans count the result). */
static onr_status read_text(onr_arena *mem, const onr_input_item *item, const onr_input_opts *opts,
                            const onr_article_opts *known, onr_article *a, onr_error *err)
{
    onri_decoded d = { .text = item->bytes };
    char name[32] = "UTF-8";
    size_t bom = 0;
    if (!item->decoded) onri_charset_of(item->bytes, item->charset, name, &bom);
    if (strcmp(name, "UTF-8") != 0) {
        onr_status st = onri_decode(mem, item->bytes, item->charset, &d, err);
        if (st != ONR_OK) return st;
    }
    size_t first = 0;
    uint32_t moji = onri_utf8_check(d.text) == d.text.n ? onri_mojibake_count(d.text, &first) : 0;
    if (moji && opts->repair) {
        d.text = onri_mojibake_repair(mem, d.text);
        if (!d.text.p) return onri_fail_mem(err, mem, "input");
    }
    onr_status st = onr_article_from_text(mem, d.text, known, a, err);
    if (st != ONR_OK) return st;
    bool ok = true;
    if (!known->id.n) a->id = onri_article_id(mem, item->bytes);
    if (d.bad) ok = onri_diag_add(mem, a, "bad-encoding", d.bad, d.bad_first);
    if (moji)
        ok = ok &&
             onri_diag_add(mem, a, opts->repair ? "mojibake-repaired" : "mojibake", moji, first);
    return ok && a->id.p ? ONR_OK : onri_fail_mem(err, mem, "input");
}

onr_status onr_input_read(onr_arena *mem, const onr_input_item *item, const onr_input_opts *opts,
                          onr_article *out, onr_error *err)
{
    static const onr_input_opts NONE = ONR_INPUT_OPTS_INIT;
    if (!opts) opts = &NONE;
    if (item->error.status != ONR_OK) {
        if (err) *err = item->error;
        return item->error.status;
    }
    onr_article_opts known = ONR_ARTICLE_OPTS_INIT;
    known.id = item->id;
    known.uri = first_of(item->uri, opts->uri);
    known.publisher = first_of(item->publisher, opts->publisher);
    known.date = first_of(item->date, opts->date);
    known.title = item->title;
    onr_article a = { 0 };
    onr_status st = item->kind == ONR_INPUT_HTML
                        ? onri_article_from_html(mem, item->bytes, item->charset, item->decoded,
                                                 opts, &known, &a, err)
                        : read_text(mem, item, opts, &known, &a, err);
    if (st != ONR_OK) return st;
    if (item->author.n) a.author = item->author;
    *out = a;
    return ONR_OK;
}
