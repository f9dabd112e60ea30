/* Cards of facts. Each shows who, what and to whom in the article's own words, how sure it is,
 * which rule says so, where the bytes stand, and how to cite it. Source: own. */
#include "serve/cards.h"

#include "serve/correct.h"
#include "serve/layout.h"

enum { LINE_MAX_BYTES = 96, WORDS_MAX_BYTES = 1200, CITE_MAX_BYTES = 400 };

/* <q>, unless the words begin with quotation marks of their own. */
static bool begins_quoted(onr_sv s)
{
    s = onri_trim(s);
    return s.n && (s.p[0] == '"' || s.p[0] == '\'' || onri_starts(s, ONR_SV("\xE2\x80\x9C")) ||
                   onri_starts(s, ONR_SV("\xE2\x80\x98")) || onri_starts(s, ONR_SV("\xC2\xAB")));
}

static void open_q(const card_ctx *c, onr_span first)
{
    if (begins_quoted(record_words(c->rec, first)))
        html_open(c->h, "span");
    else
        html_open(c->h, "q");
}

/* At most max bytes, cut at a code point, white space as it comes. */
static void words(html *h, onr_sv s, size_t max)
{
    s = onri_trim(s);
    if (s.n <= max) {
        html_text(h, s);
        return;
    }
    size_t n = max;
    while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80) n--;
    html_text(h, onri_sub(s, 0, n));
    html_textz(h, "\xE2\x80\xA6");
}

static void span_words(const card_ctx *c, onr_span span, size_t max)
{
    words(c->h, record_words(c->rec, span), max);
}

static void spans_words(const card_ctx *c, onr_spans spans, size_t max)
{
    for (uint32_t i = 0; i < spans.n; i++) {
        if (i) html_textz(c->h, " \xE2\x80\xA6 ");
        span_words(c, spans.at[i], max);
    }
}

void card_link(html *h, const fact *f)
{
    html_open(h, "a");
    html_href_id(h, ONR_SV(""), "f-", f->id);
}

/* The name an entity goes by, with a link to its card; the words where they differ. */
static bool who(const card_ctx *c, onr_ref ref, bool link)
{
    const onr_sv name = record_name(c->rec, ref.entity), said = record_words(c->rec, ref.span);
    if (!name.n && !said.n) return false;
    html_open(c->h, "b");
    const uint32_t place = fact_of(c->list, FACT_ACTOR, ref.entity);
    if (name.n && link && place != ONR_NONE) {
        card_link(c->h, &c->list->at[place]);
        words(c->h, name, LINE_MAX_BYTES);
        html_close(c->h);
    } else
        words(c->h, name.n ? name : said, LINE_MAX_BYTES);
    html_close(c->h);
    return true;
}

static void whos(const card_ctx *c, const onr_ref *refs, uint32_t n, bool link)
{
    uint32_t shown = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (shown) html_textz(c->h, ", ");
        shown += who(c, refs[i], link);
    }
    if (!shown) html_elz(c->h, "span", "nobody", "somebody");
}

static void statement_text(const card_ctx *c, const onr_statement *s, size_t max, bool link)
{
    if (!who(c, s->source, link)) html_elz(c->h, "span", "nobody", "somebody");
    html_textz(c->h, " ");
    html_open(c->h, "i");
    if (s->cue.n)
        spans_words(c, s->cue, LINE_MAX_BYTES);
    else
        html_textz(c->h, s->form == ONR_FORM_DIRECT ? "in quotation" : "as told");
    html_close(c->h);
    if (record_name(c->rec, s->addressee.entity).n || record_words(c->rec, s->addressee.span).n) {
        html_textz(c->h, " to ");
        (void)who(c, s->addressee, link);
    }
    if (s->content.n) {
        html_textz(c->h, ": ");
        open_q(c, s->content.at[0]);
        spans_words(c, s->content, max);
        html_close(c->h);
    }
}

static void event_text(const card_ctx *c, const onr_event *e, bool link)
{
    whos(c, e->source, e->n_source, link);
    html_textz(c->h, " ");
    html_open(c->h, "i");
    spans_words(c, e->trigger, LINE_MAX_BYTES);
    html_close(c->h);
    if (e->n_target) {
        html_textz(c->h, " \xE2\x86\x92 ");
        whos(c, e->target, e->n_target, link);
    }
}

/* "until it is asked": the words say themselves what kind of condition they are. */
static bool names_its_condition(onr_sv s)
{
    static const char *const heads[] = {
        "if ",   "only ",   "unless ",   "until ",   "till ",
        "when ", "as long", "provided ", "so long ", "on condition"
    };
    s = onri_trim(s);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (onri_starts(s, onri_svz(heads[i]))) return true;
    return false;
}

