/* Codes of the record in plain words, for people; data and addresses keep the codes. */
#ifndef ONRI_SERVE_LABELS_H
#define ONRI_SERVE_LABELS_H

#include "base/base.h"

/* "ASSAULT" -> "attack"; what has no words of its own comes back as it is. */
onr_sv label_of(onr_sv code);

#endif
