/* Everything of libonrecord in one line. Start with reader.h. */
#ifndef ONR_ONRECORD_H
#define ONR_ONRECORD_H

#include "onrecord/base.h"

#include "onrecord/article.h"
#include "onrecord/input.h"
#include "onrecord/lang.h"
#include "onrecord/limits.h"
#include "onrecord/parse.h"
#include "onrecord/explain.h"
#include "onrecord/reader.h"
#include "onrecord/record.h"

#endif
