/* HTML becomes a flat tree: nodes in document order that know their place in the page.
 * Tokens after the HTML standard 13.2.5 (tags, quoted attributes, comments, raw text); the tree
 * after 13.2.6 in the parts that decide what text belongs together: implied end tags, scopes, links
 * that cross blocks. Every step moves on in the page, so time is linear; depth is capped. Source:
 * own, WHATWG HTML. Leaves out: foster parenting, the adoption agency, foreign content. */
#include "article/html.h"

#include "onrecord/limits.h"

typedef struct trait {
    const char *name;
    uint8_t len, flags;
} trait;

static const trait TAGS[] = {
#define TAG_TRAIT(id, name, flags) { name, sizeof name - 1, (uint8_t)(flags) },
    ONRI_TAGS(TAG_TRAIT)
#undef TAG_TRAIT
};

unsigned onri_tag_flags(uint32_t tag)
{
    return TAGS[tag].flags;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}
static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* The table is sorted by name from A on; first[c - 'a'] is where a letter begins. */
static void index_tags(uint8_t first[27])
{
    uint32_t t = ONRI_TAG_A;
    for (int c = 0; c < 27; c++) {
        while (t < ONRI_TAG__COUNT && TAGS[t].name[0] < 'a' + c) t++;
        first[c] = (uint8_t)t;
    }
}

static uint32_t tag_of(const uint8_t index[27], const char *p, size_t n)
{
    if (n > 10) return ONRI_TAG_ELEMENT;
    int letter = lower(p[0]) - 'a';
    for (uint32_t t = index[letter]; t < index[letter + 1]; t++) {
        if (TAGS[t].len != n) continue;
        size_t k = 1;
        while (k < n && TAGS[t].name[k] == lower(p[k])) k++;
        if (k == n) return t;
    }
    return ONRI_TAG_ELEMENT;
}

/* ---- attributes ----------------------------------------------------------------------------- */

/* One attribute from *i on inside a start tag that ends at end; false: no more. */
static bool next_attr(onr_sv s, size_t *i, size_t end, onr_sv *name, onr_sv *value)
{
    while (*i < end && (is_space(s.p[*i]) || s.p[*i] == '/')) ++*i;
    if (*i >= end || s.p[*i] == '>') return false;
    size_t beg = *i;
    ++*i; /* a '=' at the start belongs to the name */
    while (*i < end && !is_space(s.p[*i]) && s.p[*i] != '=' && s.p[*i] != '>' && s.p[*i] != '/')
        ++*i;
    *name = onri_sub(s, beg, *i);
    *value = onri_sv("", 0);
    size_t k = *i;
    while (k < end && is_space(s.p[k])) k++;
    if (k >= end || s.p[k] != '=') return true;
    k++;
    while (k < end && is_space(s.p[k])) k++;
    if (k < end && (s.p[k] == '"' || s.p[k] == '\'')) {
        const char *q = memchr(s.p + k + 1, s.p[k], end - k - 1);
        size_t stop = q ? (size_t)(q - s.p) : end;
        *value = onri_sub(s, k + 1, stop);
        *i = stop < end ? stop + 1 : end;
    } else {
        beg = k;
        while (k < end && !is_space(s.p[k]) && s.p[k] != '>') k++;
        *value = onri_sub(s, beg, k);
        *i = k;
    }
    return true;
}

static size_t name_end(onr_sv s, size_t i)
{
    while (i < s.n && !is_space(s.p[i]) && s.p[i] != '>' && s.p[i] != '/') i++;
    return i;
}

onr_sv onri_attr(const onri_html *h, uint32_t i, const char *name)
{
    const onri_node *n = &h->nodes.at[i];
    if (n->tag == ONRI_TAG_TEXT || n->len < 4) return (onr_sv){ 0 };
    onr_sv tag = onri_sub(h->src, n->src, n->src + n->len), key, value;
    size_t want = strlen(name);
    for (size_t at = name_end(tag, 1); next_attr(tag, &at, tag.n, &key, &value);) {
        if (key.n != want) continue;
        size_t k = 0;
        while (k < want && lower(key.p[k]) == name[k]) k++;
        if (k == want) return value;
    }
    return (onr_sv){ 0 };
}

