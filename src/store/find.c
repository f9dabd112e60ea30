/* Finding facts: the filters become one question over the full-text index, which knows words,
 * names, roles, countries, kinds and publishers of every fact, so that each filter narrows the same
 * walk. Ids are in the order of dates: the walk goes from the newest and stops at the limit. What
 * the index can only say roughly (a name within a name) is looked up exactly for each hit. Source:
 * SQLite's documentation (FTS5 query syntax); own. */
#include "store/store.h"

enum { NAMES_MAX = 26, PARAMS_MAX = 200, WORDS_MAX = 64 };

typedef struct query {
    onr_store *s;
    onr_arena *mem;
    const onr_find *f;
    bool literal;   /* values into the words, for people; else as parameters */
    onri_buf match; /* question to the index */
    onri_buf where; /* conditions on each hit */
    onri_buf sql;
    onr_param params[PARAMS_MAX];
    size_t n_params;
    onr_status status;
    onr_error *err;
} query;

/* ---- pieces
 * ----------------------------------------------------------------------------------- */

static void quote(onri_buf *b, onr_sv s, char mark)
{
    onri_buf_addc(b, mark);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\0') continue;
        if (s.p[i] == mark) onri_buf_addc(b, mark);
        onri_buf_addc(b, s.p[i]);
    }
    onri_buf_addc(b, mark);
}

/* A quoted text for a column whose words carry a letter: each of its words gets it. */
static void quote_lettered(onri_buf *b, onr_sv s, char letter)
{
    onri_buf_addc(b, '"');
    onri_buf_addc(b, letter);
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        if (c == ' ' || c == '-') {
            onri_buf_addc(b, ' ');
            onri_buf_addc(b, letter);
        } else if (c == '"') {
            onri_buf_addz(b, "\"\"");
        } else if (c != '\0') {
            onri_buf_addc(b, c);
        }
    }
    onri_buf_addc(b, '"');
}

/* A value of the question, whichever way it goes into `to`. */
static void value(query *q, onri_buf *to, onr_cell v)
{
    static const char *const names[] = {
#define TEN(d) d "0", d "1", d "2", d "3", d "4", d "5", d "6", d "7", d "8", d "9"
        TEN(":p"),  TEN(":p1"), TEN(":p2"), TEN(":p3"), TEN(":p4"),
        TEN(":p5"), TEN(":p6"), TEN(":p7"), TEN(":p8"), TEN(":p9"),
#undef TEN
    };
    if (q->literal) {
        if (v.kind == ONR_CELL_TEXT)
            quote(to, v.s, '\'');
        else if (v.kind == ONR_CELL_INT)
            onri_buf_fmt(to, "%lld", (long long)v.i);
        else
            onri_buf_fmt(to, "%d/1000.0", (int)(v.d * 1000));
        return;
    }
    if (q->n_params >= sizeof names / sizeof *names) {
        if (q->status == ONR_OK)
            q->status = onri_fail(q->err, ONR_E_LIMIT, "find", "too many conditions");
        return;
    }
    q->params[q->n_params] = (onr_param){ names[q->n_params], v };
    onri_buf_addz(to, names[q->n_params++]);
}

static onr_cell text(onr_sv s)
{
    return (onr_cell){ ONR_CELL_TEXT, 0, 0, s };
}

static onr_cell number(int64_t i)
{
    return (onr_cell){ ONR_CELL_INT, i, 0, { NULL, 0 } };
}

static void and_where(query *q)
{
    onri_buf_addz(&q->where, "\n  AND ");
}

static void and_match(query *q)
{
    if (q->match.n) onri_buf_addz(&q->match, " AND ");
}

/* ---- words
 * ------------------------------------------------------------------------------------ */

typedef struct word {
    onr_sv s;
    bool prefix, without, is_or;
} word;

/* Next word or "phrase" of what the reader typed. */
static bool next_word(onr_sv *rest, word *w)
{
    *rest = onri_trim(*rest);
    *w = (word){ 0 };
    if (rest->n && rest->p[0] == '-' && rest->n > 1) {
        w->without = true;
        *rest = onri_sub(*rest, 1, rest->n);
    }
    if (rest->n == 0) return false;
    size_t n;
    if (rest->p[0] == '"') {
        n = onri_find(*rest, ONR_SV("\""), 1);
        if (n == SIZE_MAX) n = rest->n; /* an open quote goes to the end */
        w->s = onri_sub(*rest, 1, n);
        n += n < rest->n;
    } else {
        for (n = 0; n < rest->n && !strchr(" \t\r\n\"", rest->p[n]);) n++;
        w->s = onri_sub(*rest, 0, n);
        w->is_or = onri_eqz(w->s, "OR") && !w->without;
        if (w->s.n > 1 && w->s.p[w->s.n - 1] == '*') {
            w->prefix = true;
            w->s.n--;
        }
    }
    *rest = onri_sub(*rest, n, rest->n);
    if (rest->n && rest->p[0] == '*') {
        w->prefix = true;
        *rest = onri_sub(*rest, 1, rest->n);
    }
    return true;
}

