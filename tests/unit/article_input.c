/* Files and streams become items: kinds by content, one error for one bad document, the rest read.
 */
#include "test.h"

#include "article/stream.h"

#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

static char folder[64];

static const char *path_of(const char *name)
{
    static char p[160];
    onri_buf b = onri_buf_make(sizeof p);
    onri_buf_fmt(&b, "%s/%s", folder, name);
    memcpy(p, b.p, b.n);
    p[b.n] = 0;
    onri_buf_drop(&b);
    return p;
}

static void put(const char *name, const char *bytes, size_t n)
{
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onri_file_write(path_of(name), onri_sv(bytes, n), &err), ONR_OK);
}

/* gzip of the bytes, as one member. */
static size_t pack(const char *in, size_t n, char *out, size_t cap)
{
    z_stream z = { 0 };
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)in;
    z.avail_in = (uInt)n;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)cap;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    size_t got = cap - z.avail_out;
    deflateEnd(&z);
    return got;
}

/* All items of one path as "text|text|!status@line|…". */
static const char *items_of(onr_arena *mem, const char *path, const onr_input_opts *opts)
{
    onr_input *in = NULL;
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onr_input_open(&path, 1, opts, &in, &err), ONR_OK);
    onri_buf b = onri_buf_make(1 << 22);
    onr_input_item item;
    while (onr_input_next(in, mem, &item)) {
        if (b.n) onri_buf_addc(&b, '|');
        if (item.error.status == ONR_OK)
            onri_buf_add(&b, onri_sub(item.bytes, 0, item.bytes.n < 40 ? item.bytes.n : 40));
        else
            onri_buf_fmt(&b, "!%s@%u", onr_status_name(item.error.status), item.error.line);
    }
    onr_input_close(in);
    const char *out = onri_dup(mem, onri_buf_sv(&b)).p;
    onri_buf_drop(&b);
    return out ? out : "";
}

static void check(const char *name, const char *want)
{
    onr_arena mem = onr_arena_make(512 * ONR_MIB);
    assert_string_equal(items_of(&mem, path_of(name), NULL), want);
    onr_arena_drop(&mem);
}

static void article_input__a_text_is_one_item(void **state)
{
    (void)state;
    put("a.txt", "one\ntwo", 7);
    check("a.txt", "one\ntwo");
    put("empty.txt", "", 0);
    check("empty.txt", "");
}

static void article_input__json_lines_with_a_bad_one(void **state)
{
    (void)state;
    static const char IN[] = "{\"id\":\"1\",\"text\":\"first\"}\n"
                             "{\"id\":\"2\",\"text\":\"sec\n"
                             "\n"
                             "{\"maintext\":\"third\",\"date_publish\":\"2018-07-13 10:00\"}\r\n"
                             "{\"id\":5}\n"
                             "{\"body\":\"last\"}";
    put("a.jsonl", IN, sizeof IN - 1);
    check("a.jsonl", "first|!syntax@2|third|!syntax@5|last");
}

static void article_input__fields_are_named_by_the_user(void **state)
{
    (void)state;
    static const char IN[] =
        "{\"a\":\"x\",\"b\":\"long words\",\"c\":\"13 July 2018\",\"text\":\"no\"}";
    put("f.jsonl", IN, sizeof IN - 1);
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    onr_input_opts o = ONR_INPUT_OPTS_INIT;
    o.fields = ONR_SV("text=b,date=c,id=a");
    const char *path = path_of("f.jsonl");
    onr_input *in = NULL;
    onr_error err = ONR_ERROR_INIT;
    onr_input_item item;
    assert_int_equal(onr_input_open(&path, 1, &o, &in, &err), ONR_OK);
    assert_true(onr_input_next(in, &mem, &item));
    onr_article a;
    assert_int_equal(onr_input_read(&mem, &item, &o, &a, &err), ONR_OK);
    assert_memory_equal(a.text.p, "long words", 10);
    assert_memory_equal(a.id.p, "x", 1);
    assert_memory_equal(a.date.p, "2018-07-13", 10);
    assert_false(onr_input_next(in, &mem, &item));
    assert_int_equal(onr_input_count(in).documents, 1);
    assert_int_equal(onr_input_count(in).bytes, sizeof IN - 1);
    onr_input_close(in);
    o.fields = ONR_SV("txt=b");
    assert_int_equal(onr_input_open(&path, 1, &o, &in, &err), ONR_E_RANGE);
    onr_arena_drop(&mem);
}

