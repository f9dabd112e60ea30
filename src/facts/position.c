/* Positions: words that say a stance come first (position_words.c); then acts that show one, by the
 * table of data/positions/stances.tsv - who demands a thing is for it, who condemns it is against
 * it, who will do it only under a condition stands conditionally. Source: own. Leaves out: stances
 * that only the tone shows. */
#include "facts/position_i.h"

#include "base/embedded.h"

enum { EVIDENCE_MAX = 16, KNOWN_MAX = 512 };

#define PS_NAME(id, name) name,
static const char *const classes[] = { PS_CLASSES(PS_NAME) };

uint8_t ps_stance(onr_sv name)
{
    uint8_t s = 0;
    while (s < ONR_STANCE__COUNT && !onri_eqz(name, onr_stance_name((onr_stance)s))) s++;
    return s;
}

static onr_status load_acts(onr_arena *mem, onri_stance_know *k, onr_error *err)
{
    uint32_t line = 0;
    for (onr_sv rest = onri_data_get("positions/stances.tsv"), row;
         onri_split(&rest, '\n', &row);) {
        line++;
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv layer = onri_cell(&row, '\t'), what = onri_cell(&row, '\t'),
                     stance = onri_cell(&row, '\t');
        const uint8_t s = ps_stance(stance);
        if (layer.n == 0 || (s == PS_NONE && !onri_eqz(stance, "none")))
            return onri_fail(err, ONR_E_SYNTAX, "position",
                             "stances, line %u: unknown layer or stance", line);
        ps_act *slot = ONRI_PUSH(mem, &k->acts);
        if (!slot) return onri_fail_mem(err, mem, "position");
        *slot = (ps_act){ layer.p[0], onri_dup(mem, what), s, line };
    }
    return ONR_OK;
}

static bool add_adjective(onr_arena *mem, onri_stance_know *k, onr_sv country, onr_sv adjective)
{
    const uint32_t at = onri_atom(&k->countries, country);
    if (at == ONR_NONE) return false;
    if (at < k->adjectives.n) return true; /* the hand-made one stands already */
    onr_sv *slot = ONRI_PUSH(mem, &k->adjectives);
    return slot && (*slot = onri_dup(mem, adjective)).p;
}

/* Adjectives of states by code: the hand-made rows first, then those of the packages. */
static onr_status load_adjectives(onr_arena *mem, onri_stance_know *k, onr_error *err)
{
    onri_atoms_init(&k->countries, mem);
    bool ok = true;
    for (onr_sv rest = onri_data_get("actors/states.tsv"), row;
         ok && onri_split(&rest, '\n', &row);) {
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv code = onri_cell(&row, '\t'), kind = onri_cell(&row, '\t');
        onr_sv words = onri_cell(&row, '\t'), first;
        if (onri_eqz(kind, "adj") && onri_split(&words, '|', &first))
            ok = add_adjective(mem, k, code, onri_trim(first));
    }
    for (onr_sv rest = onri_data_get("actors/countries.tsv"), row;
         ok && onri_split(&rest, '\n', &row);) {
        if (row.n == 0 || row.p[0] == '#') continue;
        const onr_sv code = onri_cell(&row, '\t');
        onr_sv cell = { "", 0 };
        for (int i = 0; i < 5; i++) cell = onri_cell(&row, '\t');
        if (cell.n) ok = add_adjective(mem, k, code, cell);
    }
    return ok ? ONR_OK : onri_fail_mem(err, mem, "position");
}

onr_status onri_stance_know_load(onr_arena *mem, const onri_issue_list *issues,
                                 const onri_stance_know **out, onr_error *err)
{
    onri_stance_know *k = ONRI_NEW(mem, onri_stance_know);
    if (!k) return onri_fail_mem(err, mem, "position");
    k->issues = issues;
    *out = k;
    onr_status st =
        onri_lexicon_load(mem, "positions/words.tsv", onri_data_get("positions/words.tsv"), classes,
                          PS__COUNT, &k->lex, err);
    if (st == ONR_OK) st = load_acts(mem, k, err);
    return st == ONR_OK ? load_adjectives(mem, k, err) : st;
}

