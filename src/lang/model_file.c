/* Reader of the model file: map, check, point into. Nothing is copied but a few hundred bytes of
 * tables, so that opening costs a pass for the checksums and one for onri_model_check.
 * Source: docs/formats/model.md. Leaves out: files of other versions and byte orders: refused. */
#include "lang/model_format.h"

#include <xxhash.h>

#define SECTION_NAME(id, name, elem) name,
#define SECTION_ELEM(id, name, elem) elem,
static const char *const section_names[] = { ONRI_MODEL_SECTIONS(SECTION_NAME) };
static const uint8_t section_elems[] = { ONRI_MODEL_SECTIONS(SECTION_ELEM) };

const char *onri_section_name(onri_section_id id)
{
    return section_names[id];
}

uint32_t onri_section_elem(onri_section_id id)
{
    return section_elems[id];
}

typedef struct reader {
    onr_sv file;
    onri_model_section table[ONRI_SEC__COUNT];
    onr_error *err;
} reader;

static onr_status altered(reader *r, const char *section)
{
    return onri_fail(r->err, ONR_E_MODEL, "model", "damaged or altered model file: section '%s'",
                     section);
}

static bool all_zero(const void *p, size_t n)
{
    const unsigned char *u = p;
    unsigned any = 0;
    for (size_t i = 0; i < n; i++) any |= u[i];
    return !any;
}

static onr_status read_header(reader *r)
{
    onri_model_header h;
    const size_t front = sizeof h + sizeof r->table;
    onr_error *err = r->err;
    if (r->file.n < sizeof h || memcmp(r->file.p, ONRI_MODEL_MAGIC, 8) != 0)
        return onri_fail(err, ONR_E_MODEL, "model", "not a model file of onrecord");
    memcpy(&h, r->file.p, sizeof h);
    if (h.version != ONRI_MODEL_VERSION)
        return onri_fail(err, ONR_E_MODEL, "model",
                         "model file of version %u, this program reads %d: import it again",
                         h.version, ONRI_MODEL_VERSION);
    if (h.bytes != r->file.n)
        return onri_fail(err, ONR_E_MODEL, "model", "model file of %zu bytes, %llu were written",
                         r->file.n, (unsigned long long)h.bytes);
    if (h.n_sections != ONRI_SEC__COUNT || r->file.n < front) return altered(r, "table");
    struct {
        onri_model_header h;
        onri_model_section table[ONRI_SEC__COUNT];
    } copy;
    _Static_assert(sizeof copy == sizeof h + sizeof r->table, "no padding");
    memcpy(&copy, r->file.p, sizeof copy);
    copy.h.checksum = 0;
    if (XXH3_64bits(&copy, sizeof copy) != h.checksum) return altered(r, "table");
    memcpy(r->table, copy.table, sizeof r->table);
    if (h.labels != onri_model_labels())
        return onri_fail(err, ONR_E_MODEL, "model",
                         "model file made by an onrecord with other labels: import it again");
    return all_zero(h.zero, sizeof h.zero) ? ONR_OK : altered(r, "table");
}

/* Sections follow each other without holes; what pads them is zero; checksums are right. */
static onr_status read_table(reader *r)
{
    size_t at = sizeof(onri_model_header) + sizeof r->table;
    for (uint32_t i = 0; i < ONRI_SEC__COUNT; i++) {
        const onri_model_section *s = &r->table[i];
        const char *name = section_names[i];
        const size_t beg = (at + ONRI_MODEL_ALIGN - 1) / ONRI_MODEL_ALIGN * ONRI_MODEL_ALIGN;
        if (strncmp(s->name, name, sizeof s->name) != 0 || s->at != beg || beg > r->file.n ||
            s->bytes > r->file.n - beg || (section_elems[i] && s->bytes % section_elems[i]))
            return altered(r, name);
        if (!all_zero(r->file.p + at, beg - at) || !all_zero(s->zero, sizeof s->zero))
            return altered(r, name);
        at = beg + (size_t)s->bytes;
        if (XXH3_64bits(r->file.p + beg, (size_t)s->bytes) != s->checksum) return altered(r, name);
    }
    if (r->file.n - at >= ONRI_MODEL_ALIGN || !all_zero(r->file.p + at, r->file.n - at))
        return altered(r, "end");
    return ONR_OK;
}

static const void *section(const reader *r, onri_section_id id)
{
    return r->file.p + r->table[id].at;
}

