/* CoNLL-U writer and reader: the parse as text, token by token, with byte offsets.
 *
 * Format: universaldependencies.org/format.html, dialect of docs/formats/conllu.md. Dump, load and
 * dump again gives the same bytes. What can be computed is not stored: edges, chunks, lower case.
 * Left out: multiword tokens, empty nodes and enhanced dependencies, which the models do not have:
 * refused. */
#include "lang/conllu.h"

#include "lang/chunks.h"
#include "lang/unicode.h"
#include "onrecord/lang.h"

static const char STAGE[] = "conllu";

/* ---- writer --------------------------------------------------------------------------------- */

/* The value with \s \t \n \r \p \\ for blank, tab, newline, return, bar, backslash. */
static void put_escaped(onri_buf *b, onr_sv s)
{
    static const char from[] = " \t\n\r|\\", to[] = "stnrp\\";
    size_t plain = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *hit = s.p[i] ? strchr(from, s.p[i]) : NULL;
        if (!hit) continue;
        onri_buf_add(b, onri_sub(s, plain, i));
        onri_buf_addc(b, '\\');
        onri_buf_addc(b, to[hit - from]);
        plain = i + 1;
    }
    onri_buf_add(b, onri_sub(s, plain, s.n));
}

static void put_column(onri_buf *b, onr_sv s)
{
    if (s.n)
        put_escaped(b, s);
    else
        onri_buf_addc(b, '_');
    onri_buf_addc(b, '\t');
}

static void put_name(onri_buf *b, const char *name)
{
    onri_buf_addz(b, *name ? name : "_");
    onri_buf_addc(b, '\t');
}

static void put_uint(onri_buf *b, uint32_t v)
{
    char digits[10];
    size_t i = sizeof digits;
    do digits[--i] = (char)('0' + v % 10);
    while (v /= 10);
    onri_buf_add(b, onri_sv(digits + i, sizeof digits - i));
}

