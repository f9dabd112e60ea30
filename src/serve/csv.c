/* CSV. A text that begins like a formula gets an apostrophe before it, or a spreadsheet would run
 * what an article says. Source: own; RFC 4180; OWASP, CSV injection. */
#include "serve/csv.h"

csv csv_make(onri_buf *b)
{
    return (csv){ b, false };
}

static void comma(csv *w)
{
    if (w->started) onri_buf_addc(w->b, ',');
    w->started = true;
}

void csv_cell(csv *w, onr_sv value)
{
    comma(w);
    bool quote = false;
    static const char starts[] = { '=', '+', '-', '@', '\t', '\r' };
    const bool formula = value.n && memchr(starts, value.p[0], sizeof starts);
    for (size_t i = 0; i < value.n && !quote; i++)
        quote = value.p[i] == ',' || value.p[i] == '"' || value.p[i] == '\n' || value.p[i] == '\r';
    if (!quote && !formula) {
        onri_buf_add(w->b, value);
        return;
    }
    onri_buf_addc(w->b, '"');
    if (formula) onri_buf_addc(w->b, '\'');
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] == '"') onri_buf_addc(w->b, '"');
        onri_buf_addc(w->b, value.p[i]);
    }
    onri_buf_addc(w->b, '"');
}

void csv_int(csv *w, int64_t value)
{
    comma(w);
    onri_jw j = onri_jw_make(w->b);
    onri_jw_int(&j, value);
}

void csv_num(csv *w, double value, int decimals)
{
    comma(w);
    onri_jw j = onri_jw_make(w->b);
    onri_jw_num(&j, value, decimals);
}

void csv_end(csv *w)
{
    onri_buf_addz(w->b, "\r\n");
    w->started = false;
}
