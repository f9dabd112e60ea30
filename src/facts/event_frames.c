/* Reading the event frames of data/events into a frozen book. The notation is described in
 * docs/rules.md ("Event frames"). Source: own. */
#include "facts/event_guess.h"

#include "base/embedded.h"

static onr_status bad(onr_error *err, const char *name, uint32_t line, const char *what,
                      onr_sv word)
{
    (void)onri_fail(err, ONR_E_SYNTAX, "event", "%s, line %u: %s '%.*s'", name, line, what,
                    (int)(word.n < 60 ? word.n : 60), word.p ? word.p : "");
    if (err) err->line = line;
    return ONR_E_SYNTAX;
}

static uint32_t atom_of(onri_event_book *b, onr_sv word)
{
    const uint32_t a = onri_atom(&b->atoms, word);
    while (a != ONR_NONE && b->first.n <= a) {
        uint32_t *slot = ONRI_PUSH(b->mem, &b->first);
        if (!slot) return ONR_NONE;
        *slot = ONR_NONE;
    }
    return a;
}

static uint32_t set_of(onri_event_book *b, onr_sv name, bool add)
{
    for (uint32_t i = 0; i < b->set_names.n; i++)
        if (onri_eq(b->set_names.at[i], name)) return i;
    if (!add) return ONR_NONE;
    onr_sv *slot = ONRI_PUSH(b->mem, &b->set_names);
    if (!slot) return ONR_NONE;
    *slot = onri_dup(b->mem, name);
    return b->set_names.n - 1;
}

static bool put_in_set(onri_event_book *b, uint32_t set, onr_sv words, char sep)
{
    for (onr_sv rest = words, w; onri_split(&rest, sep, &w);) {
        w = onri_trim(w);
        if (w.n == 0) continue;
        const uint32_t a = atom_of(b, w);
        if (a == ONR_NONE || !onri_map_put(&b->in_set, (uint64_t)set << 32 | a, 1)) return false;
    }
    return true;
}

/* What the filler is called in a frame, or a set. */
static bool parse_filler(onri_event_book *b, onr_sv s, onri_frame_cond *c)
{
    static const struct {
        const char *name;
        onri_filler filler;
    } builtin[] = { { "actor", ONRI_FILL_ACTOR }, { "person", ONRI_FILL_PERSON },
                    { "named", ONRI_FILL_NAMED }, { "state", ONRI_FILL_STATE },
                    { "group", ONRI_FILL_GROUP }, { "place", ONRI_FILL_PLACE },
                    { "money", ONRI_FILL_MONEY } };
    for (size_t i = 0; i < sizeof builtin / sizeof *builtin; i++)
        if (onri_eqz(s, builtin[i].name)) {
            c->filler = (uint8_t)builtin[i].filler;
            return true;
        }
    c->filler = ONRI_FILL_SET;
    if (s.n > 1 && s.p[0] == '@') {
        c->set = set_of(b, onri_sub(s, 1, s.n), false);
        return c->set != ONR_NONE;
    }
    const bool braces = s.n > 2 && s.p[0] == '{' && s.p[s.n - 1] == '}';
    /* a set of its own, named by its words */
    c->set = set_of(b, s, true);
    return c->set != ONR_NONE && put_in_set(b, c->set, braces ? onri_sub(s, 1, s.n - 1) : s, ',');
}

static bool parse_role(onr_sv s, uint8_t *role)
{
    *role = ONRI_ROLE_NONE;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == 'S')
            *role |= ONRI_ROLE_SOURCE;
        else if (s.p[i] == 'T')
            *role |= ONRI_ROLE_TARGET;
        else if (s.p[i] == 'N')
            *role |= ONRI_ROLE_QUIET;
        else
            return false;
    }
    return s.n > 0;
}

