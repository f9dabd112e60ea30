/* Times of news text: "on Tuesday", "early May", "two years ago", "since 1979".
 *
 * Each is resolved to an interval of days against the article's date, the tense around it, or the
 * time named before it. What cannot be resolved keeps its words alone: no date is an answer. */
#ifndef ONRI_FACTS_TIME_H
#define ONRI_FACTS_TIME_H

#include "base/date.h"
#include "onrecord/parse.h"
#include "onrecord/record.h"

typedef struct onri_time_words onri_time_words;

typedef struct onri_timex {
    uint32_t beg, end; /* tokens, half-open */
    onr_span span;     /* bytes */
    onri_day from, to; /* NO_DAY: open on that side; both: not resolved */
} onri_timex;

typedef ONRI_VEC(onri_timex) onri_timex_vec;

/* Read data/time/words.tsv. Frozen afterwards. */
ONR_CHECK onr_status onri_time_words_load(onr_arena *mem, onr_sv tsv, const onri_time_words **out,
                                          onr_error *err);
/* All times of the parse in reading order, not overlapping. anchor: the article's day or NO_DAY. */
ONR_CHECK onr_status onri_times_scan(onr_arena *mem, const onri_time_words *words,
                                     const onr_parse *parse, onri_day anchor, onri_timex_vec *out,
                                     onr_error *err);
/* The record's form of a time; strings in mem. .from.p NULL after a failed allocation only. */
onr_time onri_time_value(onr_arena *mem, const onri_timex *t);

#endif
