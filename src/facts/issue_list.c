/* See issue_list.h. Source: own. Words are compared in ASCII lower case, tokens also by lemma. Cost
 * of a look-up: patterns x words of the phrase. */
#include "facts/issue_list.h"

typedef struct pattern {
    onr_sv word[ONRI_ISSUE_WORDS_MAX]; /* lower case */
    uint32_t n, issue;
} pattern;

struct onri_issue_list {
    ONRI_VEC(onr_sv) names;
    ONRI_VEC(pattern) patterns;
};

static char low(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_blank(char c)
{
    return c == ' ' || c == ',' || c == '-' || c == '\'' || c == '.' || c == '"';
}

/* Next word of the phrase; false when nothing is left. */
static bool next_word(onr_sv *rest, onr_sv *word)
{
    size_t i = 0, k;
    while (i < rest->n && is_blank(rest->p[i])) i++;
    for (k = i; k < rest->n && !is_blank(rest->p[k]);) k++;
    *word = onri_sub(*rest, i, k);
    *rest = onri_sub(*rest, k, rest->n);
    return word->n > 0;
}

static onr_status add_pattern(onr_arena *mem, onri_issue_list *l, onr_sv words, onr_error *err)
{
    pattern p = { .issue = l->names.n - 1 };
    onr_sv copy = onri_dup(mem, words), word;
    if (!copy.p) return onri_fail_mem(err, mem, "issues");
    char *at = (char *)(uintptr_t)copy.p; /* our own copy */
    for (size_t i = 0; i < copy.n; i++) at[i] = low(at[i]);
    while (next_word(&copy, &word)) {
        if (p.n == ONRI_ISSUE_WORDS_MAX)
            return onri_fail(err, ONR_E_SYNTAX, "issues", "a pattern of more than %d words",
                             ONRI_ISSUE_WORDS_MAX);
        p.word[p.n++] = word;
    }
    if (p.n == 0) return ONR_OK;
    pattern *slot = ONRI_PUSH(mem, &l->patterns);
    if (!slot) return onri_fail_mem(err, mem, "issues");
    *slot = p;
    return ONR_OK;
}

static onr_status add_issue(onr_arena *mem, onri_issue_list *l, onr_sv row, onr_error *err)
{
    const onr_sv name = onri_cell(&row, '\t');
    if (name.n == 0) return onri_fail(err, ONR_E_SYNTAX, "issues", "an issue without a name");
    if (l->names.n == ONRI_ISSUES_MAX)
        return onri_fail(err, ONR_E_LIMIT, "issues", "more than %d issues", ONRI_ISSUES_MAX);
    onr_sv *slot = ONRI_PUSH(mem, &l->names);
    if (!slot || !(*slot = onri_dup(mem, name)).p) return onri_fail_mem(err, mem, "issues");
    onr_status st = add_pattern(mem, l, name, err);
    while (st == ONR_OK && row.n) st = add_pattern(mem, l, onri_cell(&row, '\t'), err);
    return st;
}

onr_status onri_issue_list_read(onr_arena *mem, const char *name, onr_sv tsv,
                                onri_issue_list **list, onr_error *err)
{
    if (!*list) *list = ONRI_NEW(mem, onri_issue_list);
    if (!*list) return onri_fail_mem(err, mem, "issues");
    if (onri_utf8_check(tsv) != tsv.n)
        return onri_fail(err, ONR_E_UTF8, "issues", "%s is not UTF-8", name);
    onr_status st = ONR_OK;
    uint32_t line = 0;
    for (onr_sv rest = tsv, row; st == ONR_OK && onri_split(&rest, '\n', &row);) {
        line++;
        if (onri_trim(row).n == 0 || row.p[0] == '#') continue;
        onr_error why = ONR_ERROR_INIT;
        st = add_issue(mem, *list, row, &why);
        if (st == ONR_OK) continue;
        (void)onri_fail(err, st, "issues", "%s:%u: %s", name, line, why.msg);
        if (err) err->line = line;
    }
    return st;
}

/* Does the word of a pattern fit this one, whatever its case? */
static bool fits(onr_sv want, onr_sv word)
{
    const bool open = want.n > 1 && want.p[want.n - 1] == '*';
    const size_t n = open ? want.n - 1 : want.n;
    if (open ? word.n < n : word.n != n) return false;
    for (size_t i = 0; i < n; i++)
        if (low(word.p[i]) != want.p[i]) return false;
    return true;
}

static bool has_word(onr_sv want, onr_sv phrase, const onr_token *t, uint32_t beg, uint32_t end)
{
    for (onr_sv rest = phrase, word; next_word(&rest, &word);)
        if (fits(want, word)) return true;
    for (uint32_t i = beg; i < end; i++)
        if (fits(want, t[i].lower) || fits(want, t[i].lemma)) return true;
    return false;
}

onr_sv onri_issue_find(const onri_issue_list *list, onr_sv phrase, const onr_token *t, uint32_t beg,
                       uint32_t end)
{
    const pattern *best = NULL;
    for (uint32_t i = 0; list && i < list->patterns.n; i++) {
        const pattern *p = &list->patterns.at[i];
        if (best && p->n <= best->n) continue;
        uint32_t k = 0;
        while (k < p->n && has_word(p->word[k], phrase, t, beg, end)) k++;
        if (k == p->n) best = p;
    }
    return best ? list->names.at[best->issue] : (onr_sv){ "", 0 };
}