static void article_input__gzip_of_many_members(void **state)
{
    (void)state;
    char gz[400];
    size_t n = pack("{\"text\":\"a\"}\n{\"te", 17, gz, sizeof gz);
    n += pack("xt\":\"b\"}\n", 9, gz + n, sizeof gz - n);
    put("m.gz", gz, n);
    check("m.gz", "a|b");
    put("cut.gz", gz, n - 9); /* what came before the cut is read, the cut is one error */
    check("cut.gz", "a|b|!syntax@3");
}

static void article_input__gzip_bomb_is_refused(void **state)
{
    (void)state;
    size_t n = 40 * ONR_MIB;
    char *zeros = onri_heap_alloc(n), *gz = onri_heap_alloc(1 << 20);
    assert_non_null(zeros);
    memset(zeros, ' ', n);
    put("bomb.gz", gz, pack(zeros, n, gz, 1 << 20));
    check("bomb.gz", "!limit@0");
    onri_heap_free(zeros);
    onri_heap_free(gz);
}

static void article_input__bad_files_are_items(void **state)
{
    (void)state;
    check("nowhere.txt", "!io@0");
    put("x.pdf", "%PDF-1.4 x", 10);
    check("x.pdf", "!unsupported@0");
}

static void article_input__a_folder_in_order(void **state)
{
    (void)state;
    put("dir.b", "", 0);
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onri_mkdirs(path_of("d/sub"), &err), ONR_OK);
    put("d/b.txt", "B", 1);
    put("d/a.txt", "A", 1);
    put("d/sub/c.jsonl", "{\"text\":\"C\"}\n", 13);
    put("d/.hidden", "no", 2);
    check("d", "A|B|C");
}

static void article_input__long_line_is_skipped(void **state)
{
    (void)state;
    size_t n = ONR_JSON_LINE_MAX + 10;
    char *big = onri_heap_alloc(n + 20);
    assert_non_null(big);
    memset(big, ' ', n);
    big[0] = '{';
    big[1] = '"';
    memcpy(big + n, "\n{\"text\":\"ok\"}\n", 16);
    put("long.jsonl", big, n + 15);
    onri_heap_free(big);
    check("long.jsonl", "!limit@1|ok");
}

static int set_up(void **state)
{
    (void)state;
    memcpy(folder, "/tmp/onr_input_XXXXXX", 22);
    return mkdtemp(folder) ? 0 : -1;
}

static void remove_all(const char *path)
{
    static const char *const NAMES[] = { "a.txt",     "empty.txt", "a.jsonl", "f.jsonl",
                                         "m.gz",      "cut.gz",    "bomb.gz", "x.pdf",
                                         "dir.b",     "d/b.txt",   "d/a.txt", "d/sub/c.jsonl",
                                         "d/.hidden", "long.jsonl" };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) (void)unlink(path_of(NAMES[i]));
    (void)rmdir(path_of("d/sub"));
    (void)rmdir(path_of("d"));
    (void)rmdir(path);
}

static int tear_down(void **state)
{
    (void)state;
    remove_all(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(article_input__a_text_is_one_item),
        cmocka_unit_test(article_input__json_lines_with_a_bad_one),
        cmocka_unit_test(article_input__fields_are_named_by_the_user),
        cmocka_unit_test(article_input__gzip_of_many_members),
        cmocka_unit_test(article_input__gzip_bomb_is_refused),
        cmocka_unit_test(article_input__bad_files_are_items),
        cmocka_unit_test(article_input__a_folder_in_order),
        cmocka_unit_test(article_input__long_line_is_skipped),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
