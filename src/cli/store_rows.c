/* Rows of answers: a table for people, JSON, CSV and TSV for programs. The format is what was asked
 * for, never guessed from the terminal. Source: RFC 4180 for CSV, RFC 8259 for JSON; own. */
#include "cli/store_rows.h"

#include "cli/layout.h"

#include <stdlib.h>

const char *cli_store_path(const cli_store *v)
{
    const char *env = getenv("ONRECORD_STORE");
    return v->store ? v->store : env && *env ? env : "record.db";
}

int cli_store_failed(const cli_store *v, const onr_error *err)
{
    (void)v;
    onr_error e = *err;
    e.line = 0;
    cli_warn_error("", &e);
    if (err->status == ONR_E_SYNTAX && strcmp(err->stage, "find") == 0) return CLI_USAGE;
    return err->status == ONR_E_RANGE ? CLI_USAGE : CLI_OUTSIDE;
}

onr_store *cli_store_open(const cli_store *v, onr_store_mode mode)
{
    onr_store_opts o = ONR_STORE_OPTS_INIT;
    o.mode = mode;
    o.wait_ms = (uint32_t)(v->wait > 86400 ? 86400000 : v->wait * 1000);
    o.max_seconds = (uint32_t)(v->timeout > UINT32_MAX ? UINT32_MAX : v->timeout);
    /* A reader meets a lock only while the store is made or its log is put away: moments. */
    if (mode == ONR_STORE_READ && o.wait_ms < 5000) o.wait_ms = 5000;
    onr_store *s;
    onr_error err = ONR_ERROR_INIT;
    if (onr_store_open(cli_store_path(v), &o, &s, &err) == ONR_OK) return s;
    cli_warn_error("", &err);
    return NULL;
}

/* ---- options
 * ---------------------------------------------------------------------------------- */

static const char *const format_names[] = { "table", "json", "nl", "csv", "tsv", "text" };

static bool parse_format(const cli_store *v, bool has_text, cli_format *out)
{
    const bool flags[] = { false, v->json, v->nl, v->csv, v->tsv, false };
    int n = 0;
    const int last = has_text ? CLI_FORMAT_TEXT : CLI_FORMAT_TSV;
    *out = has_text ? CLI_FORMAT_TEXT : CLI_FORMAT_TABLE;
    for (int i = 0; i <= last; i++) {
        const bool named = v->format && strcmp(v->format, format_names[i]) == 0;
        if (!named && !flags[i]) continue;
        *out = (cli_format)i;
        n++;
    }
    if (v->format && n == 0) {
        const char *meant = cli_did_you_mean(v->format, format_names, (size_t)last + 1);
        cli_warn("--format wants %stable, json, nl, csv or tsv, not '%s'%s%s%s",
                 has_text ? "text, " : "", v->format, meant ? "; did you mean '" : "",
                 meant ? meant : "", meant ? "'?" : "");
        return false;
    }
    if (n > 1) {
        cli_warn("one format at a time");
        return false;
    }
    return true;
}

bool cli_rows_open(cli_rows *r, const cli_store *v, cli_text_fn text, int *code)
{
    *r = (cli_rows){ .headers = !v->no_headers, .text = text };
    cli_colour colour;
    *code = CLI_USAGE;
    if (!parse_format(v, text != NULL, &r->format) || !cli_colour_parse(v->color, &colour))
        return false;
    *code = CLI_OUTSIDE;
    if (!cli_out_open(&r->out, v->output)) return false;
    r->colour = cli_use_colour(&r->out, colour);
    r->width = cli_clamp_width(v->width ? v->width : cli_width(&r->out));
    r->b = onri_buf_make(ONR_JSON_LINE_MAX);
    r->mem = onr_arena_make(1024 * ONR_MIB);
    return true;
}

/* ---- cells
 * ------------------------------------------------------------------------------------ */

static void put_number(onri_buf *b, const onr_cell *c)
{
    onri_jw w = onri_jw_make(b);
    if (c->kind == ONR_CELL_INT)
        onri_jw_int(&w, c->i);
    else
        onri_jw_num(&w, c->d, 6);
}

