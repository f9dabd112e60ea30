/* What the rest of the program takes for granted about a model, checked once: by the importer
 * before it writes, by the reader before it hands out. After this no index of a model can lead
 * outside it. Source: own. Leaves out: whether the weights are any good. */
#include "lang/model_format.h"

static onr_status bad(onr_error *err, const char *what)
{
    return onri_fail(err, ONR_E_MODEL, "model", "not a sound model: %s", what);
}

uint64_t onri_model_labels(void)
{
    uint64_t h = 1;
    for (uint32_t i = 0; i < ONR_POS__COUNT; i++)
        h = onri_hash_u64(h ^ onri_hash(onri_svz(onr_pos_name((onr_pos)i))));
    for (uint32_t i = 0; i < ONR_TAG__COUNT; i++)
        h = onri_hash_u64(h ^ onri_hash(onri_svz(onr_tag_name((onr_tag)i))));
    for (uint32_t i = 0; i < ONR_DEP__COUNT; i++)
        h = onri_hash_u64(h ^ onri_hash(onri_svz(onr_dep_name((onr_dep)i))));
    for (uint32_t i = 0; i < ONR_ENT__COUNT; i++)
        h = onri_hash_u64(h ^ onri_hash(onri_svz(onr_ent_name((onr_ent)i))));
    return h;
}

/* All finite. Written so that compilers run it in vectors: it passes over the whole network. */
static bool finite_all(const float *p, size_t n)
{
    uint32_t any = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t u;
        memcpy(&u, p + i, 4);
        any |= (u & 0x7F800000u) == 0x7F800000u;
    }
    return !any;
}

static bool maxout_is_sound(const onri_maxout *x, uint32_t n_in)
{
    return x->n_in == n_in && finite_all(x->w, (size_t)ONRI_WIDTH * ONRI_PIECES * n_in) &&
           finite_all(x->b, (size_t)ONRI_WIDTH * ONRI_PIECES) && finite_all(x->g, ONRI_WIDTH) &&
           finite_all(x->beta, ONRI_WIDTH);
}

static bool encoder_is_sound(const onri_tok2vec *t, uint32_t n_vector_rows)
{
    if (t->n_cols == 0 || t->n_cols > ONRI_COLS_MAX) return false;
    uint32_t seen = 0;
    for (uint32_t c = 0; c < t->n_cols; c++) {
        const onri_hashcol *h = &t->col[c];
        if ((uint32_t)h->feature >= ONRI_FEAT__COUNT || h->rows == 0 || seen & 1u << h->feature)
            return false;
        seen |= 1u << h->feature;
        if (!finite_all(h->E, (size_t)h->rows * ONRI_WIDTH)) return false;
    }
    if ((t->vectors != NULL) != (n_vector_rows != 0)) return false;
    if (t->vectors && !finite_all(t->vectors, (size_t)n_vector_rows * ONRI_WIDTH)) return false;
    if (!maxout_is_sound(&t->mixer, ONRI_WIDTH * (t->n_cols + (t->vectors != NULL)))) return false;
    for (uint32_t l = 0; l < ONRI_DEPTH; l++)
        if (!maxout_is_sound(&t->conv[l], 3 * ONRI_WIDTH)) return false;
    return true;
}

static bool scorer_is_sound(const onri_scorer *s, uint32_t n_feats)
{
    const size_t lower = (size_t)n_feats * ONRI_HIDDEN * 2;
    return s->n_feats == n_feats && s->n_moves > 0 && s->n_moves <= 1024 &&
           finite_all(s->in_w, ONRI_HIDDEN * ONRI_WIDTH) && finite_all(s->in_b, ONRI_HIDDEN) &&
           finite_all(s->lower_w, lower * ONRI_HIDDEN) && finite_all(s->lower_b, ONRI_HIDDEN * 2) &&
           finite_all(s->pad, lower) && finite_all(s->upper_w, (size_t)s->n_moves * ONRI_HIDDEN) &&
           finite_all(s->upper_b, s->n_moves);
}

