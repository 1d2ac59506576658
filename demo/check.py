"""Looks at a loaded site from outside, as an anonymous user: figures, facets, first hits."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .plan import EXPECTED
from .world import world

PAGE = 200
AXES = ("sector", "openness", "dynamics", "personal", "price")
SEARCHES = json.loads((Path(__file__).parent / "expected_search.json").read_text(encoding="utf-8"))

Action = Callable[..., Any]
"""An action of the site: name and parameters in, result out."""


def check(action: Action) -> Iterator[tuple[bool, str]]:
    """One line for each thing looked at: whether it is as expected, and what was found."""
    datasets = list(_datasets(action))
    figures = {
        "organizations": len(action("organization_list")),
        "datasets": len(datasets),
        "resources": sum(dataset["num_resources"] for dataset in datasets),
    }
    for name, found in figures.items():
        yield found == EXPECTED[name], f"{name}: {found}, expected {EXPECTED[name]}"
    yield from _facets(action)
    for query, wanted in SEARCHES.items():
        yield _search(action, query, wanted)


def _datasets(action: Action) -> Iterator[dict[str, Any]]:
    start = 0
    while page := action("package_search", rows=PAGE, start=start, sort="id asc")["results"]:
        yield from page
        start += len(page)


def _facets(action: Action) -> Iterator[tuple[bool, str]]:
    fields = [f"vocab_orden_{axis}" for axis in AXES]
    facets = action("package_search", rows=0, **{"facet.field": json.dumps(fields)})["search_facets"]
    for field in fields:
        values = {item["name"]: item["count"] for item in facets.get(field, {"items": []})["items"]}
        yield len(values) >= 3, f"{field}: {values}"


def _search(action: Action, query: str, wanted: dict[str, Any]) -> tuple[bool, str]:
    known = {(dataset.organization.name, dataset.title): dataset.name for dataset in world().datasets}
    hits = action("package_search", q=query, rows=wanted["top"])["results"]
    names = [str(known.get((hit["organization"]["name"], hit["title"]), hit["name"])) for hit in hits]
    right = len(names) == wanted["top"] and set(names) <= set(wanted["datasets"])
    return right, f"first {wanted['top']} for {query}: {' '.join(names) or 'nothing'}"
