/* Asking the store. Words are ours, values are bound: what a visitor types is never SQL. Source:
 * own; the syntax of FTS5 (SQLite). */
#include "serve/ask.h"

#include "serve/csv.h"

#include <stdio.h>

ask ask_make(onr_arena *mem, onr_store *store)
{
    return (
        ask){ .mem = mem, .store = store, .sql = onri_buf_make(64 << 10), .error = ONR_ERROR_INIT };
}

void ask_drop(ask *a)
{
    onri_buf_drop(&a->sql);
}

void ask_text(ask *a, const char *sql)
{
    onri_buf_addz(&a->sql, sql);
}

void ask_value(ask *a, const char *name, onr_sv value)
{
    ONR_ASSERT(a->n_params < ASK_PARAMS_MAX);
    a->params[a->n_params++] = onr_param_sv(name, value);
}

void ask_number(ask *a, const char *name, int64_t value)
{
    ONR_ASSERT(a->n_params < ASK_PARAMS_MAX);
    a->params[a->n_params++] = onr_param_int(name, value);
}

bool ask_take(void *ctx, const onr_row *row)
{
    ask_taking *t = ctx;
    ask_rows *out = t->out;
    if (out->rows.n == 0) {
        const char **names = ONRI_NEW_N(t->mem, (size_t)row->n_cells + 1, const char *);
        if (!names) return false;
        for (uint32_t i = 0; i < row->n_cells; i++) {
            names[i] = onri_dup(t->mem, onri_svz(row->names[i])).p;
            if (!names[i]) return false;
        }
        out->names = names;
        out->n_cells = row->n_cells;
    }
    onr_cell *cells = ONRI_NEW_N(t->mem, (size_t)row->n_cells + 1, onr_cell);
    ask_row *r = cells ? ONRI_PUSH(t->mem, &out->rows) : NULL;
    if (!r) return false;
    for (uint32_t i = 0; i < row->n_cells; i++) {
        cells[i] = row->cells[i];
        if (cells[i].kind != ONR_CELL_TEXT && cells[i].kind != ONR_CELL_BLOB) continue;
        cells[i].s = onri_dup(t->mem, cells[i].s);
        if (!cells[i].s.p) return false;
    }
    r->cells = cells;
    return true;
}

static onr_status run(ask *a, uint64_t max, onr_row_fn fn, void *ctx)
{
    onri_buf_addc(&a->sql, 0);
    onr_status st = a->sql.status;
    if (st == ONR_OK)
        st = onr_store_sql(a->store, a->sql.p, a->params, a->n_params, max, fn, ctx, NULL,
                           &a->error);
    if (a->sql.n) a->sql.n--; /* the NUL */
    a->error.status = st;
    return st;
}

ask_rows ask_all(ask *a, uint32_t max)
{
    ask_rows out = { 0 };
    ask_taking t = { a->mem, &out };
    out.failed = run(a, max, ask_take, &t) != ONR_OK;
    return out;
}

static bool take_one(void *arg, const onr_row *row)
{
    *(int64_t *)arg = row->n_cells ? row->cells[0].i : 0;
    return true;
}

