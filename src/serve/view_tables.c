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

/* Exactly this actor: a uid, or "name:" and a name. */
#define ACTOR_IS(name, part)                                                                       \
    "f.id IN (SELECT x.fact FROM actor x0 JOIN actor_fact x ON x.actor = x0.id AND x.part "        \
    "IN (" part ") WHERE x0.uid = :" name " UNION ALL SELECT y.fact FROM entity e JOIN party y "   \
    "ON y.entity = e.id AND y.part IN (" part ") WHERE substr(:" name ", 1, 5) = 'name:' AND "     \
    "e.name = substr(:" name ", 6) COLLATE NOCASE)"
#define FILTER_ACTORS                                                                              \
    { "who_is", "By", FILTER_SET, ACTOR_IS("who_is", "'by'"), NULL },                              \
        { "whom_is", "To", FILTER_SET, ACTOR_IS("whom_is", "'to'"), NULL },                        \
        { "about_is", "About", FILTER_SET, ACTOR_IS("about_is", "'about'"), NULL },                \
    {                                                                                              \
        "with", "With", FILTER_SET, ACTOR_IS("with", "'by', 'to'"), NULL                           \
    }

/* ---- columns that all facts share --------------------------------------------------------------
 */

#define COL_DATE                                                                                   \
    {                                                                                              \
        "date", "Date", COLUMN_DATE, NULL, "f.id", "publisher"                                     \
    }
#define COL_PAPER                                                                                  \
    {                                                                                              \
        "publisher", "", COLUMN_DATA, NULL, "p.name", NULL                                         \
    }
#define COL_WHO                                                                                    \
    {                                                                                              \
        "who", "Who", COLUMN_ACTOR, NULL, NULL, NULL                                               \
    }
#define COL_WHOM                                                                                   \
    {                                                                                              \
        "whom", "To whom", COLUMN_ACTOR, NULL, NULL, NULL                                          \
    }
#define COL_KIND                                                                                   \
    {                                                                                              \
        "kind", "Kind", COLUMN_KIND, NULL, "f.kind", NULL                                          \
    }
#define COL_P                                                                                      \
    {                                                                                              \
        "p", "Sure", COLUMN_P, NULL, "f.p", NULL                                                   \
    }
#define COL_TOLD                                                                                   \
    {                                                                                              \
        "told", "Told", COLUMN_TOLD,                                                               \
            "1 + (SELECT count(*) FROM same_fact z WHERE z.other = v.id AND z.kind IN ('copy', "   \
            "'same', 'repeats'))",                                                                 \
            NULL, NULL                                                                             \
    }
#define COL_DATA                                                                                   \
    { "uid", "", COLUMN_DATA, NULL, NULL, NULL },                                                  \
        { "article_uid", "", COLUMN_DATA, NULL, NULL, NULL },                                      \
        { "title", "", COLUMN_DATA, NULL, NULL, NULL },                                            \
        { "uri", "", COLUMN_DATA, NULL, NULL, NULL },                                              \
        { "start", "", COLUMN_DATA, NULL, NULL, NULL },                                            \
        { "stop", "", COLUMN_DATA, NULL, NULL, NULL },                                             \
        { "sentence", "", COLUMN_DATA, NULL, NULL, NULL },                                         \
        { "corrected", "", COLUMN_DATA, NULL, NULL, NULL },                                        \
        { "corrected_by", "", COLUMN_DATA, NULL, NULL, NULL },                                     \
        { "corrected_at", "", COLUMN_DATA, NULL, NULL, NULL },                                     \
        { "corrected_why", "", COLUMN_DATA, NULL, NULL, NULL },                                    \
    {                                                                                              \
        "rule", "", COLUMN_DATA, NULL, NULL, NULL                                                  \
    }

#define N_OF(a)  (sizeof(a) / sizeof *(a))
#define TABLE(a) a, N_OF(a)

