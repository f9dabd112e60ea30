/* Relations come from roles ("Iran's foreign minister"), from nouns that name one side by the other
 * ("an ally of Syria"), from verbs and participles ("led by", "is allied with"), and from what two
 * sides are in ("talks between"). What is denied, asked, supposed or yet to come lasts nowhere.
 * Words are data (data/relations). Source: own. Leaves out: relations told over two sentences, and
 * ends of relations ("left the party"), which are events. */
#include "facts/relation.h"

#include "facts/lexicon.h"
#include "facts/view.h"

#include <stdlib.h>

#define RL_CLASSES(X)                                                                              \
    X(TITLE, "title")                                                                              \
    X(NOUN, "noun")                                                                                \
    X(VERB, "verb")                                                                                \
    X(ADJECTIVE, "adjective")                                                                      \
    X(BETWEEN, "between")                                                                          \
    X(HOLDS, "holds") X(FIGHTS, "fights") X(PERIOD, "period") X(PORTFOLIO, "portfolio")
#define RL_ENUM(id, name) RL_##id,
enum { RL_CLASSES(RL_ENUM) RL__COUNT };
#undef RL_ENUM
#define RL_NAME(id, name) name,
static const char *const classes[] = { RL_CLASSES(RL_NAME) };

enum { SIDES_MAX = 8, NEAR = 4, REACH = 80, KNOWN_MAX = 4096 };

struct onri_relation_words {
    onri_lexicon lex;
    uint8_t *kinds; /* [rows] of each row */
};

onr_status onri_relation_words_load(onr_arena *mem, onr_sv tsv, const onri_relation_words **out,
                                    onr_error *err)
{
    onri_relation_words *w = ONRI_NEW(mem, onri_relation_words);
    if (!w) return onri_fail_mem(err, mem, "relation");
    const onr_status st =
        onri_lexicon_load(mem, "relations/words.tsv", tsv, classes, RL__COUNT, &w->lex, err);
    if (st != ONR_OK) return st;
    w->kinds = ONRI_NEW_N(mem, w->lex.rows.n + (size_t)1, uint8_t);
    if (!w->kinds) return onri_fail_mem(err, mem, "relation");
    for (uint32_t i = 0; i < w->lex.rows.n; i++) {
        const onri_lex_row *r = &w->lex.rows.at[i];
        uint8_t k = 0;
        while (k < ONR_RELATION__COUNT &&
               !onri_eqz(r->cell[0], onr_relation_kind_name((onr_relation_kind)k)))
            k++;
        w->kinds[i] = k;
        if (k == ONR_RELATION__COUNT && r->cls != RL_HOLDS && r->cls != RL_PERIOD &&
            r->cls != RL_PORTFOLIO)
            return onri_fail(err, ONR_E_SYNTAX, "relation", "%s, line %u: unknown kind",
                             w->lex.file, r->line);
    }
    *out = w;
    return ONR_OK;
}

/* ---- the article ---------------------------------------------------------------------------- */

typedef struct ctx {
    onri_draft *d;
    const onri_relation_words *words;
    const onr_parse *parse;
    const onr_token *t;
    onri_view view;
} ctx;

static const onri_lex_row *row_of(const ctx *x, unsigned cls, uint32_t tok)
{
    return onri_lex_token(&x->words->lex, cls, &x->t[tok]);
}

static onr_relation_kind kind_of(const ctx *x, const onri_lex_row *r)
{
    return (onr_relation_kind)x->words->kinds[r - x->words->lex.rows.at];
}

static bool is_mutual(onr_relation_kind k)
{
    return k == ONR_RELATION_ALLY_OF || k == ONR_RELATION_TALKS_WITH ||
           k == ONR_RELATION_CONFLICT_WITH || k == ONR_RELATION_RELATIVE_OF;
}

static bool is_verb(const ctx *x, uint32_t tok)
{
    return x->t[tok].pos == ONR_POS_VERB || x->t[tok].pos == ONR_POS_AUX;
}

static bool is(const ctx *x, uint32_t tok, const char *word)
{
    return onri_eqz(x->t[tok].lower, word);
}

/* "which" and "who" stand for the noun their clause hangs on. */
static uint32_t antecedent(const ctx *x, uint32_t tok)
{
    if (tok == ONR_NONE || (x->t[tok].tag != ONR_TAG_WDT && x->t[tok].tag != ONR_TAG_WP))
        return tok;
    const uint32_t v = x->t[tok].head;
    return x->t[v].dep == ONR_DEP_RELCL ? x->t[v].head : tok;
}

