"""What the index holds of a dataset beyond what CKAN puts there."""

from __future__ import annotations

import json
from typing import Any

from . import encoders, meaning

MEANING = "orden_meaning"
"""The field of the vector; a document that has it already gets it from whoever put it there."""


def indexed(document: dict[str, Any]) -> dict[str, Any]:
    """An index document with the titles that CKAN leaves out: it indexes the names of organisation and groups only."""
    dataset = json.loads(document.get("data_dict") or "{}")
    organization = dataset.get("organization") or {}
    titles = [group.get("title") or group.get("display_name") for group in dataset.get("groups") or []]
    titled = {
        **document,
        "organization_title": organization.get("title") or "",
        "group_titles": list(filter(None, titles)),
    }
    encoder = None if MEANING in document else encoders.encoder()
    return titled | {MEANING: meaning.of_dataset(encoder, titled)} if encoder else titled
