/* Hashes and hash tables for words and numbers. Order of insertion is the only order that shows. */
#include "base/base.h"

uint64_t onri_hash_u64(uint64_t x)
{
    /* Finaliser of MurmurHash3. */
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccdu;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53u;
    x ^= x >> 33;
    return x;
}

uint64_t onri_hash(onr_sv s)
{
    uint64_t h = 0xcbf29ce484222325u ^ s.n;
    size_t i = 0;
    for (; i + 8 <= s.n; i += 8) {
        uint64_t w;
        memcpy(&w, s.p + i, 8);
        h = (h ^ w) * 0x9fb21c651e98df25u;
        h ^= h >> 32;
    }
    for (; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
    return onri_hash_u64(h);
}

void onri_atoms_init(onri_atoms *a, onr_arena *mem)
{
    *a = (onri_atoms){ .mem = mem };
}

/* Slot of the word: its atom + 1, or 0 where it would go. */
static uint32_t *atom_slot(const onri_atoms *a, onr_sv word)
{
    uint32_t i = (uint32_t)onri_hash(word) & (a->n_slots - 1);
    while (a->slots[i] && !onri_eq(a->words.at[a->slots[i] - 1], word))
        i = (i + 1) & (a->n_slots - 1);
    return &a->slots[i];
}

static bool atoms_grow(onri_atoms *a)
{
    const uint32_t n = a->n_slots ? a->n_slots * 2 : 64;
    uint32_t *slots = n > a->n_slots ? ONRI_NEW_N(a->mem, n, uint32_t) : NULL;
    if (!slots) return false;
    a->slots = slots;
    a->n_slots = n;
    for (uint32_t w = 0; w < a->words.n; w++) *atom_slot(a, a->words.at[w]) = w + 1;
    return true;
}

uint32_t onri_atom(onri_atoms *a, onr_sv word)
{
    if (a->words.n * 2 >= a->n_slots && !atoms_grow(a)) return ONR_NONE;
    uint32_t *slot = atom_slot(a, word);
    if (*slot) return *slot - 1;
    const onr_sv copy = onri_dup(a->mem, word);
    onr_sv *entry = copy.p ? ONRI_PUSH(a->mem, &a->words) : NULL;
    if (!entry) return ONR_NONE;
    *entry = copy;
    *slot = a->words.n;
    return a->words.n - 1;
}

uint32_t onri_atom_find(const onri_atoms *a, onr_sv word)
{
    if (a->n_slots == 0) return ONR_NONE;
    const uint32_t got = *atom_slot(a, word);
    return got ? got - 1 : ONR_NONE;
}

void onri_map_init(onri_map *m, onr_arena *mem)
{
    *m = (onri_map){ .mem = mem };
}

static uint32_t map_slot(const onri_map *m, uint64_t key)
{
    uint32_t i = (uint32_t)onri_hash_u64(key) & (m->n_slots - 1);
    while (m->vals[i] != ONR_NONE && m->keys[i] != key) i = (i + 1) & (m->n_slots - 1);
    return i;
}

static bool map_grow(onri_map *m)
{
    const onri_map old = *m;
    const uint32_t n = old.n_slots ? old.n_slots * 2 : 64;
    uint64_t *keys = n > old.n_slots ? ONRI_NEW_N(m->mem, n, uint64_t) : NULL;
    uint32_t *vals = keys ? ONRI_NEW_N(m->mem, n, uint32_t) : NULL;
    if (!vals) return false;
    memset(vals, 0xFF, (size_t)n * sizeof *vals);
    m->keys = keys;
    m->vals = vals;
    m->n_slots = n;
    for (uint32_t i = 0; i < old.n_slots; i++) {
        if (old.vals[i] == ONR_NONE) continue;
        const uint32_t to = map_slot(m, old.keys[i]);
        keys[to] = old.keys[i];
        vals[to] = old.vals[i];
    }
    return true;
}

bool onri_map_put(onri_map *m, uint64_t key, uint32_t val)
{
    ONR_ASSERT(val != ONR_NONE);
    if (m->n * 2 >= m->n_slots && !map_grow(m)) return false;
    const uint32_t i = map_slot(m, key);
    m->n += m->vals[i] == ONR_NONE;
    m->keys[i] = key;
    m->vals[i] = val;
    return true;
}

uint32_t onri_map_get(const onri_map *m, uint64_t key)
{
    return m->n_slots ? m->vals[map_slot(m, key)] : ONR_NONE;
}
