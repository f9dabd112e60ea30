/* Which blocks of a page are the article.
 * 1. Running text: blocks that read like sentences weigh by their characters outside links.
 * 2. Hints (tags, class words) rule elements out, unless most of the running text would be lost.
 * 3. The container: from the body down while one child holds nearly all running text.
 * 4. Inside it every block is judged: headings by what follows, lists and short lines by links and
 *    neighbours, boilerplate by the word patterns of data/article/debris.tsv.
 * If JSON-LD tells the article's text, blocks that stand in it are the article.
 * Source: own; features as in Kohlschütter et al. 2010 (words, link density, neighbours).
 * Leaves out: rules for single sites. */
#include "article/html.h"

#define GOOD_WORDS 9 /* words of the shortest block that counts as running text */

typedef struct ctx {
    onr_arena *mem;
    onri_page *page;
    const onri_html *h;
    uint32_t *mass; /* [nodes] running text in the subtree */
    uint8_t *sure;  /* [nodes] the surest hint for the article on it or around it */
    uint8_t *ruled; /* [nodes] effective role of the element and what is around it */
    uint64_t total;
    uint32_t title; /* block that says the headline, ONR_NONE: none */
    uint32_t box;   /* the container */
    bool *in_body;  /* [blocks] stands in articleBody; NULL: none */
} ctx;

static bool wide_script(const onri_block *b)
{
    return b->words && b->chars / b->words > 24; /* no blanks between words: CJK, Thai */
}

static bool is_heading(uint32_t tag)
{
    return tag >= ONRI_TAG_H1 && tag <= ONRI_TAG_H6;
}

/* Does the block read like running text? */
static bool good(const onri_block *b)
{
    if (is_heading(b->tag) || b->tag == ONRI_TAG_FIGCAPTION || b->tag == ONRI_TAG_CAPTION)
        return false;
    if (b->link_chars * 2 > b->chars) return false;
    if (wide_script(b)) return b->chars >= 90;
    return b->words >= GOOD_WORDS && (b->stops > 0 || b->ends_stop || b->commas > 1);
}

/* ---- running text --------------------------------------------------------------------------- */

static uint32_t density(const onri_block *b)
{
    return b->chars ? b->link_chars * 100 / b->chars : 0;
}

/* The lines under a linked headline that stand alone: a teaser of another page. */
static bool teaser(const ctx *c, uint32_t i)
{
    const onri_block *at = c->page->blocks.at;
    uint32_t k = i;
    while (k > 0 && i - k < 3 && at[k - 1].words < 4) k--;
    if (k == 0 || at[k - 1].words < 4 || density(&at[k - 1]) < 80) return false;
    for (k = i + 1; k < c->page->blocks.n && k < i + 4; k++)
        if (at[k].words >= 4) return !good(&at[k]) || density(&at[k]) > 50;
    return true;
}

/* Running text weighs more inside elements that hints call the article. */
static uint32_t weight_of(const ctx *c, const onri_block *b)
{
    static const uint8_t TIMES[4] = { 1, 2, 4, 6 };
    return (b->chars - b->link_chars) * TIMES[c->sure[b->node] & 3];
}

static void add_up(ctx *c, bool ruled_out)
{
    uint32_t n = c->h->nodes.n;
    memset(c->mass, 0, n * sizeof *c->mass);
    for (uint32_t i = 0; i < c->page->blocks.n; i++) {
        const onri_block *b = &c->page->blocks.at[i];
        if (ruled_out && c->ruled[b->node]) continue;
        if (good(b))
            c->mass[b->node] += weight_of(c, b) / (teaser(c, i) ? 5 : 1);
        else if (c->sure[b->node] >= 2 && density(b) < 30) /* lists and tables of the article */
            c->mass[b->node] += b->chars;
    }
    for (uint32_t i = n; i-- > 0;) { /* children stand behind their parents */
        uint32_t p = c->h->nodes.at[i].parent;
        if (p != ONR_NONE) c->mass[p] += c->mass[i];
    }
    c->total = 0;
    for (uint32_t i = 0; i < n; i++)
        if (c->h->nodes.at[i].parent == ONR_NONE) c->total += c->mass[i];
}

