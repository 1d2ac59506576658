"""Addresses that may stand in RDF: what cannot be an IRI never reaches a serialiser."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
from rdflib import URIRef

SCHEMES = frozenset(("http", "https", "ftp", "ftps", "mailto", "tel", "urn", "doi", "geo"))
WITH_HOST = frozenset(("http", "https", "ftp", "ftps"))
FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f<>\"{}|\\^`\u200e\u200f\u202a-\u202e\u2066-\u2069]|%(?![0-9A-Fa-f]{2})")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@lru_cache(maxsize=10_000)
def safe_iri(value: str) -> URIRef | None:
    """The value as IRI, forbidden characters escaped; None where it is none, or of a scheme that does no good."""
    text = value.strip()
    scheme = SCHEME.match(text)
    if not scheme or scheme[0].lower() not in SCHEMES:
        return None
    text = escaped(text)
    if scheme[0].lower() in WITH_HOST:
        text = _brackets_escaped(text)
    try:
        if scheme[0].lower() in WITH_HOST and not urlsplit(text).hostname:
            return None
        return URIRef(ox.NamedNode(text).value)
    except ValueError:
        return None


def escaped(text: str) -> str:
    """The text with the characters escaped that no IRI may hold."""
    return FORBIDDEN.sub(lambda match: quote(match[0], safe=""), text)


def web_iri(value: object) -> URIRef | None:
    """The value as IRI of http or https."""
    text = str(value or "").strip()
    return safe_iri(text) if text.lower().startswith(("http://", "https://")) else None


def mail_iri(value: str) -> URIRef | None:
    """A mail address as mailto: IRI."""
    address = value.strip().removeprefix("mailto:")
    return safe_iri(f"mailto:{address}") if MAIL.fullmatch(address) else None


def _brackets_escaped(text: str) -> str:
    """Brackets are for IPv6 hosts only."""
    start, host, rest = re.split(r"(?<=//)([^/?#]*)", text, maxsplit=1)
    return start + host + rest.replace("[", "%5B").replace("]", "%5D")
