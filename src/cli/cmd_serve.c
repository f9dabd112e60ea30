/* `onrecord serve`: the page, in a browser on this machine. The server itself is in src/serve. */
#ifdef ONR_SERVE
#include "cli/cli.h"

#include "cli/source.h"
#include "serve/serve.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct values {
    cli_source source; /* of it the model alone */
    const char *store, *listen, *token;
    cli_list hosts;
    cli_words words;
    uint64_t port, threads;
    bool open, edit;
} values;

static const cli_opt opts[] = {
    { "store", 's', CLI_TEXT, "FILE", offsetof(values, store),
      "the store to look into; without one, texts can be given to the page and read" },
    { "open", 'o', CLI_FLAG, NULL, offsetof(values, open), "open it in the browser" },
    { "port", 'p', CLI_COUNT, "N", offsetof(values, port),
      "port to listen on (default 8017; 0: any free one)" },
    { "listen", 0, CLI_TEXT, "ADDR[:PORT]", offsetof(values, listen),
      "listen beyond this machine; demands --token" },
    { "token", 0, CLI_TEXT, "T", offsetof(values, token),
      "what a visitor has to give, 16 characters or more (default: $ONRECORD_TOKEN)" },
    { "host", 0, CLI_LIST, "NAME", offsetof(values, hosts),
      "a name by which browsers may call this server, besides numeric addresses and localhost" },
    { "edit", 0, CLI_FLAG, NULL, offsetof(values, edit),
      "allow corrections of the store from the page; demands --token" },
    { "threads", 0, CLI_COUNT, "N", offsetof(values, threads), "threads that answer (default 2)" },
    { "rules", 0, CLI_LIST, "FILE", offsetof(values, words.rules),
      "more rules, as in 'onrecord read'" },
    { "events", 0, CLI_LIST, "FILE", offsetof(values, words.events),
      "more frames of events, or a scheme of your own beside PLOVER (docs/rules.md)" },
    { "actors", 0, CLI_LIST, "FILE", offsetof(values, words.actors),
      "more actors, as in 'onrecord read'" },
    { "model", 'm', CLI_TEXT, "MODEL", offsetof(values, source.model),
      "name or path of the language model (default: $ONRECORD_MODEL, else en-sm)" },
};

static const cli_example examples[] = {
    { "onrecord serve --open", "paste an article into the browser and see its record" },
    { "onrecord serve --store record.db", "look into a store" },
    { "ONRECORD_TOKEN=$(openssl rand -hex 16) onrecord serve --store record.db --listen "
      "0.0.0.0:8017",
      "for colleagues on the network, who need the token" },
};

extern char **environ;

/* The desktop's own way to open an address; none is no trouble, the address is printed. */
static void open_browser(const char *url)
{
    static const char *const programs[] = { "xdg-open", "open" };
    for (size_t i = 0; i < 2; i++) {
        char *argv[] = { (char *)(uintptr_t)programs[i], (char *)(uintptr_t)url, NULL };
        pid_t child;
        int status;
        if (posix_spawnp(&child, programs[i], NULL, NULL, argv, environ) != 0) continue;
        if (waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) != 127)
            return;
    }
    cli_warn("serve: no browser could be started; open the address above");
}

/* Descriptors for all connections that are allowed. */
static void raise_limit(void)
{
    struct rlimit r;
    if (getrlimit(RLIMIT_NOFILE, &r) != 0 || r.rlim_cur >= 4096) return;
    r.rlim_cur = r.rlim_max < 4096 ? r.rlim_max : 4096;
    (void)setrlimit(RLIMIT_NOFILE, &r);
}

static void end_signals(sigset_t *set)
{
    (void)sigemptyset(set);
    (void)sigaddset(set, SIGINT);
    (void)sigaddset(set, SIGTERM);
}

static int wait_for_end(void)
{
    sigset_t set;
    int sig = 0;
    end_signals(&set);
    while (sigwait(&set, &sig) == EINTR) continue;
    return sig;
}

