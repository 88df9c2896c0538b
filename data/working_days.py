"""The working-day calendar of Indonesia: neither weekend nor national holiday."""

from collections.abc import Iterable
from datetime import date, timedelta

from holidays import country_holidays


def working_days_after(days: Iterable[date], count: int) -> dict[date, date]:
    """For each day the `count`-th working day after it; the day itself does not count.

    National holidays as announced, and computed for years to come, by the package `holidays`; joint leave
    (cuti bersama) is a working day.
    """
    free = country_holidays("ID")
    return {day: free.get_nth_working_day(day, count) for day in days}


def working_days_counted(first: date, last: date) -> dict[date, int]:
    """For each day from first to last how many working days there are up to it, from first on."""
    free = country_holidays("ID")
    counted, number = {}, 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        number += free.is_working_day(day)
        counted[day] = number
    return counted