static void put_word(onri_buf *b, const word *w)
{
    quote(b, w->s, '"');
    if (w->prefix) onri_buf_addz(b, " *");
}

/* One side of an OR: all of its words, none of those with a minus. False: nothing to look for. */
static bool put_group(query *q, const word *w, size_t n, onri_buf *b)
{
    size_t wanted = 0, not_wanted = 0;
    for (size_t i = 0; i < n; i++) {
        if (w[i].without)
            not_wanted++;
        else
            wanted++;
    }
    if (wanted == 0) return false;
    const bool near = q->f->near && wanted > 1;
    onri_buf_addz(b, not_wanted ? "((" : "(");
    if (near) onri_buf_addz(b, "NEAR(");
    bool first = true;
    for (size_t i = 0; i < n; i++) {
        if (w[i].without) continue;
        if (!first) onri_buf_addz(b, near ? " " : " AND ");
        put_word(b, &w[i]);
        first = false;
    }
    if (near) onri_buf_fmt(b, ", %u)", q->f->near);
    onri_buf_addz(b, ")");
    for (size_t i = 0; i < n; i++) {
        if (!w[i].without) continue;
        onri_buf_addz(b, " NOT ");
        put_word(b, &w[i]);
    }
    if (not_wanted) onri_buf_addz(b, ")");
    return true;
}

/* The reader's words as a question to the index. */
static bool put_words(query *q, onri_buf *b)
{
    word w[WORDS_MAX];
    size_t n = 0;
    onr_sv rest = q->f->words;
    bool any = false;
    for (bool more = true; more;) {
        more = n < WORDS_MAX && next_word(&rest, &w[n]);
        if (more && !w[n].is_or) {
            n += w[n].s.n > 0;
            continue;
        }
        if (n == 0 && !more) break;
        if (any) onri_buf_addz(b, " OR ");
        if (!put_group(q, w, n, b)) return false;
        any = true;
        n = 0;
    }
    return any && onri_trim(rest).n == 0;
}

static onr_status match_words(query *q)
{
    if (onri_trim(q->f->words).n == 0) return ONR_OK;
    and_match(q);
    onri_buf_addz(&q->match, "words : (");
    if (!put_words(q, &q->match))
        return onri_fail(q->err, ONR_E_SYNTAX, "find",
                         "cannot read the words to look for: some word without '-', at most %d",
                         WORDS_MAX);
    onri_buf_addz(&q->match, ")");
    return ONR_OK;
}

/* ---- names
 * ------------------------------------------------------------------------------------ */

typedef struct names {
    onr_sv at[NAMES_MAX];
    size_t n;
} names;

static bool add_name(const query *q, names *v, onr_sv s)
{
    for (size_t i = 0; i < v->n; i++)
        if (onri_eq(v->at[i], s)) return true;
    if (v->n == NAMES_MAX) return true;
    v->at[v->n] = onri_dup(q->mem, s);
    return v->at[v->n++].p != NULL;
}

static onr_status collect(query *q, const char *sql, onr_sv what, names *v)
{
    sqlite3_stmt *st = onri_store_stmt(q->s, sql);
    onri_bind_sv(st, 1, what);
    for (;;) {
        bool row;
        const onr_status status = onri_store_step(q->s, st, &row, q->err);
        if (!row) return status;
        if (!add_name(q, v, onri_column_sv(st, 0))) {
            (void)sqlite3_reset(st);
            return onri_fail_mem(q->err, q->mem, "find");
        }
    }
}

/* Names that somebody may mean: as written; of an actor who goes by that name; of the state with
 * that code. None: any name that has these words in it. */
