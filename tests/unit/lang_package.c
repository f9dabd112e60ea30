/* What the importer may rely on: archives, msgpack, config.cfg and .npy are read to the letter, and
 * damaged or dishonest ones are refused before they cost anything. */
#include "test.h"

#include "lang/msgpack.h"
#include "lang/package.h"

#include <zlib.h>

static onr_arena mem;

static int make(void **state)
{
    (void)state;
    mem = onr_arena_make((size_t)64 << 20);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    onr_arena_drop(&mem);
    return 0;
}

/* ---- zip ------------------------------------------------------------------------------------ */

static void put16(onri_buf *b, uint32_t v)
{
    onri_buf_addc(b, (char)v);
    onri_buf_addc(b, (char)(v >> 8));
}

static void put32(onri_buf *b, uint32_t v)
{
    put16(b, v & 0xFFFF);
    put16(b, v >> 16);
}

/* Local header + bytes, and the directory entry into dir. method 0 or 8. */
static void put_member(onri_buf *b, onri_buf *dir, const char *name, onr_sv bytes, uint32_t method)
{
    static unsigned char packed[1 << 16];
    onr_sv body = bytes;
    if (method == 8) {
        z_stream z = { 0 };
        assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
        z.next_in = (Bytef *)(uintptr_t)bytes.p;
        z.avail_in = (uInt)bytes.n;
        z.next_out = packed;
        z.avail_out = sizeof packed;
        assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
        body = onri_sv((const char *)packed, sizeof packed - z.avail_out);
        (void)deflateEnd(&z);
    }
    const uint32_t crc = (uint32_t)crc32(0, (const Bytef *)bytes.p, (uInt)bytes.n);
    const uint32_t at = (uint32_t)b->n;
    put32(b, 0x04034b50);
    put16(b, 20);
    put16(b, 0);
    put16(b, method);
    put32(b, 0);
    put32(b, crc);
    put32(b, (uint32_t)body.n);
    put32(b, (uint32_t)bytes.n);
    put16(b, (uint32_t)strlen(name));
    put16(b, 0);
    onri_buf_addz(b, name);
    onri_buf_add(b, body);
    put32(dir, 0x02014b50);
    put16(dir, 20);
    put16(dir, 20);
    put16(dir, 0);
    put16(dir, method);
    put32(dir, 0);
    put32(dir, crc);
    put32(dir, (uint32_t)body.n);
    put32(dir, (uint32_t)bytes.n);
    put16(dir, (uint32_t)strlen(name));
    put32(dir, 0); /* extra field, comment */
    put32(dir, 0); /* disk, attributes */
    put32(dir, 0);
    put32(dir, at);
    onri_buf_addz(dir, name);
}

static void put_end(onri_buf *b, const onri_buf *dir, uint32_t n, const char *comment)
{
    const uint32_t at = (uint32_t)b->n;
    onri_buf_add(b, onri_buf_sv(dir));
    put32(b, 0x06054b50);
    put32(b, 0);
    put16(b, n);
    put16(b, n);
    put32(b, (uint32_t)dir->n);
    put32(b, at);
    put16(b, (uint32_t)strlen(comment));
    onri_buf_addz(b, comment);
}

static onri_buf small_zip(void)
{
    onri_buf b = onri_buf_make(1 << 20), dir = onri_buf_make(1 << 16);
    put_member(&b, &dir, "a.txt", ONR_SV("hello hello hello hello"), 8);
    put_member(&b, &dir, "d/b.bin", ONR_SV("st\0red"), 0);
    put_member(&b, &dir, "empty", ONR_SV(""), 0);
    put_member(&b, &dir, "empty8", ONR_SV(""), 8);
    put_end(&b, &dir, 4, "a comment");
    onri_buf_drop(&dir);
    assert_int_equal(b.status, ONR_OK);
    return b;
}

