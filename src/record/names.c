/* Names of the labels as they stand in the record, and back. One table a kind, made from the lists
 * in onrecord/record.h. Source: own. */
#include "record/record.h"

#define NAME(id, name) name,

/* Defines the table, onr_X_name and onri_X_find. */
#define LABELS(what, type, list, count)                                                            \
    static const char *const what##_names[] = { list(NAME) };                                      \
    _Static_assert(sizeof what##_names / sizeof *what##_names == (count), "one name a label");     \
    const char *onr_##what##_name(type v)                                                          \
    {                                                                                              \
        return (unsigned)v < (count) ? what##_names[v] : "";                                       \
    }                                                                                              \
    int onri_##what##_find(onr_sv name)                                                            \
    {                                                                                              \
        return find(what##_names, (count), name);                                                  \
    }

static int find(const char *const *names, int n, onr_sv name)
{
    for (int i = 0; i < n; i++)
        if (onri_eqz(name, names[i])) return i;
    return -1;
}

LABELS(entity_type, onr_entity_type, ONR_ENTITY_TYPES, ONR_ENTITY__COUNT)
LABELS(mention_kind, onr_mention_kind, ONR_MENTION_KINDS, ONR_MENTION__COUNT)
LABELS(form, onr_form, ONR_FORMS, ONR_FORM__COUNT)
LABELS(statement_kind, onr_statement_kind, ONR_STATEMENT_KINDS, ONR_KIND__COUNT)
LABELS(event_status, onr_event_status, ONR_EVENT_STATUSES, ONR_EVENT__COUNT)
LABELS(commitment_kind, onr_commitment_kind, ONR_COMMITMENT_KINDS, ONR_COMMITMENT__COUNT)
LABELS(verdict, onr_verdict, ONR_VERDICTS, ONR_VERDICT__COUNT)
LABELS(stance, onr_stance, ONR_STANCES, ONR_STANCE__COUNT)
LABELS(relation_kind, onr_relation_kind, ONR_RELATION_KINDS, ONR_RELATION__COUNT)
LABELS(boilerplate_kind, onr_boilerplate_kind, ONR_BOILERPLATES, ONR_BOILERPLATE__COUNT)
LABELS(field, onr_field, ONR_RECORD_FIELDS, ONR_FIELD__COUNT)

int onri_status_find(onr_sv name)
{
    for (int i = 0; i < ONR_STATUS__COUNT; i++)
        if (onri_eqz(name, onr_status_name((onr_status)i))) return i;
    return -1;
}
