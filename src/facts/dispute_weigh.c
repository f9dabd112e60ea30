/* How likely an answer answers a claim: likeness of their words, plain features, a logistic
 * regression fitted by tools/fit_disputes.py; data/disputes/weights.tsv. Source: own; the likeness
 * is a weighted overlap of lemmas, rarer ones counting more (as in tf-idf), with WordNet's
 * relations. Leaves out: word vectors. */
#include "facts/dispute_i.h"

#include <math.h>

/* ---- people --------------------------------------------------------------------------------- */

/* 2: the same actor, 1: of the same country, 0: neither. */
static uint32_t kin(const dp_run *x, uint32_t a, uint32_t b)
{
    if (a == ONR_NONE || b == ONR_NONE) return 0;
    if (a == b) return 2;
    const onr_sv ca = x->home[a], cb = x->home[b];
    return ca.n && onri_eq(ca, cb) ? 1 : 0;
}

/* Do they stand on one side: the same, or a state and someone of it? */
static bool one_side(const dp_run *x, uint32_t a, uint32_t b)
{
    const uint32_t k = kin(x, a, b);
    return k == 2 || (k == 1 && (x->d->entities.at[a].type == ONR_ENTITY_STATE ||
                                 x->d->entities.at[b].type == ONR_ENTITY_STATE));
}

/* Does the stretch speak of the actor or his country, and as its subject? */
static const char *speaks_of(const dp_run *x, onr_span at, uint32_t root, uint32_t who)
{
    bool any = false;
    for (uint32_t i = onri_token_at(x->v.parse, at.beg); i < x->n && x->t[i].beg < at.end; i++) {
        if (x->v.entity_at[i] == ONR_NONE || !kin(x, x->v.entity_at[i], who)) continue;
        if (i <= root) return "subject";
        any = true;
    }
    return any ? "yes" : "no";
}

/* ---- words ---------------------------------------------------------------------------------- */

static bool carries_meaning(const onr_token *t)
{
    static const char *const light[] = { "be",    "have", "do",    "say",  "make", "take",
                                         "get",   "go",   "come",  "give", "use",  "year",
                                         "day",   "such", "more",  "many", "own",  "new",
                                         "other", "much", "would", "time" };
    if (t->pos != ONR_POS_NOUN && t->pos != ONR_POS_PROPN && t->pos != ONR_POS_ADJ &&
        t->pos != ONR_POS_VERB && t->pos != ONR_POS_NUM && t->pos != ONR_POS_ADV)
        return false;
    if (t->dep == ONR_DEP_AUX || t->lemma.n < 2) return false;
    for (size_t i = 0; i < sizeof light / sizeof *light; i++)
        if (onri_eqz(t->lemma, light[i])) return false;
    return true;
}

