/* Scanning a parse for times. Words come from data/time/words.tsv, the grammar stands here:
 * each pattern is tried at each token, the longest match wins. Source: own.
 *
 * Left out on purpose: clock times beyond the day they belong to, holidays, fiscal quarters. */
#include "facts/time.h"

typedef enum word_class {
    W_MONTH,
    W_WEEKDAY,
    W_DEICTIC,
    W_UNIT,
    W_UNITS,
    W_NUMBER,
    W_PART,
    W_SEASON,
    W_WHICH,
    W_WHOLE,
    W_DAYPART,
    W_AHEAD,
    W_PLAN,
    W__COUNT
} word_class;

static const char *const class_names[W__COUNT] = { "month", "weekday", "deictic", "unit",
                                                   "units", "number",  "part",    "season",
                                                   "which", "whole",   "daypart", "ahead",
                                                   "plan" };

typedef enum grain {
    G_MINUTE,
    G_HOUR,
    G_DAY,
    G_WEEKEND,
    G_WEEK,
    G_FORTNIGHT,
    G_MONTH,
    G_SEASON,
    G_QUARTER,
    G_YEAR,
    G_DECADE,
    G_CENTURY,
    G__COUNT
} grain;

static const char *const grain_names[G__COUNT] = { "minute",  "hour",      "day",    "weekend",
                                                   "week",    "fortnight", "month",  "season",
                                                   "quarter", "year",      "decade", "century" };

enum { PART_EARLY, PART_MID, PART_LATE };
enum { WORD_MAX_CLASSES = 4, NUMBER_VAGUE = 0 };

typedef struct word {
    uint32_t has; /* bit a class */
    int16_t value[W__COUNT];
} word;

struct onri_time_words {
    onri_atoms atoms;
    ONRI_VEC(word) words;
};

/* ---- words ---------------------------------------------------------------------------------- */

static int name_index(const char *const *names, int n, onr_sv s)
{
    for (int i = 0; i < n; i++)
        if (onri_eqz(s, names[i])) return i;
    return -1;
}

/* Numeric meaning of a value column; false if it has none. */
static bool value_of(word_class c, onr_sv s, int16_t *out)
{
    static const char *const parts[] = { "early", "mid", "late" };
    static const char *const which[] = { "last", "this", "next" };
    int v = -1;
    if (c == W_UNIT || c == W_UNITS)
        v = name_index(grain_names, G__COUNT, s);
    else if (c == W_PART)
        v = name_index(parts, 3, s);
    else if (c == W_WHICH || c == W_WHOLE)
        v = name_index(which, 3, s);
    if (v >= 0) {
        *out = (int16_t)(c == W_WHICH || c == W_WHOLE ? v - 1 : v);
        return true;
    }
    const bool minus = s.n && s.p[0] == '-';
    uint64_t n;
    if (!onri_parse_u64(minus ? onri_sub(s, 1, s.n) : s, &n) || n > 10000) return false;
    *out = (int16_t)(minus ? -(int)n : (int)n);
    return true;
}

static bool new_word(onr_arena *mem, onri_time_words *w)
{
    const word *slot = ONRI_PUSH(mem, &w->words);
    return slot != NULL;
}

onr_status onri_time_words_load(onr_arena *mem, onr_sv tsv, const onri_time_words **out,
                                onr_error *err)
{
    onri_time_words *w = ONRI_NEW(mem, onri_time_words);
    if (!w) return onri_fail_mem(err, mem, "time");
    onri_atoms_init(&w->atoms, mem);
    uint32_t line = 0;
    for (onr_sv rest = tsv, row; onri_split(&rest, '\n', &row);) {
        line++;
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv name = onri_cell(&row, '\t'), cls = onri_cell(&row, '\t');
        const onr_sv val = onri_cell(&row, '\t');
        int16_t v = 0;
        const int c = name_index(class_names, W__COUNT, cls);
        if (c < 0 || !value_of((word_class)c, val, &v))
            return onri_fail(err, ONR_E_SYNTAX, "time",
                             "time words, line %u: unknown class or value", line);
        const uint32_t atom = onri_atom(&w->atoms, name);
        if (atom == ONR_NONE || (atom == w->words.n && !new_word(mem, w)))
            return onri_fail_mem(err, mem, "time");
        w->words.at[atom].has |= 1u << c;
        w->words.at[atom].value[c] = v;
    }
    *out = w;
    return ONR_OK;
}

