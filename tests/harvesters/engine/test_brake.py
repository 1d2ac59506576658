"""The deletion brake, without any CKAN."""

from datetime import datetime, timedelta

import pytest
from ckanext.orden.harvesters.engine.brake import Brake, Missing, decide

NOON = datetime(2026, 4, 1, 12)
DAY = timedelta(hours=24)


def missing(count: int, age: timedelta = DAY, runs: int = 2) -> list[Missing]:
    return [Missing(f"g{number:03d}", NOON - age, runs) for number in range(count)]


@pytest.mark.parametrize(
    ("age", "runs", "deleted"),
    [
        (DAY, 2, 3),
        (DAY - timedelta(seconds=1), 2, 0),
        (DAY, 1, 0),
        (timedelta(days=30), 1, 0),
        (timedelta(hours=1), 9, 0),
        (timedelta(hours=-5), 2, 0),
    ],
)
def test_only_twice_missing_and_a_day_old_is_deleted(age, runs, deleted):
    assert len(decide(missing(3, age, runs), 20, NOON).delete) == deleted


@pytest.mark.parametrize(
    ("count", "active", "held"),
    [(10, 20, False), (11, 20, True), (10, 10, False), (20, 100, False), (21, 100, True), (200, 1000, False)],
)
def test_more_than_a_fifth_and_more_than_ten_waits_for_a_person(count, active, held):
    decision = decide(missing(count), active, NOON)
    assert (len(decision.held), len(decision.delete)) == ((count, 0) if held else (0, count))
    assert decision.suspicious is held


def test_many_missing_are_suspicious_before_they_are_due():
    decision = decide(missing(15, timedelta(0), 1), 20, NOON)
    assert (decision.suspicious, decision.held, decision.delete) == (True, (), ())


def test_nothing_missing_decides_nothing():
    decision = decide([], 0, NOON)
    assert (decision.delete, decision.held, decision.suspicious) == ((), (), False)


def test_brake_can_be_set_tighter():
    assert decide(missing(3), 20, NOON, Brake(at_least=2, share=0.0)).held == ("g000", "g001", "g002")