static void zip__reads_stored_and_deflated(void **state)
{
    (void)state;
    onri_buf b = small_zip();
    onri_zip zip;
    onr_sv got;
    assert_int_equal(onri_zip_open(&mem, onri_buf_sv(&b), &zip, NULL), ONR_OK);
    assert_int_equal(zip.n, 4);
    assert_true(onri_eqz(zip.entries[1].name, "d/b.bin"));
    assert_int_equal(onri_zip_read(&mem, &zip, 0, 23, &got, NULL), ONR_OK);
    assert_true(onri_eqz(got, "hello hello hello hello"));
    assert_int_equal(onri_zip_read(&mem, &zip, 0, 22, &got, NULL), ONR_E_LIMIT);
    assert_int_equal(onri_zip_read(&mem, &zip, 1, 100, &got, NULL), ONR_OK);
    assert_true(onri_eq(got, ONR_SV("st\0red")));
    for (uint32_t i = 2; i < 4; i++) {
        assert_int_equal(onri_zip_read(&mem, &zip, i, 0, &got, NULL), ONR_OK);
        assert_int_equal(got.n, 0);
        assert_non_null(got.p);
    }
    onri_buf_drop(&b);
}

/* Every bit of a small archive flipped, every length cut: an answer or a refusal, and never other
 * bytes under a good name. */
static void zip__damage_never_gives_other_bytes(void **state)
{
    (void)state;
    onri_buf b = small_zip();
    static const char *const names[] = { "a.txt", "d/b.bin", "empty", "empty8" };
    const onr_sv want[] = { ONR_SV("hello hello hello hello"), ONR_SV("st\0red"), ONR_SV(""),
                            ONR_SV("") };
    for (size_t bit = 0; bit < b.n * 8; bit++) {
        const onr_mark mark = onr_arena_mark(&mem);
        b.p[bit / 8] = (char)(b.p[bit / 8] ^ (1 << bit % 8));
        onri_zip zip;
        onr_sv got;
        if (onri_zip_open(&mem, onri_buf_sv(&b), &zip, NULL) == ONR_OK)
            for (uint32_t i = 0; i < zip.n; i++)
                for (size_t k = 0; k < 4; k++)
                    if (onri_eqz(zip.entries[i].name, names[k]) &&
                        onri_zip_read(&mem, &zip, i, 1000, &got, NULL) == ONR_OK)
                        assert_true(onri_eq(got, want[k]));
        b.p[bit / 8] = (char)(b.p[bit / 8] ^ (1 << bit % 8));
        onr_arena_rewind(&mem, mark);
    }
    for (size_t n = 0; n < b.n; n++) {
        onri_zip zip;
        assert_int_equal(onri_zip_open(&mem, onri_sv(b.p, n), &zip, NULL), ONR_E_MODEL);
    }
    onri_buf_drop(&b);
}

static void zip__bombs_are_refused_unopened(void **state)
{
    (void)state;
    const size_t n = (size_t)8 << 20;
    char *zeros = onr_alloc(&mem, n);
    onri_buf b = onri_buf_make(1 << 20), dir = onri_buf_make(1 << 16);
    put_member(&b, &dir, "bomb", onri_sv(zeros, n), 8); /* packs about 1000 to 1 */
    put_end(&b, &dir, 1, "");
    onri_zip zip;
    onr_sv got;
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onri_zip_open(&mem, onri_buf_sv(&b), &zip, NULL), ONR_OK);
    const size_t used = mem.used;
    assert_int_equal(onri_zip_read(&mem, &zip, 0, SIZE_MAX, &got, &err), ONR_E_LIMIT);
    assert_non_null(strstr(err.msg, "250 to 1"));
    assert_int_equal(mem.used, used);
    onri_buf_drop(&b);
    onri_buf_drop(&dir);
}

/* ---- tar.gz --------------------------------------------------------------------------------- */

static void put_tar(onri_buf *b, const char *name, char type, onr_sv bytes)
{
    char head[512] = { 0 };
    (void)memcpy(head, name, strlen(name) < 100 ? strlen(name) : 100);
    static const char digits[] = "01234567";
    size_t v = bytes.n;
    for (size_t i = 135; i-- > 124; v /= 8) head[i] = digits[v % 8];
    head[156] = type;
    memcpy(head + 257, "ustar", 6);
    size_t sum = 0;
    memset(head + 148, ' ', 8);
    for (size_t i = 0; i < 512; i++) sum += (unsigned char)head[i];
    for (size_t i = 154; i-- > 148; sum /= 8) head[i] = digits[sum % 8];
    onri_buf_add(b, onri_sv(head, 512));
    onri_buf_add(b, bytes);
    while (b->n % 512) onri_buf_addc(b, 0);
}

