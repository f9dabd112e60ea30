/* Calendar arithmetic. Source: the well-known days-from-civil algorithms (H. Hinnant, "chrono-
 * Compatible Low-Level Date Algorithms"), written anew. */
#include "base/date.h"

#include <stdio.h>

static bool is_leap(int32_t y)
{
    return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

uint32_t onri_days_in_month(int32_t year, uint32_t month)
{
    static const uint8_t n[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    ONR_ASSERT(month >= 1 && month <= 12);
    return n[month - 1] + (month == 2 && is_leap(year) ? 1u : 0u);
}

onri_day onri_day_of(int32_t year, uint32_t month, uint32_t day)
{
    if (year < 0 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > onri_days_in_month(year, month))
        return ONRI_NO_DAY;
    const int32_t y = month <= 2 ? year - 1 : year; /* years begin in March */
    const int32_t era = (y >= 0 ? y : y - 399) / 400;
    const int32_t yoe = y - era * 400;
    const int32_t m = (int32_t)month + (month > 2 ? -3 : 9);
    const int32_t doy = (153 * m + 2) / 5 + (int32_t)day - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

void onri_day_split(onri_day d, int32_t *year, uint32_t *month, uint32_t *day)
{
    const int32_t z = d + 719468;
    const int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    const int32_t doe = z - era * 146097;
    const int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const int32_t m = (5 * doy + 2) / 153;
    *day = (uint32_t)(doy - (153 * m + 2) / 5 + 1);
    *month = (uint32_t)(m < 10 ? m + 3 : m - 9);
    *year = yoe + era * 400 + (*month <= 2);
}

uint32_t onri_weekday(onri_day d)
{
    const int32_t r = (d + 3) % 7; /* 1970-01-01 was a Thursday */
    return (uint32_t)(r < 0 ? r + 7 : r) + 1;
}

onri_day onri_month_start(onri_day d, int32_t months)
{
    int32_t y;
    uint32_t m, day;
    onri_day_split(d, &y, &m, &day);
    const int32_t at = y * 12 + (int32_t)m - 1 + months;
    return onri_day_of(at / 12, (uint32_t)(at % 12) + 1, 1);
}

onri_day onri_day_parse(onr_sv s)
{
    if (s.n < 10 || s.p[4] != '-' || s.p[7] != '-') return ONRI_NO_DAY;
    if (s.n > 10 && s.p[10] != 'T' && s.p[10] != ' ') return ONRI_NO_DAY;
    uint64_t y, m, d;
    if (!onri_parse_u64(onri_sub(s, 0, 4), &y) || !onri_parse_u64(onri_sub(s, 5, 7), &m) ||
        !onri_parse_u64(onri_sub(s, 8, 10), &d))
        return ONRI_NO_DAY;
    return onri_day_of((int32_t)y, (uint32_t)m, (uint32_t)d);
}

void onri_day_print(onri_day d, char out[11])
{
    int32_t y;
    uint32_t m, day;
    onri_day_split(d, &y, &m, &day);
    ONR_ASSERT(y >= 0 && y <= 9999);
    char wide[32]; /* the compiler cannot see that the numbers are small */
    (void)snprintf(wide, sizeof wide, "%04d-%02u-%02u", (int)y, m, day);
    memcpy(out, wide, 10);
    out[10] = 0;
}
