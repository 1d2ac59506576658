"""What is asked of a dataset in Japan beside the European metrics; what cannot be asked of it is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ...metadata import vocabularies
from ...metadata.tables.summary import TABLES
from ...metadata.upkeep import current_until
from .european import Found


def japanese(dataset: Mapping[str, Any], today: date, kana: Sequence[bool] = ()) -> Found:
    """Which criteria the dataset fulfils; `kana` says of each file with a column for readings whether it is filled."""
    tables = [table for table in (dataset.get(TABLES) or {}).values() if table.get("standard")]
    return {
        "ja.standard": any(table["conforms"] for table in tables) if tables else None,
        "ja.updates": _kept(dataset, today),
        "ja.municipality": vocabularies.municipality(dataset.get("orden_municipality") or "") is not None,
        "ja.kana": all(kana) if kana else None,
        "ja.personal": bool(dataset.get("privacy_policy_contains_personal_data")),
        "ja.contact": bool(dataset.get("orden_contact_phone"))
        or any(contact.get("email") for contact in dataset.get("contact") or ()),
    }


def _kept(dataset: Mapping[str, Any], today: date) -> bool | None:
    """Whether the data is as fresh as its frequency promises; None where that promises nothing."""
    until = current_until(dataset)
    return None if until is None else today <= until
