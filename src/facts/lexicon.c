/* See lexicon.h. Source: own. */
#include "facts/lexicon.h"

enum { PHRASE_BYTES_MAX = 64 };

static uint64_t key_of(unsigned cls, uint32_t atom)
{
    return (uint64_t)cls << 32 | atom;
}

static uint32_t words_in(onr_sv s)
{
    uint32_t n = 1;
    for (size_t i = 0; i < s.n; i++) n += s.p[i] == ' ';
    return n;
}

static onr_status add_row(onr_arena *mem, onri_lexicon *lex, const onri_lex_row *row,
                          onr_error *err)
{
    const uint32_t atom = onri_atom(&lex->atoms, row->word);
    onri_lex_row *slot = atom == ONR_NONE ? NULL : ONRI_PUSH(mem, &lex->rows);
    if (!slot) return onri_fail_mem(err, mem, "lexicon");
    if (onri_map_get(&lex->first, key_of(row->cls, atom)) != ONR_NONE)
        return onri_fail(err, ONR_E_SYNTAX, "lexicon", "%s, line %u: '%.*s' stands twice",
                         lex->file, row->line, (int)row->word.n, row->word.p);
    *slot = *row;
    slot->word = lex->atoms.words.at[atom];
    for (int i = 0; i < ONRI_LEX_CELLS; i++) {
        slot->cell[i] = onri_dup(mem, row->cell[i]);
        if (!slot->cell[i].p) return onri_fail_mem(err, mem, "lexicon");
    }
    const uint32_t words = words_in(row->word);
    if (words > lex->longest) lex->longest = words;
    if (!onri_map_put(&lex->first, key_of(row->cls, atom), lex->rows.n - 1))
        return onri_fail_mem(err, mem, "lexicon");
    return ONR_OK;
}

onr_status onri_lexicon_load(onr_arena *mem, const char *file, onr_sv tsv,
                             const char *const *classes, unsigned n, onri_lexicon *out,
                             onr_error *err)
{
    *out = (onri_lexicon){ .file = file };
    onri_atoms_init(&out->atoms, mem);
    onri_map_init(&out->first, mem);
    onr_status st = ONR_OK;
    uint32_t line = 0;
    for (onr_sv rest = tsv, row; st == ONR_OK && onri_split(&rest, '\n', &row);) {
        line++;
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv word = onri_cell(&row, '\t'), name = onri_cell(&row, '\t');
        onri_lex_row r = { .word = word, .line = line };
        for (int i = 0; i < ONRI_LEX_CELLS; i++) r.cell[i] = onri_cell(&row, '\t');
        unsigned c = 0;
        while (c < n && !onri_eqz(name, classes[c])) c++;
        r.cls = (uint8_t)c;
        st = c < n && word.n ? add_row(mem, out, &r, err)
                             : onri_fail(err, ONR_E_SYNTAX, "lexicon",
                                         "%s, line %u: no word, or an unknown class '%.*s'", file,
                                         line, (int)name.n, name.p);
    }
    return st;
}

const onri_lex_row *onri_lex(const onri_lexicon *lex, unsigned cls, onr_sv word)
{
    const uint32_t atom = onri_atom_find(&lex->atoms, word);
    if (atom == ONR_NONE) return NULL;
    const uint32_t at = onri_map_get(&lex->first, key_of(cls, atom));
    return at == ONR_NONE ? NULL : &lex->rows.at[at];
}

const onri_lex_row *onri_lex_token(const onri_lexicon *lex, unsigned cls, const onr_token *t)
{
    const onri_lex_row *r = onri_lex(lex, cls, t->lower);
    return r ? r : onri_lex(lex, cls, t->lemma);
}

const onri_lex_row *onri_lex_phrase(const onri_lexicon *lex, unsigned cls, const onr_token *t,
                                    uint32_t at, uint32_t end, uint32_t *n)
{
    char buf[PHRASE_BYTES_MAX];
    size_t len = 0;
    const onri_lex_row *got = NULL;
    for (uint32_t i = at; i < end && i - at < lex->longest; i++) {
        const onr_sv w = t[i].lower;
        if (len + w.n + 1 > sizeof buf) break;
        if (i > at) buf[len++] = ' ';
        memcpy(buf + len, w.p, w.n);
        len += w.n;
        const onri_lex_row *r = onri_lex(lex, cls, onri_sv(buf, len));
        if (!r) continue;
        got = r;
        *n = i - at + 1;
    }
    return got;
}

bool onri_lex_lists(onr_sv cell, onr_sv what)
{
    for (onr_sv rest = cell, item; cell.n && onri_split(&rest, ',', &item);)
        if (onri_eq(item, what)) return true;
    return false;
}
