/* Marked text. Every line is a paragraph; a segment with facts is a link to the panel of the facts
 * that lie on it (one panel for each set of facts that occurs). Classes name the layers: s e c d p
 * r a, s2 for a statement inside another, k for a cue, b for what is not the article. Source: own.
 */
#include "serve/story.h"

static bool is_shown(const fact_list *list, uint32_t f, float min_p)
{
    return list->at[f].layer == FACT_ACTOR || list->at[f].p >= min_p;
}

static bool same_set(const story_set *a, const story_set *b)
{
    return a->n == b->n && memcmp(a->facts, b->facts, a->n * sizeof *a->facts) == 0;
}

static void add_fact(story_set *s, uint32_t f)
{
    uint32_t at = s->n;
    for (uint32_t i = 0; i < s->n; i++)
        if (s->facts[i] == f) return;
    if (s->n == SEGMENT_DEPTH_MAX) return;
    while (at > 0 && s->facts[at - 1] > f) {
        s->facts[at] = s->facts[at - 1];
        at--;
    }
    s->facts[at] = f;
    s->n++;
}

/* Number of the set among those found so far; ONR_NONE - 1 when out of memory. */
static uint32_t intern(onri_map *map, story_set *sets, uint32_t *n, const story_set *set)
{
    uint64_t key = onri_hash(onri_sv((const char *)set->facts, set->n * sizeof *set->facts));
    for (;; key = onri_hash_u64(key)) {
        const uint32_t have = onri_map_get(map, key);
        if (have != ONR_NONE && same_set(&sets[have], set)) return have;
        if (have != ONR_NONE) continue;
        if (!onri_map_put(map, key, *n)) return ONR_NONE - 1;
        sets[*n] = *set;
        return (*n)++;
    }
}

