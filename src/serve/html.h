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
    const char *open[64]; /* elements that wait for their end */
    uint32_t depth;
    bool in_tag; /* the last start tag may still get attributes */
} html;

html html_make(onri_buf *b);

#define html_open(h, name)           html_open_((h), "" name "", ONR_SV("<" name))
#define html_lit(h, name, value)     html_lit_((h), ONR_SV(" " name "=\"" value "\""))
#define html_attr(h, name, value)    html_attr_((h), "" name "", (value))
#define html_attrz(h, name, value)   html_attr_((h), "" name "", onri_svz(value))
#define html_num(h, name, value)     html_num_((h), "" name "", (value))
#define html_flag(h, name)           html_flag_((h), "" name "")
#define html_href(h, value)          html_href_((h), "href", (value))
#define html_el(h, name, cls, value) html_el_((h), "" name "", ONR_SV("<" name), (cls), (value))
#define html_elz(h, name, cls, text)                                                               \
    html_el_((h), "" name "", ONR_SV("<" name), (cls), onri_svz(text))

/* Start an element; html_close ends it (elements without content end themselves there, too). */
void html_open_(html *h, const char *name, onr_sv head);
void html_close(html *h);
/* Attributes of the element just started. */
void html_attr_(html *h, const char *name, onr_sv value);
void html_lit_(html *h, onr_sv whole); /* html_lit: value is a literal without & < > or quotes */
void html_num_(html *h, const char *name, double value); /* two decimals, no locale */
void html_flag_(html *h, const char *name);
/* A link: left out unless it is local ("/x", "#x", "?x") or http(s). */
void html_href_(html *h, const char *name, onr_sv url);
void html_text(html *h, onr_sv text);
void html_textz(html *h, const char *text);
void html_uint(html *h, uint64_t n);
/* A whole element; cls NULL: no class. */
void html_el_(html *h, const char *name, onr_sv head, const char *cls, onr_sv text);
/* "<!doctype html>" */
void html_doctype(html *h);

/* Bytes for the value of a query or a fragment: all but letters, digits and "-._~" as %XX. */
void html_url_part(onri_buf *b, onr_sv s);
bool html_url_is_safe(onr_sv url);

#endif
