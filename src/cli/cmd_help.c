/* `onrecord help`: everything that is printed from the tables of commands and options: short and
 * long help, man pages (mdoc), completions for bash, zsh and fish. */
#include "cli/cli.h"

#include "onrecord/record.h"

#include <stdlib.h>

/* "  -o, --output FILE" padded to a column, then the help wrapped beside it. */
enum { HELP_COLUMN = 26, HELP_WIDTH = 80 };

static void wrap(FILE *to, const char *text, int indent, int at)
{
    while (*text) {
        const size_t n = strcspn(text, " \n");
        /* Continuation bytes of UTF-8 take no column. */
        int columns = 0;
        for (size_t i = 0; i < n; i++) columns += ((unsigned char)text[i] & 0xC0) != 0x80;
        if (at > indent && at + 1 + columns > HELP_WIDTH) {
            (void)fprintf(to, "\n%*s", indent, "");
            at = indent;
        } else if (at > indent) {
            (void)fputc(' ', to);
            at++;
        }
        (void)fwrite(text, 1, n, to);
        at += columns;
        text += n;
        if (*text == '\n') {
            (void)fprintf(to, "\n%*s", text[1] == '\n' ? 0 : indent, "");
            if (text[1] == '\n') (void)fprintf(to, "\n%*s", indent, "");
            text += text[1] == '\n' ? 2 : 1;
            at = indent;
        } else if (*text) {
            text++;
        }
    }
    (void)fputc('\n', to);
}

static void option_row(FILE *to, const char *name, char letter, const char *arg, const char *help)
{
    char left[80];
    const char short_name[] = { '-', letter, ',', ' ', 0 };
    (void)snprintf(left, sizeof left, "  %s--%s%s%s", letter ? short_name : "    ", name,
                   arg ? " " : "", arg ? arg : "");
    int columns = 0;
    for (const char *c = left; *c; c++) columns += ((unsigned char)*c & 0xC0) != 0x80;
    (void)fputs(left, to);
    if (columns > HELP_COLUMN - 2) {
        (void)fputc('\n', to);
        columns = 0;
    }
    (void)fprintf(to, "%*s", HELP_COLUMN - columns, "");
    wrap(to, help, HELP_COLUMN, HELP_COLUMN);
}

static void options(FILE *to, const cli_command *cmd)
{
    (void)fputs("Options:\n", to);
    for (size_t i = 0; i < cmd->n_opts; i++)
        option_row(to, cmd->opts[i].name, cmd->opts[i].letter, cmd->opts[i].arg, cmd->opts[i].help);
    option_row(to, "help", 'h', NULL, "this help: -h in short, --help in full");
}

static void usage(FILE *to, const cli_command *cmd)
{
    (void)fprintf(to, "Usage: onrecord %s [OPTION…]%s%s\n", cmd->name, *cmd->args ? " " : "",
                  cmd->args);
}

void cli_help_short(FILE *to, const cli_command *cmd)
{
    usage(to, cmd);
    (void)fprintf(to, "%s\n\n", cmd->summary);
    options(to, cmd);
}

void cli_help_long(FILE *to, const cli_command *cmd)
{
    (void)fprintf(to, "onrecord %s: %s\n\n", cmd->name, cmd->summary);
    if (cmd->n_examples) (void)fputs("Examples:\n", to);
    for (size_t i = 0; i < cmd->n_examples; i++)
        (void)fprintf(to, "  %s\n      %s\n", cmd->examples[i].line, cmd->examples[i].what);
    if (cmd->n_examples) (void)fputc('\n', to);
    usage(to, cmd);
    (void)fputc('\n', to);
    if (*cmd->about) {
        wrap(to, cmd->about, 0, 0);
        (void)fputc('\n', to);
    }
    options(to, cmd);
}

void cli_print_version(FILE *to)
{
    (void)fprintf(
        to,
        "onrecord %s\nrecord schema %d\nMIT licence; the libraries and models in use have "
        "their own (THIRD_PARTY.md)\n",
        ONR_VERSION, ONR_RECORD_SCHEMA);
}

static void overview(FILE *to)
{
    (void)fputs("onrecord reads news and keeps the record of it: who said what to whom.\n\n"
                "Usage: onrecord COMMAND [OPTION…] [ARGUMENT…]\n\nCommands:\n",
                to);
    for (size_t i = 0; i < cli_n_commands; i++)
        (void)fprintf(to, "  %-12s %s\n", cli_commands[i]->name, cli_commands[i]->summary);
    (void)fputs(
        "\nFirst steps:\n"
        "  onrecord model get                 fetch the language model (once)\n"
        "  onrecord read --pretty article.txt  what the article says, for people\n"
        "  onrecord read article.txt           the same as one line of JSON\n"
        "\n'onrecord help COMMAND' explains a command, 'onrecord --version' names versions.\n"
        "Exit codes: 0 done, 1 nothing found, 2 wrong usage, 3 some documents failed,\n"
        "4 a file, store or model is missing or broken, 130 interrupted.\n",
        to);
}