/* How many marks begin before byte `at`. */
static uint32_t marks_before(const fact_list *list, uint32_t at)
{
    uint32_t lo = 0, hi = list->n_marks; /* in order of their begin */
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (list->marks[mid].span.beg < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Where the part that begins at `from` ends: after from, which is before the text's end. */
static uint32_t part_end(onr_sv text, const fact_list *list, uint32_t from)
{
    const uint32_t n = (uint32_t)text.n, first = marks_before(list, from);
    uint32_t most = n - from > STORY_WINDOW ? from + STORY_WINDOW : n;
    if (list->n_marks - first > STORY_MARKS_MAX) {
        const uint32_t mark = list->marks[first + STORY_MARKS_MAX].span.beg;
        if (mark < most) most = mark > from ? mark : from + 1;
    }
    uint32_t line = most;
    while (most < n && line > from && text.p[line - 1] != '\n') line--;
    if (line > from) return line;
    while (most < n && ((unsigned char)text.p[most] & 0xC0) == 0x80) most++;
    return most;
}

/* The part of byte `at`, found from the first on: each begins where the one before it ends. */
static void part_of(onr_sv text, const fact_list *list, uint32_t at, story *out)
{
    for (out->to = 0; out->to < text.n;) {
        out->before = out->from;
        out->from = out->to;
        out->to = part_end(text, list, out->from);
        if (at < out->to) return;
    }
}

onr_status story_make(onr_arena *mem, const onr_record *rec, const fact_list *list, uint32_t at,
                      float min_p, story *out, onr_error *err)
{
    *out = (story){ 0 };
    if (!rec->text.p) return ONR_OK;
    part_of(rec->text, list, at, out);
    seg_mark *marks = ONRI_NEW_N(mem, (size_t)list->n_marks + 1, seg_mark);
    uint32_t n = 0;
    if (!marks) return onri_fail_mem(err, mem, "serve");
    for (uint32_t i = 0; i < list->n_marks; i++) {
        const uint32_t f = list->infos[list->marks[i].what].fact;
        if (f == ONR_NONE || is_shown(list, f, min_p)) marks[n++] = list->marks[i];
    }
    onr_status st = segments_cut(mem, marks, n, out->from, out->to, &out->segs, err);
    if (st != ONR_OK) return st;
    story_set *sets = ONRI_NEW_N(mem, (size_t)out->segs.n + 1, story_set);
    uint32_t *set_of = ONRI_NEW_N(mem, (size_t)out->segs.n + 1, uint32_t);
    onri_map map;
    onri_map_init(&map, mem);
    if (!sets || !set_of) return onri_fail_mem(err, mem, "serve");
    for (uint32_t i = 0; i < out->segs.n; i++) {
        segment *s = &out->segs.at[i];
        uint32_t *ids = ONRI_NEW_N(mem, (size_t)s->n_marks + 1, uint32_t);
        story_set set = { .n = 0 };
        if (!ids) return onri_fail_mem(err, mem, "serve");
        for (uint32_t k = 0; k < s->n_marks;
             k++) { /* from marks of this call to those of the list */
            ids[k] = marks[s->marks[k]].what;
            if (list->infos[ids[k]].fact != ONR_NONE) add_fact(&set, list->infos[ids[k]].fact);
        }
        s->marks = ids;
        set_of[i] = set.n ? intern(&map, sets, &out->n_sets, &set) : ONR_NONE;
        if (set_of[i] == ONR_NONE - 1) return onri_fail_mem(err, mem, "serve");
    }
    out->sets = sets;
    out->set_of = set_of;
    return ONR_OK;
}

/* ---- text --------------------------------------------------------------------------------------
 */

static void classes(const card_ctx *c, const segment *s, char out[64])
{
    bool layer[FACT__COUNT] = { false }, nested = false, cue = false, boilerplate = false;
    size_t n = 0;
    for (uint32_t k = 0; k < s->n_marks; k++) {
        const fact_mark *m = &c->list->infos[s->marks[k]];
        if (m->fact == ONR_NONE) {
            boilerplate = true;
            continue;
        }
        const fact_layer l = c->list->at[m->fact].layer;
        if (m->part == PART_CUE)
            cue = true;
        else if (l == FACT_STATEMENT && m->part == PART_OTHER)
            continue; /* the source: the actor's mark says it */
        else if (l == FACT_STATEMENT && m->nested)
            nested = true;
        else
            layer[l] = true;
    }
    for (int l = 0; l < FACT__COUNT; l++) {
        if (!layer[l]) continue;
        out[n++] = fact_layer_letter((fact_layer)l);
        out[n++] = ' ';
    }
    if (nested) {
        memcpy(out + n, "s2 ", 3);
        n += 3;
    }
    if (cue) {
        memcpy(out + n, "k ", 2);
        n += 2;
    }
    if (boilerplate) {
        memcpy(out + n, "b ", 2);
        n += 2;
    }
    out[n ? n - 1 : 0] = 0;
}

/* A name that is nothing but a name leads to its card; it needs no panel. */
static bool is_name_alone(const card_ctx *c, const story_set *set)
{
    return set->n == 1 && c->list->at[set->facts[0]].layer == FACT_ACTOR;
}

static void place_link(const card_ctx *c, const story *s, uint32_t set)
{
    if (is_name_alone(c, &s->sets[set]))
        html_href_id(c->h, ONR_SV(""), "f-", c->list->at[s->sets[set].facts[0]].id);
    else
        html_attr_uint(c->h, "href", "#w", set);
}

static void piece(const card_ctx *c, const story *s, uint32_t i, onr_span span)
{
    const segment *seg = &s->segs.at[i];
    const onr_sv text = record_words(c->rec, span);
    char cls[64];
    classes(c, seg, cls);
    if (!cls[0] && s->set_of[i] == ONR_NONE) {
        html_text(c->h, text);
        return;
    }
    const bool link = s->set_of[i] != ONR_NONE && onri_trim(text).n > 0;
    if (link)
        html_open(c->h, "a");
    else
        html_open(c->h, "span");
    if (cls[0]) html_attrz(c->h, "class", cls);
    if (link) {
        place_link(c, s, s->set_of[i]);
        html_attr_uint(c->h, "id", "t", span.beg);
    }
    html_text(c->h, text);
    html_close(c->h);
}

/* The kind of what is not the article, if it covers the whole line. */
static const char *dim_kind(const onr_record *r, onr_span line)
{
    uint32_t lo = 0, hi = r->n_boilerplate; /* in order, not overlapping */
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        const onr_span b = r->boilerplate[mid].span;
        if (b.end <= line.beg)
            lo = mid + 1;
        else if (b.beg <= line.beg && b.end >= line.end)
            return onr_boilerplate_kind_name(r->boilerplate[mid].kind);
        else
            hi = mid;
    }
    return NULL;
}

static void open_line(const card_ctx *c, onr_span line, bool title)
{
    html *h = c->h;
    const char *kind = dim_kind(c->rec, line);
    if (title)
        html_open(h, "h1");
    else if (kind && strcmp(kind, "heading") == 0) {
        html_open(h, "h2");
        html_lit(h, "class", "crosshead");
    } else {
        html_open(h, "p");
        if (kind) {
            html_lit(h, "class", "dim");
            html_attrz(h, "title", kind);
        }
    }
    html_lit(h, "dir", "auto");
}

bool story_text(const card_ctx *c, const story *s)
{
    const onr_sv t = c->rec->text;
    const onr_span title = c->rec->title;
    uint32_t i = 0;
    bool titled = false, first = true;
    for (uint32_t at = s->from; at < s->to;) {
        uint32_t end = at;
        while (end < s->to && t.p[end] != '\n') end++;
        const onr_sv line = onri_trim(onri_sub(t, at, end));
        if (line.n) {
            const uint32_t beg = (uint32_t)(line.p - t.p), stop = beg + (uint32_t)line.n;
            const bool is_title = first && title.end > title.beg && title.beg >= beg &&
                                  title.end >= stop && title.beg < stop;
            open_line(c, (onr_span){ beg, stop }, is_title);
            titled = titled || is_title;
            first = false;
            while (i < s->segs.n && s->segs.at[i].span.end <= beg) i++;
            for (uint32_t k = i; k < s->segs.n && s->segs.at[k].span.beg < stop; k++) {
                const onr_span seg = s->segs.at[k].span;
                piece(c, s, k,
                      (onr_span){ seg.beg > beg ? seg.beg : beg, seg.end < stop ? seg.end : stop });
            }
            html_close(c->h);
        }
        at = end + 1;
    }
    return titled;
}

/* A fact's line in a panel: <li>. It is the same in every panel that has it. */
static void point_line(const card_ctx *c, const fact *f)
{
    html *h = c->h;
    const char letter[2] = { fact_layer_letter(f->layer), 0 };
    html_open(h, "li");
    html_attrz(h, "data-layer", letter);
    card_link(h, f);
    html_elz(h, "span", "kind", f->kind);
    html_textz(h, " ");
    card_line(c, f);
    html_close(h);
    html_close(h);
}

/* Where in the page a line was written the first time; n 0: not yet. */
typedef struct written {
    size_t at, n;
} written;

void story_points(const card_ctx *c, const story *s)
{
    html *h = c->h;
    written *lines = ONRI_NEW_N(c->mem, (size_t)c->list->n + 1, written);
    if (!lines) h->b->status = c->mem->status; /* no page rather than one without its panels */
    for (uint32_t i = 0; lines && i < s->n_sets; i++) {
        const story_set *set = &s->sets[i];
        if (is_name_alone(c, set)) continue;
        html_open(h, "section");
        html_lit(h, "class", "point");
        html_attr_uint(h, "id", "w", i);
        html_lit(h, "tabindex", "-1");
        html_lit(h, "aria-label", "Facts at this place");
        html_open(h, "ul");
        for (uint32_t k = 0; k < set->n; k++) {
            written *line = &lines[set->facts[k]];
            if (line->n) {
                html_again(h, line->at, line->n);
                continue;
            }
            html_text(h, ONR_SV("")); /* ends what stands before */
            line->at = h->b->n;
            point_line(c, &c->list->at[set->facts[k]]);
            line->n = h->b->n - line->at;
        }
        html_close(h);
        html_open(h, "a");
        html_lit(h, "class", "close");
        html_lit(h, "href", "#-");
        html_textz(h, "Close");
        html_close(h);
        html_close(h);
    }
}
