/* Which language is most of a text in: by script, then by its commonest words
 * (data/article/languages.tsv). Source: own; a word counts 1/k when k languages share it. Why not
 * CLD2: docs/decisions/article-language.md. Leaves out: mixed texts, short ones (empty answer). */
#include "article/article_i.h"
#include "base/embedded.h"

#define LANGS      64
#define SLOTS      4096u /* power of two, over twice the number of listed words */
#define LOOK_BYTES 65536u

/* Languages that their script alone tells, by range of code points. */
typedef struct script {
    uint32_t lo, hi;
    const char *lang;
} script;
static const script SCRIPTS[] = {
    { 0x0530, 0x058F, "hy" }, { 0x0590, 0x05FF, "he" }, { 0x0900, 0x097F, "hi" },
    { 0x0980, 0x09FF, "bn" }, { 0x0A00, 0x0A7F, "pa" }, { 0x0A80, 0x0AFF, "gu" },
    { 0x0B80, 0x0BFF, "ta" }, { 0x0C00, 0x0C7F, "te" }, { 0x0C80, 0x0CFF, "kn" },
    { 0x0D00, 0x0D7F, "ml" }, { 0x0D80, 0x0DFF, "si" }, { 0x0E00, 0x0E7F, "th" },
    { 0x0E80, 0x0EFF, "lo" }, { 0x1000, 0x109F, "my" }, { 0x10A0, 0x10FF, "ka" },
    { 0x1200, 0x137F, "am" }, { 0x1780, 0x17FF, "km" }, { 0x3040, 0x30FF, "ja" },
    { 0x3400, 0x9FFF, "zh" }, { 0xAC00, 0xD7AF, "ko" },
};
#define N_SCRIPTS (sizeof SCRIPTS / sizeof *SCRIPTS)

typedef struct entry {
    uint32_t hash;
    uint32_t langs; /* number of languages that list the word */
    uint64_t set;   /* bit a language */
} entry;

typedef struct table {
    entry slots[SLOTS];
    onr_sv langs[LANGS];
    uint32_t n_langs;
} table;

static entry *slot_of(table *t, uint32_t hash)
{
    uint32_t i = (hash * 2654435761u) & (SLOTS - 1);
    while (t->slots[i].langs && t->slots[i].hash != hash) i = (i + 1) & (SLOTS - 1);
    return &t->slots[i];
}

static bool load(onr_arena *mem, table *t)
{
    onr_sv data = onri_data_get("article/languages.tsv"), rest = data, line;
    uint32_t filled = 0;
    while (onri_split(&rest, '\n', &line)) {
        onr_sv code;
        if (!line.n || line.p[0] == '#' || t->n_langs == LANGS || !onri_split(&line, '\t', &code))
            continue;
        uint32_t bit = t->n_langs++;
        t->langs[bit] = code;
        onri_words words = { 0 };
        if (!onri_words_of(mem, line, (onr_span){ 0, (uint32_t)line.n }, &words)) return false;
        for (uint32_t i = 0; i < words.n; i++) {
            entry *e = slot_of(t, words.at[i].hash);
            if (!e->langs && ++filled > SLOTS / 2)
                return true; /* the table of a linguist gone wild: the rest is not loaded */
            e->hash = words.at[i].hash;
            if (!(e->set >> bit & 1)) {
                e->set |= (uint64_t)1 << bit;
                e->langs++;
            }
        }
    }
    return true;
}

/* Letters of each script; the largest wins over alphabets that words must tell apart. */
static const char *by_script(onr_sv text)
{
    uint32_t counts[N_SCRIPTS] = { 0 }, letters = 0, alphabet = 0;
    for (size_t i = 0; i < text.n;) {
        unsigned len;
        uint32_t cp = onri_utf8_at(text, i, &len);
        i += len;
        if ((cp | 32) >= 'a' && (cp | 32) <= 'z') {
            letters++;
            alphabet++;
            continue;
        }
        if (cp < 0xC0) continue;
        letters++;
        uint32_t k = 0;
        while (k < N_SCRIPTS && (cp < SCRIPTS[k].lo || cp > SCRIPTS[k].hi)) k++;
        if (k < N_SCRIPTS)
            counts[k]++;
        else
            alphabet++;
    }
    uint32_t best = 0, kana = 0, han = 0;
    for (uint32_t k = 0; k < N_SCRIPTS; k++) {
        if (counts[k] > counts[best]) best = k;
        if (SCRIPTS[k].lo == 0x3040) kana = counts[k];
        if (SCRIPTS[k].lo == 0x3400) han = counts[k];
    }
    if (letters < 10 || counts[best] * 3 < alphabet) return NULL;
    if (kana && kana * 10 > han) return "ja";
    return counts[best] ? SCRIPTS[best].lang : NULL;
}

bool onri_lang_guess(onr_arena *mem, onr_sv text, onr_sv *out)
{
    *out = (onr_sv){ 0 };
    if (text.n > LOOK_BYTES) { /* the middle of a long text: less menu, less comment */
        size_t beg = (text.n - LOOK_BYTES) / 4, end = beg + LOOK_BYTES;
        while (beg > 0 && ((unsigned char)text.p[beg] & 0xC0) == 0x80) beg--;
        while (((unsigned char)text.p[end] & 0xC0) == 0x80) end--;
        text = onri_sub(text, beg, end);
    }
    const char *alone = by_script(text);
    if (alone) {
        *out = onri_svz(alone);
        return true;
    }
    onr_mark mark = onr_arena_mark(mem);
    table *t = ONRI_NEW(mem, table);
    onri_words words = { 0 };
    const bool ok =
        t && load(mem, t) && onri_words_of(mem, text, (onr_span){ 0, (uint32_t)text.n }, &words);
    if (ok) {
        uint32_t points[LANGS] = { 0 }, hits[LANGS] = { 0 }, best = 0;
        for (uint32_t i = 0; i < words.n; i++) {
            const entry *e = slot_of(t, words.at[i].hash);
            for (uint32_t k = 0; e->langs && k < t->n_langs; k++)
                if (e->set >> k & 1) {
                    points[k] += 60 / e->langs;
                    hits[k]++;
                }
        }
        for (uint32_t k = 1; k < t->n_langs; k++)
            if (points[k] > points[best]) best = k;
        if (words.n >= 4 && hits[best] >= 2 && (uint64_t)hits[best] * 12 >= words.n)
            *out = t->langs[best];
    }
    onr_arena_rewind(mem, mark);
    return ok;
}
