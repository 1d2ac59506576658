"""The namespaces of the DCAT room. Ours is a name: it need not answer over HTTP."""

from __future__ import annotations

from typing import Any

from rdflib import DCTERMS, FOAF, OWL, PROV, RDFS, SKOS, XSD, Namespace

ORDEN = Namespace("https://w3id.org/orden/ns#")
"""Our terms as they are called unless the operator's option says otherwise; annotations of shapes always."""

ADMS = Namespace("http://www.w3.org/ns/adms#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
DCT = DCTERMS
"""A plain Namespace is a str, and a str has a `format` of its own."""
DQV = Namespace("http://www.w3.org/ns/dqv#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
GSP = Namespace("http://www.opengis.net/ont/geosparql#")
LICENCE_KINDS = Namespace("http://purl.org/adms/licencetype/")
LOCN = Namespace("http://www.w3.org/ns/locn#")
ODRL = Namespace("http://www.w3.org/ns/odrl/2/")
PROF = Namespace("http://www.w3.org/ns/dx/prof/")
PUBLISHER_TYPES = Namespace("http://purl.org/adms/publishertype/")
SCHEMA = Namespace("http://schema.org/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VOID = Namespace("http://rdfs.org/ns/void#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")

PREFIXES: dict[str, Any] = {
    "adms": ADMS,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dct": DCT,
    "dqv": DQV,
    "eli": ELI,
    "foaf": FOAF,
    "gsp": GSP,
    "hydra": Namespace("http://www.w3.org/ns/hydra/core#"),
    "locn": LOCN,
    "odrl": ODRL,
    "owl": OWL,
    "prov": PROV,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "spdx": SPDX,
    "vcard": VCARD,
    "void": VOID,
    "xsd": XSD,
}
"""What people see instead of the long names."""