static void put_hex(onri_buf *b, onr_sv s)
{
    for (size_t i = 0; i < s.n; i++) onri_buf_fmt(b, "%02x", (unsigned char)s.p[i]);
}

/* One line: controls are blanks, bytes that are no UTF-8 are U+FFFD. */
static void put_line_of(onri_buf *b, onr_sv s)
{
    for (size_t i = 0; i < s.n;) {
        const unsigned bad = onri_utf8_bad(s, i);
        unsigned len = bad;
        if (bad) {
            onri_buf_addz(b, "\xEF\xBF\xBD");
        } else {
            const uint32_t cp = onri_utf8_at(s, i, &len);
            if (cp < 32 || (cp >= 127 && cp < 160))
                onri_buf_addc(b, ' ');
            else
                onri_buf_add(b, onri_sub(s, i, i + len));
        }
        i += len;
    }
}

void cli_cell_text(onri_buf *b, const onr_cell *c)
{
    switch (c->kind) {
    case ONR_CELL_INT:
    case ONR_CELL_REAL:
        put_number(b, c);
        break;
    case ONR_CELL_BLOB:
        put_hex(b, c->s);
        break;
    case ONR_CELL_TEXT:
        put_line_of(b, c->s);
        break;
    default:
        break;
    }
}

/* The text as it is, but for bytes that are no UTF-8. */
static void put_utf8(onri_buf *b, onr_sv s)
{
    for (size_t i = 0; i < s.n;) {
        const size_t bad = i + onri_utf8_check(onri_sub(s, i, s.n));
        onri_buf_add(b, onri_sub(s, i, bad));
        if (bad == s.n) break;
        onri_buf_addz(b, "\xEF\xBF\xBD");
        i = bad + onri_utf8_bad(s, bad);
    }
}

static void put_csv(onri_buf *b, const onr_cell *c)
{
    const onr_sv s = c->s;
    bool quote = c->kind == ONR_CELL_TEXT && s.n == 0; /* empty is not NULL */
    for (size_t i = 0; c->kind == ONR_CELL_TEXT && i < s.n; i++)
        quote |= s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r';
    if (!quote) {
        if (c->kind == ONR_CELL_TEXT)
            put_utf8(b, s);
        else
            cli_cell_text(b, c);
        return;
    }
    onri_buf_addc(b, '"');
    for (size_t i = 0; i < s.n;) {
        const size_t at = onri_find(s, ONR_SV("\""), i), end = at == SIZE_MAX ? s.n : at + 1;
        put_utf8(b, onri_sub(s, i, end));
        if (at != SIZE_MAX) onri_buf_addc(b, '"');
        i = end;
    }
    onri_buf_addc(b, '"');
}

static void put_json_cell(onri_jw *w, const onr_cell *c)
{
    switch (c->kind) {
    case ONR_CELL_INT:
        onri_jw_int(w, c->i);
        break;
    case ONR_CELL_REAL:
        onri_jw_num(w, c->d, 6);
        break;
    case ONR_CELL_TEXT:
        onri_jw_str(w, c->s);
        break;
    case ONR_CELL_BLOB: {
        onri_buf hex = onri_buf_make(ONR_JSON_LINE_MAX);
        put_hex(&hex, c->s);
        onri_jw_str(w, onri_buf_sv(&hex));
        onri_buf_drop(&hex);
        break;
    }
    default:
        onri_jw_null(w);
        break;
    }
}

/* ---- rows
 * ------------------------------------------------------------------------------------- */

static void put_json(cli_rows *r, const onr_row *row)
{
    if (r->format == CLI_FORMAT_JSON) onri_buf_addz(&r->b, r->n ? ",\n " : "[");
    onri_jw w = onri_jw_make(&r->b);
    onri_jw_open(&w, '{');
    for (uint32_t i = 0; i < row->n_cells; i++) {
        if (row->cells[i].kind == ONR_CELL_NULL) continue; /* nothing to say */
        onri_jw_key(&w, row->names[i]);
        put_json_cell(&w, &row->cells[i]);
    }
    onri_jw_close(&w, '}');
    if (r->format == CLI_FORMAT_NL) onri_buf_addc(&r->b, '\n');
}

