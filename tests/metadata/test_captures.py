"""Real captures of publishers' feeds, where they lie beside the checkout: no crash, no garbled text, stated counts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ckanext.orden.errors import SourceError
from ckanext.orden.metadata import fields
from ckanext.orden.metadata.axes import derive
from ckanext.orden.metadata.hashing import fingerprint
from ckanext.orden.metadata.mapping import Mapped
from ckanext.orden.metadata.mapping.ckan_package import dataset
from ckanext.orden.metadata.mapping.open_data_list import datasets
from ckanext.orden.metadata.parsing.open_data_list import read
from ckanext.orden.metadata.validation import check

from . import captures

FEEDS = Path(__file__).parents[2].parent / "shared" / "feeds"
FLOORS = {"cadde/template_default.json": 0.97}  # haspolicy_url is made of offers and stays an extra
GARBLED = re.compile("[\ufffd｡-ﾟ\u0080-\u009f]|縺|繧|譁|蜿")

pytestmark = pytest.mark.skipif(not FEEDS.is_dir(), reason="the captures are not beside this checkout")


def records() -> Iterator[dict[str, Any]]:
    for path in sorted((FEEDS / "ckan_api").glob("*.json*")):
        text = path.read_text(encoding="utf-8")
        parts = (
            [json.loads(line) for line in text.splitlines() if line] if path.suffix == ".jsonl" else json.loads(text)
        )
        for part in parts if isinstance(parts, list) else [parts]:
            yield part.get("result", part)


def garbled(found: Mapped, source: str) -> set[str]:
    """Suspicious characters that the source did not have."""
    text = json.dumps(found.dataset, ensure_ascii=False)
    return {char for char in GARBLED.findall(text) if char not in source}


def test_every_ckan_record_becomes_a_dataset_without_loss_of_text():
    count = read_frequencies = 0
    for remote in records():
        found = dataset(remote)
        assert set(found.dataset) <= fields.DATASET | {"tags", "resources", "extras"}
        assert not garbled(found, json.dumps(remote, ensure_ascii=False))
        assert len(found.dataset["resources"]) == len(remote["resources"])
        assert found.dataset.get("license_id"), remote["name"]
        assert fingerprint(found.dataset) == fingerprint(dataset(remote).dataset)
        assert tuple(derive(found.dataset, found.organization)) == fields.AXES
        assert check(found.dataset, found.organization).valid, remote["name"]
        count += 1
        read_frequencies += "frequency" in found.dataset or "orden_frequency_text" not in found.dataset
    assert (count, read_frequencies) == (897, 896)


def test_records_are_read_without_loss_but_for_stated_shares():
    """The table that `python -m tests.metadata.captures` prints: floors for its shares, nothing refused in silence."""
    made = {found.name: found for found in captures.figures()}
    read_files = [found for found in made.values() if found.records]
    assert {name for name, found in made.items() if not found.records and not found.refused} == {
        "cadde/config_tool.json",
        "cadde/providerList.json",
    }
    assert sum(found.records for found in read_files) == 1_582
    for found in read_files:
        assert found.share >= FLOORS.get(found.name, 1.0), (found.name, found.share, found.issues)
    assert not {code for found in read_files for code in found.issues} & captures.LOSING


def test_every_row_of_a_table_is_read_and_what_is_mended_is_counted():
    made = {found.name: found for found in captures.table_figures()}
    read_files = [found for found in made.values() if found.records]
    assert sum(found.records for found in read_files) == 11_419
    assert all(found.share == 1 for found in read_files)
    assert sum(found.normalised for found in read_files) > 4_000
    assert [name for name, found in made.items() if found.refused] == ["broken/takamatsu_zero_bytes.csv"]


@pytest.mark.parametrize(
    ("change", "unchanged"),
    [
        ("frequency_changed", False),
        ("identical_values_other_key_order", True),
        ("only_dates", True),
        ("res_added", False),
        ("res_added_and_removed", False),
        ("res_removed", False),
    ],
)
def test_two_states_of_one_record_differ_only_by_content(change: str, unchanged: bool):
    before, after = (
        json.loads((FEEDS / "ckan_api" / f"tokyo_pair_{change}_{state}.json").read_text(encoding="utf-8"))
        for state in ("before", "after")
    )
    one, other = (fingerprint(dataset(state.get("result", state)).dataset) for state in (before, after))
    assert (one == other) is unchanged


@pytest.mark.parametrize(
    ("name", "generation", "encoding", "rows", "count"),
    [
        ("shirasagi_seed_45col.csv", "new", "utf-8-sig", 4, 3),
        ("takamatsu_open_data_list_0099.csv", "old", "utf-8-sig", 96, 96),
        ("takamatsu_open_data_list_0099.xlsx", "old", "", 113, 113),
    ],
)
def test_every_row_of_a_list_is_read(name: str, generation: str, encoding: str, rows: int, count: int):
    data = (FEEDS / "open_data_list" / name).read_bytes()
    found = read(data)
    mapped = datasets(found)
    assert (found.generation, found.encoding, len(found.rows), len(mapped)) == (generation, encoding, rows, count)
    assert found.complete
    assert len({one.guid for one in mapped}) == count
    assert not any(garbled(one, data.decode("utf-8-sig", "ignore")) for one in mapped)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("open_data_list/kobe_metadata_2015.csv", "no header"),
        ("open_data_list/takamatsu_maps_catalog.tsv", "no header"),
        ("open_data_list/template_xxxxxx_open_data_list.csv", "no rows"),
        ("broken/kobe_google_analytics_http304_body.csv", "HTTP"),
        ("broken/takamatsu_zero_bytes.csv", "empty"),
        ("broken/tokyo_pkg_zero_bytes.json", "empty"),
    ],
)
def test_file_that_is_no_list_is_never_an_empty_list(name: str, reason: str):
    with pytest.raises(SourceError, match=reason):
        read((FEEDS / name).read_bytes())


def test_no_table_of_another_kind_passes_for_a_list():
    for folder in ("standard_csv", "nonstandard_csv", "events"):
        for path in sorted((FEEDS / folder).glob("*.csv")):
            with pytest.raises(SourceError):
                read(path.read_bytes())
