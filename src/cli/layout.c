/* Text for a terminal. Width of characters: utf8proc (Unicode 15). Controls, escapes and marks that
 * turn the direction of text are taken out, so that an article cannot write over the screen.
 * Source: own. Leaves out hyphenation, and breaking inside words (an address stays whole). */
#include "cli/layout.h"

#include <utf8proc.h>

static const char *const codes[] = { "", "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[31m" };

static bool is_blank(uint32_t cp)
{
    return cp == ' ' || (cp >= 9 && cp <= 13) || cp == 0xA0 || cp == 0x85 ||
           (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
           cp == 0x205F || cp == 0x3000;
}

/* What is shown instead of cp: itself, U+FFFD for a control, 0 for nothing. */
static uint32_t shown(uint32_t cp)
{
    if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0)) return 0xFFFD;
    if ((cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200E ||
        cp == 0x200F || cp == 0xFEFF || cp == 0x200B || cp == 0xAD)
        return 0;
    return cp;
}

static unsigned columns_of(uint32_t cp)
{
    const int w = utf8proc_charwidth((utf8proc_int32_t)cp);
    return w > 0 ? (unsigned)w : 0;
}

unsigned lay_columns(onr_sv s)
{
    unsigned n = 0;
    bool blank = false;
    for (size_t i = 0; i < s.n;) {
        unsigned len;
        const uint32_t cp = onri_utf8_at(s, i, &len);
        i += len;
        if (is_blank(cp)) {
            blank = n > 0;
            continue;
        }
        const uint32_t show = shown(cp);
        if (!show) continue;
        n += blank + columns_of(show);
        blank = false;
    }
    return n;
}

static void pad_to(layout *l, unsigned column)
{
    while (l->column < column) {
        onri_buf_addc(l->b, ' ');
        l->column++;
    }
}

void lay_line(layout *l, unsigned indent)
{
    if (l->column > 0) onri_buf_addc(l->b, '\n');
    l->column = 0;
    l->space = false;
    l->indent = indent;
}

void lay_gap(layout *l)
{
    lay_line(l, 0);
    const onr_sv all = onri_buf_sv(l->b);
    if (all.n && !onri_ends(all, ONR_SV("\n\n"))) onri_buf_addc(l->b, '\n');
}

void lay_column(layout *l, unsigned column)
{
    pad_to(l, l->column ? l->column + 2 : 0);
    pad_to(l, column);
    l->space = false;
}

void lay_glue(layout *l)
{
    l->space = false;
}

/* Columns of the bytes as put_word shows them: every blank is one. */
static unsigned raw_columns(onr_sv s)
{
    unsigned n = 0;
    for (size_t i = 0; i < s.n;) {
        unsigned len;
        const uint32_t show = shown(onri_utf8_at(s, i, &len));
        i += len;
        if (show) n += columns_of(show);
    }
    return n;
}

static void put_word(layout *l, lay_style style, onr_sv word)
{
    const unsigned columns = raw_columns(word);
    if (columns == 0) return;
    if (l->space && l->column + 1 + columns > l->width) {
        onri_buf_addc(l->b, '\n');
        l->column = 0;
        l->space = false;
    }
    if (l->column == 0) pad_to(l, l->indent);
    if (l->space) {
        onri_buf_addc(l->b, ' ');
        l->column++;
    }
    const bool coded = l->colour && style != LAY_PLAIN;
    if (coded) onri_buf_addz(l->b, codes[style]);
    for (size_t i = 0; i < word.n;) {
        unsigned len;
        const uint32_t show = shown(onri_utf8_at(word, i, &len));
        char out[4];
        if (show) onri_buf_add(l->b, onri_sv(out, onri_utf8_put(out, show)));
        i += len;
    }
    if (coded) onri_buf_addz(l->b, "\x1b[0m");
    l->column += columns;
    l->space = true;
}

void lay_unbroken(layout *l, lay_style style, onr_sv s)
{
    put_word(l, style, s);
}

void lay_words(layout *l, lay_style style, onr_sv s)
{
    size_t beg = 0;
    for (size_t i = 0; i <= s.n;) {
        unsigned len = 1;
        const bool blank = i == s.n || is_blank(onri_utf8_at(s, i, &len));
        if (blank) {
            put_word(l, style, onri_sub(s, beg, i));
            beg = i + len <= s.n ? i + len : s.n;
        }
        i += len;
    }
}

void lay_wordsz(layout *l, lay_style style, const char *s)
{
    lay_words(l, style, onri_svz(s));
}
