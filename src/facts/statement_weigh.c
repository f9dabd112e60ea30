/* How probable it is that a candidate is a statement: a logistic regression over plain features,
 * fitted by tools/fit_statements.py to openly licensed articles; data/statements/weights.tsv.
 * Source: own. */
#include "facts/statement_i.h"

#include <math.h>

onr_status onri_statement_weights_load(onr_arena *mem, onri_statement_know *know, onr_sv tsv,
                                       onr_error *err)
{
    onri_atoms_init(&know->features, mem);
    know->threshold = 0.0f;
    ONRI_VEC(float) w = { 0 };
    onr_sv rest = tsv, line, name, value;
    while (tsv.p && onri_split(&rest, '\n', &line)) {
        if (line.n == 0 || line.p[0] == '#') continue;
        double v;
        if (!onri_split(&line, '\t', &name) || !onri_split(&line, '\t', &value) ||
            !onri_parse_double(value, &v))
            return onri_fail(err, ONR_E_SYNTAX, "statements", "weights.tsv: a row without number");
        if (onri_eqz(name, "threshold-nested")) {
            know->threshold_nested = (float)v;
            continue;
        }
        if (onri_eqz(name, "threshold-quoted")) {
            know->threshold_quoted = (float)v;
            continue;
        }
        if (onri_eqz(name, "threshold")) {
            know->threshold = (float)v;
            continue;
        }
        if (onri_atom(&know->features, name) != w.n)
            return onri_fail(err, ONR_E_SYNTAX, "statements", "weights.tsv: '%.*s' stands twice",
                             (int)(name.n < 60 ? name.n : 60), name.p);
        float *to = ONRI_PUSH(mem, &w);
        if (!to) return onri_fail_mem(err, mem, "statements");
        *to = (float)v;
    }
    know->weight = w.at;
    return ONR_OK;
}

/* ---- features ------------------------------------------------------------------------------- */

typedef struct feature_out {
    st_feature_fn fn;
    void *ctx;
    char buf[128];
    size_t n;
} feature_out;

static void put(feature_out *f, const char *s, size_t n)
{
    if (n > sizeof f->buf - f->n) n = sizeof f->buf - f->n;
    memcpy(f->buf + f->n, s, n);
    f->n += n;
}

/* name=a or name=a|b */
static void emit(feature_out *f, const char *name, onr_sv a, onr_sv b)
{
    f->n = 0;
    put(f, name, strlen(name));
    put(f, "=", 1);
    put(f, a.p ? a.p : "", a.n);
    if (b.p) {
        put(f, "|", 1);
        put(f, b.p, b.n);
    }
    f->fn(f->ctx, (onr_sv){ f->buf, f->n });
}

static onr_sv source_class(const st_run *r, const st_cand *c)
{
    static const char *const persons[] = { "he", "she", "they", "i", "we", "you", NULL };
    if (c->source.beg >= c->source.end) return ONR_SV("none");
    if (c->source_token == ONR_NONE) return ONR_SV("line");
    const onr_token *k = st_tok(r, c->source_token);
    for (int i = 0; persons[i]; i++)
        if (onri_eqz(k->lower, persons[i])) return ONR_SV("person-pronoun");
    if (st_lemma_in(r, c->source_token, r->know->t_rel, NULL, NULL)) return ONR_SV("relative");
    if (k->pos == ONR_POS_PRON || k->pos == ONR_POS_DET) return ONR_SV("pronoun");
    if (k->ent != ONR_ENT_NONE) return onri_svz(onr_ent_name((onr_ent)k->ent));
    if (k->pos == ONR_POS_PROPN) return ONR_SV("name");
    return k->tag == ONR_TAG_NNS    ? ONR_SV("nouns")
           : k->pos == ONR_POS_NOUN ? ONR_SV("noun")
                                    : ONR_SV("other");
}

static onr_sv length_class(uint32_t words)
{
    return words <= 1   ? ONR_SV("1")
           : words <= 2 ? ONR_SV("2")
           : words <= 4 ? ONR_SV("4")
           : words <= 8 ? ONR_SV("8")
           : words < 16 ? ONR_SV("16")
                        : ONR_SV("more");
}

static onr_sv modal_of(const st_run *r, uint32_t v)
{
    ONRI_EACH_CHILD (&r->tree, c, v)
        if (st_tok(r, c)->tag == ONR_TAG_MD || st_tok(r, c)->tag == ONR_TAG_TO)
            return st_tok(r, c)->lower;
    return ONR_SV("no");
}

/* Last word of the cue, lower-cased, if it is not the root: the preposition, mostly. */
static onr_sv last_word(const st_run *r, const st_cand *c)
{
    for (uint32_t i = c->root; i < r->parse->n_tokens && st_tok(r, i)->beg < c->cue.end; i++)
        if (st_tok(r, i)->end == c->cue.end && i != c->root) return st_tok(r, i)->lower;
    return (onr_sv){ "", 0 };
}

