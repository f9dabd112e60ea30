/* HTML inside the article room: a flat tree that keeps the place of everything in the page, blocks
 * of text over it, and what they are. Own tokenizer and tree builder, because the map from text
 * back to the page's bytes must be exact: see docs/decisions/article-html-parser.md. */
#ifndef ONRI_HTML_H
#define ONRI_HTML_H

#include "article/article_i.h"

#define ONRI_T_VOID  1u  /* has no end tag */
#define ONRI_T_RAW   2u  /* its content is no markup */
#define ONRI_T_BLOCK 4u  /* begins and ends a block of text */
#define ONRI_T_SKIP  8u  /* holds no text for readers */
#define ONRI_T_PEND  16u /* its start ends an open <p> */
#define ONRI_T_SCOPE 32u /* end tags inside do not reach out of it */

/* Elements that matter; the rest is ELEMENT, an inline element. */
#define ONRI_TAGS(X)                                                                               \
    X(TEXT, "", 0)                                                                                 \
    X(ELEMENT, "", 0)                                                                              \
    X(A, "a", 0)                                                                                   \
    X(ADDRESS, "address", ONRI_T_BLOCK | ONRI_T_PEND)                                              \
    X(AREA, "area", ONRI_T_VOID)                                                                   \
    X(ARTICLE, "article", ONRI_T_BLOCK | ONRI_T_PEND)                                              \
    X(ASIDE, "aside", ONRI_T_BLOCK | ONRI_T_PEND)                                                  \
    X(AUDIO, "audio", ONRI_T_SKIP)                                                                 \
    X(BASE, "base", ONRI_T_VOID)                                                                   \
    X(BLOCKQUOTE, "blockquote", ONRI_T_BLOCK | ONRI_T_PEND)                                        \
    X(BODY, "body", ONRI_T_BLOCK)                                                                  \
    X(BR, "br", ONRI_T_VOID)                                                                       \
    X(BUTTON, "button", ONRI_T_SKIP)                                                               \
    X(CANVAS, "canvas", ONRI_T_SKIP)                                                               \
    X(CAPTION, "caption", ONRI_T_BLOCK | ONRI_T_SCOPE)                                             \
    X(CENTER, "center", ONRI_T_BLOCK | ONRI_T_PEND)                                                \
    X(COL, "col", ONRI_T_VOID)                                                                     \
    X(DATALIST, "datalist", ONRI_T_SKIP)                                                           \
    X(DD, "dd", ONRI_T_BLOCK | ONRI_T_PEND)                                                        \
    X(DETAILS, "details", ONRI_T_BLOCK | ONRI_T_PEND)                                              \
    X(DIALOG, "dialog", ONRI_T_BLOCK | ONRI_T_PEND | ONRI_T_SKIP)                                  \
    X(DIV, "div", ONRI_T_BLOCK | ONRI_T_PEND)                                                      \
    X(DL, "dl", ONRI_T_BLOCK | ONRI_T_PEND)                                                        \
    X(DT, "dt", ONRI_T_BLOCK | ONRI_T_PEND)                                                        \
    X(EMBED, "embed", ONRI_T_VOID)                                                                 \
    X(FIELDSET, "fieldset", ONRI_T_BLOCK | ONRI_T_PEND)                                            \
    X(FIGCAPTION, "figcaption", ONRI_T_BLOCK | ONRI_T_PEND)                                        \
    X(FIGURE, "figure", ONRI_T_BLOCK | ONRI_T_PEND)                                                \
    X(FOOTER, "footer", ONRI_T_BLOCK | ONRI_T_PEND)                                                \
    X(FORM, "form", ONRI_T_BLOCK | ONRI_T_PEND)                                                    \
    X(H1, "h1", ONRI_T_BLOCK | ONRI_T_PEND)                                                        \
    X(H2, "h2", ONRI_T_BLOCK | ONRI_T_PEND)                                                        \
    X(H3, "h3", ONRI_T_BLOCK | ONRI_T_PEND)                                                        \
    X(H4, "h4", ONRI_T_BLOCK | ONRI_T_PEND)                                                        \
    X(H5, "h5", ONRI_T_BLOCK | ONRI_T_PEND)                                                        \
    X(H6, "h6", ONRI_T_BLOCK | ONRI_T_PEND)                                                        \
    X(HEAD, "head", ONRI_T_BLOCK | ONRI_T_SKIP)                                                    \
    X(HEADER, "header", ONRI_T_BLOCK | ONRI_T_PEND)                                                \
    X(HR, "hr", ONRI_T_VOID | ONRI_T_BLOCK | ONRI_T_PEND)                                          \
    X(HTML, "html", ONRI_T_BLOCK)                                                                  \
    X(IFRAME, "iframe", ONRI_T_RAW | ONRI_T_SKIP)                                                  \
    X(IMG, "img", ONRI_T_VOID)                                                                     \
    X(INPUT, "input", ONRI_T_VOID)                                                                 \
    X(LI, "li", ONRI_T_BLOCK | ONRI_T_PEND)                                                        \
    X(LINK, "link", ONRI_T_VOID)                                                                   \
    X(MAIN, "main", ONRI_T_BLOCK | ONRI_T_PEND)                                                    \
    X(MENU, "menu", ONRI_T_BLOCK | ONRI_T_PEND | ONRI_T_SKIP)                                      \
    X(META, "meta", ONRI_T_VOID)                                                                   \
    X(NAV, "nav", ONRI_T_BLOCK | ONRI_T_PEND)                                                      \
    X(NOFRAMES, "noframes", ONRI_T_RAW | ONRI_T_SKIP)                                              \
    X(NOSCRIPT, "noscript", ONRI_T_SKIP)                                                           \
    X(OBJECT, "object", ONRI_T_SKIP)                                                               \
    X(OL, "ol", ONRI_T_BLOCK | ONRI_T_PEND)                                                        \
    X(OPTION, "option", 0)                                                                         \
    X(P, "p", ONRI_T_BLOCK | ONRI_T_PEND)                                                          \
    X(PARAM, "param", ONRI_T_VOID)                                                                 \
    X(PICTURE, "picture", 0)                                                                       \
    X(PRE, "pre", ONRI_T_BLOCK | ONRI_T_PEND)                                                      \
    X(SCRIPT, "script", ONRI_T_RAW | ONRI_T_SKIP)                                                  \
    X(SECTION, "section", ONRI_T_BLOCK | ONRI_T_PEND)                                              \
    X(SELECT, "select", ONRI_T_SKIP)                                                               \
    X(SOURCE, "source", ONRI_T_VOID)                                                               \
    X(SPAN, "span", 0)                                                                             \
    X(STYLE, "style", ONRI_T_RAW | ONRI_T_SKIP)                                                    \
    X(SUMMARY, "summary", ONRI_T_BLOCK | ONRI_T_PEND)                                              \
    X(SUP, "sup", 0)                                                                               \
    X(SVG, "svg", ONRI_T_SKIP)                                                                     \
    X(TABLE, "table", ONRI_T_BLOCK | ONRI_T_PEND | ONRI_T_SCOPE)                                   \
    X(TBODY, "tbody", ONRI_T_BLOCK)                                                                \
    X(TD, "td", ONRI_T_BLOCK | ONRI_T_SCOPE)                                                       \
    X(TEMPLATE, "template", ONRI_T_SKIP)                                                           \
    X(TEXTAREA, "textarea", ONRI_T_RAW | ONRI_T_SKIP)                                              \
    X(TFOOT, "tfoot", ONRI_T_BLOCK)                                                                \
    X(TH, "th", ONRI_T_BLOCK | ONRI_T_SCOPE)                                                       \
    X(THEAD, "thead", ONRI_T_BLOCK)                                                                \
    X(TIME, "time", 0)                                                                             \
    X(TITLE, "title", ONRI_T_RAW | ONRI_T_SKIP)                                                    \
    X(TR, "tr", ONRI_T_BLOCK)                                                                      \
    X(TRACK, "track", ONRI_T_VOID)                                                                 \
    X(UL, "ul", ONRI_T_BLOCK | ONRI_T_PEND)                                                        \
    X(VIDEO, "video", ONRI_T_SKIP)                                                                 \
    X(WBR, "wbr", ONRI_T_VOID)