static const column fact_columns[] = {
    COL_DATE, COL_PAPER,
    COL_WHO,  { "kind", "Kind", COLUMN_KIND, NULL, "f.kind", "layer" },
    COL_WHOM, { "words", "Words", COLUMN_WORDS, NULL, NULL, NULL },
    COL_TOLD, COL_P,
    COL_DATA, { "layer", "", COLUMN_DATA, NULL, "f.layer", NULL },
};
static const filter fact_filters[] = {
    FILTER_Q,
    FILTER_WHO,
    FILTER_WHOM,
    FILTER_ABOUT,
    FILTER_FROM,
    FILTER_TILL,
    FILTER_SURE,
    { "layer", "Layer", FILTER_CHOICE, "f.layer = :layer", "f.layer" },
    FILTER_KIND,
    FILTER_PAPER,
    FILTER_YEAR,
    FILTER_STATE,
    FILTER_ONE,
    FILTER_ACTORS,
    { "mood", "How", FILTER_SET, NETWORK_MOOD " = :mood", NULL },
    { "unnamed", "Publisher not known", FILTER_SET, "a.publisher IS NULL AND :unnamed", NULL },
    { "not_kind", "But not", FILTER_SET,
      "instr('" FILTER_LIST "' || :not_kind || '" FILTER_LIST "', '" FILTER_LIST "' || f.kind || "
      "'" FILTER_LIST "') = 0",
      NULL },
    { "not_publisher", "But not of", FILTER_SET,
      "instr('" FILTER_LIST "' || :not_publisher || '" FILTER_LIST "', '" FILTER_LIST
      "' || coalesce(p.name, 'none') || '" FILTER_LIST "') = 0",
      NULL },
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
                            TABLE(fact_filters),
                            FOLD_COPIES };

static const column statement_columns[] = {
    COL_DATE,
    COL_PAPER,
    COL_WHO,
    { "kind", "Kind", COLUMN_KIND, NULL, "f.kind", "cue" },
    COL_WHOM,
    { "words", "What is said", COLUMN_WORDS, NULL, NULL, NULL },
    { "form", "Form", COLUMN_KIND, NULL, "s.form", NULL },
    COL_TOLD,
    COL_P,
    COL_DATA,
    { "cue", "", COLUMN_DATA, NULL, NULL, NULL },
    { "negated", "", COLUMN_DATA, NULL, NULL, NULL },
    { "time_from", "", COLUMN_DATA, NULL, NULL, NULL },
    { "time_to", "", COLUMN_DATA, NULL, NULL, NULL },
};
static const filter statement_filters[] = {
    FILTER_Q,     FILTER_WHO,    FILTER_WHOM,
    FILTER_ABOUT, FILTER_FROM,   FILTER_TILL,
    FILTER_SURE,  FILTER_KIND,   { "form", "Form", FILTER_CHOICE, "s.form = :form", "s.form" },
    FILTER_PAPER, FILTER_YEAR,   FILTER_STATE,
    FILTER_ONE,   FILTER_ACTORS,
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
                                 TABLE(statement_filters),
                                 FOLD_COPIES };

static const column event_columns[] = {
    COL_DATE,
    COL_PAPER,
    COL_WHO,
    { "kind", "Did", COLUMN_KIND, NULL, "f.kind", "mode" },
    COL_WHOM,
    { "words", "Words", COLUMN_WORDS, NULL, NULL, NULL },
    { "status", "Status", COLUMN_KIND, NULL, "ev.status", "time_from" },
    COL_TOLD,
    COL_P,
    COL_DATA,
    { "mode", "", COLUMN_DATA, NULL, "ev.mode", NULL },
    { "time_from", "", COLUMN_DATA, NULL, "ev.time_from", NULL },
    { "time_to", "", COLUMN_DATA, NULL, NULL, NULL },
    { "cameo", "", COLUMN_DATA, NULL, NULL, NULL },
    { "goldstein", "", COLUMN_DATA, NULL, NULL, NULL },
    { "contexts", "", COLUMN_DATA, NULL, NULL, NULL },
    { "place", "", COLUMN_DATA, PARTY("place"), NULL, NULL },
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
    FILTER_ACTORS,
    { "timed", "Timed", FILTER_SET, "ev.time_from IS NOT NULL AND ev.same_as IS NULL AND :timed",
      NULL },
};
static const view events = { "events",
                             "Events",
                             "Who did what to whom, whether it happened, and when.",
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
                             TABLE(event_filters),
                             FOLD_COPIES };

