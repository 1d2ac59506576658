"""Rules broken one at a time in a graph that conforms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ckanext.orden.dcat.namespaces import ADMS, DCAT, DCATAP, DCT, PUBLISHER_TYPES, SCHEMA, SPDX, VCARD
from ckanext.orden.types import Severity
from rdflib import FOAF, OWL, RDF, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

Change = Callable[[Graph], object]
TEXT = Literal("text")
YEAR = Literal("2020", datatype=XSD.gYear)
OTHER = URIRef("https://example.jp/other")
EU = "http://publications.europa.eu/resource/authority/"


@dataclass(frozen=True)
class Mutant:
    """A change, the level whose rule it breaks, and the issue's code and severity."""

    code: str
    level: str
    change: Change
    severity: Severity = "error"


def first(graph: Graph, kind: Node) -> Node:
    """One node of a class, always the same."""
    return min(graph.subjects(RDF.type, kind), key=str)


def drop(kind: Node, predicate: Node) -> Change:
    """Remove a property of a node of a class."""
    return lambda graph: graph.remove((first(graph, kind), predicate, None))


def put(kind: Node, predicate: Node, value: Node) -> Change:
    """Add a value."""
    return lambda graph: graph.add((first(graph, kind), predicate, value))


def swap(kind: Node, predicate: Node, value: Node) -> Change:
    """Replace all values by one."""

    def change(graph: Graph) -> None:
        subject = first(graph, kind)
        graph.remove((subject, predicate, None))
        graph.add((subject, predicate, value))

    return change


def untype(kind: Node, predicate: Node, range_: Node) -> Change:
    """Take the class away from what a property points to."""

    def change(graph: Graph) -> None:
        for value in list(graph.objects(first(graph, kind), predicate)):
            graph.remove((value, RDF.type, range_))

    return change