/* ---- scanning ------------------------------------------------------------------------------- */

typedef struct scan {
    const onri_time_words *words;
    const onr_parse *parse;
    onri_day anchor;
    onri_day ref_from, ref_to; /* the time resolved before this one */
    uint32_t limit;            /* end of the sentence in tokens */
} scan;

/* A match: tokens consumed (0: none) and its interval. */
typedef struct match {
    uint32_t end;
    onri_day from, to;
    grain g;
} match;

static const onr_token *tok(const scan *s, uint32_t i)
{
    return &s->parse->tokens[i];
}

static bool is(const scan *s, uint32_t i, word_class c, int *value)
{
    if (i >= s->limit) return false;
    const uint32_t a = onri_atom_find(&s->words->atoms, tok(s, i)->lower);
    if (a == ONR_NONE || !(s->words->words.at[a].has & 1u << c)) return false;
    *value = s->words->words.at[a].value[c];
    return true;
}

static bool lower_is(const scan *s, uint32_t i, const char *w)
{
    return i < s->limit && onri_eqz(tok(s, i)->lower, w);
}

static onr_sv text_of(const scan *s, uint32_t i)
{
    return onri_sub(s->parse->text, tok(s, i)->beg, tok(s, i)->end);
}

/* Digits only (or digits with st, nd, rd, th when ordinal), in lo..hi. */
static bool digits(const scan *s, uint32_t i, bool ordinal, uint32_t lo, uint32_t hi, uint32_t *out)
{
    if (i >= s->limit) return false;
    onr_sv w = tok(s, i)->lower;
    static const char *const ends[] = { "st", "nd", "rd", "th" };
    for (int k = 0; ordinal && k < 4; k++)
        if (w.n > 2 && onri_ends(w, onri_svz(ends[k]))) {
            w.n -= 2;
            break;
        }
    uint64_t v;
    if (w.n > 4 || !onri_parse_u64(w, &v) || v < lo || v > hi) return false;
    *out = (uint32_t)v;
    return true;
}

static bool is_year(const scan *s, uint32_t i, uint32_t *y)
{
    return i < s->limit && tok(s, i)->end - tok(s, i)->beg == 4 &&
           digits(s, i, false, 1000, 2199, y);
}

/* Does what governs token i lie ahead of the article? */
static bool is_ahead(const scan *s, uint32_t i)
{
    const onr_token *t = s->parse->tokens;
    const uint32_t beg = s->parse->sentences[t[i].sent].beg;
    int v;
    uint32_t at = i;
    for (int step = 0; step < 8 && t[at].head != at; step++) {
        at = t[at].head;
        if (t[at].pos == ONR_POS_NOUN || t[at].pos == ONR_POS_PROPN) {
            for (uint32_t k = t[at].l_edge; k < at; k++)
                if (t[k].head == at && is(s, k, W_AHEAD, &v)) return true;
            continue;
        }
        if (t[at].pos != ONR_POS_VERB && t[at].pos != ONR_POS_AUX) continue;
        bool to = false;
        for (uint32_t k = t[at].l_edge; k < at; k++) {
            if (t[k].head != at || (t[k].dep != ONR_DEP_AUX && t[k].dep != ONR_DEP_AUXPASS))
                continue;
            if (onri_eqz(t[k].lemma, "will") || onri_eqz(t[k].lemma, "shall") ||
                onri_eqz(t[k].lower, "'ll") || onri_eqz(t[k].lower, "would") ||
                onri_eqz(t[k].lower, "may") || onri_eqz(t[k].lower, "might") ||
                onri_eqz(t[k].lower, "must") || onri_eqz(t[k].lower, "should"))
                return true;
            to = to || t[k].tag == ONR_TAG_TO;
        }
        if (t[at].tag == ONR_TAG_VBD) return false;
        if (to && t[at].head != at) { /* "plans to meet", "was due to start", "is going to" */
            const onr_token *h = &t[t[at].head];
            if (onri_eqz(h->lower, "going")) return true;
            const uint32_t a = onri_atom_find(&s->words->atoms, h->lemma);
            if (a != ONR_NONE && s->words->words.at[a].has & 1u << W_PLAN) return true;
            continue;
        }
        const bool present = t[at].tag == ONR_TAG_VBZ || t[at].tag == ONR_TAG_VBP;
        if (present && at >= beg) return true; /* "meets on Tuesday" */
        if (t[at].tag == ONR_TAG_VBN && is(s, at, W_AHEAD, &v)) return true;
        if (t[at].tag == ONR_TAG_VBN || t[at].dep != ONR_DEP_XCOMP) return false;
    }
    return false;
}