/* The longest matching row, NULL: none. */
static const ps_act *act_of(const onri_stance_know *k, char layer, onr_sv what, onr_sv mode)
{
    const ps_act *got = NULL;
    for (uint32_t i = 0; i < k->acts.n; i++) {
        const ps_act *r = &k->acts.at[i];
        if (r->layer != layer) continue;
        if (onri_eq(r->what, what) && !got) got = r;
        if (mode.n && r->what.n == what.n + mode.n + 1 && onri_starts(r->what, what) &&
            onri_ends(r->what, mode))
            return r;
    }
    return got;
}

/* ---- adding --------------------------------------------------------------------------------- */

static bool is_known(const onri_draft *d, uint32_t entity, onr_span s)
{
    for (uint32_t i = d->positions.n; i-- > 0 && d->positions.n - i < 64;) {
        const onr_position *p = &d->positions.at[i];
        for (uint32_t k = 0; k < p->evidence.n; k++)
            if (p->entity == entity && p->evidence.at[k].beg < s.end &&
                s.beg < p->evidence.at[k].end)
                return true;
    }
    return false;
}

static bool same_word(onr_sv a, onr_sv b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++) {
        const char p = a.p[i] >= 'A' && a.p[i] <= 'Z' ? (char)(a.p[i] + 32) : a.p[i];
        const char q = b.p[i] >= 'A' && b.p[i] <= 'Z' ? (char)(b.p[i] + 32) : b.p[i];
        if (p != q) return false;
    }
    return true;
}

/* "Treaty" is the word "treaty". */
static bool has_word(onr_sv phrase, onr_sv word)
{
    for (onr_sv rest = phrase, w; onri_split(&rest, ' ', &w);)
        if (same_word(w, word)) return true;
    return false;
}

/* Is every word of a in b? Prepositions do not count, at least one word must. */
static bool is_part(onr_sv a, onr_sv b)
{
    static const char *const small[] = { "of", "in", "for", "to", "on", "by", "with", "from" };
    uint32_t n = 0;
    for (onr_sv rest = a, w; onri_split(&rest, ' ', &w);) {
        bool counts = true;
        for (size_t i = 0; i < sizeof small / sizeof *small; i++)
            counts = counts && !onri_eqz(w, small[i]);
        if (!counts) continue;
        if (!has_word(b, w)) return false;
        n++;
    }
    return n > 0;
}

/* Are most of their words the same ("foreign interference in Indian affair", "interference in
 * Indian internal affair")? */
static bool is_near(onr_sv a, onr_sv b)
{
    enum { WORD_MIN = 4, WORDS_MIN = 2 };
    uint32_t both = 0, all = 0;
    for (onr_sv rest = a, w; onri_split(&rest, ' ', &w);) {
        if (w.n < WORD_MIN) continue;
        all++;
        both += has_word(b, w);
    }
    for (onr_sv rest = b, w; onri_split(&rest, ' ', &w);) all += w.n >= WORD_MIN && !has_word(a, w);
    return both >= WORDS_MIN && 2 * both >= all;
}

static bool shares_word(onr_sv a, onr_sv b)
{
    enum { WORD_MIN = 4 }; /* shorter ones are prepositions */
    for (onr_sv rest = a, w; onri_split(&rest, ' ', &w);)
        if (w.n >= WORD_MIN && has_word(b, w)) return true;
    return false;
}

bool ps_in_title(const onri_draft *d, uint32_t byte)
{
    return d->article->title.beg <= byte && byte < d->article->title.end;
}

/* Has the actor taken this stance on this issue already? Then the words are one more piece of
 * evidence, and the fuller phrase stays. A headline tells in fewer words what the article tells:
 * there one word in common is enough. *merged: so it was. */
static onr_status merge(ps_ctx *x, const ps_find *f, uint8_t stance, onr_sv issue, bool *merged,
                        onr_error *err)
{
    onri_draft *d = x->d;
    *merged = false;
    for (uint32_t i = d->positions.n > KNOWN_MAX ? d->positions.n - KNOWN_MAX : 0;
         i < d->positions.n; i++) {
        onr_position *p = &d->positions.at[i];
        if (p->entity != f->entity || p->stance != (onr_stance)stance ||
            (!is_part(issue, p->issue) && !is_part(p->issue, issue) && !is_near(issue, p->issue) &&
             !(x->title && shares_word(issue, p->issue))))
            continue;
        *merged = true;
        if (issue.n > p->issue.n && !x->title) p->issue = issue;
        uint32_t at = 0;
        while (at < p->evidence.n && p->evidence.at[at].beg < f->evidence.beg) at++;
        const bool apart = (at == 0 || p->evidence.at[at - 1].end <= f->evidence.beg) &&
                           (at == p->evidence.n || f->evidence.end <= p->evidence.at[at].beg);
        if (!apart || p->evidence.n >= EVIDENCE_MAX) return ONR_OK;
        onr_span *all = ONRI_NEW_N(d->keep, p->evidence.n + (size_t)1, onr_span);
        if (!all) return onri_fail_mem(err, d->keep, "position");
        for (uint32_t k = 0; k <= p->evidence.n; k++)
            all[k] = k < at ? p->evidence.at[k] : k == at ? f->evidence : p->evidence.at[k - 1];
        p->evidence = (onr_spans){ all, p->evidence.n + 1 };
        return ONR_OK;
    }
    return ONR_OK;
}

