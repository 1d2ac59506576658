"""The catalogue itself: who publishes it, in which language, with which themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rdflib import FOAF, RDF, SKOS, XSD, Graph, Literal, URIRef

from ...metadata import vocabularies
from ...metadata.vocabularies.themes import AUTHORITY as THEMES
from ..namespaces import DCAT, DCT
from .distributions import IANA, add_distribution
from .iris import web_iri
from .prepare import utc_moment

ABOUT = {"ja": "{title}のデータカタログです。", "en": "The data catalogue of {title}."}


@dataclass(frozen=True)
class CatalogFacts:
    """What the site says about its catalogue."""

    title: str
    description: str
    homepage: str
    language: str
    publisher_name: str
    publisher_uri: str
    modified: str | None = None
    distributions: Sequence[Mapping[str, Any]] = ()
    """Files that hold the whole catalogue, as resources."""


def add_catalog(graph: Graph, ref: URIRef, facts: CatalogFacts) -> None:
    """All that DCAT-AP asks of a catalogue."""
    graph.add((ref, RDF.type, DCAT.Catalog))
    about = facts.description or ABOUT.get(facts.language, ABOUT["en"]).format(title=facts.title)
    graph.add((ref, DCT.title, Literal(facts.title, lang=facts.language)))
    graph.add((ref, DCT.description, Literal(about, lang=facts.language)))
    _add_publisher(graph, ref, facts)
    homepage = web_iri(facts.homepage)
    if homepage is not None:
        graph.add((ref, FOAF.homepage, homepage))
        graph.add((homepage, RDF.type, FOAF.Document))
    language = vocabularies.language_for(facts.language)
    if language:
        graph.add((ref, DCT.language, URIRef(language.iri)))
        graph.add((URIRef(language.iri), RDF.type, DCT.LinguisticSystem))
    modified = utc_moment(facts.modified)
    if modified:
        graph.add((ref, DCT.modified, Literal(modified, datatype=XSD.dateTime)))
    _add_taxonomy(graph, ref)
    for file in facts.distributions:
        _add_distribution(graph, ref, file)


def _add_distribution(graph: Graph, ref: URIRef, file: Mapping[str, Any]) -> None:
    distribution = URIRef(file["uri"])
    graph.add((ref, DCAT.distribution, distribution))
    graph.add((distribution, RDF.type, DCAT.Distribution))
    graph.add((distribution, DCT.title, Literal(file["name"])))
    graph.add((distribution, DCT.description, Literal(file["description"])))
    graph.add((distribution, DCT.modified, Literal(file["modified"], datatype=XSD.dateTime)))
    graph.add((distribution, DCAT.downloadURL, URIRef(file["url"])))
    graph.add((distribution, DCAT.compressFormat, URIRef(f"{IANA}application/gzip")))
    add_distribution(graph, ref, distribution, dict(file), file["url"])


def _add_publisher(graph: Graph, ref: URIRef, facts: CatalogFacts) -> None:
    publisher = web_iri(facts.publisher_uri) or URIRef(f"{ref}#publisher")
    graph.add((ref, DCT.publisher, publisher))
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal(facts.publisher_name or facts.title, lang=facts.language)))


def _add_taxonomy(graph: Graph, ref: URIRef) -> None:
    taxonomy = URIRef(THEMES.rstrip("/"))
    graph.add((ref, DCAT.themeTaxonomy, taxonomy))
    graph.add((taxonomy, RDF.type, SKOS.ConceptScheme))
    graph.add((taxonomy, DCT.title, Literal("Data theme", lang="en")))