BASE = [
    Mutant("dcat.catalog.title.missing", "base", drop(DCAT.Catalog, DCT.title)),
    Mutant("dcat.catalog.description.missing", "base", drop(DCAT.Catalog, DCT.description)),
    Mutant("dcat.catalog.publisher.missing", "base", drop(DCAT.Catalog, DCT.publisher)),
    Mutant("dcat.catalog.publisher.too_many", "base", put(DCAT.Catalog, DCT.publisher, OTHER)),
    Mutant("dcat.catalog.language.kind", "base", swap(DCAT.Catalog, DCT.language, Literal("ja"))),
    Mutant("dcat.catalog.homepage.too_many", "base", put(DCAT.Catalog, FOAF.homepage, OTHER)),
    Mutant("dcat.catalog.dataset.kind", "base", put(DCAT.Catalog, DCAT.dataset, TEXT)),
    Mutant("dcat.record.modified.missing", "base", drop(DCAT.CatalogRecord, DCT.modified)),
    Mutant("dcat.record.topic.missing", "base", drop(DCAT.CatalogRecord, FOAF.primaryTopic)),
    Mutant("dcat.record.issued.type", "base", swap(DCAT.CatalogRecord, DCT.issued, TEXT)),
    Mutant("dcat.dataset.title.missing", "base", drop(DCAT.Dataset, DCT.title)),
    Mutant("dcat.dataset.title.kind", "base", swap(DCAT.Dataset, DCT.title, OTHER)),
    Mutant("dcat.dataset.description.missing", "base", drop(DCAT.Dataset, DCT.description)),
    Mutant("dcat.dataset.publisher.too_many", "base", put(DCAT.Dataset, DCT.publisher, OTHER)),
    Mutant("dcat.dataset.publisher.kind", "base", swap(DCAT.Dataset, DCT.publisher, TEXT)),
    Mutant("dcat.dataset.contact.kind", "base", swap(DCAT.Dataset, DCAT.contactPoint, TEXT)),
    Mutant("dcat.dataset.keyword.kind", "base", put(DCAT.Dataset, DCAT.keyword, OTHER)),
    Mutant("dcat.dataset.theme.kind", "base", put(DCAT.Dataset, DCAT.theme, BNode())),
    Mutant("dcat.dataset.frequency.too_many", "base", put(DCAT.Dataset, DCT.accrualPeriodicity, OTHER)),
    Mutant("dcat.dataset.identifier.kind", "base", put(DCAT.Dataset, DCT.identifier, OTHER)),
    Mutant("dcat.dataset.access_rights.kind", "base", swap(DCAT.Dataset, DCT.accessRights, TEXT)),
    Mutant("dcat.dataset.spatial.kind", "base", put(DCAT.Dataset, DCT.spatial, TEXT)),
    Mutant("dcat.dataset.temporal.kind", "base", put(DCAT.Dataset, DCT.temporal, TEXT)),
    Mutant("dcat.dataset.modified.too_many", "base", put(DCAT.Dataset, DCT.modified, YEAR)),
    Mutant("dcat.dataset.version.too_many", "base", put(DCAT.Dataset, DCAT.version, TEXT)),
    Mutant("dcat.dataset.legislation.kind", "base", put(DCAT.Dataset, DCATAP.applicableLegislation, TEXT)),
    Mutant(
        "dcat.dataset.temporal_resolution.datatype",
        "base",
        put(DCAT.Dataset, DCAT.temporalResolution, Literal("hour")),
    ),
    Mutant("dcat.distribution.access_url.missing", "base", drop(DCAT.Distribution, DCAT.accessURL)),
    Mutant("dcat.distribution.access_url.kind", "base", swap(DCAT.Distribution, DCAT.accessURL, TEXT)),
    Mutant("dcat.distribution.download_url.kind", "base", swap(DCAT.Distribution, DCAT.downloadURL, TEXT)),
    Mutant("dcat.distribution.licence.too_many", "base", put(DCAT.Distribution, DCT.license, OTHER)),
    Mutant("dcat.distribution.format.kind", "base", swap(DCAT.Distribution, DCT.format, Literal("CSV"))),
    Mutant("dcat.distribution.media_type.kind", "base", swap(DCAT.Distribution, DCAT.mediaType, Literal("text/csv"))),
    Mutant("dcat.distribution.byte_size.datatype", "base", swap(DCAT.Distribution, DCAT.byteSize, Literal(2048))),
    Mutant("dcat.distribution.status.too_many", "base", put(DCAT.Distribution, ADMS.status, OTHER)),
    Mutant("dcat.distribution.modified.type", "base", swap(DCAT.Distribution, DCT.modified, TEXT)),
    Mutant("dcat.service.title.missing", "base", drop(DCAT.DataService, DCT.title)),
    Mutant("dcat.service.endpoint_url.missing", "base", drop(DCAT.DataService, DCAT.endpointURL)),
    Mutant("dcat.agent.name.missing", "base", drop(FOAF.Agent, FOAF.name)),
    Mutant("dcat.concept.label.missing", "base", drop(SKOS.Concept, SKOS.prefLabel)),
    Mutant("dcat.scheme.title.missing", "base", drop(SKOS.ConceptScheme, DCT.title)),
    Mutant("dcat.checksum.algorithm.missing", "base", drop(SPDX.Checksum, SPDX.algorithm)),
    Mutant("dcat.checksum.value.datatype", "base", swap(SPDX.Checksum, SPDX.checksumValue, TEXT)),
    Mutant("dcat.period.start.too_many", "base", put(DCT.PeriodOfTime, DCAT.startDate, YEAR)),
]
STRICTER = [
    Mutant("dcat.dataset.issued.type", "base", swap(DCAT.Dataset, DCT.issued, TEXT)),
    Mutant("dcat.period.end.type", "base", swap(DCT.PeriodOfTime, DCAT.endDate, TEXT)),
]
"""The published rule asks for a date; the official file says it with `sh:shape`, which no engine knows."""

RANGE = [
    Mutant("dcat.catalog.publisher.range", "range", untype(DCAT.Catalog, DCT.publisher, FOAF.Agent)),
    Mutant("dcat.catalog.homepage.range", "range", untype(DCAT.Catalog, FOAF.homepage, FOAF.Document)),
    Mutant("dcat.catalog.language.range", "range", untype(DCAT.Catalog, DCT.language, DCT.LinguisticSystem)),
    Mutant("dcat.dataset.contact.range", "range", untype(DCAT.Dataset, DCAT.contactPoint, VCARD.Kind)),
    Mutant("dcat.dataset.theme.range", "range", untype(DCAT.Dataset, DCAT.theme, SKOS.Concept)),
    Mutant("dcat.dataset.frequency.range", "range", untype(DCAT.Dataset, DCT.accrualPeriodicity, DCT.Frequency)),
    Mutant("dcat.dataset.spatial.range", "range", untype(DCAT.Dataset, DCT.spatial, DCT.Location)),
    Mutant("dcat.dataset.conforms_to.range", "range", untype(DCAT.Dataset, DCT.conformsTo, DCT.Standard)),
    Mutant("dcat.dataset.landing_page.range", "range", untype(DCAT.Dataset, DCAT.landingPage, FOAF.Document)),
    Mutant("dcat.distribution.licence.range", "range", untype(DCAT.Distribution, DCT.license, DCT.LicenseDocument)),
    Mutant("dcat.distribution.format.range", "range", untype(DCAT.Distribution, DCT.format, DCT.MediaTypeOrExtent)),
    Mutant("dcat.distribution.media_type.range", "range", untype(DCAT.Distribution, DCAT.mediaType, DCT.MediaType)),
    Mutant("dcat.distribution.rights.range", "range", untype(DCAT.Distribution, DCT.rights, DCT.RightsStatement)),
]


