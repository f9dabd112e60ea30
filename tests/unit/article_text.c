/* Plain text as an article: bytes stay, damage is counted, what is not the article is marked. */
#include "test.h"

#include <stdio.h>

#include "article/article_i.h"
#include "onrecord/limits.h"

static onr_article read_text(onr_arena *mem, const char *s, size_t n)
{
    onr_article a;
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onr_article_from_text(mem, onri_sv(s, n), NULL, &a, &err), ONR_OK);
    return a;
}

/* The marks as "kind:text|kind:text". */
static const char *marks_of(onr_arena *mem, const onr_article *a)
{
    onri_buf b = onri_buf_make(1 << 20);
    for (uint32_t i = 0; i < a->n_boilerplate; i++) {
        const onr_boilerplate *m = &a->boilerplate[i];
        onri_buf_fmt(&b, "%s%s:", i ? "|" : "", onr_boilerplate_kind_name(m->kind));
        onri_buf_add(&b, onri_sub(a->text, m->span.beg, m->span.end));
    }
    const char *out = onri_dup(mem, onri_buf_sv(&b)).p;
    onri_buf_drop(&b);
    return out ? out : "";
}

static void check(const char *text, const char *want)
{
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    onr_article a = read_text(&mem, text, strlen(text));
    assert_string_equal(marks_of(&mem, &a), want);
    onr_arena_drop(&mem);
}

static void article_text__bytes_stay(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    static const char IN[] = "\xEF\xBB\xBF"
                             "A\0b \xE2\x80\x9Cq\xE2\x80\x9D\r\n\r\nEnd.";
    onr_article a = read_text(&mem, IN, sizeof IN - 1);
    assert_int_equal(a.text.n, sizeof IN - 1);
    assert_memory_equal(a.text.p, IN, sizeof IN - 1);
    assert_int_equal(a.n_diagnostics, 0);
    assert_int_equal(a.id.n, 16);
    onr_arena_drop(&mem);
}

static void article_text__bad_utf8_is_replaced_byte_for_byte(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    static const char IN[] = "ab\xFFz \xE2\x80 q\xC0\xAF";
    onr_article a = read_text(&mem, IN, sizeof IN - 1);
    assert_int_equal(a.text.n, sizeof IN - 1);
    assert_memory_equal(a.text.p, "ab\x1Az \x1A\x1A q\x1A\x1A", sizeof IN - 1);
    assert_int_equal(a.n_diagnostics, 1);
    assert_string_equal(a.diagnostics[0].code, "bad-utf8");
    assert_int_equal(a.diagnostics[0].count, 5);
    assert_int_equal(a.diagnostics[0].at, 2);
    onr_arena_drop(&mem);
}

static void article_text__id_is_of_the_bytes(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    onr_article a = read_text(&mem, "abc", 3); /* SHA-256 of FIPS 180's example */
    assert_memory_equal(a.id.p, "ba7816bf8f01cfea", 16);
    onr_arena_drop(&mem);
}

static void article_text__empty_is_an_article(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    onr_article a = read_text(&mem, "", 0);
    assert_int_equal(a.text.n, 0);
    assert_int_equal(a.n_boilerplate, 0);
    a = read_text(&mem, " \n\n\t\n", 5);
    assert_int_equal(a.n_boilerplate, 0);
    onr_arena_drop(&mem);
}

static void article_text__marks_what_pages_leave(void **state)
{
    (void)state;
    check(
        "Home | News | Sport | Log in\n\nMinister resigns over dam\n\nBy Jane Roe and John Doe\n\n"
        "The minister resigned on Monday after the report was published by the court.\n\n"
        "Share on Facebook  Tweet\n\nHe said he would not return to the government this year.\n",
        "navigation:Home | News | Sport | Log in|byline:By Jane Roe and John Doe|"
        "share:Share on Facebook  Tweet");
    check("We use cookies to improve this site.\n\nTalks go on\n\nThe talks went on today.\n\n"
          "Most popular\n1. Ten cats of the year\n2. A dog that sings",
          "cookie:We use cookies to improve this site.|related:Most popular|"
          "related:1. Ten cats of the year|related:2. A dog that sings");
    check(
        "Rain falls\n\nIt rained in the north.\n\n* * *\n\nPhoto: A. Person / Agency\n\nMore rain "
        "is expected there.",
        "debris:* * *|caption:Photo: A. Person / Agency");
}

