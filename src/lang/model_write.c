/* Writer of the model file: struct onr_model to bytes, section by section.
 * Source: docs/formats/model.md. Leaves out: making the model (import.c, or a test's generator). */
#include "lang/model_format.h"

#include <xxhash.h>

typedef struct writer {
    onri_buf *b;
    onri_model_section table[ONRI_SEC__COUNT];
} writer;

static void pad(onri_buf *b)
{
    while (b->n % ONRI_MODEL_ALIGN && b->status == ONR_OK) onri_buf_addc(b, 0);
}

static void add(onri_buf *b, const void *p, size_t n, size_t size)
{
    size_t bytes;
    if (!onr_mul(n, size, &bytes))
        b->status = ONR_E_LIMIT;
    else
        onri_buf_add(b, onri_sv(p, bytes));
}

static void open_section(writer *w, onri_section_id id)
{
    pad(w->b);
    onri_model_section *s = &w->table[id];
    const char *name = onri_section_name(id);
    memcpy(s->name, name, strlen(name));
    s->at = w->b->n;
}

static void close_section(writer *w, onri_section_id id)
{
    onri_model_section *s = &w->table[id];
    s->bytes = w->b->n - s->at;
    if (w->b->status == ONR_OK) s->checksum = XXH3_64bits(w->b->p + s->at, (size_t)s->bytes);
}

static void put(writer *w, onri_section_id id, const void *p, size_t n)
{
    const uint32_t elem = onri_section_elem(id);
    open_section(w, id);
    add(w->b, p, n, elem ? elem : 1);
    close_section(w, id);
}

/* Section "about": pairs of length-prefixed name and value. */
static void put_about(writer *w, const onr_model *m)
{
    const struct {
        const char *name;
        onr_sv value;
    } all[] = {
        { "name", m->name },
        { "version", m->version },
        { "package", m->package },
        { "package_sha256", m->package_sha256 },
        { "licence", m->licence },
        { "credits", m->credits },
        { "made_by", onri_svz("onrecord " ONR_VERSION) },
    };
    open_section(w, ONRI_SEC_ABOUT);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const uint32_t n[2] = { (uint32_t)strlen(all[i].name), (uint32_t)all[i].value.n };
        add(w->b, n, 2, 4);
        onri_buf_addz(w->b, all[i].name);
        onri_buf_add(w->b, all[i].value);
    }
    close_section(w, ONRI_SEC_ABOUT);
}

static void add_maxout(onri_buf *b, const onri_maxout *x)
{
    add(b, x->w, (size_t)ONRI_WIDTH * ONRI_PIECES * x->n_in, 4);
    add(b, x->b, (size_t)ONRI_WIDTH * ONRI_PIECES, 4);
    add(b, x->g, ONRI_WIDTH, 4);
    add(b, x->beta, ONRI_WIDTH, 4);
}

/* Four sections from `first` on: embed, mixer, conv, vectors. */
static void put_encoder(writer *w, const onr_model *m, const onri_tok2vec *t, onri_section_id first)
{
    open_section(w, first);
    for (uint32_t c = 0; c < t->n_cols; c++)
        add(w->b, t->col[c].E, (size_t)t->col[c].rows * ONRI_WIDTH, 4);
    close_section(w, first);
    open_section(w, first + 1);
    add_maxout(w->b, &t->mixer);
    close_section(w, first + 1);
    open_section(w, first + 2);
    for (uint32_t l = 0; l < ONRI_DEPTH; l++) add_maxout(w->b, &t->conv[l]);
    close_section(w, first + 2);
    put(w, first + 3, t->vectors, t->vectors ? (size_t)m->n_vector_rows * ONRI_WIDTH : 0);
}

static void put_scorer(writer *w, const onri_scorer *s, onri_section_id id)
{
    open_section(w, id);
    add(w->b, s->in_w, ONRI_HIDDEN * ONRI_WIDTH, 4);
    add(w->b, s->in_b, ONRI_HIDDEN, 4);
    add(w->b, s->lower_w, (size_t)s->n_feats * ONRI_HIDDEN * 2 * ONRI_HIDDEN, 4);
    add(w->b, s->lower_b, ONRI_HIDDEN * 2, 4);
    add(w->b, s->pad, (size_t)s->n_feats * ONRI_HIDDEN * 2, 4);
    add(w->b, s->upper_w, (size_t)s->n_moves * ONRI_HIDDEN, 4);
    add(w->b, s->upper_b, s->n_moves, 4);
    close_section(w, id);
}

