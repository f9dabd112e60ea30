/* The parser: text in, parse out. Cuts paragraphs, runs tokenizer, network, ruler and lemmatizer
 * over batches of them, and puts the pieces together.
 *
 * A batch bounds what is held besides the parse; strings are copied into the article's memory once
 * for each distinct word. A text of more than one batch is tokenized twice, first to count, so that
 * the tokens stand in one array of the right size. Source: own; order of stages after the models'
 * own pipeline. */
#include "lang/parser.h"

#include <time.h>

#include "lang/chunks.h"
#include "lang/lemma.h"
#include "lang/paragraph.h"
#include "lang/ruler.h"
#include "lang/unicode.h"

enum { BATCH_TOKENS = 8192, LEMMAS_MAX = 65536 };

/* A string of the reader's caches and its copy in the article that is being parsed. */
typedef struct copy {
    uint64_t article; /* of the copy; 0: none */
    onr_sv s;
} copy;

typedef struct word_copies {
    copy norm, lower;
} word_copies;

typedef struct lemma_entry {
    onri_lemma lemma;
    copy copy;
} lemma_entry;

typedef struct doc {
    onr_span span;
    uint32_t first; /* in the batch's tokens */
} doc;

struct onr_parser {
    const onr_model *model;
    onri_net *net;
    onri_ruler *ruler;
    onri_tokenizer *tokenizer;
    bool lemma_new;
    uint64_t article;    /* number of the article at hand */
    onr_arena mem;       /* what lives as long as the parser */
    uint8_t *morph_bits; /* of each ruler entry */
    copy *morphs;        /* of each ruler entry */
    copy *lemmas_set;    /* lemmas that ruler entries set */
    word_copies *words;  /* by number of the tokenizer's words */
    uint32_t n_words, cap_words;
    onr_arena lemma_mem; /* memo of lemmas: word, part of speech, morphology */
    onri_map lemma_map;
    ONRI_VEC(lemma_entry) lemmas;
    onr_arena work; /* of a batch */
    onr_mark work_start;
    onri_toks toks; /* of a batch */
    doc *docs;
    size_t n_docs, cap_docs;
    onri_parser_stats stats;
    uint64_t clock; /* when the step at hand began */
};

/* The parse being made. */
typedef struct build {
    onr_parser *p;
    onr_arena *mem;
    onr_sv text;
    const uint32_t *cuts; /* [n_cuts] bytes at which a paragraph ends in any case */
    uint32_t n_cuts;
    onr_error *err;
    onr_token *tok;
    uint32_t n, max;
    ONRI_VEC(onr_tokens) sentences;
    ONRI_VEC(onr_tokens) paragraphs;
    ONRI_VEC(onr_entity_span) entities;
    onri_spans chunks;
} build;

static uint64_t cpu_ns(void)
{
    struct timespec t;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) != 0) return 0;
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* The step at hand ends here. */
static void stop(onr_parser *p, onri_step step)
{
    const uint64_t now = cpu_ns();
    p->stats.ns[step] += now - p->clock;
    p->clock = now;
}

static onr_status no_memory(const build *b, const onr_arena *mem)
{
    return onri_fail_mem(b->err, mem, "parse");
}

/* ---- batches -------------------------------------------------------------------------------- */

static bool add_doc(onr_parser *p, onr_span span)
{
    if (p->n_docs == p->cap_docs) {
        const size_t cap = p->cap_docs ? p->cap_docs * 2 : 64;
        doc *docs = onri_heap_realloc(p->docs, cap * sizeof *docs);
        if (!docs) return false;
        p->docs = docs;
        p->cap_docs = cap;
    }
    p->docs[p->n_docs++] = (doc){ span, (uint32_t)p->toks.n };
    return true;
}

static void forget_words(onr_parser *p)
{
    p->n_words = 0;
    onr_arena_drop(&p->lemma_mem);
    onri_map_init(&p->lemma_map, &p->lemma_mem);
    memset(&p->lemmas, 0, sizeof p->lemmas);
}

