/* Where language models stand: the XDG base directories. Source: own, XDG Base Directory
 * Specification 0.8. Leaves out: relative paths in these variables, which it says to ignore. */
#include "cli/cli.h"

#include <stdlib.h>
#include <unistd.h>

/* dir/onrecord/models/name.onrm */
static const char *place(onr_arena *mem, const char *dir, size_t n_dir, const char *under,
                         const char *name)
{
    const size_t n =
        n_dir + strlen(under) + strlen("/onrecord/models/") + strlen(name) + sizeof ".onrm";
    char *path = onr_alloc(mem, n);
    if (!path) return NULL;
    (void)snprintf(path, n, "%.*s%s/onrecord/models/%s.onrm", (int)n_dir, dir, under, name);
    return path;
}

const char *cli_model_path(onr_arena *mem, const char *name)
{
    if (!name) name = getenv("ONRECORD_MODEL");
    if (!name || !*name) name = "en-sm";
    if (strchr(name, '/') || onri_ends(onri_svz(name), ONR_SV(".onrm"))) return name;
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME"), *first = NULL;
    if (data && data[0] == '/')
        first = place(mem, data, strlen(data), "", name);
    else
        first = place(mem, home ? home : "", home ? strlen(home) : 0, "/.local/share", name);
    if (!first || access(first, F_OK) == 0) return first;
    const char *dirs = getenv("XDG_DATA_DIRS");
    onr_sv rest = onri_svz(dirs && *dirs ? dirs : "/usr/local/share:/usr/share"), dir;
    while (onri_split(&rest, ':', &dir)) {
        if (dir.n == 0 || dir.p[0] != '/') continue;
        const char *path = place(mem, dir.p, dir.n, "", name);
        if (!path || access(path, F_OK) == 0) return path;
    }
    return first;
}
