/* The importer's gate: is this package built as the engine was written for? Every name, width and
 * switch that changes a result is compared; anything else is refused with the line that differs.
 * Source: the architectures of spaCy 3.7-3.8 and thinc 8. Leaves out: settings of training. */
#include "lang/import.h"

/* section, key, and the JSON value it must have. */
typedef struct demand {
    const char *section, *key, *value;
} demand;

#define LISTENER(part)                                                                             \
    { "components." part ".model.tok2vec", "@architectures", "\"spacy.Tok2VecListener.v1\"" },     \
        { "components." part ".model.tok2vec", "width", "96" },                                    \
    {                                                                                              \
        "components." part ".model.tok2vec", "upstream", "\"tok2vec\""                             \
    }
#define ENCODER(path)                                                                              \
    { path, "@architectures", "\"spacy.Tok2Vec.v2\"" },                                            \
        { path ".embed", "@architectures", "\"spacy.MultiHashEmbed.v2\"" },                        \
        { path ".embed", "width", "96" },                                                          \
        { path ".encode", "@architectures", "\"spacy.MaxoutWindowEncoder.v2\"" },                  \
        { path ".encode", "width", "96" }, { path ".encode", "depth", "4" },                       \
        { path ".encode", "window_size", "1" },                                                    \
    {                                                                                              \
        path ".encode", "maxout_pieces", "3"                                                       \
    }
#define TRANSITIONS(part)                                                                          \
    { "components." part ".model", "@architectures", "\"spacy.TransitionBasedParser.v2\"" },       \
        { "components." part ".model", "state_type", "\"" part "\"" },                             \
        { "components." part ".model", "extra_state_tokens", "false" },                            \
        { "components." part ".model", "hidden_width", "64" },                                     \
        { "components." part ".model", "maxout_pieces", "2" },                                     \
    {                                                                                              \
        "components." part ".model", "use_upper", "true"                                           \
    }

static const demand demands[] = {
    { "nlp", "lang", "\"en\"" },
    { "nlp.tokenizer", "@tokenizers", "\"spacy.Tokenizer.v1\"" },
    { "components.tok2vec", "factory", "\"tok2vec\"" },
    { "components.tagger", "factory", "\"tagger\"" },
    { "components.parser", "factory", "\"parser\"" },
    { "components.ner", "factory", "\"ner\"" },
    { "components.attribute_ruler", "factory", "\"attribute_ruler\"" },
    { "components.lemmatizer", "factory", "\"lemmatizer\"" },
    { "components.lemmatizer", "mode", "\"rule\"" },
    { "components.lemmatizer", "overwrite", "false" },
    ENCODER("components.tok2vec.model"),
    { "components.tagger.model", "@architectures", "\"spacy.Tagger.v2\"" },
    { "components.tagger.model", "normalize", "false" },
    LISTENER("tagger"),
    TRANSITIONS("parser"),
    LISTENER("parser"),
    TRANSITIONS("ner"),
    ENCODER("components.ner.model.tok2vec"),
};

static const char *const pipeline[] = { "tok2vec",         "tagger",     "parser",
                                        "attribute_ruler", "lemmatizer", "ner" };
enum { N_PIPELINE = sizeof pipeline / sizeof *pipeline };

/* Equal as far as demands need it: words, numbers by their characters, strings. */
static bool is_value(const onri_json *v, const char *want)
{
    const onr_sv w = onri_svz(want);
    if (!v) return false;
    switch (v->kind) {
    case ONRI_JSON_STRING:
        return w.p[0] == '"' && onri_eq(v->str, onri_sub(w, 1, w.n - 1));
    case ONRI_JSON_NUMBER:
        return onri_eq(v->str, w);
    case ONRI_JSON_TRUE:
        return onri_eqz(w, "true");
    case ONRI_JSON_FALSE:
        return onri_eqz(w, "false");
    default:
        return false;
    }
}

static bool holds(const onri_json *list, onr_sv word)
{
    for (const onri_json *v = list ? list->first : NULL; v; v = v->next)
        if (v->kind == ONRI_JSON_STRING && onri_eq(v->str, word)) return true;
    return false;
}

/* The enabled parts of the pipeline, in order. */
static onr_status check_pipeline(onri_import *im)
{
    const onri_json *parts, *disabled;
    onr_status st = onri_cfg_get(&im->mem, &im->cfg, "nlp", "pipeline", &parts, im->err);
    if (st == ONR_OK) st = onri_cfg_get(&im->mem, &im->cfg, "nlp", "disabled", &disabled, im->err);
    if (st != ONR_OK) return st;
    uint32_t n = 0;
    bool same = true;
    for (const onri_json *v = parts ? parts->first : NULL; v; v = v->next) {
        if (v->kind == ONRI_JSON_STRING && holds(disabled, v->str)) continue;
        same =
            same && n < N_PIPELINE && v->kind == ONRI_JSON_STRING && onri_eqz(v->str, pipeline[n]);
        n++;
    }
    if (same && n == N_PIPELINE) return ONR_OK;
    return onri_import_refuse(im, "config.cfg [nlp] pipeline is not tok2vec, tagger, parser, "
                                  "attribute_ruler, lemmatizer, ner");
}

/* What the two transition systems were saved with. */
static onr_status check_saved(onri_import *im, const char *name)
{
    const onri_json *cfg;
    const onr_status st = onri_import_json(im, name, &cfg);
    if (st != ONR_OK) return st;
    if (!is_value(onri_json_get(cfg, "beam_width"), "1"))
        return onri_import_refuse(im, "%s: beam_width is not 1", name);
    if (!is_value(onri_json_get(cfg, "learn_tokens"), "false"))
        return onri_import_refuse(im, "%s: learn_tokens is not false", name);
    const onri_json *tasks = onri_json_get(cfg, "multitasks");
    if (tasks && tasks->n) return onri_import_refuse(im, "%s: multitasks are not read", name);
    return ONR_OK;
}

onr_status onri_import_config(onri_import *im)
{
    for (size_t i = 0; i < sizeof demands / sizeof *demands; i++) {
        const demand *d = &demands[i];
        const onri_json *v;
        const onr_status st = onri_cfg_get(&im->mem, &im->cfg, d->section, d->key, &v, im->err);
        if (st != ONR_OK) return st;
        if (!is_value(v, d->value))
            return onri_import_refuse(im, "config.cfg [%s] %s is '%.*s', the engine needs %s",
                                      d->section, d->key, v ? (int)v->str.n : 4,
                                      v ? (v->str.p ? v->str.p : "") : "none", d->value);
    }
    onr_status st = check_pipeline(im);
    if (st == ONR_OK) st = check_saved(im, "parser/cfg");
    if (st == ONR_OK) st = check_saved(im, "ner/cfg");
    return st;
}