/* Does the article say the headline's stance in full, of an actor it calls by another name? */
static bool told_in_full(const ps_ctx *x, uint8_t stance, onr_sv issue)
{
    const uint32_t n = x->d->positions.n;
    for (uint32_t i = n > KNOWN_MAX ? n - KNOWN_MAX : 0; i < n; i++) {
        const onr_position *p = &x->d->positions.at[i];
        if (p->stance == (onr_stance)stance && !ps_in_title(x->d, p->evidence.at[0].beg) &&
            shares_word(issue, p->issue))
            return true;
    }
    return false;
}

void ps_tell(const ps_ctx *x, const ps_find *f, const char *lost)
{
    if (!x->d->tell) return;
    const onri_candidate c = { .layer = "positions",
                               .rule = f->rule,
                               .at = { x->t[f->trigger].beg, x->t[f->trigger].end },
                               .lost = lost,
                               .table = f->table,
                               .line = f->line };
    x->d->tell(x->d->tell_arg, &c);
}

/* From the word that shows it to the end of what it is about, or the other way round. */
static onr_span span_of(const ps_ctx *x, uint32_t trigger, uint32_t topic, uint32_t beg,
                        uint32_t end)
{
    if (x->t[topic].sent != x->t[trigger].sent) topic = trigger; /* a vote told of before */
    if (x->t[beg].sent != x->t[trigger].sent) beg = end = trigger;
    uint32_t a = trigger < beg ? trigger : beg;
    ONRI_EACH_CHILD (&x->view.tree, c, trigger) /* "did not recognise" */
        if (c < a && (x->t[c].dep == ONR_DEP_AUX || x->t[c].dep == ONR_DEP_NEG)) a = c;
    uint32_t b = trigger + 1 > end ? trigger + 1 : end;
    if (x->t[topic].r_edge + 1 > b) b = x->t[topic].r_edge + 1;
    while (b > a + 1 && (x->t[b - 1].pos == ONR_POS_PUNCT || x->t[b - 1].pos == ONR_POS_SPACE)) b--;
    return (onr_span){ x->t[a].beg, x->t[b - 1].end };
}

