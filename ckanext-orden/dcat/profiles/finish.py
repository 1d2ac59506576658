"""The last pass over a dataset's graph: whatever went in, what comes out conforms to DCAT-AP's base and range rules."""

from __future__ import annotations

import re

from rdflib import FOAF, PROV, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ..namespaces import ADMS, DCAT, DCATAP, DCT, ELI, LOCN, ODRL, SPDX, VCARD
from .iris import safe_iri
from .terms import label_of

RANGES: dict[Node, URIRef] = {
    ADMS.identifier: ADMS.Identifier,
    ADMS.status: SKOS.Concept,
    DCAT.accessService: DCAT.DataService,
    DCAT.compressFormat: DCT.MediaType,
    DCAT.contactPoint: VCARD.Kind,
    DCAT.landingPage: FOAF.Document,
    DCAT.mediaType: DCT.MediaType,
    DCAT.hadRole: DCAT.Role,
    DCAT.inSeries: DCAT.DatasetSeries,
    DCAT.packageFormat: DCT.MediaType,
    DCAT.theme: SKOS.Concept,
    DCATAP.applicableLegislation: ELI.LegalResource,
    DCATAP.availability: SKOS.Concept,
    DCATAP.hvdCategory: SKOS.Concept,
    DCT.accessRights: DCT.RightsStatement,
    DCT.accrualPeriodicity: DCT.Frequency,
    DCT.conformsTo: DCT.Standard,
    DCT.creator: FOAF.Agent,
    DCT.format: DCT.MediaTypeOrExtent,
    DCT.language: DCT.LinguisticSystem,
    DCT.license: DCT.LicenseDocument,
    DCT.provenance: DCT.ProvenanceStatement,
    DCT.publisher: FOAF.Agent,
    DCT.rights: DCT.RightsStatement,
    DCT.spatial: DCT.Location,
    DCT.temporal: DCT.PeriodOfTime,
    DCT.type: SKOS.Concept,
    FOAF.homepage: FOAF.Document,
    FOAF.page: FOAF.Document,
    ODRL.hasPolicy: ODRL.Policy,
    PROV.agent: FOAF.Agent,
    PROV.wasAssociatedWith: FOAF.Agent,
    PROV.wasGeneratedBy: PROV.Activity,
    SPDX.algorithm: SPDX.ChecksumAlgorithm,
}
ONLY_IRIS = frozenset(
    (
        *(ADMS.sample, DCAT.accessURL, DCAT.downloadURL, DCAT.landingPage, DCAT.theme),
        *(DCAT.inSeries, DCATAP.applicableLegislation, FOAF.homepage),
    )
)
TEXT_OR_IRI = frozenset((DCT.conformsTo, DCT.provenance, DCT.rights))
ANY_NODE = frozenset((DCT.isReferencedBy, DCT.relation, DCAT.endpointURL, DCAT.endpointDescription))
SINGLE = frozenset(
    (
        *(ADMS.status, DCAT.bbox, DCAT.byteSize, DCAT.centroid, DCAT.endDate, DCAT.mediaType, DCAT.startDate),
        *(DCAT.spatialResolutionInMeters, DCAT.temporalResolution, DCAT.version, DCATAP.availability),
        *(DCT.accessRights, DCT.accrualPeriodicity, DCT.issued, DCT.license, DCT.modified, DCT.publisher, DCT.rights),
        *(DCT.type, LOCN.geometry, SPDX.checksum),
    )
)
DATES = frozenset((DCT.issued, DCT.modified, DCAT.startDate, DCAT.endDate))
NUMBERS = frozenset((DCAT.byteSize, DCAT.spatialResolutionInMeters, DCAT.temporalResolution))
DATE_TYPES = frozenset((XSD.date, XSD.dateTime, XSD.gYear, XSD.gYearMonth))
TEXTS = frozenset(
    (
        DCT.title,
        DCT.alternative,
        DCT.description,
        DCAT.keyword,
        FOAF.name,
        VCARD.fn,
        SKOS.prefLabel,
        RDFS.label,
        ADMS.versionNotes,
    )
)
"""Texts for people: without a language they are in the site's."""
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def finish(draft: Graph, language: str) -> Graph:
    """A clean copy of the draft."""
    clean = Graph("SimpleMemory", bind_namespaces="none")
    for subject, predicate, value in draft:
        holder = safe_iri(str(subject)) if isinstance(subject, URIRef) else subject
        if holder is not None:
            for value_ in _value(predicate, _printable(value), language, clean):
                clean.add((holder, predicate, value_))
    _mend_derivations(clean)
    _mend_services(clean)
    _type_values(clean)
    _name_series(clean, language)
    return clean


