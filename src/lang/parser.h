/* What facts, tests and benchmarks see of a parser beyond onrecord/lang.h. */
#ifndef ONRI_LANG_PARSER_H
#define ONRI_LANG_PARSER_H

#include "base/base.h"
#include "lang/net.h"
#include "lang/tokenizer.h"
#include "onrecord/lang.h"

typedef enum onri_step {
    ONRI_STEP_TOKENS,
    ONRI_STEP_FEATURES,
    ONRI_STEP_NET,
    ONRI_STEP_RULER,
    ONRI_STEP_LEMMAS,
    ONRI_STEP_ASSEMBLY, /* sentences, entities, chunks, strings */
    ONRI_STEP__COUNT
} onri_step;

/* CPU nanoseconds of each step and tokens, since the parser was made. */
typedef struct onri_parser_stats {
    uint64_t ns[ONRI_STEP__COUNT];
    uint64_t tokens;
} onri_parser_stats;
onri_parser_stats onri_parser_get_stats(const onr_parser *p);

/* onr_parse_text whose paragraphs also end at the bytes cuts[0..n_cuts), which ascend and lie
 * between characters. whole: they are ignored. */
ONR_CHECK onr_status onri_parse_cut(onr_parser *parser, onr_arena *mem, onr_sv text, bool whole,
                                    const uint32_t *cuts, uint32_t n_cuts, const onr_parse **out,
                                    onr_error *err);

onri_net *onri_parser_net(onr_parser *p);
onri_tokenizer *onri_parser_tokenizer(onr_parser *p);

#endif
