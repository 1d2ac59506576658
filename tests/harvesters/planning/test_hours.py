"""Cron and hours of the day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from ckanext.orden.harvesters.planning.hours import Timetable, cron, window

TOKYO, ZURICH = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Zurich")
NOON = datetime(2026, 4, 1, 3)
"""Noon in Tokyo."""


def table(cron_: str = "", frequency: str = "MANUAL", hours: str = "", zone: ZoneInfo = TOKYO) -> Timetable:
    return Timetable(cron_, frequency, window(hours) if hours else None, zone)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("0 3 * * *", "0 3 * * *"), ("  30   4 * * mon-fri ", "30 4 * * mon-fri"), ("０ ３ ＊ ＊ １", "0 3 * * 1")],
)
def test_cron_is_kept_in_its_plain_form(typed: str, plain: str):
    assert cron(typed) == plain


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "3",
        "0 3 * *",
        "0 3 * * * *",
        "61 3 * * *",
        "0 24 * * *",
        "0 0 30 2 *",
        "@daily",
        "r r * * *",
        "h * * * *",
        "0 3 * * x",
    ],
)
def test_what_is_no_cron_or_never_comes_true_is_refused(typed: str):
    with pytest.raises(ValueError):
        cron(typed)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("22:00-05:30", "22:00-05:30"),
        ("9:00～17:00", "09:00-17:00"),
        ("２２：００〜５：３０", "22:00-05:30"),
        ("22:00-24:00", "22:00-24:00"),
    ],
)
def test_hours_are_kept_in_their_plain_form(typed: str, plain: str):
    assert str(window(typed)) == plain


@pytest.mark.parametrize(
    "typed", ["", "22", "22:00", "22:00-22:00", "22:60-05:00", "25:00-05:00", "22:00-24:30", "0:00-24:00", "a-b"]
)
def test_what_is_no_hours_is_refused(typed: str):
    with pytest.raises(ValueError):
        window(typed)


def test_hours_over_midnight_hold_both_ends_of_the_night():
    night = window("22:00-05:30")
    inside = [datetime(2026, 4, 1, 13), datetime(2026, 4, 1, 16), datetime(2026, 4, 1, 20, 29)]
    outside = [datetime(2026, 4, 1, 12, 59), datetime(2026, 4, 1, 20, 30), NOON]
    assert [night.holds(moment, TOKYO) for moment in (*inside, *outside)] == [True] * 3 + [False] * 3
    assert night.opening(NOON, TOKYO) == datetime(2026, 4, 1, 13)
    assert night.opening(inside[1], TOKYO) == inside[1]


def test_cron_runs_by_the_clock_of_the_zone():
    assert table("0 3 * * *").next(NOON) == datetime(2026, 4, 1, 18)
    assert table("0 3 * * *", zone=ZURICH).next(datetime(2026, 3, 27, 12)) == datetime(2026, 3, 28, 2)
    assert table("0 3 * * *", zone=ZURICH).next(datetime(2026, 3, 29, 12)) == datetime(2026, 3, 30, 1)


def test_moment_outside_the_hours_waits_for_their_beginning():
    assert table("0 12 * * *", hours="22:00-05:30").next(NOON) == datetime(2026, 4, 2, 13)
    assert table(frequency="DAILY", hours="22:00-05:30").next(NOON) == datetime(2026, 4, 2, 13)


def test_source_without_times_has_no_next_run():
    assert table().next(NOON) is None
    assert table().due(None, NOON) is None


def test_new_source_is_due_at_once_by_frequency_and_at_its_time_by_cron():
    assert table(frequency="DAILY").due(None, NOON) == NOON
    assert table("0 3 * * *").due(None, NOON) == datetime(2026, 4, 1, 18)


def test_plan_of_a_clock_that_was_far_ahead_is_none():
    night = table("0 3 * * *")
    assert night.due(datetime(2031, 1, 1), NOON) == datetime(2026, 4, 1, 18)
    assert night.due(datetime(2026, 4, 2, 18), NOON) == datetime(2026, 4, 2, 18)


def test_what_was_missed_is_due_still():
    missed = datetime(2026, 3, 20, 18)
    assert table("0 3 * * *").due(missed, NOON) == missed