/* Parser: the classes of an action stand together, in the order of the actions, and SHIFT and
 * REDUCE have one each. LEFT and RIGHT need a label, BREAK may have one. */
static bool parser_moves_are_sound(const onr_model *m)
{
    uint32_t count[ONRI_ACT_BREAK + 1] = { 0 };
    uint8_t before = 0;
    for (uint32_t i = 0; i < m->parser.n_moves; i++) {
        const onri_move v = m->parser_moves[i];
        if (v.action > ONRI_ACT_BREAK || v.action < before) return false;
        if (v.label >= ONR_DEP__COUNT || v.label2 >= ONR_DEP__COUNT) return false;
        const bool arc = v.action == ONRI_ACT_LEFT || v.action == ONRI_ACT_RIGHT;
        if (arc != (v.label != 0) && v.action != ONRI_ACT_BREAK) return false;
        if (!arc && v.label2) return false;
        before = v.action;
        count[v.action]++;
    }
    return count[ONRI_ACT_SHIFT] == 1 && count[ONRI_ACT_REDUCE] == 1 && count[ONRI_ACT_LEFT] &&
           count[ONRI_ACT_RIGHT] && count[ONRI_ACT_BREAK] <= 1;
}

/* NER: one O without label; each type that can begin can also go on and end; no action twice with
 * one label. Then every state has a valid class. */
static bool ner_moves_are_sound(const onr_model *m)
{
    uint8_t seen[ONR_ENT__COUNT] = { 0 };
    for (uint32_t i = 0; i < m->ner.n_moves; i++) {
        const onri_move v = m->ner_moves[i];
        if (v.action < ONRI_BILOU_B || v.action > ONRI_BILOU_O || v.label >= ONR_ENT__COUNT)
            return false;
        if (v.label2 || (v.action == ONRI_BILOU_O && v.label)) return false;
        if (!v.label && v.action != ONRI_BILOU_O && v.action != ONRI_BILOU_U) return false;
        if (seen[v.label] & 1u << v.action) return false;
        seen[v.label] = (uint8_t)(seen[v.label] | 1u << v.action);
    }
    if (!(seen[0] & 1u << ONRI_BILOU_O)) return false;
    const unsigned bil = 1u << ONRI_BILOU_B | 1u << ONRI_BILOU_I | 1u << ONRI_BILOU_L;
    for (uint32_t e = 1; e < ONR_ENT__COUNT; e++)
        if ((seen[e] & bil) != 0 && (seen[e] & bil) != bil) return false;
    return true;
}

static bool ascends(const uint64_t *keys, uint32_t n)
{
    uint32_t wrong = 0;
    for (uint32_t i = 1; i < n; i++) wrong |= keys[i - 1] >= keys[i];
    return !wrong;
}

static bool table_is_sound(const onri_table64 *t, uint32_t limit)
{
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < t->n; i++) wrong |= t->vals[i] >= limit;
    return !wrong && ascends(t->keys, t->n);
}

static onr_status check_net(const onr_model *m, onr_error *err)
{
    if (!encoder_is_sound(&m->t2v, m->n_vector_rows)) return bad(err, "shared encoder");
    if (!encoder_is_sound(&m->ner_t2v, m->n_vector_rows)) return bad(err, "encoder of entities");
    if (!table_is_sound(&m->vector_keys, m->n_vector_rows)) return bad(err, "keys of vectors");
    if (m->n_tags == 0 || m->n_tags > 256) return bad(err, "number of tags");
    for (uint32_t i = 0; i < m->n_tags; i++)
        if (m->tags[i] == 0 || m->tags[i] >= ONR_TAG__COUNT) return bad(err, "tags");
    if (!finite_all(m->tag_w, (size_t)m->n_tags * ONRI_WIDTH) || !finite_all(m->tag_b, m->n_tags))
        return bad(err, "weights of the tagger");
    if (!scorer_is_sound(&m->parser, ONRI_PARSER_FEATS)) return bad(err, "scorer of the parser");
    if (!parser_moves_are_sound(m)) return bad(err, "moves of the parser");
    if (!scorer_is_sound(&m->ner, ONRI_NER_FEATS)) return bad(err, "scorer of entities");
    if (!ner_moves_are_sound(m)) return bad(err, "moves of entities");
    return ONR_OK;
}

