"""Working days: neither weekend nor national holiday."""

from datetime import date, timedelta

from data.working_days import working_days_after, working_days_counted

DAY = timedelta(days=1)


def test_weekends_and_holidays_are_not_counted():
    # From Monday 9 June 2025 two weeks of five, then Monday to Thursday; Friday 27 June is a holiday.
    counted = working_days_counted(date(2025, 6, 9), date(2025, 6, 27))
    assert [counted[date(2025, 6, day)] for day in (9, 13, 14, 15, 16, 26, 27)] == [1, 5, 5, 5, 6, 5 + 5 + 4, 5 + 5 + 4]


def test_the_nth_working_day_after_a_day_is_the_first_that_counts_so_many_more():
    days = [date(2024, 12, 20) + number * DAY for number in range(25)]  # Christmas, New Year, weekends
    counted = working_days_counted(days[0], date(2025, 3, 1))
    for day, after in working_days_after(days, 14).items():
        assert counted[after] == counted[day] + 14
        assert counted[after - DAY] == counted[day] + 13


def test_a_span_that_ends_before_it_begins_has_no_days():
    assert working_days_counted(date(2025, 1, 2), date(2025, 1, 1)) == {}
