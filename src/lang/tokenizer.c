/* The tokenizer: white space, affixes, exceptions, infixes, then the exceptions once more.
 *
 * Follows spaCy's tokenizer (spacy/tokenizer.pyx, MIT) after its description; code own. A chunk,
 * the text between white space, is cut the same wherever it stands, so chunks are cached. Every
 * loop is linear in the chunk: suffixes are searched in a window at its end, which is exact as no
 * suffix but a row of dots is longer. Left out: token_match, which English does not have. */
#include "lang/tokenizer.h"

#include <stdlib.h>

#include "lang/regex.h"
#include "lang/unicode.h"

enum {
    CHUNK_KEEP = 96,               /* longest chunk that is cached, in bytes */
    WINDOW = 96,                   /* bytes at the end of a chunk searched for a suffix */
    URL_MAX = 16 * 1024,           /* longest chunk that is tried as a web address */
    TIDY_BYTES = 16 * 1024 * 1024, /* words and chunks beyond this are forgotten */
    ROOT = 0
};

/* One token of a chunk: its word and its length. */
typedef struct piece {
    uint32_t word, n;
} piece;

typedef struct pieces {
    piece *at;
    size_t n, cap;
} pieces;

typedef struct chunk {
    const char *p;
    uint64_t hash;
    uint32_t n;     /* bytes */
    uint32_t first; /* in kept */
    uint32_t n_pieces;
} chunk;

/* A stretch of tokens that reads like an exception cut by rule. */
typedef struct match {
    uint32_t first, n;
    uint32_t exception; /* ONR_NONE: none after all */
} match;

struct onri_tokenizer {
    const onr_model *model;
    onri_regex *prefix, *suffix, *infix, *url;
    onr_arena mem;         /* exceptions and trie */
    onri_atoms exceptions; /* number = index in model->exceptions */
    size_t exception_max;  /* bytes of the longest */
    onri_atoms trie_words;
    onri_map trie;        /* node << 32 | word -> node */
    ONRI_VEC(bool) nodes; /* an exception ends at this node */
    uint32_t trie_depth;
    onri_words words;
    onr_arena chunk_mem; /* texts of chunks */
    chunk *chunks;
    size_t n_chunks, cap_chunks;
    uint32_t *slots; /* chunk + 1 */
    size_t n_slots;
    pieces kept;  /* pieces of all cached chunks */
    pieces fresh; /* of the chunk at hand */
    uint32_t *suffixes;
    size_t n_suffixes, cap_suffixes; /* lengths of suffixes cut off, outermost first */
    match *matches;
    size_t n_matches, cap_matches;
    onri_toks spare;
    onr_status status; /* sticky within a call */
    onri_tokenizer_stats stats;
};

/* Room for one more element of an array on the heap. */
static bool more(void *at_ptr, size_t n, size_t *cap, size_t size)
{
    if (n < *cap) return true;
    const size_t to = *cap ? *cap * 2 : 64;
    size_t bytes;
    void *at;
    memcpy(&at, at_ptr, sizeof at);
    at = onr_mul(to, size, &bytes) ? onri_heap_realloc(at, bytes) : NULL;
    if (!at) return false;
    memcpy(at_ptr, &at, sizeof at);
    *cap = to;
    return true;
}

static bool fail(onri_tokenizer *tk, onr_status status)
{
    if (tk->status == ONR_OK) tk->status = status;
    return false;
}

void onri_toks_drop(onri_toks *t)
{
    onri_heap_free(t->at);
    *t = (onri_toks){ 0 };
}

static bool push_tok(onri_tokenizer *tk, onri_toks *t, onri_tok tok)
{
    if (!more(&t->at, t->n, &t->cap, sizeof *t->at)) return fail(tk, ONR_E_NOMEM);
    t->at[t->n++] = tok;
    return true;
}

/* ---- one chunk ------------------------------------------------------------------------------ */

static bool push_piece(onri_tokenizer *tk, onr_sv text, const onr_sv *norm)
{
    const uint32_t word = onri_word_find(&tk->words, text, norm);
    if (word == ONR_NONE) return fail(tk, tk->words.status);
    pieces *p = &tk->fresh;
    if (!more(&p->at, p->n, &p->cap, sizeof *p->at)) return fail(tk, ONR_E_NOMEM);
    p->at[p->n++] = (piece){ word, (uint32_t)text.n };
    return true;
}

