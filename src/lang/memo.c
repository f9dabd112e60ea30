/* The memo of word types: a hash table with a fixed number of entries and the clock's rule of
 * eviction (an entry used since the hand last passed is spared once).
 *
 * A run works in blocks of rows. What the running block uses is not evicted; the table is made with
 * room for more than a block can use. A row is a function of its key alone, so a hit gives the very
 * bits a miss would. Source: own; clock: Corbato 1968. */
#include "lang/memo.h"

bool onri_memo_make(onri_memo *m, uint32_t max)
{
    *m = (onri_memo){ .max = max, .n_buckets = 16, .block = 1 };
    while (m->n_buckets < 2 * (uint64_t)max && m->n_buckets < UINT32_MAX / 2) m->n_buckets *= 2;
    size_t rows = 0, entries = 0, buckets = 0;
    if (!onr_mul(max, sizeof *m->rows, &rows) || !onr_add(rows, 64, &rows) ||
        !onr_mul(max, sizeof *m->entries, &entries) ||
        !onr_mul(m->n_buckets, sizeof *m->buckets, &buckets))
        return false;
    m->block_of_rows = onri_heap_alloc(rows);
    m->entries = onri_heap_alloc(entries);
    m->buckets = onri_heap_alloc(buckets);
    if (!m->block_of_rows || !m->entries || !m->buckets) {
        onri_memo_drop(m);
        return false;
    }
    m->rows = (onri_memo_row *)(((uintptr_t)m->block_of_rows + 63) & ~(uintptr_t)63);
    memset(m->buckets, 0xFF, buckets); /* all ONR_NONE */
    return true;
}

void onri_memo_drop(onri_memo *m)
{
    onri_heap_free(m->block_of_rows);
    onri_heap_free(m->entries);
    onri_heap_free(m->buckets);
    *m = (onri_memo){ 0 };
}

void onri_memo_next_block(onri_memo *m)
{
    if (++m->block != 0) return;
    for (uint32_t i = 0; i < m->n; i++) m->entries[i].block = 0; /* the count came round */
    m->block = 1;
}

static uint32_t bucket_of(const onri_memo *m, const onri_memo_key *key)
{
    uint64_t h = key->flags;
    for (size_t i = 0; i < 5; i++) h = (h ^ key->id[i]) * 0x9E3779B97F4A7C15U, h ^= h >> 29;
    return (uint32_t)(h >> 32) & (m->n_buckets - 1);
}

static bool same_key(const onri_memo_key *a, const onri_memo_key *b)
{
    return memcmp(a, b, sizeof *a) == 0; /* six 64-bit numbers, no padding */
}

/* Unlink entry i from its bucket. */
static void forget(onri_memo *m, uint32_t i)
{
    uint32_t *at = &m->buckets[bucket_of(m, &m->entries[i].key)];
    while (*at != i) at = &m->entries[*at].next;
    *at = m->entries[i].next;
}

/* An entry to fill: a fresh one, or the first the hand finds that may go. */
static uint32_t make_room(onri_memo *m)
{
    if (m->n < m->max) return m->n++;
    for (uint64_t turn = 0; turn <= 2 * (uint64_t)m->max; turn++) {
        uint32_t i = m->hand;
        m->hand = i + 1 == m->max ? 0 : i + 1;
        onri_memo_entry *e = &m->entries[i];
        if (e->block == m->block) continue;
        if (!e->used) {
            forget(m, i);
            return i;
        }
        e->used = false;
    }
    onri_bug("a block uses more word types than the memo holds", __FILE__, __LINE__);
}

uint32_t onri_memo_take(onri_memo *m, const onri_memo_key *key, bool *is_new)
{
    uint32_t *first = &m->buckets[bucket_of(m, key)];
    for (uint32_t i = *first; i != ONR_NONE; i = m->entries[i].next) {
        onri_memo_entry *e = &m->entries[i];
        if (!same_key(&e->key, key)) continue;
        e->block = m->block;
        e->used = true;
        m->hits++;
        *is_new = false;
        return i;
    }
    uint32_t i = make_room(m); /* may unlink from this very bucket: read *first after it */
    m->entries[i] = (onri_memo_entry){ *key, *first, m->block, false };
    *first = i;
    m->misses++;
    *is_new = true;
    return i;
}