/* One condition: "o=T", "on:@talks=T", "to+", "-o", "prt:off", "guilty". */
static bool parse_cond(onri_event_book *b, onr_sv s, char pos, onri_frame_cond *c)
{
    *c = (onri_frame_cond){ .word = ONR_NONE, .set = ONR_NONE };
    static const struct {
        const char *text;
        onri_slot slot;
    } whole[] = { { "-o", ONRI_SLOT_NO_OBJ },
                  { "-to", ONRI_SLOT_NO_TO },
                  { "passive", ONRI_SLOT_PASSIVE },
                  { "say=S", ONRI_SLOT_SAY },
                  { "that:other", ONRI_SLOT_THAT_OTHER } };
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (onri_eqz(s, whole[i].text)) {
            c->slot = (uint8_t)whole[i].slot;
            if (c->slot == ONRI_SLOT_SAY) c->role = ONRI_ROLE_SOURCE;
            if (c->slot == ONRI_SLOT_THAT_OTHER) c->role = ONRI_ROLE_TARGET;
            return true;
        }
    const size_t plus = onri_find(s, ONR_SV("+"), 0);
    if (plus != SIZE_MAX) {
        const onr_sv what = onri_sub(s, 0, plus), more = onri_sub(s, plus + 1, s.n);
        c->slot = onri_eqz(what, "to") ? ONRI_SLOT_TO : ONRI_SLOT_THAT;
        if (onri_eqz(more, "coop"))
            c->filler = ONRI_FILL_COOP;
        else if (onri_eqz(more, "hostile"))
            c->filler = ONRI_FILL_HOSTILE;
        else if (more.n)
            return false;
        return c->slot == ONRI_SLOT_TO || onri_eqz(what, "that");
    }
    onr_sv head = s, filler = { NULL, 0 };
    const size_t eq = onri_find(s, ONR_SV("="), 0);
    if (eq != SIZE_MAX) {
        if (!parse_role(onri_sub(s, eq + 1, s.n), &c->role)) return false;
        head = onri_sub(s, 0, eq);
    }
    const size_t colon = onri_find(head, ONR_SV(":"), 0);
    if (colon != SIZE_MAX) {
        filler = onri_sub(head, colon + 1, head.n);
        head = onri_sub(head, 0, colon);
    }
    static const struct {
        const char *name;
        onri_slot slot;
    } slots[] = { { "o", ONRI_SLOT_OBJ },     { "io", ONRI_SLOT_IOBJ },
                  { "s", ONRI_SLOT_SUBJ },    { "adj", ONRI_SLOT_ADJ },
                  { "poss", ONRI_SLOT_POSS }, { "subj", ONRI_SLOT_BE_SUBJ },
                  { "oprd", ONRI_SLOT_WORD } };
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (onri_eqz(head, slots[i].name)) {
            c->slot = (uint8_t)slots[i].slot;
            return filler.n == 0 || parse_filler(b, filler, c);
        }
    if (onri_eqz(head, "prt")) {
        c->slot = ONRI_SLOT_PART;
        c->word = filler.n ? atom_of(b, filler) : ONR_NONE;
        return true;
    }
    static const char *const preps =
        " about against at between by down for from in into near of on out "
        "over through to toward towards under upon with behind as "
        "within ";
    char padded[34] = " ";
    if (head.n == 0 || head.n > 30) return false;
    memcpy(padded + 1, head.p, head.n);
    memcpy(padded + 1 + head.n, " ", 2);
    c->word = atom_of(b, head);
    c->slot = strstr(preps, padded) ? ONRI_SLOT_PREP : pos == 'n' ? ONRI_SLOT_ADJ : ONRI_SLOT_WORD;
    return c->word != ONR_NONE && (filler.n == 0 || parse_filler(b, filler, c));
}

uint8_t onri_event_type_find(const onri_event_book *b, onr_sv name)
{
    for (uint32_t i = 0; i < b->types.n; i++)
        if (onri_eq(b->types.at[i].name, name)) return (uint8_t)i;
    return UINT8_MAX;
}

static uint8_t type_of(onri_event_book *b, onr_sv name)
{
    static const char *const hostile[] = { "THREATEN", "PROTEST", "SANCTION",
                                           "MOBILIZE", "COERCE",  "ASSAULT" };
    static const char *const verbal[] = { "REQUEST", "ACCUSE", "REJECT", "THREATEN" };
    const uint8_t known = onri_event_type_find(b, name);
    if (known != UINT8_MAX) return known;
    if (b->types.n >= UINT8_MAX) return UINT8_MAX;
    onri_type_row *slot = ONRI_PUSH(b->mem, &b->types);
    if (!slot) return UINT8_MAX;
    slot->name = onri_dup(b->mem, name);
    slot->scheme = b->n_schemes;
    for (size_t i = 0; i < sizeof verbal / sizeof *verbal; i++)
        slot->verbal = slot->verbal || onri_eqz(name, verbal[i]);
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        slot->hostile = slot->hostile || onri_eqz(name, hostile[i]);
    return (uint8_t)(b->types.n - 1);
}

