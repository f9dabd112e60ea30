/* JSON reader: text to a tree in an arena, without recursion.
 * Source: RFC 8259, strict; the grammar is walked by hand with a stack of open arrays and objects.
 * Refused beyond the RFC: duplicate keys, NUL in keys, lone surrogates, depth over the caller's.
 * Leaves out: numbers as numbers (the characters are kept; onri_json_u64 and _double read them). */
#include "base/base.h"

#include <stdlib.h>

enum { KEYS_FEW = 24 }; /* fewer are compared faster than sorted */

typedef struct frame {
    onri_json *node;
    const onri_json **tail; /* where the next child is hung */
} frame;

typedef struct reader {
    onr_arena *mem;
    onr_sv text;
    size_t at;
    uint32_t max_depth;
    ONRI_VEC(frame) open;
    onr_error *err;
    onr_status status;
} reader;

static bool fail(reader *r, onr_status status, size_t at, const char *what)
{
    r->status = onri_fail_at(r->err, status, "json", at, "%s at byte %zu", what, at);
    if (r->err) {
        r->err->line = 1;
        for (size_t i = 0; i < at && i < r->text.n; i++) r->err->line += r->text.p[i] == '\n';
    }
    return false;
}

static bool bad(reader *r, size_t at, const char *what)
{
    return fail(r, ONR_E_SYNTAX, at, what);
}

static bool no_memory(reader *r)
{
    r->status = onri_fail_mem(r->err, r->mem, "json");
    return false;
}

static char peek(const reader *r)
{
    return r->at < r->text.n ? r->text.p[r->at] : 0;
}