/* One side: an actor and the words that name it there. */
typedef struct side {
    uint32_t entity;
    onr_span span;
} side;

static side side_at(const ctx *x, uint32_t tok)
{
    if (tok == ONR_NONE) return (side){ ONR_NONE, { 0, 0 } };
    uint32_t e = x->view.entity_at[tok];
    /* "someone" is nobody, unless it is known who */
    if (e != ONR_NONE && x->t[tok].pos == ONR_POS_PRON && !onri_has_name(&x->d->entities.at[e]))
        e = ONR_NONE;
    if (e == ONR_NONE) return (side){ ONR_NONE, { x->t[tok].beg, x->t[tok].end } };
    return (side){ e, x->d->entities.at[e].mentions[x->view.mention_at[tok]].span };
}

static bool can_be_in(const ctx *x, uint32_t entity, onr_relation_kind kind, bool from)
{
    if (entity == ONR_NONE || onri_only_pronouns(&x->d->entities.at[entity])) return false;
    const onr_entity_type t = x->d->entities.at[entity].type;
    const bool body = t == ONR_ENTITY_ORGANIZATION || t == ONR_ENTITY_STATE ||
                      t == ONR_ENTITY_GROUP || t == ONR_ENTITY_MEDIUM ||
                      t == ONR_ENTITY_NATIONALITY;
    const bool place = t == ONR_ENTITY_PLACE || t == ONR_ENTITY_FACILITY;
    switch (kind) {
    case ONR_RELATION_OFFICE_OF:
        return from
                   ? t == ONR_ENTITY_PERSON || t == ONR_ENTITY_GROUP || t == ONR_ENTITY_ORGANIZATION
                   : body || place || t == ONR_ENTITY_PERSON;
    case ONR_RELATION_MEMBER_OF:
        return from ? body || t == ONR_ENTITY_PERSON : body;
    case ONR_RELATION_PART_OF:
        return body || place;
    case ONR_RELATION_OWNS:
        return from ? body || t == ONR_ENTITY_PERSON : body || place;
    case ONR_RELATION_RELATIVE_OF:
        return t == ONR_ENTITY_PERSON;
    default:
        return body || t == ONR_ENTITY_PERSON;
    }
}

/* ---- adding --------------------------------------------------------------------------------- */

typedef struct find {
    onr_relation_kind kind;
    side from, to;
    onr_sv role, period;
    onr_span evidence;
    const char *rule;
    const onri_lex_row *row;
    float p;
} find;

static void tell(const ctx *x, const find *f, const char *lost)
{
    if (!x->d->tell) return;
    const onri_candidate c = { .layer = "relations",
                               .rule = f->rule,
                               .at = f->evidence,
                               .lost = lost,
                               .table = f->row ? x->words->lex.file : NULL,
                               .line = f->row ? f->row->line : 0 };
    x->d->tell(x->d->tell_arg, &c);
}

static bool is_known(const ctx *x, const find *f)
{
    const uint32_t all = x->d->relations.n;
    for (uint32_t i = all > KNOWN_MAX ? all - KNOWN_MAX : 0; i < all; i++) {
        const onr_relation *r = &x->d->relations.at[i];
        if (r->kind != f->kind || !onri_eq(r->period, f->period)) continue;
        if (r->from.entity == f->from.entity && r->to.entity == f->to.entity) return true;
        if (is_mutual(f->kind) && r->from.entity == f->to.entity && r->to.entity == f->from.entity)
            return true;
    }
    return false;
}

static const char *unsaid(const ctx *x, uint32_t statement)
{
    if (statement == ONR_NONE) return NULL;
    const onr_statement *s = &x->d->statements.at[statement];
    if (s->kind == ONR_KIND_DENIAL) return "it is denied";
    if (s->kind == ONR_KIND_QUESTION) return "it is asked";
    if (s->kind == ONR_KIND_HOPE || s->kind == ONR_KIND_FEAR || s->kind == ONR_KIND_DEMAND ||
        s->kind == ONR_KIND_PROPOSAL || s->kind == ONR_KIND_DESIRE)
        return "it is wished or feared";
    return NULL;
}