static onr_sv gzip(const onri_buf *tar)
{
    unsigned char *to = onr_alloc(&mem, tar->n + 1000);
    z_stream z = { 0 };
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (Bytef *)(void *)tar->p;
    z.avail_in = (uInt)tar->n;
    z.next_out = to;
    z.avail_out = (uInt)tar->n + 1000;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    const onr_sv out = onri_sv((char *)to, tar->n + 1000 - z.avail_out);
    (void)deflateEnd(&z);
    return out;
}

static void targz__reads_files_and_long_names(void **state)
{
    (void)state;
    onri_buf tar = onri_buf_make(1 << 20);
    put_tar(&tar, "d/", '5', ONR_SV(""));
    put_tar(&tar, "d/a", '0', ONR_SV("one"));
    put_tar(&tar, "L", 'L', ONR_SV("d/a-long-name\0"));
    put_tar(&tar, "cut", '0', ONR_SV("two"));
    put_tar(&tar, "x", 'x', ONR_SV("19 path=d/pax-name\n11 mtime=1\n"));
    put_tar(&tar, "cut", '0', ONR_SV("three"));
    put_tar(&tar, "link", '2', ONR_SV(""));
    for (int i = 0; i < 1024; i++) onri_buf_addc(&tar, 0);
    onri_tar got;
    const onr_sv gz = gzip(&tar);
    assert_int_equal(onri_targz_open(&mem, gz, tar.n, &got, NULL), ONR_OK);
    assert_int_equal(got.n, 3);
    assert_true(onri_eqz(got.entries[0].name, "d/a") && onri_eqz(got.entries[0].bytes, "one"));
    assert_true(onri_eqz(got.entries[1].name, "d/a-long-name"));
    assert_true(onri_eqz(got.entries[2].name, "d/pax-name"));
    assert_true(onri_eqz(got.entries[2].bytes, "three"));
    assert_int_equal(onri_targz_open(&mem, gz, tar.n - 1, &got, NULL), ONR_E_LIMIT);
    for (size_t n = 0; n < gz.n; n++)
        assert_int_equal(onri_targz_open(&mem, onri_sub(gz, 0, n), tar.n, &got, NULL), ONR_E_MODEL);
    tar.p[512] ^= 1; /* a name that its checksum does not cover */
    assert_int_equal(onri_targz_open(&mem, gzip(&tar), tar.n, &got, NULL), ONR_E_MODEL);
    onri_buf_drop(&tar);
}

/* ---- msgpack -------------------------------------------------------------------------------- */

static void msgpack__reads_every_kind(void **state)
{
    (void)state;
    const onri_mp *v;
    const onr_sv all =
        ONR_SV("\x9d"
               "\xc0\xc2\xc3\x7f\xff\xcd\x01\x00\xcf\xff\xff\xff\xff\xff\xff\xff\xff\xd0\x80"
               "\xd3\x80\x00\x00\x00\x00\x00\x00\x00\xcb\x3f\xf0\x00\x00\x00\x00\x00\x00"
               "\xa2hi\xc4\x02\x00\xff\x82\xa1k\x01\x41\xa1v");
    assert_int_equal(onri_mp_read(&mem, all, &v, NULL), ONR_OK);
    assert_int_equal(v->n, 13);
    const onri_mp *a = v->v.at;
    assert_int_equal(a[0].kind, ONRI_MP_NIL);
    assert_true(a[1].kind == ONRI_MP_BOOL && !a[1].v.b && a[2].v.b);
    assert_true(a[3].kind == ONRI_MP_UINT && a[3].v.u == 127);
    assert_true(a[4].kind == ONRI_MP_INT && a[4].v.i == -1);
    assert_int_equal(a[5].v.u, 256);
    assert_int_equal(a[6].v.u, UINT64_MAX);
    assert_true(a[7].kind == ONRI_MP_INT && a[7].v.i == -128);
    assert_true(a[8].kind == ONRI_MP_INT && a[8].v.i == INT64_MIN);
    assert_true(a[9].kind == ONRI_MP_FLOAT && a[9].v.f == 1.0);
    assert_true(a[10].kind == ONRI_MP_STR && onri_eqz(a[10].v.s, "hi"));
    assert_true(a[11].kind == ONRI_MP_BIN && onri_eq(a[11].v.s, ONR_SV("\0\xff")));
    assert_int_equal(onri_mp_get(&a[12], "k")->v.u, 1);
    assert_true(onri_mp_text_is(onri_mp_get_u64(&a[12], 65), "v"));
    assert_null(onri_mp_get(&a[12], "v"));
    assert_null(onri_mp_get(&a[0], "k"));
    for (size_t n = 0; n < all.n; n++)
        assert_int_equal(onri_mp_read(&mem, onri_sub(all, 0, n), &v, NULL), ONR_E_MODEL);
}

