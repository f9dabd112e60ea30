/* Words and names as they are compared across articles: folded by Unicode's tables, plain endings
 * off, words of grammar out. Source: Unicode (case folding, compatibility decomposition); the
 * endings after D. Harman, "How effective is suffixing?" (1991), step S and a little more; own.
 * Leaves out: other languages' endings. */
#include "store/link_words.h"

#include "base/embedded.h"

#include <utf8proc.h>

/* ---- lists ------------------------------------------------------------------------------------
 */

static uint32_t look(const onri_link_know *k, const char *list, onr_sv word)
{
    char key[64];
    const size_t n = strlen(list);
    if (word.n == 0 || n + 1 + word.n > sizeof key) return ONR_NONE;
    memcpy(key, list, n + 1);
    key[n] = ':';
    memcpy(key + n + 1, word.p, word.n);
    return onri_atom_find(&k->words, onri_sv(key, n + 1 + word.n));
}

static bool put(onri_link_know *k, onr_sv list, onr_sv word, onr_sv stands)
{
    char key[64];
    if (list.n + 1 + word.n > sizeof key) return true;
    memcpy(key, list.p, list.n);
    key[list.n] = ':';
    memcpy(key + list.n + 1, word.p, word.n);
    const uint32_t at = onri_atom(&k->words, onri_sv(key, list.n + 1 + word.n));
    if (at == ONR_NONE) return false;
    if (at < k->stands.n) return true;
    onr_sv *s = ONRI_PUSH(&k->mem, &k->stands);
    if (s) *s = stands;
    return s != NULL;
}

/* Lines "list TAB words": the words go into the list; `given`: all stand for the first; `field`:
 * column one names the field. fixed: the list of a file that has no column for it. */
static bool put_file(onri_link_know *k, onr_sv bytes, const char *fixed, bool is_field)
{
    onr_sv line;
    while (onri_split(&bytes, '\n', &line)) {
        line = onri_trim(line);
        if (line.n == 0 || line.p[0] == '#') continue;
        onr_sv kind = fixed ? onri_svz(fixed) : onri_cell(&line, '\t'), word, first = { NULL, 0 };
        const onr_sv list = is_field ? ONR_SV("field") : kind;
        while (onri_split(&line, ' ', &word)) {
            if (word.n == 0) continue;
            if (!first.n) first = word;
            if (!put(k, list, word, is_field ? kind : first)) return false;
        }
    }
    return true;
}

onr_status onri_link_know_make(onri_link_know *k, onr_error *err)
{
    *k = (onri_link_know){ .mem = onr_arena_make(8 * ONR_MIB) };
    onri_atoms_init(&k->words, &k->mem);
    const onr_sv stop = onri_data_get("store/stopwords.txt"),
                 names = onri_data_get("store/names.tsv"),
                 fields = onri_data_get("store/fields.tsv"),
                 forms = onri_data_get("store/irregular.tsv"),
                 undone = onri_data_get("store/undone.txt");
    if (!stop.p || !names.p || !fields.p || !forms.p || !undone.p)
        return onri_fail(err, ONR_E_INTERNAL, "store",
                         "lists of data/store are not in the program");
    if (put_file(k, stop, "stop", false) && put_file(k, names, NULL, false) &&
        put_file(k, fields, NULL, true) && put_file(k, forms, "form", false) &&
        put_file(k, undone, "undone", false))
        return ONR_OK;
    const onr_status st = onri_fail_mem(err, &k->mem, "store");
    onri_link_know_drop(k);
    return st;
}

void onri_link_know_drop(onri_link_know *k)
{
    onr_arena_drop(&k->mem);
    *k = (onri_link_know){ 0 };
}

/* ---- words ------------------------------------------------------------------------------------
 */

static bool fold_ascii(onr_sv s, char *out)
{
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x80) return false;
        out[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return true;
}

onr_sv onri_fold(onr_arena *mem, onr_sv s)
{
    enum { GROWS = 18 }; /* code points of the longest decomposition, U+FDFA */
    char *plain = onr_alloc(mem, s.n + 1);
    if (!plain) return (onr_sv){ NULL, 0 };
    if (fold_ascii(s, plain)) return onri_sv(plain, s.n);
    onri_buf b = onri_buf_make(64 * ONR_MIB);
    size_t good = onri_utf8_check(s);
    for (size_t i = 0; i < s.n;) {
        unsigned len;
        utf8proc_int32_t cp[GROWS];
        if (i == good) { /* a damaged store has any bytes */
            onri_buf_addc(&b, ' ');
            i += onri_utf8_bad(s, i);
            good = i + onri_utf8_check(onri_sub(s, i, s.n));
            continue;
        }
        int last = 0;
        const uint32_t c = onri_utf8_at(s, i, &len);
        i += len;
        const utf8proc_ssize_t n =
            utf8proc_decompose_char((utf8proc_int32_t)c, cp, GROWS,
                                    (utf8proc_option_t)(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                                        UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK),
                                    &last);
        for (utf8proc_ssize_t j = 0; j < n && j < GROWS; j++) {
            char out[4];
            onri_buf_add(&b, onri_sv(out, onri_utf8_put(out, (uint32_t)cp[j])));
        }
    }
    onr_sv done = { NULL, 0 };
    if (b.status == ONR_OK) done = onri_dup(mem, b.n ? onri_buf_sv(&b) : ONR_SV(""));
    onri_buf_drop(&b);
    return done;
}