/* Shorten the paragraph to the first cut inside it, and go on from there. */
static void cut_paragraph(build *b, onr_span *span, size_t *at)
{
    while (b->n_cuts && *b->cuts <= span->beg) b->cuts++, b->n_cuts--;
    if (b->n_cuts == 0 || *b->cuts >= span->end) return;
    unsigned len;
    *at = span->end = *b->cuts;
    while (span->end > span->beg && onri_cp_space(onri_utf8_before(b->text, span->end, &len)))
        span->end -= len;
}

/* Tokenize paragraphs from *at on until a batch is full or the text ends; whole: all of it. */
static onr_status fill_batch(build *b, size_t *at, bool whole)
{
    onr_parser *p = b->p;
    if (onri_tokenizer_tidy(p->tokenizer) || p->lemmas.n > LEMMAS_MAX) forget_words(p);
    p->toks.n = p->n_docs = 0;
    onr_span span = { 0, (uint32_t)b->text.n };
    while (p->toks.n < BATCH_TOKENS && *at < b->text.n) {
        if (whole)
            *at = b->text.n;
        else if (!onri_paragraph_next(b->text, ONR_PARAGRAPH_MAX, at, &span))
            break;
        if (!whole) cut_paragraph(b, &span, at);
        if (!add_doc(p, span)) return onri_fail(b->err, ONR_E_NOMEM, "parse", "no memory");
        const onr_status status = onri_tokenize(p->tokenizer, b->text, span, &p->toks, b->err);
        if (status != ONR_OK) return status;
    }
    return ONR_OK;
}

/* ---- strings -------------------------------------------------------------------------------- */

/* The article's copy of s. .p NULL: out of memory. */
static onr_sv keep(build *b, copy *c, onr_sv s)
{
    if (c->article != b->p->article) *c = (copy){ b->p->article, onri_dup(b->mem, s) };
    if (!c->s.p) c->article = 0;
    return c->s;
}

static bool room_for_words(onr_parser *p)
{
    const uint32_t n = onri_tokenizer_words(p->tokenizer)->n;
    if (n > p->cap_words) {
        uint32_t cap = p->cap_words ? p->cap_words : 1024;
        while (cap < n) cap = cap > UINT32_MAX / 2 ? UINT32_MAX : cap * 2;
        word_copies *words = onri_heap_realloc(p->words, (size_t)cap * sizeof *words);
        if (!words) return false;
        p->words = words;
        p->cap_words = cap;
    }
    if (n > p->n_words) {
        memset(p->words + p->n_words, 0, (size_t)(n - p->n_words) * sizeof *p->words);
        p->n_words = n;
    }
    return true;
}

/* lower and norm of the token; its place in the text is known. */
static bool set_word(build *b, onr_token *t, const onri_tok *tok)
{
    const onri_word *w = onri_tokenizer_word(b->p->tokenizer, tok->word);
    word_copies *c = &b->p->words[tok->word];
    const onr_sv text = onri_sub(b->text, t->beg, t->end);
    t->lower = w->lower.p == w->text.p ? text : keep(b, &c->lower, w->lower);
    t->norm = onri_eq(w->norm, w->lower) ? t->lower : keep(b, &c->norm, w->norm);
    return t->lower.p && t->norm.p;
}

static lemma_entry *find_lemma(onr_parser *p, uint32_t word, onr_pos pos, uint16_t morph)
{
    const uint64_t key = (uint64_t)word << 24 | (uint64_t)pos << 16 | morph;
    const uint32_t known = onri_map_get(&p->lemma_map, key);
    if (known != ONR_NONE) return &p->lemmas.at[known];
    const uint8_t bits = morph ? p->morph_bits[morph - 1] : 0;
    onri_lemma lemma;
    if (!onri_lemmatize(p->model, onri_tokenizer_word(p->tokenizer, word), pos, bits, p->lemma_new,
                        &p->lemma_mem, &lemma))
        return NULL;
    lemma_entry *e = ONRI_PUSH(&p->lemma_mem, &p->lemmas);
    if (!e || !onri_map_put(&p->lemma_map, key, p->lemmas.n - 1)) return NULL;
    e->lemma = lemma;
    return e;
}