static void msgpack__refuses(void **state)
{
    (void)state;
    static const onr_sv bad[] = {
        ONR_SV_INIT(""),
        ONR_SV_INIT("\xc1"),                 /* never used */
        ONR_SV_INIT("\xd4\x01\x00"),         /* ext */
        ONR_SV_INIT("\xc7\x00\x01"),         /* ext */
        ONR_SV_INIT("\x01\x02"),             /* something behind */
        ONR_SV_INIT("\xa2\xff\xff"),         /* str that is not UTF-8 */
        ONR_SV_INIT("\xdd\xff\xff\xff\xff"), /* four billion items in no bytes */
        ONR_SV_INIT("\xdf\xff\xff\xff\xff\x01\x01"),
        ONR_SV_INIT("\xc6\xff\xff\xff\xff\x01"),
        ONR_SV_INIT("\xdb\xff\xff\xff\xff\x01"),
    };
    const onri_mp *v = NULL;
    const size_t used = mem.used;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(onri_mp_read(&mem, bad[i], &v, NULL), ONR_E_MODEL);
    assert_null(v);
    assert_int_equal(mem.used, used);
    char deep[ONRI_MP_DEPTH_MAX + 2];
    memset(deep, 0x91, sizeof deep);
    deep[ONRI_MP_DEPTH_MAX - 1] = 1;
    assert_int_equal(onri_mp_read(&mem, onri_sv(deep, ONRI_MP_DEPTH_MAX), &v, NULL), ONR_OK);
    deep[ONRI_MP_DEPTH_MAX - 1] = (char)0x91;
    deep[ONRI_MP_DEPTH_MAX] = 1;
    assert_int_equal(onri_mp_read(&mem, onri_sv(deep, ONRI_MP_DEPTH_MAX + 1), &v, NULL), ONR_OK);
    deep[ONRI_MP_DEPTH_MAX] = (char)0x91;
    deep[ONRI_MP_DEPTH_MAX + 1] = 1;
    assert_int_equal(onri_mp_read(&mem, onri_sv(deep, ONRI_MP_DEPTH_MAX + 2), &v, NULL),
                     ONR_E_LIMIT);
}

/* ---- config.cfg and npy --------------------------------------------------------------------- */

static onr_sv value(const onri_cfg *cfg, const char *section, const char *key)
{
    const onri_json *v;
    assert_int_equal(onri_cfg_get(&mem, cfg, section, key, &v, NULL), ONR_OK);
    return v ? v->str : (onr_sv){ NULL, 0 };
}

