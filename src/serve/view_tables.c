/* The tables of the store. Each is data: what is filtered stands over the store's own tables
 * (base), what is shown comes from its views (docs/schema.md). Source: own. */
#include "serve/view.h"

#define ARTICLE "JOIN article a ON a.id = f.article LEFT JOIN publisher p ON p.id = a.publisher"
#define MATCH   "f.id IN (SELECT rowid FROM fact_fts WHERE fact_fts MATCH :match)"
#define PARTY(part)                                                                                \
    "(SELECT group_concat(e.name, ', ') FROM party y JOIN entity e ON e.id = y.entity"             \
    " WHERE y.fact = v.id AND y.part = '" part "')"

/* ---- filters that all facts share --------------------------------------------------------------
 */

#define FILTER_Q                                                                                   \
    {                                                                                              \
        "q", "Words", FILTER_WORDS, "words", NULL                                                  \
    }
#define FILTER_WHO                                                                                 \
    {                                                                                              \
        "who", "Who", FILTER_WORDS, "who", NULL                                                    \
    }
#define FILTER_WHOM                                                                                \
    {                                                                                              \
        "whom", "To whom", FILTER_WORDS, "whom", NULL                                              \
    }
#define FILTER_ABOUT                                                                               \
    {                                                                                              \
        "about", "About", FILTER_WORDS, "about", NULL                                              \
    }
#define FILTER_KIND                                                                                \
    {                                                                                              \
        "kind", "Kind", FILTER_CHOICE, "f.kind = :kind", "f.kind"                                  \
    }
#define FILTER_PAPER                                                                               \
    {                                                                                              \
        "publisher", "Publisher", FILTER_CHOICE, "p.name = :publisher", "p.name"                   \
    }
#define FILTER_FROM                                                                                \
    {                                                                                              \
        "since", "Since", FILTER_SINCE, "a.date >= :since", NULL                                   \
    }
#define FILTER_TILL                                                                                \
    {                                                                                              \
        "until", "Until", FILTER_UNTIL, "a.date <= :until", NULL                                   \
    }
#define FILTER_SURE                                                                                \
    {                                                                                              \
        "p", "Sure, of 100", FILTER_P, "f.p >= :p / 100.0", NULL                                   \
    }
#define FILTER_YEAR                                                                                \
    {                                                                                              \
        "year", "Year", FILTER_CHOICE, "substr(a.date, 1, 4) = :year", "substr(a.date, 1, 4)"      \
    }
#define FILTER_STATE                                                                               \
    {                                                                                              \
        "country", "Country of who", FILTER_SET,                                                   \
            "EXISTS (SELECT 1 FROM party y JOIN entity e ON e.id = y.entity WHERE y.fact = f.id "  \
            "AND "                                                                                 \
            "y.part = 'by' AND e.country = :country)",                                             \
            NULL                                                                                   \
    }
#define FILTER_ONE                                                                                 \
    {                                                                                              \
        "article", "Article", FILTER_SET, "a.uid = :article", NULL                                 \
    }

/* ---- columns that all facts share --------------------------------------------------------------
 */

#define COL_DATE                                                                                   \
    {                                                                                              \
        "date", "Date", COLUMN_DATE, NULL, "f.id"                                                  \
    }
#define COL_PAPER                                                                                  \
    {                                                                                              \
        "publisher", "Publisher", COLUMN_KIND, NULL, "p.name"                                      \
    }
#define COL_WHO                                                                                    \
    {                                                                                              \
        "who", "Who", COLUMN_ACTOR, NULL, NULL                                                     \
    }
#define COL_WHOM                                                                                   \
    {                                                                                              \
        "whom", "To whom", COLUMN_ACTOR, NULL, NULL                                                \
    }
#define COL_KIND                                                                                   \
    {                                                                                              \
        "kind", "Kind", COLUMN_KIND, NULL, "f.kind"                                                \
    }
