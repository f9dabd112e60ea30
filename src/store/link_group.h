/* Which people of one name are one person. Pure: a function of what is known of the name, not of
 * the order in which it came to be known. */
#ifndef ONRI_STORE_LINK_GROUP_H
#define ONRI_STORE_LINK_GROUP_H

#include "base/base.h"

/* Entities of articles that nothing tells apart: the same name, country, middle name and fields. */
typedef struct onri_profile {
    int64_t id;
    onr_sv country;  /* alpha-3, empty: not known */
    onr_sv middle;   /* middle names, empty: none told */
    onr_sv wikidata; /* empty: not known */
    unsigned fields; /* ONRI_FIELD_*, 0: not known */
    int64_t n;       /* entities */
    /* answers */
    uint32_t group;       /* 0, 1, 2: the most told first */
    const char *evidence; /* "wikidata", "name", "name+country", "name+field", "most told" */
    double score;         /* how sure it is that it belongs to its group */
} onri_profile;

/* Put each of p[n] into a group; sorts p. person: fields count, and one country against another
 * weighs less when nearly all articles agree. Cost: n * groups. */
void onri_group(onri_profile *p, uint32_t n, bool person);

#endif
