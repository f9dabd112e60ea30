/* Days of the proleptic Gregorian calendar as numbers. */
#ifndef ONRI_DATE_H
#define ONRI_DATE_H

#include "base/base.h"

/* Days since 1970-01-01; ONRI_NO_DAY: unknown, or open end of an interval. */
typedef int32_t onri_day;
#define ONRI_NO_DAY INT32_MIN

onri_day onri_day_of(int32_t year, uint32_t month, uint32_t day); /* NO_DAY if no such date */
void onri_day_split(onri_day d, int32_t *year, uint32_t *month, uint32_t *day);
uint32_t onri_weekday(onri_day d); /* 1 = Monday .. 7 = Sunday */
uint32_t onri_days_in_month(int32_t year, uint32_t month);
/* First day of the month `months` after the month of d. */
onri_day onri_month_start(onri_day d, int32_t months);
/* "YYYY-MM-DD" at the start of s, whatever follows after a 'T' or blank; NO_DAY if it is not one.
 */
onri_day onri_day_parse(onr_sv s);
/* Ten characters and a NUL; years 0..9999. */
void onri_day_print(onri_day d, char out[11]);

#endif
