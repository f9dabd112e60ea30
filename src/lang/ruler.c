/* The attribute ruler, compiled: each token pattern is two bit masks (tags, labels), a bitmap over
 * the words asked for, and flags; patterns are listed by the tags that can begin them.
 *
 * Follows spaCy's AttributeRuler (MIT) after its description: all patterns look at the document as
 * it was before; of two entries that set an attribute the later one wins. Code own. Left out:
 * operators and attributes that the English models do not use; the model file refuses them. */
#include "lang/ruler.h"

enum { ANY_SPACE = 2 };
_Static_assert(ONR_TAG__COUNT <= 64 && ONR_DEP__COUNT <= 64, "labels fit a 64-bit mask");

/* Pattern of one token. */
typedef struct spec {
    uint64_t tags, deps;
    const uint8_t *words; /* bit k: class k fits; NULL: any word */
    uint8_t re;           /* bits that must be in onri_word.ruler_re */
    uint8_t space;        /* 0, 1 or ANY_SPACE */
} spec;

typedef struct pattern {
    uint32_t first, n; /* in specs */
    uint32_t entry;
    int32_t target; /* the token it sets, from its first */
} pattern;

struct onri_ruler {
    const onr_model *model;
    onr_arena mem;
    onri_atoms words;
    spec *specs;
    pattern *patterns;
    const uint32_t *of_tag[64]; /* patterns that a token of the tag can begin, in order */
    uint32_t n_of_tag[64];
};

const onri_atoms *onri_ruler_words(const onri_ruler *r)
{
    return &r->words;
}

static bool number_words(onri_ruler *r)
{
    const onr_model *m = r->model;
    for (uint32_t c = 0; c < m->n_ruler_conds; c++) {
        const onri_ruler_cond *cond = &m->ruler_conds[c];
        if (cond->attr != ONRI_RULER_LOWER || cond->op != ONRI_RULER_IN) continue;
        for (uint32_t k = 0; k < cond->n; k++)
            if (onri_atom(&r->words, onri_model_str(m, m->ruler_words[cond->first + k])) ==
                ONR_NONE)
                return false;
    }
    return true;
}

/* Narrow the spec's words to those of the condition. */
static bool add_words(onri_ruler *r, spec *s, const onri_ruler_cond *cond)
{
    const onr_model *m = r->model;
    const size_t bytes = r->words.words.n / 8 + 1;
    uint8_t *bits = onr_alloc(&r->mem, bytes);
    if (!bits) return false;
    for (uint32_t k = 0; k < cond->n; k++) {
        const onr_sv w = onri_model_str(m, m->ruler_words[cond->first + k]);
        const uint32_t a = onri_atom_find(&r->words, w);
        bits[a / 8] |= (uint8_t)(1u << a % 8);
    }
    for (size_t i = 0; s->words && i < bytes; i++) bits[i] &= s->words[i];
    s->words = bits;
    return true;
}

static bool add_condition(onri_ruler *r, spec *s, const onri_ruler_cond *cond)
{
    uint64_t mask = 0;
    switch ((onri_ruler_attr)cond->attr) {
    case ONRI_RULER_IS_SPACE:
        s->space = cond->flag;
        return true;
    case ONRI_RULER_LOWER:
        if (cond->op == ONRI_RULER_IN) return add_words(r, s, cond);
        s->re |= (uint8_t)(1u << cond->flag);
        return true;
    case ONRI_RULER_TAG:
    case ONRI_RULER_DEP:
        for (uint32_t k = 0; k < cond->n; k++)
            mask |= UINT64_C(1) << (r->model->ruler_ids[cond->first + k] & 63);
        if (cond->op == ONRI_RULER_NOT_IN) mask = ~mask;
        if (cond->attr == ONRI_RULER_TAG)
            s->tags &= mask;
        else
            s->deps &= mask;
        return true;
    }
    onri_bug("a condition of the ruler", __FILE__, __LINE__); /* the model file was checked */
}