onr_status ps_add(ps_ctx *x, ps_find *f, onr_error *err)
{
    onri_draft *d = x->d;
    if (f->entity == ONR_NONE || f->stance == PS_NONE || f->topic == ONR_NONE) return ONR_OK;
    const char *why = NULL;
    bool against = false;
    uint32_t beg = f->topic, end = f->topic + 1;
    onr_sv issue = { "", 0 };
    const onr_entity *who = &d->entities.at[f->entity];
    if (!onri_is_actor_type(who->type)) why = "nobody who could take sides";
    if (onri_only_pronouns(who) || onri_lex(&x->know->lex, PS_NOBODY, who->name))
        why = "nobody knows who";
    ONRI_EACH_CHILD (&x->view.tree, m, f->topic)
        if (!f->supposed &&
            ((x->t[m].dep == ONR_DEP_MARK && (ps_is(x, m, "whether") || ps_is(x, m, "if"))) ||
             (ps_verb(x, f->topic) && m < f->topic &&
              (x->t[m].tag == ONR_TAG_WP || x->t[m].tag == ONR_TAG_WRB))))
            why = "a question";
    if (!why && x->view.entity_at[f->topic] == f->entity && !ps_verb(x, f->topic)) why = "his own";
    if (ps_verb(x, f->topic) && ps_verb_row(x, PS_TALK, f->topic)) why = "words, and no issue";
    if (!why) {
        issue = ps_issue(x, f->topic, &against, &beg, &end);
        if (f->refused && onri_tree_child(&x->view.tree, f->topic, ONR_DEP_NEG) != ONR_NONE)
            against = !against;
        if (!issue.p) return onri_fail_mem(err, d->keep, "position");
        if (issue.n == 0) why = "the issue is not named";
    }
    if (f->evidence.end == 0) f->evidence = span_of(x, f->trigger, f->topic, beg, end);
    if (!why && is_known(d, f->entity, f->evidence)) why = "told already";
    if (why) {
        ps_tell(x, f, why);
        return ONR_OK;
    }
    uint8_t stance = f->stance;
    if (against && stance == ONR_STANCE_FOR)
        stance = ONR_STANCE_AGAINST;
    else if (against && stance == ONR_STANCE_AGAINST)
        stance = ONR_STANCE_FOR;
    bool merged;
    const onr_status st = merge(x, f, stance, issue, &merged, err);
    if (st != ONR_OK || merged) {
        if (merged) ps_tell(x, f, "told already: one more piece of evidence");
        return st;
    }
    if (x->title && told_in_full(x, stance, issue)) {
        ps_tell(x, f, "a headline: the article tells it in full");
        return ONR_OK;
    }
    onr_span *at = ONRI_NEW(d->keep, onr_span);
    onr_position *p = at ? ONRI_PUSH(d->keep, &d->positions) : NULL;
    if (!p) return onri_fail_mem(err, d->keep, "position");
    *at = f->evidence;
    *p = (onr_position){ .entity = f->entity,
                         .issue = issue,
                         .topic = onri_issue_find(x->know->issues, issue, x->t, beg, end),
                         .stance = (onr_stance)stance,
                         .evidence = { at, 1 },
                         .statement = f->statement,
                         .rule = f->rule,
                         .p = f->p };
    ps_tell(x, f, NULL);
    return ONR_OK;
}

/* ---- acts ----------------------------------------------------------------------------------- */

/* What the act at tok is about: object, infinitive or clause, phrase after a preposition. */
static uint32_t topic_of(const ps_ctx *x, uint32_t tok)
{
    static const onr_dep order[] = { ONR_DEP_XCOMP, ONR_DEP_DOBJ, ONR_DEP_CCOMP, ONR_DEP_NSUBJPASS,
                                     ONR_DEP_ACL };
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        const uint32_t c = onri_tree_child(&x->view.tree, tok, order[k]);
        /* "were opposed to the change": who is opposed is not the issue */
        if (order[k] == ONR_DEP_NSUBJPASS && ps_slot(x, tok, ONR_SV("to")) != ONR_NONE &&
            onri_tree_agent(&x->view.tree, tok) == ONR_NONE)
            continue;
        if (c != ONR_NONE) return c;
    }
    ONRI_EACH_CHILD (&x->view.tree, c, tok) {
        if (x->t[c].dep != ONR_DEP_PREP) continue;
        const uint32_t p = onri_tree_child(&x->view.tree, c, ONR_DEP_POBJ);
        if (p != ONR_NONE) return p;
    }
    return ONR_NONE;
}

static ps_find find_of(const ps_act *a, const char *rule, float p)
{
    return (ps_find){ .entity = ONR_NONE,
                      .stance = a->stance,
                      .topic = ONR_NONE,
                      .statement = ONR_NONE,
                      .rule = rule,
                      .table = "positions/stances.tsv",
                      .line = a->line,
                      .p = p };
}

/* The token in the span that hangs outside of it. */
static uint32_t root_of(const ps_ctx *x, onr_span s, bool verb)
{
    uint32_t root = onri_token_at(x->parse, s.beg);
    for (uint32_t k = root; k < x->parse->n_tokens && x->t[k].beg < s.end; k++) {
        const onr_token *h = &x->t[x->t[k].head];
        if (x->t[k].pos == ONR_POS_PUNCT || (verb && !ps_verb(x, k))) continue;
        if (h->beg < s.beg || h->beg >= s.end || x->t[k].head == k) return k;
    }
    return root;
}