/* "assault.attack.3": type, lemma, the how manieth of the lemma's frames of that type. */
static const char *rule_name(onri_event_book *b, onr_sv type, onr_sv lemma, uint32_t n)
{
    onri_buf buf = onri_buf_make(256);
    for (size_t i = 0; i < type.n; i++)
        onri_buf_addc(&buf,
                      type.p[i] >= 'A' && type.p[i] <= 'Z' ? (char)(type.p[i] + 32) : type.p[i]);
    onri_buf_addc(&buf, '.');
    onri_buf_add(&buf, lemma);
    onri_buf_fmt(&buf, ".%u", n);
    const onr_sv made = buf.status == ONR_OK ? onri_dup(b->mem, onri_buf_sv(&buf)) : (onr_sv){ 0 };
    onri_buf_drop(&buf);
    return made.p;
}

/* Hang a copy of the frame on a lemma, after those it has. */
static bool add_frame(onri_event_book *b, const onri_frame *f, onr_sv lemma)
{
    const uint32_t a = atom_of(b, lemma);
    onri_frame *slot = a == ONR_NONE ? NULL : ONRI_PUSH(b->mem, &b->frames);
    if (!slot) return false;
    *slot = *f;
    slot->lemma = a;
    slot->next = ONR_NONE;
    uint32_t n = 1, *link = &b->first.at[a];
    for (; *link != ONR_NONE; link = &b->frames.at[*link].next)
        n += b->frames.at[*link].type == f->type; /* so that a row of another type shifts no id */
    *link = b->frames.n - 1;
    slot->rule = rule_name(b, b->types.at[f->type].name, lemma, n);
    return slot->rule != NULL;
}

/* "@talks<TAB>palaver powwow": words of a set; "type RAID<TAB>hostile": what kind of type it is. */
static onr_status own_line(onri_event_book *b, const char *name, uint32_t line, onr_sv row,
                           onr_error *err)
{
    const onr_sv what = onri_cell(&row, '\t'), rest = onri_cell(&row, '\t');
    if (what.n > 1 && what.p[0] == '@') {
        const uint32_t set = set_of(b, onri_sub(what, 1, what.n), true);
        return set != ONR_NONE && put_in_set(b, set, rest, ' ')
                   ? ONR_OK
                   : onri_fail_mem(err, b->mem, "event");
    }
    const onr_sv type = onri_trim(onri_sub(what, 5, what.n));
    if (type.n == 0) return bad(err, name, line, "no type after", what);
    const uint8_t t = type_of(b, type);
    if (t == UINT8_MAX) return onri_fail_mem(err, b->mem, "event");
    for (onr_sv words = rest, w; onri_split(&words, ' ', &w);) {
        if (onri_eqz(w, "hostile"))
            b->types.at[t].hostile = true;
        else if (onri_eqz(w, "verbal"))
            b->types.at[t].verbal = true;
        else if (w.n)
            return bad(err, name, line, "a type is hostile or verbal, not", w);
    }
    return ONR_OK;
}

static onr_status frame_line(onri_event_book *b, const char *name, uint32_t line, onr_sv row,
                             onr_error *err)
{
    if (row.p[0] == '@' || onri_starts(row, ONR_SV("type ")))
        return own_line(b, name, line, row, err);
    const onr_sv trigger = onri_cell(&row, '\t'), conds = onri_cell(&row, '\t'),
                 type = onri_cell(&row, '\t');
    const onr_sv mode = onri_cell(&row, '\t'), cameo = onri_cell(&row, '\t'),
                 flags = onri_cell(&row, '\t');
    if (trigger.n < 3 || trigger.p[trigger.n - 2] != '.')
        return bad(err, name, line, "a trigger is lemma.v, lemma.n, lemma.a or lemma.m, not",
                   trigger);
    onri_frame f = { .pos = trigger.p[trigger.n - 1], .next = ONR_NONE, .line = line };
    f.file = onri_dup(b->mem, onri_svz(name)).p;
    f.text = onri_dup(b->mem, conds);
    if (!strchr("vnam", f.pos)) return bad(err, name, line, "no part of speech", trigger);
    if (type.n == 0) return bad(err, name, line, "no type after", conds);
    for (onr_sv rest = conds, c; onri_split(&rest, ' ', &c);) {
        if (c.n == 0) continue;
        if (f.n_conds == ONRI_FRAME_CONDS)
            return bad(err, name, line, "too many conditions:", conds);
        if (!parse_cond(b, c, f.pos, &f.conds[f.n_conds++]))
            return bad(err, name, line, "not a condition:", c);
    }
    f.nothing = onri_eqz(type, "-");
    f.type = f.nothing ? 0 : type_of(b, type);
    if (f.type != UINT8_MAX && !f.nothing) f.scheme = b->types.at[f.type].scheme;
    f.mode = onri_dup(b->mem, mode);
    f.cameo = onri_dup(b->mem, cameo);
    f.reciprocal = onri_find(flags, ONR_SV("reciprocal"), 0) != SIZE_MAX;
    f.light = onri_find(flags, ONR_SV("light"), 0) != SIZE_MAX;
    if (f.type == UINT8_MAX || !f.mode.p || !f.cameo.p || !f.file || !f.text.p)
        return onri_fail_mem(err, b->mem, "event");
    for (onr_sv rest = onri_sub(trigger, 0, trigger.n - 2), lemma; onri_split(&rest, '|', &lemma);)
        if (lemma.n && !add_frame(b, &f, lemma)) return onri_fail_mem(err, b->mem, "event");
    return ONR_OK;
}

