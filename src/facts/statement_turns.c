/* Turns of speakers: lines that begin with who speaks, in interviews, transcripts and headlines.
 *
 *     SMITH, HOST: We never saw it.      Merkel: no deal before spring      Q: Why? / A: Because …
 *
 * A text is a transcript where a label comes back: its turns are direct speech, run on over lines
 * without a label, and answer the question before them. Source: own. Leaves out: who Q and A are,
 * and labels that stand on a line of their own. */
#include "facts/statement_i.h"

enum { LABEL_WORDS = 6, LABEL_BYTES = 100, TRANSCRIPT_MIN = 3 };
/* By reading: the annotated articles have too few to fit. */
static const float LINE_P = 0.7f, TURN_P = 0.9f;

typedef struct turn {
    onr_span name;    /* who speaks; empty: Q, A */
    onr_span cue;     /* the colon, or "Q:" */
    uint32_t content; /* first byte of what is said on the line */
    uint32_t end;     /* end of the line */
    uint32_t label;   /* atom */
    bool first;       /* first line of the text */
} turn;

typedef ONRI_VEC(turn) turn_vec;

uint32_t st_line_end(const st_run *r, uint32_t at)
{
    while (at < r->text.n && r->text.p[at] != '\n') at++;
    return at;
}

static bool upper_at(const st_run *r, uint32_t i, uint32_t end)
{
    return i < end && r->text.p[i] >= 'A' && r->text.p[i] <= 'Z';
}

uint32_t st_name_end(const st_run *r, uint32_t i, uint32_t end)
{
    uint32_t words = 0, last = i;
    while (i < end && words < LABEL_WORDS) {
        uint32_t e = i;
        while (e < end && r->text.p[e] != ' ' && r->text.p[e] != ':' && r->text.p[e] != ',') e++;
        const onr_sv w = onri_sub(r->text, i, e);
        const bool small = onri_eqz(w, "of") || onri_eqz(w, "de") || onri_eqz(w, "the") ||
                           onri_eqz(w, "van") || onri_eqz(w, "von") || onri_eqz(w, "al");
        if (!upper_at(r, i, end) && r->text.p[i] != '(' && !(words && small)) break;
        last = e;
        words++;
        if (e >= end || r->text.p[e] != ' ') break;
        i = e + 1;
    }
    return last;
}

static bool no_small_letter(const st_run *r, onr_span s)
{
    for (uint32_t i = s.beg; i < s.end; i++)
        if (r->text.p[i] >= 'a' && r->text.p[i] <= 'z') return false;
    return s.end > s.beg + 1;
}