static void period(onri_day d, grain g, onri_day *from, onri_day *to)
{
    int32_t y;
    uint32_t m, day;
    onri_day_split(d, &y, &m, &day);
    *from = *to = d;
    switch (g) {
    case G_WEEK:
    case G_FORTNIGHT:
        *from = d - (onri_day)onri_weekday(d) + 1;
        *to = *from + (g == G_WEEK ? 6 : 13);
        break;
    case G_WEEKEND:
        *from = d - (onri_day)onri_weekday(d) + 6;
        *to = *from + 1;
        break;
    case G_MONTH:
        *from = onri_month_start(d, 0);
        *to = onri_month_start(d, 1) - 1;
        break;
    case G_SEASON:
        *from = onri_month_start(d, 0);
        *to = onri_month_start(d, 3) - 1;
        break;
    case G_QUARTER:
        *from = onri_month_start(d, -(int32_t)((m - 1) % 3));
        *to = onri_month_start(*from, 3) - 1;
        break;
    case G_YEAR:
        *from = onri_day_of(y, 1, 1);
        *to = onri_day_of(y, 12, 31);
        break;
    case G_DECADE:
        *from = onri_day_of(y - y % 10, 1, 1);
        *to = onri_day_of(y - y % 10 + 9, 12, 31);
        break;
    case G_CENTURY:
        *from = onri_day_of((y - 1) / 100 * 100 + 1, 1, 1);
        *to = onri_day_of((y - 1) / 100 * 100 + 100, 12, 31);
        break;
    default:
        break;
    }
}

/* d moved by n periods; NO_DAY outside the years 0..9999. */
static onri_day shift(onri_day d, grain g, int32_t n)
{
    static const int32_t months[G__COUNT] = { [G_MONTH] = 1, [G_SEASON] = 3,   [G_QUARTER] = 3,
                                              [G_YEAR] = 12, [G_DECADE] = 120, [G_CENTURY] = 1200 };
    static const int32_t days[G__COUNT] = {
        [G_DAY] = 1, [G_WEEKEND] = 7, [G_WEEK] = 7, [G_FORTNIGHT] = 14
    };
    if (d == ONRI_NO_DAY) return d;
    if (n > 10000 || n < -10000) return ONRI_NO_DAY;
    if (!months[g]) return d + days[g] * n;
    int32_t y;
    uint32_t m, day;
    onri_day_split(d, &y, &m, &day);
    const int32_t at = y * 12 + (int32_t)m - 1 + months[g] * n;
    if (at < 0 || at >= 9999 * 12) return ONRI_NO_DAY;
    const uint32_t last = onri_days_in_month(at / 12, (uint32_t)(at % 12) + 1);
    return onri_day_of(at / 12, (uint32_t)(at % 12) + 1, day < last ? day : last);
}

static void narrow(match *m, int part)
{
    if (m->from == ONRI_NO_DAY || m->to == ONRI_NO_DAY || m->to - m->from < 6) return;
    const onri_day from = m->from;
    if (m->g == G_MONTH) {
        m->from = from + 10 * part;
        if (part != PART_LATE) m->to = from + 10 * part + 9;
    } else if (m->g == G_YEAR) {
        m->from = onri_month_start(from, 4 * part);
        m->to = onri_month_start(from, 4 * part + 4) - 1;
    } else {
        const int32_t n = m->to - from + 1;
        m->to = from + n * (part + 1) / 3 - 1;
        m->from = from + n * part / 3;
    }
}