onr_status onri_event_frames_add(onri_event_book *book, const char *name, onr_sv tsv,
                                 onr_error *err)
{
    uint32_t line = 0;
    onr_status st = ONR_OK;
    if (book->loaded && book->n_schemes < UINT8_MAX) book->n_schemes++;
    for (onr_sv rest = tsv, row; st == ONR_OK && onri_split(&rest, '\n', &row);) {
        line++;
        if (onri_trim(row).n && row.p[0] != '#') st = frame_line(book, name, line, row, err);
    }
    return st;
}

static onr_status load_sets(onri_event_book *b, onr_sv tsv, onr_error *err)
{
    for (onr_sv rest = tsv, row; onri_split(&rest, '\n', &row);) {
        if (row.n == 0 || row.p[0] == '#') continue;
        const uint32_t set = set_of(b, onri_cell(&row, '\t'), true);
        if (set == ONR_NONE || !put_in_set(b, set, row, ' '))
            return onri_fail_mem(err, b->mem, "event");
    }
    b->making = set_of(b, ONR_SV("making"), false);
    b->speaking = set_of(b, ONR_SV("speaking"), false);
    if (b->making == ONR_NONE || b->speaking == ONR_NONE)
        return bad(err, "sets.tsv", 0, "no set", ONR_SV("making, speaking"));
    return ONR_OK;
}

static const char *const status_kinds[] = { "verb",   "noun",   "adj",     "adverb", "modal",
                                            "clause", "object", "passive", "raising" };

static onr_status load_status(onri_event_book *b, onr_sv tsv, onr_error *err)
{
    uint32_t line = 0;
    for (onr_sv rest = tsv, row; onri_split(&rest, '\n', &row);) {
        line++;
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv word = onri_cell(&row, '\t'), kind = onri_cell(&row, '\t'),
                     status = onri_cell(&row, '\t'), flag = onri_cell(&row, '\t');
        uint32_t k = 0, s = 0;
        while (k < ONRI_BY__COUNT && !onri_eqz(kind, status_kinds[k])) k++;
        while (s < ONR_EVENT__COUNT &&
               !onri_eqz(status, onr_event_status_name((onr_event_status)s)))
            s++;
        if (k == ONRI_BY__COUNT || s == ONR_EVENT__COUNT)
            return bad(err, "status.tsv", line, "unknown kind or status", word);
        if (onri_eqz(flag, "through"))
            s |= ONRI_STATUS_THROUGH;
        else if (onri_eqz(flag, "finite"))
            s |= ONRI_STATUS_FINITE;
        else if (onri_eqz(flag, "in"))
            s |= ONRI_STATUS_AFTER_IN;
        else if (flag.n)
            return bad(err, "status.tsv", line, "unknown flag", flag);
        const uint32_t a = atom_of(b, word);
        if (a == ONR_NONE || !onri_map_put(&b->status, (uint64_t)k << 32 | a, s))
            return onri_fail_mem(err, b->mem, "event");
    }
    return ONR_OK;
}

