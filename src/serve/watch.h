/* A limit on how long one request may take from connecting (or from the answer before) to the end
 * of its answer: libmicrohttpd's own limit starts anew with every byte. */
#ifndef ONRI_SERVE_WATCH_H
#define ONRI_SERVE_WATCH_H

#include "base/base.h"

typedef struct watch watch;

ONR_CHECK onr_status watch_open(unsigned seconds, unsigned connections, watch **out,
                                onr_error *err);
void watch_close(watch *w);
void watch_add(watch *w, int fd);
void watch_restart(watch *w, int fd);
void watch_drop(watch *w, int fd); /* before the descriptor is closed */

#endif
