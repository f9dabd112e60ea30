/* Blocks become text, and every byte of it keeps its place in the page.
 * Rows of the map follow each other without a gap: bytes taken as they are (equal lengths; a single
 * line end or tab of the page is a space in the text), decoded references, collapsed white space,
 * and the markup that a paragraph break stands for. Source: own. Leaves out: tables as tables. */
#include "article/html.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* Add text bytes that page [src, src+len) says. Byte-for-byte rows grow. */
static bool put(onr_arena *mem, onri_text *t, onr_sv s, uint32_t src, uint32_t len, bool same)
{
    onr_origin *last = t->origin.n ? &t->origin.at[t->origin.n - 1] : NULL;
    uint32_t at = (uint32_t)t->buf.n;
    onri_buf_add(&t->buf, s);
    t->src_end = src + len;
    if (same && last && last->text_len == last->page_len && last->text_beg + last->text_len == at &&
        last->page_beg + last->page_len == src) {
        last->text_len += (uint32_t)s.n;
        last->page_len += len;
        return true;
    }
    onr_origin *o = ONRI_PUSH(mem, &t->origin);
    if (o) *o = (onr_origin){ at, (uint32_t)s.n, src, len };
    return o != NULL;
}

typedef struct piece {
    onr_arena *mem;
    onri_text *t;
    bool any;         /* something of the block stands in the text */
    bool space, line; /* white space, a line break, waits for the next character */
    const char *brk;  /* what stands between this block and the text before */
} piece;

/* What waits before the character at page offset src: it maps to all between. */
static bool pending(piece *p, uint32_t src)
{
    onri_text *t = p->t;
    const char *sep = "";
    if (!p->any)
        sep = t->buf.n ? p->brk : "";
    else if (p->line)
        sep = "\n";
    else if (p->space)
        sep = " ";
    p->any = true;
    p->space = p->line = false;
    if (!*sep) return true;
    uint32_t from = t->src_end;
    if (src < from) from = src;
    onr_sv s = onri_svz(sep);
    bool same = src - from == s.n && s.n == 1;
    return put(p->mem, t, s, from, src - from, same);
}

static bool text_node(piece *p, onr_sv src, uint32_t beg, uint32_t end, bool pre)
{
    for (uint32_t i = beg; i < end;) {
        char c = src.p[i];
        if (is_space(c) && (!pre || c == '\r')) {
            p->space = true;
            i++;
            continue;
        }
        if (c == '\n') {
            p->line = true;
            i++;
            continue;
        }
        char out[8];
        unsigned n = 0;
        size_t took = c == '&' ? onri_entity(onri_sub(src, 0, end), i, out, &n) : 0;
        if (!pending(p, i)) return false;
        if (took) {
            if (!put(p->mem, p->t, onri_sv(out, n), i, (uint32_t)took, false)) return false;
            i += (uint32_t)took;
            continue;
        }
        uint32_t run = i + 1;
        while (run < end && !is_space(src.p[run]) && src.p[run] != '&') run++;
        /* single blanks between words are bytes as they are */
        while (run + 1 < end && src.p[run] == ' ' && !is_space(src.p[run + 1]) &&
               src.p[run + 1] != '&' && !pre) {
            run++;
            while (run < end && !is_space(src.p[run]) && src.p[run] != '&') run++;
        }
        if (!put(p->mem, p->t, onri_sub(src, i, run), i, run - i, true)) return false;
        i = run;
    }
    return true;
}

bool onri_text_block(onr_arena *mem, onri_text *t, const onri_page *page, const onri_block *b,
                     onr_span *span)
{
    const onri_html *h = &page->html;
    piece p = { mem, t, false, false, false, "\n\n" };
    size_t before = t->buf.n;
    for (uint32_t i = b->beg; i < b->end;) {
        const onri_node *n = &h->nodes.at[i];
        if (n->tag != ONRI_TAG_TEXT) {
            if (n->tag == ONRI_TAG_BR) p.line = true;
            bool skip = (onri_tag_flags(n->tag) & ONRI_T_SKIP) ||
                        page->role[i] == (ONRI_ROLE_HIDDEN | 0x80);
            i = skip ? n->end : i + 1;
            continue;
        }
        if (!text_node(&p, h->src, n->src, n->src + n->len, b->preformatted)) return false;
        i++;
    }
    uint32_t beg = (uint32_t)before;
    if (before && p.any) beg += 2; /* the break */
    *span = (onr_span){ p.any ? beg : (uint32_t)before, (uint32_t)t->buf.n };
    return t->buf.status == ONR_OK;
}