static void article_text__promotion_inside_a_paragraph(void **state)
{
    (void)state;
    check("Strike ends\n\nThe drivers went back to work. How the strike began. Read more The union "
          "said it had won.",
          "promo:How the strike began. Read more");
    check("Strike ends\n\nThe minister asked people to read more books. Read more widely, he said.",
          "");
    check("Strike ends\n\n\xE2\x80\x9CWhy do they do it? Read more Books,\xE2\x80\x9D he said.",
          "");
}

static void article_text__repetition(void **state)
{
    (void)state;
    check("Old bridge falls\n\nThe old bridge fell into the river last night. Nobody was hurt.\n\n"
          "Old bridge falls\n\nEngineers had warned of cracks.\n\nThe old bridge fell into the "
          "river last night.",
          "duplicate:The old bridge fell into the river last night.");
    check("Bank sold\n\nWho bought the old bank in the city? Who has bought the old bank in the "
          "city? "
          "The buyer is unknown.",
          "promo:Who bought the old bank in the city? Who has bought the old bank in the city?");
}

static void article_text__prose_is_never_marked(void **state)
{
    (void)state;
    check("Court frees reporter\n\nThe court freed the reporter. \"Share the truth,\" she said. By "
          "Friday the case was closed.\n\nComments by the judge were not published.\n\nHome owners "
          "in the city welcomed the ruling, and the mayor said he would read the verdict.\n",
          "");
}

static void article_text__a_dateline_is_no_part_of_its_sentence(void **state)
{
    (void)state;
#define REST "The minister said on Monday that the old dam by the river would have to go."
    static const char *const LINES[] = {
        /* the dateline, or nothing */
        "OSLO, March 3 (Reuters) - ",
        "OSLO (AP) \xE2\x80\x94 ",
        "OSLO \xE2\x80\x94 ",
        "NEWPORT NEWS, Va. -- ",
        "Port of Spain, 3 March (TASS) \xE2\x80\x93 ",
        "Moscow, March 3 - ",
        "WASHINGTON/NEW YORK (AFP) - ",
        "S\xC3\xA3o Paulo (AFP) \xE2\x80\x94 ",
        "OSLO, 12 Aug. ",
        "OSLO, Aug. 12. ",
        "BAKU, Azerbaijan, March 3. ",
        "MOSCOW, March 3, 2018. /TASS/. ",
        "KYIV. 5 June. ",
    };
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        char text[300], want[300];
        (void)snprintf(text, sizeof text, "The dam\n\n%s" REST "\n", LINES[i]);
        (void)snprintf(want, sizeof want, "byline:%s", LINES[i]);
        check(text, want);
    }
    static const char *const NONE[] = {
        "He met the owner of the bank (BofA) - ",
        "The African-American vote - ",
        "AN - ",
        "Obama said so - ",
        "OSLO, 12 kroner. ",
        "Oslo, 12 Aug. ",
        "OSLO - ", /* in front of a small letter: OSLO - the capital - */
    };
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) {
        char text[300];
        (void)snprintf(text, sizeof text, "The dam\n\n%s%s\n", NONE[i],
                       i == 6 ? "the capital - is a town that lies far up in the cold north."
                              : REST);
        check(text, "");
    }
#undef REST
}

