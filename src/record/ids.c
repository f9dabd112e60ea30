/* Ids of facts from their content, so that the same article gives the same ids on every machine and
 * a fact keeps its id when others are found beside it. Source: SHA-256 (FIPS 180-4); scheme own. */
#include "record/record.h"

enum { ID_HEX = 16 };

typedef struct ids {
    onr_arena *mem;
    uint8_t text_hash[32];
    onri_atoms taken;
} ids;

typedef struct part { /* what goes into one id */
    onri_sha256 h;
} part;

static void add_u32(part *p, uint32_t v)
{
    const char b[4] = { (char)(v & 255), (char)(v >> 8 & 255), (char)(v >> 16 & 255),
                        (char)(v >> 24) };
    onri_sha256_add(&p->h, onri_sv(b, sizeof b));
}

static void add_span(part *p, onr_span s)
{
    add_u32(p, s.beg);
    add_u32(p, s.end);
}

/* A list goes in with its length, so that no two lists run into each other. */
static void add_spans(part *p, onr_spans s)
{
    add_u32(p, s.n);
    for (uint32_t i = 0; i < s.n; i++) add_span(p, s.at[i]);
}

static void add_sv(part *p, onr_sv s)
{
    add_u32(p, (uint32_t)s.n);
    onri_sha256_add(&p->h, s);
}

static part begin(const ids *d, char letter)
{
    part p;
    onri_sha256_init(&p.h);
    onri_sha256_add(&p.h, onri_sv((const char *)d->text_hash, sizeof d->text_hash));
    onri_sha256_add(&p.h, onri_sv(&letter, 1));
    return p;
}

/* The id, or the next one if an equal fact has it already; empty when out of memory. */
static onr_sv end(ids *d, char letter, const part *p)
{
    for (uint32_t again = 0;; again++) {
        part q = *p;
        if (again) add_u32(&q, again);
        uint8_t hash[32];
        onri_sha256_end(&q.h, hash);
        char id[2 + 2 * 32];
        id[0] = letter;
        onri_hex(hash, ID_HEX / 2, id + 1);
        const uint32_t n = d->taken.words.n;
        const uint32_t at = onri_atom(&d->taken, onri_sv(id, 1 + ID_HEX));
        if (at == ONR_NONE) return (onr_sv){ 0 };
        if (at == n) return d->taken.words.at[at];
    }
}

static part of_entity(const ids *d, const onr_entity *e)
{
    part p = begin(d, 'a');
    if (e->n_mentions)
        add_span(&p, e->mentions[0].span);
    else
        add_sv(&p, e->name);
    return p;
}

static part of_statement(const ids *d, const onr_statement *s)
{
    part p = begin(d, 's');
    add_span(&p, s->source.span);
    add_spans(&p, s->cue);
    add_spans(&p, s->content);
    return p;
}

static part of_event(const ids *d, const onr_event *e)
{
    part p = begin(d, 'e');
    add_sv(&p, e->plover);
    add_sv(&p, e->mode);
    add_spans(&p, e->trigger);
    for (uint32_t i = 0; i < e->n_source; i++) add_span(&p, e->source[i].span);
    add_u32(&p, e->n_source);
    for (uint32_t i = 0; i < e->n_target; i++) add_span(&p, e->target[i].span);
    return p;
}

static part of_commitment(const ids *d, const onr_commitment *c)
{
    part p = begin(d, 'c');
    add_sv(&p, onri_svz(onr_commitment_kind_name(c->kind)));
    add_span(&p, c->holder_span);
    add_span(&p, c->action);
    add_span(&p, c->condition);
    return p;
}

static part of_dispute(const ids *d, const onr_dispute *f)
{
    part p = begin(d, 'd');
    add_span(&p, f->claim);
    return p;
}

static part of_position(const ids *d, const onr_position *f)
{
    part p = begin(d, 'p');
    add_sv(&p, f->issue);
    add_sv(&p, onri_svz(onr_stance_name(f->stance)));
    add_spans(&p, f->evidence);
    return p;
}

static part of_relation(const ids *d, const onr_relation *f)
{
    part p = begin(d, 'r');
    add_sv(&p, onri_svz(onr_relation_kind_name(f->kind)));
    add_span(&p, f->from.span);
    add_span(&p, f->to.span);
    return p;
}

/* Ids of one kind. The arrays are the caller's own memory: see record.h. */
#define GIVE(d, type, letter, at, n, of, ok)                                                       \
    do {                                                                                           \
        type *f_ = (type *)(uintptr_t)(at);                                                        \
        for (uint32_t i_ = 0; (ok) && i_ < (n); i_++) {                                            \
            const part p_ = of((d), &f_[i_]);                                                      \
            f_[i_].id = end((d), (letter), &p_);                                                   \
            (ok) = f_[i_].id.p != NULL;                                                            \
        }                                                                                          \
    } while (0)

onr_status onri_record_ids(onr_arena *mem, onr_record *rec, onr_error *err)
{
    ids d = { .mem = mem };
    onri_sha256 h;
    onri_sha256_init(&h);
    onri_sha256_add(&h, rec->text);
    onri_sha256_end(&h, d.text_hash);
    onri_atoms_init(&d.taken, mem);
    char hex[65];
    onri_hex(d.text_hash, 32, hex);
    rec->text_sha256 = onri_dup(mem, onri_sv(hex, 64));
    bool ok = rec->text_sha256.p != NULL;
    GIVE(&d, onr_entity, 'a', rec->entities, rec->n_entities, of_entity, ok);
    GIVE(&d, onr_statement, 's', rec->statements, rec->n_statements, of_statement, ok);
    GIVE(&d, onr_event, 'e', rec->events, rec->n_events, of_event, ok);
    GIVE(&d, onr_commitment, 'c', rec->commitments, rec->n_commitments, of_commitment, ok);
    GIVE(&d, onr_dispute, 'd', rec->disputes, rec->n_disputes, of_dispute, ok);
    GIVE(&d, onr_position, 'p', rec->positions, rec->n_positions, of_position, ok);
    GIVE(&d, onr_relation, 'r', rec->relations, rec->n_relations, of_relation, ok);
    return ok ? ONR_OK : onri_fail_mem(err, mem, "record");
}