static onr_status set_lemmas(build *b, const onri_ruler_out *ruled)
{
    onr_parser *p = b->p;
    for (size_t i = 0; i < p->toks.n; i++) {
        onr_token *t = &b->tok[b->n + i];
        if (ruled[i].lemma) {
            const uint32_t e = ruled[i].lemma - 1u;
            const onr_sv s = onri_model_str(p->model, p->model->ruler_entries[e].lemma);
            t->lemma = keep(b, &p->lemmas_set[e], s);
        } else {
            lemma_entry *e = find_lemma(p, p->toks.at[i].word, t->pos, ruled[i].morph);
            if (!e) return no_memory(b, &p->lemma_mem);
            switch (e->lemma.kind) {
            case ONRI_LEMMA_TEXT:
                t->lemma = onri_sub(b->text, t->beg, t->end);
                break;
            case ONRI_LEMMA_LOWER:
                t->lemma = t->lower;
                break;
            case ONRI_LEMMA_OTHER:
                t->lemma = keep(b, &e->copy, e->lemma.s);
                break;
            }
        }
        if (!t->lemma.p) return no_memory(b, b->mem);
    }
    return ONR_OK;
}

/* ---- stages of a batch ---------------------------------------------------------------------- */

static onr_status run_net(build *b, onri_net_out *out)
{
    onr_parser *p = b->p;
    onri_net_token *tok = ONRI_NEW_N(&p->work, p->toks.n, onri_net_token);
    uint32_t *start = ONRI_NEW_N(&p->work, p->n_docs + 1, uint32_t);
    if (!tok || !start) return no_memory(b, &p->work);
    for (size_t i = 0; i < p->toks.n; i++) {
        const onri_word *w = onri_tokenizer_word(p->tokenizer, p->toks.at[i].word);
        tok[i].feat[ONRI_FEAT_NORM] = w->norm_id;
        tok[i].feat[ONRI_FEAT_PREFIX] = w->prefix;
        tok[i].feat[ONRI_FEAT_SUFFIX] = w->suffix;
        tok[i].feat[ONRI_FEAT_SHAPE] = w->shape;
        tok[i].feat[ONRI_FEAT_SPACY] = p->toks.at[i].space;
        tok[i].feat[ONRI_FEAT_IS_SPACE] = w->is_space;
        tok[i].orth = w->orth;
    }
    for (size_t d = 0; d < p->n_docs; d++) start[d] = p->docs[d].first;
    start[p->n_docs] = (uint32_t)p->toks.n;
    stop(p, ONRI_STEP_FEATURES);
    const onri_net_in in = { tok, start, (uint32_t)p->n_docs };
    const onr_status status = onri_net_run(p->net, &in, &p->work, out, b->err);
    stop(p, ONRI_STEP_NET);
    return status;
}

static size_t doc_end(const onr_parser *p, size_t d)
{
    return d + 1 < p->n_docs ? p->docs[d + 1].first : p->toks.n;
}

static onr_status run_ruler(build *b, const onri_net_out *net, onri_ruler_out **out)
{
    onr_parser *p = b->p;
    onri_ruler_in *in = ONRI_NEW_N(&p->work, p->toks.n, onri_ruler_in);
    *out = ONRI_NEW_N(&p->work, p->toks.n, onri_ruler_out);
    if (!in || !*out) return no_memory(b, &p->work);
    for (size_t i = 0; i < p->toks.n; i++)
        in[i] = (onri_ruler_in){ onri_tokenizer_word(p->tokenizer, p->toks.at[i].word), net->tag[i],
                                 net->dep[i] };
    for (size_t d = 0; d < p->n_docs; d++) {
        const size_t first = p->docs[d].first;
        onri_ruler_run(p->ruler, in + first, doc_end(p, d) - first, *out + first);
    }
    stop(p, ONRI_STEP_RULER);
    return ONR_OK;
}

