/* Word tables of the rules: TSV files with a `# Fields:` line, keyed by their first column. A key
 * may have several rows. Read from data/ or from a user's folder by the book's loader.
 * Source: own. Leaves out quoting: a cell is what stands between two tabs. */
#include "rules/book.h"

bool onri_list_has(onr_sv list, onr_sv word)
{
    size_t i = 0;
    while (i < list.n) {
        size_t e = i;
        while (e < list.n && list.p[e] != ' ' && list.p[e] != ',') e++;
        if (onri_eq(onri_sub(list, i, e), word)) return true;
        i = e + 1;
    }
    return false;
}

uint32_t onri_table_column(const onri_tab *tab, onr_sv name)
{
    for (uint32_t c = 0; c < tab->columns.n; c++)
        if (onri_eq(tab->columns.at[c], name)) return c;
    return ONR_NONE;
}

uint32_t onri_book_table(const onri_book *book, const char *name)
{
    for (uint32_t i = 0; i < book->tables.n; i++)
        if (strcmp(book->tables.at[i].name, name) == 0) return i;
    return ONR_NONE;
}

uint32_t onri_table_row(const onri_book *book, uint32_t table, uint32_t key, uint32_t column,
                        onr_sv word)
{
    if (table == ONR_NONE || key == ONR_NONE) return ONR_NONE;
    const onri_tab *t = &book->tables.at[table];
    for (uint32_t r = onri_map_get(&t->first, key); r != ONR_NONE; r = t->rows.at[r].next)
        if (column == ONR_NONE || onri_list_has(t->rows.at[r].val[column], word)) return r;
    return ONR_NONE;
}

uint32_t onri_book_atom(const onri_book *book, onr_sv word)
{
    return onri_atom_find(&book->atoms, word);
}

bool onri_table_has(const onri_book *book, uint32_t table, uint32_t atom, const char *column,
                    const char *word)
{
    if (table == ONR_NONE || atom == ONR_NONE) return false;
    uint32_t col = ONR_NONE;
    if (column) {
        col = onri_table_column(&book->tables.at[table], onri_svz(column));
        if (col == ONR_NONE) return false;
    }
    return onri_table_row(book, table, atom, col, onri_svz(word ? word : "")) != ONR_NONE;
}

onr_sv onri_table_value(const onri_book *book, uint32_t table, uint32_t atom, const char *column)
{
    const uint32_t r = onri_table_row(book, table, atom, ONR_NONE, (onr_sv){ NULL, 0 });
    if (r == ONR_NONE) return (onr_sv){ NULL, 0 };
    const onri_tab *t = &book->tables.at[table];
    const uint32_t c = onri_table_column(t, onri_svz(column));
    return c == ONR_NONE ? (onr_sv){ NULL, 0 } : t->rows.at[r].val[c];
}

uint32_t onri_table_rows(const onri_book *book, uint32_t table)
{
    return table == ONR_NONE ? 0 : book->tables.at[table].rows.n;
}

onr_sv onri_table_cell(const onri_book *book, uint32_t table, uint32_t row, const char *column)
{
    const onri_tab *t = &book->tables.at[table];
    const uint32_t c = column ? onri_table_column(t, onri_svz(column)) : 0;
    return c == ONR_NONE ? (onr_sv){ NULL, 0 } : t->rows.at[row].val[c];
}

uint32_t onri_table_make(onri_book *book, const char *name)
{
    const uint32_t old = onri_book_table(book, name);
    if (old != ONR_NONE) return old;
    const onr_sv copy = onri_dup(book->mem, onri_svz(name));
    onri_tab *t = copy.p ? ONRI_PUSH(book->mem, &book->tables) : NULL;
    onr_sv *col = t ? ONRI_PUSH(book->mem, &t->columns) : NULL;
    if (!col) return ONR_NONE;
    *col = ONR_SV("word");
    t->name = copy.p;
    onri_map_init(&t->first, book->mem);
    return book->tables.n - 1;
}

/* Columns of the table that the fields of a file are. */
enum { FIELDS_MAX = 32 };
typedef struct fields {
    uint32_t at[FIELDS_MAX], n;
} fields;

/* Put row r into the chain of its key: before rows of earlier files, behind rows of this one. */
static bool chain_row(onri_tab *t, uint32_t r, uint32_t file_start)
{
    const uint32_t key = t->rows.at[r].key;
    uint32_t prev = ONR_NONE, at = onri_map_get(&t->first, key);
    while (at != ONR_NONE && at >= file_start) {
        prev = at;
        at = t->rows.at[at].next;
    }
    t->rows.at[r].next = at;
    if (prev == ONR_NONE) return onri_map_put(&t->first, key, r);
    t->rows.at[prev].next = r;
    return true;
}