#define LIFE(of) "(SELECT l." of " FROM commitment_lives l WHERE l.id = "
static const column commitment_columns[] = {
    COL_DATE,
    COL_PAPER,
    COL_WHO,
    { "kind", "Kind", COLUMN_KIND, NULL, "f.kind", "strength" },
    { "action", "What", COLUMN_WORDS, NULL, NULL, NULL },
    { "condition", "On condition", COLUMN_TEXT, NULL, NULL, NULL },
    { "deadline_to", "By when", COLUMN_DATE, NULL, "c.deadline_to", NULL },
    { "status", "What became of it", COLUMN_KIND, LIFE("status") "v.id)", NULL, NULL },
    COL_TOLD,
    COL_P,
    COL_DATA,
    { "strength", "", COLUMN_DATA, NULL, "c.strength", NULL },
    { "because", "", COLUMN_DATA,
      "(SELECT b.words FROM fact b WHERE b.id = " LIFE("because") "v.id))", NULL, NULL },
};
static const filter commitment_filters[] = {
    FILTER_Q,
    FILTER_WHO,
    FILTER_FROM,
    FILTER_TILL,
    FILTER_SURE,
    FILTER_KIND,
    { "status", "What became of it", FILTER_CHOICE,
      "f.id IN (SELECT l.id FROM commitment_lives l WHERE l.status = :status)",
      LIFE("status") "f.id)" },
    { "strength", "Strength", FILTER_CHOICE, "c.strength = :strength", "c.strength" },
    { "conditional", "On condition", FILTER_CHOICE,
      "CASE WHEN c.condition IS NULL THEN 'no' ELSE 'yes' END = :conditional",
      "CASE WHEN c.condition IS NULL THEN 'no' ELSE 'yes' END" },
    FILTER_PAPER,
    FILTER_YEAR,
    FILTER_STATE,
    FILTER_ONE,
    FILTER_ACTORS,
};
static const view commitments = {
    "commitments",
    "Commitments",
    "What was promised, refused or threatened, under which "
    "condition, and what became of it.",
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
    TABLE(commitment_filters),
    "EXISTS (SELECT 1 FROM same_fact z WHERE z.fact = f.id AND z.kind IN "
    "('copy', 'same', 'repeats'))"
};

/* Claim | denied by | not confirmed by | confirmed by: one row a claim. The answers are those of
 * its article and, to the same claim, of others. */
#define ANSWERS(verdict)                                                                           \
    "(SELECT group_concat(coalesce(x.name, '\xE2\x80\xA6') || ': ' || r.words, ' / ') FROM "       \
    "response r LEFT JOIN entity x ON x.id = r.entity WHERE r.dispute = v.id AND r.verdict IN "    \
    "(" verdict "))"
#define CLAIM_IDS "(v.id, (SELECT d.statement FROM dispute d WHERE d.fact = v.id))"
#define ACROSS                                                                                     \
    "(SELECT group_concat(coalesce(o.who, '\xE2\x80\xA6') || ' (' || coalesce(o.publisher, '') "   \
    "|| ' ' || coalesce(o.date, '') || '): ' || o.words, ' / ') FROM same_fact z JOIN facts o ON " \
    "o.id = z.fact WHERE z.other IN " CLAIM_IDS " AND z.kind IN ('denies', 'contradicts'))"
#define PIECES(who, words, article, fact, when)                                                    \
    "coalesce(" who ", '') || char(31) || " words " || char(31) || " article " || char(31) || "    \
    "" fact " || char(31) || " when
#define ANSWER_CELLS(verdict)                                                                      \
    "(SELECT group_concat(" PIECES("x.name", "r.words", "v.article_uid",                           \
                                   "coalesce((SELECT s.uid FROM fact s WHERE s.id = r.statement)," \
                                   " v.uid)",                                                      \
                                   "''") ", char(30)) FROM response r LEFT JOIN entity x ON x.id " \
                                         "= r.entity WHERE r.dispute = v.id AND r.verdict IN "     \
                                         "(" verdict "))"
#define ACROSS_CELLS                                                                               \
    "(SELECT group_concat(" PIECES(                                                                \
        "o.who", "o.words", "o.article_uid", "o.uid",                                              \
        "coalesce(o.publisher || ', ', '') || coalesce(o.date, '')") ", char(30)) FROM same_fact " \
                                                                     "z JOIN facts o ON o.id = "   \
                                                                     "z.fact WHERE z.other "       \
                                                                     "IN " CLAIM_IDS               \
                                                                     " AND z.kind IN ('denies', "  \
                                                                     "'contradicts'))"
#define IS_DISPUTED                                                                                \
    "(f.layer = 'dispute' OR (f.layer = 'statement' AND f.id IN (SELECT z.other FROM same_fact z " \
    "WHERE z.kind IN ('denies', 'contradicts') AND NOT EXISTS (SELECT 1 FROM dispute d WHERE "     \
    "d.statement = z.other))))"
