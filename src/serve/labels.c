/* Plain words for PLOVER's classes and the like. Source: own; the classes are PLOVER's. */
#include "serve/labels.h"

onr_sv label_of(onr_sv code)
{
    static const char *const words[][2] = {
        { "AGREE", "agree" },
        { "CONSULT", "meet, talk" },
        { "SUPPORT", "support" },
        { "COOPERATE", "cooperate" },
        { "AID", "help" },
        { "CONCEDE", "give way" },
        { "YIELD", "give way" },
        { "RETREAT", "withdraw" },
        { "REQUEST", "ask, demand" },
        { "ACCUSE", "accuse" },
        { "REJECT", "reject" },
        { "THREATEN", "threaten" },
        { "PROTEST", "protest" },
        { "SANCTION", "sanction, cut ties" },
        { "MOBILIZE", "mobilize" },
        { "COERCE", "coerce, arrest" },
        { "ASSAULT", "attack" },
        { "not-confirmed", "not confirmed" },
        { "only-if", "only if" },
        { "will-not", "will not" },
        { "office-of", "office of" },
        { "member-of", "member of" },
        { "part-of", "part of" },
        { "ally-of", "ally of" },
        { "talks-with", "talks with" },
        { "conflict-with", "in conflict with" },
        { "relative-of", "relative of" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (onri_eqz(code, words[i][0])) return onri_svz(words[i][1]);
    return code;
}