/* What stands before a noun: the, a, this, its, no, …; of pronouns and bare nouns, none. */
static onr_sv determiner_of(const st_run *r, uint32_t n)
{
    ONRI_EACH_CHILD (&r->tree, c, n) {
        const onr_token *k = st_tok(r, c);
        if (k->dep == ONR_DEP_POSS) return ONR_SV("possessive");
        if (k->dep == ONR_DEP_DET && c < n) return k->lower;
        if (k->dep == ONR_DEP_NUMMOD && c < n) return ONR_SV("number");
    }
    return ONR_SV("none");
}

void st_features(const st_run *r, const st_cand *c, st_feature_fn fn, void *ctx)
{
    feature_out f = { .fn = fn, .ctx = ctx };
    const onr_sv none = { NULL, 0 }, rule = onri_svz(c->rule_id);
    size_t dot = 0;
    while (dot < rule.n && rule.p[dot] != '.') dot++;
    const onr_sv family = onri_sub(rule, 0, dot);
    const onr_sv source = source_class(r, c);
    emit(&f, "bias", ONR_SV("1"), none);
    emit(&f, "rule", rule, none);
    emit(&f, "source", source, none);
    emit(&f, "source", family, source);
    uint32_t words = 0;
    for (uint32_t i = 0; i < c->content.n; i++) words += st_words(r, c->content.at[i], 20);
    emit(&f, "words", length_class(words), none);
    emit(&f, "words", rule, length_class(words));
    emit(&f, "spans", c->content.n > 1 ? ONR_SV("many") : ONR_SV("one"), none);
    if (c->has_kind) {
        emit(&f, "kind", family, onri_svz(onr_statement_kind_name(c->kind)));
        emit(&f, "kind", onri_svz(onr_statement_kind_name(c->kind)), none);
    }
    const uint32_t q = onri_quote_at(&r->quotes, c->cue.beg);
    emit(&f, "cue-quoted", q != ONR_NONE ? ONR_SV("1") : ONR_SV("0"), family);
    bool quoted = false;
    for (uint32_t i = 0; i < c->content.n; i++)
        quoted |= onri_quote_at(&r->quotes, c->content.at[i].beg) != ONR_NONE ||
                  onri_quote_at(&r->quotes, c->content.at[i].end - 1) != ONR_NONE;
    emit(&f, "quoted", quoted ? ONR_SV("1") : ONR_SV("0"), family);
    if (c->root == ONR_NONE) return;
    const onr_token *k = st_tok(r, c->root);
    emit(&f, "lemma", k->lemma, none);
    emit(&f, "lemma", k->lemma, family);
    emit(&f, "tag", onri_svz(onr_tag_name((onr_tag)k->tag)), family);
    emit(&f, "dep", onri_svz(onr_dep_name((onr_dep)k->dep)), family);
    emit(&f, "modal", modal_of(r, c->root), none);
    if (c->negated) emit(&f, "negated", family, none);
    if (c->passive) emit(&f, "passive", family, none);
    const uint32_t tail_row = r->tree.lemma[c->root];
    const onr_sv class = onri_table_value(r->know->book, r->know->t_tail, tail_row, "class");
    emit(&f, "class", class.n ? class : ONR_SV("none"), rule);
    const onr_sv last = last_word(r, c);
    if (last.n) emit(&f, "last", last, family);
    const onr_sv frames = onri_table_value(r->know->book, r->know->t_verbs, tail_row, "frames");
    emit(&f, "frames", frames.n ? frames : ONR_SV("none"), family);
    if (c->comp != ONR_NONE) {
        const onr_token *m = st_tok(r, c->comp);
        const uint32_t comp_row = r->tree.lemma[c->comp];
        const onr_sv told = onri_table_value(r->know->book, r->know->t_nouns, comp_row, "kind");
        emit(&f, "noun", told.n ? told : ONR_SV("none"), family);
        emit(&f, "det", determiner_of(r, c->comp), family);
        emit(&f, "comp-tag", onri_svz(onr_tag_name((onr_tag)m->tag)), family);
        emit(&f, "comp", onri_svz(onr_pos_name((onr_pos)m->pos)), rule);
        emit(&f, "comp-ent", onri_svz(onr_ent_name((onr_ent)m->ent)), family);
        const uint32_t mark = onri_tree_child(&r->tree, c->comp, ONR_DEP_MARK);
        emit(&f, "mark", mark != ONR_NONE ? st_tok(r, mark)->lower : ONR_SV("none"), family);
    }
}

typedef struct sum {
    const onri_statement_know *know;
    double z;
} sum;

static void add_weight(void *ctx, onr_sv feature)
{
    sum *s = ctx;
    const uint32_t a = onri_atom_find(&s->know->features, feature);
    if (a != ONR_NONE) s->z += s->know->weight[a];
}

void st_weigh(st_run *r)
{
    for (uint32_t k = 0; k < r->cands.n; k++) {
        st_cand *c = &r->cands.at[k];
        if (c->lost || c->fixed_p) continue;
        sum s = { r->know, 0.0 };
        if (r->know->features.words.n) st_features(r, c, add_weight, &s);
        c->p = r->know->features.words.n ? (float)(1.0 / (1.0 + exp(-s.z))) : 0.5f;
    }
}