/* Index of the stretch that token i lies in or before; n if it lies behind all. */
static uint32_t find_stretch(const onr_tokens *at, uint32_t n, uint32_t i)
{
    uint32_t lo = 0, hi = n;
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (at[mid].end <= i)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Where the writer is among paragraphs and chunks. */
typedef struct place {
    uint32_t paragraph, chunk; /* indices */
    uint32_t par;              /* first token of the paragraph: what Head counts from */
} place;

/* "|Chunk=B" or "|Chunk=I" for a token of a noun chunk. */
static void put_chunk(onri_buf *b, const onr_parse *p, uint32_t i, place *at)
{
    while (at->chunk < p->n_chunks && p->chunks[at->chunk].end <= i) at->chunk++;
    if (at->chunk == p->n_chunks || p->chunks[at->chunk].beg > i) return;
    onri_buf_addz(b, p->chunks[at->chunk].beg == i ? "|Chunk=B" : "|Chunk=I");
}

static void put_token(onri_buf *b, const onr_parse *p, const onr_tokens *sent, uint32_t i,
                      place *at)
{
    const onr_token *t = &p->tokens[i];
    const bool inside = t->head >= sent->beg && t->head < sent->end;
    put_uint(b, i - sent->beg + 1);
    onri_buf_addc(b, '\t');
    put_column(b, onri_sub(p->text, t->beg, t->end));
    put_column(b, t->lemma);
    put_name(b, onr_pos_name(t->pos));
    put_name(b, onr_tag_name(t->tag));
    onri_buf_add(b, t->morph.n ? t->morph : ONR_SV("_"));
    onri_buf_addc(b, '\t');
    put_uint(b, !inside || t->head == i ? 0 : t->head - sent->beg + 1);
    onri_buf_addc(b, '\t');
    put_name(b, onr_dep_name(t->dep));
    onri_buf_addz(b, "_\tStart=");
    put_uint(b, t->beg);
    onri_buf_addz(b, "|End=");
    put_uint(b, t->end);
    onri_buf_addz(b, "|NER=");
    onri_buf_addc(b, t->ent_iob == 'B' || t->ent_iob == 'I' ? (char)t->ent_iob : 'O');
    if (t->ent_iob == 'B' || t->ent_iob == 'I') {
        onri_buf_addc(b, '-');
        onri_buf_addz(b, onr_ent_name(t->ent));
    }
    put_chunk(b, p, i, at);
    if (!onri_eq(t->norm, t->lower)) {
        onri_buf_addz(b, "|Norm=");
        if (t->norm.n)
            put_escaped(b, t->norm);
        else
            onri_buf_addc(b, '_');
    }
    if (!inside) {
        onri_buf_addz(b, "|Head=");
        put_uint(b, t->head - at->par);
    }
    if (!(t->flags & ONR_TOKEN_SPACE_AFTER)) onri_buf_addz(b, "|SpaceAfter=No");
    onri_buf_addc(b, '\n');
}

/* The sentence on one line: backslash, newline and return escaped. */
static void put_line(onri_buf *b, onr_sv s)
{
    size_t plain = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        if (c != '\n' && c != '\r' && c != '\\') continue;
        onri_buf_add(b, onri_sub(s, plain, i));
        onri_buf_addz(b, c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\\\");
        plain = i + 1;
    }
    onri_buf_add(b, onri_sub(s, plain, s.n));
}

void onri_conllu_write_part(onri_buf *b, const onr_parse *p, uint32_t beg, uint32_t end)
{
    if (beg == end) return;
    const uint32_t first = p->sentences[beg].beg;
    place at = { find_stretch(p->paragraphs, p->n_paragraphs, first),
                 find_stretch(p->chunks, p->n_chunks, first), 0 };
    for (uint32_t s = beg; s < end; s++) {
        const onr_tokens *sent = &p->sentences[s];
        if (sent->beg == sent->end) continue;
        while (at.paragraph < p->n_paragraphs && p->paragraphs[at.paragraph].end <= sent->beg)
            at.paragraph++;
        at.par = at.paragraph < p->n_paragraphs ? p->paragraphs[at.paragraph].beg : 0;
        if (at.par == sent->beg) onri_buf_addz(b, "# newpar\n");
        onri_buf_addz(b, "# sent_id = ");
        put_uint(b, s + 1);
        onri_buf_addz(b, "\n# text = ");
        put_line(b, onri_sub(p->text, p->tokens[sent->beg].beg, p->tokens[sent->end - 1].end));
        onri_buf_addc(b, '\n');
        for (uint32_t i = sent->beg; i < sent->end; i++) put_token(b, p, sent, i, &at);
        onri_buf_addc(b, '\n');
    }
}

void onri_conllu_write(onri_buf *b, const onr_parse *p)
{
    onri_conllu_write_part(b, p, 0, p->n_sentences);
}

/* ---- reader --------------------------------------------------------------------------------- */

typedef struct reader {
    onr_arena *mem;
    onr_sv text;
    onr_error *err;
    uint32_t line;
    onr_token *tok;
    uint32_t n, max;    /* tokens read; room in tok */
    uint32_t sent, par; /* first token of the open sentence and paragraph */
    onri_atoms words;   /* lemmas, norms, morphs, lower forms: each once */
    onri_buf scratch;
    ONRI_VEC(onr_tokens) sentences;
    ONRI_VEC(onr_tokens) paragraphs;
    ONRI_VEC(onr_entity_span) entities;
    onri_spans chunks;
} reader;

static onr_status bad(reader *r, const char *what)
{
    const onr_status status = onri_fail(r->err, ONR_E_SYNTAX, STAGE, "%s", what);
    if (r->err) r->err->line = r->line;
    return status;
}

static onr_status no_memory(reader *r)
{
    return onri_fail_mem(r->err, r->mem, STAGE);
}

/* The word's copy in the arena; .p NULL when out of memory. */
static onr_sv keep(reader *r, onr_sv word)
{
    const uint32_t a = onri_atom(&r->words, word);
    return a == ONR_NONE ? (onr_sv){ NULL, 0 } : r->words.words.at[a];
}

/* Undo the escapes, in scratch if there are any; an unknown escape stays as it stands. */
static onr_sv unescape(reader *r, onr_sv s)
{
    static const char from[] = "stnrp\\", to[] = " \t\n\r|\\";
    if (s.n == 0 || !memchr(s.p, '\\', s.n)) return s;
    onri_buf_clear(&r->scratch);
    for (size_t i = 0; i < s.n; i++) {
        const char *hit =
            s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] ? strchr(from, s.p[i + 1]) : NULL;
        onri_buf_addc(&r->scratch, hit ? to[hit - from] : s.p[i]);
        if (hit) i++;
    }
    return onri_buf_sv(&r->scratch);
}

