/* config.cfg of a spaCy package: INI sections whose values are JSON, with ${...} references.
 * Source: confection's and configparser's habits as far as these files use them.
 * Leaves out: references inside longer values; values over several lines are joined by a blank. */
#include "lang/package.h"

#include <stdio.h>

enum { LINES_MAX = 20000, FOLLOW_MAX = 8, VALUE_DEPTH_MAX = 8 };

static onr_status bad_line(onr_error *err, uint32_t line, const char *what)
{
    const onr_status st =
        onri_fail(err, ONR_E_MODEL, "config", "config.cfg line %u: %s", line, what);
    if (err) err->line = line;
    return st;
}

/* An indented line goes on with the value before it. */
static bool continue_value(onr_arena *mem, onri_cfg_line *last, onr_sv more)
{
    char *p = onr_alloc(mem, last->value.n + 1 + more.n);
    if (!p) return false;
    if (last->value.n) memcpy(p, last->value.p, last->value.n);
    p[last->value.n] = ' ';
    memcpy(p + last->value.n + 1, more.p, more.n);
    last->value = onri_sv(p, last->value.n + 1 + more.n);
    return true;
}

onr_status onri_cfg_read(onr_arena *mem, onr_sv text, onri_cfg *out, onr_error *err)
{
    ONRI_VEC(onri_cfg_line) all = { 0 };
    onr_sv section = { NULL, 0 }, raw;
    uint32_t n = 0;
    if (onri_utf8_check(text) != text.n)
        return onri_fail(err, ONR_E_MODEL, "config", "config.cfg is not UTF-8");
    while (onri_split(&text, '\n', &raw)) {
        if (++n > LINES_MAX) return bad_line(err, n, "too many lines");
        const onr_sv line = onri_trim(raw);
        if (line.n == 0 || line.p[0] == '#' || line.p[0] == ';') continue;
        if (raw.p[0] == ' ' || raw.p[0] == '\t') {
            if (all.n == 0) return bad_line(err, n, "indented before any key");
            if (!continue_value(mem, &all.at[all.n - 1], line))
                return onri_fail_mem(err, mem, "config");
            continue;
        }
        if (line.p[0] == '[') {
            if (line.n < 3 || line.p[line.n - 1] != ']') return bad_line(err, n, "bad section");
            section = onri_sub(line, 1, line.n - 1);
            continue;
        }
        const size_t eq = onri_find(line, ONR_SV("="), 0);
        if (eq == SIZE_MAX || !section.p) return bad_line(err, n, "neither section nor key");
        onri_cfg_line *l = ONRI_PUSH(mem, &all);
        if (!l) return onri_fail_mem(err, mem, "config");
        *l = (onri_cfg_line){ section, onri_trim(onri_sub(line, 0, eq)),
                              onri_trim(onri_sub(line, eq + 1, line.n)) };
    }
    *out = (onri_cfg){ all.at, all.n };
    return ONR_OK;
}

static const onri_cfg_line *find(const onri_cfg *cfg, onr_sv section, onr_sv key)
{
    for (uint32_t i = 0; i < cfg->n; i++)
        if (onri_eq(cfg->lines[i].section, section) && onri_eq(cfg->lines[i].key, key))
            return &cfg->lines[i];
    return NULL;
}

/* Cut "a.b.c" at its last dot; false if it has none. */
static bool cut_last(onr_sv s, onr_sv *head, onr_sv *tail)
{
    for (size_t i = s.n; i-- > 0;) {
        if (s.p[i] != '.') continue;
        *head = onri_sub(s, 0, i);
        *tail = onri_sub(s, i + 1, s.n);
        return true;
    }
    return false;
}

/* The line a reference ${section:key} or ${section.key} stands for; l itself if it is none. */
static const onri_cfg_line *follow(const onri_cfg *cfg, const onri_cfg_line *l)
{
    for (unsigned i = 0; l && onri_starts(l->value, ONR_SV("${")); i++) {
        if (i == FOLLOW_MAX || !onri_ends(l->value, ONR_SV("}"))) return NULL;
        const onr_sv name = onri_sub(l->value, 2, l->value.n - 1);
        const size_t colon = onri_find(name, ONR_SV(":"), 0);
        onr_sv section, key;
        if (colon != SIZE_MAX) {
            section = onri_sub(name, 0, colon);
            key = onri_sub(name, colon + 1, name.n);
        } else if (!cut_last(name, &section, &key)) {
            return NULL;
        }
        l = find(cfg, section, key);
    }
    return l;
}

onr_status onri_cfg_get(onr_arena *mem, const onri_cfg *cfg, const char *section, const char *key,
                        const onri_json **out, onr_error *err)
{
    *out = NULL;
    const onri_cfg_line *l = find(cfg, onri_svz(section), onri_svz(key));
    onr_sv above, name;
    bool inside = false;
    if (!l && cut_last(onri_svz(section), &above, &name)) {
        l = find(cfg, above, name);
        inside = true;
    }
    if (!l) return ONR_OK;
    l = follow(cfg, l);
    if (!l)
        return onri_fail(err, ONR_E_MODEL, "config", "config.cfg [%s] %s refers to nothing",
                         section, key);
    const onri_json *v;
    const onr_status st = onri_json_read(mem, l->value, VALUE_DEPTH_MAX, &v, err);
    if (st == ONR_E_NOMEM || (st == ONR_E_LIMIT && mem->status == ONR_E_LIMIT)) return st;
    if (st != ONR_OK)
        return onri_fail(err, ONR_E_MODEL, "config", "config.cfg [%s] %s is not JSON", section,
                         key);
    *out = inside ? onri_json_get(v, key) : v;
    return ONR_OK;
}
