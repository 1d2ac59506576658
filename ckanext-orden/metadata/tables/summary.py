"""What an answer on a dataset says of its tables, beside what its provider has stated."""

from __future__ import annotations

from typing import Any

TABLES = "orden_tables"
"""Key of the dataset: a summary per resource, with the standard's address where that was added to the resource."""
CONFORMS = "conforms_to"


def withdraw(dataset: dict[str, Any]) -> None:
    """Leave only what the provider has stated."""
    for resource_id, summary in dataset.pop(TABLES, {}).items():
        for resource in dataset.get("resources", []):
            if resource["id"] == resource_id and summary.get(CONFORMS) in (resource.get(CONFORMS) or []):
                kept = [value for value in resource[CONFORMS] if value != summary[CONFORMS]]
                resource[CONFORMS] = kept
                if not kept:
                    del resource[CONFORMS]
