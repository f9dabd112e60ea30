/* The tree becomes blocks of text: stretches of inline content between the starts and ends of block
 * elements, measured (words, words in links, commas, ends of sentences). Source: own.
 * Leaves out: what style sheets would hide. */
#include "article/html.h"

typedef struct walk {
    onr_arena *mem;
    onri_page *page;
    uint32_t link_end;  /* nodes below this stand in a link */
    uint32_t ends[512]; /* where open block elements end */
    uint32_t n_ends;
    bool open;       /* a block is being built */
    uint32_t breaks; /* <br> since the last text */
} walk;

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* Count the words of a text node; references count as letters. */
static void measure(onri_block *b, onr_sv s, bool link)
{
    bool in_word = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (is_space(c)) {
            in_word = false;
            continue;
        }
        b->chars++;
        b->link_chars += link;
        if (!in_word) {
            b->words++;
            b->link_words += link;
            b->upper_words += c >= 'A' && c <= 'Z';
            in_word = true;
        }
        if (c == ',' || (c == (char)0xE3 && i + 2 < s.n && s.p[i + 1] == (char)0x80 &&
                         s.p[i + 2] == (char)0x81))
            b->commas++;
        bool stop = c == '.' || c == '!' || c == '?';
        if (stop && (i + 1 == s.n || is_space(s.p[i + 1]) || s.p[i + 1] == '"')) b->stops++;
        if (stop || (c == (char)0x82 && i >= 2 && s.p[i - 2] == (char)0xE3))
            b->ends_stop = true;
        else if (c != '"' && c != '\'' && c != ')' && c != ']' && c != (char)0xE2 &&
                 c != (char)0x80 && c != (char)0x9D && c != (char)0x99)
            b->ends_stop = false;
    }
}

static uint16_t telling_tag(const onri_html *h, uint32_t node)
{
    for (uint32_t n = node; n != ONR_NONE; n = h->nodes.at[n].parent) {
        uint32_t t = h->nodes.at[n].tag;
        switch (t) {
        case ONRI_TAG_P:
        case ONRI_TAG_H1:
        case ONRI_TAG_H2:
        case ONRI_TAG_H3:
        case ONRI_TAG_H4:
        case ONRI_TAG_H5:
        case ONRI_TAG_H6:
        case ONRI_TAG_LI:
        case ONRI_TAG_DT:
        case ONRI_TAG_DD:
        case ONRI_TAG_TD:
        case ONRI_TAG_TH:
        case ONRI_TAG_PRE:
        case ONRI_TAG_FIGCAPTION:
        case ONRI_TAG_CAPTION:
        case ONRI_TAG_FIGURE:
        case ONRI_TAG_ADDRESS:
        case ONRI_TAG_BLOCKQUOTE:
            return (uint16_t)t;
        case ONRI_TAG_DIV:
        case ONRI_TAG_SECTION:
        case ONRI_TAG_ARTICLE:
        case ONRI_TAG_BODY:
            return ONRI_TAG_DIV;
        default:
            break;
        }
    }
    return ONRI_TAG_DIV;
}

static void flush(walk *w)
{
    w->open = false;
    w->breaks = 0;
}

static bool take_text(walk *w, uint32_t i)
{
    const onri_html *h = &w->page->html;
    const onri_node *n = &h->nodes.at[i];
    onr_sv s = onri_sub(h->src, n->src, n->src + n->len);
    bool blank = true;
    for (size_t k = 0; k < s.n && blank; k++) blank = is_space(s.p[k]);
    if (blank && !w->open) return true;
    if (w->breaks >= 2 && !blank) flush(w);
    if (!w->open) {
        onri_block *b = ONRI_PUSH(w->mem, &w->page->blocks);
        if (!b) return false;
        uint32_t at = n->parent;
        while (at != ONR_NONE && !(onri_tag_flags(h->nodes.at[at].tag) & ONRI_T_BLOCK))
            at = h->nodes.at[at].parent;
        b->node = at == ONR_NONE ? 0 : at;
        b->beg = i;
        b->tag = telling_tag(h, b->node);
        b->preformatted = b->tag == ONRI_TAG_PRE;
        w->open = true;
    }
    onri_block *b = &w->page->blocks.at[w->page->blocks.n - 1];
    b->end = i + 1;
    if (!blank) {
        measure(b, s, i < w->link_end);
        w->breaks = 0;
    }
    return true;
}

bool onri_page_blocks(onr_arena *mem, onri_page *page)
{
    walk *w = ONRI_NEW(mem, walk);
    if (!w) return false;
    w->mem = mem;
    w->page = page;
    const onri_html *h = &page->html;
    for (uint32_t i = 0; i < h->nodes.n;) {
        const onri_node *n = &h->nodes.at[i];
        while (w->n_ends && w->ends[w->n_ends - 1] <= i) {
            w->n_ends--;
            flush(w);
        }
        if (n->tag == ONRI_TAG_TEXT) {
            if (!take_text(w, i)) return false;
            i++;
            continue;
        }
        unsigned flags = onri_tag_flags(n->tag);
        if (flags & ONRI_T_BLOCK) {
            flush(w);
            if (n->end > i + 1 && w->n_ends < sizeof w->ends / sizeof *w->ends)
                w->ends[w->n_ends++] = n->end;
        }
        if ((flags & ONRI_T_SKIP) || page->role[i] == (ONRI_ROLE_HIDDEN | 0x80)) {
            i = n->end;
            continue;
        }
        if (n->tag == ONRI_TAG_A && n->end > w->link_end) w->link_end = n->end;
        if (n->tag == ONRI_TAG_BR) w->breaks++;
        i++;
    }
    return true;
}
