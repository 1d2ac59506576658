"""The example of docs/adding-a-harvester.md is built from the document and harvests."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from ckanext.orden.harvesters import base, runs
from fetching.server import reply

from .conftest import NOON, shown

DOCUMENT = Path(__file__).parents[2] / "docs" / "adding-a-harvester.md"
EXAMPLE = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)[0]


def test_example_is_short():
    assert len(EXAMPLE.splitlines()) <= 60


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_example_harvests_its_feed(server, make_source, monkeypatch):
    names: dict = {}
    exec(compile(EXAMPLE, str(DOCUMENT), "exec"), names)  # noqa: S102 - our own document
    example = object.__new__(names["PlainJsonHarvester"])
    assert isinstance(example, base.OrdenHarvester)
    records = [{"id": str(n), "title": f"避難所一覧{n}", "csv": f"https://data.example.jp/{n}.csv"} for n in range(3)]
    server.answers["/all.json"] = reply(json.dumps(records).encode())
    job = runs.job_for(make_source(server.url("/all.json"), "orden_list"))
    job.source.config = '{"licence": "CC-BY-4.0"}'
    job.save()
    run = example.run(job, now=lambda: NOON)
    assert run is not None
    assert (run.state, run.problems, run.counts["added"]) == ("finished", [], 3)
    assert {dataset["title"] for dataset in shown()} == {f"避難所一覧{n}" for n in range(3)}
    assert {dataset["license_id"] for dataset in shown()} == {"CC-BY-4.0"}