/* End of the start or end tag that begins at i: behind its '>', or the end of the page. */
static size_t tag_end(onr_sv s, size_t i)
{
    onr_sv name, value;
    size_t at = name_end(s, i + 1);
    while (at < s.n && s.p[at] != '>')
        if (!next_attr(s, &at, s.n, &name, &value)) break;
    return at < s.n ? at + 1 : s.n;
}

/* ---- the tree ------------------------------------------------------------------------------- */

typedef struct builder {
    onr_arena *mem;
    onri_html *h;
    uint32_t stack[ONR_HTML_DEPTH_MAX];
    uint32_t depth;
    uint8_t first[27]; /* see index_tags */
    uint32_t overflow; /* start tags that were not pushed and whose end tags may come */
} builder;

static onri_node *node_at(builder *b, uint32_t level)
{
    return &b->h->nodes.at[b->stack[level]];
}

static void pop_to(builder *b, uint32_t depth)
{
    while (b->depth > depth) node_at(b, --b->depth)->end = b->h->nodes.n;
}

static bool add_node(builder *b, uint32_t tag, size_t src, size_t len)
{
    onri_node *n = ONRI_PUSH(b->mem, &b->h->nodes);
    if (!n) return false;
    uint32_t i = b->h->nodes.n - 1;
    *n = (onri_node){
        (uint16_t)tag, (uint16_t)b->depth, b->depth ? b->stack[b->depth - 1] : ONR_NONE,
        i + 1,         (uint32_t)src,      (uint32_t)len
    };
    return true;
}

/* Close the innermost open element of the tag, unless one of the stops stands above it. */
static void close_implied(builder *b, uint32_t tag, uint32_t stop1, uint32_t stop2)
{
    for (uint32_t d = b->depth; d-- > 0;) {
        uint32_t t = node_at(b, d)->tag;
        if (t == tag) {
            pop_to(b, d);
            return;
        }
        if (t == stop1 || t == stop2 || (TAGS[t].flags & ONRI_T_SCOPE)) return;
    }
}

static void close_cells(builder *b, uint32_t tag)
{
    for (uint32_t d = b->depth; d-- > 0;) {
        uint32_t t = node_at(b, d)->tag;
        if (t == ONRI_TAG_TABLE) return;
        bool cell = t == ONRI_TAG_TD || t == ONRI_TAG_TH || t == ONRI_TAG_CAPTION;
        bool row = t == ONRI_TAG_TR && tag != ONRI_TAG_TD && tag != ONRI_TAG_TH;
        bool group = (t == ONRI_TAG_TBODY || t == ONRI_TAG_THEAD || t == ONRI_TAG_TFOOT) &&
                     tag != ONRI_TAG_TD && tag != ONRI_TAG_TH && tag != ONRI_TAG_TR;
        if (cell || row || group) pop_to(b, d);
    }
}

static void imply_ends(builder *b, uint32_t tag)
{
    if (TAGS[tag].flags & ONRI_T_PEND)
        close_implied(b, ONRI_TAG_P, ONRI_TAG_BUTTON, ONRI_TAG_OBJECT);
    switch (tag) {
    case ONRI_TAG_LI:
        close_implied(b, ONRI_TAG_LI, ONRI_TAG_UL, ONRI_TAG_OL);
        break;
    case ONRI_TAG_DT:
    case ONRI_TAG_DD:
        close_implied(b, ONRI_TAG_DT, ONRI_TAG_DL, ONRI_TAG_DL);
        close_implied(b, ONRI_TAG_DD, ONRI_TAG_DL, ONRI_TAG_DL);
        break;
    case ONRI_TAG_OPTION:
        close_implied(b, ONRI_TAG_OPTION, ONRI_TAG_SELECT, ONRI_TAG_DATALIST);
        break;
    case ONRI_TAG_A:
        close_implied(b, ONRI_TAG_A, ONRI_TAG_OBJECT, ONRI_TAG_OBJECT);
        break;
    case ONRI_TAG_TD:
    case ONRI_TAG_TH:
    case ONRI_TAG_TR:
    case ONRI_TAG_TBODY:
    case ONRI_TAG_THEAD:
    case ONRI_TAG_TFOOT:
        close_cells(b, tag);
        break;
    case ONRI_TAG_BODY:
        close_implied(b, ONRI_TAG_HEAD, ONRI_TAG_BODY, ONRI_TAG_BODY);
        break;
    default:
        break;
    }
}

