"""RDF from strangers: bounded, without entities and remote contexts, and taken apart into one small graph a dataset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import pyoxigraph as ox

from ...errors import RecordError
from ...rdf import RdfLimits, UnreadableRdf, quads, text_of
from ...types import Issue, Report
from ..protocol import PAGE_LIMITS
from ..texts import refused
from . import blank_nodes, opendatasoft

DCAT = "http://www.w3.org/ns/dcat#"
HYDRA = "http://www.w3.org/ns/hydra/core#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DATASET = ox.NamedNode(f"{DCAT}Dataset")
CATALOG = ox.NamedNode(f"{DCAT}Catalog")
TITLE = ox.NamedNode("http://purl.org/dc/terms/title")
OTHERS = frozenset(
    ox.NamedNode(DCAT + name) for name in ("Dataset", "DatasetSeries", "DataService", "Catalog", "CatalogRecord")
)
PAGES = tuple(ox.NamedNode(HYDRA + name) for name in ("PartialCollectionView", "PagedCollection", "Collection"))
LIMITS = RdfLimits(size=PAGE_LIMITS.decoded_bytes, triples=1_000_000)
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

        Blank nodes are named by what is said of them: parsers name them anew each time.
        RecordError for a dataset that says more than anybody reads: many could share one large part.
        """
        triples = {quad.triple for quad in self._reachable(dataset)}
        named = blank_nodes.named(triples) if any(_is_blank(triple) for triple in triples) else triples
        lines = (ox.serialize(named, format=ox.RdfFormat.N_TRIPLES) or b"").decode().splitlines()
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

    def title(self) -> str:
        """The title of the catalogue, in Japanese where there is one."""
        titles = [
            quad.object
            for catalogue in self.store.quads_for_pattern(None, TYPE, CATALOG)
            for quad in self.store.quads_for_pattern(catalogue.subject, TITLE, None)
            if isinstance(quad.object, ox.Literal)
        ]
        return min(titles, key=lambda text: (text.language != "ja", text.value)).value if titles else ""

    def _page_nodes(self) -> Iterable[Subject]:
        quads = (quad for kind in PAGES for quad in self.store.quads_for_pattern(None, TYPE, kind))
        return [quad.subject for quad in quads if isinstance(quad.subject, Subject)]


def read(body: bytes, media_type: str, url: str) -> Document:
    """The parsed page; SourceError for everything that is not whole and harmless RDF."""
    store = ox.Store()
    try:
        text = text_of(body, LIMITS)
        syntax = _syntax(text, media_type)
        if syntax == ox.RdfFormat.RDF_XML:
            text = opendatasoft.with_addresses(text)
        for quad in quads(text, syntax, base=url, limits=LIMITS):
            store.add(quad)
    except UnreadableRdf as error:
        found, found_ja = (error.issue.message[lang].rstrip(".。") for lang in ("en", "ja"))
        raise refused(url, f"no RDF that can be read ({found})", found_ja) from error
    except ValueError as error:  # the address of the page is no IRI
        raise refused(url, f"RDF that cannot be read ({error})", f"読めないRDF: {error}") from error
    return Document(url, store)


def _is_blank(triple: ox.Triple) -> bool:
    return isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)


def _syntax(text: str, media_type: str) -> ox.RdfFormat:
    """The declared syntax if what came looks like it, else what it looks like."""
    start = text.lstrip()[:20].lower()
    if start.startswith(("<?xml", "<rdf:rdf", "<!doctype", "<!--")):
        return ox.RdfFormat.RDF_XML
    if start.startswith(("{", "[")) and media_type not in ("text/turtle", "application/n-triples"):
        return ox.RdfFormat.JSON_LD
    return FORMATS.get(media_type, ox.RdfFormat.TURTLE)


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
