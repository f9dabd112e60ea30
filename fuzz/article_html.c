/* A page of any bytes: text is valid UTF-8, every byte of it stands in exactly one row of the map,
 * rows lie in the page, and marks lie in the text in order; in both modes. */
#include "fuzz.h"

#include "onrecord/input.h"

static void check(const onr_article *a, size_t page)
{
    uint32_t at = 0, last = 0;
    if (onri_utf8_check(a->text) != a->text.n) abort();
    for (uint32_t i = 0; i < a->n_origin; i++) {
        const onr_origin o = a->origin[i];
        if (o.text_beg != at || (size_t)o.page_beg + o.page_len > page) abort();
        at += o.text_len;
    }
    if (at != a->text.n) abort();
    for (uint32_t i = 0; i < a->n_boilerplate; i++) {
        const onr_span s = a->boilerplate[i].span;
        if (s.beg < last || s.beg >= s.end || s.end > a->text.n) abort();
        last = s.end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    onr_input_opts how = ONR_INPUT_OPTS_INIT;
    onr_input_item item = { .kind = ONR_INPUT_HTML, .error = ONR_ERROR_INIT };
    item.bytes = onri_sv((const char *)data, size);
    for (int whole = 0; whole < 2; whole++) {
        onr_arena mem = onr_arena_make((size_t)256 * ONR_MIB);
        onr_article a = { 0 };
        onr_error err = ONR_ERROR_INIT;
        how.whole_page = whole;
        if (onr_input_read(&mem, &item, &how, &a, &err) == ONR_OK) check(&a, size);
        onr_arena_drop(&mem);
    }
    return 0;
}
