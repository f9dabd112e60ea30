/* The network's conductor: cuts the documents of a run into blocks for the encoders, and feeds
 * their rows to tagger, parser and entity recogniser.
 *
 * Documents that fit a block are run several at a time and everything is done with them before the
 * next block. A longer one goes through the shared encoder stretch by stretch, of which only the
 * parser's 64 inputs a token are kept; then it is parsed as one, and read by the entity recogniser
 * stretch by stretch again. Source: own. */
#include "lang/net.h"

#include "lang/arc_eager.h"
#include "lang/encode.h"
#include "lang/ner.h"
#include "lang/scorer.h"
#include "lang/tree.h"

#include <math.h>
#include <time.h>

static const char stage[] = "net";

/* Scratch of a document's parse, grown to the longest document seen. */
typedef struct scratch {
    uint32_t n;    /* tokens it has room for */
    float *hidden; /* [n][ONRI_HIDDEN] */
    uint32_t *stack, *back, *left, *right, *before, *first, *next, *queue;
    uint16_t *move;
    uint8_t *flags, *lifted, *is_space;
    void *heap;
} scratch;

struct onri_net {
    const onr_model *model;
    const onri_kernel *kernel;
    onri_encoder shared, entity;
    onri_packed parser, ner;
    onri_linear tagger;
    uint32_t *ner_class; /* [2][256]: class of I-x and L-x, or ONR_NONE */
    scratch scratch;
    float *scores;   /* [ONRI_BLOCK][n_pad of the tagger], or of any one row of scores */
    float *ner_rows; /* [ONRI_BLOCK][ONRI_UNITS2]: slot 0 of every token of a block */
    onri_ring ring;
    void *heap;
    onri_net_listener *listener;
    void *listener_arg;
    onri_net_stats stats;
    uint64_t clock; /* when the part at hand began */
};

/* ---- memory --------------------------------------------------------------------------------- */

static float *align64(void *p)
{
    return (float *)(((uintptr_t)p + 63) & ~(uintptr_t)63);
}

static void scratch_drop(scratch *s)
{
    onri_heap_free(s->heap);
    *s = (scratch){ 0 };
}

/* Room for n tokens. */
static bool scratch_fit(scratch *s, uint32_t n)
{
    if (n <= s->n) return true;
    n = n < UINT32_MAX - 63 ? (n + 63) & ~(uint32_t)63 : n; /* parts stay aligned */
    const size_t a_token =
        ONRI_HIDDEN * sizeof(float) + 8 * sizeof(uint32_t) + sizeof(uint16_t) + 3;
    size_t bytes = 0;
    if (!onr_mul(n, a_token, &bytes) || !onr_add(bytes, 64, &bytes)) return false;
    void *heap = onri_heap_alloc(bytes);
    if (!heap) return false; /* the old room still serves shorter documents */
    scratch_drop(s);
    s->heap = heap;
    s->n = n;
    s->hidden = align64(s->heap);
    uint32_t *word = (uint32_t *)(void *)(s->hidden + (size_t)n * ONRI_HIDDEN);
    uint32_t **const words[] = { &s->stack,  &s->back,  &s->left, &s->right,
                                 &s->before, &s->first, &s->next, &s->queue };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++, word += n) *words[i] = word;
    s->move = (uint16_t *)(void *)word;
    s->flags = (uint8_t *)(s->move + n);
    s->lifted = s->flags + n;
    s->is_space = s->lifted + n;
    return true;
}

static bool make_heap(onri_net *net)
{
    const onr_model *m = net->model;
    const size_t tag = onri_linear_floats(ONRI_WIDTH, m->n_tags);
    const size_t pad = ((size_t)m->n_tags + ONRI_PACK - 1) / ONRI_PACK * ONRI_PACK;
    size_t scores = ONRI_BLOCK * pad;
    if (scores < ONRI_MOVES_MAX) scores = ONRI_MOVES_MAX;
    const size_t ner_rows = (size_t)ONRI_BLOCK * ONRI_UNITS2;
    const size_t ring = ONRI_RING * onri_ring_width(m->parser.n_feats);
    const size_t classes = 2 * 256;
    net->heap = onri_heap_alloc((tag + scores + ner_rows + ring) * sizeof(float) +
                                classes * sizeof(uint32_t) + 64);
    if (!net->heap) return false;
    float *at = align64(net->heap);
    net->ring.rows = at;
    net->ner_rows = at + ring;
    net->scores = net->ner_rows + ner_rows;
    net->tagger =
        onri_linear_pack(net->scores + scores, m->tag_w, m->tag_b, ONRI_WIDTH, m->n_tags, NULL);
    net->ner_class = (uint32_t *)(void *)(net->scores + scores + tag);
    memset(net->ner_class, 0xFF, classes * sizeof(uint32_t));
    for (uint32_t c = m->ner.n_moves; c-- > 0;) { /* backwards: the first of equal ones stays */
        onri_move move = m->ner_moves[c];
        if (move.action == ONRI_BILOU_I) net->ner_class[move.label] = c;
        if (move.action == ONRI_BILOU_L) net->ner_class[256 + move.label] = c;
    }
    return true;
}

