/* Words, relations between words and weights of disputes: data/disputes/words.tsv, related.tsv,
 * contrary.tsv and weights.tsv. Source: own. */
#include "facts/dispute_i.h"

#include "base/embedded.h"

static const char *const class_names[DP_CLASSES] = {
    [DP_CLAIM] = "claim",   [DP_WORK] = "work",     [DP_DEED] = "deed",
    [DP_CALL] = "call",     [DP_INSIST] = "insist", [DP_REPLY] = "reply",
    [DP_CHARGE] = "charge", [DP_WARN] = "warn",     [DP_CONTRAST] = "contrast",
    [DP_BAD] = "bad",       [DP_HOLD] = "hold",     [DP_UNTRUE] = "untrue",
    [DP_JUDGE] = "judge",
};

static uint32_t class_named(onr_sv name)
{
    for (uint32_t v = 0; v < ONR_VERDICT__COUNT; v++)
        if (onri_eqz(name, onr_verdict_name((onr_verdict)v))) return v;
    for (uint32_t c = ONR_VERDICT__COUNT; c < DP_CLASSES; c++)
        if (onri_eqz(name, class_names[c])) return c;
    return DP_NONE;
}

static uint64_t class_key(char pos, uint32_t atom)
{
    return (uint64_t)(unsigned char)pos << 32 | atom;
}

static onr_status load_words(onri_dispute_know *k, onr_arena *mem, onr_sv tsv, onr_error *err)
{
    uint32_t line = 0;
    for (onr_sv rest = tsv, row; onri_split(&rest, '\n', &row);) {
        line++;
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv word = onri_cell(&row, '\t'), pos = onri_cell(&row, '\t');
        const uint32_t class = class_named(onri_cell(&row, '\t'));
        if (word.n == 0 || pos.n != 1 || class == DP_NONE)
            return onri_fail(err, ONR_E_SYNTAX, "disputes",
                             "disputes/words.tsv, line %u: unknown part of speech or class", line);
        const uint32_t a = onri_atom(&k->atoms, word);
        if (a == ONR_NONE || !onri_map_put(&k->classes, class_key(pos.p[0], a), class))
            return onri_fail_mem(err, mem, "disputes");
    }
    return ONR_OK;
}

static uint64_t pair_key(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

/* Fields: word, relation, words that stand in it to the first. */
static onr_status load_related(onri_dispute_know *k, onr_arena *mem, const char *file,
                               onr_error *err)
{
    uint32_t line = 0;
    for (onr_sv rest = onri_data_get(file), row; onri_split(&rest, '\n', &row);) {
        line++;
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv word = onri_cell(&row, '\t'), name = onri_cell(&row, '\t');
        const uint32_t relation = onri_eqz(name, "same")       ? DP_SAME
                                  : onri_eqz(name, "like")     ? DP_LIKE
                                  : onri_eqz(name, "opposite") ? DP_OPPOSITE
                                  : onri_eqz(name, "contrary") ? DP_CONTRARY
                                                               : DP_UNRELATED;
        if (word.n == 0 || relation == DP_UNRELATED)
            return onri_fail(err, ONR_E_SYNTAX, "disputes", "%s, line %u: unknown relation", file,
                             line);
        const uint32_t a = onri_atom(&k->atoms, word);
        onr_sv others = onri_cell(&row, '\t'), other;
        while (others.n && onri_split(&others, ' ', &other)) {
            if (other.n == 0) continue;
            const uint32_t b = onri_atom(&k->atoms, other);
            if (a == ONR_NONE || b == ONR_NONE ||
                !onri_map_put(&k->related, pair_key(a, b), relation))
                return onri_fail_mem(err, mem, "disputes");
        }
    }
    return ONR_OK;
}

static onr_status load_weights(onri_dispute_know *k, onr_arena *mem, onr_sv tsv, onr_error *err)
{
    ONRI_VEC(float) w = { 0 };
    uint32_t line = 0;
    for (onr_sv rest = tsv, row; tsv.p && onri_split(&rest, '\n', &row);) {
        line++;
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv name = onri_cell(&row, '\t'), value = onri_cell(&row, '\t');
        double v;
        if (!onri_parse_double(value, &v))
            return onri_fail(err, ONR_E_SYNTAX, "disputes",
                             "disputes/weights.tsv, line %u: a row without number", line);
        if (onri_eqz(name, "threshold")) {
            k->threshold = (float)v;
            continue;
        }
        if (onri_atom(&k->features, name) != w.n)
            return onri_fail(err, ONR_E_SYNTAX, "disputes",
                             "disputes/weights.tsv, line %u: the feature stands twice", line);
        float *to = ONRI_PUSH(mem, &w);
        if (!to) return onri_fail_mem(err, mem, "disputes");
        *to = (float)v;
    }
    k->weight = w.at;
    return ONR_OK;
}

onr_status onri_dispute_know_load(onr_arena *mem, const onri_dispute_know **out, onr_error *err)
{
    onri_dispute_know *k = ONRI_NEW(mem, onri_dispute_know);
    if (!k) return onri_fail_mem(err, mem, "disputes");
    onri_atoms_init(&k->atoms, mem);
    onri_atoms_init(&k->features, mem);
    onri_map_init(&k->classes, mem);
    onri_map_init(&k->related, mem);
    k->threshold = 0.5f;
    onr_status st = load_words(k, mem, onri_data_get("disputes/words.tsv"), err);
    if (st == ONR_OK) st = load_related(k, mem, "disputes/related.tsv", err);
    if (st == ONR_OK) st = load_related(k, mem, "disputes/contrary.tsv", err);
    if (st == ONR_OK) st = load_weights(k, mem, onri_data_get("disputes/weights.tsv"), err);
    *out = k;
    return st;
}

uint32_t dp_class(const onri_dispute_know *k, char pos, onr_sv word)
{
    const uint32_t a = onri_atom_find(&k->atoms, word);
    const uint32_t c = a == ONR_NONE ? ONR_NONE : onri_map_get(&k->classes, class_key(pos, a));
    return c == ONR_NONE ? DP_NONE : c;
}

uint32_t dp_related(const onri_dispute_know *k, uint32_t a, uint32_t b)
{
    if (a == ONR_NONE || b == ONR_NONE) return DP_UNRELATED;
    if (a == b) return DP_SAME;
    const uint32_t r = onri_map_get(&k->related, pair_key(a, b));
    return r == ONR_NONE ? DP_UNRELATED : r;
}

float dp_weight_of(const onri_dispute_know *k, onr_sv feature)
{
    const uint32_t a = onri_atom_find(&k->features, feature);
    return a == ONR_NONE ? 0.0f : k->weight[a];
}