static onr_status look_up(query *q, onr_sv what, names *v)
{
    onr_status st =
        collect(q, "SELECT name FROM entity WHERE name = ?1 COLLATE NOCASE LIMIT 1", what, v);
    if (st == ONR_OK)
        st = collect(
            q,
            "SELECT DISTINCT o.name FROM actor_name n JOIN actor_name o ON o.actor = n.actor "
            "WHERE n.name = ?1 ORDER BY o.n_articles DESC, o.name LIMIT 16",
            what, v);
    if (st == ONR_OK && what.n == 3)
        st = collect(q,
                     "WITH RECURSIVE n(name) AS (SELECT min(name) FROM entity WHERE country = "
                     "upper(?1) AND type = 'state' UNION ALL SELECT (SELECT min(name) FROM entity "
                     "WHERE country = upper(?1) AND type = 'state' AND name > n.name) FROM n WHERE "
                     "n.name IS NOT NULL) SELECT name FROM n WHERE name IS NOT NULL LIMIT 8",
                     what, v);
    return st;
}

static const char like_escape[] = " ESCAPE '\\'";

static onr_sv like(query *q, onr_sv s)
{
    onri_buf b = onri_buf_make(1 << 20);
    onri_buf_addc(&b, '%');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '%' || s.p[i] == '_' || s.p[i] == '\\') onri_buf_addc(&b, '\\');
        if (s.p[i]) onri_buf_addc(&b, s.p[i]);
    }
    onri_buf_addc(&b, '%');
    const onr_sv out = b.status == ONR_OK ? onri_dup(q->mem, onri_buf_sv(&b)) : (onr_sv){ NULL, 0 };
    onri_buf_drop(&b);
    if (!out.p && q->status == ONR_OK)
        q->status = onri_fail(q->err, ONR_E_NOMEM, "find", "out of memory");
    return out;
}