/* Whether the classes let every document be read to its end. */
static bool moves_suffice(const onri_net *net)
{
    const onr_model *m = net->model;
    uint32_t parser = 0, ner = 0;
    for (uint32_t c = 0; c < m->parser.n_moves; c++) parser |= ONRI_BIT(m->parser_moves[c].action);
    for (uint32_t c = 0; c < m->ner.n_moves; c++) {
        onri_move move = m->ner_moves[c];
        ner |= ONRI_BIT(move.action);
        if (move.action == ONRI_BILOU_B && move.label != 0 &&
            (net->ner_class[move.label] == ONR_NONE ||
             net->ner_class[256 + move.label] == ONR_NONE))
            return false;
    }
    return parser == ONRI_BIT(ONRI_ACT_BREAK + 1) - 1 && (ner & ONRI_BIT(ONRI_BILOU_O)) != 0 &&
           ner < ONRI_BIT(ONRI_BILOU_O + 1);
}

onr_status onri_net_new(const onr_model *model, onr_kernel kernel, uint32_t memo, onri_net **out,
                        onr_error *err)
{
    *out = NULL;
    const onri_kernel *k = onri_kernel_get(kernel);
    if (!k)
        return onri_fail(err, ONR_E_UNSUPPORTED, stage, "this machine or build has no such kernel");
    onri_net *net = onri_heap_alloc(sizeof *net);
    if (!net) return onri_fail(err, ONR_E_NOMEM, stage, "no memory for the network");
    *net = (onri_net){ .model = model, .kernel = k };
    if (memo == 0) memo = 8192;
    if (!onri_encoder_make(&net->shared, model, &model->t2v, k, memo) ||
        !onri_encoder_make(&net->entity, model, &model->ner_t2v, k, memo) ||
        !onri_packed_make(&net->parser, &model->parser, model->parser_moves, k) ||
        !onri_packed_make(&net->ner, &model->ner, model->ner_moves, k) || !make_heap(net) ||
        !scratch_fit(&net->scratch, ONRI_BLOCK)) {
        onri_net_free(net);
        return onri_fail(err, ONR_E_NOMEM, stage, "no memory for the network");
    }
    if (!moves_suffice(net)) {
        onri_net_free(net);
        return onri_fail(err, ONR_E_MODEL, stage, "the model's moves cannot end every parse");
    }
    net->ring.packed = &net->parser;
    *out = net;
    return ONR_OK;
}

void onri_net_free(onri_net *net)
{
    if (!net) return;
    onri_encoder_drop(&net->shared);
    onri_encoder_drop(&net->entity);
    onri_packed_drop(&net->parser);
    onri_packed_drop(&net->ner);
    scratch_drop(&net->scratch);
    onri_heap_free(net->heap);
    onri_heap_free(net);
}

onr_kernel onri_net_kernel(const onri_net *net)
{
    return net->kernel->id;
}

void onri_net_listen(onri_net *net, onri_net_listener *listener, void *arg)
{
    net->listener = listener;
    net->listener_arg = arg;
}

onri_net_stats onri_net_get_stats(const onri_net *net)
{
    onri_net_stats s = net->stats;
    s.memo_hits = net->shared.memo.hits + net->entity.memo.hits;
    s.memo_misses = net->shared.memo.misses + net->entity.memo.misses;
    return s;
}

static uint64_t cpu_ns(void)
{
    struct timespec t;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) != 0) return 0;
    return (uint64_t)t.tv_sec * 1000000000U + (uint64_t)t.tv_nsec;
}

/* The part at hand ends here. A few calls a block: too few to matter. */
static void stop(onri_net *net, onri_net_part part)
{
    const uint64_t now = cpu_ns();
    net->stats.ns[part] += now - net->clock;
    net->clock = now;
}

