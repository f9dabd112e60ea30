/* A user's dictionary of actors, any bytes: taken or refused with its line; what was taken can be
 * looked up, points to entries that are there, and has countries of three letters or none. */
#include "fuzz.h"

#include "facts/actor_know.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    onr_arena mem = onr_arena_make((size_t)64 << 20);
    onri_actor_knowledge k;
    onr_error err = ONR_ERROR_INIT;
    onri_actor_knowledge_init(&k, &mem);
    const onr_status s = onri_actor_dictionary_add(&k, onri_sv((const char *)data, size), &err);
    if (s != ONR_OK && s != ONR_E_SYNTAX && s != ONR_E_LIMIT && s != ONR_E_NOMEM) abort();
    if (s == ONR_E_SYNTAX && err.line == 0 && err.at == UINT64_MAX) abort();
    for (uint32_t a = 0; a < k.phrases.words.n; a++) {
        uint32_t steps = 0;
        for (uint32_t t = onri_actor_term_find(&k, k.phrases.words.at[a]); t != ONR_NONE;
             t = k.terms.at[t].next) {
            if (t >= k.terms.n || k.terms.at[t].entry >= k.entries.n || ++steps > k.terms.n)
                abort();
        }
    }
    for (uint32_t e = 0; e < k.entries.n; e++) {
        if (k.entries.at[e].country.n != 0 && k.entries.at[e].country.n != 3) abort();
        if (k.entries.at[e].type >= ONR_ENTITY__COUNT || !k.entries.at[e].user) abort();
    }
    onr_arena_drop(&mem);
    return 0;
}
