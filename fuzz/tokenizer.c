/* The tokenizer on any text, with the tiny model's rules: tokens and blanks give the text back,
 * offsets stand on code points, and a second run, from the cache, cuts the same. */
#include "fuzz.h"

#include "../tests/tiny_model.h"
#include "lang/paragraph.h"
#include "lang/tokenizer.h"

static onri_tokenizer *start(void)
{
    static onr_arena mem;
    static onr_model model;
    onri_tokenizer *tk = NULL;
    mem = onr_arena_make((size_t)64 << 20);
    tiny_model_make(&mem, 1, false, &model);
    if (onri_tokenizer_new(&model, NULL, &tk, NULL) != ONR_OK) abort();
    return tk;
}

static void check(onri_tokenizer *tk, onr_sv text, onr_span span, onri_toks *toks)
{
    toks->n = 0;
    if (onri_tokenize(tk, text, span, toks, NULL) != ONR_OK) abort();
    size_t at = span.beg;
    for (size_t i = 0; i < toks->n; i++) {
        const onri_tok *t = &toks->at[i];
        if (t->beg != at || t->end <= t->beg || t->end > span.end) abort();
        const onr_sv word = onri_sub(text, t->beg, t->end);
        if (onri_utf8_check(word) != word.n) abort();
        if (!onri_eq(word, onri_tokenizer_word(tk, t->word)->text)) abort();
        if (t->space && text.p[t->end] != ' ') abort();
        at = t->end + t->space;
    }
    if (at != span.end) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static onri_tokenizer *tk;
    if (!tk) tk = start();
    const onr_sv all = onri_sv((const char *)data, size);
    const onr_sv text = onri_sub(all, 0, onri_utf8_check(all));
    onri_toks a = { 0 }, b = { 0 };
    const onr_span whole = { 0, (uint32_t)text.n };
    check(tk, text, whole, &a);
    check(tk, text, whole, &b);
    if (a.n != b.n) abort();
    for (size_t i = 0; i < a.n; i++)
        if (a.at[i].end != b.at[i].end || a.at[i].word != b.at[i].word) abort();
    size_t at = 0;
    onr_span span;
    while (onri_paragraph_next(text, 64, &at, &span)) check(tk, text, span, &a);
    (void)onri_tokenizer_tidy(tk);
    onri_toks_drop(&a);
    onri_toks_drop(&b);
    return 0;
}
