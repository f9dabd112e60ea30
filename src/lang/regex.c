/* Python patterns on PCRE2 with JIT.
 *
 * Only what spaCy's English tokenizer uses is translated: \uXXXX and \UXXXXXXXX become \x{...}, a
 * leading (?u) goes. Searches are bounded by PCRE2's match limit, where Python would go on: on
 * hostile chunks a web address may so stay unrecognised (counted). Source: own, after pcre2api(3).
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "lang/regex.h"

#include <pcre2.h>

enum { MATCH_LIMIT = 1000000, STACK_MIN = 32 * 1024, STACK_MAX = 1024 * 1024 };

struct onri_regex {
    pcre2_general_context *general;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    pcre2_code *code;
    pcre2_match_data *match;
    uint64_t given_up;
};

static void *heap_alloc(size_t size, void *unused)
{
    (void)unused;
    return onri_heap_alloc(size);
}

static void heap_free(void *p, void *unused)
{
    (void)unused;
    onri_heap_free(p);
}

static bool is_hex(onr_sv s, size_t at, size_t n)
{
    if (at + n > s.n) return false;
    for (size_t i = at; i < at + n; i++)
        if (!strchr("0123456789abcdefABCDEF", s.p[i]) || !s.p[i]) return false;
    return true;
}

static void translate(onri_buf *b, onr_sv s)
{
    size_t i = onri_starts(s, ONR_SV("(?u)")) ? 4 : 0;
    while (i < s.n) {
        const char kind = s.p[i] == '\\' && i + 1 < s.n ? s.p[i + 1] : 0;
        const size_t digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
        if (digits && is_hex(s, i + 2, digits)) {
            onri_buf_addz(b, "\\x{");
            onri_buf_add(b, onri_sub(s, i + 2, i + 2 + digits));
            onri_buf_addc(b, '}');
            i += 2 + digits;
        } else { /* an escape keeps its next byte, so that "\\u" is a backslash and a u */
            const size_t n = kind ? 2 : 1;
            onri_buf_add(b, onri_sub(s, i, i + n));
            i += n;
        }
    }
}

static onr_status compile(onri_regex *re, onr_sv pattern, bool anchored, onr_error *err)
{
    int code;
    size_t at;
    pcre2_compile_context *cc = pcre2_compile_context_create(re->general);
    if (!cc) return onri_fail(err, ONR_E_NOMEM, "tokenizer", "no memory for a pattern");
    re->code =
        pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n,
                      PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK | (anchored ? PCRE2_ANCHORED : 0u),
                      &code, &at, cc);
    pcre2_compile_context_free(cc);
    if (!re->code && code == PCRE2_ERROR_HEAP_FAILED)
        return onri_fail(err, ONR_E_NOMEM, "tokenizer", "no memory for a pattern");
    if (!re->code)
        return onri_fail_at(err, ONR_E_MODEL, "tokenizer", at,
                            "a pattern does not compile at byte %zu (error %d)", at, code);
    /* Without JIT (no executable memory, other machine) the interpreter gives the same. */
    (void)pcre2_jit_compile(re->code, PCRE2_JIT_COMPLETE);
    re->match = pcre2_match_data_create_from_pattern(re->code, re->general);
    re->context = pcre2_match_context_create(re->general);
    re->stack = pcre2_jit_stack_create(STACK_MIN, STACK_MAX, re->general);
    if (!re->match || !re->context)
        return onri_fail(err, ONR_E_NOMEM, "tokenizer", "no memory for a pattern");
    pcre2_set_match_limit(re->context, MATCH_LIMIT);
    if (re->stack) pcre2_jit_stack_assign(re->context, NULL, re->stack);
    return ONR_OK;
}

onr_status onri_regex_new(onr_sv python, bool anchored, onri_regex **out, onr_error *err)
{
    if (onri_utf8_check(python) < python.n)
        return onri_fail(err, ONR_E_MODEL, "tokenizer", "a pattern is not UTF-8");
    onri_buf b = onri_buf_make(16 * ONR_MIB);
    translate(&b, python);
    onri_regex *re = onri_heap_alloc(sizeof *re);
    if (re)
        *re = (onri_regex){ .general = pcre2_general_context_create(heap_alloc, heap_free, NULL) };
    onr_status status;
    if (!re || !re->general || b.status != ONR_OK)
        status = onri_fail(err, ONR_E_NOMEM, "tokenizer", "no memory for a pattern");
    else
        status = compile(re, onri_buf_sv(&b), anchored, err);
    onri_buf_drop(&b);
    if (status != ONR_OK) {
        onri_regex_free(re);
        return status;
    }
    *out = re;
    return ONR_OK;
}

void onri_regex_free(onri_regex *re)
{
    if (!re) return;
    pcre2_match_data_free(re->match);
    pcre2_match_context_free(re->context);
    if (re->stack) pcre2_jit_stack_free(re->stack);
    pcre2_code_free(re->code);
    pcre2_general_context_free(re->general);
    onri_heap_free(re);
}

bool onri_regex_find(onri_regex *re, onr_sv s, size_t from, size_t *beg, size_t *end)
{
    const int n = pcre2_match(re->code, (PCRE2_SPTR)s.p, s.n, from, PCRE2_NO_UTF_CHECK, re->match,
                              re->context);
    if (n <= 0) {
        re->given_up += n != PCRE2_ERROR_NOMATCH;
        return false;
    }
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(re->match);
    *beg = at[0];
    *end = at[1];
    return at[0] <= at[1];
}

uint64_t onri_regex_given_up(const onri_regex *re)
{
    return re->given_up;
}
