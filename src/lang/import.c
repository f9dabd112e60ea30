/* A published spaCy package to a model file: the walk over the parts, what it is called, whose it
 * is. Source: docs/formats/model.md; spaCy's own formats as their files show them.
 * Leaves out: senter (disabled in these packages), strings.json (numbers are hashes of strings we
 * hold), everything about training. */
#include "lang/import.h"

#include "base/embedded.h"

#include <stdio.h>

/* All that is unpacked and made for one package; lg, the largest, needs two thirds of it. */
#define IMPORT_MEM_MAX ((size_t)3 << 30)

onr_status onri_import_refuse(onri_import *im, const char *fmt, ...)
{
    char what[200];
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    return onri_fail(im->err, ONR_E_MODEL, "import", "%s", what);
}

onr_status onri_import_no_memory(onri_import *im)
{
    return onri_fail_mem(im->err, &im->mem, "import");
}

/* Put the file's name before the message. */
static onr_status name_it(onri_import *im, onr_status st, const char *name)
{
    if (st != ONR_OK && im->err) {
        char why[160];
        (void)snprintf(why, sizeof why, "%.159s", im->err->msg);
        (void)snprintf(im->err->msg, sizeof im->err->msg, "%.60s: %s", name, why);
    }
    return st;
}

onr_status onri_import_msgpack(onri_import *im, const char *name, const onri_mp **out)
{
    onr_sv bytes;
    const onr_status st = onri_package_read(&im->mem, &im->pkg, name, &bytes, im->err);
    if (st != ONR_OK) return st;
    return name_it(im, onri_mp_read(&im->mem, bytes, out, im->err), name);
}

onr_status onri_import_json(onri_import *im, const char *name, const onri_json **out)
{
    onr_sv bytes;
    onr_status st = onri_package_read(&im->mem, &im->pkg, name, &bytes, im->err);
    if (st != ONR_OK) return st;
    st = onri_json_read(&im->mem, bytes, 16, out, im->err);
    if (st == ONR_E_SYNTAX || st == ONR_E_UTF8) {
        st = ONR_E_MODEL; /* to the caller it is a damaged package */
        if (im->err) im->err->status = st;
    }
    return name_it(im, st, name);
}

onri_str onri_import_word(onri_import *im, onr_sv word)
{
    const onri_str failed = { 0, UINT32_MAX };
    const uint32_t before = im->strings.words.n, atom = onri_atom(&im->strings, word);
    if (atom == ONR_NONE) return failed;
    if (atom == before) {
        uint32_t *at = ONRI_PUSH(&im->mem, &im->at);
        if (!at) return failed;
        *at = (uint32_t)im->pool.n;
        onri_buf_add(&im->pool, word);
        if (im->pool.status != ONR_OK) return failed;
    }
    return (onri_str){ im->at.at[atom], (uint32_t)word.n };
}

