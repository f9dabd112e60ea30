/* Namesakes. People of one full name are one person unless something speaks against it: other
 * countries, other middle names, or fields of work that do not go together (a senator and a
 * goalkeeper) and that no article has in one. The most told profile opens a group; each next joins
 * the group that it fits best. Source: own. Leaves out: what an article is about, which could tell
 * two officials of one country and name apart. */
#include "store/link_group.h"

#include "store/link_words.h"

#include <stdlib.h>

static int cmp_profile(const void *va, const void *vb)
{
    const onri_profile *a = va, *b = vb;
    const int known_a = a->wikidata.n ? 2 : a->country.n != 0,
              known_b = b->wikidata.n ? 2 : b->country.n != 0;
    if (known_a != known_b) return known_b - known_a;
    if (a->n != b->n) return a->n < b->n ? 1 : -1;
    int c = onri_cmp(a->wikidata, b->wikidata);
    if (!c) c = onri_cmp(a->country, b->country);
    if (!c) c = onri_cmp(a->middle, b->middle);
    return c ? c : (a->fields > b->fields) - (a->fields < b->fields);
}

typedef struct group {
    onr_sv country, middle, wikidata;
    unsigned fields;
    int64_t n;
} group;

enum { GROUPS_MAX = 64, FEW = 8 /* one article in so many may give a wrong country */ };

static bool fields_fit(unsigned a, unsigned b)
{
    return a == 0 || b == 0 || (a & b);
}

/* How well the profile fits: 0 not at all. */
static double fit(const group *g, const onri_profile *p, bool person, const char **why)
{
    if (g->wikidata.n && p->wikidata.n) {
        *why = "wikidata";
        return onri_eq(g->wikidata, p->wikidata) ? 1 : 0;
    }
    if (!onri_middle_fits(g->middle, p->middle)) return 0;
    if (person && !fields_fit(g->fields, p->fields)) return 0;
    const bool same_field = person && (g->fields & p->fields);
    if (g->country.n && p->country.n) {
        if (onri_eq(g->country, p->country)) {
            *why = "name+country";
            return same_field ? 0.98 : 0.95;
        }
        /* Against many articles, one that names another country is the one that misread. */
        if (!person || p->n * FEW > g->n || !same_field) return 0;
        *why = "name+field";
        return 0.6;
    }
    *why = same_field ? "name+field" : "name";
    return same_field ? 0.9 : 0.8;
}

static void join(group *g, const onri_profile *p)
{
    if (!g->country.n) g->country = p->country;
    if (p->middle.n > g->middle.n) g->middle = p->middle;
    if (!g->wikidata.n) g->wikidata = p->wikidata;
    g->fields |= p->fields;
    g->n += p->n;
}

/* The group for p, or n. Nothing told about p and several groups that fit: the one that is told of
 * four times as often as the next. */
static uint32_t best(const group *g, uint32_t n, onri_profile *p, bool person)
{
    uint32_t at = n, fits = 0;
    int64_t most = 0, second = 0;
    double top = 0;
    for (uint32_t i = 0; i < n; i++) {
        const char *why = "name";
        const double v = fit(&g[i], p, person, &why);
        if (v <= 0) continue;
        fits++;
        if (g[i].n > most) {
            second = most;
            most = g[i].n;
        } else if (g[i].n > second) {
            second = g[i].n;
        }
        if (v > top + 1e-9 || (v > top - 1e-9 && g[i].n > g[at].n)) {
            top = v;
            at = i;
            p->evidence = why;
            p->score = v;
        }
    }
    if (fits > 1 && top < 0.9) {
        if (most < 4 * second) return n;
        p->evidence = "most told";
        p->score = 0.6;
    }
    return at;
}

/* Number groups by size, so that the first keeps its name when a namesake comes up. */
static void number(onri_profile *p, uint32_t n, const group *g, uint32_t n_groups)
{
    uint32_t rank[GROUPS_MAX];
    for (uint32_t i = 0; i < n_groups; i++) {
        rank[i] = 0;
        for (uint32_t j = 0; j < n_groups; j++)
            if (g[j].n > g[i].n || (g[j].n == g[i].n && j < i)) rank[i]++;
    }
    for (uint32_t i = 0; i < n; i++) p[i].group = rank[p[i].group];
}

/* One article that gives one man two fields (the actor who became governor) says that they go
 * together under this name. */
static void bridge(onri_profile *p, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const unsigned f = p[i].fields;
        if (!(f & (f - 1))) continue;
        for (uint32_t j = 0; j < n; j++)
            if (p[j].fields & f) p[j].fields |= f;
    }
}

void onri_group(onri_profile *p, uint32_t n, bool person)
{
    group g[GROUPS_MAX];
    uint32_t n_groups = 0;
    if (person) bridge(p, n);
    qsort(p, n, sizeof *p, cmp_profile);
    for (uint32_t i = 0; i < n; i++) {
        p[i].evidence = "name";
        p[i].score = 1;
        uint32_t at = best(g, n_groups, &p[i], person);
        if (at == n_groups) {
            if (n_groups == GROUPS_MAX) {
                at = n_groups - 1;
                p[i].score = 0.1;
            } else {
                g[n_groups++] = (group){ .n = 0 };
                p[i].evidence = "name";
                p[i].score = 1;
            }
        }
        join(&g[at], &p[i]);
        p[i].group = at;
    }
    number(p, n, g, n_groups);
}