static void commitment_text(const card_ctx *c, const onr_commitment *m, size_t max, bool link)
{
    if (!who(c, (onr_ref){ m->holder, m->holder_span }, link))
        html_elz(c->h, "span", "nobody", "somebody");
    html_textz(c->h, m->kind == ONR_COMMITMENT_WILL_NOT ? " will not: "
                     : m->kind == ONR_COMMITMENT_WILL   ? " will: "
                                                        : ": ");
    open_q(c, m->action);
    span_words(c, m->action, max);
    html_close(c->h);
    if (m->condition.end > m->condition.beg) {
        html_textz(c->h, " \xE2\x80\x94 ");
        if (!names_its_condition(record_words(c->rec, m->condition)))
            html_textz(c->h, m->kind == ONR_COMMITMENT_UNLESS  ? "unless: "
                             : m->kind == ONR_COMMITMENT_UNTIL ? "until: "
                                                               : "only if: ");
        open_q(c, m->condition);
        span_words(c, m->condition, max);
        html_close(c->h);
    }
}

static void dispute_text(const card_ctx *c, const onr_dispute *d, size_t max, bool link)
{
    open_q(c, d->claim);
    span_words(c, d->claim, max);
    html_close(c->h);
    if (record_name(c->rec, d->claimant).n) {
        html_textz(c->h, " \xE2\x80\x94 ");
        (void)who(c, (onr_ref){ d->claimant, { 0, 0 } }, link);
    }
    for (uint32_t i = 0; i < d->n_responses; i++) {
        html_textz(c->h, "; ");
        const char *verdict = onr_verdict_name(d->responses[i].verdict);
        html_open(c->h, "span");
        html_lit(c->h, "class", "verdict");
        html_attrz(c->h, "data-verdict", verdict);
        html_textz(c->h, verdict);
        html_close(c->h);
        html_textz(c->h, ": ");
        if (!who(c, d->responses[i].by, link)) html_elz(c->h, "span", "nobody", "nobody named");
    }
}

static void actor_text(const card_ctx *c, const onr_entity *e)
{
    html_open(c->h, "b");
    words(c->h, e->name, LINE_MAX_BYTES);
    html_close(c->h);
    for (uint32_t i = 0; i < e->n_roles && i < 4; i++) {
        html_textz(c->h, i ? "; " : ", ");
        if (e->roles[i].period.n) {
            html_text(c->h, e->roles[i].period);
            html_textz(c->h, " ");
        }
        words(c->h, e->roles[i].title, 80);
        const onr_sv of = record_name(c->rec, e->roles[i].of);
        if (of.n) {
            html_textz(c->h, " of ");
            words(c->h, of, 80);
        }
    }
}

static void text_of(const card_ctx *c, const fact *f, size_t max, bool link)
{
    const onr_record *r = c->rec;
    switch (f->layer) {
    case FACT_STATEMENT:
        statement_text(c, &r->statements[f->index], max, link);
        break;
    case FACT_EVENT:
        event_text(c, &r->events[f->index], link);
        break;
    case FACT_COMMITMENT:
        commitment_text(c, &r->commitments[f->index], max, link);
        break;
    case FACT_DISPUTE:
        dispute_text(c, &r->disputes[f->index], max, link);
        break;
    case FACT_POSITION: {
        const onr_position *p = &r->positions[f->index];
        if (!who(c, (onr_ref){ p->entity, { 0, 0 } }, link))
            html_elz(c->h, "span", "nobody", "somebody");
        html_textz(c->h, " is ");
        html_elz(c->h, "i", NULL, onr_stance_name(p->stance));
        html_textz(c->h, ": ");
        words(c->h, p->issue, max);
        break;
    }
    case FACT_RELATION: {
        const onr_relation *t = &r->relations[f->index];
        (void)who(c, t->from, link);
        html_textz(c->h, " \xE2\x80\x94 ");
        if (t->period.n) {
            html_text(c->h, t->period);
            html_textz(c->h, " ");
        }
        html_open(c->h, "i");
        if (t->role.n)
            words(c->h, t->role, 80);
        else
            html_textz(c->h, onr_relation_kind_name(t->kind));
        html_close(c->h);
        html_textz(c->h, " \xE2\x80\x94 ");
        (void)who(c, t->to, link);
        break;
    }
    default:
        actor_text(c, &r->entities[f->index]);
        break;
    }
}

void card_line(const card_ctx *c, const fact *f)
{
    text_of(c, f, LINE_MAX_BYTES, false);
}

/* ---- the whole card ----------------------------------------------------------------------------
 */

static void tag(html *h, const char *text)
{
    if (text && *text) html_elz(h, "span", "tag", text);
}