static const column dispute_columns[] = {
    COL_DATE,
    COL_PAPER,
    { "words", "Claim", COLUMN_WORDS, NULL, NULL, NULL },
    { "who", "Asserted by", COLUMN_ACTOR, NULL, NULL, NULL },
    { "denied_cells", "Denied or dismissed by", COLUMN_ANSWERS,
      "nullif(trim(coalesce(" ANSWER_CELLS("'denies', 'dismisses'") ", '') || char(30) || "
                                                                    "coalesce(" ACROSS_CELLS
                                                                    ", ''), char(30)), '')",
      NULL, NULL },
    { "not_confirmed_cells", "Not confirmed by", COLUMN_ANSWERS, ANSWER_CELLS("'not-confirmed'"),
      NULL, NULL },
    { "confirmed_cells", "Confirmed by", COLUMN_ANSWERS, ANSWER_CELLS("'confirms'"), NULL, NULL },
    COL_TOLD,
    COL_P,
    COL_DATA,
    { "layer", "", COLUMN_DATA, NULL, NULL, NULL },
    { "kind", "", COLUMN_DATA, NULL, NULL, NULL },
    { "denied", "", COLUMN_DATA, ANSWERS("'denies', 'dismisses'"), NULL, NULL },
    { "not_confirmed", "", COLUMN_DATA, ANSWERS("'not-confirmed'"), NULL, NULL },
    { "confirmed", "", COLUMN_DATA, ANSWERS("'confirms'"), NULL, NULL },
    { "across", "", COLUMN_DATA, ACROSS, NULL, NULL },
};
static const filter dispute_filters[] = {
    FILTER_Q,
    { "who", "Asserted by", FILTER_WORDS, "who", NULL },
    { "whom", "Answered by", FILTER_WORDS, "whom", NULL },
    FILTER_FROM,
    FILTER_TILL,
    FILTER_SURE,
    { "across", "Where", FILTER_CHOICE,
      "CASE WHEN f.layer = 'statement' THEN 'denied elsewhere' ELSE 'in one article' END = :across",
      "CASE WHEN f.layer = 'statement' THEN 'denied elsewhere' ELSE 'in one article' END" },
    { "verdict", "Verdict", FILTER_CHOICE,
      "EXISTS (SELECT 1 FROM response r WHERE r.dispute = f.id AND r.verdict = :verdict)",
      "(SELECT r.verdict FROM response r WHERE r.dispute = f.id ORDER BY r.n LIMIT 1)" },
    FILTER_PAPER,
    FILTER_YEAR,
    FILTER_ONE,
    FILTER_ACTORS,
};
static const view disputes = {
    "disputes",
    "Disputes",
    "A claim, and side by side who denies it, who does not confirm it and who does.",
    "fact f LEFT JOIN dispute d ON d.fact = f.id " ARTICLE,
    "fact f",
    NULL,
    NULL,
    IS_DISPUTED,
    "f.id",
    "facts",
    MATCH,
    NULL,
    TABLE(dispute_columns),
    TABLE(dispute_filters),
    FOLD_COPIES
};

static const column position_columns[] = {
    COL_DATE,
    COL_PAPER,
    COL_WHO,
    { "stance", "Stance", COLUMN_KIND, NULL, "o.stance", NULL },
    { "issue", "Issue", COLUMN_KIND, NULL, "o.issue", NULL },
    { "words", "Words", COLUMN_WORDS, NULL, NULL, NULL },
    COL_TOLD,
    COL_P,
    COL_DATA,
    { "topic", "", COLUMN_DATA, NULL, NULL, NULL },
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
    FILTER_ACTORS,
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
                                TABLE(position_filters),
                                FOLD_COPIES };

