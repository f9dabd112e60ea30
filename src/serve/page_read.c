/* Texts given to the page: from the form to the desk, and from there to the reading view. */
#include "serve/html.h"
#include "serve/route.h"

/* Does it begin like a page? */
static bool looks_like_html(onr_sv s, onr_sv name)
{
    s = onri_trim(s);
    if (onri_ends(name, ONR_SV(".html")) || onri_ends(name, ONR_SV(".htm"))) return true;
    if (s.n < 6 || s.p[0] != '<') return false;
    static const char *const heads[] = { "<!doctype", "<html", "<head", "<body", "<article", "<div",
                                         "<p>",       "<main", "<!--",  "<meta", "<title" };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        const size_t n = strlen(heads[i]);
        size_t k = 0;
        while (k < n && k < s.n) {
            const char c = (char)(s.p[k] >= 'A' && s.p[k] <= 'Z' ? s.p[k] + 32 : s.p[k]);
            if (c != heads[i][k]) break;
            k++;
        }
        if (k == n) return true;
    }
    return false;
}

/* Browsers send CR LF for the line ends of a textarea, whatever was pasted. */
static onr_sv plain_ends(onr_arena *mem, onr_sv s)
{
    char *p = onr_alloc(mem, s.n + 1);
    size_t n = 0;
    if (!p) return (onr_sv){ NULL, 0 };
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')) p[n++] = s.p[i];
    return onri_sv(p, n);
}

bool page_read_form(const site *s, request *r, reply *out, desk_job *job)
{
    const onr_sv file = request_form(r, "file");
    onr_sv text = plain_ends(r->mem, request_form(r, "text"));
    if (!s->can_read) {
        page_error(s, r, out, 503, "Cannot read", ONR_SV("No language model is loaded."));
        return false;
    }
    if (file.n) text = file;
    if (onri_trim(text).n == 0) {
        page_error(s, r, out, 400, "Nothing to read", ONR_SV("Paste a text or choose a file."));
        return false;
    }
    job->bytes = text;
    job->is_html = looks_like_html(text, file.n ? request_form(r, "file.name") : ONR_SV(""));
    job->uri = onri_trim(request_form(r, "uri"));
    job->publisher = onri_trim(request_form(r, "publisher"));
    job->date = onri_trim(request_form(r, "date"));
    return true;
}

void page_read_done(const site *s, request *r, reply *out, const desk_job *job)
{
    if (job->error.status == ONR_E_BUSY || job->error.status == ONR_E_CANCELLED) {
        page_error(s, r, out, 503, "Busy", onri_svz(job->error.msg));
        return;
    }
    if (job->error.status != ONR_OK) {
        page_error(s, r, out, 422, "Cannot be read", onri_svz(job->error.msg));
        return;
    }
    onri_buf b = onri_buf_make(1024);
    onri_buf_addz(&b, "/read/");
    html_url_part(&b, job->id);
    out->status = 303;
    out->location = onri_dup(r->mem, onri_buf_sv(&b));
    onri_buf_drop(&b);
}
