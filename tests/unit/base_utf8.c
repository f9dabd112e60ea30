/* UTF-8, exhaustively: every code point, every malformed class, and every short byte string that
 * the decoder's branches can tell apart, against a slow decoder written from the RFC's table. */
#include "test.h"

static bool is_scalar(uint32_t cp)
{
    return cp <= 0x10FFFF && !(cp >= 0xD800 && cp <= 0xDFFF);
}

/* Length of the well-formed character at i by decoding first and judging the number after: the
 * other way round than the library does it. 0: none. */
static unsigned slow_length(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80) return 1;
    const unsigned len = p[0] >> 5 == 6 ? 2 : p[0] >> 4 == 14 ? 3 : p[0] >> 3 == 30 ? 4 : 0;
    if (len == 0 || len > n) return 0;
    uint32_t cp = p[0] & (0xFFu >> (len + 1));
    for (unsigned i = 1; i < len; i++) {
        if (p[i] >> 6 != 2) return 0;
        cp = cp << 6 | (p[i] & 0x3F);
    }
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    return cp >= least[len] && is_scalar(cp) ? len : 0;
}

static void utf8__every_code_point_comes_back(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        if (!is_scalar(cp)) continue;
        char s[4];
        const unsigned len = onri_utf8_put(s, cp);
        const onr_sv v = onri_sv(s, len);
        unsigned got = 0, back = 0;
        if (onri_utf8_check(v) != len || onri_utf8_at(v, 0, &got) != cp || got != len ||
            onri_utf8_before(v, len, &back) != cp || back != len || onri_utf8_bad(v, 0) != 0 ||
            onri_utf8_count(v) != 1)
            fail_msg("U+%04X", cp);
        for (unsigned cut = 1; cut < len; cut++) /* a cut character is bad where it begins */
            if (onri_utf8_check(onri_sv(s, cut)) != 0 || onri_utf8_bad(onri_sv(s, cut), 0) != cut)
                fail_msg("U+%04X cut to %u bytes", cp, cut);
    }
}

static void utf8__agrees_with_the_slow_decoder(void **state)
{
    (void)state;
    /* Bytes at which a branch of RFC 3629's grammar changes, and their neighbours. */
    static const unsigned char edge[] = { 0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                          0xC0, 0xC2, 0xE0, 0xED, 0xF0, 0xF4, 0xF5, 0xFF };
    for (unsigned a = 0; a < 256; a++)
        for (unsigned b = 0; b < 256; b++)
            for (size_t c = 0; c < sizeof edge; c++)
                for (size_t d = 0; d < sizeof edge; d++) {
                    const unsigned char s[4] = { (unsigned char)a, (unsigned char)b, edge[c],
                                                 edge[d] };
                    const onr_sv v = onri_sv((const char *)s, 4);
                    size_t good = 0;
                    while (good < 4) {
                        const unsigned len = slow_length(s + good, 4 - good);
                        if (len == 0) break;
                        good += len;
                    }
                    if (onri_utf8_check(v) != good)
                        fail_msg("%02X %02X %02X %02X", s[0], s[1], s[2], s[3]);
                    if ((onri_utf8_bad(v, 0) == 0) != (slow_length(s, 4) != 0))
                        fail_msg("bad at %02X %02X %02X %02X", s[0], s[1], s[2], s[3]);
                }
}

/* One replacement for each maximal bad piece, as the Unicode Standard (3.9, table 3-8) has it. */
static void utf8__bad_pieces_are_the_maximal_ones(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        size_t n;
        const char *pieces; /* lengths; lower case: good */
    } cases[] = {
        { "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", 9, "11111111a" }, /* table 3-8 */
        { "\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", 9, "11111111a" }, /* surrogates, 3-9 */
        { "\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", 9, "11111a11a" }, /* 3-10 */
        { "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", 9, "2132a" },     /* 3-11 */
        { "\xE2\x82\xAC\xE2\x82", 5, "c2" },
        { "\xF0\x9F\x93\xB0\xF0\x9F\x93", 7, "d3" },
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const onr_sv v = onri_sv(cases[k].s, cases[k].n);
        size_t at = 0;
        for (const char *p = cases[k].pieces; *p; p++) {
            assert_true(at < v.n);
            const unsigned bad = onri_utf8_bad(v, at);
            const bool good = *p >= 'a';
            assert_int_equal(bad, good ? 0 : *p - '0');
            at += good ? (size_t)(*p - 'a' + 1) : bad;
        }
        assert_int_equal(at, v.n);
    }
}

/* The check takes eight ASCII bytes at a time: damage at every place near that boundary. */
static void utf8__finds_damage_at_every_offset(void **state)
{
    (void)state;
    char s[40];
    for (size_t n = 1; n < sizeof s; n++)
        for (size_t at = 0; at < n; at++) {
            memset(s, 'x', n);
            s[at] = (char)0xFF;
            assert_int_equal(onri_utf8_check(onri_sv(s, n)), at);
        }
    assert_int_equal(onri_utf8_check((onr_sv){ NULL, 0 }), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8__every_code_point_comes_back),
        cmocka_unit_test(utf8__agrees_with_the_slow_decoder),
        cmocka_unit_test(utf8__bad_pieces_are_the_maximal_ones),
        cmocka_unit_test(utf8__finds_damage_at_every_offset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