static uint32_t find_exception(const onri_tokenizer *tk, onr_sv s)
{
    return s.n == 0 || s.n > tk->exception_max ? ONR_NONE : onri_atom_find(&tk->exceptions, s);
}

/* Text and norm of token k of an exception; the norm's .p is NULL if it gives none. */
static onr_sv exception_token(const onri_tokenizer *tk, uint32_t e, uint32_t k, onr_sv *norm)
{
    const onri_exc_token *t = &tk->model->exc_tokens[tk->model->exceptions[e].first + k];
    *norm = t->norm.n == UINT32_MAX ? (onr_sv){ NULL, 0 } : onri_model_str(tk->model, t->norm);
    return onri_model_str(tk->model, t->orth);
}

static bool push_exception(onri_tokenizer *tk, uint32_t e)
{
    for (uint32_t k = 0; k < tk->model->exceptions[e].n; k++) {
        onr_sv norm;
        const onr_sv text = exception_token(tk, e, k, &norm);
        if (!push_piece(tk, text, norm.p ? &norm : NULL)) return false;
    }
    return true;
}

static size_t prefix_length(onri_tokenizer *tk, onr_sv s)
{
    size_t beg, end;
    return s.n && onri_regex_find(tk->prefix, s, 0, &beg, &end) ? end : 0;
}

static size_t suffix_length(onri_tokenizer *tk, onr_sv s)
{
    for (size_t window = WINDOW;; window *= 2) {
        size_t from = s.n > window ? s.n - window : 0, beg, end;
        while (from > 0 && ((unsigned char)s.p[from] & 0xC0) == 0x80) from--;
        if (s.n == 0 || !onri_regex_find(tk->suffix, s, from, &beg, &end)) return 0;
        if (beg > from || from == 0) return end - beg;
    }
}

static bool push_suffix(onri_tokenizer *tk, size_t n)
{
    if (!more(&tk->suffixes, tk->n_suffixes, &tk->cap_suffixes, sizeof *tk->suffixes))
        return fail(tk, ONR_E_NOMEM);
    tk->suffixes[tk->n_suffixes++] = (uint32_t)n;
    return true;
}

/* Cut affixes off x: prefixes go to fresh, lengths of suffixes to suffixes. What is left is in *x.
 */
static bool cut_affixes(onri_tokenizer *tk, onr_sv *x, bool exceptions)
{
    size_t last = SIZE_MAX;
    while (x->n && x->n != last) {
        if (exceptions && find_exception(tk, *x) != ONR_NONE) return true;
        last = x->n;
        const size_t a = prefix_length(tk, *x);
        const onr_sv inner = onri_sub(*x, a, x->n);
        if (a && exceptions && find_exception(tk, inner) != ONR_NONE) {
            if (!push_piece(tk, onri_sub(*x, 0, a), NULL)) return false;
            *x = inner;
            return true;
        }
        const size_t b = suffix_length(tk, inner);
        const onr_sv outer = onri_sub(*x, 0, x->n - b);
        if (b && exceptions && find_exception(tk, outer) != ONR_NONE) {
            *x = outer;
            return push_suffix(tk, b);
        }
        if (a && !push_piece(tk, onri_sub(*x, 0, a), NULL)) return false;
        /* The suffix was found in what the prefix left, so the two never overlap. */
        if (b && !push_suffix(tk, b)) return false;
        *x = onri_sub(*x, a, x->n - b);
    }
    return true;
}

/* Cut x at its infixes. */
static bool cut_infixes(onri_tokenizer *tk, onr_sv x)
{
    size_t start = 0, from = 0, beg, end;
    while (from <= x.n && onri_regex_find(tk->infix, x, from, &beg, &end)) {
        if (end > from) {
            from = end;
        } else { /* an empty match: go on behind the next code point */
            unsigned len = 1;
            if (from < x.n) (void)onri_utf8_at(x, from, &len);
            from += len;
        }
        if (beg == 0) continue;
        if (beg > start && !push_piece(tk, onri_sub(x, start, beg), NULL)) return false;
        if (end > beg && !push_piece(tk, onri_sub(x, beg, end), NULL)) return false;
        start = end;
    }
    return start == x.n || push_piece(tk, onri_sub(x, start, x.n), NULL);
}

static bool is_url(onri_tokenizer *tk, onr_sv x)
{
    size_t beg, end;
    if (x.n > URL_MAX) {
        tk->stats.given_up++;
        return false;
    }
    return onri_regex_find(tk->url, x, 0, &beg, &end);
}

