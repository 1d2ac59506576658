"""The minute hand."""

from __future__ import annotations

import pytest
from ckan.tests.helpers import CKANCliRunner
from ckanext.orden import schedule
from ckanext.orden.cli import orden

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def test_schedule_is_planted_once_and_plants_itself_anew():
    schedule.remove()
    schedule.plant()
    schedule.plant()
    assert len(schedule._planted()) == 1
    schedule.remove()
    schedule.tick()
    assert len(schedule._planted()) == 1
    schedule.remove()
    assert schedule._planted() == []


def test_a_minute_is_told_to_those_who_listen():
    minutes: list[object] = []

    def listener(sender: object) -> None:
        minutes.append(sender)

    with schedule.MINUTE.connected_to(listener):
        schedule.tick()
    schedule.remove()
    assert len(minutes) == 1


def test_the_command_plants_and_removes(cli: CKANCliRunner):
    assert cli.invoke(orden, ["schedule"]).exit_code == 0
    assert len(schedule._planted()) == 1
    assert cli.invoke(orden, ["schedule", "--off"]).exit_code == 0
    assert schedule._planted() == []