/* Elements of a section; over 2^32 - 1 reads as that, which no check lets pass. */
static uint32_t count(const reader *r, onri_section_id id)
{
    const uint64_t n = r->table[id].bytes / section_elems[id];
    return n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

static onr_sv text(const reader *r, onri_section_id id)
{
    return onri_sv(section(r, id), (size_t)r->table[id].bytes);
}

static onr_status read_about(reader *r, onr_model *m)
{
    onr_sv s = text(r, ONRI_SEC_ABOUT);
    const struct {
        const char *name;
        onr_sv *to;
    } all[] = { { "name", &m->name },       { "version", &m->version },
                { "package", &m->package }, { "package_sha256", &m->package_sha256 },
                { "licence", &m->licence }, { "credits", &m->credits } };
    while (s.n) {
        uint32_t n[2];
        if (s.n < sizeof n) return altered(r, "about");
        memcpy(n, s.p, sizeof n);
        s = onri_sub(s, sizeof n, s.n);
        if (n[0] > s.n || n[1] > s.n - n[0]) return altered(r, "about");
        const onr_sv name = onri_sub(s, 0, n[0]);
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
            if (onri_eqz(name, all[i].name)) *all[i].to = onri_sub(s, n[0], n[0] + n[1]);
        s = onri_sub(s, n[0] + n[1], s.n);
    }
    m->licence_text = text(r, ONRI_SEC_LICENCE);
    m->sources_text = text(r, ONRI_SEC_SOURCES);
    return ONR_OK;
}

static const float *cut(const float **p, size_t n)
{
    const float *at = *p;
    *p += n;
    return at;
}

static void point_maxout(onri_maxout *x, uint32_t n_in, const float **p)
{
    x->n_in = n_in;
    x->w = cut(p, (size_t)ONRI_WIDTH * ONRI_PIECES * n_in);
    x->b = cut(p, ONRI_WIDTH * ONRI_PIECES);
    x->g = cut(p, ONRI_WIDTH);
    x->beta = cut(p, ONRI_WIDTH);
}

static onr_status point_encoder(reader *r, const onri_model_encoder_shape *s, uint32_t n_rows,
                                onri_section_id first, onri_tok2vec *t)
{
    if (s->n_cols == 0 || s->n_cols > ONRI_COLS_MAX || s->has_vectors > 1)
        return altered(r, "shape");
    for (uint32_t c = s->n_cols; c < ONRI_COLS_MAX; c++)
        if (s->feature[c] || s->rows[c] || s->seed[c]) return altered(r, "shape");
    const uint32_t n_in = ONRI_WIDTH * (s->n_cols + s->has_vectors);
    uint64_t rows = 0;
    const float *p = section(r, first);
    t->n_cols = s->n_cols;
    for (uint32_t c = 0; c < s->n_cols; c++) {
        if (s->feature[c] >= ONRI_FEAT__COUNT) return altered(r, "shape");
        rows += s->rows[c];
        if (rows * ONRI_WIDTH > count(r, first)) return altered(r, section_names[first]);
        t->col[c] = (onri_hashcol){ (onri_feature)s->feature[c], s->rows[c], s->seed[c],
                                    cut(&p, (size_t)s->rows[c] * ONRI_WIDTH) };
    }
    if (rows * ONRI_WIDTH != count(r, first)) return altered(r, section_names[first]);
    if (count(r, first + 1) != onri_maxout_floats(n_in))
        return altered(r, section_names[first + 1]);
    p = section(r, first + 1);
    point_maxout(&t->mixer, n_in, &p);
    if (count(r, first + 2) != ONRI_DEPTH * onri_maxout_floats(3 * ONRI_WIDTH))
        return altered(r, section_names[first + 2]);
    p = section(r, first + 2);
    for (uint32_t l = 0; l < ONRI_DEPTH; l++) point_maxout(&t->conv[l], 3 * ONRI_WIDTH, &p);
    if (count(r, first + 3) != (s->has_vectors ? (uint64_t)n_rows * ONRI_WIDTH : 0))
        return altered(r, section_names[first + 3]);
    t->vectors = s->has_vectors ? section(r, first + 3) : NULL;
    return ONR_OK;
}

static onr_status point_scorer(reader *r, uint32_t n_feats, uint32_t n_moves, onri_section_id moves,
                               onri_section_id score, onri_scorer *s)
{
    if (n_moves != count(r, moves)) return altered(r, section_names[moves]);
    if (count(r, score) != onri_scorer_floats(n_feats, n_moves))
        return altered(r, section_names[score]);
    const float *p = section(r, score);
    s->n_feats = n_feats;
    s->n_moves = n_moves;
    s->in_w = cut(&p, ONRI_HIDDEN * ONRI_WIDTH);
    s->in_b = cut(&p, ONRI_HIDDEN);
    s->lower_w = cut(&p, (size_t)n_feats * ONRI_HIDDEN * 2 * ONRI_HIDDEN);
    s->lower_b = cut(&p, ONRI_HIDDEN * 2);
    s->pad = cut(&p, (size_t)n_feats * ONRI_HIDDEN * 2);
    s->upper_w = cut(&p, (size_t)n_moves * ONRI_HIDDEN);
    s->upper_b = cut(&p, n_moves);
    return ONR_OK;
}

/* Two sections side by side: keys and what they lead to. */
static bool point_table(const reader *r, onri_section_id keys, onri_section_id vals,
                        onri_table64 *t)
{
    *t = (onri_table64){ section(r, keys), section(r, vals), count(r, keys) };
    return count(r, keys) == count(r, vals);
}

static onr_status point_net(reader *r, onr_model *m)
{
    onri_model_shape s;
    if (r->table[ONRI_SEC_SHAPE].bytes != sizeof s) return altered(r, "shape");
    memcpy(&s, section(r, ONRI_SEC_SHAPE), sizeof s);
    m->n_vector_rows = s.n_vector_rows;
    onr_status st = point_encoder(r, &s.t2v, s.n_vector_rows, ONRI_SEC_T2V_EMBED, &m->t2v);
    if (st == ONR_OK)
        st = point_encoder(r, &s.ner, s.n_vector_rows, ONRI_SEC_NER_EMBED, &m->ner_t2v);
    if (st != ONR_OK) return st;
    if (!point_table(r, ONRI_SEC_VECTOR_KEYS, ONRI_SEC_VECTOR_ROWS, &m->vector_keys))
        return altered(r, "vector.rows");
    m->n_tags = s.n_tags;
    if (count(r, ONRI_SEC_TAG_LABELS) != s.n_tags ||
        count(r, ONRI_SEC_TAG_SCORE) != (uint64_t)s.n_tags * (ONRI_WIDTH + 1))
        return altered(r, "tag.score");
    const float *p = section(r, ONRI_SEC_TAG_SCORE);
    m->tags = section(r, ONRI_SEC_TAG_LABELS);
    m->tag_w = cut(&p, (size_t)s.n_tags * ONRI_WIDTH);
    m->tag_b = cut(&p, s.n_tags);
    m->parser_moves = section(r, ONRI_SEC_PARSER_MOVES);
    m->ner_moves = section(r, ONRI_SEC_NER_MOVES);
    st = point_scorer(r, ONRI_PARSER_FEATS, s.parser_moves, ONRI_SEC_PARSER_MOVES,
                      ONRI_SEC_PARSER_SCORE, &m->parser);
    if (st != ONR_OK) return st;
    return point_scorer(r, ONRI_NER_FEATS, s.ner_moves, ONRI_SEC_NER_MOVES, ONRI_SEC_NER_SCORE,
                        &m->ner);
}

static bool within(uint32_t at, uint32_t n, uint32_t all)
{
    return at <= all && n <= all - at;
}

static onr_status point_lemmas(reader *r, onr_model *m)
{
    m->n_lemma = count(r, ONRI_SEC_LEMMA_POS);
    if (m->n_lemma > sizeof m->lemma / sizeof *m->lemma) return altered(r, "lemma.pos");
    const onri_model_lemma_pos *from = section(r, ONRI_SEC_LEMMA_POS);
    const onri_lemma_rule *rules = section(r, ONRI_SEC_LEMMA_RULES);
    const uint64_t *index = section(r, ONRI_SEC_LEMMA_INDEX);
    onri_table64 exc;
    if (!point_table(r, ONRI_SEC_LEMMA_EXC_KEYS, ONRI_SEC_LEMMA_EXC_VALS, &exc))
        return altered(r, "lemma.exc.vals");
    for (uint32_t i = 0; i < m->n_lemma; i++) {
        const onri_model_lemma_pos *f = &from[i];
        if (f->flags > 7 || f->zero[0] || f->zero[1] ||
            !within(f->rules_at, f->n_rules, count(r, ONRI_SEC_LEMMA_RULES)) ||
            !within(f->exc_at, f->n_exc, exc.n) ||
            !within(f->index_at, f->n_index, count(r, ONRI_SEC_LEMMA_INDEX)))
            return altered(r, "lemma.pos");
        m->lemma[i] =
            (onri_lemma_pos){ .pos = f->pos,
                              .has_rules = f->flags & 1,
                              .has_exc = (f->flags & 2) != 0,
                              .has_index = (f->flags & 4) != 0,
                              .rules = rules + f->rules_at,
                              .n_rules = f->n_rules,
                              .exc = { exc.keys + f->exc_at, exc.vals + f->exc_at, f->n_exc },
                              .index = index + f->index_at,
                              .n_index = f->n_index };
    }
    m->lemma_words = section(r, ONRI_SEC_LEMMA_WORDS);
    m->n_lemma_words = count(r, ONRI_SEC_LEMMA_WORDS);
    m->lemma_lists = section(r, ONRI_SEC_LEMMA_LISTS);
    m->n_lemma_lists = count(r, ONRI_SEC_LEMMA_LISTS);
    return ONR_OK;
}

static onr_status point_words(reader *r, onr_model *m)
{
    const onr_sv pool = text(r, ONRI_SEC_POOL);
    m->pool = pool.p;
    m->n_pool = pool.n;
    if (count(r, ONRI_SEC_PATTERNS) != 4) return altered(r, "patterns");
    const onri_str *patterns = section(r, ONRI_SEC_PATTERNS);
    m->prefix_re = patterns[0];
    m->suffix_re = patterns[1];
    m->infix_re = patterns[2];
    m->url_re = patterns[3];
    m->exceptions = section(r, ONRI_SEC_EXC);
    m->n_exceptions = count(r, ONRI_SEC_EXC);
    m->exc_tokens = section(r, ONRI_SEC_EXC_TOKENS);
    m->n_exc_tokens = count(r, ONRI_SEC_EXC_TOKENS);
    if (!point_table(r, ONRI_SEC_NORM_KEYS, ONRI_SEC_NORM_VALS, &m->norms))
        return altered(r, "norm.vals");
    m->norm_words = section(r, ONRI_SEC_NORM_WORDS);
    m->n_norm_words = count(r, ONRI_SEC_NORM_WORDS);
    m->ruler_entries = section(r, ONRI_SEC_RULER_ENTRIES);
    m->n_ruler_entries = count(r, ONRI_SEC_RULER_ENTRIES);
    m->ruler_alts = section(r, ONRI_SEC_RULER_ALTS);
    m->n_ruler_alts = count(r, ONRI_SEC_RULER_ALTS);
    m->ruler_specs = section(r, ONRI_SEC_RULER_SPECS);
    m->n_ruler_specs = count(r, ONRI_SEC_RULER_SPECS);
    m->ruler_conds = section(r, ONRI_SEC_RULER_CONDS);
    m->n_ruler_conds = count(r, ONRI_SEC_RULER_CONDS);
    m->ruler_words = section(r, ONRI_SEC_RULER_WORDS);
    m->n_ruler_words = count(r, ONRI_SEC_RULER_WORDS);
    m->ruler_ids = section(r, ONRI_SEC_RULER_IDS);
    m->n_ruler_ids = count(r, ONRI_SEC_RULER_IDS);
    return point_lemmas(r, m);
}

onr_status onri_model_unpack(onr_model *m, onr_sv bytes, onr_error *err)
{
    reader r = { .file = bytes, .err = err };
    const uint16_t one = 1;
    if (*(const unsigned char *)&one != 1)
        return onri_fail(err, ONR_E_UNSUPPORTED, "model", "models need a little-endian machine");
    onr_status st = read_header(&r);
    if (st == ONR_OK) st = read_table(&r);
    if (st == ONR_OK) st = read_about(&r, m);
    if (st == ONR_OK) st = point_net(&r, m);
    if (st == ONR_OK) st = point_words(&r, m);
    return st == ONR_OK ? onri_model_check(m, err) : st;
}

onr_status onr_model_open(const char *path, onr_model **out, onr_error *err)
{
    *out = NULL;
    onr_model *m = onri_heap_alloc(sizeof *m);
    if (!m) return onri_fail(err, ONR_E_NOMEM, "model", "out of memory");
    *m = (onr_model){ .mem = onr_arena_make(ONR_MIB) };
    onr_status st = onri_file_map(path, &m->map, err);
    if (st == ONR_OK && m->map.n > ONR_MODEL_MAX)
        st = onri_fail(err, ONR_E_MODEL, "model", "model file over %zu bytes", ONR_MODEL_MAX);
    if (st == ONR_OK) st = onri_model_unpack(m, m->map, err);
    if (st != ONR_OK) {
        onr_model_close(m);
        return st;
    }
    *out = m;
    return ONR_OK;
}

void onr_model_close(onr_model *model)
{
    if (!model) return;
    onri_file_unmap(model->map);
    onr_arena_drop(&model->mem);
    onri_heap_free(model);
}

onr_model_about onr_model_info(const onr_model *model)
{
    return (onr_model_about){ .name = model->name,
                              .version = model->version,
                              .package = model->package,
                              .package_sha256 = model->package_sha256,
                              .licence = model->licence,
                              .licence_text = model->licence_text,
                              .sources_text = model->sources_text,
                              .credits = model->credits,
                              .n_vectors = model->n_vector_rows,
                              .bytes = model->map.n };
}