/* The chunk's tokens into fresh. */
static bool cut_chunk(onri_tokenizer *tk, onr_sv x, bool exceptions)
{
    tk->fresh.n = tk->n_suffixes = 0;
    const onr_sv whole = x;
    uint32_t e = exceptions ? find_exception(tk, x) : ONR_NONE;
    if (e != ONR_NONE) return push_exception(tk, e);
    if (!cut_affixes(tk, &x, exceptions)) return false;
    if (x.n) {
        e = exceptions ? find_exception(tk, x) : ONR_NONE;
        const bool ok = e != ONR_NONE   ? push_exception(tk, e)
                        : is_url(tk, x) ? push_piece(tk, x, NULL)
                                        : cut_infixes(tk, x);
        if (!ok) return false;
    }
    size_t at = (size_t)(x.p - whole.p) + x.n;
    for (size_t k = tk->n_suffixes; k-- > 0;) {
        const size_t n = tk->suffixes[k];
        if (!push_piece(tk, onri_sub(whole, at, at + n), NULL)) return false;
        at += n;
    }
    return true;
}

/* ---- cache ---------------------------------------------------------------------------------- */

static uint32_t *chunk_slot(const onri_tokenizer *tk, onr_sv x, uint64_t hash)
{
    size_t i = (size_t)hash & (tk->n_slots - 1);
    for (; tk->slots[i]; i = (i + 1) & (tk->n_slots - 1)) {
        const chunk *c = &tk->chunks[tk->slots[i] - 1];
        if (c->hash == hash && c->n == x.n && memcmp(c->p, x.p, x.n) == 0) break;
    }
    return &tk->slots[i];
}

static bool grow_slots(onri_tokenizer *tk)
{
    if ((tk->n_chunks + 1) * 2 <= tk->n_slots) return true;
    const size_t n = tk->n_slots ? tk->n_slots * 2 : 4096;
    uint32_t *slots = onri_heap_alloc(n * sizeof *slots);
    if (!slots) return fail(tk, ONR_E_NOMEM);
    memset(slots, 0, n * sizeof *slots);
    onri_heap_free(tk->slots);
    tk->slots = slots;
    tk->n_slots = n;
    for (size_t c = 0; c < tk->n_chunks; c++) {
        const chunk *k = &tk->chunks[c];
        *chunk_slot(tk, onri_sv(k->p, k->n), k->hash) = (uint32_t)c + 1;
    }
    return true;
}

/* Keep fresh as the tokens of x. */
static bool keep_chunk(onri_tokenizer *tk, onr_sv x, uint64_t hash)
{
    const onr_sv copy = onri_dup(&tk->chunk_mem, x);
    if (!copy.p) return fail(tk, tk->chunk_mem.status);
    if (!more(&tk->chunks, tk->n_chunks, &tk->cap_chunks, sizeof *tk->chunks))
        return fail(tk, ONR_E_NOMEM);
    const size_t first = tk->kept.n;
    for (size_t i = 0; i < tk->fresh.n; i++) {
        if (!more(&tk->kept.at, tk->kept.n, &tk->kept.cap, sizeof *tk->kept.at))
            return fail(tk, ONR_E_NOMEM);
        tk->kept.at[tk->kept.n++] = tk->fresh.at[i];
    }
    tk->chunks[tk->n_chunks++] =
        (chunk){ copy.p, hash, (uint32_t)x.n, (uint32_t)first, (uint32_t)tk->fresh.n };
    *chunk_slot(tk, x, hash) = (uint32_t)tk->n_chunks;
    return true;
}

static bool add_chunk(onri_tokenizer *tk, onr_sv text, size_t beg, size_t end, onri_toks *toks)
{
    const onr_sv x = onri_sub(text, beg, end);
    const piece *p;
    size_t n;
    tk->stats.chunks++;
    if (x.n <= CHUNK_KEEP) {
        if (!grow_slots(tk)) return false;
        const uint64_t hash = onri_hash(x);
        uint32_t c = *chunk_slot(tk, x, hash);
        if (c == 0) {
            tk->stats.new_chunks++;
            if (!cut_chunk(tk, x, true) || !keep_chunk(tk, x, hash)) return false;
            c = (uint32_t)tk->n_chunks;
        }
        p = tk->kept.at + tk->chunks[c - 1].first;
        n = tk->chunks[c - 1].n_pieces;
    } else {
        tk->stats.new_chunks++;
        if (!cut_chunk(tk, x, true)) return false;
        p = tk->fresh.at;
        n = tk->fresh.n;
    }
    uint32_t at = (uint32_t)beg;
    for (size_t i = 0; i < n; i++) {
        if (!push_tok(tk, toks, (onri_tok){ .beg = at, .end = at + p[i].n, .word = p[i].word }))
            return false;
        at += p[i].n;
    }
    return true;
}

