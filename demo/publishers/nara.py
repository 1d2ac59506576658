"""Nara Prefecture's DCAT feed: Turtle, ten datasets a page, pages joined by hydra."""

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from ..formats import FORMATS
from ..model import Dataset, Resource
from ..seed import urn
from ..vocabulary import FREQUENCIES, LICENCES, THEMES, authority
from .publication import Publication

SOURCE = "nara-dcat"
PAGE_SIZE = 10
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
LOCN = Namespace("http://www.w3.org/ns/locn#")
PREFIXES = {"dcat": DCAT, "dct": DCTERMS, "foaf": FOAF, "hydra": HYDRA, "locn": LOCN, "vcard": VCARD}
CATALOG, PUBLISHER, CONTACT, PLACE = (
    URIRef(urn("nara", name)) for name in ("catalog", "publisher", "contact", "place")
)


class NoSuchPageError(Exception):
    """The page number is outside the feed."""


def page(publication: Publication, number: int, address: str) -> bytes:
    """A page of the feed; `address` is the feed's own, for the links to the other pages."""
    datasets = publication.datasets(SOURCE)
    last = max(1, -(-len(datasets) // PAGE_SIZE))
    if not 1 <= number <= last:
        raise NoSuchPageError
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    _catalog(graph, datasets)
    _paging(graph, len(datasets), number, last, address)
    for dataset in datasets[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]:
        _dataset(graph, dataset, publication)
    return graph.serialize(format="turtle").encode()


def _catalog(graph: Graph, datasets: list[Dataset]) -> None:
    graph.add((CATALOG, RDF.type, DCAT.Catalog))
    graph.add((CATALOG, DCTERMS.title, _ja("奈良県 観光・イベントオープンデータ（デモ）")))
    graph.add((CATALOG, DCTERMS.description, _ja("デモ用の架空のカタログです。")))
    graph.add((CATALOG, DCTERMS.publisher, PUBLISHER))
    graph.add((PUBLISHER, RDF.type, FOAF.Agent))
    graph.add((PUBLISHER, FOAF.name, _ja("奈良県")))
    graph.add((CONTACT, RDF.type, VCARD.Kind))
    graph.add((CONTACT, VCARD.fn, _ja("奈良県 観光戦略課")))
    graph.add((CONTACT, VCARD.hasEmail, URIRef("mailto:opendata@nara-pref.example.jp")))
    graph.add((PLACE, RDF.type, DCTERMS.Location))
    graph.add((PLACE, LOCN.geographicName, _ja("奈良県")))


def _paging(graph: Graph, total: int, number: int, last: int, address: str) -> None:
    here = URIRef(f"{address}?page={number}")
    graph.add((here, RDF.type, HYDRA.PartialCollectionView))
    graph.add((here, RDF.type, HYDRA.PagedCollection))
    graph.add((here, HYDRA.totalItems, Literal(total)))
    graph.add((here, HYDRA.itemsPerPage, Literal(PAGE_SIZE)))
    links = {"first": 1, "last": last, "previous": number - 1, "next": number + 1}
    for name, target in links.items():
        if 1 <= target <= last:
            graph.add((here, HYDRA[name], URIRef(f"{address}?page={target}")))


def _dataset(graph: Graph, dataset: Dataset, publication: Publication) -> None:
    node = URIRef(urn("dataset", dataset.name))
    graph.add((CATALOG, DCAT.dataset, node))
    language = URIRef(authority("language", "JPN"))
    said = [
        (RDF.type, DCAT.Dataset),
        (DCTERMS.identifier, Literal(str(node))),
        (DCTERMS.title, _ja(dataset.title)),
        (DCTERMS.description, _ja(dataset.notes)),
        (DCTERMS.issued, _day(dataset.issued)),
        (DCTERMS.modified, _day(dataset.modified)),
        (DCTERMS.language, language),
        (DCTERMS.publisher, PUBLISHER),
        (DCAT.contactPoint, CONTACT),
        (DCTERMS.spatial, PLACE),
        (DCTERMS.accrualPeriodicity, URIRef(authority("frequency", FREQUENCIES[dataset.frequency]))),
        (DCTERMS.accessRights, URIRef(authority("access-right", dataset.access))),
        (DCAT.theme, URIRef(authority("data-theme", THEMES[dataset.kind.theme]))),
        (DCAT.landingPage, URIRef(f"https://www.{dataset.organization.host}/opendata/{dataset.kind.name}.html")),
        *((DCAT.keyword, _ja(tag)) for tag in dataset.tags),
    ]
    for predicate, value in said:
        graph.add((node, predicate, value))
    for file in dataset.resources:
        graph.add((node, DCAT.distribution, _distribution(graph, dataset, file, publication)))


def _distribution(graph: Graph, dataset: Dataset, file: Resource, publication: Publication) -> URIRef:
    node, url = URIRef(urn("distribution", file.path)), URIRef(publication.url(file))
    media_type = f"http://www.iana.org/assignments/media-types/{file.media_type}"
    said = [
        (RDF.type, DCAT.Distribution),
        (DCTERMS.title, _ja(file.title)),
        (DCTERMS.description, _ja("サンプルデータです。")),
        (DCAT.accessURL, url),
        (DCAT.downloadURL, url),
        (DCAT.mediaType, URIRef(media_type)),
        (DCTERMS.license, URIRef(LICENCES[dataset.license][2])),
        (DCTERMS.issued, _day(dataset.issued)),
        (DCTERMS.modified, _day(file.modified)),
    ]
    if file.format != "NGSI":
        code = {"GEOJSON": "GEOJSON", "GTFS": "ZIP", "RSS": "RSS"}.get(file.format, FORMATS[file.format].label.upper())
        said.append((DCTERMS.format, URIRef(authority("file-type", code))))
    if (size := publication.size(file)) is not None:
        said.append((DCAT.byteSize, Literal(size, datatype=XSD.nonNegativeInteger)))
    for predicate, value in said:
        graph.add((node, predicate, value))
    return node


def _ja(text: str) -> Literal:
    return Literal(text, lang="ja")


def _day(text: str) -> Literal:
    return Literal(text, datatype=XSD.date)
