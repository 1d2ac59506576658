"""One site's part of `bench search`: python -m bench.search_run [--page] SET…; prints a line of JSON.

The datasets go straight into the site's (empty) Solr core by CKAN's own index code; nothing is written to the database
but, for the search page, a system administrator who may see what has no rights there.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

from ckan import model
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.lib.search import clear_all
from ckan.lib.search.common import make_connection
from ckan.lib.search.index import PackageSearchIndex
from ckan.plugins import toolkit as tk

from .judged import Answer, JudgedSet, Query, by_kind, read

FACETS = ["organization", "groups", "tags", "res_format", "license_id"]
ROUNDS = 3
LINK = re.compile(r'href="/dataset/([^"/?#]+)"')


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


class SearchPage:
    """The site's search page, as somebody reads it who may see everything."""

    def __init__(self, app: Any, names: Iterable[str]) -> None:
        self._app, self._client, self._names = app._wsgi_app, app._wsgi_app.test_client(), set(names)
        name = f"reader-{uuid4().hex}"
        account = {"name": name, "email": f"{name}@example.jp", "password": uuid4().hex}
        made = tk.get_action("user_create")({"ignore_auth": True}, account)
        model.Session.get_one(model.User, made["id"]).sysadmin = True
        model.Session.commit()
        token = tk.get_action("api_token_create")({"ignore_auth": True}, {"user": name, "name": "bench"})["token"]
        self._headers = {"Authorization": token}

    def answer(self, query: Query) -> Answer:
        """The datasets on the first page, in their order; on it nothing says in a word that there is no answer."""
        with self._app.app_context():  # a context of its own, or the page has the reader of the one around it
            found = self._client.get("/dataset/", query_string={"q": query.q}, headers=self._headers)
            page = found.get_data(as_text=True)
        names = (unquote(name) for name in LINK.findall(page))
        return Answer(query, list(dict.fromkeys(name for name in names if name in self._names)), False)


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


def measure(judged: JudgedSet, app: Any = None) -> dict[str, Any]:
    """Quality, then time, of one set alone in the index; with an app through its search page, without time."""
    clear_all()
    started = perf_counter()
    index(judged.datasets)
    indexed = perf_counter() - started
    if app:
        page = SearchPage(app, (dataset["name"] for dataset in judged.datasets))
        return {"scores": _scores([page.answer(query) for query in judged.queries])}
    scores = _scores(answers(judged.queries))
    taken = times(judged.queries)
    return {
        "scores": scores,
        "p50_ms": round(taken[len(taken) // 2] * 1000, 1),
        "p95_ms": round(taken[int(len(taken) * 0.95)] * 1000, 1),
        "index_ms": round(indexed / len(judged.datasets) * 1000, 1),
    }


def _scores(some: list[Answer]) -> dict[str, Any]:
    return {kind: score.rounded() for kind, score in by_kind(some).items()}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.search_run", description=__doc__)
    parser.add_argument("--page", action="store_true")
    parser.add_argument("sets", nargs="+")
    asked = parser.parse_args()
    app = make_app(load_config(os.environ["CKAN_INI"]))
    with app._wsgi_app.test_request_context():  # pyright: ignore[reportAttributeAccessIssue]
        figures = {path: measure(read(Path(path)), app if asked.page else None) for path in asked.sets}
        clear_all()
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