#define COL_P                                                                                      \
    {                                                                                              \
        "p", "Sure", COLUMN_P, NULL, "f.p"                                                         \
    }
#define COL_DATA                                                                                   \
    { "uid", "", COLUMN_DATA, NULL, NULL }, { "article_uid", "", COLUMN_DATA, NULL, NULL },        \
        { "title", "", COLUMN_DATA, NULL, NULL }, { "uri", "", COLUMN_DATA, NULL, NULL },          \
        { "start", "", COLUMN_DATA, NULL, NULL }, { "stop", "", COLUMN_DATA, NULL, NULL },         \
        { "sentence", "", COLUMN_DATA, NULL, NULL },                                               \
    {                                                                                              \
        "rule", "", COLUMN_DATA, NULL, NULL                                                        \
    }

#define N_OF(a)  (sizeof(a) / sizeof *(a))
#define TABLE(a) a, N_OF(a)

static const column fact_columns[] = {
    COL_DATE, COL_PAPER, { "layer", "Layer", COLUMN_KIND, NULL, "f.layer" },
    COL_KIND, COL_WHO,   { "words", "Words", COLUMN_WORDS, NULL, NULL },
    COL_WHOM, COL_P,     COL_DATA,
};
static const filter fact_filters[] = {
    FILTER_Q,    FILTER_WHO,
    FILTER_WHOM, FILTER_ABOUT,
    FILTER_FROM, FILTER_TILL,
    FILTER_SURE, { "layer", "Layer", FILTER_CHOICE, "f.layer = :layer", "f.layer" },
    FILTER_KIND, FILTER_PAPER,
    FILTER_YEAR, FILTER_STATE,
    FILTER_ONE,
};
static const view facts = { "search",
                            "Facts",
                            "Every fact of every layer, newest first.",
                            "fact f " ARTICLE,
                            "fact f",
                            NULL,
                            NULL,
                            NULL,
                            "f.id",
                            "facts",
                            MATCH,
                            NULL,
                            TABLE(fact_columns),
                            TABLE(fact_filters) };

static const column statement_columns[] = {
    COL_DATE,
    COL_PAPER,
    COL_WHO,
    COL_KIND,
    { "cue", "Cue", COLUMN_TEXT, NULL, NULL },
    COL_WHOM,
    { "words", "What is said", COLUMN_WORDS, NULL, NULL },
    { "form", "Form", COLUMN_KIND, NULL, "s.form" },
    COL_P,
    COL_DATA,
    { "negated", "", COLUMN_DATA, NULL, NULL },
    { "time_from", "", COLUMN_DATA, NULL, NULL },
    { "time_to", "", COLUMN_DATA, NULL, NULL },
};
static const filter statement_filters[] = {
    FILTER_Q,     FILTER_WHO,  FILTER_WHOM,
    FILTER_ABOUT, FILTER_FROM, FILTER_TILL,
    FILTER_SURE,  FILTER_KIND, { "form", "Form", FILTER_CHOICE, "s.form = :form", "s.form" },
    FILTER_PAPER, FILTER_YEAR, FILTER_STATE,
    FILTER_ONE,
};
static const view statements = { "statements",
                                 "Statements",
                                 "Who said what to whom, newest first.",
                                 "fact f JOIN statement s ON s.fact = f.id " ARTICLE,
                                 "fact f",
                                 "s.",
                                 " JOIN statement s ON s.fact = f.id",
                                 "f.layer = 'statement'",
                                 "f.id",
                                 "statements",
                                 MATCH,
                                 NULL,
                                 TABLE(statement_columns),
                                 TABLE(statement_filters) };

