/* Views across articles: who somebody is, what became of a promise, how papers differ.
 *
 *     onr_store_actors(store, name, 10, row, ctx, &n, &err);             who may be meant
 *     onr_store_dossier(store, uid, ONR_DOSSIER_SAID, NULL, row, ctx, &n, &err);
 *     onr_store_compare(store, a, b, NULL, row, ctx, &n, &err);
 *
 * Linking is done by onr_store_commit: near copies, actors, the same fact in several articles, what
 * became of commitments. Every link stands in the store with its evidence and score
 * (docs/schema.md). Rows are as in onr_store_sql: named cells, valid during the callback; their
 * columns are listed here and only grow. Rows
 * of facts also have corrected (mend, add; NULL: as it was read), corrected_by, corrected_at,
 * corrected_why; compare has corrected_a and corrected_b. Facts of near copies are left out, and so
 * counted once. Cost: look-ups in an index, unless said otherwise. Threads: a handle one at a time.
 */
#ifndef ONR_STORE_VIEWS_H
#define ONR_STORE_VIEWS_H

#include "onrecord/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What to show. Empty and zero: any. */
typedef struct onr_view {
    uint32_t size;       /* sizeof(onr_view) */
    onr_sv actor;        /* uid of an actor ("person:ali-velayati") */
    onr_sv with;         /* uid of another actor who takes part */
    onr_sv since, until; /* "2018", "2018-07", "2018-07-13": dates of articles, both included */
    onr_sv status;       /* of commitments: open, met, broken, changed, overdue */
    uint32_t layers;     /* bits 1 << onr_layer; 0: what the view is about */
    uint32_t least;      /* of networks: edges of so many facts at least */
    uint64_t limit;      /* most rows; 0: all */
    int64_t before; /* of dossiers: only facts older than this id (the last of the page before) */
} onr_view;
#define ONR_VIEW_INIT                                                                              \
    {                                                                                              \
        .size = sizeof(onr_view)                                                                   \
    }

/** Actors who may be meant by a name, the most told first: by uid, by a name they go by, else by
 * words of it. Columns: uid, name, type, country, code, wikidata, n_articles, n_facts, roles,
 * names, corrected ("merge by mb; rename by jd").
 * @param name  in any spelling of case and accents; a uid
 * @param limit most rows, 0: all
 * @return as onr_store_sql. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_actors(onr_store *store, onr_sv name, uint64_t limit,
                                              onr_row_fn row, void *ctx, uint64_t *n,
                                              onr_error *err);

/** Parts of a dossier: id, name. Append only. */
/* clang-format off */
#define ONR_DOSSIER_PARTS(X)                                                                       \
    X(NAMES, "names")             /* name, n_articles */                                           \
    X(ROLES, "roles")             /* title, of, country, period, first, last, n_articles */        \
    X(MET, "met")                 /* uid, name, country, n, first, last */                         \
    X(SAID, "said")               /* facts: see onr_store_dossier */                               \
    X(HEARD, "heard")             /* statements to him */                                          \
    X(ABOUT, "about")             /* statements about him */                                       \
    X(DID, "did") X(SUFFERED, "suffered") /* events by him, to him */                              \
    X(COMMITMENTS, "commitments") /* columns of onr_store_lives */                                 \
    X(DISPUTES, "disputes") X(POSITIONS, "positions") X(RELATIONS, "relations")
/* clang-format on */
#define ONR_ENUM_DOSSIER(id, name) ONR_DOSSIER_##id,
typedef enum onr_dossier_part {
    ONR_DOSSIER_PARTS(ONR_ENUM_DOSSIER) ONR_DOSSIER__COUNT
} onr_dossier_part;
#undef ONR_ENUM_DOSSIER
/** Name of a part. Never NULL. Threads: any. */
ONR_API const char *onr_dossier_part_name(onr_dossier_part v);

