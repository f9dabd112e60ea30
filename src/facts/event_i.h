/* Inside the events: frames as read from data/events, and what the matcher, the status and the
 * arguments share. */
#ifndef ONRI_FACTS_EVENT_I_H
#define ONRI_FACTS_EVENT_I_H

#include "facts/draft.h"
#include "facts/event.h"
#include "facts/time.h"
#include "facts/view.h"

/* ---- frames --------------------------------------------------------------------------------- */

/* Where on the trigger a condition looks. */
typedef enum onri_slot {
    ONRI_SLOT_OBJ,       /* o: direct object; the subject of a passive */
    ONRI_SLOT_IOBJ,      /* io: indirect object */
    ONRI_SLOT_NO_OBJ,    /* -o: no object */
    ONRI_SLOT_SUBJ,      /* s: */
    ONRI_SLOT_PREP,      /* a preposition and what it governs */
    ONRI_SLOT_PART,      /* prt: a particle or adverb of that form; "prt" alone: any */
    ONRI_SLOT_WORD,      /* a bare word among the dependents ("guilty", "together") */
    ONRI_SLOT_TO,        /* to+: an infinitive */
    ONRI_SLOT_THAT,      /* that+: a finite clause */
    ONRI_SLOT_ADJ,       /* adj: a modifier before a noun */
    ONRI_SLOT_POSS,      /* poss: possessive */
    ONRI_SLOT_NO_TO,     /* -to: no infinitive */
    ONRI_SLOT_PASSIVE,   /* passive: said in the passive */
    ONRI_SLOT_BE_SUBJ,   /* subj: of the copula, for predicates; of the clause else */
    ONRI_SLOT_SAY,       /* say=S: inside a statement, whose source is the source */
    ONRI_SLOT_THAT_OTHER /* that:other: a finite clause about somebody else, who is the target */
} onri_slot;

/* What the filler must be. */
typedef enum onri_filler {
    ONRI_FILL_ANY,
    ONRI_FILL_SET,    /* head lemma in a word set */
    ONRI_FILL_ACTOR,  /* someone who can act */
    ONRI_FILL_PERSON, /* a person or group of persons */
    ONRI_FILL_NAMED,  /* a person who has a name in the article */
    ONRI_FILL_STATE,
    ONRI_FILL_GROUP, /* persons without office: a common noun, a nationality */
    ONRI_FILL_PLACE,
    ONRI_FILL_MONEY,
    ONRI_FILL_COOP,   /* to+coop: the infinitive is an event of cooperation, or none */
    ONRI_FILL_HOSTILE /* to+hostile: the infinitive is an event of conflict */
} onri_filler;

/* QUIET (=N): whoever stands there is not looked at as a possible target. */
enum { ONRI_ROLE_NONE = 0, ONRI_ROLE_SOURCE = 1, ONRI_ROLE_TARGET = 2, ONRI_ROLE_QUIET = 4 };
enum { ONRI_FRAME_CONDS = 6 };

typedef struct onri_frame_cond {
    uint8_t slot, filler, role; /* role: bits ONRI_ROLE_* */
    uint32_t word;              /* atom of the preposition, particle or word */
    uint32_t set;               /* index of the word set */
} onri_frame_cond;

typedef struct onri_frame {
    uint32_t lemma; /* atom */
    char pos;       /* 'v', 'n', 'a', 'm' (modal) */
    uint8_t n_conds;
    onri_frame_cond conds[ONRI_FRAME_CONDS];
    uint8_t type;   /* index into onri_event_book.types */
    uint8_t scheme; /* 0: PLOVER's; each file with types of its own is one more */
    onr_sv mode, cameo;
    bool reciprocal, light;
    bool nothing;     /* type "-": said so, the words are no event ("met with opposition") */
    const char *rule; /* "consult.meet.2" */
    const char *file; /* where it stands, for explanations */
    uint32_t line;
    onr_sv text;   /* its conditions, as written */
    uint32_t next; /* next frame of the same lemma, ONR_NONE: last */
} onri_frame;

/* How a word of status.tsv stands to the event. */
typedef enum onri_status_kind {
    ONRI_BY_VERB,
    ONRI_BY_NOUN,
    ONRI_BY_ADJ,
    ONRI_BY_ADVERB,
    ONRI_BY_MODAL,
    ONRI_BY_CLAUSE,
    ONRI_BY_OBJECT,
    ONRI_BY_PASSIVE,
    ONRI_BY_RAISING,
    ONRI_BY__COUNT
} onri_status_kind;
enum { ONRI_STATUS_THROUGH = 0x100, ONRI_STATUS_FINITE = 0x200, ONRI_STATUS_AFTER_IN = 0x400 };

/* What a verb or noun of carriers.tsv does with the event in a noun it governs. */
enum { ONRI_CARRY_DOES = 1, ONRI_CARRY_UNDERGOES = 2, ONRI_CARRY_ONLY = 4 };

