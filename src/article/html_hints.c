/* What an element is by its tag and by the words in its class and id.
 * A hint is an opinion of whoever named the class: html_extract.c overrules it where most of the
 * page's running text would be lost. Words stand in data/article/hints.tsv. Source: own.
 * Leaves out: style sheets (only style="display:none", hidden, aria-hidden). */
#include "article/html.h"
#include "base/embedded.h"

#define BUCKETS 1024u

typedef struct hint {
    onr_sv word;
    bool prefix;
    uint8_t role; /* | 0x80: hard */
    struct hint *next;
} hint;

typedef struct hints {
    hint *bucket[BUCKETS]; /* by the first three letters */
} hints;

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static uint32_t key_of(const char *p, size_t n)
{
    uint32_t h = 7;
    for (size_t i = 0; i < 3 && i < n; i++) h = h * 31 + (unsigned char)lower(p[i]);
    return h & (BUCKETS - 1);
}

static uint8_t role_of(onr_sv name)
{
    static const char *const NAMES[ONRI_ROLE__COUNT] = {
        "",       "navigation", "promo",   "related", "share",   "comment-form",
        "cookie", "byline",     "caption", "hidden",  "content",
    };
    for (uint8_t r = 1; r < ONRI_ROLE__COUNT; r++)
        if (onri_eqz(name, NAMES[r])) return r;
    return ONRI_ROLE_NONE;
}

static bool load(onr_arena *mem, hints *t)
{
    onr_sv rest = onri_data_get("article/hints.tsv"), line, role, strength, word;
    while (onri_split(&rest, '\n', &line)) {
        if (!line.n || line.p[0] == '#' || !onri_split(&line, '\t', &role) ||
            !onri_split(&line, '\t', &strength))
            continue;
        uint8_t r = role_of(role);
        if (onri_eqz(strength, "hard")) r |= 0x80;
        while (onri_split(&line, ' ', &word)) {
            if (!word.n) continue;
            hint *h = ONRI_NEW(mem, hint);
            if (!h) return false;
            h->prefix = word.p[word.n - 1] == '*';
            h->word = onri_sub(word, 0, word.n - h->prefix);
            h->role = r;
            uint32_t k = key_of(h->word.p, h->word.n);
            h->next = t->bucket[k];
            t->bucket[k] = h;
        }
    }
    return true;
}

/* The strongest hint of one part of a name. */
static uint8_t look_up(const hints *t, const char *p, size_t n)
{
    uint8_t best = 0;
    for (const hint *h = n ? t->bucket[key_of(p, n)] : NULL; h; h = h->next) {
        if (h->prefix ? n < h->word.n : n != h->word.n) continue;
        size_t k = 0;
        while (k < h->word.n && lower(p[k]) == h->word.p[k]) k++;
        if (k == h->word.n && (!best || (h->role & 0x80))) best = h->role;
    }
    return best;
}

