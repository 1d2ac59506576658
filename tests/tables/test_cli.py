"""`ckan orden-table`: its text, its JSON, its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.lib import jobs as queues
from ckan.tests.helpers import CKANCliRunner
from ckanext.orden.tables.cli import orden_table
from ckanext.orden.tables.jobs import QUEUE
from ckanext.orden.tables.model import TableReport

from .conftest import Act, Make, row, toilets

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.fixture()
def run(cli: CKANCliRunner) -> Any:
    """Runs a command of the group."""
    return lambda *arguments, **options: cli.invoke(orden_table, arguments, **options)


@pytest.fixture()
def path(tmp_path: Path) -> Path:
    made = tmp_path / "272035_public_toilet.csv"
    made.write_bytes(toilets())
    return made


def test_a_right_file_ends_with_zero(run: Any, path: Path):
    result = run("validate", str(path))
    assert result.exit_code == 0, result.output
    assert (
        "VALID: 0 errors, 0 warnings, 0 infos, 1 rows, 自治体標準オープンデータセット「公衆トイレ一覧」"
        in result.output
    )


def test_a_wrong_file_ends_with_one_and_says_how_to_mend_it(run: Any, path: Path):
    path.write_bytes(toilets({"緯度": "本町"}))
    result = run("validate", str(path), "--lang", "en")
    assert result.exit_code == 1
    assert "ERROR table.coordinate  “緯度” has 1 values that are not coordinates (row 2)." in result.output
    assert "→ Write decimal degrees" in result.output


def test_what_cannot_be_checked_ends_with_two(run: Any):
    assert run("validate", "no-such-resource").exit_code == 2
    assert run("validate", "http://127.0.0.1:1/a.csv").exit_code == 2


def test_json_is_the_report_and_standard_input_is_read(run: Any, path: Path):
    report = json.loads(run("validate", "-", "--json", input=path.read_bytes()).output)
    assert (report["standard"], report["conforms"]) == ("std-v3/13", True)


def test_the_corrected_file_is_written(run: Any, path: Path, tmp_path: Path):
    path.write_bytes(toilets({"緯度": "３４．７８"}))
    target = tmp_path / "corrected.csv"
    assert run("validate", str(path), "--corrected", str(target)).exit_code == 0
    assert "34.78" in target.read_text(encoding="utf-8-sig")


def test_registered_files_are_checked_at_once(run: Any, make: Make):
    dataset = make(toilets())
    assert run("validate", dataset["resources"][0]["id"]).exit_code == 0
    assert "1 datasets, 1 reports made" in run("check", "toilets").output
    assert row(dataset["resources"][0]["id"])
    assert "0 reports made" in run("check", "--all").output
    assert "1 reports made" in run("check", "--all", "--again").output
    assert run("check").exit_code == 2
    assert run("check", "no-such-dataset").exit_code == 2


def test_what_was_never_checked_is_asked_for_again(run: Any, make: Make, waiting: Any, act: Act):
    """As after a loss of Redis with its jobs."""
    dataset = make(toilets())
    pdf = {"url": "https://example.org/a.pdf", "format": "PDF"}
    act("package_create", name="pdf", title="題", notes="説明", owner_org=dataset["owner_org"], resources=[pdf])
    queues.get_queue(QUEUE).empty()
    assert "1 datasets queued" in run("check", "--missing", "--jobs").output
    assert waiting() == [dataset["id"]]
    assert "1 datasets, 1 reports made" in run("check", "--missing").output
    assert "0 datasets, 0 reports made" in run("check", "--missing").output
    model.Session.query(TableReport).update({"version": 0})
    model.Session.commit()
    assert "1 datasets, 1 reports made" in run("check", "--missing").output
