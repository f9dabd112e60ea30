/* The same statement, event, commitment or dispute told by two articles; a statement denied; a
 * commitment met or broken. Scores are weights chosen by hand and measured by reading
 * (docs/measured/store.md). Source: own. Leaves out: the same thing said in other words. */
#include "store/link_same.h"

enum {
    SAME_DAYS = 3,  /* papers tell of one thing within so many days */
    EVENT_DAYS = 2, /* when two events of one kind and pair of actors are one */
    REPEAT_DAYS = 750,
    WORDS_LEAST = 3,
    LONG_WORDS = 16 /* more than one sentence has, mostly */
};

static const onri_same nothing;

static double containment(const onri_wordset *a, const onri_wordset *b, uint32_t least,
                          double *jaccard)
{
    const uint32_t common = onri_words_common(a, b);
    const uint32_t less = a->n < b->n ? a->n : b->n, all = a->n + b->n - common;
    *jaccard = all ? (double)common / all : 0;
    return less >= least && common >= (least > 1 ? 2 : 1) ? (double)common / less : 0;
}

static int32_t days_between(const onri_feature *later, const onri_feature *earlier)
{
    if (!later->day || !earlier->day) return 0;
    return later->day > earlier->day ? later->day - earlier->day : earlier->day - later->day;
}

static bool is(onr_sv a, const char *b)
{
    return onri_eqz(a, b);
}

/* ---- statements -------------------------------------------------------------------------------
 */

static bool denies(const onri_feature *f)
{
    return is(f->kind, "denial");
}

static onri_same statements(const onri_feature *a, const onri_feature *b)
{
    double j;
    const double c = containment(&a->words, &b->words, WORDS_LEAST, &j);
    onri_same s = { NULL, 0.6 * c + 0.4 * j, c, days_between(a, b) };
    const uint32_t less = a->words.n < b->words.n ? a->words.n : b->words.n;
    if (a->by && a->by == b->by) {
        if (less < 5 && c < 1) return nothing; /* few words: all of them */
        if (denies(a) != denies(b) || s.score < 0.6) return nothing;
        if (a->words.negated != b->words.negated && less >= 3) {
            /* In a long quotation some other sentence may have the "not". */
            if (a->words.n > LONG_WORDS || b->words.n > LONG_WORDS) {
                if (c < 0.8) return nothing;
                s.kind = s.days <= SAME_DAYS ? "same" : s.days <= REPEAT_DAYS ? "repeats" : NULL;
                return s;
            }
            if (j < 0.5) return nothing;
            s.kind = s.days <= SAME_DAYS ? "contradicts" : s.days <= REPEAT_DAYS ? "changes" : NULL;
            return s;
        }
        s.kind = s.days <= SAME_DAYS ? "same" : s.days <= REPEAT_DAYS ? "repeats" : NULL;
        return s;
    }
    /* A denial by somebody else of what was claimed before. */
    if (!denies(a) || denies(b) || !a->by || !b->by || s.days > 30) return nothing;
    if (!is(b->kind, "accusation") && !is(b->kind, "assertion") && !is(b->kind, "belief"))
        return nothing;
    if (c < 0.7 || less < 4) return nothing;
    s.kind = "denies";
    return s;
}

/* ---- events -----------------------------------------------------------------------------------
 */

static bool takes_place(const onri_feature *f)
{
    return is(f->status, "happened") || is(f->status, "ongoing");
}

/* Who meets whom is all one. */
static bool is_mutual(const onri_feature *f)
{
    return is(f->kind, "CONSULT");
}

static onri_same events(const onri_feature *a, const onri_feature *b)
{
    if (!onri_eq(a->kind, b->kind) || !a->by) return nothing;
    const bool crossed = is_mutual(a) && a->to && a->by == b->to && a->to == b->by;
    if (!crossed && a->by != b->by) return nothing;
    if (!crossed && a->to && b->to && a->to != b->to) return nothing;
    double j;
    const double c = containment(&a->words, &b->words, a->to && b->to ? 1 : 2, &j);
    onri_same s = { NULL, 0.3, c, days_between(a, b) };
    if (s.days > EVENT_DAYS) return nothing;
    if (a->to && b->to) s.score += 0.25;
    if (a->place && b->place) s.score += a->place == b->place ? 0.15 : -0.2;
    s.score += 0.3 * c + 0.1 * j - 0.05 * s.days;
    if (!a->day || !b->day) s.score -= 0.1;
    if (s.score < 0.6) return nothing;
    const bool no_a = is(a->status, "negated"), no_b = is(b->status, "negated");
    s.kind = no_a != no_b && (takes_place(a) || takes_place(b)) ? "contradicts" : "same";
    return s;
}

/* ---- commitments ------------------------------------------------------------------------------
 */

static bool will_not(const onri_feature *c)
{
    return is(c->kind, "will-not") || c->negated;
}

