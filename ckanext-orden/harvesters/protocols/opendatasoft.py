"""Opendatasoft's habits in RDF/XML: words where an address belongs, and themes that are searches of its portal."""

from __future__ import annotations

import re
from html import unescape
from typing import Any, TypeGuard
from urllib.parse import quote, unquote, unquote_plus

from ...metadata.vocabularies import frequency_for, theme_for

WORDS = "urn:x-words:"
"""Stands before words that were written as an address, so that they are read as one and told again."""
_REFERENCE = re.compile(r"(\brdf:(?:about|resource)\s*=\s*)(?:\"([^\"]*)\"|'([^']*)')")
_NO_IRI = re.compile(r"&(?:lt|gt|quot);|[\s<>{}|\\^`]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_THEME = re.compile(r"[?&]refine\.theme=([^&#]+)")


def with_addresses(text: str) -> str:
    """RDF/XML in which no reference holds what an address may not: one of them would cost the whole feed."""
    return _REFERENCE.sub(_encoded, text)


def _encoded(reference: re.Match[str]) -> str:
    mark, value = ('"', reference[2]) if reference[3] is None else ("'", reference[3])
    return f"{reference[1]}{mark}{_theme(value) or _address(value)}{mark}"


def _theme(value: str) -> str:
    """The theme that a search of the portal is for."""
    search = _THEME.search(value)
    found = theme_for(unquote_plus(unescape(search[1]))) if search else None
    return found.iri if found else ""


def _address(value: str) -> str:
    plain = value.strip()
    if not _NO_IRI.search(plain):
        return value
    if _SCHEME.match(plain):
        return _NO_IRI.sub(lambda found: quote(unescape(found[0])), plain)
    return WORDS + quote(unescape(plain), safe="")


def read_words(dataset: dict[str, Any]) -> None:
    """Put words that stood for addresses where words belong."""
    said = dataset.get("orden_frequency_text") or dataset.get("frequency")
    if _is_words(said):
        known = frequency_for(_words(said))
        dataset["orden_frequency_text"] = _words(said)
        dataset["frequency"] = known.iri if known else ""
    for place in dataset.get("spatial_coverage") or ():
        if _is_words(place.get("uri")):
            place.setdefault("text", _words(place.pop("uri")))


def _is_words(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and value.startswith(WORDS)


def _words(value: str) -> str:
    return unquote(value.removeprefix(WORDS))