/* "Update:", "Photo:": words before a colon that are no speaker. */
static bool is_heading_word(const st_run *r, onr_span s)
{
    char buf[32];
    uint32_t n = 0;
    for (uint32_t i = s.beg; i < s.end && n < sizeof buf && r->text.p[i] != ' '; i++) {
        const char c = r->text.p[i];
        buf[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return onri_table_has(r->know->book, r->know->t_labels,
                          onri_book_atom(r->know->book, (onr_sv){ buf, n }), NULL, NULL);
}

static uint32_t token_at(const st_run *r, uint32_t byte)
{
    uint32_t lo = 0, hi = r->parse->n_tokens;
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (st_tok(r, mid)->beg < byte)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* What the label names: a person or body, a place alone (a dateline, or a state), or nothing. */
static bool names_someone(const st_run *r, onr_span s, bool places)
{
    for (uint32_t i = token_at(r, s.beg); i < r->parse->n_tokens && st_tok(r, i)->end <= s.end;
         i++) {
        const uint8_t e = st_tok(r, i)->ent;
        if (places && e == ONR_ENT_GPE) return true;
        if (!places && (e == ONR_ENT_PERSON || e == ONR_ENT_ORG || e == ONR_ENT_NORP)) return true;
    }
    return false;
}

/* "Q:", "A.", "Question:": the byte behind the mark, or 0. */
static uint32_t question_mark(const st_run *r, uint32_t beg, uint32_t end)
{
    static const char *const words[] = { "Question", "Answer", "Q", "A", NULL };
    const onr_sv line = onri_sub(r->text, beg, end);
    for (int i = 0; words[i]; i++) {
        const uint32_t n = (uint32_t)strlen(words[i]);
        if (!onri_starts(line, onri_svz(words[i])) || line.n < n + 2) continue;
        if (line.p[n] == ':' || (n == 1 && line.p[n] == '.' && line.p[n + 1] == ' '))
            return beg + n + 1;
    }
    return 0;
}

/* The label of the line [beg, end). */
static bool read_label(const st_run *r, uint32_t beg, uint32_t end, turn *t)
{
    *t = (turn){ .end = end, .first = beg == 0 };
    const uint32_t qa = question_mark(r, beg, end);
    uint32_t colon = qa ? qa - 1 : upper_at(r, beg, end) ? st_name_end(r, beg, end) : beg;
    if (!qa) {
        t->name = (onr_span){ beg, colon };
        if (colon < end && r->text.p[colon] == ',') { /* SMITH, CNN HOST: */
            uint32_t c = colon;
            while (c < end && c - beg < LABEL_BYTES && r->text.p[c] != ':') c++;
            if (!no_small_letter(r, (onr_span){ beg, c })) return false;
            colon = c;
        }
        for (uint32_t i = beg + 1; i < t->name.end; i++) /* Rahmani (laughs): */
            if (r->text.p[i] == '(') t->name.end = i - 1;
        if (colon == beg || colon + 1 >= end || r->text.p[colon] != ':' ||
            r->text.p[colon + 1] == '/' || t->name.end <= t->name.beg ||
            is_heading_word(r, t->name))
            return false;
    }
    t->cue = (onr_span){ qa ? beg : colon, colon + 1 };
    t->content = colon + 1;
    while (t->content < end && r->text.p[t->content] == ' ') t->content++;
    return t->content < end;
}

static bool is_muted(const st_run *r, uint32_t byte)
{
    const uint32_t i = token_at(r, byte);
    return r->tree.mute && i < r->parse->n_tokens && r->tree.mute[i];
}

/* All labelled lines. false: out of memory. */
static bool find_turns(st_run *r, onri_atoms *labels, turn_vec *turns)
{
    for (uint32_t beg = 0; beg < r->text.n;) {
        uint32_t end = st_line_end(r, beg);
        const uint32_t next = end + 1;
        while (end > beg && (r->text.p[end - 1] == ' ' || r->text.p[end - 1] == '\r')) end--;
        turn t;
        if (end > beg && read_label(r, beg, end, &t) && !is_muted(r, beg)) {
            const onr_span l = t.name.beg < t.name.end ? t.name : t.cue;
            t.label = onri_atom(labels, onri_sub(r->text, l.beg, l.end));
            turn *to = t.label == ONR_NONE ? NULL : ONRI_PUSH(r->tmp, turns);
            if (!to) return false;
            *to = t;
        }
        beg = next;
    }
    return true;
}

/* Lines without a label between two turns belong to the first of them; "(Applause)" to nobody. */
static bool add_lines(st_run *r, st_cand *c, uint32_t beg, uint32_t end)
{
    while (beg < end) {
        uint32_t e = st_line_end(r, beg);
        const uint32_t next = e + 1;
        while (beg < e && r->text.p[beg] == ' ') beg++;
        while (e > beg && (r->text.p[e - 1] == ' ' || r->text.p[e - 1] == '\r')) e--;
        const bool stage =
            e > beg && strchr("([*", r->text.p[beg]) && strchr(")]*", r->text.p[e - 1]);
        if (e > beg && !stage && !is_muted(r, beg) && !st_add_span(r, c, (onr_span){ beg, e }))
            return false;
        beg = next;
    }
    return true;
}

static bool asks(const st_run *r, const st_cand *c)
{
    const uint32_t end = c->content.n ? c->content.at[c->content.n - 1].end : 0;
    return end > 0 && r->text.p[end - 1] == '?';
}

/* Turn i as a candidate. back: its label comes back. */
static bool add_turn(st_run *r, const turn_vec *turns, uint32_t i, bool transcript, bool back)
{
    const turn *t = &turns->at[i];
    const bool nameless = t->name.beg >= t->name.end;
    if (nameless && !transcript) return true;
    if (!back && st_words(r, (onr_span){ t->content, t->end }, 3) < 3) return true;
    const bool place = names_someone(r, t->name, true), capitals = no_small_letter(r, t->name);
    if (!t->first && !back && capitals && place) return true; /* a dateline */
    st_cand *c = st_new_cand(r, nameless ? "name.question" : "name.colon", ONR_NONE);
    if (!c) return false;
    c->source = t->name;
    c->cue = t->cue;
    c->direct = back || (capitals && !t->first);
    if (back || t->first || capitals || place || names_someone(r, t->name, false)) {
        c->p = back ? TURN_P : LINE_P;
        c->fixed_p = true;
    }
    if (!st_add_span(r, c, (onr_span){ t->content, t->end })) return false;
    if (transcript && back && i + 1 < turns->n) {
        const turn *next = &turns->at[i + 1];
        const uint32_t stop = next->name.beg < next->name.end ? next->name.beg : next->cue.beg;
        if (!add_lines(r, c, t->end + 1, stop)) return false;
    }
    if (!c->direct) return true;
    const uint32_t me = r->cands.n - 1;
    const bool follows = transcript && r->last_turn != ONR_NONE;
    if (asks(r, c)) {
        c->kind = ONR_KIND_QUESTION;
        c->has_kind = true;
    } else if (follows && r->cands.at[r->last_turn].kind == ONR_KIND_QUESTION) {
        c->answers = r->last_turn;
    }
    r->last_turn = me;
    return true;
}

/* "Courier: General Osei said …": the parse may take the label for the subject. */
static void free_labels(st_run *r, const turn_vec *turns)
{
    for (uint32_t k = 0; k < r->cands.n; k++) {
        st_cand *c = &r->cands.at[k];
        if (c->source_token == ONR_NONE || c->root == ONR_NONE || c->source.beg >= c->source.end)
            continue;
        uint32_t lo = 0, hi = turns->n; /* first turn that begins behind the source's start */
        while (lo < hi) {
            const uint32_t mid = lo + (hi - lo) / 2;
            if (turns->at[mid].cue.end <= c->source.beg)
                lo = mid + 1;
            else
                hi = mid;
        }
        if (lo == turns->n || c->source.beg < turns->at[lo].name.beg ||
            c->source.beg >= turns->at[lo].name.end)
            continue;
        uint32_t other = ONR_NONE;
        ONRI_EACH_CHILD (&r->tree, x, c->root)
            if (x < c->root && st_tok(r, x)->beg >= turns->at[lo].content &&
                (st_tok(r, x)->pos == ONR_POS_NOUN || st_tok(r, x)->pos == ONR_POS_PROPN ||
                 st_tok(r, x)->pos == ONR_POS_PRON))
                other = x;
        st_set_source(r, c, other);
    }
}

bool st_give_turns(st_run *r)
{
    onri_atoms labels;
    onri_atoms_init(&labels, r->tmp);
    turn_vec turns = { 0 };
    if (!find_turns(r, &labels, &turns)) return r->status = r->tmp->status, false;
    uint32_t *times = ONRI_NEW_N(r->tmp, turns.n + (size_t)1, uint32_t);
    if (!times) return r->status = r->tmp->status, false;
    uint32_t most = 0;
    for (uint32_t i = 0; i < turns.n; i++) {
        const uint32_t n = ++times[turns.at[i].label];
        if (n > most) most = n;
    }
    const bool transcript = turns.n >= TRANSCRIPT_MIN && most >= 2;
    if (transcript) free_labels(r, &turns);
    r->last_turn = ONR_NONE;
    for (uint32_t i = 0; i < turns.n; i++) {
        const turn *t = &turns.at[i];
        const bool named = no_small_letter(r, t->name) || names_someone(r, t->name, false);
        const bool once = !t->first && named && !names_someone(r, t->name, true);
        const bool back = transcript && (times[t->label] >= 2 || once);
        if (!add_turn(r, &turns, i, transcript, back)) return r->status = r->tmp->status, false;
    }
    return true;
}
