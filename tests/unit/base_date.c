/* Days and calendar dates lead to each other over four centuries, and bad dates are none. */
#include "test.h"

#include "base/date.h"

static void date__round_trips_every_day(void **state)
{
    (void)state;
    const onri_day first = onri_day_of(1800, 1, 1), last = onri_day_of(2200, 12, 31);
    uint32_t wd = onri_weekday(first);
    for (onri_day d = first; d <= last; d++) {
        int32_t y;
        uint32_t m, day;
        onri_day_split(d, &y, &m, &day);
        assert_int_equal(onri_day_of(y, m, day), d);
        assert_int_equal(onri_weekday(d), wd);
        wd = wd % 7 + 1;
    }
}

static void date__knows_fixed_points(void **state)
{
    (void)state;
    assert_int_equal(onri_day_of(1970, 1, 1), 0);
    assert_int_equal(onri_day_of(2000, 3, 1), 11017);
    assert_int_equal(onri_weekday(onri_day_of(2018, 7, 13)), 5);
    assert_int_equal(onri_month_start(onri_day_of(2018, 1, 31), -1), onri_day_of(2017, 12, 1));
    assert_int_equal(onri_month_start(onri_day_of(2018, 12, 31), 1), onri_day_of(2019, 1, 1));
}

static void date__refuses_what_is_none(void **state)
{
    (void)state;
    assert_int_equal(onri_day_of(2019, 2, 29), ONRI_NO_DAY);
    assert_int_equal(onri_day_of(2019, 13, 1), ONRI_NO_DAY);
    assert_int_equal(onri_day_of(10000, 1, 1), ONRI_NO_DAY);
    assert_int_equal(onri_day_parse(ONR_SV("2018-7-13")), ONRI_NO_DAY);
    assert_int_equal(onri_day_parse(ONR_SV("2018-02-30")), ONRI_NO_DAY);
    assert_int_equal(onri_day_parse(ONR_SV("2018-07-13x")), ONRI_NO_DAY);
    assert_int_equal(onri_day_parse(ONR_SV("2018-07-13T10:00:00Z")), onri_day_of(2018, 7, 13));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(date__round_trips_every_day),
        cmocka_unit_test(date__knows_fixed_points),
        cmocka_unit_test(date__refuses_what_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
