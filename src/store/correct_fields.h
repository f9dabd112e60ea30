/* Fields of facts that people may set, and how a value of theirs is read: the table behind `correct
 * mend` and `correct add`. Pure; knows no database. */
#ifndef ONRI_STORE_CORRECT_FIELDS_H
#define ONRI_STORE_CORRECT_FIELDS_H

#include "base/base.h"
#include "onrecord/record.h"
#include "onrecord/store.h"

/* A record being corrected; its arrays are writable. */
typedef struct onri_editor {
    onr_arena *mem;
    onr_record *rec;
    onr_error *misfit; /* why a value cannot be; may be NULL */
    uint32_t near;     /* words that stand several times: the place nearest to this byte is meant;
                          ONR_NONE: nobody told, they must stand once */
    bool no_memory;
} onri_editor;

/* Set a field of a fact. False: no such field or value (misfit says what can be), or no memory. */
bool onri_set_field(onri_editor *e, onr_layer layer, uint32_t at, onr_sv field, onr_sv value);
/* The field whose words are the fact: content, trigger, action, claim, evidence. */
const char *onri_main_field(onr_layer layer);
/* Is it a field of the layer's? "at", the byte near which words stand, is one of all. */
bool onri_is_field(onr_layer layer, onr_sv field);
/* The fact lacks what makes it a fact: the name of a field that has to be set, or NULL. */
const char *onri_lacks_field(const onr_record *r, onr_layer layer, uint32_t at);

/* Where words stand. False: nowhere, or at several places; misfit says so. */
bool onri_words_at(onri_editor *e, const char *field, onr_sv words, onr_span *out);
/* The entity of that name, id or mention; ONR_NONE: misfit says so. */
uint32_t onri_entity_called(onri_editor *e, const char *field, onr_sv name);
/* misfit: "field: what 'value'". Always false. */
bool onri_misfit(onri_editor *e, const char *field, const char *what, onr_sv value);
/* The number of a label by name; -1: misfit lists those that can be. */
int onri_label_called(onri_editor *e, const char *field, int (*find)(onr_sv), unsigned n,
                      const char *(*name)(int), onr_sv value);

#endif
