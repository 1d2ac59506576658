"""Labels of the terms that datasets point to: a skos:Concept without a name breaks DCAT-AP's rules."""

from __future__ import annotations

from functools import cache

from ...metadata import vocabularies
from ...types import Text
from ..namespaces import PUBLISHER_TYPES

PUBLISHERS: dict[str, Text] = {
    "Academia-ScientificOrganisation": {"ja": "学術機関", "en": "Academia / scientific organisation"},
    "Company": {"ja": "企業", "en": "Company"},
    "IndustryConsortium": {"ja": "業界団体", "en": "Industry consortium"},
    "LocalAuthority": {"ja": "市区町村", "en": "Local authority"},
    "NationalAuthority": {"ja": "国の機関", "en": "National authority"},
    "NonGovernmentalOrganisation": {"ja": "非政府組織", "en": "Non-governmental organisation"},
    "NonProfitOrganisation": {"ja": "非営利団体", "en": "Non-profit organisation"},
    "PrivateIndividual(s)": {"ja": "個人", "en": "Private individual(s)"},
    "RegionalAuthority": {"ja": "都道府県", "en": "Regional authority"},
    "StandardisationBody": {"ja": "標準化団体", "en": "Standardisation body"},
    "SupraNationalAuthority": {"ja": "国際機関", "en": "Supra-national authority"},
}


@cache
def labels() -> dict[str, Text]:
    """The label of each term by IRI."""
    known: dict[str, Text] = {theme.iri: theme.label for theme in vocabularies.themes()}
    known |= {str(PUBLISHER_TYPES[name]): label for name, label in PUBLISHERS.items()}
    for field in ("status", "availability"):
        known |= {term.value: term.label for term in vocabularies.coded(field)}
    return known


def label_of(iri: str) -> Text:
    """The label of a term; for one that we do not know, the last part of its IRI."""
    return labels().get(iri) or {"": iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1] or iri}