#define ONRI_TAG_ID(id, name, flags) ONRI_TAG_##id,
typedef enum onri_tag { ONRI_TAGS(ONRI_TAG_ID) ONRI_TAG__COUNT } onri_tag;
#undef ONRI_TAG_ID

/* Nodes stand in document order: a node's subtree is [i, end). */
typedef struct onri_node {
    uint16_t tag, depth;
    uint32_t parent;   /* ONR_NONE: the root */
    uint32_t end;      /* index behind its last descendant */
    uint32_t src, len; /* text: its bytes in the page; element: its start tag; raw: see onri_raw */
} onri_node;

typedef struct onri_html {
    onr_sv src; /* the page, valid UTF-8 */
    ONRI_VEC(onri_node) nodes;
    uint32_t too_deep;   /* elements flattened at ONR_HTML_DEPTH_MAX */
    uint32_t deep_first; /* offset of the first */
} onri_html;

/* Parse the page into nodes. Linear; never fails on content. False: out of memory. */
bool onri_html_parse(onr_arena *mem, onr_sv src, onri_html *out);
unsigned onri_tag_flags(uint32_t tag);
/* Value of an attribute of element i, as it stands in the page; .p NULL if absent. */
onr_sv onri_attr(const onri_html *h, uint32_t i, const char *name);
/* Text of a raw element (script, title, textarea), as it stands in the page. */
onr_sv onri_raw(const onri_html *h, uint32_t i);

