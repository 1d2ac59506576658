"""RDF from strangers: bounded, without entities and remote contexts, and taken apart into one small graph a dataset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import pyoxigraph as ox

from ..errors import RecordError, SourceError
from ..metadata.addresses import without_query
from ..types import Issue, Report

DCAT = "http://www.w3.org/ns/dcat#"
HYDRA = "http://www.w3.org/ns/hydra/core#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DATASET = ox.NamedNode(f"{DCAT}Dataset")
OTHERS = frozenset(
    ox.NamedNode(DCAT + name) for name in ("Dataset", "DatasetSeries", "DataService", "Catalog", "CatalogRecord")
)
PAGES = tuple(ox.NamedNode(HYDRA + name) for name in ("PartialCollectionView", "PagedCollection", "Collection"))
LITERAL_LIMIT = 100_000
DESCRIPTION_LIMIT = 4 * 1024 * 1024
"""Characters of one dataset with all that belongs to it."""

FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/n3": ox.RdfFormat.N3,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/json": ox.RdfFormat.JSON_LD,
}
ACCEPT = "text/turtle, application/rdf+xml;q=0.9, application/ld+json;q=0.8"

Subject = ox.NamedNode | ox.BlankNode


@dataclass(frozen=True)
class Document:
    """One page of a feed."""

    url: str
    store: ox.Store

    def datasets(self) -> Iterator[Subject]:
        """The datasets of the page, in a fixed order."""
        found = {quad.subject for quad in self.store.quads_for_pattern(None, TYPE, DATASET)}
        return iter(sorted((node for node in found if isinstance(node, Subject)), key=str))

    def description(self, dataset: Subject) -> str:
        """Everything the page says about one dataset, its distributions and agents, as sorted N-Triples.

        RecordError for a dataset that says more than anybody reads: many could share one large part.
        """
        triples = {quad.triple for quad in self._reachable(dataset)}
        lines = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode().splitlines()
        return "\n".join(sorted(lines)) + "\n"

    def _reachable(self, dataset: Subject) -> Iterator[ox.Quad]:
        waiting, met, size = [dataset], {dataset}, 0
        while waiting:
            for quad in self.store.quads_for_pattern(waiting.pop(), None, None):
                size += len(str(quad.triple))
                if size > DESCRIPTION_LIMIT:
                    raise RecordError(Report((_too_large(),), subject=dataset.value))
                yield quad
                node = quad.object
                if isinstance(node, Subject) and node not in met and not self._is_other(node):
                    met.add(node)
                    waiting.append(node)

    def _is_other(self, node: Subject) -> bool:
        return any(quad.object in OTHERS for quad in self.store.quads_for_pattern(node, TYPE, None))

    def next_page(self) -> str | None:
        """The absolute address of the next page."""
        for predicate in ("next", "nextPage"):
            for node in self._page_nodes():
                for quad in self.store.quads_for_pattern(node, ox.NamedNode(HYDRA + predicate), None):
                    if isinstance(quad.object, (ox.NamedNode, ox.Literal)):
                        return urljoin(self.url, quad.object.value)
        return None

    def total(self) -> int | None:
        """How many datasets the whole feed says it has."""
        for node in self._page_nodes():
            for quad in self.store.quads_for_pattern(node, ox.NamedNode(f"{HYDRA}totalItems"), None):
                if isinstance(quad.object, ox.Literal) and re.fullmatch(r"\d{1,9}", quad.object.value):
                    return int(quad.object.value)
        return None

    def _page_nodes(self) -> Iterable[Subject]:
        quads = (quad for kind in PAGES for quad in self.store.quads_for_pattern(None, TYPE, kind))
        return [quad.subject for quad in quads if isinstance(quad.subject, Subject)]


def read(body: bytes, media_type: str, url: str) -> Document:
    """The parsed page; SourceError for everything that is not whole and harmless RDF."""
    syntax = _syntax(body, media_type, url)
    if syntax == ox.RdfFormat.RDF_XML:
        _refuse_entities(body, url)
    store = ox.Store()
    try:
        for quad in ox.parse(body, format=syntax, base_iri=url):
            if isinstance(quad.object, ox.Literal) and len(quad.object.value) > LITERAL_LIMIT:
                raise refused(url, "a text of more than 100,000 characters", "10万文字を超える文字列")
            store.add(quad)
    except (SyntaxError, ValueError) as error:
        raise refused(
            url, f"RDF that breaks off or is broken ({error})", f"壊れているか途中で切れたRDF: {error}"
        ) from error
    return Document(url, store)


def _syntax(body: bytes, media_type: str, url: str) -> ox.RdfFormat:
    """The declared syntax if what came looks like it, else what it looks like."""
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"http://www.w3.org/1999/xhtml" in start:
        raise refused(url, "a web page", "Webページ")
    if start.startswith((b"<?xml", b"<rdf:rdf", b"<!doctype", b"<!--")):
        return ox.RdfFormat.RDF_XML
    if start.startswith((b"{", b"[")) and media_type not in ("text/turtle", "application/n-triples"):
        return ox.RdfFormat.JSON_LD
    return FORMATS.get(media_type, ox.RdfFormat.TURTLE)


def _refuse_entities(body: bytes, url: str) -> None:
    """Before any parser sees it: entities can grow without bound, and other encodings could hide them."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refused(url, "XML that is not UTF-8", "UTF-8ではないXML") from error
    if re.search(r"<!\s*(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise refused(url, "XML with a DOCTYPE or entities", "DOCTYPEや実体宣言を含むXML")


def _too_large() -> Issue:
    return Issue(
        code="rdf.too_large",
        severity="error",
        field="distribution",
        message={
            "en": "The dataset and what belongs to it make more than 4 MiB of RDF.",
            "ja": "データセットと関連する記述が RDF で 4 MiB を超えています。",
        },
        hint={"en": "Split it into several datasets.", "ja": "複数のデータセットに分けてください。"},
    )


def refused(url: str, found: str, found_ja: str) -> SourceError:
    """The error for a page that is not taken, and why."""
    url = without_query(url)
    return SourceError(
        f"{url} gave {found}. Nothing was deleted. Run again later or ask its operator.",
        ja=f"{url} の応答を受け付けませんでした（{found_ja}）。削除は行っていません。"
        "時間をおいて再実行するか、提供元に問い合わせてください。",
    )
