/* The table of distinct words with their features: NORM, PREFIX, SUFFIX, SHAPE as ids.
 *
 * Sources: spaCy's attribute getters, word_shape and BASE_NORMS (spacy/lang/lex_attrs.py,
 * norm_exceptions.py, MIT), after their description; code own. BASE_NORMS stands here because the
 * packages do not hold it. Left out: attributes the pipelines do not use. */
#include "lang/words.h"

#include "lang/unicode.h"

typedef struct base_norm {
    const char *text, *norm;
} base_norm;

static const base_norm base_norms[] = {
    { "'s", "'s" },
    { "'S", "'s" },
    { "\u2019s", "'s" },
    { "\u2019S", "'s" },
    { "\u2019", "'" },
    { "\u2018", "'" },
    { "\u00B4", "'" },
    { "`", "'" },
    { "\u201D", "\"" },
    { "\u201C", "\"" },
    { "''", "\"" },
    { "``", "\"" },
    { "\u00B4\u00B4", "\"" },
    { "\u201E", "\"" },
    { "\u00BB", "\"" },
    { "\u00AB", "\"" },
    { "\u2018\u2018", "\"" },
    { "\u2019\u2019", "\"" },
    { "\uFF1F", "?" },
    { "\uFF01", "!" },
    { "\uFF0C", "," },
    { "\uFF1B", ";" },
    { "\uFF1A", ":" },
    { "\u3002", "." },
    { "\u0964", "." },
    { "\u2026", "..." },
    { "\u2014", "-" },
    { "\u2013", "-" },
    { "--", "-" },
    { "---", "-" },
    { "\u2014\u2014", "-" },
    { "\u20AC", "$" },
    { "\u00A3", "$" },
    { "\u00A5", "$" },
    { "\u0E3F", "$" },
    { "US$", "$" },
    { "C$", "$" },
    { "A$", "$" },
    { "\u20BA", "$" },
    { "\u20B9", "$" },
    { "\u09F3", "$" },
    { "\u20A9", "$" },
    { "Mex$", "$" },
    { "\u20A3", "$" },
    { "E\u00A3", "$" },
};
enum { N_BASE_NORMS = sizeof base_norms / sizeof *base_norms, BASE_NORM_MAX = 6 };

enum { SHAPE_LONG = 100, SHAPE_RUN = 4, SUFFIX_LEN = 3 };

void onri_words_init(onri_words *w, const onr_model *model, onri_word_classes classes)
{
    *w = (onri_words){ .model = model,
                       .classes = classes,
                       .mem = onr_arena_make(ONR_ARTICLE_MEM_MAX),
                       .scratch = onri_buf_make(4 * ONR_TEXT_MAX) };
}

void onri_words_drop(onri_words *w)
{
    onri_heap_free(w->at);
    onri_heap_free(w->slots);
    onr_arena_drop(&w->mem);
    onri_buf_drop(&w->scratch);
    *w = (onri_words){ 0 };
}

void onri_words_clear(onri_words *w)
{
    onr_arena_drop(&w->mem);
    if (w->n_slots) memset(w->slots, 0, (size_t)w->n_slots * sizeof *w->slots);
    w->n = 0;
    w->status = ONR_OK;
}

void onri_words_trim(onri_words *w)
{
    ONR_ASSERT(w->n == 0);
    onri_heap_free(w->at);
    onri_heap_free(w->slots);
    onri_buf_drop(&w->scratch);
    w->at = NULL;
    w->slots = NULL;
    w->cap = w->n_slots = 0;
}

size_t onri_words_bytes(const onri_words *w)
{
    return w->mem.total + (size_t)w->cap * sizeof *w->at + (size_t)w->n_slots * sizeof *w->slots;
}

void onri_shape(onri_buf *b, onr_sv text)
{
    const size_t start = b->n;
    uint32_t last = ONRI_BAD_CP;
    unsigned len, run = 0, count = 0;
    for (size_t i = 0; i < text.n; i += len) {
        uint32_t cp = onri_utf8_at(text, i, &len);
        if (++count >= SHAPE_LONG) {
            b->n = start;
            onri_buf_addz(b, "LONG");
            return;
        }
        if (onri_cp_alpha(cp))
            cp = onri_cp_upper(cp) ? 'X' : 'x';
        else if (onri_cp_digit(cp))
            cp = 'd';
        run = cp == last ? run + 1 : 0;
        last = cp;
        char out[4];
        if (run < SHAPE_RUN) onri_buf_add(b, onri_sv(out, onri_utf8_put(out, cp)));
    }
}

static const char *base_norm_of(onr_sv text)
{
    if (text.n > BASE_NORM_MAX) return NULL;
    for (int i = 0; i < N_BASE_NORMS; i++)
        if (onri_eqz(text, base_norms[i].text)) return base_norms[i].norm;
    return NULL;
}

static void set_norm(onri_words *w, onri_word *word)
{
    const uint32_t row = onri_table64_get(&w->model->norms, word->orth);
    const char *base = row == ONR_NONE ? base_norm_of(word->text) : NULL;
    if (row != ONR_NONE)
        word->norm = onri_model_str(w->model, w->model->norm_words[row]);
    else
        word->norm = base ? onri_svz(base) : word->lower;
}

