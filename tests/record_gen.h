/* A seeded generator of records that keep every promise: for property tests of all that reads or
 * writes records. Same seed, same record. */
#ifndef ONR_RECORD_GEN_H
#define ONR_RECORD_GEN_H

#include "record/record.h"

typedef struct gen {
    onr_arena *mem;
    uint64_t seed;
    uint32_t n_words, word; /* words of 3 code points, a space after each */
    onr_span *words;        /* where they stand */
} gen;

static inline uint32_t gen_below(gen *g, uint32_t n)
{
    g->seed = g->seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(g->seed >> 33) % n;
}

static inline bool gen_one_in(gen *g, uint32_t n)
{
    return gen_below(g, n) == 0;
}

/* The next words as a span: spans that are asked for one after another never overlap. */
static inline onr_span gen_span(gen *g)
{
    if (g->word + 4 > g->n_words) g->word = 0;
    const uint32_t first = g->word;
    g->word += 1 + gen_below(g, 3);
    return (onr_span){ g->words[first].beg, g->words[g->word - 1].end };
}

static inline onr_spans gen_spans(gen *g, uint32_t n)
{
    if (g->word + 4 * n > g->n_words) g->word = 0;
    onr_span *at = onri_alloc_n(g->mem, n, sizeof *at);
    for (uint32_t i = 0; i < n; i++) at[i] = gen_span(g);
    return (onr_spans){ at, n };
}

static inline uint32_t gen_index(gen *g, uint32_t n)
{
    return n == 0 || gen_one_in(g, 3) ? ONR_NONE : gen_below(g, n);
}

static inline onr_sv gen_sv(gen *g)
{
    static const char *const some[] = { "",
                                        "Ali Akbar Velayati",
                                        "a \"quoted\" \\ one",
                                        "\xC3\x89\xF0\x9F\x98\x80",
                                        "tab\there",
                                        "zero\x01" };
    return onri_svz(some[gen_below(g, sizeof some / sizeof *some)]);
}

static inline onr_ref gen_ref(gen *g, uint32_t n_entities)
{
    if (gen_one_in(g, 4)) return ONR_REF_NONE;
    return (onr_ref){ gen_index(g, n_entities), gen_span(g) };
}

static inline onr_time gen_time(gen *g)
{
    if (gen_one_in(g, 2)) return (onr_time){ 0 };
    return (onr_time){ ONR_SV("2018-07-12"), ONR_SV("2018-07-13"), gen_span(g) };
}

static inline float gen_p(gen *g)
{
    return (float)(1 + gen_below(g, 1000)) / 1000.0f;
}

static inline void gen_text(gen *g, onr_record *r)
{
    static const char *const letters[] = {
        "a", "Z", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xD9\x81", "\"", "\n"
    };
    g->n_words = 40 + gen_below(g, 300);
    g->words = onri_alloc_n(g->mem, g->n_words, sizeof *g->words);
    char *p = onr_alloc(g->mem, g->n_words * 13u + 1);
    size_t n = 0;
    for (uint32_t i = 0; i < g->n_words; i++) {
        g->words[i].beg = (uint32_t)n;
        for (int k = 0; k < 3; k++) {
            const char *c = letters[gen_below(g, sizeof letters / sizeof *letters)];
            memcpy(p + n, c, strlen(c));
            n += strlen(c);
        }
        g->words[i].end = (uint32_t)n;
        p[n++] = ' ';
    }
    r->text = onri_sv(p, n);
}

static inline void gen_entities(gen *g, onr_record *r)
{
    /* every mention has its own words: mention i of all stands at word i */
    r->n_entities = 1 + gen_below(g, 8);
    onr_entity *e = onri_alloc_n(g->mem, r->n_entities, sizeof *e);
    uint32_t word = 0;
    for (uint32_t i = 0; i < r->n_entities; i++) {
        onr_mention *m = onri_alloc_n(g->mem, 3, sizeof *m);
        e[i].type = (onr_entity_type)gen_below(g, ONR_ENTITY__COUNT);
        e[i].name = gen_sv(g);
        if (gen_one_in(g, 2)) e[i].country = ONR_SV("IRN");
        if (gen_one_in(g, 2)) e[i].code = ONR_SV("IRNGOV");
        if (gen_one_in(g, 3)) e[i].wikidata = ONR_SV("Q794");
        e[i].n_mentions = 1 + gen_below(g, 3);
        for (uint32_t k = 0; k < e[i].n_mentions; k++, word++)
            m[k] = (onr_mention){
                g->words[word], g->words[word], (onr_mention_kind)gen_below(g, ONR_MENTION__COUNT),
                "exact",        gen_p(g),       k ? k - 1 : ONR_NONE
            };
        e[i].mentions = m;
        if (gen_one_in(g, 2)) {
            onr_role *role = onr_alloc(g->mem, sizeof *role);
            *role = (onr_role){ ONR_SV("adviser"), gen_index(g, r->n_entities),
                                ONR_SV("IRN"),     ONR_SV("former"),
                                gen_span(g),       "apposition" };
            e[i].roles = role;
            e[i].n_roles = 1;
        }
        if (i && gen_one_in(g, 3)) {
            uint32_t *part = onr_alloc(g->mem, sizeof *part);
            *part = i - 1;
            e[i].parts = part;
            e[i].n_parts = 1;
        }
    }
    r->entities = e;
}