/* ---- man page ----------------------------------------------------------------------------------
 */

/* Text for mdoc: a backslash doubled, a leading dot or quote made harmless. */
static void mdoc_text(FILE *to, const char *s)
{
    bool start = true;
    for (; *s; s++) {
        if (start && (*s == '.' || *s == '\'')) (void)fputs("\\&", to);
        if (*s == '\\')
            (void)fputs("\\e", to);
        else if (*s == '\n' && s[1] == '\n') {
            (void)fputs("\n.Pp", to);
        } else
            (void)fputc(*s, to);
        start = *s == '\n';
    }
    (void)fputc('\n', to);
}

static void man_command(FILE *to, const cli_command *cmd)
{
    (void)fprintf(to, ".Ss onrecord %s Oo Ar option ... Oc %s\n", cmd->name, cmd->args);
    mdoc_text(to, cmd->summary);
    if (*cmd->about) {
        (void)fputs(".Pp\n", to);
        mdoc_text(to, cmd->about);
    }
    if (cmd->n_opts) (void)fputs(".Bl -tag -width Ds\n", to);
    for (size_t i = 0; i < cmd->n_opts; i++) {
        const cli_opt *o = &cmd->opts[i];
        (void)fputs(".It ", to);
        if (o->letter) (void)fprintf(to, "Fl %c , ", o->letter);
        (void)fprintf(to, "Fl \\-%s", o->name);
        if (o->arg) (void)fprintf(to, " Ar %s", o->arg);
        (void)fputc('\n', to);
        mdoc_text(to, o->help);
    }
    if (cmd->n_opts) (void)fputs(".El\n", to);
    for (size_t i = 0; i < cmd->n_examples; i++) {
        mdoc_text(to, cmd->examples[i].what);
        (void)fputs(".Dl ", to);
        mdoc_text(to, cmd->examples[i].line);
    }
}

static void man_page(FILE *to)
{
    (void)fputs(".Dd $Mdocdate$\n.Dt ONRECORD 1\n.Os\n.Sh NAME\n.Nm onrecord\n"
                ".Nd read news and keep the record of it\n.Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar "
                "option ...\n"
                ".Op Ar argument ...\n.Sh COMMANDS\n",
                to);
    for (size_t i = 0; i < cli_n_commands; i++) man_command(to, cli_commands[i]);
    (void)fputs(
        ".Sh EXIT STATUS\n.Bl -tag -width 130\n.It 0\ndone\n.It 1\nnothing found\n.It 2\nwrong "
        "usage\n"
        ".It 3\nsome documents failed, the rest is written\n.It 4\na file, store or model is "
        "missing "
        "or broken\n.It 70\na bug in onrecord\n.It 130\ninterrupted\n.El\n.Sh ENVIRONMENT\n"
        ".Bl -tag -width Ds\n.It Ev XDG_DATA_HOME\nmodels lie in its folder onrecord/models\n"
        ".It Ev ONRECORD_MODEL\nname or path of the model, when --model is not given\n"
        ".It Ev NO_COLOR\nno colour, when set to anything\n.It Ev COLUMNS\nwidth of --pretty when "
        "the "
        "output is no terminal\n.El\n",
        to);
}

/* ---- completions -------------------------------------------------------------------------------
 */

static void complete_bash(FILE *to)
{
    (void)fputs("_onrecord() {\n  local cur=${COMP_WORDS[COMP_CWORD]} words=\n  COMPREPLY=()\n"
                "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    words=\"--help --version",
                to);
    for (size_t i = 0; i < cli_n_commands; i++) (void)fprintf(to, " %s", cli_commands[i]->name);
    (void)fputs("\"\n  else\n    case ${COMP_WORDS[1]} in\n", to);
    for (size_t i = 0; i < cli_n_commands; i++) {
        (void)fprintf(to, "    %s) words=\"--help", cli_commands[i]->name);
        for (size_t k = 0; k < cli_commands[i]->n_opts; k++)
            (void)fprintf(to, " --%s", cli_commands[i]->opts[k].name);
        (void)fputs("\" ;;\n", to);
    }
    (void)fputs("    esac\n    case $cur in -*) ;; *) words= ;; esac\n  fi\n"
                "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\n"
                "complete -o default -F _onrecord onrecord\n",
                to);
}