/* Does the hint of the element stand against the running text it would cost? */
static bool hint_holds(const ctx *c, uint32_t i, uint8_t role)
{
    uint64_t share = c->total ? (uint64_t)c->mass[i] * 100 / c->total : 0;
    switch (role & 0x7F) {
    case ONRI_ROLE_HIDDEN:
        return share < 50;
    case ONRI_ROLE_COOKIE:
        return share < 80;
    case ONRI_ROLE_COMMENT:
        return share < (role & 0x80 ? 80 : 40);
    case ONRI_ROLE_NAVIGATION:
    case ONRI_ROLE_RELATED:
        return share < (role & 0x80 ? 35 : 20);
    default:
        return share < (role & 0x80 ? 30 : 8);
    }
}

static void rule_out(ctx *c)
{
    for (uint32_t i = 0; i < c->h->nodes.n; i++) {
        uint32_t p = c->h->nodes.at[i].parent;
        uint8_t above = p == ONR_NONE ? 0 : c->ruled[p];
        uint8_t own = c->page->role[i];
        /* a post that the article shows is a quotation, though its box has to do with sharing */
        if (c->h->nodes.at[i].tag == ONRI_TAG_BLOCKQUOTE && (above & 0x7F) == ONRI_ROLE_SHARE)
            above = 0;
        if (own && !hint_holds(c, i, own)) own = 0;
        c->ruled[i] = above ? above : own;
    }
}

/* ---- the container -------------------------------------------------------------------------- */

/* From `at` down while one child holds nearly all running text. */
static uint32_t descend(const ctx *c, uint32_t at)
{
    for (;;) {
        uint32_t best = ONR_NONE;
        const onri_node *n = &c->h->nodes.at[at];
        for (uint32_t k = at + 1; k < n->end; k = c->h->nodes.at[k].end)
            if (c->h->nodes.at[k].tag != ONRI_TAG_TEXT &&
                (best == ONR_NONE || c->mass[k] > c->mass[best]))
                best = k;
        if (best == ONR_NONE ||
            (uint64_t)c->mass[best] * 100 < (uint64_t)c->mass[at] * (c->sure[at] >= 2 ? 93 : 75) ||
            c->mass[best] == 0)
            return at;
        uint32_t tag = c->h->nodes.at[best].tag;
        if (tag == ONRI_TAG_P || tag == ONRI_TAG_LI || tag == ONRI_TAG_BLOCKQUOTE ||
            tag == ONRI_TAG_SPAN || tag == ONRI_TAG_A)
            return at;
        at = best;
    }
}

/* The block's words as text, for the patterns. False: out of memory. */
static bool words_of(ctx *c, const onri_block *b, onri_words *w)
{
    onri_text t = { .buf = onri_buf_make(1 << 16) };
    onr_span span;
    bool ok = onri_text_block(c->mem, &t, c->page, b, &span);
    onr_sv s = onri_dup(c->mem, onri_buf_sv(&t.buf));
    onri_buf_drop(&t.buf);
    return ok && s.p && onri_words_of(c->mem, s, (onr_span){ 0, (uint32_t)s.n }, w);
}

/* Do the words say the page's title? Most words of each stand in the other. */
static bool says_title(const onri_words *w, const onri_words *title)
{
    uint32_t both = 0;
    for (uint32_t i = 0; i < w->n; i++)
        for (uint32_t k = 0; k < title->n; k++)
            if (w->at[i].hash == title->at[k].hash) {
                both++;
                break;
            }
    return (both * 10 >= w->n * 7 && both * 10 >= title->n * 6) || (w->n >= 3 && both == w->n);
}

/* The heading that says the title, if running text stands behind it. */
static bool find_title(ctx *c)
{
    onri_words title = { 0 };
    onr_sv t = c->page->title;
    c->title = ONR_NONE;
    if (!onri_words_of(c->mem, t, (onr_span){ 0, (uint32_t)t.n }, &title)) return false;
    uint32_t last = 0;
    for (uint32_t i = 0; i < c->page->blocks.n; i++)
        if (good(&c->page->blocks.at[i]) && !c->ruled[c->page->blocks.at[i].node]) last = i;
    for (int linked = 0; linked < 2 && c->title == ONR_NONE; linked++) /* first without a link */
        for (uint32_t i = 0; i < last && title.n >= 3 && c->title == ONR_NONE; i++) {
            const onri_block *b = &c->page->blocks.at[i];
            onri_words w = { 0 };
            if (!is_heading(b->tag) || b->words > 60 || b->chars > 2000 ||
                (density(b) > 50) != (linked == 1))
                continue;
            if (!words_of(c, b, &w)) return false;
            if (says_title(&w, &title)) c->title = i;
        }
    return true;
}

