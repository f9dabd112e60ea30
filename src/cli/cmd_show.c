/* `onrecord show`: records as people read them, and the check of records made elsewhere. */
#include "cli/cli.h"

#include "cli/pretty.h"
#include "onrecord/record.h"

#include <errno.h>
#include <stdlib.h>

typedef struct values {
    const char *output, *kinds, *color;
    uint64_t width;
    bool offsets, check, quiet;
} values;

static const cli_opt opts[] = {
    { "offsets", 0, CLI_FLAG, NULL, offsetof(values, offsets),
      "show where each piece stands in the text, [start,end) in bytes" },
    { "kinds", 0, CLI_TEXT, "LIST", offsetof(values, kinds),
      "only statements of these kinds: assertion,question,demand,denial,..." },
    { "check", 0, CLI_FLAG, NULL, offsetof(values, check),
      "print nothing but what is wrong with the records; exit 1 if anything is" },
    { "width", 0, CLI_COUNT, "COLUMNS", offsetof(values, width), "width of the lines" },
    { "color", 0, CLI_TEXT, "WHEN", offsetof(values, color), "auto (default), always or never" },
    { "output", 'o', CLI_TEXT, "FILE", offsetof(values, output), "write to FILE" },
};

static const cli_example examples[] = {
    { "onrecord read *.txt -o day.jsonl && onrecord show day.jsonl",
      "read once, look at it later" },
    { "onrecord show --kinds denial,refusal day.jsonl", "who denied or refused what" },
    { "onrecord show --check day.jsonl", "are these records what docs/formats/record.md says?" },
};

typedef struct show {
    values v;
    pretty_opts pretty;
    cli_out out;
    onri_buf b;
    bool first;
    bool broken, outside;
} show;

static void one_record(show *s, onr_arena *mem, const char *file, uint32_t line, onr_sv json)
{
    onr_record rec;
    onr_error err = ONR_ERROR_INIT;
    onr_status st = onr_record_load(mem, json, &rec, &err);
    if (st == ONR_OK) st = onr_record_check(&rec, mem, &err);
    if (st != ONR_OK) {
        err.line = line;
        cli_warn_error(file, &err);
        s->broken = true;
        return;
    }
    if (s->v.check) return;
    onri_buf_clear(&s->b);
    if (!s->first) pretty_between(&s->b, &s->pretty);
    s->first = false;
    pretty_record(&s->b, mem, &rec, &s->pretty);
    if (s->b.status != ONR_OK) {
        cli_warn("%s:%u: %s", file, line,
                 s->b.status == ONR_E_LIMIT ? "too long to show" : "out of memory");
        s->broken = true;
        return;
    }
    cli_out_put(&s->out, onri_buf_sv(&s->b));
}

/* Lines of any length up to the limit, one in memory at a time. */
static void one_file(show *s, const char *path)
{
    errno = 0;
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char *line = NULL;
    size_t cap = 0;
    uint32_t number = 0;
    for (ssize_t n; f && !s->out.failed && (n = getline(&line, &cap, f)) >= 0;) {
        number++;
        const onr_sv json = onri_trim(onri_sv(line, (size_t)n));
        if (json.n == 0) continue;
        onr_arena mem = onr_arena_make(ONR_ARTICLE_MEM_MAX);
        one_record(s, &mem, path, number, json);
        onr_arena_drop(&mem);
    }
    if (!f || ferror(f)) {
        onr_error err;
        (void)!onri_fail_os(&err, "show", errno, "cannot read");
        cli_warn_error(path, &err);
        s->outside = true;
    }
    free(line);
    if (f && f != stdin) (void)fclose(f);
}

static int run(const cli_command *self, int argc, char **argv)
{
    show s = { .first = true };
    cli_list files;
    int code;
    cli_colour colour;
    if (!cli_parse(self, argc, argv, &s.v, &files, &code)) return code;
    if (!cli_colour_parse(s.v.color, &colour)) return CLI_USAGE;
    if (s.v.kinds &&
        !cli_bits("kinds", s.v.kinds, cli_kind_names, ONR_KIND__COUNT, &s.pretty.kinds))
        return CLI_USAGE;
    if (!cli_out_open(&s.out, s.v.output)) return CLI_OUTSIDE;
    s.pretty.width = cli_clamp_width(s.v.width ? s.v.width : cli_width(&s.out));
    s.pretty.colour = cli_use_colour(&s.out, colour);
    s.pretty.offsets = s.v.offsets;
    s.b = onri_buf_make(ONR_JSON_LINE_MAX);
    if (files.n == 0) one_file(&s, "-");
    for (size_t i = 0; i < files.n; i++) one_file(&s, files.at[i]);
    onri_buf_drop(&s.b);
    if (!cli_out_close(&s.out) || s.outside) return CLI_OUTSIDE;
    if (s.broken) return s.v.check ? CLI_NOTHING : CLI_SOME_FAILED;
    return CLI_DONE;
}

const cli_command cli_cmd_show = {
    .name = "show",
    .args = "[FILE\xE2\x80\xA6]",
    .summary = "show records for people, or check them",
    .about =
        "Reads lines of JSON as 'onrecord read' writes them (standard input without FILE) and "
        "prints each as a person reads it. A line that is no record, or breaks a promise of the "
        "format, is reported and the others are shown.",
    .opts = opts,
    .n_opts = sizeof opts / sizeof *opts,
    .examples = examples,
    .n_examples = sizeof examples / sizeof *examples,
    .run = run,
};