static match around(const scan *s, uint32_t end, onri_day d, grain g)
{
    (void)s;
    match m = { end, ONRI_NO_DAY, ONRI_NO_DAY, g };
    if (d != ONRI_NO_DAY) period(d, g, &m.from, &m.to);
    return m;
}

/* A month without a year: the nearest one on the side of the tense. */
static onri_day near_month(const scan *s, uint32_t i, uint32_t month, uint32_t day)
{
    if (s->anchor == ONRI_NO_DAY) return ONRI_NO_DAY;
    int32_t y;
    uint32_t m, d;
    onri_day_split(s->anchor, &y, &m, &d);
    const uint32_t want = day ? day : 1;
    const bool same = month == m && (day == 0 || day == d);
    onri_day at = onri_day_of(y, month, want);
    if (at == ONRI_NO_DAY || same) return at;
    if (is_ahead(s, i))
        return at < s->anchor && !(day == 0 && month == m) ? onri_day_of(y + 1, month, want) : at;
    return at > s->anchor ? onri_day_of(y - 1, month, want) : at;
}

/* ---- patterns: each gives end = 0 when it does not match at i -----------------------------------
 */

static match none(void)
{
    return (match){ 0, ONRI_NO_DAY, ONRI_NO_DAY, G_DAY };
}

/* 2018-07-13 in five tokens or one; 13.07.2018, 13/07/2018 in one where only one order is possible.
 */
static match pat_numeric(const scan *s, uint32_t i)
{
    uint32_t y, m, d;
    if (is_year(s, i, &y) && lower_is(s, i + 1, "-") && digits(s, i + 2, false, 1, 12, &m) &&
        lower_is(s, i + 3, "-") && digits(s, i + 4, false, 1, 31, &d) &&
        tok(s, i + 4)->end - tok(s, i)->beg == 10)
        return around(s, i + 5, onri_day_of((int32_t)y, m, d), G_DAY);
    onr_sv w = text_of(s, i);
    if (w.n < 8 || w.n > 10) return none();
    const onri_day iso = onri_day_parse(w);
    if (iso != ONRI_NO_DAY) return around(s, i + 1, iso, G_DAY);
    const char sep = memchr(w.p, '.', w.n) ? '.' : '/';
    uint64_t v[3];
    int n = 0;
    for (onr_sv rest = w, piece; n < 3 && onri_split(&rest, sep, &piece); n++)
        if (piece.n == 0 || piece.n > 4 || !onri_parse_u64(piece, &v[n])) return none();
    if (n != 3 || v[2] < 1000) return none();
    uint64_t day = v[0], month = v[1];
    if (sep == '/' && v[0] <= 12 && v[1] <= 12 && v[0] != v[1])
        return (match){ i + 1, ONRI_NO_DAY, ONRI_NO_DAY, G_DAY };
    if (month > 12) {
        day = v[1];
        month = v[0];
    }
    const onri_day at = onri_day_of((int32_t)v[2], (uint32_t)month, (uint32_t)day);
    return at == ONRI_NO_DAY ? none() : around(s, i + 1, at, G_DAY);
}