static onr_status from_event(ps_ctx *x, uint32_t i, onr_error *err)
{
    const onr_event *e = &x->d->events.at[i];
    if (ps_in_title(x->d, e->trigger.at[0].beg) != x->title) return ONR_OK;
    if (e->status == ONR_EVENT_ALLEGED || e->status == ONR_EVENT_NEGATED ||
        e->status == ONR_EVENT_CONDITIONAL)
        return ONR_OK;
    const ps_act *a = act_of(x->know, 'e', e->plover, e->mode);
    if (!a || a->stance == PS_NONE) return ONR_OK;
    ps_find f = find_of(a, "position.event", 0.5f);
    f.trigger = onri_token_at(x->parse, e->trigger.at[0].beg);
    if (f.trigger >= x->parse->n_tokens) return ONR_OK;
    if (x->t[f.trigger].dep == ONR_DEP_RELCL) return ONR_OK; /* "the countries that joined" */
    /* "will not stop its activities": what is rejected is their end; the commitment tells it */
    if (ps_verb_row(x, PS_ENDS, f.trigger) && onri_eqz(e->plover, "REJECT")) {
        ps_tell(x, &f, "against the end of it");
        return ONR_OK;
    }
    f.topic = topic_of(x, f.trigger);
    if (f.topic == ONR_NONE && x->t[f.trigger].dep == ONR_DEP_DOBJ &&
        ps_verb(x, x->t[f.trigger].head))
        f.topic = f.trigger;
    /* "pressed its partners": whom one asks is not what one asks for */
    if (onri_eqz(e->plover, "REQUEST") && f.topic != ONR_NONE &&
        x->t[f.topic].dep == ONR_DEP_DOBJ && x->view.entity_at[f.topic] != ONR_NONE &&
        onri_is_actor_type(x->d->entities.at[x->view.entity_at[f.topic]].type))
        f.topic = ONR_NONE;
    f.statement = e->reported_by;
    onr_status st = ONR_OK;
    for (uint32_t k = 0; k < e->n_source && st == ONR_OK; k++) {
        f.entity = e->source[k].entity;
        f.evidence = (onr_span){ 0, 0 };
        const uint32_t who = root_of(x, e->source[k].span, false);
        const char *why = who < x->parse->n_tokens && ps_only_some(x, who)
                              ? "some of a body, not the body"
                              : ps_unsaid(x, f.trigger, f.entity);
        if (why)
            ps_tell(x, &f, why);
        else
            st = ps_add(x, &f, err);
    }
    return st;
}

/* What the holder makes his act depend on is what he wants of others; what he threatens to answer
 * is what he is against. */
static onr_status from_condition(ps_ctx *x, const onr_commitment *c, onr_error *err)
{
    const bool wants = c->kind == ONR_COMMITMENT_ONLY_IF || c->kind == ONR_COMMITMENT_UNLESS ||
                       c->kind == ONR_COMMITMENT_UNTIL;
    const bool threat = c->kind == ONR_COMMITMENT_WILL && onri_eqz(c->strength, "threat");
    if (!wants && !threat) return ONR_OK;
    const ps_act a = { 'c', { "", 0 }, wants ? ONR_STANCE_FOR : ONR_STANCE_AGAINST, 0 };
    ps_find f = find_of(&a, "position.condition", 0.5f);
    f.table = NULL;
    f.entity = c->holder;
    f.trigger = f.topic = root_of(x, c->condition, true);
    if (f.topic >= x->parse->n_tokens || !ps_verb(x, f.topic) ||
        x->t[f.topic].beg >= c->condition.end)
        return ONR_OK;
    const uint32_t s = onri_tree_subject(&x->view.tree, f.topic).token;
    if (s != ONR_NONE && x->view.entity_at[s] == c->holder) return ONR_OK;
    f.evidence = c->condition;
    f.supposed = true;
    f.statement = c->statement;
    return ps_add(x, &f, err);
}

/* Why a plain promise says nothing of what its holder is for; NULL: it does. */
static const char *no_side(const ps_ctx *x, const onr_commitment *c, uint32_t v)
{
    if (c->kind != ONR_COMMITMENT_WILL || c->condition.end) return NULL;
    const uint32_t in = onri_tree_child(&x->view.tree, v, ONR_DEP_XCOMP);
    if (in != ONR_NONE && ps_row(x, PS_LIGHT, v)) v = in;
    const uint32_t o = onri_tree_child(&x->view.tree, v, ONR_DEP_DOBJ);
    const bool place = o != ONR_NONE && ps_is(x, o, "place") && onri_eqz(x->t[v].lemma, "take");
    if (place || ps_row(x, PS_ERRAND, v)) return "an errand, which takes no side";
    uint32_t st = c->statement; /* what one intends is told by the reporter */
    for (int d = 0;
         d < PS_CLIMB_MAX && st != ONR_NONE && x->d->statements.at[st].kind == ONR_KIND_INTENTION;
         d++)
        st = x->d->statements.at[st].within;
    const bool said = st != ONR_NONE;
    if (!said && (c->strength.n == 0 || onri_eqz(c->strength, "plan")))
        return "a plan in the reporter's voice";
    if (ps_verb(x, v) && onri_tree_passive(&x->view.tree, v)) {
        const uint32_t s = onri_tree_patient(&x->view.tree, v);
        if (s != ONR_NONE && x->view.entity_at[s] != c->holder &&
            onri_tree_child(&x->view.tree, s, ONR_DEP_POSS) == ONR_NONE)
            return "nobody says who does it";
    }
    return NULL;
}