static const column article_columns[] = {
    { "date", "Date", COLUMN_DATE, NULL, "a.id", NULL },
    { "title", "Title", COLUMN_ARTICLE, NULL, "a.title", NULL },
    { "publisher", "Publisher", COLUMN_KIND, NULL, "p.name", NULL },
    { "author", "Author", COLUMN_TEXT, NULL, NULL, NULL },
    { "n_facts", "Facts", COLUMN_FACTS, NULL, "a.n_facts", NULL },
    { "copies", "Near copies", COLUMN_COPIES,
      "(SELECT c.n_articles - 1 FROM copy_cluster c WHERE c.first = v.id AND c.n_articles > 1)",
      NULL, NULL },
    { "article_uid", "", COLUMN_DATA, "v.uid", NULL, NULL },
    { "n_sentences", "", COLUMN_DATA, NULL, "a.n_sentences", NULL },
    { "uri", "", COLUMN_DATA, NULL, NULL, NULL },
    { "lang", "", COLUMN_DATA, NULL, NULL, NULL },
    { "error", "", COLUMN_DATA, NULL, NULL, NULL },
    { "read_by", "", COLUMN_DATA, NULL, NULL, NULL },
    { "rules", "", COLUMN_DATA, NULL, NULL, NULL },
};
static const filter article_filters[] = {
    { "q", "Words", FILTER_WORDS, "words", NULL },
    FILTER_FROM,
    FILTER_TILL,
    FILTER_PAPER,
    FILTER_YEAR,
    { "held", "In which", FILTER_SET,
      "a.id IN (SELECT e.article FROM actor x JOIN actor_entity y ON y.actor = x.id JOIN role r ON "
      "r.entity = y.entity JOIN entity e ON e.id = y.entity WHERE x.uid = substr(:held, 1, "
      "instr(:held, '" FILTER_LIST "') - 1) AND lower(r.title) = substr(:held, instr(:held, "
      "'" FILTER_LIST "') + 1))",
      NULL },
    { "actor", "That speak of", FILTER_SET,
      "a.id IN (SELECT e.article FROM actor x JOIN actor_entity y ON y.actor = x.id JOIN entity e "
      "ON e.id = y.entity WHERE x.uid = :actor)",
      NULL },
    { "copy_of", "Near copies of", FILTER_SET,
      "a.id IN (SELECT k.article FROM article g JOIN copy_cluster c ON c.first = g.id JOIN "
      "article_copy k ON k.cluster = c.id AND k.article <> g.id WHERE g.uid = :copy_of)",
      NULL },
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
    TABLE(article_filters),
    "a.id IN (SELECT k.article FROM article_copy k JOIN copy_cluster c ON c.id = k.cluster WHERE "
    "k.article <> c.first)"
};

/* ---- actors ------------------------------------------------------------------------------------
 */

static const filter actor_filters[] = {
    { "q", "Name", FILTER_EXACT, "f.name LIKE '%' || :q || '%'", NULL },
    { "type", "Type", FILTER_CHOICE, "f.type = :type", "f.type" },
    { "country", "Country", FILTER_CHOICE, "f.country = :country", "f.country" },
};
static const column actor_columns[] = {
    { "name", "Name", COLUMN_ACTOR, NULL, "f.name COLLATE NOCASE", NULL },
    { "type", "Type", COLUMN_KIND, NULL, "f.type", NULL },
    { "country", "Country", COLUMN_KIND, NULL, "f.country", NULL },
    { "code", "Code", COLUMN_TEXT, NULL, NULL, NULL },
    { "wikidata", "Wikidata", COLUMN_TEXT, NULL, NULL, NULL },
    { "n_articles", "Articles", COLUMN_ARTICLES, NULL, "f.n_articles", NULL },
    { "n_facts", "Facts", COLUMN_FACTS, NULL, "f.n_facts", NULL },
    { "actor_uid", "", COLUMN_DATA, "v.uid", NULL, NULL },
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
                                  TABLE(actor_filters),
                                  NULL };

/* Before the linking step has run: by name and type. */
#define NAMED                                                                                      \
    "(SELECT min(id) AS id, name, type, max(country) AS country, max(code) AS code, "              \
    "max(wikidata) "                                                                               \
    "AS wikidata, count(*) AS n_articles, sum(n_mentions) AS n_mentions FROM entity WHERE named "  \
    "GROUP BY name, type)"
static const column named_columns[] = {
    { "name", "Name", COLUMN_ACTOR, NULL, "f.name COLLATE NOCASE", NULL },
    { "type", "Type", COLUMN_KIND, NULL, "f.type", NULL },
    { "country", "Country", COLUMN_KIND, NULL, "f.country", NULL },
    { "code", "Code", COLUMN_TEXT, NULL, NULL, NULL },
    { "wikidata", "Wikidata", COLUMN_TEXT, NULL, NULL, NULL },
    { "n_articles", "Articles", COLUMN_NUMBER, NULL, "f.n_articles", NULL },
    { "n_mentions", "Mentions", COLUMN_NUMBER, NULL, "f.n_mentions", NULL },
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
                                 TABLE(actor_filters),
                                 NULL };

const view *const view_tables[] = { &facts,    &statements, &events,  &commitments,
                                    &disputes, &positions,  &articles };
const size_t view_n_tables = N_OF(view_tables);
