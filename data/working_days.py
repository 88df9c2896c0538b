"""The working-day calendar of Indonesia: neither weekend nor national holiday."""

from collections.abc import Iterable
from datetime import date

from holidays import country_holidays


def working_days_after(days: Iterable[date], count: int) -> dict[date, date]:
    """For each day the `count`-th working day after it; the day itself does not count.

    National holidays as announced, and computed for years to come, by the package `holidays`; joint leave
    (cuti bersama) is a working day.
    """
    free = country_holidays("ID")
    return {day: free.get_nth_working_day(day, count) for day in days}