static void put_separated(cli_rows *r, const onr_row *row)
{
    const bool csv = r->format == CLI_FORMAT_CSV;
    const char *end = csv ? "\r\n" : "\n";
    if (r->n == 0 && r->headers) {
        for (uint32_t i = 0; i < row->n_cells; i++) {
            const onr_cell name = { ONR_CELL_TEXT, 0, 0, onri_svz(row->names[i]) };
            if (i) onri_buf_addc(&r->b, csv ? ',' : '\t');
            if (csv)
                put_csv(&r->b, &name);
            else
                cli_cell_text(&r->b, &name);
        }
        onri_buf_addz(&r->b, end);
    }
    for (uint32_t i = 0; i < row->n_cells; i++) {
        if (i) onri_buf_addc(&r->b, csv ? ',' : '\t');
        if (csv)
            put_csv(&r->b, &row->cells[i]);
        else
            cli_cell_text(&r->b, &row->cells[i]);
    }
    onri_buf_addz(&r->b, end);
}

static void add_cell(cli_rows *r, onr_sv s)
{
    onr_sv *at = ONRI_PUSH(&r->mem, &r->cells);
    if (at) *at = onri_dup(&r->mem, s);
    if (!at || !at->p) r->failed = true;
}

/* Place in the row of a table's column; UINT32_MAX: the answer has none of that name. */
static uint32_t place_of(const cli_rows *r, const onr_row *row, uint32_t column)
{
    if (!r->only) return column;
    for (uint32_t i = 0; i < row->n_cells; i++)
        if (strcmp(r->only[column], row->names[i]) == 0) return i;
    return UINT32_MAX;
}

static void wait_in_table(cli_rows *r, const onr_row *row)
{
    const uint32_t n = r->only ? (uint32_t)r->n_only : row->n_cells;
    for (uint32_t c = 0; r->n == 0 && c < n; c++) {
        const onr_cell name = { ONR_CELL_TEXT, 0, 0,
                                onri_svz(r->only ? r->only[c] : row->names[c]) };
        onri_buf_clear(&r->b);
        cli_cell_text(&r->b, &name);
        add_cell(r, r->b.n ? onri_buf_sv(&r->b) : ONR_SV(""));
    }
    r->n_columns = n;
    for (uint32_t c = 0; c < n; c++) {
        const uint32_t at = place_of(r, row, c);
        onri_buf_clear(&r->b);
        if (at < row->n_cells) cli_cell_text(&r->b, &row->cells[at]);
        add_cell(r, r->b.n ? onri_buf_sv(&r->b) : ONR_SV(""));
    }
    onri_buf_clear(&r->b);
}

bool cli_rows_take(void *rows, const onr_row *row)
{
    cli_rows *r = rows;
    switch (r->format) {
    case CLI_FORMAT_JSON:
    case CLI_FORMAT_NL:
        put_json(r, row);
        break;
    case CLI_FORMAT_CSV:
    case CLI_FORMAT_TSV:
        put_separated(r, row);
        break;
    case CLI_FORMAT_TEXT:
        r->text(r, row);
        break;
    default:
        wait_in_table(r, row);
        break;
    }
    r->n++;
    if (r->format != CLI_FORMAT_TABLE) {
        if (r->b.status != ONR_OK) r->failed = true;
        cli_out_put(&r->out, onri_buf_sv(&r->b));
        onri_buf_clear(&r->b);
    }
    return !r->failed && !r->out.failed;
}

/* ---- the table
 * -------------------------------------------------------------------------------- */

enum { COLUMN_LEAST = 8, COLUMNS_MOST = 256 };

/* Bytes of s that fit into so many columns; *used: how many these take. */
static size_t fit(onr_sv s, unsigned columns, unsigned *used)
{
    size_t at = 0;
    *used = 0;
    for (unsigned len; at < s.n; at += len) {
        (void)onri_utf8_at(s, at, &len);
        const unsigned w = s.p[at] == ' ' ? 1 : lay_columns(onri_sub(s, at, at + len));
        if (*used + w > columns) break;
        *used += w;
    }
    return at;
}

