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

static bool add_row(onri_book *book, uint32_t table, onr_sv line, uint32_t file_start)
{
    onri_tab *t = &book->tables.at[table];
    onr_sv *val = ONRI_NEW_N(book->mem, t->columns.n, onr_sv);
    if (!val) return false;
    onr_sv rest = line, cell;
    for (uint32_t c = 0; c < t->columns.n && onri_split(&rest, '\t', &cell); c++) {
        val[c] = onri_dup(book->mem, onri_trim(cell));
        if (!val[c].p) return false;
    }
    const uint32_t key = onri_atom(&book->atoms, val[0]);
    onri_row *row = key == ONR_NONE ? NULL : ONRI_PUSH(book->mem, &t->rows);
    if (!row) return false;
    *row = (onri_row){ key, ONR_NONE, val };
    return chain_row(t, t->rows.n - 1, file_start);
}

bool onri_table_word(onri_book *book, uint32_t table, onr_sv word)
{
    return add_row(book, table, word, 0);
}

/* Names after "# Fields:", set apart by blanks, tabs or commas; what stands in brackets is a gloss.
 */
static bool read_fields(onri_book *book, onri_tab *t, onr_sv s)
{
    t->columns.n = 0;
    for (size_t i = 0; i < s.n;) {
        if (s.p[i] == '(')
            while (i < s.n && s.p[i] != ')') i++;
        size_t e = i;
        while (e < s.n && !strchr(" \t,()", s.p[e])) e++;
        if (e > i) {
            const onr_sv name = onri_dup(book->mem, onri_sub(s, i, e));
            onr_sv *col = name.p ? ONRI_PUSH(book->mem, &t->columns) : NULL;
            if (!col) return false;
            *col = name;
        }
        i = e > i ? e : e + 1;
    }
    return true;
}

onr_status onri_table_read(onri_book *book, const char *name, const char *file, onr_sv tsv,
                           onr_error *err)
{
    const uint32_t table = onri_table_make(book, name);
    if (table == ONR_NONE) return onri_fail_mem(err, book->mem, "rules");
    onri_tab *t = &book->tables.at[table];
    const uint32_t file_start = t->rows.n;
    bool fields = file_start > 0; /* a second file of the same table has the first one's columns */
    onr_sv rest = tsv, line;
    uint32_t no = 0;
    while (onri_split(&rest, '\n', &line)) {
        no++;
        if (onri_starts(line, ONR_SV("# Fields:")) && !fields) {
            fields = true;
            if (!read_fields(book, t, onri_sub(line, 9, line.n)))
                return onri_fail_mem(err, book->mem, "rules");
            if (t->columns.n == 0)
                return onri_fail(err, ONR_E_SYNTAX, "rules", "%s:%u: no field names", file, no);
        }
        if (onri_trim(line).n == 0 || line.p[0] == '#') continue;
        if (!fields)
            return onri_fail(err, ONR_E_SYNTAX, "rules",
                             "%s:%u: a row before the '# Fields:' line that names the columns",
                             file, no);
        if (!add_row(book, table, line, file_start)) return onri_fail_mem(err, book->mem, "rules");
    }
    return ONR_OK;
}
