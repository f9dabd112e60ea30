/* A user's actor dictionary: our TSV, or the format of TABARI's and PETRARCH's actor files.
 *
 * Source: own; PETRARCH's format as its manual and its Phoenix dictionaries have it. Leaves out:
 * PETRARCH's synonym sets and the dates of its codes (the code without an end date, or the last,
 * counts). */
#include "facts/actor_know.h"

enum { NAMES_MAX = 200000, NAME_MAX = 160 };

static onr_status bad(onr_error *err, uint32_t line, const char *what)
{
    const onr_status s = onri_fail(err, ONR_E_SYNTAX, "actors", "%s", what);
    if (err) err->line = line;
    return s;
}

/* Straight apostrophes, single blanks: how phrases are looked up. */
static onr_sv plain(onri_actor_knowledge *k, onr_sv s)
{
    char buf[NAME_MAX];
    size_t n = 0;
    s = onri_trim(s);
    for (size_t i = 0; i < s.n; i++) {
        if (n + 1 >= sizeof buf) return (onr_sv){ NULL, 0 };
        if (i + 2 < s.n && (unsigned char)s.p[i] == 0xE2 && (unsigned char)s.p[i + 1] == 0x80 &&
            ((unsigned char)s.p[i + 2] == 0x99 || (unsigned char)s.p[i + 2] == 0x98)) {
            buf[n++] = '\'';
            i += 2;
        } else if (s.p[i] != ' ' || (n && buf[n - 1] != ' ')) {
            buf[n++] = s.p[i];
        }
    }
    return onri_dup(k->mem, onri_sv(buf, n));
}

/* ---- our own format ---------------------------------------------------------------------------
 */

static onr_status tsv_row(onri_actor_knowledge *k, onr_sv row, uint32_t line, onr_error *err)
{
    onr_sv f[7] = { { NULL, 0 } }, piece;
    size_t n = 0;
    while (onri_split(&row, '\t', &piece)) {
        if (n == 7) return bad(err, line, "more than seven fields");
        f[n++] = onri_trim(piece);
    }
    if (f[0].n == 0 || f[0].n >= NAME_MAX)
        return bad(err, line, "no name, or one of over 159 bytes");
    onri_actor_entry e = { .type = ONR_ENTITY_OTHER, .user = true };
    if (f[2].n && !onri_actor_type_of(f[2], &e.type)) return bad(err, line, "unknown type");
    if (f[3].n && f[3].n != 3) return bad(err, line, "a country is three letters");
    if (f[4].n > 32) return bad(err, line, "a code has at most 32 letters");
    if (f[6].n) {
        if (f[6].n != 1 || (f[6].p[0] != 'm' && f[6].p[0] != 'f'))
            return bad(err, line, "gender is m or f");
        e.gender = (uint8_t)f[6].p[0];
    }
    if (!f[2].n) e.type = onri_actor_given(k, f[0]) ? ONR_ENTITY_PERSON : ONR_ENTITY_ORGANIZATION;
    e.name = plain(k, f[0]);
    e.country = onri_dup(k->mem, f[3]);
    e.code = onri_dup(k->mem, f[4]);
    e.wikidata = onri_dup(k->mem, f[5]);
    const uint32_t id =
        e.name.p && e.country.p && e.code.p && e.wikidata.p ? onri_actor_entry_add(k, e) : ONR_NONE;
    if (id == ONR_NONE || !onri_actor_term_add(k, e.name, id, ONRI_TERM_NAME))
        return onri_fail_mem(err, k->mem, "actors");
    onr_sv rest = f[1];
    while (onri_split(&rest, '|', &piece)) {
        if (piece.n >= NAME_MAX) return bad(err, line, "a name of over 159 bytes");
        const onr_sv other = plain(k, piece);
        if (!other.p) return onri_fail_mem(err, k->mem, "actors");
        if (!onri_actor_term_add(k, other, id, ONRI_TERM_NAME))
            return onri_fail_mem(err, k->mem, "actors");
    }
    return ONR_OK;
}

/* ---- PETRARCH ---------------------------------------------------------------------------------
 */

static bool small_word(onr_sv w)
{
    static const char *const words[] = { "OF", "THE", "FOR", "AND", "IN", "ON", "DE", "AL", "BIN" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (onri_eqz(w, words[i])) return true;
    }
    return false;
}

/* "VLADIMIR_PUTIN_" -> "Vladimir Putin" (title) or "VLADIMIR PUTIN". */
static size_t petrarch_name(onr_sv s, bool title, char *buf, size_t cap)
{
    size_t n = 0;
    onr_sv word;
    bool first = true;
    while (onri_split(&s, '_', &word)) {
        if (word.n == 0) continue;
        if (n + word.n + 2 > cap) return 0;
        if (!first) buf[n++] = ' ';
        const bool small = !first && small_word(word);
        for (size_t i = 0; i < word.n; i++) {
            const char c = word.p[i];
            const bool start = (i == 0 || word.p[i - 1] == '-') && !small;
            buf[n++] = title && !start && c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        }
        first = false;
    }
    return n;
}

static bool petrarch_terms(onri_actor_knowledge *k, onr_sv raw, uint32_t entry)
{
    char buf[NAME_MAX];
    for (int title = 0; title < 2; title++) {
        const size_t n = petrarch_name(raw, title != 0, buf, sizeof buf);
        if (n && !onri_actor_term_add(k, onri_sv(buf, n), entry, ONRI_TERM_NAME)) return false;
    }
    return true;
}