/* Lemma in lower case; adverbs as their adjectives (militarily: military). */
static onr_sv key_of(const onr_token *t, char buf[64])
{
    size_t n = t->lemma.n;
    if (n > 64) return t->lemma;
    for (size_t i = 0; i < n; i++) {
        const char c = t->lemma.p[i];
        buf[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    if (t->pos == ONR_POS_ADV && n > 5 && buf[n - 2] == 'l' && buf[n - 1] == 'y') {
        n -= 2;
        if (buf[n - 1] == 'i') buf[n - 1] = 'y';
    }
    return onri_sv(buf, n);
}

/* Where everybody is from: "Iranian officials" from where the name in their first mention is. */
static onr_status find_homes(dp_run *x, onr_error *err)
{
    onr_sv *home = ONRI_NEW_N(x->d->tmp, x->d->entities.n + (size_t)1, onr_sv);
    if (!home) return onri_fail_mem(err, x->d->tmp, "disputes");
    for (uint32_t e = 0; e < x->d->entities.n; e++) {
        const onr_entity *en = &x->d->entities.at[e];
        home[e] = en->country;
        if (en->country.n || en->n_mentions == 0) continue;
        const onr_span s = en->mentions[0].span;
        for (uint32_t i = onri_token_at(x->v.parse, s.beg), n = 0;
             n < DP_MENTION_MAX && i < x->n && x->t[i].beg < s.end; i++, n++) {
            const uint32_t in = x->v.entity_at[i];
            if (in != ONR_NONE && in != e && x->t[i].pos == ONR_POS_ADJ &&
                x->d->entities.at[in].country.n) {
                home[e] = x->d->entities.at[in].country;
                break;
            }
        }
    }
    x->home = home;
    return ONR_OK;
}

static void find_owners(dp_run *x);

onr_status dp_weigh_words(dp_run *x, onr_error *err)
{
    onr_arena *mem = x->d->tmp;
    const onr_status st = find_homes(x, err);
    if (st != ONR_OK) return st;
    onri_atoms here;
    onri_atoms_init(&here, mem);
    uint32_t *word = ONRI_NEW_N(mem, x->n + (size_t)1, uint32_t),
             *known = ONRI_NEW_N(mem, x->n + (size_t)1, uint32_t),
             *sentences = ONRI_NEW_N(mem, x->n + (size_t)1, uint32_t),
             *last = ONRI_NEW_N(mem, x->n + (size_t)1, uint32_t);
    float *weight = ONRI_NEW_N(mem, x->n + (size_t)1, float);
    if (!word || !known || !sentences || !last || !weight)
        return onri_fail_mem(err, mem, "disputes");
    for (uint32_t i = 0; i < x->n; i++) {
        char buf[64];
        word[i] = known[i] = ONR_NONE;
        if (!carries_meaning(&x->t[i])) continue;
        const onr_sv key = key_of(&x->t[i], buf);
        word[i] = onri_atom(&here, key);
        known[i] = onri_atom_find(&x->know->atoms, key);
        if (word[i] == ONR_NONE) return onri_fail_mem(err, mem, "disputes");
        if (last[word[i]] != x->t[i].sent + 1) {
            last[word[i]] = x->t[i].sent + 1;
            sentences[word[i]]++;
        }
    }
    for (uint32_t i = 0; i < x->n; i++)
        weight[i] = word[i] == ONR_NONE ? 0.0f : 1.0f / (1.0f + logf((float)sentences[word[i]]));
    x->word = word;
    x->known = known;
    x->weight = weight;
    find_owners(x);
    return ONR_OK;
}

typedef struct stretch {
    uint32_t at[DP_WORDS_MAX];
    uint32_t n;
} stretch;

static bool stands_in(const dp_run *x, const stretch *s, uint32_t word)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (x->word[s->at[i]] == word) return true;
    return false;
}

/* Tokens of a span that carry meaning, each word once. */
static void read_stretch(const dp_run *x, onr_span at, stretch *out)
{
    out->n = 0;
    for (uint32_t i = onri_token_at(x->v.parse, at.beg);
         i < x->n && x->t[i].beg < at.end && out->n < DP_WORDS_MAX; i++)
        if (x->word[i] != ONR_NONE && !stands_in(x, out, x->word[i])) out->at[out->n++] = i;
}

typedef struct likeness {
    float share;       /* weight of the words both have, of the lighter one's weight */
    uint32_t same;     /* words both have that name nobody */
    uint32_t opposite; /* pairs of opposites */
    uint32_t contrary; /* pairs of words that stand against each other in the news */
} likeness;

/* Words of a and b; names of the two speakers, who are in much that they say, are no likeness. */
static likeness compare(const dp_run *x, onr_span a, onr_span b, uint32_t one, uint32_t two)
{
    stretch s, o;
    likeness l = { 0.0f, 0, 0, 0 };
    float whole = 0.0f, other = 0.0f, both = 0.0f;
    read_stretch(x, a, &s);
    read_stretch(x, b, &o);
    for (uint32_t k = 0; k < o.n; k++) other += x->weight[o.at[k]];
    for (uint32_t i = 0; i < s.n; i++) {
        float best = 0.0f;
        const uint32_t t = s.at[i];
        for (uint32_t k = 0; k < o.n; k++) {
            const uint32_t r =
                x->word[t] == x->word[o.at[k]] || kin(x, x->v.entity_at[t], x->v.entity_at[o.at[k]])
                    ? DP_SAME
                    : dp_related(x->know, x->known[t], x->known[o.at[k]]);
            if (r == DP_OPPOSITE) l.opposite++;
            if (r == DP_CONTRARY) l.contrary++;
            const float v = r == DP_SAME       ? 1.0f
                            : r == DP_LIKE     ? 0.7f
                            : r == DP_OPPOSITE ? 0.7f
                                               : 0.0f;
            if (v > best) best = v;
        }
        whole += x->weight[t];
        both += best * x->weight[t];
        const uint32_t named = x->v.entity_at[t];
        if (best > 0.0f && !kin(x, named, one) && !kin(x, named, two)) l.same++;
    }
    if (other < whole) whole = other;
    l.share = whole > 0.0f ? both / whole : 0.0f;
    if (l.share > 1.0f) l.share = 1.0f;
    return l;
}

/* ---- features ------------------------------------------------------------------------------- */

static bool has_class(const dp_run *x, uint32_t beg, uint32_t end, uint32_t class)
{
    for (uint32_t i = beg; i < end && i < x->n; i++)
        if (dp_class(x->know, 'w', x->t[i].lower) == class ||
            dp_class(x->know, 'w', x->t[i].lemma) == class)
            return true;
    return false;
}

bool dp_is_bad(const dp_run *x, uint32_t beg, uint32_t end)
{
    return has_class(x, beg, end + 1, DP_BAD);
}

static bool is_negative(const dp_run *x, onr_span at)
{
    for (uint32_t i = onri_token_at(x->v.parse, at.beg); i < x->n && x->t[i].beg < at.end; i++)
        if (x->t[i].dep == ONR_DEP_NEG || dp_is(x, i, "no") || dp_is(x, i, "never") ||
            dp_is(x, i, "not") || dp_is(x, i, "nothing") || dp_is(x, i, "none"))
            return true;
    return false;
}

/* "Iran denied it, but the inspectors said they had seen it": said behind the answer, but in the
 * same sentence, of a denial also in the next. */
static bool comes_after(const dp_run *x, const dp_answer *a, const dp_claim *c)
{
    const uint32_t here = x->t[a->token].sent;
    return c->span.beg >= a->span.end && c->sent >= here &&
           c->sent <= here + (a->sort == DP_BY_COUNTER ? 0 : 1);
}

/* "the rebels' report": where the rebels said something before, it is that. */
static void find_owners(dp_run *x)
{
    for (uint32_t i = 0; i < x->answers.n; i++) {
        dp_answer *a = &x->answers.at[i];
        if (a->owner == ONR_NONE || !a->anaphor) continue;
        const uint32_t before = dp_claims_before(x, a->beg);
        for (uint32_t back = 0; back < DP_WINDOW && back < before; back++)
            if (kin(x, a->owner, x->claims.at[before - 1 - back].claimant) == 2)
                a->owner_spoke = true;
    }
}

bool dp_possible(const dp_run *x, const dp_answer *a, const dp_claim *c)
{
    if (c->span.end == 0) return false;
    if (c->sort != DP_SAID) return true;
    if (c->span.end > a->beg && !comes_after(x, a, c)) return false;
    if (a->owner_spoke && kin(x, a->owner, c->claimant) != 2) return false;
    /* "rejected the request": a thing is answered only where the claim speaks of it */
    if (a->sort != DP_BY_COUNTER && a->topic != ONR_NONE && !a->anaphor && a->inner == a->topic &&
        !dp_is_clause(x, a->topic) && a->topic_class != DP_DEED &&
        compare(x, a->about, c->span, ONR_NONE, ONR_NONE).share < 0.2f)
        return false;
    if (a->sort == DP_BY_COUNTER && c->statement == a->statement) return false; /* its own */
    /* "admitted that they had been told": something else than what was said */
    if (a->verdict == ONR_VERDICT_CONFIRMS && a->topic != ONR_NONE && dp_is_clause(x, a->topic)) {
        const likeness l = compare(x, a->about, c->span, a->by.entity, c->claimant);
        if (l.share < 0.2f || l.same == 0) return false;
    }
    /* "there was no indication of an attack": only of an attack that was spoken of */
    if (a->verdict == ONR_VERDICT_NOT_CONFIRMED && a->topic_class == DP_DEED && !a->withheld &&
        compare(x, a->about, c->span, ONR_NONE, ONR_NONE).share < 0.2f)
        return false;
    if (c->claimant != ONR_NONE && a->by.entity != ONR_NONE)
        return a->sort == DP_BY_COUNTER ? !one_side(x, c->claimant, a->by.entity)
                                        : c->claimant != a->by.entity;
    /* nobody known: not the same words for both */
    const onr_sv text = x->v.parse->text;
    return c->by.end == 0 || a->by.span.end == 0 ||
           !onri_eq(onri_sub(text, c->by.beg, c->by.end),
                    onri_sub(text, a->by.span.beg, a->by.span.end));
}

typedef struct emitter {
    void (*fn)(void *ctx, onr_sv feature);
    void *ctx;
    const char *sort, *also; /* also: a second sort that gets the same, or NULL */
} emitter;

static void emit_as(const emitter *e, const char *sort, const char *name, const char *value)
{
    char buf[96];
    size_t n = 0;
    const char *const parts[] = { sort, " ", name, "=", value };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (const char *p = parts[i]; *p && n < sizeof buf; p++) buf[n++] = *p;
    e->fn(e->ctx, onri_sv(buf, n));
}

static void emit(const emitter *e, const char *name, const char *value)
{
    emit_as(e, e->sort, name, value);
    if (e->also) emit_as(e, e->also, name, value);
}

static const char *bucket(uint32_t n, uint32_t most)
{
    static const char *const names[] = { "0", "1", "2", "3", "4", "more" };
    return n > most || n > 4 ? "more" : names[n];
}

static const char *distance(uint32_t d)
{
    return d == 0 ? "same" : d == 1 ? "next" : d == 2 ? "2" : d <= 4 ? "4" : d <= 8 ? "8" : "far";
}

static const char *class_of_cue(uint8_t c)
{
    return c == DP_INSIST   ? "insist"
           : c == DP_REPLY  ? "reply"
           : c == DP_CHARGE ? "charge"
           : c == DP_WARN   ? "warn"
                            : "plain";
}

static const char *share_of(float s)
{
    return s < 0.01f ? "0" : s < 0.2f ? "20" : s < 0.4f ? "40" : s < 0.6f ? "60" : "more";
}

static const char *sort_of_kind(onr_statement_kind k)
{
    switch (k) {
    case ONR_KIND_ASSERTION:
        return "assertion";
    case ONR_KIND_ACCUSATION:
        return "accusation";
    case ONR_KIND_BELIEF:
    case ONR_KIND_KNOWLEDGE:
        return "belief";
    case ONR_KIND_FEAR:
        return "fear";
    case ONR_KIND_ATTITUDE:
        return "attitude";
    case ONR_KIND_HOPE:
    case ONR_KIND_DESIRE:
    case ONR_KIND_INTENTION:
        return "wish";
    default:
        return "other";
    }
}

static const char *const sort_names[3][3] = { { "verb-said", "verb-own", "verb-told" },
                                              { "verb-said", "verb-own", "verb-told" },
                                              { "counter", "counter", "counter" } };

/* "will", "would": what is announced, not what is claimed. */
static bool is_future(const dp_run *x, uint32_t clause)
{
    ONRI_EACH_CHILD (&x->v.tree, c, clause)
        if (x->t[c].dep == ONR_DEP_AUX && (dp_is(x, c, "will") || dp_is(x, c, "would")))
            return true;
    return false;
}

/* Did somebody else, shortly before the answer, lay something bad to the one who answers? */
static bool is_accusation(const dp_run *x, const dp_answer *a, const dp_claim *c)
{
    const uint32_t here = x->t[a->token].sent;
    if (c->span.end > a->beg || c->sent + 3 < here || !dp_possible(x, a, c)) return false;
    const uint32_t beg = onri_token_at(x->v.parse, c->span.beg),
                   end = onri_token_at(x->v.parse, c->span.end);
    return has_class(x, beg, end, DP_BAD) && *speaks_of(x, c->span, c->root, a->by.entity) != 'n';
}

/* "any role in it": the rest of the claim stands elsewhere. */
static bool points_back(const dp_run *x, const dp_answer *a)
{
    for (uint32_t i = x->t[a->topic].l_edge; i <= x->t[a->topic].r_edge; i++)
        if (i != a->topic && (dp_is(x, i, "it") || dp_is(x, i, "this") || dp_is(x, i, "that")))
            return true;
    return false;
}

/* "The US says Iran provides bombs … Iran denies that it supplies weapons"; "Bush said the reforms
 * were derailed … Russia cannot agree with his declaration about the derailing": the denied words
 * only take up what was said. */
bool dp_takes_up_said(const dp_run *x, const dp_answer *a)
{
    const uint32_t lo = dp_claims_before(x, a->beg);
    for (uint32_t back = 0; back < DP_WINDOW && back < lo; back++) {
        const dp_claim *c = &x->claims.at[lo - 1 - back];
        const bool owned = a->owner != ONR_NONE && c->statement != ONR_NONE &&
                           kin(x, a->owner, c->claimant) == 2 && dp_possible(x, a, c);
        const bool accused = is_accusation(x, a, c);
        if (!owned && !accused) continue;
        if (accused && a->topic_class == DP_DEED && points_back(x, a)) return true;
        if (compare(x, a->about, c->span, a->by.entity, c->claimant).same) return true;
    }
    return false;
}

/* An explicit answer: the words it answers with, and how far away the claim is. */
static void explicit_features(const dp_run *x, const emitter *e, const dp_answer *a,
                              const dp_claim *c)
{
    if (a->by.entity == ONR_NONE) emit(e, "by", "unknown");
    if (a->sort == DP_BY_PREDICATE) emit(e, "by", "predicate");
    emit(e, "verdict", onr_verdict_name((onr_verdict)a->verdict));
    emit(e, "topic",
         a->topic == ONR_NONE         ? "none"
         : dp_is_clause(x, a->inner)  ? "clause"
         : a->inner != a->topic       ? "named"
         : !a->anaphor                ? (a->topic_class != DP_DEED ? "thing"
                                         : points_back(x, a)       ? "deed-it"
                                                                   : "deed")
         : a->topic_class == DP_CLAIM ? "claim"
         : a->topic_class == DP_WORK  ? "work"
                                      : "pronoun");
    if (c->sort == DP_OWN) {
        const uint32_t beg = onri_token_at(x->v.parse, c->span.beg),
                       end = onri_token_at(x->v.parse, c->span.end);
        const char *verdict = onr_verdict_name((onr_verdict)a->verdict);
        emit(e, has_class(x, beg, end, DP_BAD) ? "bad" : "not-bad", verdict);
        if (is_future(x, c->root)) emit(e, "future", verdict);
    }
    if (c->sort != DP_SAID) return;
    if (a->anaphor) {
        const likeness whole = compare(x, a->span, c->span, a->by.entity, c->claimant);
        emit(e, "answer-words", whole.same ? "yes" : "no");
        emit(e, "of-claimant", speaks_of(x, a->span, ONR_NONE, c->claimant));
    }
    if (a->owner != ONR_NONE)
        emit(e, "owner", kin(x, a->owner, c->claimant) ? "claimant" : "another");
    const likeness l = compare(x, a->about, c->span, a->by.entity, c->claimant);
    if (!a->anaphor || (dp_says_more(x, a) && x->t[a->topic].pos == ONR_POS_NOUN)) {
        emit(e, "share", share_of(l.share));
        if (dp_is_clause(x, a->topic)) emit(e, "clause-share", share_of(l.share));
        emit(e, "words", bucket(l.same, 2));
        if (is_accusation(x, a, c)) emit(e, "accuses", l.same ? "alike" : "yes");
    }
}

static bool denied_verb(const dp_run *x, uint32_t v)
{
    if (onri_tree_negated(&x->v.tree, v)) return true;
    ONRI_EACH_CHILD (&x->v.tree, c, v)
        if (dp_is(x, c, "never") || dp_is(x, c, "nobody") || dp_is(x, c, "nothing")) return true;
    return false;
}

/* "must leave" against "will not leave": the same verb, denied in one of them. */
static bool is_same_verb_denied(const dp_run *x, onr_span a, onr_span b)
{
    stretch s, o;
    read_stretch(x, a, &s);
    read_stretch(x, b, &o);
    for (uint32_t i = 0; i < s.n; i++)
        for (uint32_t k = 0; k < o.n; k++) {
            const uint32_t v = s.at[i], w = o.at[k];
            if (x->t[v].pos != ONR_POS_VERB || x->t[w].pos != ONR_POS_VERB) continue;
            const uint32_t r =
                x->word[v] == x->word[w] ? DP_SAME : dp_related(x->know, x->known[v], x->known[w]);
            if (r == DP_UNRELATED) continue;
            if ((denied_verb(x, v) != denied_verb(x, w)) != (r == DP_OPPOSITE)) return true;
        }
    return false;
}

bool dp_goes_on(const dp_run *x, const dp_answer *a, const dp_claim *c)
{
    return compare(x, a->about, c->span, a->by.entity, c->claimant).same > 0;
}

static void counter_features(const dp_run *x, const emitter *e, const dp_answer *a,
                             const dp_claim *c)
{
    const likeness l = compare(x, a->about, c->span, a->by.entity, c->claimant);
    const uint32_t first = onri_token_at(x->v.parse, a->from),
                   last = onri_token_at(x->v.parse, a->about.end);
    const onr_tokens s = x->v.parse->sentences[x->t[a->token].sent];
    const uint32_t from =
        c->sent == x->t[a->token].sent ? onri_token_at(x->v.parse, c->span.end) : s.beg;
    emit(e, "share", share_of(l.share));
    emit(e, "words", bucket(l.same, 3));
    if (l.opposite) emit(e, "opposite", "yes");
    if (l.contrary) emit(e, "contrary", "yes");
    if (is_same_verb_denied(x, a->about, c->span)) emit(e, "same-verb", "denied");
    emit(e, "cue", class_of_cue(a->cue));
    if (a->cue == c->cue && a->cue != DP_NONE) emit(e, "both", class_of_cue(a->cue));
    emit(e, "contrast",
         has_class(x, from, first > from ? last : s.end, DP_CONTRAST) ? "yes" : "no");
    emit(e, "negated", is_negative(x, a->about) != is_negative(x, c->span) ? "one" : "same");
    emit(e, "of-claimant", speaks_of(x, a->about, a->token, c->claimant));
    emit(e, "of-self", speaks_of(x, a->about, a->token, a->by.entity));
    emit(e, "answer-form", dp_is_clause(x, a->token) ? "clause" : "phrase");
    emit(e, "answer-kind", sort_of_kind(x->d->statements.at[a->statement].kind));
    const uint32_t outer = x->d->statements.at[a->statement].within;
    if (outer != ONR_NONE && x->d->statements.at[outer].source.entity != a->by.entity)
        emit(e, "told-by-another", "yes");
    const onr_ref to = x->d->statements.at[a->statement].addressee;
    if (to.entity != ONR_NONE && to.entity == c->claimant) emit(e, "to-claimant", "yes");
}

/* What a claim that somebody made is, and how it stands to the answer and the answerer. */
static void said_features(const dp_run *x, const emitter *e, const dp_answer *a, const dp_claim *c,
                          uint32_t between)
{
    const uint32_t here = x->t[onri_token_at(x->v.parse, a->beg)].sent;
    const uint32_t beg = onri_token_at(x->v.parse, c->span.beg),
                   end = onri_token_at(x->v.parse, c->span.end);
    const char *of = speaks_of(x, c->span, c->root, a->by.entity);
    const bool bad = has_class(x, beg, end, DP_BAD);
    stretch words;
    read_stretch(x, c->span, &words);
    if (words.n < 3) emit(e, "claim-words", "few");
    emit(e, "claim-form", dp_is_clause(x, c->root) ? "clause" : "phrase");
    emit(e, "distance",
         c->span.beg >= a->span.end ? "after"
         : c->span.beg >= a->from   ? "inside"
         : here > c->sent           ? distance(here - c->sent)
                                    : distance(0));
    emit(e, "between", bucket(between, 4));
    emit(e, "kind",
         c->statement == ONR_NONE ? "told" : sort_of_kind(x->d->statements.at[c->statement].kind));
    emit(e, "claim-cue", class_of_cue(c->cue));
    emit(e, "claimant",
         c->claimant == ONR_NONE                  ? "unknown"
         : a->by.entity == ONR_NONE               ? "other"
         : one_side(x, c->claimant, a->by.entity) ? "side"
         : kin(x, c->claimant, a->by.entity)      ? "kin"
                                                  : "other");
    emit(e, "of-answerer", of);
    emit(e, "bad", bad ? "yes" : "no");
    if (bad) emit(e, "bad-of-answerer", of);
}

void dp_features(const dp_run *x, const dp_answer *a, const dp_claim *c, uint32_t between,
                 void (*fn)(void *ctx, onr_sv feature), void *ctx)
{
    emitter e = { fn, ctx, sort_names[a->sort][c->sort], NULL };
    emit(&e, "bias", "1");
    if (a->sort == DP_BY_COUNTER)
        counter_features(x, &e, a, c);
    else
        explicit_features(x, &e, a, c);
    if (c->sort != DP_SAID) return;
    e.also = "any"; /* what explicit answers and counter-statements share */
    said_features(x, &e, a, c, between);
}

typedef struct sum {
    const onri_dispute_know *know;
    float z;
} sum;

static void add_weight(void *ctx, onr_sv feature)
{
    sum *s = ctx;
    s->z += dp_weight_of(s->know, feature);
}

float dp_p(const dp_run *x, const dp_answer *a, const dp_claim *c, uint32_t between)
{
    sum s = { x->know, 0.0f };
    dp_features(x, a, c, between, add_weight, &s);
    return 1.0f / (1.0f + expf(-s.z));
}