typedef struct onri_type_row {
    onr_sv name;
    bool hostile; /* threat or material conflict */
    bool verbal;  /* said to somebody, who is the target */
    uint8_t scheme;
} onri_type_row;

/* A city's place on earth. */
typedef struct onri_city {
    onr_sv name, country;
    float lat, lon;
} onri_city;

/* Which events of a code have its context: all, those between states, those done by a state, by
 * another. */
enum {
    ONRI_CODE_ALWAYS,
    ONRI_CODE_STATES,
    ONRI_CODE_BY_STATE,
    ONRI_CODE_NOT_STATE,
    ONRI_CODE__COUNT
};

enum { ONRI_GUESS__COUNT = 45 }; /* features of event_guess.h */

/* Mode and code of an outer event by the type of what it is about. */
typedef struct onri_nested_row {
    uint8_t outer, inner;
    onr_sv mode, cameo;
} onri_nested_row;

struct onri_event_book {
    onr_arena *mem;
    onri_atoms atoms;
    ONRI_VEC(onri_frame) frames;
    ONRI_VEC(uint32_t) first; /* atom -> first frame, ONR_NONE */
    ONRI_VEC(onri_type_row) types;
    ONRI_VEC(onr_sv) set_names;
    onri_map in_set;    /* set << 32 | atom */
    onri_map status;    /* kind << 32 | atom -> onr_event_status, flags */
    onri_map carriers;  /* atom -> bits ONRI_CARRY_* */
    onri_map goldstein; /* hash of the code -> tenths + 1000 */
    onri_map contexts;  /* atom, or atoms of two words -> index in context_names */
    onri_map context_code[ONRI_CODE__COUNT]; /* hash of the code -> the same */
    ONRI_VEC(onr_sv) context_names;
    ONRI_VEC(onri_nested_row) nested;
    ONRI_VEC(onri_city) cities;
    onri_map city; /* hash of the name -> index in cities */
    bool loaded;   /* ours are in: what comes now is the user's */
    uint8_t n_schemes;
    uint32_t speaking;                 /* the set of verbs of saying */
    uint32_t making;                   /* the set of verbs whose subject made their object */
    float guess[2][ONRI_GUESS__COUNT]; /* weights for a source, a target that is not told */
    float guess_least[2];              /* log odds from which a guess is taken */
    onri_map belief;                   /* hash of a trait -> place in belief_weight */
    ONRI_VEC(float) belief_weight;
};

/* Index of a type, UINT8_MAX: unknown. */
uint8_t onri_event_type_find(const onri_event_book *b, onr_sv name);
/* NULL: none. */
const onri_nested_row *onri_event_nested(const onri_event_book *b, uint8_t outer, uint8_t inner);

/* ---- one article ---------------------------------------------------------------------------- */

typedef struct onri_event_ctx {
    onri_draft *d;
    const onri_event_book *book;
    const onr_parse *parse;
    onr_arena *tmp;
    onri_view view;
    uint32_t *lemma; /* [n_tokens] atom of the lower-cased lemma, ONR_NONE */
    uint32_t *lower; /* [n_tokens] atom of the lower-cased word, ONR_NONE */
    const onri_timex *times;
    uint32_t n_times;
} onri_event_ctx;

typedef ONRI_VEC(onr_ref) onri_ref_vec;

/* ---- event_args.c: who stands where ------------------------------------------------------- */

/* Subject of a verb through control, conjunction and participles; *passive: it undergoes. */
uint32_t onri_event_subject(const onri_event_ctx *x, uint32_t verb, bool *passive);
/* The actors that a phrase stands for, with conjuncts; appended to out. False: out of memory. */
bool onri_event_actors(const onri_event_ctx *x, uint32_t head, bool places, onri_ref_vec *out);
/* The entity with a mention headed by the token, else the one whose phrase it heads; ONR_NONE. */
uint32_t onri_event_entity(const onri_event_ctx *x, uint32_t tok);
bool onri_event_fills(const onri_event_ctx *x, uint32_t tok, onri_filler filler, uint32_t set);
/* "anti-Zionist groups", "pro-Russian rally": not his who is named so. *against: "anti". */
bool onri_event_of_side(const onri_event_ctx *x, uint32_t tok, bool *against);
bool onri_event_in_set(const onri_event_ctx *x, uint32_t tok, uint32_t set);

/* ---- event_status.c: did it happen -------------------------------------------------------- */

bool onri_event_refuses(const onri_event_ctx *x, uint32_t trigger, bool able);
/* Status of what stands at trigger; *why: the token that decides it, ONR_NONE: tense alone. */
onr_event_status onri_event_status_of(const onri_event_ctx *x, uint32_t trigger, uint32_t *why);
/* Bits ONRI_CARRY_* of the word at tok. */
uint32_t onri_event_carries(const onri_event_ctx *x, uint32_t tok);

#endif