static void article_text__title_and_date(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    static const char IN[] =
        "Skip to content\n\nOfficials meet in Washington, D.C.\n\nJuly 13, 2018"
        "\n\nOfficials met on Friday. They talked about the weather.";
    onr_article a = read_text(&mem, IN, sizeof IN - 1);
    assert_memory_equal(a.title_text.p, "Officials meet in Washington, D.C.", a.title_text.n);
    assert_memory_equal(a.date.p, "2018-07-13", 10);
    assert_memory_equal(a.date_source.p, "byline", 6);
    static const char WIRE[] =
        "Oil price falls\n\nLONDON, Jan. 3, 2019 (Agency) - Oil fell today.\n";
    a = read_text(&mem, WIRE, sizeof WIRE - 1);
    assert_memory_equal(a.date.p, "2019-01-03", 10);
    assert_memory_equal(a.date_source.p, "dateline", 8);
    onr_article b = read_text(&mem, "Nothing is known. No date stands here.", 38);
    assert_int_equal(b.date.n, 0);
    assert_int_equal(b.title.end, 0);
    onr_arena_drop(&mem);
}

static void article_text__dates(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } CASES[] = {
        { "2018-07-13T10:00:00Z", "2018-07-13" },
        { "Fri, 13 Jul 2018 10:00:00 GMT", "2018-07-13" },
        { "July 13th, 2018", "2018-07-13" },
        { "13.07.2018", "2018-07-13" },
        { "13/07/2018", "2018-07-13" },
        { "07/13/2018", "2018-07-13" },
        { "13 de julio de 2018", "2018-07-13" },
        { "13 июля 2018", "2018-07-13" },
        { "20180713", "2018-07-13" },
        { "04/05/2018", "" },
        { "2018-02-30", "" },
        { "yesterday", "" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char out[11] = "";
        size_t beg, end;
        bool found = onri_date_find(onri_svz(CASES[i].in), out, &beg, &end);
        assert_string_equal(found ? out : "", CASES[i].want);
    }
    char out[11];
    assert_true(onri_date_of_url(ONR_SV("https://x.org/news/2019/11/18/title"), out));
    assert_string_equal(out, "2019-11-18");
    assert_true(onri_date_of_url(ONR_SV("https://x.org/2019/nov/18/title-of-2020"), out));
    assert_string_equal(out, "2019-11-18");
    assert_false(onri_date_of_url(ONR_SV("https://x.org/2019/1118/12345678"), out));
}

static void article_text__language(void **state)
{
    (void)state;
    static const struct {
        const char *code, *text;
    } CASES[] = {
        { "en", "The minister said that he would not go to the meeting in the city." },
        { "de", "Der Minister sagte, dass er nicht zu dem Treffen in der Stadt gehen werde." },
        { "fr", "Le ministre a dit qu'il ne se rendrait pas à la réunion dans la ville." },
        { "es", "El ministro dijo que no iría a la reunión en la ciudad por el mal tiempo." },
        { "pt", "O ministro disse que não iria à reunião na cidade por causa do mau tempo." },
        { "ru", "Министр сказал, что он не поедет на встречу в город из-за погоды." },
        { "uk", "Міністр сказав, що він не поїде на зустріч до міста через погоду, але не є." },
        { "ar", "قال الوزير إن هذا الاجتماع لن يكون في المدينة بعد أن كان من المقرر" },
        { "zh", "部长表示他不会参加在城里举行的会议" },
        { "ja", "大臣は街で開かれる会議には行かないと言いました" },
        { "ko", "장관은 도시에서 열리는 회의에 가지 않겠다고 말했다" },
        { "id", "Menteri itu mengatakan bahwa dia tidak akan pergi ke pertemuan di kota." },
        { "tr", "Bakan bu toplantı için şehre gitmeyeceğini ve daha sonra bir açıklama dedi." },
        { "el", "Ο υπουργός είπε ότι δεν θα πάει στη συνάντηση στην πόλη." },
        { "", "12345 67890" },
        { "", "Xyzzy plugh" },
    };
    onr_arena mem = onr_arena_make(64 * ONR_MIB);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        onr_sv got;
        assert_true(onri_lang_guess(&mem, onri_svz(CASES[i].text), &got));
        char code[8] = "";
        memcpy(code, got.n ? got.p : "", got.n < 7 ? got.n : 7);
        assert_string_equal(code, CASES[i].code);
    }
    onr_arena_drop(&mem);
}