/* Of several <article> elements the one with the headline, if the others hold most of the rest. */
static uint32_t titled_article(const ctx *c)
{
    if (c->title == ONR_NONE) return ONR_NONE;
    uint32_t a = c->page->blocks.at[c->title].node;
    while (a != ONR_NONE && c->h->nodes.at[a].tag != ONRI_TAG_ARTICLE) a = c->h->nodes.at[a].parent;
    if (a == ONR_NONE || (uint64_t)c->mass[a] * 5 < c->total) return ONR_NONE;
    uint64_t others = 0;
    for (uint32_t i = 0; i < c->h->nodes.n;) {
        bool article = c->h->nodes.at[i].tag == ONRI_TAG_ARTICLE && !onri_inside(c->h, a, i);
        if (article) others += c->mass[i];
        i = article ? c->h->nodes.at[i].end : i + 1;
    }
    return others * 2 > c->total - c->mass[a] ? a : ONR_NONE;
}

static uint32_t find_box(const ctx *c)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < c->h->nodes.n; i++) /* the root with the text */
        if (c->h->nodes.at[i].parent == ONR_NONE && (uint64_t)c->mass[i] * 2 > c->total) at = i;
    uint32_t titled = titled_article(c);
    return descend(c, titled == ONR_NONE ? at : titled);
}

/* ---- blocks --------------------------------------------------------------------------------- */

static uint8_t role_of_kind(onr_boilerplate_kind k)
{
    switch (k) {
    case ONR_BOILERPLATE_NAVIGATION:
        return ONRI_ROLE_NAVIGATION;
    case ONR_BOILERPLATE_RELATED:
        return ONRI_ROLE_RELATED;
    case ONR_BOILERPLATE_SHARE:
        return ONRI_ROLE_SHARE;
    case ONR_BOILERPLATE_COMMENT_FORM:
        return ONRI_ROLE_COMMENT;
    case ONR_BOILERPLATE_COOKIE:
        return ONRI_ROLE_COOKIE;
    case ONR_BOILERPLATE_BYLINE:
        return ONRI_ROLE_BYLINE;
    case ONR_BOILERPLATE_CAPTION:
        return ONRI_ROLE_CAPTION;
    default:
        return ONRI_ROLE_PROMO;
    }
}

/* Boilerplate by its words; *list: the short blocks under it go with it. */
static bool by_words(ctx *c, onri_block *b, bool *list)
{
    onri_words w = { 0 };
    uint32_t len;
    *list = false;
    if (b->words > 25 || b->chars > 1000) return true;
    if (!words_of(c, b, &w)) return false;
    const onri_pat *p = onri_pats_find(c->page->pats, ONRI_SCOPE_LIST, w.at, w.n, &len);
    if (p) *list = true;
    if (!p) p = onri_pats_find(c->page->pats, ONRI_SCOPE_LINE, w.at, w.n, &len);
    if (!p) p = onri_pats_find(c->page->pats, ONRI_SCOPE_HEAD, w.at, w.n, &len);
    if (!p) {
        p = onri_pats_find(c->page->pats, ONRI_SCOPE_CUT, w.at, w.n, &len);
        if (p && len < w.n && b->link_chars * 2 < b->chars) p = NULL;
    }
    if (p) b->role = role_of_kind(p->kind);
    return true;
}

static bool in_quotation(const ctx *c, const onri_block *b)
{
    for (uint32_t n = b->node; n != ONR_NONE && n != c->box; n = c->h->nodes.at[n].parent)
        if (c->h->nodes.at[n].tag == ONRI_TAG_BLOCKQUOTE) return true;
    return false;
}

/* A first opinion on each block of the container, without its neighbours. */
static bool judge(ctx *c)
{
    for (uint32_t i = 0; i < c->page->blocks.n; i++) {
        onri_block *b = &c->page->blocks.at[i];
        b->role = c->ruled[b->node] & 0x7F;
        b->keep = false;
        if (!onri_inside(c->h, b->node, c->box)) {
            if (!b->role) b->role = ONRI_ROLE_NAVIGATION;
            continue;
        }
        bool list;
        onr_mark mark = onr_arena_mark(c->mem); /* the words are not needed again */
        if (!b->role && !by_words(c, b, &list)) return false;
        onr_arena_rewind(c->mem, mark);
        if (b->role || b->chars == 0) continue;
        bool prose = good(b) || (b->ends_stop && b->words >= 8);
        b->keep = density(b) < (prose ? 70u : in_quotation(c, b) ? 90u : 45u);
        if (b->tag == ONRI_TAG_FIGCAPTION || b->tag == ONRI_TAG_CAPTION) {
            b->keep = false;
            b->role = ONRI_ROLE_CAPTION;
        }
    }
    return true;
}