/* ---- second pass ---------------------------------------------------------------------------- */

static bool push_match(onri_tokenizer *tk, size_t first, size_t n)
{
    if (!more(&tk->matches, tk->n_matches, &tk->cap_matches, sizeof *tk->matches))
        return fail(tk, ONR_E_NOMEM);
    tk->matches[tk->n_matches++] = (match){ (uint32_t)first, (uint32_t)n, ONR_NONE };
    return true;
}

static bool find_matches(onri_tokenizer *tk, const onri_toks *toks, size_t first)
{
    tk->n_matches = 0;
    for (size_t i = first; i < toks->n; i++) {
        uint32_t node = ROOT;
        for (size_t k = i; k < toks->n; k++) {
            const uint32_t word = tk->words.at[toks->at[k].word].trie;
            if (word == ONR_NONE) break;
            node = onri_map_get(&tk->trie, (uint64_t)node << 32 | word);
            if (node == ONR_NONE) break;
            if (tk->nodes.at[node] && !push_match(tk, i, k + 1 - i)) return false;
        }
    }
    return true;
}

/* Longest first, then leftmost: take a match if its ends are free; it blocks its tokens either way.
 * Matches whose text is an exception, blanks between the tokens included, get its number. */
static void choose_matches(onri_tokenizer *tk, onr_sv text, onri_toks *toks)
{
    size_t left = tk->n_matches;
    for (uint32_t n = tk->trie_depth; n > 0 && left > 0; n--) {
        for (size_t m = 0; m < tk->n_matches; m++) {
            match *x = &tk->matches[m];
            if (x->n != n) continue;
            onri_tok *beg = &toks->at[x->first], *last = beg + x->n - 1;
            left--;
            if (!beg->seen && !last->seen)
                x->exception = find_exception(tk, onri_sub(text, beg->beg, last->end));
            for (onri_tok *t = beg; t <= last; t++) t->seen = true;
        }
    }
}

static int by_first(const void *a, const void *b)
{
    const uint32_t x = ((const match *)a)->first, y = ((const match *)b)->first;
    return (x > y) - (x < y);
}

/* Put the exception's tokens in place of the match's. */
static bool put_exception(onri_tokenizer *tk, const match *m, const onri_toks *from, onri_toks *to)
{
    const uint32_t n = tk->model->exceptions[m->exception].n;
    const onri_tok *last = &from->at[m->first + m->n - 1];
    uint32_t at = from->at[m->first].beg;
    tk->stats.merged++;
    for (uint32_t k = 0; k < n; k++) {
        onr_sv norm;
        const onr_sv t = exception_token(tk, m->exception, k, &norm);
        const uint32_t word = onri_word_find(&tk->words, t, norm.p ? &norm : NULL);
        if (word == ONR_NONE) return fail(tk, tk->words.status);
        const onri_tok tok = { at, at + (uint32_t)t.n, word, k + 1 == n && last->space, false };
        if (!push_tok(tk, to, tok)) return false;
        at += (uint32_t)t.n;
    }
    return true;
}

static bool second_pass(onri_tokenizer *tk, onr_sv text, onri_toks *toks, size_t first)
{
    if (!find_matches(tk, toks, first)) return false;
    if (tk->n_matches == 0) return true;
    choose_matches(tk, text, toks);
    size_t n = 0;
    for (size_t m = 0; m < tk->n_matches; m++)
        if (tk->matches[m].exception != ONR_NONE) tk->matches[n++] = tk->matches[m];
    if (n == 0) return true;
    qsort(tk->matches, n, sizeof *tk->matches, by_first);
    /* Tokens before the first replacement stay where they are. */
    tk->spare.n = 0;
    const size_t keep = tk->matches[0].first;
    size_t at = keep;
    for (size_t m = 0; m <= n; m++) {
        const size_t stop = m < n ? tk->matches[m].first : toks->n;
        for (; at < stop; at++)
            if (!push_tok(tk, &tk->spare, toks->at[at])) return false;
        if (m == n) break;
        if (!put_exception(tk, &tk->matches[m], toks, &tk->spare)) return false;
        at += tk->matches[m].n;
    }
    toks->n = keep;
    for (size_t i = 0; i < tk->spare.n; i++)
        if (!push_tok(tk, toks, tk->spare.at[i])) return false;
    return true;
}

