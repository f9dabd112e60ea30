/* JSON Lines: one object a line becomes one item; a file that is one JSON document (an object over
 * several lines, an array of objects) is read as a whole. Which keys hold what stands in
 * data/article/fields.tsv or is said by the user. A line that is no JSON is an item with an error,
 * and the next line is read. Source: jsonlines.org, RFC 8259; the records of trafilatura,
 * newspaper4k, news-please, Media Cloud and NewsAPI. */
#include "article/stream.h"
#include "base/embedded.h"

static const char *const FIELD_NAMES[ONRI_FIELD__COUNT] = {
    "text", "html", "id", "uri", "title", "date", "publisher", "author", "lang",
};

onr_status onri_fields_parse(onr_arena *mem, onr_sv s, onri_fields *out, onr_error *err)
{
    onr_sv rest = s, pair;
    while (rest.n && onri_split(&rest, ',', &pair)) {
        size_t eq = onri_find(pair, ONR_SV("="), 0);
        onr_sv key = onri_trim(eq == SIZE_MAX ? pair : onri_sub(pair, 0, eq));
        onr_sv val = eq == SIZE_MAX ? onri_sv("", 0) : onri_trim(onri_sub(pair, eq + 1, pair.n));
        uint32_t f = 0;
        while (f < ONRI_FIELD__COUNT && !onri_eqz(key, FIELD_NAMES[f])) f++;
        if (f == ONRI_FIELD__COUNT || !val.n)
            return onri_fail(err, ONR_E_RANGE, "input",
                             "fields '%.*s': want NAME=KEY with NAME one of text, html, id, uri, "
                             "title, date, publisher, author, lang",
                             (int)(pair.n < 80 ? pair.n : 80), pair.p);
        onr_sv copy = onri_dup(mem, val);
        if (!copy.p) return onri_fail_mem(err, mem, "input");
        out->name[f] = copy.p;
    }
    return ONR_OK;
}

/* ---- values --------------------------------------------------------------------------------- */

static const onri_json *child(const onri_json *object, onr_sv key)
{
    for (const onri_json *m = object ? object->first : NULL; m; m = m->next)
        if (onri_eq(m->key, key)) return m;
    return NULL;
}

/* A member by the user's name, or the first of the usual ones that is there and not null. */
static const onri_json *field(const onri_json *object, const onri_fields *own, onri_field f)
{
    if (own->name[f]) return child(object, onri_svz(own->name[f]));
    onr_sv rest = onri_data_get("article/fields.tsv"), line, name, key;
    while (onri_split(&rest, '\n', &line)) {
        if (!line.n || line.p[0] == '#' || !onri_split(&line, '\t', &name) ||
            !onri_eqz(name, FIELD_NAMES[f]))
            continue;
        while (onri_split(&line, ' ', &key)) {
            const onri_json *v = child(object, key);
            if (v && v->kind != ONRI_JSON_NULL) return v;
        }
    }
    return NULL;
}

/* A string or number as it is; of an object its "name"; of an array its strings, joined by ", ". */
static onr_sv words_of(onr_arena *mem, const onri_json *v)
{
    const onr_sv none = { 0 };
    if (!v) return none;
    if (v->kind == ONRI_JSON_STRING || v->kind == ONRI_JSON_NUMBER) return onri_trim(v->str);
    if (v->kind == ONRI_JSON_OBJECT) return onri_json_str(onri_json_get(v, "name"), none);
    if (v->kind != ONRI_JSON_ARRAY) return none;
    size_t n = 0;
    for (const onri_json *m = v->first; m; m = m->next)
        n += onri_json_str(m->kind == ONRI_JSON_OBJECT ? onri_json_get(m, "name") : m, none).n + 2;
    char *p = n ? onr_alloc(mem, n) : NULL;
    size_t at = 0;
    for (const onri_json *m = v->first; p && m; m = m->next) {
        onr_sv s = onri_json_str(m->kind == ONRI_JSON_OBJECT ? onri_json_get(m, "name") : m, none);
        if (at && s.n) {
            memcpy(p + at, ", ", 2);
            at += 2;
        }
        if (s.n) memcpy(p + at, s.p, s.n);
        at += s.n;
    }
    return onri_sv(p, p ? at : 0);
}

static onr_status read_object(onr_arena *mem, const onri_fields *own, const onri_json *object,
                              onr_input_item *item, onr_error *err)
{
    if (object->kind != ONRI_JSON_OBJECT)
        return onri_fail(err, ONR_E_SYNTAX, "jsonl", "the line is no JSON object");
    item->id = words_of(mem, field(object, own, ONRI_FIELD_ID));
    item->uri = words_of(mem, field(object, own, ONRI_FIELD_URI));
    item->title = words_of(mem, field(object, own, ONRI_FIELD_TITLE));
    item->publisher = words_of(mem, field(object, own, ONRI_FIELD_PUBLISHER));
    item->author = words_of(mem, field(object, own, ONRI_FIELD_AUTHOR));
    item->lang = words_of(mem, field(object, own, ONRI_FIELD_LANG));
    onr_sv raw = words_of(mem, field(object, own, ONRI_FIELD_DATE));
    char date[11];
    size_t beg, end;
    if (raw.n && onri_date_find(raw, date, &beg, &end))
        item->date = onri_dup(mem, onri_sv(date, 10));
    item->decoded = true;
    const onri_json *text = field(object, own, ONRI_FIELD_TEXT);
    const onri_json *html = field(object, own, ONRI_FIELD_HTML);
    if (text && text->kind == ONRI_JSON_STRING) {
        item->kind = ONR_INPUT_TEXT;
        item->bytes = text->str;
    } else if (html && html->kind == ONRI_JSON_STRING) {
        item->kind = ONR_INPUT_HTML;
        item->bytes = html->str;
    } else {
        return onri_fail(err, ONR_E_SYNTAX, "jsonl",
                         "no text in the object: name its key with the option fields");
    }
    return ONR_OK;
}