/* "May", "May 3", "May 3, 2011", "3 May 2011", "the 3rd of May", "May 2011", "May 3-5". */
static match pat_month(const scan *s, uint32_t i)
{
    int month;
    uint32_t day = 0, last = 0, year = 0, at = i;
    bool plain = true;
    if (lower_is(s, at, "the")) at++;
    if (at > i && !digits(s, at, true, 1, 31, &day)) return none();
    if (digits(s, at, true, 1, 31, &day)) {
        at++;
        if (lower_is(s, at, "of")) at++;
        plain = false;
    }
    if (!is(s, at, W_MONTH, &month)) return none();
    const char first = s->parse->text.p[tok(s, at)->beg];
    if (first < 'A' || first > 'Z') return none(); /* "may", "march" */
    const uint32_t name = at++;
    if (plain && digits(s, at, true, 1, 31, &day)) {
        at++;
        if ((lower_is(s, at, "-") || lower_is(s, at, "–")) &&
            digits(s, at + 1, true, 1, 31, &last) && last > day)
            at += 2;
    }
    const uint32_t comma = at;
    if (lower_is(s, at, ",")) at++;
    if (is_year(s, at, &year) && (day || at == comma))
        at++;
    else
        at = comma;
    if (!day &&
        !year) { /* a bare month is one only where the parse does not call it a verb or a person */
        const onr_token *t = tok(s, name);
        if (t->pos == ONR_POS_AUX || t->pos == ONR_POS_VERB || t->ent == ONR_ENT_PERSON ||
            t->ent == ONR_ENT_ORG || t->ent == ONR_ENT_GPE)
            return none();
        if (name > 0 && tok(s, name - 1)->pos == ONR_POS_PROPN && tok(s, name - 1)->head == name)
            return none(); /* "Theresa May" */
    }
    const onri_day d = year ? onri_day_of((int32_t)year, (uint32_t)month, day ? day : 1)
                            : near_month(s, i, (uint32_t)month, day);
    match m = around(s, at, d, day ? G_DAY : G_MONTH);
    if (last && d != ONRI_NO_DAY) m.to = d + (onri_day)(last - day);
    return m;
}

/* "Tuesday", "Tuesday night", "Tuesday, May 3". */
static match pat_weekday(const scan *s, uint32_t i)
{
    int wd, ignored;
    if (!is(s, i, W_WEEKDAY, &wd)) return none();
    uint32_t at = i + 1;
    if (is(s, at, W_DAYPART, &ignored)) at++;
    const uint32_t date = lower_is(s, at, ",") ? at + 1 : at;
    const match full = date < s->limit ? pat_month(s, date) : none();
    if (full.end && full.g == G_DAY) return full;
    if (s->anchor == ONRI_NO_DAY) return (match){ at, ONRI_NO_DAY, ONRI_NO_DAY, G_DAY };
    const int32_t back = ((int32_t)onri_weekday(s->anchor) - wd + 7) % 7;
    const onri_day d = s->anchor - back;
    return around(s, at, back && is_ahead(s, i) ? d + 7 : d, G_DAY);
}

static match pat_deictic(const scan *s, uint32_t i)
{
    int off, ignored;
    if (is(s, i, W_DEICTIC, &off)) {
        uint32_t at = i + 1;
        if (is(s, at, W_DAYPART, &ignored)) at++;
        return around(s, at, s->anchor == ONRI_NO_DAY ? s->anchor : s->anchor + off, G_DAY);
    }
    if (lower_is(s, i, "the")) i++;
    if (lower_is(s, i, "day") && lower_is(s, i + 1, "before") && lower_is(s, i + 2, "yesterday"))
        return around(s, i + 3, shift(s->anchor, G_DAY, -2), G_DAY);
    if (lower_is(s, i, "day") && lower_is(s, i + 1, "after") && lower_is(s, i + 2, "tomorrow"))
        return around(s, i + 3, shift(s->anchor, G_DAY, 2), G_DAY);
    return none();
}

/* "On the eve" with nothing after it that it would be the eve of: the day before. */
static match pat_eve(const scan *s, uint32_t i)
{
    if (!lower_is(s, i, "on") || !lower_is(s, i + 1, "the") || !lower_is(s, i + 2, "eve") ||
        (lower_is(s, i + 3, "of") && i + 4 < s->limit && tok(s, i + 4)->pos != ONR_POS_DET))
        return none();
    if (lower_is(s, i + 3, "of")) {
        /* "on the eve of the summit" needs the summit; "on the eve of the politician met" does not
         */
        const onr_token *of = tok(s, i + 3);
        if (of->dep == ONR_DEP_PREP && tok(s, of->head)->beg == tok(s, i + 2)->beg) return none();
    }
    return around(s, i + 3, shift(s->anchor, G_DAY, -1), G_DAY);
}