static bool in_word(onr_sv s, size_t at, unsigned *len)
{
    const unsigned char c = (unsigned char)s.p[at];
    *len = 1;
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    const uint32_t cp = onri_utf8_at(s, at, len);
    const utf8proc_category_t cat = utf8proc_category((utf8proc_int32_t)cp);
    return (cat >= UTF8PROC_CATEGORY_LU && cat <= UTF8PROC_CATEGORY_LO) ||
           (cat >= UTF8PROC_CATEGORY_ND && cat <= UTF8PROC_CATEGORY_NO);
}

bool onri_next_word(onr_sv s, size_t *at, onr_sv *word)
{
    unsigned len;
    size_t i = *at;
    while (i < s.n && !in_word(s, i, &len)) i += len;
    const size_t beg = i;
    while (i < s.n && in_word(s, i, &len)) i += len;
    *at = i;
    *word = onri_sub(s, beg, i);
    return i > beg;
}

size_t onri_stem(onr_sv w)
{
    static const struct {
        const char *end;
        unsigned least; /* bytes that must be left */
    } ends[] = { { "ingly", 3 }, { "edly", 3 }, { "ings", 3 }, { "ing", 3 },
                 { "ies", 2 },   { "ied", 2 },  { "ed", 3 },   { "ly", 3 },
                 { "es", 3 },    { "s", 3 },    { "y", 3 },    { "e", 3 } };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const size_t n = strlen(ends[i].end);
        if (w.n < n + ends[i].least || !onri_ends(w, onri_svz(ends[i].end))) continue;
        if (n == 1 && w.p[w.n - 2] == 's') break; /* "press" */
        size_t left = w.n - n;
        /* "planning" as "plan" */
        if (ends[i].end[0] != 's' && left > 3 && w.p[left - 1] == w.p[left - 2] &&
            w.p[left - 1] != 'l' && w.p[left - 1] != 's')
            left--;
        /* "denies", "deny", "sanctions", "sanction": one more vowel off */
        if (left > 3 && (w.p[left - 1] == 'e' || w.p[left - 1] == 'y')) left--;
        return left;
    }
    return w.n;
}

