/* Noun chunks, subtree edges: what is computed from a finished parse. */
#ifndef ONRI_LANG_CHUNKS_H
#define ONRI_LANG_CHUNKS_H

#include "base/base.h"
#include "onrecord/parse.h"

typedef ONRI_VEC(onr_tokens) onri_spans;

/* Append the noun chunks of the tokens [beg, end), a stretch parsed as one. False: out of memory.*/
bool onri_chunks(onr_arena *mem, const onr_token *tok, uint32_t beg, uint32_t end, onri_spans *out);

/* Set l_edge and r_edge of the tokens [beg, end) from their heads, which must lie inside. */
void onri_edges(onr_token *tok, uint32_t beg, uint32_t end);

#endif
