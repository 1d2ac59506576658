"""What organisations hold, counted by Solr in one request however many datasets there are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pysolr
from ckan.lib.search.common import SearchError, make_connection
from ckan.lib.search.query import solr_literal

from ..metadata.fields import INDEX_FIELDS
from ..metadata.upkeep import LACKS, MACHINE_READABLE
from . import upkeep

LATELY, THIS_YEAR = 30, 365
LATEST = 5
FORMATS = 100
WITHOUT_FILES = "0"
Dict = dict[str, Any]


def of_organization(organization_id: str, filters: Sequence[str], today: date) -> Dict:
    """The figures of one organisation, as `orden_organization_figures_show` tells them.

    :param filters: what the reader may see, as Solr's `fq`
    """
    answer = _ask(
        [*filters, f"+owner_org:{solr_literal(organization_id)}"],
        _asked(today),
        rows=LATEST,
        sort=f"{upkeep.UPDATED} desc, metadata_modified desc",
        fl="id,name,title,extras_modified,metadata_modified",
    )
    counted: Dict = answer.raw_response["facets"]
    latest = [_latest(row) for row in answer]
    files = _terms(counted, "files")
    return {
        "datasets": answer.hits,
        "files": sum(int(number) * datasets for number, datasets in files.items()),
        "formats": [{"name": name, "datasets": datasets} for name, datasets in _terms(counted, "formats").items()],
        "openness": _terms(counted, "openness"),
        "price": _terms(counted, "price"),
        "updated_30_days": counted.get("lately", {}).get("count", 0),
        "updated_365_days": counted.get("this_year", {}).get("count", 0),
        "newest": latest[0]["updated"] if latest else None,
        "quality": _quality(counted, answer.hits, answer.hits - files.get(WITHOUT_FILES, 0)),
        "latest": latest,
    }


def by_organization(names: Sequence[str], filters: Sequence[str]) -> dict[str, tuple[int, str]]:
    """How many datasets each of these organisations has, and the day on which the newest of them was updated."""
    if not names:
        return {}
    asked = {
        "by": {
            "type": "terms",
            "field": "organization",
            "limit": -1,
            "facet": {"newest": f"max({upkeep.UPDATED})"},
        }
    }
    owners = " OR ".join(map(solr_literal, names))
    answer = _ask([*filters, f"+organization:({owners})"], asked, rows=0)
    buckets = answer.raw_response["facets"].get("by", {}).get("buckets", [])
    return {bucket["val"]: (bucket["count"], str(bucket.get("newest") or "")[:10]) for bucket in buckets}


def _ask(filters: Sequence[str], facets: Dict, **asked: Any) -> pysolr.Results:
    try:
        solr = make_connection(decode_dates=False)
        return solr.search("*:*", fq=list(filters), **asked, **{"json.facet": json.dumps(facets)})
    except pysolr.SolrError as error:
        raise SearchError("Solr does not count what organisations hold") from error


def _asked(today: date) -> Dict:
    return {
        "files": {"type": "terms", "field": "num_resources", "limit": -1},
        "formats": {"type": "terms", "field": "res_format", "limit": FORMATS},
        "openness": {"type": "terms", "field": INDEX_FIELDS["openness"]},
        "price": {"type": "terms", "field": INDEX_FIELDS["price"]},
        "lacks": {"type": "terms", "field": upkeep.LACKS},
        "lately": _since(upkeep.UPDATED, today - timedelta(days=LATELY)),
        "this_year": _since(upkeep.UPDATED, today - timedelta(days=THIS_YEAR)),
        "promised": {"type": "query", "q": f"{upkeep.CURRENT_UNTIL}:[* TO *]"},
        "current": _since(upkeep.CURRENT_UNTIL, today),
    }


def _since(field: str, day: date) -> Dict:
    return {"type": "query", "q": f"{field}:[{upkeep.moment(day)} TO *]"}


def _terms(counted: Mapping[str, Any], name: str) -> dict[str, int]:
    return {bucket["val"]: bucket["count"] for bucket in counted.get(name, {}).get("buckets", ()) if bucket["val"]}


def _quality(counted: Mapping[str, Any], datasets: int, with_files: int) -> list[Dict]:
    """Each criterion with how many datasets fulfil it, of those that can."""
    lacks = _terms(counted, "lacks")
    asked = {name: with_files if name == MACHINE_READABLE else datasets for name in LACKS}
    found = [{"code": name, "fulfilled": of - lacks.get(name, 0), "of": of} for name, of in asked.items()]
    current, promised = (counted.get(name, {}).get("count", 0) for name in ("current", "promised"))
    return [one for one in (*found, {"code": "updates", "fulfilled": current, "of": promised}) if one["of"]]


def _latest(row: Mapping[str, Any]) -> Dict:
    return {
        "id": row["id"],
        "name": row["name"],
        "title": row.get("title") or row["name"],
        "updated": row.get("extras_modified") or row["metadata_modified"],
    }
