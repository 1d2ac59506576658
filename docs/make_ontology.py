"""Writes the ontology of our own terms: `python docs/make_ontology.py`; a test compares.

Terms come from `dcat/profiles/own_terms.py`, labels from the schema, codes from the axes, offers and
metrics of quality.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ckanext.orden.dcat.namespaces import DCAT, DCT, DQV, ODRL, ORDEN, PREFIXES, PROF
from ckanext.orden.dcat.profiles.offers import CONDITIONS
from ckanext.orden.dcat.profiles.own_terms import dataset_parts, resource_parts
from ckanext.orden.dcat.profiles.records import Part, relation, service
from ckanext.orden.dcat.quality.dqv import JAPAN, name_of
from ckanext.orden.dcat.quality.metrics import JAPAN as CRITERIA
from ckanext.orden.dcat.quality.metrics import JAPANESE
from ckanext.orden.metadata import axes, fields
from ckanext.orden.metadata.offers import terms
from ckanext.orden.metadata.offers.exchange.odrl import PROFILE
from ckanext.orden.schemas import definition
from ckanext.orden.types import Text
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

FILE = Path(__file__).resolve().parents[1] / "ckanext-orden/dcat/ontology/orden.ttl"
HEAD = "# Made by `python docs/make_ontology.py` from the schema; do not edit.\n\n"
TITLE = {"ja": "orden の語彙", "en": "The terms of orden"}
ABOUT = {
    "ja": "DCAT-AP に言葉がないもの: CADDE の取引条件、五つの軸、提供条件、自治体の項目、品質の基準。",
    "en": "What DCAT-AP has no word for: CADDE's trading terms, the five axes, offers, fields of towns, quality.",
}
AXES: dict[str, Text] = {
    "sector": {"ja": "提供者の軸", "en": "the axis of the provider"},
    "openness": {"ja": "公開のしかたの軸", "en": "the axis of openness"},
    "dynamics": {"ja": "更新のしかたの軸", "en": "the axis of updates"},
    "personal": {"ja": "個人に関する情報の軸", "en": "the axis of personal data"},
    "price": {"ja": "料金の軸", "en": "the axis of price"},
}
RELATION: Text = {"ja": "役割のある関係", "en": "Relation with a role"}
OFFERS: dict[str, Text] = {
    "use": {"ja": "提供条件の利用用途", "en": "uses of an offer"},
    "disclosure": {"ja": "提供条件の開示範囲", "en": "to whom what an offer gives may be shown"},
    "condition": {"ja": "提供条件の条件", "en": "conditions of offers"},
}
OPERANDS = {"use", "disclosure"}
"""Those that the policies name as right operands."""
POLICIES: Text = {"ja": "提供条件のODRLプロファイル", "en": "The ODRL profile of offers"}
TERMS_OF_POLICIES: Text = {
    "ja": "ODRL の共通語彙と、利用用途（use-…）・開示範囲（disclosure-…）を右辺の値として使う。",
    "en": "ODRL's Common Vocabulary, and our uses (use-…) and recipients (disclosure-…) as right operands.",
}
OF_RECORDS: dict[str, Text] = {
    "relation": {"ja": "関連する資源", "en": "related resource"},
    "serves_dataset": {"ja": "ほかに提供するデータセット", "en": "another dataset that it serves"},
}
Triple = tuple[Node, Node, Node]


def main() -> None:
    FILE.write_text(text(), encoding="utf-8")


def text() -> str:
    """The whole ontology in Turtle."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in {**PREFIXES, "orden": ORDEN, "prof": PROF, "rdf": RDF}.items():
        graph.bind(prefix, namespace)
    for triples in (_about(), _properties(), _axes(), _offers(), _metrics()):
        for triple in triples:
            graph.add(triple)
    return HEAD + graph.serialize(format="turtle")


def _about() -> Iterator[Triple]:
    ontology = URIRef(str(ORDEN).rstrip("#"))
    yield ontology, RDF.type, OWL.Ontology
    yield from _said(ontology, DCT.title, TITLE)
    yield from _said(ontology, DCT.description, ABOUT)
    yield ORDEN.Relation, RDF.type, OWL.Class
    yield from _said(ORDEN.Relation, RDFS.label, RELATION)