/** One part of an actor's dossier, the newest first. Parts of facts have the columns: id, uid,
 * date, publisher, layer, kind, who, whom, words, sentence, status (of events), form, told
 * (articles that tell the same beside this one), article_uid, title, start, stop, rule, p.
 * @param actor  uid
 * @param view   since, until, before, limit; NULL: all
 * @return as onr_store_sql; ONR_E_RANGE for a date that is none. An unknown uid gives no rows.
 * Cost: an index of the actor's facts is followed; MET and ROLES read all of them. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_dossier(onr_store *store, onr_sv actor,
                                               onr_dossier_part part, const onr_view *view,
                                               onr_row_fn row, void *ctx, uint64_t *n,
                                               onr_error *err);

/** What happened, in the order of the days it is told of: each event once, with the number of
 * articles that tell it. Columns: day, until (both of the event; the article's day where none is
 * told), layer, kind, status, who, whom, words, told, id, uid, publisher, article_uid, title,
 * start, stop, p. layers 0: events.
 * @param view  actor, with, since, until, layers, limit
 * @return as onr_store_dossier. Cost: reads the facts in view. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_timeline(onr_store *store, const onr_view *view,
                                                onr_row_fn row, void *ctx, uint64_t *n,
                                                onr_error *err);

/** Commitments and what became of them. Columns: id, uid, date, publisher, holder_uid, holder,
 * kind, strength, action, condition, deadline_from, deadline_to, status (open, met, broken,
 * changed, overdue), repeated (tellings later), because (id of the fact that decides the status),
 * because_words, because_date, because_publisher, because_article, p, rule, article_uid, title,
 * start, stop.
 * @param view  actor (holder), status, since, until, limit
 * @return as onr_store_dossier. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_lives(onr_store *store, const onr_view *view, onr_row_fn row,
                                             void *ctx, uint64_t *n, onr_error *err);

/** Claims and who answers them, in the same article or in another. Columns: date, publisher,
 * claimant, claim, verdict, answered_by, answer, answer_date, answer_publisher, across (1: another
 * article), score, id, answer_id, article_uid, title, start, stop, told (other articles that have
 * the same claim answered; not across).
 * @param view  actor (claimant or answerer), since, until, limit
 * @return as onr_store_dossier. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_disputes(onr_store *store, const onr_view *view,
                                                onr_row_fn row, void *ctx, uint64_t *n,
                                                onr_error *err);

/** What two articles, or two papers, have of the same story. Columns: part (both, only-a, only-b),
 * layer, kind_a, kind_b, who, words_a, words_b, differ (words, kind, form, no: nothing), link,
 * score, date_a, date_b, article_a, article_b, id_a, id_b, uid_a, uid_b. Of papers: facts of
 * articles that share a fact with one of the other.
 * @param a, b   uids of articles, or names of publishers
 * @param view   since, until, layers, limit; NULL: all
 * @return as onr_store_dossier; ONR_E_RANGE when a or b is neither. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_compare(onr_store *store, onr_sv a, onr_sv b,
                                               const onr_view *view, onr_row_fn row, void *ctx,
                                               uint64_t *n, onr_error *err);
/** The same question as SQL, its values in their places, for people who want to go on from there.
 * @param out  in mem
 * @return as onr_store_compare. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_compare_sql(onr_store *store, onr_arena *mem, onr_sv a,
                                                   onr_sv b, const onr_view *view, onr_sv *out,
                                                   onr_error *err);

/** Who has to do with whom. Columns: source, source_name, source_type, source_country, target,
 * target_name, target_type, target_country, layer, kind, n, first, last.
 * @param view  actor (one of the two), since, until, layers, least, limit; layers 0: events and
 *              statements
 * @return as onr_store_dossier. Cost: reads the facts in view. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_network(onr_store *store, const onr_view *view,
                                               onr_row_fn row, void *ctx, uint64_t *n,
                                               onr_error *err);

/* ---- corrections ------------------------------------------------------------------------------
 */

/** What people change: id, name. Append only. */
/* clang-format off */
#define ONR_CORRECTIONS(X)                                                                         \
    X(MERGE, "merge")   /* actor is the same as `to` */                                            \
    X(SPLIT, "split")   /* in the article, actor is another: `to` (a uid of an actor, or new) */   \
    X(RENAME, "rename") /* actor is called `to` */                                                 \
    X(REJECT, "reject") /* the fact is no fact */                                                  \
    X(MEND, "mend")     /* the fact is otherwise: fields */                                        \
    X(ADD, "add")       /* what was overlooked: a fact, an actor, a mention: fields */