static void skip_blank(reader *r)
{
    while (r->at < r->text.n) {
        const char c = r->text.p[r->at];
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') break;
        r->at++;
    }
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void skip_digits(reader *r)
{
    while (is_digit(peek(r))) r->at++;
}

static bool read_number(reader *r, onri_json *v)
{
    const size_t beg = r->at;
    if (peek(r) == '-') r->at++;
    if (!is_digit(peek(r))) return bad(r, beg, "no JSON value");
    if (peek(r) == '0')
        r->at++;
    else
        skip_digits(r);
    if (is_digit(peek(r))) return bad(r, beg, "number with a leading zero");
    if (peek(r) == '.') {
        r->at++;
        if (!is_digit(peek(r))) return bad(r, beg, "number without digits after its point");
        skip_digits(r);
    }
    if (peek(r) == 'e' || peek(r) == 'E') {
        r->at++;
        if (peek(r) == '+' || peek(r) == '-') r->at++;
        if (!is_digit(peek(r))) return bad(r, beg, "number without digits in its exponent");
        skip_digits(r);
    }
    v->kind = ONRI_JSON_NUMBER;
    v->str = onri_sub(r->text, beg, r->at);
    return true;
}

/* Four hex digits at byte i, or ONRI_BAD_CP. */
static uint32_t hex4(onr_sv s, size_t i)
{
    uint32_t v = 0;
    if (i > s.n || s.n - i < 4) return ONRI_BAD_CP;
    for (size_t k = i; k < i + 4; k++) {
        const char c = s.p[k];
        uint32_t d;
        if (is_digit(c))
            d = (uint32_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            d = (uint32_t)(c - 'a') + 10;
        else if (c >= 'A' && c <= 'F')
            d = (uint32_t)(c - 'A') + 10;
        else
            return ONRI_BAD_CP;
        v = v * 16 + d;
    }
    return v;
}

/* The \uXXXX (or pair of them) at r->at, which stands on the backslash. */
static bool read_unicode(reader *r, uint32_t *cp)
{
    const size_t beg = r->at;
    uint32_t hi = hex4(r->text, beg + 2);
    r->at += 6;
    if (hi == ONRI_BAD_CP) return bad(r, beg, "bad \\u escape");
    if (hi >= 0xDC00 && hi <= 0xDFFF) return bad(r, beg, "lone surrogate");
    if (hi >= 0xD800 && hi <= 0xDBFF) {
        uint32_t lo = ONRI_BAD_CP;
        if (r->text.n - r->at >= 6 && r->text.p[r->at] == '\\' && r->text.p[r->at + 1] == 'u')
            lo = hex4(r->text, r->at + 2);
        if (lo < 0xDC00 || lo > 0xDFFF) return bad(r, beg, "lone surrogate");
        r->at += 6;
        hi = 0x10000 + ((hi - 0xD800) << 10) + (lo - 0xDC00);
    }
    *cp = hi;
    return true;
}

static bool unescape_one(reader *r, char *to, size_t *n)
{
    static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
    if (r->text.n - r->at < 2) return bad(r, r->at, "string without its closing quote");
    const char c = r->text.p[r->at + 1];
    if (c == 'u') {
        uint32_t cp = 0;
        if (!read_unicode(r, &cp)) return false;
        *n += onri_utf8_put(to + *n, cp);
        return true;
    }
    const char *hit = c ? strchr(from, c) : NULL;
    if (!hit) return bad(r, r->at, "unknown escape");
    to[(*n)++] = into[hit - from];
    r->at += 2;
    return true;
}

/* String at r->at (on its quote). Without escapes a view of the input, else a decoded copy. */
static bool read_string(reader *r, onr_sv *out)
{
    const size_t open = r->at, beg = ++r->at;
    size_t end = beg;
    bool escaped = false;
    for (; end < r->text.n && r->text.p[end] != '"'; end++) {
        if ((unsigned char)r->text.p[end] < 0x20) return bad(r, end, "control character in string");
        if (r->text.p[end] != '\\') continue;
        escaped = true;
        end++; /* over the escaped character, which may be a quote */
    }
    if (end >= r->text.n) return bad(r, open, "string without its closing quote");
    if (!escaped) {
        *out = onri_sub(r->text, beg, end);
        r->at = end + 1;
        return true;
    }
    char *to =
        onr_alloc(r->mem, end - beg); /* an escape is never shorter than what it stands for */
    if (!to) return no_memory(r);
    size_t n = 0;
    while (r->at < end) {
        if (r->text.p[r->at] != '\\')
            to[n++] = r->text.p[r->at++];
        else if (!unescape_one(r, to, &n))
            return false;
    }
    *out = onri_sv(to, n);
    r->at = end + 1;
    return true;
}

static bool read_word(reader *r, const char *word, onri_json *v, onri_json_kind kind)
{
    if (!onri_starts(onri_sub(r->text, r->at, r->text.n), onri_svz(word)))
        return bad(r, r->at, "no JSON value");
    r->at += strlen(word);
    v->kind = kind;
    return true;
}

static bool open_node(reader *r, onri_json *v, onri_json_kind kind)
{
    if (r->open.n >= r->max_depth) return fail(r, ONR_E_LIMIT, r->at, "nested too deeply");
    r->at++;
    v->kind = kind;
    frame *f = ONRI_PUSH(r->mem, &r->open);
    if (!f) return no_memory(r);
    *f = (frame){ v, &v->first };
    return true;
}

/* The value at r->at; an array or object is only opened. */
static bool read_value(reader *r, onri_json *v)
{
    v->at = (uint32_t)r->at;
    switch (peek(r)) {
    case '{':
        return open_node(r, v, ONRI_JSON_OBJECT);
    case '[':
        return open_node(r, v, ONRI_JSON_ARRAY);
    case '"':
        v->kind = ONRI_JSON_STRING;
        return read_string(r, &v->str);
    case 't':
        return read_word(r, "true", v, ONRI_JSON_TRUE);
    case 'f':
        return read_word(r, "false", v, ONRI_JSON_FALSE);
    case 'n':
        return read_word(r, "null", v, ONRI_JSON_NULL);
    default:
        return read_number(r, v);
    }
}

static int by_key(const void *a, const void *b)
{
    const onri_json *x = *(const onri_json *const *)a, *y = *(const onri_json *const *)b;
    const int c = onri_cmp(x->key, y->key);
    return c ? c : (x->at > y->at) - (x->at < y->at);
}

/* Of few keys: each with those before it. */
static const onri_json *twice_of_few(const onri_json *object)
{
    for (const onri_json *c = object->first; c; c = c->next)
        for (const onri_json *b = object->first; b != c; b = b->next)
            if (b->key.n == c->key.n && onri_eq(b->key, c->key)) return c;
    return NULL;
}

/* Many are sorted rather than hashed: no input can make it slow. */
static bool check_keys(reader *r, const onri_json *object)
{
    if (object->n <= KEYS_FEW) {
        const onri_json *c = twice_of_few(object);
        return c ? bad(r, c->at, "duplicate key") : true;
    }
    const onr_mark mark = onr_arena_mark(r->mem);
    const onri_json **all = ONRI_NEW_N(r->mem, object->n, const onri_json *);
    if (!all) return no_memory(r);
    uint32_t n = 0;
    for (const onri_json *c = object->first; c; c = c->next) all[n++] = c;
    qsort(all, n, sizeof *all, by_key);
    const onri_json *twice = NULL;
    for (uint32_t i = 1; i < n; i++)
        if (onri_eq(all[i - 1]->key, all[i]->key) && (!twice || all[i]->at < twice->at))
            twice = all[i];
    onr_arena_rewind(r->mem, mark);
    return twice ? bad(r, twice->at, "duplicate key") : true;
}

static bool read_key(reader *r, onr_sv *key)
{
    const size_t at = r->at;
    if (peek(r) != '"') return bad(r, at, "no key where one must stand");
    if (!read_string(r, key)) return false;
    if (key->n && memchr(key->p, 0, key->n)) return bad(r, at, "NUL in a key");
    skip_blank(r);
    if (peek(r) != ':') return bad(r, r->at, "no ':' after a key");
    r->at++;
    skip_blank(r);
    return true;
}

/* One step inside the innermost open node: its next child or its end. */
static bool read_step(reader *r)
{
    frame *f = &r->open.at[r->open.n - 1];
    onri_json *node = f->node;
    const bool object = node->kind == ONRI_JSON_OBJECT;
    skip_blank(r);
    if (peek(r) == (object ? '}' : ']')) {
        r->at++;
        r->open.n--;
        return !object || check_keys(r, node);
    }
    if (node->n) {
        if (peek(r) != ',')
            return bad(r, r->at,
                       object ? "no ',' or '}' in an object" : "no ',' or ']' in an array");
        r->at++;
        skip_blank(r);
    }
    onri_json *v = ONRI_NEW(r->mem, onri_json);
    if (!v) return no_memory(r);
    if (object && !read_key(r, &v->key)) return false;
    *f->tail = v;
    f->tail = &v->next;
    node->n++;
    return read_value(r, v); /* may move the stack: f is dead now */
}

static bool read_all(reader *r, onri_json *root)
{
    skip_blank(r);
    if (!read_value(r, root)) return false;
    while (r->open.n)
        if (!read_step(r)) return false;
    skip_blank(r);
    return r->at == r->text.n || bad(r, r->at, "text after the value");
}

onr_status onri_json_read(onr_arena *mem, onr_sv text, uint32_t max_depth, const onri_json **out,
                          onr_error *err)
{
    reader r = { .mem = mem, .text = text, .max_depth = max_depth, .err = err };
    if (text.n >= UINT32_MAX) return onri_fail(err, ONR_E_LIMIT, "json", "text over 4 GiB");
    const size_t broken = onri_utf8_check(text);
    if (broken < text.n) {
        (void)fail(&r, ONR_E_UTF8, broken, "broken UTF-8");
        return r.status;
    }
    const onr_mark mark = onr_arena_mark(mem);
    onri_json *root = ONRI_NEW(mem, onri_json);
    if (!root) return onri_fail_mem(err, mem, "json");
    if (!read_all(&r, root)) {
        onr_arena_rewind(mem, mark);
        return r.status;
    }
    *out = root;
    return ONR_OK;
}

const onri_json *onri_json_get(const onri_json *object, const char *key)
{
    if (!object || object->kind != ONRI_JSON_OBJECT) return NULL;
    const onr_sv want = onri_svz(key);
    for (const onri_json *c = object->first; c; c = c->next)
        if (c->key.n == want.n && (want.n == 0 || (c->key.p[0] == *key && onri_eq(c->key, want))))
            return c;
    return NULL;
}

onr_sv onri_json_str(const onri_json *v, onr_sv otherwise)
{
    return v && v->kind == ONRI_JSON_STRING ? v->str : otherwise;
}

bool onri_json_u64(const onri_json *v, uint64_t *out)
{
    return v && v->kind == ONRI_JSON_NUMBER && onri_parse_u64(v->str, out);
}

bool onri_json_double(const onri_json *v, double *out)
{
    return v && v->kind == ONRI_JSON_NUMBER && onri_parse_double(v->str, out);
}