/* Tokens of the batch without lemmas, from the network's and the ruler's words. */
static onr_status set_tokens(build *b, const onri_net_out *net, const onri_ruler_out *ruled)
{
    onr_parser *p = b->p;
    const onri_ruler_entry *entries = p->model->ruler_entries;
    if (!room_for_words(p)) return onri_fail(b->err, ONR_E_NOMEM, "parse", "no memory");
    for (size_t i = 0; i < p->toks.n; i++) {
        const onri_tok *tok = &p->toks.at[i];
        const onri_ruler_out *r = &ruled[i];
        onr_token *t = &b->tok[b->n + i];
        *t = (onr_token){ .beg = tok->beg,
                          .end = tok->end,
                          .head = b->n + net->head[i],
                          .l_edge = b->n + net->l_edge[i],
                          .r_edge = b->n + net->r_edge[i],
                          .pos = r->pos ? entries[r->pos - 1].pos : ONR_POS_NONE,
                          .tag = r->tag ? entries[r->tag - 1].tag : net->tag[i],
                          .dep = r->dep ? entries[r->dep - 1].dep : net->dep[i],
                          .ent_iob = 'O',
                          .morph = ONR_SV("") };
        if (tok->space) t->flags |= ONR_TOKEN_SPACE_AFTER;
        if (onri_tokenizer_word(p->tokenizer, tok->word)->is_space) t->flags |= ONR_TOKEN_IS_SPACE;
        if (net->sent_start[i]) t->flags |= ONR_TOKEN_SENT_START;
        if (!set_word(b, t, tok)) return no_memory(b, b->mem);
        if (!r->morph) continue;
        t->morph = keep(b, &p->morphs[r->morph - 1],
                        onri_model_str(p->model, entries[r->morph - 1].morph));
        if (!t->morph.p) return no_memory(b, b->mem);
    }
    return ONR_OK;
}

static onr_status set_sentences(build *b)
{
    const uint32_t end = b->n + (uint32_t)b->p->toks.n;
    for (uint32_t i = b->n; i < end; i++) {
        if (b->tok[i].flags & ONR_TOKEN_SENT_START) {
            onr_tokens *s = ONRI_PUSH(b->mem, &b->sentences);
            if (!s) return no_memory(b, b->mem);
            s->beg = i;
        }
        b->sentences.at[b->sentences.n - 1].end = i + 1;
        b->tok[i].sent = b->sentences.n - 1;
    }
    return ONR_OK;
}

static onr_status set_entities(build *b, const onri_net_out *net)
{
    for (uint32_t k = 0; k < net->n_ents; k++) {
        const onri_net_ent *e = &net->ents[k];
        onr_entity_span *to = ONRI_PUSH(b->mem, &b->entities);
        if (!to) return no_memory(b, b->mem);
        *to = (onr_entity_span){ b->n + e->beg, b->n + e->end, (onr_ent)e->label };
        for (uint32_t i = to->beg; i < to->end; i++) {
            b->tok[i].ent = e->label;
            b->tok[i].ent_iob = i == to->beg ? 'B' : 'I';
        }
    }
    return ONR_OK;
}

static onr_status set_paragraphs(build *b)
{
    onr_parser *p = b->p;
    for (size_t d = 0; d < p->n_docs; d++) {
        const uint32_t beg = b->n + p->docs[d].first, end = b->n + (uint32_t)doc_end(p, d);
        onr_tokens *to = ONRI_PUSH(b->mem, &b->paragraphs);
        if (!to || !onri_chunks(b->mem, b->tok, beg, end, &b->chunks)) return no_memory(b, b->mem);
        b->paragraphs.at[b->paragraphs.n - 1] = (onr_tokens){ beg, end };
    }
    return ONR_OK;
}

