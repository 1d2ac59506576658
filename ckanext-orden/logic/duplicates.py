"""Duplicates in the whole catalogue: looked for by a job or at the command line, kept in a table for the operator."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ckan import model
from ckan.lib.jobs import DEFAULT_QUEUE_NAME
from ckan.lib.search.common import make_connection
from ckan.lib.search.query import solr_literal
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError
from sqlalchemy import select

from .. import config
from ..clock import utcnow
from ..model import OrdenDuplicate
from ..queues import STARTED, WAITING, ask_for, status
from ..search import encoders, meaning
from ..search.documents import MEANING
from ..search.likeness.candidates import candidate
from ..search.likeness.duplicates import Candidate, Pair, pairs
from .locks import lock

FOUND_AT = "orden.duplicates.found_at"
MOST = 10_000
"""So many pairs are kept: nobody judges more."""
BATCH = 250
NOTHING = (0,) * 512
"""What a dataset means whose index document has no vector: it is near none."""
TIMEOUT = 3600
FIELDS = f"id,{MEANING},validated_data_dict"
log = logging.getLogger(__name__)


def ask() -> bool:
    """Have a worker look for duplicates; false if Redis does not take the job."""
    return ask_for(find_by_job, _job(), queue=DEFAULT_QUEUE_NAME, timeout=TIMEOUT)


def is_asked() -> bool:
    """Whether a worker is looking, or will."""
    try:
        return status(_job(), DEFAULT_QUEUE_NAME) in (WAITING, STARTED)
    except RedisError:
        return False


def found_at() -> str:
    """When they were last looked for, in UTC; empty for never."""
    return model.get_system_info(FOUND_AT, "") or ""


def find_by_job() -> None:
    """Look for datasets that may be one and the same"""
    log.info("Pairs of datasets that may be duplicates: %s", find())


def find() -> int | None:
    """Look for duplicates and keep the pairs; how many, or None while another process does so."""
    with lock(_job()) as held:
        if held is None:
            return None
        candidates, vectors = _read()
        encoder = encoders.encoder()
        found = pairs(candidates, vectors, encoder.same if encoder else 1.0)
        return _keep(found)


def _read() -> tuple[list[Candidate], encoders.Vectors | None]:
    """All datasets of the index, and what they mean."""
    candidates: list[Candidate] = []
    vectors: list[Sequence[int]] = []
    for document in _documents():
        candidates.append(candidate(json.loads(document["validated_data_dict"]), config.site_url()))
        vectors.append(document.get(MEANING) or NOTHING)
    return candidates, meaning.units(vectors) if encoders.encoder() and vectors else None


def _documents() -> Iterator[Mapping[str, Any]]:
    filters = [f"+site_id:{solr_literal(tk.config['ckan.site_id'])}", "+state:active", "+dataset_type:dataset"]
    page = {"fq": filters, "fl": FIELDS, "rows": BATCH, "sort": "index_id asc", "cursorMark": "*"}
    return iter(make_connection(decode_dates=False).search("*:*", **page))


def _keep(found: Sequence[Pair]) -> int:
    """Solr may hold datasets that are gone; their pairs are left out."""
    package = model.Package
    there = set(model.Session.scalars(select(package.id).where(package.state == "active")))
    known = [pair for pair in found if pair.one in there and pair.other in there][:MOST]
    OrdenDuplicate.replace([{**vars(pair), "rank": rank} for rank, pair in enumerate(known)])
    model.set_system_info(FOUND_AT, utcnow().isoformat())  # commits
    return len(known)


def _job() -> str:
    return f"orden-duplicates-{tk.config['ckan.site_id']}"
