/* A small network drawn as SVG: nodes laid out by forces, always the same for the same data. */
#ifndef ONRI_SERVE_NETWORK_H
#define ONRI_SERVE_NETWORK_H

#include "serve/ask.h"

enum { NETWORK_NODES_MAX = 60, NETWORK_EDGES_MAX = 300 };

/* Rows with who, whom, n and mood ("with" or "against"). The edges among the NETWORK_NODES_MAX
 * names that occur first are drawn. */
void network_draw(html *h, onr_arena *mem, const ask_rows *rows, onr_sv label);

#endif
