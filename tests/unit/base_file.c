/* What a user of the file calls may rely on: limits, honest errors, whole writes. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "/tmp/onr_file_XXXXXX";

static const char *in_dir(const char *name)
{
    static char path[2][256];
    static unsigned turn;
    turn ^= 1;
    (void)snprintf(path[turn], sizeof path[turn], "%s/%s", dir, name);
    return path[turn];
}

static int make_dir(void **state)
{
    (void)state;
    return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
    (void)state;
    static const char *const all[] = { "a", "b", "pipe", "x/y/z", "x/y", "x", "" };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) (void)remove(in_dir(all[i]));
    return access(dir, F_OK) == 0 ? -1 : 0; /* a file left behind fails the test */
}

static void file__reads_what_was_written(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 20);
    const onr_sv texts[] = { ONR_SV(""), ONR_SV("a\0b\n"), ONR_SV("longer than before") };
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(onri_file_write(in_dir("a"), texts[i], NULL), ONR_OK);
        onr_sv got = { 0 }, map = { 0 };
        assert_int_equal(onri_file_read(&mem, in_dir("a"), 100, &got, NULL), ONR_OK);
        assert_true(onri_eq(got, texts[i]));
        assert_int_equal(onri_file_map(in_dir("a"), &map, NULL), ONR_OK);
        assert_true(onri_eq(map, texts[i]));
        onri_file_unmap(map);
    }
    onr_arena_drop(&mem);
}

static void file__stops_at_the_limit(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 20);
    onr_error err = ONR_ERROR_INIT;
    onr_sv got = { 0 };
    assert_int_equal(onri_file_write(in_dir("a"), ONR_SV("12345678"), NULL), ONR_OK);
    assert_int_equal(onri_file_read(&mem, in_dir("a"), 9, &got, NULL), ONR_OK);
    assert_int_equal(onri_file_read(&mem, in_dir("a"), 8, &got, NULL), ONR_OK);
    const size_t used = mem.used;
    assert_int_equal(onri_file_read(&mem, in_dir("a"), 7, &got, &err), ONR_E_LIMIT);
    assert_non_null(strstr(err.msg, "limit"));
    assert_int_equal(mem.used, used);
    onr_arena_drop(&mem);
}

static void file__reads_a_pipe(void **state)
{
    (void)state;
    assert_int_equal(mkfifo(in_dir("pipe"), 0600), 0);
    const int keep = open(in_dir("pipe"), O_RDWR);
    assert_true(keep >= 0);
    static char big[60000];
    memset(big, 'x', sizeof big);
    assert_int_equal(write(keep, big, sizeof big), sizeof big);
    const int in = open(in_dir("pipe"), O_RDONLY);
    (void)close(keep);
    const int was = dup(STDIN_FILENO);
    assert_true(dup2(in, STDIN_FILENO) == STDIN_FILENO);
    onr_arena mem = onr_arena_make(1 << 20);
    onr_sv got = { 0 };
    const onr_status st = onri_file_read(&mem, "-", sizeof big, &got, NULL);
    (void)dup2(was, STDIN_FILENO);
    (void)close(was);
    (void)close(in);
    assert_int_equal(st, ONR_OK);
    assert_true(onri_eq(got, onri_sv(big, sizeof big)));
    onr_arena_drop(&mem);
}

static void file__endless_stream_ends_at_the_limit(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 20);
    onr_sv got = { 0 };
    assert_int_equal(onri_file_read(&mem, "/dev/zero", 1 << 20, &got, NULL), ONR_E_LIMIT);
    onr_arena_drop(&mem);
}

static void file__names_what_failed(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 20);
    onr_error err = ONR_ERROR_INIT;
    onr_sv got = { 0 };
    assert_int_equal(onri_file_read(&mem, in_dir("none"), 9, &got, &err), ONR_E_IO);
    assert_int_equal(err.os_errno, ENOENT);
    assert_non_null(strstr(err.msg, "none"));
    assert_int_equal(onri_file_read(&mem, dir, 9, &got, &err), ONR_E_IO);
    assert_int_equal(err.os_errno, EISDIR);
    assert_int_equal(onri_file_map(dir, &got, &err), ONR_E_IO);
    assert_int_equal(err.os_errno, EISDIR);
    assert_int_equal(onri_file_write(in_dir("no/such"), ONR_SV("x"), &err), ONR_E_IO);
    assert_int_equal(err.os_errno, ENOENT);
    assert_int_equal(onri_file_write("/dev/full/x", ONR_SV("x"), &err), ONR_E_IO);
    onr_arena_drop(&mem);
}

static void file__failed_write_leaves_the_old(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(1 << 20);
    onr_sv got = { 0 };
    /* The target is a folder: the rename fails, nothing else may remain (remove_dir looks). */
    assert_int_equal(onri_mkdirs(in_dir("x/y"), NULL), ONR_OK);
    assert_int_equal(onri_file_write(in_dir("x"), ONR_SV("new"), NULL), ONR_E_IO);
    assert_int_equal(onri_file_write(in_dir("b"), ONR_SV("old"), NULL), ONR_OK);
    assert_int_equal(onri_file_read(&mem, in_dir("b"), 9, &got, NULL), ONR_OK);
    assert_true(onri_eqz(got, "old"));
    onr_arena_drop(&mem);
}

static void file__makes_folders(void **state)
{
    (void)state;
    struct stat info;
    assert_int_equal(onri_mkdirs(in_dir("x/y//z/"), NULL), ONR_OK);
    assert_int_equal(onri_mkdirs(in_dir("x/y/z"), NULL), ONR_OK);
    assert_int_equal(stat(in_dir("x/y/z"), &info), 0);
    assert_true(S_ISDIR(info.st_mode));
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onri_file_write(in_dir("a"), ONR_SV("x"), NULL), ONR_OK);
    assert_int_equal(onri_mkdirs(in_dir("a/b"), &err), ONR_E_IO);
    assert_int_equal(err.os_errno, ENOTDIR);
    assert_int_equal(onri_mkdirs("", NULL), ONR_E_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file__reads_what_was_written),
        cmocka_unit_test(file__stops_at_the_limit),
        cmocka_unit_test(file__reads_a_pipe),
        cmocka_unit_test(file__endless_stream_ends_at_the_limit),
        cmocka_unit_test(file__names_what_failed),
        cmocka_unit_test(file__failed_write_leaves_the_old),
        cmocka_unit_test(file__makes_folders),
    };
    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