/* Which of the ruler's three expressions match: ^n'?t$, ^n[ou]thin'$, ^y'?$. */
static uint8_t ruler_re(onr_sv low)
{
    unsigned bits = 0;
    if (onri_eqz(low, "nt") || onri_eqz(low, "n't")) bits |= 1u << ONRI_RE_NT;
    if (onri_eqz(low, "nothin'") || onri_eqz(low, "nuthin'")) bits |= 1u << ONRI_RE_NOTHIN;
    if (onri_eqz(low, "y") || onri_eqz(low, "y'")) bits |= 1u << ONRI_RE_Y;
    return (uint8_t)bits;
}

static void set_affixes(onri_word *word)
{
    const onr_sv t = word->text;
    unsigned len = 0;
    if (t.n) (void)onri_utf8_at(t, 0, &len);
    word->prefix = onri_strid(onri_sub(t, 0, len));
    size_t at = t.n;
    for (int k = 0; k < SUFFIX_LEN && at > 0; k++) {
        (void)onri_utf8_before(t, at, &len);
        at -= len;
    }
    word->suffix = onri_strid(onri_sub(t, at, t.n));
}

/* Everything of a word from its text and, if the norm is given, that. False: out of memory. */
static bool make_word(onri_words *w, onri_word *word, onr_sv text, const onr_sv *norm)
{
    *word = (onri_word){ .text = onri_dup(&w->mem, text) };
    if (!word->text.p) return false;
    onri_buf_clear(&w->scratch);
    word->lower = onri_lower(&w->scratch, word->text);
    if (word->lower.p != word->text.p) word->lower = onri_dup(&w->mem, word->lower);
    word->orth = onri_strid(text);
    if (norm)
        word->norm = onri_dup(&w->mem, *norm);
    else
        set_norm(w, word);
    if (!word->lower.p || !word->norm.p) return false;
    word->norm_given = norm != NULL;
    word->norm_id = onri_strid(word->norm);
    set_affixes(word);
    onri_buf_clear(&w->scratch);
    onri_shape(&w->scratch, word->text);
    word->shape = onri_strid(onri_buf_sv(&w->scratch));
    word->is_space = onri_is_space(word->text);
    word->ruler_re = ruler_re(word->lower);
    word->trie = w->classes.trie ? onri_atom_find(w->classes.trie, word->text) : ONR_NONE;
    word->lower_class = w->classes.lower ? onri_atom_find(w->classes.lower, word->lower) : ONR_NONE;
    if (w->scratch.status != ONR_OK) w->mem.status = w->scratch.status;
    return w->scratch.status == ONR_OK;
}

static uint32_t hash_of(onr_sv text, const onr_sv *norm)
{
    return (uint32_t)(onri_hash(text) + (norm ? onri_hash(*norm) * 31 + 1 : 0));
}

static uint32_t *slot_of(const onri_words *w, onr_sv text, const onr_sv *norm)
{
    uint32_t i = hash_of(text, norm) & (w->n_slots - 1);
    for (; w->slots[i]; i = (i + 1) & (w->n_slots - 1)) {
        const onri_word *have = &w->at[w->slots[i] - 1];
        if (have->norm_given == (norm != NULL) && onri_eq(have->text, text) &&
            (!norm || onri_eq(have->norm, *norm)))
            break;
    }
    return &w->slots[i];
}

static bool grow(onri_words *w)
{
    if (w->n == w->cap) {
        const uint32_t cap = w->cap ? w->cap * 2 : 1024;
        size_t bytes;
        onri_word *at = cap > w->cap && onr_mul(cap, sizeof *at, &bytes)
                            ? onri_heap_realloc(w->at, bytes)
                            : NULL;
        if (!at) return false;
        w->at = at;
        w->cap = cap;
    }
    if ((uint64_t)(w->n + 1) * 2 <= w->n_slots) return true;
    const uint32_t n_slots = w->n_slots ? w->n_slots * 2 : 2048;
    uint32_t *slots =
        n_slots > w->n_slots ? onri_heap_alloc((size_t)n_slots * sizeof *slots) : NULL;
    if (!slots) return false;
    memset(slots, 0, (size_t)n_slots * sizeof *slots);
    onri_heap_free(w->slots);
    w->slots = slots;
    w->n_slots = n_slots;
    for (uint32_t i = 0; i < w->n; i++) {
        const onri_word *word = &w->at[i];
        *slot_of(w, word->text, word->norm_given ? &word->norm : NULL) = i + 1;
    }
    return true;
}

uint32_t onri_word_find(onri_words *w, onr_sv text, const onr_sv *norm)
{
    if (w->status != ONR_OK) return ONR_NONE;
    if (!grow(w)) {
        w->status = ONR_E_NOMEM;
        return ONR_NONE;
    }
    uint32_t *slot = slot_of(w, text, norm);
    if (*slot) return *slot - 1;
    if (!make_word(w, &w->at[w->n], text, norm)) {
        w->status = w->mem.status == ONR_OK ? ONR_E_NOMEM : w->mem.status;
        return ONR_NONE;
    }
    *slot = ++w->n;
    return w->n - 1;
}