def without_licence(graph: Graph) -> None:
    """No dataset or distribution says how it may be used."""
    graph.remove((None, DCT.license, None))


ODPO = [
    Mutant("dcat.dataset.licence.missing", "odpo", without_licence),
    Mutant("dcat.dataset.publisher.missing", "odpo", drop(DCAT.Dataset, DCT.publisher)),
    Mutant(
        "dcat.distribution.access_url.pattern",
        "odpo",
        swap(DCAT.Distribution, DCAT.accessURL, URIRef("file:///C:/data.csv")),
    ),
]


def without_content(graph: Graph) -> None:
    """The catalogue lists nothing."""
    graph.remove((None, DCAT.dataset, None))
    graph.remove((None, DCAT.service, None))


MISSING = [
    ("catalog.language", DCAT.Catalog, DCT.language),
    ("catalog.issued", DCAT.Catalog, DCT.issued),
    ("catalog.licence", DCAT.Catalog, DCT.license),
    ("catalog.spatial", DCAT.Catalog, DCT.spatial),
    ("catalog.modified", DCAT.Catalog, DCT.modified),
    ("catalog.taxonomy", DCAT.Catalog, DCAT.themeTaxonomy),
    ("catalog.homepage", DCAT.Catalog, FOAF.homepage),
    ("record.conforms_to", DCAT.CatalogRecord, DCT.conformsTo),
    ("record.issued", DCAT.CatalogRecord, DCT.issued),
    ("record.status", DCAT.CatalogRecord, ADMS.status),
    ("dataset.contact", DCAT.Dataset, DCAT.contactPoint),
    ("dataset.distribution", DCAT.Dataset, DCAT.distribution),
    ("dataset.keyword", DCAT.Dataset, DCAT.keyword),
    ("dataset.publisher", DCAT.Dataset, DCT.publisher),
    ("dataset.spatial", DCAT.Dataset, DCT.spatial),
    ("dataset.temporal", DCAT.Dataset, DCT.temporal),
    ("dataset.theme", DCAT.Dataset, DCAT.theme),
    ("series.contact", DCAT.DatasetSeries, DCAT.contactPoint),
    ("series.publisher", DCAT.DatasetSeries, DCT.publisher),
    ("distribution.description", DCAT.Distribution, DCT.description),
    ("distribution.availability", DCAT.Distribution, DCATAP.availability),
    ("distribution.format", DCAT.Distribution, DCT["format"]),
    ("distribution.licence", DCAT.Distribution, DCT.license),
    ("service.serves_dataset", DCAT.DataService, DCAT.servesDataset),
    ("service.endpoint_description", DCAT.DataService, DCAT.endpointDescription),
    ("service.contact", DCAT.DataService, DCAT.contactPoint),
    ("service.publisher", DCAT.DataService, DCT.publisher),
    ("service.theme", DCAT.DataService, DCAT.theme),
    ("service.conforms_to", DCAT.DataService, DCT.conformsTo),
    ("service.keyword", DCAT.DataService, DCAT.keyword),
    ("agent.type", FOAF.Agent, DCT.type),
    ("licence.type", DCT.LicenseDocument, DCT.type),
    ("location.bbox", DCT.Location, DCAT.bbox),
    ("location.centroid", DCT.Location, DCAT.centroid),
    ("period.start", DCT.PeriodOfTime, DCAT.startDate),
    ("period.end", DCT.PeriodOfTime, DCAT.endDate),
]
RECOMMENDED = [
    *(Mutant(f"dcat.{rule}.missing", "recommended", drop(kind, path), "warning") for rule, kind, path in MISSING),
    Mutant("dcat.catalog.content.missing", "recommended", without_content, "warning"),
]
"""What the whole catalogue loses, one at a time."""

