/* The program: finds the command's row and runs it. Everything else is the commands' business. */
#include "cli/cli.h"

const cli_command *const cli_commands[] = {
    &cli_cmd_read,      &cli_cmd_show,
#ifdef ONR_HAS_STORE
    &cli_cmd_keep,      &cli_cmd_merge,       &cli_cmd_find,     &cli_cmd_statements,
    &cli_cmd_events,    &cli_cmd_commitments, &cli_cmd_disputes, &cli_cmd_positions,
    &cli_cmd_relations, &cli_cmd_stats,       &cli_cmd_sql,      &cli_cmd_dump,
    &cli_cmd_actor,     &cli_cmd_timeline,    &cli_cmd_compare,  &cli_cmd_network,
    &cli_cmd_correct,   &cli_cmd_resolve,     &cli_cmd_doctor,   &cli_cmd_backup,
#endif
#ifdef ONR_SERVE
    &cli_cmd_serve,
#endif
    &cli_cmd_explain,   &cli_cmd_parse,       &cli_cmd_model,    &cli_cmd_help,
};
const size_t cli_n_commands = sizeof cli_commands / sizeof *cli_commands;

static int unknown(const char *word)
{
    const char *names[64];
    size_t n = 0;
    for (; n < cli_n_commands && n < 64; n++) names[n] = cli_commands[n]->name;
    const char *meant = cli_did_you_mean(word, names, n);
    if (meant)
        cli_warn("no command '%s'; did you mean '%s'?", word, meant);
    else
        cli_warn("no command '%s'; 'onrecord help' lists them", word);
    return CLI_USAGE;
}

/* What was printed to stdio has to arrive, or the exit code says so. */
static int finish(int code)
{
    cli_out out = { .f = stdout };
    cli_forget();
    if (cli_out_close(&out) && fclose(stdout) == 0) return code;
    if (!out.failed) cli_warn("cannot write to standard output");
    return code == CLI_DONE || code == CLI_SOME_FAILED ? CLI_OUTSIDE : code;
}

int main(int argc, char **argv)
{
    cli_start();
    if (argc < 2) {
        char *help[] = { (char[]){ "help" } };
        (void)cli_cmd_help.run(&cli_cmd_help, 1, help);
        return finish(CLI_USAGE);
    }
    const char *word = argv[1];
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0 || strcmp(word, "version") == 0) {
        cli_print_version(stdout);
        return finish(CLI_DONE);
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) word = "help";
    for (size_t i = 0; i < cli_n_commands; i++)
        if (strcmp(cli_commands[i]->name, word) == 0)
            return finish(cli_commands[i]->run(cli_commands[i], argc - 1, argv + 1));
    return unknown(word);
}
