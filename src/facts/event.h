/* Events: who did what to whom, and whether it happened. PLOVER types by default; the frames are
 * data (data/events), and another scheme can be loaded beside them. */
#ifndef ONRI_FACTS_EVENT_H
#define ONRI_FACTS_EVENT_H

#include "facts/draft.h"
#include "facts/time.h"

typedef struct onri_event_book onri_event_book;

/* An empty book of frames; fill it with onri_event_book_add, then share it frozen. */
ONR_CHECK onr_status onri_event_book_new(onr_arena *mem, onri_event_book **out, onr_error *err);
/* Everything in data/events. */
ONR_CHECK onr_status onri_event_book_load(onri_event_book *book, onr_error *err);
/* One file of frames (fields: trigger, frame, type, mode, cameo, flags). name: for messages. */
ONR_CHECK onr_status onri_event_frames_add(onri_event_book *book, const char *name, onr_sv tsv,
                                           onr_error *err);
/* Append the events of the draft. */
ONR_CHECK onr_status onri_find_events(onri_draft *d, const onri_event_book *book,
                                      const onri_timex *times, uint32_t n_times, onr_error *err);

#endif