static onr_status load_carriers(onri_event_book *b, onr_sv tsv, onr_error *err)
{
    static const char *const ways[] = { "does", "undergoes", "carries" };
    uint32_t line = 0;
    for (onr_sv rest = tsv, row; onri_split(&rest, '\n', &row);) {
        line++;
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv how = onri_cell(&row, '\t');
        uint32_t k = 0;
        while (k < 3 && !onri_eqz(how, ways[k])) k++;
        if (k == 3) return bad(err, "carriers.tsv", line, "unknown way", how);
        for (onr_sv w; onri_split(&row, ' ', &w);) {
            const uint32_t a = w.n ? atom_of(b, w) : 0;
            if (w.n == 0) continue;
            const uint32_t old = a == ONR_NONE ? 0 : onri_map_get(&b->carriers, a);
            if (a == ONR_NONE ||
                !onri_map_put(&b->carriers, a, (old == ONR_NONE ? 0 : old) | 1u << k))
                return onri_fail_mem(err, b->mem, "event");
        }
    }
    return ONR_OK;
}

static onr_status load_codes(onri_event_book *b, onr_sv tsv, onr_error *err)
{
    for (onr_sv rest = tsv, row; onri_split(&rest, '\n', &row);) {
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv code = onri_cell(&row, '\t'), value = onri_cell(&row, '\t');
        double v;
        if (!onri_parse_double(value, &v)) continue;
        if (!onri_map_put(&b->goldstein, onri_hash(code), (uint32_t)(v * 10 + 1000.5)))
            return onri_fail_mem(err, b->mem, "event");
    }
    return ONR_OK;
}

static onr_status load_cities(onri_event_book *b, onr_sv tsv, onr_error *err)
{
    for (onr_sv rest = tsv, row; onri_split(&rest, '\n', &row);) {
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv name = onri_cell(&row, '\t'), country = onri_cell(&row, '\t');
        (void)onri_cell(&row, '\t'); /* inhabitants */
        (void)onri_cell(&row, '\t'); /* kind */
        const onr_sv lat = onri_cell(&row, '\t'), lon = onri_cell(&row, '\t');
        double y, x;
        if (!onri_parse_double(lat, &y) || !onri_parse_double(lon, &x)) continue;
        onri_city *slot = ONRI_PUSH(b->mem, &b->cities);
        if (!slot) return onri_fail_mem(err, b->mem, "event");
        *slot = (onri_city){ name, country, (float)y, (float)x }; /* built-in data stays */
        if (!onri_map_put(&b->city, onri_hash(name), b->cities.n - 1))
            return onri_fail_mem(err, b->mem, "event");
    }
    return ONR_OK;
}

/* "election", "human+rights", "code:062", "states:046", "by-state:190" of the last context. */
static bool put_context(onri_event_book *b, onr_sv word)
{
    static const char *const kinds[ONRI_CODE__COUNT] = { "code:", "states:", "by-state:",
                                                         "not-state:" };
    const uint32_t context = b->context_names.n - 1;
    for (uint32_t k = 0; k < ONRI_CODE__COUNT; k++) {
        const onr_sv kind = onri_svz(kinds[k]);
        if (onri_starts(word, kind))
            return onri_map_put(&b->context_code[k], onri_hash(onri_sub(word, kind.n, word.n)),
                                context);
    }
    size_t plus = 0;
    while (plus < word.n && word.p[plus] != '+') plus++;
    const uint32_t first = plus < word.n ? atom_of(b, onri_sub(word, 0, plus)) : 0;
    const uint32_t last = atom_of(b, plus < word.n ? onri_sub(word, plus + 1, word.n) : word);
    if (first == ONR_NONE || last == ONR_NONE) return false;
    const uint64_t key = plus < word.n ? (uint64_t)(first + 1) << 32 | last : last;
    return onri_map_put(&b->contexts, key, context);
}

static onr_status load_contexts(onri_event_book *b, onr_sv tsv, onr_error *err)
{
    for (onr_sv rest = tsv, row; onri_split(&rest, '\n', &row);) {
        if (row.n == 0 || row.p[0] == '#') continue;
        onr_sv *slot = ONRI_PUSH(b->mem, &b->context_names);
        if (!slot) return onri_fail_mem(err, b->mem, "event");
        *slot = onri_dup(b->mem, onri_cell(&row, '\t'));
        for (onr_sv w; onri_split(&row, ' ', &w);)
            if (w.n && !put_context(b, w)) return onri_fail_mem(err, b->mem, "event");
    }
    return ONR_OK;
}