static void article_text__limits(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(4096 * ONR_MIB);
    char *big = onri_heap_alloc(ONR_TEXT_MAX + 1);
    assert_non_null(big);
    memset(big, 'a', ONR_TEXT_MAX + 1);
    onr_article a;
    onr_error err = ONR_ERROR_INIT;
    assert_int_equal(onr_article_from_text(&mem, onri_sv(big, ONR_TEXT_MAX + 1), NULL, &a, &err),
                     ONR_E_LIMIT);
    /* one line, as many sentences as fit */
    for (size_t i = 0; i < 4 * ONR_MIB; i += 4) memcpy(big + i, "Ab. ", 4);
    assert_int_equal(onr_article_from_text(&mem, onri_sv(big, 4 * ONR_MIB), NULL, &a, &err),
                     ONR_OK);
    onri_heap_free(big);
    onr_arena_drop(&mem);
}

static void article_text__memory_runs_out(void **state)
{
    (void)state;
    static const char IN[] = "Home | A | B\n\nTitle of it\n\nText one. Text two. Read more Text.\n";
    for (uint64_t n = 1; n < 40; n++) {
        onr_arena mem = onr_arena_make(64 * ONR_MIB);
        onr_article a;
        onr_error err = ONR_ERROR_INIT;
        onri_heap_fail_at(n);
        onr_status st = onr_article_from_text(&mem, onri_sv(IN, sizeof IN - 1), NULL, &a, &err);
        onri_heap_fail_at(0);
        assert_true(st == ONR_OK || st == ONR_E_NOMEM);
        onr_arena_drop(&mem);
    }
}

static void article_text__shared_debris(void **state)
{
    (void)state;
    onr_arena mem = onr_arena_make(256 * ONR_MIB);
    onr_sv text;
    onr_error err = ONR_ERROR_INIT;
    if (onri_file_read(&mem, ONR_SHARED_DIR "/seed/article.txt", 1 << 20, &text, &err) != ONR_OK) {
        print_message("SKIPPED: ../shared/seed/article.txt is not there\n");
        skip();
    }
    onr_article a = read_text(&mem, text.p, text.n);
    uint32_t bytes = 0;
    for (uint32_t i = 0; i < a.n_boilerplate; i++)
        bytes += a.boilerplate[i].span.end - a.boilerplate[i].span.beg;
    assert_int_equal(a.n_boilerplate, 5);
    assert_int_equal(bytes, 5 + 63 + 133 + 13 + 70); /* the five pieces of its gold, no byte more */
    onr_arena_drop(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(article_text__bytes_stay),
        cmocka_unit_test(article_text__bad_utf8_is_replaced_byte_for_byte),
        cmocka_unit_test(article_text__id_is_of_the_bytes),
        cmocka_unit_test(article_text__empty_is_an_article),
        cmocka_unit_test(article_text__marks_what_pages_leave),
        cmocka_unit_test(article_text__promotion_inside_a_paragraph),
        cmocka_unit_test(article_text__repetition),
        cmocka_unit_test(article_text__prose_is_never_marked),
        cmocka_unit_test(article_text__a_dateline_is_no_part_of_its_sentence),
        cmocka_unit_test(article_text__title_and_date),
        cmocka_unit_test(article_text__dates),
        cmocka_unit_test(article_text__language),
        cmocka_unit_test(article_text__limits),
        cmocka_unit_test(article_text__memory_runs_out),
        cmocka_unit_test(article_text__shared_debris),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