static void tell(const onri_net *net, onri_net_stage of, uint32_t token, uint32_t cls,
                 onri_choice choice)
{
    net->listener(net->listener_arg, of, token, cls, choice.score, choice.margin);
}

/* ---- tagger --------------------------------------------------------------------------------- */

static onri_choice tag_margin(const float *scores, uint32_t n, size_t best)
{
    float second = -INFINITY;
    for (uint32_t c = 0; c < n; c++)
        if (c != best && scores[c] > second) second = scores[c];
    return (onri_choice){ scores[best], scores[best] - second };
}

/* Tags of tokens [beg, end) from their encoder rows. */
static void tag(onri_net *net, const float *x, uint32_t beg, uint32_t end, uint8_t *tags)
{
    const uint32_t n_tags = net->model->n_tags;
    net->kernel->linear(&net->tagger, end - beg, x, ONRI_WIDTH, net->scores, net->tagger.n_pad);
    for (uint32_t t = beg; t < end; t++) {
        const float *scores = net->scores + (size_t)(t - beg) * net->tagger.n_pad;
        size_t best = net->kernel->best(scores, n_tags);
        tags[t] = net->model->tags[best];
        if (net->listener)
            tell(net, ONRI_STAGE_TAG, t, (uint32_t)best, tag_margin(scores, n_tags, best));
    }
}

/* ---- parser --------------------------------------------------------------------------------- */

/* The class to do in state s; one that is the only valid one is not scored. */
static uint32_t next_move(onri_net *net, const onri_arc_state *s, uint32_t valid, uint32_t base)
{
    const onri_packed *p = &net->parser;
    const bool arcs = (valid & (ONRI_BIT(ONRI_ACT_LEFT) | ONRI_BIT(ONRI_ACT_RIGHT))) != 0;
    if (!arcs && (valid & (valid - 1)) == 0) /* SHIFT, REDUCE or BREAK, each of one class */
        for (uint32_t r = 0; r < p->n_runs; r++)
            if (valid >> p->runs[r].action & 1) return p->runs[r].first;
    uint32_t feats[ONRI_FEATS_MAX];
    const float *rows[ONRI_FEATS_MAX];
    _Alignas(64) float h[ONRI_HIDDEN];
    onri_arc_feats(s, feats);
    onri_ring_rows(&net->ring, feats, rows);
    net->kernel->hidden(p->n_feats, rows, p->b, h);
    onri_choice choice = { 0, 0 };
    uint32_t cls = onri_choose(p, h, valid, ~0U, net->scores, net->listener ? &choice : NULL);
    if (net->listener)
        tell(net, ONRI_STAGE_PARSE, feats[0] == ONR_NONE ? ONR_NONE : base + feats[0], cls, choice);
    net->stats.steps++;
    return cls;
}

/* Heads and classes of n tokens whose inputs are hidden[n]. */
static void find_arcs(onri_net *net, const float *hidden, uint32_t n, uint32_t base, uint32_t *head)
{
    scratch *s = &net->scratch;
    onri_arc_state state = { .stack = s->stack,
                             .back = s->back,
                             .head = head,
                             .move = s->move,
                             .left = s->left,
                             .right = s->right,
                             .before = s->before,
                             .flags = s->flags };
    onri_arc_begin(&state, n);
    net->ring.h = hidden;
    net->ring.n = n;
    net->ring.made = 0;
    while (!onri_arc_is_final(&state)) {
        uint32_t valid = onri_arc_valid(&state);
        uint32_t cls = next_move(net, &state, valid, base);
        ONR_ASSERT(cls != ONR_NONE); /* a model without one of the five actions is refused */
        onri_arc_apply(&state, (onri_action)net->model->parser_moves[cls].action, cls);
    }
}

/* Parse tokens [beg, end), one document. Output arrays hold the document's own numbers after. */
static void parse(onri_net *net, const onri_net_token *tok, const float *hidden, uint32_t beg,
                  uint32_t end, onri_net_out *out)
{
    scratch *s = &net->scratch;
    const uint32_t n = end - beg;
    onri_tree tree = { n, out->head + beg, out->l_edge + beg, out->r_edge + beg,
                       out->sent_start + beg };
    find_arcs(net, hidden, n, beg, tree.head);
    bool any_lifted = false;
    for (uint32_t i = 0; i < n; i++) {
        const onri_move *move = &net->model->parser_moves[s->move[i]];
        const bool root = tree.head[i] == ONR_NONE;
        if (root) tree.head[i] = i;
        out->dep[beg + i] = root ? (uint8_t)ONR_DEP_ROOT : move->label;
        s->lifted[i] = root ? 0 : move->label2;
        s->is_space[i] = tok[beg + i].feat[ONRI_FEAT_IS_SPACE] != 0;
        any_lifted = any_lifted || s->lifted[i] != 0;
    }
    onri_tree_edges(&tree);
    if (any_lifted) {
        onri_tree_lower(&tree, out->dep + beg, s->lifted, s->is_space, s->first, s->next, s->queue);
        onri_tree_edges(&tree);
    }
}