static onr_status add(ctx *x, find *f, onr_error *err)
{
    const char *why = NULL;
    /* the words of the relation decide whose statement it is, not the name they stand with */
    const uint32_t statement = onri_statement_at(x->d, f->evidence.beg);
    if (f->from.entity == f->to.entity)
        why = "one actor";
    else if (!can_be_in(x, f->from.entity, f->kind, true))
        why = "no actor on the first side";
    else if (!can_be_in(x, f->to.entity, f->kind, false))
        why = "no actor on the second side";
    else if (is_known(x, f))
        why = "told already";
    else
        why = unsaid(x, statement);
    if (!why && (f->from.span.end == 0 || f->to.span.end == 0)) why = "a side has no words";
    if (why) {
        tell(x, f, why);
        return ONR_OK;
    }
    onr_span *at = ONRI_NEW(x->d->keep, onr_span);
    onr_relation *r = at ? ONRI_PUSH(x->d->keep, &x->d->relations) : NULL;
    if (!r) return onri_fail_mem(err, x->d->keep, "relation");
    *at = f->evidence;
    *r = (onr_relation){ .kind = f->kind,
                         .from = { f->from.entity, f->from.span },
                         .to = { f->to.entity, f->to.span },
                         .role = f->role,
                         .period = f->period,
                         .evidence = { at, 1 },
                         .statement = statement,
                         .rule = f->rule,
                         .p = f->p };
    tell(x, f, NULL);
    return ONR_OK;
}

static void widen(onr_span *s, onr_span by)
{
    if (by.end == 0) return;
    if (by.beg < s->beg) s->beg = by.beg;
    if (by.end > s->end) s->end = by.end;
}

/* ---- from roles ----------------------------------------------------------------------------- */

static uint32_t gap(onr_span a, onr_span b)
{
    if (a.end <= b.beg) return b.beg - a.end;
    return b.end <= a.beg ? a.beg - b.end : 0;
}

/* The mention of e nearest to the words, none further than REACH bytes. */
static side nearest(const ctx *x, uint32_t e, onr_span words)
{
    side got = { e, { 0, 0 } };
    uint32_t best = REACH;
    const onr_entity *who = &x->d->entities.at[e];
    const uint32_t first =
        onri_mention_from(who, words.beg > 2 * REACH ? words.beg - 2 * REACH : 0);
    for (uint32_t i = first; i < who->n_mentions && who->mentions[i].span.beg < words.end + REACH;
         i++) {
        const onr_span m = who->mentions[i].span;
        if (gap(m, words) < best) {
            best = gap(m, words);
            got.span = m;
        }
    }
    return got;
}

static onr_sv last_word(onr_sv title)
{
    size_t i = title.n;
    while (i > 0 && title.p && title.p[i - 1] != ' ') i--;
    return onri_sub(title, i, title.n);
}