static onri_model_encoder_shape encoder_shape(const onri_tok2vec *t)
{
    onri_model_encoder_shape s = { .n_cols = t->n_cols, .has_vectors = t->vectors != NULL };
    for (uint32_t c = 0; c < t->n_cols; c++) {
        s.feature[c] = (uint32_t)t->col[c].feature;
        s.rows[c] = t->col[c].rows;
        s.seed[c] = t->col[c].seed;
    }
    return s;
}

static void put_net(writer *w, const onr_model *m)
{
    const onri_model_shape shape = { .t2v = encoder_shape(&m->t2v),
                                     .ner = encoder_shape(&m->ner_t2v),
                                     .n_vector_rows = m->n_vector_rows,
                                     .n_tags = m->n_tags,
                                     .parser_moves = m->parser.n_moves,
                                     .ner_moves = m->ner.n_moves };
    put(w, ONRI_SEC_SHAPE, &shape, sizeof shape / 4);
    put_encoder(w, m, &m->t2v, ONRI_SEC_T2V_EMBED);
    put_encoder(w, m, &m->ner_t2v, ONRI_SEC_NER_EMBED);
    put(w, ONRI_SEC_VECTOR_KEYS, m->vector_keys.keys, m->vector_keys.n);
    put(w, ONRI_SEC_VECTOR_ROWS, m->vector_keys.vals, m->vector_keys.n);
    put(w, ONRI_SEC_TAG_LABELS, m->tags, m->n_tags);
    open_section(w, ONRI_SEC_TAG_SCORE);
    add(w->b, m->tag_w, (size_t)m->n_tags * ONRI_WIDTH, 4);
    add(w->b, m->tag_b, m->n_tags, 4);
    close_section(w, ONRI_SEC_TAG_SCORE);
    put(w, ONRI_SEC_PARSER_MOVES, m->parser_moves, m->parser.n_moves);
    put_scorer(w, &m->parser, ONRI_SEC_PARSER_SCORE);
    put(w, ONRI_SEC_NER_MOVES, m->ner_moves, m->ner.n_moves);
    put_scorer(w, &m->ner, ONRI_SEC_NER_SCORE);
}

static void put_lemmas(writer *w, const onr_model *m)
{
    onri_model_lemma_pos pos[sizeof m->lemma / sizeof *m->lemma] = { 0 };
    uint32_t rules = 0, exc = 0, index = 0;
    for (uint32_t i = 0; i < m->n_lemma; i++) {
        const onri_lemma_pos *l = &m->lemma[i];
        pos[i] = (onri_model_lemma_pos){ .pos = l->pos,
                                         .flags = (uint8_t)((l->has_rules ? 1 : 0) |
                                                            (l->has_exc ? 2 : 0) |
                                                            (l->has_index ? 4 : 0)),
                                         .rules_at = rules,
                                         .n_rules = l->n_rules,
                                         .exc_at = exc,
                                         .n_exc = l->exc.n,
                                         .index_at = index,
                                         .n_index = l->n_index };
        rules += l->n_rules;
        exc += l->exc.n;
        index += l->n_index;
    }
    put(w, ONRI_SEC_LEMMA_POS, pos, m->n_lemma);
    open_section(w, ONRI_SEC_LEMMA_RULES);
    for (uint32_t i = 0; i < m->n_lemma; i++)
        add(w->b, m->lemma[i].rules, m->lemma[i].n_rules, sizeof(onri_lemma_rule));
    close_section(w, ONRI_SEC_LEMMA_RULES);
    open_section(w, ONRI_SEC_LEMMA_EXC_KEYS);
    for (uint32_t i = 0; i < m->n_lemma; i++) add(w->b, m->lemma[i].exc.keys, m->lemma[i].exc.n, 8);
    close_section(w, ONRI_SEC_LEMMA_EXC_KEYS);
    open_section(w, ONRI_SEC_LEMMA_EXC_VALS);
    for (uint32_t i = 0; i < m->n_lemma; i++) add(w->b, m->lemma[i].exc.vals, m->lemma[i].exc.n, 4);
    close_section(w, ONRI_SEC_LEMMA_EXC_VALS);
    open_section(w, ONRI_SEC_LEMMA_INDEX);
    for (uint32_t i = 0; i < m->n_lemma; i++) add(w->b, m->lemma[i].index, m->lemma[i].n_index, 8);
    close_section(w, ONRI_SEC_LEMMA_INDEX);
    put(w, ONRI_SEC_LEMMA_WORDS, m->lemma_words, m->n_lemma_words);
    put(w, ONRI_SEC_LEMMA_LISTS, m->lemma_lists, m->n_lemma_lists);
}

