/* Names of the labels of a parse. */
#include "onrecord/parse.h"

#define NAME(id, name) name,
static const char *const pos_names[] = { ONR_POS_LIST(NAME) };
static const char *const tag_names[] = { ONR_TAG_LIST(NAME) };
static const char *const dep_names[] = { ONR_DEP_LIST(NAME) };
static const char *const ent_names[] = { ONR_ENT_LIST(NAME) };
#undef NAME

const char *onr_pos_name(onr_pos pos)
{
    return (unsigned)pos < ONR_POS__COUNT ? pos_names[pos] : "";
}

const char *onr_tag_name(onr_tag tag)
{
    return (unsigned)tag < ONR_TAG__COUNT ? tag_names[tag] : "";
}

const char *onr_dep_name(onr_dep dep)
{
    return (unsigned)dep < ONR_DEP__COUNT ? dep_names[dep] : "";
}

const char *onr_ent_name(onr_ent ent)
{
    return (unsigned)ent < ONR_ENT__COUNT ? ent_names[ent] : "";
}
