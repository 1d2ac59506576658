"""iCalendar as cities write it."""

from __future__ import annotations

from pathlib import Path

import pytest
from ckanext.orden.metadata.parsing import calendars

CAPTURES = Path(__file__).parents[3].parent / "shared" / "feeds" / "events"


def calendar(*events: str, head: str = "X-WR-CALNAME:イベント") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *head.split("\n")]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.split("\n"), "END:VEVENT"]
    return ("\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n").encode()


def test_properties_are_the_calendars_own_and_not_an_events():
    found = calendars.read(calendar("SUMMARY:盆踊り\nNAME:その他", head="NAME;LANGUAGE=ja:市の\\, 催し\nX-A:b"))
    assert (found.properties["NAME"], found.properties["X-A"], found.events) == ("市の, 催し", "b", 1)
    assert "SUMMARY" not in found.properties


def test_lines_folded_inside_a_character_are_joined():
    folded = calendar(head="X-WR-CALNAME:イベント").replace("ベ".encode(), b"\xe3\r\n \x83\x99")
    assert calendars.read(folded).properties["X-WR-CALNAME"] == "イベント"


@pytest.mark.parametrize(
    ("event", "years"),
    [
        ("DTSTART;VALUE=DATE:20260401", ("2026", "2026")),
        ("DTSTART;TZID=Asia/Tokyo:20261231T230000\nDTEND;TZID=Asia/Tokyo:20270101T010000", ("2026", "2027")),
        ("DTSTART:20260401\nRRULE:FREQ=WEEKLY;UNTIL=20290301T000000Z", ("2026", "2029")),
        ("DTSTART:20260401\nRRULE:FREQ=YEARLY;COUNT=3", ("2026", "2028")),
        ("DTSTART:20260401\nRRULE:FREQ=DAILY;INTERVAL=999999;COUNT=999999", ("2026", "2036")),
        ("DTSTART:20260401\nRRULE:FREQ=SECONDLY;COUNT=999999", ("2026", "2036")),
        ("DTSTART:20260401\nRRULE:FREQ=DAILY", ("2026", "")),
        ("DTSTART:20260401\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", ("2026", "")),
        ("DTSTART:20260401\nDTEND:20250401", ("2026", "2026")),
        ("DTSTART:20260401\nSTATUS:CANCELLED", None),
        ("DTSTART:20261301", None),
        ("DTSTART:来週", None),
        ("SUMMARY:日程未定", None),
    ],
)
def test_years_of_an_event_reach_to_its_last_repetition_within_a_horizon(event, years):
    assert calendars.read(calendar(event)).years == years


def test_years_of_a_calendar_are_those_of_all_its_events():
    found = calendars.read(calendar("DTSTART:20250101", "DTSTART:20280101", "DTSTART:20260101\nDTEND:20270101"))
    assert found.years == ("2025", "2028")


@pytest.mark.parametrize(
    "body",
    [
        calendar("DTSTART:20260401")[:-20],
        calendar("DTSTART:20260401").replace(b"END:VEVENT\r\n", b""),
        calendar() + b"SUMMARY:left over\r\n",
        b"END:VCALENDAR",
        b"",
        b"<html>",
        calendar().replace("イ".encode(), b"\x83"),
    ],
)
def test_calendar_that_is_broken_or_cut_off_is_refused(body):
    with pytest.raises(ValueError, match=r"\w"):
        calendars.read(body)


def test_odd_lines_and_foreign_rules_are_passed_over():
    found = calendars.read(calendar("DTSTART:20260401\nthis is no property\nRRULE:FREQ=DAILY;DAYS=SU;UNTIL=20261201"))
    assert found.years == ("2026", "2026")


@pytest.mark.parametrize("start", [b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR", b"\r\nbegin:vcalendar"])
def test_beginning_tells_a_calendar(start):
    assert calendars.is_calendar(start)
    assert not calendars.is_calendar(b"<p>BEGIN:VCALENDAR")


def test_real_calendars_are_read_to_their_end():
    for path in sorted(CAPTURES.glob("*.ics")) if CAPTURES.exists() else ():
        found = calendars.read(path.read_bytes())
        assert (found.events > 0) == (found.years is not None), path.name