def merge(page: Graph, clean: Graph) -> None:
    """Add to the page; what may be said once and has been said of a shared node is not said again."""
    for subject, predicate, value in sorted(clean):
        if predicate in SINGLE and page.value(subject, predicate, any=True) not in (None, value):
            continue
        page.add((subject, predicate, value))


def add_labels(graph: Graph, term: URIRef) -> None:
    """Name a concept, in each language that we know."""
    for lang, text in label_of(str(term)).items():
        graph.add((term, SKOS.prefLabel, Literal(text, lang=lang or None)))


def _printable(value: Node) -> Node:
    """A text without the characters that XML cannot hold."""
    if not isinstance(value, Literal) or not NOT_IN_XML.search(value):
        return value
    return Literal(NOT_IN_XML.sub("", value), lang=value.language, datatype=value.datatype)


def _value(predicate: Node, value: Node, language: str, clean: Graph) -> list[Node]:
    """The value as it may stand, none, or a blank node that holds a text where a node is asked for."""
    if isinstance(value, URIRef):
        return _address(predicate, str(value), language, clean)
    if predicate in ONLY_IRIS or (isinstance(value, Literal) and _worthless(predicate, value)):
        return []
    if not isinstance(value, Literal):
        return [value]
    if predicate in RANGES or predicate in ANY_NODE:
        return _described(predicate, value, language, clean)
    tagged = predicate in TEXTS and not value.language
    return [Literal(str(value), lang=language) if tagged else value]


def _address(predicate: Node, text: str, language: str, clean: Graph) -> list[Node]:
    """What begins like an address and is none (`https://` alone) stays as a text where one may stand."""
    if predicate == DCT.identifier:
        return [Literal(text)]
    if iri := safe_iri(text):
        return [iri]
    return _described(predicate, Literal(text), language, clean) if predicate in TEXT_OR_IRI else []


def _worthless(predicate: Node, text: Literal) -> bool:
    """Empty, or not what its datatype says."""
    untyped_date = predicate in DATES and text.datatype not in DATE_TYPES
    untyped_number = predicate in NUMBERS and text.datatype is None
    return untyped_date or untyped_number or bool(text.ill_typed) or not str(text).strip()


def _described(predicate: Node, text: Literal, language: str, clean: Graph) -> list[Node]:
    node = BNode()
    kind = RANGES.get(predicate)
    label = SKOS.prefLabel if kind == SKOS.Concept else RDFS.label
    clean.add((node, label, Literal(str(text), lang=text.language or language)))
    return [node]


def _mend_derivations(clean: Graph) -> None:
    """A dataset that is only pointed to cannot be called one: the rules would ask for its title."""
    for old, new in ((DCT.source, PROV.wasDerivedFrom), (DCT.hasVersion, DCAT.hasVersion)):
        for subject, value in list(clean.subject_objects(old)):
            clean.remove((subject, old, value))
            clean.add((subject, new, value))


def _mend_services(clean: Graph) -> None:
    """A data service has a title and an address: those of the distribution where it has none of its own."""
    for distribution, service in list(clean.subject_objects(DCAT.accessService)):
        for wanted, source in ((DCT.title, DCT.title), (DCAT.endpointURL, DCAT.accessURL)):
            if (service, wanted, None) not in clean:
                for value in list(clean.objects(distribution, source)):
                    clean.add((service, wanted, value))
        if (service, DCT.title, None) not in clean:
            clean.add((service, DCT.title, Literal("API")))
    for sample in list(clean.objects(None, ADMS.sample)):
        clean.add((sample, RDF.type, DCAT.Distribution))
        if (sample, DCAT.accessURL, None) not in clean:
            clean.add((sample, DCAT.accessURL, sample))


def _name_series(clean: Graph, language: str) -> None:
    """A series that is only named still has the title and description that DCAT-AP asks for."""
    for series in set(clean.objects(None, DCAT.inSeries)):
        name = Literal(next(iter(label_of(str(series)).values())), lang=language)
        for predicate in (DCT.title, DCT.description):
            if (series, predicate, None) not in clean:
                clean.add((series, predicate, name))


def _type_values(clean: Graph) -> None:
    for predicate, kind in RANGES.items():
        for value in set(clean.objects(None, predicate)):
            if isinstance(value, Literal):
                continue
            clean.add((value, RDF.type, kind))
            if kind == SKOS.Concept and isinstance(value, URIRef) and (value, SKOS.prefLabel, None) not in clean:
                add_labels(clean, value)
    for agent in set(clean.subjects(RDF.type, FOAF.Agent)):
        if (agent, FOAF.name, None) not in clean:
            clean.add((agent, FOAF.name, Literal(str(agent) if isinstance(agent, URIRef) else "?")))