#define LABEL_FINDER(what, type, limit)                                                            \
    uint32_t onri_import_##what(onr_sv name)                                                       \
    {                                                                                              \
        for (uint32_t i = 0; i < (limit); i++)                                                     \
            if (onri_eqz(name, onr_##what##_name((type)i))) return i;                              \
        return ONR_NONE;                                                                           \
    }
LABEL_FINDER(pos, onr_pos, ONR_POS__COUNT)
LABEL_FINDER(tag, onr_tag, ONR_TAG__COUNT)
LABEL_FINDER(dep, onr_dep, ONR_DEP__COUNT)
LABEL_FINDER(ent, onr_ent, ONR_ENT__COUNT)

/* "core_web_sm..." is en-sm. */
static onr_status read_identity(onri_import *im)
{
    onr_status st = onri_import_json(im, "meta.json", &im->meta);
    if (st != ONR_OK) return st;
    const onr_sv none = { "", 0 };
    const onr_sv name = onri_json_str(onri_json_get(im->meta, "name"), none);
    const onr_sv lang = onri_json_str(onri_json_get(im->meta, "lang"), none);
    im->m.version = onri_json_str(onri_json_get(im->meta, "version"), none);
    im->m.licence = onri_json_str(onri_json_get(im->meta, "license"), none);
    const onr_sv core = ONR_SV("core_web_");
    if (!onri_eqz(lang, "en") || !onri_starts(name, core) || name.n < core.n + 2)
        return onri_import_refuse(im, "'%.*s' (%.*s) is not one of spaCy's English core models",
                                  (int)name.n, name.p, (int)lang.n, lang.p);
    const onr_sv size = onri_sub(name, core.n, core.n + 2);
    im->m.name = onri_eqz(size, "sm")   ? onri_svz("en-sm")
                 : onri_eqz(size, "md") ? onri_svz("en-md")
                 : onri_eqz(size, "lg") ? onri_svz("en-lg")
                                        : none;
    if (im->m.name.n == 0)
        return onri_import_refuse(im, "'%.*s': of spaCy's core models sm, md and lg are read",
                                  (int)name.n, name.p);
    if (!onri_starts(im->m.version, ONR_SV("3.7.")) && !onri_starts(im->m.version, ONR_SV("3.8.")))
        return onri_import_refuse(im, "version '%.*s': 3.7 and 3.8 are read", (int)im->m.version.n,
                                  im->m.version.p);
    im->m.package = im->pkg.name;
    im->m.package_sha256 = im->pkg.sha256;
    return ONR_OK;
}

/* A file of our own data without its header of '#' lines. */
static onr_sv own_text(const char *name)
{
    onr_sv s = onri_data_get(name);
    while (s.n && s.p[0] == '#') {
        const size_t end = onri_find(s, ONR_SV("\n"), 0);
        s = end == SIZE_MAX ? onri_sub(s, s.n, s.n) : onri_sub(s, end + 1, s.n);
    }
    return s;
}

/* Who made it and from what: "Explosion <contact@explosion.ai> https://explosion.ai", then a line a
 * source. */
static onr_status read_credits(onri_import *im)
{
    static const char *const author[] = { "author", "email", "url" };
    static const char *const source[] = { "name", "author", "url", "license" };
    onri_buf b = onri_buf_make(64 * 1024);
    for (size_t i = 0; i < 3; i++) {
        const onr_sv s = onri_json_str(onri_json_get(im->meta, author[i]), (onr_sv){ "", 0 });
        if (s.n && b.n) onri_buf_addz(&b, ", ");
        onri_buf_add(&b, s);
    }
    const onri_json *list = onri_json_get(im->meta, "sources");
    for (const onri_json *v = list ? list->first : NULL; v; v = v->next) {
        onri_buf_addz(&b, "\n");
        for (size_t i = 0; i < 4; i++) {
            const onr_sv s = onri_json_str(onri_json_get(v, source[i]), (onr_sv){ "", 0 });
            if (s.n && i) onri_buf_addz(&b, "; ");
            onri_buf_add(&b, s);
        }
    }
    const onr_status full = b.status;
    im->m.credits = full == ONR_OK ? onri_dup(&im->mem, onri_buf_sv(&b)) : (onr_sv){ NULL, 0 };
    onri_buf_drop(&b);
    if (full == ONR_E_LIMIT) return onri_import_refuse(im, "meta.json: sources over 64 KiB");
    return im->m.credits.p ? ONR_OK : onri_import_no_memory(im);
}

static onr_status read_licence(onri_import *im)
{
    if (!onri_eqz(im->m.licence, "MIT"))
        return onri_import_refuse(im, "licence '%.*s': MIT is expected", (int)im->m.licence.n,
                                  im->m.licence.p);
    onr_status st = onri_package_try(&im->mem, &im->pkg, "LICENSE", &im->m.licence_text, im->err);
    if (st == ONR_OK)
        st = onri_package_try(&im->mem, &im->pkg, "LICENSES_SOURCES", &im->m.sources_text, im->err);
    if (st != ONR_OK) return st;
    /* A re-saved package carries neither: the texts of the original models are the same. */
    if (!im->m.licence_text.p) im->m.licence_text = own_text("lang/model-licence.txt");
    if (!im->m.sources_text.p) im->m.sources_text = own_text("lang/model-sources.txt");
    return read_credits(im);
}

static onr_status import_all(onri_import *im)
{
    onr_sv cfg;
    onr_status st = read_identity(im);
    if (st == ONR_OK) st = read_licence(im);
    if (st == ONR_OK) st = onri_package_read(&im->mem, &im->pkg, "config.cfg", &cfg, im->err);
    if (st == ONR_OK) st = onri_cfg_read(&im->mem, cfg, &im->cfg, im->err);
    if (st == ONR_OK) st = onri_import_config(im);
    if (st == ONR_OK) st = onri_import_net(im);
    if (st == ONR_OK) st = onri_import_moves(im);
    if (st == ONR_OK) st = onri_import_tokenizer(im);
    if (st == ONR_OK) st = onri_import_lemmas(im);
    if (st == ONR_OK) st = onri_import_ruler(im);
    im->m.pool = im->pool.p;
    im->m.n_pool = im->pool.n;
    return st;
}

onr_status onr_model_import(const char *package, const char *sha256, const char *path,
                            onr_error *err)
{
    onri_import im = { .mem = onr_arena_make(IMPORT_MEM_MAX),
                       .pool = onri_buf_make(64 * ONR_MIB),
                       .err = err };
    onri_atoms_init(&im.strings, &im.mem);
    onr_status st = onri_package_open(&im.mem, package, sha256, &im.pkg, err);
    if (st == ONR_OK) st = import_all(&im);
    if (st == ONR_OK) st = onri_model_write(&im.m, path, err);
    onri_buf_drop(&im.pool);
    onri_package_close(&im.pkg);
    onr_arena_drop(&im.mem);
    return st;
}
