/* What a stranger can send the page, up to the socket: targets, headers, words of searches, texts.
 * A target that is taken gives back an equal one; words become an expression with balanced quotes;
 * markup holds no byte of the text that could end an attribute or begin an element. */
#include "fuzz.h"

#include "serve/ask.h"
#include "serve/csv.h"
#include "serve/guard.h"
#include "serve/html.h"
#include "serve/pack.h"
#include "serve/request.h"

static void try_target(onr_arena *mem, onr_sv text)
{
    request r = { .mem = mem }, again = { .mem = mem };
    if (!request_target(&r, text)) return;
    const onr_sv link = request_link(&r, NULL, ONR_SV(""),
                                     r.format == FORMAT_JSON  ? ".json"
                                     : r.format == FORMAT_CSV ? ".csv"
                                                              : "");
    if (!html_url_is_safe(link)) abort();
    if (link.n > REQUEST_URI_MAX) return; /* escapes may make it longer */
    if (!request_target(&again, link)) abort();
    if (r.n_segments && r.n_segments != again.n_segments) abort();
    for (uint32_t i = 0; i < r.n_segments; i++)
        if (!onri_eq(r.segments[i], again.segments[i])) abort();
}

static void try_guard(onr_sv text)
{
    guard_address at;
    static const char *const names[] = { "desk.example" };
    if (!guard_address_read("127.0.0.1", 8017, &at)) abort();
    (void)guard_host(text, &at, names, 1);
    (void)guard_same_site(text, text, text);
    if (guard_token("a token of 16 and more", text, text) &&
        onri_find(text, ONR_SV("a token of 16 and more"), 0) == SIZE_MAX)
        abort();
    (void)pack_accepts(text);
}

static void try_words(onr_arena *mem, onr_sv text)
{
    const onr_sv words = ask_words(mem, "words", text);
    size_t quotes = 0;
    for (size_t i = 0; i < words.n; i++) quotes += words.p[i] == '"';
    if (quotes % 2) abort();
}

static void try_markup(onr_sv text)
{
    onri_buf b = onri_buf_make((size_t)16 << 20);
    html h = html_make(&b);
    html_open(&h, "a");
    const size_t beg = b.n;
    html_attr(&h, "title", text);
    const size_t end = b.n;
    html_href(&h, text);
    const size_t from = b.n + 1;
    html_text(&h, text);
    const size_t till = b.n;
    html_close(&h);
    size_t quotes = 0;
    for (size_t i = beg; i < end; i++) {
        quotes += b.p[i] == '"';
        if (b.p[i] == '<' || b.p[i] == '>') abort();
    }
    if (quotes != 2) abort();
    for (size_t i = from; i < till; i++)
        if (b.p[i] == '<' || b.p[i] == '>' || b.p[i] == '"') abort();
    if (onri_utf8_check(onri_buf_sv(&b)) != b.n) abort();
    csv w = csv_make(&b);
    csv_cell(&w, text);
    csv_end(&w);
    onri_buf_drop(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    onr_arena mem = onr_arena_make((size_t)8 * ONR_MIB);
    const onr_sv text = onri_sv((const char *)data, size);
    try_target(&mem, text);
    try_guard(text);
    try_words(&mem, text);
    try_markup(text);
    onr_arena_drop(&mem);
    return 0;
}
