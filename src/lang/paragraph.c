/* Paragraphs: lines, trimmed. Source: own. Left out: joining lines that a fixed width broke, which
 * is the article room's business. */
#include "lang/paragraph.h"

#include "lang/unicode.h"

bool onri_paragraph_next(onr_sv text, size_t max, size_t *at, onr_span *out)
{
    unsigned len;
    size_t i = *at;
    while (i < text.n && onri_cp_space(onri_utf8_at(text, i, &len))) i += len;
    if (i >= text.n) {
        *at = text.n;
        return false;
    }
    const size_t beg = i;
    size_t end = i, space = 0; /* behind the last code point that is no space; behind a space */
    for (; i < text.n && i - beg < max; i += len) {
        const uint32_t cp = onri_utf8_at(text, i, &len);
        if (onri_cp_break(cp)) break;
        if (i > beg && i + len - beg > max) break;
        if (onri_cp_space(cp))
            space = end;
        else
            end = i + len;
    }
    const bool cut = i < text.n && !onri_cp_break(onri_utf8_at(text, i, &len)) && end == i;
    if (cut && space > beg && !onri_cp_space(onri_utf8_at(text, i, &len))) end = space;
    *at = end;
    *out = (onr_span){ (uint32_t)beg, (uint32_t)end };
    return true;
}