static void say_address(const onri_server *server, const values *v)
{
    const char *url = onri_server_url(server);
    (void)fprintf(stdout, "%s\n", url);
    (void)fflush(stdout);
    if (isatty(STDERR_FILENO)) (void)fputs("Ctrl-C ends it.\n", stderr);
    if (!v->open) return;
    char with_token[512];
    (void)snprintf(with_token, sizeof with_token, "%s%s%s", url, v->token ? "?token=" : "",
                   v->token ? v->token : "");
    open_browser(with_token);
}

static int serve(const values *v, const onr_model *model, const onr_knowledge *knowledge)
{
    const onri_server_opts o = { .model = model,
                                 .knowledge = knowledge,
                                 .store = v->store,
                                 .listen = v->listen,
                                 .port = (uint16_t)v->port,
                                 .token = v->token,
                                 .hosts = v->hosts.at,
                                 .n_hosts = v->hosts.n,
                                 .threads = (unsigned)v->threads,
                                 .edit = v->edit };
    onri_server *server;
    onr_error err = ONR_ERROR_INIT;
    sigset_t set;
    end_signals(&set);
    (void)pthread_sigmask(SIG_BLOCK, &set, NULL); /* before the server's threads begin */
    raise_limit();
    if (onri_server_open(&o, &server, &err) != ONR_OK) {
        cli_warn_error("serve", &err);
        return err.status == ONR_E_RANGE ? CLI_USAGE : CLI_OUTSIDE;
    }
    say_address(server, v);
    const int sig = wait_for_end();
    onri_server_close(server);
    return sig == SIGINT ? CLI_INTERRUPTED : CLI_DONE;
}

/* A store is worth a look without a model; a page that can do nothing is not. */
static bool wants_model(const values *v)
{
    onr_arena mem = onr_arena_make(ONR_MIB);
    const char *path = cli_model_path(&mem, v->source.model);
    const bool there = path && access(path, F_OK) == 0;
    onr_arena_drop(&mem);
    return !v->store || v->source.model || there;
}

static int run(const cli_command *self, int argc, char **argv)
{
    values v = { .port = 8017 };
    cli_list rest;
    int code;
    if (!cli_parse(self, argc, argv, &v, &rest, &code)) return code;
    if (rest.n) {
        cli_warn("serve: takes no file; --store names the store");
        return CLI_USAGE;
    }
    if (v.port > 65535 || v.threads > 64) {
        cli_warn("serve: --port is at most 65535, --threads at most 64");
        return CLI_USAGE;
    }
    if (!v.token) v.token = getenv("ONRECORD_TOKEN");
    const bool need = wants_model(&v);
    onr_model *model = need ? cli_source_model(&v.source) : NULL;
    onr_knowledge *knowledge = model ? cli_knowledge(&v.words) : NULL;
    code = need && !knowledge ? CLI_OUTSIDE : serve(&v, model, knowledge);
    onr_knowledge_free(knowledge);
    onr_model_close(model);
    return code;
}

const cli_command cli_cmd_serve = {
    .name = "serve",
    .args = "",
    .summary = "the page: read articles and look into a store, in a browser",
    .about =
        "Answers browsers on this machine at the address it prints (127.0.0.1, port 8017) until "
        "Ctrl-C. Nothing is fetched from elsewhere and nothing is sent. The store is opened to "
        "read; texts given to the page are read and not kept.\n\n"
        "Every view has its data beside it: put .json or .csv at the end of its path. "
        "/openapi.json describes them.\n\n"
        "Beyond this machine (--listen), and for corrections (--edit), visitors need a token: as "
        "the page asks for it, as ?token=, or as 'Authorization: Bearer'. There is no encryption: "
        "use a tunnel (ssh -L) or a proxy that has it.",
    .opts = opts,
    .n_opts = sizeof opts / sizeof *opts,
    .examples = examples,
    .n_examples = sizeof examples / sizeof *examples,
    .run = run,
};
#endif