static onri_same commitments(const onri_feature *a, const onri_feature *b)
{
    if (!a->by || a->by != b->by) return nothing;
    double j, ji;
    const double c = containment(&a->words, &b->words, 2, &j);
    onri_same s = { NULL, 0.6 * c + 0.4 * j, c, days_between(a, b) };
    if (s.score < 0.6 || s.days > REPEAT_DAYS) return nothing;
    const uint32_t less = a->words.n < b->words.n ? a->words.n : b->words.n;
    /* "win" and "election" are in many promises: the opposite of one needs more in common. */
    if (will_not(a) != will_not(b) && less < 3 && j < 0.8) return nothing;
    const bool if_a = a->if_words.n > 0, if_b = b->if_words.n > 0;
    const bool other_if =
        if_a != if_b || (if_a && containment(&a->if_words, &b->if_words, 1, &ji) < 0.4);
    s.kind = will_not(a) != will_not(b) || (other_if && s.days > 0) ? "changes"
             : s.days <= SAME_DAYS                                  ? "same"
                                                                    : "repeats";
    return s;
}

/* Words are no deeds. */
static bool is_talk(const onri_feature *e)
{
    static const char *const talk[] = { "ACCUSE", "REQUEST", "THREATEN", "REJECT" };
    for (size_t i = 0; i < sizeof talk / sizeof *talk; i++)
        if (is(e->kind, talk[i])) return true;
    return false;
}

/* An event behind a commitment: the holder does it, or what says that he does not. */
static onri_same outcome(const onri_feature *e, const onri_feature *c)
{
    if (!e->by || e->by != c->by || !e->day || !c->day) return nothing;
    if (e->day < c->day || is_talk(e)) return nothing;
    double j;
    const double w = containment(&e->words, &c->words, 2, &j);
    onri_same s = { NULL, 0.7 * w + 0.3 * j, w, days_between(e, c) };
    if (s.days > REPEAT_DAYS || s.score < 0.6) return nothing;
    const bool done = takes_place(e), not_done = is(e->status, "negated");
    if (!done && !not_done) return nothing;
    /* "his proposal to build a wall" builds none, unless it is a proposal that was promised. */
    if (e->words.undone && !c->words.undone) return nothing;
    s.kind = done == !will_not(c) ? "meets" : "breaks";
    return s;
}

/* ---- disputes ---------------------------------------------------------------------------------
 */

enum { DISPUTE_DAYS = 30 };

static bool says_no(const onri_feature *d)
{
    return is(d->kind, "denies") || is(d->kind, "dismisses");
}

/* Is it the same claim? Fewer words will do where the two also agree on who claims or answers. */
static bool same_claim(const onri_same *s, uint32_t less, bool who)
{
    return who ? less >= WORDS_LEAST && s->words >= 0.7 && s->score >= 0.6
               : less >= 5 && s->words >= 0.85;
}

/* The same claim in another article: answered alike, or otherwise by the same one. */
static onri_same disputes(const onri_feature *a, const onri_feature *b)
{
    double j;
    const double c = containment(&a->words, &b->words, WORDS_LEAST, &j);
    onri_same s = { NULL, 0.6 * c + 0.4 * j, c, days_between(a, b) };
    const uint32_t less = a->words.n < b->words.n ? a->words.n : b->words.n;
    const bool same_by = a->by && a->by == b->by, same_to = a->to && a->to == b->to;
    if (s.days > DISPUTE_DAYS || a->words.negated != b->words.negated) return nothing;
    if (!same_claim(&s, less, same_by || same_to)) return nothing;
    if (same_by) s.score += 0.1;
    if (same_to) s.score += 0.1;
    if (s.score > 1) s.score = 1;
    const bool turned =
        same_to && says_no(a) != says_no(b) && (is(a->kind, "confirms") || is(b->kind, "confirms"));
    s.kind = turned                ? s.days <= SAME_DAYS ? "contradicts" : "changes"
             : s.days <= SAME_DAYS ? "same"
                                   : "repeats";
    return s;
}

/* What one paper has somebody claim, another has denied. */
static onri_same disputed(const onri_feature *d, const onri_feature *claim)
{
    double j;
    const double c = containment(&d->words, &claim->words, WORDS_LEAST, &j);
    onri_same s = { NULL, 0.6 * c + 0.4 * j, c, days_between(d, claim) };
    const uint32_t less = d->words.n < claim->words.n ? d->words.n : claim->words.n;
    const bool who = d->by && d->by == claim->by;
    if (!says_no(d) || !d->to || !claim->by || d->to == claim->by) return nothing;
    if (s.days > DISPUTE_DAYS || (d->by && !who) || d->words.negated != claim->words.negated)
        return nothing;
    if (!is(claim->kind, "accusation") && !is(claim->kind, "assertion") &&
        !is(claim->kind, "belief"))
        return nothing;
    if (less < 4 || !same_claim(&s, less, who)) return nothing;
    s.kind = "denies";
    return s;
}

