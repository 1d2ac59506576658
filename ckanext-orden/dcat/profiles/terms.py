"""Labels of the terms that datasets point to: a skos:Concept without a name breaks DCAT-AP's rules."""

from __future__ import annotations

from functools import cache

from ...metadata import vocabularies
from ...types import Text
from ..namespaces import LICENCE_KINDS, PUBLISHER_TYPES

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

LICENCES: dict[str, Text] = {
    "Attribution": {"ja": "出典の表示", "en": "Attribution"},
    "NoDerivativeWork": {"ja": "改変の禁止", "en": "No derivative work"},
    "NonCommercialUseOnly": {"ja": "非営利の利用だけ", "en": "Non-commercial use only"},
    "OtherRestrictiveClauses": {"ja": "その他の制限", "en": "Other restrictive clauses"},
    "PublicDomain": {"ja": "パブリックドメイン", "en": "Public domain"},
    "ViralEffect-ShareAlike": {"ja": "同じ条件での継承", "en": "Viral effect (share-alike)"},
}
LICENCE_TYPES = {
    **dict.fromkeys(("CC-BY-4.0", "CC-BY-3.0", "CC-BY-2.1-JP", "PDL-1.0", "GJSTU-2.0", "ODC-BY-1.0"), "Attribution"),
    **dict.fromkeys(("CC-BY-SA-4.0", "CC-BY-SA-2.1-JP", "ODbL-1.0"), "ViralEffect-ShareAlike"),
    **dict.fromkeys(("CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-NC-ND-4.0"), "NonCommercialUseOnly"),
    **dict.fromkeys(("CC0-1.0", "PDM-1.0", "PDDL-1.0"), "PublicDomain"),
    "CC-BY-ND-4.0": "NoDerivativeWork",
    "other-closed": "OtherRestrictiveClauses",
}
"""What each licence asks for most; none of OTHER, of which nobody knows."""


@cache
def labels() -> dict[str, Text]:
    """The label of each term by IRI."""
    known: dict[str, Text] = {theme.iri: theme.label for theme in vocabularies.themes()}
    known |= {str(PUBLISHER_TYPES[name]): label for name, label in PUBLISHERS.items()}
    known |= {str(LICENCE_KINDS[name]): label for name, label in LICENCES.items()}
    for field in ("status", "availability"):
        known |= {term.value: term.label for term in vocabularies.coded(field)}
    return known


def label_of(iri: str) -> Text:
    """The label of a term; for one that we do not know, the last part of its IRI."""
    return labels().get(iri) or {"": iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1] or iri}