/* Does the file begin with a line that opens a value and holds no whole one? */
static bool is_document(onri_stream *s)
{
    /* No more than the first line: the rest may come only once it is answered. */
    onr_sv w = onri_stream_peek(s);
    while (w.n < 4096 && !(w.n && memchr(w.p, '\n', w.n))) {
        const size_t had = w.n;
        if (onri_stream_fill(s, had + 1, NULL) != ONR_OK) break;
        w = onri_stream_peek(s);
        if (w.n == had) break;
    }
    if (onri_starts(w, ONR_SV("\xEF\xBB\xBF"))) w = onri_sub(w, 3, w.n);
    w = onri_trim(w);
    if (!w.n) return false;
    if (w.p[0] == '[') return true;
    /* a line of JSON Lines ends with its object; a document's first line ends with an opening */
    const char *nl = memchr(w.p, '\n', w.n);
    if (!nl) return false;
    const onr_sv first = onri_trim(onri_sub(w, 0, (size_t)(nl - w.p)));
    char last = first.n ? first.p[first.n - 1] : 0;
    return w.p[0] == '{' && (last == '{' || last == '[');
}

static onr_status load_document(onr_input *in, onr_error *err)
{
    in->feed_mem = onr_arena_make(16 * ONR_JSON_LINE_MAX);
    onr_sv bytes;
    const onri_json *v = NULL;
    onr_status st = onri_stream_all(&in->stream, &in->feed_mem, ONR_JSON_LINE_MAX, &bytes, err);
    if (st == ONR_OK && onri_starts(bytes, ONR_SV("\xEF\xBB\xBF")))
        bytes = onri_sub(bytes, 3, bytes.n);
    if (st == ONR_OK) st = onri_json_read(&in->feed_mem, bytes, ONR_JSON_DEPTH_MAX, &v, err);
    if (st == ONR_OK) in->json = v->kind == ONRI_JSON_ARRAY ? v->first : v;
    return st;
}

/* Views of the item must outlive the document. */
static bool keep(onr_arena *mem, onr_input_item *item)
{
    onr_sv *const views[] = { &item->id,     &item->uri,  &item->title, &item->publisher,
                              &item->author, &item->lang, &item->date,  &item->bytes };
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        if (views[i]->n) {
            *views[i] = onri_dup(mem, *views[i]);
            if (!views[i]->p) return false;
        }
    return true;
}

static bool document_next(onr_input *in, onr_arena *mem, onr_input_item *item)
{
    onr_error e = ONR_ERROR_INIT;
    onr_status st = ONR_OK;
    const onri_json *v = in->json;
    item->at = v->at;
    st = read_object(mem, &in->fields, v, item, &e);
    if (st == ONR_OK && item->bytes.n > in->opts.max_bytes)
        st = onri_fail(&e, ONR_E_LIMIT, "jsonl", "a document of %zu bytes, the limit is %llu",
                       item->bytes.n, (unsigned long long)in->opts.max_bytes);
    if (!keep(mem, item)) st = onri_fail_mem(&e, mem, "jsonl");
    if (st != ONR_OK) {
        item->error = e;
        item->error.status = st;
        item->error.at = v->at;
    }
    in->json = v->next;
    if (!in->json) onr_arena_drop(&in->feed_mem);
    return true;
}

bool onri_jsonl_next(onr_input *in, onr_arena *mem, onr_input_item *item)
{
    if (in->json) return document_next(in, mem, item);
    if (in->stream.at == 0 && in->line == 0 && is_document(&in->stream)) {
        onr_error e = ONR_ERROR_INIT;
        in->line = 1; /* once */
        if (load_document(in, &e) == ONR_OK) return in->json && document_next(in, mem, item);
        onr_arena_drop(&in->feed_mem);
        item->error = e;
        return true;
    }
    for (;;) {
        onr_status st = ONR_OK;
        onr_error e = ONR_ERROR_INIT;
        onr_sv line = { 0 };
        item->at = in->stream.at;
        if (!onri_stream_line(&in->stream, mem, ONR_JSON_LINE_MAX, &line, &st, &e)) return false;
        item->line = ++in->line;
        if (in->line == 1 && onri_starts(line, ONR_SV("\xEF\xBB\xBF")))
            line = onri_sub(line, 3, line.n);
        item->line_bytes = line;
        if (st == ONR_OK && !onri_trim(line).n) continue;
        const onri_json *v = NULL;
        if (st == ONR_OK) st = onri_json_read(mem, line, ONR_JSON_DEPTH_MAX, &v, &e);
        if (st == ONR_OK) st = read_object(mem, &in->fields, v, item, &e);
        if (st == ONR_OK && item->bytes.n > in->opts.max_bytes)
            st = onri_fail(&e, ONR_E_LIMIT, "jsonl", "a document of %zu bytes, the limit is %llu",
                           item->bytes.n, (unsigned long long)in->opts.max_bytes);
        if (st != ONR_OK) {
            item->error = e;
            item->error.status = st;
            item->error.line = item->line;
            item->error.at = e.at == UINT64_MAX || e.at == item->at ? item->at : item->at + e.at;
        }
        return true;
    }
}
