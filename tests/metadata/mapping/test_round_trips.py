"""Each pair of formats: what is written in one and then in the other comes back, field by field of the schema.

A field added to the schema is in the full dataset at once: it must come back, or its description must not claim a
column of オープンデータ一覧 (`list`) or an item of CADDE (`cadde`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import pytest
from ckanext.orden.metadata.hashing import fingerprint
from ckanext.orden.metadata.mapping import cadde, ckan_package, list_row
from ckanext.orden.metadata.mapping.losses import losses
from metadata.full import full, leaves_of, not_held

Dict = Mapping[str, Any]


def by_list(dataset: Dict) -> Dict:
    return list_row.read_back(list_row.rows(dataset).rows)


def by_cadde(dataset: Dict) -> Dict:
    return cadde.read_back(cadde.write({"id": "x", **dataset}, "https://odpo.example.jp/dataset/x").package)


def by_ckan(dataset: Dict) -> Dict:
    """As another site of this kind gives it."""
    return ckan_package.dataset({"id": "x", **dataset}).dataset


WAYS: dict[str, Callable[[Dict], Dict]] = {"list": by_list, "cadde": by_cadde, "ckan": by_ckan}
LACKS = {"list": not_held("list"), "cadde": not_held("cadde"), "ckan": set[str]()}


@pytest.mark.parametrize("way", WAYS)
def test_format_gives_back_what_the_schema_says_that_it_holds(way: str):
    before = full()
    target = "list" if way == "list" else "cadde"
    assert leaves_of(losses(target, before, WAYS[way](before))) == LACKS[way]


@pytest.mark.parametrize(("first", "second"), list(product(WAYS, repeat=2)))
def test_what_both_formats_hold_survives_both(first: str, second: str):
    between = WAYS[first](full())
    assert leaves_of(losses("cadde", between, WAYS[second](between))) <= LACKS[second]


@pytest.mark.parametrize("way", WAYS)
def test_second_round_changes_nothing(way: str):
    once = WAYS[way](full())
    assert fingerprint(WAYS[way](once)) == fingerprint(once)


def test_report_names_exactly_what_is_lost():
    written = cadde.write({"id": "x", **full()})
    assert leaves_of(written.issues) == not_held("cadde")
    assert {(issue.code, issue.severity) for issue in written.issues} == {("lossy.cadde", "info")}
    assert leaves_of(list_row.rows(full()).issues) == not_held("list")