/* A count: digits, a number word, "a", "a few", "a couple of"; 0 in *n: vague. Tokens consumed. */
static uint32_t count_at(const scan *s, uint32_t i, int *n)
{
    uint32_t v;
    if (digits(s, i, false, 1, 9999, &v)) {
        *n = (int)v;
        return 1;
    }
    if (!is(s, i, W_NUMBER, n)) return 0;
    int more;
    if (*n == 1 && is(s, i + 1, W_NUMBER, &more)) { /* "a few", "a couple of", "a dozen" */
        *n = more;
        return lower_is(s, i + 2, "of") ? 3 : 2;
    }
    return 1;
}

static bool unit_at(const scan *s, uint32_t i, int *g)
{
    return is(s, i, W_UNIT, g) || is(s, i, W_UNITS, g);
}

/* "last week", "this summer", "next Tuesday", "last May", "the past three years", "the coming
 * days". */
static match pat_which(const scan *s, uint32_t i)
{
    if (lower_is(s, i, "the") || lower_is(s, i, "these")) i++;
    int which, g, n = 0, v;
    if (!is(s, i, W_WHICH, &which)) return none();
    if (tok(s, i)->dep == ONR_DEP_ADVMOD && tok(s, i)->pos == ONR_POS_ADV) return none();
    const uint32_t used = count_at(s, i + 1, &n);
    const uint32_t at = i + 1 + used;
    if (used || is(s, at, W_UNITS, &g)) {
        if (!unit_at(s, at, &g) || which == 0 || g < G_DAY) return none();
        match m = { at + 1, ONRI_NO_DAY, ONRI_NO_DAY, (grain)g };
        if (s->anchor == ONRI_NO_DAY || n == 0) return m;
        const onri_day far = shift(s->anchor, (grain)g, which * n);
        m.from = which < 0 ? far : s->anchor;
        m.to = which < 0 ? s->anchor : far;
        return m;
    }
    if (is(s, at, W_UNIT, &g) && g >= G_DAY) {
        if (g == G_DAY) return none(); /* "the next day" hangs on the story: pat_whole */
        return around(s, at + 1, shift(s->anchor, (grain)g, which), (grain)g);
    }
    if (s->anchor == ONRI_NO_DAY) return none();
    if (is(s, at, W_WEEKDAY, &v)) {
        const int32_t back = ((int32_t)onri_weekday(s->anchor) - v + 7) % 7;
        const onri_day d = s->anchor - back;
        if (which < 0) return around(s, at + 1, back ? d : d - 7, G_DAY);
        if (which > 0) return around(s, at + 1, d + 7, G_DAY);
        return around(s, at + 1, back && is_ahead(s, i) ? d + 7 : d, G_DAY);
    }
    const bool month = is(s, at, W_MONTH, &v), season = !month && is(s, at, W_SEASON, &v);
    if (!month && !season) return none();
    int32_t y;
    uint32_t m, day;
    onri_day_split(s->anchor, &y, &m, &day);
    if (season) { /* "last summer" in July is not the one that runs */
        const onri_day end = onri_month_start(onri_day_of(y, (uint32_t)v, 1), 3) - 1;
        if (which < 0 && end >= s->anchor) y--;
        if (which > 0 && onri_day_of(y, (uint32_t)v, 1) <= s->anchor) y++;
    } else {
        if (which < 0 && v >= (int)m) y--;
        if (which > 0 && v <= (int)m) y++;
    }
    return around(s, at + 1, onri_day_of(y, (uint32_t)v, 1), month ? G_MONTH : G_SEASON);
}

/* "two years ago", "a week earlier", "three days later", "in two weeks". */
static match pat_count(const scan *s, uint32_t i)
{
    const bool in = lower_is(s, i, "in") || lower_is(s, i, "within");
    int n = 0, g;
    const uint32_t beg = i + (in ? 1 : 0), used = count_at(s, beg, &n);
    const uint32_t at = beg + used;
    if (!used || !unit_at(s, at, &g) || g < G_DAY) return none();
    match m = { at + 1, ONRI_NO_DAY, ONRI_NO_DAY, (grain)g };
    onri_day base = s->anchor;
    int32_t sign = 1;
    if (in) {
        if (!is_ahead(s, i) || lower_is(s, at + 1, "ago")) return none();
    } else {
        if (lower_is(s, at + 1, "ago"))
            sign = -1;
        else if (lower_is(s, at + 1, "earlier") || lower_is(s, at + 1, "before")) {
            sign = -1;
            base = s->ref_from;
        } else if (lower_is(s, at + 1, "later") || lower_is(s, at + 1, "after"))
            base = s->ref_to;
        else
            return none();
        m.end++;
    }
    if (n == NUMBER_VAGUE || base == ONRI_NO_DAY) return m;
    const onri_day d = shift(base, (grain)g, sign * n);
    /* "two years ago" is a year, not the day two years back */
    return around(s, m.end, d,
                  g >= G_YEAR         ? G_YEAR
                  : g >= G_MONTH      ? G_MONTH
                  : (grain)g == G_DAY ? G_DAY
                                      : G_WEEK);
}

