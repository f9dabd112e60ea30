/* The importer's part for the attribute ruler: patterns over tokens to tables.
 * Source: spaCy's attribute_ruler/patterns and its matcher's semantics for the keys these files
 * use. Leaves out: every other key and operator: refused, so that no rule is silently lost. */
#include "lang/import.h"

typedef struct ruler {
    onri_import *im;
    ONRI_VEC(onri_ruler_entry) entries;
    ONRI_VEC(onri_ruler_alt) alts;
    ONRI_VEC(onri_ruler_spec) specs;
    ONRI_VEC(onri_ruler_cond) conds;
    ONRI_VEC(onri_str) words;
    ONRI_VEC(uint8_t) ids;
} ruler;

static onr_status refuse(ruler *r, const char *what)
{
    return onri_import_refuse(r->im, "attribute_ruler/patterns, entry %u: %s", r->entries.n, what);
}

static char upper(char c)
{
    return (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

/* Keys are case-insensitive. */
static bool key_is(const onri_mp *k, const char *word)
{
    const size_t n = strlen(word);
    if (k->kind != ONRI_MP_STR || k->v.s.n != n) return false;
    for (size_t i = 0; i < n; i++)
        if (upper(k->v.s.p[i]) != word[i]) return false;
    return true;
}

/* One value of a condition: a tag or label as its number ("" = unset = 0), a word as itself. A tag
 * or label that onrecord/parse.h does not list can come from no model that is let in (BES, HVS and
 * two quote marks are older tags that the rules still name): it is left out, and changes nothing.
 */
static onr_status add_value(ruler *r, onri_ruler_cond *c, const onri_mp *v)
{
    if (v->kind != ONRI_MP_STR) return refuse(r, "a value that is no word");
    if (c->attr == ONRI_RULER_LOWER) {
        onri_str *w = ONRI_PUSH(&r->im->mem, &r->words);
        if (!w) return onri_import_no_memory(r->im);
        *w = onri_import_word(r->im, v->v.s);
        c->n++;
        return w->n == UINT32_MAX ? onri_import_no_memory(r->im) : ONR_OK;
    }
    const uint32_t id =
        c->attr == ONRI_RULER_TAG ? onri_import_tag(v->v.s) : onri_import_dep(v->v.s);
    if (id == ONR_NONE) return ONR_OK;
    uint8_t *to = ONRI_PUSH(&r->im->mem, &r->ids);
    if (!to) return onri_import_no_memory(r->im);
    *to = (uint8_t)id;
    c->n++;
    return ONR_OK;
}

static onr_status set_regex(ruler *r, onri_ruler_cond *c, const onri_mp *v)
{
    static const char *const known[] = {
        [ONRI_RE_NT] = "^n'?t$", [ONRI_RE_NOTHIN] = "^n[ou]thin'$", [ONRI_RE_Y] = "^y'?$"
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!onri_mp_text_is(v, known[i])) continue;
        c->op = ONRI_RULER_REGEX;
        c->flag = (uint8_t)i;
        return ONR_OK;
    }
    return refuse(r, "a REGEX that is not known");
}

/* {"IN": [...]}, {"NOT_IN": [...]}, {"REGEX": "..."}. */
static onr_status set_operator(ruler *r, onri_ruler_cond *c, const onri_mp *v)
{
    if (v->n != 1) return refuse(r, "not one operator");
    const onri_mp *op = &v->v.at[0], *arg = &v->v.at[1];
    const bool lower = c->attr == ONRI_RULER_LOWER;
    if (key_is(op, "REGEX") && lower) return set_regex(r, c, arg);
    if (key_is(op, "NOT_IN") && !lower)
        c->op = ONRI_RULER_NOT_IN;
    else if (key_is(op, "IN"))
        c->op = ONRI_RULER_IN;
    else
        return refuse(r, "an operator that is not known");
    if (arg->kind != ONRI_MP_ARRAY) return refuse(r, "an operator without a list");
    for (uint32_t i = 0; i < arg->n; i++) {
        const onr_status st = add_value(r, c, &arg->v.at[i]);
        if (st != ONR_OK) return st;
    }
    return ONR_OK;
}

static onr_status add_cond(ruler *r, const onri_mp *key, const onri_mp *v)
{
    onri_ruler_cond *c = ONRI_PUSH(&r->im->mem, &r->conds);
    if (!c) return onri_import_no_memory(r->im);
    if (key_is(key, "IS_SPACE")) {
        c->attr = ONRI_RULER_IS_SPACE;
        c->op = ONRI_RULER_ANY;
        if (v->kind != ONRI_MP_BOOL) return refuse(r, "IS_SPACE that is neither true nor false");
        c->flag = v->v.b;
        return ONR_OK;
    }
    if (key_is(key, "TAG"))
        c->attr = ONRI_RULER_TAG;
    else if (key_is(key, "LOWER"))
        c->attr = ONRI_RULER_LOWER;
    else if (key_is(key, "DEP"))
        c->attr = ONRI_RULER_DEP;
    else
        return refuse(r, "a key that is not known");
    c->first = c->attr == ONRI_RULER_LOWER ? r->words.n : r->ids.n;
    c->op = ONRI_RULER_IN;
    return v->kind == ONRI_MP_MAP ? set_operator(r, c, v) : add_value(r, c, v);
}

static onr_status add_alternative(ruler *r, const onri_mp *list)
{
    onri_ruler_alt *a = ONRI_PUSH(&r->im->mem, &r->alts);
    if (!a) return onri_import_no_memory(r->im);
    if (list->kind != ONRI_MP_ARRAY || list->n == 0) return refuse(r, "an empty pattern");
    a->entry = r->entries.n - 1;
    a->first = r->specs.n;
    a->n = list->n;
    const int32_t index = r->entries.at[a->entry].index;
    if (index >= (int64_t)list->n || index < -(int64_t)list->n)
        return refuse(r, "an index outside its pattern");
    for (uint32_t i = 0; i < list->n; i++) {
        const onri_mp *token = &list->v.at[i];
        onri_ruler_spec *s = ONRI_PUSH(&r->im->mem, &r->specs);
        if (!s) return onri_import_no_memory(r->im);
        if (token->kind != ONRI_MP_MAP) return refuse(r, "a token that is no map");
        s->first = r->conds.n;
        s->n = token->n;
        for (uint32_t k = 0; k < token->n; k++) {
            const onr_status st = add_cond(r, &token->v.at[2 * k], &token->v.at[2 * k + 1]);
            if (st != ONR_OK) return st;
        }
    }
    return ONR_OK;
}

/* Sort the pieces of s between `sep` and join them again, in place. Few and short. */
static void sort_pieces(char *s, size_t n, char sep)
{
    onr_sv piece[32];
    char copy[256];
    size_t k = 0;
    if (n >= sizeof copy) return;
    memcpy(copy, s, n);
    onr_sv rest = onri_sv(copy, n);
    while (k < 32 && onri_split(&rest, sep, &piece[k])) {
        size_t i = k++;
        for (; i > 0 && onri_cmp(piece[i], piece[i - 1]) < 0; i--) {
            const onr_sv t = piece[i];
            piece[i] = piece[i - 1];
            piece[i - 1] = t;
        }
    }
    if (rest.p) return; /* more pieces than any feature has: left as they are */
    for (size_t i = 0, at = 0; i < k; i++) {
        if (piece[i].n) memcpy(s + at, piece[i].p, piece[i].n);
        at += piece[i].n;
        if (i + 1 < k) s[at++] = sep;
    }
}

/* "B=2,1|A=1" to "A=1|B=1,2"; "_" to "". */
static onr_status set_morph(ruler *r, onri_ruler_entry *e, onr_sv v)
{
    char s[256];
    if (v.n >= sizeof s) return refuse(r, "a MORPH over 255 bytes");
    if (onri_eqz(v, "_")) v.n = 0;
    if (v.n) memcpy(s, v.p, v.n);
    for (size_t i = 0, beg = 0; i <= v.n; i++) {
        if (i < v.n && s[i] == '=') beg = i + 1;
        if (i < v.n && s[i] != '|') continue;
        sort_pieces(s + beg, i - beg, ',');
        beg = i + 1;
    }
    sort_pieces(s, v.n, '|');
    e->set_morph = true;
    e->morph = onri_import_word(r->im, onri_sv(s, v.n));
    return e->morph.n == UINT32_MAX ? onri_import_no_memory(r->im) : ONR_OK;
}

static onr_status set_label(ruler *r, uint32_t id, bool *set, uint8_t *to)
{
    if (id == ONR_NONE || id == 0) return refuse(r, "an attribute with a value that is not known");
    *set = true;
    *to = (uint8_t)id;
    return ONR_OK;
}

static onr_status set_attr(ruler *r, onri_ruler_entry *e, const onri_mp *key, const onri_mp *v)
{
    if (v->kind != ONRI_MP_STR) return refuse(r, "an attribute that is no word");
    if (key_is(key, "MORPH")) return set_morph(r, e, v->v.s);
    if (key_is(key, "POS")) return set_label(r, onri_import_pos(v->v.s), &e->set_pos, &e->pos);
    if (key_is(key, "TAG")) return set_label(r, onri_import_tag(v->v.s), &e->set_tag, &e->tag);
    if (key_is(key, "DEP")) return set_label(r, onri_import_dep(v->v.s), &e->set_dep, &e->dep);
    if (!key_is(key, "LEMMA")) return refuse(r, "an attribute that is not known");
    e->set_lemma = true;
    e->lemma = onri_import_word(r->im, v->v.s);
    return e->lemma.n == UINT32_MAX ? onri_import_no_memory(r->im) : ONR_OK;
}

static onr_status add_entry(ruler *r, const onri_mp *v)
{
    onri_ruler_entry *e = ONRI_PUSH(&r->im->mem, &r->entries);
    if (!e) return onri_import_no_memory(r->im);
    const onri_mp *patterns = onri_mp_get(v, "patterns"), *attrs = onri_mp_get(v, "attrs"),
                  *index = onri_mp_get(v, "index");
    if (!onri_mp_is(patterns, ONRI_MP_ARRAY) || !onri_mp_is(attrs, ONRI_MP_MAP) || v->n != 3)
        return refuse(r, "not patterns, attrs and index");
    if ((!onri_mp_is(index, ONRI_MP_UINT) || index->v.u > 64) &&
        (!onri_mp_is(index, ONRI_MP_INT) || index->v.i < -64))
        return refuse(r, "an index that is none");
    e->index = (int32_t)index->v.i;
    for (uint32_t i = 0; i < attrs->n; i++) {
        const onr_status st = set_attr(r, e, &attrs->v.at[2 * i], &attrs->v.at[2 * i + 1]);
        if (st != ONR_OK) return st;
    }
    for (uint32_t i = 0; i < patterns->n; i++) {
        const onr_status st = add_alternative(r, &patterns->v.at[i]);
        if (st != ONR_OK) return st;
    }
    return ONR_OK;
}

onr_status onri_import_ruler(onri_import *im)
{
    ruler r = { .im = im };
    const onri_mp *list;
    onr_status st = onri_import_msgpack(im, "attribute_ruler/patterns", &list);
    if (st != ONR_OK) return st;
    if (list->kind != ONRI_MP_ARRAY) return refuse(&r, "not a list");
    for (uint32_t i = 0; i < list->n; i++) {
        st = add_entry(&r, &list->v.at[i]);
        if (st != ONR_OK) return st;
    }
    onr_model *m = &im->m;
    m->ruler_entries = r.entries.at;
    m->n_ruler_entries = r.entries.n;
    m->ruler_alts = r.alts.at;
    m->n_ruler_alts = r.alts.n;
    m->ruler_specs = r.specs.at;
    m->n_ruler_specs = r.specs.n;
    m->ruler_conds = r.conds.at;
    m->n_ruler_conds = r.conds.n;
    m->ruler_words = r.words.at;
    m->n_ruler_words = r.words.n;
    m->ruler_ids = r.ids.at;
    m->n_ruler_ids = r.ids.n;
    return ONR_OK;
}