/* ---- entities ------------------------------------------------------------------------------- */

/* A run on its way. */
typedef struct run {
    onri_net *net;
    const onri_net_in *in;
    onr_arena *mem;
    onri_net_out out;
    uint32_t ents_cap;
} run;

/* What a document's reading carries from one stretch to the next. */
typedef struct reading {
    onri_ner_state state;
    float start[ONRI_UNITS2];  /* slot 1 of the open entity's first token */
    float before[ONRI_HIDDEN]; /* input of the last token of the stretch before */
} reading;

/* The class at token i of a stretch; hidden and net->ner_rows are the stretch's. */
static uint32_t next_entity_move(onri_net *net, const reading *r, const float *hidden, uint32_t i,
                                 onri_ner_token t, uint32_t token)
{
    const onri_packed *p = &net->ner;
    const bool open = r->state.open != 0;
    const uint32_t valid = onri_ner_valid(&r->state, t);
    const float *row[3] = { net->ner_rows + (size_t)i * ONRI_UNITS2, p->pad + ONRI_UNITS2,
                            p->pad + 2 * (size_t)ONRI_UNITS2 };
    _Alignas(64) float last[ONRI_UNITS2], h[ONRI_HIDDEN];
    uint32_t in = ONR_NONE, end = ONR_NONE;
    if (open) {
        if (valid & ONRI_BIT(ONRI_BILOU_I)) in = net->ner_class[r->state.open];
        end = net->ner_class[256 + r->state.open];
        if (in == ONR_NONE || end == ONR_NONE) return in == ONR_NONE ? end : in;
        net->kernel->linear(&p->slot[2], 1,
                            i == 0 ? r->before : hidden + (size_t)(i - 1) * ONRI_HIDDEN,
                            ONRI_HIDDEN, last, ONRI_UNITS2);
        row[1] = r->start;
        row[2] = last;
    }
    net->kernel->hidden(3, row, p->b, h);
    onri_choice choice = { 0, 0 };
    uint32_t cls = ONR_NONE;
    if (open) { /* two classes are left: I-x and L-x */
        net->kernel->scores(&p->upper, h,
                            (uint64_t)1 << in / ONRI_PACK | (uint64_t)1 << end / ONRI_PACK,
                            net->scores);
        uint32_t a = in < end ? in : end, b = in < end ? end : in;
        cls = net->scores[b] > net->scores[a] ? b : a;
        choice = (onri_choice){ net->scores[cls], fabsf(net->scores[a] - net->scores[b]) };
    } else {
        cls = onri_choose(p, h, valid, ONRI_BIT(ONRI_BILOU_O), net->scores,
                          net->listener ? &choice : NULL);
    }
    if (net->listener) tell(net, ONRI_STAGE_NER, token, cls, choice);
    return cls;
}

static onr_status keep_entity(run *r, onri_net_ent ent)
{
    onri_net_out *out = &r->out;
    if (out->n_ents == r->ents_cap &&
        !onri_vec_more(r->mem, &out->ents, &r->ents_cap, sizeof *out->ents))
        return onri_fail_mem(NULL, r->mem, stage);
    out->ents[out->n_ents++] = ent;
    return ONR_OK;
}