static const column event_columns[] = {
    COL_DATE,
    { "time_from", "When", COLUMN_DATE, NULL, "ev.time_from" },
    COL_PAPER,
    COL_WHO,
    COL_KIND,
    { "mode", "Mode", COLUMN_TEXT, NULL, NULL },
    COL_WHOM,
    { "words", "Words", COLUMN_WORDS, NULL, NULL },
    { "status", "Status", COLUMN_KIND, NULL, "ev.status" },
    COL_P,
    COL_DATA,
    { "time_to", "", COLUMN_DATA, NULL, NULL },
    { "cameo", "", COLUMN_DATA, NULL, NULL },
    { "goldstein", "", COLUMN_DATA, NULL, NULL },
    { "contexts", "", COLUMN_DATA, NULL, NULL },
    { "place", "", COLUMN_DATA, PARTY("place"), NULL },
};
static const filter event_filters[] = {
    FILTER_Q,
    FILTER_WHO,
    FILTER_WHOM,
    FILTER_ABOUT,
    FILTER_FROM,
    FILTER_TILL,
    FILTER_SURE,
    FILTER_KIND,
    { "mode", "Mode", FILTER_CHOICE, "ev.mode = :mode", "ev.mode" },
    { "status", "Status", FILTER_CHOICE, "ev.status = :status", "ev.status" },
    FILTER_PAPER,
    FILTER_YEAR,
    FILTER_STATE,
    FILTER_ONE,
};
static const view events = {
    "events",
    "Events",
    "Who did what to whom, in PLOVER\xE2\x80\x99s classes; when it was and "
    "when it was told.",
    "fact f JOIN event ev ON ev.fact = f.id " ARTICLE,
    "fact f",
    "ev.",
    " JOIN event ev ON ev.fact = f.id",
    "f.layer = 'event'",
    "f.id",
    "events",
    MATCH,
    NULL,
    TABLE(event_columns),
    TABLE(event_filters)
};

static const column commitment_columns[] = {
    COL_DATE,
    COL_PAPER,
    COL_WHO,
    COL_KIND,
    { "action", "What", COLUMN_WORDS, NULL, NULL },
    { "condition", "On condition", COLUMN_TEXT, NULL, NULL },
    { "deadline_to", "By when", COLUMN_DATE, NULL, "c.deadline_to" },
    { "strength", "Strength", COLUMN_KIND, NULL, "c.strength" },
    COL_P,
    COL_DATA,
};
static const filter commitment_filters[] = {
    FILTER_Q,
    FILTER_WHO,
    FILTER_FROM,
    FILTER_TILL,
    FILTER_SURE,
    FILTER_KIND,
    { "strength", "Strength", FILTER_CHOICE, "c.strength = :strength", "c.strength" },
    { "conditional", "On condition", FILTER_CHOICE,
      "CASE WHEN c.condition IS NULL THEN 'no' ELSE 'yes' END = :conditional",
      "CASE WHEN c.condition IS NULL THEN 'no' ELSE 'yes' END" },
    FILTER_PAPER,
    FILTER_YEAR,
    FILTER_STATE,
    FILTER_ONE,
};
static const view commitments = { "commitments",
                                  "Commitments",
                                  "What was promised, refused or threatened, and under which "
                                  "condition.",
                                  "fact f JOIN commitment c ON c.fact = f.id " ARTICLE,
                                  "fact f",
                                  "c.",
                                  " JOIN commitment c ON c.fact = f.id",
                                  "f.layer = 'commitment'",
                                  "f.id",
                                  "commitments",
                                  MATCH,
                                  NULL,
                                  TABLE(commitment_columns),
                                  TABLE(commitment_filters) };

/* Claim | denied by | not confirmed by | confirmed by: one row a claim. */
#define ANSWERS(verdict)                                                                           \
    "(SELECT group_concat(coalesce(x.name, '\xE2\x80\xA6') || ': ' || r.words, ' / ') FROM "       \
    "response r "                                                                                  \
    "LEFT JOIN entity x ON x.id = r.entity WHERE r.dispute = v.id AND r.verdict IN (" verdict "))"