static onr_status run_batch(build *b)
{
    onr_parser *p = b->p;
    stop(p, ONRI_STEP_TOKENS);
    if (p->toks.n == 0) return ONR_OK;
    ONR_ASSERT(p->toks.n <= b->max - b->n); /* the count was of the same text */
    onri_net_out net;
    onri_ruler_out *ruled = NULL;
    onr_status status = run_net(b, &net);
    if (status == ONR_OK) status = run_ruler(b, &net, &ruled);
    if (status == ONR_OK) status = set_tokens(b, &net, ruled);
    stop(p, ONRI_STEP_ASSEMBLY);
    if (status == ONR_OK) status = set_lemmas(b, ruled);
    stop(p, ONRI_STEP_LEMMAS);
    if (status == ONR_OK) status = set_sentences(b);
    if (status == ONR_OK) status = set_entities(b, &net);
    if (status == ONR_OK) status = set_paragraphs(b);
    stop(p, ONRI_STEP_ASSEMBLY);
    b->n += (uint32_t)p->toks.n;
    p->stats.tokens += p->toks.n;
    onr_arena_rewind(&p->work, p->work_start);
    return status;
}

/* Number of tokens of the text; leaves its first batch filled and *at behind it. */
static onr_status count_tokens(build *b, size_t *at, bool whole)
{
    *at = 0;
    onr_status status = fill_batch(b, at, whole);
    size_t total = b->p->toks.n;
    if (status == ONR_OK && *at < b->text.n) {
        while (status == ONR_OK && *at < b->text.n) {
            status = fill_batch(b, at, whole);
            total += b->p->toks.n;
        }
        *at = 0;
        if (status == ONR_OK) status = fill_batch(b, at, whole);
    }
    b->max = (uint32_t)total;
    return status;
}

static onr_status parse_all(build *b, bool whole)
{
    size_t at;
    onr_status status = count_tokens(b, &at, whole);
    if (status != ONR_OK) return status;
    b->tok = ONRI_NEW_N(b->mem, b->max ? b->max : 1, onr_token);
    if (!b->tok) return no_memory(b, b->mem);
    status = run_batch(b);
    while (status == ONR_OK && at < b->text.n) {
        status = fill_batch(b, &at, whole);
        if (status == ONR_OK) status = run_batch(b);
    }
    return status;
}

onr_status onr_parse_text(onr_parser *parser, onr_arena *mem, onr_sv text, bool whole,
                          const onr_parse **out, onr_error *err)
{
    return onri_parse_cut(parser, mem, text, whole, NULL, 0, out, err);
}

onr_status onri_parse_cut(onr_parser *parser, onr_arena *mem, onr_sv text, bool whole,
                          const uint32_t *cuts, uint32_t n_cuts, const onr_parse **out,
                          onr_error *err)
{
    const size_t max = whole ? ONR_WHOLE_MAX : ONR_TEXT_MAX;
    if (text.n > max)
        return onri_fail_at(err, ONR_E_LIMIT, "parse", max, "text of %zu bytes, at most %zu%s",
                            text.n, max, whole ? " as one" : "");
    const size_t good = onri_utf8_check(text);
    if (good < text.n)
        return onri_fail_at(err, ONR_E_UTF8, "parse", good, "not UTF-8 at byte %zu", good);
    const onr_mark mark = onr_arena_mark(mem);
    build b = { .p = parser, .mem = mem, .text = text, .cuts = cuts, .n_cuts = n_cuts, .err = err };
    parser->article++;
    parser->clock = cpu_ns();
    onr_status status = parse_all(&b, whole);
    onr_parse *p = status == ONR_OK ? ONRI_NEW(mem, onr_parse) : NULL;
    if (status == ONR_OK && !p) status = no_memory(&b, mem);
    if (status != ONR_OK) {
        onr_arena_rewind(&parser->work, parser->work_start);
        onr_arena_rewind(mem, mark);
        return status;
    }
    *p = (onr_parse){ .text = text,
                      .tokens = b.tok,
                      .n_tokens = b.n,
                      .sentences = b.sentences.at,
                      .n_sentences = b.sentences.n,
                      .paragraphs = b.paragraphs.at,
                      .n_paragraphs = b.paragraphs.n,
                      .entities = b.entities.at,
                      .n_entities = b.entities.n,
                      .chunks = b.chunks.at,
                      .n_chunks = b.chunks.n };
    *out = p;
    return ONR_OK;
}

