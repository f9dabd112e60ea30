/* A small network drawn as SVG: nodes laid out by forces, always the same for the same data. */
#ifndef ONRI_SERVE_NETWORK_H
#define ONRI_SERVE_NETWORK_H

#include "serve/ask.h"

enum { NETWORK_NODES_MAX = 60, NETWORK_EDGES_MAX = 300 };

/* Address of the facts behind a row. */
typedef onr_sv (*network_link)(const void *ctx, const ask_rows *rows, uint32_t i);

/* Rows with who, who_uid, whom, whom_uid, n and mood ("with" or "against"). The edges among the
 * NETWORK_NODES_MAX actors that occur first are drawn; a node leads to its actor, an edge to its
 * facts. */
void network_draw(html *h, onr_arena *mem, const ask_rows *rows, onr_sv label, network_link link,
                  const void *ctx);

/* The same as a table. */
void network_table(html *h, const ask_rows *rows, network_link link, const void *ctx);

/* Joins from a fact f to the actors who do it (a1) and to whom it is done (a2). */
#define NETWORK_TIES                                                                               \
    "\nJOIN party y1 ON y1.fact = f.id AND y1.part = 'by' JOIN actor_entity z1 ON z1.entity = "    \
    "y1.entity JOIN actor a1 ON a1.id = z1.actor\nJOIN party y2 ON y2.fact = f.id AND y2.part = "  \
    "'to' JOIN actor_entity z2 ON z2.entity = y2.entity JOIN actor a2 ON a2.id = z2.actor\n"

#endif