/* One cell for each of the line's; to: the columns they go to, NULL: in their order. */
static bool add_row(onri_book *book, uint32_t table, onr_sv line, uint32_t file_start,
                    const fields *to)
{
    onri_tab *t = &book->tables.at[table];
    onr_sv *val = ONRI_NEW_N(book->mem, t->columns.n, onr_sv);
    if (!val) return false;
    onr_sv rest = line, cell;
    for (uint32_t c = 0; c < (to ? to->n : t->columns.n) && onri_split(&rest, '\t', &cell); c++) {
        onr_sv *v = &val[to ? to->at[c] : c];
        *v = onri_dup(book->mem, onri_trim(cell));
        if (!v->p) return false;
    }
    const uint32_t key = onri_atom(&book->atoms, val[0]);
    onri_row *row = key == ONR_NONE ? NULL : ONRI_PUSH(book->mem, &t->rows);
    if (!row) return false;
    *row = (onri_row){ key, ONR_NONE, val };
    return chain_row(t, t->rows.n - 1, file_start);
}

bool onri_table_word(onri_book *book, uint32_t table, onr_sv word)
{
    return add_row(book, table, word, 0, NULL);
}

/* The next of the names after "# Fields:", set apart by blanks, tabs or commas; what stands in
 * brackets is a gloss. Empty: no more. */
static onr_sv next_field(onr_sv s, size_t *at)
{
    size_t i = *at;
    while (i < s.n && strchr(" \t,()", s.p[i])) {
        if (s.p[i] == '(')
            while (i < s.n && s.p[i] != ')') i++;
        if (i < s.n) i++;
    }
    const size_t beg = i;
    while (i < s.n && !strchr(" \t,()", s.p[i])) i++;
    *at = i;
    return onri_sub(s, beg, i);
}

static bool read_fields(onri_book *book, onri_tab *t, onr_sv s)
{
    t->columns.n = 0;
    size_t at = 0;
    for (onr_sv f; (f = next_field(s, &at)).n;) {
        const onr_sv name = onri_dup(book->mem, f);
        onr_sv *col = name.p ? ONRI_PUSH(book->mem, &t->columns) : NULL;
        if (!col) return false;
        *col = name;
    }
    return true;
}

/* A further file of a table may have fewer columns and others' order; its first is the key. */
static onr_status map_fields(const onri_tab *t, const char *file, uint32_t line, onr_sv s,
                             fields *to, onr_error *err)
{
    size_t at = 0;
    to->n = 0;
    for (onr_sv f; (f = next_field(s, &at)).n;) {
        const uint32_t c = to->n == 0 ? 0 : onri_table_column(t, f);
        if (c == ONR_NONE || to->n == FIELDS_MAX)
            return onri_fail(err, ONR_E_SYNTAX, "rules", "%s:%u: table '%s' has no column '%.*s'",
                             file, line, t->name, (int)(f.n < 40 ? f.n : 40), f.p);
        to->at[to->n++] = c;
    }
    return to->n ? ONR_OK
                 : onri_fail(err, ONR_E_SYNTAX, "rules", "%s:%u: no field names", file, line);
}

onr_status onri_table_read(onri_book *book, const char *name, const char *file, onr_sv tsv,
                           onr_error *err)
{
    const uint32_t table = onri_table_make(book, name);
    if (table == ONR_NONE) return onri_fail_mem(err, book->mem, "rules");
    onri_tab *t = &book->tables.at[table];
    const uint32_t file_start = t->rows.n;
    const bool further = file_start > 0;
    bool named = false;
    fields to = { .n = 0 };
    onr_sv rest = tsv, line;
    uint32_t no = 0;
    while (onri_split(&rest, '\n', &line)) {
        no++;
        if (onri_starts(line, ONR_SV("# Fields:")) && !named) {
            const onr_sv names = onri_trim(onri_sub(line, 9, line.n));
            named = true;
            if (!further && !read_fields(book, t, names))
                return onri_fail_mem(err, book->mem, "rules");
            const onr_status st = map_fields(t, file, no, names, &to, err);
            if (st != ONR_OK) return st;
        }
        if (onri_trim(line).n == 0 || line.p[0] == '#') continue;
        if (!named)
            return onri_fail(err, ONR_E_SYNTAX, "rules",
                             "%s:%u: a row before the '# Fields:' line that names the columns",
                             file, no);
        if (!add_row(book, table, line, file_start, &to))
            return onri_fail_mem(err, book->mem, "rules");
    }
    return ONR_OK;
}
