/* Checks a value against a JSON Schema, as far as docs/formats/record.schema.json uses the
 * language: $ref into $defs, type, const, enum, required, properties, additionalProperties, items,
 * prefixItems, minItems, maxItems, minimum, maximum. Stricter than the schema in one way, on
 * purpose: an object whose schema lists properties may have no others, so that the writer cannot
 * drift from the file. */
#ifndef ONR_SCHEMA_H
#define ONR_SCHEMA_H

#include "base/base.h"

#include <stdio.h>

static inline const char *schema_why(const onri_json *v, const char *what)
{
    static char why[200];
    (void)snprintf(why, sizeof why, "at %u ('%.*s'): %s", v->at, (int)v->key.n,
                   v->key.p ? v->key.p : "", what);
    return why;
}

static inline bool schema_is(const onri_json *v, onr_sv type)
{
    if (onri_eqz(type, "object")) return v->kind == ONRI_JSON_OBJECT;
    if (onri_eqz(type, "array")) return v->kind == ONRI_JSON_ARRAY;
    if (onri_eqz(type, "string")) return v->kind == ONRI_JSON_STRING;
    if (onri_eqz(type, "number")) return v->kind == ONRI_JSON_NUMBER;
    if (onri_eqz(type, "boolean")) return v->kind == ONRI_JSON_TRUE || v->kind == ONRI_JSON_FALSE;
    uint64_t n;
    return onri_eqz(type, "integer") && onri_json_u64(v, &n);
}

static inline const char *schema_rec(const onri_json *root, const onri_json *s, const onri_json *v);

static inline const char *schema_object(const onri_json *root, const onri_json *s,
                                        const onri_json *v)
{
    const onri_json *props = onri_json_get(s, "properties"),
                    *required = onri_json_get(s, "required");
    for (const onri_json *r = required ? required->first : NULL; r; r = r->next) {
        char key[64];
        (void)snprintf(key, sizeof key, "%.*s", (int)r->str.n, r->str.p);
        if (!onri_json_get(v, key)) return schema_why(v, "a required key is missing");
    }
    for (const onri_json *m = v->first; props && m; m = m->next) {
        char key[64];
        (void)snprintf(key, sizeof key, "%.*s", (int)m->key.n, m->key.p);
        const onri_json *p = onri_json_get(props, key);
        if (!p) return schema_why(m, "the schema has no such key");
        const char *why = schema_rec(root, p, m);
        if (why) return why;
    }
    return NULL;
}

static inline const char *schema_array(const onri_json *root, const onri_json *s,
                                       const onri_json *v)
{
    uint64_t n;
    if (onri_json_u64(onri_json_get(s, "minItems"), &n) && v->n < n)
        return schema_why(v, "too few items");
    if (onri_json_u64(onri_json_get(s, "maxItems"), &n) && v->n > n)
        return schema_why(v, "too many items");
    const onri_json *items = onri_json_get(s, "items");
    for (const onri_json *m = v->first; items && m; m = m->next) {
        const char *why = schema_rec(root, items, m);
        if (why) return why;
    }
    return NULL;
}

static inline const char *schema_rec(const onri_json *root, const onri_json *s, const onri_json *v)
{
    const onri_json *ref = onri_json_get(s, "$ref");
    if (ref) {
        char key[64];
        const onr_sv name = onri_sub(ref->str, strlen("#/$defs/"), ref->str.n);
        (void)snprintf(key, sizeof key, "%.*s", (int)name.n, name.p);
        s = onri_json_get(onri_json_get(root, "$defs"), key);
        if (!s) return schema_why(v, "the schema refers to nothing");
    }
    const onri_json *type = onri_json_get(s, "type"), *c = onri_json_get(s, "const"),
                    *list = onri_json_get(s, "enum");
    if (type && !schema_is(v, type->str)) return schema_why(v, "is of another type");
    if (c && (c->kind != v->kind || !onri_eq(c->str, v->str)))
        return schema_why(v, "has another value");
    bool found = list == NULL;
    for (const onri_json *e = list ? list->first : NULL; e && !found; e = e->next)
        found = v->kind == ONRI_JSON_STRING && onri_eq(e->str, v->str);
    if (!found) return schema_why(v, "is not in the list");
    double d, bound;
    if (onri_json_double(v, &d)) {
        if (onri_json_double(onri_json_get(s, "minimum"), &bound) && d < bound)
            return schema_why(v, "is under the minimum");
        if (onri_json_double(onri_json_get(s, "maximum"), &bound) && d > bound)
            return schema_why(v, "is over the maximum");
    }
    if (v->kind == ONRI_JSON_OBJECT) return schema_object(root, s, v);
    if (v->kind == ONRI_JSON_ARRAY) return schema_array(root, s, v);
    return NULL;
}

/* NULL if v follows the schema, else why not. */
static inline const char *schema_check(const onri_json *schema, const onri_json *v)
{
    return schema_rec(schema, schema, v);
}

#endif
