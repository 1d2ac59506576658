"""The European metrics of a dataset's graph.

Of several distributions the one with the most points counts for all metrics of distributions, as the published method
says of interoperability.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from rdflib import Graph, URIRef
from rdflib.term import Node

from ...metadata import vocabularies
from ...metadata.vocabularies.file_types import AUTHORITY as FILE_TYPES
from ...metadata.vocabularies.file_types import IANA
from ...metadata.vocabularies.terms import ACCESS_RIGHTS
from ..namespaces import DCAT, DCT
from .metrics import METRICS

Opens = Callable[[str], bool | None]
"""Whether an address answered when it was last asked; None if it was not."""
Found = dict[str, bool | None]
"""By the code of the metric: fulfilled or not; None where it could not be looked at."""

_OF_DATASET = {
    "keywordAvailability": DCAT.keyword,
    "categoryAvailability": DCAT.theme,
    "spatialAvailability": DCT.spatial,
    "temporalAvailability": DCT.temporal,
    "accessRightsAvailability": DCT.accessRights,
    "contactPointAvailability": DCAT.contactPoint,
    "publisherAvailability": DCT.publisher,
}
_OF_BOTH = {"dateIssuedAvailability": DCT.issued, "dateModifiedAvailability": DCT.modified}
_OF_DISTRIBUTION = {
    "downloadUrlAvailability": DCAT.downloadURL,
    "formatAvailability": DCT["format"],
    "mediaTypeAvailability": DCAT.mediaType,
    "licenceAvailability": DCT.license,
    "rightsAvailability": DCT.rights,
    "byteSizeAvailability": DCAT.byteSize,
}


def european(graph: Graph, dataset: Node, opens: Opens, *, conforms: bool) -> Found:
    """Which metrics the dataset fulfils; `conforms` is the verdict of SHACL."""
    rights = list(graph.objects(dataset, DCT.accessRights))
    found: Found = {code: (dataset, predicate, None) in graph for code, predicate in _OF_DATASET.items()}
    found["accessRightsVocabularyAlignment"] = bool(rights) and all(_in(ACCESS_RIGHTS, node) for node in rights)
    found["dcatApCompliance"] = conforms
    found |= _best(graph, dataset, opens)
    for code, predicate in _OF_BOTH.items():
        found[code] = bool(found[code]) or (dataset, predicate, None) in graph
    return found


def _best(graph: Graph, dataset: Node, opens: Opens) -> Found:
    measured = [
        _distribution(graph, node, opens) for node in sorted(graph.objects(dataset, DCAT.distribution), key=str)
    ]
    nothing: Found = dict.fromkeys(_distribution(Graph(), URIRef(""), opens), False)
    return max(measured, key=_points, default=nothing)


def _points(found: Mapping[str, bool | None]) -> int:
    return sum(METRICS[code].points for code, fulfilled in found.items() if fulfilled)


def _distribution(graph: Graph, node: Node, opens: Opens) -> Found:
    found: Found = {
        code: (node, predicate, None) in graph for code, predicate in {**_OF_DISTRIBUTION, **_OF_BOTH}.items()
    }
    formats = list(graph.objects(node, DCT["format"]))
    media = list(graph.objects(node, DCAT.mediaType))
    types = [vocabularies.file_type_for(str(value).removeprefix(IANA)) for value in (*formats, *media)]
    known = [all(map(partial(_in, FILE_TYPES), formats)), all(map(partial(_in, IANA), media))]
    found["formatMediaTypeVocabularyAlignment"] = bool(formats or media) and all(known)
    found["formatMediaTypeNonProprietary"] = any(type_ and type_.open for type_ in types)
    found["formatMediaTypeMachineInterpretable"] = any(type_ and type_.machine_readable for type_ in types)
    licences = [vocabularies.licence_for(str(value)) for value in graph.objects(node, DCT.license)]
    named = [str(name) for value in graph.objects(node, DCT.license) for name in graph.objects(value, DCT.identifier)]
    found["knownLicence"] = any(licences) or any(map(vocabularies.licence_for, named))
    found["accessUrlStatusCode"] = _answers(graph, node, DCAT.accessURL, opens)
    found["downloadUrlStatusCode"] = _answers(graph, node, DCAT.downloadURL, opens)
    return found


def _answers(graph: Graph, node: Node, predicate: URIRef, opens: Opens) -> bool | None:
    told = [opens(str(address)) for address in graph.objects(node, predicate)]
    if any(told):
        return True
    return None if None in told else False


def _in(authority: str, node: Node) -> bool:
    return isinstance(node, URIRef) and str(node).startswith(authority)
