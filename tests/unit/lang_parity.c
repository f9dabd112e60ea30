/* The engine against spaCy, token for token, on the texts of tests/parity: every column of CoNLL-U,
 * by paragraph and as a whole. spaCy's side was written by tests/tools/spacy_conllu.py; its first
 * line says by which versions. */
#include "model.h"

#include <dirent.h>

#include "lang/conllu.h"
#include "lang/parser.h"

enum { MEM = 256 * 1024 * 1024, FILES_MAX = 256 };
static const char dir[] = ONR_SOURCE_DIR "/tests/parity";

static onr_sv read_file(onr_arena *mem, const char *folder, const char *name, const char *end)
{
    char path[4096];
    onr_sv bytes;
    onr_error err = ONR_ERROR_INIT;
    (void)snprintf(path, sizeof path, "%s/%s/%s%s", dir, folder, name, end);
    if (onri_file_read(mem, path, MEM, &bytes, &err) != ONR_OK) fail_msg("%s: %s", path, err.msg);
    return bytes;
}

/* Lines that differ; the first few are shown. */
static uint32_t compare(const char *name, onr_sv want, onr_sv got)
{
    uint32_t n = 0;
    onr_sv a, b;
    for (;;) {
        const bool more_a = onri_split(&want, '\n', &a), more_b = onri_split(&got, '\n', &b);
        if (!more_a && !more_b) return n;
        /* An end without a last line break is as good as one with. */
        if (!more_a) a = ONR_SV("");
        if (!more_b) b = ONR_SV("");
        if (onri_eq(a, b)) continue;
        if (n++ < 3)
            print_error("%s\n  spaCy    %.*s\n  onrecord %.*s\n", name, (int)a.n, a.p, (int)b.n,
                        b.p);
    }
}

/* Names of the texts, without ".txt", sorted. */
static uint32_t list_texts(char names[FILES_MAX][64])
{
    uint32_t n = 0;
    DIR *d = opendir(ONR_SOURCE_DIR "/tests/parity/text");
    assert_non_null(d);
    for (const struct dirent *e = readdir(d); e; e = readdir(d)) {
        const size_t len = strlen(e->d_name);
        if (len < 5 || len > 60 || strcmp(e->d_name + len - 4, ".txt") != 0) continue;
        assert_true(n < FILES_MAX);
        (void)snprintf(names[n++], 64, "%.*s", (int)len - 4, e->d_name);
    }
    closedir(d);
    return n;
}

static void compare_all(const onr_parser_opts *opts, const char *folder, bool whole)
{
    onr_model *model = open_model("en-sm");
    if (!model) skip();
    onr_parser *parser = NULL;
    onr_error err = ONR_ERROR_INIT;
    if (onr_parser_new(model, opts, &parser, &err) != ONR_OK) fail_msg("%s", err.msg);
    char names[FILES_MAX][64];
    const uint32_t n = list_texts(names);
    uint32_t wrong = 0, tokens = 0;
    for (uint32_t i = 0; i < n; i++) {
        onr_arena mem = onr_arena_make(MEM);
        const onr_sv text = read_file(&mem, "text", names[i], ".txt");
        onr_sv want = read_file(&mem, folder, names[i], ".conllu"), generator;
        assert_true(onri_split(&want, '\n', &generator));
        const onr_parse *parse = NULL, *again = NULL;
        assert_int_equal(onr_parse_text(parser, &mem, text, whole, &parse, &err), ONR_OK);
        onri_buf b = onri_buf_make(MEM);
        onri_conllu_write(&b, parse);
        wrong += compare(names[i], want, onri_buf_sv(&b));
        tokens += parse->n_tokens;
        /* What was written can be read, and written again. */
        assert_int_equal(onri_conllu_read(&mem, onri_buf_sv(&b), text, &again, &err), ONR_OK);
        onri_buf c = onri_buf_make(MEM);
        onri_conllu_write(&c, again);
        assert_true(onri_eq(onri_buf_sv(&b), onri_buf_sv(&c)));
        onri_buf_drop(&b);
        onri_buf_drop(&c);
        onr_arena_drop(&mem);
    }
    print_message("%s: %u texts, %u tokens, %u lines differ\n", folder, n, tokens, wrong);
    assert_true(tokens > 4000);
    onr_parser_free(parser);
    onr_model_close(model);
    assert_int_equal(wrong, 0);
}

static void parity__by_paragraph(void **state)
{
    (void)state;
    compare_all(NULL, "paragraphs", false);
}

/* nlp(text) of the spaCy that wrote it, whose lemmatizer orders rules in the newer way. */
static void parity__whole_texts(void **state)
{
    (void)state;
    onr_parser_opts opts = ONR_PARSER_OPTS_INIT;
    opts.lemma_new = true;
    compare_all(&opts, "whole", true);
}

static void parity__the_plain_kernel_decides_the_same(void **state)
{
    (void)state;
    onr_parser_opts opts = ONR_PARSER_OPTS_INIT;
    opts.kernel = ONR_KERNEL_REF;
    compare_all(&opts, "paragraphs", false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parity__by_paragraph),
        cmocka_unit_test(parity__whole_texts),
        cmocka_unit_test(parity__the_plain_kernel_decides_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
