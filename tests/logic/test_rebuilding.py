"""The index is made anew from the database alone, by processes of its own, and never stands empty."""

from __future__ import annotations

import os
import signal
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest
from ckan import model
from ckan.cli.cli import ckan
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.logic import documents, rebuilding
from ckanext.orden.model import OrdenMeaning

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def indexed() -> set[str]:
    make_connection().commit(waitSearcher=True)
    return {row["name"] for row in make_connection().search("*:*", rows=1000)}


def told(_many: int) -> None:
    """Nobody."""


@pytest.fixture
def datasets(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Seven datasets of which the index knows nothing."""
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    made = {"owner_org": factories.Organization()["id"], "notes": "説明"}
    ids: list[str] = [factories.Dataset(name=f"n{number}", title=f"題 {number}", **made)["id"] for number in range(7)]
    make_connection().delete(q="*:*", commit=True)
    OrdenMeaning.clear()
    return ids


def test_all_datasets_are_indexed_in_batches(datasets: list[str]):
    counted: list[int] = []
    assert rebuilding.rebuild(2, counted.append) == []
    assert sorted(counted) == [1, 2, 2, 2]
    assert indexed() == {f"n{number}" for number in range(7)}


def test_what_was_encoded_is_kept_for_the_next_time(datasets: list[str]):
    rebuilding.rebuild(2, told)
    assert model.Session.query(OrdenMeaning).count() == 7
    assert all("orden_meaning" in row for row in make_connection().search("*:*", rows=10, fl="id,orden_meaning"))


def test_what_the_database_does_not_have_leaves_the_index(datasets: list[str]):
    foreign = {"id": "f", "index_id": "f", "name": "other-sites", "site_id": "another", "entity_type": "package"}
    gone = {**foreign, "id": "g", "index_id": "g", "name": "gone", "site_id": tk.config["ckan.site_id"]}
    make_connection().add(docs=[foreign, gone], commit=True)
    rebuilding.rebuild(1, told)
    assert indexed() == {*(f"n{number}" for number in range(7)), "other-sites"}


def test_a_deleted_dataset_leaves_the_index(datasets: list[str]):
    rebuilding.rebuild(1, told)
    model.Session.query(model.Package).filter_by(id=datasets[0]).update({"state": "deleted"})
    model.Session.commit()
    rebuilding.rebuild(1, told)
    assert indexed() == {f"n{number}" for number in range(1, 7)}


def test_visitors_find_everything_meanwhile(datasets: list[str], monkeypatch: pytest.MonkeyPatch):
    rebuilding.rebuild(1, told)
    found: list[int] = []
    rebuilding.rebuild(1, lambda _many: found.append(len(indexed())))
    assert found == [7] * 4


def test_one_that_cannot_be_indexed_is_named(datasets: list[str], monkeypatch: pytest.MonkeyPatch):
    make = documents.document

    def broken(dataset_id: str, **options: Any) -> dict[str, Any]:
        if dataset_id == datasets[3]:
            raise RuntimeError("a plugin's fault")
        return make(dataset_id, **options)

    monkeypatch.setattr(documents, "document", broken)
    assert rebuilding.rebuild(2, told) == [datasets[3]]
    assert len(indexed()) == 6


def test_a_process_that_is_killed_is_told_and_the_index_still_stands(
    datasets: list[str], monkeypatch: pytest.MonkeyPatch, cli: Any
):
    rebuilding.rebuild(1, told)
    monkeypatch.setattr(documents, "document", lambda *_ids, **_options: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(BrokenProcessPool):
        rebuilding.rebuild(1, told)
    result = cli.invoke(ckan, ["orden", "rebuild-index", "--processes", "1"])
    assert result.exit_code == 1
    assert "try fewer --processes" in result.output
    assert len(indexed()) == 7


def test_the_command_tells_how_far_it_is(datasets: list[str], cli: Any):
    result = cli.invoke(ckan, ["orden", "rebuild-index"])
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "7 datasets are indexed")


def test_the_command_fails_when_one_is_left(datasets: list[str], cli: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(documents, "index", lambda ids, *_seen, **_options: list(ids))
    result = cli.invoke(ckan, ["orden", "rebuild-index"])
    assert result.exit_code == 1
    assert datasets[0] in result.output