/* Short blocks before the first and behind the last running text are not the article. */
static void trim_ends(ctx *c)
{
    uint32_t first = ONR_NONE, last = 0;
    for (uint32_t i = 0; i < c->page->blocks.n; i++)
        if (c->page->blocks.at[i].keep && good(&c->page->blocks.at[i])) {
            first = first == ONR_NONE ? i : first;
            last = i;
        }
    for (uint32_t i = 0; i < c->page->blocks.n; i++) {
        onri_block *b = &c->page->blocks.at[i];
        if (!b->keep) continue;
        if (c->sure[b->node] >= 2 && density(b) < 30) continue;
        bool before = first == ONR_NONE || i < first;
        if (before && !(b->ends_stop && b->words >= 4 && i + 3 > first)) {
            b->keep = false;
            b->role = ONRI_ROLE_BYLINE;
        }
        if (i > last &&
            !(b->ends_stop && b->words >= 4 && (b->tag == ONRI_TAG_P || b->tag == ONRI_TAG_LI))) {
            b->keep = false;
            b->role = ONRI_ROLE_NAVIGATION;
        }
    }
}

/* What stands before the headline is not the article, unless it is the article's lead. */
static void cut_before_title(ctx *c)
{
    for (uint32_t i = 0; c->title != ONR_NONE && i <= c->title; i++) {
        onri_block *b = &c->page->blocks.at[i];
        if (b->keep) b->role = ONRI_ROLE_NAVIGATION;
        b->keep = false;
    }
}

/* A lead that stands between the headline and the container, in an element of its own. */
static void add_lead(ctx *c)
{
    if (c->title == ONR_NONE) return;
    for (uint32_t i = c->title + 1; i < c->page->blocks.n; i++) {
        onri_block *b = &c->page->blocks.at[i];
        if (b->node >= c->box) return;
        if (good(b) && !c->ruled[b->node] && b->link_chars == 0 && c->sure[b->node] >= 1 &&
            !is_heading(b->tag) && !onri_inside(c->h, c->box, b->node) && i < c->title + 8) {
            b->keep = true;
            b->role = 0;
        }
    }
}

/* A heading stays if running text stands under it. */
static void judge_headings(ctx *c)
{
    bool text = false;
    for (uint32_t i = c->page->blocks.n; i-- > 0;) {
        onri_block *b = &c->page->blocks.at[i];
        if (!is_heading(b->tag)) {
            text = text || b->keep;
            continue;
        }
        if (b->tag == ONRI_TAG_H1 || !text) b->keep = false;
        text = false;
    }
}

/* Markup without <html> and <body>, as feeds and APIs give it, is the article and no page. */
static bool fragment(const ctx *c)
{
    for (uint32_t i = 0; i < c->h->nodes.n && i < 50; i++)
        if (c->h->nodes.at[i].tag == ONRI_TAG_HTML || c->h->nodes.at[i].tag == ONRI_TAG_BODY ||
            c->h->nodes.at[i].tag == ONRI_TAG_HEAD)
            return false;
    for (uint32_t i = 0; i < c->page->blocks.n; i++) {
        onri_block *b = &c->page->blocks.at[i];
        b->keep = b->chars > 0 && !(c->ruled[b->node] & 0x80) && density(b) < 90;
        b->role = 0;
    }
    return true;
}

onr_status onri_extract(onr_arena *mem, onri_page *page, onr_error *err)
{
    ctx c = { .mem = mem, .page = page, .h = &page->html };
    uint32_t n = page->html.nodes.n;
    c.mass = ONRI_NEW_N(mem, n + 1, uint32_t);
    c.ruled = onri_alloc_n(mem, n + 1, 1);
    c.sure = onri_alloc_n(mem, n + 1, 1);
    if (!c.mass || !c.ruled || !c.sure) return onri_fail_mem(err, mem, "html");
    if (!n) return ONR_OK;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t p = page->html.nodes.at[i].parent;
        uint8_t above = p == ONR_NONE ? 0 : c.sure[p];
        c.sure[i] = page->content[i] > above ? page->content[i] : above;
    }
    add_up(&c, false);
    rule_out(&c);
    add_up(&c, true);
    if (!find_title(&c)) return onri_fail_mem(err, mem, "html");
    c.box = find_box(&c);
    if (!judge(&c)) return onri_fail_mem(err, mem, "html");
    if (!fragment(&c)) {
        cut_before_title(&c);
        trim_ends(&c);
        add_lead(&c);
    }
    judge_headings(&c);
    return ONR_OK;
}
