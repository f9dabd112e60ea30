/* Plain text as an article, on any bytes: the text keeps its length and every good byte, is valid
 * UTF-8, and every mark lies in it, in order, on code points and without overlap. */
#include "fuzz.h"

#include "onrecord/article.h"

static bool on_code_point(onr_sv text, uint32_t at)
{
    return at == text.n || ((unsigned char)text.p[at] & 0xC0) != 0x80;
}

static void check_span(onr_sv text, onr_span s)
{
    if (s.beg > s.end || s.end > text.n) abort();
    if (!on_code_point(text, s.beg) || !on_code_point(text, s.end)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    onr_arena mem = onr_arena_make((size_t)64 * ONR_MIB);
    onr_article a = { 0 };
    onr_error err = ONR_ERROR_INIT;
    const onr_sv in = onri_sv((const char *)data, size);
    const onr_status st = onr_article_from_text(&mem, in, NULL, &a, &err);
    if (st == ONR_OK) {
        if (a.text.n != size || onri_utf8_check(a.text) != size) abort();
        for (size_t i = 0; i < size; i++)
            if (a.text.p[i] != in.p[i] && a.text.p[i] != 0x1A) abort();
        if (onri_utf8_check(in) == size && !onri_eq(a.text, in)) abort();
        check_span(a.text, a.title);
        uint32_t last = 0;
        for (uint32_t i = 0; i < a.n_boilerplate; i++) {
            const onr_span s = a.boilerplate[i].span;
            check_span(a.text, s);
            if (s.beg < last || s.beg == s.end) abort();
            last = s.end;
        }
    } else if (st != ONR_E_LIMIT || err.msg[0] == '\0') {
        abort();
    }
    onr_arena_drop(&mem);
    return 0;
}