static bool read_u32(onr_sv s, uint32_t *out)
{
    uint64_t v;
    if (!onri_parse_u64(s, &v) || v >= ONR_NONE) return false;
    *out = (uint32_t)v;
    return true;
}

/* Number of the name among count names, ONR_NONE if it is none. "_" is the empty name. */
static uint32_t find_name(onr_sv s, const char *(*name)(unsigned), unsigned count)
{
    if (onri_eqz(s, "_")) return 0;
    for (unsigned i = 1; i < count; i++)
        if (onri_eqz(s, name(i))) return i;
    return ONR_NONE;
}
static const char *pos_at(unsigned i)
{
    return onr_pos_name((onr_pos)i);
}
static const char *tag_at(unsigned i)
{
    return onr_tag_name((onr_tag)i);
}
static const char *dep_at(unsigned i)
{
    return onr_dep_name((onr_dep)i);
}
static const char *ent_at(unsigned i)
{
    return onr_ent_name((onr_ent)i);
}

static bool boundary(onr_sv text, uint32_t at)
{
    return at == text.n || (at < text.n && ((unsigned char)text.p[at] & 0xC0) != 0x80);
}

/* What the last column says. */
typedef struct misc {
    bool start, end;
    uint32_t head; /* in the paragraph; ONR_NONE: not given */
    bool norm;
} misc;

static onr_status read_ner(reader *r, onr_token *t, onr_sv v)
{
    t->ent_iob = 'O';
    if (onri_eqz(v, "O")) return ONR_OK;
    if (v.n < 3 || (v.p[0] != 'B' && v.p[0] != 'I') || v.p[1] != '-')
        return bad(r, "NER is not O, B-type or I-type");
    const uint32_t ent = find_name(onri_sub(v, 2, v.n), ent_at, ONR_ENT__COUNT);
    if (ent == ONR_NONE || ent == 0) return bad(r, "unknown entity type");
    t->ent_iob = (uint8_t)v.p[0];
    t->ent = (uint8_t)ent;
    return ONR_OK;
}

static onr_status read_misc(reader *r, onr_token *t, onr_sv column, misc *m)
{
    onr_sv item, rest = column;
    t->flags = ONR_TOKEN_SPACE_AFTER;
    t->ent_iob = 'O';
    *m = (misc){ .head = ONR_NONE };
    while (onri_split(&rest, '|', &item)) {
        const size_t eq = onri_find(item, ONR_SV("="), 0);
        if (eq == SIZE_MAX) continue;
        const onr_sv key = onri_sub(item, 0, eq), v = onri_sub(item, eq + 1, item.n);
        onr_status status = ONR_OK;
        if (onri_eqz(key, "Start")) {
            m->start = read_u32(v, &t->beg);
        } else if (onri_eqz(key, "End")) {
            m->end = read_u32(v, &t->end);
        } else if (onri_eqz(key, "NER")) {
            status = read_ner(r, t, v);
        } else if (onri_eqz(key, "Head")) {
            if (!read_u32(v, &m->head)) return bad(r, "Head is not a number");
        } else if (onri_eqz(key, "Norm")) {
            m->norm = true;
            t->norm = keep(r, onri_eqz(v, "_") ? ONR_SV("") : unescape(r, v));
            if (!t->norm.p) return no_memory(r);
        } else if (onri_eqz(key, "SpaceAfter")) {
            if (onri_eqz(v, "No")) t->flags = 0;
        }
        if (status != ONR_OK) return status;
    }
    return ONR_OK;
}

/* Check the token's place in the text and derive from it what the file does not say. */
static onr_status check_place(reader *r, onr_token *t, const misc *m, onr_sv form)
{
    if (!m->start || !m->end) return bad(r, "no Start or End in the last column");
    const uint32_t after = r->n ? r->tok[r->n - 1].end : 0;
    if (t->beg < after || t->end <= t->beg || t->end > r->text.n || !boundary(r->text, t->beg) ||
        !boundary(r->text, t->end))
        return bad(r, "Start and End do not fit the text");
    const onr_sv word = onri_sub(r->text, t->beg, t->end);
    if (!onri_eq(unescape(r, form), word)) return bad(r, "the word is not what the text has there");
    if (t->flags & ONR_TOKEN_SPACE_AFTER && !(t->end < r->text.n && r->text.p[t->end] == ' '))
        return bad(r, "no space follows the word in the text");
    if (onri_is_space(word)) t->flags |= ONR_TOKEN_IS_SPACE;
    onri_buf_clear(&r->scratch);
    t->lower = onri_lower(&r->scratch, word);
    if (r->scratch.status != ONR_OK)
        return onri_fail(r->err, r->scratch.status, STAGE, "no memory");
    if (t->lower.p != word.p) t->lower = keep(r, t->lower);
    if (!t->lower.p) return no_memory(r);
    if (!m->norm) t->norm = t->lower;
    return ONR_OK;
}

