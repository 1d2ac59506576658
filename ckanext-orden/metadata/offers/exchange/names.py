"""The IRIs of an offer in RDF and the namespaces that its forms use."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import DCAT, DCTERMS, RDF, XSD, Namespace, URIRef

ODRL = Namespace("http://www.w3.org/ns/odrl/2/")
SCHEMA = Namespace("http://schema.org/")
CURRENCY = Namespace("http://publications.europa.eu/resource/authority/currency/")
COUNTRY = "https://www.iso.org/obp/ui/#iso:code:3166:"
"""Before the ISO 3166 code of a country or of a part of one."""

PREFIXES = {
    "dcat": str(DCAT),
    "dct": str(DCTERMS),
    "odrl": str(ODRL),
    "rdf": str(RDF),
    "schema": str(SCHEMA),
    "xsd": str(XSD),
}


@dataclass(frozen=True)
class Names:
    """What the offer, its dataset and its seller are called, and the namespace of the site's own terms."""

    offer: str
    dataset: str
    seller: str
    namespace: str

    def term(self, vocabulary: str, code: str) -> URIRef:
        """The IRI of a term of our vocabularies: `use-commercial`."""
        return URIRef(f"{self.namespace}{vocabulary}-{code}")

    def code(self, vocabulary: str, iri: str) -> str:
        """The code in such an IRI; other texts as they are."""
        return iri.removeprefix(f"{self.namespace}{vocabulary}-")
