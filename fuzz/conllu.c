/* The CoNLL-U reader on any bytes (text, NUL, CoNLL-U): a parse it takes has tokens inside the text
 * in order and heads inside the parse, and is written and read again with the same bytes. */
#include "fuzz.h"

#include "lang/conllu.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
    if (!nul) return 0;
    const size_t cut = (size_t)(nul - data);
    const onr_sv text = onri_sv((const char *)data, cut);
    const onr_sv bytes = onri_sv((const char *)data + cut + 1, size - cut - 1);
    onr_arena mem = onr_arena_make((size_t)64 * ONR_MIB);
    onr_error err = ONR_ERROR_INIT;
    const onr_parse *p = NULL, *q = NULL;
    const onr_status st = onri_conllu_read(&mem, bytes, text, &p, &err);
    if (st == ONR_OK) {
        uint32_t last = 0;
        for (uint32_t i = 0; i < p->n_tokens; i++) {
            const onr_token *t = &p->tokens[i];
            if (t->beg < last || t->end <= t->beg || t->end > text.n) abort();
            if (t->head >= p->n_tokens) abort();
            last = t->end;
        }
        onri_buf one = onri_buf_make((size_t)16 * ONR_MIB), two = onri_buf_make(one.max);
        onri_conllu_write(&one, p);
        if (one.status != ONR_OK) abort();
        if (onri_conllu_read(&mem, onri_buf_sv(&one), text, &q, &err) != ONR_OK) abort();
        onri_conllu_write(&two, q);
        if (!onri_eq(onri_buf_sv(&one), onri_buf_sv(&two))) abort();
        onri_buf_drop(&one);
        onri_buf_drop(&two);
    } else if (err.msg[0] == '\0' || err.status != st) {
        abort();
    }
    onr_arena_drop(&mem);
    return 0;
}