/* ---- making --------------------------------------------------------------------------------- */

static onr_status start(onr_parser *p, const onr_parser_opts *opts, onr_error *err)
{
    const onr_model *m = p->model;
    const uint32_t n = m->n_ruler_entries ? m->n_ruler_entries : 1;
    p->morph_bits = ONRI_NEW_N(&p->mem, n, uint8_t);
    p->morphs = ONRI_NEW_N(&p->mem, n, copy);
    p->lemmas_set = ONRI_NEW_N(&p->mem, n, copy);
    if (!p->lemmas_set || !p->morphs || !p->morph_bits || !onr_alloc(&p->work, 256 * 1024))
        return onri_fail(err, ONR_E_NOMEM, "parse", "no memory to start");
    p->work_start = onr_arena_mark(&p->work);
    onr_arena_rewind(&p->work, (onr_mark){ p->work.chunk, 0, 0 });
    p->work_start = onr_arena_mark(&p->work);
    for (uint32_t e = 0; e < m->n_ruler_entries; e++)
        p->morph_bits[e] = onri_morph_bits(onri_model_str(m, m->ruler_entries[e].morph));
    onr_status status = onri_ruler_new(m, &p->ruler, err);
    if (status == ONR_OK)
        status = onri_tokenizer_new(m, onri_ruler_words(p->ruler), &p->tokenizer, err);
    if (status == ONR_OK) status = onri_net_new(m, opts->kernel, opts->memo, &p->net, err);
    return status;
}

onr_status onr_parser_new(const onr_model *model, const onr_parser_opts *opts, onr_parser **out,
                          onr_error *err)
{
    onr_parser_opts o = ONR_PARSER_OPTS_INIT;
    if (opts) memcpy(&o, opts, opts->size < sizeof o ? opts->size : sizeof o);
    onr_parser *p = onri_heap_alloc(sizeof *p);
    if (!p) return onri_fail(err, ONR_E_NOMEM, "parse", "no memory to start");
    *p = (onr_parser){ .model = model,
                       .lemma_new = o.lemma_new,
                       .mem = onr_arena_make(16 * ONR_MIB),
                       .lemma_mem = onr_arena_make(ONR_ARTICLE_MEM_MAX),
                       .work = onr_arena_make(ONR_ARTICLE_MEM_MAX) };
    forget_words(p);
    const onr_status status = start(p, &o, err);
    if (status != ONR_OK) {
        onr_parser_free(p);
        return status;
    }
    *out = p;
    return ONR_OK;
}

void onr_parser_free(onr_parser *p)
{
    if (!p) return;
    onri_net_free(p->net);
    onri_tokenizer_free(p->tokenizer);
    onri_ruler_free(p->ruler);
    onri_toks_drop(&p->toks);
    onri_heap_free(p->docs);
    onri_heap_free(p->words);
    onr_arena_drop(&p->mem);
    onr_arena_drop(&p->lemma_mem);
    onr_arena_drop(&p->work);
    onri_heap_free(p);
}

onri_parser_stats onri_parser_get_stats(const onr_parser *p)
{
    return p->stats;
}

onri_net *onri_parser_net(onr_parser *p)
{
    return p->net;
}

onri_tokenizer *onri_parser_tokenizer(onr_parser *p)
{
    return p->tokenizer;
}
