"""One site's part of `bench search`: python -m bench.search_run SET…, in a process of it; prints one line of JSON.

The datasets go straight into the site's (empty) Solr core by CKAN's own index code; nothing is written to the database.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.lib.search import clear_all
from ckan.lib.search.common import make_connection
from ckan.lib.search.index import PackageSearchIndex
from ckan.plugins import toolkit as tk

from .judged import Answer, JudgedSet, Query, by_kind, read

FACETS = ["organization", "groups", "tags", "res_format", "license_id"]
ROUNDS = 3


def index(datasets: Iterable[dict[str, Any]]) -> None:
    """Put the datasets of a judged set into Solr as CKAN would."""
    solr = PackageSearchIndex()
    for dataset in datasets:
        package = _package(dataset)
        solr.index_package({**package, "with_custom_schema": package}, defer_commit=True)
    make_connection().commit()  # waits until the new documents are searched, CKAN's own commit does not


def _package(dataset: dict[str, Any]) -> dict[str, Any]:
    resources = [
        {"id": f"{dataset['name']}-{number}", "url": f"https://example.jp/{dataset['name']}/{number}", **resource}
        for number, resource in enumerate(dataset["resources"])
    ]
    return {
        "id": dataset["name"],
        "name": dataset["name"],
        "title": dataset["title"],
        "notes": dataset["notes"],
        "type": "dataset",
        "state": "active",
        "private": False,
        "license_id": "CC-BY-4.0",
        "tags": [{"name": tag, "display_name": tag} for tag in dataset["tags"]],
        "groups": [],
        "organization": {"name": dataset["organization"], "title": dataset["organization_title"]},
        "resources": resources,
        "extras": [],
        "metadata_created": "2026-04-01T00:00:00",
        "metadata_modified": "2026-04-01T00:00:00",
    }


def search(q: str) -> dict[str, Any]:
    """What a visitor's search asks for; rights are left out because the datasets are not in the database."""
    return tk.get_action("package_search")({"ignore_auth": True}, {"q": q, "rows": 20, "facet.field": FACETS})


def answers(queries: Iterable[Query]) -> list[Answer]:
    """What each query gives."""
    return [_answer(query, search(query.q)) for query in queries]


def _answer(query: Query, found: dict[str, Any]) -> Answer:
    return Answer(query, [dataset["name"] for dataset in found["results"]], found.get("orden_match") == "nearest")


def times(queries: Sequence[Query]) -> list[float]:
    """Seconds of each search, in order of size."""
    taken = []
    for query in [*queries] * ROUNDS:
        started = perf_counter()
        search(query.q)
        taken.append(perf_counter() - started)
    return sorted(taken)


def measure(judged: JudgedSet) -> dict[str, Any]:
    """Quality, then time, of one set alone in the index."""
    clear_all()
    started = perf_counter()
    index(judged.datasets)
    indexed = perf_counter() - started
    scores = {kind: some.rounded() for kind, some in by_kind(answers(judged.queries)).items()}
    taken = times(judged.queries)
    return {
        "scores": scores,
        "p50_ms": round(taken[len(taken) // 2] * 1000, 1),
        "p95_ms": round(taken[int(len(taken) * 0.95)] * 1000, 1),
        "index_ms": round(indexed / len(judged.datasets) * 1000, 1),
    }


def main(paths: list[str]) -> None:
    app = make_app(load_config(os.environ["CKAN_INI"]))
    with app._wsgi_app.test_request_context():  # pyright: ignore[reportAttributeAccessIssue]
        figures = {path: measure(read(Path(path))) for path in paths}
        clear_all()
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