/* Read the stretch; x are its encoder rows. */
static onr_status read_entities(run *r, reading *doc, const float *x, const onri_stretch *s)
{
    onri_net *net = r->net;
    const onri_packed *p = &net->ner;
    float *hidden = net->scratch.hidden;
    const uint32_t n = s->end - s->beg;
    net->kernel->linear(&p->in, n, x, ONRI_WIDTH, hidden, ONRI_HIDDEN);
    net->kernel->linear(&p->slot[0], n, hidden, ONRI_HIDDEN, net->ner_rows, ONRI_UNITS2);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t t = s->beg + i;
        const onri_ner_token info = { r->in->tok[t].feat[ONRI_FEAT_IS_SPACE] != 0,
                                      t + 1 == s->doc_end,
                                      t + 1 < s->doc_end && r->out.sent_start[t + 1] };
        uint32_t cls = next_entity_move(net, doc, hidden, i, info, t);
        ONR_ASSERT(cls != ONR_NONE); /* the moves were checked */
        const bool was_open = doc->state.open != 0;
        onri_net_ent ent = { 0, t + 1, 0 };
        if (onri_ner_apply(&doc->state, t, net->model->ner_moves[cls], &ent.beg, &ent.label)) {
            onr_status st = keep_entity(r, ent);
            if (st != ONR_OK) return st;
        }
        if (!was_open && doc->state.open)
            net->kernel->linear(&p->slot[1], 1, hidden + (size_t)i * ONRI_HIDDEN, ONRI_HIDDEN,
                                doc->start, ONRI_UNITS2);
    }
    memcpy(doc->before, hidden + (size_t)(n - 1) * ONRI_HIDDEN, sizeof doc->before);
    return ONR_OK;
}

/* ---- runs ----------------------------------------------------------------------------------- */

static onr_status block_entities(run *r, onri_stretch *s, size_t n)
{
    const float *x = onri_encode(&r->net->entity, r->in->tok, s, n);
    stop(r->net, ONRI_PART_ENCODE_NER);
    for (size_t i = 0; i < n; i++) {
        reading doc = { .state = { 0, 0 } };
        onr_status st = read_entities(r, &doc, x + (size_t)s[i].row * ONRI_WIDTH, &s[i]);
        if (st != ONR_OK) return st;
    }
    stop(r->net, ONRI_PART_NER);
    return ONR_OK;
}

/* Whole documents that fit a block together. */
static onr_status run_block(run *r, onri_stretch *s, size_t n)
{
    onri_net *net = r->net;
    const float *x = onri_encode(&net->shared, r->in->tok, s, n);
    stop(net, ONRI_PART_ENCODE);
    for (size_t i = 0; i < n; i++)
        tag(net, x + (size_t)s[i].row * ONRI_WIDTH, s[i].beg, s[i].end, r->out.tag);
    stop(net, ONRI_PART_TAG);
    for (size_t i = 0; i < n; i++) {
        float *hidden = net->scratch.hidden;
        net->kernel->linear(&net->parser.in, s[i].end - s[i].beg, x + (size_t)s[i].row * ONRI_WIDTH,
                            ONRI_WIDTH, hidden, ONRI_HIDDEN);
        parse(net, r->in->tok, hidden, s[i].beg, s[i].end, &r->out);
    }
    stop(net, ONRI_PART_PARSE);
    return block_entities(r, s, n);
}

/* One document longer than a block. */
static onr_status run_long(run *r, uint32_t beg, uint32_t end)
{
    onri_net *net = r->net;
    if (!scratch_fit(&net->scratch, end - beg)) return ONR_E_NOMEM;
    float *hidden = net->scratch.hidden;
    for (uint32_t t = beg; t < end;) {
        uint32_t n = end - t < ONRI_STRETCH_MAX ? end - t : ONRI_STRETCH_MAX;
        onri_stretch s = { beg, end, t, t + n, 0 };
        const float *x = onri_encode(&net->shared, r->in->tok, &s, 1) + (size_t)s.row * ONRI_WIDTH;
        stop(net, ONRI_PART_ENCODE);
        tag(net, x, t, t + n, r->out.tag);
        stop(net, ONRI_PART_TAG);
        net->kernel->linear(&net->parser.in, n, x, ONRI_WIDTH,
                            hidden + (size_t)(t - beg) * ONRI_HIDDEN, ONRI_HIDDEN);
        t += n;
    }
    parse(net, r->in->tok, hidden, beg, end, &r->out);
    stop(net, ONRI_PART_PARSE);
    reading doc = { .state = { 0, 0 } };
    for (uint32_t t = beg; t < end;) {
        uint32_t n = end - t < ONRI_STRETCH_MAX ? end - t : ONRI_STRETCH_MAX;
        onri_stretch s = { beg, end, t, t + n, 0 };
        const float *x = onri_encode(&net->entity, r->in->tok, &s, 1) + (size_t)s.row * ONRI_WIDTH;
        stop(net, ONRI_PART_ENCODE_NER);
        onr_status st = read_entities(r, &doc, x, &s);
        stop(net, ONRI_PART_NER);
        if (st != ONR_OK) return st;
        t += n;
    }
    return ONR_OK;
}

