"""From a CKAN record to the conditions of a dataset: licence, access, personal data, CADDE's trading terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..parsing.text import clean, fold, one_line
from ..vocabularies import access_right_for, cadde_value, cadde_values, licence_for, personal_class_for
from . import cadde_periods
from .ckan_extras import Said
from .draft import OTHER_LICENCE, Draft, filled, keeps_wording, many

_TEXTS = (
    "rights",
    "caddec_provider_id",
    "caddec_dataset_id_for_detail",
    "pricing_price_range",
    "pricing_notices_of_price",
    "terms_of_use_notices",
)
_CODED = ("fee", "trading_policy_contract_type", "trading_policy_nda")
_OPEN_LISTS = (
    "trading_policy_use_application",
    "scope_of_disclosure",
    "terms_of_use_permissible_region",
    "warranty_express_warranty",
    "warranty_legal_compliance",
)

_OTHER = re.compile(r"その他\s*[(（](.+)[)）]", re.DOTALL)


def put_conditions(draft: Draft, remote: Mapping[str, Any], said: Said) -> None:
    """What may be done with the data, by whom, and at what price, in CADDE's own written values."""
    _put_licence(draft, remote, said)
    put_access(draft, said.get("accessrights_url") or said.get("access_rights"))
    personal = said.get("privacy_policy_contains_personal_data")
    if personal:
        known = personal_class_for(personal)
        draft.put("privacy_policy_contains_personal_data", known.value if known else "")
        if not known:
            draft.report("value.unknown", "privacy_policy_contains_personal_data", personal)
    for name in _TEXTS:
        draft.put_text(name, said.get(name))
    draft.put_url("sales_info_url", filled(said.get("sales_info_url")))
    for name in cadde_periods.FIELDS:
        draft.put_text(name, cadde_periods.read(said.get(name)))
    for name in _CODED:
        put_coded(draft, name, said.get(name))
    for name in _OPEN_LISTS:
        draft.put(name, ",".join(cadde_value(name, text) or text for text in many(said.get(name))))


def put_access(draft: Draft, text: object) -> None:
    """Who may have the data, by IRI."""
    if filled(text):
        found = access_right_for(text)
        draft.put("access_rights", found.iri if found else "")
        if not found:
            draft.report("value.unknown", "access_rights", text)


def put_coded(draft: Draft, name: str, text: object) -> None:
    """One of CADDE's written values; another word is reported."""
    if not filled(text):
        return
    found = cadde_value(name, text)
    if found:
        draft.put(name, found)
    else:
        draft.report("value.unknown", name, f"{clean(text)} ({', '.join(cadde_values(name))})")


def _put_licence(draft: Draft, remote: Mapping[str, Any], said: Said) -> None:
    """The first of all statements that names a licence decides; a wording that says more or less stays beside it."""
    titles = [remote.get("license_title"), said.get("license_title")]
    stated = [remote.get("license_id"), remote.get("license_url"), said.get("license_url"), *titles]
    wordings = [_plain(text) for text in stated if filled(text)]
    if not wordings:
        return
    named = next((wording for wording in wordings if Draft().licence_id(wording) not in ("", OTHER_LICENCE)), "")
    best = named or wordings[-1]
    found = draft.licence_id(best)
    draft.put("license_id", found)
    fits = [wording for wording in map(_plain, titles) if keeps_wording(wording) and _means(wording, found)]
    if found and (fits or keeps_wording(best)):
        draft.put("orden_license_text", fits[0] if fits else best)


def _plain(text: object) -> str:
    """A licence's wording, out of CADDE's その他(…) where that holds a wording of its own."""
    wording = one_line(text)
    match = _OTHER.fullmatch(wording)
    return match[1] if match and not licence_for(fold(wording)) else wording


def _means(wording: str, licence_id: str) -> bool:
    known = licence_for(wording)
    return known.id == licence_id if known else licence_id == OTHER_LICENCE
