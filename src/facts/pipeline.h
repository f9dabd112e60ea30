/* The steps over a draft that has its parse, in their order (docs/architecture.md). */
#ifndef ONRI_FACTS_PIPELINE_H
#define ONRI_FACTS_PIPELINE_H

#include "facts/knowledge.h"

#include "facts/draft.h"

/* Fill the draft's layers. Rewinds d->tmp after each step. NOMEM, LIMIT. */
ONR_CHECK onr_status onri_pipeline_run(onri_draft *d, onr_error *err);

#endif
