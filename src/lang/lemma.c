/* The rule lemmatizer: base forms by morphology, then suffix rules checked against an index of
 * known lemmas, then exceptions.
 *
 * Follows spaCy's lemmatizer in mode "rule" (spacy/pipeline/lemmatizer.py and
 * lang/en/lemmatizer.py, MIT) after its description; code own. Default is the order of rules the
 * models were built with (spaCy up to 3.8.7); later ones let the last rule that gives a known lemma
 * win, for the worse: hopes -> hop. Left out: the look-up mode. */
#include "lang/lemma.h"

#include "lang/unicode.h"

enum {
    FORMS_MAX = 64
}; /* candidates of one word; the tables give at most 9 rules and 4 exceptions */

typedef struct forms {
    onr_sv at[FORMS_MAX];
    uint32_t n;
} forms;

uint8_t onri_morph_bits(onr_sv morph)
{
    static const struct {
        const char *feature;
        uint8_t bits;
    } known[] = {
        { "Number=Sing", ONRI_MORPH_SING | ONRI_MORPH_NUMBER },
        { "VerbForm=Inf", ONRI_MORPH_INF },
        { "VerbForm=Fin", ONRI_MORPH_FIN },
        { "VerbForm=None", ONRI_MORPH_NO_VERB },
        { "Tense=Pres", ONRI_MORPH_PRES },
        { "Degree=Pos", ONRI_MORPH_POS },
    };
    uint8_t bits = 0;
    onr_sv feature, rest = morph;
    while (onri_split(&rest, '|', &feature)) {
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (onri_eqz(feature, known[i].feature)) bits |= known[i].bits;
        if (onri_starts(feature, ONR_SV("Number="))) bits |= ONRI_MORPH_NUMBER;
    }
    return bits;
}

static bool is_base_form(onr_pos pos, unsigned m)
{
    if (pos == ONR_POS_NOUN && m & ONRI_MORPH_SING) return true;
    if (pos == ONR_POS_VERB && (m & (ONRI_MORPH_FIN | ONRI_MORPH_PRES | ONRI_MORPH_NUMBER)) ==
                                   (ONRI_MORPH_FIN | ONRI_MORPH_PRES))
        return true;
    return (m & (ONRI_MORPH_INF | ONRI_MORPH_NO_VERB | ONRI_MORPH_POS)) != 0;
}

static bool in_index(const onri_lemma_pos *t, onr_sv form)
{
    const uint64_t id = onri_strid(form);
    size_t lo = 0, hi = t->n_index;
    while (lo < hi) {
        const size_t mid = lo + (hi - lo) / 2;
        if (t->index[mid] == id) return true;
        if (t->index[mid] < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return false;
}

static void insert(forms *f, uint32_t at, onr_sv form)
{
    if (f->n == FORMS_MAX) return;
    memmove(&f->at[at + 1], &f->at[at], (f->n - at) * sizeof *f->at);
    f->at[at] = form;
    f->n++;
}

static bool has(const forms *f, onr_sv form)
{
    for (uint32_t i = 0; i < f->n; i++)
        if (onri_eq(f->at[i], form)) return true;
    return false;
}

/* Forms that the rules make of the word: known ones in f, others in oov. False: out of memory. */
static bool apply_rules(const onr_model *m, const onri_lemma_pos *t, onr_sv low, bool newer,
                        onr_arena *mem, forms *f, forms *oov)
{
    for (uint32_t r = 0; r < t->n_rules; r++) {
        const onr_sv old = onri_model_str(m, t->rules[r].old),
                     new_ = onri_model_str(m, t->rules[r].new_);
        if (!onri_ends(low, old) || low.n - old.n + new_.n == 0) continue;
        char *p = onr_alloc(mem, low.n - old.n + new_.n);
        if (!p) return false;
        memcpy(p, low.p, low.n - old.n);
        if (new_.n) memcpy(p + low.n - old.n, new_.p, new_.n);
        const onr_sv form = onri_sv(p, low.n - old.n + new_.n);
        const bool known = in_index(t, form);
        if (known || !onri_is_alpha(form))
            insert(f, newer && known ? 0 : f->n, form);
        else
            insert(oov, oov->n, form);
    }
    /* Keep the first of equal forms. */
    uint32_t n = 0;
    for (uint32_t i = 0; i < f->n; i++) {
        bool twice = false;
        for (uint32_t k = 0; k < n; k++) twice |= onri_eq(f->at[k], f->at[i]);
        if (!twice) f->at[n++] = f->at[i];
    }
    f->n = n;
    return true;
}

static const onri_lemma_pos *table_of(const onr_model *m, onr_pos pos)
{
    for (uint32_t i = 0; i < m->n_lemma; i++) {
        const onri_lemma_pos *t = &m->lemma[i];
        if (t->pos == pos && (t->n_rules || t->exc.n || t->n_index)) return t;
    }
    return NULL;
}

static onri_lemma named(const onri_word *w, onr_sv s)
{
    if (onri_eq(s, w->lower)) return (onri_lemma){ ONRI_LEMMA_LOWER, w->lower };
    if (onri_eq(s, w->text)) return (onri_lemma){ ONRI_LEMMA_TEXT, w->text };
    return (onri_lemma){ ONRI_LEMMA_OTHER, s };
}

bool onri_lemmatize(const onr_model *m, const onri_word *w, onr_pos pos, uint8_t morph_bits,
                    bool newer, onr_arena *mem, onri_lemma *out)
{
    const onri_lemma_pos *t = table_of(m, pos);
    *out = (onri_lemma){ ONRI_LEMMA_LOWER, w->lower };
    if (pos == ONR_POS_NONE || pos == ONR_POS_SPACE || is_base_form(pos, morph_bits)) return true;
    if (!t) {
        if (pos == ONR_POS_PROPN) *out = (onri_lemma){ ONRI_LEMMA_TEXT, w->text };
        return true;
    }
    forms f = { .n = 0 }, oov = { .n = 0 };
    if (!apply_rules(m, t, w->lower, newer, mem, &f, &oov)) return false;
    const uint32_t row = t->exc.n ? onri_table64_get(&t->exc, onri_strid(w->lower)) : ONR_NONE;
    if (row != ONR_NONE) {
        const uint32_t n = m->lemma_lists[row];
        for (uint32_t k = 0; k < n; k++) {
            const onr_sv e = onri_model_str(m, m->lemma_words[m->lemma_lists[row + 1 + k]]);
            if (!has(&f, e)) insert(&f, 0, e);
        }
    }
    if (f.n)
        *out = named(w, f.at[0]);
    else if (oov.n)
        *out = named(w, oov.at[0]);
    else
        *out = (onri_lemma){ ONRI_LEMMA_TEXT, w->text };
    return true;
}
