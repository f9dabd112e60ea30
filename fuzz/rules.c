/* The compiler of the pattern language on any bytes: what it takes has an id, a line and a place
 * for every rule, and every id is found again; what it refuses says where. */
#include "fuzz.h"

#include "rules/rules.h"

static const char *const roles[] = { "source", "cue", "content", "addressee", NULL };
static const char *const props[] = { "kind", "form", "p", NULL };
static const onri_vocabulary words = { roles, NULL, props };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    onr_arena mem = onr_arena_make((size_t)64 * ONR_MIB);
    onr_error err = ONR_ERROR_INIT;
    onri_book *book = NULL;
    if (onri_book_new(&mem, &words, &book, &err) != ONR_OK) abort();
    const onr_status st =
        onri_book_add(book, "fuzz.rules", onri_sv((const char *)data, size), NULL, NULL, &err);
    if (st == ONR_OK) {
        for (uint32_t r = 0; r < onri_book_count(book); r++) {
            const char *id = onri_book_id(book, r);
            if (id[0] == '\0' || onri_book_line(book, r) == 0) abort();
            if (onri_book_find(book, id) != r) abort();
        }
    } else if (err.msg[0] == '\0' || err.status != st) {
        abort();
    }
    onr_arena_drop(&mem);
    return 0;
}
