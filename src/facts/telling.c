/* What every explanation tells alike. Source: own. */
#include "facts/telling.h"

enum { EXPLANATION_MAX = 1 << 28 };

onri_telling onri_telling_make(onr_sv text, uint32_t at, onr_explain_fn sink, void *arg)
{
    return (onri_telling){
        .sink = sink, .arg = arg, .text = text, .at = at, .b = onri_buf_make(EXPLANATION_MAX)
    };
}

void onri_tell_flush(onri_telling *t)
{
    if (!t->stopped && t->b.n && !t->sink(t->arg, onri_buf_sv(&t->b))) t->stopped = true;
    onri_buf_clear(&t->b);
}

bool onri_tell_covers(onr_span s, uint32_t at)
{
    return s.beg <= at && at < s.end;
}

void onri_tell_text(onri_telling *t, onr_span s)
{
    for (uint32_t i = s.beg; i < s.end; i++) {
        const char c = t->text.p[i];
        onri_buf_addc(&t->b, (unsigned char)c < 0x20 ? ' ' : c);
    }
}

bool onri_tell_span(onri_telling *t, const char *name, onr_span s)
{
    if (s.beg >= s.end) return false;
    onri_buf_fmt(&t->b, "  %-9s %u:%u  ", name, s.beg, s.end);
    onri_tell_text(t, s);
    return true;
}

void onri_tell_words(onri_telling *t, const char *name, onr_span s)
{
    if (onri_tell_span(t, name, s)) onri_buf_addc(&t->b, '\n');
}

void onri_tell_nothing(onri_telling *t, const char *whole, const char *byte)
{
    if (t->told) return;
    onri_buf_addz(&t->b, t->at == ONR_NONE ? whole : byte);
    onri_tell_flush(t);
}

onr_status onri_telling_end(onri_telling *t, onr_status st, onr_error *err)
{
    if (st == ONR_OK && t->b.status != ONR_OK)
        st = onri_fail(err, t->b.status, "explain", "the explanation is too long");
    if (st == ONR_OK && t->stopped)
        st = onri_fail(err, ONR_E_CANCELLED, "explain", "stopped by the caller");
    onri_buf_drop(&t->b);
    return st;
}
