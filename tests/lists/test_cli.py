"""`ckan orden-list`: text, JSON, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ckan.tests.helpers import CKANCliRunner
from ckanext.orden.lists.cli import orden_list
from metadata.lists import table, workbook

from .conftest import row, shown

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "organization")


@pytest.fixture
def run(cli: CKANCliRunner) -> Any:
    """Runs a command as the clerk."""
    return lambda command, *arguments: cli.invoke(orden_list, [command, "-u", "clerk", *arguments])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "list.csv"


def test_list_is_previewed_and_applied(run, file):
    file.write_bytes(table("new", [row(1), row(2)]).encode())
    previewed = run("preview", str(file), "-o", "sakai")
    assert previewed.exit_code == 0, previewed.output
    assert "2 rows, 2 new" in previewed.output
    assert shown() == []
    applied = run("apply", previewed.output.split()[-1])
    assert applied.exit_code == 0, applied.output
    assert "applied, 2 created" in applied.output
    assert len(shown()) == 2


def test_wrong_rows_end_with_one_and_are_named(run, file):
    file.write_bytes(table("new", [row(1), row(2, データセット_公開日="?")]).encode())
    result = run("preview", str(file), "-o", "sakai")
    assert result.exit_code == 1
    assert "データセット_公開日" in result.output
    assert "1 new, 1 wrong" in result.output


def test_json_is_what_the_action_answers(run, file):
    file.write_bytes(workbook("new", [row(1)]))
    found = json.loads(run("preview", str(file), "-o", "sakai", "--json").stdout)
    assert (found["counts"]["new"], found["rows"][0]["title"]) == (1, "公衆トイレ一覧1")


def test_what_is_no_list_or_nobodys_ends_with_two(run, file):
    file.write_bytes(b"<html>")
    assert run("preview", str(file), "-o", "sakai").exit_code == 2
    file.write_bytes(table("new", [row(1)]).encode())
    assert run("preview", str(file), "-o", "nowhere").exit_code == 2
    assert run("apply", "nothing").exit_code == 2
    assert run("export", str(file), "-o", "nowhere").exit_code == 2


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_exported_list_can_be_handed_in_again(run, file, kind):
    file.write_bytes(table("new", [row(1), row(2)]).encode())
    run("apply", run("preview", str(file), "-o", "sakai").output.split()[-1])
    other = file.with_suffix(f".{kind}")
    exported = run("export", str(other), "-o", "sakai")
    assert exported.exit_code == 0, exported.output
    assert "2 unchanged" in run("preview", str(other), "-o", "sakai").output