static void tag_sv(html *h, onr_sv text)
{
    if (text.n) html_el(h, "span", "tag", text);
}

static void tags(const card_ctx *c, const fact *f)
{
    const onr_record *r = c->rec;
    if (f->layer == FACT_STATEMENT) {
        const onr_statement *s = &r->statements[f->index];
        tag(c->h, onr_form_name(s->form));
        if (s->negated) tag(c->h, "negated");
        if (s->within != ONR_NONE) tag(c->h, "told by another");
    } else if (f->layer == FACT_EVENT) {
        const onr_event *e = &r->events[f->index];
        html_open(c->h, "span");
        html_lit(c->h, "class", "tag status");
        html_attrz(c->h, "data-status", onr_event_status_name(e->status));
        html_textz(c->h, onr_event_status_name(e->status));
        html_close(c->h);
        tag_sv(c->h, e->mode);
        for (uint32_t i = 0; i < e->n_contexts && i < 4; i++) tag_sv(c->h, e->contexts[i]);
    } else if (f->layer == FACT_COMMITMENT) {
        tag_sv(c->h, r->commitments[f->index].strength);
    } else if (f->layer == FACT_ACTOR) {
        const onr_entity *e = &r->entities[f->index];
        tag_sv(c->h, e->country);
        if (!onri_eq(e->code, e->country)) tag_sv(c->h, e->code);
        tag_sv(c->h, e->wikidata);
    }
}

static void row_begin(html *h, const char *name)
{
    html_elz(h, "dt", NULL, name);
    html_open(h, "dd");
}

static void time_row(const card_ctx *c, const char *name, const onr_time *t)
{
    const onr_sv said = record_words(c->rec, t->span);
    if (!t->from.n && !said.n) return;
    row_begin(c->h, name);
    html_text(c->h, t->from);
    if (t->to.n && !onri_eq(t->from, t->to)) {
        html_textz(c->h, " to ");
        html_text(c->h, t->to);
    }
    if (said.n) {
        html_textz(c->h, t->from.n ? " (\xE2\x80\x9C" : "\xE2\x80\x9C");
        words(c->h, said, 80);
        html_textz(c->h, t->from.n ? "\xE2\x80\x9D)" : "\xE2\x80\x9D");
    }
    html_close(c->h);
}

static void ref_row(const card_ctx *c, const char *name, onr_ref ref)
{
    if (!record_name(c->rec, ref.entity).n && !record_words(c->rec, ref.span).n) return;
    row_begin(c->h, name);
    (void)who(c, ref, true);
    html_close(c->h);
}

/* A link to the card of another fact. */
static void fact_row(const card_ctx *c, const char *name, fact_layer layer, uint32_t index)
{
    const uint32_t place = fact_of(c->list, layer, index);
    if (place == ONR_NONE) return;
    const fact *f = &c->list->at[place];
    row_begin(c->h, name);
    card_link(c->h, f);
    text_of(c, f, 80, false);
    html_close(c->h);
    html_close(c->h);
}

static void rows(const card_ctx *c, const fact *f)
{
    const onr_record *r = c->rec;
    if (f->layer == FACT_STATEMENT) {
        const onr_statement *s = &r->statements[f->index];
        ref_row(c, "Venue", s->venue);
        time_row(c, "When", &s->time);
        fact_row(c, "Told in", FACT_STATEMENT, s->within);
        fact_row(c, "Answers", FACT_STATEMENT, s->responds_to);
    } else if (f->layer == FACT_EVENT) {
        const onr_event *e = &r->events[f->index];
        ref_row(c, "Place", e->place);
        time_row(c, "When", &e->time);
        fact_row(c, "Reported by", FACT_STATEMENT, e->reported_by);
        fact_row(c, "Same as", FACT_EVENT, e->same_as);
    } else if (f->layer == FACT_COMMITMENT) {
        const onr_commitment *m = &r->commitments[f->index];
        time_row(c, "By when", &m->deadline);
        fact_row(c, "Said in", FACT_STATEMENT, m->statement);
    } else if (f->layer == FACT_DISPUTE) {
        const onr_dispute *d = &r->disputes[f->index];
        fact_row(c, "Claimed in", FACT_STATEMENT, d->claim_statement);
        for (uint32_t i = 0; i < d->n_responses && i < 8; i++) {
            row_begin(c->h, onr_verdict_name(d->responses[i].verdict));
            open_q(c, d->responses[i].span);
            span_words(c, d->responses[i].span, 300);
            html_close(c->h);
            html_close(c->h);
        }
    } else if (f->layer == FACT_POSITION) {
        fact_row(c, "Said in", FACT_STATEMENT, r->positions[f->index].statement);
    } else if (f->layer == FACT_RELATION) {
        fact_row(c, "Said in", FACT_STATEMENT, r->relations[f->index].statement);
    } else {
        row_begin(c->h, "Mentions");
        html_digits(c->h, r->entities[f->index].n_mentions);
        html_close(c->h);
    }
}