/* clang-format on */
#define ONR_ENUM_CORRECTION(id, name) ONR_CORRECTION_##id,
typedef enum onr_correction_kind {
    ONR_CORRECTIONS(ONR_ENUM_CORRECTION) ONR_CORRECTION__COUNT
} onr_correction_kind;
#undef ONR_ENUM_CORRECTION
/** Name of a kind. Never NULL. Threads: any. */
ONR_API const char *onr_correction_name(onr_correction_kind v);

/** A field to set, by the layer of the fact. Words are the exact words of the text (pieces with " …
 * " between them), actors are named as the article names them, dates as "2018-07-13" or
 * "2018-07-13/2018-08-01", other facts by id; an empty value takes away.
 *   statement   content, cue, source, addressee, venue, kind, form, negated, time, within,
 *               responds_to
 *   event       trigger, kind, mode, status, source, target ("Iran; Russia"), place, time,
 *               reported_by
 *   commitment  action, condition, holder, kind, strength, deadline, statement
 *   dispute     claim, claimant, statement, and of its first answer: answer, answered_by, verdict,
 *               answer_statement
 *   position    evidence, holder, issue, topic, stance, statement
 *   relation    evidence, kind, from, to, role, period, statement
 *   actor       name, type, country, wikidata, words (its first mention)
 *   mention     actor, words, kind
 * at: the byte near which the words stand; needed where they stand several times and nothing else
 * of the fact says where. */
typedef struct onr_field_value {
    onr_sv field, value;
} onr_field_value;

typedef struct onr_correction {
    uint32_t size; /* sizeof(onr_correction) */
    onr_correction_kind kind;
    onr_sv who, why;            /* who corrects (must be told), why (may be empty) */
    onr_sv actor, to;           /* uids or, of RENAME, a name */
    onr_sv article;             /* uid: of SPLIT, REJECT, MEND, ADD */
    onr_sv fact;                /* uid: of REJECT, MEND */
    const onr_field_value *set; /* [n_set]: of MEND, ADD */
    size_t n_set;
    onr_sv what; /* of ADD: a layer ("event"), "actor" or "mention"; empty: "statement" */
} onr_correction;

/** Correct the store. The correction is remembered, with who, when and why, holds when the article
 * is read again, by a newer program or in another version, and can be undone. It lasts with
 * onr_store_commit.
 * @param id  the correction's; may be NULL
 * @return ONR_OK; ONR_E_RANGE (no such actor, article or fact; a value that cannot be; who is not
 *         told; opened to read), nothing is changed then; ONR_E_BUSY; ONR_E_IO; ONR_E_NOMEM.
 * Cost: links the article, or all of the actor's, anew. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_correct(onr_store *store, const onr_correction *c,
                                               int64_t *id, onr_error *err);

/** Take a correction back; it stays in the list, with who did so.
 * @return as onr_store_correct; ONR_E_RANGE also for one that is undone already. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_undo(onr_store *store, int64_t id, onr_sv who,
                                            onr_error *err);

/** The record of an article as people corrected it: mended and added facts say so under their key
 * "corrected" (action, who, when, why), rejected ones stand under "rejected"
 * (docs/formats/record.md). Without corrections it is onr_store_record_json.
 * @param out  in mem; .p NULL when there is no such article
 * @return as onr_store_record. Cost: reads and checks the record. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_corrected_json(onr_store *store, onr_arena *mem, onr_sv uid,
                                                      onr_sv *out, onr_error *err);

/** All corrections, the newest first. Columns: id, made_at, who, why, action, target, target_uid,
 * article_uid, change (JSON), applies (0: the article as it is read now has nothing that it fits),
 * misfit (why), undone_at, undone_by.
 * @return as onr_store_sql. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_corrections(onr_store *store, uint64_t limit, onr_row_fn row,
                                                   void *ctx, uint64_t *n, onr_error *err);

/** Make all links across articles anew: the same as keeping all articles again. Commits.
 * @param store  opened to write
 * @return ONR_OK; ONR_E_RANGE (opened to read); ONR_E_BUSY; ONR_E_IO; ONR_E_LIMIT; ONR_E_NOMEM. On
 *         failure the links are as before.
 * Cost: reads everything, some ms an article. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_store_resolve(onr_store *store, onr_error *err);

#ifdef __cplusplus
}
#endif
#endif
