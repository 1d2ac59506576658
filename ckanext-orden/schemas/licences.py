"""The site's licence list, made from our vocabulary in the form that CKAN reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..metadata.vocabularies import licences

FILE = Path(__file__).with_name("licences.json")
_CONFORMANCE = {True: "approved", False: "rejected", None: "not reviewed"}


def file_url() -> str:
    """The address of the list, for CKAN's option `licenses_group_url`."""
    return f"file://{FILE}"


def register() -> list[dict[str, Any]]:
    """All licences as CKAN's licence register wants them; titles are Japanese, `title_en` is beside them."""
    return [
        {
            "id": licence.id,
            "title": licence.title["ja"],
            "title_en": licence.title["en"],
            "url": licence.url,
            "od_conformance": _CONFORMANCE[licence.open],
            "status": "active",
        }
        for licence in licences()
    ]


def as_json() -> str:
    """The text of `licences.json`; a test compares the two."""
    return json.dumps(register(), ensure_ascii=False, indent=2) + "\n"