/* Inside the pool and on borders of characters (the pool as a whole is UTF-8). */
static bool str_is_sound(const onr_model *m, onri_str s)
{
    if (s.at > m->n_pool || s.n > m->n_pool - s.at) return false;
    const size_t end = (size_t)s.at + s.n;
    return (s.at == m->n_pool || ((unsigned char)m->pool[s.at] & 0xC0) != 0x80) &&
           (end == m->n_pool || ((unsigned char)m->pool[end] & 0xC0) != 0x80);
}

static bool strs_are_sound(const onr_model *m, const onri_str *s, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (!str_is_sound(m, s[i])) return false;
    return true;
}

static bool within(uint32_t first, uint32_t n, uint32_t all)
{
    return first <= all && n <= all - first;
}

/* Exceptions: sorted, not empty, each the exact sum of its tokens. */
static bool exceptions_are_sound(const onr_model *m)
{
    for (uint32_t i = 0; i < m->n_exceptions; i++) {
        const onri_exception *e = &m->exceptions[i];
        if (!str_is_sound(m, e->text) || e->text.n == 0 || e->n == 0) return false;
        if (!within(e->first, e->n, m->n_exc_tokens)) return false;
        onr_sv rest = onri_model_str(m, e->text);
        if (i && onri_cmp(onri_model_str(m, m->exceptions[i - 1].text), rest) >= 0) return false;
        for (uint32_t k = e->first; k < e->first + e->n; k++) {
            const onri_exc_token *t = &m->exc_tokens[k];
            if (!str_is_sound(m, t->orth) || t->orth.n == 0) return false;
            if (t->norm.n != UINT32_MAX && !str_is_sound(m, t->norm)) return false;
            const onr_sv orth = onri_model_str(m, t->orth);
            if (!onri_starts(rest, orth)) return false;
            rest = onri_sub(rest, orth.n, rest.n);
        }
        if (rest.n) return false;
    }
    return true;
}

static bool lemmas_are_sound(const onr_model *m)
{
    if (m->n_lemma > sizeof m->lemma / sizeof *m->lemma) return false;
    uint32_t seen = 0;
    for (uint32_t i = 0; i < m->n_lemma; i++) {
        const onri_lemma_pos *l = &m->lemma[i];
        if (l->pos == 0 || l->pos >= ONR_POS__COUNT || seen & 1u << l->pos) return false;
        seen |= 1u << l->pos;
        if ((l->n_rules && !l->has_rules) || (l->exc.n && !l->has_exc)) return false;
        if (l->n_index && !l->has_index) return false;
        for (uint32_t k = 0; k < l->n_rules; k++)
            if (!str_is_sound(m, l->rules[k].old) || !str_is_sound(m, l->rules[k].new_))
                return false;
        if (!ascends(l->index, l->n_index) || !table_is_sound(&l->exc, m->n_lemma_lists))
            return false;
        for (uint32_t k = 0; k < l->exc.n; k++) {
            const uint32_t at = l->exc.vals[k], n = m->lemma_lists[at];
            if (n > m->n_lemma_lists - at - 1) return false;
            for (uint32_t w = at + 1; w <= at + n; w++)
                if (m->lemma_lists[w] >= m->n_lemma_words) return false;
        }
    }
    return strs_are_sound(m, m->lemma_words, m->n_lemma_words);
}

