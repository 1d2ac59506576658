"""What answers on a dataset tell of its offers, and how the index finds them."""

from __future__ import annotations

from typing import Any

from .offers import showing

MARKET = "orden_market"
"""Key of the dataset: the offers that stand."""
DATASET = "dataset"


def add(dataset: dict[str, Any]) -> None:
    """Let the dataset tell of its offers; those for named buyers stand in no answer that others get."""
    rows = [row for row in showing.standing(dataset["id"]) if row.content.get("buyers") != "named"]
    if rows:
        dataset[MARKET] = {"offers": [showing.public(row) for row in rows]}