static onr_status read_token(reader *r, onr_sv line)
{
    enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC, COLUMNS };
    onr_sv col[COLUMNS], rest = line;
    for (int c = 0; c < COLUMNS; c++)
        if (!onri_split(&rest, '\t', &col[c])) return bad(r, "fewer than 10 columns");
    if (rest.n) return bad(r, "more than 10 columns");
    uint32_t id, head;
    if (!read_u32(col[ID], &id) || id != r->n - r->sent + 1)
        return bad(r, "words must be numbered 1, 2, 3 ... in each sentence");
    onr_token *t = &r->tok[r->n];
    const uint32_t pos = find_name(col[UPOS], pos_at, ONR_POS__COUNT),
                   tag = find_name(col[XPOS], tag_at, ONR_TAG__COUNT),
                   dep = find_name(col[DEPREL], dep_at, ONR_DEP__COUNT);
    if (pos == ONR_NONE) return bad(r, "unknown part of speech");
    if (tag == ONR_NONE) return bad(r, "unknown tag");
    if (dep == ONR_NONE) return bad(r, "unknown dependency label");
    if (!read_u32(col[HEAD], &head)) return bad(r, "the head is not a number");
    t->pos = (uint8_t)pos;
    t->tag = (uint8_t)tag;
    t->dep = (uint8_t)dep;
    misc m;
    onr_status status = read_misc(r, t, col[MISC], &m);
    if (status == ONR_OK) status = check_place(r, t, &m, col[FORM]);
    if (status != ONR_OK) return status;
    /* "_" alone is no value, except as the lemma of a "_". */
    const bool no_lemma = onri_eqz(col[LEMMA], "_") && !onri_eqz(col[FORM], "_");
    t->lemma = keep(r, no_lemma ? ONR_SV("") : unescape(r, col[LEMMA]));
    t->morph = keep(r, onri_eqz(col[FEATS], "_") ? ONR_SV("") : col[FEATS]);
    if (!t->lemma.p || !t->morph.p) return no_memory(r);
    if (m.head != ONR_NONE) {
        if (m.head > r->max - r->par) return bad(r, "Head lies outside the paragraph");
        t->head = r->par + m.head;
    } else {
        t->head = head == 0 ? r->n : r->sent + head - 1;
        if (head > r->max - r->sent) return bad(r, "the head lies outside the sentence");
    }
    r->n++;
    return ONR_OK;
}

static onr_status end_sentence(reader *r)
{
    if (r->n == r->sent) return ONR_OK;
    onr_tokens *s = ONRI_PUSH(r->mem, &r->sentences);
    if (!s) return no_memory(r);
    *s = (onr_tokens){ r->sent, r->n };
    r->tok[r->sent].flags |= ONR_TOKEN_SENT_START;
    for (uint32_t i = r->sent; i < r->n; i++) r->tok[i].sent = r->sentences.n - 1;
    r->sent = r->n;
    return ONR_OK;
}

static onr_status end_paragraph(reader *r)
{
    const onr_status status = end_sentence(r);
    if (status != ONR_OK || r->n == r->par) return status;
    onr_tokens *p = ONRI_PUSH(r->mem, &r->paragraphs);
    if (!p) return no_memory(r);
    *p = (onr_tokens){ r->par, r->n };
    for (uint32_t i = r->par; i < r->n; i++) {
        onr_token *t = &r->tok[i];
        if (t->head >= r->n) return bad(r, "a head lies outside its paragraph");
        if (t->ent_iob == 'I' && (i == r->par || t[-1].ent_iob == 'O' || t[-1].ent != t->ent))
            return bad(r, "an entity goes on that did not begin");
        if (t->ent_iob == 'B') {
            onr_entity_span *e = ONRI_PUSH(r->mem, &r->entities);
            if (!e) return no_memory(r);
            *e = (onr_entity_span){ i, i + 1, (onr_ent)t->ent };
        } else if (t->ent_iob == 'I') {
            r->entities.at[r->entities.n - 1].end = i + 1;
        }
    }
    onri_edges(r->tok, r->par, r->n);
    if (!onri_chunks(r->mem, r->tok, r->par, r->n, &r->chunks)) return no_memory(r);
    r->par = r->n;
    return ONR_OK;
}

