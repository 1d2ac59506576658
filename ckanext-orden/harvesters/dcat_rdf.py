"""DCAT catalogues as RDF in any syntax, page by page; ckanext-dcat's parser reads, our profile decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import rdflib
from ckanext.dcat.processors import RDFParser

from ..errors import SourceError
from ..fetching import Limits, fetch
from ..fetching.limits import MIB
from ..metadata.addresses import without_query
from ..metadata.mapping import Mapped
from . import rdf_dataset, rdf_document
from .base import OrdenHarvester
from .protocol import Cursor, Page, Record, Source

PROFILE = "orden_dcat"
PAGE_LIMITS = Limits(wire_bytes=20 * MIB, decoded_bytes=20 * MIB)
MOST_PAGES = 1000


class DcatHarvester(OrdenHarvester):
    """A DCAT or DCAT-AP feed: Turtle, RDF/XML or JSON-LD, paged by Hydra."""

    NAME = "orden_dcat"
    TITLE = "DCAT (RDF)"
    DESCRIPTION = "A DCAT catalogue as Turtle, RDF/XML or JSON-LD; pages are followed on the same host"

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        """Follow `hydra:next` on the same host, each address once, no further than a bound."""
        url = (cursor or {}).get("url", source.url)
        met: set[str] = set()
        while url:
            if url in met or len(met) >= MOST_PAGES:
                raise _endless(url, len(met))
            met.add(url)
            fetched = fetch(url, accept=rdf_document.ACCEPT, limits=PAGE_LIMITS)
            document = rdf_document.read(fetched.body, fetched.media_type, fetched.url)
            records = [_record(document, dataset) for dataset in document.datasets()]
            following = document.next_page()
            if following and _place(following) != _place(fetched.url):
                raise _elsewhere(url, following)
            yield Page(records, {"url": following} if following else None, document.total())
            url = following

    def map(self, record: Record, source: Source) -> Mapped:
        """One dataset's triples through ckanext-dcat's parser into our schema."""
        parser = RDFParser(profiles=[PROFILE])
        parser.g = _graph(record.content["triples"])  # pyright: ignore[reportAttributeAccessIssue] - any graph will do
        parsed: dict[str, Any] = next(iter(parser.datasets()), {})
        return rdf_dataset.mapped(parsed, record.guid)


def _record(document: rdf_document.Document, dataset: rdf_document.Subject) -> Record:
    guid = dataset.value if isinstance(dataset, rdf_document.ox.NamedNode) else ""
    return Record({"triples": document.description(dataset)}, guid)


def _graph(triples: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=triples, format="nt11")


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _endless(url: str, count: int) -> SourceError:
    url = without_query(url)
    return SourceError(
        f"The pages of the source do not end: after {count} pages it leads to {url} again or further on. "
        "Nothing was deleted. Ask its operator.",
        ja=f"取得元のページ送りが終わりません（{count} ページの後に {url}）。"
        "削除は行っていません。提供元に問い合わせてください。",
    )


def _elsewhere(url: str, following: str) -> SourceError:
    url, following = without_query(url), without_query(following)
    return SourceError(
        f"The next page of {url} would be {following} on another host, which is not followed. Nothing was deleted. "
        "Ask the source's operator.",
        ja=f"{url} の次ページが別のホスト（{following}）を指すため、たどりません。"
        "削除は行っていません。提供元に問い合わせてください。",
    )