static const column dispute_columns[] = {
    COL_DATE,
    COL_PAPER,
    { "words", "Claim", COLUMN_WORDS, NULL, NULL },
    { "who", "Asserted by", COLUMN_ACTOR, NULL, NULL },
    { "denied", "Denied or dismissed by", COLUMN_TEXT, ANSWERS("'denies', 'dismisses'"), NULL },
    { "not_confirmed", "Not confirmed by", COLUMN_TEXT, ANSWERS("'not-confirmed'"), NULL },
    { "confirmed", "Confirmed by", COLUMN_TEXT, ANSWERS("'confirms'"), NULL },
    COL_P,
    COL_DATA,
};
static const filter dispute_filters[] = {
    FILTER_Q,
    { "who", "Asserted by", FILTER_WORDS, "who", NULL },
    { "whom", "Answered by", FILTER_WORDS, "whom", NULL },
    FILTER_FROM,
    FILTER_TILL,
    FILTER_SURE,
    { "verdict", "Verdict", FILTER_CHOICE,
      "EXISTS (SELECT 1 FROM response r WHERE r.dispute = f.id AND r.verdict = :verdict)",
      "(SELECT r.verdict FROM response r WHERE r.dispute = f.id ORDER BY r.n LIMIT 1)" },
    FILTER_PAPER,
    FILTER_YEAR,
    FILTER_ONE,
};
static const view disputes = {
    "disputes",
    "Disputes",
    "A claim, and side by side who asserts, denies and does not confirm it.",
    "fact f JOIN dispute d ON d.fact = f.id " ARTICLE,
    "fact f",
    "d.",
    " JOIN dispute d ON d.fact = f.id",
    "f.layer = 'dispute'",
    "f.id",
    "facts",
    MATCH,
    NULL,
    TABLE(dispute_columns),
    TABLE(dispute_filters)
};

static const column position_columns[] = {
    COL_DATE,
    COL_PAPER,
    COL_WHO,
    { "stance", "Stance", COLUMN_KIND, NULL, "o.stance" },
    { "issue", "Issue", COLUMN_KIND, NULL, "o.issue" },
    { "words", "Words", COLUMN_WORDS, NULL, NULL },
    COL_P,
    COL_DATA,
    { "topic", "", COLUMN_DATA, NULL, NULL },
};
static const filter position_filters[] = {
    FILTER_Q,
    FILTER_WHO,
    FILTER_FROM,
    FILTER_TILL,
    FILTER_SURE,
    { "stance", "Stance", FILTER_CHOICE, "o.stance = :stance", "o.stance" },
    { "issue", "Issue", FILTER_CHOICE, "o.issue = :issue", "o.issue" },
    FILTER_PAPER,
    FILTER_YEAR,
    FILTER_STATE,
    FILTER_ONE,
};
static const view positions = { "positions",
                                "Positions",
                                "Who is for or against what.",
                                "fact f JOIN position o ON o.fact = f.id " ARTICLE,
                                "fact f",
                                "o.",
                                " JOIN position o ON o.fact = f.id",
                                "f.layer = 'position'",
                                "f.id",
                                "positions",
                                MATCH,
                                NULL,
                                TABLE(position_columns),
                                TABLE(position_filters) };

static const column article_columns[] = {
    { "date", "Date", COLUMN_DATE, NULL, "a.id" },
    { "publisher", "Publisher", COLUMN_KIND, NULL, "p.name" },
    { "title", "Title", COLUMN_ARTICLE, NULL, "a.title" },
    { "author", "Author", COLUMN_TEXT, NULL, NULL },
    { "n_sentences", "Sentences", COLUMN_NUMBER, NULL, "a.n_sentences" },
    { "n_facts", "Facts", COLUMN_NUMBER, NULL, "a.n_facts" },
    { "article_uid", "", COLUMN_DATA, "v.uid", NULL },
    { "uri", "", COLUMN_DATA, NULL, NULL },
    { "lang", "", COLUMN_DATA, NULL, NULL },
    { "error", "", COLUMN_DATA, NULL, NULL },
    { "read_by", "", COLUMN_DATA, NULL, NULL },
    { "rules", "", COLUMN_DATA, NULL, NULL },
};
static const filter article_filters[] = {
    { "q", "Words", FILTER_WORDS, "words", NULL },
    FILTER_FROM,
    FILTER_TILL,
    FILTER_PAPER,
    FILTER_YEAR,
};
static const view articles = {
    "articles",
    "Articles",
    "What the store holds, newest first.",
    "article a LEFT JOIN publisher p ON p.id = a.publisher",
    "article a",
    NULL,
    NULL,
    NULL,
    "a.id",
    "articles",
    "a.id IN (SELECT s.article FROM sentence_fts x JOIN sentence s ON s.id = x.rowid WHERE "
    "sentence_fts MATCH :match)",
    NULL,
    TABLE(article_columns),
    TABLE(article_filters)
};