static onr_status load_nested(onri_event_book *b, onr_sv tsv, onr_error *err)
{
    for (onr_sv rest = tsv, row; onri_split(&rest, '\n', &row);) {
        if (row.n == 0 || row.p[0] == '#') continue;
        onri_nested_row *slot = ONRI_PUSH(b->mem, &b->nested);
        if (!slot) return onri_fail_mem(err, b->mem, "event");
        slot->outer = type_of(b, onri_cell(&row, '\t'));
        slot->inner = type_of(b, onri_cell(&row, '\t'));
        slot->mode = onri_dup(b->mem, onri_cell(&row, '\t'));
        slot->cameo = onri_dup(b->mem, onri_cell(&row, '\t'));
    }
    return ONR_OK;
}

const onri_nested_row *onri_event_nested(const onri_event_book *b, uint8_t outer, uint8_t inner)
{
    for (uint32_t i = 0; i < b->nested.n; i++)
        if (b->nested.at[i].outer == outer && b->nested.at[i].inner == inner)
            return &b->nested.at[i];
    return NULL;
}

/* Weights of who is meant: role, feature or "least", weight. */
static onr_status load_weights(onri_event_book *b, onr_sv tsv, onr_error *err)
{
    uint32_t line = 0;
    b->guess_least[0] = b->guess_least[1] = 1e9f; /* without weights nobody is guessed */
    for (onr_sv rest = tsv, row; tsv.p && onri_split(&rest, '\n', &row);) {
        line++;
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv role = onri_cell(&row, '\t'), name = onri_cell(&row, '\t'),
                     value = onri_cell(&row, '\t');
        const bool target = onri_eqz(role, "target");
        double v;
        uint32_t f = 0;
        if (onri_eqz(role, "p") && onri_parse_double(value, &v)) {
            float *slot = ONRI_PUSH(b->mem, &b->belief_weight);
            if (!slot || !onri_map_put(&b->belief, onri_hash(name), b->belief_weight.n - 1))
                return onri_fail_mem(err, b->mem, "event");
            *slot = (float)v;
            continue;
        }
        while (f < ONRI_GUESS__COUNT && !onri_eqz(name, onri_guess_name((onri_guess_feature)f)))
            f++;
        if (!onri_parse_double(value, &v) || (!target && !onri_eqz(role, "source")))
            return bad(err, "weights.tsv", line, "no role or no number", name);
        if (onri_eqz(name, "least"))
            b->guess_least[target] = (float)v;
        else if (f < ONRI_GUESS__COUNT)
            b->guess[target][f] = (float)v;
        else
            return bad(err, "weights.tsv", line, "unknown feature", name);
    }
    return ONR_OK;
}

onr_status onri_event_book_new(onr_arena *mem, onri_event_book **out, onr_error *err)
{
    onri_event_book *b = ONRI_NEW(mem, onri_event_book);
    if (!b) return onri_fail_mem(err, mem, "event");
    b->mem = mem;
    onri_atoms_init(&b->atoms, mem);
    onri_map_init(&b->in_set, mem);
    onri_map_init(&b->status, mem);
    onri_map_init(&b->carriers, mem);
    onri_map_init(&b->city, mem);
    onri_map_init(&b->goldstein, mem);
    onri_map_init(&b->contexts, mem);
    for (int k = 0; k < ONRI_CODE__COUNT; k++) onri_map_init(&b->context_code[k], mem);
    onri_map_init(&b->belief, mem);
    *out = b;
    return ONR_OK;
}

onr_status onri_event_book_load(onri_event_book *book, onr_error *err)
{
    onr_status st = load_sets(book, onri_data_get("events/sets.tsv"), err);
    if (st == ONR_OK) st = load_status(book, onri_data_get("events/status.tsv"), err);
    if (st == ONR_OK) st = load_carriers(book, onri_data_get("events/carriers.tsv"), err);
    if (st == ONR_OK) st = load_codes(book, onri_data_get("events/codes.tsv"), err);
    if (st == ONR_OK) st = load_cities(book, onri_data_get("actors/cities.tsv"), err);
    if (st == ONR_OK) st = load_contexts(book, onri_data_get("events/contexts.tsv"), err);
    if (st == ONR_OK) st = load_weights(book, onri_data_get("events/weights.tsv"), err);
    if (st == ONR_OK) st = load_nested(book, onri_data_get("events/nested.tsv"), err);
    for (size_t i = 0; st == ONR_OK && i < onri_data_n; i++) {
        const onr_sv name = onri_svz(onri_data[i].name);
        if (onri_starts(name, ONR_SV("events/plover/")))
            st = onri_event_frames_add(book, onri_data[i].name, onri_data[i].bytes, err);
    }
    book->loaded = true;
    return st;
}
