/* `explain --actor`: why each mention belongs to its actor.
 *
 * Source: own. Reads the record alone, so that it works on stored records too. */
#include "facts/actor_step.h"
#include "onrecord/explain.h"

static char low(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool holds(onr_sv s, onr_sv what)
{
    if (what.n == 0) return true;
    for (size_t i = 0; i + what.n <= s.n; i++) {
        size_t k = 0;
        while (k < what.n && low(s.p[i + k]) == low(what.p[k])) k++;
        if (k == what.n) return true;
    }
    return false;
}

/* Text of a span on one line. */
static void put_text(onri_buf *b, onr_sv text, onr_span s)
{
    if (s.beg > s.end || s.end > text.n) return;
    for (uint32_t i = s.beg; i < s.end; i++) {
        const char c = text.p[i];
        onri_buf_addc(b, c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
    }
}

static void put_mention(onri_buf *b, onr_sv text, const onr_entity *e, uint32_t i)
{
    const onr_mention *m = &e->mentions[i];
    onri_buf_fmt(b, "  %u-%u\t%s\t", m->span.beg, m->span.end, onr_mention_kind_name(m->kind));
    put_text(b, text, m->span);
    onri_buf_fmt(b, "\t%s", m->rule ? m->rule : "");
    if (m->joined_to != ONR_NONE && m->joined_to < e->n_mentions) {
        const onr_mention *to = &e->mentions[m->joined_to];
        onri_buf_fmt(b, "\tp=%.2f\t-> %u-%u ", (double)m->p, to->span.beg, to->span.end);
        put_text(b, text, to->span);
    }
    onri_buf_addc(b, '\n');
}

void onri_actors_explain(onri_buf *out, onr_sv text, const onr_entity *entities, uint32_t n,
                         onr_sv which)
{
    for (uint32_t i = 0; i < n; i++) {
        const onr_entity *e = &entities[i];
        if (!holds(e->name, which) && !(e->id.n && onri_eq(e->id, which))) continue;
        onri_buf_add(out, e->name);
        onri_buf_fmt(out, "\t%s", onr_entity_type_name(e->type));
        if (e->code.n) {
            onri_buf_addc(out, '\t');
            onri_buf_add(out, e->code);
        }
        onri_buf_addc(out, '\n');
        for (uint32_t r = 0; r < e->n_roles; r++) {
            onri_buf_addz(out, "  role\t");
            put_text(out, text, e->roles[r].span);
            onri_buf_fmt(out, "\t%s\n", e->roles[r].rule ? e->roles[r].rule : "");
        }
        for (uint32_t k = 0; k < e->n_mentions; k++) put_mention(out, text, e, k);
    }
}

onr_status onr_explain_actors(const onr_record *record, onr_sv which, onr_explain_fn sink,
                              void *arg, onr_error *err)
{
    onr_status st = ONR_OK;
    for (uint32_t i = 0; i < record->n_entities && st == ONR_OK; i++) {
        onri_buf b = onri_buf_make((size_t)64 * ONR_MIB);
        onri_actors_explain(&b, record->text, &record->entities[i], 1, which);
        st = b.status;
        if (st) {
            st = onri_fail(err, st, "explain", "actor %u of the record", i);
        } else if (b.n && !sink(arg, onri_buf_sv(&b))) {
            st = onri_fail(err, ONR_E_CANCELLED, "explain", "stopped by the caller");
        }
        onri_buf_drop(&b);
    }
    return st;
}