/* Words for single quotes of a shell. */
static void quoted(FILE *to, const char *s)
{
    for (; *s; s++) {
        if (*s == '\'')
            (void)fputs("'\\''", to);
        else if (*s == '\n')
            (void)fputc(' ', to);
        else
            (void)fputc(*s, to);
    }
}

static void complete_zsh(FILE *to)
{
    (void)fputs("#compdef onrecord\n_onrecord() {\n  if (( CURRENT == 2 )); then\n    local -a "
                "commands=(\n",
                to);
    for (size_t i = 0; i < cli_n_commands; i++) {
        (void)fprintf(to, "      '%s:", cli_commands[i]->name);
        quoted(to, cli_commands[i]->summary);
        (void)fputs("'\n", to);
    }
    (void)fputs("    )\n    _describe command commands\n    return\n  fi\n  case $words[2] in\n",
                to);
    for (size_t i = 0; i < cli_n_commands; i++) {
        (void)fprintf(to, "  %s) compadd -- --help", cli_commands[i]->name);
        for (size_t k = 0; k < cli_commands[i]->n_opts; k++)
            (void)fprintf(to, " --%s", cli_commands[i]->opts[k].name);
        (void)fputs(" ;;\n", to);
    }
    (void)fputs("  esac\n  _files\n}\n_onrecord \"$@\"\n", to);
}

static void complete_fish(FILE *to)
{
    for (size_t i = 0; i < cli_n_commands; i++) {
        const cli_command *c = cli_commands[i];
        (void)fprintf(to, "complete -c onrecord -n __fish_use_subcommand -a %s -d '", c->name);
        quoted(to, c->summary);
        (void)fputs("'\n", to);
        for (size_t k = 0; k < c->n_opts; k++) {
            (void)fprintf(to, "complete -c onrecord -n '__fish_seen_subcommand_from %s' -l %s",
                          c->name, c->opts[k].name);
            if (c->opts[k].letter) (void)fprintf(to, " -s %c", c->opts[k].letter);
            if (c->opts[k].arg) (void)fputs(" -r", to);
            (void)fputs(" -d '", to);
            quoted(to, c->opts[k].help);
            (void)fputs("'\n", to);
        }
    }
}

/* ---- the command -------------------------------------------------------------------------------
 */

typedef struct values {
    bool man;
    const char *completions;
} values;

static const cli_opt opts[] = {
    { "man", 0, CLI_FLAG, NULL, offsetof(values, man), "print the man page (mdoc) of the program" },
    { "completions", 0, CLI_TEXT, "SHELL", offsetof(values, completions),
      "print completions for bash, zsh or fish" },
};

static const cli_example examples[] = {
    { "onrecord help read", "explain one command" },
    { "onrecord help --man | man -l -", "read the man page" },
    { "onrecord help --completions bash > ~/.local/share/bash-completion/completions/onrecord",
      "complete commands and options with the Tab key" },
};

static int print_completions(const char *shell)
{
    static const struct {
        const char *name;
        void (*print)(FILE *);
    } shells[] = { { "bash", complete_bash }, { "zsh", complete_zsh }, { "fish", complete_fish } };
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(shell, shells[i].name) == 0) {
            shells[i].print(stdout);
            return CLI_DONE;
        }
    }
    cli_warn("help: --completions wants bash, zsh or fish, not '%s'", shell);
    return CLI_USAGE;
}

static int run(const cli_command *self, int argc, char **argv)
{
    values v = { 0 };
    cli_list rest;
    int code;
    if (!cli_parse(self, argc, argv, &v, &rest, &code)) return code;
    if (v.completions) return print_completions(v.completions);
    if (v.man) {
        man_page(stdout);
        return CLI_DONE;
    }
    if (rest.n == 0) {
        overview(stdout);
        return CLI_DONE;
    }
    for (size_t i = 0; i < cli_n_commands; i++) {
        if (strcmp(cli_commands[i]->name, rest.at[0]) == 0) {
            cli_help_long(stdout, cli_commands[i]);
            return CLI_DONE;
        }
    }
    const char *names[32];
    size_t n = 0;
    for (; n < cli_n_commands && n < 32; n++) names[n] = cli_commands[n]->name;
    const char *meant = cli_did_you_mean(rest.at[0], names, n);
    if (meant)
        cli_warn("help: no command '%s'; did you mean '%s'?", rest.at[0], meant);
    else
        cli_warn("help: no command '%s'; 'onrecord help' lists them", rest.at[0]);
    return CLI_USAGE;
}

const cli_command cli_cmd_help = {
    .name = "help",
    .args = "[COMMAND]",
    .summary = "explain the program or one command",
    .about = "",
    .opts = opts,
    .n_opts = sizeof opts / sizeof *opts,
    .examples = examples,
    .n_examples = sizeof examples / sizeof *examples,
    .run = run,
};