/* "the following day", "the next day", "the day before", "that day", "the same week". */
static match pat_whole(const scan *s, uint32_t i)
{
    int which = 0, g;
    const bool that = lower_is(s, i, "that");
    if (!that && !lower_is(s, i, "the")) return none();
    uint32_t at = i + 1;
    const bool named = !that && is(s, at, W_WHOLE, &which);
    if (named) at++;
    if (!is(s, at, W_UNIT, &g) || g < G_DAY) return none();
    at++;
    if (!that && !named) {
        if (lower_is(s, at, "before"))
            which = -1;
        else if (lower_is(s, at, "after"))
            which = 1;
        else
            return none();
        /* "the day before the vote" hangs on the vote */
        if (at + 1 < s->limit && (tok(s, at)->r_edge > at || tok(s, at)->dep == ONR_DEP_MARK))
            return none();
        at++;
    }
    return around(s, at, shift(s->ref_from, (grain)g, which), (grain)g);
}

/* "the 1990s", "the 19th century". */
static match pat_era(const scan *s, uint32_t i)
{
    if (lower_is(s, i, "the")) i++;
    if (i >= s->limit) return none();
    const onr_sv w = tok(s, i)->lower;
    uint64_t y;
    if (w.n == 5 && w.p[4] == 's' && onri_parse_u64(onri_sub(w, 0, 4), &y) && y >= 1000 && y < 2200)
        return around(s, i + 1, onri_day_of((int32_t)y, 1, 1),
                      y % 100 == 0 && y < 2000 ? G_CENTURY : G_DECADE);
    uint32_t c;
    if (w.n > 2 && digits(s, i, true, 1, 21, &c) && lower_is(s, i + 1, "century"))
        return around(s, i + 2, onri_day_of((int32_t)c * 100 - 99, 1, 1), G_CENTURY);
    return none();
}

/* A bare year after a preposition of time, or where the parse sees a date. */
static match pat_year(const scan *s, uint32_t i)
{
    uint32_t y;
    if (!is_year(s, i, &y)) return none();
    const onr_token *t = tok(s, i);
    static const char *const preps[] = { "in",     "since",  "by",    "until", "till",
                                         "during", "before", "after", "from",  "through",
                                         "early",  "late",   "around" };
    bool led = false;
    for (size_t k = 0; i > 0 && k < sizeof preps / sizeof *preps; k++)
        led = led || onri_eqz(tok(s, i - 1)->lower, preps[k]);
    const bool counts =
        t->dep == ONR_DEP_NUMMOD && i + 1 < s->limit && tok(s, i + 1)->tag == ONR_TAG_NNS;
    if (counts || (!led && t->ent != ONR_ENT_DATE)) return none();
    return around(s, i + 1, onri_day_of((int32_t)y, 1, 1), G_YEAR);
}

typedef match (*pattern)(const scan *, uint32_t);

static match core_at(const scan *s, uint32_t i)
{
    static const pattern patterns[] = {
        pat_numeric, pat_month, pat_weekday, pat_deictic, pat_eve,
        pat_which,   pat_count, pat_whole,   pat_era,     pat_year
    };
    match best = none();
    for (size_t k = 0; k < sizeof patterns / sizeof *patterns; k++) {
        const match m = i < s->limit ? patterns[k](s, i) : none();
        if (m.end > best.end) best = m;
    }
    return best;
}