/* ---- text ----------------------------------------------------------------------------------- */

static bool space_at(onr_sv text, size_t i, unsigned *len)
{
    const unsigned char c = (unsigned char)text.p[i];
    if (c < 0x80) {
        *len = 1;
        return c <= ' ' && onri_cp_space(c);
    }
    return onri_cp_space(onri_utf8_at(text, i, len));
}

static bool cut_text(onri_tokenizer *tk, onr_sv text, onr_span span, onri_toks *toks)
{
    const size_t first = toks->n;
    size_t i = span.beg;
    while (i < span.end) {
        unsigned len;
        const bool white = space_at(text, i, &len);
        size_t j = i + len;
        while (j < span.end && space_at(text, j, &len) == white) j += len;
        if (white && toks->n > first && text.p[i] == ' ') {
            toks->at[toks->n - 1].space = true;
            i++;
        }
        if (i < j && !add_chunk(tk, text, i, j, toks)) return false;
        i = j;
    }
    return second_pass(tk, text, toks, first);
}

onr_status onri_tokenize(onri_tokenizer *tk, onr_sv text, onr_span span, onri_toks *toks,
                         onr_error *err)
{
    const size_t before = toks->n;
    tk->status = ONR_OK;
    if (cut_text(tk, onri_sub(text, 0, span.end), span, toks)) return ONR_OK;
    toks->n = before;
    ONR_ASSERT(tk->status != ONR_OK);
    return onri_fail(err, tk->status, "tokenizer", "no memory for the words");
}

const onri_word *onri_tokenizer_word(const onri_tokenizer *tk, uint32_t word)
{
    return &tk->words.at[word];
}

onri_words *onri_tokenizer_words(onri_tokenizer *tk)
{
    return &tk->words;
}

static void forget(onri_tokenizer *tk)
{
    onri_words_clear(&tk->words);
    onr_arena_drop(&tk->chunk_mem);
    tk->n_chunks = tk->kept.n = 0;
    if (tk->n_slots) memset(tk->slots, 0, tk->n_slots * sizeof *tk->slots);
}

bool onri_tokenizer_tidy(onri_tokenizer *tk)
{
    const size_t bytes = onri_words_bytes(&tk->words) + tk->chunk_mem.total +
                         tk->cap_chunks * sizeof *tk->chunks + tk->n_slots * sizeof *tk->slots +
                         tk->kept.cap * sizeof *tk->kept.at;
    if (bytes <= TIDY_BYTES && tk->words.status == ONR_OK) return false;
    forget(tk);
    /* One hostile text must not leave its arrays behind: they grow again as needed. */
    onri_words_trim(&tk->words);
    onri_heap_free(tk->chunks);
    onri_heap_free(tk->slots);
    onri_heap_free(tk->kept.at);
    tk->chunks = NULL;
    tk->slots = NULL;
    tk->kept = (pieces){ 0 };
    tk->cap_chunks = tk->n_slots = 0;
    return true;
}

onri_tokenizer_stats onri_tokenizer_get_stats(const onri_tokenizer *tk)
{
    onri_tokenizer_stats s = tk->stats;
    s.given_up += onri_regex_given_up(tk->prefix) + onri_regex_given_up(tk->suffix) +
                  onri_regex_given_up(tk->infix) + onri_regex_given_up(tk->url);
    return s;
}

/* ---- making --------------------------------------------------------------------------------- */

/* Whether rules would cut the exception's text, so that the first pass may miss it. */
static bool may_be_split(onri_tokenizer *tk, onr_sv s)
{
    size_t beg, end;
    return prefix_length(tk, s) > 0 || suffix_length(tk, s) > 0 ||
           onri_regex_find(tk->infix, s, 0, &beg, &end) || memchr(s.p, ' ', s.n);
}

static bool add_node(onri_tokenizer *tk)
{
    bool *node = ONRI_PUSH(&tk->mem, &tk->nodes);
    return node != NULL;
}

