"""`ckan orden-dcat validate`: its text, its JSON, its exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ckan.tests.helpers import CKANCliRunner
from ckanext.orden.dcat.cli import orden_dcat

from .conftest import GOLDEN

pytestmark = pytest.mark.usefixtures("with_plugins", "non_clean_db")


@pytest.fixture()
def run(cli: CKANCliRunner) -> Any:
    """Runs the command."""
    return lambda *arguments, **options: cli.invoke(orden_dcat, ["validate", *arguments], **options)


def test_valid_file_ends_with_zero(run: Any):
    result = run(str(GOLDEN))
    assert result.exit_code == 0, result.output
    assert "VALID (odpo): 0 errors" in result.output


def test_broken_file_ends_with_one_and_says_how_to_mend_it(run: Any, tmp_path: Path):
    path = tmp_path / "list.ttl"
    path.write_text("施設名,住所\nA,B\n")
    result = run(str(path))
    assert result.exit_code == 1
    assert "これは CSV（表）のファイルです。" in result.output
    assert "This is a CSV file" in run(str(path), "--lang", "en").output


def test_json_is_the_report(run: Any):
    report = json.loads(run(str(GOLDEN), "--json", "--level", "base").output)
    assert (report["valid"], report["level"]) == (True, "base")


def test_standard_input_is_read(run: Any):
    assert run("-", input=GOLDEN.read_text()).exit_code == 0


def test_what_cannot_be_checked_ends_with_two(run: Any, clean_db: None):
    assert run("nothing-here").exit_code == 2
    assert run("http://127.0.0.1:1/catalog.ttl").exit_code == 2


def test_all_public_datasets_are_checked_by_rule(run: Any, stored: list[dict[str, Any]]):
    result = run("--all", "--level", "range")
    assert result.exit_code == 0, result.output
    assert "3 datasets" in result.output
    assert "VALID (range): 0 errors" in result.output
    report = json.loads(run("--all", "--json").output)
    assert {group["code"] for group in report["groups"]} >= {"dcat.dataset.contact.missing"}


def test_datasets_of_an_organisation_are_checked(run: Any, stored: list[dict[str, Any]]):
    assert "3 datasets" in run("--organization", "toyonaka").output
    assert run("--organization", "nowhere").exit_code == 2


def test_command_wants_one_subject_and_a_level_that_there_is(run: Any):
    assert run().exit_code == 2
    assert run("--all", str(GOLDEN)).exit_code == 2
    result = run(str(GOLDEN), "--level", "strict")
    assert result.exit_code == 2
    assert "base, range" in result.output


def test_levels_are_listed(cli: CKANCliRunner):
    assert {"base", "range", "odpo"} <= set(cli.invoke(orden_dcat, ["levels"]).output.split())
