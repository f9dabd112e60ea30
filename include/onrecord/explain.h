/* Why a statement or a dispute stands in a record or does not, and why a mention belongs to its
 * actor: for those who write rules and for the curious. */
#ifndef ONR_EXPLAIN_H
#define ONR_EXPLAIN_H

#include "onrecord/reader.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Takes one piece of text; false stops the explanation. The view dies with the call. */
typedef bool (*onr_explain_fn)(void *arg, onr_sv text);

/** Explain the statements of an article in plain text: of every candidate its source, cue and
 * content, the rule with file and line, the words of the parse that the rule's lines matched, its
 * p, and, where it was not kept, what it lost to.
 * @param at    ONR_NONE: all candidates; else only those whose source, cue or content holds that
 *              byte of the text, and, of the rules that begin at the word there, how far each came
 * @param sink  called with the text, piece by piece
 * @return ONR_OK; ONR_E_CANCELLED (sink said false); ONR_E_NOMEM; ONR_E_LIMIT.
 * Cost: that of finding the statements. Threads: any. Source: own. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_explain_statements(const onr_knowledge *knowledge,
                                                    const onr_article *article,
                                                    const onr_parse *parse, uint32_t at,
                                                    onr_explain_fn sink, void *arg, onr_error *err);

/** Explain the disputes of an article in plain text: every answer (a denial, a confirmation, a
 * statement that may stand against another's) with each claim it was weighed against, its p, what
 * spoke for and against it most, and why it was not kept.
 * @param at    ONR_NONE: all pairs; else only those whose answer or claim holds that byte
 * @param sink  called with the text, pair by pair
 * @return ONR_OK; ONR_E_CANCELLED (sink said false); ONR_E_NOMEM; ONR_E_LIMIT.
 * Cost: that of finding statements, actors and disputes. Threads: any. Source: own. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_explain_disputes(const onr_knowledge *knowledge,
                                                  const onr_article *article,
                                                  const onr_parse *parse, uint32_t at,
                                                  onr_explain_fn sink, void *arg, onr_error *err);

/** Explain the actors of a record in plain text: of each its name, type, code and roles, and of
 * each mention the rule that joined it, to which earlier mention, and how often that rule is right.
 * @param record  as onr_read or a reader of records gives it; its text must be there
 * @param which   only actors whose name has this in it (ASCII letters in any case) or whose id it
 * is; empty: all
 * @param sink    called with the text, piece by piece
 * @return ONR_OK; ONR_E_CANCELLED (sink said false); ONR_E_NOMEM; ONR_E_LIMIT.
 * Cost: linear in the mentions. Threads: any. Source: own. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_explain_actors(const onr_record *record, onr_sv which,
                                                onr_explain_fn sink, void *arg, onr_error *err);

/** Explain the events of an article in plain text: of every candidate its type and trigger, its
 * source and target and how each was found, the word that decides its status, the frame with file
 * and line and what filled its conditions, and, where it was not kept, why.
 * @param at    ONR_NONE: all candidates; else only those whose trigger or conditions hold that byte
 *              of the text, and, of the other frames of the word there, the condition that fails
 * @param sink  called with the text, piece by piece
 * @return ONR_OK; ONR_E_CANCELLED (sink said false); ONR_E_NOMEM; ONR_E_LIMIT.
 * Cost: that of finding the events. Threads: any. Source: own. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_explain_events(const onr_knowledge *knowledge,
                                                const onr_article *article, const onr_parse *parse,
                                                uint32_t at, onr_explain_fn sink, void *arg,
                                                onr_error *err);

/** Explain commitments, positions and relations in plain text: of every candidate what became of
 * it, the rule, the row of the word list it came from, and, where it was not kept, why.
 * @param layer  "commitments", "positions" or "relations"; NULL: all three
 * @param at     ONR_NONE: all candidates; else only those whose words hold that byte of the text
 * @param sink   called with the text, piece by piece
 * @return ONR_OK; ONR_E_CANCELLED (sink said false); ONR_E_NOMEM; ONR_E_LIMIT.
 * Cost: that of finding all facts. Threads: any. Source: own. Since: 0.1 */
ONR_API ONR_CHECK onr_status onr_explain_facts(const onr_knowledge *knowledge,
                                               const onr_article *article, const onr_parse *parse,
                                               const char *layer, uint32_t at, onr_explain_fn sink,
                                               void *arg, onr_error *err);

#ifdef __cplusplus
}
#endif
#endif