/* ---- actors ------------------------------------------------------------------------------------
 */

static const filter actor_filters[] = {
    { "q", "Name", FILTER_EXACT, "f.name LIKE '%' || :q || '%'", NULL },
    { "type", "Type", FILTER_CHOICE, "f.type = :type", "f.type" },
    { "country", "Country", FILTER_CHOICE, "f.country = :country", "f.country" },
};
static const column actor_columns[] = {
    { "name", "Name", COLUMN_ACTOR, NULL, "f.name COLLATE NOCASE" },
    { "type", "Type", COLUMN_KIND, NULL, "f.type" },
    { "country", "Country", COLUMN_KIND, NULL, "f.country" },
    { "code", "Code", COLUMN_TEXT, NULL, NULL },
    { "wikidata", "Wikidata", COLUMN_TEXT, NULL, NULL },
    { "n_articles", "Articles", COLUMN_NUMBER, NULL, "f.n_articles" },
    { "n_facts", "Facts", COLUMN_NUMBER, NULL, "f.n_facts" },
    { "actor_uid", "", COLUMN_DATA, "v.uid", NULL },
};
const view view_actors_linked = { "actors",
                                  "Actors",
                                  "Persons, states and organizations, over all articles.",
                                  "actor f",
                                  "actor f",
                                  NULL,
                                  NULL,
                                  NULL,
                                  "f.id",
                                  "actor",
                                  "1",
                                  "-n_articles",
                                  TABLE(actor_columns),
                                  TABLE(actor_filters) };

/* Before the linking step has run: by name and type. */
#define NAMED                                                                                      \
    "(SELECT min(id) AS id, name, type, max(country) AS country, max(code) AS code, "              \
    "max(wikidata) "                                                                               \
    "AS wikidata, count(*) AS n_articles, sum(n_mentions) AS n_mentions FROM entity WHERE named "  \
    "GROUP BY name, type)"
static const column named_columns[] = {
    { "name", "Name", COLUMN_ACTOR, NULL, "f.name COLLATE NOCASE" },
    { "type", "Type", COLUMN_KIND, NULL, "f.type" },
    { "country", "Country", COLUMN_KIND, NULL, "f.country" },
    { "code", "Code", COLUMN_TEXT, NULL, NULL },
    { "wikidata", "Wikidata", COLUMN_TEXT, NULL, NULL },
    { "n_articles", "Articles", COLUMN_NUMBER, NULL, "f.n_articles" },
    { "n_mentions", "Mentions", COLUMN_NUMBER, NULL, "f.n_mentions" },
};
const view view_actors_named = { "actors",
                                 "Actors",
                                 "Persons, states and organizations, by their names.",
                                 NAMED " f",
                                 NAMED " f",
                                 NULL,
                                 NULL,
                                 NULL,
                                 "f.id",
                                 NAMED,
                                 "1",
                                 "-n_articles",
                                 TABLE(named_columns),
                                 TABLE(actor_filters) };

const view *const view_tables[] = { &facts,    &statements, &events,  &commitments,
                                    &disputes, &positions,  &articles };
const size_t view_n_tables = N_OF(view_tables);
