"""The day that the page of publishing offers."""

from datetime import date, datetime

from data.home import JAKARTA
from ui.jobs import Job
from ui.publishing import PREVIEW, day_asked

TODAY = date(2025, 7, 30)


def preview_begun(at: datetime) -> Job:
    return Job(PREVIEW, "3 2025-06-30", at)


def test_today_is_offered_to_who_has_previewed_nothing():
    assert day_asked(None, TODAY) == TODAY


def test_the_day_of_a_preview_of_today_is_offered_again():
    assert day_asked(preview_begun(datetime(2025, 7, 30, 0, 1, tzinfo=JAKARTA)), TODAY) == date(2025, 6, 30)


def test_the_day_of_yesterdays_preview_is_not():
    assert day_asked(preview_begun(datetime(2025, 7, 29, 23, 59, tzinfo=JAKARTA)), TODAY) == TODAY