onri_same onri_same_of(const onri_feature *later, const onri_feature *earlier)
{
    if (later->article == earlier->article) return nothing;
    if (later->layer == ONR_LAYER_EVENT && earlier->layer == ONR_LAYER_COMMITMENT)
        return outcome(later, earlier);
    if (later->layer == ONR_LAYER_DISPUTE && earlier->layer == ONR_LAYER_STATEMENT)
        return disputed(later, earlier);
    if (later->layer != earlier->layer) return nothing;
    switch (later->layer) {
    case ONR_LAYER_STATEMENT:
        return statements(later, earlier);
    case ONR_LAYER_EVENT:
        return events(later, earlier);
    case ONR_LAYER_COMMITMENT:
        return commitments(later, earlier);
    case ONR_LAYER_DISPUTE:
        return disputes(later, earlier);
    default:
        return nothing;
    }
}

/* The two sorted: an event and a commitment, whichever is which. */
static bool event_and_commitment(const onri_feature *a, const onri_feature *b,
                                 const onri_feature **event, const onri_feature **commitment)
{
    *event = a->layer == ONR_LAYER_EVENT ? a : b;
    *commitment = *event == a ? b : a;
    return (*event)->layer == ONR_LAYER_EVENT && (*commitment)->layer == ONR_LAYER_COMMITMENT;
}

bool onri_same_may(const onri_feature *a, const onri_feature *b)
{
    const onri_feature *event, *commitment;
    if (a->article == b->article) return false;
    if (a->layer == b->layer) return a->layer != ONR_LAYER_EVENT || onri_eq(a->kind, b->kind);
    return !event_and_commitment(a, b, &event, &commitment) || !is_talk(event);
}

bool onri_same_may_still(const onri_feature *a, const onri_feature *b)
{
    const onri_feature *event, *commitment;
    if (a->layer == b->layer)
        return a->layer != ONR_LAYER_EVENT || days_between(a, b) <= EVENT_DAYS;
    if (!event_and_commitment(a, b, &event, &commitment)) return true;
    return event->day && commitment->day && event->day >= commitment->day &&
           days_between(event, commitment) <= REPEAT_DAYS &&
           (takes_place(event) || is(event->status, "negated"));
}

/* ---- keys -------------------------------------------------------------------------------------
 */

static int64_t key_of(char what, int64_t base, uint64_t x)
{
    uint64_t h = onri_hash_u64((uint64_t)base ^ ((uint64_t)(unsigned char)what << 56));
    h = onri_hash_u64(h ^ x);
    return (int64_t)(h >> 1);
}

/* The words with the smallest hashes: a sample that both texts draw alike. */
static void word_keys(char what, int64_t base, const onri_wordset *w, uint32_t most, int64_t *out,
                      uint32_t *n)
{
    for (uint32_t i = 0; i < w->n && i < most; i++) out[(*n)++] = key_of(what, base, w->at[i]);
}

/* Two words that both have, whoever says it. */
static void denial_keys(const onri_wordset *w, int64_t *out, uint32_t *n)
{
    for (uint32_t i = 0; w->n >= 4 && i < 3; i++)
        out[(*n)++] = key_of('d', 0, (uint64_t)w->at[i] << 32 | w->at[i + 1]);
}

uint32_t onri_same_event_keys(const onri_feature *f)
{
    return is_mutual(f) && f->to_base ? 2 : 1;
}

uint32_t onri_same_keys(const onri_feature *f, int64_t out[ONRI_KEYS_MAX])
{
    uint32_t n = 0;
    switch (f->layer) {
    case ONR_LAYER_STATEMENT:
        if (f->words.n < WORDS_LEAST) break;
        if (f->by) word_keys('s', f->base, &f->words, 5, out, &n);
        denial_keys(&f->words, out, &n);
        break;
    case ONR_LAYER_EVENT:
        if (!f->by) break;
        out[n++] = key_of('e', f->base, onri_hash(f->kind));
        if (onri_same_event_keys(f) > 1) out[n++] = key_of('e', f->to_base, onri_hash(f->kind));
        if (takes_place(f) || is(f->status, "negated"))
            word_keys('c', f->base, &f->words, 5, out, &n);
        break;
    case ONR_LAYER_COMMITMENT:
        if (f->by) word_keys('c', f->base, &f->words, 6, out, &n);
        break;
    case ONR_LAYER_DISPUTE:
        if (f->words.n < WORDS_LEAST) break;
        if (f->by) word_keys('q', f->base, &f->words, 5, out, &n);
        if (f->to && f->to_base != f->base) word_keys('q', f->to_base, &f->words, 5, out, &n);
        denial_keys(&f->words, out, &n);
        break;
    default:
        break;
    }
    return n;
}