/* Row of a role's title: its last word, or the one before "of" ("Secretary of State"). */
static const onri_lex_row *title_row(const ctx *x, const onr_role *r)
{
    char low[64];
    onr_sv title = r->title;
    const size_t of = onri_find(title, ONR_SV(" of "), 0);
    if (of != SIZE_MAX) title = onri_sub(title, 0, of);
    const onr_sv w = last_word(title);
    if (w.n == 0 || w.n >= sizeof low) return NULL;
    for (size_t i = 0; i < w.n; i++) {
        const char c = w.p[i];
        low[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    const onr_sv s = onri_sv(low, w.n);
    const onri_lex_row *row = onri_lex(&x->words->lex, RL_TITLE, s);
    return row ? row : onri_lex(&x->words->lex, RL_NOUN, s);
}

/* "chief executive of Nordic": without the name that was taken along. */
static onr_sv bare_title(onr_sv title)
{
    const size_t of = onri_find(title, ONR_SV(" of "), 0);
    const bool name =
        of != SIZE_MAX && of + 4 < title.n && title.p[of + 4] >= 'A' && title.p[of + 4] <= 'Z';
    return name ? onri_sub(title, 0, of) : title;
}

static uint32_t state_of(const ctx *x, onr_sv country)
{
    for (uint32_t i = 0; country.n && i < x->d->entities.n; i++)
        if (x->d->entities.at[i].type == ONR_ENTITY_STATE &&
            onri_eq(x->d->entities.at[i].country, country))
            return i;
    return ONR_NONE;
}

/* "State" in "Secretary of State"; or a piece of the holder's own name, badly cut. */
static bool is_portfolio(const ctx *x, uint32_t entity)
{
    const onr_entity *e = &x->d->entities.at[entity];
    char low[32];
    if (e->name.n >= sizeof low || e->country.n) return false;
    for (size_t i = 0; i < e->name.n; i++) {
        const char c = e->name.p[i];
        low[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return onri_lex(&x->words->lex, RL_PORTFOLIO, onri_sv(low, e->name.n)) != NULL;
}

/* "a spokesman for Japan's safety agency" speaks for the agency, of which no entity is known here.
 */
static bool is_only_owner(const ctx *x, onr_span to, onr_span role)
{
    const onr_sv text = x->parse->text;
    if (to.beg <= role.beg || to.end >= role.end) return false;
    const onr_sv rest = onri_sub(text, to.end, role.end);
    const bool own = onri_starts(rest, ONR_SV("'s ")) || onri_starts(rest, ONR_SV("’s ")) ||
                     onri_ends(onri_sub(text, to.beg, to.end), ONR_SV("'s"));
    const onr_sv before = onri_sub(text, role.beg, to.beg);
    return own && (onri_ends(before, ONR_SV(" for ")) || onri_ends(before, ONR_SV(" of ")));
}

/* "the envoy to the Middle East" is not the Middle East's. */
static bool is_where_to(const ctx *x, onr_span to, onr_span role, onr_sv title)
{
    static const char *const sent[] = { "envoy", "ambassador", "emissary", "Envoy", "Ambassador" };
    if (to.beg <= role.beg || to.end > role.end) return false;
    onr_sv before = onri_sub(x->parse->text, role.beg, to.beg);
    if (onri_ends(before, ONR_SV(" the "))) before.n -= 4;
    if (!onri_ends(before, ONR_SV(" to")) && !onri_ends(before, ONR_SV(" to "))) return false;
    for (size_t i = 0; i < sizeof sent / sizeof *sent; i++)
        if (onri_ends(title, onri_svz(sent[i])) || onri_starts(title, onri_svz(sent[i])))
            return true;
    return false;
}

static onr_status from_role(ctx *x, uint32_t e, const onr_role *r, onr_error *err)
{
    const onri_lex_row *row = r->span.end ? title_row(x, r) : NULL;
    const uint32_t of = r->of != ONR_NONE ? r->of : state_of(x, r->country);
    if (!row || of == ONR_NONE) return ONR_OK;
    find f = { .kind = kind_of(x, row),
               .from = nearest(x, e, r->span),
               .to = nearest(x, of, r->span),
               .role = bare_title(r->title),
               .period = r->period,
               .evidence = r->span,
               .rule = "relation.role",
               .row = row,
               .p = 0.85f };
    if (r->of == ONR_NONE || f.to.span.end == 0 || gap(f.to.span, r->span) > 0)
        f.to.span = r->span; /* "Iranian" inside of it */
    const bool person = x->d->entities.at[of].type == ONR_ENTITY_PERSON;
    if (is_where_to(x, f.to.span, r->span, f.role)) {
        tell(x, &f, "where he is sent, not who sends him");
        return ONR_OK;
    }
    if (!person && is_only_owner(x, f.to.span, r->span)) {
        tell(x, &f, "of a body that it owns");
        return ONR_OK;
    }
    if (is_portfolio(x, of)) {
        tell(x, &f, "what the office is of, and no actor");
        return ONR_OK;
    }
    if (row->cls == RL_TITLE && person && !onri_lex_lists(row->cell[1], ONR_SV("person"))) {
        tell(x, &f, "not held under a person");
        return ONR_OK;
    }
    if (gap(f.from.span, r->span) <= NEAR) widen(&f.evidence, f.from.span);
    if (gap(f.to.span, f.evidence) <= NEAR) widen(&f.evidence, f.to.span);
    return add(x, &f, err);
}

/* ---- from words ----------------------------------------------------------------------------- */

/* What is denied, asked, supposed or to come: why the clause of tok tells no lasting fact. */
static const char *not_so(const ctx *x, uint32_t tok)
{
    static const char *const moods[] = { "should", "must", "could", "may",   "might",
                                         "can",    "will", "would", "shall", "'ll" };
    uint32_t v = tok;
    const onr_tokens s = x->parse->sentences[x->t[tok].sent];
    for (uint32_t i = s.end; i-- > s.beg && i + NEAR > s.end;)
        if (is(x, i, "?")) return "it is asked";
    for (int d = 0; d < ONRI_RULE_DEPTH_MAX; d++) {
        if (onri_tree_child(&x->view.tree, v, ONR_DEP_NEG) != ONR_NONE) return "it is negated";
        ONRI_EACH_CHILD (&x->view.tree, c, v)
            if (x->t[c].tag == ONR_TAG_TO && is_verb(x, v)) return "not yet so: an infinitive";
        ONRI_EACH_CHILD (&x->view.tree, c, v) {
            if (x->t[c].dep == ONR_DEP_DET && is(x, c, "no") && d == 0) return "it is negated";
            if (x->t[c].dep == ONR_DEP_AUX)
                for (size_t i = 0; i < sizeof moods / sizeof *moods; i++)
                    if (is(x, c, moods[i])) return "it may be or will be";
            if (x->t[c].dep == ONR_DEP_MARK &&
                (is(x, c, "if") || is(x, c, "whether") || is(x, c, "unless")))
                return "it is supposed or asked";
        }
        if (is_verb(x, v) && x->t[v].dep != ONR_DEP_XCOMP) break;
        if (x->t[v].head == v) break;
        v = x->t[v].head;
    }
    return NULL;
}

static onr_sv period_of(const ctx *x, uint32_t n)
{
    ONRI_EACH_CHILD (&x->view.tree, c, n) {
        const onri_lex_row *r = c < n ? row_of(x, RL_PERIOD, c) : NULL;
        if (r) return r->cell[0];
    }
    return (onr_sv){ "", 0 };
}

/* The token and those joined to it ("Iran and Syria"): [SIDES_MAX], how many. */
static uint32_t joined(const ctx *x, uint32_t tok, uint32_t *out)
{
    uint32_t n = 0;
    for (uint32_t at = tok; at != ONR_NONE && n < SIDES_MAX;) {
        out[n++] = at;
        uint32_t next = ONR_NONE;
        ONRI_EACH_CHILD (&x->view.tree, c, at)
            if (x->t[c].dep == ONR_DEP_CONJ && !is_verb(x, c)) {
                next = c;
                break;
            }
        at = next;
    }
    return n;
}

static uint32_t object_of_prep(const ctx *x, uint32_t tok, onr_sv preps)
{
    ONRI_EACH_CHILD (&x->view.tree, c, tok)
        if ((x->t[c].dep == ONR_DEP_PREP || x->t[c].dep == ONR_DEP_AGENT) &&
            onri_lex_lists(preps, x->t[c].lower)) {
            const uint32_t p = onri_tree_child(&x->view.tree, c, ONR_DEP_POBJ);
            if (p != ONR_NONE) return p;
        }
    return ONR_NONE;
}

static bool alike(const ctx *x, uint32_t a, uint32_t b)
{
    const uint32_t e = x->view.entity_at[a], f = x->view.entity_at[b];
    return e == ONR_NONE || f == ONR_NONE || x->d->entities.at[e].type == x->d->entities.at[f].type;
}

/* Every pair of one side and another. */
static onr_status pairs(ctx *x, find *f, uint32_t from, uint32_t to, onr_error *err)
{
    uint32_t a[SIDES_MAX], b[SIDES_MAX];
    const uint32_t n = joined(x, from, a), m = joined(x, to, b);
    const onr_span words = f->evidence;
    onr_status st = ONR_OK;
    for (uint32_t i = 0; i < n; i++) /* a list of sides is of one kind */
        for (uint32_t k = 0; k < m && st == ONR_OK; k++) {
            if (!alike(x, a[0], a[i]) || !alike(x, b[0], b[k])) continue;
            f->from = side_at(x, a[i]);
            f->to = side_at(x, b[k]);
            f->evidence = words;
            widen(&f->evidence, (onr_span){ x->t[a[i]].beg, x->t[a[i]].end });
            widen(&f->evidence, (onr_span){ x->t[b[k]].beg, x->t[b[k]].end });
            st = add(x, f, err);
        }
    return st;
}

/* "Iran and Syria are allies", "talks between A, B and C": each with each. */
static onr_status among(ctx *x, find *f, uint32_t all, onr_error *err)
{
    uint32_t a[SIDES_MAX];
    const uint32_t n = joined(x, all, a);
    const onr_span words = f->evidence;
    onr_status st = ONR_OK;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = i + 1; k < n && st == ONR_OK; k++) {
            f->from = side_at(x, a[i]);
            f->to = side_at(x, a[k]);
            f->evidence = words;
            widen(&f->evidence, f->from.span);
            widen(&f->evidence, f->to.span);
            st = add(x, f, err);
        }
    return st;
}

/* Who the noun n is said of: subject of "be", what it stands beside. ONR_NONE: nobody. */
static uint32_t bearer(const ctx *x, uint32_t n)
{
    const uint32_t h = x->t[n].head;
    if (x->t[n].dep == ONR_DEP_ATTR && is_verb(x, h))
        return onri_eqz(x->t[h].lemma, "be") || onri_eqz(x->t[h].lemma, "remain")
                   ? antecedent(x, onri_tree_subject(&x->view.tree, h).token)
                   : ONR_NONE;
    if (x->t[n].dep == ONR_DEP_APPOS) return h;
    if ((x->t[n].dep == ONR_DEP_COMPOUND || x->t[n].dep == ONR_DEP_NMOD) && h > n) return h;
    const uint32_t name = onri_tree_child(&x->view.tree, n, ONR_DEP_APPOS);
    if (name != ONR_NONE) return name;
    /* "Syria's ally Iran": two subjects side by side are one */
    if (n + 1 < x->parse->n_tokens)
        for (uint32_t c = n + 1; c < x->parse->n_tokens && c <= n + NEAR; c++)
            if (x->t[c].head == h && x->t[c].dep == x->t[n].dep && x->t[c].l_edge == n + 1 &&
                x->t[c].pos == ONR_POS_PROPN)
                return c;
    /* the actors found out who it is */
    const uint32_t e = x->view.entity_at[n];
    if (e != ONR_NONE)
        if (onri_has_name(&x->d->entities.at[e])) return n;
    return ONR_NONE;
}

/* "A Russian agency" is no part of Russia: a state before the noun tells where it is from. */
static bool only_origin(const ctx *x, uint32_t tok, const onri_lex_row *r)
{
    const onr_entity_type t = x->d->entities.at[x->view.entity_at[tok]].type;
    return kind_of(x, r) == ONR_RELATION_PART_OF &&
           (t == ONR_ENTITY_STATE || t == ONR_ENTITY_NATIONALITY || t == ONR_ENTITY_PLACE);
}

/* The other party of a noun: "Syria's ally", "ally of Syria", "the Syrian ally". */
static uint32_t other_party(const ctx *x, uint32_t n, const onri_lex_row *r, uint32_t not_this)
{
    const uint32_t p = object_of_prep(x, n, r->cell[1]);
    if (p != ONR_NONE) return p;
    const uint32_t poss = onri_tree_child(&x->view.tree, n, ONR_DEP_POSS);
    if (poss != ONR_NONE) return poss;
    ONRI_EACH_CHILD (&x->view.tree, c, n)
        if (c < n && c != not_this && x->view.entity_at[c] != ONR_NONE && !only_origin(x, c, r) &&
            (x->t[c].dep == ONR_DEP_AMOD || x->t[c].dep == ONR_DEP_COMPOUND ||
             x->t[c].dep == ONR_DEP_NMOD))
            return c;
    /* "Iran's ally Syria": it may hang on the name */
    const uint32_t h = x->t[n].head;
    if (x->t[n].dep == ONR_DEP_COMPOUND && h > n) {
        const uint32_t of = onri_tree_child(&x->view.tree, h, ONR_DEP_POSS);
        if (of != ONR_NONE && of < n) return of;
    }
    return ONR_NONE;
}

static onr_status from_noun(ctx *x, uint32_t n, onr_error *err)
{
    const onri_lex_row *r = x->t[n].pos == ONR_POS_NOUN ? row_of(x, RL_NOUN, n) : NULL;
    if (!r) return ONR_OK;
    const uint32_t who = bearer(x, n), other = other_party(x, n, r, who);
    find f = { .kind = kind_of(x, r),
               .role = onri_sub(x->parse->text, x->t[n].beg, x->t[n].end),
               .period = period_of(x, n),
               .evidence = { x->t[n].beg, x->t[n].end },
               .rule = "relation.noun",
               .row = r,
               .p = 0.7f };
    if (who == ONR_NONE) return ONR_OK;
    const char *why = not_so(x, n);
    const bool each = other == ONR_NONE && is_mutual(f.kind) && x->t[n].tag == ONR_TAG_NNS;
    if (!why && other == ONR_NONE && !each) return ONR_OK;
    if (why) {
        tell(x, &f, why);
        return ONR_OK;
    }
    return each ? among(x, &f, who, err) : pairs(x, &f, who, other, err);
}

static onr_status from_verb(ctx *x, uint32_t v, onr_error *err)
{
    if (x->t[v].pos != ONR_POS_VERB) return ONR_OK;
    const onri_lex_row *r = row_of(x, RL_VERB, v);
    uint32_t from = ONR_NONE, to = ONR_NONE;
    find f = { .evidence = { x->t[v].beg, x->t[v].end },
               .rule = "relation.verb",
               .role = r ? r->cell[2] : (onr_sv){ "", 0 },
               .period = { "", 0 },
               .row = r,
               .p = 0.65f };
    if (r) {
        f.kind = kind_of(x, r);
        from = antecedent(x, onri_tree_actor(&x->view.tree, v));
        to = onri_lex_lists(r->cell[1], ONR_SV("-")) ? onri_tree_patient(&x->view.tree, v)
                                                     : object_of_prep(x, v, r->cell[1]);
        if (to == ONR_NONE && x->t[v].dep == ONR_DEP_ACL && x->t[v].tag == ONR_TAG_VBN)
            to = x->t[v].head; /* "a list led by him" */
    } else {
        r = row_of(x, RL_FIGHTS, v);
        if (!r || (x->t[v].tag != ONR_TAG_VBG && x->t[v].tag != ONR_TAG_VBZ &&
                   x->t[v].tag != ONR_TAG_VBP))
            return ONR_OK;
        f.row = r;
        f.kind = kind_of(x, r);
        f.rule = "relation.fights";
        from = onri_tree_actor(&x->view.tree, v);
        to = onri_tree_child(&x->view.tree, v, ONR_DEP_DOBJ);
        if (to == ONR_NONE) to = object_of_prep(x, v, ONR_SV("against,with"));
    }
    if (from == ONR_NONE || to == ONR_NONE) return ONR_OK;
    const char *why = not_so(x, v);
    if (why) {
        tell(x, &f, why);
        return ONR_OK;
    }
    /* an office is a person's, and not of a person: teams lead leagues, speakers lead others */
    const uint32_t holder = x->view.entity_at[from], body = x->view.entity_at[to];
    const bool office =
        holder != ONR_NONE && body != ONR_NONE &&
        x->d->entities.at[body].type != ONR_ENTITY_PERSON &&
        (x->d->entities.at[holder].type == ONR_ENTITY_PERSON || onri_eqz(f.role, "ruler"));
    if (f.kind == ONR_RELATION_OFFICE_OF && !office) return ONR_OK;
    /* "belongs to the party": a person is its member */
    if (f.kind == ONR_RELATION_PART_OF && x->view.entity_at[from] != ONR_NONE &&
        x->d->entities.at[x->view.entity_at[from]].type == ONR_ENTITY_PERSON)
        f.kind = ONR_RELATION_MEMBER_OF;
    return pairs(x, &f, from, to, err);
}

static onr_status from_adjective(ctx *x, uint32_t a, onr_error *err)
{
    if (x->t[a].pos != ONR_POS_ADJ && x->t[a].pos != ONR_POS_VERB) return ONR_OK;
    const onri_lex_row *r = onri_lex(&x->words->lex, RL_ADJECTIVE, x->t[a].lower);
    if (!r) return ONR_OK;
    const uint32_t h = x->t[a].head;
    uint32_t who = ONR_NONE, other = object_of_prep(x, a, r->cell[1]);
    if (x->t[a].pos == ONR_POS_VERB) {
        who = onri_tree_subject(&x->view.tree, a).token;
        if (other == ONR_NONE) other = onri_tree_agent(&x->view.tree, a);
    } else if (x->t[a].dep == ONR_DEP_ACOMP && is_verb(x, h)) {
        who = onri_tree_subject(&x->view.tree, h).token;
    } else if (x->t[a].dep == ONR_DEP_AMOD || x->t[a].dep == ONR_DEP_APPOS) {
        who = h;
    }
    if (who == ONR_NONE || other == ONR_NONE) return ONR_OK;
    find f = { .kind = kind_of(x, r),
               .role = r->cell[2],
               .period = { "", 0 },
               .evidence = { x->t[a].beg, x->t[a].end },
               .rule = "relation.adjective",
               .row = r,
               .p = 0.65f };
    const char *why = not_so(x, a);
    if (why) {
        tell(x, &f, why);
        return ONR_OK;
    }
    const bool turned = f.kind == ONR_RELATION_OWNS; /* "owned by": the other owns it */
    return turned ? pairs(x, &f, other, who, err) : pairs(x, &f, who, other, err);
}

/* The verb whose subject is in it: "holds talks", "is in talks", "waged war". */
static uint32_t who_holds(const ctx *x, uint32_t n)
{
    uint32_t v = x->t[n].head;
    if (x->t[n].dep == ONR_DEP_POBJ && (is(x, v, "in") || is(x, v, "at")))
        v = x->t[v].head;
    else if (x->t[n].dep != ONR_DEP_DOBJ && x->t[n].dep != ONR_DEP_ATTR)
        return ONR_NONE;
    if (!is_verb(x, v) || !row_of(x, RL_HOLDS, v)) return ONR_NONE;
    return onri_tree_actor(&x->view.tree, v);
}

static onr_status from_between(ctx *x, uint32_t n, onr_error *err)
{
    const onri_lex_row *r =
        x->t[n].pos == ONR_POS_NOUN ? onri_lex(&x->words->lex, RL_BETWEEN, x->t[n].lower) : NULL;
    if (!r) return ONR_OK;
    find f = { .kind = kind_of(x, r),
               .role = { "", 0 },
               .period = period_of(x, n),
               .evidence = { x->t[n].beg, x->t[n].end },
               .rule = "relation.between",
               .row = r,
               .p = 0.6f };
    const char *why = not_so(x, n);
    const uint32_t both = object_of_prep(x, n, ONR_SV("between"));
    uint32_t who = who_holds(x, n);
    if (who == ONR_NONE) who = onri_tree_child(&x->view.tree, n, ONR_DEP_POSS);
    uint32_t other = object_of_prep(x, n, r->cell[1]);
    if (other == ONR_NONE && who_holds(x, n) != ONR_NONE) {
        const uint32_t v = is_verb(x, x->t[n].head) ? x->t[n].head : x->t[x->t[n].head].head;
        other = object_of_prep(x, v, r->cell[1]);
    }
    if (both == ONR_NONE && (who == ONR_NONE || other == ONR_NONE)) return ONR_OK;
    if (why) {
        tell(x, &f, why);
        return ONR_OK;
    }
    return both != ONR_NONE ? among(x, &f, both, err) : pairs(x, &f, who, other, err);
}

/* ---- the step ------------------------------------------------------------------------------- */

static int earlier(const void *a, const void *b)
{
    const onr_relation *p = a, *q = b;
    if (p->evidence.at[0].beg != q->evidence.at[0].beg)
        return p->evidence.at[0].beg < q->evidence.at[0].beg ? -1 : 1;
    if (p->to.span.beg != q->to.span.beg) return p->to.span.beg < q->to.span.beg ? -1 : 1;
    if (p->from.span.beg != q->from.span.beg) return p->from.span.beg < q->from.span.beg ? -1 : 1;
    return (int)p->kind - (int)q->kind;
}

onr_status onri_find_relations(onri_draft *d, const onri_relation_words *words, onr_error *err)
{
    ctx x = { .d = d, .words = words, .parse = d->parse, .t = d->parse->tokens };
    onr_status st = onri_view_make(d->tmp, d, &x.view, err);
    for (uint32_t e = 0; e < d->entities.n && st == ONR_OK; e++)
        for (uint32_t i = 0; i < d->entities.at[e].n_roles && st == ONR_OK; i++)
            st = from_role(&x, e, &d->entities.at[e].roles[i], err);
    uint32_t b = 0;
    for (uint32_t i = 0; i < d->parse->n_tokens && st == ONR_OK; i++) {
        if (onri_in_boilerplate(d, x.t[i].beg, &b)) continue;
        st = from_noun(&x, i, err);
        if (st == ONR_OK) st = from_verb(&x, i, err);
        if (st == ONR_OK) st = from_adjective(&x, i, err);
        if (st == ONR_OK) st = from_between(&x, i, err);
    }
    if (st == ONR_OK && d->relations.n)
        qsort(d->relations.at, d->relations.n, sizeof *d->relations.at, earlier);
    return st;
}
