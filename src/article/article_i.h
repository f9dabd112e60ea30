/* The article room's private header: bytes become an onr_article. See docs/architecture.md. */
#ifndef ONRI_ARTICLE_H
#define ONRI_ARTICLE_H

#include "base/base.h"
#include "onrecord/article.h"
#include "onrecord/input.h"

/* ---- words and word patterns (words.c) ------------------------------------------------------ */

/* One word of a text: letters and digits, with apostrophes inside it. */
typedef struct onri_word {
    uint32_t beg, end;
    uint32_t hash; /* of the word in lower case */
    bool upper;    /* begins with a capital or a digit */
    bool number;   /* digits only, or digits with an ordinal ending */
} onri_word;

typedef ONRI_VEC(onri_word) onri_words;

/* Words of text[span]; false: out of memory. */
bool onri_words_of(onr_arena *mem, onr_sv text, onr_span span, onri_words *out);

/* Where a pattern may stand (data/article/debris.tsv). */
typedef enum onri_scope {
    ONRI_SCOPE_LINE,   /* the whole line */
    ONRI_SCOPE_HEAD,   /* a short line begins so */
    ONRI_SCOPE_LIST,   /* the whole line, and the short lines under it */
    ONRI_SCOPE_CUT,    /* a sentence begins so, also inside a paragraph */
    ONRI_SCOPE_TEASER, /* a sentence that may stand before a CUT */
    ONRI_SCOPE__COUNT
} onri_scope;

/* One element of a pattern: alternatives (atoms), "*" (any words), "#" (a number). */
typedef struct onri_pat_item {
    const uint32_t *hashes; /* [n] of the alternatives */
    uint16_t n;
    bool optional;
    uint8_t gap; /* up to so many arbitrary words */
    bool number;
} onri_pat_item;

typedef struct onri_pat {
    const onri_pat_item *items;
    uint32_t n;
    onri_scope scope;
    onr_boilerplate_kind kind;
} onri_pat;

typedef struct onri_pats {
    ONRI_VEC(onri_pat) of[ONRI_SCOPE__COUNT];
} onri_pats;

/* Parse data/article/debris.tsv; SYNTAX with the line if a linguist slipped. */
ONR_CHECK onr_status onri_pats_load(onr_arena *mem, onri_pats *out, onr_error *err);
ONR_CHECK onr_status onri_pats_parse(onr_arena *mem, onr_sv tsv, onri_pats *out, onr_error *err);
/* Number of words of w[0..n) that the pattern matches from the start, or ONR_NONE. whole: all n. */
uint32_t onri_pat_match(const onri_pat *p, const onri_word *w, uint32_t n, bool whole);
/* First pattern of the scope that matches, or NULL; *len gets the words it took. */
const onri_pat *onri_pats_find(const onri_pats *ps, onri_scope scope, const onri_word *w,
                               uint32_t n, uint32_t *len);

/* ---- marking (debris.c) --------------------------------------------------------------------- */

typedef ONRI_VEC(onr_boilerplate) onri_marks;

/* Find what is not the article in plain text: marks in order, not overlapping. *title: span of the
 * title if known; if empty, set to the first line that looks like one. It is never marked.
 * pats: from onri_pats_load. */
ONR_CHECK onr_status onri_debris_mark(onr_arena *mem, const onri_pats *pats, onr_sv text,
                                      onr_span *title, onri_marks *marks, onr_error *err);
/* Sort, drop empty ones, cut overlaps (the earlier and longer wins). */
void onri_marks_tidy(onri_marks *marks);

/* ---- dates, title, language ----------------------------------------------------------------- */

/* 1..12 for a month's name or its short form, else 0. */
uint32_t onri_month(onr_sv word);
/* A calendar date in s as "YYYY-MM-DD" into out[11]: ISO, RFC 822, "July 13, 2018", "13 July 2018",
 * "13.07.2018"; ambiguous numbers (04/05/2018) are no date. *beg,*end: where it stands. */
bool onri_date_find(onr_sv s, char out[11], size_t *beg, size_t *end);
/* "/2019/11/18/" and its like in an address. */
bool onri_date_of_url(onr_sv url, char out[11]);
/* The line holds a date and at most time, weekday, "Published" and the like beside it. */
bool onri_date_line(onr_sv line, char out[11]);

/* Bytes of the dateline at the start of a line, with its dash and the blanks around it; 0: none. */
size_t onri_dateline(onr_sv line);

/* Is the word (any case of ASCII) in a list of lower-case words in data/? */
bool onri_listed(const char *file, onr_sv word);

/* ISO 639-1 code of the language of most of the text; empty: too little to tell. False: no memory.
 * Static string. mem is left as it was. */
bool onri_lang_guess(onr_arena *mem, onr_sv text, onr_sv *out);

/* ---- bytes (text.c, charset.c) -------------------------------------------------------------- */

/* Hash of the bytes, first 16 hex digits; .p NULL: out of memory. */
onr_sv onri_article_id(onr_arena *mem, onr_sv bytes);
bool onri_diag_add(onr_arena *mem, onr_article *a, const char *code, uint32_t count, uint64_t at);

#endif