static bool cond_is_sound(const onr_model *m, const onri_ruler_cond *c)
{
    switch (c->attr) {
    case ONRI_RULER_TAG:
    case ONRI_RULER_DEP: {
        if ((c->op != ONRI_RULER_IN && c->op != ONRI_RULER_NOT_IN) ||
            !within(c->first, c->n, m->n_ruler_ids))
            return false;
        const uint8_t limit = c->attr == ONRI_RULER_TAG ? ONR_TAG__COUNT : ONR_DEP__COUNT;
        for (uint32_t i = c->first; i < c->first + c->n; i++)
            if (m->ruler_ids[i] >= limit) return false;
        return true;
    }
    case ONRI_RULER_LOWER:
        if (c->op == ONRI_RULER_REGEX) return c->flag <= ONRI_RE_Y;
        return c->op == ONRI_RULER_IN && within(c->first, c->n, m->n_ruler_words);
    case ONRI_RULER_IS_SPACE:
        return c->op == ONRI_RULER_ANY && c->flag <= 1;
    default:
        return false;
    }
}

/* The bools of a mapped entry are bytes of a file: look at them as such. */
static bool entry_is_sound(const onr_model *m, const onri_ruler_entry *e)
{
    unsigned char raw[sizeof *e];
    memcpy(raw, e, sizeof raw);
    for (size_t i = 0; i < 5; i++)
        if (raw[offsetof(onri_ruler_entry, set_pos) + i] > 1) return false;
    return e->pos < ONR_POS__COUNT && e->tag < ONR_TAG__COUNT && e->dep < ONR_DEP__COUNT &&
           str_is_sound(m, e->morph) && str_is_sound(m, e->lemma);
}

static bool ruler_is_sound(const onr_model *m)
{
    for (uint32_t i = 0; i < m->n_ruler_entries; i++)
        if (!entry_is_sound(m, &m->ruler_entries[i])) return false;
    for (uint32_t i = 0; i < m->n_ruler_alts; i++) {
        const onri_ruler_alt *a = &m->ruler_alts[i];
        if (a->entry >= m->n_ruler_entries || a->n == 0 || a->n > 64) return false;
        if (!within(a->first, a->n, m->n_ruler_specs)) return false;
        if (i && a->entry < m->ruler_alts[i - 1].entry) return false;
        const int32_t index = m->ruler_entries[a->entry].index;
        if (index >= (int32_t)a->n || index < -(int32_t)a->n) return false;
    }
    for (uint32_t i = 0; i < m->n_ruler_specs; i++)
        if (!within(m->ruler_specs[i].first, m->ruler_specs[i].n, m->n_ruler_conds)) return false;
    for (uint32_t i = 0; i < m->n_ruler_conds; i++)
        if (!cond_is_sound(m, &m->ruler_conds[i])) return false;
    return strs_are_sound(m, m->ruler_words, m->n_ruler_words);
}

static onr_status check_words(const onr_model *m, onr_error *err)
{
    const onr_sv pool = { m->pool, m->n_pool };
    if (m->n_pool >= UINT32_MAX || onri_utf8_check(pool) != pool.n)
        return bad(err, "pool of words");
    if (!str_is_sound(m, m->prefix_re) || !str_is_sound(m, m->suffix_re) ||
        !str_is_sound(m, m->infix_re) || !str_is_sound(m, m->url_re))
        return bad(err, "patterns of the tokenizer");
    if (!exceptions_are_sound(m)) return bad(err, "exceptions of the tokenizer");
    if (!table_is_sound(&m->norms, m->n_norm_words) ||
        !strs_are_sound(m, m->norm_words, m->n_norm_words))
        return bad(err, "norms");
    if (!lemmas_are_sound(m)) return bad(err, "lemma tables");
    if (!ruler_is_sound(m)) return bad(err, "attribute ruler");
    return ONR_OK;
}

onr_status onri_model_check(const onr_model *m, onr_error *err)
{
    const onr_sv texts[] = { m->name,    m->version,      m->package,      m->package_sha256,
                             m->licence, m->licence_text, m->sources_text, m->credits };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].n > ONR_MIB || onri_utf8_check(texts[i]) != texts[i].n)
            return bad(err, "texts about it");
    const onr_status st = check_net(m, err);
    return st == ONR_OK ? check_words(m, err) : st;
}