/* ---- characters (html_chars.c) -------------------------------------------------------------- */

/* Decode a character reference at s[i] == '&': its UTF-8 (at most 8 bytes) into out, the length in
 * *n; returns the bytes taken, 0 if it is none. */
size_t onri_entity(onr_sv s, size_t i, char out[8], unsigned *n);
/* Decoded copy with white space collapsed and trimmed; .p NULL: out of memory. */
onr_sv onri_html_plain(onr_arena *mem, onr_sv s);

/* ---- blocks (html_blocks.c) ----------------------------------------------------------------- */

typedef enum onri_role { /* why a block is not the article */
                         ONRI_ROLE_NONE,
                         ONRI_ROLE_NAVIGATION,
                         ONRI_ROLE_PROMO,
                         ONRI_ROLE_RELATED,
                         ONRI_ROLE_SHARE,
                         ONRI_ROLE_COMMENT,
                         ONRI_ROLE_COOKIE,
                         ONRI_ROLE_BYLINE,
                         ONRI_ROLE_CAPTION,
                         ONRI_ROLE_HIDDEN,
                         ONRI_ROLE_CONTENT, /* a hint only: likely the article */
                         ONRI_ROLE__COUNT
} onri_role;

typedef struct onri_block {
    uint32_t node;     /* nearest block element around it */
    uint32_t beg, end; /* nodes [beg, end) whose text (and line breaks) it is */
    uint32_t chars, link_chars;
    uint32_t words, link_words, commas, stops, upper_words;
    uint16_t tag;   /* of the nearest telling element: P, H1.., LI, FIGCAPTION, ... */
    uint8_t role;   /* onri_role, by tags and hints */
    bool hard;      /* the role is sure */
    bool keep;      /* set by onri_extract */
    bool ends_stop; /* last character ends a sentence */
    bool preformatted;
} onri_block;

typedef struct onri_page {
    onri_html html;
    ONRI_VEC(onri_block) blocks;
    uint8_t *role;    /* [nodes]: onri_role of the element by tag and class words, | 0x80 if hard */
    uint8_t *content; /* [nodes]: 0..3, how sure a hint is that the element is the article */
    const onri_pats *pats;
    onr_sv title; /* plain, from metadata */
    onr_sv body;  /* articleBody of JSON-LD, plain; empty if none */
} onri_page;

bool onri_page_blocks(onr_arena *mem, onri_page *page);
/* Is node d inside (or equal to) node a? */
static inline bool onri_inside(const onri_html *h, uint32_t d, uint32_t a)
{
    return d >= a && d < h->nodes.at[a].end;
}

/* ---- hints (html_hints.c) ------------------------------------------------------------------- */

/* Roles of elements by tag, class, id, style: fills page->role. */
bool onri_page_roles(onr_arena *mem, onri_page *page);

/* ---- main content (html_extract.c) ---------------------------------------------------------- */

/* Decide which blocks are the article: sets keep and role. */
ONR_CHECK onr_status onri_extract(onr_arena *mem, onri_page *page, onr_error *err);

/* ---- text with its map (html_text.c) -------------------------------------------------------- */

typedef struct onri_text {
    onri_buf buf;
    ONRI_VEC(onr_origin) origin;
    uint32_t src_end; /* page offset behind the last byte taken */
} onri_text;

/* Append the block's text; paragraph breaks map to the markup between. Sets span. */
bool onri_text_block(onr_arena *mem, onri_text *t, const onri_page *page, const onri_block *b,
                     onr_span *span);

/* ---- metadata (html_meta.c) ----------------------------------------------------------------- */

typedef struct onri_meta {
    onr_sv title, author, publisher, canonical, lang, charset, body;
    onr_sv description;
    char date[11];
    const char *date_source;
} onri_meta;

bool onri_page_meta(onr_arena *mem, const onri_html *h, onr_sv uri, onri_meta *out);

/* ---- the page as an article (html.c) -------------------------------------------------------- */

ONR_CHECK onr_status onri_article_from_html(onr_arena *mem, onr_sv bytes, onr_sv charset,
                                            bool decoded, const onr_input_opts *how,
                                            const onr_article_opts *opts, onr_article *out,
                                            onr_error *err);

#endif