/* "early May", "the end of 2012", "mid-June", "late last year". */
static match part_at(const scan *s, uint32_t i)
{
    uint32_t at = i;
    int part;
    if (lower_is(s, at, "the")) at++;
    if (!is(s, at, W_PART, &part)) return none();
    at++;
    if (lower_is(s, at, "of") || lower_is(s, at, "in") || lower_is(s, at, "-")) at++;
    match m = core_at(s, at);
    if (m.end) narrow(&m, part);
    return m;
}

/* A preposition before the time opens one side of it. True: it belongs to the span. */
static bool open_side(const scan *s, uint32_t i, match *m)
{
    if (i == 0 || tok(s, i - 1)->sent != tok(s, i)->sent) return false;
    const onr_sv w = tok(s, i - 1)->lower;
    const bool known = m->from != ONRI_NO_DAY && m->to != ONRI_NO_DAY;
    if (onri_eqz(w, "since"))
        m->to = ONRI_NO_DAY;
    else if (onri_eqz(w, "until") || onri_eqz(w, "till"))
        m->from = ONRI_NO_DAY;
    else if (onri_eqz(w, "by") && known)
        m->from = ONRI_NO_DAY;
    else if (onri_eqz(w, "before")) {
        if (known) m->to = m->from - 1;
        m->from = ONRI_NO_DAY;
    } else if (onri_eqz(w, "after")) {
        if (known) m->from = m->to + 1;
        m->to = ONRI_NO_DAY;
    } else
        return false;
    return true;
}

/* "from 2003 to 2005", "between May and July": one interval out of two. */
static bool join_range(const scan *s, onri_timex *a, const onri_timex *b)
{
    if (b->beg != a->end + 1 || a->beg == 0) return false;
    const onr_sv mid = tok(s, a->end)->lower, before = tok(s, a->beg - 1)->lower;
    const bool between = onri_eqz(before, "between") && onri_eqz(mid, "and");
    const bool from = onri_eqz(before, "from") &&
                      (onri_eqz(mid, "to") || onri_eqz(mid, "until") || onri_eqz(mid, "through"));
    const bool dash = onri_eqz(mid, "-") || onri_eqz(mid, "–");
    if ((!between && !from && !dash) || a->from == ONRI_NO_DAY || b->to == ONRI_NO_DAY ||
        b->to < a->from)
        return false;
    a->end = b->end;
    a->span.end = b->span.end;
    a->to = b->to;
    return true;
}

onr_status onri_times_scan(onr_arena *mem, const onri_time_words *words, const onr_parse *parse,
                           onri_day anchor, onri_timex_vec *out, onr_error *err)
{
    scan s = { words, parse, anchor, ONRI_NO_DAY, ONRI_NO_DAY, 0 };
    for (uint32_t i = 0; i < parse->n_tokens;) {
        s.limit = parse->sentences[parse->tokens[i].sent].end;
        match m = part_at(&s, i);
        if (!m.end) m = core_at(&s, i);
        if (!m.end) {
            i++;
            continue;
        }
        if (m.from != ONRI_NO_DAY && m.to != ONRI_NO_DAY) {
            s.ref_from = m.from;
            s.ref_to = m.to;
        }
        const uint32_t beg = open_side(&s, i, &m) ? i - 1 : i;
        const onri_timex x = {
            beg, m.end, { tok(&s, beg)->beg, tok(&s, m.end - 1)->end }, m.from, m.to
        };
        i = m.end;
        if (out->n && join_range(&s, &out->at[out->n - 1], &x)) continue;
        onri_timex *slot = ONRI_PUSH(mem, out);
        if (!slot) return onri_fail_mem(err, mem, "time");
        *slot = x;
    }
    return ONR_OK;
}

static onr_sv day_text(onr_arena *mem, onri_day d)
{
    if (d == ONRI_NO_DAY) return (onr_sv){ "", 0 };
    char text[11];
    onri_day_print(d, text);
    return onri_dup(mem, onri_svz(text));
}

onr_time onri_time_value(onr_arena *mem, const onri_timex *t)
{
    return (onr_time){ day_text(mem, t->from), day_text(mem, t->to), t->span };
}
