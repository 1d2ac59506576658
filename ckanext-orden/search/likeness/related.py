"""Datasets that are like a dataset, asked of Solr in one POST."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pysolr
from ckan import model
from ckan.lib.search.common import make_connection
from ckan.lib.search.query import solr_literal

from ...metadata.particulars import particulars
from .. import meaning
from ..encoders import Encoder
from ..query import words

ASKED = 8
"""So many times as many datasets as are wanted are asked for: a series may take the first places."""
OF_A_SERIES = 2
"""So many of one series (the same title in other years or places) are shown."""
LIKE_ENOUGH = 0.25
"""Without meaning: which part of the score that a dataset's own title has with itself."""
SECONDS = 3
"""A page does not wait longer for what stands at its end."""
NEAREST = {"q": "{!knn f=orden_meaning topK=$rows v=$vector}"}
LIKE_TITLE = {
    "q": "{!dismax qf='title_loose^2 title tags_text' tie=0.3 mm=1 v=$words}",
    "sort": "score desc, id asc",
}
log = logging.getLogger(__name__)


def related(
    encoder: Encoder | None, dataset: Mapping[str, Any], filters: Sequence[str], limit: int
) -> list[dict[str, Any]]:
    """The datasets most like one, no more than two of a series; none rather than some that are far.

    :param dataset: its `document`
    :param filters: what the reader may see, as Solr's `fq`; nothing else is looked at
    """
    rows = limit * ASKED
    found = _by_meaning(encoder, dataset, filters, rows) if encoder else None
    if found is None:
        found = _by_title(dataset, filters, rows)
    others = (row for row in found if row["id"] != dataset["id"])
    return list(_varied(others, limit))


def document(package: model.Package) -> dict[str, Any]:
    """What the index holds of a dataset as far as its meaning is made of it."""
    owner = model.Group.get(package.owner_org) if package.owner_org else None
    return {
        "id": package.id,
        "name": package.name,
        "title": (package.title or "").lstrip(),
        "notes": package.notes,
        "tags": sorted(tag.name for tag in package.get_tags()),
        "organization_title": owner.title if owner else "",
    }


def _by_meaning(
    encoder: Encoder, dataset: Mapping[str, Any], filters: Sequence[str], rows: int
) -> list[dict[str, Any]] | None:
    """None where this Solr has no vectors."""
    [vector] = meaning.of_datasets(encoder, [dataset])
    others = [*filters, f"-id:{solr_literal(dataset['id'])}"]
    found = _asked({**NEAREST, "vector": str(vector)}, others, rows)
    if found is None:
        return None
    near = ({**row, "near": 2 * row["score"] - 1} for row in found)
    return [row for row in near if row["near"] >= encoder.related]


def _by_title(dataset: Mapping[str, Any], filters: Sequence[str], rows: int) -> list[dict[str, Any]]:
    """Datasets whose titles share words; the dataset itself, the best of them, tells how much is much."""
    some = " ".join(words(dataset.get("title") or ""))
    found = _asked({**LIKE_TITLE, "words": some}, filters, rows + 1) if some else None
    if not found:
        return []
    best = found[0]["score"]
    near = ({**row, "near": row["score"] / best} for row in found)
    return [row for row in near if row["near"] >= LIKE_ENOUGH]


def _asked(query: Mapping[str, str], filters: Sequence[str], rows: int) -> list[dict[str, Any]] | None:
    connection = make_connection(decode_dates=False)
    connection.timeout = SECONDS
    asked = {"fl": "id,name,title,organization_title,score", "fq": list(filters), "rows": rows}
    try:
        return list(connection.search(**query, **asked))
    except pysolr.SolrError as error:
        log.warning("Solr does not tell which datasets are alike: %s", str(error)[:300])
        return None


def _varied(found: Iterable[Mapping[str, Any]], limit: int) -> Iterator[dict[str, Any]]:
    taken: Counter[str] = Counter()
    for row in found:
        series = particulars(row.get("title") or row["name"]).series
        taken[series] += 1
        if taken[series] <= OF_A_SERIES:
            limit -= 1
            yield _shown(row)
        if not limit:
            return


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    near = round(min(1.0, max(0.0, row["near"])), 3)
    title = row.get("title") or row["name"]
    organization = row.get("organization_title") or ""
    return {"id": row["id"], "name": row["name"], "title": title, "organization_title": organization, "near": near}
