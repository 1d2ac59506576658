"""DCAT catalogues as RDF in any syntax, page by page; ckanext-dcat's parser reads, our profile decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any
from urllib.parse import urlsplit

import rdflib
from ckanext.dcat.processors import RDFParser

from ...errors import RecordError, SourceError
from ...fetching.limits import MIB
from ...metadata.addresses import without_query
from ...metadata.mapping import Mapped
from ..base import OrdenHarvester
from ..protocol import PAGE_LIMITS, Cursor, Page, Record, Source, ask, broken, document_of, whole
from ..recognition import Answer, Recognised, bases, reason
from . import rdf_dataset, rdf_document
from .reading import taken_apart

PROFILE = "orden_dcat"
DESCRIPTIONS_LIMIT = 64 * MIB
"""Characters of all datasets of a page: what they share is repeated in each."""
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
            fetched = ask(source, url, accept=rdf_document.ACCEPT, limits=PAGE_LIMITS)
            if fetched.not_modified:
                yield Page((), unchanged=True)
                return
            found = taken_apart(partial(_read, fetched.body, fetched.media_type, fetched.url), fetched.url)
            following, total = next(found)
            if following and _place(following) != _place(fetched.url):
                raise _elsewhere(url, following)
            single = url == source.url and not following
            document = document_of(url, fetched) if single else None
            yield Page(found, {"url": following} if following else None, total, document=document)
            url = following

    def map(self, record: Record, source: Source) -> Mapped:
        """One dataset's triples through ckanext-dcat's parser into our schema."""
        parser = _Parser(profiles=[PROFILE])
        parser.g = _graph(whole(record).content["triples"])  # pyright: ignore[reportAttributeAccessIssue] - any graph will do
        parsed: dict[str, Any] = next(iter(parser.datasets()), {})
        return rdf_dataset.mapped(parsed, record.guid)

    def recognises(self, answer: Answer) -> Recognised | None:
        """RDF in any syntax that describes a dcat:Dataset."""
        if rdf_document.DCAT.encode() not in answer.body:
            return None  # every syntax writes the namespace out, so most answers cost no parsing
        try:
            document = rdf_document.read(answer.body, answer.media_type, answer.url)
        except SourceError:
            return None
        if next(document.datasets(), None) is None:
            return None
        said = reason(
            "It is RDF with DCAT datasets.",
            "DCAT のデータセットを記述した RDF です。",
        )
        return Recognised(answer.url, said, document.title())

    def places(self, url: str) -> Iterable[str]:
        """Where CKAN, DKAN and orden publish their catalogue."""
        for base in bases(url):
            yield f"{base}/catalog.ttl"
            yield f"{base}/catalog.xml"


class _Parser(RDFParser):
    """Upstream's parser without its search for profiles, which takes longer than the parsing."""

    def _load_profiles(self, profile_names: Sequence[str]) -> list[type]:
        return list(_profiles(tuple(profile_names)))


@cache
def _profiles(names: tuple[str, ...]) -> tuple[type, ...]:
    return tuple(RDFParser(profiles=list(names))._profiles)


def _read(body: bytes, media_type: str, url: str) -> Iterator[Any]:
    """Where the next page is and how many datasets there are on all, then the records of this one."""
    document = rdf_document.read(body, media_type, url)
    yield document.next_page(), document.total()
    yield from _records(document)


def _records(document: rdf_document.Document) -> Iterator[Record]:
    size = 0
    for dataset in document.datasets():
        guid = dataset.value if isinstance(dataset, rdf_document.ox.NamedNode) else ""
        try:
            triples = document.description(dataset)
        except RecordError as error:
            size += rdf_document.DESCRIPTION_LIMIT
            yield broken(error.report.issues[0], guid)
        else:
            size += len(triples)
            yield Record({"triples": triples}, guid)
        if size > DESCRIPTIONS_LIMIT:
            raise rdf_document.refused(document.url, "more than 64 MiB of descriptions", "64 MiB を超える記述")


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
        code="endless",
        ja=f"取り込み元のページ送りが終わりません（{count} ページの後に {url}）。"
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
