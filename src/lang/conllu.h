/* Parses as CoNLL-U text: docs/formats/conllu.md. */
#ifndef ONRI_LANG_CONLLU_H
#define ONRI_LANG_CONLLU_H

#include "base/base.h"
#include "onrecord/parse.h"

/* Append the parse; status of the buffer says whether it fitted. */
void onri_conllu_write(onri_buf *b, const onr_parse *parse);
/* Append the sentences [beg, end) of it only. */
void onri_conllu_write_part(onri_buf *b, const onr_parse *parse, uint32_t beg, uint32_t end);

/* Read what the writer (or tests/tools/spacy_conllu.py) wrote for this text. Views of the parse
 * lead into mem and text, not into bytes. E_SYNTAX with line (bad column, unknown label, offsets
 * that do not fit the text), E_UTF8, E_LIMIT, E_NOMEM. On failure *out is unchanged and mem
 * rewound. */
ONR_CHECK onr_status onri_conllu_read(onr_arena *mem, onr_sv bytes, onr_sv text,
                                      const onr_parse **out, onr_error *err);

#endif