static onr_status read_line(reader *r, onr_sv line)
{
    if (line.n && line.p[line.n - 1] == '\r') line.n--;
    if (line.n == 0) return end_sentence(r);
    if (line.p[0] != '#') return read_token(r, line);
    if (r->n != r->sent) return bad(r, "a comment inside a sentence");
    return onri_eqz(line, "# newpar") || onri_starts(line, ONR_SV("# newpar ")) ||
                   onri_starts(line, ONR_SV("# newdoc"))
               ? end_paragraph(r)
               : ONR_OK;
}

static onr_status read_all(reader *r, onr_sv bytes)
{
    onr_sv line, rest = bytes;
    size_t lines = 0;
    for (size_t i = 0; i < bytes.n; i++)
        lines += bytes.p[i] != '#' && (i == 0 || bytes.p[i - 1] == '\n');
    if (lines >= ONR_NONE) return onri_fail(r->err, ONR_E_LIMIT, STAGE, "too many lines");
    r->max = (uint32_t)lines;
    r->tok = ONRI_NEW_N(r->mem, lines, onr_token);
    if (!r->tok) return no_memory(r);
    while (onri_split(&rest, '\n', &line)) {
        r->line++;
        const onr_status status = read_line(r, line);
        if (status != ONR_OK) return status;
    }
    return end_paragraph(r);
}

onr_status onri_conllu_read(onr_arena *mem, onr_sv bytes, onr_sv text, const onr_parse **out,
                            onr_error *err)
{
    if (text.n > ONR_TEXT_MAX) return onri_fail(err, ONR_E_LIMIT, STAGE, "text too long");
    const onr_sv both[] = { bytes, text };
    for (int k = 0; k < 2; k++) {
        const size_t ok = onri_utf8_check(both[k]);
        if (ok < both[k].n)
            return onri_fail_at(err, ONR_E_UTF8, STAGE, ok, "%s is not UTF-8 at byte %zu",
                                k ? "the text" : "the parse", ok);
    }
    const onr_mark mark = onr_arena_mark(mem);
    reader r = { .mem = mem, .text = text, .err = err, .scratch = onri_buf_make(2 * ONR_TEXT_MAX) };
    onri_atoms_init(&r.words, mem);
    onr_status status = read_all(&r, bytes);
    onr_parse *p = status == ONR_OK ? ONRI_NEW(mem, onr_parse) : NULL;
    if (status == ONR_OK && !p) status = no_memory(&r);
    onri_buf_drop(&r.scratch);
    if (status != ONR_OK) {
        onr_arena_rewind(mem, mark);
        return status;
    }
    *p = (onr_parse){ text,           r.tok,         r.n,
                      r.sentences.at, r.sentences.n, r.paragraphs.at,
                      r.paragraphs.n, r.entities.at, r.entities.n,
                      r.chunks.at,    r.chunks.n };
    *out = p;
    return ONR_OK;
}

onr_status onr_parse_conllu(const onr_parse *parse, bool (*write)(void *arg, onr_sv piece),
                            void *arg, onr_error *err)
{
    enum { PIECE = 64 }; /* sentences at a time */
    onri_buf b = onri_buf_make(SIZE_MAX / 2);
    onr_status status = ONR_OK;
    for (uint32_t s = 0; s < parse->n_sentences && status == ONR_OK; s += PIECE) {
        const uint32_t left = parse->n_sentences - s;
        onri_buf_clear(&b);
        onri_conllu_write_part(&b, parse, s, s + (left < PIECE ? left : PIECE));
        status = b.status;
        if (status != ONR_OK)
            onri_fail(err, status, STAGE, "no memory for the output");
        else if (!write(arg, onri_buf_sv(&b)))
            status = onri_fail(err, ONR_E_IO, STAGE, "the output was not taken");
    }
    onri_buf_drop(&b);
    return status;
}