/* Join a hint to what is known: hints for the article go to *content, hard ones win. */
static uint8_t stronger(uint8_t best, uint8_t r, uint8_t *content)
{
    if ((r & 0x7F) == ONRI_ROLE_CONTENT) {
        uint8_t w = r & 0x80 ? 2 : 1;
        *content = w > *content ? w : *content;
        return best;
    }
    return r && (!best || (!(best & 0x80) && (r & 0x80))) ? r : best;
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Names in one attribute: each as a whole and part by part. The strongest hint against, and the
 * weight of hints for (into *content). */
static uint8_t of_names(const hints *t, onr_sv s, uint8_t *content)
{
    uint8_t best = 0;
    size_t end = s.n < 400 ? s.n : 400;
    for (size_t i = 0; i < end;) {
        if (s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t') {
            i++;
            continue;
        }
        char whole[48];
        size_t n = 0;
        while (i < end && s.p[i] != ' ' && s.p[i] != '\n' && s.p[i] != '\t') {
            size_t beg = i;
            while (i < end && is_name(s.p[i]) &&
                   !(i > beg && s.p[i] >= 'A' && s.p[i] <= 'Z' && s.p[i - 1] >= 'a' &&
                     s.p[i - 1] <= 'z')) {
                if (n < sizeof whole) whole[n++] = lower(s.p[i]);
                i++;
            }
            best = stronger(best, look_up(t, s.p + beg, i - beg), content);
            if (i == beg) i++;
        }
        best = stronger(best, look_up(t, whole, n), content);
    }
    return best;
}

static bool holds(onr_sv s, const char *word)
{
    return onri_find(s, onri_svz(word), 0) != SIZE_MAX;
}

static bool hidden(const onri_html *h, uint32_t i)
{
    onr_sv style = onri_attr(h, i, "style");
    if (style.n && (holds(style, "display:none") || holds(style, "display: none") ||
                    holds(style, "visibility:hidden") || holds(style, "visibility: hidden")))
        return true;
    return onri_attr(h, i, "hidden").p != NULL;
}

static uint8_t of_tag(uint32_t tag)
{
    switch (tag) {
    case ONRI_TAG_NAV:
        return ONRI_ROLE_NAVIGATION | 0x80;
    case ONRI_TAG_FOOTER:
    case ONRI_TAG_HEADER:
        return ONRI_ROLE_NAVIGATION;
    case ONRI_TAG_ASIDE:
        return ONRI_ROLE_RELATED;
    case ONRI_TAG_FORM:
    case ONRI_TAG_FIELDSET:
        return ONRI_ROLE_PROMO;
    case ONRI_TAG_FIGCAPTION:
    case ONRI_TAG_FIGURE:
        return ONRI_ROLE_CAPTION | 0x80;
    case ONRI_TAG_CAPTION:
        return ONRI_ROLE_CAPTION;
    case ONRI_TAG_ADDRESS:
    case ONRI_TAG_TIME:
        return ONRI_ROLE_BYLINE;
    default:
        return 0;
    }
}

bool onri_page_roles(onr_arena *mem, onri_page *page)
{
    const onri_html *h = &page->html;
    page->role = onri_alloc_n(mem, h->nodes.n + 1, 1);
    page->content = onri_alloc_n(mem, h->nodes.n + 1, 1);
    hints *t = ONRI_NEW(mem, hints);
    if (!page->role || !page->content || !t || !load(mem, t)) return false;
    for (uint32_t i = 0; i < h->nodes.n; i++) {
        const onri_node *n = &h->nodes.at[i];
        if (n->tag == ONRI_TAG_TEXT || n->tag == ONRI_TAG_BODY || n->tag == ONRI_TAG_HTML ||
            (onri_tag_flags(n->tag) & (ONRI_T_VOID | ONRI_T_SKIP)))
            continue;
        uint8_t r = of_tag(n->tag), content = 0;
        if (n->len > 12) {
            uint8_t by_class = of_names(t, onri_attr(h, i, "class"), &content);
            uint8_t by_id = of_names(t, onri_attr(h, i, "id"), &content);
            uint8_t by_name = (by_id & 0x80) || !by_class ? by_id : by_class;
            if (by_name && (!r || (by_name & 0x80))) r = by_name;
            if (holds(onri_attr(h, i, "itemprop"), "articleBody")) content = 3;
            if (hidden(h, i)) r = ONRI_ROLE_HIDDEN | 0x80;
        }
        if (n->tag == ONRI_TAG_ARTICLE || n->tag == ONRI_TAG_MAIN) {
            content = content ? content : 1;
            r = r & 0x80 ? r : 0;
        }
        if ((n->tag == ONRI_TAG_TR || n->tag == ONRI_TAG_TD || n->tag == ONRI_TAG_TBODY) &&
            !(r & 0x80))
            r = 0; /* rows are named after what they hold: "player", "date" */
        page->content[i] = content;
        page->role[i] = r;
    }
    return true;
}