static unsigned columns_of(onr_sv s)
{
    unsigned used;
    (void)fit(s, UINT32_MAX / 2, &used);
    return used;
}

/* Widths as wide as the widest cell; when they do not fit, the widest give way. */
static void widths_of(const cli_rows *r, unsigned *w)
{
    const uint32_t n = r->n_columns;
    unsigned sum = 0;
    for (uint32_t c = 0; c < n; c++) w[c] = 0;
    for (uint32_t i = r->headers ? 0 : n; i < r->cells.n; i++) {
        const unsigned cell = columns_of(r->cells.at[i]);
        if (cell > w[i % n]) w[i % n] = cell;
    }
    for (uint32_t c = 0; c < n; c++) sum += w[c] + (c ? 2 : 0);
    while (sum > r->width) {
        uint32_t widest = 0;
        for (uint32_t c = 1; c < n; c++)
            if (w[c] > w[widest]) widest = c;
        if (w[widest] <= COLUMN_LEAST) break;
        w[widest]--;
        sum--;
    }
}

static void put_padded(onri_buf *b, onr_sv s, unsigned width, bool last)
{
    unsigned used = columns_of(s);
    if (used > width) {
        const size_t cut = fit(s, width - 1, &used);
        onri_buf_add(b, onri_sub(s, 0, cut));
        onri_buf_addz(b, "\xE2\x80\xA6");
        used++;
    } else {
        onri_buf_add(b, s);
    }
    for (; !last && used < width; used++) onri_buf_addc(b, ' ');
}

/* Column c goes out of all rows. */
static void drop_column(cli_rows *r, uint32_t c)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->cells.n; i++)
        if (i % r->n_columns != c) r->cells.at[n++] = r->cells.at[i];
    r->cells.n = n;
    r->n_columns--;
}

/* Corrections are few: their column is there when there is one. */
static void drop_empty(cli_rows *r)
{
    for (uint32_t c = 0; r->only && c < r->n_columns; c++) {
        if (strncmp(r->only[c], "corrected", 9) != 0) continue;
        bool empty = true;
        for (uint32_t i = r->n_columns + c; i < r->cells.n; i += r->n_columns)
            empty &= r->cells.at[i].n == 0;
        if (!empty) continue;
        drop_column(r, c);
        return;
    }
}

static void put_table(cli_rows *r)
{
    unsigned w[COLUMNS_MOST];
    drop_empty(r);
    const uint32_t n = r->n_columns;
    if (n == 0 || n > COLUMNS_MOST) return;
    widths_of(r, w);
    for (uint32_t i = r->headers ? 0 : n; i < r->cells.n; i++) {
        const uint32_t c = i % n;
        if (c) onri_buf_addz(&r->b, "  ");
        if (i < n && r->colour) onri_buf_addz(&r->b, "\x1b[1m");
        put_padded(&r->b, r->cells.at[i], w[c], c + 1 == n);
        if (i < n && r->colour) onri_buf_addz(&r->b, "\x1b[0m");
        if (c + 1 < n) continue;
        onri_buf_addc(&r->b, '\n');
        cli_out_put(&r->out, onri_buf_sv(&r->b));
        if (r->b.status != ONR_OK) r->failed = true;
        onri_buf_clear(&r->b);
    }
}

int cli_rows_close(cli_rows *r)
{
    if (r->format == CLI_FORMAT_TABLE) put_table(r);
    if (r->format == CLI_FORMAT_JSON) cli_out_put(&r->out, r->n ? ONR_SV("]\n") : ONR_SV("[]\n"));
    if (r->failed) {
        cli_warn("out of memory");
        r->out.failed = true;
    }
    const bool ok = cli_out_close(&r->out);
    onri_buf_drop(&r->b);
    onr_arena_drop(&r->mem);
    return !ok ? CLI_OUTSIDE : r->n ? CLI_DONE : CLI_NOTHING;
}