int64_t ask_one(ask *a)
{
    int64_t n = 0;
    (void)run(a, 1, take_one, &n);
    return n;
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static void put_value(onri_buf *b, const onr_cell *v)
{
    if (v->kind == ONR_CELL_INT) {
        onri_buf_fmt(b, "%lld", (long long)v->i);
        return;
    }
    onri_buf_addc(b, '\'');
    for (size_t i = 0; i < v->s.n; i++) {
        if (v->s.p[i] == '\'') onri_buf_addc(b, '\'');
        onri_buf_addc(b, v->s.p[i]);
    }
    onri_buf_addc(b, '\'');
}

onr_sv ask_printed(const ask *a)
{
    onri_buf b = onri_buf_make(128 << 10);
    const onr_sv s = onri_buf_sv(&a->sql);
    bool quoted = false;
    for (size_t i = 0; i < s.n;) {
        if (s.p[i] == '\'') quoted = !quoted;
        size_t n = 1;
        while (s.p[i] == ':' && !quoted && i + n < s.n && is_name(s.p[i + n])) n++;
        const onr_param *hit = NULL;
        for (size_t k = 0; n > 1 && k < a->n_params; k++)
            if (onri_eqz(onri_sub(s, i + 1, i + n), a->params[k].name)) hit = &a->params[k];
        if (hit)
            put_value(&b, &hit->value);
        else
            onri_buf_add(&b, onri_sub(s, i, i + n));
        i += n;
    }
    const onr_sv out = onri_dup(a->mem, onri_buf_sv(&b));
    onri_buf_drop(&b);
    return out;
}

onr_cell ask_cell(const ask_rows *r, uint32_t row, const char *name)
{
    for (uint32_t i = 0; row < r->rows.n && i < r->n_cells; i++)
        if (strcmp(r->names[i], name) == 0) return r->rows.at[row].cells[i];
    return (onr_cell){ .kind = ONR_CELL_NULL };
}

onr_sv ask_sv(const ask_rows *r, uint32_t row, const char *name)
{
    const onr_cell c = ask_cell(r, row, name);
    return c.kind == ONR_CELL_TEXT ? c.s : ONR_SV("");
}

int64_t ask_int(const ask_rows *r, uint32_t row, const char *name)
{
    return ask_cell(r, row, name).i;
}

double ask_real(const ask_rows *r, uint32_t row, const char *name)
{
    return ask_cell(r, row, name).d;
}

void ask_json(onri_jw *w, const ask_rows *r)
{
    onri_jw_open(w, '[');
    for (uint32_t i = 0; i < r->rows.n; i++) {
        onri_jw_open(w, '{');
        for (uint32_t k = 0; k < r->n_cells; k++) {
            const onr_cell *c = &r->rows.at[i].cells[k];
            if (c->kind == ONR_CELL_NULL || c->kind == ONR_CELL_BLOB) continue;
            onri_jw_key(w, r->names[k]);
            if (c->kind == ONR_CELL_INT)
                onri_jw_int(w, c->i);
            else if (c->kind == ONR_CELL_REAL)
                onri_jw_num(w, c->d, 6);
            else
                onri_jw_str(w, c->s);
        }
        onri_jw_close(w, '}');
    }
    onri_jw_close(w, ']');
}

void ask_csv(onri_buf *b, const ask_rows *r)
{
    csv w = csv_make(b);
    for (uint32_t k = 0; k < r->n_cells; k++) csv_cell(&w, onri_svz(r->names[k]));
    csv_end(&w);
    for (uint32_t i = 0; i < r->rows.n; i++) {
        for (uint32_t k = 0; k < r->n_cells; k++) {
            const onr_cell *c = &r->rows.at[i].cells[k];
            if (c->kind == ONR_CELL_INT)
                csv_int(&w, c->i);
            else if (c->kind == ONR_CELL_REAL)
                csv_num(&w, c->d, 6);
            else
                csv_cell(&w, c->kind == ONR_CELL_TEXT ? c->s : ONR_SV(""));
        }
        csv_end(&w);
    }
}

void ask_show(html *h, const ask *a)
{
    html_open(h, "details");
    html_lit(h, "class", "sql");
    html_elz(h, "summary", NULL, "Show SQL");
    html_open(h, "pre");
    html_lit(h, "tabindex", "0");
    html_lit(h, "aria-label", "SQL");
    html_text(h, ask_printed(a));
    html_textz(h, ";");
    html_close(h);
    html_close(h);
}

/* ---- words -------------------------------------------------------------------------------------
 */

/* Next word or "phrase" of *rest; without: a '-' stood before it; prefix: a '*' after it. */
static bool next_word(onr_sv *rest, onr_sv *word, bool *without, bool *prefix)
{
    size_t i = 0;
    const onr_sv s = *rest;
    *without = *prefix = false;
    while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '*')) i++;
    if (i < s.n && s.p[i] == '-') {
        *without = true;
        i++;
    }
    if (i >= s.n) return false;
    size_t end;
    if (s.p[i] == '"') {
        end = ++i;
        while (end < s.n && s.p[end] != '"') end++;
        *rest = onri_sub(s, end < s.n ? end + 1 : end, s.n);
    } else {
        end = i;
        while (end < s.n && s.p[end] != ' ' && s.p[end] != '"') end++;
        *rest = onri_sub(s, end, s.n);
        if (end > i && s.p[end - 1] == '*') *prefix = true;
        while (end > i && s.p[end - 1] == '*') end--;
    }
    *word = onri_sub(s, i, end);
    return true;
}

static bool has_letter(onr_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_name(s.p[i]) || (unsigned char)s.p[i] >= 0x80) return true;
    return false;
}

static void put_word(onri_buf *b, const char *column, onr_sv word, bool prefix)
{
    onri_buf_fmt(b, "%s : \"", column);
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] != '"') onri_buf_addc(b, word.p[i]);
    onri_buf_addz(b, prefix ? "\"*" : "\"");
}

onr_sv ask_words(onr_arena *mem, const char *column, onr_sv typed)
{
    onri_buf b = onri_buf_make(32 << 10);
    onr_sv rest = typed, word;
    bool without, prefix, any = false;
    for (int pass = 0; pass < 2; pass++) { /* what must be, then what must not */
        rest = typed;
        for (int n = 0; n < 32 && next_word(&rest, &word, &without, &prefix); n++) {
            if (!has_letter(word) || without != (pass == 1) || (pass == 1 && !any)) continue;
            if (any) onri_buf_addz(&b, pass ? " NOT " : " AND ");
            put_word(&b, column, word, prefix);
            any = true;
        }
    }
    const onr_sv out = any && b.status == ONR_OK ? onri_dup(mem, onri_buf_sv(&b)) : ONR_SV("");
    onri_buf_drop(&b);
    return out.p ? out : ONR_SV("");
}