/* Bytes of an apostrophe at this place, 0: none stands there. */
static unsigned apostrophe_at(onr_sv f, size_t at)
{
    if (f.p[at] == '\'') return 1;
    return f.n - at >= 3 && memcmp(f.p + at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

static bool is_negation(onr_sv w)
{
    static const char *const words[] = { "not",     "no",      "never",  "none",
                                         "neither", "nothing", "nobody", "cannot" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (onri_eqz(w, words[i])) return true;
    return false;
}

static void insert(onri_wordset *set, uint32_t h)
{
    uint32_t at = 0;
    while (at < set->n && set->at[at] < h) at++;
    if (at < set->n && set->at[at] == h) return;
    if (set->n == ONRI_WORDS_MAX) { /* the smallest stay: the same in both texts */
        if (at == set->n) return;
        set->n--;
    }
    memmove(set->at + at + 1, set->at + at, (set->n - at) * sizeof *set->at);
    set->at[at] = h;
    set->n++;
}

/* The word or its stem with one of the endings that onri_stem takes off. */
static bool is_undone(const onri_link_know *k, onr_sv w)
{
    static const char *const ends[] = { "s", "es", "ed", "d", "ing" };
    if (look(k, "undone", w) != ONR_NONE) return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const size_t n = strlen(ends[i]);
        if (w.n > n + 2 && onri_ends(w, onri_svz(ends[i])) &&
            look(k, "undone", onri_sub(w, 0, w.n - n)) != ONR_NONE)
            return true;
    }
    return false;
}

bool onri_words_add(onri_wordset *set, const onri_link_know *k, onr_arena *tmp, onr_sv s)
{
    const onr_mark m = onr_arena_mark(tmp);
    const onr_sv f = onri_fold(tmp, s);
    if (!f.p) return false;
    onr_sv w;
    for (size_t at = 0; onri_next_word(f, &at, &w);) {
        if (is_negation(w)) {
            set->negated = true;
            continue;
        }
        if (onri_ends(w, ONR_SV("n")) && at < f.n) { /* "didn't" falls into "didn" and "t" */
            const unsigned apostrophe = apostrophe_at(f, at);
            if (apostrophe && at + apostrophe < f.n && f.p[at + apostrophe] == 't')
                set->negated = true;
        }
        const uint32_t form = look(k, "form", w); /* "withdrew" is "withdraw" */
        const onr_sv lemma = form == ONR_NONE ? w : k->stands.at[form];
        set->undone |= is_undone(k, lemma);
        if (look(k, "stop", w) != ONR_NONE) continue;
        insert(set, (uint32_t)onri_hash(onri_sub(lemma, 0, onri_stem(lemma))));
    }
    onr_arena_rewind(tmp, m);
    return true;
}

uint32_t onri_words_common(const onri_wordset *a, const onri_wordset *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0, j = 0; i < a->n && j < b->n;) {
        if (a->at[i] == b->at[j])
            n++, i++, j++;
        else if (a->at[i] < b->at[j])
            i++;
        else
            j++;
    }
    return n;
}

/* ---- names ------------------------------------------------------------------------------------
 */

const char *onri_actor_class(onr_entity_type type)
{
    switch (type) {
    case ONR_ENTITY_PERSON:
        return "person";
    case ONR_ENTITY_STATE:
    case ONR_ENTITY_PLACE:
        return "place";
    case ONR_ENTITY_ORGANIZATION:
    case ONR_ENTITY_GROUP:
    case ONR_ENTITY_MEDIUM:
    case ONR_ENTITY_FACILITY:
        return "org";
    default:
        return NULL;
    }
}

typedef struct name_words {
    onr_sv at[ONRI_NAME_WORDS];
    uint32_t n;
} name_words;

/* Bytes of the letter that begins (or, before: ends) at this place, 0: none does. */
static unsigned letter_at(onr_sv s, size_t at)
{
    unsigned len;
    return at < s.n && in_word(s, at, &len) ? len : 0;
}

static unsigned letter_before(onr_sv s, size_t at)
{
    unsigned len = 0, same;
    if (at > 0) (void)onri_utf8_before(s, at, &len);
    return len && in_word(s, at - len, &same) ? len : 0;
}

/* A point between two single letters: "U.S.", "J.K." */
static bool within_initials(onr_sv f, size_t at)
{
    const unsigned before = letter_before(f, at), after = letter_at(f, at + 1);
    return before && after && !letter_before(f, at - before) && !letter_at(f, at + 1 + after);
}

/* The words of a name. Points between initials and apostrophes are left out, hyphens part words:
 * "U.S." is "us", "O'Neill" "oneill", "al-Assad" "al assad". A genitive 's is no part of it. */
static bool cut(name_words *w, onr_arena *mem, onr_sv name)
{
    const onr_sv f = onri_fold(mem, name);
    char *p = f.p ? onr_alloc(mem, f.n + 1) : NULL;
    if (!p) return false;
    size_t n = 0;
    for (size_t i = 0; i < f.n;) {
        unsigned len;
        if (in_word(f, i, &len)) {
            memcpy(p + n, f.p + i, len);
            n += len;
        } else if (apostrophe_at(f, i)) {
            len = apostrophe_at(f, i);
            if (i + len + 1 == f.n && f.p[i + len] == 's') break;
        } else if (f.p[i] != '.' || !within_initials(f, i)) {
            p[n++] = ' ';
        }
        i += len;
    }
    onr_sv rest = onri_sv(p, n), word;
    while (onri_split(&rest, ' ', &word))
        if (word.n && w->n < ONRI_NAME_WORDS) w->at[w->n++] = word;
    return true;
}

static onr_sv join(onr_arena *mem, const char *class_, const onr_sv *w, uint32_t n)
{
    size_t bytes = class_ ? strlen(class_) + 1 : 0;
    for (uint32_t i = 0; i < n; i++) bytes += w[i].n + 1;
    char *p = onr_alloc(mem, bytes + 1);
    if (!p) return (onr_sv){ NULL, 0 };
    size_t at = 0;
    if (class_) {
        at = strlen(class_);
        memcpy(p, class_, at);
        p[at++] = ':';
    }
    for (uint32_t i = 0; i < n; i++) {
        if (i) p[at++] = ' ';
        memcpy(p + at, w[i].p, w[i].n);
        at += w[i].n;
    }
    return onri_sv(p, at);
}

static void trim_person(name_words *w, const onri_link_know *k)
{
    uint32_t beg = 0;
    while (beg + 1 < w->n && look(k, "title", w->at[beg]) != ONR_NONE) beg++;
    while (w->n > beg + 1 && look(k, "suffix", w->at[w->n - 1]) != ONR_NONE) w->n--;
    w->n -= beg;
    memmove(w->at, w->at + beg, w->n * sizeof *w->at);
}

static void trim_org(name_words *w, const onri_link_know *k)
{
    if (w->n > 1 && onri_eqz(w->at[0], "the")) {
        w->n--;
        memmove(w->at, w->at + 1, w->n * sizeof *w->at);
    }
    while (w->n > 1 && look(k, "firm", w->at[w->n - 1]) != ONR_NONE) w->n--;
}

static bool person_key(onri_name *out, const onri_link_know *k, onr_arena *mem, name_words *w)
{
    trim_person(w, k);
    if (w->n == 0) return true;
    uint32_t last = w->n - 1; /* "van der Bellen", "bin Salman" are last names */
    while (last > 1 && look(k, "particle", w->at[last - 1]) != ONR_NONE) last--;
    const onr_sv first = w->at[0];
    const uint32_t given = look(k, "given", first);
    out->weak = w->n == 1 || (w->n == 2 && look(k, "particle", first) != ONR_NONE);
    out->last = join(mem, NULL, w->at + (w->n == 1 ? 0 : last), w->n - (w->n == 1 ? 0 : last));
    if (out->weak) {
        out->last = join(mem, NULL, w->at, w->n);
        out->key = join(mem, "person", w->at, w->n);
        return out->key.p && out->last.p;
    }
    const onr_sv two[2] = { given != ONR_NONE && given < k->stands.n ? k->stands.at[given] : first,
                            out->last };
    out->middle = last > 1 ? join(mem, NULL, w->at + 1, last - 1) : (onr_sv){ "", 0 };
    out->key = join(mem, "person", two, 2);
    return out->key.p && out->last.p && out->middle.p;
}

static bool is_acronym(onr_sv name)
{
    size_t caps = 0;
    for (size_t i = 0; i < name.n; i++) {
        const char c = name.p[i];
        if (c >= 'A' && c <= 'Z')
            caps++;
        else if (c != '.' && c != '-' && c != '&' && !(c >= '0' && c <= '9'))
            return false;
    }
    return caps >= 2 && caps <= 6;
}

bool onri_name_make(onri_name *out, const onri_link_know *k, onr_arena *mem, onr_entity_type type,
                    onr_sv name)
{
    *out = (onri_name){ .middle = { "", 0 }, .key = { "", 0 }, .last = { "", 0 } };
    const char *class_ = onri_actor_class(type);
    name_words w = { .n = 0 };
    if (!class_) return true;
    if (!cut(&w, mem, name)) return false;
    if (type == ONR_ENTITY_PERSON) return person_key(out, k, mem, &w);
    trim_org(&w, k);
    if (w.n == 0) return true;
    out->key = join(mem, class_, w.at, w.n);
    out->last = out->key;
    out->weak = class_[0] == 'o' && (w.n == 1 || is_acronym(name));
    return out->key.p != NULL;
}

onr_sv onri_name_words(const onri_link_know *k, onr_arena *mem, onr_sv name)
{
    name_words w = { .n = 0 };
    if (!cut(&w, mem, name)) return (onr_sv){ NULL, 0 };
    trim_org(&w, k);
    trim_person(&w, k);
    return w.n ? join(mem, NULL, w.at, w.n) : (onr_sv){ "", 0 };
}

bool onri_middle_fits(onr_sv a, onr_sv b)
{
    if (a.n == 0 || b.n == 0 || onri_eq(a, b)) return true;
    return (a.n == 1 || b.n == 1) && a.p[0] == b.p[0];
}

unsigned onri_field_of(const onri_link_know *k, onr_arena *tmp, onr_sv title)
{
    static const struct {
        const char *name;
        unsigned bit;
    } fields[] = { { "public", ONRI_FIELD_PUBLIC },
                   { "sport", ONRI_FIELD_SPORT },
                   { "arts", ONRI_FIELD_ARTS },
                   { "private", ONRI_FIELD_PRIVATE } };
    const onr_mark m = onr_arena_mark(tmp);
    const onr_sv f = onri_fold(tmp, title);
    unsigned bit = 0;
    onr_sv w;
    for (size_t at = 0; f.p && onri_next_word(f, &at, &w);) {
        const uint32_t found = look(k, "field", w);
        if (found == ONR_NONE) continue;
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            if (onri_eqz(k->stands.at[found], fields[i].name)) bit = fields[i].bit;
    }
    onr_arena_rewind(tmp, m);
    return bit;
}
