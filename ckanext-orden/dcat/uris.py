"""URIs of datasets and distributions: always ours, so that no harvested record can pose as another."""

from __future__ import annotations

from typing import Any


def dataset_uri(catalog: str, dataset: dict[str, Any], default: str) -> str:
    """The URI of a dataset that is stored here, else the one it came with."""
    return f"{catalog.rstrip('/')}/dataset/{dataset['id']}" if dataset.get("id") else default


def resource_uri(catalog: str, resource: dict[str, Any], default: str) -> str:
    """The URI of a resource that is stored here, else the one it came with."""
    if not resource.get("id") or not resource.get("package_id"):
        return default
    return f"{catalog.rstrip('/')}/dataset/{resource['package_id']}/resource/{resource['id']}"
