/* Whole requests against a store of one article: the first line as a stranger sends it, the form
 * behind it, through the table of routes to the page. Whatever is asked, the page that comes is
 * whole (it ends as it must), of a status that is ours, and no byte that was asked for has become
 * an element or a script; nothing of it is SQL that fails. Source: own. Leaves out the socket, the
 * guard's headers (serve_request.c) and corrections. */
#include "fuzz.h"

#include "onrecord/store.h"
#include "serve/html.h"
#include "serve/route.h"

#include <stdio.h>
#include <unistd.h>

static const char record_json[] =
    "{\"onrecord\":1,\"id\":\"a\",\"publisher\":\"The Paper\",\"date\":\"2018-07-13\","
    "\"text\":\"Iran denied it to Oman & left Syria.\",\"sentences\":[[0,36]],\"entities\":["
    "{\"id\":\"e1\",\"type\":\"state\",\"name\":\"Iran\",\"country\":\"IRN\",\"mentions\":[{"
    "\"span\":[0,4],\"head\":[0,4],\"kind\":\"name\",\"rule\":\"exact\",\"p\":0.9}]}],"
    "\"statements\":[{\"id\":\"s1\",\"source\":{\"entity\":\"e1\",\"span\":[0,4]},\"cue\":[[5,11]],"
    "\"content\":[[12,14]],\"form\":\"indirect\",\"kind\":\"denial\",\"rule\":\"r\",\"p\":0.8}],"
    "\"events\":[{\"id\":\"v1\",\"plover\":\"RETREAT\",\"source\":[{\"entity\":\"e1\",\"span\":[0,"
    "4]}],\"trigger\":[[25,29]],\"time\":{\"from\":\"2018-07-12\",\"to\":\"2018-07-12\",\"span\":"
    "[5,11]},\"status\":\"happened\",\"rule\":\"r\",\"p\":0.7}]}";

static onr_store *store;
static site here = { .has_store = true, .csrf = "csrf", .version = "00000000" };

/* The file is gone from its folder as soon as it is open. */
static void make_store(void)
{
    char path[64];
    onr_error err = ONR_ERROR_INIT;
    onr_store_opts o = ONR_STORE_OPTS_INIT;
    onr_record rec;
    onr_arena mem = onr_arena_make((size_t)16 * ONR_MIB);
    (void)snprintf(path, sizeof path, "/tmp/fuzz-route-%ld.db", (long)getpid());
    (void)unlink(path);
    o.mode = ONR_STORE_CREATE;
    if (onr_record_load(&mem, onri_svz(record_json), &rec, &err) != ONR_OK ||
        onr_store_open(path, &o, &store, &err) != ONR_OK ||
        onr_store_keep(store, &rec, NULL, NULL, &err) != ONR_OK ||
        onr_store_commit(store, &err) != ONR_OK)
        abort();
    onr_store_close(store);
    o.mode = ONR_STORE_READ;
    if (onr_store_open(path, &o, &store, &err) != ONR_OK ||
        desk_open(NULL, NULL, &here.desk, &err) != ONR_OK)
        abort();
    (void)unlink(path);
    onr_arena_drop(&mem);
}

static void check(const request *r, const reply *out)
{
    static const unsigned ours[] = { 200, 303, 400, 401, 403, 404, 405, 409, 413, 500, 503 };
    const onr_sv body = onri_buf_sv(&out->body);
    bool known = false;
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) known = known || out->status == ours[i];
    if (!known) abort();
    if (out->status == 500) abort(); /* our own SQL, refused by SQLite */
    if (out->body.status != ONR_OK) abort();
    if (out->location.n && !html_url_is_safe(out->location)) abort();
    if (out->fixed.p || out->status == 303) return;
    if (!onri_starts(onri_svz(out->type), ONR_SV("text/html"))) {
        if (r->format == FORMAT_JSON) {
            onr_arena mem = onr_arena_make((size_t)64 * ONR_MIB);
            const onri_json *v;
            if (onri_json_read(&mem, body, 64, &v, NULL) != ONR_OK) abort();
            onr_arena_drop(&mem);
        }
        return;
    }
    if (!onri_starts(body, ONR_SV("<!doctype html>")) || !onri_ends(body, ONR_SV("</html>")))
        abort();
    if (onri_utf8_check(body) != body.n) abort();
    if (onri_find(body, ONR_SV("<fuzz"), 0) != SIZE_MAX) abort(); /* as the seeds ask for */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!store) make_store();
    onr_arena mem = onr_arena_make((size_t)64 * ONR_MIB);
    onr_sv form = onri_sv((const char *)data, size), line;
    const bool post = onri_starts(form, ONR_SV("POST "));
    if (post) form = onri_sub(form, 5, form.n);
    if (!onri_split(&form, '\n', &line)) line = ONR_SV("");
    request r = { .mem = &mem, .store = store, .csrf = onri_svz(here.csrf) };
    reply out = { .status = 200, .body = onri_buf_make(REPLY_MAX) };
    if (request_target(&r, line) &&
        (!post || request_query(&mem, form, r.form, &r.n_form, REQUEST_PARAMS_MAX))) {
        r.post = post;
        route_answer(&here, &r, &out);
        check(&r, &out);
    }
    onri_buf_drop(&out.body);
    onr_arena_drop(&mem);
    return 0;
}