static bool has_verb(const ps_ctx *x, onr_span s)
{
    for (uint32_t i = onri_token_at(x->parse, s.beg); i < x->parse->n_tokens && x->t[i].beg < s.end;
         i++)
        if (ps_verb(x, i)) return true;
    return false;
}

static onr_status from_commitment(ps_ctx *x, uint32_t i, onr_error *err)
{
    const onr_commitment *c = &x->d->commitments.at[i];
    if (ps_in_title(x->d, c->action.beg) != x->title) return ONR_OK;
    const ps_act *a =
        act_of(x->know, 'c', onri_svz(onr_commitment_kind_name(c->kind)), (onr_sv){ "", 0 });
    if (!a && !c->condition.end) return ONR_OK;
    static const ps_act conditional = { 'c', { "", 0 }, ONR_STANCE_CONDITIONAL, 0 };
    /* "until February" is a time, no condition */
    const bool held =
        c->condition.end && (has_verb(x, c->condition) || c->kind == ONR_COMMITMENT_WILL);
    if (c->condition.end && !held) return ONR_OK;
    ps_find f = find_of(held ? &conditional : a, "position.commitment", 0.5f);
    if (held) f.table = NULL;
    f.entity = c->holder;
    f.trigger = f.topic = root_of(x, c->action, true);
    if (f.topic >= x->parse->n_tokens) return ONR_OK;
    const char *why = no_side(x, c, f.topic);
    if (why) {
        ps_tell(x, &f, why);
        return ONR_OK;
    }
    const bool object = onri_eqz(onri_svz(c->rule), "commitment.object");
    if (object) /* "pledged troops": the troops */
        f.topic = topic_of(x, f.trigger);
    f.evidence = c->action;
    f.statement = c->statement;
    f.refused = true;
    onr_status st = ONR_OK;
    if (!(held && object && onri_eqz(c->strength, "threat"))) st = ps_add(x, &f, err);
    return st == ONR_OK && held ? from_condition(x, c, err) : st;
}

static onr_status from_statement(ps_ctx *x, uint32_t i, onr_error *err)
{
    const onr_statement *s = &x->d->statements.at[i];
    if (s->negated || s->content.n == 0) return ONR_OK;
    if (ps_in_title(x->d, s->content.at[0].beg) != x->title) return ONR_OK;
    const ps_act *a =
        act_of(x->know, 's', onri_svz(onr_statement_kind_name(s->kind)), (onr_sv){ "", 0 });
    if (!a) return ONR_OK;
    ps_find f = find_of(a, "position.statement", 0.4f);
    f.entity = s->source.entity;
    f.trigger = f.topic = root_of(x, s->content.at[0], false);
    f.statement = i;
    f.evidence = s->content.at[0];
    return f.topic < x->parse->n_tokens ? ps_add(x, &f, err) : ONR_OK;
}

onr_status onri_find_positions(onri_draft *d, const onri_stance_know *know, onr_error *err)
{
    ps_ctx x = { .d = d, .know = know, .parse = d->parse, .t = d->parse->tokens };
    onr_status st = onri_view_make(d->tmp, d, &x.view, err);
    /* the headline last: it tells again what the article tells in full */
    for (int pass = 0; pass < 2 && st == ONR_OK; pass++) {
        x.title = pass == 1;
        st = ps_words(&x, err);
        for (uint32_t i = 0; st == ONR_OK && i < d->events.n; i++) st = from_event(&x, i, err);
        for (uint32_t i = 0; st == ONR_OK && i < d->commitments.n; i++)
            st = from_commitment(&x, i, err);
        for (uint32_t i = 0; st == ONR_OK && i < d->statements.n; i++)
            st = from_statement(&x, i, err);
    }
    return st;
}