/* Documents from *doc on that fit a block; moves *doc past them. At least one, unless the next is
 * longer than a block or there is none. */
static size_t fill_block(const onri_net_in *in, uint32_t *doc, onri_stretch *s)
{
    size_t n = 0;
    uint32_t rows = 0;
    for (; *doc < in->n_docs; ++*doc) {
        uint32_t beg = in->start[*doc], end = in->start[*doc + 1];
        if (beg == end) continue;
        if (end - beg > ONRI_STRETCH_MAX || rows + onri_stretch_rows(end - beg) > ONRI_BLOCK) break;
        rows += onri_stretch_rows(end - beg);
        s[n++] = (onri_stretch){ beg, end, beg, end, 0 };
    }
    return n;
}

static onr_status run_all(run *r)
{
    onr_status st = ONR_OK;
    for (uint32_t doc = 0; doc < r->in->n_docs && st == ONR_OK;) {
        onri_stretch s[ONRI_STRETCHES_MAX];
        size_t n = fill_block(r->in, &doc, s);
        if (n > 0) {
            st = run_block(r, s, n);
        } else if (doc < r->in->n_docs) {
            st = run_long(r, r->in->start[doc], r->in->start[doc + 1]);
            doc++;
        }
    }
    return st;
}

/* From the documents' own numbers to the run's. */
static void count_through(const onri_net_in *in, onri_net_out *out)
{
    for (uint32_t d = 0; d < in->n_docs; d++) {
        const uint32_t beg = in->start[d];
        for (uint32_t t = beg; t < in->start[d + 1]; t++) {
            out->head[t] += beg;
            out->l_edge[t] += beg;
            out->r_edge[t] += beg;
        }
        if (beg < in->start[d + 1]) out->sent_start[beg] = 1;
    }
}

static bool make_out(onr_arena *mem, uint32_t n, onri_net_out *out)
{
    if (n == 0) return true;
    out->n = n;
    out->tag = ONRI_NEW_N(mem, n, uint8_t);
    out->dep = ONRI_NEW_N(mem, n, uint8_t);
    out->sent_start = ONRI_NEW_N(mem, n, uint8_t);
    out->head = ONRI_NEW_N(mem, n, uint32_t);
    out->l_edge = ONRI_NEW_N(mem, n, uint32_t);
    out->r_edge = ONRI_NEW_N(mem, n, uint32_t);
    return out->tag && out->dep && out->sent_start && out->head && out->l_edge && out->r_edge;
}

onr_status onri_net_run(onri_net *net, const onri_net_in *in, onr_arena *mem, onri_net_out *out,
                        onr_error *err)
{
    const onr_mark mark = onr_arena_mark(mem);
    const uint32_t n = in->n_docs ? in->start[in->n_docs] : 0;
    run r = { .net = net, .in = in, .mem = mem };
    net->clock = cpu_ns();
    if (!make_out(mem, n, &r.out)) {
        onr_status st = onri_fail_mem(err, mem, stage);
        onr_arena_rewind(mem, mark);
        return st;
    }
    onr_status st = run_all(&r);
    if (st != ONR_OK) {
        onr_arena_rewind(mem, mark);
        return onri_fail(err, st, stage, "no room for the parse of %u tokens", n);
    }
    count_through(in, &r.out);
    net->stats.tokens += n;
    *out = r.out;
    return ONR_OK;
}

onr_status onri_net_encode(onri_net *net, onri_net_encoder which, const onri_net_in *in,
                           float *rows, onr_error *err)
{
    (void)err; /* nothing can fail yet; the signature leaves room */
    onri_encoder *e = which == ONRI_ENCODER_SHARED ? &net->shared : &net->entity;
    for (uint32_t d = 0; d < in->n_docs; d++)
        for (uint32_t t = in->start[d], end = in->start[d + 1]; t < end;) {
            uint32_t n = end - t < ONRI_STRETCH_MAX ? end - t : ONRI_STRETCH_MAX;
            onri_stretch s = { in->start[d], end, t, t + n, 0 };
            const float *x = onri_encode(e, in->tok, &s, 1);
            memcpy(rows + (size_t)t * ONRI_WIDTH, x + (size_t)s.row * ONRI_WIDTH,
                   (size_t)n * ONRI_WIDTH * sizeof *rows);
            t += n;
        }
    return ONR_OK;
}
