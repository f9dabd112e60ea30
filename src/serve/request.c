/* Targets and parameters of requests. Source: own; RFC 3986, WHATWG URL (forms). */
#include "serve/request.h"

#include "serve/html.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

onr_sv request_decode(onr_arena *mem, onr_sv raw, bool plus)
{
    char *out = onr_alloc(mem, raw.n + 1);
    size_t n = 0;
    if (!out || !raw.p) return (onr_sv){ out, 0 };
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        if (c == '+' && plus) c = ' ';
        if (c == '%') {
            const int hi = raw.n - i > 2 ? hex_digit(raw.p[i + 1]) : -1;
            const int lo = raw.n - i > 2 ? hex_digit(raw.p[i + 2]) : -1;
            if (hi < 0 || lo < 0) return (onr_sv){ NULL, 0 };
            c = (char)(hi * 16 + lo);
            i += 2;
        }
        if (c == 0) return (onr_sv){ NULL, 0 };
        out[n++] = c;
    }
    const onr_sv s = { out, n };
    return onri_utf8_check(s) == n ? s : (onr_sv){ NULL, 0 };
}

bool request_query(onr_arena *mem, onr_sv raw, param *at, uint32_t *n, uint32_t max)
{
    onr_sv piece;
    while (onri_split(&raw, '&', &piece)) {
        if (piece.n == 0) continue;
        if (*n == max) return false;
        const size_t eq = onri_find(piece, ONR_SV("="), 0);
        const size_t name_n = eq == SIZE_MAX ? piece.n : eq;
        const param p = {
            request_decode(mem, onri_sub(piece, 0, name_n), true),
            request_decode(mem, onri_sub(piece, eq == SIZE_MAX ? piece.n : eq + 1, piece.n), true)
        };
        if (!p.name.p || !p.value.p) return false;
        at[(*n)++] = p;
    }
    return true;
}

/* The twin that is asked for stands plainly in the address; an id that ends like one is written
 * with
 * "%2E" and stays whole. */
static void take_format(request *r, onr_sv raw_last)
{
    r->format = FORMAT_HTML;
    if (r->n_segments == 0) return;
    onr_sv *last = &r->segments[r->n_segments - 1];
    if (onri_eqz(r->segments[0], "assets")) return;
    if (last->n > 5 && onri_ends(raw_last, ONR_SV(".json"))) {
        last->n -= 5;
        r->format = FORMAT_JSON;
    } else if (last->n > 4 && onri_ends(raw_last, ONR_SV(".csv"))) {
        last->n -= 4;
        r->format = FORMAT_CSV;
    }
}

bool request_target(request *r, onr_sv raw)
{
    if (raw.n == 0 || raw.p[0] != '/' || raw.n > REQUEST_URI_MAX) return false;
    const size_t mark = onri_find(raw, ONR_SV("?"), 0);
    onr_sv path = onri_sub(raw, 1, mark == SIZE_MAX ? raw.n : mark), piece = ONR_SV_INIT("");
    r->n_segments = r->n_params = 0;
    while (path.n && onri_split(&path, '/', &piece)) {
        if (piece.n == 0 || r->n_segments == REQUEST_SEGMENTS_MAX) return false;
        const onr_sv s = request_decode(r->mem, piece, false);
        if (!s.p || onri_eqz(s, ".") || onri_eqz(s, "..")) return false;
        /* "%2F" is part of a name, as in ids that are addresses; no page opens files by name */
        r->segments[r->n_segments++] = s;
    }
    take_format(r, piece);
    if (mark == SIZE_MAX) return true;
    return request_query(r->mem, onri_sub(raw, mark + 1, raw.n), r->params, &r->n_params,
                         REQUEST_PARAMS_MAX);
}

static onr_sv look_up(const param *at, uint32_t n, const char *name)
{
    for (uint32_t i = 0; i < n; i++)
        if (onri_eqz(at[i].name, name)) return at[i].value;
    return ONR_SV("");
}

onr_sv request_param(const request *r, const char *name)
{
    return onri_trim(look_up(r->params, r->n_params, name));
}

onr_sv request_form(const request *r, const char *name)
{
    return look_up(r->form, r->n_form, name);
}

uint64_t request_count(const request *r, const char *name, uint64_t otherwise, uint64_t max)
{
    uint64_t n;
    const onr_sv s = request_param(r, name);
    if (s.n == 0 || !onri_parse_u64(s, &n)) return otherwise;
    return n > max ? max : n;
}

static void add_param(onri_buf *b, bool *first, onr_sv name, onr_sv value)
{
    onri_buf_addc(b, *first ? '?' : '&');
    *first = false;
    html_url_part(b, name);
    onri_buf_addc(b, '=');
    html_url_part(b, value);
}

onr_sv request_link(const request *r, const char *name, onr_sv value, const char *format)
{
    onri_buf b = onri_buf_make(64 * 1024);
    bool first = true, done = name == NULL;
    for (uint32_t i = 0; i < r->n_segments; i++) {
        onri_buf_addc(&b, '/');
        html_url_part(&b, r->segments[i]);
    }
    if (r->n_segments == 0) onri_buf_addz(&b, *format ? "/index" : "/");
    onri_buf_addz(&b, format);
    for (uint32_t i = 0; i < r->n_params; i++) {
        if (name && onri_eqz(r->params[i].name, name)) {
            if (!done && value.n) add_param(&b, &first, r->params[i].name, value);
            done = true;
        } else if (r->params[i].value.n && !(name && onri_eqz(r->params[i].name, "page")))
            add_param(&b, &first, r->params[i].name, r->params[i].value);
    }
    if (!done && value.n) add_param(&b, &first, onri_svz(name), value);
    const onr_sv out = onri_dup(r->mem, onri_buf_sv(&b));
    onri_buf_drop(&b);
    return out.p ? out : ONR_SV("/");
}