static bool compile(onri_ruler *r)
{
    const onr_model *m = r->model;
    r->specs = ONRI_NEW_N(&r->mem, m->n_ruler_specs, spec);
    r->patterns = ONRI_NEW_N(&r->mem, m->n_ruler_alts, pattern);
    if (!r->specs || !r->patterns) return false;
    for (uint32_t i = 0; i < m->n_ruler_specs; i++) {
        spec *s = &r->specs[i];
        *s = (spec){ .tags = ~UINT64_C(0), .deps = ~UINT64_C(0), .space = ANY_SPACE };
        for (uint32_t c = 0; c < m->ruler_specs[i].n; c++)
            if (!add_condition(r, s, &m->ruler_conds[m->ruler_specs[i].first + c])) return false;
    }
    for (uint32_t i = 0; i < m->n_ruler_alts; i++) {
        const onri_ruler_alt *a = &m->ruler_alts[i];
        const int32_t index = m->ruler_entries[a->entry].index;
        r->patterns[i] =
            (pattern){ a->first, a->n, a->entry, index < 0 ? (int32_t)a->n + index : index };
    }
    return true;
}

static bool list_by_tag(onri_ruler *r)
{
    const uint32_t n = r->model->n_ruler_alts;
    for (unsigned tag = 0; tag < ONR_TAG__COUNT; tag++) {
        uint32_t *list = ONRI_NEW_N(&r->mem, n ? n : 1, uint32_t);
        if (!list) return false;
        r->of_tag[tag] = list;
        for (uint32_t i = 0; i < n; i++)
            if (r->specs[r->patterns[i].first].tags >> tag & 1) list[r->n_of_tag[tag]++] = i;
    }
    return true;
}

onr_status onri_ruler_new(const onr_model *model, onri_ruler **out, onr_error *err)
{
    onri_ruler *r = onri_heap_alloc(sizeof *r);
    if (!r) return onri_fail(err, ONR_E_NOMEM, "ruler", "no memory to start");
    *r = (onri_ruler){ .model = model, .mem = onr_arena_make(64 * ONR_MIB) };
    onri_atoms_init(&r->words, &r->mem);
    if (model->n_ruler_entries >= UINT16_MAX || !number_words(r) || !compile(r) ||
        !list_by_tag(r)) {
        onri_ruler_free(r);
        return onri_fail(err, ONR_E_NOMEM, "ruler", "no memory to start");
    }
    *out = r;
    return ONR_OK;
}

void onri_ruler_free(onri_ruler *r)
{
    if (!r) return;
    onr_arena_drop(&r->mem);
    onri_heap_free(r);
}

static bool fits(const spec *s, const onri_ruler_in *t)
{
    if (!(s->tags >> t->tag & 1) || !(s->deps >> t->dep & 1)) return false;
    const onri_word *w = t->word;
    if (s->space != ANY_SPACE && s->space != w->is_space) return false;
    if ((w->ruler_re & s->re) != s->re) return false;
    if (!s->words) return true;
    const uint32_t k = w->lower_class;
    return k != ONR_NONE && (s->words[k / 8] >> k % 8 & 1);
}

/* Let the entry set what it sets, unless a later one has. */
static void apply(const onr_model *m, uint32_t entry, onri_ruler_out *t)
{
    const onri_ruler_entry *e = &m->ruler_entries[entry];
    const uint16_t id = (uint16_t)(entry + 1);
    if (e->set_pos && id > t->pos) t->pos = id;
    if (e->set_morph && id > t->morph) t->morph = id;
    if (e->set_lemma && id > t->lemma) t->lemma = id;
    if (e->set_tag && id > t->tag) t->tag = id;
    if (e->set_dep && id > t->dep) t->dep = id;
}

void onri_ruler_run(const onri_ruler *r, const onri_ruler_in *in, size_t n, onri_ruler_out *out)
{
    memset(out, 0, n * sizeof *out);
    for (size_t i = 0; i < n; i++) {
        const uint32_t *list = r->of_tag[in[i].tag];
        for (uint32_t k = 0; k < r->n_of_tag[in[i].tag]; k++) {
            const pattern *p = &r->patterns[list[k]];
            if (p->n > n - i) continue;
            uint32_t j = 0;
            while (j < p->n && fits(&r->specs[p->first + j], &in[i + j])) j++;
            if (j < p->n) continue;
            apply(r->model, p->entry, &out[i + (size_t)p->target]);
        }
    }
}