/* In <head> the first element that cannot stand there opens the body. */
static void leave_head(builder *b, uint32_t tag)
{
    if (!b->depth || node_at(b, b->depth - 1)->tag != ONRI_TAG_HEAD) return;
    if (tag == ONRI_TAG_TEXT || tag == ONRI_TAG_ELEMENT || (TAGS[tag].flags & ONRI_T_BLOCK) ||
        tag == ONRI_TAG_A || tag == ONRI_TAG_SPAN || tag == ONRI_TAG_IMG)
        pop_to(b, b->depth - 1);
}

static bool start_tag(builder *b, uint32_t tag, size_t src, size_t len, bool *pushed)
{
    *pushed = false;
    if ((tag == ONRI_TAG_HTML || tag == ONRI_TAG_BODY) && b->h->nodes.n)
        for (uint32_t d = 0; d < b->depth; d++)
            if (node_at(b, d)->tag == tag) return true;
    leave_head(b, tag);
    imply_ends(b, tag);
    if (!add_node(b, tag, src, len)) return false;
    bool empty = (TAGS[tag].flags & ONRI_T_VOID) ||
                 (tag == ONRI_TAG_ELEMENT && len > 2 && b->h->src.p[src + len - 2] == '/');
    if (empty) return true;
    if (b->depth == ONR_HTML_DEPTH_MAX) {
        if (b->h->too_deep++ == 0) b->h->deep_first = (uint32_t)src;
        b->overflow++;
        return true;
    }
    b->stack[b->depth++] = b->h->nodes.n - 1;
    *pushed = true;
    return true;
}

/* An inline end tag whose element has open blocks inside: only take it off the stack, so that the
 * blocks stay where they are. */
static void close_across(builder *b, uint32_t level)
{
    node_at(b, level)->end = b->h->nodes.n;
    memmove(&b->stack[level], &b->stack[level + 1], (b->depth - level - 1) * sizeof *b->stack);
    b->depth--;
}

static bool same_name(const builder *b, const onri_node *n, const char *p, size_t len)
{
    const char *q = b->h->src.p + n->src + 1;
    if (n->tag != ONRI_TAG_ELEMENT) return true;
    if (n->len < len + 2) return false;
    for (size_t k = 0; k < len; k++)
        if (lower(p[k]) != lower(q[k])) return false;
    return q[len] == '>' || q[len] == '/' || is_space(q[len]);
}

static void end_tag(builder *b, uint32_t tag, const char *name, size_t name_len)
{
    if (TAGS[tag].flags & ONRI_T_VOID || tag == ONRI_TAG_BODY || tag == ONRI_TAG_HTML) return;
    if (b->overflow) {
        b->overflow--;
        return;
    }
    bool block = TAGS[tag].flags & ONRI_T_BLOCK, crosses = false;
    for (uint32_t d = b->depth; d-- > 0;) {
        const onri_node *n = node_at(b, d);
        if (n->tag == tag && same_name(b, n, name, name_len)) {
            if (crosses)
                close_across(b, d);
            else
                pop_to(b, d);
            return;
        }
        unsigned flags = TAGS[n->tag].flags;
        if ((flags & ONRI_T_SCOPE) &&
            !(tag == ONRI_TAG_TABLE || tag == ONRI_TAG_TR || tag == ONRI_TAG_TBODY ||
              tag == ONRI_TAG_THEAD || tag == ONRI_TAG_TFOOT))
            return;
        crosses = crosses || (!block && (flags & ONRI_T_BLOCK));
    }
}

/* Offset of "</name" from i on, or the end of the page. */
static size_t raw_end(onr_sv s, size_t i, uint32_t tag)
{
    size_t n = TAGS[tag].len;
    while (i < s.n) {
        const char *lt = memchr(s.p + i, '<', s.n - i);
        if (!lt) return s.n;
        size_t at = (size_t)(lt - s.p);
        if (at + 2 + n <= s.n && s.p[at + 1] == '/') {
            size_t k = 0;
            while (k < n && lower(s.p[at + 2 + k]) == TAGS[tag].name[k]) k++;
            char c = at + 2 + n < s.n ? s.p[at + 2 + n] : '>';
            if (k == n && (c == '>' || c == '/' || is_space(c))) return at;
        }
        i = at + 1;
    }
    return s.n;
}

