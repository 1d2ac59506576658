"""How well datasets are kept, as the index holds it, so that one request counts it for any number of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from ..metadata import upkeep

LACKS = "vocab_orden_lacks"
UPDATED, CURRENT_UNTIL = "orden_updated_date", "orden_current_until_date"
"""Days, at midnight UTC; the second only where the data promises to be updated."""


def indexed(document: dict[str, Any]) -> dict[str, Any]:
    """An index document with what its dataset lacks, when it was updated and until when it counts as current."""
    dataset = json.loads(document.get("validated_data_dict") or "{}")
    described = date.fromisoformat(document["metadata_modified"][:10])
    until = upkeep.current_until(dataset)
    return {
        **document,
        LACKS: upkeep.lacking(dataset),
        UPDATED: moment(upkeep.updated_on(dataset, described)),
        **({CURRENT_UNTIL: moment(until)} if until else {}),
    }


def moment(day: date) -> str:
    """A day as Solr writes it."""
    return f"{day.isoformat()}T00:00:00Z"