static bool is_word_byte(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/* Whether every name with the words of b has those of a side by side, as the index sees them: a
 * stands in b from a place where a word gets its letter to the end of a word. */
static bool has_words_of(onr_sv b, onr_sv a)
{
    while (a.n && !is_word_byte(a.p[a.n - 1])) a.n--;
    if (a.n == 0 || a.n > 1000 || !is_word_byte(a.p[0])) return false;
    for (size_t i = 0; i + a.n <= b.n; i++) {
        if (i && b.p[i - 1] != ' ' && b.p[i - 1] != '-') continue;
        if (i + a.n < b.n && is_word_byte(b.p[i + a.n])) continue;
        if (sqlite3_strnicmp(b.p + i, a.p, (int)a.n) == 0) return true;
    }
    return false;
}

/* A name that another one of them finds anyway need not be asked for: each is a walk of its own. */
static bool is_found_anyway(const names *v, size_t at)
{
    for (size_t i = 0; i < v->n; i++)
        if (i != at && has_words_of(v->at[at], v->at[i]) &&
            (i < at || !has_words_of(v->at[i], v->at[at])))
            return true;
    return false;
}

/* One of the names, in one column of the index; what of the hits is none of them, the question
 * looks up. */
static void match_names(query *q, const names *v, const char *column, char letter)
{
    bool any = false;
    onri_buf_fmt(&q->match, "%s : (", column);
    for (size_t i = 0; i < v->n; i++) {
        if (is_found_anyway(v, i)) continue;
        if (any) onri_buf_addz(&q->match, " OR ");
        quote_lettered(&q->match, v->at[i], letter);
        any = true;
    }
    onri_buf_addz(&q->match, ")");
}

static const struct party_column {
    const char *name;
    char letter;
} party_columns[] = { { "who", 'w' }, { "whom", 't' }, { "about", 'a' } };

/* Somebody in a part of the fact: columns first to last of party_columns. */
static onr_status by_name(query *q, onr_sv what, size_t first, size_t last, const char *parts)
{
    what = onri_trim(what);
    if (what.n == 0) return ONR_OK;
    names v = { .n = 0 };
    const onr_status st = look_up(q, what, &v);
    if (st != ONR_OK) return st;
    names roughly = v; /* the words themselves, too: of a person's name a part will do */
    if (!add_name(q, &roughly, what)) return onri_fail_mem(q->err, q->mem, "find");
    and_match(q);
    if (first < last) onri_buf_addc(&q->match, '(');
    for (size_t i = first; i <= last; i++) {
        if (i > first) onri_buf_addz(&q->match, " OR ");
        match_names(q, &roughly, party_columns[i].name, party_columns[i].letter);
    }
    if (first < last) onri_buf_addc(&q->match, ')');
    if (v.n == 0) return ONR_OK;
    and_where(q);
    onri_buf_fmt(
        &q->where,
        "EXISTS (SELECT 1 FROM party y JOIN entity e ON e.id = y.entity WHERE y.fact = f.id "
        "AND y.part IN (%s)\n    AND (e.name COLLATE NOCASE IN (",
        parts);
    for (size_t i = 0; i < v.n; i++) {
        if (i) onri_buf_addz(&q->where, ", ");
        value(q, &q->where, text(v.at[i]));
    }
    onri_buf_addz(&q->where, ") OR e.type = 'person' AND e.name LIKE ");
    value(q, &q->where, text(like(q, what)));
    onri_buf_fmt(&q->where, "%s))", like_escape);
    return ONR_OK;
}

/* ---- other filters
 * ---------------------------------------------------------------------------- */

/* All the words of what, in a column of the index. */
static void by_column(query *q, onr_sv what, const char *column, char letter)
{
    word w;
    onr_sv rest = what;
    while (next_word(&rest, &w)) {
        if (w.s.n == 0) continue;
        and_match(q);
        onri_buf_fmt(&q->match, "%s : ", column);
        quote_lettered(&q->match, w.s, letter);
        if (w.prefix) onri_buf_addz(&q->match, " *");
    }
}

/* "a,b": one of these, as tags of the index and exactly. */
static void by_list(query *q, onr_sv list, const char *expression)
{
    list = onri_trim(list);
    if (list.n == 0) return;
    and_match(q);
    and_where(q);
    onri_buf_addz(&q->match, "tags : (");
    onri_buf_fmt(&q->where, "%s COLLATE NOCASE IN (", expression);
    onr_sv piece;
    bool first = true;
    while (onri_split(&list, ',', &piece)) {
        piece = onri_trim(piece);
        if (piece.n == 0) continue;
        if (!first) onri_buf_addz(&q->match, " OR ");
        if (!first) onri_buf_addz(&q->where, ", ");
        quote_lettered(&q->match, piece, 'k');
        value(q, &q->where, text(piece));
        first = false;
    }
    if (first) onri_buf_addz(&q->match, "\"\"");
    onri_buf_addz(&q->match, ")");
    onri_buf_addz(&q->where, ")");
}

static uint32_t fact_layers(const onr_find *f)
{
    const uint32_t all = (1u << ONR_LAYER_SENTENCE) - 1;
    return f->layers ? f->layers & all : all;
}

static void by_layers(query *q)
{
    const uint32_t all = (1u << ONR_LAYER_SENTENCE) - 1, want = fact_layers(q->f);
    if (want == all) return;
    const bool indexed = q->match.n > 0; /* alone, the table's own index does it */
    and_where(q);
    onri_buf_addz(&q->where, "f.layer IN (");
    if (indexed) onri_buf_addz(&q->match, " AND tags : (");
    bool first = true;
    for (int l = 0; l < ONR_LAYER_SENTENCE; l++) {
        if (!(want >> l & 1)) continue;
        const onr_sv name = onri_svz(onr_layer_name((onr_layer)l));
        if (!first) onri_buf_addz(&q->where, ", ");
        quote(&q->where, name, '\'');
        if (indexed && !first) onri_buf_addz(&q->match, " OR ");
        if (indexed) quote_lettered(&q->match, name, 'k');
        first = false;
    }
    if (indexed) onri_buf_addz(&q->match, ")");
    onri_buf_addz(&q->where, ")");
}

static onr_status by_date(query *q, const char *id)
{
    int64_t first = INT64_MIN, last = INT64_MAX, skip;
    const onr_find *f = q->f;
    if (f->since.n && !onri_store_range(f->since, &first, &skip))
        return onri_fail(q->err, ONR_E_RANGE, "find",
                         "not a date: '%.*s' (YYYY, YYYY-MM, YYYY-MM-DD)",
                         (int)(f->since.n > 40 ? 40 : f->since.n), f->since.p);
    if (f->until.n && !onri_store_range(f->until, &skip, &last))
        return onri_fail(q->err, ONR_E_RANGE, "find",
                         "not a date: '%.*s' (YYYY, YYYY-MM, YYYY-MM-DD)",
                         (int)(f->until.n > 40 ? 40 : f->until.n), f->until.p);
    if (f->until.n && !f->since.n) first = (int64_t)1 << ONRI_DAY_BITS; /* with a date at all */
    if (f->before && f->before - 1 < last) last = f->before - 1;
    if (first != INT64_MIN) {
        and_where(q);
        onri_buf_fmt(&q->where, "%s >= ", id);
        value(q, &q->where, number(first));
    }
    if (last != INT64_MAX) {
        and_where(q);
        onri_buf_fmt(&q->where, "%s <= ", id);
        value(q, &q->where, number(last));
    }
    return ONR_OK;
}

/* Facts and sentences of one article stand together. */
static void by_article(query *q, const char *id, const char *table)
{
    if (q->f->article.n == 0) return;
    static const char *const ends[] = { ">= (SELECT min", "<= (SELECT max" };
    for (int i = 0; i < 2; i++) {
        and_where(q);
        onri_buf_fmt(&q->where,
                     "%s %s(i.id) FROM %s i JOIN article b ON b.id = i.article WHERE b.uid = ", id,
                     ends[i], table);
        value(q, &q->where, text(q->f->article));
        onri_buf_addz(&q->where, ")");
    }
}

static void by_publisher(query *q)
{
    if (onri_trim(q->f->publisher).n == 0) return;
    and_where(q);
    onri_buf_addz(&q->where, "p.name LIKE ");
    value(q, &q->where, text(like(q, onri_trim(q->f->publisher))));
    onri_buf_addz(&q->where, like_escape);
}

/* ---- the question
 * ----------------------------------------------------------------------------- */

#define WORDS_OF(part)                                                                             \
    "(SELECT coalesce(e.name, CAST(substr(CAST(t.text AS BLOB), y.start + 1, y.stop - y.start) "   \
    "AS "                                                                                          \
    "TEXT)) FROM party y LEFT JOIN entity e ON e.id = y.entity WHERE y.fact = f.id AND y.part = "  \
    "'" part "' ORDER BY y.n LIMIT 1)"
#define OF_WHO(what)                                                                               \
    "(SELECT " what                                                                                \
    " FROM party y JOIN entity e ON e.id = y.entity WHERE y.fact = f.id AND y.part "               \
    "= 'by' ORDER BY y.n LIMIT 1)"

/* What a layer has beside, when it is asked for alone. */
static const char *const more_columns[ONR_LAYER__COUNT] = {
    [ONR_LAYER_STATEMENT] = "s.time_from, s.time_to",
    [ONR_LAYER_EVENT] = "v.mode, v.cameo, v.goldstein, v.contexts, v.trigger_words, v.time_from, "
                        "v.time_to",
    [ONR_LAYER_COMMITMENT] = "c.strength, c.action, c.condition, c.deadline_from, c.deadline_to",
    [ONR_LAYER_DISPUTE] =
        "(SELECT group_concat(coalesce(e.name || ' ', '') || r.verdict || ': ' || r.words, ' ; ')\n"
        "    FROM response r LEFT JOIN entity e ON e.id = r.entity WHERE r.dispute = f.id) AS "
        "answers",
    [ONR_LAYER_POSITION] = "c.issue, c.topic, c.stance",
    [ONR_LAYER_RELATION] = "c.role, c.period",
};

static const char *const more_joins[ONR_LAYER__COUNT] = {
    [ONR_LAYER_COMMITMENT] = "  LEFT JOIN commitment c ON c.fact = f.id\n",
    [ONR_LAYER_POSITION] = "  LEFT JOIN position c ON c.fact = f.id\n",
    [ONR_LAYER_RELATION] = "  LEFT JOIN relation c ON c.fact = f.id\n",
};

/* The one layer that is asked for, or none. */
static int only_layer(const onr_find *f)
{
    for (int l = 0; l < ONR_LAYER_SENTENCE; l++)
        if (f->layers == 1u << l) return l;
    return -1;
}

static const char fact_columns[] =
    "SELECT f.id, f.uid, f.layer, f.kind, a.date, p.name AS publisher,\n"
    "  " WORDS_OF("by") " AS who,\n"
                        "  " OF_WHO("e.type") " AS who_type, " OF_WHO(
                            "e.country") " AS who_country,\n"
                                         "  (SELECT r.title FROM party y JOIN role r ON r.entity = "
                                         "y.entity WHERE y.fact = f.id AND y.part "
                                         "= 'by' ORDER BY y.n, r.n LIMIT 1) AS who_role,\n"
                                         "  " WORDS_OF(
                                             "to") " AS whom, f.words,\n"
                                                   "  CAST(substr(CAST(t.text AS BLOB), n.start + "
                                                   "1, n.stop - n.start) AS TEXT) AS sentence,\n"
                                                   "  s.form, v.status, s.negated, s.cue, f.start, "
                                                   "f.stop, n.start AS sentence_start,\n"
                                                   "  n.stop AS sentence_stop, f.rule, f.p, a.uid "
                                                   "AS article, a.title, a.uri, z.action AS "
                                                   "corrected,\n"
                                                   "  z.who AS corrected_by, z.made_at AS "
                                                   "corrected_at, z.why AS corrected_why\n";

static const char fact_joins[] =
    "  CROSS JOIN article a ON a.id = f.article\n"
    "  LEFT JOIN publisher p ON p.id = a.publisher\n"
    "  LEFT JOIN article_text t ON t.article = f.article\n"
    "  LEFT JOIN sentence n ON n.article = f.article AND n.n = f.sentence\n"
    "  LEFT JOIN statement s ON s.fact = f.id\n"
    "  LEFT JOIN event v ON v.fact = f.id\n"
    "  LEFT JOIN fact_corrected z ON z.fact = f.id\n";

static void finish(query *q, const char *id)
{
    onri_buf_add(&q->sql, onri_buf_sv(&q->where));
    onri_buf_fmt(&q->sql, "\nORDER BY %s DESC", id);
    if (q->f->limit) {
        onri_buf_addz(&q->sql, " LIMIT ");
        value(q, &q->sql, number((int64_t)(q->f->limit > INT32_MAX ? INT32_MAX : q->f->limit)));
    }
    if (q->status == ONR_OK && q->match.status != ONR_OK) q->status = q->match.status;
    if (q->status == ONR_OK && q->where.status != ONR_OK) q->status = q->where.status;
    onri_buf_addc(&q->sql, '\0');
    if (q->status == ONR_OK && q->sql.status != ONR_OK) q->status = q->sql.status;
}

static onr_status fact_question(query *q)
{
    const onr_find *f = q->f;
    onr_status st = match_words(q);
    if (st == ONR_OK) st = by_name(q, f->by, 0, 0, "'by'");
    if (st == ONR_OK) st = by_name(q, f->to, 1, 1, "'to'");
    if (st == ONR_OK) st = by_name(q, f->about, 2, 2, "'about', 'place'");
    if (st == ONR_OK) st = by_name(q, f->any, 0, 2, "'by', 'to', 'about', 'place'");
    if (st != ONR_OK) return st;
    by_column(q, f->role, "role", 'r');
    by_column(q, f->country, "country", 'c');
    by_list(q, f->kinds, "f.kind");
    by_list(q, f->form, "s.form");
    by_list(q, f->status, "v.status");
    by_column(q, f->publisher, "publisher", 'p');
    by_layers(q);
    if (onri_trim(f->type).n) {
        and_where(q);
        onri_buf_addz(&q->where, OF_WHO("e.type") " = ");
        value(q, &q->where, text(onri_trim(f->type)));
    }
    if (f->min_p > 0) {
        and_where(q);
        onri_buf_addz(&q->where, "f.p >= ");
        value(q, &q->where, (onr_cell){ ONR_CELL_REAL, 0, f->min_p, { NULL, 0 } });
    }
    const bool indexed = q->match.n > 0;
    const char *id = indexed ? "x.rowid" : "f.id";
    st = by_date(q, id);
    if (st != ONR_OK) return st;
    by_article(q, id, "fact");
    const int layer = only_layer(f);
    onri_buf_addz(&q->sql, fact_columns);
    if (layer >= 0) onri_buf_fmt(&q->sql, ",\n  %s", more_columns[layer]);
    onri_buf_addz(&q->sql, "\n");
    onri_buf_addz(&q->sql, indexed ? "FROM fact_fts x CROSS JOIN fact f ON f.id = x.rowid\n"
                                   : "FROM fact f\n");
    onri_buf_addz(&q->sql, fact_joins);
    if (layer >= 0 && more_joins[layer]) onri_buf_addz(&q->sql, more_joins[layer]);
    onri_buf_addz(&q->sql, "WHERE ");
    if (indexed) {
        onri_buf_addz(&q->sql, "fact_fts MATCH ");
        value(q, &q->sql, text(onri_buf_sv(&q->match)));
    } else {
        onri_buf_addz(&q->sql, "1");
    }
    finish(q, id);
    return ONR_OK;
}

static const char sentence_columns[] =
    "SELECT n.id, NULL AS uid, 'sentence' AS layer, 'sentence' AS kind, a.date, p.name AS "
    "publisher, "
    "NULL AS who,\n  NULL AS who_type, NULL AS who_country, NULL AS who_role, NULL AS whom,\n"
    "  CAST(substr(CAST(t.text AS BLOB), n.start + 1, n.stop - n.start) AS TEXT) AS words,\n"
    "  CAST(substr(CAST(t.text AS BLOB), n.start + 1, n.stop - n.start) AS TEXT) AS sentence,\n"
    "  NULL AS form, NULL AS status, NULL AS negated, NULL AS cue, n.start, n.stop,\n"
    "  n.start AS sentence_start, n.stop AS sentence_stop, NULL AS rule, NULL AS p, a.uid AS "
    "article, "
    "a.title, a.uri, NULL AS corrected, NULL AS corrected_by, NULL AS corrected_at, NULL AS "
    "corrected_why\n";

static onr_status sentence_question(query *q)
{
    onr_status st = match_words(q);
    if (st != ONR_OK) return st;
    by_publisher(q);
    const bool indexed = q->match.n > 0;
    const char *id = indexed ? "x.rowid" : "n.id";
    st = by_date(q, id);
    if (st != ONR_OK) return st;
    by_article(q, id, "sentence");
    onri_buf_addz(&q->sql, sentence_columns);
    onri_buf_addz(&q->sql, indexed ? "FROM sentence_fts x CROSS JOIN sentence n ON n.id = x.rowid\n"
                                   : "FROM sentence n\n");
    onri_buf_addz(&q->sql, "  CROSS JOIN article a ON a.id = n.article\n"
                           "  LEFT JOIN publisher p ON p.id = a.publisher\n"
                           "  LEFT JOIN article_text t ON t.article = n.article\nWHERE ");
    if (indexed) {
        onri_buf_addz(&q->sql, "sentence_fts MATCH ");
        value(q, &q->sql, text(onri_buf_sv(&q->match)));
    } else {
        onri_buf_addz(&q->sql, "1");
    }
    finish(q, id);
    return ONR_OK;
}

/* ---- what people rejected
 * --------------------------------------------------------------------- */

static const char rejected_columns[] =
    "SELECT r.id, r.uid, r.layer, r.kind, a.date, p.name AS publisher, r.by_name AS who,\n"
    "  NULL AS who_type, NULL AS who_country, NULL AS who_role, r.to_name AS whom, r.words,\n"
    "  CAST(substr(CAST(t.text AS BLOB), n.start + 1, n.stop - n.start) AS TEXT) AS sentence,\n"
    "  NULL AS form, NULL AS status, NULL AS negated, NULL AS cue, r.start, r.stop,\n"
    "  n.start AS sentence_start, n.stop AS sentence_stop, r.rule, r.p, a.uid AS article, a.title, "
    "a.uri,\n"
    "  'reject' AS corrected, r.who AS corrected_by, r.made_at AS corrected_at, r.why AS "
    "corrected_why\n"
    "FROM rejected r CROSS JOIN article a ON a.id = r.article\n"
    "  LEFT JOIN publisher p ON p.id = a.publisher\n"
    "  LEFT JOIN article_text t ON t.article = r.article\n"
    "  LEFT JOIN sentence n ON n.article = r.article AND n.n = r.sentence\n"
    "WHERE 1";

/* One of the columns has the name in it. */
static void rejected_by(query *q, onr_sv name, bool by, bool to)
{
    name = onri_trim(name);
    if (name.n == 0) return;
    and_where(q);
    onri_buf_addz(&q->where, "(0");
    if (by) onri_buf_addz(&q->where, " OR r.by_name LIKE ");
    if (by) value(q, &q->where, text(like(q, name)));
    if (by) onri_buf_addz(&q->where, like_escape);
    if (to) onri_buf_addz(&q->where, " OR r.to_name LIKE ");
    if (to) value(q, &q->where, text(like(q, name)));
    if (to) onri_buf_addz(&q->where, like_escape);
    onri_buf_addc(&q->where, ')');
}

static void rejected_in(query *q, onr_sv list)
{
    onr_sv piece;
    list = onri_trim(list);
    if (list.n == 0) return;
    and_where(q);
    onri_buf_addz(&q->where, "r.kind COLLATE NOCASE IN (''");
    while (onri_split(&list, ',', &piece)) {
        onri_buf_addz(&q->where, ", ");
        value(q, &q->where, text(onri_trim(piece)));
    }
    onri_buf_addc(&q->where, ')');
}

/* They are few, and stand in a table of their own with its own full text. */
static onr_status rejected_question(query *q)
{
    const onr_find *f = q->f;
    onr_status st = match_words(q);
    if (st != ONR_OK) return st;
    if (q->match.n) {
        and_where(q);
        onri_buf_addz(&q->where,
                      "r.id IN (SELECT rowid FROM rejected_fts WHERE rejected_fts MATCH ");
        value(q, &q->where, text(onri_buf_sv(&q->match)));
        onri_buf_addc(&q->where, ')');
    }
    rejected_by(q, f->by, true, false);
    rejected_by(q, f->to, false, true);
    rejected_by(q, f->any, true, true);
    rejected_in(q, f->kinds);
    by_publisher(q);
    if (f->layers) {
        and_where(q);
        onri_buf_addz(&q->where, "r.layer IN (''");
        for (int l = 0; l < ONR_LAYER_SENTENCE; l++)
            if (f->layers >> l & 1) onri_buf_fmt(&q->where, ", '%s'", onr_layer_name((onr_layer)l));
        onri_buf_addc(&q->where, ')');
    }
    if (f->article.n) {
        and_where(q);
        onri_buf_addz(&q->where, "a.uid = ");
        value(q, &q->where, text(f->article));
    }
    st = by_date(q, "r.id");
    if (st != ONR_OK) return st;
    onri_buf_addz(&q->sql, rejected_columns);
    finish(q, "r.id");
    return ONR_OK;
}

/* ---- asking
 * ----------------------------------------------------------------------------------- */

/* Filters that only facts can meet. */
static bool only_facts(const onr_find *f)
{
    return f->by.n || f->to.n || f->about.n || f->any.n || f->role.n || f->country.n ||
           f->kinds.n || f->form.n || f->status.n || f->type.n || f->min_p > 0;
}

static onr_status question(query *q, bool sentences)
{
    q->match = onri_buf_make(1 << 20);
    q->where = onri_buf_make(1 << 20);
    q->sql = onri_buf_make(1 << 20);
    q->n_params = 0;
    q->status = ONR_OK;
    onr_status st = q->f->rejected ? rejected_question(q)
                    : sentences    ? sentence_question(q)
                                   : fact_question(q);
    if (st == ONR_OK && q->status != ONR_OK) {
        st = q->status;
        if (st != ONR_E_LIMIT || q->sql.status != ONR_OK)
            (void)onri_fail(q->err, st, "find",
                            st == ONR_E_LIMIT ? "the question is too long" : "out of memory");
    }
    return st;
}

static void forget(query *q)
{
    onri_buf_drop(&q->match);
    onri_buf_drop(&q->where);
    onri_buf_drop(&q->sql);
}

static bool asks_sentences(const onr_find *f)
{
    return f->layers >> ONR_LAYER_SENTENCE & 1;
}

static onr_status sentences_fit(const onr_find *f, onr_error *err)
{
    if (f->rejected && (f->about.n || f->role.n || f->country.n || f->form.n || f->status.n ||
                        f->type.n || f->min_p > 0 || asks_sentences(f)))
        return onri_fail(err, ONR_E_RANGE, "find",
                         "rejected facts are found by words, by, to, any, kind, layer, publisher, "
                         "article and date; the other filters are for facts that stand");
    if (f->layers == 1u << ONR_LAYER_SENTENCE && only_facts(f))
        return onri_fail(
            err, ONR_E_RANGE, "find",
            "sentences have words, dates and publishers; the other filters are for facts");
    return ONR_OK;
}

/* Numbers the rows of both questions through. */
typedef struct counted {
    onr_row_fn row;
    void *ctx;
    uint64_t n;
} counted;

static bool count_row(void *ctx, const onr_row *row)
{
    counted *c = ctx;
    onr_row r = *row;
    r.n = c->n++;
    return c->row(c->ctx, &r);
}

onr_status onr_store_find(onr_store *s, const onr_find *find, onr_row_fn row, void *ctx,
                          uint64_t *n, onr_error *err)
{
    onr_arena mem = onr_arena_make(16 * ONR_MIB);
    counted c = { row, ctx, 0 };
    onr_find f = *find;
    onr_status st = sentences_fit(find, err);
    const bool both[] = { fact_layers(find) != 0, asks_sentences(find) && !only_facts(find) };
    for (int i = 0; st == ONR_OK && i < 2; i++) {
        if (!both[i] || (find->limit && c.n >= find->limit)) continue;
        if (find->limit) f.limit = find->limit - c.n;
        query q = { .s = s, .mem = &mem, .f = &f, .err = err };
        st = question(&q, i == 1);
        if (st == ONR_OK)
            st = onr_store_sql(s, q.sql.p, q.params, q.n_params, 0, row ? count_row : NULL, &c,
                               NULL, err);
        forget(&q);
    }
    onr_arena_drop(&mem);
    if (n) *n = c.n;
    return st;
}

onr_status onr_store_find_sql(onr_store *s, onr_arena *mem, const onr_find *find, onr_sv *out,
                              onr_error *err)
{
    query q = { .s = s, .mem = mem, .f = find, .literal = true, .err = err };
    onr_status st = sentences_fit(find, err);
    if (st != ONR_OK) return st;
    st = question(&q, fact_layers(find) == 0);
    if (st == ONR_OK) {
        *out = onri_dup(mem, onri_sv(q.sql.p, q.sql.n - 1));
        if (!out->p) st = onri_fail_mem(err, mem, "find");
    }
    forget(&q);
    return st;
}