onr_sv onri_raw(const onri_html *h, uint32_t i)
{
    const onri_node *n = &h->nodes.at[i];
    size_t beg = n->src + n->len;
    return onri_sub(h->src, beg, raw_end(h->src, beg, n->tag));
}

/* Behind a comment, doctype, CDATA or processing instruction at i. */
static size_t skip_declaration(onr_sv s, size_t i)
{
    if (i + 4 <= s.n && memcmp(s.p + i, "<!--", 4) == 0) {
        if (i + 4 < s.n && s.p[i + 4] == '>') return i + 5;
        for (size_t k = i + 4; k < s.n; k++) {
            const char *gt = memchr(s.p + k, '>', s.n - k);
            if (!gt) return s.n;
            k = (size_t)(gt - s.p);
            if (k >= i + 6 && s.p[k - 1] == '-' && s.p[k - 2] == '-') return k + 1;
        }
        return s.n;
    }
    const char *gt = memchr(s.p + i, '>', s.n - i);
    return gt ? (size_t)(gt - s.p) + 1 : s.n;
}

static bool blank(onr_sv s, size_t beg, size_t end)
{
    while (beg < end && is_space(s.p[beg])) beg++;
    return beg == end;
}

static bool add_text(builder *b, size_t beg, size_t end)
{
    if (beg == end) return true;
    if (!blank(b->h->src, beg, end)) leave_head(b, ONRI_TAG_TEXT);
    return add_node(b, ONRI_TAG_TEXT, beg, end - beg);
}

/* Handle the markup at i, if it is some; *next: where to go on. False: out of memory. */
static bool markup(builder *b, size_t i, size_t *next)
{
    onr_sv s = b->h->src;
    char c = i + 1 < s.n ? s.p[i + 1] : 0;
    *next = i;
    if (c == '!' || c == '?') {
        *next = skip_declaration(s, i);
    } else if (c == '/' && i + 2 < s.n) {
        if (!is_alpha(s.p[i + 2])) { /* a bogus comment */
            *next = skip_declaration(s, i);
            return true;
        }
        size_t stop = name_end(s, i + 2);
        end_tag(b, tag_of(b->first, s.p + i + 2, stop - i - 2), s.p + i + 2, stop - i - 2);
        *next = tag_end(s, i + 1);
    } else if (is_alpha(c)) {
        size_t stop = name_end(s, i + 1), end = tag_end(s, i);
        uint32_t tag = tag_of(b->first, s.p + i + 1, stop - i - 1);
        bool pushed;
        if (!start_tag(b, tag, i, end - i, &pushed)) return false;
        *next = end;
        if (TAGS[tag].flags & ONRI_T_RAW) {
            size_t close = raw_end(s, end, tag);
            *next = close < s.n ? tag_end(s, close + 1) : s.n;
            if (pushed)
                pop_to(b, b->depth - 1);
            else if (b->overflow)
                b->overflow--;
        }
    }
    return true;
}

bool onri_html_parse(onr_arena *mem, onr_sv src, onri_html *out)
{
    *out = (onri_html){ .src = src };
    builder *b = ONRI_NEW(mem, builder);
    if (!b) return false;
    b->mem = mem;
    b->h = out;
    index_tags(b->first);
    size_t text = 0;
    for (size_t i = 0; i < src.n;) {
        const char *lt = memchr(src.p + i, '<', src.n - i);
        if (!lt) break;
        size_t at = (size_t)(lt - src.p), next = at;
        /* text before markup is added first: its parent is what is open now */
        char c = at + 1 < src.n ? src.p[at + 1] : 0;
        if (c != '!' && c != '?' && c != '/' && !is_alpha(c)) {
            i = at + 1;
            continue;
        }
        if (!add_text(b, text, at) || !markup(b, at, &next)) return false;
        if (next == at) {
            text = at;
            i = at + 1;
        } else {
            text = i = next;
        }
    }
    if (!add_text(b, text, src.n)) return false;
    pop_to(b, 0);
    return true;
}