/* Add the tokens that rules make of an exception's text to the trie. */
static bool add_to_trie(onri_tokenizer *tk, onr_sv s)
{
    size_t i = 0;
    uint32_t node = ROOT, depth = 0;
    while (i < s.n) { /* as cut_text does, without exceptions and cache */
        unsigned len;
        const bool white = space_at(s, i, &len);
        size_t j = i + len;
        while (j < s.n && space_at(s, j, &len) == white) j += len;
        if (white && depth > 0 && s.p[i] == ' ') i++;
        if (i < j && !cut_chunk(tk, onri_sub(s, i, j), false)) return false;
        for (size_t k = 0; i < j && k < tk->fresh.n; k++, depth++) {
            const uint32_t word =
                onri_atom(&tk->trie_words, tk->words.at[tk->fresh.at[k].word].text);
            if (word == ONR_NONE) return fail(tk, tk->mem.status);
            const uint64_t edge = (uint64_t)node << 32 | word;
            node = onri_map_get(&tk->trie, edge);
            if (node != ONR_NONE) continue;
            node = tk->nodes.n;
            if (!add_node(tk) || !onri_map_put(&tk->trie, edge, node))
                return fail(tk, tk->mem.status);
        }
        i = j;
    }
    tk->nodes.at[node] = depth > 0;
    if (depth > tk->trie_depth) tk->trie_depth = depth;
    return true;
}

static bool load_exceptions(onri_tokenizer *tk)
{
    const onr_model *m = tk->model;
    if (!add_node(tk)) return fail(tk, tk->mem.status);
    for (uint32_t e = 0; e < m->n_exceptions; e++) {
        const onr_sv s = onri_model_str(m, m->exceptions[e].text);
        const uint32_t a = onri_atom(&tk->exceptions, s);
        if (a == ONR_NONE) return fail(tk, tk->mem.status);
        ONR_ASSERT(a == e); /* the model has each text once */
        if (s.n > tk->exception_max) tk->exception_max = s.n;
    }
    bool ok = true;
    for (uint32_t e = 0; ok && e < m->n_exceptions; e++) {
        const onr_sv s = onri_model_str(m, m->exceptions[e].text);
        if (may_be_split(tk, s)) ok = add_to_trie(tk, s);
    }
    /* Words made so far were numbered before the trie was complete. */
    forget(tk);
    return ok;
}

static onr_status load(onri_tokenizer *tk, onr_error *err)
{
    const onr_model *m = tk->model;
    const struct {
        onri_str pattern;
        bool anchored;
        onri_regex **to;
    } all[] = { { m->prefix_re, true, &tk->prefix },
                { m->suffix_re, false, &tk->suffix },
                { m->infix_re, false, &tk->infix },
                { m->url_re, true, &tk->url } };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const onr_status status =
            onri_regex_new(onri_model_str(m, all[i].pattern), all[i].anchored, all[i].to, err);
        if (status != ONR_OK) return status;
    }
    return load_exceptions(tk) ? ONR_OK
                               : onri_fail(err, tk->status, "tokenizer", "no memory to start");
}

onr_status onri_tokenizer_new(const onr_model *model, const onri_atoms *lower, onri_tokenizer **out,
                              onr_error *err)
{
    onri_tokenizer *tk = onri_heap_alloc(sizeof *tk);
    if (!tk) return onri_fail(err, ONR_E_NOMEM, "tokenizer", "no memory to start");
    *tk = (onri_tokenizer){ .model = model,
                            .mem = onr_arena_make(64 * ONR_MIB),
                            .chunk_mem = onr_arena_make(ONR_ARTICLE_MEM_MAX) };
    onri_atoms_init(&tk->exceptions, &tk->mem);
    onri_atoms_init(&tk->trie_words, &tk->mem);
    onri_map_init(&tk->trie, &tk->mem);
    onri_words_init(&tk->words, model, (onri_word_classes){ &tk->trie_words, lower });
    const onr_status status = load(tk, err);
    if (status != ONR_OK) {
        onri_tokenizer_free(tk);
        return status;
    }
    *out = tk;
    return ONR_OK;
}

void onri_tokenizer_free(onri_tokenizer *tk)
{
    if (!tk) return;
    onri_regex_free(tk->prefix);
    onri_regex_free(tk->suffix);
    onri_regex_free(tk->infix);
    onri_regex_free(tk->url);
    onri_words_drop(&tk->words);
    onr_arena_drop(&tk->mem);
    onr_arena_drop(&tk->chunk_mem);
    onri_heap_free(tk->chunks);
    onri_heap_free(tk->slots);
    onri_heap_free(tk->kept.at);
    onri_heap_free(tk->fresh.at);
    onri_heap_free(tk->suffixes);
    onri_heap_free(tk->matches);
    onri_toks_drop(&tk->spare);
    onri_heap_free(tk);
}