static inline void gen_statements(gen *g, onr_record *r)
{
    r->n_statements = gen_below(g, 9);
    onr_statement *s = onri_alloc_n(g->mem, r->n_statements, sizeof *s);
    for (uint32_t i = 0; i < r->n_statements; i++) {
        g->word = gen_below(g, 8); /* then everything of one statement stands apart */
        s[i].source = gen_ref(g, r->n_entities);
        s[i].cue = gen_spans(g, 1 + gen_below(g, 2));
        s[i].addressee = gen_ref(g, r->n_entities);
        s[i].venue = gen_ref(g, r->n_entities);
        s[i].content = gen_spans(g, gen_below(g, 3));
        s[i].form = (onr_form)gen_below(g, ONR_FORM__COUNT);
        s[i].kind = (onr_statement_kind)gen_below(g, ONR_KIND__COUNT);
        s[i].negated = gen_one_in(g, 4);
        s[i].time = gen_time(g);
        s[i].within = i ? gen_index(g, i) : ONR_NONE;
        s[i].responds_to = i ? gen_index(g, i) : ONR_NONE;
        s[i].rule = "say.ccomp.1";
        s[i].p = gen_p(g);
    }
    r->statements = s;
}

static inline void gen_events(gen *g, onr_record *r)
{
    r->n_events = gen_below(g, 5);
    onr_event *e = onri_alloc_n(g->mem, r->n_events, sizeof *e);
    for (uint32_t i = 0; i < r->n_events; i++) {
        onr_ref *refs = onri_alloc_n(g->mem, 2, sizeof *refs);
        onr_sv *contexts = onri_alloc_n(g->mem, 2, sizeof *contexts);
        refs[0] = (onr_ref){ gen_index(g, r->n_entities), gen_span(g) };
        refs[1] = (onr_ref){ gen_index(g, r->n_entities), gen_span(g) };
        contexts[0] = ONR_SV("diplomatic");
        contexts[1] = ONR_SV("military");
        e[i] = (onr_event){ .plover = ONR_SV("CONSULT"),
                            .mode = gen_one_in(g, 2) ? ONR_SV("visit") : (onr_sv){ 0 },
                            .cameo = ONR_SV("042"),
                            .contexts = contexts,
                            .n_contexts = gen_below(g, 3),
                            .has_goldstein = gen_one_in(g, 2),
                            .source = refs,
                            .n_source = gen_below(g, 3),
                            .target = refs,
                            .n_target = gen_below(g, 3),
                            .trigger = gen_spans(g, 1),
                            .place = gen_ref(g, r->n_entities),
                            .time = gen_time(g),
                            .status = (onr_event_status)gen_below(g, ONR_EVENT__COUNT),
                            .reported_by = gen_index(g, r->n_statements),
                            .same_as = i ? gen_index(g, i) : ONR_NONE,
                            .rule = "consult.meet.3",
                            .p = gen_p(g) };
        if (e[i].place.entity != ONR_NONE && gen_one_in(g, 2)) {
            e[i].place_country = ONR_SV("IRQ");
            e[i].place_has_point = gen_one_in(g, 2);
            if (e[i].place_has_point) e[i].place_lat = 33.34f;
            if (e[i].place_has_point) e[i].place_lon = -58.38f;
        }
        if (e[i].has_goldstein) e[i].goldstein = (float)gen_below(g, 200) / 10.0f - 10.0f;
        if (gen_one_in(g, 2)) e[i].status_span = gen_span(g);
    }
    r->events = e;
}

