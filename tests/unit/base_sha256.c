/* SHA-256 against the vectors of FIPS 180-4 and NIST's example collection. */
#include "test.h"

static void check(onr_sv bytes, const char *want)
{
    uint8_t out[32];
    char hex[65];
    for (size_t cut = 0; cut <= bytes.n && cut < 130; cut++) {
        onri_sha256 s;
        onri_sha256_init(&s);
        onri_sha256_add(&s, onri_sub(bytes, 0, cut));
        onri_sha256_add(&s, onri_sub(bytes, cut, bytes.n));
        onri_sha256_end(&s, out);
        onri_hex(out, 32, hex);
        assert_string_equal(hex, want);
    }
}

static void sha256__published_vectors(void **state)
{
    (void)state;
    check(ONR_SV(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check(ONR_SV("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check(ONR_SV("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    check(
        ONR_SV("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqkl"
               "mnopqrlmnopqrsmnopqrstnopqrstu"),
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
}

static void sha256__a_million_letters(void **state)
{
    (void)state;
    static char a[1000000];
    memset(a, 'a', sizeof a);
    check(onri_sv(a, sizeof a), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256__published_vectors),
        cmocka_unit_test(sha256__a_million_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
