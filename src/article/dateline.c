/* Datelines: where, when and by which agency a story was filed, before its first words:
 * "OSLO, March 3 (Reuters) - Norway ...", "NEWPORT NEWS, Va. - ...", "Moscow, 3 March (TASS) -",
 * "BAKU, Azerbaijan, March 3. Norway ...", "MOSCOW, March 3. /TASS/. Norway ...".
 *
 * Source: own, after the style books of AP and Reuters. Left out: datelines that end in a colon,
 * which cannot be told from a speaker's label or a headline's. */
#include "article/article_i.h"

enum {
    FAR = 90,  /* bytes: "WASHINGTON/NEW YORK, September 30, 2018 (Thomson Reuters Foundation) -" */
    WORDS = 4, /* of a place in capitals: "PORT OF SPAIN" */
};

/* Bytes of a dash at s[i..) with what parts it from the words, or 0. */
static size_t dash_at(onr_sv s, size_t i)
{
    static const char *const SIGNS[] = {
        " - ", " -- ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", "\xE2\x80\x94", " \xE2\x80\x94"
    };
    const onr_sv rest = onri_sub(s, i, s.n);
    for (size_t k = 0; k < sizeof SIGNS / sizeof *SIGNS; k++)
        if (onri_starts(rest, onri_svz(SIGNS[k]))) return strlen(SIGNS[k]);
    return 0;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* "OSLO", "WASHINGTON/NEW YORK": words in capitals from the start. Bytes of them, or 0. */
static size_t place_in_capitals(onr_sv s, uint32_t *words)
{
    size_t i = 0, end = 0;
    *words = 0;
    while (i < s.n) {
        const size_t beg = i;
        while (i < s.n && (is_capital(s.p[i]) || (unsigned char)s.p[i] >= 0x80 || s.p[i] == '\'' ||
                           s.p[i] == '.'))
            i++;
        if (i - beg < 2) break;
        end = i;
        ++*words;
        if (i >= s.n || (s.p[i] != ' ' && s.p[i] != '/' && s.p[i] != '-')) break;
        i++;
    }
    return end;
}

/* "(Reuters)", "(AP)" at the end of s; *at: where the bracket opens. */
static bool agency_last(onr_sv s, size_t *at)
{
    if (s.n < 4 || s.p[s.n - 1] != ')') return false;
    size_t i = s.n - 1;
    while (i > 0 && s.p[i - 1] != '(' && s.p[i - 1] != ')') i--;
    *at = i - 1;
    return i > 1 && s.p[i - 1] == '(' && is_capital(s.p[i]);
}

/* Names, numbers and short words alone: "Port of Spain, 3 March". No sentence, no clause. */
static bool is_titled(onr_sv s)
{
    onr_sv word;
    while (onri_split(&s, ' ', &word)) {
        if (word.n == 0) continue;
        const unsigned char c = (unsigned char)word.p[0];
        if (!is_capital((char)c) && !(c >= '0' && c <= '9') && c < 0x80 && word.n > 3) return false;
        if (word.n > 5 && word.p[word.n - 1] == '.') return false; /* "Sept." is the longest */
    }
    return true;
}

/* "3 March", "Aug. 12", "March 3, 2018" at the end of s: a month beside a day. */
static bool ends_in_day(onr_sv s)
{
    onr_sv words[3] = { { "", 0 }, { "", 0 }, { "", 0 } }, w; /* the last ones */
    while (onri_split(&s, ' ', &w)) {
        while (w.n && (w.p[w.n - 1] == ',' || w.p[w.n - 1] == '.')) w.n--;
        if (!w.n) continue;
        words[0] = words[1];
        words[1] = words[2];
        words[2] = w;
    }
    uint64_t a, b;
    const bool year = onri_parse_u64(words[2], &a) && a >= 1500 && a <= 2200;
    const onr_sv x = words[year ? 0 : 1], y = words[year ? 1 : 2];
    if (onri_parse_u64(x, &a) && a >= 1 && a <= 31) return onri_month(y) != 0;
    return onri_parse_u64(y, &b) && b >= 1 && b <= 31 && onri_month(x) != 0;
}

/* Dateline that a full stop ends: place in capitals, day, perhaps the agency between strokes. */
static size_t stop_dateline(onr_sv line)
{
    uint32_t words;
    const size_t place = place_in_capitals(line, &words);
    if (place < 3 || words > WORDS || place >= line.n) return 0;
    if (line.p[place] != ',' && line.p[place - 1] != '.') return 0;
    for (size_t at = place; at + 2 < line.n && at < FAR; at++) {
        if (line.p[at] != '.' || line.p[at + 1] != ' ') continue;
        const onr_sv head = onri_sub(line, 0, at);
        if (!is_titled(head)) return 0;
        if (!ends_in_day(head)) continue; /* the stop of "Aug." */
        size_t end = at + 2;
        if (line.p[end] == '/') { /* "/TASS/." */
            const size_t close = onri_find(line, ONR_SV("/"), end + 1);
            if (close == SIZE_MAX || close - end > 24) return 0;
            end = close + 1;
            while (end < line.n && (line.p[end] == '.' || line.p[end] == ' ')) end++;
        }
        const unsigned char next = end < line.n ? (unsigned char)line.p[end] : 0;
        return is_capital((char)next) || next == '"' || next >= 0x80 ? end : 0;
    }
    return 0;
}

size_t onri_dateline(onr_sv line)
{
    if (line.n == 0 || !is_capital(line.p[0])) return 0;
    const size_t stop = stop_dateline(line);
    if (stop) return stop;
    size_t at = 1, dash = 0;
    while (at < line.n && at < FAR && (dash = dash_at(line, at)) == 0) at++;
    if (dash == 0 || at + dash >= line.n) return 0;
    const unsigned char next = (unsigned char)line.p[at + dash];
    if (!is_capital((char)next) && !(next >= '0' && next <= '9') && next != '"' && next != '\'' &&
        next < 0x80)
        return 0;
    onr_sv head = onri_trim(onri_sub(line, 0, at));
    size_t bracket;
    const bool agency = agency_last(head, &bracket);
    if (agency) head = onri_trim(onri_sub(head, 0, bracket));
    if (!is_titled(head)) return 0;
    uint32_t words;
    const size_t capitals = place_in_capitals(head, &words);
    const bool comma = onri_find(head, ONR_SV(","), 0) != SIZE_MAX;
    const bool dated = comma && head.p[head.n - 1] >= '0' && head.p[head.n - 1] <= '9';
    const bool in_capitals = capitals >= 3 && words <= WORDS;
    const bool place_alone = in_capitals && (capitals == head.n || head.p[capitals] == ',');
    return agency || dated || place_alone ? at + dash : 0;
}