static void put_words(writer *w, const onr_model *m)
{
    const onri_str patterns[4] = { m->prefix_re, m->suffix_re, m->infix_re, m->url_re };
    put(w, ONRI_SEC_POOL, m->pool, m->n_pool);
    put(w, ONRI_SEC_PATTERNS, patterns, 4);
    put(w, ONRI_SEC_EXC, m->exceptions, m->n_exceptions);
    put(w, ONRI_SEC_EXC_TOKENS, m->exc_tokens, m->n_exc_tokens);
    put(w, ONRI_SEC_NORM_KEYS, m->norms.keys, m->norms.n);
    put(w, ONRI_SEC_NORM_VALS, m->norms.vals, m->norms.n);
    put(w, ONRI_SEC_NORM_WORDS, m->norm_words, m->n_norm_words);
    put_lemmas(w, m);
    put(w, ONRI_SEC_RULER_ENTRIES, m->ruler_entries, m->n_ruler_entries);
    put(w, ONRI_SEC_RULER_ALTS, m->ruler_alts, m->n_ruler_alts);
    put(w, ONRI_SEC_RULER_SPECS, m->ruler_specs, m->n_ruler_specs);
    put(w, ONRI_SEC_RULER_CONDS, m->ruler_conds, m->n_ruler_conds);
    put(w, ONRI_SEC_RULER_WORDS, m->ruler_words, m->n_ruler_words);
    put(w, ONRI_SEC_RULER_IDS, m->ruler_ids, m->n_ruler_ids);
}

onr_status onri_model_pack(const onr_model *m, onri_buf *b, onr_error *err)
{
    const onr_status st = onri_model_check(m, err);
    if (st != ONR_OK) return st;
    writer w = { .b = b };
    onri_model_header head = { .version = ONRI_MODEL_VERSION,
                               .n_sections = ONRI_SEC__COUNT,
                               .labels = onri_model_labels() };
    memcpy(head.magic, ONRI_MODEL_MAGIC, sizeof head.magic);
    onri_buf_clear(b);
    add(b, &head, 1, sizeof head);
    add(b, w.table, ONRI_SEC__COUNT, sizeof *w.table);
    put_about(&w, m);
    put(&w, ONRI_SEC_LICENCE, m->licence_text.p, m->licence_text.n);
    put(&w, ONRI_SEC_SOURCES, m->sources_text.p, m->sources_text.n);
    put_net(&w, m);
    put_words(&w, m);
    pad(b);
    if (b->status != ONR_OK)
        return onri_fail(err, b->status, "model",
                         b->status == ONR_E_LIMIT ? "model over %zu bytes, the limit"
                                                  : "out of memory for a model of up to %zu bytes",
                         b->max);
    head.bytes = b->n;
    memcpy(b->p, &head, sizeof head);
    memcpy(b->p + sizeof head, w.table, sizeof w.table);
    head.checksum = XXH3_64bits(b->p, sizeof head + sizeof w.table);
    memcpy(b->p, &head, sizeof head);
    return ONR_OK;
}

onr_status onri_model_write(const onr_model *m, const char *path, onr_error *err)
{
    onri_buf b = onri_buf_make(ONR_MODEL_MAX);
    onr_status st = onri_model_pack(m, &b, err);
    if (st == ONR_OK) st = onri_file_write(path, onri_buf_sv(&b), err);
    onri_buf_drop(&b);
    return st;
}
