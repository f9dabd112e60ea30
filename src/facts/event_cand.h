/* One candidate for an event, from the frame that matched to what became of it. */
#ifndef ONRI_FACTS_EVENT_CAND_H
#define ONRI_FACTS_EVENT_CAND_H

#include "facts/event_match.h"

/* How the actors of a role were found; told by `explain`, weighed by data/events/weights.tsv. */
typedef enum onri_role_how {
    ONRI_HOW_NONE,
    ONRI_HOW_FRAME,    /* a condition of the frame says so */
    ONRI_HOW_SUBJECT,  /* subject of the trigger, or of its participle, infinitive or conjunct */
    ONRI_HOW_AGENT,    /* by-phrase */
    ONRI_HOW_OWNER,    /* whose event it is: possessor, nationality, of */
    ONRI_HOW_GOVERNOR, /* subject of the verb that carries the event: "faces sanctions" */
    ONRI_HOW_INSIDE,   /* named inside what the trigger governs */
    ONRI_HOW_NEARBY,   /* next actor of the clause */
    ONRI_HOW_SPEAKER,  /* source of the statement around it */
    ONRI_HOW_THING,    /* owner or maker of the thing, named before: "the test", "the resolution" */
    ONRI_HOW_SAME,     /* the same event, named before */
    ONRI_HOW_PARTNER,  /* the other side of the source's last event */
    ONRI_HOW_GUESS,    /* most likely of those around (event_guess.h) */
    ONRI_HOW__COUNT
} onri_role_how;

typedef struct onri_event_roles {
    onri_ref_vec source, target;
    onri_role_how source_how, target_how;
} onri_event_roles;

typedef struct onri_event_cand {
    onri_event_hit hit;
    onri_event_roles roles;
    onr_event_status status;
    uint32_t why;     /* token that decides the status, ONR_NONE: tense alone */
    bool accused;     /* alleged because the statement around it accuses */
    bool refusal;     /* cooperation that its actor says will not be */
    uint32_t same;    /* candidate it is a further mention of, ONR_NONE */
    uint32_t event;   /* its place in the draft, ONR_NONE: not kept */
    const char *lost; /* why not kept, NULL: kept */
} onri_event_cand;

typedef struct onri_event_cands {
    onri_event_cand *at; /* [n] by trigger */
    uint32_t n;
    uint32_t *of; /* [n_tokens] the candidate whose trigger the token is, ONR_NONE */
} onri_event_cands;

/* Source and target of a hit, from its own sentence and from things named before. False: out of
 * memory. */
bool onri_event_roles_fill(const onri_event_ctx *x, const onri_event_hit *m, onri_event_roles *r);
/* Roles that the sentence leaves open, from earlier candidates. */
bool onri_event_roles_inherit(const onri_event_ctx *x, onri_event_cands *all);
/* same_as of the draft's events from the candidates'. */
void onri_event_link(const onri_event_ctx *x, const onri_event_cands *all);
/* Does a noun only take up an event, told of before or not: "the talks"? */
bool onri_event_is_again(const onri_event_ctx *x, const onri_event_cand *c);
/* What it is about; e->cameo and the roles are known. False: out of memory. */
bool onri_event_contexts(const onri_event_ctx *x, const onri_event_cand *c, onr_event *e);
/* Place and time of a hit, by what hangs on it. */
onr_ref onri_event_place(const onri_event_ctx *x, const onri_event_hit *m);
/* Country and coordinates of e->place. */
void onri_event_locate(const onri_event_ctx *x, onr_event *e);
onr_time onri_event_time(const onri_event_ctx *x, const onri_event_hit *m);

struct onri_guess;

/* Told what the step did, for `explain`: each candidate in the order of the text, then once all. */
typedef struct onri_event_listener {
    void (*cand)(void *arg, const onri_event_ctx *x, const onri_event_cands *all, uint32_t i);
    void (*end)(void *arg, const onri_event_ctx *x);
    void *arg;
    /* who was weighed for a role that is not told (event_guess.h); may be NULL */
    void (*guess)(void *arg, const onri_event_ctx *x, uint32_t i, bool target,
                  const struct onri_guess *found, uint32_t n);
    bool bare; /* leave the roles as grammar found them */
} onri_event_listener;
ONR_CHECK onr_status onri_trace_events(onri_draft *d, const onri_event_book *book,
                                       const onri_timex *times, uint32_t n_times,
                                       const onri_event_listener *ear, onr_error *err);

#endif
