/* What the files of linking share: what is to be linked when the transaction ends. Linking is a
 * function of what the store holds; the order of keeping matters only where a limit is reached. */
#ifndef ONRI_STORE_LINK_H
#define ONRI_STORE_LINK_H

#include "store/link_words.h"
#include "store/store.h"

typedef struct onri_new_entity {
    int64_t entity, profile;
    onr_sv forced; /* the actor it was put to by hand, .p NULL: none */
} onri_new_entity;

struct onri_link {
    onri_link_know know;
    bool known;                 /* know is made */
    onr_arena mem;              /* of the sets below */
    onri_atoms keys;            /* name keys whose groups have to be made anew */
    onri_atoms called;          /* words by which some actor is called more or less often */
    struct onri_feature *cache; /* features looked at lately (link_fact.c); NULL: none yet */
    onr_arena label_mem;
    onri_atoms labels;                  /* kinds and statuses that features point at */
    ONRI_VEC(onri_new_entity) entities; /* of the articles added */
    onri_ids added;                     /* articles kept and not yet linked */
    onri_ids again;   /* articles linked before whose facts have to be linked anew */
    onri_ids recount; /* actors whose numbers have to be counted anew */
};

/* In the handle's transaction: an article came; it is about to go; all that is due is done; what is
 * due is forgotten (a rollback). */
ONR_CHECK onr_status onri_link_add(onr_store *s, int64_t article, onr_error *err);
ONR_CHECK onr_status onri_link_forget(onr_store *s, int64_t article, onr_error *err);
ONR_CHECK onr_status onri_link_all(onr_store *s, onr_error *err);
void onri_link_reset(onr_store *s);
void onri_link_drop(onr_store *s); /* with the handle */
/* The handle's state, lists read; NULL: *st says why. */
struct onri_link *onri_link_of(onr_store *s, onr_status *st, onr_error *err);

/* link_actor.c: entities of an article to profiles; groups, weak names, actors. */
ONR_CHECK onr_status onri_link_entities(onr_store *s, int64_t article, onr_error *err);
ONR_CHECK onr_status onri_link_forget_entities(onr_store *s, int64_t article, onr_error *err);
ONR_CHECK onr_status onri_link_actors(onr_store *s, onr_error *err);

/* link_copy.c */
ONR_CHECK onr_status onri_link_copies(onr_store *s, int64_t article, onr_error *err);
ONR_CHECK onr_status onri_link_forget_copies(onr_store *s, int64_t article, onr_error *err);

/* link_fact.c: keys of an article's facts; the links of its facts, both ways. */
ONR_CHECK onr_status onri_link_keys(onr_store *s, int64_t article, bool forget, onr_error *err);
ONR_CHECK onr_status onri_link_facts(onr_store *s, int64_t article, onr_error *err);

void onri_link_forget_features(struct onri_link *l);

/* Of corrections (correct.c). Who takes the place of an actor: its uid, or `uid` itself. */
ONR_CHECK onr_status onri_correct_actor(onr_store *s, onr_arena *mem, onr_sv uid, onr_sv *out,
                                        onr_error *err);
/* The name people gave an actor; .p NULL: none. */
ONR_CHECK onr_status onri_correct_name(onr_store *s, onr_arena *mem, onr_sv uid, onr_sv *out,
                                       onr_error *err);
/* Where an entity of an article was put by hand: the actor's uid, .p NULL: nowhere. */
ONR_CHECK onr_status onri_correct_entity(onr_store *s, onr_arena *mem, onr_sv article_uid,
                                         onr_sv name_key, onr_sv *out, onr_error *err);

/* The first cell of a one-row question as a number, `otherwise` without a row. Resets st. */
ONR_CHECK onr_status onri_store_int(onr_store *s, sqlite3_stmt *st, int64_t otherwise, int64_t *out,
                                    onr_error *err);

#endif