static inline void gen_rest(gen *g, onr_record *r)
{
    static const char *const strengths[] = { "",          "vow",     "promise", "plan",
                                             "readiness", "refusal", "threat",  "agreement" };
    r->n_commitments = gen_below(g, 3);
    onr_commitment *c = onri_alloc_n(g->mem, r->n_commitments, sizeof *c);
    for (uint32_t i = 0; i < r->n_commitments; i++) {
        c[i] = (onr_commitment){ .holder = gen_index(g, r->n_entities),
                                 .holder_span = gen_span(g),
                                 .kind = (onr_commitment_kind)gen_below(g, ONR_COMMITMENT__COUNT),
                                 .action = gen_span(g),
                                 .action_event = gen_index(g, r->n_events),
                                 .condition_event = gen_index(g, r->n_events),
                                 .statement = gen_index(g, r->n_statements),
                                 .strength = onri_svz(strengths[gen_below(g, 8)]),
                                 .deadline = gen_time(g),
                                 .rule = "will.1",
                                 .p = gen_p(g) };
        if (gen_one_in(g, 2)) c[i].condition = gen_span(g);
    }
    r->commitments = c;
    r->n_disputes = gen_below(g, 3);
    onr_dispute *d = onri_alloc_n(g->mem, r->n_disputes, sizeof *d);
    for (uint32_t i = 0; i < r->n_disputes; i++) {
        onr_response *a = onr_alloc(g->mem, sizeof *a);
        *a = (onr_response){ gen_ref(g, r->n_entities),
                             (onr_verdict)gen_below(g, ONR_VERDICT__COUNT), gen_span(g),
                             gen_index(g, r->n_statements) };
        d[i] = (onr_dispute){ .claim = gen_span(g),
                              .claim_statement = gen_index(g, r->n_statements),
                              .claimant = gen_index(g, r->n_entities),
                              .responses = a,
                              .n_responses = gen_below(g, 2),
                              .rule = "deny.1",
                              .p = gen_p(g) };
    }
    r->disputes = d;
    r->n_positions = gen_below(g, 3);
    onr_position *p = onri_alloc_n(g->mem, r->n_positions, sizeof *p);
    for (uint32_t i = 0; i < r->n_positions; i++)
        p[i] = (onr_position){ .entity = gen_index(g, r->n_entities),
                               .issue = gen_sv(g),
                               .topic = gen_sv(g),
                               .stance = (onr_stance)gen_below(g, ONR_STANCE__COUNT),
                               .evidence = gen_spans(g, 2),
                               .statement = gen_index(g, r->n_statements),
                               .rule = "support.1",
                               .p = gen_p(g) };
    r->positions = p;
    r->n_relations = gen_below(g, 3);
    onr_relation *k = onri_alloc_n(g->mem, r->n_relations, sizeof *k);
    for (uint32_t i = 0; i < r->n_relations; i++) {
        k[i] = (onr_relation){ .kind = (onr_relation_kind)gen_below(g, ONR_RELATION__COUNT),
                               .from = { gen_index(g, r->n_entities), gen_span(g) },
                               .to = { gen_index(g, r->n_entities), gen_span(g) },
                               .role = gen_sv(g),
                               .period = gen_one_in(g, 4) ? ONR_SV("former") : (onr_sv){ 0 },
                               .evidence = gen_spans(g, 1),
                               .statement = gen_index(g, r->n_statements),
                               .rule = "relation.ally",
                               .p = gen_p(g) };
        if (k[i].from.entity == k[i].to.entity) k[i].to.entity = ONR_NONE;
    }
    r->relations = k;
}

/* A whole record, ids given. */
static inline onr_record gen_record(onr_arena *mem, uint64_t seed)
{
    gen g = { .mem = mem, .seed = seed };
    onr_record r = { .id = ONR_SV("doc-1"),
                     .uri = gen_sv(&g),
                     .publisher = gen_sv(&g),
                     .author = gen_sv(&g),
                     .title_text = gen_sv(&g),
                     .lang = ONR_SV("en"),
                     .made_by_version = ONR_SV("0.0.9"),
                     .made_by_model = ONR_SV("en-sm 3.8.0"),
                     .made_by_rules = ONR_SV("sha256:00") };
    for (int i = 0; i < 8; i++) (void)gen_below(&g, 2); /* small seeds look alike at first */
    if (gen_one_in(&g, 2)) {
        r.date = ONR_SV("2018-07-13");
        r.date_source = ONR_SV("given");
    }
    gen_text(&g, &r);
    if (gen_one_in(&g, 2)) r.title = gen_span(&g);
    g.word = 0;
    const onr_spans sentences = gen_spans(&g, 5);
    r.sentences = sentences.at;
    r.n_sentences = sentences.n;
    onr_boilerplate *b = onri_alloc_n(mem, 2, sizeof *b);
    for (int i = 0; i < 2; i++)
        b[i] = (onr_boilerplate){ gen_span(&g),
                                  (onr_boilerplate_kind)gen_below(&g, ONR_BOILERPLATE__COUNT) };
    r.boilerplate = b;
    r.n_boilerplate = b[0].span.beg < b[1].span.beg ? 2 : 1;
    onr_origin *o = onri_alloc_n(mem, 2, sizeof *o);
    o[0] = (onr_origin){ 0, 10, 100, 10 };
    o[1] = (onr_origin){ 10, 1, 110, 5 };
    r.origin = o;
    r.n_origin = gen_below(&g, 3);
    onr_diagnostic *d = onr_alloc(mem, sizeof *d);
    *d = (onr_diagnostic){ "bad-utf8", 3, gen_one_in(&g, 2) ? UINT64_MAX : 812 };
    r.diagnostics = d;
    r.n_diagnostics = gen_below(&g, 2);
    gen_entities(&g, &r);
    gen_statements(&g, &r);
    gen_events(&g, &r);
    gen_rest(&g, &r);
    ONR_ASSERT(onri_record_ids(mem, &r, NULL) == ONR_OK);
    return r;
}

#endif
