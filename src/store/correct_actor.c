/* An actor or a mention that was overlooked, or that stands with the wrong actor: "he" is another
 * man. A span is one mention of one entity, so a mention that another entity has moves. Source:
 * own. Leaves out roles and parts. */
#include "store/correct.h"
#include "store/correct_fields.h"

#include "record/record.h"

#define MINE(type, p) ((type *)(uintptr_t)(p))

static onr_sv of(const onri_json *set, const char *name)
{
    return onri_json_str(onri_json_get(set, name), (onr_sv){ "", 0 });
}

bool onri_is_actor_field(onr_sv what, onr_sv name)
{
    static const char *const actor[] = { "name", "type", "country", "wikidata", "words", "at" },
                             *const mention[] = { "actor", "kind", "words", "at" };
    const bool is_actor = onri_eqz(what, "actor");
    const char *const *list = is_actor ? actor : mention;
    const size_t n = is_actor ? sizeof actor / sizeof *actor : sizeof mention / sizeof *mention;
    for (size_t i = 0; i < n; i++)
        if (onri_eqz(name, list[i])) return true;
    return false;
}

static bool same(onr_span a, onr_span b)
{
    return a.beg == b.beg && a.end == b.end;
}

/* Take mention m out of an entity. What was joined through it is joined to where it was. */
static bool take_out(onri_editor *e, onr_entity *who, uint32_t m)
{
    const uint32_t to = who->mentions[m].joined_to;
    onr_mention *left = ONRI_NEW_N(e->mem, who->n_mentions, onr_mention);
    e->no_memory |= !left;
    if (!left) return false;
    uint32_t n = 0;
    for (uint32_t i = 0; i < who->n_mentions; i++) {
        if (i == m) continue;
        left[n] = who->mentions[i];
        if (left[n].joined_to == m) left[n].joined_to = to == i ? ONR_NONE : to;
        if (left[n].joined_to != ONR_NONE && left[n].joined_to > m) left[n].joined_to--;
        n++;
    }
    who->mentions = left;
    who->n_mentions = n;
    return true;
}

/* The span goes out of whatever entity has it. */
static bool make_free(onri_editor *e, onr_span s, uint32_t but)
{
    for (uint32_t i = 0; i < e->rec->n_entities; i++) {
        onr_entity *who = &MINE(onr_entity, e->rec->entities)[i];
        for (uint32_t m = 0; m < who->n_mentions; m++) {
            if (!same(who->mentions[m].span, s)) continue;
            if (i == but)
                return onri_misfit(e, "words", "these are already a mention of", who->name);
            if (who->n_mentions == 1)
                return onri_misfit(e, "words", "these are all that the article has of", who->name);
            return take_out(e, who, m);
        }
    }
    return true;
}

static bool put_in(onri_editor *e, onr_entity *who, onr_span s, onr_mention_kind kind)
{
    onr_mention *more = ONRI_NEW_N(e->mem, who->n_mentions + (size_t)1, onr_mention);
    e->no_memory |= !more;
    if (!more) return false;
    uint32_t at = 0, n = 0;
    while (at < who->n_mentions && who->mentions[at].span.beg <= s.beg) at++;
    for (uint32_t i = 0; i < who->n_mentions; i++) {
        if (i == at) n++;
        more[n] = who->mentions[i];
        if (more[n].joined_to != ONR_NONE && more[n].joined_to >= at) more[n].joined_to++;
        n++;
    }
    more[at] = (onr_mention){
        .span = s, .head = s, .kind = kind, .rule = "correction", .p = 1, .joined_to = ONR_NONE
    };
    who->mentions = more;
    who->n_mentions++;
    return true;
}

static bool at_of(onri_editor *e, const onri_json *set)
{
    const onr_sv at = of(set, "at");
    uint64_t byte;
    if (at.n == 0) return true;
    if (!onri_parse_u64(at, &byte) || byte >= e->rec->text.n)
        return onri_misfit(e, "at", "no byte of the text:", at);
    e->near = (uint32_t)byte;
    return true;
}

static const char *mention_name(int v)
{
    return onr_mention_kind_name((onr_mention_kind)v);
}

static const char *type_name(int v)
{
    return onr_entity_type_name((onr_entity_type)v);
}

bool onri_add_mention(onri_editor *e, const onri_json *set)
{
    onr_span s;
    const onr_sv kind = of(set, "kind");
    const uint32_t who = onri_entity_called(e, "actor", of(set, "actor"));
    if (who == ONR_NONE || !at_of(e, set) || !onri_words_at(e, "words", of(set, "words"), &s))
        return false;
    const int k = kind.n ? onri_label_called(e, "kind", onri_mention_kind_find, ONR_MENTION__COUNT,
                                             mention_name, kind)
                         : ONR_MENTION_NOMINAL;
    return k >= 0 && make_free(e, s, who) &&
           put_in(e, &MINE(onr_entity, e->rec->entities)[who], s, (onr_mention_kind)k);
}

bool onri_add_actor(onri_editor *e, onr_sv id, const onri_json *set)
{
    onr_span s;
    const onr_sv name = of(set, "name"), words = of(set, "words"), type = of(set, "type"),
                 country = of(set, "country");
    if (name.n == 0) return onri_misfit(e, "name", "has to be set; nothing is", name);
    for (uint32_t i = 0; i < e->rec->n_entities; i++)
        if (onri_eq(e->rec->entities[i].name, name))
            return onri_misfit(e, "name", "the article has it (add a mention):", name);
    const int t = type.n ? onri_label_called(e, "type", onri_entity_type_find, ONR_ENTITY__COUNT,
                                             type_name, type)
                         : ONR_ENTITY_PERSON;
    /* Whoever is named the first time is meant: all places of the name are not his for sure. */
    if (e->near == ONR_NONE) e->near = 0;
    if (t < 0 || !at_of(e, set) || !onri_words_at(e, "words", words.n ? words : name, &s))
        return false;
    onr_entity *more = ONRI_NEW_N(e->mem, e->rec->n_entities + (size_t)1, onr_entity);
    e->no_memory |= !more;
    if (!more) return false;
    memcpy(more, e->rec->entities, e->rec->n_entities * sizeof *more);
    more[e->rec->n_entities] = (onr_entity){ .id = id,
                                             .type = (onr_entity_type)t,
                                             .name = name,
                                             .country = country,
                                             .wikidata = of(set, "wikidata") };
    e->rec->entities = more;
    const uint32_t at = e->rec->n_entities++;
    return make_free(e, s, at) && put_in(e, &more[at], s, ONR_MENTION_NAME);
}
