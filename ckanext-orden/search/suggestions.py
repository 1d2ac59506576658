"""What Solr is asked while somebody types, and what he is shown."""

from __future__ import annotations

import re
from typing import Any

DEFAULT_LIMIT, MAX_LIMIT, LONGEST = 10, 20, 50
MAX_ORGANIZATIONS = 3
SOLR_SIGNS = re.compile(r'([+\-&|!(){}\[\]^"~*?:\\/])')
UNFINISHED_SYLLABLE = re.compile(r"(?<=[aiueoぁ-ヿ])[b-df-hj-np-tv-z]+$", re.IGNORECASE)


def cleaned(typed: object) -> str:
    """What was typed as one bounded line, without the signs that CKAN refuses anywhere in a query ({!, _query_:)."""
    return " ".join(re.sub(r"[{}:]", " ", typed).split())[:LONGEST] if isinstance(typed, str) else ""


def datasets(typed: str, limit: int) -> dict[str, Any]:
    """The search for titles: first those that begin so, then those with a word read so, then those that hold it."""
    clauses = f"title_exact:{_prefix(typed)}^8 OR title_ngram:{_phrase(typed)} OR title_yomi:{_prefix(_sound(typed))}^2"
    return {"q": clauses, "fl": ["name", "title"], "rows": limit, "facet": "false"}


def organizations(typed: str, limit: int) -> dict[str, Any]:
    """The search for organisations with datasets that the user may see, counted by a facet."""
    clauses = f"organization_ngram:{_phrase(typed)} OR organization_yomi:{_prefix(_sound(typed))}"
    return {"q": clauses, "rows": 0, "facet.field": ["organization"], "facet.limit": min(limit, MAX_ORGANIZATIONS)}


def listed(organizations: list[dict[str, Any]], datasets: list[dict[str, Any]], limit: int) -> list[dict[str, str]]:
    """Organisations with most datasets first, then datasets in Solr's order."""
    ranked = sorted(organizations, key=lambda item: (-item["count"], item["name"]))
    rows = [{"kind": "organization", "name": item["name"], "title": item["display_name"]} for item in ranked]
    rows += [{"kind": "dataset", "name": item["name"], "title": item["title"]} for item in datasets]
    return rows[:limit]


def _phrase(typed: str) -> str:
    return '"' + typed.replace("\\", " ").replace('"', " ") + '"'


def _prefix(typed: str) -> str:
    return SOLR_SIGNS.sub(r"\\\1", typed).replace(" ", r"\ ") + "*"


def _sound(typed: str) -> str:
    # hinanj, ひなんj: the letters of a syllable that is not yet complete match nothing.
    return UNFINISHED_SYLLABLE.sub("", typed).replace(" ", "")
