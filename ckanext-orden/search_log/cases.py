"""Test cases for the search, suggested by what visitors asked and opened: a person has to judge them.

The file is a judged set as `./orden bench search` reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

POOLED = 20
"""How many hits of each query come into the set beside what was opened: what a ranking may confuse with it."""
ANSWERS = 2
ABOUT = (
    "Suggestions from the search log, to be judged by a person. Kind `clicks`: `relevant` are the public datasets that "
    "visitors opened from the hits; others may answer as well, and who opens a page may not have found what he sought. "
    "Kind `no_hits`: the search found nothing, or only what is far; if a dataset does answer, name it. The datasets "
    "are those opened and the first 20 hits of each query."
)


def suggested(queries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A judged set of queries as `orden_search_log_list` gives them; only what everybody may see is in it."""
    datasets: dict[str, dict[str, Any]] = {}
    cases = []
    for query in queries:
        opened = [dataset["name"] for dataset in query["datasets"]]
        missed = not query["clicks"] and query["nothing"] + query["nearest"] > 0
        if not opened and not missed:
            continue
        hits = _found({"q": query["q"], "rows": POOLED})
        known = {hit["name"] for hit in hits}
        hits += _named([name for name in opened if name not in known and name not in datasets])
        datasets.update({hit["name"]: _document(hit) for hit in hits})
        relevant = {name: ANSWERS for name in opened if name in datasets}
        if relevant or missed:
            cases.append({"q": query["q"], "kind": "clicks" if relevant else "no_hits", "relevant": relevant})
    return {"about": ABOUT, "datasets": list(datasets.values()), "queries": cases}


def _named(names: list[str]) -> list[dict[str, Any]]:
    wanted = " OR ".join(f'"{name}"' for name in names)
    return _found({"fq": f"+name:({wanted})", "rows": len(names)}) if names else []


def _found(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """Datasets that a visitor without an account finds."""
    visitor: Context = {"user": "", "auth_user_obj": None, "ignore_auth": False}
    fq = f"+dataset_type:dataset {asked.pop('fq', '')}"
    return tk.get_action("package_search")(visitor, {"facet": "false", "fq": fq, **asked})["results"]


def _document(dataset: Mapping[str, Any]) -> dict[str, Any]:
    organization = dataset.get("organization") or {}
    resources = [{name: file.get(name) or "" for name in ("name", "format")} for file in dataset.get("resources", ())]
    return {
        "name": dataset["name"],
        "organization": organization.get("name", ""),
        "organization_title": organization.get("title", ""),
        "title": dataset.get("title") or dataset["name"],
        "notes": dataset.get("notes") or "",
        "tags": [tag["name"] for tag in dataset.get("tags", ())],
        "resources": resources,
    }
