/* Options of a command line, from the command's own table: long and short names, "--", values after
 * "=" or as the next word, flags in a bunch; what looks like a slip of the finger is answered with
 * what may have been meant. Source: own, after POSIX guidelines and getopt_long's habits, but for
 * its abbreviations: a script that says --out must not break when --output-dir comes. */
#include "cli/cli.h"

#include "onrecord/record.h"

#include <stdlib.h>

typedef struct parse {
    const cli_command *cmd;
    char *values;
    bool help, ok;
} parse;

/* Lists of arguments live until main ends: what they hang on is the program's one static variable.
 */
typedef struct block {
    struct block *next;
    const char *at[];
} block;

static block *blocks;

/* A list has room for the next power of two. */
static void push(cli_list *list, const char *s)
{
    if ((list->n & (list->n - 1)) == 0) { /* 0, 1, 2, 4 ...: full */
        const size_t cap = list->n ? 2 * list->n : 1;
        block *b = onri_heap_alloc(sizeof *b + cap * sizeof *b->at);
        if (!b) {
            cli_warn("out of memory");
            exit(CLI_OUTSIDE);
        }
        b->next = blocks;
        blocks = b;
        for (size_t i = 0; i < list->n; i++) b->at[i] = list->at[i];
        list->at = b->at;
    }
    list->at[list->n++] = s;
}

void cli_forget(void)
{
    while (blocks) {
        block *next = blocks->next;
        onri_heap_free(blocks);
        blocks = next;
    }
}

/* ---- did you mean ------------------------------------------------------------------------------
 */

enum { WORD_MAX = 40 };

/* Edits between two words: insert, delete, replace, swap of neighbours (restricted Damerau). */
static unsigned distance(const char *a, const char *b)
{
    const size_t n = strlen(a), m = strlen(b);
    if (n >= WORD_MAX || m >= WORD_MAX) return WORD_MAX;
    unsigned d[WORD_MAX][WORD_MAX];
    for (size_t i = 0; i <= n; i++) d[i][0] = (unsigned)i;
    for (size_t k = 0; k <= m; k++) d[0][k] = (unsigned)k;
    for (size_t i = 1; i <= n; i++) {
        for (size_t k = 1; k <= m; k++) {
            unsigned best = d[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
            if (d[i - 1][k] + 1 < best) best = d[i - 1][k] + 1;
            if (d[i][k - 1] + 1 < best) best = d[i][k - 1] + 1;
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1] &&
                d[i - 2][k - 2] + 1 < best)
                best = d[i - 2][k - 2] + 1;
            d[i][k] = best;
        }
    }
    return d[n][m];
}

const char *cli_did_you_mean(const char *word, const char *const *names, size_t n)
{
    const char *best = NULL;
    unsigned least = WORD_MAX;
    for (size_t i = 0; i < n; i++) {
        unsigned far = distance(word, names[i]);
        if (strlen(word) >= 3 && strncmp(word, names[i], strlen(word)) == 0) far = 1;
        const unsigned limit = strlen(names[i]) <= 4 ? 1 : strlen(names[i]) <= 8 ? 2 : 3;
        if (far <= limit && far < least) {
            least = far;
            best = names[i];
        }
    }
    return best;
}

#define NAME(id, name) name,
const char *const cli_kind_names[] = { ONR_STATEMENT_KINDS(NAME) };
const char *const cli_field_names[] = { ONR_RECORD_FIELDS(NAME) };

bool cli_bits(const char *option, const char *list, const char *const *names, size_t n,
              uint32_t *bits)
{
    onr_sv rest = onri_svz(list), piece;
    *bits = 0;
    while (onri_split(&rest, ',', &piece)) {
        char word[WORD_MAX];
        piece = onri_trim(piece);
        (void)snprintf(word, sizeof word, "%.*s", (int)piece.n, piece.p);
        size_t i = 0;
        while (i < n && strcmp(names[i], word) != 0) i++;
        if (i < n) {
            *bits |= (uint32_t)1 << i;
            continue;
        }
        const char *meant = cli_did_you_mean(word, names, n);
        if (meant) {
            cli_warn("--%s: no '%s'; did you mean '%s'?", option, word, meant);
            return false;
        }
        cli_warn("--%s: no '%s'; it takes:", option, word);
        for (i = 0; i < n; i++) (void)fprintf(stderr, "%s%s", i ? ", " : "  ", names[i]);
        (void)fputc('\n', stderr);
        return false;
    }
    return true;
}

/* ---- one option --------------------------------------------------------------------------------
 */

static void wrong(parse *p, const char *fmt, const char *a, const char *b)
{
    char msg[300];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    (void)snprintf(msg, sizeof msg, fmt, a, b);
#pragma GCC diagnostic pop
    cli_warn("%s: %s", p->cmd->name, msg);
    p->ok = false;
}