static void byte_range(html *h, onr_span span)
{
    html_digits(h, span.beg);
    html_textz(h, "\xE2\x80\x93");
    html_digits(h, span.end);
}

static void citation(const card_ctx *c, const fact *f)
{
    html *h = c->h;
    const onr_record *r = c->rec;
    html_open(h, "p");
    html_lit(h, "class", "cite");
    text_of(c, f, CITE_MAX_BYTES, false);
    html_textz(h, ". ");
    html_open(h, "cite");
    words(h, record_title(r), 200);
    html_close(h);
    if (r->publisher.n) {
        html_textz(h, ", ");
        words(h, r->publisher, 80);
    }
    if (r->date.n) {
        html_textz(h, ", ");
        html_text(h, r->date);
    }
    html_textz(h, ". ");
    words(h, r->uri, 300);
    html_textz(h, r->uri.n ? ", bytes " : "bytes ");
    byte_range(h, f->cover);
    html_textz(h, ", onrecord ");
    html_text(h, f->id);
    html_textz(h, ".");
    html_close(h);
}

static void behind(const card_ctx *c, const fact *f)
{
    html *h = c->h;
    html_open(h, "details");
    html_elz(h, "summary", NULL, "Source and citation");
    html_open(h, "dl");
    row_begin(h, "Rule");
    html_elz(h, "code", NULL, f->rule);
    html_close(h);
    if (f->cover.end > f->cover.beg) {
        row_begin(h, "Bytes");
        html_open(h, "a");
        html_attr_uint(h, "href", "#t", f->cover.beg);
        html_lit(h, "class", "to-text");
        byte_range(h, f->cover);
        html_textz(h, " in the text");
        html_close(h);
        html_close(h);
    }
    row_begin(h, "Link");
    html_open(h, "a");
    html_lit(h, "class", "permalink");
    html_href_id(h, c->base, "f-", f->id);
    html_text(h, f->id);
    html_close(h);
    html_close(h);
    html_close(h); /* dl */
    citation(c, f);
    html_close(h); /* details */
}

/* What people made of it: the record stays as it was read, the card says what holds. */
static void corrected(const card_ctx *c, const fact *f)
{
    for (uint32_t i = 0; c->corrections && i < c->corrections->rows.n; i++) {
        if (!onri_eq(ask_sv(c->corrections, i, "target_uid"), f->id)) continue;
        html_open(c->h, "p");
        html_lit(c->h, "class", "note");
        html_textz(c->h, onri_eqz(ask_sv(c->corrections, i, "action"), "reject") ? "Rejected by "
                                                                                 : "Mended by ");
        html_text(c->h, ask_sv(c->corrections, i, "who"));
        if (ask_sv(c->corrections, i, "why").n) html_textz(c->h, ": ");
        html_text(c->h, ask_sv(c->corrections, i, "why"));
        if (onri_eqz(ask_sv(c->corrections, i, "action"), "mend")) {
            html_textz(c->h, " ");
            html_el(c->h, "code", NULL, ask_sv(c->corrections, i, "change"));
        }
        html_close(c->h);
    }
}

void card_full(const card_ctx *c, const fact *f)
{
    html *h = c->h;
    const char letter[2] = { fact_layer_letter(f->layer), 0 };
    html_open(h, "article");
    html_lit(h, "class", "card");
    html_attrz(h, "data-layer", letter);
    html_attr_id(h, "id", "f-", f->id);
    html_lit(h, "tabindex", "-1");
    html_open(h, "header");
    html_elz(h, "span", "kind", f->kind);
    tags(c, f);
    if (f->layer != FACT_ACTOR) page_p(h, f->p);
    html_close(h);
    html_open(h, "p");
    html_lit(h, "class", "says");
    html_lit(h, "dir", "auto");
    text_of(c, f, WORDS_MAX_BYTES, true);
    html_close(h);
    const size_t before = h->b->n;
    html_open(h, "dl");
    html_textz(h, "");
    const size_t opened = h->b->n;
    rows(c, f);
    const bool none = h->b->n == opened;
    html_close(h);
    if (none && h->b->status == ONR_OK) h->b->n = before; /* an empty list is no list */
    if (f->layer != FACT_ACTOR) {
        static const char *const actions[] = { "reject", "mend", NULL };
        const correct_about about = { c->article, f->id, ONR_SV_INIT(""), actions };
        corrected(c, f);
        behind(c, f);
        if (c->request) correct_form(c->h, c->request, &about);
    }
    html_close(h);
}
