/* The one way HTML and SVG leave the program: a writer that escapes by construction.
 *
 * Names of elements and attributes are string literals (the macros do not compile otherwise);
 * everything else is a value and is escaped. There is no raw mode, no style attribute, no event
 * handler and no text inside <script> or <style>. */
#ifndef ONRI_SERVE_HTML_H
#define ONRI_SERVE_HTML_H

#include "base/base.h"

typedef struct html {
    onri_buf *b;
    onr_sv open[64]; /* ends of the elements that wait for them: "</p>"; empty: of a void one */
    uint32_t depth;
    bool in_tag; /* the last start tag may still get attributes */
} html;

html html_make(onri_buf *b);

#define html_open(h, name)           html_open_((h), ONR_SV("<" name), HTML_END(name))
#define html_lit(h, name, value)     html_lit_((h), ONR_SV(" " name "=\"" value "\""))
#define html_attr(h, name, value)    html_attr_((h), ONR_SV(" " name "=\""), (value))
#define html_attrz(h, name, value)   html_attr_((h), ONR_SV(" " name "=\""), onri_svz(value))
#define html_num(h, name, value)     html_num_((h), ONR_SV(" " name "=\""), (value))
#define html_flag(h, name)           html_lit_((h), ONR_SV(" " name))
#define html_href(h, value)          html_href_((h), (value))
#define html_el(h, name, cls, value) html_el_((h), ONR_SV("<" name), HTML_END(name), (cls), (value))
#define html_elz(h, name, cls, text) html_el(h, name, cls, onri_svz(text))
/* name="headNUMBER", name="headID": for anchors, of a literal head. */
#define html_attr_uint(h, name, head, n) html_attr_uint_((h), ONR_SV(" " name "=\"" head), (n))
#define html_attr_id(h, name, head, id)  html_attr_((h), ONR_SV(" " name "=\"" head), (id))
/* href="PAGE#headID"; PAGE may be empty. */
#define html_href_id(h, page, head, id) html_href_id_((h), (page), ONR_SV("#" head), (id))

#define HTML_END(name) (html_is_void("" name "") ? (onr_sv){ "", 0 } : ONR_SV("</" name ">"))

/* Elements that have no content and no end. Of literals only, so that the compiler answers. */
static inline bool html_is_void(const char *name)
{
    return strcmp(name, "input") == 0 || strcmp(name, "img") == 0 || strcmp(name, "br") == 0 ||
           strcmp(name, "hr") == 0 || strcmp(name, "link") == 0 || strcmp(name, "meta") == 0 ||
           strcmp(name, "wbr") == 0 || strcmp(name, "col") == 0;
}

/* Start an element; html_close ends it (elements without content end themselves there, too). */
void html_open_(html *h, onr_sv head, onr_sv end);
void html_close(html *h);
/* Attributes of the element just started. */
void html_attr_(html *h, onr_sv head, onr_sv value);
void html_attr_uint_(html *h, onr_sv head, uint64_t n);
void html_num_(html *h, onr_sv head, double value); /* two decimals, no locale */
/* A link: left out unless it is local ("/x", "#x", "?x") or http(s). */
void html_href_(html *h, onr_sv url);
void html_href_id_(html *h, onr_sv page, onr_sv head, onr_sv id);
/* html_lit: the value is a literal without & < > or quotes; html_flag. */
static inline void html_lit_(html *h, onr_sv whole)
{
    ONR_ASSERT(h->in_tag);
    ONR_ASSERT(strncmp(whole.p, " on", 3) != 0 && strncmp(whole.p, " style", 6) != 0);
    onri_buf_add(h->b, whole);
}
void html_text(html *h, onr_sv text);
static inline void html_textz(html *h, const char *text)
{
    html_text(h, onri_svz(text));
}
void html_uint(html *h, uint64_t n);   /* 12 345 */
void html_digits(html *h, uint64_t n); /* 12345 */
/* A whole element; cls NULL: no class. */
void html_el_(html *h, onr_sv head, onr_sv end, const char *cls, onr_sv text);
/* What an element begun and ended since byte `from` of the buffer is, once more. */
void html_again(html *h, size_t from, size_t n);
/* "<!doctype html>" */
void html_doctype(html *h);

/* Bytes for a part of a path, the value of a query or a fragment: all but letters, digits and
 * "-._~" as %XX; of an ending ".json" or ".csv" the dot, too: those are twins when they are plain.
 */
void html_url_part(onri_buf *b, onr_sv s);
bool html_url_is_safe(onr_sv url);

#endif