static const cli_opt *find_long(const cli_command *cmd, const char *name, size_t n)
{
    for (size_t i = 0; i < cmd->n_opts; i++)
        if (strlen(cmd->opts[i].name) == n && memcmp(cmd->opts[i].name, name, n) == 0)
            return &cmd->opts[i];
    return NULL;
}

static void unknown_long(parse *p, const char *name)
{
    const char *names[64];
    size_t n = 0;
    for (; n < p->cmd->n_opts && n < 63; n++) names[n] = p->cmd->opts[n].name;
    names[n++] = "help";
    const char *meant = cli_did_you_mean(name, names, n);
    if (meant)
        wrong(p, "unknown option '--%s'; did you mean '--%s'?", name, meant);
    else
        wrong(p, "unknown option '--%s'", name, "");
}

static void set(parse *p, const cli_opt *o, const char *value)
{
    char *to = p->values + o->at;
    uint64_t count;
    switch (o->kind) {
    case CLI_FLAG:
        *(bool *)(void *)to = true;
        break;
    case CLI_TEXT:
        *(const char **)(void *)to = value;
        break;
    case CLI_COUNT:
        if (onri_parse_u64(onri_svz(value), &count))
            *(uint64_t *)(void *)to = count;
        else
            wrong(p, "--%s wants a whole number, not '%s'", o->name, value);
        break;
    case CLI_LIST:
        push((cli_list *)(void *)to, value);
        break;
    }
}

/* --name, --name=value, --name value: returns how many words it took. */
static int long_option(parse *p, char **word, int n)
{
    const char *name = word[0] + 2;
    const char *equals = strchr(name, '=');
    const size_t len = equals ? (size_t)(equals - name) : strlen(name);
    if (len == 4 && memcmp(name, "help", 4) == 0) {
        p->help = true;
        return 1;
    }
    const cli_opt *o = find_long(p->cmd, name, len);
    if (!o) {
        char bare[WORD_MAX];
        (void)snprintf(bare, sizeof bare, "%.*s", (int)len, name);
        unknown_long(p, bare);
        return 1;
    }
    if (o->kind == CLI_FLAG) {
        if (equals)
            wrong(p, "--%s takes no value", o->name, "");
        else
            set(p, o, NULL);
        return 1;
    }
    if (equals) {
        set(p, o, equals + 1);
        return 1;
    }
    if (n < 2) {
        wrong(p, "--%s wants %s", o->name, o->arg);
        return 1;
    }
    set(p, o, word[1]);
    return 2;
}

/* -q, -qo file, -ofile. */
static int short_options(parse *p, char **word, int n)
{
    for (const char *c = word[0] + 1; *c; c++) {
        const char letter[2] = { *c, 0 };
        const cli_opt *o = NULL;
        for (size_t i = 0; i < p->cmd->n_opts; i++)
            if (p->cmd->opts[i].letter == *c) o = &p->cmd->opts[i];
        if (!o && *c == 'h') {
            p->help = true;
            continue;
        }
        if (!o) {
            wrong(p, "unknown option '-%s'", letter, "");
            return 1;
        }
        if (o->kind == CLI_FLAG) {
            set(p, o, NULL);
            continue;
        }
        if (c[1]) {
            set(p, o, c + 1);
            return 1;
        }
        if (n < 2) {
            wrong(p, "-%s wants %s", letter, o->arg);
            return 1;
        }
        set(p, o, word[1]);
        return 2;
    }
    return 1;
}

bool cli_parse(const cli_command *cmd, int argc, char **argv, void *values, cli_list *rest,
               int *exit_code)
{
    parse p = { .cmd = cmd, .values = values, .ok = true };
    *rest = (cli_list){ 0 };
    bool options = true, long_help = false;
    for (int i = 1; i < argc && p.ok;) {
        const char *w = argv[i];
        if (options && strcmp(w, "--") == 0) {
            options = false;
            i++;
        } else if (options && w[0] == '-' && w[1] == '-') {
            i += long_option(&p, argv + i, argc - i);
            long_help = p.help;
        } else if (options && w[0] == '-' && w[1]) {
            i += short_options(&p, argv + i, argc - i);
        } else {
            push(rest, w);
            i++;
        }
        if (p.help) break;
    }
    if (p.help) {
        if (long_help)
            cli_help_long(stdout, cmd);
        else
            cli_help_short(stdout, cmd);
        *exit_code = CLI_DONE;
        return false;
    }
    if (!p.ok) {
        (void)fprintf(stderr, "Try 'onrecord help %s'.\n", cmd->name);
        *exit_code = CLI_USAGE;
    }
    return p.ok;
}
