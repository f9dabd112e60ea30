/* Quotation marks in any text: quotations lie inside the text, in order, inner ones inside outer
 * ones, none over a line's end, and look-up by byte finds them again. */
#include "fuzz.h"

#include "facts/quotes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const onr_sv text = onri_sv((const char *)data, size);
    if (onri_utf8_check(text) < text.n) return 0;
    onr_arena mem = onr_arena_make((size_t)64 * ONR_MIB);
    onri_quote_vec q = { 0 };
    if (onri_quotes_find(&mem, text, &q, NULL) == ONR_OK) {
        uint32_t last = 0;
        for (uint32_t i = 0; i < q.n; i++) {
            const onri_quote *x = &q.at[i];
            if (x->beg < last || x->end <= x->beg + x->open_n || x->end > text.n) abort();
            if (memchr(text.p + x->beg, '\n', x->end - x->beg)) abort();
            last = x->beg;
            if (x->outer != ONR_NONE) {
                if (x->outer >= i) abort();
                const onri_quote *o = &q.at[x->outer];
                if (x->beg < o->beg || x->end > o->end) abort();
            }
            if (x->goes_on_from != ONR_NONE && x->goes_on_from >= i) abort();
            if (onri_quote_at(&q, x->beg) == ONR_NONE) abort();
        }
    }
    onr_arena_drop(&mem);
    return 0;
}
