/* A fact for people: in one line, and as a card with all that stands behind it. */
#ifndef ONRI_SERVE_CARDS_H
#define ONRI_SERVE_CARDS_H

#include "serve/factlist.h"
#include "serve/ask.h"
#include "serve/html.h"

typedef struct card_ctx {
    html *h;
    onr_arena *mem;
    const onr_record *rec;
    const fact_list *list;
    onr_sv base; /* address of the article's page: "/article/x" */
    bool has_store;
    const request *request;      /* not NULL: facts may be corrected */
    onr_sv article;              /* its uid */
    const ask_rows *corrections; /* of this article, NULL: none */
    bool kept;                   /* the article is in the store: actors have pages */
} card_ctx;

/* "Velayati told reporters: Iran will not ..." */
void card_line(const card_ctx *c, const fact *f);
/* The whole card, <article id="f-ID">. */
void card_full(const card_ctx *c, const fact *f);
/* A link to the card of a fact: <a href="#f-ID">, to be closed. */
void card_link(html *h, const fact *f);

#endif