def _properties() -> Iterator[Triple]:
    labels = {**_labels(definition.dataset_fields()), **OF_RECORDS}
    yield from _of(DCAT.Dataset, dataset_parts(ORDEN), labels)
    yield from _of(DCAT.Distribution, resource_parts(ORDEN), _labels(definition.resource_fields()))
    yield from _of(ORDEN.Relation, relation(ORDEN).parts, labels)
    yield from _of(DCAT.DataService, service(ORDEN).parts, labels)


def _of(domain: URIRef, parts: Mapping[str, Part], labels: Mapping[str, Text]) -> Iterator[Triple]:
    """The properties of a class that are ours."""
    for field, part in parts.items():
        if part.predicate in ORDEN:
            is_node = part.kind in ("iri", "node") or part.shape is not None
            yield part.predicate, RDF.type, OWL.ObjectProperty if is_node else OWL.DatatypeProperty
            yield part.predicate, RDFS.domain, domain
            yield from _said(part.predicate, RDFS.label, labels[field])


def _axes() -> Iterator[Triple]:
    """A property and a scheme of concepts for each axis."""
    for axis in fields.AXES:
        scheme = ORDEN[f"axis/{axis}"]
        yield ORDEN[axis], RDF.type, OWL.ObjectProperty
        yield ORDEN[axis], RDFS.domain, DCAT.Dataset
        yield ORDEN[axis], RDFS.range, SKOS.Concept
        yield scheme, RDF.type, SKOS.ConceptScheme
        yield from _said(ORDEN[axis], RDFS.label, AXES[axis])
        yield from _said(scheme, DCT.title, AXES[axis])
        for value, label in axes.LABELS[axis].items():
            concept = ORDEN[f"axis/{axis}/{value}"]
            yield concept, RDF.type, SKOS.Concept
            yield concept, SKOS.inScheme, scheme
            yield concept, SKOS.notation, Literal(value)
            yield from _said(concept, SKOS.prefLabel, label)


def _offers() -> Iterator[Triple]:
    """The profile of the policies, and schemes of what these and the conditions of offers name."""
    profile = ORDEN[PROFILE]
    yield profile, RDF.type, PROF.Profile
    yield profile, PROF.isProfileOf, ODRL.core
    yield from _said(profile, DCT.title, POLICIES)
    yield from _said(profile, DCT.description, TERMS_OF_POLICIES)
    for vocabulary, title in OFFERS.items():
        scheme = ORDEN[vocabulary]
        yield scheme, RDF.type, SKOS.ConceptScheme
        yield from _said(scheme, DCT.title, title)
        for code, label in _codes(vocabulary).items():
            concept = ORDEN[f"{vocabulary}-{code}"]
            yield concept, RDF.type, SKOS.Concept
            if vocabulary in OPERANDS:
                yield concept, RDF.type, ODRL.RightOperand
            yield concept, SKOS.inScheme, scheme
            yield concept, SKOS.notation, Literal(code)
            yield from _said(concept, SKOS.prefLabel, label)


def _codes(vocabulary: str) -> Mapping[str, Text]:
    return CONDITIONS if vocabulary == "condition" else {term.code: term.label for term in terms(vocabulary)}


def _metrics() -> Iterator[Triple]:
    """The Japanese criteria of quality, and their sum."""
    for metric in JAPANESE:
        node = ORDEN[name_of(metric.code)]
        yield node, RDF.type, DQV.Metric
        yield from _said(node, SKOS.prefLabel, metric.fix)
        yield from _said(node, SKOS.definition, metric.why)
    yield ORDEN[JAPAN], RDF.type, DQV.Metric
    yield from _said(ORDEN[JAPAN], SKOS.prefLabel, CRITERIA)


def _labels(described: Iterable[definition.Field]) -> dict[str, Text]:
    return {field["field_name"]: field["label"] for field in described}


def _said(subject: Node, predicate: Node, texts: Text) -> Iterator[Triple]:
    for lang in ("ja", "en"):
        yield subject, predicate, Literal(texts[lang], lang=lang)


if __name__ == "__main__":
    main()
