"""Which month stands behind which: a group's months and the same months a year before."""

import pytest

from ui.trends import Series

MONTHS = [f"{year}-{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13)]


def series_of(row, months):
    return Series("16.71", "Kota Palembang", [row(month, 10 + place, 100) for place, month in enumerate(months)])


@pytest.mark.parametrize(
    ("count", "shown", "without_year_before"),
    [(1, 1, 1), (10, 10, 10), (12, 12, 12), (13, 13, 12), (20, 20, 12), (30, 24, 36 - 30), (36, 24, 0)],
)
def test_behind_each_month_stands_the_same_month_of_the_year_before(row, count, shown, without_year_before):
    series = series_of(row, MONTHS[:count])
    assert [month.month for month in series.shown] == MONTHS[count - shown : count]
    behind = [month and month.month for month in series.year_before]
    assert behind == [None] * without_year_before + [
        f"{int(month[:4]) - 1}-{month[5:]}" for month in MONTHS[count - shown + without_year_before : count]
    ]


def test_of_three_years_the_first_stands_behind_the_second(row):
    series = series_of(row, MONTHS)
    behind = [month and month.value for month in series.year_before]
    assert (series.shown[0].month, series.shown[0].value, behind[0]) == ("2023-01", 10 + 12, 10)
    assert (series.shown[-1].month, series.shown[-1].value, behind[-1]) == ("2024-12", 10 + 35, 10 + 35 - 12)


def test_a_month_without_data_is_kept_in_its_place(row):
    months = MONTHS[:24]
    rows = [row(month) if month == "2022-03" else row(month, 1, 2) for month in months]
    behind = Series("16.71", "Kota Palembang", rows).year_before
    assert [month and month.status for month in behind[12:15]] == ["ok", "ok", "no_data"]