WITH_HTTPS = URIRef(f"{EU}language/JPN".replace("http:", "https:"))
LOWER_CASE = URIRef(f"{EU}language/jpn")
ABBREVIATED = URIRef(f"{EU}language/JA")
WRONG = [
    ("catalog.language.pattern", DCAT.Catalog, DCT.language, WITH_HTTPS, "error"),
    ("dataset.language.pattern", DCAT.Dataset, DCT.language, LOWER_CASE, "error"),
    ("distribution.language.pattern", DCAT.Distribution, DCT.language, ABBREVIATED, "error"),
    ("dataset.frequency.list", DCAT.Dataset, DCT.accrualPeriodicity, URIRef(f"{EU}frequency/YEARLY"), "error"),
    ("series.frequency.list", DCAT.DatasetSeries, DCT.accrualPeriodicity, Literal("毎年"), "error"),
    ("distribution.format.pattern", DCAT.Distribution, DCT["format"], BNode(), "error"),
    ("service.format.pattern", DCAT.DataService, DCT["format"], Literal("JSON"), "error"),
    (
        "distribution.status.list",
        DCAT.Distribution,
        ADMS.status,
        URIRef("http://purl.org/adms/status/Completed"),
        "error",
    ),
    ("distribution.availability.list", DCAT.Distribution, DCATAP.availability, OTHER, "error"),
    ("distribution.media_type.pattern", DCAT.Distribution, DCAT.mediaType, OTHER, "error"),
    ("distribution.compress_format.pattern", DCAT.Distribution, DCAT.compressFormat, OTHER, "error"),
    ("distribution.package_format.pattern", DCAT.Distribution, DCAT.packageFormat, OTHER, "error"),
    ("licence.type.list", DCT.LicenseDocument, DCT.type, OTHER, "error"),
    ("checksum.algorithm.pattern", SPDX.Checksum, SPDX.algorithm, OTHER, "error"),
    ("checksum.algorithm.range", SPDX.Checksum, SPDX.algorithm, OTHER, "error"),
    ("dataset.theme.list", DCAT.Dataset, DCAT.theme, URIRef(f"{EU}data-theme/gove"), "warning"),
    ("service.theme.list", DCAT.DataService, DCAT.theme, OTHER, "warning"),
    ("dataset.type.list", DCAT.Dataset, DCT.type, OTHER, "warning"),
    ("dataset.access_rights.list", DCAT.Dataset, DCT.accessRights, BNode(), "warning"),
    ("service.access_rights.list", DCAT.DataService, DCT.accessRights, OTHER, "warning"),
    ("catalog.taxonomy.lacking", DCAT.Catalog, DCAT.themeTaxonomy, OTHER, "warning"),
    ("catalog.taxonomy_iri.kind", DCAT.Catalog, DCAT.themeTaxonomy, BNode(), "warning"),
    ("catalog.publisher_type.list", FOAF.Agent, DCT.type, PUBLISHER_TYPES.City, "warning"),
    ("dataset.publisher_type.list", FOAF.Agent, DCT.type, Literal("市"), "warning"),
    ("series.publisher_type.list", FOAF.Agent, DCT.type, OTHER, "warning"),
    ("service.publisher_type.list", FOAF.Agent, DCT.type, BNode(), "warning"),
    ("catalog.publisher.pattern", DCAT.Catalog, DCT.publisher, OTHER, "info"),
    ("dataset.publisher.pattern", DCAT.Dataset, DCT.publisher, BNode(), "info"),
    ("series.publisher.pattern", DCAT.DatasetSeries, DCT.publisher, OTHER, "info"),
    ("service.publisher.pattern", DCAT.DataService, DCT.publisher, OTHER, "info"),
    ("catalog.spatial.pattern", DCAT.Catalog, DCT.spatial, OTHER, "info"),
    ("dataset.spatial.pattern", DCAT.Dataset, DCT.spatial, URIRef("http://sws.geonames.org/1849837/"), "info"),
    ("series.spatial.pattern", DCAT.DatasetSeries, DCT.spatial, BNode(), "info"),
]
VOCABULARY = [
    Mutant(f"dcat.{code}", "vocabulary", swap(kind, path, value), severity)
    for code, kind, path, value, severity in WRONG
]
FORMER = [
    Mutant("dcat.dataset.former_has_version.former", "vocabulary", put(DCAT.Dataset, DCT.hasVersion, OTHER), "warning"),
    Mutant("dcat.dataset.former_version_of.former", "vocabulary", put(DCAT.Dataset, DCT.isVersionOf, OTHER), "warning"),
    Mutant("dcat.dataset.former_version.former", "vocabulary", put(DCAT.Dataset, OWL.versionInfo, TEXT), "warning"),
    Mutant("dcat.period.former_start.former", "vocabulary", put(DCT.PeriodOfTime, SCHEMA.startDate, YEAR), "warning"),
    Mutant("dcat.period.former_end.former", "vocabulary", put(DCT.PeriodOfTime, SCHEMA.endDate, YEAR), "warning"),
]
"""The official file names these too, but says nothing that an engine could find broken."""