static void config__follows_references(void **state)
{
    (void)state;
    onri_cfg cfg;
    const onr_sv text = ONR_SV("# comment\n[nlp]\nlang = \"en\"\r\nlist = [1,\n  2]\n\n[a.b]\n"
                               "width = ${c.d:width}\ndot=${nlp.lang}\nself = ${a.b:self}\n"
                               "inner = {\"@x\":\"y\"}\nbad = yes\n[c.d]\nwidth = 96\n"
                               "lost = ${c.d:none}\n");
    assert_int_equal(onri_cfg_read(&mem, text, &cfg, NULL), ONR_OK);
    assert_true(onri_eqz(value(&cfg, "nlp", "lang"), "en"));
    assert_true(onri_eqz(value(&cfg, "a.b", "width"), "96"));
    assert_true(onri_eqz(value(&cfg, "a.b", "dot"), "en"));
    assert_true(onri_eqz(value(&cfg, "a.b.inner", "@x"), "y"));
    assert_null(value(&cfg, "a.b", "none").p);
    const onri_json *v;
    assert_int_equal(onri_cfg_get(&mem, &cfg, "nlp", "list", &v, NULL), ONR_OK);
    assert_int_equal(v->n, 2);
    assert_int_equal(onri_cfg_get(&mem, &cfg, "a.b", "self", &v, NULL), ONR_E_MODEL);
    assert_int_equal(onri_cfg_get(&mem, &cfg, "a.b", "bad", &v, NULL), ONR_E_MODEL);
    assert_int_equal(onri_cfg_get(&mem, &cfg, "c.d", "lost", &v, NULL), ONR_E_MODEL);
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onri_cfg_read(&mem, ONR_SV("[a]\nx = 1\nnonsense\n"), &cfg, &err),
                     ONR_E_MODEL);
    assert_int_equal(err.line, 3);
    assert_int_equal(onri_cfg_read(&mem, ONR_SV("x = 1\n"), &cfg, NULL), ONR_E_MODEL);
    assert_int_equal(onri_cfg_read(&mem, ONR_SV(" x\n"), &cfg, NULL), ONR_E_MODEL);
    assert_int_equal(onri_cfg_read(&mem, ONR_SV("[a\n"), &cfg, NULL), ONR_E_MODEL);
}

static void npy__reads_float_matrices_only(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        size_t bytes;
        bool good;
    } cases[] = {
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }  \n", 24, true },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 0), }  \n", 0, true },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }  \n", 23, false },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }  \n", 25, false },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }  \n", 24, false },
        { "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }  \n", 24, false },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), }  \n", 24, false },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3, 1), }  \n", 24, false },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967295, 4294967295)}\n", 4,
          false },
        { "{}", 24, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        onri_buf b = onri_buf_make(1000);
        onri_buf_add(&b, ONR_SV("\x93NUMPY\1\0"));
        put16(&b, (uint32_t)strlen(cases[i].header));
        onri_buf_addz(&b, cases[i].header);
        for (size_t k = 0; k < cases[i].bytes; k++) onri_buf_addc(&b, 1);
        onri_npy npy;
        const onr_status st = onri_npy_read(onri_buf_sv(&b), &npy, NULL);
        assert_int_equal(st, cases[i].good ? ONR_OK : ONR_E_MODEL);
        if (cases[i].good) assert_int_equal(npy.data.n, cases[i].bytes);
        for (size_t n = 0; n < 60; n++)
            assert_int_equal(onri_npy_read(onri_sv(b.p, n), &npy, NULL), ONR_E_MODEL);
        onri_buf_drop(&b);
    }
}

static void package__says_what_it_is_not(void **state)
{
    (void)state;
    onri_package p;
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onri_package_open(&mem, "no/such/file.whl", NULL, &p, &err), ONR_E_IO);
    onri_package_close(&p);
    assert_int_equal(onri_package_open(&mem, ONR_SOURCE_DIR "/tests", NULL, &p, &err), ONR_E_MODEL);
    assert_non_null(strstr(err.msg, "config.cfg"));
    onri_package_close(&p);
    assert_int_equal(onri_package_open(&mem, ONR_SOURCE_DIR "/LICENSE", NULL, &p, &err),
                     ONR_E_MODEL);
    assert_non_null(strstr(err.msg, "neither"));
    onri_package_close(&p);
    assert_int_equal(onri_package_open(&mem, ONR_SOURCE_DIR "/LICENSE", "00ff", &p, &err),
                     ONR_E_MODEL);
    assert_non_null(strstr(err.msg, "sha256"));
    onri_package_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zip__reads_stored_and_deflated),
        cmocka_unit_test(zip__damage_never_gives_other_bytes),
        cmocka_unit_test(zip__bombs_are_refused_unopened),
        cmocka_unit_test(targz__reads_files_and_long_names),
        cmocka_unit_test(msgpack__reads_every_kind),
        cmocka_unit_test(msgpack__refuses),
        cmocka_unit_test(config__follows_references),
        cmocka_unit_test(npy__reads_float_matrices_only),
        cmocka_unit_test(package__says_what_it_is_not),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