/* Code in "[IRNGOV >010101]"; empty for "[---]". *open: it has no end date. */
static onr_sv petrarch_code(onr_sv s, bool *found)
{
    const size_t a = onri_find(s, ONR_SV("["), 0);
    const size_t b = a == SIZE_MAX ? SIZE_MAX : onri_find(s, ONR_SV("]"), a);
    *found = b != SIZE_MAX;
    if (!*found) return (onr_sv){ NULL, 0 };
    onr_sv inner = onri_trim(onri_sub(s, a + 1, b)), code = { "", 0 };
    (void)onri_split(&inner, ' ', &code);
    if (onri_starts(code, ONR_SV("---")) || code.n > 32) code = (onr_sv){ "", 0 };
    return code;
}

static onr_status petrarch_set(onri_actor_knowledge *k, uint32_t id, onr_sv code, onr_error *err)
{
    onri_actor_entry *e = &k->entries.at[id];
    e->code = onri_dup(k->mem, code);
    if (!e->code.p) return onri_fail_mem(err, k->mem, "actors");
    const onr_sv country = code.n >= 3 ? onri_sub(e->code, 0, 3) : (onr_sv){ "", 0 };
    e->country = onri_actor_state(k, country) != ONR_NONE ? country : (onr_sv){ "", 0 };
    if (e->country.n && code.n == 3) e->type = ONR_ENTITY_STATE;
    return ONR_OK;
}

static onr_status petrarch_row(onri_actor_knowledge *k, onr_sv row, uint32_t line, uint32_t *now,
                               onr_error *err)
{
    bool coded;
    onr_sv body = row;
    const size_t hash = onri_find(row, ONR_SV("#"), 0);
    if (hash != SIZE_MAX) body = onri_sub(row, 0, hash);
    const size_t semi = onri_find(body, ONR_SV(";"), 0);
    if (semi != SIZE_MAX) body = onri_sub(body, 0, semi);
    const onr_sv code = petrarch_code(body, &coded);
    const size_t bracket = onri_find(body, ONR_SV("["), 0);
    onr_sv name = onri_trim(bracket == SIZE_MAX ? body : onri_sub(body, 0, bracket));
    if (name.n == 0) {
        if (!coded) return onri_trim(body).n ? bad(err, line, "a line of no kind") : ONR_OK;
        if (*now == ONR_NONE) return bad(err, line, "a code before any name");
        return code.n ? petrarch_set(k, *now, code, err) : ONR_OK;
    }
    const bool synonym = name.p[0] == '+';
    if (synonym) name = onri_trim(onri_sub(name, 1, name.n));
    if (name.n == 0 || name.n >= NAME_MAX)
        return bad(err, line, "no name, or one of over 159 bytes");
    if (synonym) {
        if (*now == ONR_NONE) return bad(err, line, "another name before any name");
        return petrarch_terms(k, name, *now) ? ONR_OK : onri_fail_mem(err, k->mem, "actors");
    }
    char buf[NAME_MAX];
    const size_t n = petrarch_name(name, true, buf, sizeof buf);
    if (n == 0) return bad(err, line, "no name");
    onr_sv first = onri_sv(buf, n), word = { "", 0 };
    (void)onri_split(&first, ' ', &word);
    onri_actor_entry e = { .name = onri_dup(k->mem, onri_sv(buf, n)),
                           .country = { "", 0 },
                           .code = { "", 0 },
                           .wikidata = { "", 0 },
                           .gender = onri_actor_given(k, word),
                           .user = true };
    e.type = e.gender ? ONR_ENTITY_PERSON : ONR_ENTITY_ORGANIZATION;
    *now = e.name.p ? onri_actor_entry_add(k, e) : ONR_NONE;
    if (*now == ONR_NONE || !petrarch_terms(k, name, *now))
        return onri_fail_mem(err, k->mem, "actors");
    return code.n ? petrarch_set(k, *now, code, err) : ONR_OK;
}

/* ---- which ------------------------------------------------------------------------------------
 */

static bool comment(onr_sv row)
{
    row = onri_trim(row);
    return row.n == 0 || row.p[0] == '#' || row.p[0] == ';' || onri_starts(row, ONR_SV("<!--"));
}

static bool looks_petrarch(onr_sv bytes)
{
    onr_sv row;
    while (onri_split(&bytes, '\n', &row)) {
        if (comment(row)) continue;
        return onri_find(row, ONR_SV("_"), 0) != SIZE_MAX &&
               (onri_find(row, ONR_SV("\t"), 0) == SIZE_MAX ||
                onri_find(row, ONR_SV("["), 0) != SIZE_MAX);
    }
    return false;
}

onr_status onri_actor_dictionary_add(onri_actor_knowledge *k, onr_sv bytes, onr_error *err)
{
    uint32_t line = 0, now = ONR_NONE, names = 0;
    onr_sv row;
    if (onri_utf8_check(bytes) != bytes.n)
        return onri_fail_at(err, ONR_E_SYNTAX, "actors", onri_utf8_check(bytes), "not UTF-8");
    const bool petrarch = looks_petrarch(bytes);
    while (onri_split(&bytes, '\n', &row)) {
        line++;
        if (row.n && row.p[row.n - 1] == '\r') row.n--;
        if (comment(row)) continue;
        if (++names > NAMES_MAX)
            return onri_fail(err, ONR_E_LIMIT, "actors", "over %d lines", NAMES_MAX);
        const onr_status s =
            petrarch ? petrarch_row(k, row, line, &now, err) : tsv_row(k, row, line, err);
        if (s) return s;
    }
    return ONR_OK;
}
