"""What the files of shapes say: codes that mean one rule, lists that hold all that we write."""

from __future__ import annotations

import re
from collections import defaultdict

from ckanext.orden.dcat.namespaces import LICENCE_KINDS, PUBLISHER_TYPES
from ckanext.orden.dcat.profiles.publishers import KINDS
from ckanext.orden.dcat.profiles.terms import LICENCE_TYPES, PUBLISHERS, labels
from ckanext.orden.dcat.validation.shapes import FOLDER, shapes_of
from ckanext.orden.metadata import vocabularies
from rdflib import SH, Graph, Namespace, URIRef

VOCABULARY = Namespace("https://w3id.org/orden/shapes/vocabulary#")
CONSTRAINTS = (SH.minCount, SH.maxCount, SH.nodeKind, SH.pattern, SH["in"], SH.hasValue, SH["class"], SH.datatype)


def codes(rule: str) -> set[str]:
    """The list of a rule."""
    graph = shapes_of("vocabulary").graph
    return {str(term) for terms in graph.objects(VOCABULARY[rule], SH["in"]) for term in graph.items(terms)}


def form(rule: str) -> re.Pattern[str]:
    """The form of a rule's IRIs."""
    return re.compile(str(shapes_of("vocabulary").graph.value(VOCABULARY[rule], SH.pattern)))


def test_one_code_means_one_rule():
    meanings = defaultdict(set)
    for path in FOLDER.glob("*.ttl"):
        graph = Graph().parse(path)
        for shape in (node for node in graph.subjects(SH.path) if isinstance(node, URIRef)):
            for constraint in CONSTRAINTS:
                for value in graph.objects(shape, constraint):
                    meanings[shape.partition("#")[2], constraint].add(value)
    assert {key: values for key, values in meanings.items() if len(values) > 1} == {}


def test_every_rule_says_how_to_mend_it_in_both_languages():
    for level in ("full", "odpo"):
        for rule in shapes_of(level).rules.values():
            assert rule.path
            assert set(rule.name) == set(rule.hint) == {"ja", "en"}, rule.code


def test_lists_hold_all_that_the_vocabularies_write():
    assert {term.iri for term in vocabularies.frequencies()} <= codes("dataset.frequency")
    assert {term.iri for term in vocabularies.themes()} <= codes("dataset.theme")
    assert {term.iri for term in vocabularies.access_rights()} <= codes("dataset.access_rights")
    assert {term.value for term in vocabularies.coded("status")} <= codes("distribution.status")
    assert {term.value for term in vocabularies.coded("availability")} <= codes("distribution.availability")


def test_publisher_types_are_the_list_of_adms():
    assert {str(PUBLISHER_TYPES[name]) for name in PUBLISHERS} == codes("dataset.publisher_type")
    assert set(KINDS.values()) <= set(PUBLISHERS)


def test_licence_types_are_of_the_list_of_adms():
    kinds = {str(LICENCE_KINDS[name]) for name in LICENCE_TYPES.values()}
    assert kinds <= codes("licence.type")
    assert kinds <= set(labels())
    assert {licence.id for licence in vocabularies.licences()} - set(LICENCE_TYPES) == {"OTHER"}


def test_forms_fit_all_that_the_vocabularies_write():
    assert all(form("dataset.language").search(term.iri) for term in vocabularies.languages())
    types = vocabularies.file_types()
    assert all(form("distribution.format").search(term.eu_iri) for term in types if term.eu_iri)
    assert all(form("distribution.media_type").search(term.media_type_iri) for term in types if term.media_type)
    compressed = vocabularies.coded("compress_format")
    assert all(form("distribution.compress_format").search(term.value) for term in compressed)
    assert all(form("checksum.algorithm").search(term.value) for term in vocabularies.coded("hash_algorithm"))
