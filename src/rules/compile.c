/* Compiler of rule files: one line at a time, every message with file, line and column.
 * The grammar is in docs/rules.md. Source: own; the idea of naming nodes and relating them by
 * labelled edges is that of Tregex and Semgrex (Levy and Andrew 2006; Chambers et al. 2007).
 * Leaves out alternatives inside a rule: write two rules of one group. */
#include "rules/book.h"

#include "base/embedded.h"

#include <stdio.h>

typedef struct compiler {
    onri_book *book;
    const char *file;
    onri_table_loader load;
    void *ctx;
    onr_error *err;
    onr_sv line;
    uint32_t line_no;
    size_t at; /* in line */
    onri_rule rule;
    bool open; /* a rule is being read */
    uint32_t first_rule;
    ONRI_VEC(onri_cond) conds;
} compiler;

static onr_status bad(compiler *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static onr_status bad(compiler *c, const char *fmt, ...)
{
    char msg[200];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(msg, sizeof msg, fmt, ap);
    va_end(ap);
    const onr_status st = onri_fail(c->err, ONR_E_SYNTAX, "rules", "%s:%u:%zu: %s", c->file,
                                    c->line_no, c->at + 1, msg);
    if (c->err) c->err->line = c->line_no;
    return st;
}

static onr_status no_memory(compiler *c)
{
    return onri_fail_mem(c->err, c->book->mem, "rules");
}

/* ---- words of a line ------------------------------------------------------------------------ */

static void skip_blanks(compiler *c)
{
    while (c->at < c->line.n && (c->line.p[c->at] == ' ' || c->line.p[c->at] == '\t')) c->at++;
}

static bool at_end(compiler *c)
{
    skip_blanks(c);
    return c->at >= c->line.n || c->line.p[c->at] == '#';
}

static bool eat(compiler *c, char ch)
{
    skip_blanks(c);
    if (c->at >= c->line.n || c->line.p[c->at] != ch) return false;
    c->at++;
    return true;
}

static bool name_char(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
           ch == '_' || ch == '-' || (unsigned char)ch >= 0x80;
}

/* Letters, digits, _ and -, with the marks in `more` also allowed. */
static onr_sv word(compiler *c, const char *more)
{
    skip_blanks(c);
    const size_t beg = c->at;
    while (c->at < c->line.n && (name_char(c->line.p[c->at]) || strchr(more, c->line.p[c->at])) &&
           c->line.p[c->at] != '\0')
        c->at++;
    return onri_sub(c->line, beg, c->at);
}

static int find_node(const onri_rule *r, onr_sv name)
{
    for (int i = 0; i < r->n_nodes; i++)
        if (onri_eqz(name, r->node[i].name)) return i;
    return -1;
}

/* Name of a node that stands above; its number in *out. */
static onr_status node_ref(compiler *c, uint8_t *out)
{
    const size_t beg = (skip_blanks(c), c->at);
    const onr_sv name = word(c, "");
    const int n = find_node(&c->rule, name);
    if (n < 0) {
        c->at = beg;
        return name.n == 0 ? bad(c, "the name of a node was expected")
                           : bad(c, "no node '%.*s' above this line",
                                 (int)(name.n < 40 ? name.n : 40), name.p);
    }
    *out = (uint8_t)n;
    return ONR_OK;
}

static int find_name(const char *const *names, int n, onr_sv name)
{
    for (int i = 0; i < n; i++)
        if (onri_eqz(name, names[i])) return i;
    return -1;
}

static int find_in_list(const char *const *names, onr_sv name)
{
    for (int i = 0; names && names[i]; i++)
        if (onri_eqz(name, names[i])) return i;
    return -1;
}

/* ---- labels --------------------------------------------------------------------------------- */

typedef const char *(*name_of)(unsigned);
static const char *pos_name(unsigned i)
{
    return onr_pos_name((onr_pos)i);
}
static const char *tag_name(unsigned i)
{
    return onr_tag_name((onr_tag)i);
}
static const char *dep_name(unsigned i)
{
    return onr_dep_name((onr_dep)i);
}
static const char *ent_name(unsigned i)
{
    return onr_ent_name((onr_ent)i);
}

_Static_assert(ONR_POS__COUNT <= 64 && ONR_TAG__COUNT <= 64 && ONR_DEP__COUNT <= 64 &&
                   ONR_ENT__COUNT <= 64,
               "labels fit a mask");

/* "a,b,c" as a mask. `any` (the word) is every label but NONE. */
static onr_status labels(compiler *c, const char *what, name_of name, unsigned n, uint64_t *out)
{
    *out = 0;
    do {
        const size_t beg = (skip_blanks(c), c->at);
        const onr_sv w = word(c, "$'`.");
        if (w.n == 0) return bad(c, "a %s was expected", what);
        if (onri_eqz(w, "any")) {
            *out |= ~(uint64_t)1;
            continue;
        }
        if (onri_eqz(w, "none")) {
            *out |= 1;
            continue;
        }
        unsigned i = 1;
        while (i < n && !onri_eqz(w, name(i))) i++;
        if (i == n) {
            c->at = beg;
            return bad(c, "'%.*s' is no %s", (int)(w.n < 40 ? w.n : 40), w.p, what);
        }
        *out |= (uint64_t)1 << i;
    } while (eat(c, ','));
    return ONR_OK;
}

/* ---- word sets ------------------------------------------------------------------------------ */

/* "@table.column:word" after the @: the set's table, column and word. */
static onr_status table_ref(compiler *c, onri_wordset *set)
{
    const size_t beg = c->at;
    const onr_sv name = word(c, "");
    char buf[64];
    if (name.n == 0 || name.n >= sizeof buf) return bad(c, "the name of a table was expected");
    memcpy(buf, name.p, name.n);
    buf[name.n] = '\0';
    set->table = onri_book_table(c->book, buf);
    set->column = set->word = ONR_NONE;
    if (set->table == ONR_NONE) {
        c->at = beg;
        return bad(c, "no table or list '%s' is declared above", buf);
    }
    if (c->at >= c->line.n || c->line.p[c->at] != '.') return ONR_OK;
    c->at++;
    const size_t cbeg = c->at;
    const onr_sv col = word(c, "");
    set->column = onri_table_column(&c->book->tables.at[set->table], col);
    if (set->column == ONR_NONE) {
        c->at = cbeg;
        return bad(c, "table '%s' has no column '%.*s'", buf, (int)(col.n < 40 ? col.n : 40),
                   col.p);
    }
    if (c->at < c->line.n && c->line.p[c->at] == ':') {
        c->at++;
        const onr_sv w = word(c, "");
        if (w.n == 0) return bad(c, "a word of the column was expected after ':'");
        set->word = onri_atom(&c->book->atoms, w);
        if (set->word == ONR_NONE) return no_memory(c);
    }
    return ONR_OK;
}

/* "a,b,@list" or "@table.column(node)". */
static onr_status word_cond(compiler *c, onri_cond *cond)
{
    onri_wordset set = { .table = ONR_NONE, .column = ONR_NONE, .word = ONR_NONE };
    onri_map_init(&set.has, c->book->mem);
    do {
        if (eat(c, '@')) {
            onri_wordset ref = { .table = ONR_NONE };
            const onr_status st = table_ref(c, &ref);
            if (st != ONR_OK) return st;
            if (ref.column != ONR_NONE && ref.word == ONR_NONE) { /* the row of another node */
                if (!eat(c, '(')) return bad(c, "':' and a word, or '(' and a node, was expected");
                const onr_status st2 = node_ref(c, &cond->node);
                if (st2 != ONR_OK) return st2;
                if (!eat(c, ')')) return bad(c, "')' was expected");
                cond->text = cond->kind == ONRI_COND_LOWER ? ONR_SV("lower") : ONR_SV("lemma");
                cond->kind = ONRI_COND_IN;
                cond->arg = ref.table;
                cond->arg2 = ref.column;
                return ONR_OK;
            }
            if (set.table != ONR_NONE)
                return bad(c, "one table a condition: join the words in one list");
            set.table = ref.table;
            set.column = ref.column;
            set.word = ref.word;
        } else {
            const onr_sv w = word(c, "'.$%&/");
            if (w.n == 0) return bad(c, "a word was expected");
            const uint32_t atom = onri_atom(&c->book->atoms, w);
            if (atom == ONR_NONE || !onri_map_put(&set.has, atom, 0)) return no_memory(c);
        }
    } while (eat(c, ','));
    onri_wordset *s = ONRI_PUSH(c->book->mem, &c->book->sets);
    if (!s) return no_memory(c);
    *s = set;
    cond->arg = c->book->sets.n - 1;
    return ONR_OK;
}

/* ---- conditions ----------------------------------------------------------------------------- */

static const char *const flag_names[] = {
#define NAME(id, name) name,
    ONRI_FLAGS(NAME)
#undef NAME
};
static const char *const edge_names[] = {
#define NAME(id, name) name,
    ONRI_EDGES(NAME)
#undef NAME
};
static const char *const extent_names[] = {
#define NAME(id, name, gloss) name,
    ONRI_EXTENTS(NAME)
#undef NAME
};

static onr_status attribute(compiler *c, onr_sv key, onri_cond *cond)
{
    if (onri_eqz(key, "lemma") || onri_eqz(key, "lower")) {
        cond->kind = key.p[1] == 'e' ? ONRI_COND_LEMMA : ONRI_COND_LOWER;
        return word_cond(c, cond);
    }
    if (onri_eqz(key, "pos")) {
        cond->kind = ONRI_COND_POS;
        return labels(c, "part of speech", pos_name, ONR_POS__COUNT, &cond->mask);
    }
    if (onri_eqz(key, "tag")) {
        cond->kind = ONRI_COND_TAG;
        return labels(c, "tag", tag_name, ONR_TAG__COUNT, &cond->mask);
    }
    if (onri_eqz(key, "dep")) {
        cond->kind = ONRI_COND_DEP;
        return labels(c, "dependency label", dep_name, ONR_DEP__COUNT, &cond->mask);
    }
    if (onri_eqz(key, "ent")) {
        cond->kind = ONRI_COND_ENT;
        return labels(c, "type of entity", ent_name, ONR_ENT__COUNT, &cond->mask);
    }
    if (onri_eqz(key, "morph")) {
        cond->kind = ONRI_COND_MORPH;
        const onr_sv name = word(c, "");
        if (name.n == 0 || !eat(c, ':')) return bad(c, "morph wants Name:Value");
        const size_t beg = (size_t)(name.p - c->line.p);
        (void)word(c, "");
        onr_sv text = onri_dup(c->book->mem, onri_sub(c->line, beg, c->at));
        if (!text.p) return no_memory(c);
        cond->text = text;
        return ONR_OK;
    }
    return bad(c, "'%.*s' is no attribute (lemma, lower, pos, tag, dep, ent, morph)",
               (int)(key.n < 40 ? key.n : 40), key.p);
}

/* One condition: [!]attribute=values, [!]flag, [!]after NODE, ... */
static onr_status condition(compiler *c, onri_cond *cond)
{
    *cond = (onri_cond){ .no = eat(c, '!') };
    const size_t beg = (skip_blanks(c), c->at);
    const onr_sv key = word(c, "");
    if (key.n == 0) return bad(c, "a condition was expected");
    if (c->at < c->line.n && c->line.p[c->at] == '=') {
        c->at++;
        return attribute(c, key, cond);
    }
    const int flag = find_name(flag_names, ONRI_FLAG__COUNT, key);
    if (flag >= 0) {
        cond->kind = ONRI_COND_FLAG;
        cond->arg = (uint32_t)flag;
        return ONR_OK;
    }
    static const char *const relations[] = { "after", "before", "near", "is", "under" };
    static const uint8_t kinds[] = { ONRI_COND_AFTER, ONRI_COND_BEFORE, ONRI_COND_NEAR,
                                     ONRI_COND_IS, ONRI_COND_UNDER };
    const int rel = find_name(relations, 5, key);
    if (rel < 0) {
        c->at = beg;
        return bad(c, "'%.*s' is no condition", (int)(key.n < 40 ? key.n : 40), key.p);
    }
    cond->kind = kinds[rel];
    const onr_status st = node_ref(c, &cond->node);
    if (st != ONR_OK || cond->kind != ONRI_COND_NEAR) return st;
    const onr_sv num = word(c, "");
    uint64_t n;
    if (!onri_parse_u64(num, &n) || n > 1000)
        return bad(c, "near wants a node and how many tokens may stand between");
    cond->arg = (uint32_t)n;
    return ONR_OK;
}

/* ---- lines of a rule ------------------------------------------------------------------------ */

static onr_status edge(compiler *c, onri_node *n)
{
    const size_t beg = (skip_blanks(c), c->at);
    const onr_sv name = word(c, "");
    const int e = find_name(edge_names, ONRI_EDGE__COUNT, name);
    if (e < 0) {
        c->at = beg;
        return bad(c, "how the node hangs on an earlier one was expected: child(...) of NODE, ...");
    }
    n->edge = (uint8_t)e;
    if (eat(c, '(')) {
        const onr_status st = labels(c, "dependency label", dep_name, ONR_DEP__COUNT, &n->labels);
        if (st != ONR_OK) return st;
        if (!eat(c, ')')) return bad(c, "')' was expected");
    }
    const onr_sv of = word(c, "");
    if (!onri_eqz(of, "of")) return bad(c, "'of' and a node was expected");
    return node_ref(c, &n->of);
}

static onr_status node_line(compiler *c, uint8_t need, onr_sv name)
{
    onri_rule *r = &c->rule;
    if (r->n_nodes == ONRI_RULE_NODES_MAX)
        return bad(c, "more than %d nodes in one rule", ONRI_RULE_NODES_MAX);
    if (find_node(r, name) >= 0)
        return bad(c, "a node '%.*s' stands above already", (int)name.n, name.p);
    if (r->n_nodes == 0 && need != ONRI_NEED_MUST)
        return bad(c, "the first node is where the rule starts and must be there");
    onri_node n = { .need = need, .edge = ONRI_EDGE_ANCHOR, .line = c->line_no };
    const onr_sv copy = onri_dup(c->book->mem, name);
    n.text = onri_dup(c->book->mem, onri_trim(c->line));
    if (!copy.p || !n.text.p) return no_memory(c);
    n.name = copy.p;
    if (r->n_nodes > 0) {
        const onr_status st = edge(c, &n);
        if (st != ONR_OK) return st;
    }
    c->conds.n = 0;
    while (!at_end(c)) {
        onri_cond *cond = ONRI_PUSH(c->book->mem, &c->conds);
        if (!cond) return no_memory(c);
        const onr_status st = condition(c, cond);
        if (st != ONR_OK) return st;
    }
    if (r->n_nodes == 0 && c->conds.n == 0) return bad(c, "the first node needs a condition");
    onri_cond *kept = ONRI_NEW_N(c->book->mem, c->conds.n + 1, onri_cond);
    if (!kept) return no_memory(c);
    if (c->conds.n) memcpy(kept, c->conds.at, c->conds.n * sizeof *kept);
    n.conds = kept;
    n.n_conds = c->conds.n;
    r->node[r->n_nodes++] = n;
    return ONR_OK;
}

/* ROLE = node.extent { (".." | "+") node.extent } */
static onr_status role_line(compiler *c, int role)
{
    onri_rule *r = &c->rule;
    if (r->n_roles == ONRI_RULE_ROLES_MAX)
        return bad(c, "more than %d roles in one rule", ONRI_RULE_ROLES_MAX);
    onri_role_line line = { .role = (uint8_t)role };
    bool hull = false;
    for (;;) {
        if (line.n == ONRI_RULE_PIECES_MAX)
            return bad(c, "more than %d pieces", ONRI_RULE_PIECES_MAX);
        uint8_t node;
        const onr_status st = node_ref(c, &node);
        if (st != ONR_OK) return st;
        if (r->node[node].need == ONRI_NEED_NOT)
            return bad(c, "node '%s' must not be there: it has no place in a role",
                       r->node[node].name);
        uint16_t extent = ONRI_EXTENT_TOKEN;
        if (c->at + 1 < c->line.n && c->line.p[c->at] == '.' && c->line.p[c->at + 1] != '.') {
            c->at++;
            const size_t beg = c->at;
            const onr_sv name = word(c, "");
            int e = find_name(extent_names, ONRI_EXTENT__COUNT, name);
            if (e < 0) {
                e = find_in_list(c->book->vocabulary->extents, name);
                if (e >= 0) e += ONRI_EXTENT__COUNT;
            }
            if (e < 0) {
                c->at = beg;
                return bad(c, "'%.*s' is no extent", (int)(name.n < 40 ? name.n : 40), name.p);
            }
            extent = (uint16_t)e;
        }
        line.piece[line.n].node = node;
        line.piece[line.n].extent = extent;
        line.piece[line.n].hull = hull;
        line.n++;
        if (at_end(c)) break;
        if (eat(c, '+')) {
            hull = false;
        } else if (eat(c, '.') && eat(c, '.')) {
            hull = true;
        } else {
            return bad(c, "'..', '+' or the end of the line was expected");
        }
    }
    r->role[r->n_roles++] = line;
    return ONR_OK;
}

/* The table that node's lemma or lower condition names, and its column and word. */
static onr_status prop_line(compiler *c, int prop)
{
    onri_rule *r = &c->rule;
    if (r->n_props == ONRI_RULE_PROPS_MAX)
        return bad(c, "more than %d properties in one rule", ONRI_RULE_PROPS_MAX);
    onri_prop_line line = { .prop = (uint8_t)prop, .table = ONR_NONE, .column = ONR_NONE };
    if (eat(c, '@')) {
        onri_wordset ref = { .table = ONR_NONE };
        onr_status st = table_ref(c, &ref);
        if (st != ONR_OK) return st;
        if (ref.column == ONR_NONE || !eat(c, '('))
            return bad(c, "a look-up is @table.column(node)");
        st = node_ref(c, &line.node);
        if (st != ONR_OK) return st;
        if (!eat(c, ')')) return bad(c, "')' was expected");
        line.table = ref.table;
        line.column = ref.column;
    } else {
        const onr_sv w = word(c, ".,'");
        if (w.n == 0) return bad(c, "a value was expected");
        line.text = onri_dup(c->book->mem, w);
        if (!line.text.p) return no_memory(c);
    }
    if (!at_end(c)) return bad(c, "nothing more was expected on this line");
    r->prop[r->n_props++] = line;
    return ONR_OK;
}

/* ---- declarations --------------------------------------------------------------------------- */

static onr_status close_rule(compiler *c)
{
    if (!c->open) return ONR_OK;
    c->open = false;
    onri_rule *r = &c->rule;
    if (r->n_nodes == 0 && !r->off) return bad(c, "rule '%s' has no node", r->id);
    if (r->n_roles == 0 && !r->off) return bad(c, "rule '%s' gives no role", r->id);
    for (uint32_t i = 0; i < c->book->rules.n; i++) {
        if (strcmp(c->book->rules.at[i].id, r->id) != 0) continue;
        if (i >= c->first_rule) return bad(c, "a second rule '%s' in one file", r->id);
        c->book->rules.at[i] = *r;
        return ONR_OK;
    }
    onri_rule *to = ONRI_PUSH(c->book->mem, &c->book->rules);
    if (!to) return no_memory(c);
    *to = *r;
    return ONR_OK;
}

static onr_status open_rule(compiler *c)
{
    const onr_sv id = word(c, ".");
    if (id.n == 0) return bad(c, "an id was expected after 'rule'");
    c->rule = (onri_rule){ .file = c->file, .line = c->line_no, .group = ONR_NONE };
    const onr_sv copy = onri_dup(c->book->mem, id);
    if (!copy.p) return no_memory(c);
    c->rule.id = copy.p;
    c->open = true;
    while (!at_end(c)) {
        const onr_sv w = word(c, "");
        if (onri_eqz(w, "each")) {
            c->rule.each = true;
        } else if (onri_eqz(w, "off")) {
            c->rule.off = true;
        } else if (onri_eqz(w, "group")) {
            const onr_sv g = word(c, "");
            if (g.n == 0) return bad(c, "a name was expected after 'group'");
            c->rule.group = onri_atom(&c->book->atoms, g);
            if (c->rule.group == ONR_NONE) return no_memory(c);
        } else {
            return bad(c, "'each', 'off' or 'group NAME' was expected");
        }
    }
    return ONR_OK;
}

static onr_status name_of_table(compiler *c, char buf[64])
{
    const onr_sv name = word(c, "");
    if (name.n == 0 || name.n >= 64) return bad(c, "a name of at most 63 letters was expected");
    memcpy(buf, name.p, name.n);
    buf[name.n] = '\0';
    return ONR_OK;
}

/* table NAME "file.tsv"; table NAME += "file.tsv": the table must be there */
static onr_status declare_table(compiler *c)
{
    char name[64], path[256];
    onr_status st = name_of_table(c, name);
    if (st != ONR_OK) return st;
    if (eat(c, '+')) {
        if (!eat(c, '=')) return bad(c, "'=' was expected");
        if (onri_book_table(c->book, name) == ONR_NONE) return bad(c, "no table '%s'", name);
    }
    if (!eat(c, '"')) return bad(c, "a file name in straight quotation marks was expected");
    const size_t beg = c->at;
    while (c->at < c->line.n && c->line.p[c->at] != '"') c->at++;
    const onr_sv file = onri_sub(c->line, beg, c->at);
    if (c->at >= c->line.n) return bad(c, "the closing quotation mark is missing");
    if (file.n == 0 || file.n >= sizeof path || memchr(file.p, 0, file.n))
        return bad(c, "a file name of 1 to 255 bytes was expected");
    memcpy(path, file.p, file.n);
    path[file.n] = '\0';
    const onr_sv tsv = c->load ? c->load(c->ctx, path) : onri_data_get(path);
    if (!tsv.p) {
        c->at = beg;
        return bad(c, "no file '%s'", path);
    }
    st = onri_table_read(c->book, name, path, tsv, c->err);
    return st;
}

/* list NAME = words; list NAME += words. May go on over several lines that begin with '+'. */
static onr_status declare_list(compiler *c)
{
    char name[64];
    const onr_status st = name_of_table(c, name);
    if (st != ONR_OK) return st;
    (void)eat(c, '+');
    if (!eat(c, '=')) return bad(c, "'=' was expected");
    const uint32_t t = onri_table_make(c->book, name);
    if (t == ONR_NONE) return no_memory(c);
    while (!at_end(c)) {
        const onr_sv w = word(c, "'.$%&/");
        if (w.n == 0) return bad(c, "a word was expected");
        if (!onri_table_word(c->book, t, w)) return no_memory(c);
        (void)eat(c, ',');
    }
    return ONR_OK;
}

static onr_status one_line(compiler *c)
{
    if (at_end(c)) return ONR_OK;
    uint8_t need = ONRI_NEED_MUST;
    if (eat(c, '?'))
        need = ONRI_NEED_MAY;
    else if (eat(c, '!'))
        need = ONRI_NEED_NOT;
    const size_t beg = (skip_blanks(c), c->at);
    const onr_sv w = word(c, "");
    if (w.n == 0) return bad(c, "a rule, table, list, node, role or property was expected");
    if (eat(c, ':')) {
        if (!c->open) return bad(c, "a node outside a rule");
        return node_line(c, need, w);
    }
    if (onri_eqz(w, "rule") || onri_eqz(w, "table") || onri_eqz(w, "list")) {
        const size_t at = c->at;
        const onr_status st = close_rule(c);
        if (st != ONR_OK) return st;
        c->at = at;
        return w.p[0] == 'r' ? open_rule(c) : w.p[0] == 't' ? declare_table(c) : declare_list(c);
    }
    const int role = find_in_list(c->book->vocabulary->roles, w);
    const int prop = find_in_list(c->book->vocabulary->props, w);
    if (role < 0 && prop < 0) {
        c->at = beg;
        return bad(c, "'%.*s' is neither a role nor a property here", (int)(w.n < 40 ? w.n : 40),
                   w.p);
    }
    if (!c->open) return bad(c, "a role or property outside a rule");
    if (!eat(c, '=')) return bad(c, "'=' was expected");
    return role >= 0 ? role_line(c, role) : prop_line(c, prop);
}

/* ---- the book ------------------------------------------------------------------------------- */

onr_status onri_book_new(onr_arena *mem, const onri_vocabulary *vocabulary, onri_book **out,
                         onr_error *err)
{
    onri_book *b = ONRI_NEW(mem, onri_book);
    if (!b) return onri_fail_mem(err, mem, "rules");
    b->mem = mem;
    b->vocabulary = vocabulary;
    onri_atoms_init(&b->atoms, mem);
    *out = b;
    return ONR_OK;
}

/* Tables may have grown: make every set that stands on a table anew. */
static bool fill_sets(onri_book *b)
{
    for (uint32_t i = 0; i < b->sets.n; i++) {
        onri_wordset *s = &b->sets.at[i];
        if (s->table == ONR_NONE) continue;
        const onri_tab *t = &b->tables.at[s->table];
        const onr_sv w = s->word == ONR_NONE ? (onr_sv){ NULL, 0 } : b->atoms.words.at[s->word];
        for (uint32_t r = 0; r < t->rows.n; r++) {
            const uint32_t key = t->rows.at[r].key;
            const uint32_t row = onri_table_row(b, s->table, key, s->column, w);
            if (row != ONR_NONE && !onri_map_put(&s->has, key, row)) return false;
        }
    }
    return true;
}

onr_status onri_book_add(onri_book *book, const char *file, onr_sv text, onri_table_loader load,
                         void *ctx, onr_error *err)
{
    const onr_sv name = onri_dup(book->mem, onri_svz(file));
    if (!name.p) return onri_fail_mem(err, book->mem, "rules");
    compiler c = { .book = book,
                   .file = name.p,
                   .load = load,
                   .ctx = ctx,
                   .err = err,
                   .first_rule = book->rules.n };
    if (text.n > ONRI_RULES_BYTES_MAX)
        return onri_fail(err, ONR_E_LIMIT, "rules", "%s: %zu bytes, %d at most", file, text.n,
                         ONRI_RULES_BYTES_MAX);
    const size_t bad_byte = onri_utf8_check(text);
    if (bad_byte < text.n)
        return onri_fail_at(err, ONR_E_SYNTAX, "rules", bad_byte, "%s: byte %zu is not UTF-8", file,
                            bad_byte);
    onr_sv rest = text;
    while (onri_split(&rest, '\n', &c.line)) {
        if (c.line.n && c.line.p[c.line.n - 1] == '\r') c.line.n--;
        c.line_no++;
        c.at = 0;
        const onr_status st = one_line(&c);
        if (st != ONR_OK) return st;
    }
    const onr_status st = close_rule(&c);
    if (st != ONR_OK) return st;
    return fill_sets(book) ? ONR_OK : no_memory(&c);
}

uint32_t onri_book_count(const onri_book *book)
{
    return book->rules.n;
}

const char *onri_book_id(const onri_book *book, uint32_t rule)
{
    return book->rules.at[rule].id;
}

const char *onri_book_file(const onri_book *book, uint32_t rule)
{
    return book->rules.at[rule].file;
}

uint32_t onri_book_line(const onri_book *book, uint32_t rule)
{
    return book->rules.at[rule].line;
}

uint32_t onri_book_find(const onri_book *book, const char *id)
{
    for (uint32_t i = 0; i < book->rules.n; i++)
        if (strcmp(book->rules.at[i].id, id) == 0) return i;
    return ONR_NONE;
}
